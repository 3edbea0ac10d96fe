"""The departments of a city shared between machines: any number, in any order, the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from mkdocs.config import load_config
from tests.conftest import ROOT
from tests.deploy.reproducible import different

from disclosure.book import load_book
from disclosure.model.fields import LANGS
from disclosure.publish.keys import department_keys, inputs
from disclosure.publish.shards import NoShard, Shard, complete, keep_only, read, write
from disclosure.publish.site import Publishing, sizes
from disclosure.site.plan import Plan
from mkdocs_disclosure.inputs import settings

SMALLEST = Path(__file__).resolve().parents[1] / "invalid" / "smallest"
SLUGS = ("example", "second", "third")


@dataclass
class City:
    """A data folder of three departments, as every machine has it."""

    data: Path
    places: Path

    def machine(self, name: str) -> Publishing:
        """A machine that has read the data anew, with an empty folder of its own."""
        book = load_book(self.data)
        plan = Plan.of(book, site_url="https://example.org/")
        keys = department_keys(book, inputs(self.data, ["settings"]))
        folder = self.places / name
        folder.mkdir(parents=True)
        return Publishing(plan, keys, lambda page: f"<!-- frame -->{page.html}", folder)

    def single(self) -> Path:
        """The site, made by one machine."""
        machine = self.machine("single")
        machine.rest(machine.departments(), dict.fromkeys(LANGS, ()))
        return machine.folder

    def shard(self, shard: Shard, below: str = "shards") -> Path:
        """One shard, below a folder with the others."""
        machine = self.machine(f"{below}/{shard.number}-of-{shard.of}")
        (machine.folder / "index.html").write_text("the home page is no department's", "utf-8")
        left = machine.departments(only=shard.departments(sizes(machine.plan.book)))
        keep_only(machine.folder, {name for each in left.values() for name in each.outputs})
        write(machine.folder, shard, machine.keys, left)
        return machine.folder

    def merged(self, below: str = "shards") -> Path:
        """The site, put together. Raises NoShard, or ValueError that tells what is missing."""
        machine = self.machine("merged")
        ready = read(self.places / below)
        if wrong := tuple(complete(ready, machine.keys)):
            raise ValueError("\n".join(wrong))
        machine.rest(machine.departments(only=(), ready=ready), dict.fromkeys(LANGS, ()))
        return machine.folder


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Three departments, made by two machines; the second was quicker."""
    folder = tmp_path_factory.mktemp("shared")
    data = folder / "data"
    shutil.copytree(SMALLEST, data)
    departments = data / "departments"
    for slug in SLUGS[1:]:
        shutil.copytree(departments / "example", departments / slug)
        (departments / slug / "department.yml").write_text(f"slug: {slug}\n", "utf-8")
    city = City(data, folder / "places")
    for number in (2, 1):
        city.shard(Shard(number, 2))
    return city


@pytest.fixture
def city(shared: City, tmp_path: Path) -> City:
    """The same, for a test that changes things."""
    shutil.copytree(shared.data, tmp_path / "data")
    shutil.copytree(shared.places / "shards", tmp_path / "places" / "shards")
    return City(tmp_path / "data", tmp_path / "places")


def test_two_machines_make_the_site_of_one(shared: City) -> None:
    assert different(shared.merged(), shared.single()) == []


@pytest.mark.slow
@pytest.mark.parametrize("order", [(1,), (1, 2, 3), (2, 4, 1, 3), (7, 6, 5, 4, 3, 2, 1)], ids=len)
def test_any_number_of_machines_in_any_order(city: City, order: Sequence[int]) -> None:
    for number in order:
        city.shard(Shard(number, len(order)), "others")
    assert different(city.merged("others"), city.single()) == []


def test_what_is_wrong_with_shards_is_told(city: City, tmp_path: Path) -> None:
    one, two = (city.places / "shards" / f"{number}-of-2" for number in (1, 2))
    machine = city.machine("merging")
    own = [path.name for path in (one / "departments").iterdir()]
    file = one / "shard-1-of-2.bin"
    kept = file.read_bytes()

    file.write_bytes(kept[:-1])
    with pytest.raises(NoShard, match=r"可能已经损坏.*damaged"):
        read(one.parent)
    file.unlink()
    assert [line.split(":")[0] for line in complete(read(one.parent), machine.keys)] == own
    file.write_bytes(kept)
    ready = read(one.parent)
    assert list(complete(ready, machine.keys)) == []

    budget = city.data / "departments/third/2024-budget/budget.yml"
    budget.write_bytes(budget.read_bytes() + b"# changed\n")
    later = department_keys(machine.plan.book, inputs(city.data, ["settings"]))
    told = list(complete(ready, later))
    assert [line.split(":")[0] for line in told] == ["third"]
    assert "另外的数据或设置" in told[0] and "other data or settings" in told[0]

    # What a list names outside its folder is not copied, even with the right SHA-256.
    address, sha256 = next(iter(ready["third"].left.outputs.items()))
    page = ready["third"].folder / address
    for place in (two.parent / "x.html", tmp_path / "x.html"):
        shutil.copyfile(page, place)
    for outside in ("../x.html", f"{two.name}/../../x.html", str(tmp_path / "x.html")):
        left = replace(ready["third"].left, outputs={outside: sha256})
        with pytest.raises(NoShard, match=r"x\.html: 缺少或已经改动 / missing or altered"):
            machine.departments(only=(), ready={"third": replace(ready["third"], left=left)})

    page.write_bytes(page.read_bytes() + b" ")
    with pytest.raises(NoShard, match="missing or altered"):
        machine.departments(only=(), ready=ready)


def test_a_checkout_in_another_folder_has_the_same_settings(tmp_path: Path) -> None:
    """A folder of theme files stands in ours: MkDocs makes an absolute path of it."""
    told = []
    for name in ("one", "another/deeper"):
        folder = tmp_path / name
        shutil.copytree(ROOT / "overrides", folder / "overrides")
        shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
        (folder / "content").mkdir()
        told.append(list(settings(load_config(str(folder / "mkdocs.yml")))))
    assert told[0] == told[1]


def test_every_department_is_made_once_and_the_work_is_shared() -> None:
    sizes_of = {f"d{number}": number * number for number in range(1, 40)}
    for of in (1, 2, 5, 39, 60):
        shares = [Shard(number, of).departments(sizes_of) for number in range(1, of + 1)]
        assert sorted(slug for share in shares for slug in share) == sorted(sizes_of)
        work = [sum(sizes_of[slug] for slug in share) for share in shares]
        least_possible = max(max(sizes_of.values()), sum(work) / of)
        # Graham: the longest first ends no later than 4/3 of the best possible.
        assert max(work) <= least_possible * 4 / 3
        shuffled = dict(sorted(sizes_of.items()))
        assert shares == [Shard(number, of).departments(shuffled) for number in range(1, of + 1)]


@pytest.mark.parametrize("text", ["", "0/2", "3/2", "2", "2/", "/2", "1/2/3", "١/٢", "-1/2", "a/b"])
def test_what_names_no_shard_is_refused(text: str) -> None:
    with pytest.raises(NoShard, match=r"2/5.*2/5"):
        Shard.parse(text)
    assert Shard.parse(" 2/5 ") == Shard(2, 5)
