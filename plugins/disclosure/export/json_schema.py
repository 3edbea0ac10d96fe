"""The JSON Schema (draft 2020-12) of ``disclosure.json``, made from the models of the data.

It is published with every site at :data:`ADDRESS`, and the JSON names it. Its number is that of
the data format: a reader who knows format 1 can rely on this schema. The labels of a site are no
part of it, so it is the same for every site that uses the same version of this software.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from disclosure.export.canonical import FORMAT
from disclosure.language.field_words import field_words
from disclosure.model.assets import AssetsFile
from disclosure.model.budget import BudgetFile
from disclosure.model.disclosure import DisclosureFile
from disclosure.model.editions import Sha256
from disclosure.model.fields import (
    LANGS,
    CellText,
    Code,
    Count,
    Date,
    FigureField,
    Identifier,
    PlainText,
    ShareField,
    TargetText,
    Text,
    Time,
    WebAddress,
    Year,
)
from disclosure.model.glossary import Term
from disclosure.model.narrative import NarrativeFile, PartText
from disclosure.model.policy import Policy
from disclosure.model.procurement import ProcurementFile
from disclosure.model.project import ProjectFile
from disclosure.model.table_forms import Column, Side, TableFile, TableForm, TableForms, TableRow
from disclosure.model.unit import UnitFile

Schema = dict[str, Any]

ADDRESS = f"schemas/disclosure-{FORMAT}.json"
"""Below the root of every site."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NUMBER = "[-+−＋－﹣]?[0-9０-９,，]+(?:[.．][0-9０-９]+)?"
_SCALARS: Mapping[str, Schema] = {
    "text": {"type": "string", "minLength": 1},
    "cell": {"type": "string"},
    "figure": {
        "title": "照印的数字 / A figure as printed",
        "description": "文字，照文件所印；null 是印出来的空白；没有这个键，是文件没有这一格。 / "
        "Text, as the document prints it; null is a printed blank; without the key the document "
        "has no such cell.",
        "type": ["string", "null"],
        "pattern": rf"^\s*(?:{_NUMBER}|不适用|待填)\s*$",
    },
    "share": {
        "title": "照印的百分比 / A percentage as printed",
        "type": ["string", "null"],
        "pattern": rf"^\s*(?:{_NUMBER}\s*[%％]?|不适用|待填)\s*$",
    },
    "year": {"type": "integer", "minimum": 1900, "maximum": 2099},
    "count": {"type": "integer", "minimum": 1, "maximum": 999_999},
    "id": {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
    "code": {"type": "string", "pattern": "^[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*$"},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"},
    "time": {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}$"},
    "address": {"type": "string", "pattern": "^https?://", "format": "uri"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "both": {
        "title": "中英文 / In Chinese and English",
        "type": "object",
        "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
        "required": ["zh", "en"],
        "additionalProperties": False,
    },
}
_BY_TYPE: Mapping[tuple[Any, ...], str] = {
    typing.get_args(alias)[1:]: name
    for alias, name in (
        (Text, "text"),
        (PlainText, "text"),
        (CellText, "cell"),
        (TargetText, "cell"),
        (FigureField, "figure"),
        (ShareField, "share"),
        (Year, "year"),
        (Count, "count"),
        (Identifier, "id"),
        (Code, "code"),
        (Date, "date"),
        (Time, "time"),
        (WebAddress, "address"),
        (Sha256, "sha256"),
    )
}
_PART_TEXT = typing.get_args(PartText)[1:]


def schema_of(forms: TableForms) -> bytes:
    """The file of the schema; the tables are those of ``forms``."""
    schema = _Writer().document(forms)
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


class _Writer:
    """Collects the definitions while the document is described."""

    def __init__(self) -> None:
        self._definitions: dict[str, Schema] = {}

    def document(self, forms: TableForms) -> Schema:
        """The whole schema."""
        text = {"type": "object", "additionalProperties": {"type": "string"}}
        properties = {
            "$schema": {"type": "string"},
            "about": self._about(),
            "format": {"const": FORMAT},
            "disclosure": self._model(DisclosureFile),
            "budget": _or_null(self._model(BudgetFile)),
            "narrative": self._model(NarrativeFile),
            "procurement": _or_null(self._model(ProcurementFile)),
            "assets": _or_null(self._model(AssetsFile)),
            "tables": {"type": "object"},
            "units": _list(
                _object(
                    {
                        "unit": self._model(UnitFile),
                        "budget": _or_null(self._model(BudgetFile)),
                        "tables": {"type": "object"},
                    }
                )
            ),
            "projects": _list(self._model(ProjectFile)),
            "glossary": _list(self._model(Term)),
            "policies": _list(self._model(Policy)),
            "english": _said(text, "中文和它的英文", "The Chinese texts and their English"),
            "english_of_project": _said(
                {"type": "object", "additionalProperties": text},
                "在某个项目里译法不同的文字，按项目编码",
                "Texts with another English in one project, by its code",
            ),
        }
        kinds = [self._tables_of(kind, forms.forms(kind)) for kind in ("budget", "final")]
        return {
            "$schema": _DIALECT,
            "title": "一份公开的全部数据 / All data of a disclosure",
            "description": "数字是照印的文字，键与数据文件相同。 / "
            "Figures are text as printed; the keys are those of the data files.",
            **_object(properties),
            "allOf": kinds,
            "$defs": self._definitions,
        }

    def _tables_of(self, kind: str, forms: Iterable[TableForm]) -> Schema:
        """The tables of a budget, or those of final accounts."""
        tables = self._define(
            f"tables-{kind}", lambda: _object({f.id: self._table(kind, f) for f in forms}, ())
        )
        return {
            "if": {"properties": {"disclosure": {"properties": {"kind": {"const": kind}}}}},
            "then": {
                "properties": {
                    "tables": tables,
                    "units": {"items": {"properties": {"tables": tables}}},
                }
            },
        }

    def _table(self, kind: str, form: TableForm) -> Schema:
        def described() -> Schema:
            sides = {side.id: _list(self._row(side)) for side in form.sides}
            common = self._properties(TableFile)
            schema = _object({**common, **sides}, ())
            return {"title": f"{form.title.zh} / {form.title.en}", **schema}

        return self._define(f"table-{kind}-{form.id}", described)

    def _row(self, side: Side) -> Schema:
        columns = {column.id: self._column(column) for column in side.columns}
        code = {"type": "string", "title": "编码 / Code"}
        own = {"code": code} if side.rows != "label" else {}
        return _object({**self._properties(TableRow), **own, **columns}, ())

    def _column(self, column: Column) -> Schema:
        zh, en = (
            f"{column.group[lang]} · {column.name(lang)}" if column.group else column.name(lang)
            for lang in LANGS
        )
        if column.value == "text":
            return {"type": ["string", "null"], "title": f"{zh} / {en}"}
        name = "share" if column.value == "share" else "figure"
        return {**self._scalar(name), "title": f"{zh} / {en}"}

    def _about(self) -> Schema:
        both = self._scalar("both")
        edition = _object(
            {
                "number": self._scalar("count"),
                "date": self._scalar("date"),
                "sha256": self._scalar("sha256"),
                "changed_since": {"type": "boolean"},
            }
        )
        text = {"type": "string"}
        licence = _object({"zh": text, "en": text, "id": _or_null(text), "address": _or_null(text)})
        about = _object(
            {
                "title": both,
                "department": _object({"id": self._scalar("id"), "zh": text, "en": text}),
                "year": self._scalar("year"),
                "kind": {"enum": ["budget", "final"]},
                "official": {"type": "boolean"},
                "site": both,
                "page": both,
                "edition": _or_null(edition),
                "licence": _or_null(licence),
            }
        )
        return _said(about, "来源、版本和许可", "Source, edition and licence")

    def _model(self, model: type[BaseModel]) -> Schema:
        def described() -> Schema:
            required = [
                info.alias or name
                for name, info in model.model_fields.items()
                if info.is_required()
            ]
            return _object(self._properties(model), required)

        return self._define(model.__name__, described)

    def _properties(self, model: type[BaseModel]) -> dict[str, Schema]:
        return {
            info.alias or name: self._field(model, info.alias or name, info)
            for name, info in model.model_fields.items()
        }

    def _field(self, model: type[BaseModel], key: str, info: FieldInfo) -> Schema:
        schema = self._value(_without_none(info.annotation), tuple(info.metadata))
        words = field_words().get((model.__name__, key))
        return _said(schema, words.meaning["zh"], words.meaning["en"]) if words else schema

    def _value(self, annotation: Any, metadata: tuple[Any, ...]) -> Schema:
        """The schema of a value; raises TypeError for a type that it does not know."""
        if typing.get_origin(annotation) is typing.Annotated:
            annotation, *more = typing.get_args(annotation)
            metadata = (*metadata, *more)
        name = _BY_TYPE.get(metadata)
        if name is not None:
            return self._scalar(name)
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is typing.Literal:
            return {"enum": list(arguments)}
        if origin is tuple:
            return _list(self._value(_without_none(arguments[0]), ()))
        if origin is dict:
            return {"type": "object", "additionalProperties": self._value(arguments[1], ())}
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self._model(annotation)
        if annotation is str:  # a controlled word, as printed
            return {"type": "string"}
        raise TypeError(f"{annotation} {metadata}")

    def _scalar(self, name: str) -> Schema:
        return self._define(name, lambda: dict(_SCALARS[name]))

    def _define(self, name: str, described: typing.Callable[[], Schema]) -> Schema:
        if name not in self._definitions:
            self._definitions[name] = {}  # its place, while what it uses is described
            self._definitions[name] = described()
        return {"$ref": f"#/$defs/{name}"}


def _object(properties: Mapping[str, Schema], required: Iterable[str] | None = None) -> Schema:
    """An object with these keys and no others; all are required unless others are named."""
    names = list(properties if required is None else required)
    return {
        "type": "object",
        "properties": dict(properties),
        **({"required": names} if names else {}),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _said(schema: Schema, zh: str, en: str) -> Schema:
    return {**schema, "description": f"{zh} / {en}".replace("`", "")}


def _without_none(annotation: Any) -> Any:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (annotation,) = (a for a in typing.get_args(annotation) if a is not types.NoneType)
    return annotation
