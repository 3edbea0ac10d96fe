"""What a page says of itself where its link is shared: title, description, Open Graph."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.site.conftest import ADDRESS
from tests.site.hostile import ATTACK, hostile_site
from tests.site.reading import HAN, Document, read_site

from disclosure.book import Book
from disclosure.site.assets import ASSETS

Pages = dict[str, Document]
LOCALES = {"zh": ("zh_CN", "en_US"), "en": ("en_US", "zh_CN")}


def said(page: Document) -> dict[str, str]:
    """What the page says in its head: name or property, and content. None of them twice."""
    found = [
        (meta["property"] or meta["name"], meta["content"])
        for meta in page.head.all("meta")
        if (meta["property"] or meta["name"]) and not meta["media"]
    ]
    assert len({name for name, _ in found}) == len(found), page.url
    return dict(found)


def hidden(page: Document) -> bool:
    return page.url.endswith("/print.html") or page.url == "404.html"


def test_every_page_says_in_its_own_language_what_it_is(pages: Pages, book: Book) -> None:
    assert book.site.name
    for page in pages.values():
        if hidden(page):
            continue
        meta, home = said(page), page.url in ("index.html", "en/index.html")
        name = meta["og:site_name"]
        title = page.head.one("title").raw_text()
        assert title == (meta["og:title"] if home else f"{meta['og:title']} - {name}"), page.url
        assert meta["og:title"].startswith(page.article.one("h1").text()), page.url
        assert bool(HAN.search(meta["og:title"])) is (page.lang == "zh"), page.url
        assert meta["og:description"] == meta["description"], page.url
        assert meta["og:site_name"] == book.site.name["en" if page.lang == "en" else "zh"]
        assert meta["og:type"] == ("website" if home else "article")
        assert (meta["og:locale"], meta["og:locale:alternate"]) == LOCALES[page.lang]
        assert meta["twitter:card"] == "summary"
        assert "og:image" not in meta, "a card with a picture that is not there"


def test_no_two_pages_are_described_alike(pages: Pages) -> None:
    uses = Counter(
        (page.lang, said(page)["description"]) for page in pages.values() if not hidden(page)
    )
    assert not [text for text, count in uses.items() if count > 1]


def test_a_project_says_whose_it_is_of_which_year_how_much_and_what_for(
    pages: Pages, book: Book
) -> None:
    (disclosure,) = book.disclosures
    folder = f"departments/{disclosure.department}/{disclosure.slug}"
    for project in disclosure.projects:
        zh, en = (
            said(pages[f"{prefix}{folder}/projects/{project.code}.html"])["og:description"]
            for prefix in ("", "en/")
        )
        printed = project.file.budget.printed
        assert disclosure.header.department.name in zh and "2024" in zh
        assert f"{printed}万元" in zh and (project.file.use or "") in zh
        assert "2024" in en and re.search(r"CNY [\d,]+", en) and not HAN.search(en)


def test_absolute_addresses_only_where_the_site_has_one(pages: Pages, addressed: Pages) -> None:
    for url, page in pages.items():
        assert "og:url" not in said(page), url
        if not hidden(page):
            assert said(addressed[url])["og:url"] == ADDRESS + url


def test_what_repeats_other_pages_or_is_none_is_kept_from_search_engines(
    everything: Pages,
) -> None:
    kept = {url for url, page in everything.items() if said(page).get("robots") == "noindex"}
    assert kept == {url for url, page in everything.items() if hidden(page)}
    assert {"404.html"} < kept and len(kept) == 3
    assert not [name for url in kept for name in said(everything[url]) if name.startswith("og:")]


def test_the_colour_around_the_page_is_that_of_its_header(pages: Pages) -> None:
    style = (ASSETS / "styles" / "colours.css").read_text("utf-8")
    bars = re.findall(r"--md-primary-fg-color: (#\w+);", style)
    for page in pages.values():
        colours = [meta for meta in page.head.all("meta") if meta["name"] == "theme-color"]
        assert [meta["content"] for meta in colours] == list(dict.fromkeys(bars)), page.url
        assert [meta["media"] for meta in colours] == ["", "(prefers-color-scheme: dark)"]


def test_guide_and_statement_are_linked_from_every_page(everything: Pages) -> None:
    for page in everything.values():
        if page.url == "404.html":
            continue  # its links are absolute; the links of all pages are followed elsewhere
        prefix = "en/" if page.lang == "en" else ""
        links = {page.resolve(a["href"])[0] for a in page.root.one("footer").all("a")}
        assert {f"{prefix}guide.html", f"{prefix}accessibility.html"} <= links, page.url
    for prefix in ("", "en/"):
        home = everything[f"{prefix}index.html"]
        links = {home.resolve(a["href"])[0] for a in home.article.all("a")}
        assert f"{prefix}guide.html" in links


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    site: Path = hostile_site(tmp_path_factory.getbasetemp())
    return read_site(site)


def test_hostile_words_stay_words(attacked: Pages, pages: Pages) -> None:
    reached = 0
    for url, page in attacked.items():
        meta = said(page)
        assert set(meta) == set(said(pages[url])) if url in pages else meta, url
        for name, content in meta.items():
            rest = content.replace(ATTACK, "")
            assert "<" not in rest and "&" not in rest, (url, name, content)
            reached += name.startswith("og:") and ATTACK in content
    assert reached > 50
