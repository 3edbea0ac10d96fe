"""Make the archive that is carried to a server without internet: `make bundle`.

    python -m tools.bundle                     the site, its source and the wheels to rebuild it
    python -m tools.bundle --without-wheels    without the wheels, about 50 MB less
    python -m tools.bundle --output FOLDER     somewhere else than in dist/

The site is built anew, so that it cannot differ from the source that goes with it. The same source,
SOURCE_DATE_EPOCH and SITE_URL make the same bytes. Inside, in one folder:

    README.zh.md, README.md   what to do with it
    BUNDLE                    what it was made from, as `name: value` lines
    SHA256SUMS                the SHA-256 of every other file
    site/                     the site, which deploy/publish.sh puts on a server
    deploy/                   the publish script and the configuration of nginx
    licences/                 of the software, and of the parts of others that the site holds
    source/                   all that is needed to change and build the site
    wheels/                   the packages that the build needs, for x86-64 and arm64
    rebuild.sh                builds source/ again without a network and compares the result

Needs the packages of requirements/site.txt. Wheels once fetched stay in .cache/wheels/, so a
second run needs no network. SOURCE_DATE_EPOCH is by default the time of the last commit; without
git, the time of the newest file of the source.

Exit codes: 0 made, 1 something is wrong with the site or the wheels, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import importlib.metadata
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from disclosure.manifest import digest, lines, manifest

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements/site.txt"
NAME = "disclosure"
# Minor versions, and of each the first and a last: the lock tells some patch releases apart.
PYTHONS = ("3.11.0", "3.11.99", "3.12.0", "3.12.99", "3.13.0", "3.13.99", "3.14.0", "3.14.99")
MACHINES = ("x86_64", "aarch64")
# glibc 2.17 and 2.28: every server system with a Python that is new enough has a later one.
LIBCS = ("manylinux2014", "manylinux_2_17", "manylinux_2_28")
# Made by the commands of the Makefile, as in .gitignore; only asked for where there is no git.
MADE = {
    *(".git", ".venv", ".cache", "site", "dist", "__pycache__"),
    *(".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"),
}
# Of the theme's own files, pages take styles and icons: NOTICE names them.
SHIPPED = ("mkdocs-material", "mkdocs")


class BundleFailed(Exception):
    """The bundle cannot be made; the message says in Chinese and English what to do."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of the lock: ``name==version``, when it is needed, and its hashes."""

    requirement: str
    marker: Marker | None
    hashes: frozenset[str]
    """SHA-256 in hexadecimal of every file of this version."""

    @property
    def name(self) -> str:
        """The name of the package as the index writes it."""
        return canonicalize_name(Requirement(self.requirement).name)

    def needed(self, python: str, machine: str) -> bool:
        """Whether a Linux with this Python, in full, and this machine needs it."""
        if self.marker is None:
            return True
        return self.marker.evaluate(
            {
                "implementation_name": "cpython",
                "os_name": "posix",
                "platform_machine": machine,
                "platform_python_implementation": "CPython",
                "platform_system": "Linux",
                "python_full_version": python,
                "python_version": minor(python),
                "sys_platform": "linux",
            }
        )


@dataclass(frozen=True, slots=True)
class Source:
    """The files of the project, and where they come from."""

    files: tuple[str, ...]
    """Names below the project, with ``/``, in order."""
    commit: str
    """The commit in full, with ``+`` when files differ from it; empty without git."""
    epoch: int
    """Seconds since 1970 that every time in the site and the bundle is."""
    added: tuple[str, ...] = ()
    """Those of ``files`` that git does not know."""


def say(chinese: str, english: str) -> None:
    print(f"==> {chinese} / {english}", flush=True)


def minor(python: str) -> str:
    """``3.12`` of ``3.12.99``."""
    return ".".join(python.split(".")[:2])


# --- the archive ------------------------------------------------------------------------------


def archive(files: Mapping[str, Path | bytes], top: str, epoch: int) -> bytes:
    """A ``.tar.gz`` of ``files`` under the folder ``top``: the same input makes the same bytes.

    Names are below ``top``, with ``/``. No entry tells who packed it, when or on what system; a
    file that begins as a script does may be run.
    """
    packed = io.BytesIO()
    # PAX writes a name of any length in any script, and only then takes extra headers.
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in sorted(files, key=os.fsencode):
            data = content_of(files[name])
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size, entry.mtime = len(data), epoch
            entry.mode = 0o755 if data.startswith(b"#!") else 0o644
            tar.addfile(entry, io.BytesIO(data))
    return compressed(packed.getvalue())


