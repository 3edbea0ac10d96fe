"""Is everything said in English too, and does the English say the same?

T505 looks at the data, the other rules at the PO files and at texts that hold both languages. They
compare what can be compared without understanding: numbers, glossary terms, letters. The Chinese
is published either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pydantic import BaseModel

from disclosure.book import Book, Disclosure, Place
from disclosure.language.catalogue import Translation, chinese_left
from disclosure.language.coverage import (
    FoundText,
    bilingual_texts,
    free_texts,
    needs_english,
    table_texts,
)
from disclosure.language.quantities import not_in_english
from disclosure.language.terms import TermFinder, reads_as
from disclosure.model.glossary import Term
from disclosure.model.table_forms import Table
from disclosure.rules.finding import Finding, finding


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A Chinese text, the context in which the catalogue knows it, and where it stands."""

    found: FoundText
    context: str
    place: Place


def missing_english(found: Iterable[PlacedText], book: Book) -> Iterator[Finding]:
    """T505: the places of texts that have no English."""
    for each in found:
        if book.catalogue.find(each.found.text, each.context) is not None:
            continue
        if needs_english(each.found, book.vocabulary):
            yield finding("T505", each.place, found=each.found.text)


def used(found: Iterable[PlacedText]) -> set[tuple[str, str]]:
    """What texts look up in the catalogue: context and Chinese."""
    keys: set[tuple[str, str]] = set()
    for each in found:
        keys.add(("", each.found.text))
        if each.context:
            keys.add((each.context, each.found.text))
    return keys


def translations(book: Book, used: AbstractSet[tuple[str, str]]) -> Iterator[Finding]:
    """T506–T510: what is wrong with the entries of the PO files. ``used``: by :func:`used`."""
    finder = _Terms.of(book.glossary)
    for entry in book.catalogue.entries:
        place = _entry_place(entry)
        if (entry.context, entry.zh) not in used:
            yield finding("T507", place, found=entry.zh)
        elif entry.fuzzy:
            yield finding("T506", place, found=entry.zh)
        elif entry.en.strip():
            yield from _numbers(entry.zh, entry.en, place)
            yield from finder.compare(entry.zh, entry.en, place)
            yield from _letters(entry.en, place)


def both_languages(book: Book) -> Iterator[Finding]:
    """T508–T510 for texts that hold both languages: the glossary, the policies, the site.

    The names of documents and of the site are quoted as they are: their terms are not compared. Nor
    is a term looked for in its own definition.
    """
    finder = _Terms.of(book.glossary)
    for index, term in enumerate(book.glossary):
        yield from _letters(term.en, book.place("glossary.yml", (index, "en")))
        for at, form in enumerate(term.aliases.en):
            yield from _letters(form, book.place("glossary.yml", (index, "aliases", "en", at)))
        for path, text in bilingual_texts(term):
            place = book.place("glossary.yml", (index, *path, "en"))
            yield from _numbers(text.zh, text.en, place)
            yield from finder.compare(text.zh, text.en, place, but=term.id)
            yield from _letters(text.en, place)
    for index, policy in enumerate(book.policies):
        for path, text in bilingual_texts(policy):
            place = book.place("policies.yml", (index, *path, "en"))
            yield from _numbers(text.zh, text.en, place)
            yield from _letters(text.en, place)
    for path, text in bilingual_texts(book.site):
        place = book.place("site.yml", (*path, "en"))
        yield from _numbers(text.zh, text.en, place)
        if path != ("name",):
            yield from finder.compare(text.zh, text.en, place)
        yield from _letters(text.en, place)


@dataclass(frozen=True, slots=True)
class _Terms:
    finder: TermFinder
    by_id: Mapping[str, Term]

    @classmethod
    def of(cls, glossary: Iterable[Term]) -> _Terms:
        return cls(TermFinder.of(glossary, "zh"), {term.id: term for term in glossary})

    def compare(self, zh: str, en: str, place: Place, but: str = "") -> Iterator[Finding]:
        """T509: terms of the Chinese that the English says in no accepted form."""
        for id in dict.fromkeys(match.term for match in self.finder.find(zh)):
            term = self.by_id[id]
            forms = term.forms("en")
            if id != but and not any(reads_as(form, en) for form in forms):
                accepted = " / ".join(forms)
                yield finding("T509", place, term=term.zh, accepted=accepted)


def _numbers(zh: str, en: str, place: Place) -> Iterator[Finding]:
    missing = not_in_english(zh, en)
    if missing:
        shown = [each.shown for each in missing]
        yield finding("T508", place, found_zh="、".join(shown), found_en=", ".join(shown))


def _letters(en: str, place: Place) -> Iterator[Finding]:
    if found := chinese_left(en):
        yield finding("T510", place, found=found)


def _entry_place(entry: Translation) -> Place:
    path = (entry.context, entry.zh) if entry.context else (entry.zh,)
    return Place(f"translations/en/{entry.file}", path, entry.span)


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
