"""Folding and index terms: what counts as the same text, and what a cell can be found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.search.normalise import fold, shard_key, terms, text_hash, triples, units


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“三公”经费", "三公经费"),
        ("因公出国（境）费", "因公出国境费"),
        ("2 个", "2个"),
        ("　预算\u00a0公开 ", "预算公开"),
        ("承财建[2023]141 号", "承财建2023 141号"),
        ("承财建〔2023〕141号", "承财建2023 141号"),
        ("承财建【2023】 141号", "承财建2023 141号"),
        ("承财建（２０２３）141号", "承财建2023 141号"),
        ("Chengcaijian [2023] No. 141", "chengcaijian 2023 141"),
        ("[2023] no141", "2023 141"),
        ("（2024）No. 9", "2024 9"),
        ("〔２０２４〕Ｎo ９ 〔2024〕NO.９", "2024 no 9 2024 9"),
        ("No. 141", "no\n141"),
        ("1,234,567.80 元", "1234567.80元"),
        ("2021,2022", "2021\n2022"),
        ("1,2345", "1\n2345"),
        ("3804.65万元", "3804.65万元"),
        ("a.b 5. .5", "a\nb 5\n5"),
        ("收入、支出，结余。", "收入\n支出\n结余"),
        ("≥ 90 %", "≥90%"),
        ("clean-energy heating", "clean energy heating"),
        ("ＡＢＣ ﬁn Café cafe\u0301 İ", "abc fin cafe cafe i"),
        ("\u200b预\ufeff算\ufe0f😀公开", "预算公开"),
        ("豈", "豈"),
        ("𠀀 字", "𠀀字"),
        ("", ""),
        (" ，。 ", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold(text)
    # A decimal comma could be read anew: only the gaps matter here.
    assert fold(folded.replace("\n", "。")) == folded


@given(st.text(), st.text())
def test_a_full_stop_keeps_cells_apart(left: str, right: str) -> None:
    joined = fold(f"{left}。{right}")
    assert joined == "\n".join(filter(None, (fold(left), fold(right))))
    assert terms(joined) == terms(fold(left)) | terms(fold(right))
    assert triples(joined) == triples(fold(left)) | triples(fold(right))
    assert units(joined) == units(fold(left)) | units(fold(right))


def test_terms_of_a_policy_number() -> None:
    assert terms(fold("承财建〔2023〕141 号")) == {
        "承财",
        "财建",
        "建2023",
        "2023",
        "141",
        "2023 141",
        "141号",
    }


def test_terms_of_amounts_and_percentages() -> None:
    assert terms(fold("安排466.73万元，≥90%")) == {
        "安排",
        "排466",
        "466",
        ".73",
        ".73万",
        "万元",
        "90",
        "≥90",
        "90%",
    }


def test_pieces_of_a_code_but_not_of_an_amount() -> None:
    found = terms(fold("13081124P 123456.78"))
    assert {"13081124p", "#1308", "#124p", "#13081124", "#3081124p"} <= found
    assert sum(term.startswith("#") for term in found) == 6 + 2
    assert not [t for t in terms("budget 12345") if t.startswith("#")]


def test_a_number_after_something_else_than_a_year_is_not_joined() -> None:
    assert not [term for term in terms("1234 56 .2023 5 a2023 7 2023 5a") if " " in term]


def test_triples_and_units_stay_within_a_run() -> None:
    assert triples(fold("财政预算，决算2公开")) == {"财政预", "政预算"}
    assert units(fold("预算a，公")) == {"预", "算", "公"}


@pytest.mark.parametrize(
    ("term", "key"),
    [
        ("预算", "预算"),
        ("预算公", "预算"),
        ("建2023", "建2023"),
        ("预", "预"),
        ("project", "pro"),
        ("of", "of"),
        ("#proj", "pro"),
        ("#p000", "p000"),
        ("13081124p", "13081124p"),
        (".73万", "73"),
        ("2023 141", "2023"),
        ("预算\n公", "预算"),
        ("预 a", "预"),
        ("", ""),
    ],
)
def test_shard_key(term: str, key: str) -> None:
    assert shard_key(term) == key


def test_the_hash_is_fnv_1a_over_utf_16() -> None:
    # For ASCII the code units are the bytes of the published test vectors of FNV-1a, 32 bits.
    assert [text_hash(text) for text in ("", "a", "foobar")] == [0x811C9DC5, 0xE40C292C, 0xBF9CF968]
    assert text_hash("𠀀") == text_hash("\ud840\udc00")
