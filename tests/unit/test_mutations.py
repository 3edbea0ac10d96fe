"""The tool that changes every digit: what it changes, what it calls noticed, and its exit code."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.conftest import YEAR, SmallBook, WriteData

from disclosure.book import Book
from disclosure.model.fields import Figure
from disclosure.rules.examine import Examination, examine
from tools import mutations

TABLE = f"{YEAR}/tables/projects.yml"


def test_every_digit_becomes_the_next_one() -> None:
    figure = Figure("-1９0.4%", Decimal("-190.4"))
    found = [(each.printed, each.value) for each in mutations.changed(figure)]
    assert found == [
        ("-2９0.4%", Decimal("-290.4")),
        ("-1０0.4%", Decimal("-100.4")),
        ("-1９1.4%", Decimal("-191.4")),
        ("-1９0.5%", Decimal("-190.5")),
    ]


def test_every_amount_of_the_smallest_data_is_found(small_book: SmallBook) -> None:
    unit = f"{YEAR}/units/centre"
    files = {
        f"{unit}/unit.yml": "slug: centre\nname: 中心\n",
        f"{unit}/budget.yml": "unit: 元\nexpenditure: {total: 7}\n",
        TABLE: "rows:\n  - {code: P1, item: 清洁取暖, total: 60.00, unit_funds: }\n",
    }
    (disclosure,) = small_book(files=files).disclosures
    found = {each.address: each for each in mutations.figures(disclosure)}
    for address, printed in (
        ("budget.yml/change/from", None),
        ("budget.yml/highlights/1/amount", "60"),
        ("budget.yml/three_public/items/公务接待费", "0.30"),
        ("assets.yml/table/rows/2/value", "10.00"),
        ("assets.yml/table/rows/2/quantity", None),
        ("projects/P1.yml/budget", "60.00"),
        ("projects/P1.yml/schedule/6 月底", None),
        ("tables/projects.yml/rows/1/total", "60.00"),
        ("tables/projects.yml/rows/1/unit_funds", None),
        ("units/centre/budget.yml/expenditure/total", "7"),
    ):
        assert (found[address].figure.printed if address in found else None) == printed, address
    # Each is kept where the tool puts the changed one.
    for each in found.values():
        other = mutations.put(disclosure, each.owner, Figure("31", Decimal(31)))
        again = {figure.address: figure for figure in mutations.figures(other)}
        changed = {address for address in found if again[address] != found[address]}
        assert changed == {each.address}


def test_what_is_noticed_and_what_nothing_compares(small_book: SmallBook) -> None:
    result = mutations.run(small_book())
    assert result.digits == result.noticed > 80
    assert result.missed == [] and result.share == 100
    assert {"A401", "A403", "A417"} <= result.by_rule.keys()


def test_an_uncompared_figure_is_listed(small_book: SmallBook) -> None:
    book = small_book(
        {f"{YEAR}/assets.yml": ("unit: 万元\n", "unit: 万元\nplanned_purchases: 3\n")}
    )
    result = mutations.run(book)
    assert result.unchecked == [f"{YEAR}/assets.yml/planned_purchases"]
    assert result.share == 100


def test_a_rule_that_says_nothing_lets_digits_pass(
    write_data: WriteData, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_assets(book: Book) -> Examination:
        done = examine(book)
        kept = {
            key: replace(
                each, findings=tuple(f for f in each.findings if f.rule not in ("A412", "A413"))
            )
            for key, each in done.disclosures.items()
        }
        return replace(done, disclosures=kept)

    folder = str(write_data())
    assert mutations.main([folder, "--minimum", "100"]) == 0
    monkeypatch.setattr(mutations, "examine", without_assets)
    capsys.readouterr()
    assert mutations.main([folder, "--minimum", "100"]) == 1
    said = capsys.readouterr().out
    assert f"{YEAR}/assets.yml/fixed_assets: 10.00 → 20.00" in said
    assert mutations.main([folder, "--minimum", "50"]) == 0
