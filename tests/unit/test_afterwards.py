"""Work behind a server's back: it can be stopped, and says when it fails."""

from __future__ import annotations

import logging
import threading

import pytest

from mkdocs_disclosure.afterwards import Afterwards


def test_it_ends_between_two_pages_when_it_is_stopped() -> None:
    afterwards, begun, made, ended = Afterwards(), threading.Event(), [], threading.Event()
    go_on = threading.Event()

    def page(number: int) -> None:
        made.append(number)
        begun.set()
        assert go_on.wait(10)

    draw = afterwards.checked(page)

    def work() -> None:
        for number in range(100):
            draw(number)

    afterwards.start(work, ended.set)
    assert begun.wait(10)
    stopping = threading.Thread(target=afterwards.stop)
    stopping.start()
    while not afterwards._stop.is_set():
        pass
    go_on.set()
    stopping.join(10)
    assert made == [0] and ended.is_set()


def test_a_stage_is_a_place_to_stop_too() -> None:
    afterwards = Afterwards()
    afterwards("site")
    afterwards.stop()
    with pytest.raises(Exception):  # noqa: B017 - of its own, that nobody else catches
        afterwards("search")
    done = threading.Event()
    afterwards.start(lambda: afterwards("site"), done.set)
    assert done.wait(10), "what was stopped once can begin again"


def test_what_goes_wrong_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    afterwards, ended = Afterwards(), threading.Event()

    def work() -> None:
        raise OSError("disk full")

    with caplog.at_level(logging.ERROR, "mkdocs.plugins.disclosure"):
        afterwards.start(work, ended.set)
        assert ended.wait(10)
        afterwards.stop()
    assert "the other pages could not be made" in caplog.text and "disk full" in caplog.text
