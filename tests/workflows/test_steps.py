"""The steps of a pull request and of a publication, played as the services play them.

Real git, real commands, a clone of the project. `make test` plays the change of one amount, the
story of every clerk; `make workflows` plays the others too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from tests.workflows.repository import ACKNOWLEDGED, PROJECT, Checkout, git, replace
from tests.workflows.services import WORKFLOWS, Run, filled, github, gitlab

# The services run these steps on Linux, with bash, whatever the editors use.
pytestmark = pytest.mark.skipif(os.name == "nt", reason="bash, as on the services")

PULL_REQUEST = {"GITHUB_BASE_REF": "main", "GITHUB_EVENT_NAME": "pull_request"}
PAGE = "departments/economy-technology/2024-budget/projects/13081124P00000310002E.html"


def one_amount(clone: Path) -> None:
    """The clerk's change: one amount, and the difference that the editors had explained.

    Not changed is the item that the amount is a part of.
    """
    replace(clone, PROJECT, ": 466.73\n", ": 470.00\n", count=2)
    replace(clone, ACKNOWLEDGED, "difference: -188.32\n", "difference: -191.59\n")


def no_amount(clone: Path) -> None:
    """A slip that no reader can make sense of."""
    replace(clone, PROJECT, "budget: 466.73\n", "budget: 四百七十\n")


def a_text(clone: Path) -> None:
    """A change that breaks nothing."""
    replace(clone, "content/about.md", "\n\n", "\n\n新的一段。\n\n", count=_blanks(clone))


def _blanks(clone: Path) -> int:
    return (clone / "content/about.md").read_text(encoding="utf-8").count("\n\n")


def merge_base(clone: Path) -> str:
    return git(clone, "merge-base", "origin/main", "HEAD")


# --- GitHub ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def clone(checkout: Checkout) -> Path:
    """The pull request that changes one amount."""
    return checkout(one_amount, merged=True)


@pytest.fixture(scope="module")
def run(clone: Path) -> Run:
    """What GitHub makes of it."""
    return github(WORKFLOWS / "check.yml", "data", clone, PULL_REQUEST)


def test_the_summary_says_what_changed(run: Run) -> None:
    assert run.step("What changes").code == 0, run.step("What changes").said
    changes, found, _ = run.summary.partition("### 数据检查")
    assert found
    for text in ("清洁能源取暖工作经费", "466.73", "470.00", "+3.27", "+0.7%"):
        assert text in changes.replace("\\", ""), changes
    assert "别人改的名称" not in run.summary, "a change of main is taken for one of the branch"


def test_what_is_wrong_stands_beside_the_line_and_in_the_summary(run: Run) -> None:
    check = run.step("Check the data")
    assert check.code == 1 and run.failed
    errors = re.findall(
        r"^::error file=(.+?),line=\d+,.+title=(A\d+) .+::(.+)", check.said, re.MULTILINE
    )
    ((file, code, said),) = errors
    assert (file, code) == ("data/departments/economy-technology/2024-budget/budget.yml", "A409")
    assert "−3.27" in said
    _, _, findings = run.summary.partition("### 数据检查")
    shown, _, folded = findings.partition("<details>")
    assert "没有通过：下面 1 处" in shown and said in shown.replace("\\", "")
    assert "| H604 |" in folded and "| H604 |" not in shown


def test_findings_do_not_keep_the_pages_from_the_reviewer(run: Run, clone: Path) -> None:
    assert run.step("Build the pages").code == 0, run.step("Build the pages").said
    assert {"index.html", "en/index.html", "404.html", PAGE} <= set(run.artifacts["preview"])
    assert "470.00" in (clone / "site" / PAGE).read_text(encoding="utf-8")
    assert "[preview.zip](https://github.com/example/budget/actions/runs/1/" in run.summary
    assert "ADDRESS" not in run.summary and "没有生成网页" not in run.summary


def test_the_summary_reads_as_one_text(run: Run) -> None:
    """Changes, findings, pages, each with headings in Chinese; then English, folded away."""
    spoke = [name.split(" / ")[1] for name in run.summaries]
    assert spoke == [
        *("What changes", "Check the data", "How to see the pages", "What changes, in English")
    ]
    *chinese, english = run.summaries.values()
    for part in chinese:
        headings = re.findall(r"^#{2,3} (.+)$", part, re.MULTILINE)
        assert headings and all(re.search("[\u4e00-\u9fff]", each) for each in headings), part
        assert part.count("<details>") == part.count("</details>")
    assert english.startswith("<details>") and english.endswith("</details>\n")
    assert "470" in english and "+0.7%" in english.replace("\\", "")


def test_the_tests_of_the_software_are_for_changes_of_the_software(
    checkout: Checkout, clone: Path
) -> None:
    def changed(at: Path) -> str:
        run = github(WORKFLOWS / "check.yml", "software", at, PULL_REQUEST)
        assert not run.failed
        return run.outputs["changed"]

    def both(at: Path) -> None:
        one_amount(at)
        replace(at, "tools/bootstrap.py", "OLDEST = (3, 11)\n", "OLDEST = (3, 12)\n")

    assert changed(clone) == "false"
    assert changed(checkout(both, merged=True)) == "true"


@pytest.mark.slow
def test_an_error_makes_no_pages_and_says_so(checkout: Checkout) -> None:
    run = github(WORKFLOWS / "check.yml", "data", checkout(no_amount, merged=True), PULL_REQUEST)
    assert run.failed and not run.artifacts
    assert f"::error file={PROJECT},line=4," in run.step("Check the data").said
    assert run.step("Build the pages").code != 0
    assert "没有生成网页" in run.summary and "preview.zip" not in run.summary


@pytest.mark.slow
def test_a_change_that_breaks_nothing_passes(checkout: Checkout) -> None:
    run = github(WORKFLOWS / "check.yml", "data", checkout(a_text, merged=True), PULL_REQUEST)
    assert not run.failed
    assert "::error" not in run.step("Check the data").said
    assert "preview" in run.artifacts


@pytest.mark.slow
def test_a_publication_is_checked_built_and_told_by_its_digest(checkout: Checkout) -> None:
    clone = checkout(a_text, merged=True)
    run = github(WORKFLOWS / "pages.yml", "build", clone, {})
    assert not run.failed
    manifest = (clone / "site.sha256").read_bytes()
    assert run.outputs["digest"] == f"sha256:{hashlib.sha256(manifest).hexdigest()}"
    assert run.outputs["digest"] in run.summary
    assert run.artifacts["manifest"] == ["site.sha256"]
    listed = {line.split("  ", 1)[1] for line in manifest.decode().splitlines()}
    assert listed == set(run.artifacts["github-pages"])
    subprocess.run(
        ["sha256sum", "--check", "--quiet", "../site.sha256"], cwd=clone / "site", check=True
    )
    page = (clone / "site/index.html").read_text(encoding="utf-8")
    assert 'rel="canonical" href="https://example.github.io/budget/' in page
    # The build has said the same digest.
    assert run.outputs["digest"] in run.step("Build the pages").said


@pytest.mark.slow
def test_a_finding_that_nobody_explained_is_not_published(clone: Path) -> None:
    run = github(WORKFLOWS / "pages.yml", "build", clone, {})
    assert run.failed and run.step("Check the data").code == 1
    assert not run.artifacts and not any(name.startswith("生成") for name in run.steps)


# --- GitLab ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def branch(checkout: Checkout) -> Path:
    """The merge request that changes one amount."""
    return checkout(one_amount)


@pytest.mark.slow
def test_gitlab_shows_what_changed(branch: Path) -> None:
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": merge_base(branch)}
    job = gitlab("改了什么", branch, variables)
    assert job.code == 0, job.said
    assert job.artifacts == ("diff.txt",)
    text = (branch / "diff.txt").read_text(encoding="utf-8")
    assert text in job.said, "the log shows it too"
    for each in ("清洁能源取暖工作经费", "466.73 → 470.00", "+3.27"):
        assert each in text
    assert "别人改的名称" not in text


def test_gitlab_has_the_report_of_a_check_that_failed(branch: Path) -> None:
    job = gitlab("检查数据", branch, {})
    assert job.code == 1 and job.report
    findings = json.loads(job.report.read_text(encoding="utf-8"))
    major = [each for each in findings if each["severity"] in ("major", "critical")]
    assert major and all(each["location"]["path"].startswith("data/") for each in major)
    assert all(re.search("[\u4e00-\u9fff]", each["description"]) for each in major)
    assert major[0]["description"] in job.said, "the log says it too"


@pytest.mark.slow
def test_gitlab_shows_and_publishes_the_pages(checkout: Checkout) -> None:
    clone = checkout(a_text)
    assert gitlab("检查数据", clone, {}).code == 0
    preview = gitlab("网页预览", clone, {})
    assert preview.code == 0 and preview.artifacts == ("site/",)
    address = "https://example.gitlab.io/budget"
    pages = gitlab("pages", clone, {"CI_PAGES_URL": address})
    assert pages.code == 0, pages.said
    assert set(pages.artifacts) == {"public/", "site.sha256"}
    assert f'"{address}/' in (clone / "public/index.html").read_text(encoding="utf-8")
    subprocess.run(
        ["sha256sum", "--check", "--quiet", "../site.sha256"], cwd=clone / "public", check=True
    )


@pytest.mark.slow
def test_gitlab_shows_no_pages_where_there_is_an_error(checkout: Checkout) -> None:
    clone = checkout(no_amount)
    assert gitlab("检查数据", clone, {}).code == 1
    assert not gitlab("网页预览", clone, {}).artifacts


# --- the players themselves -----------------------------------------------------------------------


def test_expressions_may_only_name_something() -> None:
    assert filled("${{ matrix.python }}!", {"matrix.python": "3.13"}) == "3.13!"
    with pytest.raises(KeyError):
        filled("${{ github.head_ref }}", {})
