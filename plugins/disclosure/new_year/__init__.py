"""The command ``disclosure new-year``: next year's folder from this year's."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.book import Book, Department, Disclosure
from disclosure.command import (
    Refused,
    data_option,
    lang_option,
    language,
    read_or_refuse,
    say,
    sub_command,
)
from disclosure.model.disclosure import DisclosureKind
from disclosure.new_year.carry import Draft, NewYear, draft
from disclosure.new_year.checklist import CHECKLIST, Checklist
from disclosure.new_year.folder import write_folder
from disclosure.problems import Bilingual, Language
from disclosure.yaml_edits import NotEdited

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

_DESCRIPTION = """\
从上一年的文件夹建下一年的：结构、名称、注释照旧，数字全部写成“待填”，上年数、年初预算数从已有的数据
抄入，讲到年份和数字的文字标上“# 待核”，并列出清单。不改、不覆盖任何已有的文件。
Starts next year's folder from this year's: structure, names and comments are kept, every figure
becomes 待填 (to be filled in), base-year figures come from the data, words that speak of years or
figures are marked # 待核 (to be checked), and a checklist is written. Nothing is overwritten."""

_EPILOGUE = """\
例 / examples:
  disclosure new-year education
  disclosure new-year education --from 2024-budget --to 2025-budget --projects none
  disclosure new-year education --to 2024-final
  disclosure new-year education --projects P24001=P25001,P24002

编码写成“旧=新”，新文件就用新编码，并写 continues: 旧编码。
With “old=new” the project goes on under its new code, with the line “continues: old code”.

退出码 / exit code:
  0  已建好（或 --dry-run 列出了要建的）/ made, or with --dry-run listed
  1  数据有错，或文件夹已经有了，什么也没有写 / errors in the data, or it exists; nothing written
  2  用法不对 / wrong usage"""

WRONG_DATA = (
    "数据有错，请先改正；什么也没有写",
    "there are errors in the data, correct them first; nothing was written",
)
_SLUG = re.compile(r"((?:19|20)\d\d)-(budget|final)", re.ASCII)


