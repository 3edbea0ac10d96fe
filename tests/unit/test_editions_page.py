"""The change log: what each edition changed, bounded, in both languages."""

from __future__ import annotations

import gzip
import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.conftest import YEAR, SmallBook

from disclosure.book import Book, Disclosure, Editions, StoredEdition
from disclosure.changes.compare import Change, Unit
from disclosure.export.canonical import canonical, digest, disclosure_document
from disclosure.model.editions import PublishedEdition, edition_document
from disclosure.model.fields import LANGS, Lang
from disclosure.problems import Bilingual, Span
from disclosure.site.marking import MarkedPage
from disclosure.site.plan import Site, plan
from disclosure.site.render import render_page
from disclosure.site.routes import Kind, PageId
from disclosure.site.views.editions import ChangeLog, LoggedEdition, change_log, editions

PROJECT = f"{YEAR}/projects/P1.yml"
AT = ("example", "2024-budget")
HTML_BYTES = 10_000
"""Compressed; the frame around a page has the rest of the 15,000."""


def document_of(book: Book) -> bytes:
    (disclosure,) = book.disclosures
    return canonical(disclosure_document(book, disclosure))


def entry(number: int, data: bytes, reason: str = "更正一个数") -> PublishedEdition:
    said = {"zh": f"{reason} {number}", "en": f"Reason {number}"}
    fields = {"number": str(number), "date": "2024-02-20", "reason": said}
    return PublishedEdition.model_validate({**fields, "sha256": digest(data)})


def published(book: Book, *documents: bytes) -> Book:
    """The book with these editions."""
    (department,) = book.departments
    (disclosure,) = department.disclosures
    stored = {
        number: StoredEdition(Span(f"{number}.json", 1, 1), data, edition_document(data))
        for number, data in enumerate(documents, 1)
    }
    entries = tuple(entry(number, data) for number, data in enumerate(documents, 1))
    # Of the list only places are asked for, which any file has.
    changed = replace(disclosure, editions=Editions(entries, stored, book.sources["glossary.yml"]))
    return replace(book, departments=(replace(department, disclosures=(changed,)),))


def html(site: Site, kind: Kind, lang: Lang) -> str:
    marked = next(
        each for each in site.pages if each.page.id == PageId(kind, *AT) and each.page.lang == lang
    )
    return render_page(marked, site.editions[lang]).html


@pytest.fixture
def corrected(small_book: SmallBook) -> Book:
    """The budget of a project was 59.00 in edition 1; its use and an objective came with 3."""
    book = small_book()
    now = document_of(book)
    second = now.replace("取暖补助".encode(), "取暖".encode())
    second = second.replace('"objectives":["让居民温暖过冬"]'.encode(), b'"objectives":[]')
    first = second.replace(b'"budget":"60.00"', b'"budget":"59.00"')
    assert len({first, second, now}) == 3
    return published(book, first, second, now)


SAID: dict[Lang, Sequence[str]] = {
    "zh": (
        "第 3 版，2024年2月20日",
        "比第 2 版改动 2 处",
        "项目“清洁取暖” › 资金用途",
        "取暖<strong>补助</strong>",
        "让居民温暖过冬",
        "比第 1 版改动 1 处",
        "项目“清洁取暖” › 预算数",
        ">59.00<",
        ">60.00<",
        '>+1.00</span> <span class="d-number">(+1.7%)<',
        "（单位：万元）",
        "这是最早的一版。",
        "更正一个数 2",
    ),
    "en": (
        "Edition 3, 20 February 2024",
        "Changes from edition 2 (2)",
        "Project “Clean heating” › Use of funds",
        "Changes from edition 1 (1)",
        "Project “Clean heating” › Budgeted amount",
        ">59.00<",
        ">60.00<",
        '>+1.00</span> <span class="d-number">(+1.7%)<',
        "(Unit: CNY 10,000)",
        "This is the first edition.",
        "Reason 2",
    ),
}


