"""Applies the edits that the documentation shows as diffs to a copy of the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def apply(file: Path, diff: str) -> None:
    """Change ``file`` as ``diff`` says.

    A diff here is lines that begin with a space, ``-`` or ``+``; ``@@`` divides it. The lines
    that stay and go must stand in the file exactly once: the reader finds the place by them.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    for hunk in _hunks(diff):
        before = [line[1:] for line in hunk if not line.startswith("+")]
        after = [line[1:] for line in hunk if not line.startswith("-")]
        places = [
            start
            for start in range(len(lines) - len(before) + 1)
            if lines[start : start + len(before)] == before
        ]
        if len(places) != 1:
            found = "\n".join(before)
            raise AssertionError(f"{file.name}: found {len(places)} times:\n{found}")
        lines[places[0] : places[0] + len(before)] = after
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _hunks(diff: str) -> Iterator[list[str]]:
    hunk: list[str] = []
    for line in diff.splitlines():
        if line.startswith("@@"):
            if hunk:
                yield hunk
            hunk = []
        else:
            hunk.append(line or " ")
    if hunk:
        yield hunk
