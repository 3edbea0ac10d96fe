"""Lists of page numbers as short printable text.

An ascending list is written as its gaps in variable-length base 64 (five bits a character, the
sixth says that more follow), or, where that is longer, as ``*`` and a bitmap of six pages a
character. ``decode`` in ``search.js`` reads both.
"""

import itertools
from collections.abc import Sequence
from operator import sub

__all__ = ["encode", "encode_number", "encode_runs"]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def encode_number(number: int) -> str:
    """One number ≥ 0, low bits first."""
    text = ""
    while number >= 32:
        text += ALPHABET[32 | number & 31]
        number >>= 5
    return text + ALPHABET[number]


class _Texts(dict[int, str]):
    """Distance to the number before → text of the gap, made on first use."""

    def __missing__(self, distance: int) -> str:
        self[distance] = encode_number(distance - 1)
        return self[distance]


_GAPS = _Texts()
_SIX = {
    bits: ALPHABET[sum(bit << place for place, bit in enumerate(bits))]
    for bits in itertools.product((0, 1), repeat=6)
}


def encode(numbers: Sequence[int]) -> str:
    """An ascending list without repetitions; empty gives an empty text."""
    if not numbers:
        return ""
    text = "".join(map(_GAPS.__getitem__, map(sub, numbers, itertools.chain((-1,), numbers))))
    size = numbers[-1] // 6 + 1
    if size + 1 >= len(text):
        return text
    pages = bytearray(6 * size)
    for number in numbers:
        pages[number] = 1
    return "*" + "".join(map(_SIX.__getitem__, zip(*[iter(pages)] * 6, strict=True)))


def encode_runs(numbers: Sequence[int]) -> str:
    """An ascending list as pairs (gap, length of the run - 1): short where neighbours agree."""
    text = ""
    next_number = start = 0
    for position, number in enumerate(numbers):
        if position == 0 or number != numbers[position - 1] + 1:
            text += encode_number(number - next_number)
            start = number
        if position + 1 == len(numbers) or numbers[position + 1] != number + 1:
            text += encode_number(number - start)
            next_number = number + 1
    return text
