"""Builds whose surroundings differ in everything that must not matter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.audit.measure import Measure, none_of
from tests.conftest import ROOT
from tools.bundle import read_source

EPOCH = "1735689600"
EXAMPLE = "examples/district"
# Python reads it at every start: folders are listed in another order than the file system's.
ENTRY_ORDER = """
import os, random
_listdir, _scandir, _seed = os.listdir, os.scandir, os.environ["ENTRY_ORDER"]

def listdir(path="."):
    names = sorted(_listdir(path))
    random.Random(_seed).shuffle(names)
    return names

class scandir:
    def __init__(self, path="."):
        with _scandir(path) as found:
            entries = sorted(found, key=lambda each: each.name)
        random.Random(_seed).shuffle(entries)
        self._entries = iter(entries)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.close()
    def close(self):
        self._entries = iter(())

os.listdir, os.scandir = listdir, scandir
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where, when and by whom a site is built."""

    project: Path
    """The project; its plugin is used, not the one that is installed."""
    zone: str = "UTC"
    locale: str = "C.UTF-8"
    seed: str = "0"
    """Of Python's hashes, and of the order in which folders are listed."""
    umask: int = 0o022
    site: str = ""
    """The folder of mkdocs.yml, below the project or anywhere else."""
    url: str = ""


def other_surroundings(folder: Path) -> Surroundings:
    """Everything different: a copy in a folder of another name, later, far away."""
    project = folder / "另 一 处" / "project"
    copy_project(project)
    return Surroundings(project, "Asia/Shanghai", "C", "4294967295", 0o077)


def copy_project(target: Path) -> None:
    """The files of the project elsewhere, with times of their own and without git."""
    for name in read_source(ROOT, {"SOURCE_DATE_EPOCH": EPOCH}).files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)


def build(surroundings: Surroundings, target: Path) -> Path:
    """Build a site in its surroundings into ``target``; raises AssertionError with all words."""
    words_of_build(surroundings, target)
    return target


def words_of_build(surroundings: Surroundings, target: Path) -> str:
    """The same, and what the build said."""
    target.parent.mkdir(parents=True, exist_ok=True)
    order = target.parent / "order"
    order.mkdir()
    (order / "sitecustomize.py").write_text(ENTRY_ORDER, encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    done = subprocess.run(
        command,
        cwd=surroundings.project / surroundings.site,
        env={
            **kept,
            "HOME": str(target.parent),
            "PYTHONPATH": os.pathsep.join([str(order), str(surroundings.project / "plugins")]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "ENTRY_ORDER": surroundings.seed,
            "PYTHONHASHSEED": surroundings.seed,
            "TZ": surroundings.zone,
            "LC_ALL": surroundings.locale,
            "PYTHONIOENCODING": "utf-8",
            "SITE_URL": surroundings.url,
            "SOURCE_DATE_EPOCH": EPOCH,
            "NO_MKDOCS_2_WARNING": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        **({} if os.name == "nt" else {"umask": surroundings.umask}),
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def different(one: Path, other: Path) -> list[str]:
    """The names of files that the two folders do not have alike."""
    sites = [
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (one, other)
    ]
    assert all(sites), "an empty site"
    names = sites[0].keys() | sites[1].keys()
    return sorted(name for name in names if sites[0].get(name) != sites[1].get(name))


def measure(folder: Path) -> Iterator[Measure]:
    """The project's own site and the example district, each with a site map and without."""
    other = other_surroundings(folder / "copy")
    here = Surroundings(ROOT)
    for name, site, url in (
        ("own site", "", ""),
        ("own site with SITE_URL", "", "https://www.example.gov.cn/budget/"),
        ("example district", EXAMPLE, ""),
        ("example district with SITE_URL", EXAMPLE, "https://www.example.gov.cn/"),
    ):
        place = folder / name.replace(" ", "-")
        one = build(replace(here, site=site, url=url), place / "one" / "site")
        two = build(replace(other, site=site, url=url), place / "two" / "another name")
        files = sum(1 for path in one.rglob("*") if path.is_file())
        yield none_of(f"{name}: files that differ", different(one, two), files)
