"""Does ``budget.yml`` add up, that of the department and that of each unit? (A401-A407 and others)

What a total includes follows from the file: a source 上年结转 is part of the revenue, and
``carried_forward`` of the expenditure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from disclosure.book import Book, Disclosure, Place
from disclosure.model.budget import BudgetFile
from disclosure.model.disclosure import Institution
from disclosure.model.fields import AmountUnit, Figure
from disclosure.model.vocabulary import Vocabulary
from disclosure.rules.check import Check, Label, Term, same_as, sum_of


@dataclass(frozen=True, slots=True)
class Budget:
    """The figures of the disclosure, or of a unit whose files stand in ``folder``."""

    disclosure: Disclosure
    file: BudgetFile
    folder: str = ""

    @property
    def unit(self) -> AmountUnit:
        """The unit of its amounts."""
        return self.file.unit

    def place(self, *path: str | int) -> Place:
        """Where something stands in its file."""
        return self.disclosure.place(f"{self.folder}budget.yml", path)

    def term(self, label: Label, figure: Figure | None, *path: str | int) -> Term | None:
        """A figure of the file; None where the document has no such figure."""
        return None if figure is None else Term(label, figure, self.place(*path))

    def sum(
        self,
        rule: str,
        printed: Term | None,
        parts: Iterable[Term | None],
        item: Label | None = None,
    ) -> Iterator[Check]:
        """The check that a figure of the file is the sum of its parts."""
        if printed is not None and printed.place is not None:
            yield from sum_of(rule, printed.place, self.unit, printed, parts, item)

    @property
    def revenue(self) -> Term | None:
        """Total revenue."""
        return self.term(said("key.revenue"), self.file.revenue.total, "revenue", "total")

    def spent(self, kind: str) -> Term | None:
        """A figure of the expenditure: ``total``, ``basic``, ``projects`` and so on."""
        figure = getattr(self.file.expenditure, kind)
        return self.term(said(f"expenditure.{kind}"), figure, "expenditure", kind)


BudgetRule = Callable[[Budget, Vocabulary], Iterable[Check]]


def said(key: str) -> Label:
    """The label that the interface has for ``key``."""
    return ("interface", key)


def known(*terms: Term | None) -> bool:
    """Whether all are printed, with a value."""
    return all(term is not None and term.figure.value is not None for term in terms)


def budgets(disclosure: Disclosure) -> Iterator[Budget]:
    """The figures of a disclosure and of its units."""
    if disclosure.budget:
        yield Budget(disclosure, disclosure.budget)
    for unit in disclosure.units:
        if unit.budget:
            yield Budget(disclosure, unit.budget, f"units/{unit.slug}/")


def budget_checks(disclosure: Disclosure, book: Book) -> Iterator[Check]:
    """The checks of all ``budget.yml`` of a disclosure."""
    for budget in budgets(disclosure):
        for rule in RULES:
            yield from rule(budget, book.vocabulary)


def revenue_sources(budget: Budget, vocabulary: Vocabulary) -> Iterator[Check]:
    """A401: total revenue = sum of its sources."""
    sources = (
        budget.term(("revenue_source", label), figure, "revenue", "sources", label)
        for label, figure in budget.file.revenue.sources.items()
    )
    yield from budget.sum("A401", budget.revenue, sources)


def revenue_expenditure(budget: Budget, vocabulary: Vocabulary) -> Iterator[Check]:
    """A402: total revenue = total expenditure (the budget is balanced as a whole)."""
    total = budget.file.expenditure.total
    spent = budget.term(said("key.expenditure"), total, "expenditure", "total")
    yield from budget.sum("A402", budget.revenue, [spent])


def expenditure_kinds(budget: Budget, vocabulary: Vocabulary) -> Iterator[Check]:
    """A403, A404: expenditure = basic + projects; basic = personnel + non-personnel.

    A416 takes the place of A403 where the total includes what is carried forward.
    """
    basic, projects, forward = map(budget.spent, ("basic", "projects", "carried_forward"))
    if known(basic, projects):
        rule = "A403" if forward is None else "A416"
        yield from budget.sum(rule, budget.spent("total"), (basic, projects, forward))
    parts = budget.spent("personnel"), budget.spent("non_personnel")
    if known(*parts):
        yield from budget.sum("A404", basic, parts)


def change_parts(budget: Budget, vocabulary: Vocabulary) -> Iterator[Check]:
    """A411: the change in total = the changes in basic and project expenditure."""
    change = budget.file.change
    if change is None:
        return
    parts = (
        budget.term(said("expenditure.basic"), change.basic, "change", "basic"),
        budget.term(said("expenditure.projects"), change.projects, "change", "projects"),
    )
    if known(*parts):
        total = budget.term(said("summary.change.total"), change.total, "change", "total")
        yield from budget.sum("A411", total, parts)


def agency_operating(budget: Budget, vocabulary: Vocabulary) -> Iterator[Check]:
    """A405: agency operating expenses = sum of their items."""
    if operating := budget.file.agency_operating:
        items = (
            budget.term(("operating_item", label), figure, "agency_operating", "items", label)
            for label, figure in operating.items.items()
        )
        yield from budget.sum("A405", _operating(budget), items)


def non_personnel(budget: Budget, vocabulary: Vocabulary) -> Iterator[Check]:
    """A417: agency operating expenses = non-personnel expenditure, of administrative bodies.

    机关运行经费 is the non-personnel basic expenditure of administrative bodies and of public
    institutions managed under the Civil Servants Law (Budget Law art. 14; Caiyu (2016) No. 143).
    The rule speaks only where the institution table says that there are no others.
    """
    institutions = budget.disclosure.header.institutions
    if not budget.folder and institutions and all(map(administrative, institutions)):
        spent = budget.spent("non_personnel")
        yield from budget.sum("A417", _operating(budget), [spent])


def administrative(institution: Institution) -> bool:
    """Whether the nature of an institution is 行政 or 参公 as printed."""
    nature = institution.nature
    managed_alike = "参公" in nature or "参照公务员" in nature
    return managed_alike or ("行政" in nature and "事业" not in nature)


def _operating(budget: Budget) -> Term | None:
    operating = budget.file.agency_operating
    figure = operating.total if operating else None
    return budget.term(said("key.operating"), figure, "agency_operating", "total")


def three_public(budget: Budget, vocabulary: Vocabulary) -> Iterator[Check]:
    """A406, A407: “three public” expenses = their items; an item = its own parts."""
    if not (three := budget.file.three_public):
        return
    path = ("three_public", "items")
    items = [
        (
            vocabulary.word("three_public_item", label),
            Term(("three_public_item", label), figure, budget.place(*path, label)),
        )
        for label, figure in three.items.items()
    ]
    counted = {word.id for word, term in items if term.figure.value is not None}
    yield from budget.sum(
        "A406",
        budget.term(said("key.three_public"), three.total, "three_public", "total"),
        (term for word, term in items if word.parent not in counted),
    )
    for word, term in items:
        parts = (part for child, part in items if child.parent == word.id)
        yield from budget.sum("A407", term, parts, item=term.label)


def in_both_lists(budget: Budget, vocabulary: Vocabulary) -> Iterator[Check]:
    """A414: an item is the same among operating and “three public” expenses.

    Operating expenses are those of administrative bodies alone, so the rule says nothing where the
    institution table has others.
    """
    operating, three = budget.file.agency_operating, budget.file.three_public
    if not operating or not three:
        return
    if not all(map(administrative, budget.disclosure.header.institutions)):
        return
    there = {
        vocabulary.word("three_public_item", label).id: (label, figure)
        for label, figure in three.items.items()
    }
    for label, figure in operating.items.items():
        word = vocabulary.find("operating_item", label)
        if word and word.id in there:
            name, other = there[word.id]
            yield from same_as(
                "A414",
                budget.unit,
                budget.term(("operating_item", label), figure, "agency_operating", "items", label),
                budget.term(("three_public_item", name), other, "three_public", "items", name),
                budget.unit,
                item=("operating_item", label),
            )


RULES: tuple[BudgetRule, ...] = (
    revenue_sources,
    revenue_expenditure,
    expenditure_kinds,
    change_parts,
    agency_operating,
    non_personnel,
    three_public,
    in_both_lists,
)
