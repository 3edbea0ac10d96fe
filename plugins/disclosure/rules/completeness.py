"""Is everything there that the law asks for: tables, narrative parts, unit, dates, detail?

The law asks a department to publish its budget and its final accounts within twenty days of the
approval and to explain agency operating expenses and procurement (Budget Law, art. 14); expenditure
by function goes down to item, basic expenditure by economic nature down to section (Regulations for
the Implementation of the Budget Law, 2020, art. 6). Which tables and explanations that means is
said by the Ministry of Finance in Caiyu (2016) No. 143: a table without data is printed empty with
a note. What is only customary has a state too, but nothing is missing where it is not there.

What the editors record as not given (``state`` of a table, ``not_given`` in ``disclosure.yml``) is
not missing: the page says why it is not there.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from disclosure.book import Book, Disclosure, Place
from disclosure.language.interface import of_kind, say
from disclosure.model.disclosure import DisclosureKind, InformationRecord, NotGiven
from disclosure.model.fields import Bilingual
from disclosure.model.table_forms import Row, Table, TableForm, TableSide, heading_of
from disclosure.rules.finding import Finding, finding
from disclosure.source import Path

Group = Literal["tables", "parts", "details"]
State = Literal[
    "given",
    "empty",
    "drawn",
    "absent",
    "withheld",
    "not_provided",
    "missing",
    "met",
    "unmet",
    "open",
]
"""``drawn``: made from the project files. The last three are those of a detail: it is as the law
asks, it is not, or nothing can be said because what it is about is not there."""

DAYS_TO_PUBLISH = 20
"""Budget Law, art. 14: within twenty days of the approval."""

_LAW_14 = Bilingual(zh="《预算法》第十四条", en="Budget Law, art. 14")
_REGULATIONS_6 = Bilingual(
    zh="《预算法实施条例》第六条",
    en="Regulations for the Implementation of the Budget Law, art. 6",
)
_PROCEDURES = Bilingual(
    zh="《地方预决算公开操作规程》（财预〔2016〕143号）",
    en="Operating Procedures for the Disclosure of Local Budgets and Final Accounts "
    "(Caiyu (2016) No. 143)",
)
_STEP_BY_STEP = Bilingual(
    zh="财预〔2016〕143号：逐步公开", en="Caiyu (2016) No. 143: to be disclosed step by step"
)
_CUSTOMARY = Bilingual(zh="通行做法", en="Customary")

_CUSTOMARY_TABLES: Mapping[DisclosureKind, frozenset[str]] = {
    "budget": frozenset({"state-capital", "projects", "project-performance"}),
    "final": frozenset(),
}
# Expenditure by function; the two summaries print classes alone.
_BY_FUNCTION = ("expenditure", "general-public-budget", "government-funds", "state-capital")
_BY_NATURE = ("basic-expenditure",)
_ITEM_DIGITS, _SECTION_DIGITS = 7, 5


@dataclass(frozen=True, slots=True)
class Item:
    """Something the law or custom asks for, its state, and what is wrong with it.

    ``id``: the table, the part, or the detail. ``note``: Chinese words of the document or of the
    editors about the state. ``value``: a date, or a number of days.
    """

    group: Group
    id: str
    state: State
    basis: Bilingual
    required: bool
    findings: tuple[Finding, ...] = ()
    note: str | None = None
    value: str = ""


def items(disclosure: Disclosure, book: Book) -> tuple[Item, ...]:
    """Everything that is asked for: the tables, the narrative parts, then the details."""
    recorded = _recorded(disclosure)
    return (
        *(_table(disclosure, form, recorded) for form in book.forms.forms(disclosure.kind)),
        *(_part(disclosure, book, part, recorded) for part in PARTS),
        _unit(disclosure, book),
        *_dates(disclosure),
        _deadline(disclosure),
        _detail(disclosure, book, "functional", "C707", _BY_FUNCTION, _ITEM_DIGITS),
        _detail(disclosure, book, "economic", "C708", _BY_NATURE, _SECTION_DIGITS),
    )


def completeness(disclosure: Disclosure, book: Book) -> Iterator[Finding]:
    """C701 to C710: what the law asks for and the disclosure does not have."""
    yield from _wrongly_recorded(disclosure, book)
    for item in items(disclosure, book):
        yield from item.findings


def not_given(
    disclosure: Disclosure, group: Literal["tables", "parts"], id: str
) -> NotGiven | None:
    """The entry of ``disclosure.yml`` that says why a table or part is not given."""
    return _recorded(disclosure).get((group, id))


# ---- tables ------------------------------------------------------------------------------

_Recorded = Mapping[tuple[str, str], NotGiven]


def _recorded(disclosure: Disclosure) -> _Recorded:
    found: dict[tuple[str, str], NotGiven] = {}
    for entry in disclosure.header.not_given:
        for table in entry.tables:
            found.setdefault(("tables", table), entry)
        for part in entry.parts:
            found.setdefault(("parts", part), entry)
    return found


def _table(disclosure: Disclosure, form: TableForm, recorded: _Recorded) -> Item:
    table = disclosure.tables.get(form.id)
    required = form.id not in _CUSTOMARY_TABLES[disclosure.kind]
    if table is None:
        entry = recorded.get(("tables", form.id))
        if entry is not None:
            return Item("tables", form.id, entry.state, form.basis, required, note=entry.note)
        if form.drawn_from == "projects" and disclosure.projects:
            return Item("tables", form.id, "drawn", form.basis, required)
        place = _place(disclosure, f"tables/{form.id}.yml")
        lost = finding("C701", place, name_zh=form.title.zh, name_en=form.title.en, id=form.id)
        wrong = (lost,) if required else ()
        return Item("tables", form.id, "missing", form.basis, required, wrong)
    if table.state is not None:
        return Item("tables", form.id, table.state, form.basis, required, note=table.note)
    if table.is_empty:
        found = tuple(_without_note(disclosure, f"tables/{form.id}.yml", table))
        note = table.empty_note or None
        return Item("tables", form.id, "empty", form.basis, required, found, note)
    return Item("tables", form.id, "given", form.basis, required)


def _without_note(disclosure: Disclosure, file: str, table: Table) -> Iterator[Finding]:
    """C709: a table without rows and without a word about it."""
    if not table.empty_note and not table.notes:
        title = table.form.title
        place = _place(disclosure, file, ("empty_note",))
        yield finding("C709", place, name_zh=title.zh, name_en=title.en)


# ---- narrative parts ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """Where a part stands in the data, and what asks for it."""

    file: str
    path: Path
    state: Callable[[Disclosure, Book], State]
    basis: Bilingual
    required: bool = False


def _there(found: object) -> State:
    return "given" if found else "missing"


def _text(found: tuple[object, ...] | None) -> State:
    """A part of running text; one of which only the heading is printed is empty."""
    if found is None:
        return "missing"
    return "given" if found else "empty"


def _summary(disclosure: Disclosure, book: Book) -> State:
    budget = disclosure.budget
    return _there(budget and budget.revenue.total and budget.expenditure.total)


def _procurement(disclosure: Disclosure, book: Book) -> State:
    if disclosure.procurement is None:
        return "missing"
    return "given" if disclosure.procurement.rows else "empty"


PARTS: Mapping[str, _Part] = {
    "duties": _Part(
        "disclosure.yml",
        ("divisions",),
        lambda of, _: _there(of.header.divisions or of.header.institutions),
        _PROCEDURES,
        required=True,
    ),
    "summary": _Part("budget.yml", ("revenue", "total"), _summary, _PROCEDURES, required=True),
    "operating": _Part(
        "budget.yml",
        ("agency_operating",),
        lambda of, _: _there(of.budget and of.budget.agency_operating),
        _LAW_14,
        required=True,
    ),
    "three-public": _Part(
        "budget.yml",
        ("three_public",),
        lambda of, _: _there(of.budget and of.budget.three_public),
        _PROCEDURES,
        required=True,
    ),
    "performance": _Part(
        "narrative.yml",
        ("performance",),
        lambda of, _: _there(of.narrative.performance),
        _CUSTOMARY,
    ),
    "special-funds": _Part(
        "narrative.yml",
        ("special_funds",),
        lambda of, _: _text(of.narrative.special_funds),
        _CUSTOMARY,
    ),
    "projects": _Part("projects", (), lambda of, _: _there(of.projects), _STEP_BY_STEP),
    "procurement": _Part("procurement.yml", (), _procurement, _LAW_14, required=True),
    "assets": _Part("assets.yml", (), lambda of, _: _there(of.assets), _STEP_BY_STEP),
    "terms": _Part(
        "glossary.yml", (), lambda _, book: _there(book.glossary), _PROCEDURES, required=True
    ),
    "other": _Part(
        "narrative.yml",
        ("other_matters",),
        lambda of, _: _text(of.narrative.other_matters),
        _CUSTOMARY,
    ),
}
"""The eleven parts by the ends of their addresses, in the order of the document."""


def _part(disclosure: Disclosure, book: Book, id: str, recorded: _Recorded) -> Item:
    part = PARTS[id]
    state = part.state(disclosure, book)
    if state == "missing":
        entry = recorded.get(("parts", id))
        if entry is not None:
            return Item("parts", id, entry.state, part.basis, part.required, note=entry.note)
        title = _part_title(disclosure, id)
        place = _place(disclosure, part.file, part.path)
        lost = finding("C702", place, name_zh=title.zh, name_en=title.en, id=id)
        found = (lost,) if part.required else ()
        return Item("parts", id, state, part.basis, part.required, found)
    file = disclosure.procurement
    if id == "procurement" and file is not None and state == "empty":
        noted: tuple[Finding, ...] = ()
        if not file.empty_note and not file.notes:
            title = _part_title(disclosure, id)
            place = _place(disclosure, part.file, ("empty_note",))
            noted = (finding("C709", place, name_zh=title.zh, name_en=title.en),)
        return Item("parts", id, state, part.basis, part.required, noted, file.empty_note)
    return Item("parts", id, state, part.basis, part.required)


def _part_title(disclosure: Disclosure, id: str) -> Bilingual:
    key = of_kind(f"part.{id}", disclosure.kind)
    return Bilingual(zh=say(key, "zh"), en=say(key, "en"))


# ---- unit and dates ----------------------------------------------------------------------


def _unit(disclosure: Disclosure, book: Book) -> Item:
    """C703: every table of amounts says its unit, or the disclosure says it for all.

    Without it the site would have to guess between 元 and 万元.
    """
    own = disclosure.budget
    found: list[Finding] = []
    for folder, budget, table in _all_tables(disclosure):
        if own is None and budget is None and table.unit is None and _has_amounts(table):
            title = table.form.title
            place = _place(disclosure, f"{folder}tables/{table.form.id}.yml", ("unit",))
            found.append(finding("C703", place, name_zh=title.zh, name_en=title.en))
    amounts = own is not None or any(_has_amounts(each) for _, _, each in _all_tables(disclosure))
    state: State = "unmet" if found else "met" if amounts else "open"
    return Item("details", "unit", state, _PROCEDURES, True, tuple(found))


def _all_tables(disclosure: Disclosure) -> Iterator[tuple[str, object, Table]]:
    """The tables of the disclosure and of its units: folder, budget of the unit, table."""
    for table in disclosure.tables.values():
        yield "", disclosure.budget, table
    for unit in disclosure.units:
        for table in unit.tables.values():
            yield f"units/{unit.slug}/", unit.budget, table


def _has_amounts(table: Table) -> bool:
    return any(
        row.figure(column.id) is not None
        for side in table.sides
        for column in side.columns
        if column.value == "amount"
        for row in side.rows
    )


def _dates(disclosure: Disclosure) -> Iterator[Item]:
    """C704: the dates of approval and of publication are recorded."""
    record = disclosure.header.record or InformationRecord()
    for key, date in (("approved", record.approved), ("published", record.published)):
        if date is not None:
            yield Item("details", key, "given", _LAW_14, True, value=date)
            continue
        name = Bilingual(zh=say(f"record.{key}", "zh"), en=say(f"record.{key}", "en"))
        place = _place(disclosure, "disclosure.yml", ("record", key))
        lost = finding("C704", place, name_zh=name.zh, name_en=name.en, key=key)
        yield Item("details", key, "missing", _LAW_14, True, (lost,))


def _deadline(disclosure: Disclosure) -> Item:
    """C705, C706: published within twenty days of the approval, and not before it.

    The day of the approval is not counted.
    """
    record = disclosure.header.record
    if record is None or record.approved is None or record.published is None:
        return Item("details", "deadline", "open", _LAW_14, True)
    approved, published = map(datetime.date.fromisoformat, (record.approved, record.published))
    days = (published - approved).days
    place = _place(disclosure, "disclosure.yml", ("record", "published"))
    found: tuple[Finding, ...] = ()
    if days > DAYS_TO_PUBLISH:
        late = days - DAYS_TO_PUBLISH
        values = {"approved": record.approved, "published": record.published}
        found = (finding("C705", place, days=days, late=late, **values),)
    elif days < 0:
        found = (finding("C706", place, approved=record.approved, published=record.published),)
    state: State = "unmet" if found else "met"
    return Item("details", "deadline", state, _LAW_14, True, found, value=str(days))


# ---- how far down ------------------------------------------------------------------------


def _detail(
    disclosure: Disclosure, book: Book, id: str, rule: str, forms: tuple[str, ...], digits: int
) -> Item:
    """C707, C708: the tables go down to headings of ``digits`` digits."""
    found: list[Finding] = []
    judged = False
    for folder, _, table in _all_tables(disclosure):
        if table.form.id not in forms:
            continue
        for side in table.sides:
            if side.side.kind is None or not side.rows:
                continue
            judged = True
            coarse = _too_coarse(side, book, disclosure.header.year, digits)
            if coarse:
                title = table.form.title
                file = f"{folder}tables/{table.form.id}.yml"
                values = {"name_zh": title.zh, "name_en": title.en, "count": len(coarse)}
                first = coarse[0].code or coarse[0].item or ""
                place = _place(disclosure, file, (side.side.id,))
                found.append(finding(rule, place, first=first, **values))
    state: State = "unmet" if found else "met" if judged else "open"
    return Item("details", id, state, _REGULATIONS_6, True, tuple(found))


def _too_coarse(side: TableSide, book: Book, year: int, digits: int) -> list[Row]:
    """The headings with amounts that the table divides no further, though the law asks for it.

    None where the table has rows without a code that are no class: they may divide a heading.
    """
    columns = [column.id for column in side.columns if column.value == "amount"]
    coded: list[tuple[Row, str]] = []
    divided: set[tuple[str | None, str]] = set()
    for row in side.rows:
        figures = (row.figure(column) for column in columns)
        if not any(figure is not None and figure.value for figure in figures):
            continue
        heading = heading_of(side.side, row, book.classification, year)
        code = row.joined or (heading.code if heading else None)
        if code is None:
            if row.style or (row.item and side.side.item(row.item)):
                continue
            return []
        coded.append((row, code))
        divided |= {(row.institution, code[:n]) for n in range(3, len(code), 2)}
    return [
        row for row, code in coded if len(code) < digits and (row.institution, code) not in divided
    ]


# ---- what the editors record -------------------------------------------------------------


def _wrongly_recorded(disclosure: Disclosure, book: Book) -> Iterator[Finding]:
    """R306, C710: ``not_given`` names what there is, and nothing that is given or named before."""
    forms = {form.id: form for form in book.forms.forms(disclosure.kind)}
    seen: set[tuple[str, str]] = set()
    for index, entry in enumerate(disclosure.header.not_given):
        for group, ids, known in (
            ("tables", entry.tables, tuple(forms)),
            ("parts", entry.parts, tuple(PARTS)),
        ):
            for number, id in enumerate(ids):
                place = _place(disclosure, "disclosure.yml", ("not_given", index, group, number))
                if id not in known:
                    near = next(iter(difflib.get_close_matches(id, known, 1, 0.5)), "")
                    yield finding("R306", place, found=id, suggestion=near)
                    continue
                if group == "tables":
                    there, name = id in disclosure.tables, forms[id].title
                else:
                    there = PARTS[id].state(disclosure, book) != "missing"
                    name = _part_title(disclosure, id)
                if there or (group, id) in seen:
                    yield finding("C710", place, name_zh=name.zh, name_en=name.en, id=id)
                seen.add((group, id))


def _place(disclosure: Disclosure, file: str, path: Path = ()) -> Place:
    """Where something stands; what is in no file is shown at the head of ``disclosure.yml``."""
    if file in disclosure.files:
        return disclosure.place(file, path)
    return Place(file, path, disclosure.place("disclosure.yml", ()).span)
