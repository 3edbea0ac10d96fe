"""The slips of the hand that a person makes in YAML, told from the text of the lines.

A YAML parser says where it stopped, which is seldom where the mistake is, and never what to type.
These functions look at the lines as a person would. They know no YAML library: ``source`` calls
:func:`entry_slip` for values that YAML accepts but nobody meant, and :func:`slips_after_stop` once
the parser has given up.

Lines and columns count from 0 here, as in the parser; ``source`` makes them places for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

WIDE_SPACES = "\u3000\u00a0"
"""Full-width and no-break space: blank to the eye, letters to YAML."""

# A scan after an error must stay quick on any file; nobody wrote a file of this size by hand.
_MAXIMUM_SCANNED_LINES = 20_000
_MAXIMUM_SCANNED_COLUMNS = 10_000
_MAXIMUM_QUOTED_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake in one line: a code of the catalogue, columns from 0, the values to show."""

    code: str
    line: int
    column: int
    end_column: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a YAML parser gave up, and in its own words why. Lines and columns from 0."""

    context: str
    problem: str
    line: int
    column: int
    context_line: int
    context_column: int


def quoted(text: str) -> str:
    """Return ``text`` as a YAML value in single quotation marks."""
    doubled = text[:_MAXIMUM_QUOTED_CHARACTERS].replace("'", "''")
    return f"'{doubled}'"


_KEY = r"[^\s：:#\"'，。；、！？《》“”{}\[\]]{1,40}"
_SCHEMA_KEY = re.compile(r"[a-z][a-z0-9_]*")
_FULL_WIDTH_COLON = re.compile(rf"(?P<key>{_KEY}) *(?P<colon>：)\s*(?P<rest>.*)")
_TIGHT_COLON = re.compile(rf"(?P<key>{_KEY}):(?P<rest>[^ /\\].*)")


def entry_slip(text: str, line: int, column: int, *, listed: bool) -> Slip | None:
    """Tell whether a text that stands as a value was meant as ``key: value`` or ``- item``.

    A list item in Chinese such as ``综合科：车辆管理`` is prose: with ``listed`` only the keys in
    ASCII are taken for keys.
    """
    if not listed and len(text) > 1 and text[0] == "-" and text[1] not in " -":
        write = f"- {text[1:].lstrip()}"
        return Slip("Y128", line, column, column + 1, {"write": write})
    for pattern in (_FULL_WIDTH_COLON, _TIGHT_COLON):
        match = pattern.match(text)
        if match and (_SCHEMA_KEY.fullmatch(match["key"]) or not listed):
            break
    else:
        return None
    key, rest = match["key"], match["rest"]
    write = f"{key}: {rest.lstrip(WIDE_SPACES)}".rstrip()
    if pattern is _FULL_WIDTH_COLON:
        at = column + match.start("colon")
        return Slip("Y120", line, at, at + 1, {"write": write})
    at = column + match.start("rest")
    if rest[0] in WIDE_SPACES:
        return Slip("Y123", line, at, at + 1, {"write": write})
    if key.isdecimal():
        return None  # a time or a ratio
    return Slip("Y121", line, at, at + 1, {"write": write})


def looks_like_entry(line: str) -> bool:
    """Whether a line begins with a key and its colon, or with a list dash."""
    return bool(_ENTRY.match(line))


def is_block_header(text: str) -> bool:
    """Whether a value that begins with ``|`` or ``>`` begins a text on the lines below."""
    return bool(_BLOCK_HEADER.match(text))


def slips_after_stop(lines: Sequence[str], stop: Stop, known: frozenset[int]) -> list[Slip]:
    """Return what explains the parser's stop, and the certain slips in all other lines.

    ``known`` are the lines that already have a problem; they get no second one.
    """
    slips = [slip for slip in certain_slips(lines) if slip.line not in known]
    suspects = _suspects(lines, stop)
    if suspects.isdisjoint(known) and suspects.isdisjoint(slip.line for slip in slips):
        slips.append(_explanation(lines, stop))
    return slips


def _suspects(lines: Sequence[str], stop: Stop) -> set[int]:
    """The lines one of which made the parser stop."""
    if _names_escape(stop):
        return {stop.line}
    if stop.context.startswith("while scanning") or stop.context.endswith("a tag"):
        return {stop.context_line}
    return {stop.line, _previous_written(lines, stop.line)}


def _names_escape(stop: Stop) -> bool:
    return "escape" in stop.problem or "hexdecimal" in stop.problem


_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<body>.*)")
_SEPARATOR = re.compile(r":(?= |$)")
_COMMENT = re.compile(r"(?:^|(?<= ))#.*")
_DASHES = re.compile(r" *(?:- +){0,40}")
_QUOTED = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|' r"'[^']*+(?:''[^']*+)*+'")
_BLOCK_HEADER = re.compile(r"[|>](?:[1-9][-+]?|[-+][1-9]?)?(?: +#.*| *)$")
_ENTRY = re.compile(r" *(?:- |[^\s#\"'][^#]{0,80}?:(?: |$))")
_NEVER_PLAIN = ("%", "@", "`", ",", "]", "}", "- ", "? ", "|", ">")


def certain_slips(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield the slips that are certain from a line alone, at most one a line.

    Block texts (``|`` and ``>``) are passed over. It ends where quotation marks or brackets run on
    over several lines, since what follows is not read line by line.
    """
    block_above: int | None = None
    for index, line in enumerate(lines[:_MAXIMUM_SCANNED_LINES]):
        if len(line) > _MAXIMUM_SCANNED_COLUMNS or not line.strip(" "):
            continue
        indent = _indent(line)
        if block_above is not None:
            if indent > block_above:
                continue
            block_above = None
        if line[indent] == "#" or line in ("---", "..."):
            continue
        reading = _LineReading(lines, index)
        slip = reading.slip()
        if slip:
            yield slip
        if reading.runs_on:
            return
        if reading.opens_block:
            block_above = reading.entry_column


