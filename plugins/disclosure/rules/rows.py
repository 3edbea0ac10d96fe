"""Do the rows of a statutory table add up across its columns, and rows that have no codes?

A430-A435. What a column is made of is data (``defaults/table_forms.yml``): ``parts``, ``minus``
and ``share_of``. Percentages are rounded half up to the printed decimals.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model.fields import AmountUnit, Figure
from disclosure.model.table_forms import Column, Row, Table, TableSide
from disclosure.rules.check import Check, sum_of
from disclosure.rules.statutory import (
    GRAND,
    OF_THE_YEAR,
    Tables,
    amounts,
    by_institution,
    item_of,
)

_BALANCE = ("opening", "revenue", "total", "closing")
_BALANCED = frozenset(_BALANCE)


def row_checks(group: Tables, table: Table, given: TableSide) -> Iterator[Check]:
    """The checks of the rows of one side."""
    if given.side.rows == "label":
        yield from label_rows(group, table, given)
    if table.form.id == "projects":
        yield from project_rows(group, table, given)
    columns = {column.id: column for column in given.columns}
    declared = {column.id: column for column in given.side.columns}
    made = [each for each in columns.values() if each.parts or each.minus or each.share_of]
    for row in given.rows:
        for column in made:
            if column.parts and (parts := _parts(column, declared, row)):
                cells = [(row, columns[each]) for each in parts]
                yield from group.check("A432", table, (row, column), cells, given.side)
            if column.minus:
                yield from _change(group, table, given, row, column)
            if column.share_of:
                yield from _share(group, table, given, row, column)
        if row.cells.keys() >= _BALANCED:
            yield from _balance(group, table, given, row)


def label_rows(group: Tables, table: Table, given: TableSide) -> Iterator[Check]:
    """A430, A431: a total = its rows; a row = those below it. Rows are known by their names.

    The total of the year is the sum of the rows that the form has above it; the grand total that
    and the others, or all rows at the margin. An unknown row with an amount silences the totals.
    """
    for rows in by_institution(given).values():
        by_id = {id: row for row in rows if (id := item_of(given.side, row))}
        unknown = [row for row in rows if item_of(given.side, row) is None]
        if len(rows) != len(by_id) + len(unknown):
            continue  # a name stands twice: what the second one adds to is not said
        items = [item for item in given.side.items if item.id in by_id]
        for column in amounts(given):
            unclear = any(_has(row, column) for row in unknown)
            unclear |= _has(by_id.get("subtotal"), column)
            partial = False
            for item in items:
                below = [each for each in items if each.parent == item.id]
                if not below:
                    continue
                listed = [by_id[each.id] for each in below]
                whole = sum(1 for each in given.side.items if each.parent == item.id)
                # 其中 may list only some of the parts; the funds of a subtotal are all there are.
                if item.style == "subtotal" or len(below) == whole:
                    cells = [(row, column) for row in listed]
                    at = (by_id[item.id], column)
                    yield from group.check("A431", table, at, cells, given.side)
                else:
                    partial |= not _covers(by_id[item.id], listed, column)
            if not unclear and not partial:
                yield from _label_totals(group, table, given, by_id, column)


def _label_totals(
    group: Tables, table: Table, given: TableSide, by_id: dict[str, Row], column: Column
) -> Iterator[Check]:
    order = [item.id for item in given.side.items]
    totals = [id for id in GRAND if id in by_id]
    top = [
        item.id
        for item in given.side.items
        if item.id in by_id
        and item.id not in (*GRAND, OF_THE_YEAR, "subtotal")
        and item.parent not in by_id
    ]
    of_the_year = by_id.get(OF_THE_YEAR)
    if of_the_year is not None:
        first = order.index(OF_THE_YEAR)
        sources = [id for id in top if order.index(id) < first]
        cells = [(by_id[id], column) for id in sources]
        # Where the form puts the sources below the total of the year, A431 compares them.
        yield from group.check("A430", table, (of_the_year, column), cells, given.side)
        top = [OF_THE_YEAR, *(id for id in top if id not in sources)]
    if len(totals) == 1 and len(top) > 0:
        cells = [(by_id[id], column) for id in top]
        yield from group.check("A430", table, (by_id[totals[0]], column), cells, given.side)


def project_rows(group: Tables, table: Table, given: TableSide) -> Iterator[Check]:
    """A430: the total of the table of projects = its projects, where every row is one."""
    totals = [row for row in given.rows if item_of(given.side, row) in GRAND]
    projects = [row for row in given.rows if row.code is not None]
    if len(totals) != 1 or len(projects) + 1 != len(given.rows):
        return
    for column in amounts(given):
        cells = [(row, column) for row in projects]
        yield from group.check("A430", table, (totals[0], column), cells, given.side)


def _has(row: Row | None, column: Column) -> bool:
    figure = row.figure(column.id) if row else None
    return figure is not None and figure.value is not None


def _covers(row: Row, listed: list[Row], column: Column) -> bool:
    """Whether the parts listed are the whole, or are nothing."""
    found = [figure for each in listed if (figure := each.figure(column.id)) is not None]
    total = sum((figure.number for figure in found), Decimal(0))
    whole = row.figure(column.id)
    return total == 0 or (whole is not None and whole.number == total)


def _parts(column: Column, declared: dict[str, Column], row: Row) -> tuple[str, ...]:
    """The columns of a row that ``column`` is the sum of; none where one that it needs is missing.

    A part that the document leaves out stands for its own parts. Where no part is one that every
    document has, all must be there: 其中 may list only some.
    """
    needed = {id for id in column.parts if _always(declared[id], declared)} or set(column.parts)
    found: list[str] = []
    for id in column.parts:
        below = declared[id].parts
        if id in row.cells:
            found.append(id)
        elif id in needed and not (inner := _parts(declared[id], declared, row)):
            return ()
        else:
            found += inner if id in needed else [each for each in below if each in row.cells]
    return tuple(found)


def _always(column: Column, declared: dict[str, Column]) -> bool:
    """Whether every document has the column, or else parts of it."""
    return column.optional == "no" or any(_always(declared[id], declared) for id in column.parts)


def _operands(row: Row, columns: tuple[str, ...]) -> tuple[str, str] | None:
    """The first of ``columns`` and the only other one that the row has."""
    first, *others = columns
    found = [each for each in others if each in row.cells]
    return (first, found[0]) if first in row.cells and len(found) == 1 else None


def _change(
    group: Tables, table: Table, given: TableSide, row: Row, column: Column
) -> Iterator[Check]:
    """A433: a change = the figure of the year - that of the year before."""
    if (found := _operands(row, column.minus)) is None:
        return
    printed, now, before = (group.cell(table, given, row, id) for id in (column.id, *found))
    if printed and now and before and now.term.figure.value is not None:
        parts = (now.term, before.term.negative)
        place = group.place(table, (*row.path, column.id))
        yield from sum_of("A433", place, printed.unit, printed.term, parts, printed.item)


def _balance(group: Tables, table: Table, given: TableSide, row: Row) -> Iterator[Check]:
    """A435: closing carry-over = opening carry-over + revenue - expenditure of the year."""
    cells = [group.cell(table, given, row, id) for id in _BALANCE]
    opening, revenue, spent, closing = (cell.term if cell else None for cell in cells)
    if closing is None or spent is None:
        return
    place, item = group.place(table, (*row.path, "closing")), cells[3]
    unit = group.unit_of(table)
    parts = (opening, revenue, spent.negative)
    yield from sum_of("A435", place, unit, closing, parts, item.item if item else None)


def _share(
    group: Tables, table: Table, given: TableSide, row: Row, column: Column
) -> Iterator[Check]:
    """A434: a percentage = its two amounts divided, as finely as it is printed.

    Amounts that are rounded themselves stand for a range, and so does the percentage then.
    """
    if (found := _operands(row, column.share_of)) is None:
        return
    cells = [group.cell(table, given, row, id) for id in (column.id, *found)]
    printed, part, whole = (cell.term if cell else None for cell in cells)
    if printed is None or part is None or whole is None or printed.place is None:
        return
    if None in (printed.figure.value, part.figure.value, whole.figure.value):
        return
    unit = group.unit_of(table)
    low, high = _range(part.figure, unit)
    least, most = _range(whole.figure, unit)
    if least <= 0:
        return
    shares = [each / base * 100 for each in (low, high) for base in (least, most)]
    exact = part.figure.number / whole.figure.number * 100
    step = Decimal(1).scaleb(int(printed.figure.number.as_tuple().exponent))
    lowest, highest, middle = (
        each.quantize(step, ROUND_HALF_UP) for each in (min(shares), max(shares), exact)
    )
    value = printed.figure.number
    computed = value if lowest <= value <= highest else middle
    item = group.name(given.side, row, column, table)
    yield Check("A434", printed.place, unit, printed, computed, (part, whole), item)


def _range(figure: Figure, unit: AmountUnit) -> tuple[Decimal, Decimal]:
    """The amounts that a printed one may be rounded from; 分 is never rounded."""
    exponent = int(figure.number.as_tuple().exponent)
    if exponent <= (-2 if unit == "元" else -6):
        return figure.number, figure.number
    half = Decimal(1).scaleb(exponent) / 2
    return figure.number - half, figure.number + half
