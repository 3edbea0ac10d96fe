"""The line that leads to a feed, on the pages where a reader wonders what is new."""

from __future__ import annotations

from disclosure.site.blocks import Link, Paragraph, Phrase
from disclosure.site.edition import Edition
from disclosure.site.publications import publications
from disclosure.site.routes import Target, feed_url


def subscribe(edition: Edition, department: str = "") -> tuple[Paragraph, ...]:
    """The way to the feed of the site or of a department; nothing where there is none."""
    book = edition.book
    disclosures = [d for d in book.disclosures if not department or d.department == department]
    if not publications(disclosures):
        return ()
    said = edition.said("feed.department" if department else "feed.site")
    text = Phrase(edition.say("feed"), edition.lang, literal=True)
    feed = Link(text, Target(file=feed_url(edition.lang, department)))
    return (Paragraph((said, feed), "note"),)
