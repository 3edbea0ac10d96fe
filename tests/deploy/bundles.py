"""Bundles to publish: small ones made by hand, and one in two versions made of a real site."""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT
from tools.bundle import archive

from disclosure.manifest import digest, lines, manifest

PUBLISH = ROOT / "deploy" / "publish.sh"
SHELL = os.environ.get("DEPLOY_SHELL", "sh")
# The same in every bundle, as in two made of commits of one second: nothing may rest on it.
EPOCH = 1_700_000_000
DATE = "2026-11-23"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle in a file, and the site in it."""

    path: Path
    files: Mapping[str, bytes]
    """The content of each file of the site by its name."""

    @property
    def digest(self) -> str:
        """The digest of the site."""
        return digest(lines({name: digest(data) for name, data in self.files.items()}))


def unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Everything of an archive made here; Debian 12 has a Python (3.11.2) without filters."""
    safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    archive.extractall(folder, **safely)  # type: ignore[arg-type]


def small_site(version: str) -> dict[str, bytes]:
    """A site of a few files; two versions of one length differ in content and not in sizes."""
    return {
        "index.html": f"<p>{version}</p>\n".encode(),
        "en/index.html": f"<p>{version} in English</p>\n".encode(),
        "404.html": f"<p>404 {version}</p>\n".encode(),
        "data/预算.csv": f"金额\r\n{version}\r\n".encode(),
        f"assets/stylesheets/main.{version[-1] * 8}.min.css": f"/* {version} */".encode(),
    }


def entries(site: Mapping[str, bytes], *, date: str = DATE) -> dict[str, Path | bytes]:
    """The files of a bundle of ``site``, its manifest among them."""
    files: dict[str, bytes] = {
        "BUNDLE": f"date: {date}\n".encode(),
        "deploy/publish.sh": b"#!/bin/sh\n",
        **{f"site/{name}": data for name, data in site.items()},
    }
    sums = lines({name: digest(data) for name, data in files.items()})
    return {**files, "SHA256SUMS": sums}


def pack(path: Path, site: Mapping[str, bytes]) -> Bundle:
    """Write a bundle of ``site`` as tools.bundle does."""
    path.write_bytes(archive(entries(site), f"disclosure-{path.name.split('.')[0]}", EPOCH))
    return Bundle(path, dict(site))


def small_bundle(folder: Path, version: str) -> Bundle:
    """A bundle of ``small_site(version)``."""
    return pack(folder / f"{version}.tar.gz", small_site(version))


def two_versions(site: Path, folder: Path) -> tuple[Bundle, Bundle]:
    """A built site in two versions: every file differs, none in its size.

    The theme's styles have another name in each, as after a new release of the theme.
    """
    original = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
    made = []
    for version in ("A", "B"):
        changed = {}
        for name, data in original.items():
            data = re.sub(rb"\.[0-9a-f]{8}\.min\.css", _named(version), data)
            mark = f"<!--{version}-->" if name.endswith(".html") else f"/*{version}*/"
            name = re.sub(r"\.[0-9a-f]{8}\.min\.css", _named(version).decode(), name)
            changed[name] = data + mark.encode()
        made.append(pack(folder / f"version-{version}.tar.gz", changed))
    return made[0], made[1]


def _named(version: str) -> bytes:
    return f".{version.lower() * 8}.min.css".encode()


def publish(
    root: Path, *arguments: str | Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run publish.sh on ``root``."""
    return subprocess.run(
        [SHELL, str(PUBLISH), "--root", str(root), *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


def published(root: Path, *arguments: str | Path, **environment: str) -> str:
    """The same where it has to succeed; what it said."""
    done = publish(root, *arguments, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def served(root: Path) -> dict[str, bytes]:
    """The files that nginx would serve; empty before the first publication."""
    site = root / "current" / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def faults_of(root: Path) -> list[str]:
    """What is not whole under ``root``: each version has to be what its name and manifest say."""
    found = []
    for version in sorted((root / "versions").iterdir()):
        sums = (version / "SHA256SUMS").read_bytes() if (version / "SHA256SUMS").exists() else b""
        if not (version / "site").is_dir() or manifest(version / "site") != sums:
            found.append(f"{version.name} is not whole")
        elif not digest(sums).startswith(version.name.rsplit("-", 1)[1]):
            found.append(f"{version.name} is not what its name says")
    if (root / "current").is_symlink() and not (root / "current").is_dir():
        found.append("current leads nowhere")
    return found
