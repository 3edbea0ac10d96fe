"""The page on the data format against the models and the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from tests.docs.fields import FORMS, LISTS, SECTIONS, fields
from tests.docs.pages import LANGS, ROOT, Code, page, unquoted

from disclosure.book import read_book
from disclosure.decode import decode, decode_list
from disclosure.model.fields import Model
from disclosure.model.project import ProjectFile
from disclosure.model.vocabulary import Vocabulary, VocabularyFile
from disclosure.problems import Problem, report, sort_problems
from disclosure.source import parse_yaml, read_yaml

CHINESE = {
    "text": "文字",
    "cell": "格内文字",
    "plain": "文字（不译）",
    "zh-en": "中英文",
    "figure": "数字",
    "percentage": "百分比",
    "year": "年份",
    "number": "正整数",
    "date": "日期",
    "time": "时间",
    "web address": "网址",
    "id": "标识",
    "code": "编码",
    "heading code": "科目编码",
    "rule code": "规则编号",
    "sha256": "校验值",
    "label": "名目",
    "block": "段落块",
    "word": "词条",
    "group": "一组",
}
DEFAULT_WORDS = ROOT / "plugins" / "disclosure" / "defaults" / "vocabulary.yml"


def canonical(type: str, lang: str) -> str:
    """The type of a field as ``fields`` names it."""
    if lang == "en":
        return type.replace("`", "")
    if type.startswith("以下之一："):
        return "one of " + type.removeprefix("以下之一：").replace("`", "").replace("、", ", ")
    english = {chinese: name for name, chinese in CHINESE.items()}
    if type.startswith("按名目："):
        return f"by label: {canonical(type.removeprefix('按名目：'), lang)}"
    if type.endswith("的列表"):
        return f"list of {english[type.removesuffix('的列表')]}"
    return english[type]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_field_is_listed_with_its_type(lang: str, section: str) -> None:
    listed = [
        (
            re.sub(r"<.*?>", "<>", unquoted(path)),
            canonical(type, lang),
            required == ("是" if lang == "zh" else "yes"),
        )
        for path, type, required, *_ in page("data-reference", lang).rows(section)
    ]
    assert listed == [(f.path, f.type, f.required) for f in fields(SECTIONS[section])]


@pytest.mark.parametrize("lang", LANGS)
def test_every_table_is_listed_with_its_columns(lang: str) -> None:
    reference = page("data-reference", lang)
    listed = [tuple(cell.replace("`", "") for cell in row) for row in reference.rows("tables")]
    kinds = {"budget": ("预算", "budget"), "final": ("决算", "final accounts")}
    expected = []
    for kind, names in kinds.items():
        for form in FORMS.forms(kind):  # type: ignore[arg-type]
            anchor = f"{kind}-{form.id}"
            name = f"[{names[0] if lang == 'zh' else names[1]} {form.number}](#{anchor})"
            title = form.title.zh if lang == "zh" else form.title.en
            expected += [(name, f"{form.id}.yml", title, f"{side.id}[]") for side in form.sides]
            columns = [column for side in form.sides for column in side.columns]
            rows = reference.rows(anchor)
            assert [unquoted(row[0]) for row in rows] == [column.id for column in columns]
            for row, column in zip(rows, columns, strict=True):
                assert row[2].endswith(column.zh) and row[3].endswith(column.en)
    assert listed == expected


@pytest.mark.parametrize("lang", LANGS)
def test_every_type_is_explained(lang: str) -> None:
    explained = [row[0] for row in page("data-format", lang).rows("types")]
    assert sorted(explained) == sorted(CHINESE.values() if lang == "zh" else CHINESE)


def vocabulary() -> Vocabulary:
    source, _ = read_yaml(DEFAULT_WORDS, "vocabulary.yml")
    assert source
    file, _ = decode(source, VocabularyFile)
    assert file
    return Vocabulary.of([file])


def problems(text: str, file: str, model: type[Model]) -> tuple[Problem, ...]:
    source, found = parse_yaml(text, file)
    if source:
        reader = decode_list if model in LISTS else decode
        found += reader(source, model, {"vocabulary": vocabulary()})[1]
    return sort_problems(found)


@pytest.mark.parametrize("section", [each for each in SECTIONS if each.startswith("file-")])
def test_the_example_of_each_file_is_correct(section: str) -> None:
    found = [
        code
        for code in page("data-format", "zh").codes
        if code.note == "example" and code.section == section
    ]
    assert len(found) == 1
    assert report(problems(found[0].text, "example.yml", SECTIONS[section])) == ""
    # Another YAML reader sees the same structure: no trick of ours is needed.
    assert type(yaml.safe_load(found[0].text)) is (list if SECTIONS[section] in LISTS else dict)


def test_the_messages_shown_are_those_of_the_software() -> None:
    codes = page("data-format", "zh").codes
    index = next(i for i, code in enumerate(codes) if code.note == "wrong")
    wrong, said = codes[index], codes[index + 1]
    assert said.note == "says"
    file = "data/departments/demo/2024-budget/budget.yml"
    assert said.text == report(problems(wrong.text, file, SECTIONS["file-budget"]))


def test_the_message_shown_to_editors_is_that_of_the_software() -> None:
    (said,) = [code for code in page("editors", "zh").codes if code.note == "message"]
    text = "unit: 万元\nexpenditure:\n  total: 3804.65万\n"
    file = "data/departments/demo/2024-budget/budget.yml"
    assert said.text == report(problems(text, file, SECTIONS["file-budget"]))


@pytest.mark.parametrize(
    "row", page("data-format", "zh").rows("traps"), ids=lambda row: str(row[1])
)
def test_each_trap_is_caught_and_its_advice_works(row: tuple[str, str, str]) -> None:
    plain, code, right = (unquoted(cell) for cell in row)
    _, found = parse_yaml(f"{plain}\n", "trap.yml")
    assert code in {each.code for each in found}
    source, none = parse_yaml(f"{right}\n", "trap.yml")
    assert source and none == ()


def test_the_traps_are_the_same_in_both_languages() -> None:
    tables = [page("data-format", lang).rows("traps") for lang in LANGS]
    assert tables[0] == tables[1] and len(tables[0]) >= 10


def test_the_case_without_a_message_has_none() -> None:
    source, found = parse_yaml("name: 办公 # 1 号楼\n", "trap.yml")
    assert source and source.value == {"name": "办公"} and found == ()


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


SMALLEST = {
    "site.yml": "format: 1\n",
    "departments/demo/department.yml": "slug: demo\n",
    "departments/demo/2024-budget/disclosure.yml": (
        "year: 2024\nkind: budget\ndepartment:\n  name: 示例局\n"
    ),
}


@pytest.mark.parametrize("missing", [None, *SMALLEST])
def test_three_files_are_enough_and_each_is_needed(tmp_path: Path, missing: str | None) -> None:
    write(tmp_path, {name: text for name, text in SMALLEST.items() if name != missing})
    (tmp_path / "departments" / "demo" / "2024-budget").mkdir(parents=True, exist_ok=True)
    book, found = read_book(tmp_path)
    assert (book is not None) == (missing is None)
    assert [each.code for each in found] == ([] if missing is None else ["R302"])


@pytest.mark.parametrize("prefix", ["_", ".", "~"])
def test_names_set_aside_are_not_read(tmp_path: Path, prefix: str) -> None:
    write(tmp_path, {**SMALLEST, f"{prefix}draft.yml": "?", f"departments/{prefix}x/y.yml": "?"})
    assert read_book(tmp_path)[1] == ()
    write(tmp_path, {"draft.yml": "a: 1\n"})
    assert [each.code for each in read_book(tmp_path)[1]] == ["R304"]


def test_a_word_of_the_site_adds_to_the_labels_of_the_software(tmp_path: Path) -> None:
    budget = "unit: 万元\nagency_operating:\n  items:\n    其它交通费用: 1.00\n    车费: 2.00\n"
    words = "operating_item:\n  - id: other-transport\n    zh: 其他交通费用\n    en: Transport\n"
    folder = "departments/demo/2024-budget"
    write(tmp_path, {**SMALLEST, f"{folder}/budget.yml": budget})
    assert [each.code for each in read_book(tmp_path)[1]] == ["S212"]
    write(tmp_path, {"vocabulary.yml": f"{words}    labels: [车费]\n"})
    assert read_book(tmp_path)[1] == ()


def test_the_translation_shown_is_read_and_its_rules_hold(tmp_path: Path) -> None:
    (entry,) = [code for code in page("data-format", "zh").codes if code.language == "po"]
    (zh,) = re.findall(r'^msgid "(.*)"$', entry.text, re.M)
    po = "translations/en/all.po"
    write(tmp_path, {**SMALLEST, po: header(entry)})
    book, found = read_book(tmp_path)
    assert book and found == ()
    english = book.catalogue.find(zh)
    assert english and english.startswith("Complete")
    assert book.catalogue.find(zh + " ") is None

    other = f'\nmsgctxt "P1"\nmsgid "{zh}"\nmsgstr "Otherwise"\n'
    write(tmp_path, {po: header(entry) + other})
    book, _ = read_book(tmp_path)
    assert book
    assert (book.catalogue.find(zh, "P1"), book.catalogue.find(zh, "P2")) == ("Otherwise", english)

    fuzzy = entry.text.replace("msgid", "#, fuzzy\nmsgid", 1)
    write(tmp_path, {po: fuzzy})
    book, _ = read_book(tmp_path)
    assert book and book.catalogue.find(zh) is None

    write(tmp_path, {po: entry.text, "translations/en/b.po": f'msgid "{zh}"\nmsgstr "Other"\n'})
    assert [each.code for each in read_book(tmp_path)[1]] == ["T501"]


def header(entry: Code) -> str:
    return 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + entry.text


def test_a_new_year_and_a_new_project_need_only_their_own_files(tmp_path: Path) -> None:
    examples = {c.section: c.text for c in page("data-format", "zh").codes if c.note == "example"}
    year = "departments/demo/2025-budget"
    project = examples["file-project"]
    write(
        tmp_path,
        {
            **SMALLEST,
            "policies.yml": examples["file-policies"],
            "glossary.yml": examples["file-glossary"],
            f"{year}/disclosure.yml": examples["file-disclosure"].replace("2024", "2025"),
            f"{year}/budget.yml": examples["file-budget"],
            f"{year}/projects/13081124P00000310002E.yml": project,
        },
    )
    book, found = read_book(tmp_path)
    assert book, report(found)
    assert [each.header.year for each in book.disclosures] == [2025, 2024]
    (only,) = next(book.disclosures).projects
    assert isinstance(only.file, ProjectFile) and only.file.order == 8
