"""How the problems of the data are told: text to people, GitHub, GitLab and programs.

Everything here turns problems into text and touches neither files nor the terminal. The data are
untrusted: no value can forge a line, send codes to a terminal, give a command to a workflow or
bring markup into a summary.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from disclosure.problems import CATALOGUE, Bilingual, Language, Problem, Severity, Span, visible

Lines = Callable[[str], Sequence[str] | None]
"""The lines of a file by its name in messages; None where they cannot be shown."""

JSON_FORMAT = 1
"""Raised when a key of the JSON report changes its meaning or goes; new keys do not raise it."""
GITHUB_ANNOTATIONS = 10
"""GitHub shows ten annotations of a step and drops the others without a word."""
MAXIMUM_SUMMARY_BYTES = 1_000_000
"""GitHub refuses the whole summary of a step that is larger than 1 MiB."""
MAXIMUM_SNIPPET_COLUMNS = 100
"""Columns of a source line that are shown; a longer one is cut around the place."""

_WEIGHT = tuple(Severity)  # the order of the severities: the heaviest first
_NAMES: Mapping[Severity, Bilingual] = {
    Severity.ERROR: Bilingual("错误", "errors"),
    Severity.FIGURE: Bilingual("数字和公开要求", "figures and requirements"),
    Severity.HINT: Bilingual("提示", "hints"),
    Severity.TRANSLATION: Bilingual("英文翻译", "translation"),
}
_ACKNOWLEDGED = Bilingual("已说明", "acknowledged")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, sorted by place, and which severities and codes make it fail."""

    problems: tuple[Problem, ...]
    failing: frozenset[Severity] = frozenset({Severity.ERROR})
    failing_codes: frozenset[str] = frozenset()

    @property
    def failed(self) -> bool:
        """Whether the check fails: a problem that makes it fail and that nobody explained."""
        return any(self.fails(found) for found in self.problems)

    def fails(self, found: Problem) -> bool:
        """Whether one problem makes the check fail."""
        counts = found.severity in self.failing or found.code in self.failing_codes
        return counts and not found.acknowledged

    def renamed(self, name: Callable[[str], str]) -> Report:
        """The same with other names of the files."""
        return Report(
            tuple(
                replace(found, where=replace(found.span, file=name(found.span.file)))
                for found in self.problems
            ),
            self.failing,
            self.failing_codes,
        )

    @property
    def heaviest_first(self) -> tuple[Problem, ...]:
        """What fails before what does not, then by severity; within these by place."""
        return tuple(
            sorted(
                self.problems,
                key=lambda found: (not self.fails(found), _WEIGHT.index(found.severity)),
            )
        )


def summary(report: Report, lang: Language | None) -> str:
    """One line with the number of problems of each severity and of those explained."""
    both = Counter(found.severity for found in report.problems)
    explained = Counter(found.severity for found in report.problems if found.acknowledged)

    def zh(severity: Severity) -> str:
        said = f"（{_ACKNOWLEDGED.zh} {explained[severity]} 处）" if explained[severity] else ""
        return f"{_NAMES[severity].zh} {both[severity]} 处{said}"

    def en(severity: Severity) -> str:
        said = f" ({explained[severity]} {_ACKNOWLEDGED.en})" if explained[severity] else ""
        return f"{_NAMES[severity].en} {both[severity]}{said}"

    return _said(Bilingual("，".join(map(zh, _NAMES)), ", ".join(map(en, _NAMES))), lang)


# --- text -----------------------------------------------------------------------------------------

_COLOURS = {Severity.ERROR: "31", Severity.FIGURE: "33", Severity.HINT: "36"}
_WIDE_TAB = " "


def plain(report: Report, lang: Language | None) -> Iterator[str]:
    """One line for each problem and the counts: ``file:line:column CODE message``.

    An acknowledged one says so behind its message.
    """
    for found in report.problems:
        yield f"{found.line(lang)}{_explained(found, lang)}\n"
    yield f"{summary(report, lang)}\n"


