"""The content policy of every page, requests to other hosts, and the site with scripts off.

A policy that is never put to the test proves nothing, so the same attacks are made on a page with
its policy, where each must fail, and on the same page without it, where each must succeed.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import http.server
import json
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Error, Page, Request
from tests.audit.measure import Measure, none_of
from tests.audit.opening import browsing, every_page, visit_all
from tests.audit.sites import Site, Sites, serving

Place = tuple[Site, str]

_SOURCES = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'none'"},
}
"""All that a policy may allow, and all of it has to be said; hashes come to the scripts."""
DATA_BLOCK = "application/ld+json"
"""The one type of inline script that needs no hash: data, which nothing runs (HTML, "data block":
a type that is no JavaScript), so that no policy refuses it."""


# ---- the policy as it is written ----------------------------------------------------------


class _Head(HTMLParser):
    """Finds the policy, what stands before it, and the inline scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.policies: list[str] = []
        self.early: list[str] = []
        self.inline: list[str] = []
        self.data: list[str] = []
        self.faults: list[str] = []
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(values.get("content", ""))
        elif not self.policies and tag in ("script", "link", "style", "img"):
            self.early.append(tag)
        if tag == "style" or "style" in values:
            self.faults.append(f"<{tag}> with a style of its own")
        self.faults += [f"<{tag} {name}>" for name in values if name.startswith("on")]
        self._script = None
        if tag == "script" and "src" not in values:
            self._script = self.data if values.get("type") == DATA_BLOCK else self.inline
            self._script.append("")

    def handle_endtag(self, tag: str) -> None:
        self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script[-1] += data


def policy_faults(html: str) -> list[str]:
    """What is wrong with the policy of a page, in words; nothing when it is strict.

    CSP Level 3: a policy in a ``meta`` element holds for what follows it.
    """
    head = _Head()
    head.feed(html)
    if len(head.policies) != 1:
        return [f"{len(head.policies)} policies"]
    faults = [f"<{tag}> before the policy" for tag in head.early] + head.faults
    faults += [fault for block in head.data if (fault := _data_fault(block))]
    directives = [part.split() for part in head.policies[0].split(";") if part.strip()]
    allowed = {name: set(sources) for name, *sources in directives}
    if len(allowed) != len(directives):
        faults.append("a directive stands twice")
    faults += [f"{name} is missing" for name in _SOURCES.keys() - allowed.keys()]
    hashes = {_hash(script) for script in head.inline}
    for name, sources in allowed.items():
        known = _SOURCES.get(name, set()) | (hashes if name == "script-src" else set())
        faults += [f"{name} allows {source}" for source in sorted(sources - known)]
    faults += [
        f"an inline script that the policy does not name: {digest}"
        for digest in sorted(hashes - allowed.get("script-src", set()))
    ]
    return faults


def _data_fault(block: str) -> str:
    """What is wrong with a data block: it is not JSON, or a sign in it could end its element."""
    try:
        json.loads(block)
    except ValueError:
        return f"a data block that is no JSON: {block[:60]}"
    return "a data block with < > or & in it" if re.search("[<>&]", block) else ""


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


# ---- the policy at work -------------------------------------------------------------------

_HEAR = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event => window.refused.push(
  `${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`));
"""
# What a reader sees of the text, folded parts opened; buttons and choices are no text.
_TEXT = """
() => {
  const article = document.querySelector("article");
  article.querySelectorAll("details").forEach(details => { details.open = true; });
  article.querySelectorAll("button, label:has(select)").forEach(control => control.remove());
  return article.innerText.replace(/\\s+/g, " ").trim();
}
"""


class _Ears:
    """Hears what a page says and asks for while it is open."""

    def __init__(self, page: Page, site: Site) -> None:
        self.host = urlsplit(site.address).netloc
        self.said: list[str] = []
        self.elsewhere: list[str] = []
        self.page = page
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("pageerror", self._error)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"console: {message.text}")

    def _error(self, error: Exception) -> None:
        self.said.append(f"script: {error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "about", "blob") and parts.netloc != self.host:
            self.elsewhere.append(request.url)

    async def close(self) -> list[str]:
        """All that was heard or refused."""
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("request", self._request)
        self.page.remove_listener("pageerror", self._error)
        return self.said + [f"policy: {each}" for each in await self.page.evaluate("refused")]


async def _listening(page: Page, site: Site) -> _Ears:
    if page.url == "about:blank":  # nothing was opened yet; later pages hear in the same way
        await page.add_init_script(_HEAR)
    page.set_default_timeout(15_000)
    page.set_default_navigation_timeout(60_000)
    return _Ears(page, site)


class _Results:
    """What the visits found, by page."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.elsewhere: list[str] = []
        self.used: list[str] = []
        self.text: dict[str, str] = {}
        self.lost: list[str] = []
        self.buttons: list[str] = []
        self.menu: list[str] = []
        self.language: list[str] = []
        self.presses = 0


def _name(place: Place) -> str:
    return f"{place[0].name}/{place[1]}"


