"""Pages do not grow with the number of projects: 12 and 120 of them, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.conftest import YEAR, WriteData

from disclosure.book import load_book
from disclosure.model.fields import LANGS, Lang
from disclosure.site.plan import Site, plan
from disclosure.site.render import render_page
from disclosure.site.routes import Kind, PageId, Part

AT = ("example", "2024-budget")
SAME = {
    "home": PageId(Kind.HOME),
    "overview": PageId(Kind.OVERVIEW, *AT),
    "project": PageId(Kind.PROJECT, *AT, "P0001"),
    "glossary": PageId(Kind.GLOSSARY),
}


@pytest.fixture
def sites(write_data: WriteData) -> Callable[[int], Site]:
    folder = write_data()

    def build(count: int) -> Site:
        projects = folder / YEAR / "projects"
        projects.mkdir(exist_ok=True)
        for number in range(1, count + 1):
            code = f"P{number:04}"
            (projects / f"{code}.yml").write_text(
                f"code: {code}\nname: 项目{number:04}\nbudget: {1000 - number}\n"
                f"use: 清洁取暖\norder: {number + 1}\n",
                "utf-8",
            )
        return plan(load_book(folder))

    return build


def weight(site: Site, lang: Lang, id: PageId) -> int:
    (found,) = (m for m in site.pages if (m.page.lang, m.page.id) == (lang, id))
    return len(render_page(found, site.editions[lang]).html.encode())


def test_ten_times_the_projects_weigh_the_same(sites: Callable[[int], Site]) -> None:
    few, many = sites(12), sites(120)
    for lang in LANGS:
        for name, id in SAME.items():
            small, large = weight(few, lang, id), weight(many, lang, id)
            assert abs(large - small) <= 0.02 * small, f"{name} {lang}: {small}, {large} bytes"
        listed = PageId(Kind.PART, *AT, Part.PROJECTS)
        assert weight(many, lang, listed) > 5 * weight(few, lang, listed), "the list has them all"


def glossary_text(site: Site, lang: Lang) -> str:
    (found,) = (m for m in site.pages if (m.page.lang, m.page.id.kind) == (lang, Kind.GLOSSARY))
    return render_page(found, site.editions[lang]).html


def test_a_term_of_many_projects_leads_to_their_list(sites: Callable[[int], Site]) -> None:
    few, many = sites(5), sites(12)
    assert "projects/P0001.html" in glossary_text(few, "zh")
    for lang, said in (("zh", "2024年部门预算的12个项目"), ("en", "12 projects")):
        text = glossary_text(many, lang)  # type: ignore[arg-type]
        assert "projects/P0001.html" not in text
        assert said in text and "2024-budget/projects/index.html" in text
