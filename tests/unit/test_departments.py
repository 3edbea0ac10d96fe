"""Sixty departments and five years: what stands on the pages that list them, and their weight."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.conftest import SMALLEST

from disclosure.book import Book, Department, Disclosure, load_book
from disclosure.language.initials import NONE, initial, order, shared_beginning
from disclosure.language.numbers import plain
from disclosure.model.fields import LANGS, Figure, Lang
from disclosure.site.blocks import Items, Link, Page, Section, Table, line_text, sections
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage
from disclosure.site.render import render_page
from disclosure.site.routes import Kind, PageId
from disclosure.site.views.departments import MANY, year_page, year_pages
from disclosure.site.views.home import home

BOOK = load_book(SMALLEST)
(DISCLOSURE,) = BOOK.disclosures
assert DISCLOSURE.budget
# First characters in the order of their pinyin, none of them rare.
FIRST = "安办残财城党档发法妇改公广国海红环机纪检交教经科劳林旅民农气青人融商审市"
LIMIT = 15_000
"""Bytes of a page as it is sent (gzip), of which the frame around it takes some."""
FRAME = 8_000


def disclosure(slug: str, name: str, year: int, final: bool, total: Decimal) -> Disclosure:
    budget = DISCLOSURE.budget
    assert budget
    figure = Figure(f"{total}", total)
    return replace(
        DISCLOSURE,
        department=slug,
        header=DISCLOSURE.header.model_copy(
            update={
                "year": year,
                "kind": "final" if final else "budget",
                "department": DISCLOSURE.header.department.model_copy(update={"name": name}),
            }
        ),
        budget=budget.model_copy(
            update={"expenditure": budget.expenditure.model_copy(update={"total": figure})}
        ),
        projects=(),
    )


def department(number: int, years: int, **file: object) -> Department:
    slug = f"d{number}"
    name = f"示例县{FIRST[number % len(FIRST)]}{FIRST[number * 7 % len(FIRST)]}局"
    periods = [(2025 - back, final) for back in range(years) for final in (True, False)]
    return Department(
        BOOK.departments[0].file.model_copy(update={"slug": slug, **file}),
        tuple(
            disclosure(slug, name, year, final, Decimal(number * 1000 + year) / 100)
            for year, final in periods
        ),
    )


def book(departments: int, years: int = 5) -> Book:
    return replace(BOOK, departments=tuple(department(n, years) for n in range(departments)))


@pytest.fixture(scope="module")
def county() -> Book:
    return book(60)


def table(page: Page) -> Table:
    (found,) = (
        block for part in sections(page.blocks) for block in part.blocks if isinstance(block, Table)
    )
    return found


def rows_of_links(page: Page) -> Iterator[Items]:
    for part in sections(page.blocks):
        yield from (block for block in part.blocks if isinstance(block, Items) and block.row)


def html(page: Page, edition: Edition) -> str:
    return str(render_page(MarkedPage(page, ()), edition).html)


def sent(page: Page, edition: Edition) -> int:
    return len(gzip.compress(html(page, edition).encode(), 6, mtime=0))


@pytest.mark.parametrize("lang", LANGS)
def test_the_home_page_of_a_county_is_small_and_has_every_department(
    county: Book, lang: Lang
) -> None:
    edition = Edition(county, lang)
    page = home(edition)
    assert sent(page, edition) <= LIMIT - FRAME
    rows = table(page).rows
    assert {row.anchor for row in rows} == {f"department-d{n}" for n in range(60)}
    letters = [line_text(row.cells[0].line) for row in rows]
    # The made-up names have no English: they are all listed under the same letter there.
    assert letters == sorted(letters) and (lang == "en" or len(set(letters)) > 10)
    for row in rows:
        number = int(row.anchor.removeprefix("department-d"))
        _, name, total, newest = row.cells
        assert isinstance(name.line[0], Link) and isinstance(newest.line[0], Link)
        assert name.line[0].target.page == PageId(Kind.DEPARTMENT, f"d{number}")
        # Ten disclosures each: the accounts of the newest year are the newest.
        assert newest.line[0].target.page == PageId(Kind.OVERVIEW, f"d{number}", "2025-final")
        assert line_text(total.line) == plain(Decimal(number * 1000 + 2025) / 100)
    years, jumps = rows_of_links(page)
    assert [line_text(line) for line in years.lines] == ["2025", "2024", "2023", "2022", "2021"]
    assert [line_text(line) for line in jumps.lines] == sorted(set(letters))
    for line in jumps.lines:
        (link,) = line
        assert isinstance(link, Link)
        first = next(row for row in rows if line_text(row.cells[0].line) == line_text(line))
        assert link.target.anchor == first.anchor


@pytest.mark.parametrize("lang", LANGS)
def test_a_year_has_a_page_with_every_department_of_it(county: Book, lang: Lang) -> None:
    late = replace(county.departments[7], disclosures=county.departments[7].disclosures[:2])
    some = replace(county, departments=(*county.departments[:7], late, *county.departments[8:]))
    edition = Edition(some, lang)
    pages = {page.id: page for page in year_pages(edition)}
    assert list(pages) == [year_page(year) for year in (2025, 2024, 2023, 2022, 2021)]
    for year in (2025, 2021):
        page = pages[year_page(year)]
        assert page.url.endswith(f"years/{year}.html")
        assert sent(page, edition) <= LIMIT - FRAME
        rows = table(page).rows
        assert len(rows) == (60 if year == 2025 else 59)
        for row in rows:
            slug = row.anchor.removeprefix("department-")
            for cell, kind in zip(row.cells[2:], ("budget", "final"), strict=True):
                (link,) = cell.line
                assert isinstance(link, Link)
                assert link.target.page == PageId(Kind.OVERVIEW, slug, f"{year}-{kind}")


def test_few_departments_are_shown_with_all_their_disclosures() -> None:
    few, many = Edition(book(MANY, 1), "zh"), Edition(book(MANY + 1, 1), "zh")
    assert not year_pages(few) and year_pages(many)
    assert "d-shelves" in html(home(few), few) and "<table" not in html(home(few), few)
    assert "d-shelves" not in html(home(many), many) and "<table" in html(home(many), many)


def test_the_editors_correct_a_letter_and_tell_kinds_apart() -> None:
    many = [department(n, 1, kind="government") for n in range(MANY)]
    other = department(MANY, 1, kind="mass", initial="C")
    edition = Edition(replace(BOOK, departments=(*many, other)), "zh")
    found = table(home(edition))
    row = next(row for row in found.rows if row.anchor == f"department-d{MANY}")
    assert line_text(row.cells[0].line) == "C" and row.kinds == ("mass",)
    assert line_text(row.cells[-1].line) == "2025年决算 · 群团组织"
    assert found.filter is not None
    ((_, choices),) = found.filter.kinds
    assert [(each.value, each.label) for each in choices] == [
        ("government", f"政府部门（{MANY}）"),
        ("mass", "群团组织（1）"),
    ]


def test_a_department_that_was_followed_leads_to_the_next() -> None:
    merged = department(0, 1, successors=("d1",))
    others = [department(n, 1) for n in range(1, MANY + 1)]
    edition = Edition(replace(BOOK, departments=(merged, *others)), "zh")
    row = next(row for row in table(home(edition)).rows if row.anchor == "department-d0")
    last = row.cells[3].line[-1]
    assert isinstance(last, Link) and last.target.page == PageId(Kind.DEPARTMENT, "d1")


def test_letters_of_pinyin() -> None:
    names = "阿坝 北京 财政 党校 鄂州 发改 公安 海关 教育 科技 林业 民政 农业"
    assert "".join(map(initial, names.split())) == "ABCDEFGHJKLMN"
    names = "欧洲 平安 气象 人大 审计 统计 卫健 信访 应急 总工会"
    assert "".join(map(initial, names.split())) == "OPQRSTWXYZ"
    assert initial("座") == "Z" and initial("啊") == "A"
    assert initial("“三公”办") == "S" and initial("education") == "E"
    # Of the second level (by radicals), beyond the standard, a digit, nothing at all.
    assert {initial(name) for name in ("亳州", "㐀", "119中心", "", "「」")} == {NONE}
    assert sorted(["财政局", "残联", "参事室"], key=order) == ["财政局", "参事室", "残联"]


def test_a_beginning_that_most_names_share_tells_nothing() -> None:
    zh = ["云栖县教育局", "云栖县财政局", "云栖县审计局", "城关镇政府"]
    assert shared_beginning(zh, "zh") == "云栖县"
    assert shared_beginning(["教育局", "财政局", "审计局"], "zh") == ""
    en = ["Yunqi County Finance Bureau", "Yunqi County Fire Brigade", "Chengguan Town"]
    assert shared_beginning(en, "en") == "Yunqi County "
    assert shared_beginning(["教育局", "教育局"], "zh") == "教育"
    assert shared_beginning([], "zh") == ""


def test_no_section_is_lost(county: Book) -> None:
    """Other pages lead to ``index.html#departments``."""
    for page in (home(Edition(county, "zh")), *year_pages(Edition(county, "en"))):
        assert any(isinstance(b, Section) and b.anchor == "departments" for b in page.blocks)
