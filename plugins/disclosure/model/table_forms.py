"""The forms of the statutory tables, and the tables that departments fill in.

The forms are data (``defaults/table_forms.yml``): the tables of a budget and of final accounts in
their order, with their columns. From a form follows the strict model of a table's file
(``tables/<id>.yml``)::

    unit: 万元
    rows:
      - {item: 合计, total: 812.40, basic: 512.40, projects: 300.00}
      - {code: 221 02 01, item: 住房公积金, total: 61.20, basic: 61.20, projects:}

A column that a row leaves out is one that the document does not have; an empty value is a printed
blank; ``0.00`` is a printed zero; ``不适用`` is not applicable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, create_model, model_validator
from pydantic_core import PydanticCustomError

from disclosure.model.classification import (
    Classification,
    ClassificationCode,
    ClassificationKind,
    EconomicCode,
    FunctionalCode,
    Heading,
)
from disclosure.model.disclosure import DisclosureKind, NotGivenState
from disclosure.model.fields import (
    BLANK,
    NOT_APPLICABLE,
    TO_FILL,
    AmountUnit,
    Bilingual,
    CellText,
    Code,
    Count,
    Figure,
    FigureField,
    Identifier,
    Lang,
    Model,
    Nothing,
    PlainText,
    Text,
    half_width,
    parse_decimal,
)
from disclosure.model.vocabulary import fold
from disclosure.problems import Problem, problem
from disclosure.source import Path, Source

RowKind = Literal["functional", "economic", "label", "project", "free"]
ValueKind = Literal["amount", "count", "share", "text"]
RowStyle = Literal["total", "subtotal"]
TableState = NotGivenState
"""A table that is not given, and why."""


def _key(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", value):
        found = value if isinstance(value, str) else ""
        raise PydanticCustomError("S209", "not an id", {"found": found})
    return value


def _table_share(value: Any) -> Figure:
    """A percentage in a column: ``98.5%``, ``98.5`` under a head with %, blank or 不适用."""
    if value is BLANK:
        return Figure("", nothing=Nothing.BLANK)
    text = value if isinstance(value, str) else "…"
    if text.strip() == NOT_APPLICABLE:
        return Figure(text, nothing=Nothing.NOT_APPLICABLE)
    if text == TO_FILL:
        return Figure(text, nothing=Nothing.TO_FILL)
    number = parse_decimal(half_width(text).strip().removesuffix("%"))
    if number is None:
        raise PydanticCustomError("S205", "not a percentage", {"found": text})
    return Figure(text, number)


Key = Annotated[str, BeforeValidator(_key)]
"""A key in a table's file: ``prior_budget``."""
TableShareField = Annotated[Figure, BeforeValidator(_table_share)]
"""A percentage in a table; its value is in per cent, with or without the sign in print."""


class Column(Model):
    """A column. ``group`` is the head above it and its neighbours of the same group.

    An ``optional`` column is shown only where the document has it.

    What a column is made of is compared in every row: ``parts`` are the columns that it is the sum
    of. ``minus`` begins with the column that another is taken away from, ``share_of`` with the one
    that is divided by another; the others are those of which the document has one.
    """

    id: Key
    zh: PlainText
    en: PlainText
    group: Bilingual | None = None
    value: ValueKind = "amount"
    optional: Literal["yes", "no"] = "no"
    parts: tuple[Key, ...] = ()
    minus: tuple[Key, ...] = ()
    share_of: tuple[Key, ...] = ()

    def name(self, lang: Lang) -> str:
        """The head in ``lang``."""
        return self.zh if lang == "zh" else self.en


class Item(Model):
    """A customary row that has no code: its names, other labels in print, the row above it."""

    id: Identifier
    zh: PlainText
    en: PlainText
    labels: tuple[PlainText, ...] = ()
    parent: Identifier | None = None
    style: RowStyle | None = None

    def name(self, lang: Lang) -> str:
        """The name in ``lang``."""
        return self.zh if lang == "zh" else self.en


class Side(Model):
    """One list of rows: the whole table (``rows``), or one of its halves.

    ``rows`` says what a row stands for. ``id`` is the key of the list in the table's file.
    """

    id: Key
    title: Bilingual | None = None
    rows: RowKind
    items: tuple[Item, ...] = ()
    columns: tuple[Column, ...]

    @property
    def kind(self) -> ClassificationKind | None:
        """The classification of the codes; None where rows have none."""
        return self.rows if self.rows in ("functional", "economic") else None

    def item(self, label: str) -> Item | None:
        """The customary row that ``label`` prints; its numbering does not count."""
        wanted = plain_label(label)
        return next(
            (
                item
                for item in self.items
                if wanted in (plain_label(each) for each in (item.zh, *item.labels))
            ),
            None,
        )

    def depth(self, item: Item) -> int:
        """1 for a row at the margin, one more for each row above it."""
        above = next((each for each in self.items if each.id == item.parent), None)
        return 1 if above is None else self.depth(above) + 1

    def shown(self, rows: Iterable[Row]) -> tuple[Column, ...]:
        """The columns to show: those that the form always has, and optional ones in use."""
        used = {column for row in rows for column in row.cells}
        return tuple(each for each in self.columns if each.optional == "no" or each.id in used)


