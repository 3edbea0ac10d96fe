"""Strict YAML: plain values and the place of every key and value.

The YAML read here is a small part of YAML, so that what a person sees in the file is what is
published:

- Every scalar is its text as written, never a number, a date or a boolean: ``0.00`` stays ``0.00``
  and ``no`` stays ``no``. An empty value is None (the document prints a blank), ``''`` is "".
- No aliases, anchors, tags, merge keys, directives, second documents or duplicate keys; a key is
  text. ``~`` and ``null`` are refused, since they read as text to one person and as blank to
  another.
- Texts over several lines: YAML joins the lines by a space, whether plain, quoted or ``>``. That is
  right for English and is done. Next to a Chinese character the space would be a change of the
  published text, and other programs that read the same file would see it, so it is an error and not
  joined in silence; the text goes on one line. ``|`` keeps its lines. A continued line that looks
  like an entry of its own is an error too.
- UTF-8 with or without BOM, any line ends; no tabs and no invisible characters.

Nearly every file uses so little of YAML that :mod:`disclosure.yaml_lines` reads its values eight
times faster; the whole parser reads the others, and any file again of which a place is asked.

PyYAML is used for its events only: composing them with libyaml ends the process on deeply nested
input, and the number of levels and values is bounded here while the events come.
"""

from __future__ import annotations

import bisect
import itertools
import os
import pathlib
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import yaml

from disclosure.problems import Problem, Severity, Span, problem, sort_problems
from disclosure.yaml_lines import read_lines
from disclosure.yaml_slips import (
    WIDE_SPACES,
    Slip,
    Stop,
    certain_slips,
    entry_slip,
    is_block_header,
    looks_like_entry,
    quoted,
    slips_after_stop,
)

Value = dict[str, "Value"] | list["Value"] | str | None
Path = tuple[str | int, ...]

MAXIMUM_BYTES = 2 * 1024 * 1024
MAXIMUM_DEPTH = 32
MAXIMUM_VALUES = 50_000
"""Lines of one file, and its keys, texts, lists and mappings together."""
MAXIMUM_PROBLEMS = 100
"""Problems listed for one file."""

# libyaml where PyYAML was built with it, as in its wheels; pure Python is about six times slower.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_Extent = tuple[int, int, int, int]  # line, column, end line, end column, all from 0


@dataclass(frozen=True, slots=True)
class Positions:
    """Where every key and value of a file stands. Look-ups take constant time."""

    file: str
    _keys: Mapping[Path, _Extent] = field(repr=False)
    _values: Mapping[Path, _Extent] = field(repr=False)
    _collections: AbstractSet[Path] = field(repr=False)

    def key(self, path: Path) -> Span:
        """Return the place of the key at ``path``; for a list item and the top, of the value.

        Raises KeyError where the file has no such path.
        """
        return self._span(self._keys.get(path) or self._values[path])

    def value(self, path: Path) -> Span:
        """Return the place of the value at ``path``, without its comment.

        An empty value is the place after its colon or dash. Raises KeyError where the file has no
        such path.
        """
        return self._span(self._values[path])

    def nearest(self, path: Path) -> Span:
        """Return the place to point at for ``path``, which need not exist.

        A text is pointed at itself; a list or mapping, like the nearest existing ancestor of a path
        that does not exist, at its key.
        """
        if path in self._values and path not in self._collections:
            return self.value(path)
        while path not in self._values:
            path = path[:-1]
        return self.key(path)

    def _span(self, extent: _Extent) -> Span:
        line, column, end_line, end_column = extent
        return Span(self.file, line + 1, column + 1, end_line + 1, end_column + 1)


