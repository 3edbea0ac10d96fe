"""The parts of a disclosure that are tables by themselves: figures, projects, indicators, assets.

Every figure is as printed, and nothing is added up. Rows and columns that are controlled words have
the fixed id of the word, which is the same in both languages and for every department.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from disclosure.book import Disclosure
from disclosure.export.data_table import Cell, Column, DataTable, Kind, Printed, amount, number
from disclosure.export.words import ABSENT, Words
from disclosure.language.numbers import period_end
from disclosure.language.targets import parse_target
from disclosure.model.budget import BudgetFile
from disclosure.model.fields import AmountUnit, Figure, half_width
from disclosure.model.procurement import ProcurementRow
from disclosure.model.project import Indicator, ProjectFile
from disclosure.model.vocabulary import WordKind

UNIT = Column("unit", "金额单位", "Unit of the amounts as printed")
_TITLES = {
    "budget": (
        "收支、机关运行经费和“三公”经费",
        "Revenue, expenditure and “three public” expenses",
    ),
    "projects": ("项目一览", "List of projects"),
    "indicators": ("绩效指标", "Performance indicators"),
    "procurement": ("政府采购预算", "Government procurement"),
    "assets": ("固定资产", "Fixed assets"),
    "glossary": ("名词解释", "Glossary"),
}


def part_title(words: Words, id: str, unit: str = "") -> str:
    """The title of a table of this module; ``unit`` is the name of the subordinate unit."""
    return words(*_TITLES[id]) + (words(f"（{unit}）", f" ({unit})") if unit else "")


def unit_of(disclosure: Disclosure) -> AmountUnit:
    """The unit of the amounts of a disclosure, where nothing nearer says another."""
    return disclosure.budget.unit if disclosure.budget else "万元"


def budget_table(words: Words, id: str, title: str, budget: BudgetFile) -> DataTable:
    """The figures of ``budget.yml``, one a row; what the document does not have has no row."""
    columns = (
        Column("part_id", "部分代码", "Part, id", required=True),
        Column("part", "部分", "Part", required=True),
        Column("item_id", "项目代码", "Item, id", required=True),
        Column("item", "项目", "Item", required=True),
        Column("amount", "金额", "Amount", "amount"),
        UNIT,
    )
    rows = tuple(_budget_rows(words, budget))
    return DataTable(id, title, words.lang, columns, rows)


def has_figures(budget: BudgetFile) -> bool:
    """Whether :func:`budget_table` has a row."""
    spent, operating, three = budget.expenditure, budget.agency_operating, budget.three_public
    lists = (budget.revenue, *(each for each in (operating, three) if each))
    return any(each.total is not None for each in lists) or bool(
        budget.revenue.sources
        or (operating and operating.items)
        or (three and three.items)
        or any(getattr(spent, key) is not None for key, _, _ in _SPENDING)
    )


_TOTAL = ("total", "合计", "total")
_PARTS = {
    "revenue": ("收入", "revenue"),
    "expenditure": ("支出", "expenditure"),
    "operating": ("机关运行经费", "agency operating expenses"),
    "three_public": ("“三公”经费", "“three public” expenses"),
}
_SPENDING = (
    ("basic", "基本支出", "basic expenditure"),
    ("personnel", "人员经费", "personnel expenditure"),
    ("non_personnel", "日常公用经费", "routine non-personnel expenditure"),
    ("projects", "项目支出", "project expenditure"),
    ("carried_forward", "年终结转结余", "carry-over and surplus at the end of the year"),
    _TOTAL,
)


def _budget_rows(words: Words, budget: BudgetFile) -> Iterator[tuple[Cell, ...]]:
    unit = words.unit(budget.unit)

    def row(part: str, id: str, item: str, figure: Figure | None) -> Iterator[tuple[Cell, ...]]:
        if figure is not None:
            cell = amount(words, figure, budget.unit)
            yield (part, words(*_PARTS[part]), id, item, cell, unit)

    def listed(
        part: str, kind: WordKind, items: Mapping[str, Figure], total: Figure | None
    ) -> Iterator[tuple[Cell, ...]]:
        for label, figure in items.items():
            yield from row(part, _id(words, kind, label), words.word(kind, label), figure)
        yield from row(part, _TOTAL[0], words(*_TOTAL[1:]), total)

    yield from listed("revenue", "revenue_source", budget.revenue.sources, budget.revenue.total)
    for key, zh, en in _SPENDING:
        yield from row("expenditure", key, words(zh, en), getattr(budget.expenditure, key))
    if operating := budget.agency_operating:
        yield from listed("operating", "operating_item", operating.items, operating.total)
    if three := budget.three_public:
        yield from listed("three_public", "three_public_item", three.items, three.total)


def _id(words: Words, kind: WordKind, label: str) -> str:
    return words.book.vocabulary.word(kind, label).id.replace("-", "_")


# --- projects ---------------------------------------------------------------------------------

Key = tuple[str, int]
"""What a printed label stands for, and its number among the labels of its project that do."""


@dataclass(frozen=True, slots=True)
class _Labelled:
    """Columns made of printed labels: the ids and names, and the label of each project."""

    columns: Mapping[Key, Column]
    labels: Sequence[Mapping[Key, str]]


_MORE_OF_PROJECT: tuple[tuple[str, str, str, Kind], ...] = (
    ("total_funds", "项目资金总额", "Total funds of the project", "amount"),
    ("annual_funds", "年度资金总额", "Funds of the year", "amount"),
    ("supervising", "主管部门", "Supervising department", "text"),
    ("implementing", "实施单位", "Implementing unit", "text"),
    ("start", "起始时间", "Start", "text"),
    ("end", "终止时间", "End", "text"),
)


def projects_table(words: Words, disclosure: Disclosure) -> DataTable:
    """The projects, one a row. Columns after the schedule stand only where a project has them."""
    files = [project.file for project in disclosure.projects]
    unit = unit_of(disclosure)
    sources = _sources(words, files)
    schedule = _schedule(files)
    more = [
        Column(key, zh, en, kind)
        for key, zh, en, kind in _MORE_OF_PROJECT
        if any(getattr(file, key) is not None for file in files)
    ]
    columns = (
        Column("number", "序号", "Number in the document"),
        Column("project_code", "项目编码", "Project code", "text", f"{_PROJECT}:code", True),
        Column("project_name", "项目名称", "Project name", "text", f"{_PROJECT}:label", True),
        Column("budget", "预算数", "Budgeted amount", "amount"),
        *sources.columns.values(),
        Column("use_of_funds", "资金用途", "Use of funds"),
        *schedule.columns.values(),
        Column("objectives", "绩效目标", "Performance objectives"),
        *more,
        UNIT,
    )
    rows: list[tuple[Cell, ...]] = []
    for file, source, period in zip(files, sources.labels, schedule.labels, strict=True):
        rows.append(
            (
                str(file.order or ""),
                file.code,
                words.text(file.name, file.code),
                amount(words, file.budget, unit),
                *(
                    amount(words, file.sources[source[key]] if key in source else None, unit)
                    for key in sources.columns
                ),
                words.text(file.use, file.code),
                *(
                    number(words, file.schedule[period[key]] if key in period else None)
                    for key in schedule.columns
                ),
                "\n".join(words.text(objective, file.code) for objective in file.objectives),
                *(_of_project(words, file, column, unit) for column in more),
                words.unit(unit),
            )
        )
    title = part_title(words, "projects")
    return DataTable("projects", title, words.lang, columns, tuple(rows), ("project_code",))


_PROJECT = "activity:generic:project"


def _of_project(words: Words, file: ProjectFile, column: Column, unit: AmountUnit) -> Cell:
    value = getattr(file, column.id)
    if column.kind == "amount":
        return amount(words, value, unit)
    return ABSENT if value is None else words.text(value, file.code)


def _sources(words: Words, files: Iterable[ProjectFile]) -> _Labelled:
    labels = [
        _keyed(file.sources, lambda label: _id(words, "fund_source", label)) for file in files
    ]
    found: dict[Key, Column] = {}
    for key in sorted({key for each in labels for key in each}):
        word = words.book.vocabulary.by_id("fund_source", key[0].replace("_", "-"))
        zh, en = (word.zh, word.en) if word else (key[0], key[0])
        found[key] = Column(_numbered(f"source_{key[0]}", key), zh, en, "amount")
    return _Labelled(found, labels)


_MONTH = re.compile(r"\d+")
_QUARTERS = "一二三四1234"
_HALVES = ("上半年", "下半年")
_QUARTER = re.compile(rf"第?([{_QUARTERS}])季度[末底]?")


def _schedule(files: Sequence[ProjectFile]) -> _Labelled:
    """``3月底`` and ``3 月底`` are one column. Other periods are numbered as they first come."""
    labels = [_keyed(file.schedule, lambda label: period_end(label) or label) for file in files]
    found: dict[Key, Column] = {}
    others = 0
    for project in labels:
        for key, label in project.items():
            if key in found:
                continue
            english = period_end(label)
            plain = "".join(half_width(label).split())
            if english:
                (month,) = _MONTH.findall(plain)
                id = f"spent_by_month_{int(month):02}"
            elif quarter := _QUARTER.fullmatch(plain):
                id = f"spent_by_quarter_{_QUARTERS.index(quarter[1]) % 4 + 1}"
            elif plain in _HALVES:
                id = f"spent_by_half_{_HALVES.index(plain) + 1}"
            else:
                others += 1
                id = f"spent_by_period_{others}"
            zh = f"支出进度：{' '.join(label.split()) if not english else label.replace(' ', '')}"
            en = f"Cumulative share spent: {english or label}"
            found[key] = Column(_numbered(id, key), zh, en, "percent")
    return _Labelled(found, labels)


def _keyed(labels: Iterable[str], meaning: Callable[[str], str]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for label in labels:
        means, count = meaning(label), 0
        while (means, count) in found:
            count += 1
        found[means, count] = label
    return found


def _numbered(id: str, key: Key) -> str:
    return id if key[1] == 0 else f"{id}_{key[1] + 1}"


# --- indicators -------------------------------------------------------------------------------

_MORE_OF_INDICATOR: tuple[tuple[str, str, str, Kind], ...] = (
    ("operator", "指标性质", "Operator", "text"),
    ("unit", "度量单位", "Unit of measure", "text"),
    ("weight", "权重", "Weight", "count"),
    ("direction", "指标方向性", "Direction", "text"),
    ("prior_actual", "上年完成值", "Actual of the previous year", "text"),
)
_IDS = {"unit": "unit_of_measure"}


def indicators_table(words: Words, disclosure: Disclosure) -> DataTable:
    """The indicators, one a row. Columns after the basis stand only where an indicator has them.

    A target that is a number has its sign, number and unit in columns of their own.
    """
    every = [i for p in disclosure.projects for rows in p.file.indicators.values() for i in rows]
    more = [
        (key, Column(_IDS.get(key, key), zh, en, kind))
        for key, zh, en, kind in _MORE_OF_INDICATOR
        if any(getattr(indicator, key) is not None for indicator in every)
    ]
    columns = (
        Column("project_code", "项目编码", "Project code", "text", f"{_PROJECT}:code", True),
        Column("project_name", "项目名称", "Project name", "text", f"{_PROJECT}:label", True),
        Column("level_1", "一级指标", "Level 1"),
        Column("level_2", "二级指标", "Level 2", required=True),
        Column("indicator", "三级指标", "Level-3 indicator"),
        Column("description", "绩效指标描述", "Description"),
        Column("target", "指标值", "Target value", "count"),
        Column("target_sign", "指标值符号", "Sign of the target"),
        Column("target_unit", "指标值单位", "Unit of the target"),
        Column("basis", "指标值确定依据", "Basis for the target"),
        *(column for _, column in more),
    )
    vocabulary = words.book.vocabulary
    rows: list[tuple[Cell, ...]] = []
    for project in disclosure.projects:
        file = project.file
        name = words.text(file.name, file.code)
        for label, indicators in file.indicators.items():
            parent = vocabulary.word("indicator_kind", label).parent or ""
            level = vocabulary.by_id("indicator_level", parent)
            level_1 = level.name(words.lang) if level else ""
            level_2 = words.word("indicator_kind", label)
            for indicator in indicators:
                target = parse_target(indicator.target, vocabulary)
                unit = target.unit if target else None
                rows.append(
                    (
                        file.code,
                        name,
                        level_1,
                        level_2,
                        words.text(indicator.name, file.code),
                        words.text(indicator.description, file.code),
                        Printed(
                            words.target(indicator.target, file.code),
                            target.number if target else None,
                        ),
                        target.operator if target else "",
                        unit.name(words.lang) if unit else "",
                        words.text(indicator.basis, file.code),
                        *(_of_indicator(words, indicator, key, file.code) for key, _ in more),
                    )
                )
    title = part_title(words, "indicators")
    return DataTable("indicators", title, words.lang, columns, tuple(rows))


def _of_indicator(words: Words, indicator: Indicator, key: str, code: str) -> Cell:
    value = getattr(indicator, key)
    if key == "weight":
        return number(words, value)
    if value is None:
        return ABSENT
    return words.target(value, code) if key == "prior_actual" else words.text(value, code)


# --- procurement, assets, glossary ------------------------------------------------------------

_PROCUREMENT: tuple[tuple[str, str, str, Kind], ...] = (
    ("project", "项目名称", "Project", "text"),
    ("project_funds", "预算资金", "Budget funds", "amount"),
    ("item", "采购物品名称", "Item procured", "text"),
    ("catalogue_number", "政府采购目录序号", "Procurement catalogue number", "text"),
    ("unit_of_measure", "计量单位", "Unit of measure", "text"),
    ("quantity", "数量", "Quantity", "count"),
    ("unit_price", "单价", "Unit price", "amount"),
    ("total", "合计", "Total", "amount"),
    ("general_public_budget", "一般公共预算拨款", "General public budget", "amount"),
    ("government_funds", "基金预算拨款", "Government-managed funds", "amount"),
    ("state_capital", "国有资本经营预算拨款", "State capital operations budget", "amount"),
    ("special_fiscal_account", "财政专户核拨", "Special fiscal account", "amount"),
    ("unit_funds", "单位资金", "Unit’s own funds", "amount"),
    ("reserved_for_smes", "面向中小企业预留", "Reserved for small businesses", "amount"),
)


def procurement_table(words: Words, disclosure: Disclosure) -> DataTable:
    """The rows of the procurement table; a table without rows makes none."""
    file = disclosure.procurement
    columns = tuple(Column(*each) for each in _PROCUREMENT)
    unit = file.unit if file else unit_of(disclosure)
    rows = tuple(
        (*(_of_procurement(words, row, each, unit) for each in columns), words.unit(unit))
        for row in (file.rows if file else ())
    )
    title = part_title(words, "procurement")
    return DataTable("procurement", title, words.lang, (*columns, UNIT), rows)


def _of_procurement(words: Words, row: ProcurementRow, column: Column, unit: AmountUnit) -> Cell:
    value = getattr(row, column.id)
    if column.kind == "amount":
        return amount(words, value, unit)
    return number(words, value) if column.kind == "count" else words.text(value)


def assets_table(words: Words, disclosure: Disclosure) -> DataTable:
    """The table of fixed assets, with its date in every row."""
    columns = (
        Column("item_id", "项目代码", "Item, id", required=True),
        Column("item", "项目", "Item", required=True),
        Column("quantity", "数量", "Quantity", "count"),
        Column("value", "价值", "Value", "amount"),
        UNIT,
        Column("as_of", "截止日期", "As of", required=True),
    )
    file = disclosure.assets
    table = file.table if file else None
    rows: list[tuple[Cell, ...]] = []
    if file and table:
        for row in table.rows:
            rows.append(
                (
                    _id(words, "asset_item", row.item),
                    words.word("asset_item", row.item),
                    number(words, row.quantity),
                    amount(words, row.value, file.unit),
                    words.unit(file.unit),
                    table.as_of,
                )
            )
    return DataTable("assets", part_title(words, "assets"), words.lang, columns, tuple(rows))


def glossary_table(words: Words, disclosure: Disclosure) -> DataTable:
    """The terms of the site in both languages, and the definition in the language of the table."""
    columns = (
        Column("term_id", "名词代码", "Term, id", required=True),
        Column("number", "序号", "Number in the document"),
        Column("term_zh", "中文", "Chinese", required=True),
        Column("term_en", "英文", "English", required=True),
        Column("definition", "解释", "Definition", required=True),
    )
    rows = tuple(
        (term.id, str(term.number or ""), term.zh, term.en, term.definition[words.lang])
        for term in words.book.glossary
    )
    title = part_title(words, "glossary")
    return DataTable("glossary", title, words.lang, columns, rows, ("term_id",))
