"""What labels, rows and items of a document are called, in both languages."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from disclosure.book import Book
from disclosure.changes.shape import Fields, Labelled, Leaf, Shape
from disclosure.changes.values import text_of
from disclosure.language.numbers import period_end
from disclosure.model.classification import Classification, joined
from disclosure.model.table_forms import Row, Side, TableForms, row_name
from disclosure.model.vocabulary import Vocabulary, fold
from disclosure.problems import Bilingual


@dataclass(frozen=True, slots=True)
class Terms:
    """The words that labels are made of: the site's controlled words, table forms, headings.

    Without them labels stay as printed, and a table has its key for a name.
    """

    vocabulary: Vocabulary | None = None
    forms: TableForms | None = None
    classification: Classification | None = None

    @classmethod
    def of(cls, book: Book) -> Terms:
        """Those of a book."""
        return cls(book.vocabulary, book.forms, book.classification)


class Document:
    """One side: the tree, the English of its texts, and the units of its amounts."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self.tree = tree
        english, own = tree.get("english"), tree.get("english_of_project")
        self.english: Mapping[str, str] = english if isinstance(english, Mapping) else {}
        self.own: Mapping[str, Any] = own if isinstance(own, Mapping) else {}

    def text(self, zh: str, project: str = "") -> Bilingual:
        """A text with its English."""
        own = self.own.get(project)
        here = own.get(zh) if isinstance(own, Mapping) else None
        return Bilingual(zh, here or self.english.get(zh) or zh)


class Names:
    """Names things with the words of a site; ``year`` is that of the budget headings."""

    def __init__(self, terms: Terms, year: int) -> None:
        self._terms, self._year = terms, year

    def label_key(self, shape: Labelled, printed: str) -> str:
        """What a printed label stands for: its controlled word, else the label as folded."""
        vocabulary = self._terms.vocabulary if shape.words else None
        word = vocabulary.find(shape.words, printed) if vocabulary else None
        return f"={word.id}" if word else fold(printed)

    def label_name(self, shape: Labelled, printed: str) -> Bilingual:
        """A printed label with its English."""
        return self.word(shape.words, printed) or Bilingual(printed, period_end(printed) or printed)

    def word(self, kind: str, printed: str) -> Bilingual | None:
        """A controlled word as printed, with its English; None where it is none."""
        if not kind or self._terms.vocabulary is None:
            return None
        word = self._terms.vocabulary.find(kind, printed)
        return Bilingual(printed, word.en or printed) if word else None

    def item(self, item: Shape, value: Any, document: Document, at: int, field: str) -> Bilingual:
        """What an item of a list is called: its printed name, else its position."""
        if not isinstance(value, Mapping) or not isinstance(item, Fields):
            return numbered(at, field)
        code: str = str(value.get("code") or "")
        if item.model == "ProjectFile":
            name = document.text(str(value.get("name") or code), code)
            return Bilingual(f"项目“{name.zh}”", f"Project “{name.en}”")
        if item.side is not None:
            return self._row_name(item.side, value, document)
        word = item.fields["item"].shape if "item" in item.fields else None
        if isinstance(word, Leaf) and word.words:
            printed = str(value.get("item"))
            return self.word(word.words, printed) or Bilingual(printed, printed)
        if item.model in ("Term", "Word", "Entry"):
            return Bilingual(
                f"“{value.get('zh')}”" if value.get("zh") else code,
                f"“{value.get('en') or value.get('zh')}”",
            )
        if item.model == "Acknowledgement":
            named = " ".join(str(value[key]) for key in ("rule", "place") if value.get(key))
            return Bilingual(named, named)
        if item.model == "PublishedEdition":
            number = value.get("number")
            return Bilingual(f"第{number}版", f"Edition {number}")
        if item.model == "Policy":
            shown = value.get("title") or value.get("number")
            if isinstance(shown, Mapping):
                return Bilingual(f"《{shown.get('zh')}》", f"“{shown.get('en')}”")
        for key in ("name", "heading", "item", "level_3", "project", "id", "rule"):
            given = text_of(value.get(key))
            if given and given.strip():
                text = document.text(given)
                return Bilingual(f"“{text.zh}”", f"“{text.en}”")
        return numbered(at, field)

    def _row_name(self, side: Side, value: Mapping[str, Any], document: Document) -> Bilingual:
        code, item = (text_of(value.get(key)) for key in ("code", "item"))
        digits = joined(code) if side.kind and code else None
        row = Row((), code, digits, item, None, None, 1, {})
        zh, known = item or code or "", ""
        if self._terms.classification is not None:
            zh = row_name(side, row, "zh", self._terms.classification, self._year) or zh
            known = row_name(side, row, "en", self._terms.classification, self._year) or ""
        en = known or document.text(zh, code or "").en
        level = text_of(value.get("level_3"))
        if level:
            below = document.text(level)
            zh, en = f"{zh} › {below.zh}", f"{en} › {below.en}"
        if institution := text_of(value.get("institution")):
            of = document.text(institution)
            zh, en = f"{zh}（{of.zh}）", f"{en} ({of.en})"
        number = f"{code} " if code and code != zh and side.kind else ""
        return Bilingual(f"“{number}{zh}”", f"“{number}{en}”")


def numbered(at: int, field: str) -> Bilingual:
    """The name of an item of a list that has none: paragraph 2, item 2."""
    if field == "paragraphs":
        return Bilingual(f"第{at + 1}段", f"paragraph {at + 1}")
    return Bilingual(f"第{at + 1}条", f"item {at + 1}")


def name_of(value: Any) -> Hashable:
    """A value that names an item; a text of what is no name."""
    return value if isinstance(value, Hashable) else str(value)
