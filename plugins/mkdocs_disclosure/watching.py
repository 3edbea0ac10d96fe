"""How a server of MkDocs hears of changed files, and how it tells browsers to load a page again."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

# That a file is read is an event too, and a build reads them all.
_CHANGES: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent),
]
# Where Linux tells of what other programs do. Another computer's disk tells nothing.
_LOCAL = frozenset({"btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "xfs", "zfs"})
_LIMIT = Path("/proc/sys/fs/inotify/max_user_watches")
_MOUNTS = Path("/proc/self/mounts")


class Observers:
    """Takes the place of the observer of a server, ``polling``, which looks at every file.

    With ten thousand files a look takes longer than the half second between two of them. What is
    scheduled while ``listening`` is left to the system, which tells of a change at once.
    """

    def __init__(self, polling: Any) -> None:
        self.listening = False
        self._polling = polling
        self._native = Observer()
        self._whose: dict[int, Any] = {}

    def schedule(self, handler: FileSystemEventHandler, path: str, recursive: bool = False) -> Any:
        """Watch a path."""
        if self.listening:
            native = self._native
            watch = native.schedule(handler, path, recursive=recursive, event_filter=_CHANGES)
            self._whose[id(watch)] = native
        else:
            watch = self._polling.schedule(handler, path, recursive=recursive)
        return watch

    def unschedule(self, watch: Any) -> None:
        """Watch a path no longer."""
        self._whose.pop(id(watch), self._polling).unschedule(watch)

    def start(self) -> None:
        """Begin to watch."""
        self._native.start()
        self._polling.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._native.stop()
        self._polling.stop()

    def join(self) -> None:
        """Wait until nothing is watched."""
        self._native.join()
        self._polling.join()


def watch(server: LiveReloadServer, folders: list[str]) -> None:
    """Let ``server`` build when something below ``folders`` changes.

    What MkDocs has among its own (``watch`` in ``mkdocs.yml``) is looked at by it in any case.
    """
    observers = Observers(server.observer)
    server.observer = observers  # type: ignore[assignment]
    for folder in folders:
        observers.listening = _tells(folder)
        server.watch(folder)
    observers.listening = False


def _tells(folder: str) -> bool:
    """Whether this system tells of every change below ``folder``."""
    if sys.platform != "linux":
        return False
    try:
        # Beyond the limit changes are not told, and nobody is told that.
        most = int(_LIMIT.read_text("utf-8")) // 4
        mounts = [line.split()[1:3] for line in _MOUNTS.read_text("utf-8").splitlines()]
    except (OSError, ValueError):
        return False
    path = os.path.realpath(folder)
    above = [(len(at), kind) for at, kind in mounts if path.startswith(at.rstrip("/") + "/")]
    return max(above, default=(0, ""))[1] in _LOCAL and sum(1 for _ in os.walk(path)) < most


def reload(server: LiveReloadServer) -> None:
    """Let browsers load the page again, unless a build is about to do that.

    MkDocs has no call for it; where its server is another one nothing happens.
    """
    try:
        with server._rebuild_cond, server._epoch_cond:
            if not server._want_rebuild and server._visible_epoch == server._wanted_epoch:
                server._visible_epoch = server._wanted_epoch = round(time.monotonic() * 1000)
                server._epoch_cond.notify_all()
    except AttributeError:
        return
