"""All tables of a disclosure in one workbook (Office Open XML, ISO/IEC 29500), a sheet a table.

The first sheet says what the data are and where they come from. The sheets have the heads of the
CSV files, and their cells: what is print is text, what is a value is a number. There is no formula
in it, and no text can become one. A cell holds a number only where all its digits survive there (a
double keeps 15); otherwise it holds them as text.

The bytes follow from the data alone: the file carries the day of the data, not of the build.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.packager import Packager  # type: ignore[import-untyped]
from xlsxwriter.sharedstrings import SharedStrings  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import (  # type: ignore[import-untyped]
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

from disclosure.export.about import About
from disclosure.export.data_table import DataTable, Field, Value, exact, fields
from disclosure.model.fields import Lang

LONGEST_TEXT = 32_767
"""UTF-16 units in a cell; a longer text ends in an ellipsis."""
LONGEST_NAME = 31
"""Characters in the name of a sheet."""
_DIGITS = 15
# No sign that XML or the library writes in another way, no space at an end.
_PLAIN = re.compile(r"(?!\s)[^\x00-\x1f&<>_\ufffe\uffff]*(?<!\s)")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Microsoft Excel keeps this name for itself.
_RESERVED = "history"
_ABOUT = {"zh": "说明", "en": "About"}
_NARROWEST, _WIDEST = 8, 48
_MARGIN = 2
_SHORT = LONGEST_TEXT // 2

_SAYINGS: dict[str, tuple[str, str]] = {
    "title": ("文件", "Document"),
    "department": ("部门", "Department"),
    "year": ("年度", "Fiscal year"),
    "kind": ("种类", "Kind"),
    "source": ("来源", "Source"),
    "page": ("页面", "Page"),
    "site": ("网站", "Website"),
    "edition": ("版本", "Edition"),
    "sha256": ("版本的 SHA-256", "SHA-256 of the edition"),
    "licence": ("许可", "Licence"),
    "sheets": ("本工作簿的表", "Sheets of this workbook"),
    "rows": ("{n} 行", "{n} rows"),
    "reading": ("读法", "How to read it"),
    "print": (
        "每个数字有两列：一列照文件所印，是文字；一列是准确数值，是数字，金额一律以元为单位。",
        "A figure has two columns: as printed, which is text, and its exact value, a number; "
        "amounts are in yuan throughout.",
    ),
    "nothing": (
        "照印列：空白表示文件印的就是空白，“—”表示文件没有这一格，“不适用”照印；"
        "数值列在这三种情况下都是空的。0 是文件印出来的零。",
        "In the column as printed, an empty cell is printed blank, “—” a cell that the document "
        "does not have, “n/a” not applicable; the value is empty in all three. 0 is a printed "
        "zero.",
    ),
    "heads": (
        "表头前半是中文名称，最后一个词是固定不变的英文代码，供程序使用。",
        "A head is the Chinese name and, as its last word, a fixed code for programs.",
    ),
}


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Any
    text: Any
    number: Any
    amount: Any
    label: Any
    wrap: Any
    title: Any
    link: Any


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that writes a row of text and numbers in one go. Each cell has a format.

    The same bytes as those of the library, which takes most of the time of a workbook to put its
    cells together. Should a later version call another method, it does so again.
    """

    def _write_rows(self) -> None:
        self._calculate_spans()
        columns = [xl_col_to_name(column) for column in range(self.dim_colmax + 1)]
        middles: dict[Any, str] = {}
        for row, cells in self.table.items():
            if not cells:
                continue
            self._write_row(row, self.row_spans[row // 16], self.row_info.get(row))
            written: list[str] = []
            number = row + 1
            for column, cell in cells.items():
                style = cell[1]
                if (middle := middles.get(style)) is None:
                    middle = middles[style] = f'" s="{style._get_xf_index()}"'
                if type(cell) is CellNumberTuple:
                    end = f"><v>{cell[0]:.16G}</v></c>"
                else:
                    end = f' t="s"><v>{cell[0]}</v></c>'
                written.append(f'<c r="{columns[column]}{number}{middle}{end}')
            self.fh.write(f"{''.join(written)}</row>")

    def _calculate_spans(self) -> None:
        """The first and the last column of 16 rows: those of a row are in order."""
        spans: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                first, last = next(iter(cells)), next(reversed(cells))
                known = spans.get(row // 16, (first, last))
                spans[row // 16] = (min(known[0], first), max(known[1], last))
        self.row_spans = {block: f"{a + 1}:{b + 1}" for block, (a, b) in spans.items()}


class _Strings(SharedStrings):  # type: ignore[misc]
    """The texts of a workbook; one that stands as it is in XML is not looked at six times."""

    def _write_si(self, string: str) -> None:
        if _PLAIN.fullmatch(string):
            self.fh.write(f"<si><t>{string}</t></si>")
        else:
            super()._write_si(string)


class _Packager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        strings = _Strings()
        strings.string_table = self.workbook.str_table
        if strings.string_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()


class _Workbook(Workbook):  # type: ignore[misc]
    def _get_packager(self) -> Packager:
        return _Packager()


def workbook_of(tables: Sequence[DataTable], about: About, lang: Lang) -> bytes:
    """The bytes of the workbook. The same data make the same bytes, with the same libraries."""
    data = io.BytesIO()
    book = _Workbook(
        data,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_calc_mode("auto")
    book.set_properties(
        {
            "title": _short(about.title[lang]),
            "author": _short(about.department[lang]),
            "company": _short(about.site_name[lang]),
            "comments": _short(
                f"{about.source(lang)} · {about.edition_in_words(lang)} · "
                f"{about.licence_in_words(lang)}"
            ),
            "created": datetime.fromisoformat(about.date).replace(tzinfo=UTC),
        }
    )
    formats = _formats(book)
    names = sheet_names([_ABOUT[lang], *(table.title for table in tables)])
    cover = book.add_worksheet(names[0])
    for name, table in zip(names[1:], tables, strict=True):
        _sheet(book.add_worksheet(name, _Sheet), table, formats)
    _cover(cover, tables, names[1:], about, lang, formats)
    book.close()
    # It holds its cells in circles, which are not looked for while a site is built: a city has
    # hundreds of workbooks.
    for each in (*book.worksheets(), book):
        vars(each).clear()
    return data.getvalue()


def sheet_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Names that Excel takes, one a title: at most 31 characters, none twice in any case.

    >>> sheet_names(["收入/支出", "收入/支出"])
    ('收入 支出', '收入 支出 2')
    """
    taken = {_RESERVED}
    names: list[str] = []
    for title in titles:
        plain = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("' ") or "_"
        name, number = _cut(plain, LONGEST_NAME), 1
        while name.casefold() in taken:
            number += 1
            ending = f" {number}"
            name = _cut(plain, LONGEST_NAME - len(ending)) + ending
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _cut(text: str, length: int) -> str:
    """At most so many UTF-16 units, which is what Excel counts."""
    while len(text.encode("utf-16-le")) > 2 * length:
        text = text[:-1]
    return text.rstrip("' ")


def _short(text: str) -> str:
    """A property of the file holds 255 characters."""
    return text if len(text) <= 255 else f"{text[:254]}…"


def _formats(book: Workbook) -> _Formats:
    top = {"valign": "top"}
    return _Formats(
        head=book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "bg_color": "#E8EEF4",
                "font_color": "#1A1A1A",
                "bottom": 1,
            }
        ),
        # Text, so that a spreadsheet does not take 2080501 or 1-2 for a number or a day.
        text=book.add_format({"num_format": "@", "text_wrap": True, **top}),
        number=book.add_format({"num_format": "General", **top}),
        # The value in the cell has all its digits; this is how many show.
        amount=book.add_format({"num_format": "#,##0.00", **top}),
        label=book.add_format({"bold": True, **top}),
        wrap=book.add_format({"text_wrap": True, **top}),
        title=book.add_format({"bold": True, "font_size": 14, **top}),
        link=book.add_format({"font_color": "#0B57A4", "underline": 1, **top}),
    )


def _sheet(sheet: Worksheet, table: DataTable, formats: _Formats) -> None:
    heads = fields(table.columns)
    cell_formats = [_format(head, formats) for head in heads]
    widths = [_width(head.head) // 2 for head in heads]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head.head, formats.head)
    index_of = sheet.str_table._get_shared_string_index
    for row, cells in enumerate(table.values, 1):
        written = sheet.table[row]
        for column, value in enumerate(cells):
            if value is None or value == "":
                continue
            # What the library would do for a value that needs no more care (see ``_write``).
            if isinstance(value, str):
                shown = value
                if len(value) < _SHORT and value[0] != "<":
                    written[column] = CellStringTuple(index_of(value), cell_formats[column])
                else:
                    _write_text(sheet, row, column, value, cell_formats[column])
            else:
                shown = f"{value:,}  "
                if len(shown) < _DIGITS and "E" not in shown and _SHORT:
                    written[column] = CellNumberTuple(float(value), cell_formats[column])
                else:
                    _write(sheet, row, column, value, cell_formats[column])
            # Nothing makes a column wider that is as wide as it gets, nor a short text another.
            if widths[column] < 2 * len(shown) and widths[column] + _MARGIN < _WIDEST:
                widths[column] = max(widths[column], _width(shown))
        if written:
            sheet._check_dimensions(row, 0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + _MARGIN, _NARROWEST), _WIDEST))
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _format(head: Field, formats: _Formats) -> Any:
    if head.is_value:
        return formats.amount if head.column.kind == "amount" else formats.number
    return formats.number if head.column.kind == "integer" else formats.text


def _write(sheet: Worksheet, row: int, column: int, value: Value, style: Any) -> None:
    if isinstance(value, str):
        _write_text(sheet, row, column, value, style)
    elif isinstance(value, Decimal):
        if survives(value):
            sheet.write_number(row, column, float(value), style)
        else:
            _write_text(sheet, row, column, exact(value), style)
    elif value is not None:
        sheet.write_number(row, column, value, style)


def _write_text(sheet: Worksheet, row: int, column: int, text: str, style: Any) -> None:
    text = fitting(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library would take it for markup of its own; parts of a rich text are escaped.
        sheet.write_rich_string(row, column, text[:1], style, text[1:], style)
    else:
        sheet.write_string(row, column, text, style)


def survives(value: Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of a value."""
    digits = len(value.normalize().as_tuple().digits)
    return digits <= _DIGITS and Decimal(f"{float(value):.15g}") == value


def fitting(text: str) -> str:
    """A text that fits into a cell."""
    if len(text) <= _SHORT or len(text.encode("utf-16-le")) <= 2 * LONGEST_TEXT:
        return text
    cut = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore")
    return f"{cut}…"


def _width(text: str) -> int:
    """About how many digits wide the widest line of a text is."""
    widest = 0
    for line in text.split("\n"):
        wide = 0 if line.isascii() else sum(unicodedata.east_asian_width(c) in "WF" for c in line)
        widest = max(widest, len(line) + wide)
    return widest


def _cover(
    sheet: Worksheet,
    tables: Sequence[DataTable],
    names: Sequence[str],
    about: About,
    lang: Lang,
    formats: _Formats,
) -> None:
    def text_of(key: str, **given: object) -> str:
        return _SAYINGS[key][0 if lang == "zh" else 1].format(**given)

    facts = [
        ("department", about.department[lang]),
        ("year", str(about.year)),
        ("kind", about.kind_name(lang)),
        ("source", about.source(lang)),
        ("page", about.page[lang]),
        ("site", about.site_name[lang]),
        ("edition", about.edition_in_words(lang)),
        *([("sha256", about.edition.sha256)] if about.edition else []),
        ("licence", about.licence_in_words(lang)),
    ]
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    _write_text(sheet, 0, 0, about.title[lang], formats.title)
    row = 2
    for key, text in facts:
        sheet.write_string(row, 0, " ".join(_SAYINGS[key]), formats.label)
        if text:
            _write_text(sheet, row, 1, text, formats.wrap)
        row += 1
    row += 1
    sheet.write_string(row, 0, " ".join(_SAYINGS["sheets"]), formats.label)
    for name, table in zip(names, tables, strict=True):
        row += 1
        quoted = name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{quoted}'!A1", formats.link, name)
        sheet.write_string(row, 1, text_of("rows", n=len(table.rows)), formats.wrap)
    row += 2
    sheet.write_string(row, 0, " ".join(_SAYINGS["reading"]), formats.label)
    for key in ("print", "nothing", "heads"):
        sheet.write_string(row, 1, text_of(key), formats.wrap)
        row += 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
