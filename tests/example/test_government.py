"""The fictitious district as a government site: tags, footer, record, on every page."""

from __future__ import annotations

import gzip
import html
import re
from pathlib import Path

from tests.example.conftest import EXAMPLE, ReadPages
from tests.site.names import unsuited
from tests.site.reading import read_page

from disclosure.book import Book
from disclosure.cli import main
from disclosure.language.numbers import day
from disclosure.site.government import FILINGS, POLICE_FILINGS

META = re.compile(r'<meta name="([A-Z][A-Za-z]+)" content="([^"]*)">')
SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource", "Keywords")
MAXIMUM_COMPRESSED = 15 * 1024
"""Bytes of the HTML of a page, as a server sends it compressed."""


def test_every_page_has_the_tags_of_its_kind(district_site: Path, district_book: Book) -> None:
    dates = {}
    for each in district_book.disclosures:
        record = each.header.record
        assert record and record.published
        time = f" {record.published_time}" if record.published_time else ""
        dates[each.department, each.slug] = record.published + time
    assert {len(date) for date in dates.values()} == {10, 16}, "with and without a time"
    listing = set()
    for path in sorted(district_site.rglob("*.html")):
        url = path.relative_to(district_site).as_posix()
        written = META.findall(path.read_text("utf-8"))
        found = {name: html.unescape(content) for name, content in written}
        assert len(found) == len(written) and all(found.values()), url
        found.pop("Description", "")
        assert tuple(found)[:3] == SITE and found["SiteDomain"] == "www.yunqi.example", url
        names = tuple(found)[3:]
        own = url.removeprefix("en/")
        parts = own.split("/")
        if parts[-1] == "print.html" or own == "404.html":
            assert names == (), url
        elif names == COLUMN:
            listing.add(re.sub("departments/[^/]+(/[^/]+-(budget|final))?", "…", own))
        elif parts[0] == "departments":
            assert names == (*ARTICLE, "Author"), url
            assert found["PubDate"] == dates[parts[1], parts[2]], url
        else:
            assert set(names) <= set(ARTICLE) and "PubDate" not in found, url
    assert listing == {
        *("index.html", "…/index.html", "glossary.html", "policies.html"),
        *("…/downloads.html", "…/projects/index.html", "…/tables/index.html"),
    }


def test_the_footer_has_what_the_site_gives(both: ReadPages) -> None:
    for page in both("education/2024-budget/index.html"):
        footer = page.root.one("footer")
        links = {a.text(): a["href"] for a in footer.all("a")}
        assert links["虚构ICP备00000000号"] == FILINGS
        assert links["虚构公网安备 00000000000000号"] == POLICE_FILINGS + "0" * 14
        assert {
            "https://www.yunqi.example/sitemap.html",
            "https://mark.example/sitename?id=0000000000000000",
            "https://errors.example/report?site=0000000000",
        } <= set(links.values())
        said = footer.text()
        words = ("0000000000", "000-0000000", "budget@yunqi.example", "fictitious", "虚构")
        assert all(word in said for word in words[:3]) and any(word in said for word in words[3:])


def test_the_record_is_shown(both: ReadPages) -> None:
    zh, en = (
        {
            dt.text(): dd.text()
            for dt, dd in zip(page.article.all("dt"), page.article.all("dd"), strict=True)
        }
        for page in both("education/2024-budget/index.html")
    )
    shown = {
        "文件标题": "云栖区教育局（虚构）2024年部门预算信息公开情况说明",
        "索引号": "虚构YQ201/2024-00011",
        "文号": "虚构云栖教〔2024〕2号",
        "发布机构": "云栖区教育局（虚构）",
        "有效性": "有效",
        "成文日期": day("2024-02-20", "zh"),
        "公开日期": f"{day('2024-02-25', 'zh')} 10:19",
    }
    assert {key: zh[key] for key in shown} == shown
    assert en["Date of publication"] == f"{day('2024-02-25', 'en')} 10:19"
    assert en["Index number"] == "虚构YQ201/2024-00011"


def test_the_tags_leave_the_pages_light(district_site: Path) -> None:
    sizes = {
        path: len(gzip.compress(path.read_bytes(), 6, mtime=0))
        for path in district_site.rglob("projects/*.html")
    }
    heaviest = max(sizes, key=lambda path: sizes[path])
    assert sizes[heaviest] <= MAXIMUM_COMPRESSED, heaviest


def test_the_site_lies_in_any_folder_and_leads_out_by_the_footer_alone(
    district_site: Path,
) -> None:
    paths = [path.relative_to(district_site).as_posix() for path in district_site.rglob("*")]
    assert len(paths) > 1000 and not list(unsuited(paths))
    outside = set()
    for path in district_site.rglob("*.html"):
        text = path.read_text("utf-8")
        links = re.findall(r'(?:href|src)="([^"]*)"', text)
        body, footer = text.split("<footer", 1)
        outside |= {link for link in links if re.match("[a-z]+:", link)}
        assert not re.search(r'(?:href|src)="(?:[a-z]+:)?//', body), path
        if path.name != "404.html":
            assert not [link for link in links if link.startswith("/")], path
        assert "http" in footer
    assert {html.unescape(link).split("/")[2] for link in outside} == {
        *("beian.miit.gov.cn", "beian.mps.gov.cn"),
        *("mark.example", "errors.example", "www.yunqi.example"),
    }


def test_nothing_that_is_required_is_missing() -> None:
    assert main(["check", str(EXAMPLE / "data"), "--government", "--format", "plain"]) == 0


def test_the_tags_are_whole_where_the_site_has_an_address(district_site: Path) -> None:
    """No tag holds the time of the build or an address that nobody gave."""
    page = read_page(district_site, district_site / "en" / "guide.html")
    names = [meta["name"] for meta in page.head.all("meta")]
    assert "Url" not in names and "PubDate" not in names
