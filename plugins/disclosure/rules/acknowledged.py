"""Which findings the editors have explained, and which explanations explain nothing."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from disclosure.book import Acknowledgements, Place
from disclosure.language.numbers import plain
from disclosure.model.acknowledgement import Acknowledgement
from disclosure.problems import CATALOGUE, Bilingual, Severity
from disclosure.rules.finding import Finding, finding

STALE = frozenset({"K901", "K904"})
"""Explanations that no longer fit what they explained. They are matters of the list, not of the
disclosure: the site does not show them, and they cannot be explained in turn."""


def acknowledge(
    findings: Sequence[Finding], listed: Acknowledgements | None, file: str = "acknowledged.yml"
) -> tuple[Finding, ...]:
    """The findings, explained where the list says so, and what is wrong with the list (K9xx).

    Of two entries for one finding the first explains it and the second explains nothing.
    """
    if listed is None:
        return tuple(findings)
    left = list(findings)
    by_rule: dict[str, list[int]] = {}
    for at, each in enumerate(findings):
        by_rule.setdefault(each.rule, []).append(at)
    faults: list[Finding] = []
    for index, entry in enumerate(listed.entries):
        place = Place(file, (index,), listed.source)
        covered = [at for at in by_rule.get(entry.rule, ()) if _covers(entry, left[at])]
        if fault := _fault(entry, place, [left[at] for at in covered], findings):
            faults.append(fault)
            continue
        explanation = Bilingual(entry.explanation.zh, entry.explanation.en)
        for at in covered:
            if _explains(entry, left[at]):
                left[at] = left[at].explained(explanation)
    return (*left, *faults)


def _covers(entry: Acknowledgement, found: Finding) -> bool:
    if found.problem.acknowledged:
        return False
    return (
        entry.place is None
        or found.address == entry.place
        or found.address.startswith(f"{entry.place.rstrip('/')}/")
    )


def _explains(entry: Acknowledgement, found: Finding) -> bool:
    difference = entry.difference.value if entry.difference else None
    return found.difference is None or found.difference == difference


def _fault(
    entry: Acknowledgement, place: Place, covered: Sequence[Finding], findings: Sequence[Finding]
) -> Finding | None:
    rule = entry.rule
    if rule in STALE or rule not in CATALOGUE or CATALOGUE[rule].severity is Severity.ERROR:
        return finding("K902", place, rule=rule)
    if not covered:
        near = _nearest(entry, findings)
        return finding("K901", place, rule=rule, at=entry.place or "", nearest=near)
    if CATALOGUE[rule].severity is Severity.HINT:
        return None
    if any(each.address != entry.place for each in covered):
        return finding("K903", place, rule=rule, nearest=covered[0].address)
    if not any(_explains(entry, each) for each in covered):
        printed = entry.difference.printed if entry.difference else ""
        difference = covered[0].difference
        assert difference is not None
        return finding("K904", place, found=printed, difference=plain(difference))
    return None


def _nearest(entry: Acknowledgement, findings: Sequence[Finding]) -> str:
    places = [each.address for each in findings if each.rule == entry.rule]
    return next(iter(difflib.get_close_matches(entry.place or "", places, 1, 0.5)), "")
