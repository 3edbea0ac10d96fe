"""The project list (part seven) and the page of a project."""

from __future__ import annotations

from disclosure.book import Disclosure, Project
from disclosure.language.interface import of_kind
from disclosure.language.numbers import percent, unit_name
from disclosure.model.fields import Figure
from disclosure.model.project import Indicator
from disclosure.model.vocabulary import fold
from disclosure.rules.plausibility import NOTHING
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
    Table,
    line_text,
)
from disclosure.site.edition import Edition, part_page, project_page
from disclosure.site.routes import Kind, PageId, Part
from disclosure.site.views.charts import project_bars, schedule_steps
from disclosure.site.views.findings import Marks, notices
from disclosure.site.views.home import project_card
from disclosure.site.views.narrowing import narrowing
from disclosure.site.views.official import marks_of, official
from disclosure.site.views.overview import facets, source_file, trail
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
    unit = disclosure.budget.unit
    amount = edition.say("projects.amount", unit=unit_name(unit, edition.lang))
    narrowed = narrowing(edition, disclosure)
    heads = (
        edition.head("projects.number", "end"),
        edition.head("project.name"),
        edition.head(of_kind("project.budget", disclosure.kind), "end"),
        edition.head("project.use"),
        edition.head("project.code"),
    )
    rows = tuple(
        Row(
            (
                Cell((edition.literal(str(project.file.order or "")),), "end"),
                Cell((edition.project_link(disclosure, project),), header=True),
                marks_of(edition, disclosure, project, again=True).on(
                    edition.figure(project.file.budget, unit), "budget"
                ),
                _use_in_list(edition, project),
                Cell((edition.literal(project.code),)),
            ),
            anchor=f"project-{project.code}",
            kinds=narrowed.kinds.get(project.code, ()),
        )
        for project in disclosure.projects
    )
    return Table(
        caption=edition.line("projects.table.caption"),
        unit=edition.unit(unit),
        heads=(heads,),
        labels=("", "", amount, "", ""),
        rows=rows,
        layout="list",
        anchor="projects-table",
        sortable=True,
        filter=narrowed.filter,
        file=edition.csv(disclosure, "projects"),
    )


def _use_in_list(edition: Edition, project: Project) -> Cell:
    cell = edition.cell(project.file.use, project.code)
    name = edition.phrase(project.file.name, project.code).text
    repeated = bool(cell.line) and fold(line_text(cell.line)) == fold(name)
    return Cell(cell.line, repeated=True) if repeated else cell


