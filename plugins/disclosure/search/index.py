"""Builds the search index of one language as small scripts that a browser loads by need.

Three families of files lie under ``search/<lang>/``: ``meta.js`` (sizes, filters), ``s<n>.js`` and
``u<n>.js`` (index terms and the pages that have them; ``u`` holds the single characters) and
``t<n>.js`` (titles, addresses and texts of a few pages, from the page with number ``n`` on). Each
registers itself with ``disclosureSearch.put``, so that it also loads from a folder on disk and
under ``script-src 'self'``. The same pages give the same bytes.

Each file carries a version made of what it says, and ``meta.js`` names the version of every other:
a browser never puts files of two builds together, and a file that says the same as in the last
build is the same. What an edit changes are therefore the texts of its pages, the terms that it
brings or takes away, and ``meta.js``.
"""

import dataclasses
import hashlib
import itertools
import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from disclosure.search.normalise import (
    dashed_pieces,
    fold,
    shard_key,
    terms,
    text_hash,
    triples,
    units,
)
from disclosure.search.postings import encode, encode_number, encode_runs

__all__ = ["Indexed", "SearchPage", "SearchSection", "assemble", "build_index", "index_pages"]

# Hexadecimal digits of a version: one change in 16 million passes unseen where a browser has kept
# the file of before.
_VERSION = 6

# Chosen by benchmarks/search.py: about 5 KB gzip a shard, 2 KB a block of texts.
_SHARD_CHARACTERS = 9_000
_SINGLES_CHARACTERS = 24_000
_BLOCK_BYTES = 6_000
# Blocks of texts begin anew at every so many pages and have one version together: what an edit
# makes longer moves no page further on into another block, and ``meta.js`` stays short.
_STRETCH = 8
# A family of files up to this size, about 60 KB gzip, is one file instead, which the browser reads
# as soon as the search stands open: then a key waits for no more than the text of a result.
_WHOLE_CHARACTERS = 150_000
# A longer page (a list of a thousand projects) is indexed in parts, so that showing one result
# never costs the whole page.
_PART_CHARACTERS = 12_000


@dataclasses.dataclass(frozen=True, slots=True)
class SearchSection:
    """A part of a page with its own anchor; a match lies within one of its cells."""

    anchor: str
    heading: str
    cells: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class SearchPage:
    """A page as search sees it.

    ``url`` is relative to the root of the site, with an anchor for what is only a part of a page;
    ``kind`` and the values of ``facets`` are labels in the language of the page; ``group`` is the
    kind as readers filter by it, without a label of its own; ``weight`` orders pages that match
    equally well, higher first. A page has one value of a facet at most.
    """

    url: str
    title: str
    kind: str
    weight: int
    codes: tuple[str, ...]
    facets: tuple[tuple[str, str], ...]
    sections: tuple[SearchSection, ...]
    group: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """What one number of the index stands for: a page, or a piece of a long one."""

    page: SearchPage
    sections: tuple[SearchSection, ...]
    first: bool

    def facets(self) -> dict[str, str]:
        kind = (("kind", self.page.group),) if self.page.group else ()
        return dict((*self.page.facets, *kind))

    def record(self) -> list[object]:
        return [
            self.page.url,
            self.page.title,
            self.page.kind,
            self.page.codes,
            [value for _, value in self.page.facets],
            [[s.anchor, s.heading, s.cells] for s in self.sections],
        ]


def _numbers() -> "array[int]":
    return array("I")


def _by_term() -> "dict[str, array[int]]":
    return defaultdict(_numbers)


@dataclasses.dataclass(frozen=True, slots=True)
class _Postings:
    """Term → ascending numbers of the parts that have it: anywhere, in the title, in a heading."""

    anywhere: "dict[str, array[int]]" = dataclasses.field(default_factory=_by_term)
    in_title: "dict[str, array[int]]" = dataclasses.field(default_factory=_by_term)
    in_heading: "dict[str, array[int]]" = dataclasses.field(default_factory=_by_term)

    def __reduce__(self) -> tuple[object, ...]:
        # Ten thousand small arrays are slow to pickle one by one.
        return unpacked, tuple(map(_packed, (self.anywhere, self.in_title, self.in_heading)))

    def text(self, term: str) -> str:
        text = encode(self.anywhere[term])
        if term in self.in_title:
            text += "!" + encode(self.in_title[term])
        if term in self.in_heading:
            text += "~" + encode(self.in_heading[term])
        return text


