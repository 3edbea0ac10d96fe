"""Frames filled by joins are those that MkDocs and Jinja make, byte for byte.

Each page is rendered the slow way here, by MkDocs' own page and context, so that nothing that the
quick way takes for granted is taken for granted by its test.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from tests.site.projects import ROOT

from disclosure.book import Book, load_book
from disclosure.model.fields import Lang
from disclosure.site.blocks import Card, Phrase, amounts
from disclosure.site.edition import Edition
from disclosure.site.plan import plan
from disclosure.site.render import RenderedPage, TocEntry, render_page
from disclosure.site.routes import Kind, PageId
from mkdocs_disclosure import framing
from mkdocs_disclosure.frame import Frames, frame
from mkdocs_disclosure.framing import Framer, own_templates, page_plugins
from mkdocs_disclosure.pages import GeneratedPage
from mkdocs_disclosure.theme_defaults import apply_theme_defaults, theme_style

EXAMPLE = ROOT / "examples" / "district" / "data"
HAND_WRITTEN = (("手写页", "about/site.html"), ("Written", "en/about/site.html"))
ADDRESSED: dict[str, Any] = {
    "site_url": "https://example.org/sub/",
    "repo_url": "https://github.com/example/budget",
    "edit_uri": "edit/main/",
    "extra_css": ["departments/own.css", "en/own.css", "https://example.org/a.css"],
    "extra_javascript": ["own.js"],
}


def configured(**changes: Any) -> MkDocsConfig:
    config = load_config(str(ROOT / "mkdocs.yml"), **changes)
    config.plugins._current_plugin = "disclosure"  # as while MkDocs asks it something
    apply_theme_defaults(config)
    return config


def environment(config: MkDocsConfig) -> Environment:
    env = config.theme.get_env()
    env.globals["theme_style"] = theme_style(config)
    return env


@dataclass
class Both:
    """Pages, and the two ways to put a frame around them."""

    pages: tuple[RenderedPage, ...]
    editions: dict[Lang, Edition]
    config: MkDocsConfig
    env: Environment

    @property
    def framer(self) -> Framer:
        frames = {
            lang: Frames(edition, HAND_WRITTEN, self.config.site_url)
            for lang, edition in self.editions.items()
        }
        return Framer(self.env, self.config, frames)

    def slowly(self, pages: Iterable[RenderedPage]) -> dict[str, str]:
        addresses = frozenset(each.page.url for each in self.pages)
        return {each.page.url: self._slowly(each, addresses) for each in pages}

    def _slowly(self, rendered: RenderedPage, addresses: frozenset[str]) -> str:
        uri = rendered.page.url.removesuffix(".html") + ".md"
        file = File(uri, None, self.config.site_dir, False)  # type: ignore[arg-type]
        file.edit_uri = rendered.page.source_file or None
        page = GeneratedPage(rendered, file, self.config)
        page.read_source(self.config)
        page.render(self.config, Files([]))
        context: Any = get_context(Navigation([], []), [], self.config, page)
        edition = self.editions[rendered.page.lang]
        context["d"] = frame(edition, page, addresses, HAND_WRITTEN, self.config.site_url)
        return self.env.get_template("main.html").render(context)

    def assert_same(self, pages: Sequence[RenderedPage], *, times: int = 3) -> Framer:
        """Three times: as it stands, cut, and filled."""
        expected, framer = self.slowly(pages), self.framer
        for _ in range(times):
            for each in pages:
                assert framer.page(each) == expected[each.page.url], each.page.url
        return framer


def both(book: Book, config: MkDocsConfig) -> Both:
    site = plan(book, "Name", None, "figures", config.site_url or "")
    pages = tuple(render_page(each, site.editions[each.page.lang]) for each in site.pages)
    return Both(pages, site.editions, config, environment(config))


@pytest.fixture(scope="module")
def real(book: Book) -> Both:
    return both(book, configured(**ADDRESSED))


@pytest.fixture(scope="module")
def projects(real: Both) -> tuple[RenderedPage, ...]:
    """The Chinese pages of projects."""
    return tuple(p for p in real.pages if p.page.id.kind == "project" and p.page.lang == "zh")


def test_every_page_of_the_data(real: Both) -> None:
    real.assert_same(real.pages)


def test_pages_are_filled_and_not_rendered(real: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    framer, pages = real.framer, sample(real.pages)
    first = [framer.page(each) for _ in range(2) for each in pages][-len(pages) :]

    def refused(*_: object) -> None:
        raise AssertionError("rendered once more")

    monkeypatch.setattr(framing, "get_context", refused)
    assert [framer.page(each) for each in pages] == first


def test_a_site_without_an_address(book: Book, real: Both) -> None:
    bare = replace(real, config=configured(site_url="", repo_url="", edit_uri_template="x/{path}"))
    bare.env = environment(bare.config)
    pages = [page for page in real.pages if page.page.id.kind != "project"][::3]
    assert all("https://example.org" not in each for each in bare.slowly(pages[:2]).values())
    bare.assert_same(pages)


@pytest.fixture(scope="module")
def district() -> Both:
    """A department of the example, with two of its disclosures."""
    whole = load_book(EXAMPLE)
    department = max(whole.departments, key=lambda each: len(each.disclosures))
    some = tuple(replace(d, projects=d.projects[:3], units=()) for d in department.disclosures)
    one = replace(department, disclosures=some[:2])
    few = replace(whole, departments=(one,), glossary=())
    return both(few, configured(**ADDRESSED))


def test_a_department_of_several_years_on_a_government_site(district: Both) -> None:
    pages = sample(district.pages)
    framer = district.assert_same(pages)
    shown = "".join(map(framer.page, pages))
    assert 'class="d-years"' in shown and 'name="ColumnName"' in shown and "d-thumb" in shown


def sample(pages: Iterable[RenderedPage], each: int = 2) -> list[RenderedPage]:
    """Some pages of every kind in both languages."""
    found: dict[tuple[str, str], list[RenderedPage]] = {}
    for page in pages:
        found.setdefault((page.page.lang, page.page.id.kind), []).append(page)
    return [page for group in found.values() for page in group[:each]]


def test_no_more_is_kept_than_is_good(real: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "KEPT", 2)
    monkeypatch.setattr("mkdocs_disclosure.frame.KEPT", 2)
    framer = real.assert_same(sample(real.pages, 1), times=2)
    assert len(framer._navs) <= 2 and len(framer._sections) <= 2


@pytest.mark.slow
def test_every_page_of_the_example() -> None:
    district = both(load_book(EXAMPLE), configured(**ADDRESSED))
    assert len(district.pages) > 1000
    district.assert_same(district.pages)


# ---- texts that would do harm --------------------------------------------------------------

ATTACKS = (
    "</script><script>alert(1)</script>\"'&{{7*7}}{% raw %}",
    '"0" &#34;1&#34; \\1 \\g<0> {0} %s',
    f'"{framing._TOKEN}.0" &#34;{framing._TOKEN}.9&#34;',
    " ",
    "&amp;",
)


def attacked(rendered: RenderedPage, text: str) -> RenderedPage:
    """A page whose texts are all ``text``, with neighbours that it has not had."""
    page = rendered.page
    phrase = Phrase(text, page.lang)
    target = page.eyebrow[0].target
    card = Card(phrase, target, (phrase,), eyebrow=text)
    changed = replace(
        page,
        title=phrase,
        description=text,
        eyebrow=tuple(replace(each, text=phrase) for each in page.eyebrow),
        source_file=text,
        previous=card,
        next=replace(card, figure=()),
        dataset=text,
    )
    toc = (TocEntry("a", text, 2, (TocEntry("b", f"<i>{text}</i>", 3, ()),)),)
    return RenderedPage(changed, Markup(text), toc)


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_texts_that_look_like_something_else(
    text: str, real: Both, projects: Sequence[RenderedPage]
) -> None:
    plain, other = (attacked(page, "plain") for page in projects[:2])
    hostile = attacked(projects[2], text)
    expected = real.slowly([plain, other, hostile])
    framer = real.framer  # cut with plain texts, filled with others
    assert framer.page(plain) and framer.page(other)
    known = len(framer._met)
    assert framer.page(other) == expected[other.page.url]
    assert framer.page(hostile) == expected[hostile.page.url]
    assert len(framer._met) == known


# ---- templates of others -------------------------------------------------------------------


def test_a_template_of_the_site(
    real: Both, projects: Sequence[RenderedPage], tmp_path: Path
) -> None:
    own = tmp_path / "partials" / "logo.html"
    own.parent.mkdir()
    own.write_text("<b>{{ d.title | upper }} {{ page.url }}</b>", "utf-8")
    config = configured(**ADDRESSED, theme={"name": "material", "custom_dir": str(tmp_path)})
    assert own_templates(config) == ("partials/logo.html",)
    site = replace(real, config=config, env=environment(config))
    pages = projects[:4]
    assert all(f"<b>{p.page.title.text.upper()}" in site.framer.page(p) for p in pages)
    site.assert_same(pages)


def test_what_is_no_template_of_a_page(tmp_path: Path) -> None:
    for name in ("404.html", "own.html", "assets/own.css", "main.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("own", "utf-8")
    theme = {"name": "material", "custom_dir": str(tmp_path)}
    assert own_templates(configured(theme=theme)) == ()
    assert own_templates(configured()) == ()


@pytest.mark.parametrize("changed", ["{{ d.title | upper }}", "{{ d.title[:3] }}"])
def test_a_template_that_does_more_with_a_text_than_show_it(
    changed: str, real: Both, projects: Sequence[RenderedPage]
) -> None:
    """Put in the place of the theme's by a plugin, unseen."""
    env = environment(real.config)
    assert env.loader is not None
    own = {"main.html": f"{changed} {{% include 'partials/nav.html' %}} {{{{ page.content }}}}"}
    env.loader = ChoiceLoader([DictLoader(own), env.loader])
    framer = replace(real, env=env).assert_same(projects)
    assert None in framer._cuts.values()


