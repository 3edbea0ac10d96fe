"""The sites that are measured: this project's own and the example district, built and served."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: its folder and the address it is served at, ending in a slash."""

    name: str
    folder: Path
    address: str

    def pages(self) -> list[str]:
        """The addresses of all pages below the root, in a fixed order."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return sorted(found)


@dataclass(frozen=True, slots=True)
class Sites:
    """Both sites."""

    real: Site
    example: Site

    def __iter__(self) -> Iterator[Site]:
        return iter((self.real, self.example))


def build(config: Path, folder: Path, site_url: str = "https://budget.example/") -> Path:
    """Build a site strictly; raises CalledProcessError with all of MkDocs' words."""
    subprocess.run(
        [
            *(sys.executable, "-m", "mkdocs", "build", "--strict"),
            *("--config-file", str(config), "--site-dir", str(folder)),
        ],
        cwd=config.parent,
        check=True,
        env={**os.environ, "SITE_URL": site_url, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        stdout=subprocess.DEVNULL,
    )
    return folder


class _Handler(http.server.BaseHTTPRequestHandler):
    """A web host as publishers run them: compressed, cached, its own page for what is not there."""

    protocol_version = "HTTP/1.1"
    # Else a body waits 40 ms for the acknowledgement of its headers, as on no real host.
    disable_nagle_algorithm = True

    def __init__(self, *arguments: object, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        asked = unquote(urlsplit(self.path).path).lstrip("/")
        path = (self.folder / asked).resolve()
        if path.is_dir():
            path = path / "index.html"
        found = path.is_file() and path.is_relative_to(self.folder)
        body = path.read_bytes() if found else (self.folder / "404.html").read_bytes()
        kind = _TYPES.get(path.suffix, "application/octet-stream") if found else _TYPES[".html"]
        self.send_response(200 if found else 404)
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000" if "/assets/" in path.as_posix() else
                         "max-age=600")  # fmt: skip
        self.send_header(
            "Last-Modified", formatdate(path.stat().st_mtime if found else 0, usegmt=True)
        )
        self.end_headers()
        with suppress(ConnectionError):  # the browser has gone on to another page
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder with compression; the address of its root, ending in a slash."""
    handler = functools.partial(_Handler, folder=folder.resolve())
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def sites(folder: Path) -> Iterator[Sites]:
    """Build both sites below ``folder`` and serve them while they are measured."""
    real = build(ROOT / "mkdocs.yml", folder / "real")
    example = build(ROOT / "examples" / "district" / "mkdocs.yml", folder / "example")
    with serving(real) as at_real, serving(example) as at_example:
        yield Sites(Site("real", real, at_real), Site("example", example, at_example))
