"""Measure what readers are promised: `make audit`, or `python -m tests.audit [section …]`.

Each section is a module of this package with `measure(sites)`, which yields what it measured.
Prints a table and exits with 1 when any promise is broken, or when a section could not measure.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from tests.audit.measure import Measure, measured, sections_asked  # noqa: E402
from tests.audit.sites import Sites, sites  # noqa: E402

SECTIONS = (
    *("weight", "policy", "accessibility", "search", "printing"),
    *("lighthouse", "firefox", "webkit", "downloads"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    asked = sections_asked(parser, SECTIONS)
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1735689600")
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        print("==> 建站 / Building the sites", file=sys.stderr, flush=True)
        with sites(Path(folder)) as built:
            return measured({name: partial(_measure, name, built) for name in asked})


def _measure(section: str, built: Sites) -> Iterable[Measure]:
    measures: Iterable[Measure] = importlib.import_module(f"tests.audit.{section}").measure(built)
    return measures


if __name__ == "__main__":
    sys.exit(main())
