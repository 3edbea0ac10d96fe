"""The guide and the accessibility statement: true for any data, complete in both languages."""

from __future__ import annotations

import re
import shutil
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from tests.unit.conftest import ROOT, SMALLEST, SmallBook

from disclosure import __version__
from disclosure.book import Book, load_book
from disclosure.language import accessibility as statement_texts
from disclosure.language.accessibility import ACCESSIBILITY, TESTED_VERSION
from disclosure.language.guide import GUIDE
from disclosure.model.fields import LANGS, Lang
from disclosure.site.blocks import Inline, Page, Section, block_lines, line_text, sections
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage
from disclosure.site.places import ShowFindings
from disclosure.site.render import render_page
from disclosure.site.views import accessibility as statement_view
from disclosure.site.views import guide as guide_view
from disclosure.site.views.accessibility import accessibility
from disclosure.site.views.guide import filled, guide

HAN = re.compile("[\u4e00-\u9fff]")
PAIRS = {
    **{f"guide {key}": pair for key, pair in GUIDE.items()},
    **{f"statement {key}": pair for key, pair in ACCESSIBILITY.items()},
    **{
        f"statement {name} {number}": pair
        for name in ("HELPS", "MACHINE", "HAND", "LIMITS")
        for number, pair in enumerate(getattr(statement_texts, name))
    },
}
YUAN = {"{year}/budget.yml": ("unit: 万元", "unit: 元")}
OWN_TERM = "- id: heat\n  zh: 供暖\n  en: heating\n  definition: {zh: 供暖。, en: Heating.}\n"
OFFICIAL = """format: 1
edition: official
source: {title: 公开说明}
publisher:
  organiser: {zh: 示例局办公室, en: Example Office}
  contact: {zh: 电话000, en: Telephone 000}
"""


def section_text(page: Page, anchor: str) -> str:
    (section,) = [each for each in sections(page.blocks) if each.anchor == anchor]
    return "\n".join(text for block in section.blocks for text in block_lines(block))


def anchors(page: Page) -> list[str]:
    return [each.anchor for each in sections(page.blocks)]


def pages(book: Book, show: ShowFindings = "figures") -> dict[Lang, Page]:
    return {lang: guide(Edition(book, lang, show=show)) for lang in LANGS}


# ---- words -----------------------------------------------------------------------------------


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_both_languages_say_the_same_with_the_same_values(pair: tuple[str, str]) -> None:
    zh, en = pair
    assert zh.strip() and en.strip()
    assert fields(zh) == fields(en)
    assert HAN.search(zh) or zh == "—" or not re.search("[A-Za-z]", zh)
    assert not HAN.search(en)
    assert not re.search(r"[，。；：？！（）、]", en)
    assert not re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]", zh)
    assert "  " not in zh + en and "\n" not in zh + en
    # Sentences that a reader takes in at once: 90 characters, or 50 words.
    assert max(len(piece) for piece in re.split(r"[。；：]", zh)) <= 90
    assert max(len(piece.split()) for piece in re.split(r"[.;:] ", en)) <= 50


def odd_books(small_book: SmallBook) -> Iterator[tuple[Book, ShowFindings]]:
    yield load_book(ROOT / "data"), "figures"
    yield load_book(ROOT / "examples" / "district" / "data"), "figures"
    yield small_book(YUAN, {"site.yml": OFFICIAL, "glossary.yml": OWN_TERM}), "none"


@pytest.mark.parametrize(
    ("module", "name", "texts", "view"),
    [
        (guide_view, "guide_text", GUIDE, guide),
        (statement_view, "statement_text", ACCESSIBILITY, accessibility),
    ],
    ids=["guide", "statement"],
)
def test_every_text_is_said_for_some_data(
    monkeypatch: pytest.MonkeyPatch,
    small_book: SmallBook,
    final_only: Book,
    module: ModuleType,
    name: str,
    texts: Mapping[str, tuple[str, str]],
    view: Callable[[Edition], Page],
) -> None:
    said: set[str] = set()
    original = getattr(module, name)

    def heard(key: str, lang: Lang) -> str:
        said.add(key)
        return str(original(key, lang))

    monkeypatch.setattr(module, name, heard)
    books = (*odd_books(small_book), (final_only, "figures"), (many(final_only), "figures"))
    for book, show in books:
        for lang in LANGS:
            view(Edition(book, lang, show=show))
    assert said == set(texts)


def test_values_take_their_places_and_links_stay_links(real_book: Book) -> None:
    edition = Edition(real_book, "zh")
    link = edition.said("guide")
    line: tuple[Inline, ...] = filled(edition, "{a}和{b}。", a=link, b="{a}<b>")
    assert line_text(line) == "怎样看懂预算和{a}<b>。"
    assert line[0] is link


# ---- any data --------------------------------------------------------------------------------


@pytest.fixture
def final_only(tmp_path: Path) -> Book:
    """The smallest data with its budget turned into final accounts, which have other tables."""
    folder = tmp_path / "final"
    shutil.copytree(SMALLEST, folder)
    year = folder / "departments" / "example"
    (year / "2024-budget").rename(year / "2024-final")
    header = year / "2024-final" / "disclosure.yml"
    header.write_text(header.read_text("utf-8").replace("kind: budget", "kind: final"), "utf-8")
    shutil.rmtree(year / "2024-final" / "tables")
    return load_book(folder)


