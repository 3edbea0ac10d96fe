"""The glossary: every term with its definition, its other language and the pages that use it."""

from __future__ import annotations

from disclosure.model.fields import Lang
from disclosure.model.glossary import Term
from disclosure.site.blocks import (
    Block,
    Fact,
    Facts,
    Line,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Section,
)
from disclosure.site.edition import Edition, term_page
from disclosure.site.routes import Kind, PageId
from disclosure.site.uses import UNUSED, TermUses, Uses


def glossary(edition: Edition, uses: Uses) -> Page:
    """The glossary page. ``uses``: what uses a term, by term id; its own page says more of it."""
    terms = edition.book.glossary
    official = [term for term in in_order(terms) if term.number is not None]
    own = [term for term in terms if term.number is None]
    blocks: list[Block] = []
    if terms:
        lead = edition.line("glossary.lead", official=len(official), own=len(own))
        blocks.append(Paragraph(lead, "lead"))
    else:
        blocks.append(Notice(edition.line("part.missing"), "empty"))
    for anchor, key, group in (
        ("official-terms", "glossary.official", official),
        ("own-terms", "glossary.own", own),
    ):
        if group:
            entries = tuple(_entry(edition, term, uses.get(term.id, UNUSED)) for term in group)
            blocks.append(Section(anchor, edition.line(key), entries, terms=False))
    return Page(
        id=PageId(Kind.GLOSSARY),
        lang=edition.lang,
        title=edition.said("glossary"),
        short_title=edition.say("glossary"),
        description=f"{edition.site_name} · {edition.say('home.find.glossary')}",
        blocks=tuple(blocks),
        eyebrow=(edition.link(edition.say("home"), PageId(Kind.HOME)),),
        kind_label=edition.say("glossary"),
        weight=7,
        source_file="glossary.yml",
    )


def in_order(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms of the document by their numbers, then those of the editors."""
    official = sorted((t for t in terms if t.number is not None), key=lambda t: t.number or 0)
    return (*official, *(term for term in terms if term.number is None))


def term_name(term: Term, lang: Lang) -> str:
    """A term as a heading."""
    return _capitalised(term.name(lang)) if lang == "en" else term.name(lang)


def term_mark(edition: Edition, term: Term) -> Phrase:
    """Whether the document has the term, under which number, or the editors added it."""
    if term.number is None:
        return edition.said("glossary.own_mark")
    return edition.said("glossary.number", number=term.number)


def term_facts(edition: Edition, term: Term) -> tuple[Fact, ...]:
    """Its name in the other language, its other forms, what the entry rests on."""
    lang = edition.lang
    other: Lang = "en" if lang == "zh" else "zh"
    facts = [edition.fact("glossary.other", (Phrase(term.name(other), other, literal=True),))]
    aliases = term.forms(lang)[1:]
    if aliases:
        text = edition.say("list.separator").join(aliases)
        facts.append(edition.fact("glossary.aliases", (Phrase(text, lang, literal=True),)))
    if term.basis:
        basis = (Phrase(term.basis[lang], lang, literal=True),)
        facts.append(edition.fact("glossary.basis", basis))
    return tuple(facts)


def _entry(edition: Edition, term: Term, uses: TermUses) -> Section:
    lang = edition.lang
    used: Line = ()
    for link in uses.entries:
        used += (Phrase(edition.say("list.separator"), lang),) if used else ()
        used += (link,)
    if (count := uses.entries_of_all) > len(uses.entries):
        others = edition.say("glossary.others", count=count)
        used += (Phrase(f" {others}", lang),)
    name = term_name(term, lang)
    facts = (
        *term_facts(edition, term),
        Fact(edition.say("glossary.pages"), (used or edition.line("glossary.unused"),)),
    )
    more = edition.link(edition.say("glossary.page", name=name), term_page(term.id))
    return Section(
        term.id,
        (Phrase(name, lang, literal=True),),
        (
            Paragraph((Phrase(term_mark(edition, term).text, lang, style="inference"),), "note"),
            Paragraph((Phrase(term.definition[lang], lang),)),
            Facts(facts),
            Paragraph((more,)),
        ),
        level=3,
        terms=False,
    )


def _capitalised(text: str) -> str:
    """A term as a heading: its first letter large (an opening quotation mark is skipped)."""
    for index, character in enumerate(text):
        if character.isalpha():
            return text[:index] + character.upper() + text[index + 1 :]
    return text
