"""The command ``disclosure diff``: what changed in meaning between two states of the data.

A state is a data folder, or a revision of the Git repository that the data folder is in. The report
is the summary of a pull request; it is made from the data alone and changes nothing.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure.book import Book, Place, read_book, read_words
from disclosure.changes.as_json import as_json
from disclosure.changes.difference import Difference, difference
from disclosure.changes.markdown import markdown
from disclosure.changes.names import Terms
from disclosure.changes.plain_text import plain_text
from disclosure.changes.state import DisclosureKey, English, Found, PageSeen, PlaceKey, State, Sum
from disclosure.changes.telling import tell
from disclosure.command import Refused, data_option, lang_option, sub_command
from disclosure.language.catalogue import Catalogue, read_catalogue
from disclosure.model.fields import BLANK
from disclosure.problems import Bilingual, Language, Problem, Severity, visible
from disclosure.revision import NoRevision, Repository
from disclosure.rules.check import Term
from disclosure.rules.examine import examine
from disclosure.rules.finding import Finding
from disclosure.site.plan import Site, plan
from disclosure.source import read_yaml

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

_DESCRIPTION = """\
比较两个时候的数据，说出意思上改了什么：金额、合计、文字、增删、失效的英文、新出现的问题、涉及的网页。
写法不同而值相同的（466.73 与 466.730、1,234.50 与 1234.50、键的次序、引号、注释、换行）不算改动。
Tells what changed in meaning between two states of the data: figures, totals, texts, what came and
went, English gone stale, findings, pages. Other notations of the same value are no change."""

_EPILOGUE = """\
BASE 和 HEAD 可以写 / BASE and HEAD are
  数据文件夹 a data folder                   disclosure diff ../old/data data
  分支、标签、提交号 a revision of Git        disclosure diff main
                                            disclosure diff v1.0 HEAD
  从共同起点比起 from the merge base          disclosure diff origin/main...HEAD
HEAD 不写就是现在的数据文件夹。 Without HEAD it is the data folder as it is now.

