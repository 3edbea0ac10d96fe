"""What changed in meaning between two documents of a disclosure."""

from __future__ import annotations

import copy
import random
import re
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure.book import Book, Disclosure, load_book
from disclosure.changes import shape
from disclosure.changes.align import align
from disclosure.changes.compare import Change, changes
from disclosure.changes.difference import _SHARED
from disclosure.changes.labels import label
from disclosure.changes.wording import pieces
from disclosure.export.canonical import disclosure_document
from disclosure.model.classification import ClassificationFile
from disclosure.model.table_forms import TableFile, TableRow

ROOT = Path(__file__).resolve().parent.parent.parent
Document = dict[str, Any]


@pytest.fixture(scope="module")
def document(real_book: Book, real_disclosure: Disclosure) -> Document:
    return disclosure_document(real_book, real_disclosure)


@pytest.fixture(scope="module")
def example() -> Book:
    return load_book(ROOT / "examples" / "district" / "data")


@pytest.fixture(scope="module")
def school(example: Book) -> Document:
    found = example.disclosure("education", "2025-budget")
    assert found is not None
    return disclosure_document(example, found)


def edited(document: Document, edit: Callable[[Document], object]) -> Document:
    changed = copy.deepcopy(document)
    edit(changed)
    return changed


def one(found: tuple[Change, ...]) -> Change:
    (change,) = found
    return change


# --- equal values ---------------------------------------------------------------------------------


def test_a_document_equals_itself(document: Document, school: Document, example: Book) -> None:
    assert changes(document, copy.deepcopy(document)) == ()
    assert changes(school, copy.deepcopy(school), example) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("466.73", "466.730"),
        ("1,234.50", "1234.50"),
        ("３．５", "3.5"),
        ("-5", "−5"),
        ("0", "0.00"),
    ],
)
def test_another_notation_of_a_figure_is_no_change(before: str, after: str) -> None:
    def assets(figure: str) -> Document:
        return {"assets": {"unit": "万元", "fixed_assets": figure}}

    assert changes(assets(before), assets(after)) == ()


def test_another_notation_of_other_values_is_no_change(school: Document, example: Book) -> None:
    def edit(new: Document) -> None:
        new["budget"] = dict(reversed(new["budget"].items()))
        for row in new["tables"]["expenditure"]["rows"]:
            if "code" in row:
                row["code"] = row["code"].replace(" ", "")
        first = new["projects"][0]
        schedule = first.get("schedule", {})
        first["schedule"] = {label.replace("月", " 月"): each for label, each in schedule.items()}

    changed = edited(school, edit)
    assert changed != school
    assert changes(school, changed, example) == ()


def test_the_same_amount_in_another_unit_changes_only_the_unit() -> None:
    before = {"assets": {"unit": "万元", "fixed_assets": "102.23"}}
    after = {"assets": {"unit": "元", "fixed_assets": "1,022,300"}}
    assert one(changes(before, after)).address == ("assets", "unit")
    wrong = {"assets": {"unit": "元", "fixed_assets": "102.23"}}
    _, figure = changes(before, wrong)
    assert (figure.difference, figure.unit) == (Decimal("-1022197.77"), "元")


def test_a_position_is_no_text(document: Document, real_book: Book) -> None:
    """A project that comes first moves the numbers of all others, which is no change of them."""

    def edit(new: Document) -> None:
        for number, each in enumerate(new["projects"], 2):
            each["order"] = number
        new["projects"].insert(0, {"code": "X1", "name": "新", "budget": "1.00", "order": 1})

    found = one(changes(document, edited(document, edit), real_book))
    assert (found.kind, found.address, found.where.zh) == ("added", ("projects", "X1"), "项目“新”")
    assert found.after is not None and found.after.zh == "预算数 1.00（万元）"
    assert found.after.en == "Budgeted amount 1.00 (CNY 10,000)"


# --- figures and texts ----------------------------------------------------------------------------


def test_a_figure(document: Document, real_book: Book) -> None:
    def edit(new: Document) -> None:
        for each in new["projects"]:
            if each["name"] == "重点产业扶持资金":
                each["budget"] = "2,003.27"

    found = one(changes(document, edited(document, edit), real_book))
    assert found.kind == "figure"
    assert found.address == ("projects", "13081124P00001410004J", "budget")
    assert found.where.zh == "项目“重点产业扶持资金” › 预算数"
    assert found.where.en == "Project “Key industry support funds” › Budgeted amount"
    assert found.before is not None and found.after is not None
    assert (found.before.zh, found.after.en) == ("2000.00", "2,003.27")
    assert (found.difference, found.ratio) == (Decimal("3.27"), Decimal("0.001635"))
    assert found.unit == "万元"


