"""What nginx answers: statuses, types, headers, compression, and that caches never lie."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.audit.measure import Measure, none_of
from tests.deploy.bundles import pack, published, small_site
from tests.deploy.server import serving

TYPES = {
    "index.html": "text/html; charset=utf-8",
    "a.css": "text/css; charset=utf-8",
    "a.js": "text/javascript; charset=utf-8",
    "a.csv": "text/csv; charset=utf-8",
    "a.json": "application/json; charset=utf-8",
    "a.md": "text/markdown; charset=utf-8",
    "a.xml": "text/xml; charset=utf-8",
    "a.txt": "text/plain; charset=utf-8",
    "a.svg": "image/svg+xml; charset=utf-8",
    "a.png": "image/png",
    "a.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "a.pdf": "application/pdf",
    "a.unknown": "application/octet-stream",
}
COMPRESSED = ("index.html", "a.css", "a.js", "a.csv", "a.json", "a.md", "a.xml", "a.txt", "a.svg")
STYLE = "assets/stylesheets/main.00000000.min.css"
LONG = b"<p>0123456789</p>" * 100


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of the server."""

    status: int
    headers: dict[str, str]
    """By name in lower case."""
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "")


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request on a connection of its own; ``_`` in the name of a header stands for ``-``."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def site(version: str) -> dict[str, bytes]:
    extra = {name: LONG + version.encode() for name in TYPES}
    return {**small_site(version), **extra, STYLE: LONG, "empty/a.txt": b"x", ".hidden": b"x"}


def faults(port: int, prefix: str) -> Iterator[str]:
    """What is not as the configuration promises, with the site below ``prefix``."""

    def expect(condition: bool, words: str) -> Iterator[str]:
        if not condition:
            yield words

    for name, kind in TYPES.items():
        plain = ask(port, f"{prefix}{name}")
        yield from expect(plain.status == 200, f"{name}: {plain.status}")
        yield from expect(plain.header("content-type") == kind, f"{name}: {plain.headers}")
        yield from expect(plain.body == site("first")[name], f"{name}: another body")
        packed = ask(port, f"{prefix}{name}", Accept_Encoding="gzip")
        is_packed = packed.header("content-encoding") == "gzip"
        yield from expect(is_packed == (name in COMPRESSED), f"{name}: compressed {is_packed}")
        if is_packed:
            yield from expect(
                gzip.decompress(packed.body) == plain.body, f"{name}: compressed into another body"
            )
            yield from expect("Accept-Encoding" in packed.header("vary"), f"{name}: no Vary")
        yield from expect(plain.header("cache-control") == "no-cache", f"{name}: {plain.headers}")
        etag = packed.header("etag") or plain.header("etag")
        again = ask(port, f"{prefix}{name}", If_None_Match=etag)
        yield from expect(again.status == 304 and not again.body, f"{name}: {again.status}")

    pages = {
        "": 200,
        "en/": 200,
        "nothing.html": 404,
        "empty/": 404,  # no list of the folder, nor a hint that it is there
        "assets/stylesheets/main.11111111.min.css": 404,
    }
    for name, status in pages.items():
        answer = ask(port, prefix + name)
        yield from expect(answer.status == status, f"{name}: {answer.status}")
        if status == 404:
            whole = answer.body == site("first")["404.html"]
            yield from expect(whole, f"{name}: not the site's 404 page")
            caching = answer.header("cache-control")
            yield from expect(caching == "no-cache", f"{name}: a 404 is kept: {caching}")
        yield from secured(name, answer)
    for name in ("../SHA256SUMS", "en/../../SHA256SUMS", "..%2fSHA256SUMS", "../../../etc/passwd"):
        answer = ask(port, prefix + name)
        yield from expect(answer.status in (400, 404), f"{name}: {answer.status}")
    slash = ask(port, f"{prefix}en")
    yield from expect(
        (slash.status, slash.header("location")) == (301, f"{prefix}en/"), f"en: {slash}"
    )
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
        answer = ask(port, prefix, method)
        yield from expect(answer.status == 405, f"{method}: {answer.status}")
        if method != "TRACE":  # refused before any rule of ours
            yield from expect(answer.header("allow") == "GET, HEAD", f"{method}: {answer.headers}")
    head = ask(port, prefix, "HEAD")
    yield from expect((head.status, head.body) == (200, b""), f"HEAD: {head.status}")
    style = ask(port, f"{prefix}{STYLE}")
    yield from expect("immutable" in style.header("cache-control"), f"style: {style.headers}")
    drawing = ask(port, f"{prefix}a.svg").header("content-security-policy")
    yield from expect("sandbox" in drawing and "default-src 'none'" in drawing, f"svg: {drawing}")


def secured(path: str, answer: Answer) -> Iterator[str]:
    """The security headers that every answer has, also those of errors."""
    wanted = {
        "content-security-policy": "frame-ancestors 'self'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=()",
        "server": "nginx",
    }
    for name, words in wanted.items():
        if words not in answer.header(name):
            yield f"{path}: {name} is {answer.header(name)!r}"
    if any(character.isdigit() for character in answer.header("server")):
        yield f"{path}: tells its version, {answer.header('server')}"


def measure(folder: Path) -> Iterator[Measure]:
    """The whole host and the path of a host; and what is asked again after a switch."""
    for kind, prefix in (("disclosure.conf", "/"), ("disclosure-subpath.conf", "/budget/")):
        root = folder / kind / "root"
        root.mkdir(parents=True)
        first = pack(folder / kind / "first.tar.gz", site("first"))
        other = pack(folder / kind / "other.tar.gz", site("other"))
        published(root, "publish", first.path)
        with serving(root, folder / kind / "nginx", kind) as server:
            found = list(faults(server.port, prefix))
            yield none_of(f"{kind}: statuses, types, headers, faults", found, len(TYPES) + 20)
            yield none_of(f"{kind}: asked again after a switch, stale", stale(root, other.path,
                          server.port, prefix), len(TYPES))  # fmt: skip
            if prefix != "/":
                outside = ask(server.port, "/index.html").status
                bare = ask(server.port, "/budget")
                yield Measure("beside the path, status", str(outside), "404", outside == 404)
                location = f"{bare.status} {bare.header('location')}"
                wanted = "301 /budget/"
                yield Measure("the path without a slash", location, wanted, location == wanted)


def stale(root: Path, other: Path, port: int, prefix: str) -> list[str]:
    """Files of one size in both versions: a browser that asks again has to get the new one."""
    kept = {name: ask(port, prefix + name, Accept_Encoding="gzip") for name in TYPES}
    published(root, "publish", other)
    found = []
    for name, answer in kept.items():
        for condition in (
            {"If_None_Match": answer.header("etag")},
            {"If_Modified_Since": answer.header("last-modified")},
        ):
            again = ask(port, prefix + name, **condition)
            if again.status != 200 or again.body != site("other")[name]:
                found.append(f"{name}: {again.status} after the switch, {condition}")
    return found
