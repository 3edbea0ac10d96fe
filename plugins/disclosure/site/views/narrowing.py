"""What the list of projects can be narrowed to: kinds that the data themselves tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.book import Disclosure, Project
from disclosure.language.numbers import YUAN_PER, unit_name
from disclosure.site.blocks import Choice, Filter
from disclosure.site.edition import Edition
from disclosure.site.views.years import before

# The columns of the list as the address of a page names them (``?sort=-amount``).
COLUMNS = ("number", "name", "amount", "use", "code")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filter of the list, and the kinds of each project by its code."""

    filter: Filter
    kinds: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Kind:
    group: str
    value: str  # the same in both languages: it stands in addresses
    label: str
    projects: frozenset[str]


def narrowing(edition: Edition, disclosure: Disclosure) -> Narrowing:
    """How the projects can be narrowed; a kind of none of them, or of all, is no choice."""
    assert disclosure.budget is not None
    every = {project.code for project in disclosure.projects}
    found = [
        kind for kind in _kinds(edition, disclosure) if kind.projects and kind.projects < every
    ]
    groups: dict[str, tuple[Choice, ...]] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    for kind in found:
        count = edition.say("parenthesis", text=len(kind.projects))
        choice = Choice(
            kind.value, f"{kind.label}{count}" if edition.lang == "zh" else f"{kind.label} {count}"
        )
        groups[kind.group] = (*groups.get(kind.group, ()), choice)
        for code in kind.projects:
            kinds[code] = (*kinds.get(code, ()), kind.value)
    unit = disclosure.budget.unit
    return Narrowing(
        Filter(COLUMNS, unit_name(unit, edition.lang), YUAN_PER[unit], tuple(groups.items())),
        kinds,
    )


def _kinds(edition: Edition, disclosure: Disclosure) -> Iterator[_Kind]:
    yield from _sources(edition, disclosure)
    yield from _highlights(edition, disclosure)
    yield from _new(edition, disclosure)
    yield from _policies(edition, disclosure)


def _sources(edition: Edition, disclosure: Disclosure) -> Iterator[_Kind]:
    """Where the money comes from: sources with an amount other than zero."""
    label: dict[str, str] = {}
    paid: dict[str, set[str]] = {}
    for project in disclosure.projects:
        for printed, figure in project.file.sources.items():
            word = edition.book.vocabulary.word("fund_source", printed)
            label.setdefault(word.id, edition.word("fund_source", printed).text)
            if figure.value:
                paid.setdefault(word.id, set()).add(project.code)
    group = edition.say("filter.kind.source")
    for id, codes in paid.items():
        yield _Kind(group, f"source-{id}", label[id], frozenset(codes))


def _highlights(edition: Edition, disclosure: Disclosure) -> Iterator[_Kind]:
    """Items of expenditure that the text names; a link that the editors inferred says so."""
    group = edition.say("filter.kind.highlight")
    codes = {project.code for project in disclosure.projects}
    for highlight in disclosure.budget.highlights if disclosure.budget else ():
        name = edition.phrase(highlight.name).text
        if highlight.because:
            name = f"{name} · {edition.say('inference')}"
        projects = codes.intersection(highlight.projects)
        yield _Kind(group, f"highlight-{highlight.id}", name, frozenset(projects))


def _new(edition: Edition, disclosure: Disclosure) -> Iterator[_Kind]:
    """Projects of the year before that go on, under their code or one that continues it."""
    last = before(edition, disclosure)
    if last is None or not last.projects:
        return
    known = {project.code for project in last.projects}

    def goes_on(project: Project) -> bool:
        return project.code in known or project.file.continues in known

    group = edition.say("filter.kind.since", year=last.header.year)
    every = frozenset(project.code for project in disclosure.projects)
    old = frozenset(project.code for project in disclosure.projects if goes_on(project))
    yield _Kind(group, "new", edition.say("filter.kind.new"), every - old)
    yield _Kind(group, "continued", edition.say("filter.kind.continued"), old)


def _policies(edition: Edition, disclosure: Disclosure) -> Iterator[_Kind]:
    """Policy documents that projects cite, in the order of their page."""
    citing: dict[str, set[str]] = {}
    for project in disclosure.projects:
        for policy in edition.citations.policies(disclosure, project):
            citing.setdefault(policy.id, set()).add(project.code)
    group = edition.say("filter.kind.policy")
    for policy in edition.book.policies:
        if policy.id in citing:
            name = policy.name(edition.lang)
            yield _Kind(group, f"policy-{policy.id}", name, frozenset(citing[policy.id]))
