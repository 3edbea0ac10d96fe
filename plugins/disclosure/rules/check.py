"""What a rule of arithmetic yields: a printed figure beside what it should equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure.book import Place
from disclosure.model.fields import AmountUnit, Bilingual, Figure

# A term of a check is a key of the interface, a controlled word or a free text.
Label = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a check, or one summand: its label, the figure as printed, and its place."""

    label: Label
    figure: Figure
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A printed figure against what should equal it. ``difference`` = printed - computed."""

    rule: str
    place: Place
    unit: AmountUnit
    printed: Term
    computed: Decimal
    summands: tuple[Term, ...]
    item: Label | Bilingual | None = None

    @property
    def difference(self) -> Decimal:
        """Printed minus computed, in ``unit``."""
        return self.printed.figure.number - self.computed

    @property
    def agrees(self) -> bool:
        """Whether both sides are exactly equal."""
        return self.difference == 0


def sum_of(
    rule: str,
    place: Place,
    unit: AmountUnit,
    printed: Term | None,
    summands: Iterable[Term | None],
    item: Label | Bilingual | None = None,
) -> Iterator[Check]:
    """The check that a printed figure is the sum of its parts; none where one side is not printed.

    Parts that are None are not in the document. ``place`` is that of the printed figure.
    """
    parts = tuple(part for part in summands if part is not None)
    if printed is None or printed.figure.value is None or not _any_value(parts):
        return
    total = sum((part.figure.number for part in parts), Decimal(0))
    yield Check(rule, place, unit, printed, total, parts, item)


def _any_value(parts: Iterable[Term]) -> bool:
    return any(part.figure.value is not None for part in parts)
