"""The marks of the data checks, as a reader meets them on a phone and at a desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.conftest import OpenReader, Reader

FOLDER = "departments/economy-technology/2024-budget"
SIDES = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
NAMES = {"": "数据核对", "en/": "Data check"}


@pytest.fixture
def reader(reader: Reader) -> Any:
    """Whatever a reader does, the console stays silent."""
    yield reader
    assert not reader.errors


def mark_beside(page: Page, figure: str) -> Locator:
    """The mark in the cell of a figure."""
    cell = page.locator("td", has=page.get_by_text(figure, exact=True))
    return cell.locator("a.d-finding")


@SIDES
def test_the_mark_beside_a_figure_leads_to_its_finding_and_back(
    reader: Reader, site_address: str, prefix: str
) -> None:
    page = reader.page
    page.goto(f"{site_address}{prefix}{FOLDER}/operating.html")
    mark = mark_beside(page, "30.62")
    expect(mark).to_be_visible()
    expect(mark).to_have_accessible_name(re.compile(rf"^※\d+ {NAMES[prefix]}"))
    seen = mark.inner_text()
    mark.click()
    page.wait_for_url(f"**/{prefix}{FOLDER}/checks.html#a405-1")
    row = page.locator("#a405-1")
    expect(row).to_be_in_viewport()
    for text in (seen, "30.62", "30.20", "0.42"):
        expect(row).to_contain_text(text)
    row.get_by_role("link").click()
    page.wait_for_url(f"**/{prefix}{FOLDER}/operating.html#mark-a405-1")
    expect(mark).to_be_in_viewport()


@SIDES
@pytest.mark.parametrize(
    "name", ["index", "summary", "operating", "projects/13081123P00007210003G"]
)
def test_a_mark_is_large_enough_and_widens_no_page(
    reader: Reader, site_address: str, prefix: str, name: str
) -> None:
    """WCAG 2.2, 2.5.8: a target of at least 24 × 24 CSS pixels, and none upon another."""
    page = reader.page
    page.goto(f"{site_address}{prefix}{FOLDER}/{name}.html")
    marks = page.locator("a.d-finding")
    boxes = [each.bounding_box() for each in marks.all()]
    assert boxes
    for box in boxes:
        assert box is not None and box["width"] >= 24 and box["height"] >= 24
        assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown = marks.first.evaluate(
        "e => [getComputedStyle(e).borderTopStyle, getComputedStyle(e).userSelect, e.innerText]"
    )
    assert shown[:2] == ["solid", "none"] and re.fullmatch(r"※\d+", shown[2])


@SIDES
def test_the_mark_is_on_paper_and_not_in_the_copied_figure(
    desktop: Reader, site_address: str, prefix: str
) -> None:
    page = desktop.page
    page.goto(f"{site_address}{prefix}{FOLDER}/operating.html")
    row = page.locator("#operating-total")
    copied = row.evaluate(
        "e => { getSelection().selectAllChildren(e); return getSelection().toString() }"
    )
    assert "30.62" in copied and "※" not in copied
    page.emulate_media(media="print")
    mark = mark_beside(page, "30.62")
    expect(mark).to_be_visible()
    assert mark.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


@SIDES
def test_without_script_the_mark_is_a_link(
    open_reader: OpenReader, site_address: str, prefix: str
) -> None:
    page = open_reader("phone", java_script_enabled=False).page
    page.goto(f"{site_address}{prefix}{FOLDER}/operating.html")
    mark_beside(page, "30.62").click()
    page.wait_for_url(f"**/{prefix}{FOLDER}/checks.html#a405-1")
