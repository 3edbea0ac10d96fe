"""The files for other programs: as printed, safe to open, complete."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from tests.unit.conftest import SMALLEST, YEAR, SmallBook

from disclosure.book import Book, Disclosure
from disclosure.export.files import ExportFile, export_files
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


def document(book: Book) -> Any:
    return json.loads(exported(book)[f"{YEAR}/data/disclosure.json"].data)


def test_the_addresses_are_a_promise(small_book: SmallBook) -> None:
    names = ("budget", "projects", "indicators", "assets", "glossary")
    assert set(exported(small_book())) == {
        *(f"{YEAR}/data/{name}.csv" for name in names),
        *(f"en/{YEAR}/data/{name}.csv" for name in names),
        f"{YEAR}/data/disclosure.json",
    }


def test_an_empty_table_is_no_file(small_book: SmallBook) -> None:
    book = small_book(files={f"{YEAR}/assets.yml": "unit: 万元\n", "glossary.yml": "[]\n"})
    names = {address.rsplit("/", 1)[1] for address in exported(book)}
    assert names == {"budget.csv", "projects.csv", "indicators.csv", "disclosure.json"}


def test_csv_opens_in_excel(small_book: SmallBook) -> None:
    for address, file in exported(small_book()).items():
        if address.endswith(".csv"):
            assert file.data.startswith(b"\xef\xbb\xbf")
            assert file.data.endswith(b"\r\n")
            lines = file.data.decode("utf-8-sig").split("\r\n")
            assert all("\n" not in line and "\r" not in line for line in lines)


def test_figures_are_as_printed(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("budget: 60.00", "budget: 6,000.50")})
    assert table(book, "projects")[1][3] == "6,000.50"
    assert ["收入", "单位资金收入", "0.00", "万元"] in table(book, "budget")
    assert ["revenue", "Revenue from the unit’s own funds", "0.00", "CNY 10,000"] in table(
        book, "budget", "en"
    )


def test_a_blank_is_not_a_zero(small_book: SmallBook) -> None:
    book = small_book()
    rows = table(book, "assets")
    assert rows[1:] == [["资产总额", "", "10.00"], ["其他固定资产", "7", "10.00"]]
    (project,) = document(book)["projects"]
    assert project["sources"] == {"财政资金": "60.00", "其他资金": None}
    assert "order" in project and "description" not in project["indicators"]["成本指标"][0]


def test_project_columns(small_book: SmallBook) -> None:
    heads = ["序号", "项目编码", "项目名称", "预算数", "其他资金", "财政资金", "资金用途"]
    assert table(small_book(), "projects") == [
        [*heads, "6月底", "12月底", "绩效目标"],
        ["1", "P1", "清洁取暖", "60.00", "", "60.00", "取暖补助", "50%", "", "让居民温暖过冬"],
    ]


def test_indicators_in_both_languages(small_book: SmallBook) -> None:
    book = small_book()
    assert [" | ".join(row) for row in table(book, "indicators")[1:]] == [
        "P1 | 清洁取暖 | 产出指标 | 数量指标 | 配送户数 | 配送户数 | ≥3,420 户 | 工作方案",
        "P1 | 清洁取暖 | 产出指标 | 成本指标 | 补助总额 |  | 60 万元 | ",
    ]
    assert [" | ".join(row) for row in table(book, "indicators", "en")[1:]] == [
        "P1 | Clean heating | Output indicators | Quantity | Households supplied"
        " | Households supplied | ≥ 3,420 households | Work plan",
        "P1 | Clean heating | Output indicators | Cost | Total subsidy |  | CNY 600,000 | ",
    ]


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
    ],
)
def test_no_cell_is_run_as_a_formula(small_book: SmallBook, text: str) -> None:
    quoted = text.replace("'", "''")
    book = small_book({PROJECT: ("use: 取暖补助", f"use: '{quoted}'")})
    assert table(book, "projects")[1][6] == f"'{text}"


@pytest.mark.parametrize("text", ["-5.00", "+5", "-1,234.5", "－5", "a=1", "5-3", "'=1", ""])
def test_numbers_and_harmless_text_stay_as_they_are(small_book: SmallBook, text: str) -> None:
    quoted = text.replace("'", "''")
    book = small_book({PROJECT: ("use: 取暖补助", f"use: '{quoted}'" if text else "use:")})
    assert table(book, "projects")[1][6] == text


def test_quotes_commas_and_lines_stay_in_their_cell(small_book: SmallBook) -> None:
    objectives = 'objectives:\n  - 甲，"乙", 丙\n  - 丁；{{ 戊 }}<b>\n'
    book = small_book({PROJECT: ("objectives:\n  - 让居民温暖过冬\n", objectives)})
    assert table(book, "projects")[1][-1] == '甲，"乙", 丙\n丁；{{ 戊 }}<b>'


def test_untranslated_text_is_chinese_in_the_english_file(small_book: SmallBook) -> None:
    book = small_book({PROJECT: ("use: 取暖补助", "use: 没有译文")})
    assert table(book, "projects", "en")[1][6] == "没有译文"


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
        assert " ".join(row[3] for row in rows["projects"]) == (
            "112.32 33.27 76.00 20.00 30.00 200.00 10.00 466.73 600.00 50.00 10.00 2000.00"
        )


def test_the_same_data_make_the_same_bytes(real_book: Book, real_disclosure: Disclosure) -> None:
    assert export_files(real_book, real_disclosure) == export_files(real_book, real_disclosure)
