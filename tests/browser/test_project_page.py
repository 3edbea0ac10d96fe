"""A project page on a phone, at a desk and in large letters: its order, its cards, its form."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conftest import VIEWPORTS, OpenReader

FOLDER = "departments/economy-technology/2024-budget"
PROJECT = f"{FOLDER}/projects/13081123P00007210003G.html"
SIDES = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])

QUESTIONS = {
    "": ["多少钱", "用来做什么", "什么时候", "怎么衡量", "依据什么", "谁负责", "其他信息"],
    "en/": [
        *("How much", "What for", "When", "How it is measured", "On what basis"),
        *("Who is responsible", "Other facts"),
    ],
}
OFFICIAL = {"": "完整的绩效目标表", "en/": "The full official table"}

LOOK = """() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  const text = (e) => { const copy = e.cloneNode(true);
    copy.querySelectorAll(".headerlink, .d-finding, .d-absent").forEach((x) => x.remove());
    return copy.textContent.replace(/\\s+/g, " ").trim(); };
  const box = (e) => { const r = e.getBoundingClientRect();
    return [r.left, r.top, r.right, r.bottom]; };
  const cells = (row) => [...row.cells].filter(shown);
  const rows = (id) => [...document.querySelectorAll(`#${id} tbody tr`)].map((row) => ({
    id: row.id, texts: [...row.querySelectorAll("td")].filter(shown).map(text),
    all: row.querySelectorAll("td").length,
    boxes: cells(row).map((cell) => [cell.tagName, ...box(cell)]),
    sizes: cells(row).map((cell) => parseFloat(getComputedStyle(cell).fontSize)),
  }));
  const root = document.documentElement;
  return {
    headings: [...document.querySelectorAll("article h2")].map(text),
    first: box(document.querySelector(".d-key__figure") || root)[1],
    indicators: rows("indicators-table"), form: rows("official-table"),
    list: rows("projects-table"),
    width: root.clientWidth, scroll: root.scrollWidth,
    wide: [...document.querySelectorAll("article *")].filter((e) => shown(e)
      && box(e)[2] - box(e)[0] > 1 && box(e)[2] > root.clientWidth + 1
      && !e.closest(".d-table[tabindex], .d-hidden")).map((e) => e.className),
  };
}"""

Seen = dict[str, Any]


def look(open_reader: OpenReader, address: str, *pages: str, text: str = "") -> dict[str, Seen]:
    """What the pages look like on both screens, by viewport and page."""
    page = open_reader("phone").page
    if text:
        page.add_init_script(f"localStorage.setItem('disclosure.text', '{text}')")
    found = {}
    for url in pages:
        page.goto(address + url)
        for name, (width, height) in VIEWPORTS.items():
            page.set_viewport_size({"width": width, "height": height})
            found[f"{name} {url}"] = page.evaluate(LOOK)
    return found


@SIDES
def test_a_project_on_both_screens(open_reader: OpenReader, site_address: str, prefix: str) -> None:
    list_page = f"{prefix}{FOLDER}/projects/index.html"
    seen = look(open_reader, site_address, f"{prefix}{PROJECT}", list_page)
    phone, desk = (seen[f"{name} {prefix}{PROJECT}"] for name in VIEWPORTS)
    for each in (phone, desk):
        assert each["headings"] == [*QUESTIONS[prefix], OFFICIAL[prefix]]
        assert not each["wide"] and each["scroll"] == each["width"]
    assert phone["first"] < VIEWPORTS["phone"][1], "the amount is on the first screen"

    # A card says nothing twice; at a desk each cell is there, as printed.
    assert len(phone["indicators"]) == len(desk["indicators"]) == 9
    fewer = 0
    for card, row in zip(phone["indicators"], desk["indicators"], strict=True):
        assert len(set(card["texts"])) == len(card["texts"]), card["texts"]
        assert len(row["texts"]) == row["all"] == 4
        assert set(card["texts"]) == set(row["texts"])
        fewer += len(card["texts"]) < 4
    assert fewer >= 5

    # The form: at a desk label and value side by side twice; on a phone one below the other.
    for row in desk["form"]:
        tops = {round(top) for _, _, top, _, _ in row["boxes"]}
        assert len(tops) == 1
    left = {round(b[1]) for row in phone["form"] for b in row["boxes"] if b[0] == "TH"}
    assert len(left) == 1, "all labels begin at the left edge"
    assert max(len(row["boxes"]) for row in phone["form"]) == 5
    for row in phone["form"]:
        values = [b for b in row["boxes"] if b[0] == "TD"]
        assert all(b[3] - b[1] > 150 for b in values), "a value has the room of a long code"

    # The list: name, then the amount larger than all else, then the use, the code smallest.
    listed, table = (seen[f"{name} {list_page}"] for name in VIEWPORTS)
    assert len(listed["list"]) == len(table["list"]) == 12
    for entry in listed["list"]:
        assert entry["id"].startswith("project-")
        assert len(entry["boxes"]) >= 4
        number, name, amount, *_, code = entry["boxes"]
        assert abs(number[2] - name[2]) < 6 and name[2] < amount[2] < code[2]
        sizes = entry["sizes"]
        assert sizes[2] == max(sizes) >= 20 and sizes[-1] == min(sizes) >= 12
    assert not listed["wide"] and listed["scroll"] == listed["width"]
    assert all(len({round(b[2]) for b in row["boxes"]}) == 1 for row in table["list"])


def test_in_the_largest_letters_nothing_moves_sideways(
    open_reader: OpenReader, site_address: str
) -> None:
    """At 200 % a desk is as narrow as a phone: cards there too, and no scrolling at 360 px."""
    pages = (PROJECT, f"en/{FOLDER}/projects/index.html")
    for where, each in look(open_reader, site_address, *pages, text="200").items():
        assert not each["wide"] and each["scroll"] == each["width"], where
        for row in (*each["indicators"], *each["list"]):
            tops = [round(b[2]) for b in row["boxes"]]
            assert tops == sorted(tops) and len(set(tops)) > 1, f"{where}: not a card"
