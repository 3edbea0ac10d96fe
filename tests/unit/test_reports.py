"""How problems are told: snippets, and text that no value can break."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from disclosure.problems import Bilingual, Severity, Span, problem
from disclosure.reports import (
    GITHUB_ANNOTATIONS,
    MAXIMUM_SNIPPET_COLUMNS,
    MAXIMUM_SUMMARY_BYTES,
    Report,
    github,
    github_summary,
    gitlab,
    language_of,
    summary,
    text,
)

HOSTILE = "a%b|c<script>*_[x](http://x)##[error]\n::error::x"


def unknown_key(line: int = 1, file: str = "data/a.yml", found: str = "a"):
    span = Span(file, line, 1, line, 3)
    return problem("S202", span, found=found, suggestion="", known="b")


@pytest.mark.parametrize(
    ("line", "start", "end", "shown"),
    [
        ("unit: 亿元", 7, 9, ["  1 | unit: 亿元", "    |       ^^^^"]),
        ("单位: 元", 5, 6, ["  1 | 单位: 元", "    |       ^^"]),
        ("a\x1bb: c", 5, 6, ["  1 | a\\x1bb: c", "    |        ^"]),
        ("a:", 3, 3, ["  1 | a:", "    |   ^"]),
    ],
)
def test_carets_stand_under_the_place(line: str, start: int, end: int, shown: list[str]) -> None:
    found = replace(unknown_key(), where=Span("f", 1, start, 1, end))
    said = "".join(text(Report((found,)), "en", lambda _: [line], False)).splitlines()
    assert said[1:-1] == shown


def test_a_long_line_is_cut_around_the_place() -> None:
    found = replace(unknown_key(), where=Span("f", 1, 5001, 1, 5003))
    line = "中" * 5000 + "ab" + "中" * 5000
    said = "".join(text(Report((found,)), "en", lambda _: [line], False)).splitlines()
    assert said[1].startswith("  1 | …") and said[1].endswith("…")
    assert len(said[1]) < MAXIMUM_SNIPPET_COLUMNS
    assert said[2].count("^") == 2


def test_no_value_gives_a_command_or_markup() -> None:
    found = unknown_key(file="data/a,b:c.yml", found=HOSTILE)
    said = "".join(github(Report((found,)), "en"))
    assert said.startswith("::error file=data/a%2Cb%3Ac.yml,line=1,col=1,endColumn=2,title=S202 ")
    assert len(said.splitlines()) == 2 and "##[" not in said and "a%25b" in said
    page = github_summary(Report((found,)), "en")
    assert "<script>" not in page and "&lt;script&gt;" in page and "\\|c" in page
    assert "](" not in page


def test_ten_annotations_and_a_summary_of_bounded_size() -> None:
    report = Report(tuple(unknown_key(line) for line in range(1, 30_001)))
    said = list(github(report, "zh"))
    assert sum(line.startswith("::error") for line in said) == GITHUB_ANNOTATIONS
    assert len(said) == 30_001
    page = github_summary(report, "zh")
    assert MAXIMUM_SUMMARY_BYTES * 0.9 < len(page.encode()) < 1024 * 1024
    assert "没有列出" in page


def test_fingerprints_are_unique_and_stay_when_lines_move() -> None:
    def prints(*lines: int) -> list[str]:
        report = Report(tuple(unknown_key(line) for line in lines))
        return [row["fingerprint"] for row in json.loads(gitlab(report, "en"))]

    assert prints(1, 2) == prints(5, 9)
    assert len(set(prints(1, 2, 3))) == 3


def test_what_is_explained_does_not_fail() -> None:
    found = unknown_key()
    explained = replace(found, explanation=Bilingual("说明", "why"))
    assert Report((found,)).failed and not Report((explained,)).failed
    assert not Report((found,), frozenset({Severity.FIGURE})).failed
    assert "errors 1 (1 acknowledged)" in summary(Report((explained,)), "en")


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("zh_CN.UTF-8", "zh"),
        ("Chinese (Simplified)_China.936", "zh"),
        ("zh-Hans", "zh"),
        ("English_United States.1252", "en"),
        ("en", "en"),
        ("C", None),
        ("POSIX", None),
        ("C.UTF-8", None),
        ("", None),
        ("zhuang", None),
    ],
)
def test_languages_of_locales(name: str, lang: str | None) -> None:
    assert language_of(name) == lang
