"""Reads built pages as a strict reader would: every element closed, in order, once.

Only the standard library: the site promises plain, well-nested HTML, and this is its proof.
"""

from __future__ import annotations

import functools
import posixpath
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

_WITHOUT_END = "area base br col embed hr img input link meta param source track wbr"
VOID = frozenset(_WITHOUT_END.split())
# Not text for a reader: programs, styles, and what waits for a script.
SILENT = frozenset({"script", "style", "template", "noscript"})
HAN = re.compile(
    r"[\u2e80-\u2fdf\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
)


class BrokenMarkup(ValueError):
    """The page is not well nested."""


@dataclass(eq=False)
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        return self["class"].split()

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str, cls: str = "") -> list[Element]:
        """The elements below with one of the tags (any, if none) and the class."""
        return [
            found
            for found in self.walk()
            if found is not self
            and (not tags or found.tag in tags)
            and (not cls or cls in found.classes)
        ]

    def one(self, *tags: str, cls: str = "") -> Element:
        found = self.all(*tags, cls=cls)
        assert len(found) == 1, f"{len(found)} × {tags} {cls} in <{self.tag} {self.attributes}>"
        return found[0]

    def above(self) -> Iterator[Element]:
        """The elements around this one, the nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    def raw_text(self) -> str:
        """All text, that of scripts and templates included."""
        return "".join(c if isinstance(c, str) else c.raw_text() for c in self.children)

    def text(self, without: tuple[str, ...] = ("headerlink", "d-absent", "d-finding")) -> str:
        """What a reader reads, runs of white space as one space.

        ``without`` names the classes of elements that are not part of the text itself: by
        default the sign beside a heading, the words for an empty cell, and the mark of a data check.
        """
        return " ".join("".join(self._pieces(without)).split())

    def _pieces(self, without: tuple[str, ...]) -> Iterator[str]:
        if self.tag in SILENT or "hidden" in self.attributes:
            return
        if any(name in without for name in self.classes):
            return
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._pieces(without)
        if self.tag not in ("a", "b", "code", "data", "em", "mark", "span", "strong"):
            yield " "


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#document", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise BrokenMarkup(f"{self.getpos()}: <{tag}> has an attribute twice: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open[-1])
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise BrokenMarkup(f"{self.getpos()}: </{tag}> closes <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def close(self) -> None:
        super().close()
        if len(self.open) > 1:
            raise BrokenMarkup(f"not closed: {[element.tag for element in self.open[1:]]}")


@dataclass(frozen=True)
class Document:
    """A page of the built site. ``url`` is its address below the root."""

    url: str
    source: str
    root: Element

    @property
    def lang(self) -> str:
        return "en" if self.url.startswith("en/") else "zh"

    @property
    def twin(self) -> str:
        """The address of the same page in the other language."""
        return self.url.removeprefix("en/") if self.lang == "en" else f"en/{self.url}"

    @property
    def head(self) -> Element:
        return self.root.one("head")

    @property
    def article(self) -> Element:
        return self.root.one("article")

    @cached_property
    def by_id(self) -> dict[str, Element]:
        return {found["id"]: found for found in self.root.walk() if found["id"]}

    @property
    def ids(self) -> list[str]:
        """The ids of the content, in order: the anchors one can link to."""
        return [found["id"] for found in self.article.walk() if found["id"]]

    def section(self, anchor: str) -> Element:
        """The section with the heading of this id."""
        heading = self.by_id[anchor]
        assert heading.tag in ("h2", "h3", "h4"), f"{self.url}#{anchor} is a <{heading.tag}>"
        assert heading.parent is not None
        return heading.parent

    def links(self) -> Iterator[tuple[Element, str]]:
        """Every reference to another address, with the element that makes it."""
        for element in self.root.walk():
            for name in ("href", "src", "action", "poster", "data", "srcset"):
                if name in element.attributes and (name != "data" or element.tag == "object"):
                    yield element, element[name]

    def resolve(self, link: str) -> tuple[str, str]:
        """Where a relative link leads: address below the root of the site, and anchor."""
        target, anchor = urldefrag(link)
        path = unquote(urlsplit(target).path)
        folder = posixpath.dirname(self.url)
        return (posixpath.normpath(posixpath.join(folder, path)) if path else self.url, anchor)


def read_page(site: Path, path: Path) -> Document:
    """Parse one page. Raises ``BrokenMarkup`` where it is not well nested."""
    source = path.read_text(encoding="utf-8")
    builder = _Builder()
    url = path.relative_to(site).as_posix()
    try:
        builder.feed(source)
        builder.close()
    except BrokenMarkup as broken:
        raise BrokenMarkup(f"{url}: {broken}") from None
    return Document(url, source, builder.root)


@functools.cache
def read_site(site: Path) -> dict[str, Document]:
    """All pages of a built site by address, the 404 page included; read once a run."""
    return {
        page.url: page for path in sorted(site.rglob("*.html")) for page in [read_page(site, path)]
    }


def grid(table: Element) -> list[list[Element]]:
    """The body of a table as a full rectangle: a merged cell stands in every place it covers."""
    rows: list[list[Element]] = []
    below: dict[int, tuple[int, Element]] = {}
    for row in [row for body in table.all("tbody") for row in body.all("tr")]:
        cells: list[Element] = []

        def covered(cells: list[Element] = cells) -> None:
            while len(cells) in below:
                column = len(cells)
                left, cell = below.pop(column)
                cells.append(cell)
                if left > 1:
                    below[column] = (left - 1, cell)

        for cell in row.all("th", "td"):
            covered()
            spans = int(cell["rowspan"] or 1)
            for _ in range(int(cell["colspan"] or 1)):
                if spans > 1:
                    below[len(cells)] = (spans - 1, cell)
                cells.append(cell)
        covered()
        rows.append(cells)
    assert not below, f"cells of {table['id']} reach below its last row"
    return rows


def figure(cell: Element) -> str:
    """The figure of a cell as printed; empty where the document leaves the cell blank."""
    numbers = cell.all(cls="d-number")
    return numbers[0].text() if numbers else cell.text()


def han_share(text: str) -> float:
    """The share of Chinese characters and punctuation among all that is not white space."""
    solid = "".join(text.split())
    return len(HAN.findall(solid)) / max(1, len(solid))


def folded(text: str) -> str:
    """Text as a reader compares it when searching: width, case, spaces and quotes do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s“”‘’\"'「」《》]+", "", plain)
