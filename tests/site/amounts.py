"""What every page promises of its amounts, read from the HTML without the code of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from tests.site.reading import Document, Element, grid

_ZEROS = {"万元": 4, "元": 0, "CNY 10,000": 4, "CNY": 0}
_UNIT = re.compile(r"万元|元|CNY 10,000|CNY")
_NUMBER = re.compile(r"[-+−]?[\d,]+(\.\d+)?")
_VALUE = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")
_SIGNS = str.maketrans("＋－−，．", "+--,.")
# What a document printed, beside what was found in it or what it says now, stays as printed.
_EVIDENCE = re.compile(r"(checks|completeness|editions)\.html$")
# Heads of columns that count something else than money.
_COUNTED = re.compile(
    r"数量|数目|编码|代码|序号|个数|%|Quantity|Code|Number|No\.|Projects|Departments"
)


def in_yuan(text: str, unit: str) -> Decimal:
    """The exact value of a printed figure."""
    return Decimal(text.translate(_SIGNS).replace(",", "").strip()).scaleb(_ZEROS[unit])


def unit_below(table: Element) -> str:
    """The unit that a table names for bare figures, in its caption or else in a head."""
    named = table.one("caption").all("span", cls="d-unit") or table.all("span", cls="d-unit")
    found = {match[0] for each in named if (match := _UNIT.search(each.raw_text()))}
    assert len(found) == 1, f"units: {found}"
    return found.pop()


def value_faults(page: Document) -> list[str]:
    """Amounts whose value is not what they show in the unit that stands with them."""
    faults: list[str] = []
    for element in page.root.all("data"):
        shown, value = element.raw_text(), element["value"]
        if "d-number" in element.classes:
            table = next(each for each in element.above() if each.tag == "table")
            expected = in_yuan(shown, unit_below(table))
        elif page.lang == "en":
            sign, _, digits = shown.partition("CNY ")
            expected = in_yuan(sign + digits, "CNY")
        else:
            unit = "万元" if shown.endswith("万元") else "元"
            assert shown.endswith(unit), f"{page.url}: {shown}"
            expected = in_yuan(shown.removesuffix(unit), unit)
        plain = _VALUE.fullmatch(value) and value != "-0"
        if not plain or Decimal(value) != expected:
            faults.append(f"{page.url}: {shown} has the value {value}")
    return faults


def unit_faults(page: Document) -> list[str]:
    """Figures below the name of a unit that would stay as they are when it changes.

    Each figure of a table with a unit is an amount, or its column or row counts something else.
    """
    if _EVIDENCE.search(page.url) or not page.root.all("article"):
        return []
    faults: list[str] = []
    for table in page.article.all("table"):
        named = table.one("caption").all("span", cls="d-unit")
        if not named or not _UNIT.search(named[0].raw_text()):
            continue
        for row in grid(table):
            for place, cell in enumerate(row):
                if not _NUMBER.fullmatch(cell.text()) or cell.all("data", cls="d-number"):
                    continue
                if cell.all("span", cls="d-number") and not _COUNTED.search(_head(table, place)):
                    faults.append(f"{page.url}: {cell.text()} below {_head(table, place)}")
    return faults


def _head(table: Element, place: int) -> str:
    """The heads above the column at ``place``, joined."""
    heads: dict[int, str] = {}
    covered: dict[int, int] = {}
    for depth, row in enumerate(table.one("thead").all("tr") if table.all("thead") else []):
        column = 0
        for head in row.all("th"):
            while covered.get(column, 0) > depth:
                column += 1
            for _ in range(int(head["colspan"] or 1)):
                heads[column] = f"{heads.get(column, '')} {head.text()}"
                covered[column] = depth + int(head["rowspan"] or 1)
                column += 1
    return heads.get(place, "")


def switch_faults(pages: Iterable[Document]) -> list[str]:
    """Pages with amounts that offer no other unit, and those that offer one in vain."""
    faults: list[str] = []
    for page in pages:
        if not page.root.all("article"):
            continue
        offered = any("data-units" in each.attributes for each in page.article.all("select"))
        wanted = bool(page.article.all("data")) and not page.url.endswith("print.html")
        if offered != wanted:
            faults.append(page.url)
    return faults
