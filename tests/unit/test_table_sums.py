"""Do the statutory tables add up? Each rule with tables that hold, that break it and are silent."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal

import pytest
from tests.unit.conftest import ROOT, YEAR, SmallBook, WriteData

from disclosure.book import Book, load_book
from disclosure.model.fields import LANGS
from disclosure.rules.arithmetic import arithmetic, disagreements
from disclosure.rules.check import Check
from disclosure.rules.examine import examine
from disclosure.site.plan import plan
from disclosure.site.render import render_page

FIXTURES = ROOT / "tests" / "fixtures" / "tables"
TABLE = f"{YEAR}/tables/expenditure.yml"
SUMMARY = f"{YEAR}/tables/revenue-expenditure.yml"
HOLDS = {
    TABLE: (
        "rows:\n"
        "  - {item: 合计, total: 100.00, basic: 40.00, projects: 60.00}\n"
        "  - {code: 208, item: 社会保障和就业支出, total: 70.5, basic: 10.5, projects: 60}\n"
        "  - {code: 208 05, item: 行政事业单位养老支出, total: 70.5, basic: 10.5, projects: 60}\n"
        "  - {code: 208 05 05, total: 60, basic: , projects: 60}\n"
        "  - {code: 208 05 06, total: 10.5, basic: 10.5, projects: }\n"
        "  - {code: 221, item: 住房保障支出, total: 29.50, basic: 29.50, projects: }\n"
    ),
    SUMMARY: (
        "unit: 元\n"
        "revenue:\n"
        "  - {item: 一般公共预算拨款, budget: 800000}\n"
        "  - {item: 本年收入合计, budget: 800000}\n"
        "  - {item: 上年结转结余, budget: 200000}\n"
        '  - {item: 收入总计, budget: "1,000,000.00"}\n'
        "expenditure:\n"
        "  - {item: 八、社会保障和就业支出, budget: 705000}\n"
        "  - {item: 十九、住房保障支出, budget: 295000}\n"
        "  - {item: 本年支出合计, budget: 1000000}\n"
        "  - {item: 结转下年, budget: }\n"
        "  - {item: 支出总计, budget: 1000000}\n"
    ),
}


def checks(book: Book) -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for disclosure in book.disclosures:
        for check in arithmetic(disclosure, book):
            if check.place.table:
                found.setdefault(check.rule, []).append(check)
    return found


def edited(file: str, old: str, new: str) -> dict[str, str]:
    assert HOLDS[file].count(old) == 1, old
    return {**HOLDS, file: HOLDS[file].replace(old, new)}


def test_every_rule_speaks_and_agrees(small_book: SmallBook) -> None:
    found = checks(small_book(files=HOLDS))
    # 420: one total with three columns, the total of the year and the grand total of the summary.
    # 422: a class and a section with three columns. 424: three of the table, two of the summary.
    # 430: two totals of the revenue. 438: two classes that both tables have.
    counts = {rule: len(group) for rule, group in sorted(found.items())}
    assert counts == {"A420": 3 + 2, "A421": 6, "A422": 2 * 3, "A423": 1, "A424": 3 + 2} | {
        "A430": 2,
        "A438": 2,
    }
    assert all(check.agrees for group in found.values() for check in group)


BROKEN = {
    "A420": (TABLE, "total: 29.50, basic: 29.50", "total: 29.49, basic: 29.49", ["0.01", "0.01"]),
    "A421": (TABLE, "projects: }\n  - {code: 221", "projects: 1}\n  - {code: 221", ["-1"]),
    "A422": (TABLE, "208 05 05, total: 60,", "208 05 05, total: 59.99,", ["0.01"]),
    "A423": (SUMMARY, "支出总计, budget: 1000000", "支出总计, budget: 999999.5", ["0.50"]),
    "A424": (TABLE, "合计, total: 100.00", "合计, total: 100.01", ["0.01"]),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_finds_what_breaks_it(small_book: SmallBook, rule: str) -> None:
    file, old, new, differences = BROKEN[rule]
    found = checks(small_book(files=edited(file, old, new)))[rule]
    failing = [check for check in found if not check.agrees]
    assert [check.difference for check in failing] == [Decimal(each) for each in differences]
    assert {f"{YEAR}/{check.place.file}" for check in failing} == {file}
    terms = [term for check in failing for term in (check.printed, *check.summands)]
    assert all(term.place and term.place.span.line > 1 for term in terms)


SILENT = {
    "A420": (TABLE, "  - {item: 合计, total: 100.00, basic: 40.00, projects: 60.00}\n", ""),
    "A421": (TABLE, "basic: 40.00, projects: 60.00", "projects: 60.00"),
    "A422": (TABLE, "  - {code: 208 05 05, total: 60, basic: , projects: 60}\n", ""),
    "A423": (SUMMARY, "  - {item: 支出总计, budget: 1000000}\n", ""),
    "A424": (TABLE, "合计, total: 100.00", "合计, total: "),
}


@pytest.mark.parametrize("rule", SILENT)
def test_a_rule_says_less_where_less_is_printed(write_data: WriteData, rule: str) -> None:
    file, old, new = SILENT[rule]
    folder = write_data(files=HOLDS)
    whole = len(checks(load_book(folder))[rule])
    (folder / file).write_text(edited(file, old, new)[file], "utf-8")
    assert len(checks(load_book(folder)).get(rule, [])) < whole


@pytest.mark.parametrize("kind", ["budget", "final"])
def test_the_example_tables_hold(write_data: WriteData, kind: str) -> None:
    folder = write_data()
    place = folder / "departments" / "example"
    if kind == "final":
        (place / "2024-budget").rename(place / "2024-final")
        header = place / "2024-final" / "disclosure.yml"
        header.write_text(header.read_text("utf-8").replace("kind: budget", "kind: final"), "utf-8")
    shutil.rmtree(place / f"2024-{kind}" / "tables", ignore_errors=True)
    shutil.copytree(FIXTURES / kind, place / f"2024-{kind}" / "tables")
    (place / f"2024-{kind}" / "budget.yml").unlink()
    shutil.rmtree(place / f"2024-{kind}" / "projects")
    found = checks(load_book(folder))
    both = {"A430", "A431", "A432", "A434", "A438"}
    own = {"A433"} if kind == "budget" else {"A435"}
    assert set(found) == {"A420", "A421", "A422", "A423", *both, *own}
    assert [check for group in found.values() for check in group if not check.agrees] == []
    assert sum(len(group) for group in found.values()) > 150


def test_a_table_by_unit_adds_up_unit_by_unit(small_book: SmallBook) -> None:
    table = (
        "rows:\n"
        "  - {item: 合计, total: 5}\n"
        "  - {institution: 甲, item: 小计, total: 3}\n"
        "  - {institution: 甲, code: 208, total: 3}\n"
        "  - {institution: 甲, code: 208 05, total: 2}\n"
        "  - {institution: 乙, code: 208, total: 2}\n"
        "  - {institution: 乙, code: 208 05, total: 2}\n"
    )
    found = checks(small_book(files={TABLE: table}))
    assert [(c.printed.figure.printed, c.computed) for c in found["A420"]] == [("5", Decimal(5))]
    below = [(c.printed.figure.printed, c.computed) for c in found["A422"]]
    assert below == [("3", Decimal(2)), ("2", Decimal(2))]


def test_an_unclear_row_silences_the_total(small_book: SmallBook) -> None:
    table = (
        "rows:\n  - {item: 合计, total: 5}\n  - {code: 208, total: 3}\n  - {item: 某项, total: 9}\n"
    )
    assert "A420" not in checks(small_book(files={TABLE: table}))


def test_a_unit_is_checked_with_its_own_figures(small_book: SmallBook) -> None:
    unit = f"{YEAR}/units/centre"
    files = {
        f"{unit}/unit.yml": "slug: centre\nname: 中心\n",
        f"{unit}/budget.yml": "unit: 元\nexpenditure:\n  total: 50000\n",
        f"{unit}/tables/expenditure.yml": (
            "unit: 万元\nrows:\n  - {item: 合计, total: 6}\n  - {code: 208, total: 5}\n"
        ),
    }
    book = small_book(files=files)
    (disclosure,) = book.disclosures
    found = [
        (c.rule, c.place.unit, c.difference) for c in arithmetic(disclosure, book) if c.place.table
    ]
    assert found == [("A420", "centre", Decimal(1)), ("A424", "centre", Decimal(1))]
    first, _ = disagreements(arithmetic(disclosure, book), book)
    place = first.problem.span
    assert (place.file, place.line) == (f"data/{unit}/tables/expenditure.yml", 3)


@pytest.mark.parametrize("lang", LANGS)
def test_the_finding_stands_on_the_page_of_the_table(small_book: SmallBook, lang: str) -> None:
    file, old, new, _ = BROKEN["A424"]
    site = plan(small_book(files=edited(file, old, new)))
    pages = {m.page.url: str(render_page(m, site.editions[m.page.lang]).html) for m in site.pages}
    root = "" if lang == "zh" else "en/"
    said = (
        "部门支出总表·合计·合计 = 第二部分的总数"
        if lang == "zh"
        else ("Summary of departmental expenditure, Total, Total = figure of part two")
    )
    assert said in pages[f"{root}{TABLE.replace('.yml', '.html')}"]
    listed = pages[f"{root}{YEAR}/checks.html"]
    assert said in listed and 'href="tables/expenditure.html"' in listed
    assert said not in pages[f"{root}{SUMMARY.replace('.yml', '.html')}"]
    assert said not in pages[f"{root}{YEAR}/summary.html"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_finding_of_a_unit_stands_on_its_page(small_book: SmallBook, lang: str) -> None:
    unit = f"{YEAR}/units/centre"
    files = {
        f"{unit}/unit.yml": "slug: centre\nname: 中心\n",
        f"{unit}/tables/expenditure.yml": (
            "rows:\n  - {item: 合计, total: 6}\n  - {code: 208, total: 5}\n"
        ),
    }
    book = small_book(files=files)
    site = plan(book)
    pages = {m.page.url: str(render_page(m, site.editions[m.page.lang]).html) for m in site.pages}
    root = "" if lang == "zh" else "en/"
    said = "各科目之和" if lang == "zh" else "sum of the headings"
    assert said in pages[f"{root}{YEAR}/units/centre.html"]
    assert 'href="units/centre.html#mark-a420-1"' in pages[f"{root}{YEAR}/checks.html"]
    assert said not in pages[f"{root}{TABLE.replace('.yml', '.html')}"]


@pytest.mark.parametrize("lang", LANGS)
def test_each_unit_of_amounts_has_a_table_of_checks(small_book: SmallBook, lang: str) -> None:
    wrong = {
        TABLE: HOLDS[TABLE].replace("29.50, basic: 29.50", "29.51, basic: 29.51"),
        SUMMARY: HOLDS[SUMMARY].replace("705000", "705001"),
    }
    listed = _checks_page(small_book(files=wrong), lang).partition('id="agree')[0]
    first, second = listed.split('id="differ-table-2"')
    units = ("单位：万元", "单位：元") if lang == "zh" else ("CNY 10,000)", "Unit: CNY)")
    assert units[0] in first and units[1] not in first
    assert units[1] in second and units[0] not in second
    assert "1000001" in second and "1000001" not in first


@pytest.mark.parametrize("lang", LANGS)
def test_figures_of_tables_that_agree_are_counted(small_book: SmallBook, lang: str) -> None:
    """A table has hundreds of them: a line a table and kind of check, leading to the table."""
    book = small_book(files=HOLDS)
    examined = examine(book).disclosures
    agree = [
        check
        for each in examined.values()
        for check in each.checks
        if check.agrees and check.place.table
    ]
    listed = _checks_page(book, lang).partition('id="agree-tables-table"')[2]
    assert agree and listed
    for table in ("expenditure", "revenue-expenditure"):
        assert f'href="tables/{table}.html"' in listed
    counts = [int(n) for n in re.findall(r"<td[^>]*d-end[^>]*>\D*?(\d+)\D*?</td>", listed)]
    assert sum(counts) == len(agree)
    assert len(counts) == len({(check.place.table, check.rule) for check in agree})


def _checks_page(book: Book, lang: str) -> str:
    site = plan(book)
    url = ("" if lang == "zh" else "en/") + f"{YEAR}/checks.html"
    return next(
        str(render_page(m, site.editions[m.page.lang]).html)
        for m in site.pages
        if m.page.url == url
    )


def test_in_final_accounts_only_the_summary_has_the_grand_totals(write_data: WriteData) -> None:
    final = YEAR.replace("budget", "final")
    summary = (
        "revenue:\n  - {item: 总计, actual: 100}\nexpenditure:\n  - {item: 总计, actual: 99}\n"
    )
    files = {
        f"{final}/disclosure.yml": "year: 2024\nkind: final\ndepartment: {name: 示例局}\n",
        f"{final}/budget.yml": (
            "unit: 万元\nrevenue: {total: 100}\nexpenditure: {total: 100, basic: 40}\n"
        ),
        f"{final}/tables/revenue-expenditure.yml": summary,
        f"{final}/tables/revenue.yml": "rows:\n  - {item: 合计, total: 95}\n",
        f"{final}/tables/expenditure.yml": "rows:\n  - {item: 合计, total: 96, basic: 40}\n",
    }
    found = [
        (check.rule, check.place.table, check.difference)
        for check in checks(load_book(write_data(files=files)))["A424"]
    ]
    assert found == [
        ("A424", "revenue-expenditure", Decimal(0)),
        ("A424", "revenue-expenditure", Decimal(-1)),
        ("A424", "expenditure", Decimal(0)),
    ]
