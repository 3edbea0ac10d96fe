"""Results by department that a running server remembers, so that an edit costs one department."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass
class Remembered(Generic[R]):
    """The last result of each department, by the key that it was made with."""

    _results: dict[str, tuple[str, R]] = field(default_factory=dict)

    def mapper(
        self,
        keys: Mapping[str, str],
        name: Callable[[T], str],
        work_on: Callable[[Callable[[T], R], Iterable[T]], Iterable[R]],
    ) -> Callable[[Callable[[T], R], Iterable[T]], Iterable[R]]:
        """Like ``map``, but what has the key that it had before is not worked on again.

        ``keys`` by ``name``; what has none is always worked on. ``work_on`` is ``map`` or the like
        for the others.
        """

        def mapped(work: Callable[[T], R], items: Iterable[T]) -> Iterable[R]:
            every = [(each, name(each)) for each in items]
            fresh = [each for each in every if not self._has(each[1], keys)]
            made = work_on(work, [item for item, _ in fresh])
            for (_, slug), result in zip(fresh, made, strict=True):
                self._results[slug] = (keys.get(slug, ""), result)
            return [self._results[slug][1] for _, slug in every]

        return mapped

    def _has(self, slug: str, keys: Mapping[str, str]) -> bool:
        return slug in keys and self._results.get(slug, ("",))[0] == keys[slug]