@dataclass(frozen=True, slots=True)
class Source:
    """One YAML file as read.

    ``file`` is the name that messages show, a posix path. ``text`` has no BOM and ends its lines
    with a newline only, so that its lines and columns are those of the positions.
    """

    file: str
    text: str = field(repr=False)
    value: Value = field(repr=False)
    _positions: Positions | None = field(default=None, repr=False, compare=False)

    @property
    def positions(self) -> Positions:
        """Where every key and value stands; found when first asked for."""
        found = self._positions
        if found is None:
            whole, _ = _parse_whole(self.text, _Problems(self.file))
            assert whole is not None  # the text was read before
            found = whole.positions
            object.__setattr__(self, "_positions", found)
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled without its positions: they are four times the rest, and seldom needed."""
        return Source, (self.file, self.text, self.value)


def read_yaml(path: pathlib.Path, file: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read a file; ``file`` is its name in messages.

    Nothing in the file raises an error. The source is None where the file could not be read to its
    end; it is there in spite of problems such as a duplicate key (the first one counts) or an alias
    (None), so that the shape of the rest can be checked too. A caller must not publish a source
    that came with a problem of the severity ERROR.
    """
    found = _Problems(file)
    try:
        if not path.is_file():
            found.add("Y100", reason="not a file")
            return None, found.sorted()
        data = _bytes(path)
    except OSError as error:
        found.add("Y100", reason=error.strerror or type(error).__name__)
        return None, found.sorted()
    if len(data) > MAXIMUM_BYTES:
        found.add("Y105", limit=_shown_size(MAXIMUM_BYTES))
        return None, found.sorted()
    text = _decoded(data, found)
    if text is None:
        return None, found.sorted()
    return parse_yaml(text, file)


def _bytes(path: pathlib.Path) -> bytes:
    """The content of a file, cut after one byte more than may be read."""
    with open(path, "rb") as stream:
        # Asking for the largest file at once would cost more than reading a usual one.
        size = min(os.fstat(stream.fileno()).st_size, MAXIMUM_BYTES)
        data = stream.read(size + 1)
        return data if len(data) <= size else data + stream.read(MAXIMUM_BYTES - size)


def encoding_problem(data: bytes, file: str) -> Problem | None:
    """Say why the bytes of a text file are not UTF-8 (Y101, Y102, Y103); None where they are."""
    found = _Problems(file)
    _decoded(data, found)
    return next(iter(found.sorted()), None)


