"""Changing YAML as text: what is not changed stays byte for byte, and nothing else comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.conftest import ROOT

from disclosure.source import Source, Value, parse_yaml
from disclosure.yaml_edits import Edits, NotEdited, edited, scalar

TEXT = """\
# 头
unit: 万元
revenue:   # 收入
  total: '3,420'  # 合计
  empty:
rows:
  - {item: 合计, total: 1.00, blank: , last: }
  - {item: '甲, 乙', total: 2.00}   # 注
list:
  - 一
  - 二 # 留
  - three four
    five
text: |
  第一行
  第二行
end: x
"""


def source_of(text: str) -> Source:
    source, problems = parse_yaml(text, "a.yml")
    assert source is not None and not problems
    return source


def changed(edits: Edits) -> str:
    return edited(source_of(TEXT), edits)


def test_no_change_is_the_same_text() -> None:
    assert changed(Edits()) == TEXT


def test_values_in_every_style() -> None:
    text = changed(
        Edits(
            values={
                ("revenue", "total"): "待填",
                ("revenue", "empty"): "待填",
                ("rows", 0, "blank"): "3,420",
                ("rows", 0, "last"): "4",
                ("rows", 1, "item"): "it's",
                ("list", 2): "六",
                ("text",): "一行",
            }
        )
    )
    assert text == (
        TEXT.replace("'3,420'  #", "待填  #")
        .replace("empty:\n", "empty: 待填\n")
        .replace("blank: ,", "blank: '3,420',")
        .replace("last: }", "last: 4}")
        .replace("'甲, 乙'", "it's")
        .replace("three four\n    five", "六")
        .replace("|\n  第一行\n  第二行", "一行")
    )


def test_a_value_becomes_blank() -> None:
    text = changed(Edits(values={("rows", 0, "total"): "", ("revenue", "total"): ""}))
    value = source_of(text).value
    assert isinstance(value, dict) and value["revenue"] == {"total": None, "empty": None}


def test_entries_go_with_their_lines_and_comments() -> None:
    assert changed(Edits(removed=frozenset({("revenue",)}))) == TEXT.replace(
        "revenue:   # 收入\n  total: '3,420'  # 合计\n  empty:\n", ""
    )
    assert changed(Edits(removed=frozenset({("list", 1), ("rows", 0)}))) == TEXT.replace(
        "  - 二 # 留\n", ""
    ).replace("  - {item: 合计, total: 1.00, blank: , last: }\n", "")
    assert changed(Edits(removed=frozenset({("rows", 1, "total")}))) == TEXT.replace(
        ", total: 2.00}", "}"
    )
    assert changed(Edits(removed=frozenset({("rows", 1, "item")}))) == TEXT.replace(
        "item: '甲, 乙', ", ""
    )


def test_marks_stand_at_the_ends_of_lines() -> None:
    edits = Edits(
        marks={
            ("revenue",): "待核",
            ("revenue", "empty"): "待核",
            ("rows", 0, "total"): "待核",
            ("rows", 0, "last"): "待核",
            ("list", 2): "待核",
            ("text",): "待核",
        },
        values={("revenue", "empty"): "7"},
    )
    text = changed(edits)
    assert text == (
        TEXT.replace("# 收入\n", "# 收入  # 待核\n")
        .replace("empty:\n", "empty: 7  # 待核\n")
        .replace("last: }\n", "last: }  # 待核\n")
        .replace("    five\n", "    five  # 待核\n")
        .replace("text: |\n", "text: |  # 待核\n")
    )


def test_keys_and_added_lines() -> None:
    edits = Edits(
        keys={("unit",): "measure"},
        added={("unit",): {"code": "P1", "note": "a: b"}, ("revenue",): {"x": ""}},
    )
    assert changed(edits) == TEXT.replace(
        "unit: 万元\n", "measure: 万元\ncode: P1\nnote: 'a: b'\n"
    ).replace("  empty:\n", "  empty:\nx: \n")


def test_a_line_at_the_end_without_a_line_end() -> None:
    source = source_of("a: 1\nb: 2")
    added = {("b",): {"c": "3"}}
    assert edited(source, Edits(added=added)) == "a: 1\nb: 2\nc: 3\n"


def test_what_cannot_be_done_safely_is_refused() -> None:
    """The first key of an item shares its line with the dash."""
    source = source_of("rows:\n  - a: 1\n    b: 2\n")
    with pytest.raises(NotEdited) as refused:
        edited(source, Edits(removed=frozenset({("rows", 0, "a")})))
    assert refused.value.file == "a.yml"


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=12))
def test_any_text_reads_as_itself(text: str) -> None:
    for template in ("a: {}\n", "- {{k: {}, l: 1}}\n", "- {}\n"):
        source, problems = parse_yaml(template.format(scalar(text)), "a.yml")
        assert source is not None and not problems, (template, text)
        value: Value = source.value
        while isinstance(value, dict | list):
            value = next(iter(value.values())) if isinstance(value, dict) else value[0]
        assert (value or "") == text


def test_a_text_of_two_lines_is_no_scalar() -> None:
    with pytest.raises(ValueError, match="a"):
        scalar("a\nb")


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "data").rglob("*.yml")),
    ids=lambda path: path.name,
)
def test_every_value_of_the_real_files_can_be_changed(path: object) -> None:
    """Each text of a file is replaced, all at once; the rest of the file stays."""
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    source = source_of(text)
    values = {at: "待填" for at in _texts(source.value, ())}
    result = edited(source, Edits(values=values, marks=dict.fromkeys(values, "待核")))
    assert result.count("# ") >= text.count("# ")
    assert {at for at in _texts(source_of(result).value, ())} == set(values)


def _texts(value: Value, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [each for key, item in value.items() for each in _texts(item, (*path, key))]
    if isinstance(value, list):
        return [each for key, item in enumerate(value) for each in _texts(item, (*path, key))]
    return [path] if isinstance(value, str) else []
