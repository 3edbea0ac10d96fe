"""Every fact of the data stands on its page, in both languages.

What a page should say is worked out here from the book and the catalogue alone, without the
views: a table is compared cell by cell in order, running text paragraph by paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from babel.dates import format_date
from pydantic.fields import FieldInfo
from tests.site.reading import Document, Element, figure, folded, grid

from disclosure.book import Book, Disclosure, Project
from disclosure.model.fields import Bilingual, Figure, Lang, Model, Nothing
from disclosure.model.narrative import TextBlock

Pages = dict[str, Document]
pytestmark = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="session")
def disclosure(book: Book) -> Disclosure:
    (only,) = book.disclosures
    return only


class Words:
    """The book's texts in one language."""

    def __init__(self, book: Book, lang: Lang) -> None:
        self.book, self.lang = book, lang

    def text(self, zh: str | None, context: str = "") -> str:
        if not zh:
            return ""
        found = zh if self.lang == "zh" else self.book.catalogue.find(zh, context)
        assert found, f"no English for {zh!r}"
        return " ".join(found.split())

    def word(self, kind: Any, label: str) -> str:
        return label if self.lang == "zh" else self.book.vocabulary.word(kind, label).en

    def target(self, printed: str, code: str) -> str:
        """A target as it should read: a number with its sign and unit, or words."""
        plain = unicodedata.normalize("NFKC", printed).strip()
        parts = re.fullmatch(r"([≥≤><=]?)\s*([\d,]+(?:\.\d+)?)\s*([^\d\s].*)?", plain)
        unit = parts and parts[3] and self.book.vocabulary.find("unit_of_measure", parts[3])
        if self.lang == "zh" or not parts or bool(parts[3]) is not bool(unit):
            return self.text(printed, code)
        number = Decimal(parts[2].replace(",", ""))
        sign = f"{parts[1]} " if parts[1] else ""
        if unit and unit.zh in ("万元", "元"):
            scale = 10_000 if unit.zh == "万元" else 1
            return f"{sign}{money(number * scale)}"
        if not unit:
            return f"{sign}{number:,}"
        return f"{sign}{number:,}{'' if unit.en == '%' else ' '}{unit.en}".strip()

    def amount(self, printed: Figure, unit: str) -> str:
        """An amount in running text: as printed, or exact in yuan."""
        if self.lang == "zh":
            return f"{printed.printed}{unit}"
        return money(printed.number * (10_000 if unit == "万元" else 1))


def money(yuan: Decimal) -> str:
    exact = yuan.to_integral_value() if yuan == yuan.to_integral_value() else yuan.normalize()
    return f"CNY {exact:,}"


@pytest.fixture
def words(book: Book, lang: Lang) -> Words:
    return Words(book, lang)


class Reader:
    """The pages of one disclosure in one language."""

    def __init__(self, pages: Pages, disclosure: Disclosure, lang: Lang) -> None:
        self.pages, self.prefix = pages, "" if lang == "zh" else "en/"
        self.folder = f"departments/{disclosure.department}/{disclosure.slug}"

    def __call__(self, name: str) -> Document:
        return self.pages[f"{self.prefix}{self.folder}/{name}.html"]

    def top(self, name: str) -> Document:
        return self.pages[f"{self.prefix}{name}.html"]


@pytest.fixture
def read(pages: Pages, disclosure: Disclosure, lang: Lang) -> Reader:
    return Reader(pages, disclosure, lang)


def table(page: Document, anchor: str) -> Element:
    found = page.by_id[anchor]
    assert found.tag == "table"
    return found


def rows(page: Document, anchor: str) -> list[list[str]]:
    """The table as a reader reads it: figures as printed, empty cells empty."""
    return [[figure(cell) for cell in row] for row in grid(table(page, anchor))]


def shown(value: Figure | None) -> str:
    return value.printed if value else ""


# What the site itself adds between the words of the document.
ADDED = {
    *("d-bars", "d-folds", "d-note", "d-notice", "d-source", "d-terms", "d-trail"),
    "d-table__notes",
}


