"""Write the pages docs/zh/error-codes.md and docs/en/error-codes.md from the catalogue.

    python -m tools.error_codes

The examples are the cases of ``tests/invalid``, whose reports the tests check word by word. A test
compares the pages with what this would write, so they cannot go stale.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from disclosure.problems import CATALOGUE, Language  # noqa: E402

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
CASES: Final = ROOT / "tests" / "invalid"
LINES_ABOVE: Final = 2
LINES_BELOW: Final = 3
"""Lines of a file shown beside the one that is wrong: a total stands above its items."""
LONGEST_LINE: Final = 100
"""Longer lines of a file are cut, in characters."""

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "错误编号",
        "other": "[English](../en/error-codes.md) · [文档目录](../README.md)",
        "lead": (
            "程序报告的每一种问题：怎样提示、为什么、怎样改，各有一个例子。怎样读提示，见"
            "[数据格式](data-format.md#messages)。花括号里的是提示时填入的内容。例子是测试用的虚构"
            "数据，每行前面是行号；看不见的字符写成 `\\u200b` 这样的编码。\n\n"
            "本页由 `python -m tools.error_codes` 根据"
            " [messages/](../../plugins/disclosure/messages) 写成，不要直接修改。"
        ),
        "cause": "原因：",
        "mend": "改法：",
        "example": "例：",
        "reported": "检查报告：",
    },
    "en": {
        "title": "Error codes",
        "other": "[中文](../zh/error-codes.md) · [Contents](../README.md)",
        "lead": (
            "Every kind of problem the software reports: what it says, why it arises, how to mend "
            "it, and an example. How to read a message is told under "
            "[data format](data-format.md#messages). What stands in braces is filled in. The "
            "examples are the fictitious data of the tests, each line after its number; invisible "
            "characters are shown as `\\u200b` and the like.\n\n"
            "This page is written by `python -m tools.error_codes` from "
            "[messages/](../../plugins/disclosure/messages); do not edit it."
        ),
        "cause": "Why: ",
        "mend": "What to do: ",
        "example": "Example: ",
        "reported": "It is reported as:",
    },
}

# The first letter of a code → what this group of codes is about.
GROUPS: dict[str, dict[Language, tuple[str, str]]] = {
    "Y": {
        "zh": ("Y：文件的写法", "读取 YAML 文件时发现。"),
        "en": ("Y: how a file is written", "Found while a YAML file is read."),
    },
    "S": {
        "zh": ("S：内容", "键、值的类型、名目不合格式。"),
        "en": ("S: what it holds", "Keys, types of values and labels that do not fit the format."),
    },
    "R": {
        "zh": ("R：文件之间的引用", "文件名、文件夹名和互相引用的标识。"),
        "en": ("R: references between files", "Names of files and folders, and ids that refer."),
    },
    "A": {
        "zh": ("A：数字核对", "文件印的数字互相对不上。网站的“数据核对”页列出全部核对结果。"),
        "en": (
            "A: the arithmetic",
            "Printed figures that do not agree. The site's page of data checks lists every "
            "comparison.",
        ),
    },
    "T": {
        "zh": ("T：翻译", "译文文件（PO）和缺少的译文。"),
        "en": ("T: the translation", "Translation files (PO) and missing translations."),
    },
    "H": {
        "zh": ("H：提示", "不一定有错，值得对照文件再看一眼。"),
        "en": ("H: hints", "Not necessarily wrong, but worth another look at the document."),
    },
    "C": {
        "zh": ("C：公开是否齐全", "法律和公开要求规定应当有、却没有找到的内容。"),
        "en": (
            "C: completeness",
            "What the law and the rules of disclosure require and the data do not have.",
        ),
    },
    "P": {
        "zh": ("P：个人信息和保密", "不应公开的内容。"),
        "en": ("P: personal and secret information", "What must not be published."),
    },
    "K": {
        "zh": ("K：说明", "编者在 [acknowledged.yml](data-format.md#file-acknowledged) 里的说明。"),
        "en": (
            "K: explanations",
            "What the editors explain in [acknowledged.yml](data-format.md#file-acknowledged).",
        ),
    },
}

SEVERITY: dict[str, dict[Language, str]] = {
    "error": {
        "zh": "错误：改正以前网站不更新。",
        "en": "An error: the site is not updated until it is mended.",
    },
    "figure": {
        "zh": "不影响发布：照文件公布并标明；用 `--strict` 检查时，没有说明的算失败。",
        "en": "Does not stop the site: published as printed and marked. With `--strict` it fails "
        "unless it is explained.",
    },
    "hint": {
        "zh": "提示：不影响发布，用 `--strict` 检查也不算失败。",
        "en": "A hint: it does not stop the site, and `--strict` does not fail.",
    },
    "translation": {
        "zh": "缺少译文：英文页面显示中文并标明；用 `--strict-translation` 检查时算失败。",
        "en": "English is missing: the English page shows the Chinese and says so. With "
        "`--strict-translation` it fails.",
    },
}


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the tests that shows a code: the lines around the place, and the report."""

    name: str
    excerpt: str
    """Numbered lines of the file; empty where there is no file to show."""
    report: Mapping[Language, str]


