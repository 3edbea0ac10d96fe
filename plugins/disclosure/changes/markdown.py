"""The report as Markdown of GitHub and GitLab: for the summary of a pull request.

The data are untrusted: what comes from them is text in Markdown too, with no markup, HTML, link or
mention, and cannot end a table cell. The report stays within what GitHub takes as the summary of a
step (1 MiB); beyond, lists are cut and say how much is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from disclosure.changes.telling import Figures, Points, Run, Section, Told
from disclosure.problems import Language, visible

MAXIMUM_BYTES = 1_000_000
"""GitHub refuses a summary larger than 1 MiB."""
_OPEN = 20
"""So many points are shown at once; the others are folded away."""
_RESERVED = 1_000
"""Bytes for what is said about the rest."""
_LIMITS = (1_000, 200, 50, 10)
"""So many points of a list are shown at most: the first number that keeps within the bytes."""


def markdown(reports: Sequence[tuple[Language, Told]]) -> str:
    """The reports one after the other."""
    text = ""
    for most in _LIMITS:
        share = MAXIMUM_BYTES // max(1, len(reports)) - 1
        text = "\n".join(_Writer(lang, most, share).whole(told) for lang, told in reports)
        if len(text.encode("utf-8", "replace")) <= MAXIMUM_BYTES:
            break
    return text


class _Writer:
    def __init__(self, lang: Language, most: int, share: int) -> None:
        self._lang, self._most, self._share = lang, most, share

    def _(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en

    def whole(self, told: Told) -> str:
        lines = [f"## {escaped(told.title)}", "", escaped(told.states), ""]
        # A single line needs no bullet.
        bullet = "- " if len(told.summary) > 1 else ""
        shown = told.summary[:_OPEN]
        lines += [f"{bullet}{_line(each)}" for each in shown]
        lines += self._left(len(told.summary) - len(shown))
        lines.append("")
        size = _bytes(lines)
        for number, section in enumerate(told.sections):
            written = self._section(section)
            size += _bytes(written)
            # At the lowest limit of points still too much: whole sections are left out.
            if self._most == _LIMITS[-1] and size > self._share - _RESERVED:
                left = len(told.sections) - number
                lines.append(
                    self._(f"还有 {left} 节没有列出。", f"{left} more sections are not listed.")
                )
                break
            lines += written
        return "\n".join(lines)

    def _section(self, section: Section) -> list[str]:
        lines: list[str] = []
        if section.folded:
            lines += ["<details>", f"<summary>{escaped(section.title)}</summary>", ""]
        else:
            lines += [f"### {escaped(section.title)}", ""]
        if section.note:
            lines += [escaped(section.note), ""]
        for block in section.blocks:
            if isinstance(block, Points):
                rows = [f"- {_line(line)}" for line in block.lines]
                lines += self._list(rows, [], open_all=section.folded)
            else:
                lines += self._list(self._rows(block), _head(block), open_all=section.folded)
        if section.folded:
            lines += ["</details>", ""]
        return lines

    def _rows(self, figures: Figures) -> list[str]:
        rows: list[str] = []
        for row in figures.rows:
            follows = self._("（随之变动的合计）", " (a total that moved with it)")
            name = escaped(row.where + (follows if row.follows else ""))
            cells = [escaped(each) for each in (row.before, row.after, row.difference, row.ratio)]
            rows.append(f"| {' | '.join([name, *cells])} |")
        return rows

    def _list(self, rows: list[str], head: list[str], open_all: bool) -> list[str]:
        """Rows under a head; what is beyond the first ones folded, what is beyond the limit cut."""
        shown = rows[: self._most]
        first = shown if open_all else shown[:_OPEN]
        rest = shown[len(first) :]
        lines = [*head, *first, ""]
        if rest:
            count = self._(f"其余 {len(rest)} 处", f"{len(rest)} more")
            lines += ["<details>", f"<summary>{count}</summary>", "", *head, *rest, ""]
            lines += ["</details>", ""]
        return lines + self._left(len(rows) - len(shown))

    def _left(self, count: int) -> list[str]:
        if count <= 0:
            return []
        return [self._(f"还有 {count} 处没有列出。", f"{count} more are not listed."), ""]


def _bytes(lines: Iterable[str]) -> int:
    return sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)


def _head(figures: Figures) -> list[str]:
    heads = " | ".join(escaped(each) for each in figures.heads)
    return [f"| {heads} |", "| --- | ---: | ---: | ---: | ---: |"]


def _line(line: Iterable[Run]) -> str:
    return "".join(_run(run) for run in line if run.text)


_TAGS = {"strong": "strong", "removed": "del", "added": "ins", "code": "code"}


def _run(run: Run) -> str:
    # Tags, because ** beside Chinese punctuation is no markup in CommonMark.
    tag = _TAGS.get(run.style)
    text = escaped(run.text)
    return f"<{tag}>{text}</{tag}>" if tag else text


# GitHub and GitLab look for mentions, issues, addresses and formulas once more in the text that
# Markdown leaves: a comment or an element of its own parts them.
_WRITTEN = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "@": "@<!-- -->",
        "#": "\\#<!-- -->",
        "$": "<span>$</span>",
        **{character: f"\\{character}" for character in "\\`*_{}[]()+-.!|~:"},
    }
)
_ADDRESS = re.compile(r"(?<=\\:)(?=//)|(?<=[Ww]{3})(?=\\\.)")


def escaped(text: str) -> str:
    """Text that is text in GitHub's Markdown: one line, no markup, HTML, link, mention or cell."""
    shown = visible(text.replace("\r\n", "\n").replace("\n", "↵"))
    return _ADDRESS.sub("<!-- -->", shown.translate(_WRITTEN))