def test_a_figure_of_the_issue() -> None:
    before = {"budget": {"unit": "万元", "expenditure": {"total": "466.73"}}}
    after = {"budget": {"unit": "万元", "expenditure": {"total": "470.00"}}}
    found = one(changes(before, after))
    assert (found.difference, found.ratio) == (Decimal("3.27"), Decimal("0.007006"))
    assert found.where.zh == "支出 › 合计"


@pytest.mark.parametrize(
    ("before", "after", "kind", "difference"),
    [
        (None, "0.00", "figure", None),  # a printed blank is not a printed zero
        ("0.00", "不适用", "figure", None),
        ("0.00", "1.00", "figure", Decimal("1.00")),
    ],
)
def test_blank_and_zero_and_not_applicable(
    before: str | None, after: str, kind: str, difference: Decimal | None
) -> None:
    def assets(figure: str | None) -> Document:
        return {"assets": {"unit": "万元", "fixed_assets": figure}}

    found = one(changes(assets(before), assets(after)))
    assert (found.kind, found.difference, found.ratio) == (kind, difference, None)


def test_a_cell_that_comes_or_goes() -> None:
    with_cell = {"assets": {"unit": "万元", "fixed_assets": "1"}}
    without = {"assets": {"unit": "万元"}}
    assert one(changes(without, with_cell)).kind == "added"
    gone = one(changes(with_cell, without))
    assert gone.kind == "removed" and gone.before is not None and gone.after is None


def test_shares_have_no_ratio(document: Document, real_book: Book) -> None:
    def edit(new: Document) -> None:
        new["projects"][0]["schedule"]["6月底"] = "55 %"

    before = copy.deepcopy(document)
    before["projects"][0]["schedule"] = {"6月底": "50%"}
    after = edited(before, edit)
    found = one(changes(before, after, real_book))
    assert (found.difference, found.ratio, found.unit) == (Decimal(5), None, "%")
    assert found.where.en.endswith("Expenditure schedule › End of June")


def test_a_text_with_its_english(document: Document, real_book: Book) -> None:
    def edit(new: Document) -> None:
        for each in new["projects"]:
            if each["name"] == "重点产业扶持资金":
                each["use"] = each["use"].replace("高新区", "全高新区")

    found = one(changes(document, edited(document, edit), real_book))
    assert (found.kind, found.address[-1]) == ("text", "use")
    assert found.before is not None and found.after is not None
    assert found.before.en == "Funds to support eligible enterprises in the High-tech Zone"
    assert found.after.en == found.after.zh == "资金扶持全高新区内符合条件的企业"


def test_a_target_in_english(document: Document, real_book: Book) -> None:
    def edit(new: Document) -> None:
        (target,) = new["projects"][-1]["indicators"]["成本指标"]
        target["target"] = "≤2003.27 万元"

    found = changes(document, edited(document, edit), real_book)[-1]
    assert found.after is not None and found.after.zh == "≤2003.27 万元"
    assert "CNY 20,032,700" in found.after.en


def test_english_alone(document: Document, real_book: Book) -> None:
    zh = "资金扶持高新区内符合条件的企业"

    def edit(new: Document) -> None:
        new["english"][zh] = "Support."

    found = one(changes(document, edited(document, edit), real_book))
    assert (found.kind, found.address) == ("text", ("english", zh))
    assert found.after is not None and found.after.en == "Support."


# --- lists ----------------------------------------------------------------------------------------


def test_a_row_in_the_middle_is_one_change(school: Document, example: Book) -> None:
    def edit(new: Document) -> None:
        rows = new["tables"]["expenditure"]["rows"]
        rows.insert(5, {"code": "208 05 99", "item": "其他", "total": "1.00"})

    found = one(changes(school, edited(school, edit), example))
    assert found.kind == "added"
    assert found.address == ("tables", "expenditure", "rows", 5)
    assert found.where.zh.startswith("表3《部门支出总表》 › “208 05 99 ")
    assert found.where.en.startswith("Table 3, Summary of departmental expenditure › “208 05 99 ")
    back = one(changes(edited(school, edit), school, example))
    assert back.kind == "removed"