class _LineReading:
    """One line, taken apart: dashes, key, value."""

    def __init__(self, lines: Sequence[str], index: int) -> None:
        self.lines = lines
        self.index = index
        match = _LINE.fullmatch(lines[index])
        assert match is not None  # the pattern fits every line
        self.body = match["body"].rstrip(" ")
        self.column = match.start("body")
        self.listed = bool(match["dashes"])
        # A block text of this line is indented further than its key, or else its last dash.
        self.entry_column = lines[index].rindex("-", 0, self.column) if self.listed else self.column
        self.opens_block = False
        self.runs_on = False

    def slip(self) -> Slip | None:
        body = self.body
        if not body or body[0] == "#":
            return None
        if body[0] in WIDE_SPACES:
            write = body.lstrip(WIDE_SPACES + " ")
            return self._slip("Y123", 0, 1, write=write)
        if body[0] in "\"'":
            return self._after_quoted_key()
        if body[0] in "[{":
            return self._value(0)
        bare = _COMMENT.sub("", body).rstrip(" ")
        separator = _SEPARATOR.search(bare)
        if separator is None:
            return self._value(0) or entry_slip(bare, self.index, self.column, listed=self.listed)
        if separator.start() == 0:
            return self._slip("Y116", 0, 1)
        misread = entry_slip(bare, self.index, self.column, listed=True)
        if misread and misread.code == "Y120" and misread.column < self.column + separator.start():
            return misread
        if not self.listed and body[0] == "-" and body[1] not in " -":
            return entry_slip(bare, self.index, self.column, listed=False)
        if body.startswith(("? ", "%", "@", "`", "|", ">")):
            return self._value(0)
        if self.listed:
            self.entry_column = self.column
        return self._value(_skip_spaces(body, separator.end()))

    def _after_quoted_key(self) -> Slip | None:
        match = _QUOTED.match(self.body)
        colon = _skip_spaces(self.body, match.end()) if match else -1
        if match is None or self.body[colon : colon + 1] != ":":
            return self._value(0)
        value = _skip_spaces(self.body, colon + 1)
        if value == colon + 1 and value < len(self.body):
            write = f"{self.body[: match.end()]}: {self.body[value:]}"
            return self._slip("Y121", value, value + 1, write=write)
        self.entry_column = self.column
        return self._value(value)

    def _value(self, start: int) -> Slip | None:
        """The slip in the value that begins at ``start`` of the body."""
        value = self.body[start:]
        if not value or value[0] == "#":
            return None
        if is_block_header(value):
            self.opens_block = True
            return None
        if value[0] in "\"'":
            return self._quoted_value(value, start)
        if value[0] in "[{":
            return self._bracketed_value(value, start)
        bare = _COMMENT.sub("", value).rstrip(" ")
        if bare.startswith(_NEVER_PLAIN):
            return self._slip("Y133", start, start + 1, found=bare[0], write=quoted(bare))
        separator = _SEPARATOR.search(bare) if start else None
        if separator and value[0] not in "*&!":
            at = start + separator.start()
            return self._slip("Y124", at, at + 1, write=quoted(bare))
        return None

    def _quoted_value(self, value: str, start: int) -> Slip | None:
        match = _QUOTED.match(value)
        if match is None:
            if self._ends_here():
                return self._slip("Y125", start, start + 1, found=value[0])
            self.runs_on = True
            return None
        after = value[match.end() :]
        if not after or after[0] == "#" or after.lstrip(" ")[0] == "#":
            return None
        at = start + match.end()
        write = quoted(_COMMENT.sub("", value).rstrip(" "))
        return self._slip("Y126", at, len(self.body), write=write)

    def _bracketed_value(self, value: str, start: int) -> Slip | None:
        end = _closing_bracket(value)
        if end is None:
            if self._ends_here():
                write = quoted(_COMMENT.sub("", value).rstrip(" "))
                return self._slip("Y129", start, start + 1, found=value[0], write=write)
            self.runs_on = True
            return None
        after = value[end:].strip(" ")
        if not after or after[0] in "#:":
            return None
        write = quoted(_COMMENT.sub("", value).rstrip(" "))
        return self._slip("Y133", start, start + 1, found=value[0], write=write)

    def _ends_here(self) -> bool:
        """Whether the next written line begins an entry, so that a value must have ended here."""
        for line in self.lines[self.index + 1 : self.index + 50]:
            if line.strip(" ") and line.lstrip(" ")[0] != "#":
                return looks_like_entry(line)
        return True

    def _slip(self, code: str, start: int, end: int, **values: str) -> Slip:
        return Slip(code, self.index, self.column + start, self.column + end, values)


