"""What comes out of the printer: official-looking A4 sheets, with nothing lost, cut or loose.

The PDFs are read and drawn by PDFium (`tests/browser/sheets.py`), so no other program is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from playwright.sync_api import Browser, Page, sync_playwright
from tests.audit.measure import Measure, at_least, none_of
from tests.audit.sites import Site, Sites
from tests.browser import sheets
from tests.browser.sheets import Printed
from tools.browser import launch, require_chinese_font

from disclosure.language.interface import INTERFACE

# What only a screen has a use for.
_SCREEN = (
    *("language.switch", "skip", "search", "on_this_page", "previous", "next", "edit"),
    *("permalink", "text.150", "scheme.dark", "fold", "close"),
)
_EXAMPLE_DISCLOSURE = "departments/education/2025-budget"


def measure(sites: Sites) -> Iterator[Measure]:
    """Every page of the real site, the largest of the example, dark screens and large text."""
    with sync_playwright() as playwright:
        _, browser = launch(playwright)
        try:
            require_chinese_font(browser)
            yield from _measures(browser, sites)
        finally:
            browser.close()


def _measures(browser: Browser, sites: Sites) -> Iterator[Measure]:
    words = [text for key in _SCREEN for text in INTERFACE[key]]
    done: dict[str, Printed] = {}
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        for site, url in _pages(sites):
            done[f"{site.name} {url}"] = _printed(page, site, url)

    def faults(find: Callable[[Printed], list[str]]) -> list[str]:
        return [f"{name}, sheet {fault}" for name, what in done.items() for fault in find(what)]

    whole = {name for name in done if name.endswith("/print.html")}
    count = sum(len(what.sheets) for what in done.values())
    yield at_least("pages printed", len(done), 60)
    yield none_of("sheets that are not A4", faults(sheets.wrong_sizes), count)
    yield none_of(
        "sheets without their number",
        [
            f"{name}, sheet {fault}"
            for name, what in done.items()
            for fault in sheets.wrong_numbers(what, cover=name in whole)
        ],
        count,
    )
    yield none_of("texts lost on paper", faults(sheets.lost_texts), sum(
        len(what.runs) for what in done.values()
    ))  # fmt: skip
    yield none_of("words of the screen", faults(lambda p: sheets.screen_words(p, words)), count)
    yield none_of(
        "headings and table heads at the foot of a sheet",
        [
            f"{name}, sheet {fault}"
            for name, what in done.items()
            for fault in sheets.left_behind(what, contents=2 if name in whole else 0)
        ],
        count,
    )
    yield at_least(
        "tables that go on to another sheet", sum(map(sheets.broken_tables, done.values())), 5
    )
    yield none_of("sheets that do not repeat the head", faults(sheets.missing_heads), count)
    yield none_of("blank sheets, ink in the margins", faults(sheets.bad_pictures), count)
    yield none_of("project tables that are upright", _upright(done), count)
    yield from _other_looks(browser, sites, done)


def _pages(sites: Sites) -> Iterator[tuple[Site, str]]:
    """All of the real site, and of the example the whole disclosure and the longest project."""
    for url in sites.real.pages():
        if url != "404.html":
            yield sites.real, url
    for prefix in ("", "en/"):
        folder = sites.example.folder / prefix / _EXAMPLE_DISCLOSURE
        projects = (folder / "projects").glob("*.html")
        longest = max(projects, key=lambda path: path.stat().st_size)
        for path in (folder / "print.html", longest):
            yield sites.example, path.relative_to(sites.example.folder).as_posix()


def _printed(page: Page, site: Site, url: str) -> Printed:
    page.goto(site.address + url)
    return sheets.printed(page)


def _upright(done: dict[str, Printed]) -> list[str]:
    """Projects whose official table, the last sheet of the page, is not landscape."""
    return [
        name
        for name, what in done.items()
        if PurePosixPath(name).parent.name == "projects"
        and not name.endswith("/index.html")
        and what.sheets[-1].width < what.sheets[-1].height
    ]


def _other_looks(browser: Browser, sites: Sites, done: dict[str, Printed]) -> Iterator[Measure]:
    """A dark screen prints as a light one does; large text prints large and whole."""
    projects = [url for url in sites.real.pages() if "/projects/" in url][:4]
    projects += [url for url in sites.real.pages() if url.endswith(("print.html", "index.html"))]
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        different = [
            url
            for url in projects
            if [sheet.picture.tobytes() for sheet in _printed(page, sites.real, url).sheets]
            != [sheet.picture.tobytes() for sheet in done[f"real {url}"].sheets]
        ]
        yield none_of("pages that print otherwise from a dark screen", different, len(projects))
    with browser.new_context() as context:
        context.add_init_script("localStorage.setItem('disclosure.text', '200')")
        page = context.new_page()
        broken: list[str] = []
        for url in projects:
            what = _printed(page, sites.real, url)
            found = (
                *sheets.wrong_sizes(what),
                *sheets.lost_texts(what),
                *sheets.bad_pictures(what),
            )
            broken += [f"{url}, sheet {fault}" for fault in found]
            if len(what.sheets) <= len(done[f"real {url}"].sheets) and url.endswith("print.html"):
                broken.append(f"{url}: not larger")
        yield none_of("faults in large text", broken, len(projects))
