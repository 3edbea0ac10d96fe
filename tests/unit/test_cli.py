"""The command ``disclosure check``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.conftest import ROOT, SMALLEST, YEAR, WriteData

from disclosure import __version__
from disclosure.cli import main

Output = pytest.CaptureFixture[str]
FIGURE = {f"{YEAR}/budget.yml": ("办公费: 4.70", "办公费: 4.28")}
UNTRANSLATED = {f"{YEAR}/budget.yml": ("basic: 人员减少", "basic: 人员增加")}
ERROR = {f"{YEAR}/budget.yml": ("unit: 万元", "unit: 亿元")}


def test_fine_data(capsys: Output) -> None:
    assert main(["check", str(SMALLEST)]) == 0
    assert capsys.readouterr().out == (
        "错误 0 处，数字不符 0 处，没有英文 0 处，提示 0 处 / "
        "errors 0, figures that do not agree 0, texts without English 0, hints 0\n"
    )


@pytest.mark.parametrize("strict", [[], ["--strict"], ["--strict-translation"]])
def test_errors_always_fail(write_data: WriteData, capsys: Output, strict: list[str]) -> None:
    folder = write_data(ERROR)
    assert main(["check", str(folder), *strict]) == 1
    first, summary = capsys.readouterr().out.splitlines()
    assert first == (
        f"{folder.as_posix()}/{YEAR}/budget.yml:1:7 S215 “亿元”不可用，这里只能写 万元, 元 / "
        '"亿元" is not allowed here; write one of 万元, 元'
    )
    assert summary.startswith("错误 1 处")


def test_figures_are_told_and_fail_only_when_strict(write_data: WriteData, capsys: Output) -> None:
    folder = write_data(FIGURE)
    for arguments, code in (([], 0), (["--strict"], 1), (["--strict-translation"], 0)):
        assert main(["check", str(folder), "--lang", "en", *arguments]) == code
        line, summary = capsys.readouterr().out.splitlines()
        assert line.endswith(
            f"{YEAR}/budget.yml:28:10 A405 agency operating expenses = sum of their items: "
            "printed 5.00, computed 4.58, difference 0.42 (unit: CNY 10,000)"
        )
        assert summary == (
            "errors 0, figures that do not agree 1, texts without English 0, hints 0"
        )


def test_missing_english_is_told_and_fails_only_when_strict(
    write_data: WriteData, capsys: Output
) -> None:
    folder = write_data(UNTRANSLATED)
    for arguments, code in (([], 0), (["--strict"], 0), (["--strict-translation"], 1)):
        assert main(["check", str(folder), "--lang", "zh", *arguments]) == code
        line, summary = capsys.readouterr().out.splitlines()
        assert line.endswith(f"{YEAR}/budget.yml:26:12 T505 这段中文还没有英文：人员增加")
        assert summary == "错误 0 处，数字不符 0 处，没有英文 1 处，提示 0 处"


def test_all_kinds_sorted_by_place(write_data: WriteData, capsys: Output) -> None:
    folder = write_data(FIGURE | {f"{YEAR}/projects/P1.yml": ("use: 取暖补助", "use: 没有译文")})
    assert main(["check", str(folder), "--strict", "--strict-translation"]) == 1
    lines = capsys.readouterr().out.splitlines()[:-1]
    assert [line.split(" ")[1] for line in lines] == ["A405", "T505"]
    assert lines == sorted(lines)


def test_the_default_is_data_in_the_working_folder(
    write_data: WriteData, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(write_data(ERROR).parent)
    assert main(["check"]) == 1
    assert capsys.readouterr().out.startswith(f"data/{YEAR}/budget.yml:1:7 S215 ")


def test_a_folder_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    assert capsys.readouterr().out.startswith("data:1:1 R301 ")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chek"],
        ["check", "--lang", "fr"],
        ["check", "--stric"],
        ["check", "a", "b"],
        ["--strict"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("usage: disclosure")


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"]])
def test_help_in_both_languages(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert "检查部门预算" in said and "Checks the data of a budget disclosure" in said
    assert "退出码 / exit code" in said
    if "check" in arguments:
        for option in ("PATH", "--lang", "--strict", "--strict-translation"):
            described = re.search(rf"^  {option}\b.*?\n?.*[\u4e00-\u9fff].* / .*", said, re.M)
            assert described, option


def test_version(capsys: Output) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"{__version__}\n"


def run(*arguments: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    command = [
        sys.executable,
        "-c",
        "import sys; from disclosure.cli import main; sys.exit(main())",
    ]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run([*command, *arguments], cwd=ROOT, env=environment, capture_output=True)


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_console_of_any_encoding(encoding: str) -> None:
    """A Chinese Windows console knows GBK only; a bare server may know ASCII only."""
    done = run("check", "data", encoding=encoding)
    assert done.returncode == 0, done.stderr.decode(encoding, "replace")
    said = done.stdout.decode(encoding)
    assert ("数字不符 4 处" in said) == (encoding != "ascii")
    assert "figures that do not agree 4" in said


def test_the_real_data(capsys: Output) -> None:
    assert main(["check", str(ROOT / "data"), "--strict-translation"]) == 0
    codes = [line.split(" ")[1] for line in capsys.readouterr().out.splitlines()[:-1]]
    assert codes == ["A408", "A411", "A405", "A415"]
    assert main(["check", str(ROOT / "data"), "--strict"]) == 1


def test_no_value_can_forge_a_line_or_reach_the_terminal(
    write_data: WriteData, capsys: Output
) -> None:
    folder = write_data({f"{YEAR}/projects/P1.yml": ("code: P1", 'code: "P1\\n\\e[31m\\u202Ex"')})
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "\x1b" not in said and "\u202e" not in said
    assert len(said.splitlines()) == 2
