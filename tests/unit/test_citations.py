"""Who cites which policy document, looked for when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.book import Book, Project, read_book
from disclosure.model.policy import Policy
from disclosure.model.vocabulary import fold
from disclosure.site import citations
from disclosure.site.citations import Citations

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def book() -> Book:
    return the_book()


def the_book() -> Book:
    read, _ = read_book(ROOT / "data")
    assert read
    return read


def test_a_project_cites_what_its_texts_name(book: Book) -> None:
    """As a reader would find it: in all texts of the project together."""
    found = Citations.of(book)
    cited = 0
    for disclosure in book.disclosures:
        for project in disclosure.projects:
            texts = [project.file.name, project.file.use or "", *project.file.objectives]
            for rows in project.file.indicators.values():
                for row in rows:
                    texts += [row.name, row.target, row.description or "", row.basis or ""]
            whole = fold("\n".join(texts))
            expected = [
                policy
                for policy in book.policies
                if any(
                    form in whole
                    for form in (
                        *([fold(policy.number.zh)] if policy.number else []),
                        *([fold(policy.title.zh).strip("《》")] if policy.title else []),
                        *map(fold, policy.cited_as),
                    )
                )
            ]
            assert list(found.policies(disclosure, project)) == expected
            cited += len(expected)
            for policy in book.policies:
                assert ((disclosure, project) in found.projects[policy.id]) == (policy in expected)
    assert cited


_NAMES = st.lists(st.lists(st.text("甲乙a", max_size=7), max_size=3), max_size=6)


@given(names=_NAMES, text=st.text("甲乙a", max_size=30))
def test_names_of_any_length_are_found_in_the_order_of_the_book(
    book: Book, names: list[list[str]], text: str
) -> None:
    """Short ones too, those that begin alike, and one within another."""
    disclosure = next(iter(book.disclosures))
    policies = tuple(
        Policy.model_construct(id=str(number), cited_as=tuple(each))
        for number, each in enumerate(names)
    )
    file = disclosure.projects[0].file
    file = file.model_copy(update={"name": text, "use": None, "objectives": (), "indicators": {}})
    project = replace(disclosure.projects[0], file=file)
    found = Citations(replace(book, policies=policies)).policies(disclosure, project)
    cited = [str(number) for number, each in enumerate(names) if any(name in text for name in each)]
    assert [policy.id for policy in found] == cited


def test_only_what_is_asked_for_is_looked_through(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    texts = citations._texts

    def read(project: Project) -> Iterator[str]:
        looked.append(project.code)
        return texts(project)

    monkeypatch.setattr(citations, "_texts", read)
    disclosure = next(each for each in book.disclosures if len(each.projects) > 1)
    project = disclosure.projects[0]
    found = Citations(book)
    assert found.policies(disclosure, project) == found.policies(disclosure, project)
    assert looked == [project.code]


def test_both_languages_share_what_was_found(book: Book) -> None:
    first = Citations.of(book)
    assert Citations.of(book) is first
    other = the_book()
    assert Citations.of(other) is not first and Citations.of(other).book is other
