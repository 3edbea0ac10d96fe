"""The navigation of a page in its own language. Project pages stay out of it.

MkDocs knows one navigation for the whole build; this site needs one a language and disclosure,
so the theme's partial draws this one instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from disclosure.book import Disclosure
from disclosure.site.edition import (
    Edition,
    disclosure_page,
    latest_edition,
    overview_page,
    part_page,
)
from disclosure.site.routes import Kind, PageId, Part


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the navigation; ``children`` make it a group with a title."""

    title: str
    page: PageId
    children: tuple[NavItem, ...] = ()
    number: str = ""  # of a part, as the document has it
    anchor: str = ""


def shown_disclosure(edition: Edition, current: PageId) -> Disclosure | None:
    """The disclosure that ``current`` is a page of, or the only one of the site."""
    two = tuple(islice(edition.book.disclosures, 2))
    if len(two) == 1:
        return two[0]
    return edition.book.disclosure(current.department, current.disclosure)


def navigation(edition: Edition, current: PageId) -> tuple[NavItem, ...]:
    """The navigation as seen from ``current``: the disclosure around it is open."""
    say = edition.say
    items = [NavItem(say("home"), PageId(Kind.HOME))]
    disclosure = shown_disclosure(edition, current)
    if disclosure:
        items.append(_open(edition, disclosure))
    departments = [each for each in edition.book.departments if each.disclosures]
    if len(departments) > _DEPARTMENTS:
        items.append(NavItem(say("departments.all"), PageId(Kind.HOME), anchor="departments"))
        departments = [each for each in departments if each.slug == current.department]
    for department in departments:
        name = edition.department_name(department.disclosures[0]).text
        items.append(NavItem(name, PageId(Kind.DEPARTMENT, department.slug)))
    if disclosure is None:  # otherwise it is part ten
        items.append(NavItem(say("glossary"), PageId(Kind.GLOSSARY)))
    items.append(NavItem(say("policies"), PageId(Kind.POLICIES)))
    items.append(NavItem(say("guide"), PageId(Kind.GUIDE)))
    return tuple(items)


Above = tuple[str, PageId, str]
"""The page above another one: its label, itself, the anchor of the entry of the other on it."""


def parent(edition: Edition, current: PageId) -> Above | None:
    """Where the reader comes from: label, page and anchor of the entry of ``current`` there.

    ``None`` for a page that is not below another one.
    """
    say = edition.say
    match current.kind:
        case Kind.TERM:
            return say("glossary"), PageId(Kind.GLOSSARY), current.item
        case Kind.POLICY:
            return say("policies"), PageId(Kind.POLICIES), current.item
    disclosure = shown_disclosure(edition, current)
    if disclosure is None:
        return None
    match current.kind:
        case Kind.PROJECT:
            page = part_page(disclosure, Part.PROJECTS)
            return say("projects.list"), page, f"project-{current.item}"
        case Kind.TABLE:
            page = disclosure_page(disclosure, Kind.TABLES)
            return say("tables.list"), page, f"table-{current.item}"
        case Kind.UNIT:
            page = part_page(disclosure, Part.DUTIES)
            return edition.part_short(disclosure, Part.DUTIES), page, "institutions"
        case Kind.OVERVIEW:
            return say("home"), PageId(Kind.HOME), f"department-{disclosure.department}"
        case _ if current.disclosure or current.kind is Kind.GLOSSARY:
            return say("overview"), overview_page(disclosure), ""
    return None


def entry(current: PageId, above: Above | None) -> PageId:
    """The entry of the navigation under which ``current`` is found; ``above``: its ``parent``."""
    return above[1] if above and current.kind in BELOW_AN_ENTRY else current


BELOW_AN_ENTRY = (Kind.PROJECT, Kind.TABLE, Kind.UNIT, Kind.TERM, Kind.POLICY)
# The navigation stands on every page: more departments than these are left to the home page.
_DEPARTMENTS = 6


def _open(edition: Edition, disclosure: Disclosure) -> NavItem:
    children = [NavItem(edition.say("overview"), overview_page(disclosure))]
    children += [
        NavItem(
            edition.part_short(disclosure, part),
            part_page(disclosure, part),
            number=edition.part_number(part),
        )
        for part in Part
    ]
    children += [
        NavItem(edition.say(key), disclosure_page(disclosure, kind))
        for key, kind in (
            ("tables", Kind.TABLES),
            ("completeness", Kind.COMPLETENESS),
            ("checks", Kind.CHECKS),
            ("downloads", Kind.DOWNLOADS),
        )
        if kind is not Kind.CHECKS or edition.shows_checks
    ]
    if latest_edition(disclosure):
        log = disclosure_page(disclosure, Kind.EDITIONS)
        children.append(NavItem(edition.say("editions"), log))
    title = edition.disclosure_title(disclosure)
    return NavItem(title, overview_page(disclosure), tuple(children))
