"""What one process found, on its way to the one that asked: small, without the data they share.

A place holds the whole file that it stands in, which both processes have. It is named here, not
sent; nor is any file parsed for the line of a place that nobody has asked for yet.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Mapping
from typing import Any

from disclosure.book import Book, Place
from disclosure.source import Source

Sources = Mapping[str, Source]
"""The YAML files of a book by their names in messages."""


def sources(book: Book) -> Sources:
    """The YAML files of a book."""
    return {each.file: each for each in book.sources.values()}


def packed(found: object, known: Sources) -> bytes:
    """``found`` as bytes; places in files of ``known`` go without the files."""
    stream = io.BytesIO()
    _Packing(stream, known).dump(found)
    return stream.getvalue()


def unpacked(parcel: bytes, known: Sources) -> Any:
    """What :func:`packed` was given; ``known`` are the same files. For parcels of our own only."""
    return _Unpacking(io.BytesIO(parcel), known).load()


class _Packing(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, known: Sources) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._known = known
        self.dispatch_table = {**copyreg.dispatch_table, Place: _as_it_is}

    def persistent_id(self, each: object) -> str | None:
        return each.file if isinstance(each, Source) and each.file in self._known else None


class _Unpacking(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, known: Sources) -> None:
        super().__init__(stream)
        self._known = known

    def persistent_load(self, file: str) -> Source:
        return self._known[file]


def _as_it_is(place: Place) -> tuple[Any, ...]:
    # Its own way looks for its line first, since it may go where its file is not.
    return Place, (place.file, place.path, place.source or place.span)
