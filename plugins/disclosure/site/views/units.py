"""The page of a subordinate unit: what it is, its figures, its tables."""

from __future__ import annotations

from dataclasses import replace

from disclosure.book import Disclosure, Unit
from disclosure.model.narrative import NarrativeFile
from disclosure.site.blocks import Block, Fact, Facts, Page, Phrase, Section
from disclosure.site.edition import Edition, part_page, unit_page
from disclosure.site.routes import Part
from disclosure.site.views.findings import Marks, notices
from disclosure.site.views.overview import described, facets, source_file, trail
from disclosure.site.views.parts import operating, summary, three_public
from disclosure.site.views.tables import table_blocks, tables_of


def unit(edition: Edition, disclosure: Disclosure, unit: Unit) -> Page:
    """A unit's own figures; those of the disclosure include all units."""
    name = edition.phrase(unit.file.name, literal=True)
    facts: list[Fact] = []
    for key in ("nature", "rank", "funding", "remark"):
        if (text := getattr(unit.file, key)) is not None:
            shown = edition.text(text) if text else edition.line("absence.blank")
            marks = Marks(edition, disclosure, f"units/{unit.slug}/unit.yml").at(key)
            facts.append(edition.fact(f"institution.{key}", (*shown, *marks)))
    back = part_page(disclosure, Part.DUTIES)
    link = edition.link(edition.department_name(disclosure), back, "institutions")
    facts.append(edition.fact("unit.of", (link,)))
    return Page(
        id=unit_page(disclosure, unit.slug),
        lang=edition.lang,
        title=name,
        short_title=name.text,
        description=described(edition, disclosure, name.text),
        blocks=(
            Facts(tuple(facts)),
            *_figures(edition.of_unit(unit.slug), _alone(disclosure, unit)),
            *notices(edition, disclosure, unit_page(disclosure, unit.slug)),
        ),
        eyebrow=trail(edition, disclosure),
        kind_label=edition.say("unit.page"),
        weight=6,
        facets=facets(edition, disclosure),
        source_file=source_file(disclosure, f"units/{unit.slug}/unit.yml"),
    )


def _alone(disclosure: Disclosure, unit: Unit) -> Disclosure:
    """The unit as a disclosure of its own, for the views that show figures."""
    return replace(
        disclosure,
        budget=unit.budget,
        narrative=NarrativeFile(),
        procurement=None,
        assets=None,
        projects=(),
        tables=unit.tables,
        units=(),
    )


def _figures(edition: Edition, alone: Disclosure) -> tuple[Block, ...]:
    blocks: list[Block] = [*summary(edition, alone)]
    for part, view in ((Part.OPERATING, operating), (Part.THREE_PUBLIC, three_public)):
        if body := view(edition, alone):
            blocks.append(
                Section(
                    str(part),
                    (Phrase(edition.part_short(alone, part), edition.lang, literal=True),),
                    body,
                )
            )
    for form, _ in tables_of(edition, alone):
        title = (Phrase(form.title[edition.lang], edition.lang, literal=True),)
        blocks.append(Section(f"table-{form.id}", title, table_blocks(edition, alone, form)))
    return tuple(blocks)
