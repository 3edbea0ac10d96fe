"""The command ``disclosure``; ``check`` says everything that is wrong with the data.

Exit codes: 0 nothing that fails, 1 errors in the data, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import io
import locale
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from disclosure import (
    __version__,
    diff,
    editions,
    migrate,
    new_department,
    new_year,
    schema,
    translate,
)
from disclosure.book import read_book
from disclosure.command import Refused, language
from disclosure.problems import Language, Problem, Severity, sort_problems
from disclosure.reports import (
    Report,
    acknowledgements,
    as_json,
    github,
    github_summary,
    gitlab,
    language_of,
    plain,
    text,
)
from disclosure.rules.acknowledged import STALE
from disclosure.rules.examine import examine
from disclosure.rules.finding import Finding
from disclosure.rules.government import REQUIRED, government
from disclosure.source import MAXIMUM_BYTES

_DESCRIPTION = """\
检查部门预算、决算公开的数据，并逐条说明哪个文件、哪一行、哪一列有什么问题、应当怎样写。
Checks the data of a budget disclosure and tells for each problem the file, line and column,
what was found and what to write instead."""

_EPILOGUE = """\
每处问题的第一行 / first line of each problem:
  文件:行:列 代码 说明   file:line:column CODE message

  Y1xx  文件读不懂 / the file cannot be read        S2xx  内容不合格式 / wrong shape
  R3xx  文件之间的引用 / references between files   A4xx  数字不符 / figures do not agree
  T5xx  英文翻译 / English translation              H6xx  提示 / hints
  C7xx  公开要求 / what the law requires            P8xx  隐私和保密 / privacy and secrecy
  K9xx  已说明的问题 / acknowledged findings