def compressed(data: bytes) -> bytes:
    """``data`` as a gzip file (RFC 1952) without name and time, and of an unknown system.

    Python's own gzip names the system it runs on in some versions.
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"
    tail = struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return head + deflate.compress(data) + deflate.flush() + tail


def content_of(file: Path | bytes) -> bytes:
    """What a file of the bundle holds."""
    return file if isinstance(file, bytes) else file.read_bytes()


def below(folder: Path, prefix: str) -> dict[str, Path | bytes]:
    """The files of a folder by their names in the bundle."""
    return {
        f"{prefix}/{path.relative_to(folder).as_posix()}": path
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- the source -------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> str | None:
    """What git prints; None without git, or where the folder is no repository of its own."""
    if not (root / ".git").exists() or shutil.which("git") is None:
        return None
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, encoding="utf-8")
    return None if done.returncode else done.stdout


def read_source(root: Path, environment: Mapping[str, str]) -> Source:
    """The files of the project as they lie there; what git ignores is left out.

    Raises BundleFailed when SOURCE_DATE_EPOCH is no number.
    """
    names = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    added: tuple[str, ...] = ()
    if names is None:
        files = tuple(sorted(_unmade(root)))
        commit = ""
    else:
        files = tuple(sorted({name for name in names.split("\0") if (root / name).is_file()}))
        known = set((git(root, "ls-files", "-z", "--cached") or "").split("\0"))
        added = tuple(name for name in files if name not in known)
        changed = git(root, "status", "--porcelain")
        commit = (git(root, "rev-parse", "HEAD") or "").strip() + ("+" if changed else "")
    given = environment.get("SOURCE_DATE_EPOCH") or (git(root, "log", "-1", "--format=%ct") or "")
    if given.strip() and not given.strip().isdecimal():
        raise BundleFailed(
            f"SOURCE_DATE_EPOCH 应当是整数，现在是 {given!r} / "
            f"SOURCE_DATE_EPOCH has to be a whole number and is {given!r}"
        )
    newest = max((int((root / name).stat().st_mtime) for name in files), default=0)
    return Source(files, commit, int(given) if given.strip() else newest, added)


def _unmade(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        place = Path(folder).relative_to(root)
        top = place == Path(".")
        # `site` and `dist` are made at the top only; elsewhere they are the project's own.
        folders[:] = [
            each
            for each in folders
            if each not in MADE
            or (each in ("site", "dist") and not top and place.parts[0] != "examples")
        ]
        for name in names:
            if not name.endswith((".pyc", ".pyo", ".mo")):
                yield (place / name).as_posix()


# --- the site ---------------------------------------------------------------------------------


def build_site(root: Path, folder: Path, epoch: int) -> None:
    """Build the site into ``folder``; raises BundleFailed with the words of the build."""
    say("生成网站", "Building the site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=root,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": str(epoch),
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONUTF8": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode or not (folder / "index.html").is_file():
        raise BundleFailed(
            f"{done.stdout}\n网站没有生成，原因见上面，没有打包。 / "
            "The site was not built, see above; no bundle was made."
        )


def licences(root: Path) -> dict[str, Path | bytes]:
    """The licence of the software and of what the site holds of others'.

    Raises BundleFailed when an installed package does not bring its licence.
    """
    found: dict[str, Path | bytes] = {
        f"licences/{name}": root / name for name in ("LICENSE", "NOTICE")
    }
    for package in SHIPPED:
        distribution = importlib.metadata.distribution(package)
        texts = [
            each
            for each in distribution.files or ()
            if re.fullmatch(r"(LICEN[CS]E|COPYING|NOTICE)(\..*)?", each.name, re.IGNORECASE)
            # Those of the metadata are the package's own; others are of parts that it ships.
            and (".dist-info" in each.parts[0] or ".icons/material" in each.as_posix())
        ]
        if not texts:
            raise BundleFailed(
                f"软件包 {package} 没有带许可文件 / the package {package} brings no licence"
            )
        for text in texts:
            part = "" if ".dist-info" in text.parts[0] else "material-design-icons/"
            data = Path(str(distribution.locate_file(text))).read_bytes()
            found[f"licences/{package}/{part}{text.name}"] = data
    return found


# --- the wheels -------------------------------------------------------------------------------


def read_lock(text: str) -> tuple[Pin, ...]:
    """The packages of a lock as ``make lock`` writes it."""
    joined = re.sub(r"\\\n", " ", text)
    pins = []
    for line in joined.splitlines():
        if line and not line.startswith((" ", "#")):
            stated, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
            requirement, _, marker = stated.partition(";")
            pins.append(
                Pin(
                    requirement.strip(),
                    Marker(marker.strip()) if marker.strip() else None,
                    frozenset(hashes),
                )
            )
    return tuple(pins)


def provides(wheel: str, pin: Pin, python: str, machine: str) -> bool:
    """Whether a wheel, by its name, is of ``pin`` and runs on this Python and machine."""
    name, version, _, tags = parse_wheel_filename(wheel)
    specifier = Requirement(pin.requirement).specifier
    if name != pin.name or not specifier.contains(version, prereleases=True):
        return False
    short = minor(python).replace(".", "")
    return any(
        (tag.interpreter in ("py3", f"py{short}", f"cp{short}") or tag.abi == "abi3")
        and (
            tag.platform == "any"
            or (tag.platform.startswith("manylinux") and tag.platform.endswith(f"_{machine}"))
        )
        for tag in tags
    )


def fetch_wheels(lock: str, folder: Path) -> tuple[Path, ...]:
    """The wheels that every Python of PYTHONS on every machine of MACHINES needs.

    What lies in ``folder`` already is not fetched again. Every wheel is compared with the hashes
    of the lock. Raises BundleFailed when one cannot be had or is not what the lock names.
    """
    pins = read_lock(lock)
    folder.mkdir(parents=True, exist_ok=True)
    wanted: set[str] = set()
    for python in PYTHONS:
        for machine in MACHINES:
            needed = [pin for pin in pins if pin.needed(python, machine)]
            there = sorted(path.name for path in folder.glob("*.whl"))
            missing = [
                pin
                for pin in needed
                if not any(provides(wheel, pin, python, machine) for wheel in there)
            ]
            if missing:
                say(
                    f"下载 {len(missing)} 个软件包：Python {minor(python)}，{machine}",
                    f"Fetching {len(missing)} packages for Python {minor(python)} on {machine}",
                )
                _download(missing, python, machine, folder)
                there = sorted(path.name for path in folder.glob("*.whl"))
            for pin in needed:
                found = [name for name in there if provides(name, pin, python, machine)]
                if not found:
                    raise BundleFailed(
                        f"没有 {pin.requirement} 的软件包（Python {python}，{machine}） / "
                        f"there is no wheel of {pin.requirement} for Python {python} on {machine}"
                    )
                _verify(folder / found[0], pin)
                wanted.add(found[0])
    return tuple(folder / name for name in sorted(wanted))


def _download(pins: Iterable[Pin], python: str, machine: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="wheels-") as place:
        requirements = Path(place, "requirements.txt")
        requirements.write_text(
            "".join(
                f"{pin.requirement} "
                + " ".join(f"--hash=sha256:{each}" for each in sorted(pin.hashes))
                + "\n"
                for pin in pins
            ),
            encoding="utf-8",
        )
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"),
                *("download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"),
                *("--implementation", "cp", "--python-version", python),
                *(f"--platform={libc}_{machine}" for libc in LIBCS),
                *("--requirement", str(requirements), "--dest", place),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            raise BundleFailed(
                f"{done.stdout.strip()}\n"
                "软件包没有下载成功，pip 的话见上面。请检查网络；内网请设置 PIP_INDEX_URL"
                "（本单位的 Python 软件源），或加 --without-wheels 不带软件包。 / "
                "The packages could not be fetched, see pip's words above. Check the network; in a"
                " closed one set PIP_INDEX_URL (your own Python index), or leave the packages out"
                " with --without-wheels."
            )
        for wheel in Path(place).glob("*.whl"):
            # By one rename, so that a run that is broken off leaves no half of a wheel.
            half = folder / f"{wheel.name}.part"
            shutil.copyfile(wheel, half)
            half.replace(folder / wheel.name)


def _verify(wheel: Path, pin: Pin) -> None:
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found not in pin.hashes:
        raise BundleFailed(
            f"{wheel} 与锁定的不同。请删去它再运行 / is not what the lock names. Delete it and"
            " run the command again"
        )


# --- the bundle -------------------------------------------------------------------------------

REBUILD = """\
#!/bin/sh
# 不上网，从 source/ 和 wheels/ 重新生成网站，并与 site/ 比较。
# Builds the site again from source/ and wheels/ without a network and compares it with site/.
# 用法 / usage: sh rebuild.sh            PYTHON=/path/to/python3.12 sh rebuild.sh

