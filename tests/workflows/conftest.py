"""A repository like ours on a service, and clones of it with a change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.workflows.repository import ANOTHER, FILES, Change, Checkout, git, lend_packages, replace
from tests.workflows.services import ROOT


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the branch main, as the service keeps it."""
    folder = tmp_path_factory.mktemp("origin") / "budget"
    folder.mkdir()
    for name in FILES:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=2024")
    return folder


@pytest.fixture(scope="session")
def checkout(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A function giving the clone a service makes of a pull request.

    ``checkout(change)`` leaves it at the end of the branch, as GitLab does; ``merged=True`` at the
    commit that merging would make, as GitHub does. Meanwhile somebody has changed main: a
    comparison with its end would tell of changes that the branch does not make.
    """

    def make(change: Change, merged: bool = False) -> Path:
        clone = tmp_path_factory.mktemp("work") / "budget"
        git(origin.parent, "clone", "--quiet", "--no-hardlinks", str(origin), str(clone))
        git(clone, "checkout", "--quiet", "-b", "patch-1")
        change(clone)
        git(clone, "add", "--all")
        git(clone, "commit", "--quiet", "--message=改动")
        git(clone, "checkout", "--quiet", "--detach", "origin/main")
        git(clone, "merge", "--quiet", "--no-ff", "--message=合并", "patch-1")
        merge = git(clone, "rev-parse", "HEAD")
        git(clone, "checkout", "--quiet", "--detach", "origin/main")
        replace(clone, ANOTHER, "name: 援疆工作专项", "name: 别人改的名称")
        git(clone, "commit", "--quiet", "--all", "--message=别人的改动")
        git(clone, "update-ref", "refs/remotes/origin/main", "HEAD")
        git(clone, "checkout", "--quiet", "--detach", merge if merged else "patch-1")
        lend_packages(clone)
        return clone

    return make
