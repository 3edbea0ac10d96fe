"""The policy documents that the disclosures cite, and the projects that rest on each."""

from __future__ import annotations

from disclosure.model.policy import Policy
from disclosure.site.blocks import (
    Block,
    Facts,
    Line,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Section,
)
from disclosure.site.edition import Edition, overview_page, part_page
from disclosure.site.routes import Kind, PageId, Part

# The projects shown below a document; a law may stand behind every one of them.
_MOST = 20


def policies(edition: Edition) -> Page:
    """The page of all policy documents, one section each."""
    documents = edition.book.policies
    blocks: tuple[Block, ...] = (Notice(edition.line("part.missing"), "empty"),)
    if documents:
        blocks = (
            Paragraph(edition.line("policies.lead"), "lead"),
            *(_section(edition, policy) for policy in documents),
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


def _section(edition: Edition, policy: Policy) -> Section:
    lang = edition.lang
    facts = [edition.fact("policies.kind", edition.line(f"policies.kind.{policy.kind}"))]
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
        facts.append(edition.fact("policies.issuer", (Phrase(policy.issuer[lang], lang),)))
    if policy.date:
        facts.append(edition.fact("policies.date", (Phrase(policy.date, lang, literal=True),)))
    projects: tuple[Line, ...] = tuple(
        (edition.project_link(disclosure, project),)
        for disclosure, project in edition.citations.projects[policy.id][:_MOST]
    )
    if more := edition.citations.projects[policy.id][_MOST:]:
        text = edition.say("policies.others", count=len(more))
        projects += ((edition.link(text, part_page(more[0][0], Part.PROJECTS)),),)
    if projects:
        facts.append(edition.fact("policies.projects", *projects))
    disclosures: tuple[Line, ...] = tuple(
        (edition.link(edition.disclosure_title(disclosure), overview_page(disclosure)),)
        for disclosure in edition.book.disclosures
        if policy.id in disclosure.header.legal_basis
    )
    if disclosures:
        facts.append(edition.fact("policies.disclosures", *disclosures))
    if not projects and not disclosures:
        facts.append(edition.fact("policies.projects", edition.line("policies.unused")))
    name = Phrase(policy.name(lang), lang, literal=True)
    return Section(policy.id, (name,), (Facts(tuple(facts)),))
