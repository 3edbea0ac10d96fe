"""What the editors acknowledge: which findings an entry explains, and which entries are wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.conftest import YEAR, SmallBook, WriteData

from disclosure.book import Acknowledgements, Book, Place, load_book
from disclosure.cli import main
from disclosure.decode import decode_list
from disclosure.model.acknowledgement import Acknowledgement
from disclosure.model.fields import Figure
from disclosure.problems import CATALOGUE, Severity, Span
from disclosure.rules.acknowledged import acknowledge
from disclosure.rules.check import Check, Term
from disclosure.rules.examine import examine
from disclosure.rules.finding import Finding, finding
from disclosure.site.places import listings
from disclosure.source import parse_yaml

LIST = f"{YEAR}/acknowledged.yml"
PLACE = "budget.yml/highlights/1/amount"
TOO_MUCH = {f"{YEAR}/budget.yml": ("amount: 60\n", "amount: 60.42\n")}
"""A highlight of 60.42 for a project with a budget of 60.00 (A409)."""
EXPLANATION = "  explanation: {zh: 文件就是这样印的。, en: The document prints it so.}\n"
HINT = next(code for code, entry in CATALOGUE.items() if entry.severity is Severity.HINT)


def entry(rule: str = "A409", place: str = PLACE, difference: str = "0.42") -> str:
    """One entry of the list, without the keys whose values are empty."""
    return (
        f"- rule: {rule}\n"
        + (f"  place: {place}\n" if place else "")
        + (f"  difference: {difference}\n" if difference else "")
        + EXPLANATION
    )


def findings(book: Book) -> tuple[Finding, ...]:
    """What the rules say about the disclosure."""
    (disclosure,) = book.disclosures
    return examine(book).of(disclosure).findings


def said(found: Sequence[Finding]) -> list[tuple[str, bool]]:
    """Rule by rule, and whether it is explained."""
    return [(each.rule, each.problem.acknowledged) for each in found]


def test_a_figure_is_explained_by_place_and_difference_and_stays(small_book: SmallBook) -> None:
    (found,) = findings(small_book(TOO_MUCH, {LIST: entry()}))
    assert found.rule == "A409"
    assert found.address == PLACE
    assert found.difference == Decimal("0.42")
    assert found.problem.explanation is not None
    assert found.problem.explanation.zh == "文件就是这样印的。"
    assert found.problem.explanation.en == "The document prints it so."


@pytest.mark.parametrize(("text", "code"), [(entry(), 0), ("", 1)], ids=["explained", "not"])
def test_strict_fails_for_what_is_not_explained_only(
    write_data: WriteData, capsys: pytest.CaptureFixture[str], text: str, code: int
) -> None:
    """The report shows the figure in both cases, and counts it."""
    folder = write_data(TOO_MUCH, {LIST: text} if text else {})
    assert main(["check", str(folder), "--strict", "--lang", "en"]) == code
    said = capsys.readouterr().out
    assert said.count(" A409 ") == 1
    assert f"{YEAR}/budget.yml:16:13 A409 " in said
    assert re.search(r"^errors 0, figures[^,]* 1\b", said, re.M)
    assert main(["check", str(folder)]) == 0


@pytest.mark.parametrize("difference", ["0.42", "0.420", "+0.42", "0.4200"])
def test_the_difference_is_a_number_and_not_a_spelling(
    small_book: SmallBook, difference: str
) -> None:
    assert said(findings(small_book(TOO_MUCH, {LIST: entry(difference=difference)}))) == [
        ("A409", True)
    ]


@pytest.mark.parametrize("difference", ["5.42", "-0.42", "0.41", "0", "", "不适用"])
def test_another_difference_explains_nothing(small_book: SmallBook, difference: str) -> None:
    fault, found = findings(small_book(TOO_MUCH, {LIST: entry(difference=difference)}))
    assert said([fault, found]) == [("K904", False), ("A409", False)]
    assert fault.place.file == "acknowledged.yml"
    assert dict(fault.problem.values) == {"found": difference, "difference": "0.42"}


def test_the_difference_that_the_message_shows_can_be_copied(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also a negative one, which the report prints with a true minus sign."""
    old, new = TOO_MUCH[f"{YEAR}/budget.yml"]
    folder = write_data({f"{YEAR}/budget.yml": (old, new.replace("60.42", "59"))})
    main(["check", str(folder), "--lang", "en"])
    shown = re.findall(r"difference (\S+)", capsys.readouterr().out)
    assert shown == ["\u22121.00"]
    (folder / LIST).write_text(entry(difference=shown[0]), "utf-8")
    assert said(findings(load_book(folder))) == [("A409", True)]
    (folder / LIST).write_text(entry(difference="1.00"), "utf-8")
    fault, _ = findings(load_book(folder))
    assert dict(fault.problem.values) == {"found": "1.00", "difference": shown[0]}


