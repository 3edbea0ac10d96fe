"""Printed pages: the PDF that the browser makes of a page, read and looked at sheet by sheet.

Every function that looks for something returns the faults it found, each with its sheet, so that
the tests and `make audit` tell the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image
from playwright.sync_api import Page

A4 = (210.0, 297.0)  # mm, ISO 216
_MM = 25.4 / 72  # of a PDF point
_DPI = 50
_FOOT = {"zh": re.compile(r"第(\d+)页共(\d+)页"), "en": re.compile(r"Page(\d+)of(\d+)")}

# What a reader sees on paper, run by run: text that only a screen reader speaks is left out.
_TEXTS = """
() => {
  const shown = element => element.checkVisibility();
  const text = element => element.innerText;
  const heading = "h1, h2, h3, h4, h5, caption";
  const runs = (part, heads) => {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const inside = walker.currentNode.parentElement;
      if (shown(inside) && !inside.closest(".d-hidden") && !!inside.closest("thead") === heads)
        found.push({ text: walker.currentNode.data, heading: !!inside.closest(heading) });
    }
    return found;
  };
  const parts = [...document.querySelectorAll("article, .d-footer")];
  return {
    runs: parts.flatMap(part => runs(part, false)),
    columns: parts.flatMap(part => runs(part, true)),
    heads: [...document.querySelectorAll("article :is(" + heading + ")")].filter(shown).map(text),
    tables: [...document.querySelectorAll("article table")].filter(shown).map(table => ({
      head: [...table.querySelectorAll("thead th")].map(text).join(""),
      rows: [...table.querySelectorAll("tbody tr")].map(
        row => [...row.querySelectorAll("td")].map(text).join("")),
    })),
    lang: document.documentElement.lang,
  };
}
"""


@dataclass(frozen=True, slots=True)
class Table:
    """The text of a table's head, and of the cells of each row, all without spaces."""

    head: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its size in millimetres, its lines in drawing order, its picture in grey."""

    number: int
    width: float
    height: float
    lines: tuple[str, ...]
    picture: Image.Image

    @property
    def text(self) -> str:
        """All text without spaces, since lines break anywhere in Chinese."""
        return _plain("".join(self.lines))


@dataclass(frozen=True, slots=True)
class Printed:
    """A page on paper and what the page holds: runs of text, names of columns, headings, tables."""

    lang: str
    sheets: tuple[Sheet, ...]
    runs: tuple[str, ...]
    columns: tuple[str, ...]
    heads: frozenset[str]
    tables: tuple[Table, ...]

    def body(self, sheet: Sheet) -> str:
        """The text of a sheet without its head and foot, which are drawn first."""
        for index, line in enumerate(sheet.lines[:6]):
            if _FOOT[self.lang].fullmatch(_plain(line)):
                return _plain("".join(sheet.lines[index + 1 :]))
        return sheet.text


def _plain(text: str) -> str:
    """Without space, and without hyphens: those that a line ends with cannot be told apart."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\x02-]+", "", text)


def printed(page: Page) -> Printed:
    """Print the page that is open, as a reader does whose paper is A4."""
    page.emulate_media(media="print")
    held = page.evaluate(_TEXTS)
    page.emulate_media(media=None)
    data = page.pdf(prefer_css_page_size=True, display_header_footer=False)
    return Printed(
        lang=held["lang"][:2],
        sheets=tuple(_sheets(data)),
        runs=_texts(run["text"] for run in held["runs"]),
        columns=_texts(run["text"] for run in held["columns"]),
        heads=frozenset(_texts(held["heads"])),
        tables=tuple(Table(_plain(each["head"]), _texts(each["rows"])) for each in held["tables"]),
    )


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_plain, texts))))


def _sheets(data: bytes) -> Iterator[Sheet]:
    document = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(document, 1):
            width, height = page.get_size()
            text = page.get_textpage().get_text_range()
            lines = tuple(line for line in text.splitlines() if line.strip())
            picture = page.render(scale=_DPI / 72, grayscale=True).to_pil()
            yield Sheet(number, width * _MM, height * _MM, lines, picture)
    finally:
        document.close()


