"""``disclosure new-department``: a whole folder with nothing filled in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.unit.conftest import ROOT, WriteData
from tests.unit.test_new_year import cells, disclosure_of, known, tree

from disclosure.book import load_book
from disclosure.cli import main
from disclosure.new_year.checklist import CHECKLIST
from disclosure.problems import Severity
from disclosure.rules.examine import examine

NAME = "示例区卫生健康局"


def test_from_the_forms(write_data: WriteData) -> None:
    folder = write_data()
    before = tree(folder)
    command = ["new-department", "health", "--name", NAME, "--data", str(folder)]
    assert main(command) == 0
    made = folder / "departments" / "health"
    assert (made / "department.yml").read_text("utf-8") == "slug: health\n"
    assert (made / "2024-budget" / CHECKLIST).is_file()
    book = load_book(folder)
    new = disclosure_of(book, "health", "2024-budget")
    assert new.header.department.name == NAME
    assert new.header.title == f"{NAME}2024年部门预算信息公开情况说明"
    forms = {form.id for form in book.forms.forms("budget")}
    assert set(new.tables) == forms - {"projects", "project-performance"}
    assert known(new) == {}
    assert len(list(cells(new))) > 80
    errors = [each for each in examine(book).of(new).findings if is_error(each.problem.severity)]
    assert {each.rule for each in errors} == {"C720", "C721"}
    after = tree(folder)
    assert {name: after[name] for name in before} == before


def is_error(severity: Severity) -> bool:
    return severity is Severity.ERROR


@pytest.mark.parametrize("kind", ["budget", "final"])
def test_like_another_department(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "examples" / "district" / "data", folder)
    for other in (folder / "departments").iterdir():
        if other.name != "education":
            shutil.rmtree(other)
    command = ["new-department", "health", "--name", NAME, "--from", "education"]
    assert main([*command, "--to", f"2025-{kind}", "--data", str(folder)]) == 0
    book = load_book(folder)
    new = disclosure_of(book, "health", f"2025-{kind}")
    model = disclosure_of(book, "education", "2025-budget")
    assert known(new) == {}
    assert new.budget and model.budget
    assert list(new.budget.revenue.sources) == list(model.budget.revenue.sources)
    # Neither the names of the other department nor those of its units.
    texts = "".join(
        path.read_text("utf-8") for path in (folder / "departments" / "health").rglob("*.yml")
    )
    assert "教育局" not in texts and "中学" not in texts
    if kind == "budget":
        three = new.tables["three-public"]
        assert [row.item for _, row in three.rows()] == [
            row.item for _, row in model.tables["three-public"].rows()
        ]


@pytest.mark.parametrize("slug", ["Health", "a--b", "-a", "健康", "a/b", "..", "con", "a b", ""])
def test_a_wrong_slug(slug: str, write_data: WriteData, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_data()
    before = tree(folder)
    with pytest.raises(SystemExit) as ended:
        main(["new-department", "--name", NAME, "--data", str(folder), "--", slug])
    assert ended.value.code == 2
    assert "小写字母" in capsys.readouterr().err
    assert tree(folder) == before


@pytest.mark.parametrize("name", ["", "  ", "甲\n乙"])
def test_a_wrong_name(name: str, write_data: WriteData) -> None:
    folder = write_data()
    with pytest.raises(SystemExit):
        main(["new-department", "health", "--name", name, "--data", str(folder)])


@pytest.mark.parametrize("name", ["甲: 乙", "#局", "'局'", "{局}", "- 局", "2024"])
def test_a_name_is_text_whatever_it_looks_like(name: str, write_data: WriteData) -> None:
    folder = write_data()
    assert main(["new-department", "health", f"--name={name}", "--data", str(folder)]) == 0
    new = disclosure_of(load_book(folder), "health", "2024-budget")
    assert new.header.department.name == name


def test_what_is_there_is_left_alone(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data()
    before = tree(folder)
    command = ["new-department", "example", "--name", NAME, "--to", "2030-budget"]
    assert main([*command, "--data", str(folder)]) == 1
    assert "已经有了" in capsys.readouterr().err
    dry = ["new-department", "health", "--name", NAME, "--dry-run", "--data", str(folder)]
    assert main(dry) == 0
    assert main(["new-department", "x", "--name", NAME, "--from", "y", "--data", str(folder)]) == 1
    assert tree(folder) == before
