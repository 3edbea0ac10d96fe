"""Changes a YAML file as text, at the places that reading it gave: all else stays as it is.

Comments, order, quotation marks and line ends survive, because nothing is written again that is not
changed. Every result is read once more and compared with what was meant, so that an unforeseen
way of writing can lead to an error, never to a file that says something else.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from disclosure.problems import Span
from disclosure.source import Path, Source, Value, parse_yaml


class NotEdited(Exception):
    """A file could not be changed as asked; ``file`` and ``line`` say where."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__(f"{file}:{line}")
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True)
class Edits:
    """What to change in one file; paths are those of the file as it was read.

    ``values``: texts in place of others, written plainly or in single quotation marks. ``keys``:
    other names for keys. ``removed``: entries of mappings and items of lists, with what is below
    them. ``marks``: comments at the ends of lines. ``added``: lines of entries to be put after the
    line of another entry, with its indentation.
    """

    values: Mapping[Path, str] = field(default_factory=dict)
    keys: Mapping[Path, str] = field(default_factory=dict)
    removed: frozenset[Path] = frozenset()
    marks: Mapping[Path, str] = field(default_factory=dict)
    added: Mapping[Path, Mapping[str, str]] = field(default_factory=dict)


_Change = tuple[int, int, str]
"""Start and end in the text, and what to put there."""

# A text that reads the same without quotation marks, also between brackets.
_PLAIN = re.compile(
    r"(?!(?:null|Null|NULL|~)$)[^\s\-?:,\[\]{}#&*!|>'\"%@`=<+]"
    r"(?:[^,\[\]{}#:\n\t]|:(?=[^\s,\[\]{}]))*(?<!\s)|-\d[\d.]*"
)


def scalar(text: str) -> str:
    """``text`` as YAML writes it on one line, the empty text as nothing at all.

    Raises ValueError for a text of more than one line.
    """
    if "\n" in text:
        raise ValueError(text)
    plain = not text or _PLAIN.fullmatch(text) is not None
    return text if plain else "'" + text.replace("'", "''") + "'"


def edited(source: Source, edits: Edits) -> str:
    """The text of ``source`` with the changes. Takes time linear in the size of the file.

    Raises NotEdited where the file is written in a way that leaves no safe place for a change.
    """
    text = _Text(source)
    gone = tuple(text.extent(path) for path in edits.removed)
    changes = [(start, end, "") for start, end in gone]
    written = {path for path in edits.values if not _below(path, edits.removed)}
    changes += (text.value(path, scalar(edits.values[path])) for path in written)
    keys = {path for path in edits.keys if not _below(path, edits.removed)}
    changes += (text.key(path, scalar(edits.keys[path])) for path in keys)
    ends: dict[int, str] = {}
    for path, mark in edits.marks.items():
        if not _below(path, edits.removed):
            ends.setdefault(text.line_end(path), mark)
    changes += ((at, at, f"  # {mark}") for at, mark in ends.items())
    for path, lines in edits.added.items():
        changes.append(text.added(path, lines))
    result = _applied(source.text, sorted(changes, key=lambda each: each[:2]), source)
    _compare(source, result, edits)
    return result


def _below(path: Path, removed: frozenset[Path]) -> bool:
    return any(path[:length] in removed for length in range(1, len(path) + 1))


def _applied(text: str, changes: Sequence[_Change], source: Source) -> str:
    parts: list[str] = []
    at = 0
    for start, end, put in changes:
        if start < at:
            raise NotEdited(source.file, text.count("\n", 0, start) + 1)
        parts += (text[at:start], put)
        at = end
    return "".join((*parts, text[at:]))


