"""What is left to do in a new folder, line by line, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from disclosure.problems import Bilingual, Language
from disclosure.rules.unfinished import Open, open_lines
from disclosure.source import parse_yaml

CHECKLIST = "_checklist.md"
"""Its name: the book reads no file whose name begins with an underscore."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The lines of the files of a new folder that are not ready, and general notes.

    ``folder`` is its name in messages, such as ``data/departments/example/2025-budget``.
    """

    folder: str
    files: Mapping[str, tuple[Open, ...]]
    notes: tuple[Bilingual, ...]

    @classmethod
    def of(cls, folder: str, files: Mapping[str, str], notes: Sequence[Bilingual]) -> Checklist:
        """The checklist of new files, found the way ``disclosure check`` finds it."""
        found: dict[str, tuple[Open, ...]] = {}
        for name, text in files.items():
            source, _ = parse_yaml(text, f"{folder}/{name}")
            found[name] = tuple(open_lines(source)) if source else ()
        return cls(folder, found, tuple(notes))

    @property
    def to_fill(self) -> int:
        """How many values are to be filled in."""
        return sum(each.to_fill for lines in self.files.values() for each in lines)

    @property
    def to_check(self) -> int:
        """How many lines are to be checked."""
        return sum(each.to_fill == 0 for lines in self.files.values() for each in lines)

    def markdown(self) -> str:
        """The list as a file, with a box to tick for each line."""
        return "".join(f"{line}\n" for line in self._markdown())

    def _markdown(self) -> Iterator[str]:
        yield f"# 待办 / To do: {self.folder}"
        yield ""
        yield (
            f"“待填”{self.to_fill} 处，“# 待核”{self.to_check} 行。行号是建文件时的；改动以后，"
            f"`disclosure check {self.folder}` 随时列出还剩哪些。网站不读这个文件，做完可以删去。"
        )
        yield ""
        yield (
            f"{self.to_fill} value(s) 待填 (to be filled in), {self.to_check} line(s) # 待核 "
            "(to be checked). Line numbers are those of the new files; "
            f"`disclosure check {self.folder}` lists what is left at any time. The site does not "
            "read this file; delete it when done."
        )
        yield ""
        yield from (f"- [ ] {note.zh}。<br>{note.en}." for note in self.notes)
        for name, lines in self.files.items():
            if lines:
                yield from ("", f"## {name}", "")
            for each in sorted(lines, key=lambda line: line.span):
                yield f"- [ ] {name}:{each.span.line} {_said(each)}"

    def summary(self, lang: Language | None) -> Iterator[str]:
        """A line for each file: how much is left in it, and where it begins."""
        for name, lines in self.files.items():
            if lines:
                fill = sum(each.to_fill for each in lines)
                check = sum(each.to_fill == 0 for each in lines)
                first = min(each.span.line for each in lines)
                zh = f"待填 {fill} 处，待核 {check} 行"
                en = f"{fill} to fill in, {check} to check"
                yield f"  {self.folder}/{name}:{first}  {_in(Bilingual(zh, en), lang)}"
        for note in self.notes:
            yield from (f"  - {line}" for line in _lines(note, lang))


def _said(each: Open) -> str:
    if each.to_fill:
        return f"待填 / to fill in: {each.said}"
    return f"待核 / to check{': ' + each.said if each.said else ''}"


def _in(text: Bilingual, lang: Language | None) -> str:
    return text.in_language(lang) if lang else f"{text.zh} / {text.en}"


def _lines(text: Bilingual, lang: Language | None) -> Iterable[str]:
    return (text.in_language(lang),) if lang else (text.zh, text.en)
