"""The theme's frame around a page of the data: rendered once for many pages, filled for each.

A frame has few texts that are a page's own. Where two pages have the same of everything else
(their ``_Shape``), the theme's templates are rendered once with marks in the place of those texts,
and cut at the marks; a page is then a join of strings. What follows from more than one text (the
navigation, the lists of sections) has a template of its own, which is rendered once for each that
is different.

The bytes are those that MkDocs writes. That is proven where a shape is cut: the page is rendered
by MkDocs' way too, and where the two are not the same, or a site has templates of its own that may
look at a text, every page is rendered by MkDocs' way.
"""

from __future__ import annotations

import logging
import posixpath
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

from jinja2 import ChoiceLoader, DictLoader, Environment
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from disclosure.model.fields import Lang
from disclosure.site.render import RenderedPage, TocEntry
from disclosure.site.render import text as escaped_text
from disclosure.site.routes import Kind
from mkdocs_disclosure.frame import KEPT, Frame, Frames, NavLink, Neighbour
from mkdocs_disclosure.pages import GeneratedPage, generated_page
from mkdocs_disclosure.theme_defaults import THEME

log = logging.getLogger("mkdocs.plugins.disclosure")

# Templates within the frame that are drawn by themselves: their lists have many forms, and what
# is in them is the same on many pages, or is more than a text that stands there as it is.
_NAVIGATION = ("partials/nav.html", "partials/parts.html")
_SECTIONS = ("partials/toc.html", "partials/on-this-page.html")
_YEARS = "partials/years.html"
_REGIONS = (*_NAVIGATION, *_SECTIONS, _YEARS)
# No text can hold a mark: it is drawn when the program starts, and stands in no page.
_TOKEN = secrets.token_hex(16)
_MARK = re.compile(rf"(\"|&#34;){_TOKEN}\.(\d+)\1")
# Texts of a frame that are the page's own, as far as they stand in it by themselves.
_TEXTS = (
    *("title", "full_title", "description", "twin", "markdown", "source_file", "print_href"),
    "dataset",
)
_MAIN = "main.html"
_Shape = tuple[object, ...]
_Pieces = tuple[tuple[str, ...], tuple[tuple[int, bool], ...]]
"""Texts of a template, and between each two of them the number of a value: is it escaped?"""
_Marking = Callable[[Frame, GeneratedPage, Sequence[str]], Frame]
"""Puts marks in the place of what a template shows, in the frame and in the page."""


def own_templates(config: MkDocsConfig) -> tuple[str, ...]:
    """The templates of a page that a site or another plugin has put in the place of the theme's.

    They may do with a page whatever they like, so that no two pages are known to be alike.
    """
    folders = [Path(folder) for folder in config.theme.dirs]
    ours = folders.index(THEME) if THEME in folders else len(folders)
    return tuple(
        sorted(
            name
            for folder in folders[:ours]
            for path in folder.rglob("*")
            if path.suffix in (".html", ".svg")
            if (name := path.relative_to(folder).as_posix()) != "404.html"
            if any((below / name).is_file() for below in folders[ours:])
        )
    )


def page_plugins(config: MkDocsConfig, own: object) -> tuple[str, ...]:
    """The modules of other plugins and hooks that want each page while MkDocs builds it.

    Such pages must stay in the lists of MkDocs. ``own``: the plugin that is not meant.
    """
    events = config.plugins.events
    wanted = (each for name in _PAGE_EVENTS for each in events[name])
    others = (each for each in wanted if getattr(each, "__self__", None) is not own)
    return tuple(sorted({str(getattr(each, "__module__", each)) for each in others}))


_PAGE_EVENTS = (
    *("pre_page", "page_read_source", "page_markdown", "page_content", "page_context"),
    "post_page",
)


