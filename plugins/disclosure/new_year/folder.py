"""Writes a new folder at one stroke: it is there whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_folder(target: Path, files: Mapping[str, str]) -> None:
    """Write ``files`` (texts by posix names) into ``target``, which must not exist yet.

    The folder is built beside it under a name that the book does not read, and renamed: a crash
    leaves at most such a folder, which begins with a dot and may be deleted. Raises FileExistsError
    where something of that name is there, and OSError where it cannot be written.
    """
    if os.path.lexists(target):
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        for name, text in files.items():
            path = aside.joinpath(*name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
        aside.chmod(target.parent.stat().st_mode & 0o777)  # mkdtemp lets nobody else in
        if os.path.lexists(target):  # POSIX would put it in place of an empty folder
            raise FileExistsError(target)
        aside.rename(target)
    except BaseException:
        with contextlib.suppress(OSError):
            shutil.rmtree(aside)
        raise
