"""Projects that have something in common, followed through the years, and what they add up to.

A project goes on under its code, or under a code that continues another. One look at the book
finds that for all projects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from disclosure.book import Book, Disclosure, Project
from disclosure.language.numbers import YUAN_PER
from disclosure.model.disclosure import DisclosureKind

Found = tuple[Disclosure, Project]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The budgets or the final accounts of a year. Both are of the same money: never added."""

    year: int
    kind: DisclosureKind

    @classmethod
    def of(cls, disclosure: Disclosure) -> Period:
        """The period of a disclosure."""
        return cls(disclosure.header.year, disclosure.kind)


@dataclass(frozen=True, slots=True)
class Course:
    """A project of a department in each period that it is found in."""

    department: str
    periods: Mapping[Period, Found]

    @property
    def newest(self) -> Found:
        """The project as it was last found."""
        return self.periods[max(self.periods)]


@dataclass(frozen=True, slots=True)
class Total:
    """What projects add up to: exact yuan, or None where no project has an amount.

    ``without``: the projects whose amount is blank, not applicable or without a unit. They count
    as projects and are no zero in the sum.
    """

    yuan: Decimal | None
    projects: int
    without: int


@dataclass(frozen=True)
class Courses:
    """The projects that are one project, by department and code."""

    _book: Book
    _first: Mapping[tuple[str, str], str]
    """The code that stands for all codes of a project."""

    @classmethod
    def of(cls, book: Book) -> Courses:
        """Follow every project of ``book``."""
        first: dict[tuple[str, str], str] = {}

        def find(department: str, code: str) -> str:
            while (above := first.setdefault((department, code), code)) != code:
                # Each look makes the next one shorter.
                first[department, code] = first.setdefault((department, above), above)
                code = above
            return code

        for disclosure in book.disclosures:
            for project in disclosure.projects:
                own = find(disclosure.department, project.code)
                if earlier := project.file.continues:
                    first[disclosure.department, own] = find(disclosure.department, earlier)
        codes = {(department, code): find(department, code) for department, code in [*first]}
        return cls(book, codes)

    def first(self, disclosure: Disclosure, project: Project) -> str:
        """The code that stands for ``project`` under all its codes."""
        return self._first[disclosure.department, project.code]

    @cached_property
    def _all(self) -> Mapping[tuple[str, str], tuple[Found, ...]]:
        found: dict[tuple[str, str], list[Found]] = {}
        for disclosure in self._book.disclosures:
            for project in disclosure.projects:
                key = (disclosure.department, self.first(disclosure, project))
                found.setdefault(key, []).append((disclosure, project))
        return {key: tuple(projects) for key, projects in found.items()}

    def history(self, disclosure: Disclosure, project: Project) -> tuple[Found, ...]:
        """A project in all disclosures of its department, newest first, itself among them."""
        return self._all[disclosure.department, self.first(disclosure, project)]

    def gathered(self, projects: Iterable[Found]) -> tuple[Course, ...]:
        """Each of ``projects`` in exactly one course, in the order in which they come first.

        Where a project was split and two of its codes are found in one period, there are two.
        """
        courses: dict[tuple[str, str, int], dict[Period, Found]] = {}
        places: dict[tuple[str, str, Period], int] = {}
        for disclosure, project in projects:
            department, first = disclosure.department, self.first(disclosure, project)
            period = Period.of(disclosure)
            place = places.get((department, first, period), 0)
            places[department, first, period] = place + 1
            course = courses.setdefault((department, first, place), {})
            course[period] = (disclosure, project)
        return tuple(Course(department, found) for (department, _, _), found in courses.items())


def yuan(disclosure: Disclosure, project: Project) -> Decimal | None:
    """The amount of a project in yuan; None for what is no amount, or one without a unit."""
    value = project.file.budget.value
    if value is None or disclosure.budget is None:
        return None
    return value * YUAN_PER[disclosure.budget.unit]


def total(projects: Iterable[Found]) -> Total:
    """What ``projects`` add up to. They must be of one period, or they count twice."""
    amounts = [yuan(*each) for each in projects]
    known = [amount for amount in amounts if amount is not None]
    return Total(sum(known, Decimal(0)) if known else None, len(amounts), len(amounts) - len(known))


def by_period(projects: Iterable[Found]) -> Mapping[Period, tuple[Found, ...]]:
    """``projects`` by period, the oldest first."""
    found: dict[Period, list[Found]] = {}
    for disclosure, project in projects:
        found.setdefault(Period.of(disclosure), []).append((disclosure, project))
    return {period: tuple(found[period]) for period in sorted(found)}
