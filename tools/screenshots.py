"""Take the pictures of the README from the built site: docs/images/*.png.

    python -m tools.screenshots [SITE]

SITE is the folder of the built site, ./site by default. The pages are opened from the disk, as a
reader without a server would. The same pages, browser and fonts give the same pictures.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from tools.browser import BrowserMissing, FontMissing, launch, require_chinese_font

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}

DISCLOSURE = "departments/economy-technology/2024-budget"
PROJECT = f"{DISCLOSURE}/projects/13081124P00000310002E.html"


def _nothing(page: Page) -> None:
    pass


def _search(page: Page) -> None:
    page.locator("[data-search]").click()
    field = page.locator("dialog[open] input").first
    field.fill("取暖")
    page.locator("dialog[open] a[href]").first.wait_for()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its name, the page, the screen, and what is done before it is taken."""

    name: str
    address: str
    screen: ViewportSize
    prepare: Callable[[Page], None] = _nothing


PICTURES = (
    Picture("home-phone-zh", "index.html", PHONE),
    Picture("project-phone-zh", PROJECT, PHONE),
    Picture("project-phone-en", f"en/{PROJECT}", PHONE),
    Picture("overview-desktop-zh", f"{DISCLOSURE}/index.html", DESKTOP),
    Picture("search-desktop-zh", "index.html", DESKTOP, _search),
)


def take(browser: Browser, site: Path, picture: Picture) -> Path:
    """Take one picture; returns its file."""
    phone = picture.screen is PHONE
    context = browser.new_context(
        viewport=picture.screen,
        device_scale_factor=2 if phone else 1,
        is_mobile=phone,
        has_touch=phone,
        reduced_motion="reduce",
        color_scheme="light",
    )
    try:
        page = context.new_page()
        page.goto((site / picture.address).as_uri(), wait_until="load")
        picture.prepare(page)
        path = IMAGES / f"{picture.name}.png"
        page.screenshot(path=path, animations="disabled", caret="hide")
        return path
    finally:
        context.close()


def main(arguments: list[str]) -> int:
    """Take all pictures; 1 where the site or a browser is missing."""
    site = Path(arguments[0] if arguments else ROOT / "site").resolve()
    if not (site / "index.html").is_file():
        print(
            f"没有生成好的网站：{site}。先运行 make site。\n"
            f"There is no built site at {site}. Run make site first.",
            file=sys.stderr,
        )
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        try:
            _, browser = launch(playwright)
            require_chinese_font(browser)
        except (BrowserMissing, FontMissing) as problem:
            print(problem, file=sys.stderr)
            return 1
        for picture in PICTURES:
            print(f"==> {take(browser, site, picture).relative_to(ROOT).as_posix()}")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
