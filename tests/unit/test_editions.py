"""Editions: the canonical form, the command that records one, and the rules that keep it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.conftest import SMALLEST, YEAR, SmallBook, WriteData

from disclosure import editions, translate
from disclosure.book import Book, Disclosure, load_book, read_book
from disclosure.cli import main
from disclosure.export.canonical import canonical, digest, disclosure_document
from disclosure.export.files import export_files
from disclosure.model.editions import (
    MAXIMUM_BYTES,
    MAXIMUM_DEPTH,
    NotAnEdition,
    edition_document,
)
from disclosure.rules.examine import examine

LIST = f"{YEAR}/editions.yml"
PROJECT = f"{YEAR}/projects/P1.yml"
REASON = ("--reason-zh", "首次公开", "--reason-en", "First publication")


# ---- the canonical form ------------------------------------------------------------------


def data_of(book: Book) -> bytes:
    (disclosure,) = book.disclosures
    return canonical(disclosure_document(book, disclosure))


@cache
def smallest() -> bytes:
    """The canonical data of the smallest folder."""
    return data_of(load_book(SMALLEST))


def test_the_form_is_that_of_rfc_8785() -> None:
    # Section 3.2.3: keys by UTF-16, so that U+1F600 stands before U+FB33; section 3.2.2.2: escapes.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\u00f6"]
    sent = canonical(dict.fromkeys(keys, 1))
    assert list(json.loads(sent)) == ["\r", "1", "\x80", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    text = '\u20ac$\x0f\nA\'B"\\"/\x7f'
    assert canonical({"string": text}) == '{"string":"€$\\u000f\\nA\'B\\"\\\\\\"/\x7f"}'.encode()
    assert canonical({"b": [None, True, 7, {}], "a": []}) == b'{"a":[],"b":[null,true,7,{}]}'


@pytest.mark.parametrize("value", [0.1, float("nan"), 2**53, -(2**53), "\ud800"])
def test_what_the_form_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):
        canonical({"value": value})


TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(), TREES), st.randoms())
def test_the_form_depends_on_the_values_alone(tree: dict[str, Any], chance: Any) -> None:
    sent = canonical(tree)
    assert b"\n" not in sent and b"\r" not in sent
    assert json.loads(sent) == tree
    assert canonical(json.loads(sent)) == sent
    keys = list(tree)
    chance.shuffle(keys)
    assert canonical({key: tree[key] for key in keys}) == sent


def test_a_digest_is_a_sha_256() -> None:
    # FIPS 180-4, the example of one block.
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(b"abc") == known


def rewritten(folder: Path, change: Callable[[str], str], end: str = "\n") -> None:
    for path in folder.rglob("*.yml"):
        path.write_text(change(path.read_text("utf-8")), "utf-8", newline=end)


NOTATIONS: dict[str, tuple[str, str]] = {
    "quotation marks": ("budget: 60.00", "budget: '60.00'"),
    "a comment": ("budget: 60.00", "budget: 60.00   # 第 5 页"),
    "order of keys": ("code: P1\norder: 1\n", "order: 1\ncode: P1\n"),
    "flow style": ("objectives:\n  - 让居民温暖过冬\n", "objectives: [让居民温暖过冬]\n"),
}


@pytest.mark.parametrize("notation", NOTATIONS)
def test_another_notation_has_the_same_digest(small_book: SmallBook, notation: str) -> None:
    assert data_of(small_book({PROJECT: NOTATIONS[notation]})) == smallest()


def test_line_ends_and_byte_order_marks_have_the_same_digest(write_data: WriteData) -> None:
    folder = write_data()
    rewritten(folder, lambda text: f"\ufeff{text}", end="\r\n")
    assert b"\r\n" in (folder / PROJECT).read_bytes()
    assert data_of(load_book(folder)) == smallest()


DATA = {
    "a figure": (PROJECT, "budget: 60.00", "budget: 60.01"),
    "its print": (PROJECT, "budget: 60.00", "budget: 60.000"),
    "a text": (PROJECT, "use: 取暖补助", "use: 取暖补贴"),
    "blank and absent": (PROJECT, "  其他资金:\n", ""),
    "English": ("translations/en/all.po", 'msgstr "Clean heating"', 'msgstr "Cleaner heating"'),
}


@pytest.mark.parametrize("what", DATA)
def test_other_data_have_another_digest(small_book: SmallBook, what: str) -> None:
    file, old, new = DATA[what]
    assert data_of(small_book({file: (old, new)})) != smallest()


@pytest.mark.parametrize("file", ["glossary.yml", "policies.yml", "site.yml"])
def test_what_belongs_to_the_whole_site_is_no_part_of_it(write_data: WriteData, file: str) -> None:
    folder = write_data()
    path = folder / file
    text = path.read_text("utf-8")
    changed = (
        text.replace("zh: ", "zh: 全新的", 1)
        if "zh: " in text
        else f"{text}name: {{zh: 新的, en: New}}\n"
    )
    assert changed != text
    path.write_text(changed, "utf-8")
    book = load_book(folder)
    assert data_of(book) == smallest()


def test_the_document_and_the_exported_json_say_the_same(
    real_book: Book, real_disclosure: Disclosure
) -> None:
    own = disclosure_document(real_book, real_disclosure)
    (whole,) = [
        json.loads(file.data)
        for file in export_files(real_book, real_disclosure)
        if file.content == "json"
    ]
    before = ["$schema", "about"]
    assert list(whole) == [*before, *list(own)[:-2], "glossary", "policies", *list(own)[-2:]]
    assert {key: whole[key] for key in own if key != "english"} == {
        key: own[key] for key in own if key != "english"
    }
    assert own["english"].items() <= whole["english"].items()


# ---- stored JSON is input from outside ---------------------------------------------------


def document(**changed: Any) -> bytes:
    parts: dict[str, Any] = {"disclosure": {}, "narrative": {}, "tables": {}}
    parts |= {"budget": None, "procurement": None, "assets": None, "units": [], "projects": []}
    parts |= {"format": "1", "english": {}, "english_of_project": {}}
    return canonical(parts | changed)


def narrative(value: bytes) -> bytes:
    return document().replace(b'"narrative":{}', b'"narrative":{"x":%b}' % value)


def nested(levels: int) -> bytes:
    return document().replace(b'"narrative":{}', b'"narrative":{"x":%b}' % (
        b"[" * levels + b"]" * levels
    ))  # fmt: skip


def test_a_stored_document_is_read() -> None:
    assert edition_document(document())["projects"] == []
    assert edition_document(narrative(b"[123456789]"))["narrative"] == {"x": [123456789]}
    assert edition_document(nested(MAXIMUM_DEPTH - 2))["narrative"]["x"]
    brackets = "[" * 100
    assert edition_document(document(english={"甲": brackets}))["english"] == {"甲": brackets}
    backslash = "C:\\users"
    assert edition_document(document(english={"甲": backslash}))["english"]["甲"] == backslash


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"NaN",
        document()[:-1],
        document() + b"{}",
        document().replace(b'"1"', b'"2"'),
        document().replace(b'"1"', b'"1","format":"1"'),
        document(more=[]),
        document(projects={}),
        document(projects=["P1"]),
        document(english={"甲": None}),
        document(english_of_project={"P1": "text"}),
        document(tables={"revenue": []}),
        narrative(b"[{}, {}, 1e999]"),
        narrative(b"[Infinity]"),
        narrative(b"[0.1]"),
        narrative(b"[" + b"9" * 5000 + b"]"),
        narrative(b"[1234567890]"),
        document(narrative={"x": "\u202e"}),
        document().replace(b'"narrative":{}', b'"narrative":{"x":"\\u202e"}'),
        document().replace(b'"narrative":{}', b'"narrative":{"x":"\\ud800"}'),
        nested(MAXIMUM_DEPTH),
        nested(200_000),
        b"[" * 1_000_000,
        b'"' + b"\\" * 1_000_000,
        b" " * (MAXIMUM_BYTES + 1),
    ],
    ids=lambda data: f"{len(data)} {data[:24]!r}",
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NotAnEdition) as refused:
        edition_document(data)
    assert refused.value.zh and refused.value.en


# ---- the command -------------------------------------------------------------------------


def edition(folder: Path, *options: str, reason: tuple[str, ...] = REASON) -> int:
    arguments = ("edition", "example/2024-budget", "--data", str(folder), *reason, *options)
    return main(arguments)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose disclosure has three editions, the data being those of the third."""
    folder = tmp_path_factory.mktemp("editions") / "data"
    shutil.copytree(SMALLEST, folder)
    for number, use in enumerate(("取暖补助", "取暖补贴", "取暖补助和补贴"), 1):
        path = folder / PROJECT
        text = re.sub(r"(?m)^use: .*$", f"use: {use}", path.read_text("utf-8"))
        path.write_text(text, "utf-8")
        assert edition(folder, "--date", f"2024-02-2{number}") == 0
    return folder


