"""Which figures of a disclosure a term of the glossary names.

Told by the words: a term names a figure if one of its Chinese forms is the label that the figure
has on the site, or the controlled word of its row. A glossary without such a term names nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from disclosure.book import Disclosure
from disclosure.language import interface
from disclosure.model.fields import AmountUnit, Figure, Lang
from disclosure.model.glossary import Term
from disclosure.model.vocabulary import Vocabulary, Word, WordKind, fold
from disclosure.site.routes import Part

Amount = tuple[Figure, AmountUnit]


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure: where it stands, how it is read and what the site calls it.

    ``read`` gives None where a disclosure has none. ``name`` is a key of the interface, or a
    controlled word.
    """

    part: Part
    anchor: str
    read: Callable[[Disclosure], Amount | None]
    name: str | Word

    def label(self, lang: Lang) -> str:
        """What the site calls the figure."""
        if isinstance(self.name, str):
            return interface.say(self.name, lang)
        return self.name.name(lang)


def _budget(*path: str) -> Callable[[Disclosure], Amount | None]:
    def read(disclosure: Disclosure) -> Amount | None:
        found: object = disclosure.budget
        for key in path:
            found = getattr(found, key, None)
        figure = found if isinstance(found, Figure) else None
        budget = disclosure.budget
        return (figure, budget.unit) if figure is not None and budget is not None else None

    return read


def _procurement(disclosure: Disclosure) -> Amount | None:
    table = disclosure.procurement
    return (table.total, table.unit) if table and table.total is not None else None


def _fixed_assets(disclosure: Disclosure) -> Amount | None:
    assets = disclosure.assets
    return (assets.fixed_assets, assets.unit) if assets and assets.fixed_assets else None


# What a figure is called; where the term is another word for it, that key follows.
_LABELS: tuple[tuple[tuple[str, ...], NamedFigure], ...] = tuple(
    (keys, NamedFigure(part, anchor, read, keys[0]))
    for keys, part, anchor, read in (
        (("key.revenue",), Part.SUMMARY, "revenue", _budget("revenue", "total")),
        (
            ("key.expenditure", "expenditure.total"),
            Part.SUMMARY,
            "expenditure",
            _budget("expenditure", "total"),
        ),
        *(
            ((f"expenditure.{key}",), Part.SUMMARY, "expenditure", _budget("expenditure", key))
            for key in ("basic", "personnel", "non_personnel", "projects", "carried_forward")
        ),
        (("key.operating",), Part.OPERATING, "", _budget("agency_operating", "total")),
        (("key.three_public",), Part.THREE_PUBLIC, "", _budget("three_public", "total")),
        (("procurement.totals", "part.procurement.short"), Part.PROCUREMENT, "", _procurement),
        (("assets.fixed", "term.fixed_assets"), Part.ASSETS, "", _fixed_assets),
    )
)
_ROWS: tuple[tuple[WordKind, Part, str, tuple[str, ...]], ...] = (
    ("revenue_source", Part.SUMMARY, "revenue", ("revenue", "sources")),
    ("operating_item", Part.OPERATING, "", ("agency_operating", "items")),
    ("three_public_item", Part.THREE_PUBLIC, "", ("three_public", "items")),
)


def named_figures(term: Term, vocabulary: Vocabulary) -> tuple[NamedFigure, ...]:
    """The figures that ``term`` names, in the order of the document."""
    forms = {fold(form) for form in term.forms("zh")}
    named = [
        figure
        for keys, figure in _LABELS
        if any(fold(interface.say(key, "zh")) in forms for key in keys)
    ]
    return (*named, *_named_rows(forms, vocabulary))


def _named_rows(forms: set[str], vocabulary: Vocabulary) -> Iterator[NamedFigure]:
    for kind, part, anchor, path in _ROWS:
        for word in vocabulary.words[kind]:
            if any(fold(label) in forms for label in (word.zh, *word.labels)):
                yield NamedFigure(part, anchor, _row(kind, word.id, vocabulary, path), word)


def _row(
    kind: WordKind, id: str, vocabulary: Vocabulary, path: tuple[str, ...]
) -> Callable[[Disclosure], Amount | None]:
    def read(disclosure: Disclosure) -> Amount | None:
        found: object = disclosure.budget
        for key in path:
            found = getattr(found, key, None)
        if not isinstance(found, Mapping) or disclosure.budget is None:
            return None
        for label, figure in found.items():
            if vocabulary.word(kind, label).id == id:
                return figure, disclosure.budget.unit
        return None

    return read
