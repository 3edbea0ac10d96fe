"""What the sub-commands of ``disclosure`` share: common options, speaking, refusing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.book import Book, read_book
from disclosure.problems import Bilingual, Language, Problem, Severity, report

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


class Refused(Exception):
    """What was asked for cannot be done, and nothing was written; the command ``disclosure`` says
    why and ends.

    ``code`` is the exit code: 1 for the data, 2 for wrong usage. ``problems`` are told before.
    """

    def __init__(self, zh: str, en: str, code: int = 1, problems: Iterable[Problem] = ()) -> None:
        super().__init__(f"{zh} / {en}")
        self.said = Bilingual(zh, en)
        self.code = code
        self.problems = tuple(problems)

    def tell(self, lang: Language | None) -> int:
        """Say it on standard error; the exit code."""
        sys.stderr.write(report(self.problems, lang))
        say(self.said, lang)
        return self.code


def sub_command(
    commands: _SubParsersAction[ArgumentParser], name: str, said: str, description: str, epilog: str
) -> ArgumentParser:
    """The parser of a sub-command; ``said`` is its line in the list of them."""
    return commands.add_parser(
        name,
        help=said,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def data_option(
    parser: ArgumentParser,
    name: str = "--data",
    said: str = "数据文件夹，默认 data / the data folder, ./data by default",
) -> None:
    """The data folder, as an option or (``name`` without hyphens) as the argument."""
    optional = {} if name.startswith("-") else {"nargs": "?"}
    parser.add_argument(
        name,
        type=Path,
        default=Path("data"),
        metavar="FOLDER",
        help=said,
        **optional,  # type: ignore[arg-type]
    )


def check_option(parser: ArgumentParser, said: str) -> None:
    """``--check``: nothing is written; the exit code says whether something would be."""
    parser.add_argument("--check", action="store_true", help=said)


def lang_option(parser: ArgumentParser) -> None:
    """``--lang``, read by ``language``."""
    parser.add_argument(
        "--lang",
        choices=("zh", "en", "both"),
        default="both",
        help="说明的语言，默认两种都写，中文在前 / the language to speak, both by default",
    )


def language(options: argparse.Namespace) -> Language | None:
    """The language that was asked for; None for both."""
    return None if options.lang == "both" else options.lang


def say(text: Bilingual, lang: Language | None) -> None:
    """A line on standard error: standard output is for what can be used further."""
    print(text.in_language(lang) if lang else f"{text.zh} / {text.en}", file=sys.stderr)


def read_or_refuse(folder: Path, zh: str, en: str) -> Book:
    """The book of a data folder. Raises Refused with its errors where it cannot be read."""
    book, problems = read_book(folder, folder.as_posix())
    if book is None:
        raise Refused(zh, en, 1, [each for each in problems if each.severity is Severity.ERROR])
    return book
