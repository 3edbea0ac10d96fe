"""The corrections of the fictitious district: a figure, a text, an added row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from tests.site.reading import Document, figure, grid

from disclosure.book import Book
from disclosure.rules.editions import differs_from_the_last

ReadPages = Callable[[str], tuple[Document, Document]]
PAGE = "education/2024-budget/editions.html"


def test_figures_before_and_after_with_their_difference(both: ReadPages) -> None:
    names = ("项目“智慧课堂建设” › 预算数", "Project “Smart classrooms” › Budgeted amount")
    for page, name in zip(both(PAGE), names, strict=True):
        (table,) = page.section("edition-2").all("table")
        first = next(row for row in grid(table) if row[0].text() == name)
        assert [figure(cell) for cell in first[1:]] == ["140.00", "104.00", "−36.00"]
        assert first[3].text().endswith("−36.00 (−25.7%)")


def test_a_text_and_an_added_row(both: ReadPages) -> None:
    words = (("和暑期托管", "“复印纸”"), ("summer day care", "“Copying paper”"))
    for page, (text, row) in zip(both(PAGE), words, strict=True):
        section = page.section("edition-3")
        assert any(text in each.text() for each in section.all("strong"))
        assert any(row in each.text() for each in section.all("li"))


def test_newest_first_and_each_with_its_json(both: ReadPages, district_site: Path) -> None:
    for page in both(PAGE):
        numbers = [each for each in page.ids if each in ("edition-1", "edition-2", "edition-3")]
        assert numbers == ["edition-3", "edition-2", "edition-1"]
        for number in (1, 2, 3):
            section = page.section(f"edition-{number}")
            (link,) = [each["href"] for each in section.all("a") if "json" in each["href"]]
            data = (district_site / page.resolve(link)[0]).read_bytes()
            assert hashlib.sha256(data).hexdigest() in section.text()


def test_the_overview_and_the_print_name_the_edition(both: ReadPages) -> None:
    for address in ("index.html", "downloads.html", "print.html"):
        zh, en = both(f"education/2024-budget/{address}")
        assert "第 3 版，2024年4月16日" in zh.article.text()
        assert "Edition 3, 16 April 2024" in en.article.text()


def test_the_data_are_those_of_the_last_edition(district_book: Book) -> None:
    for disclosure in district_book.disclosures:
        assert not differs_from_the_last(disclosure, district_book), disclosure.slug
