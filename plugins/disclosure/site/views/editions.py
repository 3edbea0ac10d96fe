"""The change log of a disclosure: its editions, newest first, and what each of them changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.book import Book, Disclosure, StoredEdition
from disclosure.changes.compare import Change, Unit, changes
from disclosure.changes.compare import Kind as ChangeKind
from disclosure.changes.wording import Piece, pieces
from disclosure.export.canonical import canonical, digest, disclosure_document
from disclosure.export.files import edition_address
from disclosure.language.catalogue import has_chinese
from disclosure.language.numbers import day, plain
from disclosure.model.editions import PublishedEdition
from disclosure.problems import Bilingual
from disclosure.site.blocks import (
    Block,
    Cell,
    Facts,
    Items,
    Line,
    Link,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
    line_text,
)
from disclosure.site.edition import Edition, disclosure_page, latest_edition
from disclosure.site.reference import reference
from disclosure.site.routes import Kind, Target
from disclosure.site.views.citation import citation, short_citation, stable_address
from disclosure.site.views.overview import about
from disclosure.site.views.subscribe import subscribe

# The page is bounded, whatever was published: its JSON has the rest.
_COMPARED = 20
"""Editions that are compared with the one before and with the newest, from the newest; those that
are cited in full."""
_LISTED = 80
"""Changes that are listed on the page,"""
_BYTES = 9_000
"""and the bytes of UTF-8 that they have together: compressed, about 6,000 of Chinese."""
_OPEN = 12
"""Changes of an edition that are listed without being asked for,"""
_NEWEST = 3
"""and the editions that this holds for; those of the others are folded."""
_AROUND = 24
"""Characters shown before and after what changed in a text."""
_LONGEST = 240
"""Characters shown of a text, once what stayed the same is cut to those."""


@dataclass(frozen=True, slots=True)
class _Room:
    """What is left on the page for changes: rows, and bytes of their text."""

    rows: int = _LISTED
    bytes: int = _BYTES


@dataclass(frozen=True, slots=True)
class LoggedEdition:
    """An edition, and what it changed: None where it was not compared with one before it.

    ``later``: what changed from it to the newest; None where it was not compared, and for the
    newest two, of which the newest itself says it.
    """

    entry: PublishedEdition
    file: str
    """The address of its JSON below the root of the site; empty where that is missing."""
    changed: tuple[Change, ...] | None = None
    later: tuple[Change, ...] | None = None


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """The editions of a disclosure, newest first. ``since``: what changed after the newest."""

    editions: tuple[LoggedEdition, ...]
    since: tuple[Change, ...] | None = None


def change_log(book: Book, disclosure: Disclosure) -> ChangeLog | None:
    """What every edition changed; None where a disclosure has none. The same for all languages.

    Takes time linear in the size of the editions that are compared.
    """
    if (newest := latest_edition(disclosure)) is None:
        return None
    assert disclosure.editions is not None
    entries, stored = disclosure.editions.entries, disclosure.editions.stored
    logged: list[LoggedEdition] = []
    for index in range(len(entries) - 1, -1, -1):
        entry = entries[index]
        here = stored.get(entry.number)
        before = stored.get(entries[index - 1].number) if index else None
        latest = stored.get(newest.number) if index < len(entries) - 2 else None
        compared = here and len(logged) < _COMPARED
        logged.append(
            LoggedEdition(
                entry,
                edition_address(disclosure, entry.number) if here else "",
                _between(book, before, here) if compared else None,
                _between(book, here, latest) if compared else None,
            )
        )
    now = disclosure_document(book, disclosure)
    last = stored.get(newest.number)
    differs = last is not None and digest(canonical(now)) != newest.sha256
    return ChangeLog(tuple(logged), changes(last.document, now, book) if last and differs else None)


def _between(
    book: Book, before: StoredEdition | None, after: StoredEdition | None
) -> tuple[Change, ...] | None:
    return changes(before.document, after.document, book) if before and after else None


def editions(edition: Edition, disclosure: Disclosure, log: ChangeLog) -> Page:
    """The page of the editions of a disclosure."""
    room = _Room()
    blocks: list[Block] = [Paragraph(edition.line("editions.lead"), "lead")]
    if log.since is not None:
        number = log.editions[0].entry.number
        blocks.append(Notice(edition.line("editions.since", number=number), "warning"))
        if log.since:
            title = edition.line("editions.since.title", number=number)
            listed, room = _fitting(edition, log.since, room)
            below = tuple(_changes(edition, listed, len(log.since), "since"))
            blocks.append(Section("since", title, below, terms=False, searched=False))
    own: list[Sequence[Change]] = []
    for each in log.editions:
        listed, room = _fitting(edition, each.changed or (), room)
        own.append(listed)
    # Every edition says what it changed before any of them repeats what changed since.
    for at, (each, listed) in enumerate(zip(log.editions, own, strict=True)):
        since, room = _fitting(edition, each.later or (), room)
        below = (
            *_later(edition, disclosure, log, at, since),
            _facts(edition, disclosure, each, at),
        )
        blocks.append(_edition(edition, each, listed, below, folded=at >= _NEWEST))
    blocks += (*citation(edition, disclosure), *subscribe(edition, disclosure.department))
    described = edition.say("home.find.editions")
    return about(edition, disclosure, Kind.EDITIONS, described, blocks, "editions.yml")


def _edition(
    edition: Edition,
    logged: LoggedEdition,
    listed: Sequence[Change],
    below: Sequence[Block],
    *,
    folded: bool,
) -> Section:
    entry, changed = logged.entry, logged.changed
    anchor = f"edition-{entry.number}"
    shown = edition.say("editions.current", number=entry.number, date=day(entry.date, edition.lang))
    reason = Phrase(entry.reason[edition.lang], edition.lang)
    blocks: list[Block] = [Paragraph((reason,))]
    if changed:
        blocks.append(
            Section(
                f"{anchor}-changes",
                edition.line("editions.changes", before=entry.number - 1, count=len(changed)),
                tuple(_changes(edition, listed, len(changed), anchor)),
                level=3,
                terms=False,
                folded=folded or len(changed) > _OPEN,
                searched=False,
            )
        )
    elif changed is not None:
        same = edition.line("editions.same", before=entry.number - 1)
        blocks.append(Paragraph(same, "note"))
    elif entry.number == 1:
        blocks.append(Paragraph(edition.line("editions.first"), "note"))
    return Section(anchor, (Phrase(shown, edition.lang, literal=True),), (*blocks, *below))


def _facts(edition: Edition, disclosure: Disclosure, logged: LoggedEdition, at: int) -> Facts:
    """Where the edition is, its data, its digest, and how it is cited.

    The newest is cited in the box of the page, those from ``_COMPARED`` on in the BibTeX file.
    """
    entry = logged.entry
    facts = []
    if logged.file:
        name = Phrase(logged.file.rpartition("/")[2], edition.lang, literal=True)
        facts.append(edition.fact("editions.json", (Link(name, Target(file=logged.file)),)))
    sha256 = Phrase(entry.sha256, edition.lang, literal=True)
    facts.append(edition.fact("editions.sha256", (sha256,)))
    if at < _COMPARED:
        cited = reference(edition, disclosure, entry)
        facts.append(stable_address(edition, disclosure, cited))
        if at:
            facts.append(short_citation(edition, cited))
    return Facts(tuple(facts))


def _later(
    edition: Edition, disclosure: Disclosure, log: ChangeLog, at: int, listed: Sequence[Change]
) -> Iterator[Block]:
    """What changed from an older edition to the newest."""
    logged, newest = log.editions[at], log.editions[0].entry.number
    if at == 1 and log.editions[0].changed:
        title = edition.say("editions.later.title", number=newest)
        page = disclosure_page(disclosure, Kind.EDITIONS)
        link = edition.link(title, page, f"edition-{newest}")
        yield Paragraph(edition.sentence("editions.later.next", newest=link), "note")
    if logged.later is None:
        return
    if not logged.later:
        yield Paragraph(edition.line("editions.later.same", newest=newest), "note")
        return
    anchor = f"edition-{logged.entry.number}-since"
    counted = Counter(each.kind for each in logged.later)
    kinds = (
        edition.say("editions.later.kind", kind=edition.say(_KINDS[kind]), count=counted[kind])
        for kind in _KINDS
        if counted[kind]
    )
    said = edition.say("list.separator").join(kinds)
    rest = edition.say("editions.later.more", count=len(logged.later) - len(listed), newest=newest)
    yield Section(
        anchor,
        edition.line("editions.later", newest=newest, count=len(logged.later)),
        (
            Paragraph(edition.line("editions.later.kinds", kinds=said)),
            *_changes(edition, listed, len(logged.later), anchor, rest),
        ),
        level=3,
        terms=False,
        folded=True,
        searched=False,
    )


_KINDS: Mapping[ChangeKind, str] = {
    "figure": "editions.figures",
    "text": "editions.texts",
    "renamed": "editions.renamed",
    "added": "editions.added",
    "removed": "editions.removed",
    "order": "editions.order",
}


# ---- what changed ------------------------------------------------------------------------


def _fitting(
    edition: Edition, changed: Iterable[Change], room: _Room
) -> tuple[Sequence[Change], _Room]:
    """The first changes, as many as there is room for, and the room that is left."""
    listed: list[Change] = []
    for each in changed:
        size = sum(len(line_text(line).encode()) for line in _lines(edition, each))
        if not room.rows or size > room.bytes:
            return listed, _Room(0, 0)  # in the order of the document, none left out between
        listed.append(each)
        room = _Room(room.rows - 1, room.bytes - size)
    return listed, room


def _lines(edition: Edition, change: Change) -> tuple[Line, ...]:
    """What a change shows."""
    if change.kind in ("text", "renamed"):
        return ((_where(edition, change),), *(cell.line for cell in _both(edition, change)))
    return (_entry(edition, change),)


def _changes(
    edition: Edition, listed: Sequence[Change], count: int, anchor: str, rest: str = ""
) -> Iterator[Block]:
    """Figures by unit, then texts, rows that came and went. ``count``: of all that changed.

    ``rest`` says where those are that are not listed; else it is the edition and the one before.
    """
    figures = [each for each in listed if each.kind == "figure"]
    for position, unit in enumerate(dict.fromkeys(each.unit for each in figures), 1):
        yield _figures(
            edition,
            [each for each in figures if each.unit == unit],
            unit,
            f"{anchor}-figures-{position}",
        )
    texts = [each for each in listed if each.kind in ("text", "renamed")]
    if texts:
        yield _texts(edition, texts, f"{anchor}-texts")
    for kind in ("added", "removed", "order"):
        if group := [each for each in listed if each.kind == kind]:
            title = Phrase(edition.say(f"editions.{kind}"), edition.lang, style="strong")
            yield Paragraph((title,))
            yield Items(tuple(_entry(edition, each) for each in group))
    if more := count - len(listed):
        said = rest or edition.say("editions.more", count=more)
        yield Paragraph((Phrase(said, edition.lang),), "note")


def _figures(edition: Edition, changed: Iterable[Change], unit: Unit | None, anchor: str) -> Table:
    heads = (
        edition.head("editions.where"),
        edition.head("editions.before", "end"),
        edition.head("editions.after", "end"),
        edition.head("editions.difference", "end"),
    )
    return Table(
        caption=edition.line("editions.figures"),
        unit=_unit(edition, unit),
        heads=(heads,),
        labels=tuple(line_text(head.line) for head in heads),
        rows=tuple(
            Row(
                (
                    Cell((_where(edition, each),), header=True),
                    _number(edition, _in(edition, each.before)),
                    _number(edition, _in(edition, each.after)),
                    _number(edition, *_difference(each)),
                )
            )
            for each in changed
        ),
        layout="cards",
        anchor=anchor,
    )


def _unit(edition: Edition, unit: Unit | None) -> str:
    if unit == "%":
        return edition.say("unit", unit=unit)
    return edition.unit(unit) if unit else ""


def _difference(change: Change) -> tuple[str, ...]:
    """``+3.27`` and ``(+0.7%)``; nothing where one of the two is no number."""
    if change.difference is None:
        return ()
    if change.ratio is None:
        return (_signed(change.difference),)
    percent = (change.ratio * 100).quantize(Decimal("0.1"))
    return _signed(change.difference), f"({_signed(percent)}%)"


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else ''}{plain(value)}"


def _number(edition: Edition, *texts: str) -> Cell:
    """Numbers behind one another: a narrow screen breaks the line between them, never in one."""
    line: list[Phrase] = []
    for text in filter(None, texts):
        line += [Phrase(" ", edition.lang)] if line else []
        line.append(Phrase(text, edition.lang, style="number", literal=True))
    return Cell(tuple(line), "end", absence="" if line else "absent")


def _texts(edition: Edition, changed: Iterable[Change], anchor: str) -> Table:
    heads = tuple(edition.head(f"editions.{key}") for key in ("where", "before", "after"))
    return Table(
        caption=edition.line("editions.texts"),
        heads=(heads,),
        labels=tuple(line_text(head.line) for head in heads),
        rows=tuple(
            Row((Cell((_where(edition, each),), header=True), *_both(edition, each)))
            for each in changed
        ),
        layout="cards",
        anchor=anchor,
    )


def _both(edition: Edition, change: Change) -> tuple[Cell, Cell]:
    """The two texts, cut to what differs, which is marked."""
    before, after = _in(edition, change.before), _in(edition, change.after)
    untranslated = edition.lang == "en" and has_chinese(before) != has_chinese(after)
    if not before or not after or untranslated:
        return _cell(edition, change, before), _cell(edition, change, after)
    found = pieces(before, after)
    return _side(edition, change, found, "removed"), _side(edition, change, found, "added")


def _cell(edition: Edition, change: Change, text: str) -> Cell:
    if not text:
        return Cell((), absence="absent")
    return Cell((_phrase(edition, change, _shortened(text)),))


def _side(edition: Edition, change: Change, found: Sequence[Piece], own: str) -> Cell:
    excerpt = tuple(_excerpt(found, own))
    whole = "".join(text for text, _ in excerpt)
    if edition.lang == "en" and has_chinese(whole):  # one mark for the text, not one for each piece
        return Cell((_phrase(edition, change, whole),))
    return Cell(tuple(_phrase(edition, change, text, strong=changed) for text, changed in excerpt))


def _excerpt(found: Sequence[Piece], own: str) -> Iterator[tuple[str, bool]]:
    """The pieces of one side as they are shown, and whether each of them changed."""
    left = _LONGEST
    for at, piece in enumerate(found):
        if piece.kind not in (own, "kept"):
            continue
        changed, text = piece.kind == own, piece.text
        if not changed:
            text = _context(text, first=at == 0, last=at == len(found) - 1)
        shown = _shortened(text, left)
        yield shown, changed
        if shown != text:
            return
        left = max(1, left - len(shown))


def _context(text: str, *, first: bool, last: bool) -> str:
    """The ends of a text that lie beside what changed."""
    start = "" if first else text[:_AROUND]
    end = "" if last else text[-_AROUND:]
    return text if len(text) <= len(start) + len(end) + 1 else f"{start}…{end}"


def _shortened(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _entry(edition: Edition, change: Change) -> Line:
    said = _in(edition, change.after or change.before)
    where = _where(edition, change)
    if not said:
        return (where,)
    colon = Phrase(edition.say("label.colon"), edition.lang, literal=True)
    return (where, colon, _phrase(edition, change, _shortened(said)))


def _in(edition: Edition, text: Bilingual | None) -> str:
    return text.in_language(edition.lang) if text else ""


def _where(edition: Edition, change: Change) -> Phrase:
    """The way to the value; a Chinese name in it is a quotation where its English is the topic."""
    text = change.where.in_language(edition.lang)
    untranslated = edition.lang == "en" and has_chinese(text)
    if not untranslated:
        return Phrase(text, edition.lang, literal=True)
    return Phrase(text, "zh", untranslated=not _is_english(change), literal=True)


def _phrase(edition: Edition, change: Change, text: str, *, strong: bool = False) -> Phrase:
    if edition.lang == "en" and has_chinese(text):
        return Phrase(text, "zh", untranslated=not _is_english(change), literal=True)
    lang = "en" if _is_english(change) else edition.lang
    return Phrase(text, lang, style="strong" if strong else "", literal=True)


def _is_english(change: Change) -> bool:
    """Whether it is the English of a text that changed."""
    return change.address[:1] in (("english",), ("english_of_project",))
