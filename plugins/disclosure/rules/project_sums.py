"""Do the projects add up, among themselves and with ``budget.yml``? (A408-A410, A415, A418)"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.book import Book, Disclosure, Project
from disclosure.language.numbers import YUAN_PER
from disclosure.language.targets import parse_target
from disclosure.model.fields import Figure
from disclosure.model.vocabulary import Vocabulary
from disclosure.rules.budget_sums import Budget, said
from disclosure.rules.check import Check, Term


def project_checks(disclosure: Disclosure, book: Book) -> Iterator[Check]:
    """The checks of the projects of a disclosure; their amounts are in the unit of the budget."""
    if disclosure.budget is None:
        return
    budget = Budget(disclosure, disclosure.budget)
    yield from _total(budget)
    yield from _highlights(budget)
    for project in disclosure.projects:
        yield from _funds(budget, project)
        yield from _cost(budget, project, book.vocabulary)


def _budgeted(budget: Budget, project: Project) -> Term:
    place = budget.disclosure.place(f"projects/{project.code}.yml", ("budget",))
    return Term(("project", project.file.name), project.file.budget, place)


def _total(budget: Budget) -> Iterator[Check]:
    """A408: project expenditure = sum of the project budgets, but those declared outside it."""
    projects = (each for each in budget.disclosure.projects if each.file.outside_total is None)
    parts = (_budgeted(budget, project) for project in projects)
    yield from budget.sum("A408", budget.spent("projects"), parts)


def _highlights(budget: Budget) -> Iterator[Check]:
    """A409: a highlight = the projects it is said to stand for."""
    for index, highlight in enumerate(budget.file.highlights):
        label = ("text", highlight.name)
        printed = budget.term(label, highlight.amount, "highlights", index, "amount")
        projects = (budget.disclosure.project(code) for code in highlight.projects)
        parts = (_budgeted(budget, project) for project in projects)
        yield from budget.sum("A409", printed, parts, item=label)


def _funds(budget: Budget, project: Project) -> Iterator[Check]:
    """A410, A418: a project's budget = sum of its sources; its funds of the year = its budget."""
    file, name = project.file, f"projects/{project.code}.yml"
    item = ("project", file.name)

    def term(label: tuple[str, str], figure: Figure, *path: str) -> Term:
        return Term(label, figure, budget.disclosure.place(name, path))

    budgeted = term(said("project.budget"), file.budget, "budget")
    sources = (
        term(("fund_source", label), figure, "sources", label)
        for label, figure in file.sources.items()
    )
    yield from budget.sum("A410", budgeted, sources, item=item)
    if file.annual_funds is not None:
        funds = term(said("project.annual_funds"), file.annual_funds, "annual_funds")
        yield from budget.sum("A418", funds, [budgeted], item=item)


def _cost(budget: Budget, project: Project, vocabulary: Vocabulary) -> Iterator[Check]:
    """A415: an amount of money among a project's cost indicators = the project's budget."""
    for label, indicators in project.file.indicators.items():
        if vocabulary.word("indicator_kind", label).id != "cost":
            continue
        for index, indicator in enumerate(indicators):
            target = parse_target(indicator.target, vocabulary)
            unit = target.unit.zh if target and target.unit else ""
            if target is None or unit not in YUAN_PER:
                continue
            path = ("indicators", label, index, "target")
            place = budget.disclosure.place(f"projects/{project.code}.yml", path)
            value = target.number * YUAN_PER[unit] / YUAN_PER[budget.unit]
            printed = Term(("text", indicator.name), Figure(indicator.target, value), place)
            budgeted = _budgeted(budget, project)
            parts = [Term(said("project.budget"), budgeted.figure, budgeted.place)]
            yield from budget.sum("A415", printed, parts, item=("project", project.file.name))
