"""The box that says how a disclosure is cited: read, selected and copied; what the head says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.conftest import OpenReader, ServeFolder

from disclosure.site.dataset import as_script

FOLDER = "departments/economy-technology/2024-budget"
SIDES = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
SCREENS = pytest.mark.parametrize("screen", ["phone", "desktop"])

# The text of the definition below a label, as a reader selects it.
SELECTED = """label => {
  const term = [...document.querySelectorAll("#cite ~ dl dt")]
    .find(each => each.textContent.includes(label));
  const range = document.createRange();
  range.setStartBefore(term.parentElement.querySelector("dd"));
  range.setEndAfter(term.parentElement.lastElementChild);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
}"""
# What of the box stands outside of the window, sideways.
OUTSIDE = """() => [...document.querySelectorAll("#cite ~ * *, #cite ~ *")]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => each.outerHTML.slice(0, 80))"""


def selected(page: Page, label: str) -> str:
    return str(page.evaluate(SELECTED, label)).strip()


@SCREENS
@SIDES
def test_a_citation_is_selected_whole(
    open_reader: OpenReader, site_address: str, prefix: str, screen: str
) -> None:
    reader = open_reader(screen)
    page = reader.page
    for name in ("downloads", "editions"):
        page.goto(f"{site_address}{prefix}{FOLDER}/{name}.html#cite")
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        address = f"{prefix}{FOLDER}/editions.html#edition-"
        standard = selected(page, "GB/T 7714")
        assert "[DS/OL]. V" in standard and address in standard and "\n" not in standard
        other = selected(page, "APA")
        assert "承德高新技术产业开发区经济与科技发展局 2024 年部门预算信息公开情况说明 [" in other
        assert address in other and "\n" not in other
        lines = selected(page, "BibTeX").splitlines()
        start = next(at for at, line in enumerate(lines) if line.startswith("@dataset{"))
        entry = [line for line in lines[start:] if line.strip()]
        assert entry[-1] == "}" and all(
            line.endswith("},") for line in entry[1:-1] if "month" not in line
        )
    assert not reader.errors


@SIDES
def test_the_overview_leads_to_the_box(
    open_reader: OpenReader, site_address: str, prefix: str
) -> None:
    page = open_reader("phone").page
    page.goto(f"{site_address}{prefix}{FOLDER}/index.html")
    page.locator("a[href$='downloads.html#cite']").click()
    page.wait_for_url("**/downloads.html#cite")
    assert page.evaluate("""() => {
      const box = document.getElementById("cite").getBoundingClientRect();
      return box.top >= 0 && box.top < innerHeight;
    }""")
    file = page.locator("#cite ~ dl a[href$='citation.bib']")
    text = file.evaluate("async link => (await fetch(link.href)).text()")
    assert str(text).startswith("@dataset{economy-technology-2024-budget-edition-")


ATTACK = {"name": "</script><script>document.title = 'ran'</script><!--<script>&amp;\u2028"}


def test_the_policy_lets_data_stand_and_nothing_in_it_run(
    built_site: Path, serve_folder: ServeFolder, open_reader: OpenReader, tmp_path: Path
) -> None:
    """The page of the site, with its policy and a name that means harm in its data block."""
    (tmp_path / "site").mkdir()
    html = (built_site / FOLDER / "index.html").read_text("utf-8")
    start = html.index('<script type="application/ld+json">') + 35
    end = html.index("</script>", start)
    known: dict[str, Any] = json.loads(html[start:end])
    assert known["@type"] == "Dataset" and "Content-Security-Policy" in html[:start]
    changed = html[:start] + as_script(known | ATTACK) + html[end:]
    (tmp_path / "site" / "index.html").write_text(changed, "utf-8")
    (tmp_path / "site" / "plain.html").write_text(html, "utf-8")
    reader = open_reader("desktop")
    page = reader.page
    address = serve_folder(tmp_path / "site")
    refused = (
        "addEventListener('securitypolicyviolation', e => (window.refused ||= []).push(e.sample))"
    )
    page.add_init_script(refused)
    page.goto(address)
    block = page.locator("head script[type='application/ld+json']")
    assert json.loads(block.evaluate("e => e.textContent")) == known | ATTACK
    assert page.title() != "ran" and page.evaluate("window.refused") is None
    scripts = page.locator("script").count()
    page.goto(f"{address}plain.html")
    assert page.locator("script").count() == scripts
