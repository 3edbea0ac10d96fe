"""The overview of a disclosure: key figures, where the money goes, the eleven parts."""

from __future__ import annotations

from decimal import Decimal

from disclosure.book import Disclosure
from disclosure.language.numbers import day
from disclosure.model.fields import Figure
from disclosure.site.blocks import (
    Bar,
    Bars,
    Block,
    Card,
    Cards,
    Facts,
    Line,
    Link,
    Page,
    Paragraph,
    Phrase,
    Section,
)
from disclosure.site.edition import (
    Edition,
    disclosure_page,
    overview_page,
    part_page,
    project_page,
)
from disclosure.site.routes import Kind, PageId, Part, Target
from disclosure.site.views.findings import notices
from disclosure.site.views.home import all_projects, key_figures
from disclosure.site.views.prose import prose

# The bars on the overview. A page that shows them all would grow with the number of projects.
_LARGEST = 8


def overview(edition: Edition, disclosure: Disclosure) -> Page:
    """The overview page."""
    blocks: list[Block] = [Paragraph(edition.line("overview.lead"), "lead")]
    if version := edition.version(disclosure):
        blocks.append(Paragraph(_version_line(edition, disclosure, version)))
    figures = key_figures(edition, disclosure)
    if figures.figures:
        blocks.append(Section("figures", edition.line("overview.figures"), (figures,)))
    if where := _where(edition, disclosure):
        blocks.append(Section("where", edition.line("overview.where"), where))
    blocks.append(Section("parts", edition.line("parts"), (parts_list(edition, disclosure),)))
    more = Cards(
        tuple(
            Card(edition.said(key), Target(disclosure_page(disclosure, kind)))
            for key, kind in (
                ("tables", Kind.TABLES),
                ("completeness", Kind.COMPLETENESS),
                ("checks", Kind.CHECKS),
                ("downloads", Kind.DOWNLOADS),
                ("print", Kind.PRINT),
            )
            if kind is not Kind.CHECKS or edition.shows_checks
        ),
        dense=True,
    )
    blocks.append(Section("more", edition.line("overview.more"), (more,)))
    text = prose(edition, disclosure, disclosure.narrative.introduction)
    facts = document_facts(edition, disclosure)
    blocks.append(Section("introduction", edition.line("introduction"), (*text, facts)))
    title = edition.disclosure_title(disclosure)
    return Page(
        id=overview_page(disclosure),
        lang=edition.lang,
        title=Phrase(title, edition.lang, literal=True),
        short_title=title,
        description=described(edition, disclosure, edition.say("overview.lead")),
        blocks=(*blocks, *notices(edition, disclosure, overview_page(disclosure))),
        eyebrow=trail(edition, disclosure, depth=2),
        kind_label=edition.say("overview"),
        weight=6,
        codes=(disclosure.header.department.code,) if disclosure.header.department.code else (),
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, "disclosure.yml"),
    )


def _version_line(edition: Edition, disclosure: Disclosure, version: str) -> Line:
    log = edition.link(edition.say("editions"), disclosure_page(disclosure, Kind.EDITIONS))
    return (Phrase(f"{version} · ", edition.lang, literal=True), log)


def document_facts(edition: Edition, disclosure: Disclosure) -> Facts:
    """The official document: whose, its title, its record."""
    header = disclosure.header
    facts = [edition.fact("department", (edition.department_name(disclosure),))]
    if header.department.code:
        code = Phrase(header.department.code, edition.lang, literal=True)
        facts.append(edition.fact("department.code", (code,)))
    if header.title:
        title = edition.phrase(header.title, literal=True)
        facts.append(edition.fact("overview.document", (title,)))
    if record := header.record:
        for key in ("index_number", "document_number"):
            if (text := getattr(record, key)) is not None:
                literal = (Phrase(text, "zh", literal=True),)
                facts.append(edition.fact(f"record.{key}", literal))
        for key in ("issuer", "validity"):
            if (text := getattr(record, key)) is not None:
                facts.append(edition.fact(f"record.{key}", edition.text(text)))
        for key in ("issued", "approved", "published"):
            if (date := getattr(record, key)) is not None:
                text = day(date, edition.lang)
                if key == "published" and record.published_time:
                    text = f"{text} {record.published_time}"
                shown = Phrase(text, edition.lang, literal=True)
                facts.append(edition.fact(f"record.{key}", (shown,)))
    if version := edition.version(disclosure):
        facts.append(edition.fact("editions.fact", (Phrase(version, edition.lang, literal=True),)))
    return Facts(tuple(facts))


