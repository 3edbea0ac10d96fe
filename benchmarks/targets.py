"""The promised numbers, and whether what was measured keeps them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from benchmarks.measuring import Run

SIZES = (240, 1_200, 4_800, 10_000)
BESIDE_HUGO = (1_200, 4_800)
SMALL, LARGE, MOST = SIZES[0], 1_200, SIZES[-1]


@dataclass(frozen=True, slots=True)
class Build:
    """A build: what it took, what it wrote, and the CPU seconds of its stages where it says so."""

    run: Run
    files: int
    bytes: int
    pages: int
    stages: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """The files of the search index: how many, and how many of them later builds wrote."""

    files: int
    written_after_edit: int
    written_without_change: int


@dataclass(frozen=True, slots=True)
class City:
    """All builds of a city of one size, with or without search.

    ``on_disk`` and ``over_http``: seconds from the written figure to the page of a running
    ``mkdocs serve``, for each edit. ``page``: gzip bytes of the project pages that are the same
    at every size. ``index`` is None without search.
    """

    cold: Build
    warm: Build
    edited: Build
    page: int
    index: Index | None = None
    on_disk: tuple[float, ...] = ()
    over_http: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """CPU seconds of cold builds of the same data, ours and Hugo's, in turns."""

    ours: tuple[float, ...]
    hugo: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Our median by Hugo's: below 1 we are faster."""
        return statistics.median(self.ours) / statistics.median(self.hugo)


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything: cities by number of projects and whether with search, and Hugo by projects."""

    cities: Mapping[tuple[int, bool], City] = field(default_factory=dict)
    beside: Mapping[int, Beside] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """A promised number: the most it may be, and what was measured, or None if nothing was."""

    name: str
    most: float
    measured: float | None

    @property
    def kept(self) -> bool:
        """Whether it was measured and is not beyond."""
        return self.measured is not None and self.measured <= self.most


def targets(measured: Measured) -> Iterator[Target]:
    """All targets, those that were not measured too: they are not kept."""
    plain, found = measured.cities.get((MOST, False)), measured.cities.get((MOST, True))
    for name, city, seconds in (
        ("without search", plain, 25.0),
        ("with search", found, 40.0),
    ):
        where = f"{MOST:,} projects × 2, {name}"
        yield Target(f"{where}: cold (s)", seconds, city.cold.run.seconds if city else None)
        yield Target(f"{where}: memory (MB)", 1_000, _memory(city) if city else None)
        yield Target(f"{where}: nothing changed (s)", 3, city.warm.run.seconds if city else None)
    for size in SIZES:
        city = measured.cities.get((size, True))
        slowest = max(city.on_disk) if city and city.on_disk else None
        yield Target(f"{size:,}: a figure to the page on disk (s)", 1, slowest)
    for size in BESIDE_HUGO:
        beside = measured.beside.get(size)
        yield Target(f"{size:,}: CPU by Hugo’s", 0.8, beside.ratio if beside else None)
    small = measured.cities.get((LARGE, False))
    growth = _per_page(plain) / _per_page(small) if plain and small else None
    yield Target(f"CPU of a page at {MOST:,} by that at {LARGE:,}", 1.2, growth)
    for search in (False, True):
        first, last = (measured.cities.get((size, search)) for size in (SMALL, MOST))
        change = abs(last.page / first.page - 1) * 100 if first and last else None
        kind = "with" if search else "without"
        yield Target(f"page size at {MOST:,} against {SMALL}, {kind} search (± %)", 2, change)
    both = (plain.cold.run, found.cold.run) if plain and found else None
    more = max(0.0, both[1].seconds - both[0].seconds) if both else None
    yield Target(f"{MOST:,}: search index, time it adds (s)", 20, more)
    more = max(0.0, both[1].megabytes - both[0].megabytes) if both else None
    yield Target(f"{MOST:,}: search index, memory it adds (MB)", 500, more)
    index = found.index if found else None
    # Updated, not rebuilt: a changed figure is in few of the index's files.
    share = index.written_after_edit / index.files * 100 if index and index.files else None
    yield Target(f"{MOST:,}: index files written after an edit (%)", 5, share)
    untouched = index.written_without_change if index and index.files else None
    yield Target(f"{MOST:,}: index files written, nothing changed", 0, untouched)


def _memory(city: City) -> float:
    return max(build.run.megabytes for build in (city.cold, city.warm, city.edited))


def _per_page(city: City) -> float:
    return city.cold.run.cpu / city.cold.pages


def table(measured: Measured) -> Iterator[str]:
    """The lines of the table of targets."""
    for target in targets(measured):
        shown = "not measured" if target.measured is None else f"{target.measured:,.2f}"
        kept = "kept" if target.kept else "NOT KEPT"
        yield f"{target.name:58} {shown:>12}   at most {target.most:>8,.1f}   {kept}"
