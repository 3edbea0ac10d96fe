"""The pages of a policy document and of a term, and a search that an address asks for."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.accessible import LARGE, faults, lost_by_spacing, too_wide
from tests.conftest import Reader

POLICY = "policies/zone-industry-support-policy.html"
SAMPLE = (POLICY, "en/glossary/basic-expenditure.html", "en/policies.html")


@pytest.mark.parametrize("url", SAMPLE)
def test_pages_are_accessible_in_both_schemes(
    url: str, browser: Browser, site_address: str
) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 360, "height": 740})
    tab = context.new_page()
    tab.goto(site_address + url)
    assert not lost_by_spacing(tab), "1.4.12"
    assert not faults(tab)
    tab.evaluate("document.documentElement.dataset.text = '200'")
    assert not too_wide(tab, 360), "200 % at 360 px"
    tab.emulate_media(color_scheme="dark")
    assert not faults(tab, *LARGE), "200 %, dark: 7 to 1"
    tab.evaluate("delete document.documentElement.dataset.text")
    tab.set_viewport_size({"width": 320, "height": 640})
    assert not too_wide(tab, 320), "1.4.10"
    context.close()


@pytest.mark.parametrize(("prefix", "word"), [("", "型煤"), ("en/", "briquettes")])
def test_an_address_asks_the_search_once(
    desktop: Reader, site_address: str, prefix: str, word: str
) -> None:
    page = desktop.page
    page.goto(f"{site_address}{prefix}index.html?q={quote(word)}")
    expect(page.locator("dialog.ds")).to_be_visible()
    expect(page.locator(".ds-input")).to_have_value(word)
    first = page.locator(".ds-link").first
    expect(first).to_be_visible()
    assert first.get_attribute("href").endswith(f"{prefix}glossary/briquettes.html")  # type: ignore[union-attr]
    page.keyboard.press("Escape")
    expect(page.locator("dialog.ds")).to_be_hidden()
    assert not desktop.errors


@pytest.mark.parametrize(
    ("prefix", "word", "kind"), [("", "型煤", "项目"), ("en/", "briquettes", "Project")]
)
def test_an_address_chooses_what_is_searched(
    desktop: Reader, site_address: str, prefix: str, word: str, kind: str
) -> None:
    """A term page leads to the projects that it does not list."""
    page = desktop.page
    page.goto(f"{site_address}{prefix}index.html?q={quote(word)}&kind={quote(kind)}")
    first = page.locator(".ds-link").first
    expect(first).to_be_visible()
    assert "/projects/" in (first.get_attribute("href") or "")
    chosen = page.locator(".ds-filters option:checked").all()
    assert kind in [each.get_attribute("data-name") for each in chosen]
    page.locator(".ds-clear").click()
    expect(first).to_have_attribute("href", re.compile("glossary/briquettes"))
    assert not desktop.errors


def test_without_a_question_nothing_opens(desktop: Reader, site_address: str) -> None:
    page = desktop.page
    page.goto(f"{site_address}index.html?print=1")
    page.wait_for_function("typeof disclosureTables === 'function'")
    expect(page.locator("dialog.ds")).to_have_count(0)
    assert not desktop.errors
