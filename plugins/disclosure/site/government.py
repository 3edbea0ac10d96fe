"""What a government site says of itself: tags in the head of its pages, identifiers in the footer.

The tags are those of 国办发〔2017〕47号 (政府网站发展指引, Guidelines for the Development of
Government Websites) as government sites write them today: ``SiteName``, ``SiteDomain`` and
``SiteIDCode`` on every page, ``Column…`` on pages that list others, ``ArticleTitle``, ``PubDate``,
``ContentSource`` and more on pages with content. Everything comes from ``site.yml`` and the record
of the disclosure; what is not there is left out. An unofficial site has none of it, so that no
collector takes it for a government's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from disclosure.book import Disclosure
from disclosure.model.fields import Bilingual, Lang
from disclosure.rules.government import publication
from disclosure.site.blocks import Page
from disclosure.site.edition import Edition
from disclosure.site.routes import Kind, Part

Tags = tuple[tuple[str, str], ...]
"""Names and contents of ``meta`` elements, in their order."""

FILINGS = "https://beian.miit.gov.cn/"
"""Where ICP filings are looked up; the page of a number has no address of its own."""
POLICE_FILINGS = "https://beian.mps.gov.cn/#/query/webSearch?code="
"""Where a public security filing is looked up by its fourteen digits."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about, for the tags. ``column``: the listing page that it stands under.

    ``home`` is the page of the site, ``column`` lists other pages, ``article`` has content, and
    ``none`` is neither (what repeats other pages, or is not there).
    """

    role: Literal["home", "column", "article", "none"]
    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    column: str = ""
    disclosure: Disclosure | None = None


_COLUMNS = (Kind.DEPARTMENT, Kind.TABLES, Kind.DOWNLOADS, Kind.GLOSSARY, Kind.POLICIES)


def subject(edition: Edition, page: Page) -> Subject:
    """What a page of the data is about."""
    disclosure = edition.book.disclosure(page.id.department, page.id.disclosure)
    title, whose, department = page.title.text, "", ""
    if disclosure:
        department = edition.department_name(disclosure).text
        whose = edition.disclosure_title(disclosure, whose=True)
        printed = disclosure.header.title
        if page.id.kind is not Kind.OVERVIEW:
            title = f"{title} - {whose}"
        else:
            title = edition.phrase(printed).text if printed else whose
    words = (
        page.title.text if not disclosure else page.short_title,
        department,
        whose,
        *page.codes,
    )
    return Subject(
        role=_role(page),
        title=title,
        description=page.description,
        keywords=tuple(dict.fromkeys(word for word in words if word)),
        column=department or edition.site_name,
        disclosure=disclosure,
    )


def _role(page: Page) -> Literal["home", "column", "article", "none"]:
    if page.id.kind is Kind.HOME:
        return "home"
    if page.id.kind is Kind.PRINT:
        return "none"
    projects = page.id.kind is Kind.PART and page.id.item == Part.PROJECTS
    return "column" if projects or page.id.kind in _COLUMNS else "article"


def head_tags(edition: Edition, about: Subject, address: str | None = None) -> Tags:
    """The tags of a page; none on an unofficial site.

    ``address``: the absolute address of the page, where the site has one.
    """
    if edition.book.site.edition != "official":
        return ()
    found = [*_site(edition), *_column(edition, about)]
    if about.role == "article":
        found += _article(edition, about, address or "")
    return tuple((name, text) for name, text in found if text)


def _site(edition: Edition) -> Iterator[tuple[str, str]]:
    publisher = edition.book.site.publisher
    name = (publisher.website_name if publisher else None) or edition.book.site.name
    yield "SiteName", _said(name, edition.lang)
    if publisher:
        yield "SiteDomain", domain(publisher.website)
        yield "SiteIDCode", publisher.site_code or ""


def _column(edition: Edition, about: Subject) -> Iterator[tuple[str, str]]:
    publisher = edition.book.site.publisher
    # The home page of a site of its own is no column; as a folder of a portal it is one.
    is_part = publisher is not None and publisher.website_name is not None
    if about.role == "none" or (about.role == "home" and not is_part):
        return
    kind = _said(publisher.column_type, edition.lang) if publisher else ""
    if about.role == "article":
        yield from (("ColumnName", about.column), ("ColumnType", kind))
        return
    yield "ColumnName", about.title
    yield "ColumnDescription", about.description
    yield "ColumnKeywords", ",".join(about.keywords)
    yield "ColumnType", kind


def _article(edition: Edition, about: Subject, address: str) -> Iterator[tuple[str, str]]:
    yield "ArticleTitle", about.title
    if about.disclosure:
        record = about.disclosure.header.record
        yield "PubDate", publication(about.disclosure)
        if record and record.issuer:
            yield "ContentSource", edition.phrase(record.issuer).text
    yield "Keywords", ",".join(about.keywords)
    if about.disclosure:
        yield "Author", edition.department_name(about.disclosure).text
    yield "Url", address


def domain(address: str | None) -> str:
    """The domain of a web address, empty where there is none."""
    return urlsplit(address or "").hostname or ""


def _said(words: Bilingual | None, lang: Lang) -> str:
    return words[lang] if words else ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A line of the footer: the key of its label, the text and its language, where it leads."""

    key: str
    text: str
    lang: Lang
    href: str = ""


def identifiers(edition: Edition) -> tuple[Identifier, ...]:
    """Who publishes, and the filings, as far as ``site.yml`` gives them.

    The site code is given to government sites alone and shown by an official one alone. A filing
    (ICP备案, 公安备案) is asked of every site on the mainland.
    """
    site, lang = edition.book.site, edition.lang
    publisher = site.publisher
    if publisher is None:
        return ()
    found = [
        Identifier("publisher.organiser", _said(publisher.organiser, lang), lang),
        Identifier("publisher.operator", _said(publisher.operator, lang), lang),
        Identifier("publisher.contact", _said(publisher.contact, lang), lang),
        Identifier("publisher.phone", publisher.phone or "", lang),
        Identifier("publisher.icp", publisher.icp_number or "", "zh", FILINGS),
        Identifier(
            "publisher.police",
            publisher.police_number or "",
            "zh",
            _police_filing(publisher.police_number or ""),
        ),
    ]
    if site.edition == "official":
        found.append(Identifier("publisher.site_code", publisher.site_code or "", lang))
    return tuple(each for each in found if each.text)


def _police_filing(number: str) -> str:
    digits = re.findall(r"(?<!\d)\d{14}(?!\d)", number, re.ASCII)
    return f"{POLICE_FILINGS}{digits[0]}" if len(digits) == 1 else ""


def services(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Links that the footer of a government site has: the key of the text, the address."""
    site = edition.book.site
    if site.publisher is None or site.edition != "official":
        return ()
    links = (
        ("publisher.site_map", site.publisher.site_map),
        ("publisher.institution_mark", site.publisher.institution_mark),
        ("publisher.error_report", site.publisher.error_report),
    )
    return tuple((key, address) for key, address in links if address)