def paragraphs(section: Element) -> list[str]:
    """Paragraphs and items, without the notes that the site itself adds."""
    return [
        e.text()
        for e in section.all("p", "li")
        if not ADDED.intersection(c for around in (e, *e.above()) for c in around.classes)
    ]


def ends_alike(found: list[list[str]], expected: list[list[str]]) -> None:
    """The same rows in the same order; a sub-item may be led by "of which"."""
    assert [row[1:] for row in found] == [row[1:] for row in expected]
    for (label, *_), (name, *_) in zip(found, expected, strict=True):
        assert folded(label).endswith(folded(name)), f"{label!r} is not {name!r}"


# ---- the projects ----------------------------------------------------------------------------


def indicators(book: Book, project: Project, words: Words) -> list[list[str]]:
    expected = []
    for label, group in project.file.indicators.items():
        parent = book.vocabulary.word("indicator_kind", label).parent
        level = book.vocabulary.by_id("indicator_level", parent or "")
        assert level, f"{label} belongs to no level-1 indicator"
        for each in group:
            expected.append(
                [
                    level.zh if words.lang == "zh" else level.en,
                    words.word("indicator_kind", label),
                    words.text(each.name, project.code),
                    words.text(each.description, project.code),
                    words.target(each.target, project.code),
                    words.text(each.basis, project.code),
                ]
            )
    return expected


def test_all_108_indicator_rows_cell_by_cell(
    book: Book, disclosure: Disclosure, words: Words, read: Reader
) -> None:
    counted = 0
    for project in disclosure.projects:
        page = read(f"projects/{project.code}")
        expected = indicators(book, project, words)
        assert rows(page, "indicators-table") == expected, project.code
        counted += len(expected)
    assert counted == 108


def test_indicators_stand_in_merged_cells_under_their_level(
    disclosure: Disclosure, read: Reader, lang: Lang
) -> None:
    kinds = {"zh": ["产出", "效益", "满意度"], "en": ["Output ", "Benefit ", "Satisfaction "]}
    level = [kind + {"zh": "指标", "en": "indicators"}[lang] for kind in kinds[lang]]
    for project in disclosure.projects:
        cells = table(read(f"projects/{project.code}"), "indicators-table").all("th")
        merged = [
            c.text() for c in cells if c["scope"] in ("rowgroup", "row") and c.text() in level
        ]
        assert merged == level, project.code
        spans = [int(c["rowspan"] or 1) for c in cells if c.text() in level]
        assert sum(spans) == 9, project.code


def test_projects(disclosure: Disclosure, words: Words, read: Reader, lang: Lang) -> None:
    assert disclosure.budget
    unit = disclosure.budget.unit
    for project in disclosure.projects:
        file, page = project.file, read(f"projects/{project.code}")
        article = page.article
        assert article.one("h1").text() == words.text(file.name, file.code)
        headline = article.all(cls="d-key")[0].text()
        assert words.amount(file.budget, unit) in headline, file.code
        if lang == "en":
            assert re.search(rf"(?<![\d.]){re.escape(file.budget.printed)}(?![\d.])", headline)
        assert paragraphs(page.section("use")) == [words.text(file.use, file.code)], file.code
        assert file.code in [dd.text() for dd in page.section("facts").all("dd")]
        facts = {f.one("dt").text(): f.all("dd") for f in page.section("amount").all(cls="d-fact")}
        for label, amount in file.sources.items():
            name = words.word("fund_source", label)
            ((value, *_),) = [v for key, v in facts.items() if key.endswith(name)]
            if amount.value is not None:
                assert value.text() == words.amount(amount, unit), (file.code, label)
            else:
                assert not re.search(r"\d", value.text()) and value.text(), (file.code, label)
        steps = page.section("schedule").all(cls="d-step")
        assert [s.one(cls="d-step__figure").text() for s in steps] == [
            shown(share) for share in file.schedule.values()
        ]
        assert [s.one(cls="d-step__period").text() for s in steps] == [
            period(label, lang) for label in file.schedule
        ]
        assert paragraphs(page.section("objectives")) == [
            words.text(objective, file.code) for objective in file.objectives
        ]


