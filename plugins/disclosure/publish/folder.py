"""The folder of the site: files are made beside it, and put in their places once all are there."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site as it lies on the disk: SHA-256, bytes, time of change in nanoseconds."""

    sha256: str
    size: int
    changed: int


@dataclass
class Staged:
    """Files of a build under way. ``known``: SHA-256 of those that the site has already.

    What is known is not written again.
    """

    folder: Path
    known: Mapping[str, str] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)

    def write(self, address: str, data: bytes) -> str:
        """Write the file at ``address``, ``/`` between its parts; returns its SHA-256."""
        sha256 = hashlib.sha256(data).hexdigest()
        if self.known.get(address) != sha256:
            path = f"{self.folder}/{address}"
            parent = path.rpartition("/")[0]
            if parent not in self._folders:
                os.makedirs(parent, exist_ok=True)
                self._folders.add(parent)
            with open(path, "wb") as stream:
                stream.write(data)
        return sha256


def listed(folder: Path) -> dict[str, os.stat_result]:
    """Every file below ``folder`` by its address."""
    return {address: entry.stat() for address, entry in _entries(str(folder), "")}


def _entries(folder: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry


def intact(folder: Path, outputs: Mapping[str, Output]) -> bool:
    """Whether ``folder`` holds exactly ``outputs``, untouched since."""
    if not folder.is_dir():
        return False
    found = listed(folder)
    return found.keys() == outputs.keys() and all(
        (found[address].st_size, found[address].st_mtime_ns) == (output.size, output.changed)
        for address, output in outputs.items()
    )


def staged_digests(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 of the files below ``folder`` that are not ``known``."""
    return {
        address: sha256_of(folder / address)
        for address, _ in _entries(str(folder), "")
        if address not in known
    }


def put(staged: Path, final: Path, digests: Mapping[str, str], last: Mapping[str, Output]) -> None:
    """Bring ``final`` to what ``digests`` says: from ``staged``, and from what is there already.

    ``last``: what ``final`` holds; empty where that is not known, and the folders are exchanged
    then. Each file changes at once.
    """
    if not last:
        exchange(final, staged)
        return
    move(staged, final, digests, last)
    remove(final, last.keys() - digests.keys())
    shutil.rmtree(staged, ignore_errors=True)


def remove(final: Path, addresses: Iterable[str]) -> None:
    """Remove files from ``final``, and the folders that are empty then."""
    emptied: set[Path] = set()
    for address in addresses:
        path = final / address
        path.unlink(missing_ok=True)
        emptied.add(path.parent)
    for folder in emptied:
        _remove_empty(folder, final)


def move(
    staged: Path, final: Path, digests: Mapping[str, str], last: Mapping[str, Output]
) -> dict[str, Output]:
    """Move the files of ``staged`` that are others than those of ``last`` to ``final``.

    Returns what was moved. Each file changes at once.
    """
    moved: dict[str, Output] = {}
    made: set[Path] = set()
    for address, entry in [*_entries(str(staged), "")]:
        before = last.get(address)
        if before is None or before.sha256 != digests[address]:
            target = final / address
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            stat = entry.stat()
            os.replace(entry.path, target)
            moved[address] = Output(digests[address], stat.st_size, stat.st_mtime_ns)
    return moved


def exchange(final: Path, staged: Path) -> None:
    """Exchange two folders by renaming; the old one goes last, so one is always whole."""
    old = final.with_name(f"{staged.name}.old")
    if final.exists():
        final.rename(old)
    staged.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def outputs_of(final: Path, digests: Mapping[str, str]) -> dict[str, Output]:
    """The files of a finished site, whose SHA-256 are known."""
    return {
        address: Output(digests[address], stat.st_size, stat.st_mtime_ns)
        for address, stat in listed(final).items()
    }


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