def text(report: Report, lang: Language | None, lines: Lines, colour: bool) -> Iterator[str]:
    """Each problem with its explanation and the place in the file underlined, then the counts.

    The first line of each is that of :func:`plain` without the explanation.
    """
    for found in report.problems:
        line = found.line(lang)
        if colour:
            place, code, said = line.partition(f" {found.code} ")
            paint = f"\x1b[1;{_COLOURS.get(found.severity, '34')}m"
            line = f"\x1b[1m{place}\x1b[0m {paint}{code.strip()}\x1b[0m {said}"
        yield f"{line}\n"
        if found.explanation:
            mark = _said(_ACKNOWLEDGED, lang)
            yield f"    [{mark}] {visible(_said(found.explanation, lang))}\n"
        for shown in _snippet(found.span, lines(found.span.file)):
            yield f"{shown}\n"
    yield f"{summary(report, lang)}\n"


def _snippet(span: Span, lines: Sequence[str] | None) -> Iterator[str]:
    """The line of a place and carets under the exact stretch; nothing for a file as a whole."""
    whole_file = span.line == 1 and span.column == 1 and not span.end_line
    if whole_file or lines is None or span.line > len(lines):
        return
    line, start = lines[span.line - 1], span.column - 1
    if not line.strip() or start > len(line):
        return
    if span.end_line > span.line:
        end = len(line.rstrip())
    else:
        end = span.end_column - 1 if span.end_line else start
    end = min(max(end, start), len(line))
    # Wide signs and escapes take more columns, so no more characters than columns are looked at.
    first = max(0, start - MAXIMUM_SNIPPET_COLUMNS)
    cells = [_cell(sign) for sign in line[first : start + MAXIMUM_SNIPPET_COLUMNS]]
    widths = [_width(cell) for cell in cells]
    at, to = start - first, min(end, first + len(cells)) - first
    left, right = _window(widths, at, to)
    before = "…" if first + left > 0 else ""
    after = "…" if first + right < len(line) else ""
    number = str(span.line)
    indent = len(before) + sum(widths[left:at])
    carets = "^" * max(1, sum(widths[at : min(to, right)]))
    yield f"  {number} | {before}{''.join(cells[left:right])}{after}"
    yield f"  {' ' * len(number)} | {' ' * indent}{carets}"


def _window(widths: Sequence[int], at: int, to: int) -> tuple[int, int]:
    """The part of a line to show: the start of the place is in it, and what fits around."""
    left, right, columns = at, at, 0
    while right < min(to, len(widths)) and columns + widths[right] <= MAXIMUM_SNIPPET_COLUMNS:
        columns += widths[right]
        right += 1
    grown = True
    while grown:  # by turns to both sides
        grown = False
        if left > 0 and columns + widths[left - 1] <= MAXIMUM_SNIPPET_COLUMNS:
            left, grown = left - 1, True
            columns += widths[left]
        if right < len(widths) and columns + widths[right] <= MAXIMUM_SNIPPET_COLUMNS:
            columns += widths[right]
            right, grown = right + 1, True
    return left, right


def _cell(sign: str) -> str:
    return _WIDE_TAB if sign == "\t" else visible(sign)


