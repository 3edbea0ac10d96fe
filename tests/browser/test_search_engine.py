"""Search in a real browser, from a folder on disk: what is found, shown, and how it is driven."""

from __future__ import annotations

import json
import random
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from benchmarks.search import harness
from benchmarks.search_corpus import Corpus
from playwright.sync_api import Browser, Page, expect

from disclosure.search import SEARCH_STRINGS, SearchPage, SearchSection, build_index
from disclosure.search.normalise import UNITS, fold, shard_key, terms, text_hash, triples, units

OPEN = """config => {
  window.config = config;
  document.querySelector("#open").onclick = () => disclosureSearch.open(config);
}"""

# The addresses of all results of each query: as shown, or those of the index alone, unchecked.
FIND = """async ([config, queries, checked]) => {
  const { openIndex, search, more } = disclosureSearch.engine;
  const index = await openIndex(config), answers = [];
  for (const query of queries) {
    const run = await search(index, query, []);
    const urls = [];
    if (!checked) for (const page of run.pages) urls.push((await index.record(page))[0]);
    while (checked && run.next < run.pages.length)
      urls.push(...(await more(run)).map((found) => found.url));
    answers.push(urls);
  }
  return answers;
}"""


def write_site(folder: Path, **indexes: tuple[SearchPage, ...]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    harness(folder)
    for lang, pages in indexes.items():
        target = folder / "search" / lang
        target.mkdir(parents=True)
        for name, text in build_index(pages, "zh" if lang == "zh" else "en"):
            (target / name).write_text(text, encoding="utf-8", newline="")
    return folder


def config(lang: str) -> dict[str, object]:
    return {
        "script": "search.js",
        "style": "search.css",
        "index": f"search/{lang}/",
        "base": "./",
        "lang": "zh-CN" if lang == "zh" else "en",
        "strings": dict(SEARCH_STRINGS[lang]),
    }


def page_of(number: int, title: str, *cells: str, **changes: Any) -> SearchPage:
    values: dict[str, Any] = {
        "url": f"p{number}.html",
        "title": title,
        "kind": "项目",
        "weight": 0,
        "codes": (),
        "facets": (),
        "sections": (SearchSection("text", "", cells),),
    }
    return SearchPage(**values | changes)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.wrong = wrong  # type: ignore[attr-defined]
    yield page
    context.close()


def visit(page: Page, folder: Path, lang: str = "zh") -> None:
    page.goto((folder / "index.html").as_uri())
    page.evaluate(OPEN, config(lang))


def answers(page: Page, lang: str, queries: list[str], checked: bool = True) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(FIND, [config(lang), queries, checked])
    return found


# ---- Python and JavaScript fold alike -----------------------------------------------------------


def strings() -> list[str]:
    """Several thousand strings from every script that this Python knows, and from real shapes."""
    source = random.Random(20241231)
    assigned = [
        chr(point)
        for point in range(0x30000)
        if unicodedata.category(chr(point)) not in ("Cn", "Cs")
    ]
    compatible = [char for char in assigned if unicodedata.normalize("NFKD", char) != char]
    near = list(
        "财政预算三公经费年号个万元≥≤%〔〕[]【】()（）“”‘’\"'、，。；：,.;: \u3000\u00a0\n\t-—·"
        "《》0123456789０９①ⅣnoNO№ABab"
    )
    marks = list(
        "e\u0301\u0308\u200b\u200d\ufe0f\u3099か\u302a😀👨\U00020000\U0002f800豈Σςİıßﬁ㎡½ａＺｶﾞ가각\u1100\u1161"
    )
    real = [
        "（承财建[2023]141 号）",
        "承财建〔2023〕141号",
        "Chengcaijian [2023] No. 141",
        "］　No.１41",
        "“三公”经费",
        "1,234,567.80万元",
        "3804.65 万元",
        "13081124P00000310002E",
        "≥ 90 %",
        "1,2345",
        "12.3.4",
        "因公出国（境）费",
        "2 个",
        "No. 5",
        "(2024) no 7",
        "１，２３４．５",
        "a.b",
        ".5",
        "5.",
        "1,23",
        "2023 141 号",
    ]
    found = list(real)
    for pool, count in ((assigned, 1500), (compatible, 1500), (near, 2000), (near + marks, 1000)):
        found += ["".join(source.choices(pool, k=source.randrange(1, 24))) for _ in range(count)]
    found += ["".join(source.choices(real, k=3)) for _ in range(200)]
    return found


def test_python_and_javascript_fold_alike(tab: Page, tmp_path: Path) -> None:
    visit(tab, write_site(tmp_path))
    texts = strings()
    assert len(texts) > 6000
    folded = tab.evaluate(
        "texts => texts.map(text => disclosureSearch.engine.fold(text).text)", texts
    )
    different = [
        (text, ours, theirs)
        for text, ours, theirs in zip(texts, map(fold, texts), folded, strict=True)
        if ours != theirs
    ]
    assert different == []


@pytest.mark.slow
def test_every_character_folds_alike(tab: Page, tmp_path: Path) -> None:
    visit(tab, write_site(tmp_path))
    points = [p for p in range(0x110000) if unicodedata.category(chr(p)) not in ("Cn", "Cs", "Co")]
    folded = tab.evaluate(
        "points => points.map(p => disclosureSearch.engine.fold(String.fromCodePoint(p)).text)",
        points,
    )
    assert [
        hex(p) for p, theirs in zip(points, folded, strict=True) if fold(chr(p)) != theirs
    ] == []


def test_a_text_searched_whole_asks_only_for_terms_the_index_has(tab: Page, tmp_path: Path) -> None:
    """What makes recall complete: the terms a query needs are terms of every text that holds it."""
    visit(tab, write_site(tmp_path))
    texts = list(filter(None, map(fold, strings()[::3])))
    planned = tab.evaluate(
        """texts => texts.map(text => {
          const { part, shardKey, hash } = disclosureSearch.engine;
          const { groups, pattern } = part(text, false, false);
          const wanted = groups.flatMap(g => [...g.terms, ...(g.pieces || [])]);
          return {
            wanted, triples: groups.map(g => g.triple).filter(Boolean), pattern: pattern.test(text),
            keys: wanted.map(shardKey), hashes: wanted.map(hash),
          };
        })""",
        texts,
    )
    joined = 0
    for text, plan in zip(texts, planned, strict=True):
        have = terms(text) | units(text)
        # A query that is one word may also be a part of a code; no text need have its pieces.
        assert [t for t in plan["wanted"] if t not in have and not t.startswith("#")] == [], text
        assert set(plan["triples"]) <= triples(text), text
        assert plan["pattern"], text
        assert plan["keys"] == [shard_key(term) for term in plan["wanted"]], text
        assert plan["hashes"] == [text_hash(term) for term in plan["wanted"]], text
        joined += sum(" " in term for term in plan["wanted"])
    assert joined > 5


# ---- what is found, against the text itself -----------------------------------------------------

WORD_END = f"(?![^{UNITS} \\n.])"
WORD_START = f"(?<![^{UNITS} \\n])"


def holders(corpus: Corpus, pattern: str) -> set[str]:
    """Truth: the addresses of the pages with a cell whose folded text matches."""
    wanted = re.compile(pattern)
    return {
        page.url
        for page in corpus.pages
        if any(wanted.search(cell) for cell in corpus.folded[page.url])
    }


def chinese_pieces(corpus: Corpus, count: int) -> list[str]:
    """Random runs of 2–4 characters from the pages, without punctuation within."""
    source = random.Random(7)
    cells = [cell for page in corpus.pages for cell in corpus.cells(page)]
    found: list[str] = []
    while len(found) < count:
        cell, size = source.choice(cells), source.choice((2, 3, 4))
        start = source.randrange(max(1, len(cell) - size))
        piece = cell[start : start + size]
        if re.fullmatch("[\u4e00-\u9fff]{2,4}", piece):
            found.append(piece)
    return found


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Corpus]]:
    made = {lang: Corpus(lang, 120, seed=5) for lang in ("zh", "en")}
    for corpus in made.values():
        corpus.folded = {
            page.url: [fold(cell) for cell in corpus.cells(page)] for page in corpus.pages
        }
    folder = tmp_path_factory.mktemp("corpora")
    return write_site(folder, zh=made["zh"].pages, en=made["en"].pages), made


