"""`mkdocs build` makes only what changed, and what it makes is what a build from nothing makes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.projects import ROOT, environment, fingerprint, mkdocs_build

FIGURE = "data/departments/example/2024-budget/budget.yml"
NOTHING = "Nothing changed"


class Project:
    """A small site that is built again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self.site = self.folder / "site"
        self.user = folder / "user"
        shutil.copytree(ROOT / "tests" / "invalid" / "smallest", self.folder / "data")
        (self.folder / "content").mkdir()
        (self.folder / "overrides").mkdir()
        self.write(
            "content/about.md", "# 关于\n\n[概览](departments/example/2024-budget/index.md)\n"
        )
        self.write(
            "mkdocs.yml",
            "site_name: 示例\nsite_url: https://example.org/\ndocs_dir: content\n"
            "theme: {name: material, custom_dir: overrides}\nplugins: [disclosure]\n",
        )

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def build(self, site: Path | None = None) -> str:
        """What the build says."""
        # The folder for secrets of the user is the test's own.
        home = {name: str(self.user) for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME")}
        result = mkdocs_build(self.folder, site or self.site, **home)
        assert result.returncode == 0, result.stdout
        return result.stdout

    def cold(self) -> dict[str, str]:
        """Every file of a build from nothing."""
        kept, aside = self.folder / ".cache", self.folder / ".aside"
        kept.rename(aside)
        self.build(self.folder / "cold")
        shutil.rmtree(kept)
        aside.rename(kept)
        found = fingerprint(self.folder / "cold")
        shutil.rmtree(self.folder / "cold")
        return found


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Built once."""
    project = Project(tmp_path)
    assert NOTHING not in project.build()
    return project


def test_a_figure_changes_its_pages_and_nothing_changed_is_said(project: Project) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.site.rglob("*") if path.is_file()}
    assert NOTHING in project.build()
    assert before == {p: p.stat().st_mtime_ns for p in project.site.rglob("*") if p.is_file()}
    project.replace(FIGURE, "60.00", "61.00")
    assert NOTHING not in project.build()
    about = project.site / "about.html"
    assert about.stat().st_mtime_ns == before[about]
    summary = project.site / "departments/example/2024-budget/summary.html"
    assert summary.stat().st_mtime_ns != before[summary]
    assert "61.00" in summary.read_text("utf-8")
    assert fingerprint(project.site) == project.cold()


Change = Callable[[Project], None]


def _setting(project: Project) -> None:
    project.replace("mkdocs.yml", "site_name: 示例", "site_name: 改名的示例")


def _address(project: Project) -> None:
    project.replace("mkdocs.yml", "https://example.org/", "https://example.org/sub/")


def _template(project: Project) -> None:
    project.write(
        "overrides/main.html",
        '{% extends "base.html" %}{% block announce %}公告：{{ page.title }}{% endblock %}',
    )


def _hand_written(project: Project) -> None:
    project.write("content/news.md", "# 新闻\n")


def _own_page(project: Project) -> None:
    """A page of one's own in the place of a generated one."""
    project.write("content/policies.md", "# 我们的文件\n")


def _deleted(project: Project) -> None:
    (project.folder / "content" / "about.md").unlink()


def _department(project: Project) -> None:
    departments = project.folder / "data" / "departments"
    shutil.copytree(departments / "example", departments / "second")
    project.replace("data/departments/second/department.yml", "slug: example", "slug: second")


def _project(project: Project) -> None:
    projects = project.folder / "data/departments/example/2024-budget/projects"
    text = (projects / "P1.yml").read_text("utf-8")
    (projects / "P2.yml").write_text(text.replace("P1", "P2").replace("order: 1\n", ""), "utf-8")


def _page_touched(project: Project) -> None:
    page = project.site / "departments/example/index.html"
    page.write_text(page.read_text("utf-8") + "<p>改</p>", "utf-8")


def _page_lost(project: Project) -> None:
    (project.site / "en" / "index.html").unlink()


def _page_more(project: Project) -> None:
    (project.site / "old.html").write_text("", "utf-8")


def _cache_damaged(project: Project) -> None:
    path = project.folder / ".cache" / "disclosure" / "build"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _cache_of_somebody(project: Project) -> None:
    """Kept by another user: signed with a secret that is not ours."""
    (project.user / "mkdocs-disclosure" / "secret").write_bytes(b"0" * 32)


CHANGES = (
    _setting, _address, _template, _hand_written, _own_page, _deleted, _department, _project,
    _page_touched, _page_lost, _page_more, _cache_damaged, _cache_of_somebody,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__.strip("_"))
def test_any_change_gives_the_bytes_of_a_build_from_nothing(
    project: Project, change: Change
) -> None:
    change(project)
    assert NOTHING not in project.build()
    assert fingerprint(project.site) == project.cold()
    assert NOTHING in project.build()


@pytest.mark.slow
def test_what_was_only_warned_of_is_refused_by_a_strict_build(project: Project) -> None:
    project.write("content/about.md", "# 关于\n\n[那里](nowhere.md)\n")
    home = {name: str(project.user) for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME")}
    command = (sys.executable, "-m", "mkdocs", "build", "--site-dir", str(project.site))
    subprocess.run(command, cwd=project.folder, env=environment(**home), check=True)
    for _ in range(2):
        assert mkdocs_build(project.folder, project.site, **home).returncode != 0


@pytest.mark.slow
def test_a_site_without_search_has_no_index_and_no_button(project: Project) -> None:
    project.replace("mkdocs.yml", "plugins: [disclosure]", "plugins: [disclosure: {search: false}]")
    project.build()
    assert not (project.site / "search").exists()
    assert "data-search" not in (project.site / "index.html").read_text("utf-8")
    assert fingerprint(project.site) == project.cold()


@pytest.mark.slow
def test_a_plugin_that_changes_pages_changes_each(project: Project) -> None:
    project.write(
        "hook.py",
        "def on_post_page(output, page, config):\n"
        "    return output + '<!-- ' + page.url + ' -->'\n",
    )
    project.write(
        "mkdocs.yml", (project.folder / "mkdocs.yml").read_text("utf-8") + "hooks: [hook.py]\n"
    )
    for _ in range(2):  # nothing is kept
        assert NOTHING not in project.build()
    plain = {path: path.read_text("utf-8") for path in project.site.rglob("*.html")}
    for path, html in plain.items():
        url = path.relative_to(project.site).as_posix()
        assert url == "404.html" or html.endswith(f"<!-- {url} -->")
    # But for its comment MkDocs draws every page as we do.
    project.replace("mkdocs.yml", "hooks: [hook.py]\n", "")
    project.build()
    for path, html in plain.items():
        assert path.read_text("utf-8") == html.rpartition("<!-- ")[0] or path.name == "404.html"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("link", "good"),
    [
        ("departments/example/2024-budget/projects/P1.md#amount", True),
        ("departments/example/2024-budget/projects/P1.md#nowhere", False),
        ("departments/example/2024-budget/projects/P9.md", False),
        ("departments/example/2024-budget/data/disclosure.json", True),
        ("departments/example/2024-budget/data/nothing.json", False),
        ("llms.txt", True),
    ],
)
def test_links_of_hand_written_pages_to_generated_ones_are_checked(
    project: Project, link: str, good: bool
) -> None:
    project.write("content/about.md", f"# 关于\n\n[那里]({link})\n")
    before = fingerprint(project.site)
    home = {name: str(project.user) for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME")}
    result = mkdocs_build(project.folder, project.site, **home)
    assert (result.returncode == 0) is good, result.stdout
    if not good:
        assert fingerprint(project.site) == before
    else:
        assert fingerprint(project.site) == project.cold()
