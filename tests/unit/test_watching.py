"""A server hears of a change at once where the system tells of it, and looks itself elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from mkdocs_disclosure import watching
from mkdocs_disclosure.watching import Observers, reload, watch

SOON = 10.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveReloadServer]:
    """A server that looks at files so seldom that only the system can tell it of a change."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "data" / "below").mkdir(parents=True)
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path), polling_interval=3600)
    server.watch(str(tmp_path / "docs"))
    yield server
    server.observer.stop()


def heard(server: LiveReloadServer, within: float = SOON) -> bool:
    with server._rebuild_cond:
        found = server._rebuild_cond.wait_for(lambda: server._want_rebuild, within)
        server._want_rebuild = False
        return found


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere MkDocs looks itself")
def test_the_system_tells(
    server: LiveReloadServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_tells", lambda folder: True)
    file = tmp_path / "data" / "below" / "budget.yml"
    file.write_text("a: 1\n", "utf-8")
    watch(server, [str(tmp_path / "data")])
    server.observer.start()
    time.sleep(0.2)
    file.read_text("utf-8")
    assert not heard(server, 0.5), "somebody has only read it"
    file.write_text("a: 2\n", "utf-8")
    assert heard(server)
    file.rename(file.with_name("other.yml"))
    assert heard(server)
    file.with_name("other.yml").unlink()
    assert heard(server)
    (tmp_path / "data" / "new").mkdir()
    time.sleep(0.2)
    (tmp_path / "data" / "new" / "x.yml").write_text("", "utf-8")
    assert heard(server)


def test_mkdocs_looks_where_the_system_does_not_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_tells", lambda folder: False)
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path), polling_interval=0.1)
    (tmp_path / "data").mkdir()
    watch(server, [str(tmp_path / "data")])
    server.observer.start()
    try:
        time.sleep(0.3)
        (tmp_path / "data" / "site.yml").write_text("", "utf-8")
        assert heard(server)
        server.unwatch(str(tmp_path / "data"))
    finally:
        server.observer.stop()


@pytest.mark.parametrize(
    ("mounts", "limit", "tells"),
    [
        ("/dev/vda / ext4 rw 0 0\n", "8192", True),
        ("/dev/vda / ext4 rw 0 0\n", "8", False),
        ("/dev/vda / ext4 rw 0 0\nserver:/x {tmp} nfs4 rw 0 0\n", "8192", False),
        ("C: {tmp} 9p rw 0 0\n/dev/vda / ext4 rw 0 0\n", "8192", False),
        ("server:/x {tmp}x nfs4 rw 0 0\noverlay / overlay rw 0 0\n", "8192", True),
        ("", "8192", False),
        ("/dev/vda / ext4 rw 0 0\n", "many", False),
        (None, "8192", False),
    ],
)
def test_where_the_system_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str | None, limit: str, tells: bool
) -> None:
    data = tmp_path / "project" / "data"
    (data / "a" / "b").mkdir(parents=True)
    for name, text in (("mounts", mounts), ("limit", limit)):
        if text is not None:
            (tmp_path / name).write_text(text.format(tmp=tmp_path / "project"), "utf-8")
    monkeypatch.setattr(watching, "_MOUNTS", tmp_path / "mounts")
    monkeypatch.setattr(watching, "_LIMIT", tmp_path / "limit")
    monkeypatch.setattr(sys, "platform", "linux")
    assert watching._tells(str(data)) is tells
    monkeypatch.setattr(sys, "platform", "win32")
    assert not watching._tells(str(data))


def test_browsers_are_told_unless_a_build_is_about_to(server: LiveReloadServer) -> None:
    before = server._visible_epoch
    told = threading.Event()

    def browser() -> None:
        with server._epoch_cond:
            if server._epoch_cond.wait_for(lambda: server._visible_epoch > before, SOON):
                told.set()

    waiting = threading.Thread(target=browser)
    waiting.start()
    time.sleep(0.01)
    reload(server)
    waiting.join(SOON)
    assert told.is_set() and server._visible_epoch == server._wanted_epoch
    seen = server._visible_epoch
    time.sleep(0.01)
    server._want_rebuild = True
    reload(server)
    assert server._visible_epoch == seen
    server._want_rebuild, server._wanted_epoch = False, seen + 1
    reload(server)
    assert server._visible_epoch == seen


def test_another_server_is_left_alone() -> None:
    reload(object())  # type: ignore[arg-type]


def test_a_watch_is_ended_where_it_was_begun() -> None:
    class Polling:
        def __init__(self) -> None:
            self.ended: list[object] = []

        def schedule(self, handler: object, path: str, recursive: bool) -> object:
            return (path, recursive)

        def unschedule(self, watch: object) -> None:
            self.ended.append(watch)

    polling = Polling()
    observers = Observers(polling)
    watch = observers.schedule(object(), "x", recursive=True)  # type: ignore[arg-type]
    observers.unschedule(watch)
    assert polling.ended == [("x", True)]
