"""What the theme's templates need to know about one page: one named context, ``d``.

Everything that varies from page to page enters the templates through here.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup
from mkdocs.structure.pages import Page

from disclosure.book import Disclosure
from disclosure.model.fields import LANGS, Lang
from disclosure.search import SEARCH_STRINGS
from disclosure.site.assets import content_policy, first_script
from disclosure.site.blocks import Card, amounts, line_text
from disclosure.site.blocks import Page as CorePage
from disclosure.site.edition import Edition, latest_edition, overview_page, part_page
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
from disclosure.site.render import RenderedPage, text
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
from mkdocs_disclosure.navigation import BELOW_AN_ENTRY, NavItem, entry, navigation, parent
from mkdocs_disclosure.pages import GeneratedPage

HTML_LANG: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
_OPEN_GRAPH_LANG: dict[Lang, str] = {"zh": "zh_CN", "en": "en_US"}
ASSETS = "assets/disclosure"
KEPT = 512
"""Navigations and lists of sections that are kept. Pages that share one come close together."""
_NO_DATASET = Markup()


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
    tags: Tags = ()  # of a government site
    markdown: str = ""  # the address of the page's Markdown, where it has one
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


Written = tuple[tuple[str, str], ...]
"""Hand-written pages: title and address."""


def frame(
    edition: Edition,
    page: Page,
    pages: frozenset[str],
    content: Written,
    site_url: str | None,
    problems: tuple[str, ...] = (),
    reloads: bool = False,
) -> Frame:
    """The frame of a page.

    ``pages``: all addresses; ``content``: hand-written pages (title, url); ``reloads``: a server
    puts a script of its own into the page.
    """
    frames = Frames(edition, content, site_url, problems, reloads)
    if isinstance(page, GeneratedPage):
        return frames.of(page.rendered)
    return frames.of_written(page, pages)


class Frames:
    """The frames of one language. What pages have in common is found out once.

    ``content``: hand-written pages; ``reloads``: a server puts a script of its own into the page.
    """

    def __init__(
        self,
        edition: Edition,
        content: Written,
        site_url: str | None,
        problems: tuple[str, ...] = (),
        reloads: bool = False,
    ) -> None:
        self.edition = edition
        self.problems = problems
        self.policy = "" if reloads else content_policy()
        self._content = tuple(each for each in content if page_lang(each[1]) == edition.lang)
        self._written = frozenset(url for _, url in content)
        self._site = site_url.rstrip("/") + "/" if site_url else ""
        self._home = PageId(Kind.HOME).url(edition.lang)
        self._official = edition.book.site.edition == "official"
        self._departments = {each.slug: each.disclosures for each in edition.book.departments}
        self._ways: dict[tuple[str, str], str] = {}
        self._navs: dict[tuple[str, PageId, PageId | None], tuple[NavLink, ...]] = {}
        self._whose: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}

    def address(self, url: str) -> str:
        """The absolute address of a page of the data; empty where the site has none."""
        return f"{self._site}{url}" if self._site else ""

    def of(self, rendered: RenderedPage) -> Frame:
        """The frame of a page of the data.

        Which pages there are is asked of the book: both languages have the same.
        """
        page = rendered.page
        id, url, edition = page.id, page.url, self.edition
        title = " - ".join((page.title.text, *self._belongs(page)))
        above = parent(edition, id)
        hidden = id.kind is Kind.PRINT
        about = subject(edition, page) if self._official else _NO_SUBJECT
        return Frame(
            edition=edition,
            url=url,
            root=self._way(url, ""),
            title=title,
            full_title=title if id.kind is Kind.HOME else f"{title} - {edition.site_name}",
            description=page.description,
            layout=page.layout,
            twin=self._way(url, twin_url(url)),
            alternates=self._alternates(url),
            nav=self._nav(id, url, entry(id, above)),
            trail=tuple((each.text.text, self._href(each.target, url)) for each in page.eyebrow),
            previous=self._neighbour(page.previous, url),
            next=self._neighbour(page.next, url),
            source_file=page.source_file,
            print_href=(
                self._way(url, PageId(Kind.PRINT, id.department, id.disclosure).url(edition.lang))
                if id.disclosure and not hidden
                else ""
            ),
            years=self._years(id, url),
            parent=(
                (above[0], self._href(Target(*above[1:]), url))
                if above and not page.layout
                else None
            ),
            listed=id.kind in _LISTED,
            problems=self.problems,
            policy=self.policy,
            hidden=hidden,
            tags=head_tags(edition, about, self.address(url)) if self._official else (),
            markdown="" if hidden else posixpath.basename(markdown_url(url)),
            dataset=Markup(page.dataset),
            amounts=not page.layout and rendered.amounts,
            feeds=tuple(_feeds(edition, id, url)),
        )

    def of_written(self, page: Page, pages: frozenset[str]) -> Frame:
        """The frame of a hand-written page. ``pages``: all addresses of the site."""
        url, edition = page.url, self.edition
        id = _SINGLE.get(url.removeprefix(ENGLISH_ROOT), PageId(Kind.CONTENT, item=url))
        title, description = str(page.title or ""), str(page.meta.get("description") or "")
        about = Subject("article", title, description, (title,))
        has_twin = twin_url(url) in pages
        twin = twin_url(url) if has_twin else PageId(Kind.HOME).url(_other(edition.lang))
        return Frame(
            edition=edition,
            url=url,
            root=relative(url, ".") + "/",
            title=title,
            full_title=title if id.kind is Kind.HOME else f"{title} - {edition.site_name}",
            description=description,
            layout="",
            twin=relative(url, twin),
            alternates=self._alternates(url) if has_twin else (),
            nav=self._nav(id, url, id),
            trail=((edition.say("home"), relative(url, self._home)),),
            previous=None,
            next=None,
            source_file="",
            print_href="",
            listed=True,
            problems=self.problems,
            policy=self.policy,
            tags=head_tags(edition, about, page.canonical_url),
            markdown=posixpath.basename(markdown_url(url)),
            feeds=tuple(_feeds(edition, id, url)),
        )

    def _way(self, from_url: str, to_url: str) -> str:
        """``routes.relative`` to a page, or to the root with a slash at its end.

        Pages lie in few folders, so that the way from one to another is known soon.
        """
        here, (there, slash, name) = from_url.rpartition("/")[0], to_url.rpartition("/")
        way = self._ways.get((here, there))
        if way is None:
            way = relative(f"{here}/page" if here else "page", f"{there}{slash}page")
            way = self._ways[here, there] = way.removesuffix("page")
        return way + name if to_url else way or "./"

    def _href(self, target: Target, url: str) -> str:
        """``routes.href``, for a page and its anchor."""
        if target.page is None or target.query:
            return href(target, url, self.edition.lang)
        to_url = target.page.url(self.edition.lang)
        anchor = f"#{target.anchor}" if target.anchor else ""
        return anchor if anchor and to_url == url else self._way(url, to_url) + anchor

    def _nav(self, id: PageId, url: str, found_at: PageId) -> tuple[NavLink, ...]:
        """The navigation of a page: the same for all pages of a folder below one entry."""
        folder = url.rpartition("/")[0]
        # A page that is no entry itself is nowhere the current one.
        key = (folder, found_at, None if id.kind in BELOW_AN_ENTRY else id)
        nav = self._navs.get(key)
        if nav is None:
            if len(self._navs) >= KEPT:
                self._navs.clear()
            nav = self._navs[key] = self._nav_links(id, url, found_at)
        return nav

    def _nav_links(self, id: PageId, url: str, found_at: PageId) -> tuple[NavLink, ...]:
        edition = self.edition
        nav = tuple(self._nav_link(item, url, id, found_at) for item in navigation(edition, id))
        known = {link.href for link in nav}
        return nav + tuple(
            NavLink(text, self._way(url, target), target == url)
            for text, target in self._content
            if self._way(url, target) not in known
        )

    def _nav_link(self, item: NavItem, url: str, current: PageId, around: PageId) -> NavLink:
        single = not item.children and not item.anchor
        return NavLink(
            item.title,
            self._href(Target(item.page, item.anchor), url),
            single and item.page == current,
            tuple(self._nav_link(child, url, current, around) for child in item.children),
            item.number,
            single and item.page == around,
        )

    def _belongs(self, page: CorePage) -> tuple[str, ...]:
        """What a page belongs to, so that no two titles are alike (WCAG 2.2, 2.4.2)."""
        id, edition = page.id, self.edition
        if id.kind in _BELOW_A_LIST:
            return (edition.say(_BELOW_A_LIST[id.kind]),)
        key = (id.department, id.disclosure)
        if key not in self._whose:
            disclosure = edition.book.disclosure(*key)
            several = len(edition.book.departments) > 1
            self._whose[key] = (
                edition.disclosure_title(disclosure) if disclosure else "",
                (edition.department_name(disclosure).text,) if disclosure and several else (),
            )
        title, department = self._whose[key]
        return (title, *department) if title and title != page.title.text else department

    def _neighbour(self, card: Card | None, url: str) -> Neighbour | None:
        if card is None:
            return None
        address = self._href(card.target, url)
        yuan = next((amount.value for amount in amounts(card.figure)), "")
        return Neighbour(card.eyebrow, card.title.text, line_text(card.figure), address, yuan)

    def _alternates(self, url: str) -> tuple[Alternate, ...]:
        return _alternates(self._site, url, (url, twin_url(url)))

    def _years(self, id: PageId, url: str) -> tuple[NavLink, ...]:
        """The department's disclosures: the same page in each, or the nearest with a word why.

        A project is followed to the code that it has there; else that year's projects are listed.
        """
        disclosures = self._departments.get(id.department, ())
        if not id.disclosure or len(disclosures) < 2:
            return ()
        edition, links = self.edition, []
        codes = self._codes(disclosures, id) if id.kind is Kind.PROJECT else {}
        for disclosure in disclosures:
            item = codes.get(disclosure.slug, id.item)
            there, note = replace(id, disclosure=disclosure.slug, item=item), ""
            if not self._exists(disclosure, there):
                project = id.kind is Kind.PROJECT
                at = part_page(disclosure, Part.PROJECTS) if project else overview_page(disclosure)
                there, note = at, edition.say("years.no_project" if project else "years.no_page")
            here = disclosure.slug == id.disclosure
            target = self._way(url, there.url(edition.lang))
            links.append(NavLink(edition.disclosure_title(disclosure), target, here, note=note))
        return tuple(links)

    def _codes(self, disclosures: tuple[Disclosure, ...], id: PageId) -> dict[str, str]:
        """The code of a project in each disclosure of its department, by slug."""
        disclosure = next(each for each in disclosures if each.slug == id.disclosure)
        history = self.edition.history(disclosure, disclosure.project(id.item))
        # Where several codes of a year belong together, its own comes first.
        ordered = sorted(history, key=lambda each: each[1].code == id.item)
        return {where.slug: same.code for where, same in ordered}

    def _exists(self, disclosure: Disclosure, id: PageId) -> bool:
        """Whether a disclosure has a page that another of its department has."""
        match id.kind:
            case Kind.PROJECT:
                found = id.item in self._projects[id.department, id.disclosure]
            case Kind.TABLE:
                forms = self.edition.book.forms.forms(disclosure.kind)
                found = any(form.id == id.item for form in forms)
            case Kind.UNIT:
                found = any(unit.slug == id.item for unit in disclosure.units)
            case Kind.EDITIONS:
                found = latest_edition(disclosure) is not None
            case _:
                found = id.kind in _ON_EVERY
        return found or id.url(self.edition.lang) in self._written

    @cached_property
    def _projects(self) -> dict[tuple[str, str], frozenset[str]]:
        return {
            (each.department, each.slug): frozenset(project.code for project in each.projects)
            for each in self.edition.book.disclosures
        }


_NO_SUBJECT = Subject("none")
# Pages that every disclosure of a site has.
_ON_EVERY = (
    *(Kind.OVERVIEW, Kind.PART, Kind.TABLES, Kind.CHECKS, Kind.COMPLETENESS, Kind.DOWNLOADS),
    Kind.PRINT,
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
        tags=head_tags(edition, _NO_SUBJECT, ""),
    )


def _other(lang: Lang) -> Lang:
    return "en" if lang == "zh" else "zh"


def _alternates(site_url: str | None, url: str, pages: Collection[str]) -> tuple[Alternate, ...]:
    if not site_url or twin_url(url) not in pages:
        return ()
    by_lang = {page_lang(each): each for each in (url, twin_url(url))}
    base = site_url.rstrip("/") + "/"
    found = [Alternate(HTML_LANG[lang], base + by_lang[lang]) for lang in LANGS]
    return (*found, Alternate("x-default", base + by_lang["zh"]))


def sitemap_urls(site_url: str, pages: frozenset[str]) -> Markup:
    """A ``<url>`` for every page that search engines may show, with its language versions.

    A large site has tens of thousands: a template would take most of a second for them.
    """
    base = site_url.rstrip("/") + "/"
    entries = (
        _url(base + url, _alternates(site_url, url, pages))
        for url in sorted(pages)
        if url.rpartition("/")[2] != f"{Kind.PRINT}.html"
    )
    return Markup("\n".join(entries))


def _url(address: str, alternates: Iterable[Alternate]) -> str:
    links = "".join(
        [
            f'<xhtml:link rel="alternate" hreflang="{each.hreflang}" href="{text(each.href)}"/>'
            for each in alternates
        ]
    )
    return f"<url><loc>{text(address)}</loc>{links}</url>"
