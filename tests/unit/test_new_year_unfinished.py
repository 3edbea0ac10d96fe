"""C720 and C721: 待填 and ``# 待核`` are errors, drawn in a preview and never published."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.conftest import SmallBook, WriteData

from disclosure.book import load_book
from disclosure.cli import main
from disclosure.language.numbers import amount
from disclosure.model.fields import Figure, Nothing
from disclosure.rules.examine import examine
from disclosure.rules.unfinished import Open, open_lines
from disclosure.source import parse_yaml


def found(text: str) -> list[Open]:
    source, problems = parse_yaml(text, "a.yml")
    assert source is not None and not problems
    return list(open_lines(source))


def test_one_for_each_line() -> None:
    (row,) = found("rows:\n  - {item: 合计, a: 待填, b: 1, c: 待填}\n")
    assert (row.said, row.to_fill, row.span.line, row.span.column) == ("a、c", 2, 2, 19)
    assert row.path == ("rows", 0, "a")
    (item,) = found("duties:\n  - 待填\n")
    assert (item.said, item.to_fill) == ("duties", 1)


def test_a_longer_text_is_no_mark() -> None:
    assert found("a: 待填写的表\nb: 等待核对\nc: 待核\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "a: 1  # 待核",
        "a: 1 #待核",
        "# 待核\na: 1",
        "a:  # 合计 # 待核\n  b: 1",
        "a: '#' # 待核",
        "a: |  # 待核\n  b\n  c",
    ],
)
def test_a_mark_in_a_comment(text: str) -> None:
    if " #待核" in text:
        source, _ = parse_yaml(text, "a.yml")
        assert source is not None
        (mark,) = open_lines(source)
    else:
        (mark,) = found(text)
    assert mark.to_fill == 0 and mark.path[0] == "a"


@pytest.mark.parametrize(
    "text", ["a: '1  # 待核'", 'a: "x # 待核"', "a: |\n  x\n  y # 待核\n  z", "a: x#待核"]
)
def test_a_mark_in_a_text_is_text(text: str) -> None:
    assert found(text) == []


def test_the_note_of_a_mark_is_told() -> None:
    (mark,) = found("a: 1  # 待核 项目编码是不是换了 # 另注\n")
    assert mark.said == "项目编码是不是换了"


def test_it_is_no_number_and_no_nothing() -> None:
    figure = Figure("待填", nothing=Nothing.TO_FILL)
    assert figure.value is None and figure.number == Decimal(0)
    assert amount(figure, "万元", "zh") == "待填"
    assert amount(figure, "万元", "en") == "to be filled in"


@pytest.mark.parametrize(("written", "told"), [("90.00", True), ("待填", False)])
def test_sums_wait_for_their_parts(written: str, told: bool, small_book: SmallBook) -> None:
    change = ("一般公共预算收入: 100.00", f"一般公共预算收入: {written}")
    book = small_book({"{year}/budget.yml": change})
    found = examine(book).of(next(book.disclosures)).findings
    assert any(each.rule.startswith("A") for each in found) is told


def test_it_cannot_be_acknowledged(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data({"{year}/budget.yml": ("basic: -10.00", "basic: 待填")})
    entry = (
        "- rule: C720\n  place: budget.yml/change/basic\n"
        "  explanation:\n    zh: 以后再说\n    en: later\n"
    )
    (folder / "departments/example/2024-budget/acknowledged.yml").write_text(entry, "utf-8")
    assert main(["check", str(folder), "--format", "plain", "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert " C720 " in out and " K902 " in out
    assert load_book(folder)
