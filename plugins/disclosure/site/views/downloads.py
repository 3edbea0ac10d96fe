"""The download page: the files made beside the pages, by what a reader does with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.book import Disclosure
from disclosure.export.files import ExportFile, edition_address
from disclosure.export.json_schema import ADDRESS as SCHEMA
from disclosure.site.blocks import (
    Block,
    Cell,
    Fact,
    Facts,
    Line,
    Link,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
)
from disclosure.site.edition import Edition, disclosure_page, latest_edition
from disclosure.site.routes import Kind, Target
from disclosure.site.views.citation import citation
from disclosure.site.views.overview import about

TABLES, WHOLE, DOCUMENTS = "tables", "whole", "documents"
"""The groups of files, which are the anchors of their sections."""
_GROUPS = {"json": WHOLE, "datapackage": WHOLE, "edition": WHOLE, "citation": DOCUMENTS}


def downloads(edition: Edition, disclosure: Disclosure, files: tuple[ExportFile, ...]) -> Page:
    """Links to every file of a disclosure, with what is in each."""
    newest = latest_edition(disclosure)
    current = edition_address(disclosure, newest.number) if newest else ""
    offered = [
        file
        for file in files
        if file.lang in ("", edition.lang)
        and (file.content != "edition" or file.address == current)
    ]
    # The workbook first: it is what most readers want.
    offered.sort(key=lambda file: file.content != "workbook")
    groups: dict[str, list[Row]] = {TABLES: [], WHOLE: [], DOCUMENTS: []}
    print_page = disclosure_page(disclosure, Kind.PRINT)
    print_link = edition.link(edition.say("print"), print_page)
    groups[DOCUMENTS].append(_said(edition, "downloads.print", print_link))
    for file in offered:
        groups[_GROUPS.get(file.content, TABLES)].append(_file_row(edition, disclosure, file))
    schema = Link(
        Phrase(SCHEMA.rsplit("/", 1)[-1], edition.lang, literal=True), Target(file=SCHEMA)
    )
    groups[WHOLE].append(_said(edition, "downloads.schema", schema))
    blocks = (
        Paragraph(edition.line("downloads.lead"), "lead"),
        Facts(tuple(_facts(edition, disclosure))),
        *(_section(edition, group, rows) for group, rows in groups.items()),
        *citation(edition, disclosure),
    )
    described = edition.say("home.find.downloads")
    return about(edition, disclosure, Kind.DOWNLOADS, described, blocks, "budget.yml")


def _facts(edition: Edition, disclosure: Disclosure) -> Iterator[Fact]:
    """What every file says of itself: source, edition, licence."""
    title = disclosure.header.title
    named = edition.phrase(title, literal=True) if title else edition.department_name(disclosure)
    yield edition.fact("downloads.source", (named,))
    if latest_edition(disclosure):
        log = edition.link(edition.say("editions"), disclosure_page(disclosure, Kind.EDITIONS))
        said = Phrase(edition.version(disclosure), edition.lang, literal=True)
        yield edition.fact("editions.fact", (said,), (log,))
    licence = edition.book.site.licence
    words = (
        Phrase(licence[edition.lang], edition.lang, literal=True)
        if licence
        else edition.said("downloads.licence.none")
    )
    yield edition.fact("licence", (words,))


def _section(edition: Edition, group: str, rows: Sequence[Row]) -> Section:
    heads = ("downloads.content", "downloads.holds", "downloads.file")
    counted = "downloads.count.one" if len(rows) == 1 else "downloads.count"
    table = Table(
        caption=edition.line(counted, count=len(rows)),
        heads=(tuple(edition.head(key) for key in heads),),
        labels=tuple(edition.say(key) for key in heads),
        rows=tuple(rows),
        layout="cards",
        anchor=f"{group}-files",
    )
    blocks: tuple[Block, ...] = (Paragraph(edition.line(f"downloads.{group}.lead")), table)
    return Section(group, edition.line(f"downloads.{group}"), blocks, terms=False)


def _file_row(edition: Edition, disclosure: Disclosure, file: ExportFile) -> Row:
    link = Link(Phrase(file.name, edition.lang, literal=True), Target(file=file.address))
    # The number and its unit stay on one line.
    size = size_in_words(len(file.data)).replace(" ", "\u00a0")
    where: Line = (link, Phrase(f" {size}", edition.lang, style="unit"))
    if file.title:
        key = "downloads.rows.one" if file.rows == 1 else "downloads.rows"
        named: Line = (Phrase(file.title, edition.lang, literal=True),)
        return _row(named, edition.line(key, count=file.rows), where)
    newest = latest_edition(disclosure)
    named = edition.line(f"downloads.{file.content}", number=newest.number if newest else 0)
    return _row(named, edition.line(f"downloads.{file.content}.holds"), where)


def _said(edition: Edition, key: str, link: Link) -> Row:
    """A page, or a file of the whole site: its size is not told."""
    return _row(edition.line(key), edition.line(f"{key}.holds"), (link,))


def _row(name: Line, holds: Line, where: Line) -> Row:
    return Row((Cell(name, header=True), Cell(holds), Cell(where)))


def size_in_words(bytes: int) -> str:
    """The size of a file in kilobytes of 1,000 bytes, in megabytes from a million on.

    >>> size_in_words(26_450), size_in_words(80), size_in_words(1_250_000)
    ('26 KB', '1 KB', '1.3 MB')
    """
    if bytes < 999_500:
        return f"{max(1, (bytes + 500) // 1000)} KB"
    return f"{(bytes + 50_000) // 100_000 / 10} MB"