def _explanation(lines: Sequence[str], stop: Stop) -> Slip:
    """The slip that the parser's words point to, where no line gives itself away."""
    line = lines[stop.line] if stop.line < len(lines) else ""
    start = Slip("", stop.line, stop.column, stop.column + 1)
    if _names_escape(stop):
        column = max(line.rfind("\\", 0, stop.column + 1), 0)
        return _at(start, "Y130", column, found=line[column : column + 2])
    if stop.context == "while scanning a quoted scalar":
        line = lines[stop.context_line]
        found = line[stop.context_column : stop.context_column + 1]
        start = Slip("", stop.context_line, stop.context_column, stop.context_column + 1)
        return _at(start, "Y125", stop.context_column, found=found)
    if stop.context.startswith("while parsing a flow"):
        line = lines[stop.context_line] if stop.context_line < len(lines) else ""
        if line[stop.context_column : stop.context_column + 1] not in ("[", "{"):
            return _unbalanced(lines, stop)
        return _bracket(stop.context_line, stop.context_column, line)
    if "mapping values are not allowed" in stop.problem:
        return _misaligned(lines, stop.line)
    if "expected ':'" in stop.problem:
        line = lines[stop.context_line]
        start = Slip("", stop.context_line, stop.context_column, len(line))
        return _at(start, "Y131", stop.context_column, found=line.strip(" "))
    if stop.context.startswith("while scanning") or "node content" in stop.problem:
        column = stop.context_column if "block scalar" in stop.context else stop.column
        if stop.context.endswith(("an alias", "an anchor", "a tag")):
            column = stop.context_column
        return _indicator(stop.line, column, line)
    if "not allowed" in stop.problem or stop.context == "while parsing a tag":
        column = stop.column if "not allowed" in stop.problem else stop.context_column
        return _indicator(stop.line, column, line)
    indent = _indent(line)
    if indent == stop.column and line.strip(" "):
        body = line[indent:]
        entry = body.startswith("- ") or body == "-" or _SEPARATOR.search(body)
        if not entry and indent in _levels(lines, stop.line):
            return _at(start, "Y131", indent, found=body)
        return _misaligned(lines, stop.line)
    return _at(start, "Y139", stop.column, found=line[stop.column :] or line)


