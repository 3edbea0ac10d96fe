"""Do the printed figures add up? Every comparison is exact; nothing is altered.

Each rule yields a ``Check`` with both sides and their places, whether they agree or not. A rule
that finds one side absent or blank says nothing: what is not printed cannot disagree. Amounts are
in the unit of the file they stand in. The rules themselves stand in the modules named below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from disclosure.book import Book, Disclosure
from disclosure.language.interface import say
from disclosure.language.numbers import plain, unit_name
from disclosure.model.fields import Bilingual, Figure, Lang, parse_decimal
from disclosure.problems import problem
from disclosure.rules.budget_sums import budget_checks
from disclosure.rules.check import Check
from disclosure.rules.cross_year import changes
from disclosure.rules.finding import Finding
from disclosure.rules.procurement_assets import asset_checks, procurement_checks
from disclosure.rules.project_sums import project_checks
from disclosure.rules.tables import table_checks
from disclosure.rules.units import sums_of_units

RULES: tuple[Callable[[Disclosure, Book], Iterable[Check]], ...] = (
    budget_checks,
    changes,
    project_checks,
    procurement_checks,
    asset_checks,
    sums_of_units,
    table_checks,
)
"""All rules of arithmetic, in the order of the document."""


def arithmetic(disclosure: Disclosure, book: Book) -> tuple[Check, ...]:
    """All arithmetic checks of a disclosure, in the order of the document."""
    return tuple(check for rule in RULES for check in rule(disclosure, book))


def disagreements(checks: Iterable[Check], book: Book) -> Iterator[Finding]:
    """The checks that fail, as findings of the severity ``FIGURE``."""
    for check in checks:
        if not check.agrees:
            found = problem(
                check.rule,
                check.place,
                item_zh=_item(check, book, "zh"),
                item_en=_item(check, book, "en"),
                printed_zh=check.printed.figure.printed,
                printed_en=_printed(check.printed.figure),
                computed=plain(check.computed),
                difference=plain(check.difference),
                unit_zh=unit_name(check.unit, "zh"),
                unit_en=unit_name(check.unit, "en"),
            )
            yield Finding(found, check.place, check)


def _printed(figure: Figure) -> str:
    """A figure for an English message: without the words of a printed target (``146 万元``)."""
    return figure.printed if parse_decimal(figure.printed) is not None else plain(figure.number)


def _item(check: Check, book: Book, lang: Lang) -> str:
    if check.item is None:
        return ""
    if isinstance(check.item, Bilingual):
        return check.item[lang]
    kind, text = check.item
    if kind == "interface":
        return say(text, lang)
    if lang == "zh":
        return text
    if kind in ("project", "text"):
        return book.catalogue.find(text, check.place.project) or text
    word = book.vocabulary.find(kind, text)
    return word.en if word else text
