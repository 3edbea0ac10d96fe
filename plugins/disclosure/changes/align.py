"""Which item of a list is which item of another: by name, by content, by likeness.

Takes time that grows with the length of the lists and not with its square: likeness is looked for
only where few items are left between two that are known.
"""

from __future__ import annotations

import bisect
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

_COMPARED = 2_000
"""So many pairs are compared by likeness at most; beyond, items count as removed and added."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Positions in the two lists. ``pairs`` by the second position."""

    pairs: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]
    moved: int
    """How many pairs stand in another order than before, at the fewest."""


def align(
    before: Sequence[Hashable],
    after: Sequence[Hashable],
    names: tuple[Sequence[Sequence[Hashable]], Sequence[Sequence[Hashable]]],
    alike: Callable[[int, int], float],
    least: float,
) -> Alignment:
    """Match the items of two lists.

    ``before`` and ``after``: what the items say, equal for equal items. ``names``: for each item of
    both, what may name it, the surest first; None names nothing. ``alike``: how much two items have
    in common, 0 to 1; items that have at least ``least`` in common may be the same one, changed.
    """
    matching = _Matching(len(before), len(after))
    matching.by(before, after)
    for one, other in zip(zip(*names[0], strict=False), zip(*names[1], strict=False), strict=False):
        matching.by(one, other)
    matching.by_likeness(alike, least)
    pairs = sorted(matching.pairs.items(), key=lambda pair: pair[1])
    return Alignment(
        tuple(pairs),
        tuple(matching.left_before()),
        tuple(matching.left_after()),
        len(pairs) - _longest_rise([at for at, _ in pairs]),
    )


class _Matching:
    """The pairs found so far."""

    def __init__(self, before: int, after: int) -> None:
        self._before, self._after = before, after
        self.pairs: dict[int, int] = {}
        self._taken: set[int] = set()

    def left_before(self) -> list[int]:
        return [at for at in range(self._before) if at not in self.pairs]

    def left_after(self) -> list[int]:
        return [at for at in range(self._after) if at not in self._taken]

    def by(self, before: Sequence[Hashable], after: Sequence[Hashable]) -> None:
        """Pair equal ones; of several that are equal the first with the first."""
        places: dict[Hashable, deque[int]] = defaultdict(deque)
        for at in self.left_before():
            if before[at] is not None:
                places[before[at]].append(at)
        for at in self.left_after():
            if after[at] is not None and (found := places.get(after[at])):
                self._add(found.popleft(), at)

    def by_likeness(self, alike: Callable[[int, int], float], least: float) -> None:
        """Pair the most alike ones, first those between the same neighbours."""
        for olds, news in self._gaps():
            self._most_alike(olds, news, alike, least)
        self._most_alike(self.left_before(), self.left_after(), alike, least)

    def _most_alike(
        self,
        olds: Sequence[int],
        news: Sequence[int],
        alike: Callable[[int, int], float],
        least: float,
    ) -> None:
        if not olds or not news or len(olds) * len(news) > _COMPARED:
            return
        found = [(alike(old, new), -abs(old - new), old, new) for old in olds for new in news]
        for ratio, _, old, new in sorted(found, reverse=True):
            if ratio >= least and old not in self.pairs and new not in self._taken:
                self._add(old, new)

    def _gaps(self) -> Iterable[tuple[list[int], list[int]]]:
        """What is left between the same neighbours in both lists."""
        olds: dict[int, list[int]] = defaultdict(list)
        news: dict[int, list[int]] = defaultdict(list)
        last = -1
        for at in range(self._before):
            last = self.pairs.get(at, last)
            if at not in self.pairs:
                olds[last].append(at)
        last = -1
        for at in range(self._after):
            if at in self._taken:
                last = at
            else:
                news[last].append(at)
        return [(olds[at], news[at]) for at in olds if at in news]

    def _add(self, old: int, new: int) -> None:
        self.pairs[old] = new
        self._taken.add(new)


def _longest_rise(numbers: Iterable[int]) -> int:
    """The length of the longest subsequence that rises (patience sorting)."""
    ends: list[int] = []
    for number in numbers:
        at = bisect.bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)
