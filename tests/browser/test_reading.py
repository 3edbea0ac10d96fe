"""What a reader does: change the language, search, open a term, go on, print."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import OpenReader, Reader, ServeFolder
from tests.site.reading import Document
from tests.site.searched import truth

Pages = dict[str, Document]

FOLDER = "departments/economy-technology/2024-budget"
PROJECT = f"{FOLDER}/projects/13081124P00000310002E.html"
SIDES = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])


@pytest.fixture
def reader(reader: Reader) -> Any:
    """Whatever a reader does, the console stays silent."""
    yield reader
    assert not reader.errors


def path_of(page: Page) -> str:
    return page.evaluate("location.pathname + location.hash")


# ---- language --------------------------------------------------------------------------------


@SIDES
def test_the_switch_stays_on_the_page_and_at_the_anchor(
    reader: Reader, site_address: str, prefix: str
) -> None:
    page = reader.page
    here, there = (
        f"/{prefix}{PROJECT}#indicators",
        f"/{'' if prefix else 'en/'}{PROJECT}#indicators",
    )
    page.goto(site_address + here[1:])
    page.locator("[data-language-switch]").click()
    page.wait_for_url(f"**{there}")
    assert path_of(page) == there
    assert page.locator("html").get_attribute("lang") == ("zh-CN" if prefix else "en")
    expect(page.locator("#indicators")).to_be_in_viewport()
    page.locator("[data-language-switch]").click()
    page.wait_for_url(f"**{here}")
    assert path_of(page) == here


def test_the_switch_follows_where_the_reader_has_gone_on_the_page(
    desktop: Reader, site_address: str
) -> None:
    """The anchor is that of the moment, not the one the page was opened with."""
    page = desktop.page
    page.goto(f"{site_address}{PROJECT}#facts")
    page.evaluate("location.hash = 'schedule'")
    page.locator("[data-language-switch]").click()
    page.wait_for_url("**/en/**")
    assert path_of(page) == f"/en/{PROJECT}#schedule"


def test_without_script_the_switch_is_a_link(open_reader: OpenReader, site_address: str) -> None:
    page = open_reader("phone", java_script_enabled=False).page
    page.goto(f"{site_address}{PROJECT}")
    page.locator("[data-language-switch]").click()
    page.wait_for_url(f"{site_address}en/{PROJECT}")


@SIDES
def test_the_next_page_and_back_again(desktop: Reader, site_address: str, prefix: str) -> None:
    page = desktop.page
    page.goto(f"{site_address}{prefix}{FOLDER}/duties.html")
    page.locator("footer a[rel=next]").click()
    page.wait_for_url(f"**/{prefix}{FOLDER}/summary.html")
    page.locator("footer a[rel=prev]").click()
    page.wait_for_url(f"**/{prefix}{FOLDER}/duties.html")


# ---- terms -----------------------------------------------------------------------------------


def popover(page: Page) -> Any:
    return page.locator(".d-popover:popover-open")


@SIDES
def test_a_term_opens_by_tap(open_reader: OpenReader, site_address: str, prefix: str) -> None:
    reader = open_reader("phone")
    page = reader.page
    page.goto(site_address + prefix + PROJECT)
    term = page.locator("a.d-term").first
    term.tap()
    expect(popover(page)).to_be_visible()
    assert path_of(page) == f"/{prefix}{PROJECT}", "a tap opens the term and does not leave"
    box, (width, height) = popover(page).bounding_box(), (360, 740)
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] >= 0 and box["y"] + box["height"] <= height
    name = term.get_attribute("data-term")
    definition = page.locator(f'template[data-term="{name}"]').evaluate(
        "e => e.content.lastElementChild.textContent"
    )
    expect(popover(page)).to_contain_text(definition)
    page.locator("h1").tap()
    expect(popover(page)).to_have_count(0)
    term.tap()
    popover(page).locator("button").tap()
    expect(popover(page)).to_have_count(0)
    term.tap()
    popover(page).locator("a").tap()
    page.wait_for_url(f"**/{prefix}glossary/{name}.html")
    expect(page.locator("h1")).to_be_in_viewport()
    assert not reader.errors


@SIDES
def test_a_term_opens_by_keyboard(desktop: Reader, site_address: str, prefix: str) -> None:
    page = desktop.page
    page.goto(site_address + prefix + PROJECT)
    # From the switch, the last stop of the header, by Tab alone.
    page.locator("[data-language-switch]").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('d-term')"):
            break
    else:
        pytest.fail("no term can be reached with the Tab key")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"
    name = page.evaluate("document.activeElement.dataset.term")
    page.keyboard.press("Enter")
    expect(popover(page)).to_be_visible()
    assert page.evaluate("document.querySelector('.d-popover').contains(document.activeElement)")
    assert page.evaluate("document.querySelectorAll('[aria-expanded=true].d-term').length") == 1
    page.keyboard.press("Escape")
    expect(popover(page)).to_have_count(0)
    focused = page.locator("a.d-term:focus")
    expect(focused).to_have_attribute("data-term", name)
    expect(focused).to_have_attribute("aria-expanded", "false")
    assert path_of(page) == f"/{prefix}{PROJECT}"
    assert not desktop.errors


@SIDES
def test_without_script_a_term_is_a_link(
    open_reader: OpenReader, site_address: str, prefix: str
) -> None:
    page = open_reader("phone", java_script_enabled=False).page
    page.goto(site_address + prefix + PROJECT)
    term = page.locator("a.d-term").first
    name = term.get_attribute("data-term")
    term.tap()
    page.wait_for_url(f"{site_address}{prefix}glossary/{name}.html")
    expect(page.locator("h1")).to_be_in_viewport()


def test_without_popovers_a_term_is_a_link(desktop: Reader, site_address: str) -> None:
    page = desktop.page
    page.add_init_script("delete HTMLElement.prototype.showPopover")
    page.goto(site_address + PROJECT)
    name = page.locator("a.d-term").first.get_attribute("data-term")
    page.locator("a.d-term").first.click()
    page.wait_for_url(f"**/glossary/{name}.html")


# ---- search ----------------------------------------------------------------------------------

QUERIES = {
    "zh": ["取暖", "三公经费", "型煤", "13081124P00000310002E", "0310002E", "承财建[2023]141号"],
    "en": [
        *("heating", "briquettes", "13081124P00001410004J", "01410004"),
        "Chengcaijian [2023] No. 141",
    ],
}  # fmt: skip


def results(page: Page, query: str) -> list[str]:
    """Ask in the open dialog; the addresses of all results, relative to the root of the site."""
    page.locator("dialog.ds input").fill("")
    expect(page.locator("dialog.ds .ds-list > li")).to_have_count(0)
    page.locator("dialog.ds input").fill(query)
    expect(page.locator("dialog.ds .ds-list[aria-busy=false] > li").first).to_be_visible()
    status = page.locator("dialog.ds .ds-status")
    while page.locator("dialog.ds .ds-more").is_visible():
        before = page.locator("dialog.ds .ds-list > li").count()
        page.locator("dialog.ds .ds-more").click()
        expect(page.locator("dialog.ds .ds-list > li").nth(before)).to_be_visible()
    count = page.locator("dialog.ds .ds-list > li").count()
    said = re.search(r"\d+", status.inner_text())
    assert said and int(said[0]) == count, "the number said is the number shown"
    return page.eval_on_selector_all("dialog.ds .ds-link", "all => all.map(a => a.href)")


OPENINGS: dict[str, Callable[[Page], None]] = {
    "click": lambda page: page.locator("[data-search]").click(),
    "slash": lambda page: page.keyboard.press("/"),
    "ctrl-k": lambda page: page.keyboard.press("Control+k"),
}


@SIDES
def test_search_opens_and_closes(reader: Reader, site_address: str, prefix: str) -> None:
    page = reader.page
    page.goto(site_address + prefix + PROJECT)
    button, dialog = page.locator("[data-search]"), page.locator("dialog.ds")
    for way in OPENINGS.values():
        button.focus()
        way(page)
        expect(dialog).to_be_visible()
        expect(dialog.locator("input")).to_be_focused()
        assert dialog.locator("input").input_value() == "", "the key that opened it is not typed"
        box = dialog.locator(".ds-panel").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(button).to_be_focused()
    assert dialog.get_attribute("lang") == ("en" if prefix else "zh-CN")


def test_escape_closes_the_search_with_words_in_it(phone: Reader, site_address: str) -> None:
    """A browser would first empty a field of type search and leave the dialog open."""
    page = phone.page
    page.goto(site_address + PROJECT)
    page.locator("[data-search]").click()
    assert results(page, "取暖")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.ds")).to_be_hidden()
    expect(page.locator("[data-search]")).to_be_focused()


@SIDES
def test_search_finds_exactly_the_right_pages(
    desktop: Reader, site_address: str, prefix: str, pages: Pages
) -> None:
    page, lang = desktop.page, "en" if prefix else "zh"
    page.goto(f"{site_address}{prefix}{FOLDER}/assets.html")
    page.keyboard.press("/")
    for query in QUERIES[lang]:
        found = [url.removeprefix(site_address).split("#")[0] for url in results(page, query)]
        assert set(found) == truth(pages, lang, query), query
        assert found, query
    for nothing in ("量子计算机", "zyzzyva"):
        page.locator("dialog.ds input").fill(nothing)
        expect(page.locator("dialog.ds .ds-status")).to_contain_text(nothing)
        expect(page.locator("dialog.ds .ds-list > li")).to_have_count(0)
    assert not desktop.errors


def test_the_page_of_a_code_comes_first(desktop: Reader, site_address: str) -> None:
    page = desktop.page
    page.goto(site_address)
    page.keyboard.press("/")
    for code in ("13081124P00000310002E", "0310002E"):
        assert results(page, code)[0].split("#")[0] == site_address + PROJECT


@SIDES
def test_a_result_leads_to_the_place(reader: Reader, site_address: str, prefix: str) -> None:
    page = reader.page
    page.goto(f"{site_address}{prefix}{FOLDER}/index.html")
    page.locator("[data-search]").click()
    query = "heating" if prefix else "取暖"
    address = results(page, query)[0]
    page.locator("dialog.ds .ds-link").first.click()
    page.wait_for_url(address)
    assert page.url.startswith(f"{site_address}{prefix}")
    expect(page.locator("article")).to_contain_text(re.compile(query, re.IGNORECASE))
    expect(page.locator("dialog.ds[open]")).to_have_count(0)


@pytest.mark.parametrize(
    ("place", "prefix"), [("folder", ""), ("folder", "en/"), ("sub-path", "en/")]
)
def test_the_site_works_as_a_plain_folder_and_below_a_path(
    place: str,
    prefix: str,
    phone: Reader,
    built_site: Path,
    serve_folder: ServeFolder,
    pages: Pages,
) -> None:
    """Styles, switch, search and terms, from file:// and below a portal's path."""
    page, lang = phone.page, "en" if prefix else "zh"
    address = (
        built_site.as_uri() + "/" if place == "folder" else serve_folder(built_site, "/gov/b/")
    )
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{address}{prefix}{PROJECT}#indicators")
    assert page.evaluate("getComputedStyle(document.querySelector('.d-table')).marginTop") != "0px"
    page.locator("[data-search]").click()
    for query in (QUERIES[lang][0], QUERIES[lang][3]):
        found = [url.removeprefix(address).split("#")[0] for url in results(page, query)]
        assert set(found) == truth(pages, lang, query), query
    page.locator("dialog.ds .ds-close").click()
    page.locator("a.d-term").first.tap()
    expect(popover(page)).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[data-language-switch]").click()
    page.wait_for_url(f"{address}{'' if prefix else 'en/'}{PROJECT}#indicators")
    page.locator("footer a[rel=next]").click()
    page.wait_for_url(re.compile(r"/projects/13081124P000013100039\.html"))
    assert not failed and not phone.errors
    assert phone.hosts == (set() if place == "folder" else {address.split("/")[2]})