# ---- what can be wrong -------------------------------------------------------------------


def wrong_sizes(what: Printed) -> list[str]:
    """Sheets that are not A4, upright or landscape."""
    return [
        f"{sheet.number}: {sheet.width:.0f} × {sheet.height:.0f} mm"
        for sheet in what.sheets
        if any(abs(a - b) > 1 for a, b in zip(sorted((sheet.width, sheet.height)), A4, strict=True))
    ]


def wrong_numbers(what: Printed, cover: bool = False) -> list[str]:
    """Sheets without their number and the number of all; a cover has none."""
    faults = []
    for sheet in what.sheets:
        matches = (_FOOT[what.lang].fullmatch(_plain(line)) for line in sheet.lines)
        found = [match.groups() for match in matches if match]
        wanted = [] if cover and sheet.number == 1 else [(str(sheet.number), str(len(what.sheets)))]
        if found != wanted:
            faults.append(f"{sheet.number}: numbered {found}")
    return faults


def lost_texts(what: Printed) -> list[str]:
    """What the page says and the sheets do not. Of column names, whose lines are drawn side by
    side, only the characters are looked for."""
    said = "".join(map(what.body, what.sheets))
    drawn = said
    for table in what.tables:  # a head repeated where a row goes on
        said = said.replace(table.head, "") if table.head else said
    lost = [run for run in what.runs if run not in said]
    return [text[:60] for text in (*lost, *(c for c in what.columns if set(c) - set(drawn)))]


def screen_words(what: Printed, words: Iterable[str]) -> list[str]:
    """Lines that are nothing but one of the words, which belong to a screen."""
    unwanted = {_plain(word) for word in words}
    return [
        f"{sheet.number}: {line}"
        for sheet in what.sheets
        for line in sheet.lines
        if _plain(line) in unwanted
    ]


def left_behind(what: Printed, contents: int = 0) -> list[str]:
    """Headings, names and heads of tables that are the last thing on a sheet.

    The first sheets, a cover and ``contents``, hold little else.
    """
    loose = what.heads | {table.head for table in what.tables if table.head}
    return [
        f"{sheet.number}: {head[:40]}"
        for sheet in what.sheets[contents:-1]
        for head in loose
        if _ends_with(sheet, head)
    ]


def _ends_with(sheet: Sheet, head: str) -> bool:
    """Whether the last lines are the heading and nothing but it."""
    tail = ""
    for line in reversed(sheet.lines):
        tail = _plain(line) + tail
        if len(tail) >= len(head):
            break
    return tail == head


def missing_heads(what: Printed) -> list[str]:
    """Sheets that have rows of a table and not its head."""
    return [
        f"{sheet.number}: {table.head[:40]}"
        for table in what.tables
        for sheet in what.sheets
        if any(len(row) > 12 and row in sheet.text for row in table.rows)
        and table.head not in sheet.text
    ]


def broken_tables(what: Printed) -> int:
    """How many tables go on to another sheet, so that ``missing_heads`` had something to see."""
    return sum(
        sum(table.head in sheet.text for sheet in what.sheets) > 1
        for table in what.tables
        if table.head and len(table.rows) > 10
    )


def bad_pictures(what: Printed) -> list[str]:
    """Blank sheets, and ink in the margins: 12 mm at the sides, 5 mm at head and foot."""
    faults = []
    for sheet in what.sheets:
        dark = sheet.picture.point(lambda value: 255 if value < 200 else 0)
        box = dark.getbbox()
        if box is None or len(what.body(sheet)) < 20:
            faults.append(f"{sheet.number}: blank")
            continue
        mm = 25.4 / _DPI
        sides = (box[0] * mm, sheet.width - box[2] * mm)
        ends = (box[1] * mm, sheet.height - box[3] * mm)
        if min(sides) < 12 or min(ends) < 5:
            faults.append(
                f"{sheet.number}: ink {min(sides):.0f} and {min(ends):.0f} mm from the edge"
            )
    return faults
