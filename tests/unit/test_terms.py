"""Glossary terms in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.book import Book
from disclosure.language import terms
from disclosure.language.terms import TermFinder
from disclosure.model.fields import LANGS
from disclosure.model.glossary import Term


def term(id: str, name: str, english: str, **aliases: list[str]) -> Term:
    definition = {"zh": "解释", "en": "definition"}
    return Term.model_validate(
        {"id": id, "zh": name, "en": english, "definition": definition, "aliases": aliases}
    )


TERMS = (
    term("budget", "预算", "budget"),
    term("budget-revenue", "预算收入", "budget revenue"),
    term("three-public", "“三公”经费", "“three public” expenses", zh=["三公支出"]),
    term("heat", "热", "heat"),
    term("own-funds", "单位资金", "the unit's own funds", en=["own funds"]),
    term("ppp", "PPP 项目", "PPP project"),
    term("clash", "预算", "budget"),
)


def found(text: str, lang: str) -> list[tuple[str, str]]:
    finder = TermFinder.of(TERMS, "zh" if lang == "zh" else "en")
    return [(text[match.start : match.end], match.term) for match in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("预算收入和预算", [("预算收入", "budget-revenue"), ("预算", "budget")]),
        ("部门预算收入", [("预算收入", "budget-revenue")]),
        ("“三公”经费", [("“三公”经费", "three-public")]),
        ("三公经费", [("三公经费", "three-public")]),
        ("压缩“三公经费”支出", [("三公经费", "three-public")]),
        ("压缩“三公”经费。", [("“三公”经费", "three-public")]),
        ('压缩"三公"经费', [('"三公"经费', "three-public")]),
        ("三’公’经费", [("三’公’经费", "three-public")]),
        ("三公支出", [("三公支出", "three-public")]),
        ("PPP 项目", [("PPP 项目", "ppp")]),
        ("ppp 项目", [("ppp 项目", "ppp")]),
        ("“预算”收入", [("“预算”收入", "budget-revenue")]),
        ("决算", []),
        ("", []),
    ],
)
def test_chinese(text: str, terms: list[tuple[str, str]]) -> None:
    assert found(text, "zh") == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("budget revenue and budget", [("budget revenue", "budget-revenue"), ("budget", "budget")]),
        ("Budget  revenue", [("Budget  revenue", "budget-revenue")]),
        ("BUDGET", [("BUDGET", "budget")]),
        ("budgets, budgetary, sub_budget", []),
        ("pre-budget", [("budget", "budget")]),
        ("heating, wheat, heat", [("heat", "heat")]),
        ("“three public” expenses", [("“three public” expenses", "three-public")]),
        ("three public expenses", [("three public expenses", "three-public")]),
        ("the “three public expenses”", [("three public expenses", "three-public")]),
        ("'three public' expenses", [("'three public' expenses", "three-public")]),
        ("the unit's own funds", [("the unit's own funds", "own-funds")]),
        ("the unit’s own funds", [("the unit’s own funds", "own-funds")]),
        ("its own funds", [("own funds", "own-funds")]),
        ("“heat” costs", [("heat", "heat")]),
        ("", []),
    ],
)
def test_english(text: str, terms: list[tuple[str, str]]) -> None:
    assert found(text, "en") == terms


def test_an_earlier_term_wins_a_shared_form() -> None:
    assert found("预算", "zh") == [("预算", "budget")]


def test_a_text_seen_before_and_more_texts_than_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(terms, "_TEXTS", 2)
    chinese, english = (TermFinder.of(TERMS, lang) for lang in LANGS)
    for _ in range(2):
        for text, term in (("预算", "budget"), ("热", "heat"), ("三公支出", "three-public")):
            assert [match.term for match in chinese.find(text)] == [term]
            assert not english.find(text)
            assert len(chinese._found) <= 2


def test_no_terms() -> None:
    assert list(TermFinder.of((), "zh").find("预算")) == []


@given(st.text("预算收入三公经费PpBbudget “”\"'‘’ revnhat", max_size=30))
def test_any_text_can_be_searched(text: str) -> None:
    """Matches are in order, do not overlap, and none raises for odd quotation marks."""
    for lang in LANGS:
        end = 0
        for match in TermFinder.of(TERMS, lang).find(text):
            assert end <= match.start < match.end <= len(text)
            end = match.end


def test_every_form_of_every_term_of_the_site_is_found(real_book: Book) -> None:
    for lang in LANGS:
        finder = TermFinder.of(real_book.glossary, lang)
        owner: dict[str, str] = {}
        for each in real_book.glossary:
            for form in each.forms(lang):
                assert owner.setdefault(form, each.id) == each.id, f"{form} belongs to two terms"
                for shown in (form, form.replace("'", "’"), form.upper(), f"（{form}，"):
                    marked = [(shown[m.start : m.end], m.term) for m in finder.find(shown)]
                    assert marked == [(shown.strip("（，"), each.id)]
