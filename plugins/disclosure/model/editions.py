"""``editions.yml``: which editions of a disclosure were published, when and why.

Beside it, ``editions/<number>.json`` is the data of each edition as they were (the canonical form,
see ``export.canonical``). Such a file is written by ``disclosure edition`` and by nobody else, so a
reader takes it for what it is, input from outside: its size, its depth and its form are bounded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NoReturn

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from disclosure.model.fields import BLANK, Bilingual, Count, Date, Model

MAXIMUM_BYTES = 16 * 1024 * 1024
"""Of the JSON of an edition: eight times what one YAML file may have."""
MAXIMUM_DEPTH = 40
"""Levels of the JSON: those of a YAML file, and the ones around it."""


def _sha256(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    if not re.fullmatch(r"[0-9a-f]{64}", text, re.ASCII):
        found = "" if value is BLANK else text or "…"
        raise PydanticCustomError("S240", "not a SHA-256", {"found": found})
    return text


Sha256 = Annotated[str, BeforeValidator(_sha256)]
"""64 lower-case hexadecimal digits (FIPS 180-4)."""


class PublishedEdition(Model):
    """An entry of the list. Entries are only ever added, at the end.

    ``number`` counts from 1. ``date`` is the day of publication. ``sha256`` is that of the bytes of
    ``editions/<number>.json``.
    """

    number: Count
    date: Date
    reason: Bilingual
    sha256: Sha256


class NotAnEdition(Exception):
    """The bytes are not the JSON of an edition; ``zh`` and ``en`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def edition_document(data: bytes) -> Mapping[str, Any]:
    """The document in the bytes of an edition: see ``export.canonical.disclosure_document``.

    Its parts have the shapes that readers rely on: objects, lists of objects, texts by text. Raises
    NotAnEdition for anything else. Takes time linear in the size, which is bounded.
    """
    if len(data) > MAXIMUM_BYTES:
        limit = f"{MAXIMUM_BYTES // 1024 // 1024} MB"
        raise NotAnEdition(f"大于 {limit}", f"more than {limit}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotAnEdition("不是 UTF-8 文字", "it is not UTF-8") from error
    if _HIDDEN.search(text):
        raise NotAnEdition("有看不见的或不允许的字符", "it has invisible or forbidden characters")
    if _depth(text) > MAXIMUM_DEPTH:
        levels = f"{MAXIMUM_DEPTH}"
        raise NotAnEdition(f"层次超过 {levels} 层", f"it has more than {levels} levels")
    try:
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_no_number,
            parse_int=_whole,
            parse_constant=_no_number,
        )
    except ValueError as error:
        raise NotAnEdition("不是完好的 JSON", "it is not whole JSON") from error
    if not _has_the_shape(document):
        raise NotAnEdition("不是一份公开的数据", "it is not the data of a disclosure")
    return document  # type: ignore[no-any-return]


# As in YAML files, and written as an escape: what the canonical form never has.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e007f]|(?<!\\)(?:\\\\)*\\[ubf]"
)
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


def _depth(text: str) -> int:
    """The most brackets open at once, outside of texts."""
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] in "]}":
            depth -= 1
    return deepest


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a key stands twice")
    return fields


def _whole(text: str) -> int:
    """A year, an order, a count: figures are texts."""
    if len(text) > 9:
        raise ValueError("the number is too long")
    return int(text)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number here")


_OBJECTS = ("disclosure", "narrative", "tables", "english", "english_of_project")
_OPTIONAL = ("budget", "procurement", "assets")


def _has_the_shape(document: object) -> bool:
    if not isinstance(document, dict) or document.get("format") != "1":
        return False
    known = {"format", "units", "projects", *_OBJECTS, *_OPTIONAL}
    if document.keys() != known:
        return False
    return (
        all(isinstance(document[key], dict) for key in _OBJECTS)
        and all(document[key] is None or isinstance(document[key], dict) for key in _OPTIONAL)
        and all(_is_list_of_objects(document[key]) for key in ("units", "projects"))
        and _is_list_of_objects(list(document["tables"].values()))
        and _are_texts(document["english"])
        and all(_are_texts(each) for each in document["english_of_project"].values())
    )


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _are_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
