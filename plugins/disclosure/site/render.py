"""Blocks → HTML. The only module that knows Jinja; autoescape is always on.

Each block has one macro in ``templates/blocks.html``; nothing in the data is ever markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from disclosure.model.glossary import Term
from disclosure.site.blocks import Block, Page, Row, Section, line_text, sections
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage
from disclosure.site.routes import Kind, Target, href

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading of the page."""

    anchor: str
    title: str
    level: int
    children: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as HTML, ready for the frame of a theme."""

    page: Page
    html: str
    toc: tuple[TocEntry, ...]


@cache
def _environment() -> Environment:
    # auto_reload: `serve` shows a changed template without a restart.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=True,
    )
    environment.tests["of"] = lambda block, name: type(block).__name__ == name
    environment.filters["groups"] = row_groups
    environment.filters["plain"] = line_text
    return environment


def render_page(marked: MarkedPage, edition: Edition) -> RenderedPage:
    """The HTML of a page: its title, its blocks and the definitions of the terms it marks."""
    page = marked.page
    by_id = {term.id: term for term in edition.book.glossary}

    def link(target: Target) -> str:
        return href(target, page.url, page.lang)

    template = _environment().get_template("page.html")
    html = template.render(
        page=page,
        say=edition.say,
        href=link,
        file_href=lambda address: link(Target(file=address)),
        terms=_definitions(marked, by_id),
    )
    return RenderedPage(page, Markup(html), tuple(_toc(page.blocks)))


def _definitions(marked: MarkedPage, by_id: dict[str, Term]) -> tuple[Term, ...]:
    """The terms to explain on the page itself; the glossary explains itself."""
    if marked.page.id.kind is Kind.GLOSSARY or marked.page.layout == "print":
        return ()
    return tuple(by_id[term] for term in marked.terms)


def _toc(blocks: Iterable[Block]) -> Iterator[TocEntry]:
    for block in blocks:
        if isinstance(block, Section):
            children = tuple(_toc(block.blocks))
            yield TocEntry(block.anchor, line_text(block.title), block.level, children)


def row_groups(rows: tuple[Row, ...]) -> list[list[Row]]:
    """Rows by the header cell that spans them, so that ``scope=rowgroup`` is true."""
    groups: list[list[Row]] = []
    covered = 0
    for row in rows:
        if covered == 0:
            groups.append([])
        first = row.cells[0]
        if covered == 0 and first.header and first.rowspan > 1:
            covered = first.rowspan
        covered = max(0, covered - 1)
        groups[-1].append(row)
    if all(len(group) == 1 for group in groups):
        return [list(rows)] if rows else []
    return groups


def anchors(page: Page) -> Iterator[str]:
    """All anchors of a page (for tests and links)."""
    for section in sections(page.blocks):
        yield section.anchor
