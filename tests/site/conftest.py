"""The built site, read once, and the book it was made from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.projects import ROOT
from tests.site.reading import Document, read_site

from disclosure.book import Book, load_book

ADDRESS = "https://example.org/sub/"


@pytest.fixture(scope="session")
def book() -> Book:
    """Everything the data folder of this project says."""
    return load_book(ROOT / "data")


@pytest.fixture(scope="session")
def everything(built_site: Path) -> dict[str, Document]:
    """Every page of the site by address, the 404 page included."""
    return read_site(built_site)


@pytest.fixture(scope="session")
def pages(everything: dict[str, Document]) -> dict[str, Document]:
    """The pages of the site by address, without the 404 page."""
    return {url: page for url, page in everything.items() if url != "404.html"}


@pytest.fixture(scope="session")
def addressed_site(build_site: Callable[..., Path]) -> Path:
    """The site as it is built for a host: with SITE_URL, below a sub-path."""
    return build_site(SITE_URL=ADDRESS)


@pytest.fixture(scope="session")
def addressed(addressed_site: Path) -> dict[str, Document]:
    """The pages built with SITE_URL, the 404 page included."""
    return read_site(addressed_site)
