"""Target values of indicators: kept as printed, and parsed where they are a number.

``≥80 百分比`` is an operator, a number and a unit; ``配送合格的型煤`` is words and is
translated like other text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from disclosure.language.numbers import YUAN_PER, yuan
from disclosure.model.fields import AmountUnit, Lang, half_width, parse_decimal
from disclosure.model.vocabulary import Vocabulary, Word

Operator = Literal["", "≥", "≤", ">", "<", "="]

_TARGET = re.compile(r"(≥|>=|≤|<=|>|<|=)?\s*([\d,]*\d(?:\.\d+)?)\s*(\D*)")
_OPERATORS: dict[str, Operator] = {">=": "≥", "<=": "≤"}
_AMOUNTS: dict[str, AmountUnit] = {"ten-thousand-yuan": "万元", "yuan": "元"}


@dataclass(frozen=True, slots=True)
class Target:
    """A parsed target value. ``unit`` is None for a bare number."""

    operator: Operator
    number: Decimal
    unit: Word | None

    def in_english(self) -> str:
        """The target in English; amounts are exact in yuan."""
        before = f"{self.operator} " if self.operator else ""
        unit = self.unit
        if unit and unit.id in _AMOUNTS:
            return before + yuan(self.number * YUAN_PER[_AMOUNTS[unit.id]])
        digits = f"{self.number:,f}"  # with the decimals of the print
        if unit is None or not unit.en:
            return before + digits
        return f"{before}{digits}{'' if unit.id == 'percent' else ' '}{unit.en}"


def parse_target(printed: str, vocabulary: Vocabulary) -> Target | None:
    """The target that ``printed`` states, or None where it is words or its unit is unknown."""
    if (parts := _parts(printed)) is None:
        return None
    sign, number, unit_text = parts
    unit = vocabulary.find("unit_of_measure", unit_text) if unit_text else None
    if unit_text and unit is None:
        return None
    return Target(_OPERATORS.get(sign, sign), number, unit)  # type: ignore[arg-type]


@lru_cache(maxsize=1 << 14)  # a target stands on pages and in files of both languages
def _parts(printed: str) -> tuple[str, Decimal, str] | None:
    """Sign, number and unit as printed."""
    match = _TARGET.fullmatch(half_width(printed).strip())
    number = parse_decimal(match[2]) if match else None
    if match is None or number is None:
        return None
    return match[1] or "", number, match[3].strip()


def target_in(printed: str, lang: Lang, vocabulary: Vocabulary) -> str | None:
    """A parsed target in ``lang`` (Chinese as printed), or None where it is words."""
    target = parse_target(printed, vocabulary)
    if target is None:
        return None
    return printed if lang == "zh" else target.in_english()