def test_rows_in_another_order_are_one_change(school: Document, example: Book) -> None:
    def edit(new: Document) -> None:
        new["tables"]["expenditure"]["rows"].append(new["tables"]["expenditure"]["rows"].pop(1))
        new["projects"].reverse()

    found = changes(school, edited(school, edit), example)
    assert [(each.kind, each.address) for each in found] == [
        ("order", ("tables", "expenditure", "rows")),
        ("order", ("projects",)),
    ]
    assert found[1].where.zh == "项目"


def test_a_moved_row_whose_figure_changed(school: Document, example: Book) -> None:
    def edit(new: Document) -> None:
        rows = new["tables"]["expenditure"]["rows"]
        rows[4]["total"] = "9.99"
        rows.append(rows.pop(4))

    kinds = [each.kind for each in changes(school, edited(school, edit), example)]
    assert sorted(kinds) == ["figure", "order"]


def test_a_project_under_another_code(document: Document, real_book: Book) -> None:
    def edit(new: Document) -> None:
        new["projects"][3]["code"] = "NEW1"
        new["projects"][3]["budget"] = "1.00"

    renamed, figure = changes(document, edited(document, edit), real_book)
    assert (renamed.kind, renamed.address) == ("renamed", ("projects", "NEW1"))
    assert renamed.after is not None and renamed.after.zh == "NEW1"
    assert figure.kind == "figure"


def test_another_printed_label_of_the_same_word(document: Document, real_book: Book) -> None:
    def edit(new: Document) -> None:
        sources = new["budget"]["revenue"]["sources"]
        new["budget"]["revenue"]["sources"] = {
            "政府性基金预算收入" if label == "基金预算收入" else label: each
            for label, each in sources.items()
        }

    found = one(changes(document, edited(document, edit), real_book))
    assert found.kind == "renamed" and found.before is not None
    assert found.before.zh == "基金预算收入"


def test_paragraphs(document: Document, real_book: Book) -> None:
    def edit(new: Document) -> None:
        (overall,) = new["narrative"]["performance"]["overall"]
        overall["items"].insert(1, "一件新的事；")
        overall["items"][0] = overall["items"][0].replace("发展", "持续发展")

    text, added = changes(document, edited(document, edit), real_book)
    assert (text.kind, added.kind) == ("text", "added")
    assert text.where.zh.startswith("文字说明 › 整体绩效目标 › 总体绩效目标")
    assert text.address[-2:] == ("items", 0) and added.address[-1] == 1


def test_a_block_of_text_stays_the_same_block() -> None:
    """Without a heading only likeness says which block it is."""
    before = {"narrative": {"introduction": [{"paragraphs": ["根据预算法公开2024年部门预算。"]}]}}
    after = {"narrative": {"introduction": [{"paragraphs": ["根据预算法公开2025年部门预算。"]}]}}
    assert one(changes(before, after)).kind == "text"


def test_parts_that_come_and_go_are_one_change(school: Document, example: Book) -> None:
    def edit(new: Document) -> None:
        new["narrative"] = None
        new["units"].pop()
        del new["tables"]["expenditure"]

    found = changes(school, edited(school, edit), example)
    kinds = {each.address[:2]: each.kind for each in found}
    assert kinds[("narrative",)] == "removed"
    assert kinds[("tables", "expenditure")] == "removed"
    assert len(found) == 3


def test_a_document_of_another_format(document: Document, real_book: Book) -> None:
    """Keys that no model knows and values of other shapes are compared as they are."""
    odd: Document = {"extra": {"a": ["1", {"b": None}]}, "budget": "x", "units": 3, "tables": []}
    changed = edited(odd, lambda new: new["extra"]["a"].__setitem__(0, "2"))
    found = one(changes(odd, changed, real_book))
    assert found.address == ("extra", "a", 0)
    assert changes(odd, document, real_book)
    assert changes(document, odd, real_book)


JUNK: tuple[Any, ...] = (None, "", [], {}, "x", 3, True, ["a", None, {}], {"unit": [1]}, [[1]])


def mutated(value: Any, signs: random.Random) -> Any:
    if signs.random() < 0.03:
        return copy.deepcopy(signs.choice(JUNK))
    if isinstance(value, dict):
        return {key: mutated(each, signs) for key, each in value.items() if signs.random() > 0.01}
    if isinstance(value, list):
        return [mutated(each, signs) for each in value if signs.random() > 0.02]
    return value


