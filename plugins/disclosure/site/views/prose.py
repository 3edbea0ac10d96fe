"""Running text: blocks of headings, paragraphs and items."""

from __future__ import annotations

from disclosure.book import Disclosure
from disclosure.model.narrative import TextBlock
from disclosure.site.blocks import Block, Items, Line, Paragraph, Phrase, Section
from disclosure.site.edition import Edition, part_page
from disclosure.site.routes import Part


def prose(
    edition: Edition,
    disclosure: Disclosure,
    blocks: tuple[TextBlock, ...],
    anchor: str = "",
    level: int = 3,
) -> tuple[Block, ...]:
    """The blocks of a text. ``anchor`` prefixes the anchors of its headings."""
    result: list[Block] = []
    taken: set[str] = set()
    for number, block in enumerate(blocks, 1):
        body = _body(edition, disclosure, block)
        if block.heading is None:
            result += body
            continue
        name = block.division or f"{number}"
        if name in taken:  # a second text of the same division
            name = f"{name}-{number}"
        taken.add(name)
        title = edition.text(block.heading)
        result.append(Section(f"{anchor}-{name}".strip("-"), title, body, level))
    return tuple(result)


def _body(edition: Edition, disclosure: Disclosure, block: TextBlock) -> tuple[Block, ...]:
    body: list[Block] = []
    if block.division:
        body.append(Paragraph(_division(edition, disclosure, block), "note"))
    body += [Paragraph(edition.text(paragraph)) for paragraph in block.paragraphs]
    if block.items:
        body.append(Items(tuple(edition.text(item) for item in block.items)))
    return tuple(body)


def _division(edition: Edition, disclosure: Disclosure, block: TextBlock) -> Line:
    division = next(d for d in disclosure.header.divisions if d.id == block.division)
    link = edition.link(
        edition.phrase(division.name, literal=True),
        part_page(disclosure, Part.DUTIES),
        division.id,
    )
    label: Line = (edition.said("performance.division"), link)
    if block.because is None:
        return label
    return (*label, Phrase(" ", edition.lang), *edition.inference(block.because))