退出码 / exit code:
  0  比较完了，不论有没有改动 / compared, whether or not something changed
  1  加 --exit-code 时：有改动 / with --exit-code: something changed
  2  用法不对，或版本读不出 / wrong usage, or a revision that cannot be read"""


def add_parser(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``diff`` to the sub-commands of ``disclosure``."""
    said = "比较两个时候的数据 / compare two states of the data"
    parser = sub_command(commands, "diff", said, _DESCRIPTION, _EPILOGUE)
    parser.add_argument(
        "base", metavar="BASE", help="改前：版本或数据文件夹 / before: a revision or a data folder"
    )
    parser.add_argument(
        "head",
        nargs="?",
        metavar="HEAD",
        help="改后，默认现在的数据文件夹 / after, by default the data folder as it is now",
    )
    data_option(
        parser,
        said="数据文件夹，默认 data；版本里读同一个位置 / "
        "the data folder, ./data by default; in a revision the same place is read",
    )
    parser.add_argument(
        "--merge-base",
        action="store_true",
        help="从 BASE 与 HEAD 分开的地方比起，只看这一支的改动 / "
        "compare with the point where HEAD left BASE: only what this branch changed",
    )
    lang_option(parser)
    parser.add_argument(
        "--format",
        choices=("text", "markdown", "json"),
        default="text",
        help="text 给终端，markdown 给合并请求，json 给程序 / "
        "text for a terminal, markdown for a pull request, json for programs",
    )
    parser.add_argument(
        "--exit-code",
        action="store_true",
        help="有改动时退出码为 1 / exit code 1 where something changed",
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """A state that was asked for: a folder, or a commit; and what to call it."""

    name: str
    folder: Path | None = None
    commit: str = ""


def run(options: argparse.Namespace) -> int:
    """Run the command; its exit code. The report goes to standard output."""
    try:
        found = _compared(options)
    except NoRevision as error:
        raise Refused(error.words.zh, error.words.en, 2) from error
    if options.format == "markdown" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as a file: GitHub and GitLab read no other
    sys.stdout.write(written(found, options.format, options.lang))
    return int(options.exit_code and not found.is_empty)


def written(found: Difference, form: str, lang: str) -> str:
    """The report in a format: ``text``, ``markdown`` or ``json``; ``lang`` may be ``both``."""
    if form == "json":
        return as_json(found)
    langs: tuple[Language, ...] = ("zh",) if lang == "zh" else ("en",)
    langs = ("zh", "en") if lang == "both" else langs
    reports = [(each, tell(found, each)) for each in langs]
    return markdown(reports) if form == "markdown" else plain_text(reports)


def _compared(options: argparse.Namespace) -> Difference:
    data: Path = options.data
    base, head = _sides(options.base, options.head, data, options.merge_base)
    with tempfile.TemporaryDirectory(prefix="disclosure-diff-") as place:
        folders = []
        for number, side in enumerate((base, head)):
            folder = side.folder
            if folder is None:
                folder = Path(place) / str(number) / "data"
                folder.mkdir(parents=True)
                Repository.around(data).extract(side.commit, folder)
            folders.append(folder)
        return compare_folders(folders[0], folders[1], base.name, head.name)


def compare_folders(before: Path, after: Path, *names: str) -> Difference:
    """What changed between two data folders. ``names``: what the report calls them.

    A folder without any file is a state before there were data.
    """
    name_before, name_after = names or (before.as_posix(), after.as_posix())
    if _same_files(before, after):
        state = _read(after, name_after, with_pages=False)
        return difference(replace(state, name=name_before), state)
    return difference(
        _read(before, name_before, with_pages=True), _read(after, name_after, with_pages=True)
    )


# --- what was asked for ---------------------------------------------------------------------------


def _sides(base: str, head: str | None, data: Path, merge_base: bool) -> tuple[_Side, _Side]:
    dots = "" if Path(base).is_dir() else next((each for each in ("...", "..") if each in base), "")
    if dots:
        if head is not None:
            raise Refused(
                f"“{visible(base)}”已经写了两个版本，不要再写 HEAD",
                f'"{visible(base)}" names two revisions; give no HEAD beside it',
                2,
            )
        base, _, head = base.partition(dots)
        base, head = base or "HEAD", head or "HEAD"
        merge_base = merge_base or dots == "..."
    after = _side(head, data) if head is not None else _folder(data, data.as_posix())
    if not merge_base:
        return _side(base, data), after
    if Path(base).is_dir():
        raise Refused(
            f"“{visible(base)}”是文件夹；--merge-base 要两个 Git 版本",
            f'"{visible(base)}" is a folder; --merge-base needs two revisions of Git',
            2,
        )
    repository = Repository.around(data)
    commit = repository.merge_base(base, after.commit or "HEAD")
    return _Side(f"{visible(base)} ({commit[:10]})", commit=commit), after


def _side(asked: str, data: Path) -> _Side:
    """A folder where there is one of this name, else a revision."""
    if Path(asked).is_dir():
        return _folder(Path(asked), asked)
    commit = Repository.around(data).commit(asked)
    return _Side(f"{visible(asked)} ({commit[:10]})", commit=commit)


def _folder(path: Path, asked: str) -> _Side:
    below = path / "data"
    if not (path / "site.yml").is_file() and (below / "site.yml").is_file():
        path = below
    if not path.is_dir() or not any(
        (path / each).exists() for each in ("site.yml", "departments", "glossary.yml")
    ):
        raise Refused(
            f"{visible(asked)} 不是数据文件夹：里面没有 site.yml。用 --data 写出数据文件夹在哪里",
            f"{visible(asked)} is no data folder: it has no site.yml. Say with --data where it is",
            2,
        )
    return _Side(visible(Path(asked).as_posix()), folder=path)


# --- a state --------------------------------------------------------------------------------------

_DISCLOSURE = re.compile(r"departments/([^/]+)/(\d{4}-(?:budget|final))/(.+)")
_OF_NO_DOCUMENT = ("acknowledged.yml", "editions.yml")
"""Files in the folder of a disclosure that are compared beside it."""


def _read(folder: Path, name: str, with_pages: bool) -> State:
    if not any(folder.iterdir()):
        return State(name, Terms(), {}, pages={})
    shown = "data"
    book, problems = read_book(folder, shown)
    errors = tuple(_problem(each, shown) for each in problems if each.severity is Severity.ERROR)
    if book is None:
        vocabulary, forms, _ = read_words(folder, shown)
        trees, unread = _trees(folder)
        catalogue, _ = read_catalogue(folder / "translations" / "en", lambda path: path.name)
        terms = Terms(vocabulary, forms, None)
        return _state(name, terms, trees, catalogue, errors=errors, unread=unread)
    trees = {file: source.value for file, source in book.sources.items()}
    state = _state(name, Terms.of(book), trees, book.catalogue, errors=errors)
    return _examined(state, book, problems, shown, with_pages)


def _state(
    name: str, terms: Terms, trees: Mapping[str, Any], catalogue: Catalogue, **more: Any
) -> State:
    documents: dict[DisclosureKey, dict[str, Any]] = {}
    shared: dict[str, Any] = {}
    english, own = _english_of(catalogue)
    for file, value in sorted(trees.items()):
        match = _DISCLOSURE.fullmatch(file)
        if match is None or match[3] in _OF_NO_DOCUMENT:
            shared[file] = _plain(value)
            continue
        key = (match[1], match[2])
        if key not in documents:
            documents[key] = _empty_document(key) | {
                "english": english,
                "english_of_project": own,
            }
        _put(documents[key], match[3], _plain(value))
    for document in documents.values():
        document["projects"].sort(key=_project_order)
    return State(
        name,
        terms,
        documents,
        shared=shared,
        english={
            (entry.context, entry.zh): English(entry.file, entry.en, entry.fuzzy)
            for entry in reversed(catalogue.entries)
        },
        **more,
    )


def _english_of(catalogue: Catalogue) -> tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    common: dict[str, str] = {}
    own: dict[str, dict[str, str]] = {}
    for (context, zh), en in catalogue.english.items():
        (own.setdefault(context, {}) if context else common)[zh] = en
    return common, own


def _empty_document(key: DisclosureKey) -> dict[str, Any]:
    year, _, kind = key[1].partition("-")
    parts = ("budget", "narrative", "procurement", "assets")
    header = {"year": year, "kind": kind}
    return {"disclosure": header, **dict.fromkeys(parts), "tables": {}, "units": [], "projects": []}


def _put(document: dict[str, Any], file: str, value: Any) -> None:
    """Put the content of a file where ``export.canonical.disclosure_document`` has it."""
    *folders, name = file.split("/")
    stem = name.removesuffix(".yml")
    if folders[:1] == ["units"] and len(folders) > 1:
        units: list[dict[str, Any]] = document["units"]
        slug = folders[1]
        unit = next((each for each in units if each["unit"].get("slug") == slug), None)
        if unit is None:
            unit = {"unit": {"slug": slug}, "budget": None, "tables": {}}
            units.append(unit)
        if stem == "unit":
            unit["unit"] = {**value, "slug": slug} if isinstance(value, dict) else unit["unit"]
        elif folders[2:] == ["tables"]:
            unit["tables"][stem] = value
        elif len(folders) == 2:
            unit[stem] = value
    elif folders == ["projects"]:
        if isinstance(value, dict):
            document["projects"].append({**value, "code": stem})
    elif folders == ["tables"]:
        document["tables"][stem] = value
    elif not folders:
        document[stem] = value if value is not None or stem != "disclosure" else document[stem]


def _project_order(project: Mapping[str, Any]) -> tuple[int, str]:
    order = str(project.get("order") or "")
    number = int(order) if order.isascii() and order.isdigit() and len(order) < 7 else 10**7
    return number, str(project.get("code"))


def _plain(value: Any) -> Any:
    """A value of a YAML file for a document: an empty one is None."""
    if value is BLANK:
        return None
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _trees(folder: Path) -> tuple[Mapping[str, Any], frozenset[str]]:
    """The values of every YAML file below a folder, and the names of those that cannot be read."""
    trees: dict[str, Any] = {}
    unread: set[str] = set()
    for path in _files_below(folder):
        if path.suffix != ".yml":
            continue
        file = path.relative_to(folder).as_posix()
        source, problems = read_yaml(path, file)
        if source is None or any(each.severity is Severity.ERROR for each in problems):
            unread.add(file)
        else:
            trees[file] = source.value
    return trees, frozenset(unread)


def _files_below(folder: Path) -> Iterator[Path]:
    """The files of a data folder, those that are put aside (``_old``, ``.git``) left out."""
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith((".", "_", "~")))
        for file in sorted(files):
            if not file.startswith((".", "_", "~")):
                yield Path(top) / file


