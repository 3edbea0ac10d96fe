"""The statutory tables as rows of CSV, and as fields of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from disclosure.export.words import Words
from disclosure.model.fields import AmountUnit, Figure
from disclosure.model.table_forms import Column, Row, Side, Table, row_name

Printed = Callable[[Any, str], Any]
"""A value of the document for JSON, and the context of its English: a blank figure is None."""


def table_title(words: Words, table: Table) -> str:
    """The title as printed, else that of the form."""
    return words.text(table.title) if table.title else table.form.title[words.lang]


def table_rows(
    words: Words, table: Table, unit: AmountUnit, year: int
) -> Iterator[tuple[str, ...]]:
    """The rows of a table with its heads, figures as printed: blank is empty, absent a dash.

    A table of two sides is one list with a column that names the side. ``unit`` is that of the
    disclosure, for a table that names none.
    """
    sides = [side for side in table.sides if side.rows]
    columns: dict[str, Column] = {}
    for side in sides:
        for column in side.columns:
            columns.setdefault(column.id, column)
    halves = len(table.sides) > 1
    by_unit = any(row.institution for _, row in table.rows())
    coded = any(row.code for _, row in table.rows())
    yield (
        *([words("收支", "side")] if halves else []),
        *([words("单位名称", "institution")] if by_unit else []),
        *([words("编码", "code")] if coded else []),
        words("项目", "item"),
        *(_head(words, column) for column in columns.values()),
        words("金额单位", "unit of amounts"),
    )
    for side in sides:
        title = side.side.title
        own = {column.id for column in side.columns}  # the others belong to the other side
        for row in side.rows:
            yield (
                *([title[words.lang] if title else ""] if halves else []),
                *([words.text(row.institution)] if by_unit else []),
                *([row.code or ""] if coded else []),
                _name(words, side.side, row, year),
                *(_cell(words, row.cells.get(id)) if id in own else "" for id in columns),
                words.unit(table.unit or unit),
            )


def _head(words: Words, column: Column) -> str:
    above = f"{column.group[words.lang]}/" if column.group else ""
    return above + column.name(words.lang)


def _name(words: Words, side: Side, row: Row, year: int) -> str:
    known = row_name(side, row, words.lang, words.book.classification, year)
    if known is not None:
        return known
    return words.text(row.item, (row.code or "") if side.rows == "project" else "")


def _cell(words: Words, cell: Figure | str | None) -> str:
    return words.text(cell) if isinstance(cell, str) else words.figure(cell)


def table_fields(table: Table, printed: Printed) -> dict[str, Any]:
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


def _row_fields(side: Side, row: Row, printed: Printed) -> dict[str, Any]:
    context = (row.code or "") if side.rows == "project" else ""
    given = {
        key: printed(value, context if key == "item" else "")
        for key in ("code", "item", "style", "institution")
        if (value := getattr(row, key)) is not None
    }
    return given | {id: printed(cell, "") or None for id, cell in row.cells.items()}
