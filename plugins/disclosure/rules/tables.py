"""Do the statutory tables add up, and do they agree with ``budget.yml``? Exact, as printed.

A heading is compared with the headings below it that the same table lists, a total with the
headings that stand below no other. In a table by unit (单位) the rows of each unit are a list of
their own. Where a table leaves open which rows a sum covers, its rule says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from disclosure.book import Book, Disclosure
from disclosure.model.table_forms import Row, Table, TableSide
from disclosure.rules.budget_sums import Budget
from disclosure.rules.check import Check, Term, same_as
from disclosure.rules.rows import row_checks
from disclosure.rules.same_figure import same_figures
from disclosure.rules.statutory import (
    GRAND,
    OF_THE_YEAR,
    Tables,
    amounts,
    by_institution,
    grand_total,
    item_of,
    with_above,
)

_KINDS = ("basic", "projects", "to_superior", "business", "to_affiliated")


def table_checks(disclosure: Disclosure, book: Book) -> Iterator[Check]:
    """The checks of all tables of a disclosure and of its units, table by table."""
    budget = disclosure.budget
    own = budget.unit if budget else "万元"
    groups = [Tables(book, disclosure, budget, own, disclosure.tables)]
    for unit in disclosure.units:
        unit_own = unit.budget.unit if unit.budget else own
        groups.append(Tables(book, disclosure, unit.budget, unit_own, unit.tables, unit.slug))
    for group in groups:
        for table in group.tables.values():
            for side in table.sides:
                if side.side.kind is not None:
                    yield from totals(group, table, side)
                    yield from headings(group, table, side)
                    yield from kinds_of_expenditure(group, table, side)
                yield from row_checks(group, table, side)
            yield from both_sides(group, table)
        yield from with_the_budget(group)
        yield from same_figures(group)


def totals(group: Tables, table: Table, given: TableSide) -> Iterator[Check]:
    """A420: a total = the sum of the headings that stand below no other.

    Where the total of the year has a row of its own, the grand total is that and what is carried
    over or forward.
    """
    for institution, rows in by_institution(given).items():
        by_id = {id: row for row in rows if (id := item_of(given.side, row))}
        of_the_year = by_id.get(OF_THE_YEAR)
        listed = given.rows if institution is None else rows
        top = [
            row
            for row, heading in with_above(listed)
            if heading is None and group.is_class(given.side, row)
        ]
        others = [row for row in rows if not row.style and not group.is_class(given.side, row)]
        unclear = any(item_of(given.side, row) is None for row in others)
        for id in (OF_THE_YEAR, *GRAND):
            if (row := by_id.get(id)) is None or (unclear and id != OF_THE_YEAR):
                continue
            if id == OF_THE_YEAR:
                parts = top
            elif of_the_year is not None:
                parts = [of_the_year, *others]
            else:
                parts = [*top, *others]
            for column in amounts(given):
                cells = [(part, column) for part in parts]
                yield from group.check("A420", table, (row, column), cells, given.side)


def headings(group: Tables, table: Table, given: TableSide) -> Iterator[Check]:
    """A422: a heading = the sum of the nearest headings below it that the table lists."""
    for rows in by_institution(given).values():
        coded = [row for row in rows if row.joined]
        times = Counter(row.joined for row in coded)
        below: dict[str, list[Row]] = {}
        for row, heading in with_above(coded):
            below.setdefault(heading or "", []).append(row)
        columns = amounts(given)
        for row in coded:
            if times[row.joined] > 1:
                continue  # the table divides it by something that is no column
            for column in columns:
                cells = [(part, column) for part in below.get(row.joined or "", ())]
                yield from group.check("A422", table, (row, column), cells, given.side)


def kinds_of_expenditure(group: Tables, table: Table, given: TableSide) -> Iterator[Check]:
    """A421: in a row, the total = basic + project expenditure and the other kinds printed."""
    columns = {column.id: column for column in given.columns}
    if not {"total", "basic", "projects"} <= columns.keys():
        return
    for row in given.rows:
        if {"total", "basic", "projects"} <= row.cells.keys():
            parts = [(row, columns[each]) for each in _KINDS if each in columns]
            yield from group.check("A421", table, (row, columns["total"]), parts, given.side)


def both_sides(group: Tables, table: Table) -> Iterator[Check]:
    """A423: in a table of two sides, the grand total of revenue = that of expenditure."""
    sides = {each.side.id: each for each in table.sides}
    if not {"revenue", "expenditure"} <= sides.keys():
        return
    left, right = (grand_total(sides[id]) for id in ("revenue", "expenditure"))
    if left is None or right is None:
        return
    (at, here), (row, there) = left, right
    printed = group.term(table, sides["revenue"].side, at, here)
    other = group.term(table, sides["expenditure"].side, row, there)
    unit = group.unit_of(table)
    yield from same_as("A423", unit, printed, other, unit, item=table.form.title)


def with_the_budget(group: Tables) -> Iterator[Check]:
    """A424: the totals of the tables = those of ``budget.yml``, in the unit of the table.

    In final accounts the tables of revenue and of expenditure leave out what is carried over, so
    only the summary has the grand totals.
    """
    if (budget := group.budget) is None:
        return
    given = Budget(group.disclosure, budget, group.folder)
    revenue = given.revenue
    spent = given.term(
        ("interface", "key.expenditure"), budget.expenditure.total, "expenditure", "total"
    )
    wanted: list[tuple[str, str, str, Term | None]] = [
        ("revenue-expenditure", "revenue", "", revenue),
        ("revenue-expenditure", "expenditure", "", spent),
        ("expenditure", "rows", "basic", given.spent("basic")),
        ("expenditure", "rows", "projects", given.spent("projects")),
    ]
    if group.kind == "budget":
        wanted += [
            ("revenue", "rows", "total", revenue),
            ("expenditure", "rows", "total", spent),
        ]
    for form, side, column, figure in wanted:
        if cell := group.grand(form, side, column):
            yield from same_as("A424", cell.unit, cell.term, figure, given.unit, cell.item)
