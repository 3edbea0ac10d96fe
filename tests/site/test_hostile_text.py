"""Markup in the data is text on every page, in every attribute, in search and in downloads."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.audit.policy import DATA_BLOCK
from tests.site.hostile import ATTACK, hostile_site
from tests.site.reading import Document, Element, read_site
from tests.unit.spreadsheet import read

Pages = dict[str, Document]
FOLDER = "departments/economy-technology/2024-budget"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def attacked(site: Path) -> Pages:
    """Read strictly: markup that the attack opened or closed would be badly nested."""
    return read_site(site)


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [s for pair in value.items() for s in strings(list(pair))]
    return [s for item in value for s in strings(item)] if isinstance(value, list) else []


def scripts(page: Document) -> list[tuple[str, str]]:
    """What can run: all but data blocks."""
    every = page.root.all("script")
    return [(each["src"], each.raw_text()) for each in every if each["type"] != DATA_BLOCK]


def data_blocks(page: Document) -> list[str]:
    return [each.raw_text() for each in page.root.all("script") if each["type"] == DATA_BLOCK]


def test_no_page_has_a_script_that_the_clean_page_has_not(
    attacked: Pages, everything: Pages
) -> None:
    assert set(attacked) == set(everything)
    for url, page in attacked.items():
        assert scripts(page) == scripts(everything[url]), url


def test_the_attack_is_text_in_data_blocks(attacked: Pages, everything: Pages) -> None:
    found = 0
    for url, page in attacked.items():
        blocks, clean = data_blocks(page), data_blocks(everything[url])
        assert len(blocks) == len(clean), url
        for block, known in zip(map(json.loads, blocks), map(json.loads, clean), strict=True):
            assert block.keys() - known.keys() <= {"license", "publisher"}, url
            for text in strings(block):
                whole(text, url)
                found += ATTACK in text
    assert found >= 16  # name, department, document and site; two pages in two languages


def test_no_element_and_no_attribute_is_new(attacked: Pages, everything: Pages) -> None:
    def names(pages: Pages) -> set[tuple[str, str]]:
        every = [e for page in pages.values() for e in page.root.walk()]
        return {(e.tag, name) for e in every for name in ("", *e.attributes)}

    # The clean data has no publisher with identifiers that stay Chinese in English.
    assert names(attacked) - names(everything) <= {("dd", "lang")}
    for page in attacked.values():
        for element in page.root.walk():
            for name in element.attributes:
                assert re.fullmatch(r"[a-z][a-z0-9-]*", name, re.IGNORECASE), (page.url, name)
                assert not name.startswith("on"), page.url


def test_the_same_headings_tables_and_forms(attacked: Pages, everything: Pages) -> None:
    kinds = (
        "title",
        "h1",
        "h2",
        "h3",
        "table",
        "section",
        "form",
        "input",
        "button",
        "svg",
        "meta",
    )
    # Rows of our own. A target that is no number any more is not compared either (A415).
    other_ids = ("procurement.html", "print.html", "checks.html")
    for url, page in attacked.items():
        if url.endswith("editions.html"):
            continue  # it tells what the attack has changed
        if url.rpartition("/")[0].endswith("glossary"):
            continue  # a name that was changed is that of no figure any more
        clean = everything[url]
        for tag in kinds:
            # Which tables can be copied depends on their rows, and those on what is attacked.
            there, here = (
                [each for each in document.root.all(tag) if not each["data-tool"]]
                for document in (page, clean)
            )
            assert len(there) == len(here), f"{url}: <{tag}>"
        ids = [id for id in clean.ids if "a415" not in id]
        assert page.ids == ids or url.endswith(other_ids), url


def test_titles_stay_whole(attacked: Pages, everything: Pages) -> None:
    for url, page in attacked.items():
        title, clean = (p.head.one("title").raw_text() for p in (page, everything[url]))
        assert title.replace(ATTACK, "") == clean, url
        assert title.endswith(ATTACK), url
        project = re.search(r"/projects/\d", url)
        assert title.count(ATTACK) == (2 if project else title.count(ATTACK)), url
        heading = page.root.one("h1").raw_text()
        assert not project or heading.count(ATTACK) == 1, url


def test_the_attack_is_text_wherever_it_stands(attacked: Pages) -> None:
    """Whole or not at all: a part of it alone would have become markup, an entity or a sum."""
    places: Counter[str] = Counter()
    for page in attacked.values():
        for element in page.root.walk():
            if element.tag == "script":
                continue
            for name, value in element.attributes.items():
                texts = strings(json.loads(value)) if name == "data-search" else [value]
                for text in texts:
                    whole(text, f"{page.url} {name}")
                    places[f"{element.tag} {name}"] += ATTACK in text
        text = unescaped("".join(readable(page.root)))
        whole(text, page.url)
        assert text.count(ATTACK) >= 8, page.url
    for place in ("meta content", "a aria-label", "div aria-label"):
        assert places[place], f"the attack never reached {place}: {places}"


def unescaped(text: str) -> str:
    """The text of BibTeX in it without its braces and what keeps TeX from acting upon it."""
    text = text.replace(" = {{", " = ").replace("}},", ",")
    for written, meant in ((r"\textbraceleft{}", "{"), (r"\textbraceright{}", "}"), (r"\&", "&")):
        text = text.replace(written, meant)
    return text


def readable(element: Element) -> list[str]:
    return [
        text
        for child in element.children
        for text in ([child] if isinstance(child, str) else readable(child))
        if not (isinstance(child, Element) and child.tag == "script")
    ]


def whole(text: str, where: str) -> None:
    rest = text.replace(ATTACK, "")
    for part in ("<script", "</script", "</title", "{{", "7*7", "&#", "&lt;", "&amp;", "49</"):
        assert part not in rest, f"{where}: …{rest[max(0, rest.find(part) - 60) :][:140]}"


def test_every_text_was_attacked(attacked: Pages, everything: Pages) -> None:
    """The test of the test: no row of a table and no paragraph got away."""
    for prefix in ("", "en/"):
        page = attacked[f"{prefix}{FOLDER}/projects/13081124P00000310002E.html"]
        table = page.by_id["indicators-table"]
        cells = [cell for row in table.one("thead").parent.all("tr")[1:] for cell in row.all("td")]  # type: ignore[union-attr]
        clean = [c for c in cells if ATTACK not in c.raw_text()]
        assert all(re.search(r"\d", cell.text()) for cell in clean), [c.text() for c in clean]
        assert len(clean) <= 2
        for name in ("duties", "performance"):
            for item in attacked[f"{prefix}{FOLDER}/{name}.html"].article.all("li"):
                around = {name for above in item.above() for name in above.classes}
                assert {"d-trail", "d-folds"} & around or ATTACK in item.raw_text(), item.text()
        row = attacked[f"{prefix}{FOLDER}/procurement.html"].by_id["procurement-table"].all("td")
        assert sum(ATTACK in cell.raw_text() for cell in row) == 4


def test_search_files_are_data(site: Path) -> None:
    attacks = 0
    for path in sorted((site / "search").rglob("*.js")):
        call = re.fullmatch(
            r"disclosureSearch\.put\((.*)\);?\s*", path.read_text("utf-8"), re.DOTALL
        )
        assert call, f"{path.name} does more than hand over data"
        for text in strings(json.loads(f"[{call[1]}]")):
            attacks += text.count(ATTACK)
            if path.name.startswith("t"):
                whole(unescaped(text), path.name)
    assert attacks > 1000


def test_downloads_hold_the_text_itself(site: Path, book: Any) -> None:
    files = sorted(site.rglob("data/*"))
    assert len(files) >= 11
    for path in files:
        text = "" if path.suffix == ".xlsx" else path.read_text(encoding="utf-8-sig")
        if path.suffix == ".xlsx":
            sheets = read(path.read_bytes()).values()
            cells = (cell for sheet in sheets for row in sheet.rows for cell in row)
            found = [cell for cell in cells if isinstance(cell, str)]
        elif path.name == "datapackage.json":
            continue  # titles and heads; the rows stand in the files
        elif path.suffix == ".json":
            found = strings(json.loads(text))
        elif path.suffix == ".csv":
            table = list(csv.reader(io.StringIO(text, newline="")))
            assert len({len(row) for row in table}) == 1, f"{path.name}: a cell broke its row"
            found = [cell for row in table for cell in row]
        elif path.suffix == ".bib":
            whole(unescaped(text), path.name)
            assert unescaped(text).count(ATTACK) >= 3, path.name  # author, title and site
            continue
        else:
            continue
        for cell in found:
            whole(cell, path.name)
        assert sum(cell.endswith(ATTACK) for cell in found) >= 6, path.name
    (disclosure,) = book.disclosures
    for prefix in ("", "en/"):
        path = site / f"{prefix}{FOLDER}/data/projects.csv"
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        assert [row[1] for row in rows[1:]] == [p.code for p in disclosure.projects]
        assert all(row[2].endswith(ATTACK) for row in rows[1:])
