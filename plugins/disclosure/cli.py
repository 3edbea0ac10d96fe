"""The command ``disclosure``: checks a data folder and says everything that is wrong with it.

Exit codes: 0 fine, 1 errors in the data, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from disclosure import __version__
from disclosure.book import read_book
from disclosure.problems import Language, Problem, Severity, report, sort_problems
from disclosure.rules.examine import examine

_DESCRIPTION = """\
检查部门预算、决算公开的数据，并逐条说明哪个文件、哪一行、哪一列有什么问题、应当怎样写。
Checks the data of a budget disclosure and tells for each problem the file, line and column,
what was found and what to write instead."""

_EPILOGUE = """\
每行的格式 / each line:  文件:行:列 代码 说明   file:line:column CODE message
  Y1xx  文件读不懂 / the file cannot be read        S2xx  内容不合格式 / wrong shape
  R3xx  文件之间的引用 / references between files   A4xx  数字不符 / figures do not agree
  T5xx  英文翻译 / English translation

退出码 / exit code:
  0  没有问题 / fine    1  数据有错 / errors in the data    2  用法不对 / wrong usage"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (those of the process by default); its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console that has not every character
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    return _check(options.path, options.lang, options.strict, options.strict_translation)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="disclosure",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="检查数据文件夹 / check a data folder",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    check.add_argument(
        "path",
        nargs="?",
        type=Path,
        default=Path("data"),
        metavar="PATH",
        help="数据文件夹，默认 data / the data folder, ./data by default",
    )
    check.add_argument(
        "--lang",
        choices=("zh", "en"),
        help="只用一种语言说明，默认中英文都写 / say it in one language only, both by default",
    )
    check.add_argument(
        "--strict",
        action="store_true",
        help="数字不符也算错误 / figures that do not agree count as errors",
    )
    check.add_argument(
        "--strict-translation",
        action="store_true",
        help="没有英文也算错误 / missing English counts as an error",
    )
    return parser


def _check(folder: Path, lang: Language | None, strict: bool, strict_translation: bool) -> int:
    book, problems = read_book(folder, folder.as_posix())
    if book:
        problems = sort_problems([*problems, *examine(book).problems])
    sys.stdout.write(report(problems, lang))
    print(_summary(problems, lang))
    failing = {Severity.ERROR}
    failing |= {Severity.FIGURE} if strict else set()
    failing |= {Severity.TRANSLATION} if strict_translation else set()
    return int(any(found.severity in failing and not found.acknowledged for found in problems))


def _summary(problems: Sequence[Problem], lang: Language | None) -> str:
    count = Counter(found.severity for found in problems)
    errors, figures = count[Severity.ERROR], count[Severity.FIGURE]
    hints, texts = count[Severity.HINT], count[Severity.TRANSLATION]
    zh = f"错误 {errors} 处，数字不符 {figures} 处，没有英文 {texts} 处，提示 {hints} 处"
    en = f"errors {errors}, figures that do not agree {figures}, texts without English {texts}"
    en = f"{en}, hints {hints}"
    return {"zh": zh, "en": en}.get(lang or "", f"{zh} / {en}")
