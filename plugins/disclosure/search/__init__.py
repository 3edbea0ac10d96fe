"""Search without a server: an index in small scripts, built here and read by ``search.js``."""

from disclosure.search.index import (
    Indexed,
    SearchPage,
    SearchSection,
    assemble,
    build_index,
    index_pages,
)
from disclosure.search.strings import SEARCH_STRINGS

__all__ = [
    "SEARCH_STRINGS",
    "Indexed",
    "SearchPage",
    "SearchSection",
    "assemble",
    "build_index",
    "index_pages",
]
