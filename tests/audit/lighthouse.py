"""Lighthouse on a phone: the median of several runs of four pages in both languages."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Iterator

from tests.audit.measure import Measure, at_least
from tests.audit.sites import Sites
from tools.lighthouse import PACKAGES, Rating, browser_path, run

PERFORMANCE, OTHERS = 95, 100
RUNS = 5
_FOLDER = "departments/economy-technology/2024-budget"
PAGES = {
    "home": "index.html",
    "overview": f"{_FOLDER}/index.html",
    "a project": f"{_FOLDER}/projects/13081124P00000310002E.html",
    "the glossary": "glossary.html",
}


def measure(sites: Sites) -> Iterator[Measure]:
    """Rate the pages. The machine should have nothing else to do.

    Raises PackagesMissing, BrowserMissing or LighthouseFailed.
    """
    PACKAGES.provide()
    browser = browser_path()
    machine: list[float] = []
    rating: Rating | None = None
    for name, address in PAGES.items():
        for lang, path in (("zh", address), ("en", f"en/{address}")):
            ratings = [run(sites.real.address + path, browser) for _ in range(RUNS)]
            rating = ratings[0]
            machine += [each.benchmark for each in ratings]
            yield from _medians(f"{name}, {lang}", ratings)
            print(f"{name} {lang}", end=" … ", file=sys.stderr, flush=True)
    assert rating is not None
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    yield Measure(
        f"(measured by Lighthouse {rating.lighthouse} on Chromium {rating.browser}, "
        f"{RUNS} runs a page; benchmark index of the machine, its load at the end)",
        f"{statistics.median(machine):.0f}, {load:.1f}",
        "told",
        True,
    )


def _medians(page: str, ratings: list[Rating]) -> Iterator[Measure]:
    """Performance with its spread, and the three others, which should not vary at all."""
    costs = " ".join(dict.fromkeys(cost for each in ratings for cost in each.costs))
    for category in ratings[0].scores:
        scores = [each.scores[category] for each in ratings]
        promised = PERFORMANCE if category == "performance" else OTHERS
        kept = at_least(f"{page}: {category}", statistics.median(scores), promised)
        spread = f" ({min(scores):g}–{max(scores):g})" if min(scores) != max(scores) else ""
        told = f"; {costs}" if not kept.kept else ""
        yield Measure(kept.name, f"{kept.value}{spread}{told}", kept.wanted, kept.kept)