_Numbers = tuple[int, ...]
_Places = tuple[list[int], list[int], list[int]]  # in titles, in headings, in cells
_Lists = defaultdict[str, list[int]]


def _lists() -> _Lists:
    return defaultdict(list)


@dataclasses.dataclass(frozen=True, slots=True)
class _Gathered:
    """What becomes postings: term → numbers of parts in any order, some of them repeated."""

    anywhere: _Lists = dataclasses.field(default_factory=_lists)
    in_title: _Lists = dataclasses.field(default_factory=_lists)
    in_heading: _Lists = dataclasses.field(default_factory=_lists)

    def add(
        self, terms: Collection[str], title: _Numbers, heading: _Numbers, body: _Numbers
    ) -> None:
        """Terms that are in these titles, headings and cells."""
        everywhere = title + heading + body
        for term in terms:
            self.anywhere[term] += everywhere
        for lists, numbers in ((self.in_title, title), (self.in_heading, heading)):
            if numbers:
                for term in terms:
                    lists[term] += numbers

    def postings(self) -> _Postings:
        """What it says, in order; a heading does not count where the title has the term."""
        headings = (
            (t, {*at}.difference(self.in_title.get(t, ()))) for t, at in self.in_heading.items()
        )
        return _Postings(
            {term: array("I", sorted({*at})) for term, at in self.anywhere.items()},
            {term: array("I", sorted({*at})) for term, at in self.in_title.items()},
            {term: array("I", sorted(at)) for term, at in headings if at},
        )


_Packed = tuple[str, bytes, bytes]


def _packed(postings: "Mapping[str, array[int]]") -> _Packed:
    """Terms a line, how many numbers each has, and all numbers."""
    counts = array("I", map(len, postings.values()))
    return "\n".join(postings), counts.tobytes(), b"".join(map(array.tobytes, postings.values()))


def unpacked(*several: _Packed) -> _Postings:
    """Postings from their pickle."""
    return _Postings(*map(_by_term_again, several))


def _by_term_again(packed: _Packed) -> "dict[str, array[int]]":
    terms, counts, numbers = packed[0].split("\n") if packed[0] else [], _numbers(), _numbers()
    counts.frombytes(packed[1])
    numbers.frombytes(packed[2])
    found, start = _by_term(), 0
    for term, count in zip(terms, counts, strict=True):
        found[term] = numbers[start : start + count]
        start += count
    return found


@dataclasses.dataclass(frozen=True, slots=True)
class Indexed:
    """Some pages of a site, indexed: a department, say. It can be pickled.

    The lists have one entry a part, the heaviest pages first; the postings count parts from 0.
    """

    weights: list[int]
    records: list[str]
    continued: list[bool]
    facets: list[dict[str, str]]
    terms: _Postings
    singles: _Postings
    triples: _Postings
    exact_keys: dict[str, str]


def build_index(
    pages: Iterable[SearchPage], lang: Literal["zh", "en"]
) -> Iterator[tuple[str, str]]:
    """Yields (path under ``search/<lang>/``, text of the file) for all files of one language.

    Raises ``ValueError`` for an address that does not stay inside the site.
    """
    return assemble((index_pages(pages),), lang)


def index_pages(pages: Iterable[SearchPage]) -> Indexed:
    """What takes most of the time of an index, for some of the pages of one language.

    Raises ``ValueError`` for an address that does not stay inside the site.
    """
    ordered = sorted(pages, key=lambda page: -page.weight)
    for page in ordered:
        _check_address(page.url)
    parts = [part for page in ordered for part in _split(page)]
    # Most texts stand on many pages: the terms of each are looked for once, together with those of
    # all texts that stand in the same places.
    places: defaultdict[str, _Places] = defaultdict(lambda: ([], [], []))
    for number, part in enumerate(parts):
        for text in (part.page.title, *part.page.codes) if part.first else ():
            places[text][0].append(number)
        for section in part.sections:
            places[section.heading][1].append(number)
            for text in section.cells:
                places[text][2].append(number)
    together: defaultdict[tuple[_Numbers, ...], list[str]] = defaultdict(list)
    for text, at in places.items():
        together[tuple(map(tuple, at))].append(text)

    found, singles, threes = _Gathered(), _Gathered(), _Gathered()
    exact_keys: dict[str, str] = {}
    for (title, heading, body), texts in together.items():
        # A full stop between them folds to a gap that no match crosses.
        folded = fold("。".join(texts))
        # None of these reaches over the end of a line.
        found.add(terms(folded) | dashed_pieces("\n".join(texts)), title, heading, body)
        singles.add(units(folded), title, heading, body)
        threes.add(triples(folded), title, heading, body)
        if title or heading:
            exact = _exact(texts)
            exact_keys |= exact
            found.add(exact, title, heading, ())
    return Indexed(
        weights=[part.page.weight for part in parts],
        records=[_json(part.record()) for part in parts],
        continued=[not part.first for part in parts],
        facets=[part.facets() for part in parts],
        terms=found.postings(),
        singles=singles.postings(),
        triples=threes.postings(),
        exact_keys=exact_keys,
    )


