"""What a command measures: one number, and the table of all of them."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured, what came out, what was promised, and whether the promise is kept."""

    name: str
    value: str
    wanted: str
    kept: bool


def at_most(name: str, value: float, limit: float, unit: str = "") -> Measure:
    """A measure that may not be more than ``limit``."""
    return Measure(name, f"{value:g}{unit}", f"≤ {limit:g}{unit}", value <= limit)


def at_least(name: str, value: float, limit: float, unit: str = "") -> Measure:
    """A measure that may not be less than ``limit``."""
    return Measure(name, f"{value:g}{unit}", f"≥ {limit:g}{unit}", value >= limit)


def none_of(name: str, found: Iterable[str], looked_at: int) -> Measure:
    """Nothing may be found; ``looked_at`` says among how many, and none is a failure too."""
    faults = list(found)
    shown = f"{len(faults)} of {looked_at}" + "".join(f"\n    {fault}" for fault in faults[:20])
    return Measure(name, shown, "0", not faults and looked_at > 0)


Sections = Mapping[str, Callable[[], Iterable[Measure]]]
"""What is measured, by name."""


def sections_asked(parser: argparse.ArgumentParser, known: Iterable[str]) -> list[str]:
    """The sections named on the command line, all by default; ends the program for others."""
    names = list(known)
    parser.add_argument("section", nargs="*", help=f"of {', '.join(names)}; all by default")
    asked: list[str] = parser.parse_args().section
    if unknown := set(asked) - set(names):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    return asked or names


def measured(sections: Sections) -> int:
    """Measure each section, print a table that can be quoted; the exit code.

    That is 1 when a promise is broken, and also when a section cannot measure, or measures nothing.
    """
    rows = ["| section | measure | result | promised | |", "|---|---|---|---|---|"]
    missed = 0
    for section, measure in sections.items():
        start = time.monotonic()
        print(f"==> {section} …", file=sys.stderr, end=" ", flush=True)
        try:
            found = list(measure())
        except Exception:
            traceback.print_exc()
            found = [Measure("could not be measured", "see above", "a number", False)]
        found = found or [Measure("nothing was measured", "0", "a number", False)]
        missed += sum(not each.kept for each in found)
        for each in found:
            kept = "kept" if each.kept else "**MISSED**"
            rows.append(f"| {section} | {each.name} | {each.value} | {each.wanted} | {kept} |")
        print(f"{time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    print("\n".join(rows))
    print(f"\n{'全部达到 / all promises kept' if not missed else f'{missed} 项未达到 / missed'}")
    return 1 if missed else 0