class _Text:
    """The text of a file, and where in it things stand."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = source.text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column - 1

    def stretch(self, span: Span) -> tuple[int, int]:
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def value(self, path: Path, put: str) -> _Change:
        start, end = self.stretch(self.source.positions.value(path))
        if start != end:
            return start, end, put
        # An empty value is the place behind its colon; in brackets a space may follow.
        after = self.source.text[end : end + 2]
        return start, end + (after in (" ,", " }")), f" {put}"

    def key(self, path: Path, put: str) -> _Change:
        return (*self.stretch(self.source.positions.key(path)), put)

    def line_end(self, path: Path) -> int:
        """The end of the line of a key; for a text over several lines, of its last one.

        A block text (``|``) has room for a comment on the line of its sign only.
        """
        span = self.source.positions.value(path)
        line = self.source.positions.key(path).line
        value = _at(self.source.value, path)
        if isinstance(value, str) and span.end_line > span.line:
            sign = self.lines[span.line - 1][span.column - 1]
            line = span.line if sign in "|>" else span.end_line
        elif isinstance(value, str):
            line = span.line
        return self.starts[line] - 1

    def extent(self, path: Path) -> tuple[int, int]:
        """An entry with its whole lines; in brackets with the comma after it."""
        positions = self.source.positions
        first, last = positions.key(path), positions.value(path)
        before = self.lines[first.line - 1][: first.column - 1]
        if before.strip(" -") == "":
            start, end = self.starts[first.line - 1], self.starts[last.end_line]
            return start, min(end, len(self.source.text))
        start, end = self.offset(first.line, first.column), self.stretch(last)[1]
        rest = re.match(r" *, *", self.source.text[end:])
        if rest:
            return start, end + rest.end()
        comma = re.search(r", *$", self.source.text[:start][-20:])
        return start - (len(comma[0]) if comma else 0), end

    def added(self, path: Path, lines: Mapping[str, str]) -> _Change:
        positions = self.source.positions
        column = positions.key(path).column
        at = min(self.starts[positions.value(path).end_line], len(self.source.text))
        new = "".join(f"{' ' * (column - 1)}{scalar(k)}: {scalar(v)}\n" for k, v in lines.items())
        missing = "" if self.source.text[:at].endswith("\n") else "\n"
        return at, at, missing + new


def _at(value: Value, path: Path) -> Value:
    for key in path:
        assert isinstance(value, dict | list)
        value = value[key]  # type: ignore[index]
    return value


# --- what was meant -------------------------------------------------------------------------------


def _compare(source: Source, result: str, edits: Edits) -> None:
    read, problems = parse_yaml(result, source.file)
    meant = _meant(copy.deepcopy(source.value), edits)
    if read is None or _ordered(read.value) != _ordered(meant):
        first = min((found.span.line for found in problems), default=1)
        raise NotEdited(source.file, first)


def _ordered(value: Value) -> object:
    """The value so that another order of keys is a difference; nothing left is nothing at all."""
    if isinstance(value, dict):
        return [(key, _ordered(item)) for key, item in value.items()] or None
    return [_ordered(item) for item in value] or None if isinstance(value, list) else value


def _meant(value: Value, edits: Edits) -> Value:
    for path, text in edits.values.items():
        if not _below(path, edits.removed):
            _at(value, path[:-1])[path[-1]] = text or None  # type: ignore[index]
    for path, lines in edits.added.items():
        _replace(value, path[:-1], _with_added(_at(value, path[:-1]), path[-1], lines))
    for path in sorted(edits.removed, key=_deepest_and_last_first):
        if not _below(path[:-1], edits.removed):
            del _at(value, path[:-1])[path[-1]]  # type: ignore[arg-type,union-attr]
    for path, key in edits.keys.items():
        above = _at(value, path[:-1])
        assert isinstance(above, dict)
        items = [(key if each == path[-1] else each, item) for each, item in above.items()]
        above.clear()
        above.update(items)
    return value


def _deepest_and_last_first(path: Path) -> tuple[int, tuple[int, ...]]:
    return -len(path), tuple(-key if isinstance(key, int) else 0 for key in path)


def _with_added(value: Value, after: str | int, lines: Mapping[str, str]) -> Value:
    assert isinstance(value, dict)
    items: dict[str, Value] = {}
    for key, item in value.items():
        items[key] = item
        if key == after:
            items |= {new: text or None for new, text in lines.items()}
    return items


def _replace(value: Value, path: Path, by: Value) -> None:
    target = _at(value, path)
    assert isinstance(target, dict) and isinstance(by, dict)
    target.clear()
    target.update(by)
