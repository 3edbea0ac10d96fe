"""``disclosure translate``: what it adds, proposes and retires, and what it leaves alone."""

from __future__ import annotations

import difflib
import os
import shutil
import stat
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from tests.unit.conftest import ROOT, SMALLEST, YEAR, WriteData

from disclosure.book import load_book
from disclosure.cli import main
from disclosure.problems import Severity
from disclosure.rules.examine import examine
from disclosure.translate import Block, _Similar, read_blocks

PO = "translations/en/all.po"
PROJECT = f"{YEAR}/projects/P1.yml"
SMALL = (SMALLEST / PO).read_text("utf-8")
NEW = ("use: 取暖补助", "use: 购买无人机")
"""A text like no other."""


def run(*arguments: str) -> int:
    return main(["translate", *arguments])


def po(folder: Path, name: str = "all.po") -> bytes:
    return (folder / "translations" / "en" / name).read_bytes()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("translations/en/*"))}


@pytest.mark.parametrize("data", [ROOT / "data", ROOT / "examples" / "district" / "data", SMALLEST])
def test_data_that_are_translated_stay_as_they_are(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(data, tmp_path / "data")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert run(str(folder), "--check") == 0
    assert run(str(folder)) == 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("data", [ROOT / "data", ROOT / "examples" / "district" / "data"])
def test_every_line_of_the_real_files_is_in_a_block(data: Path) -> None:
    for path in data.glob("translations/en/*.po"):
        text = path.read_text("utf-8")
        blocks = read_blocks(text)
        assert "\n".join(line for block in blocks for line in block.lines) == text.removesuffix(
            "\n"
        )
        known = [(m.context or "", m.id, m.string) for m in read_po(BytesIO(text.encode()))]
        assert [(b.context, b.zh, b.en) for b in blocks[1:]] == known[1:]


def test_a_new_text_gets_an_entry_at_the_end_and_nothing_else_changes(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data({PROJECT: NEW}, {PO: SMALL + '\nmsgid "取暖补贴"\nmsgstr ""\n'})
    (folder / PO).write_text(SMALL.replace('msgid "取暖补助"\nmsgstr "Heating subsidy"\n\n', ""))
    before = po(folder).decode()
    assert run(str(folder), "--lang", "en") == 0
    entry = (
        f"#. {YEAR.removeprefix('departments/')}/projects/P1.yml/use\n"
        'msgid "购买无人机"\nmsgstr ""\n'
    )
    assert po(folder).decode() == f"{before}\n{entry}"
    out, err = capsys.readouterr()
    assert out == f"# translations/en/all.po\n\n{entry}\n", "ready to paste"
    assert "1 added, 0 proposed" in err and "新增" not in err


def test_what_is_printed_again_changes_nothing(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data({PROJECT: NEW})
    assert run(str(folder)) == 0
    printed, after = capsys.readouterr().out, contents(folder)
    assert '购买无人机"\nmsgstr ""' in printed
    assert run(str(folder), "--check") == 0, "still missing, and nothing to write"
    assert run(str(folder)) == 0
    assert contents(folder) == after
    assert capsys.readouterr().out == printed * 2, "it is missing until somebody fills it in"


def test_a_similar_text_is_proposed_and_waits_for_a_person(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data({PROJECT: ("让居民温暖过冬", "让全区居民温暖过冬")})
    assert run(str(folder)) == 0
    text = po(folder).decode()
    assert (
        '#, fuzzy\n#| msgid "让居民温暖过冬"\nmsgid "让全区居民温暖过冬"\n'
        'msgstr "Keep residents warm in winter"\n'
    ) in text
    assert text.endswith(
        '\n\n#~ msgid "让居民温暖过冬"\n#~ msgstr "Keep residents warm in winter"\n'
    )
    assert "#, fuzzy" in capsys.readouterr().out
    book = load_book(folder)
    assert book.catalogue.find("让全区居民温暖过冬") is None
    found = {each.code for each in examine(book).problems if each.severity is Severity.TRANSLATION}
    assert found == {"T505", "T506"}
    messages = {m.id: m for m in read_po(BytesIO(text.encode()), abort_invalid=True)}
    assert messages["让全区居民温暖过冬"].fuzzy


def test_nothing_is_proposed_from_a_text_that_says_something_else(write_data: WriteData) -> None:
    folder = write_data({PROJECT: NEW})
    assert run(str(folder)) == 0
    assert b"fuzzy" not in po(folder)


def test_a_text_that_comes_back_gets_its_english_back(write_data: WriteData) -> None:
    folder = write_data({PROJECT: NEW})
    assert run(str(folder)) == 0
    assert '#~ msgid "取暖补助"\n#~ msgstr "Heating subsidy"\n'.encode() in po(folder)
    path = folder / PROJECT
    path.write_text(path.read_text("utf-8").replace(NEW[1], NEW[0]), "utf-8")
    assert run(str(folder)) == 0
    assert b"#~" not in po(folder)
    assert b"\xe6\x97\xa0\xe4\xba\xba\xe6\x9c\xba" not in po(folder), "empty: nothing to keep"
    assert load_book(folder).catalogue.find("取暖补助") == "Heating subsidy"


def test_comments_flags_and_long_texts_go_and_come_back_whole(write_data: WriteData) -> None:
    entry = (
        '# 译者注\n#. 说明\n#, fuzzy\n#| msgid "旧"\nmsgid ""\n"取暖"\n"补助"\n'
        'msgstr ""\n"Heating "\n"subsidy"\n'
    )
    text = SMALL.replace('msgid "取暖补助"\nmsgstr "Heating subsidy"\n', entry)
    folder = write_data({PROJECT: NEW}, {PO: text})
    assert run(str(folder)) == 0
    assert (
        po(folder)
        .decode()
        .endswith(
            '# 译者注\n#. 说明\n#, fuzzy\n#~| msgid "旧"\n#~ msgid ""\n#~ "取暖"\n#~ "补助"\n'
            '#~ msgstr ""\n#~ "Heating "\n#~ "subsidy"\n'
        )
    )
    path = folder / PROJECT
    path.write_text(path.read_text("utf-8").replace(NEW[1], NEW[0]), "utf-8")
    assert run(str(folder)) == 0
    assert po(folder).decode().endswith(entry), "fuzzy as before, and every line as it was"


def test_an_entry_added_by_hand_after_obsolete_ones_is_not_fuzzy(write_data: WriteData) -> None:
    gone = '\n#, fuzzy\n#~ msgid "旧"\n#~ msgstr "Old"\n'
    entry = 'msgid "取暖补助"\nmsgstr "Heating subsidy"\n'
    text = SMALL.replace(entry, "") + gone + entry
    folder = write_data(files={PO: text})
    assert load_book(folder).catalogue.find("取暖补助") == "Heating subsidy"
    assert run(str(folder), "--check") == 0


def test_check_writes_nothing(write_data: WriteData, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_data({PROJECT: NEW})
    before = contents(folder)
    assert run(str(folder), "--check") == 1
    assert contents(folder) == before
    out, err = capsys.readouterr()
    assert "购买无人机" in out
    assert "需要更新" in err and "out of date" in err


def test_windows_files_stay_windows_files(write_data: WriteData) -> None:
    folder = write_data({PROJECT: NEW})
    before = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    (folder / PO).write_bytes(before)
    assert run(str(folder)) == 0
    after = po(folder)
    unchanged = before.partition('msgid "取暖补助"'.encode())[0]
    assert after.startswith(unchanged)
    assert after.count(b"\r\n") == after.count(b"\n") > before.count(b"\n")
    assert after.count(b"\xef\xbb\xbf") == 1


def test_each_text_goes_to_the_file_of_its_kind(write_data: WriteData) -> None:
    """Also into files that did not exist; without any file, the smallest data fill four."""
    folder = write_data()
    (folder / PO).unlink()
    assert run(str(folder)) == 0
    texts = {
        name: [m.id for m in read_po(BytesIO(data), abort_invalid=True) if m.id]
        for name, data in contents(folder).items()
    }
    assert sorted(texts) == ["budget.po", "disclosure.po", "narrative.po", "projects.po"]
    assert texts["projects.po"] == [
        "取暖补助",
        "让居民温暖过冬",
        "配送户数",
        "工作方案",
        "补助总额",
    ]
    assert "管好公文。" in texts["narrative.po"]
    assert run(str(folder), "--check") == 0
    assert load_book(folder).catalogue.english == {}


def test_texts_of_tables_and_units(write_data: WriteData) -> None:
    table = f"{YEAR}/tables/revenue.yml"
    unit = f"{YEAR}/units/centre/unit.yml"
    files = {
        table: "state: withheld\nnote: 本表不公开。\n",
        unit: "slug: centre\nname: 服务中心甲\n",
        "translations/en/tables.po": 'msgid ""\nmsgstr ""\n"Language: en\\n"\n',
    }
    folder = write_data(files=files)
    assert run(str(folder)) == 0
    assert "本表不公开。" in po(folder, "tables.po").decode()
    assert "服务中心甲" in po(folder, "disclosure.po").decode()


def test_an_entry_for_one_project_is_enough_for_that_project(write_data: WriteData) -> None:
    own = SMALL.replace('msgid "取暖', 'msgctxt "P1"\nmsgid "取暖')
    assert run(str(write_data(files={PO: own})), "--check") == 0


def test_an_entry_for_a_project_without_the_text_goes(write_data: WriteData) -> None:
    folder = write_data(files={PO: SMALL + '\nmsgctxt "P9"\nmsgid "取暖补助"\nmsgstr "X"\n'})
    assert run(str(folder)) == 0
    assert po(folder).decode() == (
        SMALL + '\n#~ msgctxt "P9"\n#~ msgid "取暖补助"\n#~ msgstr "X"\n'
    )


def test_quotation_marks_and_lines_are_escaped(write_data: WriteData) -> None:
    folder = write_data({PROJECT: ("use: 取暖补助", 'use: "买\\"甲\\"\\\\乙"')})
    assert run(str(folder)) == 0
    found = {m.id for m in read_po(BytesIO(po(folder)), abort_invalid=True)}
    assert '买"甲"\\乙' in found
    assert run(str(folder), "--check") == 0


def test_a_file_without_an_end_of_line(write_data: WriteData) -> None:
    folder = write_data({PROJECT: NEW}, {PO: SMALL.rstrip("\n")})
    assert run(str(folder)) == 0
    assert b'msgstr "Total subsidy"\n\n#. ' in po(folder)


def test_bad_data_are_told_and_nothing_is_written(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data({PROJECT: ("use: 取暖补助", "wrong: 1")})
    before = contents(folder)
    assert run(str(folder)) == 1
    out, err = capsys.readouterr()
    assert out == "" and "projects/P1.yml:8:1 S" in err and "errors in the data" in err
    assert contents(folder) == before
    assert run(str(folder / "nowhere")) == 1
    with pytest.raises(SystemExit) as exit:
        run(str(folder), "--no-such-option")
    assert exit.value.code == 2


def test_a_folder_that_cannot_be_written(
    write_data: WriteData, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data({PROJECT: NEW})
    before = contents(folder)

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", fail)
    assert run(str(folder)) == 1
    assert contents(folder) == before, "the old file whole, and no half one beside it"
    assert "cannot read or write" in capsys.readouterr().err


def test_the_rights_of_a_file_stay(write_data: WriteData) -> None:
    folder = write_data({PROJECT: NEW})
    (folder / PO).chmod(0o664)
    assert run(str(folder)) == 0
    assert stat.S_IMODE((folder / PO).stat().st_mode) == 0o664


def test_many_texts_take_little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proposal looks at few entries, however many there are."""
    compared: list[object] = []

    class Counted(difflib.SequenceMatcher[str]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            compared.append(arguments)
            super().__init__(*arguments, **options)

    monkeypatch.setattr(difflib, "SequenceMatcher", Counted)
    blocks = [Block((), "", f"承办第{n}项工作，编号丙{n}丁。", "X", False) for n in range(2000)]
    similar = _Similar(blocks)
    found = [similar.to(f"承办第{n}项工作，编号甲{n}丁。") for n in range(2000)]
    assert len(compared) <= 8 * len(found)
    assert sum(block is not None for block in found) > 1900


def test_only_what_is_really_alike_is_proposed() -> None:
    blocks = [Block((), "", "购买取暖用的洁净型煤", "Coal", False)]
    assert _Similar(blocks).to("购买洁净型煤取暖的居民都满意") is None
    assert _Similar(blocks).to("购买取暖用的型煤") is blocks[0]


def test_words_that_stand_everywhere_propose_nothing() -> None:
    blocks = [Block((), "", "项目", str(number), False) for number in range(41)]
    assert _Similar(blocks[:40]).to("项目") is not None
    assert _Similar(blocks).to("项目") is None, "looking at all of them would take too long"


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_gettext_accepts_the_result(write_data: WriteData) -> None:
    folder = write_data({PROJECT: ("让居民温暖过冬", "让全区居民温暖过冬")})
    assert run(str(folder)) == 0
    subprocess.run(
        ["msgfmt", "--check-format", "--check-domain", "-o", os.devnull, str(folder / PO)],
        check=True,
        capture_output=True,
    )