def _width(cell: str) -> int:
    """Columns on a terminal: two for a wide character, none for one that sits on another."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in cell
    )


# --- GitHub ---------------------------------------------------------------------------------------


def github(report: Report, lang: Language | None) -> Iterator[str]:
    """Workflow commands for the heaviest problems, plain lines for the others, then the counts."""
    ordered = report.heaviest_first
    for found in ordered[:GITHUB_ANNOTATIONS]:
        yield f"{_annotation(found, report.fails(found), lang)}\n"
    for found in ordered[GITHUB_ANNOTATIONS:]:
        yield f"{_not_a_command(found.line(lang))}\n"
    yield f"{summary(report, lang)}\n"


def _annotation(found: Problem, fails: bool, lang: Language | None) -> str:
    level = "error" if fails else "notice"
    if not (fails or found.acknowledged or found.severity is Severity.HINT):
        level = "warning"
    span = found.span
    place = {"file": span.file, "line": str(span.line)}
    if span.end_line > span.line:  # GitHub allows no columns then
        place["endLine"] = str(span.end_line)
    else:
        last = max(span.column, span.end_column - 1)  # GitHub counts the last one in
        place |= {"col": str(span.column), "endColumn": str(last)}
    title = _said(CATALOGUE[found.code].title, lang)
    properties = ",".join(
        f"{name}={_property(value)}"
        for name, value in (place | {"title": f"{found.code} {title}"}).items()
    )
    message = f"{_message(found, lang)}{_explained(found, lang)}"
    return _not_a_command(f"::{level} {properties}::{_data(message)}")


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _not_a_command(line: str) -> str:
    """The runner also takes ``##[...]`` in the middle of a line for a command."""
    return line.replace("##[", "## [")


def github_summary(report: Report, lang: Language | None) -> str:
    """Everything as Markdown for the page of a workflow run, within what GitHub accepts.

    What fails comes first; what is only to be known is folded away, so that an editor sees at once
    what there is to do.
    """
    ordered = report.heaviest_first
    failing = [found for found in ordered if report.fails(found)]
    count = len(failing)
    verdict = Bilingual("通过。", "Passed.")
    if failing:
        verdict = Bilingual(
            f"没有通过：下面 {count} 处要改正，或者说明原因。",
            f"Not passed: {count} to be mended or explained below.",
        )
    page = f"### {_said(Bilingual('数据检查', 'Check of the data'), lang)}\n\n"
    page += f"**{_said(verdict, lang)}** {_markdown(summary(report, lang))}\n"
    page += _table(failing, lang, MAXIMUM_SUMMARY_BYTES - len(page.encode()))
    if others := ordered[count:]:
        title = Bilingual(
            f"另外 {len(others)} 处，不影响通过", f"{len(others)} more that fail nothing"
        )
        fold = f"\n<details><summary>{_said(title, lang)}</summary>\n"
        page += fold + _table(others, lang, MAXIMUM_SUMMARY_BYTES - len(page.encode()))
        page += "\n</details>\n"
    return page


def _table(problems: Sequence[Problem], lang: Language | None, room: int) -> str:
    """A table of problems of about ``room`` bytes at most, and how many it does not hold."""
    if not problems:
        return ""
    titles = (Bilingual("位置", "Place"), Bilingual("代码", "Code"), Bilingual("说明", "Message"))
    rows = [f"\n| {' | '.join(_said(title, lang) for title in titles)} |\n| --- | --- | --- |\n"]
    for number, found in enumerate(problems):
        span = found.span
        place = _markdown(f"{visible(span.file)}:{span.line}:{span.column}")
        said = _markdown(f"{_message(found, lang)}{_explained(found, lang)}")
        row = f"| {place} | {found.code} | {said} |\n"
        room -= len(row.encode("utf-8", "replace"))
        if room < 0:
            left = len(problems) - number
            more = Bilingual(f"还有 {left} 处没有列出", f"{left} more are not listed")
            rows.append(f"\n{_said(more, lang)}\n")
            break
        rows.append(row)
    return "".join(rows)


_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _markdown(value: str) -> str:
    """Text that is text in Markdown too: no markup, no HTML, no link, no end of a cell."""
    return re.sub(
        r"[^\w\s,\x80-\U0010ffff]", lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), value
    ).replace("_", "\\_")


# --- GitLab and programs --------------------------------------------------------------------------

_GITLAB = {
    Severity.ERROR: "critical",
    Severity.FIGURE: "major",
    Severity.TRANSLATION: "minor",
    Severity.HINT: "info",
}