def measure(found: list[list[str]], truth: list[set[str]]) -> tuple[float, float]:
    """Recall and precision over all queries together."""
    pages = [{url.split("#")[0] for url in urls} for urls in found]
    right = sum(len(a & b) for a, b in zip(pages, truth, strict=True))
    assert all(len(a) == len(b) for a, b in zip(pages, found, strict=True)), "a page twice"
    return right / sum(map(len, truth)), right / max(1, sum(map(len, pages)))


def test_chinese_pieces_are_found_on_every_page_and_no_other(
    tab: Page, corpora: tuple[Path, dict[str, Corpus]]
) -> None:
    folder, made = corpora
    visit(tab, folder)
    queries = chinese_pieces(made["zh"], 100)
    truth = [holders(made["zh"], re.escape(query)) for query in queries]
    assert measure(answers(tab, "zh", queries), truth) == (1, 1)
    recall, precision = measure(answers(tab, "zh", queries, checked=False), truth)
    assert recall == 1
    assert precision >= 0.99, "the index alone, before texts are compared"


def test_single_characters_amounts_and_parts_of_codes(
    tab: Page, corpora: tuple[Path, dict[str, Corpus]]
) -> None:
    folder, made = corpora
    visit(tab, folder)
    source = random.Random(3)
    corpus = made["zh"]
    cells = [cell for folded in corpus.folded.values() for cell in folded]
    single = source.sample(sorted({char for cell in cells for char in units(cell)}), 40)
    amounts = source.sample(
        sorted({m for cell in cells for m in re.findall(r"\d+\.\d+万元", cell)}), 30
    )
    codes = [page.codes[0] for page in source.sample(corpus.pages, 40)]
    parts = []
    for code in codes:
        size = source.randrange(4, len(code) + 1)
        start = source.randrange(len(code) - size + 1)
        parts.append(code[start : start + size])
    in_code = "(?=[a-z]*[0-9])[0-9a-z]*"
    queries = [*single, *amounts, *parts]
    truth = [
        *(holders(corpus, re.escape(char)) for char in single),
        *(holders(corpus, WORD_START + re.escape(amount)) for amount in amounts),
        *(
            holders(
                corpus,
                f"{WORD_START}(?=[0-9a-z]{{6}}){in_code}{part.lower()}|{WORD_START}{part.lower()}{WORD_END}",
            )
            for part in parts
        ),
    ]
    assert measure(answers(tab, "zh", queries), truth) == (1, 1)


