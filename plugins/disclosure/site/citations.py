"""Who cites which policy document: found in the printed text, so nothing is stored twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from disclosure.book import Book, Disclosure, Project
from disclosure.model.policy import Policy
from disclosure.model.vocabulary import fold

Citing = tuple[Disclosure, Project]

_PIECE = 8  # characters of the beginning of a name


@dataclass(frozen=True)
class Citations:
    """Projects by policy id and policies by project, in printed order.

    A project is looked through when it is asked for: a department that is built by itself needs its
    own.
    """

    book: Book
    _found: dict[tuple[str, str, str], tuple[Policy, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, book: Book) -> Citations:
        """The citations in ``book``: the same for both languages, and looked for once."""
        if not _LAST or _LAST[0].book is not book:
            _LAST[:] = [cls(book)]
        return _LAST[0]

    @cached_property
    def _forms(self) -> Mapping[str, tuple[str, ...]]:
        """How each policy document is named, folded, by its id."""
        return {policy.id: tuple(dict.fromkeys(_forms(policy))) for policy in self.book.policies}

    @cached_property
    def projects(self) -> Mapping[str, tuple[Citing, ...]]:
        """The projects of the whole book that cite each policy, by its id."""
        citing: dict[str, list[Citing]] = {policy.id: [] for policy in self.book.policies}
        for disclosure in self.book.disclosures:
            for project in disclosure.projects:
                for policy in self.policies(disclosure, project):
                    citing[policy.id].append((disclosure, project))
        return {id: tuple(each) for id, each in citing.items()}

    def policies(self, disclosure: Disclosure, project: Project) -> tuple[Policy, ...]:
        """The policy documents that a project cites."""
        key = (disclosure.department, disclosure.slug, project.code)
        if (found := self._found.get(key)) is None:
            text = "".join(map(fold, _texts(project)))
            places = {
                place
                for start in {"", *self._beginning.findall(text)}
                for form, place in self._starts.get(start, ())
                if form in text
            }
            found = tuple(self.book.policies[place] for place in sorted(places))
            self._found[key] = found
        return found

    @cached_property
    def _starts(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """The names and the places of the policy documents, by how a name begins.

        A city cites hundreds of documents, and a text is not looked through for each: only for
        those whose beginning is in it. Under the empty text stand names too short to have one.
        """
        starts: dict[str, list[tuple[str, int]]] = {}
        for place, policy in enumerate(self.book.policies):
            for form in self._forms[policy.id]:
                start = form[:_PIECE] if len(form) >= _PIECE else ""
                starts.setdefault(start, []).append((form, place))
        return {start: tuple(each) for start, each in starts.items()}

    @cached_property
    def _beginning(self) -> re.Pattern[str]:
        """Finds pieces of a text that may begin a name, each wherever it stands."""
        first = "".join(map(re.escape, {start[0] for start in self._starts if start}))
        return re.compile(rf"(?=([{first}].{{{_PIECE - 1}}}))" if first else "(?!)", re.DOTALL)

    def cites(self, folded: str, policy: Policy) -> bool:
        """Whether a folded text names the policy document."""
        return any([form in folded for form in self._forms[policy.id]])


# Those of one book: the next build reads another.
_LAST: list[Citations] = []


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
