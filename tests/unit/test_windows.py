"""What editors meet on Windows, as far as it can be tried elsewhere.

Line ends and marks of Notepad, encodings of older programs, a console of code page 936, names in
other cases, and what the system lacks. Not tried: a real Windows (see docs, publishing).
"""

from __future__ import annotations

import ast
import fnmatch
import io
import ntpath
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath
from types import SimpleNamespace
from typing import Any

import pytest
from tests.unit.conftest import ROOT, YEAR, WriteData

from disclosure import cli
from disclosure.book import load_book, read_book
from disclosure.export.canonical import canonical, disclosure_document
from disclosure.problems import Severity
from disclosure.source import encoding_problem

PLUGINS = ROOT / "plugins"
RUN_BY_EDITORS = [*sorted(PLUGINS.rglob("*.py")), ROOT / "tools" / "bootstrap.py"]
BATCHES = ("check.bat", "preview.bat")
GUIDES = [ROOT / "docs" / lang / "editors.md" for lang in ("zh", "en")]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


# ---- line ends, marks, encodings -------------------------------------------------------------


def as_notepad(data: bytes) -> bytes:
    """The same text as the Notepad of Windows 7 saves it: with a mark and Windows line ends."""
    return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")


def test_all_data_saved_by_notepad_say_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    changed = 0
    for path in (*folder.rglob("*.yml"), *folder.rglob("*.po")):
        path.write_bytes(as_notepad(path.read_bytes()))
        changed += 1
    assert changed > 20
    ours, theirs = load_book(ROOT / "data"), load_book(folder)
    assert theirs.catalogue.english == ours.catalogue.english
    assert theirs.site == ours.site and theirs.glossary == ours.glossary
    for one, other in zip(ours.disclosures, theirs.disclosures, strict=True):
        written = (
            canonical(disclosure_document(ours, one)),
            canonical(disclosure_document(theirs, other)),
        )
        assert written[0] == written[1]
        assert one.acknowledged and other.acknowledged
        assert one.acknowledged.entries == other.acknowledged.entries


MARKED = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
CODES = {"gbk": "Y101", "gb18030": "Y101", "utf-16-le": "Y102", "utf-16-be": "Y102"}


def encoded(text: str, encoding: str) -> bytes:
    return MARKED.get(encoding, b"") + text.encode(encoding)


@pytest.mark.parametrize("name", ["site.yml", "glossary.yml", f"{YEAR}/budget.yml"])
@pytest.mark.parametrize("encoding", CODES)
def test_a_data_file_in_another_encoding_is_refused(
    write_data: WriteData, name: str, encoding: str
) -> None:
    folder = write_data()
    path = folder / name
    path.write_bytes(encoded(f"# 预算\n{path.read_text('utf-8')}", encoding))
    _, problems = read_book(folder)
    (found,) = (each for each in problems if each.span.file == f"data/{name}")
    assert found.code == CODES[encoding]
    assert "记事本" in found.message("zh") and "UTF-8" in found.message("en")


@pytest.mark.parametrize("encoding", CODES)
def test_a_translation_in_another_encoding_is_refused(write_data: WriteData, encoding: str) -> None:
    folder = write_data()
    path = folder / "translations" / "en" / "all.po"
    path.write_bytes(encoded(path.read_text("utf-8"), encoding))
    _, problems = read_book(folder)
    assert "T502" in {each.code for each in problems}
    (found,) = (each for each in problems if each.code == "T502")
    assert "记事本" in found.message("zh") and "Notepad" in found.message("en")


@pytest.mark.parametrize("encoding", CODES)
def test_a_text_of_a_hand_written_page(encoding: str) -> None:
    found = encoding_problem(encoded("# 说明\n", encoding), "about.md")
    assert found and found.code == CODES[encoding]
    for good in ("# 说明\r\n".encode(), as_notepad("# 说明\n".encode()), b""):
        assert encoding_problem(good, "about.md") is None


# ---- the console -----------------------------------------------------------------------------


