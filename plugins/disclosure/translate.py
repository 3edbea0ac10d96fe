"""The command ``disclosure translate``: brings the PO files up to date with the data.

Every text that needs English gets an entry; an entry whose Chinese no longer stands in the data
goes to the end of its file, marked ``#~``. Entries that stay are not touched: their lines, comments
and order remain as they are, so that a difference shows only what changed. A second run changes
nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import normalize, unescape

from disclosure.book import Book
from disclosure.command import (
    Refused,
    check_option,
    data_option,
    lang_option,
    language,
    read_or_refuse,
    say,
    sub_command,
)
from disclosure.language.coverage import needs_english
from disclosure.problems import Bilingual
from disclosure.rules.translation import texts

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

_DESCRIPTION = """\
把需要英文的文字补进 data/translations/en 的 PO 文件：新文字加一条空的，与旧文字相近的拟一条
（标 fuzzy，待人核对），数据里已经没有的移到文件末尾。已有的各条一字不动。
还缺的英文打印出来，可以直接粘贴、填写。

Adds the texts that need English to the PO files in data/translations/en: a new text gets an empty
entry, or one proposed from similar Chinese and marked fuzzy for a person to check; what no longer
stands in the data goes to the end of its file. Entries that stay are not touched.
What is still missing is printed, ready to paste and fill in."""

_EPILOGUE = """\
退出码 / exit code:
  0  写好了，或者不用改 / written, or nothing to change
  1  数据有错；或者用了 --check 而文件需要更新
     errors in the data; or, with --check, files are out of date
  2  用法不对 / wrong usage"""


@dataclass(frozen=True, slots=True)
class Text:
    """A Chinese text that needs English. ``kind`` is the PO file it belongs in by its place."""

    zh: str
    context: str
    kind: str
    note: str
    """Where it stands first, for the translator."""


@dataclass(frozen=True, slots=True)
class Block:
    """An entry of a PO file with the comments before it and the empty lines after it.

    ``lines`` are as in the file, without their ends. A block without an entry (comments at the end)
    has neither ``zh`` nor ``en``; so has the header an empty ``zh``.
    """

    lines: tuple[str, ...]
    context: str
    zh: str
    en: str
    obsolete: bool

    @property
    def fuzzy(self) -> bool:
        """Whether it waits for a person to check it."""
        flags = (line for line in self.lines if line.startswith("#,"))
        return any("fuzzy" in re.split(r"[,\s]+", flag) for flag in flags)

    @property
    def key(self) -> tuple[str, str]:
        """Context and Chinese."""
        return self.context, self.zh


@dataclass(frozen=True, slots=True)
class Merged:
    """The PO files as they should be, by name, and what was done to them."""

    files: Mapping[str, tuple[Block, ...]]
    changed: frozenset[str]
    added: int = 0
    proposed: int = 0
    revived: int = 0
    retired: int = 0


def needed(book: Book) -> tuple[Text, ...]:
    """Every text of the book that needs English, in the order of the data, each once by context."""
    found: dict[tuple[str, str], Text] = {}
    for disclosure in book.disclosures:
        for each in texts(disclosure, book):
            if needs_english(each.found, book.vocabulary):
                keys = [str(k + 1) if isinstance(k, int) else k for k in each.place.path]
                note = "/".join((disclosure.department, disclosure.slug, each.place.file, *keys))
                kind = _kind(each.place.file)
                text = Text(each.found.text, each.context, kind, re.sub(r"\s+", " ", note))
                found.setdefault((text.context, text.zh), text)
    return tuple(found.values())


_KINDS = {"disclosure.yml": "disclosure.po", "unit.yml": "disclosure.po"}
_KINDS |= {"narrative.yml": "narrative.po"}
_KINDS |= {name: "budget.po" for name in ("budget.yml", "procurement.yml", "assets.yml")}
_FOLDERS = {"projects": "projects.po", "tables": "tables.po"}


def _kind(file: str) -> str:
    *folders, name = file.split("/")
    return _FOLDERS[folders[-1]] if folders[-1:] in (["projects"], ["tables"]) else _KINDS[name]


# --- merging ----------------------------------------------------------------------------------


def merge(
    files: Mapping[str, Sequence[Block]], wanted: Sequence[Text], used: frozenset[tuple[str, str]]
) -> Merged:
    """``files`` with an entry for all of ``wanted``, and those that are not ``used`` retired.

    ``used`` are context and Chinese of everything that stands in the data: an entry that is no
    longer needed but still true is left alone. Takes time linear in the size of the files.
    """
    live: dict[str, list[Block]] = {}
    retired: dict[str, list[Block]] = {}
    changed: set[str] = set()
    count: Counter[str] = Counter()
    for name, blocks in files.items():
        live[name], retired[name] = [], []
        for block in blocks:
            if block.obsolete or not block.zh or block.key in used:
                live[name].append(block)
                continue
            changed.add(name)
            count["retired"] += 1
            if block.en.strip():
                retired[name].append(_retired(block))
    all_blocks = [block for name in files for block in (*live[name], *retired[name])]
    known = {block.key for block in all_blocks if block.zh and not block.obsolete}
    left = {block.key: block for block in all_blocks if block.obsolete}
    similar = _Similar(block for block in all_blocks if block.zh and block.en.strip())
    revived: set[tuple[str, str]] = set()
    new: dict[str, list[Block]] = defaultdict(list)
    for text in wanted:
        if (text.context, text.zh) in known or ("", text.zh) in known:
            continue
        name = _file_of(text, files)
        old = left.get((text.context, text.zh)) or left.get(("", text.zh))
        if old is not None:
            revived.add(old.key)
            block = _revived(old)
        else:
            block = _new(text, similar.to(text.zh))
            count["proposed" if block.en else "added"] += 1
        known.add(block.key)
        new[name].append(block)
    merged: dict[str, tuple[Block, ...]] = {}
    for name in dict.fromkeys((*files, *new)):
        before = live.get(name) or [_header(name)]
        kept = [each for each in before if not (each.obsolete and each.key in revived)]
        gone = [each for each in retired.get(name, ()) if each.key not in revived]
        changed |= {name} if name in new or len(kept) != len(before) else set()
        merged[name] = _placed(kept, new.get(name, []), gone)
    return Merged(
        merged,
        frozenset(changed),
        added=count["added"],
        proposed=count["proposed"],
        revived=len(revived),
        retired=count["retired"],
    )


def _file_of(text: Text, files: Mapping[str, object]) -> str:
    """The file of its kind; a folder that has only one file of another name keeps to that one."""
    standard = {*_KINDS.values(), *_FOLDERS.values()}
    return next(iter(files)) if len(files) == 1 and not standard & set(files) else text.kind


def _placed(
    kept: Sequence[Block], new: Sequence[Block], gone: Sequence[Block]
) -> tuple[Block, ...]:
    """New entries after the last one in use, those gone at the very end."""
    at = max((n for n, each in enumerate(kept, 1) if not each.obsolete), default=0)
    before, after = list(kept[:at]), list(kept[at:])
    if new or gone:
        for part in (before, after):
            if part:
                part[-1] = _with_space(part[-1])
    return (*before, *new, *after, *gone)


def _with_space(block: Block) -> Block:
    """The block, followed by exactly one empty line where it had none."""
    lines = block.lines if block.lines and not block.lines[-1].strip() else (*block.lines, "")
    return Block(lines, block.context, block.zh, block.en, block.obsolete)


_TITLES = {
    "disclosure.po": "# 部门、科室、职责、机构的英文 / English for the department and its units",
    "narrative.po": "# 文字说明的英文 / English for the narrative parts",
    "budget.po": "# 预算、采购、资产的英文 / English for budget, procurement and assets",
    "projects.po": "# 项目的英文 / English for the projects",
    "tables.po": "# 各表的表注和单元格的英文 / English for notes and cells of the tables",
}


def _header(name: str) -> Block:
    lines = (
        _TITLES[name],
        'msgid ""',
        'msgstr ""',
        '"Language: en\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        "",
    )
    return Block(lines, "", "", "", obsolete=False)


def _new(text: Text, similar: Block | None) -> Block:
    """An entry for a text: empty, or with the English of a similar one, marked fuzzy."""
    lines = [f"#. {text.note}"]
    if similar is not None:
        lines += ["#, fuzzy", *_field("#| ", "msgid", similar.zh)]
    english = similar.en if similar else ""
    lines += [*_field("", "msgid", text.zh), *_field("", "msgstr", english), ""]
    return Block(tuple(lines), "", text.zh, english, obsolete=False)


def _field(before: str, word: str, value: str) -> Iterator[str]:
    return (before + line for line in f"{word} {normalize(value, width=0)}".split("\n"))


def _retired(block: Block) -> Block:
    lines = tuple(
        line
        if line.startswith("#") and not line.startswith("#|")
        else "#~" + ("" if line.startswith("#|") else " ") + line.removeprefix("#").lstrip()
        for line in block.lines
        if line.strip()
    )
    return _with_space(Block(lines, block.context, block.zh, block.en, obsolete=True))


def _revived(block: Block) -> Block:
    lines = tuple(
        ("#|" + line[3:] if line.startswith("#~|") else line.removeprefix("#~").lstrip())
        if line.startswith("#~")
        else line
        for line in block.lines
    )
    return _with_space(Block(lines, block.context, block.zh, block.en, obsolete=False))


class _Similar:
    """Finds the entry whose Chinese is most like a text.

    Compared are only the entries that share the rarest pairs of characters with it, so that the
    time for a text does not grow with the number of entries.
    """

    _COMMON = 40
    """A pair of characters in more entries than this says nothing."""
    _COMPARED = 8
    _LEAST = 0.7
    """The share of the two texts that has to be the same."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = list(blocks)
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for number, block in enumerate(self._blocks):
            for pair in _pairs(block.zh):
                self._by_pair[pair].append(number)

    def to(self, zh: str) -> Block | None:
        shared: Counter[int] = Counter()
        for pair in _pairs(zh):
            entries = self._by_pair.get(pair, ())
            if len(entries) <= self._COMMON:
                shared.update(entries)
        best: tuple[float, int] | None = None
        for number, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))[
            : self._COMPARED
        ]:
            compared = difflib.SequenceMatcher(None, self._blocks[number].zh, zh, autojunk=False)
            if compared.quick_ratio() < self._LEAST:
                continue
            ratio = compared.ratio()
            if ratio >= self._LEAST and (best is None or ratio > best[0]):
                best = ratio, number
        return self._blocks[best[1]] if best else None