def test_the_official_form_holds_every_field_of_the_header(
    disclosure: Disclosure, words: Words, read: Reader, lang: Lang
) -> None:
    """Each label with the value beside it, cell by cell, figures as printed."""
    name = {"zh": "项目名称", "en": "Project name"}[lang]
    code = {"zh": "项目编码", "en": "Project code"}[lang]
    budget = {"zh": "预算数", "en": "Budgeted amount"}[lang]
    use = {"zh": "资金用途", "en": "Use of funds"}[lang]
    of_which = {"zh": "其中：", "en": "of which: "}[lang]
    title = {"zh": "绩效目标", "en": "Performance objectives"}[lang]
    for project in disclosure.projects:
        file = project.file
        form = table(read(f"projects/{project.code}"), "official-table")
        found: dict[str, str] = {}
        objectives: list[str] = []
        for row in form.all("tr"):
            label = ""
            for cell in row.all("th", "td"):
                if cell.tag == "th":
                    label = cell.text()
                elif label in (title, ""):
                    objectives.append(cell.text())
                else:
                    assert label not in found, label
                    found[label] = figure(cell)
        found.pop({"zh": "部门", "en": "Department"}[lang])
        assert found == {
            code: file.code,
            name: words.text(file.name, file.code),
            budget: shown(file.budget),
            **{of_which + words.word("fund_source", k): shown(v) for k, v in file.sources.items()},
            use: words.text(file.use, file.code),
            **{period(label, lang): shown(share) for label, share in file.schedule.items()},
        }
        assert objectives == [words.text(each, file.code) for each in file.objectives]


def test_how_a_project_is_measured_in_short(
    book: Book, disclosure: Disclosure, words: Words, read: Reader, lang: Lang
) -> None:
    """Each indicator by its kind with its target; one in the words of its name is said once."""
    colon = {"zh": "：", "en": ": "}[lang]
    once = 0
    for project in disclosure.projects:
        page = read(f"projects/{project.code}")
        rows = page.section("targets").all(cls="d-fact")
        found = [(f.one("dt").text(), dd.text()) for f in rows for dd in f.all("dd")]
        expected = []
        for label, group in project.file.indicators.items():
            for each in group:
                text = words.text(each.name, project.code)
                if folded(each.target) != folded(each.name):
                    text += colon + words.target(each.target, project.code)
                else:
                    once += 1
                expected.append((words.word("indicator_kind", label), " ".join(text.split())))
        assert found == expected, project.code
    assert once > 5


QUESTIONS = ["amount", "use", "schedule", "measured", "basis", "who", "facts", "official"]


def test_a_project_answers_in_the_order_in_which_one_asks(
    disclosure: Disclosure, read: Reader
) -> None:
    for project in disclosure.projects:
        page = read(f"projects/{project.code}")
        assert [h["id"] for h in page.article.all("h2")] == QUESTIONS, project.code


def test_what_the_targets_rest_on_is_said_once(
    book: Book, disclosure: Disclosure, words: Words, read: Reader
) -> None:
    """What the column says of a document that is linked above it is left to the table."""
    named = 0
    for project in disclosure.projects:
        page = read(f"projects/{project.code}")
        section = page.section("basis")
        said = paragraphs(section)
        assert len(said) == len(set(said)), project.code
        linked = [a.text() for a in section.all("a") if "headerlink" not in a.classes]
        for group in project.file.indicators.values():
            for each in group:
                basis = words.text(each.basis, project.code)
                if folded(each.basis or "") in ("", "无"):
                    assert not basis or basis not in said
                elif basis not in said:
                    assert linked, basis
                else:
                    named += 1
    assert named > 20


def period(label: str, lang: Lang) -> str:
    if lang == "zh":
        return label
    month = re.match(r"(\d+)\s*月底", label)
    assert month
    names = "January February March April May June July August September October November December"
    return f"End of {names.split()[int(month[1]) - 1]}"


