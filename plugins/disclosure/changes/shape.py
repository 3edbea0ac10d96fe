"""What the values of a data file are, read from its model: figures, texts, lists and their items.

A new field of a model is compared by its type without a change here; a key that no model knows
(of a later format) is compared as a text.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import AfterValidator, BaseModel

from disclosure.changes.labels import label
from disclosure.model.assets import AssetsFile
from disclosure.model.budget import BudgetFile
from disclosure.model.classification import ClassificationCode
from disclosure.model.disclosure import DisclosureFile
from disclosure.model.fields import Figure, FigureField, FreeText
from disclosure.model.glossary import Term
from disclosure.model.narrative import NarrativeFile
from disclosure.model.policy import Policy
from disclosure.model.procurement import ProcurementFile
from disclosure.model.project import ProjectFile
from disclosure.model.table_forms import Side, TableFile, TableForm, TableRow
from disclosure.model.unit import UnitFile
from disclosure.problems import Bilingual

LeafKind = Literal["amount", "count", "share", "text", "target", "plain", "code", "word"]
"""``text`` has its English in the PO files; so has a ``target`` that is not a number with its unit;
``plain`` has none; ``code`` is that of a budget heading."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value. ``words``: the kind of controlled word that it is."""

    kind: LeafKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A key with its label and its value."""

    label: Bilingual
    shape: Shape


@dataclass(frozen=True, slots=True)
class Fields:
    """Values by key. ``model`` is the name of the model, ``form`` that of the table around it."""

    model: str
    fields: Mapping[str, Field]
    side: Side | None = None

    def of(self, key: str) -> Field:
        """The field of a key; a text where the model does not know it."""
        return self.fields.get(key) or Field(Bilingual(key, key), UNKNOWN)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Values by printed label. ``words``: the kind of controlled words, empty for other labels."""

    value: Shape
    words: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of values."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Unknown:
    """Whatever it is: compared as mappings, lists and texts."""


Shape = Leaf | Fields | Labelled | Items | Unknown
UNKNOWN = Unknown()

_IDENTITY: Mapping[str, str] = {
    "ProjectFile": "code",
    "Division": "id",
    "Highlight": "id",
    "Term": "id",
    "Policy": "id",
    "Word": "id",
    "Entry": "code",
    "PublishedEdition": "number",
}
"""The key that says which item of a list it is, whatever else changes."""
_COUNTS = frozenset({"AssetRow.quantity", "ProcurementRow.quantity", "Indicator.weight"})
"""Figures that are no amounts of money."""


def identity(shape: Shape) -> str:
    """The key that names an item of a list for good; empty where only its content does."""
    return _IDENTITY.get(shape.model, "") if isinstance(shape, Fields) else ""


@cache
def shape_of(model: type[BaseModel]) -> Fields:
    """The shape of a model's file. Raises TypeError for a type of field that it does not know."""
    return Fields(
        model.__name__,
        {
            (key := info.alias or name): Field(
                label(model.__name__, key),
                _value(info.annotation, tuple(info.metadata), f"{model.__name__}.{key}"),
            )
            for name, info in model.model_fields.items()
        },
    )


def _value(annotation: Any, marks: tuple[Any, ...], where: str) -> Shape:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _value(arguments[0], (*marks, *arguments[1:]), where)
    if origin in (typing.Union, types.UnionType):
        (one,) = (each for each in arguments if each is not type(None))
        return _value(one, marks, where)
    if origin is tuple:
        return Items(_value(arguments[0], (), where))
    if origin is dict:
        return Labelled(_value(arguments[1], (), where), _words(typing.get_args(arguments[0])[1:]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return shape_of(annotation)
    if annotation is Figure:
        amount = typing.get_args(FigureField)[1] in marks
        return Leaf("count" if where in _COUNTS else "amount" if amount else "share")
    if annotation is ClassificationCode:
        return Leaf("code")
    if words := _words(marks):
        return Leaf("word", words)
    if annotation in (str, int) or origin is typing.Literal:
        if FreeText.TARGET in marks:
            return Leaf("target")
        return Leaf("text" if any(isinstance(mark, FreeText) for mark in marks) else "plain")
    raise TypeError(f"{where}: {annotation}")


def _words(marks: tuple[Any, ...]) -> str:
    """The kind of controlled words that a field type made by ``fields.word`` asks for."""
    for each in marks:
        if isinstance(each, AfterValidator):
            kind = inspect.getclosurevars(each.func).nonlocals.get("kind")
            if isinstance(kind, str):
                return kind
    return ""


def table_shape(form: TableForm) -> Fields:
    """The shape of the file of a statutory table."""
    general = shape_of(TableFile).fields
    sides = {
        side.id: Field(
            Bilingual(side.title.zh, side.title.en) if side.title else Bilingual("", ""),
            Items(_row_shape(side)),
        )
        for side in form.sides
    }
    return Fields("TableFile", {**general, **sides})


def _row_shape(side: Side) -> Fields:
    code = Leaf("code" if side.kind else "plain")
    columns: dict[str, Field] = {}
    for column in side.columns:
        above = column.group
        head = Bilingual(
            f"{above.zh}/{column.zh}" if above else column.zh,
            f"{above.en}/{column.en}" if above else column.en,
        )
        columns[column.id] = Field(head, Leaf(column.value))
    general = {**shape_of(TableRow).fields, "item": Field(label("TableRow", "item"), Leaf("text"))}
    fields = {"code": Field(label("TableRow", "code"), code), **general, **columns}
    return Fields("TableRow", fields, side)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a document that is the file of one model, or a list of such."""

    model: type[BaseModel]
    many: bool = False


_PARTS: Mapping[str, _Part] = {
    "disclosure": _Part(DisclosureFile),
    "budget": _Part(BudgetFile),
    "narrative": _Part(NarrativeFile),
    "procurement": _Part(ProcurementFile),
    "assets": _Part(AssetsFile),
    "projects": _Part(ProjectFile, many=True),
    "glossary": _Part(Term, many=True),
    "policies": _Part(Policy, many=True),
    "unit": _Part(UnitFile),
}


def part(key: str) -> Field:
    """The shape of a part of a document by its key; unknown for one that there is not today."""
    found = _PARTS.get(key)
    if found is None:
        return Field(label("", key), UNKNOWN)
    shape = shape_of(found.model)
    return Field(label("", key), Items(shape) if found.many else shape)