@pytest.mark.parametrize("seed", range(12))
def test_any_json_can_be_compared(school: Document, example: Book, seed: int) -> None:
    """A broken file and an edition of another format may hold anything."""
    signs = random.Random(seed)
    odd = {key: mutated(each, signs) for key, each in school.items()}
    forth, back = changes(school, odd, example), changes(odd, school, example)
    assert bool(forth) == bool(back)


@pytest.mark.slow
def test_five_thousand_rows_take_no_square_of_time(real_book: Book) -> None:
    rows = [{"code": "2010101", "item": f"第{n}行", "total": f"{n}.00"} for n in range(1, 5001)]
    shuffled = [dict(row, total=f"{n}.50") for n, row in enumerate(rows)]
    random.Random(6).shuffle(shuffled)
    header = {"year": 2024, "kind": "budget"}

    def document(rows: list[dict[str, str]]) -> Document:
        return {"disclosure": header, "tables": {"expenditure": {"rows": rows}}}

    start = time.process_time()
    found = changes(document(rows), document(shuffled), real_book)
    assert time.process_time() - start < 4
    assert [each.kind for each in found].count("figure") == 5000
    others = [{"code": "2010102", "item": f"别{n}", "total": "x"} for n in range(5000)]
    start = time.process_time()
    changes(document(rows), document(others), real_book)
    assert time.process_time() - start < 4


def test_alignment_by_name_content_and_likeness() -> None:
    names = ([("a",), ("b",), (None,)], [("b",), (None,), ("a",)])
    found = align(["A", "B", "C"], ["B2", "C", "A"], names, lambda one, other: 0.0, 0.5)
    assert found.pairs == ((1, 0), (2, 1), (0, 2))
    assert (found.removed, found.added, found.moved) == ((), (), 1)
    none = ([(None,)], [(None,)])
    assert align(["x"], ["y"], none, lambda one, other: 0.4, 0.5).added == (0,)
    assert align(["x"], ["y"], none, lambda one, other: 0.5, 0.5).pairs == ((0, 0),)


# --- inside a text --------------------------------------------------------------------------------


def test_pieces_of_a_text() -> None:
    found = pieces("共投入466.73万元，新建2所。", "共投入470.00万元，新建2所。")
    assert [(each.kind, each.text) for each in found] == [
        ("kept", "共投入"),
        ("removed", "466.73"),
        ("added", "470.00"),
        ("kept", "万元，新建2所。"),
    ]


@pytest.mark.parametrize("seed", range(20))
def test_pieces_make_both_texts(seed: int) -> None:
    signs = random.Random(seed)
    one, other = ("".join(signs.choices("甲乙丙丁12.5% a，\n", k=60)) for _ in range(2))
    for before, after in ((one, other), (one, one[:20] + other + one[20:]), ("", one), (one, "")):
        found = pieces(before, after)
        assert "".join(each.text for each in found if each.kind != "added") == before
        assert "".join(each.text for each in found if each.kind != "removed") == after


# --- labels ---------------------------------------------------------------------------------------


def test_every_key_of_the_data_has_a_label() -> None:
    wanted: set[tuple[str, str]] = set()

    def collect(found: shape.Shape) -> None:
        if isinstance(found, shape.Fields):
            wanted.update((found.model, key) for key in found.fields)
            for each in found.fields.values():
                collect(each.shape)
        elif isinstance(found, shape.Items):
            collect(found.item)
        elif isinstance(found, shape.Labelled):
            collect(found.value)

    parts = ("disclosure", "budget", "narrative", "procurement", "assets", "projects", "unit")
    for key in (*parts, "glossary", "policies"):
        collect(shape.part(key).shape)
    for _, each in _SHARED.values():
        collect(each)
    for model in (ClassificationFile, TableFile, TableRow):
        collect(shape.shape_of(model))
    assert len(wanted) > 150
    assert {each for each in wanted if each[1] in (label(*each).zh, label(*each).en)} == set()
    assert all(re.search("[\u4e00-\u9fff]", label(*each).zh) for each in wanted - _EMPTY)
    assert all({bool(label(*each).zh), bool(label(*each).en)} == {False} for each in _EMPTY)


_EMPTY = {
    ("Revenue", "sources"),
    ("AgencyOperating", "items"),
    ("ThreePublic", "items"),
    ("ProcurementFile", "rows"),
    ("AssetTable", "rows"),
}
"""Left out of the way to a value."""
