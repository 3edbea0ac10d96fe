"""The command ``disclosure migrate``: data of an earlier format become data of the newest.

A step leads from one format to the next and says for each YAML file what changes in it, as edits of
its text: comments, order and layout stay. ``STEPS`` is empty as long as format 1 is the first.

All new files are written into a journal first. Once the journal has its final name the change is
decided: whatever interrupts it afterwards, the next run of the command carries it to its end.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.command import (
    Refused,
    check_option,
    data_option,
    lang_option,
    language,
    say,
    sub_command,
)
from disclosure.model.site import FORMAT
from disclosure.problems import Bilingual, Severity
from disclosure.source import Source, parse_yaml, read_yaml
from disclosure.yaml_edits import Edits, NotEdited, edited

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


@dataclass(frozen=True, slots=True)
class Step:
    """What leads from the format ``before`` to the format ``after``.

    ``edits`` says what changes in a file, given its name below the data folder and what is in it;
    None where nothing does. The line ``format`` of ``site.yml`` is changed by the command. ``said``
    tells an editor what the step does.
    """

    before: str
    after: str
    said: Bilingual
    edits: Callable[[str, Source], Edits | None]


STEPS: tuple[Step, ...] = ()
"""Every step there is, each beginning where the one before ends; the last ends at ``FORMAT``."""

_JOURNAL = ".migrate"
_UNDECIDED = ".migrate.new"
_SITE = "site.yml"

_DESCRIPTION = """\
把旧格式的数据升级到本软件的格式，注释、顺序和写法照旧。现在的格式是 1，也是第一个，所以不用升级。
Brings data of an earlier format up to the format of this software and keeps comments, order and
layout. The format is 1 today and the first, so that there is nothing to bring up to date yet."""

_EPILOGUE = """\
退出码 / exit code:
  0  不用升级，或已升级 / up to date, or brought up to date
  1  --check 时需要升级；或者读不了、比软件新，什么也没有写
     with --check, out of date; or unreadable or newer than the software, and nothing written
  2  用法不对 / wrong usage"""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The files that change: their texts before and after, by their names below the folder."""

    steps: tuple[Step, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]

    def diff(self) -> Iterator[str]:
        """A unified diff of all files that change."""
        for name, text in self.after.items():
            yield from difflib.unified_diff(
                self.before[name].splitlines(keepends=True),
                text.splitlines(keepends=True),
                f"a/{name}",
                f"b/{name}",
            )


