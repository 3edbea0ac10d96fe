"""Marks the glossary terms on a page: the first use in a section becomes a link
to the page of the term.

Headings, links, table heads and captions, names and codes are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from disclosure.language.terms import TermFinder
from disclosure.site.blocks import (
    Block,
    Cards,
    Cell,
    Fact,
    Facts,
    Inline,
    Items,
    Line,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Section,
    Table,
    TermMark,
)
from disclosure.site.routes import Kind, PageId, Target


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page with its terms marked, and the ids of all terms it uses, in order of use."""

    page: Page
    terms: tuple[str, ...]


def mark_page(page: Page, finder: TermFinder) -> MarkedPage:
    """Mark the terms of ``page``."""
    marker = _Marker(page, finder)
    blocks = marker.blocks(page.blocks, set())
    return MarkedPage(replace(page, blocks=blocks), tuple(marker.used))


@dataclass
class _Marker:
    page: Page
    finder: TermFinder
    used: dict[str, None] = field(default_factory=dict)

    @property
    def own(self) -> str:
        """The term that the page is about."""
        return self.page.id.item if self.page.id.kind is Kind.TERM else ""

    def blocks(self, blocks: Iterable[Block], seen: set[str]) -> tuple[Block, ...]:
        return tuple(self.block(block, seen) for block in blocks)

    def block(self, block: Block, seen: set[str]) -> Block:
        match block:
            case Section(terms=False):
                return block
            case Section():
                inner = set() if block.level == 2 else seen
                return replace(block, blocks=self.blocks(block.blocks, inner))
            case Paragraph(line=line) | Notice(line=line):
                return replace(block, line=self.line(line, seen))
            case Items(lines=lines):
                return replace(block, lines=tuple(self.line(line, seen) for line in lines))
            case Facts(facts=facts):
                return Facts(tuple(self.fact(fact, seen) for fact in facts))
            case Table():
                rows = tuple(
                    replace(row, cells=tuple(self.cell(cell, seen) for cell in row.cells))
                    for row in block.rows
                )
                notes = tuple(self.line(note, seen) for note in block.notes)
                return replace(block, rows=rows, notes=notes)
            case Cards():
                return block  # a card is a link
            case _:
                return block

    def fact(self, fact: Fact, seen: set[str]) -> Fact:
        return Fact(fact.label, tuple(self.line(line, seen) for line in fact.lines))

    def cell(self, cell: Cell, seen: set[str]) -> Cell:
        return replace(cell, line=self.line(cell.line, seen)) if cell.line else cell

    def line(self, line: Line, seen: set[str]) -> Line:
        result: list[Inline] = []
        for part in line:
            if isinstance(part, Phrase) and not part.literal and part.lang == self.page.lang:
                result += self.phrase(part, seen)
            else:
                result.append(part)
        return tuple(result)

    def phrase(self, phrase: Phrase, seen: set[str]) -> list[Inline]:
        parts: list[Inline] = []
        done = 0
        for match in self.finder.find(phrase.text):
            if match.term == self.own:
                continue  # a page does not lead to itself
            self.used.setdefault(match.term)
            if match.term in seen:
                continue
            seen.add(match.term)
            if match.start > done:
                parts.append(replace(phrase, text=phrase.text[done : match.start]))
            target = Target(PageId(Kind.TERM, item=match.term))
            parts.append(TermMark(phrase.text[match.start : match.end], match.term, target))
            done = match.end
        if done < len(phrase.text) or not phrase.text:
            parts.append(replace(phrase, text=phrase.text[done:]))
        return parts
