"""What the law asks for: each rule on data that lack it, and on data that only nearly do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.unit.conftest import NONE, YEAR, Edits, SmallBook, WriteData

from disclosure.book import Book, load_book
from disclosure.problems import CATALOGUE, Severity
from disclosure.rules.completeness import PARTS, Item, completeness, items
from disclosure.rules.examine import examine
from disclosure.site.routes import Part

HEADER = "{year}/disclosure.yml"
TABLES = "{year}/tables"
ITEM = "  - {code: 2080501, total: 5.00, basic: 5.00, projects: 0.00}\n"


def published(date: str) -> dict[str, tuple[str, str]]:
    return {HEADER: ("published: 2024-01-20", f"published: {date}")}


def listed(text: str) -> dict[str, tuple[str, str]]:
    return {HEADER: ("institutions:\n", f"not_given:\n{text}institutions:\n")}


def by_function(rows: str) -> dict[str, str]:
    return {f"{TABLES}/general-public-budget.yml": f"rows:\n{rows}"}


def by_nature(rows: str) -> dict[str, str]:
    return {f"{TABLES}/basic-expenditure.yml": f"rows:\n{rows}"}


def addresses(book: Book, code: str) -> list[str]:
    (disclosure,) = book.disclosures
    return [each.address for each in completeness(disclosure, book) if each.rule == code]


def state(book: Book, group: str, id: str) -> Item:
    (disclosure,) = book.disclosures
    (found,) = (item for item in items(disclosure, book) if (item.group, item.id) == (group, id))
    return found


Case = tuple[str, Edits, Mapping[str, str], list[str], list[str]]
"""Code, edits, whole files, files taken away, addresses of the findings."""

BROKEN: list[Case] = [
    ("C701", NONE, NONE, ["{year}/tables/revenue.yml"], ["tables/revenue.yml"]),
    (
        "C701",
        listed("  - {state: not_provided, tables: [expenditure]}\n"),
        NONE,
        ["{year}/tables/revenue.yml", "{year}/tables/expenditure.yml"],
        ["tables/revenue.yml"],
    ),
    ("C702", NONE, NONE, ["{year}/procurement.yml"], ["procurement.yml"]),
    ("C702", NONE, NONE, ["glossary.yml"], ["glossary.yml"]),
    (
        "C702",
        NONE,
        {"{year}/budget.yml": "unit: 万元\n"},
        [],
        ["budget.yml/revenue/total", "budget.yml/agency_operating", "budget.yml/three_public"],
    ),
    (
        "C703",
        NONE,
        by_function(ITEM),
        ["{year}/budget.yml"],
        ["tables/general-public-budget.yml/unit"],
    ),
    (
        "C703",
        NONE,
        {
            "{year}/units/centre/unit.yml": "slug: centre\nname: 示例中心\n",
            "{year}/units/centre/tables/general-public-budget.yml": f"rows:\n{ITEM}",
        },
        ["{year}/budget.yml"],
        ["units/centre/tables/general-public-budget.yml/unit"],
    ),
    (
        "C704",
        {HEADER: ("record:\n  approved: 2024-01-10\n  published: 2024-01-20\n", "")},
        NONE,
        [],
        ["disclosure.yml/record/approved", "disclosure.yml/record/published"],
    ),
    (
        "C704",
        {HEADER: ("  approved: 2024-01-10\n", "")},
        NONE,
        [],
        ["disclosure.yml/record/approved"],
    ),
    ("C705", published("2024-01-31"), NONE, [], ["disclosure.yml/record/published"]),
    ("C706", published("2024-01-09"), NONE, [], ["disclosure.yml/record/published"]),
    (
        "C707",
        NONE,
        by_function("  - {code: 208, total: 5.00, basic: 5.00, projects: 0.00}\n"),
        [],
        ["tables/general-public-budget.yml/rows"],
    ),
    (  # one section is divided, the other is not
        "C707",
        NONE,
        by_function(ITEM + "  - {code: 208 08, total: 1.00, basic: 1.00}\n"),
        [],
        ["tables/general-public-budget.yml/rows"],
    ),
    (  # a class by its name alone
        "C707",
        NONE,
        by_function("  - {item: 社会保障和就业支出, total: 5.00, basic: 5.00}\n"),
        [],
        ["tables/general-public-budget.yml/rows"],
    ),
    (
        "C708",
        NONE,
        by_nature("  - {code: 302, total: 5.00, non_personnel: 5.00}\n"),
        [],
        ["tables/basic-expenditure.yml/rows"],
    ),
    (
        "C709",
        NONE,
        {f"{TABLES}/government-funds.yml": "empty_note:\n"},
        [],
        ["tables/government-funds.yml/empty_note"],
    ),
    (
        "C709",
        NONE,
        {"{year}/procurement.yml": "name: 部门政府采购预算\nunit: 万元\n"},
        [],
        ["procurement.yml/empty_note"],
    ),
    (
        "C710",
        listed("  - {state: withheld, tables: [revenue], parts: [duties]}\n"),
        NONE,
        [],
        ["disclosure.yml/not_given/1/tables/1", "disclosure.yml/not_given/1/parts/1"],
    ),
    (
        "C710",
        listed(
            "  - {state: absent, tables: [projects]}\n  - {state: withheld, tables: [projects]}\n"
        ),
        NONE,
        [],
        ["disclosure.yml/not_given/2/tables/1"],
    ),
]

RIGHT: list[Case] = [
    # customary: no law asks for it
    ("C701", NONE, NONE, [], []),
    # each reason is one
    *(
        (
            "C701",
            listed(f"  - {{state: {reason}, tables: [revenue]}}\n"),
            NONE,
            ["{year}/tables/revenue.yml"],
            [],
        )
        for reason in ("not_provided", "withheld", "absent")
    ),
    ("C701", NONE, {f"{TABLES}/revenue.yml": "empty_note: 空表列示\n"}, [], []),
    (
        "C702",
        listed("  - {state: absent, parts: [procurement]}\n"),
        NONE,
        ["{year}/procurement.yml"],
        [],
    ),
    ("C702", NONE, NONE, ["{year}/assets.yml", "{year}/narrative.yml"], []),
    (
        "C703",
        NONE,
        {f"{TABLES}/general-public-budget.yml": f"unit: 元\nrows:\n{ITEM}"},
        ["{year}/budget.yml"],
        [],
    ),
    ("C703", NONE, by_function(ITEM), [], []),
    ("C703", NONE, NONE, ["{year}/budget.yml"], []),
    ("C704", NONE, NONE, [], []),
    ("C705", published("2024-01-30"), NONE, [], []),
    (  # February of a leap year
        "C705",
        {
            HEADER: (
                "approved: 2024-01-10\n  published: 2024-01-20",
                "approved: 2024-02-10\n  published: 2024-03-01",
            )
        },
        NONE,
        [],
        [],
    ),
    ("C706", published("2024-01-10"), NONE, [], []),
    (
        "C707",
        NONE,
        by_function(
            "  - {item: 合计, total: 5.00, basic: 5.00, projects: 0.00}\n"
            "  - {code: 208, total: 5.00, basic: 5.00, projects: 0.00}\n"
            "  - {code: 208 05, total: 5.00, basic: 5.00, projects: 0.00}\n" + ITEM
        ),
        [],
        [],
    ),
    (  # a printed class without an amount is nothing to divide
        "C707",
        NONE,
        by_function(ITEM + "  - {code: 201, total: 0.00, basic: 0.00, projects: 不适用}\n"),
        [],
        [],
    ),
    (  # rows without codes may divide the class
        "C707",
        NONE,
        by_function(
            "  - {code: 208, total: 5.00, basic: 5.00}\n"
            "  - {item: 机关退休, total: 5.00, basic: 5.00}\n"
        ),
        [],
        [],
    ),
    (  # the summary prints classes alone
        "C707",
        NONE,
        {f"{TABLES}/revenue-expenditure.yml": "expenditure:\n  - {code: 208, budget: 100.00}\n"},
        [],
        [],
    ),
    (
        "C708",
        NONE,
        by_nature(
            "  - {code: 302, total: 5.00, non_personnel: 5.00}\n"
            "  - {code: 302 01, total: 5.00, non_personnel: 5.00}\n"
        ),
        [],
        [],
    ),
    (
        "C709",
        NONE,
        {f"{TABLES}/government-funds.yml": "empty_note: 空表列示\n"},
        [],
        [],
    ),
    (
        "C709",
        NONE,
        {f"{TABLES}/government-funds.yml": "empty_note:\nnotes: [空表列示]\n"},
        [],
        [],
    ),
    ("C709", NONE, NONE, [], []),
    (
        "C710",
        listed("  - {state: absent, tables: [projects], parts: [projects]}\n"),
        NONE,
        ["{year}/projects/P1.yml"],
        [],
    ),
]


@pytest.mark.parametrize(
    "case", [*BROKEN, *RIGHT], ids=[f"{n}-{case[0]}" for n, case in enumerate([*BROKEN, *RIGHT])]
)
def test_findings(case: Case, write_data: WriteData) -> None:
    code, edits, files, without, expected = case
    folder = write_data(edits, files)
    for name in without:
        (folder / name.format(year=YEAR)).unlink()
    if "{year}/projects/P1.yml" in without:
        without_references(folder)
    assert addresses(load_book(folder), code) == expected


def without_references(folder: Path) -> None:
    """Takes the project out of budget.yml too."""
    path = folder / YEAR / "budget.yml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"    projects:\n      - P1\n", "", text), "utf-8")


UNFINISHED = frozenset({"C720", "C721"})
"""About the data and not about the law; see test_new_year_unfinished.py."""
GOVERNMENT = frozenset(f"C{number}" for number in range(711, 718))
"""What a government site lacks, asked for by an option; see test_government.py."""


def test_every_rule_has_data_that_break_it_and_data_that_do_not() -> None:
    rules = {code for code in CATALOGUE if code.startswith("C")} - UNFINISHED - GOVERNMENT
    assert {case[0] for case in BROKEN} == {case[0] for case in RIGHT} == rules


def test_every_rule_cites_what_it_rests_on() -> None:
    """C710 is about the data, not about the law."""
    other = {"C710", *UNFINISHED, *GOVERNMENT}
    for code in (code for code in CATALOGUE if code.startswith("C7") and code not in other):
        cause = CATALOGUE[code].cause
        assert cause is not None, code
        assert "《预算法" in cause.zh or "143号" in cause.zh, code
        assert "Budget Law" in cause.en or "No. 143" in cause.en, code
        assert CATALOGUE[code].severity is Severity.FIGURE
    assert CATALOGUE["C710"].severity is Severity.ERROR


def test_unknown_names_are_errors(small_book: SmallBook) -> None:
    book = small_book(listed("  - {state: absent, tables: [revenu], parts: [tables]}\n"))
    found = [each for each in examine(book).problems if each.code == "R306"]
    assert [dict(each.values)["found"] for each in found] == ["revenu", "tables"]
    assert dict(found[0].values)["suggestion"] == "revenue"


def test_the_parts_are_those_of_the_site() -> None:
    assert list(PARTS) == [str(part) for part in Part]


def test_states(small_book: SmallBook) -> None:
    book = small_book(
        listed("  - {state: withheld, tables: [projects], parts: [other], note: 示例局}\n"),
        {
            f"{TABLES}/revenue.yml": "state: absent\nnote: 空表列示\n",
            f"{TABLES}/government-funds.yml": "empty_note: 空表列示\n",
            **by_function(ITEM),
        },
    )
    for group, id, expected, required in (
        ("tables", "general-public-budget", "given", True),
        ("tables", "revenue", "absent", True),
        ("tables", "expenditure", "not_provided", True),
        ("tables", "government-funds", "empty", True),
        ("tables", "projects", "withheld", False),
        ("tables", "state-capital", "missing", False),
        ("tables", "project-performance", "drawn", False),
        ("parts", "duties", "given", True),
        ("parts", "special-funds", "empty", False),
        ("parts", "procurement", "empty", True),
        ("parts", "other", "withheld", False),
        ("details", "unit", "met", True),
        ("details", "deadline", "met", True),
        ("details", "functional", "met", True),
        ("details", "economic", "open", True),
    ):
        item = state(book, group, id)
        assert (item.state, item.required) == (expected, required), (group, id)
    assert state(book, "tables", "revenue").note == "空表列示"
    assert state(book, "tables", "projects").note == "示例局"
    assert state(book, "details", "deadline").value == "10"


def test_the_deadline_is_open_without_both_dates(small_book: SmallBook) -> None:
    book = small_book({HEADER: ("  published: 2024-01-20\n", "")})
    assert state(book, "details", "deadline").state == "open"


def test_an_acknowledged_gap_stays_on_the_page_with_its_explanation(write_data: WriteData) -> None:
    folder = write_data(
        {HEADER: ("  published: 2024-01-20\n", "")},
        {
            "{year}/acknowledged.yml": "- rule: C704\n"
            "  place: disclosure.yml/record/published\n"
            "  explanation: {zh: 网页没有日期, en: The page has no date}\n"
        },
    )
    book = load_book(folder)
    (found,) = (each for each in examine(book).problems if each.code == "C704")
    assert found.explanation is not None and found.explanation.en == "The page has no date"


def test_the_real_document(real_book: Book) -> None:
    """It states no dates, and has none of the tables that it cites."""
    assert addresses(real_book, "C704") == [
        "disclosure.yml/record/approved",
        "disclosure.yml/record/published",
    ]
    (disclosure,) = real_book.disclosures
    assert {each.rule for each in completeness(disclosure, real_book)} == {"C704"}
    tables = [item for item in items(disclosure, real_book) if item.group == "tables"]
    assert {item.id: item.state for item in tables if item.state != "not_provided"} == {
        "project-performance": "drawn"
    }
