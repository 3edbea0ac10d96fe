"""The same work for many items, on all cores where the system allows it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_MOST = 16
_work: Callable[[int], Any]


def cores() -> int:
    """How many processes can work at the same time."""
    if hasattr(os, "sched_getaffinity"):
        return min(_MOST, len(os.sched_getaffinity(0)))
    return min(_MOST, os.cpu_count() or 1)


def side_by_side(
    work: Callable[[T], R], items: Sequence[T], processes: int
) -> Iterator[tuple[int, R]]:
    """``work`` of each item with its place among ``items``, as they are finished.

    Workers are copies of this process (fork), so that neither the book nor the items are sent to
    them; only results are, and have to be picklable. Where copies are not safe (Windows, macOS, a
    process with threads) the work is done here, one item after the other. Put long items first.
    Raises what ``work`` raises, and BrokenProcessPool where a worker died.
    """
    processes = min(processes, len(items))
    if processes < 2 or sys.platform != "linux" or threading.active_count() > 1:
        for place, item in enumerate(items):
            yield place, work(item)
        return
    global _work  # what the copies find in their memory

    def _work(place: int) -> R:
        return work(items[place])

    with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
        try:
            futures = {pool.submit(_call, place): place for place in range(len(items))}
            for future in as_completed(futures):
                yield futures.pop(future), future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def in_order(work: Callable[[T], R], items: Iterable[T], processes: int) -> Iterator[R]:
    """``map`` on several processes; for work whose results are small beside it."""
    every = tuple(items)
    results = dict(side_by_side(work, every, processes))
    return (results[place] for place in range(len(every)))


def _call(place: int) -> Any:
    return _work(place)