def test_project_list(disclosure: Disclosure, words: Words, read: Reader) -> None:
    page = read("projects/index")
    assert rows(page, "projects-table") == [
        [
            str(p.file.order),
            words.text(p.file.name, p.code),
            p.file.budget.printed,
            words.text(p.file.use, p.code),
            p.code,
        ]
        for p in disclosure.projects
    ]
    links = [a for a in table(page, "projects-table").all("a") if "d-term" not in a.classes]
    assert [page.resolve(a["href"])[0].rsplit("/", 1)[-1] for a in links] == [
        f"{p.code}.html" for p in disclosure.projects
    ]


# ---- the figures -----------------------------------------------------------------------------


def test_budget(disclosure: Disclosure, words: Words, read: Reader) -> None:
    budget, page = disclosure.budget, read("summary")
    assert budget and budget.change
    ends_alike(
        rows(page, "revenue-table")[:-1],
        [[words.word("revenue_source", k), v.printed] for k, v in budget.revenue.sources.items()],
    )
    assert len(budget.revenue.sources) == 6
    assert rows(page, "revenue-table")[-1][1] == shown(budget.revenue.total)
    spent = budget.expenditure
    printed = (spent.basic, spent.personnel, spent.non_personnel, spent.projects, spent.total)
    assert [row[1] for row in rows(page, "expenditure-table")] == list(map(shown, printed))
    change, reasons = budget.change, budget.change.reasons
    assert [row[1:] for row in rows(page, "change-table")] == [
        [shown(change.total), words.text(reasons.total)],
        [shown(change.basic), words.text(reasons.basic)],
        [shown(change.projects), words.text(reasons.projects)],
    ]
    assert str(change.since) in table(page, "change-table").text()


def test_highlights_and_their_projects_link_both_ways(
    disclosure: Disclosure, words: Words, read: Reader
) -> None:
    assert disclosure.budget
    page = read("summary")
    highlights = disclosure.budget.highlights
    found = grid(table(page, "highlights-table"))
    assert [[figure(cell) for cell in row[:3]] for row in found] == [
        [words.text(h.name), h.amount.printed, words.text(h.note)] for h in highlights
    ]
    back: dict[str, set[str]] = {}
    for highlight, row in zip(highlights, found, strict=True):
        targets = [page.resolve(a["href"])[0] for a in row[3].all("a")]
        assert targets == [read(f"projects/{code}").url for code in highlight.projects]
        assert words.text(highlight.because) in row[3].text()
        for code in highlight.projects:
            back.setdefault(code, set()).add(f"highlight-{highlight.id}")
    assert len(back) == 4, "the highlight of 500 rests on two projects"
    for project in disclosure.projects:
        own = read(f"projects/{project.code}")
        anchors = {
            anchor
            for a in own.section("facts").all("a")
            for address, anchor in [own.resolve(a["href"])]
            if address == page.url
        }
        assert anchors == back.get(project.code, set()), project.code
        for highlight in highlights:
            if project.code in highlight.projects:
                assert words.text(highlight.because) in own.section("facts").text()


def test_operating_and_three_public(disclosure: Disclosure, words: Words, read: Reader) -> None:
    budget = disclosure.budget
    assert budget and budget.agency_operating and budget.three_public
    for name, kind, part, count in (
        ("operating", "operating_item", budget.agency_operating, 9),
        ("three-public", "three_public_item", budget.three_public, 5),
    ):
        page = read(name)
        found = rows(page, f"{name}-table")
        items = part.items.items()  # type: ignore[attr-defined]
        ends_alike(found[:-1], [[words.word(kind, label), v.printed] for label, v in items])
        assert len(items) == count
        assert found[-1][1] == part.total.printed  # type: ignore[attr-defined]
        total = words.amount(part.total, budget.unit)  # type: ignore[attr-defined]
        assert total in page.article.all("p")[0].text()
    change = budget.three_public.change
    assert change
    (row,) = rows(read("three-public"), "change-table")
    assert row[1:] == [change.total.printed, words.text(change.reason)]


