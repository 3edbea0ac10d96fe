"""Work that goes on while a server already shows the page that was edited."""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable

log = logging.getLogger("mkdocs.plugins.disclosure")


class _Stopped(SystemExit):
    """The work is no longer wanted: something was edited again. Ends a thread without a word."""


class Afterwards:
    """One piece of work at a time, in a thread of its own, that can be stopped wherever it is."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def start(self, work: Callable[[], None], end: Callable[[], object]) -> None:
        """Begin ``work``; ``end`` follows it in any case. What it raises is logged."""
        self._thread = threading.Thread(target=self._run, args=(work, end), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the work, and wait until it has ended.

        It can be stopped between any two steps. So it must leave what it changes in a state that
        is right at every step.
        """
        thread, self._thread = self._thread, None
        if thread is None:
            return
        # Seconds may pass between two places that could ask whether to go on, and whoever edits
        # waits for them. Python has one way to end a thread, and it is not in its own library.
        if thread.ident is not None and thread.is_alive():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(thread.ident), ctypes.py_object(_Stopped)
            )
        thread.join()

    def _run(self, work: Callable[[], None], end: Callable[[], object]) -> None:
        try:
            work()
        except _Stopped:
            log.debug("what follows an edit is made with the next one")
        except Exception:
            log.exception("其余页面没有更新 / the other pages could not be made")
        finally:
            end()
