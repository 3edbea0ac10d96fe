"""One command in a process of its own: seconds, CPU and memory of it and everything it starts.

Linux and macOS: CPU comes from ``wait4``. Memory is sampled from /proc as the sum of the
proportional sizes (PSS: shared pages counted once) of all processes; where there is no /proc, and
between two samples, it is at least the greatest size of one of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE = 0.2
"""Seconds between two looks at the memory."""
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds of the clock, seconds of CPU (user and system), megabytes."""

    seconds: float
    cpu: float
    megabytes: float


class Failed(Exception):
    """A command that was to be measured ended with an error; the text is what it said."""


def environment(**changes: str) -> dict[str, str]:
    """The environment of a build: same bytes every time, no notices, no address from outside."""
    inherited = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    fixed = {"SOURCE_DATE_EPOCH": "1735689600", "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    return {**inherited, **fixed, **changes}


def processes(root: int) -> Iterator[int]:
    """The process and all below it that there are at this moment."""
    below: dict[int, list[int]] = {}
    for path in _PROC.iterdir():
        if path.name.isdigit():
            try:
                # The name, in brackets, may hold blanks and brackets: what follows the last one.
                parent = int((path / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue  # it has just ended
            below.setdefault(parent, []).append(int(path.name))
    waiting = [root]
    while waiting:
        yield (process := waiting.pop())
        waiting += below.get(process, ())


def megabytes(root: int) -> float:
    """The memory of the process and all below it now; 0 where the system does not tell."""
    if not (_PROC / "self" / "smaps_rollup").exists():
        return 0.0
    kilobytes = 0
    for process in processes(root):
        try:
            text = (_PROC / str(process) / "smaps_rollup").read_text("utf-8")
        except OSError:
            continue
        kilobytes += sum(int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:")
    return kilobytes / 1024


def run(command: Sequence[str], folder: Path, **changes: str) -> Run:
    """Run ``command`` in ``folder``. Raises Failed when it ends with an error."""
    log = folder / ".benchmark.log"
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(**changes),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        ended, seen = threading.Event(), [0.0]

        def watch() -> None:
            while not ended.wait(SAMPLE):
                seen[0] = max(seen[0], megabytes(process.pid))

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        # wait4 has taken the end from subprocess, which would otherwise wait for it.
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watching.join()
    said = log.read_text("utf-8", errors="replace")
    log.unlink()
    if process.returncode:
        raise Failed(f"{' '.join(command)}: {process.returncode}\n{said[-4000:]}")
    largest = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return Run(seconds, used.ru_utime + used.ru_stime, max(seen[0], largest))


def files(folder: Path) -> Mapping[str, tuple[int, int]]:
    """Every file below ``folder``: when it was written (nanoseconds), and its size in bytes."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    state = entry.stat(follow_symlinks=False)
                    name = os.path.relpath(entry.path, folder)
                    found[name] = (state.st_mtime_ns, state.st_size)
    return found


def written(before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]) -> int:
    """How many files were written, added or deleted between two looks at a folder."""
    return sum(1 for name in before.keys() | after.keys() if before.get(name) != after.get(name))