def project(edition: Edition, disclosure: Disclosure, project: Project) -> Page:
    """A project: how much, what for, when, how measured, on what basis."""
    file = project.file
    name = edition.phrase(file.name, file.code, literal=True)
    amount = edition.amount_text(file.budget, disclosure.budget.unit) if disclosure.budget else ""
    use = edition.phrase(file.use, file.code).text if file.use else ""
    index = edition.projects(disclosure).places[project.code]
    neighbours = {
        step: project_card(edition, disclosure, disclosure.projects[position])
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
                edition.part_short(disclosure, Part.PROJECTS),
                part_page(disclosure, Part.PROJECTS),
                f"project-{file.code}",
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
    """The blocks of a project's page: a reader's questions in turn, then the official table."""
    facts = _other_facts(edition, disclosure, project)
    marks = marks_of(edition, disclosure, project)
    again = marks_of(edition, disclosure, project, again=True)
    return (
        _how_much(edition, disclosure, project, marks),
        _answer(edition, "use", "project.what_for", _what_for(edition, project, marks)),
        _answer(edition, "schedule", "project.when", _when(edition, disclosure, project, marks)),
        _answer(edition, "measured", "project.measured", _measured(edition, project, marks, again)),
        _answer(edition, "basis", "project.on_what_basis", _basis(edition, disclosure, project)),
        _who(edition, disclosure, project, marks),
        Section("facts", edition.line("project.facts"), (facts,)),
        *project_years(edition, disclosure, project),
        official(edition, disclosure, project, marks, again),
        *notices(edition, disclosure, project_page(disclosure, project.code)),
    )


def _answer(edition: Edition, anchor: str, question: str, blocks: tuple[Block, ...]) -> Section:
    """What the document says to a question, or that it says nothing."""
    silent = Paragraph(edition.line("project.silent"), "note")
    return Section(anchor, edition.line(question), blocks or (silent,), searched=bool(blocks))


def _how_much(edition: Edition, disclosure: Disclosure, project: Project, marks: Marks) -> Section:
    file = project.file
    facts: list[Fact] = []
    for label, figure in file.sources.items():
        source = edition.word("fund_source", label).text
        amount = (*_amount(edition, disclosure, figure), *marks.at("sources", label))
        facts.append(edition.fact("project.of_which", amount, source=source))
    for key in ("total_funds", "annual_funds"):
        if (figure := getattr(file, key)) is not None:
            amount = (*_amount(edition, disclosure, figure), *marks.at(key))
            facts.append(edition.fact(f"project.{key}", amount))
    return Section(
        "amount",
        edition.line("project.how_much"),
        (
            _headline(edition, disclosure, project, marks),
            *((Facts(tuple(facts)),) if facts else ()),
        ),
    )


def _headline(
    edition: Edition, disclosure: Disclosure, project: Project, marks: Marks
) -> KeyFigures:
    if disclosure.budget is None:
        return KeyFigures(())
    file, unit = project.file, disclosure.budget.unit
    note: Line = ()
    if edition.lang == "en":
        key = "key.printed" if unit == "万元" else "key.printed_yuan"
        note = edition.line(key, printed=file.budget.printed)
    label = edition.say(of_kind("project.budget", disclosure.kind))
    total = edition.projects(disclosure).total
    if total > 0 and file.budget.value is not None:
        share = percent(file.budget.value / total)
        text = edition.say("project.share", share=share)
        note = (*note, Phrase(f"{'; ' if note else ''}{text}", edition.lang))
    figure = KeyFigure(label, edition.amount(file.budget, unit), note, marks=marks.at("budget"))
    return KeyFigures((figure,))


def _what_for(edition: Edition, project: Project, marks: Marks) -> tuple[Block, ...]:
    file = project.file
    use = () if file.use is None else (*_text(edition, project, file.use), *marks.at("use"))
    why = _text_facts(edition, project, marks, "reason", "plan")
    return (*((Paragraph(use),) if use else ()), *why)


def _text(edition: Edition, project: Project, text: str) -> Line:
    return edition.text(text, project.code) if text else edition.line("absence.blank")


def _text_facts(edition: Edition, project: Project, marks: Marks, *keys: str) -> tuple[Facts, ...]:
    """The texts of these keys with their labels, or nothing where the document has none."""
    facts = tuple(
        edition.fact(f"project.{key}", (*_text(edition, project, text), *marks.at(key)))
        for key in keys
        if (text := getattr(project.file, key)) is not None
    )
    return (Facts(facts),) if facts else ()


def _amount(edition: Edition, disclosure: Disclosure, figure: Figure) -> Line:
    """An amount among the facts; a blank says that it is one."""
    if figure.value is not None and disclosure.budget:
        return edition.amount(figure, disclosure.budget.unit)
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


def _when(
    edition: Edition, disclosure: Disclosure, project: Project, marks: Marks
) -> tuple[Block, ...]:
    dates = _text_facts(edition, project, marks, "start", "end")
    if not project.file.schedule:
        return dates
    steps = schedule_steps(edition, disclosure, project, marks.below("schedule"))
    return (*dates, Paragraph(edition.line("project.when.note"), "note"), steps)


def _measured(edition: Edition, project: Project, marks: Marks, again: Marks) -> tuple[Block, ...]:
    file = project.file
    sections: list[Block] = []
    if file.objectives:
        objectives = Items(
            tuple(
                (*edition.text(text, file.code), *marks.at("objectives", index))
                for index, text in enumerate(file.objectives)
            )
        )
        title = edition.line("project.objectives")
        sections.append(Section("objectives", title, (objectives,), level=3))
    if targets := _targets(edition, project, again.below("indicators")):
        title = edition.line("project.targets")
        sections.append(Section("targets", title, (targets,), level=3, searched=False))
    return tuple(sections)


def _targets(edition: Edition, project: Project, marks: Marks) -> Facts | None:
    """What is to be reached: by kind, each indicator with its target; the table says the rest."""
    facts = tuple(
        Fact(
            edition.word("indicator_kind", label).text,
            tuple(
                [
                    _target(edition, indicator, project.code, marks.below(label, number))
                    for number, indicator in enumerate(indicators)
                ]
            ),
        )
        for label, indicators in project.file.indicators.items()
        if indicators
    )
    return Facts(facts) if facts else None


def _target(edition: Edition, indicator: Indicator, code: str, marks: Marks) -> Line:
    """``支持项目数量：1个``; a target in the words of the name is not said twice."""
    found = (*marks.at(), *marks.at("name"), *marks.at("target")) if marks else ()
    name = edition.phrase(indicator.name, code)
    if fold(indicator.target) == fold(indicator.name):
        return (name, *found)
    colon = edition.literal(edition.say("label.colon"))
    return (name, colon, *_value(edition, indicator, code), *found)


def _value(edition: Edition, indicator: Indicator, code: str) -> Line:
    """The target in one, where the table has columns of its own for its sign and its unit."""
    sign, unit = indicator.operator or "", indicator.unit or ""
    sign = "" if fold(sign) == "=" else sign
    joined = edition.parsed_target(f"{sign}{indicator.target}{unit}")
    if joined is not None:
        return (Phrase(joined, edition.lang, style="strong", literal=True),)
    parts = [text for text in (sign, indicator.target, unit) if text]
    if not parts:
        return edition.line("absence.blank")
    line: list[Phrase] = []
    for text in parts:
        if line:
            line.append(edition.literal(" "))
        line.append(edition.phrase(text, code))
    return tuple(line)


def _basis(edition: Edition, disclosure: Disclosure, project: Project) -> tuple[Block, ...]:
    """The documents that the project cites, and what else its targets rest on."""
    policies = edition.citations.policies(disclosure, project)
    links: tuple[Line, ...] = tuple((edition.policy_link(policy),) for policy in policies)
    bases = dict.fromkeys(
        indicator.basis
        for indicators in project.file.indicators.values()
        for indicator in indicators
        if indicator.basis
    )
    quoted = [
        basis
        for basis in bases
        if (folded := fold(basis)) not in NOTHING
        and not any(edition.citations.cites(folded, policy) for policy in policies)
    ]
    blocks: list[Block] = [Items(links)] if links else []
    if quoted:
        items = Items(tuple(edition.text(text, project.code) for text in quoted))
        title = edition.line("project.bases")
        blocks.append(Section("bases", title, (items,), level=3, searched=False))
    return tuple(blocks)


def _who(edition: Edition, disclosure: Disclosure, project: Project, marks: Marks) -> Section:
    page = PageId(Kind.DEPARTMENT, disclosure.department)
    department = edition.link(edition.department_name(disclosure), page)
    units = _text_facts(edition, project, marks, "supervising", "implementing")
    return Section(
        "who",
        edition.line("project.who"),
        (Facts((edition.fact("department", (department,)), *(f for u in units for f in u.facts))),),
    )


def _other_facts(edition: Edition, disclosure: Disclosure, project: Project) -> Facts:
    facts = [edition.fact("project.code", (edition.literal(project.code),))]
    facts += _highlights(edition, disclosure, project)
    if (outside := project.file.outside_total) is not None:
        facts.append(edition.fact("project.outside_total", edition.inference(outside.because)))
    return Facts(tuple(facts))
