"""What the theme's templates need to know about one page: one named context, ``d``.

Everything that varies from page to page enters the templates through here.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup
from mkdocs.structure.pages import Page

from disclosure.book import Department
from disclosure.model.fields import LANGS, Lang
from disclosure.search import SEARCH_STRINGS
from disclosure.site.assets import content_policy, first_script
from disclosure.site.blocks import Card, Link, amounts, line_text
from disclosure.site.blocks import Page as CorePage
from disclosure.site.edition import Edition, overview_page, part_page
from disclosure.site.feeds import feed_title
from disclosure.site.government import (
    Subject,
    Tags,
    head_tags,
    identifiers,
    services,
    subject,
)
from disclosure.site.publications import publications
from disclosure.site.routes import (
    ENGLISH_ROOT,
    Kind,
    PageId,
    Part,
    Target,
    feed_url,
    href,
    markdown_url,
    relative,
)
from mkdocs_disclosure.navigation import NavItem, entry, navigation, parent
from mkdocs_disclosure.pages import GeneratedPage

HTML_LANG: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
_OPEN_GRAPH_LANG: dict[Lang, str] = {"zh": "zh_CN", "en": "en_US"}
ASSETS = "assets/disclosure"
_NO_DATASET = Markup()
_NO_SUBJECT = Subject("none")


@dataclass(frozen=True)
class NavLink:
    """A link of the navigation, as the partial draws it.

    ``active``: it is this page. ``around``: this page is found below it. ``note``: what to expect
    there.
    """

    title: str
    href: str
    active: bool
    children: tuple[NavLink, ...] = ()
    number: str = ""
    around: bool = False
    note: str = ""

    @property
    def current(self) -> str:
        """``aria-current`` (WAI-ARIA 1.2), or nothing."""
        return "page" if self.active else "true" if self.around else ""


@dataclass(frozen=True)
class Neighbour:
    """The page before or after this one: number, name, amount."""

    number: str
    title: str
    figure: str
    href: str
    yuan: str = ""  # of the amount, where the figure is one


@dataclass(frozen=True)
class Choice:
    """A button that goes on to the next choice.

    ``next`` is JSON: now → [next, what a press does, what is said once now has been chosen].
    """

    name: str
    next: str
    label: str


# Now, next, what a press does, what now is. The empty value is what nobody has chosen.
_CHOICES = {
    "text": (("", "150", "text.150", "text.now.100"), ("150", "200", "text.200", "text.now.150"),
             ("200", "", "text.100", "text.now.200")),
    "scheme": (("", "light", "scheme.light", "scheme.now.auto"),
               ("light", "dark", "scheme.dark", "scheme.now.light"),
               ("dark", "", "scheme.auto", "scheme.now.dark")),
}  # fmt: skip


@dataclass(frozen=True)
class Alternate:
    """A language version of the page for search engines (absolute address)."""

    hreflang: str
    href: str


@dataclass(frozen=True)
class Frame:
    """The frame around one page."""

    edition: Edition
    url: str
    root: str
    title: str
    full_title: str
    description: str
    layout: str
    twin: str
    alternates: tuple[Alternate, ...]
    nav: tuple[NavLink, ...]
    trail: tuple[tuple[str, str], ...]
    previous: Neighbour | None
    next: Neighbour | None
    source_file: str
    print_href: str
    years: tuple[NavLink, ...] = ()  # the same page in other years and kinds
    parent: tuple[str, str] | None = None  # where the reader came from: label, address
    listed: bool = False  # long enough for a list of its own sections above the text
    problems: tuple[str, ...] = ()  # what is wrong with the data, while a server runs
    policy: str = ""  # the Content-Security-Policy; a server that reloads the page has none
    absolute: str = ""  # the root of the site, for a page that can be shown at any address
    hidden: bool = False  # kept from search engines: what repeats other pages, or is none
    about: Subject = _NO_SUBJECT  # for the tags of a government site
    dataset: Markup = _NO_DATASET  # JSON-LD whose signs can end no element: ``site.dataset``
    amounts: bool = False  # whether there are any to show in another unit; never on paper
    feeds: tuple[tuple[str, str], ...] = ()  # title and address of those that tell of the page

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.edition.lang

    @property
    def other(self) -> Lang:
        """The other language."""
        return "en" if self.lang == "zh" else "zh"

    @property
    def html_lang(self) -> str:
        """The ``lang`` of the page: ``zh-CN`` or ``en``."""
        return HTML_LANG[self.lang]

    @property
    def other_html_lang(self) -> str:
        """The ``lang`` of the twin."""
        return HTML_LANG[self.other]

    def say(self, key: str, **values: object) -> str:
        """A text of the interface."""
        return self.edition.say(key, **values)

    @property
    def parts(self) -> tuple[NavLink, ...]:
        """The pages of the disclosure, the eleven parts numbered, for the bar under the thumb."""
        return next((each.children for each in self.nav if each.children), ())

    @property
    def home(self) -> str:
        """The home page of this language."""
        return self._to(PageId(Kind.HOME).url(self.lang))

    @property
    def guide(self) -> str:
        """How to read the budget, in plain words."""
        return self._to(PageId(Kind.GUIDE).url(self.lang))

    @property
    def accessibility(self) -> str:
        """The accessibility statement."""
        return self._to(PageId(Kind.ACCESSIBILITY).url(self.lang))

    def shared(self, address: str | None) -> tuple[tuple[str, str], ...]:
        """What a page says of itself where its link is shared: Open Graph (ogp.me), by name.

        ``address``: the absolute address, where the site has one. There is no picture, so that
        the smallest card is asked for.
        """
        if self.hidden:
            return ()
        is_home = self.url == PageId(Kind.HOME).url(self.lang)
        names = (
            ("og:type", "website" if is_home else "article"),
            ("og:site_name", self.edition.site_name),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:locale", _OPEN_GRAPH_LANG[self.lang]),
            ("og:locale:alternate", _OPEN_GRAPH_LANG[self.other]),
            ("og:url", address or ""),
            ("twitter:card", "summary"),
        )
        return tuple((name, content) for name, content in names if content)

    def government(self, address: str | None) -> Tags:
        """The tags of a government site; none on an unofficial one.

        ``address``: the absolute address of the page, where the site has one.
        """
        return head_tags(self.edition, self.about, address)

    @property
    def markdown(self) -> str:
        """The Markdown of the page; empty where it has none."""
        return "" if self.hidden else posixpath.basename(markdown_url(self.url))

    @property
    def described(self) -> str:
        """The name of the page's description: in capitals as government sites write it.

        HTML compares it without regard to case, so that one element serves every reader.
        """
        official = self.edition.book.site.edition == "official"
        return "Description" if official else "description"

    def asset(self, name: str) -> str:
        """A file of ours below ``assets/disclosure``."""
        return self._to(f"{ASSETS}/{name}")

    @property
    def first_script(self) -> Markup:
        """The script that runs before anything is drawn."""
        return Markup(first_script())

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The buttons for large text and for light or dark."""
        return tuple(
            Choice(
                name,
                json.dumps(
                    {now: [next, self.say(does), self.say(is_)] for now, next, does, is_ in steps},
                    ensure_ascii=False,
                ),
                self.say(steps[0][2]),
            )
            for name, steps in _CHOICES.items()
        )

    @property
    def search(self) -> str:
        """The configuration of the search button, as JSON."""
        return json.dumps(
            {
                "script": self.asset("search.js"),
                "style": self.asset("search.css"),
                "index": self._to(f"search/{self.lang}") + "/",
                "base": self.root,
                "lang": self.html_lang,
                "strings": dict(SEARCH_STRINGS[self.lang]),
            },
            ensure_ascii=False,
        )

    @property
    def footer(self) -> tuple[tuple[str, str, str, str], ...]:
        """Label, text, its ``lang`` and where it leads (or nothing) for each line of the footer."""
        site, say = self.edition.book.site, self.say
        lines: list[tuple[str, str, str, str]] = []
        if site.source:
            title = self.edition.phrase(site.source.title)
            lines.append((say("source.title"), title.text, HTML_LANG[title.lang], ""))
            date = site.source.date or say("source.undated")
            lines.append((say("source.date"), date, self.html_lang, ""))
        lines += (
            (say(each.key), each.text, HTML_LANG[each.lang], each.href)
            for each in identifiers(self.edition)
        )
        if site.licence:
            lines.append((say("licence"), site.licence[self.lang], self.html_lang, ""))
        return tuple(lines)

    @property
    def services(self) -> tuple[tuple[str, str], ...]:
        """Text and address of the links that the footer of a government site has."""
        return tuple((self.say(key), address) for key, address in services(self.edition))

    @property
    def edition_mark(self) -> str:
        """What the site is, in a word; empty for an official publisher."""
        official = self.edition.book.site.edition == "official"
        return "" if official else self.say("edition.unofficial")

    @property
    def editor_note(self) -> str:
        """The sentence of the footer that says what the site is."""
        note = self.edition.book.site.editor_note
        return note[self.lang] if note else ""

    def _to(self, url: str) -> str:
        return self.absolute + url if self.absolute else relative(self.url, url)