class TableForm(Model):
    """A statutory table: title, legal basis and sides.

    ``drawn_from: projects`` marks a table that can be made from the project files of a disclosure.
    """

    id: Identifier
    number: Count
    title: Bilingual
    labels: tuple[PlainText, ...] = ()
    basis: Bilingual
    drawn_from: Literal["projects"] | None = None
    sides: tuple[Side, ...]


class TableFormsFile(Model):
    """``table_forms.yml``: the forms of both kinds, and rows that any side may have."""

    common: tuple[Item, ...] = ()
    budget: tuple[TableForm, ...]
    final: tuple[TableForm, ...]


@dataclass(frozen=True, slots=True)
class TableForms:
    """All forms by kind of disclosure, in their order."""

    _forms: Mapping[DisclosureKind, tuple[TableForm, ...]]

    @classmethod
    def of(cls, file: TableFormsFile) -> TableForms:
        """The forms of ``file``, each side with the common rows that it does not define."""
        return cls(
            {
                "budget": tuple(_with_common(form, file.common) for form in file.budget),
                "final": tuple(_with_common(form, file.common) for form in file.final),
            }
        )

    def forms(self, kind: DisclosureKind) -> tuple[TableForm, ...]:
        """The tables that a disclosure of this kind consists of."""
        return self._forms[kind]

    def form(self, kind: DisclosureKind, id: str) -> TableForm | None:
        """The form with this id."""
        return next((form for form in self._forms[kind] if form.id == id), None)

    def titled(self, kind: DisclosureKind, title: str) -> TableForm | None:
        """The form that a printed title names."""
        wanted = fold(title)
        return next(
            (
                form
                for form in self._forms[kind]
                if wanted in (fold(each) for each in (form.title.zh, *form.labels))
            ),
            None,
        )


_NUMBERING = re.compile(
    r"(其中:|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、](?!\d)|\(\d+\))"
)


@lru_cache(maxsize=4096)
def plain_label(label: str) -> str:
    """A printed row label for comparison: folded, without numbering (``（一）``) and ``其中：``."""
    text = fold(label)
    while match := _NUMBERING.match(text):
        text = text[match.end() :]
    return text


class TableRow(Model):
    """What rows of all tables have. The columns and the kind of code follow from the form.

    ``item`` is the name as printed; ``institution`` the unit (单位) of a row in a table by unit.
    """

    item: PlainText | None = None
    style: RowStyle | None = None
    institution: Text | None = None

    @model_validator(mode="after")
    def _is_named(self) -> TableRow:
        if self.item is None and getattr(self, "code", None) is None:
            raise PydanticCustomError("S222", "row without code and name", {})
        return self


class TableFile(Model):
    """What the files of all tables have. The lists of rows follow from the form.

    ``title`` is the printed title where it differs from the form's. ``unit`` is the unit of the
    amounts; without it, that of the disclosure. ``empty_note`` is the note of an empty table (empty
    where none is printed), ``note`` explains ``state``, ``notes`` stand below the table.
    """

    title: Text | None = None
    unit: AmountUnit | None = None
    state: TableState | None = None
    note: Text | None = None
    empty_note: CellText | None = None
    notes: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _has_rows_or_reason(self) -> TableFile:
        has_rows = any(
            getattr(self, name)
            for name in type(self).model_fields
            if name not in TableFile.model_fields
        )
        if self.state is not None and has_rows:
            raise PydanticCustomError("S223", "rows in a table not given", {"state": self.state})
        if self.state is None and not has_rows and self.empty_note is None:
            raise PydanticCustomError("S224", "empty table without a reason", {})
        return self


_CELLS: Mapping[ValueKind, Any] = {
    "amount": FigureField,
    "count": FigureField,
    "share": TableShareField,
    "text": CellText,
}
_CODES: Mapping[RowKind, Any] = {
    "functional": FunctionalCode,
    "economic": EconomicCode,
    "project": Code,
    "free": Code,
}
# The name of a project is free text; that of a heading or a customary row has its English already.
_FREE_NAMES: tuple[RowKind, ...] = ("project", "free")


@cache
def table_model(form: TableForm) -> type[TableFile]:
    """The strict model of a file of this form: unknown keys are refused, columns are optional."""
    sides: dict[str, Any] = {
        side.id: (tuple[_row_model(form, side), ...], ())  # type: ignore[misc]
        for side in form.sides
    }
    model: type[TableFile] = create_model(_class_name(form.id), __base__=TableFile, **sides)
    return model


