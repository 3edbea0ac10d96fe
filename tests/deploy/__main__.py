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
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from tests.audit.measure import Measure, measured, sections_asked  # noqa: E402
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
    asked = sections_asked(parser, SECTIONS)
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1735689600")
    if {"answers", "switches"} & set(asked):
        try:
            print(f"==> nginx: {provide()}", file=sys.stderr)
        except ServerMissing as missing:
            print(missing, file=sys.stderr)
            return 1
    with tempfile.TemporaryDirectory(prefix="deploy-") as folder:
        return measured({name: partial(_measure, name, Path(folder, name)) for name in asked})


def _measure(section: str, place: Path) -> Iterator[Measure]:
    place.mkdir()
    return SECTIONS[section](place)


if __name__ == "__main__":
    raise SystemExit(main())
