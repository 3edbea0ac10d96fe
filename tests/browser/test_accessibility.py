"""A sample of what `make audit` measures on every page, and what a reader does without a mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.accessible import LARGE, SPACING, faults, lost_by_spacing, too_wide, walk
from tests.conftest import VIEWPORTS, OpenReader, Reader

FOLDER = "departments/economy-technology/2024-budget"
PROJECT = f"{FOLDER}/projects/13081124P00000310002E.html"
SAMPLE = ("index.html", f"en/{PROJECT}", f"{FOLDER}/summary.html")


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for the whole sample."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("url", SAMPLE)
def test_axe_finds_nothing_in_any_scheme_and_nothing_moves_sideways(
    url: str, tab: Page, site_address: str
) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.emulate_media(color_scheme="light")
    tab.goto(site_address + url)
    assert not lost_by_spacing(tab), "1.4.12"
    assert not faults(tab)
    tab.evaluate("document.documentElement.dataset.text = '200'")
    assert not too_wide(tab, 360), "200 % at 360 px"
    assert not faults(tab, *LARGE), "200 %, light: 7 to 1"
    tab.emulate_media(color_scheme="dark")
    assert not faults(tab, *LARGE), "200 %, dark: 7 to 1"
    tab.evaluate("delete document.documentElement.dataset.text")
    assert not faults(tab, "color-contrast"), "dark"
    tab.set_viewport_size({"width": 320, "height": 640})
    assert not too_wide(tab, 320), "1.4.10"


def test_the_sample_can_fail(tab: Page, site_address: str) -> None:
    """What it looks for is found when it is there."""
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.emulate_media(color_scheme="light")
    tab.goto(f"{site_address}404.html")
    assert walk(tab)[1] == []
    tab.evaluate("""() => {
      const spoil = new CSSStyleSheet();
      spoil.replaceSync(`h1 { color: #aaa !important; width: 500px }
        a:focus-visible { outline: 0 !important }
        .d-search { position: absolute; top: -99px }
        article p { height: 1.6em; white-space: nowrap; overflow: hidden }`);
      document.adoptedStyleSheets = [spoil];
      document.querySelector("[data-search]").removeAttribute("aria-label");
    }""")
    assert any(fault.startswith("color-contrast") for fault in faults(tab))
    assert any("<h1" in fault for fault in too_wide(tab, 360))
    wrong = walk(tab)[1]
    assert any(fault.startswith("focus not shown: <a") for fault in wrong)
    assert any(fault.startswith("not in the window: <button") for fault in wrong)


@pytest.mark.parametrize("size", sorted(VIEWPORTS))
def test_the_whole_page_can_be_gone_through_by_tab(size: str, tab: Page, site_address: str) -> None:
    """2.1.1, 2.4.3, 2.4.7, 2.4.11."""
    width, height = VIEWPORTS[size]
    tab.set_viewport_size({"width": width, "height": height})
    tab.emulate_media(color_scheme="light")
    tab.goto(site_address + PROJECT)
    stops, wrong = walk(tab)
    assert not wrong
    assert stops > 20


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_one_button_makes_the_text_larger_and_is_remembered(
    phone: Reader, site_address: str, prefix: str
) -> None:
    page = phone.page
    page.goto(site_address + prefix + PROJECT)
    button, said = page.locator('[data-choice="text"]'), page.locator("[data-said]")
    text = page.locator("article p").first
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    normal = text.evaluate(size)
    box = button.bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44
    labels, spoken = set(), set()
    at_first = button.get_attribute("aria-label") or ""
    for percent in (150, 200):
        labels.add(button.get_attribute("aria-label"))
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("html")).to_have_attribute("data-text", str(percent))
        assert text.evaluate(size) == pytest.approx(normal * percent / 100)
        expect(button).to_be_focused()
        spoken.add(said.inner_text())
        header = page.locator(".md-header")
        assert header.evaluate("e => e.scrollWidth") <= 360, "the header stays in the window"
    page.locator("[data-language-switch]").click()
    page.wait_for_url(f"{site_address}{'' if prefix else 'en/'}{PROJECT}")
    assert page.locator("article p").first.evaluate(size) == pytest.approx(normal * 2)
    page.goto(f"{site_address}{prefix}index.html")
    # Before anything is drawn: the script in the head, not the one at the end, has chosen.
    assert page.evaluate("document.documentElement.dataset.text") == "200"
    expect(button).not_to_have_attribute("aria-label", at_first)  # it says what comes next
    labels.add(button.get_attribute("aria-label"))
    button.tap()
    expect(page.locator("html:not([data-text])")).to_be_attached()
    spoken.add(said.inner_text())
    assert page.locator("article p").first.evaluate(size) == pytest.approx(normal, rel=0.2)
    assert len(labels) == len(spoken) == 3 and "" not in spoken
    assert not phone.errors


def test_the_open_menu_keeps_the_page_behind_it_out_of_reach(
    phone: Reader, site_address: str
) -> None:
    page = phone.page
    page.goto(site_address + PROJECT)
    menu = page.locator(".d-menu")
    menu.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#d-menu') !== null"), "the focus goes in"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("""() => ["#d-menu", ".md-header", "main", "footer"].find(
              (where) => document.activeElement.closest(where)) || "" """)
        )
    assert reached <= {"#d-menu", ".md-header", ""} and "#d-menu" in reached
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(menu).to_have_attribute("aria-expanded", "false")
    assert page.locator("[inert]").count() == 0
    assert not phone.errors


def test_without_script_the_menu_opens_by_keyboard(
    open_reader: OpenReader, site_address: str
) -> None:
    page = open_reader("phone", java_script_enabled=False).page
    page.goto(site_address + PROJECT)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".d-nav a").first).to_be_in_viewport()
    page.locator(".d-menu-label").tap()
    expect(page.locator(".d-nav a").first).not_to_be_in_viewport()


def test_landmarks_have_names_of_their_own(tab: Page, site_address: str) -> None:
    tab.goto(site_address + PROJECT)
    assert [tab.locator(f"body {e}").count() for e in ("main", "header", "footer")] == [1, 1, 1]
    assert tab.locator("main nav.d-nav").count() == 0, "the menu is not a part of the content"
    names = tab.locator("nav").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    assert all(names) and len(set(names)) == len(names), names


def test_spacing_is_not_refused_by_the_policy(tab: Page, site_address: str) -> None:
    """The sheet of 1.4.12 that the sample sets is in force, so that the sample means something."""
    tab.goto(site_address)
    tab.evaluate(SPACING)
    spaced = tab.locator("h1").evaluate("e => getComputedStyle(e).letterSpacing")
    assert re.fullmatch(r"[1-9][\d.]*px", spaced)
