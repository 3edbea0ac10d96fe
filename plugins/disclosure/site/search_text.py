"""What the search knows of a page: read from the blocks, not from the HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure.search import SearchPage, SearchSection
from disclosure.site.blocks import Block, Section, block_lines, line_text
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage


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
            sections=tuple(_sections("", "", page.blocks)),
        )


def _sections(anchor: str, heading: str, blocks: tuple[Block, ...]) -> Iterator[SearchSection]:
    cells = tuple(text for block in blocks for text in block_lines(block) if text)
    if cells or anchor:
        yield SearchSection(anchor, heading, cells)
    for block in blocks:
        if isinstance(block, Section):
            yield from _sections(block.anchor, line_text(block.title), block.blocks)
