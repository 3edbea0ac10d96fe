"""The builds that are measured: ours cold, warm, after an edit, while serving; and Hugo's."""

from __future__ import annotations

import gzip
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks import city, hugo
from benchmarks.measuring import Failed, Run, environment, files, run, written
from benchmarks.targets import Build, City, Index

BUILD = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet")
SERVE = (sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr")
TIMES = "times.json"
"""Where the plugin writes what its stages took, told by DISCLOSURE_TIMES."""
EDITS = 3
"""So many figures are changed, one after the other, while the site is served."""
WITHIN = 3_600.0
"""Seconds after which a server that does not show a page is given up."""


def fresh(project: Path, search: bool) -> None:
    """Delete everything but the sources: site, caches; and write the settings."""
    for path in project.iterdir():
        if path.name not in ("mkdocs.yml", "content", "data"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    options = {"search": str(search).lower()}
    (project / "mkdocs.yml").write_text(city.mkdocs_yml(options), "utf-8", newline="\n")


def build(project: Path) -> Build:
    """One build of ours. Raises Failed."""
    times = project / TIMES
    took = run(BUILD, project, DISCLOSURE_TIMES=str(times))
    stages = json.loads(times.read_text("utf-8"))["stages"] if times.exists() else None
    times.unlink(missing_ok=True)
    return counted(took, project / "site", stages)


def counted(took: Run, site: Path, stages: dict[str, float] | None = None) -> Build:
    """A build together with what it wrote."""
    found = files(site)
    pages = sum(1 for name in found if name.endswith(".html"))
    return Build(took, len(found), sum(size for _, size in found.values()), pages, stages)


def measure(project: Path, search: bool, serve: bool) -> City:
    """Build the city in every way. Its data are afterwards as they were before."""
    fresh(project, search)
    cold, index = build(project), project / "site" / "search"
    first = files(index) if search else {}
    warm = build(project)
    second = files(index) if search else {}
    with edits(project) as changed:
        change = changed()
        edited = build(project)
        if change.after not in (project / "site" / change.page).read_text("utf-8"):
            raise Failed(f"{change.page}: {change.after} is not on the page after the build")
        third = files(index) if search else {}
    page = page_bytes(project)
    found = Index(len(first), written(second, third), written(first, second)) if search else None
    on_disk, over_http = reloads(project) if serve else ((), ())
    return City(cold, warm, edited, page, found, on_disk, over_http)


@contextmanager
def edits(project: Path) -> Iterator[Callable[[], city.Edit]]:
    """A function that changes a figure, to another one each time; in the end all is as before."""
    number, before = 0, b""
    file: Path | None = None

    def change() -> city.Edit:
        nonlocal number, before, file
        file = city.edited_file(project)
        before = before or file.read_bytes()
        number += 1
        return city.edit(project, number)

    try:
        yield change
    finally:
        if file is not None:
            file.write_bytes(before)


def page_bytes(project: Path) -> int:
    """The gzip bytes of the pages of projects that are the same at every size.

    They are those of the first disclosure that no year before had: a page of the others says
    what they were in years that a small city does not publish.
    """
    first = next(city.disclosures(1))
    folder = Path("departments", first.slug, f"{first.year}-budget", "projects")
    names = sorted(path.stem for path in (project / "data" / folder).glob("*.yml"))
    new = [name for name in names if f"{first.year % 100:02}P" in name]
    return sum(
        len(gzip.compress((project / "site" / lang / folder / f"{name}.html").read_bytes()))
        for name in new
        for lang in ("", "en")
    )


def reloads(project: Path) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Seconds from a written figure to its page, on disk and over HTTP, of a running server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    # MkDocs serves from a temporary folder: it is put where it can be looked into.
    with tempfile.TemporaryDirectory(prefix="bench-serve-") as name, edits(project) as changed:
        log = Path(name, "log")
        with log.open("wb") as output:
            server = subprocess.Popen(
                (*SERVE, f"127.0.0.1:{port}"),
                cwd=project,
                env=environment(TMPDIR=name),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:

            def until(seen: Callable[[], bool]) -> float:
                start = time.perf_counter()
                while not seen():
                    if server.poll() is not None or time.perf_counter() - start > WITHIN:
                        raise Failed(f"mkdocs serve:\n{log.read_text('utf-8')[-4000:]}")
                    time.sleep(0.02)
                return time.perf_counter() - start

            def reload() -> tuple[float, float]:
                change = changed()

                def on_disk() -> bool:
                    found = Path(name).glob(f"mkdocs_*/{change.page}")
                    return asked.done() or any(change.after in _text(path) for path in found)

                with ThreadPoolExecutor(1) as pool:
                    page = address + change.page
                    asked = pool.submit(until, lambda: change.after in _said(page))
                    return until(on_disk), asked.result()

            until(lambda: _said(address) != "")
            took: list[tuple[float, float]] = []
            for _ in range(EDITS):
                time.sleep(1)  # the server watches again
                took.append(reload())
            return tuple(each for each, _ in took), tuple(each for _, each in took)
        finally:
            server.terminate()
            server.wait(60)


def _said(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            text: str = answer.read().decode()
            return text
    except OSError:
        return ""


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""  # it is being written


def hugo_build(program: Path, site: Path) -> Build:
    """One cold build of Hugo. Raises Failed."""
    for name in ("public", "cache", "resources"):
        shutil.rmtree(site / name, ignore_errors=True)
    took = run((str(program), "build", "--quiet"), site, HUGO_CACHEDIR=str(site / "cache"))
    return counted(took, site / "public")


def in_turns(
    project: Path, program: Path, folder: Path, runs: int
) -> Iterator[tuple[Build, Build]]:
    """Our cold build without search and Hugo's, in turns, each pair as soon as it is measured."""
    hugo.prepare(project, folder)
    for _ in range(runs):
        fresh(project, search=False)
        ours = build(project)
        yield ours, hugo_build(program, folder)
