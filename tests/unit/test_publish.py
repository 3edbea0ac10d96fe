"""Building only what changed gives the same bytes as building everything."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from disclosure.book import load_book
from disclosure.model.fields import LANGS
from disclosure.publish import kept
from disclosure.publish.folder import Output, intact, outputs_of, put
from disclosure.publish.kept import Built, load, save
from disclosure.publish.keys import Inputs, department_keys, inputs
from disclosure.publish.packed import unpack
from disclosure.publish.remembered import Memory
from disclosure.publish.served import Served
from disclosure.publish.site import Publishing
from disclosure.rules.examine import examine
from disclosure.site.plan import Plan

SMALLEST = Path(__file__).resolve().parents[1] / "invalid" / "smallest"
NOBODY = dict.fromkeys(LANGS, ())


@dataclass
class City:
    """A data folder that is built again and again into the same site."""

    data: Path
    site: Path
    settings: str = "settings"
    last: Built | None = None
    made: set[str] = field(default_factory=set)
    memory: Memory = field(default_factory=Memory)
    shown_first: Mapping[str, str] = field(default_factory=dict)

    def publishing(
        self, site: Path, last: Built | None, processes: int, memory: Memory | None
    ) -> tuple[Inputs, Publishing]:
        """What a build goes by, and the build; ``memory`` of a server."""
        settings = [self.settings]
        if memory:
            memory.files.start()
            read = inputs(self.data, settings, taken=memory.files)
            assert read == inputs(self.data, settings)
            found, _ = memory.read(read, self.data, "data", map)
            assert found is not None
            book, examination = found, memory.examine(read, self.data, found, None)
        else:
            read, book = inputs(self.data, settings), load_book(self.data)
            examination = examine(book)
        staged = site.with_name(f"{site.name}.staged")
        staged.mkdir()
        return read, Publishing(
            Plan.of(book, "", examination, "all", "https://example.org/"),
            department_keys(book, read),
            lambda page: f"<!-- {self.settings} -->{page.html}",
            staged,
            last,
            processes=processes,
        )

    def build(
        self, site: Path, last: Built | None, processes: int = 1, memory: Memory | None = None
    ) -> Built:
        """Build into ``site``, which holds ``last``."""
        read, publishing = self.publishing(site, last, processes, memory)
        staged, keys = publishing.folder, publishing.keys
        if memory:
            self.shown_first = publishing.first(memory.changed(self.data))
        published = publishing.rest(publishing.departments(), NOBODY)
        assert self.shown_first.items() <= published.outputs.items() or not memory
        self.made = {p.relative_to(staged).as_posix() for p in staged.rglob("*") if p.is_file()}
        digests = published.outputs
        put(staged, site, digests, last.outputs if last else {})
        outputs = outputs_of(site, digests)
        return Built(str(site), read, keys, published.departments, published.index, outputs, "")

    def again(self) -> None:
        """Build what changed since the last time, as a server does."""
        self.last = self.build(self.site, self.last, memory=self.memory)

    def cold(self, site: Path, processes: int = 1) -> dict[str, bytes]:
        """Everything, built from nothing."""
        self.build(site, None, processes)
        return files(site)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def city(tmp_path: Path) -> City:
    """Two departments, built once."""
    data = tmp_path / "data"
    shutil.copytree(SMALLEST, data)
    _second(data, random.Random(0))
    city = City(data, tmp_path / "site")
    city.again()
    return city


def test_one_figure_makes_the_pages_of_one_department(city: City) -> None:
    file = city.data / "departments/example/2024-budget/budget.yml"
    text = file.read_text("utf-8")
    figure = next(line for line in text.splitlines() if line.strip().startswith("total:"))
    file.write_text(text.replace(figure, figure.replace(figure.split()[-1], "31.41"), 1), "utf-8")
    city.again()
    assert "departments/example/2024-budget/summary.html" in city.made
    assert not [name for name in city.made if "departments/second/" in name]
    assert "departments/example/2024-budget/summary.html" in city.shown_first
    assert files(city.site) == city.cold(city.site.with_name("cold"))


def test_nothing_changed_makes_nothing(city: City) -> None:
    before = {path: path.stat().st_mtime_ns for path in city.site.rglob("*")}
    city.again()
    assert city.made == set()
    assert {path: path.stat().st_mtime_ns for path in city.site.rglob("*")} == before


def test_processes_make_the_same_bytes(city: City) -> None:
    assert city.cold(city.site.with_name("cold"), processes=2) == files(city.site)


# ---- random sequences ----------------------------------------------------------------------

Change = Callable[[Path, random.Random], None]


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def _disclosures(data: Path) -> list[Path]:
    return sorted(path.parent for path in data.glob("departments/*/*/disclosure.yml"))


def _projects(data: Path) -> list[Path]:
    return sorted(data.glob("departments/*/*/projects/*.yml"))


def _figure(data: Path, chance: random.Random) -> None:
    path = chance.choice(_disclosures(data)) / "budget.yml"
    lines = path.read_text("utf-8").splitlines()
    places = [n for n, line in enumerate(lines) if line.strip().startswith("total:")]
    place = chance.choice(places)
    key = lines[place].partition(":")[0]
    lines[place] = f"{key}: {chance.randrange(1, 9999)}.{chance.randrange(10, 99)}"
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _second(data: Path, chance: random.Random) -> None:
    """A department more, or one that looks different; it may follow another."""
    slug = chance.choice(("second", "third"))
    copy, source = data / "departments" / slug, data / "departments" / "example"
    if not copy.exists():
        shutil.copytree(source, copy)
    follows = chance.choice(("", "predecessors: [example]\n"))
    (copy / "department.yml").write_text(f"slug: {slug}\n{follows}", "utf-8")


def _fewer(data: Path, chance: random.Random) -> None:
    """A department less; nothing may follow it."""
    for slug in ("third", "second"):
        shutil.rmtree(data / "departments" / slug, ignore_errors=True)


def _year(data: Path, chance: random.Random) -> None:
    """Another year of a department, or one less."""
    department = chance.choice(sorted((data / "departments").iterdir()))
    newer = department / "2025-budget"
    if newer.exists():
        shutil.rmtree(newer)
    else:
        shutil.copytree(department / "2024-budget", newer)
        _replace(newer / "disclosure.yml", "year: 2024", "year: 2025")


def _renamed(data: Path, chance: random.Random) -> None:
    path = chance.choice(_disclosures(data)) / "disclosure.yml"
    lines = path.read_text("utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if line.strip().startswith("name:"))
    lines[place] = lines[place].partition(":")[0] + f": 某某{chance.randrange(100)}局"
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _project_copied(data: Path, chance: random.Random) -> None:
    if projects := _projects(data):
        path = chance.choice(projects)
        code = f"P{chance.randrange(1000, 9999)}"
        text = path.read_text("utf-8").replace(path.stem, code)
        kept_lines = [line for line in text.splitlines() if not line.startswith("order:")]
        path.with_name(f"{code}.yml").write_text("\n".join(kept_lines) + "\n", "utf-8")


def _project_renamed(data: Path, chance: random.Random) -> None:
    copies = [path for path in _projects(data) if len(path.stem) == 5]
    if copies:
        path = chance.choice(copies)
        code = f"P{chance.randrange(1000, 9999)}"
        text = path.read_text("utf-8").replace(path.stem, code)
        path.unlink()
        path.with_name(f"{code}.yml").write_text(text, "utf-8")


def _project_deleted(data: Path, chance: random.Random) -> None:
    copies = [path for path in _projects(data) if len(path.stem) == 5]
    if copies:
        chance.choice(copies).unlink()


def _term(data: Path, chance: random.Random) -> None:
    """Another list of terms."""
    word = chance.choice(("预算", "项目", "支出"))
    (data / "glossary.yml").write_text(
        f"- id: word\n  zh: {word}\n  en: budget word\n"
        f"  definition:\n    zh: 说明{chance.randrange(9)}。\n    en: A meaning.\n",
        "utf-8",
    )


def _english(data: Path, chance: random.Random) -> None:
    """Another translation of a text."""
    path = data / "translations" / "en" / "all.po"
    lines = path.read_text("utf-8").splitlines()
    place = chance.choice([n for n, line in enumerate(lines) if line.startswith("msgstr")])
    lines[place] = f'msgstr "Text {chance.randrange(99)}"'
    path.write_text("\n".join(lines) + "\n", "utf-8")


CHANGES: tuple[Change, ...] = (
    _figure, _figure, _second, _fewer, _year, _renamed, _project_copied, _project_renamed,
    _project_deleted, _term, _english,
)  # fmt: skip


def play(city: City, seed: int, steps: int) -> None:
    chance = random.Random(seed)
    for step in range(steps):
        for _ in range(chance.randrange(1, 3)):
            chance.choice(CHANGES)(city.data, chance)
        if chance.random() < 0.15:
            city.settings = f"settings {chance.randrange(9)}"
        city.again()
        cold = city.site.with_name(f"cold-{step}")
        assert files(city.site) == city.cold(cold), f"seed {seed}, step {step}"
        shutil.rmtree(cold)


def test_any_sequence_of_changes_gives_the_bytes_of_a_cold_build(city: City) -> None:
    play(city, seed=1, steps=4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 22))
def test_many_sequences(city: City, seed: int) -> None:
    play(city, seed, steps=8)


# ---- a server ---------------------------------------------------------------------------------


class Stopped(Exception):
    """What the thread of a server is ended with."""


def stopped_after(calls: int) -> Callable[[object, str, object], None]:
    """Ends the work when so many functions were called, wherever that is."""
    left = calls

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal left
        left -= event == "call"
        if left < 0:
            sys.setprofile(None)
            raise Stopped

    return called


def serve(city: City, seed: int, steps: int) -> None:
    """Edits of a site that is shown, most of them while others are still being followed up."""
    chance = random.Random(seed)
    assert city.last is not None
    built, calls, stops = city.last, 100_000, 0
    for step in range(steps):
        for _ in range(chance.randrange(1, 3)):
            chance.choice(CHANGES)(city.data, chance)
        _, publishing = city.publishing(city.site, built, 1, city.memory)
        served = Served(city.site, built)
        if served.first(publishing, city.memory.changed(city.data)):
            built = served.built
        last = step == steps - 1
        sys.setprofile(stopped_after(chance.randrange(calls)) if not last else None)
        try:
            served.follow(publishing, NOBODY, {})
        except Stopped:
            stops += 1
        finally:
            sys.setprofile(None)
        built = served.built
        assert all((city.site / each).is_file() for each in built.outputs)
        shutil.rmtree(publishing.folder)
    assert stops
    assert files(city.site) == city.cold(city.site.with_name("cold")), f"seed {seed}"
    assert {path.name for path in city.site.parent.iterdir()} == {"data", "site", "cold"}


def test_a_server_that_is_stopped_anywhere_has_the_bytes_of_a_cold_build_in_the_end(
    city: City,
) -> None:
    serve(city, seed=1, steps=5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 22))
def test_many_servers(city: City, seed: int) -> None:
    serve(city, seed, steps=9)


# ---- what is kept ---------------------------------------------------------------------------


@pytest.fixture
def own_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user of one's own."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    return tmp_path / "kept"


def test_a_kept_build_is_read_again(city: City, own_secret: Path) -> None:
    assert city.last is not None
    save(own_secret, "version", city.last)
    assert load(own_secret, "version") == city.last


def test_departments_are_unpacked_when_they_are_asked_for(
    city: City, own_secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert city.last is not None
    save(own_secret, "version", city.last)
    unpacked: list[bytes] = []

    def counted(data: bytes) -> Any:
        unpacked.append(data)
        return unpack(data)

    monkeypatch.setattr(kept, "unpack", counted)
    built = load(own_secret, "version")
    assert built is not None and len(unpacked) == 1
    slug = next(iter(city.last.left))
    assert built.left[slug] == city.last.left[slug] and len(unpacked) == 2


def test_a_build_of_another_version_user_or_a_damaged_one_is_not_read(
    city: City, own_secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert city.last is not None
    save(own_secret, "version", city.last)
    assert load(own_secret, "another version") is None
    path = own_secret / kept.NAME
    good = path.read_bytes()
    for damaged in (b"", good[:-1], good[:100] + b"\0" + good[101:], b"\0" * 32 + good[32:]):
        path.write_bytes(damaged)
        assert load(own_secret, "version") is None
    path.write_bytes(good)
    assert load(own_secret, "version") is not None
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "somebody"))
    assert load(own_secret, "version") is None
    save(tmp_path / "theirs", "version", city.last)
    assert load(own_secret, "version") is None


@pytest.mark.parametrize("damage", [b"", b"other"])
def test_a_department_whose_file_is_damaged_or_gone_is_made_again(
    city: City, own_secret: Path, damage: bytes
) -> None:
    assert city.last is not None
    save(own_secret, "version", city.last)
    path = next((own_secret / kept.DEPARTMENTS).iterdir())
    path.write_bytes(damage) if damage else path.unlink()
    last = load(own_secret, "version")
    assert last is not None
    assert [slug in last.left for slug in last.keys].count(False) == 1
    site = files(city.site)
    city.last = last
    city.again()
    assert files(city.site) == site


def test_a_site_that_was_touched_is_noticed(city: City) -> None:
    assert city.last is not None
    outputs = city.last.outputs
    assert intact(city.site, outputs)
    page = city.site / "index.html"
    text = page.read_bytes()
    page.write_bytes(text + b" ")
    assert not intact(city.site, outputs)
    page.unlink()
    assert not intact(city.site, outputs)
    page.write_bytes(text)
    stat = page.stat()
    outputs = {**outputs, "index.html": Output("", stat.st_size, stat.st_mtime_ns)}
    assert intact(city.site, outputs)
    (city.site / "more.html").write_bytes(b"")
    assert not intact(city.site, outputs)
