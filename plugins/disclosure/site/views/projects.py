"""The project list (part seven) and the page of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import format_percent

from disclosure.book import Disclosure, Project
from disclosure.language.interface import of_kind
from disclosure.model.fields import Figure
from disclosure.model.project import Indicator
from disclosure.site.blocks import (
    Block,
    Cell,
    Fact,
    Facts,
    Items,
    KeyFigure,
    KeyFigures,
    Line,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Steps,
    Table,
)
from disclosure.site.edition import Edition, part_page, project_page
from disclosure.site.routes import Part
from disclosure.site.views.findings import Marks, notices
from disclosure.site.views.overview import facets, project_bars, source_file, trail
from disclosure.site.views.parts import missing, part_frame
from disclosure.site.views.years import project_years


def project_list(edition: Edition, disclosure: Disclosure) -> Page:
    """Part seven: all projects with their amounts."""
    if not disclosure.projects or disclosure.budget is None:
        blocks: tuple[Block, ...] = (missing(edition, disclosure, Part.PROJECTS),)
    else:
        lead = Paragraph(edition.line("projects.lead", count=len(disclosure.projects)), "lead")
        charts = project_bars(edition, disclosure)
        blocks = (
            lead,
            Section("list", edition.line("projects.table"), (_table(edition, disclosure),)),
            *(
                (Section("by-amount", edition.line("projects.by_amount"), charts),)
                if charts
                else ()
            ),
        )
    return part_frame(edition, disclosure, Part.PROJECTS, blocks, "budget.yml")


def _table(edition: Edition, disclosure: Disclosure) -> Table:
    assert disclosure.budget is not None
    heads = (
        edition.head("projects.number", "end"),
        edition.head("project.name"),
        edition.head("project.code"),
        edition.head(of_kind("project.budget", disclosure.kind), "end"),
        edition.head("project.use"),
    )
    rows = tuple(
        Row(
            (
                Cell((_literal(edition, str(project.file.order or "")),), "end"),
                Cell((edition.project_link(disclosure, project),), header=True),
                Cell((_literal(edition, project.code),)),
                _marks(edition, disclosure, project, again=True).on(
                    edition.figure(project.file.budget), "budget"
                ),
                edition.cell(project.file.use, project.code),
            ),
            anchor=f"project-{project.code}",
        )
        for project in disclosure.projects
    )
    return Table(
        caption=edition.line("projects.table"),
        unit=edition.unit(disclosure.budget.unit),
        heads=(heads,),
        labels=tuple(head.line[0].text for head in heads if isinstance(head.line[0], Phrase)),
        rows=rows,
        layout="cards",
        anchor="projects-table",
    )


def _marks(
    edition: Edition, disclosure: Disclosure, project: Project, again: bool = False
) -> Marks:
    return Marks(edition, disclosure, f"projects/{project.code}.yml", again=again)


def _literal(edition: Edition, text: str) -> Phrase:
    return Phrase(text, edition.lang, literal=True)


def project(edition: Edition, disclosure: Disclosure, project: Project) -> Page:
    """A project: how much, what for, when, how measured, on what basis."""
    file = project.file
    name = edition.phrase(file.name, file.code, literal=True)
    amount = edition.amount(file.budget, disclosure.budget.unit) if disclosure.budget else ""
    use = edition.phrase(file.use, file.code).text if file.use else ""
    index = disclosure.projects.index(project)
    neighbours = {
        step: edition.project_link(disclosure, disclosure.projects[position])
        for step, position in (("previous", index - 1), ("next", index + 1))
        if 0 <= position < len(disclosure.projects)
    }
    return Page(
        id=project_page(disclosure, file.code),
        lang=edition.lang,
        title=name,
        short_title=name.text,
        description=edition.say(
            "project.description",
            department=edition.department_name(disclosure).text,
            year=disclosure.header.year,
            amount=amount,
            use=use,
        ),
        blocks=project_blocks(edition, disclosure, project),
        eyebrow=(
            *trail(edition, disclosure),
            edition.link(
                edition.part_short(disclosure, Part.PROJECTS), part_page(disclosure, Part.PROJECTS)
            ),
        ),
        kind_label=edition.say("project"),
        weight=10,
        codes=(file.code,),
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, f"projects/{file.code}.yml"),
        previous=neighbours.get("previous"),
        next=neighbours.get("next"),
    )


def project_blocks(edition: Edition, disclosure: Disclosure, project: Project) -> tuple[Block, ...]:
    """The blocks of a project's page."""
    file = project.file
    marks = _marks(edition, disclosure, project)
    blocks: list[Block] = [_headline(edition, disclosure, project)]
    blocks.append(
        Section(
            "facts",
            edition.line("project.facts"),
            (_facts(edition, disclosure, project),),
        )
    )
    if file.schedule:
        blocks.append(
            Section(
                "schedule",
                edition.line("project.schedule"),
                (_schedule(edition, disclosure, project),),
            )
        )
    if file.objectives:
        objectives = Items(
            tuple(
                (*edition.text(text, file.code), *marks.at("objectives", index))
                for index, text in enumerate(file.objectives)
            )
        )
        blocks.append(Section("objectives", edition.line("project.objectives"), (objectives,)))
    if file.indicators:
        table = _indicators(edition, project, marks.below("indicators"))
        blocks.append(Section("indicators", edition.line("project.indicators"), (table,)))
    if policies := edition.citations.policies(disclosure, project):
        links: tuple[Line, ...] = tuple((edition.policy_link(policy),) for policy in policies)
        blocks.append(Section("basis", edition.line("project.basis"), (Items(links),)))
    blocks += project_years(edition, disclosure, project)
    return (*blocks, *notices(edition, disclosure, project_page(disclosure, project.code)))


