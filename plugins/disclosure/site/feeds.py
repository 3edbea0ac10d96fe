"""Atom feeds: what was published and corrected, of the whole site and of each department.

The form is that of RFC 4287. An ``id`` must never change, wherever the site moves to (section
4.2.6.1), and a site may have no address at all, from which a ``tag:`` (RFC 4151) could be made. So
ids are name-based UUIDs (RFC 9562, section 5.5; RFC 4122 for the URN) of what stays: the SHA-256
and number of an edition; for a disclosure without one its folder and the name of the department in
that year; and the language, for an entry in another language is another entry.

Links are absolute where the site has an address and relative to the feed where it has none, which
RFC 4287 allows (sections 2 and 4.2.7.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from disclosure.book import Disclosure
from disclosure.changes.compare import Change
from disclosure.export.files import edition_address
from disclosure.model.fields import LANGS, Lang
from disclosure.site.edition import Edition, disclosure_page, overview_page
from disclosure.site.government import domain
from disclosure.site.publications import Publication, publications
from disclosure.site.routes import Kind, PageId, Target, feed_url, href
from disclosure.site.views.editions import ChangeLog

ENTRIES = 50
"""Entries of a feed, from the newest; what is older stands on the pages of editions."""
_CHANGES = 8
"""Changes that an entry tells of,"""
_LONGEST = 120
"""and characters of each of their texts."""

_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
_NAMES = uuid5(NAMESPACE_URL, "mkdocs-disclosure")
_TAGS: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}
# Everything but Char of XML 1.0 (section 2.2): a file with one of these cannot be read at all.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Logs = Mapping[tuple[str, str], ChangeLog]


def feeds(editions: Mapping[Lang, Edition], logs: Logs) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of every feed; none where nothing has a date."""
    for edition in editions.values():
        book = edition.book
        if published := publications(book.disclosures):
            yield feed_url(edition.lang), _feed(edition, "", published, logs)
        for department in book.departments:
            if published := publications(department.disclosures):
                address = feed_url(edition.lang, department.slug)
                yield address, _feed(edition, department.slug, published, logs)


def feed_title(site: str, department: str = "") -> str:
    """The title of a feed: of the site, or of a department on it."""
    return f"{department} - {site}" if department else site


def _feed(edition: Edition, department: str, published: Sequence[Publication], logs: Logs) -> bytes:
    site, lang = edition.book.site, edition.lang
    writer = _Writer(edition, feed_url(lang, department))
    name = edition.site_name
    page = PageId(Kind.HOME)
    if department:
        newest = next(d for d in edition.book.departments if d.slug == department).disclosures[0]
        whose = edition.department_name(newest).text
        name = feed_title(name, whose)
        page = PageId(Kind.DEPARTMENT, department)
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": _TAGS[lang]})
    writer.text(root, "id", _urn("feed", _whose(edition), department, lang))
    writer.text(root, "title", name)
    writer.text(root, "subtitle", edition.say("feed.subtitle"))
    writer.text(root, "updated", published[0].moment)
    writer.text(SubElement(root, "author"), "name", _author(edition))
    if edition.site_url:
        own = {"rel": "self", "type": "application/atom+xml", "href": writer.link(writer.own)}
        SubElement(root, "link", own)
    writer.alternate(root, Target(page), lang)
    for other in LANGS:
        if other != lang:
            there = {"rel": "alternate", "type": "application/atom+xml"}
            where = Target(file=feed_url(other, department))
            SubElement(
                root, "link", {**there, "hreflang": _TAGS[other], "href": writer.link(where)}
            )
    writer.text(root, "generator", "mkdocs-disclosure")
    if site.licence:
        writer.text(root, "rights", site.licence[lang])
    for each in published[:ENTRIES]:
        log = logs.get((each.disclosure.department, each.disclosure.slug))
        writer.entry(root, each, log)
    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


