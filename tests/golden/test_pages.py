"""Whole pages as HTML, from data full of markup, quotes and braces.

A golden file holds the page's own HTML, one element a line. After an intended change:
``UPDATE_GOLDEN=1 python -m pytest tests/golden`` writes the files again; read the difference
before it is committed.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from disclosure.book import load_book
from disclosure.language.coverage import free_texts
from disclosure.model.fields import LANGS, Lang
from disclosure.site.marking import MarkedPage
from disclosure.site.plan import Site, plan
from disclosure.site.render import render_page
from disclosure.site.routes import Kind, PageId, Part

HERE = Path(__file__).resolve().parent
AT = ("odd", "2024-budget")
PAGES = {
    "home": PageId(Kind.HOME),
    "duties": PageId(Kind.PART, *AT, Part.DUTIES),
    "summary": PageId(Kind.PART, *AT, Part.SUMMARY),
    "performance": PageId(Kind.PART, *AT, Part.PERFORMANCE),
    "special-funds": PageId(Kind.PART, *AT, Part.SPECIAL_FUNDS),
    "project": PageId(Kind.PROJECT, *AT, "P1"),
    "checks": PageId(Kind.CHECKS, *AT),
    "glossary": PageId(Kind.GLOSSARY),
    "policies": PageId(Kind.POLICIES),
}

VOID = {"br", "hr", "img", "input", "link", "meta", "rect", "wbr"}
INLINE = {"a", "abbr", "b", "data", "em", "i", "span", "strong"}
# What a page of the core is made of. Markup in the data would bring something else.
KNOWN = {
    *("a", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4"),
    *("li", "ol", "p", "rect", "section", "span", "strong", "svg", "table", "tbody", "td"),
    *("details", "summary", "template", "th", "thead", "tr", "ul"),
    *("button", "data", "desc", "fieldset", "form", "input", "label", "legend", "optgroup"),
    *("option", "path", "select", "title"),
}


class Lines(HTMLParser):
    """HTML with each block element on a line of its own, inline ones within the line.

    Character references stay as they are: they are what keeps the text from being markup.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.lines: list[str] = []
        self.open: list[str] = []
        self.line = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        raw = self.get_starttag_text() or ""
        if tag in INLINE:
            self.line += raw
            return
        self._end_line()
        self._add(raw)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._end_line()
        self._add(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            self.line += f"</{tag}>"
            return
        self._end_line()
        assert self.open.pop() == tag, f"</{tag}> closes nothing"
        self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.line += data

    def handle_entityref(self, name: str) -> None:
        self.line += f"&{name};"

    def handle_charref(self, name: str) -> None:
        self.line += f"&#{name};"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def _end_line(self) -> None:
        text = " ".join(self.line.split())
        self.line = ""
        if text:
            self._add(text)

    def _add(self, text: str) -> None:
        self.lines.append("  " * len(self.open) + text)

    def finished(self) -> str:
        self.close()
        self._end_line()
        assert not self.open, f"not closed: {self.open}"
        return "\n".join(self.lines) + "\n"


@pytest.fixture(scope="module")
def site() -> Site:
    return plan(load_book(HERE / "data"))


def marked_page(site: Site, page: PageId, lang: Lang) -> MarkedPage:
    (found,) = (m for m in site.pages if (m.page.id, m.page.lang) == (page, lang))
    return found


def page_html(site: Site, page: MarkedPage) -> str:
    return str(render_page(page, site.editions[page.page.lang]).html)


def read(text: str) -> Lines:
    lines = Lines()
    lines.feed(text)
    return lines


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAGES)
def test_page(site: Site, name: str, lang: Lang) -> None:
    shown = read(page_html(site, marked_page(site, PAGES[name], lang))).finished()
    golden = HERE / "pages" / f"{name}.{lang}.html"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, "utf-8", newline="\n")
    assert shown == golden.read_text("utf-8")


def test_every_golden_file_has_a_page() -> None:
    names = {path.name for path in (HERE / "pages").iterdir()}
    assert names == {f"{name}.{lang}.html" for name in PAGES for lang in LANGS}


def every_page(site: Site) -> Iterator[tuple[str, Lines]]:
    for marked in site.pages:
        lines = read(page_html(site, marked))
        lines.finished()
        yield marked.page.url, lines


def test_no_text_becomes_markup(site: Site) -> None:
    """On any page: only our elements, no handler of events, no link that runs something."""
    for url, lines in every_page(site):
        assert {tag for tag, _ in lines.tags} <= KNOWN, url
        for tag, attributes in lines.tags:
            assert not [name for name in attributes if name.startswith("on")], (url, tag)
            assert "style" not in attributes and "src" not in attributes, (url, tag)
            href = attributes.get("href")
            if href is not None:
                assert ":" not in href.split("#")[0], (url, href)


def test_every_text_of_a_project_stands_on_its_page_as_it_is(site: Site) -> None:
    edition = site.editions["zh"]
    (disclosure,) = edition.book.disclosures
    project = disclosure.project("P1")
    shown = html.unescape(
        "".join(tagless(page_html(site, marked_page(site, PAGES["project"], "zh"))))
    )
    for found in free_texts(project.file):
        assert found.text in shown, found.path


def tagless(text: str) -> Iterator[str]:
    lines = Lines()
    lines.handle_starttag = lambda *_: None  # type: ignore[method-assign]
    lines.handle_endtag = lambda *_: None  # type: ignore[method-assign]
    lines.handle_startendtag = lambda *_: None  # type: ignore[method-assign]
    lines.feed(text)
    lines.close()
    yield lines.line


def test_ids_are_unique_and_ascii(site: Site) -> None:
    for url, lines in every_page(site):
        ids = [attributes["id"] for _, attributes in lines.tags if "id" in attributes]
        assert len(ids) == len(set(ids)), (url, sorted(id for id in ids if ids.count(id) > 1))
        assert all(id and id.isascii() and " " not in id for id in ids), url


def test_links_and_anchors_lead_somewhere(site: Site) -> None:
    from posixpath import dirname, join, normpath

    pages = dict(every_page(site))
    files = {file.address for file in site.files}
    anchors = {
        url: {attributes.get("id") for _, attributes in lines.tags} for url, lines in pages.items()
    }
    for url, lines in pages.items():
        for tag, attributes in lines.tags:
            href = attributes.get("href")
            if tag != "a" or href is None:
                continue
            path, _, anchor = href.partition("#")
            there = normpath(join(dirname(url), path)) if path else url
            assert there in pages or there in files, (url, href)
            assert not anchor or anchor in anchors[there], (url, href)


def test_both_languages_have_the_same_anchors(site: Site) -> None:
    pages = dict(every_page(site))
    for url, lines in pages.items():
        if url.startswith("en/"):
            twin = pages[url.removeprefix("en/")]
            ids = [[a["id"] for _, a in each.tags if "id" in a] for each in (lines, twin)]
            assert ids[0] == ids[1], url


def test_a_term_is_a_link_once_a_section_and_never_in_a_link_or_heading(site: Site) -> None:
    for marked in site.pages:
        lines = read(page_html(site, marked))
        text = lines.finished()
        assert all(
            'class="d-term"' not in line
            for line in text.splitlines()
            if line.lstrip().startswith(("<h1", "<h2", "<h3", "<h4", "<caption", "<figcaption"))
        )
        assert not re.search(r"<a (?:(?!</a>).)*<a ", text, re.DOTALL), marked.page.url
