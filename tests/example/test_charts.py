"""The charts of the fictitious district hold what its tables hold."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from tests.example.conftest import ReadPages
from tests.site.reading import Document, Element, grid

from disclosure.book import Book, Disclosure

YUAN = {"万元": Decimal(10_000), "元": Decimal(1)}


def disclosure(book: Book, name: str) -> Disclosure:
    department, slug = name.split("/")
    return next(d for d in book.disclosures if (d.department, d.slug) == (department, slug))


def bars(around: Element, title: str) -> list[tuple[str, Decimal, float]]:
    """The bars of the chart with such a title: label, yuan, width."""
    (figure,) = [
        each
        for each in around.all("figure", cls="d-bars")
        if re.search(title, each.one("figcaption").text())
    ]
    found = []
    for row in figure.all("li"):
        label = row.one("a").all("span")[0].text()
        width = float(row.one("svg").all("rect")[1]["width"])
        found.append((label, Decimal(row.all("data")[0]["value"]), width))
    return found


def classes(given: Disclosure, table: str, column: str) -> dict[str, Decimal]:
    """What the table prints for each class, all institutions together, in yuan."""
    sums: dict[str, Decimal] = {}
    form = given.tables[table]
    assert given.budget is not None
    for side, row in form.rows():
        figure = row.figure(column)
        if side.kind and row.joined and len(row.joined) == 3 and figure and figure.number:
            unit = YUAN[form.unit or given.budget.unit]
            sums[row.joined] = sums.get(row.joined, Decimal(0)) + figure.number * unit
    return sums


@pytest.mark.parametrize(
    ("name", "table", "title", "column"),
    [
        ("education/2025-budget", "expenditure", "功能|functional", "total"),
        ("education/2025-budget", "basic-expenditure", "经济|economic", "total"),
        ("culture-tourism/2024-final", "expenditure", "功能|functional", "total"),
        ("culture-tourism/2024-final", "basic-expenditure", "经济|economic", "total"),
    ],
)
def test_the_structure_is_that_of_the_classes(
    district_book: Book, both: ReadPages, name: str, table: str, title: str, column: str
) -> None:
    """Sections and items are not drawn a second time; the overview and the table's page agree."""
    wanted = sorted(classes(disclosure(district_book, name), table, column).values(), reverse=True)
    assert len(wanted) >= 2
    for overview, page in zip(
        both(f"{name}/index.html"), both(f"{name}/tables/{table}.html"), strict=True
    ):
        for found in (
            bars(overview.section("where"), title),
            bars(page.article, title),
        ):
            assert [amount for _, amount, _ in found] == wanted[:8]
            for _, amount, width in found:
                assert width == pytest.approx(float(amount / wanted[0] * 100), abs=0.0001)
        figure = overview.section("where").all("figure")[-1]
        links = [overview.resolve(link["href"])[0] for link in figure.all("a")]
        assert all("/tables/" in link for link in links)


def test_budget_and_final_accounts_side_by_side(district_book: Book, both: ReadPages) -> None:
    """In the summary of both, the difference and its share computed once more."""
    budget = disclosure(district_book, "education/2024-budget").budget
    final = disclosure(district_book, "education/2024-final").budget
    assert budget is not None and final is not None
    for name in ("education/2024-budget", "education/2024-final"):
        for page in both(f"{name}/summary.html"):
            rows = [[cell.text() for cell in row] for row in grid(page.by_id["against-table"])]
            spent, planned = final.expenditure, budget.expenditure
            pairs = [
                (final.revenue.total, budget.revenue.total),
                *(
                    (getattr(spent, key), getattr(planned, key))
                    for key in ("total", "basic", "personnel", "non_personnel", "projects")
                ),
            ]
            assert len(rows) == len(pairs)
            for (_, before, now, change, share), (actual, plan) in zip(rows, pairs, strict=True):
                assert (before, now) == (plan.printed, actual.printed)
                difference = actual.value - plan.value
                assert Decimal(change.replace("−", "-")) == difference
                percent = Decimal(share.replace("−", "-").rstrip("%"))
                assert abs(percent - difference / plan.value * 100) <= Decimal("0.05")
            drawn = bars(page.section("against"), "2024")
            assert [amount for _, amount, _ in drawn] == [
                figure.value * 10_000 for pair in pairs for figure in reversed(pair)
            ]
            assert (
                "39.00" in page.section("against").text()
                or "390,000" in page.section("against").text()
            ), "what is carried over into the next year is said"


def test_nothing_is_compared_that_is_not_there(both: ReadPages) -> None:
    for page in (
        *both("education/2025-budget/summary.html"),
        *both("education/2025-budget/index.html"),
    ):
        assert "against" not in page.by_id
    for page in both("data-resources/2023-budget/index.html"):
        titles = [each.one("figcaption").text() for each in page.section("compared").all("figure")]
        assert len(titles) == 1, "no year before, but final accounts of the year"


def test_a_blank_period_is_no_zero(both: ReadPages) -> None:
    for page, blank in zip(
        both("culture-tourism/2024-budget/projects/FIC24-CUL-003.html"),
        ("文件此格为空", "blank in the document"),
        strict=True,
    ):
        first, last = page.section("schedule").all("li", cls="d-step")
        assert not first.all("rect") and blank in first.raw_text()
        assert last.all("rect")[1]["height"] == "100.0"


def test_a_project_over_the_years_in_different_units(both: ReadPages) -> None:
    for page in both("education/2025-budget/projects/FIC23-EDU-001.html"):
        drawn = bars(page.section("years"), ".")
        assert len(drawn) == len(grid(page.by_id["project-years-table"]))
        longest = max(amount for _, amount, _ in drawn)
        for _, amount, width in drawn:
            assert width == pytest.approx(float(amount / longest * 100), abs=0.0001)


def every_image(page: Document) -> list[Element]:
    return [
        svg
        for cls in ("d-bars", "d-steps")
        for chart in page.root.all(cls=cls)
        for svg in chart.all("svg")
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("education/2025-budget/index.html", "education/2025-budget/projects/index.html"),
        *("education/2024-final/summary.html", "economy-data/2024-final/index.html"),
        "education/2025-budget/units/first-senior-school.html",
        "economy-data/2025-budget/projects/FIC25-ECO-005.html",
    ],
)
def test_every_image_is_named_described_and_in_a_link_that_leads_somewhere(
    both: ReadPages, name: str
) -> None:
    for page in both(name):
        images = every_image(page)
        assert images
        for svg in images:
            assert svg["role"] == "img"
            assert svg.one("title").text() and svg.one("desc").text()
            link = next(each for each in svg.above() if each.tag == "a")
            assert link["href"]
            url, anchor = page.resolve(link["href"])
            if url == page.url:
                assert anchor in page.by_id, anchor
