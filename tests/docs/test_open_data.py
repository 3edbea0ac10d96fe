"""The page for those who use the data names every file and every column, and no others."""

from __future__ import annotations

import re
from functools import cache

import pytest
from tests.docs.pages import LANGS, ROOT, page

from disclosure.book import load_book
from disclosure.export.about import about
from disclosure.export.data_table import Column
from disclosure.export.files import data_tables

MARKS = {"¥": "amount", "#": "count", "%": "percent", "": "text"}


@cache
def made() -> dict[str, dict[str, str]]:
    """The columns that the files of both sites have, with their kinds, by file."""
    found: dict[str, dict[str, str]] = {}
    for folder in ("data", "examples/district/data"):
        book = load_book(ROOT / folder)
        for disclosure in book.disclosures:
            always = [column for column, _ in about(book, disclosure).columns("zh")]
            found.setdefault("always", {}).update(kinds(always))
            for content, table in data_tables(book, disclosure, "zh"):
                name = "tables" if content == "table" else content
                columns = kinds(table.columns)
                if content == "table":  # its own columns are those of the data format
                    columns = {id: columns[id] for id in columns if id in COMMON}
                found.setdefault(name, {}).update(columns)
    return found


COMMON = ("side", "institution", "code", "item", "unit")


def kinds(columns: object) -> dict[str, str]:
    assert isinstance(columns, list | tuple)
    named: dict[str, str] = {}
    for each in columns:
        assert isinstance(each, Column)
        id = re.sub(r"^source_.+", "source_<>", each.id)
        id = re.sub(r"^spent_by_(month|quarter|half|period)_\d+$", "spent_by_month_<>", id)
        named[id] = "text" if each.kind == "integer" else each.kind
    return named


def told(lang: str, file: str) -> dict[str, str]:
    """The columns of the table of a section, by the marks after them."""
    text = page("open-data", lang).text
    section = text.split(f'<a id="columns-{file}"></a>')[1].split("<a id=")[0]
    found: dict[str, str] = {}
    for line in section.splitlines():
        if line.startswith("| `"):
            for id, mark in re.findall(
                r"`([a-z0-9_<>\u4e00-\u9fff]+)`\s*([¥#%]?)", line.split("|")[1]
            ):
                found[re.sub(r"<.+>", "<>", id)] = MARKS[mark]
    return found


# No document that we have prints these; the model of a project and of an indicator has them.
MAY_BE = {
    "projects": {
        **{"total_funds": "amount", "annual_funds": "amount", "supervising": "text"},
        **{"implementing": "text", "start": "text", "end": "text"},
    },
    "indicators": {
        **{"operator": "text", "unit_of_measure": "text", "weight": "count"},
        **{"direction": "text", "prior_actual": "text"},
    },
    "tables": {"institution": "text"},
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "file",
    [
        *("always", "budget", "projects", "indicators", "procurement", "assets", "glossary"),
        "tables",
    ],
)
def test_every_column_is_told(lang: str, file: str) -> None:
    assert told(lang, file) == {**MAY_BE.get(file, {}), **made()[file]}


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_programs_of_the_page_use_is_there(lang: str) -> None:
    text = page("open-data", lang).text
    assert '"项目编码 project_code"' in text and "budget_yuan" in text
    columns = made()["projects"]
    assert columns["project_code"] == "text" and columns["budget"] == "amount"
    assert "department_id" in made()["always"]
