"""The policy documents that the disclosures cite: their list, and for each who rests on it."""

from __future__ import annotations

from disclosure.book import Disclosure
from disclosure.model.policy import Policy
from disclosure.site.blocks import (
    Block,
    Cell,
    Fact,
    Facts,
    Items,
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
from disclosure.site.edition import Edition, overview_page, policy_page
from disclosure.site.followed import Gathered, added
from disclosure.site.routes import Kind, PageId
from disclosure.site.views.gathered import (
    by_department,
    by_year,
    in_a_row,
    money,
    one_by_one,
    period_name,
    search_link,
    unit_of,
)

# A law may be the legal basis of every disclosure of a site.
_MOST = 20


def policies(edition: Edition) -> Page:
    """The list of all policy documents, each with what it is and how many rest on it."""
    documents = edition.book.policies
    blocks: tuple[Block, ...] = (Notice(edition.line("part.missing"), "empty"),)
    if documents:
        blocks = (
            Paragraph(edition.line("policies.lead"), "lead"),
            _list(edition, documents),
        )
    return Page(
        id=PageId(Kind.POLICIES),
        lang=edition.lang,
        title=edition.said("policies"),
        short_title=edition.say("policies"),
        description=f"{edition.site_name} · {edition.say('home.find.policies')}",
        blocks=blocks,
        eyebrow=(edition.link(edition.say("home"), PageId(Kind.HOME)),),
        kind_label=edition.say("policies"),
        weight=7,
        source_file="policies.yml",
    )


def _list(edition: Edition, documents: tuple[Policy, ...]) -> Table:
    heads = (
        edition.head("policies.document"),
        edition.head("policies.what"),
        edition.head("policies.cited_by"),
    )
    rows = tuple(
        Row(
            (
                Cell((edition.policy_link(policy),), header=True),
                _what(edition, policy),
                Cell(_in_short(edition, policy)),
            ),
            anchor=policy.id,
        )
        for policy in documents
    )
    return Table(
        caption=edition.line("policies.list"),
        heads=(heads,),
        labels=("", *(line_text(head.line) for head in heads[1:])),
        rows=rows,
        layout="cards",
        anchor="policies-table",
        sortable=True,
    )


def _what(edition: Edition, policy: Policy) -> Cell:
    """What kind of document it is, and its number where that is not its name."""
    kind = edition.said(f"policies.kind.{policy.kind}")
    if policy.number is None or policy.title is None:
        return Cell((kind,))
    number = Phrase(policy.number[edition.lang], edition.lang, literal=True)
    return Cell((kind, Phrase(" · ", edition.lang, literal=True), number))


def _in_short(edition: Edition, policy: Policy) -> Line:
    """How many projects cite it, and what those of the newest year add up to."""
    found = _citing(edition, policy)
    if not found:
        legal = any(policy.id in each.header.legal_basis for each in edition.book.disclosures)
        return edition.line("policies.legal_basis" if legal else "policies.unused")
    period, newest = [*found.periods().items()][-1]
    sum_of = added(newest.values())
    if sum_of.yuan is None:
        return edition.sentence("policies.projects.count", count=sum_of.projects,
                                year=period_name(edition, period))  # fmt: skip
    return edition.sentence(
        "policies.projects.sum",
        count=sum_of.projects,
        year=period_name(edition, period),
        sum=money(edition, sum_of.yuan, unit_of(edition, ((name, period.slug) for name in newest))),
    )


def _citing(edition: Edition, policy: Policy) -> Gathered:
    """The projects that cite a document."""
    return Gathered.of(edition.courses, edition.citations.projects[policy.id])


# ---- one document ----------------------------------------------------------------------------


def policy_pages(edition: Edition) -> tuple[Page, ...]:
    """A page for each policy document, in the order of the list."""
    documents = edition.book.policies
    pages = [_page(edition, policy) for policy in documents]
    return in_a_row(pages)


def _page(edition: Edition, policy: Policy) -> Page:
    name = Phrase(policy.name(edition.lang), edition.lang, literal=True)
    projects = _citing(edition, policy)
    disclosures = tuple(
        each for each in edition.book.disclosures if policy.id in each.header.legal_basis
    )
    return Page(
        id=policy_page(policy),
        lang=edition.lang,
        title=name,
        short_title=name.text,
        description=edition.say("policy.description", name=name.text, count=projects.projects),
        blocks=(
            _facts(edition, policy),
            *_projects(edition, policy, projects),
            *_disclosures(edition, disclosures),
            *_nothing(edition, projects, disclosures),
        ),
        eyebrow=(
            edition.link(edition.say("home"), PageId(Kind.HOME)),
            edition.link(edition.say("policies"), PageId(Kind.POLICIES), policy.id),
        ),
        kind_label=edition.say("policy"),
        weight=9,  # below projects, above the tables
        codes=(policy.number[edition.lang],) if policy.number and policy.title else (),
        source_file="policies.yml",
    )


def _facts(edition: Edition, policy: Policy) -> Facts:
    lang = edition.lang
    facts: list[Fact] = [
        edition.fact("policies.kind", edition.line(f"policies.kind.{policy.kind}"))
    ]
    if policy.number:
        number = (Phrase(policy.number[lang], lang, literal=True),)
        facts.append(edition.fact("policies.number", number))
        if lang == "en":
            chinese: Line = (Phrase(policy.number.zh, "zh", literal=True),)
            facts.append(edition.fact("policies.number_zh", chinese))
    if policy.title and lang == "en":
        chinese = (Phrase(policy.title.zh, "zh", literal=True),)
        facts.append(edition.fact("policies.title_zh", chinese))
    if policy.title is None:
        facts.append(edition.fact("policies.title", edition.line("policies.untitled")))
    if policy.issuer:
        issuer = (Phrase(policy.issuer[lang], lang, literal=True),)
        facts.append(edition.fact("policies.issuer", issuer))
    if policy.date:
        facts.append(edition.fact("policies.date", (Phrase(policy.date, lang, literal=True),)))
    return Facts(tuple(facts))


def _projects(edition: Edition, policy: Policy, projects: Gathered) -> tuple[Section, ...]:
    if not projects:
        return ()
    summed = (*by_year(edition, projects), *by_department(edition, projects))
    listed: tuple[Block, ...] = one_by_one(
        edition,
        projects,
        policy=policy.id,
        search=search_link(edition, policy.name(edition.lang), projects=True),
    )
    if summed:
        title = edition.line("gathered.one_by_one.title")
        listed = (Section("one-by-one", title, listed, level=3),)
    notes = ["policy.note.sum"] if projects.projects > 1 else []
    blocks = (
        _lead(edition, projects),
        *summed,
        *listed,
        *(Paragraph(edition.line(key), "note") for key in notes),
        Paragraph(_how_found(edition, policy), "note"),
    )
    return (Section("projects", edition.line("policies.projects"), blocks),)


def _lead(edition: Edition, projects: Gathered) -> Paragraph:
    departments = len(projects.departments())
    periods = projects.periods()
    if departments == 1 and len(periods) == 1:
        year = period_name(edition, next(iter(periods)))
        return Paragraph(edition.line("policy.lead.one", projects=projects.projects, year=year))
    years = len({period.year for period in periods})
    values = {"projects": projects.projects, "departments": departments, "years": years}
    return Paragraph(edition.line("policy.lead", **values))


def _how_found(edition: Edition, policy: Policy) -> Line:
    """What was looked for where: what a reader needs to judge the list."""
    looked_for = edition.line("policy.note.found")
    if not policy.cited_as:
        return looked_for
    forms: list[Phrase] = []
    for form in policy.cited_as:
        forms += [edition.said("list.separator")] if forms else []
        forms.append(Phrase(form, "zh", literal=True))
    return (*looked_for, *edition.sentence("policy.note.forms", forms=tuple(forms)))


def _disclosures(edition: Edition, disclosures: tuple[Disclosure, ...]) -> tuple[Section, ...]:
    """The disclosures that are made under it, newest first."""
    if not disclosures:
        return ()
    newest = sorted(disclosures, key=lambda each: -each.header.year)
    several = len({each.department for each in edition.book.disclosures}) > 1
    lines: list[Line] = [
        (edition.link(edition.disclosure_title(each, whose=several), overview_page(each)),)
        for each in newest[:_MOST]
    ]
    if more := newest[_MOST:]:
        text = edition.say("policy.disclosures.more", count=len(more))
        lines.append((edition.link(text, PageId(Kind.HOME), "departments"),))
    note = Paragraph(edition.line("policy.disclosures.note"), "note")
    title = edition.line("policies.disclosures")
    return (Section("disclosures", title, (note, Items(tuple(lines)))),)


def _nothing(
    edition: Edition, projects: Gathered, disclosures: tuple[Disclosure, ...]
) -> tuple[Block, ...]:
    if projects:
        return ()
    if disclosures:
        return (Paragraph(edition.line("policy.no_project"), "note"),)
    return (Notice(edition.line("policy.unused"), "empty"),)