def test_policy_numbers_however_they_are_typed(
    tab: Page, corpora: tuple[Path, dict[str, Corpus]]
) -> None:
    folder, made = corpora
    visit(tab, folder)
    cells = [cell for page in made["zh"].pages for cell in made["zh"].cells(page)]
    numbers = re.findall(r"(\w财\w)[\[〔【](\d{4})[\]〕】](\d+) ?号", "\n".join(cells))[:12]
    assert len(numbers) == 12
    for bureau, year, number in numbers:
        truth = holders(made["zh"], f"{bureau}{year} {number}号")
        typed = (
            f"{bureau}[{year}]{number}号",
            f"{bureau}〔{year}〕{number} 号",
            f"{bureau}【{year}】{number}号",
        )
        for urls in answers(tab, "zh", list(typed)):
            assert {url.split("#")[0] for url in urls} == truth
        short = answers(
            tab, "zh", [f"[{year}]{number}", f"〔{year}〕 {number}", f"［{year}］No. {number}"]
        )
        wide = holders(made["zh"], f"{year} {number}{WORD_END}")
        assert [{url.split("#")[0] for url in urls} for urls in short] == [wide] * 3
    english = re.findall(
        r"(Jicai\w) \[(\d{4})\] No\. (\d+)",
        "\n".join(cell for page in made["en"].pages for cell in made["en"].cells(page)),
    )[:8]
    for bureau, year, number in english:
        truth = holders(made["en"], f"{year} {number}{WORD_END}") & holders(
            made["en"], bureau.lower()
        )
        for urls in answers(
            tab, "en", [f"{bureau} [{year}] No. {number}", f"{bureau} [{year}]{number}"]
        ):
            assert {url.split("#")[0] for url in urls} == truth


def test_english_words_prefixes_plurals_and_phrases(
    tab: Page, corpora: tuple[Path, dict[str, Corpus]]
) -> None:
    folder, made = corpora
    visit(tab, folder, "en")
    corpus, source = made["en"], random.Random(11)
    words = source.sample([w for w in corpus.words if w.isalpha()], 40)
    whole = [f"{word} " for word in words]
    plurals = {"policy": "policies", "class": "classes", "budget": "budgets", "city": "cities"}

    def forms(word: str) -> str:
        known = {
            word,
            word + "s",
            word[:-1] if re.search("[^sui]s$", word) and len(word) > 3 else word,
        }
        known |= {plurals.get(word, word), *(a for a, b in plurals.items() if b == word)}
        if re.search("(s|x|z|ch|sh)$", word):
            known = (
                known - {word + "s"} | {word + "es"} if word[-1] == "s" else known | {word + "es"}
            )
        if re.search("[^aeiou]y$", word):
            known.add(word[:-1] + "ies")
        return f"{WORD_START}(?:{'|'.join(known)}){WORD_END}"

    truth = [holders(corpus, forms(word)) for word in words]
    assert measure(answers(tab, "en", whole), truth) == (1, 1)

    begun = [word[: source.randrange(3, len(word) + 1)] for word in words if len(word) > 3]
    truth = [
        holders(corpus, f"{WORD_START}{begin}")
        | holders(corpus, forms(begin) if len(begin) > 3 else f"{WORD_START}{begin}")
        for begin in begun
    ]
    assert measure(answers(tab, "en", begun), truth) == (1, 1)

    assert answers(tab, "en", ["POLICIES "]) == answers(tab, "en", ["policy "])
    assert {u.split("#")[0] for u in answers(tab, "en", ['"project service"'])[0]} == holders(
        corpus, f"{WORD_START}projects? services?{WORD_END}"
    )


