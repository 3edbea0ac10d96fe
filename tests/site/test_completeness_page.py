"""The completeness page: every item with its state, its basis and its page, in both languages."""

from __future__ import annotations

import pytest
from tests.site.reading import Document, Element, grid

from disclosure.book import Book, Disclosure
from disclosure.model.fields import Lang
from disclosure.rules.completeness import items
from disclosure.rules.examine import examine

Pages = dict[str, Document]
HERE = "departments/economy-technology/2024-budget"
pytestmark = pytest.mark.parametrize("lang", ["zh", "en"])


def address(lang: str, name: str) -> str:
    return ("" if lang == "zh" else "en/") + f"{HERE}/{name}"


def rows(page: Document) -> dict[str, list[Element]]:
    """The rows of all tables by their ids, head rows left out."""
    return {row["id"]: row.all("th", "td") for row in page.root.all("tr") if row["id"]}


@pytest.fixture
def disclosure(book: Book) -> Disclosure:
    (only,) = book.disclosures
    return only


def test_every_item_is_listed_once(
    pages: Pages, book: Book, disclosure: Disclosure, lang: Lang
) -> None:
    page = pages[address(lang, "completeness.html")]
    listed = items(disclosure, book)
    assert list(rows(page)) == [f"{item.group}-{item.id}" for item in listed]
    for item in listed:
        name, state, basis = rows(page)[f"{item.group}-{item.id}"]
        assert name.text() and basis.text() == item.basis[lang]
        assert state.all("strong")[0].text()[0] in "✓○—✕", item.id


def test_every_item_leads_to_its_page(pages: Pages, lang: Lang) -> None:
    page = pages[address(lang, "completeness.html")]
    found = {id: page.resolve(cells[0].all("a")[0]["href"])[0] for id, cells in rows(page).items()}
    assert set(found.values()) <= set(pages)
    for id, name in (
        ("tables-revenue", "tables/revenue.html"),
        ("tables-three-public", "tables/three-public.html"),
        ("parts-three-public", "three-public.html"),
        ("parts-procurement", "procurement.html"),
        ("details-functional", "tables/general-public-budget.html"),
    ):
        assert found[id] == address(lang, name)


def test_states_in_words(pages: Pages, lang: Lang) -> None:
    page = pages[address(lang, "completeness.html")]
    shown = {id: cells[1].all("strong")[0].text() for id, cells in rows(page).items()}
    said = {
        "zh": (
            "— 文件没有提供",
            "✓ 见各项目页",
            "○ 空表，有说明",
            "✕ 缺少",
            "— 缺少材料，无法核对",
        ),
        "en": (
            "— Not in the document",
            "✓ On the project pages",
            "○ Empty, with a note",
            "✕ Missing",
            "— Cannot be checked for want of data",
        ),
    }[lang]
    ids = (
        "tables-revenue",
        "tables-project-performance",
        "parts-procurement",
        "details-approved",
        "details-deadline",
    )
    assert tuple(shown[id] for id in ids) == said


def test_the_explanation_of_a_gap_stands_beside_it(
    pages: Pages, book: Book, disclosure: Disclosure, lang: Lang
) -> None:
    page = pages[address(lang, "completeness.html")]
    gaps = [each for each in examine(book).of(disclosure).findings if each.rule == "C704"]
    assert [each.address.rpartition("/")[2] for each in gaps] == ["approved", "published"]
    unexplained = {"zh": "编者尚未说明。", "en": "The editors have not yet explained it."}
    for gap in gaps:
        words = gap.problem.explanation
        expected = words.in_language(lang) if words else unexplained[lang]
        cell = rows(page)[f"details-{gap.address.rpartition('/')[2]}"][1]
        assert " ".join(expected.split()) in cell.text()


def test_the_page_is_found_from_the_overview_and_the_navigation(pages: Pages, lang: Lang) -> None:
    overview = pages[address(lang, "index.html")]
    target = address(lang, "completeness.html")
    leading = [link for link, to in overview.links() if overview.resolve(to)[0] == target]
    assert len(leading) == 3  # the list below the parts, the menu, the bar under the thumb


def test_on_a_phone_the_rows_are_cards_with_labels(pages: Pages, lang: Lang) -> None:
    page = pages[address(lang, "completeness.html")]
    assert len(page.root.all("div", cls="d-table--cards")) == 3
    for table in page.root.all("table"):
        heads = [cell.text() for cell in table.one("thead").all("th")]
        for row in grid(table):
            assert [cell["data-label"] for cell in row[1:]] == heads[1:]
