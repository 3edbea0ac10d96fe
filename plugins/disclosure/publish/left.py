"""What is left of a department when its pages are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.export.files import ExportFile
from disclosure.model.fields import Lang
from disclosure.site.uses import Uses


@dataclass(frozen=True, slots=True)
class Left:
    """What a department leaves behind for the rest of the site.

    ``outputs``: SHA-256 by address. ``pages``: addresses of its pages. ``files``: its files without
    their bytes. ``uses``: its pages that use a term. ``indexed``: its part of the search index,
    packed, since it is most of all and needed only to put the index together. ``said``: a digest of
    the texts in it.
    """

    outputs: Mapping[str, str]
    pages: tuple[str, ...]
    files: tuple[ExportFile, ...]
    uses: Mapping[Lang, Uses]
    indexed: Mapping[Lang, bytes]
    said: str
