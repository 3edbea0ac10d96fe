"""Make `.venv` and put the locked packages and this project into it.

    python tools/bootstrap.py site     what building and serving the site needs
    python tools/bootstrap.py test     the same and what the tests need

Only the standard library is used. A second run does nothing unless a lock, pyproject.toml, the
version, the Python or the folder's place has changed. Exits 1 with a message in Chinese and
English that says what to type when the system lacks something only its owner can install.

The text must stay readable for any Python 3, so that an old one can say that it is too old:
hence the quoted annotations and nothing newer before `require_python`.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from typing import NoReturn

OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
STAMP = os.path.join(VENV, "installed.json")
LOCKS = {"site": "requirements/site.txt", "test": "requirements/test.txt"}
# Settings of the caller that would send the packages somewhere else than into .venv.
UNWANTED = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES")


def say(chinese: str, english: str) -> None:
    print(f"==> {chinese} / {english}", flush=True)


def stop(chinese: str, english: str) -> NoReturn:
    print(f"\n错误：{chinese}\n\nError: {english}\n", file=sys.stderr, flush=True)
    raise SystemExit(1)


def require_python() -> None:
    """Go on in a newer Python when this one is too old and the system has one."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_NAMES:
        newer = shutil.which(name)
        if newer:
            command = [newer, os.path.abspath(__file__)] + sys.argv[1:]  # noqa: RUF005
            raise SystemExit(subprocess.call(command))
    found = "{}.{}".format(*sys.version_info)
    stop(
        f"需要 Python 3.11 或更高版本，这里是 {found}。\n"
        "  Debian 12、Ubuntu 24.04 或更新的系统：apt install python3 python3-venv\n"
        "  Windows、macOS：从 python.org 安装后重试。\n"
        "  装在别处的 Python 可以这样指定：make serve PYTHON=/路径/python3.12",
        f"Python 3.11 or newer is needed, this is {found}.\n"
        "  Debian 12, Ubuntu 24.04 or later: apt install python3 python3-venv\n"
        "  Windows, macOS: install it from python.org and try again.\n"
        "  Name a Python kept elsewhere like this: make serve PYTHON=/path/to/python3.12",
    )


def require_venv() -> None:
    """Debian and its relatives pack venv and ensurepip apart from Python."""
    if not all(map(importlib.util.find_spec, ("ensurepip", "venv"))):
        system = os.path.realpath("/usr/bin/python3") == os.path.realpath(sys.executable)
        package = "python3-venv" if system else "python{}.{}-venv".format(*sys.version_info)
        become = "" if getattr(os, "geteuid", lambda: 0)() == 0 else "sudo "
        command = f"{become}apt install {package}"
        stop(
            f"这个 Python（{sys.executable}）缺少 venv 模块。请输入：\n  {command}\n然后重新运行。",
            f"this Python ({sys.executable}) lacks the venv module. Type:\n  {command}\n"
            "and run the command again.",
        )


def digest(*paths: str) -> str:
    content = hashlib.sha256()
    for path in paths:
        with open(os.path.join(ROOT, path), "rb") as file:
            # A lock checked out with Windows line ends is the same lock.
            content.update(file.read().replace(b"\r\n", b"\n"))
        content.update(b"\0")
    return content.hexdigest()


def read_stamp() -> "dict[str, str]":
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and os.path.exists(PYTHON) else {}


def write_stamp(stamp: "dict[str, str]") -> None:
    with open(STAMP, "w", encoding="utf-8", newline="\n") as file:
        json.dump(stamp, file, indent=1, sort_keys=True)


def run(command: "list[str]") -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    environment["PYTHONIOENCODING"] = "utf-8"
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def tail(text: str, lines: int = 15) -> str:
    return "\n".join("  " + line for line in text.strip().splitlines()[-lines:])


def pip(*arguments: str) -> "subprocess.CompletedProcess[str]":
    # -I: neither PYTHONPATH nor packages of the user's home take part.
    return run([PYTHON, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments])


