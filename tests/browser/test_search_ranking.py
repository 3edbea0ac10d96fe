"""What a person would want first, on this project's own pages, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.conftest import Reader

FOLDER = "departments/economy-technology/2024-budget"
HEATING = f"{FOLDER}/projects/13081124P00000310002E.html"
# What is typed, and the address that comes first. A name, a code or a term before a text that
# only mentions it; a project before the lists it stands in.
FIRST = {
    "": {
        "取暖": HEATING,
        "清洁能源取暖工作经费": HEATING,
        "清洁能源": HEATING,
        "13081124P00000310002E": HEATING,
        "0310002": HEATING,
        "三公经费": "glossary/three-public-expenses.html",
        "绩效目标": "glossary/performance-objective.html",
        "机关运行经费": "glossary/agency-operating-expenses.html",
        "机关运行经费安排情况": f"{FOLDER}/operating.html",
        "承财建[2023]141号": "policies/chengcaijian-2023-141.html",
        "项目支出绩效目标表": f"{FOLDER}/tables/project-performance.html",
        "名词解释": "glossary.html",
        "取暖 满意度": HEATING,
    },
    "en/": {
        "heating": HEATING,
        "clean energy": HEATING,
        "13081124P00000310002E": HEATING,
        "three publics": "glossary/three-public-expenses.html",
        "performance objective": "glossary/performance-objective.html",
        "Chengcaijian [2023] No. 141": "policies/chengcaijian-2023-141.html",
        "heating satisfaction": HEATING,
        "glossary": "glossary.html",
    },
}


@pytest.mark.parametrize("prefix", FIRST, ids=["zh", "en"])
def test_what_comes_first(desktop: Reader, site_address: str, prefix: str) -> None:
    page = desktop.page
    page.goto(f"{site_address}{prefix}index.html")
    page.keyboard.press("/")
    status = page.locator(".ds-status")
    found: dict[str, str] = {}
    for query, wanted in FIRST[prefix].items():
        page.locator(".ds-input").fill("")
        expect(page.locator(".ds-item")).to_have_count(0)
        page.locator(".ds-input").fill(query)
        expect(status).to_contain_text("result" if prefix else "条结果")
        address = str(page.locator(".ds-link").first.evaluate("link => link.href"))
        found[query] = address.removeprefix(site_address + prefix)
        if "#" not in wanted:
            found[query] = found[query].split("#")[0]
    assert found == FIRST[prefix]
