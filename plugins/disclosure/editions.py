"""The command ``disclosure edition``: records the data of a disclosure as a published edition.

It writes the data as they are to ``editions/<number>.json`` and adds an entry at the end of
``editions.yml``; nothing that stands there is touched. The entry is written last and at one stroke:
without it there is no edition. Where the command is cut off between the two files, the same command
run again completes the edition.
"""

from __future__ import annotations

import argparse
import contextlib
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.book import Book, Disclosure
from disclosure.command import (
    Refused,
    data_option,
    lang_option,
    language,
    read_or_refuse,
    say,
    sub_command,
)
from disclosure.decode import decode_list
from disclosure.export.canonical import canonical, digest, disclosure_document
from disclosure.language.catalogue import chinese_left, has_chinese
from disclosure.model.editions import NotAnEdition, PublishedEdition, edition_document
from disclosure.model.fields import Bilingual
from disclosure.problems import Bilingual as Said
from disclosure.problems import Problem, Severity, sort_problems
from disclosure.rules.examine import examine
from disclosure.rules.privacy import private_matters
from disclosure.source import parse_yaml
from disclosure.translate import write

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

_DESCRIPTION = """\
把一次公开现在的数据登记为新的一版：在它的文件夹里写 editions/<版本号>.json，并在 editions.yml 末尾
加一条，写明日期、原因和校验值。已有的各条一字不动。网站据此列出每一版改了什么。
先检查全部数据；有错误，或者数据与上一版相同，就什么也不写。

Records the data of a disclosure as a new edition: writes editions/<number>.json in its folder and
adds an entry with date, reason and SHA-256 to the end of editions.yml. What stands there is not
touched. From it the site tells what each edition changed. All data are checked first; where there
are errors, or the data are those of the last edition, nothing is written."""

_EPILOGUE = """\
例 / example:
  disclosure edition economy-technology/2024-budget \\
    --reason-zh "更正型煤项目的预算数" --reason-en "Budget of the briquette project corrected"

退出码 / exit code:
  0  写好了 / written
  1  没有写：数据有错，与上一版相同，或者写不进去
     nothing written: errors in the data, no change since the last edition, or no access
  2  用法不对 / wrong usage"""

