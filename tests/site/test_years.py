"""Several years, kinds, departments and a unit: a small fictitious site, built once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.projects import ROOT
from tests.site.reading import Document, grid, read_site

from disclosure.book import load_book
from disclosure.rules.translation import missing_english, texts

YEARS = ROOT / "tests" / "fixtures" / "years"
HERE = "departments/commerce"
LANGS = ("zh", "en")
Pages = dict[str, Document]


@pytest.fixture(scope="module")
def years(build_site: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Pages:
    folder = tmp_path_factory.mktemp("years")
    shutil.copytree(YEARS, folder, dirs_exist_ok=True)
    (folder / "content").mkdir()
    return read_site(build_site(config=folder / "mkdocs.yml"))


def page(years: Pages, lang: str, url: str) -> Document:
    return years[url if lang == "zh" else f"en/{url}"]


def switch(document: Document) -> list[tuple[str, str]]:
    """The entries of the switch of year and kind, and where they lead (empty: this page)."""
    (nav,) = document.root.all("nav", cls="d-years")
    found = []
    for item in nav.all("li"):
        links = item.all("a")
        address = document.resolve(links[0]["href"])[0].removeprefix("en/") if links else ""
        found.append((item.text(), address))
    return found


TITLES = {
    "zh": ["2024年部门预算", "2023年部门预算", "2023年部门决算"],
    "en": [
        "2024 departmental budget",
        "2023 departmental budget",
        "2023 departmental final accounts",
    ],
}


def test_the_data_are_whole() -> None:
    book = load_book(YEARS / "data")
    for disclosure in book.disclosures:
        assert list(missing_english(texts(disclosure, book), book)) == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "name", ["summary.html", "projects/index.html", "tables/expenditure.html", "checks.html"]
)
def test_the_switch_keeps_the_page(years: Pages, lang: str, name: str) -> None:
    found = switch(page(years, lang, f"{HERE}/2023-budget/{name}"))
    assert [title for title, _ in found] == TITLES[lang]
    assert [address for _, address in found] == [
        f"{HERE}/2024-budget/{name}",
        "",
        f"{HERE}/2023-final/{name}",
    ]


NO_PAGE = {"zh": "没有这一页，看概览", "en": "no such page: its overview"}
NO_PROJECT = {"zh": "没有此项目，看项目列表", "en": "no such project: its project list"}


@pytest.mark.parametrize("lang", LANGS)
def test_the_switch_leads_to_the_overview_where_there_is_no_such_page(
    years: Pages, lang: str
) -> None:
    here, *others = switch(page(years, lang, f"{HERE}/2024-budget/units/centre.html"))
    assert here == (TITLES[lang][0], "")
    assert [address for _, address in others] == [
        f"{HERE}/2023-budget/index.html",
        f"{HERE}/2023-final/index.html",
    ]
    assert all(text.endswith(NO_PAGE[lang]) for text, _ in others)


@pytest.mark.parametrize("lang", LANGS)
def test_the_switch_follows_a_project_and_else_leads_to_the_list(years: Pages, lang: str) -> None:
    """B7 was A1 the year before; the accounts do not have it."""
    _, before, accounts = switch(page(years, lang, f"{HERE}/2024-budget/projects/B7.html"))
    assert before == (TITLES[lang][1], f"{HERE}/2023-budget/projects/A1.html")
    assert accounts[1] == f"{HERE}/2023-final/projects/index.html"
    assert accounts[0].endswith(NO_PROJECT[lang])


def test_a_table_that_only_budgets_have_leads_to_the_overview_of_the_accounts(
    years: Pages,
) -> None:
    found = switch(years[f"{HERE}/2024-budget/tables/projects.html"])
    assert [address for _, address in found][1:] == [
        f"{HERE}/2023-budget/tables/projects.html",
        f"{HERE}/2023-final/index.html",
    ]


def test_one_disclosure_has_no_switch(years: Pages) -> None:
    assert years["departments/trade/2022-budget/index.html"].root.all("nav", cls="d-years") == []
    assert years["index.html"].root.all("nav", cls="d-years") == []


def compared(document: Document) -> list[list[str]]:
    table = document.section("years").one("table")
    return [[cell.text() for cell in row] for row in grid(table)]


COMPARED = [
    ["900", "1000.00", "+100.00", "+11.1%"],
    ["900", "1000.00", "+100.00", "+11.1%"],
    ["500", "450.00", "−50.00", "−10.0%"],
    ["400", "550.00", "+150.00", "+37.5%"],
]


@pytest.mark.parametrize("lang", LANGS)
def test_both_years_in_the_unit_of_the_later(years: Pages, lang: str) -> None:
    rows = compared(page(years, lang, f"{HERE}/2024-budget/summary.html"))
    assert [row[1:5] for row in rows] == COMPARED
    reason = "新增展会。" if lang == "zh" else "A new trade fair."
    assert [row[5] for row in rows] == ["", reason, "", ""]


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_computed_out_of_a_blank_or_a_zero(years: Pages, lang: str) -> None:
    rows = compared(page(years, lang, f"{HERE}/2024-budget/three-public.html"))
    hospitality, overseas, total = (row[1:5] for row in rows)
    assert hospitality == ["2", "", "", ""]
    assert overseas[1:] == ["1.50", "+1.50", ""]
    assert total == ["2", "1.50", "−0.50", "−25.0%"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("year", ["2023-budget", "2023-final"])
def test_without_the_year_before_nothing_is_compared(years: Pages, lang: str, year: str) -> None:
    for name in ("summary", "three-public", "operating"):
        assert "years" not in page(years, lang, f"{HERE}/{year}/{name}.html").by_id


@pytest.mark.parametrize("lang", LANGS)
def test_a_project_is_followed_over_the_years(years: Pages, lang: str) -> None:
    for year, code, other in (
        ("2023-budget", "A1", f"{HERE}/2024-budget/projects/B7.html"),
        ("2024-budget", "B7", f"{HERE}/2023-budget/projects/A1.html"),
    ):
        document = page(years, lang, f"{HERE}/{year}/projects/{code}.html")
        table = document.section("years").one("table")
        rows = [[cell.text() for cell in row] for row in grid(table)]
        assert [row[0] for row in rows] == TITLES[lang][1::-1]
        assert [row[2] for row in rows] == ["A1", "B7"]
        amounts = {
            "zh": ["4,000,000.00元", "550.00万元"],
            "en": ["CNY 4,000,000", "CNY 5,500,000"],
        }
        assert [row[3] for row in rows] == amounts[lang]
        (link,) = table.all("a")
        assert document.resolve(link["href"])[0].removeprefix("en/") == other


NAMES = {
    "zh": ["虚构商业局", "虚构商务局", "虚构贸易局"],
    "en": ["Fictitious Business Bureau", "Fictitious Commerce Bureau", "Fictitious Trade Bureau"],
}


@pytest.mark.parametrize("lang", LANGS)
def test_a_department_keeps_its_names_and_predecessors(years: Pages, lang: str) -> None:
    document = page(years, lang, f"{HERE}/index.html")
    facts = [fact.text() for fact in document.section("names").all("dd")]
    assert facts == NAMES[lang]
    assert [t.text() for t in document.section("names").all("dt")][:2] == [
        "2023",
        "2023、2024" if lang == "zh" else "2023; 2024",
    ]
    (link,) = [e for e in document.section("names").all("a") if "headerlink" not in e.classes]
    assert document.resolve(link["href"])[0].removeprefix("en/") == "departments/trade/index.html"
    former = page(years, lang, "departments/trade/index.html")
    (back,) = [e for e in former.section("names").all("a") if "headerlink" not in e.classes]
    assert back.text() == NAMES[lang][1]
    assert former.resolve(back["href"])[0].removeprefix("en/") == f"{HERE}/index.html"


@pytest.mark.parametrize("lang", LANGS)
def test_a_unit_has_a_page_and_the_institution_leads_to_it(years: Pages, lang: str) -> None:
    duties = page(years, lang, f"{HERE}/2024-budget/duties.html")
    name = "虚构服务中心" if lang == "zh" else "Fictitious Service Centre"
    (link,) = [e for e in duties.article.all("a") if e.text() == name]
    document = years[duties.resolve(link["href"])[0]]
    assert document.url.endswith("2024-budget/units/centre.html")
    said = document.article.text()
    for zh, en in (
        ("公益一类", "public-interest category I"),
        ("文件此格为空", "blank in the document"),
        ("本单位无此项。", "The unit has none."),
        ("（空表）", "(empty table)"),
    ):
        assert (zh if lang == "zh" else en) in said


def test_every_page_has_its_twin_with_the_same_anchors(years: Pages) -> None:
    for url, document in years.items():
        if url != "404.html":
            assert document.ids == years[document.twin].ids, url


def test_every_link_leads_somewhere(years: Pages) -> None:
    for document in years.values():
        for _, link in document.links():
            address, anchor = document.resolve(link)
            if address in years and anchor:
                assert anchor in years[address].by_id, (document.url, link)
