"""Finding one's way by thumb: the eleven parts, the next project, back to the list, other years."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import OpenReader, Reader, ServeFolder

FOLDER = "departments/economy-technology/2024-budget"
CODE = "13081124P00000310002E"
PROJECT = f"{FOLDER}/projects/{CODE}.html"
SIDES = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
NUMBERS = {"": [*"一二三四五六七八九十", "十一"], "en/": [str(n) for n in range(1, 12)]}


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found, selector
    return found


@SIDES
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_eleven_parts_are_one_tap_and_a_choice_away(
    open_reader: OpenReader, site_address: str, prefix: str, script: bool
) -> None:
    page = open_reader("phone", java_script_enabled=script).page
    page.goto(f"{site_address}{prefix}{PROJECT}")
    bar = box(page, ".d-thumb")
    assert bar["height"] <= 56 and abs(bar["y"] + bar["height"] - 740) < 1, "low and slim"
    page.locator(".d-thumb summary").tap()
    links = page.locator(".d-thumb li a:has(b)")
    assert links.locator("b").all_inner_texts() == NUMBERS[prefix]
    for link in links.all():
        place = link.bounding_box()
        assert place and place["height"] >= 44, "WCAG 2.2, 2.5.5"
        assert place["y"] > 200 and place["y"] + place["height"] <= bar["y"] + 1, "in reach"
    assert page.locator(".d-thumb [aria-current]").get_attribute("href") == "index.html"
    assert page.locator(".d-thumb [aria-current]").get_attribute("aria-current") == "true"
    links.nth(1).tap()
    page.wait_for_url(f"{site_address}{prefix}{FOLDER}/summary.html")
    assert page.locator(".d-thumb [aria-current=page] b").text_content() == NUMBERS[prefix][1]


@SIDES
def test_back_to_the_list_at_the_same_place(phone: Reader, site_address: str, prefix: str) -> None:
    page = phone.page
    page.goto(f"{site_address}{prefix}{FOLDER}/projects/index.html")
    row = page.locator(f"#project-{CODE}")
    plain = row.evaluate("e => getComputedStyle(e).backgroundColor")
    row.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 300
    row.locator("a").first.tap()
    page.wait_for_url(f"**/{CODE}.html")
    page.go_back()
    page.wait_for_url("**/projects/index.html")
    page.wait_for_function(f"Math.abs(scrollY - {before}) < 2")
    page.go_forward()
    page.locator(".d-thumb__up").tap()
    page.wait_for_url(f"**/projects/index.html#project-{CODE}")
    place, head = row.bounding_box(), box(page, ".md-header")
    assert place and place["y"] >= head["height"], "not below the header"
    assert place["y"] + place["height"] <= box(page, ".d-thumb")["y"], "not behind the bar"
    assert row.evaluate("e => getComputedStyle(e).backgroundColor") != plain, "marked"
    assert not phone.errors


@SIDES
def test_the_bar_covers_neither_the_focus_nor_the_foot(
    phone: Reader, site_address: str, prefix: str
) -> None:
    """WCAG 2.2, 2.4.11; the bar goes when the paper comes."""
    page = phone.page
    page.goto(f"{site_address}{prefix}{FOLDER}/tables/index.html")
    page.locator("article a").first.focus()
    covered = []
    for _ in range(25):
        page.keyboard.press("Tab")
        covered += page.evaluate("""() => {
          const bar = document.querySelector(".d-thumb"), now = document.activeElement;
          const [a, b] = [now.getBoundingClientRect(), bar.getBoundingClientRect()];
          const aside = now === document.body || bar.contains(now);
          return !aside && a.bottom > b.top ? [now.outerHTML.slice(0, 90)] : [];
        }""")
    assert not covered
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    foot, bar = box(page, ".d-footer"), box(page, ".d-thumb")
    assert foot["y"] + foot["height"] <= bar["y"] + 1
    page.emulate_media(media="print")
    expect(page.locator(".d-thumb")).to_be_hidden()


@SIDES
def test_the_parts_by_keyboard(phone: Reader, site_address: str, prefix: str) -> None:
    page = phone.page
    page.goto(f"{site_address}{prefix}{PROJECT}")
    summary, parts = page.locator(".d-thumb summary"), page.locator(".d-thumb ul")
    summary.focus()
    page.keyboard.press("Enter")
    expect(parts).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.d-thumb li') !== null")
    page.keyboard.press("Escape")
    expect(parts).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press(" ")
    expect(parts).to_be_visible()
    page.locator("h1").tap()
    expect(parts).to_be_hidden()
    assert not phone.errors


def test_where_there_is_room_the_parts_stand_beside_the_text(
    desktop: Reader, site_address: str
) -> None:
    page = desktop.page
    page.goto(f"{site_address}{PROJECT}")
    expect(page.locator(".d-thumb")).to_be_hidden()
    numbers = page.locator(".d-nav__number").all_inner_texts()
    assert numbers == NUMBERS[""]
    assert page.locator(".d-nav [aria-current]").get_attribute("href") == "index.html"
    page.goto(f"{site_address}{FOLDER}/summary.html")
    expect(page.locator(".d-sections")).to_be_hidden()


YEARS = Path(__file__).resolve().parents[1] / "fixtures" / "years"


@pytest.fixture(scope="module")
def years_address(build_site: Any, serve_folder: ServeFolder, tmp_path_factory: Any) -> str:
    """The small site of several years, kinds and departments."""
    folder = tmp_path_factory.mktemp("years-site")
    shutil.copytree(YEARS, folder, dirs_exist_ok=True)
    (folder / "content").mkdir(exist_ok=True)
    return serve_folder(build_site(config=folder / "mkdocs.yml"))


@SIDES
def test_other_years_and_kinds_are_a_choice_away(
    phone: Reader, years_address: str, prefix: str
) -> None:
    page = phone.page
    page.goto(f"{years_address}{prefix}departments/commerce/2024-budget/projects/B7.html")
    choice = page.locator(".d-years summary")
    assert "2024" in choice.inner_text() and box(page, ".d-years summary")["height"] >= 44
    choice.tap()
    links = page.locator(".d-years li a")
    assert all(link.evaluate("e => e.offsetHeight >= 44") for link in links.all())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    links.first.tap()
    page.wait_for_url("**/2023-budget/projects/A1.html")
    page.go_back()
    choice.tap() if not links.last.is_visible() else None
    expect(links.last).to_contain_text("project list" if prefix else "项目列表")
    links.last.tap()
    page.wait_for_url("**/2023-final/projects/index.html")
    assert not phone.errors
