"""The files of the index: complete, the same every time, and safe inside a script."""

import itertools
import json
import pickle
import random
import re
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.search import (
    SEARCH_STRINGS,
    SearchPage,
    SearchSection,
    assemble,
    build_index,
    index_pages,
)
from disclosure.search import index as index_module
from disclosure.search.normalise import fold, shard_key, terms, text_hash
from disclosure.search.postings import ALPHABET, encode, encode_number, encode_runs

HOSTILE = '</script><!--\u2028\u2029"\\'


def page(number: int, *cells: str, **changes: Any) -> SearchPage:
    values: dict[str, Any] = {
        "url": f"p{number}.html",
        "title": f"第{number}页",
        "kind": "项目",
        "weight": 0,
        "codes": (),
        "facets": (),
        "sections": (SearchSection("a", "标题", cells),),
    }
    return SearchPage(**values | changes)


def read(files: dict[str, str], name: str) -> Any:
    text = files[f"{name}.js"]
    match = re.fullmatch(
        r'disclosureSearch\.put\("zh","(\w+)","([0-9a-f]{6})",(.*)\);\n', text, re.DOTALL
    )
    assert match and match[1] == name
    return json.loads(match[3])


def decode(text: str) -> list[int]:
    """Written apart from the encoder, as search.js reads it."""
    values = [ALPHABET.index(char) for char in text.removeprefix("*")]
    if text.startswith("*"):
        return [
            6 * n + bit for n, value in enumerate(values) for bit in range(6) if value >> bit & 1
        ]
    found, number, shift, following = [], 0, 0, 0
    for value in values:
        number |= (value & 31) << shift
        shift += 5
        if value < 32:
            found.append(following + number)
            following, number, shift = found[-1] + 1, 0, 0
    return found


@given(st.sets(st.integers(0, 200_000)) | st.sets(st.integers(0, 300)))
def test_postings_read_back(numbers: set[int]) -> None:
    ordered = sorted(numbers)
    text = encode(ordered)
    assert decode(text) == ordered
    assert re.fullmatch(r"\*?[A-Za-z0-9_-]*", text)


def test_a_dense_posting_is_a_bitmap() -> None:
    assert encode(range(6000)) == "*" + "_" * 1000
    assert len(encode(range(0, 600_000, 100_000))) < 25


def test_runs() -> None:
    assert encode_runs([0, 1, 2, 7, 9, 10]) == "".join(map(encode_number, (0, 2, 4, 0, 1, 1)))
    assert encode_runs([]) == ""


def test_every_term_lies_in_its_shard_with_all_its_pages() -> None:
    source = random.Random(1)
    pages = [
        page(n, "".join(source.choices("预算公开财政资金项目a1 ，", k=300)), weight=n % 3)
        for n in range(30)
    ]
    files = dict(build_index(pages, "zh"))
    meta = read(files, "meta")
    assert set(files) == {
        "meta.js",
        *(f"s{n}.js" for n in range(meta["shards"])),
        *(f"u{n}.js" for n in range(meta["singles"])),
        *(f"t{start}.js" for start in decode(meta["blocks"])),
    }
    shards = [read(files, f"s{n}") for n in range(meta["shards"])]
    ordered = sorted(pages, key=lambda p: -p.weight)
    for term in terms(fold(pages[7].sections[0].cells[0])):
        shard = shards[text_hash(shard_key(term)) % meta["shards"]]
        posting = shard[shard.index(term) + 1]
        expected = [n for n, p in enumerate(ordered) if term in terms(fold(p.sections[0].cells[0]))]
        assert decode(re.split("[!~]", posting)[0]) == expected


def test_a_triple_is_kept_only_where_its_pairs_mislead() -> None:
    shard = read(
        dict(build_index([page(1, "甲乙丙丁"), page(2, "甲乙，乙丙，丙丁戊")], "zh")), "s0"
    )
    assert "甲乙丙" in shard and shard[shard.index("甲乙丙") + 1] == encode([0])
    assert "丙丁戊" not in shard
    assert "乙丙丁" in shard


def test_fields_of_a_posting() -> None:
    pages = [
        page(1, "预算", title="预算"),
        page(2, "别的", sections=(SearchSection("a", "预算", ()),)),
    ]
    shard = read(dict(build_index(pages, "zh")), "s0")
    assert shard[shard.index("预算") + 1] == f"{encode([0, 1])}!{encode([0])}~{encode([1])}"
    assert shard[shard.index(f"={encode_number(text_hash('预算'))}") + 1].startswith(encode([0, 1]))


