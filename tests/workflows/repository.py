"""A small repository like ours, and what editors and services do in a clone of it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

# What the commands of the pull request touch. The package itself is installed from where we are.
FILES = (
    *(".github", ".gitlab-ci.yml", ".gitignore", ".gitattributes", "Makefile", "mkdocs.yml"),
    *("pyproject.toml", "requirements", "tools", "overrides", "content", "data"),
    "plugins/disclosure/__init__.py",
)
PROJECTS = "data/departments/economy-technology/2024-budget/projects"
PROJECT = f"{PROJECTS}/13081124P00000310002E.yml"
ACKNOWLEDGED = "data/departments/economy-technology/2024-budget/acknowledged.yml"
ANOTHER = f"{PROJECTS}/13081124P000506100026.yml"


Change = Callable[[Path], None]
Checkout = Callable[..., Path]


def git(folder: Path, *arguments: str) -> str:
    """Run git with a name and a time of its own and nobody's settings."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={
            **os.environ,
            **{"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
            **{"GIT_AUTHOR_NAME": "编者", "GIT_AUTHOR_EMAIL": "editor@example.org"},
            **{"GIT_COMMITTER_NAME": "编者", "GIT_COMMITTER_EMAIL": "editor@example.org"},
            **{"GIT_AUTHOR_DATE": "1735689600 +0800", "GIT_COMMITTER_DATE": "1735689600 +0800"},
        },
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return done.stdout.strip()


def replace(clone: Path, file: str, before: str, after: str, count: int = 1) -> None:
    """Edit a file of a clone; the text to be replaced has to be there so many times."""
    path = clone / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == count, (file, before)
    path.write_text(text.replace(before, after), encoding="utf-8", newline="\n")


def lend_packages(clone: Path) -> None:
    """Lend the clone this Python and its packages, so that `tools/bootstrap.py` finds all done.

    Beside the clone is a folder ``bin``, in which `python` and `python3` are this Python.
    """
    (programs := clone.parent / "bin").mkdir()
    for name in ("python", "python3"):
        (programs / name).symlink_to(sys.executable)
    venv = clone / ".venv"
    venv.mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (venv / name).symlink_to(Path(sys.prefix) / name)
    bootstrap = _module(clone / "tools" / "bootstrap.py")
    locks = {name: bootstrap.digest(path) for name, path in bootstrap.LOCKS.items()}
    project = bootstrap.digest("pyproject.toml", "plugins/disclosure/__init__.py")
    place = f"{sys.version} {bootstrap.ROOT}"
    bootstrap.write_stamp({**locks, "project": project, "place": place})


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap_of_clone", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
