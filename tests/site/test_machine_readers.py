"""What programs read of the built site: Markdown beside every page, feeds, llms.txt."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.site.conftest import ADDRESS
from tests.site.hostile import ATTACK, hostile_site
from tests.site.reading import Document, Element, grid
from tests.unit.test_feeds import check, parts

from mkdocs_disclosure.content import content_markdown

Pages = dict[str, Document]
FOLDER = "departments/economy-technology/2024-budget"
LINK = re.compile(r"(?<!\\)\]\(([^)\s]*)\)")
FEEDS = ("feed.xml", "departments/economy-technology/feed.xml")
PARSER = MarkdownIt("commonmark").enable("table")
NEVER = {"html_inline", "html_block", "code_inline", "code_block", "fence", "image", "em_open",
         "strong_open"}  # fmt: skip


def markdown(site: Path, url: str) -> str:
    return (site / url).with_suffix(".md").read_text(encoding="utf-8")


def is_print(url: str) -> bool:
    return url.endswith("/print.html")


# ---- Markdown --------------------------------------------------------------------------------


def test_markdown_stands_beside_every_page_that_repeats_no_other(
    everything: Pages, built_site: Path
) -> None:
    wanted = {url for url in everything if not is_print(url) and url != "404.html"}
    found = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*.md")}
    assert found == {url.removesuffix(".html") + ".md" for url in wanted}
    for url, page in everything.items():
        named = [
            page.resolve(link["href"])[0]
            for link in page.head.all("link")
            if link["type"] == "text/markdown"
        ]
        assert named == ([url.removesuffix(".html") + ".md"] if url in wanted else []), url


def test_markdown_is_not_offered_to_search_engines(addressed_site: Path) -> None:
    sitemap = (addressed_site / "sitemap.xml").read_text(encoding="utf-8")
    assert "index.html" in sitemap and not re.search(r"\.(md|xml|txt)<", sitemap)


def test_every_link_in_markdown_leads_somewhere(pages: Pages, built_site: Path) -> None:
    count = 0
    for url in pages:
        if is_print(url):
            continue
        for link in LINK.findall(markdown(built_site, url)):
            address, anchor = urldefrag(unquote(link))
            there = posixpath.normpath(posixpath.join(posixpath.dirname(url), address))
            assert not re.match(r"\w+:|/", link) and (built_site / there).is_file(), (url, link)
            assert not anchor or anchor in pages[there].by_id, (url, link)
            count += 1
    assert count > 1_500


def test_a_page_names_its_address_where_the_site_has_one(addressed_site: Path) -> None:
    for url in (f"{FOLDER}/duties.html", f"en/{FOLDER}/index.html"):
        assert f"]({ADDRESS}{url})" in markdown(addressed_site, url)


def shown(element: Element) -> str:
    """The text of a cell, with the words for an empty one."""
    words = "".join(e.text(()) for e in element.all(cls="d-hidden"))
    return " ".join(f"{element.text(('d-absent',))} {words and f'({words})'}".split())


def rows(tokens: list[Token]) -> Iterator[list[str]]:
    """The body rows of all tables, in order."""
    cells: list[str] = []
    for token, inline in itertools.pairwise(tokens):
        if token.type == "tr_open":
            cells = []
        elif token.type == "td_open":
            said = "".join(child.content for child in inline.children or [])
            cells.append(said.removeprefix("· ").strip())
        elif token.type == "tr_close" and cells:
            yield cells


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize(
    "name",
    ["summary", "three-public", "procurement", "assets", "duties", "checks",
     "projects/13081124P00000310002E"],
)  # fmt: skip
def test_tables_say_what_those_of_the_page_say(
    pages: Pages, built_site: Path, prefix: str, name: str
) -> None:
    page = pages[f"{prefix}{FOLDER}/{name}.html"]
    wanted = []
    for table in page.article.all("table"):
        for row in grid(table):
            beside = [row[at - 1] if at else None for at in range(len(row))]
            wanted.append(
                [
                    "" if cell is last and int(cell["colspan"] or 1) > 1 else shown(cell)
                    for cell, last in zip(row, beside, strict=True)
                ]
            )
    found = list(rows(PARSER.parse(markdown(built_site, page.url))))
    # Words for an empty cell and the editors' mark stand in parentheses; frames on the page.
    plain, same = (
        [[" ".join(re.sub(r"[（()）]", " ", cell).split()) for cell in row] for row in table]
        for table in (found, wanted)
    )
    assert plain == same and wanted


def test_hand_written_pages_are_given_as_they_were_written(built_site: Path) -> None:
    for url, title in (("about.html", "# 关于本站"), ("en/about.html", "# About this site")):
        source = markdown(built_site, url)
        assert source.startswith(f"{title}\n") and "{ #" not in source


def test_a_hand_written_page_without_a_heading_gets_its_title() -> None:
    page: Any = SimpleNamespace(markdown="文字 *强调*\n", title="甲 [乙]")
    assert content_markdown(page) == "# 甲 \\[乙\\]\n\n文字 *强调*\n"
    page.markdown = "题\n===\n\n文字"
    assert content_markdown(page) == "题\n===\n\n文字\n"


# ---- feeds -----------------------------------------------------------------------------------


def test_feeds_are_named_where_a_reader_wonders_what_is_new(
    everything: Pages, built_site: Path
) -> None:
    kinds = ("index.html", f"{FOLDER}/index.html", f"{FOLDER}/editions.html")
    site, department = FEEDS
    named = {"index.html": site} | dict.fromkeys(kinds[1:], department)
    named |= {"departments/economy-technology/index.html": department}
    named |= {f"en/{url}": f"en/{feed}" for url, feed in named.items()}
    for url, page in everything.items():
        found = [
            page.resolve(link["href"])[0]
            for link in page.head.all("link")
            if link["type"] == "application/atom+xml"
        ]
        assert found == ([named[url]] if url in named else []), url
        linked = {page.resolve(link["href"])[0] for link in page.root.all("a") if link["href"]}
        visible = url in named and not url.endswith(f"{FOLDER}/index.html")
        assert {each for each in linked if each.endswith("feed.xml")} == (
            {named[url]} if visible else set()
        ), url
    assert all((built_site / feed).is_file() for feed in named.values())


def test_the_feeds_are_valid_and_their_ids_do_not_ask_where_the_site_is(
    built_site: Path, addressed_site: Path
) -> None:
    for path in (*FEEDS, *(f"en/{each}" for each in FEEDS)):
        here, there = (
            check((folder / path).read_bytes()) for folder in (built_site, addressed_site)
        )
        ids = [[e.text for e in root.iter() if e.tag.endswith("}id")] for root in (here, there)]
        assert ids[0] == ids[1] and len(ids[0]) > 1
        for link in here.iter("{http://www.w3.org/2005/Atom}link"):
            address = posixpath.join(posixpath.dirname(path), urldefrag(link.attrib["href"])[0])
            assert (built_site / posixpath.normpath(address)).is_file(), (path, address)
        for link in there.iter("{http://www.w3.org/2005/Atom}link"):
            address = urldefrag(link.attrib["href"])[0]
            assert (addressed_site / address.removeprefix(ADDRESS)).is_file(), address


def test_llms_leads_to_what_is_there(built_site: Path, addressed_site: Path) -> None:
    for path in ("llms.txt", "en/llms.txt"):
        for site, base in ((built_site, ""), (addressed_site, ADDRESS)):
            links = [text for kind, text in parts((site / path).read_bytes()) if kind == "a"]
            assert len(links) >= 8 and all(link.startswith(base) for link in links)
            for link in links:
                folder = "" if base else posixpath.dirname(path)
                address = posixpath.normpath(posixpath.join(folder, link.removeprefix(base)))
                assert (site / address).is_file(), (path, link)


# ---- hostile data ----------------------------------------------------------------------------


def test_markup_in_the_data_is_text_for_programs_too(
    tmp_path_factory: pytest.TempPathFactory, everything: Pages
) -> None:
    site = hostile_site(tmp_path_factory.getbasetemp())
    attacks = 0
    for prefix in ("", "en/"):
        for name in ("index", f"{FOLDER}/index", f"{FOLDER}/duties", f"{FOLDER}/procurement",
                     f"{FOLDER}/projects/13081124P00000310002E", "policies"):  # fmt: skip
            url = f"{prefix}{name}.html"
            assert url in everything
            texts = list(all_text(PARSER.parse(markdown(site, url))))
            attacks += sum(text.count(" ".join(ATTACK.split())) for text in texts)
        feed = ElementTree.fromstring((site / prefix / "feed.xml").read_bytes())
        assert check(ElementTree.tostring(feed)) is not None
        assert ATTACK in "".join(feed.itertext())
        assert any(" ".join(ATTACK.split()) in text for text in all_text(
            PARSER.parse((site / prefix / "llms.txt").read_text(encoding="utf-8"))
        ))  # fmt: skip
    assert attacks > 100


def all_text(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        assert token.type not in NEVER, token.content
        if token.children:
            assert not NEVER & {child.type for child in token.children}, token.content
            yield " ".join("".join(child.content for child in token.children).split())
