"""A link copied from a section leads back to it; a page can be handed on."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import OpenReader, Reader

FOLDER = "departments/economy-technology/2024-budget"
PROJECT = f"{FOLDER}/projects/13081124P00000310002E.html"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
SIDES = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
SCREENS = pytest.mark.parametrize("screen", ["phone", "desktop"])
COPIED = {"": "链接已复制", "en/": "Link copied"}

# Goes to every section and every row with an address, and says which of them did not come into
# sight below the header, or are not marked.
WALK = """async () => {
  const wrong = [], bar = document.querySelector(".md-header").getBoundingClientRect().bottom;
  const ids = [...document.querySelectorAll("article :is(h2, h3, h4, tr)[id]")].map(e => e.id);
  for (const id of ids) {
    location.hash = id;
    await new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)));
    const target = document.getElementById(id), box = target.getBoundingClientRect();
    const plain = getComputedStyle(document.querySelector("article h1")).backgroundColor;
    const cell = target.firstElementChild || target;
    const marked = [target, cell].some(e => getComputedStyle(e).backgroundColor !== plain);
    const seen = box.top >= bar - 1 && box.top <= innerHeight - 8;
    if (!seen || !marked) wrong.push([id, box.top, marked]);
  }
  return [ids.length, wrong];
}"""


SHARE = "navigator.share = what => { window.shared = what; return Promise.reject(); }"


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def press(page: Page, sign: Any, screen: str) -> None:
    """The sign beside a heading: by thumb on a phone, by keyboard at a desk."""
    if screen == "phone":
        assert float(sign.evaluate("e => getComputedStyle(e).opacity")) == 1, "seen without hover"
        box = sign.bounding_box()
        assert box and box["width"] >= 24 and box["height"] >= 24, "WCAG 2.2, 2.5.8"
        sign.tap()
    else:
        sign.focus()
        page.keyboard.press("Enter")


@SCREENS
@SIDES
def test_a_link_copied_from_a_section_leads_back(
    open_reader: OpenReader, site_address: str, prefix: str, screen: str
) -> None:
    reader = open_reader(screen, permissions=CLIPBOARD)
    page = reader.page
    page.goto(site_address + prefix + PROJECT)
    sign = page.locator("#indicators > a.headerlink")
    press(page, sign, screen)
    expect(page.locator("[data-said]")).to_have_text(COPIED[prefix])
    expect(sign).to_have_attribute("data-copied", COPIED[prefix])
    address = f"{site_address}{prefix}{PROJECT}#indicators"
    assert clipboard(page) == page.url == address
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "what is said makes the page no wider"

    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("#indicators")).to_be_in_viewport()
    for url in (f"{prefix}{PROJECT}", f"{prefix}{FOLDER}/projects/index.html"):
        page.goto(site_address + url)
        count, wrong = page.evaluate(WALK)
        assert count >= 4 and not wrong, url
    assert not reader.errors


def test_with_a_modifier_the_sign_is_a_plain_link(
    open_reader: OpenReader, site_address: str
) -> None:
    page = open_reader("desktop", permissions=CLIPBOARD).page
    page.goto(site_address + PROJECT)
    page.evaluate("navigator.clipboard.writeText('before')")
    with page.context.expect_page() as opened:
        page.locator("#indicators > a.headerlink").click(modifiers=["Control"])
    opened.value.wait_for_url("**#indicators")
    page.bring_to_front()  # a page in the background may not read the clipboard
    assert clipboard(page) == "before"
    assert page.locator("[data-said]").text_content() == ""


@SIDES
def test_without_script_the_sign_is_a_plain_link(
    open_reader: OpenReader, site_address: str, prefix: str
) -> None:
    page = open_reader("phone", java_script_enabled=False).page
    page.goto(site_address + prefix + PROJECT)
    page.locator("#indicators > a.headerlink").tap()
    page.wait_for_url(f"{site_address}{prefix}{PROJECT}#indicators")
    expect(page.locator("#indicators")).to_be_in_viewport()
    expect(page.locator("[data-share]")).to_be_hidden()


def test_without_a_secure_connection_the_address_is_copied_all_the_same(
    open_reader: OpenReader, site_address: str
) -> None:
    """Many portals are still served over http, where browsers offer no clipboard."""
    reader = open_reader("desktop", permissions=CLIPBOARD)
    page = reader.page
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(site_address + PROJECT)
    assert not page.evaluate("'clipboard' in navigator")
    page.locator("[data-share]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_have_text("链接已复制")
    expect(page.locator("[data-share]")).to_be_focused()
    other = page.context.browser.contexts[-1].new_page()  # type: ignore[union-attr]
    other.add_init_script("")
    other.goto(site_address)
    assert clipboard(other) == site_address + PROJECT
    assert not reader.errors


@SIDES
def test_a_phone_hands_the_page_on(phone: Reader, site_address: str, prefix: str) -> None:
    page = phone.page
    page.add_init_script(SHARE)
    page.goto(f"{site_address}{prefix}{PROJECT}#indicators")
    page.locator("[data-share]").tap()
    # The script that hands the page on is fetched at the first press.
    shared = page.wait_for_function("() => window.shared").json_value()
    assert shared == {"title": page.title(), "url": f"{site_address}{prefix}{PROJECT}#indicators"}
    assert not phone.errors