def add_parser(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``new-year`` to the sub-commands of ``disclosure``."""
    said = "从上一年建下一年的文件夹 / start next year's folder from this year's"
    parser = sub_command(commands, "new-year", said, _DESCRIPTION, _EPILOGUE)
    parser.add_argument(
        "department",
        metavar="DEPARTMENT",
        help="部门文件夹的名字 / the name of the department's folder",
    )
    parser.add_argument(
        "--from",
        dest="old",
        type=slug,
        metavar="YEAR-KIND",
        help="从哪一份，如 2024-budget；默认最近的预算 / "
        "which one to start from, by default the latest budget",
    )
    parser.add_argument(
        "--to",
        dest="new",
        type=slug,
        metavar="YEAR-KIND",
        help="建哪一份，如 2025-budget、2024-final；默认下一年同类的 / "
        "which one to make, by default the same kind a year later",
    )
    parser.add_argument(
        "--projects",
        metavar="all|none|CODE[=NEW],…",
        help="沿用哪些项目；预算默认全部，决算默认不沿用 / "
        "which projects go on; by default all of a budget, none of final accounts",
    )
    add_common(parser)


def add_common(parser: ArgumentParser) -> None:
    """The options that ``new-year`` and ``new-department`` share."""
    data_option(parser)
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="什么也不写，只说会建什么 / write nothing, tell what would be made",
    )
    lang_option(parser)


def slug(text: str) -> tuple[int, DisclosureKind]:
    """Year and kind of ``2025-budget``. Raises ArgumentTypeError for anything else."""
    match = _SLUG.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(
            f"{text}: 应写成 2025-budget 或 2025-final / write 2025-budget or 2025-final"
        )
    return int(match[1]), "budget" if match[2] == "budget" else "final"


def run(options: argparse.Namespace) -> int:
    """Run the command; its exit code."""
    folder: Path = options.data
    asked = _asked(read_or_refuse(folder, *WRONG_DATA), options)
    try:
        made = draft(asked)
    except NotEdited as failed:
        raise Refused(
            f"{failed}：这里的写法程序改不了，请把这个值写在一行里再试；什么也没有写",
            f"{failed}: the program cannot change what is written here; put the value on one "
            "line and try again. Nothing was written",
        ) from failed
    target = folder / "departments" / options.department / asked.slug
    return finish(target, made, options.dry_run, language(options))


def finish(
    target: Path,
    made: Draft,
    dry_run: bool,
    lang: Language | None,
    beside: Mapping[str, str] | None = None,
) -> int:
    """Write a new folder with its checklist, or tell what it would hold; the exit code.

    ``beside`` are files of the folder above, where that folder is new too. Raises Refused where
    the folder is there already or cannot be written.
    """
    shown = target.as_posix()
    checklist = Checklist.of(shown, made.files, made.notes)
    if dry_run:
        sys.stdout.write(checklist.markdown())
        said = Bilingual(
            f"没有写任何文件（--dry-run）。会建 {shown}/，{len(made.files)} 个文件",
            f"nothing was written (--dry-run); {shown}/ would be made with "
            f"{len(made.files)} file(s)",
        )
        say(said, lang)
        return 0
    files = {**made.files, CHECKLIST: checklist.markdown()}
    try:
        if beside is None:
            write_folder(target, files)
        else:
            below = {f"{target.name}/{name}": text for name, text in files.items()}
            write_folder(target.parent, {**beside, **below})
    except FileExistsError:
        there = (target if beside is None else target.parent).as_posix()
        raise Refused(
            f"{there} 已经有了，没有改动；要重建，请先把它改名或移走",
            f"{there} exists and was left alone; to make it anew, rename it or move it away first",
        ) from None
    except OSError as error:
        raise Refused(
            f"写不了：{error}；什么也没有留下", f"cannot write: {error}; nothing is left"
        ) from error
    for line in _next_steps(checklist, lang):
        print(line)
    return 0


def _next_steps(checklist: Checklist, lang: Language | None) -> list[str]:
    made = Bilingual(
        f"已建好 {checklist.folder}/，{len(checklist.files)} 个文件："
        f"待填 {checklist.to_fill} 处，待核 {checklist.to_check} 行。",
        f"Made {checklist.folder}/ with {len(checklist.files)} file(s): "
        f"{checklist.to_fill} value(s) to fill in, {checklist.to_check} line(s) to check.",
    )
    steps = (
        Bilingual("接下来：", "Next steps:"),
        Bilingual(
            f"  1. 打开 {checklist.folder}/{CHECKLIST}，照清单一处一处做。",
            f"  1. Open {checklist.folder}/{CHECKLIST} and go through it line by line.",
        ),
        Bilingual(
            "  2. “待填”换成新文件印的数字；印 0 写 0，留空就什么也不写，文件没有的行删去。",
            "  2. Put what the new document prints in place of 待填: a zero as printed, nothing "
            "for a blank; delete rows that it does not have.",
        ),
        Bilingual(
            "  3. 标“# 待核”的行对照新文件改好，再删去“# 待核”。",
            "  3. Compare lines marked # 待核 with the new document, then delete the mark.",
        ),
        Bilingual(
            f"  4. 随时看还剩什么：disclosure check {checklist.folder}",
            f"  4. See what is left at any time: disclosure check {checklist.folder}",
        ),
        Bilingual(
            "  5. 边填边看网页：mkdocs serve。没有填完，网站不会发布。",
            "  5. See the pages as you go: mkdocs serve. Until all is filled in, nothing of the "
            "site is published.",
        ),
        Bilingual(
            "  6. 填完后补英文：disclosure translate。没有变的文字已经有英文。",
            "  6. Then add the English: disclosure translate. Unchanged texts have theirs already.",
        ),
    )
    lines = [line for each in (made,) for line in _both(each, lang)]
    lines += checklist.summary(lang)
    return [*lines, *(line for each in steps for line in _both(each, lang))]


def _both(text: Bilingual, lang: Language | None) -> tuple[str, ...]:
    return (text.in_language(lang),) if lang else (text.zh, text.en)


# --- what is asked for ----------------------------------------------------------------------------


def _asked(book: Book, options: argparse.Namespace) -> NewYear:
    department = department_of(book, options.department)
    new: tuple[int, DisclosureKind] | None = options.new
    old = _old(department, options.old, new)
    year, kind = new or (old.header.year + 1, old.kind)
    name = f"{year}-{kind}"
    if book.disclosure(department.slug, name) is not None:
        raise Refused(
            f"{department.slug}/{name} 已经有了，没有改动",
            f"{department.slug}/{name} exists and was left alone",
        )
    if (old.kind, kind) == ("final", "budget"):
        raise Refused(
            f"预算不能从决算（{old.slug}）建；请用 --from 指定一份预算",
            f"a budget is not made from final accounts ({old.slug}); name a budget with --from",
        )
    if year < old.header.year:
        raise Refused(f"{name} 比 {old.slug} 早；只能往后建", f"{name} is earlier than {old.slug}")
    projects = _projects(old, kind, options.projects)
    return NewYear(book, old, year, kind, projects)


def department_of(book: Book, slug: str) -> Department:
    """The department with this slug. Raises Refused where there is none."""
    found = next((each for each in book.departments if each.slug == slug), None)
    if found is None:
        known = "、".join(each.slug for each in book.departments)
        raise Refused(
            f"没有部门“{slug}”；有：{known}。新部门用 disclosure new-department",
            f'there is no department "{slug}"; there is {known.replace("、", ", ")}. '
            "For a new one use disclosure new-department",
        )
    return found


def _old(
    department: Department,
    asked: tuple[int, DisclosureKind] | None,
    new: tuple[int, DisclosureKind] | None,
) -> Disclosure:
    """The one asked for; else the latest budget, for final accounts the latest ones before."""
    if asked is not None:
        wanted = [each for each in department.disclosures if each.slug == "{}-{}".format(*asked)]
    elif new is not None and new[1] == "final":
        before = [each for each in department.disclosures if each.header.year <= new[0]]
        finals = [each for each in before if each.kind == "final"]
        wanted = finals or [each for each in before if each.header.year == new[0]]
    else:
        wanted = [each for each in department.disclosures if each.kind == "budget"]
        wanted = wanted or list(department.disclosures)
    if not wanted:
        known = "、".join(each.slug for each in department.disclosures)
        name = "{}-{}".format(*asked) if asked else "--from"
        raise Refused(
            f"{department.slug} 里没有可以沿用的 {name}；有：{known or '无'}",
            f"{department.slug} has no {name} to start from; there is "
            f"{known.replace('、', ', ') or 'nothing'}",
        )
    return wanted[0]


_CODE = re.compile(r"(?!(?i:index)$)[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*", re.ASCII)


def _projects(old: Disclosure, kind: DisclosureKind, asked: str | None) -> dict[str, str]:
    """The projects that go on: their codes and their new codes."""
    codes = {each.code for each in old.projects}
    if asked == "all" or (asked is None and kind == "budget"):
        return {each.code: each.code for each in old.projects}
    if asked is None or asked == "none":
        return {}
    found: dict[str, str] = {}
    for part in asked.replace("，", ",").split(","):
        code, changed, new = part.strip().partition("=")
        if code not in codes:
            raise Refused(f"{old.slug} 里没有项目“{code}”", f'{old.slug} has no project "{code}"')
        if code in found:
            raise Refused(f"项目“{code}”写了两次", f'the project "{code}" is named twice')
        if changed and not _CODE.fullmatch(new):
            raise Refused(
                f"“{new}”不是项目编码：只能用字母、数字和连字符",
                f'"{new}" is no project code: letters, digits and single hyphens only',
            )
        found[code] = new or code
    if len(set(found.values())) < len(found):
        raise Refused("两个项目不能用同一个新编码", "two projects cannot have one new code")
    return found
