"""What a page is made of, without markup: lines of text and blocks of lines.

A view builds a page out of these, ``marking`` finds the terms in them, ``render`` turns them
into HTML (one function a block) and the search reads its text from them. Nothing here
knows HTML or MkDocs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Literal

from disclosure.model.fields import Lang
from disclosure.site.routes import PageId, Target

# ---- lines -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of text and the language it is in.

    ``untranslated``: Chinese shown on an English page because its English is missing.
    ``style``: ``strong`` for a figure or name that leads, ``inference`` for the editors' mark,
    ``unit`` for the unit of the amounts in a table's head.
    """

    text: str
    lang: Lang
    untranslated: bool = False
    style: Literal["", "strong", "inference", "number", "unit"] = ""
    literal: bool = False  # never searched for terms: codes, numbers, names


@dataclass(frozen=True, slots=True)
class TermMark:
    """The first use of a term in a section: a link to the term’s page."""

    text: str
    term: str
    target: Target


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text; an amount that is a link changes its unit as others do."""

    text: Phrase | Amount
    target: Target


@dataclass(frozen=True, slots=True)
class FindingMark:
    """A mark beside what a data check concerns: a link to the finding.

    ``text`` is what print shows too (``※1``), ``label`` says it in words and begins with it.
    ``anchor`` is the mark's own, where the finding leads back to; empty where the same figure is
    shown once more.
    """

    text: str
    label: str
    target: Target
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money as it is shown, and its exact value in yuan, for other units.

    ``bare``: digits alone, whose unit stands in the caption of the table.
    """

    text: str
    lang: Lang
    yuan: Decimal
    bare: bool = False

    @property
    def value(self) -> str:
        """The yuan in plain digits, without needless zeros or a sign before zero."""
        digits = f"{self.yuan:f}" if self.yuan else "0"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits


Inline = Phrase | TermMark | Link | FindingMark | Amount
Line = tuple[Inline, ...]


def line_text(line: Line) -> str:
    """The text of a line without its links; a finding's mark is no part of it."""
    return "".join(
        [
            part.text.text if isinstance(part, Link) else part.text
            for part in line
            if not isinstance(part, FindingMark)
        ]
    )


# ---- blocks ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``lead`` opens a page, ``note`` is set small, ``official`` is table print."""

    line: Line
    style: Literal["", "lead", "note"] = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of lines. ``row``: short links side by side."""

    lines: tuple[Line, ...]
    ordered: bool = False
    row: bool = False


# Rows that are typed as soon as they are copied.
_FEW = 3

# Digits that a window of 320 px shows beside one another in letters of twice the size.
_NARROW = 17

Align = Literal["start", "end"]
Absence = Literal["", "absent", "blank", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. ``header`` makes it the header of its row (or row group, if it spans).

    ``repeated``: it says what a cell before it in the row has said; a card leaves it out, a table
    keeps every cell.
    """

    line: Line
    align: Align = "start"
    header: bool = False
    rowspan: int = 1
    colspan: int = 1
    absence: Absence = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column header; ``colspan`` > 1 heads a group of columns."""

    line: Line
    align: Align = "start"
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. ``indent`` is the depth of a sub-item."""

    cells: tuple[Cell, ...]
    style: Literal["", "total"] = ""
    indent: int = 0
    anchor: str = ""
    kinds: tuple[str, ...] = ()  # of ``Filter.kinds``


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind that the rows of a table can be narrowed to: its name in the address, its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """How a reader narrows a long table: by words, by an amount, by kind.

    ``columns`` name the columns in the address of the page, the same in both languages and for
    ever; ``unit`` is the unit of the amounts in words and ``yuan`` how many yuan it is. ``kinds``
    are the choices by group, ``words`` the key of what the words are looked for in.
    """

    columns: tuple[str, ...]
    unit: str
    yuan: Decimal
    kinds: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    words: str = "filter.text"


