"""Runs every rule over the book once: what was compared, what was found, what is explained."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, overload

from disclosure.book import Book, Disclosure, Place
from disclosure.problems import Problem, sort_problems
from disclosure.rules.acknowledged import acknowledge
from disclosure.rules.arithmetic import arithmetic, disagreements
from disclosure.rules.check import Check
from disclosure.rules.completeness import completeness
from disclosure.rules.editions import editions
from disclosure.rules.finding import Finding
from disclosure.rules.parcel import packed, sources, unpacked
from disclosure.rules.plausibility import implausible, implausible_texts, implausible_writing
from disclosure.rules.privacy import private_in_entries, private_in_files
from disclosure.rules.translation import (
    both_languages,
    entry_faults,
    missing_english,
    texts,
    translations,
    used,
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
)
"""The rules about files that belong to no disclosure; their places are below the data folder.

They are few and short. What is beside them here, the entries of the PO files and what is private in
any file, is looked at piece by piece.
"""

_ENTRIES = 2000
"""How many entries of the PO files are looked at in one piece of work."""

Mapper = Callable[[Callable[[str], bytes], Iterable[str]], Iterable[bytes]]
"""The like of ``map`` on several processes that have the book: results come in their order."""
Remember = Callable[[Callable[[Sequence[str]], Iterable[Any]], Sequence[str]], Sequence[Any]]
"""Gives what is found by the pieces of work with these names: works on those it does not know.

