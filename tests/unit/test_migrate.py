"""``disclosure migrate``, tried with steps that exist in these tests only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.conftest import ROOT, YEAR, WriteData

from disclosure import migrate
from disclosure.book import load_book, read_book
from disclosure.cli import main
from disclosure.migrate import STEPS, Step
from disclosure.model.site import FORMAT
from disclosure.problems import Bilingual
from disclosure.source import Source, Value
from disclosure.yaml_edits import Edits

BUDGET = f"{YEAR}/budget.yml"


def _amounts(name: str, source: Source) -> Edits | None:
    """0 → 0.5: the key ``amounts_in`` at the top of a file was ``measure``."""
    found = isinstance(source.value, dict) and "measure" in source.value
    return Edits(keys={("measure",): "amounts_in"}) if found else None


def _unit(name: str, source: Source) -> Edits | None:
    """0.5 → 1: it is ``unit`` now, and 万 is written 万元."""
    value: Value = source.value
    if not isinstance(value, dict) or "amounts_in" not in value:
        return None
    full = {("amounts_in",): "万元"} if value["amounts_in"] == "万" else {}
    return Edits(keys={("amounts_in",): "unit"}, values=full)


STEPS_OF_TEST = (
    Step("0.5", "1", Bilingual("amounts_in 改名 unit", "amounts_in becomes unit"), _unit),
    Step("0", "0.5", Bilingual("measure 改名 amounts_in", "measure becomes amounts_in"), _amounts),
)


@pytest.fixture
def old(write_data: WriteData, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The smallest data in a made-up format 0, and the steps that lead from it to format 1."""
    folder = write_data({"site.yml": ("format: 1", "format: 0  # 数据格式")})
    for path in folder.rglob("*.yml"):
        text = path.read_text("utf-8").replace("unit: 万元\n", "measure: 万   # 金额的单位\n")
        path.write_text(text, "utf-8", newline="\n")
    monkeypatch.setattr(migrate, "STEPS", STEPS_OF_TEST)
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_newest_format_needs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    before = texts(folder)
    for command in (["migrate"], ["migrate", "--check"]):
        assert main([*command, "--data", str(folder)]) == 0
        error = capsys.readouterr().err
        assert "不用升级" in error and "nothing to do" in error
    assert texts(folder) == before
    assert FORMAT == "1" and STEPS == ()


def test_a_format_is_reached_through_every_step(old: Path) -> None:
    assert read_book(old)[0] is None
    assert main(["migrate", "--data", str(old)]) == 0
    book = load_book(old)
    assert book.site.format == FORMAT
    (disclosure,) = book.disclosures
    assert disclosure.budget and disclosure.budget.unit == "万元"
    text = (old / BUDGET).read_text("utf-8")
    assert text.startswith("unit: 万元   # 金额的单位\nrevenue:\n")
    assert (old / "site.yml").read_text("utf-8").startswith("format: 1  # 数据格式\n")
    assert not list(old.glob(".migrate*"))


def test_only_what_a_step_says_changes(old: Path) -> None:
    before = texts(old)
    assert main(["migrate", "--data", str(old)]) == 0
    after = texts(old)
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert {"site.yml", BUDGET, f"{YEAR}/assets.yml"} <= changed
    for name in changed:
        pairs = zip(before[name].splitlines(), after[name].splitlines(), strict=True)
        assert sum(one != two for one, two in pairs) == 1, name


def test_check_shows_a_diff_and_writes_nothing(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(old)
    assert main(["migrate", "--check", "--data", str(old)]) == 1
    printed = capsys.readouterr()
    assert f"--- a/{BUDGET}\n+++ b/{BUDGET}\n@@ -1,4 +1,4 @@\n" in printed.out
    assert "-measure: 万   # 金额的单位\n+unit: 万元   # 金额的单位\n" in printed.out
    assert "0 → 0.5：measure 改名 amounts_in / 0 → 0.5: measure becomes amounts_in" in printed.err
    assert texts(old) == before


def test_line_ends_and_byte_order_mark_stay(old: Path) -> None:
    path = old / BUDGET
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["migrate", "--data", str(old)]) == 0
    data = path.read_bytes()
    assert data.startswith("\ufeffunit: 万元   # 金额的单位\r\n".encode())
    assert data.count(b"\n") == data.count(b"\r\n") > 20


