"""Search: what it finds, against the built pages compared plainly; what it costs; how soon.

The queries are every term, project name, code and policy number of the data, pieces of codes, and
random pieces of what the pages show. The seed is new on every run and printed with the result
(`SEARCH_SEED` repeats one).

How soon: the reader has opened the search (which has a line of its own: script, style and index are
loaded then) and half a second later types; from the event of the last key to the frame that shows
the first result, on a processor slowed four times, nothing of the query being cached. The limit
holds for the median of the slowest kind of query and for the slowest query. A query over the limit
is asked twice more in fresh pages and its median counts, since other programs of the machine only
add time; the machine should do nothing else, and its load is printed.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.search import MOST_BYTES, ask_all, build_apart, harness, queries
from benchmarks.search_corpus import Corpus
from playwright.sync_api import Browser, Page, sync_playwright
from tests.audit.measure import Measure, at_least, at_most, none_of
from tests.audit.sites import ROOT, Site, Sites, serving
from tests.site.reading import read_site
from tests.site.searched import Pages, holding, holding_phrase, holding_word, searched, texts
from tools.browser import launch

from disclosure.book import Book, load_book
from disclosure.model.fields import Lang
from disclosure.search import SEARCH_STRINGS
from disclosure.site.assets import assets

LANGS: tuple[Lang, Lang] = ("zh", "en")
HOME = {"zh": "", "en": "en/"}
PIECES = 200
CODE_PIECES = 3  # of every code
SLOWED = 4  # Chromium's factor for a cheap phone's processor
FIRST_RESULT = 300  # milliseconds
SCRIPT_BYTES = 10_000  # gzip
CORPUS_PAGES = 5000
CORPUS_QUERIES = 8  # of each kind

_READY = """async () => {
  window.searchConfig = JSON.parse(document.querySelector("[data-search]").dataset.search);
  await window.disclosureSearch.engine.openIndex(window.searchConfig);
}"""

# The addresses of all results of each query, below the root of the site.
_FIND = """async (queries) => {
  const { openIndex, search, more } = window.disclosureSearch.engine;
  const index = await openIndex(window.searchConfig), answers = [];
  for (const query of queries) {
    const run = await search(index, query, []), urls = [];
    while (run.next < run.pages.length) urls.push(...(await more(run)).map((found) => found.url));
    answers.push(urls);
  }
  return answers;
}"""

# Milliseconds until the dialog stands open and its index is read; a page of the made-up site has no
# button, but its script already.
_OPENED = """async config => {
  const start = performance.now(), button = document.querySelector("[data-search]");
  if (button) button.click();
  else await window.disclosureSearch.open(JSON.parse(config));
  while (!document.querySelector("dialog.ds[open]")) await new Promise(requestAnimationFrame);
  const index = await window.disclosureSearch.engine.openIndex(
    JSON.parse(button ? button.dataset.search : config));
  await index.ready();
  return performance.now() - start;
}"""

# Milliseconds from the event of the last key to the frame that shows a result. What is typed is
# set at once, as an input method does; any pause in which the search waits for more keys is part.
_FIRST_RESULT = """query => new Promise((resolve, reject) => {
  const input = document.querySelector(".ds-input"), list = document.querySelector(".ds-list");
  setTimeout(() => reject(new Error("no result for " + query)), 20000);
  new MutationObserver((_, watch) => {
    if (!list.firstElementChild) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - start);
      port2.postMessage(0);
    });
  }).observe(list, { childList: true });
  input.value = query;
  const start = performance.now();
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
})"""


@dataclass
class Found:
    """What one kind of query returned against what it should."""

    asked: int = 0
    wanted: int = 0
    returned: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def add(self, query: str, returned: set[str], wanted: set[str], allowed: set[str]) -> None:
        """``wanted`` must be found; ``allowed``, which contains it, is no mistake."""
        self.asked += 1
        self.wanted += len(wanted)
        self.returned += len(returned)
        self.right += len(returned & allowed)
        self.missed += [f"{query} → {url}" for url in sorted(wanted - returned)]
        self.false += [f"{query} → {url}" for url in sorted(returned - allowed)]

    def measures(self, name: str) -> Iterator[Measure]:
        """Recall of 100 % and precision of 99 %, and how much was asked."""
        yield none_of(f"{name}: pages not found", self.missed, self.wanted)
        share = round(100 * self.right / max(1, self.returned), 2)
        yield at_least(f"{name}: precision, {self.asked} queries", share, 99, " %")
        for one in self.false[:10]:
            print(f"    beside the point: {name}: {one}", file=sys.stderr)


def measure(sites: Sites) -> Iterator[Measure]:
    """Everything that is promised of the search."""
    seed = os.environ.get("SEARCH_SEED") or str(random.SystemRandom().randrange(10**6))
    print(f"(seed {seed})", file=sys.stderr, end=" ", flush=True)
    books = {
        "real": load_book(ROOT / "data"),
        "example": load_book(ROOT / "examples" / "district" / "data"),
    }
    script = len(gzip.compress(assets()["search.js"], 9))
    yield at_most("search.js, gzip", script, SCRIPT_BYTES, " bytes")
    with sync_playwright() as playwright:
        _, browser = launch(playwright)
        for site in sites:
            pages = read_site(site.folder)
            yield _nothing_before_opening(browser, site)
            for lang in LANGS:
                source = random.Random(f"{seed}{site.name}{lang}")
                asked = _queries(books[site.name], pages, lang, source)
                yield from _found(browser, site, pages, lang, asked, seed)
                some = {
                    kind: source.sample(all_, min(4, len(all_))) for kind, all_ in asked.items()
                }
                yield from _first_result(
                    browser, f"{site.name} {lang}", site.address + HOME[lang], some
                )
        yield from _large(browser)
        browser.close()


# ---- what is found ---------------------------------------------------------------------------


def _queries(book: Book, pages: Pages, lang: Lang, source: random.Random) -> dict[str, list[str]]:
    """Kind of query → queries."""
    projects = [project for disclosure in book.disclosures for project in disclosure.projects]
    codes = sorted({project.code for project in projects})
    shown = texts(searched(pages, lang))
    if lang == "zh":
        names = {project.file.name for project in projects}
        runs = [run for text in shown for run in re.findall("[\u4e00-\u9fff]{2,}", text)]
        drawn = [_piece(source, runs, (2, 3, 4)) for _ in range(PIECES)]
    else:
        translated = ((p.file.name, book.catalogue.find(p.file.name, p.code)) for p in projects)
        names = {english or chinese for chinese, english in translated}
        drawn = source.choices(
            [w for t in shown for w in re.findall(r"\b[A-Za-z]{3,}\b", t)], k=PIECES
        )
    numbers = {policy.number[lang] for policy in book.policies if policy.number}
    return {
        "terms": sorted({term.name(lang) for term in book.glossary}),
        "project names": sorted(names),
        "policy numbers": sorted(numbers),
        "codes": codes,
        "pieces of codes": [
            _piece(source, [code], range(6, len(code)))
            for code in codes
            for _ in range(CODE_PIECES)
        ],
        "pieces of the text": drawn,
    }


def _piece(source: random.Random, runs: list[str], sizes: Iterable[int]) -> str:
    run = source.choice(runs)
    size = min(source.choice(list(sizes)), len(run))
    start = source.randrange(len(run) - size + 1)
    return run[start : start + size]


def _found(
    browser: Browser, site: Site, pages: Pages, lang: Lang, asked: dict[str, list[str]], seed: str
) -> Iterator[Measure]:
    page = browser.new_page()
    _open(page, site.address + HOME[lang])
    for kind, wanted in asked.items():
        name = f"{site.name} {lang}, {kind}" + (f" (seed {seed})" if "pieces" in kind else "")
        if lang == "zh" or "code" in kind:
            yield from _compared(page, name, pages, lang, wanted)
        elif kind == "pieces of the text":
            yield from _words(page, name, pages, wanted)
        else:
            # In English a name is a phrase, which stands in quotation marks.
            yield from _compared(page, name, pages, lang, wanted, quote='"')
    page.close()


def _compared(
    page: Page, name: str, pages: Pages, lang: Lang, wanted: list[str], quote: str = ""
) -> Iterator[Measure]:
    found = Found()
    plain = [
        query.translate({ord(mark): None for mark in '"“”'}) if quote else query for query in wanted
    ]
    for query, returned in zip(
        wanted, _ask(page, [f"{quote}{q}{quote}" for q in plain]), strict=True
    ):
        truth = holding(pages, lang, query)
        found.add(
            query, returned, truth, truth | (holding_phrase(pages, query) if quote else truth)
        )
    yield from found.measures(name)


def _words(page: Page, name: str, pages: Pages, wanted: list[str]) -> Iterator[Measure]:
    """Whole words, then what a reader sees while typing them."""
    whole, begun = Found(), Found()
    # A space after it ends a word.
    for word, returned in zip(wanted, _ask(page, [f"{word} " for word in wanted]), strict=True):
        whole.add(word, returned, *holding_word(pages, word))
    yield from whole.measures(f"{name}, whole words")
    starts = [word[: 3 + index % max(1, len(word) - 2)] for index, word in enumerate(wanted)]
    for start, returned in zip(starts, _ask(page, starts), strict=True):
        begun.add(start, returned, *holding_word(pages, start, prefix=True))
    yield from begun.measures(f"{name}, prefixes while typing")


def _ask(page: Page, wanted: list[str]) -> list[set[str]]:
    """The pages that each query finds; an entry of a list counts as its page."""
    answers: list[list[str]] = page.evaluate(_FIND, wanted)
    return [{url.split("#")[0] for url in urls} for urls in answers]


def _open(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.locator("[data-search]").click()
    page.locator("dialog.ds[open]").wait_for()
    page.evaluate(_READY)


# ---- what it costs ---------------------------------------------------------------------------


def _nothing_before_opening(browser: Browser, site: Site) -> Measure:
    """Neither script nor style nor index is asked for, not even with the pointer on the button."""
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    every = [url for url in site.pages() if not url.endswith("404.html")]
    for url in every[:: max(1, len(every) // 40)]:
        page.goto(site.address + url)
        page.locator("[data-search]").hover()
        page.locator("[data-search]").focus()
    page.wait_for_load_state("networkidle")
    early = [url for url in asked if re.search(r"/search[./]", url)]
    asked.clear()
    page.keyboard.press("Enter")
    page.locator("dialog.ds[open]").wait_for()
    page.evaluate(_READY)
    late = [url for url in asked if re.search(r"/search[./]", url)]
    page.close()
    return none_of(f"{site.name}: asked for before the search is opened", early, len(late))


def _first_result(
    browser: Browser, name: str, address: str, wanted: dict[str, list[str]], ready: str = ""
) -> Iterator[Measure]:
    opened: list[float] = []

    def ask(query: str) -> float:
        context = browser.new_context(viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.goto(f"{address}index.html")
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        opened.append(page.evaluate(_OPENED, ready))
        page.wait_for_timeout(500)
        spent: float = page.evaluate(_FIRST_RESULT, query)
        context.close()
        return spent

    times: dict[str, list[float]] = {}
    for kind, asked in wanted.items():
        times[kind] = [ask(query) for query in asked]
        for place, query in enumerate(asked):
            if times[kind][place] > FIRST_RESULT:
                again = [times[kind][place], ask(query), ask(query)]
                times[kind][place] = statistics.median(again)
    print(f"(load {os.getloadavg()[0]:.1f})", file=sys.stderr, end=" ", flush=True)
    slowest = max(times, key=lambda kind: statistics.median(times[kind]))
    middle = round(statistics.median(times[slowest]))
    every = [time for some in times.values() for time in some]
    yield at_most(
        f"{name}: first result, median of the slowest kind ({slowest})", middle, FIRST_RESULT, " ms"
    )
    yield at_most(
        f"{name}: first result, slowest of {len(every)}", round(max(every)), FIRST_RESULT, " ms"
    )
    yield _told(f"{name}: from opening to ready, median", f"{statistics.median(opened):.0f} ms")


def _told(name: str, value: str) -> Measure:
    """A number without a promise."""
    return Measure(name, value, "no promise", True)


def _large(browser: Browser) -> Iterator[Measure]:
    """A made-up site of 5,000 pages a language."""
    with tempfile.TemporaryDirectory(prefix="audit-search-") as made:
        folder = Path(made)
        harness(folder)
        shutil.copy(folder / "index.html", folder / "404.html")
        for lang in LANGS:
            build_apart(lang, CORPUS_PAGES, folder)
            corpus = Corpus(lang, CORPUS_PAGES)
            name = f"{CORPUS_PAGES} pages {lang}"
            page = browser.new_page()
            kinds = list(ask_all(page, folder, corpus, CORPUS_QUERIES))
            page.close()
            lost = [f"{kind.kind}: recall {kind.recall}" for kind in kinds if kind.recall < 1]
            asked = CORPUS_QUERIES * len(kinds)
            yield none_of(f"{name}: kinds of queries with a page not found", lost, asked)
            wrong = [kind.kind for kind in kinds if kind.shown_wrong]
            yield none_of(f"{name}: kinds with a wrong page shown", wrong, asked)
            most = max(max(kind.all_bytes) for kind in kinds)
            yield at_most(
                f"{name}: gzip bytes of a query with ten results, worst", most, MOST_BYTES
            )
            config = {
                "index": f"search/{lang}/",
                "base": "./",
                "lang": lang,
                "style": "search.css",
                "strings": dict(SEARCH_STRINGS[lang]),
            }
            least = min(kinds, key=lambda kind: kind.precision)
            yield _told(
                f"{name}: precision of the index alone, worst kind ({least.kind}); wrong pages are"
                " recognised by their text and never shown",
                f"{100 * least.precision:.2f} %",
            )
            some = {
                kind: [query for query, _ in asked] for kind, asked in queries(corpus, 2).items()
            }
            with serving(folder) as address:
                yield from _first_result(browser, name, address, some, json.dumps(config))