def sample(places: list[Place]) -> list[Place]:
    """A page of each kind in each language."""
    kinds: dict[str, Place] = {}
    for site, page in places:
        kind = re.sub(r"departments/[^/]+/", "", page)
        kind = re.sub(r"\b\d{4}-(budget|final)/", "", kind)
        kind = re.sub(r"(projects|tables|units)/(?!index)[^/]+", r"\1/*", kind)
        kinds.setdefault(kind, (site, page))
    return list(kinds.values())


async def _read(browser: Browser, places: list[Place], results: _Results) -> None:
    async def visit(page: Page, place: Place) -> None:
        site, address = place
        ears = await _listening(page, site)
        await page.goto(site.address + address)
        results.text[_name(place)] = await page.evaluate(_TEXT)
        results.said += [f"{_name(place)}: {each}" for each in await ears.close()]
        results.elsewhere += [f"{_name(place)}: {url}" for url in ears.elsewhere]

    await visit_all(browser, places, visit)


async def _use(browser: Browser, places: list[Place], results: _Results) -> None:
    """Open everything that opens and press everything that can be pressed."""

    async def visit(page: Page, place: Place) -> None:
        site, address = place
        ears = await _listening(page, site)
        await page.goto(site.address + address)
        try:
            await press_all(page, address)
        except Error as error:
            results.used.append(f"{_name(place)}: {error.message.splitlines()[0]}")
        results.used += [f"{_name(place)}: {each}" for each in await ears.close()]
        results.used += [f"{_name(place)}: {url}" for url in ears.elsewhere]

    async def press_all(page: Page, address: str) -> None:
        await page.locator("[data-search]").click()
        english = address.startswith("en/")
        await page.locator("dialog[open] input[type=search]").fill("budget" if english else "预算")
        await page.locator("dialog[open] a[href]").first.wait_for()
        await page.keyboard.press("Escape")
        await page.locator("dialog[open]").wait_for(state="detached")
        terms = page.locator("body:has(.d-terms) article a.d-term:visible")
        if await terms.count():
            await terms.first.click()
            await page.locator(":popover-open").wait_for()
            await page.keyboard.press("Escape")
        for button in await page.locator("button:not([data-search])").all():
            for _ in range(3):
                if await button.is_visible() and await button.is_enabled():
                    await button.dispatch_event("click")
                    results.presses += 1
        await page.emulate_media(media="print")
        await page.emulate_media(media="screen")

    await visit_all(browser, places, visit)


async def _read_without_scripts(browser: Browser, places: list[Place], results: _Results) -> None:
    async def visit(page: Page, place: Place) -> None:
        site, address = place
        await page.goto(site.address + address)
        shown = await page.evaluate("""() => [...document.querySelectorAll("button, select")]
            .filter(control => control.checkVisibility()).map(control => control.outerHTML)""")
        results.buttons += [f"{_name(place)}: {button[:100]}" for button in shown]
        text = await page.evaluate(_TEXT)
        if text != (full := results.text[_name(place)]) or not text:
            at = next((n for n, (a, b) in enumerate(zip(text, full, strict=False)) if a != b), 0)
            pieces = f"{text[at : at + 40]!r} instead of {full[at : at + 40]!r}"
            results.lost.append(f"{_name(place)}: {pieces}")

    await visit_all(browser, places, visit, java_script_enabled=False)


async def _use_without_scripts(browser: Browser, places: list[Place], results: _Results) -> None:
    async def visit(page: Page, place: Place) -> None:
        site, address = place
        await page.goto(site.address + address)
        before = await page.evaluate("document.documentElement.lang")
        menu = page.locator("header label:visible").first
        inside = page.locator(".md-sidebar--primary a[href]").first
        if await page.locator("header label:visible").count() != 1:
            results.menu.append(f"{_name(place)}: no label that opens the menu")
        else:
            await menu.click()
            try:
                await inside.click(timeout=5000, trial=True)
            except Error:
                results.menu.append(f"{_name(place)}: no link of the menu can be pressed")
            await page.goto(site.address + address)
        await page.locator("[data-language-switch]").click()
        if (after := await page.evaluate("document.documentElement.lang")) == before:
            results.language.append(f"{_name(place)}: {before} → {after}")

    await visit_all(browser, places, visit, java_script_enabled=False)


# ---- attacks ------------------------------------------------------------------------------

