"""Projects that have something in common: by year, by department, and one by one.

A page of them is bounded: what is not listed is counted, with its amounts, and the way to it is
shown. Budgets and final accounts are of the same money, and what one year carries over stands in
the next one too, so that only projects of one year and kind are added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from disclosure.book import Disclosure
from disclosure.language import numbers
from disclosure.language.numbers import YUAN_PER
from disclosure.model.fields import AmountUnit, Figure, Nothing
from disclosure.site.blocks import (
    Amount,
    Bars,
    Block,
    Card,
    Cell,
    Head,
    Inline,
    Line,
    Link,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
    line_text,
)
from disclosure.site.edition import Edition, part_page
from disclosure.site.followed import Gathered, Named, Period, Total, added, total
from disclosure.site.routes import Kind, PageId, Part, Target
from disclosure.site.views.drawing import Measured, chart

COLUMNS = 5
"""The periods that stand side by side; those before them are one row each."""
DEPARTMENTS = 20


def in_a_row(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, each with the one before and the one after it."""
    cards = [Card(page.title, Target(page.id)) for page in pages]
    return tuple(
        replace(page, previous=before, next=after)
        for page, before, after in zip(pages, (None, *cards), (*cards[1:], None), strict=False)
    )


def period_name(edition: Edition, period: Period) -> str:
    """``2024年预算``."""
    return edition.say(f"period.{period.kind}", year=period.year)


def table_unit(units: Iterable[AmountUnit]) -> AmountUnit:
    """The unit of a table: the one that its amounts are printed in, 万元 where there are two."""
    found = set(units)
    return found.pop() if len(found) == 1 else "万元"


def unit_of(edition: Edition, keys: Iterable[tuple[str, str]]) -> AmountUnit:
    """The unit of a table of amounts of these disclosures (department and address)."""
    return table_unit(_units(edition, keys))


def _units(edition: Edition, keys: Iterable[tuple[str, str]]) -> set[AmountUnit]:
    found = (disclosure_of(edition, *key).budget for key in keys)
    return {budget.unit for budget in found if budget}


def disclosure_of(edition: Edition, department: str, slug: str) -> Disclosure:
    """The disclosure that a project was found in."""
    disclosure = edition.book.disclosure(department, slug)
    assert disclosure is not None, f"{department}/{slug}"
    return disclosure


def figure_cell(edition: Edition, figure: Figure, own: AmountUnit | None, unit: AmountUnit) -> Cell:
    """A figure (printed in ``own``) in a table in ``unit``: as printed, or converted exactly."""
    if own is None or own == unit or figure.value is None:
        return edition.figure(figure, own)
    yuan = figure.value * YUAN_PER[own]
    return Cell((Amount(digits(yuan, unit), edition.lang, yuan, bare=True),), "end")


def money(edition: Edition, value: Decimal, unit: AmountUnit) -> Amount:
    """A sum (``value`` in yuan) with its unit, as an amount of a project reads."""
    text = numbers.yuan(value) if edition.lang == "en" else f"{digits(value, unit)}{unit}"
    return Amount(text, edition.lang, value)


def digits(value: Decimal, unit: AmountUnit) -> str:
    """Exact digits of an amount in ``unit``, grouped in yuan; ``value`` is in yuan."""
    converted = value / YUAN_PER[unit]
    return f"{converted:,f}".replace("-", "−") if unit == "元" else numbers.plain(converted)


def sum_cell(edition: Edition, found: Total, unit: AmountUnit) -> Cell:
    """What projects add up to; empty where none of them has an amount, which is no zero."""
    if found.yuan is None:
        return Cell((), "end", absence="blank" if found.projects else "absent")
    text = digits(found.yuan, unit)
    return Cell((Amount(text, edition.lang, found.yuan, bare=True),), "end")


# ---- by year and by department -------------------------------------------------------------


