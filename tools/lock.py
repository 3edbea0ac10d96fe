"""Write the lock files: `python tools/lock.py`, or `make lock`.

All locks are universal (Linux, macOS and Windows, x86-64 and arm64, Python 3.11 and newer) and
carry the hash of every file that may be installed. requirements/test.txt is a superset of
requirements/site.txt with the same versions; requirements/audit.txt is for an environment of its
own, in which `make audit` opens the data files, and requirements/bench.txt for the program that
`make bench` compares with. `--upgrade` moves everything to the newest allowed
versions; without it, versions already locked are kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
COMMON = (
    "--universal",
    "--generate-hashes",
    f"--python-version={OLDEST_PYTHON}",
    # Neither a machine's settings nor an index address may reach the lock.
    "--no-config",
    "--no-emit-index-url",
    "--no-emit-find-links",
    # A lock of wheels only: nothing is compiled or run while installing.
    "--only-binary=:all:",
    "--custom-compile-command=make lock",
    "--quiet",
)


def compile_lock(output: str, *inputs: str, upgrade: bool) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", *COMMON]
    if upgrade:
        command.append("--upgrade")
    # uv would otherwise take an index named in the environment.
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UV_") or name == "UV_CACHE_DIR"
    }
    print(f"锁定 {output} / Locking {output}", flush=True)
    subprocess.run(
        [*command, f"--output-file={output}", *inputs], cwd=ROOT, env=environment, check=True
    )


def main() -> int:
    arguments = sys.argv[1:]
    if arguments not in ([], ["--upgrade"]):
        print(__doc__, file=sys.stderr)
        return 2
    upgrade = bool(arguments)
    site = ("pyproject.toml", "requirements/site.in")
    compile_lock("requirements/site.txt", *site, upgrade=upgrade)
    compile_lock(
        "requirements/test.txt",
        *site,
        "requirements/test.in",
        "--constraints=requirements/site.txt",
        upgrade=upgrade,
    )
    compile_lock("requirements/audit.txt", "requirements/audit.in", upgrade=upgrade)
    compile_lock("requirements/bench.txt", "requirements/bench.in", upgrade=upgrade)
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except subprocess.CalledProcessError as error:
        raise SystemExit(error.returncode) from None
