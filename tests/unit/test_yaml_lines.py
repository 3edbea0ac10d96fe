"""The quick reading of plain files finds what the whole parser finds, and else stands back."""

from __future__ import annotations

import pathlib
import pickle
import random

import pytest

from disclosure import source
from disclosure.source import parse_yaml, read_yaml
from disclosure.yaml_lines import read_lines

ROOT = pathlib.Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("data", "examples", "tests", "plugins/disclosure/defaults")
    for path in (ROOT / folder).rglob("*.yml")
)
SEED = 8
CHANGED = 1_500
# What changes the meaning of a line in YAML, or is a slip of which people are told.
PIECES = (
    *(
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        ":",
        ": ",
        "- ",
        "-",
        "\n- ",
        "\n  - ",
        "#",
        " #",
        " # x",
        "?",
    ),
    *(
        "'",
        '"',
        "''",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ", ",
        ",",
        "，",
        "：",
        "|",
        ">",
        "&a ",
        "*a",
        "!t ",
    ),
    *(
        "%",
        "@",
        "`",
        "~",
        "null",
        "Null",
        "<<: ",
        "=",
        "---\n",
        "...\n",
        "a: b\n",
        "甲: \n",
        "x：y",
    ),
    *("\u3000", "\u00a0", ".", "-5", "{a: 1, b: }", "[a, b]", "'it''s'", "k", "1.20", "+", "\x85"),
)


def whole(text: str, monkeypatch: pytest.MonkeyPatch) -> source.Source | None:
    """The text as the whole parser reads it; None where it finds anything wrong."""
    with monkeypatch.context() as patch:
        patch.setattr(source, "read_lines", lambda *_: None)
        got, problems = parse_yaml(text, "x.yml")
    return None if problems else got


def quick(text: str) -> source.Value:
    plain = "\t" not in text and not source._FORBIDDEN.search(text)
    return read_lines(text, source.MAXIMUM_DEPTH) if plain else None


def texts() -> list[str]:
    read = (source._decoded(path.read_bytes(), source._Problems("")) for path in FILES)
    return [text.removeprefix("\ufeff").replace("\r\n", "\n") for text in read if text]


def test_all_files_are_read_alike_and_most_of_them_quickly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    all_texts = [text for text in texts() if len(text) < 20_000]
    plain = [(text, value) for text in all_texts if (value := quick(text)) is not None]
    assert len(plain) > 0.75 * len(all_texts) > 300
    for text, value in random.Random(SEED).sample(plain, 100):
        got = whole(text, monkeypatch)
        assert got is not None, text
        assert got.value == value
        assert list(map(str, _keys(got.value))) == list(map(str, _keys(value))), "in their order"


def _keys(value: source.Value) -> list[str]:
    if isinstance(value, dict):
        return [each for key in value for each in (key, *_keys(value[key]))]
    return [each for item in value for each in _keys(item)] if isinstance(value, list) else []


def test_changed_files_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(SEED)
    short = ["\n".join(text.split("\n")[:14]) + "\n" for text in texts()]
    short += [
        "a:\n- b\n- c: d\n  e:\n    - f\ng: {h: i, j: }\nk: [l, m]\nn: 'o'\n",
        "- a\n- b: c\n",
    ]
    quickly = 0
    for _ in range(CHANGED):
        text = chance.choice(short)
        for _ in range(chance.randint(1, 2)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(PIECES) + text[at + chance.choice((0, 0, 1, 3)) :]
        value = quick(text)
        if value is None:
            continue
        quickly += 1
        got = whole(text, monkeypatch)
        assert got is not None, text
        assert got.value == value, text
    assert quickly > CHANGED / 5


def test_places_found_later_are_those_of_the_whole_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# 注释\na: 1\n“乙”:\n- b: '2'\n  c:\n\n- d # x\ne: {f: 0.00, g: }\n"
    got, problems = parse_yaml(text, "x.yml")
    eager = whole(text, monkeypatch)
    assert problems == ()
    assert got is not None and eager is not None
    assert got._positions is None, "not looked for before somebody asks"
    assert eager._positions is not None
    assert got == eager
    assert got.positions == eager.positions
    assert got.positions is got.positions
    assert got.positions.value(("“乙”", 0, "b")).line == 4


def test_a_source_is_sent_without_its_places_and_finds_them_again() -> None:
    got, _ = parse_yaml("a: 1\nb: [c, d]\n", "x.yml")
    assert got is not None
    before = len(pickle.dumps(got))
    positions = got.positions
    assert len(pickle.dumps(got)) == before
    again = pickle.loads(pickle.dumps(got))
    assert again == got
    assert again._positions is None
    assert again.positions == positions


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", "# a\n", "alone\n", "--- {a: b}\n", "%YAML 1.2\n---\na: b\n", "a: b\n...\n"),
        *("a: b\na: c\n", "{a: b}\n", "a: {b: c, b: d}\n", "a: {b: c,d: e}\n", "a: {b: c,{d: e}\n"),
        *(
            "a: {b: c, }\n",
            "a: {b:}\n",
            "a: {b: ，c}\n",
            "a: [b, ]\n",
            "a: [b]c]\n",
            "a: []\n",
            "a: [b\n",
            "a: [甲，乙]\n",
            "a: [{b: c}]\n",
            "a: {b: [c]}\n",
        ),
        *("a: b\n  c\n", "a: b\n  c: d\n", "a:\n  b\n", "a:\n    b: c\n  d: e\n", " a: b\nc: d\n"),
        *("- a\nb: c\n", "a: b\n- c\n", "- a\n  - b\n", "-\n", "- - a\n", "-  a: b\n   c: d\n"),
        *(
            "a: |\n  b\n",
            "a: &b c\n",
            "a: *b\n",
            "a: !t b\n",
            "<<: a\n",
            "? a\n",
            "a: ~\n",
            "a: null\n",
        ),
        *("- name：a\n", "- a:b\n", "- -a\n", "a: b: c\n", "a: b:\n", "a : b\n", "a:b\n", ": a\n"),
        *(
            "a: b #c\n",
            "a: 'b # c'\n",
            "a: 'b' # 'c'\n",
            "a: 'it''s'\n",
            'a: "\\t"\n',
            "a: 'b' c\n",
        ),
        *(
            "a: `b\n",
            "a: @b\n",
            "a: %b\n",
            "a: -\n",
            "a: ?b\n",
            "-a: b\n",
            "甲：乙: c\n",
            "\u3000a: b\n",
        ),
        *("a\u3000: b\n", "'a': b\n", f"{'k' * 101}: a\n", "a:\n" + "- a: b\n" * 20_000),
    ],
)
def test_anything_else_is_left_to_the_whole_parser(text: str) -> None:
    assert source._plain_value(text) is None


def test_the_depth_is_left_to_the_whole_parser_in_time() -> None:
    deep = "".join("  " * level + "a:\n" for level in range(source.MAXIMUM_DEPTH + 5))
    assert read_lines(deep, source.MAXIMUM_DEPTH) is None
    assert [each.code for each in parse_yaml(deep, "x.yml")[1]] == ["Y106"]


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(
    tmp_path: pathlib.Path,
) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(b"a: " + b"x" * (source.MAXIMUM_BYTES - 3))
    assert read_yaml(path, "x.yml")[1] == ()
    path.write_bytes(b"a: " + b"x" * (source.MAXIMUM_BYTES - 2))
    assert [each.code for each in read_yaml(path, "x.yml")[1]] == ["Y105"]
