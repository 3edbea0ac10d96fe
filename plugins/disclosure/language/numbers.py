"""Amounts, dates and periods in words, in both languages. Figures in tables stay as printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from functools import lru_cache

from babel.dates import format_date

from disclosure.model.fields import TO_FILL_EN, AmountUnit, Figure, Lang, Nothing, half_width

YUAN_PER: dict[AmountUnit, Decimal] = {"万元": Decimal(10_000), "元": Decimal(1)}
_ZEROS: dict[AmountUnit, int] = {"万元": 4, "元": 0}
_EXACT = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
_UNIT_EN: dict[AmountUnit, str] = {"万元": "CNY 10,000", "元": "CNY"}
_MONTH_END = re.compile(r"(\d{1,2})\s*月底", re.ASCII)


def in_yuan(value: Decimal, unit: AmountUnit) -> Decimal:
    """``value`` in yuan, exact however many digits it has (a product would be rounded to 28)."""
    return value.scaleb(_ZEROS[unit], _EXACT)


def unit_name(unit: AmountUnit, lang: Lang) -> str:
    """The unit of a table: ``万元`` or ``CNY 10,000``."""
    return unit if lang == "zh" else _UNIT_EN[unit]


def amount(figure: Figure, unit: AmountUnit, lang: Lang) -> str:
    """An amount in running text: as printed with its unit, or exact in yuan.

    >>> amount(Figure("3804.65", Decimal("3804.65")), "万元", "en")
    'CNY 38,046,500'
    """
    if figure.value is None:
        return nothing_in_words(figure, lang)
    if lang == "zh":
        return f"{figure.printed}{unit}"
    return yuan(figure.value * YUAN_PER[unit])


_NOTHING_EN: Mapping[Nothing | None, str] = {
    Nothing.NOT_APPLICABLE: "n/a",
    Nothing.TO_FILL: TO_FILL_EN,
}


def nothing_in_words(figure: Figure, lang: Lang) -> str:
    """What stands for a figure without a value: as printed, or in English; a blank is empty."""
    return figure.printed if lang == "zh" else _NOTHING_EN.get(figure.nothing, figure.printed)


def yuan(value: Decimal) -> str:
    """Exact yuan: ``CNY 38,046,500``, ``CNY 1.50``; a negative amount has a true minus sign."""
    exact = abs(value).normalize()
    decimals = -min(0, int(exact.as_tuple().exponent))
    digits = f"{exact:,.{max(2, decimals) if decimals else 0}f}"
    return f"{'−' if value < 0 else ''}CNY {digits}"


def plain(value: Decimal) -> str:
    """A computed decimal in the unit of its operands: no exponent, a true minus sign."""
    return f"{value:f}".replace("-", "−")


def percent(share: Decimal, *, grouped: bool = False) -> str:
    """A share of one as ``12.3%``, half to even; ``grouped``: with thousands separators."""
    return f"{share:,.1%}" if grouped else f"{share:.1%}"


@lru_cache(1024)  # the dates of a site are few, and Babel reads its pattern for each
def day(iso: str, lang: Lang) -> str:
    """A date in words: ``2023年12月31日`` or ``31 December 2023``."""
    when = date.fromisoformat(iso)
    return format_date(when, "y年M月d日" if lang == "zh" else "d MMMM y", locale=lang)


@lru_cache(1024)
def period_end(label: str) -> str | None:
    """The English of a printed period such as ``3 月底``, or None for another kind of label."""
    match = _MONTH_END.fullmatch(half_width(label).strip())
    if not match or not 1 <= int(match[1]) <= 12:
        return None
    return "End of " + format_date(date(2000, int(match[1]), 1), "MMMM", locale="en")
