"""Do the statutory tables add up, and do they agree with ``budget.yml``? Exact, as printed.

A heading is compared with the headings below it that the same table lists, a total with the
headings that stand below no other. In a table by unit (单位) the rows of each unit are a list of
their own. Where a table leaves open which rows a sum covers, its rule says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from disclosure.book import Book, Disclosure, Place
from disclosure.language.numbers import YUAN_PER, plain
from disclosure.model.budget import BudgetFile
from disclosure.model.disclosure import DisclosureKind
from disclosure.model.fields import AmountUnit, Bilingual, Figure
from disclosure.model.table_forms import Column, Row, Side, Table, TableSide, heading_of, row_name
from disclosure.rules.check import Check, Term, sum_of
from disclosure.source import Path

_GRAND = ("total", "grand-total", "revenue-total", "expenditure-total")
_OF_THE_YEAR = "current-year"
_KINDS = ("basic", "projects", "to_superior", "business", "to_affiliated")


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables of a disclosure, or of a unit of it (``subordinate``), with their budget."""

    book: Book
    disclosure: Disclosure
    budget: BudgetFile | None
    unit: AmountUnit
    tables: Mapping[str, Table]
    subordinate: str = ""

    @property
    def year(self) -> int:
        return self.disclosure.header.year

    @property
    def kind(self) -> DisclosureKind:
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
        figure = row.figure(column.id)
        if figure is None:
            return
        found = ((each, where, each.figure(where.id)) for each, where in parts)
        yield from sum_of(
            rule,
            self.place(table, (*row.path, column.id)),
            self.unit_of(table),
            Term(("text", self.name(side, row, column).zh), figure),
            (
                Term(("text", self.name(side, each, where).zh), part)
                for each, where, part in found
                if part is not None
            ),
            item=self.name(side, row, column, table),
        )

    def place(self, table: Table, path: Path) -> Place:
        folder = f"units/{self.subordinate}/" if self.subordinate else ""
        return self.disclosure.place(f"{folder}tables/{table.form.id}.yml", path)

    def unit_of(self, table: Table) -> AmountUnit:
        return table.unit or self.unit

    def name(self, side: Side, row: Row, column: Column, table: Table | None = None) -> Bilingual:
        """The names of a cell: of its table if given, of its row and its column."""
        zh = row_name(side, row, "zh", self.book.classification, self.year) or ""
        en = row_name(side, row, "en", self.book.classification, self.year)
        names = [
            *([table.form.title] if table else []),
            Bilingual(zh=zh, en=en or self.book.catalogue.find(zh) or zh),
            Bilingual(zh=column.zh, en=column.en),
        ]
        return Bilingual(
            zh="·".join(each.zh for each in names), en=", ".join(each.en for each in names)
        )

    def is_class(self, side: Side, row: Row) -> bool:
        """Whether a row is a heading: it has a code, or the printed name of a class."""
        found = heading_of(side, row, self.book.classification, self.year)
        return row.joined is not None or found is not None


def table_checks(disclosure: Disclosure, book: Book) -> Iterator[Check]:
    """The checks of all tables of a disclosure and of its units, table by table."""
    budget = disclosure.budget
    own = budget.unit if budget else "万元"
    groups = [_Tables(book, disclosure, budget, own, disclosure.tables)]
    for unit in disclosure.units:
        unit_own = unit.budget.unit if unit.budget else own
        groups.append(_Tables(book, disclosure, unit.budget, unit_own, unit.tables, unit.slug))
    for group in groups:
        for table in group.tables.values():
            for side in table.sides:
                if side.side.kind is not None:
                    yield from totals(group, table, side)
                    yield from headings(group, table, side)
                    yield from kinds_of_expenditure(group, table, side)
            yield from both_sides(group, table)
        yield from with_the_budget(group)


def totals(group: _Tables, table: Table, given: TableSide) -> Iterator[Check]:
    """A420: a total = the sum of the headings that stand below no other.

    Where the total of the year has a row of its own, the grand total is that and what is carried
    over or forward.
    """
    for institution, rows in _by_institution(given).items():
        by_id = {id: row for row in rows if (id := _item(given.side, row))}
        of_the_year = by_id.get(_OF_THE_YEAR)
        listed = given.rows if institution is None else rows
        top = [row for row in listed if group.is_class(given.side, row) and not _above(row, listed)]
        others = [row for row in rows if not row.style and not group.is_class(given.side, row)]
        unclear = any(_item(given.side, row) is None for row in others)
        for id in (_OF_THE_YEAR, *_GRAND):
            if (row := by_id.get(id)) is None or (unclear and id != _OF_THE_YEAR):
                continue
            if id == _OF_THE_YEAR:
                parts = top
            elif of_the_year is not None:
                parts = [of_the_year, *others]
            else:
                parts = [*top, *others]
            for column in _amounts(given):
                cells = [(part, column) for part in parts]
                yield from group.check("A420", table, (row, column), cells, given.side)


