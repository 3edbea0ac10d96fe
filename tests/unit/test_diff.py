"""The command ``disclosure diff``, with real Git repositories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.conftest import NONE, ROOT, SMALLEST, YEAR, Edits, WriteData

from disclosure.book import Book, load_book
from disclosure.changes.compare import changes
from disclosure.changes.difference import Difference, difference
from disclosure.changes.markdown import MAXIMUM_BYTES, escaped, markdown
from disclosure.changes.names import Terms
from disclosure.changes.telling import Points, Run, Section, Told
from disclosure.cli import main
from disclosure.diff import _read, _state, compare_folders, written
from disclosure.export.canonical import disclosure_document
from disclosure.revision import Repository, _leads_inside

REAL = ROOT / "data"
REAL_YEAR = "departments/economy-technology/2024-budget"
SUPPORT = f"{REAL_YEAR}/projects/13081124P00001410004J.yml"
Output = pytest.CaptureFixture[str]
Edit = Callable[..., Path]


def git(folder: Path, *arguments: str) -> str:
    """Git without the settings of whoever runs the tests."""
    settings = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "t",
        "GIT_AUTHOR_EMAIL": "t@example.org",
        "GIT_COMMITTER_NAME": "t",
        "GIT_COMMITTER_EMAIL": "t@example.org",
    }
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path, message: str = "more") -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def edit(folder: Path, edits: Edits) -> None:
    for name, (old, new) in edits.items():
        path = folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{name}: {old!r} stands {text.count(old)} times"
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def repository(write_data: WriteData, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the smallest data folder; it is the folder in which commands run."""
    top = write_data().parent
    git(top, "init", "--quiet", "--initial-branch", "main")
    commit(top, "first")
    monkeypatch.chdir(top)
    return top


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A function that copies a data folder and changes some of its files."""

    def copied(source: Path = REAL, edits: Edits = NONE) -> Path:
        folder = tmp_path / "edited"
        shutil.copytree(source, folder)
        edit(folder, edits)
        return folder

    return copied


def told(found: Difference, lang: str = "zh", form: str = "text") -> str:
    return written(found, form, lang)


def report(found: Difference) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(written(found, "json", "both"))
    return whole


# --- what changed -------------------------------------------------------------------------------


def test_nothing_changed(repository: Path, capsys: Output) -> None:
    assert main(["diff", "HEAD", "--exit-code"]) == 0
    out = capsys.readouterr().out
    assert "没有改动：数字、文字和英文都与原来相同" in out
    assert "Nothing changed: figures, texts and English are the same" in out
    assert out.index("没有改动") < out.index("Nothing changed")


def test_a_figure_and_what_it_breaks(edited: Edit) -> None:
    found = compare_folders(REAL, edited(edits={SUPPORT: ("budget: 2000.00", "budget: 2003.27")}))
    out = told(found)
    assert (
        "1 处金额变化：项目“重点产业扶持资金” › 预算数 2000.00 → 2003.27 万元（+3.27，+0.2%）"
        in out
    )
    assert "1 处合计没有跟着变" in out
    assert "算得 3611.59，相差 −191.59" in out
    assert told(found, "en").count("A408 project expenditure = sum of the project budgets") == 1
    assert found.pages is not None
    assert "数据核对 departments/economy-technology/2024-budget/checks.html" in out
    english = told(found, "en")
    assert "Key industry support funds en/departments/economy-technology/2024-budget/projects" in (
        english
    )
    (behind,) = report(found)["findings"]["left_behind"]
    assert (behind["code"], behind["difference"]) == ("A408", "-191.59")
    assert behind["path"] == ["expenditure", "projects"]


def test_totals_that_move_with_it(edited: Edit) -> None:
    folder = edited(edits={SUPPORT: ("budget: 2000.00", "budget: 2003.27")})
    text = (folder / SUPPORT).read_text("utf-8")
    text = text.replace("财政资金: 2000.00", "财政资金: 2003.27").replace("≤2000 万", "≤2003.27 万")
    (folder / SUPPORT).write_text(text, "utf-8")
    budget = folder / REAL_YEAR / "budget.yml"
    text = budget.read_text("utf-8").replace("3804.65", "3807.92").replace("3420", "3423.27")
    budget.write_text(text.replace("amount: 2000", "amount: 2003.27"), "utf-8")
    found = difference(*(_read(each, "x", with_pages=False) for each in (REAL, folder)))
    (one,) = found.disclosures
    follows = {each.change.address for each in one.amounts if each.follows}
    assert follows == {
        ("budget", "revenue", "total"),
        ("budget", "expenditure", "total"),
        ("budget", "expenditure", "projects"),
    }
    assert found.findings.left_behind == ()
    # A408 differs as much as its explanation says: nothing new.
    assert {each.code for each in found.findings.appeared} <= {"H620"}
    assert found.findings.changed == () and found.findings.vanished == ()
    out = told(found)
    assert "4 处金额变化，其中项目预算合计 +3.27 万元；合计随之变动 3 处" in out
    assert "支出 › 合计 3804.65 → 3807.92 万元（+3.27，+0.1%）" in out
    assert "没有跟着变" not in out


def test_a_total_that_moved_to_the_wrong_figure(edited: Edit) -> None:
    folder = edited(SMALLEST, {f"{YEAR}/budget.yml": ("办公费: 4.70", "办公费: 4.80")})
    edit(
        folder,
        {
            f"{YEAR}/budget.yml": (
                "agency_operating:\n  total: 5.00",
                "agency_operating:\n  total: 5.20",
            )
        },
    )
    found = difference(*(_read(each, "x", with_pages=False) for each in (SMALLEST, folder)))
    assert "A405" in {each.code for each in found.findings.appeared}
    assert found.findings.left_behind == ()
    (one,) = found.disclosures
    assert [each.follows for each in one.amounts] == [True, False]


def test_other_notations_are_no_change(edited: Edit) -> None:
    folder = edited(SMALLEST)
    for path in folder.rglob("*.*"):
        data = path.read_bytes().replace(b"\n", b"\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + data if path.suffix == ".yml" else data)
    project = folder / YEAR / "projects/P1.yml"
    lines = project.read_text("utf-8-sig").replace("\r", "").splitlines()
    lines = ["# 注释", *lines[1:4], *lines[0:1], *lines[4:]]  # another order of keys
    project.write_text("\n".join(lines).replace("use: 取暖补助", 'use: "取暖补助"'), "utf-8")
    found = compare_folders(SMALLEST, folder)
    assert found.is_empty, told(found)


def test_a_figure_in_another_notation(edited: Edit) -> None:
    """The page prints it otherwise, which is told; the meaning is the same, which is told first."""
    edits = {f"{YEAR}/budget.yml": ("basic: 40.00", "basic: '40.000'")}
    found = compare_folders(SMALLEST, edited(SMALLEST, edits))
    assert found.disclosures == ()
    assert "金额、文字和英文都没有改动，只是写法不同" in told(found)


def test_renamed_department_and_project(edited: Edit) -> None:
    folder = edited(SMALLEST)
    edit(folder, {"departments/example/department.yml": ("slug: example", "slug: other")})
    edit(folder, {f"{YEAR}/budget.yml": ("- P1", "- Q1")})
    edit(folder, {f"{YEAR}/projects/P1.yml": ("code: P1", "code: Q1")})
    explained = "- rule: A405\n  explanation: {zh: 照印。, en: As printed.}\n"
    (folder / YEAR / "acknowledged.yml").write_text(explained, "utf-8")
    before = folder.parent / "before"
    shutil.copytree(SMALLEST, before)
    (before / YEAR / "acknowledged.yml").write_text(explained, "utf-8")
    (folder / YEAR / "projects/P1.yml").rename(folder / YEAR / "projects/Q1.yml")
    (folder / "departments/example").rename(folder / "departments/other")
    found = compare_folders(before, folder)
    (one,) = found.disclosures
    assert (one.fate, one.key[0], one.was) == ("renamed", "other", ("example", "2024-budget"))
    assert sorted((each.kind, len(each.address)) for each in one.others) == [
        ("renamed", 2),
        ("text", 5),  # the highlight names the project by its code
    ]
    assert found.pages is not None
    assert len(found.pages.moved) > 20 and len(found.pages.added) == 1
    assert "换了地址的公开：" in told(found)
    # Its list of explanations went with it.
    assert [each.file for each in found.files] == ["departments/other/department.yml"]


def test_a_disclosure_that_comes_or_goes(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    new, gone = compare_folders(empty, SMALLEST), compare_folders(SMALLEST, empty)
    assert [each.fate for each in new.disclosures] == ["added"]
    assert [each.fate for each in gone.disclosures] == ["removed"]
    assert "新增公开：示例局2024年部门预算" in told(new)
    assert "Disclosures removed: Example Bureau: 2024 departmental budget" in told(gone, "en")


def test_english(edited: Edit) -> None:
    folder = edited(
        SMALLEST,
        {
            f"{YEAR}/budget.yml": ("basic: 人员减少", "basic: 人员增加"),
            "translations/en/all.po": ('"Heating subsidy"', '"Subsidy for heating"'),
            "glossary.yml": ("en: clean heating", "en: clean-energy heating"),
        },
    )
    found = compare_folders(SMALLEST, folder)
    english = report(found)["english"]
    assert english["stale"] == [{"before": "人员减少", "after": "人员增加"}]
    assert [each["after"] for each in english["changed"]] == ["Subsidy for heating"]
    assert english["missing"] == english["added"] == []
    out = told(found)
    assert "英文：1 处中文改了，原来的英文已失效，1 条译文改动" in out
    assert "[-减少-]{+增加+}" in out
    assert "名词解释" in out and "clean{+-energy+} heating" in out


def test_findings_that_only_moved_are_not_told(edited: Edit) -> None:
    """A row above a finding moves its line and its address."""
    folder = edited()
    path = folder / SUPPORT
    text = path.read_text("utf-8")
    row = "  质量指标:\n    - name: 受扶持企业合格率\n      target: ≥90%\n      basis: 方案\n"
    assert text.count("  质量指标:\n") == 1
    path.write_text(text.replace("  质量指标:\n", row), "utf-8")
    found = difference(*(_read(each, "x", with_pages=False) for each in (REAL, folder)))
    assert len(found.before.findings) > 50
    assert {each.code for each in found.findings.appeared} <= {"H620"}
    assert found.findings.vanished == () and found.findings.changed == ()


# --- states that cannot be read -----------------------------------------------------------------


@pytest.mark.parametrize("broken_is_after", [True, False])
def test_broken_data(edited: Edit, broken_is_after: bool) -> None:
    edits = {
        f"{YEAR}/budget.yml": ("办公费: 4.70", "办公费: 4.80"),
        f"{YEAR}/assets.yml": ("fixed_assets: 10.00", "fixed_assets 12.00"),
        f"{YEAR}/projects/P1.yml": ("budget: 60.00", "budget: 六十"),
    }
    broken = edited(SMALLEST, edits)
    states = (SMALLEST, broken) if broken_is_after else (broken, SMALLEST)
    found = compare_folders(*states)
    whole = report(found)
    errors = whole["after" if broken_is_after else "before"]
    assert {each["file"] for each in errors["errors"]} == {
        f"{YEAR}/assets.yml",
        f"{YEAR}/projects/P1.yml",
    }
    assert errors["unread"] == [f"{YEAR}/assets.yml"]
    (one,) = whole["disclosures"]
    assert {tuple(each["address"][:2]) for each in one["changes"]} == {
        ("budget", "agency_operating"),
        ("projects", "P1"),
    }
    assert whole["pages"] is None and whole["findings"]["appeared"] == []
    out = told(found)
    assert ("改后的数据有" if broken_is_after else "改前的数据有") in out.splitlines()[1]
    assert "办公费" in out


def test_a_po_file_that_cannot_be_read(edited: Edit) -> None:
    """All its English is missing; that is one error, and no English went."""
    folder = edited(SMALLEST, {"translations/en/all.po": ('msgid "行政"', "msgid 行政")})
    found = compare_folders(SMALLEST, folder)
    assert {each.code for each in found.after.errors} == {"T503"}
    assert not found.english.touched and not found.disclosures


def test_a_site_file_that_is_missing(edited: Edit) -> None:
    folder = edited(SMALLEST)
    (folder / "site.yml").unlink()
    found = compare_folders(SMALLEST, folder)
    assert [each.code for each in found.after.errors] == ["R302"]
    assert "R302" in told(found, form="markdown")


def test_documents_are_those_of_the_export(real_book: Book) -> None:
    """What the command reads from YAML says the same as the JSON of the site."""
    for book in (real_book, load_book(ROOT / "examples" / "district" / "data")):
        trees = {file: source.value for file, source in book.sources.items()}
        state = _state("x", Terms.of(book), trees, book.catalogue)
        for disclosure in book.disclosures:
            document = disclosure_document(book, disclosure)
            own = dict(state.documents[disclosure.department, disclosure.slug])
            own |= {key: document[key] for key in ("english", "english_of_project")}
            assert changes(document, own, book) == ()
            assert changes(own, document, book) == ()


# --- Git ------------------------------------------------------------------------------------------


def test_two_revisions(repository: Path, capsys: Output) -> None:
    edit(repository, {f"data/{YEAR}/budget.yml": ("办公费: 4.70", "办公费: 4.80")})
    git(repository, "checkout", "--quiet", "-b", "fix")
    commit(repository)
    edit(repository, {f"data/{YEAR}/budget.yml": ("办公费: 4.80", "办公费: 4.90")})
    for arguments, shown in (
        (["main", "fix"], "4.70 → 4.80"),
        (["fix..main"], "4.80 → 4.70"),
        (["HEAD"], "4.80 → 4.90"),
    ):
        assert main(["diff", *arguments, "--lang", "zh", "--exit-code"]) == 1
        assert f"机关运行经费 › 办公费 {shown} 万元" in capsys.readouterr().out
    assert main(["diff", "main", "fix"]) == 0


def test_a_branch_is_compared_with_where_it_began(repository: Path, capsys: Output) -> None:
    git(repository, "checkout", "--quiet", "-b", "fix")
    edit(repository, {f"data/{YEAR}/budget.yml": ("办公费: 4.70", "办公费: 4.80")})
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    edit(repository, {f"data/{YEAR}/assets.yml": ("fixed_assets: 10.00", "fixed_assets: 11.00")})
    commit(repository)
    git(repository, "checkout", "--quiet", "fix")
    for arguments in (["main..."], ["main", "--merge-base"]):
        assert main(["diff", *arguments, "--lang", "zh"]) == 0
        out = capsys.readouterr().out
        assert "办公费" in out and "固定资产" not in out
    assert main(["diff", "main", "fix", "--lang", "zh"]) == 0
    assert "固定资产" in capsys.readouterr().out


def test_the_folder_of_the_data_is_given(
    repository: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edit(repository, {f"data/{YEAR}/budget.yml": ("办公费: 4.70", "办公费: 4.80")})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert main(["diff", "main", "--data", str(repository / "data"), "--lang", "zh"]) == 0
    assert "4.70 → 4.80" in capsys.readouterr().out
    assert main(["diff", str(repository), str(SMALLEST), "--lang", "zh"]) == 0
    assert "4.80 → 4.70" in capsys.readouterr().out


def test_a_revision_before_there_were_data(repository: Path, capsys: Output) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "old")
    git(repository, "rm", "-r", "--quiet", "--cached", ".")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "empty")
    assert main(["diff", "old", "main", "--lang", "zh"]) == 0
    assert "新增公开：示例局2024年部门预算" in capsys.readouterr().out


def test_an_untold_revision(repository: Path, capsys: Output) -> None:
    for arguments, shown in (
        (["nowhere"], "没有版本“nowhere”"),
        (["--", "--output=x"], "版本名不能以“-”开头"),
        (["--merge-base", "data"], "是文件夹"),
        (["main..HEAD", "main"], "已经写了两个版本"),
        (["main", "--data", "nothing"], "不是数据文件夹"),
    ):
        assert main(["diff", *arguments]) == 2, arguments
        captured = capsys.readouterr()
        assert captured.out == "" and shown in captured.err
        assert " / " in captured.err  # both languages
    with pytest.raises(SystemExit) as stop:
        main(["diff", "--output=x"])
    assert stop.value.code == 2
    assert not (repository / "x").exists()


def test_a_shallow_clone_says_what_to_type(
    repository: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(repository, {f"data/{YEAR}/budget.yml": ("办公费: 4.70", "办公费: 4.80")})
    first, _ = git(repository, "rev-parse", "HEAD"), commit(repository)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    assert main(["diff", first]) == 2
    said = capsys.readouterr().err
    assert "浅克隆" in said and "git fetch --unshallow" in said and "fetch-depth: 0" in said
    assert "shallow clone" in said


def test_without_git(
    repository: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert main(["diff", "main", "--lang", "zh"]) == 2
    assert "没有找到 git" in capsys.readouterr().err
    assert main(["diff", "data", "data"]) == 0


def test_outside_a_repository(tmp_path: Path, capsys: Output, write_data: WriteData) -> None:
    folder = write_data()
    assert main(["diff", "main", "--data", str(folder), "--lang", "en"]) == 2
    assert "is in no Git repository" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="needs links and names that Windows refuses")
def test_nothing_of_a_revision_leads_elsewhere(repository: Path, tmp_path: Path) -> None:
    data = repository / "data"
    (data / "link.yml").symlink_to("/etc/passwd")
    (data / "evil\\..\\name.yml").write_text("a: 1\n", "utf-8")
    (data / ".gitattributes").write_text("site.yml export-ignore\n*.yml ident\n", "utf-8")
    found = commit(repository)
    target = tmp_path / "out"
    target.mkdir()
    Repository.around(data).extract(found, target)
    names = {path.name for path in target.rglob("*")}
    assert "site.yml" in names and not {"link.yml", "evil\\..\\name.yml"} & names
    assert all(path.is_file() or path.is_dir() for path in target.rglob("*"))


def test_names_that_lead_elsewhere() -> None:
    from pathlib import PurePosixPath

    assert _leads_inside(PurePosixPath("departments/a/项目.yml"))
    for name in ("../a", "a/../../b", "/etc/passwd", "a\\b", "C:x", ""):
        assert not _leads_inside(PurePosixPath(name)), name


# --- how it is written ----------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script> [x](http://evil.example) ![i](https://e.example/x.png) @octocat "
    "#1 | a | `b` **c** $x$ www.evil.example ::error::x ##[error]x a@b.example"
)


def test_hostile_text_is_text(edited: Edit) -> None:
    edits = {f"{YEAR}/projects/P1.yml": ("use: 取暖补助", f"use: '{HOSTILE}'")}
    folder = edited(SMALLEST, edits)
    edit(folder, {f"{YEAR}/projects/P1.yml": ("name: 清洁取暖", "name: '清|洁 @user <b>'")})
    edit(folder, {f"{YEAR}/projects/P1.yml": ("budget: 60.00", "budget: 61.00")})
    found = compare_folders(SMALLEST, folder)
    out = told(found, form="markdown")
    assert "evil" in out and "octocat" in out
    for sign in ("<script", "](", "@octocat", "@user", "#1", "http://", "www.", "$x$", "<b>"):
        assert sign not in out.replace("\\", "") or sign == "](", sign
    assert "](" not in out
    rows = [line for line in out.splitlines() if line.startswith("| ")]
    plain = told(found)
    assert "##[error]" not in plain and not any(
        line.lstrip().startswith("::") for line in plain.splitlines()
    )
    assert rows and all(line.replace("\\|", "").count("|") == 6 for line in rows)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", "a↵b"),
        ("a\x1b[31m", "a\\\\x1b\\[31m"),
        ("<a & b>", "&lt;a &amp; b&gt;"),
        ("“”，。（）中文", "“”，。（）中文"),
        ("\u202egnp", "\\\\u202egnp"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_long_report_is_folded_and_cut() -> None:
    lines = tuple((Run(f"第{n}处" + "字" * 300, "strong"),) for n in range(2000))
    short = Told("t", "s", (), (Section("a", (Points(lines[:21]),)),))
    assert markdown([("zh", short)]).count("<summary>其余 1 处</summary>") == 1
    told = Told("t", "s", (), (Section("a", (Points(lines),)), Section("b", (Points(lines),))))
    out = markdown([("zh", told), ("en", told)])
    assert len(out.encode()) <= MAXIMUM_BYTES
    assert "还有 1800 处没有列出。" in out and "1800 more are not listed." in out
    assert out.count("<details>") == out.count("</details>") == 4


def test_very_many_sections_are_cut() -> None:
    lines = tuple((Run("字" * 300),) for _ in range(10))
    told = Told("t", "s", (), tuple(Section(f"{n}", (Points(lines),)) for n in range(300)))
    out = markdown([("zh", told), ("en", told)])
    assert len(out.encode()) <= MAXIMUM_BYTES
    assert "节没有列出。" in out and "more sections are not listed." in out
    assert "### 5\n" in out


def test_the_keys_of_the_json(edited: Edit) -> None:
    """They are promised in docs/*/editors.md."""
    edits = {f"{YEAR}/budget.yml": ("办公费: 4.70", "办公费: 4.80")}
    whole = report(compare_folders(SMALLEST, edited(SMALLEST, edits)))
    assert list(whole) == [
        "format",
        "changed",
        "before",
        "after",
        "disclosures",
        "files",
        "english",
        "findings",
        "pages",
    ]
    assert (whole["format"], whole["changed"]) == (1, True)
    (one,) = whole["disclosures"]
    assert set(one) == {"department", "disclosure", "title", "fate", "was", "changes"}
    assert one["changes"] == [
        {
            "kind": "figure",
            "address": ["budget", "agency_operating", "items", "办公费"],
            "where": {
                "zh": "机关运行经费 › 办公费",
                "en": "Agency operating expenses › Office expenses",
            },
            "before": {"zh": "4.70", "en": "4.70"},
            "after": {"zh": "4.80", "en": "4.80"},
            "difference": "0.10",
            "ratio": "0.021277",
            "unit": "万元",
            "follows": False,
        }
    ]
    (finding,) = whole["findings"]["appeared"]
    assert (finding["code"], finding["file"], finding["line"]) == ("A405", f"{YEAR}/budget.yml", 28)
    pages = whole["pages"]
    assert set(pages) == {"changed", "added", "removed", "moved"}
    assert {"zh", "en"} == set(pages["changed"][0]["address"])
    for lang in ("zh", "en"):
        doc = (ROOT / "docs" / lang / "editors.md").read_text("utf-8")
        for key in (
            *whole,
            *one,
            *one["changes"][0],
            *whole["findings"],
            *whole["english"],
            *pages,
        ):
            assert f"`{key}`" in doc, f"{lang}: {key}"
