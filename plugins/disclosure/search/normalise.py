"""One way to fold text for search, the same here and in ``fold`` of ``search.js``.

A folded text holds four things only: *units* (Chinese characters and the few signs that carry
meaning in a disclosure, such as ``≥`` and ``%``; each stands alone), *words* (runs of other letters
and digits), a decimal ``.`` between digits, and gaps: ``" "`` between two words, ``"\\n"`` where a
sentence mark stood. Quotation marks, brackets and spaces next to a unit leave no trace, so that
``“三公”经费`` is 三公经费, ``2 个`` is ``2个`` and ``因公出国（境）费`` is 因公出国境费.

Characters are classed by fixed ranges where they are Chinese, Japanese or Korean, so that a browser
with a newer Unicode than this Python sees the same units.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from operator import add

__all__ = ["dashed_pieces", "fold", "shard_key", "terms", "text_hash", "triples", "units"]

UNITS = (
    "%<>‰≤≥≦≧"
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3131-\u318e"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb"
    "\uf900-\ufaff\U00020000-\U0003fffd"
)
SENTENCE_MARKS = ";:!?、。"

_UNIT = re.compile(f"[{UNITS}]")
_SPACES = "[ \u00a0\u3000]*"
# "[2023] No. 141" and 〔2023〕141 are the same number; "No." is blanked, keeping the length.
_NUMBER_WORD = re.compile(
    f"([\\])\u3015\u3011\uff09\uff3d]{_SPACES})([Nn][Oo]\\.?)(?={_SPACES}[0-9\uff10-\uff19])"
)
# Each begins with the one character that it is about: a search passes quickly by all others.
_THOUSANDS = re.compile(r",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")
_STRAY_POINT = re.compile(r"\.(?:(?<![0-9]\.)|(?![0-9]))")
_SOFT_GAP = re.compile(f" (?:(?<=[{UNITS}] )|(?=[{UNITS}]))")
_LETTER = f"[^{UNITS} \\n.]"
_WORD = re.compile(f"\\.?{_LETTER}+")
# Only from the beginning of a word and all of it: the same matches, and no word looked at twice.
_WORD_AND_UNIT = re.compile(f"(?:\\.|(?<!{_LETTER})){_LETTER}++[{UNITS}]")
_UNIT_AND_WORD = re.compile(f"[{UNITS}]{_LETTER}+")
_UNIT_RUN = re.compile(f"[{UNITS}]{{2,}}")
# The year and the number of a policy document, whose brackets have become a gap.
_YEAR_AND_NUMBER = re.compile(
    f"(?<!{_LETTER})(?<!\\.)(?:19|20)[0-9]{{2}}(?= ([0-9]+)(?!{_LETTER}))"
)
_CODE = re.compile(f"(?<!{_LETTER})(?<!\\.)(?=[a-z]*[0-9])[0-9a-z]{{6,}}(?!{_LETTER}|\\.)")
_KEY = re.compile(f"[{UNITS}](?:[{UNITS}]|{_LETTER}+)?|(?:(?![0-9]){_LETTER}){{3}}|{_LETTER}+")

_DASH = "[-\u2010-\u2015\u2212\uff0d]"
_DASHED = re.compile(f"(?<![0-9A-Za-z])[0-9A-Za-z]++(?: ?{_DASH} ?[0-9A-Za-z]+)+")

PIECE_SIZES = (4, 8)

_UTF_16 = f"utf-16-{sys.byteorder[0]}e"  # as the machine has its numbers


class _Table(dict[int, str]):
    """Code point → folded text, filled on first use (``str.translate`` asks for each once)."""

    def __missing__(self, point: int) -> str:
        folded = "".join(map(_fold_one, unicodedata.normalize("NFKD", chr(point)).lower()))
        self[point] = folded
        return folded


def _fold_one(char: str) -> str:
    if _UNIT.match(char):
        return char
    category = unicodedata.category(char)
    if category[0] in "LN":
        return char
    if category[0] == "M" or category == "Cf":
        return ""
    if char in ".,":
        return char
    return "\n" if char in SENTENCE_MARKS else " "


_TABLE = _Table()


def fold(text: str) -> str:
    """The text as search compares it: NFKD without marks, lower case, gaps as described above."""
    text = _NUMBER_WORD.sub(_blanked, text).translate(_TABLE)
    text = _STRAY_POINT.sub("\n", _THOUSANDS.sub("", text).replace(",", "\n"))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _SOFT_GAP.sub("", "\n".join(filter(None, lines)))


def _blanked(match: re.Match[str]) -> str:
    return match[1] + " " * len(match[2])


def terms(folded: str) -> set[str]:
    """The index terms of a folded text, without single units and triples.

    Words whole; adjacent units as pairs; a word and the unit beside it joined (``2024年``,
    ``≥90``); a year and the number after it (``2023 141``, of a policy number); pieces of codes.
    """
    if not _UNIT.search(folded):  # as nearly all of an English page
        found = set(folded.replace(".", " .").split())
        return found.union(_numbered(folded), _code_pieces(folded))
    found = set(_WORD.findall(folded))
    found.update(_WORD_AND_UNIT.findall(folded), _UNIT_AND_WORD.findall(folded))
    for run in _UNIT_RUN.findall(folded):
        found.update(map(add, run, run[1:]))
    return found.union(_numbered(folded), _code_pieces(folded))


def _numbered(folded: str) -> Iterator[str]:
    return (f"{match[0]} {match[1]}" for match in _YEAR_AND_NUMBER.finditer(folded))


def _code_pieces(folded: str) -> Iterator[str]:
    """All 4- and 8-character pieces of the codes.

    A code is a run of six or more Latin letters and digits with a digit among them; a number with a
    decimal point is an amount, not a code.
    """
    for code in _CODE.findall(folded):
        yield from _pieces(code)


def _pieces(code: str) -> Iterator[str]:
    for size in PIECE_SIZES:
        for start in range(len(code) - size + 1):
            yield "#" + code[start : start + size]


def dashed_pieces(text: str) -> set[str]:
    """The pieces of the codes with hyphens (``FIC23-CUL-001``) in a text that is not yet folded.

    Folding takes them for words, of which a reader may type the end of one and the beginning of
    the next. The hyphens are left out, so that the pieces join what they separate.
    """
    return {
        piece
        for code in _DASHED.findall(text)
        if any(map(str.isdigit, code))
        for piece in _pieces("".join(filter(str.isalnum, code)).lower())
    }


def triples(folded: str) -> set[str]:
    """Every three adjacent units of a folded text."""
    found: set[str] = set()
    for run in _UNIT_RUN.findall(folded):
        found.update(map(add, map(add, run, run[1:]), run[2:]))
    return found


def units(folded: str) -> set[str]:
    """Every single unit of a folded text: what a one-character query looks up."""
    return set(_UNIT.findall(folded))


def shard_key(term: str) -> str:
    """What decides the shard of a term.

    A pair of units and the triple that begins with it lie together; so do all words with the same
    first three letters, for the word that is being typed. What begins with a digit lies alone:
    the codes of a site begin alike.
    """
    match = _KEY.match(term.lstrip("#."))
    return match[0] if match else ""


def text_hash(text: str) -> int:
    """FNV-1a over UTF-16 code units, 32 bits: cheap to write alike in JavaScript."""
    value = 0x811C9DC5
    for unit in memoryview(text.encode(_UTF_16, "surrogatepass")).cast("H"):
        value = ((value ^ unit) * 0x01000193) & 0xFFFFFFFF
    return value