class _Writer:
    """Writes the elements of one feed."""

    def __init__(self, edition: Edition, address: str) -> None:
        self.edition = edition
        self.address = address

    @property
    def own(self) -> Target:
        return Target(file=self.address)

    def link(self, target: Target) -> str:
        """Where a link leads: absolute, or from the feed."""
        if self.edition.site_url:
            return self.edition.site_url + href(target, "", self.edition.lang)
        return href(target, self.address, self.edition.lang)

    def text(self, parent: Element, tag: str, text: str) -> None:
        if text:
            SubElement(parent, tag).text = _NO_CHARACTER.sub("", text)

    def alternate(self, parent: Element, target: Target, lang: Lang) -> None:
        page = {"rel": "alternate", "type": "text/html", "hreflang": _TAGS[lang]}
        SubElement(parent, "link", {**page, "href": self.link(target)})

    def entry(self, root: Element, each: Publication, log: ChangeLog | None) -> None:
        """A disclosure that was published, or an edition of it."""
        edition, disclosure, numbered = self.edition, each.disclosure, each.entry
        lang = edition.lang
        name = edition.department_name(disclosure).text
        title = edition.disclosure_title(disclosure)
        entry = SubElement(root, "entry")
        if numbered and not each.first:
            names = ("edition", numbered.sha256, str(numbered.number))
            said = edition.say("feed.edition", name=name, title=title, number=numbered.number)
        else:
            folder = f"{disclosure.department}/{disclosure.slug}"
            names = ("disclosure", folder, disclosure.header.department.name)
            said = edition.say("feed.published", name=name, title=title)
        self.text(entry, "id", _urn(*names, lang))
        self.text(entry, "title", said)
        self.text(entry, "updated", each.moment)
        self.text(entry, "published", each.moment)
        page = overview_page(disclosure)
        anchor = ""
        if numbered and log:
            page = disclosure_page(disclosure, Kind.EDITIONS)
            anchor = f"edition-{numbered.number}"
        self.alternate(entry, Target(page, anchor), lang)
        if numbered:
            self._data(entry, each)
        labels = {disclosure.kind: edition.kind(disclosure), disclosure.department: name}
        for term, label in labels.items():
            SubElement(entry, "category", {"term": term, "label": _NO_CHARACTER.sub("", label)})
        self._content(entry, each, log)

    def _data(self, entry: Element, each: Publication) -> None:
        editions, numbered = each.disclosure.editions, each.entry
        stored = editions.stored.get(numbered.number) if editions and numbered else None
        if stored and numbered:
            address = edition_address(each.disclosure, numbered.number)
            SubElement(
                entry,
                "link",
                {
                    "rel": "enclosure",
                    "type": "application/json",
                    "length": str(len(stored.data)),
                    "href": self.link(Target(file=address)),
                },
            )

    def _content(self, entry: Element, each: Publication, log: ChangeLog | None) -> None:
        """Why it was published, and what it changed: as a line, and as a list."""
        edition, numbered = self.edition, each.entry
        if numbered is None:
            self.text(entry, "summary", _figures(edition, each.disclosure))
            return
        reason = numbered.reason[edition.lang]
        logged = next((e for e in log.editions if e.entry == numbered), None) if log else None
        changed = (logged.changed if logged else None) or ()
        if not changed:
            self.text(entry, "summary", reason)
            return
        count = edition.say("editions.changes", before=numbered.number - 1, count=len(changed))
        self.text(entry, "summary", f"{reason} {count}")
        content = SubElement(entry, "content", {"type": "xhtml"})
        box = SubElement(content, "div", {"xmlns": _XHTML})
        self.text(box, "p", reason)
        self.text(box, "p", f"{count}{edition.say('label.colon')}".rstrip())
        items = SubElement(box, "ul")
        for change in changed[:_CHANGES]:
            self.text(items, "li", self._change(change))
        if (more := len(changed) - _CHANGES) > 0:
            self.text(box, "p", edition.say("feed.more", count=more))

    def _change(self, change: Change) -> str:
        edition = self.edition
        where = change.where.in_language(edition.lang)
        if unit := change.unit:
            named = edition.say("unit", unit=unit) if unit == "%" else edition.unit(unit)
            where += f" {edition.say('parenthesis', text=named)}"
        sides = [
            _shortened(side.in_language(edition.lang)) if side else ""
            for side in (change.before, change.after)
        ]
        if change.kind in ("figure", "text", "renamed"):
            before, after = (said or edition.say("absence.blank") for said in sides)
            return edition.say("feed.changed", where=where, before=before, after=after)
        colon = edition.say("label.colon")
        return f"{edition.say(f'editions.{change.kind}')}{colon}{where}"


def _figures(edition: Edition, disclosure: Disclosure) -> str:
    """How much is spent, and on how many projects; the title of the document where neither is."""
    budget, count = disclosure.budget, len(disclosure.projects)
    said: list[str] = []
    if budget and budget.expenditure.total:
        colon = edition.say("label.colon")
        amount = edition.amount_text(budget.expenditure.total, budget.unit)
        said.append(f"{edition.say('key.expenditure')}{colon}{amount}")
    if count:
        said.append(edition.say("home.project" if count == 1 else "home.projects", count=count))
    printed = disclosure.header.title
    return " · ".join(said) or (edition.phrase(printed).text if printed else "")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _author(edition: Edition) -> str:
    """Who speaks: the organiser of an official site, or else the site."""
    site = edition.book.site
    organiser = site.publisher.organiser if site.publisher else None
    official = organiser and site.edition == "official"
    return organiser[edition.lang] if official and organiser else edition.site_name


def _whose(edition: Edition) -> str:
    """What the site is known by, the same in both languages: its host, or else its name."""
    site = edition.book.site
    host = domain(site.publisher.website) if site.publisher else ""
    return host or (site.name["zh"] if site.name else edition.default_name)


def _urn(*names: str) -> str:
    """``urn:uuid:…`` of a name; no name can end within another."""
    return uuid5(_NAMES, "\n".join(_NO_CHARACTER.sub("", each) for each in names)).urn
