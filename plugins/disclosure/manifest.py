"""The manifest of a folder: what every file in it is, as ``sha256sum`` writes and reads it.

    python -m disclosure.manifest FOLDER                   print the manifest
    python -m disclosure.manifest --digest FOLDER          print its SHA-256, the folder's digest
    python -m disclosure.manifest --check FILE FOLDER      compare a folder with a manifest

A line holds the SHA-256 of a file in 64 hexadecimal digits, two spaces and the name below the
folder, with ``/`` between its parts on every system; a name that holds a backslash, a line feed or
a carriage return is written with ``\\\\``, ``\\n``, ``\\r`` and a backslash before its line (GNU
coreutils, "cksum common options"). The lines are in the order of the bytes of the names, so the
same files make the same manifest everywhere, and ``sha256sum --check`` reads it.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-f]{64}) [ *](?P<name>.+)", re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_PLAIN = {escape: character for character, escape in _ESCAPES.items()}


class NotPlain(Exception):
    """A folder holds something that is neither a file nor a folder; the message names it."""


class Fault(Enum):
    """How a folder and its manifest differ."""

    MISSING = ("缺少文件", "missing")
    ALTERED = ("内容不同", "altered")
    EXTRA = ("多出文件", "not in the manifest")
    UNREADABLE = ("清单里这一行读不懂", "this line of the manifest means nothing")
    TWICE = ("清单里出现两次", "twice in the manifest")
    NOT_PLAIN = ("不是普通文件，例如链接", "no plain file but, for instance, a link")
    OUTSIDE = ("清单里的名称不在文件夹之内", "the manifest names a place outside the folder")

    @property
    def zh(self) -> str:
        """The fault in Chinese."""
        return self.value[0]

    @property
    def en(self) -> str:
        """The fault in English."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Difference:
    """One fault and the name of the file, or the line of the manifest, it is about."""

    fault: Fault
    name: str

    def line(self) -> str:
        """The difference in both languages; a name with control characters is shown quoted."""
        shown = self.name if self.name.isprintable() else ascii(self.name)
        return f"{shown}: {self.fault.zh} / {self.fault.en}"


def manifest(folder: Path) -> bytes:
    """The manifest of every file below ``folder``; folders without files leave no trace.

    Raises NotPlain for links and devices, OSError for what cannot be read.
    """
    files = _entries(folder)
    for name, _, plain in files:
        if not plain:
            raise NotPlain(Difference(Fault.NOT_PLAIN, name).line())
    return lines({name: _digest_of(path) for name, path, _ in files})


def lines(digests: Mapping[str, str]) -> bytes:
    """The manifest of files by name, ``/`` between its parts, whose SHA-256 are known."""
    return b"".join(_written(name, digests[name]) for name in sorted(digests, key=os.fsencode))


def digest(content: bytes) -> str:
    """SHA-256 of ``content`` in hexadecimal; of a manifest it stands for the whole folder."""
    return hashlib.sha256(content).hexdigest()


def differences(content: bytes, folder: Path, *, but: Path | None = None) -> tuple[Difference, ...]:
    """Every difference between the manifest ``content`` and ``folder``, in the order of names.

    ``but`` is left out of the comparison: a manifest that lies in its own folder. Raises OSError
    for what cannot be read.
    """
    expected, found = _read(content)
    there = set()
    for name, path, plain in _entries(folder):
        there.add(name)
        if not plain:
            found.append(Difference(Fault.NOT_PLAIN, name))
        elif name not in expected:
            if but is None or not path.samefile(but):
                found.append(Difference(Fault.EXTRA, name))
        elif _digest_of(path) != expected[name]:
            found.append(Difference(Fault.ALTERED, name))
    found += [Difference(Fault.MISSING, name) for name in expected if name not in there]
    return tuple(sorted(found, key=lambda each: (each.name, each.fault.name)))


def _entries(folder: Path) -> list[tuple[str, Path, bool]]:
    """All below ``folder`` but folders: its name, its path and whether it is a plain file.

    In the order of the manifest.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder}: 不是文件夹 / is not a folder")
    found = []
    waiting = [(folder, "")]
    while waiting:
        place, above = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                name = above + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((Path(entry.path), f"{name}/"))
                else:
                    plain = entry.is_file(follow_symlinks=False)
                    found.append((name, Path(entry.path), plain))
    return sorted(found, key=lambda each: os.fsencode(each[0]))


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _written(name: str, digest_: str) -> bytes:
    escaped = "".join(_ESCAPES.get(character, character) for character in name)
    mark = "\\" if escaped != name else ""
    return os.fsencode(f"{mark}{digest_}  {escaped}\n")


def _read(content: bytes) -> tuple[dict[str, str], list[Difference]]:
    """The digests by name, and what is wrong with the manifest itself."""
    expected: dict[str, str] = {}
    wrong = []
    for line in content.removesuffix(b"\n").split(b"\n") if content else ():
        # An editor on Windows ends lines in its own way.
        text = os.fsdecode(line.removesuffix(b"\r"))
        match = _LINE.fullmatch(text)
        name = _unescaped(match["name"]) if match and match["escaped"] else match and match["name"]
        if not match or not name:
            wrong.append(Difference(Fault.UNREADABLE, text))
        elif name in expected:
            wrong.append(Difference(Fault.TWICE, name))
        elif name.startswith("/") or {"", ".", ".."} & set(name.split("/")):
            wrong.append(Difference(Fault.OUTSIDE, name))
        else:
            expected[name] = match["digest"]
    return expected, wrong


def _unescaped(name: str) -> str | None:
    """The name that an escaped line means; None where a backslash means nothing."""
    parts = re.findall(r"\\.|[^\\]|\\", name, re.DOTALL)
    if any(part[0] == "\\" and part not in _PLAIN for part in parts):
        return None
    return "".join(_PLAIN.get(part, part) for part in parts)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m disclosure.manifest",
        description="列出文件夹里每个文件的 SHA-256，或者按清单核对。\n"
        "List the SHA-256 of every file in a folder, or compare the folder with such a list.",
        epilog="退出码 / exit code:\n"
        "  0  列出了，或全部相符 / listed, or everything agrees\n"
        "  1  有不相符的文件 / something differs\n"
        "  2  用法不对，或文件夹读不了 / wrong usage, or the folder cannot be read",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="文件夹 / the folder")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--digest",
        action="store_true",
        help="只印清单的 SHA-256，它代表整个文件夹 / "
        "print only the SHA-256 of the list, which stands for the whole folder",
    )
    choice.add_argument(
        "--check",
        type=Path,
        metavar="FILE",
        help="按这份清单核对：缺少的、改动的、多出的都指出来 / "
        "compare with this list: what is missing, altered or extra",
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (those of the process by default); its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console that has not every character
            stream.reconfigure(errors="backslashreplace")
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        if options.check is None:
            listed = manifest(options.folder)
            if options.digest:
                print(digest(listed))
            else:
                # Bytes: Windows would turn the ends of lines into its own.
                sys.stdout.buffer.write(listed)
            return 0
        found = differences(options.check.read_bytes(), options.folder, but=options.check)
    except (OSError, NotPlain) as error:
        parser.exit(2, f"{error}\n")
    for difference in found:
        print(difference.line(), file=sys.stderr)
    if found:
        print(
            f"有 {len(found)} 处不相符 / {len(found)} difference(s)",
            file=sys.stderr,
        )
        return 1
    print("全部相符 / Everything agrees")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
