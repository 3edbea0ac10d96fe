"""The page of a term: what it means, the figures it names over the years, what uses it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from disclosure.book import Disclosure
from disclosure.language.numbers import YUAN_PER
from disclosure.model.glossary import Term
from disclosure.site.blocks import (
    Bars,
    Block,
    Cell,
    Fact,
    Facts,
    Inline,
    Line,
    Link,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
)
from disclosure.site.edition import Edition, part_page, term_page
from disclosure.site.followed import Period
from disclosure.site.named_figures import Amount, NamedFigure, named_figures
from disclosure.site.routes import Kind, PageId, Target
from disclosure.site.uses import UNUSED, TermUses, Uses, place_of
from disclosure.site.views.drawing import Measured
from disclosure.site.views.gathered import (
    COLUMNS,
    DEPARTMENTS,
    bar_chart,
    figure_cell,
    in_a_row,
    labelled,
    one_by_one,
    period_heads,
    period_name,
    search_link,
    table_unit,
)
from disclosure.site.views.glossary import in_order, term_facts, term_name


def term_pages(edition: Edition, uses: Uses) -> tuple[Page, ...]:
    """A page for each term, in the order of the glossary. ``uses`` by term id."""
    pages = [
        _page(edition, term, uses.get(term.id, UNUSED)) for term in in_order(edition.book.glossary)
    ]
    return in_a_row(pages)


def _page(edition: Edition, term: Term, uses: TermUses) -> Page:
    lang = edition.lang
    name = Phrase(term_name(term, lang), lang, literal=True)
    return Page(
        id=term_page(term.id),
        lang=lang,
        title=name,
        short_title=name.text,
        description=term.definition[lang],
        blocks=(
            Paragraph((Phrase(_mark(edition, term), lang, style="inference"),), "note"),
            Paragraph((Phrase(term.definition[lang], lang),), "lead"),
            Facts(term_facts(edition, term)),
            *_figures(edition, term),
            *_used_by(edition, uses, term.name(lang)),
        ),
        eyebrow=(
            edition.link(edition.say("home"), PageId(Kind.HOME)),
            edition.link(edition.say("glossary"), PageId(Kind.GLOSSARY), term.id),
        ),
        kind_label=edition.say("term"),
        weight=9,  # below projects, above the tables
        codes=tuple(form for form in term.forms(lang)[1:] if form != name.text),
        source_file="glossary.yml",
    )


def _mark(edition: Edition, term: Term) -> str:
    if term.number is None:
        return edition.say("glossary.own_mark")
    return edition.say("term.number", number=term.number)


# ---- the figures that it names ---------------------------------------------------------------


def _figures(edition: Edition, term: Term) -> tuple[Section, ...]:
    tables: list[Block] = []
    for number, figure in enumerate(named_figures(term, edition.book.vocabulary), 1):
        found = [
            (disclosure, amount)
            for disclosure in edition.book.disclosures
            if (amount := figure.read(disclosure)) is not None
        ]
        if found:
            tables += _over_the_years(edition, figure, found, number)
    if not tables:
        return ()
    return (Section("figures", edition.line("term.figures"), tuple(tables)),)


def _over_the_years(
    edition: Edition,
    figure: NamedFigure,
    found: Sequence[tuple[Disclosure, Amount]],
    number: int,
) -> tuple[Block, ...]:
    """The figure of each department (row) in each of the newest years (column)."""
    periods = sorted({Period.of(disclosure) for disclosure, _ in found})
    shown = periods[-COLUMNS:]
    units = {unit for _, (_, unit) in found}
    unit = table_unit(units)
    rows_by: dict[str, dict[Period, tuple[Disclosure, Amount]]] = {}
    for disclosure, amount in found:
        row = rows_by.setdefault(disclosure.department, {})
        row[Period.of(disclosure)] = (disclosure, amount)
    listed = [row for row in rows_by.values() if max(row) in shown][:DEPARTMENTS]
    heads = (edition.head("department"), *period_heads(edition, shown))
    rows = []
    for row in listed:
        newest, _ = row[max(row)]
        target = part_page(newest, figure.part)
        link = edition.link(edition.department_name(newest), target, figure.anchor)
        cells = [Cell((link,), header=True)]
        for period in shown:
            if period not in row:
                cells.append(Cell((), "end", absence="absent"))
                continue
            printed, own = row[period][1]
            cells.append(figure_cell(edition, printed, own, unit))
        rows.append(Row(tuple(cells)))
    notes: list[Line] = []
    if len(units) > 1:
        notes.append(edition.line("gathered.note.converted"))
    if len(shown) > 1:
        notes.append(edition.line("term.note.absent"))
    if len(periods) > len(shown):
        first = period_name(edition, shown[0])
        notes.append(edition.line("gathered.note.earlier", first=first))
    if more := len(rows_by) - len(listed):
        text = edition.say("gathered.other_departments", count=more)
        notes.append((edition.link(text, PageId(Kind.HOME), "departments"),))
    label = Phrase(figure.label(edition.lang), edition.lang, literal=True)
    table = Table(
        caption=(label,),
        unit=edition.unit(unit),
        heads=(heads,),
        labels=("", *(period_name(edition, period) for period in shown)),
        rows=tuple(rows),
        notes=tuple(notes),
        layout="cards",
        anchor=f"figures-table-{number}",
        sortable=True,
    )
    return (*_bars(edition, figure, found, label.text), table)


def _bars(
    edition: Edition,
    figure: NamedFigure,
    found: Sequence[tuple[Disclosure, Amount]],
    title: str,
) -> tuple[Bars, ...]:
    """The years of the only department, or the departments in the newest year."""
    one = len({disclosure.department for disclosure, _ in found}) == 1
    drawn = sorted(found, key=lambda each: Period.of(each[0]))
    if not one:
        newest = Period.of(drawn[-1][0])
        title = labelled(edition, title, period_name(edition, newest))
        drawn = [each for each in found if Period.of(each[0]) == newest]
        drawn.sort(key=lambda each: each[1][0].number * YUAN_PER[each[1][1]])
    shown = drawn[-2 * COLUMNS :] if one else drawn[::-1][: 2 * COLUMNS]
    return bar_chart(
        edition,
        title,
        [
            Measured(
                Phrase(period_name(edition, Period.of(disclosure)), edition.lang, literal=True)
                if one
                else edition.department_name(disclosure),
                printed,
                unit,
                Target(part_page(disclosure, figure.part), figure.anchor),
            )
            for disclosure, (printed, unit) in shown
        ],
    )


# ---- what uses it ----------------------------------------------------------------------------


def _used_by(edition: Edition, uses: TermUses, name: str) -> tuple[Block, ...]:
    """One section in both languages, though a text may use a term in one of them alone."""
    blocks: list[Block] = []
    if uses.pages:
        blocks += _pages(edition, uses, search_link(edition, name))
    if uses.projects:
        search = search_link(edition, name, projects=True)
        blocks += one_by_one(edition, uses.projects, search=search)
        blocks.append(Paragraph(edition.line("term.note.projects"), "note"))
    if not blocks:
        blocks.append(Paragraph(edition.line("glossary.unused"), "note"))
    return (Section("uses", edition.line("term.uses"), tuple(blocks)),)


def _pages(edition: Edition, uses: TermUses, search: Line) -> tuple[Block, ...]:
    """The pages by disclosure, the newest first; what belongs to none comes last."""
    several = sum(1 for each in edition.book.departments if each.disclosures) > 1
    facts: list[Fact] = []
    for key, links in groupby(uses.pages, key=place_of):
        disclosure = edition.book.disclosure(*key)
        label = edition.say("term.pages.site")
        if disclosure:
            label = edition.disclosure_title(disclosure, whose=several)
        facts.append(Fact(label, (_separated(edition, links),)))
    more: tuple[Block, ...] = ()
    if left := uses.pages_of_all - len(uses.pages):
        text = edition.line("term.pages.more", count=left)
        more = (Paragraph((*text, *search), "note"),)
    return (Facts(tuple(facts)), *more)


def _separated(edition: Edition, links: Iterable[Link]) -> Line:
    line: list[Inline] = []
    for link in links:
        line += [edition.said("list.separator")] if line else []
        page = link.target.page
        overview = page is not None and page.kind is Kind.OVERVIEW  # its title is the label
        line.append(replace(link, text=edition.said("overview")) if overview else link)
    return tuple(line)