def _pairs(text: str) -> list[str]:
    """Neighbouring characters, each pair once, in their order."""
    plain = "".join(text.split())
    return list(dict.fromkeys(plain[at : at + 2] for at in range(max(1, len(plain) - 1))))


# --- files ------------------------------------------------------------------------------------

_STRING = re.compile(r'\s*(?:(?P<word>msgctxt|msgid|msgstr)\s+)?(?P<text>"(?:[^"\\]|\\.)*")\s*')


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a PO file that was read without problems; together they are all its lines.

    ``text`` has no byte order mark and ``\\n`` as the end of its lines.
    """
    blocks: list[Block] = []
    lines: list[str] = []
    fields: dict[str, list[str]] = {}
    word, obsolete = "", False

    def finish() -> None:
        context, zh, en = ("".join(fields.get(key, ())) for key in ("msgctxt", "msgid", "msgstr"))
        blocks.append(Block(tuple(lines), context, zh, en, obsolete))

    all_lines = text.split("\n")
    if all_lines[-1] == "":
        all_lines.pop()
    for line in all_lines:
        gone = line.lstrip().startswith("#~") and not line.lstrip().startswith("#~|")
        match = _STRING.fullmatch(line.lstrip().removeprefix("#~") if gone else line)
        begins = match is None or match["word"] in ("msgctxt", "msgid")
        if word == "msgstr" and line.strip() and begins:
            finish()
            lines, fields, word, obsolete = [], {}, "", False
        lines.append(line)
        if match is not None:
            obsolete = obsolete or gone
            word = match["word"] or word
            fields.setdefault(word, []).append(unescape(match["text"]))
    if lines:
        finish()
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class _File:
    """A PO file as bytes: what it begins with, and how its lines end."""

    mark: bytes
    end: str
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, data: bytes) -> _File:
        text = data.decode("utf-8-sig")
        end = "\r\n" if "\r\n" in text else "\n"
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        return cls(mark, end, read_blocks(plain))


_EMPTY = _File(b"", "\n", ())


def _bytes(blocks: Sequence[Block], like: _File) -> bytes:
    """The file with other blocks; without an empty line at the end."""
    lines = [line for block in blocks for line in block.lines]
    while lines and not lines[-1].strip():
        lines.pop()
    return like.mark + "".join(line + like.end for line in lines).encode()


def write(path: Path, data: bytes) -> None:
    """Replace a file at one stroke: whoever reads it sees the old or the new one.

    Raises OSError where it cannot be written; the old file stays then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    target = path.resolve()  # a link stays a link
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp lets nobody else read; the file keeps the rights that it had.
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o644)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