def by_year(edition: Edition, projects: Gathered) -> tuple[Block, ...]:
    """Every year and kind with its departments, its projects and what they add up to."""
    periods = projects.periods()
    if len(periods) < 2:
        return ()
    unit = unit_of(edition, projects.totals)
    totals = {period: added(found.values()) for period, found in periods.items()}
    links = {
        period: part_page(disclosure_of(edition, next(iter(found)), period.slug), Part.PROJECTS)
        if len(found) == 1
        else None
        for period, found in periods.items()
    }
    several = len(projects.departments()) > 1
    heads = (
        edition.head("gathered.year"),
        *((edition.head("gathered.departments", "end"),) if several else ()),
        edition.head("gathered.projects", "end"),
        edition.head("gathered.sum", "end"),
    )
    rows = tuple(
        Row(
            (
                Cell(_linked(edition, period_name(edition, period), links[period]), header=True),
                *((_number(edition, len(periods[period])),) if several else ()),
                _number(edition, totals[period].projects),
                sum_cell(edition, totals[period], unit),
            ),
            anchor=_anchor(period),
        )
        for period in periods
    )
    table = _table(edition, "gathered.by_year", unit, heads, rows, "by-year-table")
    drawn = [*periods][-2 * COLUMNS :]
    drawing = bar_chart(
        edition,
        edition.say("gathered.by_year.chart"),
        [
            Measured(
                Phrase(period_name(edition, period), edition.lang, literal=True),
                _figure(totals[period], unit),
                unit,
                Target(page) if (page := links[period]) else Target(anchor=_anchor(period)),
            )
            for period in drawn
        ],
    )
    return (Section("by-year", edition.line("gathered.by_year.title"), (*drawing, table), level=3),)


def by_department(edition: Edition, projects: Gathered) -> tuple[Block, ...]:
    """Each department with what its projects add up to in the newest years."""
    departments = projects.departments()
    if len(departments) < 2:
        return ()
    unit = unit_of(edition, projects.totals)
    shown = [*projects.periods()][-COLUMNS:]
    totals = {
        name: {period: found.get(period, added(())) for period in shown}
        for name, found in departments.items()
    }
    newest_of = {
        name: disclosure_of(edition, name, max(found).slug) for name, found in departments.items()
    }
    latest = shown[-1]
    ordered = sorted(
        departments, key=lambda name: (-(totals[name][latest].yuan or 0), name)
    )  # the largest of the newest year first
    heads = (edition.head("department"), *period_heads(edition, shown))
    rows = [
        Row(
            (
                Cell((edition.department_name(newest_of[name]),), header=True),
                *(sum_cell(edition, totals[name][period], unit) for period in shown),
            )
        )
        for name in ordered[:DEPARTMENTS]
    ]
    if others := ordered[DEPARTMENTS:]:
        rest = {period: added(totals[name][period] for name in others) for period in shown}
        label = edition.line("gathered.other_departments", count=len(others))
        rows.append(_total_row(edition, label, 0, rest, shown, unit, ""))
    key, anchor = "gathered.by_department", "by-department-table"
    table = _table(edition, key, unit, heads, rows, anchor, sortable=not others)
    newest = [(totals[name][latest], newest_of[name]) for name in ordered]
    drawing = bar_chart(
        edition,
        labelled(edition, edition.say("gathered.by_department"), period_name(edition, latest)),
        [
            Measured(
                edition.department_name(disclosure),
                _figure(sum_of, unit),
                unit,
                Target(part_page(disclosure, Part.PROJECTS)),
            )
            for sum_of, disclosure in newest[: 2 * COLUMNS]
            if sum_of.projects
        ],
    )
    title = edition.line("gathered.by_department.title")
    return (Section("by-department", title, (*drawing, table), level=3),)


# ---- one by one ------------------------------------------------------------------------------