def test_headline_figures(disclosure: Disclosure, words: Words, read: Reader) -> None:
    """38,046,500 and not about 38 million: exact, in both places that show them."""
    budget = disclosure.budget
    assert budget and budget.agency_operating and budget.three_public
    spent = budget.expenditure
    expected = [
        words.amount(f, budget.unit)
        for f in (
            budget.revenue.total,
            spent.total,
            spent.basic,
            spent.projects,
            budget.agency_operating.total,
            budget.three_public.total,
        )
        if f
    ]
    assert expected[0] == ("3804.65万元" if words.lang == "zh" else "CNY 38,046,500")
    for page in (read("index"), read.top("index")):
        shown_here = [e.text() for e in page.article.all(cls="d-key__figure")]
        assert shown_here == expected, page.url


def test_assets(disclosure: Disclosure, words: Words, read: Reader, lang: Lang) -> None:
    file, page = disclosure.assets, read("assets")
    assert file and file.table
    assert [row[1] for row in rows(page, "assets-stated")] == [
        shown(file.fixed_assets),
        shown(file.planned_purchases),
    ]
    ends_alike(
        rows(page, "assets-table"),
        [
            [words.word("asset_item", row.item), shown(row.quantity), shown(row.value)]
            for row in file.table.rows
        ],
    )
    caption = table(page, "assets-table").one("caption").text()
    assert words.text(file.table.name) in caption
    year, month, day = map(int, file.table.as_of.split("-"))
    english = f"{day} {format_date(_date(year, month, day), 'MMMM', locale='en')} {year}"
    assert (file.table.as_of if lang == "zh" else english) in caption
    assert paragraphs(page.article) == body(disclosure.narrative.assets, words)


def _date(year: int, month: int, day: int) -> Any:
    from datetime import date

    return date(year, month, day)


def test_a_blank_is_not_a_zero(disclosure: Disclosure, read: Reader, lang: Lang) -> None:
    """An empty cell of the document is said to be empty, for ears too."""
    assert disclosure.assets and disclosure.assets.table
    said = {"zh": "空", "en": "blank"}[lang]
    body = grid(table(read("assets"), "assets-table"))
    for row, cells in zip(disclosure.assets.table.rows, body, strict=True):
        for value, cell in ((row.quantity, cells[1]), (row.value, cells[2])):
            assert value is not None
            assert (said in cell.text(())) is (value.nothing is Nothing.BLANK), row.item
            assert "0" not in cell.text(()) or value.value is not None


def test_procurement(disclosure: Disclosure, words: Words, read: Reader) -> None:
    file, page = disclosure.procurement, read("procurement")
    assert file and not file.rows
    found = table(page, "procurement-table")
    upper, lower = found.one("thead").all("tr")
    columns = sum(int(c["colspan"] or 1) for c in upper.all("th"))
    leaves = len(lower.all("th")) + sum(c["rowspan"] == "2" for c in upper.all("th"))
    assert columns == leaves == 14
    (((empty, *_)),) = [row for row in grid(found)]
    assert empty["colspan"] == "14" and empty.text()
    notes = [note.text() for note in page.article.one(cls="d-table__notes").all("p")]
    assert notes == [words.text(note) for note in (*file.notes, file.empty_note)]
    assert words.text(file.name) in found.one("caption").text()
    assert {"万元": {"zh": "万元", "en": "CNY 10,000"}}[file.unit][words.lang] in found.one(
        "caption"
    ).text()
    header = disclosure.header.department
    assert words.text(header.name) in page.article.text()
    assert str(header.code) in page.article.text()


# ---- the texts -------------------------------------------------------------------------------


def body(blocks: tuple[TextBlock, ...], words: Words) -> list[str]:
    return [words.text(t) for block in blocks for t in (*block.paragraphs, *block.items)]


def test_duties_and_institutions(disclosure: Disclosure, words: Words, read: Reader) -> None:
    page, header = read("duties"), disclosure.header
    for division in header.divisions:
        section = page.section(division.id)
        assert section.one("h3").text() == words.text(division.name)
        assert paragraphs(section) == [words.text(duty) for duty in division.duties]
    order = [e["id"] for e in page.section("divisions").all("h3")]
    assert order == [division.id for division in header.divisions]
    assert rows(page, "institutions-table") == [
        [
            words.text(row.name),
            words.text(row.nature),
            words.text(row.rank),
            words.text(row.funding),
        ]
        for row in header.institutions
    ]
    linked = [page.resolve(a["href"]) for a in page.section("legal-basis").one("ul").all("a")]
    assert linked == [(read.top(f"policies/{policy}").url, "") for policy in header.legal_basis]


