"""The one model of a table for other programs: CSV, workbook and data package all follow from it.

A figure has two columns: as printed, and its exact value. The value of an amount is in yuan, so
that departments which print 万元 and others which print 元 can be put together. The kinds of
nothing stay apart in the printed column (blank, ``—`` for a cell that the document lacks, 不适用);
the column of values is empty in all of them, and a printed zero is 0.

The head of a column is bilingual and the same in both languages: the Chinese name, a space, and an
id of ASCII letters, digits and underscores (``预算数 budget``). A person reads the first part, a
program keeps to the last word: it does not change when a name is put better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from functools import cached_property
from typing import Literal

from disclosure.export.words import Words
from disclosure.language.numbers import YUAN_PER
from disclosure.model.fields import AmountUnit, Figure, Lang

Kind = Literal["text", "integer", "amount", "count", "percent"]
"""``integer`` has one column, as ``text`` has; the others have two."""

_VALUE_COLUMNS: dict[Kind, tuple[str, str, str]] = {
    "amount": ("yuan", "（元）", " (CNY)"),
    "count": ("number", "（数值）", " (number)"),
    "percent": ("percent", "（%）", " (%)"),  # after a name that has no such sign
}
# A product is as exact as its factors, however many digits these have.
_EXACT = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its id, its names, what stands in it.

    ``concept`` is the column type of the Fiscal Data Package (budgets taxonomy 1.0rc1), empty where
    none fits. A ``required`` column has a value in every row.
    """

    id: str
    zh: str
    en: str
    kind: Kind = "text"
    concept: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as printed in the language of the table, and its exact value where it has one.

    ``value`` is in yuan in a column of amounts, in per cent in one of percentages.
    """

    text: str
    value: Decimal | None = None


Cell = str | int | Printed
"""What a column holds: ``str`` for text, ``int`` for an integer, else ``Printed``."""


@dataclass(frozen=True)
class DataTable:
    """A table in one language.

    ``id`` is its address below the folder of the data, without its ending: ``projects``,
    ``tables/revenue``, ``units/<slug>/tables/revenue``. ``key`` names the columns that tell its
    rows apart, where there are such.
    """

    id: str
    title: str
    lang: Lang
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...] = ()

    @cached_property  # the CSV and the workbook hold the same
    def values(self) -> tuple[list[Value], ...]:
        """The cells of each row in the columns of :func:`fields`."""
        return tuple(map(values, self.rows))


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a file. ``is_value``: it holds exact values, not print."""

    id: str
    zh: str
    en: str
    column: Column
    is_value: bool = False

    @property
    def head(self) -> str:
        """The head in every file: ``预算数（元） budget_yuan``."""
        return f"{self.zh} {self.id}"


Value = str | int | Decimal | None
"""A cell of a file: text, a whole number, an exact value; None is a value that is not there."""


def fields(columns: tuple[Column, ...]) -> tuple[Field, ...]:
    """The columns of the file of a table: figures have two."""
    return tuple(field for column in columns for field in _fields(column))


def _fields(column: Column) -> Iterator[Field]:
    yield Field(column.id, column.zh, column.en, column)
    if column.kind in _VALUE_COLUMNS:
        ending, zh, en = _VALUE_COLUMNS[column.kind]
        if column.kind == "percent" and "%" in column.zh:
            _, zh, en = _VALUE_COLUMNS["count"]
        yield Field(f"{column.id}_{ending}", column.zh + zh, column.en + en, column, True)


def values(row: tuple[Cell, ...]) -> list[Value]:
    """The cells of a row in the columns of :func:`fields`."""
    found: list[Value] = []
    for cell in row:
        if isinstance(cell, Printed):
            found += (cell.text, cell.value)
        else:
            found.append(cell)
    return found


def exact(value: Decimal) -> str:
    """All digits of a value, without an exponent and without zeros at the end: ``38046500``.

    >>> exact(Decimal("0.50"))
    '0.5'
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def amount(words: Words, figure: Figure | None, unit: AmountUnit) -> Printed:
    """An amount in ``unit``; None is a cell that the document does not have."""
    value = None if figure is None else figure.value
    yuan = None if value is None else _EXACT.multiply(value, YUAN_PER[unit])
    return Printed(words.figure(figure), yuan)


def number(words: Words, figure: Figure | None) -> Printed:
    """A count or a percentage."""
    return Printed(words.figure(figure), None if figure is None else figure.value)
