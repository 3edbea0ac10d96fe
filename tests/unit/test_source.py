"""Strict YAML: texts as written, exact places, and no input that raises or takes long."""

from __future__ import annotations

import dataclasses
import pathlib
import random
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure import source
from disclosure.problems import Severity, Span
from disclosure.source import Source, Value, parse_yaml, read_yaml

INVALID = pathlib.Path(__file__).parent.parent / "invalid" / "yaml"
SECONDS = 1.0
"""Of processor time: longest that any file within the limits may take."""


@pytest.fixture(params=["lines and libyaml", "libyaml", "pure Python"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    with_libyaml = request.param != "pure Python"
    if with_libyaml and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    loader = yaml.CBaseLoader if with_libyaml else yaml.BaseLoader
    monkeypatch.setattr(source, "_LOADER", loader)
    if request.param != "lines and libyaml":
        monkeypatch.setattr(source, "read_lines", lambda *_: None)
    return str(request.param)


def good(text: str) -> Source:
    got, problems = parse_yaml(text, "data/x.yml")
    assert problems == ()
    assert got is not None
    return got


def cut(got: Source, span: Span) -> str:
    """What stands in the text at a place."""
    lines = got.text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("30.20", "30.20"),
        ("0.00", "0.00"),
        ("0123", "0123"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("2024-01-05", "2024-01-05"),
        ("no", "no"),
        ("True", "True"),
        (".inf", ".inf"),
        ("=", "="),
        ("-5", "-5"),
        ("５", "５"),
        ("25%", "25%"),
        ("'>90%'", ">90%"),
        ("'null'", "null"),
        ("''", ""),
        ('""', ""),
        ('"a\\tb\\u597d"', "a\tb好"),
        ("'it''s'", "it's"),
        ("《办法》：第三条", "《办法》：第三条"),
        ("“重点”项目", "“重点”项目"),
        ("http://example.org/a#b", "http://example.org/a#b"),
        ("值 # 注释", "值"),
        ("", None),
        ("   # 只有注释", None),
        ("|\n  一\n\n   二\n", "一\n\n 二\n"),
        ("|-\n  - a: b\n  #c\n", "- a: b\n#c"),
        (">-\n  Two lines\n  of text.\n", "Two lines of text."),
        (">\n  一\n\n  二\n", "一\n二\n"),
        (">\n  一\n    二\n  三\n", "一\n  二\n三\n"),
        ("\n  12:30", "12:30"),
        ("Two lines\n  of text.", "Two lines of text."),
        ('"完成\\\n  型煤"', "完成型煤"),
        ("[]", []),
        ("{}", {}),
        ("[a, '', 1.0]", ["a", "", "1.0"]),
        ("{zh: 预算, en: budget}", {"zh": "预算", "en": "budget"}),
        ("\n  - a\n  -\n  - b: 1\n    c:\n", ["a", None, {"b": "1", "c": None}]),
        ("\n- a\n- - b\n", ["a", ["b"]]),
    ],
)
def test_a_value_is_its_text(written: str, value: Value) -> None:
    assert good(f"key: {written}\nnext: 1\n").value == {"key": value, "next": "1"}


@pytest.mark.usefixtures("either_parser")
def test_keys_are_texts_too() -> None:
    text = "1: a\nyes: b\n2024: c\n'': d\n\"x: y\": e\nnull: f\n一般公共预算收入: g\nA B : h\n"
    assert list(good(text).value or ()) == [
        *("1", "yes", "2024", "", "x: y", "null", "一般公共预算收入", "A B")
    ]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "value"),
    [("- a\n- b\n", ["a", "b"]), ("alone\n", "alone"), ("--- {a: b}\n...", {"a": "b"})],
)
def test_the_top_can_be_anything(text: str, value: Value) -> None:
    assert good(text).value == value


PLACES = """\
# 注释
code: A1  # 编号
名称 : "清洁\\
  取暖"
😀𠀀: 𠀀x
empty:   # 空
sources:
  财政资金: 466.73

  其他资金:
items:
  - name: 甲
    note: >-
      One
      two

  -
  - [a, {b: c, d: }]
last: |
  x
"""


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("code",), "code", "A1"),
        (("名称",), "名称", '"清洁\\\n  取暖"'),
        (("😀𠀀",), "😀𠀀", "𠀀x"),
        (("empty",), "empty", ""),
        (("sources",), "sources", "财政资金: 466.73\n\n  其他资金:"),
        (("sources", "财政资金"), "财政资金", "466.73"),
        (("sources", "其他资金"), "其他资金", ""),
        (("items", 0), "name: 甲\n    note: >-\n      One\n      two", None),
        (("items", 0, "name"), "name", "甲"),
        (("items", 0, "note"), "note", ">-\n      One\n      two"),
        (("items", 1), "", ""),
        (("items", 2), "[a, {b: c, d: }]", None),
        (("items", 2, 0), "a", "a"),
        (("items", 2, 1), "{b: c, d: }", None),
        (("items", 2, 1, "b"), "b", "c"),
        (("items", 2, 1, "d"), "d", ""),
        (("last",), "last", "|\n  x"),
    ],
)
@pytest.mark.parametrize("form", ["plain", "no last newline", "BOM and CRLF", "CR"])
def test_places_are_those_of_the_text(
    form: str, path: source.Path, key: str, value: str | None
) -> None:
    text = {
        "plain": PLACES,
        "no last newline": PLACES.removesuffix("\n"),
        "BOM and CRLF": "\ufeff" + PLACES.replace("\n", "\r\n"),
        "CR": PLACES.replace("\n", "\r"),
    }[form]
    got = good(text)
    assert cut(got, got.positions.key(path)) == key
    assert cut(got, got.positions.value(path)) == (key if value is None else value)


