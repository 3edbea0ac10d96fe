"""The data-check page: what was added up, what agrees, what does not, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from disclosure.book import Disclosure
from disclosure.language.numbers import plain
from disclosure.problems import Severity
from disclosure.rules.check import Check
from disclosure.site.blocks import (
    Block,
    Cell,
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
from disclosure.site.edition import Edition, part_page
from disclosure.site.places import Listed, page_of
from disclosure.site.routes import Kind, PageId, Part
from disclosure.site.views.findings import (
    explanation,
    figure,
    number,
    statement,
    summands,
    words,
)
from disclosure.site.views.overview import about

# More figures than this are a list of their own, which nobody reads in a cell on a phone.
_MANY = 30


def checks(edition: Edition, disclosure: Disclosure, drawn: Collection[str] = ()) -> Page:
    """All checks of a disclosure. ``drawn``: the anchors of the marks that the pages show."""
    done = edition.examined(disclosure).checks
    agree = [check for check in done if check.agrees]
    listed = edition.listed(disclosure).findings
    hints = [each for each in listed if each.finding.problem.severity is Severity.HINT]
    figures = [each for each in listed if each.finding.problem.severity is not Severity.HINT]
    differ = [each for each in figures if each.finding.check]
    incomplete = [each for each in figures if not each.finding.check]
    blocks: list[Block] = [
        Paragraph(edition.line("checks.lead"), "lead"),
        *_counts(edition, len(done), len(agree), differ, incomplete, hints),
    ]
    if differ:
        tables = _differences(edition, disclosure, differ, drawn)
        blocks.append(Section("differ", edition.line("checks.differ"), tuple(tables)))
    else:
        blocks.append(Notice(edition.line("checks.none"), "ok"))
    for anchor, group in (("incomplete", incomplete), ("hints", hints)):
        if group:
            title = edition.line(f"checks.{anchor}")
            table = _found(edition, disclosure, group, drawn, anchor)
            blocks.append(Section(anchor, title, (table,)))
    if agree:
        tables = _agreements(edition, disclosure, agree)
        blocks.append(Section("agree", edition.line("checks.agree"), tuple(tables), folded=True))
    described = edition.say("home.find.checks")
    return about(edition, disclosure, Kind.CHECKS, described, blocks, "budget.yml", weight=3)


def _counts(
    edition: Edition,
    total: int,
    agree: int,
    differ: list[Listed],
    incomplete: list[Listed],
    hints: list[Listed],
) -> Iterator[Notice]:
    counts = edition.line(
        "checks.counts",
        total=total,
        agree=agree,
        differ=len(differ),
        explained=_explained(differ),
    )
    yield Notice(counts, "warning" if differ else "ok")
    for key, group in (("checks.counts.more", incomplete), ("checks.counts.hints", hints)):
        if group:
            line = edition.line(key, count=len(group), explained=_explained(group))
            yield Notice(line, "info" if group is hints else "warning")


def _explained(group: Iterable[Listed]) -> int:
    return sum(each.finding.problem.acknowledged for each in group)


# ---- what does not agree -----------------------------------------------------------------


def _differences(
    edition: Edition, disclosure: Disclosure, listed: list[Listed], drawn: Collection[str]
) -> Iterator[Table]:
    """A table for each unit of amounts, that of the first finding first."""
    units = dict.fromkeys(each.finding.check.unit for each in listed if each.finding.check)
    for position, unit in enumerate(units, 1):
        group = [
            (each, check) for each in listed if (check := each.finding.check) and check.unit == unit
        ]
        heads = (
            edition.head("checks.what"),
            edition.head("checks.printed", "end"),
            edition.head("checks.computed"),
            edition.head("checks.difference", "end"),
            edition.head("checks.explanation"),
        )
        yield Table(
            caption=edition.line("checks.differ"),
            unit=edition.unit(unit),
            heads=(heads,),
            labels=tuple(line_text(head.line) for head in heads),
            rows=tuple(
                Row(
                    (
                        Cell(_what(edition, disclosure, each, check, drawn), header=True),
                        Cell((figure(edition, check),), "end"),
                        Cell(_sum(edition, disclosure, check, named=not check.place.table)),
                        _number(edition, plain(check.difference)),
                        Cell(explanation(edition, each)),
                    ),
                    anchor=each.anchor,
                )
                for each, check in group
            ),
            layout="cards",
            anchor=_table_anchor("differ", position),
        )


def _what(
    edition: Edition,
    disclosure: Disclosure,
    listed: Listed,
    check: Check,
    drawn: Collection[str],
) -> Line:
    said = f"{number(listed)} {statement(edition, check).text} "
    return (
        Phrase(said, edition.lang, literal=True),
        _place(edition, disclosure, listed, drawn),
    )


def _place(
    edition: Edition, disclosure: Disclosure, listed: Listed, drawn: Collection[str]
) -> Link:
    """The way back: to the mark beside the figure, or to the notice on its page."""
    anchor = listed.back if listed.back in drawn else listed.notice
    title = page_title(edition, disclosure, listed.page)
    return edition.link(edition.say("checks.place", page=title), listed.page, anchor)


def page_title(edition: Edition, disclosure: Disclosure, page: PageId) -> str:
    """The name of a page of a disclosure that findings are shown on."""
    match page.kind:
        case Kind.PART:
            return edition.part_short(disclosure, Part(page.item))
        case Kind.PROJECT:
            return f"{edition.say('project')} {page.item}"  # its name is long, and stands beside
        case Kind.TABLE:
            form = edition.book.forms.form(disclosure.kind, page.item)
            return form.title[edition.lang] if form else page.item
        case Kind.UNIT:
            unit = next(each for each in disclosure.units if each.slug == page.item)
            return edition.phrase(unit.file.name).text
        case _:
            return edition.disclosure_title(disclosure)


def _found(
    edition: Edition,
    disclosure: Disclosure,
    listed: list[Listed],
    drawn: Collection[str],
    anchor: str,
) -> Table:
    """Findings that compare no figures: what was found, and the explanation."""
    heads = (edition.head("checks.found"), edition.head("checks.explanation"))
    return Table(
        caption=edition.line(f"checks.{anchor}"),
        heads=(heads,),
        labels=tuple(line_text(head.line) for head in heads),
        rows=tuple(
            Row(
                (
                    Cell(_message(edition, disclosure, each, drawn), header=True),
                    Cell(explanation(edition, each)),
                ),
                anchor=each.anchor,
            )
            for each in listed
        ),
        layout="cards",
        anchor=_table_anchor(anchor, 1),
    )


def _message(
    edition: Edition, disclosure: Disclosure, listed: Listed, drawn: Collection[str]
) -> Line:
    said = f"{number(listed)} {words(edition, listed.finding)} "
    return (
        Phrase(said, edition.lang, literal=True),
        _place(edition, disclosure, listed, drawn),
    )


# ---- what agrees -------------------------------------------------------------------------


def _agreements(edition: Edition, disclosure: Disclosure, agree: list[Check]) -> Iterator[Table]:
    """Each figure outside the tables; those of a table by what they are compared with.

    A table has hundreds of figures that add up: its own page shows them, and here they would make
    the heaviest page of a site.
    """
    checks = [check for check in agree if not check.place.table]
    in_tables = Counter(
        (page_of(disclosure, check.place), check.place.table, bool(check.place.unit), check.rule)
        for check in agree
        if check.place.table
    )
    heads = (
        edition.head("checks.what"),
        edition.head("checks.printed", "end"),
        edition.head("checks.computed", "end"),
        edition.head("checks.difference", "end"),
    )
    for position, unit in enumerate(dict.fromkeys(check.unit for check in checks), 1):
        yield Table(
            caption=edition.line("checks.agree"),
            unit=edition.unit(unit),
            heads=(heads,),
            labels=tuple(line_text(head.line) for head in heads),
            rows=tuple(
                _agreement(edition, disclosure, check) for check in checks if check.unit == unit
            ),
            layout="cards",
            anchor=_table_anchor("agree", position),
        )
    if in_tables:
        columns = (edition.head("checks.what"), edition.head("checks.count", "end"))
        yield Table(
            caption=edition.line("checks.agree.tables"),
            heads=(columns,),
            labels=tuple(line_text(head.line) for head in columns),
            rows=tuple(
                Row(
                    (
                        Cell((_table_link(edition, disclosure, *where),), header=True),
                        _number(edition, str(count)),
                    )
                )
                for where, count in in_tables.items()
            ),
            layout="cards",
            anchor=_table_anchor("agree-tables", 1),
        )


def _table_link(
    edition: Edition, disclosure: Disclosure, page: PageId, table: str, of_unit: bool, rule: str
) -> Link:
    """What the figures of a table are compared with, leading to the table."""
    form = edition.book.forms.form(disclosure.kind, table)
    title = form.title[edition.lang] if form else table
    if of_unit:
        separator = edition.say("label.colon")
        title = f"{page_title(edition, disclosure, page)}{separator}{title}"
    said = edition.say(f"check.{rule}", item=edition.say("checks.each", table=title))
    text = Phrase(said, edition.lang, literal=True)
    return edition.link(text, page, f"table-{table}" if of_unit else "")


def _agreement(edition: Edition, disclosure: Disclosure, check: Check) -> Row:
    page = page_of(disclosure, check.place)
    return Row(
        (
            Cell((edition.link(statement(edition, check), page),), header=True),
            Cell((figure(edition, check),), "end"),
            Cell(_sum(edition, disclosure, check, named=False), "end"),
            _number(edition, plain(check.difference)),
        )
    )


def _sum(edition: Edition, disclosure: Disclosure, check: Check, named: bool) -> Line:
    """What was added up, or where it stands: a department has hundreds of projects."""
    count = len(check.summands)
    if count <= _MANY:
        return tuple(summands(edition, check, named))
    where: Phrase | Link = edition.said("checks.many", count=count)
    if all(term.label[0] == "project" for term in check.summands):
        said = edition.said("checks.many.projects", count=count)
        where = edition.link(said, part_page(disclosure, Part.PROJECTS), "list")
    total = Phrase(plain(check.computed), edition.lang, style="strong", literal=True)
    return (where, edition.literal(" = "), total)


def _number(edition: Edition, text: str) -> Cell:
    return Cell((Phrase(text, edition.lang, style="number", literal=True),), "end")


def _table_anchor(anchor: str, position: int) -> str:
    return f"{anchor}-table" + (f"-{position}" if position > 1 else "")
