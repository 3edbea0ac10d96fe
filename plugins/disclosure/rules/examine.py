"""Runs every rule over the book once: what was compared, what was found, what is explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from disclosure.book import Book, Disclosure
from disclosure.problems import Problem, sort_problems
from disclosure.rules.acknowledged import acknowledge
from disclosure.rules.arithmetic import arithmetic, disagreements
from disclosure.rules.check import Check
from disclosure.rules.completeness import completeness
from disclosure.rules.editions import editions
from disclosure.rules.finding import Finding
from disclosure.rules.plausibility import implausible, implausible_texts, implausible_writing
from disclosure.rules.privacy import private_matters
from disclosure.rules.translation import (
    Entries,
    PlacedText,
    both_languages,
    entry_faults,
    missing_english,
    texts,
    translations,
)
from disclosure.rules.unfinished import unfinished

DisclosureRule = Callable[[Disclosure, Book], Iterable[Finding]]
BookRule = Callable[[Book], Iterable[Finding]]

DISCLOSURE_RULES: tuple[DisclosureRule, ...] = (
    implausible,
    completeness,
    editions,
    unfinished,
)
"""The rules about one disclosure, beside those of arithmetic."""
BOOK_RULES: tuple[BookRule, ...] = (
    both_languages,
    implausible_writing,
    private_matters,
)
"""The rules about files that belong to no disclosure; their places are below the data folder."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What the rules say about one disclosure: all comparisons, and the findings by place."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """What the rules say about the whole book. ``disclosures``: by department and disclosure."""

    disclosures: Mapping[tuple[str, str], Examined]
    findings: tuple[Finding, ...]

    def of(self, disclosure: Disclosure) -> Examined:
        """What is said about a disclosure."""
        return self.disclosures[disclosure.department, disclosure.slug]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All findings as problems, sorted by place."""
        groups = (self.findings, *(each.findings for each in self.disclosures.values()))
        return sort_problems(found.problem for group in groups for found in group)


def examine(book: Book) -> Examination:
    """Run every rule. Takes time linear in the size of the book."""
    entries = Entries.of(book.catalogue)
    faults = entry_faults(book, range(len(book.catalogue.entries)))
    disclosures: dict[tuple[str, str], Examined] = {}
    looked_up: set[int] = set()
    for each in book.disclosures:
        said = tuple(texts(each, book))
        looked_up |= entries.used(said)
        disclosures[each.department, each.slug] = _examined(each, book, said)
    of_the_book = [
        *translations(book, entries, looked_up, faults),
        *(found for rule in BOOK_RULES for found in rule(book)),
    ]
    return Examination(disclosures, _by_place(acknowledge(of_the_book, book.acknowledged)))


def _examined(disclosure: Disclosure, book: Book, said: Sequence[PlacedText]) -> Examined:
    """``said``: all texts of the disclosure."""
    checks = arithmetic(disclosure, book)
    found = [
        *disagreements(checks, book),
        *missing_english(said, book),
        *implausible_texts(said, disclosure, book),
        *(each for rule in DISCLOSURE_RULES for each in rule(disclosure, book)),
    ]
    return Examined(checks, _by_place(acknowledge(found, disclosure.acknowledged)))


def _by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    by_file: dict[str, list[Finding]] = {}
    for each in findings:
        by_file.setdefault(each.place.file, []).append(each)
    # A finding alone in its file needs no line: to find one the file is parsed anew.
    for group in by_file.values():
        if len(group) > 1:
            group.sort(key=lambda each: (each.problem.span, each.rule))
    return tuple(each for file in sorted(by_file) for each in by_file[file])
