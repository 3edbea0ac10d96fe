"""Over the years: a disclosure beside that of the year before, the final accounts beside the budget
of their year, a project through all years.

Only what is printed is compared: where no disclosure of the year before exists, nothing is
computed into existence.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from disclosure.book import Disclosure, Project
from disclosure.language import numbers
from disclosure.language.numbers import YUAN_PER, in_yuan, plain
from disclosure.model.fields import AmountUnit, Figure
from disclosure.model.vocabulary import WordKind
from disclosure.site.blocks import (
    Amount,
    Bars,
    Cell,
    Line,
    Phrase,
    Row,
    Section,
    Table,
    line_text,
)
from disclosure.site.edition import Edition, part_page, project_page
from disclosure.site.routes import Part, Target
from disclosure.site.views.charts import in_table
from disclosure.site.views.drawing import Measured, Pair, history_bars, pair_bars


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of two years, each in the unit of its own disclosure, and the printed reason.

    ``anchor``: its row in the tables of part two of both.
    """

    label: Phrase
    now: Figure | None
    before: Figure | None
    reason: str | None = None
    anchor: str = ""
    total: bool = False


def before(edition: Edition, disclosure: Disclosure) -> Disclosure | None:
    """The disclosure of the same kind for the year before, if it is on the site."""
    return next(
        (
            other
            for other in edition.siblings(disclosure)
            if other.kind == disclosure.kind and other.header.year == disclosure.header.year - 1
        ),
        None,
    )


def comparison(
    edition: Edition,
    disclosure: Disclosure,
    other: Disclosure,
    rows: list[Compared],
    charts: tuple[Bars, ...] = (),
    sortable: bool = False,
) -> tuple[Section, ...]:
    """Both years, the change and its percentage, in the unit of the later year.

    ``sortable``: the rows are items of one kind, and a reader may ask which grew most.
    """
    assert disclosure.budget is not None and other.budget is not None
    unit, factor = disclosure.budget.unit, _factor(other.budget.unit, disclosure.budget.unit)
    shown = [row for row in rows if row.now is not None and row.before is not None]
    if not shown:
        return ()
    year, last = disclosure.header.year, other.header.year
    with_reasons = any(row.reason for row in shown)
    heads = [
        edition.head("table.item"),
        edition.head("years.year", "end", year=last),
        edition.head("years.year", "end", year=year),
        edition.head("years.change", "end"),
        edition.head("years.percent", "end"),
    ]
    if with_reasons:
        heads.append(edition.head("table.reason"))
    table = Table(
        caption=edition.line("years.table", year=last),
        unit=edition.unit(unit),
        heads=(tuple(heads),),
        labels=tuple(line_text(head.line) for head in heads),
        rows=tuple(_row(edition, row, unit, factor, with_reasons) for row in shown),
        layout="cards",
        anchor="years-table",
        sortable=sortable,
    )
    return (Section("years", edition.line("years.title"), (*charts, table)),)


def _factor(of: AmountUnit, to: AmountUnit) -> Decimal:
    return YUAN_PER[of] / YUAN_PER[to]


def _row(
    edition: Edition, row: Compared, unit: AmountUnit, factor: Decimal, with_reasons: bool
) -> Row:
    assert row.now is not None and row.before is not None
    last = edition.figure(row.before, unit)
    if factor != 1 and row.before.value is not None:
        converted = _trimmed(row.before.value * factor)
        last = _amount(edition, _like(row, converted), converted, unit)
    cells = [Cell((row.label,), header=True), last, edition.figure(row.now, unit)]
    if row.now.value is None or row.before.value is None:
        cells += [Cell((), "end", absence="absent")] * 2
    else:
        start = row.before.value if factor == 1 else _trimmed(row.before.value * factor)
        change = row.now.value - start
        sign = "+" if change > 0 else ""
        cells.append(_amount(edition, sign + _like(row, change), change, unit))
        percent = numbers.percent(change / start) if start else ""
        shown = sign + percent.replace("-", "−")
        cells.append(_number(edition, shown) if start else Cell((), "end", absence="absent"))
    if with_reasons:
        cells.append(edition.cell(row.reason))
    return Row(tuple(cells), style="total" if row.total else "")


def _trimmed(value: Decimal) -> Decimal:
    """A converted amount without the zeros that only the conversion made."""
    plain_value = value.normalize()
    return (
        plain_value.quantize(Decimal(1))
        if plain_value == plain_value.to_integral()
        else plain_value
    )


def _like(row: Compared, value: Decimal) -> str:
    """A computed amount with thousands separators where the printed figures have them."""
    printed = [figure.printed for figure in (row.now, row.before) if figure]
    grouped = any("," in text or "，" in text for text in printed)
    return f"{value:,f}".replace("-", "−") if grouped else plain(value)


def _amount(edition: Edition, text: str, value: Decimal, unit: AmountUnit) -> Cell:
    return Cell((Amount(text, edition.lang, in_yuan(value, unit), bare=True),), "end")


