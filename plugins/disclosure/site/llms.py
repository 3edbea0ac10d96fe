"""``llms.txt``: what a language model, or any program, is told of the site before it reads it.

The form is that of llmstxt.org: a title, a quotation that says what the site is, notes on how to
read it, then lists of links under headings; what stands under “Optional” may be passed over. One
line a disclosure, and of many departments one line each, so that the file of a county stays short.
Links lead to the Markdown of pages and
to data files: absolute where the site has an address, else from the root of its language.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from disclosure.book import Department, Disclosure
from disclosure.export.files import ExportFile
from disclosure.model.fields import LANGS, Lang
from disclosure.site.edition import Edition, disclosure_page, overview_page
from disclosure.site.markdown import escaped, heading, link, started
from disclosure.site.publications import publications
from disclosure.site.routes import (
    ENGLISH_ROOT,
    Kind,
    PageId,
    feed_url,
    llms_url,
    markdown_url,
    relative,
)
from disclosure.site.views.departments import MANY, disclosing, year_ids, year_page

_DETAILED = 60
"""Disclosures up to which each line links to data files; a county's names the page of downloads."""
# Data of a whole disclosure; CSV files are listed on the page of downloads.
_DATA = ("disclosure.json", "datapackage.json")


def llms(
    editions: Mapping[Lang, Edition], files: Iterable[ExportFile]
) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of ``llms.txt`` in each language. ``files``: those of all disclosures."""
    whole = [
        file
        for file in files
        if (name := posixpath.basename(file.address)) in _DATA or name.endswith(".xlsx")
    ]
    for edition in editions.values():
        data: dict[str, list[str]] = {}
        for file in whole:
            if file.lang in ("", edition.lang):
                folder = posixpath.dirname(file.address.removeprefix(ENGLISH_ROOT))
                data.setdefault(folder, []).append(file.address)
        lines = "\n".join(_Writer(edition, data).lines())
        yield llms_url(edition.lang), f"{lines}\n".encode()


class _Writer:
    def __init__(self, edition: Edition, data: Mapping[str, list[str]]) -> None:
        self.edition = edition
        self.data = data

    def to(self, address: str) -> str:
        site_url = self.edition.site_url
        return site_url + address if site_url else relative(llms_url(self.edition.lang), address)

    def page(self, title: str, page: PageId) -> str:
        """A link to the Markdown of a page."""
        return link(escaped(title), self.to(markdown_url(page.url(self.edition.lang))))

    def lines(self) -> Iterator[str]:
        edition, site, say = self.edition, self.edition.book.site, self.edition.say
        lang = edition.lang
        yield heading(1, escaped(edition.site_name))
        about = site.description[lang] if site.description else say("home.lead")
        said = "" if site.edition == "official" else f" {say('llms.unofficial')}"
        yield from ("", f"> {started(escaped(about + said))}", "", say("llms.reading"), "")
        yield from (f"- {each}" for each in self.notes())
        shared = (
            ("home", Kind.HOME),
            ("guide", Kind.GUIDE),
            ("glossary", Kind.GLOSSARY),
            ("policies", Kind.POLICIES),
        )
        yield from ("", heading(2, say("llms.shared")), "")
        yield from (f"- {self.page(say(key), PageId(kind))}" for key, kind in shared)
        departments = disclosing(edition)
        if len(departments) > MANY:
            yield from ("", heading(2, say("departments")), "")
            yield from (f"- {self.department(each)}" for each in departments)
            years = [int(id.item) for id in year_ids(edition.book)]
            yield from (
                f"- {self.page(say('year.title', year=year), year_page(year))}" for year in years
            )
            departments = ()
        for department in departments:
            name = edition.department_name(department.disclosures[0]).text
            yield from ("", heading(2, escaped(name)), "")
            yield from (f"- {self.disclosure(each)}" for each in department.disclosures)
        yield from ("", "## Optional", "")
        if publications(edition.book.disclosures):
            yield f"- {link(say('feed'), self.to(feed_url(lang)))}"
        yield f"- {self.page(say('accessibility'), PageId(Kind.ACCESSIBILITY))}"

    def notes(self) -> Iterator[str]:
        edition, site, say = self.edition, self.edition.book.site, self.edition.say
        other = next(each for each in LANGS if each != edition.lang)
        there = link(llms_url(other), self.to(llms_url(other)))
        yield say("llms.english", other=there)
        if site.edition == "official":
            yield say("llms.official")
        if site.source:
            title = edition.phrase(site.source.title).text
            yield f"{say('source.title')}{say('label.colon')}{escaped(title)}"
        if site.editor_note:
            yield started(escaped(site.editor_note[edition.lang]))
        if site.licence:
            yield f"{say('licence')}{say('label.colon')}{escaped(site.licence[edition.lang])}"
        yield say("llms.amounts")
        blank, absent = say("absence.blank"), say("absence.absent")
        yield say("llms.nothing", blank=blank, absent=absent)
        if edition.shows_checks:
            yield say("llms.checks")
        yield say("llms.pages")

    def department(self, department: Department) -> str:
        """Its page, which has all its disclosures, and the newest of them."""
        newest = department.disclosures[0]
        name = self.edition.department_name(newest).text
        page = self.page(name, PageId(Kind.DEPARTMENT, department.slug))
        return f"{page} · {self.disclosure(newest)}"

    def disclosure(self, disclosure: Disclosure) -> str:
        """Its overview, then its data and the page of all files."""
        edition, say = self.edition, self.edition.say
        title = self.page(edition.disclosure_title(disclosure), overview_page(disclosure))
        details: list[str] = []
        if (budget := disclosure.budget) and budget.expenditure.total:
            amount = edition.amount_text(budget.expenditure.total, budget.unit)
            details.append(escaped(f"{say('key.expenditure')}{say('label.colon')}{amount}"))
        folder = f"departments/{disclosure.department}/{disclosure.slug}/data"
        few = sum(1 for _ in edition.book.disclosures) <= _DETAILED
        for address in self.data.get(folder, ()) if few else ():
            details.append(link(escaped(posixpath.basename(address)), self.to(address)))
        downloads = disclosure_page(disclosure, Kind.DOWNLOADS)
        details.append(self.page(say("downloads"), downloads))
        return f"{title}: {' · '.join(details)}"