@cache
def examples() -> Mapping[str, Case]:
    """The plainest case of each code: fewest reports, then shortest name, then first by name."""
    found: dict[str, Case] = {}
    for name, lines, read in sorted(_cases(), key=lambda case: _size(case[0], case[1])):
        for line in lines:
            place, code, said = line.split(" ", 2)
            # A value may hold the separator: then the two languages cannot be told apart.
            if code in found or said.count(" / ") != 1:
                continue
            path, number, _ = place.rsplit(":", 2)
            zh, en = said.split(" / ")
            report: Mapping[Language, str] = {
                "zh": f"{place} {code} {zh}",
                "en": f"{place} {code} {en}",
            }
            found[code] = Case(name, _excerpt(read(path), int(number)), report)
    return found


def _size(name: str, lines: Sequence[str]) -> tuple[bool, int, int, str]:
    """Last come cases with rare characters, for which a reader may have no font."""
    rare = any(ord(each) > 0xFFFF for line in lines for each in line)
    return rare, len(lines), len(name), name


def _cases() -> Iterator[tuple[str, Sequence[str], Callable[[str], Sequence[str]]]]:
    """Each case: its name, its report, and how to read the files that the report names."""
    for path in (CASES / "yaml").glob("*.expected"):
        yield path.stem, _report(path), partial(_lines_in, path.parent)
    for path in (CASES / "data").glob("*/expected.txt"):
        yield path.parent.name, _report(path), partial(_laid_over, path.parent)


def _report(path: Path) -> Sequence[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _lines_in(folder: Path, name: str) -> Sequence[str]:
    return _lines(folder / name)


def _laid_over(case: Path, name: str) -> Sequence[str]:
    """A file of a case as ``test_invalid_data`` lays it over the smallest data."""
    without = case / "without.txt"
    below = name.removeprefix("data/")
    if without.is_file() and below in without.read_text(encoding="utf-8").split():
        return ()
    own = case / "data" / below
    return _lines(own if own.exists() else CASES / "smallest" / below)


def _lines(path: Path) -> Sequence[str]:
    """The lines of a file, whatever its encoding; none where it is missing or a folder."""
    if not path.is_file():
        return ()
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:  # the bytes themselves, not characters that they happen to be like
        text = data.decode("ascii", "backslashreplace")
    return re.split("\r\n|\r|\n", text.removesuffix("\n"))


def _excerpt(lines: Sequence[str], number: int) -> str:
    if lines and number > len(lines):  # the file ends too early
        lines = [*lines, ""]
    first = max(1, number - LINES_ABOVE)
    shown = list(enumerate(lines, 1))[first - 1 : number + LINES_BELOW]
    width = len(str(shown[-1][0])) if shown else 0
    return "\n".join(f"{at:{width}} | {_visible(line)}".rstrip() for at, line in shown)


def _visible(line: str) -> str:
    """The line with every character to be seen, and not longer than a screen."""
    cut = line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"
    return "".join(
        each if each == " " or unicodedata.category(each)[0] not in "CZ" else _code_point(each)
        for each in cut
    )


def _code_point(character: str) -> str:
    number = ord(character)
    if character == "\t":
        return "\\t"
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def page(lang: Language) -> str:
    """The whole page in one language."""
    words = WORDS[lang]
    parts = [f"# {words['title']}", words["other"], words["lead"]]
    for letter, about in GROUPS.items():
        own = [code for code in CATALOGUE if code.startswith(letter)]
        if not own:
            continue
        heading, lead = about[lang]
        parts += [f'<a id="{letter.lower()}"></a>\n## {heading}', lead]
        for code in own:
            title = _escaped(CATALOGUE[code].title.in_language(lang))
            parts += [f'<a id="{code.lower()}"></a>\n### {code} {title}', *_body(code, lang)]
    return "\n\n".join(parts) + "\n"


def _body(code: str, lang: Language) -> Iterator[str]:
    entry, words = CATALOGUE[code], WORDS[lang]
    yield _block(re.sub(r"\[\[(.*?)\]\]", r"\1", entry.message.in_language(lang)))
    yield words["cause"] + _escaped(entry.cause.in_language(lang))
    yield words["mend"] + _escaped(entry.mend.in_language(lang))
    yield SEVERITY[entry.severity.value][lang]
    if entry.example:
        yield words["example"] + _escaped(entry.example.in_language(lang))
        return
    case = examples().get(code)
    if case is None:  # a test names it
        return
    if case.excerpt:
        yield words["example"].strip()
        yield _block(case.excerpt)
        yield words["reported"]
    else:
        yield f"{words['example']}{words['reported']}"
    yield _block(case.report[lang])


def _block(text: str) -> str:
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text) or [""]))
    return f"{fence}text\n{text}\n{fence}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)


def main() -> None:
    for lang in LANGUAGES:
        path = ROOT / "docs" / lang / "error-codes.md"
        path.write_text(page(lang), encoding="utf-8", newline="\n")
        print(f"==> {path.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
