"""Blocks as HTML: each is drawn, and nothing in the data becomes markup."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from disclosure.book import Book
from disclosure.site import render
from disclosure.site.blocks import (
    Block,
    Cell,
    Inline,
    Items,
    Link,
    Page,
    Paragraph,
    Phrase,
    Row,
    Section,
    Table,
)
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage
from disclosure.site.render import attribute, render_page, text
from disclosure.site.routes import Kind, PageId, Target

HOSTILE = "</td><script one=\"1\" two='2'>alert(1)</script>&amp;<!--"


def made(kind: Any, name: str = "") -> Any:
    """A value of a type with hostile text wherever it holds text of the data."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is str and name == "words":  # of a filter: the key of a text
        return "filter.text"
    if kind is str:
        return f"{HOSTILE}{name}"
    if kind is PageId:
        return PageId(Kind.PROJECT, HOSTILE, HOSTILE, HOSTILE)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{each.name: made(hints[each.name], each.name) for each in fields(kind)})
    if origin is tuple and arguments[-1] is ...:
        inner = arguments[0]
        if inner == Block:
            return (Paragraph((Phrase(HOSTILE, "zh"),)),)
        if inner == Inline:
            return tuple(made(each, name) for each in get_args(Inline))
        return (made(inner, name), made(inner, name))
    if origin is tuple:
        return tuple(made(each, name) for each in arguments)
    if origin in (Union, UnionType):
        return made(next(each for each in arguments if each is not NoneType), name)
    if origin is Literal:  # written by us; a language, an alignment, a layout
        return next((each for each in arguments if each), "")
    if kind is bool:
        return name != "header"
    return kind(1)


