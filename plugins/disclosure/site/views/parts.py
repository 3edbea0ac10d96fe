"""One page for each of the eleven parts (part seven: ``projects``, part ten: ``glossary``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from disclosure.book import Disclosure
from disclosure.language.interface import of_kind
from disclosure.language.numbers import day, unit_name
from disclosure.model.disclosure import Institution
from disclosure.model.fields import AmountUnit, Figure
from disclosure.model.procurement import ProcurementFile, ProcurementRow
from disclosure.model.vocabulary import WordKind
from disclosure.rules.completeness import not_given
from disclosure.site.blocks import (
    Block,
    Cell,
    Head,
    Items,
    Line,
    Link,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
)
from disclosure.site.edition import Edition, part_page, unit_page
from disclosure.site.routes import Part
from disclosure.site.views.charts import expenditure_bars, revenue_bars, row_anchors
from disclosure.site.views.findings import Marks, notices
from disclosure.site.views.overview import described, facets, source_file, trail
from disclosure.site.views.prose import prose
from disclosure.site.views.years import against, items_years, summary_years

View = Callable[[Edition, Disclosure], tuple[Block, ...]]


def part(edition: Edition, disclosure: Disclosure, part: Part) -> Page:
    """The page of one part."""
    view, file = _VIEWS[part]
    blocks = view(edition, disclosure)
    return part_frame(
        edition, disclosure, part, blocks or (missing(edition, disclosure, part),), file
    )


def missing(edition: Edition, disclosure: Disclosure, part: Part) -> Notice:
    """Why the part is not there; by itself, the document does not contain it."""
    entry = not_given(disclosure, "parts", part)
    said: Line = edition.line(_NOT_GIVEN[entry.state] if entry else "part.missing")
    if entry and entry.note:
        said = (*said, Phrase(" ", edition.lang), edition.phrase(entry.note))
    return Notice(said, "empty")


_NOT_GIVEN = {
    "absent": "tables.notice.absent",
    "withheld": "part.withheld",
    "not_provided": "part.missing",
}


def part_frame(
    edition: Edition, disclosure: Disclosure, part: Part, blocks: tuple[Block, ...], file: str
) -> Page:
    """A part's page around its blocks."""
    title = edition.part_title(disclosure, part)
    return Page(
        id=part_page(disclosure, part),
        lang=edition.lang,
        title=Phrase(title, edition.lang, literal=True),
        short_title=edition.part_short(disclosure, part),
        description=described(edition, disclosure, title),
        blocks=(*blocks, *notices(edition, disclosure, part_page(disclosure, part))),
        eyebrow=trail(edition, disclosure),
        kind_label=edition.say("part.number", number=edition.part_number(part)),
        weight=5,
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, file),
    )


# ---- part one ----------------------------------------------------------------------------


