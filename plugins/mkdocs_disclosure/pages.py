"""Pages of the core as MkDocs files and pages, without Markdown in between."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from disclosure.site.render import RenderedPage, TocEntry


class GeneratedPage(Page):
    """A page whose HTML and table of contents come from the core."""

    def __init__(self, rendered: RenderedPage, file: File, config: MkDocsConfig) -> None:
        self.rendered = rendered
        # MkDocs and themes put titles into HTML as they are.
        super().__init__(str(escape(rendered.page.title.text)), file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown to read."""
        self.markdown = ""
        self.meta = {"description": self.rendered.page.description}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over the HTML of the core."""
        self.content = self.rendered.html
        self.toc = TableOfContents(_anchor_links(self.rendered.toc))
        self.present_anchor_ids = {entry.anchor for entry in _flat(self.rendered.toc)}


def add_page(files: Files, config: MkDocsConfig, rendered: RenderedPage) -> bool:
    """Add a page to the files of the build. A hand-written page at its address wins."""
    uri = rendered.page.url.removesuffix(".html") + ".md"
    if files.get_file_from_path(uri):
        return False
    file = File.generated(config, uri, content="")
    file.edit_uri = rendered.page.source_file or None
    files.append(file)
    GeneratedPage(rendered, file, config)
    return True


def has_markdown(page: Page) -> bool:
    """Whether the Markdown of a page stands beside it: not what repeats other pages."""
    return not isinstance(page, GeneratedPage) or page.rendered.page.layout != "print"


def add_file(files: Files, config: MkDocsConfig, uri: str, content: str | bytes) -> None:
    """Add a file that is copied as it is."""
    files.append(File.generated(config, uri, content=content))


def _anchor_links(entries: Iterable[TocEntry]) -> list[Any]:
    links = []
    for entry in entries:
        link = AnchorLink(str(escape(entry.title)), entry.anchor, entry.level)
        link.children = _anchor_links(entry.children) if entry.level < 3 else []
        links.append(link)
    return links


def _flat(entries: Iterable[TocEntry]) -> Iterable[TocEntry]:
    for entry in entries:
        yield entry
        yield from _flat(entry.children)
