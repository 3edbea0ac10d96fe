"""Every address of the site. Addresses never change: what stands here is a promise.

Chinese is at the root, English under ``en/``; both have the same path below, so the twin of a
page is known without a table. Paths end in ``.html``, so that the site also works as a plain
folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlencode

from disclosure.model.fields import Lang

ENGLISH_ROOT = "en/"


class Part(StrEnum):
    """The eleven parts of a disclosure, in the order of the document. The value is the address."""

    DUTIES = "duties"
    SUMMARY = "summary"
    OPERATING = "operating"
    THREE_PUBLIC = "three-public"
    PERFORMANCE = "performance"
    SPECIAL_FUNDS = "special-funds"
    PROJECTS = "projects"
    PROCUREMENT = "procurement"
    ASSETS = "assets"
    TERMS = "terms"
    OTHER = "other"


class Kind(StrEnum):
    """The kinds of pages."""

    # That of Enum is written in Python, and every set or table of addresses asks for it.
    __hash__ = str.__hash__

    HOME = "home"
    DEPARTMENT = "department"
    YEAR = "year"
    OVERVIEW = "overview"
    PART = "part"
    PROJECT = "project"
    TABLES = "tables"
    TABLE = "table"
    UNIT = "unit"
    CHECKS = "checks"
    COMPLETENESS = "completeness"
    DOWNLOADS = "downloads"
    EDITIONS = "editions"
    PRINT = "print"
    GLOSSARY = "glossary"
    TERM = "term"
    POLICIES = "policies"
    POLICY = "policy"
    GUIDE = "guide"
    ACCESSIBILITY = "accessibility"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class PageId:
    """Names a page in both languages.

    ``item``: the part, the project code, the table, the unit, the content file, the term, the
    policy document, the year.
    """

    kind: Kind
    department: str = ""
    disclosure: str = ""
    item: str = ""

    @property
    def path(self) -> str:
        """The address below the root of a language."""
        return _path(self.kind, self.department, self.disclosure, self.item)

    def url(self, lang: Lang) -> str:
        """The address below the root of the site."""
        return self.path if lang == "zh" else ENGLISH_ROOT + self.path


# An address is asked for again by every link that leads to it: 3 µs to build, 0.1 to look up.
@lru_cache(maxsize=1 << 14)
def _path(kind: Kind, department: str, disclosure: str, item: str) -> str:
    folder = f"departments/{department}"
    match kind:
        case Kind.HOME:
            return "index.html"
        case Kind.DEPARTMENT:
            return f"{folder}/index.html"
        case Kind.YEAR:
            return f"years/{item}.html"
        case Kind.OVERVIEW:
            return f"{folder}/{disclosure}/index.html"
        case Kind.PART if item == Part.PROJECTS:
            return f"{folder}/{disclosure}/projects/index.html"
        case Kind.TABLES:
            return f"{folder}/{disclosure}/tables/index.html"
        case Kind.TABLE:
            return f"{folder}/{disclosure}/tables/{item}.html"
        case Kind.UNIT:
            return f"{folder}/{disclosure}/units/{item}.html"
        case Kind.PROJECT:
            return f"{folder}/{disclosure}/projects/{item}.html"
        case Kind.PART | Kind.CONTENT:
            prefix = f"{folder}/{disclosure}/" if disclosure else ""
            return f"{prefix}{item}.html"
        case Kind.CHECKS | Kind.COMPLETENESS | Kind.DOWNLOADS | Kind.PRINT:
            return f"{folder}/{disclosure}/{kind}.html"
        case Kind.EDITIONS:  # beside the folder of their data
            return f"{folder}/{disclosure}/editions.html"
        case Kind.TERM:
            return f"{Kind.GLOSSARY}/{item}.html"
        case Kind.POLICY:
            return f"{Kind.POLICIES}/{item}.html"
        case Kind.GLOSSARY | Kind.POLICIES | Kind.GUIDE | Kind.ACCESSIBILITY:
            return f"{kind}.html"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a page (in the language of the link) and an anchor on it.

    ``file`` is the address of a downloadable file below the root of the site, in place of a
    page. ``query``: what the page is asked to show, by name; without script it shows everything.
    """

    page: PageId | None = None
    anchor: str = ""
    file: str = ""
    query: tuple[tuple[str, str], ...] = ()


def relative(from_url: str, to_url: str) -> str:
    """The way from one address to another, both below the root of the site."""
    return _way(from_url.rpartition("/")[0], to_url)


# The pages of a folder lead to the same places.
@lru_cache(maxsize=1 << 14)
def _way(folder: str, to_url: str) -> str:
    here = folder.split("/") if folder else []
    there = [] if to_url == "." else to_url.split("/")
    shared = 0
    for mine, other in zip(here, there, strict=False):
        if mine != other:
            break
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:]) or "."


def href(target: Target, from_url: str, lang: Lang) -> str:
    """The link to ``target`` from the page at ``from_url``."""
    to_url = target.page.url(lang) if target.page else (target.file or from_url)
    anchor = f"#{target.anchor}" if target.anchor else ""
    if target.query:
        return f"{relative(from_url, to_url)}?{urlencode(target.query)}{anchor}"
    return anchor if anchor and to_url == from_url else relative(from_url, to_url) + anchor


# ---- for programs ------------------------------------------------------------------------


def markdown_url(url: str) -> str:
    """The address of the Markdown of a page: beside its HTML, by the same name."""
    return url.removesuffix(".html") + ".md"


def feed_url(lang: Lang, department: str = "") -> str:
    """The address of the Atom feed of the site, or of a department."""
    path = f"departments/{department}/feed.xml" if department else "feed.xml"
    return path if lang == "zh" else ENGLISH_ROOT + path


def llms_url(lang: Lang) -> str:
    """The address of what language models are told of the site (llmstxt.org)."""
    return "llms.txt" if lang == "zh" else f"{ENGLISH_ROOT}llms.txt"