def _at(slip: Slip, code: str, column: int, **values: str) -> Slip:
    return Slip(code, slip.line, column, max(slip.end_column, column + 1), values)


def _indicator(index: int, column: int, line: str) -> Slip:
    text = _COMMENT.sub("", line[column:]).rstrip(" ")
    values = {"found": text[:1], "write": quoted(text)}
    return Slip("Y133", index, column, column + 1, values)


def _bracket(index: int, column: int, line: str) -> Slip:
    text = _COMMENT.sub("", line[column:]).rstrip(" ")
    values = {"found": text[:1], "write": quoted(text)}
    return Slip("Y129", index, column, column + 1, values)


def _unbalanced(lines: Sequence[str], stop: Stop) -> Slip:
    """The bracket that is still open where the parser stopped without naming it."""
    for index in range(min(stop.line, len(lines) - 1), max(stop.line - 50, -1), -1):
        line = lines[index][:_MAXIMUM_SCANNED_COLUMNS]
        column = max(line.find("["), line.find("{"))
        if column >= 0:
            return _bracket(index, column, line)
    last = min(stop.line, len(lines) - 1)
    return Slip("Y139", last, 0, 1, {"found": lines[last]})


def _misaligned(lines: Sequence[str], index: int) -> Slip:
    line = lines[index]
    indent = _indent(line)
    levels = _levels(lines, index)
    allowed = ", ".join(str(level) for level in levels)
    above = _previous_written(lines, index)
    if above >= 0 and indent > _indent(lines[above]) and not _awaits_entries(lines[above]):
        return Slip("Y135", index, indent, len(line), {"allowed": allowed})
    if indent in levels:
        return Slip("Y138", index, indent, len(line))
    values = {"found": str(indent), "allowed": allowed}
    return Slip("Y127", index, indent, len(line), values)


def _awaits_entries(line: str) -> bool:
    return _COMMENT.sub("", line).rstrip(" ").endswith((":", "-"))


def _levels(lines: Sequence[str], index: int) -> list[int]:
    """The columns from which a line at ``index`` could go on, least first."""
    levels: list[int] = []
    for line in lines[max(index - _MAXIMUM_SCANNED_LINES, 0) : index]:
        written = line.lstrip(" ")
        if not written or written[0] == "#" or line == "---":
            continue
        indent = len(line) - len(written)
        while levels and levels[-1] > indent:
            levels.pop()
        dashes = _DASHES.match(line)
        body = dashes.end() if dashes else indent
        starts = [at for at in range(indent, body) if line[at] == "-"]
        if _SEPARATOR.search(line, body, body + _MAXIMUM_SCANNED_COLUMNS):
            starts.append(body)
        levels += [start for start in starts if start not in levels]
    return levels or [0]


def _previous_written(lines: Sequence[str], index: int) -> int:
    """The line before ``index`` that is neither blank nor a comment, or -1."""
    for above in range(min(index, len(lines)) - 1, -1, -1):
        written = lines[above].lstrip(" ")
        if written and written[0] != "#":
            return above
    return -1


def _closing_bracket(text: str) -> int | None:
    """The place after the bracket that closes the one at the start of ``text``."""
    depth = 0
    position = 0
    while position < len(text):
        character = text[position]
        if character in "[{":
            depth += 1
        elif character in "]}":
            depth -= 1
            if depth == 0:
                return position + 1
        elif character in "\"'" and text[position - 1] in " [{,:":
            match = _QUOTED.match(text, position)
            if match is None:
                return None
            position = match.end() - 1
        position += 1
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _skip_spaces(text: str, position: int) -> int:
    return position + _indent(text[position:])