@pytest.mark.parametrize("crash", (1, 3, 4, 5, 6, 7, 8, 9, 10, 99))
def test_a_crash_leaves_the_old_data_or_is_finished(
    crash: int, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before any of its writes and renames, run again: the result is always the same."""
    before = texts(old)
    done = old.with_name("done")
    shutil.copytree(old, done)
    assert main(["migrate", "--data", str(done)]) == 0
    after = texts(done)
    count = 0

    class Killed(BaseException):
        pass

    def killing(call: object) -> object:
        def counted(*arguments: object, **options: object) -> object:
            nonlocal count
            count += 1
            if count == crash:
                raise Killed
            return call(*arguments, **options)  # type: ignore[operator]

        return counted

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", killing(os.fsync))
        patch.setattr(os, "replace", killing(os.replace))
        patch.setattr(Path, "rename", killing(Path.rename))
        patch.setattr(migrate.shutil, "rmtree", killing(shutil.rmtree))
        try:
            main(["migrate", "--data", str(old)])
        except Killed:
            now = {name: data for name, data in texts(old).items() if not name.startswith(".")}
            if not (old / ".migrate").is_dir():
                assert now in (before, after)
            elif list((old / ".migrate").rglob("*.yml")):
                assert now["site.yml"] == before["site.yml"]  # so the reader names this command
    assert main(["migrate", "--data", str(old)]) == 0
    assert main(["migrate", "--check", "--data", str(old)]) == 0
    assert texts(old) == after


@pytest.mark.parametrize("found", ["2", "1.0", "one", "-1"])
def test_an_unknown_format_is_refused(
    found: str, write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data({"site.yml": ("format: 1", f"format: {found}")})
    before = texts(folder)
    assert main(["migrate", "--data", str(folder)]) == 1
    error = capsys.readouterr().err
    assert f"不认识数据格式“{found}”" in error and f'unknown data format "{found}"' in error
    assert texts(folder) == before


def test_the_reader_names_the_command(write_data: WriteData) -> None:
    _, problems = read_book(write_data({"site.yml": ("format: 1", "format: 0")}))
    (found,) = [each for each in problems if each.code == "S250"]
    assert (found.span.line, found.span.column) == (1, 9)
    assert "disclosure migrate" in found.message("zh") and "disclosure migrate" in found.message(
        "en"
    )


def _unreadable(folder: Path) -> Iterator[tuple[str, bytes]]:
    yield BUDGET, "单位: 甲".encode("gb18030")
    yield BUDGET, b"unit: [1\n"
    yield "site.yml", b"- 1\n"


def test_unreadable_data_are_refused(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, data in _unreadable(old):
        good = (old / name).read_bytes()
        (old / name).write_bytes(data)
        before = texts(old)
        assert main(["migrate", "--data", str(old)]) == 1
        assert " / " in capsys.readouterr().err
        assert texts(old) == before
        (old / name).write_bytes(good)
    (old / "site.yml").unlink()
    assert main(["migrate", "--data", str(old)]) == 1
    assert "site.yml" in capsys.readouterr().err


def test_files_put_aside_are_left_alone(old: Path) -> None:
    for name in ("_old.yml", "_drafts/a.yml"):
        path = old / YEAR / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes("单位: 甲".encode("gb18030"))
    assert main(["migrate", "--data", str(old)]) == 0
    assert (old / YEAR / "_old.yml").read_bytes() == "单位: 甲".encode("gb18030")
