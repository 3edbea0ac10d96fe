"""All rules over a book: in one process or in several, and what is asked of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pytest
from tests.unit.conftest import ROOT, YEAR, SmallBook

from disclosure import source
from disclosure.book import Book, Disclosure, load_book
from disclosure.problems import Severity
from disclosure.publish.processes import in_order
from disclosure.rules import examine as examining
from disclosure.rules.cross_year import bases
from disclosure.rules.examine import Examination, Mapper, _of_disclosure, examine

PO = "translations/en/all.po"
PROJECT = f"{YEAR}/projects/P1.yml"
FAULTY = {
    PROJECT: ("use: 取暖补助", "use: 待定"),
    f"{YEAR}/budget.yml": ("amount: 60\n", "amount: 60.42\n"),
    PO: ('msgid "综合科"', '#, fuzzy\nmsgid "综合科"'),
}
"""A placeholder, two texts without English, a sum, an entry not reviewed."""


@pytest.fixture
def faulty(small_book: SmallBook) -> Book:
    unused = 'msgid ""\nmsgstr ""\n\nmsgid "没有了"\nmsgstr "Gone 13912345678"\n'
    return small_book(FAULTY, {"translations/en/more.po": unused})


def at_once(work: Callable[[str], bytes], pieces: Iterable[str]) -> Iterator[bytes]:
    return map(work, pieces)


def everything(found: Examination) -> tuple[object, ...]:
    of_each = {
        address: (tuple(each.checks), each.findings) for address, each in found.disclosures.items()
    }
    return of_each, found.findings, found.problems


@pytest.mark.parametrize("pieces", [1, 3, 5000])
def test_several_processes_find_what_one_finds(
    faulty: Book, real_book: Book, monkeypatch: pytest.MonkeyPatch, pieces: int
) -> None:
    monkeypatch.setattr(examining, "_ENTRIES", pieces)
    alone = examine(faulty)
    rules = {each.code for each in alone.problems}
    assert rules >= {"A409", "H604", "P802", "T505", "T506", "T507"}
    assert everything(examine(faulty, at_once)) == everything(alone)
    if pieces > 3:
        assert everything(examine(real_book, at_once)) == everything(examine(real_book))


def test_they_are_real_processes(faulty: Book) -> None:
    shared = examine(faulty, partial(in_order, processes=2))
    assert everything(shared) == everything(examine(faulty))


def test_what_is_sent_is_small(faulty: Book) -> None:
    sent: list[bytes] = []

    def mapper(work: Callable[[str], bytes], pieces: Iterable[str]) -> Iterable[bytes]:
        sent.extend(map(work, pieces))
        return sent

    examine(faulty, mapper)
    assert sum(map(len, sent)) < 6000
    assert not any(b"schedule:" in each for each in sent), "the text of a file"


@pytest.mark.parametrize("mapper", [None, at_once])
def test_no_file_is_parsed_for_lines_that_nobody_asks_for(
    small_book: SmallBook, monkeypatch: pytest.MonkeyPatch, mapper: Mapper | None
) -> None:
    book = small_book({PROJECT: ("use: 取暖补助", "use: 待补助")})
    parsed: list[str] = []
    parse = source._parse_whole

    def counted(text: str, found: source._Problems) -> object:
        parsed.append(found.file)
        return parse(text, found)

    monkeypatch.setattr(source, "_parse_whole", counted)
    found = examine(book, mapper)
    assert found.those(lambda each: each.severity is Severity.ERROR) == ()
    assert not any(file.endswith("P1.yml") for file in parsed)
    (missing,) = found.those(lambda each: each.code == "T505")
    assert missing.span.line == 8
    assert any(file.endswith("P1.yml") for file in parsed)


def test_findings_of_one_file_are_in_the_order_of_its_lines(
    small_book: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the keys of the file, which takes no line, as by the lines themselves."""
    texts = "objectives:\n  - 待补助\n  - 待定\n  - 又一个"
    book = small_book({PROJECT: ("objectives:\n  - 让居民温暖过冬", texts)})
    by_keys = examine(book)
    monkeypatch.setattr(examining, "_order", lambda place: None)
    by_lines = examine(book)
    assert everything(by_keys) == everything(by_lines)
    (one,) = by_keys.disclosures.values()
    places = [each.problem.span for each in one.findings if each.place.file == "projects/P1.yml"]
    assert len(places) == 4, "one of them is an empty form as well"
    assert places == sorted(places)


def test_rules_of_a_disclosure_look_at_no_other_but_its_bases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is remembered of a disclosure goes by the files of these."""
    example_book = load_book(ROOT / "examples" / "district" / "data")
    looked_at: set[tuple[str, str]] = set()
    find = Book.disclosure

    def recorded(book: Book, department: str, slug: str) -> Disclosure | None:
        looked_at.add((department, slug))
        return find(book, department, slug)

    monkeypatch.setattr(Book, "disclosure", recorded)
    met: set[tuple[str, str]] = set()
    for each in example_book.disclosures:
        looked_at.clear()
        _of_disclosure(example_book, each)
        assert looked_at <= {(each.department, slug) for slug in bases(each)}
        met |= looked_at
    assert met
