"""The editions of a disclosure: are they what was published, and are the data still the last one?

What an agency publishes has to be accurate and in time (政府信息公开条例, art. 6), so it is
corrected when it is found to be wrong. No law asks for editions; they are how this site shows what
a correction changed, and that holds only as long as nobody alters an edition afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.book import Book, Disclosure, Editions, Place
from disclosure.export.canonical import canonical, digest, disclosure_document
from disclosure.rules.finding import Finding, finding
from disclosure.source import Path


def editions(disclosure: Disclosure, book: Book) -> Iterator[Finding]:
    """R340–R344, and H620 where the data are no longer those of the last edition.

    Takes time linear in the size of the editions and of the disclosure.
    """
    published = disclosure.editions
    if published is None:
        return
    yield from _listed(published)
    known = {entry.number for entry in published.entries}
    for number, stored in published.stored.items():
        if number not in known:
            name = f"editions/{number}.json"
            yield finding("R344", Place(name, (), stored.span), number=number, found=name)
    if differs_from_the_last(disclosure, book):
        at = len(published.entries) - 1
        place = _place(published, (at, "sha256"))
        yield finding(
            "H620",
            place,
            number=published.entries[at].number,
            department=disclosure.department,
            slug=disclosure.slug,
        )


def _listed(published: Editions) -> Iterator[Finding]:
    before = ""
    for index, entry in enumerate(published.entries):
        number, expected = entry.number, index + 1
        if number != expected:
            place = _place(published, (index, "number"))
            yield finding("R342", place, expected=expected, found=number)
        if entry.date < before:
            place = _place(published, (index, "date"))
            yield finding("R343", place, number=number, found=entry.date, before=before)
        before = max(before, entry.date)
        stored = published.stored.get(number)
        if stored is None:
            yield finding("R340", _place(published, (index, "number")), number=number)
        elif (computed := digest(stored.data)) != entry.sha256:
            place = _place(published, (index, "sha256"))
            yield finding("R341", place, number=number, computed=computed)


def differs_from_the_last(disclosure: Disclosure, book: Book) -> bool:
    """Whether the data are no longer those of the last edition; False where there is none."""
    published = disclosure.editions
    if published is None or not published.entries:
        return False
    return digest(canonical(disclosure_document(book, disclosure))) != published.entries[-1].sha256


def _place(published: Editions, path: Path) -> Place:
    assert published.source is not None
    return Place("editions.yml", path, published.source)
