"""The Markdown of pages: what a parser of CommonMark reads in it is what the blocks say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.unit.conftest import SmallBook

from disclosure.book import Book
from disclosure.model.fields import LANGS, Lang
from disclosure.site.blocks import (
    Amount,
    Bar,
    Bars,
    Block,
    Card,
    Cards,
    Cell,
    Fact,
    Facts,
    FindingMark,
    Head,
    Items,
    KeyFigure,
    KeyFigures,
    Link,
    Notice,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Shelf,
    Shelves,
    Step,
    Steps,
    Table,
    TermMark,
)
from disclosure.site.edition import Edition
from disclosure.site.markdown import _WRITERS, render_markdown
from disclosure.site.plan import plan
from disclosure.site.routes import Kind, PageId, Target, markdown_url

AT = ("example", "2024-budget")
HERE = PageId(Kind.CHECKS, *AT)
GLOSSARY = Target(PageId(Kind.GLOSSARY), "t1")
OVERVIEW = Target(PageId(Kind.OVERVIEW, *AT))
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = {"html_inline", "html_block", "code_inline", "code_block", "fence", "image", "em_open",
          "strong_open", "s_open", "hardbreak", "softbreak"}  # fmt: skip


@dataclass
class Read:
    """What a parser finds: the kinds of its blocks in order, texts by kind, links."""

    blocks: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def joined(text: str) -> str:
    """Text as Markdown keeps it: white space is one space, none at the ends."""
    return " ".join(re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ufeff]+", " ", text).split())


def read(source: str) -> Read:
    found = Read()
    around = ""
    for token in PARSER.parse(source):
        assert token.type not in MARKUP, f"{token.type}: {token.content!r} in {source!r}"
        if token.type == "inline":
            found.texts.append((around, joined("".join(inline(token.children or [], found)))))
        elif token.nesting != -1:
            around = token.tag
            found.blocks.append(token.tag)
    return found


def inline(tokens: list[Token], found: Read) -> Iterator[str]:
    """The text of a line; its links are kept with theirs."""
    address, text = "", ""
    for token in tokens:
        assert token.type not in MARKUP, f"{token.type}: {token.content!r}"
        if token.type == "link_open":
            address, text = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            found.links.append((joined(text), address))
            address = ""
        else:
            text += token.content
            yield token.content


@pytest.fixture
def edition(small_book: SmallBook) -> Edition:
    return Edition(small_book(), "zh")


def page(*blocks: Block, title: str = "页", lang: Lang = "zh") -> Page:
    return Page(id=HERE, lang=lang, title=Phrase(title, lang), blocks=blocks)


def body(edition: Edition, *blocks: Block) -> Read:
    """What stands between the title and the footer."""
    source = render_markdown(page(*blocks), edition)
    return read(source.split("\n\n", 1)[1].rsplit("\n---\n", 1)[0])


# ---- any text is text ------------------------------------------------------------------------

SIGNS = "\\`*_{}[]()<>#+-.!|~:@=&;\"'/$^%,? \t\n\r0123456789abwxX预算：“”\u00a0\u2028\x85\ufeff"
PIECES = st.sampled_from(
    [
        *SIGNS,
        *("<script>", "</p>", "<!--", "]]>", "&lt;", "&#60;", "&amp", "http://a.b", "www.a.b",
          "a@b.cc", "[a](b)", "![a](b)", "[a]: b", "| --- |", "```", "~~~", "---", "===", "***",
          "1. ", "- ", "> ", "    ", "# ", "\\|", "\\\n", "<http://a.b>", "[ ] ", "[^1]"),
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=24).map("".join)


ODD = "[\\s\x00-\x20\x7f-\x9f\u2028\u2029\ufeff]+"


def ends_cut(text: str) -> str:
    """Without white space at its ends, as the YAML reader gives it."""
    return re.sub(f"^{ODD}|{ODD}$", "", text)


def everywhere(text: str) -> tuple[tuple[Block, ...], list[tuple[str, str]]]:
    """Blocks with a text in every place, and what is to be read in them."""
    t = joined(text)
    phrase, line = Phrase(text, "zh"), (Phrase(text, "zh"),)
    link = Link(phrase, OVERVIEW)
    mixed = (phrase, link, phrase, TermMark(text, "t1", GLOSSARY), Amount(text, "zh", Decimal(1)))
    blocks: tuple[Block, ...] = (
        Paragraph(mixed),
        Items((line, line)),
        Notice(line),
        Facts((Fact(text, (line,)), Fact(text, (line, line)))),
        Items((line,), ordered=True),
        Table(
            caption=line,
            unit=text,
            heads=((Head(line), Head(line, "end")),),
            rows=(Row((Cell(line, header=True), Cell(line, "end"))),),
            notes=(line,),
        ),
        KeyFigures((KeyFigure(text, line, line, OVERVIEW), KeyFigure(text, line))),
        Cards((Card(phrase, OVERVIEW, line, (line,), text),)),
        Bars(
            text,
            (
                Bar(phrase, line, 0.5, OVERVIEW, "", "", text),
                Bar(phrase, line, 0.5, OVERVIEW, "", ""),
            ),
            (line,),
        ),
        Steps(
            text, (Step(text, text, 0.5, OVERVIEW, "", ""), Step(text, "", None, OVERVIEW, "", ""))
        ),
        Shelves((Shelf(link, Card(phrase, OVERVIEW), ((text, (link,)),), line),)),
        Section("a", line, (Paragraph(line),)),
        Section("b", line, (Paragraph((link,)),), level=3),
    )
    wanted = [
        ("p", joined(text * 5)),
        *[("p", t)] * 3,
        ("p", joined(f"{text}：{text}")),
        ("p", joined(f"{text}：")),
        *[("p", t)] * 3,
        ("p", joined(f"{text} （{text}）")),
        ("th", t),
        ("th", t),
        ("td", t),
        ("td", t),
        ("p", t),
        ("p", joined(f"{text} — {text} · {text}")),
        ("p", joined(f"{text} — {text}")),
        ("p", joined(f"{text} · {text} · {text} · {text}")),
        *[("p", t)],  # the bars
        ("p", joined(f"{text} — {text} · {text}")),
        ("p", joined(f"{text} — {text}")),
        *[("p", t)] * 2,  # their note, the title of the steps
        ("p", joined(f"{text}：{text}")),
        ("p", joined(f"{text}：文件此格为空")),
        ("h3", t),
        ("p", t),
        ("p", joined(f"{text}：{text}")),
        ("p", t),
        ("h2", t),
        ("p", t),
        ("h3", t),
        ("p", t),
    ]
    return blocks, wanted


@settings(max_examples=100)
@given(TEXTS.map(ends_cut).filter(bool))
@example("a http://evil.example www.evil.example <script>alert(1)</script> [x](y) ![x](y)")
@example("# a #")
@example("#")
@example("1) a")
@example("!")
@example("\\")
@example("&")
@example("----")
@example("a | b \\| c \\\\| d\\")
def test_any_text_is_text_in_every_place(text: str) -> None:
    blocks, wanted = everywhere(text)
    found = body(ANY, *blocks)
    assert found.texts == wanted
    glossary, overview = "../../../glossary.html#t1", "index.html"
    assert {address for _, address in found.links} == {glossary, overview}
    assert {said for said, _ in found.links} == {joined(text)}


@settings(max_examples=50)
@given(TEXTS)
def test_a_title_is_one_heading(text: str) -> None:
    found = read(render_markdown(page(title=f"甲{text}"), ANY))
    assert found.texts[0] == ("h1", joined(f"甲{text}"))
    assert found.blocks.count("h1") == 1 and "h2" not in found.blocks


def test_no_address_in_a_text_becomes_a_link_where_addresses_are_looked_for() -> None:
    """Programs that link bare addresses (GitHub's do) look for these signs, unescaped."""
    text = "见 http://a.example/x、https://b.example、WWW.c.example、ftp://d 或 e@f.example"
    source = render_markdown(page(Paragraph((Phrase(text, "zh"),))), ANY)
    assert not re.search(r"\w://|[Ww]{3}\.|\w@\w", source)
    assert text in [said for _, said in read(source).texts]


@pytest.fixture(autouse=True, scope="module")
def _any_edition(real_book: Book) -> None:
    global ANY
    ANY = Edition(real_book, "zh")


ANY: Edition


# ---- what each block becomes -----------------------------------------------------------------


def test_every_kind_of_block_has_a_form() -> None:
    """A new kind is written as the list of its texts until it has a form of its own here."""
    assert set(_WRITERS) == set(get_args(Block))


def test_a_kind_without_a_form_is_the_list_of_its_texts(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(_WRITERS, Notice)
    found = body(edition, Notice((Phrase("甲", "zh"),)))
    assert (found.blocks, found.texts) == (["ul", "li", "p"], [("p", "甲")])


def test_merged_cells() -> None:
    def cell(text: str, **spans: int) -> Cell:
        return Cell((Phrase(text, "zh"),), **spans)  # type: ignore[arg-type]

    def head(text: str, **spans: int) -> Head:
        return Head((Phrase(text, "zh"),), "end" if text == "数" else "start", **spans)

    table = Table(
        caption=(Phrase("表", "zh"),),
        heads=((head("项", rowspan=2), head("收入", colspan=2)), (head("名"), head("数"))),
        rows=(
            Row((cell("a", rowspan=2), cell("b", colspan=2))),
            Row((cell("c"), Cell((), absence="blank")), indent=1),
            Row((cell("d"), cell("e"), Cell((), absence="absent"))),
        ),
    )
    source = render_markdown(page(table), ANY)
    assert source.split("\n\n")[2] == (
        "| 项 | 收入 / 名 | 收入 / 数 |\n"
        "| --- | --- | ---: |\n"
        "| a | b |  |\n"
        "| · a | c | （文件此格为空） |\n"
        "| d | e | （文件没有这一格） |"
    )


def test_a_table_without_rows_says_so() -> None:
    table = Table((Phrase("表", "zh"),), ((Head((Phrase("项", "zh"),)),),), (),
                  empty=(Phrase("没有。", "zh"),))  # fmt: skip
    assert body(ANY, table).texts == [("p", "表"), ("th", "项"), ("td", "没有。")]


def test_a_term_is_linked_where_it_stands_first() -> None:
    mark = TermMark("预算", "t1", GLOSSARY)
    found = body(ANY, Paragraph((mark,)), Paragraph((mark,)))
    assert found.links == [("预算", "../../../glossary.html#t1")]
    assert found.texts == [("p", "预算")] * 2


def test_links_lead_to_the_pages() -> None:
    """One within the page too: only the HTML has anchors."""
    within = FindingMark("※1", "数据核对 1", Target(anchor="f1"))
    odd = Link(Phrase("数据", "zh"), Target(file="departments/a (b)/1%.json"))
    found = body(ANY, Paragraph((within, odd)))
    assert found.links == [
        ("※1", "checks.html#f1"),
        ("数据", "../../a%20(b)/1%25.json".replace("(", "%28").replace(")", "%29")),
    ]


def test_lists_that_follow_one_another_stay_apart() -> None:
    line = (Phrase("甲", "zh"),)
    found = body(ANY, Items((line,)), Items((line, line)), Items((line,)))
    assert found.blocks.count("ul") == 3


def test_what_is_not_translated_says_so(real_book: Book) -> None:
    edition = Edition(real_book, "en")
    source = render_markdown(
        page(Paragraph((Phrase("甲", "zh", untranslated=True),)), lang="en"), edition
    )
    assert "甲 (not yet translated)" in source
    said = render_markdown(
        page(Paragraph((Phrase("编者判断", "zh", style="inference"), Phrase(" 因为", "zh")))), ANY
    )
    assert "（编者判断） 因为" in said


# ---- whole pages -----------------------------------------------------------------------------


def test_a_page_says_what_it_is_and_where_it_comes_from(real_book: Book) -> None:
    site = plan(real_book, site_url="https://example.org/sub/")
    for lang in LANGS:
        (page,) = [
            m.page for m in site.pages if m.page.lang == lang and m.page.id.kind is Kind.OVERVIEW
        ]
        found = read(render_markdown(page, site.editions[lang]))
        assert found.texts[0] == ("h1", page.title.text)
        footer = "\n".join(said for _, said in found.texts[-8:])
        address = f"https://example.org/sub/{page.url}"
        note, name = real_book.site.editor_note, real_book.site.name
        assert note and note[lang] in footer and name and name[lang] in footer
        for said in (
            address,
            {"zh": "非官方整理版", "en": "Unofficial edition"}[lang],
            {"zh": "第 1 版", "en": "Edition 1"}[lang],
            "departments/economy-technology/2024-budget/disclosure.yml",
        ):
            assert said in footer, said
        assert (address, address) in found.links


def test_the_address_is_beside_the_page() -> None:
    assert markdown_url("en/departments/a/2024-budget/index.html") == (
        "en/departments/a/2024-budget/index.md"
    )
