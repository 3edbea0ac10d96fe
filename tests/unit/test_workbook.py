"""The workbook: every cell is that of the table, nothing in it runs, the bytes stay the same."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.unit.spreadsheet import Sheet, read
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from disclosure.book import Book, Disclosure, load_book
from disclosure.export import workbook as workbook_module
from disclosure.export.about import About, about
from disclosure.export.data_table import Column, DataTable, Printed, exact, fields, values
from disclosure.export.files import data_tables
from disclosure.export.workbook import (
    LONGEST_NAME,
    LONGEST_TEXT,
    fitting,
    sheet_names,
    survives,
    workbook_of,
)
from disclosure.model.fields import LANGS, Lang

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def district() -> Book:
    return load_book(ROOT / "examples" / "district" / "data")


def disclosures() -> list[tuple[Book, Disclosure]]:
    real = load_book(ROOT / "data")
    richest = [each for each in district().disclosures if each.units or each.kind == "final"]
    return [*((real, each) for each in real.disclosures), *((district(), d) for d in richest[:4])]


def made(book: Book, disclosure: Disclosure, lang: Lang) -> tuple[list[DataTable], bytes]:
    tables = [table for _, table in data_tables(book, disclosure, lang)]
    return tables, workbook_of(tables, about(book, disclosure), lang)


@pytest.mark.parametrize(
    ("book", "disclosure"), disclosures(), ids=lambda each: getattr(each, "slug", "")
)
@pytest.mark.parametrize("lang", LANGS)
def test_every_cell_is_that_of_the_table(book: Book, disclosure: Disclosure, lang: Lang) -> None:
    tables, data = made(book, disclosure, lang)
    first, *sheets = read(data).values()
    assert first.name == ("说明" if lang == "zh" else "About")
    assert len(sheets) == len(tables) > 0
    for sheet, table in zip(sheets, tables, strict=True):
        heads = fields(table.columns)
        assert list(sheet.rows[0]) == [head.head for head in heads]
        assert len(sheet.rows) == len(table.rows) + 1
        for shown, row in zip(sheet.rows[1:], table.rows, strict=True):
            expected = [None if each == "" else each for each in values(row)]
            filled = [*shown, *[None] * (len(expected) - len(shown))]
            assert filled == expected, table.id


def of_first(lang: Lang = "zh") -> dict[str, Sheet]:
    (disclosure,) = [d for d in district().disclosures if d.department == "education"][1:2]
    return read(made(district(), disclosure, lang)[1])


def test_a_sheet_is_ready_to_read_and_to_print() -> None:
    for name, sheet in of_first().items():
        if name == "说明":
            continue
        pane = sheet.one("pane")
        assert (pane.attrib["ySplit"], pane.attrib["state"]) == ("1", "frozen"), name
        wide, long = len(sheet.rows[0]), len(sheet.rows)
        assert sheet.one("autoFilter").attrib["ref"].endswith(f"{long}")
        widths = [
            float(each.attrib["width"]) for each in sheet.xml.iter() if "width" in each.attrib
        ]
        assert widths and min(widths) >= 8 and max(widths) <= 50
        assert sheet.one("pageSetup").attrib["orientation"] == "landscape"
        assert wide >= 4


def test_print_is_text_and_a_value_a_number_with_its_format() -> None:
    sheet = of_first()["项目一览"]
    heads = [str(each).rsplit(" ", 1)[-1] for each in sheet.rows[0]]
    row, formats = dict(zip(heads, sheet.rows[1], strict=False)), sheet.formats[1]
    assert isinstance(row["budget"], str) and isinstance(row["budget_yuan"], Decimal)
    assert formats[heads.index("budget")] == "@"
    assert formats[heads.index("budget_yuan")] == "#,##0.00"
    assert formats[heads.index("project_code")] == "@"


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_sheet_states_source_edition_and_licence(lang: Lang) -> None:
    found = [str(cell) for row in next(iter(of_first(lang).values())).rows for cell in row]
    for text in (
        *(("第 3 版，2024年4月16日",) if lang == "zh" else ("edition 3, 16 April 2024",)),
        district().site.licence[lang],  # type: ignore[index]
        *(("云栖区教育局（虚构）",) if lang == "zh" else ("Yunqi District Education Bureau",)),
    ):
        assert any(text in cell for cell in found), text


def test_the_bytes_follow_from_the_data() -> None:
    disclosure = next(iter(district().disclosures))
    once, again = (made(district(), disclosure, "en")[1] for _ in range(2))
    assert once == again
    assert b"2026" not in once  # the year of no build


# ---- any text, any number --------------------------------------------------------------------

NOBODY = About(
    department_id="a",
    department={"zh": "甲", "en": "A"},
    year=2024,
    kind="budget",
    title={"zh": "甲", "en": "A"},
    official=True,
    page={"zh": "a.html", "en": "en/a.html"},
    edition=None,
    changed=False,
    licence=None,
    site_name={"zh": "站", "en": "site"},
    site_url="",
    date="2024-01-01",
)
# What XML and the reader of the data refuse does not come into a table.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\r\ufffe\uffff"),
    min_size=1,
)


def one_cell(text: str, value: Any) -> tuple[object, object]:
    columns = (Column("a", "甲", "A"), Column("b", "乙", "B", "amount"))
    table = DataTable("t", "表", "zh", columns, ((text, Printed("1", value)),))
    sheet = read(workbook_of([table], NOBODY, "zh"))["表"]
    return sheet.rows[1][0], (*sheet.rows[1], None)[2]


@settings(max_examples=60)
@given(TEXT)
@example("=1+1")
@example("<r><t>&</t></r>")
@example("<r>x</r>")
@example("_x0041_")
@example("https://example.com")
@example(" 前后有空格 ")
@example("0012")
@example("行\n行")
@example("\x0b")
def test_any_text_stays_as_it_is(text: str) -> None:
    assert one_cell(text, None) == (text, None)


@settings(max_examples=40)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
@example(Decimal("38046500"))
@example(Decimal("-0.10"))
@example(Decimal("99999999999999.99"))
@example(Decimal("0.1234567890123456789"))
def test_a_number_keeps_all_its_digits_or_is_text(value: Decimal) -> None:
    found = one_cell("x", value)[1]
    if survives(value):
        assert found == value
    else:
        assert found == exact(value) and Decimal(str(found)) == value


def test_what_is_too_long_for_a_cell_says_so() -> None:
    assert fitting("长" * LONGEST_TEXT) == "长" * LONGEST_TEXT
    cut = fitting("长" * (LONGEST_TEXT + 1))
    assert len(cut) == LONGEST_TEXT and cut.endswith("…")
    assert one_cell("长" * 40_000, None)[0] == cut


@given(st.lists(st.text(max_size=45), max_size=12))
@example(["项目" * 20, "项目" * 20, "项目" * 20 + "乙"])
@example(["History", "a'", "'", "[a]:*?/\\", "A", "a", "𠮷" * 40])
def test_names_of_sheets_are_those_that_excel_takes(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len(names) == len(titles)
    assert len({name.casefold() for name in names} - {"history"}) == len(titles)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 2 * LONGEST_NAME
        assert not set(name) & set("[]:*?/\\") and name.strip("'") == name


ODD_TEXTS = (
    *("a", " a", "a ", "\u3000a", "a\nb", "\ta", "\x01", "_x0041_", "a_b", "\ufffe", "\uffff"),
    *("<r>a</r>", "<b>", "a & b", 'a "b"', "=1+1", "2080501", "长" * 20_000),
)
ODD_VALUES = ("0", "-0.50", "1234567.891", "123456789012345", "1234567890.123456", "1E-400")


def odd() -> tuple[list[DataTable], About]:
    columns = (Column("a", "甲", "A"), Column("b", "乙", "B", "amount"), Column("c", "丙", "C"))
    numbers = [Printed(text, Decimal(text)) for text in ODD_VALUES]
    rows = [(text, Printed("", None), "") for text in ODD_TEXTS]
    rows += [("", number, "丙" if place % 2 else "") for place, number in enumerate(numbers)]
    return [DataTable("t", "表", "zh", columns, tuple(rows))], NOBODY


def test_the_bytes_are_those_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and texts are written in a shorter way than the library's; nobody must see that."""
    cases = [odd()]
    for book, disclosure in disclosures():
        tables = [table for _, table in data_tables(book, disclosure, "en")]
        cases.append((tables, about(book, disclosure)))
    for tables, own in cases:
        short = workbook_of(tables, own, "en")
        with monkeypatch.context() as patch:
            patch.delattr(workbook_module._Sheet, "_write_rows")
            patch.delattr(workbook_module._Sheet, "_calculate_spans")
            patch.setattr(workbook_module, "_SHORT", 0)
            patch.setattr(workbook_module, "_Workbook", Workbook)
            assert workbook_of(tables, own, "en") == short
