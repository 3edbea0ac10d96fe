"""Plays what GitHub and GitLab do with our files, as far as our files use it.

A workflow or a pipeline is read, its conditions are evaluated, and its commands are run with bash
in a real repository with the variables that the services set. What only the services can do
(uploading, deploying) is noted instead. Anything the players do not know is an error: a new key or
action has to be played here before a test can say that it works.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
PIPELINE = ROOT / ".gitlab-ci.yml"
BASH = shutil.which("bash") or "bash"


def read(path: Path) -> dict[str, Any]:
    """A YAML file with every scalar as the text that is written (``on`` is no Boolean here)."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(content, dict), path
    return content


def command(text: str, options: Sequence[str], folder: Path, env: Mapping[str, str]) -> Ran:
    """Run a text with bash in a clone; variables of services around us do not reach it."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(
            ("GITHUB_", "CI_", "PYTEST_", "SITE_URL", "SOURCE_DATE_EPOCH", "MAKE", "DISCLOSURE_")
        )
    }
    path = f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [BASH, *options, "-c", text],
        cwd=folder,
        env={**own, "PATH": path, "CI": "true", "NO_MKDOCS_2_WARNING": "1", **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return Ran(done.returncode, done.stdout)


@dataclass(frozen=True, slots=True)
class Ran:
    """The exit code of a command and what it wrote to both streams."""

    code: int
    said: str


# --- GitHub ---------------------------------------------------------------------------------------


@dataclass
class Run:
    """What a job of a workflow did."""

    steps: dict[str, Ran] = field(default_factory=dict)
    """By the name of the step; steps left out by their condition are not here."""
    artifacts: dict[str, list[str]] = field(default_factory=dict)
    """The names of the files of each artifact, below what was uploaded."""
    with_of: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """What each action was given, by its name."""
    summaries: dict[str, str] = field(default_factory=dict)
    """What each step wrote for the page of the run. GitHub renders each for itself."""
    outputs: dict[str, str] = field(default_factory=dict)
    failed: bool = False
    store: Path | None = None
    """The artifacts of the whole run by their names; None where no other job asks for them."""

    @property
    def summary(self) -> str:
        """The page of the run as one text."""
        return "\n\n".join(self.summaries.values())

    def step(self, name: str) -> Ran:
        """The step whose English name is given."""
        (found,) = (ran for each, ran in self.steps.items() if each.endswith(f"/ {name}"))
        return found


def github(
    workflow: Path,
    job: str,
    repository: Path,
    variables: Mapping[str, str],
    context: Mapping[str, str] | None = None,
    store: Path | None = None,
) -> Run:
    """Run the steps of one job in a clone.

    ``context`` holds what expressions may ask beside the steps (``matrix.python``, …); ``store`` is
    a folder through which the jobs of a run hand over their artifacts.
    """
    described = read(workflow)
    steps = described["jobs"][job]["steps"]
    assert described["defaults"]["run"]["shell"] == "bash", "other shells are not played"
    known = dict(context or {})
    run = Run(store=store)
    notes = repository.parent / "notes"
    notes.mkdir(exist_ok=True)
    summary, output = notes / "summary.md", notes / "output"
    for step in steps:
        unknown = step.keys() - {"name", "id", "if", "uses", "with", "run", "env"}
        assert not unknown, unknown
        if not _holds(step.get("if", ""), known, run.failed):
            continue
        output.write_bytes(b"")
        summary.write_bytes(b"")
        given = {key: filled(value, known) for key, value in step.get("with", {}).items()}
        if "uses" in step:
            ran, outputs = _action(step["uses"].split("@")[0], given, repository, run)
        else:
            env = {
                **variables,
                **{key: filled(value, known) for key, value in step.get("env", {}).items()},
                "GITHUB_ACTIONS": "true",
                "GITHUB_WORKSPACE": str(repository),
                "GITHUB_STEP_SUMMARY": str(summary),
                "GITHUB_OUTPUT": str(output),
            }
            # As the runner starts it for `shell: bash`.
            options = ("--noprofile", "--norc", "-e", "-o", "pipefail")
            ran = command(step["run"], options, repository, env)
            lines = output.read_text(encoding="utf-8").splitlines()
            outputs = dict(line.split("=", 1) for line in lines)
        run.steps[step["name"]] = ran
        if written := summary.read_text(encoding="utf-8"):
            assert len(written.encode()) < 1024 * 1024, "GitHub refuses it"
            run.summaries[step["name"]] = written
        run.failed = run.failed or ran.code != 0
        if "id" in step:
            known[f"steps.{step['id']}.outcome"] = "failure" if ran.code else "success"
            known |= {f"steps.{step['id']}.outputs.{key}": out for key, out in outputs.items()}
    wanted = described["jobs"][job].get("outputs", {})
    if not run.failed:
        run.outputs = {key: filled(value, known) for key, value in wanted.items()}
    return run


_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_STATUS = ("success()", "failure()", "cancelled()", "always()")


def filled(text: str, known: Mapping[str, str]) -> str:
    """A text with its expressions evaluated; they may only name something."""
    return _EXPRESSION.sub(lambda found: known[found[1]], text)


def _holds(condition: str, known: Mapping[str, str], failed: bool) -> bool:
    """Whether a step runs: conditions joined by ``&&``, each a status or a comparison."""
    status = {"success()": not failed, "failure()": failed, "cancelled()": False, "always()": True}
    bare = _EXPRESSION.fullmatch(condition)
    terms = (bare[1] if bare else condition).split(" && ") if condition else []
    # Without a word about the status, a step runs only while nothing has failed.
    holds = any(name in condition for name in _STATUS) or not failed
    for term in terms:
        if term.removeprefix("!") in status:
            holds = holds and status[term.removeprefix("!")] != term.startswith("!")
            continue
        left, sign, right = term.split(" ")
        assert sign in ("==", "!="), term
        holds = holds and (known.get(left, "") == right.strip("'")) == (sign == "==")
    return holds


_Given = Mapping[str, str]
_Action = Callable[[_Given, Path, Run], dict[str, str]]


def _action(name: str, given: _Given, repository: Path, run: Run) -> tuple[Ran, dict[str, str]]:
    run.with_of[name] = given
    return Ran(0, ""), _ACTIONS[name](given, repository, run)


def _nothing(given: _Given, repository: Path, run: Run) -> dict[str, str]:
    return {}


def _upload(given: _Given, repository: Path, run: Run) -> dict[str, str]:
    place = repository / given["path"]
    assert place.exists(), f"{given['path']} is to be uploaded and is not there"
    files = [place] if place.is_file() else sorted(place.rglob("*"))
    top = place.parent if place.is_file() else place
    names = [each.relative_to(top).as_posix() for each in files if each.is_file()]
    name = given.get("name", "github-pages")
    run.artifacts[name] = names
    if run.store:
        kept = run.store / name
        assert given.get("overwrite") == "true" or not kept.exists(), f"{name} is there already"
        for each in names:
            if not any(part.startswith(".") for part in each.split("/")):
                (kept / each).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(top / each, kept / each)
    return {"artifact-url": "https://github.com/example/budget/actions/runs/1/artifacts/2"}


def _download(given: _Given, repository: Path, run: Run) -> dict[str, str]:
    assert run.store and given.keys() == {"pattern", "path", "merge-multiple"}
    assert given["merge-multiple"] == "true", "the other way is not played"
    for kept in sorted(run.store.iterdir()):
        if fnmatch.fnmatchcase(kept.name, given["pattern"]):
            shutil.copytree(kept, repository / given["path"], dirs_exist_ok=True)
    return {}


def _python(given: _Given, repository: Path, run: Run) -> dict[str, str]:
    return {"python-version": f"{given['python-version']}.0"}


def _pages(given: _Given, repository: Path, run: Run) -> dict[str, str]:
    return {"base_url": "https://example.github.io/budget"}


_ACTIONS: Mapping[str, _Action] = {
    "actions/checkout": _nothing,
    "actions/setup-python": _python,
    "actions/upload-artifact": _upload,
    "actions/download-artifact": _download,
    "actions/upload-pages-artifact": _upload,
    "actions/configure-pages": _pages,
}


def jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every job of every workflow: the file, the job's key and what it says."""
    for path in sorted(WORKFLOWS.glob("*.y*ml")):
        for key, job in read(path)["jobs"].items():
            yield path.name, key, job


