"""The data-check page: what was added up, what agrees, what does not."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.book import Disclosure
from disclosure.language.numbers import plain
from disclosure.model.fields import Bilingual, parse_decimal
from disclosure.model.vocabulary import WordKind
from disclosure.rules.check import Check, Label
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
    line_text,
)
from disclosure.site.edition import Edition, disclosure_page, project_page, table_page, unit_page
from disclosure.site.routes import Kind, Part
from disclosure.site.views.overview import described, facets, source_file, trail


def checks(edition: Edition, disclosure: Disclosure) -> Page:
    """All arithmetic checks of a disclosure."""
    done = edition.examined(disclosure).checks
    differ = [check for check in done if not check.agrees]
    agree = [check for check in done if check.agrees]
    counts = edition.line("checks.counts", total=len(done), agree=len(agree), differ=len(differ))
    blocks: list[Block] = [
        Paragraph(edition.line("checks.lead"), "lead"),
        Notice(counts, "warning" if differ else "ok"),
    ]
    for anchor, group in (("differ", differ), ("agree", agree)):
        if group:
            title = edition.line(f"checks.{anchor}")
            tables = tuple(_tables(edition, disclosure, group, anchor))
            blocks.append(Section(anchor, title, tables, folded=anchor == "agree"))
    if not differ:
        blocks.append(Notice(edition.line("checks.none"), "ok"))
    return Page(
        id=disclosure_page(disclosure, Kind.CHECKS),
        lang=edition.lang,
        title=edition.said("checks"),
        short_title=edition.say("checks"),
        description=described(edition, disclosure, edition.say("home.find.checks")),
        blocks=tuple(blocks),
        eyebrow=trail(edition, disclosure),
        kind_label=edition.say("checks"),
        weight=3,
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, "budget.yml"),
    )


def _tables(
    edition: Edition, disclosure: Disclosure, checks: list[Check], anchor: str
) -> Iterator[Table]:
    """A table for each unit of amounts, that of the first check first."""
    for number, unit in enumerate(dict.fromkeys(check.unit for check in checks), 1):
        group = [check for check in checks if check.unit == unit]
        again = f"-{number}" if number > 1 else ""
        yield _table(edition, disclosure, group, f"checks.{anchor}", f"{anchor}-table{again}")


def _table(
    edition: Edition, disclosure: Disclosure, checks: list[Check], caption: str, anchor: str
) -> Table:
    heads = (
        edition.head("checks.what"),
        edition.head("checks.printed", "end"),
        edition.head("checks.computed", "end"),
        edition.head("checks.difference", "end"),
    )
    return Table(
        caption=edition.line(caption),
        unit=edition.unit(checks[0].unit),
        heads=(heads,),
        labels=tuple(head.line[0].text for head in heads if isinstance(head.line[0], Phrase)),
        rows=tuple(_row(edition, disclosure, check) for check in checks),
        layout="cards",
        anchor=anchor,
    )


def notices(
    edition: Edition,
    disclosure: Disclosure,
    part: Part | None,
    project: str = "",
    table: str = "",
    subordinate: str = "",
) -> tuple[Notice, ...]:
    """The checks that fail for a part, project, table or unit, each with a link to the checks."""
    page = disclosure_page(disclosure, Kind.CHECKS)
    found: list[Notice] = []
    for check in edition.examined(disclosure).checks:
        where = (_PARTS.get(check.rule), check.place.project, check.place.unit)
        if check.agrees or where != (part, project, subordinate):
            continue
        if check.place.table != table and not subordinate:
            continue
        text = edition.said(
            "checks.finding",
            what=_what(edition, check).text,
            printed=_figure(edition, check).text,
            computed=plain(check.computed),
            difference=plain(check.difference),
        )
        literal = Phrase(text.text + " ", text.lang, literal=True)
        more = edition.link(edition.say("checks"), page, "differ")
        found.append(Notice((literal, more), "warning"))
    return tuple(found)


# Where a check's printed figure stands; a check of a project stands on the project's page.
_PARTS = {
    **dict.fromkeys(("A401", "A402", "A403", "A416", "A404", "A408", "A409", "A411"), Part.SUMMARY),
    **dict.fromkeys(("A405", "A414"), Part.OPERATING),
    **dict.fromkeys(("A406", "A407"), Part.THREE_PUBLIC),
    **dict.fromkeys(("A412", "A413"), Part.ASSETS),
}


def _what(edition: Edition, check: Check) -> Phrase:
    item = label(edition, check.item, check.place.project).text if check.item else ""
    return edition.said(f"check.{check.rule}", item=item)


def _row(edition: Edition, disclosure: Disclosure, check: Check) -> Row:
    what = _what(edition, check)
    statement: Line = (Phrase(what.text, what.lang, literal=True),)
    place = check.place
    if place.project:
        statement = (edition.link(what, project_page(disclosure, place.project)),)
    elif place.unit:
        statement = (edition.link(what, unit_page(disclosure, place.unit), place.table),)
    elif place.table:
        statement = (edition.link(what, table_page(disclosure, place.table)),)
    computed = " + ".join(
        line_text(edition.figure(term.figure).line) or "—" for term in check.summands
    )
    sum_shown = plain(check.computed)
    if len(check.summands) > 1:
        sum_shown = f"{computed} = {sum_shown}"
    return Row(
        (
            Cell(statement, header=True),
            Cell((_figure(edition, check),), "end"),
            Cell((Phrase(sum_shown, edition.lang, literal=True),), "end"),
            Cell(
                (Phrase(plain(check.difference), edition.lang, style="number", literal=True),),
                "end",
            ),
        ),
    )


def _figure(edition: Edition, check: Check) -> Phrase:
    """The printed figure; one printed with words (``≤20 万元``) is its value in English."""
    figure = check.printed.figure
    as_printed = edition.lang == "zh" or parse_decimal(figure.printed) is not None
    text = figure.printed if as_printed else plain(figure.number)
    return Phrase(text, edition.lang, style="number", literal=True)


def label(edition: Edition, what: Label | Bilingual, project: str = "") -> Phrase:
    """What a check is about, in the edition's language; ``project``: the code around it."""
    if isinstance(what, Bilingual):
        return Phrase(what[edition.lang], edition.lang, literal=True)
    kind, text = what
    if kind == "interface":
        return edition.said(text)
    if kind in ("project", "text"):
        return edition.phrase(text, project)
    word_kind: WordKind = kind  # type: ignore[assignment]
    return edition.word(word_kind, text)
