"""CSV and JSON of a disclosure. Figures are written as printed; nothing is computed.

CSV is UTF-8 with a byte order mark and CRLF, so that Excel opens it; a cell that a spreadsheet
would run as a formula is kept from running by a leading apostrophe (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from disclosure.book import Book, Disclosure
from disclosure.export.canonical import whole_document
from disclosure.export.tables import table_rows, table_title
from disclosure.export.words import ABSENT, Words
from disclosure.language.numbers import period_end
from disclosure.model.fields import LANGS, Figure, Lang, parse_decimal
from disclosure.model.project import Indicator

Content = Literal[
    "budget", "projects", "indicators", "assets", "glossary", "table", "json", "edition"
]
# Full-width signs too: Excel in Chinese takes them for the others.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file below the root of the site. ``lang`` is empty where it holds both languages.

    ``title`` is that of a statutory table, in ``lang``.
    """

    address: str
    content: Content
    lang: Lang | Literal[""]
    data: bytes
    title: str = ""


def export_files(book: Book, disclosure: Disclosure) -> tuple[ExportFile, ...]:
    """All downloadable files of a disclosure, Chinese and English."""
    folder = f"departments/{disclosure.department}/{disclosure.slug}"
    files: list[ExportFile] = []
    tables: tuple[tuple[Content, Any], ...] = (
        ("budget", _budget),
        ("projects", _projects),
        ("indicators", _indicators),
        ("assets", _assets),
        ("glossary", _glossary),
    )
    for lang in LANGS:
        prefix = "" if lang == "zh" else "en/"
        for content, rows_of in tables:
            rows = list(rows_of(Words(book, lang), disclosure))
            if len(rows) > 1:
                address = f"{prefix}{folder}/data/{content}.csv"
                files.append(ExportFile(address, content, lang, _csv(rows)))
        files += _tables(Words(book, lang), disclosure, f"{prefix}{folder}/data")
    address = f"{folder}/data/disclosure.json"
    files.append(ExportFile(address, "json", "", _json(book, disclosure)))
    files += _editions(disclosure)
    return tuple(files)


def edition_address(disclosure: Disclosure, number: int) -> str:
    """The address of the JSON of an edition below the root of the site, which never changes."""
    return f"departments/{disclosure.department}/{disclosure.slug}/editions/{number}.json"


def _editions(disclosure: Disclosure) -> Iterator[ExportFile]:
    """The data of every edition, byte for byte as they were published."""
    if disclosure.editions is None:
        return
    for entry in disclosure.editions.entries:
        stored = disclosure.editions.stored.get(entry.number)
        if stored is not None:
            address = edition_address(disclosure, entry.number)
            yield ExportFile(address, "edition", "", stored.data)


def _tables(words: Words, disclosure: Disclosure, folder: str) -> Iterator[ExportFile]:
    """The statutory tables that have rows, those of the units after those of the disclosure."""
    unit = disclosure.budget.unit if disclosure.budget else "万元"
    groups = [(folder, "", disclosure.tables, unit)]
    for each in disclosure.units:
        own = each.budget.unit if each.budget else unit
        where = f"{folder}/units/{each.slug}"
        groups.append((where, words.text(each.file.name), each.tables, own))
    for where, name, tables, own in groups:
        for id, table in tables.items():
            if table.is_empty:
                continue
            title = table_title(words, table) + (words(f"（{name}）", f" ({name})") if name else "")
            data = _csv(table_rows(words, table, own, disclosure.header.year))
            yield ExportFile(f"{where}/tables/{id}.csv", "table", words.lang, data, title)


def _budget(words: Words, disclosure: Disclosure) -> Iterator[tuple[str, ...]]:
    budget = disclosure.budget
    yield (
        words("部分", "part"),
        words("项目", "item"),
        words("金额", "amount"),
        words("单位", "unit"),
    )
    if budget is None:
        return
    unit = words.unit(budget.unit)

    def row(part: str, item: str, figure: Figure | None) -> Iterator[tuple[str, ...]]:
        if figure is not None:
            yield (part, item, words.figure(figure), unit)

    revenue = words("收入", "revenue")
    for label, figure in budget.revenue.sources.items():
        yield from row(revenue, words.word("revenue_source", label), figure)
    yield from row(revenue, words("合计", "total"), budget.revenue.total)
    spending, spent = words("支出", "expenditure"), budget.expenditure
    yield from row(spending, words("基本支出", "basic expenditure"), spent.basic)
    yield from row(spending, words("人员经费", "personnel expenditure"), spent.personnel)
    yield from row(
        spending, words("日常公用经费", "routine non-personnel expenditure"), spent.non_personnel
    )
    yield from row(spending, words("项目支出", "project expenditure"), spent.projects)
    yield from row(spending, words("合计", "total"), spent.total)
    if operating := budget.agency_operating:
        part = words("机关运行经费", "agency operating expenses")
        for label, figure in operating.items.items():
            yield from row(part, words.word("operating_item", label), figure)
        yield from row(part, words("合计", "total"), operating.total)
    if three_public := budget.three_public:
        part = words("“三公”经费", "“three public” expenses")
        for label, figure in three_public.items.items():
            yield from row(part, words.word("three_public_item", label), figure)
        yield from row(part, words("合计", "total"), three_public.total)