def _number(edition: Edition, text: str) -> Cell:
    return Cell((Phrase(text, edition.lang, style="number", literal=True),), "end")


def summary_years(edition: Edition, disclosure: Disclosure) -> tuple[Section, ...]:
    """The totals of part two in both years."""
    other = before(edition, disclosure)
    if other is None or disclosure.budget is None or other.budget is None:
        return ()
    charts = year_bars(edition, disclosure, beside=True)
    return comparison(edition, disclosure, other, _totals(edition, disclosure, other), charts)


def _totals(edition: Edition, disclosure: Disclosure, other: Disclosure) -> list[Compared]:
    """Revenue and expenditure of two disclosures, with the reasons printed for that year."""
    now, last = disclosure.budget, other.budget
    assert now is not None and last is not None
    reasons = now.change.reasons if now.change and now.change.since == other.header.year else None
    return [
        Compared(
            edition.said("key.revenue"),
            now.revenue.total,
            last.revenue.total,
            anchor="revenue-total",
        ),
        Compared(
            edition.said("key.expenditure"),
            now.expenditure.total,
            last.expenditure.total,
            reasons.total if reasons else None,
            "expenditure-total",
        ),
        Compared(
            edition.said("expenditure.basic"),
            now.expenditure.basic,
            last.expenditure.basic,
            reasons.basic if reasons else None,
            "expenditure-basic",
        ),
        Compared(
            edition.said("expenditure.projects"),
            now.expenditure.projects,
            last.expenditure.projects,
            reasons.projects if reasons else None,
            "expenditure-projects",
        ),
    ]


def year_bars(
    edition: Edition, disclosure: Disclosure, *, beside: bool = False
) -> tuple[Bars, ...]:
    """The totals of part two beside those of the year before; () without a year before.

    ``beside``: the table stands on the same page.
    """
    other = before(edition, disclosure)
    if other is None or disclosure.budget is None or other.budget is None:
        return ()
    rows = _totals(edition, disclosure, other)
    years = [edition.say("years.year", year=each.header.year) for each in (other, disclosure)]
    title = edition.said("years.table", year=other.header.year)
    page = part_page(disclosure, Part.SUMMARY)
    return pair_bars(
        edition,
        title.text,
        _pairs(edition, disclosure, other, years, rows if beside else _main(rows)),
        years[0],
        () if beside else in_table(edition, title, page, "years-table"),
    )


def _main(rows: list[Compared]) -> list[Compared]:
    """What a page draws that has no room for all: expenditure, and what it consists of."""
    main = ("expenditure-total", "expenditure-basic", "expenditure-projects")
    return [row for row in rows if row.anchor in main]


def _pairs(
    edition: Edition,
    disclosure: Disclosure,
    other: Disclosure,
    names: list[str],
    rows: list[Compared],
) -> list[Pair]:
    """What both disclosures print, each under the name of its own."""
    assert disclosure.budget is not None and other.budget is not None

    def measured(row: Compared, figure: Figure, of: Disclosure, name: str) -> Measured:
        assert of.budget is not None
        label = Phrase(f"{row.label.text} · {name}", edition.lang)
        target = Target(part_page(of, Part.SUMMARY), row.anchor)
        return Measured(label, figure, of.budget.unit, target)

    return [
        Pair(
            measured(row, row.before, other, names[0]), measured(row, row.now, disclosure, names[1])
        )
        for row in rows
        if row.now is not None and row.before is not None
    ]


# ---- budget and final accounts -----------------------------------------------------------


def of_the_year(edition: Edition, disclosure: Disclosure) -> tuple[Disclosure, Disclosure] | None:
    """The budget and the final accounts of its year, where both are on the site with figures."""
    year = {
        each.kind: each
        for each in edition.siblings(disclosure)
        if each.header.year == disclosure.header.year and each.budget is not None
    }
    return (year["budget"], year["final"]) if len(year) == 2 else None


def against_bars(
    edition: Edition, disclosure: Disclosure, *, beside: bool = False
) -> tuple[Bars, ...]:
    """The final accounts of the year beside its budget; () unless the site has both.

    ``beside``: the table stands on the same page.
    """
    if (both := of_the_year(edition, disclosure)) is None:
        return ()
    budget, final = both
    rows = _spent(edition, budget, final)
    names = [edition.say("against.budget"), edition.say("against.final")]
    title = edition.said("against.table", year=disclosure.header.year)
    page = part_page(disclosure, Part.SUMMARY)
    return pair_bars(
        edition,
        title.text,
        _pairs(edition, final, budget, names, rows if beside else _main(rows)),
        edition.say("against.than"),
        () if beside else in_table(edition, title, page, "against-table"),
    )


