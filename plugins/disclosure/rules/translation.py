"""Is everything said in English too? The Chinese is published either way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from disclosure.book import Book, Disclosure, Place
from disclosure.language.coverage import FoundText, free_texts, needs_english, table_texts
from disclosure.model.table_forms import Table
from disclosure.rules.finding import Finding, finding


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A Chinese text, the context in which the catalogue knows it, and where it stands."""

    found: FoundText
    context: str
    place: Place


def missing_english(disclosure: Disclosure, book: Book) -> Iterator[Finding]:
    """T505: the places of texts that have no English."""
    for each in texts(disclosure, book):
        if not needs_english(each.found, book.vocabulary):
            continue
        if book.catalogue.find(each.found.text, each.context) is None:
            yield finding("T505", each.place, found=each.found.text)


def texts(disclosure: Disclosure, book: Book) -> Iterator[PlacedText]:
    """Every free text of a disclosure, in the order of its files."""
    for folder, models, tables in _parts(disclosure):
        for name, model in models.items():
            if model is not None and folder + name in disclosure.files:
                yield from _placed(disclosure, folder + name, free_texts(model))
        for id, table in tables.items():
            file = f"{folder}tables/{id}.yml"
            for found, context in table_texts(table, book.classification, disclosure.header.year):
                yield PlacedText(found, context, disclosure.place(file, found.path))
    for project in disclosure.projects:
        file = f"projects/{project.code}.yml"
        yield from _placed(disclosure, file, free_texts(project.file), project.code)


_Part = tuple[str, Mapping[str, BaseModel | None], Mapping[str, Table]]


def _parts(disclosure: Disclosure) -> Iterator[_Part]:
    """The department's own files and those of each unit: folder, models, tables."""
    own = {
        "disclosure.yml": disclosure.header,
        "budget.yml": disclosure.budget,
        "narrative.yml": disclosure.narrative,
        "procurement.yml": disclosure.procurement,
        "assets.yml": disclosure.assets,
    }
    yield "", own, disclosure.tables
    for unit in disclosure.units:
        files = {"unit.yml": unit.file, "budget.yml": unit.budget}
        yield f"units/{unit.slug}/", files, unit.tables


def _placed(
    disclosure: Disclosure, file: str, found: Iterable[FoundText], context: str = ""
) -> Iterator[PlacedText]:
    for each in found:
        yield PlacedText(each, context, disclosure.place(file, each.path))