def test_narrative(disclosure: Disclosure, words: Words, read: Reader) -> None:
    text, page = disclosure.narrative, read("summary")
    for anchor, blocks in (
        ("principle", text.overview.principle),
        ("revenue", text.overview.revenue),
        ("expenditure", text.overview.expenditure),
    ):
        assert blocks and paragraphs(page.section(anchor)) == body(blocks, words)
    assert paragraphs(read("index").section("introduction")) == body(text.introduction, words)
    assert text.other_matters
    assert paragraphs(read("other").article) == body(text.other_matters, words)


def test_goals_and_their_divisions_link_both_ways(
    disclosure: Disclosure, words: Words, read: Reader
) -> None:
    page, text = read("performance"), disclosure.narrative.performance
    assert text
    for anchor, blocks in (
        ("overall", text.overall),
        ("goals", text.divisions),
        ("safeguards", text.safeguards),
    ):
        section = page.section(anchor)
        assert paragraphs(section) == body(blocks, words)
        headings = [h.text() for h in section.all("h3")]
        assert headings == [words.text(b.heading) for b in blocks if b.heading]
        for block in blocks:
            if not block.division:
                continue
            own = page.section(f"{anchor}-{block.division}")
            targets = [page.resolve(a["href"]) for a in own.one("p", cls="d-note").all("a")]
            assert (read("duties").url, block.division) in targets
            if block.because:
                assert words.text(block.because) in own.one("p", cls="d-note").text()
    duties = read("duties")
    for block in text.divisions:
        if block.division:
            back = [duties.resolve(a["href"]) for a in duties.section(block.division).all("a")]
            assert (page.url, f"goals-{block.division}") in back


def test_a_part_of_which_only_the_heading_is_printed_says_so(
    disclosure: Disclosure, read: Reader
) -> None:
    assert disclosure.narrative.special_funds == ()
    assert read("special-funds").article.one(cls="d-notice").text()


def test_the_parts_come_in_printed_order(read: Reader, lang: Lang) -> None:
    page = read("index")
    targets = [
        page.resolve(a["href"])[0] for a in page.section("parts").all("a", cls="d-card__title")
    ]
    names = "duties summary operating three-public performance special-funds projects/index"
    expected = [read(name).url for name in names.split()]
    expected += [read(name).url for name in ("procurement", "assets")]
    assert targets == [*expected, read.top("glossary").url, read("other").url]


def test_the_print_page_holds_everything(
    book: Book, disclosure: Disclosure, words: Words, read: Reader
) -> None:
    said = folded(read("print").article.text())
    for project in disclosure.projects:
        for row in indicators(book, project, words):
            assert folded("".join(row[2:])) in said, project.code
    for name in ("summary", "operating", "three-public", "assets", "duties", "performance"):
        for element in read(name).article.all("li", "tr"):
            # Charts repeat a table.
            if {"d-folds", "d-bars"} & {c for a in element.above() for c in a.classes}:
                continue
            assert folded(element.text()) in said, f"{name}: {element.text()[:60]}"


# ---- terms and documents ---------------------------------------------------------------------


def test_glossary(book: Book, read: Reader, lang: Lang) -> None:
    page = read.top("glossary")
    numbered = sorted((t for t in book.glossary if t.number), key=lambda t: t.number or 0)
    assert [h["id"] for h in page.section("official-terms").all("h3")] == [t.id for t in numbered]
    assert [t.number for t in numbered] == list(range(1, 11))
    others = [t for t in book.glossary if not t.number]
    assert [h["id"] for h in page.section("own-terms").all("h3")] == [t.id for t in others]
    for term in book.glossary:
        section = page.section(term.id)
        name, other = (term.zh, term.en) if lang == "zh" else (term.en, term.zh)
        assert section.one("h3").text().casefold() == name.casefold()
        said = [e.text() for e in section.all("p", "dd")]
        assert (
            " ".join((term.definition.zh if lang == "zh" else term.definition.en).split()) in said
        )
        assert other in said
        if term.basis:
            assert (term.basis.zh if lang == "zh" else term.basis.en) in said
        for alias in term.aliases.zh if lang == "zh" else term.aliases.en:
            assert alias in section.text(), alias
        mark = section.one(cls="d-mark").text()
        own = {"zh": "编者补充", "en": "Added by the editors"}[lang]
        assert (folded(own) in folded(mark)) is (term.number is None), mark
        assert term.number is None or str(term.number) in mark


