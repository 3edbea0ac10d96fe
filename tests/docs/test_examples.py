"""The examples of the documentation, carried out: a copy is edited, tested and built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.docs.editing import apply
from tests.docs.pages import ROOT, page

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "SITE_URL"},
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONUTF8": "1",
}


def run(folder: Path, *command: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**ENVIRONMENT, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}", pytrace=False)
    return done.stdout


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with both examples of the page carried out."""
    copy = tmp_path_factory.mktemp("edited")
    unwanted = shutil.ignore_patterns("__pycache__", "invalid", "golden")
    for folder in ("plugins", "data", "content", "overrides", "tests", "tools"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=unwanted)
    for file in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy2(ROOT / file, copy)
    for code in page("extending", "zh").codes:
        file = copy / code.value
        if code.note == "edit":
            apply(file, code.text)
        elif code.note == "add":
            file.write_text(file.read_text(encoding="utf-8") + code.text, encoding="utf-8")
        elif code.note == "new":
            assert not file.exists()
            file.write_text(code.text, encoding="utf-8")
    return copy


@pytest.mark.slow
def test_the_tests_of_both_examples_pass_and_the_page_is_on_the_site(edited: Path) -> None:
    said = run(
        edited,
        *("pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib"),
        "tests/unit/test_schedules.py",
        "tests/unit/test_purchases.py",
        "tests/site/test_pages.py::test_the_site_has_every_page_of_the_map_and_no_other",
        PYTHONPATH=str(edited / "plugins"),
    )
    assert "6 passed" in said, said


def test_the_code_of_the_examples_has_the_style_of_the_project(edited: Path) -> None:
    new = [code.value for code in page("extending", "zh").codes if code.note == "new"]
    assert len(new) == 4
    run(edited, "ruff", "check", *new)
    run(edited, "ruff", "format", "--check", *new)


@pytest.mark.parametrize("note", ["five", "config"])
def test_the_settings_shown_build_a_site(tmp_path: Path, note: str) -> None:
    (shown,) = [code for code in page("publishing", "zh").codes if code.note == note]
    shutil.copytree(ROOT / "tests" / "packaging" / "smallest", tmp_path, dirs_exist_ok=True)
    (tmp_path / "content").mkdir(exist_ok=True)
    (tmp_path / "mkdocs.yml").write_text(shown.text, encoding="utf-8")
    if note == "five":
        assert len(shown.text.splitlines()) == 5
    else:
        (tmp_path / "data").rename(tmp_path / "numbers")
    run(tmp_path, "mkdocs", "build", "--strict", PYTHONPATH=str(ROOT / "plugins"))
    assert (tmp_path / "site" / "en" / "index.html").is_file()


def test_without_site_url_only_the_404_page_needs_the_root(
    built_site: Path, build_site: Callable[..., Path]
) -> None:
    """The table on SITE_URL, line by line."""
    address = "https://www.example.gov.cn/budget/"
    sites = {"without": built_site, "with": build_site(SITE_URL=address)}
    page_without, page_with = (
        (site / "glossary.html").read_text(encoding="utf-8") for site in sites.values()
    )
    assert "canonical" not in page_without and 'hreflang="x-default"' not in page_without
    assert f'rel="canonical" href="{address}glossary.html"' in page_with
    assert f'hreflang="en" href="{address}en/glossary.html"' in page_with
    assert 'href="/' not in page_without and 'src="/' not in page_without
    assert not (sites["without"] / "sitemap.xml").exists()
    assert (sites["with"] / "sitemap.xml").is_file()
    for name, root in (("without", "/"), ("with", "/budget/")):
        missing = (sites[name] / "404.html").read_text(encoding="utf-8")
        assert f'href="{root}index.html"' in missing
