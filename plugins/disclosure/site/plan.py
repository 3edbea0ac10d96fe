"""From the book to all pages of the site in both languages.

A department is planned on its own, so that departments can be built side by side and again by
themselves; what belongs to the whole site is planned last, from what the departments leave behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

from disclosure.book import Book, Department, Disclosure, Place
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
from disclosure.site.routes import Kind, PageId, Part, Target
from disclosure.site.uses import Uses, counted, merged
from disclosure.site.views.accessibility import accessibility
from disclosure.site.views.checks import checks
from disclosure.site.views.completeness import completeness
from disclosure.site.views.departments import year_ids, year_pages
from disclosure.site.views.downloads import downloads
from disclosure.site.views.editions import ChangeLog, change_log, editions
from disclosure.site.views.glossary import glossary
from disclosure.site.views.guide import guide
from disclosure.site.views.home import department as department_view
from disclosure.site.views.home import home
from disclosure.site.views.overview import overview
from disclosure.site.views.parts import part
from disclosure.site.views.policies import policies, policy_pages
from disclosure.site.views.printing import print_page
from disclosure.site.views.projects import project, project_list
from disclosure.site.views.tables import table, table_list
from disclosure.site.views.terms import term_pages
from disclosure.site.views.units import unit

Made = MarkedPage | ExportFile | tuple[str, bytes]
"""A page, a file of the data, or address and bytes of what programs are told of the site."""

Mark = Callable[[Page], MarkedPage]

_ABOUT = (Kind.COMPLETENESS, Kind.DOWNLOADS, Kind.PRINT)
"""The pages about a disclosure that each has."""


@dataclass(frozen=True)
class Site:
    """All pages, Chinese and English, and the files beside them."""

    editions: dict[Lang, Edition]
    pages: tuple[MarkedPage, ...]
    files: tuple[ExportFile, ...]
    told: tuple[tuple[str, bytes], ...] = ()
    """Address and bytes of what programs are told of the site: feeds and ``llms.txt``."""


@dataclass(frozen=True)
class Plan:
    """What a page can be made from: the book in both languages, and what stands on every page."""

    book: Book
    editions: dict[Lang, Edition]
    finders: dict[Lang, TermFinder]
    logs: Mapping[tuple[str, str], ChangeLog]
    site_url: str
    default_name: str

    @classmethod
    def of(
        cls,
        book: Book,
        default_name: str = "",
        examination: Examination | None = None,
        show: ShowFindings = "figures",
        site_url: str = "",
    ) -> Plan:
        """The plan of ``book``. ``default_name`` names the site where the data does not.

        ``examination``: what the rules say, where it is known already. ``show``: how much of it.
        ``site_url``: the absolute address of the root of the site, where it has one.
        """
        root = site_url.rstrip("/") + "/" if site_url else ""
        examination = examination or examine(book)
        numbered = listings(book, examination, show)
        return cls(
            book,
            {
                lang: Edition(book, lang, default_name, examination, show, numbered, site_url=root)
                for lang in LANGS
            },
            {lang: TermFinder.of(book.glossary, lang) for lang in LANGS},
            {
                (each.department, each.slug): log
                for each in book.disclosures
                if (log := change_log(book, each))
            },
            root,
            default_name,
        )

    def addresses(self) -> frozenset[str]:
        """The addresses of all pages, before any of them is made."""
        ids = (
            *self._shared_ids(),
            *(
                id
                for each in self.book.departments
                if each.disclosures
                for id in self._department_ids(each)
            ),
        )
        return frozenset(id.url(lang) for id in ids for lang in LANGS)

    def _shared_ids(self) -> Iterator[PageId]:
        for kind in (Kind.HOME, Kind.GLOSSARY, Kind.POLICIES, Kind.GUIDE, Kind.ACCESSIBILITY):
            yield PageId(kind)
        yield from year_ids(self.book)
        yield from (PageId(Kind.TERM, item=term.id) for term in self.book.glossary)
        yield from (PageId(Kind.POLICY, item=policy.id) for policy in self.book.policies)

    def _department_ids(self, department: Department) -> Iterator[PageId]:
        checks = (Kind.CHECKS,) if self.editions["zh"].shows_checks else ()
        yield PageId(Kind.DEPARTMENT, department.slug)
        for each in department.disclosures:
            at = (department.slug, each.slug)
            log = (Kind.EDITIONS,) if at in self.logs else ()
            for kind in (Kind.OVERVIEW, Kind.TABLES, *checks, *_ABOUT, *log):
                yield PageId(kind, *at)
            for kind, items in (
                (Kind.PART, [one for one in Part if one is not Part.TERMS]),
                (Kind.TABLE, [one.id for one in self.book.forms.forms(each.kind)]),
                (Kind.UNIT, [one.slug for one in each.units]),
                (Kind.PROJECT, [one.code for one in each.projects]),
            ):
                yield from (PageId(kind, *at, item) for item in items)

    def department(self, department: Department) -> Iterator[MarkedPage | ExportFile]:
        """The pages and files of one department, in reading order, a disclosure at a time."""
        for lang, edition in self.editions.items():
            yield self._mark(lang)(department_view(edition, department))
        for disclosure in department.disclosures:
            yield from self._disclosure(disclosure)

    def _mark(self, lang: Lang) -> Mark:
        return partial(mark_page, finder=self.finders[lang])

    @cached_property
    def _terms(self) -> dict[Lang, Page]:
        """The glossary as it is printed with a disclosure: without the pages that use a term."""
        return {
            lang: self._mark(lang)(glossary(edition, {})).page
            for lang, edition in self.editions.items()
        }

    def _disclosure(self, disclosure: Disclosure) -> Iterator[MarkedPage | ExportFile]:
        files = (
            *export_files(self.book, disclosure, self.site_url, self.default_name),
            *(bibliography_file(edition, disclosure) for edition in self.editions.values()),
        )
        yield from files
        log = self.logs.get((disclosure.department, disclosure.slug))
        for lang, edition in self.editions.items():
            yield from _pages(edition, disclosure, files, log, self._mark(lang), self._terms[lang])

    def showing(self, file: str) -> Iterator[MarkedPage]:
        """The pages that show what is in a file of a disclosure, as far as each is soon made.

        They are those of :meth:`department`, for somebody who has just changed the file.
        ``file``: its name below the data folder.
        """
        top, department, slug, below = (*file.split("/", 3), "", "", "")[:4]
        disclosure = self.book.disclosure(department, slug) if top == "departments" else None
        if disclosure is None or below not in disclosure.files:
            return
        place = disclosure.place(below, ())
        for lang, edition in self.editions.items():
            yield from map(self._mark(lang), _showing(edition, disclosure, place))

    def shared(self, uses: Mapping[Lang, Uses], files: Iterable[ExportFile]) -> Iterator[Made]:
        """What belongs to the whole site: its pages, its files, what programs are told of it.

        ``uses``: of the departments, by language; ``files``: those of all disclosures.
        """
        for lang, edition in self.editions.items():
            mark = self._mark(lang)
            front, documents = mark(home(edition)), mark(policies(edition))
            yield from (front, documents)
            yield from map(mark, year_pages(edition))
            used = merged(
                (
                    counted(edition, links_of((front,))),
                    uses[lang],
                    counted(edition, links_of((documents,))),
                )
            )
            for page in (
                glossary(edition, used),
                *term_pages(edition, used),
                *policy_pages(edition),
                guide(edition),
                accessibility(edition),
            ):
                yield mark(page)
        yield from site_files(self.book)
        yield from feeds(self.editions, self.logs)
        yield from llms(self.editions, files)


def plan(
    book: Book,
    default_name: str = "",
    examination: Examination | None = None,
    show: ShowFindings = "figures",
    site_url: str = "",
) -> Site:
    """Every page of ``book`` at once; parameters as of :meth:`Plan.of`."""
    planned = Plan.of(book, default_name, examination, show, site_url)
    made = tuple(_everything(planned))
    return Site(
        planned.editions,
        tuple(each for each in made if isinstance(each, MarkedPage)),
        tuple(each for each in made if isinstance(each, ExportFile)),
        tuple(each for each in made if isinstance(each, tuple)),
    )


def planned_pages(planned: Plan) -> Iterator[MarkedPage]:
    """Every page at once."""
    return (each for each in _everything(planned) if isinstance(each, MarkedPage))


def _everything(planned: Plan) -> Iterator[Made]:
    pages: list[MarkedPage] = []
    files: list[ExportFile] = []
    for department in planned.book.departments:
        for each in planned.department(department) if department.disclosures else ():
            yield each
            if isinstance(each, MarkedPage):
                pages.append(each)
            else:
                files.append(each)
    uses = {
        lang: counted(edition, links_of(each for each in pages if each.page.lang == lang))
        for lang, edition in planned.editions.items()
    }
    yield from planned.shared(uses, files)


def _pages(
    edition: Edition,
    disclosure: Disclosure,
    files: tuple[ExportFile, ...],
    log: ChangeLog | None,
    mark: Mark,
    terms: Page,
) -> Iterator[MarkedPage]:
    """All pages of a disclosure in one language."""
    own = _chain(tuple(_disclosure_pages(edition, disclosure, files)))
    yield from (mark(page) for page in own)
    if edition.shows_checks:
        found = edition.listed(disclosure).findings
        yield mark(checks(edition, disclosure, _marks(own if found else ())))
    yield mark(completeness(edition, disclosure))
    yield mark(_with_dataset(downloads(edition, disclosure, files), edition, disclosure, files))
    if log:
        yield mark(editions(edition, disclosure, log))
    by_part = {page.id.item: page for page in own if page.id.kind is Kind.PART}
    parts = [terms if which is Part.TERMS else by_part[which] for which in Part]
    projects = [page for page in own if page.id.kind is Kind.PROJECT]
    yield mark(print_page(edition, disclosure, parts, projects))


def _with_dataset(
    page: Page, edition: Edition, disclosure: Disclosure, files: tuple[ExportFile, ...]
) -> Page:
    """The page with what search engines read of the data: all files on the page that lists them."""
    whole = page.id.kind is Kind.DOWNLOADS
    return replace(page, dataset=as_script(dataset(edition, disclosure, files, whole=whole)))


def _disclosure_pages(
    edition: Edition, disclosure: Disclosure, files: tuple[ExportFile, ...]
) -> Iterator[Page]:
    """Overview, parts (without the glossary) and projects, in reading order."""
    yield _with_dataset(overview(edition, disclosure), edition, disclosure, files)
    yield table_list(edition, disclosure)
    for form in edition.book.forms.forms(disclosure.kind):
        yield table(edition, disclosure, form)
    for each in disclosure.units:
        yield unit(edition, disclosure, each)
    for page in _parts(edition, disclosure):
        yield page
        if page.id.item == Part.PROJECTS:
            for item in disclosure.projects:
                yield project(edition, disclosure, item)


def _showing(edition: Edition, disclosure: Disclosure, place: Place) -> Iterator[Page]:
    if place.project:
        yield project(edition, disclosure, disclosure.project(place.project))
    elif place.unit:
        yield from (unit(edition, disclosure, u) for u in disclosure.units if u.slug == place.unit)
    elif place.table:
        forms = edition.book.forms.forms(disclosure.kind)
        yield from (table(edition, disclosure, f) for f in forms if f.id == place.table)
    else:
        chain = _chain((overview(edition, disclosure), *_parts(edition, disclosure)))
        yield from (page for page in chain if page.id.kind is Kind.PART)


def _parts(edition: Edition, disclosure: Disclosure) -> Iterator[Page]:
    for which in Part:
        if which is Part.PROJECTS:
            yield project_list(edition, disclosure)
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


# Where a reader meets a term; the other pages repeat these, or are about the site itself.
_USING = (
    *(Kind.HOME, Kind.DEPARTMENT, Kind.OVERVIEW, Kind.TABLES, Kind.TABLE, Kind.UNIT, Kind.PART),
    *(Kind.PROJECT, Kind.CHECKS, Kind.POLICIES),
)


def links_of(pages: Iterable[MarkedPage]) -> dict[str, list[Link]]:
    """Links to those of ``pages`` that use each term, by term id."""
    links: dict[str, list[Link]] = {}
    for marked in pages:
        for term in marked.terms if marked.page.id.kind in _USING else ():
            title = replace(marked.page.title, text=marked.page.short_title)
            links.setdefault(term, []).append(Link(title, Target(marked.page.id)))
    return links
