"""What the data checks found, on the pages: marks, notices, the page of the checks, the option."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.site.reading import Document, Element, read_page
from tests.unit.conftest import SMALLEST, YEAR, SmallBook, small_book, write_data
from tests.unit.test_arithmetic import BROKEN

from disclosure.book import Book
from disclosure.model.fields import LANGS, Lang
from disclosure.problems import CATALOGUE, Bilingual, Severity
from disclosure.rules.examine import Examination, Examined, examine
from disclosure.rules.finding import Finding, finding
from disclosure.site.places import SHOW_FINDINGS, ShowFindings, page_of
from disclosure.site.plan import plan
from disclosure.site.render import render_page
from disclosure.site.search_text import search_pages
from disclosure.source import Path as KeyPath
from mkdocs_disclosure.plugin import DisclosureConfig

__all__ = ["small_book", "write_data"]

ROOT: Mapping[str, str] = {"zh": "", "en": "en/"}
HINT = next(code for code, entry in CATALOGUE.items() if entry.severity is Severity.HINT)

Pages = dict[str, Document]


def site_pages(
    folder: Path, book: Book, show: ShowFindings = "figures", found: Examination | None = None
) -> Pages:
    """Every page as it is read, without the frame of a theme."""
    site = plan(book, examination=found, show=show)
    pages: Pages = {}
    for marked in site.pages:
        path = folder / marked.page.url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(render_page(marked, site.editions[marked.page.lang]).html), "utf-8")
        pages[marked.page.url] = read_page(folder, path)
    return pages


def examined(book: Book, *more: Finding) -> Examination:
    """The sums that do not agree, and ``more``."""
    found = examine(book)
    (disclosure,) = book.disclosures
    before = found.of(disclosure)
    key = (disclosure.department, disclosure.slug)
    sums = (each for each in before.findings if each.check)
    return replace(found, disclosures={key: Examined(before.checks, (*sums, *more))})


def at(book: Book, code: str, file: str, *path: str | int) -> Finding:
    (disclosure,) = book.disclosures
    return finding(
        code, disclosure.place(file, path), **dict.fromkeys(CATALOGUE[code].fields, "甲")
    )


def checks(pages: Pages, lang: Lang) -> Document:
    return pages[f"{ROOT[lang]}{YEAR}/checks.html"]


def target(page: Document, link: Element) -> tuple[str, str]:
    return page.resolve(link["href"])


def element(pages: Pages, address: tuple[str, str]) -> Element:
    url, anchor = address
    return pages[url].by_id[anchor]


def around(link: Element, *tags: str) -> Element:
    return next(each for each in link.above() if each.tag in tags)


def all_marks(page: Document) -> list[Element]:
    return page.root.all("a", cls="d-finding")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", BROKEN)
def test_a_mark_stands_beside_the_figure_and_leads_there_and_back(
    small_book: SmallBook, tmp_path: Path, rule: str, lang: Lang
) -> None:
    file, old, new, difference = BROKEN[rule]
    book = small_book({file: (old, new)})
    (disclosure,) = book.disclosures
    found = [each for each in examine(book).of(disclosure).findings if each.rule == rule]
    pages = site_pages(tmp_path / "site", book)
    own = page_of(disclosure, found[0].place).url(lang)
    page, listed = pages[own], checks(pages, lang)
    (mark,) = [each for each in all_marks(page) if each["id"] == f"mark-{rule.lower()}-1"]
    assert found[0].check is not None
    printed = found[0].check.printed.figure.printed
    beside = around(mark, "td", "dd", "li").text()
    number = re.sub(r"[^\d.]", "", printed)
    assert number in beside or (lang == "en" and file.endswith("P1.yml")), beside
    row = element(pages, target(page, mark))
    assert row is listed.by_id[f"{rule.lower()}-1"] and row.tag == "tr"
    shown = row.text(without=())
    assert difference.replace("-", "−") in shown and mark.text(without=()) in shown
    (back,) = row.all("a")
    assert element(pages, target(listed, back)) is mark


def test_a_mark_has_a_name_that_begins_with_what_is_seen(
    small_book: SmallBook, tmp_path: Path
) -> None:
    file, old, new, _ = BROKEN["A405"]
    pages = site_pages(tmp_path / "site", small_book({file: (old, new)}))
    for lang, words in (("zh", "数据核对"), ("en", "Data check")):
        page = pages[f"{ROOT[lang]}{YEAR}/operating.html"]
        for mark in all_marks(page):
            seen = mark.text(without=())
            assert re.fullmatch(r"※\d+", seen)
            assert mark["aria-label"].startswith(f"{seen} {words}")


def test_no_mark_without_a_finding(small_book: SmallBook, tmp_path: Path) -> None:
    pages = site_pages(tmp_path / "site", small_book(), "all")
    for page in pages.values():
        assert not all_marks(page) and not page.root.all(cls="d-notice--warning"), page.url


# A file, a path in it, and the page that shows it.
PLACES: tuple[tuple[str, KeyPath, str], ...] = (
    ("budget.yml", ("revenue", "sources", "单位资金收入"), "summary"),
    ("budget.yml", ("expenditure", "personnel"), "summary"),
    ("budget.yml", ("highlights", 0, "name"), "summary"),
    ("budget.yml", ("change", "reasons", "basic"), "summary"),
    ("budget.yml", ("agency_operating", "items", "办公费"), "operating"),
    ("budget.yml", ("three_public", "items", "公务接待费"), "three-public"),
    ("assets.yml", ("table", "rows", 1, "quantity"), "assets"),
    ("projects/P1.yml", ("budget",), "projects/P1"),
    ("projects/P1.yml", ("use",), "projects/P1"),
    ("projects/P1.yml", ("sources", "财政资金"), "projects/P1"),
    ("projects/P1.yml", ("schedule", "6 月底"), "projects/P1"),
    ("projects/P1.yml", ("schedule", "12 月底"), "projects/P1"),
    ("projects/P1.yml", ("objectives", 0), "projects/P1"),
    ("projects/P1.yml", ("indicators", "数量指标", 0), "projects/P1"),
    ("projects/P1.yml", ("indicators", "数量指标", 0, "basis"), "projects/P1"),
    ("procurement.yml", ("rows", 0, "quantity"), "procurement"),
    ("tables/expenditure.yml", ("rows", 1, "basic"), "tables/expenditure"),
    ("tables/expenditure.yml", ("rows", 1, "code"), "tables/expenditure"),
    ("units/centre/budget.yml", ("agency_operating", "total"), "units/centre"),
    ("units/centre/tables/expenditure.yml", ("rows", 0, "total"), "units/centre"),
)
# Places without a figure of their own: the notice of the page takes the place of the mark.
PAGES: tuple[tuple[str, KeyPath, str], ...] = (
    ("disclosure.yml", ("record",), "index"),
    ("disclosure.yml", ("divisions", 0, "name"), "duties"),
    ("narrative.yml", ("performance", "divisions", 0, "heading"), "performance"),
    ("narrative.yml", ("special_funds",), "special-funds"),
    ("procurement.yml", (), "procurement"),
    ("tables/revenue.yml", (), "tables/revenue"),
    ("units/centre/unit.yml", (), "units/centre"),
)
ROWS = "rows:\n  - {item: 合计, total: 5}\n  - {code: 208, total: 5, basic: 5}\n"
MORE = {
    f"{YEAR}/procurement.yml": (
        "name: 采购表\nunit: 万元\nrows:\n  - {project: 某项目, item: 纸, quantity: 3, total: 1}\n"
    ),
    f"{YEAR}/tables/expenditure.yml": ROWS,
    f"{YEAR}/units/centre/unit.yml": "slug: centre\nname: 中心\n",
    f"{YEAR}/units/centre/budget.yml": (
        "unit: 万元\nrevenue: {}\nexpenditure: {}\nagency_operating: {total: 7}\n"
    ),
    f"{YEAR}/units/centre/tables/expenditure.yml": ROWS,
}


def test_any_value_of_the_data_can_be_marked(small_book: SmallBook, tmp_path: Path) -> None:
    book = small_book(files=MORE)
    found = examined(book, *(at(book, HINT, file, *path) for file, path, _ in PLACES))
    pages = site_pages(tmp_path / "site", book, "all", found)
    for lang in LANGS:
        listed = checks(pages, lang)
        for number, (file, path, name) in enumerate(PLACES, 1):
            page = pages[f"{ROOT[lang]}{YEAR}/{name}.html"]
            anchor = f"{HINT.lower()}-{number}"
            assert f"mark-{anchor}" in page.by_id, (file, path)
            mark = page.by_id[f"mark-{anchor}"]
            row = element(pages, target(page, mark))
            assert row is listed.by_id[anchor]
            assert element(pages, target(listed, row.one("a"))) is mark


def test_a_finding_without_a_figure_leads_to_its_notice(
    small_book: SmallBook, tmp_path: Path
) -> None:
    book = small_book(files=MORE)
    found = examined(book, *(at(book, HINT, file, *path) for file, path, _ in PAGES))
    pages = site_pages(tmp_path / "site", book, "all", found)
    for lang in LANGS:
        listed = checks(pages, lang)
        for number, (_, _, name) in enumerate(PAGES, 1):
            page = pages[f"{ROOT[lang]}{YEAR}/{name}.html"]
            notice = page.by_id[f"notice-{HINT.lower()}-{number}"]
            row = element(pages, target(page, notice.one("a")))
            assert row is listed.by_id[f"{HINT.lower()}-{number}"]
            assert element(pages, target(listed, row.one("a"))) is notice


def test_the_mark_is_no_part_of_the_text(small_book: SmallBook, tmp_path: Path) -> None:
    """Neither of the search nor of anything that is read from the blocks."""
    file, old, new, _ = BROKEN["A405"]
    site = plan(small_book({file: (old, new)}))
    for edition in site.editions.values():
        (operating,) = (
            page
            for page in search_pages(site.pages, edition)
            if page.url.endswith("operating.html")
        )
        texts = [cell for section in operating.sections for cell in section.cells]
        assert "5.00" in texts and "4.58" in texts[-1], "the notice is searched"
        assert not [text for text in texts if "※" in text]
    assert not any(b"\xe2\x80\xbb" in bytes(file.data) for file in site.files)


@pytest.mark.parametrize("lang", LANGS)
def test_an_explanation_is_shown_and_counted(
    small_book: SmallBook, tmp_path: Path, lang: Lang
) -> None:
    acknowledged = (
        "- rule: A405\n  place: budget.yml/agency_operating/total\n  difference: 0.42\n"
        "  explanation: {zh: 文件没有列出其余一项。, en: The document leaves one item out.}\n"
    )
    said = {"zh": "文件没有列出其余一项。", "en": "The document leaves one item out."}[lang]
    unexplained = {"zh": "尚未说明", "en": "Not yet explained"}[lang]
    counted = {
        "zh": "不符2处；不符的当中，已说明1处",
        "en": "Not in agreement: 2, of which explained: 1",
    }
    edits = {BROKEN["A405"][0]: BROKEN["A405"][1:3], BROKEN["A412"][0]: BROKEN["A412"][1:3]}
    book = small_book(edits, {f"{YEAR}/acknowledged.yml": acknowledged})
    pages = site_pages(tmp_path / "site", book)
    page = checks(pages, lang)
    assert said in page.by_id["a405-1"].text() and unexplained in page.by_id["a412-1"].text()
    assert said not in page.by_id["a412-1"].text()
    assert unexplained not in page.by_id["a405-1"].text()
    assert counted[lang] in page.root.text()
    operating, assets = (pages[f"{ROOT[lang]}{YEAR}/{n}.html"] for n in ("operating", "assets"))
    assert said in operating.by_id["notice-a405-1"].text()
    assert said not in assets.by_id["notice-a412-1"].text()
    assert all_marks(operating) and all_marks(assets), "an explained finding keeps its mark"


@pytest.mark.parametrize("lang", LANGS)
def test_the_row_shows_what_was_added_up(small_book: SmallBook, tmp_path: Path, lang: Lang) -> None:
    file, old, new, _ = BROKEN["A405"]
    pages = site_pages(tmp_path / "site", small_book({file: (old, new)}))
    _, printed, computed, difference, _ = (
        each.text() for each in checks(pages, lang).by_id["a405-1"].all("th", "td")
    )
    assert (printed, difference) == ("5.00", "0.42")
    assert (
        computed
        == {
            "zh": "办公费 4.28 + 公务接待费 0.30 = 4.58",
            "en": "Office expenses 4.28 + Official hospitality expenses 0.30 = 4.58",
        }[lang]
    )


@pytest.mark.parametrize(("projects", "listed"), [(30, True), (31, False)])
def test_a_sum_of_many_projects_leads_to_their_list(
    small_book: SmallBook, tmp_path: Path, projects: int, listed: bool
) -> None:
    one = (SMALLEST / YEAR / "projects/P1.yml").read_text("utf-8")
    codes = [(f"Q{number}", number) for number in range(2, projects + 1)]
    files = {
        f"{YEAR}/projects/{code}.yml": one.replace("P1", code).replace("order: 1", f"order: {n}")
        for code, n in codes
    }
    pages = site_pages(tmp_path / "site", small_book(files=files))
    for lang, said in {
        "zh": f"{projects}个项目的预算数之和 = ",
        "en": f"Sum of the budgets of {projects} projects = ",
    }.items():
        page = pages[f"{ROOT[lang]}{YEAR}/checks.html"]
        _, _, computed, _, _ = page.by_id["a408-1"].all("th", "td")
        assert (computed.text().count(" + ") == projects - 1) is listed
        assert computed.text().startswith(said) is not listed
        if not listed:
            heading = element(pages, target(page, computed.one("a")))
            assert {"zh": "项目一览", "en": "List of projects"}[lang] in heading.text()


@pytest.mark.parametrize("show", SHOW_FINDINGS)
def test_the_option_rules_what_is_shown(
    small_book: SmallBook, tmp_path: Path, show: ShowFindings
) -> None:
    file, old, new, _ = BROKEN["A405"]
    book = small_book({file: (old, new)})
    hint = at(book, HINT, "budget.yml", "agency_operating", "items", "办公费")
    hint = hint.explained(Bilingual("甲", "A"))
    pages = site_pages(tmp_path / "site", book, show, examined(book, hint))
    for lang in LANGS:
        page = pages[f"{ROOT[lang]}{YEAR}/operating.html"]
        ids = {each["id"] for each in all_marks(page)} - {""}
        notices = {each["id"] for each in page.root.all("p", cls="d-notice")}
        codes = {"all": ("a405", HINT.lower()), "figures": ("a405",), "none": ()}[show]
        assert ids == {f"mark-{code}-1" for code in codes}
        assert notices == {f"notice-{code}-1" for code in codes}
        url = f"{ROOT[lang]}{YEAR}/checks.html"
        assert (url in pages) is (show != "none")
        linked = {page.resolve(link)[0] for page in pages.values() for _, link in page.links()}
        assert (url in linked) is (show != "none")
        if show != "none":
            rows = {id for id in pages[url].by_id if re.fullmatch(r"[a-z]\d{3}-\d+", id)}
            assert rows == {f"{code}-1" for code in codes}


def test_a_hint_more_changes_no_number(small_book: SmallBook, tmp_path: Path) -> None:
    file, old, new, _ = BROKEN["A405"]
    book = small_book({file: (old, new)})
    found = examined(book, at(book, HINT, "assets.yml", "fixed_assets"))
    before, after = (
        site_pages(tmp_path / show, book, show, found)[f"{YEAR}/operating.html"]
        for show in ("figures", "all")
    )
    assert [m.text(without=()) for m in all_marks(before)] == ["※1", "※1"]
    assert [m.text(without=()) for m in all_marks(after)] == ["※1", "※1"]


def test_the_paper_edition_has_the_marks_too(small_book: SmallBook, tmp_path: Path) -> None:
    file, old, new, _ = BROKEN["A415"]
    pages = site_pages(tmp_path / "site", small_book({file: (old, new)}))
    for lang in LANGS:
        page = pages[f"{ROOT[lang]}{YEAR}/print.html"]
        (mark,) = all_marks(page)
        assert element(pages, target(page, mark))["id"] == "a415-1"


@pytest.mark.parametrize("value", ["hints", "", None, True, ["all"], {"all": 1}, "None"])
def test_an_unknown_value_of_the_option_is_refused_in_both_languages(value: object) -> None:
    config = DisclosureConfig()
    config.load_dict({"show_findings": value})
    failed, _ = config.validate()
    ((name, error),) = failed
    assert name == "show_findings"
    assert "只能是 all, figures, none 之一" in str(error)
    assert "write one of all, figures, none" in str(error)


@pytest.mark.parametrize("value", SHOW_FINDINGS)
def test_the_values_of_the_option(value: str) -> None:
    config = DisclosureConfig()
    assert config.show_findings == "figures"
    config.load_dict({"show_findings": value})
    assert config.validate() == ([], [])
    assert config.show_findings == value
