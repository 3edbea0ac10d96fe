"""English for free text: gettext PO files keyed by the exact Chinese.

Chinese is the authority. A text whose Chinese changes loses its English by itself, so a stale
translation cannot be published; what is missing or fuzzy is shown in Chinese and marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, unescape

from disclosure.model.fields import TO_FILL, TO_FILL_EN
from disclosure.problems import Problem, Span, problem


def has_chinese(text: str) -> bool:
    """Whether ``text`` holds Chinese characters: numbers, signs and codes need no English."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff，。；：、！？《》（）【】「」]+")
# A Chinese name beside its English: 三公 (three public), or three public (三公).
_QUOTED = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff“”《》、·]+ \\([^()]*[A-Za-z][^()]*\\)"
    "|(?<=[A-Za-z”’]) \\([\u3400-\u4dbf\u4e00-\u9fff“”《》、· ]+\\)"
)


def chinese_left(en: str) -> str:
    """The first Chinese characters or punctuation left in an English text, or nothing.

    A Chinese name given beside its English is no slip: ``three public (三公)``.
    """
    found = _CHINESE.search(_QUOTED.sub("", en))
    return found[0] if found else ""


class Translation(NamedTuple):
    """An entry of a PO file.

    ``file`` is its name in the folder and ``shown`` the one in messages; ``line`` is that of its
    msgid, counted from 1. A tuple, since a city has a hundred thousand of them.
    """

    file: str
    shown: str
    line: int
    context: str
    zh: str
    en: str
    fuzzy: bool

    @property
    def span(self) -> Span:
        """The place of its msgid."""
        return Span(self.shown, self.line, 1)


@dataclass(frozen=True)
class Catalogue:
    """English by context (``msgctxt``, most often empty) and exact Chinese text."""

    english: Mapping[tuple[str, str], str]
    entries: tuple[Translation, ...] = ()
    """Every entry of every file, also those that count as missing; not those marked ``#~``."""

    @cached_property
    def first(self) -> Mapping[tuple[str, str], int]:
        """The number of the first entry with a context and a Chinese text."""
        first: dict[tuple[str, str], int] = {}
        for number, entry in enumerate(self.entries):
            first.setdefault((entry.context, entry.zh), number)
        return first

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """For each entry the number of the first one with its context and text: most often its."""
        return tuple(self.first[entry.context, entry.zh] for entry in self.entries)

    @cached_property
    def contexts(self) -> frozenset[str]:
        """All contexts of entries."""
        return frozenset(context for context, _ in self.first)

    def find(self, zh: str, context: str = "") -> str | None:
        """The English of ``zh``, or None where it is not translated.

        ``context`` is the code of the project around the text: one Chinese text can have an
        English of its own in one project.
        """
        if zh == TO_FILL:
            return TO_FILL_EN
        return self.english.get((context, zh)) or self.english.get(("", zh))


