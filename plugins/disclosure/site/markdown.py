"""Blocks → Markdown: each page once more as plain text for programs, beside its HTML.

The form is CommonMark 0.31 with the tables of GitHub Flavored Markdown 0.29 (section 4.10), made
from the same blocks as the HTML, so the two cannot say different things. Text of the data is always
text: it opens no emphasis, link, image, code, HTML, heading, list or cell, and no web address in it
becomes a link. Links are those of the page and lead to the HTML pages and files, relative to the
address of the page, which the Markdown stands beside.

What differs from the HTML: a term is linked where it stands first on the page; a cell merged over
rows stands in each of them, so that every row can be read alone, and one merged over columns stands
in the first, so that no figure counts twice; heads of several rows are joined to one; a cell that
is blank or not there says so in words; a chart is the list of what its bars say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from disclosure.site.blocks import (
    Amount,
    Bars,
    Block,
    Card,
    Cards,
    Cell,
    Facts,
    FindingMark,
    Head,
    Items,
    KeyFigures,
    Line,
    Link,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Section,
    Shelves,
    Steps,
    Table,
    TermMark,
    block_lines,
)
from disclosure.site.edition import Edition
from disclosure.site.routes import Target, href, relative

# Everything that ends a line somewhere, and what no text has: one space.
_NO_TEXT = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ufeff]+")
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_SPECIAL = re.compile(r"[\\`*_\[\]<&|~!:@]")
_ESCAPED = str.maketrans(
    {
        "<": "&lt;",
        "&": "&amp;",
        **{character: f"\\{character}" for character in "\\`*_[]|~"},
    }
)
# GitHub and others look for addresses in the text as well; what stands at an end may be followed by
# more of one, or by a link that a "!" would make an image of.
_ADDRESS = re.compile(r":(?=/|$)|(?<=[Ww]{3})\.|(?<=[\w.+-])@(?=\w)|^@|@$|!$")
# What begins a block at the beginning of a line (CommonMark, chapter 4 and 5).
_BEGINNING = re.compile(r"[0-9]{1,9}(?=[.)])|(?=[-+#=>])")
_ENTRY = re.compile(r"^-(?= )", re.MULTILINE)
_CLOSING = re.compile(r"#(?=#*$)")
_BACKSLASH = r"\\\g<0>"
_SAFE = "/#?&=:%~+,;@$!"


# Nine texts of ten stand on the page, or on the pages beside it, once more.
@lru_cache(maxsize=1 << 14)
def escaped(text: str) -> str:
    """A run of text within a line of Markdown. White space is one space."""
    if "  " in text or _ODD.search(text):
        text = _NO_TEXT.sub(" ", text)
    if not _SPECIAL.search(text) and "ww." not in text.lower():
        return text
    return _ADDRESS.sub(_BACKSLASH, text.translate(_ESCAPED))


def started(line: str) -> str:
    """A line of Markdown that opens no other block, wherever it stands alone."""
    line = line.strip()
    found = _BEGINNING.match(line)
    return f"{found[0]}\\{line[found.end() :]}" if found else line


def heading(level: int, line: str) -> str:
    """A heading; signs at its end are part of its text."""
    return f"{'#' * level} {_CLOSING.sub(_BACKSLASH, line.strip())}".rstrip()


def link(text: str, address: str) -> str:
    """A link. ``text`` is Markdown already, ``address`` is not."""
    return f"[{text}]({_quoted(address)})"


@lru_cache(maxsize=1 << 12)  # the pages of a folder lead to the same places
def _quoted(address: str) -> str:
    return quote(address, safe=_SAFE)


def render_markdown(page: Page, edition: Edition) -> str:
    """The Markdown of a page: title, way to it, blocks, and what stands in the footer of the HTML.

    The terms of ``page`` are marked. Takes time linear in the size of the page.
    """
    writer = _Writer(page, edition)
    blocks = [heading(1, writer.phrase(page.title))]
    if page.eyebrow:
        blocks.append(f"> {' › '.join(writer.link(each) for each in page.eyebrow)}")
    blocks += writer.blocks(page.blocks)
    blocks += ["---", *_list(writer.about())]
    return "\n\n".join(_apart(blocks)) + "\n"


@dataclass
class _Writer:
    page: Page
    edition: Edition
    linked: set[str] = field(default_factory=set)  # terms that the page has linked already

    # -- lines ---------------------------------------------------------------------------

    def line(self, line: Line) -> str:
        if len(line) == 1:  # that of nearly every cell
            (part,) = line
            if type(part) is Phrase and not part.untranslated and part.style != "inference":
                return escaped(part.text)
            return _INLINES[type(part)](self, part)
        return "".join([_INLINES[type(part)](self, part) for part in line])

    def term_mark(self, mark: TermMark) -> str:
        if mark.term in self.linked:
            return escaped(mark.text)
        self.linked.add(mark.term)
        return link(escaped(mark.text), self.href(mark.target))

    def finding_mark(self, mark: FindingMark) -> str:
        return link(escaped(mark.text), self.href(mark.target))

    def link(self, part: Link) -> str:
        return link(self.line((part.text,)), self.href(part.target))

    def amount(self, amount: Amount) -> str:
        return escaped(amount.text)

    def phrase(self, phrase: Phrase) -> str:
        text = escaped(phrase.text)
        if phrase.style == "inference":
            return escaped(self.edition.say("parenthesis", text=phrase.text))
        if phrase.untranslated:
            said = self.edition.say("parenthesis", text=self.edition.say("untranslated"))
            return f"{text} {escaped(said)}"
        return text

    def href(self, target: Target) -> str:
        """The link from the page; one within the page leads to its HTML, which has the anchors."""
        found = href(target, self.page.url, self.page.lang)
        return self.page.url.rpartition("/")[2] + found if found.startswith("#") else found

    def labelled(self, label: str, said: str) -> str:
        return f"{started(escaped(label))}{self.edition.say('label.colon')}{said}"

    # -- blocks --------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            write = _WRITERS.get(type(block))
            # A kind that has no form here: its texts, one below the other.
            yield from write(self, block) if write else self.texts(block)

    def texts(self, block: Block) -> Iterator[str]:
        yield from _list(escaped(each) for each in block_lines(block) if each)

    def section(self, section: Section) -> Iterator[str]:
        yield heading(section.level, self.line(section.title))
        yield from self.blocks(section.blocks)

    def paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        if said := started(self.line(paragraph.line)):
            yield said

    def notice(self, notice: Notice) -> Iterator[str]:
        number = f"{escaped(notice.number)} " if notice.number else ""
        yield f"> {started(number + self.line(notice.line))}"

    def items(self, items: Items) -> Iterator[str]:
        yield from _list((self.line(each) for each in items.lines), ordered=items.ordered)

    def key_figures(self, keys: KeyFigures) -> Iterator[str]:
        entries = []
        for each in keys.figures:
            label = escaped(each.label)
            shown = link(label, self.href(each.target)) if each.target else started(label)
            figure = " ".join(filter(None, (self.line(each.figure), self.line(each.marks))))
            entries.append(_joined(f"{shown} — {figure}", self.line(each.note)))
        yield from _list(entries)

    def facts(self, facts: Facts) -> Iterator[str]:
        entries = []
        for fact in facts.facts:
            lines = [self.line(each) for each in fact.lines]
            if len(lines) == 1:
                entries.append(self.labelled(fact.label, lines[0]))
            else:
                below = "".join(f"\n  - {started(each)}" for each in lines)
                entries.append(self.labelled(fact.label, "").rstrip() + below)
        yield from _list(entries)

    def card(self, card: Card) -> str:
        title = link(self.phrase(card.title), self.href(card.target))
        return _joined(
            escaped(card.eyebrow),
            title,
            self.line(card.figure),
            *(self.line(each) for each in card.lines),
        )

    def cards(self, cards: Cards) -> Iterator[str]:
        yield from _list(self.card(each) for each in cards.cards)

    def shelves(self, shelves: Shelves) -> Iterator[str]:
        for shelf in shelves.shelves:
            yield heading(3, self.link(shelf.name))
            older = (
                self.labelled(year, " · ".join(self.link(each) for each in links))
                for year, links in shelf.years
            )
            yield from _list((self.card(shelf.newest), *older))
            if shelf.note:
                yield started(self.line(shelf.note))

    def bars(self, bars: Bars) -> Iterator[str]:
        yield started(escaped(bars.title))
        yield from _list(
            _joined(
                f"{link(self.phrase(bar.label), self.href(bar.target))} — {self.line(bar.figure)}",
                escaped(bar.note),
                self.line(bar.marks),
            )
            for bar in bars.bars
        )
        for note in bars.notes:
            yield started(self.line(note))

    def steps(self, steps: Steps) -> Iterator[str]:
        yield started(escaped(steps.title))
        blank = self.edition.say("absence.blank")
        yield from _list(
            _joined(
                self.labelled(step.period, escaped(step.printed or blank)), self.line(step.marks)
            )
            for step in steps.steps
        )

    # -- tables --------------------------------------------------------------------------

    def table(self, table: Table) -> Iterator[str]:
        caption = self.line(table.caption)
        if table.unit:
            caption += f" {escaped(self.edition.say('parenthesis', text=table.unit))}"
        if caption:
            yield started(caption)
        if table.rows or table.heads:
            yield "\n".join(self._rows(table))
        for note in table.notes:
            yield started(self.line(note))

    def _rows(self, table: Table) -> Iterator[str]:
        heads = _spread([[(self.line(h.line), h) for h in row] for row in table.heads])
        body = _spread([[(self.cell(c), c) for c in row.cells] for row in table.rows], beside="")
        for row, cells in zip(table.rows, body, strict=True):
            if row.indent and cells:
                cells[0] = f"{'· ' * row.indent}{cells[0]}"
        if not body and table.empty:
            body = [[self.line(table.empty)]]
        width = max(map(len, (*heads, *body)))
        names = [_name([row[at] for row in heads if at < len(row)]) for at in range(width)]
        yield _row(names, width)
        yield _row(["---:" if each else "---" for each in _right(table, width)], width)
        for cells in body:
            yield _row(cells, width)

    def cell(self, cell: Cell) -> str:
        said = self.line(cell.line)
        if cell.absence not in ("blank", "absent"):
            return said
        words = self.edition.say("parenthesis", text=self.edition.say(f"absence.{cell.absence}"))
        return " ".join(filter(None, (said, escaped(words))))

    # -- the footer ----------------------------------------------------------------------

    def about(self) -> Iterator[str]:
        """What the page is and where it comes from: list entries."""
        edition, page, site = self.edition, self.page, self.edition.book.site
        say = edition.say
        mark = "" if site.edition == "official" else say("edition.unofficial")
        name = link(escaped(edition.site_name), relative(page.url, _home(page)))
        yield self.labelled(say("markdown.site"), _joined(name, escaped(mark)))
        if site.editor_note:
            yield started(escaped(site.editor_note[page.lang]))
        here = edition.site_url + page.url if edition.site_url else page.url.rpartition("/")[2]
        yield self.labelled(say("markdown.page"), link(escaped(here), here))
        disclosure = edition.book.disclosure(page.id.department, page.id.disclosure)
        if disclosure and disclosure.header.title:
            title = edition.phrase(disclosure.header.title, literal=True)
            yield self.labelled(say("source.title"), self.phrase(title))
        elif site.source:
            yield self.labelled(say("source.title"), self.phrase(edition.phrase(site.source.title)))
        if disclosure and (version := edition.version(disclosure)):
            yield self.labelled(say("editions.fact"), escaped(version))
        if site.licence:
            yield self.labelled(say("licence"), escaped(site.licence[page.lang]))
        if page.source_file:
            yield self.labelled(say("edit"), escaped(page.source_file))


_INLINES: Mapping[type, Callable[[_Writer, Any], str]] = {
    Phrase: _Writer.phrase,
    TermMark: _Writer.term_mark,
    Link: _Writer.link,
    FindingMark: _Writer.finding_mark,
    Amount: _Writer.amount,
}
_WRITERS: Mapping[type, Callable[[_Writer, Any], Iterator[str]]] = {
    Section: _Writer.section,
    Paragraph: _Writer.paragraph,
    Items: _Writer.items,
    Table: _Writer.table,
    KeyFigures: _Writer.key_figures,
    Facts: _Writer.facts,
    Cards: _Writer.cards,
    Shelves: _Writer.shelves,
    Notice: _Writer.notice,
    Bars: _Writer.bars,
    Steps: _Writer.steps,
}


def _home(page: Page) -> str:
    return "index.html" if page.lang == "zh" else "en/index.html"


def _joined(*parts: str) -> str:
    return started(" · ".join(filter(None, parts)))


def _list(entries: Iterable[str], *, ordered: bool = False) -> Iterator[str]:
    """One block, or none where there is no entry."""
    marks = (f"{number}." for number in range(1, 10**9)) if ordered else iter(lambda: "-", "")
    lines = [f"{mark} {started(each)}" for mark, each in zip(marks, entries, strict=False)]
    if lines:
        yield "\n".join(lines)


def _apart(blocks: Iterable[str]) -> Iterator[str]:
    """The blocks; a list that follows another has the other mark, or it would go on with it."""
    last = ""
    for block in blocks:
        if block.startswith("- ") and last.startswith("- "):
            block = _ENTRY.sub("*", block)
        last = block
        yield block


def _row(cells: Sequence[str], width: int) -> str:
    filled = [*map(str.strip, cells), *[""] * (width - len(cells))]
    return f"| {' | '.join(filled)} |"


def _name(heads: Sequence[str]) -> str:
    """The name of a column: its heads from above, a merged one once."""
    return " / ".join(dict.fromkeys(filter(None, heads)))


def _right(table: Table, width: int) -> list[bool]:
    """Which columns are set to the right: those of the heads, or else of the first row."""
    lowest: list[bool] = [False] * width
    for grid in (
        _spread([[(head.align == "end", head) for head in row] for row in table.heads]),
        [] if table.heads else _spread([[(c.align == "end", c) for c in table.rows[0].cells]]),
    ):
        for row in grid:
            lowest[: len(row)] = row
    return lowest


def _spread(
    rows: Sequence[Sequence[tuple[Any, Cell | Head]]], beside: str | None = None
) -> list[list[Any]]:
    """Rows of cells as full rows: a merged cell stands in every place that it covers.

    ``beside``: what stands in its second and further columns instead.
    """
    below: dict[int, tuple[int, Any]] = {}  # column: rows left to cover, with what
    result: list[list[Any]] = []
    for row in rows:
        if not below and all([cell.rowspan == cell.colspan == 1 for _, cell in row]):
            result.append([said for said, _ in row])  # nearly every row
            continue
        cells: list[Any] = []

        def covered(cells: list[Any] = cells) -> None:
            while (found := below.get(len(cells))) is not None:
                left, said = found
                if left > 1:
                    below[len(cells)] = (left - 1, said)
                else:
                    del below[len(cells)]
                cells.append(said)

        for said, cell in row:
            if below:
                covered()
            for column in range(cell.colspan):
                here = said if column == 0 or beside is None else beside
                if cell.rowspan > 1:
                    below[len(cells)] = (cell.rowspan - 1, here)
                cells.append(here)
        covered()
        result.append(cells)
    return result
