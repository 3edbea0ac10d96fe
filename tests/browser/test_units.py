"""Amounts in another unit: exact, remembered, and as printed again byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from tests.browser.accessible import faults, too_wide
from tests.conftest import VIEWPORTS, OpenReader

from disclosure.site.blocks import Amount

FOLDER = "departments/economy-technology/2024-budget"
SUMMARY = f"{FOLDER}/summary.html"
LIST = f"{FOLDER}/projects/index.html"
PROJECT = f"{FOLDER}/projects/13081124P00000310002E.html"
LANGS = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
SWITCH = "[data-units]"
ARTICLE = "() => document.querySelector('article').innerHTML"

WORDS = {
    "": {
        "yuan": ("（单位：元）", "38,046,500", "38,046,500元", "金额现在以元显示"),
        "million": ("（单位：百万元）", "38.0465", "38.0465百万元", "金额现在以百万元显示"),
    },
    "en/": {
        "yuan": ("(Unit: CNY)", "38,046,500", "CNY 38,046,500", "Amounts are now shown in CNY"),
        "million": (
            "(Unit: CNY million)",
            "38.0465",
            "CNY 38.0465 million",
            "Amounts are now shown in CNY million",
        ),
    },
}


def choose(page: Page, unit: str) -> None:
    """Choose a unit and wait until the amounts are in it: the script comes with the first."""
    page.locator(SWITCH).select_option(unit)
    expect(page.locator("html")).to_have_attribute("data-unit", unit)


def shown(page: Page, selector: str) -> list[str]:
    return page.locator(selector).all_inner_texts()


# ---- the switch ------------------------------------------------------------------------------


@LANGS
@pytest.mark.parametrize("size", sorted(VIEWPORTS))
def test_the_switch_changes_figures_and_what_names_their_unit(
    open_reader: OpenReader, site_address: str, prefix: str, size: str
) -> None:
    reader = open_reader(size)
    page = reader.page
    page.goto(site_address + prefix + SUMMARY)
    printed = page.evaluate(ARTICLE)
    switch = page.locator(SWITCH)
    box = switch.bounding_box()
    assert box and box["height"] >= 44 and box["y"] < 260, "near the top"
    total, unit = "#revenue-total data", "#revenue-table caption .d-unit"
    for name, (caption, figure, _, said) in WORDS[prefix].items():
        choose(page, name)
        assert shown(page, unit) == [caption]
        assert shown(page, total) == [figure]
        assert page.locator("[data-said]").inner_text() == said
        title = page.locator(total).get_attribute("title")
        assert title == ("printed as 3804.65 (unit: CNY 10,000)" if prefix else "原文：3804.65万元")
    choose(page, "")
    assert page.evaluate(ARTICLE) == printed, "as printed again, byte for byte"
    assert page.locator("[data-said]").inner_text() in (
        "金额现在按原文显示",
        "Amounts are now shown as printed",
    )
    choose(page, "yuan")
    assert not too_wide(page, VIEWPORTS[size][0])
    if (size == "phone") == bool(prefix):
        assert not faults(page)
    assert not reader.errors


@LANGS
def test_running_text_and_the_labels_of_cards_change_too(
    open_reader: OpenReader, site_address: str, prefix: str
) -> None:
    page = open_reader("phone").page
    page.goto(f"{site_address}{prefix}{FOLDER}/index.html")
    figure = page.locator(f".d-key data[value='{38_046_500}']").first
    before = figure.inner_text()
    for name, (_, _, worded, _) in WORDS[prefix].items():
        choose(page, name)
        assert figure.inner_text() == worded
    choose(page, "")
    assert figure.inner_text() == before == ("CNY 38,046,500" if prefix else "3804.65万元")
    page.goto(site_address + prefix + LIST)
    choose(page, "million")
    label = page.locator("td:has(data)").first.get_attribute("data-label")
    assert label == ("Amount (CNY million)" if prefix else "金额（百万元）")
    choose(page, "yuan")
    label = page.locator("td:has(data)").first.get_attribute("data-label")
    assert label == ("Amount (CNY)" if prefix else "金额（元）")


def test_a_table_that_becomes_too_wide_moves_in_a_frame_of_its_own(
    open_reader: OpenReader, site_address: str
) -> None:
    page = open_reader("phone").page
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site_address}en/{FOLDER}/assets.html")
    choose(page, "million")
    assert page.locator("#assets-table th .d-unit").inner_text() == "CNY million", "in a head"
    choose(page, "")
    page.goto(f"{site_address}{SUMMARY}")
    frame = page.locator(".d-table", has=page.locator("#revenue-table"))
    assert not too_wide(page, 320)
    expect(frame).not_to_have_attribute("tabindex", "0")
    page.locator("#revenue-total data").evaluate("e => { e.value = '9'.repeat(40) }")
    choose(page, "yuan")
    assert not too_wide(page, 320)
    expect(frame).to_have_attribute("tabindex", "0")
    expect(frame).to_have_attribute("role", "group")
    assert not faults(page)
    page.set_viewport_size({"width": 1280, "height": 360})
    expect(frame).not_to_have_attribute("tabindex", "0")


# ---- remembered ------------------------------------------------------------------------------


def test_the_unit_is_remembered_on_other_pages_and_in_other_windows(
    open_reader: OpenReader, site_address: str
) -> None:
    reader = open_reader("phone")
    page = reader.page
    beside = page.context.new_page()
    beside.goto(site_address + SUMMARY)
    page.goto(site_address + PROJECT)
    choose(page, "million")
    expect(beside.locator("#revenue-total data")).to_have_text("38.0465")
    page.goto(site_address + SUMMARY)
    for _ in range(2):
        assert page.locator(SWITCH).input_value() == "million"
        assert shown(page, "#revenue-total data") == ["38.0465"]
        assert page.locator("[data-said]").inner_text() == "", "nothing is said unasked"
        page.reload()
    page.locator("[data-language-switch]").click()
    page.wait_for_url(f"{site_address}en/{SUMMARY}")
    assert shown(page, "#revenue-total data") == ["38.0465"]
    choose(page, "")
    expect(beside.locator("#revenue-total data")).to_have_text("3804.65")
    page.go_back()
    expect(page.locator("#revenue-total data")).to_have_text("3804.65")
    assert not reader.errors


def test_a_closed_storage_costs_only_the_memory(open_reader: OpenReader, site_address: str) -> None:
    reader = open_reader("desktop")
    refuse = "{ get() { throw new DOMException('refused', 'SecurityError') } }"
    reader.page.add_init_script(f"Object.defineProperty(window, 'localStorage', {refuse})")
    reader.page.goto(site_address + SUMMARY)
    choose(reader.page, "yuan")
    assert shown(reader.page, "#revenue-total data") == ["38,046,500"]
    assert not reader.errors


def test_what_an_earlier_version_or_another_hand_left_is_as_printed(
    open_reader: OpenReader, site_address: str
) -> None:
    reader = open_reader("desktop")
    reader.page.add_init_script("localStorage.setItem('disclosure.unit', 'constructor')")
    reader.page.goto(site_address + SUMMARY)
    assert reader.page.locator(SWITCH).input_value() == ""
    assert shown(reader.page, "#revenue-total data") == ["3804.65"]
    assert not reader.errors


# ---- where it does nothing -------------------------------------------------------------------


@LANGS
def test_without_script_amounts_are_as_printed_and_nothing_is_offered(
    open_reader: OpenReader, site_address: str, prefix: str
) -> None:
    page = open_reader("phone", java_script_enabled=False).page
    page.goto(site_address + prefix + SUMMARY)
    expect(page.locator(SWITCH)).to_be_hidden()
    assert shown(page, "#revenue-total data") == ["3804.65"]


def test_a_script_that_cannot_be_fetched_leaves_what_is_shown_true(
    open_reader: OpenReader, site_address: str
) -> None:
    page = open_reader("desktop").page
    page.route("**/units.js", lambda route: route.abort())
    page.goto(site_address + SUMMARY)
    page.locator(SWITCH).select_option("yuan")
    expect(page.locator(SWITCH)).to_have_value("")
    assert shown(page, "#revenue-total data") == ["3804.65"]


def test_paper_shows_the_print(open_reader: OpenReader, site_address: str) -> None:
    page = open_reader("desktop").page
    page.goto(site_address + SUMMARY)
    choose(page, "yuan")
    page.evaluate("""() => {
      window.sheets = [];
      addEventListener("beforeprint", () => sheets.push(document.body.textContent));
    }""")
    page.pdf()
    (text,) = page.evaluate("sheets")
    assert "单位：万元" in text and "3804.65" in text and "38,046,500" not in text
    assert shown(page, "#revenue-total data") == ["38,046,500"], "and the screen its unit again"


# ---- exact -----------------------------------------------------------------------------------

SHEET = """<!doctype html><html lang="{lang}"><body><span data-said></span>
<select data-units><option value=""><option value="yuan"><option value="million"></select>
<p><data value="0">0</data></p><table><caption>t <span class="d-unit">{unit}</span></caption>
<tr><td><data class="d-number" value="0">0</data></td></tr></table>
<script src="/assets/disclosure/units.js"></script></body></html>"""
# Each value twice: in running text, then bare.
TELL = """([values, unit]) => {
  localStorage.setItem("disclosure.unit", unit);
  return values.map((value) => {
    const both = [...document.querySelectorAll("data")];
    both.forEach((amount) => { amount.value = value; });
    disclosureUnits();
    return both.map((amount) => amount.textContent);
  });
}"""
VALUES = st.lists(
    st.builds(
        lambda digits, places: Amount("", "zh", Decimal(digits).scaleb(-places)).value,
        st.integers(-(10**24), 10**24),
        st.integers(0, 8),
    ),
    min_size=20,
    max_size=40,
)


@pytest.fixture(params=["zh-CN", "en"])
def sheet(
    request: pytest.FixtureRequest, browser: Browser, site_address: str, built_site: Path
) -> Callable[[list[str], str], list[list[str]]]:
    """A function (values in yuan, unit) that returns what `units.js` makes of each."""
    lang = request.param
    page = browser.new_context().new_page()
    request.addfinalizer(page.context.close)
    unit = "单位：万元" if lang == "zh-CN" else "Unit: CNY 10,000"
    html = SHEET.format(lang=lang, unit=unit)
    page.route("**/sheet.html", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{site_address}sheet.html")
    return lambda values, unit: page.evaluate(TELL, [values, unit])


def test_any_amount_is_exact_in_any_unit(
    request: pytest.FixtureRequest, sheet: Callable[[list[str], str], list[list[str]]]
) -> None:
    english = request.node.callspec.params["sheet"] == "en"

    @settings(max_examples=8)
    @given(VALUES)
    def exact(values: list[str]) -> None:
        for unit, places in (("yuan", 0), ("million", 6)):
            expected = [_expected(value, places, english) for value in values]
            assert sheet(values, unit) == expected

    exact()


def _expected(value: str, places: int, english: bool) -> list[str]:
    """In running text, and bare, as Decimal has it."""
    with localcontext(prec=100):
        amount = abs(Decimal(value)).scaleb(-places).normalize()
        digits = f"{amount:,f}"
        if not places and "." in digits:
            digits = f"{amount:,.{max(2, len(digits.partition('.')[2]))}f}"
    sign = "−" if value.startswith("-") else ""
    worded = f"CNY {digits}{' million' if places else ''}" if english else digits
    unit = "" if english else "百万元" if places else "元"
    return [f"{sign}{worded}{unit}", f"{sign}{digits}"]
