"""The shell scripts: POSIX, as the shells of servers read it, and without what shellcheck finds."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.audit.measure import Measure, none_of
from tests.deploy.bundles import PUBLISH
from tools.browser import apt_install, can_apt
from tools.bundle import REBUILD


def measure(folder: Path) -> Iterator[Measure]:
    """The publish script, and the script in a bundle that builds it again."""
    rebuild = folder / "rebuild.sh"
    rebuild.write_text(
        REBUILD.format(epoch=1_700_000_000, url="''", digest="0" * 64), encoding="utf-8"
    )
    scripts = (PUBLISH, rebuild)
    for shell in ("dash", "bash --posix", "busybox sh"):
        program, *options = shell.split()
        if shutil.which(program) is None and program != "busybox":
            yield Measure(f"{shell} -n", "not installed", "installed", False)
        elif shutil.which(program):
            found = [
                f"{script.name}: {done.stderr.strip()}"
                for script in scripts
                if (
                    done := subprocess.run(
                        [program, *options, "-n", str(script)], capture_output=True, text=True
                    )
                ).returncode
            ]
            yield none_of(f"{shell} -n, complaints", found, len(scripts))
    if shutil.which("shellcheck") is None and can_apt():
        apt_install("shellcheck")
    if shutil.which("shellcheck") is None:
        yield Measure("shellcheck", "not installed: apt install shellcheck", "installed", False)
        return
    done = subprocess.run(
        ["shellcheck", "--shell=sh", "--format=gcc", *map(str, scripts)],
        capture_output=True,
        text=True,
    )
    yield none_of("shellcheck, complaints", done.stdout.splitlines(), len(scripts))
    tools = set(re.findall(r"\b(python3?|perl|awk|curl|wget|git|rsync|flock)\b", _code(PUBLISH)))
    yield none_of("tools that a server may not have", sorted(tools), 1)


def _code(script: Path) -> str:
    lines = script.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))
