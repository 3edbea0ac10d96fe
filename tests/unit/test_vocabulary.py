"""Controlled words: found as they are printed, replaced by a site's own."""

from __future__ import annotations

import pytest

from disclosure.book import Book
from disclosure.model.vocabulary import Vocabulary, VocabularyFile, fold


def vocabulary(*files: dict[str, object]) -> Vocabulary:
    return Vocabulary.of(VocabularyFile.model_validate(file) for file in files)


THREE = {
    "three_public_item": [
        {"id": "overseas", "zh": "因公出国（境）费", "en": "Overseas", "labels": ["“出国”费用"]}
    ]
}


@pytest.mark.parametrize(
    "label",
    [
        "因公出国（境）费",
        "因公出国(境)费",
        "因公 出国（境） 费",
        "因公出国\u3000（境）费",
        "“出国”费用",
        '"出国"费用',
        "出国费用",
        "「出国」费用",
    ],
)
def test_width_spaces_and_quotation_marks_do_not_count(label: str) -> None:
    word = vocabulary(THREE).find("three_public_item", label)
    assert word is not None and word.id == "overseas"


def test_brackets_of_document_numbers_do_not_count() -> None:
    forms = (
        "承财建[2023]141号",
        "承财建〔2023〕141 号",
        "承财建【2023】141号",
        "承财建［２０２３］１４１号",
    )
    assert {fold(form) for form in forms} == {"承财建[2023]141号"}


def test_other_words_and_other_kinds_are_not_found() -> None:
    words = vocabulary(THREE)
    assert words.find("three_public_item", "因公出国费") is None
    assert words.find("operating_item", "因公出国（境）费") is None
    with pytest.raises(KeyError):
        words.word("operating_item", "因公出国（境）费")


def test_a_later_file_renames_a_word_and_adds_others() -> None:
    own = {
        "three_public_item": [
            {"id": "overseas", "zh": "出访费", "en": "Visits abroad"},
            {"id": "other", "zh": "其他", "en": "Other"},
        ]
    }
    words = vocabulary(THREE, own)
    assert words.word("three_public_item", "出访费").en == "Visits abroad"
    # What the software knows stays known: the printed forms of old documents do not change.
    assert words.word("three_public_item", "因公出国（境）费").zh == "出访费"
    assert [word.id for word in words.words["three_public_item"]] == ["overseas", "other"]
    other = words.by_id("three_public_item", "other")
    assert other is not None and (other.name("zh"), other.name("en")) == ("其他", "Other")
    assert words.by_id("three_public_item", "nothing") is None


def test_the_nearest_label_is_suggested() -> None:
    words = vocabulary(THREE)
    assert words.nearest("three_public_item", "因公出国（境）费用") == "因公出国（境）费"
    assert words.nearest("three_public_item", "水电费") == ""
    assert words.nearest("unit_of_measure", "元") == ""


def test_folding_keeps_different_words_apart(real_book: Book) -> None:
    """No label of the default words leads to two of them."""
    for kind, words in real_book.vocabulary.words.items():
        labels = [(fold(label), word.id) for word in words for label in {word.zh, *word.labels}]
        by_label: dict[str, set[str]] = {}
        for label, id in labels:
            by_label.setdefault(label, set()).add(id)
        assert {label: ids for label, ids in by_label.items() if len(ids) > 1} == {}, kind


def test_the_default_words_say_everything_in_both_languages(real_book: Book) -> None:
    for kind, words in real_book.vocabulary.words.items():
        assert words, kind
        for word in words:
            assert word.zh.strip() == word.zh and word.en.strip() == word.en
            assert word.en or kind == "unit_of_measure"
            above = "indicator_level" if kind == "indicator_kind" else kind
            if word.parent or kind == "indicator_kind":
                assert word.parent in {each.id for each in real_book.vocabulary.words[above]}


@pytest.mark.parametrize(
    ("kind", "label", "id"),
    [
        ("revenue_source", "财政专户核拨收入", "special-fiscal-account"),
        ("revenue_source", "基金预算收入", "government-funds"),
        ("operating_item", "其它交通费用", "other-transport"),
        ("operating_item", "维修(护)费", "maintenance"),
        ("three_public_item", "公务用车购置及运维费", "vehicles"),
        ("asset_item", "3、单价在 20 万元以上的设备", "equipment"),
        ("unit_of_measure", "百分比", "percent"),
        ("unit_of_measure", "％", "percent"),
    ],
)
def test_other_forms_found_in_print(real_book: Book, kind: str, label: str, id: str) -> None:
    word = real_book.vocabulary.find(kind, label)
    assert word is not None and word.id == id