def read_catalogue(
    folder: Path, name: Callable[[Path], str]
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Read every ``*.po`` in ``folder`` (none is fine). ``name`` gives a file's shown name."""
    english: dict[tuple[str, str], str] = {}
    first: dict[tuple[str, str], str] = {}
    entries: list[Translation] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.po"), key=lambda each: each.name):
        found, slips = _read(path, name(path))
        problems += slips
        entries += found
        for entry in found:
            zh, en = entry.zh, entry.en
            if entry.fuzzy or not en.strip():
                continue
            key = (entry.context, zh)
            if english.setdefault(key, en) != en:
                problems.append(problem("T501", entry.span, found=zh, first=first[key]))
            first.setdefault(key, f"{entry.shown}:{entry.line}")
    return Catalogue(english, tuple(entries)), tuple(problems)


class _Messages(Catalog):
    """Keeps every message of a file; Babel's own keeps the first of two and says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[Message] = []

    def __setitem__(self, id: str | list[str] | tuple[str, ...], message: Message) -> None:
        self.read.append(message)


def _read(path: Path, name: str) -> tuple[list[Translation], tuple[Problem, ...]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [], (problem("T502", Span(name, line, 1)),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _plain(text, path.name, name)
    if plain is not None:
        return plain, ()
    lines = text.split("\n")
    if slips := tuple(_slips(lines, name)):
        return [], slips
    messages = _Messages()
    try:
        PoFileParser(messages, abort_invalid=True).parse(StringIO("\n".join(_in_use(lines))))
    except PoFileError as error:
        line = max(0, error.lineno) + 1
        return [], (problem("T503", Span(name, line, 1), found=str(error)),)
    return [
        Translation(path.name, name, each.lineno or 1, each.context or "", zh, en, each.fuzzy)
        for each in messages.read
        if isinstance(zh := each.id, str) and zh and isinstance(en := each.string, str)
    ], ()


_TEXT = r'"[^"\\\n]*(?:\\[\\"ntr][^"\\\n]*)*"'
_TEXTS = rf"({_TEXT}(?:\n{_TEXT})*)"
# Comments, but none of an obsolete entry, and the entry below them.
_ABOVE = r"(?:#(?!~).*\n|\n)*"
_ENTRY = re.compile(rf"({_ABOVE})(?:msgctxt {_TEXTS}\n)?msgid {_TEXTS}\nmsgstr {_TEXTS}(?:\n|\Z)")
_FUZZY = re.compile(r"^#,(?:.*,)?\s*fuzzy\s*(?:,|$)", re.MULTILINE)
_REST = re.compile(rf"{_ABOVE}(?:#(?!~).*)?")


def _plain(text: str, file: str, name: str) -> list[Translation] | None:
    """The entries of a file that is written as every program writes it; None of any other.

    Babel looks at every line and makes a dozen objects for an entry, which is the longest part of
    reading a large site. What is not exactly comments, msgctxt, msgid and msgstr is left to it.
    """
    if _FORBIDDEN.search(text):
        return None
    entries: list[Translation] = []
    line, end = 1, 0
    while match := _ENTRY.match(text, end):
        above, context, zh, en = match.groups()
        place = line + above.count("\n") + (context.count("\n") + 1 if context else 0)
        line += match[0].count("\n")
        end = match.end()
        zh = _joined(zh)
        if zh:
            fuzzy = "#," in above and bool(_FUZZY.search(above))
            context = _joined(context) if context else ""
            entries.append(Translation(file, name, place, context, zh, _joined(en), fuzzy))
    return entries if _REST.fullmatch(text, end) else None


def _joined(texts: str) -> str:
    """What stands between quotation marks on one or more lines."""
    if "\\" in texts or "\n" in texts:
        return "".join(map(unescape, texts.split("\n")))
    return texts[1:-1]


def _in_use(lines: list[str]) -> list[str]:
    """The lines, those of obsolete entries left empty.

    So are the comments before them: a ``#, fuzzy`` there does not belong to the next entry.
    """
    kept = list(lines)
    comments: list[int] = []
    for number, line in enumerate(lines):
        if line.lstrip().startswith("#~"):
            for each in (*comments, number):
                kept[each] = ""
            comments = []
        elif line.startswith("#"):
            comments.append(number)
        else:
            comments = []
    return kept


_LINE = re.compile(r'\s*(?:(?P<word>msgctxt|msgid|msgstr)\s+)?"(?:[^"\\]|\\[\\"ntr])*"\s*')
_NEXT = {"": ("msgctxt", "msgid"), "msgctxt": ("msgid",), "msgid": ("msgstr",)}
# As in YAML files: controls, zero-width characters, marks that turn the direction of writing.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def _slips(lines: list[str], name: str) -> Iterator[Problem]:
    """Characters and lines that do not belong in a PO file.

    Babel reads on over them: it takes the first and last letter of a text without quotation
    marks for the marks, and gives a msgstr whose msgid was deleted to the next text.
    """
    after = ""
    for number, line in enumerate(lines, 1):
        if hidden := _FORBIDDEN.search(line):
            place = Span(name, number, hidden.start() + 1)
            yield problem("T504", place, found=f"U+{ord(hidden[0]):04X}")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        word = match["word"] if match else None
        expected = _NEXT.get(after, _NEXT[""])
        if match is None or (word or after) == "" or (word and word not in expected):
            yield problem("T503", Span(name, number, 1), found=line.strip())
            return
        after = word or after
    if after in ("msgctxt", "msgid"):
        yield problem("T503", Span(name, len(lines), 1), found="msgstr?")