# Pages that a hand-written page of the same address takes the place of.
_SINGLE = {
    page.path: page
    for kind in (Kind.HOME, Kind.GUIDE, Kind.GLOSSARY, Kind.POLICIES, Kind.ACCESSIBILITY)
    for page in (PageId(kind),)
}


def page_lang(url: str) -> Lang:
    """The language of an address."""
    return "en" if url.startswith(ENGLISH_ROOT) else "zh"


def twin_url(url: str) -> str:
    """The same address in the other language."""
    return url.removeprefix(ENGLISH_ROOT) if page_lang(url) == "en" else ENGLISH_ROOT + url


def frame(
    edition: Edition,
    page: Page,
    pages: frozenset[str],
    content: tuple[tuple[str, str], ...],
    site_url: str | None,
    problems: tuple[str, ...] = (),
    reloads: bool = False,
) -> Frame:
    """The frame of a page.

    ``pages``: all addresses; ``content``: hand-written pages (title, url); ``reloads``: a server
    puts a script of its own into the page.
    """
    url = page.url
    generated = page.rendered.page if isinstance(page, GeneratedPage) else None
    if generated:
        current = generated.id
        title = " - ".join((generated.title.text, *_whose(edition, generated)))
    else:
        current = _SINGLE.get(url.removeprefix(ENGLISH_ROOT), PageId(Kind.CONTENT, item=url))
        title = str(page.title or "")
    is_home = current.kind is Kind.HOME
    twin = twin_url(url) if twin_url(url) in pages else PageId(Kind.HOME).url(_other(edition.lang))
    found_at = entry(edition, current)
    nav = tuple(
        _nav_link(item, url, edition.lang, current, found_at)
        for item in navigation(edition, current)
    )
    above = parent(edition, current) if generated and not generated.layout else None
    nav += tuple(
        NavLink(text, relative(url, target), target == url)
        for text, target in content
        if page_lang(target) == edition.lang
        and relative(url, target) not in {link.href for link in nav}
    )
    home = relative(url, PageId(Kind.HOME).url(edition.lang))
    trail = (
        tuple(_link(link, url, edition.lang) for link in generated.eyebrow)
        if generated
        else ((edition.say("home"), home),)
    )
    id = generated.id if generated else None
    return Frame(
        edition=edition,
        url=url,
        root=relative(url, ".") + "/",
        title=title,
        full_title=title if is_home else f"{title} - {edition.site_name}",
        description=generated.description if generated else str(page.meta.get("description") or ""),
        layout=generated.layout if generated else "",
        twin=relative(url, twin),
        alternates=_alternates(site_url, url, pages),
        nav=nav,
        trail=trail,
        previous=_neighbour(generated.previous, url, edition.lang) if generated else None,
        next=_neighbour(generated.next, url, edition.lang) if generated else None,
        source_file=generated.source_file if generated else "",
        print_href=(
            relative(url, PageId(Kind.PRINT, id.department, id.disclosure).url(edition.lang))
            if id and id.disclosure and id.kind is not Kind.PRINT
            else ""
        ),
        problems=problems,
        hidden=current.kind is Kind.PRINT,
        about=(
            subject(edition, generated)
            if generated
            else Subject("article", title, str(page.meta.get("description") or ""), (title,))
        ),
        dataset=Markup(generated.dataset) if generated else Markup(),
        policy="" if reloads else content_policy(),
        years=_years(edition, generated.id, url, pages) if generated else (),
        parent=(above[0], href(Target(*above[1:]), url, edition.lang)) if above else None,
        listed=generated is None or generated.id.kind in _LISTED,
        amounts=bool(
            generated and not generated.layout and any(True for _ in amounts(generated.blocks))
        ),
        feeds=tuple(_feeds(edition, current, url)),
    )


