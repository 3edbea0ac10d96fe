"""Values with places → models: every error of the shape, at its place, all at once."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from disclosure.decode import decode, decode_list
from disclosure.model.assets import AssetsFile
from disclosure.model.budget import BudgetFile
from disclosure.model.department import DepartmentFile
from disclosure.model.disclosure import DisclosureFile
from disclosure.model.glossary import Term
from disclosure.model.narrative import NarrativeFile
from disclosure.model.policy import Policy
from disclosure.model.procurement import ProcurementFile
from disclosure.model.project import ProjectFile
from disclosure.model.site import SiteFile
from disclosure.model.vocabulary import Vocabulary, VocabularyFile
from disclosure.problems import Problem
from disclosure.source import Source, parse_yaml

MODELS = (
    AssetsFile,
    BudgetFile,
    DepartmentFile,
    DisclosureFile,
    NarrativeFile,
    Policy,
    ProcurementFile,
    ProjectFile,
    SiteFile,
    Term,
    VocabularyFile,
)
KEYS = sorted(
    {name for model in MODELS for name in model.model_fields} | {"[key]", "甲", "zh", "from"}
)


def source(text: str) -> Source:
    found, problems = parse_yaml(dedent(text).lstrip("\n"), "f.yml")
    assert found is not None and not problems
    return found


def places(problems: tuple[Problem, ...]) -> list[str]:
    """``line:column code`` of each problem, in order of place."""
    found = sorted((p.span.line, p.span.column, p.code) for p in problems)
    return [f"{line}:{column} {code}" for line, column, code in found]


def errors(model: type[BaseModel], text: str, **context: Any) -> tuple[Problem, ...]:
    decoded, problems = decode(source(text), model, context)
    assert decoded is None
    return problems


def test_a_good_file_has_no_problem() -> None:
    project, problems = decode(source("code: P1\nname: 甲\nbudget: 1.50\nuse:\n"), ProjectFile)
    assert problems == ()
    assert project is not None
    assert (project.code, project.budget.printed, project.use) == ("P1", "1.50", "")


def test_a_missing_key_points_at_the_nearest_level_above() -> None:
    text = """
    code: P1
    name: 甲
    budget: 1
    indicators:
      数量指标:
        - name: 乙
        - target: 1 个
          name: 丙
    """
    (found,) = errors(ProjectFile, text)
    assert places((found,)) == ["6:7 S201"]
    assert dict(found.values) == {"field": "target"}
    assert places(errors(SiteFile, "edition: official\n")) == ["1:1 S201"]


def test_all_errors_of_a_file_at_once() -> None:
    text = """
    unit: 亿元
    revenue:
      total: 1e3
      source:
        甲: 1
    expenditure: 12
    highlights:
      - id: A
        name:
        amount: 1
    change:
      from: 二〇二三
    agency_operating:
      - 办公费
    """
    assert places(errors(BudgetFile, text)) == [
        "1:7 S215",
        "3:10 S204",
        "4:3 S202",
        "6:14 S213",
        "8:9 S209",
        "9:10 S206",
        "12:9 S207",
        "13:1 S213",
    ]


@pytest.mark.parametrize(
    ("model", "text", "place"),
    [
        (SiteFile, "format: 2\n", "1:9 S250"),
        (SiteFile, "format:\n", "1:8 S215"),
        (SiteFile, "format: 1\nname: 名\n", "2:7 S213"),
        (SiteFile, "format: 1\nname:\n  zh: 名\n  en:\n", "4:6 S206"),
        (SiteFile, "format: 1\nname:\n  zh: 名\n  en:\n    - a\n", "4:3 S203"),
        (SiteFile, "format: 1\nsource:\n  title: 甲\n  date: 2023-2-1\n", "4:9 S211"),
        (SiteFile, "- format: 1\n", "1:1 S213"),
        (SiteFile, "format\n", "1:1 S213"),
        (ProjectFile, "code: P/1\nname: 甲\nbudget: 1\n", "1:7 S210"),
        (ProjectFile, "code: P1\nname: 甲\nbudget: 1\norder: 1.5\n", "4:8 S208"),
        (ProjectFile, "code: P1\nname: 甲\nbudget: 1\nobjectives: 乙\n", "4:13 S214"),
        (ProjectFile, "code: P1\nname: 甲\nbudget: 1\nobjectives:\n", "4:12 S214"),
        (ProjectFile, "code: P1\nname: 甲\nbudget: 1\nobjectives:\n  a: 乙\n", "4:1 S214"),
        (ProjectFile, "code: P1\nname: 甲\nbudget: 1\nschedule:\n  6 月底: 半\n", "5:9 S205"),
        (ProjectFile, "code: P1\nname: 甲\nbudget: 1\nschedule: 50%\n", "4:11 S213"),
        (DisclosureFile, "year: 2024\nkind: budgets\ndepartment:\n  name: 甲\n", "2:7 S215"),
        (NarrativeFile, "introduction:\n  - paragraph:\n      - 甲\n", "2:5 S202"),
    ],
)
def test_places(model: type[BaseModel], text: str, place: str) -> None:
    assert places(errors(model, text)) == [place]


def test_an_unknown_key_says_what_was_probably_meant() -> None:
    (found,) = errors(NarrativeFile, "performance:\n  safegards: []\n")
    values = dict(found.values)
    assert (values["found"], values["suggestion"]) == ("safegards", "safeguards")
    assert values["known"] == "overall, divisions, safeguards"
    assert "是不是“safeguards”" in found.message("zh")
    assert 'did you mean "safeguards"' in found.message("en")


def test_an_unknown_key_unlike_any_other_lists_what_is_allowed() -> None:
    (found,) = errors(BudgetFile, "unit: 元\nchange:\n  since: 2023\n  from: 2022\n")
    assert dict(found.values)["known"] == "from, total, basic, projects, reasons"
    (found,) = errors(SiteFile, "format: 1\nzzz: 1\n")
    assert "did you mean" not in found.message("en")


def test_a_model_below_a_list_and_a_mapping_knows_its_keys() -> None:
    text = """
    code: P1
    name: 甲
    budget: 1
    indicators:
      数量指标:
        - name: 乙
          target: 1
          base: 丙
    """
    (found,) = errors(ProjectFile, text)
    assert places((found,)) == ["8:7 S202"]
    assert dict(found.values)["suggestion"] == "basis"


@pytest.mark.parametrize("key", ["[key]", "$ref", "__class__", "model_config", "model_fields"])
def test_no_key_is_special(key: str) -> None:
    (found,) = errors(SiteFile, f"format: 1\n'{key}': 1\n")
    assert places((found,)) == ["2:1 S202"]
    assert dict(found.values)["found"] == key


def test_an_unknown_label_is_pointed_at_itself() -> None:
    words = VocabularyFile.model_validate(
        {"operating_item": [{"id": "office", "zh": "办公费", "en": "Office"}]}
    )
    text = "unit: 元\nagency_operating:\n  items:\n    办公废: 1\n    办公费: 1\n"
    (found,) = errors(BudgetFile, text, vocabulary=Vocabulary.of([words]))
    assert places((found,)) == ["4:5 S212"]
    assert dict(found.values)["suggestion"] == "办公费"


def test_the_allowed_words_are_listed_plainly() -> None:
    (found,) = errors(BudgetFile, "unit: 亿元\n")
    assert found.message("zh") == "“亿元”不可用，这里只能写 万元, 元"
    assert found.message("en") == '"亿元" is not allowed here; write one of 万元, 元'


def test_an_error_type_of_pydantic_that_no_field_has_today() -> None:
    class Short(BaseModel):
        code: str = Field(max_length=2)

    (found,) = errors(Short, "code: abc\n")
    assert places((found,)) == ["1:7 S216"]
    assert dict(found.values) == {"found": "abc"}


def test_a_blank_is_not_an_absent_key() -> None:
    narrative, _ = decode(source("special_funds:\n"), NarrativeFile)
    assert narrative is not None
    assert narrative.special_funds == ()
    assert narrative.other_matters is None


def test_a_list_keeps_the_items_that_are_right() -> None:
    text = """
    - id: one
      zh: 甲
      en: one
      definition: {zh: 甲, en: one}
    - id: Two
      zh: 乙
    """
    terms, problems = decode_list(source(text), Term)
    assert [term.id for term in terms] == ["one"]
    assert places(problems) == ["5:3 S201", "5:3 S201", "5:7 S209"]


VALUES = st.recursive(
    st.none() | st.sampled_from(("", "1", "-5.00", "P1", "甲", "budget", "50%", "2024", "[key]")),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("model", MODELS)
@given(value=VALUES)
@settings(max_examples=40)
def test_any_value_makes_a_model_or_problems_at_places_of_the_file(
    model: type[BaseModel], value: Any
) -> None:
    written, _ = parse_yaml(json.dumps(value, ensure_ascii=False), "f.yml")
    if written is None:
        return
    decoded, problems = decode(written, model)
    assert (decoded is None) == bool(problems)
    for found in problems:
        assert found.span.line == 1 and 1 <= found.span.column <= len(written.text)
        assert found.message("zh") and found.message("en")


def test_a_list_file_must_be_a_list() -> None:
    terms, problems = decode_list(source("id: one\n"), Term)
    assert terms == ()
    assert places(problems) == ["1:1 S214"]
