"""Data folders that are wrong, and the exact words about them.

A case is a folder in ``data/``: its ``data/`` is laid over the valid ``smallest/``, the files
named in ``without.txt`` are taken away, and ``disclosure check data`` (with the options in
``options.txt``) must say what stands in ``expected.txt``. After a change of the wording:
``UPDATE_GOLDEN=1 python -m pytest tests/invalid`` writes the files again; read the difference
before it is committed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from disclosure.cli import main
from disclosure.problems import CATALOGUE, Severity

HERE = Path(__file__).resolve().parent
CHECK = ("check", "--format", "plain", "--lang", "both", "--strict", "--strict-translation")
CASES = sorted(path for path in (HERE / "data").iterdir() if path.is_dir())

# Codes that no data folder leads to, each with its reason.
UNREACHABLE = {
    "S216": "what pydantic may say beyond the error types that the fields have today",
}


def lay_out(case: Path, folder: Path) -> None:
    """The data folder of a case."""
    shutil.copytree(HERE / "smallest", folder)
    if (case / "data").is_dir():
        shutil.copytree(case / "data", folder, dirs_exist_ok=True)
    without = case / "without.txt"
    for name in without.read_text("utf-8").split() if without.is_file() else ():
        (folder / name).unlink()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_report(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lay_out(case, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    options = case / "options.txt"
    asked = options.read_text("utf-8").split() if options.is_file() else ()
    code = main([*CHECK, *asked, "data"])
    *lines, summary = capsys.readouterr().out.splitlines(keepends=True)
    report = "".join(lines)
    expected = case / "expected.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(report, "utf-8", newline="\n")
    assert report == expected.read_text("utf-8")
    assert code == 1
    assert " / " in summary


def test_the_smallest_data_are_valid(capsys: pytest.CaptureFixture[str]) -> None:
    """Otherwise every case would have more wrong with it than it says."""
    assert main([*CHECK, str(HERE / "smallest")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_missing_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", "nothing-here", "--lang", "en"]) == 1
    assert capsys.readouterr().out.startswith(
        "nothing-here:1:1 R301 there is no such data folder; create it and write a site.yml in it\n"
    )


def test_every_code_has_a_case() -> None:
    """Every code but those of reading YAML (tests/invalid/yaml) and R301 (above)."""
    shown = {
        line.split(" ")[1]
        for case in CASES
        for line in (case / "expected.txt").read_text("utf-8").splitlines()
    }
    known = {code for code in CATALOGUE if code[0] != "Y"}
    assert known - shown - UNREACHABLE.keys() == {"R301"}
    assert UNREACHABLE.keys() <= known
    assert not shown & UNREACHABLE.keys()


def test_every_line_is_in_both_languages() -> None:
    for case in CASES:
        for line in (case / "expected.txt").read_text("utf-8").splitlines():
            place, code, said = line.split(" ", 2)
            assert place.startswith("data/") and place.count(":") == 2
            assert CATALOGUE[code].severity in Severity
            zh, en = said.split(" / ", 1)
            assert any("\u4e00" <= character <= "\u9fff" for character in zh)
            assert any(character.isascii() and character.isalpha() for character in en)
