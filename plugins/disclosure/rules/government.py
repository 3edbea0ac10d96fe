"""What a site still lacks to be a Chinese government site (C711-C717). Looked for on request only.

What the head of the pages and the footer have to say is in 政府网站发展指引 (Guidelines for the
Development of Government Websites, 国办发〔2017〕47号): name, domain and code of the site, name and
type of the column, title, date and source of what is published; at the foot the mark of party and
government websites, the way to report errors, the site code, the organiser and how to reach it, the
ICP filing, the public security filing and the site map. What goes into the record of an item of
information is customary in the catalogues of 政府信息公开条例 (Regulations on Open Government
Information, 2019).

Nothing of it concerns a site that is no government's, and nothing of it is wrong with the data:
hence hints, and not among the rules that every check runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from disclosure.book import Book, Disclosure
from disclosure.model.disclosure import InformationRecord
from disclosure.model.site import Publisher
from disclosure.rules.finding import Finding, finding

REQUIRED = frozenset({"C711", "C712", "C713", "C714", "C715"})
"""The codes of what a government site must have. The others are customary."""

_SITE = "site.yml"
_HEADER = "disclosure.yml"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A key that should be written: its names, and the tag that is made of it."""

    key: str
    zh: str
    en: str
    tag: str = ""


_TAGS = (
    _Wanted("website", "所属政府网站的网址", "the address of the government site", "SiteDomain"),
    _Wanted("site_code", "政府网站标识码", "the government site code", "SiteIDCode"),
    _Wanted("column_type", "栏目类别", "the type of the column", "ColumnType"),
)
_FOOTER = (
    _Wanted("organiser", "主办单位", "the organiser"),
    _Wanted("icp_number", "ICP备案号", "the ICP filing number"),
    _Wanted("police_number", "公安备案号", "the public security filing number"),
    _Wanted(
        "institution_mark",
        "党政机关网站标识的网址",
        "the address of the mark of a party or government website",
    ),
    _Wanted(
        "error_report",
        "“我为政府网站找错”的网址",
        "the address where errors of a government website are reported",
    ),
    _Wanted("site_map", "网站地图的网址", "the address of the site map"),
)
_RECORD = (
    _Wanted("published", "公开日期", "the date of publication", "PubDate"),
    _Wanted("issuer", "发布机构", "the issuing body", "ContentSource"),
)
_CUSTOMARY = (
    _Wanted("index_number", "索引号", "the index number"),
    _Wanted("document_number", "文号", "the document number"),
    _Wanted("issued", "成文日期", "the date of the document"),
    _Wanted("validity", "是否有效", "whether it is in force"),
    _Wanted("published_time", "公开的时间", "the time of publication"),
)
_SITE_CODE = re.compile(r"\d{10}|bm\d{8}", re.ASCII)


def publication(disclosure: Disclosure) -> str:
    """When a disclosure was published, ``2024-02-20 09:30``; the date alone where no time is given.

    That is what its record says, or else the day of its first edition; empty without either.
    """
    record, editions = disclosure.header.record, disclosure.editions
    if record and record.published:
        return f"{record.published} {record.published_time or ''}".strip()
    return editions.entries[0].date if editions and editions.entries else ""


def government(book: Book) -> Iterator[Finding]:
    """C711 to C717, in the order of the files; places in ``site.yml`` and ``disclosure.yml``."""
    yield from _site(book)
    for disclosure in book.disclosures:
        yield from _record(disclosure)


def _site(book: Book) -> Iterator[Finding]:
    site, publisher = book.site, book.site.publisher or Publisher()
    if site.edition != "official":
        yield finding("C711", book.place(_SITE, ("edition",)))
    if not (site.name or publisher.website_name):
        wanted = _Wanted("name", "网站名称", "the name of the site", "SiteName")
        yield _lacks("C712", book, ("name",), wanted)
    for wanted in _TAGS:
        if getattr(publisher, wanted.key) is None:
            yield _lacks("C712", book, ("publisher", wanted.key), wanted)
    for wanted in _FOOTER:
        if getattr(publisher, wanted.key) is None:
            yield _lacks("C713", book, ("publisher", wanted.key), wanted)
    if not (publisher.contact or publisher.phone):
        wanted = _Wanted("phone", "联系电话", "the telephone")
        yield _lacks("C713", book, ("publisher", "phone"), wanted)
    if publisher.operator is None:
        wanted = _Wanted("operator", "承办单位", "the operator")
        yield _lacks("C716", book, ("publisher", "operator"), wanted)
    code, host = publisher.site_code, urlsplit(publisher.website or "").hostname
    if code and not _SITE_CODE.fullmatch(code):
        yield finding("C715", book.place(_SITE, ("publisher", "site_code")), found=code)
    if host and not f".{host}".endswith(".gov.cn"):
        yield finding("C717", book.place(_SITE, ("publisher", "website")), found=host)


def _lacks(code: str, book: Book, path: tuple[str, ...], wanted: _Wanted) -> Finding:
    values = {"name_zh": wanted.zh, "name_en": wanted.en, "tag": wanted.tag}
    return finding(code, book.place(_SITE, path), key=".".join(path), **values)


def _record(disclosure: Disclosure) -> Iterator[Finding]:
    header = disclosure.header
    record = header.record or InformationRecord()
    for wanted in _RECORD:
        if wanted.key == "published" and publication(disclosure):
            continue
        if getattr(record, wanted.key) is None:
            place = disclosure.place(_HEADER, ("record", wanted.key))
            values = {"name_zh": wanted.zh, "name_en": wanted.en, "tag": wanted.tag}
            yield finding("C714", place, key=f"record.{wanted.key}", **values)
    if header.title is None:
        place = disclosure.place(_HEADER, ("title",))
        names = {"name_zh": "名称", "name_en": "the title of the document"}
        yield finding("C716", place, key="title", **names)
    for wanted in _CUSTOMARY:
        if getattr(record, wanted.key) is None:
            place = disclosure.place(_HEADER, ("record", wanted.key))
            names = {"name_zh": wanted.zh, "name_en": wanted.en}
            yield finding("C716", place, key=f"record.{wanted.key}", **names)
