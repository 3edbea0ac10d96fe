"""The box that says how a disclosure is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.book import Disclosure
from disclosure.export.citation import Reference, accessed, apa, bibtex, gbt7714
from disclosure.export.files import edition_address
from disclosure.language.numbers import day
from disclosure.site.blocks import (
    Block,
    Fact,
    Facts,
    Line,
    Link,
    Notice,
    Paragraph,
    Phrase,
    Section,
)
from disclosure.site.edition import Edition, latest_edition
from disclosure.site.reference import bibliography_address, cited_at, newest_reference
from disclosure.site.routes import Target

ANCHOR = "cite"
"""Of the box, the same on every page that has it."""


def citation(edition: Edition, disclosure: Disclosure) -> tuple[Block, ...]:
    """The box: what is cited, by whom, when, where, its digest, and the three formats."""
    cited = newest_reference(edition, disclosure)
    lead = edition.line("cite.lead", accessed=_placeholders(edition, cited))
    kept = "cite.edition" if cited.edition else "cite.now"
    blocks: list[Block] = [Paragraph(lead), Paragraph(edition.line(kept), "note")]
    if not cited.is_absolute:
        blocks.append(Notice(edition.line("cite.relative"), "info"))
    blocks.append(Facts(tuple(_facts(edition, disclosure, cited))))
    return (Section(ANCHOR, edition.line("cite"), tuple(blocks), terms=False, searched=False),)


def short_citation(edition: Edition, cited: Reference) -> Fact:
    """One line to copy: what readers of the language write most."""
    text = gbt7714(cited) if edition.lang == "zh" else apa(cited)
    return edition.fact("cite.as", formatted(edition, text))


def stable_address(edition: Edition, disclosure: Disclosure, cited: Reference) -> Fact:
    """The address of what is cited, written out and a link."""
    newest = latest_edition(disclosure)
    entries = disclosure.editions.entries if disclosure.editions else ()
    published = next((each for each in entries if each.number == cited.edition), newest)
    text = Phrase(cited.address, edition.lang, literal=True)
    return edition.fact("cite.address", (Link(text, cited_at(disclosure, published)),))


def formatted(edition: Edition, text: str) -> Line:
    """A reference in any language as a line of the page: the Chinese in it is marked as such."""
    if edition.lang == "zh":
        return (Phrase(text, "zh", literal=True),)
    parts: list[Phrase] = []
    end = 0
    for found in _CHINESE.finditer(text):
        if found.start() > end:
            parts.append(Phrase(text[end : found.start()], "en", literal=True))
        parts.append(Phrase(found[0], "zh", literal=True))
        end = found.end()
    if end < len(text):
        parts.append(Phrase(text[end:], "en", literal=True))
    return tuple(parts)


# Ideographs, and what stands between two of them but Latin letters and brackets.
_CHINESE = re.compile(r"[㐀-鿿豈-﫿](?:[^A-Za-z\[\]{}]*[㐀-鿿豈-﫿])?[》」』）”。]*")


def _placeholders(edition: Edition, cited: Reference) -> str:
    """What the reader has to replace: on a Chinese page APA has its English words."""
    here = accessed(edition.lang)
    if edition.lang == "en" or cited.edition:
        return here
    return f"{here}、{accessed('en')}"


def _facts(edition: Edition, disclosure: Disclosure, cited: Reference) -> Iterator[Fact]:
    def literal(text: str) -> Line:
        return (Phrase(text, edition.lang, literal=True),)

    shown = cited.title if edition.lang == "zh" else cited.title_en
    if cited.rendering:
        note = edition.say("parenthesis", text=cited.rendering)
        shown = f"{shown}{note}" if edition.lang == "zh" else f"{shown} {note}"
    yield edition.fact("cite.title", formatted(edition, shown))
    yield edition.fact("cite.author", (edition.department_name(disclosure),))
    yield edition.fact("cite.platform", literal(cited.platform))
    if cited.edition:
        yield edition.fact("editions.fact", literal(edition.version(disclosure)))
    elif cited.date:
        yield edition.fact("cite.date", literal(day(cited.date, edition.lang)))
    yield stable_address(edition, disclosure, cited)
    stored = disclosure.editions.stored if disclosure.editions else {}
    if cited.edition is not None and cited.edition in stored:
        address = edition_address(disclosure, cited.edition)
        name = Phrase(address.rpartition("/")[2], edition.lang, literal=True)
        yield edition.fact("editions.json", (Link(name, Target(file=address)),))
    if cited.sha256:
        yield edition.fact("editions.sha256", literal(cited.sha256))
    yield edition.fact("cite.gbt7714", formatted(edition, gbt7714(cited)))
    yield edition.fact("cite.apa", formatted(edition, apa(cited)))
    address = bibliography_address(edition, disclosure)
    file = Link(
        Phrase(address.rpartition("/")[2], edition.lang, literal=True), Target(file=address)
    )
    yield edition.fact(
        "cite.bibtex",
        edition.sentence("cite.bibtex.file", file=file),
        *(formatted(edition, line.strip()) for line in bibtex(cited)),
    )