@dataclass(frozen=True, slots=True)
class Table:
    """A real table: caption with its unit, head rows, body rows, notes below.

    ``labels`` name the columns once more for the phone, where a row reads as a card
    (``layout="cards"``) or as an entry of a list without frames (``layout="list"``).
    ``layout="form"`` is a printed form: no head rows, each value beside its label.
    ``sortable``: the order of the rows has no meaning (totals stay at the end); one row of heads.
    ``file`` is the address below the root of the site of the CSV that holds the table.
    """

    caption: Line
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[Row, ...]
    unit: str = ""
    labels: tuple[str, ...] = ()
    notes: tuple[Line, ...] = ()
    empty: Line = ()
    layout: Literal["figures", "cards", "list", "form", "wide"] = "figures"
    crowded: bool = False  # more columns than a page is wide: small type, a scroller if need be
    anchor: str = ""
    sortable: bool = False
    filter: Filter | None = None
    file: str = ""

    @property
    def width(self) -> int:
        """The number of columns."""
        return sum(head.colspan for head in self.heads[0]) if self.heads else 1

    @property
    def worth_taking(self) -> bool:
        """Whether a reader is offered to copy it: figures of more than a few rows, or a file."""
        if self.layout == "form" or not self.rows:
            return False
        figures = any(head.align == "end" for heads in self.heads for head in heads)
        ordered = self.sortable and len(self.rows) > 1
        return bool(self.file) or ordered or (figures and len(self.rows) > _FEW)

    @property
    def scrolls(self) -> bool:
        """Whether it may be wider than a phone shows in large text, so that it needs a scroller.

        Cards, lists and forms never are. Figures are not broken, words are: what counts is the
        longest figure of each column.
        """
        if self.layout != "figures":
            return self.layout == "wide" or self.crowded
        longest: dict[int, int] = {}
        for row in self.rows:
            for place, cell in enumerate(reversed(row.cells)):  # spans are at the start
                if cell.align == "end":
                    longest[place] = max(longest.get(place, 0), len(line_text(cell.line)))
        words = self.width - len(longest)
        return self.crowded or sum(longest.values()) + 3 * self.width + 2 * words > _NARROW


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A headline figure with its label, a note below and where it leads."""

    label: str
    figure: Line
    note: Line = ()
    target: Target | None = None
    marks: Line = ()


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The headline figures of a page."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A list of labels with what they say."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A large link: what, how much, in a word what for."""

    title: Phrase
    target: Target
    figure: Line = ()
    lines: tuple[Line, ...] = ()
    eyebrow: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """A list of cards; ``dense`` sets them as a compact list."""

    cards: tuple[Card, ...]
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """A department among others: its name, its newest disclosure, the older ones by year.

    ``years``: the year and its links, newest first.
    """

    name: Link
    newest: Card
    years: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    note: Line = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Shelves:
    """The departments of a site, one below the other. ``folded``: older years on request."""

    shelves: tuple[Shelf, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark in a frame: a state of nothing, an inference, a finding."""

    line: Line
    kind: Literal["info", "empty", "warning", "ok"] = "info"
    anchor: str = ""
    number: str = ""  # that of a finding; like the mark beside the figure no part of the text


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, a link: label, shown figure, share of the longest bar (over 0, to 1).

    ``said`` and ``described`` are its title and description for who does not see it; ``note`` says
    in figures what the title says in words. ``hollow``: it is part of the bar above, or what the
    next one is compared with.
    """

    label: Phrase
    figure: Line
    share: float
    target: Target
    said: str
    described: str
    note: str = ""
    hollow: bool = False
    marks: Line = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart with its title, all bars on one scale from zero; a table has the same figures.

    ``notes`` say what the shares are of, what is not drawn and where the table is.
    """

    title: str
    bars: tuple[Bar, ...]
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A period of a schedule, a link: its name, the printed share, the share from 0 to 1.

    ``share`` is None where the document gives none; ``printed`` is empty where it leaves it blank.
    ``said`` and ``described``: as of a ``Bar``.
    """

    period: str
    printed: str
    share: float | None
    target: Target
    said: str
    described: str
    marks: Line = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """A cumulative schedule, its periods in the order of the document."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with an anchor, and the blocks below it. ``level`` is 2 or 3."""

    anchor: str
    title: Line
    blocks: tuple[Block, ...]
    level: int = 2
    terms: bool = True  # False: terms are not marked here (the glossary itself)
    folded: bool = False  # shown when asked for: what is long and seldom read
    searched: bool = True  # False: it repeats what the search finds elsewhere on the page


Block = (
    Paragraph
    | Items
    | Table
    | KeyFigures
    | Facts
    | Cards
    | Shelves
    | Notice
    | Bars
    | Steps
    | Section
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language."""

    id: PageId
    lang: Lang
    title: Phrase
    blocks: tuple[Block, ...]
    description: str = ""
    short_title: str = ""
    eyebrow: tuple[Link, ...] = ()  # the way down to the page: home, department, disclosure
    kind_label: str = ""
    weight: int = 0
    codes: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    source_file: str = ""  # the data file to edit
    searched: bool = True
    previous: Card | None = None
    next: Card | None = None
    layout: Literal["", "print"] = ""
    dataset: str = ""  # what it says of the data to search engines, as JSON-LD

    @property
    def url(self) -> str:
        """The address below the root of the site."""
        return self.id.url(self.lang)


def sections(blocks: Iterable[Block]) -> Iterator[Section]:
    """All sections, outer before inner, in reading order."""
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from sections(block.blocks)


def amounts(part: object) -> Iterator[Amount]:
    """The amounts of money in a page, a block or any part of one, in reading order."""
    if isinstance(part, Amount):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from amounts(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from amounts(getattr(part, field.name))


def finding_marks(blocks: Iterable[Block]) -> Iterator[FindingMark]:
    """The marks beside figures and texts, in reading order."""
    for block in blocks:
        if isinstance(block, Section):
            yield from finding_marks(block.blocks)
        for line in _marked_lines(block):
            yield from (part for part in line if isinstance(part, FindingMark))


def _marked_lines(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph(line=line):
            yield line
        case Items(lines=lines):
            yield from lines
        case Table(rows=rows):
            yield from (cell.line for row in rows for cell in row.cells)
        case KeyFigures(figures=figures):
            yield from (figure.marks for figure in figures)
        case Facts(facts=facts):
            yield from (line for fact in facts for line in fact.lines)
        case Steps(steps=steps):
            yield from (step.marks for step in steps)
        case _:
            return


def block_lines(block: Block) -> Iterator[str]:
    """The text cells of one block (not of sections inside it), in reading order."""
    match block:
        case Paragraph(line=line) | Notice(line=line):
            yield line_text(line)
        case Items(lines=lines):
            yield from map(line_text, lines)
        case Table():
            yield line_text(block.caption)
            yield block.unit
            for heads in block.heads:
                yield from [line_text(head.line) for head in heads]
            for row in block.rows:
                yield from [line_text(cell.line) for cell in row.cells]
            yield from map(line_text, block.notes)
            yield line_text(block.empty)
        case KeyFigures(figures=figures):
            for figure in figures:
                yield figure.label
                yield line_text(figure.figure)
                yield line_text(figure.note)
        case Facts(facts=facts):
            for fact in facts:
                yield fact.label
                yield from map(line_text, fact.lines)
        case Cards(cards=cards):
            for card in cards:
                yield card.eyebrow
                yield card.title.text
                yield line_text(card.figure)
                yield from map(line_text, card.lines)
        case Shelves(shelves=shelves):
            for shelf in shelves:
                yield shelf.name.text.text
                yield shelf.newest.title.text
                yield line_text(shelf.newest.figure)
                yield from map(line_text, (*shelf.newest.lines, shelf.note))
        case Steps(steps=steps):
            for step in steps:
                yield step.period
                yield step.printed
        case Bars() | Section():
            return  # bars repeat the figures of a table; sections are read one by one