退出码 / exit code:
  0  没有使检查失败的问题 / nothing that fails the check
  1  数据有错；加 --strict 时还有未说明的数字和公开要求，加 --strict-translation 时还有英文翻译，
     加 --government 时还有政府网站必需的内容
     errors in the data; with --strict also unexplained findings about figures and requirements,
     with --strict-translation also missing English, with --government also what a government
     site must have
  2  用法不对 / wrong usage"""


class _Commands(Protocol):
    """A sub-command: it adds a parser of its own, and runs with what this parser read."""

    def add_parser(self, commands: Any, /) -> object: ...

    def run(self, options: argparse.Namespace, /) -> int: ...


class _Check:
    """The sub-command ``check``."""

    def add_parser(self, commands: Any, /) -> object:
        return _add_check(commands)

    def run(self, options: argparse.Namespace, /) -> int:
        return _check(options)


# A sub-command is a module with add_parser and run, imported above and named here.
_COMMANDS: tuple[_Commands, ...] = (
    _Check(),
    translate,
    schema,
    diff,
    editions,
    new_year,
    new_department,
    migrate,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (those of the process by default); its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console that has not every character
            stream.reconfigure(errors="backslashreplace")
    parser, runs = _parser()
    options = parser.parse_args(arguments)
    try:
        code = runs[options.command](options)
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Refused as refused:
        return refused.tell(language(options))
    except _WrongUsage as wrong:
        parser.error(str(wrong))
    return code


class _WrongUsage(Exception):
    """Arguments that each are well-formed and together mean nothing."""


def _parser() -> tuple[argparse.ArgumentParser, Mapping[str, Callable[[argparse.Namespace], int]]]:
    """The parser, and what runs for each name of a sub-command."""
    parser = argparse.ArgumentParser(
        prog="disclosure",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    runs: dict[str, Callable[[argparse.Namespace], int]] = {}
    for command in _COMMANDS:
        command.add_parser(commands)
        runs |= {name: command.run for name in commands.choices if name not in runs}
    return parser, runs


def _add_check(commands: Any) -> object:
    check = commands.add_parser(
        "check",
        help="检查数据文件夹 / check a data folder",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[Path("data")],
        metavar="PATH",
        help="数据文件夹，或其中只看的文件、文件夹，默认 data / "
        "the data folder, or the files and folders in it to tell about, ./data by default",
    )
    check.add_argument(
        "--lang",
        choices=("zh", "en", "both"),
        help="说明的语言，默认依系统的语言 / language, by default that of the system",
    )
    check.add_argument(
        "--strict",
        action="store_true",
        help="未说明的数字和公开要求也算失败 / "
        "unexplained findings about figures and requirements fail too",
    )
    check.add_argument(
        "--strict-translation",
        action="store_true",
        help="没有英文也算失败 / missing English fails too",
    )
    check.add_argument(
        "--government",
        action="store_true",
        help="还列出政府网站应当有而没有的内容，缺了必需的算失败 / "
        "list too what a Chinese government site still lacks; what it must have fails if missing",
    )
    output = check.add_mutually_exclusive_group()
    output.add_argument(
        "--format",
        choices=("text", "plain", "github", "gitlab", "json"),
        default="text",
        help="text 带原文；plain 每处一行；其他给程序读 / "
        "text with the source, plain a line each, the others for programs",
    )
    output.add_argument(
        "--acknowledge",
        action="store_true",
        help="只打印可以贴进 acknowledged.yml 的条目 / "
        "only print entries to be pasted into acknowledged.yml",
    )
    return check


# --- check ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """A data folder, its name in messages, and the names in it that were asked about."""

    folder: Path
    shown: str
    names: frozenset[str]

    def covers(self, file: str) -> bool:
        """Whether a file (its name in messages) lies under a path that was given."""
        name = os.path.normcase(file)
        while True:
            if name in self.names:
                return True
            above = name.rpartition(os.path.normcase("/"))[0]
            if not above:
                return os.path.normcase(self.shown) in self.names
            name = above


def _check(options: argparse.Namespace) -> int:
    lang = _language(options.lang)
    problems: list[Problem] = []
    findings: list[tuple[str, Finding]] = []
    for asked in _asked(options.paths):
        found, examined = _read(asked, options.government)
        problems += (each for each in found if asked.covers(each.span.file))
        findings += (each for each in examined if asked.covers(each[1].problem.span.file))
    failing = {Severity.ERROR}
    failing |= {Severity.FIGURE} if options.strict else set()
    failing |= {Severity.TRANSLATION} if options.strict_translation else set()
    report = Report(sort_problems(problems), frozenset(failing), REQUIRED)
    if options.acknowledge:
        return _acknowledge(report, findings, lang)
    sys.stdout.writelines(_written(report, options.format, lang))
    return int(report.failed)


def _read(asked: _Asked, official: bool) -> tuple[Sequence[Problem], Sequence[tuple[str, Finding]]]:
    """Every problem of a data folder; every finding with the ``acknowledged.yml`` for it.

    ``official``: also what a government site lacks, which nobody need acknowledge.
    """
    book, problems = read_book(asked.folder, asked.shown)
    if book is None:
        return problems, ()
    examination = examine(book)
    groups = {
        f"departments/{department}/{disclosure}/": examined.findings
        for (department, disclosure), examined in examination.disclosures.items()
    }
    found = [
        (f"{asked.shown}/{below}acknowledged.yml", each)
        for below, group in {"": examination.findings, **groups}.items()
        for each in group
    ]
    lacks = (each.problem for each in government(book)) if official else ()
    return (*problems, *examination.problems, *lacks), found


def _asked(paths: Iterable[Path]) -> Iterator[_Asked]:
    """The data folder above each path, each folder once.

    Raises _WrongUsage where a path leads nowhere in a data folder, or belongs to none.
    """
    folders: dict[tuple[Path, str], set[str]] = {}
    for path in paths:
        whole = Path(os.path.abspath(path))
        folder = next((each for each in (whole, *whole.parents) if _has_site(each)), None)
        if folder is None and whole.is_file():
            raise _WrongUsage(
                f"{path}: 上级文件夹里都没有 site.yml / no folder above has a site.yml"
            )
        if folder and not whole.exists():
            raise _WrongUsage(f"{path}: 没有这个文件或文件夹 / there is no such file or folder")
        below = whole.relative_to(folder or whole)
        above = path
        for _ in below.parts:
            above = above.parent if above.name not in ("", "..") else above / ".."
        shown = above.as_posix()
        names = folders.setdefault((folder or whole, shown), set())
        names.add(os.path.normcase(f"{shown}/{below.as_posix()}" if below.parts else shown))
    for (folder, shown), asked in folders.items():
        yield _Asked(folder, shown, frozenset(asked))


def _has_site(folder: Path) -> bool:
    return (folder / "site.yml").is_file()


def _language(option: str | None) -> Language | None:
    """The language to speak; None for both."""
    if option in ("zh", "en"):
        return "zh" if option == "zh" else "en"
    if option == "both":
        return None
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return language_of(os.environ[name])
    try:
        return language_of(locale.getlocale()[0] or "") if sys.platform == "win32" else None
    except ValueError:  # a locale that Python does not know
        return None


def _written(report: Report, form: str, lang: Language | None) -> Iterable[str]:
    if form == "plain":
        return plain(report, lang)
    if form == "text":
        return text(report, lang, _lines, _has_colours())
    if form == "json":
        return (as_json(report),)
    if form == "gitlab":
        return (gitlab(_in_repository(report, "CI_PROJECT_DIR"), lang),)
    report = _in_repository(report, "GITHUB_WORKSPACE")
    if page := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(page, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(github_summary(report, lang))
    return github(report, lang)


def _in_repository(report: Report, variable: str) -> Report:
    """The report with its files named from the top of the repository, as the services want it."""
    if not (top := os.environ.get(variable)):
        return report

    @lru_cache(maxsize=1)  # the problems of a file come together
    def name(file: str) -> str:
        path = Path(os.path.abspath(file))
        return path.relative_to(top).as_posix() if path.is_relative_to(top) else file

    return report.renamed(name)


def _has_colours() -> bool:
    known = sys.platform != "win32" or "WT_SESSION" in os.environ  # older consoles print the codes
    plainly = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return known and not plainly and sys.stdout.isatty()


@lru_cache(maxsize=1)  # the problems of a file come together
def _lines(file: str) -> Sequence[str] | None:
    """The lines of a file as its places count them; None where they cannot be read."""
    path = Path(file)
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            data = stream.read(MAXIMUM_BYTES + 1)
        written = data.decode("utf-8-sig")
    except (OSError, ValueError):
        return None
    if len(data) > MAXIMUM_BYTES:
        return None
    return written.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _acknowledge(
    report: Report, findings: Iterable[tuple[str, Finding]], lang: Language | None
) -> int:
    """Print what can be acknowledged and is not; errors go to the other stream."""
    entries = [
        (file, found.rule, found.address, _difference(found))
        for file, found in findings
        if found.problem.severity is not Severity.ERROR
        and not found.problem.acknowledged
        and found.rule not in STALE
    ]
    sys.stdout.writelines(acknowledgements(entries))
    errors = [found for found in report.problems if found.severity is Severity.ERROR]
    sys.stderr.writelines(f"{found.line(lang)}\n" for found in errors)
    return int(bool(errors))


def _difference(found: Finding) -> str | None:
    return None if found.difference is None else f"{found.difference:f}"


if __name__ == "__main__":
    sys.exit(main())
