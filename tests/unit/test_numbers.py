"""Amounts, dates and periods in words: exact, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_percent
from hypothesis import given
from hypothesis import strategies as st

from disclosure.language.numbers import (
    amount,
    day,
    percent,
    period_end,
    plain,
    unit_name,
    yuan,
)
from disclosure.model.fields import Figure, Nothing


def figure(printed: str) -> Figure:
    return Figure(printed, Decimal(printed.replace(",", "")))


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("3804.65", "CNY 38,046,500"),
        ("466.73", "CNY 4,667,300"),
        ("500", "CNY 5,000,000"),
        ("0.3", "CNY 3,000"),
        ("0.3333", "CNY 3,333"),
        ("0.0001", "CNY 1"),
        ("0.00001", "CNY 0.10"),
        ("0.000001", "CNY 0.01"),
        ("0.0000001", "CNY 0.001"),
        ("0.00", "CNY 0"),
        ("0", "CNY 0"),
        ("-142.03", "−CNY 1,420,300"),
        ("3,420", "CNY 34,200,000"),
        ("120000000", "CNY 1,200,000,000,000"),
    ],
)
def test_an_amount_in_ten_thousand_yuan_is_exact_in_yuan(printed: str, english: str) -> None:
    assert amount(figure(printed), "万元", "en") == english
    assert amount(figure(printed), "万元", "zh") == f"{printed}万元"


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("1", "CNY 1"),
        ("1.5", "CNY 1.50"),
        ("1.50", "CNY 1.50"),
        ("1.00", "CNY 1"),
        ("3804.655", "CNY 3,804.655"),
        ("-0.05", "−CNY 0.05"),
    ],
)
def test_an_amount_in_yuan(printed: str, english: str) -> None:
    assert amount(figure(printed), "元", "en") == english
    assert amount(figure(printed), "元", "zh") == f"{printed}元"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_no_amount_is_rounded(value: Decimal) -> None:
    said = yuan(value)
    back = said.replace("CNY ", "").replace(",", "").replace("−", "-")
    assert Decimal(back) == value
    assert "E" not in said


def test_the_kinds_of_nothing() -> None:
    blank = Figure("", nothing=Nothing.BLANK)
    not_applicable = Figure("不适用", nothing=Nothing.NOT_APPLICABLE)
    assert (amount(blank, "万元", "zh"), amount(blank, "万元", "en")) == ("", "")
    assert amount(not_applicable, "万元", "zh") == "不适用"
    assert amount(not_applicable, "万元", "en") == "n/a"


def test_units() -> None:
    assert [unit_name(unit, lang) for unit in ("万元", "元") for lang in ("zh", "en")] == [
        "万元",
        "CNY 10,000",
        "元",
        "CNY",
    ]


def test_computed_figures_have_no_exponent() -> None:
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("0E-10")) == "0.0000000000"
    assert plain(Decimal("30.20")) == "30.20"
    assert plain(Decimal("-188.32")) == "−188.32"


def test_days() -> None:
    assert day("2023-12-31", "zh") == "2023年12月31日"
    assert day("2023-12-31", "en") == "31 December 2023"
    assert day("2024-02-01", "en") == "1 February 2024"


@pytest.mark.parametrize(
    ("label", "english"),
    [
        ("3 月底", "End of March"),
        ("3月底", "End of March"),
        ("12 月底", "End of December"),
        (" １０月底 ", "End of October"),
        ("13 月底", None),
        ("0 月底", None),
        ("三月底", None),
        ("年底", None),
        ("3 月", None),
        ("3 月底前", None),
        ("", None),
    ],
)
def test_periods(label: str, english: str | None) -> None:
    assert period_end(label) == english


@given(st.decimals("-1e6", "1e6", allow_nan=False, places=5), st.booleans())
def test_percentages_are_those_of_babel(share: Decimal, grouped: bool) -> None:
    pattern = "#,##0.0%" if grouped else "0.0%"
    assert percent(share, grouped=grouped) == format_percent(share, pattern, locale="en")