def test_several_words_must_all_be_on_the_page(
    tab: Page, corpora: tuple[Path, dict[str, Corpus]]
) -> None:
    folder, made = corpora
    visit(tab, folder)
    pieces = chinese_pieces(made["zh"], 80)
    queries = [f"{a} {b}" for a, b in zip(pieces[::2], pieces[1::2], strict=True)]
    truth = [
        holders(made["zh"], query.split()[0]) & holders(made["zh"], query.split()[1])
        for query in queries
    ]
    assert sum(map(bool, truth)) > 10
    assert measure(answers(tab, "zh", queries), truth) == (1, 1)
    recall, precision = measure(answers(tab, "zh", queries, checked=False), truth)
    assert recall == 1
    assert precision >= 0.99, "so that the number of pages told is right"


SENTENCES = (
    "反映本部门当年全部收入。2024年预算收入3804.65万元，其中：一般公共预算收入3804.65万元，基金预算收入0.00万元，共804户。",
    "2024年，我部门财政拨款“三公”经费预算安排0.30万元，其中因公出国（境）费0.00万元；公务接待费0.30万元。",
    "提前下达 2024 年县域特色产业群“领跑者”企业培育等项目资金预算的通知（承财建[2023]141 号）",
    "支持项目数量 2 个，农户满意度≥90%，完成 1.1 万户配送任务",
    "机关运行经费，是指为保障行政单位运行用于购买货物和服务的各项资金",
    "每年缴纳社会保险，根据市政府下发政策文件,[2017]86号等",
)


SHAPES: dict[str, set[int]] = {
    "三公经费": {1},
    "“三公”经费": {1},
    '"三公"经费': {1},
    "因公出国(境)费": {1},
    "因公出国境费": {1},
    "承财建[2023]141号": {2},
    "[2023]141": {2},
    "承财建〔2023〕141 号": {2},
    "[2023]14": set(),
    "[2017]86号": {5},
    "2个": {3},
    "2 个": {3},
    "≥90%": {3},
    ">90%": set(),
    "90%": {3},
    "3804.65": {0},
    "3804": {0},
    "65": set(),
    "1.1万户": {3},
    "3804.65 万元": {0},
    "804.65": set(),
    "2024年县域": {2},
    "024年": set(),
    "收入2024年": set(),
    "管理费": set(),
    "额": set(),
    "缴": {5},
    "其中 通知": set(),
    "预算 领跑者": {2},
    "其中：一般公共预算": {0},
    "其中一般公共预算": set(),
}


def test_real_shapes(tab: Page, tmp_path: Path) -> None:
    pages = tuple(page_of(n, f"第{'甲乙丙丁戊己'[n]}页", text) for n, text in enumerate(SENTENCES))
    visit(tab, write_site(tmp_path, zh=pages))
    found = dict(zip(SHAPES, answers(tab, "zh", list(SHAPES)), strict=True))
    assert found == {
        query: [f"p{n}.html#text" for n in sorted(numbers)] for query, numbers in SHAPES.items()
    }


def test_title_before_heading_before_text_and_weight_within_each(tab: Page, tmp_path: Path) -> None:
    pages = (
        page_of(1, "别的", "机关运行经费安排", weight=10),
        page_of(2, "机关运行经费情况", "无"),
        page_of(3, "机关运行经费", "无"),
        page_of(
            4,
            "名词解释",
            weight=1,
            sections=(
                SearchSection("t1", "别的", ()),
                SearchSection("t2", "机关运行经费", ("指……",)),
            ),
        ),
        page_of(5, "又一页", weight=2, sections=(SearchSection("s", "关于机关运行经费", ("无",)),)),
        page_of(6, "机关运行经费增减", "无", weight=3),
        page_of(7, "编码页", "13081124P00000310002E 的说明", weight=9),
        page_of(8, "项目", "无", codes=("13081124P00000310002E",)),
    )
    visit(tab, write_site(tmp_path, zh=pages))
    ranked, code, part = answers(tab, "zh", ["机关运行经费", "13081124P00000310002E", "0310002"])
    # The whole title, then the place that explains it, then titles, headings, text.
    assert ranked == ["p3.html", "p4.html#t2", "p6.html", "p2.html", "p5.html#s", "p1.html#text"]
    assert code == part == ["p8.html", "p7.html#text"]


