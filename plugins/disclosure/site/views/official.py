"""The official table of a project (项目绩效目标表): its header as one form, its indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from disclosure.book import Disclosure, Project
from disclosure.language.interface import of_kind
from disclosure.model.fields import Figure, Lang
from disclosure.model.project import Indicator
from disclosure.model.vocabulary import Word, fold
from disclosure.site.blocks import (
    Block,
    Cell,
    FindingMark,
    Line,
    Phrase,
    Row,
    Section,
    Table,
    line_text,
)
from disclosure.site.edition import Edition
from disclosure.site.views.findings import Marks


def official(
    edition: Edition, disclosure: Disclosure, project: Project, marks: Marks, again: Marks
) -> Section:
    """The whole table. What the header repeats of the page has marks without anchors: ``again``."""
    blocks: list[Block] = [_header(edition, disclosure, project, again)]
    if any(project.file.indicators.values()):
        table = _indicators(edition, project, marks, edition.csv(disclosure, "indicators"))
        title = edition.line("project.indicators")
        blocks.append(Section("indicators", title, (table,), level=3))
    return Section("official", edition.line("project.official"), tuple(blocks))


def marks_of(
    edition: Edition, disclosure: Disclosure, project: Project, again: bool = False
) -> Marks:
    """The marks of the findings in a project's file."""
    return Marks(edition, disclosure, f"projects/{project.code}.yml", again=again)


# ---- the header --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of the form; a wide one has a row of its own."""

    label: Phrase
    value: Cell
    wide: bool = False


def _header(edition: Edition, disclosure: Disclosure, project: Project, marks: Marks) -> Table:
    """Five columns: what a group of rows is about, then two labels with their values."""
    file = project.file

    def text(key: str, wide: bool = True) -> list[_Field]:
        value = getattr(file, key)
        if value is None:
            return []
        cell = marks.on(edition.cell(value, file.code), key)
        return [_Field(edition.said(f"project.{key}"), cell, wide)]

    unit = disclosure.budget.unit if disclosure.budget else None

    def amount(label: Phrase, figure: Figure | None, *path: str) -> list[_Field]:
        return [_Field(label, marks.on(edition.figure(figure, unit), *path))] if figure else []

    code = Cell((edition.literal(file.code),))
    name = Cell((edition.phrase(file.name, file.code, literal=True),))
    department = Cell((edition.department_name(disclosure),))
    budget = edition.said(of_kind("project.budget", disclosure.kind))
    funds = amount(budget, file.budget, "budget")
    for label, figure in file.sources.items():
        source = edition.word("fund_source", label).text
        funds += amount(edition.said("project.of_which", source=source), figure, "sources", label)
    for key in ("total_funds", "annual_funds"):
        funds += amount(edition.said(f"project.{key}"), getattr(file, key), key)
    rows = [
        *_rows(
            (),
            [
                _Field(edition.said("project.code"), code, wide=True),
                _Field(edition.said("project.name"), name, wide=True),
                _Field(edition.said("department"), department, wide=True),
                *text("supervising", wide=False),
                *text("implementing", wide=False),
                *text("start", wide=False),
                *text("end", wide=False),
                *text("reason"),
                *text("plan"),
            ],
        ),
        *_rows(edition.line(of_kind("project.size", disclosure.kind)), [*funds, *text("use")]),
        *_rows(
            edition.line("project.schedule"),
            [
                _Field(edition.period(label), marks.on(edition.figure(share), "schedule", label))
                for label, share in file.schedule.items()
            ],
        ),
        *_objectives(edition, project, marks),
    ]
    return Table(
        caption=edition.line("project.table"),
        unit=edition.unit(unit) if unit else "",
        heads=(),
        rows=tuple(rows),
        layout="form",
        anchor="official-table",
    )


def _rows(group: Line, fields: Sequence[_Field]) -> list[Row]:
    """Fields side by side, two a row; without a group its column goes to the first label."""
    lines: list[list[_Field]] = []
    for field in fields:
        if lines and len(lines[-1]) == 1 and not (field.wide or lines[-1][0].wide):
            lines[-1].append(field)
        else:
            lines.append([field])
    rows: list[Row] = []
    for line in lines:
        cells: list[Cell] = []
        if group and not rows:
            cells.append(Cell(group, header=True, rowspan=len(lines)))
        for position, field in enumerate(line):
            first = 1 if group or position else 2
            label = field.label
            cells.append(_label(label.text, label.lang, label.untranslated, first))
            cells.append(field.value if len(line) == 2 else _wide(field.value))
        rows.append(Row(tuple(cells)))
    return rows


@lru_cache(1024)  # the labels of the form are those of every project
def _label(text: str, lang: Lang, untranslated: bool, columns: int) -> Cell:
    return Cell((Phrase(text, lang, untranslated),), header=True, colspan=columns)


def _wide(cell: Cell) -> Cell:
    return Cell(cell.line, cell.align, cell.header, colspan=3, absence=cell.absence)