def gitlab(report: Report, lang: Language | None) -> str:
    """A Code Quality report. A fingerprint stays when the line of its problem moves."""
    seen: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for found in report.problems:
        span = found.span
        same = json.dumps([found.code, span.file, found.values])
        seen[same] += 1
        lines = {"begin": span.line} | ({"end": span.end_line} if span.end_line else {})
        rows.append(
            {
                "description": f"{_message(found, lang)}{_explained(found, lang)}",
                "check_name": found.code,
                "fingerprint": hashlib.sha256(f"{seen[same]} {same}".encode()).hexdigest(),
                "severity": "info" if found.acknowledged else _GITLAB[found.severity],
                "location": {"path": span.file, "lines": lines},
            }
        )
    return f"{json.dumps(rows, indent=1)}\n"


def as_json(report: Report) -> str:
    """The report for programs, in both languages; the documentation names every key."""
    found = Counter(each.severity for each in report.problems)
    explained = Counter(each.severity for each in report.problems if each.acknowledged)
    whole = {
        "format": JSON_FORMAT,
        "failed": report.failed,
        "counts": {
            severity.value: {"found": found[severity], "acknowledged": explained[severity]}
            for severity in Severity
        },
        "problems": [_json_problem(each, report.fails(each)) for each in report.problems],
    }
    # ASCII: a console or a redirection of any encoding leaves it as it is.
    return f"{json.dumps(whole, indent=1)}\n"


def _json_problem(found: Problem, fails: bool) -> dict[str, Any]:
    span, explanation = found.span, found.explanation
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end": {"line": span.end_line, "column": span.end_column} if span.end_line else None,
        "message": {"zh": found.message("zh"), "en": found.message("en")},
        "fails": fails,
        "acknowledged": found.acknowledged,
        "explanation": {"zh": explanation.zh, "en": explanation.en} if explanation else None,
    }


# --- words ----------------------------------------------------------------------------------------


def language_of(locale_name: str) -> Language | None:
    """The language of a locale as POSIX or Windows names it; None for C, POSIX and all others.

    ``zh_CN.UTF-8``, ``zh-Hans`` and ``Chinese (Simplified)_China.936`` are Chinese.
    """
    name = re.split(r"[_.@\s-]", locale_name.strip().lower(), maxsplit=1)[0]
    known: dict[str, Language] = {"zh": "zh", "chinese": "zh", "en": "en", "english": "en"}
    return known.get(name)


def _said(words: Bilingual, lang: Language | None) -> str:
    return words.in_language(lang) if lang else f"{words.zh} / {words.en}"


def _message(found: Problem, lang: Language | None) -> str:
    return _said(Bilingual(found.message("zh"), found.message("en")), lang)


def _explained(found: Problem, lang: Language | None) -> str:
    if not found.explanation:
        return ""
    return f" [{_said(_ACKNOWLEDGED, lang)}] {visible(_said(found.explanation, lang))}"


def acknowledgements(entries: Iterable[tuple[str, str, str, str | None]]) -> Iterator[str]:
    """Entries ready for ``acknowledged.yml``: file, rule, place and difference of each.

    The explanation is left to the editors; an entry without one is refused when it is read.
    """
    last = None
    for file, rule, place, difference in dict.fromkeys(entries):
        if file != last:
            yield f"# {visible(file)}\n"
            last = file
        yield f"- rule: {rule}\n"
        yield f"  place: {_scalar(place)}\n"
        if difference is not None:
            yield f"  difference: {difference}\n"
        yield "  explanation:\n    zh: # 待填\n    en: # to be written / 待填\n"


def _scalar(value: str) -> str:
    """A place as YAML: quoted where a sign in it could mean something."""
    if re.fullmatch(r"[A-Za-z0-9_\u4e00-\u9fff]([A-Za-z0-9_./\u4e00-\u9fff-]*)", value):
        return value
    quoted = value.replace("'", "''")
    return f"'{quoted}'"
