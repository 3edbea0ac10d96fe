"""Try what an internal server is promised: `python -m tests.deploy [section …]`.

    syntax         dash and shellcheck on the publish script
    answers        nginx: statuses, types, headers, compression, caches; root and sub-path
    switches       200 switches of the site under the load of many readers
    crashes        the publish script killed before each of its commands
    disk           a bundle that does not fit
    reproducible   two builds with everything around them different
    rebuild        a bundle made twice; from it alone, without a network, the same site

Installs nginx and shellcheck where it can (as root on Debian) and says what to install elsewhere.
Prints a table and exits with 1 when any promise is broken, or when a section could not measure.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from tests.audit.measure import Measure, table  # noqa: E402
from tests.deploy import answers, crashes, disk, load, rebuild, reproducible, syntax  # noqa: E402
from tests.deploy.server import ServerMissing, provide  # noqa: E402


def switches(folder: Path) -> Iterator[Measure]:
    """The project's own site, switched under load."""
    site = reproducible.build(reproducible.Surroundings(ROOT), folder / "built" / "site")
    yield from load.measure(folder / "load", site)


SECTIONS: dict[str, Callable[[Path], Iterator[Measure]]] = {
    "syntax": syntax.measure,
    "answers": answers.measure,
    "switches": switches,
    "crashes": crashes.measure,
    "disk": disk.measure,
    "reproducible": reproducible.measure,
    "rebuild": rebuild.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.deploy",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("section", nargs="*", help=f"of {', '.join(SECTIONS)}; all by default")
    asked = parser.parse_args().section
    if unknown := set(asked) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1735689600")
    if not asked or {"answers", "switches"} & set(asked):
        try:
            print(f"==> nginx: {provide()}", file=sys.stderr)
        except ServerMissing as missing:
            print(missing, file=sys.stderr)
            return 1
    rows: list[str] = []
    missed = 0
    with tempfile.TemporaryDirectory(prefix="deploy-") as folder:
        for section in asked or SECTIONS:
            start = time.monotonic()
            print(f"==> {section} …", file=sys.stderr, end=" ", flush=True)
            place = Path(folder, section)
            place.mkdir()
            try:
                measures = list(SECTIONS[section](place))
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
