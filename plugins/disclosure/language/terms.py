"""Finds glossary terms in running text: longest first, English by whole words.

Quotation marks around “三公” do not count: 三公经费 and “三公”经费 are one term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from disclosure.model.fields import Lang
from disclosure.model.glossary import Term

_QUOTES = re.compile(r"[“”\"‘’']")


@dataclass(frozen=True, slots=True)
class Match:
    """Where a term stands in a text."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class TermFinder:
    """Finds the terms of one language."""

    _pattern: re.Pattern[str] | None
    _terms: Mapping[str, str]

    @classmethod
    def of(cls, terms: Iterable[Term], lang: Lang) -> TermFinder:
        """A finder for all forms of ``terms`` in ``lang``; an earlier term wins a shared form."""
        by_form: dict[str, str] = {}
        for term in terms:
            for form in term.forms(lang):
                by_form.setdefault(_key(form), term.id)
        longest_first = sorted(by_form, key=lambda form: (-len(form), form))
        if not longest_first:
            return cls(None, {})
        alternatives = "|".join(_pattern(form) for form in longest_first)
        # A Latin form must not begin or end inside a word: "heat" is not in "heating".
        pattern = f"(?<!\\w)(?:{alternatives})(?!\\w)" if lang == "en" else alternatives
        return cls(re.compile(pattern, re.IGNORECASE), by_form)

    def find(self, text: str) -> Iterator[Match]:
        """All terms in ``text`` from left to right, without overlaps."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            yield Match(match.start(), match.end(), self._terms[_key(match[0])])


def _key(form: str) -> str:
    return re.sub(r"\s+", " ", _QUOTES.sub("", form)).strip().casefold()


def _pattern(key: str) -> str:
    """A pattern for a folded form, with optional quotation marks between its characters.

    Quotation marks stand around words: they may open before the first and close after any.
    """
    quote = "[“”\"‘’']?"
    if key.isascii():
        words = [re.escape(word) for word in key.split(" ")]
        return quote + f"{quote}\\s+{quote}".join(words)
    return quote.join(re.escape(character) for character in key)