_RAN = "document.documentElement.dataset.{} = 'ran'"
_MARKUP = """
<script>{script}</script>
<img src="data:," alt="" onerror="{handler}">
<style>html {{ letter-spacing: 3px }}</style>
<p id="styled" style="letter-spacing: 4px">attack</p>
<a id="link" href="javascript:void({link})">attack</a>
<img src="{other}image.png" alt="">
<script src="{other}script.js"></script>
<link rel="stylesheet" href="{other}style.css">
<iframe src="{other}frame.html" title="attack"></iframe>
<object data="{other}object.html"></object>
<form id="form" action="{other}form.html" target="form"></form>
<iframe name="form" title="attack"></iframe>
<script src="attack.js"></script>
"""
# Its own host gave this script, so it runs; what it tries has to be refused.
_SCRIPT = """
const ran = name => { document.documentElement.dataset[name] = "ran"; };
try { if (eval("1") === 1) ran("eval"); } catch (refused) {}
try { if (new Function("return 1")() === 1) ran("function"); } catch (refused) {}
try {
  new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  ran("wasm");
} catch (refused) {}
fetch("OTHERfetch.json", { mode: "no-cors" }).catch(() => {});
try { navigator.sendBeacon("OTHERbeacon"); } catch (refused) {}
document.getElementById("form").submit();
document.getElementById("link").click();
"""
_IN_THE_PAGE = {
    "an inline script": "dataset.script === 'ran'",
    "an event handler": "dataset.handler === 'ran'",
    "a javascript: link": "dataset.link === 'ran'",
    "eval": "dataset.eval === 'ran'",
    "a function made of text": "dataset.function === 'ran'",
    "WebAssembly": "dataset.wasm === 'ran'",
}
_STYLED = {
    "a style element": ("html", "3px"),
    "a style attribute": ("#styled", "4px"),
}
_ASKED_ELSEWHERE = (
    *("image.png", "script.js", "style.css", "frame.html", "object.html", "form.html"),
    *("fetch.json", "beacon"),
)


@contextmanager
def _elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another host, and the paths that were asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(urlsplit(self.path).path.lstrip("/"))
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/", asked
        finally:
            server.shutdown()
            thread.join()


async def _attack(browser: Browser, site: Site, guarded: bool) -> set[str]:
    """Attack the home page of a copy of the site; returns the attacks that succeed."""
    html = (site.folder / "index.html").read_text(encoding="utf-8")
    if not guarded:
        html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    with tempfile.TemporaryDirectory(prefix="attack-") as name, _elsewhere() as (other, asked):
        folder = Path(name)
        shutil.copytree(site.folder / "assets", folder / "assets")
        markup = _MARKUP.format(
            other=other, **{each: _RAN.format(each) for each in ("script", "handler", "link")}
        )
        attacked = html.replace("</body>", f"{markup}</body>")
        (folder / "index.html").write_text(attacked, encoding="utf-8")
        (folder / "attack.js").write_text(_SCRIPT.replace("OTHER", other), encoding="utf-8")
        with serving(folder) as address:
            page = await browser.new_page()
            await page.goto(f"{address}index.html", wait_until="load")
            await page.wait_for_timeout(1000)  # an attack that is late succeeds too
            done = {
                attack
                for attack, sign in _IN_THE_PAGE.items()
                if await page.evaluate(f"document.documentElement.{sign}")
            }
            for attack, (selector, spacing) in _STYLED.items():
                shown = await page.locator(selector).evaluate(
                    "e => getComputedStyle(e).letterSpacing"
                )
                done |= {attack} if shown == spacing else set()
            await page.close()
    return done | {f"a request to another host: {each}" for each in asked}


# ---- what is measured ---------------------------------------------------------------------


async def _visits(sites: Sites, results: _Results) -> tuple[set[str], set[str]]:
    places = every_page(sites)
    async with browsing() as browser:
        await _read(browser, places, results)
        await _use(browser, sample(places), results)
        await _read_without_scripts(browser, places, results)
        await _use_without_scripts(browser, sample(places), results)
        return (
            await _attack(browser, sites.real, guarded=True),
            await _attack(browser, sites.real, guarded=False),
        )


def measure(sites: Sites) -> Iterator[Measure]:
    """Read the policies, open every page with and without scripts, and attack one."""
    places = every_page(sites)
    total, some = len(places), len(sample(places))
    written = [
        f"{_name(place)}: {fault}"
        for place in places
        for fault in policy_faults((place[0].folder / place[1]).read_text(encoding="utf-8"))
    ]
    yield none_of("pages without a strict policy", written, total)
    results = _Results()
    guarded, open_to_all = asyncio.run(_visits(sites, results))
    yield none_of("refused by the policy, or said by the console", results.said, total)
    yield none_of("requests to other hosts", results.elsewhere, total)
    name = f"the same, with search, terms and {results.presses} presses of buttons"
    yield none_of(name, results.used, some)
    attacks = {*_IN_THE_PAGE, *_STYLED}
    attacks |= {f"a request to another host: {each}" for each in _ASKED_ELSEWHERE}
    yield none_of("attacks on a page that succeed", sorted(guarded), len(attacks))
    yield none_of(
        "attacks that fail on the same page without its policy (so that they prove nothing)",
        sorted(attacks - open_to_all),
        len(attacks),
    )
    yield none_of("scripts off: pages that say less", results.lost, total)
    yield none_of("scripts off: buttons and choices that do nothing", results.buttons, total)
    yield none_of("scripts off: pages without a menu", results.menu, some)
    yield none_of("scripts off: pages without a switch of language", results.language, some)
