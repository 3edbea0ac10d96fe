"""Kill the publish script at every command it runs, and in the middle of commands.

In front of the real commands stand stand-ins that count, and kill the whole process group with
SIGKILL before the command of a given number runs. What happens between two commands of the
script is one command of the shell itself, which changes nothing on the disk.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.audit.measure import Measure, none_of
from tests.deploy.bundles import (
    PUBLISH,
    SHELL,
    Bundle,
    faults_of,
    publish,
    served,
    small_bundle,
)

COMMANDS = (
    *("basename", "cat", "chmod", "cp", "cut", "date", "df", "find", "grep", "gzip", "head", "ln"),
    *("mkdir", "mv", "readlink", "rm", "sed", "sha256sum", "sort", "stat", "sync", "tail", "tar"),
    *("touch", "tr", "uname", "uniq", "wc"),
)
STAND_IN = """\
#!/bin/sh
echo {name} >>"$CRASH_COUNT"
count=$({wc} -l <"$CRASH_COUNT")
if [ "$CRASH_AT" -gt 0 ] && [ "$count" -ge "$CRASH_AT" ]; then kill -9 "-$CRASH_GROUP"; fi
exec {real} "$@"
"""


class Crashing:
    """Runs the publish script and kills it; each run begins with the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "root"
        self.count = folder / "count"
        self.commands = folder / "commands"
        self.commands.mkdir(parents=True)
        wc = shutil.which("wc")
        for name in COMMANDS:
            real = shutil.which(name)
            assert real, f"no command {name}"
            stand_in = self.commands / name
            stand_in.write_text(STAND_IN.format(name=name, wc=wc, real=real), encoding="utf-8")
            stand_in.chmod(0o755)
        self.old, self.new, self.next = (
            small_bundle(folder, version) for version in ("version-a", "version-b", "version-c")
        )
        self.base = folder / "base"
        # With the new one there is a version too many, so that deleting is tried as well.
        for bundle in (small_bundle(folder, "version-z"), self.old):
            assert publish(self.base, "publish", bundle.path).returncode == 0
        self.begin()
        assert publish(self.root, "publish", self.new.path).returncode == 0
        self.rolled = folder / "rolled"
        self.root.rename(self.rolled)

    def begin(self, base: Path | None = None) -> None:
        """A folder as it was after the first publication, or as ``base`` is."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(base or self.base, self.root, symlinks=True)

    def run(self, *arguments: str, at: int = 0, after: float | None = None) -> int:
        """Run the script and kill it before command ``at``, or ``after`` seconds; its exit code.

        ``at`` 0 and ``after`` None kill nothing.
        """
        self.count.write_bytes(b"")
        script = f'CRASH_GROUP=$$ && export CRASH_GROUP && exec {SHELL} "$@"'
        command = ["sh", "-c", script, "sh", str(PUBLISH), "--root", str(self.root), "--keep", "1"]
        environment = {
            **os.environ,
            "PATH": f"{self.commands}{os.pathsep}{os.environ['PATH']}",
            "CRASH_COUNT": str(self.count),
            "CRASH_AT": str(at),
        }
        process = subprocess.Popen(
            [*command, *arguments],
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if after is not None:
            time.sleep(after)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        return process.wait(timeout=60)

    def commands_run(self) -> list[str]:
        """The commands that the last run began, in order."""
        return self.count.read_text(encoding="utf-8").splitlines()

    def faults(self, *allowed: Bundle) -> list[str]:
        """What is wrong now, and when the next bundle is published and taken back."""
        now = served(self.root)
        found = faults_of(self.root)
        if now not in [bundle.files for bundle in allowed]:
            found.append("what is served is neither the old site nor the new one")
        done = publish(self.root, "publish", self.next.path)
        if done.returncode or served(self.root) != self.next.files:
            found.append(f"the next publication failed: {done.stderr}")
        done = publish(self.root, "rollback")
        if done.returncode or served(self.root) != now:
            found.append(f"the next rollback failed: {done.stderr}")
        found += faults_of(self.root)
        left = {path.name for path in self.root.iterdir()} - {"current", "styles", "versions"}
        return [*found, *(f"{name} was left" for name in sorted(left))]


def command_of(crashing: Crashing, kind: str) -> tuple[str, ...]:
    """The arguments for publishing the new site over the old, or for going back from it."""
    return ("publish", str(crashing.new.path)) if kind == "publish" else ("rollback",)


def commands_of(crashing: Crashing, kind: str) -> list[str]:
    """The commands that a whole run begins."""
    crashing.begin(crashing.rolled if kind == "rollback" else None)
    assert crashing.run(*command_of(crashing, kind)) == 0
    return crashing.commands_run()


def kill_at(
    crashing: Crashing, kind: str, numbers: Iterable[int]
) -> Iterator[tuple[int, list[str]]]:
    """For each number of a command: kill before it, and say what is wrong then."""
    for number in numbers:
        crashing.begin(crashing.rolled if kind == "rollback" else None)
        code = crashing.run(*command_of(crashing, kind), at=number)
        faults = crashing.faults(crashing.old, crashing.new)
        if code != -signal.SIGKILL:
            faults.append(f"was not killed: exit {code}")
        yield number, faults


def measure(folder: Path) -> Iterator[Measure]:
    """Every command of a publication and of a rollback; then moments in the middle of commands."""
    crashing = Crashing(folder / "crashes")
    for kind in ("publish", "rollback"):
        last = len(commands_of(crashing, kind))
        found = [
            f"before command {number}: {fault}"
            for number, faults in kill_at(crashing, kind, range(1, last + 1))
            for fault in faults
        ]
        yield none_of(f"{kind}: killed before each of its commands, faults", found, last)
    crashing.begin()
    started = time.monotonic()
    assert crashing.run(*command_of(crashing, "publish")) == 0
    took = time.monotonic() - started
    moments, found, killed = 100, [], 0
    for moment in range(moments):
        crashing.begin()
        after = took * moment / moments
        if crashing.run(*command_of(crashing, "publish"), after=after) == -signal.SIGKILL:
            killed += 1
        found += [
            f"after {after:.3f} s: {each}" for each in crashing.faults(crashing.old, crashing.new)
        ]
    yield none_of(
        f"publish: killed after each hundredth of its {took:.2f} s, faults", found, killed
    )
    yield from two_at_once(folder / "two")


def two_at_once(folder: Path) -> Iterator[Measure]:
    """Eight publications begun together: each is whole or refused, and one at least is done."""
    folder.mkdir()
    root = folder / "root"
    bundles = [small_bundle(folder, f"version-{letter}") for letter in "abcdefgh"]
    found, rounds = [], 10
    for number in range(rounds):
        if number % 2 == 1:  # a lock left by a process that is gone
            (root / ".lock").symlink_to(f"{os.uname().nodename}:999999999:1")
        running = [
            subprocess.Popen(
                [SHELL, str(PUBLISH), "--root", str(root), "publish", str(bundle.path)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for bundle in bundles
        ]
        codes = [process.wait(timeout=60) for process in running]
        if 0 not in codes or set(codes) > {0, 1}:
            found.append(f"round {number}: exits {codes}")
        if served(root) not in [bundle.files for bundle in bundles]:
            found.append(f"round {number}: a mixture is served")
        found += faults_of(root)
        left = {path.name for path in root.iterdir()} - {"current", "styles", "versions"}
        found += [f"round {number}: {name} was left" for name in sorted(left)]
    yield none_of("eight publications at once, ten times, faults", found, rounds)
