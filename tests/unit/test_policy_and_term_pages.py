"""The page of a policy document and of a term: sums, what is counted, what a term names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.conftest import SMALLEST, SmallBook

from disclosure.book import Book, Department, Disclosure, Project, load_book
from disclosure.model.fields import LANGS, AmountUnit, Figure, Lang, Nothing
from disclosure.model.glossary import Term
from disclosure.model.policy import Policy
from disclosure.site.blocks import Amount, Block, Page, Row, Section, Table, line_text
from disclosure.site.edition import Edition, part_page
from disclosure.site.followed import MOST as ROWS
from disclosure.site.followed import Courses, Found, Period
from disclosure.site.marking import MarkedPage
from disclosure.site.named_figures import named_figures
from disclosure.site.render import render_page
from disclosure.site.routes import Kind, PageId, Part, Target, href
from disclosure.site.views.gathered import COLUMNS
from disclosure.site.views.policies import policies, policy_pages
from disclosure.site.views.terms import term_pages

BOOK = load_book(SMALLEST)
(DISCLOSURE,) = BOOK.disclosures
CITED = "虚构〔2020〕1号文件"
POLICY = Policy.model_validate(
    {"id": "paper", "title": {"zh": CITED, "en": "Paper no. 1"}, "kind": "notice"}
)
YUAN = {"万元": 10_000, "元": 1}


class Given(NamedTuple):
    """A project of a made-up book. ``amount`` is empty for a blank."""

    department: int
    year: int
    final: bool
    code: int
    amount: str
    cites: bool
    continues: int | None = None


def amounts() -> st.SearchStrategy[str]:
    return st.one_of(
        st.just(""),
        st.just("不适用"),
        st.decimals(-50, 10**9, places=2).map(str),
        st.integers(0, 10**6).map(str),
    )


def projects(most: int = 30) -> st.SearchStrategy[list[Given]]:
    one = st.builds(
        Given,
        st.integers(0, 2),
        st.integers(2018, 2026),
        st.booleans(),
        st.integers(0, 8),
        amounts(),
        st.booleans(),
        st.none() | st.integers(0, 8),
    )
    return st.lists(one, max_size=most, unique_by=lambda each: each[:4])


def made(given: Iterable[Given], units: Sequence[AmountUnit] = ("万元", "元", "万元")) -> Book:
    """A book of these projects; each department prints its amounts in one unit."""
    found: dict[int, dict[tuple[int, bool], list[Given]]] = {}
    for each in given:
        slot = found.setdefault(each.department, {}).setdefault((each.year, each.final), [])
        slot.append(each)
    assert DISCLOSURE.budget is not None
    departments = []
    for number, slots in sorted(found.items()):
        budget = DISCLOSURE.budget.model_copy(update={"unit": units[number]})
        disclosures = tuple(
            replace(
                DISCLOSURE,
                department=f"d{number}",
                header=DISCLOSURE.header.model_copy(
                    update={"year": year, "kind": "final" if final else "budget"}
                ),
                budget=budget,
                projects=tuple(project(each) for each in slots[year, final]),
            )
            for year, final in sorted(slots, reverse=True)
        )
        file = BOOK.departments[0].file.model_copy(update={"slug": f"d{number}"})
        departments.append(Department(file, disclosures))
    return replace(BOOK, departments=tuple(departments), policies=(POLICY,))


def project(given: Given) -> Project:
    first = DISCLOSURE.projects[0]
    figure = Figure(given.amount, Decimal(given.amount)) if given.amount[-1:].isdigit() else None
    nothing = Nothing.NOT_APPLICABLE if given.amount else Nothing.BLANK
    file = first.file.model_copy(
        update={
            "code": f"C{given.code}",
            "name": f"项目{given.code}",
            "use": CITED if given.cites else "其他",
            "budget": figure or Figure(given.amount, nothing=nothing),
            "continues": None if given.continues is None else f"C{given.continues}",
        }
    )
    return replace(first, file=file)


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Section):
            yield from tables(block.blocks)


def table(page: Page, anchor: str) -> Table | None:
    return next((each for each in tables(page.blocks) if each.anchor == anchor), None)


def yuan_of(row: Row) -> list[Decimal | None]:
    """The amounts of a row in yuan; None where there is none."""
    return [
        next((part.yuan for part in cell.line if isinstance(part, Amount)), None)
        for cell in row.cells[1:]
    ]


def added(rows: Iterable[list[Decimal | None]]) -> list[Decimal | None]:
    """The columns of ``rows`` added up; a column without an amount adds up to nothing."""
    columns = zip(*rows, strict=True)
    return [
        sum(known, Decimal(0)) if (known := [each for each in column if each is not None]) else None
        for column in columns
    ]


def page_of(book: Book, lang: Lang = "zh") -> Page:
    (page,) = policy_pages(Edition(book, lang))
    return page


def counted(given: Sequence[Given]) -> dict[Period, list[Decimal | None]]:
    """The amounts of the projects that cite the document, straight from what is given."""
    found: dict[Period, list[Decimal | None]] = {}
    for each in given:
        if each.cites:
            unit = YUAN["元" if each.department == 1 else "万元"]
            value = Decimal(each.amount) * unit if each.amount[-1:].isdigit() else None
            period = Period(each.year, "final" if each.final else "budget")
            found.setdefault(period, []).append(value)
    return {period: found[period] for period in sorted(found)}


@given(projects())
@settings(max_examples=60)
def test_the_sums_are_those_of_the_rows_and_nothing_is_lost(given: list[Given]) -> None:
    page = page_of(made(given))
    expected = counted(given)
    listed = table(page, "projects-table")
    citing = sum(map(len, expected.values()))
    assert (listed is None) is (citing == 0)
    if listed is None:
        return
    shown = [*expected][-COLUMNS:]
    several = len({each.department for each in given if each.cites}) > 1
    named = {line_text(row.cells[0].line): row for row in listed.rows}
    total = next((row for row in listed.rows if row.style == "total"), None)
    others = next((row for name, row in named.items() if name.startswith("没有列出")), None)
    rows = [row for row in listed.rows if row not in (total, others)]
    assert len(rows) <= ROWS
    skipped = 1 if several else 0
    # Each project that cites it stands in one cell, or is counted among the others.
    cells = [cell for row in rows for cell in row.cells[1 + skipped :] if cell.absence != "absent"]
    count = int(re.findall(r"\d+", line_text(others.cells[0].line))[0]) if others else 0
    assert len(cells) + count == citing
    sums = [
        sum(known, Decimal(0)) if (known := [v for v in expected[p] if v is not None]) else None
        for p in shown
    ]
    if total:
        assert yuan_of(total)[skipped:] == sums
        everything = [*rows, *([others] if others else [])]
        assert added([yuan_of(row)[skipped:] for row in everything]) == sums
    else:
        assert citing == 1
    without = sum(value is None for values in expected.values() for value in values)
    notes = " ".join(map(line_text, listed.notes))
    assert (f"有{without}处没有印出金额" in notes) is (without > 0)


@given(projects())
@settings(max_examples=40)
def test_every_year_adds_up_alone(given: list[Given]) -> None:
    years = table(page_of(made(given)), "by-year-table")
    expected = counted(given)
    assert (years is None) is (len(expected) < 2)
    if years is None:
        return
    for row, values in zip(years.rows, expected.values(), strict=True):
        known = [value for value in values if value is not None]
        assert yuan_of(row)[-1] == (sum(known, Decimal(0)) if known else None)
        assert line_text(row.cells[-2].line) == str(len(values))


@given(projects(), st.sampled_from(LANGS))
@settings(max_examples=30)
def test_an_amount_is_printed_as_what_it_is(given: list[Given], lang: Lang) -> None:
    """The digits of a cell times the unit of the caption are its exact yuan."""
    for found in tables(page_of(made(given), lang).blocks):
        factor = 10_000 if "万元" in found.unit or "10,000" in found.unit else 1
        for row in found.rows:
            for cell in row.cells:
                for part in cell.line:
                    if isinstance(part, Amount):
                        digits = part.text.replace(",", "").replace("−", "-")
                        assert Decimal(digits) * factor == part.yuan


def same_project(book: Book, disclosure: Disclosure, project: Project) -> list[Found]:
    """Written once more: codes are joined until nothing changes."""
    others = [each for each in book.disclosures if each.department == disclosure.department]
    links = [(p.code, p.file.continues) for d in others for p in d.projects if p.file.continues]
    codes, before = {project.code}, 0
    while len(codes) > before:
        before = len(codes)
        codes |= {b for a, b in links if a in codes if b} | {a for a, b in links if b in codes}
    return [(d, p) for d in others for p in d.projects if p.code in codes]


@given(projects(20))
@settings(max_examples=60)
def test_a_project_is_followed_under_all_its_codes(given: list[Given]) -> None:
    book = made(given)
    courses = Courses.of(book)
    every = [(d, p) for d in book.disclosures for p in d.projects]
    for disclosure, own in every:
        assert list(courses.history(disclosure, own)) == same_project(book, disclosure, own)
    gathered = [found for each in courses.gathered(every) for found in each.periods.values()]
    assert sorted(map(key, gathered)) == sorted(map(key, every))
    for course in courses.gathered(every):
        firsts = {courses.first(*found) for found in course.periods.values()}
        assert len(firsts) == 1
        assert all(Period.of(d) == period for period, (d, _) in course.periods.items())


def key(found: Found) -> tuple[str, str, str]:
    return found[0].department, found[0].slug, found[1].code


def many(count: int, years: int = 1) -> Book:
    return made(
        Given(number % 3, 2020 + year, False, number, str(1 + number), True)
        for year in range(years)
        for number in range(count)
    )


def test_a_page_is_bounded_and_leads_to_the_rest() -> None:
    sizes = {}
    for count in (ROWS + 5, 300):
        book = many(count, years=8)
        edition = Edition(book, "zh")
        (page,) = policy_pages(edition)
        listed = table(page, "projects-table")
        assert listed is not None and len(listed.rows) == ROWS + 2
        each = Decimal(sum((n + 1) * (1 if n % 3 == 1 else 10_000) for n in range(count)))
        assert yuan_of(listed.rows[-1])[1:] == [each] * COLUMNS
        assert added([yuan_of(row)[1:] for row in listed.rows[:-1]]) == [each] * COLUMNS
        html = render_page(MarkedPage(page, ()), edition).html
        assert f"没有列出的{count * 8 - ROWS * COLUMNS}处" in html
        assert "projects/index.html?kind=policy-paper" in html
        assert "只列到2023年预算" in html
        sizes[count] = len(html)
    assert abs(sizes[300] - sizes[ROWS + 5]) < 0.02 * sizes[300]


def test_a_document_that_nobody_cites_says_so() -> None:
    page = page_of(made([Given(0, 2024, False, 1, "1", False)]))
    html = render_page(MarkedPage(page, ()), Edition(BOOK, "zh")).html
    assert "没有项目写到这份文件" in html
    assert table(page, "projects-table") is None


def test_the_list_keeps_its_anchors_and_tells_the_newest_year() -> None:
    book = made([Given(0, 2023, False, 1, "5", True), Given(0, 2024, False, 1, "7.50", True)])
    for lang, said in (("zh", "2024年预算：1个项目，合计7.50万元"), ("en", "CNY 75,000")):
        edition = Edition(book, lang)  # type: ignore[arg-type]
        html = render_page(MarkedPage(policies(edition), ()), edition).html
        assert '<tr id="paper"' in html and "policies/paper.html" in html
        assert said in re.sub(r"<[^>]+>", "", html)


# ---- terms -----------------------------------------------------------------------------------


def term(zh: str, *aliases: str) -> Term:
    definition = {"zh": "释义。", "en": "A definition."}
    return Term.model_validate(
        {"id": "t", "zh": zh, "en": "word", "definition": definition, "aliases": {"zh": aliases}}
    )


@pytest.mark.parametrize(
    ("words", "part", "label"),
    [
        (("基本支出",), Part.SUMMARY, "基本支出"),
        (("三公经费",), Part.THREE_PUBLIC, "“三公”经费"),
        (("“三公”经费",), Part.THREE_PUBLIC, "“三公”经费"),
        (("机关费用", "机关运行经费"), Part.OPERATING, "机关运行经费"),
        (("政府采购",), Part.PROCUREMENT, "政府采购总额"),
        (("固定资产",), Part.ASSETS, "上年末固定资产金额"),
        (("单位资金收入",), Part.SUMMARY, "单位资金收入"),
        (("办公费",), Part.OPERATING, "办公费"),
    ],
)
def test_a_term_names_a_figure_by_its_words(words: tuple[str, ...], part: Part, label: str) -> None:
    (figure,) = named_figures(term(*words), BOOK.vocabulary)
    assert (figure.part, figure.label("zh")) == (part, label)


def test_a_term_of_other_words_names_nothing() -> None:
    for words in ("清洁取暖", "支出", "基本", "本年基本支出情况"):
        assert named_figures(term(words), BOOK.vocabulary) == ()


def test_the_real_terms_show_their_figures(real_book: Book) -> None:
    """Every figure of a term page is the printed one, in both languages."""
    (disclosure,) = real_book.disclosures
    budget = disclosure.budget
    assert budget is not None and budget.agency_operating and budget.three_public
    expected = {
        "basic-expenditure": budget.expenditure.basic,
        "project-expenditure": budget.expenditure.projects,
        "agency-operating-expenses": budget.agency_operating.total,
        "three-public-expenses": budget.three_public.total,
        "fixed-assets": disclosure.assets.fixed_assets if disclosure.assets else None,
    }
    for lang in LANGS:
        pages = {page.id.item: page for page in term_pages(Edition(real_book, lang), {})}
        assert set(pages) == {each.id for each in real_book.glossary}
        for id, figure in expected.items():
            found = table(pages[id], "figures-table-1")
            assert found is not None and figure is not None
            (row,) = found.rows
            assert [line_text(cell.line) for cell in row.cells[1:]] == [figure.printed], id
        assert table(pages["briquettes"], "figures-table-1") is None


def test_figures_stand_side_by_side_over_the_years(small_book: SmallBook) -> None:
    book = made([Given(0, year, False, 1, "1", False) for year in range(2018, 2026)])
    book = replace(book, glossary=(term("项目支出"),))
    (page,) = term_pages(Edition(book, "zh"), {})
    found = table(page, "figures-table-1")
    assert found is not None and found.labels == (
        "",
        *(f"{year}年预算" for year in range(2026 - COLUMNS, 2026)),
    )
    assert any("更早的年度" in line_text(note) for note in found.notes)


def test_pages_follow_one_another_and_lead_back(real_book: Book) -> None:
    for lang in LANGS:
        edition = Edition(real_book, lang)
        for pages, above in (
            (term_pages(edition, {}), Kind.GLOSSARY),
            (policy_pages(edition), Kind.POLICIES),
        ):
            assert len(pages) > 10
            assert pages[0].previous is None and pages[-1].next is None
            for one, other in itertools.pairwise(pages):
                assert one.next and one.next.target.page == other.id
                assert other.previous and other.previous.target.page == one.id
            for page in pages:
                assert page.eyebrow[-1].target == Target(PageId(above), page.id.item)


def test_an_address_can_ask_a_page_for_something() -> None:
    asked = Target(PageId(Kind.HOME), query=(("q", "“三公” 经费&"),))
    found = href(asked, "en/glossary/t.html", "en")
    assert found == "../index.html?q=%E2%80%9C%E4%B8%89%E5%85%AC%E2%80%9D+%E7%BB%8F%E8%B4%B9%26"
    listed = Target(part_page(DISCLOSURE, Part.PROJECTS), "list", query=(("kind", "new"),))
    assert href(listed, "index.html", "zh").endswith("projects/index.html?kind=new#list")


def test_a_site_without_terms_and_documents_has_no_pages_of_them() -> None:
    book = load_book(SMALLEST)
    bare = replace(book, glossary=(), policies=())
    edition = Edition(bare, "zh")
    assert term_pages(edition, {}) == policy_pages(edition) == ()