def headings(group: _Tables, table: Table, given: TableSide) -> Iterator[Check]:
    """A422: a heading = the sum of the nearest headings below it that the table lists."""
    for rows in _by_institution(given).values():
        coded = [row for row in rows if row.joined]
        for row in coded:
            below = [each for each in coded if _above(each, coded) == row.joined]
            if sum(each.joined == row.joined for each in coded) > 1:
                continue  # the table divides it by something that is no column
            for column in _amounts(given):
                cells = [(part, column) for part in below]
                yield from group.check("A422", table, (row, column), cells, given.side)


def kinds_of_expenditure(group: _Tables, table: Table, given: TableSide) -> Iterator[Check]:
    """A421: in a row, the total = basic + project expenditure and the other kinds printed."""
    columns = {column.id: column for column in given.columns}
    if not {"total", "basic", "projects"} <= columns.keys():
        return
    for row in given.rows:
        if {"total", "basic", "projects"} <= row.cells.keys():
            parts = [(row, columns[each]) for each in _KINDS if each in columns]
            yield from group.check("A421", table, (row, columns["total"]), parts, given.side)


def both_sides(group: _Tables, table: Table) -> Iterator[Check]:
    """A423: in a table of two sides, the grand total of revenue = that of expenditure."""
    sides = {each.side.id: each for each in table.sides}
    if not {"revenue", "expenditure"} <= sides.keys():
        return
    left, right = (_grand_total(sides[id]) for id in ("revenue", "expenditure"))
    if left is None or right is None:
        return
    (at, here), (row, there) = left, right
    revenue, expenditure = at.figure(here.id), row.figure(there.id)
    if revenue is not None and expenditure is not None and expenditure.value is not None:
        yield from sum_of(
            "A423",
            group.place(table, (*at.path, here.id)),
            group.unit_of(table),
            Term(("text", group.name(sides["revenue"].side, at, here).zh), revenue),
            [Term(("text", group.name(sides["expenditure"].side, row, there).zh), expenditure)],
            item=table.form.title,
        )


def with_the_budget(group: _Tables) -> Iterator[Check]:
    """A424: the totals of the tables = those of ``budget.yml``, in the unit of the table.

    In final accounts the tables of revenue and of expenditure leave out what is carried over, so
    only the summary has the grand totals.
    """
    if (budget := group.budget) is None:
        return
    revenue, spent = ("key.revenue", budget.revenue.total), budget.expenditure
    expenditure = ("key.expenditure", spent.total)
    wanted = [
        ("revenue-expenditure", "revenue", "", *revenue),
        ("revenue-expenditure", "expenditure", "", *expenditure),
        ("expenditure", "rows", "basic", "expenditure.basic", spent.basic),
        ("expenditure", "rows", "projects", "expenditure.projects", spent.projects),
    ]
    if group.kind == "budget":
        wanted += [
            ("revenue", "rows", "total", *revenue),
            ("expenditure", "rows", "total", *expenditure),
        ]
    for form, side, column, key, figure in wanted:
        if (table := group.tables.get(form)) and figure is not None and figure.value is not None:
            (given,) = (each for each in table.sides if each.side.id == side)
            yield from _as_in_the_budget(group, table, given, column, key, figure, budget.unit)


def _as_in_the_budget(
    group: _Tables,
    table: Table,
    given: TableSide,
    column: str,
    key: str,
    figure: Figure,
    unit: AmountUnit,
) -> Iterator[Check]:
    """The grand total of a side in ``column`` (empty: its first amount) against ``figure``."""
    if figure.value is None or (total := _grand_total(given)) is None:
        return
    row, first = total
    where = next((each for each in given.columns if each.id == column), None) if column else first
    if where is None or (printed := row.figure(where.id)) is None:
        return
    own = group.unit_of(table)
    value = figure.value * YUAN_PER[unit] / YUAN_PER[own]
    yield from sum_of(
        "A424",
        group.place(table, (*row.path, where.id)),
        own,
        Term(("text", group.name(given.side, row, where).zh), printed),
        [Term(("interface", key), figure if unit == own else Figure(plain(value), value))],
        item=group.name(given.side, row, where, table),
    )


def _grand_total(given: TableSide) -> tuple[Row, Column] | None:
    """The row of the grand total of a side and its first amount; of no single unit."""
    rows = [
        row
        for row in given.rows
        if row.institution is None and (item := _item(given.side, row)) and item in _GRAND
    ]
    column = next((each for each in _amounts(given) if each.optional == "no"), None)
    return (rows[0], column) if len(rows) == 1 and column else None


def _item(side: Side, row: Row) -> str | None:
    item = side.item(row.item) if row.item and row.joined is None else None
    return item.id if item else None


def _amounts(given: TableSide) -> tuple[Column, ...]:
    return tuple(column for column in given.columns if column.value == "amount")


def _by_institution(given: TableSide) -> Mapping[str | None, list[Row]]:
    groups: dict[str | None, list[Row]] = {}
    for row in given.rows:
        groups.setdefault(row.institution, []).append(row)
    return groups


def _above(row: Row, rows: Iterable[Row]) -> str | None:
    """The joined code of the nearest heading above ``row`` among ``rows``."""
    if row.joined is None:
        return None
    codes = {each.joined for each in rows if each.institution == row.institution}
    lengths = range(len(row.joined) - 2, 2, -2)
    return next((row.joined[:n] for n in lengths if row.joined[:n] in codes), None)
