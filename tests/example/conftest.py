"""The fictitious district: its site, built once a run, and the book it is made from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.projects import ROOT
from tests.site.reading import Document, read_page

from disclosure.book import Book, load_book

EXAMPLE = ROOT / "examples" / "district"

ReadPages = Callable[[str], tuple[Document, Document]]


@pytest.fixture(scope="session")
def district_book() -> Book:
    """Everything the data of the fictitious district say."""
    return load_book(EXAMPLE / "data")


@pytest.fixture(scope="session")
def district_site(build_site: Callable[..., Path]) -> Path:
    """The folder of the built site of the fictitious district."""
    return build_site(config=EXAMPLE / "mkdocs.yml")


@pytest.fixture(scope="session")
def both(district_site: Path) -> ReadPages:
    """A function that reads a page of a department in Chinese and in English."""

    def read(address: str) -> tuple[Document, Document]:
        paths = (district_site / root / "departments" / address for root in ("", "en"))
        zh, en = (read_page(district_site, path) for path in paths)
        return zh, en

    return read
