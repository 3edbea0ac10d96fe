"""The wheel alone, with the dependencies it declares and nothing else, builds a site.

No network: the build backend and the dependencies are those of the environment that runs the
tests. The new environment sees only the distributions that the wheel's own metadata leads to,
so a dependency that is used but not declared fails here.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
SMALLEST = Path(__file__).resolve().parent / "smallest"
PROJECT = "mkdocs-disclosure"
PACKAGES = ("disclosure", "mkdocs_disclosure")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Output of the command; an exit other than 0 fails the test with all of it."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PIP_")) and name != "SITE_URL"
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**inherited, "PYTHONUTF8": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        words = " ".join(str(part) for part in command)
        pytest.fail(f"{words}: exit {done.returncode}\n{done.stdout}", pytrace=False)
    return done.stdout


def build(source: Path, target: str, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=source)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def package_files() -> set[str]:
    """Every file of the two packages in the work tree, as the wheel should name it."""
    plugins = ROOT / "plugins"
    return {
        path.relative_to(plugins).as_posix()
        for package in PACKAGES
        for path in (plugins / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo"
    }


def test_wheel_holds_every_file_of_both_packages_and_no_other(wheel: Path) -> None:
    names = names_in(wheel)
    about = {name for name in names if name.split("/")[0].endswith(".dist-info")}
    assert names - about == package_files()
    assert {name.rsplit("/", 1)[-1] for name in about} >= {"LICENSE", "NOTICE", "METADATA"}


def test_the_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = build(ROOT, "sdist", tmp_path / "sdist")
    shutil.unpack_archive(archive, tmp_path / "unpacked")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = build(unpacked, "wheel", tmp_path / "again")
    assert names_in(again) == names_in(wheel)


def declared(distribution: importlib.metadata.Distribution) -> set[str]:
    """Names of the distributions that this one requires on this system, without extras."""
    requirements = map(Requirement, distribution.requires or ())
    return {
        canonicalize_name(requirement.name)
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    }


def lend(name: str, target: Path) -> None:
    """Show one distribution of this environment, and only it, in another site-packages."""
    distribution = importlib.metadata.distribution(name)
    files = distribution.files
    assert files, f"{name} does not list its files"
    for top in {file.parts[0] for file in files if file.parts[0] != ".."}:
        if top == "__pycache__" or (target / top).exists():
            continue
        source = Path(str(distribution.locate_file(top)))
        try:
            (target / top).symlink_to(source, target_is_directory=source.is_dir())
        except OSError:  # Windows lets few users make links
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, target / top)


@pytest.fixture(scope="module")
def empty_environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the wheel and what the wheel declares."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check",
        "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)  # fmt: skip
    script = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", script, cwd=folder).strip())

    (project,) = importlib.metadata.distributions(name=PROJECT, path=[str(packages)])
    wanted, lent = declared(project), set[str]()
    while missing := wanted - lent:
        for name in sorted(missing):
            lend(name, packages)
            lent.add(name)
            wanted |= declared(importlib.metadata.distribution(name))
    return python


def test_five_lines_and_the_smallest_data_build_a_site(
    empty_environment: Path, tmp_path: Path
) -> None:
    where = "import {0}; print({0}.__file__)"
    for package in PACKAGES:
        found = Path(run(empty_environment, "-c", where.format(package), cwd=tmp_path).strip())
        assert found.is_relative_to(empty_environment.parent.parent), "not from the wheel"
        assert not found.is_relative_to(ROOT)

    project = tmp_path / "project"
    shutil.copytree(SMALLEST, project)
    (project / "content").mkdir()
    assert len((project / "mkdocs.yml").read_text(encoding="utf-8").splitlines()) == 5
    run(empty_environment, "-m", "mkdocs", "build", "--strict", cwd=project)

    site = project / "site"
    pages = {page.relative_to(site).as_posix() for page in site.rglob("*.html")}
    english = {page.removeprefix("en/") for page in pages if page.startswith("en/")}
    chinese = {page for page in pages if not page.startswith("en/")} - {"404.html"}
    assert "index.html" in chinese
    assert chinese == english, "every page has its twin"
    assert any(re.search(r"\bdemo\b", page) and "2024-budget" in page for page in chinese)
    for page in sorted(chinese):
        text = (site / page).read_text(encoding="utf-8")
        assert "<h1" in text and 'lang="zh' in text, page
        assert 'lang="en' in (site / "en" / page).read_text(encoding="utf-8"), page
    assert any("示例局" in (site / page).read_text(encoding="utf-8") for page in chinese)


def test_the_console_command_is_installed(empty_environment: Path, tmp_path: Path) -> None:
    command = empty_environment.parent / ("disclosure.exe" if os.name == "nt" else "disclosure")
    project = tmp_path / "project"
    shutil.copytree(SMALLEST, project)
    assert "disclosure" in run(command, "--help", cwd=project)
