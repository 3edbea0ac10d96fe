"""Many readers at once while the site is switched: not one request may fail or mix two versions."""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.audit.measure import Measure, at_least, none_of
from tests.deploy.answers import ask
from tests.deploy.bundles import (
    PUBLISH,
    SHELL,
    Bundle,
    faults_of,
    published,
    two_versions,
)
from tests.deploy.server import serving

READERS = 48
SWITCHES = 200
_ASSET = re.compile(rb'(?:href|src)="([^"#?]+\.(?:css|js|svg|png))"')


@dataclass(slots=True)
class Seen:
    """What all readers have seen together."""

    requests: int = 0
    octets: int = 0
    faults: list[str] = field(default_factory=list)
    versions: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Reader:
    """A browser: it keeps its connection, loads a page, then the files the page names."""

    port: int
    known: Mapping[str, Mapping[str, str]]
    """By path and by SHA-256 of the body: the version it is of."""
    seen: Seen
    stream: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> bytes | None:
        """The body at ``path``, after it was compared with both versions."""
        try:
            status, body = await asyncio.wait_for(self._exchange(path), 30)
        except (OSError, EOFError, ValueError, zlib.error, TimeoutError) as error:
            self.seen.faults.append(f"{path}: {type(error).__name__} {error}")
            await self.close()
            return None
        self.seen.requests += 1
        self.seen.octets += len(body)
        if status != 200:
            self.seen.faults.append(f"{path}: status {status}")
            return None
        version = self.known[path].get(hashlib.sha256(body).hexdigest())
        if version is None:
            self.seen.faults.append(f"{path}: the body is of neither version")
            return None
        self.seen.versions[version] += 1
        return body

    async def _exchange(self, path: str) -> tuple[int, bytes]:
        if self.writer is None:
            self.stream, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.stream is not None
        self.writer.write(
            f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        )
        head = (await self.stream.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        if headers.get("transfer-encoding") == "chunked":
            parts = []
            while size := int((await self.stream.readline()).strip(), 16):
                parts.append(await self.stream.readexactly(size))
                await self.stream.readexactly(2)
            await self.stream.readexactly(2)
            body = b"".join(parts)
        else:
            body = await self.stream.readexactly(int(headers["content-length"]))
        if headers.get("content-encoding") == "gzip":
            body = zlib.decompress(body, 31)
        if headers.get("connection") == "close":  # nginx ends a connection after 1,000 requests
            await self.close()
        return int(head[0].split()[1]), body

    async def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.stream = self.writer = None

    async def read(self, pages: list[str], start: int, stop: asyncio.Event) -> None:
        """Load one page after another until told to stop."""
        number = start
        while not stop.is_set():
            page = pages[number % len(pages)]
            number += 7
            body = await self.get(page)
            if body is None:
                continue
            folder = page.rpartition("/")[0]
            for name in sorted(set(_ASSET.findall(body))):
                path = _joined(folder, name.decode())
                if path in self.known:
                    await self.get(path)
        await self.close()


def _joined(folder: str, relative: str) -> str:
    parts = [part for part in folder.split("/") if part]
    for part in relative.split("/"):
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def known_bodies(*bundles: Bundle) -> dict[str, dict[str, str]]:
    """By path and by SHA-256: the name of the version."""
    known: dict[str, dict[str, str]] = {}
    for bundle in bundles:
        for name, data in bundle.files.items():
            known.setdefault(name, {})[hashlib.sha256(data).hexdigest()] = bundle.path.name
    return known


async def _under_load(
    root: Path, port: int, a: Bundle, b: Bundle, switches: int
) -> tuple[Seen, list[str], float]:
    seen, stop = Seen(), asyncio.Event()
    known = known_bodies(a, b)
    pages = sorted(set(a.files) & set(b.files))
    pages = [
        page for page in pages if page.endswith((".html", ".json", ".csv")) and page != "404.html"
    ]
    readers = [Reader(port, known, seen) for _ in range(READERS)]
    tasks = [
        asyncio.create_task(reader.read(pages, number * 5, stop))
        for number, reader in enumerate(readers)
    ]
    wrong: list[str] = []
    started = time.monotonic()
    now = a
    for number in range(switches):
        now = b if now is a else a
        # Back by a rollback every other time, otherwise by publishing it anew.
        back = now is a and number % 4 == 1
        arguments = ["rollback"] if back else ["publish", str(now.path)]
        process = await asyncio.create_subprocess_exec(
            SHELL, str(PUBLISH), "--root", str(root), "--keep", "2", *arguments,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, said = await process.communicate()
        if process.returncode:
            wrong.append(f"switch {number}: {said.decode()}")
        answer = await asyncio.to_thread(ask, port, "/index.html")
        if answer.body != now.files["index.html"]:
            wrong.append(f"switch {number}: not served when the command was done")
    took = time.monotonic() - started
    stop.set()
    await asyncio.gather(*tasks)
    return seen, wrong, took


def measure(folder: Path, site: Path, switches: int = SWITCHES) -> Iterator[Measure]:
    """``switches`` switches between two versions of a built ``site`` under load."""
    folder.mkdir(parents=True)
    a, b = two_versions(site, folder)
    assert {len(data) for data in a.files.values()} == {len(data) for data in b.files.values()}
    root = folder / "root"
    published(root, "publish", a.path)
    with serving(root, folder / "nginx") as server:
        seen, wrong, took = asyncio.run(_under_load(root, server.port, a, b, switches))
        log = server.log.read_text(encoding="utf-8").splitlines()
    kinds = Counter(fault.split(": ", 1)[1] for fault in seen.faults)
    yield none_of("requests that failed or mixed versions", seen.faults, seen.requests)
    yield none_of("switches that failed or were not seen at once", wrong, switches)
    yield at_least(
        "requests under way to each switch, on average", round(seen.requests / switches, 1), 20
    )
    fewest = min(seen.versions.values(), default=0) if len(seen.versions) == 2 else 0
    yield at_least("bodies of the rarer version", fewest, seen.requests // 10)
    # A style of the version before is looked for in the version now first; that is no complaint.
    said = [line for line in log if "No such file" not in line]
    yield none_of("complaints of nginx", said, 1)
    yield none_of("versions that are not whole", faults_of(root), 1)
    speed = f"{seen.requests / took:.0f} requests/s, {took / switches:.2f} s a switch"
    yield Measure(f"{READERS} readers, {took:.0f} s", speed, "told", not kinds)
