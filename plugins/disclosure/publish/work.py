"""The pages and files of one department, or of the rest of the site, as bytes in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from disclosure.export.files import ExportFile
from disclosure.model.fields import LANGS, Lang
from disclosure.publish.folder import Staged
from disclosure.publish.keys import digest
from disclosure.publish.left import Left
from disclosure.publish.packed import pack_small
from disclosure.search import SearchPage, index_pages
from disclosure.site.blocks import Link
from disclosure.site.edition import Edition
from disclosure.site.markdown import render_markdown
from disclosure.site.plan import Made, links_of
from disclosure.site.render import RenderedPage, render_page
from disclosure.site.routes import markdown_url
from disclosure.site.search_text import search_pages
from disclosure.site.uses import counted

Draw = Callable[[RenderedPage], str]
"""Puts the frame of the theme around a page."""


def publish(
    made: Iterable[Made],
    editions: Mapping[Lang, Edition],
    draw: Draw | None,
    staged: Staged,
    reserved: frozenset[str],
    *,
    search: bool = True,
) -> Left:
    """Write pages with their Markdown, and files; a page or file that is ``reserved`` is not ours.

    ``draw``: None where pages are drawn elsewhere. ``reserved``: addresses of what the site has
    written by hand.
    """
    pages: list[str] = []
    files: list[ExportFile] = []
    links: dict[Lang, dict[str, list[Link]]] = {lang: {} for lang in LANGS}
    searched: dict[Lang, list[SearchPage]] = {lang: [] for lang in LANGS}
    outputs: dict[str, str] = {}
    for each in made:
        if isinstance(each, tuple):
            address, data = each
            if address not in reserved:
                outputs[address] = staged.write(address, data)
        elif isinstance(each, ExportFile):
            files.append(replace(each, data=b""))
            if each.address not in reserved:
                outputs[each.address] = staged.write(each.address, each.data)
        else:
            page = each.page
            edition = editions[page.lang]
            for term, found in links_of((each,)).items():
                links[page.lang].setdefault(term, []).extend(found)
            pages.append(page.url)
            if page.url in reserved:
                continue  # somebody wrote it by hand
            if search:
                searched[page.lang] += search_pages((each,), edition)
            if draw is None:
                continue
            html = draw(render_page(each, edition))
            outputs[page.url] = staged.write(page.url, html.encode(errors="xmlcharrefreplace"))
            if page.layout != "print":  # which repeats other pages
                address = markdown_url(page.url)
                text = render_markdown(page, edition)
                outputs[address] = staged.write(address, text.encode())
    return Left(
        outputs,
        tuple(pages),
        tuple(files),
        {lang: counted(edition, links[lang]) for lang, edition in editions.items()},
        *_indexed(searched),
    )


def _indexed(searched: Mapping[Lang, Iterable[SearchPage]]) -> tuple[Mapping[Lang, bytes], str]:
    found = {lang: index_pages(pages) for lang, pages in searched.items()}
    said = digest(*(text for each in found.values() for text in each.records))
    return {lang: pack_small(each) for lang, each in found.items()}, said