def test_an_explanation_of_a_figure_now_right_is_refused(small_book: SmallBook) -> None:
    (fault,) = findings(small_book(files={LIST: entry()}))
    assert fault.rule == "K901"
    assert dict(fault.problem.values) == {"rule": "A409", "at": PLACE, "nearest": ""}
    assert fault.problem.span.file == f"data/{LIST}"
    assert fault.problem.span.line == 1
    assert fault.problem.severity is Severity.FIGURE  # refused with --strict


@pytest.mark.parametrize(
    "place",
    [
        "budget.yml/highlights/1/amuont",
        "budget.yml/highlights",  # a figure is not explained from above
        "budget.yml/highlights/1/amount/",
        "budget.yml/highlights/0/amount",
        "budget.yml/highlights/clean-heating/amount",
        "highlights/1/amount",
        "Budget.yml/highlights/1/amount",
    ],
)
def test_a_wrong_place_explains_nothing_and_the_right_one_is_named(
    small_book: SmallBook, place: str
) -> None:
    fault, found = findings(small_book(TOO_MUCH, {LIST: entry(place=place)}))
    assert not found.problem.acknowledged
    assert fault.rule in ("K901", "K903")
    assert dict(fault.problem.values)["nearest"] == PLACE


def test_a_place_nothing_like_any_other_gets_no_suggestion(small_book: SmallBook) -> None:
    fault, _ = findings(small_book(TOO_MUCH, {LIST: entry(place="x")}))
    assert dict(fault.problem.values)["nearest"] == ""


@pytest.mark.parametrize("rule", ["A999", "Z100", "R306", "S204", "T501", "K901", "K904"])
def test_an_error_or_an_unknown_rule_cannot_be_acknowledged(
    small_book: SmallBook, rule: str
) -> None:
    fault, found = findings(small_book(TOO_MUCH, {LIST: entry(rule)}))
    assert said([fault, found]) == [("K902", False), ("A409", False)]
    assert dict(fault.problem.values) == {"rule": rule}


