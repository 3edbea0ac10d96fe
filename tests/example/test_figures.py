"""Every sum of the fictitious district holds exactly, added up here once more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import pytest
from tests.example.conftest import EXAMPLE
from tests.example.printed import (
    SHARES,
    TEXT_COLUMNS,
    YUAN,
    Comparisons,
    PrintedDisclosure,
    PrintedTable,
    disclosures,
    number,
    percentage,
    plain,
)

ALL = tuple(disclosures(EXAMPLE / "data"))
WITH_UNITS = tuple(each for one in ALL for each in (one, *one.units))
TABLES = tuple(table for each in WITH_UNITS for table in each.tables.values())
GRAND = ("总计", "收入总计", "支出总计")
OF_THE_YEAR = ("本年收入合计", "本年支出合计", "本年收入", "本年支出")
FUNDS = ("general_public_budget", "government_funds", "state_capital")


@pytest.fixture
def compared() -> Comparisons:
    return Comparisons()


def columns_of(rows: list[dict[str, str]]) -> list[str]:
    found = {column for row in rows for column in row} - TEXT_COLUMNS - SHARES
    return sorted(found)


def coded(table: PrintedTable) -> Iterator[list[dict[str, str]]]:
    """The rows by heading, one list for each unit that the table lists."""
    if table.id in ("projects", "project-performance"):
        return
    rows = table.file.get("rows", [])
    for _, group in groupby(rows, key=lambda row: row.get("institution")):
        listed = list(group)
        if any("code" in row for row in listed):
            yield listed


def joined(row: dict[str, str]) -> str:
    return row.get("code", "").replace(" ", "")


def find(year: int, kind: str, department: str) -> PrintedDisclosure | None:
    wanted = (year, kind, department)
    return next((d for d in ALL if (d.year, d.kind, d.department) == wanted), None)


def test_headings_and_totals_are_the_sums_of_what_stands_below(compared: Comparisons) -> None:
    for table in TABLES:
        for rows in coded(table):
            codes = [joined(row) for row in rows if "code" in row]
            assert codes == sorted(set(codes)), f"{table.path}: order of the codes"
            for row in rows:
                code = joined(row)
                length = len(code) + 2 if code else 3
                below = [
                    r for r in rows if len(joined(r)) == length and joined(r)[: len(code)] == code
                ]
                if not below:
                    continue
                for column in columns_of(rows):
                    total = sum(table.amount(each, column) for each in below)
                    compared.equal((table.path, code, column), table.amount(row, column), total)
    compared.hold(2000)


def test_total_of_a_table_by_unit_is_the_sum_of_its_units(compared: Comparisons) -> None:
    for table in TABLES:
        rows = table.file.get("rows", [])
        subtotals = [row for row in rows if row.get("item") == "小计"]
        if subtotals:
            (whole,) = (row for row in rows if row.get("item") == "合计")
            assert [row["institution"] for row in subtotals] == list(
                dict.fromkeys(row["institution"] for row in rows if "institution" in row)
            )
            for column in columns_of(rows):
                total = sum(table.amount(row, column) for row in subtotals)
                compared.equal((table.path, column), table.amount(whole, column), total)
    compared.hold(3)


def test_columns_add_up_across_each_row(compared: Comparisons) -> None:
    sums = {
        "total": ("basic", "projects", "to_superior", "business", "to_affiliated"),
        "basic": ("personnel", "non_personnel"),
        "current_year": (*FUNDS, "special_account", "unit_funds"),
        "unit_funds": ("operating", "business", "superior", "affiliated", "other"),
    }
    for table in TABLES:
        for side, rows in table.sides.items():
            present = set(columns_of(rows))
            wanted = dict(sums)
            if table.id == "revenue" and "current_year" in present:
                wanted["total"] = ("carry_over", "current_year")
            elif table.id == "revenue":
                wanted["total"] = (
                    *("fiscal_appropriation", "superior", "operating", "business", "affiliated"),
                    "other",
                )
            elif table.id == "basic-expenditure":
                wanted["total"] = ("personnel", "non_personnel")
            elif table.id == "fiscal-appropriation":
                wanted["total"] = FUNDS
            elif table.id == "projects":
                wanted["total"] = (*FUNDS, "special_account", "unit_funds", "carry_over")
            for column, parts in wanted.items():
                if column in present and (given := present & set(parts)):
                    for row in rows:
                        total = sum(table.amount(row, part) for part in given)
                        place = (table.path, side, row.get("code"), row.get("item"), column)
                        compared.equal(place, table.amount(row, column), total)
    compared.hold(1000)


def test_both_sides_of_the_summaries(compared: Comparisons) -> None:
    """Revenue = expenditure; what is brought forward and carried over closes the account."""
    for table in TABLES:
        if not {"revenue", "expenditure"} <= table.sides.keys():
            continue
        grand: dict[tuple[str, str], Decimal] = {}
        for side, rows in table.sides.items():
            whole = table.named(side, *GRAND)
            year = table.named(side, *OF_THE_YEAR)
            names = [plain(row["item"]) for row in rows]
            at = names.index(plain(year["item"]))
            for column in columns_of(rows):
                grand[side, column] = table.amount(whole, column)
                if table.id == "fiscal-appropriation" and table.path.parts[-3].endswith("budget"):
                    # heads first, what they consist of below
                    groups: dict[str, Decimal] = {}
                    head = ""
                    for row in rows:
                        if row is whole:
                            continue
                        if row["item"].startswith("（"):
                            groups[head] += table.amount(row, column)
                        else:
                            head = row["item"]
                            groups[head] = Decimal(0)
                    heads = [row for row in rows if row["item"] in groups]
                    for row in heads:
                        if groups[row["item"]] or row is year:
                            place = (table.path, row["item"], column)
                            compared.equal(place, table.amount(row, column), groups[row["item"]])
                    total = sum(table.amount(row, column) for row in heads)
                else:
                    parts = [row for row in rows[:at] if not row["item"].startswith("其中")]
                    total = sum(table.amount(row, column) for row in parts)
                    compared.equal((table.path, side, column), table.amount(year, column), total)
                    after = [row for row in rows[at:] if row is not whole]
                    opening = [row for row in after if plain(row["item"]).startswith("年初")]
                    if table.id == "fiscal-appropriation" and side == "revenue":
                        head, *below = opening
                        funds = sum(table.amount(row, column) for row in below)
                        compared.equal((table.path, "年初"), table.amount(head, column), funds)
                        after = [row for row in after if row not in below]
                    total = sum(table.amount(row, column) for row in after)
                compared.equal((table.path, side, column, "总计"), grand[side, column], total)
        if table.id == "revenue-expenditure":
            for column in {column for _, column in grand}:
                left, right = grand["revenue", column], grand["expenditure", column]
                compared.equal((table.path, column, "收入=支出"), left, right)
        else:
            left = next(value for (side, _), value in grand.items() if side == "revenue")
            compared.equal((table.path, "收入=支出"), left, grand["expenditure", "total"])
    compared.hold(100)


def test_opening_and_revenue_are_expenditure_and_closing(compared: Comparisons) -> None:
    for table in TABLES:
        for row in table.file.get("rows", []):
            if {"opening", "revenue", "closing"} <= row.keys():
                brought = table.amount(row, "opening") + table.amount(row, "revenue")
                used = table.amount(row, "total") + table.amount(row, "closing")
                compared.equal((table.path, row.get("code"), row["item"]), brought, used)
    compared.hold(60)


def test_changes_and_percentages_are_exact_to_the_printed_decimals(compared: Comparisons) -> None:
    for table in TABLES:
        for rows in table.sides.values():
            for row in rows:
                before = "prior_actual" if "prior_actual" in row else "prior_budget"
                now = next((c for c in ("actual", "budget", "total") if c in row), "")
                if before == "prior_budget" and "total" in row:
                    now = "total"
                place = (table.path, row.get("code"), row.get("item"))
                last, this = table.amount(row, before), table.amount(row, now)
                if "change" in row:
                    compared.equal((*place, "change"), table.amount(row, "change"), this - last)
                if "change_share" in row:
                    share = percentage(this - last, last, row["change_share"])
                    compared.equal((*place, "change_share"), row["change_share"], share)
                if "completion" in row:
                    spent = "total" if "total" in row else "actual"
                    planned = table.amount(row, "budget")
                    share = percentage(table.amount(row, spent), planned, row["completion"])
                    compared.equal((*place, "completion"), row["completion"], share)
    compared.hold(200)


def test_three_public_expenses_add_up(compared: Comparisons) -> None:
    for table in TABLES:
        if table.id != "three-public":
            continue
        side = "amounts" if "amounts" in table.sides else "rows"
        rows = {plain(row["item"]): row for row in table.file[side]}
        for column in columns_of(table.file[side]):

            def of(item: str, table: PrintedTable = table, column: str = column) -> Decimal:
                return table.amount(rows[item], column)  # noqa: B023

            parts = of("公务用车购置费") + of("公务用车运行维护费")
            compared.equal((table.path, column), of("公务用车购置及运行维护费"), parts)
            parts = of("因公出国（境）费") + of("公务用车购置及运行维护费") + of("公务接待费")
            compared.equal((table.path, column, "合计"), of("合计"), parts)
    compared.hold(20)


def test_figures_of_the_budget_files(compared: Comparisons) -> None:
    for each in WITH_UNITS:
        budget, amount = each.budget, each.amount
        revenue, spent = budget["revenue"], budget["expenditure"]
        sources = sum(amount(figure) for figure in revenue["sources"].values())
        compared.equal((each.folder, "revenue"), amount(revenue["total"]), sources)
        parts = amount(spent["personnel"]) + amount(spent["non_personnel"])
        compared.equal((each.folder, "basic"), amount(spent["basic"]), parts)
        if "total" in spent:
            parts = sum(amount(spent.get(k)) for k in ("basic", "projects", "carried_forward"))
            compared.equal((each.folder, "total"), amount(spent["total"]), parts)
            compared.equal((each.folder, "both"), amount(revenue["total"]), amount(spent["total"]))
        if expenses := budget.get("agency_operating"):
            parts = sum(amount(figure) for figure in expenses["items"].values())
            compared.equal((each.folder, "operating"), amount(expenses["total"]), parts)
        if expenses := budget.get("three_public"):
            items = expenses["items"]
            below = ("公务用车购置费", "公务用车运行维护费")
            parts = sum(amount(figure) for key, figure in items.items() if key not in below)
            compared.equal((each.folder, "三公"), amount(expenses["total"]), parts)
            if set(below) <= items.keys():
                parts = sum(amount(items[key]) for key in below)
                compared.equal(
                    (each.folder, "公务用车"), amount(items["公务用车购置及运行维护费"]), parts
                )
    compared.hold(80)


def test_tables_agree_with_one_another(compared: Comparisons) -> None:
    """The same figure in several tables, each in its own unit, and in budget.yml."""
    for each in WITH_UNITS:
        tables, spent = each.tables, each.budget["expenditure"]
        whole = {
            id: table.named("rows", "合计")
            for id, table in tables.items()
            if any(row.get("item") == "合计" for row in table.file.get("rows", []))
        }

        def total(
            id: str,
            column: str,
            tables: dict[str, PrintedTable] = tables,
            whole: dict[str, dict[str, str]] = whole,
        ) -> Decimal | None:
            return tables[id].amount(whole[id], column) if id in whole else None

        basic, projects = each.amount(spent["basic"]), each.amount(spent["projects"])
        pairs: list[tuple[str, Decimal | None, Decimal | None]] = [
            ("3 basic", total("expenditure", "basic"), basic),
            ("3 projects", total("expenditure", "projects"), projects),
            ("6", total("basic-expenditure", "total"), total("general-public-budget", "basic")),
            ("10", total("projects", "total"), projects),
        ]
        if each.kind == "budget":
            pairs.append(("2", total("revenue", "total"), each.amount(spent["total"])))
        column = "actual" if each.kind == "final" else "budget"
        if table := tables.get("revenue-expenditure"):
            row = table.named("revenue", *GRAND)
            revenue = each.amount(each.budget["revenue"]["total"])
            pairs.append(("1", table.amount(row, column), revenue))
            row = table.named("expenditure", "本年支出合计")
            pairs.append(("1 支出", table.amount(row, column), basic + projects))
            if each.kind == "final":
                row = table.named("expenditure", "年末结转和结余")
                closing = each.amount(spent.get("carried_forward"))
                pairs.append(("1 年末", table.amount(row, column), closing))
        if table := tables.get("fiscal-appropriation"):
            row = table.named("expenditure", "本年支出", "本年支出合计")
            for column, id in zip(
                FUNDS, ("general-public-budget", "government-funds", "state-capital"), strict=True
            ):
                pairs.append((f"4 {column}", table.amount(row, column), total(id, "total")))
        if table := tables.get("three-public"):
            side = "amounts" if each.kind == "final" else "rows"
            printed = table.amount(table.named(side, "合计"), column_of(each.kind))
            pairs.append(("7", printed, each.amount(each.budget["three_public"]["total"])))
        for name, left, right in pairs:
            if left is not None and right is not None:
                compared.equal((each.folder, name), left, right)
    compared.hold(80)


def column_of(kind: str) -> str:
    return "actual" if kind == "final" else "budget"


def test_projects_and_their_indicators(compared: Comparisons) -> None:
    for each in ALL:
        if not each.projects:
            continue
        budgets = sum(each.amount(project["budget"]) for project in each.projects)
        compared.equal(each.folder, each.amount(each.budget["expenditure"]["projects"]), budgets)
        for project in each.projects:
            place = (each.folder, project["code"])
            sources = sum(each.amount(figure) for figure in project["sources"].values())
            compared.equal((*place, "sources"), each.amount(project["budget"]), sources)
            if "annual_funds" in project:
                annual = each.amount(project["annual_funds"])
                compared.equal((*place, "annual"), each.amount(project["budget"]), annual)
                assert annual <= each.amount(project["total_funds"])
            rows = [row for group in project.get("indicators", {}).values() for row in group]
            if any("weight" in row for row in rows):
                weight = sum(Decimal(row["weight"]) for row in rows)
                compared.equal((*place, "weight"), weight, Decimal(100))
    compared.hold(70)


def test_tables_of_projects_repeat_the_projects(compared: Comparisons) -> None:
    total_funds: dict[str, set[Decimal]] = defaultdict(set)
    for each in ALL:
        budgets = {project["code"]: each.amount(project["budget"]) for project in each.projects}
        for id, column in (("projects", "total"), ("project-performance", "budget")):
            table = each.tables.get(id)
            rows = [row for row in table.file["rows"] if row.get(column)] if table else []
            printed = {row["code"]: table.amount(row, column) for row in rows if "code" in row}  # type: ignore[union-attr]
            if rows:
                compared.equal((each.folder, id), printed, budgets)
        for project in each.projects:
            if "total_funds" in project:
                total_funds[project["code"]].add(each.amount(project["total_funds"]))
    for code, amounts in total_funds.items():
        compared.equal((code, "total_funds"), len(amounts), 1)
    compared.hold(12)


def test_units_and_head_office_make_up_the_department(compared: Comparisons) -> None:
    """The consolidated table = head office + units, each unit as in its own folder."""
    (each,) = (d for d in ALL if d.folder.parts[-2:] == ("education", "2025-budget"))
    table = each.tables["expenditure"]
    by_unit: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in table.file["rows"]:
        if "institution" in row:
            by_unit[row["institution"]][joined(row)] = row
    assert len(by_unit) == 3 and len(each.units) == 2
    summary = each.tables["revenue-expenditure"]
    classes: dict[str, Decimal] = defaultdict(Decimal)
    for rows in by_unit.values():
        for code, row in rows.items():
            if len(code) == 3:
                classes[row["item"]] += table.amount(row, "total")
    for row in summary.file["expenditure"]:
        if plain(row["item"]) in classes:
            amount = classes.pop(plain(row["item"]))
            compared.equal(row["item"], summary.amount(row, "budget"), amount)
    assert not classes
    for unit in each.units:
        from_folder = unit.tables["expenditure"]
        name = PrintedTable(unit.folder / "unit.yml", "元").file["name"]
        rows = by_unit[name]
        own = {joined(row): row for row in from_folder.file["rows"]}
        assert own.keys() == rows.keys()
        for code, row in own.items():
            for column in ("total", "basic", "projects"):
                left, right = from_folder.amount(row, column), table.amount(rows[code], column)
                compared.equal((unit.folder, code, column), left, right)
        spent = unit.amount(unit.budget["expenditure"]["total"])
        compared.equal(unit.folder, spent, table.amount(rows[""], "total"))
    compared.hold(70)


def test_one_year_begins_with_what_the_last_one_left(compared: Comparisons) -> None:
    """Closing = the next opening = the carry-over in the next budget, by heading.

    What the merged department left went to its successor.
    """
    successors = {"data-resources": "economy-data"}
    left: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    begun: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for each in ALL:
        table = each.tables.get("revenue-expenditure")
        if each.kind == "final" and table:
            closing = table.named("expenditure", "年末结转和结余")
            owner = successors.get(each.department, each.department)
            left[owner, each.year + 1] += table.amount(closing, "actual")
            opening = table.named("revenue", "年初结转和结余")
            begun[each.department, each.year] = table.amount(opening, "actual")
    for each in ALL:
        if each.year > 2023:
            key = (each.department, each.year)
            sources = each.budget["revenue"]["sources"]
            printed = sources.get("上年结转结余", sources.get("年初结转和结余"))
            compared.equal((each.folder, "budget"), each.amount(printed), left[key])
            if each.kind == "final":
                compared.equal((each.folder, "opening"), begun[key], left[key])
    by_heading = 0
    for each in ALL:
        for id in ("general-public-budget", "government-funds"):
            after = find(each.year + 1, "final", each.department)
            if each.kind == "final" and after and id in each.tables and id in after.tables:
                now, then = each.tables[id], after.tables[id]
                openings = {joined(r): then.amount(r, "opening") for r in then.file["rows"]}
                for row in now.file["rows"]:
                    code = joined(row)
                    if each.department != "economy-data" and code:
                        by_heading += 1
                        amount = now.amount(row, "closing")
                        compared.equal((now.path, code), amount, openings.get(code, Decimal(0)))
    assert by_heading > 20
    compared.hold(30)


def test_printed_changes_and_prior_columns_are_those_of_the_year_before(
    compared: Comparisons,
) -> None:
    for each in ALL:
        last = find(each.year - 1, each.kind, each.department)
        if last is None:
            continue
        change = each.budget["change"]
        assert change["from"] == str(last.year)
        for key in ("total", "basic", "projects"):
            if key in change:
                now, before = (d.amount(d.budget["expenditure"][key]) for d in (each, last))
                compared.equal((each.folder, key), each.amount(change[key]), now - before)
        now, before = (d.amount(d.budget["three_public"]["total"]) for d in (each, last))
        printed = each.amount(each.budget["three_public"]["change"]["total"])
        compared.equal((each.folder, "三公"), printed, now - before)
        prior, source = (
            ("prior_budget", "budget") if each.kind == "budget" else ("prior_actual", "actual")
        )
        for id, table in each.tables.items():
            old = last.tables.get(id)
            for side, rows in table.sides.items():
                if not old or not any(prior in row for row in rows):
                    continue
                column = source if source in columns_of(old.file[side]) else "total"
                before_rows = {(joined(r), plain(r["item"])): r for r in old.file[side]}
                for row in rows:
                    match = before_rows.get((joined(row), plain(row["item"])), {})
                    left, right = table.amount(row, prior), old.amount(match, column)
                    compared.equal((table.path, row.get("code"), row["item"]), left, right)
    compared.hold(120)


def test_final_accounts_compare_with_the_budget_of_their_year(compared: Comparisons) -> None:
    for each in ALL:
        budget = find(each.year, "budget", each.department)
        if each.kind != "final" or budget is None:
            continue
        for id in ("general-public-budget", "three-public"):
            final, planned = each.tables.get(id), budget.tables.get(id)
            if not final or not planned:
                continue
            side, column = (
                ("rows", "total") if id == "general-public-budget" else ("rows", "budget")
            )
            by_name = {(joined(r), r["item"]): r for r in planned.file[side]}
            for row in final.file.get("rows", final.file.get("amounts")):
                match = by_name.get((joined(row), row["item"]), {})
                left, right = final.amount(row, "budget"), planned.amount(match, column)
                compared.equal((final.path, row.get("code"), row["item"]), left, right)
    compared.hold(100)


def test_procurement_and_assets(compared: Comparisons) -> None:
    for each in ALL:
        path = each.folder / "procurement.yml"
        table = PrintedTable(path, "元") if path.exists() else None
        for row in table.file.get("rows", []) if table else []:
            unit = YUAN[table.file["unit"]] if table else Decimal(1)
            price, pieces = number(row["unit_price"]), number(row["quantity"])
            assert price is not None and pieces is not None
            total = (number(row["total"]) or Decimal(0)) * unit
            compared.equal((path, row["item"]), total, price * pieces * unit)
            keys = (*FUNDS, "special_fiscal_account", "unit_funds")
            funds = sum((number(row[key]) or Decimal(0)) for key in keys) * unit
            compared.equal((path, row["item"], "funds"), total, funds)
        path = each.folder / "assets.yml"
        if path.exists():
            file = PrintedTable(path, "元").file
            rows = file["table"]["rows"]
            parts = sum(
                number(row["value"]) or Decimal(0)
                for row in rows[1:]
                if not row["item"].startswith("其中")
            )
            compared.equal(path, number(rows[0]["value"]), parts)
            compared.equal(path, number(file["fixed_assets"]), parts)
    compared.hold(20)
