"""PO files: what counts as English, and what is wrong with a file."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from disclosure.language.catalogue import Catalogue, _plain, chinese_left, read_catalogue
from disclosure.problems import Problem

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def entry(zh: str, en: str, before: str = "") -> str:
    return f'{before}msgid "{zh}"\nmsgstr "{en}"\n\n'


def read(folder: Path, **files: str | bytes) -> tuple[Catalogue, tuple[Problem, ...]]:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.po").write_bytes(data)
    return read_catalogue(folder, lambda path: f"en/{path.name}")


def places(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{p.span.file}:{p.span.line}:{p.span.column} {p.code}" for p in problems]


def test_exact_chinese_finds_its_english(tmp_path: Path) -> None:
    catalogue, problems = read(tmp_path, a=HEADER + entry("取暖 费", "Heating"), b=entry("甲", "A"))
    assert problems == ()
    assert catalogue.find("取暖 费") == "Heating"
    assert catalogue.find("甲") == "A"
    assert catalogue.find("取暖费") is None, "another Chinese text, if only by a space"
    assert catalogue.find("") is None, "the header is no translation"


def test_no_folder_is_an_empty_catalogue(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path / "none", str) == (Catalogue({}), ())


@pytest.mark.parametrize(
    "text",
    [
        entry("甲", ""),
        entry("甲", " "),
        entry("甲", "A", before="#, fuzzy\n"),
        entry("甲", "A", before="#, python-format, fuzzy\n"),
        '#~ msgid "甲"\n#~ msgstr "A"\n',
        '#| msgid "甲"\nmsgid "乙"\nmsgstr "B"\n',
    ],
)
def test_what_is_not_translated(tmp_path: Path, text: str) -> None:
    catalogue, problems = read(tmp_path, a=HEADER + text)
    assert problems == ()
    assert catalogue.find("甲") is None


def test_a_context_has_an_english_of_its_own(tmp_path: Path) -> None:
    text = entry("甲", "A") + entry("甲", "A of P1", before='msgctxt "P1"\n')
    catalogue, problems = read(tmp_path, a=text + entry("乙", "B", before='msgctxt "P1"\n'))
    assert problems == ()
    assert catalogue.find("甲") == "A"
    assert catalogue.find("甲", "P1") == "A of P1"
    assert catalogue.find("甲", "P2") == "A"
    assert catalogue.find("乙", "P1") == "B"
    assert catalogue.find("乙") is None


def test_long_texts_over_several_lines_and_escapes(tmp_path: Path) -> None:
    text = 'msgid ""\n"甲 \\"乙\\"，"\n\n  "丙\\\\"\nmsgstr ""\n"A \\"B\\", "\n"C\\\\"\n'
    catalogue, problems = read(tmp_path, a=HEADER + text)
    assert problems == ()
    assert catalogue.find('甲 "乙"，丙\\') == 'A "B", C\\'


@pytest.mark.parametrize(
    "text", ["\ufeff" + entry("甲", "A"), entry("甲", "A").replace("\n", "\r\n")]
)
def test_files_as_windows_writes_them(tmp_path: Path, text: str) -> None:
    catalogue, problems = read(tmp_path, a=text)
    assert (catalogue.find("甲"), problems) == ("A", ())


def test_the_same_english_twice_is_fine(tmp_path: Path) -> None:
    _, problems = read(tmp_path, a=entry("甲", "A") * 2, b=entry("甲", "A"))
    assert problems == ()


def test_two_englishes_in_two_files(tmp_path: Path) -> None:
    catalogue, problems = read(tmp_path, a=HEADER + entry("甲", "A"), b="\n" + entry("甲", "B"))
    assert places(problems) == ["en/b.po:2:1 T501"]
    assert dict(problems[0].values) == {"found": "甲", "first": "en/a.po:5"}
    assert catalogue.find("甲") == "A"


def test_two_englishes_in_one_file(tmp_path: Path) -> None:
    _, problems = read(tmp_path, a=entry("甲", "A") + entry("甲", "B"))
    assert places(problems) == ["en/a.po:4:1 T501"]


def test_gbk(tmp_path: Path) -> None:
    _, problems = read(tmp_path, a=entry("x", "y").encode() + entry("甲", "A").encode("gbk"))
    assert places(problems) == ["en/a.po:4:1 T502"]


def test_a_header_that_claims_another_encoding_is_not_believed(tmp_path: Path) -> None:
    text = HEADER.replace("UTF-8", "gb2312") + entry("甲", "A “a”")
    catalogue, problems = read(tmp_path, a=text)
    assert (catalogue.find("甲"), problems) == ("A “a”", ())


def test_a_header_full_of_nonsense_does_no_harm(tmp_path: Path) -> None:
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=nonsense\\n"\n'
        '"POT-Creation-Date: yesterday\\n"\n"Plural-Forms: nplurals=x; plural=__import__\\n"\n\n'
    )
    catalogue, problems = read(tmp_path, a=header + entry("甲", "A"))
    assert (catalogue.find("甲"), problems) == ("A", ())


BROKEN: Mapping[str, tuple[str, int]] = {
    "words without a keyword": ("取暖 Heating\n", 1),
    "no quotation marks": ('msgid "甲"\nmsgstr Heating\n', 2),
    "quotation mark not closed": ('msgid "甲"\nmsgstr "Heating\n', 2),
    "quotation mark inside": ('msgid "甲"\nmsgstr "the "three public" funds"\n', 2),
    "text after the quotation mark": ('msgid "甲"\nmsgstr "Heating" and more\n', 2),
    "Chinese quotation marks": ("msgid “甲”\nmsgstr “A”\n", 1),
    "ends in a backslash": ('msgid "甲"\nmsgstr "A\\"\n', 2),
    "msgstr alone": ('msgid "甲"\nmsgstr "A"\n\nmsgstr "B"\n', 4),
    "msgstr alone after a comment": ('#. x\nmsgstr "B"\n\nmsgid "甲"\nmsgstr "A"\n', 2),
    "msgid alone": ('msgid "甲"\n\nmsgid "乙"\nmsgstr "B"\n', 3),
    "text alone": ('"甲"\n', 1),
    "a plural": ('msgid "甲"\nmsgid_plural "甲"\nmsgstr[0] "A"\n', 2),
    "a number that is none": ('msgid "甲"\nmsgstr[x] "A"\n', 2),
    "two contexts": ('msgctxt "P1"\nmsgctxt "P2"\nmsgid "甲"\nmsgstr "A"\n', 2),
    "nothing at the end": ('msgid "甲"\nmsgstr "A"\n\nmsgid "乙"', 4),
    "a comment inside": ('msgid "甲"\n# x\n\nmsgstr "A"\n', 1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_at_its_line(tmp_path: Path, name: str) -> None:
    """Babel alone would publish some of these with letters missing, or beside other Chinese."""
    text, line = BROKEN[name]
    catalogue, problems = read(tmp_path, a=text)
    assert [(p.code, p.span.line) for p in problems] == [("T503", line)]
    assert not catalogue.english


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\u200b", "\u202e", "\u2066", "\u2028", "\ufeff"]
)
def test_characters_that_do_not_show(tmp_path: Path, character: str) -> None:
    _, problems = read(tmp_path, a=entry("甲", f"A{character}B"))
    assert places(problems) == ["en/a.po:2:10 T504"]
    assert dict(problems[0].values) == {"found": f"U+{ord(character):04X}"}


def test_one_broken_file_does_not_hide_another(tmp_path: Path) -> None:
    catalogue, problems = read(tmp_path, a="x\n", b=entry("甲", "A"), c="y\n")
    assert places(problems) == ["en/a.po:1:1 T503", "en/c.po:1:1 T503"]
    assert catalogue.find("甲") == "A"


def test_entries_know_their_lines_and_flags(tmp_path: Path) -> None:
    text = entry("甲", "A") + entry("乙", "B", before='#. 说明\n#, fuzzy\nmsgctxt "P1"\n')
    catalogue, _ = read(tmp_path, a=HEADER + text, b=entry("丙", ""))
    found = [
        (e.file, e.span.file, e.span.line, e.context, e.zh, e.en, e.fuzzy)
        for e in catalogue.entries
    ]
    assert found == [
        ("a.po", "en/a.po", 5, "", "甲", "A", False),
        ("a.po", "en/a.po", 11, "P1", "乙", "B", True),
        ("b.po", "en/b.po", 1, "", "丙", "", False),
    ]


def test_obsolete_entries_and_their_comments_leave_no_trace(tmp_path: Path) -> None:
    gone = '# 译者\n#, fuzzy\n#~ msgid "旧"\n#~ msgstr "Old"\n'
    catalogue, problems = read(tmp_path, a=gone + entry("甲", "A"))
    assert problems == ()
    assert [(e.zh, e.fuzzy) for e in catalogue.entries] == [("甲", False)]


@pytest.mark.parametrize(
    ("en", "left"),
    [
        ("Heating", ""),
        ("Heating 费", "费"),
        ("Heating，and light", "，"),
        ("Heating（winter）", "（"),
        ("“three public” expenses’ – 5 m²", ""),
        ("the 三公 (three public) expenses", ""),
        ("three public (三公) expenses", ""),
        ("three public (三公 costs)", "三公"),
        ("三公 (1)", "三公"),
        ("㐀", "㐀"),
    ],
)
def test_chinese_that_is_left(en: str, left: str) -> None:
    assert chinese_left(en) == left


# The quick reading of plain files against Babel's.

PO_FILES = sorted(
    path
    for folder in ("data", "examples", "tests")
    for path in (Path(__file__).parents[2] / folder).rglob("*.po")
)
PO_PIECES = (
    *("\n", "\n\n", '"', "\\", '\\"', "\\n", "\\t", "\\q", " ", "\t", "#", "# a\n", "#. b\n"),
    *(
        "#, fuzzy\n",
        "#, c-format, fuzzy\n",
        "#,fuzzy,x\n",
        "#, not-fuzzy\n",
        "#~ ",
        "#| a\n",
        "#: a:1\n",
    ),
    *(
        'msgctxt "P1"\n',
        'msgid "甲"\n',
        'msgstr "A"\n',
        'msgid ""\n',
        'msgstr ""\n',
        '"more"\n',
        "\r",
    ),
    *("\u200b", "\x0b", "\u2028", "msgid_plural ", "msgstr[0] ", "\ufeff", "a", "甲"),
)


def both_ways(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> tuple[object, object]:
    (folder / "x.po").write_text(text, "utf-8", newline="")
    quick = read_catalogue(folder, lambda path: path.name)
    with monkeypatch.context() as patch:
        patch.setattr("disclosure.language.catalogue._plain", lambda *_: None)
        return quick, read_catalogue(folder, lambda path: path.name)


def is_plain(text: str) -> bool:
    return _plain(text.replace("\r\n", "\n").replace("\r", "\n"), "x.po", "x.po") is not None


def test_plain_files_are_read_as_babel_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(8)
    texts = [path.read_bytes().decode("utf-8", "replace") for path in PO_FILES]
    texts = [text.removeprefix("\ufeff") for text in texts]
    assert sum(map(is_plain, texts)) > len(texts) / 2
    starts = ["\n\n".join(text.split("\n\n")[:4]) + "\n" for text in texts]
    starts += [
        '#, fuzzy\nmsgctxt "P1"\nmsgid ""\n"甲"\n"\\"乙\\""\nmsgstr "A "\n"B\\n"\n# end\n',
        'msgid "甲"\nmsgstr "A"\n#. x\nmsgid "乙"\nmsgstr "B"',
        HEADER + entry("甲", "A") + entry("甲", "B", "#, fuzzy\n") + entry("甲", "C"),
    ] * 5
    quickly = 0
    for number in range(600):
        text = chance.choice(starts)
        for _ in range(chance.randint(0, 2)):
            # Mostly where a line begins, so that many stay PO files.
            at = chance.randrange(len(text) + 1)
            at = text.rfind("\n", 0, at) + 1 if number % 3 else at
            text = text[:at] + chance.choice(PO_PIECES) + text[at + chance.choice((0, 0, 1)) :]
        if is_plain(text):
            quickly += 1
            quick, slow = both_ways(tmp_path, monkeypatch, text)
            assert quick == slow, text
    assert quickly > 100