def test_a_term_and_the_pages_that_use_it_link_both_ways(
    pages: Pages, book: Book, lang: Lang, read: Reader
) -> None:
    used: dict[str, set[str]] = {term.id: set() for term in book.glossary}
    for page in pages.values():
        if page.lang != lang:
            continue
        for mark in page.root.all("a", cls="d-term"):
            own = read.top(f"glossary/{mark['data-term']}")
            assert page.resolve(mark["href"]) == (own.url, ""), page.url
            used[mark["data-term"]].add(page.url)
    listed = {term.id: users(read.top(f"glossary/{term.id}")) for term in book.glossary}
    folder = f"{read.prefix}{read.folder}"
    # These repeat other pages, offer files or explain the site.
    aside = {f"{folder}/{name}.html" for name in ("print", "downloads", "completeness")}
    aside |= {read.top(name).url for name in ("glossary", "guide", "accessibility")}
    lists = tuple(f"{read.prefix}{name}/" for name in ("glossary", "policies"))
    for term, urls in used.items():
        assert {url for url in urls - aside if not url.startswith(lists)} == listed[term], term
    assert sum(bool(urls) for urls in listed.values()) > 15


def users(page: Document) -> set[str]:
    """The pages that the page of a term lists; its search is another page’s."""
    return {
        page.resolve(a["href"])[0]
        for a in page.section("uses").all("a")
        if "headerlink" not in a.classes and not a["href"].startswith("#") and "?" not in a["href"]
        if "d-term" not in a.classes
    }


def test_the_glossary_leads_to_the_page_of_each_term(book: Book, read: Reader, lang: Lang) -> None:
    glossary = read.top("glossary")
    for term in book.glossary:
        page = read.top(f"glossary/{term.id}")
        entry = [glossary.resolve(a["href"])[0] for a in glossary.section(term.id).all("a")]
        assert page.url in entry
        name, definition = term.name(lang), term.definition[lang]
        assert page.root.one("h1").text().casefold() == name.casefold()
        assert " ".join(definition.split()) in page.article.text()
        assert (glossary.url, term.id) in [page.resolve(a["href"]) for a in page.root.all("a")]


def test_a_term_is_marked_once_in_a_section(pages: Pages, lang: Lang) -> None:
    for page in pages.values():
        if page.lang != lang:
            continue
        for section in page.root.all("section", cls="d-section--2"):
            marks = [a["data-term"] for a in section.all("a", cls="d-term")]
            assert len(marks) == len(set(marks)), f"{page.url}#{section['aria-labelledby']}"


def test_a_term_is_explained_on_the_page_that_uses_it(pages: Pages, book: Book, lang: Lang) -> None:
    by_id = {term.id: term for term in book.glossary}
    for page in pages.values():
        if page.lang != lang or page.url.endswith("/print.html"):
            continue
        marked = {a["data-term"] for a in page.root.all("a", cls="d-term")}
        templates = {t["data-term"]: t for t in page.root.all("template")}
        assert marked <= set(templates), page.url
        for id, template in templates.items():
            definition = by_id[id].definition
            assert definition[lang] in template.raw_text()


def test_policies(book: Book, read: Reader, lang: Lang) -> None:
    index = read.top("policies")
    shown_rows = table(index, "policies-table").one("tbody").all("tr")
    assert [row["id"] for row in shown_rows] == [policy.id for policy in book.policies]
    for policy, row in zip(book.policies, shown_rows, strict=True):
        page = read.top(f"policies/{policy.id}")
        assert index.resolve(row.one("a")["href"]) == (page.url, "")
        assert page.root.one("h1").text() == policy.name(lang) == row.one("th").text()
        said = page.article.text()
        for value in (policy.number, policy.title, policy.issuer):
            if value:
                assert value[lang] in said, policy.id
        for value in (policy.number, policy.title):
            assert value is None or value.zh in said, f"{policy.id}: the Chinese is kept"
        assert policy.date is None or policy.date in said


