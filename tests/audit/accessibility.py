"""Accessibility of every page of both sites (WCAG 2.2 AA; large text with contrast of level AAA).

Each page is opened once and seen as several readers see it: on a phone in light, dark and large
text, at 320 pixels, with the spacing of 1.4.12; every page of the own site and every kind of page
of the example also at a desk and in large text on a dark ground. One page of each kind is gone
through by keyboard, and its search, terms and menu are looked at while they are open.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Page, sync_playwright
from tests.audit.measure import Measure, at_least, none_of
from tests.audit.sites import Site, Sites
from tests.browser.accessible import LARGE, faults, lost_by_spacing, too_wide, walk
from tools.browser import launch, require_chinese_font
from tools.node_packages import axe_script

PHONE, NARROW, DESK = (360, 740), (320, 640), (1280, 800)
COLOURS = ("color-contrast", "color-contrast-enhanced")
AT_DESKS = ("axe: desk, light", "axe: desk, dark", "axe and 7:1: phone, 200 %, dark")
Found = dict[str, list[str]]


def _text(page: Page, scale: str) -> None:
    """As the button for large text leaves the page."""
    page.evaluate("scale => { document.documentElement.dataset.text = scale; }", scale)


def _size(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def _dark(page: Page, dark: bool) -> None:
    page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")


Note = Callable[[str, list[str]], None]


def look(page: Page, note: Note, desk: bool = True) -> None:
    """See an open page in every way; the order spares loading it again.

    Without ``desk`` at the widths of phones only, and large text in light only.
    """
    note("1.4.12 text spacing at 360 px", lost_by_spacing(page))
    note("axe: phone, light", faults(page))
    _dark(page, True)
    note("axe: phone, dark", faults(page, COLOURS[0]))
    _text(page, "200")
    if desk:
        note("axe and 7:1: phone, 200 %, dark", faults(page, *COLOURS))
    _dark(page, False)
    note("axe and 7:1: phone, 200 %, light", faults(page, *LARGE))
    note("sideways at 360 px, 200 %", too_wide(page, PHONE[0]))
    _size(page, NARROW)
    note("sideways at 320 px, 200 %", too_wide(page, NARROW[0]))
    _size(page, DESK)
    note("sideways at 1280 px, 200 %", too_wide(page, DESK[0]))
    _text(page, "150")
    _size(page, PHONE)
    note("sideways at 360 px, 150 %", too_wide(page, PHONE[0]))
    page.evaluate("() => { delete document.documentElement.dataset.text; }")
    _size(page, NARROW)
    note("1.4.10 reflow at 320 px", too_wide(page, NARROW[0]))
    if not desk:
        return
    _size(page, DESK)
    note("axe: desk, light", faults(page))
    _dark(page, True)
    note("axe: desk, dark", faults(page, COLOURS[0]))
    _dark(page, False)


def some(site: Site) -> list[str]:
    """One page of each kind in both languages: of those named alike the first."""
    kinds: dict[str, str] = {}
    for url in site.pages():
        parts = url.split("/")
        kind = "project" if "projects" in parts[:-1] and parts[-1] != "index.html" else parts[-1]
        kinds.setdefault(f"{url.startswith('en/')} {len(parts)} {kind}", url)
    return sorted(kinds.values())


def opened(page: Page, note: Note) -> None:
    """What opens over a page: the search, a term, the menu; in large text, the hardest case."""
    for width, name in ((PHONE, "phone"), (DESK, "desk")):
        _size(page, width)
        term = page.locator("a.d-term").first
        if term.count() and page.locator(".d-terms").count():  # on paper a term is a plain link
            term.click()
            page.locator(".d-popover:popover-open").wait_for()
            note(f"open term: {name}, 200 %", faults(page) + _inside(page, ".d-popover"))
            page.keyboard.press("Escape")
        page.locator("[data-search]").click()
        page.locator("dialog[open] input").first.fill("2024")
        page.locator("dialog[open] a[href]").first.wait_for()
        note(f"open search: {name}, 200 %", faults(page) + _inside(page, "dialog[open]"))
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="hidden")
    _size(page, PHONE)
    page.locator(".d-menu").click()
    note("open menu: phone, 200 %", faults(page) + _inside(page, "#d-menu"))


def _inside(page: Page, selector: str) -> list[str]:
    """What is opened has to be in the window, and nothing in it may move sideways."""
    return page.locator(selector).last.evaluate("""(e) => {
      const box = e.getBoundingClientRect(), wrong = [];
      const out = box.left < -1 || box.right > innerWidth + 1 || box.top < -1;
      if (out) wrong.push("not in the window");
      if (e.scrollWidth > e.clientWidth + 1) wrong.push(`moves sideways: ${e.scrollWidth}`);
      return wrong; }""")


def _every(site: Site, urls: list[str]) -> tuple[Found, int]:
    """Look at these pages in a browser of their own."""
    found: Found = defaultdict(list)
    kinds = set(some(site))
    stops = 0
    with sync_playwright() as playwright:
        _, browser = launch(playwright)
        require_chinese_font(browser)
        for done, url in enumerate(urls):
            if done % 50 == 49:
                print(f"{site.name} {done + 1}/{len(urls)}", end=" … ", file=sys.stderr, flush=True)

            def note(what: str, wrong: list[str], url: str = url) -> None:
                found[what] += [f"{site.name}/{url}: {each}" for each in wrong]

            context = browser.new_context(
                viewport={"width": PHONE[0], "height": PHONE[1]}, reduced_motion="reduce"
            )
            page = context.new_page()
            page.goto(site.address + url)
            look(page, note, desk=url in kinds or site.name == "real")
            if url in kinds:
                for size, scale in ((PHONE, ""), (PHONE, "200"), (DESK, ""), (DESK, "200")):
                    _size(page, size)
                    page.evaluate("s => localStorage.setItem('disclosure.text', s)", scale)
                    page.goto(site.address + url)
                    reached, wrong = walk(page)
                    stops += reached
                    note("by keyboard: each stop seen, none hidden, none left out", wrong)
                opened(page, note)
            context.close()
        browser.close()
    return found, stops


def measure(sites: Sites) -> Iterator[Measure]:
    axe_script()  # installed once, not by each of the threads
    workers = min(4, (os.cpu_count() or 1) + 1)  # one waits for its browser now and then
    jobs = [(site, site.pages()[n::workers]) for site in sites for n in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(lambda job: _every(*job), jobs))
    pages = sum(len(site.pages()) for site in sites)
    walked = sum(len(some(site)) for site in sites)
    at_desks = len(sites.real.pages()) + len(some(sites.example))
    names = list(dict.fromkeys(name for found, _ in results for name in found))
    for name in names:
        wrong = [each for found, _ in results for each in found.get(name, ())]
        among = walked if name.startswith(("by", "open")) else pages
        yield none_of(name, wrong, at_desks if name in AT_DESKS else among)
    yield at_least("stops of the Tab key looked at", sum(stops for _, stops in results), 1000)