def add_parser(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``migrate`` to the sub-commands of ``disclosure``."""
    said = "把旧格式的数据升级 / bring data of an earlier format up to date"
    parser = sub_command(commands, "migrate", said, _DESCRIPTION, _EPILOGUE)
    data_option(parser)
    check_option(parser, "不写文件，只列出会改什么 / write nothing, show what would change")
    lang_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; its exit code. The diff goes to standard output, the rest to the other."""
    lang = language(options)
    folder: Path = options.data
    try:
        if (folder / _JOURNAL).is_dir():
            if options.check:
                raise Refused(
                    "上一次升级没有做完；请运行 disclosure migrate 把它做完",
                    "the last migration was interrupted; run disclosure migrate to finish it",
                )
            _carry_out(folder)
            say(Bilingual("做完了上一次中断的升级", "finished an interrupted migration"), lang)
        migrated = migrate(folder, STEPS, FORMAT)
        if not migrated.after:
            text = Bilingual(
                f"数据已经是最新的格式（{FORMAT}），不用升级",
                f"the data have the newest format ({FORMAT}); there is nothing to do",
            )
            say(text, lang)
            return 0
        for step in migrated.steps:
            say(
                Bilingual(
                    f"{step.before} → {step.after}：{step.said.zh}",
                    f"{step.before} → {step.after}: {step.said.en}",
                ),
                lang,
            )
        if options.check:
            sys.stdout.writelines(migrated.diff())
            text = Bilingual(
                f"会改 {len(migrated.after)} 个文件；什么也没有写",
                f"{len(migrated.after)} file(s) would change; nothing was written",
            )
            say(text, lang)
            return 1
        write(folder, migrated)
    except OSError as error:
        raise Refused(
            f"读写失败：{error}；再运行一次 disclosure migrate 就会接着做完",
            f"cannot read or write: {error}; run disclosure migrate again to finish",
        ) from error
    text = Bilingual(
        f"已升级到格式 {FORMAT}，改了 {len(migrated.after)} 个文件；请运行 disclosure check",
        f"brought up to format {FORMAT}, {len(migrated.after)} file(s) changed; "
        "now run disclosure check",
    )
    say(text, lang)
    return 0


# --- what changes ---------------------------------------------------------------------------------


def migrate(folder: Path, steps: Sequence[Step], newest: str) -> Migrated:
    """What changes in a data folder; nothing where it has the newest format already.

    Takes time linear in the size of the data. Raises Refused where the format is not known or a
    file cannot be read or changed, and OSError.
    """
    found = _format(folder)
    path = _path(found, steps, newest)
    if not path:
        return Migrated((), {}, {})
    sources = {name: _source(folder, name) for name in _names(folder)}
    before = {name: source.text for name, source in sources.items()}
    for step in path:
        for name, source in sources.items():
            sources[name] = _after(step, name, source)
    after = {name: each.text for name, each in sources.items() if each.text != before[name]}
    return Migrated(path, before, after)


def _format(folder: Path) -> str:
    if not (folder / _SITE).is_file():
        raise Refused(
            f"{folder.as_posix()} 里没有 site.yml，不是数据文件夹",
            f"{folder.as_posix()} has no site.yml, it is no data folder",
        )
    source = _source(folder, _SITE)
    value = source.value.get("format") if isinstance(source.value, dict) else None
    if not isinstance(value, str):
        raise Refused(f"{source.file} 没有写 format", f"{source.file} does not say its format")
    return value


def _path(found: str, steps: Sequence[Step], newest: str) -> tuple[Step, ...]:
    """The steps from a format to the newest, in order."""
    path: list[Step] = []
    at = found
    by_format = {step.before: step for step in steps}
    while at != newest:
        step = by_format.pop(at, None)
        if step is None:
            raise Refused(
                f"不认识数据格式“{found}”，本软件的是 {newest}；数据比软件新，请更新软件，"
                "否则请检查 site.yml 的 format",
                f'unknown data format "{found}", that of this software is {newest}; if the data '
                "are newer, update the software, otherwise look at format in site.yml",
            )
        path.append(step)
        at = step.after
    return tuple(path)


def _after(step: Step, name: str, source: Source) -> Source:
    edits = step.edits(name, source)
    texts = [edits] if edits is not None else []
    if name == _SITE:
        texts.append(Edits(values={("format",): step.after}))
    for each in texts:
        try:
            text = edited(source, each)
        except NotEdited as error:
            raise Refused(
                f"{error}：这里的写法程序改不了，请把这个值写在一行里再试",
                f"{error}: the program cannot change what is written here; put the value on one "
                "line and try again",
            ) from error
        read, _ = parse_yaml(text, source.file)
        assert read is not None  # edited() has read it
        source = read
    return source


def _names(folder: Path) -> Iterator[str]:
    """The YAML files of the folder, without those put aside, which the book does not read."""
    for path in sorted(folder.rglob("*.yml")):
        below = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "~", "_")) for part in below.parts):
            yield below.as_posix()


def _source(folder: Path, name: str) -> Source:
    source, problems = read_yaml(folder.joinpath(*name.split("/")), f"{folder.as_posix()}/{name}")
    errors = [found for found in problems if found.severity is Severity.ERROR]
    if source is None or errors:
        raise Refused(
            "有文件读不懂，请先改正；什么也没有写",
            "a file cannot be read, correct it first; nothing was written",
            problems=errors,
        )
    return source


# --- writing --------------------------------------------------------------------------------------


def write(folder: Path, migrated: Migrated) -> None:
    """Write the changed files: all of them, or none.

    Raises OSError; once the journal is complete, the next run finishes.
    """
    journal = folder / _UNDECIDED
    if journal.exists():
        shutil.rmtree(journal)
    try:
        for name, text in migrated.after.items():
            path = journal.joinpath(*name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                stream.write(_like(folder.joinpath(*name.split("/")), text))
                stream.flush()
                os.fsync(stream.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            shutil.rmtree(journal)
        raise
    journal.rename(folder / _JOURNAL)
    _carry_out(folder)


def _like(path: Path, text: str) -> bytes:
    """The bytes of a text, with the byte order mark and the line ends of the file it replaces."""
    data = path.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return mark + (text.replace("\n", "\r\n") if b"\r\n" in data else text).encode()


def _carry_out(folder: Path) -> None:
    """Put the files of the journal in their places. ``site.yml``, which names the format, is last.

    May be run any number of times.
    """
    journal = folder / _JOURNAL
    names = [path.relative_to(journal) for path in journal.rglob("*") if path.is_file()]
    for name in sorted(names, key=lambda each: (each.as_posix() == _SITE, each.as_posix())):
        target = folder / name
        with contextlib.suppress(OSError):
            (journal / name).chmod(target.stat().st_mode & 0o777)
        os.replace(journal / name, target)
    shutil.rmtree(journal)
