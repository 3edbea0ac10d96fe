"""“How to read this budget”: the terms, figures and signs of the site in plain words.

The examples are figures of the newest disclosure; where the data have none, the words stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.book import Disclosure
from disclosure.language.guide import guide_text
from disclosure.language.numbers import YUAN_PER, yuan
from disclosure.model.budget import BudgetFile
from disclosure.model.fields import AmountUnit, Figure
from disclosure.site.blocks import (
    Amount,
    Block,
    Cell,
    Fact,
    Facts,
    Head,
    Inline,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
)
from disclosure.site.edition import Edition, disclosure_page, overview_page, part_page
from disclosure.site.routes import Kind, PageId, Part, Target

_FIELD = re.compile(r"\{(\w+)\}")
_LISTED = 8  # more final accounts than these are left to the home page
_TEN_THOUSAND = YUAN_PER["万元"]


def guide(edition: Edition) -> Page:
    """The guide of one language."""
    newest = newest_disclosure(edition)
    return Page(
        id=PageId(Kind.GUIDE),
        lang=edition.lang,
        title=edition.said("guide"),
        short_title=edition.say("guide"),
        description=f"{edition.site_name} · {guide_text('lead', edition.lang)}",
        blocks=(
            Paragraph(_line(edition, "lead"), "lead"),
            *_first(edition, newest),
            *_budget(edition, newest),
            *_spending(edition, newest),
            _final(edition),
            _unit(edition, newest),
            _signs(edition),
            _marks(edition, newest),
            _document(edition, newest),
            _tools(edition, newest),
        ),
        eyebrow=(edition.link(edition.say("home"), PageId(Kind.HOME)),),
        kind_label=edition.say("guide.kind"),
        weight=7,
        source_file="site.yml",
    )


def newest_disclosure(edition: Edition) -> Disclosure | None:
    """The newest disclosure of all departments; of one year the first listed."""
    return max(edition.book.disclosures, key=lambda each: each.header.year, default=None)


def filled(edition: Edition, text: str, /, **values: Inline | str) -> Line:
    """``text`` with its ``{named}`` values: a word is a word of the page, a link stays a link."""
    line: list[Inline] = []
    for index, piece in enumerate(_FIELD.split(text)):
        if index % 2:
            value = values[piece]
            if isinstance(value, str):
                value = Phrase(value, edition.lang, literal=True)
            line.append(value)
        elif piece:
            line.append(Phrase(piece, edition.lang))
    return tuple(line)


def _line(edition: Edition, key: str, **values: Inline | str) -> Line:
    return filled(edition, guide_text(key, edition.lang), **values)


def _section(edition: Edition, key: str, *blocks: Block) -> Section:
    return Section(key, _line(edition, key), blocks)


def _paragraph(edition: Edition, key: str, **values: Inline | str) -> Paragraph:
    return Paragraph(_line(edition, key, **values))


# ---- links, or the bare words where there is nothing to link to ------------------------------


def _part(edition: Edition, disclosure: Disclosure | None, part: Part) -> Inline:
    if disclosure is None:
        return edition.said(f"part.{part}.short")
    return edition.link(edition.part_short(disclosure, part), part_page(disclosure, part))


def _page(edition: Edition, disclosure: Disclosure | None, kind: Kind) -> Inline:
    """A page of the disclosure that is called like its kind."""
    if disclosure is None:
        return edition.said(str(kind))
    return edition.link(edition.say(str(kind)), disclosure_page(disclosure, kind))


# ---- the figures to begin with ---------------------------------------------------------------


def _first(edition: Edition, disclosure: Disclosure | None) -> Iterator[Section]:
    if disclosure is None or disclosure.budget is None:
        return
    budget = disclosure.budget
    page = part_page(disclosure, Part.SUMMARY)
    facts: list[Fact] = []
    for key, figure, anchor in _figures(budget):
        if figure is None:
            continue
        (amount,) = edition.amount(figure, budget.unit) or edition.line("absence.blank")
        assert isinstance(amount, Phrase | Amount)
        link = Link(amount, Target(page, anchor))
        of_this_kind = f"first.{key}"
        if key == "expenditure" and disclosure.kind == "final":
            of_this_kind = "first.expenditure.final"
        facts.append(edition.fact(f"key.{key}", (link,), _line(edition, of_this_kind)))
    if not facts:
        return
    example = _paragraph(
        edition,
        "first.example",
        name=edition.department_name(disclosure),
        disclosure=edition.link(edition.disclosure_title(disclosure), overview_page(disclosure)),
    )
    more = [_paragraph(edition, "first.balance")]
    if disclosure.projects:
        projects = _part(edition, disclosure, Part.PROJECTS)
        more.append(_paragraph(edition, "first.list", projects=projects))
    yield _section(edition, "first", example, Facts(tuple(facts)), *more)


def _figures(budget: BudgetFile) -> tuple[tuple[str, Figure | None, str], ...]:
    """Interface key, figure and the anchor of the section that explains it in part two."""
    return (
        ("revenue", budget.revenue.total, "revenue"),
        ("expenditure", budget.expenditure.total, "expenditure"),
        ("basic", budget.expenditure.basic, "expenditure"),
        ("projects", budget.expenditure.projects, "expenditure"),
    )


# ---- what it is, who makes it, what it holds -------------------------------------------------


def _budget(edition: Edition, disclosure: Disclosure | None) -> Iterator[Section]:
    overview: Inline = edition.said("overview")
    if disclosure:
        overview = edition.link(edition.say("overview"), overview_page(disclosure), "parts")
    yield _section(
        edition,
        "what",
        _paragraph(edition, "what.plan"),
        _paragraph(edition, "what.year"),
        _paragraph(edition, "what.parts", overview=overview),
    )
    steps = ("who.department", "who.congress", "who.reply", "who.publish")
    completeness = _page(edition, disclosure, Kind.COMPLETENESS)
    yield _section(
        edition,
        "who",
        Items(tuple(_line(edition, step) for step in steps), ordered=True),
        _paragraph(edition, "who.duty", completeness=completeness),
    )


def _spending(edition: Edition, disclosure: Disclosure | None) -> Iterator[Section]:
    def part(which: Part) -> Inline:
        return _part(edition, disclosure, which)

    yield _section(
        edition,
        "money",
        *(_paragraph(edition, f"money.{key}") for key in ("revenue", "basic", "projects")),
        _paragraph(edition, "money.change", summary=part(Part.SUMMARY)),
    )
    apart = tuple(
        _line(edition, f"once.{key}", part=part(which))
        for key, which in (
            ("operating", Part.OPERATING),
            ("three_public", Part.THREE_PUBLIC),
            ("procurement", Part.PROCUREMENT),
        )
    )
    yield _section(edition, "once", _paragraph(edition, "once.why"), Items(apart))
    yield _section(
        edition,
        "performance",
        _paragraph(edition, "performance.objective"),
        _paragraph(edition, "performance.target"),
        _paragraph(
            edition,
            "performance.where",
            performance=part(Part.PERFORMANCE),
            projects=part(Part.PROJECTS),
        ),
    )


def _final(edition: Edition) -> Section:
    all_of_them = tuple(edition.book.disclosures)
    finals = [each for each in all_of_them if each.kind == "final"]
    links: list[Inline] = []
    several = len([each for each in edition.book.departments if each.disclosures]) > 1
    for each in finals:
        title = edition.disclosure_title(each, whose=several)
        links += [edition.said("list.separator")] if links else []
        links.append(edition.link(title, overview_page(each)))
    blocks: list[Block] = [
        _paragraph(edition, "final.difference"),
        _paragraph(edition, "final.compare"),
    ]
    if not finals:
        blocks.append(_paragraph(edition, "final.none"))
    elif len(finals) > _LISTED:
        home = edition.link(edition.say("home"), PageId(Kind.HOME), "departments")
        blocks.append(_paragraph(edition, "final.many", count=str(len(finals)), home=home))
    else:
        key = "final.only" if len(finals) == len(all_of_them) else "final.here"
        before, after = guide_text(key, edition.lang).split("{list}")
        said = (Phrase(before, edition.lang), *links, Phrase(after, edition.lang))
        blocks.append(Paragraph(said))
    return _section(edition, "final", *blocks)


# ---- units, signs, marks ---------------------------------------------------------------------


def _unit(edition: Edition, disclosure: Disclosure | None) -> Section:
    blocks: list[Block] = [_paragraph(edition, "unit.rule", wan=Phrase("万元", "zh", literal=True))]
    blocks += _example(edition, disclosure)
    blocks.append(_paragraph(edition, "unit.look"))
    names = ("printed", "yuan", "million")
    choices = {name: edition.say(f"units.{name}") for name in names}
    blocks.append(_paragraph(edition, "unit.switch", switch=edition.say("units"), **choices))
    return _section(edition, "unit", *blocks)


def _example(edition: Edition, disclosure: Disclosure | None) -> Iterator[Block]:
    """The first figure of the disclosure that has an amount, in both units."""
    if disclosure is None or disclosure.budget is None:
        return
    unit: AmountUnit = disclosure.budget.unit
    for key, figure, anchor in _figures(disclosure.budget):
        if figure is None or figure.value is None or figure.value <= 0:
            continue
        page = part_page(disclosure, Part.SUMMARY)
        label = edition.link(edition.say(f"key.{key}"), page, anchor)
        if unit == "万元":
            text = "unit.example"
            other = {"yuan": _digits(figure.value * _TEN_THOUSAND)}
        else:
            text = "unit.example.yuan"
            other = {"wan": _digits(figure.value / _TEN_THOUSAND)}
        yield _paragraph(edition, text, label=label, printed=figure.printed, **other)
        return


def _digits(value: Decimal) -> str:
    """A positive amount, exact, with thousands separators."""
    return yuan(value).removeprefix("CNY ")


def _signs(edition: Edition) -> Section:
    kinds = ("zero", "blank", "absent", "not_applicable", "empty")
    columns = (_line(edition, "signs.see"), _line(edition, "signs.means"))
    return _section(
        edition,
        "signs",
        Table(
            caption=_line(edition, "signs.table"),
            heads=(tuple(Head(line) for line in columns),),
            rows=tuple(
                Row(
                    (
                        Cell(_line(edition, f"signs.{kind}"), header=True),
                        Cell(_line(edition, f"signs.{kind}.means")),
                    )
                )
                for kind in kinds
            ),
            anchor="signs-table",
        ),
    )


def _marks(edition: Edition, disclosure: Disclosure | None) -> Section:
    def mark(key: str) -> Phrase:
        return Phrase(edition.say(key), edition.lang, style="inference", literal=True)

    lines: list[Line] = []
    if edition.shows_checks and disclosure:
        checks = _page(edition, disclosure, Kind.CHECKS)
        lines.append(_line(edition, "marks.findings", mark="※1", checks=checks))
    lines.append(_line(edition, "marks.inference", mark=mark("inference")))
    if any(term.number is None for term in edition.book.glossary):
        lines.append(_line(edition, "marks.own", mark=mark("glossary.own_mark")))
    lines.append(_line(edition, "marks.untranslated", mark=mark("untranslated")))
    terms = edition.link(edition.say("glossary"), PageId(Kind.GLOSSARY))
    lines.append(_line(edition, "marks.terms", glossary=terms))
    return _section(edition, "marks", Items(tuple(lines)))


# ---- the document, the tools -----------------------------------------------------------------


def _document(edition: Edition, disclosure: Disclosure | None) -> Section:
    site = edition.book.site
    blocks: list[Block] = [_paragraph(edition, f"document.{site.edition}")]
    if site.source:
        title = edition.phrase(site.source.title, literal=True)
        blocks.append(_paragraph(edition, "document.source", title=title))
    if disclosure:
        introduction = edition.link(
            edition.say("introduction"), overview_page(disclosure), "introduction"
        )
        blocks.append(_paragraph(edition, "document.where", introduction=introduction))
    if site.publisher and site.publisher.contact:
        contact = site.publisher.contact[edition.lang]
        blocks.append(_paragraph(edition, "document.mistake", contact=contact))
    return _section(edition, "document", *blocks)


def _tools(edition: Edition, disclosure: Disclosure | None) -> Section:
    other = Phrase("English", "en", literal=True)
    if edition.lang == "en":
        other = Phrase("中文", "zh", literal=True)
    accessibility = edition.link(edition.say("accessibility"), PageId(Kind.ACCESSIBILITY))
    lines = [_line(edition, "tools.search", button=edition.say("search"))]
    if disclosure:
        downloads, printed = (
            _page(edition, disclosure, kind) for kind in (Kind.DOWNLOADS, Kind.PRINT)
        )
        lines.append(_line(edition, "tools.downloads", downloads=downloads))
        lines.append(_line(edition, "tools.print", print=printed))
    lines += [
        _line(edition, "tools.text", button=edition.say("text.150")),
        _line(edition, "tools.share"),
        _line(edition, "tools.language", button=other),
        _line(edition, "tools.accessibility", accessibility=accessibility),
    ]
    return _section(edition, "tools", Items(tuple(lines)))