def one_by_one(
    edition: Edition, projects: Gathered, *, policy: str = "", search: Line
) -> tuple[Block, ...]:
    """A row for each project, its amounts by year, the largest of the newest year first.

    ``policy``: the id of the document that they cite; the last row says what they add up to, with
    those that are not listed. ``search`` says where else the others are found.
    """
    summed = bool(policy)
    if not projects:
        return ()
    periods = [*projects.periods()]
    shown = periods[-COLUMNS:]
    listed = [course for course in projects.courses if max(course.codes) in shown]
    several = len(projects.departments()) > 1
    unit = unit_of(edition, projects.totals)
    heads = (
        edition.head("project.name"),
        *((edition.head("department"),) if several else ()),
        *period_heads(edition, shown),
    )
    rows = [_course_row(edition, course, shown, unit, several) for course in listed]
    others = _others(edition, projects, listed, shown)
    skipped = 1 if several else 0
    if others and summed:
        count = sum(each.projects for each in others.values())
        label = edition.line("gathered.others", count=count)
        rows.append(_total_row(edition, label, skipped, _sums(others, shown), shown, unit, ""))
    if summed and projects.projects > 1:
        label = edition.line("gathered.sum")
        sums = _sums(projects.totals, shown)
        rows.append(_total_row(edition, label, skipped, sums, shown, unit, "total"))
    notes = _notes(edition, projects, periods, shown)
    key = "gathered.one_by_one" if summed else "gathered.one_by_one.used"
    anchor = "projects-table" if summed else ""
    # What is not listed is no project among projects: with it the order has a meaning.
    table = _table(edition, key, unit, heads, rows, anchor, notes, sortable=not others)
    return (table, *_more(edition, others, policy, search))


def _others(
    edition: Edition, projects: Gathered, listed: Sequence[Named], shown: Sequence[Period]
) -> Mapping[tuple[str, str], Total]:
    """What stands in no row, by disclosure: all of it less what the rows show."""
    seen: dict[tuple[str, str], list[str]] = {}
    for course in listed:
        for period, code in course.codes.items():
            if period in shown:
                seen.setdefault((course.department, period.slug), []).append(code)
    found: dict[tuple[str, str], Total] = {}
    for key, whole in projects.totals.items():
        codes = seen.get(key, ())
        if whole.projects == len(codes):
            continue
        disclosure = disclosure_of(edition, *key)
        rows = total((disclosure, disclosure.project(code)) for code in codes)
        left, without = whole.projects - rows.projects, whole.without - rows.without
        known = (whole.yuan or 0) - (rows.yuan or 0) if left > without else None
        found[key] = Total(known if known is None else Decimal(known), left, without)
    return found


def _course_row(
    edition: Edition,
    course: Named,
    shown: Sequence[Period],
    unit: AmountUnit,
    several: bool,
) -> Row:
    newest = max(course.codes)
    disclosure = disclosure_of(edition, course.department, newest.slug)
    project = disclosure.project(course.codes[newest])
    cells = [Cell((edition.project_link(disclosure, project),), header=True)]
    if several:
        cells.append(Cell((edition.department_name(disclosure),)))
    for period in shown:
        if code := course.codes.get(period):
            found = disclosure_of(edition, course.department, period.slug)
            own = found.budget.unit if found.budget else None
            cells.append(figure_cell(edition, found.project(code).file.budget, own, unit))
        else:
            cells.append(Cell((), "end", absence="absent"))
    return Row(tuple(cells))


def _total_row(
    edition: Edition,
    label: Line,
    skipped: int,
    totals: dict[Period, Total],
    shown: Sequence[Period],
    unit: AmountUnit,
    style: str,
) -> Row:
    cells = [Cell(label, header=True)]
    cells += [Cell(())] * skipped
    cells += [sum_cell(edition, totals[period], unit) for period in shown]
    return Row(tuple(cells), "total" if style else "")


def _sums(totals: Mapping[tuple[str, str], Total], shown: Sequence[Period]) -> dict[Period, Total]:
    found: dict[Period, list[Total]] = {period: [] for period in shown}
    for (_, slug), each in totals.items():
        if (period := Period.at(slug)) in found:
            found[period].append(each)
    return {period: added(own) for period, own in found.items()}


def _notes(
    edition: Edition,
    projects: Gathered,
    periods: Sequence[Period],
    shown: Sequence[Period],
) -> tuple[Line, ...]:
    notes: list[Line] = []
    if len(_units(edition, projects.totals)) > 1:
        notes.append(edition.line("gathered.note.converted"))
    if len(shown) > 1:
        notes.append(edition.line("gathered.note.absent"))
    if without := added(projects.totals.values()).without:
        notes.append(edition.line("gathered.note.without", count=without))
    if len(periods) > len(shown):
        notes.append(edition.line("gathered.note.earlier", first=period_name(edition, shown[0])))
    return tuple(notes)


