"""The built pages: what search engines read leads to files that are there; Chinese is marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.audit.policy import DATA_BLOCK
from tests.site.conftest import ADDRESS
from tests.site.reading import HAN, Document

Pages = dict[str, Document]


def dataset(page: Document) -> list[dict[str, Any]]:
    blocks = [each for each in page.head.all("script") if each["type"] == DATA_BLOCK]
    return [json.loads(block.raw_text()) for block in blocks]


def test_overviews_and_downloads_alone_have_a_dataset(pages: Pages) -> None:
    for url, page in pages.items():
        said = url.endswith(("-budget/index.html", "-final/index.html", "/downloads.html"))
        assert len(dataset(page)) == said, url


def test_every_address_in_it_is_there(addressed: Pages, addressed_site: Path) -> None:
    found = {url: each for url, page in addressed.items() for each in dataset(page)}
    assert len(found) >= 4
    names = {each["@id"] for each in found.values()}
    for url, each in found.items():
        assert each["inLanguage"] == {"zh": "zh-CN", "en": "en"}[addressed[url].lang]
        assert each["url"].removeprefix(ADDRESS) in addressed, url
        other = each.get("workTranslation") or each["translationOfWork"]
        assert other["@id"] in names and other["@id"] != each["@id"]
        for file in each["distribution"]:
            path = addressed_site / file["contentUrl"].removeprefix(ADDRESS)
            assert file["contentUrl"].startswith(ADDRESS) and path.is_file(), file
    whole = {url: len(each["distribution"]) for url, each in found.items()}
    for url, count in whole.items():
        if url.endswith("index.html"):
            assert count <= whole[url.replace("index.html", "downloads.html")]


def test_chinese_in_an_english_citation_is_marked(pages: Pages) -> None:
    looked = 0
    for url, page in pages.items():
        if page.lang == "en" and url.endswith(("/downloads.html", "/editions.html")):
            box = next(each for each in page.by_id["cite"].above() if each.tag == "section")
            for element in box.walk():
                own = "".join(each for each in element.children if isinstance(each, str))
                if HAN.search(own):
                    around = (element, *element.above())
                    lang = next(each["lang"] for each in around if each["lang"])
                    assert lang == "zh-CN", own
                    looked += 1
    assert looked >= 2  # APA has the Chinese title before its English
