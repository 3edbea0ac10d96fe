"""Data that are valid but unusual: every page is made, with anchors of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.conftest import YEAR, WriteData

from disclosure.book import load_book
from disclosure.site.plan import plan
from disclosure.site.render import render_page

Change = Callable[[Path], None]
PROJECT = "code: P1\nname: 甲\nbudget: 1\n"
TERM = "- id: {}\n  zh: 甲{}\n  en: a{}\n  definition: {{zh: 甲, en: a}}\n"


def with_file(name: str, text: str) -> Change:
    return lambda folder: (folder / YEAR / name).write_text(text, "utf-8") and None


def without(*names: str) -> Change:
    def remove(folder: Path) -> None:
        for name in names:
            path = folder / name.format(year=YEAR)
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def glossary(*ids: str) -> Change:
    text = "".join(TERM.format(id, id, id) for id in ids)
    return lambda folder: (folder / "glossary.yml").write_text(text, "utf-8") and None


FINE: dict[str, Change] = {
    "a department without disclosures": without(YEAR),
    "a disclosure without figures and projects": without("{year}/budget.yml", "{year}/projects"),
    "nothing but the first part": without(
        *(f"{{year}}/{n}.yml" for n in ("budget", "narrative", "procurement", "assets")),
        *("{year}/projects", "glossary.yml", "translations"),
    ),
    "a budget without figures": with_file("budget.yml", "unit: 元\n"),
    "zeros only": with_file(
        "budget.yml", "unit: 元\nrevenue:\n  total: 0\nexpenditure:\n  total: 0\n  basic: 0\n"
    ),
    "blanks only": with_file(
        "budget.yml",
        "unit: 元\nrevenue:\n  total:\nexpenditure:\n  total: 不适用\n  basic:\n"
        "agency_operating:\n  total:\n"
        "three_public:\n  total:\n  change:\n    from: 2023\n    total:\n",
    ),
    "a project without an amount": with_file("projects/P1.yml", "code: P1\nname: 甲\nbudget:\n"),
    "a negative project": with_file("projects/P1.yml", "code: P1\nname: 甲\nbudget: -5\n"),
    "empty texts": with_file(
        "narrative.yml", "introduction:\n  - {}\noverview: {}\nperformance: {}\nother_matters:\n"
    ),
    "a procurement row": with_file(
        "procurement.yml",
        "name: 表\nunit: 万元\nrows:\n  - project: 甲\n    item: 乙\n    total: 1\n    quantity:\n",
    ),
    "an asset table without rows": with_file(
        "assets.yml", "unit: 万元\ntable:\n  name: 甲\n  as_of: 2023-12-31\n  rows: []\n"
    ),
    "an indicator kind without rows": with_file(
        "projects/P1.yml", PROJECT + "indicators:\n  数量指标: []\n"
    ),
    "projects without figures": without("{year}/budget.yml"),
    "a division with two texts": with_file(
        "narrative.yml",
        "performance:\n  divisions:\n" + "    - heading: 甲\n      division: general-affairs\n" * 2,
    ),
    "two printed labels of one word": with_file(
        "budget.yml",
        "unit: 元\nagency_operating:\n  items:\n    维修费: 1\n    日常维修费: 2\n",
    ),
    "levels of indicators that come back": with_file(
        "projects/P1.yml",
        PROJECT
        + "indicators:\n  数量指标:\n    - {name: 甲, target: 1}\n"
        + "  数量 指标:\n    - {name: 乙, target: 1}\n",
    ),
    "a term called like a section": glossary("own", "official"),
}

CASES = [pytest.param(change, id=name) for name, change in FINE.items()]


@pytest.mark.parametrize("change", CASES)
def test_every_page_is_made_with_anchors_of_its_own(write_data: WriteData, change: Change) -> None:
    folder = write_data()
    change(folder)
    site = plan(load_book(folder))
    for marked in site.pages:
        html = str(render_page(marked, site.editions[marked.page.lang]).html)
        ids = re.findall(r' id="([^"]*)"', html)
        assert len(ids) == len(set(ids)), (marked.page.url, ids)
        links = re.findall(r'href="#([^"]*)"', html)
        assert set(links) <= set(ids), marked.page.url
