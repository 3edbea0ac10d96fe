"""The plain shape of YAML that nearly every data file has, read line by line and without places.

A parser for all of YAML is ten times slower than the rest of reading a file, and almost all files
use very little of it: a key and a text on one line, lists, and the rows of a table in braces. This
reads just that, and answers None at the first line that is anything else or could be a mistake;
:mod:`disclosure.source` then reads the file with the whole parser, which also finds every place and
every error. A text read here never has a problem, not even a hint, and its values are exactly those
of the whole parser: the tests compare the two on all files and on thousands of changed ones.
"""

from __future__ import annotations

import re
from sys import intern
from typing import Any

Plain = dict[str, "Plain"] | list["Plain"] | str | None

# A key without quotation marks, brackets or colons within, so that it can be nothing else in YAML.
_SIGNS = r"\s:：,\[\]{}#'\"\\"
_FIRST = rf"[^{_SIGNS}\-?&*!|>%@`~.<=]"
_KEY = rf"{_FIRST}[^{_SIGNS}]*(?: [^{_SIGNS}]+)*"
# Most values hold no sign that could end them, so that nothing more has to be asked.
_TEXT = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~](?:[^:：#]*[^:：# ])?"
_ENTRY = re.compile(rf"( *)(- )?(?:({_KEY}):(?: +|$))?(?:({_TEXT}) *|(.*))")
_LONGEST_KEY = 100
"""YAML allows 1,024 bytes; the whole parser answers for anything near that."""
_QUOTED = r"'[^']*'|\"[^\"\\]*\""
_IS_QUOTED = re.compile(_QUOTED)
_NEVER_FIRST = frozenset(" -?:,[]{}#&*!|>'\"%@`~")
_NULL_WORDS = frozenset({"null", "Null", "NULL"})
_LIKE_AN_ENTRY = re.compile("[a-z][a-z0-9_]* *[:：]")
_MINUS = re.compile(r"-[0-9]")
# In braces and brackets a text has no sign of YAML at all, nor the full-width comma.
_CELL_SIGNS = r"\s:,，\[\]{}#'\"\\"
_CELL = rf"(?:-(?=[0-9]))?(?!，){_FIRST}[^{_CELL_SIGNS}]*(?: [^{_CELL_SIGNS}]+)*"
_PAIR = rf"([a-z][a-z0-9_]*): ({_QUOTED}|{_CELL})?(?=[,}}])"
_EACH_PAIR = re.compile(rf"{_PAIR}(, )?")
_EACH_ITEM = re.compile(rf"({_CELL})(?=[,\]])(, )?")


class _NotPlain(Exception):
    """The whole parser is needed."""


def read_lines(text: str, maximum_depth: int) -> Plain:
    """The values of ``text``, or None where the whole parser has to read it.

    ``text`` ends its lines with a newline only and has no tab and none of the characters that may
    not stand in a file. Takes linear time.
    """
    try:
        return _read(text.split("\n"), maximum_depth)
    except _NotPlain:
        return None


def _read(lines: list[str], maximum_depth: int) -> Plain:
    levels = _Levels(maximum_depth)
    column, inner = -1, levels.root
    waiting: str | None = None  # the key in ``inner``, a mapping, that has no value so far
    for line in lines:
        if " #" in line:
            line = _without_comment(line)
        match = _ENTRY.fullmatch(line)
        if match is None:
            raise _NotPlain
        indent, dash, key, value, other = match.groups()
        if key is None and dash is None:
            if value or (other and other[0] != "#"):
                raise _NotPlain
            continue
        if dash or len(indent) != column or not isinstance(inner, dict):
            column = len(indent)
            inner = levels.enter(column, bool(dash), waiting)
            if dash and key is None:
                inner.append(_item(value or other))
                waiting = None
                continue
            if dash:
                entry: dict[str, Plain] = {}
                inner.append(entry)
                column, inner = levels.push(column + 2, entry)
        if key in inner or len(key) > _LONGEST_KEY:
            raise _NotPlain
        key = intern(key)
        if value and value not in _NULL_WORDS:
            inner[key] = value
            waiting = None
        elif value or other:
            inner[key] = _value(value or other)
            waiting = None
        else:
            inner[key] = None
            waiting = key
    root: Plain = levels.root
    return root


class _Levels:
    """The lists and mappings whose end has not come, each with its column."""

    def __init__(self, maximum_depth: int) -> None:
        self._maximum_depth = maximum_depth
        self._open: list[tuple[int, Any]] = []
        self.root: Any = None

    def enter(self, column: int, listed: bool, waiting: str | None) -> Any:
        """The list that a dash at ``column`` goes on or begins, or the mapping that a key does.

        ``waiting`` is the key in the innermost mapping that has no value so far.
        """
        opened = self._open
        if not opened:
            if column:
                raise _NotPlain
            self.root = [] if listed else {}
            return self.push(0, self.root)[1]
        innermost, inner = opened[-1]
        # The list of a key may stand at the column of the key.
        if waiting and (column > innermost or (listed and column == innermost)):
            inner[waiting] = self.push(column, [] if listed else {})[1]
            return inner[waiting]
        while opened[-1][0] > column:
            opened.pop()
        if not listed and isinstance(opened[-1][1], list) and len(opened) > 1:
            opened.pop()
        found, inner = opened[-1]
        if found != column or isinstance(inner, list) is not listed:
            raise _NotPlain
        return inner

    def push(self, column: int, container: Any) -> tuple[int, Any]:
        self._open.append((column, container))
        if len(self._open) >= self._maximum_depth:
            raise _NotPlain
        return column, container


def _without_comment(line: str) -> str:
    before, _, comment = line.partition(" #")
    # ``#`` within a text in quotation marks, or ``#`` and no space, of which people are told.
    if "'" in before or '"' in before or comment[:1] not in ("", " ", "#"):
        raise _NotPlain
    return before


def _item(written: str) -> Plain:
    # A text such as ``name：a`` may be meant as an entry of a mapping.
    if written[:1] == "-" or _LIKE_AN_ENTRY.match(written):
        raise _NotPlain
    return _value(written)


def _value(written: str) -> Plain:
    """What stands after a colon or dash and is not empty."""
    text = written.rstrip(" ")
    first = text[:1]
    if first == "{":
        return _pairs(text)
    if first == "[":
        return _items(text)
    if _IS_QUOTED.fullmatch(text):
        return text[1:-1]
    no_text = not text or text in _NULL_WORDS or ": " in text or text[-1] == ":"
    if no_text or (first in _NEVER_FIRST and not _MINUS.match(text)):
        raise _NotPlain
    return text


def _pairs(text: str) -> Plain:
    """The row of a table: ``{item: 合计, total: 812.40, basic: }``."""
    pairs: dict[str, Plain] = {}
    end, more = 1, ""
    while match := _EACH_PAIR.match(text, end):
        key, written, more = match.groups()
        if key in pairs or written in _NULL_WORDS:
            raise _NotPlain
        pairs[key] = written[1:-1] if written and written[0] in "'\"" else written
        end = match.end()
    if text[end:] != "}" or more:
        raise _NotPlain
    return pairs


def _items(text: str) -> Plain:
    """A short list: ``[a, b]``."""
    items: list[Plain] = []
    end, more = 1, ""
    while match := _EACH_ITEM.match(text, end):
        written, more = match.groups()
        if written in _NULL_WORDS or "：" in written:
            raise _NotPlain
        items.append(written)
        end = match.end()
    if text[end:] != "]" or more or not items:
        raise _NotPlain
    return items
