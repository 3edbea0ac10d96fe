"""What is kept of the pages that use a term: the same however it is put together, and bounded."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

from hypothesis import given, settings
from tests.unit.test_policy_and_term_pages import Given, made, projects

from disclosure.book import Book, Disclosure
from disclosure.site.blocks import Facts, Link, Page, Paragraph, Section, line_text
from disclosure.site.edition import Edition, part_page, project_page
from disclosure.site.followed import MOST, Gathered, Period
from disclosure.site.routes import Kind, PageId, Part, Target
from disclosure.site.uses import ENTRIES, PAGES, TermUses, Uses, counted, merged, place_of
from disclosure.site.views.glossary import glossary
from disclosure.site.views.terms import term_pages

PARTS = (Part.SUMMARY, Part.OPERATING, Part.OTHER)


def links_of(edition: Edition, disclosure: Disclosure) -> list[Link]:
    """Links to parts of a disclosure and to its projects that cite: those that use the term."""
    parts = [edition.link(part, part_page(disclosure, part)) for part in PARTS]
    citing = [p for p in disclosure.projects if p.file.use != "其他"]
    return [*parts, *(edition.link(p.code, project_page(disclosure, p.code)) for p in citing)]


def uses_by_department(edition: Edition) -> list[Uses]:
    return [
        counted(edition, {"t": [link for d in each.disclosures for link in links_of(edition, d)]})
        for each in edition.book.departments
    ]


def together(edition: Edition) -> Uses:
    every = [link for d in edition.book.disclosures for link in links_of(edition, d)]
    return counted(edition, {"t": every} if every else {})


@given(projects())
@settings(max_examples=20)
def test_departments_one_by_one_give_what_the_whole_site_gives(given: list[Given]) -> None:
    edition = Edition(made(given), "zh")
    parts = uses_by_department(edition)
    whole = together(edition)
    assert merged(parts) == whole
    grouped: Uses = {}
    for part in reversed(parts):
        grouped = merged((part, grouped))
    assert grouped == whole
    if not whole:
        return
    found = whole["t"]
    every = [link for d in edition.book.disclosures for link in links_of(edition, d)]
    pages = [link for link in every if link.target.page and link.target.page.kind is Kind.PART]
    assert found.pages_of_all == len(pages) == 3 * sum(1 for _ in edition.book.disclosures)
    assert len(found.pages) == min(PAGES, len(pages)) and set(found.pages) <= set(pages)
    years = [place_of(link)[1][:4] for link in found.pages]
    assert years == sorted(years, reverse=True)
    assert len(found.entries) == min(ENTRIES, found.entries_of_all)
    assert found.projects.projects == len(every) - len(pages)
    citing = [(d, p) for d in edition.book.disclosures for p in d.projects if p.file.use != "其他"]
    courses = [
        (each.department, {period: p.code for period, (_, p) in each.periods.items()})
        for each in edition.courses.gathered(citing)
    ]
    named = [(each.department, each.codes) for each in found.projects.courses]
    assert len(named) == min(MOST, len(courses)) and all(each in courses for each in named)


def city(departments: int) -> Book:
    given = [
        Given(number, year, final, code, str(code), True)
        for number in range(departments)
        for year in (2023, 2024)
        for final in (False, True)
        for code in range(12)
    ]
    return made(given, ["万元"] * departments)


def weight(departments: int) -> int:
    uses = merged(uses_by_department(Edition(city(departments), "zh")))
    return len(pickle.dumps(uses))


def test_what_is_kept_of_a_city_grows_by_a_line_a_disclosure() -> None:
    """Eight times the departments: eight times the totals, and nothing else."""
    few, many = weight(5), weight(40)
    assert many - few < 4 * 35 * 150, (few, many)


def test_the_largest_projects_of_the_newest_year_are_named() -> None:
    """Each of 25 departments has one of the largest: the first twenty departments are named."""
    found = merged(uses_by_department(Edition(city(25), "zh")))["t"].projects
    assert found.projects == 25 * 4 * 12
    newest = Period(2024, "final")
    named = [(each.department, each.codes[newest]) for each in found.courses]
    assert named == [(f"d{number}", "C11") for number in range(MOST)]


def text(page: Page) -> str:
    (section,) = (b for b in page.blocks if isinstance(b, Section) and b.anchor == "uses")
    facts = sum(len(b.facts) for b in section.blocks if isinstance(b, Facts))
    said = " ".join(line_text(b.line) for b in section.blocks if isinstance(b, Paragraph))
    return f"{facts} {said}"


def targets(page: Page) -> list[Target]:
    (section,) = (b for b in page.blocks if isinstance(b, Section) and b.anchor == "uses")
    return [
        part.target
        for block in section.blocks
        if isinstance(block, Paragraph)
        for part in block.line
        if isinstance(part, Link)
    ]


def test_a_term_page_lists_twenty_and_leads_to_a_search_of_the_rest() -> None:
    edition = Edition(city(5), "zh")
    (term,) = (each for each in edition.book.glossary if each.id == "heating")
    uses = {term.id: merged(uses_by_department(edition))["t"]}
    (page,) = (each for each in term_pages(edition, uses) if each.id.item == term.id)
    # 5 departments, 4 disclosures each, 3 parts: seven disclosures hold the first twenty.
    assert text(page).startswith("7 另有40页没有列出")
    found = [each.query for each in targets(page) if each.page == PageId(Kind.HOME)]
    assert found == [(("q", "清洁取暖"),), (("q", "清洁取暖"), ("kind", "项目"))]


def test_words_of_english_are_searched_for_side_by_side() -> None:
    edition = Edition(city(5), "en")
    (term,) = (each for each in edition.book.glossary if each.id == "heating")
    uses = {term.id: merged(uses_by_department(edition))["t"]}
    (page,) = (each for each in term_pages(edition, uses) if each.id.item == term.id)
    found = [each.query[0] for each in targets(page) if each.page == PageId(Kind.HOME)]
    assert found == [("q", '"clean heating"')] * 2


def test_nothing_is_listed_that_nothing_uses() -> None:
    edition = Edition(city(1), "zh")
    for page in (*term_pages(edition, {}), glossary(edition, {})):
        assert not any(link.query for link in _searches(page))
    assert TermUses() + TermUses() == TermUses()
    assert not Gathered({}, ()) and MOST >= 20


def _searches(page: Page) -> Sequence[Target]:
    uses = [b for b in page.blocks if isinstance(b, Section) and b.anchor == "uses"]
    return targets(page) if uses else ()
