"""Which pages use a term, in as much room for a city as for one department.

A term of a large site stands on thousands of pages. What is told of them is their number, the first
few of them and the sums of projects: so much is kept of each department (``counted``), and put
together for the site (``merged``), in the order of the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from disclosure.site.blocks import Link
from disclosure.site.edition import Edition, part_page
from disclosure.site.followed import NOTHING, Found, Gathered, Period
from disclosure.site.routes import Kind, Part

PAGES = 20
"""The pages that the page of a term lists,"""
ENTRIES = 5
"""and those that the glossary does."""
_PROJECTS = 5
"""Projects of a disclosure that the glossary lists one by one; more are one link to their list."""


@dataclass(frozen=True, slots=True)
class TermUses:
    """What uses a term.

    ``pages``: links to the first ``PAGES`` pages that are no projects, those of the newest year
    first, of a disclosure together, those of no disclosure last; ``pages_of_all`` counts them.
    ``entries``: the first ``ENTRIES`` of the glossary, in the order of the book, of
    ``entries_of_all``.
    """

    pages: tuple[Link, ...] = ()
    pages_of_all: int = 0
    entries: tuple[Link, ...] = ()
    entries_of_all: int = 0
    projects: Gathered = NOTHING

    def __add__(self, other: TermUses) -> TermUses:
        return TermUses(
            _first((*self.pages, *other.pages)),
            self.pages_of_all + other.pages_of_all,
            (*self.entries, *other.entries)[:ENTRIES],
            self.entries_of_all + other.entries_of_all,
            self.projects + other.projects,
        )


Uses = Mapping[str, TermUses]
"""What uses each term, by its id."""

UNUSED = TermUses()


def counted(edition: Edition, links: Mapping[str, Iterable[Link]]) -> Uses:
    """What is kept of the pages that use a term.

    ``links`` by term id, in reading order: to all pages of one or more departments, or to none.
    """
    return {term: _of(edition, tuple(found)) for term, found in links.items()}


def merged(several: Iterable[Uses]) -> Uses:
    """The uses of departments, in the order of the book, put together in any grouping."""
    found: dict[str, TermUses] = {}
    for term, each in chain.from_iterable(one.items() for one in several):
        found[term] = found[term] + each if term in found else each
    return found


def _of(edition: Edition, links: tuple[Link, ...]) -> TermUses:
    projects: list[Found] = []
    groups: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        page = link.target.page
        assert page is not None
        disclosure = edition.book.disclosure(page.department, page.disclosure)
        if disclosure and page.kind is Kind.PROJECT:
            projects.append((disclosure, disclosure.project(page.item)))
        else:
            groups.setdefault(place_of(link), []).append(link)
    entries = _entries(edition, links)
    return TermUses(
        _first(chain.from_iterable(groups.values())),
        sum(map(len, groups.values())),
        entries[:ENTRIES],
        len(entries),
        Gathered.of(edition.courses, projects),
    )


def place_of(link: Link) -> tuple[str, str]:
    """Department and address of the disclosure that a page belongs to; empty where to none."""
    page = link.target.page
    return (page.department, page.disclosure) if page and page.disclosure else ("", "")


def _first(links: Iterable[Link]) -> tuple[Link, ...]:
    def newest(link: Link) -> tuple[bool, int]:
        _, slug = place_of(link)
        return (not slug, -Period.at(slug).year if slug else 0)

    return tuple(sorted(links, key=newest)[:PAGES])


def _entries(edition: Edition, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The uses with the projects of a disclosure as one link to their list, if they are many."""
    by_disclosure: dict[tuple[str, str], int] = {}
    for link in links:
        if _is_project(link):
            key = place_of(link)
            by_disclosure[key] = by_disclosure.get(key, 0) + 1
    shown: list[Link] = []
    told: set[tuple[str, str]] = set()
    for link in links:
        key = place_of(link)
        if not _is_project(link) or by_disclosure[key] <= _PROJECTS:
            shown.append(link)
        elif key not in told:
            told.add(key)
            disclosure = edition.book.disclosure(*key)
            assert disclosure is not None
            title = edition.disclosure_title(disclosure)
            text = edition.say("glossary.projects", title=title, count=by_disclosure[key])
            shown.append(edition.link(text, part_page(disclosure, Part.PROJECTS)))
    return tuple(shown)


def _is_project(link: Link) -> bool:
    return link.target.page is not None and link.target.page.kind is Kind.PROJECT
