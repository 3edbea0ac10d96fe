"""Addresses are a promise: this table is never changed, only added to."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.site.routes import Kind, PageId, Part, Target, href, relative

FOLDER = "departments/economy-technology/2024-budget"
AT = ("economy-technology", "2024-budget")

PROMISED = {
    PageId(Kind.HOME): "index.html",
    PageId(Kind.DEPARTMENT, "economy-technology"): "departments/economy-technology/index.html",
    PageId(Kind.YEAR, item="2024"): "years/2024.html",
    PageId(Kind.YEAR, item="2024"): "years/2024.html",
    PageId(Kind.OVERVIEW, *AT): f"{FOLDER}/index.html",
    PageId(Kind.PART, *AT, Part.DUTIES): f"{FOLDER}/duties.html",
    PageId(Kind.PART, *AT, Part.SUMMARY): f"{FOLDER}/summary.html",
    PageId(Kind.PART, *AT, Part.OPERATING): f"{FOLDER}/operating.html",
    PageId(Kind.PART, *AT, Part.THREE_PUBLIC): f"{FOLDER}/three-public.html",
    PageId(Kind.PART, *AT, Part.PERFORMANCE): f"{FOLDER}/performance.html",
    PageId(Kind.PART, *AT, Part.SPECIAL_FUNDS): f"{FOLDER}/special-funds.html",
    PageId(Kind.PART, *AT, Part.PROJECTS): f"{FOLDER}/projects/index.html",
    PageId(Kind.PART, *AT, Part.PROCUREMENT): f"{FOLDER}/procurement.html",
    PageId(Kind.PART, *AT, Part.ASSETS): f"{FOLDER}/assets.html",
    PageId(Kind.PART, *AT, Part.TERMS): f"{FOLDER}/terms.html",
    PageId(Kind.PART, *AT, Part.OTHER): f"{FOLDER}/other.html",
    PageId(
        Kind.PROJECT, *AT, "13081124P00005210003G"
    ): f"{FOLDER}/projects/13081124P00005210003G.html",
    PageId(Kind.TABLES, *AT): f"{FOLDER}/tables/index.html",
    PageId(Kind.TABLE, *AT, "revenue-expenditure"): f"{FOLDER}/tables/revenue-expenditure.html",
    PageId(Kind.UNIT, *AT, "service-centre"): f"{FOLDER}/units/service-centre.html",
    PageId(Kind.CHECKS, *AT): f"{FOLDER}/checks.html",
    PageId(Kind.COMPLETENESS, *AT): f"{FOLDER}/completeness.html",
    PageId(Kind.DOWNLOADS, *AT): f"{FOLDER}/downloads.html",
    PageId(Kind.EDITIONS, *AT): f"{FOLDER}/editions.html",
    PageId(Kind.PRINT, *AT): f"{FOLDER}/print.html",
    PageId(Kind.GLOSSARY): "glossary.html",
    PageId(Kind.TERM, item="basic-expenditure"): "glossary/basic-expenditure.html",
    PageId(Kind.POLICIES): "policies.html",
    PageId(Kind.POLICY, item="budget-law"): "policies/budget-law.html",
    PageId(Kind.GUIDE): "guide.html",
    PageId(Kind.ACCESSIBILITY): "accessibility.html",
    PageId(Kind.CONTENT, item="about"): "about.html",
}


@pytest.mark.parametrize("page", PROMISED, ids=lambda page: f"{page.kind} {page.item}".strip())
def test_promised_addresses(page: PageId) -> None:
    assert page.url("zh") == PROMISED[page]
    assert page.url("en") == f"en/{PROMISED[page]}"


def test_every_kind_and_every_part_is_promised() -> None:
    assert {page.kind for page in PROMISED} == set(Kind)
    assert {page.item for page in PROMISED if page.kind is Kind.PART} == set(Part)
    assert len(set(PROMISED.values())) == len(PROMISED)


def test_the_parts_are_the_eleven_of_the_document_in_order() -> None:
    assert list(Part) == [
        "duties",
        "summary",
        "operating",
        "three-public",
        "performance",
        "special-funds",
        "projects",
        "procurement",
        "assets",
        "terms",
        "other",
    ]


@pytest.mark.parametrize(
    ("here", "there", "way"),
    [
        ("index.html", "glossary.html", "glossary.html"),
        ("index.html", "en/index.html", "en/index.html"),
        ("en/index.html", "index.html", "../index.html"),
        ("a/b/c.html", "a/b/d.html", "d.html"),
        ("a/b/c.html", "a/d/e.html", "../d/e.html"),
        ("a/b/c.html", "en/a/b/c.html", "../../en/a/b/c.html"),
        ("a/b/c.html", "a/b/c.html", "c.html"),
        ("index.html", ".", "."),
        ("a/b/c.html", ".", "../.."),
        ("ab/c.html", "a/c.html", "../a/c.html"),
        ("a/b/c.html", "a/b.html", "../b.html"),
    ],
)
def test_links_are_relative(here: str, there: str, way: str) -> None:
    assert relative(here, there) == way


ADDRESS = st.lists(st.sampled_from(["a", "b", "ab", "en"]), max_size=4).map("/".join)


@given(ADDRESS, ADDRESS.filter(bool))
def test_a_link_is_the_way_that_the_system_would_go(folder: str, there: str) -> None:
    here = f"{folder}/c.html" if folder else "c.html"
    assert relative(here, there) == posixpath.relpath(there, folder or ".")


def test_links_stay_in_the_language_of_the_page() -> None:
    project = PageId(Kind.PROJECT, *AT, "P1")
    glossary = Target(PageId(Kind.GLOSSARY), "budget")
    assert href(glossary, project.url("zh"), "zh") == "../../../../glossary.html#budget"
    assert href(glossary, project.url("en"), "en") == "../../../../glossary.html#budget"
    assert href(Target(project), "index.html", "zh") == f"{FOLDER}/projects/P1.html"
    assert href(Target(project), "en/index.html", "en") == f"{FOLDER}/projects/P1.html"


def test_a_link_within_a_page_is_its_anchor() -> None:
    page = PageId(Kind.GLOSSARY)
    assert href(Target(page, "budget"), page.url("en"), "en") == "#budget"
    assert href(Target(anchor="top"), page.url("en"), "en") == "#top"
    assert href(Target(page), page.url("en"), "en") == "glossary.html"


def test_a_file_belongs_to_no_language() -> None:
    file = Target(file=f"{FOLDER}/data/disclosure.json")
    downloads = PageId(Kind.DOWNLOADS, *AT)
    assert href(file, downloads.url("zh"), "zh") == "data/disclosure.json"
    assert href(file, downloads.url("en"), "en") == f"../../../../{FOLDER}/data/disclosure.json"
