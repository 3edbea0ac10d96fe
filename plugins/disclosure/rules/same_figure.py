"""Is a figure the same in every place that prints it? (A436-A439)

Compared are tables with ``budget.yml``, with each other, and with the project files; where the
units differ, as finely as both are printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from disclosure.model.table_forms import Row, Table, TableSide
from disclosure.rules.budget_sums import Budget
from disclosure.rules.check import Check, Term, same_as
from disclosure.rules.statutory import (
    GRAND,
    OF_THE_YEAR,
    CellFigure,
    Tables,
    item_of,
)

_FUNDS = (
    ("general-public-budget", "general_public_budget"),
    ("government-funds", "government_funds"),
    ("state-capital", "state_capital"),
)


def same_figures(group: Tables) -> Iterator[Check]:
    """All comparisons of one figure in two places."""
    yield from three_public(group)
    yield from basic_expenditure(group)
    yield from between_tables(group)
    yield from project_table(group)


def three_public(group: Tables) -> Iterator[Check]:
    """A436: the “three public” table = part four of ``budget.yml``, item by item."""
    side, column = ("rows", "budget") if group.kind == "budget" else ("amounts", "actual")
    found = group.side("three-public", side)
    three = group.budget.three_public if group.budget else None
    if group.budget is None or three is None or found is None:
        return
    table, given = found
    budget = Budget(group.disclosure, group.budget, group.folder)
    words = group.book.vocabulary
    there = {
        words.word("three_public_item", label).id: budget.term(
            ("three_public_item", label), figure, "three_public", "items", label
        )
        for label, figure in three.items.items()
    }
    label = ("interface", "key.three_public")
    total = budget.term(label, three.total, "three_public", "total")
    for row in given.rows:
        id = item_of(given.side, row)
        other = total if id in GRAND else there.get(id or "")
        if row.institution is None and (cell := group.cell(table, given, row, column)):
            yield from same_as("A436", cell.unit, cell.term, other, budget.unit, cell.item)


def basic_expenditure(group: Tables) -> Iterator[Check]:
    """A437: the table of basic expenditure = the figures of ``budget.yml``.

    The table is about the general public budget alone, so this holds where no other source has
    money.
    """
    if group.budget is None or not _one_fund(group):
        return
    budget = Budget(group.disclosure, group.budget, group.folder)
    for form, pairs in (
        (
            "basic-expenditure",
            (
                ("total", "basic"),
                ("personnel", "personnel"),
                ("non_personnel", "non_personnel"),
            ),
        ),
        ("general-public-budget", (("basic", "basic"), ("projects", "projects"))),
    ):
        for column, kind in pairs:
            if cell := group.grand(form, "rows", column):
                other = budget.spent(kind)
                yield from same_as("A437", cell.unit, cell.term, other, budget.unit, cell.item)


def _one_fund(group: Tables) -> bool:
    """Whether the general public budget is the only source of revenue that has money."""
    sources = group.budget.revenue.sources if group.budget else {}
    words = group.book.vocabulary
    funded = {
        words.word("revenue_source", label).id for label, figure in sources.items() if figure.number
    }
    return funded == {"general-public-budget"}


def between_tables(group: Tables) -> Iterator[Check]:
    """A438: a total in one table = the same in another."""
    basic, general = "basic-expenditure", "general-public-budget"
    for column, other in (
        ("total", "basic"),
        ("personnel", "personnel"),
        ("non_personnel", "non_personnel"),
    ):
        yield from _same(group.grand(basic, "rows", column), group.grand(general, "rows", other))
    for form, column in _FUNDS:
        total = _of_the_year(group, "fiscal-appropriation", "expenditure", column)
        yield from _same(group.grand(form, "rows", "total"), total)
    column = "budget" if group.kind == "budget" else "actual"
    if group.kind == "final":
        for form in ("revenue", "expenditure"):
            total = _of_the_year(group, "revenue-expenditure", form, column)
            yield from _same(group.grand(form, "rows", "total"), total)
    yield from _by_class(group, column)


def _same(cell: CellFigure | None, other: CellFigure | None) -> Iterator[Check]:
    if cell is not None and other is not None:
        yield from same_as("A438", cell.unit, cell.term, other.term, other.unit, cell.item)


def _of_the_year(group: Tables, form: str, side: str, column: str) -> CellFigure | None:
    """The total of the year, of a table that prints it once."""
    if (found := group.side(form, side)) is None:
        return None
    table, given = found
    rows = [row for row in given.rows if item_of(given.side, row) == OF_THE_YEAR]
    if len(rows) != 1 or rows[0].institution is not None:
        return None
    return group.cell(table, given, rows[0], column)


def _by_class(group: Tables, column: str) -> Iterator[Check]:
    """The classes of the summary = those of the table of expenditure."""
    summary = group.side("revenue-expenditure", "expenditure")
    detail = group.side("expenditure", "rows")
    if summary is None or detail is None:
        return
    here, there = _classes(group, *summary), _classes(group, *detail)
    for heading, row in here.items():
        if heading in there:
            cell = group.cell(*detail, there[heading], "total")
            yield from _same(group.cell(*summary, row, column), cell)


def _classes(group: Tables, table: Table, given: TableSide) -> dict[str, Row]:
    """The rows of classes (类) by code; empty where one stands twice or a unit has its own."""
    found: dict[str, Row] = {}
    for row in given.rows:
        if (code := group.class_of(given.side, row)) is None:
            continue
        if row.institution is not None or code in found:
            return {}
        found[code] = row
    return found


def project_table(group: Tables) -> Iterator[Check]:
    """A439: a row of the table of projects = the file of the project with its code."""
    found = group.side("projects", "rows")
    if found is None or group.subordinate or group.disclosure.budget is None:
        return
    table, given = found
    unit = group.disclosure.budget.unit
    projects = {project.code: project for project in group.disclosure.projects}
    repeated = {code for code, n in Counter(row.code for row in given.rows).items() if n > 1}
    for row in given.rows:
        project = projects.get(row.code or "")
        if project is None or row.code in repeated:
            continue
        place = group.disclosure.place(f"projects/{project.code}.yml", ("budget",))
        other = Term(("project", project.file.name), project.file.budget, place)
        if cell := group.cell(table, given, row, "total"):
            yield from same_as("A439", cell.unit, cell.term, other, unit, cell.item)
