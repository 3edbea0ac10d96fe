"""Functional and economic classification of expenditure (支出功能分类, 支出经济分类) by year.

The Ministry of Finance issues the list every year. A functional code has three digits for a class
(类), five for a section (款) and seven for an item (项); an economic code has three or five. Print
writes them joined (``2080501``) or split (``208 05 01``).

The lists are files: the default ones and those of a site, which add or replace codes. Every file is
a selection, so a year is built on the newest earlier year, less what it removes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from disclosure.model.fields import BLANK, Bilingual, Lang, Model, PlainText, Year, half_width
from disclosure.model.vocabulary import fold
from disclosure.problems import Problem, problem
from disclosure.source import Path, Source

ClassificationKind = Literal["functional", "economic"]
Level = Literal["class", "section", "item"]

LENGTHS: Mapping[ClassificationKind, tuple[int, ...]] = {
    "functional": (3, 5, 7),
    "economic": (3, 5),
}
"""Digits of a code of each level, from the class down."""

_LEVELS: Mapping[int, Level] = {3: "class", 5: "section", 7: "item"}
_FIRST_DIGIT: Mapping[ClassificationKind, str] = {"functional": "2", "economic": "3"}


@dataclass(frozen=True, slots=True)
class ClassificationCode:
    """A code as printed, and its digits joined."""

    printed: str
    joined: str


def joined(text: str) -> str | None:
    """The digits of a printed code in one piece, or None where it holds anything else.

    Full-width digits and spaces of any kind are understood. Their number is not looked at.

    >>> joined("２０８　05 01")
    '2080501'
    """
    digits = re.sub(r"\s+", "", half_width(text))
    return digits if re.fullmatch(r"\d+", digits, re.ASCII) else None


def split(code: str) -> str:
    """A joined code as print splits it: ``208 05 01``."""
    return " ".join((code[:3], *(code[at : at + 2] for at in range(3, len(code), 2))))


def level(code: str) -> Level:
    """The level of a joined code; raises KeyError where it has none."""
    return _LEVELS[len(code)]


def parent_code(code: str) -> str | None:
    """The joined code one level up; None for a class."""
    return code[:-2] if len(code) > 3 else None


def _classification_code(value: Any, kinds: tuple[ClassificationKind, ...]) -> ClassificationCode:
    text = value if isinstance(value, str) else ""
    digits = joined(text)
    if digits is None or not any(
        len(digits) in LENGTHS[kind] and digits.startswith(_FIRST_DIGIT[kind]) for kind in kinds
    ):
        found = text if isinstance(value, str) or value is BLANK else "…"
        raise PydanticCustomError("S221", "not a classification code", {"found": found})
    return ClassificationCode(text, digits)


def _functional(value: Any) -> ClassificationCode:
    return _classification_code(value, ("functional",))


def _economic(value: Any) -> ClassificationCode:
    return _classification_code(value, ("economic",))


def _listed(value: Any) -> str:
    return _classification_code(value, ("functional", "economic")).joined


FunctionalCode = Annotated[ClassificationCode, BeforeValidator(_functional)]
"""A code of the functional classification as printed: ``208 05 01`` or ``2080501``."""
EconomicCode = Annotated[ClassificationCode, BeforeValidator(_economic)]
"""A code of the economic classification of departmental expenditure: ``302 01`` or ``30201``."""
ListedCode = Annotated[str, BeforeValidator(_listed)]
"""A code in a list, of either classification; kept joined."""


class Entry(Model):
    """A code of a list. ``source`` overrides the source of the file."""

    code: ListedCode
    zh: PlainText
    en: PlainText
    source: Bilingual | None = None


class ClassificationFile(Model):
    """A list, or what a year changes (``classification/*.yml``).

    ``entries`` are new codes, ``changed`` are codes of an earlier year with another name, and
    ``removed`` are codes that the year no longer has. ``based_on`` is the year that it builds on;
    without it, that is the newest earlier one.
    """

    kind: ClassificationKind
    year: Year
    source: Bilingual
    note: Bilingual | None = None
    based_on: Year | None = None
    entries: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    removed: tuple[ListedCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A budget heading (科目): a code, its names, and the list that they come from."""

    kind: ClassificationKind
    code: str
    zh: str
    en: str
    source: Bilingual
    year: int
    """The year of the list that gives this name."""

    @property
    def level(self) -> Level:
        """Class, section or item."""
        return level(self.code)

    @property
    def parent_code(self) -> str | None:
        """The code one level up; None for a class."""
        return parent_code(self.code)

    def name(self, lang: Lang) -> str:
        """The name in ``lang``."""
        return self.zh if lang == "zh" else self.en

    def label(self, lang: Lang) -> str:
        """Code and name: ``2210201 住房公积金``."""
        return f"{self.code} {self.name(lang)}"


_List = Mapping[str, Heading]


@dataclass(frozen=True)
class Classification:
    """Both classifications in all years."""

    _lists: Mapping[ClassificationKind, Mapping[int, _List]]
    """By kind and year, codes in their order."""

    @classmethod
    def of(cls, files: Iterable[ClassificationFile]) -> Classification:
        """Build the lists from ``files``; where two say the same code, the later one is right."""
        by_year: dict[ClassificationKind, dict[int, list[ClassificationFile]]] = {
            kind: {} for kind in LENGTHS
        }
        for file in files:
            by_year[file.kind].setdefault(file.year, []).append(file)
        return cls({kind: _build(years) for kind, years in by_year.items()})

    def years(self, kind: ClassificationKind) -> tuple[int, ...]:
        """The years that have a list, oldest first."""
        return tuple(self._lists[kind])

    def list_year(self, kind: ClassificationKind, year: int) -> int | None:
        """The year of the list that is used for ``year``: the newest not after it.

        Years before the first list use the first. None where there is no list at all.
        """
        years = self.years(kind)
        return max((each for each in years if each <= year), default=min(years, default=None))

    def headings(self, kind: ClassificationKind, year: int) -> tuple[Heading, ...]:
        """All headings that hold in ``year``, by code."""
        return tuple(self._list(kind, year).values())

    def find(self, kind: ClassificationKind, code: str, year: int) -> Heading | None:
        """The heading of a code, joined or as printed, in ``year``."""
        return self._list(kind, year).get(joined(code) or "")

    def chain(self, kind: ClassificationKind, code: str, year: int) -> tuple[Heading, ...]:
        """The headings from the class down to ``code``; those that are unknown are left out."""
        digits = joined(code) or ""
        lengths = [length for length in LENGTHS[kind] if length <= len(digits)]
        found = (self.find(kind, digits[:length], year) for length in lengths)
        return tuple(heading for heading in found if heading is not None)

    def children(self, kind: ClassificationKind, code: str, year: int) -> tuple[Heading, ...]:
        """The headings one level below ``code``, by code."""
        digits = joined(code)
        return tuple(each for each in self.headings(kind, year) if each.parent_code == digits)

    def nearest(self, kind: ClassificationKind, code: str, year: int) -> Heading | None:
        """The heading that an unknown code was most likely meant to be.

        Those below the same parent come first. The fewest digits to change decide, then the
        longest common beginning, then the smallest distance in number. None without a list.
        """
        digits = joined(code) or code
        headings = self.headings(kind, year)
        siblings = [
            each
            for each in headings
            if len(each.code) == len(digits) and each.parent_code == parent_code(digits)
        ]
        return min(
            siblings or headings,
            key=lambda each: (
                _edits(digits, each.code),
                -_common_beginning(digits, each.code),
                abs(int(each.code) - int(digits)) if digits.isdecimal() else 0,
                each.code,
            ),
            default=None,
        )

    def class_named(self, kind: ClassificationKind, name: str, year: int) -> Heading | None:
        """The class with this name, folded as labels are compared."""
        list_year = self.list_year(kind, year)
        return self._classes.get((kind, list_year or 0, name))

    @cached_property
    def _classes(self) -> Mapping[tuple[ClassificationKind, int, str], Heading]:
        found: dict[tuple[ClassificationKind, int, str], Heading] = {}
        for kind, lists in self._lists.items():
            for year, headings in lists.items():
                for heading in headings.values():
                    if heading.level == "class":
                        found.setdefault((kind, year, fold(heading.zh)), heading)
        return found

    def _list(self, kind: ClassificationKind, year: int) -> _List:
        list_year = self.list_year(kind, year)
        return {} if list_year is None else self._lists[kind][list_year]


def list_problems(
    file: ClassificationFile, source: Source, classification: Classification
) -> Iterator[Problem]:
    """What is wrong with a list, once all lists are known.

    Codes stand once in a file and belong to its classification (S221, R305); the code above each
    exists (R331); the year it builds on has a list, and a changed or removed code was in it (R306).
    """
    earlier = file.based_on if file.based_on is not None else file.year - 1
    years = classification.years(file.kind)
    if file.based_on is not None and (file.based_on not in years or file.based_on >= file.year):
        place = source.positions.value(("based_on",))
        suggestion = max((str(year) for year in years if year < file.year), default="")
        yield problem("R306", place, found=str(file.based_on), suggestion=suggestion)
    first: dict[str, Path] = {}
    for path, code in _codes(file):
        place = source.positions.value(path)
        if len(code) not in LENGTHS[file.kind] or not code.startswith(_FIRST_DIGIT[file.kind]):
            yield problem("S221", place, found=code)
            continue
        if first.setdefault(code, path) != path:
            before = source.positions.value(first[code])
            yield problem("R305", place, found=code, first=f"{before.file}:{before.line}")
        above = parent_code(code)
        if path[0] == "entries":
            if above is not None and classification.find(file.kind, above, file.year) is None:
                yield problem("R331", place, found=code, parent=above)
        elif years[:1] == (file.year,) or not classification.find(file.kind, code, earlier):
            near = classification.nearest(file.kind, code, earlier)
            yield problem("R306", place, found=code, suggestion=near.label("zh") if near else "")


def _codes(file: ClassificationFile) -> Iterator[tuple[Path, str]]:
    for key in ("entries", "changed"):
        for index, entry in enumerate(getattr(file, key)):
            yield (key, index, "code"), entry.code
    for index, code in enumerate(file.removed):
        yield ("removed", index), code


def _build(by_year: Mapping[int, Iterable[ClassificationFile]]) -> Mapping[int, _List]:
    lists: dict[int, _List] = {}
    for year, files in sorted(by_year.items()):
        based_on = next((file.based_on for file in files if file.based_on in lists), None)
        base = lists[based_on if based_on is not None else max(lists)] if lists else {}
        known = dict(base)
        for file in files:
            for code in file.removed:
                known.pop(code, None)
            for entry in (*file.entries, *file.changed):
                source = entry.source or file.source
                known[entry.code] = Heading(file.kind, entry.code, entry.zh, entry.en, source, year)
        lists[year] = dict(sorted(known.items()))
    return lists


def _edits(one: str, other: str) -> int:
    """The fewest characters to insert, delete or replace to make ``one`` into ``other``."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
    return row[-1]


def _common_beginning(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
