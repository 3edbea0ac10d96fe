"""The book in one language: how the views speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from disclosure.book import Book, Disclosure, Project
from disclosure.export.files import table_file
from disclosure.language import interface, numbers
from disclosure.language.catalogue import has_chinese
from disclosure.language.interface import of_kind
from disclosure.language.targets import target_in
from disclosure.model.editions import PublishedEdition
from disclosure.model.fields import AmountUnit, Figure, Lang, Nothing
from disclosure.model.policy import Policy
from disclosure.model.vocabulary import WordKind
from disclosure.rules.examine import Examination, Examined, examine
from disclosure.site.blocks import (
    Amount,
    Cell,
    Fact,
    FindingMark,
    Head,
    Inline,
    Line,
    Link,
    Phrase,
    TermMark,
)
from disclosure.site.citations import Citations
from disclosure.site.followed import Courses
from disclosure.site.places import Listing, Listings, ShowFindings, listings
from disclosure.site.routes import Kind, PageId, Part, Target


@dataclass(frozen=True)
class Edition:
    """One language edition of the book. ``default_name`` is the site's name if data has none.

    ``site_url``: the absolute address of the root of the site, ending in a slash; empty where the
    site has none. ``unit_shown`` is the slug of a subordinate unit while its own figures are shown.
    """

    book: Book
    lang: Lang
    default_name: str = ""
    examination: Examination | None = None  # the same for all languages: made once
    show: ShowFindings = "figures"
    numbered: Listings | None = None  # as the examination
    unit_shown: str = ""
    site_url: str = ""

    # -- words ---------------------------------------------------------------------------

    def say(self, key: str, /, **values: object) -> str:
        """A text of the interface."""
        found = interface.text(key, self.lang)
        return found.format_map(values) if values else found

    def said(self, key: str, /, **values: object) -> Phrase:
        """A text of the interface as a phrase."""
        return Phrase(self.say(key, **values), self.lang) if values else _said(key, self.lang)

    def line(self, key: str, /, **values: object) -> Line:
        """A text of the interface as a line."""
        return (self.said(key, **values),) if values else _line(key, self.lang)

    def sentence(self, key: str, /, **values: object) -> Line:
        """A text of the interface with links and amounts in it, where it has ``{named}`` values.

        A value is an inline, a line of them, or what its text shows. Raises KeyError for a value
        that the text names and nobody gives.
        """
        parts: list[Inline] = []
        for text, name in interface.pieces(key, self.lang):
            if text:
                parts.append(Phrase(text, self.lang))
            if name is not None:
                parts += self._inlines(values[name])
        return tuple(parts)

    def _inlines(self, value: object) -> Line:
        if isinstance(value, tuple):
            return value
        if isinstance(value, Phrase | TermMark | Link | FindingMark | Amount):
            return (value,)
        return (Phrase(str(value), self.lang, literal=True),)

    def phrase(self, zh: str, context: str = "", literal: bool = False) -> Phrase:
        """Free text: its English on English pages, or the Chinese marked as untranslated."""
        return _phrase(*self._shown(zh, context), literal)

    def _shown(self, zh: str, context: str) -> tuple[str, Lang, bool]:
        """A text as it is shown, in which language, and whether it should be in another."""
        if self.lang == "zh" or not zh:
            return zh, self.lang, False
        english = self.book.catalogue.find(zh, context)
        if english is None:
            return zh, "zh", has_chinese(zh)
        return english, "en", False

    def literal(self, text: str) -> Phrase:
        """A text that is in this language as it stands: a code, a number, a sign."""
        return _phrase(text, self.lang, False, True)

    def text(self, zh: str, context: str = "") -> Line:
        """Free text as a line."""
        return (self.phrase(zh, context),)

    def word(self, kind: WordKind, label: str) -> Phrase:
        """A controlled word: as printed in Chinese, its own English otherwise."""
        known = self._words.get((kind, label))
        if known is None:
            word = label if self.lang == "zh" else self.book.vocabulary.word(kind, label).en
            known = self._words[kind, label] = Phrase(word, self.lang)
        return known

    def inference(self, because: str) -> Line:
        """The editors' mark with their reason."""
        mark = Phrase(self.say("inference"), self.lang, style="inference", literal=True)
        return (mark, Phrase(" ", self.lang), self.phrase(because))

    # -- figures -------------------------------------------------------------------------

    def amount(self, figure: Figure, unit: AmountUnit) -> Line:
        """An amount in running text or as a headline; words where it has no value."""
        shown = self.amount_text(figure, unit)
        if figure.value is None:
            return (Phrase(shown, self.lang, literal=True),) if shown else ()
        return (Amount(shown, self.lang, numbers.in_yuan(figure.value, unit)),)

    def amount_text(self, figure: Figure, unit: AmountUnit) -> str:
        """The same where only text can stand: a description, a title."""
        return numbers.amount(figure, unit, self.lang)

    def figure(self, figure: Figure | None, unit: AmountUnit | None = None) -> Cell:
        """A figure in a table, as printed; the kinds of nothing stay apart.

        ``unit``: of an amount of money whose unit stands in the caption; None for other figures.
        """
        if figure is None:
            return _NO_FIGURE
        if figure.nothing is Nothing.BLANK:
            return _BLANK_FIGURE
        if figure.nothing is not None and self.lang == "en":
            said = numbers.nothing_in_words(figure, "en")
            return Cell((Phrase(said, "en"),), "end", absence="not_applicable")
        if unit is None or figure.value is None:
            return _number(figure.printed, self.lang, figure.nothing is not None)
        yuan = numbers.in_yuan(figure.value, unit)
        return Cell((Amount(figure.printed, self.lang, yuan, bare=True),), "end")

    def cell(self, text: str | None, context: str = "") -> Cell:
        """A text cell, as printed or translated."""
        if text is None:
            return _NO_TEXT
        return _cell(*self._shown(text, context)) if text else _BLANK_TEXT

    def target(self, printed: str, context: str = "") -> Cell:
        """A target value: rendered from its parts, or translated where it is words."""
        parsed = self.parsed_target(printed)
        if parsed is None:
            return self.cell(printed, context)
        return _cell(parsed, self.lang, False, True)

    def parsed_target(self, printed: str) -> str | None:
        """A target of a sign, a number and a unit in this language; None where it is words."""
        if printed not in self._targets:
            self._targets[printed] = target_in(printed, self.lang, self.book.vocabulary)
        return self._targets[printed]

    def unit(self, unit: AmountUnit) -> str:
        """The unit for a caption: ``单位：万元``."""
        return self.say("unit", unit=numbers.unit_name(unit, self.lang))

    def period(self, label: str) -> Phrase:
        """A period of the expenditure schedule."""
        english = numbers.period_end(label) if self.lang == "en" else None
        return Phrase(english, "en") if english else self.phrase(label)

    def head(self, key: str, align: str = "start", /, **values: object) -> Head:
        """A column header."""
        return Head(self.line(key, **values), "end" if align == "end" else "start")

    def fact(self, key: str, *lines: Line, **values: object) -> Fact:
        """A labelled fact."""
        return Fact(self.say(key, **values), lines)

    def version(self, disclosure: Disclosure) -> str:
        """``第 2 版，2024年3月15日``, and whether the data changed since; empty without one."""
        if (newest := latest_edition(disclosure)) is None:
            return ""
        when = numbers.day(newest.date, self.lang)
        changed = any(found.rule == "H620" for found in self.examined(disclosure).findings)
        key = "editions.current.changed" if changed else "editions.current"
        return self.say(key, number=newest.number, date=when)

    # -- names and links -----------------------------------------------------------------

    @property
    def site_name(self) -> str:
        """The name of the site."""
        name = self.book.site.name
        return name[self.lang] if name else (self.default_name or self.say("site.name"))

    def kind(self, disclosure: Disclosure) -> str:
        """``部门预算`` or ``departmental budget``."""
        return self.say(f"kind.{disclosure.kind}")

    def disclosure_title(self, disclosure: Disclosure, *, whose: bool = False) -> str:
        """``2024年部门预算``; with the name of the department where ``whose`` is asked for."""
        year, kind = disclosure.header.year, self.kind(disclosure)
        if not whose:
            return self.say("disclosure.title", year=year, kind=kind)
        name = self.department_name(disclosure).text
        return self.say("disclosure.of", name=name, year=year, kind=kind)

    def department_name(self, disclosure: Disclosure) -> Phrase:
        """The department's name in that year."""
        return self.phrase(disclosure.header.department.name, literal=True)

    def link(self, text: Phrase | str, page: PageId, anchor: str = "") -> Link:
        """A link to a page in this language."""
        phrase = text if isinstance(text, Phrase) else Phrase(text, self.lang, literal=True)
        return Link(phrase, Target(page, anchor))

    def csv(self, disclosure: Disclosure, table: str) -> str:
        """The address of the CSV that holds a table (``export.files.table_file``), or nothing.

        While a subordinate unit is shown it is that of the unit.
        """
        if self.unit_shown:  # shown as a disclosure of its own, which knows of no units
            disclosure = self.book.disclosure(disclosure.department, disclosure.slug) or disclosure
        return table_file(self.book, disclosure, self.lang, table, self.unit_shown) or ""

    def project_link(self, disclosure: Disclosure, project: Project) -> Link:
        """A link to a project with its name."""
        name = self.phrase(project.file.name, project.code, literal=True)
        return self.link(name, project_page(disclosure, project.code))

    def policy_link(self, policy: Policy) -> Link:
        """A link to a policy document with its title."""
        return self.link(policy.name(self.lang), policy_page(policy))

    def part_number(self, part: Part) -> str:
        """``七`` or ``7``: the place of a part among the eleven."""
        return interface.part_number(list(Part).index(part) + 1, self.lang)

    def part_title(self, disclosure: Disclosure, part: Part) -> str:
        """The title of a part as the document has it."""
        return self.say(of_kind(f"part.{part}", disclosure.kind))

    def part_short(self, disclosure: Disclosure, part: Part) -> str:
        """The short title of a part."""
        return self.say(of_kind(f"part.{part}.short", disclosure.kind))

    def siblings(self, disclosure: Disclosure) -> tuple[Disclosure, ...]:
        """All disclosures of the same department, newest first (itself among them)."""
        if self.unit_shown:
            return ()  # a unit is not followed through the years
        return self._siblings.get(disclosure.department, ())

    def history(
        self, disclosure: Disclosure, project: Project
    ) -> tuple[tuple[Disclosure, Project], ...]:
        """A project in every year: the same code, or codes that continue one another."""
        if self.unit_shown:
            return ()  # a unit is not followed through the years
        return self.courses.history(disclosure, project)

    def projects(self, disclosure: Disclosure) -> ProjectsSeen:
        """What the page of each project asks of all projects of its disclosure."""
        key = (disclosure.department, disclosure.slug)
        if (seen := self._seen.get(key)) is None or seen.disclosure is not disclosure:
            seen = self._seen[key] = ProjectsSeen.of(disclosure)
        return seen

    # What is asked on every page is found out once. These hold little: words, short targets and
    # one entry a disclosure.

    @cached_property
    def _words(self) -> dict[tuple[WordKind, str], Phrase]:
        return {}

    @cached_property
    def _targets(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _seen(self) -> dict[tuple[str, str], ProjectsSeen]:
        return {}

    @cached_property
    def _siblings(self) -> Mapping[str, tuple[Disclosure, ...]]:
        return {each.slug: each.disclosures for each in self.book.departments}

    @cached_property
    def _examination(self) -> Examination:
        return self.examination or examine(self.book)

    def examined(self, disclosure: Disclosure) -> Examined:
        """What the rules say about a disclosure."""
        return self._examination.of(disclosure)

    @property
    def shows_checks(self) -> bool:
        """Whether there is a page of data checks."""
        return self.show != "none"

    @cached_property
    def _listings(self) -> Listings:
        return self.numbered or listings(self.book, self._examination, self.show)

    def listed(self, disclosure: Disclosure) -> Listing:
        """The findings of a disclosure that the site shows, and where."""
        return self._listings[disclosure.department, disclosure.slug]

    def of_unit(self, slug: str) -> Edition:
        """The edition while the figures of a subordinate unit are shown."""
        return replace(
            self, examination=self._examination, numbered=self._listings, unit_shown=slug
        )

    @cached_property
    def courses(self) -> Courses:
        """The projects that are one project under several codes."""
        return Courses.of(self.book)

    @cached_property
    def citations(self) -> Citations:
        """Who cites which policy document."""
        return Citations.of(self.book)


_NO_FIGURE, _BLANK_FIGURE = Cell((), "end", absence="absent"), Cell((), "end", absence="blank")
_NO_TEXT, _BLANK_TEXT = Cell((), absence="absent"), Cell((), absence="blank")



# The texts and numbers of a disclosure stand on many of its pages, most of them in many projects:
# to find what was made of one costs less than to make it again.
_TEXTS = 1 << 14


@lru_cache(_TEXTS)
def _phrase(text: str, lang: Lang, untranslated: bool, literal: bool) -> Phrase:
    return Phrase(text, lang, untranslated, literal=literal)


@lru_cache(_TEXTS)
def _cell(text: str, lang: Lang, untranslated: bool, literal: bool = False) -> Cell:
    return Cell((Phrase(text, lang, untranslated, literal=literal),))


@lru_cache(_TEXTS)
def _number(printed: str, lang: Lang, not_applicable: bool) -> Cell:
    shown = Phrase(printed, lang, style="number", literal=True)
    return Cell((shown,), "end", absence="not_applicable" if not_applicable else "")


@cache  # one entry a text of the interface, shown on thousands of pages
def _said(key: str, lang: Lang) -> Phrase:
    return Phrase(interface.text(key, lang), lang)


@cache  # as :func:`_said`
def _line(key: str, lang: Lang) -> Line:
    return (_said(key, lang),)


@dataclass(frozen=True, slots=True)
class ProjectsSeen:
    """The projects of a disclosure: their sum in its unit, and the place of each by its code."""

    disclosure: Disclosure
    total: Decimal
    places: Mapping[str, int]

    @classmethod
    def of(cls, disclosure: Disclosure) -> ProjectsSeen:
        """Look at every project of ``disclosure`` once."""
        total = sum((each.file.budget.number for each in disclosure.projects), Decimal(0))
        places = {each.code: place for place, each in enumerate(disclosure.projects)}
        return cls(disclosure, total, places)


def latest_edition(disclosure: Disclosure) -> PublishedEdition | None:
    """The edition published last."""
    entries = disclosure.editions.entries if disclosure.editions else ()
    return entries[-1] if entries else None


def overview_page(disclosure: Disclosure) -> PageId:
    """The overview of a disclosure."""
    return PageId(Kind.OVERVIEW, disclosure.department, disclosure.slug)


def part_page(disclosure: Disclosure, part: Part) -> PageId:
    """A part of a disclosure; part ten is the glossary of the site."""
    if part is Part.TERMS:
        return PageId(Kind.GLOSSARY)
    return PageId(Kind.PART, disclosure.department, disclosure.slug, part)


def project_page(disclosure: Disclosure, code: str) -> PageId:
    """A project of a disclosure."""
    return PageId(Kind.PROJECT, disclosure.department, disclosure.slug, code)


def table_page(disclosure: Disclosure, form: str) -> PageId:
    """A statutory table of a disclosure."""
    return PageId(Kind.TABLE, disclosure.department, disclosure.slug, form)


def term_page(id: str) -> PageId:
    """A term of the glossary."""
    return PageId(Kind.TERM, item=id)


def policy_page(policy: Policy) -> PageId:
    """A policy document."""
    return PageId(Kind.POLICY, item=policy.id)


def unit_page(disclosure: Disclosure, unit: str) -> PageId:
    """A subordinate unit of a disclosure."""
    return PageId(Kind.UNIT, disclosure.department, disclosure.slug, unit)


def disclosure_page(disclosure: Disclosure, kind: Kind) -> PageId:
    """The checks, downloads or print page of a disclosure."""
    return PageId(kind, disclosure.department, disclosure.slug)
