"""Whether something changed: digests of everything that a build reads."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from disclosure.book import Book

# No file that is read lies deeper; a folder that links to its own parent ends here.
_DEPTH = 8
_PACKAGE = Path(__file__).parent.parent
_NO_PROGRAM = ("__pycache__",)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a site is built from.

    ``shared``: digest of all that stands behind every page: the program, the settings, the data
    outside departments. ``departments``: digest of the files of each department, by the name of
    its folder. ``moment``: the time that the build goes by; no page depends on it.
    ``files``: how many files of data there are.
    """

    shared: str
    departments: Mapping[str, str]
    moment: str = ""
    files: int = 0


def digest(*parts: str | bytes) -> str:
    """A digest of ``parts`` in their order; no part can end within another."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


Taken = Callable[[str], str]
"""Takes the digest of the file at a path."""


def inputs(
    data: Path,
    settings: Iterable[str],
    programs: Iterable[Path] = (),
    moment: str = "",
    taken: Taken | None = None,
) -> Inputs:
    """Read every file below ``data``, and take its digest.

    ``settings``: whatever else the site depends on. ``programs``: folders of code, templates and
    hand-written pages beside this package. Files that cannot be read count as empty: the reader
    of the data says so. ``taken``: None to read every file.
    """
    taken = taken or file_digest
    departments: dict[str, list[str]] = {}
    rest: list[str] = []
    files = 0
    for name, path in _files(str(data), "", 0):
        files += 1
        top, _, below = name.partition("/")
        department, _, inside = below.partition("/")
        group = departments.setdefault(department, []) if top == "departments" and inside else rest
        group += (name, taken(path))
    program = (
        digest(folder.name, name, taken(path))
        for folder in (_PACKAGE, *programs)
        for name, path in _files(str(folder), "", 0)
    )
    shared = digest(digest(*program), digest(*settings), *rest)
    return Inputs(
        shared, {slug: digest(*group) for slug, group in departments.items()}, moment, files
    )


def reading_keys(read: Inputs) -> dict[str, str]:
    """A key for each folder of a department: with the same key the same is read from it."""
    names = digest(*read.departments)
    return {slug: digest(read.shared, names, own) for slug, own in read.departments.items()}


def department_keys(book: Book, read: Inputs, shown: Iterable[str] = ()) -> dict[str, str]:
    """A key for each department that has disclosures: with the same key its pages are the same.

    The name of every department stands on pages of the others, as does what was before and after a
    department; everything else on its pages is its own or the site's. ``shown``: what every page
    says beside that.
    """
    names = digest(
        *(
            text
            for each in book.departments
            for text in (each.slug, each.disclosures[0].header.department.name)
            if each.disclosures
        ),
        str(sum(1 for _ in book.disclosures)),
        *shown,
    )
    related = {
        each.slug: sorted({*each.file.predecessors, *each.file.successors})
        for each in book.departments
    }
    return {
        each.slug: digest(
            read.shared,
            names,
            each.slug,
            *(read.departments.get(slug, "") for slug in (each.slug, *related[each.slug])),
        )
        for each in book.departments
        if each.disclosures
    }


def file_digest(path: str) -> str:
    """The digest of what is in a file."""
    try:
        with open(path, "rb") as stream:
            return digest(stream.read())
    except OSError:
        return digest(b"")


def _files(folder: str, below: str, depth: int) -> Iterator[tuple[str, str]]:
    """The name below ``folder`` and the path of every file, in the order of names."""
    if depth > _DEPTH or not os.path.isdir(folder):
        return
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            if entry.name not in _NO_PROGRAM:
                yield from _files(entry.path, f"{below}{entry.name}/", depth + 1)
        else:
            yield f"{below}{entry.name}", entry.path
