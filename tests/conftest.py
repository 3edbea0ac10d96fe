"""What the suites share: the built site, a server for it, and a browser to read it with.

A browser or a Chinese font that is missing is an error of the run, never a skipped test.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from tools.browser import launch, require_chinese_font
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent

# CSS pixels: a small phone held upright, and a desktop window.
VIEWPORTS = {"phone": (360, 740), "desktop": (1280, 800)}

# The same examples on every run: a red test stays red, and `make test` keeps its time. The
# suites that search further have commands of their own.
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")


# --- in parallel ------------------------------------------------------------------------------

# What takes long begins first, so that at the end no process waits for another.
LONG = ("browser", "example", "site", "docs", "deploy", "workflows", "editor", "packaging")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long folders before the others."""
    order = {folder: number for number, folder in enumerate(LONG)}

    def begins(item: pytest.Item) -> int:
        return order.get(item.path.relative_to(ROOT / "tests").parts[0], len(LONG))

    items.sort(key=begins)


class _Together(LoadScopeScheduling):  # type: ignore[misc]
    """A file stays in one process, and so do files that share what takes long to make."""

    def _split_scope(self, nodeid: str) -> str:
        return _together(nodeid.partition("::")[0])


@functools.cache
def _together(file: str) -> str:
    if file.startswith("tests/example/"):  # the site of the district
        return "tests/example"
    text = (ROOT / file).read_text(encoding="utf-8")
    return "every page, read" if re.search(r"\b(everything|pages): ", text) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """xdist's own groups are marks that pytest 9.2 no longer lets it put into a test's name."""
    return _Together(config, log)


# --- the built site ---------------------------------------------------------------------------

BuildSite = Callable[..., Path]


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> BuildSite:
    """A function that builds a site and returns its folder.

    `build_site(config=…, **environment)` runs `mkdocs build --strict` in a process of its own,
    without `SITE_URL` unless it is given, and fails the test with all of MkDocs' words when the
    build fails. Never quiet: MkDocs overlooks broken anchors under `-q`.
    """

    def build(config: Path = ROOT / "mkdocs.yml", **environment: str) -> Path:
        folder = tmp_path_factory.mktemp("site") / "site"
        inherited = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
        done = subprocess.run(
            [
                *(sys.executable, "-m", "mkdocs", "build", "--strict"),
                *("--config-file", str(config), "--site-dir", str(folder)),
            ],
            cwd=config.parent,
            env={
                "SOURCE_DATE_EPOCH": "1735689600",
                **inherited,
                "NO_MKDOCS_2_WARNING": "1",
                "PYTHONUTF8": "1",
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            pytest.fail(f"mkdocs build: exit {done.returncode}\n{done.stdout}", pytrace=False)
        return folder

    return build


@pytest.fixture(scope="session")
def built_site(build_site: BuildSite) -> Path:
    """The folder of this project's own site, built once a run, without SITE_URL."""
    return build_site()


# --- the server -------------------------------------------------------------------------------


class _SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under a prefix as a web host does: with its 404 page, without listings."""

    # The system's own table may call a script text/plain, and browsers then refuse it.
    extensions_map = {  # noqa: RUF012
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".svg": "image/svg+xml",
    }
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, prefix: str, **keywords: Any) -> None:
        self.prefix = prefix
        super().__init__(*arguments, **keywords)

    def send_head(self) -> Any:
        path = urlsplit(self.path).path
        if path.startswith(self.prefix):
            self.path = "/" + path.removeprefix(self.prefix)
            target = Path(self.translate_path(self.path))
            if target.is_file() or (target / "index.html").is_file():
                return super().send_head()
        return self._not_found()

    def _not_found(self) -> None:
        page = Path(self.directory) / "404.html"
        body = page.read_bytes() if page.is_file() else b"404"
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextmanager
def _serving(folder: Path, prefix: str) -> Iterator[str]:
    handler = functools.partial(_SiteHandler, directory=str(folder), prefix=prefix)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


ServeFolder = Callable[..., str]


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[ServeFolder]:
    """A function `serve_folder(folder, prefix="/")` that returns the address of its root.

    A prefix such as "/bureau/budget/" puts the site under a sub-path: everything outside it is
    not found, so a link that leaves the prefix breaks as it would on a portal.
    """
    with ExitStack() as running:

        def serve(folder: Path, prefix: str = "/") -> str:
            if not (prefix.startswith("/") and prefix.endswith("/")):
                raise ValueError(f"prefix must begin and end with a slash: {prefix!r}")
            return running.enter_context(_serving(folder, prefix))

        yield serve


@pytest.fixture(scope="session")
def site_address(built_site: Path, serve_folder: ServeFolder) -> str:
    """The address of this project's own site at the root of a host, ending in a slash."""
    return serve_folder(built_site)


# --- the browser ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once a run, with Chinese characters that can be told apart."""
    with sync_playwright() as playwright:
        _, started = launch(playwright)
        try:
            require_chinese_font(started)
            yield started
        finally:
            started.close()


@dataclass  # no slots: Playwright keeps its own notes on the owner of a handler
class Reader:
    """A page in the browser and everything that went wrong on it so far."""

    page: Page
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    """Hosts asked for anything, with port; empty for file:, data: and blob: addresses."""

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def asked(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if host:
            self.hosts.add(host)


OpenReader = Callable[..., Reader]


@pytest.fixture
def open_reader(browser: Browser) -> Iterator[OpenReader]:
    """A function `open_reader(viewport="phone", **context)` giving a `Reader` of its own.

    `viewport` is a name in VIEWPORTS; a phone has touch. Further keywords go to Playwright's
    `new_context` (color_scheme="dark", java_script_enabled=False, locale="en-GB", …).
    """
    with ExitStack() as opened:

        def open_one(viewport: str = "desktop", **context: Any) -> Reader:
            width, height = VIEWPORTS[viewport]
            phone = viewport == "phone"
            usual: dict[str, Any] = {
                "viewport": {"width": width, "height": height},
                "has_touch": phone,
                "is_mobile": phone,
                "reduced_motion": "reduce",
            }
            fresh = browser.new_context(**usual | context)
            opened.callback(fresh.close)
            fresh.set_default_timeout(10_000)
            reader = Reader(fresh.new_page())
            reader.page.on("console", reader.heard)
            reader.page.on("pageerror", lambda error: reader.errors.append(f"script: {error}"))
            reader.page.on("request", reader.asked)
            return reader

        yield open_one


@pytest.fixture
def phone(open_reader: OpenReader) -> Reader:
    """A reader with a phone, 360×740."""
    return open_reader("phone")


@pytest.fixture
def desktop(open_reader: OpenReader) -> Reader:
    """A reader at a desk, 1280×800."""
    return open_reader("desktop")


@pytest.fixture(params=sorted(VIEWPORTS))
def reader(request: pytest.FixtureRequest, open_reader: OpenReader) -> Reader:
    """The same test once with each viewport."""
    return open_reader(request.param)
