"""Time ``disclosure check``: this site's data, and a doubled example. Fails when a limit is missed.

python -m benchmarks.check
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 1.0
"""For the data of this site, the start of Python included."""
GROWTH = 2.2
"""Twice the data may take this many times as long."""


def seconds(data: Path) -> float:
    """The best of three runs."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", "from disclosure.cli import main; main()", "check", str(data)],
            stdout=subprocess.DEVNULL,
        )
        taken.append(time.perf_counter() - start)
    return min(taken)


def doubled(folder: Path) -> Path:
    """The example with each department twice."""
    data = folder / "data"
    shutil.copytree(ROOT / "examples" / "district" / "data", data)
    for department in sorted((data / "departments").iterdir()):
        copy = department.with_name(f"{department.name}-b")
        shutil.copytree(department, copy)
        file = copy / "department.yml"
        text = file.read_text("utf-8")
        file.write_text(text.replace(f"slug: {department.name}", f"slug: {copy.name}"), "utf-8")
    return data


def main() -> int:
    own = seconds(ROOT / "data")
    once = seconds(ROOT / "examples" / "district" / "data")
    with tempfile.TemporaryDirectory() as folder:
        twice = seconds(doubled(Path(folder)))
    print(f"data {own:.2f} s (limit {SECONDS}); example {once:.2f} s, doubled {twice:.2f} s")
    return int(own > SECONDS or twice > GROWTH * once)


if __name__ == "__main__":
    raise SystemExit(main())