def _same_files(before: Path, after: Path) -> bool:
    """Whether two folders hold the same bytes: then nothing can have changed in meaning."""
    one, other = (
        {path.relative_to(folder).as_posix(): path for path in _files_below(folder)}
        for folder in (before, after)
    )
    if one.keys() != other.keys():
        return False
    return all(
        path.stat().st_size == other[file].stat().st_size
        and path.read_bytes() == other[file].read_bytes()
        for file, path in one.items()
    )


# --- what the rules and the site say ----------------------------------------------------------


def _examined(
    state: State, book: Book, problems: tuple[Problem, ...], shown: str, with_pages: bool
) -> State:
    examination = examine(book)
    findings = [_problem(each, shown) for each in problems if each.severity is not Severity.ERROR]
    findings += [_finding(each, "") for each in examination.findings]
    sums: list[Sum] = []
    for (department, slug), examined in examination.disclosures.items():
        below = f"departments/{department}/{slug}/"
        findings += [_finding(each, below) for each in examined.findings]
        for check in examined.checks:
            parts = tuple(_term_place(each, below) for each in check.summands if each.place)
            sums.append(Sum(check.rule, _place_key(check.place, below), parts))
    untranslated = frozenset(
        ("", dict(each.problem.values)["found"])
        for examined in examination.disclosures.values()
        for each in examined.findings
        if each.rule == "T505"
    )
    pages = _pages(plan(book, examination=examination)) if with_pages else {}
    return replace(
        state,
        findings=tuple(findings),
        sums=tuple(sums),
        untranslated=untranslated,
        pages=pages,
    )


