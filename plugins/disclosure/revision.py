"""The data folder as it stood in a revision of its Git repository, read with ``git`` itself.

Only what ``git`` has stored is read: no file of the work tree, no filter, no attribute and no hook
of the repository has a say, no shell runs, nothing is fetched. The names of files are untrusted.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from disclosure.problems import Bilingual, visible

_MAXIMUM_FILES = 100_000
_MAXIMUM_BYTES = 32 * 1024 * 1024
"""More than any file of the data may have."""
_FILE_MODES = ("100644", "100755", "100664")


class NoRevision(Exception):
    """A revision cannot be read; ``words`` say why and what to do."""

    def __init__(self, words: Bilingual) -> None:
        super().__init__(words.zh)
        self.words = words


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree, and where the data folder is in it (``data``; empty for the whole tree)."""

    top: Path
    data: str

    @classmethod
    def around(cls, data: Path) -> Repository:
        """The repository that a data folder belongs to; the folder need not exist any more.

        Raises NoRevision without Git, and where the folder is in no repository.
        """
        folder = Path(os.path.abspath(data)).resolve()
        inside = next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
        found = _run(inside, ["rev-parse", "--show-toplevel"])
        if found.returncode:
            raise NoRevision(_no_repository(folder, found.stderr))
        top = Path(_text(found.stdout).rstrip("\n")).resolve()
        below = folder.relative_to(top) if folder.is_relative_to(top) else Path()
        return cls(top, "" if below == Path() else below.as_posix())

    def commit(self, revision: str) -> str:
        """The commit that a revision names. Raises NoRevision where there is none."""
        _refuse_option(revision)
        name = f"{revision}^{{commit}}"
        found = _run(self.top, ["rev-parse", "--verify", "--quiet", "--end-of-options", name])
        if found.returncode:
            raise NoRevision(_not_found(revision, self._is_shallow()))
        return _text(found.stdout).strip()

    def merge_base(self, one: str, other: str) -> str:
        """The commit from which two revisions went apart. Raises NoRevision where there is none."""
        commits = [self.commit(one), self.commit(other)]
        found = _run(self.top, ["merge-base", *commits])
        if found.returncode:
            raise NoRevision(_no_merge_base(one, other, self._is_shallow()))
        return _text(found.stdout).strip()

    def extract(self, commit: str, folder: Path) -> None:
        """Write the data folder of a commit into an empty ``folder``.

        Links and sub-repositories are left out, as are files with names that lead elsewhere. Of a
        file larger than any data file only the beginning is written: reading refuses it either way.
        Raises NoRevision where Git cannot read the commit.
        """
        entries = list(self._entries(commit))
        if len(entries) > _MAXIMUM_FILES:
            many = f"{len(entries)}"
            raise NoRevision(
                Bilingual(
                    f"这个版本的文件太多：{many} 个", f"too many files in the revision: {many}"
                )
            )
        request = b"".join(f"{object_id}\n".encode("ascii") for object_id, _ in entries)
        with subprocess.Popen(
            _command(["cat-file", "--batch"]),
            cwd=self.top,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdin is not None and process.stdout is not None
            writer = threading.Thread(target=_feed, args=(process.stdin, request), daemon=True)
            writer.start()
            for _, name in entries:
                head = process.stdout.readline().split()
                if len(head) != 3:
                    process.kill()
                    raise NoRevision(_incomplete(name, self._is_shallow()))
                _take(process.stdout, int(head[2]), folder / name)
            writer.join()

    def _entries(self, commit: str) -> Iterator[tuple[str, PurePosixPath]]:
        """Object and name, below the data folder, of every file of a commit."""
        where = ["--", self.data] if self.data else []
        listed = _run(self.top, ["ls-tree", "-r", "-z", "--full-tree", commit, *where])
        if listed.returncode:
            raise NoRevision(_incomplete(PurePosixPath(self.data), self._is_shallow()))
        for line in listed.stdout.split(b"\0"):
            about, _, raw = line.partition(b"\t")
            fields = about.decode("ascii", "replace").split()
            if len(fields) != 3 or fields[0] not in _FILE_MODES:
                continue
            name = PurePosixPath(raw.decode("utf-8", "replace"))
            if self.data and not name.is_relative_to(self.data):
                continue
            below = name.relative_to(self.data) if self.data else name
            if _leads_inside(below):
                yield fields[2], below

    def _is_shallow(self) -> bool:
        found = _run(self.top, ["rev-parse", "--is-shallow-repository"])
        return _text(found.stdout).strip() == "true"


def _feed(stream: IO[bytes], data: bytes) -> None:
    try:
        stream.write(data)
        stream.close()
    except OSError:
        return  # the reader says what went wrong


def _take(stream: IO[bytes], size: int, path: Path) -> None:
    """Write ``size`` bytes of a stream to a file and skip the line end behind them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    left = size
    with path.open("wb") as file:
        while left > 0:
            data = stream.read(min(left, 1 << 20))
            if not data:
                break
            if file.tell() <= _MAXIMUM_BYTES:
                file.write(data)
            left -= len(data)
    stream.read(1)


_ELSEWHERE = set('\\:*?"<>|\0')
"""Signs that lead to another folder or another stream on Windows."""


def _leads_inside(name: PurePosixPath) -> bool:
    return bool(name.parts) and all(
        part not in ("..", ".", "/") and not _ELSEWHERE & set(part) for part in name.parts
    )


def _refuse_option(revision: str) -> None:
    if revision.startswith("-") or not revision.strip() or "\0" in revision:
        shown = visible(revision)
        raise NoRevision(
            Bilingual(
                f"“{shown}”不是版本名：版本名不能以“-”开头",
                f'"{shown}" is no revision: it must not begin with "-"',
            )
        )


def _command(arguments: Sequence[str]) -> list[str]:
    return ["git", "--no-pager", "--literal-pathspecs", *arguments]


def _environment() -> dict[str, str]:
    quiet = {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
    }
    return {**os.environ, **quiet}


def _run(folder: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(arguments), cwd=folder, env=_environment(), capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise NoRevision(
            Bilingual(
                "没有找到 git，不能比较版本。请安装 Git（git-scm.com），或者比较两个数据文件夹："
                "disclosure diff 旧文件夹 新文件夹",
                "git was not found, so no revision can be compared. Install Git (git-scm.com) or "
                "compare two data folders: disclosure diff OLD_FOLDER NEW_FOLDER",
            )
        ) from error


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


# --- what can go wrong ----------------------------------------------------------------------------

_DEEPEN = Bilingual(
    "这里只取了最近的提交（浅克隆）。请先运行 git fetch --unshallow；在 GitHub Actions 里，给 "
    "actions/checkout 加上 fetch-depth: 0；在 GitLab CI 里，设 GIT_DEPTH: 0",
    "only the latest commits are here (a shallow clone). Run git fetch --unshallow first; in "
    "GitHub Actions give actions/checkout fetch-depth: 0; in GitLab CI set GIT_DEPTH: 0",
)


def _deepen(words: Bilingual, is_shallow: bool) -> Bilingual:
    if not is_shallow:
        return words
    return Bilingual(f"{words.zh}。{_DEEPEN.zh}", f"{words.en}; {_DEEPEN.en}")


def _no_repository(folder: Path, said: bytes) -> Bilingual:
    lines = _text(said).strip().splitlines() or [""]
    shown, reason = visible(folder.as_posix()), visible(lines[0])
    if b"not a git repository" in said:
        return Bilingual(
            f"{shown} 不在 Git 仓库里，没有版本可比。请比较两个数据文件夹："
            "disclosure diff 旧文件夹 新文件夹",
            f"{shown} is in no Git repository, so there is no revision. Compare two data folders: "
            "disclosure diff OLD_FOLDER NEW_FOLDER",
        )
    return Bilingual(f"git 不能读 {shown}：{reason}", f"git cannot read {shown}: {reason}")


def _not_found(revision: str, is_shallow: bool) -> Bilingual:
    shown = visible(revision)
    words = Bilingual(
        f"没有版本“{shown}”。这里可以写分支（main）、标签（v1.0）、提交号，或者一个数据文件夹；"
        "git branch --all 列出分支，git fetch 从服务器取最新的",
        f'there is no revision "{shown}". Give a branch (main), a tag (v1.0), the number of a '
        "commit, or a data folder; git branch --all lists the branches, git fetch gets the newest",
    )
    if is_shallow:
        words = Bilingual(f"没有版本“{shown}”", f'there is no revision "{shown}"')
    return _deepen(words, is_shallow)


def _no_merge_base(one: str, other: str, is_shallow: bool) -> Bilingual:
    a, b = visible(one), visible(other)
    return _deepen(
        Bilingual(f"“{a}”和“{b}”没有共同的起点", f'"{a}" and "{b}" have no common beginning'),
        is_shallow,
    )


def _incomplete(name: PurePosixPath, is_shallow: bool) -> Bilingual:
    shown = visible(name.as_posix())
    return _deepen(
        Bilingual(
            f"仓库不完整，读不出 {shown}；请重新克隆",
            f"the repository is incomplete, {shown} cannot be read; clone it again",
        ),
        is_shallow,
    )