def _spent(edition: Edition, budget: Disclosure, final: Disclosure) -> list[Compared]:
    """What the budget planned and the final accounts say, without reasons of other years."""
    assert budget.budget is not None and final.budget is not None
    planned, spent = budget.budget.expenditure, final.budget.expenditure
    kinds = [
        Compared(
            edition.said(f"expenditure.{key}"),
            getattr(spent, key),
            getattr(planned, key),
            anchor=f"expenditure-{key.replace('_', '-')}",
        )
        for key in ("basic", "personnel", "non_personnel", "projects")
    ]
    revenue, total, *_ = _totals(edition, final, budget)
    return [revenue, total, *kinds]


def against(edition: Edition, disclosure: Disclosure) -> tuple[Section, ...]:
    """Budget and final accounts of the year side by side, with the difference and its share.

    In the unit of the final accounts. Whether a difference needs a reason is for the document to
    say (Budget Law art. 14 asks for an explanation of the disclosed budgets and final accounts).
    """
    if (both := of_the_year(edition, disclosure)) is None:
        return ()
    budget, final = both
    assert budget.budget is not None and final.budget is not None
    shown = [row for row in _spent(edition, budget, final) if row.now and row.before]
    if not shown:
        return ()
    unit, factor = final.budget.unit, _factor(budget.budget.unit, final.budget.unit)
    heads = (
        edition.head("table.item"),
        edition.head("against.head.budget", "end"),
        edition.head("against.head.final", "end"),
        edition.head("against.difference", "end"),
        edition.head("against.percent", "end"),
    )
    notes: tuple[Line, ...] = ()
    carried = final.budget.expenditure.carried_forward
    if carried is not None and carried.number and not budget.budget.expenditure.carried_forward:
        amount = edition.amount(carried, unit)
        notes = (edition.sentence("against.carried", amount=amount),)
    table = Table(
        caption=edition.line("against.table", year=disclosure.header.year),
        unit=edition.unit(unit),
        heads=(heads,),
        labels=tuple(line_text(head.line) for head in heads),
        rows=tuple(_row(edition, row, unit, factor, with_reasons=False) for row in shown),
        notes=notes,
        layout="cards",
        anchor="against-table",
    )
    charts = against_bars(edition, disclosure, beside=True)
    return (Section("against", edition.line("against.title"), (*charts, table)),)


# ---- the items and the projects ----------------------------------------------------------


def items_years(
    edition: Edition,
    disclosure: Disclosure,
    kind: WordKind,
    total: str,
) -> tuple[Section, ...]:
    """The items of operating or “three public” expenses in both years, and their total."""
    other = before(edition, disclosure)
    if other is None or disclosure.budget is None or other.budget is None:
        return ()
    key = "agency_operating" if kind == "operating_item" else "three_public"
    now, last = getattr(disclosure.budget, key), getattr(other.budget, key)
    if now is None or last is None:
        return ()
    vocabulary = edition.book.vocabulary
    by_id = {vocabulary.word(kind, label).id: figure for label, figure in last.items.items()}
    change = getattr(now, "change", None)
    reason = change.reason if change and change.since == other.header.year else None
    rows = [
        Compared(edition.word(kind, label), figure, by_id.get(vocabulary.word(kind, label).id))
        for label, figure in now.items.items()
    ]
    rows.append(Compared(edition.said(total), now.total, last.total, reason, total=True))
    return comparison(edition, disclosure, other, rows, sortable=len(rows) > 2)


def project_years(
    edition: Edition, disclosure: Disclosure, project: Project
) -> tuple[Section, ...]:
    """The same project in all years: the same code, or a code that continues another."""
    found = sorted(
        edition.history(disclosure, project),
        key=lambda each: (each[0].header.year, each[0].kind),
    )
    if len(found) < 2:
        return ()
    heads = (
        edition.head("project.years.year"),
        edition.head("project.name"),
        edition.head("project.code"),
        edition.head("table.amount", "end"),
    )
    rows = []
    drawn: list[Measured] = []
    for where, same in found:
        figure = same.file.budget
        amount = (
            # Without a budget the project's unit is not known.
            Cell(edition.amount(figure, where.budget.unit), "end")
            if where.budget
            else edition.figure(figure)
        )
        name = edition.phrase(same.file.name, same.code, literal=True)
        page = project_page(where, same.code)
        here = where is disclosure
        title = Phrase(edition.disclosure_title(where), edition.lang, literal=True)
        if where.budget:
            drawn.append(Measured(title, figure, where.budget.unit, Target(page, "amount")))
        rows.append(
            Row(
                (
                    Cell((title,), header=True),
                    Cell((name,) if here else (edition.link(name, page),)),
                    Cell((Phrase(same.code, edition.lang, literal=True),)),
                    amount,
                )
            )
        )
    table = Table(
        caption=edition.line("project.years"),
        heads=(heads,),
        labels=tuple(line_text(head.line) for head in heads),
        rows=tuple(rows),
        layout="cards",
        anchor="project-years-table",
    )
    charts = history_bars(edition, edition.say("project.years.chart"), drawn)
    return (Section("years", edition.line("project.years"), (*charts, table)),)
