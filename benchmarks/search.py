"""What search costs a reader and a build: `python -m benchmarks.search [pages]`.

Builds a made-up site of 5,000 pages a language (or as many as asked), searches it in a browser from
the folder on disk, each query in a fresh page, and prints: time and memory of the build, files and
bytes on disk, and for each kind of query the gzip bytes it loads (index, then with ten results),
the time to the first results, recall and precision. Fails when any query needs more than
100 KB gzip for its ten results, when recall is not 1, or when a page is shown wrongly.
`make audit` measures the same with fewer queries.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tools.browser import launch

from benchmarks.search_corpus import Corpus
from disclosure.search import build_index
from disclosure.search.normalise import UNITS, fold
from disclosure.site.assets import assets

ROOT = Path(__file__).resolve().parent.parent

MOST_BYTES = 100_000  # gzip, for a query with its ten results, without meta.js
QUERIES = 40
HARNESS = ROOT / "tests" / "browser" / "search_harness"
COUNT = """async ([config, query]) => {
  const { openIndex, search, more, settle } = disclosureSearch.engine;
  const asked = [], append = Element.prototype.append;
  Element.prototype.append = function (...nodes) {
    for (const node of nodes) if (node.src) asked.push(node.getAttribute("src"));
    return append.apply(this, nodes);
  };
  const index = await openIndex(config), start = performance.now();
  const run = await search(index, query, []);
  const first = await more(run), time = performance.now() - start;
  await settle(run);
  const needed = asked.slice();
  return { time, needed, first: first.map((r) => r.url.split("#")[0]), pages: run.pages };
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one kind of query took; bytes are gzip, times milliseconds, each of every query."""

    kind: str
    recall: float
    precision: float  # of the index alone, before texts are compared
    shown_wrong: int
    index_bytes: tuple[float, ...]
    all_bytes: tuple[float, ...]
    times: tuple[float, ...]

    @property
    def kept(self) -> bool:
        """Whether the promises hold for every query."""
        return self.recall == 1 and not self.shown_wrong and max(self.all_bytes) <= MOST_BYTES


def harness(folder: Path) -> None:
    """A page with the search as it is published, without a site around it."""
    for name, content in assets().items():
        (folder / name).write_bytes(content)
    for path in HARNESS.iterdir():
        shutil.copy(path, folder)


def build_apart(lang: str, pages: int, folder: Path) -> None:
    """Build in a process of its own, so that its memory is its own. Prints what it took."""
    command = [sys.executable, "-m", "benchmarks.search", lang, str(pages), str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)


def build(lang: str, pages: int, folder: Path) -> None:
    """Build and print what it took."""
    corpus = Corpus(lang, pages)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    target = folder / "search" / lang
    target.mkdir(parents=True)
    size = files = 0
    for name, text in build_index(corpus.pages, "zh" if lang == "zh" else "en"):
        (target / name).write_text(text, encoding="utf-8", newline="")
        size += len(text.encode())
        files += 1
    spent = time.process_time() - start
    # ru_maxrss: kilobytes on Linux.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{lang}: {pages} pages, build {spent:.1f} s of processor, memory {memory / 1024:.0f} MB "
        f"(corpus itself {before / 1024:.0f} MB), {files} files, {size / 1e6:.1f} MB",
        file=sys.stderr,
        flush=True,
    )


def queries(corpus: Corpus, each: int = QUERIES) -> dict[str, list[tuple[str, str]]]:
    """Kind → (query, pattern of the folded cells that hold it), so many of ``each`` kind."""
    source = random.Random(99)
    cells = list({cell for page in corpus.pages for cell in corpus.cells(page)})
    cells.sort()
    letter = f"[^{UNITS} \\n.]"
    start, end = f"(?<!{letter})(?<!\\.)", f"(?!{letter})"
    codes = source.sample([page.codes[0] for page in corpus.pages], each)
    found: dict[str, list[tuple[str, str]]] = {
        "whole codes": [(code, re.escape(code.lower())) for code in codes],
        "parts of codes": [],
    }
    for code in codes:
        size = source.randrange(5, 13)
        place = source.randrange(len(code) - size + 1)
        part = code[place : place + size]
        found["parts of codes"].append((part, f"(?<!\\.)(?:{part.lower()})(?!\\.)"))
    if corpus.lang == "zh":
        for size in (1, 2, 3, 4, 8):
            runs: list[tuple[str, str]] = []
            while len(runs) < each:
                cell = source.choice(cells)
                place = source.randrange(max(1, len(cell) - size))
                piece = cell[place : place + size]
                if re.fullmatch(f"[\u4e00-\u9fff]{{{size}}}", piece):
                    runs.append((piece, re.escape(piece)))
            found[f"{size} characters"] = runs
        words = source.sample(corpus.words[:200], each)
        found["domain words"] = [(word, re.escape(word)) for word in words]
        policy = re.compile(r"\w财\w[\[〔【]\d{4}[\]〕】]\d+ ?号")
    else:
        simple = [w for w in corpus.words if re.fullmatch("[a-z]+[^sy]", w)]
        common, rare = source.sample(simple[:120], each), source.sample(simple[120:], each)
        for name, words in (("common words", common), ("rare words", rare)):
            found[name] = [(f"{w} ", f"{start}{w}(?:s|es)?{end}") for w in words]
        found["prefixes"] = [(w[:3], f"{start}{w[:3]}") for w in common if len(w) > 3]
        policy = re.compile(r"\[\d{4}\] No\. \d+")
    numbers = [match[0] for cell in cells if (match := policy.search(cell))]
    found["policy numbers"] = [
        (number, start * (corpus.lang == "en") + re.escape(fold(number)) + end)
        for number in source.sample(numbers, each)
    ]
    return found


def holders(folded: dict[str, list[str]], pattern: str) -> set[str]:
    wanted = re.compile(pattern)
    return {url for url, texts in folded.items() if any(map(wanted.search, texts))}


def spread(values: Sequence[float], unit: float = 1) -> str:
    return f"{statistics.median(values) / unit:.1f} ({max(values) / unit:.1f})"


def ask_all(page: Page, folder: Path, corpus: Corpus, each: int = QUERIES) -> Iterator[Asked]:
    """Ask every kind of query of the built corpus, each in a fresh page."""
    config = {"index": f"search/{corpus.lang}/", "lang": corpus.lang, "strings": {}}
    folded = {p.url: ["\n".join(map(fold, corpus.cells(p)))] for p in corpus.pages}
    # No page of the corpus is long enough to be indexed in parts.
    ordered = [p.url for p in sorted(corpus.pages, key=lambda p: -p.weight)]
    sizes: dict[str, int] = {}

    def size(src: str) -> int:
        name = src.split("?")[0]
        if name not in sizes:
            sizes[name] = len(gzip.compress((folder / name).read_bytes()))
        return sizes[name]

    for kind, asked in queries(corpus, each).items():
        index_bytes: list[float] = []
        all_bytes: list[float] = []
        times: list[float] = []
        true = returned = right = shown_wrong = 0
        for query, pattern in asked:
            page.goto((folder / "index.html").as_uri())
            answer = page.evaluate(COUNT, [config, query])
            needed = [src for src in dict.fromkeys(answer["needed"]) if "meta" not in src]
            texts = sum(size(src) for src in needed if "/t" in src)
            index = sum(size(src) for src in needed) - texts
            index_bytes.append(index)
            all_bytes.append(index + texts)
            times.append(answer["time"])
            truth = holders(folded, pattern)
            urls = {ordered[number] for number in answer["pages"]}
            true += len(truth)
            returned += len(urls)
            right += len(urls & truth)
            shown_wrong += len(set(answer["first"]) - truth)
        yield Asked(
            kind,
            right / max(1, true),
            right / max(1, returned),
            shown_wrong,
            tuple(index_bytes),
            tuple(all_bytes),
            tuple(times),
        )


def measure(page: Page, folder: Path, corpus: Corpus) -> bool:
    """Prints one line for each kind of query; false when a promise is broken."""
    kept = True
    for asked in ask_all(page, folder, corpus):
        print(
            f"  {asked.kind:15} recall {asked.recall:.4f}, "
            f"precision of the index alone {asked.precision:.4f}, "
            f"wrong among the shown {asked.shown_wrong}; median (max): "
            f"index KB {spread(asked.index_bytes, 1e3)}, "
            f"with ten results KB {spread(asked.all_bytes, 1e3)}, "
            f"first results ms {spread(asked.times)}",
            flush=True,
        )
        kept &= asked.kept
    return kept


def main() -> int:
    if len(sys.argv) == 4:
        build(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
        return 0
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        harness(folder)
        kept = True
        with sync_playwright() as playwright:
            _, browser = launch(playwright)
            for lang in ("zh", "en"):
                build_apart(lang, pages, folder)
                meta = folder / "search" / lang / "meta.js"
                print(f"  meta.js {len(gzip.compress(meta.read_bytes())) / 1e3:.1f} KB gzip")
                page = browser.new_page()
                kept &= measure(page, folder, Corpus(lang, pages))
                page.close()
            browser.close()
        script = gzip.compress((folder / "search.js").read_bytes())
        print(f"search.js {len(script) / 1e3:.1f} KB gzip")
        print("kept" if kept else "BROKEN: see above", json.dumps({"most bytes": MOST_BYTES}))
        return 0 if kept else 1
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    raise SystemExit(main())
