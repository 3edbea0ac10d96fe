"""Marks the glossary terms on a page: the first use in a section becomes a link
to the page of the term.

Headings, links, table heads and captions, names and codes are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any, TypeVar

from disclosure.language.terms import TermFinder
from disclosure.site.blocks import (
    Block,
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
    Row,
    Section,
    Table,
    TermMark,
)
from disclosure.site.routes import Kind, PageId, Target

_T = TypeVar("_T")
_Made = TypeVar("_Made", Page, Section, Paragraph, Notice, Items, Facts, Fact, Table)


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page with its terms marked, and the ids of all terms it uses, in order of use."""

    page: Page
    terms: tuple[str, ...]


def mark_page(page: Page, finder: TermFinder) -> MarkedPage:
    """Mark the terms of ``page``."""
    marker = _Marker(page, finder)
    blocks = _each(marker.block, page.blocks, set())
    return MarkedPage(_with(page, blocks=blocks), tuple(marker.used))


@dataclass
class _Marker:
    page: Page
    finder: TermFinder
    used: dict[str, None] = field(default_factory=dict)

    @property
    def own(self) -> str:
        """The term that the page is about."""
        return self.page.id.item if self.page.id.kind is Kind.TERM else ""

    def block(self, block: Block, seen: set[str]) -> Block:
        match block:
            case Section(terms=False):
                return block
            case Section():
                inner = set() if block.level == 2 else seen
                return _with(block, blocks=_each(self.block, block.blocks, inner))
            case Paragraph():
                return _with(block, line=self.line(block.line, seen))
            case Notice():
                return _with(block, line=self.line(block.line, seen))
            case Items(lines=lines):
                return _with(block, lines=_each(self.line, lines, seen))
            case Facts(facts=facts):
                return _with(block, facts=_each(self.fact, facts, seen))
            case Table():
                rows = _each(self.row, block.rows, seen)
                return _with(block, rows=rows, notes=_each(self.line, block.notes, seen))
            case _:
                return block  # a card or a bar is a link

    def fact(self, fact: Fact, seen: set[str]) -> Fact:
        return _with(fact, lines=_each(self.line, fact.lines, seen))

    def row(self, row: Row, seen: set[str]) -> Row:
        if not self.holds_terms([cell.line for cell in row.cells]):
            return row
        cells = _each(self.cell, row.cells, seen)
        return row if cells is row.cells else replace(row, cells=cells)

    def cell(self, cell: Cell, seen: set[str]) -> Cell:
        line = self.line(cell.line, seen)
        return cell if line is cell.line else replace(cell, line=line)

    def holds_terms(self, lines: Iterable[Line]) -> bool:
        """Whether there is anything to mark or to note: in most rows of figures there is not."""
        find, lang = self.finder.find, self.page.lang
        for line in lines:
            for part in line:
                if (
                    isinstance(part, Phrase)
                    and part.lang == lang
                    and not part.literal
                    and find(part.text)
                ):
                    return True
        return False

    def line(self, line: Line, seen: set[str]) -> Line:
        if not self.holds_terms((line,)):
            return line
        marked = [self.inline(part, seen) for part in line]
        if not any(marked):
            return line
        return tuple(
            new for part, parts in zip(line, marked, strict=True) for new in parts or [part]
        )

    def inline(self, part: Inline, seen: set[str]) -> list[Inline]:
        """What stands in its place, or nothing where no term is marked in it."""
        if not isinstance(part, Phrase) or part.literal or part.lang != self.page.lang:
            return []
        parts: list[Inline] = []
        done = 0
        for match in self.finder.find(part.text):
            if match.term == self.own:
                continue  # a page does not lead to itself
            self.used.setdefault(match.term)
            if match.term in seen:
                continue
            seen.add(match.term)
            if match.start > done:
                parts.append(replace(part, text=part.text[done : match.start]))
            target = Target(PageId(Kind.TERM, item=match.term))
            parts.append(TermMark(part.text[match.start : match.end], match.term, target))
            done = match.end
        if parts and done < len(part.text):
            parts.append(replace(part, text=part.text[done:]))
        return parts


# What holds no mark is kept as it is: making a page anew costs more than finding its terms.


def _each(
    mark: Callable[[_T, set[str]], _T], old: tuple[_T, ...], seen: set[str]
) -> tuple[_T, ...]:
    new = tuple([mark(each, seen) for each in old])
    return old if all(map(is_, new, old)) else new


def _with(old: _Made, **new: Any) -> _Made:
    """``old`` with ``new`` in it, or itself where that is in it already."""
    for name, value in new.items():
        if getattr(old, name) is not value:
            return replace(old, **new)
    return old
