"""A build that fails says where and why, and leaves the last good site byte for byte."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.site.projects import copy_project, fingerprint, mkdocs_build

FOLDER = "data/departments/economy-technology/2024-budget"


@pytest.fixture
def project(tmp_path: Path, built_site: Path) -> Path:
    """A copy of the project with its last good site in ``site/``."""
    project = copy_project(tmp_path / "project")
    shutil.copytree(built_site, project / "site")
    return project


def change(path: Path, old: str, new: str) -> tuple[int, int]:
    """Replace the first ``old``; the line and column where it stood, counted from 1."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    before = text[: text.index(old)]
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def fails(project: Path) -> str:
    """Build; the words of the failure. Nothing else in the folder may have changed."""
    names = sorted(path.name for path in project.iterdir())
    before = fingerprint(project / "site")
    stamp = (project / "site" / "index.html").stat().st_mtime_ns
    done = mkdocs_build(project, project / "site")
    assert done.returncode != 0, done.stdout
    assert fingerprint(project / "site") == before
    assert (project / "site" / "index.html").stat().st_mtime_ns == stamp
    assert sorted(path.name for path in project.iterdir()) == names, "something was left behind"
    return done.stdout


def problems(output: str) -> list[tuple[str, int, int, str]]:
    """The lines `file:line:col CODE Chinese / English` of an output."""
    found = re.findall(
        r"^(\S+\.(?:yml|po)):(\d+):(\d+) ([YSRAT]\d{3}) (.*[\u4e00-\u9fff].*) / (.*[A-Za-z]{3}.*)$",
        output,
        re.MULTILINE,
    )
    return [(file, int(line), int(column), code) for file, line, column, code, _, _ in found]


def test_all_mistakes_at_once_each_with_its_place(project: Path) -> None:
    budget = f"{FOLDER}/budget.yml"
    line, column = change(project / budget, "3804.65", "三千")
    code = "13081124P00000310002E"
    file = f"{FOLDER}/projects/{code}.yml"
    at, _ = change(project / file, "budget:", "buget:")
    glossary, _ = change(project / "data/glossary.yml", "- id:", "-\tid:")
    output = fails(project)
    found = problems(output)
    assert (budget, line, column, "S204") in found
    assert (file, at, 1) in [place[:3] for place in found]
    assert ("data/glossary.yml", glossary) in [place[:2] for place in found]
    assert "budget" in output, "did you mean"
    assert "Traceback" not in output


def test_a_broken_translation_file(project: Path) -> None:
    line, _ = change(project / "data/translations/en/budget.po", "msgstr", "msgsrt")
    output = fails(project)
    assert "data/translations/en/budget.po" in [place[0] for place in problems(output)], line
    assert "Traceback" not in output


@pytest.mark.parametrize(
    "link", ["nothing.md", pytest.param("glossary.md#no-such-term", marks=pytest.mark.slow)]
)
def test_a_broken_link_in_a_hand_written_page(link: str, project: Path) -> None:
    with (project / "content" / "about.md").open("a", encoding="utf-8") as file:
        file.write(f"\n[断开的链接]({link})\n")
    output = fails(project)
    assert link.split("#")[-1] in output
    assert "about.md" in output


@pytest.mark.slow
def test_a_broken_template(project: Path) -> None:
    """Something breaks when half the pages are written."""
    partials = project / "overrides" / "partials"
    partials.mkdir(parents=True, exist_ok=True)
    partials.joinpath("logo.html").write_text(
        "{% if page and page.url == 'policies.html' %}{{ 1 // 0 }}{% endif %}", encoding="utf-8"
    )
    fails(project)


def test_no_data_folder(project: Path) -> None:
    shutil.rmtree(project / "data")
    assert re.search(r"^data:1:1 R301 ", fails(project), re.MULTILINE)


def test_the_first_build_that_fails_leaves_no_site(project: Path) -> None:
    shutil.rmtree(project / "site")
    change(project / f"{FOLDER}/budget.yml", "3804.65", "?")
    names = sorted(path.name for path in project.iterdir())
    assert mkdocs_build(project, project / "site").returncode != 0
    assert sorted(path.name for path in project.iterdir()) == names


def test_a_good_build_replaces_the_site_whole(project: Path, built_site: Path) -> None:
    """What the last site had and the new one has not is gone; nothing else stands beside it."""
    (project / "site" / "old-page.html").write_text("old", encoding="utf-8")
    change(project / f"{FOLDER}/budget.yml", "邮电费: 3.00", "邮电费: 3.01")
    change(project / f"{FOLDER}/acknowledged.yml", "difference: 0.42", "difference: 0.41")
    names = sorted(path.name for path in project.iterdir())
    done = mkdocs_build(project, project / "site")
    assert done.returncode == 0, done.stdout
    beside = {path.name for path in project.iterdir()} - {".cache"}  # what the next build needs
    assert sorted(beside) == names
    page = "departments/economy-technology/2024-budget/operating.html"
    assert "3.01" in (project / "site" / page).read_text(encoding="utf-8")
    new, old = fingerprint(project / "site"), fingerprint(built_site)
    assert new.keys() == old.keys()
    assert new[page] != old[page]
