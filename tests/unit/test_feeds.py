"""Atom feeds and llms.txt: valid, with ids that stay, bounded, the same data the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from markdown_it import MarkdownIt
from tests.unit.conftest import YEAR, SmallBook
from tests.unit.test_editions_page import document_of, published

from disclosure.book import Book, Department
from disclosure.export.files import ExportFile
from disclosure.model.fields import LANGS, Lang
from disclosure.rules.examine import examine
from disclosure.site.edition import Edition
from disclosure.site.feeds import ENTRIES, feeds
from disclosure.site.llms import llms
from disclosure.site.publications import publications
from disclosure.site.routes import feed_url
from disclosure.site.views.editions import change_log

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
SITE = "https://budget.example/sub/"
TAGS = {"zh": "zh-CN", "en": "en"}
DISCLOSURE = f"{YEAR}/disclosure.yml"

# ---- a reader of RFC 4287 --------------------------------------------------------------------

# Section 4.1: elements of a feed and of an entry, the least and the most of each.
FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "subtitle": (0, 1), "rights": (0, 1),
        "generator": (0, 1), "author": (0, 99), "link": (0, 99), "category": (0, 99),
        "icon": (0, 1), "logo": (0, 1), "entry": (0, 9999)}  # fmt: skip
ENTRY = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (0, 1), "rights": (0, 1),
         "summary": (0, 1), "content": (0, 1), "author": (0, 99), "link": (0, 99),
         "category": (0, 99), "source": (0, 1)}  # fmt: skip
TEXT = {"id", "title", "updated", "subtitle", "rights", "generator", "published", "summary"}
LINK = {"href", "rel", "type", "hreflang", "title", "length"}
RELATIONS = {"alternate", "self", "enclosure", "related", "via"}
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z.+-]+")


def local(element: Element) -> str:
    assert element.tag.startswith(ATOM), element.tag
    return element.tag.removeprefix(ATOM)


def only(parent: Element, tag: str) -> str:
    (found,) = parent.findall(f"{ATOM}{tag}")
    return found.text or ""


def check_children(parent: Element, allowed: Mapping[str, tuple[int, int]]) -> None:
    names = [local(child) for child in parent]
    assert set(names) <= set(allowed), names
    for name, (least, most) in allowed.items():
        assert least <= names.count(name) <= most, f"{names.count(name)} × {name}"
    for child in parent:
        if local(child) in TEXT:
            assert not list(child) and not child.attrib, child.tag
            assert (child.text or "").strip() == child.text, child.text
    for element in (parent.findall(f"{ATOM}updated"), parent.findall(f"{ATOM}published")):
        for date in element:
            assert RFC_3339.fullmatch(date.text or ""), date.text
            assert datetime.fromisoformat(date.text or "").utcoffset() == timedelta(hours=8)
    for person in parent.findall(f"{ATOM}author"):
        assert [local(each) for each in person] == ["name"] and person[0].text
    for category in parent.findall(f"{ATOM}category"):
        assert category.attrib.keys() == {"term", "label"} and category.attrib["term"]
    check_links(parent.findall(f"{ATOM}link"))
    address = urlsplit(only(parent, "id"))
    assert address.scheme == "urn" and UUID(only(parent, "id")).version == 5


def check_links(links: list[Element]) -> None:
    seen = set()
    for link in links:
        assert {"href", "rel"} <= link.attrib.keys() <= LINK and not list(link)
        assert link.attrib["rel"] in RELATIONS and MEDIA_TYPE.fullmatch(link.attrib["type"])
        assert re.fullmatch(r"[!#$%&'()*+,/:;=?@\[\]A-Za-z0-9._~-]+", link.attrib["href"])
        key = tuple(link.attrib.get(name) for name in ("rel", "type", "hreflang"))
        assert key not in seen, "section 4.1.1: one alternate of a type and a language"
        seen.add(key)


def check(data: bytes) -> Element:
    """Everything that RFC 4287 asks of a feed that has entries; returns its root."""
    root = ElementTree.fromstring(data)
    assert local(root) == "feed" and root.attrib[f"{XML}lang"] in TAGS.values()
    check_children(root, FEED)
    assert root.find(f"{ATOM}author") is not None, "section 4.1.1: or one in every entry"
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        check_children(entry, ENTRY)
        rels = [link.attrib["rel"] for link in entry.findall(f"{ATOM}link")]
        assert rels.count("alternate") == 1
        for content in entry.findall(f"{ATOM}content"):
            assert content.attrib == {"type": "xhtml"}
            (box,) = content
            assert box.tag == "{http://www.w3.org/1999/xhtml}div"
            tags = {each.tag.rpartition("}")[2] for each in box.iter()}
            assert tags <= {"div", "p", "ul", "li"} and not any(e.attrib for e in box.iter())
    ids = [only(entry, "id") for entry in entries]
    assert entries and len(set(ids)) == len(ids) and only(root, "id") not in ids
    moments = [datetime.fromisoformat(only(entry, "updated")) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert only(root, "updated") == only(entries[0], "updated")
    return root


# ---- books -----------------------------------------------------------------------------------


def made(book: Book, site_url: str = "") -> dict[str, bytes]:
    languages = spoken(book, site_url)
    logs = {(d.department, d.slug): log for d in book.disclosures if (log := change_log(book, d))}
    return dict(feeds(languages, logs))


def spoken(book: Book, site_url: str = "") -> dict[Lang, Edition]:
    examination = examine(book)
    return {lang: Edition(book, lang, "站", examination, site_url=site_url) for lang in LANGS}


def entries(data: bytes) -> list[Element]:
    return check(data).findall(f"{ATOM}entry")


@pytest.fixture
def corrected(small_book: SmallBook) -> Book:
    """A disclosure published on a day, and two editions later on, of which one changed a figure."""
    book = small_book()
    data = document_of(book)
    return published(book, data.replace(b'"60.00"', b'"61.00"'), data)


# ---- feeds -----------------------------------------------------------------------------------


def test_a_feed_for_the_site_and_each_department_in_each_language(real_book: Book) -> None:
    found = made(real_book)
    (department,) = real_book.departments
    assert set(found) == {
        *("feed.xml", f"departments/{department.slug}/feed.xml"),
        *("en/feed.xml", f"en/departments/{department.slug}/feed.xml"),
    }
    for address, data in found.items():
        root = check(data)
        lang: Lang = "en" if address.startswith("en/") else "zh"
        assert root.attrib[f"{XML}lang"] == TAGS[lang]
        assert real_book.site.name and real_book.site.name[lang] in only(root, "title")


def test_an_entry_tells_of_the_disclosure_and_of_every_edition(corrected: Book) -> None:
    second, first, disclosed = entries(made(corrected)["feed.xml"])
    moments = [only(each, "updated") for each in (second, first, disclosed)]
    assert moments == ["2024-02-20T00:00:00+08:00"] * 2 + ["2024-01-20T00:00:00+08:00"]
    assert only(second, "title").endswith("2024年部门预算：第 2 版")
    assert only(second, "summary").startswith("更正一个数 2 比第 1 版改动 ")
    said = "".join(second.find(f"{ATOM}content").itertext())  # type: ignore[union-attr]
    assert "（单位：万元）：由“61.00”改为“60.00”" in said
    assert first.find(f"{ATOM}content") is None and only(first, "summary") == "更正一个数 1"
    assert only(disclosed, "title").endswith("2024年部门预算公开")
    assert "支出" in only(disclosed, "summary")


def test_links_of_an_entry(corrected: Book) -> None:
    for address, data in made(corrected).items():
        prefix = "en/" if address.startswith("en/") else ""
        second = entries(data)[0]
        found = {
            each.attrib["rel"]: urljoin(f"http://h/{address}", each.attrib["href"])
            for each in second.findall(f"{ATOM}link")
        }
        assert found == {
            "alternate": f"http://h/{prefix}{YEAR}/editions.html#edition-2",
            "enclosure": f"http://h/{YEAR}/editions/2.json",
        }
        (size,) = (each.attrib["length"] for each in second.iter() if "length" in each.attrib)
        stored = next(iter(corrected.disclosures)).editions
        assert stored and int(size) == len(stored.stored[2].data)


def test_with_an_address_every_link_is_absolute_and_the_feed_names_itself(corrected: Book) -> None:
    for address, data in made(corrected, SITE).items():
        root = check(data)
        links = list(root.iter(f"{ATOM}link"))
        assert all(link.attrib["href"].startswith(SITE) for link in links)
        (own,) = [link.attrib["href"] for link in links if link.attrib["rel"] == "self"]
        assert own == SITE + address


def test_ids_stay_when_the_site_moves_and_differ_by_language(corrected: Book) -> None:
    def ids(data: bytes) -> list[str]:
        root = check(data)
        return [only(root, "id"), *(only(each, "id") for each in entries(data))]

    here, there = made(corrected), made(corrected, SITE)
    for address in here:
        assert ids(here[address]) == ids(there[address])
    zh, en = ids(here["feed.xml"]), ids(here["en/feed.xml"])
    assert not set(zh) & set(en)
    own = ids(here["departments/example/feed.xml"])
    assert own[1:] == zh[1:] and own[0] != zh[0], "an entry is the same one in every feed"


def test_ids_are_those_promised(corrected: Book) -> None:
    """Written out once more: a reader shows an entry again whose id has changed."""
    found = [only(each, "id") for each in entries(made(corrected)["feed.xml"])]
    assert found[2] == "urn:uuid:afbd4af3-9d76-560e-b9d1-27997829199a"
    (disclosure,) = corrected.disclosures
    assert disclosure.editions
    names = ("edition", disclosure.editions.entries[1].sha256, "2", "zh")
    assert found[0] == uuid5(uuid5(NAMESPACE_URL, "mkdocs-disclosure"), "\n".join(names)).urn


def test_edition_one_of_the_same_day_is_the_publication(small_book: SmallBook) -> None:
    book = small_book({DISCLOSURE: ("  published: 2024-01-20\n", "")})
    assert made(book) == {}, "nothing has a date"
    (one,) = entries(made(published(book, document_of(book)))["feed.xml"])
    assert only(one, "title").endswith("公开")
    assert only(one, "updated") == "2024-02-20T00:00:00+08:00"


def test_the_time_of_publication(small_book: SmallBook) -> None:
    timed = ("published: 2024-01-20", "published: 2024-01-20\n  published_time: 09:30")
    (one,) = publications(small_book({DISCLOSURE: timed}).disclosures)
    assert one.moment == "2024-01-20T09:30:00+08:00"


def test_a_feed_is_bounded(small_book: SmallBook) -> None:
    book = small_book()
    data = document_of(book)
    many = published(book, *[data] * (ENTRIES + 5))
    found = entries(made(many)["feed.xml"])
    assert len(found) == ENTRIES
    assert only(found[0], "title").endswith(f"第 {ENTRIES + 5} 版")


def test_no_text_can_break_a_feed(corrected: Book) -> None:
    """Markup is text; characters that XML 1.0 has not are left out."""
    attack = "</name><script>&amp;]]><!--\x00\x0b\ufffe--> <?x"
    (department,) = corrected.departments
    (disclosure,) = department.disclosures
    header = disclosure.header.model_copy(
        update={
            "department": disclosure.header.department.model_copy(update={"name": f"甲{attack}"})
        }
    )
    assert disclosure.editions
    entry = disclosure.editions.entries[1]
    reason = entry.reason.model_copy(update={"zh": f"乙{attack}", "en": f"B{attack}"})
    marked = replace(
        disclosure.editions,
        entries=(disclosure.editions.entries[0], entry.model_copy(update={"reason": reason})),
    )
    hostile = replace(disclosure, header=header, editions=marked)
    book = replace(corrected, departments=(replace(department, disclosures=(hostile,)),))
    shown = "</name><script>&amp;]]><!----> <?x"
    for address, data in made(book).items():
        second = entries(data)[0]
        assert shown in only(second, "title") and shown in only(second, "summary"), address


def test_a_feed_is_the_same_for_the_same_data(corrected: Book) -> None:
    assert made(corrected) == made(corrected)


# ---- llms.txt --------------------------------------------------------------------------------


def parts(data: bytes) -> Iterator[tuple[str, str]]:
    """Kind and text of each block, as CommonMark has them; a link as its address."""
    around = ""
    for token in MarkdownIt("commonmark").parse(data.decode("utf-8")):
        assert token.type not in ("html_block", "code_block", "fence")
        if token.type == "inline":
            for child in token.children or []:
                assert child.type != "html_inline"
                if child.type == "link_open":
                    yield "a", str(child.attrs["href"])
            yield around, token.content
        elif token.type == "blockquote_open":
            around = "blockquote"
        elif token.nesting == 1 and not (around == "blockquote" and token.tag == "p"):
            around = token.tag


def told(book: Book, site_url: str = "") -> dict[str, bytes]:
    folder = [f"departments/{d.department}/{d.slug}" for d in book.disclosures]
    files = [ExportFile(f"{each}/data/disclosure.json", "json", "", b"{}") for each in folder]
    return dict(llms(spoken(book, site_url), files))


@pytest.mark.parametrize(("lang", "address"), [("zh", "llms.txt"), ("en", "en/llms.txt")])
def test_llms_has_the_form_of_llmstxt(real_book: Book, lang: Lang, address: str) -> None:
    found = list(parts(told(real_book)[address]))
    assert real_book.site.name and real_book.site.description
    assert found[0] == ("h1", real_book.site.name[lang])
    assert found[1][0] == "blockquote" and real_book.site.description[lang] in found[1][1]
    assert {"zh": "以官方文件为准", "en": "that document prevails"}[lang] in found[1][1]
    headings = [text for kind, text in found if kind == "h2"]
    assert headings[-1] == "Optional" and len(headings) == 3
    assert [kind for kind, _ in found].count("h1") == 1
    folder = "departments/economy-technology/2024-budget"
    up = "" if lang == "zh" else "../"
    assert {text for kind, text in found if kind == "a"} == {
        *("index.md", "guide.md", "glossary.md", "policies.md", "accessibility.md", "feed.xml"),
        *(f"{folder}/index.md", f"{folder}/downloads.md", f"{up}{folder}/data/disclosure.json"),
        {"zh": "en/llms.txt", "en": "../llms.txt"}[lang],
    }


def test_llms_links_are_absolute_where_the_site_has_an_address(real_book: Book) -> None:
    for data in told(real_book, SITE).values():
        links = [text for kind, text in parts(data) if kind == "a"]
        assert links and all(link.startswith(SITE) for link in links)


def test_llms_of_a_county_is_one_line_a_department(small_book: SmallBook) -> None:
    book = small_book()
    (department,) = book.departments
    (disclosure,) = department.disclosures

    def numbered(number: int) -> Department:
        slug = f"example-{number}"
        own = [
            replace(disclosure, department=slug,
                    header=disclosure.header.model_copy(update={"year": year}))
            for year in range(2020, 2025)
        ]  # fmt: skip
        file = department.file.model_copy(update={"slug": slug})
        return replace(department, file=file, disclosures=tuple(own))

    county = replace(book, departments=tuple(numbered(each) for each in range(60)))
    languages = {lang: Edition(county, lang, "站") for lang in LANGS}
    files = [
        ExportFile(f"departments/{d.department}/{d.slug}/data/{name}", "json", "", b"")
        for d in county.disclosures
        for name in ("disclosure.json", "datapackage.json")
    ]
    for data in dict(llms(languages, files)).values():
        lines = data.decode("utf-8").splitlines()
        for number in range(60):  # its page, its newest disclosure and the files of that
            (line,) = (each for each in lines if f"departments/example-{number}/index.md" in each)
            assert f"departments/example-{number}/2020-budget/index.md" in line
        assert sum("years/" in line for line in lines) == 5
        assert len(data) < 60 * 350 + 3_000, len(data)


def test_a_name_cannot_break_llms(small_book: SmallBook) -> None:
    name = "  name: 示例局\nrecord"
    attack = "  name: 'x](http://evil) # <script> [y]: http://z'\nrecord"
    book = small_book({DISCLOSURE: (name, attack)})
    for data in told(book).values():
        found = list(parts(data))
        assert not [text for kind, text in found if kind == "a" and "evil" in text]
        text = [text for kind, text in found if kind == "h2"]
        assert len(text) == 3


def test_addresses_are_those_promised() -> None:
    assert [feed_url(lang) for lang in LANGS] == ["feed.xml", "en/feed.xml"]
    assert feed_url("en", "bureau") == "en/departments/bureau/feed.xml"
