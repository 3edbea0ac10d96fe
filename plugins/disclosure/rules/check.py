"""What a rule of arithmetic yields: a printed figure beside what it should equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from disclosure.book import Place
from disclosure.language.numbers import YUAN_PER, plain
from disclosure.model.fields import AmountUnit, Bilingual, Figure, Nothing

# A term of a check is a key of the interface, a controlled word or a free text.
Label = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a check, or one summand: its label, the figure as printed, and its place.

    Every rule gives the place. That of a figure in another disclosure is below the data folder
    (``departments/example/2023-budget/budget.yml``).
    """

    label: Label
    figure: Figure
    place: Place | None = None

    @property
    def negative(self) -> Term:
        """The same to be taken away: a summand with the opposite sign."""
        if self.figure.value is None:
            return self
        value = -self.figure.value
        return Term(self.label, Figure(plain(value), value), self.place)


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
    if any(part.figure.nothing is Nothing.TO_FILL for part in parts):
        return  # C720 says so; what is not there yet is not nothing
    total = sum((part.figure.number for part in parts), Decimal(0))
    yield Check(rule, place, unit, printed, total, parts, item)


def same_as(
    rule: str,
    unit: AmountUnit,
    printed: Term | None,
    other: Term | None,
    other_unit: AmountUnit,
    item: Label | Bilingual | None = None,
) -> Iterator[Check]:
    """The check that a figure is the same as in another place, printed in ``other_unit`` there.

    Where the units differ, the finer figure is rounded half up to the decimals of the coarser.
    """
    if printed is None or printed.place is None or other is None:
        return
    if printed.figure.value is None or other.figure.value is None:
        return
    value = converted(other.figure, other_unit, printed.figure, unit)
    if unit != other_unit:
        other = Term(other.label, Figure(plain(value), value), other.place)
    yield Check(rule, printed.place, unit, printed, value, (other,), item)


def converted(other: Figure, other_unit: AmountUnit, printed: Figure, unit: AmountUnit) -> Decimal:
    """``other`` in ``unit``, as finely as both are printed; ``printed`` itself where they agree."""
    if unit == other_unit:
        return other.number
    factor = YUAN_PER[other_unit] / YUAN_PER[unit]
    value = other.number * factor
    step, its_step = _step(printed), _step(other) * factor
    if its_step <= step:
        return _rounded(value, step)
    return printed.number if _rounded(printed.number, its_step) == value else value


def _step(figure: Figure) -> Decimal:
    """The last decimal of a figure as printed: 0.01 for ``3.20``."""
    exponent = figure.number.as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _any_value(parts: Iterable[Term]) -> bool:
    return any(part.figure.value is not None for part in parts)