def assemble(groups: Sequence[Indexed], lang: Literal["zh", "en"]) -> Iterator[tuple[str, str]]:
    """Yields (path under ``search/<lang>/``, text of the file) for all files of one language.

    The same pages in the same order give the same bytes, however they are split into groups.
    """
    order = sorted(
        (-weight, place, number)
        for place, group in enumerate(groups)
        for number, weight in enumerate(group.weights)
    )
    numbers: list[array[int]] = [array("I", bytes(4 * len(group.weights))) for group in groups]
    for new, (_, place, number) in enumerate(order):
        numbers[place][number] = new
    records = [groups[place].records[number] for _, place, number in order]

    def script(name: str, version: str, data: str) -> tuple[str, str]:
        return f"{name}.js", f'disclosureSearch.put("{lang}","{name}","{version}",{data});\n'

    starts = _block_starts(records)
    texts = [_version(records[n : n + _STRETCH]) for n in range(0, len(records), _STRETCH)]
    for start, end in itertools.pairwise([*starts, len(records)]):
        data = "[" + ",\n".join(records[start:end]) + "]"
        yield script(f"t{start}", texts[start // _STRETCH], data)

    shards = _shards(groups, numbers)
    singles = _joined([group.singles for group in groups], numbers)
    single = _distribute(((unit, unit) for unit in singles.anywhere), singles, _SINGLES_CHARACTERS)
    versions = {"s": "", "u": "", "t": "".join(texts)}
    for family, files in (("s", shards), ("u", single)):
        for number, data in enumerate(map(_json, files)):
            version = _version((data,))
            versions[family] += version
            yield script(f"{family}{number}", version, data)

    continued = [n for n, (_, at, number) in enumerate(order) if groups[at].continued[number]]
    meta = _json(
        {
            "parts": len(records),
            "shards": len(shards),
            "singles": len(single),
            "blocks": encode(starts),
            "stretch": _STRETCH,
            "versions": versions,
            "continued": encode(continued),
            "facets": _facets([groups[at].facets[number] for _, at, number in order]),
        }
    )
    yield script("meta", _version((meta,)), meta)


def _check_address(url: str) -> None:
    first, *rest = url.split("#")[0].split("/")
    if not url or not first or ":" in first or "\\" in url or ".." in (first, *rest):
        raise ValueError(
            f"页面地址应在网站之内，例如 en/x/y.html，现为 {url!r} / "
            f"a page address must lie inside the site, e.g. en/x/y.html, found {url!r}"
        )


def _split(page: SearchPage) -> Iterator[_Part]:
    if sum(len(cell) + 3 for section in page.sections for cell in section.cells) < _PART_CHARACTERS:
        yield _Part(page, page.sections, True)
        return
    sections: list[SearchSection] = []
    size = 0
    first = True
    for section in page.sections:
        cells: list[str] = []
        for cell in section.cells:
            if size + len(cell) > _PART_CHARACTERS and size:
                if cells:
                    sections.append(dataclasses.replace(section, cells=tuple(cells)))
                yield _Part(page, tuple(sections), first)
                first, sections, cells, size = False, [], [], 0
            cells.append(cell)
            size += len(cell) + 3
        sections.append(dataclasses.replace(section, cells=tuple(cells)))
    yield _Part(page, tuple(sections), first)


def _json(value: object) -> str:
    """JSON that may stand in a script: no ``</script>``, no line separators."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _version(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode() + b"\n")
    return digest.hexdigest()[:_VERSION]


def _block_starts(records: Sequence[str]) -> list[int]:
    starts: list[int] = []
    size = 0
    for number, record in enumerate(records):
        length = len(record.encode())
        if size + length > _BLOCK_BYTES or number % _STRETCH == 0:
            starts.append(number)
            size = 0
        size += length
    return starts


def _exact(texts: Iterable[str]) -> dict[str, str]:
    """Terms that say "this is the whole title": ``=`` and a hash, with the shard key of each."""
    return {
        f"={encode_number(text_hash(folded))}": shard_key(folded)
        for folded in filter(None, map(fold, texts))
    }


def _shards(groups: Sequence[Indexed], numbers: "Sequence[array[int]]") -> list[list[str]]:
    found = _joined([group.terms for group in groups], numbers)
    counts: Counter[str] = Counter()
    for group in groups:
        counts.update({triple: len(at) for triple, at in group.triples.anywhere.items()})
    misleading = _misleading(counts, found.anywhere)
    threes = _joined([group.triples for group in groups], numbers, misleading)
    both = _Postings(
        {**found.anywhere, **threes.anywhere},
        {**found.in_title, **threes.in_title},
        {**found.in_heading, **threes.in_heading},
    )
    exact_keys = {term: key for group in groups for term, key in group.exact_keys.items()}
    keyed = ((exact_keys.get(term) or shard_key(term), term) for term in both.anywhere)
    return _distribute(keyed, both, _SHARD_CHARACTERS)


def _joined(
    groups: Sequence[_Postings],
    numbers: "Sequence[array[int]]",
    keep: Container[str] | None = None,
) -> _Postings:
    """The postings of all groups by the numbers of the whole; only of the terms to keep."""
    if len(groups) == 1 and keep is None:
        return groups[0]  # its numbers are those of the whole

    def join(postings: "Sequence[dict[str, array[int]]]") -> "dict[str, array[int]]":
        joined: defaultdict[str, array[int]] = defaultdict(_numbers)
        for own, new in zip(postings, numbers, strict=True):
            for term, at in own.items():
                if keep is None or term in keep:
                    joined[term].extend(map(new.__getitem__, at))
        return {term: array("I", sorted(at)) for term, at in joined.items()}

    return _Postings(
        join([group.anywhere for group in groups]),
        join([group.in_title for group in groups]),
        join([group.in_heading for group in groups]),
    )


def _misleading(counts: Mapping[str, int], pairs: Mapping[str, Sequence[int]]) -> set[str]:
    """Triples that two pairs do not tell: ``ab`` and ``bc`` share a page without ``abc``.

    ``counts``: how many parts have a triple.
    """
    # Where a pair lies on one page only, it tells the triple as well.
    several = (t for t in counts if len(pairs[t[:2]]) > 1 and len(pairs[t[1:]]) > 1)
    found: set[str] = set()
    for pair, group in itertools.groupby(sorted(several), key=lambda triple: triple[:2]):
        whole: set[int] | None = None
        for triple in group:
            second = pairs[triple[1:]]
            if counts[triple] == min(len(pairs[pair]), len(second)):
                continue
            whole = whole or set(pairs[pair])
            if len(whole.intersection(second)) != counts[triple]:
                found.add(triple)
    return found


def _distribute(
    keyed: Iterable[tuple[str, str]], postings: _Postings, target: int
) -> list[list[str]]:
    """Shards of term, posting, term, posting …: one, or a power of two as the size asks for."""
    entries = [(text_hash(key), term, postings.text(term)) for key, term in keyed]
    size = sum(len(term) + len(text) + 6 for _, term, text in entries)
    count = 1
    while size > _WHOLE_CHARACTERS and count * target < size:
        count *= 2
    shards: list[list[str]] = [[] for _ in range(count)]
    for value, term, text in sorted(entries, key=lambda entry: entry[1]):
        shards[value % count] += (term, text)
    return shards


def _facets(parts: Iterable[Mapping[str, str]]) -> list[list[object]]:
    """[name, [value, runs of parts, value, runs …]] for each facet that tells pages apart."""
    numbers: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, facets in enumerate(parts):
        for name, value in facets.items():
            numbers[name][value].append(number)
    return [
        [name, [t for value in _shown(name, values) for t in (value, encode_runs(values[value]))]]
        for name, values in numbers.items()
        if len(values) > 1
    ]


def _shown(name: str, values: Iterable[str]) -> list[str]:
    """The values in the order of the list to choose from: the kinds as their pages rank."""
    return list(values) if name == "kind" else sorted(values, reverse=name == "year")