@pytest.fixture
def three_editions(made_once: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to break."""
    return Path(shutil.copytree(made_once, tmp_path / "three"))


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def put(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def codes(folder: Path) -> list[str]:
    book, problems = read_book(folder)
    found = problems if book is None else examine(book).problems
    return [each.code for each in found if each.code[0] != "T"]  # new texts have no English here


def test_an_edition_is_recorded(write_data: WriteData, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_data()
    before = state(folder)
    assert edition(folder, "--date", "2024-02-20", "--lang", "en") == 0
    assert "edition 1 (2024-02-20) is recorded in" in capsys.readouterr().err
    data = (folder / YEAR / "editions" / "1.json").read_bytes()
    assert data == smallest()
    assert (folder / LIST).read_text("utf-8") == (
        "# 已经发布的版本，由 disclosure edition 写；已有的各条不改、不删。\n"
        "# The published editions, written by disclosure edition;"
        " entries are neither changed nor deleted.\n"
        "- number: 1\n"
        "  date: 2024-02-20\n"
        "  reason:\n"
        "    zh: '首次公开'\n"
        "    en: 'First publication'\n"
        f"  sha256: '{digest(data)}'\n"
    )
    added = state(folder)
    assert before.items() <= added.items()
    assert added.keys() - before.keys() == {LIST, f"{YEAR}/editions/1.json"}
    assert codes(folder) == []


def test_what_stands_in_the_list_stays_byte_for_byte(write_data: WriteData) -> None:
    folder = write_data()
    assert edition(folder, "--date", "2024-02-20") == 0
    path = folder / LIST
    own = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n").replace(
        b"- number: 1", "# 说明 / a note\r\n- number:   1  # 第一版".encode()
    )
    path.write_bytes(own.rstrip())  # no line end after the last entry
    put(folder, PROJECT, "use: 取暖补助", "use: 取暖补贴")
    reason = ("--reason-zh", "更正：“用途” # 'x'", "--reason-en", "Corrected: the 'use' # of funds")
    assert edition(folder, "--date", "2024-03-01", reason=reason) == 0
    now = path.read_bytes()
    assert now.startswith(own.rstrip() + b"\r\n- number: 2\r\n  date: 2024-03-01\r\n")
    assert now.count(b"\n") == now.count(b"\r\n")
    (disclosure,) = load_book(folder).disclosures
    assert disclosure.editions is not None
    assert [each.number for each in disclosure.editions.entries] == [1, 2]
    assert disclosure.editions.entries[1].reason.zh == reason[1]
    assert disclosure.editions.entries[1].reason.en == reason[3]
    assert codes(folder) == []


def test_an_indented_list_is_continued(write_data: WriteData) -> None:
    folder = write_data()
    assert edition(folder, "--date", "2024-02-20") == 0
    path = folder / LIST
    lines = path.read_text("utf-8").splitlines()
    path.write_text("".join(f"  {line}\n" for line in lines), "utf-8")
    assert edition(folder, "--date", "2024-02-21", "--even-unchanged") == 0
    assert "\n  - number: 2\n    date: 2024-02-21\n" in path.read_text("utf-8")


def test_the_date_is_today(write_data: WriteData) -> None:
    folder = write_data()
    days = {date.today().isoformat()}
    assert edition(folder) == 0
    days.add(date.today().isoformat())  # around midnight
    found = re.search(r"date: (\S+)", (folder / LIST).read_text("utf-8"))
    assert found and found[1] in days


def test_nothing_new_is_no_edition(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data()
    assert edition(folder, "--date", "2024-02-20") == 0
    recorded = state(folder)
    put(folder, PROJECT, "budget: 60.00", "budget: '60.00'  # the same")
    recorded[PROJECT] = (folder / PROJECT).read_bytes()
    assert edition(folder, "--date", "2024-02-21") == 1
    assert "与第 1 版完全相同" in capsys.readouterr().err
    assert state(folder) == recorded


REFUSED = {
    "errors in the data": ({PROJECT: ("budget: 60.00", "budget: sixty")}, (), 1, "S204"),
    "what the rules refuse": (
        {PROJECT: ("use: 取暖补助", "use: 联系人身份证 11010519491231002X")}, (), 1, "P8"
    ),
    "a private number in the reason": (
        {}, ("--reason-zh", "更正 11010519491231002X 的姓名"), 1, "P8"
    ),
    "a hidden character in the reason": ({}, ("--reason-zh", "更正\u202e"), 1, "Y104"),
    "two lines": ({}, ("--reason-zh", "甲\n乙"), 2, "--reason-zh"),
    "an empty reason": ({}, ("--reason-en", " "), 2, "--reason-en"),
    "the languages exchanged": ({}, ("--reason-zh", "First"), 2, "--reason-zh"),
    "Chinese in the English": ({}, ("--reason-en", "首次公开"), 2, "首次公开"),
    "no date": ({}, ("--date", "2024-02-30"), 2, "2024-02-30"),
    "another kind of date": ({}, ("--date", "20240220"), 2, "20240220"),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_nothing_is_written(
    write_data: WriteData, capsys: pytest.CaptureFixture[str], why: str
) -> None:
    edits, options, code, said = REFUSED[why]
    folder = write_data(edits)
    before = state(folder)
    assert edition(folder, *options) == code
    assert said in capsys.readouterr().err
    assert state(folder) == before


def test_an_unknown_disclosure_is_refused(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data()
    for address in ("example/2025-budget", "../x"):
        assert main(["edition", address, "--data", str(folder), *REASON]) == 2
        assert "example/2024-budget" in capsys.readouterr().err
    completed = "data\\departments\\example/2024-budget/"
    assert main(["edition", completed, "--data", str(folder), *REASON]) == 0
    assert (folder / LIST).is_file()


def test_days_do_not_go_back(write_data: WriteData, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_data()
    assert edition(folder, "--date", "2024-02-20") == 0
    assert edition(folder, "--date", "2024-02-19", "--even-unchanged") == 1
    assert "2024-02-20" in capsys.readouterr().err
    assert edition(folder, "--date", "2024-02-20", "--even-unchanged") == 0


def test_an_altered_edition_is_not_continued(write_data: WriteData) -> None:
    folder = write_data()
    assert edition(folder, "--date", "2024-02-20") == 0
    put(folder, f"{YEAR}/editions/1.json", '"60.00"},', '"60.01"},')
    put(folder, PROJECT, "use: 取暖补助", "use: 取暖补贴")
    before = state(folder)
    assert edition(folder) == 1
    assert state(folder) == before


# ---- a crash leaves the old state ---------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "at", "calls", "first"),
    [
        (OSError, "fsync", 1, True),
        (OSError, "replace", 2, True),
        (OSError, "replace", 1, False),
        (OSError, "replace", 2, False),
        (MemoryError, "fsync", 2, False),
        (KeyboardInterrupt, "replace", 2, True),
    ],
)
def test_whatever_fails_leaves_the_old_state(
    write_data: WriteData,
    three_editions: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[BaseException],
    at: str,
    calls: int,
    first: bool,
) -> None:
    folder = write_data() if first else three_editions
    if not first:
        put(folder, PROJECT, "budget: 60.00", "budget: 60.000")
    before = state(folder)
    left = [calls]
    real = getattr(os, at)

    def failing(*arguments: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise kind("full")
        return real(*arguments)

    monkeypatch.setattr(translate.os, at, failing)
    if kind is OSError:
        assert edition(folder) == 1
    else:
        with pytest.raises(kind):
            edition(folder)
    monkeypatch.undo()
    assert left[0] == 0
    assert state(folder) == before
    assert (folder / YEAR / "editions").is_dir() is not first
    assert edition(folder) == 0
    assert codes(folder) == []


KILLED = """
import os, sys
from disclosure import editions
from disclosure.cli import main
real, left = os.replace, [int(sys.argv[2])]
def replace(*arguments):
    left[0] -= 1
    if left[0] == 0:
        os._exit(9)
    real(*arguments)
    if left[0] == -1:
        os._exit(9)
os.replace = replace
main(["edition", "example/2024-budget", "--data", sys.argv[1], "--date", "2024-02-20",
      "--reason-zh", "首次公开", "--reason-en", "First publication"])
"""


def killed(folder: Path, at: int) -> None:
    """Run the command and end its process at the ``at``-th renaming, without any cleaning up."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(at)], check=False)
    assert done.returncode == 9


def test_a_process_that_is_killed_leaves_no_edition(write_data: WriteData) -> None:
    folder = write_data()
    killed(folder, 1)
    assert codes(folder) == []
    assert load_book(folder).disclosure("example", "2024-budget").editions is None  # type: ignore[union-attr]
    killed(folder, 2)
    assert codes(folder) == ["R344"]  # JSON without an entry: no edition, and nothing is built
    assert not (folder / LIST).exists()
    assert edition(folder, "--date", "2024-02-20") == 0  # the same command completes it
    assert codes(folder) == []


def test_what_was_left_is_not_replaced_by_other_data(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry may have been deleted: the JSON that lies there may be published."""
    folder = write_data()
    assert edition(folder, "--date", "2024-02-20") == 0
    (folder / LIST).unlink()
    put(folder, PROJECT, "use: 取暖补助", "use: 取暖补贴")
    before = state(folder)
    assert edition(folder) == 1
    assert "R344" in capsys.readouterr().err
    assert state(folder) == before


# ---- the rules ---------------------------------------------------------------------------


def test_data_changed_since_are_a_hint_and_fail_nothing(
    three_editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = three_editions
    assert codes(folder) == []
    put(folder, PROJECT, "budget: 60.00", "budget: 60.000")
    assert codes(folder) == ["H620"]
    capsys.readouterr()
    assert main(["check", "--strict", str(folder), "--format", "plain", "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "数据与第 3 版不同：发布时请运行 disclosure edition example/2024-budget" in said


def swap_entries(text: str) -> str:
    head, *entries = re.split(r"(?m)^(?=- )", text)
    return head + entries[1] + entries[0] + "".join(entries[2:])


def without_entry(number: int) -> Callable[[str], str]:
    def change(text: str) -> str:
        head, *entries = re.split(r"(?m)^(?=- )", text)
        return head + "".join(each for at, each in enumerate(entries, 1) if at != number)

    return change


BROKEN: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a figure of an edition": (
        lambda year: put(year, "editions/2.json", '"budget":"60.00"', '"budget":"61.00"'),
        {"R341"},
    ),
    "a line end after it": (
        lambda year: (year / "editions/3.json").open("ab").write(b"\n"),
        {"R341"},
    ),
    "its digest": (
        lambda year: rewrite(
            year, lambda text: re.sub(r"'[0-9a-f]{64}'", f"'{'0' * 64}'", text, count=1)
        ),
        {"R341"},
    ),
    "an edition deleted": (lambda year: (year / "editions/1.json").unlink(), {"R340"}),
    "an entry deleted": (lambda year: rewrite(year, without_entry(1)), {"R342", "R344"}),
    "the last entry deleted": (lambda year: rewrite(year, without_entry(3)), {"R344", "H620"}),
    "entries exchanged": (lambda year: rewrite(year, swap_entries), {"R342", "R343"}),
    "a number used twice": (
        lambda year: rewrite(year, lambda text: text.replace("number: 3", "number: 2")),
        {"R342", "R341", "R344"},
    ),
    "the list deleted": (lambda year: (year / "editions.yml").unlink(), {"R344"}),
    "an edition cut off": (
        lambda year: os.truncate(year / "editions/2.json", 100),
        {"R345"},
    ),
    "another file": (
        lambda year: (year / "editions/01.json").write_bytes(b"{}"),
        {"R304"},
    ),
    "a folder in its place": (lambda year: (year / "editions/4.json").mkdir(), {"R304"}),
    "a draft": (lambda year: (year / "editions/_2.json").write_bytes(b"{}"), set()),
}


def rewrite(year: Path, change: Callable[[str], str]) -> None:
    path = year / "editions.yml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")


@pytest.mark.parametrize("what", BROKEN)
def test_what_was_published_is_kept(three_editions: Path, what: str) -> None:
    folder = three_editions
    damage, expected = BROKEN[what]
    damage(folder / YEAR)
    assert set(codes(folder)) == expected


def test_two_editions_may_have_one_date(write_data: WriteData) -> None:
    folder = write_data()
    assert edition(folder, "--date", "2024-02-20") == 0
    assert edition(folder, "--date", "2024-02-20", "--even-unchanged") == 0
    assert codes(folder) == []


def test_only_editions_with_an_entry_are_published(three_editions: Path) -> None:
    folder = three_editions
    rewrite(folder / YEAR, without_entry(3))
    book = load_book(folder)
    (disclosure,) = book.disclosures
    found = [each for each in export_files(book, disclosure) if each.content == "edition"]
    assert [each.address for each in found] == [f"{YEAR}/editions/{n}.json" for n in (1, 2)]
    assert all(each.data == (folder / each.address).read_bytes() for each in found)


def test_the_help_is_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["edition", "--help"])
    said = capsys.readouterr().out
    assert "登记" in said and "Records" in said and "退出码 / exit code" in said
    assert editions.__doc__
