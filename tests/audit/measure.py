"""One number of the audit, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable
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


def table(section: str, measures: Iterable[Measure]) -> str:
    """The measures of a section as Markdown, so that it can be quoted."""
    rows = (
        f"| {section} | {m.name} | {m.value} | {m.wanted} | {'kept' if m.kept else '**MISSED**'} |"
        for m in measures
    )
    return "\n".join(rows)
