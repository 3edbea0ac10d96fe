"""A disclosure in plain words: a few generated sentences that say what its figures say.

Every amount is a figure as printed, or the exact difference of the two said with it. A percentage
is computed with decimals and rounded once, half to even, to one decimal place (as everywhere on
the site); where that would say 0.0% or 100.0% of what is neither nothing nor all, words say so.
What the document does not give is not said, nor computed into existence. That the data changed
since an edition stands beside the number of the edition, on the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from string import Formatter
from typing import Literal

from babel.lists import format_list

from disclosure.book import Disclosure, Project
from disclosure.language.interface import of_count, of_kind
from disclosure.language.numbers import YUAN_PER, percent, plain
from disclosure.model.budget import BudgetFile
from disclosure.model.fields import AmountUnit, Figure, Nothing
from disclosure.problems import Severity
from disclosure.site.blocks import (
    Inline,
    Items,
    Line,
    Paragraph,
    Phrase,
    Section,
    line_text,
)
from disclosure.site.edition import Edition, disclosure_page, part_page
from disclosure.site.places import Listed
from disclosure.site.routes import Kind, Part
from disclosure.site.views.findings import Marks
from disclosure.site.views.years import before

# Projects of the same largest amount that are named; more of them are counted.
_NAMED = 3
# The share of the largest few is worth a clause where there are at least twice as many.
_FEW = 3
_SIGN = re.compile(r"^[\s+\-\u2212\uff0b\uff0d]+")


def section(edition: Edition, disclosure: Disclosure) -> tuple[Section, ...]:
    """The sentences under a heading of their own; nothing where there is nothing to say.

    They repeat figures of the page, so the search does not read them.
    """
    lines = sentences(edition, disclosure)
    if not lines:
        return ()
    note = Paragraph(edition.line("words.note"), "note")
    title = edition.line("words.title")
    return (Section("in-words", title, (Items(lines), note), searched=False),)


def abstract(edition: Edition, lines: Iterable[Line], room: int) -> str:
    """The first sentences as text, as many as fit into ``room`` characters; perhaps none."""
    text = ""
    for line in lines:
        longer = f"{text}{' ' if text and edition.lang == 'en' else ''}{line_text(line)}"
        if len(longer) > room:
            break
        text = longer
    return text


def sentences(edition: Edition, disclosure: Disclosure) -> tuple[Line, ...]:
    """All sentences in order, the same in number and order in both languages."""
    budget = disclosure.budget
    said: list[Iterator[Line]] = []
    if budget is not None:
        said += [_totals(edition, disclosure, budget), _kinds(edition, disclosure, budget)]
    said.append(_projects(edition, disclosure))
    if budget is not None:
        said += [
            _small(edition, disclosure, budget),
            _changes(edition, disclosure, budget),
            _missing(edition, budget),
        ]
    said.append(_checks(edition, disclosure))
    return tuple(line for lines in said for line in lines)


# ---- totals and kinds --------------------------------------------------------------------


def _totals(edition: Edition, disclosure: Disclosure, budget: BudgetFile) -> Iterator[Line]:
    document = _document(edition, disclosure)
    revenue, spent = budget.revenue.total, budget.expenditure.total
    received, spending = _value(revenue), _value(spent)
    amount = _Amounts(edition, disclosure, budget.unit)
    if received is not None and spending is not None:
        both = {
            "document": document,
            "revenue": amount.of(revenue, "revenue", "total"),
            "expenditure": amount.of(spent, "expenditure", "total"),
        }
        if received == spending:
            total = (*both["revenue"], *amount.marks("expenditure", "total"))
            yield edition.sentence("words.totals.equal", document=document, total=total)
        else:
            key = "words.totals.surplus" if received > spending else "words.totals.deficit"
            apart = amount.computed(abs(received - spending))
            yield edition.sentence(key, **both, difference=apart)
    elif received is not None:
        total = amount.of(revenue, "revenue", "total")
        yield edition.sentence("words.totals.revenue", document=document, total=total)
    elif spending is not None:
        total = amount.of(spent, "expenditure", "total")
        yield edition.sentence("words.totals.expenditure", document=document, total=total)


def _kinds(edition: Edition, disclosure: Disclosure, budget: BudgetFile) -> Iterator[Line]:
    """Basic and project expenditure with their shares, and what is left for the next year."""
    spent = budget.expenditure
    amount = _Amounts(edition, disclosure, budget.unit)
    kinds: list[Line] = []
    shared = False
    for key, figure in (("basic", spent.basic), ("projects", spent.projects)):
        if (value := _value(figure)) is None:
            continue
        share = _share(edition, value, _value(spent.total))
        kinds.append(
            edition.sentence(
                of_kind(f"words.kind.{key}", disclosure.kind),
                amount=amount.of(figure, "expenditure", key),
                share=_in_brackets(edition, share, again=shared),
            )
        )
        shared = shared or bool(share)
    if not kinds:
        return
    left = _value(spent.carried_forward)
    rest: Line = ()
    if left is not None and left > 0:
        share = _share(edition, left, _value(spent.total))
        rest = edition.sentence(
            of_kind("words.carried", disclosure.kind),
            amount=amount.of(spent.carried_forward, "expenditure", "carried_forward"),
            share=_in_brackets(edition, share, again=shared),
        )
    key = of_kind("words.kinds", disclosure.kind)
    yield edition.sentence(key, kinds=_listed(edition, kinds), rest=rest)


def _in_brackets(edition: Edition, share: str, again: bool) -> Line:
    if not share:
        return ()
    return edition.line("words.share.again" if again else "words.share", share=share)


# ---- projects ----------------------------------------------------------------------------


def _projects(edition: Edition, disclosure: Disclosure) -> Iterator[Line]:
    projects = disclosure.projects
    count = len(projects)
    if not count:
        return
    unit = disclosure.budget.unit if disclosure.budget else None
    if count == 1:
        (only,) = projects
        link = edition.project_link(disclosure, only)
        if unit is None:
            yield edition.sentence("words.project", project=link)
        elif only.file.budget.value is None:
            yield edition.sentence("words.project.silent", project=link)
        else:
            shown = _project_amount(edition, disclosure, only, unit)
            yield edition.sentence("words.project.amount", project=link, amount=shown)
        return
    text = edition.say("home.projects", count=count)
    link = edition.link(text, part_page(disclosure, Part.PROJECTS))
    if unit is None:
        yield edition.sentence("words.count", projects=link, more=())
        return
    known = [each for each in projects if each.file.budget.value is not None]
    silent = count - len(known)
    more: Line = ()
    if silent == count:
        more = edition.line("words.silent.all")
    elif silent:
        key = of_count(silent, "words.silent.one", "words.silent")
        more = edition.line(key, count=silent)
    more = (*more, *_largest(edition, disclosure, known, unit))
    yield edition.sentence("words.count", projects=link, more=more)


def _largest(
    edition: Edition, disclosure: Disclosure, known: Sequence[Project], unit: AmountUnit
) -> Line:
    """The clause about the largest projects. Shares are of all projects, so all must be known."""
    values = [each.file.budget.number for each in known]
    most = max(values, default=Decimal(0))
    if most <= 0:
        return ()
    largest = [each for each in known if each.file.budget.number == most]
    amount = _project_amount(edition, disclosure, largest[0], unit)
    names = _listed(edition, [(edition.project_link(disclosure, each),) for each in largest])
    complete = len(known) == len(disclosure.projects) and min(values) >= 0
    total = sum(values, Decimal(0))

    def portion(part: Decimal, key: str) -> Line:
        share = _share(edition, part, total) if complete else ""
        return edition.line(key, share=share, count=_FEW) if share else ()

    if len(known) == 1:
        return edition.sentence("words.largest.only", project=names, amount=amount)
    if len(largest) == len(disclosure.projects):
        return edition.sentence("words.largest.all", amount=amount)
    if len(largest) > _NAMED:
        share = portion(most * len(largest), "words.largest.together")
        key, count = "words.largest.many", len(largest)
        return edition.sentence(key, count=count, amount=amount, share=share)
    if len(largest) > 1:
        share = portion(most * len(largest), "words.largest.together")
        key, count = "words.largest.tied", len(largest)
        return edition.sentence(key, count=count, projects=names, amount=amount, share=share)
    share = portion(most, "words.largest.share")
    if len(values) >= 2 * _FEW:
        few = sum(sorted(values, reverse=True)[:_FEW], Decimal(0))
        share = (*share, *portion(few, "words.largest.few"))
    return edition.sentence("words.largest", project=names, amount=amount, share=share)


def _project_amount(
    edition: Edition, disclosure: Disclosure, project: Project, unit: AmountUnit
) -> Line:
    marks = Marks(edition, disclosure, f"projects/{project.code}.yml", again=True)
    return (*edition.amount(project.file.budget, unit), *marks.at("budget"))


# ---- operating and “three public” expenses -----------------------------------------------


def _small(edition: Edition, disclosure: Disclosure, budget: BudgetFile) -> Iterator[Line]:
    amount = _Amounts(edition, disclosure, budget.unit)
    operating, public = budget.agency_operating, budget.three_public
    has_operating = operating is not None and _value(operating.total) is not None
    has_public = public is not None and _value(public.total) is not None
    values: dict[str, Line] = {}
    if operating is not None and has_operating:
        values["operating"] = amount.of(operating.total, "agency_operating", "total")
    if public is not None and has_public:
        change = _public_change(edition, disclosure, budget)
        values["public"] = (*amount.of(public.total, "three_public", "total"), *change)
    if has_operating and has_public:
        yield edition.sentence(of_kind("words.small", disclosure.kind), **values)
    elif has_operating:
        yield edition.sentence(of_kind("words.small.operating", disclosure.kind), **values)
    elif has_public:
        yield edition.sentence(of_kind("words.small.public", disclosure.kind), **values)


def _public_change(edition: Edition, disclosure: Disclosure, budget: BudgetFile) -> Line:
    """The printed change; where none is printed, the figure of the year before."""
    amount = _Amounts(edition, disclosure, budget.unit)
    assert budget.three_public is not None
    if change := budget.three_public.change:
        if (value := change.total.value) is None:
            return ()
        marks = amount.marks("three_public", "change", "total")
        if value == 0:
            return (*edition.line("words.public.same", year=change.since), *marks)
        key = "words.public.more" if value > 0 else "words.public.less"
        shown = (*amount.unsigned(change.total), *marks)
        return edition.sentence(key, year=change.since, amount=shown)
    other = before(edition, disclosure)
    last = other.budget if other else None
    if other is None or last is None or last.three_public is None:
        return ()
    if _value(last.three_public.total) is None:
        return ()
    shown = amount.converted(last.three_public.total, last.unit)
    document = _document(edition, other)
    return edition.sentence("words.public.before", document=document, amount=shown)


# ---- what changed ------------------------------------------------------------------------


def _changes(edition: Edition, disclosure: Disclosure, budget: BudgetFile) -> Iterator[Line]:
    """Accounts beside their budget, or a year beside the last, or the printed changes."""
    for compared in (_against_budget, _since_last_year, _printed_changes):
        if line := compared(edition, disclosure, budget):
            yield line
            return


def _against_budget(edition: Edition, disclosure: Disclosure, budget: BudgetFile) -> Line:
    """How much of the budget of the same year was spent, in final accounts.

    A total that holds a carry-over to the next year is not what was spent: there basic and project
    expenditure are compared instead.
    """
    other = next(
        (
            each
            for each in edition.siblings(disclosure)
            if each.kind == "budget" and each.header.year == disclosure.header.year
        ),
        None,
    )
    planned = other.budget if other else None
    if disclosure.kind != "final" or other is None or planned is None:
        return ()
    amount = _Amounts(edition, disclosure, budget.unit)
    carried = [_value(each.expenditure.carried_forward) for each in (budget, planned)]
    keys = ("basic", "projects") if any(carried) else ("total",)
    clauses: list[Line] = []
    for key in keys:
        figure, plan = getattr(budget.expenditure, key), getattr(planned.expenditure, key)
        spent, meant = _value(figure), _in_unit(plan, planned.unit, budget.unit)
        if spent is None or meant is None:
            continue
        what = edition.said(f"words.{key}")
        shown = amount.converted(plan, planned.unit)
        if spent == meant:
            clauses.append(edition.sentence("words.against.same", what=what, planned=shown))
        elif share := _percent(edition, spent, meant):
            clauses.append(edition.sentence("words.against", what=what, planned=shown, share=share))
    if not clauses:
        return ()
    said = _listed(edition, clauses, clauses=True)
    document = _document(edition, other)
    return edition.sentence("words.against.budget", document=document, changes=said)


def _since_last_year(edition: Edition, disclosure: Disclosure, budget: BudgetFile) -> Line:
    other = before(edition, disclosure)
    last = other.budget if other else None
    if other is None or last is None:
        return ()
    now = _value(budget.expenditure.total)
    then = _in_unit(last.expenditure.total, last.unit, budget.unit)
    if now is None or then is None:
        return ()
    amount = _Amounts(edition, disclosure, budget.unit)
    what = edition.said("words.total")
    if now == then:
        main = edition.sentence("words.since.same", what=what)
    else:
        key = "words.since.more" if now > then else "words.since.less"
        main = edition.sentence(
            key,
            what=what,
            before=amount.converted(last.expenditure.total, last.unit),
            now=amount.of(budget.expenditure.total, "expenditure", "total"),
            percent=_by_percent(edition, now, then),
        )
    parts: list[Line] = []
    for key in ("basic", "projects"):
        part = _value(getattr(budget.expenditure, key))
        was = _in_unit(getattr(last.expenditure, key), last.unit, budget.unit)
        if part is None or was is None or (part != was and (was <= 0 or part < 0)):
            continue
        what = edition.said(f"words.{key}")
        if part == was:
            parts.append(edition.sentence("words.part.same", what=what))
        else:
            key = "words.part.more" if part > was else "words.part.less"
            percent = _percent(edition, abs(part - was), was)
            parts.append(edition.sentence(key, what=what, percent=percent))
    document = _document(edition, other)
    if not parts:
        return edition.sentence("words.since", document=document, change=main)
    said = _listed(edition, parts, clauses=True)
    return edition.sentence("words.since.parts", document=document, change=main, parts=said)


def _by_percent(edition: Edition, now: Decimal, then: Decimal) -> Line:
    """``，增长6.4%``; nothing from zero, and nothing where a figure is negative."""
    if then <= 0 or now < 0:
        return ()
    key = "words.percent.more" if now > then else "words.percent.less"
    return edition.line(key, percent=_percent(edition, abs(now - then), then))


def _printed_changes(edition: Edition, disclosure: Disclosure, budget: BudgetFile) -> Line:
    if (change := budget.change) is None:
        return ()
    amount = _Amounts(edition, disclosure, budget.unit)
    clauses: list[Line] = []
    for key, figure in (
        ("both", change.total),
        ("basic", change.basic),
        ("projects", change.projects),
    ):
        if figure is None or figure.value is None:
            continue
        what = edition.said(f"words.{key}")
        marks = amount.marks("change", "total" if key == "both" else key)
        if figure.value == 0:
            clauses.append((*edition.sentence("words.printed.same", what=what), *marks))
        else:
            clause = "words.printed.more" if figure.value > 0 else "words.printed.less"
            shown = (*amount.unsigned(figure), *marks)
            clauses.append(edition.sentence(clause, what=what, amount=shown))
    if not clauses:
        return ()
    document = edition.line(f"words.document.{disclosure.kind}", year=change.since)
    said = _listed(edition, clauses, clauses=True)
    return edition.sentence("words.printed", document=document, changes=said)


# ---- what is missing, what does not agree ------------------------------------------------


def _missing(edition: Edition, budget: BudgetFile) -> Iterator[Line]:
    """Main figures that the document does not print. What is not applicable is not missing."""
    spent = budget.expenditure
    wanted = (
        ("revenue", budget.revenue.total),
        ("total", spent.total),
        ("basic", spent.basic),
        ("projects", spent.projects),
    )
    keys = [key for key, figure in wanted if figure is None or _blank(figure)]
    for key, expenses in (
        ("operating", budget.agency_operating),
        ("three_public", budget.three_public),
    ):
        # Not every department has them: only an empty place is missing something.
        if expenses is not None and expenses.total is not None and _blank(expenses.total):
            keys.append(key)
    if keys:
        names: list[Line] = [edition.line(f"words.{key}") for key in keys]
        yield edition.sentence("words.missing", what=_listed(edition, names, style="or"))


def _checks(edition: Edition, disclosure: Disclosure) -> Iterator[Line]:
    """What the page of data checks shows, and how much of it the editors explain; hints aside."""
    if not edition.shows_checks:
        return
    listed = [
        each
        for each in edition.listed(disclosure).findings
        if each.finding.problem.severity is not Severity.HINT
    ]
    differ = [each for each in listed if each.finding.check]
    incomplete = [each for each in listed if not each.finding.check]
    count = len(edition.examined(disclosure).checks)
    link = edition.link(edition.say("checks"), disclosure_page(disclosure, Kind.CHECKS))
    found: list[Line] = []
    for group, one, some in (
        (differ, "words.differ.one", "words.differ"),
        (incomplete, "words.incomplete.one", "words.incomplete"),
    ):
        if group:
            explained = edition.say("parenthesis", text=_explained(edition, group))
            key = of_count(len(group), one, some)
            found.append(edition.line(key, count=len(group), explained=explained))
    said = _listed(edition, found)
    if count and not differ:
        key = of_count(count, "words.checks.agree.one", "words.checks.agree")
        rest = edition.sentence("words.checks.rest", found=said) if found else ()
        yield edition.sentence(key, count=count, rest=rest, checks=link)
    elif found:
        yield edition.sentence("words.checks.found", found=said, checks=link)


def _explained(edition: Edition, group: Sequence[Listed]) -> str:
    explained = sum(each.finding.problem.acknowledged for each in group)
    if not explained:
        return edition.say("words.explained.none")
    if explained < len(group):
        return edition.say("words.explained.some", count=explained)
    return edition.say(of_count(explained, "words.explained.one", "words.explained.all"))


# ---- amounts, percentages, lists ---------------------------------------------------------


class _Amounts:
    """The figures of ``budget.yml`` as they are said, with the marks of the data checks."""

    def __init__(self, edition: Edition, disclosure: Disclosure, unit: AmountUnit) -> None:
        self._edition, self._unit = edition, unit
        self._marks = Marks(edition, disclosure, "budget.yml", again=True)

    def of(self, figure: Figure | None, *path: str) -> Line:
        """A printed figure that has a value, and its marks."""
        assert figure is not None
        return (*self._edition.amount(figure, self._unit), *self.marks(*path))

    def marks(self, *path: str) -> Line:
        return self._marks.at(*path)

    def unsigned(self, figure: Figure) -> Line:
        """A printed change without its sign, which the words say."""
        assert figure.value is not None
        printed = _SIGN.sub("", figure.printed)
        return self._edition.amount(Figure(printed, abs(figure.value)), self._unit)

    def computed(self, value: Decimal) -> Line:
        return self._edition.amount(Figure(plain(value), value), self._unit)

    def converted(self, figure: Figure | None, unit: AmountUnit) -> Line:
        """A figure of another document: as printed, or exactly in the unit of this one."""
        assert figure is not None
        if unit == self._unit:
            return self._edition.amount(figure, unit)
        value = _in_unit(figure, unit, self._unit)
        assert value is not None
        return self.computed(value.normalize())


def _value(figure: Figure | None) -> Decimal | None:
    return figure.value if figure is not None else None


def _blank(figure: Figure) -> bool:
    return figure.nothing is Nothing.BLANK


def _in_unit(figure: Figure | None, unit: AmountUnit, wanted: AmountUnit) -> Decimal | None:
    value = _value(figure)
    return None if value is None else value * YUAN_PER[unit] / YUAN_PER[wanted]


def _document(edition: Edition, disclosure: Disclosure) -> Line:
    """``2024年预算`` or ``the 2024 budget``."""
    return edition.line(f"words.document.{disclosure.kind}", year=disclosure.header.year)


def _share(edition: Edition, part: Decimal, whole: Decimal | None) -> str:
    """The share of a part that is some of a whole; empty otherwise."""
    if whole is None or not 0 < part <= whole:
        return ""
    return _percent(edition, part, whole)


def _percent(edition: Edition, part: Decimal, whole: Decimal) -> str:
    """``part`` as a percentage of ``whole`` > 0; empty where it is none."""
    if whole <= 0 or part < 0:
        return ""
    if part in (0, whole):
        return "100%" if part else "0%"
    shown = percent(part / whole, grouped=True)
    match shown:
        case "0.0%":
            return edition.say("words.percent.least")
        case "100.0%":
            return edition.say("words.percent.almost" if part < whole else "words.percent.over")
        case _:
            return shown


def _listed(
    edition: Edition,
    lines: Iterable[Line],
    style: Literal["standard", "or"] = "standard",
    clauses: bool = False,
) -> Line:
    """Lines as a list in a sentence: ``a、b和c``, ``a, b and c``; Chinese clauses with commas."""
    items = list(lines)
    places = [f"{{{index}}}" for index in range(len(items))]
    if edition.lang == "en":
        pattern = format_list(places, style, locale="en_GB")
    else:
        pattern = "，".join(places) if clauses else format_list(places, locale="zh")
    joined: list[Inline] = []
    for text, index, _, _ in Formatter().parse(pattern):
        if text:
            joined.append(Phrase(text, edition.lang))
        if index is not None:
            joined += items[int(index)]
    return tuple(joined)
