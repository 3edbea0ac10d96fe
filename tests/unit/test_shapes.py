"""Each shape of disclosure from the YAML to the page, in both languages."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pytest
from tests.site.reading import Document, Element, _Builder, grid
from tests.unit.conftest import YEAR, SmallBook, WriteData

from disclosure.book import Book, load_book, read_book
from disclosure.export.files import export_files
from disclosure.language.coverage import free_texts, table_texts
from disclosure.model.fields import LANGS, Lang
from disclosure.problems import Span
from disclosure.rules.translation import missing_english
from disclosure.rules.translation import texts as placed_texts
from disclosure.site.plan import plan
from disclosure.site.render import render_page

TABLES = f"{YEAR}/tables"
OWN_CODES = """kind: functional
year: 2024
source: {zh: 某县科目表, en: List of a county}
entries:
  - {code: 208 05 88, zh: 自设科目, en: Own heading}
"""
SHAPES = {
    f"{TABLES}/revenue.yml": "state: withheld\n",
    f"{TABLES}/three-public.yml": "state: absent\nnote: 本部门没有“三公”经费。\n",
    f"{TABLES}/state-capital.yml": "state: not_provided\n",
    f"{TABLES}/government-funds.yml": "empty_note: 本表空表列示。\nnotes: [另一条注。]\n",
    f"{TABLES}/expenditure.yml": """title: 部门支出预算总表
unit: 元
rows:
  - {item: 合计, total: "1,000,000.00", basic: , projects: 不适用}
  - {code: 208, item: 社会保障和就业支出, total: 1000000, basic: 0, projects: 1000000}
  - {code: 208 05, item: 行政事业单位养老支出, total: 1000000, basic: 0.0000, remark: 见注}
  - {code: 2080588, item: 自设科目, total: 1000000, institution: 虚构中心}
  - {item: 另外的名目, total: }
""",
    f"{TABLES}/general-public-budget.yml": """rows:
  - {code: 221 02 01, item: 住房公积金, total: 61.20, basic: 61.20, personnel: 61.20, projects: }
""",
    f"{TABLES}/projects.yml": """rows:
  - {item: 合计, total: 60.00}
  - {code: P1, item: 清洁取暖, category: 特定目标类, total: 60.00}
  - {code: P9, item: 别的项目, total: 1.00}
""",
    f"{TABLES}/fiscal-appropriation.yml": """revenue:
  - {item: 一、本年收入, budget: 100.00}
  - {item: （一）一般公共预算拨款, budget: 100.00}
expenditure:
  - {item: 一、一般公共服务支出, total: 100.00, general_public_budget: 100.00}
