"""Lists of page numbers as short printable text.

An ascending list is written as its gaps in variable-length base 64 (five bits a character, the
sixth says that more follow), or, where that is longer, as ``*`` and a bitmap of six pages a
character. ``decode`` in ``search.js`` reads both.
"""

from collections.abc import Sequence

__all__ = ["encode", "encode_number", "encode_runs"]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def encode_number(number: int) -> str:
    """One number ≥ 0, low bits first."""
    text = ""
    while number >= 32:
        text += ALPHABET[32 | number & 31]
        number >>= 5
    return text + ALPHABET[number]


_SMALL = tuple(encode_number(number) for number in range(4096))


def encode(numbers: Sequence[int]) -> str:
    """An ascending list without repetitions; empty gives an empty text."""
    if not numbers:
        return ""
    parts = []
    next_number = 0
    for number in numbers:
        gap = number - next_number
        parts.append(_SMALL[gap] if gap < 4096 else encode_number(gap))
        next_number = number + 1
    text = "".join(parts)
    size = numbers[-1] // 6 + 1
    if size + 1 >= len(text):
        return text
    bits = bytearray(size)
    for number in numbers:
        bits[number // 6] |= 1 << number % 6
    return "*" + "".join(map(ALPHABET.__getitem__, bits))


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
