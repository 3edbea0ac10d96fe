"""The navigation of a page in its own language. Project pages stay out of it.

MkDocs knows one navigation for the whole build; this site needs one a language and disclosure,
so the theme's partial draws this one instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.book import Disclosure
from disclosure.site.edition import Edition, disclosure_page, overview_page, part_page
from disclosure.site.routes import Kind, PageId, Part


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the navigation; ``children`` make it a group with a title."""

    title: str
    page: PageId
    children: tuple[NavItem, ...] = ()


def navigation(edition: Edition, current: PageId) -> tuple[NavItem, ...]:
    """The navigation as seen from ``current``: the disclosure around it is open."""
    say = edition.say
    items = [NavItem(say("home"), PageId(Kind.HOME))]
    for department in edition.book.departments:
        for disclosure in department.disclosures:
            here = (current.department, current.disclosure) == (
                disclosure.department,
                disclosure.slug,
            )
            only = sum(len(d.disclosures) for d in edition.book.departments) == 1
            if here or only:
                items.append(_open(edition, disclosure))
    if any(department.disclosures for department in edition.book.departments):
        for department in edition.book.departments:
            if department.disclosures:
                name = edition.department_name(department.disclosures[0]).text
                items.append(NavItem(name, PageId(Kind.DEPARTMENT, department.slug)))
    items.append(NavItem(say("glossary"), PageId(Kind.GLOSSARY)))
    items.append(NavItem(say("policies"), PageId(Kind.POLICIES)))
    return tuple(items)


def _open(edition: Edition, disclosure: Disclosure) -> NavItem:
    children = [NavItem(edition.say("overview"), overview_page(disclosure))]
    children += [
        NavItem(edition.part_short(disclosure, part), part_page(disclosure, part))
        for part in Part
        if part is not Part.TERMS
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
    title = edition.disclosure_title(disclosure)
    return NavItem(title, overview_page(disclosure), tuple(children))
