"""What of a disclosure goes on into the next one, file by file, as changes of the text.

Structure, names, comments and order stay. Every figure, target and reason is emptied to 待填 (to be
filled in); what speaks of a year or of figures stays and gets the mark ``# 待核`` (to be checked).
Neither can be published: see :mod:`disclosure.rules.unfinished`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from disclosure.book import Book, Disclosure, Project, Unit
from disclosure.language.coverage import free_texts
from disclosure.model.budget import BudgetFile
from disclosure.model.disclosure import DisclosureKind
from disclosure.model.fields import TO_FILL, Figure, FreeText
from disclosure.model.table_forms import Row, Table
from disclosure.new_year.base_year import BaseYear, unit_of
from disclosure.new_year.blank_tables import final_table
from disclosure.problems import Bilingual
from disclosure.rules.unfinished import TO_CHECK
from disclosure.source import Path, Source
from disclosure.yaml_edits import Edits, edited

PROJECT_TABLES = ("projects", "project-performance")
"""Tables with a row a project; they are carried over only with every project."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A new disclosure: the texts of its files by name, and what no line of them can say."""

    files: Mapping[str, str]
    notes: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class NewYear:
    """What is asked for: from which disclosure to which, with these projects.

    ``projects`` maps the codes of the projects that go on to their new codes, which may be the
    same.
    """

    book: Book
    old: Disclosure
    year: int
    kind: DisclosureKind
    projects: Mapping[str, str]

    @property
    def slug(self) -> str:
        """``2025-budget``."""
        return f"{self.year}-{self.kind}"

    @property
    def same_kind(self) -> bool:
        """Whether a budget follows a budget, or final accounts follow final accounts."""
        return self.old.kind == self.kind

    @property
    def later(self) -> int:
        """The years between the two."""
        return self.year - self.old.header.year


def draft(asked: NewYear) -> Draft:
    """The new disclosure. Takes time linear in the size of the old one.

    Raises NotEdited where a file is written in a way that cannot be changed safely.
    """
    files: dict[str, str] = {}
    old = asked.old
    for name, changes in _changes(asked):
        files[name] = edited(old.files[name], changes.edits())
    for code, new in asked.projects.items():
        source = old.project(code).source
        files[f"projects/{new}.yml"] = edited(source, _project(old.project(code), new).edits())
    if not asked.same_kind:
        for unit in ("", *(each.slug for each in old.units)):
            files |= _final_tables(asked, unit)
    return Draft(dict(sorted(files.items(), key=_in_order)), tuple(_notes(asked, files)))


_FIRST = ("disclosure.yml", "budget.yml", "narrative.yml", "procurement.yml", "assets.yml")


def _in_order(item: tuple[str, str]) -> tuple[int, str]:
    name = item[0]
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST)), name


@dataclass
class _Changes:
    """Collects what to change in one file."""

    source: Source
    values: dict[Path, str] = field(default_factory=dict)
    removed: set[Path] = field(default_factory=set)
    marks: dict[Path, str] = field(default_factory=dict)
    added: dict[Path, Mapping[str, str]] = field(default_factory=dict)

    def edits(self) -> Edits:
        return Edits(
            values=self.values,
            removed=frozenset(self.removed),
            marks={at: note for at, note in self.marks.items() if self.values.get(at) != TO_FILL},
            added=self.added,
        )

    def has(self, path: Path) -> bool:
        try:
            self.source.positions.value(path)
        except KeyError:
            return False
        return True

    def fill(self, path: Path) -> None:
        """Empty a value, where the file has it."""
        if self.has(path):
            self.values[path] = TO_FILL

    def check(self, path: Path, note: str = "") -> None:
        """Mark a line to be checked, where the file has it."""
        if path and self.has(path):
            self.marks[path] = f"{TO_CHECK} {note}".rstrip()

    def remove(self, path: Path) -> None:
        if self.has(path):
            self.removed.add(path)

    def model(self, model: BaseModel) -> None:
        """Empty the figures and targets; mark the texts that speak of a year or of figures."""
        for path in figures(model):
            self.fill(path)
        for found in free_texts(model):
            if found.kind is FreeText.TARGET:
                self.fill(found.path)
            elif found.kind is FreeText.WORDS and speaks_of_the_year(found.text):
                self.check(found.path)


