"""Home and department pages: which department, which year, what is looked for."""

from __future__ import annotations

from disclosure.book import Department, Disclosure, Project
from disclosure.language.interface import of_count
from disclosure.language.numbers import day
from disclosure.site.blocks import (
    Block,
    Card,
    Cards,
    Fact,
    Facts,
    KeyFigure,
    KeyFigures,
    Link,
    Page,
    Paragraph,
    Phrase,
    Section,
    Shelf,
    Shelves,
)
from disclosure.site.edition import (
    Edition,
    disclosure_page,
    overview_page,
    part_page,
    project_page,
)
from disclosure.site.routes import Kind, PageId, Part, Target
from disclosure.site.views.departments import MANY, disclosing, index, succeeded, successors
from disclosure.site.views.findings import Marks
from disclosure.site.views.subscribe import subscribe

_LARGEST = 5
# With more departments than these a reader looks for a name first, then for an older year.
_UNFOLDED = 6


def home(edition: Edition) -> Page:
    """The home page of one language."""
    blocks: list[Block] = [Paragraph(edition.line("home.lead"), "lead")]
    departments = disclosing(edition)
    blocks.append(
        Section(
            "departments",
            edition.line("departments"),
            index(edition, departments) if len(departments) > MANY else (_shelves(edition),),
        )
    )
    guide = edition.link(edition.say("guide"), PageId(Kind.GUIDE))
    blocks.append(Paragraph((edition.said("home.guide"), guide)))
    if len(departments) == 1:
        newest = departments[0].disclosures[0]
        blocks.append(_finder(edition, newest))
        if newest.projects and newest.budget:
            blocks.append(_largest(edition, newest))
        figures = key_figures(edition, newest)
        if figures.figures:
            blocks.append(Section("figures", edition.line("overview.figures"), (figures,)))
    blocks += subscribe(edition)
    description = edition.book.site.description
    return Page(
        id=PageId(Kind.HOME),
        lang=edition.lang,
        title=Phrase(edition.site_name, edition.lang, literal=True),
        short_title=edition.say("home"),
        description=description[edition.lang] if description else edition.say("home.lead"),
        blocks=tuple(blocks),
        kind_label=edition.say("home"),
        weight=2,
        source_file="site.yml",
    )


def _shelves(edition: Edition) -> Shelves:
    # Those that others have followed come last: a reader looks for what there is today.
    departments = sorted(disclosing(edition), key=lambda each: bool(successors(edition, each)))
    return Shelves(
        tuple(_shelf(edition, each) for each in departments), folded=len(departments) > _UNFOLDED
    )


def _shelf(edition: Edition, department: Department) -> Shelf:
    """A department with its newest disclosure, and the older ones as years and kinds."""
    newest, *older = department.disclosures
    years: dict[int, list[Link]] = {}
    for each in older:
        kind = edition.said(f"facet.kind.{each.kind}")
        years.setdefault(each.header.year, []).append(edition.link(kind, overview_page(each)))
    return Shelf(
        edition.link(edition.department_name(newest), department_page(department)),
        disclosure_card(edition, newest),
        tuple((str(year), tuple(links)) for year, links in years.items()),
        succeeded(edition, department),
        anchor=f"department-{department.slug}",
    )


def department_page(department: Department) -> PageId:
    """The page of a department with all its disclosures."""
    return PageId(Kind.DEPARTMENT, department.slug)


def department(edition: Edition, department: Department) -> Page:
    """All disclosures of a department."""
    newest = department.disclosures[0]
    name = edition.department_name(newest)
    cards = Cards(tuple(disclosure_card(edition, d) for d in department.disclosures))
    history = _history(edition, department)
    return Page(
        id=department_page(department),
        lang=edition.lang,
        title=name,
        short_title=edition.say("department"),
        description=f"{name.text} · {edition.say('department.lead')}",
        blocks=(
            Paragraph(edition.line("department.lead"), "lead"),
            Section("disclosures", edition.line("department.disclosures"), (cards,)),
            *history,
            *subscribe(edition, department.slug),
        ),
        eyebrow=(edition.link(edition.say("home"), PageId(Kind.HOME)),),
        kind_label=edition.say("department"),
        weight=4,
        codes=(newest.header.department.code,) if newest.header.department.code else (),
        source_file=f"departments/{department.slug}/department.yml",
    )


def _history(edition: Edition, department: Department) -> tuple[Section, ...]:
    """Other names of the department, and the departments before and after it."""
    facts: list[Fact] = []
    names: dict[str, list[str]] = {}
    # The accounts of a year are disclosed after its budget.
    for disclosure in sorted(department.disclosures, key=lambda d: (d.header.year, d.kind)):
        year = str(disclosure.header.year)
        years = names.setdefault(edition.department_name(disclosure).text, [])
        years += [] if year in years else [year]
    if len(names) > 1:
        facts += (
            Fact(
                edition.say("list.separator").join(years),
                ((Phrase(name, edition.lang, literal=True),),),
            )
            for name, years in names.items()
        )
    by_slug = {each.slug: each for each in edition.book.departments if each.disclosures}
    for key, slugs in (
        ("department.predecessor", department.file.predecessors),
        ("department.successor", department.file.successors),
    ):
        for slug in slugs:
            if other := by_slug.get(slug):
                name = edition.department_name(other.disclosures[0])
                facts.append(edition.fact(key, (edition.link(name, department_page(other)),)))
    if not facts:
        return ()
    return (Section("names", edition.line("department.names"), (Facts(tuple(facts)),)),)


