"""The site of the fictitious district: whole, in both languages, each shape on its page."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.example.conftest import EXAMPLE, ReadPages
from tests.site.reading import Document, Element, figure, grid, read_page

from disclosure.book import Book, Disclosure, read_book
from disclosure.rules.arithmetic import arithmetic
from disclosure.rules.translation import missing_english, texts

BLANK = {"zh": "文件此格为空", "en": "blank in the document"}
ABSENT = {"zh": "文件没有这一格", "en": "the document has no such cell"}
NOT_APPLICABLE = {"zh": "不适用", "en": "n/a"}


def disclosure(book: Book, department: str, slug: str) -> Disclosure:
    (found,) = (d for d in book.disclosures if (d.department, d.slug) == (department, slug))
    return found


def row(page: Document, table: str, name: str) -> list[Element]:
    """The cells of the one row of a table whose head is ``name``."""
    rows = [
        cells
        for cells in grid(page.by_id[table])
        if any(cell.tag == "th" and cell.text() == name for cell in cells)
    ]
    assert len(rows) == 1, f"{page.url}#{table} {name}: {len(rows)} rows"
    return rows[0]


def nothing(cell: Element) -> str:
    """The words for a cell that holds nothing; empty where it holds something."""
    absent = cell.all(cls="d-absent")
    return absent[0]["title"] if absent else ""


# ---- the data --------------------------------------------------------------------------------


def test_data_have_no_problem_and_no_hint() -> None:
    book, problems = read_book(EXAMPLE / "data")
    assert book is not None
    assert problems == ()


def test_no_rule_finds_a_disagreement(district_book: Book) -> None:
    checks = [c for d in district_book.disclosures for c in arithmetic(d, district_book)]
    assert [check for check in checks if not check.agrees] == []
    assert len(checks) > 2500


def test_every_text_has_its_english(district_book: Book) -> None:
    for disclosure in district_book.disclosures:
        assert list(missing_english(texts(disclosure, district_book), district_book)) == []


def test_every_statutory_table_has_data_somewhere(district_book: Book) -> None:
    for kind, count in (("budget", 11), ("final", 9)):
        forms = district_book.forms.forms(kind)  # type: ignore[arg-type]
        filled = {
            id
            for d in district_book.disclosures
            if d.kind == kind
            for id, table in d.tables.items()
            if not table.is_empty
        }
        assert filled == {form.id for form in forms}
        assert len(forms) == count


def test_three_departments_three_years_and_a_predecessor(district_book: Book) -> None:
    by_department = {
        d.slug: {each.slug for each in d.disclosures} for d in district_book.departments
    }
    whole = {"2023-budget", "2023-final", "2024-budget", "2024-final", "2025-budget"}
    assert by_department == {
        "culture-tourism": whole,
        "data-resources": {"2023-budget", "2023-final"},
        "economy-data": whole,
        "education": whole,
    }


def test_decimals_from_none_to_four(district_book: Book) -> None:
    decimals = {
        len(cell.printed.partition(".")[2])
        for d in district_book.disclosures
        for table in d.tables.values()
        for side, each in table.rows()
        for column in side.columns
        if column.value == "amount" and (cell := each.figure(column.id)) and cell.value
    }
    assert decimals == {0, 1, 2, 3, 4}


# ---- every page ------------------------------------------------------------------------------


def test_every_page_has_its_twin_and_says_that_it_is_fictitious(
    district_site: Path, district_book: Book
) -> None:
    note = district_book.site.editor_note
    assert note is not None and "虚构" in note["zh"] and "ictitious" in note["en"]
    addresses = {p.relative_to(district_site).as_posix() for p in district_site.rglob("*.html")}
    addresses.remove("404.html")
    chinese = {address for address in addresses if not address.startswith("en/")}
    assert addresses - chinese == {f"en/{address}" for address in chinese}
    assert len(chinese) > 400
    wrong = []
    for address in sorted(addresses):
        source = (district_site / address).read_text(encoding="utf-8")
        lang = "en" if address.startswith("en/") else "zh"
        body = source.partition("<body")[2]
        if note[lang] not in body or "d-untranslated" in body:
            wrong.append(address)
    assert wrong == []
    assert "虚构" in (district_site / "404.html").read_text(encoding="utf-8")


def test_no_two_pages_have_one_title_or_one_description(district_site: Path) -> None:
    """A link that is passed on says which department and which year it leads to."""
    seen: dict[tuple[bool, str], str] = {}
    for path in sorted(district_site.rglob("*.html")):
        if path.name in ("print.html", "404.html"):
            continue
        url = path.relative_to(district_site).as_posix()
        head = path.read_text("utf-8").partition("</head>")[0]
        (title,) = re.findall("<title>(.*)</title>", head)
        (described,) = re.findall('<meta name="Description" content="([^"]*)">', head)
        for text in (title, described):
            other = seen.setdefault((url[:3] == "en/", text), url)
            assert other == url, text
    assert len(seen) > 900


def test_no_id_stands_twice_on_a_page(district_site: Path) -> None:
    """The tables of a subordinate unit share a page, and list the same headings."""
    for path in district_site.rglob("*.html"):
        ids = re.findall(r'\sid="([^"]*)"', path.read_text("utf-8"))
        assert len(ids) == len(set(ids)), f"{path}: {Counter(ids).most_common(3)}"


def test_the_chart_of_a_unit_leads_to_the_rows_of_its_tables(both: ReadPages) -> None:
    for page in both("education/2025-budget/units/first-senior-school.html"):
        bars = page.section("table-expenditure").one("ul")
        targets = [page.resolve(link["href"]) for link in bars.all("a")]
        assert targets, page.url
        for address, anchor in targets:
            assert address == page.url
            assert page.by_id[anchor].tag == "tr", anchor


def test_publisher_is_on_the_page(both: ReadPages) -> None:
    for page, words in zip(
        both("education/index.html"),
        (
            ("云栖区人民政府办公室（虚构）", "虚构ICP备00000000号", "虚构公网安备"),
            ("Office of the People’s Government of Yunqi District (fictitious)", "虚构ICP备"),
        ),
        strict=True,
    ):
        for word in words:
            assert word in page.root.one("footer").text()


def test_switch_of_year_and_kind_keeps_the_page(district_site: Path) -> None:
    """Wherever the page exists in the other disclosure, the switch leads to it."""
    seen = 0
    for root in ("", "en/"):
        folder = district_site / root / "departments" / "economy-data"
        for name in (
            *("tables/general-public-budget.html", "tables/projects.html", "three-public.html"),
            *("projects/index.html", "projects/FIC23-ECO-001.html", "checks.html", "index.html"),
        ):
            for slug in ("2025-budget", "2024-final", "2023-budget"):
                path = folder / slug / name
                if not path.exists():
                    continue
                page = read_page(district_site, path)
                switch = page.root.one("nav", cls="d-years")
                links = {page.resolve(link["href"])[0] for link in switch.all("a")}
                for other in ("2023-budget", "2023-final", "2024-budget", "2024-final"):
                    if other != slug and (folder / other / name).exists():
                        assert f"{root}departments/economy-data/{other}/{name}" in links
                        seen += 1
                assert all((district_site / link).exists() for link in links)
                assert len(links) == 4
    assert seen > 50


# ---- states of tables ------------------------------------------------------------------------

STATES = {
    "economy-data/2023-budget/tables/project-performance.html": (
        ("国家秘密", "部分项目的绩效目标涉及国家秘密，按规定不公开。"),
        ("state secret", "The performance objectives of some projects are state secrets"),
    ),
    "education/2025-budget/tables/state-capital.html": (
        ("文件说明没有此项", "本部门没有国有资本经营预算安排的支出。"),
        ("says that there is none", "no expenditure from the state capital operations budget"),
    ),
    "education/2023-budget/tables/government-funds.html": (
        ("注：2023年没有政府性基金预算安排的支出，空表列示。",),
        ("Note: there is no expenditure from government-managed funds in 2023",),
    ),
    "culture-tourism/2024-budget/tables/projects.html": (
        ("项目支出表没有随2024年预算公开",),
        ("The table of project expenditure was not published with the 2024 budget",),
    ),
}


@pytest.mark.parametrize("address", STATES)
def test_table_without_data_says_why(both: ReadPages, address: str) -> None:
    for page, words in zip(both(address), STATES[address], strict=True):
        text = page.article.text()
        for word in words:
            assert word in text
        assert not page.article.all(cls="d-number"), "a page of zeros"


def test_every_state_is_in_the_list_of_tables(both: ReadPages) -> None:
    said = {"zh": set[str](), "en": set[str]()}
    for slug in (
        "education/2025-budget",
        "economy-data/2023-budget",
        "culture-tourism/2025-budget",
    ):
        for page in both(f"{slug}/tables/index.html"):
            said[page.lang].add(page.article.text())
    for lang, states in {
        "zh": ("已提供", "空表", "见各项目页", "无此项", "涉密，不公开", "文件未提供"),
        "en": (
            "Provided",
            "Empty table",
            "See the project pages",
            "Withheld",
            "Not in the document",
        ),
    }.items():
        text = " ".join(said[lang])
        assert [state for state in states if state not in text] == []


def test_disclosure_without_tables_says_so(both: ReadPages) -> None:
    for page, word in zip(
        both("data-resources/2023-budget/tables/index.html"),
        ("文件未提供", "Not in the document"),
        strict=True,
    ):
        assert page.article.text().count(word) == 10  # the last one is drawn from its projects


# ---- kinds of nothing ------------------------------------------------------------------------


def test_every_kind_of_nothing_is_on_its_page(both: ReadPages) -> None:
    name = {"zh": "使用非财政拨款结余", "en": "Surplus of non-fiscal funds used"}
    for page in both("education/2024-final/tables/revenue-expenditure.html"):
        cells = row(page, "revenue-expenditure-revenue", name[page.lang])
        assert [nothing(cell) for cell in cells[-2:]] == [ABSENT[page.lang], BLANK[page.lang]]
    name = {"zh": "六、经营收入", "en": "Business (non-core) revenue"}
    for page in both("education/2024-final/tables/revenue-expenditure.html"):
        cells = row(page, "revenue-expenditure-revenue", name[page.lang])
        assert [cell.text() for cell in cells[-2:]] == [NOT_APPLICABLE[page.lang]] * 2
    name = {"zh": "1.因公出国（境）费", "en": "Official overseas visits"}
    for page in both("culture-tourism/2025-budget/tables/three-public.html"):
        cells = row(page, "three-public-rows", name[page.lang])
        shown = ["0", "0", "0", NOT_APPLICABLE[page.lang]]
        assert [figure(cell) for cell in cells[1:5]] == shown
        assert nothing(cells[5]) == BLANK[page.lang]
    name = {
        "zh": "国有资本经营预算拨款收入",
        "en": "Revenue from the state capital operations budget",
    }
    for page in both("culture-tourism/2025-budget/summary.html"):
        assert figure(row(page, "revenue-table", name[page.lang])[1]) == "0.00"


def test_kinds_of_nothing_reach_the_downloads(district_site: Path) -> None:
    folder = district_site / "departments/education/2024-final/data"
    whole = json.loads((folder / "disclosure.json").read_text(encoding="utf-8"))
    rows = {row["item"]: row for row in whole["tables"]["revenue-expenditure"]["revenue"]}
    assert rows["使用非财政拨款结余"] == {"item": "使用非财政拨款结余", "actual": None}
    assert rows["六、经营收入"]["actual"] == "不适用"
    folder = district_site / "departments/culture-tourism/2025-budget/data"
    whole = json.loads((folder / "disclosure.json").read_text(encoding="utf-8"))
    assert whole["budget"]["revenue"]["sources"]["国有资本经营预算拨款收入"] == "0.00"
    assert whole["tables"]["state-capital"]["empty_note"].startswith("注：")
    text = (folder / "tables/three-public.csv").read_text(encoding="utf-8-sig")
    heads, *lines = csv.reader(text.splitlines())
    (line,) = (line for line in lines if "因公出国" in line[0])
    abroad = {head.split(" ")[-1]: cell for head, cell in zip(heads, line, strict=True)}
    printed = ("prior_budget", "budget", "change", "change_share", "reason")
    assert [abroad[id] for id in printed] == ["0", "0", "0", "不适用", ""]
    values = ("prior_budget_yuan", "budget_yuan", "change_yuan", "change_share_percent")
    assert [abroad[id] for id in values] == ["0", "0", "0", ""]


# ---- shapes ----------------------------------------------------------------------------------


def test_units_have_pages_with_their_own_figures(both: ReadPages) -> None:
    address = "education/2025-budget/units/first-senior-school.html"
    for page, title in zip(
        both(address),
        ("云栖区第一高级中学（虚构）", "Yunqi District No. 1 Senior High School (fictitious)"),
        strict=True,
    ):
        assert page.article.one("h1").text() == title
        cells = grid(page.by_id["expenditure-rows"])[0]
        assert [figure(cell) for cell in cells[-3:]] == ["1855.80", "1725.80", "130.00"]
    for page in both("education/2025-budget/duties.html"):
        links = {page.resolve(link["href"])[0] for link in page.section("institutions").all("a")}
        root = "en/" if page.lang == "en" else ""
        for slug in ("first-senior-school", "teacher-training"):
            assert f"{root}departments/education/2025-budget/units/{slug}.html" in links


def test_table_by_unit_names_the_units(both: ReadPages) -> None:
    for page, name in zip(
        both("education/2025-budget/tables/expenditure.html"),
        ("云栖区教育局本级（虚构）", "Yunqi District Education Bureau, head office (fictitious)"),
        strict=True,
    ):
        named = [cells for cells in grid(page.by_id["expenditure-rows"]) if cells[0].text() == name]
        assert [figure(cell) for cell in named[0][-3:]] == ["1081.91", "441.91", "640.00"]


def test_renamed_department_has_its_names_and_predecessor(both: ReadPages) -> None:
    old = (
        "云栖区经济和信息化局（虚构）",
        "Yunqi District Bureau of Economy and Information Technology",
    )
    new = ("云栖区经济和数据局（虚构）", "Yunqi District Bureau of Economy and Data (fictitious)")
    for index, page in enumerate(both("economy-data/index.html")):
        assert page.article.one("h1").text() == new[index]
        history = page.article.text()
        assert old[index] in history
        links = {page.resolve(link["href"])[0] for link in page.article.all("a")}
        root = "en/" if page.lang == "en" else ""
        assert f"{root}departments/data-resources/index.html" in links
    for address, name in (("2024-budget", old), ("2025-budget", new)):
        for index, page in enumerate(both(f"economy-data/{address}/index.html")):
            assert name[index] in page.article.text()
    for page in both("data-resources/index.html"):
        links = {page.resolve(link["href"])[0] for link in page.article.all("a")}
        root = "en/" if page.lang == "en" else ""
        assert f"{root}departments/economy-data/index.html" in links


def test_yuan_with_separators_beside_a_table_in_wan_yuan(both: ReadPages) -> None:
    for page, unit in zip(
        both("culture-tourism/2025-budget/tables/general-public-budget.html"),
        ("元", "CNY"),
        strict=True,
    ):
        caption = page.by_id["general-public-budget-rows"].one("caption").text()
        assert caption.endswith((f"（单位：{unit}）", f"(Unit: {unit})"))
        assert "6,533,139.66" in {cell.text() for cell in grid(page.root.one("table"))[0]}
    for page, unit in zip(
        both("culture-tourism/2025-budget/tables/three-public.html"),
        ("万元", "CNY 10,000"),
        strict=True,
    ):
        assert unit in page.by_id["three-public-rows"].one("caption").text()
    for page, amount in zip(
        both("culture-tourism/2025-budget/projects/FIC25-CUL-005.html"),
        ("286,430.00元", "CNY 286,430"),
        strict=True,
    ):
        assert page.article.one("strong", cls="d-key__figure").text() == amount


def test_codes_are_shown_as_printed_joined_or_split(both: ReadPages) -> None:
    for id, codes in (
        ("expenditure", {"215", "21508", "2150805"}),
        ("general-public-budget", {"215", "215 08", "215 08 05"}),
    ):
        for page in both(f"economy-data/2025-budget/tables/{id}.html"):
            shown = {cells[0].text() for cells in grid(page.by_id[f"{id}-rows"])}
            assert codes <= shown
            assert "rows-code-2150805" in page.by_id


def test_full_width_digits_keep_their_print(both: ReadPages) -> None:
    for page in both("economy-data/2023-final/tables/three-public.html"):
        shown = {figure(cells[-1]) for cells in grid(page.by_id["three-public-counts"])}
        assert "２６８" in shown


def test_new_and_old_forms_of_indicators(both: ReadPages) -> None:
    heads = {"zh": ("指标性质", "权重"), "en": ("Operator", "Weight")}
    for page in both("education/2025-budget/projects/FIC23-EDU-001.html"):
        table = page.by_id["indicators-table"]
        shown = [head.text() for head in table.one("thead").all("th")]
        assert set(heads[page.lang]) <= set(shown)
        names = {"zh": ("成本指标", "经济成本指标"), "en": ("Cost indicators", "Economic cost")}
        assert all(name in table.text() for name in names[page.lang])
    for page in both("education/2023-budget/projects/FIC23-EDU-001.html"):
        shown = [head.text() for head in page.by_id["indicators-table"].one("thead").all("th")]
        assert not set(heads[page.lang]) & set(shown)


def test_projects_are_followed_over_the_years(both: ReadPages) -> None:
    for page in both("education/2025-budget/projects/FIC25-EDU-004.html"):
        codes = [cells[2].text() for cells in grid(page.by_id["project-years-table"])]
        assert codes == ["FIC23-EDU-002", "FIC23-EDU-002", "FIC25-EDU-004"]
    for page in both("culture-tourism/2024-budget/projects/FIC23-CUL-001.html"):
        assert len(grid(page.by_id["project-years-table"])) == 3


def test_other_periods_of_the_schedule(both: ReadPages) -> None:
    for page, first in zip(
        both("education/2025-budget/projects/FIC25-EDU-004.html"),
        ("第一季度", "First quarter"),
        strict=True,
    ):
        assert first in page.section("schedule").text()
    for page in both("education/2025-budget/projects/FIC24-EDU-003.html"):
        schedule = page.section("schedule")
        assert re.search(r"2024", schedule.text()), "when it begins, without a schedule"
        assert not [each for each in schedule.all() if "d-steps" in each.classes]


def test_information_record(both: ReadPages) -> None:
    for page in both("education/2025-budget/index.html"):
        text = page.section("introduction").text()
        assert "虚构YQ201/2025-00011" in text and "虚构云栖教〔2025〕2号" in text


# ---- adding a year ---------------------------------------------------------------------------


def test_adding_a_year_needs_only_yaml(tmp_path: Path, build_site: Callable[..., Path]) -> None:
    """The folder of 2025 copied to 2026 makes every page of 2026 and a place in the switch."""
    project = tmp_path / "district"
    shutil.copytree(EXAMPLE, project)
    departments = project / "data" / "departments"
    for other in departments.iterdir():
        if other.name != "culture-tourism":
            shutil.rmtree(other)
    kept = departments / "culture-tourism"
    for slug in ("2023-budget", "2023-final", "2024-budget", "2024-final"):
        shutil.rmtree(kept / slug)
    shutil.copytree(kept / "2025-budget", kept / "2026-budget")
    header = kept / "2026-budget" / "disclosure.yml"
    text = header.read_text(encoding="utf-8")
    header.write_text(text.replace("year: 2025", "year: 2026"), encoding="utf-8")
    site = build_site(config=project / "mkdocs.yml")
    for root in ("", "en/"):
        folder = site / root / "departments" / "culture-tourism"
        pages = [
            {path.relative_to(folder / slug) for path in (folder / slug).rglob("*.html")}
            for slug in ("2025-budget", "2026-budget")
        ]
        assert pages[0] == pages[1] and len(pages[0]) > 25
        page = read_page(site, folder / "2026-budget" / "tables" / "revenue.html")
        links = [page.resolve(a["href"])[0] for a in page.root.one("nav", cls="d-years").all("a")]
        assert links == [f"{root}departments/culture-tourism/2025-budget/tables/revenue.html"]
        page = read_page(site, folder / "2026-budget" / "summary.html")
        assert "2025" in page.section("years").text()
        home = (site / root / "index.html").read_text(encoding="utf-8")
        assert "departments/culture-tourism/2026-budget/index.html" in home