def create() -> None:
    say("建立虚拟环境 .venv", "Making the virtual environment .venv")
    made = run([sys.executable, "-m", "venv", "--clear", VENV])
    if made.returncode:
        stop(
            f"无法建立虚拟环境 {VENV}：\n{tail(made.stdout)}",
            "the virtual environment could not be made, see the lines above.",
        )


def install_locked(kind: str) -> None:
    lock = LOCKS[kind]
    with open(os.path.join(ROOT, lock), encoding="utf-8") as file:
        count = len(re.findall(r"^[A-Za-z0-9]", file.read(), re.MULTILINE))
    say(
        f"安装 {lock} 中锁定的约 {count} 个软件包，通常需要一分钟左右",
        f"Installing the {count} or so packages locked in {lock}, usually about a minute",
    )
    # Wheels only: building a package would bring in packages that no lock names.
    done = pip("install", "--quiet", "--retries=2", "--only-binary=:all:", "--require-hashes",
               "--requirement", lock)  # fmt: skip
    if done.returncode:
        version = "{}.{}".format(*sys.version_info)
        stop(
            f"安装失败，pip 的话：\n{tail(done.stdout)}\n"
            "  - 提到 connection、timeout、resolve 或 No matching distribution：连不上软件源。"
            "请检查网络；内网请先设置 PIP_INDEX_URL（本单位的 Python 软件源）"
            "或 HTTPS_PROXY（代理）。\n"
            f"  - 提到 no wheels 或 requires a different Python：Python {version} 太新或太旧，"
            "请改用 3.11 至 3.14（Windows ARM 用 3.12 以上）。\n"
            "  - 提到 hashes：下载的文件与锁定的不同，请勿继续，先查软件源。",
            "the installation failed, pip's words stand above.\n"
            "  - connection, timeout, resolve or No matching distribution: the package index"
            " cannot be reached. Check the network; inside a closed network set PIP_INDEX_URL"
            " (your own Python index) or HTTPS_PROXY (a proxy) first.\n"
            f"  - no wheels or requires a different Python: Python {version} is too new or too"
            " old, use 3.11 to 3.14 (3.12 or newer on Windows on ARM).\n"
            "  - hashes: the file served is not the one locked. Do not go on; look into the"
            " index.",
        )


def install_project() -> None:
    done = pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
               "--editable", ".")  # fmt: skip
    if done.returncode:
        stop(
            f"无法安装本项目：\n{tail(done.stdout)}",
            "this project could not be installed, see the lines above.",
        )


def ensure(kind: str) -> None:
    """Bring .venv to what the lock of `kind` (site or test) and this project say."""
    locks = {name: digest(path) for name, path in LOCKS.items()}
    project = digest("pyproject.toml", "plugins/disclosure/__init__.py")
    place = f"{sys.version} {ROOT}"

    stamp = read_stamp()
    if stamp.get("place") != place or any(
        stamp[name] != locks[name] for name in LOCKS if name in stamp
    ):
        stamp = {}  # begin anew: nothing of an older lock may linger
    if stamp.get(kind) == locks[kind] and stamp.get("project") == project:
        return

    started = time.monotonic()
    if stamp:
        os.remove(STAMP)
    else:
        create()
    if stamp.get(kind) != locks[kind]:
        install_locked(kind)
        stamp[kind] = locks[kind]
        stamp["site"] = locks["site"]  # the test lock holds the site lock
    if stamp.get("project") != project:
        install_project()
    write_stamp({**stamp, "place": place, "project": project})
    seconds = round(time.monotonic() - started)
    say(f"安装完成，用时 {seconds} 秒", f"Installed in {seconds} s")


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    require_python()
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        print(__doc__, file=sys.stderr)
        raise SystemExit(2)
    require_venv()
    ensure(sys.argv[1])


if __name__ == "__main__":
    main()
