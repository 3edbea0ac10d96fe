"""The same work for many items, on all cores where the system allows it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_MOST = 16
# A process makes what it works on its own, page by page of memory, and never gives it back: several
# one after the other need less than one that does all. To start one takes a hundredth of a second.
_TURNS = 12


class ProcessEnded(RuntimeError):
    """A process has ended before its work: the memory may not have sufficed."""


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
    Raises what ``work`` raises, and ProcessEnded where a worker died.
    """
    processes = min(processes, len(items))
    if processes < 2 or sys.platform != "linux" or threading.active_count() > 1:
        for place, item in enumerate(items):
            yield place, work(item)
        return
    context = multiprocessing.get_context("fork")
    size = -(-len(items) // (processes * _TURNS))
    # From the back: the last is taken first.
    turns = [range(len(items))[first : first + size] for first in range(0, len(items), size)][::-1]
    running: dict[Connection, BaseProcess] = {}
    try:
        while turns or running:
            while turns and len(running) < processes:
                here, there = context.Pipe(duplex=False)
                worker = context.Process(target=_turn, args=(there, work, items, turns.pop()))
                worker.start()
                there.close()
                running[here] = worker
            for connection in wait(list(running)):
                assert isinstance(connection, Connection)
                found = _received(connection)
                if found is None:
                    connection.close()
                    _ended(running.pop(connection))
                elif isinstance(found[1], _Raised):
                    raise found[1].error
                else:
                    yield found
    finally:
        for connection, process in running.items():
            connection.close()
            process.terminate()
            process.join()


class _Raised:
    """What ``work`` raised in another process."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _turn(connection: Connection, work: Callable[[T], R], items: Sequence[T], turn: range) -> None:
    for place in turn:
        try:
            connection.send((place, work(items[place])))
        except BrokenPipeError:
            return  # nobody wants it any longer
        except BaseException as error:
            connection.send((place, _Raised(error)))
            return


def _received(connection: Connection) -> tuple[int, Any] | None:
    """A place and its result; None when there are no more."""
    try:
        found: tuple[int, Any] = connection.recv()
    except EOFError:
        return None
    return found


def _ended(process: BaseProcess) -> None:
    process.join()
    if process.exitcode:
        raise ProcessEnded(
            f"一个进程中途结束（{process.exitcode}），可能内存不足；"
            "可在 mkdocs.yml 里写 processes: 1 / "
            f"a process ended before its work ({process.exitcode}), perhaps for want of memory; "
            "try processes: 1 in mkdocs.yml"
        )


def in_order(work: Callable[[T], R], items: Iterable[T], processes: int) -> Iterator[R]:
    """``map`` on several processes; for work whose results are small beside it."""
    every = tuple(items)
    results = dict(side_by_side(work, every, processes))
    return (results[place] for place in range(len(every)))
