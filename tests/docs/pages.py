"""Reads the documentation: headings with their ids, tables, code blocks and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LANGS = ("zh", "en")
TOPICS = (
    "architecture",
    "data-format",
    "data-reference",
    "error-codes",
    "extending",
    "open-data",
    "publishing",
    "editors",
)

_ID = re.compile(r'<a id="([a-z0-9-]+)"></a>')
_HEADING = re.compile(r"(#{1,4}) (.+)")
_FENCE = re.compile(r"(`{3,})(\w*)")
_NOTE = re.compile(r"<!-- ([a-z]+)(?:: (.+?))? -->")
_LINK = re.compile(r"!?\[(?:[^\]\[`]|`[^`]*`|\[[^\]]*\])*\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the id that stands above it."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced block: its language and the note in a comment above it (``edit: path``)."""

    language: str
    note: str
    value: str
    text: str
    section: str


@dataclass(frozen=True)
class Document:
    """A Markdown file of the project."""

    path: Path

    @property
    def name(self) -> str:
        """The path below the root of the project."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        """The whole file."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def _parts(self) -> tuple[tuple[Heading, ...], tuple[Code, ...], tuple[str, ...]]:
        headings: list[Heading] = []
        codes: list[Code] = []
        prose: list[str] = []
        id = note = value = ""
        lines = iter(self.text.splitlines())
        for line in lines:
            if fence := _FENCE.fullmatch(line.strip()):
                body: list[str] = []
                for inner in lines:
                    if inner.strip() == fence[1]:
                        break
                    body.append(inner)
                section = headings[-1].id if headings else ""
                text = "".join(f"{each}\n" for each in body)
                codes.append(Code(fence[2], note, value, text, section))
                note = value = ""
                prose.append("")
                continue
            if found := _NOTE.fullmatch(line.strip()):
                note, value = found[1], found[2] or ""
            if found := _ID.fullmatch(line):
                id = found[1]
            if found := _HEADING.fullmatch(line):
                headings.append(Heading(len(found[1]), id, found[2]))
                id = ""
            prose.append(line)
        return tuple(headings), tuple(codes), tuple(prose)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All headings in their order."""
        return self._parts[0]

    @property
    def codes(self) -> tuple[Code, ...]:
        """All fenced blocks in their order."""
        return self._parts[1]

    @property
    def prose(self) -> str:
        """The text without its fenced blocks."""
        return "\n".join(self._parts[2])

    @property
    def links(self) -> Iterator[str]:
        """The targets of all links and pictures outside code."""
        return (found[1] for found in _LINK.finditer(self.prose))

    @property
    def inline_code(self) -> Iterator[str]:
        """What stands in single backticks."""
        return (found[1] for found in re.finditer(r"(?<!`)`([^`\n]+)`(?!`)", self.prose))

    @property
    def ids(self) -> set[str]:
        """The ids that a link can lead to."""
        return set(_ID.findall(self.prose))

    def rows(self, section: str) -> list[tuple[str, ...]]:
        """The body rows of all tables in the section with this id, cell by cell."""
        start = self.text.index(f'<a id="{section}"></a>')
        following = self.text.find('<a id="', start + 1)
        part = self.text[start : following if following > 0 else len(self.text)]
        rows: list[tuple[str, ...]] = []
        in_body = False
        for line in part.splitlines():
            if not line.startswith("|"):
                in_body = False
            elif re.fullmatch(r"[|\-: ]+", line):
                in_body = True
            elif in_body:
                cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
                rows.append(tuple(cell.strip().replace("\\|", "|") for cell in cells))
        return rows


def page(topic: str, lang: str) -> Document:
    """A page of ``docs``."""
    return Document(DOCS / lang / f"{topic}.md")


def documents() -> list[Document]:
    """All documentation: ``docs`` and the texts at the top of the project."""
    top = [ROOT / f"{name}{lang}.md" for name in ("README", "CONTRIBUTING") for lang in ("", ".zh")]
    return [Document(path) for path in (*sorted(DOCS.rglob("*.md")), *top)]


def unquoted(cell: str) -> str:
    """The cell without its backticks."""
    found = re.fullmatch(r"(`+) ?(.+?) ?\1", cell)
    return found[2] if found else cell
