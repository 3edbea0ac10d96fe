"""``disclosure new-year``: structure goes on, figures do not, nothing is published."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.conftest import ROOT, YEAR, WriteData

from disclosure.book import Book, Disclosure, load_book
from disclosure.cli import main
from disclosure.language.coverage import free_texts
from disclosure.model.fields import LANGS, TO_FILL, Figure, Nothing
from disclosure.new_year import folder as writing
from disclosure.new_year.carry import figures, speaks_of_the_year
from disclosure.new_year.checklist import CHECKLIST
from disclosure.problems import Severity
from disclosure.rules.examine import examine
from disclosure.rules.unfinished import open_lines
from disclosure.site.plan import plan
from disclosure.site.render import render_page

BUREAU = "departments/economy-technology"
EDUCATION = "departments/education"


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder and the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's data with the folder 2025-budget made by the command."""
    folder = tmp_path_factory.mktemp("real") / "data"
    shutil.copytree(ROOT / "data", folder)
    assert main(["new-year", "economy-technology", "--data", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The education bureau of the example with its budget of 2026 and final accounts of 2025."""
    folder = tmp_path_factory.mktemp("district") / "data"
    shutil.copytree(ROOT / "examples" / "district" / "data", folder)
    for other in (folder / "departments").iterdir():
        if other.name != "education":
            shutil.rmtree(other)
    for new in ("2026-budget", "2025-final"):
        command = ["new-year", "education", "--to", new, "--data", str(folder)]
        assert main(command) == 0
    return folder


@pytest.fixture(scope="module")
def crossed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with the final accounts of 2025 made from the budget of 2025."""
    folder = tmp_path_factory.mktemp("crossed") / "data"
    shutil.copytree(ROOT / "examples" / "district" / "data", folder)
    for other in (folder / "departments").iterdir():
        if other.name != "education":
            shutil.rmtree(other)
    command = ["new-year", "education", "--from", "2025-budget", "--to", "2025-final"]
    assert main([*command, "--data", str(folder)]) == 0
    return folder


@functools.cache
def book_of(folder: Path) -> Book:
    """The book of a folder that no test changes."""
    return load_book(folder)


def disclosure_of(book: Book, department: str, slug: str) -> Disclosure:
    found = book.disclosure(department, slug)
    assert found is not None
    return found


def cells(disclosure: Disclosure) -> Iterator[tuple[str, str, Figure]]:
    """Every figure of a disclosure: its file, its place in it, and what it says."""
    models = {
        "budget.yml": disclosure.budget,
        "assets.yml": disclosure.assets,
        "procurement.yml": disclosure.procurement,
        **{f"projects/{each.code}.yml": each.file for each in disclosure.projects},
        **{f"units/{each.slug}/budget.yml": each.budget for each in disclosure.units},
    }
    for file, model in models.items():
        for path in figures(model):
            value: object = model
            for key in path:
                field = "since" if key == "from" else key
                if isinstance(value, dict | tuple):
                    value = value[key]  # type: ignore[index]
                else:
                    value = getattr(value, str(field))
            assert isinstance(value, Figure)
            yield file, "/".join(map(str, path)), value
    tables = {f"tables/{id}.yml": table for id, table in disclosure.tables.items()}
    for unit in disclosure.units:
        tables |= {f"units/{unit.slug}/tables/{id}.yml": each for id, each in unit.tables.items()}
    for file, table in tables.items():
        for _, row in table.rows():
            for column, cell in row.cells.items():
                if isinstance(cell, Figure):
                    yield file, f"{row.path[0]}/{row.item}/{row.institution}/{column}", cell


BASE = ("prior_budget", "prior_actual", "budget")
"""Columns that repeat an earlier disclosure; ``budget`` in final accounts only."""


def known(disclosure: Disclosure) -> dict[tuple[str, str], str]:
    """The figures of a new disclosure that are filled in already."""
    return {
        (file, place): figure.printed
        for file, place, figure in cells(disclosure)
        if figure.nothing is not Nothing.TO_FILL
    }


# --- figures --------------------------------------------------------------------------------------


def test_no_figure_of_the_old_year_is_left(real: Path) -> None:
    new = disclosure_of(book_of(real), "economy-technology", "2025-budget")
    assert len(list(cells(new))) > 130
    assert known(new) == {}


def test_only_base_year_columns_are_filled_in(district: Path) -> None:
    book = book_of(district)
    for slug in ("2026-budget", "2025-final"):
        new = disclosure_of(book, "education", slug)
        columns = {place.rpartition("/")[2] for _, place in known(new)}
        allowed = {"prior_budget"} if new.kind == "budget" else {"prior_actual", "budget"}
        assert columns == allowed, slug
        assert len(list(cells(new))) > 700


def test_the_budget_of_the_year_before_is_that_of_its_disclosure(district: Path) -> None:
    book = book_of(district)
    old = disclosure_of(book, "education", "2025-budget")
    new = disclosure_of(book, "education", "2026-budget")
    before = {(file, place): figure.printed for file, place, figure in cells(old)}
    filled = known(new)
    current = {"general-public-budget": "total", "revenue-expenditure": "budget"}
    current |= {"three-public": "budget", "government-funds": "total"}
    assert len(filled) > 70
    for (file, place), printed in filled.items():
        row, _, _ = place.rpartition("/")
        table = file.rpartition("/")[2].removesuffix(".yml")
        assert printed == before[file, f"{row}/{current[table]}"], (file, place)
    # one, read by hand in the two files
    row = "rows/教育支出/None/prior_budget"
    assert filled["tables/general-public-budget.yml", row] == "2428.82"
    assert before["tables/general-public-budget.yml", row] == "2306.71"


def test_final_accounts_repeat_the_budget_and_the_earlier_final_accounts(district: Path) -> None:
    filled = known(disclosure_of(book_of(district), "education", "2025-final"))
    three, general = "tables/three-public.yml", "tables/general-public-budget.yml"
    assert filled[three, "amounts/合计/None/prior_actual"] == "3.86"
    assert filled[three, "amounts/合计/None/budget"] == "4.30"
    assert filled[general, "rows/合计/None/budget"] == "3105.66"
    summary = "tables/revenue-expenditure.yml"
    assert filled[summary, "revenue/总计/None/budget"] == "3236.66"
    # 事业收入 of final accounts counts the special fiscal account too, that of a budget does not.
    assert (summary, "revenue/五、事业收入/None/budget") not in filled
    # Counts are no amounts, though their column has the same name.
    assert not any(place.startswith("counts/") for _, place in filled)


def test_from_a_budget_to_final_accounts_of_its_year(crossed: Path) -> None:
    book = book_of(crossed)
    new = disclosure_of(book, "education", "2025-final")
    filled = known(new)
    assert {place.rpartition("/")[2] for _, place in filled} == {"budget", "prior_actual"}
    summary, three = "tables/revenue-expenditure.yml", "tables/three-public.yml"
    assert filled[summary, "revenue/一般公共预算财政拨款收入/None/budget"] == "3071.66"
    assert filled[summary, "revenue/总计/None/budget"] == "3236.66"
    assert filled[summary, "expenditure/一、教育支出/None/budget"] == "2499.82"
    assert filled[three, "amounts/公务接待费/None/budget"] == "0.80"
    assert filled[three, "amounts/公务接待费/None/prior_actual"] == "0.72"
    assert not any(place.startswith("counts/") for _, place in filled)
    unit = "units/first-senior-school/tables/general-public-budget.yml"
    assert any(file == unit for file, _ in filled)
    assert new.header.title and "2025年部门决算" in new.header.title
    assert set(new.tables) == {
        form.id for form in book.forms.forms("final") if form.id != "state-capital"
    }
    assert not new.projects and new.procurement is None


def test_an_actual_value_of_an_indicator_is_not_the_target(district: Path) -> None:
    new = disclosure_of(book_of(district), "education", "2026-budget")
    rows = [row for each in new.projects for rows in each.file.indicators.values() for row in rows]
    assert rows and all(row.target == TO_FILL for row in rows)
    assert {row.prior_actual for row in rows if row.prior_actual is not None} == {TO_FILL}


def test_a_figure_in_another_unit_is_left_to_be_filled_in(write_data: WriteData) -> None:
    rows = "rows:\n  - {item: 合计, prior_budget: 1.00, budget: 2.00}\n"
    folder = write_data(files={f"{YEAR}/tables/three-public.yml": rows})
    assert main(["new-year", "example", "--data", str(folder)]) == 0
    path = folder / YEAR.replace("2024", "2025") / "tables" / "three-public.yml"
    assert "prior_budget: 2.00, budget: 待填" in path.read_text("utf-8")
    shutil.rmtree(path.parent.parent)
    # The table that is to be made is in yuan, the one a year before it was not.
    later = path.parent.parent.with_name("2025-budget")
    shutil.copytree(folder / YEAR, later)
    for name, old, new in (
        ("disclosure.yml", "year: 2024", "year: 2025"),
        ("tables/three-public.yml", "rows:", "unit: 元\nrows:"),
    ):
        text = (later / name).read_text("utf-8").replace(old, new)
        (later / name).write_text(text, "utf-8", newline="\n")
    command = ["new-year", "example", "--from", "2024-budget", "--to", "2026-budget"]
    assert main([*command, "--data", str(folder)]) == 0
    made = later.with_name("2026-budget") / "tables" / "three-public.yml"
    assert "prior_budget: 待填" in made.read_text("utf-8")


# --- what stays -----------------------------------------------------------------------------------


def test_layout_and_comments_stay(real: Path) -> None:
    """Line by line the new file is the old one, but for what was emptied or marked."""
    old = (real / BUREAU / "2024-budget" / "budget.yml").read_text("utf-8").split("\n")
    new = (real / BUREAU / "2025-budget" / "budget.yml").read_text("utf-8").split("\n")
    assert len(old) == len(new)
    assert new[0] == old[0]
    assert "  personnel: 待填       # 人员经费" in new
    assert "agency_operating:         # 机关运行经费" in new
    for before, after in zip(old, new, strict=True):
        assert before.partition(":")[0] == after.partition(":")[0]


def test_what_is_not_carried_over(real: Path, district: Path) -> None:
    made = {path.name for path in (real / BUREAU / "2025-budget").iterdir()}
    assert not made & {"acknowledged.yml", "editions.yml", "editions"}
    for slug in ("2026-budget", "2025-final"):
        header = disclosure_of(book_of(district), "education", slug).header
        assert header.record is None
        assert str(header.year) == slug[:4] and header.kind == slug[5:]
    budget = disclosure_of(book_of(district), "education", "2026-budget").budget
    assert budget and budget.change and budget.change.since == 2025
    assert budget.three_public and budget.three_public.change
    assert budget.three_public.change.since == 2025
    assets = disclosure_of(book_of(district), "education", "2026-budget").assets
    assert assets and assets.table and assets.table.as_of == "2025-12-31"


def test_translations_are_used_again(real: Path, district: Path) -> None:
    """English is found by the Chinese: what did not change needs none, and no PO file changed."""
    assert tree(real / "translations") == tree(ROOT / "data" / "translations")
    for folder, department, slug in (
        (real, "economy-technology", "2025-budget"),
        (district, "education", "2026-budget"),
    ):
        book = book_of(folder)
        new = disclosure_of(book, department, slug)
        missing = [
            each.place.path for each in examine(book).of(new).findings if each.rule == "T505"
        ]
        assert missing == [("title",)] or set(missing) == {("title",)}
        texts = [found.text for found in free_texts(new.narrative)]
        assert len(texts) > 3 and all(book.catalogue.find(text) for text in texts)


def test_what_is_to_be_filled_in_is_no_text_to_translate(
    real: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(real, folder)
    assert main(["translate", str(folder)]) == 0
    assert "待填" not in capsys.readouterr().out
    assert not any("待填" in path.read_text("utf-8") for path in folder.rglob("*.po"))


def test_every_text_with_a_number_is_marked(real: Path) -> None:
    """Prose is not changed, and none of it that speaks of a year or of figures goes unseen."""
    old = disclosure_of(book_of(ROOT / "data"), "economy-technology", "2024-budget")
    new = disclosure_of(book_of(real), "economy-technology", "2025-budget")
    source = new.sources["narrative.yml"]
    marked = {each.span.line for each in open_lines(source)}
    assert new.narrative == old.narrative
    numbers = [each for each in free_texts(new.narrative) if speaks_of_the_year(each.text)]
    assert len(numbers) > 4
    assert {source.positions.value(each.path).line for each in numbers} <= marked
    parts = [key for key in source.value or () if isinstance(key, str)]
    assert {source.positions.key((key,)).line for key in parts} <= marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年的部门预算", True),
        ("二〇二四年", True),
        ("比上年没有增减", True),
        ("完成 1.1 万户配送", True),
        ("1.目标内容", False),
        ("（1）管理公文", False),
        ("3.5 万元", True),
        ("管理公文和档案。", False),
    ],
)
def test_what_speaks_of_the_year(text: str, expected: bool) -> None:
    assert speaks_of_the_year(text) is expected


# --- check and preview ----------------------------------------------------------------------------


def test_check_says_what_the_checklist_says(real: Path, district: Path) -> None:
    for folder, made in ((real, f"{BUREAU}/2025-budget"), (district, f"{EDUCATION}/2026-budget")):
        book = book_of(folder)
        _, department, slug = made.split("/")
        examined = examine(book).of(disclosure_of(book, department, slug))
        errors = {
            f"{each.place.file}:{each.problem.span.line}"
            for each in examined.findings
            if each.problem.severity is Severity.ERROR
        }
        assert errors
        assert {
            each.rule for each in examined.findings if each.problem.severity is Severity.ERROR
        } == {"C720", "C721"}
        listed = {
            line.removeprefix("- [ ] ").split(" ")[0]
            for line in (folder / made / CHECKLIST).read_text("utf-8").split("\n")
            if (line.startswith("- [ ]") and "待填 /" in line) or "待核 /" in line
        }
        assert errors == listed
        # Sums over what is not there yet are not told.
        assert not [each for each in examined.findings if each.rule.startswith("A")]


def test_check_refuses_to_publish_it(real: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(real), "--format", "plain", "--lang", "en"]) == 1
    assert " C720 still to be filled in: " in capsys.readouterr().out