class Console(io.TextIOWrapper):
    """Standard output of a console that knows one code page."""

    def __init__(self, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")

    def text(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode(self.encoding)


COMMANDS = ["", *sorted(cli._parser()[1])]


@pytest.mark.parametrize("encoding", ["gbk", "cp437", "cp1252"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_on_every_console(
    monkeypatch: pytest.MonkeyPatch, command: str, encoding: str
) -> None:
    console = Console(encoding)
    monkeypatch.setattr(sys, "stdout", console)
    monkeypatch.setattr(sys, "stderr", console)
    with pytest.raises(SystemExit) as ended:
        cli.main([*([command] if command else []), "--help"])
    said = console.text()
    assert ended.value.code == 0 and "usage" in said
    assert bool(re.search("[\u4e00-\u9fff]", said)) is (encoding == "gbk")


@pytest.mark.parametrize("form", ["text", "plain", "github", "gitlab", "json"])
def test_reports_on_a_chinese_console(
    monkeypatch: pytest.MonkeyPatch, write_data: WriteData, form: str
) -> None:
    """A sign that GBK lacks is shown by its number."""
    folder = write_data(
        {f"{YEAR}/projects/P1.yml": ("use: 取暖补助", "use: 取暖补助 13800138000 🔥")}
    )
    console = Console("gbk")
    monkeypatch.setattr(sys, "stdout", console)
    assert cli.main(["check", str(folder), "--lang", "both", "--format", form]) == 1
    said = console.text()
    assert "P802" in said and ("电话" in said or form in ("json", "gitlab"))
    if form == "text":
        assert "\\U0001f525" in said


@pytest.mark.parametrize("encoding", ["gbk", "cp437"])
def test_bootstrap_speaks_on_every_console(encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, str(ROOT / "tools" / "bootstrap.py")]
    done = subprocess.run(command, env=environment, capture_output=True)
    assert done.returncode == 2 and b"bootstrap.py site" in done.stderr
    assert b"Traceback" not in done.stderr


# ---- paths -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "file", "told"),
    [
        ("data", "data/departments/a/2024-budget/budget.yml", True),
        ("data\\Departments\\A", "data/departments/a/2024-budget/budget.yml", True),
        (
            "DATA/departments/a/2024-budget/BUDGET.YML",
            "data/departments/a/2024-budget/budget.yml",
            True,
        ),
        ("data\\departments\\ab", "data/departments/a/2024-budget/budget.yml", False),
    ],
)
def test_a_path_typed_as_windows_allows(
    monkeypatch: pytest.MonkeyPatch, asked: str, file: str, told: bool
) -> None:
    """Backslashes and other cases name the same file there."""
    monkeypatch.setattr(os.path, "normcase", ntpath.normcase)
    names = frozenset({ntpath.normcase(asked)})
    assert cli._Asked(Path("data"), "data", names).covers(file) is told


@pytest.mark.parametrize(
    ("name", "wrong"), [("site.yml", "Site.yml"), ("glossary.yml", "Glossary.YML")]
)
def test_a_name_in_another_case_is_refused_everywhere(
    monkeypatch: pytest.MonkeyPatch, write_data: WriteData, name: str, wrong: str
) -> None:
    """Windows would read the file, a server would not: both say so."""
    folder = write_data()
    monkeypatch.setattr(PurePath, "match", _match_as_windows)
    (folder / name).rename(folder / wrong)
    _, problems = read_book(folder)
    assert (f"data/{wrong}", "R304") in {(each.span.file, each.code) for each in problems}


def _match_as_windows(path: PurePath, pattern: str) -> bool:
    return fnmatch.fnmatchcase(path.name.lower(), pattern.lower())


def _sort_as_windows(path: PurePath, other: PurePath) -> bool:
    return str(path).lower() < str(other).lower()


def test_files_are_read_in_the_order_of_their_exact_names(
    monkeypatch: pytest.MonkeyPatch, write_data: WriteData
) -> None:
    """Windows sorts paths without regard to case: the first of two files would be another one."""
    entry = 'msgid "甲{0}"\nmsgstr "First {0}"\n'
    files = {f"translations/en/{name}.po": entry.format(name) for name in ("a", "B", "Z")}
    folder = write_data(files=files)
    monkeypatch.setattr(PurePath, "__lt__", _sort_as_windows)
    assert [path.name for path in sorted([Path("B"), Path("a")])] == ["a", "B"], "as Windows"
    book, problems = read_book(folder)
    assert book, problems
    read = [each.file for each in book.catalogue.entries]
    assert list(dict.fromkeys(read)) == ["B.po", "Z.po", "a.po", "all.po"]


def test_two_codes_that_differ_in_case_alone(write_data: WriteData) -> None:
    """A server on Windows has room for one of P1.html and p1.html."""
    again = "code: p1\nname: 另一个项目\nbudget: 0.00\n"
    _, problems = read_book(write_data(files={f"{YEAR}/projects/p1.yml": again}))
    errors = [each for each in problems if each.severity is Severity.ERROR]
    assert [(each.code, each.span.file) for each in errors] == [
        ("R305", f"data/{YEAR}/projects/p1.yml")
    ]


# ---- what the system has not -----------------------------------------------------------------

POSIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
NOT_ON_WINDOWS = {
    *("fork", "forkpty", "symlink", "link", "getuid", "geteuid", "setsid", "killpg", "chown"),
    *("mkfifo", "mknod", "uname", "sysconf", "nice", "wait", "O_NOFOLLOW", "O_DIRECTORY"),
}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in RUN_BY_EDITORS:
        yield path, ast.parse(path.read_text("utf-8"))


def test_nothing_counts_on_posix() -> None:
    wrong = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                wrong += [(path.name, a.name) for a in node.names if a.name in POSIX_ONLY]
            elif isinstance(node, ast.ImportFrom) and node.module in POSIX_ONLY:
                wrong.append((path.name, node.module))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id == "os" and node.attr in NOT_ON_WINDOWS:
                    wrong.append((path.name, f"os.{node.attr}"))
            elif isinstance(node, ast.Attribute) and node.attr in ("symlink_to", "hardlink_to"):
                wrong.append((path.name, node.attr))
    assert not wrong


def test_every_text_is_written_in_utf_8_with_line_feeds() -> None:
    """Else Windows writes code page 936 and its own line ends, and the site has other bytes."""
    wrong, seen = [], 0
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            given = {keyword.arg for keyword in node.keywords}
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            texts += [k.value.value for k in node.keywords if k.arg == "mode"
                      and isinstance(k.value, ast.Constant)]  # fmt: skip
            place = (path.name, node.lineno, name)
            if name == "write_text":
                seen += 1
                if not ("newline" in given and ("encoding" in given or "utf-8" in texts)):
                    wrong.append(place)
            elif name == "read_text" and not ("encoding" in given or "utf-8" in texts):
                wrong.append(place)
            elif name in ("open", "fdopen") and {"w", "a", "x", "wt"} & set(texts):
                seen += 1
                if not {"newline", "encoding"} <= given:
                    wrong.append(place)
    assert not wrong and seen


# ---- the first steps -------------------------------------------------------------------------


def test_bootstrap_makes_the_folders_of_windows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the names that Windows gives, in a folder with Chinese and a blank in its name."""
    place = tmp_path / "我的文档 (1)" / "tools"
    place.mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "bootstrap.py", place)
    for name in ("requirements/site.txt", "requirements/test.txt"):
        (place.parent / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, place.parent / name)
    for name in ("pyproject.toml", "plugins/disclosure/__init__.py"):
        (place.parent / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, place.parent / name)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        bootstrap = runpy.run_path(str(place / "bootstrap.py"), run_name="bootstrap")
    python = os.path.join(place.parent, ".venv", "Scripts", "python.exe")
    assert python == bootstrap["PYTHON"]
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> SimpleNamespace:
        asked.append(command)
        os.makedirs(os.path.dirname(python), exist_ok=True)
        Path(python).touch()
        return SimpleNamespace(returncode=0, stdout="")

    monkeypatch.setattr(bootstrap["subprocess"], "run", run)
    bootstrap["ensure"]("site")
    assert asked[0][1:4] == ["-m", "venv", "--clear"]
    assert all(
        command[0] == python and command[1:4] == ["-I", "-m", "pip"] for command in asked[1:]
    )
    assert len(asked) == 3 and "--require-hashes" in asked[1]
    stamp = place.parent / ".venv" / "installed.json"
    assert b"\r" not in stamp.read_bytes()
    bootstrap["ensure"]("site")
    assert len(asked) == 3, "the second time there is nothing to do"


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_file_can_be_read_by_every_code_page(name: str) -> None:
    data = (ROOT / name).read_bytes()
    assert data.isascii(), "cmd reads it in the code page of the system"
    # As in the working copy of Windows, and of everybody since .gitattributes says so.
    assert data.count(b"\n") == data.count(b"\r\n") and data.endswith(b"\r\n")
    text = data.decode("ascii")
    assert 'cd /d "%~dp0"' in text and "pause" in text, "double-clicked: where it lies, and stays"
    for path in re.findall(r"(?:tools|requirements)\\[\w.\\-]+", text):
        assert (ROOT / path.replace("\\", "/")).is_file(), path
    for label in re.findall(r"goto (\w+)", text):
        assert f"\r\n:{label}\r\n" in text
    attributes = (ROOT / ".gitattributes").read_text("utf-8")
    assert re.search(r"^\*\.bat +text eol=crlf$", attributes, re.M)


def test_batch_files_run_what_there_is() -> None:
    text = "".join((ROOT / name).read_text("ascii") for name in BATCHES)
    modules = set(re.findall(r"-m ([\w.]+)", text))
    assert modules == {"disclosure.cli", "mkdocs"}
    assert (PLUGINS / "disclosure" / "cli.py").is_file()
    (options,) = re.findall(r"-m disclosure\.cli (.*)\n", text)
    parsed = cli._parser()[0].parse_args(options.split())
    assert parsed.command == "check"
    message = (ROOT / "tools" / "no-python.txt").read_text("utf-8")
    assert "Python" in message and re.search("[\u4e00-\u9fff]{4}", message)


@pytest.mark.parametrize("page", [*GUIDES, *READMES], ids=lambda path: "/".join(path.parts[-2:]))
def test_what_editors_are_told_to_type_needs_no_unix(page: Path) -> None:
    """Commands for Windows name programs that are there, and folders with backslashes."""
    blocks = re.findall(r"^( *)```bat\n(.*?)^\1```", page.read_text("utf-8"), re.M | re.S)
    lines = [line.strip() for _, block in blocks for line in block.splitlines() if line.strip()]
    assert lines
    for line in lines:
        first = line.split()[0]
        assert first in ("py", "git", "cd") or first.startswith(".venv\\Scripts\\"), line
        assert not re.search(r"(?:^| )(?:tools|requirements|\.venv)/", line), line
        for path in re.findall(r"(?:tools|requirements)\\[\w.\\-]+", line):
            assert (ROOT / path.replace("\\", "/")).is_file(), line
        if match := re.match(r"\.venv\\Scripts\\disclosure (\S+)", line):
            assert match[1] in cli._parser()[1], line
