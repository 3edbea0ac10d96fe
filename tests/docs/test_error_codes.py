"""The pages of error codes: written by the catalogue; cause, mend and example for each code."""

from __future__ import annotations

import re
from functools import cache

import pytest
from tests.docs.pages import DOCS, Document
from tools.error_codes import CASES, GROUPS, LANGUAGES, WORDS, examples, page

from disclosure.problems import CATALOGUE, Language

# No case can lead to these: the files would be too large to keep, or cannot be read at all, or the
# tests make them. Their examples are in words.
IN_WORDS = {"Y100", "Y105", "Y107", "Y136", "R301", "S216"}


@cache
def document(lang: Language) -> Document:
    return Document(DOCS / lang / "error-codes.md")


@cache
def sections(lang: Language) -> dict[str, str]:
    """What stands below the heading of each code."""
    parts = re.split(r'<a id="([a-z]\d{3})"></a>\n', document(lang).text)
    return {code.upper(): text for code, text in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_up_to_date(lang: Language) -> None:
    written = document(lang).text
    assert written == page(lang), "run: .venv/bin/python -m tools.error_codes"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_its_place(lang: Language) -> None:
    ids = [each.id for each in document(lang).headings]
    assert {code.lower() for code in CATALOGUE} <= set(ids)
    assert {code[0] for code in CATALOGUE} <= set(GROUPS)
    assert set(sections(lang)) == set(CATALOGUE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_cause_mend_and_example(lang: Language) -> None:
    words = WORDS[lang]
    lacking = {
        code: [name for name in ("cause", "mend", "example") if words[name].strip() not in text]
        for code, text in sections(lang).items()
    }
    assert {code: names for code, names in lacking.items() if names} == {}


def test_an_example_in_words_only_where_no_case_can_be() -> None:
    in_words = {code for code, entry in CATALOGUE.items() if entry.example}
    assert in_words == IN_WORDS
    assert CATALOGUE.keys() - in_words - examples().keys() == set(), "codes without a case"
    assert not in_words & examples().keys(), "there is a case: the words are not needed"


def test_an_example_is_a_report_that_the_tests_check() -> None:
    reports = {
        line
        for pattern in ("yaml/*.expected", "data/*/expected.txt")
        for path in CASES.glob(pattern)
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    for code, case in examples().items():
        place, named, zh = case.report["zh"].split(" ", 2)
        assert named == code
        en = case.report["en"].removeprefix(f"{place} {code} ")
        assert f"{place} {code} {zh} / {en}" in reports
        for lang in LANGUAGES:
            assert case.report[lang] in sections(lang)[code]


def test_the_line_that_is_wrong_is_shown() -> None:
    shown = 0
    for code, case in examples().items():
        line = case.report["zh"].split(" ")[0].rsplit(":", 2)[1]
        if case.excerpt:
            assert re.search(rf"^ *{line} \|", case.excerpt, re.M), code
            shown += 1
    assert shown > 0.9 * len(examples())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_invisible_is_on_the_page(lang: Language) -> None:
    text = document(lang).text.replace("\n", "")
    assert [each for each in set(text) if not each.isprintable()] == []
    assert "\u200b" not in text and "\\t" in text
