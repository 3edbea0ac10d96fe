"""The files for other programs: as printed, safe to open, complete."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.conftest import ROOT, SMALLEST, YEAR, SmallBook

from disclosure.book import Book, Disclosure, load_book
from disclosure.export.about import about
from disclosure.export.as_csv import harmless
from disclosure.export.data_table import fields, values
from disclosure.export.files import (
    ExportFile,
    data_tables,
    export_files,
    site_files,
    table_file,
)
from disclosure.model.fields import LANGS

PROJECT = f"{YEAR}/projects/P1.yml"


def exported(book: Book) -> dict[str, ExportFile]:
    (disclosure,) = book.disclosures
    return {file.address: file for file in export_files(book, disclosure)}


def table(book: Book, name: str, lang: str = "zh") -> list[list[str]]:
    prefix = "" if lang == "zh" else "en/"
    (disclosure,) = book.disclosures
    folder = f"departments/{disclosure.department}/{disclosure.slug}"
    data = exported(book)[f"{prefix}{folder}/data/{name}.csv"].data
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def row(book: Book, name: str, number: int = 1, lang: str = "zh") -> dict[str, str]:
    """A row of a table by the ids of its columns, the last words of the heads."""
    heads, *rows = table(book, name, lang)
    ids = [head.rsplit(" ", 1)[-1] for head in heads]
    assert len(set(ids)) == len(ids)
    return dict(zip(ids, rows[number - 1], strict=True))


def document(book: Book) -> Any:
    return json.loads(exported(book)[f"{YEAR}/data/disclosure.json"].data)


def test_the_addresses_are_a_promise(small_book: SmallBook) -> None:
    book = small_book()
    names = ("budget", "projects", "indicators", "assets", "glossary")
    assert set(exported(book)) == {
        *(f"{YEAR}/data/{name}.csv" for name in names),
        *(f"en/{YEAR}/data/{name}.csv" for name in names),
        *(f"{lang}{YEAR}/data/disclosure.xlsx" for lang in ("", "en/")),
        *(f"{lang}{YEAR}/data/datapackage.json" for lang in ("", "en/")),
        f"{YEAR}/data/disclosure.json",
    }
    assert [file.address for file in site_files(book)] == ["schemas/disclosure-1.json"]


def test_an_empty_table_is_no_file(small_book: SmallBook) -> None:
    book = small_book(files={f"{YEAR}/assets.yml": "unit: 万元\n", "glossary.yml": "[]\n"})
    names = {address.rsplit("/", 1)[1] for address in exported(book)}
    assert names == {
        *("budget.csv", "projects.csv", "indicators.csv"),
        *("disclosure.json", "disclosure.xlsx", "datapackage.json"),
    }


def test_csv_opens_in_excel(small_book: SmallBook) -> None:
    for address, file in exported(small_book()).items():
        if address.endswith(".csv"):
            assert file.data.startswith(b"\xef\xbb\xbf")
            assert file.data.endswith(b"\r\n")
            lines = file.data.decode("utf-8-sig").split("\r\n")
            assert all("\n" not in line and "\r" not in line for line in lines)


def test_figures_are_as_printed_with_their_value_in_yuan(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("budget: 60.00", "budget: 6,000.50")})
    project = row(book, "projects")
    assert (project["budget"], project["budget_yuan"]) == ("6,000.50", "60005000")
    heads, *rows = table(book, "budget")
    assert heads[:7] == [
        *("部分代码 part_id", "部分 part", "项目代码 item_id", "项目 item"),
        *("金额 amount", "金额（元） amount_yuan", "金额单位 unit"),
    ]
    assert ["revenue", "收入", "unit_funds", "单位资金收入", "0.00", "0", "万元"] in [
        each[:7] for each in rows
    ]
    assert ["revenue", "revenue", "unit_funds", "Revenue from the unit’s own funds"] in [
        each[:4] for each in table(book, "budget", "en")
    ]


def test_a_value_has_every_digit_of_the_print(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("budget: 60.00", "budget: 123456789012345678901234567890.12345")})
    assert row(book, "projects")["budget_yuan"] == "1234567890123456789012345678901234.5"


def test_the_kinds_of_nothing_stay_apart(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("budget: 60.00", "budget: 不适用")})
    project = row(book, "projects")
    assert (project["budget"], project["budget_yuan"]) == ("不适用", "")
    assert row(book, "projects", lang="en")["budget"] == "n/a"
    assert (project["source_other"], project["source_other_yuan"]) == ("", "")
    assert (project["spent_by_month_06"], project["spent_by_month_06_percent"]) == ("50%", "50")


def test_a_blank_is_not_a_zero(small_book: SmallBook) -> None:
    book = small_book()
    total, other = row(book, "assets", 1), row(book, "assets", 2)
    assert [total[id] for id in ("item", "quantity", "quantity_number", "value", "value_yuan")] == [
        *("资产总额", "", "", "10.00", "100000")
    ]
    assert [other[id] for id in ("item", "quantity", "quantity_number")] == [
        "其他固定资产",
        "7",
        "7",
    ]
    (project,) = document(book)["projects"]
    assert project["sources"] == {"财政资金": "60.00", "其他资金": None}
    assert "order" in project and "description" not in project["indicators"]["成本指标"][0]


def test_project_columns(small_book: SmallBook) -> None:
    book = small_book()
    heads, *rows = table(book, "projects")
    assert heads == [
        *("序号 number", "项目编码 project_code", "项目名称 project_name"),
        *("预算数 budget", "预算数（元） budget_yuan"),
        *("财政资金 source_fiscal", "财政资金（元） source_fiscal_yuan"),
        *("其他资金 source_other", "其他资金（元） source_other_yuan", "资金用途 use_of_funds"),
        *("支出进度：6月底 spent_by_month_06", "支出进度：6月底（%） spent_by_month_06_percent"),
        *("支出进度：12月底 spent_by_month_12", "支出进度：12月底（%） spent_by_month_12_percent"),
        *("绩效目标 objectives", "金额单位 unit"),
        *("部门代码 department_id", "部门 department", "年度 fiscal_year"),
        *("预决算代码 phase_id", "预决算 phase", "来源 source", "页面 page"),
        *("版本 edition", "许可 licence"),
    ]
    assert [each[:16] for each in rows] == [
        [
            *("1", "P1", "清洁取暖", "60.00", "600000", "60.00", "600000", "", "", "取暖补助"),
            *("50%", "50", "", "", "让居民温暖过冬", "万元"),
        ]
    ]
    assert table(book, "projects", "en")[0] == heads


@pytest.mark.parametrize(
    ("printed", "id"),
    [
        ("3 月底", "spent_by_month_03"),
        ("１１月底", "spent_by_month_11"),
        ("第一季度", "spent_by_quarter_1"),
        ("第 4 季度末", "spent_by_quarter_4"),
        ("上半年", "spent_by_half_1"),
        ("第一期", "spent_by_period_1"),
    ],
)
def test_a_period_has_an_id_that_does_not_hang_on_its_wording(
    small_book: SmallBook, printed: str, id: str
) -> None:
    book = small_book({PROJECT: ("  6 月底:", f"  {printed}:")})
    project = row(book, "projects")
    assert (project[id], project[f"{id}_percent"]) == ("50%", "50")


def test_indicators_in_both_languages(small_book: SmallBook) -> None:
    book = small_book()
    assert [" | ".join(each[:11]) for each in table(book, "indicators")[1:]] == [
        "P1 | 清洁取暖 | 产出指标 | 数量指标 | 配送户数 | 配送户数"
        " | ≥3,420 户 | 3420 | ≥ | 户 | 工作方案",
        "P1 | 清洁取暖 | 产出指标 | 成本指标 | 补助总额 |  | 60 万元 | 60 |  | 万元 | ",
    ]
    assert [" | ".join(each[:11]) for each in table(book, "indicators", "en")[1:]] == [
        "P1 | Clean heating | Output indicators | Quantity | Households supplied"
        " | Households supplied | ≥ 3,420 households | 3420 | ≥ | households | Work plan",
        "P1 | Clean heating | Output indicators | Cost | Total subsidy | "
        " | CNY 600,000 | 60 |  | CNY 10,000 | ",
    ]


# ---- every file says what it is --------------------------------------------------------------


def test_every_row_states_source_edition_and_licence(small_book: SmallBook) -> None:
    book = small_book()
    for lang in LANGS:
        rows = table(book, "budget", lang)[1:]
        ends = {tuple(each[7:]) for each in rows}
        assert len(ends) == 1 and len(rows) > 3
    known = row(book, "budget")
    assert (known["department_id"], known["fiscal_year"], known["phase_id"]) == (
        *("example", "2024", "budget"),
    )
    assert known["page"] == f"{YEAR}/index.html"
    assert known["edition"] == "没有登记版本" and known["licence"] == "未说明"
    english = row(book, "budget", lang="en")
    assert english["edition"] == "no numbered edition" and english["licence"] == "not stated"
    assert english["page"] == f"en/{YEAR}/index.html"


def test_an_unofficial_site_says_so_in_its_files(real_book: Book, small_book: SmallBook) -> None:
    assert row(real_book, "projects")["source"].endswith("（编者整理，非官方版本）")
    assert "unofficial" in row(real_book, "projects", lang="en")["source"]
    official = small_book({"site.yml": ("format: 1", "format: 1\nedition: official")})
    assert "非官方" not in row(official, "projects")["source"]


def test_the_page_is_a_whole_address_where_the_site_has_one(small_book: SmallBook) -> None:
    book = small_book()
    (disclosure,) = book.disclosures
    files = {f.address: f for f in export_files(book, disclosure, "https://b.example/x/")}
    text = files[f"en/{YEAR}/data/budget.csv"].data.decode("utf-8-sig")
    assert f",https://b.example/x/en/{YEAR}/index.html," in text
    whole = json.loads(files[f"{YEAR}/data/disclosure.json"].data)
    assert whole["$schema"] == "https://b.example/x/schemas/disclosure-1.json"


def test_the_edition_and_that_the_data_changed_since() -> None:
    book = load_book(ROOT / "examples" / "district" / "data")
    disclosure = book.disclosure("education", "2024-budget")
    assert disclosure is not None
    now = about(book, disclosure)
    assert now.edition_in_words("zh") == "第 3 版，2024年4月16日" and not now.changed
    assert now.date == "2024-04-16"
    without = replace(disclosure, projects=disclosure.projects[1:])
    later = about(book, without)
    assert later.changed and later.edition_in_words("en").endswith(", changed since")


@pytest.mark.parametrize(
    ("zh", "en", "id", "address"),
    [
        ("可自由使用（CC0 1.0）。", "Free (CC0 1.0).", "CC0-1.0", "publicdomain/zero/1.0/"),
        ("按CC BY 4.0许可", "CC BY 4.0", "CC-BY-4.0", "licenses/by/4.0/"),
        ("CC-BY-SA-4.0", "under CC BY-SA 4.0.", "CC-BY-SA-4.0", "licenses/by-sa/4.0/"),
        ("CC BY 4.0", "CC BY-SA 4.0", "", ""),
        ("CC BY 4.0 或 CC0 1.0", "CC BY 4.0 or CC0 1.0", "", ""),
        ("转载请注明出处", "May be reproduced with the source named", "", ""),
        ("CC BY 4.05", "CC BY 4.05", "", ""),
    ],
)
def test_a_licence_has_an_address_only_where_the_words_name_one(
    small_book: SmallBook, zh: str, en: str, id: str, address: str
) -> None:
    licence = f'format: 1\nlicence:\n  zh: "{zh}"\n  en: "{en}"'
    book = small_book({"site.yml": ("format: 1", licence)})
    (disclosure,) = book.disclosures
    found = about(book, disclosure).licence
    assert found is not None
    assert found.id == id
    assert found.address == (f"https://creativecommons.org/{address}" if address else "")
    assert row(book, "budget")["licence"] == zh


# ---- formulas --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://example.com","x")',
        "+1+1",
        "-1+1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(1)",
        "-",
        "- 项目",
        "-%",
        "-5%+1",
    ],
)
def test_no_cell_is_run_as_a_formula(small_book: SmallBook, text: str) -> None:
    quoted = text.replace("'", "''")
    book = small_book({PROJECT: ("use: 取暖补助", f"use: '{quoted}'")})
    assert row(book, "projects")["use_of_funds"] == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5.00", "+5", "-1,234.5", "－5", "-79.82%", "－5％", "a=1", "5-3", "'=1", ""]
)
def test_numbers_and_harmless_text_stay_as_they_are(small_book: SmallBook, text: str) -> None:
    quoted = text.replace("'", "''")
    book = small_book({PROJECT: ("use: 取暖补助", f"use: '{quoted}'" if text else "use:")})
    assert row(book, "projects")["use_of_funds"] == text


def test_quotes_commas_and_lines_stay_in_their_cell(small_book: SmallBook) -> None:
    objectives = 'objectives:\n  - 甲，"乙", 丙\n  - 丁；{{ 戊 }}<b>\n'
    book = small_book({PROJECT: ("objectives:\n  - 让居民温暖过冬\n", objectives)})
    assert row(book, "projects")["objectives"] == '甲，"乙", 丙\n丁；{{ 戊 }}<b>'


def test_untranslated_text_is_chinese_in_the_english_file(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("use: 取暖补助", "use: 没有译文")})
    assert row(book, "projects", lang="en")["use_of_funds"] == "没有译文"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
@example("=1+1")
@example("\t=1")
@example("-5.00")
@example('a"b,c\r\nd')
def test_any_text_comes_back_from_csv_and_none_runs(text: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([harmless(text), "next"])
    ((back, after),) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert after == "next" and back in (text, f"'{text}")
    if back[:1] in "=+-@＝＋－＠\t\r\n" and back:
        assert re.fullmatch(r"[-+－＋][\d,.０-９，．]+\s*[%％]?", back)


def test_json_has_everything_with_the_keys_of_the_yaml(small_book: SmallBook) -> None:
    found = document(small_book())
    assert found["format"] == "1"
    assert found["budget"]["change"] == {
        "from": 2023,
        "total": "-5.00",
        "basic": "-10.00",
        "projects": "5.00",
        "reasons": {"basic": "人员减少"},
    }
    assert found["narrative"]["special_funds"] == []
    assert "other_matters" not in found["narrative"]
    assert found["english"]["人员减少"] == "Fewer staff"
    assert found["glossary"][0]["id"] == "heating"
    assert found["english_of_project"] == {}


def test_json_keeps_two_englishes_apart(small_book: SmallBook) -> None:
    file = "translations/en/all.po"
    own = 'msgctxt "P1"\nmsgid "清洁取暖"\nmsgstr "Heating of P1"\n'
    text = (SMALLEST / file).read_text("utf-8")
    found = document(small_book(files={file: f"{text}\n{own}"}))
    assert found["english"]["清洁取暖"] == "Clean heating"
    assert found["english_of_project"] == {"P1": {"清洁取暖": "Heating of P1"}}


def test_the_real_files(real_book: Book) -> None:
    names = ("budget", "projects", "indicators", "assets", "glossary")
    for lang in LANGS:
        rows = {name: table(real_book, name, lang)[1:] for name in names}
        assert {name: len(group) for name, group in rows.items()} == {
            "budget": 7 + 5 + 10 + 6,
            "projects": 12,
            "indicators": 108,
            "assets": 6,
            "glossary": len(real_book.glossary),
        }
        assert " ".join(each[3] for each in rows["projects"]) == (
            "112.32 33.27 76.00 20.00 30.00 200.00 10.00 466.73 600.00 50.00 10.00 2000.00"
        )


def test_the_same_data_make_the_same_bytes(real_book: Book, real_disclosure: Disclosure) -> None:
    assert export_files(real_book, real_disclosure) == export_files(real_book, real_disclosure)


# ---- the address of the CSV of a table -------------------------------------------------------


def test_the_address_of_a_table_is_that_of_its_file(real_book: Book) -> None:
    for book in (real_book, load_book(ROOT / "examples" / "district" / "data")):
        for disclosure in book.disclosures:
            folder = f"departments/{disclosure.department}/{disclosure.slug}/data/"
            for lang in LANGS:
                prefix = folder if lang == "zh" else f"en/{folder}"
                there = {
                    f"{prefix}{each.id}.csv" for _, each in data_tables(book, disclosure, lang)
                }
                asked = [("", id) for id in (*PARTS, *FORMS)]
                asked += [(each.slug, id) for each in disclosure.units for id in (*PARTS, *FORMS)]
                found = {table_file(book, disclosure, lang, id, unit) for unit, id in asked}
                assert found - {None} == there


PARTS = ("budget", "projects", "indicators", "procurement", "assets", "glossary", "other")
FORMS = tuple(
    f"tables/{form}"
    for form in (
        *("revenue-expenditure", "revenue", "expenditure", "fiscal-appropriation"),
        *("general-public-budget", "basic-expenditure", "three-public", "government-funds"),
        *("state-capital", "projects", "project-performance", "none"),
    )
)


def test_ids_of_columns_are_plain_and_stand_once(real_book: Book) -> None:
    for book in (real_book, load_book(ROOT / "examples" / "district" / "data")):
        for disclosure in book.disclosures:
            always = [column for column, _ in about(book, disclosure).columns("zh")]
            heads: dict[str, list[str]] = {}
            for lang in LANGS:
                for _, each in data_tables(book, disclosure, lang):
                    found = fields((*each.columns, *always))
                    ids = [field.id for field in found]
                    assert len(set(ids)) == len(ids), (each.id, ids)
                    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", id) for id in ids), ids
                    assert all(field.head.rsplit(" ", 1)[-1] == field.id for field in found)
                    assert heads.setdefault(each.id, ids) == ids
                    wide = len(fields(each.columns))
                    assert all(len(values(cells)) == wide for cells in each.rows)
