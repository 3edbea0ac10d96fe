"""What is wrong with the data, where it is, and how it is said in Chinese and in English.

A problem holds a code and the values found; its wording stands in ``messages/*.toml`` beside this
file. A new kind of problem is one table there and needs no code here::

    [S201]
    severity = "error"                      # error, figure, hint or translation
    title.zh = "不认识的键"
    title.en = "Unknown key"
    message.zh = "键“{key}”不在格式里"
    message.en = 'the key "{key}" is not part of the format'
    cause.zh = "……"                         # what usually leads to it, for the documentation
    cause.en = "…"
    mend.zh = "……"                          # what to type or do
    mend.en = "…"

A ``{name}`` in a message is filled by ``problem(code, span, name=…)``. Where a value itself differs
by language, the Chinese message takes ``{name_zh}`` and the English one ``{name_en}``. A part in
double square brackets is left out when a value in it is empty: ``[[; did you mean "{nearest}"?]]``.
The documentation shows a case of ``tests/invalid`` beside each code; where there can be none, the
table has an ``example`` in words.
"""

from __future__ import annotations

import enum
import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal, Protocol

Language = Literal["zh", "en"]

MAXIMUM_SHOWN_CHARACTERS = 100
"""Longest value shown in a message; the path of a project file still fits."""
# Lists of what the software knows are shown whole; values of the data are cut.
_OWN_WORDS = ("known", "expected")


class Severity(enum.Enum):
    """How much a problem weighs; what fails a build is for the caller to decide."""

    ERROR = "error"
    """The data cannot be published as they are."""
    FIGURE = "figure"
    """The printed figures do not agree: published beside the figure, to be acknowledged."""
    HINT = "hint"
    """Probably a slip; the data are usable."""
    TRANSLATION = "translation"
    """English is missing or out of date; the Chinese is shown in its place."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A wording in both languages."""

    zh: str
    en: str

    def in_language(self, lang: Language) -> str:
        """Return the wording in ``lang``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of problem: its weight and its words."""

    severity: Severity
    title: Bilingual
    message: Bilingual
    cause: Bilingual
    """What usually leads to it."""
    mend: Bilingual
    """What to type or do."""
    fields: frozenset[str]
    """Names of the values that the two messages show."""
    example: Bilingual | None = None
    """How it comes about, where no case of the tests shows it."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns start at 1; a column counts characters, not bytes.

    ``end_column`` is the column after the last character. An end of 0 is unknown; the two ends are
    equal to the start where nothing is written (an empty value). ``file`` is a posix path.
    """

    file: str
    line: int
    column: int
    end_line: int = 0
    end_column: int = 0


