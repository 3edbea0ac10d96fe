"""The tags and identifiers of a government site, and the list of what it still lacks."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.conftest import NONE, SMALLEST, YEAR, SmallBook, WriteData

from disclosure.book import Book, Editions, load_book
from disclosure.cli import main
from disclosure.model.editions import PublishedEdition
from disclosure.model.fields import LANGS, Lang
from disclosure.problems import CATALOGUE, Severity
from disclosure.rules.examine import examine
from disclosure.rules.government import REQUIRED, government
from disclosure.site.edition import Edition
from disclosure.site.government import Subject, head_tags, identifiers, services, subject
from disclosure.site.plan import plan
from disclosure.site.routes import Kind

SITE = """format: 1
name: {zh: 示例市部门预算公开, en: Example City budget disclosure}
edition: official
publisher:
  website: https://www.example.gov.cn:8080/sub/?a=b
  website_name: {zh: 示例市人民政府网站, en: Website of Example City}
  column_type: {zh: 政府信息公开, en: Government information disclosure}
  organiser: {zh: 主办某局, en: Organising Bureau}
  operator: {zh: 承办某局, en: Operating Bureau}
  contact: {zh: 某路 0 号, en: 0 Some Road}
  phone: 000-0000000
  icp_number: 虚构ICP备00000000号
  police_number: 虚构公网安备 12345678901234号
  site_code: bm00000000
  institution_mark: https://mark.example/?id=0
  error_report: https://errors.example/
  site_map: https://www.example.gov.cn/map.html
"""
HEADER = "{year}/disclosure.yml"
RECORD = (
    "  published: 2024-01-20\n",
    "  published: 2024-01-20\n  published_time: 10:19\n  issuer: 示例局\n  index_number: 0/2024-1\n"
    "  document_number: 虚构〔2024〕1号\n  issued: 2024-01-18\n  validity: 有效\n",
)
COMPLETE = {HEADER: (RECORD[0], RECORD[1])}
TITLED = ("year: 2024\n", "year: 2024\ntitle: 示例局部门预算公开\n")


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The smallest data as those of a government site."""
    folder = tmp_path_factory.mktemp("official") / "data"
    shutil.copytree(SMALLEST, folder)
    header = folder / YEAR / "disclosure.yml"
    header.write_text(header.read_text("utf-8").replace(*RECORD), "utf-8")
    (folder / "site.yml").write_text(SITE, "utf-8")
    return load_book(folder)


def tags(book: Book, lang: Lang, path: str, address: str | None = None) -> dict[str, str]:
    """The tags of a page of the data, by name; each stands once."""
    site = plan(book)
    (page,) = (
        each.page for each in site.pages if (each.page.id.path, each.page.lang) == (path, lang)
    )
    edition = site.editions[lang]
    found = head_tags(edition, subject(edition, page), address)
    assert len(dict(found)) == len(found)
    return dict(found)


def test_a_page_with_content_says_when_and_by_whom(official: Book) -> None:
    address = "https://www.example.gov.cn/budget/x.html"
    found = tags(official, "zh", f"{YEAR}/projects/P1.html", address)
    assert found == {
        "ArticleTitle": "清洁取暖 - 示例局2024年部门预算",
        "Keywords": "清洁取暖,示例局,示例局2024年部门预算,P1",
        "SiteName": "示例市人民政府网站",
        "SiteDomain": "www.example.gov.cn",
        "SiteIDCode": "bm00000000",
        "ColumnName": "示例局",
        "ColumnType": "政府信息公开",
        "PubDate": "2024-01-20 10:19",
        "ContentSource": "示例局",
        "Author": "示例局",
        "Url": address,
    }


def test_a_page_of_others_says_what_column_it_is(official: Book) -> None:
    for path in (f"{YEAR}/projects/index.html", "departments/example/index.html", "index.html"):
        for lang in LANGS:
            found = tags(official, lang, path, "https://www.example.gov.cn/x")
            assert list(found) == [
                *("SiteName", "SiteDomain", "SiteIDCode", "ColumnName"),
                *("ColumnDescription", "ColumnKeywords", "ColumnType"),
            ], path
    assert found["SiteName"] == "Website of Example City"
    assert found["ColumnName"] == "Example City budget disclosure"


def test_the_overview_has_the_title_of_the_document(small_book: SmallBook) -> None:
    edits = {HEADER: TITLED}
    book = small_book(edits, {"site.yml": SITE})
    assert tags(book, "zh", f"{YEAR}/index.html")["ArticleTitle"] == "示例局部门预算公开"


