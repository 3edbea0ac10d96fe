"""Terms on a page: the first use in a section, and only where a link may stand."""

from __future__ import annotations

from disclosure.language.terms import TermFinder
from disclosure.model.glossary import Term
from disclosure.site.blocks import (
    Bar,
    Bars,
    Block,
    Card,
    Cards,
    Cell,
    Fact,
    Facts,
    Head,
    Items,
    KeyFigure,
    KeyFigures,
    Line,
    Link,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Step,
    Steps,
    Table,
    TermMark,
)
from disclosure.site.marking import MarkedPage, mark_page
from disclosure.site.routes import Kind, PageId, Target

TERMS = tuple(
    Term.model_validate({"id": id, "zh": zh, "en": en, "definition": {"zh": zh, "en": en}})
    for id, zh, en in (
        ("budget", "预算", "budget"),
        ("budget-revenue", "预算收入", "budget revenue"),
    )
)
HOME = Target(PageId(Kind.HOME))
MARK = TermMark("预算", "budget", Target(PageId(Kind.TERM, item="budget")))


def text(words: str) -> Line:
    return (Phrase(words, "zh"),)


def marked(*blocks: Block) -> MarkedPage:
    page = Page(PageId(Kind.HOME), "zh", Phrase("预算", "zh"), blocks)
    return mark_page(page, TermFinder.of(TERMS, "zh"))


def marked_block(block: Block) -> Block:
    return marked(block).page.blocks[0]


def test_the_first_use_is_a_link_and_the_text_stays_the_same() -> None:
    done = marked(Paragraph(text("部门预算，预算。")))
    assert done.page.blocks == (Paragraph((Phrase("部门", "zh"), MARK, Phrase("，预算。", "zh"))),)
    assert done.terms == ("budget",)


def test_a_term_alone_leaves_no_empty_phrase() -> None:
    assert marked_block(Paragraph(text("预算"))) == Paragraph((MARK,))


def test_the_longest_term_first_and_the_shorter_later() -> None:
    done = marked(Paragraph(text("预算收入。预算。")))
    paragraph = done.page.blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert [part.term for part in paragraph.line if isinstance(part, TermMark)] == [
        "budget-revenue",
        "budget",
    ]
    assert done.terms == ("budget-revenue", "budget")


def test_once_a_section_also_through_the_sections_below() -> None:
    plain, linked = Paragraph(text("预算")), Paragraph((MARK,))
    below = Section("c", text("丙"), (plain,), level=3)
    done = marked(
        plain,
        plain,
        Section("a", text("甲"), (plain, plain, below)),
        Section("b", text("乙"), (below, plain)),
    )
    below_linked = Section("c", text("丙"), (linked,), level=3)
    assert done.page.blocks == (
        linked,
        plain,
        Section("a", text("甲"), (linked, plain, below)),
        Section("b", text("乙"), (below_linked, plain)),
    )


def test_everywhere_that_text_stands() -> None:
    blocks: tuple[Block, ...] = (
        Notice(text("预算")),
        Items((text("预算"),)),
        Facts((Fact("预算", (text("预算"),)),)),
        Table((), ((),), (Row((Cell(text("预算")),)),)),
        Table((), ((),), (), notes=(text("预算"),)),
    )
    for block in blocks:
        assert marked(block).terms == ("budget",), type(block).__name__
        assert repr(marked_block(block)).count("TermMark") == 1


def test_never_in_a_heading_a_link_a_head_a_card_or_a_chart() -> None:
    link = Link(Phrase("预算", "zh"), HOME)
    blocks: tuple[Block, ...] = (
        Section("a", text("预算"), ()),
        Paragraph((link,)),
        Table(text("预算"), ((Head(text("预算")),),), (), empty=text("预算"), labels=("预算",)),
        Cards((Card(Phrase("预算", "zh"), HOME, lines=(text("预算"),)),)),
        KeyFigures((KeyFigure("预算", "1", text("预算")),)),
        Bars("预算", (Bar(Phrase("预算", "zh"), text("1"), 1.0, HOME, "预算", "预算"),)),
        Steps("预算", (Step("预算", "1%", 0.01, HOME, "预算", "预算"),)),
    )
    for block in blocks:
        assert marked(block).page.blocks == (block,)
        assert marked(block).terms == (), type(block).__name__


def test_what_holds_no_mark_is_kept_as_it_is() -> None:
    """Most of a page: to make it anew is what marking would cost."""
    plain = Table((), ((),), (Row((Cell(text("决算")),)),), notes=(text("决算"),))
    mixed = Table((), ((),), (*plain.rows, Row((Cell(text("预算")), *plain.rows[0].cells))))
    section = Section("a", text("甲"), (plain, Paragraph(text("决算")), Facts(())))
    done = marked(section, mixed).page.blocks
    assert done[0] is section
    table = done[1]
    assert isinstance(table, Table) and table != mixed
    assert table.rows[0] is plain.rows[0]
    assert table.rows[1].cells == (Cell((MARK,)), *plain.rows[0].cells)


def test_never_in_codes_and_names_nor_in_another_language() -> None:
    for phrase in (
        Phrase("预算", "zh", literal=True),
        Phrase("预算", "en"),
        Phrase("预算", "en", untranslated=True),
    ):
        assert marked_block(Paragraph((phrase,))) == Paragraph((phrase,))


def test_never_in_the_glossary_itself() -> None:
    section = Section("terms", text("名词"), (Paragraph(text("预算")),), terms=False)
    assert marked_block(section) == section
    assert marked(section).terms == ()


def test_the_rest_of_a_marked_phrase_keeps_its_style() -> None:
    phrase = Phrase("部门预算表", "zh", style="strong")
    assert marked_block(Paragraph((phrase,))) == Paragraph(
        (Phrase("部门", "zh", style="strong"), MARK, Phrase("表", "zh", style="strong"))
    )