@pytest.mark.parametrize("lang", LANGS)
def test_every_edition_says_what_it_changed(corrected: Book, lang: Lang) -> None:
    page = html(plan(corrected), Kind.EDITIONS, lang)
    assert [each for each in SAID[lang] if each not in page] == []
    places = [page.index(f'id="edition-{number}"') for number in (3, 2, 1)]
    assert places == sorted(places)  # newest first
    (disclosure,) = corrected.disclosures
    assert disclosure.editions is not None
    up = "" if lang == "zh" else "../../../../"
    for each in disclosure.editions.entries:
        assert each.sha256 in page
        folder = f"{up}{YEAR}/" if up else ""
        assert f'href="{folder}editions/{each.number}.json"' in page
    assert "d-notice--warning" not in page


@pytest.mark.parametrize("lang", LANGS)
def test_the_edition_stands_wherever_the_data_do(corrected: Book, lang: Lang) -> None:
    site = plan(corrected)
    said = {"zh": "第 3 版，2024年2月20日", "en": "Edition 3, 20 February 2024"}[lang]
    for kind in (Kind.OVERVIEW, Kind.DOWNLOADS, Kind.PRINT):
        page = html(site, kind, lang)
        assert said in page, kind
        assert ("editions.html" in page) is (kind is not Kind.PRINT)
    assert "editions/3.json" in html(site, Kind.DOWNLOADS, lang)
    assert "editions/2.json" not in html(site, Kind.DOWNLOADS, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_data_changed_since_are_said_plainly(small_book: SmallBook, lang: Lang) -> None:
    book = small_book({PROJECT: ("budget: 60.00", "budget: 61.00")})
    before = document_of(book).replace(b'"budget":"61.00"', b'"budget":"60.00"')
    site = plan(published(book, before))
    page = html(site, Kind.EDITIONS, lang)
    notice = {"zh": "第 1 版发布以后，本站的数据又有改动", "en": "have changed since edition 1"}[
        lang
    ]
    assert notice in page and "d-notice--warning" in page
    assert '>+1.00</span> <span class="d-number">(+1.7%)<' in page and 'id="since"' in page
    changed = {"zh": "此后数据又有改动", "en": "the data have changed since"}[lang]
    for kind in (Kind.OVERVIEW, Kind.DOWNLOADS, Kind.PRINT):
        assert changed in html(site, kind, lang), kind


def test_another_print_of_a_figure_is_said_without_a_change(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("budget: 60.00", "budget: 60.000")})
    before = document_of(book).replace(b'"60.000"', b'"60.00"')
    page = html(plan(published(book, before)), Kind.EDITIONS, "zh")
    assert "第 1 版发布以后，本站的数据又有改动" in page
    assert 'id="since"' not in page


def test_a_text_without_english_is_marked(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("use: 取暖补助", "use: 取暖补贴")})
    own = canonical({"取暖补助": "Heating subsidy"})[1:-1]
    before = document_of(book).replace("取暖补贴".encode(), "取暖补助".encode())
    before = before.replace(b'"english":{', b'"english":{' + own + b",")
    page = html(plan(published(book, before)), Kind.EDITIONS, "en")
    assert '<span lang="zh-CN">取暖补贴</span> <span class="d-untranslated"' in page
    assert page.count("d-untranslated") == 1 and "Heating subsidy" in page


def test_two_texts_without_english_are_marked_once_each(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("use: 取暖补助", "use: 甲乙丙丁戊己庚辛")})
    before = document_of(book).replace("丁".encode(), "丁丁".encode())
    page = html(plan(published(book, before)), Kind.EDITIONS, "en")
    assert page.count('<span lang="zh-CN">甲乙丙丁') == 2
    assert page.count("d-untranslated") == 2 and "<strong" not in page


def test_a_disclosure_without_editions_has_no_such_page(small_book: SmallBook) -> None:
    book = small_book()
    site = plan(book)
    assert not [each for each in site.pages if each.page.id.kind is Kind.EDITIONS]
    assert "editions.html" not in html(site, Kind.OVERVIEW, "zh")
    assert change_log(book, next(iter(book.disclosures))) is None