def _objectives(edition: Edition, project: Project, marks: Marks) -> list[Row]:
    """One header over all objectives, each in a row."""
    objectives = project.file.objectives
    title = Cell(
        edition.line("project.objectives"), header=True, rowspan=len(objectives), colspan=2
    )
    return [
        Row(
            (
                *(() if index else (title,)),
                Cell(
                    (*edition.text(text, project.code), *marks.at("objectives", index)), colspan=3
                ),
            )
        )
        for index, text in enumerate(objectives)
    ]


# ---- the indicators ----------------------------------------------------------------------

_Kind = tuple[str, Word, tuple[Indicator, ...]]


def _indicators(edition: Edition, project: Project, marks: Marks, file: str) -> Table:
    """The indicator table; levels 1 and 2 are merged over their rows."""
    vocabulary = edition.book.vocabulary
    code = project.code
    kinds: list[_Kind] = [
        (label, vocabulary.word("indicator_kind", label), indicators)
        for label, indicators in project.file.indicators.items()
        if indicators
    ]
    columns = _columns(indicators for _, _, indicators in kinds)
    shown_as = [(column, _SHOWN.get(column, _text)) for column in columns]
    rows: list[Row] = []
    uses: Counter[str] = Counter()
    previous = ""
    for position, (label, word, indicators) in enumerate(kinds):
        for number, indicator in enumerate(indicators):
            cells: list[Cell] = []
            if word.parent != previous:
                level = vocabulary.by_id("indicator_level", word.parent or "")
                top = level.name(edition.lang) if level else ""
                cells.append(_above(top, edition.lang, _span(kinds, position)))
                previous = word.parent or ""
            if number == 0:
                kind = edition.word("indicator_kind", label).text
                cells.append(_above(kind, edition.lang, len(indicators)))
            here = marks.below("indicators", label, number)
            name = edition.cell(indicator.name, code)
            texts = {
                column: shown(edition, getattr(indicator, column), code)
                for column, shown in shown_as
            }
            if here:
                name = here.on(name)
                texts = {column: here.on(cell, column) for column, cell in texts.items()}
            cells.append(here.on(name, "name"))
            cells += _without_echoes(name, texts)
            uses[word.id] += 1
            again = f"-{uses[word.id]}" if uses[word.id] > 1 else ""
            rows.append(Row(tuple(cells), anchor=f"{word.id}{again}"))
    keys = ("level_1", "level_2", "level_3", *columns)
    return Table(
        caption=edition.line("project.indicators.table", count=len(rows)),
        heads=(tuple(edition.head(f"indicator.{key}") for key in keys),),
        labels=tuple(edition.say(f"indicator.{key}") for key in keys),
        rows=tuple(rows),
        layout="cards",
        crowded=len(columns) > 4,
        anchor="indicators-table",
        file=file,
    )


@lru_cache(1024)  # the levels and kinds are few
def _above(text: str, lang: Lang, rows: int) -> Cell:
    return Cell((Phrase(text, lang, literal=True),), header=True, rowspan=rows)


def _without_echoes(name: Cell, cells: dict[str, Cell]) -> Iterable[Cell]:
    """The cells; one that only says the same again as those before it is marked so.

    That is a description or target that repeats, and a basis where the whole row says one thing
    (a row of 无). A cell with the mark of a data check stays: the check is about what stands there.
    """
    said = {fold(_said(name.line))}
    for column, cell in cells.items():
        if cell.line and column in _ECHOING and (text := fold(_said(cell.line))):
            echo = said == {text} if column == "basis" else text in said
            said.add(text)
            if echo and not any(isinstance(part, FindingMark) for part in cell.line):
                cell = Cell(cell.line, repeated=True)
        yield cell


def _said(line: Line) -> str:
    """The text of a line: nearly always that of one phrase."""
    return line[0].text if len(line) == 1 and isinstance(line[0], Phrase) else line_text(line)


def _span(kinds: Sequence[_Kind], position: int) -> int:
    """How many rows the level-1 name at ``position`` covers."""
    parent = kinds[position][1].parent
    rows = 0
    for _, word, indicators in kinds[position:]:
        if word.parent != parent:
            break
        rows += len(indicators)
    return rows


_COLUMNS = (
    "description",
    "operator",
    "target",
    "unit",
    "weight",
    "direction",
    "prior_actual",
    "basis",
)


def _columns(groups: Iterable[tuple[Indicator, ...]]) -> tuple[str, ...]:
    """The columns that the print has: those that at least one row gives."""
    indicators = [indicator for group in groups for indicator in group]
    return tuple(
        column
        for column in _COLUMNS
        if any(getattr(indicator, column) is not None for indicator in indicators)
    )


def _text(edition: Edition, value: str | None, code: str) -> Cell:
    return edition.cell(value, code)


def _target(edition: Edition, value: str | None, code: str) -> Cell:
    return edition.cell(None) if value is None else edition.target(value, code)


def _figure(edition: Edition, value: Figure | None, code: str) -> Cell:
    return edition.figure(value)


_SHOWN: Mapping[str, Callable[..., Cell]] = {
    "target": _target,
    "prior_actual": _target,
    "weight": _figure,
}
_ECHOING = ("description", "target", "basis")