A piece is named ``disclosure DEPARTMENT/DISCLOSURE``, ``files DEPARTMENT`` or ``files`` for those
of no department, ``entries`` and a number, or ``rest``.
"""


@dataclass(frozen=True, slots=True)
class Examined:
    """What the rules say about one disclosure: all comparisons, and the findings by place."""

    checks: Sequence[Check]
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
        return self.those(lambda _: True)

    def those(self, wanted: Callable[[Problem], bool]) -> tuple[Problem, ...]:
        """The findings that are wanted, as problems sorted by place; others need no line."""
        groups = (self.findings, *(each.findings for each in self.disclosures.values()))
        every = (found.problem for group in groups for found in group)
        return sort_problems(each for each in every if wanted(each))


def examine(
    book: Book, mapper: Mapper | None = None, remember: Remember | None = None
) -> Examination:
    """Run every rule. Takes time linear in the size of the book.

    ``mapper`` shares the work out among processes, ``remember`` knows what an earlier book had too;
    what is found is the same.
    """
    # Nothing made here is thrown away in circles, and the collector would walk through the whole
    # book to find that out: a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _examine(book, mapper, remember)
    finally:
        if collecting:
            gc.enable()


def _examine(book: Book, mapper: Mapper | None, remember: Remember | None) -> Examination:
    pieces = _pieces(book)

    def work(names: Iterable[str]) -> Iterable[_Found]:
        if mapper is None:
            found = (pieces[name]() for name in names)
            # What is remembered is to be small too.
            return [replace(each, checks=None) for each in found] if remember else [*found]
        known = sources(book)
        # Made here, so that not every process has to.
        assert len(book.catalogue.firsts) == len(book.catalogue.entries)

        def send(name: str) -> bytes:
            return packed(replace(pieces[name](), checks=None), known)

        return [unpacked(parcel, known) for parcel in mapper(send, names)]

    names = tuple(pieces)
    return _together(book, (*(remember(work, names) if remember else work(names)),))


@dataclass(frozen=True, slots=True)
class _Found:
    """What one piece of work found: of a disclosure, of entries of PO files, of files, or else.

    ``checks`` None: they were not sent.
    """

    checks: tuple[Check, ...] | None = None
    findings: tuple[Finding, ...] = ()
    used: frozenset[int] = frozenset()
    faults: Mapping[int, list[Finding]] = field(default_factory=dict)
    private_entries: Sequence[Finding] = ()
    private_files: Mapping[str, list[Finding]] = field(default_factory=dict)


def _pieces(book: Book) -> Mapping[str, Callable[[], _Found]]:
    """By name: the disclosures in the order of the book, which are the longest; last the rest."""
    numbers = range(len(book.catalogue.entries))
    files: dict[str, list[str]] = {}
    for file in book.sources:
        top, _, below = file.partition("/")
        name = f"files {below.partition('/')[0]}" if top == "departments" else "files"
        files.setdefault(name, []).append(file)
    return {
        **{
            f"disclosure {each.department}/{each.slug}": partial(_of_disclosure, book, each)
            for each in book.disclosures
        },
        **{
            f"entries {first}": partial(_of_entries, book, numbers[first : first + _ENTRIES])
            for first in range(0, len(numbers), _ENTRIES)
        },
        **{name: partial(_of_files, book, group) for name, group in files.items()},
        "rest": partial(_of_the_rest, book),
    }


def _of_disclosure(book: Book, disclosure: Disclosure) -> _Found:
    said = tuple(texts(disclosure, book))
    checks = arithmetic(disclosure, book)
    found = [
        *disagreements(checks, book),
        *missing_english(said, book),
        *implausible_texts(said, disclosure, book),
        *(each for rule in DISCLOSURE_RULES for each in rule(disclosure, book)),
    ]
    findings = _by_place(acknowledge(found, disclosure.acknowledged))
    return _Found(checks, findings, used=frozenset(used(said, book.catalogue)))


def _of_entries(book: Book, numbers: Iterable[int]) -> _Found:
    private = private_in_entries(book, numbers)
    return _Found(faults=entry_faults(book, numbers), private_entries=private)


def _of_files(book: Book, files: Iterable[str]) -> _Found:
    return _Found(private_files=private_in_files(book, files))


def _of_the_rest(book: Book) -> _Found:
    return _Found(findings=tuple(found for rule in BOOK_RULES for found in rule(book)))


def _together(book: Book, results: Sequence[_Found]) -> Examination:
    disclosures: dict[tuple[str, str], Examined] = {}
    for each, its in zip(book.disclosures, results, strict=False):
        checks = _AtLeisure(each, book) if its.checks is None else its.checks
        disclosures[each.department, each.slug] = Examined(checks, its.findings)
    looked_up = frozenset[int]().union(*(its.used for its in results))
    faults = {number: found for its in results for number, found in its.faults.items()}
    private = {file: found for its in results for file, found in its.private_files.items()}
    of_the_book = [
        *translations(book, looked_up, faults),
        *results[-1].findings,
        *(found for file in book.sources for found in private.get(file, ())),
        *(found for its in results for found in its.private_entries),
    ]
    return Examination(disclosures, _by_place(acknowledge(of_the_book, book.acknowledged)))


class _AtLeisure(Sequence[Check]):
    """The comparisons of a disclosure that another process made: made again where they are shown.

    There are so many that to send them takes longer.
    """

    def __init__(self, disclosure: Disclosure, book: Book) -> None:
        self._of = disclosure, book

    @cached_property
    def _made(self) -> tuple[Check, ...]:
        return arithmetic(*self._of)

    @overload
    def __getitem__(self, at: int) -> Check: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Check]: ...
    def __getitem__(self, at: int | slice) -> Check | Sequence[Check]:
        return self._made[at]

    def __len__(self) -> int:
        return len(self._made)


def _by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    by_file: dict[str, list[Finding]] = {}
    for each in findings:
        by_file.setdefault(each.place.file, []).append(each)
    return tuple(each for file in sorted(by_file) for each in _by_line(by_file[file]))


def _by_line(group: list[Finding]) -> list[Finding]:
    """The findings in one file. Lines cost more than all rules: the file is parsed for them anew.

    Texts and blanks stand in a file in the order of its keys, so that theirs are not needed.
    """
    if len(group) == 1:
        return group
    orders = [_order(each.place) for each in group]
    if None in orders:
        return sorted(group, key=lambda each: (each.problem.span, each.rule))
    keys = [(order, each.rule) for order, each in zip(orders, group, strict=True)]
    return [group[at] for at in sorted(range(len(group)), key=keys.__getitem__)]


def _order(place: Place) -> tuple[int, ...] | None:
    """How many keys or items stand before a text at every level; None where there is no text."""
    if place.source is None:
        return None
    value, order = place.source.value, []
    for key in place.path:
        if isinstance(value, dict) and key in value:
            order.append(list(value).index(str(key)))
            value = value[str(key)]
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            order.append(key)
            value = value[key]
        else:
            return None
    return None if isinstance(value, dict | list) else tuple(order)
