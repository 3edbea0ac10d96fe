"""Projects that have something in common, followed through the years, and what they add up to.

A project goes on under its code, or under a code that continues another. One look at a department
finds that for all its projects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import nsmallest
from itertools import groupby

from disclosure.book import Book, Department, Disclosure, Project
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

    @classmethod
    def at(cls, slug: str) -> Period:
        """The period of the disclosure with this address, ``2024-budget``."""
        year, _, kind = slug.partition("-")
        return cls(int(year), "final" if kind == "final" else "budget")

    @property
    def slug(self) -> str:
        """The address of the disclosure of this period."""
        return f"{self.year}-{self.kind}"


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


@dataclass(frozen=True, slots=True)
class _Followed:
    """The projects of a department: the code that stands for each code, and what stands for it."""

    first: Mapping[str, str]
    all: Mapping[str, tuple[Found, ...]]

    @classmethod
    def of(cls, department: Department) -> _Followed:
        above: dict[str, str] = {}

        def find(code: str) -> str:
            while (next := above.setdefault(code, code)) != code:
                # Each look makes the next one shorter.
                above[code] = above.setdefault(next, next)
                code = next
            return code

        every = [(each, project) for each in department.disclosures for project in each.projects]
        for _, project in every:
            own = find(project.code)
            if earlier := project.file.continues:
                above[own] = find(earlier)
        first = {code: find(code) for code in [*above]}
        found: dict[str, list[Found]] = {}
        for disclosure, project in every:
            found.setdefault(first[project.code], []).append((disclosure, project))
        return cls(first, {code: tuple(projects) for code, projects in found.items()})


@dataclass(frozen=True)
class Courses:
    """The projects that are one project, by department and code.

    A department is followed when it is asked for: one that is built by itself needs no other.
    """

    _book: Book
    _found: dict[str, _Followed] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, book: Book) -> Courses:
        """The courses of the projects of ``book``."""
        return cls(book)

    def _in(self, department: str) -> _Followed:
        if (found := self._found.get(department)) is None:
            (own,) = (each for each in self._book.departments if each.slug == department)
            found = self._found[department] = _Followed.of(own)
        return found

    def first(self, disclosure: Disclosure, project: Project) -> str:
        """The code that stands for ``project`` under all its codes."""
        return self._in(disclosure.department).first[project.code]

    def history(self, disclosure: Disclosure, project: Project) -> tuple[Found, ...]:
        """A project in all disclosures of its department, newest first, itself among them."""
        found = self._in(disclosure.department)
        return found.all[found.first[project.code]]

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
    return _total([yuan(*each) for each in projects])


def _total(amounts: list[Decimal | None]) -> Total:
    known = [amount for amount in amounts if amount is not None]
    return Total(sum(known, Decimal(0)) if known else None, len(amounts), len(amounts) - len(known))


def added(totals: Iterable[Total]) -> Total:
    """What totals of different projects are together."""
    every = tuple(totals)
    known = [each.yuan for each in every if each.yuan is not None]
    return Total(
        sum(known, Decimal(0)) if known else None,
        sum(each.projects for each in every),
        sum(each.without for each in every),
    )


MOST = 20
"""The projects that are named; a law may stand behind every one of a site."""


@dataclass(frozen=True, slots=True)
class Named:
    """A course by the codes of its project: what can be kept without the data of the department.

    ``rank``: the newest period first, in it the largest amount.
    """

    rank: tuple[int, bool, Decimal]
    department: str
    codes: Mapping[Period, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What pages tell of projects that have something in common, however many there are.

    ``totals`` by department and disclosure, in the order of the book; ``courses``: the first
    ``MOST`` by rank. A course never leaves its department: what was gathered in each department is
    put together with ``+``, in any grouping.
    """

    totals: Mapping[tuple[str, str], Total]
    courses: tuple[Named, ...]

    @classmethod
    def of(cls, courses: Courses, projects: Iterable[Found]) -> Gathered:
        """Gather ``projects``: all those of a department at once, a disclosure at a time.

        A term of a large site has thousands of them: this looks at each once, and courses are those
        of ``Courses.gathered`` without their projects.
        """
        totals: dict[tuple[str, str], Total] = {}
        found: dict[tuple[str, str, int], dict[Period, str]] = {}
        newest: dict[tuple[str, str, int], tuple[Period, Decimal | None]] = {}
        for _, group in groupby(projects, key=lambda each: id(each[0])):
            own = tuple(group)
            disclosure, period = own[0][0], Period.of(own[0][0])
            amounts = [yuan(*each) for each in own]
            totals[disclosure.department, disclosure.slug] = _total(amounts)
            places: dict[str, int] = {}
            for (_, project), amount in zip(own, amounts, strict=True):
                first = courses.first(disclosure, project)
                place = places[first] = places.get(first, -1) + 1
                course = (disclosure.department, first, place)
                found.setdefault(course, {})[period] = project.code
                if course not in newest or newest[course][0] < period:
                    newest[course] = (period, amount)
        ranked = (
            Named(_rank(*newest[course]), course[0], codes) for course, codes in found.items()
        )
        return cls(totals, _first(ranked))

    def __add__(self, other: Gathered) -> Gathered:
        return Gathered({**self.totals, **other.totals}, _first((*self.courses, *other.courses)))

    def __bool__(self) -> bool:
        return bool(self.totals)

    @property
    def projects(self) -> int:
        """How many projects there are in all disclosures."""
        return sum(each.projects for each in self.totals.values())

    def departments(self) -> Mapping[str, Mapping[Period, Total]]:
        """The totals by department, in the order of the book."""
        found: dict[str, dict[Period, Total]] = {}
        for (department, slug), each in self.totals.items():
            found.setdefault(department, {})[Period.at(slug)] = each
        return found

    def periods(self) -> Mapping[Period, Mapping[str, Total]]:
        """The totals by period, the oldest first, and department."""
        found: dict[Period, dict[str, Total]] = {}
        for (department, slug), each in self.totals.items():
            found.setdefault(Period.at(slug), {})[department] = each
        return {period: found[period] for period in sorted(found)}


NOTHING = Gathered({}, ())
"""No project at all."""


def _rank(newest: Period, amount: Decimal | None) -> tuple[int, bool, Decimal]:
    return (-newest.year, newest.kind == "budget", -(amount or Decimal(0)))


def _first(courses: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(nsmallest(MOST, courses, key=lambda each: each.rank))