""",
    "classification/own.yml": OWN_CODES,
    f"{YEAR}/units/centre/unit.yml": "slug: centre\nname: 虚构中心\nremark: 新设\n",
    f"{YEAR}/units/centre/budget.yml": (
        "unit: 元\nexpenditure:\n  total: 50000.5\nthree_public:\n  change:\n"
        "    from: 2023\n    total: 0\n    reason: 单位的原因\n"
    ),
    f"{YEAR}/units/centre/tables/revenue.yml": (
        "notes: [单位的注]\nrows:\n  - {item: 合计, total: 5}\n"
    ),
}
FREE = (
    *("本部门没有“三公”经费。", "本表空表列示。", "另一条注。", "部门支出预算总表", "见注"),
    *("虚构中心", "另外的名目", "特定目标类", "别的项目", "新设", "单位的注", "单位的原因"),
)


def shaped(write_data: WriteData, files: Mapping[str, str] = SHAPES) -> Book:
    return load_book(write_data(files=files))


@pytest.fixture
def pages(write_data: WriteData) -> dict[str, Document]:
    return drawn(shaped(write_data))


def drawn(book: Book) -> dict[str, Document]:
    site = plan(book)
    found = {}
    for marked in site.pages:
        page = marked.page
        if page.id.kind in ("table", "tables", "unit", "overview", "project", "downloads", "part"):
            source = str(render_page(marked, site.editions[page.lang]).html)
            found[page.url] = document(page.url, source)
    return found


def document(url: str, source: str) -> Document:
    builder = _Builder()
    builder.feed(source)
    builder.close()
    return Document(url, source, builder.root)


def at(pages: dict[str, Document], lang: str, path: str) -> Element:
    return pages[("" if lang == "zh" else "en/") + path].root


def texts(table: Element) -> list[list[str]]:
    return [[cell.text() for cell in row] for row in grid(table)]


# --- the states of a table --------------------------------------------------------------------

STATES = {
    "revenue": ("涉密，不公开", "Withheld as a state secret", "国家秘密", "state secrets"),
    "three-public": ("无此项", "Not applicable", "文件说明没有此项", "there is none"),
    "state-capital": (
        "文件未提供",
        "Not in the document",
        "没有提供这张表",
        "not contain this table",
    ),
    "basic-expenditure": (
        *("文件未提供", "Not in the document"),
        *("没有提供这张表", "not contain this table"),
    ),
    "government-funds": ("空表", "Empty table", "（空表）", "(empty table)"),
    "expenditure": ("已提供", "Provided", "1,000,000.00", "1,000,000.00"),
    "project-performance": (
        *("见各项目页", "See the project pages"),
        *("见各项目页", "one table a project"),
    ),
}


@pytest.mark.parametrize("lang", LANGS)
def test_each_state_is_said_in_the_list_and_on_the_page(
    pages: dict[str, Document], lang: Lang
) -> None:
    listed = at(pages, lang, f"{TABLES}/index.html")
    cards = {card.one("a")["href"]: card.text() for card in listed.all(cls="d-card")}
    assert len(cards) == 11
    for id, (zh, en, zh_page, en_page) in STATES.items():
        assert (zh if lang == "zh" else en) in cards[f"{id}.html"], id
        shown = at(pages, lang, f"{TABLES}/{id}.html")
        assert (zh_page if lang == "zh" else en_page) in shown.text(), id
        assert bool(shown.all("table")) == (id in ("expenditure", "government-funds")), id


@pytest.mark.parametrize("lang", LANGS)
def test_the_notes_of_a_table(pages: dict[str, Document], lang: Lang) -> None:
    for id, notes in (
        ("three-public", ["本部门没有“三公”经费。"]),
        ("government-funds", ["另一条注。", "本表空表列示。"]),
    ):
        shown = at(pages, lang, f"{TABLES}/{id}.html").text()
        assert all(note in shown for note in notes)


# --- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_units_codes_and_the_kinds_of_nothing(pages: dict[str, Document], lang: Lang) -> None:
    table = at(pages, lang, f"{TABLES}/expenditure.html").one("table")
    caption = table.one("caption").text()
    assert ("单位：元" if lang == "zh" else "Unit: CNY)") in caption
    assert "部门支出预算总表" in caption
    rows = grid(table)
    assert [[cell.text() for cell in row[1:2]] for row in rows] == [
        *([""], ["208"], ["208 05"], ["2080588"], [""]),
    ]
    names = {
        "zh": ["合计", "社会保障和就业支出", "行政事业单位养老支出", "自设科目", "另外的名目"],
        "en": [
            *("Total", "Social security and employment"),
            "Old-age expenditure of administrative agencies and public institutions",
            *("Own heading", "另外的名目"),
        ],
    }
    found = [row[2].text() for row in rows]
    assert [found[i] for i in (0, 1, 3)] == [names[lang][i] for i in (0, 1, 3)]
    assert names[lang][4] in found[4]
    total, basic, projects = rows[0][3:6]
    assert total.text() == "1,000,000.00"
    assert ("文件此格为空" if lang == "zh" else "blank in the document") in basic.text(without=())
    assert projects.text() == ("不适用" if lang == "zh" else "n/a")
    assert rows[1][4].text() == "0" and rows[2][4].text() == "0.0000"
    absent = rows[2][5].text(without=())
    assert ("文件没有这一格" if lang == "zh" else "no such cell") in absent


@pytest.mark.parametrize("lang", LANGS)
def test_two_units_on_one_site(pages: dict[str, Document], lang: Lang) -> None:
    other = at(pages, lang, f"{TABLES}/general-public-budget.html").one("table").one("caption")
    assert ("单位：万元" if lang == "zh" else "Unit: CNY 10,000") in other.text()


@pytest.mark.parametrize("lang", LANGS)
def test_heads_that_columns_share(pages: dict[str, Document], lang: Lang) -> None:
    table = at(pages, lang, f"{TABLES}/general-public-budget.html").one("table")
    upper, lower = table.one("thead").all("tr")
    heads = [(head.text(), head["colspan"], head["rowspan"]) for head in upper.all("th")]
    zh = [
        *(("科目编码", "", "2"), ("项目", "", "2"), ("合计", "", "2"), ("基本支出", "", "2")),
        *(("其中：基本支出", "", ""), ("项目支出", "", "2")),
    ]
    if lang == "zh":
        assert heads == zh
    assert [spans for _, *spans in heads] == [spans for _, *spans in zh]
    assert [head.text() for head in lower.all("th")] == [
        "人员经费" if lang == "zh" else "Personnel expenditure"
    ]
    row = ["221 02 01", "住房公积金" if lang == "zh" else "Housing provident fund"]
    assert texts(table) == [[*row, "61.20", "61.20", "61.20", ""]]


@pytest.mark.parametrize("lang", LANGS)
def test_a_table_of_two_sides(pages: dict[str, Document], lang: Lang) -> None:
    tables = at(pages, lang, f"{TABLES}/fiscal-appropriation.html").all("table")
    assert [table["id"] for table in tables] == [
        "fiscal-appropriation-revenue",
        "fiscal-appropriation-expenditure",
    ]
    name = "一、一般公共服务支出" if lang == "zh" else "General public services"
    assert texts(tables[1])[0][:3] == [name, "100.00", "100.00"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_project_in_a_table_leads_to_its_page(pages: dict[str, Document], lang: Lang) -> None:
    table = at(pages, lang, f"{TABLES}/projects.html").one("table")
    (link,) = [each for each in table.all("a") if "checks.html" not in each["href"]]
    assert link["href"] == "../projects/P1.html"
    assert link.text() == ("清洁取暖" if lang == "zh" else "Clean heating")


def test_an_unknown_code_names_its_nearest_and_an_own_code_is_known(
    write_data: WriteData,
) -> None:
    files = {name: text for name, text in SHAPES.items() if name != "classification/own.yml"}
    _, (found,) = read_book(write_data(files=files))
    assert (found.code, found.span.file, found.span.line) == (
        *("R330", f"data/{TABLES}/expenditure.yml"),
        7,
    )
    assert "2080508" in found.message("zh") and "2080508" in found.message("en")


# --- units, record, indicators ----------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_unit(pages: dict[str, Document], lang: Lang) -> None:
    shown = at(pages, lang, f"{YEAR}/units/centre.html")
    said = shown.text()
    assert "50000.5" in said and "新设" in said
    assert ("示例局" if lang == "zh" else "Example Bureau") in said
    assert ("部门收入总表" if lang == "zh" else "Summary of departmental revenue") in said
    (back,) = [a for a in shown.all("a") if a["href"].endswith("duties.html#institutions")]
    assert back.text() == ("示例局" if lang == "zh" else "Example Bureau")


@pytest.mark.parametrize("lang", LANGS)
def test_procurement_of_goods_works_and_services(small_book: SmallBook, lang: Lang) -> None:
    stated = "unit: 万元\ngoods: 3.00\nworks:\nservices: 0.50\ntotal: 3.50\n"
    book = small_book({f"{YEAR}/procurement.yml": ("unit: 万元\n", stated)})
    table, _ = at(drawn(book), lang, f"{YEAR}/procurement.html").all("table")
    names = {"zh": ["货物", "工程", "服务", "合计"], "en": ["Goods", "Works", "Services", "Total"]}
    figures = ["3.00", "", "0.50", "3.50"]
    shown = [row[-2:] for row in texts(table)]
    assert shown[-4:] == [list(row) for row in zip(names[lang], figures, strict=True)]


@pytest.mark.parametrize("lang", LANGS)
def test_a_project_outside_the_total_says_why(small_book: SmallBook, lang: Lang) -> None:
    outside = "order: 1\noutside_total:\n  because: 取暖补助\n"
    book = small_book({f"{YEAR}/projects/P1.yml": ("order: 1\n", outside)})
    page = at(drawn(book), lang, f"{YEAR}/projects/P1.html")
    facts = {fact.one("dt").text(): fact.one("dd").text() for fact in page.all(cls="d-fact")}
    name = {"zh": "不计入项目支出总额", "en": "Not part of total project expenditure"}[lang]
    reason = {"zh": "取暖补助", "en": "Heating subsidy"}[lang]
    assert reason in facts[name]


RECORD = """record:
  index_number: 000014349/2024-00001
  issuer: 示例局
  issued: 2024-02-01
  approved: 2024-02-05
  published: 2024-02-20
  document_number: 示财〔2024〕1号
  validity: 行政