class Framer:
    """Puts the theme's frame around pages of the data.

    It is made once a build, when all plugins have had the environment of the templates
    (``on_env``), and can be used in forked processes. ``nav`` and ``files`` are for templates of
    the site's own.
    """

    def __init__(
        self,
        env: Environment,
        config: MkDocsConfig,
        frames: Mapping[Lang, Frames],
        nav: Navigation | None = None,
        files: Sequence[File] = (),
    ) -> None:
        self._env = env
        self._config = config
        self._frames = frames
        self._nav = nav or Navigation([], [])
        self._files = files
        self._plain = bool(own_templates(config))
        marks = {name: _mark(number) for number, name in enumerate(_REGIONS)}
        assert env.loader is not None
        self._marking = env.overlay(loader=ChoiceLoader([DictLoader(marks), env.loader]))
        self._cuts: dict[_Shape, _Pieces | None] = {}
        self._met: set[_Shape] = set()
        self._links: dict[str, int] = {}
        self._numbers: dict[tuple[str, ...], int] = {}
        # By identity, which is quick: ``Frames`` gives the same one to all pages that have it, and
        # as long as it is in here no other can have its identity.
        self._navs: dict[int, tuple[tuple[NavLink, ...], tuple[str, str]]] = {}
        self._sections: dict[tuple[Lang, tuple[TocEntry, ...]], tuple[str, str]] = {}

    def page(self, rendered: RenderedPage) -> str:
        """The HTML of a page of the data, byte for byte as MkDocs makes it."""
        frames = self._frames[rendered.page.lang]
        frame = frames.of(rendered)
        if self._plain:
            return self._plainly(rendered, frame)
        address, edit = frames.address(frame.url), self._edit_url(rendered)
        texts = _texts(frame, rendered.html, address, edit)
        values = [*self._regions(rendered, frame), *texts]
        shape = self._shape(frame, rendered)
        return self._drawn(_MAIN, shape, values, rendered, frame, _marked)

    def _plainly(self, rendered: RenderedPage, frame: Frame) -> str:
        return self._render(self._env, _MAIN, self._page(rendered), frame)

    def _page(self, rendered: RenderedPage) -> GeneratedPage:
        """The page of MkDocs."""
        page = generated_page(rendered, self._config)
        page.read_source(self._config)
        page.render(self._config, Files([]))
        # Each would hold the other, and the text of the page, as long as the site is built.
        page.file.page = None
        return page

    def _render(self, env: Environment, template: str, page: GeneratedPage, frame: Frame) -> str:
        context: Any = get_context(self._nav, self._files, self._config, page)
        return env.get_template(template).render({**context, "d": frame})

    def _edit_url(self, rendered: RenderedPage) -> str:
        """Where the source of a page is edited, as ``mkdocs.structure.pages.Page`` has it."""
        source_file = rendered.page.source_file
        template, uri = self._config.edit_uri_template, self._config.edit_uri
        if not source_file or not (template or uri):
            return ""
        path = f"{uri}{source_file}"
        if template:
            without = posixpath.splitext(source_file)[0]
            path = template.format(path=source_file, path_noext=without)
        repository = self._config.repo_url or ""
        if repository and not path.startswith(("?", "#")) and not repository.endswith("/"):
            repository += "/"
        return urljoin(repository, path)

    # ---- shapes --------------------------------------------------------------------------

    def _shape(self, frame: Frame, rendered: RenderedPage) -> _Shape:
        """What a page must have in common with another one to be cut alike."""
        folder = frame.url.rpartition("/")[0]
        links = self._links.get(folder)
        if links is None:
            links = self._links[folder] = self._constant_links(frame)
        return (
            links,
            rendered.page.id.kind is Kind.HOME,
            frame.layout,
            frame.hidden,
            frame.listed,
            frame.amounts,
            bool(rendered.toc),
            bool(frame.parts),
            len(frame.trail),
            len(frame.feeds),
            bool(frame.years),
            tuple([name for name, _ in frame.tags]),
        )

    def _constant_links(self, frame: Frame) -> int:
        """A number for the links that all pages of a folder have in common, wherever it lies."""
        context = {"page": SimpleNamespace(url=frame.url), "base_url": frame.root.rstrip("/")}
        config, url = self._config, self._env.filters["url"]
        paths = (self._env.globals["theme_style"], *config.extra_css, *config.extra_javascript)
        links = (
            *(frame.root, frame.home, frame.guide, frame.accessibility, frame.search),
            *(url(context, str(path)) for path in paths),
        )
        return self._numbers.setdefault(links, len(self._numbers))

    # ---- templates -----------------------------------------------------------------------

    def _drawn(
        self,
        template: str,
        shape: _Shape,
        values: Sequence[str],
        rendered: RenderedPage,
        frame: Frame,
        mark: _Marking,
    ) -> str:
        """A template that shows ``values``. ``shape`` is what else it depends on."""
        # A text that is empty is left out with what stands around it.
        key = (template, frame.lang, shape, *map(bool, values))
        pieces = self._cuts.get(key)
        if pieces is not None:
            return _filled(pieces, values)
        text = self._render(self._env, template, self._page(rendered), frame)
        # What is like nothing else is not worth the cut.
        if key in self._met and key not in self._cuts:
            page = self._page(rendered)
            marked = mark(frame, page, [_mark(n) if v else "" for n, v in enumerate(values)])
            env = self._marking if template == _MAIN else self._env
            pieces = _pieces(self._render(env, template, page, marked))
            right = pieces is not None and _filled(pieces, values) == text
            self._cuts[key] = pieces if right else None
            if not right:
                log.debug("%s is rendered for each page like %s", template, frame.url)
        self._met.add(key)
        return text

    def _regions(self, rendered: RenderedPage, frame: Frame) -> tuple[str, ...]:
        """What is drawn by itself, in the order of ``_REGIONS``."""
        nav = self._navs.get(id(frame.nav))
        if nav is None:
            links = tuple(_flat(frame.nav))
            values = [text for each in links for text in (each.title, each.href, each.number)]
            shape = tuple((each.current, len(each.children)) for each in links)
            one, two = (
                self._drawn(name, shape, values, rendered, frame, _marked_nav)
                for name in _NAVIGATION
            )
            if len(self._navs) >= KEPT:
                self._navs.clear()
            nav = self._navs[id(frame.nav)] = (frame.nav, (one, two))
        return (*nav[1], *self._listed(rendered, frame), self._years(rendered, frame))

    def _listed(self, rendered: RenderedPage, frame: Frame) -> tuple[str, str]:
        key = (frame.lang, rendered.toc)
        sections = self._sections.get(key)
        if sections is None:
            if len(self._sections) >= KEPT:
                self._sections.clear()
            page = self._page(rendered)
            one, two = (self._render(self._env, name, page, frame) for name in _SECTIONS)
            sections = self._sections[key] = (one, two)
        return sections

    def _years(self, rendered: RenderedPage, frame: Frame) -> str:
        if not frame.years:
            return ""
        values = [text for each in frame.years for text in (each.title, each.href, each.note)]
        shape = tuple([each.active for each in frame.years])
        return self._drawn(_YEARS, shape, values, rendered, frame, _marked_years)


