"""A data folder as one book: what is read, in which order, and what leads where."""

from __future__ import annotations

import gc
import pickle
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from tests.unit.conftest import SMALLEST, YEAR, FoundProblems, SmallBook, WriteData

from disclosure.book import BadData, Book, Place, ReadDepartment, load_book, read_book
from disclosure.problems import Problem, Span
from disclosure.source import MAXIMUM_DEPTH

PROJECT = f"{YEAR}/projects/P1.yml"


def lines(problems: tuple[Problem, ...]) -> list[str]:
    """``file:line:column code`` of each problem."""
    return [f"{p.span.file}:{p.span.line}:{p.span.column} {p.code}" for p in problems]


def test_the_smallest_data_make_a_book() -> None:
    book, problems = read_book(SMALLEST)
    assert problems == ()
    assert book is not None
    (disclosure,) = book.disclosures
    assert (disclosure.department, disclosure.slug, disclosure.kind) == (
        "example",
        "2024-budget",
        "budget",
    )
    assert disclosure.project("P1").file.name == "清洁取暖"
    assert disclosure.place("budget.yml", ("revenue", "total")).span.line == 3
    assert disclosure.place("budget.yml", ("revenue", "nothing", "below")).span.line == 2


def test_site_yml_alone_is_enough(tmp_path: Path) -> None:
    (tmp_path / "site.yml").write_text("format: 1\n", "utf-8")
    book = load_book(tmp_path)
    assert (book.departments, book.glossary, book.policies) == ((), (), ())
    assert book.vocabulary.find("operating_item", "办公费")


def test_optional_files_may_be_absent(write_data: WriteData) -> None:
    folder = write_data()
    for name in ("budget.yml", "narrative.yml", "procurement.yml", "assets.yml"):
        (folder / YEAR / name).unlink()
    shutil.rmtree(folder / YEAR / "projects")
    (disclosure,) = load_book(folder).disclosures
    assert (disclosure.budget, disclosure.procurement, disclosure.assets) == (None, None, None)
    assert disclosure.projects == ()
    assert disclosure.narrative.special_funds is None


def test_bad_data_raise_with_every_problem(write_data: WriteData) -> None:
    folder = write_data({"{year}/budget.yml": ("unit: 万元", "unit: 亿元")})
    with pytest.raises(BadData, match="1 problem") as caught:
        load_book(folder, "given")
    assert lines(caught.value.problems) == [f"given/{YEAR}/budget.yml:1:7 S215"]


def test_problems_of_all_files_come_at_once_and_in_order(found_problems: FoundProblems) -> None:
    problems = found_problems(
        {
            PROJECT: ("budget: 60.00", "budget: 六十"),
            f"{YEAR}/budget.yml": ("unit: 万元\n", ""),
            f"{YEAR}/narrative.yml": ("performance", "perfomance"),
            "policies.yml": ("kind: law", "kind: lwa"),
        },
        {"site.yml": "format：1\n"},
    )
    found = lines(problems)
    assert found == sorted(found)
    assert {line.split(" ")[1] for line in found} == {"S201", "S202", "S204", "S215", "Y120"}


def test_order_of_projects_is_the_printed_one(small_book: SmallBook) -> None:
    text = "code: {}\nname: 甲\nbudget: 1\n"
    book = small_book(
        files={
            f"{YEAR}/projects/A0.yml": text.format("A0"),
            f"{YEAR}/projects/Z9.yml": text.format("Z9") + "order: 3\n",
            f"{YEAR}/projects/B2.yml": text.format("B2") + "order: 2\n",
            f"{YEAR}/projects/A9.yml": text.format("A9"),
        }
    )
    (disclosure,) = book.disclosures
    assert [p.code for p in disclosure.projects] == ["P1", "B2", "Z9", "A0", "A9"]


def test_newest_disclosure_first(small_book: SmallBook) -> None:
    header = "year: {}\nkind: {}\ndepartment:\n  name: 示例局\n"
    years = ((2022, "final"), (2024, "final"), (2025, "budget"))
    book = small_book(
        files={
            f"departments/example/{year}-{kind}/disclosure.yml": header.format(year, kind)
            for year, kind in years
        }
    )
    assert [d.slug for d in book.disclosures] == [
        "2025-budget",
        "2024-budget",
        "2024-final",
        "2022-final",
    ]