def test_the_home_page_of_a_site_of_its_own_is_no_column(small_book: SmallBook) -> None:
    own = re.sub("  website_name:.*\n", "", SITE)
    found = tags(small_book(files={"site.yml": own}), "zh", "index.html")
    assert found["SiteName"] == "示例市部门预算公开"
    assert not [name for name in found if name.startswith("Column")]


def test_nothing_is_made_up(small_book: SmallBook) -> None:
    """No date of the build, no source, no code: only the titles of pages and of the department."""
    book = small_book({HEADER: (RECORD[0], "")}, {"site.yml": "format: 1\nedition: official\n"})
    found = tags(book, "zh", f"{YEAR}/summary.html")
    assert set(found) == {"ColumnName", "ArticleTitle", "Keywords", "Author"}


def test_a_date_without_a_time_stays_a_date(small_book: SmallBook) -> None:
    book = small_book(files={"site.yml": SITE})
    assert tags(book, "zh", f"{YEAR}/summary.html")["PubDate"] == "2024-01-20"


def test_the_first_edition_tells_the_date_that_the_record_does_not(small_book: SmallBook) -> None:
    book = small_book({HEADER: (RECORD[0], "  issuer: 示例局\n")}, {"site.yml": SITE})
    (department,) = book.departments
    (disclosure,) = department.disclosures
    assert ("C714", "record.published") in missing(book)
    entries = [
        PublishedEdition.model_validate(
            {"number": number, "date": date, "reason": {"zh": "甲", "en": "A"}, "sha256": "0" * 64}
        )
        for number, date in (("1", "2024-03-01"), ("2", "2024-05-01"))
    ]
    editions = Editions(tuple(entries), {}, None)
    edited = replace(disclosure, editions=editions)
    book = replace(book, departments=(replace(department, disclosures=(edited,)),))
    assert ("C714", "record.published") not in missing(book)
    edition = Edition(book, "zh")
    found = dict(head_tags(edition, Subject("article", disclosure=edited)))
    assert found["PubDate"] == "2024-03-01"


def test_an_unofficial_site_does_not_pass_for_a_governments(small_book: SmallBook) -> None:
    unofficial = SITE.replace("edition: official", "edition: unofficial")
    site = plan(small_book(COMPLETE, {"site.yml": unofficial}))
    for marked in site.pages:
        edition = site.editions[marked.page.lang]
        assert head_tags(edition, subject(edition, marked.page), "https://a.cn/") == ()
    for edition in site.editions.values():
        assert services(edition) == ()
        shown = [each.key for each in identifiers(edition)]
        assert "publisher.site_code" not in shown
        assert {"publisher.organiser", "publisher.icp", "publisher.police"} <= set(shown)


def test_pages_that_repeat_others_have_the_tags_of_the_site_alone(official: Book) -> None:
    whole = tags(official, "zh", f"{YEAR}/print.html", "https://a.cn/")
    assert list(whole) == ["SiteName", "SiteDomain", "SiteIDCode"]
    edition = plan(official).editions["zh"]
    assert dict(head_tags(edition, Subject("none"))) == whole


def test_every_kind_of_page_has_its_tags(official: Book) -> None:
    site = plan(official)
    kinds = set()
    for marked in site.pages:
        edition = site.editions[marked.page.lang]
        names = dict(head_tags(edition, subject(edition, marked.page)))
        kinds.add(marked.page.id.kind)
        column, article = "ColumnKeywords" in names, "ArticleTitle" in names
        assert column + article == (marked.page.id.kind is not Kind.PRINT)
    assert len(kinds) > 10


def test_the_footer(official: Book) -> None:
    for lang in LANGS:
        edition = Edition(official, lang)
        lines = {each.key.removeprefix("publisher."): each for each in identifiers(edition)}
        assert list(lines) == [
            *("organiser", "operator", "contact", "phone", "icp", "police", "site_code")
        ]
        assert lines["organiser"].text == {"zh": "主办某局", "en": "Organising Bureau"}[lang]
        assert lines["icp"].href == "https://beian.miit.gov.cn/" and lines["icp"].lang == "zh"
        assert lines["police"].href.endswith("?code=12345678901234")
        assert not lines["site_code"].href
        assert services(edition) == (
            ("publisher.site_map", "https://www.example.gov.cn/map.html"),
            ("publisher.institution_mark", "https://mark.example/?id=0"),
            ("publisher.error_report", "https://errors.example/"),
        )


@pytest.mark.parametrize("number", ["公网安备 1234567890123号", "公网安备 123456789012345号", "无"])
def test_only_a_whole_number_is_looked_up(official: Book, number: str) -> None:
    edition = Edition(given(official, police_number=number), "zh")
    (line,) = (each for each in identifiers(edition) if each.key == "publisher.police")
    assert (line.text, line.href) == (number, "")