"""


@pytest.mark.parametrize("lang", LANGS)
def test_the_information_record(small_book: SmallBook, lang: Lang) -> None:
    own = "record:\n  approved: 2024-01-10\n  published: 2024-01-20\n"
    edits = {f"{YEAR}/disclosure.yml": (own, RECORD)}
    overview = at(drawn(small_book(edits)), lang, f"{YEAR}/index.html")
    facts = {fact.one("dt").text(): fact.one("dd").text() for fact in overview.all(cls="d-fact")}
    expected = {
        "zh": {
            "索引号": "000014349/2024-00001",
            "发布机构": "示例局",
            "成文日期": "2024年2月1日",
            "批复日期": "2024年2月5日",
            "公开日期": "2024年2月20日",
            "文号": "示财〔2024〕1号",
            "有效性": "行政",
        },
        "en": {
            "Index number": "000014349/2024-00001",
            "Issuing body": "Example Bureau",
            "Date of the document": "1 February 2024",
            "Date of approval": "5 February 2024",
            "Date of publication": "20 February 2024",
            "Document number": "示财〔2024〕1号",
            "Validity": "administrative",
        },
    }
    assert expected[lang].items() <= facts.items()


COST = """indicators:
  经济成本指标:
    - {name: 补助总额, target: 60 万元, operator: ≤, weight: 20, prior_actual: }
  社会成本指标:
    - {name: 配送户数, target: 10 户, direction: 正向指标}
