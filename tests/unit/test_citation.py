"""How a disclosure is cited: the three formats, names that mean harm, and the box on the pages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.conftest import ROOT, SmallBook
from tests.unit.test_editions_page import document_of, published

from disclosure.book import Book, Disclosure, load_book
from disclosure.export.citation import (
    Reference,
    apa,
    bibliography,
    bibtex,
    bibtex_text,
    gbt7714,
)
from disclosure.model.fields import LANGS, Lang
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage
from disclosure.site.reference import bibliography_file
from disclosure.site.render import render_page
from disclosure.site.views.downloads import downloads
from disclosure.site.views.editions import change_log, editions
from disclosure.site.views.overview import overview

SITE = "https://example.org/sub/"
EDITION = Reference(
    lang="zh",
    author="示例局",
    title="示例局2024年部门预算",
    title_en="Example Bureau: 2024 budget",
    platform="示例区预算公开",
    address=f"{SITE}departments/example/2024-budget/editions.html#edition-2",
    key="example-2024-budget-edition-2",
    edition=2,
    date="2024-03-15",
    sha256="ab" * 32,
)
CHANGEABLE = replace(
    EDITION, edition=None, sha256="", address=f"{SITE}departments/example/2024-budget/index.html"
)


# ---- the formats -------------------------------------------------------------------------


def test_an_edition_in_chinese() -> None:
    assert gbt7714(EDITION) == (
        "示例局. 示例局2024年部门预算[DS/OL]. V2. 示例区预算公开(2024-03-15)[引用日期]. "
        f"{EDITION.address}."
    )
    assert apa(EDITION) == (
        "示例局. (2024). 示例局2024年部门预算 [Example Bureau: 2024 budget] (Version 2) "
        f"[Data set]. 示例区预算公开. {EDITION.address}"
    )


def test_an_edition_in_english() -> None:
    english = replace(EDITION, lang="en", author="Example Bureau", platform="Example disclosures")
    assert gbt7714(english) == (
        "Example Bureau. Example Bureau: 2024 budget[DS/OL]. V2. "
        f"Example disclosures(2024-03-15)[date of access]. {EDITION.address}."
    )
    assert apa(english).startswith("Example Bureau. (2024). 示例局2024年部门预算 [Example Bureau")


def test_what_is_no_official_document_says_so() -> None:
    rendered = replace(EDITION, rendering="非官方整理版")
    assert "示例局2024年部门预算: 非官方整理版[DS/OL]" in gbt7714(rendered)
    assert "[Data set; unofficial edited rendering]. " in apa(rendered)
    assert "{示例局2024年部门预算：非官方整理版}" in "\n".join(bibtex(rendered))


def test_what_can_change_asks_when_it_was_seen() -> None:
    assert "[DS/OL]. 示例区预算公开(2024-03-15)[引用日期]. " in gbt7714(CHANGEABLE)
    assert "Version" not in apa(CHANGEABLE)
    assert apa(CHANGEABLE).endswith(f"Retrieved [date of access], from {CHANGEABLE.address}")
    assert "Retrieved" not in apa(EDITION)


def test_a_date_that_is_not_known_is_not_made_up() -> None:
    undated = replace(CHANGEABLE, date="")
    assert "示例区预算公开[引用日期]" in gbt7714(undated)
    assert "示例局. (n.d.). " in apa(undated)
    assert not [line for line in bibtex(undated) if re.match(r"\s*(year|month|day)", line)]


def test_no_full_stop_stands_twice() -> None:
    stopped = replace(EDITION, author="Example Inc.", title="预算。", platform="Budgets Ltd.")
    for text in (gbt7714(stopped), apa(stopped)):
        assert ".." not in text and "。" not in text.replace("预算。 [", "")


def test_a_site_that_is_the_author_is_named_once() -> None:
    assert apa(replace(EDITION, platform=EDITION.author)).count("示例局. ") == 1


def test_an_address_below_the_root_is_no_url() -> None:
    relative = replace(EDITION, address="departments/example/2024-budget/editions.html#edition-2")
    entry = parsed(bibliography([relative]).decode())["example-2024-budget-edition-2"]
    assert "url" not in entry
    assert entry["note"] == f"{relative.address}；SHA-256 {'ab' * 32}"


# ---- BibTeX ------------------------------------------------------------------------------

_NAMED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}
_COMMAND = re.compile(r"\\(?:text[a-z]+\{\}|.)|[{}%$#&_~^\\]")


def parsed(text: str) -> dict[str, dict[str, str]]:
    """The entries of a file as BibTeX reads them: braces counted, even after a backslash."""
    entries: dict[str, dict[str, str]] = {}
    at = 0
    while (start := text.find("@", at)) >= 0:
        head = re.compile(r"@dataset\{([A-Za-z0-9-]+),\n").match(text, start)
        assert head, text[start : start + 80]
        fields: dict[str, str] = {}
        at = head.end()
        while text[at] != "}":
            name = re.compile(r"  ([a-z]+) = ").match(text, at)
            assert name, text[at : at + 80]
            end = closing(text, name.end())
            value = text[name.end() : end]
            assert name[1] not in fields and text[end : end + 2] == ",\n"
            verbatim = {"month": value, "url": value[1:-1]}
            fields[name[1]] = verbatim.get(name[1]) or said(value)
            at = end + 2
        assert head[1] not in entries
        entries[head[1]] = fields
        at += 1
    return entries


def closing(text: str, start: int) -> int:
    """Where the value that begins at ``start`` ends: after its last brace, or at the comma."""
    if text[start] != "{":
        return text.index(",", start)
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    raise AssertionError("a brace is never closed")


def said(value: str) -> str:
    """What TeX prints of a value; a sign that it would act upon is an error."""
    while value.startswith("{") and closing(value, 0) == len(value):
        value = value[1:-1]

    def one(found: re.Match[str]) -> str:
        assert found[0] in _NAMED, f"TeX acts upon {found[0]!r}"
        return _NAMED[found[0]]

    return _COMMAND.sub(one, value)


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("{}\\&%$#_~^@,\"'=\n\t <>«预算局"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    min_size=1,
    max_size=40,
).filter(str.strip)


@given(HOSTILE)
@example("}, note = {hacked}}\n@dataset{other,")
@example("100% & more_{x}^2 ~ $5 #1 \\input{/etc/passwd}")
def test_every_text_comes_back_from_bibtex(text: str) -> None:
    assert said(bibtex_text(text)) == " ".join(text.split())


@given(HOSTILE, HOSTILE, HOSTILE)
@example("A and B", "@dataset{x,", "}")
def test_names_that_mean_harm_stay_in_their_field(author: str, title: str, site: str) -> None:
    hostile = replace(EDITION, author=author, title=title, platform=site, key=f"é{{}} {title}")
    text = bibliography([hostile, EDITION]).decode()
    first, second = parsed(text).values()
    assert first["author"] == " ".join(author.split())
    assert first["title"] == " ".join(title.split())
    assert first["publisher"] == " ".join(site.split())
    assert second["author"] == EDITION.author and second["url"] == EDITION.address
    for line in (gbt7714(hostile), apa(hostile)):
        assert "\n" not in line and EDITION.address in line


def test_an_address_cannot_close_its_field() -> None:
    odd = replace(EDITION, address="https://example.org/a}b{c\\d e_f%20#x")
    (entry,) = parsed(bibliography([odd]).decode()).values()
    assert entry["url"] == "https://example.org/a%7Db%7Bc%5Cd%20e_f%20#x"


# ---- on the pages ------------------------------------------------------------------------


@pytest.fixture
def corrected(small_book: SmallBook) -> Book:
    """Three editions: the second changed a figure and a text, the third changed the text back."""
    book = small_book()
    now = document_of(book)
    second = now.replace("取暖补助".encode(), "取暖".encode())
    first = now.replace(b'"budget":"60.00"', b'"budget":"59.00"')
    assert len({first, second, now}) == 3
    return published(book, first, second, now)


def html(book: Book, page: str, lang: Lang, site_url: str = SITE) -> str:
    """The page as it is shown; what its English marks as Chinese is not told apart."""
    (disclosure,) = book.disclosures
    edition = Edition(book, lang, site_url=site_url)
    if page == "editions":
        log = change_log(book, disclosure)
        assert log
        made = editions(edition, disclosure, log)
    else:
        made = (
            overview(edition, disclosure)
            if page == "overview"
            else downloads(edition, disclosure, ())
        )
    markup = render_page(MarkedPage(made, ()), edition).html
    text = re.sub(r"</?span[^>]*>", "", markup)
    return text.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")


def box_of(book: Book, page: str, lang: Lang, site_url: str = SITE) -> str:
    return html(book, page, lang, site_url).split('id="cite"')[1]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", ["downloads", "editions"])
def test_the_box_has_what_is_cited_in_all_formats(corrected: Book, lang: Lang, page: str) -> None:
    box = box_of(corrected, page, lang)
    (disclosure,) = corrected.disclosures
    assert disclosure.editions is not None
    newest = disclosure.editions.entries[-1]
    prefix = "en/" if lang == "en" else ""
    address = f"{SITE}{prefix}departments/example/2024-budget/editions.html#edition-3"
    assert box.count(address) == 4  # the fact, GB/T, APA, BibTeX
    assert newest.sha256 in box and "editions/3.json" in box
    assert {"zh": "第 3 版，2024年2月20日", "en": "Edition 3, 20 February 2024"}[lang] in box
    assert "[DS/OL]. V3. " in box and "(Version 3) [Data set" in box
    assert "(2024-02-20)" + {"zh": "[引用日期]", "en": "[date of access]"}[lang] in box
    assert "@dataset{example-2024-budget-edition-3" in box
    assert 'data/citation.bib">citation.bib</a>' in box
    assert "d-notice" not in box


@pytest.mark.parametrize("lang", LANGS)
def test_a_site_without_an_address_says_so(corrected: Book, lang: Lang) -> None:
    box = box_of(corrected, "downloads", lang, "")
    said = {"zh": "本站未配置网址", "en": "This site has no address configured"}[lang]
    assert said in box and "url = " not in box and "https://" not in box


@pytest.mark.parametrize("lang", LANGS)
def test_a_disclosure_without_editions_is_cited_as_it_is_now(
    small_book: SmallBook, lang: Lang
) -> None:
    box = box_of(small_book(), "downloads", lang)
    prefix = "en/" if lang == "en" else ""
    assert f"{SITE}{prefix}departments/example/2024-budget/index.html" in box
    assert {"zh": "还没有发布版本", "en": "No edition has been published"}[lang] in box
    assert "Retrieved [date of access], from" in box and "SHA-256 " not in box
    assert "V1" not in box


@pytest.mark.parametrize("lang", LANGS)
def test_the_overview_leads_to_the_box(corrected: Book, lang: Lang) -> None:
    assert 'href="downloads.html#cite"' in html(corrected, "overview", lang)


def bibliography_of(book: Book, disclosure: Disclosure, lang: Lang) -> dict[str, dict[str, str]]:
    file = bibliography_file(Edition(book, lang, site_url=SITE), disclosure)
    folder = f"departments/{disclosure.department}/{disclosure.slug}/data"
    assert file.address == f"{'en/' if lang == 'en' else ''}{folder}/citation.bib"
    assert (file.lang, file.content) == (lang, "citation")
    return parsed(file.data.decode())


@pytest.mark.parametrize("lang", LANGS)
def test_the_file_has_every_edition(corrected: Book, lang: Lang) -> None:
    (disclosure,) = corrected.disclosures
    entries = bibliography_of(corrected, disclosure, lang)
    suffix = "" if lang == "zh" else "-en"
    assert list(entries) == [f"example-2024-budget-edition-{n}{suffix}" for n in (3, 2, 1)]
    assert disclosure.editions is not None
    for entry, known in zip(entries.values(), reversed(disclosure.editions.entries), strict=True):
        assert known.sha256 in entry["note"]
        assert entry["version"] == f"{known.number}"
        assert (entry["year"], entry["month"], entry["day"]) == ("2024", "feb", "20")


def test_older_editions_say_what_changed_since(corrected: Book) -> None:
    page = html(corrected, "editions", "zh").split('id="cite"')[0]
    third, second, first = re.split(r'<h2 id="edition-\d">', page)[1:]
    # Edition 2 is followed by the newest alone, which says what it changed.
    assert '此后的改动见<a href="#edition-3">第 3 版</a>。' in second
    assert "edition-2-since" not in second
    # What edition 2 did to a text was undone: from edition 1 only the figure differs.
    since = first.split('id="edition-1-since"')[1]
    assert "此后到第 3 版改动 1 处" in since and "其中：数字 1 处。" in since
    assert ">59.00<" in since and ">60.00<" in since and "资金用途" not in since
    assert "<details" in since.split("<table")[0]
    assert "此后" not in third
    for number, section in ((1, first), (2, second)):
        cited = f"{SITE}departments/example/2024-budget/editions.html#edition-{number}"
        assert section.count(cited) == 2  # the address and the citation
        assert f"[DS/OL]. V{number}. " in section


def test_an_edition_that_was_taken_back_equals_the_newest(small_book: SmallBook) -> None:
    book = small_book()
    now = document_of(book)
    wrong = now.replace(b'"budget":"60.00"', b'"budget":"59.00"')
    page = html(published(book, now, wrong, now), "editions", "en")
    assert "Whatever changed since was changed back" in page.split('<h2 id="edition-1">')[1]


def test_the_example_cites_its_corrected_budget() -> None:
    book = load_book(ROOT / "examples" / "district" / "data")
    disclosure = book.disclosure("education", "2024-budget")
    assert disclosure is not None
    entries = bibliography_of(book, disclosure, "zh")
    assert [entry["day"] for entry in entries.values()] == ["16", "8", "25"]
    newest = entries["education-2024-budget-edition-3"]
    assert newest["author"] == "云栖区教育局（虚构）"
    address = f"{SITE}departments/education/2024-budget/editions.html#edition-3"
    assert newest["url"] == address
    # The site is the government's own, and so is the publication.
    assert not [entry for entry in entries.values() if "非官方" in entry["title"]]


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "：非官方整理版"), ("en", ": unofficial edited rendering")]
)
def test_the_real_data_are_cited_as_a_rendering(
    real_book: Book, real_disclosure: Disclosure, lang: Lang, said: str
) -> None:
    for entry in bibliography_of(real_book, real_disclosure, lang).values():
        assert entry["title"].endswith(said)
