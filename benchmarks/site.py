"""How fast the site is built and how fast a change shows: `python -m benchmarks.site`.

The promises, on two cores: the site of this project in 10 s and 300 MB, a changed figure on the
page of `mkdocs serve` within 2 s. Exits with 1 when one is not kept.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.site.projects import copy_project
from tests.site.test_live_reload import FOLDER, Server, replace

from benchmarks.builds import BUILD
from benchmarks.measuring import Run, run

ROOT = Path(__file__).resolve().parent.parent

BUILD_SECONDS, BUILD_MEGABYTES, RELOAD_SECONDS = 10.0, 300.0, 2.0
CHANGES = 5


def build(folder: Path) -> Run:
    """One build in a process of its own."""
    return run((*BUILD, "--site-dir", str(folder)), ROOT)


def shows(figure: str) -> Callable[[str], bool]:
    """Whether a page shows the figure."""
    return lambda html: figure in html


def reloads(folder: Path) -> list[float]:
    """Seconds from a written figure to the page that shows it, several times."""
    server = Server(copy_project(folder / "project"), folder / "log")
    page = f"{FOLDER}/operating.html"
    file = server.project / "data" / FOLDER / "budget.yml"
    took: list[float] = []
    try:
        server.until(page, lambda html: "3.00" in html, 60)
        before = "邮电费: 3.00"
        for number in range(CHANGES):
            figure = f"9{number}7.13"
            replace(file, before, f"邮电费: {figure}")
            before = f"邮电费: {figure}"
            took.append(server.until(page, shows(figure), 60))
            time.sleep(1)
    finally:
        server.process.terminate()
        server.process.wait(10)
    return took


def main() -> int:
    """Measure, print, and compare with the promises."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        builds = [build(folder / str(number)) for number in range(3)]
        changes = reloads(folder)
    seconds, megabytes = min(b.seconds for b in builds), max(b.megabytes for b in builds)
    rows = (
        ("build, best of 3 (s)", seconds, BUILD_SECONDS),
        ("build, peak memory (MB)", megabytes, BUILD_MEGABYTES),
        (f"change on the page, worst of {CHANGES} (s)", max(changes), RELOAD_SECONDS),
    )
    for name, measured, promised in rows:
        kept = "kept" if measured <= promised else "NOT KEPT"
        print(f"{name:45} {measured:8.2f}  promised {promised:6.0f}  {kept}")
    return 0 if all(measured <= promised for _, measured, promised in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
