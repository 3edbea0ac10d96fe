"""What comes out of the printer: a project in Chinese, the whole disclosure in English."""

from __future__ import annotations

import pytest
from tests.browser import sheets
from tests.conftest import OpenReader

FOLDER = "departments/economy-technology/2024-budget"
PAGES = {
    "a project": f"{FOLDER}/projects/13081124P00000310002E.html",
    "the whole": f"en/{FOLDER}/print.html",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_as_a_document(open_reader: OpenReader, site_address: str, name: str) -> None:
    """From a dark screen too: the sheets are black on white."""
    reader = open_reader("desktop", color_scheme="dark")
    reader.page.goto(site_address + PAGES[name])
    what = sheets.printed(reader.page)
    cover = name == "the whole"
    assert not sheets.wrong_sizes(what)
    assert not sheets.wrong_numbers(what, cover)
    assert not sheets.lost_texts(what)
    assert not sheets.left_behind(what, contents=2 if cover else 0)
    assert not sheets.missing_heads(what)
    assert not sheets.bad_pictures(what)
    assert not sheets.screen_words(what, ("跳到正文", "搜索", "Skip to content", "Search"))
    upright, landscape = what.sheets[0], what.sheets[-1 if not cover else 13]
    assert upright.height > upright.width
    assert landscape.width > landscape.height, "the official table of a project lies"
    light = [sheet.picture.getpixel((2, 2)) for sheet in what.sheets]
    assert set(light) == {255}, "the paper stays white"
    if cover:
        assert sheets.broken_tables(what)
        starts = [sheet for sheet in what.sheets if "Performanceobjectivestable" in sheet.text]
        assert len(starts) == 12, "each project begins a sheet of its own"
    assert not reader.errors
