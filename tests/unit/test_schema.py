"""The JSON Schemas for editors say the same as the reader of the data files.

An editor types values as YAML 1.2 does, so a schema never sees how a number is written: ``1e3`` is
a number like any other. ``WRITTEN_OTHERWISE`` lists these differences; in everything else schema
and reader must agree, on all data of the tests, good and bad, and on changes of good files.
"""

from __future__ import annotations

import fnmatch
import json
import math
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from tests.invalid.test_invalid_data import CASES
from tests.unit.conftest import SMALLEST

from disclosure import schema as schemas
from disclosure.book import read_words
from disclosure.cli import main
from disclosure.decode import decode, decode_list
from disclosure.model.classification import Classification, ClassificationFile, list_problems
from disclosure.model.table_forms import TableForms
from disclosure.model.vocabulary import Vocabulary
from disclosure.schema import DataFile
from disclosure.source import Source, parse_yaml, read_yaml

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = {
    "data": ROOT / "data",
    "district": ROOT / "examples" / "district" / "data",
    "smallest": SMALLEST,
    "years": ROOT / "tests" / "fixtures" / "years" / "data",
    "golden": ROOT / "tests" / "golden" / "data",
}
TABLES = ROOT / "tests" / "fixtures" / "tables"


class CoreLoader(yaml.SafeLoader):
    """Types values as the core schema of YAML 1.2 does; keys stay texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {
            str(key.value): self.construct_object(value, deep=True) for key, value in node.value
        }


def _number(loader: CoreLoader, node: yaml.ScalarNode) -> float:
    text = node.value
    if re.fullmatch("0o[0-7]+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    if re.fullmatch("[-+]?[0-9]+", text):
        return int(text)
    return float(text.replace(".inf", "inf").replace(".nan", "nan").lower())


def _mapping(loader: CoreLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    return loader.construct_mapping(node, deep=True)


for tag, pattern in (
    ("null", "~|null|Null|NULL|"),
    ("bool", "true|True|TRUE|false|False|FALSE"),
    (
        "float",
        r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)"
        r"(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
    ),
):
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None
    )
CoreLoader.add_constructor("tag:yaml.org,2002:float", _number)
CoreLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def typed(text: str) -> Any:
    """The values of a text as an editor sees them."""
    return yaml.load(text, CoreLoader)


Known = tuple[Vocabulary, TableForms, Mapping[str, Any]]


def known(folder: Path) -> Known | None:
    """Words, forms and schemas of a data folder; None where its own words cannot be read."""
    own = folder / "vocabulary.yml"
    return _known(folder) if own.is_file() else _known(SMALLEST)


@cache
def _known(folder: Path) -> Known | None:
    vocabulary, forms, _ = read_words(folder)
    if vocabulary is None:
        return None
    written = schemas.schemas(vocabulary, forms)
    validators = {name: jsonschema.Draft7Validator(each) for name, each in written.items()}
    return vocabulary, forms, validators


def kind_of(name: str, forms: TableForms) -> DataFile | None:
    """The kind of the file with this name in the repository, by the patterns of the settings."""
    matching = [
        each
        for each in schemas.data_files(forms)
        if any(_matches(name, pattern) for pattern in each.files)
    ]
    assert len(matching) <= 1, f"{name}: {matching}"
    return matching[0] if matching else None


def _matches(name: str, pattern: str) -> bool:
    parts, patterns = name.split("/"), pattern.split("/")
    return len(parts) == len(patterns) and all(map(fnmatch.fnmatchcase, parts, patterns))


def shape_problems(source: Source, kind: DataFile, vocabulary: Vocabulary) -> list[str]:
    """The codes of everything that the reader finds wrong with the shape of a file."""
    context = {"vocabulary": vocabulary}
    found: list[Any] = []
    if kind.is_list:
        found += decode_list(source, kind.model, context)[1]
    else:
        value, problems = decode(source, kind.model, context)
        found += problems
        if isinstance(value, ClassificationFile):
            found += list_problems(value, source, Classification.of([value]))
    return [each.code for each in found if each.code.startswith("S2")]


def compared(folder: Path) -> Iterator[tuple[str, bool, bool]]:
    """For each file of a data folder: whether the reader and the schema have something to say."""
    ready = known(folder)
    assert ready is not None
    vocabulary, forms, validators = ready
    for path in sorted(folder.rglob("*.yml")):
        name = f"data/{path.relative_to(folder).as_posix()}"
        kind = kind_of(name, forms)
        source, problems = read_yaml(path, name)
        if kind is None or source is None or problems:
            continue  # nothing reads it, or it is not YAML as the reader understands it
        value = typed(source.text)
        validator = validators[kind.schema]
        reader = bool(shape_problems(source, kind, vocabulary))
        yield name, reader, not validator.is_valid(value)


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_good_data_are_good_to_the_schemas(folder: Path) -> None:
    results = list(compared(folder))
    assert results
    assert [each for each in results if each[1:] != (False, False)] == []


def test_every_file_of_the_real_data_has_a_schema() -> None:
    ready = known(FOLDERS["data"])
    assert ready is not None
    for name in ("data", "district"):
        for path in FOLDERS[name].rglob("*.yml"):
            file = f"data/{path.relative_to(FOLDERS[name]).as_posix()}"
            assert kind_of(file, ready[1]), file


@pytest.mark.parametrize("path", sorted(TABLES.rglob("*.yml")), ids=lambda path: path.stem)
def test_tables_of_the_tests(path: Path) -> None:
    ready = known(SMALLEST)
    assert ready is not None
    _, _, validators = ready
    found = validators[f"{path.parent.name}-{path.stem}.json"].iter_errors(
        typed(path.read_text("utf-8"))
    )
    assert [error.message for error in found] == []


def test_bad_data_are_bad_to_both() -> None:
    flagged = []
    for case in CASES:
        folder = case / "data"
        if not folder.is_dir() or known(folder) is None:
            continue
        results = list(compared(folder))
        assert [each for each in results if each[1] != each[2]] == [], case.name
        bad = {name for name, reader, _ in results if reader}
        report = (case / "expected.txt").read_text("utf-8")
        said = set(re.findall(r"^(data/\S+?):\d+:\d+ S2\d\d ", report, re.MULTILINE))
        assert said & {name for name, *_ in results} <= bad, case.name
        flagged += [case.name] if bad else []
    assert len(flagged) >= 15, flagged


# Values that some fields take and others do not.
TEXTS = (
    "",
    "''",
    "文字",
    "466.73",
    "-3,420.00",
    "'1,23'",
    "－２１５．５３",
    "−5",
    "3804.65万",
    "不适用",
    "' 不适用 '",
    "25%",
    "２５．５ ％",
    "98.5 %",
    "0",
    "7",
    "1000000",
    "2024",
    "'2024'",
    "2100",
    "202４",
    "clean-heating",
    "Clean-Heating",
    "index",
    "a_b",
    "true",
    "2024-02-29",
    "2023-02-29",
    "'0000-01-01'",
    "2024-1-5",
    "208",
    "'208 05'",
    "２０８　05 01",
    "2080501",
    "20805011",
    "302 01",
    "30201",
    "4010101",
    "A405",
    "元",
    "亿元",
    "budget",
    "土地",
    "{}",
    "[]",
    "{a: b}",
    "[文字]",
    "[{}]",
)
Tree = Any
Step = tuple[str | int, ...]


def paths(value: Tree, path: Step = ()) -> Iterator[Step]:
    """Every place in a tree; of a list only the first item."""
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*path, key))
    elif isinstance(value, list) and value:
        yield from paths(value[0], (*path, 0))


def trimmed(value: Tree) -> Tree:
    """A tree whose lists have only their first items."""
    if isinstance(value, dict):
        return {key: trimmed(item) for key, item in value.items()}
    return [trimmed(item) for item in value[:1]] if isinstance(value, list) else value


def dumped(value: Tree) -> str:
    """A text of one line that reads as the tree; quoted texts stay texts, numbers numbers."""
    if value is None:
        return ""
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {dumped(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(dumped, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)


class Raw:
    """A value as it is written."""

    def __init__(self, text: str) -> None:
        self.text = text


def replaced(value: Tree, path: Step, new: Tree) -> Tree:
    if not path:
        return new
    first, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[first] = replaced(value[first], tuple(rest), new)
    return copy


def at(value: Tree, path: Step) -> Tree:
    for step in path:
        value = value[step]
    return value


# Ids and codes of digits are numbers to YAML, and 12E-3 is one that is not whole.
DECIMALS = ("466.73",)


def changes(value: Tree) -> Iterator[Tree]:
    """Changes of a file: other values, unknown, missing and misspelt keys."""
    for path in paths(value):
        for text in TEXTS:
            yield replaced(value, path, Raw(text))
        here = at(value, path)
        if isinstance(here, dict):
            yield replaced(value, path, {**here, "unknown": "1"})
            for key in here:
                less = {each: item for each, item in here.items() if each != key}
                yield replaced(value, path, less)
                for other in (f"{key}x", f"“{key}”", f" {key}", key.upper(), f"{key}（其他）"):
                    yield replaced(value, path, {**less, other: here[key]})


CHANGED = {
    "site.yml": "data",
    "glossary.yml": "data",
    "policies.yml": "data",
    "vocabulary.yml": "district",
    "departments/economy-technology/2024-budget/assets.yml": "data",
    "departments/economy-technology/2024-budget/budget.yml": "data",
    "departments/economy-technology/2024-budget/disclosure.yml": "data",
    "departments/economy-technology/2024-budget/narrative.yml": "data",
    "departments/economy-technology/2024-budget/procurement.yml": "data",
    "departments/economy-technology/2024-budget/projects/13081124P00000310002E.yml": "data",
    "departments/education/department.yml": "district",
    "departments/education/2024-budget/units/teacher-training/unit.yml": "district",
    "departments/education/2024-budget/tables/expenditure.yml": "district",
    "departments/education/2024-budget/tables/basic-expenditure.yml": "district",
    "departments/education/2024-budget/tables/revenue-expenditure.yml": "district",
    "departments/education/2024-final/tables/three-public.yml": "district",
}
OTHER_FILES = {
    "classification/own.yml": (
        "{kind: functional, year: 2024, source: {zh: 甲, en: A}, based_on: 2023,"
        " entries: [{code: 208 05 88, zh: 乙, en: B}], removed: [2080501]}"
    ),
    "acknowledged.yml": (
        "[{rule: A405, place: budget.yml/unit, difference: 0.42, explanation: {zh: 甲, en: A}}]"
    ),
    "departments/example/2024-budget/editions.yml": (
        "[{number: 1, date: 2024-03-15, reason: {zh: 甲, en: A}, sha256: 'AB'}]".replace(
            "AB", "0123456789abcdef" * 4
        )
    ),
}


@pytest.mark.parametrize("name", [*CHANGED, *OTHER_FILES])
def test_changes_of_good_files(name: str) -> None:
    folder = FOLDERS[CHANGED.get(name, "data")]
    ready = known(folder)
    assert ready is not None
    vocabulary, forms, validators = ready
    kind = kind_of(f"data/{name}", forms)
    assert kind is not None
    text = OTHER_FILES.get(name) or (folder / name).read_text("utf-8")
    good = 0
    bad = 0
    all_changes = list(changes(trimmed(typed(text))))
    # Always the same ones; a few hundred of each kind of file are enough and fast.
    some = random.Random(name).sample(all_changes, min(len(all_changes), 250))
    for change in some:
        changed = dumped(change)
        source, problems = parse_yaml(changed, name)
        if source is None or problems:
            continue
        codes = shape_problems(source, kind, vocabulary)
        if {*codes} & {"S209", "S210"} and any(each in changed for each in DECIMALS):
            continue  # see WRITTEN_OTHERWISE
        errors = [error.message for error in validators[kind.schema].iter_errors(typed(changed))]
        assert bool(codes) == bool(errors), f"{codes} {errors}\n{changed}"
        good, bad = good + (not codes), bad + bool(codes)
    assert good > 10
    assert bad > 40


# What the reader refuses, since it sees the text, and a schema cannot, since YAML has made it a
# number or a truth value already. `disclosure check` finds them.
WRITTEN_OTHERWISE = {
    "figure": ("1e3", "0x1F", "0o17", ".5", "5.", ".inf", "-.inf", ".nan"),
    "table-share": ("1e1", "5."),
    "year": ("2024.0", "+2024", "02024", "0x7E8"),
    "count": ("1.0", "007", "+7"),
    "id": ("1.5", "+1", "True"),
    "code": ("1.5", "+1", ".5"),
    "functional-code": ("208.0", "+208", "2.08e2"),
}


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, texts in WRITTEN_OTHERWISE.items() for text in texts],
)
def test_what_a_schema_cannot_see(name: str, text: str) -> None:
    models = {
        "figure": ("budget.yml", "unit: 元\nrevenue: {{total: {}}}"),
        "table-share": ("", ""),
        "year": ("disclosure.yml", "year: {}\nkind: budget\ndepartment: {{name: 甲}}"),
        "count": ("projects/1.yml", "code: 1\nname: 甲\nbudget: 1\norder: {}"),
        "id": ("units/a/unit.yml", "slug: {}\nname: 甲"),
        "code": ("projects/1.yml", "code: {}\nname: 甲\nbudget: 1"),
        "functional-code": ("tables/expenditure.yml", "rows: [{{code: {}}}]"),
    }
    ready = known(SMALLEST)
    assert ready is not None
    vocabulary, forms, validators = ready
    if name == "table-share":
        form, side, column = next(
            (form, side, column)
            for form in forms.forms("final")
            for side in form.sides
            for column in side.columns
            if column.value == "share"
        )
        file = f"data/departments/a/2024-final/tables/{form.id}.yml"
        content = f"{side.id}: [{{item: 甲, {column.id}: {text}}}]"
    else:
        file = f"data/departments/a/2024-budget/{models[name][0]}"
        content = models[name][1].format(text)
    kind = kind_of(file, forms)
    assert kind is not None
    source, problems = parse_yaml(content, file)
    assert source is not None and not problems
    assert shape_problems(source, kind, vocabulary)
    assert validators[kind.schema].is_valid(typed(content))


def test_numbers_of_yaml() -> None:
    """The loader of these tests types values as YAML 1.2 does, not 1.1."""
    assert typed("[1, -2.50, 0o17, 0x1F, 1e3]") == [1, -2.5, 15, 31, 1000.0]
    assert typed("[no, yes, 2024-01-01, 1_000, 010, '1', 12:30]") == [
        *("no", "yes", "2024-01-01", "1_000", 10, "1", "12:30")
    ]
    assert typed("[true, FALSE, null, ~, ]") == [True, False, None, None]
    assert math.isinf(typed(".inf")) and typed("2024: a") == {"2024": "a"}


def test_all_are_schemas_of_draft_7() -> None:
    ready = known(FOLDERS["data"])
    assert ready is not None
    for name, validator in ready[2].items():
        jsonschema.Draft7Validator.check_schema(validator.schema)
        assert validator.schema["$schema"].startswith("http://json-schema.org/draft-07"), name


def test_every_key_has_help_in_both_languages() -> None:
    ready = known(FOLDERS["data"])
    assert ready is not None
    for name, validator in ready[2].items():
        for path, properties in _properties(validator.schema):
            for key, value in properties.items():
                zh, _, en = value["title"].partition(" / ")
                assert re.search("[\u4e00-\u9fff]", zh), (name, path, key)
                assert re.search("[A-Za-z]", en), (name, path, key)


def _properties(schema: Any, path: Step = ()) -> Iterator[tuple[Step, Mapping[str, Any]]]:
    """The keys that the files may have, not those that a rule speaks of."""
    if isinstance(schema, dict):
        if schema.get("additionalProperties") is False and "properties" in schema:
            yield path, schema["properties"]
        for key, value in schema.items():
            yield from _properties(value, (*path, key))
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from _properties(value, (*path, index))


def test_a_reference_has_only_help_beside_it() -> None:
    """Draft 7 ignores whatever else stands there."""
    ready = known(FOLDERS["data"])
    assert ready is not None

    def look(schema: Any) -> None:
        if isinstance(schema, dict):
            if "$ref" in schema:
                assert schema.keys() <= {"$ref", "title", "description", "markdownDescription"}
            for value in schema.values():
                look(value)
        elif isinstance(schema, list):
            for value in schema:
                look(value)

    for validator in ready[2].values():
        look(validator.schema)


def test_the_schemas_of_the_repository_are_up_to_date(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = main(["schema", "--check"])
    assert code == 0, f"run: .venv/bin/disclosure schema\n{capsys.readouterr().out}"


def test_the_settings_map_every_schema() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    ready = known(FOLDERS["data"])
    assert ready is not None
    expected = {
        f"schemas/{each.schema}": [*each.files, *(["!examples/**"] if each.words else [])]
        for each in schemas.data_files(ready[1])
    }
    assert settings["yaml.schemas"] == expected


def test_the_words_of_a_site_are_known(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(SMALLEST, folder)
    (folder / "vocabulary.yml").write_text(
        "revenue_source:\n  - {id: gifts, zh: 捐赠(收入), en: Gifts, labels: [社会“捐赠”]}\n",
        "utf-8",
    )
    budget = {"unit": "元", "revenue": {"sources": {"捐赠（收入）": 1.5, "社会 捐赠": None}}}
    ready, default = known(folder), known(SMALLEST)
    assert ready is not None and default is not None
    assert ready[2]["budget.json"].is_valid(budget)
    assert not default[2]["budget.json"].is_valid(budget)
    properties = ready[2]["budget.json"].schema["definitions"]["Revenue"]["properties"]
    assert properties["sources"]["properties"]["社会“捐赠”"]["title"] == "社会“捐赠” / Gifts"


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["schema", str(SMALLEST), "--output", str(tmp_path / "schemas")]
    assert main([*arguments, "--check"]) == 1
    assert "已过时 / stale" in capsys.readouterr().out
    assert main(arguments) == 0
    assert main([*arguments, "--check"]) == 0
    capsys.readouterr()
    (tmp_path / "schemas" / "site.json").write_text("{}\n", "utf-8")
    (tmp_path / "schemas" / "old.json").write_text("{}\n", "utf-8")
    assert main([*arguments, "--check"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].rsplit("/", 1)[-1] for line in said[:-1]] == [
        "site.json",
        "old.json",
    ]


def test_words_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "data"
    shutil.copytree(SMALLEST, folder)
    (folder / "vocabulary.yml").write_text("revenue_source: 无\n", "utf-8")
    assert main(["schema", str(folder), "--output", str(tmp_path / "schemas")]) == 1
    assert "S214" in capsys.readouterr().out
    assert main(["schema", str(tmp_path / "nothing"), "--output", str(tmp_path)]) == 1
    assert "R301" in capsys.readouterr().out
    assert not (tmp_path / "schemas").exists()
