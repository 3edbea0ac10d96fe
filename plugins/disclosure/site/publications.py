"""What was published when: the disclosures and their editions, newest first. Reads no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from disclosure.book import Disclosure
from disclosure.model.editions import PublishedEdition
from disclosure.rules.government import publication

BEIJING = "+08:00"
"""The one time of China; data say the day and at most the minute."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A disclosure or an edition of it that was published.

    ``moment``: a date and time of RFC 3339 in the time of Beijing, midnight where only the day is
    known; all have the same length, so that texts compare as times do. ``entry``: the edition, None
    where the disclosure was published without one. ``first``: it is the disclosure itself.
    """

    disclosure: Disclosure
    moment: str
    entry: PublishedEdition | None
    first: bool


def publications(disclosures: Iterable[Disclosure]) -> tuple[Publication, ...]:
    """Every publication that has a date, newest first.

    Edition 1 is the publication of the disclosure where both have one day. A disclosure that names
    no day and has no edition is left out: there is nothing to order it by.
    """
    found = [each for disclosure in disclosures for each in _of(disclosure)]
    # Editions of one day, and disclosures of one day, in the order in which they came to be.
    return tuple(sorted(found, key=_order, reverse=True))


def _order(each: Publication) -> tuple[str, int, str, str, int]:
    header = each.disclosure.header
    number = each.entry.number if each.entry else 0
    return (each.moment, header.year, header.kind, each.disclosure.department, number)


def _of(disclosure: Disclosure) -> Iterator[Publication]:
    entries = disclosure.editions.entries if disclosure.editions else ()
    if published := publication(disclosure):
        day, _, time = published.partition(" ")
        one = next((each for each in entries[:1] if each.date == day), None)
        yield Publication(disclosure, _moment(day, time), one, first=True)
        if one:
            entries = entries[1:]
    for entry in entries:
        yield Publication(disclosure, _moment(entry.date), entry, first=False)


def _moment(day: str, time: str = "") -> str:
    return f"{day}T{time or '00:00'}:00{BEIJING}"
