"""Documents to read: each is made from a seed and its number alone, so any can be made again."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_FOLDERS = ("data", "examples/district/data", "tests/invalid")

_SIGNS = [
    *":-?,[]{}#&*!|>'\"%@` \n~\\/.=<_0a",
    *"：，。、“”‘’（）《》【】—…　年万元①㊀",
    *"\t\r\x00\x07\x0b\x0c\x1b\x7f\x80\x85\xa0\xad",
    *"\u061c\u180e\u200b\u200d\u200e\u2028\u2029\u202e\u2060\u2066\ufeff\ufff9\ufffd\uffff",
    *"\U0001f600\U00020000\U000e0041\U0001d173",
]
_PIECES = [
    "- ", ": ", " #", "key: ", "? ", "&a ", "*a", "!!str ", "<<: ", "---\n", "...\n", "|\n  ",
    ">-\n  ", "|+\n", "''", '"', '""', "\\x41", "\\u202e", "~", "null", "true", "0x1F", "1:30",
    "2023-01-01", "[", "]", "{", "}", "{a: b}", "[a, b]", "\n  ", "\n", "\r\n", "\n\n", "名称: ",
    "名称：", "-名称", "%YAML 1.1\n", "key:value", "=", "'it''s'", "\n\t- ", "a: a: a", "@x", "`",
]  # fmt: skip
_PO_PIECES = [
    'msgid "', 'msgstr "', 'msgctxt "', '"\n', '"', "\\", "\\n", "\\q", "#, fuzzy\n", "#~ msgid",
    "#: x:1\n", "msgid_plural ", "msgstr[0] ", "\n", "\n\n", "#| ", "\\x41", 'msgid ""\n',
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """What to read. ``refused``: it must not be accepted, whatever a parser would make of it."""

    kind: str
    data: bytes
    refused: bool = False

    @property
    def is_po(self) -> bool:
        """A translation; all others are YAML."""
        return self.kind.startswith("po ")


def document(seed: int, number: int) -> Document:
    """The document with this number."""
    chance = random.Random(f"{seed} {number}")
    kinds, weights = zip(*_KINDS, strict=True)
    made: Callable[[random.Random], Document] = chance.choices(kinds, weights)[0]
    return made(chance)


@functools.cache
def _real(pattern: str) -> tuple[str, ...]:
    paths = [path for folder in _FOLDERS for path in sorted((ROOT / folder).rglob(pattern))]
    return tuple(path.read_bytes().decode("utf-8", "replace") for path in paths)


def _excerpt(chance: random.Random, pattern: str) -> str:
    """Whole lines of a real file, enough to matter and few enough to be read by the thousand."""
    lines = chance.choice(_real(pattern)).splitlines(keepends=True)
    start = 0 if chance.random() < 0.5 else chance.randrange(len(lines) or 1)
    return "".join(lines[start : start + chance.randint(1, 60)])


def _mutated(chance: random.Random, text: str, pieces: list[str]) -> str:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randint(0, len(text))
        to = min(len(text), at + chance.choice((1, 1, 2, 5, 30)))
        how = chance.randrange(6)
        if how == 0:
            text = text[:at] + text[to:]
        elif how == 1:
            text = text[:at] + chance.choice(pieces) + text[at:]
        elif how == 2:
            text = text[:at] + chance.choice(_SIGNS) + text[to:]
        elif how == 3:
            text = text[:to] + text[at:to] + text[to:]
        else:
            lines = text.split("\n")
            first, second = (chance.randrange(len(lines)) for _ in range(2))
            if how == 4:
                lines[first], lines[second] = lines[second], lines[first]
            else:
                lines[first] = " " * chance.randint(0, 4) + lines[first]
            text = "\n".join(lines)
    return text


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _random_bytes(chance: random.Random) -> Document:
    return Document("random bytes", chance.randbytes(chance.randint(0, 300)))


def _random_signs(chance: random.Random) -> Document:
    parts = chance.choices(_PIECES + _SIGNS, k=chance.randint(1, 40))
    return Document("random signs", _encoded("".join(parts)))


def _plain_signs(chance: random.Random) -> Document:
    """The signs that YAML gives a meaning, and nothing that is forbidden: often accepted."""
    parts = chance.choices([*"ab:-, \n\n[]{}#'\"|>?!&*%1中", "\n  ", "- ", ": ", "a: "], k=14)
    return Document("plain signs", _encoded("".join(parts)))


def _real_yaml(chance: random.Random) -> Document:
    return Document("real yaml", _encoded(_excerpt(chance, "*.yml")))


def _mutated_yaml(chance: random.Random) -> Document:
    text = _mutated(chance, _excerpt(chance, "*.yml"), _PIECES)
    ends = chance.choice(("\n", "\n", "\r\n", "\r"))
    mark = chance.choice(("", "", "", "\ufeff"))
    return Document("mutated yaml", _encoded(mark + text.replace("\n", ends)))


def _damaged_yaml(chance: random.Random) -> Document:
    data = bytearray(_encoded(_excerpt(chance, "*.yml")))
    for _ in range(chance.randint(1, 4)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    return Document("damaged bytes", bytes(data))


def _nested(chance: random.Random) -> Document:
    depth = chance.choice((5, 31, 32, 33, 34, 100, 5000))
    sign, close, end = chance.choice((("[", "]", ""), ("{a: ", "}", ""), ("- ", "", "a")))
    text = sign * depth + (end or "a") + close * chance.choice((depth, depth, depth - 1))
    if chance.random() < 0.2:
        text = "".join(f"{'  ' * level}a:\n" for level in range(min(depth, 100)))
    return Document("nested", _encoded(text))


def _other_encoding(chance: random.Random) -> Document:
    text = "名称: 高新区经济技术局\n" + _excerpt(chance, "*.yml")
    encoding = chance.choice(("gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"))
    data = text.encode(encoding, "replace")
    return Document(f"in {encoding}", data, refused=True)


def _controls(chance: random.Random) -> Document:
    text = _excerpt(chance, "*.yml")
    at = chance.randint(0, len(text))
    sign = chr(chance.choice((*range(0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2070))))
    return Document("control characters", _encoded(text[:at] + sign + text[at:]))


def _huge(chance: random.Random) -> Document:
    count = chance.choice((20_000, 300_000))
    part = chance.choice(
        ("a", "中", " ", "- a\n", "a: 1\n", "[", "'", '"', "\n", "- '\n", "a:\n ", "{a: [", "：")
    )
    head = chance.choice(("", "a: ", "- ", '"', "|\n ", "'"))
    return Document("huge", _encoded(head + part * (count // len(part))))


def _mutated_po(chance: random.Random) -> Document:
    return Document("po mutated", _encoded(_mutated(chance, _excerpt(chance, "*.po"), _PO_PIECES)))


def _random_po(chance: random.Random) -> Document:
    parts = chance.choices(_PO_PIECES + _SIGNS, k=chance.randint(1, 30))
    return Document("po random", _encoded("".join(parts)))


def _encoded_po(chance: random.Random) -> Document:
    text = 'msgid "名称"\nmsgstr "Name"\n' + _excerpt(chance, "*.po")
    encoding = chance.choice(("gbk", "utf-16"))
    return Document(f"po in {encoding}", text.encode(encoding, "replace"), refused=True)


_KINDS = (
    (_random_bytes, 6),
    (_random_signs, 14),
    (_plain_signs, 14),
    (_real_yaml, 4),
    (_mutated_yaml, 32),
    (_damaged_yaml, 5),
    (_nested, 4),
    (_other_encoding, 4),
    (_controls, 5),
    (_huge, 0.4),
    (_mutated_po, 7),
    (_random_po, 3),
    (_encoded_po, 1),
)
