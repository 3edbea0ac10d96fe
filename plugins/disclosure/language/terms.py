"""Finds glossary terms in running text: longest first, English by whole words.

Quotation marks around “三公” do not count: 三公经费 and “三公”经费 are one term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from disclosure.model.fields import Lang
from disclosure.model.glossary import Term

# A mark inside a word is an apostrophe and belongs to it: "the unit's own funds".
_QUOTES = re.compile(r"[“”\"]|(?<![A-Za-z0-9])[‘’']|[‘’'](?![A-Za-z0-9])")
_APOSTROPHE = re.compile(r"[‘’']")

# Texts that a finder remembers: those of a disclosure of some hundred projects.
_TEXTS = 1 << 14


@dataclass(frozen=True, slots=True)
class Match:
    """Where a term stands in a text."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class TermFinder:
    """Finds the terms of one language."""

    _any: re.Pattern[str] | None
    """Finds where a term stands: in half the time of the pattern that tells which it is."""
    _which: re.Pattern[str] | None
    _terms: tuple[str, ...]
    """The id of the term that each group of ``_which`` finds."""
    _found: dict[str, tuple[Match, ...]] = field(default_factory=dict, compare=False, repr=False)
    """What texts hold: most stand on several pages, in tables, lists and the print version."""

    @classmethod
    def of(cls, terms: Iterable[Term], lang: Lang) -> TermFinder:
        """A finder for all forms of ``terms`` in ``lang``; an earlier term wins a shared form."""
        by_form: dict[str, str] = {}
        for term in terms:
            for form in term.forms(lang):
                by_form.setdefault(_key(form), term.id)
        longest_first = sorted(by_form, key=lambda form: (-len(form), form))
        if not longest_first:
            return cls(None, None, ())
        # One look at a character, before all forms are tried, passes by nearly all of a text.
        beginnings = "".join(sorted({re.escape(form[0]) for form in longest_first}))
        # A Latin form must not begin or end inside a word: "heat" in "heating".
        before, after = ("(?<!\\w)", "(?!\\w)") if lang == "en" else ("", "")
        alternatives = [_pattern(form) for form in longest_first]
        any_of, which = (
            re.compile(f"{before}(?=[{beginnings}])(?:{'|'.join(each)}){after}", re.IGNORECASE)
            for each in (alternatives, [f"({form})" for form in alternatives])
        )
        return cls(any_of, which, tuple(by_form[form] for form in longest_first))

    def find(self, text: str) -> tuple[Match, ...]:
        """All terms in ``text`` from left to right, without overlaps."""
        try:
            return self._found[text]
        except KeyError:
            if len(self._found) >= _TEXTS:
                self._found.clear()
            found = self._found[text] = tuple(self._matches(text))
            return found

    def _matches(self, text: str) -> Iterator[Match]:
        if self._any is None or self._which is None:
            return
        for place in self._any.finditer(text):
            match = self._which.match(text, place.start())
            assert match  # the same pattern, but for its groups
            start, end = match.span()
            # “三公”经费: the mark that opens before the term goes with the one that closes in it.
            if _closes_before_opening(match[0], text[max(0, start - 1) : start]):
                start -= 1
            yield Match(start, end, self._terms[(match.lastindex or 0) - 1])


_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


_LONGEST_LIST = 8
"""Words that may stand in a list before the noun that its members share."""


def reads_as(form: str, text: str) -> bool:
    """Whether English ``text`` holds ``form``; case, plural, possessive and marks do not count.

    Nor does a noun shared in a list: “output, benefit and satisfaction indicators” holds “output
    indicators”.

    >>> reads_as("public institution", "Revenue of Public Institutions")
    True
    """
    words, looked_for = _stems(text), _stems(form)
    if not looked_for:
        return False
    *before, noun = looked_for
    for start in range(len(words) - len(before)):
        end = start + len(before)
        if words[start:end] != before:
            continue
        if words[end] == noun:
            return True
        following = words[end : end + _LONGEST_LIST]
        if before and noun in following:
            shared = following[: following.index(noun)]
            if "and" in shared or "or" in shared:
                return True
    return False


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(_APOSTROPHE.sub("'", text).casefold())]


def _stem(word: str) -> str:
    """A word without its plural ending; words are compared only with words cut the same way."""
    word = word.partition("'")[0]
    for ending, singular in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch")):
        if word.endswith(ending):
            return word.removesuffix(ending) + singular
    return word if word.endswith(("ss", "us", "is")) else word.removesuffix("s")


_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'"}


def _closes_before_opening(text: str, opening: str) -> bool:
    closing = _CLOSING.get(opening)
    if closing is None:
        return False
    marks = [mark for mark in text if mark in (opening, closing)]
    return marks.count(closing) % 2 == 1 and marks[0] == closing


def _key(form: str) -> str:
    plain = _APOSTROPHE.sub("'", _QUOTES.sub("", form))
    return re.sub(r"\s+", " ", plain).strip().casefold()


def _pattern(key: str) -> str:
    """A pattern for a folded form: quotation marks may open and close around its words."""
    quote = "[“”\"‘’']?"
    if key.isascii():
        words = [re.escape(word).replace("'", "[‘’']") for word in key.split(" ")]
        return f"{quote}\\s+{quote}".join(words)
    return quote.join(re.escape(character) for character in key)
