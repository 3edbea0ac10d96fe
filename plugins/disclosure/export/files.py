"""The files for other programs: which there are, where they stand, what is in them.

Each address is a promise. Chinese is at the root, English under ``en/``, as the pages are; the JSON
has both languages and one address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from disclosure.book import Book, Disclosure
from disclosure.export.about import About, about
from disclosure.export.as_csv import csv_of
from disclosure.export.as_json import indented
from disclosure.export.canonical import whole_document
from disclosure.export.data_table import DataTable
from disclosure.export.datapackage import datapackage
from disclosure.export.json_schema import ADDRESS as SCHEMA
from disclosure.export.json_schema import schema_of
from disclosure.export.parts import (
    assets_table,
    budget_table,
    glossary_table,
    has_figures,
    indicators_table,
    part_title,
    procurement_table,
    projects_table,
    unit_of,
)
from disclosure.export.tables import Context, statutory_table, table_title
from disclosure.export.words import Words
from disclosure.export.workbook import workbook_of
from disclosure.model.fields import LANGS, Lang

Content = Literal[
    "budget",
    "projects",
    "indicators",
    "procurement",
    "assets",
    "glossary",
    "table",
    "workbook",
    "json",
    "datapackage",
    "edition",
    "citation",
    "schema",
]


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file below the root of the site. ``lang`` is empty where it holds both languages.

    ``title`` is that of a table, in ``lang``; ``rows`` is how many it has, without the head.
    """

    address: str
    content: Content
    lang: Lang | Literal[""]
    data: bytes
    title: str = ""
    rows: int = 0

    @property
    def name(self) -> str:
        """The name of the file, without folders."""
        return self.address.rsplit("/", 1)[-1]


def export_files(
    book: Book, disclosure: Disclosure, site_url: str = "", site_name: str = ""
) -> tuple[ExportFile, ...]:
    """All downloadable files of a disclosure, Chinese and English.

    ``site_url`` is the absolute address of the root of the site, ending in a slash, so that files
    name the page that they come from; without it they name its address below the root.
    ``site_name`` is the name of the site where the data give it none.
    """
    folder = f"departments/{disclosure.department}/{disclosure.slug}"
    own = about(book, disclosure, site_url, site_name)
    files: list[ExportFile] = []
    for lang in LANGS:
        where = f"{'' if lang == 'zh' else 'en/'}{folder}/data"
        tables = data_tables(book, disclosure, lang)
        packed: list[tuple[DataTable, bytes]] = []
        for content, table in tables:
            data = csv_of(table, own)
            packed.append((table, data))
            address = f"{where}/{table.id}.csv"
            files.append(ExportFile(address, content, lang, data, table.title, len(table.rows)))
        workbook = workbook_of([table for _, table in tables], own, lang)
        files.append(ExportFile(f"{where}/disclosure.xlsx", "workbook", lang, workbook))
        package = datapackage(packed, own, lang)
        files.append(ExportFile(f"{where}/datapackage.json", "datapackage", lang, package))
    address = f"{folder}/data/disclosure.json"
    files.append(ExportFile(address, "json", "", _json(book, disclosure, own, address)))
    files += _editions(disclosure)
    return tuple(files)


def site_files(book: Book) -> tuple[ExportFile, ...]:
    """The files that belong to the whole site: the schema of the JSON."""
    return (ExportFile(SCHEMA, "schema", "", schema_of(book.forms)),)


def data_tables(
    book: Book, disclosure: Disclosure, lang: Lang
) -> tuple[tuple[Content, DataTable], ...]:
    """The tables of a disclosure that have rows, in the order of the document."""
    words = Words(book, lang)
    return tuple(each for each in _all_tables(words, disclosure) if each[1].rows)


def _all_tables(words: Words, disclosure: Disclosure) -> Iterator[tuple[Content, DataTable]]:
    unit, year = unit_of(disclosure), disclosure.header.year
    if disclosure.budget:
        title = part_title(words, "budget")
        yield "budget", budget_table(words, "budget", title, disclosure.budget)
    yield "projects", projects_table(words, disclosure)
    yield "indicators", indicators_table(words, disclosure)
    yield "procurement", procurement_table(words, disclosure)
    yield "assets", assets_table(words, disclosure)
    for id, table in disclosure.tables.items():
        context = Context(unit, year)
        title = table_title(words, table)
        yield "table", statutory_table(words, f"tables/{id}", title, table, context)
    for each in disclosure.units:
        below, name = f"units/{each.slug}", words.text(each.file.name)
        if each.budget:
            title = part_title(words, "budget", name)
            yield "budget", budget_table(words, f"{below}/budget", title, each.budget)
        context = Context(each.budget.unit if each.budget else unit, year)
        for id, table in each.tables.items():
            title = table_title(words, table) + words(f"（{name}）", f" ({name})")
            yield "table", statutory_table(words, f"{below}/tables/{id}", title, table, context)
    yield "glossary", glossary_table(words, disclosure)


def table_file(
    book: Book, disclosure: Disclosure, lang: Lang, table: str, unit: str = ""
) -> str | None:
    """The address of the CSV of a table below the root of the site; None where it has no rows.

    ``table`` is ``budget``, ``projects``, ``indicators``, ``procurement``, ``assets``, ``glossary``
    or that of a statutory table, ``tables/<id of its form>``. ``unit`` is the slug of the
    subordinate unit whose figures or statutory table it is. Cheap: no file is made.
    """
    own = next((each for each in disclosure.units if each.slug == unit), None) if unit else None
    if unit and own is None:
        return None
    kind, _, form = table.rpartition("/")
    if kind == "tables":
        tables = own.tables if own else disclosure.tables
        there = form in tables and not tables[form].is_empty
    elif table == "budget":
        budget = own.budget if own else disclosure.budget
        there = budget is not None and has_figures(budget)
    else:
        there = own is None and _has_rows(book, disclosure, table)
    if not there:
        return None
    where = f"departments/{disclosure.department}/{disclosure.slug}/data"
    below = f"/units/{unit}" if unit else ""
    return f"{'' if lang == 'zh' else 'en/'}{where}{below}/{table}.csv"


def _has_rows(book: Book, disclosure: Disclosure, table: str) -> bool:
    procurement, assets = disclosure.procurement, disclosure.assets
    match table:
        case "projects":
            return bool(disclosure.projects)
        case "indicators":
            return any(rows for p in disclosure.projects for rows in p.file.indicators.values())
        case "procurement":
            return bool(procurement and procurement.rows)
        case "assets":
            return bool(assets and assets.table and assets.table.rows)
        case "glossary":
            return bool(book.glossary)
    return False


def edition_address(disclosure: Disclosure, number: int) -> str:
    """The address of the JSON of an edition below the root of the site, which never changes."""
    return f"departments/{disclosure.department}/{disclosure.slug}/editions/{number}.json"


def _editions(disclosure: Disclosure) -> Iterator[ExportFile]:
    """The data of every edition, byte for byte as they were published."""
    if disclosure.editions is None:
        return
    for entry in disclosure.editions.entries:
        stored = disclosure.editions.stored.get(entry.number)
        if stored is not None:
            address = edition_address(disclosure, entry.number)
            yield ExportFile(address, "edition", "", stored.data)


def _json(book: Book, disclosure: Disclosure, own: About, address: str) -> bytes:
    """Everything of a disclosure, with the glossary and the policies; see ``canonical``."""
    schema = own.site_url + SCHEMA if own.site_url else "../" * address.count("/") + SCHEMA
    document = {"$schema": schema, "about": own.as_json(), **whole_document(book, disclosure)}
    return f"{indented(document)}\n".encode()