@pytest.mark.parametrize("rule", ["a409", "Ａ409", "A4091", "409", "", "[A409]", "A409\u200b"])
def test_what_is_no_code_of_a_rule(
    write_data: WriteData, capsys: pytest.CaptureFixture[str], rule: str
) -> None:
    assert main(["check", str(write_data(TOO_MUCH, {LIST: entry(rule)})), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert " S217 " in said or " Y104 " in said


def test_a_figure_needs_its_place(small_book: SmallBook) -> None:
    fault, found = findings(small_book(TOO_MUCH, {LIST: entry(place="")}))
    assert said([fault, found]) == [("K903", False), ("A409", False)]
    assert dict(fault.problem.values) == {"rule": "A409", "nearest": PLACE}


def test_of_two_entries_for_one_finding_the_second_explains_nothing(
    small_book: SmallBook,
) -> None:
    fault, found = findings(small_book(TOO_MUCH, {LIST: entry() * 2}))
    assert said([fault, found]) == [("K901", False), ("A409", True)]
    assert fault.place.path == (1,)


def test_each_wrong_entry_is_named_and_a_right_one_still_holds(small_book: SmallBook) -> None:
    text = entry("A406") + entry() + entry("R306")
    assert said(findings(small_book(TOO_MUCH, {LIST: text}))) == [
        ("K901", False),
        ("K902", False),
        ("A409", True),
    ]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["byte order mark", "lines of Windows", "no line end"],
)
def test_the_file_may_come_from_windows(
    write_data: WriteData, encode: Callable[[str], bytes]
) -> None:
    folder = write_data(TOO_MUCH)
    (folder / LIST).write_bytes(encode(entry()))
    assert said(findings(load_book(folder))) == [("A409", True)]


def test_the_list_at_the_top_is_not_for_the_files_of_a_disclosure(small_book: SmallBook) -> None:
    book = small_book(TOO_MUCH, {"acknowledged.yml": entry(place=f"{YEAR}/{PLACE}")})
    assert said(findings(book)) == [("A409", False)]
    (fault,) = examine(book).findings
    assert fault.rule == "K901"


def test_a_missing_translation_is_explained_without_a_difference(small_book: SmallBook) -> None:
    edits = {f"{YEAR}/procurement.yml": ("空表列示", "空表")}
    text = entry("T505", "procurement.yml/empty_note", "")
    assert said(findings(small_book(edits, {LIST: text}))) == [("T505", True)]


# Findings made for the purpose, as any rule makes them.


def at(file: str, *path: str | int) -> Place:
    return Place(file, path, Span(f"data/{YEAR}/{file}", 1, 1))


def made(rule: str, place: Place, check: Check | None = None) -> Finding:
    values = dict.fromkeys(CATALOGUE[rule].fields, "x")
    return replace(finding(rule, place, **values), check=check)


def hint(file: str, *path: str | int) -> Finding:
    return made(HINT, at(file, *path))


def figure(difference: str, *path: str | int) -> Finding:
    """A figure that is larger than what it should equal by ``difference``."""
    place, value = at("budget.yml", *path), Decimal(difference)
    printed = Term(("key", "a"), Figure(difference, value), place)
    return made("A409", place, Check("A409", place, "万元", printed, Decimal(0), ()))


def listed(text: str) -> Acknowledgements:
    source, problems = parse_yaml(text, "acknowledged.yml")
    assert source and problems == ()
    entries, found = decode_list(source, Acknowledgement)
    assert found == ()
    return Acknowledgements(entries, source)


HINTS = (
    hint("budget.yml", "total"),
    hint("projects/P1.yml", "use"),
    hint("projects/P2.yml", "use"),
)


@pytest.mark.parametrize(
    ("place", "explained"),
    [
        ("", [True, True, True]),
        ("projects", [False, True, True]),
        ("projects/", [False, True, True]),
        ("projects/P1.yml", [False, True, False]),
        ("projects/P1.yml/use", [False, True, False]),
        ("budget.yml", [True, False, False]),
    ],
)
def test_a_hint_may_be_explained_for_a_file_a_folder_or_everything(
    place: str, explained: list[bool]
) -> None:
    found = acknowledge(HINTS, listed(entry(HINT, place, "")))
    assert [each.problem.acknowledged for each in found] == explained


@pytest.mark.parametrize(
    "place", ["project", "projects/P", "P1.yml", "projects/P1.yml/u", "/", "."]
)
def test_the_beginning_of_a_name_is_no_folder(place: str) -> None:
    *hints, fault = acknowledge(HINTS, listed(entry(HINT, place, "")))
    assert fault.rule == "K901"
    assert not any(each.problem.acknowledged for each in hints)


def test_the_most_exact_explanation_wins_where_it_stands_first() -> None:
    text = entry(HINT, "projects/P1.yml", "").replace("印", "写") + entry(HINT, "projects", "")
    said = [each.problem.explanation for each in acknowledge(HINTS, listed(text))]
    assert [each.zh if each else "" for each in said] == [
        "",
        "文件就是这样写的。",
        "文件就是这样印的。",
    ]


def test_an_entry_explains_its_own_rule_only() -> None:
    other = made("T505", at("projects/P1.yml", "use"))
    found = acknowledge((*HINTS, other), listed(entry(HINT, "projects/P1.yml/use", "")))
    assert said(found) == [(HINT, False), (HINT, True), (HINT, False), ("T505", False)]


def test_two_findings_of_a_rule_at_one_place_are_told_apart_by_their_difference() -> None:
    both = (figure("0.42", "total"), figure("-1", "total"))
    place = "budget.yml/total"
    first = acknowledge(both, listed(entry(place=place)))
    assert said(first) == [("A409", True), ("A409", False)]
    second = acknowledge(both, listed(entry(place=place, difference="-1.00")))
    assert said(second) == [("A409", False), ("A409", True)]
    each = acknowledge(both, listed(entry(place=place, difference="-1") + entry(place=place)))
    assert said(each) == [("A409", True), ("A409", True)]


def test_the_nearest_place_is_that_of_the_same_rule() -> None:
    found = (made("T505", at("projects/P1.yml", "usf")), *HINTS)
    *_, fault = acknowledge(found, listed(entry(HINT, "projects/P1.yml/usf", "")))
    assert dict(fault.problem.values)["nearest"] == "projects/P1.yml/use"


def test_items_of_a_list_are_counted_from_one() -> None:
    found = (figure("0.42", "highlights", 0, "amount"), figure("0.42", "highlights", 1, "amount"))
    explained = acknowledge(found, listed(entry(place="budget.yml/highlights/1/amount")))
    assert said(explained) == [("A409", True), ("A409", False)]


def test_without_a_list_nothing_changes() -> None:
    assert acknowledge(HINTS, None) == HINTS


def test_a_stale_explanation_lets_the_pages_be_seen_and_is_not_on_them(
    small_book: SmallBook,
) -> None:
    book = small_book(TOO_MUCH, {LIST: entry(difference="9.99")})
    (disclosure,) = book.disclosures
    examination = examine(book)
    assert {each.rule for each in examination.of(disclosure).findings} == {"K904", "A409"}
    (listing,) = listings(book, examination, "all").values()
    assert [each.finding.rule for each in listing.findings] == ["A409"]
