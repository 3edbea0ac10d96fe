"""The whole disclosure on one page, for print. It repeats other pages and is not searched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from disclosure.book import Disclosure
from disclosure.language.interface import part_number
from disclosure.site.blocks import Block, Page, Paragraph, Phrase, Section, Table
from disclosure.site.edition import Edition, disclosure_page
from disclosure.site.routes import Kind, Part
from disclosure.site.views.overview import facets, source_file, trail
from disclosure.site.views.projects import project_blocks


def print_page(edition: Edition, disclosure: Disclosure, parts: Iterable[Page]) -> Page:
    """All parts in order, each project below part seven."""
    blocks: list[Block] = [Paragraph(edition.line("print.lead"), "note")]
    for number, (part, page) in enumerate(zip(Part, parts, strict=True), 1):
        body = _prefixed(_content(page, part), str(part))
        if part is Part.PROJECTS:
            body += tuple(_project(edition, disclosure, code) for code in _codes(disclosure))
        separator = "、" if edition.lang == "zh" else ". "
        title = (
            f"{part_number(number, edition.lang)}{separator}{edition.part_title(disclosure, part)}"
        )
        heading = (Phrase(title, edition.lang, literal=True),)
        blocks.append(Section(str(part), heading, body))
    name = edition.department_name(disclosure).text
    title = edition.say(
        "disclosure.of", name=name, year=disclosure.header.year, kind=edition.kind(disclosure)
    )
    return Page(
        id=disclosure_page(disclosure, Kind.PRINT),
        lang=edition.lang,
        title=Phrase(title, edition.lang, literal=True),
        short_title=edition.say("print"),
        description=edition.say("print.lead"),
        blocks=tuple(blocks),
        eyebrow=trail(edition, disclosure),
        kind_label=edition.say("print"),
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, "disclosure.yml"),
        searched=False,
        layout="print",
    )


def _content(page: Page, part: Part) -> tuple[Block, ...]:
    """A part's blocks; of the glossary only the document's own terms."""
    if part is not Part.TERMS:
        return page.blocks
    official = tuple(
        block
        for block in page.blocks
        if isinstance(block, Section) and block.anchor == "official-terms"
    )
    if not official:
        return page.blocks
    # The entries stand one level below their group, which is left out here.
    return tuple(
        replace(block, level=2) if isinstance(block, Section) else block
        for block in official[0].blocks
    )


def _codes(disclosure: Disclosure) -> tuple[str, ...]:
    return tuple(project.code for project in disclosure.projects)


def _project(edition: Edition, disclosure: Disclosure, code: str) -> Section:
    project = disclosure.project(code)
    name = edition.phrase(project.file.name, code, literal=True)
    number = f"{project.file.order}. " if project.file.order else ""
    return Section(
        f"project-{code}",
        (Phrase(number + name.text, name.lang, name.untranslated, literal=True),),
        _prefixed(project_blocks(edition, disclosure, project), code),
        level=3,
    )


def _prefixed(blocks: tuple[Block, ...], prefix: str) -> tuple[Block, ...]:
    """The same blocks one level lower, with anchors of their own."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Section):
            anchor = f"{prefix}-{block.anchor}"
            below = _prefixed(block.blocks, prefix)
            result.append(replace(block, anchor=anchor, level=block.level + 1, blocks=below))
        elif isinstance(block, Table):
            rows = tuple(
                replace(row, anchor=f"{prefix}-{row.anchor}" if row.anchor else "")
                for row in block.rows
            )
            result.append(replace(block, anchor=f"{prefix}-{block.anchor}", rows=rows))
        else:
            result.append(block)
    return tuple(result)