def _headline(edition: Edition, disclosure: Disclosure, project: Project) -> KeyFigures:
    if disclosure.budget is None:
        return KeyFigures(())
    file, unit = project.file, disclosure.budget.unit
    note: Line = ()
    if edition.lang == "en":
        key = "key.printed" if unit == "万元" else "key.printed_yuan"
        note = edition.line(key, printed=file.budget.printed)
    label = edition.say(of_kind("project.budget", disclosure.kind))
    total = sum((p.file.budget.number for p in disclosure.projects), Decimal(0))
    if total > 0 and file.budget.value is not None:
        share = format_percent(file.budget.value / total, "0.0%", locale="en")
        text = edition.say("project.share", share=share)
        note = (*note, Phrase(f"{'; ' if note else ''}{text}", edition.lang))
    marks = _marks(edition, disclosure, project).at("budget")
    figure = KeyFigure(label, edition.amount(file.budget, unit), note, marks=marks)
    return KeyFigures((figure,))


def _facts(edition: Edition, disclosure: Disclosure, project: Project) -> Facts:
    file, marks = project.file, _marks(edition, disclosure, project)
    facts: list[Fact] = []
    for key in ("use", "reason", "plan", "start", "end", "supervising", "implementing"):
        if (text := getattr(file, key)) is not None:
            shown = edition.text(text, file.code) if text else edition.line("absence.blank")
            facts.append(edition.fact(f"project.{key}", (*shown, *marks.at(key))))
    for key in ("total_funds", "annual_funds"):
        if (figure := getattr(file, key)) is not None:
            amount = (*_amount(edition, disclosure, figure), *marks.at(key))
            facts.append(edition.fact(f"project.{key}", amount))
    for label, figure in file.sources.items():
        name = edition.word("fund_source", label).text
        amount = (*_amount(edition, disclosure, figure), *marks.at("sources", label))
        facts.append(edition.fact("project.of_which", amount, source=name))
    facts.append(edition.fact("project.code", (_literal(edition, file.code),)))
    facts += _highlights(edition, disclosure, project)
    if file.outside_total is not None:
        reason = edition.inference(file.outside_total.because)
        facts.append(edition.fact("project.outside_total", reason))
    return Facts(tuple(facts))


def _amount(edition: Edition, disclosure: Disclosure, figure: Figure) -> Line:
    """An amount among the facts; a blank says that it is one."""
    if figure.value is not None and disclosure.budget:
        return (_literal(edition, edition.amount(figure, disclosure.budget.unit)),)
    cell = edition.figure(figure)
    return edition.line("absence.blank") if cell.absence == "blank" else cell.line


