"""Is everything said in English too? The Chinese is published either way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from disclosure.book import Book
from disclosure.language.coverage import FoundText, free_texts, needs_english, table_texts
from disclosure.model.table_forms import Table
from disclosure.problems import Problem, Span, problem
from disclosure.source import Source


@dataclass(frozen=True, slots=True)
class UntranslatedText:
    """A Chinese text without English, and where it stands."""

    text: str
    place: Span


def untranslated(book: Book) -> tuple[UntranslatedText, ...]:
    """Every place of a text that has no English, in the order of the disclosures."""
    return tuple(_untranslated(book))


def missing_english(book: Book) -> tuple[Problem, ...]:
    """T505: the untranslated texts as problems."""
    return tuple(problem("T505", each.place, found=each.text) for each in untranslated(book))


def _untranslated(book: Book) -> Iterator[UntranslatedText]:
    for found, source, context in _texts(book):
        if not needs_english(found, book.vocabulary):
            continue
        if book.catalogue.find(found.text, context) is None:
            yield UntranslatedText(found.text, source.positions.nearest(found.path))


def _texts(book: Book) -> Iterator[tuple[FoundText, Source, str]]:
    """Every free text, its file, and the context in which the catalogue knows it."""
    for disclosure in book.disclosures:
        year = disclosure.header.year
        yield from _of_models(
            disclosure.sources,
            {
                "disclosure.yml": disclosure.header,
                "budget.yml": disclosure.budget,
                "narrative.yml": disclosure.narrative,
                "procurement.yml": disclosure.procurement,
                "assets.yml": disclosure.assets,
            },
        )
        yield from _of_tables(book, disclosure.sources, disclosure.tables, year)
        for unit in disclosure.units:
            yield from _of_models(unit.sources, {"unit.yml": unit.file, "budget.yml": unit.budget})
            yield from _of_tables(book, unit.sources, unit.tables, year)
        for project in disclosure.projects:
            for found in free_texts(project.file):
                yield found, project.source, project.code


def _of_models(
    sources: Mapping[str, Source], models: Mapping[str, BaseModel | None]
) -> Iterator[tuple[FoundText, Source, str]]:
    for name, model in models.items():
        if model is not None and name in sources:
            for found in free_texts(model):
                yield found, sources[name], ""


def _of_tables(
    book: Book, sources: Mapping[str, Source], tables: Mapping[str, Table], year: int
) -> Iterator[tuple[FoundText, Source, str]]:
    for id, table in tables.items():
        for found, context in table_texts(table, book.classification, year):
            yield found, sources[f"tables/{id}.yml"], context
