"""Every free text of a model and whether it needs English, read from the marks of its fields.

A new field of the type ``Text`` is found here without a change.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from disclosure.language.catalogue import has_chinese
from disclosure.language.numbers import period_end
from disclosure.language.targets import parse_target
from disclosure.model.classification import Classification
from disclosure.model.fields import TO_FILL, Bilingual, FreeText
from disclosure.model.table_forms import Table, row_name
from disclosure.model.vocabulary import Vocabulary
from disclosure.source import Path


@dataclass(frozen=True, slots=True)
class FoundText:
    """A Chinese text and where it stands below its model: keys and indexes as in the YAML."""

    path: Path
    text: str
    kind: FreeText


def free_texts(model: BaseModel) -> Iterator[FoundText]:
    """Every text of ``model`` that is translated through the PO files, empty ones included."""
    yield from _texts(model, type(model), (), ())


def table_texts(
    table: Table, classification: Classification, year: int
) -> Iterator[tuple[FoundText, str]]:
    """Every text of a statutory table that is translated through the PO files, and its context.

    The name of a row is one only where neither a heading nor the form says it in English. The
    context of the name of a project is its code.
    """

    def found(path: Path, text: str | None) -> Iterator[tuple[FoundText, str]]:
        if text is not None:
            yield FoundText(path, text, FreeText.WORDS), ""

    yield from found(("title",), table.title)
    yield from found(("note",), table.note)
    yield from found(("empty_note",), table.empty_note)
    for index, note in enumerate(table.notes):
        yield from found(("notes", index), note)
    for side, row in table.rows():
        if row.item is not None and row_name(side, row, "en", classification, year) is None:
            name = FoundText((*row.path, "item"), row.item, FreeText.WORDS)
            yield name, (row.code or "") if side.rows == "project" else ""
        yield from found((*row.path, "institution"), row.institution)
        for column, cell in row.cells.items():
            yield from found((*row.path, column), cell if isinstance(cell, str) else None)


def bilingual_texts(model: BaseModel) -> Iterator[tuple[Path, Bilingual]]:
    """Every text of ``model`` that holds its English beside the Chinese, with its path."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Bilingual):
            yield (name,), value
        elif isinstance(value, BaseModel):
            yield from (((name, *path), each) for path, each in bilingual_texts(value))


def needs_english(found: FoundText, vocabulary: Vocabulary) -> bool:
    """Whether the catalogue must say ``found`` in English.

    Numbers and signs alone need none, and a target or period that can be parsed is rendered.
    """
    match found.kind:
        case FreeText.TARGET if parse_target(found.text, vocabulary) is not None:
            return False
        case FreeText.PERIOD if period_end(found.text) is not None:
            return False
        case _:
            return has_chinese(found.text) and found.text != TO_FILL


def _texts(
    value: object, annotation: Any, marks: Sequence[object], path: Path
) -> Iterator[FoundText]:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        yield from _texts(value, arguments[0], (*marks, *arguments[1:]), path)
    elif origin in (typing.Union, types.UnionType):
        for argument in arguments:
            yield from _texts(value, argument, marks, path)
    elif isinstance(value, str):
        yield from (FoundText(path, value, mark) for mark in marks if isinstance(mark, FreeText))
    elif isinstance(value, BaseModel) and annotation is type(value):
        for name, field in type(value).model_fields.items():
            below = (*path, field.alias or name)
            yield from _texts(getattr(value, name), field.annotation, field.metadata, below)
    elif isinstance(value, tuple) and origin is tuple:
        for index, item in enumerate(value):
            yield from _texts(item, arguments[0], (), (*path, index))
    elif isinstance(value, dict) and origin is dict:
        for key, item in value.items():
            yield from _texts(key, arguments[0], (), (*path, key))
            yield from _texts(item, arguments[1], (), (*path, key))
