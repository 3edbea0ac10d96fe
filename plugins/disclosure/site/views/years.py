"""Over the years: a disclosure beside that of the year before, a project through all years.

Only what is printed is compared: where no disclosure of the year before exists, nothing is
computed into existence.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_percent

from disclosure.book import Disclosure, Project
from disclosure.language.numbers import YUAN_PER, plain
from disclosure.model.fields import AmountUnit, Figure
from disclosure.model.vocabulary import WordKind
from disclosure.site.blocks import Cell, Phrase, Row, Section, Table, line_text
from disclosure.site.edition import Edition, project_page


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of two years, each in the unit of its own disclosure, and the printed reason."""

    label: Phrase
    now: Figure | None
    before: Figure | None
    reason: str | None = None


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
    edition: Edition, disclosure: Disclosure, other: Disclosure, rows: list[Compared]
) -> tuple[Section, ...]:
    """Both years, the change and its percentage, in the unit of the later year."""
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
        rows=tuple(_row(edition, row, factor, with_reasons) for row in shown),
        layout="cards",
        anchor="years-table",
    )
    return (Section("years", edition.line("years.title"), (table,)),)


def _factor(of: AmountUnit, to: AmountUnit) -> Decimal:
    return YUAN_PER[of] / YUAN_PER[to]


def _row(edition: Edition, row: Compared, factor: Decimal, with_reasons: bool) -> Row:
    assert row.now is not None and row.before is not None
    last = edition.figure(row.before)
    if factor != 1 and row.before.value is not None:
        last = _number(edition, _like(row, _trimmed(row.before.value * factor)))
    cells = [Cell((row.label,), header=True), last, edition.figure(row.now)]
    if row.now.value is None or row.before.value is None:
        cells += [Cell((), "end", absence="absent")] * 2
    else:
        start = row.before.value if factor == 1 else _trimmed(row.before.value * factor)
        change = row.now.value - start
        sign = "+" if change > 0 else ""
        cells.append(_number(edition, sign + _like(row, change)))
        percent = format_percent(change / start, "0.0%", locale="en") if start else ""
        shown = sign + percent.replace("-", "−")
        cells.append(_number(edition, shown) if start else Cell((), "end", absence="absent"))
    if with_reasons:
        cells.append(edition.cell(row.reason))
    return Row(tuple(cells))


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


def _number(edition: Edition, text: str) -> Cell:
    return Cell((Phrase(text, edition.lang, style="number", literal=True),), "end")


def summary_years(edition: Edition, disclosure: Disclosure) -> tuple[Section, ...]:
    """The totals of part two in both years."""
    other = before(edition, disclosure)
    now, last = disclosure.budget, other.budget if other else None
    if other is None or now is None or last is None:
        return ()
    reasons = now.change.reasons if now.change and now.change.since == other.header.year else None
    return comparison(
        edition,
        disclosure,
        other,
        [
            Compared(edition.said("key.revenue"), now.revenue.total, last.revenue.total),
            Compared(
                edition.said("key.expenditure"),
                now.expenditure.total,
                last.expenditure.total,
                reasons.total if reasons else None,
            ),
            Compared(
                edition.said("expenditure.basic"),
                now.expenditure.basic,
                last.expenditure.basic,
                reasons.basic if reasons else None,
            ),
            Compared(
                edition.said("expenditure.projects"),
                now.expenditure.projects,
                last.expenditure.projects,
                reasons.projects if reasons else None,
            ),
        ],
    )


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
    rows.append(Compared(edition.said(total), now.total, last.total, reason))
    return comparison(edition, disclosure, other, rows)


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
    for where, same in found:
        unit = (
            where.budget.unit
            if where.budget
            else disclosure.budget.unit
            if disclosure.budget
            else "万元"
        )
        name = edition.phrase(same.file.name, same.code, literal=True)
        page = project_page(where, same.code)
        here = where is disclosure
        rows.append(
            Row(
                (
                    Cell(
                        (Phrase(edition.disclosure_title(where), edition.lang, literal=True),),
                        header=True,
                    ),
                    Cell((name,) if here else (edition.link(name, page),)),
                    Cell((Phrase(same.code, edition.lang, literal=True),)),
                    _number(edition, edition.amount(same.file.budget, unit)),
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
    return (Section("years", edition.line("project.years"), (table,)),)
