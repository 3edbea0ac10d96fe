"""The reader's journeys in Firefox, over WebDriver BiDi, and its own pages on paper.

Firefox speaks BiDi itself (W3C WebDriver BiDi), so that no driver beside it is needed.
"""

from __future__ import annotations

import base64
import io
import json
import os
import queue
import re
import subprocess
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
from tests.audit.journeys import (
    FOLDER,
    LANGUAGES,
    PRINTED,
    PROJECT,
    Actions,
    Fault,
    NotNow,
    answer,
    literal,
    measures,
)
from tests.audit.measure import Measure, none_of
from tests.audit.sites import Sites
from tools.other_browsers import provide_firefox
from websockets.sync.client import ClientConnection, connect

START = 60
"""Seconds for Firefox to say where it listens; the first start makes a profile."""
ANSWER = 30
# Nothing is asked of its maker: the journeys are about one server, and closed networks would
# only slow them. Names as in about:config.
QUIET: dict[str, object] = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.discovery.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.region.network.url": "",
    "browser.region.update.enabled": False,
    "browser.safebrowsing.blockedURIs.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "browser.topsites.contile.enabled": False,
    "captivedetect.canonicalURL": "",
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "geo.provider.network.url": "",
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.http.speculative-parallel-limit": 0,
    "network.prefetch-next": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "",
    "toolkit.telemetry.unified": False,
    # As on a phone: a bar beside the page would make 348 of 360 px.
    "ui.useOverlayScrollbars": 1,
    # Firefox on a telephone and on most desktops goes to links with Tab; on macOS it is a choice.
    "accessibility.tabfocus": 7,
}
EVENTS = (
    *("log.entryAdded", "network.beforeRequestSent", "network.fetchError"),
    "network.responseCompleted",
)
# A page that is left takes its answer along; BiDi has these names for it.
LEFT = ("no such frame", "no such realm", "unknown error", "no such node")


