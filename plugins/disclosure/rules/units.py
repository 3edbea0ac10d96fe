"""Are the totals of the department those of all its units together? (A440)"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.book import Book, Disclosure
from disclosure.model.fields import Figure
from disclosure.rules.budget_sums import Budget, budgets
from disclosure.rules.check import Check, Term, converted, sum_of

_SPENT = ("total", "basic", "personnel", "non_personnel", "projects", "carried_forward")


def sums_of_units(disclosure: Disclosure, book: Book) -> Iterator[Check]:
    """A440: a figure of the department = the sum of those of its units (consolidated accounts).

    It speaks only where the institution table links every row to a unit and every unit has the
    figure: else the document leaves open whose figures are missing.
    """
    linked = [each.unit for each in disclosure.header.institutions]
    if disclosure.budget is None or not linked or None in linked or not disclosure.units:
        return
    own, *units = budgets(disclosure)
    if len(units) != len(disclosure.units) or set(linked) != {u.slug for u in disclosure.units}:
        return
    yield from _sum(own, own.revenue, [each.revenue for each in units], units)
    for kind in _SPENT:
        yield from _sum(own, own.spent(kind), [each.spent(kind) for each in units], units)


def _sum(
    own: Budget, printed: Term | None, parts: list[Term | None], units: list[Budget]
) -> Iterator[Check]:
    if printed is None or printed.place is None:
        return
    found: list[Term] = []
    for part, unit in zip(parts, units, strict=True):
        if part is None or part.figure.value is None:
            return
        value = converted(part.figure, unit.unit, printed.figure, own.unit)
        name = next(
            u.file.name for u in own.disclosure.units if unit.folder.endswith(f"/{u.slug}/")
        )
        figure = part.figure if unit.unit == own.unit else Figure(f"{value:f}", value)
        found.append(Term(("text", name), figure, part.place))
    yield from sum_of("A440", printed.place, own.unit, printed, found, item=printed.label)
