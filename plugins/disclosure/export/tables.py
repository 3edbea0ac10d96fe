"""The statutory tables for other programs: as data tables, and as fields of JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from disclosure.export.data_table import Cell, Column, DataTable, Kind, Printed, amount, number
from disclosure.export.words import ABSENT, Words
from disclosure.model.fields import LANGS, AmountUnit, Figure
from disclosure.model.table_forms import Column as FormColumn
from disclosure.model.table_forms import Row, Side, Table, TableSide, ValueKind, row_name

AsJson = Callable[[Any, str], Any]
"""A value of the document for JSON, and the context of its English: a blank figure is None."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a table does not say itself: the unit of amounts of the document, and its year."""

    unit: AmountUnit
    year: int


def table_title(words: Words, table: Table) -> str:
    """The title as printed, else that of the form."""
    return words.text(table.title) if table.title else table.form.title[words.lang]


def statutory_table(words: Words, id: str, title: str, table: Table, context: Context) -> DataTable:
    """A table with its heads. One of two sides is one list with a column that names the side.

    ``id`` is that of the data table, ``title`` its title.
    """
    sides = [side for side in table.sides if side.rows]
    columns: dict[str, FormColumn] = {}
    for side in sides:
        for column in side.columns:
            columns.setdefault(column.id, column)
    halves = len(table.sides) > 1
    by_unit = any(row.institution for _, row in table.rows())
    coded = any(row.code for _, row in table.rows())
    unit = table.unit or context.unit
    shown_unit = words.unit(unit)
    heads = [
        *([Column("side", "收支", "Side", concept="direction")] if halves else []),
        *([Column("institution", "单位名称", "Institution")] if by_unit else []),
        *([Column("code", "编码", "Code", concept=_concept(sides, "code"))] if coded else []),
        Column("item", "项目", "Item", concept=_concept(sides, "label")),
        *(_column(column) for column in columns.values()),
        Column("unit", "金额单位", "Unit of the amounts as printed"),
    ]
    rows: list[tuple[Cell, ...]] = []
    for side in sides:
        side_title = side.side.title
        own = {column.id for column in side.columns}  # the others belong to the other side
        for row in side.rows:
            cells: list[Cell] = []
            if halves:
                cells.append(side_title[words.lang] if side_title else "")
            if by_unit:
                cells.append(words.text(row.institution))
            if coded:
                cells.append(row.code or "")
            cells.append(_name(words, side.side, row, context.year))
            for column in columns.values():
                cells.append(_cell(words, column, row.cells.get(column.id), column.id in own, unit))
            cells.append(shown_unit)
            rows.append(tuple(cells))
    return DataTable(id, title, words.lang, tuple(heads), tuple(rows))


_CLASSIFICATIONS = {
    "functional": "functional-classification:generic",
    "economic": "economic-classification:generic",
    "project": "activity:generic:project",
}


def _concept(sides: list[TableSide], part: str) -> str:
    """The column type of codes or names, where all rows stand for the same kind of thing."""
    kinds = {side.side.rows for side in sides}
    name = _CLASSIFICATIONS.get(kinds.pop(), "") if len(kinds) == 1 else ""
    return f"{name}:{part}" if name else ""


def _column(column: FormColumn) -> Column:
    zh, en = (
        (f"{column.group[lang]}/" if column.group else "") + column.name(lang) for lang in LANGS
    )
    return Column(column.id, zh, en, _KINDS[column.value])


_KINDS: dict[ValueKind, Kind] = {
    "amount": "amount",
    "count": "count",
    "share": "percent",
    "text": "text",
}


def _name(words: Words, side: Side, row: Row, year: int) -> str:
    known = row_name(side, row, words.lang, words.book.classification, year)
    if known is not None:
        return known
    return words.text(row.item, (row.code or "") if side.rows == "project" else "")


def _cell(
    words: Words, column: FormColumn, cell: Figure | str | None, own: bool, unit: AmountUnit
) -> Cell:
    if column.value == "text":
        return words.text(cell) if isinstance(cell, str) else (ABSENT if own else "")
    figure = cell if isinstance(cell, Figure) else None
    if not own:
        return Printed("")
    return amount(words, figure, unit) if column.value == "amount" else number(words, figure)


def table_fields(table: Table, printed: AsJson) -> dict[str, Any]:
    """A table with the keys of its YAML: a blank is None, a cell that is not there has no key."""
    given = {
        key: printed(value, "")
        for key in ("title", "unit", "state", "note", "empty_note")
        if (value := getattr(table, key)) is not None
    }
    if table.notes:
        given["notes"] = [printed(note, "") for note in table.notes]
    for side in table.sides:
        if side.rows:
            given[side.side.id] = [_row_fields(side.side, row, printed) for row in side.rows]
    return given


def _row_fields(side: Side, row: Row, printed: AsJson) -> dict[str, Any]:
    context = (row.code or "") if side.rows == "project" else ""
    given = {
        key: printed(value, context if key == "item" else "")
        for key in ("code", "item", "style", "institution")
        if (value := getattr(row, key)) is not None
    }
    return given | {id: printed(cell, "") or None for id, cell in row.cells.items()}
