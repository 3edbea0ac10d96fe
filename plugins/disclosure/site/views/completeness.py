"""The completeness page: everything that is asked for, its state, its basis and its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from disclosure.book import Disclosure
from disclosure.language.numbers import day
from disclosure.rules.completeness import Group, Item, items
from disclosure.rules.finding import Finding
from disclosure.site.blocks import (
    Block,
    Cell,
    Line,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
)
from disclosure.site.edition import (
    Edition,
    overview_page,
    part_page,
    table_page,
)
from disclosure.site.routes import Kind, PageId, Part
from disclosure.site.views.overview import about

_GROUPS: tuple[Group, ...] = ("tables", "parts", "details")
_COLUMNS = ("item", "state", "basis")
_Known = Mapping[tuple[str, str], Finding]


def completeness(edition: Edition, disclosure: Disclosure) -> Page:
    """What the law and custom ask for, item by item."""
    listed = items(disclosure, edition.book)
    required = [item for item in listed if item.required]
    # The rules have run over the whole book by now, and the editors’ explanations are with them.
    known = {(each.rule, each.address): each for each in edition.examined(disclosure).findings}
    wanting = [item for item in required if item.findings]
    counts = edition.line(
        "completeness.counts",
        total=len(required),
        settled=len(required) - len(wanting),
        wanting=len(wanting),
        explained=sum(all(_is_explained(each, known) for each in i.findings) for i in wanting),
    )
    blocks: list[Block] = [
        Paragraph(edition.line("completeness.lead"), "lead"),
        Notice(counts, "warning" if wanting else "ok"),
    ]
    for group in _GROUPS:
        rows = [item for item in listed if item.group == group]
        title = edition.line(f"completeness.{group}")
        table = _table(edition, disclosure, group, rows, known)
        blocks.append(Section(group, title, (table,)))
    kind, described = Kind.COMPLETENESS, edition.say("completeness.lead")
    return about(edition, disclosure, kind, described, blocks, "disclosure.yml", weight=3)


def _is_explained(found: Finding, known: _Known) -> bool:
    return known.get((found.rule, found.address), found).problem.acknowledged


def _table(
    edition: Edition,
    disclosure: Disclosure,
    group: Group,
    listed: list[Item],
    known: _Known,
) -> Table:
    return Table(
        caption=edition.line(f"completeness.{group}"),
        heads=(tuple(edition.head(f"completeness.{key}") for key in _COLUMNS),),
        labels=tuple(edition.say(f"completeness.{key}") for key in _COLUMNS),
        rows=tuple(_row(edition, disclosure, item, known) for item in listed),
        layout="cards",
        anchor=f"{group}-table",
    )


def _row(edition: Edition, disclosure: Disclosure, item: Item, known: _Known) -> Row:
    page, anchor = _target(disclosure, item)
    basis = Phrase(item.basis[edition.lang], edition.lang, literal=True)
    word = edition.say(f"completeness.state.{_state(item)}")
    state: Line = (Phrase(word, edition.lang, style="strong", literal=True),)
    for index, remark in enumerate(_remarks(edition, item, known)):
        before = " " if index else edition.say("label.colon")
        state = (*state, Phrase(before, edition.lang), *remark)
    return Row(
        (
            Cell((edition.link(_name(edition, disclosure, item), page, anchor),), header=True),
            Cell(state),
            Cell((basis,)),
        ),
        anchor=f"{item.group}-{item.id}",
    )


def _name(edition: Edition, disclosure: Disclosure, item: Item) -> str:
    match item.group:
        case "tables":
            form = edition.book.forms.form(disclosure.kind, item.id)
            assert form is not None
            number = edition.say("tables.number", number=form.number)
            return f"{number}{edition.say('label.colon')}{form.title[edition.lang]}"
        case "parts":
            return edition.part_title(disclosure, Part(item.id))
        case "details":
            return edition.say(f"completeness.detail.{item.id}")


def _target(disclosure: Disclosure, item: Item) -> tuple[PageId, str]:
    """The page of an item and the place on it."""
    if item.group == "tables":
        return table_page(disclosure, item.id), ""
    if item.group == "parts":
        return part_page(disclosure, Part(item.id)), ""
    match item.id:
        case "functional":
            return table_page(disclosure, "general-public-budget"), ""
        case "economic":
            return table_page(disclosure, "basic-expenditure"), ""
        case "unit":
            return part_page(disclosure, Part.SUMMARY), ""
        case _:
            return overview_page(disclosure), "introduction"


def _state(item: Item) -> str:
    """The state in a word, for the key of its text."""
    if item.state == "missing" and not item.required:
        return "not_asked"
    if item.state == "given" and item.group == "details":
        return "recorded"
    if item.state == "empty" and item.note:
        return "empty_noted"
    if item.state == "empty" and item.group == "parts" and not item.findings:
        return "heading_only"
    return item.state


def _remarks(edition: Edition, item: Item, known: _Known) -> Iterator[Line]:
    """Words of the document, a date or a number of days, and what the rules and editors say."""
    if item.note:
        yield edition.text(item.note)
    if item.id == "deadline" and item.value:
        yield edition.line("completeness.days", days=item.value.replace("-", "−"))
    elif item.value:
        yield (Phrase(day(item.value, edition.lang), edition.lang, literal=True),)
    if not edition.shows_checks:
        return
    for found in item.findings:
        said_of_it = known.get((found.rule, found.address), found).problem
        if item.state != "missing":
            message = said_of_it.message(edition.lang)
            yield (Phrase(edition.say("checks.notice", what=message), edition.lang, literal=True),)
        if said_of_it.explanation is not None:
            text = said_of_it.explanation.in_language(edition.lang)
            yield (Phrase(edition.say("checks.explained", text=text), edition.lang, literal=True),)
        else:
            yield edition.line("checks.unexplained.sentence")
