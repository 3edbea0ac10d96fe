"""New statutory tables from their forms: the customary rows, or those of a table like it.

Every figure is 待填 (to be filled in), or the figure of the budget where the form repeats it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from disclosure.book import Disclosure
from disclosure.model.fields import TO_FILL, AmountUnit
from disclosure.model.table_forms import (
    Column,
    Item,
    Row,
    Side,
    Table,
    TableForm,
    plain_label,
)
from disclosure.new_year.base_year import BaseYear, tables_of, unit_of
from disclosure.yaml_edits import scalar

_ROWS_OF_PROJECTS = ("project", "free")


def blank_table(form: TableForm, like: Table | None = None) -> str | None:
    """A table with nothing filled in; None for one whose rows are projects.

    ``like`` is the same table of another department: its rows (without those of its units) and its
    columns are the model.
    """
    if any(side.rows in _ROWS_OF_PROJECTS for side in form.sides):
        return None
    lines = [f"# {form.title.zh}"]
    if like is not None and like.unit:
        lines.append(f"unit: {like.unit}")
    for side in form.sides:
        rows = _rows_like(like, side) or _customary(side)
        columns = _columns_like(like, side)
        lines += _side(side, rows, {column: {} for column in columns})
    return "".join(f"{line}\n" for line in lines)


def final_table(form: TableForm, budget: Disclosure, unit: str, base: BaseYear) -> str | None:
    """A table of final accounts for which the budget has a table of the same id, or None."""
    before = tables_of(budget, unit).get(form.id)
    if before is None or any(side.rows in _ROWS_OF_PROJECTS for side in form.sides):
        return None
    amounts = unit_of(before, budget, unit)
    table = Table(form, None, amounts, None, None, None, (), ())
    lines = [f"# {form.title.zh}", f"unit: {amounts}"]
    if before.is_empty:
        return None
    for side in form.sides:
        rows = _rows_of_budget(before, side)
        cells = _known(table, side, rows, base, unit, amounts)
        lines += _side(side, rows, cells)
    return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _New:
    """A row to be written."""

    item: str | None
    code: str | None = None
    institution: str | None = None
    style: str | None = None
    cells: Mapping[Column, str] = field(default_factory=dict)


def _side(
    side: Side, rows: Sequence[_New], known: Mapping[Column, Mapping[int, str]]
) -> Iterator[str]:
    yield f"{side.id}:"
    for index, row in enumerate(rows):
        parts = {
            "code": row.code,
            "item": row.item,
            "institution": row.institution,
            "style": row.style,
        }
        cells = [f"{key}: {scalar(value)}" for key, value in parts.items() if value is not None]
        for column, figures in known.items():
            if column.value != "text":
                cells.append(f"{column.id}: {scalar(figures.get(index, TO_FILL))}".rstrip())
        # A blank value before a comma or bracket keeps its space: "total: ," and not "total:,".
        written = ", ".join(cell + " " if cell.endswith(":") else cell for cell in cells)
        yield f"  - {{{written}}}"


def _known(
    table: Table,
    side: Side,
    rows: Sequence[_New],
    base: BaseYear,
    unit: str,
    amounts: AmountUnit,
) -> dict[Column, dict[int, str]]:
    """The columns of the new table, each with the figures that are known already, by row."""
    found: dict[Column, dict[int, str]] = {}
    for column in side.columns:
        figures: dict[int, str] = {}
        for index, row in enumerate(rows):
            level = Row((), row.code, _joined(row.code), row.item, None, row.institution, 1, {})
            figure = base.figure(unit, table, side, level, column.id, amounts)
            if figure is not None:
                figures[index] = figure.printed
        if figures or column.optional == "no":
            found[column] = figures
    return found


def _joined(code: str | None) -> str | None:
    return "".join(each for each in code if each.isdigit()) if code else None


def _customary(side: Side) -> list[_New]:
    """The rows that the form has by custom; 合计 where it names no total of its own."""
    common = ("total", "grand-total", "subtotal")
    rows = [_New(item.zh) for item in side.items if item.id not in common]
    own = [item for item in side.items if item.id not in common and item.style == "total"]
    if own or any(column.value == "count" for column in side.columns):
        return rows
    return [*rows, _New("总计")] if _is_half(side) else [_New("合计"), *rows]


def _is_half(side: Side) -> bool:
    """Whether it is one of the two halves of a table of revenue and expenditure."""
    return side.id in ("revenue", "expenditure")


def _rows_like(like: Table | None, side: Side) -> list[_New]:
    return [
        _New(row.item, row.code, None, None if its_side.item(row.item or "") else row.style)
        for its_side, row in (like.rows() if like else ())
        if its_side.id == side.id and row.institution is None
    ]


def _columns_like(like: Table | None, side: Side) -> list[Column]:
    sides = [each for each in (like.sides if like else ()) if each.side.id == side.id and each.rows]
    shown = sides[0].columns if sides else side.shown(())
    return [column for column in shown if column.value != "text"]


def _rows_of_budget(before: Table, side: Side) -> list[_New]:
    """The rows of the budget that final accounts have too, in their order.

    Rows with a code, or named like a class of expenditure, are the same. Customary rows are those
    of the form of final accounts.
    """
    if side.rows == "label":
        return _customary(side)
    sides = [each for each in before.sides if len(before.sides) == 1 or each.side.id == side.id]
    rows = [
        _New(row.item, row.code, row.institution)
        for each in sides
        for row in each.rows
        if _carries_over(each.side, row, side)
    ]
    if not _is_half(side):
        return rows
    return [*rows, *_customary(side)]


def _carries_over(of_budget: Side, row: Row, side: Side) -> bool:
    if row.code is not None:
        return True
    item: Item | None = of_budget.item(row.item or "")
    if item is None:
        return True
    total = plain_label(item.zh) in ("合计", "小计")
    return total and not _is_half(side)
