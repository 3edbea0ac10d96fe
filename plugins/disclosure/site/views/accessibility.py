"""The accessibility statement: what is aimed at, what was tested and how, what is wanting."""

from __future__ import annotations

from disclosure.language.accessibility import (
    HAND,
    HELPS,
    LIMITS,
    MACHINE,
    TESTED_ON,
    TESTED_VERSION,
    Texts,
    statement_text,
)
from disclosure.language.numbers import day
from disclosure.site.blocks import Block, Inline, Items, Line, Page, Paragraph, Section
from disclosure.site.edition import Edition, disclosure_page
from disclosure.site.routes import Kind, PageId
from disclosure.site.views.guide import filled, newest_disclosure


def accessibility(edition: Edition) -> Page:
    """The statement of one language."""
    return Page(
        id=PageId(Kind.ACCESSIBILITY),
        lang=edition.lang,
        title=edition.said("accessibility"),
        short_title=edition.say("accessibility"),
        description=f"{edition.site_name} · {statement_text('lead', edition.lang)}",
        blocks=(
            Paragraph(_line(edition, "lead"), "lead"),
            _section(edition, "aim", Paragraph(_line(edition, "aim.standard"))),
            _section(edition, "helps", _items(edition, HELPS)),
            _section(
                edition,
                "machine",
                Paragraph(_line(edition, "machine.lead")),
                _items(edition, MACHINE),
            ),
            _section(edition, "hand", _items(edition, HAND)),
            _section(edition, "limits", _items(edition, LIMITS)),
            _section(edition, "report", *_report(edition)),
            _section(
                edition,
                "made",
                Paragraph(
                    _line(
                        edition,
                        "made.version",
                        version=TESTED_VERSION,
                        date=day(TESTED_ON, edition.lang),
                    )
                ),
            ),
        ),
        eyebrow=(edition.link(edition.say("home"), PageId(Kind.HOME)),),
        kind_label=edition.say("guide.kind"),
        weight=1,
        source_file="site.yml",
    )


def _line(edition: Edition, key: str, **values: Inline | str) -> Line:
    return filled(edition, statement_text(key, edition.lang), **values)


def _section(edition: Edition, key: str, *blocks: Block) -> Section:
    return Section(key, _line(edition, key), blocks, terms=False)


def _items(edition: Edition, texts: Texts) -> Items:
    buttons = {"text": edition.say("text.150"), "skip": edition.say("skip")}
    return Items(
        tuple(filled(edition, zh if edition.lang == "zh" else en, **buttons) for zh, en in texts)
    )


def _report(edition: Edition) -> list[Block]:
    publisher = edition.book.site.publisher
    blocks: list[Block] = []
    if publisher and publisher.organiser:
        organiser = publisher.organiser[edition.lang]
        blocks.append(Paragraph(_line(edition, "report.organiser", organiser=organiser)))
    if publisher and publisher.contact:
        contact = publisher.contact[edition.lang]
        blocks.append(Paragraph(_line(edition, "report.contact", contact=contact)))
    else:
        blocks.append(Paragraph(_line(edition, "report.none")))
    if newest := newest_disclosure(edition):
        downloads, printed = (
            edition.link(edition.say(str(kind)), disclosure_page(newest, kind))
            for kind in (Kind.DOWNLOADS, Kind.PRINT)
        )
        blocks.append(Paragraph(_line(edition, "report.text", downloads=downloads, print=printed)))
    return blocks
