"""How amounts are drawn: bars from zero on one scale, pairs of them, and what is said below.

A bar is as long as its amount: every chart has one scale, which begins at zero. Amounts that no bar
can show (zero, negative, blank, not applicable) are said below it. A share is of the total that the
document prints, or of the sum of the items where it prints none; where the items do not add up to
the printed total, the chart says by how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from disclosure.language.numbers import YUAN_PER, plain
from disclosure.model.fields import AmountUnit, Figure
from disclosure.site.blocks import Bar, Bars, Inline, Line, Link, Phrase
from disclosure.site.edition import Edition
from disclosure.site.routes import Target

# Items that a chart names below it as not drawn, before it only counts them.
_NAMED = 8
# At most so many projects have a chart of their own, that the others can be read: with a scale
# that half of the others fill to at least this part.
_LEADERS = 3
_READABLE = Decimal("0.125")

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure to draw: what it is, the amount in its own unit, and where its bar leads.

    ``within``: it is part of the one above it, and not counted twice.
    """

    label: Phrase
    figure: Figure
    unit: AmountUnit
    target: Target
    within: bool = False
    marks: Line = ()

    @property
    def yuan(self) -> Decimal:
        """The amount in yuan; zero where there is none."""
        return self.figure.number * YUAN_PER[self.unit]


@dataclass(frozen=True, slots=True)
class Whole:
    """What shares are of: the key of its name, and the total that the document prints, if any."""

    key: str
    printed: Figure | None
    marks: Line = ()


def lengths(amounts: Sequence[Decimal]) -> tuple[float, ...]:
    """The lengths of bars for positive amounts, in proportion; the longest is 1."""
    longest = max(amounts, default=ZERO)
    return tuple(float(amount / longest) for amount in amounts)