# Pages of many sections. A project answers at once, and overviews are lists already.
_LISTED = (
    *(Kind.PART, Kind.UNIT, Kind.CHECKS, Kind.COMPLETENESS, Kind.GLOSSARY, Kind.POLICIES),
    *(Kind.EDITIONS, Kind.GUIDE, Kind.ACCESSIBILITY),
)


# Where a reader wonders what is new; elsewhere a feed would be one more line on every page.
_FOLLOWED = (Kind.HOME, Kind.DEPARTMENT, Kind.OVERVIEW, Kind.EDITIONS)


def _feeds(edition: Edition, id: PageId, url: str) -> Iterator[tuple[str, str]]:
    """The feed of the page's department, or of the site."""
    if id.kind not in _FOLLOWED:
        return
    every = edition.book.disclosures
    disclosures = [d for d in every if not id.department or d.department == id.department]
    if publications(disclosures):
        title = edition.site_name
        if id.department:
            name = edition.department_name(disclosures[0]).text
            title = feed_title(title, name)
        yield title, relative(url, feed_url(edition.lang, id.department))


_BELOW_A_LIST = {Kind.TERM: "glossary", Kind.POLICY: "policies"}


def _whose(edition: Edition, page: CorePage) -> tuple[str, ...]:
    """What a page belongs to, so that no two titles are alike (WCAG 2.2, 2.4.2)."""
    if page.id.kind in _BELOW_A_LIST:
        return (edition.say(_BELOW_A_LIST[page.id.kind]),)
    disclosure = edition.book.disclosure(page.id.department, page.id.disclosure)
    if disclosure is None:
        return ()
    title = edition.disclosure_title(disclosure)
    department = edition.department_name(disclosure).text
    names = () if page.title.text == title else (title,)
    return (*names, department) if len(edition.book.departments) > 1 else names


