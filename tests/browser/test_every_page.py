"""Every page of the site in a real browser, on a phone and at a desk.

Of the pages of terms and of policy documents, which are alike, a few; `make audit` opens them all.
Each page is opened once; what was seen and heard is kept, and the tests look at it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Request, Response
from tests.conftest import VIEWPORTS, Reader
from tests.site.reading import Document

Pages = dict[str, Document]

_ALIKE = ("glossary", "policies")
_MOST = 3
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """All pages of the site, seen once on one screen."""

    viewport: str
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def opened(pages: Pages) -> Pages:
    """The pages to open."""
    alike: Counter[str] = Counter()
    found: Pages = {}
    for url, page in pages.items():
        folder = url.rpartition("/")[0]
        alike[folder] += folder.endswith(_ALIKE)
        if alike[folder] <= _MOST:
            found[url] = page
    return found


@pytest.fixture(scope="module")
def visits(browser: Browser, site_address: str, opened: Pages) -> dict[str, Visit]:
    """Each page is opened on the phone and then seen on the larger screen as well."""
    visits = {name: Visit(name) for name in VIEWPORTS}
    now = visits["phone"]

    def failed(request: Request) -> None:
        # Aborted: the icon of the tab, given up because the next page was opened.
        if request.failure != "net::ERR_ABORTED":
            now.failed.append(f"{request.url}: {request.failure}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            now.failed.append(f"{response.url}: {response.status}")

    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    reader = Reader(tab)
    tab.on("console", reader.heard)
    tab.on("pageerror", lambda error: reader.errors.append(f"script: {error}"))
    context.on("request", lambda request: now.asked.append(request.url))
    context.on("requestfailed", failed)
    context.on("response", answered)
    for url in opened:
        for name in ("phone", "desktop"):
            width, height = VIEWPORTS[name]
            tab.set_viewport_size({"width": width, "height": height})
            if name == "phone":
                tab.goto(site_address + url)
            visits[name].seen[url] = tab.evaluate(LOOK)
        if reader.errors:
            now.said[url] = list(reader.errors)
            reader.errors.clear()
    context.close()
    for name, visit in visits.items():
        if name != "phone":
            visit.said, visit.failed, visit.asked = now.said, now.failed, now.asked
    return visits


@pytest.fixture(params=sorted(VIEWPORTS))
def visit(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Visit:
    """What was seen on one of the two screens."""
    return visits[request.param]


def test_every_page_was_opened(visit: Visit, opened: Pages) -> None:
    assert {url: seen["title"] for url, seen in visit.seen.items()} == {
        url: page.head.one("title").raw_text() for url, page in opened.items()
    }


def test_no_page_is_wider_than_the_screen(visit: Visit) -> None:
    wide = {
        url: (seen["scrollWidth"], seen["wide"])
        for url, seen in visit.seen.items()
        if seen["scrollWidth"] > VIEWPORTS[visit.viewport][0] or seen["wide"]
    }
    assert not wide


def test_no_text_is_cut_off(visit: Visit) -> None:
    assert not {url: seen["cut"] for url, seen in visit.seen.items() if seen["cut"]}


def test_no_page_says_anything_on_the_console(visit: Visit) -> None:
    assert not visit.said


def test_no_request_fails_and_none_goes_to_another_host(
    visit: Visit, site_address: str, opened: Pages
) -> None:
    assert not visit.failed
    assert not [url for url in visit.asked if not url.startswith((site_address, "data:", "blob:"))]
    assert len(visit.asked) >= len(opened)
    assert not [url for seen in visit.seen.values() for url in seen["unloaded"]]


def test_the_search_is_not_loaded_before_it_is_opened(visit: Visit) -> None:
    assert not [url for url in visit.asked if "/search" in url]


def test_tables_read_as_cards_on_a_phone(visit: Visit) -> None:
    tables = [(url, table) for url, seen in visit.seen.items() for table in seen["cards"]]
    assert sum(table["id"] == "indicators-table" for _, table in tables) == 24
    width = VIEWPORTS["phone"][0]
    for url, table in tables:
        where = f"{url}#{table['id']}"
        if visit.viewport == "desktop":
            assert table["head"], f"{where}: the head of the table is gone"
            continue
        assert not table["head"], f"{where}: the head is repeated over the cards"
        bottom = 0
        for row in table["rows"]:
            left, top, right, low = row["box"]
            assert top >= bottom and left >= 0 and right <= width, where
            bottom = low
            cells = [cell for cell in row["cells"] if cell["shown"]]
            assert cells, where
            for above, below in itertools.pairwise(cells):
                assert below["box"][1] >= above["box"][3] - 1, f"{where}: {below['text']}"
            for cell in cells:
                assert cell["box"][0] >= left and cell["box"][2] <= right, (
                    f"{where}: {cell['text']}"
                )
                if cell["tag"] == "TD" and cell["label"]["wanted"]:
                    label = cell["label"]
                    assert label["seen"] and label["text"] == label["wanted"], f"{where}: {label}"
                    assert label["size"] >= 11, f"{where}: {label}"


def test_at_a_desk_an_indicator_is_a_row(visit: Visit) -> None:
    for url, seen in visit.seen.items():
        for table in seen["cards"]:
            if visit.viewport == "desktop" and table["id"] == "indicators-table":
                for row in table["rows"]:
                    cells = [cell["box"] for cell in row["cells"] if cell["tag"] == "TD"]
                    assert len({box[1] for box in cells}) == 1, url
                    assert all(b[0] >= a[2] - 1 for a, b in itertools.pairwise(cells))


def test_an_indicator_card_names_its_fields(visit: Visit) -> None:
    """Level-3 indicator, description, target and basis: a label before each value."""
    if visit.viewport == "desktop":
        return
    for url, seen in visit.seen.items():
        for table in seen["cards"]:
            if table["id"] == "indicators-table":
                for row in table["rows"]:
                    labels = [c["label"]["text"] for c in row["cells"] if c["label"]]
                    assert len(labels) == 4 and all(labels), url
                    assert len(set(labels)) == 4, url


def test_a_wide_table_moves_inside_its_own_region(visit: Visit) -> None:
    regions = [(url, region) for url, seen in visit.seen.items() for region in seen["regions"]]
    assert {url.rsplit("/", 1)[-1] for url, _ in regions} == {"procurement.html", "print.html"}
    width = VIEWPORTS[visit.viewport][0]
    for url, region in regions:
        assert region["role"] == "group" and region["tabIndex"] == 0 and region["name"], url
        assert region["box"][0] >= 0 and region["box"][2] <= width, url
        if visit.viewport == "phone":
            assert region["inner"] > region["outer"] and region["overflow"] == "auto", url


def test_what_one_presses_is_large_enough(visit: Visit) -> None:
    """WCAG 2.2, 2.5.8: at least 24 CSS pixels."""
    small = {
        (name, height)
        for seen in visit.seen.values()
        for name, height in seen["targets"]
        if height < 24
    }
    assert not small
