"""Lighthouse, pinned, on the installed browser: how good a page is on a slow phone.

`python -m tools.lighthouse ADDRESS …` prints the scores of pages and what costs points, and
`make audit` measures with `run`. The version stands in tests/audit/package.json, with the
checksums of all its packages in the lock beside it; it is installed once into .cache/.

A missing program or browser is an error, never a reason to leave a measurement out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import sync_playwright
from tools.browser import ARGUMENTS, BrowserMissing, is_root, launch
from tools.node_packages import ROOT, Packages, PackagesMissing, node

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SECONDS = 180
TRIES = 3
PACKAGES = Packages(
    "网页测评程序 Lighthouse",
    "Lighthouse, the page rating program",
    ROOT / "tests" / "audit",
    ROOT / ".cache" / "lighthouse",
)


class LighthouseFailed(Exception):
    """Lighthouse ran and measured nothing; the message is what it said."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What Lighthouse made of a page on an emulated phone and a slow network.

    ``scores``: 0 to 100 by category, in the order of ``CATEGORIES``. ``costs``: the audits that
    cost points. ``benchmark``: Lighthouse's own measure of the machine; a fast laptop has some
    2,000, and below 1,000 the performance score says more about the machine than about the page.
    """

    scores: dict[str, float]
    costs: tuple[str, ...]
    benchmark: float
    lighthouse: str
    browser: str


def browser_path() -> str:
    """The browser of the tests; raises BrowserMissing."""
    with sync_playwright() as playwright:
        candidate, browser = launch(playwright)
        browser.close()
        return candidate.path or playwright.chromium.executable_path


def run(address: str, browser: str) -> Rating:
    """Rate a page once, as Lighthouse does by default: on a phone, with simulated throttling.

    Raises PackagesMissing, or LighthouseFailed when nothing comes of several tries.
    """
    flags = ["--headless=new", *ARGUMENTS, *(["--no-sandbox"] if is_root() else [])]
    command = (
        *(str(node()), str(PACKAGES.provide() / "lighthouse" / "cli" / "index.js")),
        *(address, "--quiet", "--output=json", "--output-path=stdout"),
        *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(flags)}"),
        *("--no-enable-error-reporting", "--max-wait-for-load=60000"),
    )
    said = ""
    for _ in range(TRIES):
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=SECONDS,
                env={**os.environ, "CHROME_PATH": browser},
            )
        except subprocess.TimeoutExpired:
            said = f"nothing after {SECONDS} s"
            continue
        if done.returncode == 0:
            report: dict[str, Any] = json.loads(done.stdout)
            if "runtimeError" not in report:
                return _rating(report)
        said = "\n".join((done.stderr or done.stdout).splitlines()[-10:])
    raise LighthouseFailed(f"{address}\n{said}")


def _rating(report: dict[str, Any]) -> Rating:
    categories = report["categories"]
    missing = [name for name in CATEGORIES if categories[name]["score"] is None]
    if missing:
        raise LighthouseFailed(f"{report['requestedUrl']}: no score for {', '.join(missing)}")
    audits = report["audits"]
    costs = tuple(
        f"{name}: {audit['title']} {audit.get('displayValue', '')}".rstrip()
        for name in CATEGORIES
        for reference in categories[name]["auditRefs"]
        if reference["weight"]
        and (audit := audits[reference["id"]])["score"] is not None
        and audit["score"] < 1
    )
    return Rating(
        {name: round(100 * categories[name]["score"]) for name in CATEGORIES},
        costs,
        report["environment"]["benchmarkIndex"],
        report["lighthouseVersion"],
        report["environment"]["hostUserAgent"].rpartition("Chrome/")[2].split(" ")[0],
    )


def main(addresses: list[str]) -> int:
    """Rate pages once each and print what comes out."""
    try:
        PACKAGES.provide()
        browser = browser_path()
        for address in addresses:
            rating = run(address, browser)
            scores = ", ".join(f"{name} {score:g}" for name, score in rating.scores.items())
            print(f"{address}: {scores} (benchmark {rating.benchmark:.0f})")
            print("".join(f"    {cost}\n" for cost in rating.costs), end="")
    except (PackagesMissing, BrowserMissing, LighthouseFailed) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