def test_the_pages_can_be_seen_in_both_languages(real: Path) -> None:
    site = plan(book_of(real))
    said = {lang: "" for lang in LANGS}
    for marked in site.pages:
        if marked.page.id.disclosure == "2025-budget":
            said[marked.page.lang] += render_page(marked, site.editions[marked.page.lang]).html
    assert "待填" in said["zh"] and "to be filled in" not in said["zh"]
    assert said["en"].count("to be filled in") > 150


# --- projects -------------------------------------------------------------------------------------


def test_projects_under_new_codes(write_data: WriteData) -> None:
    folder = write_data()
    command = ["new-year", "example", "--data", str(folder)]
    assert main([*command, "--projects", "P1=P9"]) == 0
    new = disclosure_of(load_book(folder), "example", "2025-budget")
    assert [each.code for each in new.projects] == ["P9"]
    assert new.project("P9").file.continues == "P1"
    assert new.budget and new.budget.highlights[0].projects == ("P9",)


def test_without_projects_nothing_refers_to_them(write_data: WriteData) -> None:
    folder = write_data()
    assert main(["new-year", "example", "--data", str(folder), "--projects", "none"]) == 0
    new = disclosure_of(load_book(folder), "example", "2025-budget")
    assert not new.projects
    assert new.budget and new.budget.highlights[0].projects == ()
    assert new.budget.highlights[0].because is None
    checklist = (folder / YEAR.replace("2024", "2025") / CHECKLIST).read_text("utf-8")
    assert (
        "没有沿用的项目 1 个：P1" in checklist and "1 project(s) not carried over: P1" in checklist
    )