def duties(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """Part one: legal basis, duties of the divisions, institution table."""
    header = disclosure.header
    blocks: list[Block] = []
    if header.legal_basis:
        policies = {policy.id: policy for policy in edition.book.policies}
        lines: tuple[Line, ...] = tuple(
            (edition.policy_link(policies[id]),) for id in header.legal_basis
        )
        blocks.append(Section("legal-basis", edition.line("duties.legal_basis"), (Items(lines),)))
    if header.divisions:
        divisions = tuple(
            Section(
                division.id,
                edition.text(division.name),
                (
                    Items(tuple(edition.text(duty) for duty in division.duties)),
                    *_goals_link(edition, disclosure, division.id),
                ),
                level=3,
            )
            for division in header.divisions
        )
        blocks.append(Section("divisions", edition.line("duties.divisions"), divisions))
    if header.institutions:
        blocks.append(
            Section(
                "institutions",
                edition.line("duties.institutions"),
                (_institutions(edition, disclosure),),
            )
        )
    return tuple(blocks)


def _goals_link(edition: Edition, disclosure: Disclosure, division: str) -> tuple[Paragraph, ...]:
    performance = disclosure.narrative.performance
    named = {block.division for block in (performance.divisions if performance else ())}
    if division not in named:
        return ()
    page = part_page(disclosure, Part.PERFORMANCE)
    link = edition.link(edition.say("duties.goals"), page, f"goals-{division}")
    return (Paragraph((link,), "note"),)


def _institution(edition: Edition, disclosure: Disclosure, row: Institution) -> Link | Phrase:
    name = edition.phrase(row.name, literal=True)
    return edition.link(name, unit_page(disclosure, row.unit)) if row.unit else name


def _institutions(edition: Edition, disclosure: Disclosure) -> Table:
    rows = disclosure.header.institutions
    keys = ["name", "nature", "rank", "funding"]
    keys += ["remark"] if any(row.remark is not None for row in rows) else []
    return Table(
        caption=edition.line("duties.institutions"),
        heads=(tuple(edition.head(f"institution.{key}") for key in keys),),
        labels=tuple(edition.say(f"institution.{key}") for key in keys),
        rows=tuple(
            Row(
                (
                    Cell((_institution(edition, disclosure, row),), header=True),
                    *(edition.cell(getattr(row, key)) for key in keys[1:]),
                )
            )
            for row in rows
        ),
        layout="cards",
        anchor="institutions-table",
    )


# ---- part two ----------------------------------------------------------------------------


def summary(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """Part two: revenue by source, expenditure by kind, highlights, change."""
    budget, text = disclosure.budget, disclosure.narrative.overview
    blocks: list[Block] = []
    if text.principle:
        body = prose(edition, disclosure, text.principle)
        blocks.append(Section("principle", edition.line("summary.principle"), body))
    if budget and (budget.revenue.total or budget.revenue.sources):
        marks = Marks(edition, disclosure, "budget.yml", ("revenue",))
        sources = marks.below("sources")
        given = budget.revenue
        rows = labelled_rows(
            edition, "revenue_source", given.sources, budget.unit, "revenue", sources
        )
        total = total_row(edition, "key.revenue", given.total, budget.unit, "revenue", marks)
        table = Table(
            caption=edition.line(of_kind("summary.revenue.table", disclosure.kind)),
            unit=edition.unit(budget.unit),
            heads=((edition.head("summary.source"), edition.head("table.amount", "end")),),
            rows=(*rows, *total),
            anchor="revenue-table",
            file=edition.csv(disclosure, "budget"),
        )
        charts = revenue_bars(edition, disclosure, beside=True)
        body = (*prose(edition, disclosure, text.revenue), *charts, table)
        blocks.append(Section("revenue", edition.line("summary.revenue"), body))
    if budget and _expenditure_rows(edition, disclosure):
        table = Table(
            caption=edition.line(of_kind("summary.expenditure.table", disclosure.kind)),
            unit=edition.unit(budget.unit),
            heads=((edition.head("table.item"), edition.head("table.amount", "end")),),
            rows=_expenditure_rows(edition, disclosure),
            anchor="expenditure-table",
            file=edition.csv(disclosure, "budget"),
        )
        charts = expenditure_bars(edition, disclosure, beside=True)
        body = (*prose(edition, disclosure, text.expenditure), *charts, table)
        blocks.append(Section("expenditure", edition.line("summary.expenditure"), body))
    if budget and budget.highlights:
        title = edition.line("summary.highlights")
        blocks.append(Section("highlights", title, (_highlights(edition, disclosure),)))
    if budget and budget.change:
        title = edition.line("summary.change")
        blocks.append(Section("change", title, (_change(edition, disclosure),)))
    return (*blocks, *summary_years(edition, disclosure), *against(edition, disclosure))


def labelled_rows(
    edition: Edition,
    kind: WordKind,
    items: dict[str, Figure],
    unit: AmountUnit,
    table: str,
    marks: Marks,
) -> tuple[Row, ...]:
    """A row for each printed label with its amount; sub-items are indented."""
    vocabulary = edition.book.vocabulary
    printed = {vocabulary.word(kind, label).id for label in items}
    anchors = row_anchors(edition, kind, items, table)
    rows: list[Row] = []
    for label, figure in items.items():
        word = vocabulary.word(kind, label)
        below = word.parent in printed
        name = edition.word(kind, label)
        if below:
            name = edition.said("table.of_which", item=name.text)
        rows.append(
            Row(
                (Cell((name,), header=True), marks.on(edition.figure(figure, unit), label)),
                indent=int(below),
                anchor=anchors[label],
            )
        )
    return tuple(rows)


def total_row(
    edition: Edition, key: str, total: Figure | None, unit: AmountUnit, table: str, marks: Marks
) -> tuple[Row, ...]:
    """The total as the last row, where there is one."""
    if total is None:
        return ()
    cells = (Cell(edition.line(key), header=True), marks.on(edition.figure(total, unit), "total"))
    return (Row(cells, "total", anchor=f"{table}-total"),)


def _expenditure_rows(edition: Edition, disclosure: Disclosure) -> tuple[Row, ...]:
    assert disclosure.budget is not None
    spent, unit = disclosure.budget.expenditure, disclosure.budget.unit
    marks = Marks(edition, disclosure, "budget.yml", ("expenditure",))
    rows = tuple(
        Row(
            (
                Cell(edition.line(of_kind(f"expenditure.{key}", disclosure.kind)), header=True),
                marks.on(edition.figure(figure, unit), key),
            ),
            indent=indent,
            anchor=f"expenditure-{key.replace('_', '-')}",
        )
        for key, figure, indent in (
            ("basic", spent.basic, 0),
            ("personnel", spent.personnel, 1),
            ("non_personnel", spent.non_personnel, 1),
            ("projects", spent.projects, 0),
            ("carried_forward", spent.carried_forward, 0),
        )
        if figure is not None
    )
    total = total_row(edition, "key.expenditure", spent.total, unit, "expenditure", marks)
    return (*rows, *total)


def _highlights(edition: Edition, disclosure: Disclosure) -> Table:
    assert disclosure.budget is not None
    heads = (
        edition.head("table.name"),
        edition.head("table.amount", "end"),
        edition.head("summary.highlights.note"),
        edition.head("summary.highlights.projects"),
    )
    rows: list[Row] = []
    for index, highlight in enumerate(disclosure.budget.highlights):
        marks = Marks(edition, disclosure, "budget.yml", ("highlights", index))
        links: list[Link | Phrase] = []
        for code in highlight.projects:
            links += [Phrase(edition.say("list.separator"), edition.lang)] if links else []
            links.append(edition.project_link(disclosure, disclosure.project(code)))
        if highlight.because:
            links += [Phrase(" ", edition.lang)]
            links += edition.inference(highlight.because)  # type: ignore[arg-type]
        rows.append(
            Row(
                (
                    marks.on(
                        Cell((edition.phrase(highlight.name, literal=True),), header=True), "name"
                    ),
                    marks.on(edition.figure(highlight.amount, disclosure.budget.unit), "amount"),
                    marks.on(edition.cell(highlight.note), "note"),
                    Cell(tuple(links)),
                ),
                anchor=f"highlight-{highlight.id}",
            )
        )
    return Table(
        caption=edition.line("summary.highlights.table"),
        unit=edition.unit(disclosure.budget.unit),
        heads=(heads,),
        labels=tuple(_label(head) for head in heads),
        rows=tuple(rows),
        layout="cards",
        anchor="highlights-table",
    )


def _change(edition: Edition, disclosure: Disclosure) -> Table:
    assert disclosure.budget is not None and disclosure.budget.change is not None
    change = disclosure.budget.change
    marks = Marks(edition, disclosure, "budget.yml", ("change",))
    heads = (
        edition.head("table.item"),
        edition.head("table.increase", "end", year=change.since),
        edition.head("table.reason"),
    )
    rows = tuple(
        Row(
            (
                Cell(edition.line(label), header=True),
                marks.on(edition.figure(figure, disclosure.budget.unit), key),
                marks.on(edition.cell(reason), "reasons", key),
            ),
            style="total" if key == "total" else "",
            anchor=f"change-{key}",
        )
        for key, label, figure, reason in (
            (
                "total",
                of_kind("summary.change.total", disclosure.kind),
                change.total,
                change.reasons.total,
            ),
            ("basic", "expenditure.basic", change.basic, change.reasons.basic),
            ("projects", "expenditure.projects", change.projects, change.reasons.projects),
        )
        if figure is not None
    )
    return Table(
        caption=edition.line(of_kind("summary.change.table", disclosure.kind), year=change.since),
        unit=edition.unit(disclosure.budget.unit),
        heads=(heads,),
        labels=tuple(_label(head) for head in heads),
        rows=rows,
        layout="cards",
        anchor="change-table",
    )


def _label(head: Head) -> str:
    return "".join(part.text for part in head.line if isinstance(part, Phrase))


# ---- parts three and four ----------------------------------------------------------------


def operating(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """Part three: agency operating expenses and their items."""
    budget = disclosure.budget
    if budget is None or budget.agency_operating is None:
        return ()
    expenses = budget.agency_operating
    marks = Marks(edition, disclosure, "budget.yml", ("agency_operating",))
    items = marks.below("items")
    table = Table(
        caption=edition.line("operating.table"),
        unit=edition.unit(budget.unit),
        heads=((edition.head("table.item"), edition.head("table.amount", "end")),),
        rows=(
            *labelled_rows(
                edition, "operating_item", expenses.items, budget.unit, "operating", items
            ),
            *total_row(edition, "key.operating", expenses.total, budget.unit, "operating", marks),
        ),
        anchor="operating-table",
        file=edition.csv(disclosure, "budget"),
    )
    return (
        *_lead(edition, disclosure, "operating.lead", expenses.total, marks),
        table,
        *items_years(edition, disclosure, "operating_item", "key.operating"),
    )


def _lead(
    edition: Edition, disclosure: Disclosure, key: str, total: Figure | None, marks: Marks
) -> tuple[Paragraph, ...]:
    if total is None or disclosure.budget is None:
        return ()
    amount = edition.amount(total, disclosure.budget.unit)
    line = edition.sentence(of_kind(key, disclosure.kind), amount=amount)
    return (Paragraph((*line, *replace(marks, again=True).at("total")), "lead"),)


def three_public(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """Part four: “three public” expenses, their change and its reason."""
    budget = disclosure.budget
    if budget is None or budget.three_public is None:
        return ()
    expenses = budget.three_public
    marks = Marks(edition, disclosure, "budget.yml", ("three_public",))
    items = marks.below("items")
    table = Table(
        caption=edition.line("three_public.table"),
        unit=edition.unit(budget.unit),
        heads=((edition.head("table.item"), edition.head("table.amount", "end")),),
        rows=(
            *labelled_rows(
                edition, "three_public_item", expenses.items, budget.unit, "three-public", items
            ),
            *total_row(
                edition, "key.three_public", expenses.total, budget.unit, "three-public", marks
            ),
        ),
        anchor="three-public-table",
        file=edition.csv(disclosure, "budget"),
    )
    blocks: list[Block] = [
        *_lead(edition, disclosure, "three_public.lead", expenses.total, marks),
        table,
    ]
    if change := expenses.change:
        heads = (
            edition.head("table.item"),
            edition.head("table.increase", "end", year=change.since),
            edition.head("table.reason"),
        )
        row = Row(
            (
                Cell(edition.line("three_public.change.total"), header=True),
                marks.on(edition.figure(change.total, budget.unit), "change", "total"),
                marks.on(edition.cell(change.reason), "change", "reason"),
            ),
            anchor="change-total",
        )
        change_table = Table(
            caption=edition.line("three_public.change.table", year=change.since),
            unit=edition.unit(budget.unit),
            heads=(heads,),
            labels=tuple(_label(head) for head in heads),
            rows=(row,),
            layout="cards",
            anchor="change-table",
        )
        title = edition.line("three_public.change")
        blocks.append(Section("change", title, (change_table,)))
    blocks += items_years(edition, disclosure, "three_public_item", "key.three_public")
    return tuple(blocks)


# ---- parts five, six, eleven -------------------------------------------------------------


def performance(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """Part five: overall and itemised objectives, safeguards."""
    text = disclosure.narrative.performance
    if text is None:
        return ()
    return tuple(
        Section(anchor, edition.line(key), prose(edition, disclosure, blocks, anchor))
        for anchor, key, blocks in (
            ("overall", "performance.overall", text.overall),
            ("goals", "performance.divisions", text.divisions),
            ("safeguards", "performance.safeguards", text.safeguards),
        )
        if blocks
    )


def special_funds(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """Part six: special-purpose funds administered by the department."""
    return _text_part(edition, disclosure, disclosure.narrative.special_funds)


def other(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """Part eleven: other matters."""
    return _text_part(edition, disclosure, disclosure.narrative.other_matters)


def _text_part(
    edition: Edition, disclosure: Disclosure, text: Iterable[object] | None
) -> tuple[Block, ...]:
    if text is None:
        return ()
    blocks = prose(edition, disclosure, tuple(text), level=2)  # type: ignore[arg-type]
    return blocks or (Notice(edition.line("part.heading_only"), "empty"),)


# ---- part eight --------------------------------------------------------------------------

_FUNDS = (
    "total",
    "general_public_budget",
    "government_funds",
    "state_capital",
    "special_fiscal_account",
    "unit_funds",
)


def procurement(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """Part eight: the fourteen-column procurement table and its notes."""
    file = disclosure.procurement
    if file is None:
        return ()
    year = disclosure.header.year
    upper = (
        Head(edition.line("procurement.source"), colspan=2),
        *(
            Head(edition.line(f"procurement.{key}"), "end" if number else "start", rowspan=2)
            for key, number in (
                ("item", False),
                ("catalogue_number", False),
                ("unit_of_measure", False),
                ("quantity", True),
                ("unit_price", True),
            )
        ),
        Head(edition.line("procurement.amount"), colspan=len(_FUNDS)),
        Head(edition.line("procurement.reserved_for_smes", year=year), "end", rowspan=2),
    )
    lower = (
        edition.head("procurement.project"),
        edition.head("procurement.project_funds", "end"),
        *(edition.head(f"procurement.{key}", "end") for key in _FUNDS),
    )
    notes = tuple(edition.text(note) for note in file.notes)
    if file.empty_note:
        notes += (edition.text(file.empty_note),)
    department = disclosure.header.department
    owner = edition.phrase(department.name, literal=True)
    code = f"{department.code} " if department.code else ""
    return (
        Paragraph((Phrase(code, edition.lang, literal=True), owner), "note"),
        *_procurement_totals(edition, disclosure, file),
        Table(
            caption=edition.text(file.name),
            unit=edition.unit(file.unit),
            heads=(upper, lower),
            rows=tuple(
                _procurement_row(
                    edition,
                    row,
                    file.unit,
                    Marks(edition, disclosure, "procurement.yml", ("rows", index)),
                )
                for index, row in enumerate(file.rows)
            ),
            notes=notes,
            empty=() if file.rows else edition.line("procurement.empty"),
            layout="wide",
            anchor="procurement-table",
            file=edition.csv(disclosure, "procurement"),
        ),
    )


def _procurement_totals(
    edition: Edition, disclosure: Disclosure, file: ProcurementFile
) -> Iterator[Table]:
    """Goods, works, services and their total, where the document states them."""
    marks = Marks(edition, disclosure, "procurement.yml")
    rows = tuple(
        Row(
            (
                Cell(edition.line(f"procurement.{key}"), header=True),
                marks.on(edition.figure(figure, file.unit), key),
            ),
            style="total" if key == "total" else "",
            anchor=f"procurement-{key}",
        )
        for key in ("goods", "works", "services", "total")
        if (figure := getattr(file, key)) is not None
    )
    if rows:
        yield Table(
            caption=edition.line("procurement.totals"),
            unit=edition.unit(file.unit),
            heads=((edition.head("table.item"), edition.head("table.amount", "end")),),
            rows=rows,
            anchor="procurement-totals",
        )


def _procurement_row(edition: Edition, row: ProcurementRow, unit: AmountUnit, marks: Marks) -> Row:
    def text(key: str) -> Cell:
        return marks.on(edition.cell(getattr(row, key)), key)

    def amount(key: str) -> Cell:
        return marks.on(edition.figure(getattr(row, key), unit), key)

    return Row(
        (
            text("project"),
            amount("project_funds"),
            text("item"),
            text("catalogue_number"),
            text("unit_of_measure"),
            marks.on(edition.figure(row.quantity), "quantity"),
            amount("unit_price"),
            *map(amount, _FUNDS),
            amount("reserved_for_smes"),
        )
    )


# ---- part nine ---------------------------------------------------------------------------


def assets(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """Part nine: fixed assets, planned purchases, the asset table at its date."""
    file = disclosure.assets
    if file is None:
        return ()
    blocks: list[Block] = [*prose(edition, disclosure, disclosure.narrative.assets)]
    marks = Marks(edition, disclosure, "assets.yml")
    stated = tuple(
        Row(
            (
                Cell(edition.line(f"assets.{key}"), header=True),
                marks.on(edition.figure(figure, file.unit), field),
            ),
            anchor=f"assets-{key}",
        )
        for key, field, figure in (
            ("fixed", "fixed_assets", file.fixed_assets),
            ("planned", "planned_purchases", file.planned_purchases),
        )
        if figure is not None
    )
    if stated:
        blocks.append(
            Table(
                caption=edition.line("part.assets"),
                unit=edition.unit(file.unit),
                heads=((edition.head("table.item"), edition.head("table.amount", "end")),),
                rows=stated,
                anchor="assets-stated",
            )
        )
    if table := file.table:
        vocabulary = edition.book.vocabulary
        as_of = edition.said("assets.as_of", date=_as_printed(edition, table.as_of))
        unit = Phrase(unit_name(file.unit, edition.lang), edition.lang, style="unit")
        value = Head(edition.sentence("assets.value", unit=unit), "end")
        blocks.append(
            Table(
                caption=(edition.phrase(table.name), Phrase(" · ", edition.lang), as_of),
                heads=(
                    (
                        edition.head("assets.item"),
                        edition.head("assets.quantity", "end"),
                        value,
                    ),
                ),
                rows=tuple(
                    Row(
                        (
                            Cell((edition.word("asset_item", row.item),), header=True),
                            marks.on(
                                edition.figure(row.quantity), "table", "rows", index, "quantity"
                            ),
                            marks.on(
                                edition.figure(row.value, file.unit),
                                *("table", "rows", index, "value"),
                            ),
                        ),
                        indent=int(word.parent is not None),
                        style="total" if word.id == "total" else "",
                        anchor=f"asset-{word.id}",
                    )
                    for index, row in enumerate(table.rows)
                    if (word := vocabulary.word("asset_item", row.item))
                ),
                anchor="assets-table",
                file=edition.csv(disclosure, "assets"),
            )
        )
    return tuple(blocks)


def _as_printed(edition: Edition, date: str) -> str:
    return date if edition.lang == "zh" else day(date, "en")


_VIEWS: dict[Part, tuple[View, str]] = {
    Part.DUTIES: (duties, "disclosure.yml"),
    Part.SUMMARY: (summary, "budget.yml"),
    Part.OPERATING: (operating, "budget.yml"),
    Part.THREE_PUBLIC: (three_public, "budget.yml"),
    Part.PERFORMANCE: (performance, "narrative.yml"),
    Part.SPECIAL_FUNDS: (special_funds, "narrative.yml"),
    Part.PROCUREMENT: (procurement, "procurement.yml"),
    Part.ASSETS: (assets, "assets.yml"),
    Part.OTHER: (other, "narrative.yml"),
}
