"""Where the data of a file come from, which edition they are, and what may be done with them.

Every file says so itself: a CSV in columns at its end that are the same in every row (a line of
comment above the head would break the programs that read it), a workbook on its first sheet, JSON
under ``about``, a data package in its own words for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from disclosure.book import Book, Disclosure
from disclosure.export.canonical import canonical, disclosure_document
from disclosure.export.data_table import Column
from disclosure.export.words import Words
from disclosure.language.numbers import day
from disclosure.model.editions import PublishedEdition
from disclosure.model.fields import LANGS, Bilingual, Lang

Both = Mapping[Lang, str]
"""A text in Chinese and English."""

_KINDS: Mapping[str, Both] = {
    "budget": {"zh": "预算", "en": "budget"},
    "final": {"zh": "决算", "en": "final accounts"},
}
_UNOFFICIAL: Both = {"zh": "（编者整理，非官方版本）", "en": " (edited, unofficial rendering)"}
_NO_EDITION: Both = {"zh": "没有登记版本", "en": "no numbered edition"}
_CHANGED: Both = {"zh": "，之后有改动", "en": ", changed since"}
_NO_LICENCE: Both = {"zh": "未说明", "en": "not stated"}
_CREATIVE_COMMONS = re.compile(
    r"(?<![A-Za-z0-9-])"
    r"CC(?:0[ -]1\.0|[ -]BY(?:-(?:SA|NC|ND|NC-SA|NC-ND))?[ -](?:4\.0|3\.0|2\.5))"
    r"(?!\.?\d)"
)


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms of reuse in the words of the site.

    ``id`` (SPDX) and ``address`` are those of a Creative Commons licence that the words name, else
    empty: nothing is guessed.
    """

    words: Both
    id: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself.

    ``page`` is the address of the overview in each language: absolute where ``site_url`` is known,
    else below the root of the site. ``changed`` says that the data are no longer those of
    ``edition``. ``date`` is the day that the data are of (ISO 8601), the first day of their year
    where no other is known; never the day of the build.
    """

    department_id: str
    department: Both
    year: int
    kind: str
    title: Both
    official: bool
    page: Both
    edition: PublishedEdition | None
    changed: bool
    licence: Licence | None
    site_name: Both
    site_url: str
    date: str

    def kind_name(self, lang: Lang) -> str:
        """``预算`` or ``final accounts``."""
        return _KINDS[self.kind][lang]

    def source(self, lang: Lang) -> str:
        """The document, and whether this is the publisher's own site."""
        return self.title[lang] + ("" if self.official else _UNOFFICIAL[lang])

    def edition_in_words(self, lang: Lang) -> str:
        """``第 1 版，2024年2月20日``, and whether the data changed since."""
        if self.edition is None:
            return _NO_EDITION[lang]
        number, when = self.edition.number, day(self.edition.date, lang)
        said = f"第 {number} 版，{when}" if lang == "zh" else f"edition {number}, {when}"
        return said + (_CHANGED[lang] if self.changed else "")

    def licence_in_words(self, lang: Lang) -> str:
        """The terms of reuse, or that the site states none."""
        return self.licence.words[lang] if self.licence else _NO_LICENCE[lang]

    def columns(self, lang: Lang) -> tuple[tuple[Column, str | int], ...]:
        """What stands in every row of a CSV after its own columns, so that files can be joined."""
        administrative = "administrative-classification:generic"
        return (
            (_column("department_id", "部门代码", "Department, id", f"{administrative}:code"),
             self.department_id),
            (_column("department", "部门", "Department", f"{administrative}:label"),
             self.department[lang]),
            (Column("fiscal_year", "年度", "Fiscal year", "integer", "date:fiscal-year", True),
             self.year),
            (_column("phase_id", "预决算代码", "Budget or final accounts, id", "phase:id"),
             self.kind),
            (_column("phase", "预决算", "Budget or final accounts", "phase:label"),
             self.kind_name(lang)),
            (_column("source", "来源", "Source"), self.source(lang)),
            (_column("page", "页面", "Page"), self.page[lang]),
            (_column("edition", "版本", "Edition"), self.edition_in_words(lang)),
            (_column("licence", "许可", "Licence"), self.licence_in_words(lang)),
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """The same for JSON; see the published schema."""
        edition, licence = self.edition, self.licence
        return {
            "title": dict(self.title),
            "department": {"id": self.department_id, **self.department},
            "year": self.year,
            "kind": self.kind,
            "official": self.official,
            "site": dict(self.site_name),
            "page": dict(self.page),
            "edition": None
            if edition is None
            else {
                "number": edition.number,
                "date": edition.date,
                "sha256": edition.sha256,
                "changed_since": self.changed,
            },
            "licence": None
            if licence is None
            else {**licence.words, "id": licence.id or None, "address": licence.address or None},
        }


def _column(id: str, zh: str, en: str, concept: str = "") -> Column:
    return Column(id, zh, en, "text", concept, True)


def about(book: Book, disclosure: Disclosure, site_url: str = "", default_name: str = "") -> About:
    """What the files of a disclosure say of themselves.

    ``site_url`` is the absolute address of the root of the site, ending in a slash, or empty.
    ``default_name`` names the site where the data do not.
    """
    header, site = disclosure.header, book.site
    entries = disclosure.editions.entries if disclosure.editions else ()
    edition = entries[-1] if entries else None
    path = f"departments/{disclosure.department}/{disclosure.slug}/index.html"
    words = {lang: Words(book, lang) for lang in LANGS}
    department = {lang: words[lang].text(header.department.name) for lang in LANGS}
    record = header.record
    dates = (
        edition.date if edition else None,
        record.published if record else None,
        record.approved if record else None,
        record.issued if record else None,
    )
    return About(
        department_id=disclosure.department,
        department=department,
        year=header.year,
        kind=disclosure.kind,
        title={
            lang: words[lang].text(header.title)
            if header.title
            else (
                f"{department['zh']}{header.year}年部门{_KINDS[disclosure.kind]['zh']}"
                if lang == "zh"
                else f"{department['en']}: departmental {_KINDS[disclosure.kind]['en']}"
                f" {header.year}"
            )
            for lang in LANGS
        },
        official=site.edition == "official",
        page={lang: f"{site_url}{'' if lang == 'zh' else 'en/'}{path}" for lang in LANGS},
        edition=edition,
        changed=edition is not None and _changed(book, disclosure, edition),
        licence=licence_of(site.licence) if site.licence else None,
        site_name={lang: site.name[lang] if site.name else default_name for lang in LANGS},
        site_url=site_url,
        date=next((date for date in dates if date), f"{header.year}-01-01"),
    )


def _changed(book: Book, disclosure: Disclosure, edition: PublishedEdition) -> bool:
    assert disclosure.editions is not None
    stored = disclosure.editions.stored.get(edition.number)
    now = canonical(disclosure_document(book, disclosure))
    return stored is None or stored.data != now


def licence_of(words: Bilingual) -> Licence:
    """The licence that the words of ``site.yml`` state."""
    both = {lang: words[lang] for lang in LANGS}
    named = {_named(words[lang]) for lang in LANGS}
    id = named.pop() if len(named) == 1 else ""
    if not id:
        return Licence(both)
    if id == "CC0-1.0":
        return Licence(both, id, "https://creativecommons.org/publicdomain/zero/1.0/")
    terms, _, version = id.removeprefix("CC-").rpartition("-")
    address = f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
    return Licence(both, id, address)


def _named(text: str) -> str:
    """The SPDX id of the one licence that the words name, or empty."""
    found = {match[0].replace(" ", "-") for match in _CREATIVE_COMMONS.finditer(text)}
    return found.pop() if len(found) == 1 else ""
