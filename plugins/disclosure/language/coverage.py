"""Every free text of a model and whether it needs English, read from the marks of its fields.

A new field of the type ``Text`` is found here without a change.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from disclosure.language.catalogue import has_chinese
from disclosure.language.numbers import period_end
from disclosure.language.targets import parse_target
from disclosure.model.classification import Classification
from disclosure.model.fields import TO_FILL, Bilingual, FreeText
from disclosure.model.table_forms import Table, row_name
from disclosure.model.vocabulary import Vocabulary
from disclosure.source import Path


class FoundText(NamedTuple):
    """A Chinese text and where it stands below its model: keys and indexes as in the YAML.

    A tuple, since a project has fifty of them.
    """

    path: Path
    text: str
    kind: FreeText


def free_texts(model: BaseModel) -> Iterator[FoundText]:
    """Every text of ``model`` that is translated through the PO files, empty ones included."""
    found: list[FoundText] = []
    _in_model(model, (), found)
    return iter(found)


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


# How to look for texts below a value: the value, its path, where to put what is found.
_Look = Callable[[Any, Path, list[FoundText]], None]


def _in_model(model: BaseModel, path: Path, found: list[FoundText]) -> None:
    values = model.__dict__
    for name, key, look in _looks(type(model)):
        value = values[name]
        if value is not None:
            look(value, (*path, key), found)


@cache  # the types are taken apart once, not once a project
def _looks(model: type[BaseModel]) -> tuple[tuple[str, str, _Look], ...]:
    """The fields of a model that can hold texts: name, key in the YAML, how to look."""
    fields = (
        (name, field.alias or name, _look(field.annotation, tuple(field.metadata)))
        for name, field in model.model_fields.items()
    )
    return tuple((name, key, look) for name, key, look in fields if look)


def _look(annotation: Any, marks: Sequence[object]) -> _Look | None:
    """How to look for texts in values of a type; None where it can hold none."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _look(arguments[0], (*marks, *arguments[1:]))
    if origin in (typing.Union, types.UnionType):
        return _each([_look(argument, marks) for argument in arguments])
    if origin is tuple:
        inside: _Look | None = _in_tuple(_look(arguments[0], ()))
    elif origin is dict:
        inside = _in_dict(*(_look(argument, ()) for argument in arguments))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        inside = _of_type(annotation)
    else:
        inside = None
    kinds = tuple(mark for mark in marks if isinstance(mark, FreeText))
    return _each([_itself(kinds) if kinds else None, inside])


def _each(looks: Iterable[_Look | None]) -> _Look | None:
    kept = [look for look in looks if look]
    if len(kept) < 2:
        return kept[0] if kept else None

    def look(value: Any, path: Path, found: list[FoundText]) -> None:
        for one in kept:
            one(value, path, found)

    return look


def _itself(kinds: tuple[FreeText, ...]) -> _Look:
    def look(value: Any, path: Path, found: list[FoundText]) -> None:
        if isinstance(value, str):
            for kind in kinds:
                found.append(FoundText(path, value, kind))

    return look


def _of_type(model: type[BaseModel]) -> _Look:
    def look(value: Any, path: Path, found: list[FoundText]) -> None:
        if type(value) is model:
            _in_model(value, path, found)

    return look


def _in_tuple(item: _Look | None) -> _Look | None:
    if item is None:
        return None

    def look(value: Any, path: Path, found: list[FoundText]) -> None:
        if isinstance(value, tuple):
            for index, each in enumerate(value):
                item(each, (*path, index), found)

    return look


def _in_dict(key: _Look | None, item: _Look | None) -> _Look | None:
    if key is None and item is None:
        return None

    def look(value: Any, path: Path, found: list[FoundText]) -> None:
        if isinstance(value, dict):
            for name, each in value.items():
                if key:
                    key(name, (*path, name), found)
                if item:
                    item(each, (*path, name), found)

    return look
