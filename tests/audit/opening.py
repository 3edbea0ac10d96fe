"""Every page of both sites in the browser of the tests, several at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from playwright.async_api import Browser, Page, ViewportSize, async_playwright
from tests.audit.sites import Site, Sites

from tools import browser as installed

PHONE: ViewportSize = {"width": 360, "height": 640}
AT_ONCE = 3

Item = TypeVar("Item")


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A running browser; raises BrowserMissing or FontMissing, which say what to install."""
    candidate = await asyncio.to_thread(installed.check)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=candidate.path,
            args=list(installed.ARGUMENTS),
            chromium_sandbox=not installed.is_root(),
        )
        yield browser
        await browser.close()


def every_page(sites: Sites) -> list[tuple[Site, str]]:
    """All pages of both sites, in a fixed order."""
    return [(site, page) for site in sites for page in site.pages()]


async def visit_all(
    browser: Browser,
    items: Iterable[Item],
    visit: Callable[[Page, Item], Awaitable[None]],
    **context: Any,
) -> None:
    """Call ``visit`` for each item with a page of a phone; ``context`` as for ``new_context``.

    A page is used for many items, one after another; ``visit`` leaves nothing behind on it.
    """
    left = iter(items)

    async def worker() -> None:
        opened = await browser.new_context(viewport=PHONE, **context)
        page = await opened.new_page()
        for item in left:
            await visit(page, item)
        await opened.close()

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