set -eu
cd "$(dirname "$0")"
if [ -z "${{PYTHON:-}}" ]; then
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1; then PYTHON=$name && break; fi
    done
fi
if [ -z "${{PYTHON:-}}" ]; then
    echo '错误：没有找到 Python（3.11 至 3.14） / Error: no Python found (3.11 to 3.14)' >&2
    exit 1
fi
if [ ! -d wheels ]; then
    echo '错误：这份打包文件没有带软件包 / Error: this bundle comes without wheels' >&2
    exit 1
fi
PIP_NO_INDEX=1
PIP_FIND_LINKS=$PWD/wheels
SOURCE_DATE_EPOCH={epoch}
SITE_URL={url}
NO_MKDOCS_2_WARNING=1
export PIP_NO_INDEX PIP_FIND_LINKS SOURCE_DATE_EPOCH SITE_URL NO_MKDOCS_2_WARNING
unset PIP_EXTRA_INDEX_URL PIP_INDEX_URL PYTHONPATH 2>/dev/null || :
cd source
"$PYTHON" tools/bootstrap.py site
.venv/bin/python -m mkdocs build --strict
found=$(.venv/bin/python -m disclosure.manifest --digest site)
if [ "$found" = {digest} ]; then
    echo '==> 相同 / identical'
else
    echo "==> 不同 / different: $found" >&2
    echo '    改过数据就应当不同；网站在 source/site/ 中' >&2
    echo '    It should be if data were changed; the site is in source/site/' >&2
    exit 1