def test_plugins_that_want_each_page() -> None:
    config = configured()
    own = config.plugins["disclosure"]
    assert page_plugins(config, own) == ()
    searching = configured(plugins=["disclosure", "search"])
    (found,) = page_plugins(searching, searching.plugins["disclosure"])
    assert "search" in found


# ---- what the frame knows without the list of all pages --------------------------------------


def test_a_page_of_another_year_that_is_written_by_hand(book: Book) -> None:
    department = book.departments[0]
    disclosure = department.disclosures[0]
    older = replace(
        disclosure, header=disclosure.header.model_copy(update={"year": 2019}), projects=()
    )
    years = replace(department, disclosures=(disclosure, older))
    edition = Edition(replace(book, departments=(years,)), "zh")
    code = disclosure.projects[0].code
    there = PageId(Kind.PROJECT, department.slug, older.slug, code)
    assert not Frames(edition, (), None)._exists(older, there)
    assert Frames(edition, (("x", there.url("zh")),), None)._exists(older, there)


def test_links_to_other_years_lead_to_pages(district: Both) -> None:
    addresses = {each.page.url for each in district.pages}
    found: dict[str, bool] = {}
    for each in district.pages:
        url, folder = each.page.url, each.page.url.rpartition("/")[0]
        frames = Frames(district.editions[each.page.lang], (), None)
        for year in frames.of(each).years:
            there = posixpath.normpath(posixpath.join(folder, year.href))
            assert there in addresses, (url, year.href)
            same = url.rpartition("/")[2] == there.rpartition("/")[2]
            found[each.page.id.kind] = found.get(each.page.id.kind, True) and same
    # The same page wherever there is one: projects and some tables are not in every year.
    assert {kind for kind, always in found.items() if not always} <= {"project", "table", "unit"}
    assert found["part"] and found["checks"] and found["print"]


def test_amounts_are_found_wherever_they_are(real: Both) -> None:
    found = [each.amounts for each in real.pages]
    assert found == [any(True for _ in amounts(each.page.blocks)) for each in real.pages]
    assert len(set(found)) == 2
