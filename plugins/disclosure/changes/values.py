"""Values of a document: what they say, whatever the notation, and how much two have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from disclosure.changes.shape import UNKNOWN, Fields, Items, Labelled, Leaf, Shape
from disclosure.language.numbers import YUAN_PER
from disclosure.model.classification import joined
from disclosure.model.fields import AmountUnit, half_width, parse_decimal
from disclosure.model.vocabulary import fold

AMOUNTS = ("amount", "count", "share")
"""The kinds of leaves that are figures."""
LEAST_TEXT = 0.4
"""Two texts that have so much in common may be the same one, changed."""
LEAST_ITEM = 0.5
"""The same of the values of two items."""
_LONG = 2_000
"""Characters of a text that are looked at for likeness."""


class Missing:
    """No such key; None is a printed blank."""


MISSING = Missing()


@dataclass(frozen=True, slots=True)
class Value:
    """A value of one side, with the unit of the amounts in it."""

    value: Any
    unit: AmountUnit | None = None

    def get(self, key: str) -> Value:
        found = self.value.get(key, MISSING) if isinstance(self.value, Mapping) else MISSING
        return Value(found, self.unit)

    @property
    def is_missing(self) -> bool:
        return self.value is MISSING

    def with_unit(self, fallback: AmountUnit | None = None) -> Value:
        """With the unit that the value itself names (``unit: 万元``)."""
        named = self.value.get("unit") if isinstance(self.value, Mapping) else None
        unit: AmountUnit | None = "万元" if named == "万元" else "元" if named == "元" else None
        return replace(self, unit=unit or self.unit or fallback)


def said_leaf(shape: Leaf, found: Any, unit: AmountUnit | None) -> Hashable:
    if shape.kind in AMOUNTS and (number := decimal_of(found)) is not None:
        # The digits that a unit hides: 1 万元 is 10,000 元, and a count has no unit.
        return number * YUAN_PER[unit] if shape.kind == "amount" and unit else number
    text = print_of(found).strip()
    if shape.kind == "code":
        return joined(text) or text
    return fold(text) if shape.words else text


def decimal_of(value: Any) -> Decimal | None:
    """The decimal that a printed figure or percentage says."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, str):
        return None
    return parse_decimal(half_width(value).strip().removesuffix("%"))


def print_of(value: Any) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{print_of(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "、".join(print_of(each) for each in value)
    return "" if value is None else str(value)


def text_of(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def guessed(value: Any) -> Shape:
    """The shape of a value that no model describes."""
    if isinstance(value, Mapping):
        return Labelled(UNKNOWN)
    return Items(UNKNOWN) if isinstance(value, list) else Leaf("plain")


def shape_below(shape: Shape, key: str) -> Shape:
    if isinstance(shape, Fields):
        return shape.of(key).shape
    return shape.value if isinstance(shape, Labelled) else UNKNOWN


def is_looks(shape: Shape, key: str) -> bool:
    """Whether a value says no more than what is seen anyway.

    The position of a project is that in its list, which is compared as such; the looks of a row
    follow from its name unless the file says otherwise.
    """
    model = shape.model if isinstance(shape, Fields) else ""
    return (model, key) in (("ProjectFile", "order"), ("TableRow", "style"))


def is_bilingual(shape: Shape) -> bool:
    return isinstance(shape, Fields) and shape.model == "Bilingual"


def alike_texts(one: str, other: str) -> float:
    """The share of the characters and neighbouring pairs of characters that both texts have.

    Takes time linear in their length; of a long text the beginning is looked at.
    """
    signs, others = _signs(one[:_LONG]), _signs(other[:_LONG])
    common = sum((signs & others).values())
    return 2 * common / max(1, signs.total() + others.total())


@lru_cache(maxsize=1024)
def _signs(text: str) -> Counter[str]:
    return Counter((*text, *(text[at : at + 2] for at in range(len(text) - 1))))


def alike_items(one: Hashable, other: Hashable) -> float:
    """The share of the values of two items that is the same."""
    if not isinstance(one, frozenset) or not isinstance(other, frozenset):
        return 0.0
    values = [{pair for pair in each if pair[1]} for each in (one, other)]
    return 2 * len(values[0] & values[1]) / max(1, len(values[0]) + len(values[1]))
