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
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from tests.audit.measure import Measure, table  # noqa: E402
from tests.audit.sites import sites  # noqa: E402

SECTIONS = (
    *("weight", "policy", "accessibility", "search", "printing"),
    *("lighthouse", "firefox", "webkit"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("section", nargs="*", help=f"of {', '.join(SECTIONS)}; all by default")
    asked = parser.parse_args().section
    if unknown := set(asked) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1735689600")
    rows: list[str] = []
    missed = 0
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        print("==> 建站 / Building the sites", file=sys.stderr, flush=True)
        with sites(Path(folder)) as built:
            for section in asked or SECTIONS:
                start = time.monotonic()
                print(f"==> {section} …", file=sys.stderr, end=" ", flush=True)
                try:
                    measures = list(
                        importlib.import_module(f"tests.audit.{section}").measure(built)
                    )
                except Exception:
                    traceback.print_exc()
                    measures = [Measure("could not be measured", "see above", "a number", False)]
                if not measures:
                    measures = [Measure("nothing was measured", "0", "a number", False)]
                missed += sum(not measure.kept for measure in measures)
                rows.append(table(section, measures))
                print(f"{time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    print("| section | measure | result | promised | |\n|---|---|---|---|---|")
    print("\n".join(rows))
    print(f"\n{'全部达到 / all promises kept' if not missed else f'{missed} 项未达到 / missed'}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
