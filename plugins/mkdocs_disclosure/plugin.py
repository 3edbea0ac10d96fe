"""The hooks of MkDocs. Each hands over to the core or to a module beside this one."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from disclosure.book import read_book
from disclosure.manifest import digest, manifest
from disclosure.problems import Problem, Severity, report, sort_problems
from disclosure.rules.acknowledged import STALE
from disclosure.rules.examine import examine
from disclosure.search import build_index
from disclosure.site.assets import ASSETS as OWN_ASSETS
from disclosure.site.assets import assets
from disclosure.site.markdown import render_markdown
from disclosure.site.places import SHOW_FINDINGS, ShowFindings
from disclosure.site.plan import Site, plan
from disclosure.site.render import TEMPLATES, render_page
from disclosure.site.search_text import search_pages
from mkdocs_disclosure.content import content_markdown, content_search_page, unreadable
from mkdocs_disclosure.frame import ASSETS, error_frame, frame, page_lang, sitemap_entries
from mkdocs_disclosure.pages import GeneratedPage, add_file, add_page, has_markdown
from mkdocs_disclosure.robots import NAME as ROBOTS
from mkdocs_disclosure.robots import robots
from mkdocs_disclosure.theme_defaults import THEME, apply_theme_defaults, theme_style

# The theme's scripts, their maps and its search are a megabyte that no page asks for.
_THEME_SCRIPTS = "assets/javascripts/"

# A year that is being filled in has hundreds; a page that lists them all cannot be read.
_TOLD = 20

log = logging.getLogger("mkdocs.plugins.disclosure")


class _ShowFindings(base.BaseConfigOption[ShowFindings]):
    """``show_findings``: which findings of the data checks the site shows."""

    def __init__(self, default: ShowFindings) -> None:
        super().__init__()
        self.default = default

    def run_validation(self, value: object) -> ShowFindings:
        """One of the known words; raises ValidationError for anything else."""
        for known in SHOW_FINDINGS:
            if value == known:
                return known
        known_words = ", ".join(SHOW_FINDINGS)
        raise base.ValidationError(
            f"不认识“{value}”，只能是 {known_words} 之一 / "
            f'"{value}" is not known; write one of {known_words}'
        )


class DisclosureConfig(base.Config):  # type: ignore[no-untyped-call]
    """The options of the plugin in ``mkdocs.yml``."""

    data_dir = options.Type(str, default="data")
    show_findings = _ShowFindings(default="figures")


class _Warnings(logging.Handler):
    """Counts warnings, so that a strict build that fails does not replace the last good site."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