def test_a_missing_file_breaks_no_page(corrected: Book) -> None:
    """The live preview draws the pages of data that the rules refuse."""
    (department,) = corrected.departments
    (disclosure,) = department.disclosures
    assert disclosure.editions is not None
    for kept in ({}, {3}, {1, 3}):
        stored = {n: each for n, each in disclosure.editions.stored.items() if n in kept}
        less = replace(disclosure, editions=replace(disclosure.editions, stored=stored))
        book = replace(corrected, departments=(replace(department, disclosures=(less,)),))
        page = html(plan(book), Kind.EDITIONS, "en")
        listed, box = page.split('id="cite"')
        assert listed.count(".json</a>") == len(kept)
        assert box.count("editions/3.json") == (3 in kept)


# ---- the page is bounded -----------------------------------------------------------------


def change(number: int, length: int) -> Change:
    """A text that changed here and there; no two have anything that compresses away."""
    chance = random.Random(number)
    texts = ["".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(length)) for _ in "ab"]
    before = texts[0]
    after = before[: length // 3] + texts[1] + before[length // 2 :]
    where = Bilingual(f"项目“{number}” › 资金用途", f"Project “{number}” › Use of funds")
    address = ("projects", f"P{number}", "use")
    return Change("text", address, where, Bilingual(before, before), Bilingual(after, after))


def log_of(editions: int, changes: int, length: int) -> ChangeLog:
    data = b"{}"
    changed = tuple(change(number, length) for number in range(changes))
    return ChangeLog(
        tuple(
            LoggedEdition(
                entry(number, data),
                f"{YEAR}/editions/{number}.json",
                changed,
                changed if number < editions - 1 else None,
            )
            for number in range(editions, 0, -1)
        ),
        changed,
    )


@pytest.mark.parametrize(
    ("number", "count", "length", "shown"), [(3, 2_000, 6, 80), (20, 20, 1_500, 6)]
)
def test_a_long_log_is_a_small_page(
    small_book: SmallBook, number: int, count: int, length: int, shown: int
) -> None:
    book = small_book()
    site = plan(book)
    disclosure: Disclosure = next(iter(book.disclosures))
    log = log_of(number, count, length)
    for lang in LANGS:
        page = editions(site.editions[lang], disclosure, log)
        markup = render_page(MarkedPage(page, ()), site.editions[lang]).html
        assert len(gzip.compress(markup.encode(), 6, mtime=0)) < HTML_BYTES
        assert markup.count("资金用途" if lang == "zh" else "Use of funds") == shown
        less = count - shown
        assert {"zh": f"另有 {less}", "en": f"Not listed here: {less}"}[lang] in markup
        assert {"zh": f"另有 {count}", "en": f"Not listed here: {count}"}[lang] in markup
        assert sum(markup.count(f'id="edition-{n}"') for n in range(1, number + 1)) == number
        # Room is left for what each of them changed before any repeats what changed since.
        rest = {"zh": f"见这一版和第 {number} 版", "en": f"of this edition and edition {number}"}
        assert markup.count(rest[lang]) == number - 2
        assert markup.count('-since"') >= number - 2


def test_a_difference_has_its_sign_and_share(small_book: SmallBook) -> None:
    book = small_book()
    where = Bilingual("甲", "A")

    def figure(before: str, after: str, difference: int | None, unit: Unit) -> Change:
        changed = None if difference is None else Decimal(difference)
        ratio = Decimal("-0.666667") if before == "3" else None
        two = (Bilingual(before, before), Bilingual(after, after))
        return Change("figure", ("a",), where, *two, changed, ratio, unit)

    figures = (
        figure("3", "1", -2, "元"),
        figure("0", "1", 1, "元"),
        figure("5%", "6%", 1, "%"),
        figure("blank", "1", None, "元"),
    )
    site = plan(book)
    log = ChangeLog((LoggedEdition(entry(2, b"{}"), "", figures),))
    page = editions(site.editions["en"], next(iter(book.disclosures)), log)
    shown = render_page(MarkedPage(page, ()), site.editions["en"]).html
    assert '>−2</span> <span class="d-number">(−66.7%)<' in shown and ">+1<" in shown
    assert "(Unit: CNY)" in shown and "(Unit: %)" in shown
