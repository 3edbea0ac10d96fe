"""The data files in an editor: the real YAML language server with the settings of ``.vscode``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.editor.client import Client, client
from tools.language_server import provide

ROOT = Path(__file__).resolve().parent.parent.parent
YEAR = "data/departments/economy-technology/2024-budget"
PROJECT = f"{YEAR}/projects/13081124P00000310002E.yml"
EXAMPLE = "examples/district/data/departments/education"
ERROR = 1


@pytest.fixture(scope="module")
def editor() -> Iterator[Client]:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    with client(provide(), ROOT, settings) as running:
        yield running


def text_of(file: str) -> str:
    return (ROOT / file).read_text("utf-8")


def line_of(text: str, part: str) -> int:
    """The line, from 1, of the only place where ``part`` stands."""
    assert text.count(part) == 1, part
    return text[: text.index(part)].count("\n") + 1


GOOD = (
    "data/site.yml",
    "data/glossary.yml",
    "data/policies.yml",
    "data/departments/economy-technology/department.yml",
    f"{YEAR}/disclosure.yml",
    f"{YEAR}/budget.yml",
    f"{YEAR}/assets.yml",
    f"{YEAR}/narrative.yml",
    f"{YEAR}/procurement.yml",
    PROJECT,
    f"{EXAMPLE}/2025-budget/tables/expenditure.yml",
    f"{EXAMPLE}/2024-final/tables/three-public.yml",
    f"{EXAMPLE}/2025-budget/units/teacher-training/tables/basic-expenditure.yml",
    "examples/district/data/vocabulary.yml",
)


@pytest.mark.parametrize("file", GOOD)
def test_good_files_have_no_marks(editor: Client, file: str) -> None:
    assert editor.diagnostics(file, text_of(file)) == []


@pytest.mark.parametrize("file", GOOD)
def test_every_file_is_looked_at(editor: Client, file: str) -> None:
    """The files above have no marks because they are good, not for want of a schema."""
    marks = editor.diagnostics(file, "12345\n")
    assert [mark["severity"] for mark in marks] == [ERROR]


MISTAKES = {
    "unknown key": (f"{YEAR}/budget.yml", "\nexpenditure:", "\nexpenditures:", "S202"),
    "unknown label": (f"{YEAR}/budget.yml", "会议费:", "会议废:", "S212"),
    "amount with its unit": (f"{YEAR}/budget.yml", "会议费: ", "会议费: 万元", "S204"),
    "commas of an amount": (f"{YEAR}/budget.yml", "total: 3804.65\n  sources", "", "S204"),
    "word of a list": (f"{YEAR}/disclosure.yml", "kind: budget", "kind: 预算", "S215"),
    "date": (f"{YEAR}/assets.yml", "as_of: 2023-12-31", "as_of: 2023-12-32", "S211"),
    "id": ("data/departments/economy-technology/department.yml", "slug: e", "slug: E", "S209"),
    "code of a heading": (
        f"{EXAMPLE}/2024-final/tables/expenditure.yml",
        "rows:\n",
        "rows:\n  - {code: 408 05, item: 科目}\n",
        "S221",
    ),
    "column of another table": (
        f"{EXAMPLE}/2025-budget/tables/expenditure.yml",
        "rows:\n",
        "rows:\n  - {item: 合计, budgeted: 1.00}\n",
        "S202",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_marked_in_its_line(editor: Client, name: str) -> None:
    file, right, wrong, code = MISTAKES[name]
    text = text_of(file)
    if not wrong:
        wrong = right.replace("3804.65", "38,04.65")
    assert text.count(right) == 1, "the data have changed: choose another place"
    changed = text.replace(right, wrong)
    line = changed[: changed.index(wrong)].count("\n") + 1
    line += wrong.startswith("\n") or wrong.startswith("rows:")
    marks = editor.diagnostics(file, changed)
    assert {mark["range"]["start"]["line"] + 1 for mark in marks} == {line}
    assert {mark["severity"] for mark in marks} == {ERROR}
    (message,) = {mark["message"] for mark in marks}
    assert message.startswith(code) and " / " in message


def test_help_is_in_both_languages(editor: Client) -> None:
    text = text_of(f"{YEAR}/budget.yml")
    shown = editor.hover(f"{YEAR}/budget.yml", text, line_of(text, "\nrevenue:") + 1, 2)
    assert "收入" in shown and "evenue" in shown
    shown = editor.hover(f"{YEAR}/budget.yml", text, line_of(text, "会议费:"), 6)
    assert "会议费 / Meeting expenses" in shown


def test_keys_and_labels_are_offered(editor: Client) -> None:
    assert {"unit", "revenue", "three_public"} <= set(
        editor.completions(f"{YEAR}/budget.yml", "\n", 2, 1)
    )
    text = "unit: 万元\nthree_public:\n  items:\n    \n"
    assert "公务接待费" in editor.completions(f"{YEAR}/budget.yml", text, 4, 5)
