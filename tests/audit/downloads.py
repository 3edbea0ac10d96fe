"""The data files opened with the programs that readers use: frictionless, LibreOffice Calc.

frictionless validates every data package, in an environment of its own (`.cache/frictionless`, from
`requirements/audit.txt`, with checksums). LibreOffice opens every workbook and every CSV; each cell
that it then has is compared with the file of the site. A check that cannot fail proves nothing, so
a damaged package has to be refused, too.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tests.audit.measure import Measure, none_of
from tests.audit.sites import Site, Sites
from tests.unit.spreadsheet import read

ROOT = Path(__file__).resolve().parents[2]
_LOCK = ROOT / "requirements" / "audit.txt"
_ENVIRONMENT = ROOT / ".cache" / "frictionless"
# Text in UTF-8, all sheets, numbers as they are stored and not as they are shown.
_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
# In UTF-8, and what is no number or day is text, as when one opens the file with the defaults.
_FROM_CSV = "Text - txt - csv (StarCalc):44,34,76,1,,2052,false,false"
_AT_ONCE = 20
_ABOUT = (
    *("department_id", "department", "fiscal_year", "phase_id", "phase"),
    *("source", "page", "edition", "licence"),
)


def measure(sites: Sites) -> Iterator[Measure]:
    """Data packages, workbooks and CSV files of both sites."""
    packages = [(site, path) for site in sites for path in _files(site, "datapackage.json")]
    with tempfile.TemporaryDirectory(prefix="downloads-") as name:
        folder = Path(name)
        faults = _validated([path for _, path in packages])
        yield none_of("data packages that frictionless refuses", faults, len(packages))
        damaged = [_damaged(packages[0][1].parent, folder / "damaged", each) for each in _DAMAGES]
        refused = len({fault.split(":")[0] for fault in _validated(damaged)})
        yield Measure(
            "damaged packages that it refuses",
            f"{refused} of {len(damaged)}",
            "all",
            refused == len(damaged) > 0,
        )
        office = _office()
        opened = _Opened(office, folder)
        cells, wrong = opened.workbooks([path.parent for _, path in packages])
        yield none_of("cells of workbooks that LibreOffice has otherwise", wrong, cells)
        cells, wrong = opened.tables([path.parent for _, path in packages])
        yield none_of("cells of CSV files that LibreOffice has otherwise", wrong, cells)


def _files(site: Site, name: str) -> list[Path]:
    return sorted(site.folder.rglob(f"data/{name}"))


# ---- frictionless ------------------------------------------------------------------------

_VALIDATE = """
import json, sys
from frictionless import validate
for path in json.load(sys.stdin):
    report = validate(path)
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    for error in errors:
        print(f"{path}: {error.message}".replace("\\n", " ")[:300])
    if not report.valid and not errors:
        print(f"{path}: not valid")
    if not report.tasks and not errors:
        print(f"{path}: no table was looked at")
