"""What our workflows and pipeline promise whoever uses them: read from the files themselves."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import check_jsonschema
import pytest
import yaml
from click.testing import CliRunner
from tests.workflows.services import (
    PIPELINE,
    ROOT,
    WORKFLOWS,
    jobs,
    pipeline_jobs,
    read,
    runs_for,
    variables_for,
)

FILES = sorted(WORKFLOWS.glob("*.y*ml"))
JOBS = list(jobs())
STEPS = [(file, key, step) for file, key, job in JOBS for step in job["steps"]]

# Every right that any job has beyond reading the code, and nothing else may have one.
RIGHTS = {
    ("pages.yml", "build"): {"contents": "read", "pages": "read"},
    ("pages.yml", "attest"): {"id-token": "write", "attestations": "write"},
    ("pages.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("city.yml", "prepare"): {"contents": "read", "pages": "read"},
    ("city.yml", "attest"): {"id-token": "write", "attestations": "write"},
    ("city.yml", "deploy"): {"pages": "write", "id-token": "write"},
}
EVENTS = {
    "check.yml": {"pull_request"},
    "city.yml": {"push", "workflow_dispatch"},
    "pages.yml": {"push", "workflow_dispatch"},
    "weekly.yml": {"schedule", "workflow_dispatch"},
}


def _of_job(case: tuple[str, str, dict[str, Any]]) -> str:
    return f"{case[0]}:{case[1]}"


# --- tools that know more than we -----------------------------------------------------------------


def tool(*arguments: str) -> str:
    """Run a tool of the lock; what it said, in a message when it finds something."""
    program = Path(sys.executable).parent / arguments[0]
    done = subprocess.run(
        [str(program), *arguments[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        pytest.fail(f"{' '.join(arguments)}\n{done.stdout}", pytrace=False)
    return done.stdout


def test_zizmor_finds_nothing() -> None:
    """The strictest persona; no finding is ignored, and every file was looked at."""
    said = tool("zizmor", "--offline", "--persona=auditor", "--no-config", ".github")
    assert "No findings to report" in said
    for file in FILES:
        assert f"completed .github/workflows/{file.name}" in said
        assert "zizmor:" not in file.read_text(encoding="utf-8"), "an ignore in a comment"


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", FILES),
        ("dependabot", [ROOT / ".github/dependabot.yml"]),
        ("github-issue-forms", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml"))),
        ("github-issue-config", [ROOT / ".github/ISSUE_TEMPLATE/config.yml"]),
        ("gitlab-ci", [PIPELINE]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_published_schema_accepts_it(schema: str, files: list[Path]) -> None:
    assert files
    wanted = [f"--builtin-schema=vendor.{schema}"]
    wanted += ["--data-transform=gitlab-ci"] if schema == "gitlab-ci" else []
    done = CliRunner().invoke(check_jsonschema.main, [*wanted, *map(str, files)])
    assert done.exit_code == 0, done.output


# --- GitHub ---------------------------------------------------------------------------------------


def test_every_workflow_is_known_here() -> None:
    assert {file.name: set(_events(read(file))) for file in FILES} == EVENTS


def _events(workflow: dict[str, Any]) -> list[str]:
    events = workflow["on"]
    return [events] if isinstance(events, str) else list(events)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_workflow_gives_nothing_away(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    workflow = read(file)
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    # No secret, no event that runs foreign code with rights, no code from another place.
    assert not re.search(r"secrets\b|pull_request_target:|workflow_run:", _without_comments(text))
    assert not re.search(r"curl|wget|\beval\b|continue-on-error|\|\| true", text)


def _without_comments(text: str) -> str:
    return re.sub(r"(^|\s)#.*", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("case", JOBS, ids=_of_job)
def test_a_job_is_bounded(case: tuple[str, str, dict[str, Any]]) -> None:
    file, key, job = case
    assert job["permissions"] == RIGHTS.get((file, key), {"contents": "read"})
    assert 0 < int(job["timeout-minutes"]) <= 90
    assert job["runs-on"] == ("windows-2025" if key == "windows" else "ubuntu-24.04")
    assert " / " in job["name"], "Chinese, then English"
    assert not job.keys() & {"secrets", "env", "container", "services", "uses"}


def test_no_right_is_listed_for_a_job_that_is_gone() -> None:
    assert RIGHTS.keys() <= {(file, key) for file, key, _ in JOBS}


def test_rights_to_write_run_no_code_of_ours() -> None:
    for file, key, job in JOBS:
        if "write" in job["permissions"].values():
            assert all("run" not in step for step in job["steps"]), (file, key)
            assert all("checkout" not in step["uses"] for step in job["steps"]), (file, key)


@pytest.mark.parametrize("case", STEPS, ids=lambda case: f"{case[0]}:{case[1]}")
def test_a_step_is_fixed_and_quoted(case: tuple[str, str, dict[str, Any]]) -> None:
    _, _, step = case
    assert " / " in step["name"], "Chinese, then English"
    assert "${{" not in step.get("run", ""), "an expression in a command could be a command"
    if "uses" in step:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
    if "actions/checkout" in step.get("uses", ""):
        assert step["with"]["persist-credentials"] == "false"


def test_an_action_has_one_version_and_says_which() -> None:
    versions: dict[str, set[str]] = {}
    for file in FILES:
        for line in file.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                found = re.fullmatch(r"\s+uses: ([a-z/-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", line)
                assert found, line
                versions.setdefault(found[1], set()).add(found[2])
    assert versions and all(len(each) == 1 for each in versions.values()), versions


def test_the_site_is_published_only_after_it_was_checked_and_attested() -> None:
    pages = read(WORKFLOWS / "pages.yml")["jobs"]
    assert set(pages["deploy"]["needs"]) == {"build", "attest"}
    condition = pages["deploy"]["if"]
    assert "needs.build.result == 'success'" in condition
    assert "needs.attest.result != 'failure'" in condition
    commands = [step.get("run", "") for step in pages["build"]["steps"]]
    check = next(i for i, each in enumerate(commands) if "disclosure check --strict" in each)
    assert check < commands.index("make site")
    (attest,) = pages["attest"]["steps"]
    assert attest["with"]["subject-digest"] == "${{ needs.build.outputs.digest }}"


def test_a_city_is_published_as_any_site_is() -> None:
    """Only where it was asked for; checked first, attested and deployed as pages.yml does it."""
    city, pages = (read(WORKFLOWS / f"{name}.yml") for name in ("city", "pages"))
    asked = "vars.DISCLOSURE_SHARDS_COUNT != '' || github.event_name == 'workflow_dispatch'"
    assert city["jobs"]["prepare"]["if"] == f"${{{{ {asked} }}}}"
    assert city["jobs"]["shard"]["needs"] == "prepare"
    assert city["jobs"]["build"]["needs"] == ["prepare", "shard"]
    assert "if" not in city["jobs"]["shard"] and "if" not in city["jobs"]["build"]
    assert _step(city, "prepare", "Check the data") == _step(pages, "build", "Check the data")
    assert _step(city, "build", "Digest") == _step(pages, "build", "Digest")
    assert city["jobs"]["attest"] == pages["jobs"]["attest"]
    assert city["jobs"]["deploy"] == pages["jobs"]["deploy"]


def _step(workflow: dict[str, Any], job: str, name: str) -> dict[str, Any]:
    steps = workflow["jobs"][job]["steps"]
    (found,) = (step for step in steps if step["name"].endswith(f"/ {name}"))
    assert isinstance(found, dict)
    return found


def test_the_machines_of_a_city_agree() -> None:
    """One commit, one Python to the last digit, one address; each part has a name of its own."""
    city = read(WORKFLOWS / "city.yml")
    for job, command in (("shard", "Build some departments"), ("build", "Put the site together")):
        python = _step(city, job, "Set up Python")["with"]["python-version"]
        assert python == "${{ needs.prepare.outputs.python }}"
        env = _step(city, job, command)["env"]
        assert env["SITE_URL"] == "${{ needs.prepare.outputs.address }}"
        assert _step(city, job, "Check out") == _step(city, "prepare", "Check out")
    over = _step(city, "shard", "Hand them over")
    back = _step(city, "build", "Collect the departments")
    assert over["with"]["name"] == "shard-${{ matrix.shard }}"
    assert back["with"]["pattern"] == "shard-*"
    assert over["with"]["path"] == back["with"]["path"] == "shards"


def test_no_workflow_takes_the_place_of_another_that_waits() -> None:
    """Of the runs in one group GitHub keeps one waiting, and cancels the rest."""
    groups = [read(file)["concurrency"]["group"] for file in FILES]
    assert len(groups) == len(set(groups))


def test_the_weekly_commands_are_in_the_makefile() -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    weekly = read(WORKFLOWS / "weekly.yml")
    commands = "\n".join(s.get("run", "") for job in weekly["jobs"].values() for s in job["steps"])
    assert {"audit", "fuzz"} <= set(re.findall(r"make ([a-z]+)", commands))
    for target in re.findall(r"make ([a-z]+)", commands):
        assert re.search(rf"^{target}:", targets, re.MULTILINE)


# --- GitLab ---------------------------------------------------------------------------------------

MERGE_REQUEST = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_DEFAULT_BRANCH": "main"}
PUSH = {"CI_PIPELINE_SOURCE": "push", "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_BRANCH": "main"}
BRANCH = {**PUSH, "CI_COMMIT_BRANCH": "patch-1"}
SCHEDULE = {**PUSH, "CI_PIPELINE_SOURCE": "schedule"}
CITY = {"DISCLOSURE_CITY": "true"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (MERGE_REQUEST, {"改了什么", "检查数据", "网页预览", "软件测试"}),
        (PUSH, {"检查数据", "pages"}),
        (SCHEDULE, {"读者得到的一切", "乱写的文件"}),
        ({**MERGE_REQUEST, **CITY}, {"改了什么", "检查数据", "网页预览", "软件测试"}),
        ({**PUSH, **CITY}, {"检查数据", "各部门", "pages"}),
        ({**SCHEDULE, **CITY}, {"读者得到的一切", "乱写的文件"}),
    ],
    ids=[
        *("merge request", "push to main", "schedule"),
        *("merge request of a city", "push to main of a city", "schedule of a city"),
    ],
)
def test_which_jobs_run(facts: dict[str, str], expected: set[str]) -> None:
    assert runs_for(read(PIPELINE)["workflow"], facts)
    assert {name for name, job in pipeline_jobs().items() if runs_for(job, facts)} == expected


def test_only_a_city_is_put_together() -> None:
    pages = pipeline_jobs()["pages"]
    assert variables_for(pages, PUSH) == {}
    assert variables_for(pages, {**PUSH, **CITY}) == {"DISCLOSURE_SHARDS": "shards"}
    stages = read(PIPELINE)["stages"]
    order = [pipeline_jobs()[name]["stage"] for name in ("检查数据", "各部门", "pages")]
    assert sorted(order, key=stages.index) == order and len(set(order)) == 3


def test_a_branch_alone_runs_nothing() -> None:
    """The merge request has a pipeline of its own; a second one would say everything twice."""
    assert not runs_for(read(PIPELINE)["workflow"], BRANCH)


def test_nothing_comes_from_outside() -> None:
    pipeline = read(PIPELINE)
    assert "include" not in pipeline
    assert pipeline["default"]["image"] == "$PYTHON_IMAGE"
    text = _without_comments(PIPELINE.read_text(encoding="utf-8"))
    assert not re.search(r"https?://|curl|wget|\bapt\b|pip install|PIP_INDEX_URL", text)
    for name, job in pipeline_jobs().items():
        assert not job.keys() & {"image", "services", "trigger", "secrets", "id_tokens"}, name


@pytest.mark.parametrize(("name", "job"), pipeline_jobs().items(), ids=list(pipeline_jobs()))
def test_a_job_of_the_pipeline_is_bounded(name: str, job: dict[str, Any]) -> None:
    pipeline = read(PIPELINE)
    assert job["stage"] in pipeline["stages"]
    assert re.fullmatch(r"\d+ minutes", job["timeout"])
    assert pipeline["default"]["interruptible"] == "true"
    assert (job.get("interruptible") == "false") == (name == "pages")
    assert 2 <= int(job.get("parallel", "2")) <= 200
    if exposed := job.get("artifacts", {}).get("expose_as"):
        # GitLab: \A\w[-\w ]*\z, where \w is ASCII; folders have to end in a slash.
        assert re.fullmatch(r"\w[-\w ]*", exposed, re.ASCII)
    for path in job.get("artifacts", {}).get("paths", ()):
        assert path.endswith("/") or "." in path, path


def test_the_software_is_tested_whenever_anything_but_the_data_changes() -> None:
    """The patterns of GitLab reach every file that is neither data nor a page written by hand."""
    (rule,) = pipeline_jobs()["软件测试"]["rules"]
    top = {pattern.split("/")[0] for pattern in rule["changes"]}
    assert {"*", ".*"} <= top, "files at the top, and folders whose names begin with a dot"
    ignored = set((ROOT / ".gitignore").read_text(encoding="utf-8").split())
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and f"/{path.name}/" not in ignored
    }
    assert folders - top == {"data", "content"}
    for pattern in rule["changes"]:
        assert pattern == "*" or pattern.endswith("/**/*"), pattern


# --- templates and settings -----------------------------------------------------------------------

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3}")
TEMPLATES = [
    ROOT / ".github/pull_request_template.md",
    *sorted((ROOT / ".gitlab").rglob("*.md")),
    *sorted((ROOT / ".github/summary").glob("*.md")),
]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_in_both_languages(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    shown = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    for heading in re.findall(r"^### (.+)", shown, re.MULTILINE):
        assert CHINESE.search(heading)
        assert LATIN.search(heading) or "<summary>English</summary>" in text, heading
    for comment in re.findall(r"<!--.*?-->", text, re.DOTALL):
        assert CHINESE.search(comment) and LATIN.search(comment), comment


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml")), ids=lambda path: path.name
)
def test_a_form_is_in_both_languages(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    texts = [form["name"], form["description"]]
    for element in form["body"]:
        texts += [v for v in element["attributes"].values() if isinstance(v, str)]
        texts += element["attributes"].get("options", [])
    for text in texts:
        assert CHINESE.search(text) and LATIN.search(text), text
    # Labels that a new repository has; GitHub drops others without a word.
    assert set(form.get("labels", [])) <= {"bug", "question"}
    assert any(element.get("validations", {}).get("required") for element in form["body"])


def test_both_services_ask_the_same_of_a_change() -> None:
    """The two templates differ only in where the results are found."""
    ours, theirs = (
        (ROOT / path).read_text(encoding="utf-8").rpartition("<!--")[0]
        for path in (
            ".github/pull_request_template.md",
            ".gitlab/merge_request_templates/Default.md",
        )
    )
    assert ours == theirs


def test_owners_are_named_for_places_that_exist() -> None:
    text = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert lines[0][0] == "*"
    for pattern, *owners in lines:
        assert pattern == "*" or (ROOT / pattern.strip("/")).is_dir(), pattern
        for owner in owners:
            assert re.fullmatch(r"@[\w-]+(/[\w-]+)?", owner), owner
            assert owner.startswith("@ORGANISATION/") or "ORGANISATION" not in text, owner


def test_dependabot_looks_where_packages_are_locked() -> None:
    updates = read(ROOT / ".github/dependabot.yml")["updates"]
    places = {
        (update["package-ecosystem"], place)
        for update in updates
        for place in update.get("directories", [update.get("directory")])
    }
    npm = {("npm", f"/{path.parent.relative_to(ROOT).as_posix()}") for path in _npm_locks()}
    assert places == {("github-actions", "/"), ("pip", "/requirements"), *npm}
    for update in updates:
        assert int(update["cooldown"]["default-days"]) >= 7
        assert update["groups"]


def _npm_locks() -> list[Path]:
    return sorted((ROOT / "tests").glob("*/package-lock.json"))


def test_the_locks_are_made_together_by_uv() -> None:
    """One rewritten by a robot is for its own system, or has versions the other has not."""
    site, test = (
        (ROOT / "requirements" / name).read_text(encoding="utf-8")
        for name in ("site.txt", "test.txt")
    )
    for lock in (site, test):
        assert lock.startswith("# This file was autogenerated by uv via the following command:\n")
        assert lock.splitlines()[1] == "#    make lock"
    versions = [set(re.findall(r"^[a-z0-9][^\\]+", lock, re.MULTILINE)) for lock in (site, test)]
    assert versions[0] and versions[0] <= versions[1]
