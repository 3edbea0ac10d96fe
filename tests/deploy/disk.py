"""A disk that is too small: a real one of two megabytes where this machine lets us make one."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.audit.measure import Measure, none_of
from tests.deploy.bundles import (
    Bundle,
    faults_of,
    pack,
    publish,
    published,
    served,
    small_bundle,
    small_site,
)

MEGABYTE = 1_000_000


def measure(folder: Path) -> Iterator[Measure]:
    """Bundles that do not fit, found before unpacking and in the middle of it."""
    disk = folder / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True
    )
    if made.returncode:
        # The tests of `make test` stand in for it: they let each command that writes fail.
        yield Measure("a small disk", "this machine lets us make none", "told", True)
        return
    try:
        root = disk / "root"
        old = small_bundle(folder, "old")
        published(root, "publish", old.path)
        big = pack(folder / "big.tar.gz", small_site("big") | {"data.csv": bytes(8 * MEGABYTE)})
        yield none_of("told beforehand, faults", _refused(root, old, big, "not enough disk"), 1)
        # `df` says there is room: it runs out while the bundle is being unpacked.
        liar = folder / "bin" / "df"
        liar.parent.mkdir()
        liar.write_text("#!/bin/sh\necho x\necho '/dev/x 9 9 999999999 1% /'\n", encoding="utf-8")
        liar.chmod(0o755)
        path = f"{liar.parent}{os.pathsep}{os.environ['PATH']}"
        found = _refused(root, old, big, "Error: ", PATH=path)
        yield none_of("run out in the middle, faults", found, 1)
        # Sizes around what fits, so that it runs out at other commands than tar as well.
        found, tried, fitted = [], 0, 0
        chance = random.Random(1)
        for size in range(3_000_000, 4_300_000, 50_000):
            data = chance.randbytes(1000) * (size // 1000)
            bundle = pack(folder / "odd.tar.gz", small_site("odd") | {"data.csv": data})
            done = publish(root, "publish", bundle.path, PATH=path)
            now = served(root)
            if now != (old.files if done.returncode else bundle.files):
                found.append(f"{size} bytes: exit {done.returncode} and another site")
            found += [f"{size} bytes: {fault}" for fault in faults_of(root)]
            tried += 1
            if done.returncode == 0:
                fitted += 1
                shutil.rmtree(root)
                published(root, "publish", old.path)
        yield none_of("of every size around what fits, faults", found, tried)
        both = f"{fitted} fitted, {tried - fitted} did not"
        yield Measure("such bundles", both, "some of each", 0 < fitted < tried)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _refused(root: Path, old: Bundle, new: Bundle, words: str, **environment: str) -> list[str]:
    done = publish(root, "publish", new.path, **environment)
    found = [] if done.returncode == 1 and words in done.stderr else [done.stdout + done.stderr]
    if served(root) != old.files:
        found.append("another site is served")
    left = {path.name for path in root.iterdir()} - {"current", "styles", "versions"}
    return [*found, *faults_of(root), *(f"{name} was left" for name in left)]
