"""Amounts of the fictitious district in other units: statutory tables, computed changes, units."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.accessible import faults, too_wide
from tests.conftest import OpenReader, ServeFolder
from tests.site.amounts import switch_faults, unit_faults, value_faults
from tests.site.reading import Document, read_page, read_site

SAMPLE = "departments/culture-tourism/2024-final"
# The widest tables of figures that are no sheets lying across.
WIDE = (f"{SAMPLE}/tables/fiscal-appropriation.html", f"en/{SAMPLE}/tables/basic-expenditure.html")


@pytest.fixture(scope="module")
def sample(district_site: Path) -> list[Document]:
    """The pages of final accounts, of its projects the first."""
    return list(_sample(district_site))


def _sample(site: Path) -> Iterator[Document]:
    for root in ("", "en/"):
        folder = site / root / SAMPLE
        paths = sorted(path for path in folder.rglob("*.html") if path.name != "print.html")
        projects = [path for path in paths if path.parent.name == "projects"]
        for path in paths:
            if path not in projects[2:]:
                yield read_page(site, path)


def test_amounts_have_their_value_and_each_page_its_switch(sample: list[Document]) -> None:
    assert [fault for page in sample for fault in (*value_faults(page), *unit_faults(page))] == []
    assert switch_faults(sample) == []
    values = [each["value"] for page in sample for each in page.root.all("data")]
    assert len(values) > 400
    assert any(value.startswith("-") for value in values), "a decrease"


@pytest.mark.slow
def test_all_amounts_have_their_value(district_site: Path) -> None:
    pages = read_site(district_site).values()
    assert [fault for page in pages for fault in (*value_faults(page), *unit_faults(page))] == []
    assert switch_faults(pages) == []


@pytest.mark.parametrize("url", WIDE)
def test_long_figures_move_no_page_sideways(
    open_reader: OpenReader, serve_folder: ServeFolder, district_site: Path, url: str
) -> None:
    """Statutory tables in yuan, in the largest letters, on the smallest phone."""
    reader = open_reader("phone")
    page = reader.page
    page.add_init_script("localStorage.setItem('disclosure.unit', 'yuan')")
    page.goto(serve_folder(district_site) + url)
    assert page.locator("[data-units]").input_value() == "yuan"
    assert not too_wide(page, 360)
    assert not faults(page)
    page.evaluate("document.documentElement.dataset.text = '200'")
    assert not too_wide(page, 360), "200 %"
    page.set_viewport_size({"width": 320, "height": 640})
    assert not too_wide(page, 320), "200 % at 320 px"
    assert not reader.errors
