"""The command ``disclosure check``."""

from __future__ import annotations

import json
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
SERVICES = ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR")
PLAIN = ("--format", "plain")
FINE = (
    "错误 0 处，数字和公开要求 0 处，提示 0 处，英文翻译 0 处 / "
    "errors 0, figures and requirements 0, hints 0, translation 0\n"
)
FIGURE = {f"{YEAR}/budget.yml": ("办公费: 4.70", "办公费: 4.28")}
UNTRANSLATED = {f"{YEAR}/budget.yml": ("basic: 人员减少", "basic: 人员增加")}
ERROR = {f"{YEAR}/budget.yml": ("unit: 万元", "unit: 亿元")}


@pytest.fixture(autouse=True)
def any_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without a language, and no service that runs the check."""
    for name in (*SERVICES, "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C")


def test_fine_data(capsys: Output) -> None:
    assert main(["check", str(SMALLEST)]) == 0
    assert capsys.readouterr().out == FINE


@pytest.mark.parametrize("strict", [[], ["--strict"], ["--strict-translation"]])
def test_errors_always_fail(write_data: WriteData, capsys: Output, strict: list[str]) -> None:
    folder = write_data(ERROR)
    assert main(["check", str(folder), *PLAIN, *strict]) == 1
    first, summary = capsys.readouterr().out.splitlines()
    assert first == (
        f"{folder.as_posix()}/{YEAR}/budget.yml:1:7 S215 “亿元”不可用，这里只能写 万元, 元 / "
        '"亿元" is not allowed here; write one of 万元, 元'
    )
    assert summary.startswith("错误 1 处")


def test_figures_are_told_and_fail_only_when_strict(write_data: WriteData, capsys: Output) -> None:
    folder = write_data(FIGURE)
    for arguments, code in (([], 0), (["--strict"], 1), (["--strict-translation"], 0)):
        assert main(["check", str(folder), *PLAIN, "--lang", "en", *arguments]) == code
        line, summary = capsys.readouterr().out.splitlines()
        assert line.endswith(
            f"{YEAR}/budget.yml:28:10 A405 agency operating expenses = sum of their items: "
            "printed 5.00, computed 4.58, difference 0.42 (unit: CNY 10,000)"
        )
        assert summary == "errors 0, figures and requirements 1, hints 0, translation 0"


def test_missing_english_is_told_and_fails_only_when_strict(
    write_data: WriteData, capsys: Output
) -> None:
    folder = write_data(UNTRANSLATED)
    for arguments, code in (([], 0), (["--strict"], 0), (["--strict-translation"], 1)):
        assert main(["check", str(folder), *PLAIN, "--lang", "zh", *arguments]) == code
        line, unused, summary = capsys.readouterr().out.splitlines()
        assert line.endswith(f"{YEAR}/budget.yml:26:12 T505 这段中文还没有英文：人员增加")
        assert " T507 " in unused
        assert summary == "错误 0 处，数字和公开要求 0 处，提示 0 处，英文翻译 2 处"


def test_all_kinds_sorted_by_place(write_data: WriteData, capsys: Output) -> None:
    folder = write_data(FIGURE | {f"{YEAR}/projects/P1.yml": ("use: 取暖补助", "use: 没有译文")})
    assert main(["check", str(folder), *PLAIN, "--strict", "--strict-translation"]) == 1
    lines = capsys.readouterr().out.splitlines()[:-1]
    assert [line.split(" ")[1] for line in lines] == ["A405", "T505", "T507"]
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
        ["check", "--format", "html"],
        ["check", "--acknowledge", "--format", "json"],
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
        for option in (
            "PATH",
            "--lang",
            "--strict",
            "--strict-translation",
            "--format",
            "--acknowledge",
        ):
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
    assert ("错误 0 处" in said) == (encoding != "ascii")
    assert "errors 0, figures and requirements" in said


def test_the_real_data(capsys: Output) -> None:
    """What is found in the document is explained; hints never fail."""
    assert main(["check", str(ROOT / "data"), *PLAIN, "--strict-translation"]) == 0
    codes = [line.split(" ")[1] for line in capsys.readouterr().out.splitlines()[:-1]]
    assert {"A408", "A411", "A405", "A415"} <= set(codes)


def test_no_value_can_forge_a_line_or_reach_the_terminal(
    write_data: WriteData, capsys: Output
) -> None:
    folder = write_data({f"{YEAR}/projects/P1.yml": ("code: P1", 'code: "P1\\n\\e[31m\\u202Ex"')})
    assert main(["check", str(folder), *PLAIN]) == 1
    said = capsys.readouterr().out
    assert "\x1b" not in said and "\u202e" not in said
    assert len(said.splitlines()) == 2


# --- paths ----------------------------------------------------------------------------------------


def codes_of(said: str) -> list[str]:
    return [line.split(" ")[1] for line in said.splitlines()[:-1]]


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("data", ["A405", "T505", "T507"]),
        (f"data/{YEAR}/budget.yml", ["A405"]),
        (f"data/{YEAR}/projects", ["T505"]),
        (f"data/{YEAR}/projects/P1.yml", ["T505"]),
        (f"data/{YEAR}/projects/../budget.yml", ["A405"]),
        (f"data/{YEAR}", ["A405", "T505"]),
        ("data/site.yml", []),
    ],
)
def test_only_what_lies_under_the_paths_is_told(
    write_data: WriteData,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Output,
    path: str,
    codes: list[str],
) -> None:
    edits = FIGURE | {f"{YEAR}/projects/P1.yml": ("use: 取暖补助", "use: 没有译文")}
    monkeypatch.chdir(write_data(edits).parent)
    expected = int("A405" in codes)
    assert main(["check", path, *PLAIN, "--strict"]) == expected
    assert codes_of(capsys.readouterr().out) == codes


def test_a_name_that_only_begins_alike_is_another_file(
    write_data: WriteData, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    folder = write_data(FIGURE)
    (folder / YEAR / "budget.yml2").mkdir()
    monkeypatch.chdir(folder / YEAR)
    main(["check", "budget.yml2", *PLAIN])
    assert codes_of(capsys.readouterr().out) == ["R304"]
    assert main(["check", "budget.yml", "projects", *PLAIN]) == 0
    assert codes_of(capsys.readouterr().out) == []


@pytest.mark.parametrize("path", ["data/no-such-file.yml", "lonely.yml"])
def test_a_path_that_leads_nowhere_is_wrong_usage(
    write_data: WriteData, monkeypatch: pytest.MonkeyPatch, capsys: Output, path: str
) -> None:
    folder = write_data().parent
    (folder / "lonely.yml").write_text("a: b\n", "utf-8")
    monkeypatch.chdir(folder)
    with pytest.raises(SystemExit) as stopped:
        main(["check", path])
    assert stopped.value.code == 2
    assert path in capsys.readouterr().err


# --- languages, formats ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "chinese", "english"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, True, False),
        ({"LC_ALL": "", "LANG": "en_GB.UTF-8"}, False, True),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, True, False),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN"}, True, True),
        ({"LC_ALL": "de_DE.UTF-8"}, True, True),
    ],
)
def test_the_language_is_that_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
    capsys: Output,
    names: dict[str, str],
    chinese: bool,
    english: bool,
) -> None:
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    main(["check", str(SMALLEST)])
    said = capsys.readouterr().out
    assert ("错误" in said, "errors" in said) == (chinese, english)
    main(["check", str(SMALLEST), "--lang", "both"])
    assert capsys.readouterr().out == FINE


def test_the_place_is_shown_in_its_line(write_data: WriteData, capsys: Output) -> None:
    folder = write_data(ERROR)
    assert main(["check", str(folder), "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines()[1:3] == ["  1 | unit: 亿元", "    |       ^^^^"]


def test_a_file_that_cannot_be_decoded_has_no_snippet(
    write_data: WriteData, capsys: Output
) -> None:
    folder = write_data()
    (folder / YEAR / "budget.yml").write_bytes("unit: 万元\n".encode("gbk"))
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert " Y101 " in said[0] and len(said) == 2


def test_github_gets_annotations_and_a_summary(
    write_data: WriteData, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Output
) -> None:
    folder = write_data(FIGURE)
    page = tmp_path / "summary.md"
    page.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    for arguments, level in (([], "warning"), (["--strict"], "error")):
        main(["check", str(folder), "--format", "github", "--lang", "en", *arguments])
        first = capsys.readouterr().out.splitlines()[0]
        assert first.startswith(
            f"::{level} file=data/{YEAR}/budget.yml,line=28,col=10,endColumn=13,title=A405 "
        )
    assert page.read_text("utf-8").startswith("before\n### Check of the data\n")
    assert page.read_text("utf-8").count("| A405 |") == 2


def test_json_and_gitlab_are_read_back(write_data: WriteData, capsys: Output) -> None:
    folder = write_data(FIGURE)
    assert main(["check", str(folder), "--format", "json", "--strict"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["format"] == 1 and said["failed"] is True
    assert said["counts"]["figure"] == {"found": 1, "acknowledged": 0}
    (found,) = said["problems"]
    assert (found["code"], found["line"], found["column"]) == ("A405", 28, 10)
    assert main(["check", str(folder), "--format", "gitlab"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["location"]["lines"]["begin"] == 28 and row["severity"] == "major"


def test_entries_to_acknowledge_can_be_pasted(write_data: WriteData, capsys: Output) -> None:
    folder = write_data(FIGURE)
    assert main(["check", str(folder), "--acknowledge"]) == 0
    entry = capsys.readouterr().out
    assert entry.splitlines()[:4] == [
        f"# {folder.as_posix()}/{YEAR}/acknowledged.yml",
        "- rule: A405",
        "  place: budget.yml/agency_operating/total",
        "  difference: 0.42",
    ]
    path = folder / YEAR / "acknowledged.yml"
    path.write_text(entry, "utf-8")
    assert main(["check", str(folder), *PLAIN]) == 1, "an explanation has to be written"
    path.write_text(
        entry.replace("zh: # 待填", "zh: 文件没有解释。").replace(
            "en: # to be written / 待填", "en: The document does not explain it."
        ),
        "utf-8",
    )
    assert main(["check", str(folder), "--strict"]) == 0
    said = capsys.readouterr().out
    assert "[已说明 / acknowledged] 文件没有解释。 / The document does not explain it." in said
    assert main(["check", str(folder), "--acknowledge"]) == 0
    assert capsys.readouterr().out == ""