def disclosure_card(edition: Edition, disclosure: Disclosure) -> Card:
    """A disclosure with its total, the number of its projects and when it was published."""
    budget, record = disclosure.budget, disclosure.header.record
    total = budget.expenditure.total if budget else None
    details: list[str] = []
    if count := len(disclosure.projects):
        key = of_count(count, "home.project", "home.projects")
        details.append(edition.say(key, count=count))
    if record and record.published:
        date = day(record.published, edition.lang)
        details.append(edition.say("home.published", date=date))
    said = Phrase(" · ".join(details), edition.lang, literal=True)
    return Card(
        Phrase(edition.disclosure_title(disclosure), edition.lang, literal=True),
        Target(overview_page(disclosure)),
        edition.amount(total, budget.unit) if budget and total else (),
        lines=((said,),) if details else (),
    )


def key_figures(edition: Edition, disclosure: Disclosure) -> KeyFigures:
    """The headline figures of a disclosure, exact, with the print below in English."""
    budget = disclosure.budget
    if budget is None:
        return KeyFigures(())
    summary, operating, three_public = (
        part_page(disclosure, part) for part in (Part.SUMMARY, Part.OPERATING, Part.THREE_PUBLIC)
    )
    spent = budget.expenditure
    marks = Marks(edition, disclosure, "budget.yml", again=True)
    candidates = (
        ("key.revenue", budget.revenue.total, summary, "revenue", ("revenue", "total")),
        ("key.expenditure", spent.total, summary, "expenditure", ("expenditure", "total")),
        ("key.basic", spent.basic, summary, "expenditure", ("expenditure", "basic")),
        ("key.projects", spent.projects, summary, "expenditure", ("expenditure", "projects")),
        (
            "key.operating",
            budget.agency_operating.total if budget.agency_operating else None,
            operating,
            "",
            ("agency_operating", "total"),
        ),
        (
            "key.three_public",
            budget.three_public.total if budget.three_public else None,
            three_public,
            "",
            ("three_public", "total"),
        ),
    )
    printed = "key.printed" if budget.unit == "万元" else "key.printed_yuan"
    return KeyFigures(
        tuple(
            KeyFigure(
                edition.say(key),
                edition.amount(figure, budget.unit),
                edition.line(printed, printed=figure.printed) if edition.lang == "en" else (),
                Target(page, anchor),
                marks.at(*path),
            )
            for key, figure, page, anchor, path in candidates
            if figure is not None
        )
    )


def _finder(edition: Edition, disclosure: Disclosure) -> Section:
    choices = (
        ("projects", "projects", part_page(disclosure, Part.PROJECTS)),
        ("part.summary.short", "summary", part_page(disclosure, Part.SUMMARY)),
        ("glossary", "glossary", PageId(Kind.GLOSSARY)),
        ("policies", "policies", PageId(Kind.POLICIES)),
        ("checks", "checks", disclosure_page(disclosure, Kind.CHECKS)),
        ("downloads", "downloads", disclosure_page(disclosure, Kind.DOWNLOADS)),
    )
    cards = tuple(
        Card(edition.said(title), Target(page), lines=(edition.line(f"home.find.{what}"),))
        for title, what, page in choices
        if page.kind is not Kind.CHECKS or edition.shows_checks
    )
    return Section("find", edition.line("home.find"), (Cards(cards, dense=True),))


def _largest(edition: Edition, disclosure: Disclosure) -> Section:
    largest = sorted(disclosure.projects, key=lambda p: -p.file.budget.number)[:_LARGEST]
    cards = tuple(project_card(edition, disclosure, project) for project in largest)
    blocks: tuple[Block, ...] = (Cards(cards, dense=True),)
    if len(disclosure.projects) > _LARGEST:
        blocks += (all_projects(edition, disclosure),)
    return Section("largest", edition.line("home.largest"), blocks)


def project_card(edition: Edition, disclosure: Disclosure, project: Project) -> Card:
    """A project by its name and amount."""
    unit = disclosure.budget.unit if disclosure.budget else None
    return Card(
        edition.phrase(project.file.name, project.code, literal=True),
        Target(project_page(disclosure, project.code)),
        edition.amount(project.file.budget, unit) if unit else (),
    )


def all_projects(edition: Edition, disclosure: Disclosure) -> Paragraph:
    """The way to the list of projects, with their number."""
    text = edition.say("projects.all", count=len(disclosure.projects))
    return Paragraph((edition.link(text, part_page(disclosure, Part.PROJECTS)),))