@pytest.mark.usefixtures("either_parser")
def test_places_are_counted_in_characters_from_one() -> None:
    positions = good(PLACES).positions
    assert positions.key(("😀𠀀",)) == Span("data/x.yml", 5, 1, 5, 3)
    assert positions.value(("😀𠀀",)) == Span("data/x.yml", 5, 5, 5, 7)
    assert positions.value(("empty",)) == Span("data/x.yml", 6, 7, 6, 7)
    assert positions.value(("items", 1)) == Span("data/x.yml", 17, 4, 17, 4)
    assert positions.value(("items", 2, 1, "d")) == Span("data/x.yml", 18, 18, 18, 18)


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("text", ["? a", "? a\n", "? a\n\n\n"])
def test_an_empty_value_without_a_colon_stands_after_its_key(text: str) -> None:
    got, problems = parse_yaml(text, "x.yml")
    assert [found.code for found in problems] == ["Y119"]
    assert got is not None
    assert got.positions.value(("a",)) == Span("x.yml", 1, 4, 1, 4)


@pytest.mark.usefixtures("either_parser")
def test_a_missing_path_is_placed_at_its_nearest_ancestor() -> None:
    positions = good(PLACES).positions
    assert positions.nearest(("code",)) == positions.value(("code",))
    assert positions.nearest(("empty",)) == positions.value(("empty",))
    assert positions.nearest(("sources",)) == positions.key(("sources",))
    assert positions.nearest(("sources", "无")) == positions.key(("sources",))
    assert positions.nearest(("items", 0, "amount", "x")) == positions.value(("items", 0))
    assert positions.nearest(("items", 9)) == positions.key(("items",))
    assert positions.nearest(("code", 0)) == positions.key(("code",))
    assert positions.nearest(("none",)) == positions.nearest(()) == positions.value(())
    assert positions.value(()).line == 2
    for look_up in (positions.key, positions.value):
        with pytest.raises(KeyError):
            look_up(("none",))


@pytest.mark.usefixtures("either_parser")
def test_after_a_problem_the_rest_of_the_file_is_still_there() -> None:
    got, problems = parse_yaml("a: 1\na: {b: 2, a: 3}\nc: *x\nd: ~\n[k]: {e: 5}\nf: 6\n", "x.yml")
    assert [found.code for found in problems] == ["Y117", "Y111", "Y118", "Y115"]
    assert got is not None
    assert got.value == {"a": "1", "c": None, "d": None, "f": "6"}
    assert got.positions.value(("a",)) == Span("x.yml", 1, 4, 1, 5)
    assert problems[0].span == Span("x.yml", 2, 1, 2, 2)
    with pytest.raises(KeyError):
        got.positions.value(("a", "b"))


@pytest.mark.usefixtures("either_parser")
def test_nothing_inside_a_refused_value_has_a_place() -> None:
    got, _ = parse_yaml("a: 1\na: {b: {c: [2]}}\n? {d: {e: 3}}\n: {f: 4}\n", "x.yml")
    assert got is not None
    assert got.value == {"a": "1"}
    for path in (("a", "b"), ("a", "b", "c"), ("a", "b", "c", 0), ("d",), ("d", "e"), ("f",)):
        assert got.positions.nearest(path) in (
            got.positions.value(()),
            got.positions.key(("a",)),
        )


def test_a_source_is_there_only_when_the_file_was_read_to_its_end() -> None:
    for path in INVALID.glob("*.yml"):
        got, problems = read_yaml(path, path.name)
        assert problems
        if got is None:
            assert any(found.severity is Severity.ERROR for found in problems), path.name


def test_a_file_with_a_byte_order_mark_and_any_line_ends_is_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes("\ufeffname: 清洁取暖\r\nunit: 万元\r\n".encode())
    got, problems = read_yaml(path, "data/x.yml")
    assert problems == ()
    assert got is not None
    assert got.value == {"name": "清洁取暖", "unit": "万元"}
    assert got.text == "name: 清洁取暖\nunit: 万元\n"
    assert got.file == "data/x.yml"


