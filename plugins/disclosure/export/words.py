"""The language of a file for other programs."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.book import Book
from disclosure.language.numbers import nothing_in_words, unit_name
from disclosure.language.targets import target_in
from disclosure.model.fields import AmountUnit, Figure, Lang
from disclosure.model.vocabulary import WordKind

ABSENT = "—"
"""What CSV has in place of a cell that the document does not have."""


@dataclass(frozen=True, slots=True)
class Words:
    """Speaks one language: texts as printed in Chinese, translated in English."""

    book: Book
    lang: Lang

    def __call__(self, zh: str, en: str) -> str:
        """One of two texts."""
        return zh if self.lang == "zh" else en

    def text(self, zh: str | None, context: str = "") -> str:
        """A free text; its Chinese where it has no English."""
        if zh is None or self.lang == "zh":
            return zh or ""
        return self.book.catalogue.find(zh, context) or zh

    def word(self, kind: WordKind, label: str) -> str:
        """A controlled word."""
        return label if self.lang == "zh" else self.book.vocabulary.word(kind, label).en

    def target(self, printed: str, context: str) -> str:
        """A target value."""
        parsed = target_in(printed, self.lang, self.book.vocabulary)
        return self.text(printed, context) if parsed is None else parsed

    def unit(self, unit: AmountUnit) -> str:
        """The unit of amounts."""
        return unit_name(unit, self.lang)

    def figure(self, figure: Figure | None) -> str:
        """A figure as printed: a blank is empty, a cell that the document lacks a dash."""
        if figure is None:
            return ABSENT
        return figure.printed if figure.nothing is None else nothing_in_words(figure, self.lang)
