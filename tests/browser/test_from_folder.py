"""The built site without a server, and as a folder deep inside a portal.

A reader goes the whole way: home, overview, project, the other language, the search, a term, large
text, a download, another year. The folder lies where folders of portals lie: below names with
Chinese, blanks and signs that mean something in an address.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, Request, expect
from tests.conftest import OpenReader, Reader, ServeFolder

FOLDER = "departments/economy-technology/2024-budget"
CODE = "13081124P00000310002E"
PROJECT = f"{FOLDER}/projects/{CODE}.html"
QUERY = {"": "取暖", "en/": "heating"}
YEARS = Path(__file__).resolve().parents[1] / "fixtures" / "years"
PLACE = "政务公开 (1)/预算 #2 50%"
SLOW = pytest.mark.slow
# 360 and 1280 CSS pixels: two of the four ways in every run, all with -m "slow or not slow".
WAYS = [
    pytest.param("", "phone", id="zh-phone"),
    pytest.param("en/", "desktop", id="en-desktop"),
    pytest.param("", "desktop", id="zh-desktop", marks=SLOW),
    pytest.param("en/", "phone", id="en-phone", marks=SLOW),
]

Here = Page | FrameLocator


@pytest.fixture(scope="module")
def folder(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site where no tool expects one."""
    place = tmp_path_factory.mktemp("folder") / PLACE
    shutil.copytree(built_site, place)
    return place