# --- GitLab ---------------------------------------------------------------------------------------

_KEYWORDS = {"variables", "workflow", "stages", "default"}


def pipeline_jobs() -> dict[str, dict[str, Any]]:
    """The jobs of the pipeline by name."""
    return {name: job for name, job in read(PIPELINE).items() if name not in _KEYWORDS}


@dataclass(frozen=True, slots=True)
class Job:
    """What a job of the pipeline did: its log, and its artifacts where it had any to give."""

    code: int
    said: str
    artifacts: tuple[str, ...]
    report: Path | None


def gitlab(job: str, repository: Path, variables: Mapping[str, str]) -> Job:
    """Run the script of one job in a clone as the runner does: line by line, up to a failure."""
    described = read(PIPELINE)
    asked = described[job]
    unknown = asked.keys() - {
        *("stage", "timeout", "rules", "script", "artifacts", "interruptible", "resource_group"),
        "parallel",
    }
    assert not unknown, unknown
    env = {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(repository), **variables}
    for name, value in described["variables"].items():
        env[name] = value.replace("$CI_PROJECT_DIR", str(repository))
    options = ("--noprofile", "--norc", "-e", "-o", "pipefail")
    ran = command("\n".join(asked["script"]), options, repository, env)
    kept = asked.get("artifacts", {})
    collected = kept.get("when", "on_success") == "always" or not ran.code
    artifacts = [name for name in kept.get("paths", ()) if (repository / name).exists()]
    assert ran.code or artifacts == kept.get("paths", []), "an artifact is not there"
    report = kept.get("reports", {}).get("codequality")
    return Job(
        ran.code,
        ran.said,
        tuple(artifacts) if collected else (),
        repository / report if report else None,  # reports are kept whatever the end
    )


def runs_for(job: Mapping[str, Any], facts: Mapping[str, str]) -> bool:
    """Whether the rules let a job into a pipeline; ``changes`` counts as met."""
    return bool(_rule(job, facts).get("when", "on_success") != "never")


def variables_for(job: Mapping[str, Any], facts: Mapping[str, str]) -> dict[str, str]:
    """The variables that the rules give to a job which they let into a pipeline."""
    return dict(_rule(job, facts).get("variables", {}))


def _rule(job: Mapping[str, Any], facts: Mapping[str, str]) -> Mapping[str, Any]:
    """The first rule that holds, which alone decides."""
    for rule in job["rules"]:
        assert rule.keys() <= {"if", "when", "changes", "variables"}, rule
        terms = rule["if"].split(" && ") if "if" in rule else []
        if all(_compares(term, facts) for term in terms):
            return dict(rule)
    return {"when": "never"}


def _compares(condition: str, facts: Mapping[str, str]) -> bool:
    left, sign, right = condition.split(" ")
    assert sign == "==" and left.startswith("$"), condition
    value = facts.get(right[1:], "") if right.startswith("$") else right.strip('"')
    return bool(facts.get(left[1:], "") == value)