def test_files_put_aside_are_not_read(small_book: SmallBook) -> None:
    book = small_book(
        files={
            "_old.yml": "nonsense: [",
            ".hidden/x.yml": "nonsense: [",
            "site.yml~": "nonsense: [",
            "departments/_draft/department.yml": "nonsense: [",
            "departments/example/_2023-budget/disclosure.yml": "nonsense: [",
            f"{YEAR}/projects/_P2.yml": "nonsense: [",
            f"{YEAR}/Thumbs.db": "",
            "translations/en/all.mo": "",
            "translations/en/all.po~": "nonsense",
        }
    )
    assert len(list(book.disclosures)) == 1


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("glosary.yml", "glossary.yml"),
        ("readme.txt", ""),
        ("departement/x.yml", "departments"),
        ("departments/notes.yml", ""),
        ("departments/example/2024/disclosure.yml", ""),
        ("departments/example/2024-budgets/disclosure.yml", ""),
        ("departments/example/24-budget/disclosure.yml", ""),
        ("departments/example/notes.txt", ""),
        (f"{YEAR}/bugdet.yml", "budget.yml"),
        (f"{YEAR}/project/P1.yml", "projects"),
        (f"{YEAR}/projects/P2.yaml", "P2.yml"),
        (f"{YEAR}/projects/more/P2.yml", ""),
        ("translations/zh/all.po", ""),
        ("translations/en/all.pot", ""),
    ],
)
def test_a_file_that_nothing_reads(
    found_problems: FoundProblems, name: str, suggestion: str
) -> None:
    (found,) = found_problems(files={name: ""})
    assert found.code == "R304"
    assert f"data/{name}".startswith(found.span.file)
    assert dict(found.values)["suggestion"] == suggestion


@pytest.mark.parametrize(
    ("edits", "places"),
    [
        ({"departments/example/department.yml": ("example", "other")}, ["department.yml:1:7"]),
        ({f"{YEAR}/disclosure.yml": ("year: 2024", "year: 2025")}, ["disclosure.yml:1:7"]),
        ({f"{YEAR}/disclosure.yml": ("kind: budget", "kind: final")}, ["disclosure.yml:2:7"]),
        ({PROJECT: ("code: P1", "code: P2")}, ["P1.yml:1:7"]),
    ],
)
def test_content_and_name_must_agree(
    found_problems: FoundProblems, edits: dict[str, tuple[str, str]], places: list[str]
) -> None:
    found = lines(found_problems(edits))
    assert [line.rsplit("/", 1)[1] for line in found] == [f"{place} R303" for place in places]


def test_required_files(write_data: WriteData) -> None:
    folder = write_data()
    names = ("site.yml", "departments/example/department.yml", f"{YEAR}/disclosure.yml")
    for name in names:
        (folder / name).unlink()
    assert lines(read_book(folder)[1]) == sorted(f"data/{name}:1:1 R302" for name in names)


def test_no_folder(tmp_path: Path) -> None:
    book, problems = read_book(tmp_path / "nothing", "nothing")
    assert book is None
    assert lines(problems) == ["nothing:1:1 R301"]
    (tmp_path / "file").write_text("x")
    assert lines(read_book(tmp_path / "file", "file")[1]) == ["file:1:1 R301"]


def test_the_same_order_twice(found_problems: FoundProblems) -> None:
    text = "code: P2\norder: 1\nname: 甲\nbudget: 1\n"
    (found,) = found_problems(files={f"{YEAR}/projects/P2.yml": text})
    assert lines((found,)) == [f"data/{YEAR}/projects/P2.yml:2:8 R305"]
    assert dict(found.values) == {"found": "1", "first": f"data/{PROJECT}"}


@pytest.mark.parametrize("file", ["glossary.yml", "policies.yml"])
def test_the_same_id_twice(found_problems: FoundProblems, file: str) -> None:
    text = (SMALLEST / file).read_text("utf-8").replace("  number: 1\n", "")
    (found, *others) = found_problems(files={file: text + text})
    assert found.code == "R305"
    assert dict(found.values)["first"] == f"data/{file}:1"
    assert {other.code for other in others} <= {"R305"}


REFERENCES = {
    "legal basis": (f"{YEAR}/disclosure.yml", "- budget-law", "- budget-lwa", "budget-law"),
    "highlight": (f"{YEAR}/budget.yml", "- P1", "- P2", "P1"),
    "division": (
        f"{YEAR}/narrative.yml",
        "division: general-affairs",
        "division: general-affair",
        "general-affairs",
    ),
    "predecessor": (
        "departments/example/department.yml",
        "slug: example",
        "slug: example\npredecessors:\n  - exemple",
        "example",
    ),
}


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_that_leads_nowhere(found_problems: FoundProblems, reference: str) -> None:
    file, old, new, suggestion = REFERENCES[reference]
    (found,) = found_problems({file: (old, new)})
    assert found.code == "R306"
    assert found.span.file == f"data/{file}"
    assert dict(found.values)["suggestion"] == suggestion


def test_a_reference_to_what_could_not_be_read_is_no_second_error(
    found_problems: FoundProblems,
) -> None:
    problems = found_problems(
        {
            PROJECT: ("budget: 60.00", "budget: 六十"),
            "policies.yml": ("kind: law", "kind: lwa"),
            f"{YEAR}/budget.yml": ("办公费", "茶水费"),
        },
        {"vocabulary.yml": "operating_item: 茶水费\n"},
    )
    assert sorted(found.code for found in problems) == ["S204", "S214", "S215"]


