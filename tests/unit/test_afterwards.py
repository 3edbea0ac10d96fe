"""Work behind a server's back: it can be stopped, and says when it fails."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from mkdocs_disclosure.afterwards import Afterwards


def test_it_ends_when_it_is_stopped_wherever_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    afterwards, begun, ended, left = Afterwards(), threading.Event(), threading.Event(), []

    def work() -> None:
        try:
            begun.set()
            while True:
                pass
        finally:
            left.append("in order")

    afterwards.start(work, ended.set)
    assert begun.wait(10)
    start = time.monotonic()
    afterwards.stop()
    assert time.monotonic() - start < 5
    assert ended.is_set() and left == ["in order"]
    assert capsys.readouterr().err == "", "nothing went wrong"


def test_what_was_stopped_can_begin_again() -> None:
    afterwards, ended = Afterwards(), threading.Event()
    afterwards.stop()
    afterwards.start(lambda: None, ended.set)
    assert ended.wait(10)
    afterwards.stop()
    afterwards.stop()


def test_what_goes_wrong_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    afterwards, ended = Afterwards(), threading.Event()

    def work() -> None:
        raise OSError("disk full")

    with caplog.at_level(logging.ERROR, "mkdocs.plugins.disclosure"):
        afterwards.start(work, ended.set)
        assert ended.wait(10)
        afterwards.stop()
    assert "the other pages could not be made" in caplog.text and "disk full" in caplog.text