def _more(
    edition: Edition, others: Mapping[tuple[str, str], Total], policy: str, search: Line
) -> tuple[Block, ...]:
    """The way to what is not listed: the project lists of the newest disclosures, the search."""
    if not others:
        return ()
    several = len({department for department, _ in others}) > 1
    newest = sorted(others, key=lambda key: (-Period.at(key[1]).year, key))
    separator = edition.said("list.separator")
    line: list[Inline] = []
    for key in islice(newest, COLUMNS):
        disclosure = disclosure_of(edition, *key)
        title = edition.disclosure_title(disclosure, whose=several)
        text = edition.say("glossary.projects", title=title, count=others[key].projects)
        line += [separator] if line else []
        # The list narrowed to them (``narrowing``), and the whole list without script.
        query = (("kind", f"policy-{policy}"),) if policy else ()
        target = Target(part_page(disclosure, Part.PROJECTS), query=query)
        line.append(Link(Phrase(text, edition.lang, literal=True), target))
    # Where lists narrowed to them lead to all of them, there is nothing to search for.
    search = search if not policy or len(newest) > COLUMNS else ()
    key_ = "gathered.more" if len(newest) <= COLUMNS else "gathered.more.among"
    count = sum(each.projects for each in others.values())
    found_at = edition.sentence(key_, count=count, lists=tuple(line))
    return (Paragraph((*found_at, *search), "note"),)


def search_link(edition: Edition, text: str, *, projects: bool = False) -> Line:
    """A link that opens the search with ``text`` (``search.js`` reads the address).

    Words are looked for side by side, in ``projects`` alone where it is said so.
    """
    apart = " " in text and not set(text) & set('"“”')
    query: tuple[tuple[str, str], ...] = (("q", f'"{text}"' if apart else text),)
    key = "gathered.search"
    if projects:
        query += (("kind", edition.say("search.kind.project")),)
        key = "gathered.search.projects"
    return (Link(edition.said(key, text=text), Target(PageId(Kind.HOME), query=query)),)


def labelled(edition: Edition, label: str, text: str) -> str:
    """``2024年预算：120.00万元``."""
    return f"{label}{edition.say('label.colon')}{text}"


# ---- small things --------------------------------------------------------------------------


def period_heads(edition: Edition, shown: Sequence[Period]) -> tuple[Head, ...]:
    """A column for each period."""
    return tuple(
        Head((Phrase(period_name(edition, period), edition.lang, literal=True),), "end")
        for period in shown
    )


def _table(
    edition: Edition,
    key: str,
    unit: AmountUnit,
    heads: tuple[Head, ...],
    rows: Iterable[Row],
    anchor: str,
    notes: tuple[Line, ...] = (),
    *,
    sortable: bool = False,
) -> Table:
    return Table(
        caption=edition.line(key),
        unit=edition.unit(unit),
        heads=(heads,),
        labels=("", *(line_text(head.line) for head in heads[1:])),
        rows=tuple(rows),
        notes=notes,
        layout="cards" if len(heads) > 2 else "figures",
        anchor=anchor,
        sortable=sortable,
    )


def bar_chart(edition: Edition, title: str, items: Sequence[Measured]) -> tuple[Bars, ...]:
    """A chart of the items; nothing where there are no two bars to compare."""
    if sum(item.yuan > 0 for item in items) < 2:
        return ()
    return chart(edition, title, items)


def _figure(added: Total, unit: AmountUnit) -> Figure:
    if added.yuan is None:
        return Figure("", nothing=Nothing.BLANK)
    return Figure(digits(added.yuan, unit), added.yuan / YUAN_PER[unit])


def _anchor(period: Period) -> str:
    return f"year-{period.year}-{period.kind}"


def _linked(edition: Edition, text: str, page: PageId | None) -> Line:
    phrase = Phrase(text, edition.lang, literal=True)
    return (edition.link(phrase, page) if page else phrase,)


def _number(edition: Edition, count: int) -> Cell:
    return Cell((Phrase(str(count), edition.lang, style="number", literal=True),), "end")
