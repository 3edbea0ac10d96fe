"""Problems: complete in both languages, on one line each, and safe to print."""

from __future__ import annotations

import pathlib
import re
import string
import tomllib

import pytest

from disclosure import problems
from disclosure.problems import (
    CATALOGUE,
    MAXIMUM_SHOWN_CHARACTERS,
    Bilingual,
    Problem,
    Severity,
    Span,
    problem,
    report,
    sort_problems,
)

MESSAGES = pathlib.Path(problems.__file__).parent / "messages"
PLACE = Span("data/x.yml", 3, 5)


def wordings(code: str) -> list[Bilingual]:
    entry = CATALOGUE[code]
    said = (entry.title, entry.message, entry.cause, entry.mend, entry.example)
    return [words for words in said if words]


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_wording_is_one_line_in_both_languages(code: str) -> None:
    for words in wordings(code):
        assert re.search("[\u4e00-\u9fff]", words.zh)
        assert re.search("[A-Za-z]{3}", words.en)
        for text in (words.zh, words.en):
            assert text == text.strip()
            assert "\n" not in text


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_languages_show_the_same_values(code: str) -> None:
    def shown(template: str) -> set[str]:
        names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
        return {re.sub("_(zh|en)$", "", name) for name in names}

    message = CATALOGUE[code].message
    assert shown(message.zh) == shown(message.en)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_problem_can_be_printed(code: str) -> None:
    found = problem(code, PLACE, **{name: f"<{name}>" for name in CATALOGUE[code].fields})
    line = found.line()
    assert line == f"data/x.yml:3:5 {code} {found.message('zh')} / {found.message('en')}"
    assert found.severity is CATALOGUE[code].severity
    for name in CATALOGUE[code].fields:
        assert f"<{name}>" in line
    assert "[[" not in line
    assert "]]" not in line


def test_no_code_stands_in_two_files() -> None:
    codes = [
        code for path in MESSAGES.glob("*.toml") for code in tomllib.loads(path.read_text("utf-8"))
    ]
    assert sorted(codes) == list(CATALOGUE)


def test_a_line_names_place_code_and_both_languages() -> None:
    found = problem("Y117", PLACE, key="code", first=1)
    assert found.line() == (
        "data/x.yml:3:5 Y117 键“code”重复，第 1 行已经写过；请删去一处，或改正键名 / "
        'the key "code" stands on line 1 already; delete one of the two or correct its name'
    )
    assert report([found], "zh") == f"data/x.yml:3:5 Y117 {found.message('zh')}\n"
    assert report([found], "en") == f"data/x.yml:3:5 Y117 {found.message('en')}\n"
    assert report([found, found]) == f"{found.line()}\n" * 2
    assert report([]) == ""


HOSTILE = [
    "a\nx.yml:1:1 Y100 forged",
    "a\r\nb",
    "\x1b[31mred\x1b[0m",
    "\x9b31m",
    "a\x00b\x07\x08",
    "\u202eabc\u2066",
    "a\u2028b\u2029c\x85d",
    "\ud800",
    "\ufeff\u200b\u2060",
    "\U000e0041",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_or_file_name_can_forge_a_line(value: str) -> None:
    found = problem("Y117", Span(f"data/{value}.yml", 1, 1), key=value, first=value)
    lines = report([found])
    assert lines.isprintable() is False  # the newline that ends it
    assert lines[:-1].isprintable()
    assert len(lines.splitlines()) == 1
    lines.encode("utf-8")


def test_escapes_say_what_was_there() -> None:
    found = problem("Y117", PLACE, key="a\tb\nc\x1b\u202e", first=1)
    assert "“a\\tb\\nc\\x1b\\u202e”" in found.message("zh")


def test_a_long_value_is_cut() -> None:
    exact = problem("Y117", PLACE, key="甲" * MAXIMUM_SHOWN_CHARACTERS, first=1)
    longer = problem("Y117", PLACE, key="甲" * (MAXIMUM_SHOWN_CHARACTERS + 1), first=1)
    assert f"“{'甲' * MAXIMUM_SHOWN_CHARACTERS}”" in exact.message("zh")
    assert f"“{'甲' * (MAXIMUM_SHOWN_CHARACTERS - 1)}…”" in longer.message("zh")


def test_braces_in_a_value_are_text() -> None:
    found = problem("Y117", PLACE, key="{first} [[x]] {0} {", first=1)
    assert "“{first} [[x]] {0} {”" in found.message("zh")


def test_an_optional_part_is_left_out_with_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    words = Bilingual(
        "不认识{key}[[，是不是{nearest}]]", "unknown {key}[[; did you mean {nearest}?]]"
    )
    fields = frozenset({"key", "nearest"})
    entry = problems.Entry(Severity.HINT, words, words, words, words, fields)
    monkeypatch.setattr(problems, "CATALOGUE", {"X999": entry})
    assert problem("X999", PLACE, key="a", nearest="").message("en") == "unknown a"
    assert problem("X999", PLACE, key="a", nearest="b").message("zh") == "不认识a，是不是b"


def test_a_problem_needs_its_values_and_keeps_no_others() -> None:
    assert problem("Y117", PLACE, key="a", first=1, other="x").values == (
        ("key", "a"),
        ("first", "1"),
    )
    with pytest.raises(ValueError, match="first"):
        problem("Y117", PLACE, key="a")
    with pytest.raises(KeyError):
        problem("Z999", PLACE)


def test_problems_are_sorted_by_place_and_listed_once() -> None:
    def at(file: str, line: int, column: int, code: str = "Y116") -> Problem:
        values = {"key": "a", "first": 1} if code == "Y117" else {}
        return problem(code, Span(file, line, column), **values)

    wanted = (
        at("a.yml", 2, 9),
        at("a.yml", 10, 1),
        at("a.yml", 10, 3, "Y116"),
        at("a.yml", 10, 3, "Y117"),
        at("b.yml", 1, 1),
    )
    assert sort_problems([*reversed(wanted), *wanted]) == wanted


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"severity": "fatal"}, "fatal"),
        ({"title": {"zh": "一"}}, "title"),
        ({"message": {"zh": "一", "en": "one", "fr": "un"}}, "message"),
        ({"remedy": {"zh": "一", "en": "one"}}, "remedy"),
        ({"cause": {"en": "one"}}, "cause"),
        ({"mend": "one"}, "mend"),
        ({"example": {"zh": "一"}}, "example"),
    ],
)
def test_a_faulty_entry_is_refused(table: dict[str, object], said: str) -> None:
    words = {"zh": "一", "en": "one"}
    faultless = {
        "severity": "error",
        **{name: words for name in ("title", "message", "cause", "mend")},
    }
    assert problems._entry("X999", faultless).message == Bilingual("一", "one")
    with pytest.raises(ValueError, match=said):
        problems._entry("X999", faultless | table)


@pytest.mark.parametrize("part", ["severity", "title", "message", "cause", "mend"])
def test_an_entry_without_a_part_is_refused(part: str) -> None:
    words = {"zh": "一", "en": "one"}
    table: dict[str, object] = {
        "severity": "error",
        **{name: words for name in ("title", "message", "cause", "mend")},
    }
    assert problems._entry("X999", table).cause == Bilingual("一", "one")
    del table[part]
    with pytest.raises(ValueError, match=f"X999.*{part}"):
        problems._entry("X999", table)
