"""What a first view weighs, and whether it grows with the number of projects.

Every page of both sites is opened in Chromium on a phone with an empty cache, from a server that
compresses with gzip. Bytes are those that cross the network: bodies as compressed, and for the
whole view the heads of the answers too. A kilobyte is 1,000 bytes.
"""

from __future__ import annotations

import asyncio
import gzip
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page
from tests.audit.growth import site_with
from tests.audit.measure import Measure, at_most
from tests.audit.opening import browsing, every_page, visit_all
from tests.audit.sites import Site, Sites

VIEW, OWN, HTML = 80_000, 8_000, 15_000
"""Bytes of the first view, of our style and script, of the page itself."""
GROWTH = 2.0
"""Percent that a page may change from 12 projects to ten or forty times as many."""
PROJECTS = (12, 120, 480)
LIST_OF = 120
"""Projects that a list of all of them may hold within the limit of a page."""
_OWN = ("assets/disclosure/site.css", "assets/disclosure/site.js")

_FOLDER = "departments/economy-technology/2024-budget"
_STEADY = {
    "home": "index.html",
    "overview": f"{_FOLDER}/index.html",
    "a project": f"{_FOLDER}/projects/13081124P00000310002E.html",
    "the glossary": "glossary.html",
    "a part": f"{_FOLDER}/performance.html",
}
_LIST = f"{_FOLDER}/projects/index.html"

# Scripts that wait for a quiet moment have had it, and the icon, which this browser does not ask
# for while nobody sees it, is asked for like any other file.
_SETTLED = """
async () => {
  await new Promise(done => requestIdleCallback(() => setTimeout(done, 60), { timeout: 2000 }));
  await (await fetch(document.querySelector("link[rel=icon]").href)).arrayBuffer();
}
"""


@dataclass(frozen=True, slots=True)
class View:
    """What one page made the browser load, in bytes."""

    page: str
    whole: int
    own: int
    html: int
    requests: int


class _Network:
    """Hears what crosses the network, by the protocol of the browser."""

    def __init__(self) -> None:
        self.kinds: dict[str, tuple[str, str]] = {}
        self.heads: dict[str, int] = {}
        self.whole: dict[str, int] = {}

    def answered(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if not answer["url"].startswith("data:"):
            self.kinds[event["requestId"]] = event["type"], urlsplit(answer["url"]).path
            self.heads[event["requestId"]] = answer["encodedDataLength"]

    def finished(self, event: dict[str, Any]) -> None:
        self.whole[event["requestId"]] = event["encodedDataLength"]

    def view(self, page: str) -> View:
        if missing := self.kinds.keys() - self.whole.keys():
            raise RuntimeError(f"{page}: not loaded: {[self.kinds[each] for each in missing]}")
        bodies = {each: self.whole[each] - self.heads[each] for each in self.kinds}
        # The icon, which a browser asks for once a site, is neither.
        code = ("Stylesheet", "Script")
        own = (
            each
            for each, (kind, path) in self.kinds.items()
            if "assets/disclosure/" in path and kind in code
        )
        documents = (e for e, (kind, _) in self.kinds.items() if kind == "Document")
        return View(
            page,
            sum(self.whole[each] for each in self.kinds),
            sum(bodies[each] for each in own),
            sum(bodies[each] for each in documents),
            len(self.kinds),
        )


async def _views(sites: Sites) -> list[View]:
    views: list[View] = []

    async def visit(page: Page, item: tuple[Site, str]) -> None:
        site, name = item
        network = _Network()
        devtools = await page.context.new_cdp_session(page)
        devtools.on("Network.responseReceived", network.answered)
        devtools.on("Network.loadingFinished", network.finished)
        await devtools.send("Network.enable")
        await devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        await page.goto(site.address + name, wait_until="load")
        await page.evaluate(_SETTLED)
        for _ in range(200):  # the browser tells of a file a moment after the page has it
            if network.kinds.keys() <= network.whole.keys():
                break
            await page.wait_for_timeout(50)
        await devtools.detach()
        views.append(network.view(f"{site.name}/{name}"))

    async with browsing() as browser:
        await visit_all(browser, every_page(sites), visit)
    return views


def measure(sites: Sites) -> Iterator[Measure]:
    """Weigh every page, then the same pages with many more projects."""
    views = asyncio.run(_views(sites))
    for_paper = [view for view in views if view.page.endswith("/print.html")]
    for_screens = [view for view in views if not view.page.endswith("/print.html")]
    count = len(for_screens)
    yield from (
        _heaviest(f"first view, heaviest of {count} pages", for_screens, "whole", VIEW),
        _heaviest("our style and script together", for_screens, "own", OWN),
        _heaviest("HTML of a page", for_screens, "html", HTML),
    )
    # The whole disclosure on one page, as long as the document: told, and held to the first view.
    yield _heaviest(
        f"the whole disclosure for paper, {len(for_paper)} pages", for_paper, "whole", VIEW
    )
    yield from _growth(sites)


def _heaviest(name: str, views: list[View], part: str, limit: int) -> Measure:
    worst = max(views, key=lambda view: getattr(view, part))
    return at_most(f"{name} ({worst.page})", getattr(worst, part), limit, " bytes")


def _growth(sites: Sites) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        built = {number: site_with(number, Path(folder, str(number))) for number in PROJECTS}
        few, *more = PROJECTS
        for name, address in _STEADY.items():
            for lang, path in (("zh", address), ("en", f"en/{address}")):
                sizes = {number: _static_view(built[number], path) for number in PROJECTS}
                change = max(abs(sizes[number] / sizes[few] - 1) for number in more)
                counted = ", ".join(f"{number}: {size:,}" for number, size in sizes.items())
                yield at_most(
                    f"{name}, {lang}: change of its HTML with the number of projects ({counted})",
                    round(100 * change, 2),
                    GROWTH,
                    " %",
                )
        steady = len({_files_of_every_page(folder) for folder in built.values()})
        yield at_most("different styles and scripts among these sites", steady - 1, 0)
        for path in (_LIST, f"en/{_LIST}"):
            size = _static_view(built[LIST_OF], path)
            yield at_most(f"the list of {LIST_OF} projects, HTML ({path})", size, HTML, " bytes")


def _static_view(site: Path, page: str) -> int:
    """The HTML of a page as it is sent, in bytes."""
    return _sent(site / page)


def _files_of_every_page(site: Path) -> tuple[bytes, ...]:
    return tuple((site / name).read_bytes() for name in _OWN)


def _sent(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))
