"""The command ``disclosure new-department``: the folder of a new department, with no figures."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.book import Book, Disclosure
from disclosure.command import Refused, language, read_or_refuse, sub_command
from disclosure.model.disclosure import DisclosureKind
from disclosure.model.fields import TO_FILL
from disclosure.new_year import WRONG_DATA, add_common, department_of, finish, slug
from disclosure.new_year.blank_tables import blank_table
from disclosure.new_year.carry import Draft
from disclosure.problems import Bilingual
from disclosure.rules.unfinished import TO_CHECK
from disclosure.yaml_edits import scalar

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

_DESCRIPTION = """\
新建一个部门的文件夹：department.yml 和第一份公开的各个文件、法定表，数字都写“待填”，并列出清单。
可以照另一个部门的样子建：用它的表、行和名目，不用它的文字和数字。不覆盖任何已有的文件。
Makes the folder of a new department: department.yml, the files and statutory tables of its first
disclosure with every figure 待填 (to be filled in), and a checklist. Another department may be the
model: its tables, rows and labels are used, not its words and figures. Nothing is overwritten."""

_EPILOGUE = """\
例 / examples:
  disclosure new-department health --name 示例区卫生健康局
  disclosure new-department health --name 示例区卫生健康局 --from education --to 2025-budget

SLUG 是网址的一部分，以后不能改：小写字母、数字和连字符，如 health、civil-affairs。
SLUG becomes part of addresses and never changes: lower-case letters, digits and hyphens.

退出码 / exit code:
  0  已建好（或 --dry-run 列出了要建的）/ made, or with --dry-run listed
  1  数据有错，或部门已经有了，什么也没有写 / errors in the data, or it exists; nothing written
  2  用法不对 / wrong usage"""

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
# Names that Windows keeps for devices, with any ending.
_WINDOWS = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.ASCII)


def add_parser(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``new-department`` to the sub-commands of ``disclosure``."""
    said = "建一个新部门的文件夹 / make the folder of a new department"
    parser = sub_command(commands, "new-department", said, _DESCRIPTION, _EPILOGUE)
    parser.add_argument(
        "department",
        type=_identifier,
        metavar="SLUG",
        help="部门的固定标识，也是文件夹名 / the permanent id, which names the folder",
    )
    parser.add_argument(
        "--name",
        required=True,
        type=_name,
        help="部门的中文名称，照文件写 / the Chinese name as printed",
    )
    parser.add_argument(
        "--from",
        dest="model",
        metavar="DEPARTMENT",
        help="照哪个部门的样子；不写就用法定表的样式 / the department to take as a model, by "
        "default the forms of the statutory tables",
    )
    parser.add_argument(
        "--to",
        dest="new",
        type=slug,
        metavar="YEAR-KIND",
        help="第一份公开，如 2025-budget；默认同数据里最近的预算 / "
        "its first disclosure, by default of the year of the latest budget in the data",
    )
    add_common(parser)


def _identifier(text: str) -> str:
    if not _IDENTIFIER.fullmatch(text) or _WINDOWS.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text}: 只能用小写字母、数字和连字符，如 civil-affairs / "
            "write lower-case letters, digits and single hyphens, such as civil-affairs"
        )
    return text


def _name(text: str) -> str:
    name = text.strip()
    if not name or any(not each.isprintable() for each in name):
        raise argparse.ArgumentTypeError("名称不能是空的 / a name is needed, on one line")
    return name


def run(options: argparse.Namespace) -> int:
    """Run the command; its exit code."""
    book = read_or_refuse(options.data, *WRONG_DATA)
    model = _model(book, options.model)
    year, kind = options.new or _first(book)
    made = _draft(book, options.name, year, kind, model)
    folder: Path = options.data / "departments" / options.department
    beside = {"department.yml": f"slug: {options.department}\n"}
    return finish(folder / f"{year}-{kind}", made, options.dry_run, language(options), beside)


def _model(book: Book, slug: str | None) -> Disclosure | None:
    """The latest disclosure of the department to take as a model, a budget where it has one."""
    if slug is None:
        return None
    disclosures = department_of(book, slug).disclosures
    budgets = [each for each in disclosures if each.kind == "budget"]
    if not disclosures:
        raise Refused(
            f"部门“{slug}”还没有可以照着建的公开", f'the department "{slug}" has no disclosure yet'
        )
    return (budgets or list(disclosures))[0]


def _first(book: Book) -> tuple[int, DisclosureKind]:
    years = [each.header.year for each in book.disclosures if each.kind == "budget"]
    if not years:
        raise Refused(
            "数据里还没有预算，请用 --to 写明年度，如 --to 2025-budget",
            "there is no budget in the data yet; name the year, such as --to 2025-budget",
        )
    return max(years), "budget"


# --- the files ------------------------------------------------------------------------------------


