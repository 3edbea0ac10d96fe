"""Hand-written pages: whether they can be read, and what the search knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from disclosure.problems import Problem
from disclosure.search import SearchPage, SearchSection
from disclosure.site.edition import Edition
from disclosure.site.markdown import escaped, heading
from disclosure.source import encoding_problem

_HEADINGS = ("h1", "h2", "h3", "h4")
_ATTRIBUTES = re.compile(r"^(#{1,6} .*?)[ \t]*\{[^{}\n]*\}[ \t]*$", re.MULTILINE)
_BLOCKS = (*_HEADINGS, "p", "li", "td", "th", "dt", "dd", "pre", "blockquote", "div")


def unreadable(pages: Iterable[File], folder: str) -> Iterator[Problem]:
    """What keeps hand-written pages from being read as UTF-8; MkDocs itself would end in a trace.

    ``folder``: the name of their folder in messages.
    """
    for file in pages:
        if file.abs_src_path and Path(file.abs_src_path).is_file():
            name = f"{folder}/{file.src_uri}"
            found = encoding_problem(Path(file.abs_src_path).read_bytes(), name)
            if found:
                yield found


def content_search_page(page: Page, edition: Edition) -> SearchPage:
    """What the search knows of a hand-written page."""
    reader = _Reader()
    reader.feed(page.content or "")
    reader.close()
    return SearchPage(
        url=page.url,
        title=reader.title or str(page.title or ""),
        kind=edition.say("content_page"),
        weight=2,
        codes=(),
        facets=(),
        sections=reader.sections(),
        group=edition.say("search.kind.page"),
    )


def content_markdown(page: Page) -> str:
    """The Markdown that a hand-written page was made from, under its title.

    Links in it lead to the Markdown of other pages, which stands beside them. Attributes behind a
    heading (the extension ``attr_list``) are left out.
    """
    source = _ATTRIBUTES.sub(r"\1", (page.markdown or "").strip())
    if not re.match(r"# |.*\n=+[ \t]*(?:\n|$)", source):
        source = f"{heading(1, escaped(str(page.title or '')))}\n\n{source}"
    return f"{source}\n"


class _Reader(HTMLParser):
    """Collects the text of a page: one cell a block, one section a heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self._sections: list[tuple[str, str, list[str]]] = [("", "", [])]
        self._text: list[str] = []
        self._heading: str | None = None
        self._anchor = ""
        self._permalink = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._flush()
        attributes = dict(attrs)
        if tag in _HEADINGS:
            self._heading, self._anchor = tag, attributes.get("id") or ""
        self._permalink = tag == "a" and attributes.get("class") == "headerlink"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._permalink = False
        if tag in _BLOCKS:
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self._permalink:
            self._text.append(data)

    def sections(self) -> tuple[SearchSection, ...]:
        """All sections read so far."""
        self._flush()
        return tuple(
            SearchSection(anchor, heading, tuple(cells))
            for anchor, heading, cells in self._sections
            if anchor or cells
        )

    def _flush(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text = []
        heading, self._heading = self._heading, None
        if not text:
            self._heading = heading
        elif heading == "h1" and not self.title:
            self.title = text
        elif heading:
            self._sections.append((self._anchor, text, []))
        else:
            self._sections[-1][2].append(text)
