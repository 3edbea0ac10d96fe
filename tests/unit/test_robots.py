"""What crawlers are told, and when nothing is."""

from __future__ import annotations

import urllib.robotparser

import pytest

from mkdocs_disclosure.robots import robots


@pytest.mark.parametrize("address", ["https://example.org", "https://example.org/"])
def test_everything_may_be_read_and_the_sitemap_is_named(address: str) -> None:
    told = robots(address)
    assert told is not None
    reader = urllib.robotparser.RobotFileParser()
    reader.parse(told.splitlines())
    assert reader.can_fetch("any", "https://example.org/en/index.html")
    assert reader.site_maps() == ["https://example.org/sitemap.xml"]


@pytest.mark.parametrize("address", [None, "", "https://example.org/budget/"])
def test_nothing_is_written_where_nobody_reads_it(address: str | None) -> None:
    assert robots(address) is None