fi
"""

README_ZH = """\
# 网站打包文件

[English](README.md)

- 网站的摘要：`sha256:{digest}`
- 生成自：{commit}
- 数据的日期：{date}

核对（Linux）：在这个文件夹里运行 `sha256sum --check --quiet SHA256SUMS`，没有输出就是全部相符。

**放到服务器上**：说明在 [deploy/README.zh.md](deploy/README.zh.md)。装好以后，每次更新一条命令：

```sh
sh deploy/publish.sh publish {file}
```

退回上一个版本：`sh deploy/publish.sh rollback`。

不用脚本也可以：把 `site/` 里的全部文件复制到网站的文件夹。

**在没有互联网的机器上重新生成**：`sh rebuild.sh`，需要 Python 3.11 至 3.14（Debian 另需
python3-venv）。改数据在 `source/data/` 里改。{wheels}

许可见 `licences/`。
"""

README_EN = """\
# A bundled site

[中文](README.zh.md)

- digest of the site: `sha256:{digest}`
- made from: {commit}
- date of the data: {date}

To verify it (Linux), run `sha256sum --check --quiet SHA256SUMS` in this folder; no output means
that everything agrees.

**On a server**: [deploy/README.md](deploy/README.md) tells how. Once installed, an update is one
command:

```sh
sh deploy/publish.sh publish {file}
```

Back to the version before: `sh deploy/publish.sh rollback`.

Without the script, copy everything in `site/` into the folder of the web site.

**To build it again on a machine without internet**: `sh rebuild.sh` (Python 3.11 to 3.14; Debian
needs python3-venv as well). Data are edited in `source/data/`.{wheels}

