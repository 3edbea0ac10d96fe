"""The reader's journeys, written once and walked in every browser that offers `Browser`.

A journey is what one reader does: find the project, search, open a term, change the language …
It speaks of pages as readers see them (what is visible, where it stands, what is focused) and
uses keys and clicks that the browser itself makes, not events that a script invents.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.audit.measure import Measure, none_of

FOLDER = "departments/economy-technology/2024-budget"
CODE = "13081124P00000310002E"
PROJECT = f"{FOLDER}/projects/{CODE}.html"
# What the document of 2024 gives for it, in 万元; the page to print repeats the document's tables.
PRINTED = "466.73"
WIDTHS = (360, 1280)
HEIGHT = 800
PATIENCE = 6.0
"""Seconds a reader waits for anything; far more than any page takes."""

# WebDriver (W3C, 17.4.2) names keys that are no characters by these.
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Control": "\ue009"}

Actions = list[dict[str, Any]]


class Fault(Exception):
    """The site did not do what a reader may expect; the message says what."""


class NotNow(Exception):
    """The browser could not answer because a page was just being left; ask again."""


class Browser(Protocol):
    """What a journey needs of a browser."""

    @property
    def name(self) -> str:
        """Name and version, for people."""

    def resize(self, width: int, height: int) -> None:
        """Make the viewport that large, in CSS pixels."""

    def open(self, address: str) -> None:
        """Open an address and wait until it is loaded."""

    def run(self, function: str, *arguments: object) -> Any:
        """Call a JavaScript function in the page; raises NotNow, or Fault when it throws."""

    def act(self, sources: Actions) -> None:
        """Perform input: the sources of WebDriver's Perform Actions (W3C, 17.5)."""

    def heard(self) -> list[str]:
        """Console errors, breaches of the policy, failed or foreign requests since last asked."""


@dataclass(frozen=True, slots=True)
class Language:
    """An edition of the site, and words whose answers in it are known."""

    prefix: str
    tag: str
    query: str
    amount: str
    other: str

    @property
    def name(self) -> str:
        return self.tag.split("-")[0]


