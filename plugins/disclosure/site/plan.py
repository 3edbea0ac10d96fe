"""From the book to all pages of the site in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from disclosure.book import Book, Disclosure
from disclosure.export.files import ExportFile, export_files, site_files
from disclosure.language.terms import TermFinder
from disclosure.model.fields import LANGS, Lang
from disclosure.rules.examine import Examination, examine
from disclosure.site.blocks import Card, Link, Page, finding_marks
from disclosure.site.dataset import as_script, dataset
from disclosure.site.edition import Edition
from disclosure.site.feeds import feeds
from disclosure.site.llms import llms
from disclosure.site.marking import MarkedPage, mark_page
from disclosure.site.places import ShowFindings, listings
from disclosure.site.reference import bibliography_file
from disclosure.site.routes import Kind, Part, Target
from disclosure.site.views.accessibility import accessibility
from disclosure.site.views.checks import checks
from disclosure.site.views.completeness import completeness
from disclosure.site.views.downloads import downloads
from disclosure.site.views.editions import ChangeLog, change_log, editions
from disclosure.site.views.glossary import glossary
from disclosure.site.views.guide import guide
from disclosure.site.views.home import department, home
from disclosure.site.views.overview import overview
from disclosure.site.views.parts import part
from disclosure.site.views.policies import policies, policy_pages
from disclosure.site.views.printing import print_page
from disclosure.site.views.projects import project, project_list
from disclosure.site.views.tables import table, table_list
from disclosure.site.views.terms import term_pages
from disclosure.site.views.units import unit


@dataclass(frozen=True)
class Site:
    """All pages in reading order, Chinese and English, and the files beside them."""

    editions: dict[Lang, Edition]
    pages: tuple[MarkedPage, ...]
    files: tuple[ExportFile, ...]
    told: tuple[tuple[str, bytes], ...] = ()
    """Address and bytes of what programs are told of the site: feeds and ``llms.txt``."""


def plan(
    book: Book,
    default_name: str = "",
    examination: Examination | None = None,
    show: ShowFindings = "figures",
    site_url: str = "",
) -> Site:
    """Build every page of ``book``. ``default_name`` names the site where the data does not.

    ``examination``: what the rules say, where it is known already. ``show``: how much of it.
    ``site_url``: the absolute address of the root of the site, where it has one.
    """
    root = site_url.rstrip("/") + "/" if site_url else ""
    files = {
        (each.department, each.slug): export_files(book, each, root, default_name)
        for each in book.disclosures
    }
    examination = examination or examine(book)
    numbered = listings(book, examination, show)
    languages = {
        lang: Edition(book, lang, default_name, examination, show, numbered, site_url=root)
        for lang in LANGS
    }
    logs = {
        (each.department, each.slug): log
        for each in book.disclosures
        if (log := change_log(book, each))
    }
    for each in book.disclosures:
        files[each.department, each.slug] += tuple(
            bibliography_file(edition, each) for edition in languages.values()
        )
    pages = tuple(
        page for edition in languages.values() for page in _edition_pages(edition, files, logs)
    )
    every = (*(file for group in files.values() for file in group), *site_files(book))
    return Site(languages, pages, every, (*feeds(languages, logs), *llms(languages, every)))


Files = dict[tuple[str, str], tuple[ExportFile, ...]]
Logs = dict[tuple[str, str], ChangeLog]


def _edition_pages(edition: Edition, files: Files, logs: Logs) -> Iterator[MarkedPage]:
    finder = TermFinder.of(edition.book.glossary, edition.lang)
    disclosure_pages = {
        (disclosure.department, disclosure.slug): _chain(
            tuple(_disclosure_pages(edition, disclosure, files))
        )
        for disclosure in edition.book.disclosures
    }
    counted = (
        home(edition),
        *(department(edition, each) for each in edition.book.departments if each.disclosures),
        *(page for group in disclosure_pages.values() for page in group),
        policies(edition),
        *(
            checks(edition, disclosure, _marks(disclosure_pages[key]))
            for disclosure in edition.book.disclosures
            if edition.shows_checks and (key := (disclosure.department, disclosure.slug))
        ),
    )
    marked = [mark_page(page, finder) for page in counted]
    uses = _uses(edition, marked)
    terms_page = mark_page(glossary(edition, uses), finder)
    yield from marked
    yield terms_page
    for own in (*term_pages(edition, uses), *policy_pages(edition)):
        yield mark_page(own, finder)
    yield mark_page(guide(edition), finder)
    yield mark_page(accessibility(edition), finder)
    for disclosure in edition.book.disclosures:
        key = (disclosure.department, disclosure.slug)
        yield mark_page(completeness(edition, disclosure), finder)
        downloaded = downloads(edition, disclosure, files[key])
        yield mark_page(_with_dataset(downloaded, edition, disclosure, files), finder)
        if log := logs.get(key):
            yield mark_page(editions(edition, disclosure, log), finder)
        by_part = {
            page.id.item: page for page in disclosure_pages[key] if page.id.kind is Kind.PART
        }
        parts = [terms_page.page if which is Part.TERMS else by_part[which] for which in Part]
        yield mark_page(print_page(edition, disclosure, parts), finder)


def _with_dataset(page: Page, edition: Edition, disclosure: Disclosure, files: Files) -> Page:
    """The page with what search engines read of the data: all files on the page that lists them."""
    exported = files[disclosure.department, disclosure.slug]
    whole = page.id.kind is Kind.DOWNLOADS
    return replace(page, dataset=as_script(dataset(edition, disclosure, exported, whole=whole)))


def _disclosure_pages(edition: Edition, disclosure: Disclosure, files: Files) -> Iterator[Page]:
    """Overview, parts (without the glossary) and projects, in reading order."""
    yield _with_dataset(overview(edition, disclosure), edition, disclosure, files)
    yield table_list(edition, disclosure)
    for form in edition.book.forms.forms(disclosure.kind):
        yield table(edition, disclosure, form)
    for each in disclosure.units:
        yield unit(edition, disclosure, each)
    for which in Part:
        if which is Part.PROJECTS:
            yield project_list(edition, disclosure)
            for item in disclosure.projects:
                yield project(edition, disclosure, item)
        elif which is not Part.TERMS:
            yield part(edition, disclosure, which)


def _marks(pages: Iterable[Page]) -> frozenset[str]:
    """The anchors of the marks beside figures, so that a finding leads back to its mark."""
    return frozenset(
        mark.anchor for page in pages for mark in finding_marks(page.blocks) if mark.anchor
    )


def _chain(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Previous and next among overview and parts; projects have their own chain."""
    chain = [page for page in pages if page.id.kind in (Kind.OVERVIEW, Kind.PART)]
    place = {page.id: index for index, page in enumerate(chain)}

    def beside(page: Page, step: int) -> Card | None:
        index = place[page.id] + step
        if not 0 <= index < len(chain):
            return None
        other = chain[index]
        title = replace(other.title, text=other.short_title)
        number = other.kind_label if other.id.kind is Kind.PART else ""
        return Card(title, Target(other.id), eyebrow=number)

    return tuple(
        replace(page, previous=beside(page, -1), next=beside(page, 1)) if page.id in place else page
        for page in pages
    )


def _uses(edition: Edition, pages: list[MarkedPage]) -> dict[str, tuple[Link, ...]]:
    """Links to the pages that use each term, by term id."""
    uses: dict[str, list[Link]] = {}
    for marked in pages:
        for term in marked.terms:
            title = replace(marked.page.title, text=marked.page.short_title)
            uses.setdefault(term, []).append(Link(title, Target(marked.page.id)))
    return {term: tuple(links) for term, links in uses.items()}
