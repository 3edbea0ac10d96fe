"""The fields of the data files, read from the models: what the documentation must list.

They are read here without the generator of the page, so that a field that it overlooks is missed.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import AfterValidator

from disclosure.book import _DEFAULTS
from disclosure.decode import decode
from disclosure.model.acknowledgement import Acknowledgement, RuleCode
from disclosure.model.assets import AssetsFile
from disclosure.model.budget import BudgetFile
from disclosure.model.classification import (
    ClassificationFile,
    EconomicCode,
    FunctionalCode,
    ListedCode,
)
from disclosure.model.department import DepartmentFile
from disclosure.model.disclosure import DisclosureFile
from disclosure.model.editions import PublishedEdition, Sha256
from disclosure.model.fields import (
    Bilingual,
    CellText,
    Code,
    Count,
    Date,
    FigureField,
    Identifier,
    Model,
    PlainText,
    ShareField,
    Text,
    Time,
    WebAddress,
    Year,
)
from disclosure.model.glossary import Term
from disclosure.model.narrative import NarrativeFile, TextBlock
from disclosure.model.policy import Policy
from disclosure.model.procurement import ProcurementFile
from disclosure.model.project import ProjectFile
from disclosure.model.site import SiteFile
from disclosure.model.table_forms import TableForms, TableFormsFile, TableShareField, table_model
from disclosure.model.unit import UnitFile
from disclosure.model.vocabulary import VocabularyFile, Word
from disclosure.source import read_yaml


def _forms() -> TableForms:
    source, _ = read_yaml(_DEFAULTS / "table_forms.yml", "table_forms.yml")
    assert source
    file, _ = decode(source, TableFormsFile)
    assert file
    return TableForms.of(file)


FORMS = _forms()
_EXAMPLE = FORMS.form("budget", "expenditure")
assert _EXAMPLE

SECTIONS: dict[str, type[Model]] = {
    "file-site": SiteFile,
    "file-department": DepartmentFile,
    "file-disclosure": DisclosureFile,
    "file-budget": BudgetFile,
    "file-project": ProjectFile,
    "file-unit": UnitFile,
    "file-table": table_model(_EXAMPLE),
    "file-narrative": NarrativeFile,
    "blocks": TextBlock,
    "file-procurement": ProcurementFile,
    "file-assets": AssetsFile,
    "file-glossary": Term,
    "file-policies": Policy,
    "file-vocabulary": VocabularyFile,
    "words": Word,
    "file-classification": ClassificationFile,
    "file-acknowledged": Acknowledgement,
    "file-editions": PublishedEdition,
}
"""The section of the data reference → the model whose fields it lists."""

LISTS = (Term, Policy, Acknowledgement, PublishedEdition)
"""Models of files that are a list at their top."""

# A model that has a section or a paragraph of its own; its fields are not repeated elsewhere.
_LEAVES = {Bilingual: "zh-en", TextBlock: "block", Word: "word"}
_SCALARS = {
    typing.get_args(alias)[1:]: name
    for alias, name in (
        (Text, "text"),
        (CellText, "cell"),
        (PlainText, "plain"),
        (FigureField, "figure"),
        (ShareField, "percentage"),
        (Year, "year"),
        (Count, "number"),
        (Identifier, "id"),
        (Code, "code"),
        (Date, "date"),
        (Time, "time"),
        (WebAddress, "web address"),
        (FunctionalCode, "heading code"),
        (EconomicCode, "heading code"),
        (ListedCode, "heading code"),
        (RuleCode, "rule code"),
        (Sha256, "sha256"),
        (TableShareField, "percentage"),
    )
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its path from the top of the file: ``highlights[].id``, ``sources.<>``."""

    path: str
    type: str
    required: bool


def fields(model: type[Model], prefix: str = "") -> Iterator[Field]:
    """The fields of ``model`` with the fields below them, in their order."""
    for name, field in model.model_fields.items():
        path = f"{prefix}{field.alias or name}"
        below = tuple(_below(path, field.annotation, tuple(field.metadata)))
        first = below[0]
        yield Field(first.path, first.type, field.is_required())
        yield from below[1:]


def _below(path: str, annotation: Any, metadata: tuple[Any, ...]) -> Iterator[Field]:
    """The field at ``path``, then the fields inside it."""
    annotation, metadata = _without_none(annotation, metadata)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if metadata in _SCALARS:
        yield Field(path, _SCALARS[metadata], False)
    elif origin is typing.Literal:
        yield Field(path, "one of " + ", ".join(arguments), False)
    elif origin is tuple:
        inner = tuple(_below(f"{path}[]", arguments[0], ()))
        yield Field(inner[0].path, f"list of {inner[0].type}", False)
        yield from inner[1:]
    elif origin is dict:
        inner = tuple(_below(f"{path}.<>", arguments[1], ()))
        yield Field(inner[0].path, f"by label: {inner[0].type}", False)
        yield from inner[1:]
    elif isinstance(annotation, type) and issubclass(annotation, Model):
        if annotation in _LEAVES:
            yield Field(path, _LEAVES[annotation], False)
        else:
            yield Field(path, "group", False)
            yield from fields(annotation, f"{path}.")
    elif annotation is str and metadata:
        controlled = any(isinstance(each, AfterValidator) for each in metadata)
        yield Field(path, "label" if controlled else "plain", False)
    else:
        raise TypeError(f"{path}: {annotation} {metadata}")


def _without_none(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (annotation,) = (a for a in typing.get_args(annotation) if a is not types.NoneType)
    if typing.get_origin(annotation) is typing.Annotated:
        annotation, *more = typing.get_args(annotation)
        metadata = tuple(more)
    if isinstance(annotation, typing.ForwardRef):
        raise TypeError(annotation)
    return annotation, metadata