def trail(edition: Edition, disclosure: Disclosure, depth: int = 3) -> tuple[Link, ...]:
    """The way down to a page of a disclosure: home, department, disclosure."""
    links = (
        edition.link(edition.say("home"), PageId(Kind.HOME)),
        edition.link(
            edition.department_name(disclosure), PageId(Kind.DEPARTMENT, disclosure.department)
        ),
        edition.link(edition.disclosure_title(disclosure), overview_page(disclosure)),
    )
    return links[:depth]


def described(edition: Edition, disclosure: Disclosure, text: str) -> str:
    """A page's description for search engines: whose, which year, what."""
    whose = edition.say(
        "disclosure.of",
        name=edition.department_name(disclosure).text,
        year=disclosure.header.year,
        kind=edition.kind(disclosure),
    )
    return f"{whose} · {text}"


def facets(edition: Edition, disclosure: Disclosure) -> tuple[tuple[str, str], ...]:
    """What search results can be filtered by."""
    return (
        ("department", edition.department_name(disclosure).text),
        ("year", str(disclosure.header.year)),
        ("document", edition.say(f"facet.kind.{disclosure.kind}")),
    )


def source_file(disclosure: Disclosure, file: str) -> str:
    """The path of a data file below the data folder."""
    return f"departments/{disclosure.department}/{disclosure.slug}/{file}"


def parts_list(edition: Edition, disclosure: Disclosure) -> Cards:
    """The eleven parts in the order of the document."""
    return Cards(
        tuple(
            Card(
                Phrase(edition.part_title(disclosure, part), edition.lang),
                Target(part_page(disclosure, part)),
                eyebrow=edition.say("part.number", number=edition.part_number(part)),
            )
            for part in Part
        ),
        dense=True,
    )


def bars(
    edition: Edition,
    disclosure: Disclosure,
    title: str,
    figures: list[tuple[Phrase, Figure, Target | None]],
) -> tuple[Bars, ...]:
    """A bar chart of positive amounts, or nothing where there is too little to compare."""
    assert disclosure.budget is not None
    unit = disclosure.budget.unit
    shown = [item for item in figures if item[1].number > 0]
    if len(shown) < 2:
        return ()
    longest = max(item[1].number for item in shown)
    return (
        Bars(
            title,
            tuple(
                Bar(
                    label,
                    edition.amount(figure, unit),
                    float((figure.number / longest).quantize(Decimal("0.0001"))),
                    target,
                )
                for label, figure, target in shown
            ),
        ),
    )


def project_bars(
    edition: Edition, disclosure: Disclosure, most: int | None = None
) -> tuple[Block, ...]:
    """The projects by amount, largest first: all, or ``most`` and the way to the others."""
    if disclosure.budget is None:
        return ()
    largest = sorted(disclosure.projects, key=lambda project: -project.file.budget.number)
    chart = bars(
        edition,
        disclosure,
        edition.say("overview.projects"),
        [
            (
                edition.phrase(project.file.name, project.code, literal=True),
                project.file.budget,
                Target(project_page(disclosure, project.code)),
            )
            for project in largest[:most]
        ],
    )
    if not chart or most is None or len(largest) <= most:
        return chart
    return (*chart, all_projects(edition, disclosure))


def _where(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    if disclosure.budget is None:
        return ()
    spent = disclosure.budget.expenditure
    page = part_page(disclosure, Part.SUMMARY)
    kinds = [
        (edition.said(f"expenditure.{key}"), figure, Target(page, "expenditure"))
        for key, figure in (
            ("projects", spent.projects),
            ("personnel", spent.personnel),
            ("non_personnel", spent.non_personnel),
        )
        if figure is not None
    ]
    return (
        *bars(edition, disclosure, edition.say("overview.kinds"), [*kinds]),
        *project_bars(edition, disclosure, _LARGEST),
    )