@pytest.mark.parametrize("asked", ["P7", "P1=../x", "P1=index", "P1=", "P1=A,P1=B", "P1,"])
def test_wrong_projects(
    asked: str, write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data()
    before = tree(folder)
    assert main(["new-year", "example", "--data", str(folder), "--projects", asked]) == 1
    assert " / " in capsys.readouterr().err
    assert tree(folder) == before


# --- nothing is overwritten -----------------------------------------------------------------------


def test_what_is_there_is_left_alone(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data()
    command = ["new-year", "example", "--data", str(folder)]
    assert main(command) == 0
    before = tree(folder)
    assert main([*command, "--from", "2024-budget"]) == 1
    assert "已经有了" in capsys.readouterr().err
    target = folder / YEAR.replace("2024", "2026")
    target.mkdir()  # an empty folder, which POSIX would put a renamed one in place of
    assert main(command) == 1
    assert list(target.iterdir()) == []
    target.rmdir()
    target.write_text("a file", "utf-8")
    assert main(command) == 1
    target.unlink()
    assert tree(folder) == before


def test_a_crash_leaves_nothing_the_book_reads(
    write_data: WriteData, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_data()
    before = tree(folder)
    real_fsync, calls = os.fsync, 0

    class Killed(BaseException):
        pass

    def fsync(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise Killed
        real_fsync(handle)

    # Killed outright: not even the tidying up runs.
    monkeypatch.setattr(writing.os, "fsync", fsync)
    monkeypatch.setattr(writing.shutil, "rmtree", lambda path: None)
    with pytest.raises(Killed):
        main(["new-year", "example", "--data", str(folder)])
    left = [name for name in tree(folder) if name not in before]
    assert len(left) == 4 and all("/.2025-budget." in name for name in left)
    assert [each.slug for each in load_book(folder).disclosures] == ["2024-budget"]
    monkeypatch.undo()
    assert main(["new-year", "example", "--data", str(folder)]) == 0


def test_dry_run_writes_nothing(write_data: WriteData, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_data()
    before = tree(folder)
    assert main(["new-year", "example", "--data", str(folder), "--dry-run"]) == 0
    printed = capsys.readouterr()
    assert tree(folder) == before
    assert "- [ ] budget.yml:3 待填 / to fill in: total" in printed.out
    assert "nothing was written" in printed.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nobody",), 1, "没有部门“nobody”"),
        (("example", "--from", "2020-budget"), 1, "2020-budget"),
        (("example", "--to", "2024-budget"), 1, "已经有了"),
        (("example", "--to", "2023-budget"), 1, "早"),
        (("example", "--to", "2025"), 2, "2025-budget"),
        (("example", "--to", "../2025-budget"), 2, "2025-budget"),
    ],
)
def test_what_is_refused(
    arguments: tuple[str, ...],
    code: int,
    said: str,
    write_data: WriteData,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = write_data()
    before = tree(folder)
    command = ["new-year", *arguments, "--data", str(folder)]
    if code == 2:
        with pytest.raises(SystemExit) as ended:
            main(command)
        assert ended.value.code == 2
    else:
        assert main(command) == code
    error = capsys.readouterr().err
    assert said in error and " / " in error
    assert tree(folder) == before


def test_data_with_errors_are_refused(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data({"{year}/budget.yml": ("basic: 40.00", "basic: 40.00万")})
    before = tree(folder)
    assert main(["new-year", "example", "--data", str(folder)]) == 1
    assert "budget.yml:9:10 S204" in capsys.readouterr().err
    assert tree(folder) == before


def test_windows_line_ends_and_byte_order_mark(write_data: WriteData) -> None:
    folder = write_data()
    path = folder / YEAR / "budget.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["new-year", "example", "--data", str(folder)]) == 0
    made = (folder / YEAR.replace("2024", "2025") / "budget.yml").read_bytes()
    assert b"\r" not in made and not made.startswith(b"\xef\xbb\xbf")
    assert made.startswith("unit: 万元\nrevenue:\n  total: 待填\n".encode())


def test_it_speaks_the_language_asked_for(
    write_data: WriteData, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_data()
    assert main(["new-year", "example", "--data", str(folder), "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert "Next steps:" in english and "接下来" not in english
    assert f"disclosure check {folder.as_posix()}/departments/example/2025-budget" in english


@pytest.mark.slow
@pytest.mark.parametrize("data", ["data", "examples/district/data", "tests/invalid/smallest"])
def test_from_every_disclosure_there_is(data: str, tmp_path: Path) -> None:
    """Into both kinds, with and without projects: it reads, and only the checklist is left."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / data, folder)
    made: list[tuple[str, str]] = []
    for department in load_book(folder).departments:
        for old in department.disclosures:
            for kind in ("budget", "final") if old.kind == "budget" else ("final",):
                new = f"{2030 + len(made)}-{kind}"
                command = ["new-year", department.slug, "--from", old.slug, "--to", new]
                command += ["--projects", "all" if len(made) % 2 else "none"]
                assert main([*command, "--data", str(folder)]) == 0
                made.append((department.slug, new))
    book = load_book(folder)
    examination = examine(book)
    for department_slug, new in made:
        for each in examination.of(disclosure_of(book, department_slug, new)).findings:
            is_error = each.problem.severity is Severity.ERROR
            assert not is_error or each.rule in ("C720", "C721"), each.problem.line()
            assert not each.rule.startswith("A"), each.problem.line()
