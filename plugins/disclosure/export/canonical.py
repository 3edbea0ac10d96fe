"""The data of one disclosure as a JSON document, its canonical bytes and their SHA-256.

An edition is such a document as it was on a day. What belongs to it: the disclosure's own files
(``disclosure.yml``, ``budget.yml``, ``narrative.yml``, ``procurement.yml``, ``assets.yml``, the
statutory tables, the subordinate units, the projects) and the English of the texts in them. What
does not: the glossary, the policy documents and the words of the site, which change with every
department and every year; and ``acknowledged.yml``, in which the editors explain findings.

The canonical form is that of RFC 8785 (JSON Canonicalization Scheme, section 3.2): no space between
tokens, the keys of an object sorted by their UTF-16 code units, the shortest escapes, UTF-8 without
a byte order mark. Figures are texts as printed (``"466.73"`` is not ``"466.730"``), so the only
numbers are whole ones. There is no line break in it and none after it: Git and editors that convert
line ends leave it as it is.

Key order, quotation marks, comments and line ends of the YAML do not show in the bytes. What the
document prints does: the figures digit by digit, the order of rows, a cell that is printed blank
against one that is not there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from disclosure.book import Book, Disclosure
from disclosure.export.tables import table_fields
from disclosure.model.fields import Figure, Nothing
from disclosure.model.table_forms import Table

FORMAT = "1"
"""The version of the document, that of the data format."""
_WHOLE = 2**53
"""From here on a reader that takes numbers for doubles loses digits (RFC 8785, section 3.2.2.3)."""


def disclosure_document(book: Book, disclosure: Disclosure) -> dict[str, Any]:
    """One disclosure's own data and the English of its texts, as a tree for JSON.

    Keys as in the YAML, figures as printed (printed blank: None), a part that is not there None::

        {"format": "1", "disclosure": {…}, "budget": {…}, "narrative": {…}, "procurement": {…},
         "assets": {…}, "tables": {id: {…}}, "units": [{"unit": {…}, "budget": …, "tables": …}],
         "projects": [{…}], "english": {Chinese: English},
         "english_of_project": {code: {Chinese: English}}}

    ``english_of_project`` has the texts whose English is another one in that project.
    """
    tree = _Tree(book)
    return tree.document(tree.own(disclosure))


def whole_document(book: Book, disclosure: Disclosure) -> dict[str, Any]:
    """The same with the glossary and the policy documents of the site, before the English."""
    tree = _Tree(book)
    own = tree.own(disclosure)
    shared = {"glossary": tree.fields(book.glossary), "policies": tree.fields(book.policies)}
    return tree.document(own | shared)


def canonical(document: Mapping[str, Any]) -> bytes:
    """The bytes of a document in the canonical form (RFC 8785), without a line end.

    The same document gives the same bytes everywhere. Raises ValueError for what the form cannot
    hold: a number that is not whole or needs more than 53 bits, half a surrogate pair; TypeError
    for what is no JSON.
    """
    text = json.dumps(_ordered(document), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def digest(data: bytes) -> str:
    """The SHA-256 of ``data`` (FIPS 180-4), 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {key: _ordered(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= _WHOLE):
        raise ValueError(f"{value!r} is no number of this form")
    return value


class _Tree:
    """Turns models into JSON and collects the English of every text on the way."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._english: dict[str, str] = {}
        self._own_english: dict[str, dict[str, str]] = {}

    def document(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The document around content whose English has been collected."""
        return {
            "format": FORMAT,
            **content,
            "english": dict(sorted(self._english.items())),
            "english_of_project": self._own_english,
        }

    def own(self, disclosure: Disclosure) -> dict[str, Any]:
        """The files of the disclosure."""

        def optional(part: Any) -> Any:
            return self.fields(part) if part else None

        return {
            "disclosure": self.fields(disclosure.header),
            "budget": optional(disclosure.budget),
            "narrative": self.fields(disclosure.narrative),
            "procurement": optional(disclosure.procurement),
            "assets": optional(disclosure.assets),
            "tables": self._tables(disclosure.tables),
            "units": [
                {
                    "unit": self.fields(unit.file),
                    "budget": optional(unit.budget),
                    "tables": self._tables(unit.tables),
                }
                for unit in disclosure.units
            ],
            "projects": [self.fields(p.file, p.code) for p in disclosure.projects],
        }

    def fields(self, model: Any, context: str = "") -> Any:
        """A model with the keys that its file gives; ``context`` is that of its English."""
        if hasattr(model, "model_fields_set"):
            return {
                field.alias or name: self.fields(getattr(model, name), context)
                for name, field in type(model).model_fields.items()
                if name in model.model_fields_set
            }
        if isinstance(model, tuple | list):
            return [self.fields(item, context) for item in model]
        if isinstance(model, dict):
            return {key: self.fields(item, context) for key, item in model.items()}
        return self._printed(model, context)

    def _tables(self, tables: Mapping[str, Table]) -> dict[str, Any]:
        return {id: table_fields(table, self._printed) for id, table in tables.items()}

    def _printed(self, value: Any, context: str) -> Any:
        if isinstance(value, Figure):
            return None if value.nothing is Nothing.BLANK else value.printed
        if isinstance(value, str):
            catalogue = self._book.catalogue
            common, here = catalogue.find(value), catalogue.find(value, context)
            if common:
                self._english[value] = common
            if here and here != common:
                self._own_english.setdefault(context, {})[value] = here
        return value
