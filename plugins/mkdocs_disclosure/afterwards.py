"""Work that goes on while a server already shows the page that was edited."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from disclosure.publish.progress import Told

T = TypeVar("T")
R = TypeVar("R")

log = logging.getLogger("mkdocs.plugins.disclosure")


class _Stopped(Exception):
    """The work is no longer wanted: something was edited again."""


class Afterwards(Told):
    """One piece of work at a time, in a thread of its own, that can be stopped between pages."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, work: Callable[[], None], end: Callable[[], None]) -> None:
        """Begin ``work``; ``end`` follows it in any case. What it raises is logged."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(work, end), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the work, and wait until it has ended."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        self._thread = None

    def __call__(self, stage: str, done: int = 0, every: int = 0) -> None:
        """End here if the work is to end."""
        if self._stop.is_set():
            raise _Stopped

    def checked(self, work: Callable[[T], R]) -> Callable[[T], R]:
        """``work``, unless all of it is to end."""

        def either(item: T) -> R:
            self("")
            return work(item)

        return either

    def _run(self, work: Callable[[], None], end: Callable[[], None]) -> None:
        try:
            work()
        except _Stopped:
            log.debug("what follows an edit is made again with the next one")
        except Exception:
            log.exception("其余页面没有更新 / the other pages could not be made")
        finally:
            end()
