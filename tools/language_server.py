"""Find, or install, the YAML language server that the editor tests talk to.

`python -m tools.language_server` prints its version; the tests use `provide`. The server comes
with the versions and checksums of tests/editor/package-lock.json: see tools/node_packages.py.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.node_packages import LANGUAGE_SERVER, PackagesMissing, node

SERVER = Path("yaml-language-server", "bin", "yaml-language-server")


def provide() -> tuple[str, ...]:
    """The command that starts the server, which is installed if it has to be.

    Raises PackagesMissing when that cannot be done from here.
    """
    return str(node()), str(LANGUAGE_SERVER.provide() / SERVER), "--stdio"


def main() -> int:
    try:
        program, server, _ = provide()
        done = subprocess.run((program, server, "--version"), capture_output=True, text=True)
        if done.returncode:
            raise LANGUAGE_SERVER.missing(done.stderr.strip())
    except PackagesMissing as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"==> YAML 语言服务器 / YAML language server: {done.stdout.strip()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