class _Compiled(BytecodeCache):
    """The theme's compiled templates, kept in memory from one build of a server to the next."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of an unchanged template."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


class DisclosurePlugin(BasePlugin[DisclosureConfig]):  # type: ignore[no-untyped-call]
    """Publishes the disclosures of a data folder as Chinese and English pages."""

    def __init__(self) -> None:
        self.serving = False
        self.site: Site | None = None
        self.problems: tuple[Problem, ...] = ()
        self.pages: frozenset[str] = frozenset()
        self.content: tuple[tuple[str, Page], ...] = ()
        self.final_dir: Path | None = None
        self.warnings = _Warnings()
        self.compiled = _Compiled()

    @property
    def built(self) -> Site:
        """The planned site; set by ``on_config``."""
        assert self.site is not None
        return self.site

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether a server wants the pages."""
        self.serving = command == "serve"

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the data and plan every page, before anything of the last site is touched."""
        # A build makes many objects and no garbage: looking for it is a fifth of the time that an
        # editor waits for a page.
        gc.disable()
        apply_theme_defaults(config)
        shown = self.config.data_dir.rstrip("/\\").replace("\\", "/")
        book, problems = read_book(self._data_dir(config), shown)
        examination = examine(book) if book else None
        if examination:
            told = (
                each
                for each in examination.problems
                if each.severity is Severity.ERROR or each.code in STALE
            )
            problems = sort_problems([*problems, *told])
        wrong = tuple(each for each in problems if each.severity is Severity.ERROR)
        # What the rules refuse can be drawn: a server shows the change and what is wrong with it.
        if book is None or (wrong and not self.serving):
            self._refuse(problems)
        else:
            self.site = plan(
                book,
                config.site_name,
                examination,
                self.config.show_findings,
                config.site_url or "",
            )
            self.problems = wrong
            sys.stderr.write(report(problems))
        if not self.serving:
            self._stage(config)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages, the search index, the exports and our own assets."""
        site = self.built
        folder = Path(config.docs_dir).name
        if wrong := tuple(unreadable(files.documentation_pages(), folder)):
            sys.stderr.write(report(wrong))
            raise PluginError(
                f"手写页面有 {len(wrong)} 个不是 UTF-8 编码，网站没有更新。 / "
                f"{len(wrong)} hand-written page(s) not in UTF-8; the site was not changed."
            )
        written = {file.url for file in files.documentation_pages()}
        for marked in site.pages:
            add_page(files, config, render_page(marked, site.editions[marked.page.lang]))
        for export in site.files:
            add_file(files, config, export.address, export.data)
        for address, told in site.told:
            if files.get_file_from_path(address) is None:  # a file of the site's own wins
                add_file(files, config, address, told)
        for name, content in assets().items():
            add_file(files, config, f"{ASSETS}/{name}", content)
        allowed = robots(config.site_url)
        if allowed and files.get_file_from_path(ROBOTS) is None:
            add_file(files, config, ROBOTS, allowed)
        for file in list(files):
            if file.src_uri.startswith(_THEME_SCRIPTS):
                files.remove(file)
        documentation = files.documentation_pages()
        self.pages = frozenset(file.url for file in documentation)
        self._written = written
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """The theme draws our own navigation; MkDocs keeps only the home page."""
        hand_written = [
            file.page
            for file in files.documentation_pages()
            if file.url in self._written and file.page
        ]
        self.content = tuple((page.url, page) for page in hand_written)
        home = [page for page in nav.pages if page.url == "index.html"]
        return Navigation(list(home), home)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Build the search index, now that the hand-written pages are rendered too."""
        env.bytecode_cache = self.compiled
        env.globals["theme_style"] = theme_style(config)
        site = self.built
        for lang, edition in site.editions.items():
            hand_written = (
                content_search_page(page, edition)
                for url, page in self.content
                if page_lang(url) == lang
            )
            made = (page for page in site.pages if page.page.url not in self._written)
            pages = (*search_pages(made, edition), *hand_written)
            for path, text in build_index(pages, lang):
                add_file(files, config, f"search/{lang}/{path}", text)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Everything of ours enters the templates as ``d``."""
        edition = self.built.editions[page_lang(page.url)]
        content = tuple((str(each.title), url) for url, each in self.content)
        problems = tuple(problem.line() for problem in self.problems[:_TOLD])
        if (more := len(self.problems) - _TOLD) > 0:
            problems += (f"…… 还有 {more} 处，请运行 / {more} more, run: disclosure check",)
        context["d"] = frame(  # type: ignore[typeddict-unknown-key]
            edition, page, self.pages, content, config.site_url, problems, self.serving
        )
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the Markdown of a page beside its HTML.

        Written at once, as MkDocs does with the HTML: a large site would not fit into the memory
        twice.
        """
        if (markdown := self._markdown(page)) is not None:
            path = Path(page.file.abs_dest_path).with_suffix(".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(markdown, encoding="utf-8", newline="\n")
        return output

    def _markdown(self, page: Page) -> str | None:
        if isinstance(page, GeneratedPage):
            edition = self.built.editions[page_lang(page.url)]
            return render_markdown(page.rendered.page, edition) if has_markdown(page) else None
        return content_markdown(page)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The 404 page (one for both languages) and the sitemap with its alternates."""
        values: dict[str, Any] = {}
        if template_name == "404.html":
            editions = self.built.editions
            values["d"] = error_frame(editions["zh"], context["base_url"], self.serving)
            values["d_en"] = error_frame(editions["en"], context["base_url"], self.serving)
        if template_name == "sitemap.xml":
            entries = sitemap_entries(config.site_url, self.pages) if config.site_url else []
            values["entries"] = entries
        context.update(values)  # type: ignore[typeddict-item]
        return context

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Put the finished site in the place of the last one."""
        gc.enable()
        if self.final_dir is None:
            return
        staged, final = Path(config.site_dir), self.final_dir
        self._unstage(config)
        if config.strict and self.warnings.count:
            shutil.rmtree(staged, ignore_errors=True)
            return
        listed = manifest(staged)
        _replace(final, staged)
        log.info("网站的摘要 / Digest of the site: sha256:%s", digest(listed))

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it is."""
        gc.enable()
        if self.final_dir is not None and self.staged_dir.exists():
            shutil.rmtree(self.staged_dir, ignore_errors=True)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Rebuild when data, templates or theme change."""
        watched = [self._data_dir(config), TEMPLATES, OWN_ASSETS, THEME]
        if config.theme.custom_dir:
            watched.append(Path(config.theme.custom_dir))
        for folder in dict.fromkeys(watched):
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong. A running server goes on with the last good data and says so."""
        sys.stderr.write(report(problems))
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        message = (
            f"数据有 {errors} 处错误，网站没有更新。 / "
            f"{errors} error(s) in the data; the site was not changed."
        )
        if not self.serving or self.site is None:
            raise PluginError(message)
        log.error(message)
        self.problems = problems

    def _data_dir(self, config: MkDocsConfig) -> Path:
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        return root / self.config.data_dir

    def _stage(self, config: MkDocsConfig) -> None:
        """Build beside the last site; ``on_post_build`` exchanges the two."""
        self.final_dir = Path(config.site_dir)
        self.staged_dir = self.final_dir.with_name(f".{self.final_dir.name}.building-{os.getpid()}")
        config.site_dir = str(self.staged_dir)
        logging.getLogger("mkdocs").addHandler(self.warnings)

    def _unstage(self, config: MkDocsConfig) -> None:
        logging.getLogger("mkdocs").removeHandler(self.warnings)
        config.site_dir = str(self.final_dir)
        self.final_dir = None


def _replace(final: Path, staged: Path) -> None:
    """Exchange two folders by renaming; the old one goes last, so one is always whole."""
    old = final.with_name(f"{staged.name}.old")
    if final.exists():
        final.rename(old)
    staged.rename(final)
    shutil.rmtree(old, ignore_errors=True)