LANGUAGES = (
    Language("", "zh-CN", "取暖", "466.73万元", "en/"),
    Language("en/", "en", "heating", "CNY 4,667,300", ""),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a browser at the root of a site, reading one language."""

    browser: Browser
    root: str
    language: Language
    width: int

    @property
    def phone(self) -> bool:
        return self.width < 500

    def go(self, page: str) -> None:
        self.browser.open(f"{self.root}{self.language.prefix}{page}")

    def ask(self, function: str, *arguments: object) -> Any:
        """A value from the page, asked again while the page is being left."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.browser.run(function, *arguments)
            except NotNow:
                if time.monotonic() > end:
                    raise
                time.sleep(0.03)

    def until(self, said: str, function: str, *arguments: object) -> None:
        """Wait until the function is true; raises Fault with what was ``said`` of it."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if self.browser.run(function, *arguments):
                    return
            except NotNow:
                pass
            if time.monotonic() > end:
                raise Fault(f"not seen: {said} (at {self.ask('() => location.href')})")
            time.sleep(0.03)

    def arrives(self, page: str) -> None:
        """Wait for a page, loaded, of the right language, that does not scroll sideways."""
        self.until(
            f"the page {page}",
            "(address, language) => location.href === address && document.readyState === 'complete'"
            " && document.documentElement.lang === language",
            self.root + page,
            next(one.tag for one in LANGUAGES if one.prefix == ("en/" * page.startswith("en/"))),
        )
        self.fits()

    def fits(self) -> None:
        """WCAG 2.2, 1.4.10: nothing needs scrolling in two dimensions."""
        wide = self.ask("() => [document.documentElement.scrollWidth, innerWidth]")
        if wide[0] > wide[1]:
            raise Fault(f"scrolls sideways: {wide[0]} in {wide[1]} px ({self.ask(HREF)})")

    def click(self, selector: str) -> None:
        """Press the mouse on the first match that is seen, where nothing covers it.

        What lies below the bar of the page is scrolled to, as a reader does.
        """
        self.until(
            f"{selector} where it can be pressed",
            "(selector) => { const e = " + SEEN + "(selector)[0]; if (!e) return false;"
            " const open = () => { const box = e.getClientRects()[0];"
            " const x = box.x + box.width / 2, y = box.y + box.height / 2;"
            " const top = document.elementFromPoint(x, y);"
            " return Boolean(top) && (e.contains(top) || top.contains(e)) };"
            " if (!(" + IN_VIEW + ")(e) || !open())"
            " e.scrollIntoView({block: 'center', behavior: 'instant'});"
            " return open() }",
            selector,
        )
        x, y = self.ask(
            "(selector) => { const box = " + SEEN + "(selector)[0].getClientRects()[0];"
            " return [Math.floor(box.x + box.width / 2), Math.floor(box.y + box.height / 2)] }",
            selector,
        )
        moves: list[dict[str, Any]] = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self.browser.act([{**mouse, "actions": moves}])

    def press(self, *keys: str) -> None:
        """Press keys by name or character, one after the other."""
        strokes = [
            {"type": kind, "value": KEYS.get(key, key)}
            for key in keys
            for kind in ("keyDown", "keyUp")
        ]
        self.browser.act([{"type": "key", "id": "keyboard", "actions": strokes}])

    def visible(self, selector: str) -> None:
        """Wait until something of that kind stands in the viewport."""
        self.until(f"{selector} in view", f"(s) => {SEEN}(s).some({IN_VIEW})", selector)

    def focuses(self, selector: str) -> None:
        self.until(f"the focus on {selector}", "(s) => document.activeElement.matches(s)", selector)

    def hides(self, selector: str) -> None:
        self.until(f"{selector} gone from view", f"(s) => !{SEEN}(s).some({IN_VIEW})", selector)


HREF = "() => location.href"
# Elements that are drawn; and whether the top of one is within the viewport.
SEEN = (
    "((s) => [...document.querySelectorAll(s)].filter(e => e.getClientRects().length"
    " && getComputedStyle(e).visibility === 'visible'))"
)
IN_VIEW = (
    "(e => { const box = e.getClientRects()[0]; return box.top > -1 && box.top < innerHeight - 8"
    " && box.right > 1 && box.left < innerWidth - 1 })"
)


# ---- journeys ----------------------------------------------------------------------------------


def project(reader: Reader) -> None:
    """From the front page through the list to a project, and what it costs without scrolling."""
    prefix = reader.language.prefix
    reader.go("index.html")
    reader.click(f'article a[href="{FOLDER}/index.html"]')
    reader.arrives(f"{prefix}{FOLDER}/index.html")
    reader.click('article a[href="projects/index.html"]')
    reader.arrives(f"{prefix}{FOLDER}/projects/index.html")
    reader.click(f'article a[href="{CODE}.html"]')
    reader.arrives(f"{prefix}{PROJECT}")
    reader.visible("h1")
    reader.until(
        f"{reader.language.amount} on the first screen",
        f"(text) => {SEEN}('.d-key__figure')"
        f".some(e => e.textContent.trim() === text && {IN_VIEW}(e))",
        reader.language.amount,
    )


def search(reader: Reader) -> None:
    """Open, close by Escape, open again, type, and follow the first result to its place."""
    reader.go(f"{FOLDER}/index.html")
    reader.click("[data-search]")
    reader.focuses("dialog.ds[open] input")
    reader.press("Escape")
    reader.until("the search closed", "() => !document.querySelector('dialog.ds[open]')")
    reader.focuses("[data-search]")
    reader.press("/")
    reader.focuses("dialog.ds[open] input")
    reader.press(*reader.language.query)
    reader.visible("dialog.ds .ds-link")
    reader.until(
        "the match marked in the results",
        f"(text) => {SEEN}('dialog.ds mark').some(e => e.textContent.toLowerCase().includes(text))",
        reader.language.query,
    )
    reader.fits()
    address = reader.ask("() => document.querySelector('dialog.ds .ds-link').href")
    reader.click("dialog.ds .ds-link")
    reader.arrives(address.removeprefix(reader.root))
    reader.until(
        f"{reader.language.query} on the page found",
        "(text) => document.querySelector('article').textContent.toLowerCase().includes(text)",
        reader.language.query,
    )
    reader.until(
        "the place found on the screen",
        f"() => {IN_VIEW}(document.getElementById(decodeURIComponent(location.hash.slice(1)))"
        " || document.querySelector('h1'))",
    )


def search_by_keyboard(reader: Reader) -> None:
    """A code typed in whole, and the result reached and followed by Tab and Enter alone."""
    reader.go("glossary.html")
    reader.press("/")
    reader.focuses("dialog.ds[open] input")
    reader.press(*CODE)
    reader.until(  # results of the code half typed in come and go before it
        "the project first among the results",
        "(code) => document.querySelector('dialog.ds .ds-link')?.pathname.includes(code)",
        CODE,
    )
    for _ in range(12):
        reader.press("Tab")
        if reader.ask("() => document.activeElement.matches('.ds-link')"):
            break
    else:
        raise Fault("no result can be reached with the Tab key")
    reader.press("Enter")
    reader.until(
        "the project of the code",
        "(page) => location.pathname.endsWith(page) && document.readyState === 'complete'",
        reader.language.prefix + PROJECT,
    )


POPOVER = ".d-popover:popover-open"


def term_by_click(reader: Reader) -> None:
    """A term opens within the screen, closes by Escape, and leads to its page."""
    reader.go(PROJECT)
    reader.click("a.d-term")
    reader.visible(POPOVER)
    if reader.ask("() => location.pathname.includes('/glossary')"):
        raise Fault("a click on a term leaves the page")
    box = reader.ask(
        f"() => {{ const b = document.querySelector('{POPOVER}').getBoundingClientRect();"
        " return [b.left >= 0, b.top >= 0, b.right <= innerWidth, b.bottom <= innerHeight] }"
    )
    if not all(box):
        raise Fault(f"a term opens beyond the screen (left, top, right, bottom): {box}")
    reader.press("Escape")
    reader.hides(".d-popover")
    name = reader.ask(f"() => {SEEN}('a.d-term')[0].dataset.term")
    reader.click("a.d-term")
    reader.click(f"{POPOVER} a")
    reader.arrives(f"{reader.language.prefix}glossary/{name}.html")
    reader.visible("h1")


def term_by_keyboard(reader: Reader) -> None:
    """A term is reached by Tab, opened by Enter and closed by Escape, and the focus returns."""
    reader.go(PROJECT)
    reader.ask("() => document.querySelector('[data-language-switch]').focus()")
    for _ in range(60):
        reader.press("Tab")
        if reader.ask("() => document.activeElement.matches('a.d-term')"):
            break
    else:
        raise Fault("no term can be reached with the Tab key")
    name = reader.ask("() => document.activeElement.dataset.term")
    reader.press("Enter")
    reader.visible(POPOVER)
    reader.focuses(f"{POPOVER} *")
    reader.press("Escape")
    reader.hides(".d-popover")
    reader.focuses(f'a.d-term[data-term="{name}"][aria-expanded="false"]')


def language(reader: Reader) -> None:
    """The switch stays on the page and at the anchor where the reader has gone, both ways."""
    here, there = reader.language.prefix, reader.language.other
    reader.go(f"{PROJECT}#schedule")
    reader.ask("() => { location.hash = 'indicators' }")
    reader.click("[data-language-switch]")
    reader.arrives(f"{there}{PROJECT}#indicators")
    reader.visible("#indicators")
    reader.click("[data-language-switch]")
    reader.arrives(f"{here}{PROJECT}#indicators")


SIZE = "() => parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)"


def large_text(reader: Reader) -> None:
    """One button makes the text larger, every page remembers it, and none scrolls sideways."""
    reader.go(PROJECT)
    there = reader.ask(SIZE)
    reader.go(f"{FOLDER}/index.html")
    here = reader.ask(SIZE)
    for wanted in (1.4, 1.9):  # the two steps are 150 and 200 %
        reader.click("[data-choice=text]")
        reader.until(
            f"text {wanted} times as large", f"(least) => ({SIZE})() >= least", here * wanted
        )
        reader.fits()
        reader.go(PROJECT)
        if (size := reader.ask(SIZE)) < there * wanted:
            raise Fault(f"large text is forgotten: {size} px, usually {there} px")
        reader.fits()
        reader.go(f"{FOLDER}/index.html")
    reader.click("[data-choice=text]")
    reader.until("text of the usual size", f"(size) => ({SIZE})() === size", here)


# How light the page is, 0 to 1: colours that are not transparent, from the body outwards.
LIGHT = """() => {
  const found = [document.body, document.documentElement]
    .map(e => getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number))
    .find(c => c.length < 4 || c[3] > 0) || [255, 255, 255];
  return (found[0] + found[1] + found[2]) / 765;
}"""


def scheme(reader: Reader) -> None:
    """One button goes through light and dark, and every page remembers it."""
    reader.go("index.html")
    seen: list[bool] = []
    for _ in range(3):
        before = reader.ask("() => document.documentElement.dataset.scheme || ''")
        if reader.phone and not reader.ask(f"() => {SEEN}('[data-choice=scheme]').length"):
            reader.click(".d-menu")  # where the header has no room the button may be in the menu
        reader.click("[data-choice=scheme]")
        reader.until(
            "another scheme",
            "(before) => (document.documentElement.dataset.scheme || '') !== before",
            before,
        )
        chosen = reader.ask("() => document.documentElement.dataset.scheme || ''")
        if not chosen:
            continue
        light = reader.ask(LIGHT) > 0.5
        if light != (chosen == "light"):
            raise Fault(f"the scheme {chosen} has the wrong ground: {reader.ask(LIGHT):.2f}")
        reader.go(PROJECT)
        if (reader.ask(LIGHT) > 0.5) != light:
            raise Fault(f"the scheme {chosen} is forgotten on the next page")
        reader.go("index.html")
        seen.append(light)
    if sorted(seen) != [False, True]:
        raise Fault(f"not one light and one dark scheme: {seen}")


def menu(reader: Reader) -> None:
    """On a phone the menu opens and closes by click and keys; a wide screen shows it at once."""
    reader.go(PROJECT)
    link = ".d-nav a"
    if not reader.phone:
        reader.visible(link)
        reader.click(f'{link}[href="../procurement.html"]')
        reader.arrives(f"{reader.language.prefix}{FOLDER}/procurement.html")
        return
    reader.hides(link)
    reader.click(".d-menu")
    reader.visible(link)
    reader.fits()
    reader.press("Escape")
    reader.hides(link)
    reader.focuses(".d-menu")
    reader.press("Enter")
    reader.visible(link)
    reader.until(
        "the menu said to be open",
        "() => document.querySelector('.d-menu').getAttribute('aria-expanded') === 'true'",
    )
    reader.click(f'{link}[href="../../../../index.html"]')
    reader.arrives(f"{reader.language.prefix}index.html")


def skip(reader: Reader) -> None:
    """The first Tab shows a way past the menus, and Enter takes it (WCAG 2.2, 2.4.1 and 2.4.7)."""
    reader.go(PROJECT)
    reader.press("Tab")
    reader.focuses("a[class*=skip]")
    reader.visible("a[class*=skip]")
    reader.press("Enter")
    reader.until(
        "the content at the top",
        "() => { const e = document.querySelector(location.hash || '#-');"
        " return e && e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < 800 }",
    )


Journey = Callable[[Reader], None]
JOURNEYS: tuple[Journey, ...] = (
    *(project, search, search_by_keyboard, term_by_click, term_by_keyboard, language),
    *(large_text, scheme, menu, skip),
)
# A folder on a stick has no server: what needs more than links must work there as well.
FROM_A_FOLDER: tuple[Journey, ...] = (project, search, term_by_click, language, large_text)


@dataclass(frozen=True, slots=True)
class Walk:
    """The journeys walked from one root: where, how wide, and what went wrong."""

    walked: int
    faults: tuple[str, ...]
    heard: tuple[str, ...]


def walk(
    browser: Browser, root: str, width: int, journeys: Sequence[Journey], more: str = ""
) -> Walk:
    """Walk journeys in both languages; every one starts as a reader who has chosen nothing."""
    faults: list[str] = []
    heard: list[str] = []
    browser.resize(width, HEIGHT)
    for edition in LANGUAGES:
        reader = Reader(browser, root, edition, width)
        for journey in journeys:
            where = f"{journey.__name__}, {edition.name}, {width} px{more}"
            reader.go("about.html")
            reader.ask("() => { localStorage.clear() }")
            if (real := reader.ask("() => innerWidth")) != width:
                raise Fault(f"the window is {real} px wide, not {width}")
            try:
                journey(reader)
            except Fault as fault:
                faults.append(f"{where}: {fault}")
            heard += (f"{where}: {line}" for line in browser.heard())
    return Walk(len(LANGUAGES) * len(journeys), tuple(faults), tuple(dict.fromkeys(heard)))


def measures(browser: Browser, root: str, folder: str) -> Iterator[Measure]:
    """All journeys at both widths, those of a folder at 360 px, and what was heard meanwhile."""
    heard: list[str] = []
    walked = 0
    for width in WIDTHS:
        done = walk(browser, root, width, JOURNEYS)
        yield none_of(f"{browser.name}: failed journeys, {width} px", done.faults, done.walked)
        heard += done.heard
        walked += done.walked
    done = walk(browser, folder, WIDTHS[0], FROM_A_FOLDER, " from a folder")
    yield none_of(f"{browser.name}: failed journeys from file://", done.faults, done.walked)
    yield none_of(
        f"{browser.name}: journeys with console errors, policy breaches, foreign requests",
        [*heard, *done.heard],
        walked + done.walked,
    )


def literal(function: str, arguments: Sequence[object]) -> str:
    """An expression that calls the function; JSON carries the arguments and the answer."""
    given = ", ".join(json.dumps(argument) for argument in arguments)
    return f"JSON.stringify([({function})({given})])"


def answer(text: object) -> Any:
    """What `literal` gave; null stands for undefined."""
    return json.loads(str(text))[0]
