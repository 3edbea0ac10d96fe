"""Reads thousands of made-up documents: ``python -m tests.fuzz [--documents N] [--seed N]``.

None may crash the reader, take a second, or be accepted as something else than it is. What fails is
written to ``.cache/fuzz/`` and named; exit code 1 then.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from tests.fuzz.documents import ROOT, document
from tests.fuzz.judge import fault

FAILURES = ROOT / ".cache" / "fuzz"
_BATCH = 100

Fault = tuple[int, str, str]  # number, kind, what is wrong


def batch(seed: int, first: int, end: int) -> list[Fault]:
    """The faults among the documents of a range of numbers."""
    faults: list[Fault] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, end):
            made = document(seed, number)
            each = Path(folder) / ("po" if made.is_po else "yaml")
            each.mkdir(exist_ok=True)
            if said := fault(made, each):
                faults.append((number, made.kind, said))
    return faults


def run(documents: int, seed: int) -> Iterator[tuple[int, list[Fault]]]:
    """How many were read since the last, and the faults among them."""
    with ProcessPoolExecutor(2) as pool:
        ranges = [(first, min(first + _BATCH, documents)) for first in range(0, documents, _BATCH)]
        results = [pool.submit(batch, seed, *each) for each in ranges]
        for (first, end), result in zip(ranges, results, strict=True):
            try:
                yield end - first, result.result()
            except BrokenProcessPool:
                yield end - first, [(first, "?", f"the process ended between {first} and {end}")]
                return


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun, done, faults = time.monotonic(), 0, []
    for count, found in run(options.documents, options.seed):
        done += count
        faults += found
        for number, kind, said in found:
            FAILURES.mkdir(parents=True, exist_ok=True)
            path = FAILURES / f"seed-{options.seed}-{number}"
            path.write_bytes(document(options.seed, number).data)
            print(f"{path.relative_to(ROOT)} ({kind}): {ascii(said)[1:-1]}")
        if sys.stdout.isatty():
            print(f"\r{done}/{options.documents}", end="", flush=True)
    if sys.stdout.isatty():
        print()
    kinds = Counter(
        document(options.seed, number).kind for number in itertools.islice(range(done), 1000)
    )
    print(", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())), "(of 1000)")
    taken = time.monotonic() - begun
    print(
        f"读了 {done} 份，{len(faults)} 份有问题，用时 {taken:.0f} 秒，种子 {options.seed} / "
        f"{done} documents read, {len(faults)} at fault, {taken:.0f} s, seed {options.seed}"
    )
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
