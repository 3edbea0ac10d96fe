"""Controlled words: what a printed label means, in both languages."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from disclosure.model.fields import BLANK, Identifier, Lang, Model, PlainText

WordKind = Literal[
    "revenue_source",
    "operating_item",
    "three_public_item",
    "fund_source",
    "indicator_level",
    "indicator_kind",
    "asset_item",
    "unit_of_measure",
]


def _maybe_empty(value: Any) -> Any:
    return "" if value is BLANK else value


class Word(Model):
    """One controlled word. ``en`` may be empty for a unit whose number stands alone."""

    id: Identifier
    zh: PlainText
    en: Annotated[str, BeforeValidator(_maybe_empty)]
    labels: tuple[PlainText, ...] = ()
    parent: Identifier | None = None

    def name(self, lang: Lang) -> str:
        """The word in ``lang``."""
        return self.zh if lang == "zh" else self.en

    def added_to(self, known: Word | None) -> Word:
        """This word with the printed forms (and the parent) of an earlier one."""
        if known is None:
            return self
        labels = dict.fromkeys((*self.labels, known.zh, *known.labels))
        parent = self.parent or known.parent
        return self.model_copy(update={"labels": tuple(labels), "parent": parent})


class VocabularyFile(Model):
    """The content of a ``vocabulary.yml``; every kind is optional."""

    revenue_source: tuple[Word, ...] = ()
    operating_item: tuple[Word, ...] = ()
    three_public_item: tuple[Word, ...] = ()
    fund_source: tuple[Word, ...] = ()
    indicator_level: tuple[Word, ...] = ()
    indicator_kind: tuple[Word, ...] = ()
    asset_item: tuple[Word, ...] = ()
    unit_of_measure: tuple[Word, ...] = ()


_FOLDED = str.maketrans(
    {"“": "", "”": "", '"': "", "「": "", "」": "", "〔": "[", "〕": "]", "【": "[", "】": "]"}
)


# The texts of a disclosure are compared on its pages of both languages: as many as it has of them.
@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """``text`` as labels are compared: width, spaces and quotation marks do not count."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_FOLDED).split()).lower()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All controlled words by kind, found by any of their printed labels."""

    words: Mapping[str, tuple[Word, ...]]
    _by_label: Mapping[tuple[str, str], Word]

    @classmethod
    def of(cls, files: Iterable[VocabularyFile]) -> Vocabulary:
        """Merge ``files``: a later word with the same id renames it and adds to its labels."""
        words: dict[str, dict[str, Word]] = {kind: {} for kind in VocabularyFile.model_fields}
        for file in files:
            for kind, known in words.items():
                for word in getattr(file, kind):
                    known[word.id] = word.added_to(known.get(word.id))
        by_label = {
            (kind, fold(label)): word
            for kind, known in words.items()
            for word in known.values()
            for label in (word.zh, *word.labels)
        }
        return cls({kind: tuple(known.values()) for kind, known in words.items()}, by_label)

    def find(self, kind: str, label: str) -> Word | None:
        """The word that ``label`` prints, or None."""
        return self._by_label.get((kind, fold(label)))

    def word(self, kind: WordKind, label: str) -> Word:
        """The word that ``label`` prints; ``label`` has been checked when it was read."""
        return self._by_label[kind, fold(label)]

    def by_id(self, kind: WordKind, id: str) -> Word | None:
        """The word with this id."""
        return next((word for word in self.words[kind] if word.id == id), None)

    def nearest(self, kind: str, label: str) -> str:
        """The known label most like ``label``, or an empty string."""
        labels = [label for word in self.words.get(kind, ()) for label in (word.zh, *word.labels)]
        return next(iter(difflib.get_close_matches(label, labels, 1, 0.5)), "")
