"""Are the printed changes the differences from the year they start from? (A419, A425)

The base is the disclosure of the same department, kind and that year, where the book has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.book import Book, Disclosure
from disclosure.model.budget import BudgetFile
from disclosure.model.fields import Figure
from disclosure.rules.budget_sums import Budget, said
from disclosure.rules.check import Check, Label, Term, converted


def changes(disclosure: Disclosure, book: Book) -> Iterator[Check]:
    """A419, A425: a change = the figure of this year - that of the base year."""
    if disclosure.budget is None:
        return
    budget = Budget(disclosure, disclosure.budget)
    if (change := budget.file.change) and (base := _base(budget, change.since, book)):
        for kind in ("total", "basic", "projects"):
            label = said(f"expenditure.{kind}")
            printed = budget.term(label, getattr(change, kind), "change", kind)
            now = budget.spent(kind)
            then = getattr(base.expenditure, kind)
            path = ("expenditure", kind)
            yield from _change("A419", budget, printed, now, (base, change.since, then, path), book)
    three = budget.file.three_public
    if three and three.change and (base := _base(budget, three.change.since, book)):
        label = said("key.three_public")
        printed = budget.term(label, three.change.total, "three_public", "change", "total")
        now = budget.term(label, three.total, "three_public", "total")
        then = base.three_public.total if base.three_public else None
        path = ("three_public", "total")
        since = three.change.since
        yield from _change("A425", budget, printed, now, (base, since, then, path), book)


def bases(disclosure: Disclosure) -> frozenset[str]:
    """The disclosures of its department that the rules of one look at, by their slugs."""
    budget = disclosure.budget
    three = budget.three_public if budget else None
    found = (each.change for each in (budget, three) if each)
    return frozenset(f"{change.since}-{disclosure.kind}" for change in found if change)


def _change(
    rule: str,
    budget: Budget,
    printed: Term | None,
    now: Term | None,
    base: tuple[BudgetFile, int, Figure | None, tuple[str, ...]],
    book: Book,
) -> Iterator[Check]:
    file, year, then, path = base
    if printed is None or now is None or then is None or printed.place is None:
        return
    if None in (printed.figure.value, now.figure.value, then.value):
        return
    folder = f"departments/{budget.disclosure.department}/{year}-{budget.disclosure.kind}"
    before = converted(then, file.unit, now.figure, budget.unit)
    label: Label = ("text", str(year))
    earlier = Term(label, Figure("", before), book.place(f"{folder}/budget.yml", path)).negative
    computed = now.figure.number - before
    yield Check(rule, printed.place, budget.unit, printed, computed, (now, earlier), printed.label)


def _base(budget: Budget, year: int, book: Book) -> BudgetFile | None:
    """The budget of the same department and kind for ``year``, where the book has it."""
    slug = f"{year}-{budget.disclosure.kind}"
    found = book.disclosure(budget.disclosure.department, slug)
    return found.budget if found else None