_WRONG_DATA = ("数据有错，没有登记新的一版", "errors in the data; no edition recorded")
_HEAD = """\
# 已经发布的版本，由 disclosure edition 写；已有的各条不改、不删。
# The published editions, written by disclosure edition; entries are neither changed nor deleted.
"""


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition ready to be written: its entry, its JSON, and ``editions.yml`` with the entry."""

    entry: PublishedEdition
    json: bytes
    listed: bytes


def new_edition(
    book: Book,
    disclosure: Disclosure,
    listed: bytes,
    reason: Bilingual,
    day: str,
    *,
    even_unchanged: bool = False,
) -> NewEdition:
    """The next edition of a disclosure as its data are now.

    ``listed`` is ``editions.yml`` as it lies there (empty: there is none); ``day`` is a date such
    as ``2024-03-15``. Raises Refused where the data have errors or are those of the last edition,
    and where the day is before that of the last edition.
    """
    known = disclosure.editions.entries if disclosure.editions else ()
    number = len(known) + 1
    data = canonical(disclosure_document(book, disclosure))
    if errors := _errors(book, disclosure, number, data):
        raise Refused(*_WRONG_DATA, problems=errors)
    try:
        edition_document(data)  # as it will be read
    except NotAnEdition as error:
        raise Refused(f"数据无法登记：{error.zh}", f"cannot be recorded: {error.en}") from error
    sha256 = digest(data)
    if known and known[-1].sha256 == sha256 and not even_unchanged:
        raise Refused(
            f"数据与第 {number - 1} 版完全相同，没有登记；确实要再发一版，加上 --even-unchanged",
            f"the data are exactly those of edition {number - 1}, so nothing was recorded; "
            "to record an edition all the same, add --even-unchanged",
        )
    if known and day < known[-1].date:
        raise Refused(
            f"日期 {day} 早于第 {number - 1} 版的 {known[-1].date}；请用 --date 写明正确的日期",
            f"{day} is before edition {number - 1} ({known[-1].date}); give the day by --date",
        )
    entry = PublishedEdition.model_validate(
        {
            "number": f"{number}",
            "date": day,
            "reason": {"zh": reason.zh, "en": reason.en},
            "sha256": sha256,
        }
    )
    return NewEdition(entry, data, _with_entry(book, disclosure, listed, (*known, entry)))


def _errors(book: Book, disclosure: Disclosure, number: int, data: bytes) -> tuple[Problem, ...]:
    """What keeps the data from being published.

    The JSON of the next edition without an entry is what an interrupted run leaves; it is in order
    where it holds the very data that are to be recorded.
    """
    examination = examine(book)
    errors = [each for each in examination.problems if each.severity is Severity.ERROR]
    left = disclosure.editions.stored.get(number) if disclosure.editions else None
    if left and left.data == data:
        unfinished = {
            each.problem
            for each in examination.of(disclosure).findings
            if each.rule == "R344" and each.place.file == f"editions/{number}.json"
        }
        errors = [each for each in errors if each not in unfinished]
    return sort_problems(errors)


def _with_entry(
    book: Book, disclosure: Disclosure, listed: bytes, entries: tuple[PublishedEdition, ...]
) -> bytes:
    """``editions.yml`` with the last of ``entries`` after its own bytes, read once more as a proof.

    Raises Refused where the file would not read as ``entries`` then.
    """
    text = listed.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    indent = next(iter(re.findall(r"^( *)- ", text, re.MULTILINE)), "")
    lines = [*([] if listed else _HEAD.splitlines()), *_entry_lines(entries[-1])]
    gap = end if text and not text.endswith(("\n", "\r")) else ""
    added = gap + "".join(f"{indent}{line}{end}" for line in lines)
    name = f"departments/{disclosure.department}/{disclosure.slug}/editions.yml"
    source, problems = parse_yaml(text + added, name)
    read: tuple[PublishedEdition, ...] = ()
    if source is not None:
        read, found = decode_list(source, PublishedEdition)
        problems += found
        with_it = replace(book, sources={**book.sources, name: source})
        problems += tuple(
            each.problem for each in private_matters(with_it) if each.problem.span.file == name
        )
    errors = [each for each in problems if each.severity is Severity.ERROR]
    if errors or read != entries:
        raise Refused(
            "这一条写不进 editions.yml：原因里有不能用的字符，或者文件末尾不是一条完整的版本",
            "the entry cannot be added to editions.yml: the reason holds characters that may not "
            "stand there, or the file does not end with a whole entry",
            1,
            errors,
        )
    return listed + added.encode()


def _entry_lines(entry: PublishedEdition) -> list[str]:
    return [
        f"- number: {entry.number}",
        f"  date: {entry.date}",
        "  reason:",
        f"    zh: {_quoted(entry.reason.zh)}",
        f"    en: {_quoted(entry.reason.en)}",
        f"  sha256: {_quoted(entry.sha256)}",
    ]


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def record(folder: Path, edition: NewEdition) -> None:
    """Write an edition into the folder of its disclosure: the JSON first, then the entry.

    Raises OSError where a file cannot be written. On any exception both files are as they were; a
    power failure between the two leaves JSON without an entry, which is no edition yet.
    """
    stored = folder / "editions" / f"{edition.entry.number}.json"
    had_folder, had_file = stored.parent.is_dir(), stored.exists()
    try:
        write(stored, edition.json)
        write(folder / "editions.yml", edition.listed)
    except BaseException:
        with contextlib.suppress(OSError):
            if not had_file:
                stored.unlink(missing_ok=True)
            if not had_folder:
                stored.parent.rmdir()
        raise


# --- the command ------------------------------------------------------------------------------


def add_parser(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``edition`` to the sub-commands of ``disclosure``."""
    said = "登记一次公开的新版本 / record a new edition of a disclosure"
    parser = sub_command(commands, "edition", said, _DESCRIPTION, _EPILOGUE)
    parser.add_argument(
        "disclosure",
        metavar="DEPARTMENT/YEAR-KIND",
        help="哪一次公开，例如 economy-technology/2024-budget / which disclosure",
    )
    parser.add_argument(
        "--reason-zh",
        required=True,
        metavar="中文",
        help="原因，中文，一句话 / the reason in Chinese",
    )
    parser.add_argument(
        "--reason-en",
        required=True,
        metavar="ENGLISH",
        help="原因，英文，一句话 / the reason in English, one sentence",
    )
    parser.add_argument(
        "--date",
        metavar="YYYY-MM-DD",
        help="发布日期，默认今天 / the day of publication, today by default",
    )
    parser.add_argument(
        "--even-unchanged",
        action="store_true",
        help="数据与上一版相同也登记 / record it even if the data are those of the last edition",
    )
    data_option(parser)
    lang_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; its exit code. Everything it says goes to standard error."""
    try:
        reason = _reason(options.reason_zh, options.reason_en)
        day = _day(options.date)
        book, disclosure, folder = _asked(options.data, options.disclosure)
        path = folder / "editions.yml"
        listed = path.read_bytes() if path.is_file() else b""
        edition = new_edition(
            book, disclosure, listed, reason, day, even_unchanged=options.even_unchanged
        )
        record(folder, edition)
    except OSError as error:
        raise Refused(
            f"文件读写失败，没有登记：{error}", f"cannot read or write, nothing recorded: {error}"
        ) from error
    number, shown = edition.entry.number, folder.as_posix()
    said = Said(
        f"已登记第 {number} 版（{day}）：{shown}/editions.yml，{shown}/editions/{number}.json。"
        "请把两个文件一起提交；以后不要改动它们。",
        f"edition {number} ({day}) is recorded in {shown}/editions.yml and "
        f"{shown}/editions/{number}.json. Commit both files together and leave them as they are.",
    )
    say(said, language(options))
    return 0


def _asked(folder: Path, address: str) -> tuple[Book, Disclosure, Path]:
    """The book, the disclosure with this address and its folder; raises Refused without them."""
    book = read_or_refuse(folder, *_WRONG_DATA)
    department, _, slug = address.replace("\\", "/").strip("/").rpartition("/")
    department = department.rpartition("/")[2]  # a path that the shell completed leads there too
    disclosure = book.disclosure(department, slug)
    if disclosure is None:
        known = "、".join(f"{each.department}/{each.slug}" for each in book.disclosures)
        raise Refused(
            f"{folder.as_posix()} 里没有“{address}”；有的是：{known}",
            f'there is no "{address}" in {folder.as_posix()}, but: {known.replace("、", ", ")}',
            2,
        )
    return book, disclosure, folder / "departments" / department / slug


def _reason(zh: str, en: str) -> Bilingual:
    """The reason in both languages; raises Refused where one is empty, long or another language."""
    for text, option in ((zh, "--reason-zh"), (en, "--reason-en")):
        if not text.strip() or len(text.splitlines()) > 1:
            raise Refused(f"{option} 要写一行文字", f"{option} takes one line of text", 2)
    if not has_chinese(zh):
        raise Refused("--reason-zh 里没有中文", "--reason-zh holds no Chinese", 2)
    if left := chinese_left(en):
        raise Refused(f"--reason-en 里有中文“{left}”", f'--reason-en holds Chinese: "{left}"', 2)
    return Bilingual(zh=zh.strip(), en=en.strip())


def _day(given: str | None) -> str:
    """The day given, or today where this computer is; raises Refused for what is no date."""
    if given is None:
        return date.today().isoformat()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(given).isoformat()
    raise Refused(
        f"--date {given} 不是日期；请写成 2024-03-15 这样",
        f"--date {given} is no date; write it like 2024-03-15",
        2,
    )
