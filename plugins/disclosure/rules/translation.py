"""Is everything said in English too? The Chinese is published either way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from disclosure.book import Book
from disclosure.language.coverage import free_texts, needs_english
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
    for model, source, context in _files(book):
        for found in free_texts(model):
            if not needs_english(found, book.vocabulary):
                continue
            if book.catalogue.find(found.text, context) is None:
                yield UntranslatedText(found.text, source.positions.nearest(found.path))


def _files(book: Book) -> Iterator[tuple[BaseModel, Source, str]]:
    """The files with free text, and the context in which the catalogue knows their texts."""
    for disclosure in book.disclosures:
        models = {
            "disclosure.yml": disclosure.header,
            "budget.yml": disclosure.budget,
            "narrative.yml": disclosure.narrative,
            "procurement.yml": disclosure.procurement,
            "assets.yml": disclosure.assets,
        }
        for name, model in models.items():
            if model is not None and name in disclosure.sources:
                yield model, disclosure.sources[name], ""
        for project in disclosure.projects:
            yield project.file, project.source, project.code
