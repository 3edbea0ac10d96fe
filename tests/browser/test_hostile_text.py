"""Markup in the data, in a real browser: nothing runs, and the reader sees the text."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, expect
from tests.conftest import Reader
from tests.site.hostile import ATTACK, hostile_site

FOLDER = "departments/economy-technology/2024-budget"
PROJECT = f"{FOLDER}/projects/13081124P00000310002E.html"
NAMES = ["index", "policies", "about", *(f"{FOLDER}/{name}" for name in ("index", "print"))]


@pytest.mark.parametrize(
    "prefix", [pytest.param("", marks=pytest.mark.slow, id="zh"), pytest.param("en/", id="en")]
)
def test_nothing_runs_and_the_text_is_seen(
    prefix: str, phone: Reader, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address = hostile_site(tmp_path_factory.getbasetemp()).as_uri() + "/" + prefix
    page, raised = phone.page, []

    def close(dialog: Dialog) -> None:
        raised.append(f"{page.url}: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", close)
    for name in NAMES:
        page.goto(f"{address}{name}.html")
        assert page.title().endswith(ATTACK), name
    page.goto(address + PROJECT)
    expect(page.locator("h1")).to_contain_text(ATTACK)
    label = page.locator("#quantity td").first
    assert ATTACK in label.inner_text()

    terms = page.locator("a.d-term")
    if terms.count():
        terms.first.tap()
        expect(page.locator(".d-popover:popover-open")).to_contain_text(ATTACK)
        page.keyboard.press("Escape")

    page.locator("[data-search]").click()
    page.locator("dialog.ds input").fill("<script>alert(1)</script>")
    expect(page.locator("dialog.ds .ds-link").first).to_contain_text(ATTACK)
    expect(page.locator("dialog.ds .ds-excerpt mark").first).to_be_visible()
    assert page.locator("dialog.ds script").count() == 0
    page.locator("dialog.ds input").fill("<img src=x onerror=alert(2)>\"'")
    expect(page.locator("dialog.ds .ds-status")).to_contain_text("<img src=x onerror=alert(2)>")
    page.locator("dialog.ds .ds-close").click()

    # An address with markup in its anchor, carried over by the switch.
    page.goto(f"{address}{PROJECT}#<img src=x onerror=alert(3)>")
    page.locator("[data-language-switch]").click()
    page.wait_for_load_state()
    assert not raised
    assert not phone.errors and not phone.hosts
