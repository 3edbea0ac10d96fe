"""What the site gives readers to cite: a disclosure, or one of its editions, in one language.

The address of an edition is that of its entry on the page of editions, which never changes and says
whether a later one corrected it; a disclosure without editions is cited by its overview.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from disclosure.book import Disclosure
from disclosure.export.citation import Reference, bibliography
from disclosure.export.files import ExportFile
from disclosure.language import interface
from disclosure.model.editions import PublishedEdition
from disclosure.model.fields import Lang
from disclosure.rules.government import publication
from disclosure.site.edition import Edition, disclosure_page, latest_edition, overview_page
from disclosure.site.routes import ENGLISH_ROOT, Kind, Target


def cited_at(disclosure: Disclosure, published: PublishedEdition | None) -> Target:
    """Where what is cited stands on the site, for as long as there is a site."""
    if published is None:
        return Target(overview_page(disclosure))
    return Target(disclosure_page(disclosure, Kind.EDITIONS), f"edition-{published.number}")


def shown_address(edition: Edition, target: Target) -> str:
    """The address of a page or file: absolute, or below the root of a site without an address."""
    path = target.page.url(edition.lang) if target.page else target.file
    anchor = f"#{target.anchor}" if target.anchor else ""
    return urljoin(edition.site_url, path) + anchor


def reference(
    edition: Edition, disclosure: Disclosure, published: PublishedEdition | None = None
) -> Reference:
    """An edition of a disclosure; the disclosure as it is now where ``published`` is None."""
    department = edition.department_name(disclosure)
    suffix = f"-edition-{published.number}" if published else ""
    language = "" if edition.lang == "zh" else f"-{edition.lang}"
    official = edition.book.site.edition == "official"
    return Reference(
        lang=edition.lang,
        author=department.text,
        title=title(edition, disclosure, "zh"),
        title_en=title(edition, disclosure, "en"),
        platform=edition.site_name,
        address=shown_address(edition, cited_at(disclosure, published)),
        key=f"{disclosure.department}-{disclosure.slug}{suffix}{language}",
        rendering="" if official else edition.say("cite.rendering"),
        edition=published.number if published else None,
        date=published.date if published else publication(disclosure)[:10],
        sha256=published.sha256 if published else "",
    )


def title(edition: Edition, disclosure: Disclosure, lang: Lang) -> str:
    """The title of the document, or its English; where it has none, whose and which year."""
    printed, catalogue = disclosure.header.title, edition.book.catalogue
    known = printed if lang == "zh" else catalogue.find(printed or "")
    if known:
        return known
    name = disclosure.header.department.name
    return interface.say(
        "disclosure.of",
        lang,
        name=name if lang == "zh" else catalogue.find(name) or name,
        year=disclosure.header.year,
        kind=interface.say(f"kind.{disclosure.kind}", lang),
    )


def references(edition: Edition, disclosure: Disclosure) -> Iterator[Reference]:
    """Every edition, newest first; the disclosure itself where it has none."""
    entries = disclosure.editions.entries if disclosure.editions else ()
    for published in reversed(entries):
        yield reference(edition, disclosure, published)
    if not entries:
        yield reference(edition, disclosure)


def newest_reference(edition: Edition, disclosure: Disclosure) -> Reference:
    """What is cited today."""
    return reference(edition, disclosure, latest_edition(disclosure))


def bibliography_address(edition: Edition, disclosure: Disclosure) -> str:
    """The address of the BibTeX file below the root of the site, which never changes."""
    prefix = "" if edition.lang == "zh" else ENGLISH_ROOT
    return f"{prefix}departments/{disclosure.department}/{disclosure.slug}/data/citation.bib"


def bibliography_file(edition: Edition, disclosure: Disclosure) -> ExportFile:
    """The BibTeX entries of all editions, for programs that keep references."""
    address = bibliography_address(edition, disclosure)
    data = bibliography(references(edition, disclosure))
    return ExportFile(address, "citation", edition.lang, data)
