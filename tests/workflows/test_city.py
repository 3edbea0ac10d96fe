"""A city on several machines: what the services run, played in a checkout for each machine.

`make workflows` plays them: each machine takes as long as a build.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.deploy.reproducible import different
from tests.workflows.repository import git, lend_packages
from tests.workflows.services import (
    ROOT,
    WORKFLOWS,
    Run,
    command,
    github,
    gitlab,
    pipeline_jobs,
    variables_for,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="bash, as on the services"),
]

DISTRICT = ROOT / "examples" / "district"
SMALLEST = ROOT / "tests" / "invalid" / "smallest"
Machine = Callable[[], Path]


def machines(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A function giving another machine: a checkout in a folder of its own."""

    def make() -> Path:
        clone = tmp_path_factory.mktemp("machine") / "budget"
        git(origin.parent, "clone", "--quiet", "--no-hardlinks", str(origin), str(clone))
        lend_packages(clone)
        return clone

    return make


@pytest.fixture(scope="module")
def district(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Machines with the example of a district: four departments, years, every table."""
    folder = tmp_path_factory.mktemp("district") / "budget"
    git(origin.parent, "clone", "--quiet", "--no-hardlinks", str(origin), str(folder))
    for name in ("data", "content"):
        shutil.rmtree(folder / name)
        shutil.copytree(DISTRICT / name, folder / name)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=云栖区")
    return machines(folder, tmp_path_factory)


@pytest.fixture(scope="module")
def town(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Machines with three small departments, one of which has two years."""
    folder = tmp_path_factory.mktemp("town") / "budget"
    git(origin.parent, "clone", "--quiet", "--no-hardlinks", str(origin), str(folder))
    shutil.rmtree(folder / "data")
    shutil.copytree(SMALLEST, folder / "data")
    departments = folder / "data" / "departments"
    for slug in ("second", "third"):
        shutil.copytree(departments / "example", departments / slug)
        (departments / slug / "department.yml").write_text(f"slug: {slug}\n", encoding="utf-8")
    newer = shutil.copytree(departments / "third/2024-budget", departments / "third/2025-budget")
    said = (newer / "disclosure.yml").read_text(encoding="utf-8")
    (newer / "disclosure.yml").write_text(said.replace("year: 2024", "year: 2025"), "utf-8")
    shutil.rmtree(folder / "content")
    (folder / "content").mkdir()
    (folder / "content" / "about.md").write_text("# 关于\n", encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=三个部门")
    return machines(folder, tmp_path_factory)


# --- GitHub ---------------------------------------------------------------------------------------

CITY = WORKFLOWS / "city.yml"
COUNT = "vars.DISCLOSURE_SHARDS_COUNT"


def needs(run: Run) -> dict[str, str]:
    """What the jobs after `prepare` may ask of it."""
    return {f"needs.prepare.outputs.{name}": value for name, value in run.outputs.items()}


def test_github_publishes_the_bytes_of_a_single_machine(district: Machine, tmp_path: Path) -> None:
    prepared = github(CITY, "prepare", district(), {}, {COUNT: "3"})
    assert not prepared.failed, prepared.steps
    shards = json.loads(prepared.outputs["shards"])
    assert shards == [1, 2, 3]
    agreed = needs(prepared)
    for number in reversed(shards):
        own = {"matrix.shard": str(number), "strategy.job-total": str(len(shards))}
        run = github(CITY, "shard", district(), {}, {**agreed, **own}, tmp_path)
        assert not run.failed, run.step("Build some departments").said
        made = run.artifacts[f"shard-{number}"]
        assert f"{number}-of-3/shard-{number}-of-3.bin" in made
        assert not [name for name in made if name.endswith(("-of-3/index.html", "sitemap.xml"))]
    (merged, alone) = (district(), district())
    run = github(CITY, "build", merged, {}, agreed, tmp_path)
    assert not run.failed, run.step("Put the site together").said
    single = github(WORKFLOWS / "pages.yml", "build", alone, {})
    assert not single.failed
    assert different(merged / "site", alone / "site") == []
    assert run.outputs["digest"] == single.outputs["digest"]
    assert run.artifacts["github-pages"] == single.artifacts["github-pages"]
    page = (merged / "site/index.html").read_text(encoding="utf-8")
    assert 'rel="canonical" href="https://example.github.io/budget/' in page
    assert not git(merged, "status", "--porcelain", "--", "shards", "site"), "not to be committed"


@pytest.mark.parametrize("count", ["", "0", "100", "3; echo"])
def test_github_asks_for_a_number(town: Machine, count: str) -> None:
    run = github(CITY, "prepare", town(), {}, {COUNT: count})
    assert run.failed and list(run.steps) == ["几台机器 / How many machines"]
    assert (
        "应是 1 到 99 / The variable DISCLOSURE_SHARDS_COUNT" in run.step("How many machines").said
    )


# --- GitLab ---------------------------------------------------------------------------------------

FACTS = {
    "CI_PIPELINE_SOURCE": "push",
    "CI_DEFAULT_BRANCH": "main",
    "CI_COMMIT_BRANCH": "main",
    "DISCLOSURE_CITY": "true",
}
ADDRESS = {"CI_PAGES_URL": "https://example.gitlab.io/budget"}


def test_gitlab_publishes_the_bytes_of_a_single_machine(town: Machine) -> None:
    """Four machines for three departments: one of them makes nothing."""
    jobs = pipeline_jobs()
    merged, alone = town(), town()
    total = int(jobs["各部门"]["parallel"])
    assert total == 4
    for index in range(total, 0, -1):
        place = town()
        node = {"CI_NODE_INDEX": str(index), "CI_NODE_TOTAL": str(total)}
        job = gitlab("各部门", place, {**ADDRESS, **node})
        assert job.code == 0 and job.artifacts == ("shards/",), job.said
        shutil.copytree(place / "shards", merged / "shards", dirs_exist_ok=True)
    assert len(list((merged / "shards").iterdir())) == total
    job = gitlab("pages", merged, {**ADDRESS, **variables_for(jobs["pages"], FACTS)})
    assert job.code == 0, job.said
    facts = {name: value for name, value in FACTS.items() if name != "DISCLOSURE_CITY"}
    single = gitlab("pages", alone, {**ADDRESS, **variables_for(jobs["pages"], facts)})
    assert single.code == 0, single.said
    assert different(merged / "public", alone / "public") == []
    assert (merged / "site.sha256").read_bytes() == (alone / "site.sha256").read_bytes()
    assert (merged / "public/departments/third/2025-budget/index.html").is_file()


# --- one at home ----------------------------------------------------------------------------------


def make(place: Path, target: str, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a command of the Makefile."""
    ran = command(f"make {target}", (), place, env or {})
    return ran.code, ran.said


def test_what_is_not_of_one_site_is_not_put_together(town: Machine) -> None:
    """Missing, of other data, of another address, altered, damaged: the last site stays."""
    place = town()
    for number in (1, 2, 3):
        assert make(place, f"shard SHARD={number}/3")[0] == 0
    assert make(place, "merge")[0] == 0
    good = shutil.copytree(place / "site", place.parent / "good")
    shards = shutil.copytree(place / "shards", place.parent / "shards")
    budget = place / "data/departments/second/2024-budget/budget.yml"
    text = budget.read_bytes()

    def refused(*words: str, env: Mapping[str, str] | None = None) -> None:
        # A site that is known to be up to date asks for nothing.
        shutil.rmtree(place / ".cache", ignore_errors=True)
        code, said = make(place, "merge", env)
        assert code != 0, said
        for word in words:
            assert word in said, said
        assert different(place / "site", good) == []
        assert not [each for each in place.iterdir() if "building" in each.name]
        shutil.rmtree(place / "shards", ignore_errors=True)
        shutil.copytree(shards, place / "shards")
        budget.write_bytes(text)

    (lost,) = (place / "shards").glob("*/departments/second")
    shutil.rmtree(lost.parents[1])
    refused("second: 没有哪一份生成了这个部门 / no shard made this department")
    shutil.rmtree(place / "shards")
    refused("里面没有分开生成的部分 / there are no shards in it")
    budget.write_bytes(text.rstrip(b"\n") + b"  # \n")
    refused("second: 这个部门是用另外的数据或设置生成的", "second: ", "build the shards again")
    refused("example: 这个部门是", env={"SITE_URL": "https://another.example.org/"})
    page = next((place / "shards").glob("*/departments/second/2024-budget/index.html"))
    page.write_bytes(page.read_bytes().replace(b"<p", b"<P", 1))
    refused("second/2024-budget/index.html: 缺少或已经改动 / missing or altered")
    page.unlink()
    refused("second/2024-budget/index.html: 缺少或已经改动 / missing or altered")
    kept = next((place / "shards").glob("*/*.bin"))
    kept.write_bytes(kept.read_bytes()[:-9])
    refused("读不懂，可能已经损坏", "damaged, or made by another version")
    assert make(place, "merge")[0] == 0, "and once all is right again, it is"
    assert different(place / "site", good) == []


def test_make_says_which_shard_it_wants(town: Machine) -> None:
    place = town()
    code, said = make(place, "shard")
    assert code != 0 and "make shard SHARD=2/5" in said and not (place / "shards").exists()
    code, said = make(place, "shard SHARD=3/2")
    assert code != 0 and "“3/2”不是一份" in said and not (place / "shards").exists()