def figures(value: object, path: Path = ()) -> Iterator[Path]:
    """Where the figures of a model stand, by the keys of the YAML."""
    if isinstance(value, Figure):
        yield path
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from figures(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from figures(item, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from figures(item, (*path, index))


_NUMBERING = re.compile(r"\s*(?:[（(]?\d{1,2}[)）.、]|注[:：]?\d?)\s*(?!\d)")
_OF_THE_YEAR = re.compile(r"\d|二[〇○零]|比上年|较上年|同比")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def speaks_of_the_year(text: str) -> bool:
    """Whether a text holds a number (beside its own numbering), a year, or a comparison."""
    numbering = _NUMBERING.match(text)
    return _OF_THE_YEAR.search(text, numbering.end() if numbering else 0) is not None


# --- the files ------------------------------------------------------------------------------------


def _changes(asked: NewYear) -> Iterator[tuple[str, _Changes]]:
    old = asked.old
    for name, source in old.sources.items():
        changes = _Changes(source)
        if name == "disclosure.yml":
            _header(asked, changes)
        elif name == "budget.yml" and old.budget:
            _budget(asked, changes, old.budget)
        elif name == "narrative.yml":
            changes.model(old.narrative)
            for key in source.value if isinstance(source.value, dict) else ():
                changes.check((key,))
        elif name == "procurement.yml" and old.procurement and asked.same_kind:
            changes.model(old.procurement)
            changes.check(("empty_note",))
            changes.check(("rows",), "逐行核对采购项目")
        elif name == "assets.yml" and old.assets:
            changes.model(old.assets)
            if old.assets.table:
                later = _later(old.assets.table.as_of, asked.later)
                changes.values[("table", "as_of")] = later
                changes.check(("table", "as_of"), "日期随年度顺延")
        elif not name.startswith("tables/") or not asked.same_kind:
            continue
        else:
            table = old.tables[name.removeprefix("tables/").removesuffix(".yml")]
            if table.form.id in PROJECT_TABLES and len(asked.projects) < len(old.projects):
                continue
            _table(asked, changes, table, "")
        yield name, changes
    for unit in old.units:
        for name, changes in _unit(asked, unit):
            yield f"units/{unit.slug}/{name}", changes


def _unit(asked: NewYear, unit: Unit) -> Iterator[tuple[str, _Changes]]:
    for name, source in unit.sources.items():
        changes = _Changes(source)
        if name == "unit.yml":
            changes.model(unit.file)
        elif name == "budget.yml" and unit.budget:
            _budget(asked, changes, unit.budget)
        elif name.startswith("tables/") and asked.same_kind:
            table = unit.tables[name.removeprefix("tables/").removesuffix(".yml")]
            _table(asked, changes, table, unit.slug)
        else:
            continue
        yield name, changes


def _header(asked: NewYear, changes: _Changes) -> None:
    header = asked.old.header
    changes.model(header)
    changes.values[("year",)] = str(asked.year)
    changes.values[("kind",)] = asked.kind
    if header.title:
        changes.values[("title",)] = _title(header.title, asked)
        changes.check(("title",))
    changes.remove(("record",))
    for index, policy in enumerate(header.legal_basis):
        if _YEAR.search(policy):
            changes.check(("legal_basis", index), "当年的文件")
    if asked.same_kind:
        changes.check(("not_given",), "新文件有没有这些表和内容")
    else:
        changes.remove(("not_given",))


def _title(title: str, asked: NewYear) -> str:
    """A title is a set form of words: its year and its kind are those of the disclosure."""
    title = title.replace(str(asked.old.header.year), str(asked.year))
    if asked.same_kind:
        return title
    words = {"budget": "预算", "final": "决算"}
    return title.replace(words[asked.old.kind], words[asked.kind])


def _budget(asked: NewYear, changes: _Changes, budget: BudgetFile) -> None:
    changes.model(budget)
    for path, since in (
        (("change", "from"), budget.change.since if budget.change else None),
        (
            ("three_public", "change", "from"),
            budget.three_public.change.since
            if budget.three_public and budget.three_public.change
            else None,
        ),
    ):
        if since is not None:
            changes.values[path] = str(since + asked.later)
    for key in ("total", "basic", "projects"):
        changes.fill(("change", "reasons", key))
    changes.fill(("three_public", "change", "reason"))
    for index, highlight in enumerate(budget.highlights):
        at: Path = ("highlights", index)
        changes.check((*at, "name"), "新文件还点名吗")
        changes.check((*at, "note"))
        kept = [code for code in highlight.projects if code in asked.projects]
        if len(kept) < len(highlight.projects) and not kept:
            changes.remove((*at, "projects"))
            changes.remove((*at, "because"))
            continue
        changes.check((*at, "because"))
        for number, code in enumerate(highlight.projects):
            if code in asked.projects:
                changes.values[(*at, "projects", number)] = asked.projects[code]
            else:
                changes.remove((*at, "projects", number))


def _project(project: Project, new: str) -> _Changes:
    changes = _Changes(project.source)
    changes.model(project.file)
    if new == project.code:
        changes.check(("code",), "项目编码是不是换了")
    else:
        changes.values[("code",)] = new
        changes.check(("code",))
        if changes.has(("continues",)):
            changes.values[("continues",)] = project.code
        else:
            changes.added[("code",)] = {"continues": project.code}
    for key in ("objectives", "reason", "plan"):
        changes.check((key,))
    changes.check(("outside_total", "because"))
    return changes


_REASONS = ("reason", "target", "objective", "weight")
"""Columns of words that are about this year's figures alone."""


def _table(asked: NewYear, changes: _Changes, table: Table, unit: str) -> None:
    if table.title:
        changes.values[("title",)] = _title(table.title, asked)
        changes.check(("title",))
    for key in ("state", "note", "empty_note"):
        changes.check((key,))
    for index, note in enumerate(table.notes):
        if speaks_of_the_year(note):
            changes.check(("notes", index))
    base = BaseYear(asked.book, asked.old.department, asked.year, asked.kind)
    amounts = unit_of(table, asked.old, unit)
    by_project = table.form.id in PROJECT_TABLES
    for side, row in table.rows():
        for column, cell in row.cells.items():
            path = (*row.path, column)
            if isinstance(cell, Figure):
                known = base.figure(unit, table, side, row, column, amounts)
                changes.values[path] = TO_FILL if known is None else known.printed
            elif cell and column in _REASONS:
                changes.values[path] = TO_FILL
            elif cell and speaks_of_the_year(cell):
                changes.check(path)
        _row_names(asked, changes, row, by_project)


def _row_names(asked: NewYear, changes: _Changes, row: Row, by_project: bool) -> None:
    if by_project and row.code is not None:
        new = asked.projects.get(row.code, row.code)
        if new != row.code:
            changes.values[(*row.path, "code")] = new
        changes.check((*row.path, "code"))
    for key, text in (("item", row.item), ("institution", row.institution)):
        if text and _YEAR.search(text):
            changes.check((*row.path, key))


def _later(day: str, years: int) -> str:
    """The same day some years later; 29 February becomes 28 February in a common year."""
    year, month, of_month = day.split("-")
    new = int(year) + years
    leap = new % 4 == 0 and (new % 100 != 0 or new % 400 == 0)
    return f"{new:04}-{month}-{'28' if month + of_month == '0229' and not leap else of_month}"


def _final_tables(asked: NewYear, unit: str) -> Iterable[tuple[str, str]]:
    """The tables of final accounts for which the budget has one, with its rows and figures."""
    folder = f"units/{unit}/tables" if unit else "tables"
    base = BaseYear(asked.book, asked.old.department, asked.year, asked.kind)
    for form in asked.book.forms.forms("final"):
        text = final_table(form, asked.old, unit, base)
        if text:
            yield f"{folder}/{form.id}.yml", text


# --- what no line can say -------------------------------------------------------------------------


def _notes(asked: NewYear, files: Mapping[str, str]) -> Iterator[Bilingual]:
    old = asked.old
    if old.header.record:
        yield Bilingual(
            "disclosure.yml：信息公开目录 record（索引号、文号、各个日期）没有沿用，批复后重新写",
            "disclosure.yml: the information record (index and document number, dates) was not "
            "carried over; write it anew once the document is approved",
        )
    if not asked.same_kind and old.header.not_given:
        yield Bilingual(
            "disclosure.yml：not_given 没有沿用；决算文件没有的表和内容，在这里写明",
            "disclosure.yml: not_given was not carried over; name there what the final accounts "
            "do not contain",
        )
    if old.acknowledged:
        yield Bilingual(
            "acknowledged.yml：没有沿用。上一年的说明只对上一年的数字成立；检查后有疑点再写",
            "acknowledged.yml was not carried over: its explanations are of last year’s figures. "
            "Write it anew for what the check finds",
        )
    left = [each for each in old.projects if each.code not in asked.projects]
    if left and asked.same_kind:
        names = "、".join(each.code for each in left)
        yield Bilingual(
            f"projects/：没有沿用的项目 {len(left)} 个：{names}",
            f"projects/: {len(left)} project(s) not carried over: {names.replace('、', ', ')}",
        )
    if any(name.startswith("projects/") for name in files):
        yield Bilingual(
            "projects/：项目停了，删去它的文件和 budget.yml highlights 里的编码；编码换了，"
            "文件改名、改 code，加一行 continues: 旧编码；新项目新建文件",
            "projects/: delete the file of a project that has ended, and its code under highlights "
            "in budget.yml; where a code is new, rename the file, change code and add the line "
            "“continues: old code”; make a file for each new project",
        )
    gone = [
        name
        for name in old.sources
        if name not in files and (name.startswith("tables/") or name == "procurement.yml")
    ]
    if gone:
        names = "、".join(gone)
        yield Bilingual(
            f"没有沿用、文件里有就要新写的：{names}",
            f"not carried over, to be written anew if the document has them: "
            f"{names.replace('、', ', ')}",
        )
    yield Bilingual(
        "没有标记的文字（职责、机构、科室、指标名称等）照旧沿用，也请对照新文件通读一遍；表里增减的行照新文件增减，"
        "注释里的年份也请改",
        "words without a mark (duties, institutions, divisions, names of indicators) were kept as "
        "they are; read them through too, add or delete rows of tables as the document has them, "
        "and correct the year in comments",
    )
