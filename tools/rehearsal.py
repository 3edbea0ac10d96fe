"""Rehearse what a stranger does first, and the story of a figure: `make rehearsal`.

As root on a system with debootstrap, in a bare Debian 12 made for the purpose and thrown away
afterwards; elsewhere in a fresh clone with a clean environment. The committed state is cloned;
`--worktree` takes the files as they lie in the folder, committed or not.

Exits 1 when a step fails or the whole takes longer than 25 minutes. DEBIAN_MIRROR names another
Debian mirror; proxies, the variables of pip and the certificates of this machine are passed on,
because a network may need them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = "bookworm"
LIMIT_SECONDS = 25 * 60
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
PASSED_ON = (
    *("http_proxy", "https_proxy", "no_proxy"),
    *("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"),
)

Run = Callable[[str], subprocess.CompletedProcess[str]]


class StepFailed(Exception):
    pass


def say(chinese: str, english: str) -> None:
    print(f"\n==> {chinese} / {english}", flush=True)


def network_environment() -> dict[str, str]:
    wanted = {name for lower in PASSED_ON for name in (lower, lower.upper())}
    return {
        name: value
        for name, value in os.environ.items()
        if name in wanted or (name.startswith("PIP_") and "FIND_LINKS" not in name)
    }


def copy_project(target: Path, worktree: bool) -> None:
    if not worktree:
        subprocess.run(
            ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(target)], check=True
        )
        return
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def can_make_debian() -> bool:
    return (
        hasattr(os, "geteuid")
        and os.geteuid() == 0
        and shutil.which("debootstrap") is not None
        and shutil.which("unshare") is not None
    )


def make_debian(system: Path) -> None:
    """A minimal Debian 12 under `system`, with its security updates, without Python or make."""
    mirror = os.environ.get("DEBIAN_MIRROR")
    command = ["debootstrap", "--variant=minbase", "--include=ca-certificates", RELEASE]
    made = subprocess.run(
        [*command, str(system), *([mirror] if mirror else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if made.returncode:
        raise StepFailed("debootstrap:\n" + "\n".join(made.stdout.splitlines()[-10:]))
    sources = system / "etc/apt/sources.list"
    kind, address, *_ = sources.read_text(encoding="utf-8").split()
    security = f"{kind} {address}-security {RELEASE}-security main\n"
    sources.write_text(sources.read_text(encoding="utf-8") + security, encoding="utf-8")
    for path in ("/etc/resolv.conf", "/etc/hosts", CERTIFICATES, os.environ.get("PIP_CERT")):
        if path and Path(path).is_file():
            target = system / path.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def in_debian(system: Path) -> Run:
    """Runs shell commands inside `system`, with processes and mounts that end with them."""
    mounts = (
        'mount --make-rprivate / && mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev"'
        ' && exec chroot "$0" /bin/bash -c "$1"'
    )
    environment = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
        "LANG": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
        **network_environment(),
    }

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                *("unshare", "--mount", "--pid", "--fork", "--kill-child"),
                *("sh", "-c", mounts, str(system), command),
            ],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    return run


def in_clone(project: Path, home: Path) -> Run:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        **network_environment(),
        **{name: os.environ[name] for name in ("CHROME",) if name in os.environ},
    }

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    return run


def step(run: Run, command: str, *, fails_with: str | None = None) -> None:
    """Run `command` and time it; with `fails_with` it has to fail and say those words."""
    started = time.monotonic()
    say(f"演练：{command}", "Rehearsing")
    done = run(command)
    seconds = time.monotonic() - started
    shown = 4 if fails_with is None else 12
    print("\n".join(done.stdout.strip().splitlines()[-shown:]))
    print(f"--- exit {done.returncode}, {seconds:.0f} s", flush=True)
    if fails_with is None and done.returncode:
        raise StepFailed(f"{command}: exit {done.returncode}\n{done.stdout}")
    if fails_with is not None and (done.returncode == 0 or fails_with not in done.stdout):
        raise StepFailed(f"{command}: should have failed and said {fails_with!r}")


def rehearse(folder: Path, worktree: bool) -> None:
    if can_make_debian():
        system = folder / "debian"
        say("准备全新的 Debian 12", "Making a bare Debian 12")
        make_debian(system)
        run = in_debian(system)
        copy_project(system / "project", worktree)
        step(
            run,
            "apt-get update -qq && apt-get install -qq --no-install-recommends make python3 git"
            " >/dev/null",
        )
        # Debian's Python comes without venv: the command has to say what to type.
        step(run, "cd /project && make site", fails_with="apt install python3-venv")
        step(run, "apt-get install -qq --no-install-recommends python3-venv >/dev/null")
        where = "cd /project && "
    else:
        say(
            "没有 root 权限或 debootstrap，改在干净的克隆中演练",
            "No root or no debootstrap: rehearsing in a fresh clone instead",
        )
        copy_project(folder / "project", worktree)
        (folder / "home").mkdir()
        run, where = in_clone(folder / "project", folder / "home"), ""
    step(run, where + "make site && test -s site/index.html && test -s site/en/index.html")
    step(run, where + "make test")
    # nginx is installed where that can be done; the message says what to type where not.
    step(run, where + ".venv/bin/python -m tools.story" + " --worktree" * worktree)
    step(run, where + ".venv/bin/python -m tests.deploy")


def main() -> int:
    arguments = sys.argv[1:]
    if arguments not in ([], ["--worktree"]):
        print(__doc__, file=sys.stderr)
        return 2
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="rehearsal-"))
    try:
        rehearse(folder, worktree=bool(arguments))
    except StepFailed as failed:
        print(f"\n演练失败 / The rehearsal failed: {failed}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    seconds = round(time.monotonic() - started)
    if seconds > LIMIT_SECONDS:
        print(f"演练用时 {seconds} 秒，超过 {LIMIT_SECONDS} 秒 / took {seconds} s, too long")
        return 1
    print(f"\n演练成功，用时 {seconds} 秒 / The rehearsal succeeded in {seconds} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
