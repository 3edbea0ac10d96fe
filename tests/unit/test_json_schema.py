"""The JSON of a disclosure keeps to its published schema, the CSV files to their data package."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from disclosure.book import Book, load_book
from disclosure.export.files import ExportFile, export_files, site_files
from disclosure.export.json_schema import ADDRESS, schema_of
from disclosure.model.table_forms import TableForm, table_model

ROOT = Path(__file__).resolve().parent.parent.parent
SITES = (ROOT / "data", ROOT / "examples" / "district" / "data")


@cache
def book(folder: Path) -> Book:
    return load_book(folder)


@cache
def files() -> dict[str, ExportFile]:
    return {
        file.address: file
        for folder in SITES
        for disclosure in book(folder).disclosures
        for file in export_files(book(folder), disclosure)
    }


def of_kind(content: str) -> dict[str, Any]:
    return {a: json.loads(f.data) for a, f in files().items() if f.content == content}


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(schema_of(book(SITES[0]).forms))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


# ---- the schema ------------------------------------------------------------------------------


def test_the_schema_is_the_same_for_every_site() -> None:
    """The labels of a site are no part of it; its address says so."""
    (one,), (other,) = (site_files(book(folder)) for folder in SITES)
    assert one == other and one.address == ADDRESS == "schemas/disclosure-1.json"


def test_every_json_keeps_to_the_schema_and_names_it() -> None:
    documents = of_kind("json")
    assert len(documents) == 18
    for address, document in documents.items():
        errors = [
            f"{address} {'/'.join(map(str, e.absolute_path))}: {e.message}"
            for e in validator().iter_errors(document)
        ]
        assert not errors, "\n".join(errors[:5])
        folder = (Path("/site") / address).parent
        assert (folder / document["$schema"]).resolve() == Path("/site") / ADDRESS


def richest() -> dict[str, Any]:
    """A budget with an edition, tables, projects and subordinate units."""
    address = "departments/education/2024-budget/data/disclosure.json"
    return deepcopy(json.loads(files()[address].data))


Damage = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.pop("about"),
        lambda d: d["about"].pop("licence"),
        lambda d: d["about"]["edition"].update(number="1"),
        lambda d: d.update(format="2"),
        lambda d: d["disclosure"].update(yaer=2024),
        lambda d: d["disclosure"].update(year="2024"),
        lambda d: d["budget"].update(unit="千元"),
        lambda d: d["budget"]["revenue"].update(total=5),
        lambda d: d["budget"]["revenue"].update(total="五"),
        lambda d: d["projects"][0].pop("code"),
        lambda d: d["projects"][0].update(budget=0.5),
        lambda d: d["tables"]["revenue-expenditure"]["revenue"][0].update(budgit="1"),
        lambda d: d["tables"].update(other={}),
        lambda d: d["units"][0]["tables"].update(other={}),
        lambda d: d["english"].update({"中": None}),
        lambda d: d["disclosure"].update(kind="final"),  # the tables are those of a budget
    ],
)
def test_the_schema_refuses_what_is_wrong(damage: Damage) -> None:
    document = richest()
    assert validator().is_valid(document)
    damage(document)
    assert not validator().is_valid(document)


def test_every_column_of_every_form_is_in_the_schema() -> None:
    definitions = validator().schema["$defs"]  # type: ignore[index, call-overload]
    forms = book(SITES[0]).forms

    def described(kind: str, form: TableForm) -> None:
        properties = definitions[f"table-{kind}-{form.id}"]["properties"]
        assert set(properties) == set(table_model(form).model_fields)
        for side in form.sides:
            row = properties[side.id]["items"]["properties"]
            model = table_model(form).model_fields[side.id].annotation
            assert set(row) == set(model.__args__[0].model_fields)  # type: ignore[union-attr]

    for form in forms.forms("budget"):
        described("budget", form)
    for form in forms.forms("final"):
        described("final", form)


# ---- the data package ------------------------------------------------------------------------

# The budget taxonomy of the Fiscal Data Package, version 1.0rc1: those that we use.
TAXONOMY = {
    "activity:generic:project:code": "string",
    "activity:generic:project:label": "string",
    "administrative-classification:generic:code": "string",
    "administrative-classification:generic:label": "string",
    "date:fiscal-year": "integer",
    "direction": "string",
    "economic-classification:generic:code": "string",
    "economic-classification:generic:label": "string",
    "functional-classification:generic:code": "string",
    "functional-classification:generic:label": "string",
    "phase:id": "string",
    "phase:label": "string",
    "value": "number",
    "value-currency:code": "string",
}


def test_the_package_lists_every_csv_of_its_folder_with_its_bytes() -> None:
    packages = of_kind("datapackage")
    assert len(packages) == 36
    for address, package in packages.items():
        folder = address.rsplit("/", 1)[0]
        paths = {f"{folder}/{each['path']}": each for each in package["resources"]}
        assert set(paths) == {a for a in files() if a.startswith(folder) and a.endswith(".csv")}
        names = [each["name"] for each in package["resources"]]
        assert len(set(names)) == len(names)
        for path, resource in paths.items():
            data = files()[path].data
            assert resource["bytes"] == len(data)
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_the_fields_are_the_heads_and_the_types_hold() -> None:
    for address, package in of_kind("datapackage").items():
        folder = address.rsplit("/", 1)[0]
        for resource in package["resources"]:
            data = files()[f"{folder}/{resource['path']}"].data
            text = io.StringIO(data.decode("utf-8-sig"), newline="")
            heads, *rows = csv.reader(text)
            described = resource["schema"]["fields"]
            assert [each["name"] for each in described] == heads
            for number, field in enumerate(described):
                cells = [row[number] for row in rows]
                if field["type"] == "number":
                    assert all(not cell or float(cell) is not None for cell in cells)
                    assert not any("," in cell or "E" in cell for cell in cells)
                if field["type"] == "integer":
                    assert all(cell.isdecimal() for cell in cells)
                if field.get("constraints", {}).get("required"):
                    assert all(cells)
            for key in resource["schema"].get("primaryKey", []):
                values = [row[heads.index(key)] for row in rows]
                assert len(set(values)) == len(values)


def test_the_column_types_are_those_of_the_taxonomy() -> None:
    used = set()
    for package in of_kind("datapackage").values():
        for resource in package["resources"]:
            schema = resource["schema"]
            extra = schema.get("extraFields", [])
            types = [each["columnType"] for each in schema["fields"] if "columnType" in each]
            assert len(set(types)) == len(types), resource["path"]
            for field in (*schema["fields"], *extra):
                if "columnType" in field:
                    assert field["type"] == TAXONOMY[field["columnType"]]
                    used.add(field["columnType"])
            amounts = [f for f in schema["fields"] if f["name"].endswith("_yuan")]
            measures = {each["normalize"]["measure"] for each in amounts if "normalize" in each}
            if len(amounts) == 1:
                assert amounts[0]["columnType"] == "value"
            else:
                assert len(measures) == len(amounts)
                targets = [each for each in extra if each.get("normalizationTarget")]
                assert len(targets) == (1 if amounts else 0)
    assert used == set(TAXONOMY)


def test_the_package_states_source_edition_and_licence() -> None:
    packages = of_kind("datapackage")
    real = packages["departments/economy-technology/2024-budget/data/datapackage.json"]
    assert "licenses" not in real and "没有" not in real["sources"][0]["title"]
    assert real["version"] == "1"
    fictitious = packages["en/departments/education/2024-budget/data/datapackage.json"]
    assert fictitious["version"] == "3"
    assert fictitious["licenses"] == [
        {
            "name": "CC0-1.0",
            "path": "https://creativecommons.org/publicdomain/zero/1.0/",
            "title": "The fictitious data may be used freely (CC0 1.0).",
        }
    ]
    assert "Edition: edition 3, 16 April 2024." in fictitious["description"]
