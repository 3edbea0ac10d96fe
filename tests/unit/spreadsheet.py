"""Reads an XLSX workbook as a spreadsheet does, from its XML, without the library that wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Value = str | Decimal | None


@dataclass(frozen=True)
class Sheet:
    """A sheet: its cells row by row (an empty one is None), its part of the file."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    xml: ElementTree.Element
    formats: tuple[tuple[str, ...], ...]
    """The number format of each cell."""

    def one(self, tag: str) -> ElementTree.Element:
        """The only element with this name."""
        (found,) = self.xml.iter(_MAIN + tag)
        return found

    def has(self, tag: str) -> bool:
        return next(self.xml.iter(_MAIN + tag), None) is not None


def read(data: bytes) -> dict[str, Sheet]:
    """The sheets of a workbook by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        strings = [_text(each) for each in _xml(file, "xl/sharedStrings.xml").iter(_MAIN + "si")]
        targets = {
            each.attrib["Id"]: each.attrib["Target"]
            for each in _xml(file, "xl/_rels/workbook.xml.rels")
        }
        formats = _formats(_xml(file, "xl/styles.xml"))
        sheets: dict[str, Sheet] = {}
        for each in _xml(file, "xl/workbook.xml").iter(_MAIN + "sheet"):
            xml = _xml(file, f"xl/{targets[each.attrib[_RELATION]]}")
            name = each.attrib["name"]
            assert name not in sheets
            rows, styles = _rows(xml, strings, formats)
            sheets[name] = Sheet(name, rows, xml, styles)
        return sheets


def _xml(file: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(file.read(name))


def _formats(styles: ElementTree.Element) -> list[str]:
    own = {
        each.attrib["numFmtId"]: each.attrib["formatCode"] for each in styles.iter(_MAIN + "numFmt")
    }
    known = {"0": "General", "4": "#,##0.00", "49": "@"} | own
    (cells,) = styles.iter(_MAIN + "cellXfs")
    return [known[each.attrib["numFmtId"]] for each in cells]


def _rows(
    xml: ElementTree.Element, strings: list[str], formats: list[str]
) -> tuple[tuple[tuple[Value, ...], ...], tuple[tuple[str, ...], ...]]:
    rows: list[tuple[Value, ...]] = []
    styles: list[tuple[str, ...]] = []
    for row in xml.iter(_MAIN + "row"):
        while len(rows) < int(row.attrib["r"]) - 1:
            rows.append(())
            styles.append(())
        cells: list[Value] = []
        style: list[str] = []
        for cell in row:
            column = _column(cell.attrib["r"])
            cells += [None] * (column - len(cells))
            style += [""] * (column - len(style))
            cells.append(_value(cell, strings))
            style.append(formats[int(cell.attrib.get("s", "0"))])
        rows.append(tuple(cells))
        styles.append(tuple(style))
    return tuple(rows), tuple(styles)


def _value(cell: ElementTree.Element, strings: list[str]) -> Value:
    assert cell.find(_MAIN + "f") is None, "a formula"
    value = cell.find(_MAIN + "v")
    if value is None:
        return None
    assert value.text is not None
    kind = cell.attrib.get("t", "n")
    if kind == "s":
        return strings[int(value.text)]
    assert kind == "n", kind
    # What a spreadsheet keeps is the double.
    return Decimal(repr(float(value.text)))


def _text(string: ElementTree.Element) -> str:
    text = "".join(each.text or "" for each in string.iter(_MAIN + "t"))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _column(reference: str) -> int:
    letters = re.match("[A-Z]+", reference)
    assert letters
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1
