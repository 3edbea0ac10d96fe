"""The statutory tables: the list of them, and one page a table.

A table without data is shown empty with its note; one that the document does not contain is said
to be not provided, one withheld says so. There is never a page of zeros.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from disclosure.book import Disclosure
from disclosure.model.fields import AmountUnit, Figure
from disclosure.model.table_forms import (
    Column,
    Row,
    Side,
    TableForm,
    TableSide,
    row_name,
)
from disclosure.model.table_forms import Table as StatutoryTable
from disclosure.rules.completeness import not_given
from disclosure.site import blocks
from disclosure.site.blocks import Block, Card, Cards, Cell, Head, Line, Notice, Page, Phrase
from disclosure.site.edition import Edition, disclosure_page, part_page, project_page, table_page
from disclosure.site.routes import Kind, Part, Target
from disclosure.site.views.charts import class_bars, heading_anchor, table_anchor
from disclosure.site.views.findings import Marks, notices
from disclosure.site.views.overview import described, facets, source_file, trail


def table_list(edition: Edition, disclosure: Disclosure) -> Page:
    """All tables that the law asks for, each with its state."""
    cards = tuple(
        Card(
            Phrase(form.title[edition.lang], edition.lang, literal=True),
            Target(table_page(disclosure, form.id)),
            lines=(edition.line(_STATES[_state(disclosure, form)]),),
            eyebrow=edition.say("tables.number", number=form.number),
            anchor=f"table-{form.id}",
        )
        for form in edition.book.forms.forms(disclosure.kind)
    )
    lead = edition.line(f"tables.lead.{disclosure.kind}", count=len(cards))
    return Page(
        id=disclosure_page(disclosure, Kind.TABLES),
        lang=edition.lang,
        title=edition.said("tables"),
        short_title=edition.say("tables"),
        description=described(edition, disclosure, edition.say("tables")),
        blocks=(blocks.Paragraph(lead, "lead"), Cards(cards, dense=True)),
        eyebrow=trail(edition, disclosure),
        kind_label=edition.say("tables"),
        weight=4,
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, "disclosure.yml"),
    )


_STATES = {
    "given": "tables.state.given",
    "empty": "tables.state.empty",
    "drawn": "tables.state.drawn",
    "absent": "tables.state.absent",
    "withheld": "tables.state.withheld",
    "not_provided": "tables.state.not_provided",
}


def _state(disclosure: Disclosure, form: TableForm) -> str:
    table = disclosure.tables.get(form.id)
    if table is None:
        if entry := not_given(disclosure, "tables", form.id):
            return entry.state
        drawn = form.drawn_from == "projects" and disclosure.projects
        return "drawn" if drawn else "not_provided"
    if table.state is not None:
        return table.state
    return "empty" if table.is_empty else "given"


def table(edition: Edition, disclosure: Disclosure, form: TableForm) -> Page:
    """The page of one table."""
    title = form.title[edition.lang]
    forms = edition.book.forms.forms(disclosure.kind)
    index = forms.index(form)

    def neighbour(position: int) -> Card | None:
        if not 0 <= position < len(forms):
            return None
        other = forms[position]
        return Card(
            Phrase(other.title[edition.lang], edition.lang, literal=True),
            Target(table_page(disclosure, other.id)),
            eyebrow=edition.say("tables.number", number=other.number),
        )

    basis = (Phrase(form.basis[edition.lang], edition.lang, literal=True),)
    return Page(
        id=table_page(disclosure, form.id),
        lang=edition.lang,
        title=Phrase(title, edition.lang, literal=True),
        short_title=title,
        description=described(edition, disclosure, title),
        blocks=(
            *table_blocks(edition, disclosure, form),
            *notices(edition, disclosure, table_page(disclosure, form.id)),
            blocks.Facts((edition.fact("tables.basis", basis),)),
        ),
        eyebrow=(
            *trail(edition, disclosure),
            edition.link(
                edition.say("tables"),
                disclosure_page(disclosure, Kind.TABLES),
                f"table-{form.id}",
            ),
        ),
        kind_label=edition.say("tables.number", number=form.number),
        weight=8,
        facets=facets(edition, disclosure),
        source_file=source_file(
            disclosure,
            f"tables/{form.id}.yml" if form.id in disclosure.tables else "disclosure.yml",
        ),
        previous=neighbour(index - 1),
        next=neighbour(index + 1),
    )


def table_blocks(edition: Edition, disclosure: Disclosure, form: TableForm) -> tuple[Block, ...]:
    """The table as blocks, or what its absence means."""
    given = disclosure.tables.get(form.id)
    state = _state(disclosure, form)
    if state == "drawn":
        page = part_page(disclosure, Part.PROJECTS)
        link = edition.link(edition.say("part.projects.short"), page)
        line: Line = (edition.said("tables.drawn"), Phrase(" ", edition.lang), link)
        return (Notice(line),)
    if given is None or given.state is not None:
        notice: Line = edition.line(f"tables.notice.{state}")
        reason = given or not_given(disclosure, "tables", form.id)
        if reason is not None and reason.note:
            notice = (*notice, Phrase(" ", edition.lang), edition.phrase(reason.note))
        return (Notice(notice, "empty"),)
    title = edition.text(given.title) if given.title else _title(edition, form)
    drawn: list[Block] = []
    for side in given.sides:
        drawn += class_bars(edition, disclosure, given, side)
        drawn.append(_side(edition, disclosure, given, side, title))
    return tuple(drawn)


def _title(edition: Edition, form: TableForm) -> Line:
    return (Phrase(form.title[edition.lang], edition.lang, literal=True),)


def _side(
    edition: Edition, disclosure: Disclosure, table: StatutoryTable, given: TableSide, title: Line
) -> blocks.Table:
    side = given.side
    stated = table.unit or (disclosure.budget.unit if disclosure.budget else None)
    unit: AmountUnit = stated or "万元"
    caption = title
    if side.title:
        half = Phrase(f" · {side.title[edition.lang]}", edition.lang, literal=True)
        caption = (*title, half)
    coded = any(row.code for row in given.rows)
    columns = given.columns
    last = given is table.sides[-1]
    notes = tuple(edition.text(note) for note in table.notes) if last else ()
    if last and table.is_empty and table.empty_note:
        notes += (edition.text(table.empty_note),)
    heads = _heads(edition, side, columns, coded)
    by_unit = any(row.institution for row in given.rows)
    if by_unit:
        first = Head(edition.line("tables.institution"), rowspan=len(heads))
        heads = ((first, *heads[0]), *heads[1:])
    marks = Marks(edition, disclosure, f"tables/{table.form.id}.yml")
    rows = tuple(_rows(edition, disclosure, table, given, stated, coded, by_unit, marks))
    return blocks.Table(
        caption=caption,
        unit=edition.unit(unit) if any(column.value == "amount" for column in columns) else "",
        heads=heads,
        rows=rows,
        notes=notes,
        empty=() if rows else edition.line("procurement.empty"),
        layout="wide" if len(columns) > 4 else "figures",
        anchor=table_anchor(table, given),
        file=edition.csv(disclosure, f"tables/{table.form.id}"),
    )


def _heads(
    edition: Edition, side: Side, columns: tuple[Column, ...], coded: bool
) -> tuple[tuple[Head, ...], ...]:
    """One row of heads, or two where neighbouring columns share a head."""
    grouped = any(column.group for column in columns)
    span = 2 if grouped else 1
    code_key = "project.code" if side.rows == "project" else "tables.code"
    name_key = "project.name" if side.rows == "project" else "tables.item"
    upper: list[Head] = [Head(edition.line(code_key), rowspan=span)] if coded else []
    upper.append(Head(edition.line(name_key), rowspan=span))
    lower: list[Head] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        inside = list(members)
        heads = [_head(edition, column) for column in inside]
        if group is None:
            upper += (Head(head.line, head.align, rowspan=span) for head in heads)
        else:
            title = (Phrase(group[edition.lang], edition.lang, literal=True),)
            upper.append(Head(title, colspan=len(inside)))
            lower += heads
    return (tuple(upper), tuple(lower)) if grouped else (tuple(upper),)


def _head(edition: Edition, column: Column) -> Head:
    line = (Phrase(column.name(edition.lang), edition.lang, literal=True),)
    return Head(line, "start" if column.value == "text" else "end")


def _rows(
    edition: Edition,
    disclosure: Disclosure,
    table: StatutoryTable,
    given: TableSide,
    unit: AmountUnit | None,
    coded: bool,
    by_unit: bool,
    marks: Marks,
) -> Iterator[blocks.Row]:
    used: dict[str, int] = {}
    columns = given.columns  # which looks through the rows
    for row in given.rows:
        here = marks.below(*row.path)
        cells: list[Cell] = []
        if by_unit:
            cells.append(here.on(edition.cell(row.institution), "institution"))
        if coded:
            code = Phrase(row.code or "", edition.lang, style="number", literal=True)
            cells.append(here.on(Cell((code,) if row.code else ()), "code"))
        name = here.on(Cell(_name(edition, disclosure, given.side, row), header=True))
        cells.append(here.on(name, "item"))
        cells += (
            here.on(_cell(edition, row.cells.get(column.id), column, unit), column.id)
            for column in columns
        )
        anchor = ""
        if row.joined:
            used[row.joined] = used.get(row.joined, 0) + 1
            again = f"-{used[row.joined]}" if used[row.joined] > 1 else ""
            anchor = heading_anchor(edition, table, given, f"{row.joined}{again}")
        yield blocks.Row(
            tuple(cells),
            style="total" if row.style else "",
            indent=row.level - 1 if not row.style else 0,
            anchor=anchor,
        )


def _name(edition: Edition, disclosure: Disclosure, side: Side, row: Row) -> Line:
    if side.rows == "project" and row.code:
        name = edition.phrase(row.item or row.code, row.code, literal=True)
        if row.code in edition.projects(disclosure).places:
            return (edition.link(name, project_page(disclosure, row.code)),)
        return (name,)
    known = row_name(side, row, edition.lang, edition.book.classification, disclosure.header.year)
    if known is not None:
        return (Phrase(known, edition.lang),)
    return edition.text(row.item or row.code or "")


def _cell(
    edition: Edition, value: Figure | str | None, column: Column, unit: AmountUnit | None
) -> Cell:
    if isinstance(value, Figure) or column.value != "text":
        figure = value if isinstance(value, Figure) else None
        return edition.figure(figure, unit if column.value == "amount" else None)
    return edition.cell(value)


def tables_of(
    edition: Edition, disclosure: Disclosure
) -> Iterator[tuple[TableForm, StatutoryTable]]:
    """The tables that a disclosure gives, in the order of the forms."""
    for form in edition.book.forms.forms(disclosure.kind):
        if given := disclosure.tables.get(form.id):
            yield form, given
