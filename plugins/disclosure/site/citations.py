"""Who cites which policy document: found in the printed text, so nothing is stored twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from disclosure.book import Book, Disclosure, Project
from disclosure.model.policy import Policy
from disclosure.model.vocabulary import fold

Citing = tuple[Disclosure, Project]


@dataclass(frozen=True)
class Citations:
    """Projects by policy id and policies by project, in printed order."""

    projects: Mapping[str, tuple[Citing, ...]]
    _policies: Mapping[tuple[str, str, str], tuple[Policy, ...]]
    _forms: Mapping[str, tuple[str, ...]]
    """How each policy document is named, folded, by its id."""

    @classmethod
    def of(cls, book: Book) -> Citations:
        """Look for every policy in every project of ``book``."""
        forms = {policy.id: tuple(_forms(policy)) for policy in book.policies}
        any_form = re.compile(
            "|".join(
                re.escape(form)
                for form in sorted({f for fs in forms.values() for f in fs}, key=len, reverse=True)
            )
            or r"(?!)"
        )
        projects: dict[str, list[Citing]] = {policy.id: [] for policy in book.policies}
        policies: dict[tuple[str, str, str], tuple[Policy, ...]] = {}
        for disclosure in book.disclosures:
            for project in disclosure.projects:
                text = fold("\n".join(_texts(project)))
                cited = tuple(
                    policy
                    for policy in (book.policies if any_form.search(text) else ())
                    if any(form in text for form in forms[policy.id])
                )
                policies[disclosure.department, disclosure.slug, project.code] = cited
                for policy in cited:
                    projects[policy.id].append((disclosure, project))
        return cls({id: tuple(citing) for id, citing in projects.items()}, policies, forms)

    def policies(self, disclosure: Disclosure, project: Project) -> tuple[Policy, ...]:
        """The policy documents that a project cites."""
        return self._policies[disclosure.department, disclosure.slug, project.code]

    def cites(self, folded: str, policy: Policy) -> bool:
        """Whether a folded text names the policy document."""
        return any(form in folded for form in self._forms[policy.id])


def _forms(policy: Policy) -> Iterator[str]:
    if policy.number:
        yield fold(policy.number.zh)
    if policy.title:
        yield fold(policy.title.zh).strip("《》")
    yield from (fold(form) for form in policy.cited_as)


def _texts(project: Project) -> Iterator[str]:
    file = project.file
    yield file.name
    yield file.use or ""
    yield from file.objectives
    for indicators in file.indicators.values():
        for indicator in indicators:
            yield from (indicator.name, indicator.target)
            yield from (indicator.description or "", indicator.basis or "")
