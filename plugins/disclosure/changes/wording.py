"""What changed inside a text: the pieces that stayed, went and came."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_LONGEST = 2_000
"""Pieces of a text that are compared; what differs in a longer one is shown as a whole."""
# A word of Latin letters or a number is one piece: 466.73 does not become 4[66.73][70.00].
_PIECE = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both versions, or in one of them."""

    kind: Literal["kept", "removed", "added"]
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one row of pieces: kept and removed ones make the old, kept and added the
    new.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = _middle(old[start : len(old) - end], new[start : len(new) - end])
    rest = "".join(old[len(old) - end :])
    found = [Piece("kept", "".join(old[:start])), *middle, Piece("kept", rest)]
    return tuple(piece for piece in found if piece.text)


def _middle(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    if max(len(old), len(new)) > _LONGEST:
        return [Piece("removed", "".join(old)), Piece("added", "".join(new))]
    found: list[Piece] = []
    for operation, a, b, c, d in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if operation == "equal":
            found.append(Piece("kept", "".join(old[a:b])))
        else:
            found += [Piece("removed", "".join(old[a:b])), Piece("added", "".join(new[c:d]))]
    return _readable(found)


def _readable(found: list[Piece]) -> list[Piece]:
    """Two changes with a single kept piece of one character between them are one change."""
    merged: list[Piece] = []
    removed = added = ""
    for at, piece in enumerate(found):
        between = 0 < at < len(found) - 1 and (removed or added)
        if piece.kind == "kept" and not (between and len(piece.text) == 1):
            merged += [Piece("removed", removed), Piece("added", added), piece]
            removed = added = ""
        else:
            removed += piece.text if piece.kind != "added" else ""
            added += piece.text if piece.kind != "removed" else ""
    merged += [Piece("removed", removed), Piece("added", added)]
    return [piece for piece in merged if piece.text]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces at the beginning are the same."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