class Elements(HTMLParser):
    """The elements of HTML, and the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.comments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs)}

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def drawn(book: Book, *content: Block, title: str = "") -> str:
    page = Page(PageId(Kind.HOME), "en", Phrase(title, "zh", untranslated=True), content)
    terms = tuple(term.id for term in book.glossary)
    return render_page(MarkedPage(page, terms), Edition(book, "en")).html


@pytest.mark.parametrize("kind", get_args(Block), ids=lambda kind: kind.__name__)
def test_no_field_of_a_block_becomes_markup(real_book: Book, kind: type) -> None:
    block = made(kind)
    html = drawn(real_book, block, title=HOSTILE)
    for hostile in ("<script", 'one="1"', "two='2'", "<!--", "alert(1)</", "&amp;<"):
        assert hostile not in html
    assert html.count("&lt;script one=&#34;1&#34; two=&#39;2&#39;&gt;") > 1
    page = Elements()
    page.feed(html)
    assert not page.comments
    assert not page.found & {"script", "one", "two"}


@pytest.mark.parametrize("layout", ["figures", "cards", "list", "form", "wide"])
def test_no_field_of_a_table_becomes_markup_however_it_is_laid_out(
    real_book: Book, layout: Any
) -> None:
    table: Table = made(Table)
    cells = tuple(
        replace(cell, absence=absence, header=header)
        for cell in table.rows[0].cells[:1]
        for absence in ("", "blank", "absent", "not_applicable")
        for header in (True, False)
    )
    rows = (replace(table.rows[0], cells=cells),) * 2
    labels = (HOSTILE,) * len(cells)
    for each in (
        replace(table, layout=layout, rows=rows, labels=labels),
        replace(table, layout=layout, rows=()),
        replace(table, layout=layout, rows=rows, labels=(), heads=(), sortable=False),
    ):
        html = drawn(real_book, each)
        assert "<script" not in html and "<!--" not in html and 'one="1"' not in html
        assert "&lt;script" in html


def test_cells_that_stand_on_two_pages_are_those_of_each(real_book: Book) -> None:
    zh, en = Edition(real_book, "zh"), Edition(real_book, "en")
    home, below = PageId(Kind.HOME), PageId(Kind.POLICY, item="x")
    cells = (Cell((Phrase("2", "zh"),)),)
    linked = (Cell((Link(Phrase("1", "zh"), Target(PageId(Kind.GUIDE))),)),)

    def row(edition: Edition, id: PageId, cells: tuple[Cell, ...], label: str = "a") -> str:
        table = Table((), (), (Row(cells),), labels=(label,), layout="cards")
        page = Page(id, edition.lang, Phrase("", edition.lang), (table,))
        found = re.search("<tr.*</tr>", render_page(MarkedPage(page, ()), edition).html)
        assert found
        return found[0]

    first = row(zh, home, cells)
    assert row(zh, below, cells) == first
    assert row(zh, below, cells, label="b") == first.replace('"a"', '"b"') != first
    assert ' lang="zh-CN"' in row(en, home, cells)
    assert 'href="guide.html"' in row(zh, home, linked)
    assert 'href="../guide.html"' in row(zh, below, linked)


def test_text_and_attributes() -> None:
    assert (
        text("预算 & <b>\"a\" 'b'</b>") == "预算 &amp; &lt;b&gt;&#34;a&#34; &#39;b&#39;&lt;/b&gt;"
    )
    assert text("&amp;") == "&amp;amp;"
    assert attribute("id", 'a" onclick="b') == ' id="a&#34; onclick=&#34;b"'
    assert attribute("id", "") == ""


@pytest.mark.parametrize("kind", [*get_args(Block), *get_args(Inline)])
def test_every_kind_has_a_form(kind: type) -> None:
    assert kind in render._BLOCKS or kind in render._INLINES


def test_a_row_of_links_and_a_list_in_order(real_book: Book) -> None:
    lines = ((Phrase("a", "en"),), (Phrase("b", "en"),))
    section = Section(
        "s", (Phrase("S", "en"),), (Items(lines, ordered=True), Items(lines, row=True))
    )
    html = drawn(real_book, section)
    assert "<ol>\n<li>a</li>\n<li>b</li>\n</ol>" in html
    assert '<ul class="d-shelf__years">\n<li>a</li>\n<li>b</li>\n</ul>' in html


# ---- the module itself -------------------------------------------------------------------

TABLES = {"_BLOCKS", "_INLINES", "_LANG", "_ROWS"}


class Checker:
    """Finds what may stand in HTML as it came, in functions that give ``Html``.

    Html is a literal, an f-string or a sum of Html, ``"".join`` of a list of Html, what a function
    that gives Html returns, an argument declared as Html, and a name that holds nothing else.
    """

    def __init__(self, source: str) -> None:
        tree = ast.parse(source)
        every = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        self.functions = [each for each in every if self._is_html(each.returns)]
        self.giving = {each.name: each for each in self.functions}

    @staticmethod
    def _is_html(annotation: ast.expr | None) -> bool:
        return isinstance(annotation, ast.Name) and annotation.id == "Html"

    def wrong(self) -> Iterator[str]:
        for function in self.functions:
            if function.name != "text":  # the one that makes text HTML
                yield from self._function(function)

    def _function(self, function: ast.FunctionDef) -> Iterator[str]:
        html = {a.arg for a in function.args.args if self._is_html(a.annotation)}
        assigned: dict[str, list[ast.expr]] = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    names = target.elts if isinstance(target, ast.Tuple) else [target]
                    values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                    for name, value in zip(names, values, strict=True):
                        assert isinstance(name, ast.Name), ast.unparse(node)
                        assigned.setdefault(name.id, []).append(value)
            elif isinstance(node, ast.AugAssign):
                assert isinstance(node.target, ast.Name)
                assigned.setdefault(node.target.id, []).append(node.value)
        while True:  # names that hold only HTML, and those that hold them in turn
            more = {
                name
                for name, values in assigned.items()
                if name not in html and all(self._safe(each, html | {name}) for each in values)
            }
            if not more:
                break
            html |= more
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and node.value is not None:
                if not self._safe(node.value, html):
                    yield f"{function.name}: {ast.unparse(node.value)}"
            elif isinstance(node, ast.Call):
                yield from self._arguments(function, node, html)

    def _arguments(
        self, function: ast.FunctionDef, call: ast.Call, html: set[str]
    ) -> Iterator[str]:
        """What is handed on as Html is Html."""
        if isinstance(call.func, ast.Name | ast.Attribute):
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
            if (called := self.giving.get(name)) is not None:
                expected = [a for a in called.args.args if a.arg != "self"]
                for argument, given in zip(expected, call.args, strict=False):
                    if self._is_html(argument.annotation) and not self._safe(given, html):
                        yield f"{function.name}: {ast.unparse(call)}"

    def _safe(self, value: ast.expr, html: set[str]) -> bool:
        match value:
            case ast.Constant(value=str()):
                return True
            case ast.Name(id=name):
                return name in html
            case ast.JoinedStr(values=parts):
                return all(
                    self._safe(part.value, html) if isinstance(part, ast.FormattedValue) else True
                    for part in parts
                )
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return self._safe(left, html) and self._safe(right, html)
            case ast.IfExp(body=body, orelse=other):
                return self._safe(body, html) and self._safe(other, html)
            case ast.Subscript(value=ast.Name(id=name)):
                return name in TABLES
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=""), attr="join")):
                (joined,) = value.args
                return isinstance(joined, ast.ListComp) and self._safe(joined.elt, html)
            case ast.Call(func=ast.Subscript(value=ast.Name(id=name))):
                return name in TABLES
            case ast.Call(func=ast.Name(id=name)):
                return name in self.giving
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self" | "writer"), attr=name)):
                return name in self.giving
        return False


SOURCE = inspect.getsource(render)


def test_html_is_made_of_literals_and_escaped_text_only() -> None:
    checker = Checker(SOURCE)
    assert len(checker.functions) > 40
    assert list(checker.wrong()) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<dt>{text(fact.label)}</dt>", "<dt>{fact.label}</dt>"),
        ("label = text(mark.label)", "label = mark.label"),
        ('aria-label="{text(steps.title)}"', 'aria-label="{steps.title}"'),
        ("return text(self.edition.say(key, **values))", "return self.edition.say(key, **values)"),
        ("_kept(key, row, cells)", "_kept(key, row.text, cells)"),
        ("_drawn(bar, 4, shape)", "_drawn(bar, 4, bar.note)"),
        ("<dd>{self.line(each)}</dd>", "<dd>{line_text(each)}</dd>"),
        ('attribute("data-label", label)', "label"),
    ],
)
def test_a_forgotten_escape_is_found(right: str, wrong: str) -> None:
    assert right in SOURCE
    assert list(Checker(SOURCE.replace(right, wrong)).wrong())


def test_every_function_that_writes_markup_says_so() -> None:
    """One that gives str would not be looked at."""
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.FunctionDef) and not Checker._is_html(node.returns):
            strings = [
                each.value
                for each in ast.walk(node)
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
            said = ast.get_docstring(node, clean=False)
            assert not any("<" in each for each in strings if each != said), node.name
