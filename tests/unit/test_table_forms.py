"""The forms of the statutory tables, and files that are filled in after them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from disclosure.decode import decode
from disclosure.language.coverage import free_texts
from disclosure.model import classification
from disclosure.model.classification import Classification, ClassificationFile
from disclosure.model.disclosure import DisclosureKind
from disclosure.model.fields import Figure, Nothing
from disclosure.model.table_forms import (
    Row,
    Side,
    Table,
    TableFile,
    TableForm,
    TableForms,
    TableFormsFile,
    TableRow,
    code_problems,
    heading_of,
    plain_label,
    row_name,
    table_model,
)
from disclosure.problems import Problem, sort_problems
from disclosure.source import Source, parse_yaml, read_yaml

DEFAULTS = Path(classification.__file__).parents[1] / "defaults"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "tables"
KINDS: tuple[DisclosureKind, ...] = ("budget", "final")


def load_forms() -> TableForms:
    source, problems = read_yaml(DEFAULTS / "table_forms.yml", "table_forms.yml")
    assert source is not None and not problems
    decoded, problems = decode(source, TableFormsFile)
    assert decoded is not None, [found.line("zh") for found in problems]
    return TableForms.of(decoded)


FORMS = load_forms()
ALL = [(kind, form) for kind in KINDS for form in FORMS.forms(kind)]
NAMES = [f"{kind}/{form.id}" for kind, form in ALL]


def form_of(kind: DisclosureKind, id: str) -> TableForm:
    found = FORMS.form(kind, id)
    assert found is not None
    return found


def example(kind: DisclosureKind, form: TableForm) -> tuple[Table, TableFile, Source]:
    source, problems = read_yaml(FIXTURES / kind / f"{form.id}.yml", f"{form.id}.yml")
    assert source is not None, [found.line("zh") for found in problems]
    file, found = decode(source, table_model(form))
    assert file is not None, [each.line("zh") for each in (*problems, *found)]
    return Table.of(form, file), file, source


def problems_of(text: str, form: TableForm) -> tuple[Problem, ...]:
    source, problems = parse_yaml(text, "table.yml")
    assert source is not None and not problems
    file, problems = decode(source, table_model(form))
    assert (file is None) == bool(problems)
    return sort_problems(problems)


def table_of(text: str, form: TableForm) -> Table:
    source, problems = parse_yaml(text, "table.yml")
    assert source is not None and not problems
    file, problems = decode(source, table_model(form))
    assert file is not None, [found.line("zh") for found in problems]
    return Table.of(form, file)


@pytest.fixture(scope="module")
def lists() -> Classification:
    files = []
    for path in sorted((DEFAULTS / "classification").glob("*.yml")):
        source, _ = read_yaml(path, path.name)
        assert source is not None
        decoded, _ = decode(source, ClassificationFile)
        assert decoded is not None
        files.append(decoded)
    return Classification.of(files)


# --- the registry -----------------------------------------------------------------------------


def test_the_eleven_budget_tables_in_order() -> None:
    assert [form.title.zh for form in FORMS.forms("budget")] == [
        "部门收支总表",
        "部门收入总表",
        "部门支出总表",
        "财政拨款收支总表",
        "一般公共预算支出表",
        "一般公共预算基本支出表",
        "一般公共预算“三公”经费支出表",
        "政府性基金预算支出表",
        "国有资本经营预算支出表",
        "项目支出表",
        "项目支出绩效目标表",
    ]


def test_the_final_accounts_tables_in_order() -> None:
    assert [form.title.zh for form in FORMS.forms("final")] == [
        "收入支出决算总表",
        "收入决算表",
        "支出决算表",
        "财政拨款收入支出决算总表",
        "一般公共预算财政拨款支出决算表",
        "一般公共预算财政拨款基本支出决算表",
        "财政拨款“三公”经费支出决算表",
        "政府性基金预算财政拨款收入支出决算表",
        "国有资本经营预算财政拨款支出决算表",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_ids_and_titles_are_unique(kind: DisclosureKind) -> None:
    forms = FORMS.forms(kind)
    assert [form.number for form in forms] == list(range(1, len(forms) + 1))
    assert len({form.id for form in forms}) == len(forms)
    titles = [title for form in forms for title in (form.title.zh, *form.labels)]
    assert len(set(titles)) == len(titles)


def test_the_same_id_means_the_same_table_in_both_kinds() -> None:
    budget, final = ([form.id for form in FORMS.forms(kind)] for kind in KINDS)
    assert budget[: len(final)] == final


@pytest.mark.parametrize(("kind", "form"), ALL, ids=NAMES)
def test_a_form_is_well_formed(kind: DisclosureKind, form: TableForm) -> None:
    sides = [side.id for side in form.sides]
    assert sides == ["rows"] or len(set(sides)) == len(sides) > 1
    assert not set(sides) & set(TableFile.model_fields)
    for side in form.sides:
        assert (side.title is not None) == (len(sides) > 1)
        columns = [column.id for column in side.columns]
        assert len(set(columns)) == len(columns)
        assert not set(columns) & {*TableRow.model_fields, "code"}
        assert any(column.optional == "no" for column in side.columns)
        ids = [item.id for item in side.items]
        assert len(set(ids)) == len(ids)
        assert {item.parent for item in side.items} - {None} <= set(ids)
        labels = [plain_label(each) for item in side.items for each in (item.zh, *item.labels)]
        assert len(set(labels)) == len(labels)
        for english in (each.en for each in (*side.columns, *side.items)):
            assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", english)
        # A head above columns stands above neighbours only.
        groups = [column.group.zh if column.group else "" for column in side.columns]
        changes = [now for before, now in zip(["", *groups], groups, strict=False) if now != before]
        assert len([each for each in changes if each]) == len({each for each in groups if each})


def test_a_printed_title_finds_its_form() -> None:
    found = FORMS.titled("budget", "一般公共预算「三公」经费支出表")
    assert found is not None and found.id == "three-public"
    other = FORMS.titled("budget", "部门收支预算总表")
    assert other is not None and other.id == "revenue-expenditure"
    assert FORMS.titled("final", "部门收支总表") is None
    assert FORMS.form("final", "projects") is None


# --- the examples -----------------------------------------------------------------------------


def test_every_form_has_an_example_and_nothing_else_lies_there() -> None:
    assert sorted(str(path.relative_to(FIXTURES)) for path in FIXTURES.rglob("*.yml")) == sorted(
        f"{name}.yml" for name in NAMES
    )


@pytest.mark.parametrize(("kind", "form"), ALL, ids=NAMES)
def test_an_example_is_read(kind: DisclosureKind, form: TableForm, lists: Classification) -> None:
    table, file, source = example(kind, form)
    assert list(code_problems(table, source, lists, 2024)) == []
    # What is written is kept, cell by cell.
    for _, row in table.rows():
        for column, cell in row.cells.items():
            written = source.value
            for step in (*row.path, column):
                written = written[step]  # type: ignore[index, call-overload]
            assert (cell.printed if isinstance(cell, Figure) else cell) == (written or "")
    # Chinese always has a name; English has one, or the name is free text for the catalogue.
    free = {found.path for found in free_texts(file)}
    for side, row in table.rows():
        assert row_name(side, row, "zh", lists, 2024)
        english = row_name(side, row, "en", lists, 2024)
        assert english is not None or (*row.path, "item") in free
        assert english is None or not re.search(r"[\u4e00-\u9fff]", english)


@pytest.mark.parametrize(("kind", "form"), ALL, ids=NAMES)
def test_the_sums_of_an_example_are_exact(kind: DisclosureKind, form: TableForm) -> None:
    table, _, _ = example(kind, form)
    for each in table.sides:
        columns = [column.id for column in each.columns if column.value == "amount"]
        coded = [row for row in each.rows if row.joined]
        for above in coded:
            below = [row for row in coded if (row.joined or "")[:-2] == above.joined]
            if below:
                assert sums(below, columns) == sums([above], columns)
        totals = [row for row in each.rows if row.item == "合计" and each.side.kind]
        classes = [row for row in coded if row.level == 1]
        if totals:
            assert sums(totals, columns) == sums(classes, columns)
        for row in each.rows:
            if {"total", "basic", "projects"} <= row.cells.keys():
                assert number(row, "total") == sum(
                    number(row, column)
                    for column in ("basic", "projects", "to_superior", "business", "to_affiliated")
                )
            if {"total", "personnel", "non_personnel"} <= row.cells.keys():
                assert number(row, "total") == number(row, "personnel") + number(
                    row, "non_personnel"
                )
            if {"opening", "revenue", "total", "closing"} <= row.cells.keys():
                assert number(row, "opening") + number(row, "revenue") == number(
                    row, "total"
                ) + number(row, "closing")


def number(row: Row, column: str) -> Decimal:
    figure = row.figure(column)
    return figure.number if figure else Decimal(0)


def sums(rows: list[Row], columns: list[str]) -> dict[str, Decimal]:
    return {column: sum((number(row, column) for row in rows), Decimal(0)) for column in columns}


def test_tables_of_one_example_agree_with_each_other() -> None:
    def total(kind: DisclosureKind, id: str, label: str, column: str, side: int = 0) -> Decimal:
        table, _, _ = example(kind, form_of(kind, id))
        return number(next(r for r in table.sides[side].rows if r.item == label), column)

    for kind, revenue in (("budget", "收入总计"), ("final", "总计")):
        assert kind in KINDS
        expenditure = revenue.replace("收入", "支出")
        column = "budget" if kind == "budget" else "actual"
        left = total(kind, "revenue-expenditure", revenue, column)
        assert left == total(kind, "revenue-expenditure", expenditure, column, 1)
    assert total("budget", "general-public-budget", "合计", "basic") == total(
        "budget", "basic-expenditure", "合计", "total"
    )
    assert total("final", "general-public-budget", "合计", "basic") == total(
        "final", "basic-expenditure", "合计", "total"
    )
    assert total("budget", "projects", "合计", "total") == 10_000 * total(
        "budget", "expenditure", "合计", "projects"
    )


# --- meaning ----------------------------------------------------------------------------------

EXPENDITURE = form_of("budget", "expenditure")


def test_the_kinds_of_nothing_differ() -> None:
    table = table_of(
        "rows:\n"
        "  - item: 合计\n"
        "    total: 1,234.50\n"
        "    basic:\n"
        "    projects: 0.00\n"
        "    business: 不适用\n",
        EXPENDITURE,
    )
    row = table.sides[0].rows[0]
    assert row.cells == {
        "total": Figure("1,234.50", Decimal("1234.50")),
        "basic": Figure("", nothing=Nothing.BLANK),
        "projects": Figure("0.00", Decimal("0.00")),
        "business": Figure("不适用", nothing=Nothing.NOT_APPLICABLE),
    }
    assert row.figure("to_superior") is None


def test_optional_columns_are_shown_where_the_document_has_them() -> None:
    plain = table_of("rows: [{item: 合计, total: 1, basic: 1}]", EXPENDITURE)
    assert [column.id for column in plain.sides[0].columns] == ["total", "basic", "projects"]
    more = table_of("rows: [{item: 合计, total: 1, remark: 无, business: 1}]", EXPENDITURE)
    assert [column.id for column in more.sides[0].columns] == [
        "total",
        "basic",
        "projects",
        "business",
        "remark",
    ]


def test_codes_are_kept_as_printed_and_joined() -> None:
    table = table_of("rows: [{code: 208 05 05, total: 1}, {code: ２０８, total: 1}]", EXPENDITURE)
    first, second = table.sides[0].rows
    assert (first.code, first.joined, first.level) == ("208 05 05", "2080505", 3)
    assert (second.code, second.joined, second.level) == ("２０８", "208", 1)


def test_levels_and_styles_of_rows_without_a_code() -> None:
    table, _, _ = example("budget", form_of("budget", "fiscal-appropriation"))
    revenue = [(row.item, row.level, row.style) for row in table.sides[0].rows]
    assert revenue[:2] == [("一、本年收入", 1, "subtotal"), ("（一）一般公共预算拨款", 2, None)]
    assert revenue[-1] == ("收入总计", 1, "total")
    own = table_of("rows: [{item: 合计, total: 1, style: subtotal}]", EXPENDITURE)
    assert own.sides[0].rows[0].style == "subtotal"


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("二十三、其他支出", "其他支出"),
        ("（一）一般公共预算拨款", "一般公共预算拨款"),
        ("1．因公出国（境）费", "因公出国(境)费"),
        ("（2）公务用车运行维护费", "公务用车运行维护费"),
        ("其中：1.购置费", "购置费"),
        ("2024年预算", "2024年预算"),
        ("1.5倍", "1.5倍"),
    ],
)
def test_numbering_does_not_count(printed: str, plain: str) -> None:
    assert plain_label(printed) == plain


def test_names_in_both_languages(lists: Classification) -> None:
    text = (
        "rows:\n"
        "  - {code: 221 02 01, item: 住房公积金, total: 1}\n"
        "  - {code: 221 02 01, item: 公积金, total: 1}\n"
        "  - {code: 2210201, total: 1}\n"
        "  - {item: 十九、住房保障支出, total: 1}\n"
        "  - {item: 合计, total: 1}\n"
        "  - {item: 另外的名目, total: 1}\n"
    )
    table = table_of(text, EXPENDITURE)
    rows = table.sides[0].rows
    side = table.sides[0].side
    assert [row_name(side, row, "zh", lists, 2024) for row in rows] == [
        "住房公积金",
        "公积金",
        "住房公积金",
        "十九、住房保障支出",
        "合计",
        "另外的名目",
    ]
    assert [row_name(side, row, "en", lists, 2024) for row in rows] == [
        "Housing provident fund",
        None,
        "Housing provident fund",
        "Housing security",
        "Total",
        None,
    ]
    heading = heading_of(side, rows[3], lists, 2024)
    assert heading is not None and heading.code == "221"


def test_the_counts_of_the_three_public_expenses() -> None:
    table, _, _ = example("final", form_of("final", "three-public"))
    counts = table.sides[1]
    ids = [item.id for row in counts.rows if (item := counts.side.item(row.item or ""))]
    assert ids == [
        "groups-abroad",
        "persons-abroad",
        "vehicles-bought",
        "vehicles-held",
        "receptions",
        "foreign-receptions",
        "guests",
    ]
    assert [row.level for row in counts.rows] == [1, 1, 1, 1, 1, 2, 1]
    assert number(counts.rows[4], "actual") == 24


def test_a_share_with_and_without_its_sign() -> None:
    table, _, _ = example("final", form_of("final", "three-public"))
    shares = [row.figure("completion") for row in table.sides[0].rows]
    assert [share and (share.printed, share.value) for share in shares] == [
        ("93.60%", Decimal("93.60")),
        ("不适用", None),
        ("95.56", Decimal("95.56")),
        ("", None),
        ("95.56", Decimal("95.56")),
        ("88.57", Decimal("88.57")),
    ]


def test_tables_without_rows_say_why() -> None:
    empty, _, _ = example("budget", form_of("budget", "state-capital"))
    assert empty.is_empty and empty.state is None
    assert empty.empty_note == "本部门没有国有资本经营预算支出，故本表为空。"
    absent, _, _ = example("final", form_of("final", "state-capital"))
    assert absent.is_empty and absent.state == "absent" and absent.note
    silent = table_of("empty_note:\n", EXPENDITURE)
    assert silent.empty_note == "" and silent.is_empty
    for state in ("withheld", "not_provided"):
        assert table_of(f"state: {state}\n", EXPENDITURE).state == state


def test_a_project_name_is_free_text_and_a_heading_is_not() -> None:
    _, projects, _ = example("budget", form_of("budget", "projects"))
    texts = {found.text for found in free_texts(projects)}
    assert {"招商引资工作经费", "特定目标类", "虚构商贸服务中心"} <= texts
    _, expenditure, _ = example("budget", EXPENDITURE)
    assert [found.text for found in free_texts(expenditure)] == []


def test_one_model_for_a_form() -> None:
    assert table_model(EXPENDITURE) is table_model(form_of("budget", "expenditure"))
    assert table_model(EXPENDITURE) is not table_model(form_of("final", "expenditure"))


# --- mistakes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "code", "said"),
    [
        ("rows: [{item: 合计, totla: 1}]", (1, 19), "S202", "total"),
        ("rows: [{item: 合计, total: 1, prior_year: 2}]", (1, 29), "S202", "projects"),
        ("row: [{item: 合计, total: 1}]", (1, 1), "S202", "rows"),
        ("rows: [{item: 合计, total: 12万元}]", (1, 26), "S204", "12万元"),
        ("rows: [{code: 208-05, total: 1}]", (1, 15), "S221", "208-05"),
        ("rows: [{code: 30201, total: 1}]", (1, 15), "S221", "30201"),
        ("rows: [{total: 1}]", (1, 8), "S222", "item"),
        ("rows: [{item: '', total: 1}]", (1, 15), "S206", ""),
        ("rows: [{item: 合计, style: bold, total: 1}]", (1, 26), "S215", "subtotal"),
        ("rows: 合计", (1, 7), "S214", "合计"),
        ("rows: [合计]", (1, 8), "S213", "合计"),
        ("unit: 亿元\nrows: [{item: 合计, total: 1}]", (1, 7), "S215", "万元"),
        ("state: secret\n", (1, 8), "S215", "withheld"),
        ("state: withheld\nrows: [{item: 合计, total: 1}]", (1, 1), "S223", "withheld"),
        ("unit: 万元\n", (1, 1), "S224", "empty_note"),
    ],
)
def test_a_mistake_is_told_at_its_place(
    text: str, place: tuple[int, int], code: str, said: str
) -> None:
    found = [each for each in problems_of(text, EXPENDITURE) if each.code == code]
    assert [(each.span.line, each.span.column) for each in found] == [place]
    assert said in found[0].message("zh") and said in found[0].message("en")


def test_a_wrong_column_of_another_side_is_refused() -> None:
    form = form_of("budget", "fiscal-appropriation")
    text = "revenue:\n  - {item: 本年收入, government_funds: 1}\nrows: []\n"
    found = [(each.code, each.span.line) for each in problems_of(text, form)]
    assert found == [("S202", 2), ("S202", 3)]


@pytest.mark.parametrize("written", ["九成", "5‰", "[1]", "1 2%"])
def test_a_share_that_is_none(written: str) -> None:
    form = form_of("final", "three-public")
    found = problems_of(f"amounts: [{{item: 合计, completion: {written}}}]", form)
    assert [each.code for each in found] == ["S205"]


def test_an_unknown_code_names_its_nearest(lists: Classification) -> None:
    text = "rows:\n  - {code: 208 05 05, total: 1}\n  - {code: 221 02 04, total: 1}\n"
    source, _ = parse_yaml(text, "table.yml")
    assert source is not None
    table = table_of(text, EXPENDITURE)
    found = list(code_problems(table, source, lists, 2024))
    assert [(each.code, each.span.line, each.span.column) for each in found] == [("R330", 3, 12)]
    assert "“221 02 04”" in found[0].message("zh") and "2210203 购房补贴" in found[0].message("zh")
    assert "2210203 Home purchase subsidy" in found[0].message("en")


def test_an_economic_table_takes_economic_codes(lists: Classification) -> None:
    form = form_of("final", "basic-expenditure")
    assert [each.code for each in problems_of("rows: [{code: 2080505}]", form)] == ["S221"]
    table = table_of("rows: [{code: 302 01, total: 1}]", form)
    side: Side = table.sides[0].side
    assert row_name(side, table.sides[0].rows[0], "en", lists, 2024) == "Office expenses"
