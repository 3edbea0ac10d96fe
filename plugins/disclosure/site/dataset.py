"""A disclosure as a ``Dataset`` for search engines: JSON-LD with the words of schema.org.

Search engines for data read it in the head of the overview and of the download page, in each
language (the guidelines of Google Dataset Search: a name, a description of 50 to 5,000 characters,
who made it, which files there are). Addresses have to be absolute to mean anything there, so that a
site that knows no address of its own leaves them out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from disclosure.book import Disclosure
from disclosure.export.about import licence_of
from disclosure.export.files import ExportFile, edition_address
from disclosure.model.fields import Lang
from disclosure.rules.government import publication
from disclosure.site.edition import Edition, latest_edition, overview_page
from disclosure.site.reference import title
from disclosure.site.routes import Kind, PageId

LANGUAGES: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}
"""Of the content, as ``inLanguage`` has them (BCP 47)."""
FORMATS: Mapping[str, str] = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media types (IANA) of the files that are data, by the end of their name."""
MOST = 5_000
"""Characters of a description that Google reads."""


def dataset(
    edition: Edition, disclosure: Disclosure, files: Iterable[ExportFile], *, whole: bool
) -> dict[str, Any]:
    """A disclosure in one language. ``whole``: with the files of single tables and units."""
    site, lang = edition.book.site, edition.lang
    other: Lang = "en" if lang == "zh" else "zh"
    rendering = "" if site.edition == "official" else edition.say("cite.rendering")
    name = title(edition, disclosure, lang)
    if rendering:
        named = edition.say("parenthesis", text=rendering)
        name = f"{name}{named}" if lang == "zh" else f"{name} {named}"
    newest, record = latest_edition(disclosure), disclosure.header.record
    organiser = site.publisher.organiser if site.publisher else None
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": _id(edition, disclosure, lang),
        "name": name,
        "alternateName": title(edition, disclosure, other),
        "description": _description(edition, disclosure),
        "url": _absolute(edition, overview_page(disclosure).url(lang)),
        "identifier": list(_identifiers(edition, disclosure)),
        "license": _licence(edition),
        "creator": {
            "@type": "GovernmentOrganization",
            "name": edition.department_name(disclosure).text,
        },
        "publisher": {"@type": "Organization", "name": organiser[lang]} if organiser else None,
        "includedInDataCatalog": _given(
            {
                "@type": "DataCatalog",
                "name": edition.site_name,
                "url": _absolute(edition, PageId(Kind.HOME).url(lang)),
            }
        ),
        "temporalCoverage": f"{disclosure.header.year}-01-01/{disclosure.header.year}-12-31",
        "inLanguage": LANGUAGES[lang],
        "isAccessibleForFree": True,
        "version": f"{newest.number}" if newest else None,
        "datePublished": publication(disclosure)[:10],
        "dateModified": newest.date if newest else None,
        "isBasedOn": _given(
            {
                **_work(title(edition, disclosure, "zh"), "zh"),
                "datePublished": record.published if record else None,
            }
        ),
        "workTranslation" if lang == "zh" else "translationOfWork": _other(
            edition, disclosure, other
        ),
        "distribution": list(_distribution(edition, disclosure, files, whole=whole)),
    }
    return _given(document)


def as_script(document: Mapping[str, Any]) -> str:
    """The document as the text of a ``script`` element.

    No sign in it can end the element or begin another (HTML, "Restrictions for contents of script
    elements"): they are written as JSON escapes, which mean the same.
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPED)


_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def _description(edition: Edition, disclosure: Disclosure) -> str:
    """Whose, of which year, what is in it, and what the site says of itself."""
    said = edition.say(
        "dataset.description",
        name=edition.department_name(disclosure).text,
        year=disclosure.header.year,
        kind=edition.kind(disclosure),
    )
    note = edition.book.site.editor_note
    whole = f"{said}{'' if edition.lang == 'zh' else ' '}{note[edition.lang]}" if note else said
    return whole if len(whole) <= MOST else f"{whole[: MOST - 1]}…"


def _identifiers(edition: Edition, disclosure: Disclosure) -> Iterator[dict[str, str]]:
    """What the government's own register calls it, and the digest of the newest edition."""
    record, newest = disclosure.header.record, latest_edition(disclosure)
    known = {
        edition.say("record.index_number"): record.index_number if record else None,
        edition.say("record.document_number"): record.document_number if record else None,
        "SHA-256": newest.sha256 if newest else None,
    }
    for name, value in known.items():
        if value:
            yield {"@type": "PropertyValue", "propertyID": name, "value": value}


def _distribution(
    edition: Edition, disclosure: Disclosure, files: Iterable[ExportFile], *, whole: bool
) -> Iterator[dict[str, str]]:
    """The files of the language and those of both; of the editions the newest."""
    newest = latest_edition(disclosure)
    if not edition.site_url:
        return
    current = edition_address(disclosure, newest.number) if newest else ""
    for file in files:
        path = PurePosixPath(file.address)
        format = FORMATS.get(path.suffix)
        if format is None or file.lang not in ("", edition.lang):
            continue
        if file.address != current and path.parent.name != "data" and not whole:
            continue  # of a single table, of a unit
        if file.address != current and file.content == "edition":
            continue
        entry = {
            "@type": "DataDownload",
            "encodingFormat": format,
            "contentUrl": urljoin(edition.site_url, file.address),
        }
        if newest and file.address == current:
            entry["sha256"] = newest.sha256
        yield entry


def _licence(edition: Edition) -> dict[str, str] | None:
    """The terms of reuse in words, and the address of the licence where the words name one."""
    if (words := edition.book.site.licence) is None:
        return None
    return _given({**_work(words[edition.lang], edition.lang), "url": licence_of(words).address})


def _other(edition: Edition, disclosure: Disclosure, lang: Lang) -> dict[str, str] | None:
    id = _id(edition, disclosure, lang)
    return {"@id": id} if id else None


def _id(edition: Edition, disclosure: Disclosure, lang: Lang) -> str:
    """What the dataset is called among linked data: one name a language, the same on all pages."""
    address = _absolute(edition, overview_page(disclosure).url(lang))
    return f"{address}#dataset" if address else ""


def _absolute(edition: Edition, url: str) -> str:
    return urljoin(edition.site_url, url) if edition.site_url else ""


def _work(name: str, lang: Lang) -> dict[str, str]:
    return {"@type": "CreativeWork", "name": name, "inLanguage": LANGUAGES[lang]}


def _given(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without what is not known."""
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}
