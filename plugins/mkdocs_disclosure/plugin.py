"""The hooks of MkDocs. Each hands over to the core or to a module beside this one."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
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
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from disclosure.book import read_book
from disclosure.manifest import digest, lines
from disclosure.model.fields import Lang
from disclosure.problems import Problem, Severity, report, sort_problems
from disclosure.publish.folder import (
    Output,
    exchange,
    intact,
    outputs_of,
    put,
    staged_digests,
)
from disclosure.publish.kept import Built, forget, load, save
from disclosure.publish.keys import department_keys, inputs
from disclosure.publish.left import Left
from disclosure.publish.processes import cores, in_order
from disclosure.publish.progress import Told, listener
from disclosure.publish.remembered import Memory
from disclosure.publish.served import Served
from disclosure.publish.shards import NoShard, Ready, Shard, complete, keep_only
from disclosure.publish.shards import read as read_shards
from disclosure.publish.shards import write as write_shard
from disclosure.publish.site import NONE_READY, Published, Publishing, sizes
from disclosure.rules.acknowledged import STALE
from disclosure.rules.examine import Examination, examine
from disclosure.search import SearchPage
from disclosure.site.assets import ASSETS as OWN_ASSETS
from disclosure.site.assets import assets
from disclosure.site.markdown import render_markdown
from disclosure.site.places import SHOW_FINDINGS, ShowFindings
from disclosure.site.plan import Plan, planned_pages
from disclosure.site.render import render_page
from mkdocs_disclosure.afterwards import Afterwards
from mkdocs_disclosure.content import content_markdown, content_search_page, unreadable
from mkdocs_disclosure.frame import ASSETS, Frames, error_frame, page_lang, sitemap_urls
from mkdocs_disclosure.framing import Framer, page_plugins
from mkdocs_disclosure.inputs import build_moment, programs, root_of, settings
from mkdocs_disclosure.pages import (
    GeneratedPage,
    LinkedPage,
    add_file,
    add_linked,
    add_page,
    has_markdown,
)
from mkdocs_disclosure.robots import NAME as ROBOTS
from mkdocs_disclosure.robots import robots
from mkdocs_disclosure.theme_defaults import THEME, apply_theme_defaults, theme_style
from mkdocs_disclosure.watching import reload, watch

# The theme's scripts, their maps and its search are a megabyte that no page asks for.
_THEME_SCRIPTS = "assets/javascripts/"

# A year that is being filled in has hundreds; a page that lists them all cannot be read.
_TOLD = 20
# 2/5: make the second of five shards; a folder of shards: put them together.
_SHARD, _SHARDS = "DISCLOSURE_SHARD", "DISCLOSURE_SHARDS"
# A file for the seconds that each stage takes.
_TIMES = "DISCLOSURE_TIMES"
# Fewer files than these are read before a process has started.
_FILES = 600

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
    search = options.Type(bool, default=True)
    processes = options.Type(int, default=0)
    cache_dir = options.Type(str, default=".cache/disclosure")


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
        self.command = ""
        self.processes = 1
        self.memory = Memory()
        self.afterwards = Afterwards()
        self.server: LiveReloadServer | None = None
        self.edited: tuple[str, ...] = ()
        self.served: Served | None = None
        self.follow: Callable[[Mapping[str, str]], None] | None = None
        self.plan: Plan | None = None
        self.report = ""
        self.problems: tuple[Problem, ...] = ()
        self.pages: frozenset[str] = frozenset()
        self.content: tuple[tuple[str, Page], ...] = ()
        self.frames: Mapping[Lang, Frames] = {}
        self.linked: tuple[File, ...] = ()
        self.final_dir: Path | None = None
        self.staged_dir: Path | None = None
        self.reserved: frozenset[str] = frozenset()
        self.last: Built | None = None
        self.published: Published | None = None
        self.shard: Shard | None = None
        self.left: Mapping[str, Left] = {}
        self.told = Told()
        self.warnings = _Warnings()
        self.compiled = _Compiled()

    @property
    def planned(self) -> Plan:
        """The plan of the site; set by ``on_config``."""
        assert self.plan is not None
        return self.plan

    @property
    def serving(self) -> bool:
        """Whether a server wants the pages."""
        return self.command == "serve"

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember what the pages are made for."""
        self.command = command

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the data and plan every page, before anything of the last site is touched.

        Raises SystemExit where ``mkdocs build`` would make the site that is there already.
        """
        # A build makes many objects and no garbage: looking for it is a fifth of the time that an
        # editor waits for a page.
        gc.disable()
        self.afterwards.stop()
        if self.served:
            self.last = self.served.built
        apply_theme_defaults(config)
        final = Path(config.site_dir)
        self.shard = _shard()
        self.told = listener(self.command == "build", os.environ.get(_TIMES, ""))
        self.told("read")
        data, taken = self._data_dir(config), None
        if self.serving:
            self.memory.files.start()
            taken = self.memory.files
        self.inputs = inputs(data, settings(config), programs(config), build_moment(), taken)
        self.edited = self.memory.changed(data)
        self.last = self._last(config, final)
        if self.last and self._is_the_site(self.last, config):
            sys.stderr.write(self.last.report)
            log.info("没有变化，网站还是上次生成的 / Nothing changed; the site is as it was built")
            raise SystemExit(0)
        shown = self.config.data_dir.rstrip("/\\").replace("\\", "/")
        self.processes = 1 if self.inputs.files < _FILES else self.config.processes or cores()
        mapper = partial(in_order, processes=self.processes)
        if self.serving:
            book, problems = self.memory.read(self.inputs, data, shown, mapper)
        else:
            book, problems = read_book(data, shown, mapper)
        self.told("check")
        check = mapper if self.processes > 1 else None
        examination: Examination | None = None
        if book and self.serving:
            examination = self.memory.examine(self.inputs, data, book, check)
        elif book:
            examination = examine(book, check)
        if examination:
            told = examination.those(
                lambda each: each.severity is Severity.ERROR or each.code in STALE
            )
            problems = sort_problems([*problems, *told])
        wrong = tuple(each for each in problems if each.severity is Severity.ERROR)
        # What the rules refuse can be drawn: a server shows the change and what is wrong with it.
        if book is None or (wrong and not self.serving):
            self._refuse(problems)
        else:
            self.told("plan")
            self.plan = Plan.of(
                book,
                config.site_name,
                examination,
                self.config.show_findings,
                config.site_url or "",
            )
            self.problems = wrong
            self.report = report(problems)
            sys.stderr.write(self.report)
        self._stage(config, final)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add our own assets, and of the generated pages and files those that MkDocs must know."""
        plan = self.planned
        folder = Path(config.docs_dir).name
        documentation = files.documentation_pages()
        if wrong := tuple(unreadable(documentation, folder)):
            sys.stderr.write(report(wrong))
            raise PluginError(
                f"手写页面有 {len(wrong)} 个不是 UTF-8 编码，网站没有更新。 / "
                f"{len(wrong)} hand-written page(s) not in UTF-8; the site was not changed."
            )
        self.reserved = frozenset(file.url for file in files)
        self.pages = plan.addresses() | {file.url for file in documentation}
        if page_plugins(config, self):
            for marked in planned_pages(plan):
                add_page(files, config, render_page(marked, plan.editions[marked.page.lang]))
        else:
            self.linked = tuple(add_linked(files, config, self.pages))
        for name, content in assets().items():
            add_file(files, config, f"{ASSETS}/{name}", content)
        allowed = robots(config.site_url)
        if allowed and files.get_file_from_path(ROBOTS) is None:
            add_file(files, config, ROBOTS, allowed)
        for file in list(files):
            if file.src_uri.startswith(_THEME_SCRIPTS):
                files.remove(file)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """The theme draws our own navigation; MkDocs keeps only the home page."""
        hand_written = [
            file.page
            for file in files.documentation_pages()
            if file.url in self.reserved and file.page
        ]
        self.content = tuple((page.url, page) for page in hand_written)
        home = [page for page in nav.pages if page.url == "index.html"]
        self.nav = Navigation(list(home), home)
        return self.nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Make what is generated, now that the hand-written pages are rendered too."""
        env.bytecode_cache = self.compiled
        env.globals["theme_style"] = theme_style(config)
        env.globals["searched"] = self.config.search
        plan = self.planned
        written: dict[Lang, tuple[SearchPage, ...]] = {
            lang: tuple(
                content_search_page(page, edition)
                for url, page in self.content
                if page_lang(url) == lang
            )
            for lang, edition in plan.editions.items()
        }
        problems = self._shown_problems()
        content = tuple((str(page.title), url) for url, page in self.content)
        self.frames = {
            lang: Frames(edition, content, config.site_url, problems, self.serving)
            for lang, edition in plan.editions.items()
        }
        framer = Framer(env, config, self.frames, self.nav, files.documentation_pages())
        self.keys = department_keys(plan.book, self.inputs, (str(self.serving), *problems))
        draw = None if page_plugins(config, self) else framer.page
        publishing = Publishing(
            plan,
            self.keys,
            draw,
            Path(config.site_dir),
            None if self.shard else self.last,
            self.reserved,
            self.processes,
            self.config.search,
            self.told,
        )
        self.served = self.follow = None
        try:
            if self.shard:
                self.left = publishing.departments(only=self.shard.departments(sizes(plan.book)))
            elif draw and (served := self._served()) and served.first(publishing, self.edited):
                # Whoever has this page before the eyes need not wait for the others.
                self.served = served
                self.follow = partial(self._follow, served, publishing, written)
            else:
                left = publishing.departments(ready=self._ready())
                self.published = publishing.rest(left, written)
        except NoShard as error:
            raise PluginError(str(error)) from error
        self._give_linked(config)
        return env

    def _follow(
        self,
        served: Served,
        publishing: Publishing,
        written: Mapping[Lang, tuple[SearchPage, ...]],
        own: Mapping[str, str],
    ) -> None:
        """Make what else an edit changes, after the pages that show it."""
        start = time.perf_counter()
        served.follow(publishing, written, own)
        if self.server:
            reload(self.server)
        log.info(
            "其余页面也已更新，用了 %.1f 秒 / The other pages followed in %.1f seconds",
            *(time.perf_counter() - start,) * 2,
        )

    def _served(self) -> Served | None:
        """The site that a server shows already."""
        if self.serving and self.last and self.final_dir:
            return Served(self.final_dir, self.last)
        return None

    def _built(self, final: Path, published: Published, outputs: Mapping[str, Output]) -> Built:
        """What the next build may go by."""
        return Built(
            str(final.resolve()),
            self.inputs,
            self.keys,
            published.departments,
            published.index,
            outputs,
            self.report,
            bool(self.warnings.count),
        )

    def _give_linked(self, config: MkDocsConfig) -> None:
        """Hand MkDocs the generated files that hand-written pages lead to; it copies them."""
        for file in self.linked:
            try:
                file.content_bytes = self._made(file.url, config)
            except FileNotFoundError:
                log.warning(
                    "%s: 手写页面链接到它，但没有这个文件 / a hand-written page leads here, "
                    "but there is no such file",
                    file.url,
                )

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Everything of ours enters the templates as ``d``."""
        frames = self.frames[page_lang(page.url)]
        context["d"] = (  # type: ignore[typeddict-unknown-key]
            frames.of(page.rendered)
            if isinstance(page, GeneratedPage)
            else frames.of_written(page, self.pages)
        )
        return context

    def _shown_problems(self) -> tuple[str, ...]:
        """What a server says on every page of data that cannot be published."""
        shown = tuple(problem.line() for problem in self.problems[:_TOLD])
        more = len(self.problems) - _TOLD
        if more > 0:
            shown += (f"…… 还有 {more} 处，请运行 / {more} more, run: disclosure check",)
        return shown

    def _ready(self) -> Mapping[str, Ready]:
        """What other machines made, if this one is to put it together."""
        folder = os.environ.get(_SHARDS)
        if not folder:
            return NONE_READY
        ready = read_shards(Path(folder))
        if wrong := tuple(complete(ready, self.keys)):
            raise PluginError("\n".join(wrong))
        return ready

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the Markdown of a page beside its HTML.

        Written at once, as MkDocs does with the HTML: a large site would not fit into the memory
        twice.
        """
        if isinstance(page, LinkedPage):
            html = self._made(page.url, config).decode()
            page.found_anchors(html)
            return html
        if (markdown := self._markdown(page)) is not None:
            path = Path(page.file.abs_dest_path).with_suffix(".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(markdown, encoding="utf-8", newline="\n")
        return output

    def _markdown(self, page: Page) -> str | None:
        if isinstance(page, GeneratedPage):
            edition = self.planned.editions[page_lang(page.url)]
            return render_markdown(page.rendered.page, edition) if has_markdown(page) else None
        return content_markdown(page)

    def _made(self, address: str, config: MkDocsConfig) -> bytes:
        """A generated file: of this build, or as the last one left it."""
        staged = Path(config.site_dir, address)
        if staged.is_file() or self.final_dir is None:
            return staged.read_bytes()
        return (self.final_dir / address).read_bytes()

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The 404 page (one for both languages) and the sitemap with its alternates."""
        values: dict[str, Any] = {}
        if template_name == "404.html":
            editions = self.planned.editions
            values["d"] = error_frame(editions["zh"], context["base_url"], self.serving)
            values["d_en"] = error_frame(editions["en"], context["base_url"], self.serving)
        if template_name == "sitemap.xml":
            values["urls"] = sitemap_urls(config.site_url, self.pages) if config.site_url else ""
        context.update(values)  # type: ignore[typeddict-item]
        return context

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Put the finished site in the place of the last one, and keep what the next needs."""
        assert self.final_dir is not None
        staged, final = Path(config.site_dir), self.final_dir
        self._unstage(config)
        if config.strict and self.warnings.count:
            gc.enable()
            shutil.rmtree(staged, ignore_errors=True)
            return
        if self.served and self.follow:
            own = staged_digests(staged, {})
            self.served.take(staged, own)
            shutil.rmtree(staged, ignore_errors=True)
            self.told.over()
            self.afterwards.start(partial(self.follow, own), gc.enable)
            return
        gc.enable()
        self.told("put")
        if self.shard:
            outputs = {address for left in self.left.values() for address in left.outputs}
            keep_only(staged, outputs)
            write_shard(staged, self.shard, self.keys, self.left)
            exchange(final, staged)
            self.told.over()
            return
        assert self.published is not None
        digests = self.published.outputs
        digests |= staged_digests(staged, digests)
        kept = self._cache_dir(config)
        if kept:
            forget(kept)
        put(staged, final, digests, self.last.outputs if self.last else {})
        if self._alone(config):
            self.last = self._built(final, self.published, outputs_of(final, digests))
            if kept:
                save(kept, self.inputs.shared, self.last)
        self.told.over()
        if self.serving:
            # Nearly all of it stays, and to look through it again and again takes seconds.
            gc.freeze()
        log.info("网站的摘要 / Digest of the site: sha256:%s", digest(lines(digests)))

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it is."""
        gc.enable()
        self.told.over()
        if self.staged_dir is not None:
            shutil.rmtree(self.staged_dir, ignore_errors=True)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Rebuild when data, templates or theme change."""
        watched = [self._data_dir(config), OWN_ASSETS, THEME]
        if config.theme.custom_dir:
            watched.append(Path(config.theme.custom_dir))
        watch(server, [str(folder) for folder in dict.fromkeys(watched) if folder.is_dir()])
        self.server = server
        return server

    def on_shutdown(self) -> None:
        """A server ends: so does what it has begun."""
        self.afterwards.stop()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong. A running server goes on with the last good data and says so."""
        sys.stderr.write(report(problems))
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        message = (
            f"数据有 {errors} 处错误，网站没有更新。 / "
            f"{errors} error(s) in the data; the site was not changed."
        )
        if not self.serving or self.plan is None:
            raise PluginError(message)
        log.error(message)
        self.problems = problems

    def _data_dir(self, config: MkDocsConfig) -> Path:
        return root_of(config) / self.config.data_dir

    def _cache_dir(self, config: MkDocsConfig) -> Path | None:
        """Where builds are kept; a server keeps its own in memory."""
        kept = self.config.cache_dir and not self.serving and self._alone(config)
        return root_of(config) / self.config.cache_dir if kept else None

    def _alone(self, config: MkDocsConfig) -> bool:
        """Whether no other plugin has a hand in the site: what one does cannot be known here."""
        return not config.hooks and all(each is self for each in config.plugins.values())

    def _last(self, config: MkDocsConfig, final: Path) -> Built | None:
        """The build that ``final`` holds, as far as that is known and true."""
        if self.serving or not self._alone(config):
            return self.last
        cache = self._cache_dir(config)
        last = load(cache, self.inputs.shared) if cache else None
        there = last and last.site == str(final.resolve()) and intact(final, last.outputs)
        return last if there else None

    def _is_the_site(self, last: Built, config: MkDocsConfig) -> bool:
        """Whether ``mkdocs build`` would make what is there; warnings must be heard once more."""
        unheard = config.strict and last.warned
        asked = self.command == "build" and self.shard is None
        return asked and not unheard and last.inputs == self.inputs

    def _stage(self, config: MkDocsConfig, final: Path) -> None:
        """Build beside the last site; ``on_post_build`` exchanges the two."""
        self.final_dir = final
        self.staged_dir = final.with_name(f".{final.name}.building-{os.getpid()}")
        config.site_dir = str(self.staged_dir)
        logging.getLogger("mkdocs").addHandler(self.warnings)

    def _unstage(self, config: MkDocsConfig) -> None:
        logging.getLogger("mkdocs").removeHandler(self.warnings)
        config.site_dir = str(self.final_dir)
        self.final_dir = None


def _shard() -> Shard | None:
    """The shard that is asked for. Raises PluginError for a text that names none."""
    try:
        return Shard.parse(asked) if (asked := os.environ.get(_SHARD)) else None
    except NoShard as error:
        raise PluginError(str(error)) from error