class Firefox:
    """One tab; what happens in it is heard as it happens."""

    def __init__(self, socket: ClientConnection, host: str) -> None:
        self._socket = socket
        self._host = host
        self._count = 0
        self._heard: list[str] = []
        session = self._call("session.new", capabilities={})
        self.name = f"Firefox {session['capabilities']['browserVersion']}"
        self._call("session.subscribe", events=list(EVENTS))
        # The window it starts with stays in the background, where nothing has :focus and Enter
        # presses nothing.
        self._tab = self._call("browsingContext.create", type="window")["context"]
        self._call("browsingContext.activate", context=self._tab)

    def _call(self, method: str, **parameters: object) -> Any:
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=ANSWER))
            if message.get("id") == self._count:
                break
            self._hear(message)
        if message["type"] == "error":
            said = f"{method}: {message['error']}: {message['message']}"
            raise NotNow(said) if message["error"] in LEFT else Fault(said)
        return message["result"]

    def _hear(self, message: dict[str, Any]) -> None:
        method, told = message.get("method"), message.get("params", {})
        if method == "log.entryAdded":
            # Breaches of the policy are entries of the console as well.
            if told["level"] in ("error", "warn"):
                self._heard.append(f"{told['level']}: {told['text']}")
            return
        if not method or not method.startswith("network."):
            return
        address = told["request"]["url"]
        parts = urlsplit(address)
        if parts.scheme not in ("file", "data", "about") and parts.netloc != self._host:
            self._heard.append(f"asked another host: {address}")
        if method == "network.fetchError" and told.get("errorText") != "NS_BINDING_ABORTED":
            self._heard.append(f"{told.get('errorText')}: {address}")
        if method == "network.responseCompleted" and told["response"]["status"] >= 400:
            # A browser asks for it by itself where a page names no icon; ours do.
            self._heard.append(f"{told['response']['status']}: {address}")

    def resize(self, width: int, height: int) -> None:
        self._call(
            "browsingContext.setViewport",
            context=self._tab,
            viewport={"width": width, "height": height},
        )

    def open(self, address: str) -> None:
        self._call("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def run(self, function: str, *arguments: object) -> Any:
        done = self._call(
            "script.evaluate",
            expression=literal(function, arguments),
            target={"context": self._tab},
            awaitPromise=False,
        )
        if done["type"] == "exception":
            raise Fault(f"{done['exceptionDetails']['text']} in {function}")
        return answer(done["result"]["value"])

    def act(self, sources: Actions) -> None:
        self._call("input.performActions", context=self._tab, actions=sources)

    def heard(self) -> list[str]:
        self._call("browsingContext.getTree")  # whatever was said before has come in by then
        heard, self._heard = self._heard, []
        return heard

    def printed(self, address: str) -> bytes:
        """The page as PDF, on paper of the size that its style sheet asks for, or else of A4."""
        self.open(address)
        done = self._call(
            "browsingContext.print",
            context=self._tab,
            # In centimetres.
            page={"width": 21.0, "height": 29.7},
            background=False,
        )
        return base64.b64decode(done["data"])


@contextmanager
def firefox(host: str) -> Iterator[Firefox]:
    """Firefox with a profile of its own that is gone afterwards.

    Raises OtherBrowserMissing, or RuntimeError when it does not start.
    """
    program = provide_firefox().program
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as profile:
        preferences = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in QUIET.items())
        Path(profile, "user.js").write_text("\n".join(preferences), encoding="utf-8")
        process = subprocess.Popen(
            (
                *(program, "--headless", "--no-remote"),
                *("--remote-debugging-port=0", "--profile", profile),
            ),
            env={**os.environ, "MOZ_HEADLESS": "1", "HOME": profile},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        try:
            with connect(f"{_address(process)}/session", max_size=None, proxy=None) as socket:
                yield Firefox(socket, host)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    """Where Firefox says that it listens; what it writes later is read away, or it would stop."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            lines.put(line)

    threading.Thread(target=read, daemon=True).start()
    said: list[str] = []
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        try:
            said.append(lines.get(timeout=0.2))
        except queue.Empty:
            continue
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", said[-1]):
            return found[1]
    raise RuntimeError("Firefox 没有启动 / Firefox did not start:\n" + "".join(said[-10:]))


A4 = (595, 842)
"""Points; landscape is the same turned."""


def paper_faults(
    name: str, pdf: bytes, wanted: tuple[str, ...], unwanted: tuple[str, ...]
) -> list[str]:
    """What is wrong with a printed page: its size, what must be on it, and what must not."""
    faults: list[str] = []
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    text = ""
    for number, page in enumerate(document, 1):
        size = tuple(sorted(page.get_size()))
        if any(abs(a - b) > 2 for a, b in zip(size, A4, strict=True)):
            faults.append(f"{name}: sheet {number} is {size[0]:.0f} × {size[1]:.0f} pt, not A4")
        drawn = page.get_textpage().get_text_bounded()
        if not drawn.strip():
            faults.append(f"{name}: sheet {number} is empty")
        text += drawn
    drawn = _plain(text)
    faults += [f"{name}: {words} is not on it" for words in wanted if _plain(words) not in drawn]
    faults += [f"{name}: {words} is on it" for words in unwanted if _plain(words) in drawn]
    return faults


def _plain(text: str) -> str:
    """Without the breaks of lines; fonts call some characters by the names of their radicals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def on_paper(browser: Firefox, root: str) -> Measure:
    """A project and the whole disclosure of both languages, as Firefox prints them."""
    faults: list[str] = []
    pages = 0
    for language in LANGUAGES:
        for page in (PROJECT, f"{FOLDER}/print.html"):
            pages += 1
            pdf = browser.printed(f"{root}{language.prefix}{page}")
            # Firefox's PDF shows all Chinese, but keeps only some of it as text: of the Chinese
            # pages the figures are read.
            title = browser.run("() => document.querySelector('h1').textContent.trim()")
            amount = language.amount if language.prefix and page == PROJECT else PRINTED
            wanted = (title, amount) if language.prefix else (amount,)
            controls = browser.run(
                "() => ['.d-language', '[data-language-switch]', '.d-trail li a']"
                ".flatMap(s => [...document.querySelectorAll(s)].slice(0, 1))"
                ".map(e => e.textContent.trim()).filter(t => t === 'English' || t === '中文')"
            )
            faults += paper_faults(language.prefix + page, pdf, wanted, tuple(controls))
    return none_of(f"{browser.name}: faults of printed pages", faults, pages)


def measure(sites: Sites) -> Iterator[Measure]:
    site = sites.real
    with firefox(urlsplit(site.address).netloc) as browser:
        yield from measures(browser, site.address, site.folder.as_uri() + "/")
        yield on_paper(browser, site.address)
