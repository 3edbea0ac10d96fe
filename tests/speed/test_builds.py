"""What the benchmark does to a city before and after it builds it, and what Hugo gets."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from benchmarks import city, hugo
from benchmarks.builds import counted, edits, fresh
from benchmarks.measuring import Run

PROJECTS = 3


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    city.write_city(folder, PROJECTS)
    return folder


def test_a_cold_build_begins_with_the_sources_alone(project: Path) -> None:
    before = sorted(path for path in project.rglob("*") if path.name != "mkdocs.yml")
    for name in ("site/index.html", ".cache/disclosure/parts/x"):
        (project / name).parent.mkdir(parents=True)
        (project / name).write_text("old")
    fresh(project, search=False)
    assert sorted(path for path in project.rglob("*") if path.name != "mkdocs.yml") == before
    loaded = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    assert loaded["plugins"] == [{"disclosure": {"search": False}}]


def test_edits_are_taken_back_whatever_happens(project: Path) -> None:
    file = city.edited_file(project)
    before = file.read_bytes()
    with pytest.raises(KeyError), edits(project) as changed:
        figures = {changed().after for _ in range(3)}
        assert len(figures) == 3 and file.read_bytes() != before
        raise KeyError
    assert file.read_bytes() == before


def test_pages_files_and_bytes_are_counted(tmp_path: Path) -> None:
    for name in ("index.html", "en/index.html", "en/index.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"12345")
    found = counted(Run(1, 2, 3), tmp_path)
    assert (found.files, found.bytes, found.pages) == (3, 15, 2)


def test_hugo_gets_every_text_of_every_project(project: Path, tmp_path: Path) -> None:
    assert hugo.prepare(project, tmp_path / "hugo") == PROJECTS
    files = sorted((project / "data").glob("departments/*/*/projects/*.yml"))
    pages = sorted((tmp_path / "hugo" / "content").glob("*/*/9*.md"))
    assert len(pages) == 2 * PROJECTS == 2 * len(files)
    po = next((project / "data" / "translations" / "en").glob("*.po")).read_text("utf-8")
    for file in files:
        place = tmp_path / "hugo" / "content" / file.relative_to(project / "data" / "departments")
        folder = place.parent.parent
        zh, en = (texts(folder / f"{file.stem}{end}.md") for end in ("", ".en"))
        data = yaml.load(file.read_bytes(), Loader=yaml.BaseLoader)
        said = set(leaves(data)) - {data["order"]}
        assert said <= zh
        # In English what the PO file has, else the Chinese.
        for text in said:
            english = po.partition(f'msgid "{text}"\nmsgstr "')[2].partition('"\n')[0]
            assert (english or text) in en


def texts(page: Path) -> set[str]:
    return set(leaves(yaml.load(page.read_bytes().split(b"---\n")[1], Loader=yaml.BaseLoader)))


def leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each)]
    return [str(value)]
