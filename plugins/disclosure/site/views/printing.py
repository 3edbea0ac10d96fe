"""The whole disclosure on one page, for print: a cover, the contents, the eleven parts.

It repeats other pages and is not searched. What only leads elsewhere on a screen is left out.
``styles/print.css`` knows it by the anchor of its contents; what only it needs is ``whole.css``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeGuard

from disclosure.book import Disclosure, Project
from disclosure.language.interface import part_number
from disclosure.site.blocks import (
    Bars,
    Block,
    Facts,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
)
from disclosure.site.edition import Edition, disclosure_page
from disclosure.site.routes import Kind, PageId, Part, Target
from disclosure.site.views.overview import document_facts, facets, source_file, trail
from disclosure.site.views.projects import project_blocks

_PROJECT = "project-"
_IN_THE_TABLE = {"amount", "use", "schedule", "measured", "who"}


def print_page(
    edition: Edition,
    disclosure: Disclosure,
    parts: Iterable[Page],
    projects: Iterable[Page] = (),
) -> Page:
    """A cover, the contents, then all parts in order, each project below part seven.

    ``projects``: the pages of the projects where they are made already, so that they are not made
    twice.
    """
    made = {page.id.item: page.blocks for page in projects}
    sections: list[Section] = []
    for number, (part, page) in enumerate(zip(Part, parts, strict=True), 1):
        body = _prefixed(_on_paper(_content(edition, page, part)), str(part))
        if part is Part.PROJECTS:
            body += tuple(
                _project(
                    edition, each, made.get(each.code) or project_blocks(edition, disclosure, each)
                )
                for each in disclosure.projects
            )
        separator = "、" if edition.lang == "zh" else ". "
        title = (
            f"{part_number(number, edition.lang)}{separator}{edition.part_title(disclosure, part)}"
        )
        heading = (Phrase(title, edition.lang, literal=True),)
        sections.append(Section(str(part), heading, body))
    title = edition.disclosure_title(disclosure, whose=True)
    id = disclosure_page(disclosure, Kind.PRINT)
    return Page(
        id=id,
        lang=edition.lang,
        title=Phrase(title, edition.lang, literal=True),
        short_title=edition.say("print"),
        description=edition.say("print.lead"),
        blocks=(*_cover(edition, disclosure), _contents(edition, id, sections), *sections),
        eyebrow=trail(edition, disclosure),
        kind_label=edition.say("print"),
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, "disclosure.yml"),
        searched=False,
        layout="print",
    )


def _cover(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """What stands below the title: what the sheets are, and which document they render."""
    site = edition.book.site
    cover: list[Block] = []
    if site.edition != "official":
        cover.append(Paragraph(edition.line("edition.unofficial"), "lead"))
    document = document_facts(edition, disclosure)
    if site.source and site.source.title != disclosure.header.title:
        title = edition.phrase(site.source.title, literal=True)
        document = Facts((*document.facts, edition.fact("source.title", (title,))))
    return (*cover, document)


def _contents(edition: Edition, page: PageId, parts: Iterable[Section]) -> Section:
    """The parts in their order, and after part seven, in a list of their own, its projects."""
    lists: list[list[Line]] = [[]]
    for part in parts:
        lists[-1].append((_entry(page, part),))
        inner = [block for block in part.blocks if _is_project(block)]
        if inner:
            lists += [[(_entry(page, each),) for each in inner], []]
    items = tuple(Items(tuple(lines)) for lines in lists if lines)
    return Section("contents", edition.line("menu"), items)


def _entry(page: PageId, section: Section) -> Link:
    (title,) = section.title
    assert isinstance(title, Phrase)
    return Link(title, Target(page, section.anchor))


def _is_project(block: Block) -> TypeGuard[Section]:
    return isinstance(block, Section) and block.anchor.startswith(_PROJECT)


def _content(edition: Edition, page: Page, part: Part) -> tuple[Block, ...]:
    """A part's blocks, without the lead of part seven, which tells how to open a project."""
    if part is Part.TERMS:
        return _official_terms(edition, page)
    if part is Part.PROJECTS:
        return tuple(
            block
            for block in page.blocks
            if not (isinstance(block, Paragraph) and block.style == "lead")
        )
    return page.blocks


def _official_terms(edition: Edition, page: Page) -> tuple[Block, ...]:
    """Of the glossary the document's own terms, without the pages that use them."""

    def entry(block: Block) -> Block:
        if isinstance(block, Section):
            # It stands one level below its group, which is left out here.
            return replace(block, level=2, blocks=tuple(map(entry, block.blocks)))
        if isinstance(block, Facts):
            label = edition.say("glossary.pages")
            return Facts(tuple(fact for fact in block.facts if fact.label != label))
        return block

    for block in page.blocks:
        if isinstance(block, Section) and block.anchor == "official-terms":
            return tuple(map(entry, block.blocks))
    return page.blocks


def _project(edition: Edition, project: Project, blocks: tuple[Block, ...]) -> Section:
    """A project as its official table: the form of its header, documents, the indicators.

    A reader's questions, which its page answers before the table, are in the table too.
    """
    code = project.code
    name = edition.phrase(project.file.name, code, literal=True)
    number = f"{project.file.order}. " if project.file.order else ""
    form: tuple[Block, ...] = ()
    indicators: tuple[Block, ...] = ()
    between: list[Block] = []
    checks: list[Block] = []
    for block in blocks:
        if not isinstance(block, Section):
            checks.append(block)
        elif block.anchor == "official":
            form, indicators = block.blocks[:1], block.blocks[1:]
        elif block.anchor == "facts":
            if facts := _but_the_code(edition, block.blocks):
                between.append(replace(block, blocks=facts))
        elif block.anchor not in _IN_THE_TABLE:
            between.append(block)
    return Section(
        f"{_PROJECT}{code}",
        (Phrase(number + name.text, name.lang, name.untranslated, literal=True),),
        (
            *_prefixed(form, code),
            *_prefixed(_on_paper(tuple(between)), code, down=2),
            *_prefixed(indicators, code),
            *checks,
        ),
        level=3,
    )


def _but_the_code(edition: Edition, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The facts of a project that its official table does not have; nothing if there are none."""
    label = edition.say("project.code")
    kept = tuple(
        fact
        for block in blocks
        if isinstance(block, Facts)
        for fact in block.facts
        if fact.label != label
    )
    return (Facts(kept),) if kept else ()


def _on_paper(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without those that only lead elsewhere, and without charts of tabled figures."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Section):
            inner = _on_paper(block.blocks)
            repeats = not block.searched
            if not repeats and (inner or not block.blocks):
                kept.append(replace(block, blocks=inner))
        elif isinstance(block, Paragraph):
            if not all(isinstance(part, Link) for part in block.line):
                kept.append(block)
        elif not isinstance(block, Bars):
            kept.append(block)
    return tuple(kept)


def _prefixed(blocks: tuple[Block, ...], prefix: str, down: int = 1) -> tuple[Block, ...]:
    """The same blocks some levels lower, with anchors of their own."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Section):
            anchor = f"{prefix}-{block.anchor}"
            below = _prefixed(block.blocks, prefix, down)
            result.append(replace(block, anchor=anchor, level=block.level + down, blocks=below))
        elif isinstance(block, Table):
            rows = tuple(
                Row(row.cells, row.style, row.indent, f"{prefix}-{row.anchor}", row.kinds)
                if row.anchor
                else row
                for row in block.rows
            )
            result.append(replace(block, anchor=f"{prefix}-{block.anchor}", rows=rows))
        else:
            result.append(block)
    return tuple(result)