def _years(edition: Edition, id: PageId, url: str, pages: frozenset[str]) -> tuple[NavLink, ...]:
    """The department's disclosures: the same page in each, or the nearest to it with a word why.

    A project is followed to the code that it has there; else that year's projects are listed.
    """
    department = next((d for d in edition.book.departments if d.slug == id.department), None)
    if department is None or not id.disclosure or len(department.disclosures) < 2:
        return ()
    codes = _codes(edition, department, id) if id.kind is Kind.PROJECT else {}
    links: list[NavLink] = []
    for disclosure in department.disclosures:
        item = codes.get(disclosure.slug, id.item)
        there, note = replace(id, disclosure=disclosure.slug, item=item), ""
        if there.url(edition.lang) not in pages:
            project = id.kind is Kind.PROJECT
            there = part_page(disclosure, Part.PROJECTS) if project else overview_page(disclosure)
            note = edition.say("years.no_project" if project else "years.no_page")
        here = disclosure.slug == id.disclosure
        target = relative(url, there.url(edition.lang))
        links.append(NavLink(edition.disclosure_title(disclosure), target, here, note=note))
    return tuple(links)


def _codes(edition: Edition, department: Department, id: PageId) -> dict[str, str]:
    """The code of a project in each disclosure of its department, by slug."""
    disclosure = next(each for each in department.disclosures if each.slug == id.disclosure)
    history = edition.history(disclosure, disclosure.project(id.item))
    # Where several codes of a year belong together, its own comes first.
    ordered = sorted(history, key=lambda each: each[1].code == id.item)
    return {where.slug: same.code for where, same in ordered}


def error_frame(edition: Edition, base_url: str, reloads: bool = False) -> Frame:
    """The frame of the 404 page: one file for both languages, at any depth."""
    base = base_url.rstrip("/") + "/"
    title = edition.say("not_found.title")
    items = navigation(edition, PageId(Kind.HOME))
    return Frame(
        edition=edition,
        url="404.html",
        root=base,
        title=title,
        full_title=f"{title} - {edition.site_name}",
        description="",
        layout="",
        twin=base + PageId(Kind.HOME).url(_other(edition.lang)),
        alternates=(),
        nav=tuple(
            NavLink(
                item.title, base + href(Target(item.page, item.anchor), "", edition.lang), False
            )
            for item in items
        ),
        trail=(),
        previous=None,
        next=None,
        source_file="",
        print_href="",
        policy="" if reloads else content_policy(),
        absolute=base,
        hidden=True,
    )


def _other(lang: Lang) -> Lang:
    return "en" if lang == "zh" else "zh"


def _nav_link(item: NavItem, url: str, lang: Lang, current: PageId, around: PageId) -> NavLink:
    single = not item.children and not item.anchor
    return NavLink(
        item.title,
        href(Target(item.page, item.anchor), url, lang),
        single and item.page == current,
        tuple(_nav_link(child, url, lang, current, around) for child in item.children),
        item.number,
        single and item.page == around,
    )


def _link(link: Link, url: str, lang: Lang) -> tuple[str, str]:
    return link.text.text, href(link.target, url, lang)


def _neighbour(card: Card | None, url: str, lang: Lang) -> Neighbour | None:
    if card is None:
        return None
    address = href(card.target, url, lang)
    yuan = next((amount.value for amount in amounts(card.figure)), "")
    return Neighbour(card.eyebrow, card.title.text, line_text(card.figure), address, yuan)


def _alternates(site_url: str | None, url: str, pages: frozenset[str]) -> tuple[Alternate, ...]:
    if not site_url or twin_url(url) not in pages:
        return ()
    by_lang = {page_lang(each): each for each in (url, twin_url(url))}
    base = site_url.rstrip("/") + "/"
    found = [Alternate(HTML_LANG[lang], urljoin(base, by_lang[lang])) for lang in LANGS]
    return (*found, Alternate("x-default", urljoin(base, by_lang["zh"])))


def sitemap_entries(site_url: str, pages: frozenset[str]) -> list[dict[str, Any]]:
    """Every page that search engines may show, with its language versions, for the sitemap."""
    base = site_url.rstrip("/") + "/"
    return [
        {"loc": urljoin(base, url), "alternates": _alternates(site_url, url, pages)}
        for url in sorted(pages)
        if posixpath.basename(url) != f"{Kind.PRINT}.html"
    ]