def _draft(
    book: Book, name: str, year: int, kind: DisclosureKind, model: Disclosure | None
) -> Draft:
    like = model if model and model.kind == kind else None
    files = {
        "disclosure.yml": _text(_header(name, year, kind, model)),
        "budget.yml": _text(_budget(model)),
        "narrative.yml": _text(_narrative()),
        "procurement.yml": _text(_procurement(kind)),
    }
    for form in book.forms.forms(kind):
        table = blank_table(form, like.tables.get(form.id) if like else None)
        if table is not None:
            files[f"tables/{form.id}.yml"] = table
    return Draft(files, tuple(_notes(model)))


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


_MARK = f"  # {TO_CHECK}"


def _header(name: str, year: int, kind: DisclosureKind, model: Disclosure | None) -> Iterator[str]:
    word = "预算" if kind == "budget" else "决算"
    yield "# 名称、法律依据、科室、机构"
    yield f"title: {scalar(f'{name}{year}年部门{word}信息公开情况说明')}{_MARK} 照文件的标题"
    yield f"year: {year}"
    yield f"kind: {kind}"
    yield "department:"
    yield f"  name: {scalar(name)}"
    if model and model.header.legal_basis:
        yield f"legal_basis:{_MARK} 照文件"
        yield from (f"  - {policy}" for policy in model.header.legal_basis)
    yield "divisions:"
    yield f"  - id: office{_MARK} 每个科室一项，id 用拼音或英文"
    yield f"    name: {TO_FILL}"
    yield "    duties:"
    yield f"      - {TO_FILL}"
    yield "institutions:"
    yield f"  - name: {scalar(name + '本级')}{_MARK} 每个单位一项，照机构设置表"
    yield from (f"    {key}: {TO_FILL}" for key in ("nature", "rank", "funding"))


# What the law asks a department to print; the labels are those of the forms.
_SOURCES = (
    "一般公共预算拨款收入",
    "政府性基金预算拨款收入",
    "国有资本经营预算拨款收入",
    "财政专户管理资金收入",
    "单位资金收入",
    "上年结转结余",
)
_THREE_PUBLIC = (
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
)
_OPERATING = ("办公费", "邮电费", "差旅费", "会议费", "公务接待费")


def _budget(model: Disclosure | None) -> Iterator[str]:
    budget = model.budget if model else None
    sources = tuple(budget.revenue.sources) if budget else ()
    operating = budget.agency_operating if budget else None
    three = budget.three_public if budget else None
    yield "# 收入、支出、机关运行经费、“三公”经费，照文件抄写"
    yield f"unit: {budget.unit if budget else '万元'}"
    yield "revenue:"
    yield f"  total: {TO_FILL}"
    yield from _items("  sources", sources or _SOURCES)
    yield "expenditure:"
    for key in ("total", "basic", "personnel", "non_personnel", "projects"):
        yield f"  {key}: {TO_FILL}"
    yield "agency_operating:"
    yield f"  total: {TO_FILL}"
    yield from _items("  items", tuple(operating.items if operating else ()) or _OPERATING)
    yield "three_public:"
    yield f"  total: {TO_FILL}"
    yield from _items("  items", tuple(three.items if three else ()) or _THREE_PUBLIC)


def _items(key: str, labels: tuple[str, ...]) -> Iterator[str]:
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    yield f"{key}:"
    yield from (f"{indent}{scalar(label)}: {TO_FILL}" for label in labels)


_PARTS: Mapping[str, str] = {
    "introduction": "开头的说明",
    "assets": "国有资产占用情况的说明",
    "other_matters": "其他需要说明的事项",
}


def _narrative() -> Iterator[str]:
    yield "# 各部分的文字说明；文件没有的部分，连同它的键一起删去"
    for key, said in _PARTS.items():
        yield f"{key}:  # {said}"
        yield "  - paragraphs:"
        yield f"      - {TO_FILL}"


def _procurement(kind: DisclosureKind) -> Iterator[str]:
    yield "# 政府采购；有采购的，删去 empty_note，写 rows"
    yield f"name: {'部门政府采购预算' if kind == 'budget' else '政府采购支出情况'}{_MARK}"
    yield "unit: 万元"
    yield f"total: {TO_FILL}"
    yield f"empty_note: {TO_FILL}"


def _notes(model: Disclosure | None) -> Iterator[Bilingual]:
    if model is not None:
        yield Bilingual(
            f"表、行和名目是照 {model.department}/{model.slug} 的；新部门没有的删去，多的加上",
            f"tables, rows and labels are those of {model.department}/{model.slug}; delete what "
            "the new department has not, add what it has",
        )
    yield Bilingual(
        "表里只有通行的行；照文件补上各级科目的行（code 和 item）",
        "tables hold the customary rows only; add the rows of the budget headings (code and item)",
    )
    yield Bilingual(
        "projects/：每个项目一个文件，文件名是项目编码",
        "projects/: a file for each project, named after its code",
    )
    yield Bilingual(
        "disclosure.yml：批复后写 record（索引号、批复和公开日期）；文件没有的表写进 not_given",
        "disclosure.yml: write record (index number, dates of approval and publication) once "
        "approved; name tables that the document does not contain under not_given",
    )