# --- the command ------------------------------------------------------------------------------


def add_parser(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``translate`` to the sub-commands of ``disclosure``."""
    said = "更新英文翻译文件 / bring the translation files up to date"
    parser = sub_command(commands, "translate", said, _DESCRIPTION, _EPILOGUE)
    data_option(parser, "path")
    check_option(
        parser, "不写文件，只看要不要更新 / write nothing, tell whether files are out of date"
    )
    lang_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; its exit code.

    The entries that are missing go to standard output, everything else to standard error: what is
    printed can be pasted, or redirected, as it is.
    """
    folder: Path = options.path
    book = read_or_refuse(
        folder, "数据有错，没有更新翻译文件", "errors in the data; no translation file changed"
    )
    place = folder / "translations" / "en"
    try:
        files = {path.name: _File.of(path.read_bytes()) for path in sorted(place.glob("*.po"))}
        merged = updated(book, {name: file.blocks for name, file in files.items()})
        if not options.check:
            for name in sorted(merged.changed):
                data = _bytes(merged.files[name], files.get(name, _EMPTY))
                write(place / name, data)
    except OSError as error:
        raise Refused(f"翻译文件读写失败：{error}", f"cannot read or write: {error}") from error
    sys.stdout.write(missing_entries(merged.files))
    say(_summary(merged, sorted(merged.changed), options.check), language(options))
    return int(options.check and bool(merged.changed))


def updated(book: Book, files: Mapping[str, Sequence[Block]]) -> Merged:
    """The PO files brought up to date with the book."""
    used = frozenset(
        (context, each.found.text)
        for disclosure in book.disclosures
        for each in texts(disclosure, book)
        for context in (each.context, "")
    )
    return merge(files, needed(book), used)


def missing_entries(files: Mapping[str, Sequence[Block]]) -> str:
    """The entries that have no English yet, or only a proposed one, as PO text by file."""
    parts: list[str] = []
    for name, blocks in files.items():
        entries = [
            block
            for block in blocks
            if not block.obsolete and block.zh and (block.fuzzy or not block.en.strip())
        ]
        if entries:
            parts.append(f"# translations/en/{name}\n\n")
        for block in entries:
            lines = [line for line in block.lines if line.strip()]
            parts.append("\n".join((*lines, "", "")))
    return "".join(parts)


def _summary(merged: Merged, changed: Sequence[str], check: bool) -> Bilingual:
    if not changed:
        return Bilingual("翻译文件不用更新", "the translation files are up to date")
    names = ", ".join(changed)
    zh = (
        f"新增 {merged.added} 条，照相近文字拟了 {merged.proposed} 条（待核），"
        f"恢复 {merged.revived} 条，不再用 {merged.retired} 条：{names}"
    )
    en = (
        f"{merged.added} added, {merged.proposed} proposed from similar texts (to be checked), "
        f"{merged.revived} restored, {merged.retired} no longer used: {names}"
    )
    return Bilingual(f"需要更新：{zh}", f"out of date: {en}") if check else Bilingual(zh, en)
