"""The CSV files of a disclosure as a Data Package (version 1), with the column types of the Fiscal
Data Package (version 1.0rc1, taxonomy of budgets).

The profile is ``tabular-data-package``: a fiscal package is one by its columns, and validators
look up the profile of that name on the network. An amount is the value of a row. Where a row has
several, each says under ``normalize`` which column it is, as the specification has it for measures,
so that a program can put them below one another (``extraFields``). A package is in one language: it
describes the files beside it and no others, because a path in it cannot lead out of its folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from disclosure.export.about import About
from disclosure.export.as_csv import csv_fields
from disclosure.export.data_table import DataTable, Field
from disclosure.model.fields import Lang

PROFILE = "tabular-data-package"
_TYPES = {"text": "string", "integer": "integer"}
_CURRENCY = {
    "name": "currency",
    "title": "币种 / Currency",
    "type": "string",
    "columnType": "value-currency:code",
    "constant": "CNY",
}


def datapackage(files: Sequence[tuple[DataTable, bytes]], about: About, lang: Lang) -> bytes:
    """The descriptor of the CSV files of a disclosure in one language, with their tables."""
    package = {
        "profile": PROFILE,
        "name": f"{about.department_id}-{about.year}-{about.kind}-{lang}",
        "title": about.title[lang],
        "description": _description(about, lang),
        **({"homepage": about.page[lang]} if about.site_url else {}),
        "version": str(about.edition.number) if about.edition else "0",
        "created": f"{about.date}T00:00:00Z",
        "keywords": ["budget" if about.kind == "budget" else "final accounts", "fiscal", "China"],
        "countryCode": "CN",
        "sources": [_source(about, lang)],
        **_licences(about, lang),
        "contributors": [{"title": about.department[lang], "role": "author"}],
        "resources": [_resource(table, data, about, lang) for table, data in files],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _description(about: About, lang: Lang) -> str:
    said = (
        f"来源：{about.source('zh')}。版本：{about.edition_in_words('zh')}。"
        f"许可：{about.licence_in_words('zh')}。"
        "金额照印，另有一列是以元为单位的准确数值。同一文件夹的 disclosure.xlsx 是同样的表，"
        "disclosure.json 是全部内容。"
        if lang == "zh"
        else f"Source: {about.source('en')}. Edition: {about.edition_in_words('en')}. "
        f"Licence: {about.licence_in_words('en')}. Amounts are as printed, with their exact "
        "value in yuan in a column of its own. The same tables are in disclosure.xlsx beside "
        "this file."
    )
    return said.replace("。。", "。").replace("..", ".")


def _source(about: About, lang: Lang) -> Mapping[str, str]:
    source = {"title": about.source(lang)}
    return source | ({"path": about.page[lang]} if about.site_url else {})


def _licences(about: About, lang: Lang) -> Mapping[str, Any]:
    """A licence has to have a name or an address; ``notspecified`` is that of terms without one."""
    licence = about.licence
    if licence is None:
        return {}
    title = {"title": licence.words[lang]}
    if licence.id:
        return {"licenses": [{"name": licence.id, "path": licence.address, **title}]}
    where = {"path": about.page[lang]} if about.site_url else {}
    return {"licenses": [{"name": "notspecified", **where, **title}]}


def _resource(table: DataTable, data: bytes, about: About, lang: Lang) -> Mapping[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.id.replace("/", "-").replace("_", "-"),
        "title": table.title,
        "path": f"{table.id}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": _schema(table, csv_fields(table, about)),
    }


def _schema(table: DataTable, fields: Sequence[Field]) -> Mapping[str, Any]:
    values = [each for each in fields if each.is_value and each.column.kind == "amount"]
    heads = {each.id: each.head for each in fields}
    schema: dict[str, Any] = {
        "fields": [_field(each, len(values) > 1) for each in fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = [heads[id] for id in table.key]
    if len(values) > 1:
        schema["extraFields"] = [
            {"name": "measure", "title": "栏目 / Measure", "type": "string"},
            {
                "name": "value",
                "title": "金额（元） / Amount (CNY)",
                "type": "number",
                "columnType": "value",
                "normalizationTarget": True,
            },
            _CURRENCY,
        ]
    elif values:
        schema["extraFields"] = [_CURRENCY]
    return schema


def _field(field: Field, one_of_many: bool) -> Mapping[str, Any]:
    column = field.column
    said: dict[str, Any] = {
        "name": field.head,
        "title": f"{field.zh} / {field.en}",
        "type": "number" if field.is_value else _TYPES.get(column.kind, "string"),
    }
    if field.is_value:
        said |= {"decimalChar": ".", "bareNumber": True}
        if column.kind == "amount":
            said |= (
                {"normalize": {"measure": column.id}} if one_of_many else {"columnType": "value"}
            )
    elif column.concept:
        said["columnType"] = column.concept
    if column.required and not field.is_value:
        said["constraints"] = {"required": True}
    return said
