"""The statutory tables of a disclosure or of one of its units, for the rules about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from disclosure.book import Book, Disclosure, Place
from disclosure.model.budget import BudgetFile
from disclosure.model.disclosure import DisclosureKind
from disclosure.model.fields import AmountUnit, Bilingual
from disclosure.model.table_forms import Column, Row, Side, Table, TableSide, heading_of, row_name
from disclosure.rules.check import Check, Term, sum_of
from disclosure.source import Path

GRAND = ("total", "grand-total", "revenue-total", "expenditure-total")
OF_THE_YEAR = "current-year"


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A cell of a table for a comparison with another place."""

    term: Term
    unit: AmountUnit
    item: Bilingual


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a disclosure, or of a unit of it (``subordinate``), with their budget."""

    book: Book
    disclosure: Disclosure
    budget: BudgetFile | None
    unit: AmountUnit
    tables: Mapping[str, Table]
    subordinate: str = ""
    _names: dict[int, tuple[str, str]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def year(self) -> int:
        """The year of the disclosure."""
        return self.disclosure.header.year

    @property
    def kind(self) -> DisclosureKind:
        """Whether it is a budget or final accounts."""
        return self.disclosure.kind

    def check(
        self,
        rule: str,
        table: Table,
        at: tuple[Row, Column],
        parts: Iterable[tuple[Row, Column]],
        side: Side,
    ) -> Iterator[Check]:
        """The figure ``at`` a cell against the sum of those in other cells of its table."""
        row, column = at
        printed = self.term(table, side, row, column)
        if printed is None or printed.place is None or printed.figure.value is None:
            return
        yield from sum_of(
            rule,
            printed.place,
            self.unit_of(table),
            printed,
            (self.term(table, side, each, where) for each, where in parts),
            item=self.name(side, row, column, table),
        )

    def term(self, table: Table, side: Side, row: Row, column: Column) -> Term | None:
        """The figure in a cell, with its place; None where the document has no such cell."""
        figure = row.figure(column.id)
        if figure is None:
            return None
        place = self.place(table, (*row.path, column.id))
        zh, _ = self._row_name(side, row)
        return Term(("text", f"{zh}·{column.zh}"), figure, place)

    def place(self, table: Table, path: Path) -> Place:
        """Where something stands in the file of a table."""
        return self.disclosure.place(f"{self.folder}tables/{table.form.id}.yml", path)

    def unit_of(self, table: Table) -> AmountUnit:
        """The unit of the amounts of a table."""
        return table.unit or self.unit

    def name(self, side: Side, row: Row, column: Column, table: Table | None = None) -> Bilingual:
        """The names of a cell: of its table if given, of its row and its column."""
        zh, en = self._row_name(side, row)
        title = table.form.title if table else None
        return Bilingual(
            zh="·".join((*([title.zh] if title else []), zh, column.zh)),
            en=", ".join((*([title.en] if title else []), en, column.en)),
        )

    def _row_name(self, side: Side, row: Row) -> tuple[str, str]:
        # The rules name each row again and again; rows live as long as the disclosure.
        if id(row) not in self._names:
            zh = row_name(side, row, "zh", self.book.classification, self.year) or ""
            en = row_name(side, row, "en", self.book.classification, self.year)
            self._names[id(row)] = zh, en or self.book.catalogue.find(zh) or zh
        return self._names[id(row)]

    @property
    def folder(self) -> str:
        """Where its files stand: ``units/<slug>/``, empty for the disclosure."""
        return f"units/{self.subordinate}/" if self.subordinate else ""

    def side(self, form: str, side: str) -> tuple[Table, TableSide] | None:
        """A side of the table of this form, where the document has it."""
        if (table := self.tables.get(form)) is None:
            return None
        return next(((table, each) for each in table.sides if each.side.id == side), None)

    def grand(self, form: str, side: str, column: str = "") -> CellFigure | None:
        """The grand total of a side in ``column`` (empty: its first amount)."""
        if (found := self.side(form, side)) is None or (total := grand_total(found[1])) is None:
            return None
        row, first = total
        return self.cell(*found, row, column or first.id)

    def cell(self, table: Table, given: TableSide, row: Row, column: str) -> CellFigure | None:
        """The figure of a row in ``column``, with its unit and its name."""
        where = next((each for each in given.side.columns if each.id == column), None)
        if where is None or (term := self.term(table, given.side, row, where)) is None:
            return None
        name = self.name(given.side, row, where, table)
        return CellFigure(term, self.unit_of(table), name)

    def is_class(self, side: Side, row: Row) -> bool:
        """Whether a row is a heading: it has a code, or the printed name of a class."""
        found = heading_of(side, row, self.book.classification, self.year)
        return row.joined is not None or found is not None

    def class_of(self, side: Side, row: Row) -> str | None:
        """The code of the class (类) that a row is, printed with its code or by its name alone."""
        found = heading_of(side, row, self.book.classification, self.year)
        return found.code if found is not None and len(found.code) == 3 else None


def grand_total(given: TableSide) -> tuple[Row, Column] | None:
    """The row of the grand total of a side and its first amount; of no single unit."""
    rows = [
        row for row in given.rows if row.institution is None and item_of(given.side, row) in GRAND
    ]
    column = next((each for each in amounts(given) if each.optional == "no"), None)
    return (rows[0], column) if len(rows) == 1 and column else None


def item_of(side: Side, row: Row) -> str | None:
    """The id of the customary row that a row without a code is."""
    item = side.item(row.item) if row.item and row.joined is None else None
    return item.id if item else None


def amounts(given: TableSide) -> tuple[Column, ...]:
    """The columns of amounts that the document has."""
    return tuple(column for column in given.columns if column.value == "amount")


def by_institution(given: TableSide) -> Mapping[str | None, list[Row]]:
    """The rows of a table by unit (单位): those of each; of a table of one, all."""
    groups: dict[str | None, list[Row]] = {}
    for row in given.rows:
        groups.setdefault(row.institution, []).append(row)
    return groups


def with_above(rows: Sequence[Row]) -> Iterator[tuple[Row, str | None]]:
    """The rows, each with the joined code of the nearest heading above it in its unit (单位)."""
    codes = {(row.institution, row.joined) for row in rows}
    for row in rows:
        code = row.joined or ""
        shorter = (code[:length] for length in range(len(code) - 2, 2, -2))
        yield row, next((each for each in shorter if (row.institution, each) in codes), None)