def test_a_source_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        good("a: 1\n").file = "y.yml"  # type: ignore[misc]


# Depth, size and time.


@pytest.mark.parametrize(
    "unit", ["[", "{a: ", "- ", "? ", "{?", "[? ", "[[],", "- - ? ", "{a: [", "{[", '"', "[]"]
)
@pytest.mark.parametrize("start", ["", "a: b\nc: "])
def test_two_hundred_thousand_nested_brackets_are_one_problem(start: str, unit: str) -> None:
    began = time.process_time()
    got, problems = parse_yaml(start + unit * 200_000, "x.yml")
    assert time.process_time() - began < SECONDS
    assert got is None
    assert problems


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("unit", ["[", "- ", "{a: "])
def test_the_depth_allowed_is_exact(unit: str) -> None:
    closing = {"[": "]", "- ": "", "{a: ": "}"}[unit]
    deepest = source.MAXIMUM_DEPTH
    good(unit * deepest + "x" + closing * deepest)
    _, problems = parse_yaml(unit * (deepest + 1) + "x" + closing * (deepest + 1), "x.yml")
    assert [found.code for found in problems] == ["Y106"]


_LIMIT = source.MAXIMUM_BYTES
_LINES = source.MAXIMUM_VALUES
SLOW_SHAPES = {
    "many items": "- a\n" * (_LINES - 2),
    "many commas": f"[{'a,' * (_LIMIT // 2 - 2)}]",
    "many slips": "a：b\n" * _LINES,
    "many keys on one line": "{" + ", ".join(f"甲：{i}" for i in range(_LINES)) + "}",
    "equal keys": "a: 1\n" * _LINES,
    "aliases": "- *a\n" * (_LINES - 2),
    "anchors on one line": f"[{'&a b, ' * (_LIMIT // 6 - 1)}]",
    "tabs": "\t" * _LIMIT,
    "tab indents": "\ta\n" * _LINES,
    "NULs": "\0" * _LIMIT,
    "carriage returns": "\r" * _LINES,
    "spaces, then an error": "a: b\n" + " " * (_LIMIT - 20) + "\nx\n y: [",
    "dashes, then an error": "a: b\n" + "- " * (_LIMIT // 2 - 20) + "\nx\n y: [",
    "long lines, then an error": ("a: " + "b " * 4900 + "\n") * 200 + "x\n y: [",
    "spaced lines, then an error": ("a: b" + " " * 9900 + "c\n") * 200 + "x\n y: [",
    "open quotes": 'a: "\n' * _LINES,
    "text after quotes": 'a: "b"c\n' * _LINES,
    "plain lines with dashes": "a: b\n" + "  -c\n" * (_LINES - 2),
    "quoted lines": 'a: "好' + "  c\n" * (_LINES - 2) + '"',
    "folded lines": "a: >\n" + "  c\n" * (_LINES - 2) + "  好",
    "full-width spaces": "\u3000" * (_LIMIT // 3),
    "one long word": "好" * (_LIMIT // 3),
    "colons": ": " * (_LIMIT // 2),
    "hashes": "a: b" + " #" * (_LIMIT // 2 - 2),
}


@pytest.mark.parametrize("shape", SLOW_SHAPES)
def test_no_file_within_the_limits_takes_long(shape: str) -> None:
    text = SLOW_SHAPES[shape]
    began = time.process_time()
    parse_yaml(text, "x.yml")
    assert time.process_time() - began < SECONDS


# Nothing raises.

_PIECES = st.sampled_from(
    [
        *"：: -\n\"'[]{},#>|%@`*&!?，~　\tab甲1.\\\r\0\u2028😀\ud800",
        *("\n  ", "\n- ", ": ", "- ", "\n\n", "---\n", "\n    ", "x: ", "? "),
        *("<<: ", "*a", "&a ", "!t "),
    ]
)


def check_never_raises(got: Source | None, problems: tuple[object, ...]) -> None:
    assert got is not None or problems


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_text_raises(text: str) -> None:
    check_never_raises(*parse_yaml(text, "x.yml"))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=80))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.yml"
    path.write_bytes(data)
    check_never_raises(*read_yaml(path, "x.yml"))


@pytest.mark.usefixtures("either_parser")
def test_no_damaged_file_raises() -> None:
    chance = random.Random(20240101)
    texts = [
        PLACES,
        *(path.read_bytes().decode("utf-8", "ignore") for path in sorted(INVALID.glob("*.yml"))),
    ]
    pieces = [*"：: -\n\"'[]{},#>|%@`*&!?，~　\t", "\n  ", "\n- ", ": "]
    for _ in range(250):
        text = chance.choice(texts)
        for _ in range(chance.randrange(1, 5)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(pieces) + text[at + chance.randrange(4) :]
        check_never_raises(*parse_yaml(text, "x.yml"))
