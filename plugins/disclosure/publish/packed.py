"""Results of a build as bytes, for the next build or for another machine.

They are pickles, since nothing else keeps half a million small values as quickly. A pickle can name
any function to be called: therefore only what is listed here is looked up, all of which merely
makes values (Python documentation, "Restricting Globals").
"""

from __future__ import annotations

import decimal
import io
import pickle
import zlib
from collections.abc import Callable
from typing import Any

from disclosure.export.files import ExportFile
from disclosure.publish.folder import Output
from disclosure.publish.keys import Inputs
from disclosure.publish.left import Left
from disclosure.search import Indexed
from disclosure.search.index import unpacked
from disclosure.site import blocks, followed, routes, uses

_MAKERS: tuple[Callable[..., object], ...] = (
    *(Inputs, Left, Output, ExportFile, Indexed, unpacked, decimal.Decimal),
    *(blocks.Link, blocks.Phrase, routes.Kind, routes.PageId, routes.Part, routes.Target),
    *(uses.TermUses, followed.Gathered, followed.Named, followed.Period, followed.Total),
)


class NotPacked(Exception):
    """Bytes that are no result of a build: damaged, or of another version."""


def pack(value: object) -> bytes:
    """The bytes of a value."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Any:
    """The value of :func:`pack`. Raises NotPacked for anything else."""
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except NotPacked:
        raise
    except Exception as error:  # a damaged pickle raises nearly anything
        raise NotPacked(str(error)) from error


def pack_small(value: object) -> bytes:
    """The bytes of a large value that waits long until it is needed: a quarter of :func:`pack`."""
    return zlib.compress(pack(value), 1)


def unpack_small(data: bytes) -> Any:
    """The value of :func:`pack_small`. Raises NotPacked for anything else."""
    try:
        return unpack(zlib.decompress(data))
    except (TypeError, zlib.error) as error:
        raise NotPacked(str(error)) from error


_KNOWN = {(each.__module__, each.__qualname__): each for each in _MAKERS}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Callable[..., object]:
        """What makes a value; NotPacked for anything else."""
        if (found := _KNOWN.get((module, name))) is None:
            raise NotPacked(f"{module}.{name}")
        return found