def test_the_example_is_a_figure_of_this_site(real_book: Book) -> None:
    (disclosure,) = real_book.disclosures
    assert disclosure.budget and disclosure.budget.revenue.total
    printed = disclosure.budget.revenue.total.printed
    yuan = f"{Decimal(printed) * 10_000:,.0f}"
    for lang, page in pages(real_book).items():
        text = section_text(page, "unit")
        assert f"{printed} × 10,000 = " in text and yuan in text, lang
    assert yuan == "38,046,500"


def test_an_example_in_yuan_is_exact(small_book: SmallBook) -> None:
    old, new = "unit: 万元\nrevenue:\n  total: 100.00", "unit: 元\nrevenue:\n  total: 4667300.05"
    book = small_book({"{year}/budget.yml": (old, new)})
    for page in pages(book).values():
        assert "4667300.05" in section_text(page, "unit")
        assert "466.730005" in section_text(page, "unit")


def test_without_figures_the_words_stand_alone(small_book: SmallBook) -> None:
    none = small_book({}, {"{year}/budget.yml": "unit: 元\nrevenue:\n  total:\n"})
    for page in pages(none).values():
        assert "= " not in section_text(page, "unit")
        assert section_text(page, "first").count("\n") >= 2  # a blank figure is named as such


def test_a_site_without_disclosures_has_a_guide_without_links_into_one() -> None:
    book = load_book(ROOT / "data")
    empty = replace(book, departments=())
    for lang in LANGS:
        edition = Edition(empty, lang)
        for page in (guide(edition), accessibility(edition)):
            html = str(render_page(MarkedPage(page, ()), edition).html)
            assert "departments/" not in html and "first" not in anchors(page)
            assert "{" not in html and html.count("<h2") >= 7


def test_marks_of_findings_are_explained_only_where_they_are_shown(real_book: Book) -> None:
    for show, shown in (("figures", True), ("none", False)):
        for page in pages(real_book, show).values():  # type: ignore[arg-type]
            assert ("※1" in section_text(page, "marks")) is shown


def test_final_accounts_are_named(final_only: Book) -> None:
    texts = {lang: section_text(page, "final") for lang, page in pages(final_only).items()}
    assert "本站现在只有决算：2024年部门决算。" in texts["zh"]
    assert "only final accounts at present: 2024 departmental final accounts." in texts["en"]
    assert "一共花了多少钱" in section_text(pages(final_only)["zh"], "first")


def test_of_several_departments_the_example_and_the_accounts_are_named() -> None:
    book = load_book(ROOT / "examples" / "district" / "data")
    page = pages(book)["zh"]
    assert re.search(r"以.+局.*的2025年部门预算为例", section_text(page, "first"))
    assert len(re.findall("年部门决算", section_text(page, "final"))) == sum(
        each.kind == "final" for each in book.disclosures
    )
    names = {each.header.department.name for each in book.disclosures if each.kind == "final"}
    assert all(name in section_text(page, "final") for name in names)


def many(book: Book) -> Book:
    """The book with more final accounts than a page should list."""
    (department,) = book.departments
    return replace(book, departments=(replace(department, disclosures=department.disclosures * 9),))


def test_the_guide_does_not_grow_with_the_site(final_only: Book) -> None:
    for page in pages(many(final_only)).values():
        text = section_text(page, "final")
        assert "9" in text and "2024" not in text


def test_both_languages_have_the_same_anchors(small_book: SmallBook, final_only: Book) -> None:
    for book, show in (*odd_books(small_book), (final_only, "all")):
        zh, en = pages(book, show).values()
        assert anchors(zh) == anchors(en)
        assert len(set(anchors(zh))) == len(anchors(zh))


# ---- the statement ---------------------------------------------------------------------------


def test_the_statement_is_that_of_this_version() -> None:
    """Made for another version it has to be looked at again, text by text."""
    assert __version__ == TESTED_VERSION


@pytest.mark.parametrize("lang", LANGS)
def test_who_to_tell(small_book: SmallBook, real_book: Book, lang: Lang) -> None:
    nobody = section_text(accessibility(Edition(real_book, lang)), "report")
    assert ("没有留下联系方式" if lang == "zh" else "no contact details") in nobody
    book = small_book({}, {"site.yml": OFFICIAL})
    somebody = section_text(accessibility(Edition(book, lang)), "report")
    assert ("电话000" if lang == "zh" else "Telephone 000") in somebody
    assert "没有留下" not in somebody and "no contact" not in somebody


@pytest.mark.parametrize("lang", LANGS)
def test_no_section_of_the_statement_is_empty(real_book: Book, lang: Lang) -> None:
    page = accessibility(Edition(real_book, lang))
    for section in page.blocks:
        if isinstance(section, Section):
            assert all("".join(block_lines(block)) for block in section.blocks), section.anchor
    assert re.search(r"读屏软件|screen reader", section_text(page, "limits"))
