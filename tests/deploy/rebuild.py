"""A bundle made twice has the same bytes; from it alone, without a network, comes the same site."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from tests.audit.measure import Measure, at_most, none_of
from tests.conftest import ROOT
from tests.deploy.bundles import faults_of, publish, served, unpack
from tests.deploy.reproducible import ENTRY_ORDER, EPOCH, copy_project

from disclosure.manifest import differences, digest, manifest


def measure(folder: Path) -> Iterator[Measure]:
    """Copies of the project, so that nobody's editing comes between; their wheels are shared."""
    made = []
    for number, (place, zone, umask) in enumerate(
        (("one", "UTC", 0o022), ("另 一", "Asia/Shanghai", 0o077)), start=1
    ):
        project = folder / place / "project"
        copy_project(project)
        cache = ROOT / ".cache" / "wheels"
        cache.mkdir(parents=True, exist_ok=True)
        (project / ".cache").mkdir()
        (project / ".cache" / "wheels").symlink_to(cache)
        order = folder / place / "order"
        order.mkdir()
        (order / "sitecustomize.py").write_text(ENTRY_ORDER, encoding="utf-8")
        search = os.pathsep.join([str(order), str(project / "plugins")])
        for options in ((), ("--without-wheels",)):
            _run(
                [sys.executable, "-m", "tools.bundle", "--output", str(folder / place), *options],
                project,
                umask=umask,
                TZ=zone,
                PYTHONHASHSEED=str(number),
                ENTRY_ORDER=str(number),
                PYTHONPATH=search,
                PYTHONDONTWRITEBYTECODE="1",
                SOURCE_DATE_EPOCH=EPOCH,
                # Inside the subprocess pip finds its index as it does for the user.
                **{name: value for name, value in os.environ.items() if name.startswith("PIP_")},
            )
        made.append(sorted((folder / place).glob("*.tar.gz")))
    names = [[path.name for path in paths] for paths in made]
    assert names[0] == names[1], names
    pairs = list(zip(*made, strict=True))
    found = [one.name for one, other in pairs if one.read_bytes() != other.read_bytes()]
    yield none_of("bundles made twice that differ", found, len(pairs))
    without, whole = made[0]
    megabyte = round(whole.stat().st_size / 1e6, 1)
    yield at_most("a bundle with all wheels", megabyte, 100, " MB")

    root = folder / "root"
    done = publish(root, "publish", whole)
    yield Measure("published, exit code", str(done.returncode), "0", not done.returncode)

    with tarfile.open(whole) as archive:
        unpack(archive, folder / "carried")
    (bundle,) = (folder / "carried").iterdir()
    sums = (bundle / "SHA256SUMS").read_bytes()
    wrong = [each.line() for each in differences(sums, bundle, but=bundle / "SHA256SUMS")]
    yield none_of("files of the bundle that its manifest does not tell", wrong, len(sums))
    # No cable at all where this machine lets us pull it; else pip alone is told.
    cut = ["unshare", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*cut, "true"]).returncode:
        cut = []
    said = _run([*cut, "sh", "rebuild.sh"], bundle, PYTHON=sys.executable, PIP_NO_INDEX="1")
    same = "==> 相同 / identical" in said
    yield Measure("the site built from the bundle alone", said.splitlines()[-1], "identical", same)
    rebuilt = digest(manifest(bundle / "source" / "site"))
    yield Measure(
        "its digest", rebuilt[:12], "that of the site served",
        rebuilt == digest(manifest(root / "current" / "site")) and bool(served(root)),
    )  # fmt: skip
    yield none_of("versions that are not whole", faults_of(root), 1)
    python = bundle / "source" / ".venv" / "bin" / "python"
    _run(
        [*cut, str(python), "-m", "tools.bundle", "--without-wheels", "--output", str(folder)],
        bundle / "source",
        SOURCE_DATE_EPOCH=EPOCH,
    )
    again = (folder / without.name).is_file() and (folder / without.name).read_bytes()
    same = again == without.read_bytes()
    yield Measure("a bundle made from the bundle", "same" if same else "other", "same", same)


def _run(command: list[str], folder: Path, umask: int = 0o022, **environment: str) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, "HOME": str(folder), "NO_MKDOCS_2_WARNING": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        umask=umask,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
