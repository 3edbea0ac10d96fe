"""Which page shows a place of the data, and which findings the site shows.

Everything here is the same in both languages: the numbers and anchors of the findings too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from disclosure.book import Book, Disclosure, Place
from disclosure.problems import Severity
from disclosure.rules.acknowledged import STALE
from disclosure.rules.examine import Examination
from disclosure.rules.finding import Finding
from disclosure.site.routes import Kind, PageId, Part
from disclosure.source import Path

ShowFindings = Literal["all", "figures", "none"]
"""``figures``: sums that do not agree and parts that are missing; ``all``: hints too."""
SHOW_FINDINGS: tuple[ShowFindings, ...] = get_args(ShowFindings)

_SEVERITIES: Mapping[ShowFindings, tuple[Severity, ...]] = {
    "all": (Severity.FIGURE, Severity.HINT),
    "figures": (Severity.FIGURE,),
    "none": (),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding as the site shows it: its number in the disclosure, its anchor and its page."""

    finding: Finding
    number: int
    anchor: str
    page: PageId

    @property
    def back(self) -> str:
        """The anchor of the mark beside the figure."""
        return f"mark-{self.anchor}"

    @property
    def notice(self) -> str:
        """The anchor of the notice on the page."""
        return f"notice-{self.anchor}"


@dataclass(frozen=True, slots=True)
class Listing:
    """The findings of a disclosure that the site shows, in order, by file and place and by page."""

    findings: tuple[Listed, ...] = ()
    at: Mapping[str, Mapping[Path, tuple[Listed, ...]]] = field(default_factory=dict)
    on: Mapping[PageId, tuple[Listed, ...]] = field(default_factory=dict)


Listings = Mapping[tuple[str, str], Listing]
"""By department and disclosure."""


def listings(book: Book, examination: Examination, show: ShowFindings) -> Listings:
    """What the site shows of the findings of every disclosure."""
    return {
        (each.department, each.slug): _listing(each, examination.of(each).findings, show)
        for each in book.disclosures
    }


def _listing(disclosure: Disclosure, findings: Iterable[Finding], show: ShowFindings) -> Listing:
    """Figures come first, hints last: one hint more changes no number of a figure."""
    of_each = [
        found
        for found in findings
        if found.problem.severity in _SEVERITIES[show] and found.rule not in STALE
    ]
    of_each.sort(key=lambda each: (each.problem.severity is Severity.HINT, each.check is None))
    uses: Counter[str] = Counter()
    listed: list[Listed] = []
    at: dict[str, dict[Path, tuple[Listed, ...]]] = {}
    on: dict[PageId, list[Listed]] = {}
    for number, found in enumerate(of_each, 1):
        uses[found.rule] += 1
        anchor = f"{found.rule.lower()}-{uses[found.rule]}"
        page = page_of(disclosure, found.place)
        one = Listed(found, number, anchor, page)
        listed.append(one)
        here = at.setdefault(found.place.file, {})
        here[found.place.path] = (*here.get(found.place.path, ()), one)
        on.setdefault(page, []).append(one)
    return Listing(
        tuple(listed),
        at,
        {page: tuple(group) for page, group in on.items()},
    )


_BUDGET = {"agency_operating": Part.OPERATING, "three_public": Part.THREE_PUBLIC}
_NARRATIVE = {
    "overview": Part.SUMMARY,
    "performance": Part.PERFORMANCE,
    "special_funds": Part.SPECIAL_FUNDS,
    "assets": Part.ASSETS,
    "other_matters": Part.OTHER,
}
_HEADER = {"legal_basis": Part.DUTIES, "divisions": Part.DUTIES, "institutions": Part.DUTIES}


def page_of(disclosure: Disclosure, place: Place) -> PageId:
    """The page that shows ``place``; the overview where no other does."""
    at = (disclosure.department, disclosure.slug)
    key = str(place.path[0]) if place.path else ""
    if place.unit:
        return PageId(Kind.UNIT, *at, place.unit)
    if place.project:
        return PageId(Kind.PROJECT, *at, place.project)
    if place.table:
        return PageId(Kind.TABLE, *at, place.table)
    match place.file:
        case "budget.yml":
            part: Part | None = _BUDGET.get(key, Part.SUMMARY)
        case "narrative.yml":
            part = _NARRATIVE.get(key)
        case "procurement.yml":
            part = Part.PROCUREMENT
        case "assets.yml":
            part = Part.ASSETS
        case "disclosure.yml":
            part = _HEADER.get(key)
        case _:
            part = None
    return PageId(Kind.PART, *at, part) if part else PageId(Kind.OVERVIEW, *at)