def _mark(number: int) -> str:
    return f'"{_TOKEN}.{number}"'


def _pieces(text: str) -> _Pieces | None:
    """A text with marks, cut at them; None where a template has done more with a mark than show it.

    The quotation marks of a mark tell whether it was escaped.
    """
    found = _MARK.split(text)
    holes = zip(found[1::3], found[2::3], strict=True)
    if any(_TOKEN in between for between in found[::3]):
        return None
    return tuple(found[::3]), tuple((int(number), quote != '"') for quote, number in holes)


def _filled(pieces: _Pieces, values: Sequence[str]) -> str:
    texts, holes = pieces
    parts = [texts[0]]
    for (place, escaped), text in zip(holes, texts[1:], strict=True):
        value = values[place]
        if escaped:  # what is markup stays as it is
            value = escaped_text(value) if type(value) is str else escape(value)
        parts += (value, text)
    return "".join(parts)


def _texts(frame: Frame, content: str, address: str, edit: str) -> list[str]:
    """The texts of a page, in the order of ``_marked``; what it has not is empty."""
    texts = [*(getattr(frame, name) for name in _TEXTS), content, address, edit]
    texts += frame.parent or ("", "")
    for each in (frame.previous, frame.next):
        texts += _beside(each) if each else _NO_NEIGHBOUR
    texts += [each.href for each in frame.alternates]
    for pair in (*frame.trail, *frame.feeds):
        texts += pair
    texts += [text for _, text in frame.tags]
    return texts


_NO_NEIGHBOUR = ("",) * 5


def _beside(neighbour: Neighbour) -> tuple[str, ...]:
    return (
        *(neighbour.number, neighbour.title, neighbour.figure, neighbour.href),
        neighbour.yuan,
    )


def _marked(frame: Frame, page: GeneratedPage, marks: Sequence[str]) -> Frame:
    """The frame with marks in the place of its texts, and the page with those of its own."""
    take = iter(marks[len(_REGIONS) :]).__next__
    texts: dict[str, Any] = {name: take() for name in _TEXTS}
    page.content, page.canonical_url, page.edit_url = take(), take() or None, take() or None
    parent = (take(), take())
    beside = [Neighbour(*[take() for _ in _NO_NEIGHBOUR]) for _ in range(2)]
    return replace(
        frame,
        **texts,
        parent=parent if frame.parent else None,
        previous=beside[0] if frame.previous else None,
        next=beside[1] if frame.next else None,
        alternates=tuple(replace(each, href=take()) for each in frame.alternates),
        trail=tuple((take(), take()) for _ in frame.trail),
        feeds=tuple((take(), take()) for _ in frame.feeds),
        tags=tuple((name, take()) for name, _ in frame.tags),
    )


def _marked_nav(frame: Frame, page: GeneratedPage, marks: Sequence[str]) -> Frame:
    take = iter(marks).__next__

    def marked(link: NavLink) -> NavLink:
        link = replace(link, title=take(), href=take(), number=take())
        return replace(link, children=tuple(map(marked, link.children)))

    return replace(frame, nav=tuple(map(marked, frame.nav)))


def _marked_years(frame: Frame, page: GeneratedPage, marks: Sequence[str]) -> Frame:
    take = iter(marks).__next__
    years = (replace(y, title=take(), href=take(), note=take()) for y in frame.years)
    return replace(frame, years=tuple(years))


def _flat(links: tuple[NavLink, ...]) -> Iterator[NavLink]:
    for link in links:
        yield link
        yield from _flat(link.children)
