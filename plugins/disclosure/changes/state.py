"""A state of the data folder, as far as two of them are compared: plain values, nothing to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from disclosure.changes.names import Terms
from disclosure.problems import Bilingual, Severity
from disclosure.source import Path

DisclosureKey = tuple[str, str]
"""Department and disclosure: ``("economy-technology", "2024-budget")``."""
TextKey = tuple[str, str]
"""Context and Chinese of an entry of the PO files."""
PlaceKey = tuple[str, Path]
"""The name of a file below the data folder, and the keys that lead to a value in it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A problem or finding. ``place``: where, by keys; only the file where no keys are known.

    ``line`` is that of the file as it was then.
    """

    code: str
    severity: Severity
    place: PlaceKey
    line: int
    message: Bilingual
    acknowledged: bool = False
    difference: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed figure that the rules compare with others, by their places.

    ``parts`` are the figures that it should be the sum of; one alone is the same figure elsewhere.
    """

    rule: str
    printed: PlaceKey
    parts: tuple[PlaceKey, ...]


@dataclass(frozen=True, slots=True)
class English:
    """An entry of the PO files. ``fuzzy``: proposed, not yet checked, so it is not published."""

    file: str
    text: str
    fuzzy: bool

    @property
    def published(self) -> str:
        """The English that the site shows; empty for none."""
        return "" if self.fuzzy else self.text.strip()


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page in both languages. ``content``: equal for pages that say the same."""

    address: Bilingual
    title: Bilingual
    content: tuple[object, object]


@dataclass(frozen=True, slots=True)
class State:
    """The data folder at one time.

    ``shared`` has the files that belong to no disclosure, by their names below the folder.
    ``unread`` are the files that could not be read: they are compared in neither state.
    ``pages`` is None where no site can be made because of ``errors``.
    """

    name: str
    terms: Terms
    documents: Mapping[DisclosureKey, Mapping[str, Any]]
    departments: frozenset[str] = frozenset()
    shared: Mapping[str, Any] = field(default_factory=dict)
    english: Mapping[TextKey, English] = field(default_factory=dict)
    untranslated: frozenset[TextKey] = frozenset()
    errors: tuple[Found, ...] = ()
    findings: tuple[Found, ...] = ()
    sums: tuple[Sum, ...] = ()
    unread: frozenset[str] = frozenset()
    pages: Mapping[str, PageSeen] | None = None
