"""Copies of the project in a folder of their own, and MkDocs run in them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EPOCH = "1735689600"


def copy_project(folder: Path) -> Path:
    """What makes this site, without the software: settings, texts, data, touches."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("content", "data", "overrides"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    return folder


def environment(**changes: str) -> dict[str, str]:
    """The environment of a build, without SITE_URL unless it is given."""
    inherited = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    fixed = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    return {**inherited, **fixed, **changes}


def mkdocs_build(project: Path, site: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict` in ``project``, whatever comes of it; both outputs in ``stdout``."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=project,
        env=environment(**changes),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` with the hash of its bytes; folders too."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        )
        for path in sorted(folder.rglob("*"))
    }