def _highlights(edition: Edition, disclosure: Disclosure, project: Project) -> list[Fact]:
    lines: list[Line] = []
    for highlight in disclosure.budget.highlights if disclosure.budget else ():
        if project.code in highlight.projects:
            page = part_page(disclosure, Part.SUMMARY)
            name = edition.phrase(highlight.name, literal=True)
            link = edition.link(name, page, f"highlight-{highlight.id}")
            reason = edition.inference(highlight.because) if highlight.because else ()
            lines.append((link, Phrase(" ", edition.lang), *reason) if reason else (link,))
    return [edition.fact("project.highlight", *lines)] if lines else []


def _schedule(edition: Edition, disclosure: Disclosure, project: Project) -> Steps:
    marks = _marks(edition, disclosure, project).below("schedule")
    return Steps(
        edition.say("project.schedule"),
        tuple(
            (
                edition.period(label).text,
                share.printed,
                None if share.value is None else float(share.value / 100),
                marks.at(label),
            )
            for label, share in project.file.schedule.items()
        ),
    )


def _indicators(edition: Edition, project: Project, marks: Marks) -> Table:
    """The indicator table; levels 1 and 2 are merged over their rows."""
    vocabulary = edition.book.vocabulary
    code = project.code
    kinds = [
        (label, vocabulary.word("indicator_kind", label), indicators)
        for label, indicators in project.file.indicators.items()
        if indicators
    ]
    columns = _columns(indicators for _, _, indicators in kinds)
    rows: list[Row] = []
    uses: Counter[str] = Counter()
    previous = ""
    for position, (label, word, indicators) in enumerate(kinds):
        for number, indicator in enumerate(indicators):
            cells: list[Cell] = []
            if word.parent != previous:
                level = vocabulary.by_id("indicator_level", word.parent or "")
                span = _span(kinds, position)
                shown = level.name(edition.lang) if level else ""
                cells.append(Cell((_literal(edition, shown),), header=True, rowspan=span))
                previous = word.parent or ""
            if number == 0:
                kind = edition.word("indicator_kind", label)
                cells.append(
                    Cell(
                        (Phrase(kind.text, kind.lang, literal=True),),
                        header=True,
                        rowspan=len(indicators),
                    )
                )
            here = marks.below(label, number)
            name = here.on(edition.cell(indicator.name, code))
            cells.append(here.on(name, "name"))
            cells += (
                here.on(_indicator_cell(edition, indicator, column, code), column)
                for column in columns
            )
            uses[word.id] += 1
            again = f"-{uses[word.id]}" if uses[word.id] > 1 else ""
            rows.append(Row(tuple(cells), anchor=f"{word.id}{again}"))
    keys = ("level_1", "level_2", "level_3", *columns)
    return Table(
        caption=edition.line("project.table", name=edition.phrase(project.file.name, code).text),
        heads=(tuple(edition.head(f"indicator.{key}") for key in keys),),
        labels=tuple(edition.say(f"indicator.{key}") for key in keys),
        rows=tuple(rows),
        layout="cards",
        crowded=len(columns) > 4,
        anchor="indicators-table",
    )


def _span(kinds: list, position: int) -> int:  # type: ignore[type-arg]
    """How many rows the level-1 name at ``position`` covers."""
    parent = kinds[position][1].parent
    rows = 0
    for _, word, indicators in kinds[position:]:
        if word.parent != parent:
            break
        rows += len(indicators)
    return rows


_COLUMNS = (
    "description",
    "operator",
    "target",
    "unit",
    "weight",
    "direction",
    "prior_actual",
    "basis",
)


def _columns(groups: Iterable[tuple[Indicator, ...]]) -> tuple[str, ...]:
    """The columns that the print has: those that at least one row gives."""
    indicators = [indicator for group in groups for indicator in group]
    return tuple(
        column
        for column in _COLUMNS
        if any(getattr(indicator, column) is not None for indicator in indicators)
    )


def _indicator_cell(edition: Edition, indicator: Indicator, column: str, code: str) -> Cell:
    value = getattr(indicator, column)
    if column == "weight":
        return edition.figure(value)
    if column in ("target", "prior_actual") and value is not None:
        return edition.target(value, code)
    return edition.cell(value, code)
