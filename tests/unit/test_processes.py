"""Work in several processes is the work of one, and says how it ends."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import pytest

from disclosure.publish.processes import ProcessEnded, in_order, side_by_side

COUNT = threading.active_count
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is one process"),
    # Of Python 3.12 and later, since the next fixture hides the threads of who runs the tests.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The threads that tests are run by have nothing to do with the work."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_each_item_once_in_other_processes() -> None:
    items = [f"item {number}" for number in range(50)]
    found = dict(side_by_side(lambda item: (item, os.getpid()), items, 2))
    assert [found[place][0] for place in range(50)] == items
    others = {pid for _, pid in found.values()}
    assert os.getpid() not in others
    assert len(others) == 17, "several one after the other"


@pytest.mark.parametrize(("items", "processes"), [(0, 2), (1, 2), (2, 2), (3, 2), (7, 5), (9, 1)])
def test_any_number(items: int, processes: int) -> None:
    squares = [number * number for number in range(items)]
    assert list(in_order(lambda number: number * number, range(items), processes)) == squares


def test_large_results_arrive() -> None:
    found = in_order(lambda size: b"x" * size, [3_000_000, 0, 5_000_000], 2)
    assert list(map(len, found)) == [3_000_000, 0, 5_000_000]


def test_results_come_as_they_are_finished() -> None:
    places = [place for place, _ in side_by_side(time.sleep, [0.5, 0.0], 2)]
    assert places == [1, 0]


def test_an_error_is_that_of_the_work() -> None:
    def work(number: int) -> int:
        if number == 3:
            raise ValueError("three")
        return number

    with pytest.raises(ValueError, match="three"):
        list(in_order(work, range(100), 2))


def test_a_process_that_is_killed_is_noticed() -> None:
    own = os.getpid()

    def work(number: int) -> int:
        assert os.getpid() != own
        if number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(ProcessEnded, match="-9"):
        list(in_order(work, range(4), 2))


def test_who_asks_no_further_leaves_no_process() -> None:
    found = side_by_side(lambda number: (number, os.getpid()), range(1000), 2)
    _, (_, pid) = next(found)
    found.close()
    time.sleep(0.05)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_process_with_threads_works_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", COUNT)
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert set(in_order(lambda _: os.getpid(), range(4), 2)) == {os.getpid()}
    finally:
        stop.set()
        thread.join()
