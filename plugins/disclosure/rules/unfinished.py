"""What is not ready yet (C720, C721): values still 待填, and lines still marked ``# 待核``.

`disclosure new-year` writes both; a person may too. They are errors, so that nothing of them is
ever published, but the pages can be drawn while somebody fills in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from disclosure.book import Book, Disclosure, Place
from disclosure.model.fields import TO_FILL
from disclosure.problems import Span
from disclosure.rules.finding import Finding, finding
from disclosure.source import Path, Source, Value

TO_CHECK = "待核"
"""A comment that begins with it says that somebody has yet to look at its line."""

_MARK = re.compile(rf"(?:^|(?<= ))#[ #]*{TO_CHECK}(?P<note>[^#]*)")


@dataclass(frozen=True, slots=True)
class Open:
    """A line that is not ready: where, the keys still to fill in, or what is to be checked."""

    path: Path
    span: Span
    said: str
    to_fill: int
    """How many values of the line are to be filled in; 0 for a line to be checked."""


def unfinished(disclosure: Disclosure, book: Book) -> Iterator[Finding]:
    """C720, C721: one finding for each line of the disclosure that is not ready."""
    for file, source in disclosure.files.items():
        for each in open_lines(source):
            place = Place(file, each.path, each.span)
            yield finding("C720" if each.to_fill else "C721", place, said=each.said)


def open_lines(source: Source) -> Iterator[Open]:
    """The lines of one file that are not ready. Takes time linear in the size of the file."""
    if TO_FILL in source.text:
        yield from _to_fill(source)
    if TO_CHECK in source.text:
        yield from _to_check(source)


def _to_fill(source: Source) -> Iterator[Open]:
    lines: dict[int, list[tuple[Path, Span]]] = {}
    for path, value in _scalars(source.value, ()):
        if value == TO_FILL:
            span = source.positions.value(path)
            lines.setdefault(span.line, []).append((path, span))
    for found in lines.values():
        path, span = found[0]
        yield Open(path, span, "、".join(_named(path) for path, _ in found), len(found))


def _named(path: Path) -> str:
    """The key that a person sees on the line."""
    return next((key for key in reversed(path) if isinstance(key, str)), "")


def _to_check(source: Source) -> Iterator[Open]:
    marked = [
        (number, match)
        for number, line in enumerate(source.text.split("\n"), 1)
        if TO_CHECK in line
        for match in _MARK.finditer(line)
    ]
    if not marked:
        return
    starts, within = _extents(source)
    for number, match in marked:
        column = match.start() + 1
        if any(first <= (number, column) < last for first, last in within.get(number, ())):
            continue  # part of a text
        path = starts.get(number, starts.get(number + 1, ()))
        end = match.end() + 1
        yield Open(path, Span(source.file, number, column, number, end), match["note"].strip(), 0)


_Within = dict[int, list[tuple[tuple[int, int], tuple[int, int]]]]


def _extents(source: Source) -> tuple[dict[int, Path], _Within]:
    """What begins on each line first, and the stretches of texts by the lines they touch."""
    starts: dict[int, Path] = {}
    within: _Within = {}
    lines = source.text.split("\n")
    for path, value in _values(source.value, ()):
        key = source.positions.key(path)
        starts.setdefault(key.line, path)
        if isinstance(value, str):
            span = source.positions.value(path)
            stretch = (span.line, span.column), (span.end_line, span.end_column)
            # The line of the sign of a block text (|) may have a comment.
            block = span.end_line > span.line and lines[span.line - 1][span.column - 1] in "|>"
            for line in range(span.line + block, span.end_line + 1):
                within.setdefault(line, []).append(stretch)
    return starts, within


def _values(value: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    if path:
        yield path, value
    items: Iterable[tuple[str | int, Value]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        yield from _values(item, (*path, key))


def _scalars(value: Value, path: Path) -> Iterator[tuple[Path, str]]:
    return ((at, each) for at, each in _values(value, path) if isinstance(each, str))