# ---- menu, schemes, paper, lost pages --------------------------------------------------------


@SIDES
def test_the_menu_opens_by_keyboard(phone: Reader, site_address: str, prefix: str) -> None:
    page = phone.page
    page.goto(site_address + prefix + PROJECT)
    menu, link = page.locator(".d-menu"), page.locator(".d-nav a").first
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(link).not_to_be_in_viewport()
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    expect(link).not_to_be_in_viewport()
    menu.tap()
    expect(link).to_be_in_viewport()
    link.tap()
    page.wait_for_url(f"**/{prefix}index.html")
    assert not phone.errors


def test_a_closed_menu_is_not_in_the_way_of_the_tab_key(phone: Reader, site_address: str) -> None:
    """What cannot be seen must not take the focus."""
    page = phone.page
    page.goto(site_address + PROJECT)
    page.locator("[data-language-switch]").focus()
    page.keyboard.press("Tab")
    seen = page.evaluate("""() => {
      const e = document.activeElement, box = e.getBoundingClientRect();
      return [e.outerHTML.slice(0, 80), box.right > 0 && box.left < innerWidth];
    }""")
    assert seen[1], seen[0]


CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
READ = [
    *("h1", "h2", "article p", "article td", "article th", "a.d-term", ".d-key__label"),
    *(".d-key__note", ".d-step__period", ".d-fact dt", ".d-trail a", ".d-footer__text p"),
    *(
        ".d-footer__text dt",
        ".d-neighbour strong",
        ".d-brand__edition",
        ".d-source code",
        ".d-mark",
    ),
    *("[data-language-switch]", "caption .d-unit", ".md-nav__link", ".d-absent", "td.d-end"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_schemes(
    scheme: str, open_reader: OpenReader, site_address: str
) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    page = open_reader("desktop", color_scheme=scheme).page
    seen: set[str] = set()
    for name in ("projects/13081124P00000310002E", "summary", "checks"):
        page.goto(f"{site_address}{FOLDER}/{name}.html")
        found = page.evaluate(CONTRAST, READ)
        assert not [(selector, ratio) for selector, ratio, _ in found if ratio < 4.5], name
        grounds = {bright for selector, _, bright in found if selector in ("h1", "article p")}
        assert grounds == {scheme == "light"}
        seen |= {selector for selector, _, _ in found}
    assert seen == set(READ), "each kind of text was met"


def test_the_reader_can_choose_a_scheme(reader: Reader, site_address: str) -> None:
    """At a desk in the header, on a phone at the end of the menu."""
    page = reader.page
    page.goto(site_address)
    said = page.locator("[data-said]")
    choice = page.locator('[data-choice="scheme"]').filter(visible=True)
    menu = page.locator(".d-menu").filter(visible=True)
    if menu.count():
        assert not choice.count()
        menu.click()
    scheme = "document.documentElement.dataset.scheme"
    ground = "getComputedStyle(document.body).backgroundColor"
    offered, grounds = set(), {}
    for wanted in ("light", "dark"):  # after the system's own
        offered.add(choice.get_attribute("aria-label"))
        choice.click()
        expect(page.locator("html")).to_have_attribute("data-scheme", wanted)
        grounds[wanted] = page.evaluate(ground)
        assert said.inner_text(), "what has been done is spoken"
    assert len(offered) == 2 and all(offered), "what a press does is said before"
    assert len(set(grounds.values())) == 2
    page.goto(f"{site_address}en/{PROJECT}")
    assert page.evaluate(scheme) == "dark" and page.evaluate(ground) == grounds["dark"]
    if menu.count():
        menu.click()
    choice.click()
    expect(page.locator("html:not([data-scheme])")).to_be_attached()  # the system decides again


@SIDES
def test_printed_sheets_are_the_page_alone(desktop: Reader, site_address: str, prefix: str) -> None:
    """A4 less its margins is 673 CSS pixels, landscape 994: no phone, no screen to scroll."""
    page = desktop.page
    page.emulate_media(media="print")
    for name, width in (
        ("projects/13081124P00000310002E", 673),
        ("procurement", 994),
        ("print", 994),
    ):
        page.set_viewport_size({"width": width, "height": 970})
        page.goto(f"{site_address}{prefix}{FOLDER}/{name}.html")
        for aside in (".md-header", ".md-sidebar", ".d-trail", ".d-source", ".headerlink"):
            assert page.locator(aside).filter(visible=True).count() == 0, f"{name}: {aside}"
        assert page.locator(".d-neighbours").filter(visible=True).count() == 0
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".d-footer__text")).to_be_visible()
        heads = page.locator("thead").evaluate_all(
            "all => all.map(e => [e.offsetHeight > 5, getComputedStyle(e).display])"
        )
        assert set(map(tuple, heads)) == {(True, "table-header-group")}, f"{name}: {heads}"
        wide = page.locator("table, article p, article li").evaluate_all(
            "(all, width) => all.filter(e => e.getBoundingClientRect().right > width + 1)"
            "  .map(e => e.outerHTML.slice(0, 80))",
            width,
        )
        assert not wide, f"{name} runs off the paper"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("missing", [f"en/{FOLDER}/projects/nothing.html"])
def test_a_lost_reader_finds_home(missing: str, reader: Reader, site_address: str) -> None:
    page = reader.page
    answer = page.goto(site_address + missing)
    assert answer and answer.status == 404
    reader.errors.clear()  # the browser itself notes the missing page
    expect(page.locator("h1")).to_be_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    )
    homes = page.locator("article a").evaluate_all("all => all.map(a => a.href)")
    assert homes == [f"{site_address}index.html", f"{site_address}en/index.html"]
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.locator("[data-search]").click()
    assert results(page, "取暖"), "search works from the page of errors"
    page.locator("dialog.ds .ds-close").click()
    page.locator("article a").last.click()
    page.wait_for_url(f"{site_address}en/index.html")


@SIDES
def test_the_first_tab_skips_to_the_content(
    desktop: Reader, site_address: str, prefix: str
) -> None:
    page = desktop.page
    page.goto(site_address + prefix + PROJECT)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_class("d-skip")
    box = skip.bounding_box()
    assert box and box["y"] >= 0, "it shows itself"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    expect(page.locator("h1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
