"""Search without a server: an index in small scripts, built here and read by ``search.js``."""

from disclosure.search.index import SearchPage, SearchSection, build_index
from disclosure.search.strings import SEARCH_STRINGS

__all__ = ["SEARCH_STRINGS", "SearchPage", "SearchSection", "build_index"]
