"""What the search knows of a page: read from the blocks, not from the HTML.

A term and a policy document have pages of their own, which weigh more than the lists: they are what
a reader asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure.search import SearchPage, SearchSection
from disclosure.site.blocks import Block, Section, block_lines, line_text
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage
from disclosure.site.routes import Kind

# What a reader can narrow a search to; every other page is just a page.
_KINDS = {
    Kind.PROJECT: "search.kind.project",
    Kind.PART: "search.kind.part",
    Kind.TABLE: "search.kind.table",
    Kind.TABLES: "search.kind.table",
    Kind.GLOSSARY: "search.kind.term",
    Kind.TERM: "search.kind.term",
    Kind.POLICIES: "search.kind.policy",
    Kind.POLICY: "search.kind.policy",
}
# Figures and labels repeat all over a page and give a row its sense; longer texts say it once.
_LONG = 8


def search_pages(pages: Iterable[MarkedPage], edition: Edition) -> Iterator[SearchPage]:
    """The pages of one edition for the search index, without those that repeat others."""
    for marked in pages:
        page = marked.page
        if page.lang != edition.lang or not page.searched:
            continue
        yield SearchPage(
            url=page.url,
            title=page.title.text,
            kind=page.kind_label,
            weight=page.weight,
            codes=page.codes,
            facets=page.facets,
            sections=tuple(_sections("", "", page.blocks, {page.title.text})),
            group=edition.say(_KINDS.get(page.id.kind, "search.kind.page")),
        )


def _sections(
    anchor: str,
    heading: str,
    blocks: tuple[Block, ...],
    said: set[str],
    long: int = _LONG,
) -> Iterator[SearchSection]:
    """The sections without the texts that the page has said before (``said`` grows).

    A section that repeats the page, as the official table at its end does, keeps only what is new
    in it, were it a single word; a reader is led to the first place.
    """
    cells: list[str] = []
    for block in blocks:
        for text in filter(None, block_lines(block)):
            if text not in said or len(text) < long:
                cells.append(text)
                said.add(text)
    if cells or anchor:
        yield SearchSection(anchor, heading, tuple(cells))
    for block in blocks:
        if isinstance(block, Section):
            title = line_text(block.title)
            least = long if block.searched else 0
            yield from _sections(block.anchor, title, block.blocks, said, least)