def _projects(words: Words, disclosure: Disclosure) -> Iterator[tuple[str, ...]]:
    sources = sorted({label for p in disclosure.projects for label in p.file.sources})
    periods = list(dict.fromkeys(label for p in disclosure.projects for label in p.file.schedule))
    by_period: dict[str, list[str]] = {}
    for label in periods:  # "3月底" and "3 月底" are one column
        by_period.setdefault(period_end(label) or label, []).append(label)
    yield (
        words("序号", "number"),
        words("项目编码", "project code"),
        words("项目名称", "project name"),
        words("预算数", "budgeted amount"),
        *(words.word("fund_source", label) for label in sources),
        words("资金用途", "use of funds"),
        *(words(labels[0].replace(" ", ""), en) for en, labels in by_period.items()),
        words("绩效目标", "performance objectives"),
    )
    for project in disclosure.projects:
        file = project.file
        yield (
            str(file.order or ""),
            file.code,
            words.text(file.name, file.code),
            words.figure(file.budget),
            *(words.figure(file.sources.get(label)) for label in sources),
            words.text(file.use, file.code),
            *(
                next((words.figure(file.schedule[k]) for k in labels if k in file.schedule), ABSENT)
                for labels in by_period.values()
            ),
            "\n".join(words.text(objective, file.code) for objective in file.objectives),
        )


_INDICATOR_COLUMNS = {
    "operator": ("指标性质", "operator"),
    "unit": ("度量单位", "unit of measure"),
    "weight": ("权重", "weight"),
    "direction": ("指标方向性", "direction"),
    "prior_actual": ("上年完成值", "actual of the previous year"),
}


def _indicators(words: Words, disclosure: Disclosure) -> Iterator[tuple[str, ...]]:
    """The columns after the basis stand only where the document has them."""
    every = [i for p in disclosure.projects for rows in p.file.indicators.values() for i in rows]
    more = {
        key: head
        for key, head in _INDICATOR_COLUMNS.items()
        if any(getattr(indicator, key) is not None for indicator in every)
    }
    yield (
        words("项目编码", "project code"),
        words("项目名称", "project name"),
        words("一级指标", "level 1"),
        words("二级指标", "level 2"),
        words("三级指标", "level-3 indicator"),
        words("绩效指标描述", "description"),
        words("指标值", "target value"),
        words("指标值确定依据", "basis for the target"),
        *(words(*head) for head in more.values()),
    )
    vocabulary = words.book.vocabulary
    for project in disclosure.projects:
        file = project.file
        for label, indicators in file.indicators.items():
            parent = vocabulary.word("indicator_kind", label).parent or ""
            level = vocabulary.by_id("indicator_level", parent)
            for indicator in indicators:
                yield (
                    file.code,
                    words.text(file.name, file.code),
                    level.name(words.lang) if level else "",
                    words.word("indicator_kind", label),
                    words.text(indicator.name, file.code),
                    words.text(indicator.description, file.code),
                    words.target(indicator.target, file.code),
                    words.text(indicator.basis, file.code),
                    *(_indicator_cell(words, indicator, key, file.code) for key in more),
                )


def _indicator_cell(words: Words, indicator: Indicator, key: str, code: str) -> str:
    value = getattr(indicator, key)
    if isinstance(value, Figure):
        return value.printed
    if key == "prior_actual" and value is not None:
        return words.target(value, code)
    return words.text(value, code)


def _assets(words: Words, disclosure: Disclosure) -> Iterator[tuple[str, ...]]:
    yield (words("项目", "item"), words("数量", "quantity"), words("价值", "value"))
    if disclosure.assets and disclosure.assets.table:
        for row in disclosure.assets.table.rows:
            item = words.word("asset_item", row.item)
            yield (item, words.figure(row.quantity), words.figure(row.value))


def _glossary(words: Words, disclosure: Disclosure) -> Iterator[tuple[str, ...]]:
    yield (words("序号", "number"), "中文", "English", words("解释", "definition"))
    for term in words.book.glossary:
        number = str(term.number or "")
        yield (number, term.zh, term.en, term.definition[words.lang])


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return ("\ufeff" + text.getvalue()).encode("utf-8")


def _harmless(cell: str) -> str:
    """A cell that Excel does not run; a negative number stays a number."""
    if not cell.startswith(_FORMULA):
        return cell
    return cell if parse_decimal(cell) is not None else f"'{cell}"


def _json(book: Book, disclosure: Disclosure) -> bytes:
    """Everything of a disclosure, with the glossary and the policies; see ``canonical``."""
    text = json.dumps(whole_document(book, disclosure), ensure_ascii=False, indent=1)
    return f"{text}\n".encode()
