"""The data reference is what the models and ``fields.toml`` write, and nothing is left out."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from pydantic import create_model
from pydantic.fields import FieldInfo
from tests.docs.pages import DOCS, LANGS, page
from tools.data_reference import FORMS, SECTIONS, VALUES, VOCABULARY, entry

from disclosure.decode import decode
from disclosure.language.field_words import field_words
from disclosure.model.fields import Model
from disclosure.model.table_forms import TableFile, TableRow, table_model
from disclosure.model.vocabulary import Vocabulary
from disclosure.problems import report
from disclosure.source import parse_yaml
from tools import data_reference


def models(annotation: Any) -> Iterator[type[Model]]:
    """The model in an annotation, or those in its parts, and all models below them."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
        for info in annotation.model_fields.values():
            yield from models(info.annotation)
    for argument in typing.get_args(annotation):
        yield from models(argument)


ALL_FORMS = [form for kind in data_reference.KINDS for form in FORMS.forms(kind)]
TOPS = [*(section.model for section in SECTIONS), *map(table_model, ALL_FORMS)]
ALL = list(dict.fromkeys(model for top in TOPS for model in models(top)))
SIDES = {side.id for form in ALL_FORMS for side in form.sides}
COLUMNS = {column.id for form in ALL_FORMS for side in form.sides for column in side.columns}


def named() -> Iterator[tuple[str, str, FieldInfo]]:
    """Each field by model and key as ``fields.toml`` has them.

    Columns have their words in the forms; lists of rows are all alike.
    """
    for model in ALL:
        base = next((each for each in (TableFile, TableRow) if issubclass(model, each)), model)
        for name, info in model.model_fields.items():
            form = name not in base.model_fields and name != "code"
            if base is TableRow and form:
                assert name in COLUMNS
            elif base is TableFile and form:
                assert name in SIDES
                yield "TableFile", "rows", table_model(data_reference.SAMPLE).model_fields["rows"]
            else:
                yield base.__name__, info.alias or name, info


FIELDS: dict[tuple[str, str], FieldInfo] = {}
for model, key, info in named():
    # The sample table comes before the others: its codes are what the example is of.
    FIELDS.setdefault((model, key), info)
CONTEXT = {"vocabulary": Vocabulary.of([VOCABULARY])}


def decoded(example: str, info: FieldInfo) -> str:
    """What is wrong with ``example`` as the value of a field; nothing if it is right."""
    source, problems = parse_yaml(f"value: {example}\n", "example.yml")
    if source:
        fields: dict[str, Any] = {"value": (info.rebuild_annotation(), ...)}
        problems += decode(source, create_model("Example", __base__=Model, **fields), CONTEXT)[1]
    return report(problems)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_up_to_date(lang: str) -> None:
    written = (DOCS / lang / "data-reference.md").read_text(encoding="utf-8")
    expected = data_reference.page("zh" if lang == "zh" else "en")
    assert written == expected, "run: .venv/bin/python -m tools.data_reference"


def test_every_model_of_the_files_is_on_the_page() -> None:
    package = data_reference.ROOT / "plugins" / "disclosure" / "model"
    own = {
        each
        for path in package.glob("*.py")
        for each in vars(import_module(f"disclosure.model.{path.stem}")).values()
        if isinstance(each, type) and issubclass(each, Model)
    }
    assert own - {Model, TableFile, TableRow} - set(ALL) == set()


def test_every_field_has_an_entry_and_every_entry_a_field() -> None:
    assert len(FIELDS) > 200
    assert set(FIELDS) - set(field_words()) == set()
    assert set(field_words()) - set(FIELDS) == set()


@pytest.mark.parametrize("name", FIELDS, ids=".".join)
def test_the_meaning_of_each_field_is_told_in_both_languages(name: tuple[str, str]) -> None:
    known = field_words()[name]
    zh, en = known.meaning["zh"], known.meaning["en"]
    assert any("\u4e00" <= character <= "\u9fff" for character in zh)
    assert en and not en.startswith(zh) and any(character.isascii() for character in en)
    assert not zh.endswith("。") and not en.endswith(".")


@pytest.mark.parametrize("name", FIELDS, ids=".".join)
def test_the_example_of_each_field_is_correct(name: tuple[str, str]) -> None:
    example = field_words()[name].example
    assert example.strip()
    assert decoded(example, FIELDS[name]) == ""


def test_a_wrong_example_is_noticed() -> None:
    assert "S204" in decoded("466.73 万元", FIELDS["ProjectFile", "budget"])
    assert "S212" in decoded("{车票: 1.00}", FIELDS["AgencyOperating", "items"])


def test_every_figure_has_a_unit_and_nothing_else_has_one() -> None:
    listed = [field for section in SECTIONS for field in data_reference.fields(section.model)]
    figures = {field.path: entry(field).unit for field in listed if field.type.name == "figure"} | {
        field.path: entry(field).unit for field in listed if field.type.name == "percentage"
    }
    assert len(figures) > 30
    assert [path for path, unit in figures.items() if not unit or not all(unit.values())] == []
    others = [f for f in listed if f.type.name not in ("figure", "percentage") and entry(f).unit]
    assert others == []


def test_the_examples_of_columns_are_of_their_kind() -> None:
    seen = set()
    for form in ALL_FORMS:
        for side in form.sides:
            (row,) = models(table_model(form).model_fields[side.id].annotation)
            for column in side.columns:
                assert decoded(VALUES[column.value][2], row.model_fields[column.id]) == ""
                seen.add(column.value)
    assert seen == set(VALUES)


@pytest.mark.parametrize("lang", LANGS)
def test_every_controlled_word_is_listed(lang: str) -> None:
    for kind in type(VOCABULARY).model_fields:
        listed = [row[:4] for row in page("data-reference", lang).rows(kind.replace("_", "-"))]
        assert listed == [
            (f"`{word.id}`", word.zh, word.en, str(len(word.labels)))
            for word in getattr(VOCABULARY, kind)
        ]
