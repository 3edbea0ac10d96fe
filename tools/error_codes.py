"""Write the pages docs/zh/error-codes.md and docs/en/error-codes.md from the catalogue.

    python -m tools.error_codes

A test compares the pages with what this would write, so they cannot go stale.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from disclosure.language.interface import INTERFACE  # noqa: E402
from disclosure.problems import CATALOGUE, Entry, Language  # noqa: E402

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "错误编号",
        "other": "[English](../en/error-codes.md) · [文档目录](../README.md)",
        "lead": (
            "程序报告的每一种问题：怎样提示、为什么、怎样改。怎样读提示，见"
            "[数据格式](data-format.md#messages)。花括号里的是提示时填入的内容。\n\n"
            "本页由 `python -m tools.error_codes` 根据"
            " [messages/](../../plugins/disclosure/messages) 写成，不要直接修改。"
        ),
        "cause": "原因：",
        "mend": "改法：",
        "check": "核对内容：",
    },
    "en": {
        "title": "Error codes",
        "other": "[中文](../zh/error-codes.md) · [Contents](../README.md)",
        "lead": (
            "Every kind of problem the software reports: what it says, why it arises, how to mend "
            "it. How to read a message is told under [data format](data-format.md#messages). What "
            "stands in braces is filled in.\n\n"
            "This page is written by `python -m tools.error_codes` from "
            "[messages/](../../plugins/disclosure/messages); do not edit it."
        ),
        "cause": "Why: ",
        "mend": "What to do: ",
        "check": "What is checked: ",
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
        "zh": (
            "A：数字核对",
            "不是错误：数字照印公布，核对结果列在网站的“数据核对”页。",
        ),
        "en": (
            "A: the arithmetic",
            "No errors: figures are published as printed, and the results stand on the site's page "
            "of data checks.",
        ),
    },
    "T": {
        "zh": ("T：翻译", "译文文件（PO）和缺少的译文。"),
        "en": ("T: the translation", "Translation files (PO) and missing translations."),
    },
}

SEVERITY: dict[str, dict[Language, str]] = {
    "error": {
        "zh": "错误：改正以前网站不更新。",
        "en": "An error: the site is not updated until it is mended.",
    },
    "figure": {"zh": "数字不一致：照印公布。", "en": "Figures differ: published as printed."},
    "hint": {"zh": "提示：多半是笔误。", "en": "A hint: probably a slip."},
    "translation": {
        "zh": "缺少译文：英文页面显示中文并标明。",
        "en": "English is missing: the English page shows the Chinese and says so.",
    },
}


def page(lang: Language) -> str:
    """The whole page in one language."""
    words = WORDS[lang]
    parts = [f"# {words['title']}", words["other"], words["lead"]]
    for letter, about in GROUPS.items():
        entries = [
            *((code, _entry(entry, lang)) for code, entry in CATALOGUE.items()),
            *((code, _check(text[LANGUAGES.index(lang)], lang)) for code, text in _checks()),
        ]
        own = sorted(item for item in entries if item[0].startswith(letter))
        if not own:
            continue
        heading, lead = about[lang]
        parts += [f'<a id="{letter.lower()}"></a>\n## {heading}', lead]
        for code, (title, body) in own:
            parts += [f'<a id="{code.lower()}"></a>\n### {code} {_escaped(title)}', *body]
    return "\n\n".join(parts) + "\n"


def _checks() -> Iterator[tuple[str, tuple[str, str]]]:
    """The arithmetic rules: their words are part of the interface."""
    for key, text in INTERFACE.items():
        found = re.fullmatch(r"check\.(A\d{3})", key)
        if found and found[1] not in CATALOGUE:
            yield found[1], text


def _entry(entry: Entry, lang: Language) -> tuple[str, list[str]]:
    words = WORDS[lang]
    message = re.sub(r"\[\[(.*?)\]\]", r"\1", entry.message.in_language(lang))
    body = [f"```text\n{message}\n```"]
    if entry.cause:
        body.append(words["cause"] + _escaped(entry.cause.in_language(lang)))
    if entry.mend:
        body.append(words["mend"] + _escaped(entry.mend.in_language(lang)))
    if entry.severity.value != "error":
        body.append(SEVERITY[entry.severity.value][lang])
    return entry.title.in_language(lang), body


def _check(text: str, lang: Language) -> tuple[str, list[str]]:
    return re.sub(r"\{item\}", "…", text), []


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)


def main() -> None:
    for lang in LANGUAGES:
        path = ROOT / "docs" / lang / "error-codes.md"
        path.write_text(page(lang), encoding="utf-8", newline="\n")
        print(f"==> {path.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