def versions(files: dict[str, str]) -> dict[str, str]:
    """The version that each file says it is, by its name."""
    found = {name: re.search('"([0-9a-f]{6})",', text) for name, text in files.items()}
    return {name: match[1] for name, match in found.items() if match}


def expected_versions(files: dict[str, str]) -> dict[str, str]:
    """The versions that meta.js names, as search.js reads them."""
    meta = read(files, "meta")
    names = {
        "s": [(f"s{n}", n) for n in range(meta["shards"])],
        "u": [(f"u{n}", n) for n in range(meta["singles"])],
        "t": [(f"t{start}", start // meta["stretch"]) for start in decode(meta["blocks"])],
    }
    return {
        f"{name}.js": meta["versions"][family][6 * place : 6 * place + 6]
        for family, several in names.items()
        for name, place in several
    }


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a hundredth of their size, so that few pages fill many of them."""
    for name, size in (("WHOLE", 500), ("SHARD", 200), ("SINGLES", 200)):
        monkeypatch.setattr(index_module, f"_{name}_CHARACTERS", size)
    monkeypatch.setattr(index_module, "_BLOCK_BYTES", 600)


def many_pages(added: str = "") -> list[SearchPage]:
    """80 pages of one to fifty characters; ``added`` to what stands on page 43."""
    source = random.Random(3)
    said = [chr(0x4E10 + n) for n in range(300)]
    texts = ["".join(source.choices(said, k=source.randrange(1, 50))) for _ in range(80)]
    texts[43] += added
    return [page(n, text, facets=(("year", str(2020 + n % 3)),)) for n, text in enumerate(texts)]


@pytest.mark.usefixtures("small_files")
def test_the_same_pages_give_the_same_bytes_and_meta_names_the_version_of_every_file() -> None:
    first = list(build_index(many_pages(), "zh"))
    assert first == list(build_index(iter(many_pages()), "zh"))
    files = dict(first)
    own = versions(files)
    del own["meta.js"]
    assert own == expected_versions(files)


@pytest.mark.usefixtures("small_files")
def test_an_edit_changes_few_files_and_the_version_of_each() -> None:
    before = dict(build_index(many_pages(), "zh"))
    # Page 43 and those after it in its stretch of eight begin other blocks than before.
    after = dict(build_index(many_pages("。一丁七" * 60), "zh"))
    shards = read(before, "meta")["shards"]
    assert shards == read(after, "meta")["shards"] > 16
    texts = {name for name in before.keys() | after.keys() if name.startswith("t")}
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed - texts <= {
        "meta.js",
        *(f"s{text_hash(pair) % shards}.js" for pair in ("一丁", "丁七")),
        *(f"u{text_hash(unit) % read(after, 'meta')['singles']}.js" for unit in "一丁七"),
    }
    assert changed & texts and all(40 <= int(name[1:-3]) < 48 for name in changed & texts)
    old, new = versions(before), versions(after)
    assert all(old[name] != new[name] for name in changed if name in before and name in after)


def test_data_cannot_leave_the_script() -> None:
    hostile = page(
        1, HOSTILE, title=HOSTILE, kind=HOSTILE, codes=(HOSTILE,), facets=(("year", HOSTILE),)
    )
    files = dict(build_index([hostile, page(2, "a", facets=(("year", "b"),))], "zh"))
    text = "".join(files.values())
    assert not set(text) & {"<", "\u2028", "\u2029"}
    record = read(files, "t0")[0]
    assert record[1] == record[2] == record[3][0] == record[4][0] == record[5][0][2][0] == HOSTILE
    assert HOSTILE in read(files, "meta")["facets"][0][1]


def test_only_facets_that_tell_pages_apart_are_offered() -> None:
    pages = [
        page(n, "x", facets=(("kind", "预算"), ("year", ("2024", "2023")[n % 2]))) for n in range(4)
    ]
    assert read(dict(build_index(pages, "zh")), "meta")["facets"] == [
        ["year", ["2024", encode_runs([0, 2]), "2023", encode_runs([1, 3])]]
    ]


def test_kinds_are_offered_as_their_pages_rank_and_are_no_label_of_a_page() -> None:
    pages = [page(0, "x", weight=1, group="表格"), page(1, "x", weight=2, group="项目")]
    files = dict(build_index(pages, "zh"))
    assert read(files, "meta")["facets"] == [
        ["kind", ["项目", encode_runs([0]), "表格", encode_runs([1])]]
    ]
    assert [record[4] for record in read(files, "t0")] == [[], []]


def test_a_long_page_is_indexed_in_parts_that_keep_every_cell_once() -> None:
    cells = tuple(f"第{n}行{'字' * 50}" for n in range(900))
    sections = (SearchSection("a", "一", cells[:500]), SearchSection("b", "二", cells[500:]))
    files = dict(build_index([page(1, "短"), page(2, sections=sections), page(3, "短")], "zh"))
    meta = read(files, "meta")
    continued = decode(meta["continued"])
    assert continued == list(range(2, meta["parts"] - 1)) and len(continued) >= 3
    records = [r for start in decode(meta["blocks"]) for r in read(files, f"t{start}")]
    assert len(records) == meta["parts"]
    kept = [(s[0], cell) for r in records if r[0] == "p2.html" for s in r[5] for cell in s[2]]
    assert kept == [(s.anchor, cell) for s in sections for cell in s.cells]


@pytest.mark.slow
def test_more_than_65535_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_BLOCK_BYTES", 10_000_000)
    pages = [page(n, "末页" if n == 65_999 else "", sections=(), title="页") for n in range(65_999)]
    files = dict(build_index([*pages, page(65_999, "末页")], "zh"))
    meta = read(files, "meta")
    assert meta["parts"] == 66_000
    shard = read(files, f"s{text_hash('末页') % meta['shards']}")
    assert decode(shard[shard.index("末页") + 1]) == [65_999]


def test_no_pages() -> None:
    files = dict(build_index([], "en"))
    assert "meta.js" in files


@pytest.mark.parametrize(
    "url", ["", "/x.html", "https://a.example/", "javascript:x", "../x.html", "a\\b"]
)
def test_an_address_outside_the_site_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="inside the site"):
        list(build_index([page(1, "x", url=url)], "zh"))


def test_both_languages_have_the_same_strings_and_the_script_uses_them_all() -> None:
    chinese, english = SEARCH_STRINGS["zh"], SEARCH_STRINGS["en"]
    assert chinese.keys() == english.keys()
    fields = {
        lang: {
            k: {f[1] for f in string.Formatter().parse(v) if f[1]}
            for k, v in SEARCH_STRINGS[lang].items()
        }
        for lang in SEARCH_STRINGS
    }
    assert fields["zh"] == fields["en"]
    script = (index_module.__file__).replace("search/index.py", "site/assets/search.js")
    with open(script, encoding="utf-8") as file:
        text = file.read()
    unused = [
        key for key in chinese if not re.match("(filter|all)_", key) and f'"{key}"' not in text
    ]
    assert unused == []
    assert not [key for key, value in english.items() if re.search("[\u4e00-\u9fff]", value)]


_SAID = "预算项目教育支出资金管理学校安全"


@st.composite
def some_pages(draw: st.DrawFn) -> list[SearchPage]:
    """Pages of few characters, so that pairs and triples meet on several; a long one among them."""
    text = st.text(_SAID, min_size=1, max_size=8)
    count = draw(st.integers(0, 6))
    return [
        page(
            number,
            *draw(st.lists(text, max_size=4)),
            *(["学校安全" * 2_000] * draw(st.integers(0, 2))),
            title=draw(text),
            weight=draw(st.integers(0, 2)),
            codes=(draw(st.sampled_from(("FIC23-CUL-001", "36100023P0"))),),
            facets=(("year", draw(st.sampled_from(("2023", "2024")))),),
            group=draw(st.sampled_from(("", "project", "table"))),
        )
        for number in range(count)
    ]


@settings(max_examples=20, deadline=None)
@given(some_pages(), st.sets(st.integers(0, 8)))
def test_pages_indexed_in_groups_make_the_same_bytes(
    pages: list[SearchPage], cuts: set[int]
) -> None:
    starts = [0, *sorted(cuts), len(pages)]
    groups = [
        pickle.loads(pickle.dumps(index_pages(pages[start:end])))
        for start, end in itertools.pairwise(starts)
    ]
    assert list(assemble(groups, "zh")) == list(build_index(pages, "zh"))


def test_triples_that_only_the_whole_shows_to_mislead_are_found() -> None:
    """On one page 育支 and 支出 without 育支出: no group alone can know that of the others."""
    pages = [page(0, "教育支出"), page(1, "教育支出"), page(2, "育支、支出")]
    files = dict(assemble([index_pages([each]) for each in pages], "zh"))
    assert "育支出" in read(files, "s0")
