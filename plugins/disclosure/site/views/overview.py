"""The overview of a disclosure: key figures, where the money goes, the eleven parts."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.book import Disclosure
from disclosure.language.numbers import day
from disclosure.site.blocks import (
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
    line_text,
)
from disclosure.site.edition import (
    Edition,
    disclosure_page,
    overview_page,
    part_page,
)
from disclosure.site.routes import Kind, PageId, Part, Target
from disclosure.site.views import in_words
from disclosure.site.views.charts import (
    expenditure_bars,
    project_bars,
    revenue_bars,
    structure_bars,
)
from disclosure.site.views.citation import ANCHOR as CITE
from disclosure.site.views.findings import notices
from disclosure.site.views.home import key_figures
from disclosure.site.views.prose import prose
from disclosure.site.views.years import against_bars, year_bars

# The bars on the overview. A page that shows them all would grow with the number of projects.
_LARGEST = 8
# Characters of a description that search engines show.
_SHOWN = 160


def overview(edition: Edition, disclosure: Disclosure) -> Page:
    """The overview page."""
    words = in_words.section(edition, disclosure)
    # What the page is about is said by the sentences; where there are none, by a general line.
    blocks: list[Block] = [] if words else [Paragraph(edition.line("overview.lead"), "lead")]
    if version := edition.version(disclosure):
        blocks.append(Paragraph(_version_line(edition, disclosure, version)))
    blocks += words
    figures = key_figures(edition, disclosure)
    if figures.figures:
        blocks.append(Section("figures", edition.line("overview.figures"), (figures,)))
    blocks += _charts(edition, disclosure)
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
    box = Target(disclosure_page(disclosure, Kind.DOWNLOADS), CITE)
    more = Cards((*more.cards, Card(edition.said("cite.card"), box)), dense=True)
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
        description=_description(edition, disclosure),
        blocks=(*blocks, *notices(edition, disclosure, overview_page(disclosure))),
        eyebrow=trail(edition, disclosure, depth=2),
        kind_label=edition.say("overview"),
        weight=6,
        codes=(disclosure.header.department.code,) if disclosure.header.department.code else (),
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, "disclosure.yml"),
    )


def _description(edition: Edition, disclosure: Disclosure) -> str:
    """The first sentences in plain words, as many as a search engine shows.

    They name the year and the kind, so that a long name of a department stands alone before them.
    """
    lines = in_words.sentences(edition, disclosure)
    if not lines:
        return described(edition, disclosure, edition.say("overview.lead"))
    name = edition.department_name(disclosure).text + edition.say("label.colon")
    for start in (described(edition, disclosure, ""), name):
        if text := in_words.abstract(edition, lines, _SHOWN - len(start)):
            return start + text
    return name + line_text(lines[0])


def _charts(edition: Edition, disclosure: Disclosure) -> tuple[Section, ...]:
    """Where the money comes from and goes, and how that compares; what has nothing is left out."""
    drawn: tuple[tuple[str, str, tuple[Block, ...]], ...] = (
        ("from", "overview.from", revenue_bars(edition, disclosure)),
        (
            "where",
            "overview.where",
            (
                *expenditure_bars(edition, disclosure),
                *project_bars(edition, disclosure, _LARGEST),
                *structure_bars(edition, disclosure),
            ),
        ),
        (
            "compared",
            "overview.compared",
            (*year_bars(edition, disclosure), *against_bars(edition, disclosure)),
        ),
    )
    return tuple(
        Section(anchor, edition.line(title), charts) for anchor, title, charts in drawn if charts
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


def about(
    edition: Edition,
    disclosure: Disclosure,
    kind: Kind,
    description: str,
    blocks: Sequence[Block],
    file: str,
    *,
    weight: int = 1,
) -> Page:
    """A page beside the parts of a disclosure, named after its kind; ``file`` is its data."""
    return Page(
        id=disclosure_page(disclosure, kind),
        lang=edition.lang,
        title=edition.said(kind),
        short_title=edition.say(kind),
        description=described(edition, disclosure, description),
        blocks=tuple(blocks),
        eyebrow=trail(edition, disclosure),
        kind_label=edition.say(kind),
        weight=weight,
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, file),
    )


def described(edition: Edition, disclosure: Disclosure, text: str) -> str:
    """A page's description for search engines: whose, which year, what."""
    return f"{edition.disclosure_title(disclosure, whose=True)} · {text}"


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
