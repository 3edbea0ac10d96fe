"""Is everything said in English too, and does the English say the same?

T505 looks at the data, the other rules at the PO files and at texts that hold both languages. They
compare what can be compared without understanding: numbers, glossary terms, letters. The Chinese
is published either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel

from disclosure.book import Book, Disclosure, Place
from disclosure.language.catalogue import Catalogue, Translation, chinese_left
from disclosure.language.coverage import (
    FoundText,
    bilingual_texts,
    free_texts,
    needs_english,
    table_texts,
)
from disclosure.language.quantities import not_in_english
from disclosure.language.terms import TermFinder, reads_as
from disclosure.model.fields import FreeText
from disclosure.model.glossary import Term
from disclosure.model.table_forms import Table
from disclosure.rules.finding import Finding, finding
from disclosure.source import Source


class PlacedText(NamedTuple):
    """A Chinese text, the context in which the catalogue knows it, and where it stands."""

    found: FoundText
    context: str
    file: str
    source: Source

    @property
    def place(self) -> Place:
        """Its place in the disclosure; nearly all texts are right, and nobody asks."""
        return Place(self.file, self.found.path, self.source)


def missing_english(found: Iterable[PlacedText], book: Book) -> Iterator[Finding]:
    """T505: the places of texts that have no English."""
    # Three of four texts of a disclosure stand in it before: units, bases, names of indicators.
    needed: dict[tuple[str, FreeText], bool] = {}
    for each in found:
        _, text, kind = each.found
        if (text, kind) not in needed:
            known = book.catalogue.find(text) is not None
            needed[text, kind] = not known and needs_english(each.found, book.vocabulary)
        if needed[text, kind] and book.catalogue.find(text, each.context) is None:
            yield finding("T505", each.place, found=text)


def used(found: Sequence[PlacedText], catalogue: Catalogue) -> set[int]:
    """The numbers of the entries that texts look up, in their own context and without.

    Of two entries for the same it is the first.
    """
    contexts, first = catalogue.contexts, catalogue.first
    said = {("", each.found.text) for each in found}
    said |= {(each.context, each.found.text) for each in found if each.context in contexts}
    return {first[key] for key in said & first.keys()}


def translations(
    book: Book, used: AbstractSet[int], faults: Mapping[int, Iterable[Finding]]
) -> Iterator[Finding]:
    """T506–T510: what is wrong with the entries of the PO files.

    ``used``: by :func:`used`, of all disclosures. ``faults``: by :func:`entry_faults`.
    """
    entries = book.catalogue.entries
    for number, first in enumerate(book.catalogue.firsts):
        entry = entries[number]
        if first not in used:
            yield finding("T507", _entry_place(entry), found=entry.zh)
        elif entry.fuzzy:
            yield finding("T506", _entry_place(entry), found=entry.zh)
        elif number in faults:
            yield from faults[number]


def entry_faults(book: Book, numbers: Iterable[int]) -> dict[int, list[Finding]]:
    """T508–T510 of some entries of the PO files, by their numbers; of the others nothing."""
    finder = _Terms.of(book.glossary)
    faults: dict[int, list[Finding]] = {}
    for number in numbers:
        entry = book.catalogue.entries[number]
        if entry.fuzzy or not entry.en.strip():
            continue
        place = _entry_place(entry)
        found = [
            *_numbers(entry.zh, entry.en, place),
            *finder.compare(entry.zh, entry.en, place),
            *_letters(entry.en, place),
        ]
        if found:
            faults[number] = found
    return faults


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
    literal: Mapping[str, re.Pattern[str]]
    """A form of a term as it is written, between other words."""

    @classmethod
    def of(cls, glossary: Iterable[Term]) -> _Terms:
        by_id = {term.id: term for term in glossary}
        literal = {
            id: re.compile(rf"(?<![a-z0-9'])(?:{forms})(?![a-z0-9'])")
            for id, term in by_id.items()
            if (forms := "|".join(re.escape(form.casefold()) for form in _in_words(term)))
        }
        return cls(TermFinder.of(glossary, "zh"), by_id, literal)

    def compare(self, zh: str, en: str, place: Place, but: str = "") -> Iterator[Finding]:
        """T509: terms of the Chinese that the English says in no accepted form."""
        for id in dict.fromkeys(match.term for match in self.finder.find(zh)):
            term = self.by_id[id]
            forms = term.forms("en")
            if id in self.literal and self.literal[id].search(en.casefold()):
                continue  # what nearly all say, without a look at the endings of words
            if id != but and not any(reads_as(form, en) for form in forms):
                accepted = " / ".join(forms)
                yield finding("T509", place, term=term.zh, accepted=accepted)


def _in_words(term: Term) -> Iterator[str]:
    return (form for form in term.forms("en") if re.search("[A-Za-z0-9]", form))


def _numbers(zh: str, en: str, place: Place) -> Iterator[Finding]:
    missing = not_in_english(zh, en)
    if missing:
        shown = [each.shown for each in missing]
        yield finding("T508", place, found_zh="、".join(shown), found_en=", ".join(shown))


def _letters(en: str, place: Place) -> Iterator[Finding]:
    if not en.isascii() and (found := chinese_left(en)):
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
                yield PlacedText(found, context, file, disclosure.files[file])
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
    source = disclosure.files[file]
    for each in found:
        yield PlacedText(each, context, file, source)
