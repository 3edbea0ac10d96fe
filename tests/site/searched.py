"""What a search should find: the built pages, compared plainly, without the search's own text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from tests.site.reading import Document, Element, folded

# Repeated elsewhere on the same page, in the navigation or on the pages they print; the words for
# an empty cell, the marks of the data checks and the choices of a form are no part of the text.
NOT_CONTENT = frozenset(
    {
        *("d-folds", "d-trail", "d-source", "d-terms", "d-bars", "headerlink"),
        *("d-absent", "d-finding", "d-untranslated", "d-hidden"),
    }
)
_SILENT = (
    *("nav", "summary", "script", "style", "template", "noscript", "button", "svg"),
    *("form", "select"),
)
_INLINE = ("a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup")
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")

Pages = Mapping[str, Document]


def searched(pages: Pages, lang: str) -> list[Document]:
    """All pages but those that repeat the others for print, and the page for lost addresses."""
    return [
        page
        for page in pages.values()
        if page.lang == lang and not page.url.endswith(("/print.html", "404.html"))
    ]


def _is_inline(element: Element) -> bool:
    """Part of the line it stands in; a part of a card (``d-card__title``) is a line of its own."""
    return all(
        each.tag in _INLINE and not any("__" in name for name in each.classes)
        for each in element.walk()
    )


def _lines(element: Element) -> Iterator[str]:
    line = ""
    for child in element.children:
        if isinstance(child, str):
            line += child
        elif NOT_CONTENT.intersection(child.classes) or child.tag in _SILENT:
            continue
        elif _is_inline(child):
            line += "".join(_lines(child))
        else:
            yield line
            line = ""
            yield from _lines(child)
    yield line


@functools.cache
def cells(page: Document) -> tuple[str, ...]:
    """The texts of a page that a match must not cross, as they stand there."""
    return tuple(" ".join(line.split()) for line in _lines(page.article) if line.strip())


@functools.cache
def _folded_cells(page: Document) -> str:
    # Folding removes all white space, so that nothing matches across a line break.
    return "\n".join(folded(text) for text in cells(page))


@functools.cache
def words(page: Document) -> frozenset[str]:
    """Every English word and number of a page, lower case."""
    return frozenset(word for text in cells(page) for word in _WORD.findall(text.casefold()))


def numbers_of(word: str) -> set[str]:
    """The forms a word may be the plural of: ``policies`` of ``policy``. Itself among them."""
    found = {word}
    if len(word) > 3:
        found |= {word.removesuffix("s"), word.removesuffix("es")}
        if word.endswith("ies"):
            found.add(word[:-3] + "y")
    return found


def holding(pages: Pages, lang: str, query: str) -> set[str]:
    """The pages with a text that has the query."""
    wanted = folded(query)
    return {page.url for page in searched(pages, lang) if wanted in _folded_cells(page)}


def holding_word(pages: Pages, word: str, prefix: bool = False) -> tuple[set[str], set[str]]:
    """English pages that have the word (with ``prefix``, one that begins so), and those that
    have it in the singular or the plural."""
    wanted, forms = word.casefold(), numbers_of(word.casefold())
    exact: set[str] = set()
    near: set[str] = set()
    for page in searched(pages, "en"):
        if any(one.startswith(wanted) for one in words(page)) if prefix else wanted in words(page):
            exact.add(page.url)
        elif any(forms & numbers_of(one) for one in words(page)):
            near.add(page.url)
    return exact, exact | near


def holding_phrase(pages: Pages, phrase: str) -> set[str]:
    """English pages that have the words of a phrase in a row, each in the singular or plural."""
    forms = [numbers_of(word) for word in _WORD.findall(phrase.casefold())]

    def has(text: str) -> bool:
        row = _WORD.findall(text.casefold())
        starts = range(len(row) - len(forms) + 1)
        return any(
            all(form & numbers_of(row[n + i]) for i, form in enumerate(forms)) for n in starts
        )

    return {page.url for page in searched(pages, "en") if any(map(has, cells(page)))}


def truth(pages: Pages, lang: str, query: str) -> set[str]:
    """The pages to find for a query: those with an English word, or else with the text."""
    if lang == "en" and re.fullmatch("[A-Za-z]+", query):
        return holding_word(pages, query)[1]
    return holding(pages, lang, query)


def texts(pages: Iterable[Document]) -> list[str]:
    """All different texts of the pages, in a fixed order."""
    return sorted({text for page in pages for text in cells(page)})
