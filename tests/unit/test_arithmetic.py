"""Do the figures add up? Each rule with data that break it and data that do not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.conftest import YEAR, Edits, SmallBook

from disclosure.book import Book, Disclosure
from disclosure.problems import CATALOGUE, Severity
from disclosure.rules.arithmetic import Check, arithmetic, disagreements

BUDGET, ASSETS, PROJECT = (f"{YEAR}/{n}.yml" for n in ("budget", "assets", "projects/P1"))


# A416 takes the place of A403 and is tested below. The rules of the statutory tables and of several
# files have tests of their own (test_table_sums.py, test_cross_checks.py).
RULES = {code for code in CATALOGUE if "A401" <= code < "A418"} - {"A416"}


def checks(book: Book) -> dict[str, list[Check]]:
    (disclosure,) = book.disclosures
    found: dict[str, list[Check]] = {}
    for check in arithmetic(disclosure, book):
        found.setdefault(check.rule, []).append(check)
    return found


def test_every_rule_speaks_and_agrees_on_the_smallest_data(small_book: SmallBook) -> None:
    found = checks(small_book())
    assert set(found) == RULES
    assert all(check.agrees for group in found.values() for check in group)


# Rule: the file, a text in it, what breaks it, printed - computed.
BROKEN = {
    "A401": (BUDGET, "单位资金收入: 0.00", "单位资金收入: 0.01", "-0.01"),
    "A402": (BUDGET, "expenditure:\n  total: 100.00", "expenditure:\n  total: 99.99", "0.01"),
    "A403": (BUDGET, "expenditure:\n  total: 100.00", "expenditure:\n  total: 99.99", "-0.01"),
    "A404": (BUDGET, "personnel: 35.00", "personnel: 35.001", "-0.001"),
    "A405": (BUDGET, "办公费: 4.70", "办公费: 4.28", "0.42"),
    "A406": (BUDGET, "three_public:\n  total: 0.30", "three_public:\n  total: 0.29", "-0.01"),
    "A407": (BUDGET, "公务用车购置费: 0.00", "公务用车购置费: 1.00", "-1.00"),
    "A408": (BUDGET, "projects: 60.00", "projects: 59.99", "-0.01"),
    "A409": (BUDGET, "amount: 60", "amount: 60.5", "0.50"),
    "A410": (PROJECT, "财政资金: 60.00", "财政资金: 59.00", "1.00"),
    "A411": (BUDGET, "  total: -5.00", "  total: 5.00", "10.00"),
    "A412": (ASSETS, "fixed_assets: 10.00", "fixed_assets: 10.01", "0.01"),
    "A413": (ASSETS, "quantity: 7\n      value: 10.00", "quantity: 7\n      value: 9.00", "1.00"),
    "A414": (BUDGET, "4.70\n    公务接待费: 0.30", "4.50\n    公务接待费: 0.50", "0.20"),
    "A415": (PROJECT, "target: 60 万元", "target: ≤60.5 万元", "0.50"),
    "A417": (
        BUDGET,
        "agency_operating:\n  total: 5.00",
        "agency_operating:\n  total: 5.01",
        "0.01",
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_finds_what_breaks_it(small_book: SmallBook, rule: str) -> None:
    file, old, new, difference = BROKEN[rule]
    found = checks(small_book({file: (old, new)}))[rule]
    failing = [check for check in found if not check.agrees]
    assert [check.difference for check in failing] == [Decimal(difference)]
    assert f"{YEAR}/{failing[0].place.file}" == file
    assert failing[0].place == failing[0].printed.place
    assert failing[0].place.span.file == f"data/{file}"
    assert all(term.place and term.place.span.line > 1 for term in failing[0].summands)


def test_every_rule_is_broken_above() -> None:
    assert set(BROKEN) == RULES
    assert {CATALOGUE[rule].severity for rule in BROKEN} == {Severity.FIGURE}


# What is not printed cannot disagree. Rule: the file, a text in it, what silences it.
SILENT: dict[str, tuple[str, str, str]] = {
    "A401": (BUDGET, "revenue:\n  total: 100.00\n", "revenue:\n"),
    "A402": (BUDGET, "expenditure:\n  total: 100.00", "expenditure:\n  total:"),
    "A403": (BUDGET, "  projects: 60.00\n", ""),
    "A404": (BUDGET, "personnel: 35.00", "personnel: 不适用"),
    "A405": (BUDGET, "agency_operating:\n  total: 5.00", "agency_operating:\n  total:"),
    "A406": (BUDGET, "three_public:\n  total: 0.30\n", "three_public:\n"),
    "A407": (BUDGET, "公务用车购置及运行维护费: 0.00", "公务用车购置及运行维护费:"),
    "A408": (BUDGET, "  projects: 60.00", "  projects:"),
    "A409": (BUDGET, "    projects:\n      - P1\n", ""),
    "A410": (PROJECT, "财政资金: 60.00", "财政资金:"),
    "A411": (BUDGET, "  basic: -10.00\n", ""),
    "A412": (ASSETS, "fixed_assets: 10.00\n", ""),
    "A413": (ASSETS, "quantity: 7\n      value: 10.00", "quantity: 7\n      value:"),
    "A414": (BUDGET, "办公费: 4.70\n    公务接待费: 0.30", "办公费: 5.00"),
    "A415": (PROJECT, "target: 60 万元", "target: 不超过 60 万元"),
    "A417": (BUDGET, "  non_personnel: 5.00\n", ""),
}


@pytest.mark.parametrize("rule", SILENT)
def test_a_rule_says_nothing_about_what_is_not_printed(small_book: SmallBook, rule: str) -> None:
    file, old, new = SILENT[rule]
    assert rule not in checks(small_book({file: (old, new)}))


def test_every_rule_is_silenced_above() -> None:
    assert set(SILENT) == set(BROKEN)


@pytest.mark.parametrize(("forward", "difference"), [("10.00", "0.00"), ("9.99", "0.01")])
def test_what_is_carried_forward_is_part_of_the_total(
    small_book: SmallBook, forward: str, difference: str
) -> None:
    new = f"  projects: 50.00\n  carried_forward: {forward}\n"
    found = checks(small_book({BUDGET: ("  projects: 60.00\n", new)}))
    (check,) = found["A416"]
    assert check.difference == Decimal(difference) and "A403" not in found


def test_no_budget_no_checks(small_book: SmallBook) -> None:
    files = {BUDGET: "unit: 万元\n", ASSETS: "unit: 万元\n"}
    assert set(checks(small_book(files=files))) == {"A410", "A415"}


VEHICLES = "    公务用车购置及运行维护费: 0.00\n    公务用车购置费: 0.00\n"


@pytest.mark.parametrize(
    "edits",
    [
        {BUDGET: (VEHICLES, "    公务用车购置及运行维护费:\n    公务用车购置费: 0.00\n")},
        {BUDGET: (VEHICLES, "    公务用车购置费: 0.00\n")},
    ],
)
def test_parts_count_where_their_sum_is_not_printed(small_book: SmallBook, edits: Edits) -> None:
    book = small_book({BUDGET: edits[BUDGET]})
    (check,) = checks(book)["A406"]
    assert check.agrees
    assert "公务用车购置费" in [term.label[1] for term in check.summands]


def test_parts_do_not_count_twice(small_book: SmallBook) -> None:
    new = "    公务用车购置及运行维护费: 2.00\n    公务用车购置费: 2.00\n"
    (check,) = checks(small_book({BUDGET: (VEHICLES, new)}))["A406"]
    assert check.computed == Decimal("2.30")


def test_office_buildings_are_part_of_the_buildings(small_book: SmallBook) -> None:
    row = "    - item: {}\n      value: {}\n"
    old = "    - item: 其他固定资产\n"
    new = (
        row.format("房屋（平方米）", "4.00") + row.format("其中：办公用房（平方米）", "3.00") + old
    )
    (check,) = checks(small_book({ASSETS: (old, new)}))["A413"]
    assert check.computed == Decimal("14.00")


def test_no_float_ever(small_book: SmallBook) -> None:
    """0.1 + 0.2 = 0.3."""
    text = (
        "unit: 元\nrevenue:\n  total: 0.3\n  sources:\n    单位资金收入: 0.1\n    上年结转: 0.2\n"
    )
    (check,) = checks(small_book(files={BUDGET: text}))["A401"]
    assert check.agrees and check.difference == 0


def test_a_cost_in_yuan_is_compared_in_the_unit_of_the_budget(small_book: SmallBook) -> None:
    (check,) = checks(small_book({PROJECT: ("60 万元", "600,000 元")}))["A415"]
    assert check.agrees
    assert check.printed.figure.printed == "600,000 元"


def test_problems_say_the_formula_and_both_sides_in_both_languages(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("60 万元", "146 万元"), BUDGET: ("办公费: 4.70", "办公费: 4.28")})
    (disclosure,) = book.disclosures
    found = list(disagreements(arithmetic(disclosure, book), book))
    operating, cost = (each.problem for each in found)
    assert [each.address for each in found] == [
        "budget.yml/agency_operating/total",
        "projects/P1.yml/indicators/成本指标/1/target",
    ]
    assert operating.message("zh") == (
        "机关运行经费 = 各项之和：文件印 5.00，算得 4.58，相差 0.42（单位：万元）"
    )
    assert operating.message("en") == (
        "agency operating expenses = sum of their items: "
        "printed 5.00, computed 4.58, difference 0.42 (unit: CNY 10,000)"
    )
    assert cost.message("zh") == (
        "成本指标的金额 = 预算数（清洁取暖）：文件印 146 万元，算得 60.00，相差 86.00（单位：万元）"
    )
    assert cost.message("en") == (
        "amount of the cost indicator = budgeted amount (Clean heating): "
        "printed 146, computed 60.00, difference 86.00 (unit: CNY 10,000)"
    )
    assert operating.severity is Severity.FIGURE


def test_the_real_data(real_book: Book, real_disclosure: Disclosure) -> None:
    """Exactly these four printed figures do not agree, by arithmetic done by hand.

    A405: 6.04+3.00+2.50+0+10.16+0.30+5.60+2.60+0 = 30.20, printed 30.62.
    A408: 112.32+33.27+76+20+30+200+10+466.73+600+50+10+2000 = 3608.32, printed 3420.
    A411: 46.29+215.53 = 261.82, printed 119.79.
    A415: the indicator says 146, the budget of the project is 76.00.
    """
    done = arithmetic(real_disclosure, real_book)
    differ = [
        (c.rule, c.printed.figure.printed, str(c.computed), str(c.difference), c.place.project)
        for c in done
        if not c.agrees
    ]
    assert sorted(differ) == [
        ("A405", "30.62", "30.20", "0.42", ""),
        ("A408", "3420", "3608.32", "-188.32", ""),
        ("A411", "119.79", "261.82", "-142.03", ""),
        ("A415", "146 万元", "76.00", "70.00", "13081123P00007210003G"),
    ]
    assert len(done) == 36
    assert {c.rule for c in done} == RULES
    assert len(list(disagreements(done, real_book))) == 4
