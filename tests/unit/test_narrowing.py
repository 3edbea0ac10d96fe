"""What the list of projects can be narrowed to, and which tables a reader is offered to take."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.conftest import YEAR, SmallBook

from disclosure.book import Book, Disclosure
from disclosure.export.files import export_files
from disclosure.model.fields import LANGS, Lang
from disclosure.site.blocks import Block, Cell, Filter, Head, Phrase, Row, Section, Table
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage
from disclosure.site.plan import Site, plan
from disclosure.site.render import render_page
from disclosure.site.routes import Kind, PageId, Part
from disclosure.site.views.narrowing import COLUMNS, narrowing

LIST = PageId(Kind.PART, "example", "2024-budget", Part.PROJECTS)


def project(code: str, more: str = "") -> str:
    return f"code: {code}\nname: 项目{code}\nbudget: 10\n{more}"


# Beside P1 of the smallest data, which has fiscal funds and is all of a highlight.
FILES = {
    f"{YEAR}/projects/A1.yml": project("A1", "sources: {财政资金: 10, 其他资金: 0}\n"),
    f"{YEAR}/projects/A2.yml": project("A2", "sources: {财政资金: 6, 其它资金: 4}\n"),
    f"{YEAR}/projects/A3.yml": project(
        "A3", "continues: B1\nsources: {财政资金: 10, 其他资金: }\n"
    ),
}


def kinds(found: Filter) -> dict[str, str]:
    return {choice.value: choice.label for _, choices in found.kinds for choice in choices}


def tables(blocks: tuple[Block, ...]) -> list[Table]:
    return [
        table
        for block in blocks
        for table in (tables(block.blocks) if isinstance(block, Section) else [block])
        if isinstance(table, Table)
    ]


def page_of(site: Site, lang: Lang, id: PageId) -> MarkedPage:
    (found,) = (each for each in site.pages if (each.page.lang, each.page.id) == (lang, id))
    return found


def test_only_what_tells_projects_apart_is_a_kind(small_book: SmallBook) -> None:
    """All have fiscal funds: no choice. One has other funds; a zero and a blank are none."""
    book = small_book(files=FILES)
    (disclosure,) = book.disclosures
    for lang, label in (("zh", "其他资金（1）"), ("en", "Other funds (1)")):
        found = narrowing(Edition(book, lang), disclosure)  # type: ignore[arg-type]
        assert kinds(found.filter)["source-other"] == label
        assert "source-fiscal" not in kinds(found.filter)
        assert found.kinds["A2"] == ("source-other",) and "A1" not in found.kinds
        assert "highlight-clean-heating" in found.kinds["P1"]
        assert found.filter.yuan == Decimal(10000) and found.filter.columns == COLUMNS


def test_new_and_continued_projects_where_the_year_before_is_there(small_book: SmallBook) -> None:
    book = small_book(files=FILES)
    (now,) = book.disclosures
    codes = {"A1": "A1", "A2": "B1", "A3": "B2", "P1": "B3"}
    last = replace(
        now,
        header=now.header.model_copy(update={"year": 2023}),
        projects=tuple(
            replace(each, file=each.file.model_copy(update={"code": codes[each.code]}))
            for each in now.projects
        ),
    )
    (department,) = book.departments
    both = replace(book, departments=(replace(department, disclosures=(now, last)),))
    found = narrowing(Edition(both, "zh"), now)
    assert found.kinds["A1"] == ("continued",) and found.kinds["A3"] == ("continued",)
    assert set(found.kinds["A2"]) == {"source-other", "new"}
    assert kinds(found.filter)["new"] == "新增的项目（2）"
    assert not {"new", "continued"} & set(kinds(narrowing(Edition(both, "zh"), last).filter))


def test_the_same_kinds_in_both_languages(real_book: Book, real_disclosure: Disclosure) -> None:
    zh, en = (narrowing(Edition(real_book, lang), real_disclosure) for lang in LANGS)
    assert zh.kinds == en.kinds and len(zh.kinds) > 3
    assert list(kinds(zh.filter)) == list(kinds(en.filter))
    for found in (zh, en):
        for value, label in kinds(found.filter).items():
            count = sum(value in each for each in found.kinds.values())
            assert 0 < count < len(real_disclosure.projects)
            assert re.search(rf"\D{count}[)）]$", label)


@pytest.mark.parametrize(("count", "tools"), [(1, 2), (4, 4)])
def test_a_single_project_is_neither_sorted_nor_filtered(
    small_book: SmallBook, count: int, tools: int
) -> None:
    site = plan(small_book(files=FILES if count > 1 else {}))
    for lang in LANGS:
        html = render_page(page_of(site, lang, LIST), site.editions[lang]).html
        (line,) = re.findall(r'<div class="[^"]*d-tools".*?</div>', html, re.DOTALL)
        assert len(re.findall("<button|<a ", line)) == tools
        assert ("<form" in html) == (count > 1)


def test_every_file_beside_a_table_is_made(small_book: SmallBook) -> None:
    book = small_book()
    site, (disclosure,) = plan(book), book.disclosures
    made = {file.address: file for file in export_files(book, disclosure)}
    named = {
        (marked.page.lang, table.file)
        for marked in site.pages
        for table in tables(marked.page.blocks)
        if table.file
    }
    assert len(named) >= 8
    for lang, address in named:
        assert made[address].lang == lang


def test_a_few_rows_are_typed_as_soon_as_they_are_copied() -> None:
    def table(rows: int, align: str = "end", **more: object) -> Table:
        heads = ((Head((Phrase("A", "zh"),), align),),)  # type: ignore[arg-type]
        cells = tuple(Row((Cell((Phrase("1", "zh"),)),)) for _ in range(rows))
        return Table((), heads, cells, **more)  # type: ignore[arg-type]

    assert table(4).worth_taking and not table(3).worth_taking
    assert not table(4, "start").worth_taking
    assert table(1, "start", file="a.csv").worth_taking
    assert not table(0, file="a.csv").worth_taking
    assert not table(9, layout="form").worth_taking