def test_a_label_of_the_site_s_own_vocabulary(small_book: SmallBook) -> None:
    own = "operating_item:\n  - id: tea\n    zh: 茶水费\n    en: Tea\n"
    book = small_book({f"{YEAR}/budget.yml": ("办公费", "茶水 费")}, {"vocabulary.yml": own})
    assert book.vocabulary.word("operating_item", "茶水 费").en == "Tea"
    assert book.vocabulary.word("operating_item", "办公费").en == "Office expenses"


@pytest.mark.parametrize(
    "id", ["../../etc/passwd", "a/b", "javascript:alert(1)", "x.html", '"onclick="x', "a\\b"]
)
def test_no_id_leads_out_of_its_folder(found_problems: FoundProblems, id: str) -> None:
    """Ids and codes become addresses: none holds a slash, a dot, a colon or a quotation mark."""
    problems = found_problems(
        {"policies.yml": ("id: budget-law", f"id: '{id}'"), PROJECT: ("code: P1", f"code: '{id}'")},
        {"departments/example/department.yml": f"slug: '{id}'\n"},
    )
    assert sorted(found.code for found in problems) == ["S209", "S209", "S210"]


def test_deep_and_large_files_stop_the_book_not_the_process(found_problems: FoundProblems) -> None:
    deep = "a: " + "[" * 200_000
    (found,) = found_problems(files={f"{YEAR}/narrative.yml": deep})
    assert found.code == "Y106"
    assert dict(found.values)["limit"] == str(MAXIMUM_DEPTH)


def test_the_book_cannot_be_changed(real_book: Book) -> None:
    with pytest.raises(AttributeError):
        real_book.site = None  # type: ignore[misc, assignment]


# Departments read elsewhere.


def elsewhere(
    read: Callable[[Path], ReadDepartment], folders: Iterable[Path]
) -> Iterable[ReadDepartment]:
    """As other processes would: last first, and with nothing but what can be sent."""
    sent = pickle.dumps(read)
    back = {path: pickle.dumps(pickle.loads(sent)(path)) for path in reversed(list(folders))}
    return [pickle.loads(data) for data in reversed(back.values())]


def test_departments_read_in_other_processes_make_the_same_book() -> None:
    folder = Path(__file__).parents[2] / "examples" / "district" / "data"
    book, problems = read_book(folder)
    assert book is not None
    assert len(book.departments) > 2
    other, same_problems = read_book(folder, mapper=elsewhere)
    assert other is not None
    assert (other, same_problems) == (book, problems)
    assert list(other.sources) == list(book.sources)
    for one, same in zip(book.disclosures, other.disclosures, strict=True):
        assert one.place("budget.yml", ("revenue",)) == same.place("budget.yml", ("revenue",))


def test_departments_read_in_other_processes_have_the_same_problems(
    write_data: WriteData,
) -> None:
    folder = write_data({"{year}/budget.yml": ("unit: 万元", "unit: 亿元")})
    departments = folder / "departments"
    shutil.copytree(departments / "example", departments / "another")
    (departments / "a.txt").write_text("", "utf-8")
    (departments / "another" / "department.yml").write_text("slug: another\npredecessors: [x]\n")
    _, problems = read_book(folder)
    codes = [found.code for found in problems]
    assert sorted(codes) == ["R304", "R306", "S215", "S215"]
    assert read_book(folder, mapper=elsewhere)[1] == problems


def test_reading_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    states = []

    def seen(
        read: Callable[[Path], ReadDepartment], folders: Iterable[Path]
    ) -> Iterable[ReadDepartment]:
        states.append(gc.isenabled())
        return map(read, folders)

    gc.enable()
    read_book(SMALLEST, mapper=seen)
    assert (states, gc.isenabled()) == ([False], True)
    gc.disable()
    try:
        read_book(SMALLEST)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_place_looks_for_its_line_when_it_is_asked() -> None:
    (disclosure,) = load_book(SMALLEST).disclosures
    source = disclosure.files["budget.yml"]
    place = disclosure.place("budget.yml", ("revenue", "total"))
    same = disclosure.place("budget.yml", ("revenue", "total"))
    assert len({place, same, disclosure.place("budget.yml", ("revenue",))}) == 2
    assert source._positions is None
    assert place.span.line == 3
    written = Place("budget.yml", ("revenue", "total"), place.span)
    assert (place, hash(place)) == (written, hash(written))
    assert pickle.loads(pickle.dumps(place)) == place
    assert b"revenue" not in pickle.dumps(disclosure.place("budget.yml", ())), "not the whole file"
    assert place != Place("budget.yml", ("revenue", "total"), Span(source.file, 4, 1))
    assert place != disclosure.place("budget.yml", ("revenue",))
    assert place != ("budget.yml", ("revenue", "total"), place.span)