"""


def _validated(packages: list[Path]) -> list[str]:
    done = subprocess.run(
        [str(_frictionless()), "-c", _VALIDATE],
        input=json.dumps([str(path) for path in packages]),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    if done.returncode:
        raise RuntimeError(f"frictionless: {done.stderr[-2000:]}")
    return done.stdout.splitlines()


def _frictionless() -> Path:
    """The Python that has frictionless; made once, and again when the lock changes."""
    digest = hashlib.sha256(_LOCK.read_bytes()).hexdigest()
    folder = "Scripts" if os.name == "nt" else "bin"
    python = _ENVIRONMENT / folder / ("python.exe" if os.name == "nt" else "python")
    marker = _ENVIRONMENT / "lock"
    if not marker.is_file() or marker.read_text("utf-8") != f"{digest} {sys.version}":
        shutil.rmtree(_ENVIRONMENT, ignore_errors=True)
        venv.create(_ENVIRONMENT, with_pip=True)
        subprocess.run(
            [
                *(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
                *("--require-hashes", "--only-binary=:all:", "--requirement", str(_LOCK)),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        marker.write_text(f"{digest} {sys.version}", "utf-8")
    return python


def _a_digit(folder: Path) -> None:
    path = folder / "budget.csv"
    data = path.read_bytes()
    path.write_bytes(data.replace(b".", b",", 1))


def _a_word_for_a_value(folder: Path) -> None:
    """Also in bytes and checksum, so that only the type is wrong."""
    path = folder / "budget.csv"
    heads, *rows = csv.reader(path.read_text("utf-8-sig").splitlines())
    column = next(number for number, head in enumerate(heads) if head.endswith("_yuan"))
    rows[0][column] = "many"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    _signed(folder, path)


def _another_head(folder: Path) -> None:
    path = folder / "budget.csv"
    path.write_text(path.read_text("utf-8").replace(" amount,", " amounts,", 1), "utf-8")
    _signed(folder, path)


def _a_key_twice(folder: Path) -> None:
    path = folder / "projects.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, rows[0], *rows])
    _signed(folder, path)


def _signed(folder: Path, changed: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        if resource["path"] == changed.name:
            data = changed.read_bytes()
            resource["bytes"] = len(data)
            resource["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")


_DAMAGES = (_a_digit, _a_word_for_a_value, _another_head, _a_key_twice)


def _damaged(whole: Path, folder: Path, damage: Any) -> Path:
    copy = folder / damage.__name__
    shutil.copytree(whole, copy)
    damage(copy)
    return copy / "datapackage.json"


# ---- LibreOffice -------------------------------------------------------------------------


def _office() -> str:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    raise RuntimeError(
        "没有 LibreOffice：sudo apt install libreoffice-calc / "
        "no LibreOffice: sudo apt install libreoffice-calc"
    )


@dataclass(frozen=True)
class _Opened:
    """What LibreOffice has in its cells, and where that differs from the files."""

    office: str
    folder: Path

    def workbooks(self, places: list[Path]) -> tuple[int, list[str]]:
        """Every sheet against the CSV of its table: how many cells, and the faults."""
        copies = {self._copy(place / "disclosure.xlsx", number): place for number, place in
                  enumerate(places)}  # fmt: skip
        out = self.folder / "sheets"
        self._convert(list(copies), out, _AS_CSV)
        cells, faults = 0, list[str]()
        for copy, place in copies.items():
            package = json.loads((place / "datapackage.json").read_text("utf-8"))
            names = list(read(copy.read_bytes()))[1:]
            for name, resource in zip(names, package["resources"], strict=True):
                table = place / resource["path"]
                expected = [row[: -len(_ABOUT)] for row in _rows(table)]
                found = _rows(out / f"{copy.stem}-{name}.csv")
                cells += sum(map(len, expected))
                faults += _differences(str(table), expected, found, as_text=True)
        return cells, faults

    def tables(self, places: list[Path]) -> tuple[int, list[str]]:
        """Every CSV, opened in UTF-8 and written again: how many cells, and the faults."""
        files = [path for place in places for path in sorted(place.rglob("*.csv"))]
        copies = {self._copy(path, number): path for number, path in enumerate(files)}
        out = self.folder / "tables"
        self._convert(list(copies), out, _AS_CSV.removesuffix(",-1"), _FROM_CSV)
        cells, faults = 0, list[str]()
        for copy, path in copies.items():
            expected = _rows(path)
            cells += sum(map(len, expected))
            faults += _differences(str(path), expected, _rows(out / copy.name), as_text=False)
        return cells, faults

    def _copy(self, path: Path, number: int) -> Path:
        copies = self.folder / "copies"
        copies.mkdir(exist_ok=True)
        return shutil.copy(path, copies / f"{path.stem}{number}{path.suffix}")

    def _convert(self, files: list[Path], out: Path, to: str, of: str = "") -> None:
        # Each run has a profile of its own, so that one which is open elsewhere is left alone.
        profile = (self.folder / "profile").as_uri()
        for start in range(0, len(files), _AT_ONCE):
            done = subprocess.run(
                [
                    *(self.office, f"-env:UserInstallation={profile}", "--headless"),
                    *([f"--infilter={of}"] if of else []),
                    *("--convert-to", to, "--outdir", str(out)),
                    *map(str, files[start : start + _AT_ONCE]),
                ],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=600,
            )
            if done.returncode:
                raise RuntimeError(f"LibreOffice: {done.stderr[-2000:]}")


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _differences(
    file: str, expected: list[list[str]], found: list[list[str]], *, as_text: bool
) -> Iterator[str]:
    """Cells that are not the same. ``as_text``: print has to be text, digit by digit.

    A program that opens a CSV takes ``3,804.65`` and ``25%`` for numbers: then the number counts.
    """
    wide = len(expected[0])
    if len(expected) != len(found):
        yield f"{file}: {len(found)} rows of {len(expected)}"
        return
    for line, (row, other) in enumerate(zip(expected, found, strict=True), 1):
        for column, cell in enumerate(row):
            is_value = expected[0][column].endswith(("_yuan", "_number", "_percent"))
            shown = other[column] if column < len(other) else ""
            # The apostrophe that keeps a text from running stands in CSV only.
            text = (
                cell.removeprefix("'") if as_text and cell[1:2] in tuple("=+-@＝＋－＠") else cell
            )
            if shown == text or ((is_value or not as_text) and _same_number(text, shown)):
                continue
            yield f"{file}:{line} {expected[0][column]}: {shown!r} for {text!r}"
        if len(other) > wide:
            yield f"{file}:{line} has {len(other)} cells"


def _same_number(one: str, other: str) -> bool:
    first, second = _number(one), _number(other)
    return first is not None and first == second


def _number(text: str) -> Decimal | None:
    share = text.endswith("%")
    try:
        value = Decimal(text.removesuffix("%").replace(",", ""))
    except InvalidOperation:
        return None
    return value / 100 if share else value