@pytest.fixture(scope="module")
def years(build_site: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site of several years and kinds."""
    project = tmp_path_factory.mktemp("years-data")
    shutil.copytree(YEARS, project, dirs_exist_ok=True)
    (project / "content").mkdir(exist_ok=True)
    built: Path = build_site(config=project / "mkdocs.yml")
    place = tmp_path_factory.mktemp("years") / PLACE
    shutil.copytree(built, place)
    return place


def watched(reader: Reader) -> list[str]:
    """Requests that were not answered, from now on; not those that a reader left behind."""
    failed: list[str] = []
    page = reader.page

    def unanswered(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            failed.append(f"{request.url}: {request.failure}")

    page.on("requestfailed", unanswered)
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    return failed


def walk(page: Page, here: Here, at: Callable[[str], None], prefix: str, screen: str) -> None:
    """The whole way of a reader; ``at`` waits for an address below the site, ``here`` shows it."""

    def press(selector: str) -> None:
        found = here.locator(selector).first
        found.tap() if screen == "phone" else found.click()

    at(f"{prefix}index.html")
    press(f'article a[href="{FOLDER}/index.html"]')
    at(f"{prefix}{FOLDER}/index.html")
    press('article a[href="projects/index.html"]')
    at(f"{prefix}{FOLDER}/projects/index.html")
    press(f'article a[href="{CODE}.html"]')
    at(f"{prefix}{PROJECT}")
    amount = "CNY 4,667,300" if prefix else "466.73万元"
    expect(here.locator(".d-key__figure").first).to_have_text(amount)
    style = "getComputedStyle(e).fontSize"
    press("[data-language-switch]")
    at(f"{'' if prefix else 'en/'}{PROJECT}")
    press("[data-language-switch]")
    at(f"{prefix}{PROJECT}")

    press("a.d-term")
    expect(here.locator(".d-popover:popover-open")).to_be_visible()
    page.keyboard.press("Escape")

    size = here.locator("article p").first
    before = float(size.evaluate(f"e => parseFloat({style})"))
    press("[data-choice=text]")
    expect(here.locator("html")).to_have_attribute("data-text", "150")
    assert float(size.evaluate(f"e => parseFloat({style})")) >= 1.4 * before
    press('.d-trail a[href="../index.html"]')
    at(f"{prefix}{FOLDER}/index.html")
    assert here.locator("html").get_attribute("data-text") == "150", "kept on the next page"
    for percent in ("200", None):
        press("[data-choice=text]")
        if percent:
            expect(here.locator("html")).to_have_attribute("data-text", percent)

    press("[data-search]")
    field = here.locator("dialog.ds input[type=search], dialog.ds input").first
    field.fill(QUERY[prefix])
    link = here.locator("dialog.ds .ds-link").first
    expect(here.locator("dialog.ds mark").first).to_be_visible()
    target = str(link.get_attribute("href"))
    assert not re.match(r"[a-z]+:|/", target), "relative as every link"
    link.click()
    at(posixpath.normpath(posixpath.join(f"{prefix}{FOLDER}", target.split("#")[0])))
    expect(here.locator("article")).to_contain_text(re.compile(QUERY[prefix], re.IGNORECASE))


def download(page: Page, suffix: str) -> Path:
    """What the reader gets by the first link to such a file, kept with Alt as browsers do."""
    with page.expect_download() as started:
        page.locator(f'article a[href$="{suffix}"]').first.click(modifiers=["Alt"])
    return started.value.path()


@pytest.mark.parametrize(("prefix", "screen"), WAYS)
def test_the_whole_way_from_a_disk(
    open_reader: OpenReader, folder: Path, prefix: str, screen: str
) -> None:
    reader = open_reader(screen)
    page, root = reader.page, folder.as_uri() + "/"
    failed = watched(reader)

    def at(address: str) -> None:
        page.wait_for_url(lambda url: url.split("#")[0].startswith(root + address))

    page.goto(f"{root}{prefix}index.html")
    walk(page, page, at, prefix, screen)
    page.goto(f"{root}{prefix}{FOLDER}/downloads.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for suffix in (".csv", ".json"):
        got = download(page, suffix).read_bytes()
        assert got in {path.read_bytes() for path in folder.rglob(f"data/*{suffix}")}
    assert not failed and not reader.errors and not reader.hosts


@pytest.mark.parametrize(("prefix", "screen"), [WAYS[0], *WAYS[2:]])
def test_another_year_from_a_disk(
    open_reader: OpenReader, years: Path, prefix: str, screen: str
) -> None:
    reader = open_reader(screen)
    page, root = reader.page, years.as_uri() + "/"
    failed = watched(reader)
    page.goto(f"{root}{prefix}departments/commerce/2024-budget/projects/B7.html")
    page.locator(".d-years summary").click()
    page.locator(".d-years li a").first.click()
    page.wait_for_url(f"{root}{prefix}departments/commerce/2023-budget/projects/A1.html")
    page.locator(".d-years summary").click()
    page.locator('.d-years li a[href*="2023-final"]').click()
    page.wait_for_url(f"{root}{prefix}departments/commerce/2023-final/projects/index.html")
    assert not failed and not reader.errors and not reader.hosts


PORTAL = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>门户 / Portal</title>
<link rel="icon" href="data:,"><h1>某某区人民政府（虚构）</h1>
<iframe title="预算公开" src="{src}" width="{width}" height="700"></iframe></html>"""


@pytest.mark.parametrize(("prefix", "screen"), WAYS[1:3])
def test_the_whole_way_in_a_frame_of_a_portal(
    open_reader: OpenReader,
    built_site: Path,
    serve_folder: ServeFolder,
    tmp_path: Path,
    prefix: str,
    screen: str,
) -> None:
    """Deep below a portal whose own page, in another folder, shows the site in a frame."""
    below = "zwgk/fdzdgknr/czxx/bmyjs/2024"
    shutil.copytree(built_site, tmp_path / below)
    width = 350 if screen == "phone" else 1250
    column = tmp_path / "col" / "column12" / "index.html"
    column.parent.mkdir(parents=True)
    source = f"../../{below}/{prefix}index.html"
    column.write_text(PORTAL.format(src=source, width=width), "utf-8")
    host = serve_folder(tmp_path, "/gov/")
    reader = open_reader(screen)
    page, failed = reader.page, watched(reader)
    page.goto(f"{host}col/column12/index.html")
    frame = page.frames[1]

    def at(address: str) -> None:
        frame.wait_for_url(lambda url: url.split("#")[0].startswith(f"{host}{below}/{address}"))

    walk(page, page.frame_locator("iframe"), at, prefix, screen)
    assert page.url == f"{host}col/column12/index.html", "no link leaves the frame"
    assert not failed and not reader.errors
    assert reader.hosts == {host.split("/")[2]}
