"""Blocks → HTML: one function a block, one a kind of inline.

HTML is put together from literals and from text that went through ``text``, and nowhere else:
nothing in the data is ever markup. ``tests/unit/test_render.py`` reads this module and finds a
value that stands in HTML as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from disclosure.model.fields import Lang
from disclosure.model.glossary import Term
from disclosure.site.blocks import (
    Amount,
    Bar,
    Bars,
    Block,
    Card,
    Cards,
    Cell,
    Choice,
    Fact,
    Facts,
    Filter,
    FindingMark,
    Head,
    Items,
    KeyFigure,
    KeyFigures,
    Line,
    Link,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Shelf,
    Shelves,
    Step,
    Steps,
    Table,
    TermMark,
    line_text,
)
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage
from disclosure.site.routes import Kind, Target, href

Html: TypeAlias = str
"""Markup: literals, ``text``, and what functions of this module give."""


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading of the page."""

    anchor: str
    title: str
    level: int
    children: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as HTML, ready for the frame of a theme."""

    page: Page
    html: Html
    toc: tuple[TocEntry, ...]

    @property
    def amounts(self) -> bool:
        """Whether there are any to show in another unit."""
        return _AMOUNT in self.html


def render_page(marked: MarkedPage, edition: Edition) -> RenderedPage:
    """The HTML of a page: its title, its blocks and the definitions of the terms it marks.

    Takes time linear in the size of the page.
    """
    page = marked.page
    writer = _Writer(page, edition, page.url)
    html = writer.title() + writer.blocks(page.blocks) + "\n" + writer.definitions(marked.terms)
    return RenderedPage(page, html, tuple(_toc(page.blocks)))


def _toc(blocks: Iterable[Block]) -> Iterator[TocEntry]:
    for block in blocks:
        if isinstance(block, Section):
            children = tuple(_toc(block.blocks))
            yield TocEntry(block.anchor, line_text(block.title), block.level, children)


# ---- text --------------------------------------------------------------------------------

_marks_up = re.compile("[&<>\"']").search
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})


# Nine texts of ten stand on the page, or on the pages beside it, once more.
@lru_cache(maxsize=1 << 14)
def text(said: str) -> Html:
    """Text as HTML, within an element or in the double quotes of an attribute."""
    return said.translate(_REFERENCES) if _marks_up(said) else said


def number(value: float) -> Html:
    """A number as HTML."""
    return text(str(value))


def attribute(name: Html, value: str) -> Html:
    """An attribute with the space before it, or nothing where it is empty."""
    return f' {name}="{text(value)}"' if value else ""


_AMOUNT = "<data value="  # what ``amount`` writes, and nothing else can
_LANG: Mapping[str, Html] = {"zh": ' lang="zh-CN"', "en": ' lang="en"'}


# Rows by the identity of their cells, which no others can have while these are held.
_RowKey: TypeAlias = tuple[int, tuple[str, ...], bool, Lang]
_ROWS: dict[_RowKey, Html] = {}
_HELD: list[tuple[Cell, ...]] = []
_MOST = 1 << 14  # those of a disclosure with more than five hundred projects


def _kept(key: _RowKey, row: Html, cells: tuple[Cell, ...]) -> Html:
    if len(_HELD) >= _MOST:
        _ROWS.clear()
        _HELD.clear()
    _ROWS.setdefault(key, row)
    _HELD.append(cells)
    return row


@dataclass(slots=True)
class _Writer:
    page: Page
    edition: Edition
    url: str  # of the page

    def say(self, key: str, /, **values: str) -> Html:
        return text(self.edition.say(key, **values))

    def href(self, target: Target) -> Html:
        return text(href(target, self.url, self.page.lang))

    # -- lines ---------------------------------------------------------------------------

    def line(self, line: Line) -> Html:
        if len(line) == 1:  # that of nearly every cell
            (part,) = line
            if type(part) is Phrase and not part.style and part.lang == self.page.lang:
                return text(part.text)
            return _INLINES[type(part)](self, part)
        return "".join([_INLINES[type(part)](self, part) for part in line])

    def phrase(self, phrase: Phrase) -> Html:
        said = text(phrase.text)
        if not phrase.style and phrase.lang == self.page.lang:
            return said
        match phrase.style:
            case "strong":
                return f"<strong{self.lang(phrase)}>{said}</strong>"
            case "inference":
                return f'<span class="d-mark">{said}</span>'
            case "unit" | "number":
                return f'<span class="d-{text(phrase.style)}">{said}</span>'
        return f"<span{self.lang(phrase)}>{said}</span>{self.untranslated(phrase)}"

    def lang(self, phrase: Phrase) -> Html:
        """The language of a phrase that is not in that of the page."""
        return "" if phrase.lang == self.page.lang else _LANG[phrase.lang]

    def untranslated(self, phrase: Phrase) -> Html:
        if not phrase.untranslated:
            return ""
        return f' <span class="d-untranslated" lang="en">{self.say("untranslated")}</span>'

    def term_mark(self, mark: TermMark) -> Html:
        return (
            f'<a class="d-term" href="{self.href(mark.target)}"'
            f' data-term="{text(mark.term)}">{text(mark.text)}</a>'
        )

    def finding_mark(self, mark: FindingMark) -> Html:
        label = text(mark.label)
        return (
            f'<a class="d-finding" href="{self.href(mark.target)}"{attribute("id", mark.anchor)}'
            f' aria-label="{label}" title="{label}">{text(mark.text)}</a>'
        )

    def amount(self, amount: Amount) -> Html:
        style = ' class="d-number"' if amount.bare else ""
        return f'<data value="{text(amount.value)}"{style}>{text(amount.text)}</data>'

    def link(self, link: Link) -> Html:
        return f'<a href="{self.href(link.target)}">{self.line((link.text,))}</a>'

    # -- the page ------------------------------------------------------------------------

    def title(self) -> Html:
        title = self.page.title
        return f"<h1{self.lang(title)}>{text(title.text)}{self.untranslated(title)}</h1>\n"

    def definitions(self, marked: tuple[str, ...]) -> Html:
        """The terms to explain on the page itself; the glossary explains itself."""
        if not marked or self.page.id.kind is Kind.GLOSSARY or self.page.layout == "print":
            return ""
        by_id = {term.id: term for term in self.edition.book.glossary}
        terms = "".join([self.definition(by_id[each]) for each in marked])
        return (
            f'<div class="d-terms" hidden data-more="{self.say("glossary.more")}"'
            f' data-close="{self.say("close")}">\n{terms}</div>\n'
        )

    def definition(self, term: Term) -> Html:
        lang = self.page.lang
        other: Lang = "en" if lang == "zh" else "zh"
        return (
            f'  <template data-term="{text(term.id)}"><p class="d-term__name">'
            f"<strong>{text(term.name(lang))}</strong>"
            f" <span{_LANG[other]}>{text(term.name(other))}</span></p>"
            f"<p>{text(term.definition[lang])}</p></template>\n"
        )

    # -- blocks --------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block]) -> Html:
        return "".join([f"{_BLOCKS[type(block)](self, block)}\n" for block in blocks])

    def section(self, section: Section) -> Html:
        tag, anchor, permalink = (
            f"h{number(section.level)}",
            text(section.anchor),
            self.say("permalink"),
        )
        inner = f"{self.blocks(section.blocks)}\n"
        if section.folded:
            inner = (
                f'<details class="d-folded"><summary>{self.say("fold")}</summary>\n'
                f"{inner}</details>\n"
            )
        return (
            f'<section class="d-section d-section--{number(section.level)}">\n'
            f'<{tag} id="{anchor}">{self.line(section.title)}'
            f'<a class="headerlink" href="#{anchor}" title="{permalink}"'
            f' aria-label="{permalink}{self.say("label.colon")}{text(line_text(section.title))}">'
            f"#</a></{tag}>\n{inner}</section>\n"
        )

    def paragraph(self, paragraph: Paragraph) -> Html:
        style = f' class="d-{text(paragraph.style)}"' if paragraph.style else ""
        return f"<p{style}>{self.line(paragraph.line)}</p>\n"

    def items(self, items: Items) -> Html:
        tag = "ol" if items.ordered else "ul"
        style = ' class="d-shelf__years"' if items.row else ""
        entries = "".join([f"<li>{self.line(each)}</li>\n" for each in items.lines])
        return f"<{tag}{style}>\n{entries}</{tag}>\n"

    def notice(self, notice: Notice) -> Html:
        number = ""
        if notice.number:
            number = f'<span class="d-finding">{text(notice.number)}</span> '
        return (
            f'<p class="d-notice d-notice--{text(notice.kind)}"{attribute("id", notice.anchor)}>'
            f"{number}{self.line(notice.line)}</p>\n"
        )

    def notes(self, lines: Iterable[Line]) -> Html:
        """Small print, a paragraph each."""
        return "".join([f'<p class="d-note">{self.line(each)}</p>\n' for each in lines])

    def key_figures(self, keys: KeyFigures) -> Html:
        figures = "".join([self.key_figure(each) for each in keys.figures])
        return f'<ul class="d-keys">\n{figures}</ul>\n'

    def key_figure(self, key: KeyFigure) -> Html:
        label = text(key.label)
        if key.target:
            label = f'<a href="{self.href(key.target)}">{label}</a>'
        marks = f" {self.line(key.marks)}" if key.marks else ""
        note = f'<span class="d-key__note">{self.line(key.note)}</span>' if key.note else ""
        return (
            f'<li class="d-key">\n<span class="d-key__label">{label}</span>\n'
            f'<strong class="d-key__figure">{self.line(key.figure)}{marks}</strong>\n'
            f"{note}</li>\n"
        )

    def facts(self, facts: Facts) -> Html:
        entries = "".join([self.fact(each) for each in facts.facts])
        return f'<dl class="d-facts">\n{entries}</dl>\n'

    def fact(self, fact: Fact) -> Html:
        said = "".join([f"<dd>{self.line(each)}</dd>" for each in fact.lines])
        return f'<div class="d-fact"><dt>{text(fact.label)}</dt>{said}</div>\n'

    def cards(self, cards: Cards) -> Html:
        dense = " d-cards--dense" if cards.dense else ""
        entries = "".join([self.card(each) for each in cards.cards])
        return f'<ul class="d-cards{dense}">\n{entries}</ul>\n'

    def card(self, card: Card) -> Html:
        above, figure = "", ""
        if card.eyebrow:
            above = f'<span class="d-card__eyebrow">{text(card.eyebrow)}</span>'
        if card.figure:
            figure = f'<span class="d-card__figure">{self.line(card.figure)}</span>'
        below = "".join(
            [f'<span class="d-card__line">{self.line(each)}</span>' for each in card.lines]
        )
        return (
            f'<li class="d-card"{attribute("id", card.anchor)}>\n{above}'
            f'<a class="d-card__title" href="{self.href(card.target)}">'
            f"{self.phrase(card.title)}</a>\n"
            f"{figure}{below}</li>\n"
        )

    def shelves(self, shelves: Shelves) -> Html:
        entries = "".join([self.shelf(each, shelves.folded) for each in shelves.shelves])
        return f'<ul class="d-shelves">\n{entries}</ul>\n'

    def shelf(self, shelf: Shelf, folded: bool) -> Html:
        newest = shelf.newest
        figure = f" <strong>{self.line(newest.figure)}</strong>" if newest.figure else ""
        return (
            f'<li class="d-shelf"{attribute("id", shelf.anchor)}>\n'
            f"<h3>{self.link(shelf.name)}</h3>\n"
            f'<p class="d-shelf__newest"><a href="{self.href(newest.target)}">'
            f"{self.phrase(newest.title)}</a>{figure}</p>\n"
            f"{self.notes(newest.lines)}{self.years(shelf, folded)}"
            f"{self.notes((shelf.note,) if shelf.note else ())}</li>\n"
        )

    def years(self, shelf: Shelf, folded: bool) -> Html:
        """The older disclosures of a department."""
        if not shelf.years:
            return ""
        years = "".join([self.year(year, links) for year, links in shelf.years])
        years = f'<ul class="d-shelf__years">{years}</ul>'
        if not folded:
            return years
        older = self.say("home.older")
        return f'<details class="d-fold"><summary>{older}</summary>{years}</details>'

    def year(self, year: str, links: tuple[Link, ...]) -> Html:
        said = "".join([f"{self.link(each)} " for each in links])
        return f"<li>{text(year)} {said}</li>"

    # -- charts --------------------------------------------------------------------------

    def steps(self, steps: Steps) -> Html:
        """Columns that rise from one line like stairs, dashed where the document is blank."""
        entries = "".join([self.step(each) for each in steps.steps])
        return f'<ol class="d-steps" aria-label="{text(steps.title)}">\n{entries}</ol>\n'

    def step(self, step: Step) -> Html:
        if step.printed:
            printed = f'<strong class="d-step__figure">{text(step.printed)}</strong>'
        else:
            blank = self.say("absence.blank")
            printed = f'<span class="d-step__figure d-absent">{blank}</span>'
        if step.share is None:
            shape = (
                '<path d="M0 0V100H100V0Z" fill="none" stroke="currentColor" stroke-width="2"'
                ' stroke-dasharray="4" vector-effect="non-scaling-stroke"/>\n'
            )
        else:
            full = round(min(max(step.share * 100, 0), 100), 4)
            shape = (
                '<rect class="d-track" width="100" height="100"/><rect class="d-fill"'
                f' y="{number(round(100 - full, 4))}" width="100" height="{number(full)}"/>\n'
            )
        return (
            f'<li class="d-step"><a href="{self.href(step.target)}">'
            f'<span class="d-step__period">{text(step.period)}</span>\n{printed}\n'
            f"{_drawn(step, 100, shape)}</a>{self.line(step.marks)}</li>\n"
        )

    def bars(self, bars: Bars) -> Html:
        entries = "".join([self.bar(each) for each in bars.bars])
        return (
            f'<figure class="d-bars">\n<figcaption>{text(bars.title)}</figcaption>\n'
            f"<ul>\n{entries}</ul>\n{self.notes(bars.notes)}</figure>\n"
        )

    def bar(self, bar: Bar) -> Html:
        note, hollow = "", ""
        if bar.note:
            note = f' <span class="d-bar__note" aria-hidden="true">{text(bar.note)}</span>'
        if bar.hollow:
            hollow = (
                ' fill-opacity=".3" stroke="currentColor" stroke-width="2"'
                ' vector-effect="non-scaling-stroke"'
            )
        shape = (
            '<rect class="d-track" width="100" height="4"/><rect class="d-fill"'
            f' width="{number(round(bar.share * 100, 4))}" height="4"{hollow}/>'
        )
        return (
            f'<li><a href="{self.href(bar.target)}"><span>{self.phrase(bar.label)}</span>'
            f" <span>{self.line(bar.figure)}{note}</span> {_drawn(bar, 4, shape)}</a>"
            f"{self.line(bar.marks)}</li>\n"
        )

    # -- tables --------------------------------------------------------------------------

    def table(self, table: Table) -> Html:
        cards = table.layout in ("cards", "list", "form")
        taken = table.worth_taking and self.page.layout != "print"
        tools = self.tools(table) if taken else ""
        filter = ""
        if taken and table.filter and len(table.rows) > 1:
            filter = self.filter(table, table.filter)
        crowded = " d-table--crowded" if table.crowded else ""
        scroller = ""
        if table.scrolls:
            scroller = f' role="group" tabindex="0" aria-label="{text(line_text(table.caption))}"'
        notes = "".join([f"<p>{self.line(each)}</p>" for each in table.notes])
        if notes:
            notes = f'<div class="d-table__notes">{notes}</div>\n'
        return (
            f"{tools if table.sortable else ''}{filter}"
            f'<div class="d-table d-table--{text(table.layout)}{crowded}"{scroller}>\n'
            f'<table class="d-grid"{attribute("id", table.anchor)}{_role(cards, "table")}>\n'
            f"<caption>{self.caption(table)}</caption>\n"
            f"{self.heads(table, cards)}{self.rows(table, cards)}</table>\n{notes}</div>\n"
            f"{'' if table.sortable else tools}"
        )

    def caption(self, table: Table) -> Html:
        unit = ""
        if table.unit:
            unit = f' <span class="d-unit">{self.say("parenthesis", text=table.unit)}</span>'
        return f"{self.line(table.caption)}{unit}"

    def heads(self, table: Table, cards: bool) -> Html:
        if not table.heads:
            return ""
        rows = "".join([self.head_row(heads, cards) for heads in table.heads])
        return f"<thead{_role(cards, 'rowgroup')}>\n{rows}</thead>\n"

    def head_row(self, heads: Iterable[Head], cards: bool) -> Html:
        cells = "".join([self.head(each, cards) for each in heads])
        return f"<tr{_role(cards, 'row')}>{cells}</tr>\n"

    def head(self, head: Head, cards: bool) -> Html:
        scope = "colgroup" if head.colspan > 1 else "col"
        role = _role(cards, "columnheader")
        set_out = _spans(head.rowspan, head.colspan) + _end(head.align)
        return f'<th scope="{scope}"{role}{set_out}>{self.line(head.line)}</th>'

    def rows(self, table: Table, cards: bool) -> Html:
        if not table.rows:
            if not table.empty:
                return ""
            return (
                f'<tbody><tr><td colspan="{number(table.width)}" class="d-empty">'
                f"{self.line(table.empty)}</td></tr></tbody>\n"
            )
        opening, closing = f"<tbody{_role(cards, 'rowgroup')}>\n", "</tbody>\n"
        return "".join(
            [
                opening + "".join([self.row(each, table.labels, cards) for each in group]) + closing
                for group in _row_groups(table.rows)
            ]
        )

    def row(self, row: Row, labels: tuple[str, ...], cards: bool) -> Html:
        opening = attribute("id", row.anchor) if row.anchor else ""
        if row.kinds and self.page.layout != "print":
            opening += attribute("data-kinds", " ".join(row.kinds))
        opening += _role(cards, "row")
        if row.style or row.indent:
            opening += f' class="{_row_style(row)}"'
        return f"<tr{opening}>{self.cells(row.cells, labels, cards)}</tr>\n"

    def cells(self, cells: tuple[Cell, ...], labels: tuple[str, ...], cards: bool) -> Html:
        """The cells of a row. The page for print has nearly every row of the others once more."""
        key: _RowKey = (id(cells), labels, cards, self.page.lang)
        if key in _ROWS:
            return _ROWS[key]
        # Cells that span rows stand at the start, so labels are counted from the end.
        own = labels[len(labels) - len(cells) :] if labels else ("",) * len(cells)
        row = "".join(
            [self.cell(cell, label, cards) for cell, label in zip(cells, own, strict=True)]
        )
        # A link is another one on another page.
        return row if "<a " in row else _kept(key, row, cells)

    def cell(self, cell: Cell, label: str, cards: bool) -> Html:
        said = self.line(cell.line)
        opening = _cell(
            *(label, cell.header, cell.align, cell.rowspan, cell.colspan, cell.repeated, cards)
        )
        if cell.header:
            return f"{opening}{said}</th>"
        if cell.absence:
            said += self.absent(cell)
        return f"{opening}<div>{said}</div></td>"

    def absent(self, cell: Cell) -> Html:
        """What stands for nothing: a dash or nothing to see, and words for who hears it."""
        if cell.absence not in ("blank", "absent"):
            return ""
        words = self.say(f"absence.{cell.absence}")
        dash = "—" if cell.absence == "absent" else ""
        return (
            f'<span class="d-absent" title="{words}"><span aria-hidden="true">{dash}</span>'
            f'<span class="d-hidden">{words}</span></span>'
        )

    def tools(self, table: Table) -> Html:
        """Buttons are for scripts: without one they are not shown (styles/tables.css)."""
        side = "next" if table.sortable else "previous"
        label = self.say("tools.of", table=line_text(table.caption))
        filter, sort, file = "", "", ""
        if table.filter and len(table.rows) > 1:
            words = self.say("tools.filter")
            filter = (
                f'<button type="button" data-tool="filter" aria-expanded="false">{words}</button>'
            )
        if table.sortable and len(table.rows) > 1:
            sort = f'<button type="button" data-tool="sort">{self.say("tools.sort")}</button>'
        if table.file:
            address = self.href(Target(file=table.file))
            file = f'<a href="{address}">{self.say("tools.csv")}</a>'
        copy = f'<button type="button" data-tool="copy">{self.say("tools.copy")}</button>'
        return (
            f'<div class="d-folds d-note d-tools" data-side="{side}" role="group"'
            f' aria-label="{label}">{filter}{sort}{copy}{file}</div>\n'
        )

    def filter(self, table: Table, filter: Filter) -> Html:
        label = self.say("filter.of", table=line_text(table.caption))
        unit = self.say("parenthesis", text=filter.unit)
        return (
            f'<form class="d-filter" role="search" aria-label="{label}"'
            f' data-columns="{text(" ".join(filter.columns))}"'
            f' data-yuan="{text(f"{filter.yuan:f}")}" autocomplete="off" hidden>\n'
            f'<p><label for="filter-text">{self.say(filter.words)}</label>'
            '<input id="filter-text" name="text" type="search" enterkeyhint="search"></p>\n'
            f'<fieldset aria-describedby="filter-wrong"><legend>{self.say("filter.amount")}'
            f' <span class="d-unit">{unit}</span></legend>'
            f'<label for="filter-from">{self.say("filter.from")}</label>'
            '<input id="filter-from" name="from" inputmode="decimal">'
            f'<label for="filter-to">{self.say("filter.to")}</label>'
            '<input id="filter-to" name="to" inputmode="decimal"></fieldset>\n'
            f"{self.kinds(filter)}"
            f'<p><button type="reset">{self.say("filter.clear")}</button></p>\n'
            '<p class="d-filter__wrong" id="filter-wrong" role="alert"></p>\n'
            '</form>\n<p class="d-filter__found d-note" role="status"></p>\n'
        )

    def kinds(self, filter: Filter) -> Html:
        if not filter.kinds:
            return ""
        groups = "".join([self.choices(group, choices) for group, choices in filter.kinds])
        return (
            f'<p><label for="filter-kind">{self.say("filter.kind")}</label>'
            f'<select id="filter-kind" name="kind"><option value="">{self.say("filter.every")}'
            f"</option>{groups}</select></p>\n"
        )

    def choices(self, group: str, choices: Iterable[Choice]) -> Html:
        options = "".join(
            [f'<option value="{text(each.value)}">{text(each.label)}</option>' for each in choices]
        )
        return f'<optgroup label="{text(group)}">{options}</optgroup>'


_INLINES: Mapping[type, Callable[[_Writer, Any], Html]] = {
    Phrase: _Writer.phrase,
    TermMark: _Writer.term_mark,
    Link: _Writer.link,
    FindingMark: _Writer.finding_mark,
    Amount: _Writer.amount,
}
_BLOCKS: Mapping[type, Callable[[_Writer, Any], Html]] = {
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


def _drawn(figure: Bar | Step, height: int, shape: Html) -> Html:
    """What a chart draws of one figure: title and description for who does not see it."""
    return (
        f'<svg viewBox="0 0 100 {number(height)}" preserveAspectRatio="none" role="img"'
        f' focusable="false"><title>{text(figure.said)}</title>'
        f"<desc>{text(figure.described)}</desc>{shape}</svg>"
    )


def _role(cards: bool, role: Html) -> Html:
    """A table shown as cards is no table to a screen reader unless it is told."""
    return f' role="{role}"' if cards else ""


# The cells of a column are alike, and a site has few columns.
@lru_cache(maxsize=1 << 12)
def _cell(
    label: str, header: bool, align: str, rows: int, columns: int, repeated: bool, cards: bool
) -> Html:
    """The tag that opens a cell."""
    if header:
        scope = "rowgroup" if rows > 1 else "row"
        role = _role(cards, "rowheader")
        return f'<th scope="{scope}"{role}{_spans(rows, columns)}{_end(align)}>'
    style = ' class="d-repeated"' if repeated else _end(align)
    named = attribute("data-label", label)
    return f"<td{_role(cards, 'cell')}{named}{_spans(rows, columns)}{style}>"


def _spans(rows: int, columns: int) -> Html:
    spans = attribute("rowspan", str(rows)) if rows > 1 else ""
    return spans + (attribute("colspan", str(columns)) if columns > 1 else "")


def _end(align: str) -> Html:
    return ' class="d-end"' if align == "end" else ""


def _row_style(row: Row) -> Html:
    style = f"d-{text(row.style)}" if row.style else ""
    if row.indent:
        style += " d-indent"
    if row.indent > 1:
        style += f" d-indent-{number(row.indent)}"
    return style


def _row_groups(rows: tuple[Row, ...]) -> list[list[Row]]:
    """Rows by the header cell that spans them, so that ``scope=rowgroup`` is true."""
    if all([row.cells[0].rowspan == 1 for row in rows]):
        return [list(rows)]
    groups: list[list[Row]] = []
    covered = 0
    for row in rows:
        if covered == 0:
            groups.append([])
        first = row.cells[0]
        if covered == 0 and first.header and first.rowspan > 1:
            covered = first.rowspan
        covered = max(0, covered - 1)
        groups[-1].append(row)
    if all(len(group) == 1 for group in groups):
        return [list(rows)]
    return groups