"""


@pytest.mark.parametrize("lang", LANGS)
def test_indicator_columns_and_cost_as_a_level(small_book: SmallBook, lang: Lang) -> None:
    project = f"code: P1\nname: 清洁取暖\nbudget: 60.00\n{COST}"
    shown = at(
        drawn(small_book(files={f"{YEAR}/projects/P1.yml": project})),
        lang,
        f"{YEAR}/projects/P1.html",
    )
    table = next(t for t in shown.all("table") if t["id"] == "indicators-table")
    heads = {
        "zh": [
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "权重",
            "指标方向性",
            "上年完成值",
        ],
        "en": [
            *("Level 1", "Level 2", "Level-3 indicator", "Operator", "Target value", "Weight"),
            *("Direction", "Actual of the previous year"),
        ],
    }
    assert [head.text() for head in table.one("thead").all("th")] == heads[lang]
    rows = grid(table)
    assert rows[0][0] is rows[1][0]
    assert rows[0][0].text() == ("成本指标" if lang == "zh" else "Cost indicators")
    assert [row[1].text() for row in rows] == (
        ["经济成本指标", "社会成本指标"] if lang == "zh" else ["Economic cost", "Social cost"]
    )
    assert rows[0][5].text() == "20" and rows[0][3].text() == "≤"
    blank = "文件此格为空" if lang == "zh" else "blank in the document"
    absent = "文件没有这一格" if lang == "zh" else "no such cell"
    assert blank in rows[0][7].text(without=()) and absent in rows[1][7].text(without=())


@pytest.mark.parametrize("lang", LANGS)
def test_columns_of_indicators_appear_only_when_given(small_book: SmallBook, lang: Lang) -> None:
    shown = at(drawn(small_book()), lang, f"{YEAR}/projects/P1.html")
    table = next(t for t in shown.all("table") if t["id"] == "indicators-table")
    assert len(table.one("thead").all("th")) == 6


# --- English ----------------------------------------------------------------------------------


def untranslated(book: Book) -> list[tuple[str, Span]]:
    """The texts without English, and where they stand."""
    findings = [
        each for d in book.disclosures for each in missing_english(placed_texts(d, book), book)
    ]
    return [(dict(each.problem.values)["found"], each.place.span) for each in findings]


def test_every_free_text_of_tables_and_units_is_looked_at(write_data: WriteData) -> None:
    spans = {text: span for text, span in untranslated(shaped(write_data))}
    assert set(spans) == set(FREE)
    places = {text: (span.file, span.line) for text, span in spans.items()}
    assert places["另外的名目"] == (f"data/{TABLES}/expenditure.yml", 8)
    assert places["单位的注"] == (f"data/{YEAR}/units/centre/tables/revenue.yml", 1)
    assert places["新设"] == (f"data/{YEAR}/units/centre/unit.yml", 3)


def test_a_project_in_a_table_can_have_english_of_its_own(write_data: WriteData) -> None:
    own = 'msgctxt "P9"\nmsgid "别的项目"\nmsgstr "Another project"\n'
    folder = write_data(files={**SHAPES, "translations/en/own.po": own})
    book = load_book(folder)
    assert "别的项目" not in {text for text, _ in untranslated(book)}
    table = at(drawn(book), "en", f"{TABLES}/projects.html").one("table")
    assert [row[1] for row in texts(table)] == ["Total", "Clean heating", "Another project"]


# --- files for other programs -----------------------------------------------------------------


@functools.cache
def rows_of(data: bytes) -> list[list[str]]:
    import csv
    import io

    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_tables_as_csv(write_data: WriteData) -> None:
    book = shaped(write_data)
    (disclosure,) = book.disclosures
    files = {f.address: f for f in export_files(book, disclosure) if f.content == "table"}
    ids = ("expenditure", "general-public-budget", "projects", "fiscal-appropriation")
    names = {f"{YEAR}/data/tables/{id}.csv" for id in ids}
    names.add(f"{YEAR}/data/units/centre/tables/revenue.csv")
    assert set(files) == names | {f"en/{name}" for name in names}
    rows = rows_of(files[f"{YEAR}/data/tables/expenditure.csv"].data)
    assert rows[0][:11] == [
        *("单位名称 institution", "编码 code", "项目 item"),
        *("合计 total", "合计（元） total_yuan"),
        *("基本支出 basic", "基本支出（元） basic_yuan"),
        *("项目支出 projects", "项目支出（元） projects_yuan"),
        *("备注 remark", "金额单位 unit"),
    ]
    assert rows[1][2:11] == [
        *("合计", "1,000,000.00", "1000000", "", "", "不适用", "", "—", "元"),
    ]
    assert rows[3][1:11] == [
        *("208 05", "行政事业单位养老支出", "1000000", "1000000", "0.0000", "0", "—", ""),
        *("见注", "元"),
    ]
    english = rows_of(files[f"en/{YEAR}/data/tables/expenditure.csv"].data)
    assert english[0] == rows[0]
    assert english[1][2:11] == [
        *("Total", "1,000,000.00", "1000000", "", "", "n/a", "", "—", "CNY"),
    ]
    grouped = rows_of(files[f"{YEAR}/data/tables/general-public-budget.csv"].data)[0]
    assert "其中：基本支出/人员经费 personnel" in grouped
    both = rows_of(files[f"{YEAR}/data/tables/fiscal-appropriation.csv"].data)
    assert [row[0] for row in both] == ["收支 side", "收入", "收入", "支出"]
    assert both[1][1:13] == ["一、本年收入", "100.00", "1000000", *[""] * 8, "万元"]
    unit = files[f"en/{YEAR}/data/units/centre/tables/revenue.csv"]
    assert unit.title == "Summary of departmental revenue (虚构中心)"


@pytest.mark.parametrize("lang", LANGS)
def test_the_download_page_lists_the_tables(pages: dict[str, Document], lang: Lang) -> None:
    table = at(pages, lang, f"{YEAR}/downloads.html").all("table")[0]
    listed = {row[0].text(): row[2].one("a")["href"] for row in grid(table)}
    title = "项目支出表" if lang == "zh" else "Project expenditure"
    assert listed[title] == "data/tables/projects.csv"


def test_the_tables_in_json_keep_the_kinds_of_nothing_apart(write_data: WriteData) -> None:
    import json

    book = shaped(write_data)
    (disclosure,) = book.disclosures
    (file,) = [f for f in export_files(book, disclosure) if f.content == "json"]
    found = json.loads(file.data)
    tables = found["tables"]
    assert tables["revenue"] == {"state": "withheld"}
    assert tables["three-public"] == {"state": "absent", "note": "本部门没有“三公”经费。"}
    assert tables["government-funds"] == {"empty_note": "本表空表列示。", "notes": ["另一条注。"]}
    total, first, second, *_ = tables["expenditure"]["rows"]
    assert total == {
        **{"item": "合计", "style": "total"},
        **{"total": "1,000,000.00", "basic": None, "projects": "不适用"},
    }
    assert first["basic"] == "0" and second["basic"] == "0.0000" and "projects" not in second
    assert tables["expenditure"]["unit"] == "元"
    (unit,) = found["units"]
    assert unit["unit"] == {"slug": "centre", "name": "虚构中心", "remark": "新设"}
    assert unit["budget"]["expenditure"] == {"total": "50000.5"}
    assert unit["tables"]["revenue"]["rows"] == [{"item": "合计", "style": "total", "total": "5"}]
    assert found["english"]["清洁取暖"] == "Clean heating"


def test_the_texts_of_a_table_are_those_of_its_model(write_data: WriteData) -> None:
    """A new text in the model of the tables must be looked at here too."""
    from tests.unit.test_table_forms import ALL, example

    book = shaped(write_data)
    for kind, form in ALL:
        table, file, _ = example(kind, form)
        found = {(t.path, t.text) for t, _ in table_texts(table, book.classification, 2024)}
        marked = {(t.path, t.text) for t in free_texts(file)}
        named = {each for each in marked ^ found if each[0][-1] == "item"}
        assert found ^ marked == named, form.id
