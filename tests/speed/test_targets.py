"""The numbers of the benchmark: kept, missed, or not measured, which is missed."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.measuring import Failed, Run, files, run, written
from benchmarks.targets import (
    BESIDE_HUGO,
    SIZES,
    Beside,
    Build,
    City,
    Index,
    Measured,
    table,
    targets,
)


def build(seconds: float, pages: int, megabytes: float = 900) -> Build:
    return Build(Run(seconds, pages * 0.002, megabytes), 2 * pages, 10**6, pages)


def good(size: int, search: bool) -> City:
    pages = size * 2 + 100
    cold = build(39.0 if search else 24.0, pages)
    index = Index(2_000, 60, 0) if search else None
    page = 100_000 + size // 10
    times = (0.4, 0.9, 0.5) if search else ()
    return City(cold, build(2.5, pages), build(2.8, pages), page, index, times, times)


GOOD = Measured(
    {(size, search): good(size, search) for size in SIZES for search in (False, True)},
    {size: Beside((3.0, 3.1, 9.0), (4.0, 4.1, 4.2)) for size in BESIDE_HUGO},
)
LAST = (SIZES[-1], True)
PLAIN = (SIZES[-1], False)


def missed(measured: Measured) -> list[str]:
    return [target.name for target in targets(measured) if not target.kept]


def with_city(key: tuple[int, bool], city: City) -> Measured:
    return replace(GOOD, cities={**GOOD.cities, key: city})


def test_all_are_kept() -> None:
    assert missed(GOOD) == []
    lines = list(table(GOOD))
    assert len(lines) == 19 and all(line.endswith(" kept") for line in lines)
    assert not any("NOT KEPT" in line for line in lines)


def test_what_was_not_measured_is_missed() -> None:
    assert len(missed(Measured())) == len(list(targets(GOOD)))
    assert all("not measured" in line and "NOT KEPT" in line for line in table(Measured()))


@pytest.mark.parametrize(
    ("key", "changes", "expected"),
    [
        (PLAIN, {"cold": build(25.1, 20_100)}, "without search: cold"),
        (LAST, {"cold": build(40.1, 20_100)}, "with search: cold"),
        (LAST, {"warm": build(2.0, 20_100, 1_001)}, "with search: memory"),
        (PLAIN, {"warm": build(3.1, 20_100)}, "without search: nothing changed"),
        ((SIZES[0], True), {"on_disk": (0.5, 1.1, 0.5)}, f"{SIZES[0]}: a figure to the page"),
        (LAST, {"on_disk": ()}, "10,000: a figure to the page"),
        (PLAIN, {"cold": build(24.0, 16_000)}, None),
        (PLAIN, {"page": 103_001}, "page size at 10,000 against 240, without search"),
        (LAST, {"index": Index(2_000, 101, 0)}, "index files written after an edit"),
        (LAST, {"index": Index(2_000, 60, 1)}, "index files written, nothing changed"),
        (LAST, {"index": None}, "index files written after an edit"),
    ],
)
def test_a_number_that_is_missed(
    key: tuple[int, bool], changes: dict[str, object], expected: str | None
) -> None:
    found = missed(with_city(key, replace(GOOD.cities[key], **changes)))  # type: ignore[arg-type]
    assert any(expected in name for name in found) if expected else not found


def test_slower_than_hugo_and_dearer_with_size() -> None:
    beside = {**GOOD.beside, 4_800: Beside((3.3, 3.4, 3.5), (4.0, 4.1, 4.2))}
    assert missed(replace(GOOD, beside=beside)) == ["4,800: CPU by Hugo’s"]
    cold = GOOD.cities[PLAIN].cold
    dear = replace(cold, run=replace(cold.run, cpu=cold.run.cpu * 1.21))
    city = replace(GOOD.cities[PLAIN], cold=dear)
    assert missed(with_city(PLAIN, city)) == ["CPU of a page at 10,000 by that at 1,200"]
    quick = replace(GOOD.cities[PLAIN], cold=build(10.0, 20_100, 300))
    assert [name.partition(": ")[2] for name in missed(with_city(PLAIN, quick))] == [
        "search index, time it adds (s)",
        "search index, memory it adds (MB)",
    ]


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="Linux and macOS measure this way")
def test_a_process_and_its_child_are_measured(tmp_path: Path) -> None:
    import resource  # Windows has none

    child = "import time; x = bytearray(60_000_000); t = time.process_time()\n"
    child += "while time.process_time() - t < 0.3: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    took = run((sys.executable, "-c", parent), tmp_path)
    # Linux counts what this process had when it made the other (getrusage(2): ru_maxrss).
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert took.cpu >= 0.3 and took.seconds >= 0.3 and 60 <= took.megabytes < max(300, own + 60)
    with pytest.raises(Failed, match="what it said"):
        run((sys.executable, "-c", "raise SystemExit('what it said')"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_written_files_are_counted(tmp_path: Path) -> None:
    for name in ("a/same", "a/changed", "gone"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    before = files(tmp_path)
    (tmp_path / "gone").unlink()
    (tmp_path / "a" / "changed").write_text("xy")
    (tmp_path / "new").write_text("x")
    assert written(before, files(tmp_path)) == 3
    assert written(before, before) == 0
