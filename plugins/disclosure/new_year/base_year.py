"""The figures of an earlier disclosure that a new one prints again for comparison.

Taken are only figures that are the same by definition: the budget of the year before (上年预算数),
the budget of the same year in final accounts (年初预算数, 预算数), the final accounts of the year
before (上年决算数). An outturn (上年执行数) or an actual value of an indicator (上年完成值) is not
the earlier budget or target, and is left to be filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosure.book import Book, Disclosure
from disclosure.model.disclosure import DisclosureKind
from disclosure.model.fields import AmountUnit, Figure, Nothing
from disclosure.model.table_forms import Row, Side, Table, ValueKind, heading_of, plain_label

_RowKey = tuple[str, str, str]
_Rows = dict[tuple[str, _RowKey], list[tuple[Side, Row]]]


@dataclass(frozen=True, slots=True)
class _Base:
    """Where a column comes from: how many years before, which kind, and one of these columns."""

    years: int
    kind: DisclosureKind
    columns: tuple[str, ...]


_COLUMNS: Mapping[tuple[DisclosureKind, str], _Base] = {
    ("budget", "prior_budget"): _Base(1, "budget", ("budget", "total")),
    ("final", "budget"): _Base(0, "budget", ("budget", "total")),
    ("final", "prior_actual"): _Base(1, "final", ("actual",)),
}


@dataclass(frozen=True, slots=True)
class BaseYear:
    """Looks figures up for one new disclosure of a department."""

    book: Book
    department: str
    year: int
    kind: DisclosureKind
    _known: dict[tuple[str, str, str], _Rows] = field(default_factory=dict, repr=False)

    def disclosure(self, column: str) -> Disclosure | None:
        """The disclosure that a column of the new one repeats, where the book has it."""
        base = _COLUMNS.get((self.kind, column))
        if base is None:
            return None
        return self.book.disclosure(self.department, f"{self.year - base.years}-{base.kind}")

    def figure(
        self, unit: str, table: Table, side: Side, row: Row, column: str, amounts: AmountUnit
    ) -> Figure | None:
        """The figure for a cell of the new disclosure; None where it cannot be told for certain.

        ``unit`` is the slug of a subordinate unit or empty; ``amounts`` is the unit of the new
        table. A figure in another unit, of several rows that look alike, or itself still to be
        filled in is not taken.
        """
        base = _COLUMNS.get((self.kind, column))
        found = self.disclosure(column)
        if base is None or found is None or _holds(side, column) != "amount":
            return None
        before = tables_of(found, unit).get(table.form.id)
        if before is None or amounts != unit_of(before, found, unit):
            return None
        place = before.sides[0].side.id if len(before.sides) == 1 else side.id
        rows = self._rows(found, unit, before).get((place, self._key(side, row, self.year)), ())
        if len(rows) != 1 or (base.kind != self.kind and _is_part_of_unit_funds(*rows[0])):
            return None
        figures = (rows[0][1].figure(each) for each in base.columns)
        figure = next((each for each in figures if each is not None), None)
        return None if figure is None or figure.nothing is Nothing.TO_FILL else figure

    def _rows(self, found: Disclosure, unit: str, table: Table) -> _Rows:
        """The rows of a table by their side and what they stand for; made once a table."""
        place = (found.slug, unit, table.form.id)
        if place not in self._known:
            rows: _Rows = {}
            for side, row in table.rows():
                key = (side.id, self._key(side, row, found.header.year))
                rows.setdefault(key, []).append((side, row))
            self._known[place] = rows
        return self._known[place]

    def _key(self, side: Side, row: Row, year: int) -> _RowKey:
        """What a row stands for, the same in the forms of both kinds."""
        institution = row.institution or ""
        heading = heading_of(side, row, self.book.classification, year)
        if heading is not None:
            return "code", heading.code, institution
        if row.code is not None:
            return "code", row.joined or row.code, institution
        item = side.item(row.item or "")
        if item is None:
            return "label", plain_label(row.item or ""), institution
        # 收入总计 of the budget is 总计 of the final accounts.
        return "item", "grand-total" if item.id.endswith("-total") else item.id, institution


def _holds(side: Side, column: str) -> ValueKind:
    return next(each.value for each in side.columns if each.id == column)


def _is_part_of_unit_funds(side: Side, row: Row) -> bool:
    """Whether a row of the budget is a part of 单位资金.

    Final accounts count more under the same names: 事业收入 there holds the special fiscal account.
    """
    item = side.item(row.item or "") if side.rows == "label" else None
    return item is not None and item.parent == "unit-funds"


def tables_of(disclosure: Disclosure, unit: str) -> Mapping[str, Table]:
    """The tables of a disclosure, or of one of its subordinate units."""
    if not unit:
        return disclosure.tables
    return next((each.tables for each in disclosure.units if each.slug == unit), {})


def unit_of(table: Table, disclosure: Disclosure, unit: str) -> AmountUnit:
    """The unit of the amounts of a table: its own, else that of its ``budget.yml``."""
    if table.unit:
        return table.unit
    own = next((each.budget for each in disclosure.units if each.slug == unit), None)
    budget = own or disclosure.budget
    return budget.unit if budget else "万元"
