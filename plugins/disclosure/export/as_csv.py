"""A table as CSV: UTF-8 with a byte order mark and CRLF (RFC 4180), so that Excel opens it.

A cell that a spreadsheet would run as a formula is kept from running by a leading apostrophe
(OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from types import SimpleNamespace

from disclosure.export.about import About
from disclosure.export.data_table import Column, DataTable, Field, Value, exact, fields
from disclosure.model.fields import parse_decimal

# Full-width signs too: Excel in Chinese takes them for the others.
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")


def csv_columns(table: DataTable, about: About) -> tuple[Column, ...]:
    """The columns of the table, and after them what is the same in every row."""
    return (*table.columns, *(column for column, _ in about.columns(table.lang)))


def csv_fields(table: DataTable, about: About) -> tuple[Field, ...]:
    """The columns of the file."""
    return fields(csv_columns(table, about))


def csv_of(table: DataTable, about: About) -> bytes:
    """The file of a table."""
    head = _lines([[field.head for field in csv_fields(table, about)]])
    # What is the same in every row is written once, and put after each.
    (always,) = _lines([[_cell(value) for _, value in about.columns(table.lang)]])
    rows = _lines(
        # Nearly every cell is a text that can stand as it is: no call for these.
        [
            each if isinstance(each, str) and each[:1] not in _FORMULA else _cell(each)
            for each in row
        ]
        for row in table.values
    )
    ends = f",{always}"
    return "".join(["\ufeff", *head, *(row[:-2] + ends for row in rows)]).encode("utf-8")


def _lines(rows: Iterable[Iterable[str]]) -> list[str]:
    """Each row as it is written, with its line end."""
    lines: list[str] = []
    csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n").writerows(rows)
    return lines


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Decimal):
        return exact(value)
    return "" if value is None else str(value)


def harmless(text: str) -> str:
    """A text that no spreadsheet runs; a negative number or percentage as printed stays one."""
    if text[:1] not in _FORMULA:
        return text
    figure = text[:-1] if text.endswith(("%", "％")) else text
    return text if parse_decimal(figure) is not None else f"'{text}"