# ---- what is still missing -------------------------------------------------------------------


def given(book: Book, **changes: Any) -> Book:
    """The same book with other identifiers of the publisher."""
    publisher = book.site.publisher
    assert publisher and set(changes) <= set(type(publisher).model_fields)
    changed = publisher.model_copy(update=changes)
    return replace(book, site=book.site.model_copy(update={"publisher": changed}))


def missing(book: Book) -> list[tuple[str, str]]:
    return [(found.rule, dict(found.problem.values).get("key", "")) for found in government(book)]


def test_nothing_is_missing(official: Book) -> None:
    assert missing(official) == [("C716", "title")]


KEYS = {
    "website": "C712",
    "column_type": "C712",
    "site_code": "C712",
    "organiser": "C713",
    "icp_number": "C713",
    "police_number": "C713",
    "institution_mark": "C713",
    "error_report": "C713",
    "site_map": "C713",
    "operator": "C716",
}


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_missed(official: Book, key: str) -> None:
    book = given(official, **{key: None})
    assert missing(book) == [(KEYS[key], f"publisher.{key}"), ("C716", "title")]


def test_one_way_to_reach_the_publisher_is_enough(official: Book) -> None:
    assert missing(given(official, phone=None)) == [("C716", "title")]
    assert missing(given(official, contact=None)) == [("C716", "title")]
    assert missing(given(official, phone=None, contact=None))[0] == ("C713", "publisher.phone")


@pytest.mark.parametrize(
    ("code", "fits"),
    [("1300000001", True), ("bm17000009", True), ("130000001", False), ("BM17000009", False)],
)
def test_the_form_of_a_site_code(official: Book, code: str, fits: bool) -> None:
    assert (("C715", "") in missing(given(official, site_code=code))) is not fits


@pytest.mark.parametrize(
    ("host", "fits"),
    [("slj.example.gov.cn", True), ("gov.cn", True), ("example-gov.cn", False), ("a.cn", False)],
)
def test_the_domain_of_a_government(official: Book, host: str, fits: bool) -> None:
    book = given(official, website=f"https://{host}/")
    assert (("C717", host) in found_hosts(book)) is not fits


def found_hosts(book: Book) -> list[tuple[str, str]]:
    return [(each.rule, dict(each.problem.values).get("found", "")) for each in government(book)]


def test_the_record_is_looked_at(small_book: SmallBook) -> None:
    book = small_book({HEADER: (RECORD[0], "")}, {"site.yml": SITE})
    codes = missing(book)
    assert [key for code, key in codes if code == "C714"] == ["record.published", "record.issuer"]
    assert [key for code, key in codes if code == "C716"] == [
        "title",
        *(f"record.{key}" for key in ("index_number", "document_number", "issued", "validity")),
        "record.published_time",
    ]
    places = {each.problem.span.file.rpartition("/")[2] for each in government(book)}
    assert places == {"disclosure.yml"}


def test_no_other_check_runs_it(small_book: SmallBook) -> None:
    """The rules of every check and of the site know nothing of it."""
    book = small_book(files={"site.yml": "format: 1\n"})
    assert missing(book)
    assert not [each for each in examine(book).problems if each.code in {*REQUIRED, "C716", "C717"}]
    assert all(CATALOGUE[code].severity is Severity.HINT for code in (*REQUIRED, "C716", "C717"))


@pytest.mark.parametrize(
    ("site", "edits", "code"),
    [
        (SITE, COMPLETE, 0),
        (SITE.replace("https://www.example.gov.cn:8080", "https://a.cn"), COMPLETE, 0),
        (SITE, NONE, 1),
        (SITE.replace("edition: official", "edition: unofficial"), COMPLETE, 1),
        ("format: 1\n", COMPLETE, 1),
    ],
)
def test_the_command(
    write_data: WriteData,
    capsys: pytest.CaptureFixture[str],
    site: str,
    edits: dict[str, tuple[str, str]],
    code: int,
) -> None:
    folder = write_data(edits, {"site.yml": site})
    asked = ["check", str(folder), "--lang", "both", "--format", "plain"]
    assert main(asked) == 0
    assert " C71" not in capsys.readouterr().out
    assert main([*asked, "--government"]) == code
    said = capsys.readouterr().out
    assert (any(f" {each} " in said for each in REQUIRED)) is bool(code)
    assert main([*asked, "--government", "--format", "github"]) == code
    assert ("::error " in capsys.readouterr().out) is bool(code)
