"""The report as text for a terminal. Nothing in the data can end a line or move the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from disclosure.changes.telling import Figures, Points, Run, Section, Told
from disclosure.problems import Language, visible

_MOST = 200
_MOST_FOLDED = 30
"""So many points of a list are shown; fewer of one of little weight."""
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}


def plain_text(reports: Sequence[tuple[Language, Told]]) -> str:
    """The reports one after the other. What went stands in ``[-…-]``, what came in ``{+…+}``."""
    return "\n".join("\n".join(_Writer(lang).whole(told)) + "\n" for lang, told in reports)


class _Writer:
    def __init__(self, lang: Language) -> None:
        self._lang = lang

    def _(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en

    def whole(self, told: Told) -> Iterator[str]:
        yield f"{_shown(told.title)}{self._('：', ': ')}{_shown(told.states)}"
        for line in told.summary:
            yield f"  {_line(line)}"
        marked = False
        for section in told.sections:
            yield ""
            yield from self._section(section)
            marked = marked or any(_has_marks(block) for block in section.blocks)
        if marked:
            yield ""
            yield self._("[-删去的-] {+新写的+}", "[-what went-] {+what came+}")

    def _section(self, section: Section) -> Iterator[str]:
        yield f"{_shown(section.title)}"
        if section.note:
            yield f"  {_shown(section.note)}"
        for block in section.blocks:
            lines = list(self._block(block))
            most = _MOST_FOLDED if section.folded else _MOST
            yield from (f"  - {line}" for line in lines[:most])
            if (left := len(lines) - most) > 0:
                yield self._(f"  还有 {left} 处没有列出", f"  {left} more are not listed")

    def _block(self, block: Points | Figures) -> Iterator[str]:
        if isinstance(block, Points):
            yield from (_line(line) for line in block.lines)
            return
        for row in block.rows:
            inside = self._("，", ", ").join(each for each in (row.difference, row.ratio) if each)
            change = self._(f"（{inside}）", f" ({inside})") if inside else ""
            follows = (
                self._("，合计随之变动", ", a total that moved with it") if row.follows else ""
            )
            values = f"{row.before} → {row.after}{change}{follows}"
            yield _shown(f"{row.where}{self._('：', ': ')}{values}")


def _has_marks(block: Points | Figures) -> bool:
    return isinstance(block, Points) and any(
        run.style in _MARKS for line in block.lines for run in line
    )


def _line(line: Iterable[Run]) -> str:
    return "".join(_run(run) for run in line if run.text)


def _run(run: Run) -> str:
    before, after = _MARKS.get(run.style, ("", ""))
    return f"{before}{_shown(run.text)}{after}"


def _shown(text: str) -> str:
    # The runner of GitHub takes ##[...] for a command, in the middle of a line too.
    return visible(text.replace("\r\n", "\n").replace("\n", "↵")).replace("##[", "## [")
