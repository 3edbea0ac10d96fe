"""Rows, columns, years, units and places against each other: each rule broken and silenced once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.conftest import ROOT, SMALLEST, YEAR, SmallBook

from disclosure.book import Book, load_book
from disclosure.model.fields import LANGS, Figure
from disclosure.problems import CATALOGUE
from disclosure.rules.arithmetic import arithmetic, disagreements
from disclosure.rules.check import Check, converted
from disclosure.site.plan import plan
from disclosure.site.render import render_page

BASE, FINAL = "departments/example/2023-budget", "departments/example/2024-final"
BUDGET, PROJECT, HEADER = (f"{YEAR}/{n}.yml" for n in ("budget", "projects/P1", "disclosure"))
BOUGHT = f"{YEAR}/procurement.yml"
THREE, FISCAL, BASIC, GENERAL, LISTED, REVENUE = (
    f"{YEAR}/tables/{name}.yml"
    for name in (
        "three-public",
        "fiscal-appropriation",
        "basic-expenditure",
        "general-public-budget",
        "projects",
        "revenue",
    )
)
CARRIED = f"{FINAL}/tables/general-public-budget.yml"
UNIT = f"{YEAR}/units/centre/budget.yml"


def smallest(file: str) -> str:
    return (SMALLEST / file).read_text("utf-8")


HOLDS = {
    BUDGET: smallest(BUDGET) + "  change: {from: 2023, total: -0.10}\n",
    f"{BASE}/disclosure.yml": "year: 2023\nkind: budget\ndepartment: {name: 示例局}\n",
    f"{BASE}/budget.yml": (
        "unit: 元\nexpenditure: {total: 1050000, basic: 500000, projects: 550000}\n"
        "three_public: {total: 4000}\n"
    ),
    PROJECT: smallest(PROJECT) + "annual_funds: 60\n",
    BOUGHT: (
        "name: 部门政府采购预算\nunit: 万元\n"
        "total: 3.00\ngoods: 2.00\nworks: 1.00\nservices: 0.00\n"
        "rows:\n"
        "  - {project: 清洁取暖, item: 水泵, total: 2.00, general_public_budget: 1.50,\n"
        "     government_funds: 0.50, state_capital: , special_fiscal_account: , unit_funds: ,\n"
        "     reserved_for_smes: 2.00}\n"
        "  - {project: 清洁取暖, item: 管道, total: 1.00}\n"
    ),
    HEADER: smallest(HEADER)
    + "    unit: head\n  - {name: 中心, nature: 事业, rank: , funding: 财政补助, unit: centre}\n",
    f"{YEAR}/units/head/unit.yml": "slug: head\nname: 示例局本级\n",
    f"{YEAR}/units/head/budget.yml": (
        "unit: 万元\nrevenue: {total: 90.00}\nexpenditure: {total: 90.00, basic: 35.00}\n"
    ),
    f"{YEAR}/units/centre/unit.yml": "slug: centre\nname: 中心\n",
    UNIT: "unit: 元\nrevenue: {total: 100000}\nexpenditure: {total: 100000, basic: 50000}\n",
    THREE: (
        "rows:\n"
        "  - {item: 合计, prior_budget: 0.40, budget: 0.30, change: -0.10, change_share: -25%}\n"
        "  - {item: 1.因公出国（境）费, prior_budget: , budget: , change: , change_share: 不适用}\n"
        "  - {item: 2.公务用车购置及运行维护费, prior_budget: 0.10, budget: 0.00, change: -0.10}\n"
        "  - {item: 其中：公务用车购置费, prior_budget: 0.06, budget: 0.00}\n"
        "  - {item: 公务用车运行维护费, prior_budget: 0.04, budget: 0.00}\n"
        "  - {item: 3.公务接待费, prior_budget: 0.30, budget: 0.30, change: 0, change_share: 0%}\n"
    ),
    FISCAL: (
        "revenue:\n"
        "  - {item: 一、本年收入, budget: 90.00}\n"
        "  - {item: （一）一般公共预算拨款, budget: 85.00}\n"
        "  - {item: （二）政府性基金预算拨款, budget: 5.00}\n"
        "  - {item: 二、上年结转, budget: 10.00}\n"
        "  - {item: 收入总计, budget: 100.00}\n"
        "expenditure:\n"
        "  - {item: 一、本年支出, total: 100.00, general_public_budget: 100.00,\n"
        "     government_funds: 0.00, state_capital: 0.00}\n"
        "  - {item: 支出总计, total: 100.00}\n"
    ),
    BASIC: (
        "rows:\n"
        "  - {item: 合计, total: 40.00, personnel: 35.00, non_personnel: 5.00}\n"
        "  - {code: 301, total: 35.00, personnel: 35.00, non_personnel: }\n"
        "  - {code: 302, total: 5.00, personnel: , non_personnel: 5.00}\n"
    ),
    GENERAL: "rows:\n  - {item: 合计, total: 100.00, basic: 40.00, projects: 60.00}\n",
    LISTED: (
        "unit: 元\nrows:\n"
        "  - {item: 合计, total: 650000}\n"
        "  - {code: P1, item: 清洁取暖, total: 600000}\n"
        "  - {code: P2, item: 别的, total: 50000}\n"
    ),
    f"{FINAL}/disclosure.yml": "year: 2024\nkind: final\ndepartment: {name: 示例局}\n",
    CARRIED: (
        "rows:\n"
        "  - {item: 合计, opening: 3, revenue: 100, budget: 98, total: 97, basic: 40, "
        "projects: 57,\n     completion: 98.98%, closing: 6}\n"
    ),
}

# Rule: how often it speaks where all holds; the file, a text in it, what breaks it, differences.
BROKEN = {
    "A418": (1, PROJECT, "annual_funds: 60", "annual_funds: 61", ["1"]),
    "A419": (3, f"{BASE}/budget.yml", "total: 1050000", "total: 1050100", ["0.01"]),
    "A425": (1, BUDGET, "total: -0.10}", "total: 0.10}", ["0.20"]),
    "A426": (1, BOUGHT, "goods: 2.00", "goods: 1.99", ["0.01"]),
    "A427": (1, BOUGHT, "管道, total: 1.00", "管道, total: 1.01", ["-0.01"]),
    "A428": (1, BOUGHT, "government_funds: 0.50", "government_funds: 0.51", ["-0.01"]),
    # The total of the year has no rows above it in this form, and the others one column each; the
    # table of projects has one, that of “three public” expenses three.
    "A430": (5, FISCAL, "收入总计, budget: 100.00", "收入总计, budget: 101.00", ["1.00"]),
    "A431": (
        3,
        FISCAL,
        "一般公共预算拨款, budget: 85.00",
        "一般公共预算拨款, budget: 84",
        ["1.00"],
    ),
    "A432": (4, FISCAL, "state_capital: 0.00", "state_capital: 0.02", ["-0.02"]),
    "A433": (3, THREE, "budget: 0.30, change: -0.10", "budget: 0.30, change: 0.10", ["0.20"]),
    "A434": (3, CARRIED, "98.98%", "89.98%", ["-9.00"]),
    "A435": (1, CARRIED, "closing: 6", "closing: 5", ["-1"]),
    "A436": (
        5,
        THREE,
        "prior_budget: 0.30, budget: 0.30",
        "prior_budget: 0.30, budget: 0.31",
        ["0.01"],
    ),
    "A437": (5, BASIC, "合计, total: 40.00", "合计, total: 41.00", ["1.00"]),
    "A438": (2, GENERAL, "合计, total: 100.00", "合计, total: 100.01", ["0.01"]),
    "A439": (1, LISTED, "清洁取暖, total: 600000", "清洁取暖, total: 600099", ["99"]),
    "A440": (3, UNIT, "basic: 50000", "basic: 50100", ["-0.01"]),
}

SILENT = {
    "A418": (PROJECT, "annual_funds: 60", "annual_funds: "),
    "A419": (BUDGET, "change:\n  from: 2023", "change:\n  from: 2022"),
    "A425": (f"{BASE}/budget.yml", "three_public: {total: 4000}", "three_public: {total: }"),
    "A426": (BOUGHT, "services: 0.00\n", ""),
    "A427": (BOUGHT, "\ntotal: 3.00", ""),
    "A428": (BOUGHT, " unit_funds: ,", ""),
    "A430": (FISCAL, "item: 二、上年结转, budget: 10.00", "item: 二、别的来源, budget: 10.00"),
    "A431": (FISCAL, "item: 一、本年收入, budget: 90.00", "item: 一、本年收入, budget: "),
    "A432": (FISCAL, ", state_capital: 0.00", ""),
    "A433": (THREE, "prior_budget: 0.40, ", ""),
    "A434": (CARRIED, "budget: 98", "budget: 0"),
    "A435": (CARRIED, "opening: 3, ", ""),
    "A436": (BUDGET, "    公务接待费: 0.30\n  change", "  change"),
    "A437": (BUDGET, "单位资金收入: 0.00", "单位资金收入: 0.01"),
    "A438": (FISCAL, "general_public_budget: 100.00", "general_public_budget: "),
    "A439": (LISTED, "code: P2", "code: P1"),
    "A440": (UNIT, ", basic: 50000", ""),
}


def checks(book: Book) -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for disclosure in book.disclosures:
        for check in arithmetic(disclosure, book):
            found.setdefault(check.rule, []).append(check)
    return found


def edited(file: str, old: str, new: str) -> dict[str, str]:
    assert HOLDS[file].count(old) == 1, (file, old)
    return {**HOLDS, file: HOLDS[file].replace(old, new)}


def test_every_rule_speaks_and_agrees(small_book: SmallBook) -> None:
    found = checks(small_book(files=HOLDS))
    assert {rule: len(found.get(rule, ())) for rule in BROKEN} == {
        rule: case[0] for rule, case in BROKEN.items()
    }
    bad = [check for rule in BROKEN for check in found[rule] if not check.agrees]
    assert bad == []


def test_every_rule_is_broken_and_silenced() -> None:
    others = {code for code in CATALOGUE if code[0] == "A"} - BROKEN.keys()
    assert others == {f"A{n}" for n in (*range(401, 418), *range(420, 425))}
    assert SILENT.keys() == BROKEN.keys()


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_finds_what_breaks_it(small_book: SmallBook, rule: str) -> None:
    _, file, old, new, differences = BROKEN[rule]
    book = small_book(files=edited(file, old, new))
    failing = [check for check in checks(book)[rule] if not check.agrees]
    assert [check.difference for check in failing] == [Decimal(each) for each in differences]
    found = list(disagreements(failing, book))
    assert [each.rule for each in found] == [rule] * len(differences)
    for term in (failing[0].printed, *failing[0].summands):
        assert term.place is not None and term.place.span.line > 1
    assert failing[0].place == failing[0].printed.place


@pytest.mark.parametrize("rule", SILENT)
def test_a_rule_says_less_where_less_is_printed(small_book: SmallBook, rule: str) -> None:
    found = checks(small_book(files=edited(*SILENT[rule]))).get(rule, [])
    assert len(found) < BROKEN[rule][0]
    assert all(check.agrees for check in found)


@pytest.mark.parametrize(
    ("outside", "difference"),
    [("", "-7.00"), ("outside_total: {because: 上年结转安排}\n", "0.00")],
)
def test_a_project_may_stand_outside_the_total(
    small_book: SmallBook, outside: str, difference: str
) -> None:
    other = "code: P2\nname: 结转的项目\nbudget: 7.00\n" + outside
    (check,) = checks(small_book(files={f"{YEAR}/projects/P2.yml": other}))["A408"]
    assert check.difference == Decimal(difference)


@pytest.mark.parametrize(
    ("nature", "speaks"),
    [
        ("行政单位", True),
        ("参公事业", True),
        ("参照公务员法管理", True),
        ("事业", False),
        ("行政类事业", False),
    ],
)
def test_operating_expenses_are_those_of_administrative_bodies(
    small_book: SmallBook, nature: str, speaks: bool
) -> None:
    found = checks(small_book({HEADER: ("nature: 行政", f"nature: {nature}")}))
    assert ("A417" in found) is speaks
    assert ("A414" in found) is speaks


def test_the_vehicles_too_are_the_same_in_both_lists(small_book: SmallBook) -> None:
    new = "    公务用车运行维护费: 0.20\n    公务接待费: 0.30\nthree"
    found = checks(small_book({BUDGET: ("    公务接待费: 0.30\nthree", new)}))["A414"]
    assert [(c.printed.label[1], c.difference) for c in found] == [
        ("公务用车运行维护费", Decimal("0.20")),
        ("公务接待费", Decimal("0.00")),
    ]


def test_the_figures_of_a_unit_add_up_too(small_book: SmallBook) -> None:
    book = small_book(files=edited(UNIT, "basic: 50000", "basic: 50000, projects: 1"))
    (bad,) = (check for check in checks(book)["A403"] if not check.agrees)
    assert (bad.place.file, bad.place.unit) == ("units/centre/budget.yml", "centre")
    assert bad.difference == Decimal(49999)


@pytest.mark.parametrize(
    ("other", "other_unit", "printed", "unit", "expected"),
    [
        ("32347", "元", "3.23", "万元", "3.23"),
        ("32350", "元", "3.23", "万元", "3.24"),
        ("3.23", "万元", "32347", "元", "32347"),
        ("3.23", "万元", "32350", "元", "32300"),
        ("3.23", "万元", "3.230", "万元", "3.23"),
    ],
)
def test_amounts_in_two_units(
    other: str, other_unit: str, printed: str, unit: str, expected: str
) -> None:
    figures = [Figure(each, Decimal(each)) for each in (other, printed)]
    assert converted(figures[0], other_unit, figures[1], unit) == Decimal(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "difference"),
    [("33.33%", "0"), ("33.34%", "0.01"), ("33%", "0"), ("34", "1")],
)
def test_percentages_of_exact_amounts(small_book: SmallBook, share: str, difference: str) -> None:
    table = f"unit: 元\nrows:\n  - {{item: 合计, budget: 3.00, total: 1.00, completion: {share}}}\n"
    files = {**HOLDS, CARRIED: table}
    (check,) = (c for c in checks(small_book(files=files))["A434"] if "completion" in c.place.path)
    assert check.difference == Decimal(difference)


@pytest.mark.parametrize(("share", "agrees"), [("140", True), ("141", False), ("71", False)])
def test_a_percentage_of_rounded_amounts_is_a_range(
    small_book: SmallBook, share: str, agrees: bool
) -> None:
    """Two amounts of 0.3 may be 0.25 to 0.35 each: 71.4 to 140 per cent."""
    table = f"rows:\n  - {{item: 合计, budget: 0.3, total: 0.3, completion: {share}.0%}}\n"
    book = small_book(files={**HOLDS, CARRIED: table})
    (check,) = (c for c in checks(book)["A434"] if "completion" in c.place.path)
    assert check.agrees is agrees


def test_the_example_district_adds_up() -> None:
    """Its figures are right by construction: whatever is found there is a false alarm."""
    found = checks(load_book(ROOT / "examples" / "district" / "data"))
    assert [check for group in found.values() for check in group if not check.agrees] == []
    silent = {"A403", "A426", "A427", "A437", "A440"}
    assert {code for code in CATALOGUE if code[0] == "A"} - found.keys() <= silent


@pytest.mark.parametrize("lang", LANGS)
def test_every_finding_has_its_words(small_book: SmallBook, lang: str) -> None:
    _, file, old, new, _ = BROKEN["A440"]
    site = plan(small_book(files=edited(file, old, new)))
    pages = {m.page.url: m for m in site.pages}
    url = ("" if lang == "zh" else "en/") + f"{YEAR}/checks.html"
    html = str(render_page(pages[url], site.editions[lang]).html)
    said = (
        "部门的基本支出 = 所属各单位之和"
        if lang == "zh"
        else "of the department = sum of its units"
    )
    assert said in html


REVENUE_ROW = (
    "rows:\n  - {item: 合计, total: 100, carry_over: 4, COLUMNS,"
    " general_public_budget: 80, government_funds: 5, state_capital: 1, special_account: 2}\n"
)


@pytest.mark.parametrize(
    ("columns", "computed"),
    [
        ("current_year: 96, unit_funds: 8", {"total": 100, "current_year": 96}),
        ("unit_funds: 8", {"total": 100}),
        ("operating: 3, other: 5", {"total": 100}),
        ("fiscal_appropriation: 86, unit_funds: 9", {"total": 101, "fiscal_appropriation": 86}),
        # Some of the kinds of the unit’s funds are only “of which”.
        ("unit_funds: 8, other: 5", {"total": 100}),
        (
            "unit_funds: 8, operating: 1, business: , superior: 2, affiliated: 0, other: 4",
            {"total": 100, "unit_funds": 7},
        ),
    ],
)
def test_a_column_left_out_stands_for_its_parts(
    small_book: SmallBook, columns: str, computed: dict[str, int]
) -> None:
    files = {**HOLDS, REVENUE: REVENUE_ROW.replace("COLUMNS", columns)}
    found = [c for c in checks(small_book(files=files))["A432"] if c.place.table == "revenue"]
    assert {str(c.place.path[-1]): c.computed for c in found} == computed