Licences are in `licences/`.
"""


def quoted(text: str) -> str:
    """``text`` as one word of a shell."""
    return "'" + text.replace("'", "'\\''") + "'"


def contents(
    root: Path, source: Source, site: Path, wheels: Sequence[Path], url: str, archive_name: str
) -> dict[str, Path | bytes]:
    """Every file of the bundle by its name in it, ``SHA256SUMS`` last."""
    site_digest = digest(manifest(site))
    date = datetime.datetime.fromtimestamp(source.epoch, datetime.UTC).date().isoformat()
    told = {
        "digest": site_digest,
        "date": date,
        "commit": f"`{source.commit}`" if source.commit else "没有 git / no git",
        "file": archive_name,
    }
    if source.commit.endswith("+"):
        told["commit"] += "，另有未提交的修改 / and changes not yet committed"
    without = "" if wheels else "这份打包文件没有带软件包，不能这样做。"
    without_en = "" if wheels else " This bundle comes without the wheels that it takes."
    files: dict[str, Path | bytes] = {
        "BUNDLE": (
            f"digest: {site_digest}\ndate: {date}\nepoch: {source.epoch}\n"
            f"commit: {source.commit or '-'}\nurl: {url or '-'}\n"
        ).encode(),
        "README.zh.md": README_ZH.format(**told, wheels=without).encode(),
        "README.md": README_EN.format(**told, wheels=without_en).encode(),
        "rebuild.sh": REBUILD.format(
            epoch=source.epoch, url=quoted(url), digest=site_digest
        ).encode(),
        **below(site, "site"),
        **below(root / "deploy", "deploy"),
        **licences(root),
        **{f"source/{name}": root / name for name in source.files},
        **{f"wheels/{wheel.name}": wheel for wheel in wheels},
    }
    sums = {name: digest(content_of(file)) for name, file in files.items()}
    return {**files, "SHA256SUMS": lines(sums)}


def make(root: Path, output: Path, *, with_wheels: bool, environment: Mapping[str, str]) -> Path:
    """Make the bundle of the project in ``root``; its path. Raises BundleFailed."""
    source = read_source(root, environment)
    if source.commit.endswith("+"):
        say(
            "有未提交的修改，打包的是现在的文件，不是最后一次提交",
            "There are changes not yet committed; the files as they lie here are bundled",
        )
    if source.added:
        shown = " ".join(map(ascii, source.added[:10])) + (" …" if len(source.added) > 10 else "")
        count = len(source.added)
        say(
            f"其中 {count} 个文件不在任何提交里，请看看该不该带出去",
            f"{count} of them are in no commit; see whether they should leave this machine",
        )
        print(f"    {shown}")
    wheels: tuple[Path, ...] = ()
    if with_wheels:
        lock = (root / LOCK).read_text(encoding="utf-8")
        wheels = fetch_wheels(lock, root / ".cache" / "wheels")
    with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        site = Path(folder, "site")
        build_site(root, site, source.epoch)
        date = datetime.datetime.fromtimestamp(source.epoch, datetime.UTC).date().isoformat()
        top = f"{NAME}-{date}-{digest(manifest(site))[:12]}"
        name = f"{top}.tar.gz" if with_wheels else f"{top}-without-wheels.tar.gz"
        url = environment.get("SITE_URL", "")
        files = contents(root, source, site, wheels, url, name)
        say(f"网站的摘要 sha256:{digest(manifest(site))}", "the digest of the site")
        say(f"打包 {len(files)} 个文件", f"Packing {len(files)} files")
        packed = archive(files, top, source.epoch)
    output.mkdir(parents=True, exist_ok=True)
    half = output / f".{name}.part"
    half.write_bytes(packed)
    half.replace(output / name)
    return output / name


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.bundle",
        description="把网站、源文件和离线软件包打成一个文件，带到没有互联网的服务器上。\n"
        "Make one archive of the site, its source and its packages for a server without internet.",
        epilog="退出码 / exit code: 0 做好了 / made   1 没有做成 / not made   "
        "2 用法不对 / wrong usage",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--without-wheels",
        action="store_true",
        help="不带软件包，小约 50 MB，但不能在那里重新生成 / "
        "leave the packages out: about 50 MB less, but no rebuilding there",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=ROOT / "dist",
        metavar="FOLDER",
        help="放在哪里，默认 dist/ / where to put it, dist/ by default",
    )
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console that has not every character
            stream.reconfigure(errors="backslashreplace")
    try:
        made = make(
            ROOT, options.output, with_wheels=not options.without_wheels, environment=os.environ
        )
    except BundleFailed as failed:
        print(f"\n{failed}", file=sys.stderr)
        return 1
    size = made.stat().st_size / 1e6
    say(f"打包文件：{made}（{size:.1f} MB）", f"The bundle: {made} ({size:.1f} MB)")
    say("它的 SHA-256", "Its SHA-256")
    print(hashlib.sha256(made.read_bytes()).hexdigest())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