def _problem(found: Problem, shown: str) -> Found:
    file = found.span.file.removeprefix(f"{shown}/")
    message = Bilingual(found.message("zh"), found.message("en"))
    acknowledged = found.acknowledged
    return Found(found.code, found.severity, (file, ()), found.span.line, message, acknowledged)


def _finding(found: Finding, below: str) -> Found:
    problem = found.problem
    return Found(
        found.rule,
        problem.severity,
        _place_key(found.place, below),
        problem.span.line,
        Bilingual(problem.message("zh"), problem.message("en")),
        problem.acknowledged,
        found.difference,
    )


def _place_key(place: Place, below: str) -> PlaceKey:
    # The place of a figure in another disclosure is below the data folder already.
    inside = "" if place.file.startswith("departments/") else below
    return f"{inside}{place.file}", place.path


def _term_place(term: Term, below: str) -> PlaceKey:
    assert term.place is not None
    return _place_key(term.place, below)


def _pages(site: Site) -> Mapping[str, PageSeen]:
    by_path: dict[str, dict[str, Any]] = {}
    for marked in site.pages:
        by_path.setdefault(marked.page.id.path, {})[marked.page.lang] = marked.page
    return {
        path: PageSeen(
            Bilingual(pages["zh"].url, pages["en"].url),
            Bilingual(pages["zh"].title.text, pages["en"].title.text),
            (pages["zh"], pages["en"]),
        )
        for path, pages in by_path.items()
    }
