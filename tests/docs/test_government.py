"""What the page on publishing shows of a government site is what the software takes and makes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.docs.pages import DOCS, LANGS, ROOT, page

from disclosure.book import load_book
from disclosure.rules.government import government
from disclosure.site.government import head_tags, subject
from disclosure.site.plan import plan

SMALLEST = ROOT / "tests" / "invalid" / "smallest"
HEADER = "departments/example/2024-budget/disclosure.yml"


def example(name: str) -> str:
    (found,) = (code.text for code in page("publishing", "zh").codes if code.note == name)
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_lacks_nothing_and_makes_the_tags_that_are_listed(
    tmp_path: Path, lang: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(SMALLEST, folder)
    (folder / "site.yml").write_text(example("government"), "utf-8")
    header = (folder / HEADER).read_text("utf-8")
    titled = re.sub("record:\n(  .*\n)+", lambda _: f"title: 示例\n{example('record')}", header)
    (folder / HEADER).write_text(titled, "utf-8")
    book = load_book(folder)
    assert [found.problem.line() for found in government(book)] == []
    site = plan(book)
    made = set()
    for marked in site.pages:
        edition = site.editions[marked.page.lang]
        tags = dict(head_tags(edition, subject(edition, marked.page), "https://a.cn/"))
        assert tags.get("PubDate", "2024-02-20 09:30") == "2024-02-20 09:30"
        made |= set(tags)
    text = (DOCS / lang / "publishing.md").read_text("utf-8")
    section = text.partition('<a id="government"></a>')[2].partition('<a id="')[0]
    rows = "\n".join(line for line in section.splitlines() if line.startswith("| "))
    listed = set(re.findall(r"`([A-Z][A-Za-z]+)`", rows)) - {"SITE", "SITE_URL"}
    assert listed == made | {"Description"}
