"""What a running server remembers of the data, so that an edit costs what was edited.

Nothing is remembered by its name alone: every result has a key, the digest of all that it was made
from, and is made again for another.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from disclosure import book as reading
from disclosure.book import Book, Disclosure, Known, ReadDepartment, ReadOutside, read_book
from disclosure.problems import Problem
from disclosure.publish.keys import Inputs, department_keys, digest, file_digest, reading_keys
from disclosure.rules import examine as rules
from disclosure.rules.cross_year import bases
from disclosure.rules.examine import Examination, examine

R = TypeVar("R")

# A file that was changed so shortly before it was read may change again within the same tick of
# the clock that its time is told by. In nanoseconds; the slowest clock, of FAT, ticks every 2 s.
_RECENT = 3_000_000_000


@dataclass
class Remembered(Generic[R]):
    """The last result of each name, by the key that it was made with."""

    _results: dict[str, tuple[str, R]] = field(default_factory=dict)

    def those(
        self,
        keys: Mapping[str, str],
        names: Sequence[str],
        work: Callable[[Sequence[str]], Iterable[R]],
    ) -> list[R]:
        """The results of ``names``; ``work`` makes those whose key is new, in their order.

        What has no key is made every time. Other names are forgotten.
        """
        fresh = [name for name in names if not self._has(name, keys)]
        for name, result in zip(fresh, work(fresh), strict=True):
            self._results[name] = (keys.get(name, ""), result)
        self._results = {name: self._results[name] for name in names}
        return [result for _, result in self._results.values()]

    def all(self) -> dict[str, R]:
        """Every result, by name."""
        return {name: result for name, (_, result) in self._results.items()}

    def _has(self, name: str, keys: Mapping[str, str]) -> bool:
        return name in keys and self._results.get(name, ("",))[0] == keys[name]


@dataclass
class FileDigests:
    """Digests of files by their paths; a file is read again where it may have changed.

    ``changed``: the files that were other ones than the last time, since :meth:`start`.
    """

    changed: list[str] = field(default_factory=list)
    _known: dict[str, tuple[tuple[int, ...], str]] = field(default_factory=dict)
    _seen: dict[str, tuple[tuple[int, ...], str]] = field(default_factory=dict)

    def start(self) -> None:
        """All files are looked at once more; those that are not are forgotten."""
        self._known, self._seen, self.changed = self._seen, {}, []

    def all(self) -> Iterator[tuple[str, str]]:
        """Path and digest of every file that was asked for since :meth:`start`."""
        return ((path, found) for path, (_, found) in self._seen.items())

    def __call__(self, path: str) -> str:
        """The digest of a file."""
        state = _state(path)
        before = self._known.get(path)
        if before and state and before[0] == state:
            found = before[1]
        else:
            found = file_digest(path)
            if before is None or before[1] != found:
                self.changed.append(path)
        self._seen[path] = (state, found)
        return found


def _state(path: str) -> tuple[int, ...]:
    """What changes with a file; empty where that cannot be told."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _RECENT:
        return ()
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


@dataclass
class Memory:
    """The data as they were read and examined the last time."""

    files: FileDigests = field(default_factory=FileDigests)
    _departments: Remembered[ReadDepartment] = field(default_factory=Remembered)
    _outside: Remembered[ReadOutside] = field(default_factory=Remembered)
    _examined: Remembered[Any] = field(default_factory=Remembered)
    _digests: Remembered[Mapping[str, str]] = field(default_factory=Remembered)
    _around: str = ""

    def changed(self, data: Path) -> tuple[str, ...]:
        """The files of data that have changed, by their names below the folder."""
        below = f"{data}{os.sep}"
        names = (each[len(below) :] for each in self.files.changed if each.startswith(below))
        return tuple(name.replace(os.sep, "/") for name in names)

    def read(
        self, now: Inputs, folder: Path, shown: str, mapper: reading.Mapper
    ) -> tuple[Book | None, tuple[Problem, ...]]:
        """As :func:`read_book`. ``now``: the digests of what is in ``folder``."""
        keys = reading_keys(now)
        around = digest(now.shared, *now.departments)
        changed = frozenset(self.files.changed)
        last = self._departments.all() if around == self._around else {}
        self._around = around

        def departments(
            work: Callable[..., ReadDepartment], folders: Iterable[Path]
        ) -> list[ReadDepartment]:
            def read(folder: Path) -> ReadDepartment:
                before = last.get(folder.name)
                return work(folder, Known(before, changed)) if before else work(folder)

            paths = {path.name: path for path in folders}
            return self._departments.those(
                keys, tuple(paths), lambda names: mapper(read, [paths[name] for name in names])
            )

        def outside(read: Callable[[], ReadOutside]) -> ReadOutside:
            (found,) = self._outside.those(
                {"": now.shared}, ("",), lambda names: [read() for _ in names]
            )
            return found

        return read_book(folder, shown, departments, outside)

    def examine(
        self, now: Inputs, data: Path, book: Book, mapper: rules.Mapper | None
    ) -> Examination:
        """As :func:`examine`. ``now``: the digests that ``book`` was read with from ``data``."""
        # Wherever the code of a project stands, it is no number of a person.
        codes = (project.code for each in book.disclosures for project in each.projects)
        everywhere = digest(now.shared, *codes)
        own = department_keys(book, now)
        folders = self._folders(now, data)

        def of_disclosure(each: Disclosure) -> str:
            """A key without what its rules do not look at: the other years of the department."""
            found = folders[each.department]
            read = digest(*(found.get(name, "") for name in ("", each.slug, *sorted(bases(each)))))
            files = {**now.departments, each.department: read}
            return department_keys(book, replace(now, departments=files))[each.department]

        def remember(
            work: Callable[[Sequence[str]], Iterable[Any]], names: Sequence[str]
        ) -> Sequence[Any]:
            keys = {
                f"disclosure {each.department}/{each.slug}": of_disclosure(each)
                for each in book.disclosures
            }
            for name in names:
                kind, _, of = name.partition(" ")
                if kind == "entries" or not of:
                    keys[name] = everywhere
                elif of in own:
                    keys[name] = digest(everywhere, own[of])
            return self._examined.those(keys, names, work)

        return examine(book, mapper, remember)

    def _folders(self, now: Inputs, data: Path) -> Mapping[str, Mapping[str, str]]:
        """By department: the digests of its folders, and of the files beside them under ``""``."""

        def of(department: str) -> Mapping[str, str]:
            start = os.path.join(data, "departments", department, "")
            files: dict[str, list[str]] = {}
            for path, found in self.files.all():
                if path.startswith(start):
                    folder, _, name = path[len(start) :].rpartition(os.sep)
                    top = folder.partition(os.sep)[0]
                    files.setdefault(top, []).extend((folder, name, found))
            return {folder: digest(*group) for folder, group in files.items()}

        names = tuple(now.departments)
        found = self._digests.those(now.departments, names, lambda fresh: map(of, fresh))
        return dict(zip(names, found, strict=True))
