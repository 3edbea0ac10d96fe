"""What a server remembers is what it would read; what was edited is shown before all else."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from disclosure.book import Book
from disclosure.publish.keys import inputs
from disclosure.publish.remembered import FileDigests, Memory, Remembered
from disclosure.site.marking import MarkedPage
from disclosure.site.plan import Plan

LONG_AGO = time.time() - 3600


def test_only_what_has_another_key_is_worked_on() -> None:
    remembered: Remembered[str] = Remembered()
    worked: list[Sequence[str]] = []

    def work(names: Sequence[str]) -> Iterable[str]:
        worked.append(names)
        return [f"{name}{len(worked)}" for name in names]

    assert remembered.those({"a": "1", "b": "1"}, ["a", "b", "c"], work) == ["a1", "b1", "c1"]
    assert remembered.those({"a": "1", "b": "2"}, ["c", "b", "a"], work) == ["c2", "b2", "a1"]
    assert worked == [["a", "b", "c"], ["c", "b"]]
    assert remembered.those({"b": "2"}, ["b"], work) == ["b2"]
    assert remembered.those({"a": "1"}, ["a"], work) == ["a4"], "it was forgotten"


def written(path: Path, text: str, when: float = LONG_AGO) -> str:
    path.write_text(text, "utf-8")
    os.utime(path, (when, when))
    return str(path)


def test_files_are_read_again_when_they_may_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = FileDigests()
    # The time of the last change of its state cannot be set: the clock is put forward.
    monkeypatch.setattr(time, "time_ns", lambda: 1 << 62)
    path, other = written(tmp_path / "a", "one"), written(tmp_path / "b", "two")
    first = [digests(path), digests(other)]
    digests.start()
    monkeypatch.setattr("disclosure.publish.remembered.file_digest", None)
    assert [digests(path), digests(other)] == first and digests.changed == []
    monkeypatch.undo()
    digests.start()
    written(tmp_path / "a", "six")  # as long, and of the same time
    assert digests(path) != first[0] and digests(other) == first[1]
    assert digests.changed == [path]
    digests.start()
    written(tmp_path / "b", "two", LONG_AGO + 9)
    assert digests(other) == first[1] and digests.changed == [], "touched, not changed"


def test_a_file_of_just_now_is_not_known_by_its_time(tmp_path: Path) -> None:
    digests = FileDigests()
    path = tmp_path / "a"
    path.write_text("one", "utf-8")
    state = path.stat()
    first = digests(str(path))
    digests.start()
    path.write_text("two", "utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert digests(str(path)) != first


def test_a_file_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    digests = FileDigests()
    path = written(tmp_path / "a", "one")
    digests(path)
    digests.start()
    digests.start()
    digests(path)
    assert digests.changed == [path]


def test_names_of_changed_files_are_those_of_the_data(tmp_path: Path) -> None:
    memory = Memory()
    (tmp_path / "data" / "departments" / "a").mkdir(parents=True)
    (tmp_path / "database").mkdir()
    for name in ("data/site.yml", "data/departments/a/department.yml", "database/x"):
        written(tmp_path / name, "")
    inputs(tmp_path / "data", [], [tmp_path / "database"], taken=memory.files)
    assert memory.changed(tmp_path / "data") == ("departments/a/department.yml", "site.yml")


def test_what_shows_a_file_are_pages_of_its_department(real_book: Book) -> None:
    plan = Plan.of(real_book)
    (department,) = real_book.departments
    pages = {
        each.page.url: each for each in plan.department(department) if isinstance(each, MarkedPage)
    }
    disclosure = department.disclosures[0]
    folder = f"departments/{department.slug}/{disclosure.slug}"
    shown: set[str] = set()
    for file in disclosure.files:
        found = list(plan.showing(f"{folder}/{file}"))
        assert found, file
        for each in found:
            assert each == pages[each.page.url]
            shown.add(each.page.url)
        if file.startswith(("projects/", "tables/")):
            name = file.removesuffix(".yml")
            urls = [f"{folder}/{name}.html", f"en/{folder}/{name}.html"]
            assert [each.page.url for each in found] == urls
    assert {f"{folder}/summary.html", f"en/{folder}/projects/index.html"} <= shown


@pytest.mark.parametrize(
    "file",
    [
        *("site.yml", "glossary.yml", "translations/en/budget.po", "departments", ""),
        *(
            "departments/nobody/2024-budget/budget.yml",
            "departments/economy-technology/x/budget.yml",
        ),
        "departments/economy-technology/2024-budget/projects/none.yml",
    ],
)
def test_other_files_have_no_page_of_their_own(real_book: Book, file: str) -> None:
    assert list(Plan.of(real_book).showing(file)) == []