def parse_yaml(text: str, file: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read a text; the same as :func:`read_yaml` without a file."""
    found = _Problems(file)
    if len(text) > MAXIMUM_BYTES:
        found.add("Y105", limit=_shown_size(MAXIMUM_BYTES))
        return None, found.sorted()
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    value = _plain_value(text)
    return (Source(file, text, value), ()) if value is not None else _parse_whole(text, found)


def _plain_value(text: str) -> Value:
    """The value of a text that is short and plain all through; None where it may not be."""
    # A line holds four of what MAXIMUM_VALUES counts, and two more for each comma in it.
    values = 4 * text.count("\n") + 2 * text.count(",")
    if values > MAXIMUM_VALUES // 2 or "\t" in text or _FORBIDDEN.search(text):
        return None
    return read_lines(text, MAXIMUM_DEPTH)


def _parse_whole(text: str, found: _Problems) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read any text, its places and everything that is wrong with it."""
    if text.count("\n") > MAXIMUM_VALUES:
        found.add("Y107", limit=f"{MAXIMUM_VALUES:,}")
        return None, found.sorted()
    readable, tabs_indent = _readable(text, found)
    lines = readable.split("\n")
    if tabs_indent:
        # The levels are anyone's guess, so only what each line tells by itself is said.
        found.add_slips(slip for slip in certain_slips(lines) if slip.line not in found.lines)
        return None, found.sorted()
    reading = _Reading(lines, found)
    if not reading.run(readable):
        return None, found.sorted()
    positions = Positions(found.file, reading.keys, reading.values, reading.collections)
    return Source(found.file, text, reading.root, positions), found.sorted()


class _Problems:
    """The problems found in one file, with places counted from 0 on the way in."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[Problem, None] = {}
        self.lines: set[int] = set()

    @property
    def full(self) -> bool:
        """Whether one more than can be listed was found, so that looking on is of no use."""
        return len(self._found) > MAXIMUM_PROBLEMS

    @property
    def refused_lines(self) -> frozenset[int]:
        """The lines that have a problem of the severity ERROR."""
        errors = (found for found in self._found if found.severity is Severity.ERROR)
        return frozenset(found.span.line - 1 for found in errors)

    def add(
        self,
        code: str,
        line: int = 0,
        column: int = 0,
        end: tuple[int, int] | None = None,
        **values: object,
    ) -> None:
        if self.full:
            return
        end_line, end_column = (end[0] + 1, end[1] + 1) if end else (0, 0)
        span = Span(self.file, line + 1, column + 1, end_line, end_column)
        self._found[problem(code, span, **values)] = None
        self.lines.add(line)

    def take(self, code: str) -> list[Problem]:
        """Remove and return the problems of one code."""
        taken = [found for found in self._found if found.code == code]
        for found in taken:
            del self._found[found]
        self.lines = {found.span.line - 1 for found in self._found}
        return taken

    def put_back(self, problems: Sequence[Problem]) -> None:
        """Add problems again whose line has no other."""
        for found in problems:
            if found.span.line - 1 not in self.lines:
                self._found[found] = None
        self.lines = {found.span.line - 1 for found in self._found}

    def add_slips(self, slips: Iterator[Slip] | Sequence[Slip]) -> None:
        for slip in slips:
            if self.full:
                return
            end = (slip.line, slip.end_column)
            self.add(slip.code, slip.line, slip.column, end, **slip.values)

    def sorted(self) -> tuple[Problem, ...]:
        found = sort_problems(self._found)
        if len(found) <= MAXIMUM_PROBLEMS:
            return found
        listed = found[:MAXIMUM_PROBLEMS]
        return (*listed, problem("Y136", found[MAXIMUM_PROBLEMS].span, limit=MAXIMUM_PROBLEMS))


# --- bytes and characters -------------------------------------------------------------------------

_UTF_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def _decoded(data: bytes, found: _Problems) -> str | None:
    marked = next((name for mark, name in _UTF_MARKS if data.startswith(mark)), None)
    if marked or _is_unmarked_utf_16(data):
        found.add("Y102", encoding=marked or "UTF-16")
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8").removeprefix("\ufeff")
        before = before.replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        bad_byte = f"{error.object[error.start]:02X}"
    if _is_gbk(data):
        found.add("Y101", line, column)
    else:
        found.add("Y103", line, column, found=bad_byte)
    return None


def _is_unmarked_utf_16(data: bytes) -> bool:
    """UTF-16 without its mark: text has NULs in it then, and reads as lines or keys."""
    if b"\0" not in data or len(data) % 2:
        return False
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        if ": " in text or "\n" in text:
            return True
    return False


def _is_gbk(data: bytes) -> bool:
    """Whether text that is not UTF-8 reads as GB 18030, of which GBK is a part.

    Damaged UTF-8 often reads as GB 18030 too, but most of its Chinese is still good UTF-8.
    """
    as_utf_8 = data.decode("utf-8", "replace")
    damaged = as_utf_8.count("\ufffd")
    good = sum(character > "\u07ff" for character in as_utf_8) - damaged
    if good > damaged:
        return False
    try:
        return bool(_CHINESE.search(data.decode("gb18030")))
    except UnicodeDecodeError:
        return False


_CHINESE = re.compile(
    "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)
# Controls, line separators that editors do not show as lines, zero-width characters, the marks that
# turn the direction of writing, halves of surrogate pairs, private signs of Unicode.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_TAB = re.compile("\t")
_DIRECTIVE = re.compile("^%.*", re.MULTILINE)
_TAB_INDENT = re.compile("^ *+\t[ \t]*+[^\n#]", re.MULTILINE)


def _readable(text: str, found: _Problems) -> tuple[str, bool]:
    """Report the characters that may not stand in a file, and put harmless ones in their place.

    Both parsers then see the same lines: libyaml allows some tabs and PyYAML does not, and both
    take U+0085, U+2028 and U+2029 for line ends. Also returns whether a tab indents a line.
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def report_each_line(pattern: re.Pattern[str], code: str) -> None:
        last = -1
        for match in itertools.islice(pattern.finditer(text), MAXIMUM_PROBLEMS * 20):
            line = bisect.bisect_right(starts, match.start()) - 1
            if line != last:
                column = match.start() - starts[line]
                shown = {"found": f"U+{ord(match[0][0]):04X}", "write": quoted(match[0])}
                found.add(code, line, column, (line, column + 1), **shown)
            last = line

    if _FORBIDDEN.search(text):
        report_each_line(_FORBIDDEN, "Y104")
        text = _FORBIDDEN.sub("\ufffd", text)
    if _DIRECTIVE.search(text):
        report_each_line(_DIRECTIVE, "Y110")
        text = _DIRECTIVE.sub("#", text)
    tabs_indent = False
    if "\t" in text:
        tabs_indent = bool(_TAB_INDENT.search(text))
        report_each_line(_TAB, "Y122")
        text = text.replace("\t", " ")
    return text, tabs_indent


def _shown_size(size: int) -> str:
    return f"{size / 1024 / 1024:g} MiB"


# --- events to values -----------------------------------------------------------------------------

_NULL_WORDS = frozenset({"~", "null", "Null", "NULL"})
_KEY_END = re.compile(r" *:(?P<comment> +#(?=[^\s#]))?")
_GLUED_COMMENT = re.compile(r" +#(?=[^\s#])")


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    container: dict[str, Value] | list[Value]
    path: Path
    start: tuple[int, int]
    end: tuple[int, int]
    flow: bool
    kept: bool
    is_key: bool = False
    has_key: bool = False
    key: str = ""
    key_extent: _Extent = (0, 0, 0, 0)
    key_kept: bool = True
    first_lines: dict[str, int] = field(default_factory=dict)


class _Reading:
    """Turns the events of one file into values and places, collecting problems on the way."""

    def __init__(self, lines: Sequence[str], found: _Problems) -> None:
        self.lines = lines
        self.found = found
        self.root: Value = None
        self.keys: dict[Path, _Extent] = {}
        self.values: dict[Path, _Extent] = {}
        self.collections: set[Path] = set()
        self._open: list[_Open] = []
        self._read_values = 0
        self._documents = 0

    def run(self, text: str) -> bool:
        """Read all events; False where the file could not be read to its end."""
        try:
            for event in _events(text):
                self._take(event)
                if self._exceeds(event):
                    return False
        except yaml.MarkedYAMLError as error:
            self._stopped(error)
            return False
        except yaml.YAMLError:
            # The reader refuses a character that _FORBIDDEN let through; it gives no place.
            self.found.add("Y139", found=self.lines[0])
            return False
        if self._documents == 0 or (self.root is None and not self.found.lines):
            self.found.add("Y108")
            return False
        return True

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            self._start(event, {})
        elif kind is yaml.SequenceStartEvent:
            self._start(event, [])
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            self._end(event)
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1

    def _exceeds(self, event: Any) -> bool:
        """Report that the file holds more than is read, if it does."""
        if self._documents > 1:
            code, values = "Y109", {"found": "---"}
        elif self._read_values > MAXIMUM_VALUES:
            code, values = "Y107", {"limit": f"{MAXIMUM_VALUES:,}"}
        elif len(self._open) > MAXIMUM_DEPTH:
            code, values = "Y106", {"limit": str(MAXIMUM_DEPTH)}
        else:
            return False
        mark = event.start_mark
        self.found.add(code, mark.line, mark.column, None, **values)
        return True

    # Keys and values.

    def _scalar(self, event: Any) -> None:
        self._read_values += 1
        top = self._open[-1] if self._open else None
        if top and isinstance(top.container, dict) and not top.has_key:
            self._key(event, top)
        else:
            self._properties(event)
            value, extent = self._scalar_value(event, top)
            self._store(value, extent)

    def _key(self, event: Any, top: _Open) -> None:
        self._properties(event)
        line, column, end_line, end_column = extent = _extent(event)
        key = event.value
        top.has_key, top.key, top.key_extent, top.key_kept = True, key, extent, True
        place = (line, column, (end_line, end_column))
        plain = event.style not in ("'", '"')
        if plain:
            if not key.strip(WIDE_SPACES):
                top.key_kept = False
                self.found.add("Y116", line, column)
                return
            if key == "<<":
                top.key_kept = False
                self.found.add("Y114", *place)
                return
            if key.strip(WIDE_SPACES) != key:
                top.key = key = key.strip(WIDE_SPACES)
                write = self._rest_of_line(line, column).strip(WIDE_SPACES)
                self.found.add("Y123", *place, write=write)
        after = _KEY_END.match(self.lines[end_line], end_column)
        if after is None:
            slip = entry_slip(key, line, column, listed=False) if plain else None
            if slip:
                self.found.add_slips([slip])
            else:
                self.found.add("Y119", *place, found=key, write=f"{key}: …")
        elif plain and (key[0] == "-" or "：" in key):
            self._key_slip(key, line, column)
        if after and after["comment"]:
            self._comment(end_line, after.end() - 1)
        first = top.first_lines.setdefault(key, line)
        if first != line or key in top.container:
            top.key_kept = False
            self.found.add("Y117", *place, key=key, first=first + 1)

    def _key_slip(self, key: str, line: int, column: int) -> None:
        """A key that took its dash or a full-width colon along: ``-name``, ``name：a``."""
        entry = self.lines[line][column : column + 200]
        slip = entry_slip(entry, line, column, listed=not key.startswith("-"))
        if slip and slip.code in ("Y120", "Y128"):
            self.found.add_slips([slip])

    def _scalar_value(self, event: Any, top: _Open | None) -> tuple[Value, _Extent]:
        line, column, end_line, end_column = extent = _extent(event)
        text: str = event.value
        if event.style in ("|", ">"):
            header = self.lines[line][column:]
            if header[0] == event.style and not is_block_header(header):
                # libyaml takes ``|#`` for a text with a comment, PyYAML does not.
                values = {"found": event.style, "write": quoted(header)}
                self.found.add("Y133", line, column, (line, column + 1), **values)
            last = self._last_block_line(line, end_line, end_column)
            if event.style == ">":
                self._check_folds(line + 1, 0, last, len(self.lines[last]), block=True)
            return text, (line, column, last, len(self.lines[last]))
        if event.style in ("'", '"'):
            if line != end_line:
                between = self.lines[line + 1 : end_line + 1]
                if any(looks_like_entry(text) for text in between):
                    self.found.add("Y125", line, column, (line, column + 1), found=event.style)
                else:
                    self._check_folds(line, column, end_line, end_column, quote=event.style)
        elif not text:
            return None, self._empty_extent(event, extent, top)
        else:
            if text in _NULL_WORDS:
                place = (line, column, (end_line, end_column))
                self.found.add("Y118", *place, found=text, write=quoted(text))
                return None, extent
            self._plain(text, extent, top)
        glued = _GLUED_COMMENT.match(self.lines[end_line], end_column)
        if glued:
            self._comment(end_line, glued.end() - 1)
        return text, extent

    def _plain(self, text: str, extent: _Extent, top: _Open | None) -> None:
        """Check a value without quotation marks for what YAML accepts and nobody means."""
        line, column, end_line, end_column = extent
        listed = top is not None and isinstance(top.container, list)
        alone = top is None or (not listed and not top.flow and top.key_extent[2] != line)
        if (listed or alone) and not self.found.full:
            written = text if line == end_line else self.lines[line][column:]
            slip = entry_slip(written, line, column, listed=listed)
            if slip:
                self.found.add_slips([slip])
        if line != end_line:
            if _KEY_END.match(self.lines[end_line], end_column):
                # The last line is a key, so the parser stops behind it.
                place = (end_line, _indent(self.lines[end_line]), (end_line, end_column))
                self.found.add("Y135", *place, allowed=self._levels_above())
            else:
                self._check_folds(line, column, end_line, end_column, entries=alone)
        elif top is not None and top.flow and "，" in text:
            at = column + text.index("，")
            write = re.sub(" *， *", ", ", text)
            self.found.add("Y137", line, at, (line, at + 1), write=write)

    def _comment(self, line: int, column: int) -> None:
        text = self.lines[line]
        end = min(len(text), column + 200)
        self.found.add("Y132", line, column, (line, end), found=text[column:end])

    def _check_folds(
        self,
        line: int,
        column: int,
        end_line: int,
        end_column: int,
        *,
        quote: str = "",
        block: bool = False,
        entries: bool = False,
    ) -> None:
        """Report the first line break that would put a space next to Chinese.

        In a plain text (neither ``quote`` nor ``block``) also the lines that look like entries;
        with ``entries`` those with a Chinese key too.
        """
        parts = list(self.lines[line : end_line + 1])
        if len(parts) < 2 or self.found.full:
            return
        parts[-1] = parts[-1][:end_column]
        parts[0] = parts[0][column:]
        plain = not quote and not block
        folded = False
        margin = min((_indent(part) for part in parts if part.strip(" ")), default=0)
        lower = parts[0].strip(" ")
        for number in range(1, len(parts)):
            upper, lower = lower, parts[number].strip(" ")
            if not upper or not lower:
                continue
            index, start = line + number, _indent(parts[number])
            if plain:
                slip = entry_slip(lower, index, start, listed=not entries)
                if slip is None and lower.startswith("-"):
                    slip = Slip("Y135", index, start, start + 1, {"allowed": self._levels_above()})
                if slip:
                    self.found.add_slips([slip])
                    folded = True
                    continue
            kept = block and max(_indent(parts[number - 1]), start) > margin
            escaped = quote == '"' and (len(upper) - len(upper.rstrip("\\"))) % 2 == 1
            if folded or kept or escaped:
                continue
            if _CHINESE.match(upper[-1]) or _CHINESE.match(lower[0]):
                folded = True
                end = (index, start + len(lower))
                shown = {"before": upper[-8:], "after": lower[:8]}
                self.found.add("Y134", index, start, end, **shown)

    def _levels_above(self) -> str:
        """The columns at which an entry could begin beside those that are open, for people."""
        columns = {opened.start[1] for opened in self._open if not opened.flow}
        return ", ".join(str(column) for column in sorted(columns)) or "0"

    def _last_block_line(self, line: int, end_line: int, end_column: int) -> int:
        """The last written line of a block text whose end mark is given."""
        last = min(end_line, len(self.lines) - 1)
        if end_column == 0 or not self.lines[last][:end_column].strip(" "):
            last -= 1
        while last > line and not self.lines[last].strip(" "):
            last -= 1
        return max(last, line)

    def _empty_extent(self, event: Any, extent: _Extent, top: _Open | None) -> _Extent:
        """The place after the colon; in brackets libyaml names the comma that follows it."""
        line, column = extent[:2]
        if top and not top.flow and isinstance(top.container, dict) and line > top.key_extent[2]:
            line, column = top.key_extent[2:]  # a key without a colon: the parsers name later lines
        if event.tag is None and event.anchor is None:
            while column and self.lines[line][column - 1] == " ":
                column -= 1
        return (line, column, line, column)

    def _properties(self, event: Any) -> None:
        """Report the anchor and the tag of a key or value."""
        if (event.anchor is None and event.tag is None) or self.found.full:
            return
        mark = event.start_mark
        text = self._rest_of_line(mark.line, mark.column)
        for code, sign, present in (
            ("Y112", "&", event.anchor is not None),
            ("Y113", "!", event.tag is not None),
        ):
            if present:
                column = mark.column + max(text.find(sign), 0)
                end = (mark.line, column + 1)
                self.found.add(code, mark.line, column, end, write=quoted(text))

    def _alias(self, event: Any) -> None:
        self._read_values += 1
        mark = event.start_mark
        text = self._rest_of_line(mark.line, mark.column)
        self.found.add("Y111", mark.line, mark.column, _end(event), write=quoted(text))
        top = self._open[-1] if self._open else None
        if top and isinstance(top.container, dict) and not top.has_key:
            top.has_key, top.key_kept, top.key_extent = True, False, _extent(event)
        else:
            self._store(None, _extent(event))

    def _rest_of_line(self, line: int, column: int) -> str:
        text = self.lines[line][column : column + 200]
        return re.sub(r"(?<!^) +#.*", "", text).rstrip(" ")

    # Lists and mappings.

    def _start(self, event: Any, container: dict[str, Value] | list[Value]) -> None:
        self._read_values += 1
        self._properties(event)
        start = (event.start_mark.line, event.start_mark.column)
        top = self._open[-1] if self._open else None
        is_key = top is not None and isinstance(top.container, dict) and not top.has_key
        if is_key:
            self.found.add("Y115", *start, _end(event))
        kept = top is None or (top.kept and not is_key and (self._key_kept(top)))
        path = self._child_path(top) if top and not is_key else ()
        flow = bool(event.flow_style)
        self._open.append(_Open(container, path, start, start, flow, kept, is_key))

    def _end(self, event: Any) -> None:
        closed = self._open.pop()
        if closed.flow:
            # A pair without braces in a list ends at the bracket or comma that libyaml saw last.
            closed.end = max(closed.end, _end(event))
        extent = (*closed.start, *closed.end)
        if closed.is_key:
            parent = self._open[-1]
            parent.has_key, parent.key_kept, parent.key_extent = True, False, extent
            return
        if closed.kept:
            self.collections.add(closed.path)
        self._store(closed.container, extent)

    def _store(self, value: Value, extent: _Extent) -> None:
        if not self._open:
            self.root = value
            self.values[()] = extent
            return
        top = self._open[-1]
        path = self._child_path(top)
        kept = self._key_kept(top)
        if kept and top.kept:
            self.values[path] = extent
            if isinstance(top.container, dict):
                self.keys[path] = top.key_extent
        top.end = max(top.end, extent[2:])
        if isinstance(top.container, list):
            top.container.append(value)
            return
        top.has_key = False
        if kept:
            top.container[top.key] = value

    def _child_path(self, top: _Open) -> Path:
        last = len(top.container) if isinstance(top.container, list) else top.key
        return (*top.path, last)

    def _key_kept(self, top: _Open) -> bool:
        return isinstance(top.container, list) or top.key_kept

    # The parser's stop.

    def _stopped(self, error: Any) -> None:
        mark = error.problem_mark
        context = error.context_mark or mark
        stop = Stop(
            context=error.context or "",
            problem=error.problem or "",
            line=mark.line,
            column=mark.column,
            context_line=context.line,
            context_column=context.column,
        )
        # A key without a colon is a guess in brackets that turn out not to be brackets.
        guessed = self.found.take("Y119")
        # A hint about a line does not say why the file cannot be read.
        slips = slips_after_stop(self.lines, stop, self.found.refused_lines)
        self.found.add_slips(slips)
        self.found.put_back(guessed)


def _events(text: str) -> Iterator[Any]:
    return iter(yaml.parse(text, Loader=_LOADER))


def _extent(event: Any) -> _Extent:
    start, end = event.start_mark, event.end_mark
    return (start.line, start.column, end.line, end.column)


def _end(event: Any) -> tuple[int, int]:
    return (event.end_mark.line, event.end_mark.column)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