def _row_model(form: TableForm, side: Side) -> type[TableRow]:
    fields: dict[str, Any] = {}
    if side.rows in _CODES:
        fields["code"] = (_CODES[side.rows] | None, None)
    if side.rows in _FREE_NAMES:
        fields["item"] = (Text | None, None)
    for column in side.columns:
        fields[column.id] = (_CELLS[column.value] | None, None)
    model: type[TableRow] = create_model(
        f"{_class_name(form.id)}{_class_name(side.id)}", __base__=TableRow, **fields
    )
    return model


def _class_name(id: str) -> str:
    return "".join(part.capitalize() for part in re.split(r"[-_]", id))


def _with_common(form: TableForm, common: tuple[Item, ...]) -> TableForm:
    def completed(side: Side) -> Side:
        known = {item.id for item in side.items}
        added = tuple(item for item in common if item.id not in known)
        return side.model_copy(update={"items": (*side.items, *added)})

    return form.model_copy(update={"sides": tuple(completed(side) for side in form.sides)})


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the document has it.

    ``path`` is its place in the file. ``cells`` holds the columns that the document has, in the
    order of the form. ``level`` counts from 1 at the margin: class, section, item for codes.
    """

    path: Path
    code: str | None
    """As printed."""
    joined: str | None
    """The digits of a classification code in one piece."""
    item: str | None
    style: RowStyle | None
    institution: str | None
    level: int
    cells: Mapping[str, Figure | str]

    def figure(self, column: str) -> Figure | None:
        """The figure in a column; None where the document has no such cell."""
        cell = self.cells.get(column)
        return cell if isinstance(cell, Figure) else None


@dataclass(frozen=True, slots=True)
class TableSide:
    """A side of the form and its rows."""

    side: Side
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns to show."""
        return self.side.shown(self.rows)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the document has it. ``unit`` None: that of the disclosure."""

    form: TableForm
    title: str | None
    unit: AmountUnit | None
    state: TableState | None
    note: str | None
    empty_note: str | None
    notes: tuple[str, ...]
    sides: tuple[TableSide, ...]

    @classmethod
    def of(cls, form: TableForm, file: TableFile) -> Table:
        """The table in ``file``, which was read with ``table_model(form)``."""
        return cls(
            form=form,
            title=file.title,
            unit=file.unit,
            state=file.state,
            note=file.note,
            empty_note=file.empty_note,
            notes=file.notes,
            sides=tuple(
                TableSide(
                    side,
                    tuple(
                        _row(side, (side.id, index), row)
                        for index, row in enumerate(getattr(file, side.id))
                    ),
                )
                for side in form.sides
            ),
        )

    @property
    def is_empty(self) -> bool:
        """Whether the table has no rows at all."""
        return not any(side.rows for side in self.sides)

    def rows(self) -> Iterator[tuple[Side, Row]]:
        """All rows of all sides."""
        return ((each.side, row) for each in self.sides for row in each.rows)


def _row(side: Side, path: Path, row: TableRow) -> Row:
    code = getattr(row, "code", None)
    known = side.item(row.item) if row.item else None
    printed = code.printed if isinstance(code, ClassificationCode) else code
    digits = code.joined if isinstance(code, ClassificationCode) else None
    level = (len(digits) - 1) // 2 if digits else side.depth(known) if known else 1
    cells = {column.id: getattr(row, column.id) for column in side.columns}
    return Row(
        path=path,
        code=printed,
        joined=digits,
        item=row.item,
        style=row.style or (known.style if known and digits is None else None),
        institution=row.institution,
        level=level,
        cells={column: cell for column, cell in cells.items() if cell is not None},
    )


def heading_of(side: Side, row: Row, classification: Classification, year: int) -> Heading | None:
    """The budget heading of a row, by its code, else the class that its printed name is."""
    if side.kind is None:
        return None
    if row.joined is not None:
        return classification.find(side.kind, row.joined, year)
    return classification.class_named(side.kind, plain_label(row.item or ""), year)


def row_name(
    side: Side, row: Row, lang: Lang, classification: Classification, year: int
) -> str | None:
    """The name of a row in ``lang``, or None where its English is for the catalogue to say.

    Chinese is as printed; a row printed with its code alone has the name of its heading. English
    is that of the heading or of the customary row, where the printed name is theirs.
    """
    heading = heading_of(side, row, classification, year)
    if lang == "zh":
        return row.item or (heading.zh if heading else row.code)
    if row.item is None:
        return heading.en if heading else row.code
    if heading and plain_label(heading.zh) == plain_label(row.item):
        return heading.en
    known = side.item(row.item) if row.joined is None else None
    return known.en if known else None


def code_problems(
    table: Table, source: Source, classification: Classification, year: int
) -> Iterator[Problem]:
    """Codes that the classification of ``year`` does not have (R330), with their nearest."""
    for side, row in table.rows():
        if side.kind is None or row.joined is None:
            continue
        if classification.find(side.kind, row.joined, year) is None:
            near = classification.nearest(side.kind, row.joined, year)
            yield problem(
                "R330",
                source.positions.value((*row.path, "code")),
                found=row.code,
                year=year,
                suggestion_zh=near.label("zh") if near else "",
                suggestion_en=near.label("en") if near else "",
            )
