"""What is drawn of a disclosure: its sources, its kinds of expenditure, its projects, its classes.

All figures of a chart stand in a table: on the same page, or where the chart says. How they are
drawn is in ``drawing``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice, pairwise
from typing import Literal

from disclosure.book import Disclosure, Project
from disclosure.language.interface import of_kind
from disclosure.language.numbers import plain
from disclosure.model.fields import Figure
from disclosure.model.table_forms import Row, Table, TableSide, heading_of, row_name
from disclosure.model.vocabulary import WordKind
from disclosure.site.blocks import (
    Amount,
    Bars,
    Block,
    Line,
    Link,
    Phrase,
    Step,
    Steps,
)
from disclosure.site.edition import Edition, part_page, project_page, table_page, unit_page
from disclosure.site.routes import PageId, Part, Target
from disclosure.site.views.drawing import (
    Measured,
    Whole,
    added_up,
    chart,
    leaders,
    two_scales,
    written,
)
from disclosure.site.views.findings import Marks
from disclosure.site.views.home import all_projects
from disclosure.site.views.official import marks_of

# Classes of a classification that a chart draws.
_CLASSES = 8

# ---- a disclosure ------------------------------------------------------------------------


def figures_page(edition: Edition, disclosure: Disclosure) -> PageId:
    """Where the figures of part two stand: its page, or that of the subordinate unit shown."""
    if edition.unit_shown:
        return unit_page(disclosure, edition.unit_shown)
    return part_page(disclosure, Part.SUMMARY)


def row_anchors(
    edition: Edition, kind: WordKind, labels: Iterable[str], table: str
) -> dict[str, str]:
    """The anchors of rows by printed label; two labels of one word have anchors of their own."""
    uses: Counter[str] = Counter()
    anchors: dict[str, str] = {}
    for label in labels:
        word = edition.book.vocabulary.word(kind, label)
        uses[word.id] += 1
        again = f"-{uses[word.id]}" if uses[word.id] > 1 else ""
        anchors[label] = f"{table}-{word.id}{again}"
    return anchors


def revenue_bars(
    edition: Edition, disclosure: Disclosure, *, beside: bool = False
) -> tuple[Bars, ...]:
    """Where the money comes from. ``beside``: the table stands on the same page."""
    budget = disclosure.budget
    if budget is None:
        return ()
    vocabulary = edition.book.vocabulary
    sources = budget.revenue.sources
    printed = {vocabulary.word("revenue_source", label).id for label in sources}
    anchors = row_anchors(edition, "revenue_source", sources, "revenue")
    page = figures_page(edition, disclosure)
    marks = Marks(edition, disclosure, "budget.yml", ("revenue",), again=True)
    items = [
        Measured(
            _of_which(edition, edition.word("revenue_source", label), within),
            figure,
            budget.unit,
            Target(page, anchors[label]),
            within,
            marks.at("sources", label),
        )
        for label, figure in sources.items()
        for within in (vocabulary.word("revenue_source", label).parent in printed,)
    ]
    table = edition.said(of_kind("summary.revenue.table", disclosure.kind))
    return chart(
        edition,
        edition.say("chart.sources"),
        items,
        Whole("chart.whole.revenue", budget.revenue.total, marks.at("total")),
        more=() if beside else in_table(edition, table, page, "revenue-table"),
    )


def expenditure_bars(
    edition: Edition, disclosure: Disclosure, *, beside: bool = False
) -> tuple[Bars, ...]:
    """Basic expenditure, with personnel and other running costs in it, against projects."""
    budget = disclosure.budget
    if budget is None:
        return ()
    spent, page = budget.expenditure, figures_page(edition, disclosure)
    marks = Marks(edition, disclosure, "budget.yml", ("expenditure",), again=True)
    items = [
        Measured(
            _of_which(
                edition, edition.said(of_kind(f"expenditure.{key}", disclosure.kind)), within
            ),
            figure,
            budget.unit,
            Target(page, f"expenditure-{key.replace('_', '-')}"),
            within,
            marks.at(key),
        )
        for key, figure, within in (
            ("basic", spent.basic, False),
            ("personnel", spent.personnel, spent.basic is not None),
            ("non_personnel", spent.non_personnel, spent.basic is not None),
            ("projects", spent.projects, False),
            ("carried_forward", spent.carried_forward, False),
        )
        if figure is not None
    ]
    table = edition.said(of_kind("summary.expenditure.table", disclosure.kind))
    return chart(
        edition,
        edition.say("overview.kinds"),
        items,
        Whole("chart.whole.expenditure", spent.total, marks.at("total")),
        more=() if beside else in_table(edition, table, page, "expenditure-table"),
    )


def _of_which(edition: Edition, label: Phrase, within: bool) -> Phrase:
    return edition.said("table.of_which", item=label.text) if within else label


def in_table(edition: Edition, title: Phrase, page: PageId, anchor: str) -> tuple[Line]:
    """Where the figures of a chart stand in a table, for ``more``."""
    return (edition.sentence("chart.table", table=Link(title, Target(page, anchor))),)


# ---- projects ----------------------------------------------------------------------------


def project_bars(
    edition: Edition, disclosure: Disclosure, most: int | None = None
) -> tuple[Block, ...]:
    """The projects by amount, largest first: all, or ``most`` and the way to the others.

    Where a few are so large that the others could not be read, these are drawn once more on a scale
    of their own, which says how many times larger it is.
    """
    budget = disclosure.budget
    if budget is None:
        return ()

    def measured(project: Project) -> Measured:
        return Measured(
            edition.phrase(project.file.name, project.code, literal=True),
            project.file.budget,
            budget.unit,
            Target(project_page(disclosure, project.code)),
            marks=marks_of(edition, disclosure, project, again=True).at("budget"),
        )

    largest = sorted(disclosure.projects, key=lambda project: -project.file.budget.number)
    items = [measured(project) for project in largest]
    above = [item for item in items if item.yuan > 0]
    if len(above) < 2:
        return ()
    drawn = above[:most]
    first = leaders([item.yuan for item in drawn])
    whole = Whole(
        of_kind("chart.whole.projects", disclosure.kind),
        added_up(item.figure for item in items),
    )
    more = _other_total(edition, disclosure, whole)
    if most is not None:
        page = part_page(disclosure, Part.PROJECTS)
        table = edition.said("projects.table.caption")
        more += in_table(edition, table, page, "projects-table")
    if first == 0:
        title = edition.say("overview.projects")
        charts = chart(edition, title, items, whole, most=most, more=more)
    else:
        charts = two_scales(edition, items, drawn, first, whole, more)
    if most is None or len(items) <= most:
        return charts
    return (*charts, all_projects(edition, disclosure))


def _other_total(edition: Edition, disclosure: Disclosure, whole: Whole) -> tuple[Line, ...]:
    """That the projects do not add up to the project expenditure that the document prints."""
    assert disclosure.budget is not None and whole.printed is not None
    printed, unit = disclosure.budget.expenditure.projects, disclosure.budget.unit
    if printed is None or printed.value is None or printed.value == whole.printed.number:
        return ()
    difference = written(whole.printed.number - printed.value, (printed, whole.printed))
    marks = Marks(edition, disclosure, "budget.yml", again=True).at("expenditure", "projects")
    return (
        edition.sentence(
            "chart.differs",
            sum=edition.amount(whole.printed, unit),
            whole=edition.said("chart.whole.project_expenditure"),
            total=(*edition.amount(printed, unit), *marks),
            difference=edition.amount(difference, unit),
        ),
    )


# ---- classifications ---------------------------------------------------------------------

# Tables by functional class, the widest first, and by economic class.
_STRUCTURES = (
    ("expenditure", "revenue-expenditure", "general-public-budget"),
    ("basic-expenditure",),
)
_AMOUNT_COLUMNS = ("total", "actual", "budget")


def class_bars(
    edition: Edition, disclosure: Disclosure, table: Table, given: TableSide, *, beside: bool = True
) -> tuple[Bars, ...]:
    """The classes (类) of a side that lists headings of a classification; () for other sides.

    Sections and items are parts of their class and not drawn. A table by institution has a class
    once for each: they are added up.
    """
    side = given.side
    column = next((key for key in _AMOUNT_COLUMNS if any(c.id == key for c in side.columns)), None)
    if side.kind is None or column is None:
        return ()
    unit = table.unit or (disclosure.budget.unit if disclosure.budget else "万元")
    page = _table_page(edition, disclosure, table)
    marks = Marks(edition, disclosure, f"tables/{table.form.id}.yml", again=True)
    items: list[Measured] = []
    for rows in _classes(edition, disclosure, given):
        figures = [found for row in rows if (found := row.figure(column)) is not None]
        if not figures:
            continue
        label = row_name(
            side, rows[0], edition.lang, edition.book.classification, disclosure.header.year
        )
        name = rows[0].item or rows[0].code or ""
        code = rows[0].joined
        anchor = (
            heading_anchor(edition, table, given, code) if code else table_anchor(table, given)
        )
        items.append(
            Measured(
                edition.phrase(name) if label is None else Phrase(label, edition.lang),
                _together(figures),
                unit,
                Target(page, anchor),
                marks=tuple(m for row in rows for m in marks.at(*row.path, column)),
            )
        )
    if len([item for item in items if item.yuan > 0]) < 2:
        return ()
    items.sort(key=lambda item: -item.yuan)
    total = next((row for row in given.rows if row.style == "total" and not row.institution), None)
    whole = Whole(
        "chart.whole.table",
        total.figure(column) if total else None,
        marks.at(*total.path, column) if total else (),
    )
    kind: Literal["functional", "economic"] = side.kind
    form = Phrase(table.form.title[edition.lang], edition.lang)
    title = edition.say(f"chart.{kind}", table=form.text)
    more = () if beside else in_table(edition, form, page, table_anchor(table, given))
    return chart(edition, title, items, whole, most=_CLASSES, more=more)


def _together(figures: Sequence[Figure]) -> Figure:
    return figures[0] if len(figures) == 1 else added_up(figures)


def table_anchor(table: Table, given: TableSide) -> str:
    """The anchor of one side of a statutory table."""
    return f"{table.form.id}-{given.side.id}".replace("_", "-")


def heading_anchor(edition: Edition, table: Table, given: TableSide, code: str) -> str:
    """The anchor of the row of a heading. The tables of a subordinate unit share a page."""
    of_table = f"{table.form.id}-" if edition.unit_shown else ""
    return f"{of_table}{given.side.id}-code-{code}".replace("_", "-")


def _table_page(edition: Edition, disclosure: Disclosure, table: Table) -> PageId:
    if edition.unit_shown:
        return unit_page(disclosure, edition.unit_shown)
    return table_page(disclosure, table.form.id)


def _classes(edition: Edition, disclosure: Disclosure, given: TableSide) -> Iterator[Sequence[Row]]:
    """The rows of each class, in the order of the table; rows of all institutions come first."""
    found: dict[str, list[Row]] = {}
    for row in given.rows:
        if row.style:
            continue
        heading = heading_of(given.side, row, edition.book.classification, disclosure.header.year)
        code = row.joined or (heading.code if heading else "")
        if len(code) == 3:
            found.setdefault(code, []).append(row)
    for rows in found.values():
        alone = [row for row in rows if not row.institution]
        yield alone[:1] or rows


def structure_bars(edition: Edition, disclosure: Disclosure) -> tuple[Bars, ...]:
    """The functional and the economic structure, each of the widest table that gives classes."""
    charts: list[Bars] = []
    for forms in _STRUCTURES:
        drawn = (
            bars
            for form in forms
            if (table := disclosure.tables.get(form)) is not None
            for given in table.sides
            for bars in class_bars(edition, disclosure, table, given, beside=False)
        )
        charts += islice(drawn, 1)
    return tuple(charts)


# ---- a schedule --------------------------------------------------------------------------


def schedule_steps(
    edition: Edition, disclosure: Disclosure, project: Project, marks: Marks
) -> Steps:
    """The cumulative shares (%) of a project's schedule; a blank stays one, a fall is shown."""
    target = Target(project_page(disclosure, project.code), "official-table")
    schedule = project.file.schedule
    values = [share.value for share in schedule.values()]
    changes = ["", *(_step_change(edition, a, b) for a, b in pairwise(values))]
    if values:
        changes[0] = edition.say("step.first" if values[0] is not None else "step.none")
    return Steps(
        edition.say("project.schedule"),
        tuple(
            Step(
                edition.period(label).text,
                _printed(edition, share),
                None if share.value is None else float(share.value / 100),
                target,
                change,
                _height(edition, share.value),
                marks.at(label),
            )
            for (label, share), change in zip(schedule.items(), changes, strict=True)
        ),
    )


def _printed(edition: Edition, share: Figure) -> str:
    line = edition.figure(share).line
    return "".join(part.text for part in line if isinstance(part, Phrase | Amount))


def _step_change(edition: Edition, before: Decimal | None, now: Decimal | None) -> str:
    if now is None:
        return edition.say("step.none")
    if before is None:
        return edition.say("step.after_gap")
    if now == before:
        return edition.say("step.same")
    key = "step.up" if now > before else "step.down"
    return edition.say(key, points=f"{abs(now - before).normalize():f}")


def _height(edition: Edition, share: Decimal | None) -> str:
    if share is None:
        return edition.say("step.place")
    if share < 0:
        return edition.say("step.negative")
    if share > 100:
        return edition.say("step.over")
    return edition.say("step.height", percent=f"{plain(share)}%")
