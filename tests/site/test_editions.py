"""The editions of this project's own disclosure on its built site."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from tests.site.projects import ROOT
from tests.site.reading import Document

from disclosure.book import Book

FOLDER = "departments/economy-technology/2024-budget"


@pytest.mark.parametrize("root", ["", "en/"])
def test_the_json_of_each_edition_hashes_to_the_digest_on_the_page(
    pages: dict[str, Document], built_site: Path, book: Book, root: str
) -> None:
    page = pages[f"{root}{FOLDER}/editions.html"]
    (disclosure,) = book.disclosures
    assert disclosure.editions is not None and disclosure.editions.entries
    for entry in disclosure.editions.entries:
        section = page.section(f"edition-{entry.number}")
        (address,) = {
            page.resolve(link["href"])[0]
            for link in section.all("a")
            if link["href"].endswith(".json")
        }
        assert address == f"{FOLDER}/editions/{entry.number}.json"  # the same in both languages
        data = (built_site / address).read_bytes()
        assert hashlib.sha256(data).hexdigest() in section.text().split()
        assert data == (ROOT / "data" / address).read_bytes()
        assert json.loads(data)["disclosure"]["year"] == disclosure.header.year
        assert entry.reason["en" if root else "zh"] in section.text()


def test_every_edition_is_published_and_nothing_else(built_site: Path, book: Book) -> None:
    (disclosure,) = book.disclosures
    assert disclosure.editions is not None
    found = {path.relative_to(built_site).as_posix() for path in built_site.rglob("editions/*")}
    assert found == {f"{FOLDER}/editions/{n}.json" for n in disclosure.editions.stored}
