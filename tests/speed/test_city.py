"""The benchmark's city: the same bytes every time, wrong only on purpose, one figure edited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from benchmarks.city import MOST, city, disclosures, edit, write_city
from benchmarks.project import PROJECTS, WRONG

from disclosure.book import read_book
from disclosure.language.catalogue import has_chinese
from disclosure.rules.examine import examine

ADDITIONAL = 12
"""A second year with so many projects."""


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return dict(city(PROJECTS + ADDITIONAL))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city") / "project"
    write_city(folder, PROJECTS)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_bytes_every_time(files: dict[str, str], project: Path) -> None:
    assert files == dict(city(PROJECTS + ADDITIONAL))
    written = contents(project)
    assert written == {name: text.encode() for name, text in city(PROJECTS)}
    # A disclosure is the same in a larger city.
    first = next(disclosures(1))
    start = f"data/departments/{first.slug}/{first.year}-budget/"
    own = {name: text for name, text in written.items() if name.startswith(start)}
    assert len(own) > PROJECTS
    assert own == {name: files[name].encode() for name in files if name.startswith(start)}


def test_as_many_projects_as_asked_for(files: dict[str, str]) -> None:
    assert sum("/projects/" in name for name in files) == PROJECTS + ADDITIONAL
    assert [len(list(disclosures(n))) for n in (240, 1_200, 4_800, 10_000)] == [1, 5, 20, 42]
    assert len({each.slug for each in disclosures(10_000)}) == 21
    assert sum(each.projects for each in disclosures(10_000)) == 10_000
    for number in (0, MOST + 1):
        with pytest.raises(ValueError, match=str(MOST)):
            list(disclosures(number))


def test_every_project_has_texts_of_its_own(files: dict[str, str]) -> None:
    texts = [text for name, text in files.items() if "/2025-budget/projects/" in name]
    for key in ("name", "use", "code"):
        said = [re.search(rf"(?m)^{key}: (.+)$", text)[1] for text in texts]  # type: ignore[index]
        assert len(set(said)) == PROJECTS


def test_the_check_finds_what_is_wrong_on_purpose(project: Path) -> None:
    book, problems = read_book(project / "data")
    assert not [each for each in problems if each.severity == "error"]
    assert book is not None
    found = examine(book).problems
    codes = [each.code for each in found]
    assert not [each for each in found if each.severity == "error"]
    wrong = codes.count("A410") + codes.count("A415")
    assert PROJECTS / WRONG / 3 < wrong < PROJECTS / WRONG * 3
    # Nothing else but texts without English, and those are few.
    assert set(codes) <= {"A410", "A415", "T505", "T509"}
    translated = [each for each in book.catalogue.entries if has_chinese(each.zh)]
    assert 0 < codes.count("T505") < len(translated) / 20


def test_an_edit_changes_one_figure(project: Path) -> None:
    before = contents(project)
    change = edit(project, 3)
    after = contents(project)
    changed = [name for name in before if before[name] != after[name]]
    assert before.keys() == after.keys()
    assert changed == [change.file.relative_to(project).as_posix()]
    old, new = (each[changed[0]].decode().splitlines() for each in (before, after))
    lines = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    assert lines == [(f"budget: {change.before}", f"budget: {change.after}")]
    assert edit(project, 4).after != change.after
    assert change.page == changed[0].removeprefix("data/").replace(".yml", ".html")


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(FileExistsError):
        write_city(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