def test_a_document_and_its_projects_link_both_ways(
    book: Book, disclosure: Disclosure, read: Reader, lang: Lang
) -> None:
    """Who cites what is worked out from the printed text, number, title or form of citation."""
    cited = 0
    for policy in book.policies:
        page = read.top(f"policies/{policy.id}")
        forms = [f.zh for f in (policy.number, policy.title) if f] + list(policy.cited_as)
        expected: dict[str, Figure] = {}
        for project in disclosure.projects:
            text = folded("\n".join(strings(project.file)))
            if any(folded(form) in text for form in forms):
                expected[read(f"projects/{project.code}").url] = project.file.budget
        listed = [page.resolve(a["href"])[0] for a in page.article.all("a")]
        assert {url for url in listed if "/projects/" in url} == set(expected), policy.id
        assert (read("index").url in listed) is (policy.id in disclosure.header.legal_basis)
        for url in expected:
            own = read.pages[url]
            back = [own.resolve(a["href"]) for a in own.section("basis").all("a")]
            assert (page.url, "") in back, url
        if expected:
            amounts = [row[-1] for row in rows(page, "projects-table")]
            printed = [figure.printed for figure in expected.values()]
            added = [str(sum(Decimal(text) for text in printed))] if len(expected) > 1 else []
            assert sorted(amounts[: len(expected)]) == sorted(printed), policy.id
            assert amounts[len(expected) :] == added, policy.id
        cited += len(expected)
    assert cited >= 8


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from strings(getattr(value, name))


# ---- nothing is left out ---------------------------------------------------------------------


def free_texts(model: Model) -> Iterator[str]:
    """Every text of a model that is translated, however deep: found by the model's own types."""
    for name, field in type(model).model_fields.items():
        yield from _of(getattr(model, name), field)


def _of(value: Any, field: FieldInfo) -> Iterator[str]:
    if isinstance(value, Model):
        yield from free_texts(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _of(item, field)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _of(item, field)
    elif isinstance(value, str) and value and "FreeText" in repr(field):
        yield value


def test_no_text_of_the_data_is_left_out(
    pages: Pages, disclosure: Disclosure, words: Words, lang: Lang
) -> None:
    """Whatever is added to the models must also be added to a page."""
    everywhere = "\0".join(folded(p.article.text()) for p in pages.values() if p.lang == lang)
    footer = folded(next(p for p in pages.values() if p.lang == lang).root.one("footer").text())
    files: list[tuple[Model, str]] = [(disclosure.header, ""), (disclosure.narrative, "")]
    files += [(f, "") for f in (disclosure.budget, disclosure.procurement, disclosure.assets) if f]
    files += [(project.file, project.code) for project in disclosure.projects]
    counted = 0
    for model, context in files:
        for zh in free_texts(model):
            counted += 1
            if model is not disclosure.header or zh != disclosure.header.title:
                target = words.target(zh, context)
                assert folded(target) in everywhere, f"{zh} → {target}"
            else:
                assert folded(words.text(zh)) in footer, "the title of the document"
    assert counted > 500


def test_no_bilingual_text_is_left_out(pages: Pages, book: Book, lang: Lang) -> None:
    said = "\0".join(
        folded(p.article.text() + p.root.one("footer").text() + p.head.one("title").raw_text())
        + folded(" ".join(m["content"] for m in p.head.all("meta")))
        for p in pages.values()
        if p.lang == lang
    )
    texts = [t for model in (book.site, *book.glossary, *book.policies) for t in bilinguals(model)]
    assert len(texts) > 60
    for text in texts:
        assert folded(text[lang]) in said, text[lang]


def bilinguals(value: Any) -> Iterator[Bilingual]:
    if isinstance(value, Bilingual):
        yield value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from bilinguals(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from bilinguals(item)
