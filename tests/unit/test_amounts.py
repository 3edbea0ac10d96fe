"""Amounts in yuan are exact, and every amount of a page is found."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.book import Book
from disclosure.language.numbers import in_yuan
from disclosure.model.fields import AmountUnit, Figure, Nothing
from disclosure.site.blocks import (
    Amount,
    Card,
    Cards,
    Cell,
    Link,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
    amounts,
)
from disclosure.site.edition import Edition
from disclosure.site.routes import Kind, PageId, Target

DIGITS = st.from_regex(r"-?[0-9]{1,40}(\.[0-9]{1,12})?", fullmatch=True)


@given(DIGITS)
def test_ten_thousand_yuan_move_the_point_by_four_places(printed: str) -> None:
    """On paper: the digits of the print, however many, with four zeros or the point further on."""
    amount = Amount(printed, "zh", in_yuan(Decimal(printed), "万元"))
    sign = "-" if printed.startswith("-") else ""
    whole, _, part = printed.removeprefix("-").partition(".")
    part = part.ljust(4, "0")
    moved, rest = (whole + part[:4]).lstrip("0") or "0", part[4:].rstrip("0")
    plain = moved + (f".{rest}" if rest else "")
    assert amount.value == ("0" if plain == "0" else sign + plain)


@pytest.mark.parametrize(
    ("printed", "unit", "value"),
    [
        ("3804.65", "万元", "38046500"),
        ("2000", "万元", "20000000"),
        ("0.00", "万元", "0"),
        ("-0.00", "元", "0"),
        ("38046500.50", "元", "38046500.5"),
        ("-0.00005", "万元", "-0.5"),
    ],
)
def test_the_value_has_no_needless_sign(printed: str, unit: AmountUnit, value: str) -> None:
    assert Amount("", "zh", in_yuan(Decimal(printed), unit)).value == value


@pytest.mark.parametrize("nothing", ["blank", "not_applicable"])
def test_what_has_no_value_is_no_amount(real_book: Book, nothing: str) -> None:
    figure = Figure("" if nothing == "blank" else "不适用", nothing=Nothing(nothing))
    for lang in ("zh", "en"):
        edition = Edition(real_book, lang)  # type: ignore[arg-type]
        assert not list(amounts(edition.figure(figure, "万元")))
        assert not list(amounts(edition.amount(figure, "万元")))


def test_a_figure_without_a_unit_is_no_amount(real_book: Book) -> None:
    cell = Edition(real_book, "zh").figure(Figure("12", Decimal(12)))
    assert not list(amounts(cell))


def test_amounts_are_found_wherever_they_stand_and_in_order() -> None:
    one, two, three, four = (Amount(str(n), "en", Decimal(n)) for n in range(1, 5))
    target = Target(PageId(Kind.HOME))
    table = Table((), (), (Row((Cell((Phrase("1", "en"),)), Cell((two,), "end"))),), notes=((),))
    blocks = (
        Paragraph((Phrase("a", "en"), one)),
        Section("s", (), (Section("t", (), (table,), level=3),)),
        Cards((Card(Phrase("c", "en"), target, (three,)),)),
        Paragraph((Link(four, target),)),
    )
    assert list(amounts(blocks)) == [one, two, three, four]
    assert not list(amounts((Paragraph((Phrase("38.05万元", "zh"),)),)))