def test_a_long_page_is_one_result_with_the_right_anchor(tab: Page, tmp_path: Path) -> None:
    rows = tuple(f"项目第{n}号，{'内容' * 40}" for n in range(2000))
    pages = (
        page_of(
            1,
            "项目清单",
            sections=(
                SearchSection("rows", "全部项目", rows),
                SearchSection("end", "附注", ("以上合计",)),
            ),
        ),
        page_of(2, "别的", "项目第1999号"),
    )
    folder = write_site(tmp_path, zh=pages)
    visit(tab, folder)
    assert answers(
        tab, "zh", ["第1999号", "合计", "第3号 第1990号 合计", "清单 合计", "号 内容"]
    ) == [
        ["p1.html#rows", "p2.html#text"],
        ["p1.html#end"],
        ["p1.html#rows"],
        ["p1.html#end"],
        ["p1.html#rows"],
    ]
    assert max(f.stat().st_size for f in (folder / "search/zh").iterdir()) < 80_000


# ---- the dialog ---------------------------------------------------------------------------------

HOSTILE = (
    "</script><script>window.hacked=1</script>\u2028\u2029\"'`${1}<img src=x onerror=hacked=1>"
)


def heating() -> tuple[SearchPage, ...]:
    departments, years = ("财政局", "经发局"), ("2023", "2024")
    return tuple(
        page_of(
            n,
            f"取暖项目{n}",
            f"清洁取暖工作，第{n}项",
            facets=(("department", departments[n % 2]), ("year", years[n // 12]), ("kind", "预算")),
        )
        for n in range(24)
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    hostile = page_of(
        99,
        HOSTILE,
        HOSTILE + "危险",
        codes=(HOSTILE,),
        kind=HOSTILE,
        sections=(SearchSection("x", HOSTILE, ("危险" + HOSTILE,)),),
    )
    return write_site(
        tmp_path,
        zh=(*heating(), hostile),
        en=(page_of(1, "Clean heating", "Coal & <b>gas</b>", kind="Project"),),
    )


def ask(page: Page, query: str) -> None:
    page.get_by_role("searchbox").fill(query)


def test_the_dialog_by_keyboard(tab: Page, small: Path) -> None:
    visit(tab, small)
    tab.locator("#open").focus()
    tab.keyboard.press("Enter")
    dialog = tab.get_by_role("dialog", name="搜索")
    field = tab.get_by_role("searchbox", name="搜索内容")
    expect(field).to_be_focused()
    # At once, as an input method does: 取 alone has as many results, and is no answer.
    tab.keyboard.insert_text("取暖")
    expect(tab.get_by_role("status")).to_have_text("找到 24 条结果，显示前 10 条。")
    links = dialog.get_by_role("listitem").get_by_role("link")
    expect(links).to_have_count(10)
    tab.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    tab.keyboard.press("Enter")
    expect(links.nth(0)).to_be_focused()
    tab.keyboard.press("End")
    expect(links.nth(9)).to_be_focused()
    tab.keyboard.press("Home")
    expect(links.nth(0)).to_be_focused()
    more = dialog.get_by_role("button", name="显示更多结果")
    more.click()
    expect(links).to_have_count(20)
    expect(links.nth(10)).to_be_focused()
    more.click()
    expect(links).to_have_count(24)
    expect(tab.get_by_role("status")).to_have_text("找到 24 条结果。")
    expect(more).to_be_hidden()
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(tab.locator("#open")).to_be_focused()
    expect(tab.locator("html.ds-open")).to_have_count(0)
    tab.keyboard.press("Enter")
    expect(links).to_have_count(24)
    expect(field).to_be_focused()
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert tab.wrong == []  # type: ignore[attr-defined]


def test_a_result_opens_its_page_and_marks_the_words(tab: Page, small: Path) -> None:
    (small / "p7.html").write_text("<!doctype html><title>7</title>", encoding="utf-8")
    visit(tab, small)
    tab.locator("#open").click()
    ask(tab, "第7项 取暖")
    link = tab.get_by_role("link", name="取暖项目7", exact=True)
    expect(tab.get_by_role("status")).to_have_text("找到 1 条结果。")
    expect(link).to_have_attribute("href", "./p7.html#text")
    assert tab.locator("li mark").all_inner_texts() == ["取暖", "取暖", "第7项"]
    assert tab.locator(".ds-tag").all_inner_texts() == ["项目", "经发局", "2023"]
    link.press("Enter")
    tab.wait_for_url("**/p7.html#text")


def test_filters_narrow_count_and_only_where_there_is_a_choice(tab: Page, small: Path) -> None:
    visit(tab, small)
    tab.locator("#open").click()
    ask(tab, "取暖")
    status = tab.get_by_role("status")
    expect(status).to_have_text("找到 24 条结果，显示前 10 条。")
    expect(tab.get_by_role("combobox")).to_have_count(2)
    department = tab.get_by_role("combobox", name="部门")
    year = tab.get_by_role("combobox", name="年度")
    # The newest year first; each with the number it would leave.
    assert year.locator("option").all_inner_texts() == ["全部年度", "2024（12）", "2023（12）"]
    department.select_option("经发局（12）")
    expect(status).to_have_text("找到 12 条结果，显示前 10 条。")
    assert year.locator("option").all_inner_texts() == ["全部年度", "2024（6）", "2023（6）"]
    year.select_option("2024（6）")
    expect(status).to_have_text("找到 6 条结果。")
    assert department.locator("option").all_inner_texts() == [
        *("全部部门", "经发局（6）", "财政局（6）"),
    ]
    ask(tab, "第7项")
    expect(status).to_have_text("按所选条件，没有内容包含“第7项”。")
    assert year.locator("option:disabled").count() == 0, "what is chosen can be left"
    tab.get_by_role("button", name="清除筛选").click()
    expect(status).to_have_text("找到 1 条结果。")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    expect(tab.get_by_role("button", name="清除筛选")).to_be_hidden()
    assert year.locator("option:disabled").all_inner_texts() == ["2024（0）"]
    ask(tab, "")
    expect(status).to_have_text(SEARCH_STRINGS["zh"]["hint"])
    assert year.locator("option").all_inner_texts() == ["全部年度", "2024", "2023"]


def test_excerpts_tell_what_stands_there(tab: Page, tmp_path: Path) -> None:
    """A row with its figures, the text below a heading, a page from its beginning."""
    row = ("取暖补贴", "12.50", "12.00")
    pages = (
        page_of(1, "支出表", "合计", "20.00", *row, weight=3),
        page_of(
            2,
            "说明",
            weight=2,
            sections=(
                SearchSection("a", "其他", ("别的内容",)),
                SearchSection("b", "取暖情况", ()),
                SearchSection("c", "细节", ("今年安排型煤配送。", "共两批。")),
            ),
        ),
        page_of(3, "取暖项目", "预算数", "46.00万元", "用于取暖", weight=1),
    )
    visit(tab, write_site(tmp_path, zh=pages))
    tab.locator("#open").click()
    ask(tab, "取暖")
    expect(tab.get_by_role("listitem")).to_have_count(3)
    assert tab.locator(".ds-excerpt").all_inner_texts() == [
        *(
            "预算数 · 46.00万元 · 用于取暖",
            "今年安排型煤配送。 · 共两批。",
            "取暖补贴 · 12.50 · 12.00",
        ),
    ]
    assert tab.locator(".ds-heading").all_inner_texts() == ["取暖情况"]
    assert tab.locator(".ds-excerpt mark").all_inner_texts() == ["取暖", "取暖"]


CODES = ("FIC23-CUL-001", "FIC24-CUL-001", "FIC23-EDU-001")
PIECES = {
    "FIC23-CUL-001": {0},
    "fic23-cul": {0},
    "IC23-CUL": {0},
    "23-CUL-0": {0},
    "-CUL-001": {0, 1},
    "EDU-0": {2},
    "CUL": {0, 1},
    "23 CUL": set(),
}


def test_pieces_of_codes_with_hyphens(tab: Page, tmp_path: Path) -> None:
    pages = tuple(page_of(n, f"第{n}页", f"编码{code}。") for n, code in enumerate(CODES))
    visit(tab, write_site(tmp_path, zh=pages))
    found = dict(zip(PIECES, answers(tab, "zh", list(PIECES)), strict=True))
    assert found == {
        query: [f"p{n}.html#text" for n in sorted(numbers)] for query, numbers in PIECES.items()
    }


def test_data_never_becomes_markup(tab: Page, small: Path) -> None:
    visit(tab, small)
    tab.locator("#open").click()
    ask(tab, "危险")
    expect(tab.get_by_role("status")).to_have_text("找到 1 条结果。")
    shown = " ".join(HOSTILE.split())
    assert " ".join(tab.locator(".ds-link").inner_text().split()) == shown
    assert tab.locator("dialog img, dialog script").count() == 0
    ask(tab, "<img src=x onerror=hacked=1> \"'")
    expect(tab.get_by_role("status")).to_have_text("找到 1 条结果。")
    ask(tab, "{query}$& 没有")
    expect(tab.get_by_role("status")).to_have_text(
        "没有内容包含“{query}$& 没有”。请检查错字，或换一个更短的词。"
    )
    assert tab.evaluate("window.hacked") is None
    assert tab.wrong == []  # type: ignore[attr-defined]


def test_no_search_while_an_input_method_composes(tab: Page, small: Path) -> None:
    visit(tab, small)
    tab.locator("#open").click()
    expect(tab.get_by_role("searchbox")).to_be_focused()
    session = tab.context.new_cdp_session(tab)
    session.send(
        "Input.imeSetComposition", {"text": "qu nuan", "selectionStart": 7, "selectionEnd": 7}
    )
    tab.wait_for_timeout(400)
    expect(tab.get_by_role("status")).to_have_text(SEARCH_STRINGS["zh"]["hint"])
    session.send("Input.insertText", {"text": "取暖"})
    expect(tab.get_by_role("status")).to_have_text("找到 24 条结果，显示前 10 条。")


def test_a_missing_file_is_told_and_can_be_tried_again(tab: Page, small: Path) -> None:
    visit(tab, small)
    hidden = {path: path.read_bytes() for path in (small / "search/zh").glob("t*.js")}
    for path in hidden:
        path.unlink()
    tab.locator("#open").click()
    ask(tab, "取暖")
    expect(tab.get_by_role("status")).to_have_text(SEARCH_STRINGS["zh"]["failed"])
    for path, content in hidden.items():
        path.write_bytes(content)
    tab.get_by_role("button", name="重试").click()
    expect(tab.get_by_role("listitem")).to_have_count(10)


def test_a_site_updated_under_the_reader_is_read_anew(tab: Page, small: Path) -> None:
    visit(tab, small)
    tab.locator("#open").click()
    # The list of terms is read as soon as the search stands open.
    opened = "window.old = await disclosureSearch.engine.openIndex(config); await old.ready();"
    tab.evaluate(f"async () => {{ {opened} }}")
    shutil.rmtree(small / "search")
    write_site(small, zh=(page_of(1, "新的取暖项目", "民生实事"),))
    mixed = "disclosureSearch.engine.search(old, '取暖', [])"
    mixed += ".then(disclosureSearch.engine.more).catch(error => error.message)"
    # Of the texts of the old build one file is another one and two are gone: which is noticed
    # first is chance, but postings of one build never meet the pages of another.
    assert tab.evaluate(mixed) in ("failed", "stale")
    ask(tab, "取暖")
    expect(tab.get_by_role("status")).to_have_text("找到 1 条结果。")


@pytest.mark.parametrize("changed", [0, 9, 23])
def test_an_edit_under_the_reader_is_never_mixed_with_what_was_read_before(
    tab: Page, small: Path, changed: int
) -> None:
    before = write_site(small / "before", zh=heating())
    edited = tuple(
        page_of(n, page.title, "改了的工作", facets=page.facets) if n == changed else page
        for n, page in enumerate(heating())
    )
    after = write_site(small / "after", zh=edited)
    visit(tab, before)
    tab.locator("#open").click()
    # The list of terms is read as soon as the search stands open.
    opened = "window.old = await disclosureSearch.engine.openIndex(config); await old.ready();"
    tab.evaluate(f"async () => {{ {opened} }}")
    for path in (after / "search/zh").iterdir():
        shutil.copy(path, before / "search/zh")
    mixed = f"disclosureSearch.engine.search(old, '取暖项目{changed}', [])"
    mixed += ".then(disclosureSearch.engine.more).catch(error => error.message)"
    assert tab.evaluate(mixed) == "stale"
    kept = 3 if changed > 7 else 20  # in a stretch of eight pages that says what it said before
    other = f"disclosureSearch.engine.search(old, '第{kept}项', [])"
    other += ".then(disclosureSearch.engine.more).then(found => found.length)"
    assert tab.evaluate(other) == 1
    ask(tab, f"取暖项目{changed}")  # needs the text of the page, and with it all that is new
    expect(tab.get_by_role("status")).to_have_text("找到 1 条结果。")
    ask(tab, "改了")
    expect(tab.get_by_role("status")).to_have_text("找到 1 条结果。")


def test_from_a_server_under_a_strict_policy(
    tab: Page, small: Path, serve_folder: Callable[..., str]
) -> None:
    """The harness allows scripts and styles of its own host only, none of them inline."""
    hosts: set[str] = set()
    tab.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    address = serve_folder(small, "/bureau/")
    tab.goto(f"{address}index.html")
    tab.evaluate(OPEN, config("zh"))
    tab.locator("#open").click()
    ask(tab, "第7项")
    expect(tab.get_by_role("status")).to_have_text("找到 1 条结果。")
    assert hosts == {urlsplit(address).netloc}
    assert tab.wrong == []  # type: ignore[attr-defined]


def test_english_dialog_speaks_english(tab: Page, small: Path) -> None:
    visit(tab, small, "en")
    tab.locator("#open").click()
    expect(tab.get_by_role("dialog", name="Search", exact=True)).to_be_visible()
    ask(tab, "heat")
    expect(tab.get_by_role("status")).to_have_text("1 result.")
    assert not re.search("[\u4e00-\u9fff]", json.dumps(tab.locator("dialog").inner_text()))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_and_every_target_is_big_enough(
    browser: Browser, small: Path, scheme: Any
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        color_scheme=scheme,
        reduced_motion="reduce",  # it stands where it will stay
    )
    page = context.new_page()
    visit(page, small)
    page.locator("#open").click()
    ask(page, "取暖")
    expect(page.get_by_role("listitem")).to_have_count(10)
    box = page.locator("dialog").bounding_box()
    assert box == pytest.approx({"x": 0, "y": 0, "width": 360, "height": 740}, abs=0.5)
    ask(page, "危险")
    expect(page.get_by_role("listitem")).to_have_count(1)
    assert (
        page.evaluate(
            "[...document.querySelectorAll('dialog, dialog *')].filter(e =>"
            " e.getBoundingClientRect().right > 360.5"
            " || (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible'"
            " && !e.matches('.ds-label, .ds-title, select, input'))).map(e => e.className)"
        )
        == []
    )
    small_targets = page.evaluate(
        "[...document.querySelectorAll('dialog button, dialog input, dialog select, dialog li')]"
        ".filter(e => e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44))"
        ".map(e => e.className)"
    )
    assert small_targets == []
    context.close()


# As styles/colours.css and styles/comfort.css have them: the least contrast of each.
LOOKS = [("light", "", 4.5), ("dark", "", 4.5), ("light", "200", 7), ("dark", "150", 7)]
CONTRAST = """selectors => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (...colours) => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const light = (pixel) => [0.2126, 0.7152, 0.0722].reduce((sum, part, i) => {
    const value = pixel[i] / 255;
    return sum + part * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  }, 0);
  return selectors.map((selector) => {
    const [, base, pseudo] = /^([^:]+)(::.*)?$/.exec(selector);
    const element = document.querySelector(base), under = [];
    for (let e = element; e && !e.matches("html"); e = e.parentElement)
      under.unshift(getComputedStyle(e).backgroundColor);
    const back = light(paint("white", ...under));
    const text = light(paint("white", ...under, getComputedStyle(element, pseudo).color));
    return [selector, (Math.max(back, text) + 0.05) / (Math.min(back, text) + 0.05)];
  });
}"""


@pytest.mark.parametrize(("scheme", "text", "least"), LOOKS)
def test_contrast(tab: Page, small: Path, scheme: str, text: str, least: float) -> None:
    """WCAG 2.2, 1.4.3; with large text 1.4.6."""
    visit(tab, small)
    tab.evaluate(
        "([scheme, text]) => { const look = document.documentElement.dataset;"
        " look.scheme = scheme; if (text) look.text = text; }",
        [scheme, text],
    )
    tab.locator("#open").click()
    ask(tab, "取暖 第")
    expect(tab.get_by_role("listitem")).to_have_count(10)
    texts = [
        ".ds-status",
        ".ds-link",
        ".ds-link mark",
        ".ds-tag",
        ".ds-excerpt",
        ".ds-excerpt mark",
        ".ds-more",
        ".ds-close",
        ".ds-input",
        ".ds-input::placeholder",
        ".ds-filter select",
    ]
    measured = dict(tab.evaluate(CONTRAST, texts))
    assert {name: ratio for name, ratio in measured.items() if ratio < least} == {}