def leaders(amounts: Sequence[Decimal]) -> int:
    """How many of these positive amounts, largest first, make the others too short to read.

    The fewest, and at most three, without which half of the others are at least an eighth of the
    longest; where that cannot be had, as many as bring the others nearest to it. Zero for fewer
    than four amounts.
    """

    def middle(first: int) -> Decimal:
        others = amounts[first:]
        return others[(len(others) - 1) // 2] / others[0]

    if len(amounts) <= _LEADERS:
        return 0
    choices = range(min(_LEADERS, len(amounts) - _LEADERS) + 1)
    best = max(choices, key=lambda first: (middle(first), -first))
    return next((first for first in choices if middle(first) >= _READABLE), best)


def percentage(edition: Edition, share: Decimal) -> str:
    """``52.6%``; a share too small for a digit, or nearly all, is not said to be none or all."""
    tenth = Decimal("0.1")
    shown = (share * 100).quantize(tenth, ROUND_HALF_UP)
    if shown == 0 and share > 0:
        return edition.say("chart.less", percent="0.1%")
    if shown == 100 and share < 1:
        return edition.say("chart.more", percent="99.9%")
    return "100%" if share == 1 else f"{plain(shown)}%"


def chart(
    edition: Edition,
    title: str,
    items: Sequence[Measured],
    whole: Whole | None = None,
    *,
    most: int | None = None,
    more: Sequence[Line] = (),
) -> tuple[Bars, ...]:
    """The items as bars on one scale, the first ``most`` of those above zero; () without any.

    All items of a chart with a ``whole`` have the same unit. ``more`` is said below the chart.
    """
    above = [item for item in items if item.yuan > 0]
    drawn = above[:most]
    if not drawn:
        return ()
    total = _total(items, whole) if whole else None
    bars = tuple(
        _bar(edition, item, length, total.part(item) if total else None, total)
        for item, length in zip(drawn, lengths([item.yuan for item in drawn]), strict=True)
    )
    said = _said_below(edition, items, above[len(drawn) :], total)
    if any(item.within for item in drawn):
        said.append(edition.line("chart.hollow"))
    said += more
    return (Bars(title, bars, tuple(said)),)


@dataclass(frozen=True, slots=True)
class _Total:
    """A whole with its amount in yuan and the sum of the items; ``printed``: by the document."""

    key: str
    figure: Figure
    unit: AmountUnit
    sum: Figure
    printed: bool
    marks: Line

    def part(self, item: Measured) -> Decimal | None:
        """The share of an item; None where there is nothing to have a share of."""
        return item.figure.number / self.figure.number if self.figure.number > 0 else None


def _total(items: Sequence[Measured], whole: Whole) -> _Total:
    outer = [item.figure for item in items if not item.within]
    added = added_up(outer)
    if whole.printed is None or whole.printed.value is None:
        return _Total("chart.whole.parts", added, items[0].unit, added, False, ())
    return _Total(whole.key, whole.printed, items[0].unit, added, True, whole.marks)


def added_up(figures: Iterable[Figure]) -> Figure:
    """The sum of figures of one unit, written as they are."""
    found = list(figures)
    if len(found) == 1 and found[0].value is not None:
        return found[0]
    return written(sum((figure.number for figure in found), ZERO), found)


def written(value: Decimal, like: Iterable[Figure]) -> Figure:
    """A computed amount with thousands separators where the printed figures have them."""
    grouped = any("," in figure.printed or "，" in figure.printed for figure in like)
    return Figure(f"{value:,f}".replace("-", "−") if grouped else plain(value), value)


def _bar(
    edition: Edition,
    item: Measured,
    length: float,
    part: Decimal | None,
    total: _Total | None,
) -> Bar:
    described = _length(edition, length)
    said, note = described, ""
    if total is not None and part is not None:
        note = percentage(edition, part)
        said = edition.say("chart.share", whole=edition.say(total.key), percent=note)
    elif total is None:
        said = edition.say("chart.scale")
    else:
        described = edition.say("chart.scale")
    return Bar(
        item.label,
        edition.amount(item.figure, item.unit),
        length,
        item.target,
        said,
        described,
        note,
        item.within,
        item.marks,
    )


def _length(edition: Edition, length: float) -> str:
    if length >= 1:
        return edition.say("chart.longest")
    return edition.say("chart.length", percent=percentage(edition, Decimal(length)))


def _said_below(
    edition: Edition, items: Sequence[Measured], rest: Sequence[Measured], total: _Total | None
) -> list[Line]:
    """What the shares are of, what has no bar, and whether the items add up."""
    said: list[Line] = []
    if total is not None and total.figure.number > 0:
        amount = edition.amount(total.figure, total.unit)
        said.append(
            edition.sentence(
                "chart.shares", whole=edition.said(total.key), amount=(*amount, *total.marks)
            )
        )
    if rest:
        figure = added_up(item.figure for item in rest if not item.within)
        amount = edition.amount(figure, rest[0].unit)
        if total is not None and total.figure.number > 0:
            percent = percentage(edition, figure.number / total.figure.number)
            said.append(
                edition.sentence("chart.rest", count=len(rest), amount=amount, percent=percent)
            )
        else:
            said.append(edition.sentence("chart.rest.amount", count=len(rest), amount=amount))
    if flat := [item for item in items if item.yuan <= 0]:
        said.append(edition.sentence("chart.not_drawn", items=_named(edition, flat)))
    if total is not None and total.printed and total.sum.number != total.figure.number:
        difference = written(
            total.sum.number - total.figure.number, (item.figure for item in items)
        )
        said.append(
            edition.sentence(
                "chart.differs",
                sum=edition.amount(total.sum, total.unit),
                whole=edition.said(total.key),
                total=edition.amount(total.figure, total.unit),
                difference=edition.amount(difference, total.unit),
            )
        )
    return said


def _named(edition: Edition, items: Sequence[Measured]) -> Line:
    """Items without a bar, each with what stands there; the first few of them."""
    parts: list[Inline] = []
    for item in items[:_NAMED]:
        if parts:
            parts.append(edition.said("list.separator"))
        shown = edition.amount(item.figure, item.unit) or edition.line("absence.blank")
        parts += (Link(item.label, item.target), Phrase(" ", edition.lang), *shown)
    if len(items) > _NAMED:
        parts.append(edition.said("chart.and_more", count=len(items)))
    return tuple(parts)


# ---- more than one scale, or two figures of one thing ------------------------------------


def two_scales(
    edition: Edition,
    items: Sequence[Measured],
    drawn: Sequence[Measured],
    first: int,
    whole: Whole,
    more: Sequence[Line],
) -> tuple[Bars, ...]:
    """The largest ones, and the others enlarged; what is not drawn is said below the latter."""
    total = _total(items, whole)
    others = _others(edition, [item for item in items if item not in drawn[:first]])
    groups = ((*drawn[:first], *(each for each in (others,) if each.yuan > 0)), drawn[first:])
    times = max(item.yuan for item in groups[0]) / groups[1][0].yuan
    shown_times = f"{times.quantize(Decimal('0.1'), ROUND_HALF_UP)}".removesuffix(".0")
    titles = (
        edition.say("chart.leading", count=first),
        edition.say("chart.following", count=len(groups[1]), times=shown_times),
    )
    upper, lower = (
        Bars(
            title,
            tuple(
                _bar(edition, item, length, total.part(item), total)
                for item, length in zip(group, lengths([i.yuan for i in group]), strict=True)
            ),
        )
        for title, group in zip(titles, groups, strict=True)
    )
    above = [item for item in items if item.yuan > 0]
    said = [edition.line("chart.enlarged", percent=percentage(edition, 1 / times))]
    said += _said_below(edition, items, above[len(drawn) :], total)
    said += more
    return upper, replace(lower, notes=tuple(said))


def _others(edition: Edition, items: Sequence[Measured]) -> Measured:
    """All of them as one; its bar leads to the largest of them."""
    label = edition.said("chart.others", count=len(items))
    figure = added_up(item.figure for item in items)
    return Measured(label, figure, items[0].unit, items[0].target)


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure and the one that it is compared with."""

    before: Measured
    now: Measured


def pair_bars(
    edition: Edition, title: str, pairs: Sequence[Pair], than: str, more: Sequence[Line] = ()
) -> tuple[Bars, ...]:
    """Pairs of bars on one scale: the figure compared with is pale, the other says the change.

    ``than`` names what is compared with, in a sentence; ``more`` is said below the chart.
    """
    items = [item for pair in pairs for item in (pair.before, pair.now)]
    above = [item for item in items if item.yuan > 0]
    if not above:
        return ()
    length_of = dict(zip(map(id, above), lengths([item.yuan for item in above]), strict=True))
    bars: list[Bar] = []
    for pair in pairs:
        said, note = _change(edition, pair, than)
        for item in (pair.before, pair.now):
            if id(item) not in length_of:
                continue
            length, base = length_of[id(item)], item is pair.before
            bars.append(
                Bar(
                    item.label,
                    edition.amount(item.figure, item.unit),
                    length,
                    item.target,
                    edition.say("chart.base") if base else said,
                    _length(edition, length),
                    "" if base else note,
                    base,
                    item.marks,
                )
            )
    below = [*_said_below(edition, items, (), None), *more]
    return (Bars(title, tuple(bars), tuple(below)),)


def _change(edition: Edition, pair: Pair, than: str) -> tuple[str, str]:
    """The change in words and in figures."""
    before, now = pair.before.yuan, pair.now.yuan
    if pair.before.figure.value is None or before <= 0:
        return edition.say("chart.no_percent", than=than), ""
    change = (now - before) / before
    if change == 0:
        return edition.say("chart.same", than=than), "0%"
    percent = percentage(edition, abs(change))
    key = "chart.grown" if change > 0 else "chart.shrunk"
    sign = "+" if change > 0 else "−"
    exact = percent if percent[:1].isdigit() else ""
    return edition.say(key, than=than, percent=percent), f"{sign}{exact}" if exact else ""


def history_bars(edition: Edition, title: str, items: Sequence[Measured]) -> tuple[Bars, ...]:
    """One thing in several years, each in its own unit, on one scale; () for fewer than two."""
    if sum(item.yuan > 0 for item in items) < 2:
        return ()
    return chart(edition, title, items)
