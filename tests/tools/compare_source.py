"""Compare the data with the official document: every figure and every table cell.

For maintainers who have the text of the document. It prints how many things were compared and
each difference, and exits with 1 if there is one::

    python tests/tools/compare_source.py PATH [--data data]

Line breaks inside cells and spaces between characters are those of the paginated document and
do not count; every other character does.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from disclosure.book import Book, Disclosure, load_book
from disclosure.language.interface import part_number, say
from disclosure.model.fields import Figure
from disclosure.model.project import ProjectFile
from disclosure.site.routes import Part

sys.path.insert(0, str(Path(__file__).parent))
from official_document import PrintedDocument, PrintedProject, read_document

_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)\s*万")


@dataclass
class Tally:
    """What was compared, by kind, and what differs."""

    equal: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def compare(self, kind: str, place: str, data: str, document: str) -> bool:
        """Count one comparison; spaces do not count."""
        if _squeezed(data) == _squeezed(document):
            self.equal[kind] += 1
            return True
        self.differences.append(f"{kind}: {place}: data 「{data}」, document 「{document}」")
        return False


def compare(book: Book, disclosure: Disclosure, document: PrintedDocument) -> Tally:
    """Compare one disclosure with its document."""
    tally = Tally()
    _headings(tally, disclosure, document)
    _projects(tally, book, disclosure, document)
    _tables(tally, book, disclosure, document)
    _figures(tally, disclosure, document)
    official = sorted((t.number, t.zh) for t in book.glossary if t.number is not None)
    for number in range(max(len(official), len(document.terms))):
        ours = official[number][1] if number < len(official) else ""
        theirs = document.terms[number] if number < len(document.terms) else ""
        tally.compare("terms", f"No. {number + 1}", ours, theirs)
    return tally


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _headings(tally: Tally, disclosure: Disclosure, document: PrintedDocument) -> None:
    tally.compare("headings", "title", disclosure.header.title or "", document.paragraphs[0])
    printed = {_squeezed(paragraph) for paragraph in document.paragraphs}
    for number, part in enumerate(Part, 1):
        heading = f"{part_number(number, 'zh')}、{say(f'part.{part}', 'zh')}"
        found = heading if _squeezed(heading) in printed else "(no such heading)"
        tally.compare("headings", str(part), heading, found)


def _projects(tally: Tally, book: Book, disclosure: Disclosure, document: PrintedDocument) -> None:
    ours = {project.code: project.file for project in disclosure.projects}
    theirs = {project.code: project for project in document.projects}
    for code in sorted(ours.keys() | theirs.keys()):
        if code not in ours or code not in theirs:
            where = "data" if code in ours else "document"
            tally.differences.append(f"projects: {code} stands only in the {where}")
            continue
        before = len(tally.differences)
        _project(tally, book, ours[code], theirs[code])
        tally.equal["projects"] += len(tally.differences) == before


def _project(tally: Tally, book: Book, ours: ProjectFile, theirs: PrintedProject) -> None:
    sources = {
        book.vocabulary.word("fund_source", label).id: figure.printed
        for label, figure in ours.sources.items()
    }
    for name, data, printed in (
        ("order", str(ours.order), str(theirs.order)),
        ("name", ours.name, theirs.name),
        ("title", f"{ours.name}绩效目标表", theirs.title),
        ("budget", ours.budget.printed, theirs.budget),
        ("财政资金", sources.get("fiscal", "(absent)"), theirs.fiscal),
        ("其他资金", sources.get("other", "(absent)"), theirs.other),
        ("use", ours.use or "", theirs.use),
        ("objectives", "\n".join(ours.objectives), theirs.objectives),
    ):
        tally.compare("project cells", f"{ours.code} {name}", data, printed)
    schedule = {label: share.printed for label, share in ours.schedule.items()}
    for label in schedule.keys() | theirs.schedule.keys():
        data, printed = (s.get(label, "(absent)") for s in (schedule, theirs.schedule))
        tally.compare("project cells", f"{ours.code} {label}", data, printed)
    rows = list(_indicator_rows(book, ours))
    for index in range(max(len(rows), len(theirs.indicators))):
        ours_row = rows[index] if index < len(rows) else ()
        theirs_row = theirs.indicators[index] if index < len(theirs.indicators) else ()
        place = f"{ours.code} row {index + 1}"
        if len(ours_row) != len(theirs_row):
            tally.differences.append(f"indicator rows: {place} stands on one side only")
            continue
        same = [
            tally.compare("indicator cells", place, data, printed)
            for data, printed in zip(ours_row, theirs_row, strict=True)
        ]
        tally.equal["indicator rows"] += all(same)


def _indicator_rows(book: Book, file: ProjectFile) -> Iterator[tuple[str, ...]]:
    for label, indicators in file.indicators.items():
        parent = book.vocabulary.word("indicator_kind", label).parent or ""
        level = book.vocabulary.by_id("indicator_level", parent)
        for indicator in indicators:
            yield (
                level.zh if level else "",
                label,
                indicator.name,
                indicator.description or "",
                indicator.target,
                indicator.basis or "",
            )


def _tables(tally: Tally, book: Book, disclosure: Disclosure, document: PrintedDocument) -> None:
    institutions, procurement, assets = document.tables
    rows = [row for row in institutions if not set(row[0]) <= {"-"}]
    keys = ("name", "nature", "rank", "funding")
    ours = [[say(f"institution.{key}", "zh") for key in keys]] * 2
    ours += [[r.name, r.nature, r.rank, r.funding] for r in disclosure.header.institutions]
    _table(tally, "institutions", ours, rows)

    year = disclosure.header.year
    upper = ["source", "", "item", "catalogue_number", "unit_of_measure", "quantity", "unit_price"]
    upper += ["amount", "", "", "", "", "", "reserved_for_smes"]
    lower = ["project", "project_funds", "", "", "", "", "", "total", "general_public_budget"]
    lower += ["government_funds", "state_capital", "special_fiscal_account", "unit_funds", ""]
    heads = [
        [say(f"procurement.{key}", "zh", year=year) if key else "" for key in row]
        for row in (upper, lower)
    ]
    _table(tally, "procurement", heads, procurement)
    if disclosure.procurement:
        file = disclosure.procurement
        for note in (file.name, *file.notes, file.empty_note or ""):
            found = note if _said(document, note) else "(not in the document)"
            tally.compare("table notes", "procurement", note, found)

    table = disclosure.assets.table if disclosure.assets else None
    if table:
        head = [say("assets.item", "zh"), say("assets.quantity", "zh")]
        head.append(say("assets.value", "zh", unit="万元"))
        cells = [[r.item, _printed(r.quantity), _printed(r.value)] for r in table.rows]
        _table(tally, "assets", [head, *cells], assets)
        for note in (table.name, say("assets.as_of", "zh", date=table.as_of)):
            found = note if _said(document, note) else "(not in the document)"
            tally.compare("table notes", "assets", note, found)


def _said(document: PrintedDocument, text: str) -> bool:
    return _squeezed(text) in {_squeezed(paragraph) for paragraph in document.paragraphs}


def _printed(figure: Figure | None) -> str:
    return "(absent)" if figure is None else figure.printed


def _table(tally: Tally, name: str, ours: list[list[str]], theirs: list[list[str]]) -> None:
    if len(ours) != len(theirs):
        tally.differences.append(f"tables: {name}: {len(ours)} rows, document {len(theirs)}")
    for index, (our_row, their_row) in enumerate(zip(ours, theirs, strict=False), 1):
        for data, printed in zip(our_row, their_row, strict=True):
            tally.compare("other table cells", f"{name} row {index}", data, printed)


def _figures(tally: Tally, disclosure: Disclosure, document: PrintedDocument) -> None:
    """Each figure stands behind its label, and the text has no figure that the data lack."""
    text = _squeezed("".join(_amount_paragraphs(document)))
    wanted: Counter[str] = Counter()
    for label, figure in _labelled(disclosure):
        wanted[figure.printed] += 1
        pattern = (
            re.escape(_squeezed(label)) + r"[^\d，。；]{0,8}" + re.escape(figure.printed) + "万"
        )
        found = figure.printed if re.search(pattern, text) else "(not behind this label)"
        tally.compare("figures", label, figure.printed, found)
    printed = Counter(_AMOUNT.findall(text))
    for amount in sorted((printed - wanted).keys()):
        # A total is repeated in the text (total, and again in the comparison with last year).
        if amount not in wanted:
            tally.differences.append(f"figures: {amount}万元 of the document is not in the data")


def _amount_paragraphs(document: PrintedDocument) -> Iterator[str]:
    """The running text of parts two, three, four and nine."""
    inside = False
    for paragraph in document.paragraphs:
        number = re.match(r"([一二三四五六七八九十]+)、", paragraph)
        if number:
            inside = number[1] in ("二", "三", "四", "九")
        if inside:
            yield paragraph


def _labelled(disclosure: Disclosure) -> Iterator[tuple[str, Figure]]:
    budget = disclosure.budget
    assert budget is not None
    spent = budget.expenditure
    known: list[tuple[str, Figure | None]] = [
        (f"{disclosure.header.year}年预算收入", budget.revenue.total),
        *budget.revenue.sources.items(),
        (f"{disclosure.header.year}年支出预算", spent.total),
        ("其中基本支出", spent.basic),
        ("人员经费", spent.personnel),
        ("日常公用经费", spent.non_personnel),
        ("；项目支出", spent.projects),
        *((highlight.name, highlight.amount) for highlight in budget.highlights),
    ]
    if change := budget.change:
        known += [(f"较{change.since}年预算", change.total)]
        known += [("基本支出增加", change.basic), ("项目支出增加", change.projects)]
    if operating := budget.agency_operating:
        known += [("机关运行经费预算安排", operating.total), *operating.items.items()]
    if three_public := budget.three_public:
        known += [("“三公”经费预算安排", three_public.total), *three_public.items.items()]
        if three_public.change:
            known += [(f"与{three_public.change.since}年相比", three_public.change.total)]
    if assets := disclosure.assets:
        known += [("上年末固定资产金额", assets.fixed_assets)]
        known += [("本年度拟购置固定资产总额", assets.planned_purchases)]
    return ((label, figure) for label, figure in known if figure is not None)


def main() -> int:
    """Compare and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("path", type=Path, help="the text of the official document")
    parser.add_argument("--data", type=Path, default=Path("data"))
    arguments = parser.parse_args()
    book = load_book(arguments.data)
    tally = compare(book, next(book.disclosures), read_document(arguments.path))
    for kind, count in sorted(tally.equal.items()):
        print(f"{count:6} equal: {kind}")
    for difference in tally.differences:
        print(difference)
    print(f"{len(tally.differences)} difference(s)")
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())
