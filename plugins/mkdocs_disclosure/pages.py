"""Pages of the core as MkDocs files and pages, without Markdown in between."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from disclosure.site.render import RenderedPage, TocEntry

# In Markdown and HTML: [text](address "title"), [name]: address, href="address".
_LINK = re.compile(r"""(?:\]\(\s*<?|^ {0,3}\[[^\]]+\]:\s*<?|href=["'])([^\s)>"']+)""", re.MULTILINE)
_ID = re.compile(r'\sid="([^"]+)"')
# Where files for other programs are.
_GENERATED = ("departments/", "en/departments/", "schemas/", "feed.xml", "en/feed.xml", "llms.txt",
              "en/llms.txt")  # fmt: skip


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


class LinkedPage(Page):
    """A generated page that a hand-written one leads to, so that MkDocs can check the link.

    It is made beside MkDocs, which writes what was made once more.
    """

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown to read."""
        self.markdown = ""
        self.meta = {}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """It is drawn already."""
        self.content = ""

    def found_anchors(self, html: str) -> None:
        """Take the anchors that a link can lead to from the finished page."""
        self.present_anchor_ids = set(_ID.findall(html))


def generated_page(rendered: RenderedPage, config: MkDocsConfig) -> GeneratedPage:
    """A page of the core as the templates of a theme know pages."""
    uri = rendered.page.url.removesuffix(".html") + ".md"
    file = File.generated(config, uri, content="")
    file.edit_uri = rendered.page.source_file or None
    return GeneratedPage(rendered, file, config)


def add_page(files: Files, config: MkDocsConfig, rendered: RenderedPage) -> None:
    """Add a page to the files of the build. A hand-written page at its address wins."""
    if not files.get_file_from_path(rendered.page.url.removesuffix(".html") + ".md"):
        files.append(generated_page(rendered, config).file)


def add_linked(files: Files, config: MkDocsConfig, pages: Container[str]) -> Iterator[File]:
    """Add the generated pages and files that hand-written pages lead to; yields the files.

    ``pages``: the addresses of all pages. Whether a file is made is not known yet: its content has
    to be given later.
    """
    for written in files.documentation_pages():
        for link in dict.fromkeys(_LINK.findall(written.content_string)):
            target = unquote(urlsplit(link).path)
            uri = posixpath.normpath(posixpath.join(posixpath.dirname(written.src_uri), target))
            if not target or urlsplit(link).scheme or files.get_file_from_path(uri):
                continue
            if uri.endswith(".md"):
                if uri.removesuffix(".md") + ".html" in pages:
                    file = File.generated(config, uri, content="")
                    files.append(file)
                    LinkedPage("", file, config)
            elif uri.startswith(_GENERATED):
                file = File.generated(config, uri, content=b"")
                files.append(file)
                yield file


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
