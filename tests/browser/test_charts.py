"""Charts as readers meet them: heard, seen, printed, followed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.accessible import too_wide
from tests.conftest import OpenReader, Reader

FOLDER = "departments/economy-technology/2024-budget"


@pytest.fixture
def reader(reader: Reader) -> Any:
    """Whatever a reader does, the console stays silent."""
    yield reader
    assert not reader.errors


def heard(page: Page) -> list[tuple[str, str, str]]:
    """What a screen reader is told of the page: role, name, description of links and images."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (
            node["role"]["value"],
            node.get("name", {}).get("value", ""),
            node.get("description", {}).get("value", ""),
        )
        for node in nodes
        if not node.get("ignored") and node.get("role", {}).get("value") in ("link", "image")
    ]


@pytest.mark.parametrize(
    ("prefix", "link", "image"),
    [
        (
            "",
            "项目支出 3420万元 占支出总计的89.9%",
            ("占全部项目预算合计的16.6%", "本图最长的一条"),
        ),
        (
            "en/",
            "Project expenditure CNY 34,200,000 89.9% of total expenditure",
            ("16.6% of the sum of all project budgets", "the longest bar of this chart"),
        ),
    ],
    ids=["zh", "en"],
)
def test_a_bar_is_heard_as_a_link_and_its_image(
    desktop: Reader, site_address: str, prefix: str, link: str, image: tuple[str, str]
) -> None:
    desktop.page.goto(f"{site_address}{prefix}{FOLDER}/index.html")
    told = heard(desktop.page)
    assert link in [name for role, name, _ in told if role == "link"]
    assert image in [(name, description) for role, name, description in told if role == "image"]


def test_a_schedule_is_heard_in_order(desktop: Reader, site_address: str) -> None:
    """The period before its share, and a blank as a blank."""
    desktop.page.goto(f"{site_address}en/{FOLDER}/projects/13081123P00007210003G.html")
    names = [name for role, name, _ in heard(desktop.page) if role == "link"]
    steps = [name for name in names if name.startswith("End of ")]
    assert steps[0] == "End of March blank in the document no figure, which is not zero"
    assert steps[2] == "End of October 100% the same as at the date before"


def test_the_graphic_itself_leads_where_the_bar_leads(reader: Reader, site_address: str) -> None:
    page = reader.page
    page.goto(f"{site_address}{FOLDER}/index.html")
    bar = page.locator("#where ~ .d-bars svg").nth(3)
    bar.scroll_into_view_if_needed()
    box = page.locator("#where ~ .d-bars li").nth(3).bounding_box()
    assert box is not None and box["height"] >= 24
    bar.click(position={"x": 200, "y": 3})
    page.wait_for_url(f"**/{FOLDER}/summary.html#expenditure-projects")


# Colours that a bar and what is behind it really have, where a chart is shown.
SEEN = """() => [...document.querySelectorAll('.d-bars svg, .d-steps svg')].map(svg => {
  const box = svg.getBoundingClientRect();
  const [track, fill] = svg.querySelectorAll('rect');
  if (!fill) return [box.width, box.height, '', getComputedStyle(svg.firstElementChild).fill];
  return [box.width, box.height, getComputedStyle(track).fill, getComputedStyle(fill).fill];
})"""


def told_apart(page: Page) -> None:
    """Every bar has a size and another colour than what is behind it."""
    seen = page.evaluate(SEEN)
    assert seen
    for width, height, track, fill in seen:
        assert width >= 60 and height >= 4
        assert track != fill


@pytest.mark.parametrize("how", ["light", "dark", "forced"])
def test_bars_are_seen_in_every_way(open_reader: OpenReader, site_address: str, how: str) -> None:
    """In both schemes, in forced colours, on paper, and at 320 px in letters twice as large."""
    scheme: dict[str, Any] = {"color_scheme": "dark"} if how == "dark" else {}
    reader = open_reader("desktop", **({"forced_colors": "active"} if how == "forced" else scheme))
    page = reader.page
    for name in ("index", "projects/13081123P00007210003G"):
        page.goto(f"{site_address}en/{FOLDER}/{name}.html")
        told_apart(page)
        if how != "light":
            continue
        page.emulate_media(media="print")
        told_apart(page)
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 320, "height": 640})
        page.evaluate("document.documentElement.dataset.text = '200'")
        assert not too_wide(page, 320)
        told_apart(page)
    assert not reader.errors
