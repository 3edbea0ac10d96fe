"""The reader's journeys in WebKit, over W3C WebDriver, on a screen that nobody sees.

WebKitGTK's driver tells nothing of the console and prints no page. So the journeys run on a copy
of the site in which every page has one more script, allowed by the page's own policy, that notes
errors and breaches of that policy; and the print style is tried by turning `@media print` to
`all` through the CSSOM, at the width of the paper: WebKit's own layout of it, but not its sheets.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.audit.journeys import (
    FOLDER,
    HEIGHT,
    LANGUAGES,
    PRINTED,
    PROJECT,
    SEEN,
    Actions,
    Fault,
    NotNow,
    answer,
    literal,
    measures,
)
from tests.audit.measure import Measure, none_of
from tests.audit.sites import Sites, serving
from tools.other_browsers import WebKit, provide_webkit

START = 30
ANSWER = 30
LISTENER = "heard.js"
# Kept in the session of the tab, which outlives the page.
LISTEN = """(function () {
  "use strict";
  function hear(text) {
    var all = JSON.parse(sessionStorage.getItem("heard") || "[]");
    sessionStorage.setItem("heard", JSON.stringify(all.concat(text)));
  }
  addEventListener("error", function (event) {
    var e = event.target;
    hear(event.message || "not loaded: " + (e.src || e.href || e));
  }, true);
  addEventListener("unhandledrejection", function (event) { hear("rejected: " + event.reason); });
  document.addEventListener("securitypolicyviolation", function (event) {
    hear("policy: " + event.effectiveDirective + " " + event.blockedURI);
  });
  ["error", "warn"].forEach(function (kind) {
    var said = console[kind];
    console[kind] = function () {
      hear(kind + ": " + [].join.call(arguments, " "));
      said.apply(console, arguments);
    };
  });
  addEventListener("pagehide", function () {
    performance.getEntriesByType("resource").forEach(function (one) {
      var address = new URL(one.name);
      if (address.host !== location.host && !/^(data|file):$/.test(address.protocol))
        hear("asked another host: " + one.name);
      if (one.responseStatus >= 400) hear(one.responseStatus + ": " + one.name);
    });
  });
})();
"""
LEFT = ("no such window", "stale element reference", "no such frame", "javascript error: left")


class WebKitGtk:
    """One window of the MiniBrowser."""

    def __init__(self, address: str, browser: str) -> None:
        self._address = f"{address}/session"
        options = {
            "binary": browser,
            # Full screen: without its bar of buttons the window can be as narrow as a phone.
            "args": ["--automation", "--full-screen"],
        }
        session = self._send(
            "POST",
            "",
            {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}},
        )
        self._address += f"/{session['sessionId']}"
        self.name = f"WebKitGTK {session['capabilities']['browserVersion']}"

    def _send(self, method: str, command: str, body: dict[str, object] | None = None) -> Any:
        request = urllib.request.Request(
            self._address + command,
            method=method,
            data=json.dumps(body or {}).encode() if method == "POST" else None,
            headers={"Content-Type": "application/json"},
        )
        try:
            with _DIRECT.open(request, timeout=ANSWER) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as refused:
            told = json.load(refused)["value"]
            said = f"{command or 'new session'}: {told['error']}: {told['message']}"
            raise NotNow(said) if told["error"] in LEFT else Fault(said) from refused

    def resize(self, width: int, height: int) -> None:
        self._send("POST", "/window/rect", {"x": 0, "y": 0, "width": width, "height": height})

    def open(self, address: str) -> None:
        self._send("POST", "/url", {"url": address})

    def run(self, function: str, *arguments: object) -> Any:
        body = {"script": f"return {literal(function, arguments)}", "args": []}
        return answer(self._send("POST", "/execute/sync", body))

    def act(self, sources: Actions) -> None:
        self._send("POST", "/actions", {"actions": sources})

    def heard(self) -> list[str]:
        found: list[str] = self.run(
            "() => { if (performance.getEntriesByType('resource').every(e =>"
            f" !e.name.endsWith('{LISTENER}')) && !document.querySelector('[src$=\"{LISTENER}\"]'))"
            " throw new Error('nobody listens');"
            " dispatchEvent(new Event('pagehide'));"
            " const all = JSON.parse(sessionStorage.getItem('heard') || '[]');"
            " sessionStorage.removeItem('heard'); return all }"
        )
        return found

    def quit(self) -> None:
        self._send("DELETE", "")


# The driver is on this machine; a proxy in the environment is not for it.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


# No window manager gives the window the focus; then X gives it to the window below the mouse,
# which waits in the middle of the screen. So that has to lie within the narrowest window, and
# wider ones reach beyond the screen.
SCREEN = "600x800x24"


@contextmanager
def screen(program: str) -> Iterator[str]:
    """A screen in memory; its name for the variable DISPLAY."""
    reading, writing = os.pipe()
    try:
        process = subprocess.Popen(
            (program, "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"),
            pass_fds=(writing,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    finally:
        os.close(writing)
    with os.fdopen(reading, encoding="ascii") as told, ended(process):
        number = told.readline().strip()  # empty when it ends without having started
        if not number:
            raise RuntimeError("Xvfb 没有启动 / Xvfb did not start")
        yield f":{number}"


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """The process does not outlive the block."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def webkit() -> Iterator[WebKitGtk]:
    """A window with settings and storage of its own that are gone afterwards.

    Raises OtherBrowserMissing, or RuntimeError when the driver does not start.
    """
    found: WebKit = provide_webkit()
    with (
        tempfile.TemporaryDirectory(prefix="webkit-", ignore_cleanup_errors=True) as home,
        screen(found.screen) as display,
    ):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        folders = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "HOME")
        driver = subprocess.Popen(
            (found.driver, f"--port={port}"),
            env={
                **os.environ,
                **dict.fromkeys(folders, home),
                "DISPLAY": display,
                "GDK_BACKEND": "x11",
                # Drawn by the processor, as there is no graphics card, and without the bus of
                # a desktop, as there is none.
                "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
                "LIBGL_ALWAYS_SOFTWARE": "1",
                "NO_AT_BRIDGE": "1",
                "GSETTINGS_BACKEND": "memory",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with ended(driver):
            _wait(port, driver)
            window = WebKitGtk(f"http://127.0.0.1:{port}", found.browser)
            try:
                yield window
            finally:
                window.quit()


def _wait(port: int, driver: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START
    while driver.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("WebKitWebDriver 没有启动 / WebKitWebDriver did not start")


def listening(folder: Path, copy: Path) -> Path:
    """A copy of the site whose pages note what goes wrong in them."""
    shutil.copytree(folder, copy)
    (copy / LISTENER).write_text(LISTEN, encoding="utf-8")
    for page in copy.rglob("*.html"):
        up = "../" * (len(page.relative_to(copy).parts) - 1)
        text = page.read_text(encoding="utf-8")
        policy, found, rest = text.partition('<meta name="viewport"')
        if found:  # a piece of a page has no head
            script = f'<script src="{up}{LISTENER}"></script>'
            page.write_text(policy + script + found + rest, encoding="utf-8")
    return copy


# Every rule for print holds from now on, and those for the screen alone no more.
AS_PRINTED = """() => {
  let turned = 0;
  const turn = rules => [...rules].forEach(rule => {
    if (rule.media) {
      const old = rule.media.mediaText;
      const now = old.replace(/\\bprint\\b/g, "all").replace(/\\bscreen\\b/g, "not all");
      if (now !== old) { rule.media.mediaText = now; turned += 1; }
    }
    if (rule.cssRules) turn(rule.cssRules);
  });
  [...document.styleSheets].forEach(sheet => {
    if (sheet.media.mediaText === "print") sheet.media.mediaText = "all";
    turn(sheet.cssRules);
  });
  return turned;
}"""
# A4 less the margins of the style sheet, in CSS pixels; and turned, for what asks for such a sheet.
PAPER, LANDSCAPE = 673, 994
TOO_WIDE = """(upright, turned) => {
  const limit = e => !e ? upright : getComputedStyle(e).page === "wide" ? turned
    : limit(e.parentElement);
  return [...document.querySelectorAll("body *")]
    .filter(e => e.getClientRects().length && e.getBoundingClientRect().right > upright + 1)
    .filter(e => e.getBoundingClientRect().right > limit(e) + 1)
    .map(e => `${Math.round(e.getBoundingClientRect().right)} px, ${e.outerHTML.slice(0, 80)}`);
}"""


def print_style(browser: WebKitGtk, root: str) -> Measure:
    """The print rules in WebKit's layout; a driver that prints no page can show no more."""
    faults: list[str] = []
    pages = 0
    browser.resize(PAPER, HEIGHT)
    for language in LANGUAGES:
        for page in (PROJECT, f"{FOLDER}/print.html"):
            pages += 1
            name = f"{language.prefix}{page}"
            browser.open(root + name)
            if not browser.run(AS_PRINTED):
                faults.append(f"{name}: no rules for print")
                continue
            for aside in ("body > header", ".md-header", ".d-nav", ".d-trail", ".headerlink"):
                if browser.run(f"(s) => {SEEN}(s).some(e => e.offsetHeight > 1)", aside):
                    faults.append(f"{name}: {aside} would be printed")
            for part in ("h1", "thead"):
                if not browser.run(f"(s) => {SEEN}(s).some(e => e.offsetHeight > 5)", part):
                    faults.append(f"{name}: {part} would not be printed")
            amount = language.amount if page == PROJECT else PRINTED
            if amount not in browser.run("() => document.body.innerText"):
                faults.append(f"{name}: {amount} would not be printed")
            for wide in browser.run(TOO_WIDE, PAPER, LANDSCAPE)[:3]:
                faults.append(f"{name}: runs off the paper: {wide}")
            paper = browser.run(
                "() => [...document.styleSheets].flatMap(s => [...s.cssRules])"
                ".filter(r => r.cssText.startsWith('@page')).length"
            )
            if not paper:
                faults.append(f"{name}: WebKit finds no @page")
    return none_of(f"{browser.name}: faults of the print style (CSSOM, not paper)", faults, pages)


def measure(sites: Sites) -> Iterator[Measure]:
    with (
        tempfile.TemporaryDirectory(prefix="listening-") as folder,
        serving(copy := listening(sites.real.folder, Path(folder, "site"))) as root,
        webkit() as browser,
    ):
        yield from measures(browser, root, copy.as_uri() + "/")
        yield print_style(browser, root)
