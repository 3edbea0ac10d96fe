"""The download page: the data files made beside the pages."""

from __future__ import annotations

from disclosure.book import Disclosure
from disclosure.export.files import ExportFile, edition_address
from disclosure.site.blocks import (
    Block,
    Cell,
    Facts,
    Line,
    Link,
    Page,
    Paragraph,
    Phrase,
    Row,
    Table,
)
from disclosure.site.edition import Edition, disclosure_page, latest_edition
from disclosure.site.routes import Kind, Target
from disclosure.site.views.overview import described, facets, source_file, trail


def downloads(edition: Edition, disclosure: Disclosure, files: tuple[ExportFile, ...]) -> Page:
    """Links to every export of a disclosure."""
    rows = [
        Row(
            (
                Cell(_content(edition, file), header=True),
                Cell((_file_link(edition, file.address),)),
            )
        )
        for file in files
        if file.lang in ("", edition.lang) and file.content != "edition"
    ]
    print_page = disclosure_page(disclosure, Kind.PRINT)
    print_link = edition.link(edition.say("print"), print_page)
    rows.append(Row((Cell(edition.line("downloads.print"), header=True), Cell((print_link,)))))
    version: tuple[Block, ...] = ()
    if newest := latest_edition(disclosure):
        log = edition.link(edition.say("editions"), disclosure_page(disclosure, Kind.EDITIONS))
        said = Phrase(edition.version(disclosure), edition.lang, literal=True)
        version = (Facts((edition.fact("editions.fact", (said,), (log,)),)),)
        rows += [
            Row(
                (
                    Cell(edition.line("downloads.edition", number=newest.number), header=True),
                    Cell((_file_link(edition, file.address),)),
                )
            )
            for file in files
            if file.address == edition_address(disclosure, newest.number)
        ]
    table = Table(
        caption=edition.line("downloads"),
        heads=((edition.head("downloads.content"), edition.head("downloads.file")),),
        labels=(edition.say("downloads.content"), edition.say("downloads.file")),
        rows=tuple(rows),
        layout="cards",
        anchor="downloads-table",
    )
    return Page(
        id=disclosure_page(disclosure, Kind.DOWNLOADS),
        lang=edition.lang,
        title=edition.said("downloads"),
        short_title=edition.say("downloads"),
        description=described(edition, disclosure, edition.say("home.find.downloads")),
        blocks=(Paragraph(edition.line("downloads.lead"), "lead"), *version, table),
        eyebrow=trail(edition, disclosure),
        kind_label=edition.say("downloads"),
        weight=1,
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, "budget.yml"),
    )


def _content(edition: Edition, file: ExportFile) -> Line:
    if file.content == "table":
        return (Phrase(file.title, edition.lang, literal=True),)
    return edition.line(f"downloads.{file.content}")


def _file_link(edition: Edition, address: str) -> Link:
    name = address.rsplit("/", 1)[-1]
    return Link(Phrase(name, edition.lang, literal=True), Target(file=address))