class Located(Protocol):
    """What can tell its stretch of a file, and has to look for it only when asked."""

    @property
    def span(self) -> Span:
        """The stretch of the file."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """One thing that is wrong, at one place. Made by :func:`problem`.

    ``explanation`` is what the editors say about it in ``acknowledged.yml``. Two are equal that say
    the same of the same stretch.
    """

    code: str
    where: Span | Located
    values: tuple[tuple[str, str], ...]
    explanation: Bilingual | None = None

    @property
    def span(self) -> Span:
        """The stretch of the file; most problems of a site are never asked for it."""
        return self.where if isinstance(self.where, Span) else self.where.span

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Problem):
            return NotImplemented
        mine, its = ((one.code, one.values, one.explanation) for one in (self, other))
        return mine == its and self.span == other.span

    def __hash__(self) -> int:
        return hash((self.code, self.values))

    @property
    def severity(self) -> Severity:
        """The weight that the catalogue gives this code."""
        return CATALOGUE[self.code].severity

    @property
    def acknowledged(self) -> bool:
        """Whether the editors have explained it."""
        return self.explanation is not None

    def message(self, lang: Language) -> str:
        """Return one line of plain text: what was found and what to write instead.

        Values are shortened, and their control characters are shown as escapes: no value can break
        the line, forge another one or send codes to a terminal. It is text, not HTML.
        """
        values = {
            name: value if name in _OWN_WORDS else _shown(value) for name, value in self.values
        }
        template = CATALOGUE[self.code].message.in_language(lang)
        return _OPTIONAL_PART.sub(lambda part: _part(part[1], values), template).format_map(values)

    def line(self, lang: Language | None = None) -> str:
        """Return ``file:line:column CODE message``; without ``lang``, ``中文 / English``."""
        said = self.message(lang) if lang else f"{self.message('zh')} / {self.message('en')}"
        span = self.span
        return f"{visible(span.file)}:{span.line}:{span.column} {self.code} {said}"


def problem(code: str, where: Span | Located, **values: object) -> Problem:
    """Make a problem of the catalogue.

    Values that its messages do not show are dropped. Raises KeyError for an unknown code, and
    ValueError where a value that a message shows is missing: both are mistakes of the programmer.
    """
    fields = CATALOGUE[code].fields
    missing = fields - values.keys()
    if missing:
        raise ValueError(f"{code} also shows {sorted(missing)}")
    return Problem(
        code, where, tuple((name, str(value)) for name, value in values.items() if name in fields)
    )


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file, line, column and code, each once."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda found: (
                found.span.file,
                found.span.line,
                found.span.column,
                found.code,
                found.values,
            ),
        )
    )


def report(problems: Iterable[Problem], lang: Language | None = None) -> str:
    """Return one line for each problem, in the order given, each ended by a newline.

    Without ``lang`` every line is in Chinese and in English.
    """
    return "".join(f"{found.line(lang)}\n" for found in problems)


# Everything that can end a line, move a cursor, hide, or turn the direction of writing.
_UNSHOWABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


_OPTIONAL_PART = re.compile(r"\[\[(.*?)\]\]")


def _part(template: str, values: Mapping[str, str]) -> str:
    return template if all(values[name] for name in _field_names(template)) else ""


def visible(text: str) -> str:
    """Text with everything that could break a line or fool a reader shown as an escape."""
    return _UNSHOWABLE.sub(lambda found: _escape(found.group()), text)


def _escape(character: str) -> str:
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if named:
        return named
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def _shown(value: str) -> str:
    if len(value) > MAXIMUM_SHOWN_CHARACTERS:
        value = value[: MAXIMUM_SHOWN_CHARACTERS - 1] + "…"
    return visible(value)


def _bilingual(code: str, table: Mapping[str, Any], name: str) -> Bilingual:
    words = table[name]
    if set(words) != {"zh", "en"} or not all(isinstance(said, str) for said in words.values()):
        raise ValueError(f"{code}: {name} needs zh and en, and nothing else")
    return Bilingual(words["zh"], words["en"])


def _field_names(template: str) -> Iterator[str]:
    return (name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


def _entry(code: str, table: Mapping[str, Any]) -> Entry:
    required = {"severity", "title", "message", "cause", "mend"}
    if missing := required - set(table):
        raise ValueError(f"{code}: {sorted(missing)} missing")
    if unknown := set(table) - required - {"example"}:
        raise ValueError(f"{code}: unknown {sorted(unknown)}")
    message = _bilingual(code, table, "message")
    return Entry(
        severity=Severity(table["severity"]),
        title=_bilingual(code, table, "title"),
        message=message,
        cause=_bilingual(code, table, "cause"),
        mend=_bilingual(code, table, "mend"),
        fields=frozenset([*_field_names(message.zh), *_field_names(message.en)]),
        example=_bilingual(code, table, "example") if "example" in table else None,
    )


def _catalogue() -> Mapping[str, Entry]:
    entries: dict[str, Entry] = {}
    folder = resources.files(__package__).joinpath("messages")
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    for file in sorted(files, key=lambda file: file.name):
        for code, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if not re.fullmatch(r"[A-Z][0-9]{3}", code):
                raise ValueError(f"{file.name}: {code} is not a letter and three digits")
            if code in entries:
                raise ValueError(f"{file.name}: {code} stands in another file too")
            entries[code] = _entry(code, table)
    return MappingProxyType(dict(sorted(entries.items())))


CATALOGUE: Mapping[str, Entry] = _catalogue()
"""Every kind of problem by its code: Y1xx reading, S2xx shape, R3xx references, A4xx arithmetic,
T5xx translation, H6xx hints, C7xx completeness, P8xx privacy, K9xx acknowledgement."""
