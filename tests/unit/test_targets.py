"""Target values: kept as printed, parsed where they are a number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.book import Book
from disclosure.language.targets import parse_target, target_in


@pytest.mark.parametrize(
    ("printed", "operator", "number", "unit", "english"),
    [
        ("≥80 百分比", "≥", "80", "percent", "≥ 80%"),
        ("≥ 80%", "≥", "80", "percent", "≥ 80%"),
        (">=80％", "≥", "80", "percent", "≥ 80%"),
        ("＞９０％", ">", "90", "percent", "> 90%"),
        ("<=20 万元", "≤", "20", "ten-thousand-yuan", "≤ CNY 200,000"),
        ("146 万元", "", "146", "ten-thousand-yuan", "CNY 1,460,000"),
        ("112.32 万元", "", "112.32", "ten-thousand-yuan", "CNY 1,123,200"),
        ("1,500 元", "", "1500", "yuan", "CNY 1,500"),
        ("1 个", "", "1", "piece", "1"),
        ("≥10 家", "≥", "10", "enterprise", "≥ 10 enterprises"),
        ("= 3", "=", "3", None, "= 3"),
        ("3420", "", "3420", None, "3,420"),
        ("  5 ", "", "5", None, "5"),
    ],
)
def test_a_number_with_its_operator_and_unit(
    real_book: Book, printed: str, operator: str, number: str, unit: str | None, english: str
) -> None:
    target = parse_target(printed, real_book.vocabulary)
    assert target is not None
    assert (target.operator, target.number) == (operator, Decimal(number))
    assert (target.unit.id if target.unit else None) == unit
    assert target_in(printed, "en", real_book.vocabulary) == english
    assert target_in(printed, "zh", real_book.vocabulary) == printed


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "配送合格的型煤",
            "无",
            "",
            "是否达到支持条件",
            "两家项目单位是否满意",
            "是否在 2023 年 10 月底前",
        ),
        *(
            "80 光年",
            "1-3 个",
            "1 个以上",
            "80%以上",
            "10²",
            "1e3 元",
            "1,23 元",
            "5.5.5",
            "≥",
            "个",
        ),
        *("≥", "个", "2023-12-31", "≥≥5", "约 5 个", "5/6", "100%；0 次"),
    ],
)
def test_words_and_what_is_not_certain_are_left_to_the_translation(
    real_book: Book, printed: str
) -> None:
    assert parse_target(printed, real_book.vocabulary) is None
    assert target_in(printed, "en", real_book.vocabulary) is None
