"""The departments of a site with many of them: one table by letter, and one for every year.

A row needs nothing but its own department, the beginning that the names share and the names of the
departments that came after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from disclosure.book import Book, Department, Disclosure
from disclosure.language.initials import NONE, initial, order, shared_beginning
from disclosure.language.numbers import YUAN_PER, unit_name
from disclosure.model.department import DepartmentKind
from disclosure.model.fields import AmountUnit
from disclosure.site.blocks import (
    Amount,
    Block,
    Cell,
    Choice,
    Filter,
    Items,
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
from disclosure.site.edition import Edition, overview_page
from disclosure.site.followed import Period
from disclosure.site.routes import Kind, PageId, Target
from disclosure.site.views.gathered import figure_cell, period_heads, period_name, table_unit

MANY = 12
"""Departments up to which the home page shows each with all its disclosures."""

# The columns as the address of a page names them, the same in both languages.
_COLUMNS = ("letter", "name", "amount", "newest")


@dataclass(frozen=True, slots=True)
class Listed:
    """A department in the order of the list. ``disclosures``: those that the list is about."""

    department: Department
    letter: str
    disclosures: tuple[Disclosure, ...]

    @property
    def anchor(self) -> str:
        """Where its row stands."""
        return f"department-{self.department.slug}"


def disclosing(edition: Edition) -> tuple[Department, ...]:
    """The departments that have disclosed anything."""
    return tuple(each for each in edition.book.departments if each.disclosures)


def successors(edition: Edition, department: Department) -> list[Department]:
    """The departments that came after this one and have disclosures on the site."""
    slugs = department.file.successors
    return [each for each in edition.book.departments if each.slug in slugs and each.disclosures]


def succeeded(edition: Edition, department: Department) -> Line:
    """Which departments came after this one; nothing where there are none."""
    line: Line = ()
    for other in successors(edition, department):
        line += (Phrase(edition.say("list.separator"), edition.lang),) if line else ()
        name = edition.department_name(other.disclosures[0])
        line += (edition.link(name, PageId(Kind.DEPARTMENT, other.slug)),)
    label = edition.say("department.successor") + edition.say("label.colon")
    return (Phrase(label, edition.lang), *line) if line else ()


def index(edition: Edition, departments: Sequence[Department]) -> tuple[Block, ...]:
    """The ways to every department: by year, by letter, and the table with the newest of each."""
    listed, shared = _in_order(edition, departments)
    newest = [each.disclosures[0] for each in listed]
    unit = table_unit(each.budget.unit for each in newest if each.budget)
    kinds = _kinds(edition, listed)
    heads = (
        edition.head("departments.letter"),
        edition.head("department"),
        edition.head("key.expenditure", "end"),
        edition.head("departments.newest"),
    )
    rows = tuple(
        Row(
            (
                *_name(edition, each),
                _total(edition, each.disclosures[0], unit),
                Cell(_newest(edition, each)),
            ),
            anchor=each.anchor,
            kinds=(each.department.file.kind,) if kinds and each.department.file.kind else (),
        )
        for each in listed
    )
    table = Table(
        caption=edition.line("departments.list"),
        unit=edition.unit(unit),
        heads=(heads,),
        labels=("", "", line_text(heads[2].line), ""),
        rows=rows,
        notes=_notes(edition, shared, newest),
        layout="list",
        anchor="departments-table",
        sortable=True,
        filter=Filter(
            _COLUMNS,
            unit_name(unit, edition.lang),
            YUAN_PER[unit],
            ((edition.say("departments.kind"), kinds),) if kinds else (),
            "departments.words",
        ),
    )
    return (
        Paragraph(edition.line("departments.by_year"), "note"),
        _years(edition, departments),
        Paragraph(edition.line("departments.by_letter"), "note"),
        _letters(edition, listed),
        table,
    )


def year_pages(edition: Edition) -> tuple[Page, ...]:
    """A page for each year with all departments, the newest first; none on a small site."""
    departments = disclosing(edition)
    return tuple(_year(edition, int(id.item), departments) for id in year_ids(edition.book))


def year_ids(book: Book) -> tuple[PageId, ...]:
    """The pages of years that the site has."""
    departments = [each for each in book.departments if each.disclosures]
    if len(departments) <= MANY:
        return ()
    return tuple(map(year_page, _all_years(departments)))


def year_page(year: int) -> PageId:
    """The page of a year."""
    return PageId(Kind.YEAR, item=str(year))


def _year(edition: Edition, year: int, departments: Sequence[Department]) -> Page:
    listed, shared = _in_order(edition, departments, year)
    periods = sorted({Period.of(each) for one in listed for each in one.disclosures})
    every = [each for one in listed for each in one.disclosures]
    unit = table_unit(each.budget.unit for each in every if each.budget)
    heads = (
        edition.head("departments.letter"),
        edition.head("department"),
        *period_heads(edition, periods),
    )
    rows = []
    for each in listed:
        own = {Period.of(disclosure): disclosure for disclosure in each.disclosures}
        cells = (_linked(edition, own.get(period), unit) for period in periods)
        rows.append(Row((*_name(edition, each), *cells), anchor=each.anchor))
    title = edition.say("year.title", year=year)
    table = Table(
        caption=edition.line("year.list", year=year),
        unit=edition.unit(unit),
        heads=(heads,),
        labels=("", "", *(line_text(head.line) for head in heads[2:])),
        rows=tuple(rows),
        notes=_notes(edition, shared, every),
        layout="list",
        anchor="departments-table",
        sortable=True,
    )
    return Page(
        id=year_page(year),
        lang=edition.lang,
        title=Phrase(title, edition.lang, literal=True),
        short_title=title,
        description=f"{edition.site_name} · {title}",
        blocks=(
            Paragraph(edition.line("year.lead", year=year, count=len(listed)), "lead"),
            Section(
                "departments",
                edition.line("departments"),
                (_years(edition, departments), _letters(edition, listed), table),
            ),
        ),
        eyebrow=(edition.link(edition.say("home"), PageId(Kind.HOME)),),
        kind_label=edition.say("search.kind.page"),
        weight=3,
        source_file="site.yml",
    )


def _in_order(
    edition: Edition, departments: Sequence[Department], year: int = 0
) -> tuple[tuple[Listed, ...], str]:
    """The departments (of ``year`` where one is asked for) by letter, and what names begin with.

    Every list of a site has the same order: the name is that of the newest disclosure.
    """
    names = {each.slug: edition.department_name(each.disclosures[0]) for each in departments}
    shared = shared_beginning((name.text for name in names.values()), edition.lang)
    found: list[tuple[tuple[bool, str, tuple[bytes, str]], Listed]] = []
    for each in departments:
        disclosures = tuple(d for d in each.disclosures if year in (0, d.header.year))
        if not disclosures:
            continue
        name = names[each.slug].text.removeprefix(shared)
        own = each.file.initial if names[each.slug].lang == "zh" else None
        letter = own or initial(name)
        found.append(((letter == NONE, letter, order(name)), Listed(each, letter, disclosures)))
    return tuple(listed for _, listed in sorted(found, key=lambda pair: pair[0])), shared


def _all_years(departments: Iterable[Department]) -> list[int]:
    years = {d.header.year for each in departments for d in each.disclosures}
    return sorted(years, reverse=True)


def _years(edition: Edition, departments: Sequence[Department]) -> Items:
    links = (edition.link(str(year), year_page(year)) for year in _all_years(departments))
    return Items(tuple((link,) for link in links), row=True)


def _letters(edition: Edition, listed: Sequence[Listed]) -> Items:
    """A link to the first department of each letter."""
    firsts = (
        (letter, next(group)) for letter, group in groupby(listed, key=lambda each: each.letter)
    )
    return Items(
        tuple(
            (Link(Phrase(letter, edition.lang, literal=True), Target(anchor=first.anchor)),)
            for letter, first in firsts
        ),
        row=True,
    )


def _name(edition: Edition, each: Listed) -> tuple[Cell, Cell]:
    """The letter, and the name in the newest year that the list is about."""
    name = edition.department_name(each.disclosures[0])
    return (
        Cell((Phrase(each.letter, edition.lang, literal=True),)),
        Cell((edition.link(name, PageId(Kind.DEPARTMENT, each.department.slug)),), header=True),
    )


def _total(edition: Edition, disclosure: Disclosure, unit: AmountUnit) -> Cell:
    budget = disclosure.budget
    if budget is None or budget.expenditure.total is None:
        return Cell((), "end", absence="absent")
    return figure_cell(edition, budget.expenditure.total, budget.unit, unit)


def _linked(edition: Edition, disclosure: Disclosure | None, unit: AmountUnit) -> Cell:
    """The total of a disclosure as a link to it; its kind where it has no total."""
    if disclosure is None:
        return Cell((), "end", absence="absent")
    cell = _total(edition, disclosure, unit)
    shown = cell.line[0] if cell.line else edition.said(f"facet.kind.{disclosure.kind}")
    assert isinstance(shown, Phrase | Amount)
    return Cell((Link(shown, Target(overview_page(disclosure))),), "end")


def _newest(edition: Edition, each: Listed) -> Line:
    """The year and kind as a link, what kind of department it is, which one came after it."""
    newest, kind = each.disclosures[0], each.department.file.kind
    line: Line = (edition.link(period_name(edition, Period.of(newest)), overview_page(newest)),)
    if kind:
        line += (Phrase(f" · {_said(edition, kind)}", edition.lang),)
    if after := succeeded(edition, each.department):
        line += (Phrase(" · ", edition.lang, literal=True), *after)
    return line


def _kinds(edition: Edition, listed: Iterable[Listed]) -> tuple[Choice, ...]:
    """The kinds of departments to choose from, in the order of the format; one is no choice."""
    counts: dict[str, int] = {}
    for each in listed:
        if kind := each.department.file.kind:
            counts[kind] = counts.get(kind, 0) + 1
    if len(counts) < 2:
        return ()
    space = " " if edition.lang == "en" else ""
    return tuple(
        Choice(
            kind, f"{_said(edition, kind)}{space}{edition.say('parenthesis', text=counts[kind])}"
        )
        for kind in get_args(DepartmentKind)
        if kind in counts
    )


def _said(edition: Edition, kind: str) -> str:
    return edition.say(f"department.kind.{kind}")


def _notes(edition: Edition, shared: str, disclosures: Iterable[Disclosure]) -> tuple[Line, ...]:
    def notes() -> Iterator[Line]:
        if shared:
            yield edition.line("departments.order.shared", shared=shared.strip())
        else:
            yield edition.line("departments.order")
        if len({each.budget.unit for each in disclosures if each.budget}) > 1:
            yield edition.line("gathered.note.converted")

    return tuple(notes())
