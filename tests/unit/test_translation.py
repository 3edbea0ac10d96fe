"""Which texts need English, and which of them have none."""

from __future__ import annotations

import typing
from typing import Any

from babel.messages.pofile import read_po
from pydantic import BaseModel
from tests.unit.conftest import ROOT, SMALLEST, YEAR, SmallBook

from disclosure.book import Book
from disclosure.language.coverage import free_texts, needs_english
from disclosure.model.fields import BLANK, FreeText
from disclosure.model.project import ProjectFile
from disclosure.rules.translation import missing_english, untranslated

PO = "translations/en/all.po"
PROJECT = f"{YEAR}/projects/P1.yml"


def project(**fields: object) -> ProjectFile:
    return ProjectFile.model_validate({"code": "P1", "name": "甲", "budget": "1", **fields})


def test_every_text_is_found_with_its_place() -> None:
    model = project(
        use=BLANK,
        sources={"财政资金": "1"},
        schedule={"6 月底": "50%"},
        objectives=["乙", "丙"],
        indicators={"数量指标": [{"name": "丁", "target": "1 个"}, {"name": "戊", "target": "己"}]},
    )
    found = [(each.path, each.text, each.kind) for each in free_texts(model)]
    words, target = FreeText.WORDS, FreeText.TARGET
    assert found == [
        (("name",), "甲", words),
        (("use",), "", words),
        (("schedule", "6 月底"), "6 月底", FreeText.PERIOD),
        (("objectives", 0), "乙", words),
        (("objectives", 1), "丙", words),
        (("indicators", "数量指标", 0, "name"), "丁", words),
        (("indicators", "数量指标", 0, "target"), "1 个", target),
        (("indicators", "数量指标", 1, "name"), "戊", words),
        (("indicators", "数量指标", 1, "target"), "己", target),
    ]


def test_what_can_be_said_without_a_translation(real_book: Book) -> None:
    model = project(
        use="100%",
        schedule={"6 月底": "50%", "年底": "100%", "2024-06": "1%"},
        objectives=["1 个"],
        indicators={
            "数量指标": [{"name": "无", "target": "1 个"}, {"name": "2", "target": "若干"}]
        },
    )
    needed = [f.text for f in free_texts(model) if needs_english(f, real_book.vocabulary)]
    assert needed == ["甲", "年底", "1 个", "无", "若干"]


def test_the_smallest_data_are_translated(small_book: SmallBook) -> None:
    assert untranslated(small_book()) == ()


def test_a_missing_english_is_found_wherever_the_text_stands(small_book: SmallBook) -> None:
    text = (SMALLEST / PO).read_text("utf-8").replace('msgid "综合科"', '#, fuzzy\nmsgid "综合科"')
    problems = missing_english(small_book(files={PO: text}))
    assert [(p.code, p.span.file, p.span.line, p.span.column) for p in problems] == [
        ("T505", f"data/{YEAR}/disclosure.yml", 10, 11),
        ("T505", f"data/{YEAR}/narrative.yml", 3, 16),
    ]
    assert problems[0].message("zh") == "这段中文还没有英文：综合科"


def test_every_free_text_of_a_book_is_looked_at(small_book: SmallBook) -> None:
    """Without any translation, each Chinese text of the smallest data is missing."""
    files = {PO: 'msgid ""\nmsgstr ""\n'}
    missing = {found.text for found in untranslated(small_book(files=files))}
    translated = {m.id for m in read_po((SMALLEST / PO).open("rb")) if m.id}
    assert missing == translated


def test_a_changed_text_loses_its_english(small_book: SmallBook) -> None:
    (missing,) = untranslated(small_book({PROJECT: ("use: 取暖补助", "use: 取暖补贴")}))
    assert (missing.text, missing.place.line) == ("取暖补贴", 8)


def test_english_for_one_project_only(small_book: SmallBook) -> None:
    own = (SMALLEST / PO).read_text("utf-8").replace('msgid "取暖', 'msgctxt "P1"\nmsgid "取暖')
    assert untranslated(small_book(files={PO: own})) == ()


# Texts by design: ids, codes and controlled words are not free text.
NOT_FREE = {"code", "id", "division", "legal_basis", "as_of", "unit", "kind", "item", "sources"}
# Of the information record: numbers and dates. And the code of an earlier project.
NOT_FREE |= {"index_number", "document_number", "issued", "approved", "published", "continues"}


def unmarked(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """Names of the fields below ``model`` that hold text without being marked for translation."""
    if model in seen:
        return set()
    seen.add(model)
    found: set[str] = set()
    for name, field in model.model_fields.items():
        marked = any(isinstance(mark, FreeText) for mark in field.metadata)
        for arm, free in arms(field.annotation, marked):
            if isinstance(arm, type) and issubclass(arm, BaseModel):
                found |= unmarked(arm, seen)
            elif arm is str and not free:
                found.add(name)
    return found


def arms(annotation: Any, marked: bool) -> typing.Iterator[tuple[Any, bool]]:
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is typing.Annotated:
        free = marked or any(isinstance(mark, FreeText) for mark in arguments[1:])
        yield from arms(arguments[0], free)
    elif arguments and typing.get_origin(annotation) is not typing.Literal:
        for argument in arguments:
            yield from arms(argument, False)
    else:
        yield annotation, marked


def test_no_text_field_of_a_disclosure_is_forgotten(real_book: Book) -> None:
    """A new field of plain ``str`` must be ``Text``, or be listed here with intent."""
    (disclosure,) = real_book.disclosures
    models = (disclosure.header, disclosure.budget, disclosure.narrative, disclosure.procurement)
    found: set[str] = set()
    for model in (*models, disclosure.assets, disclosure.projects[0].file):
        found |= unmarked(type(model), set())
    assert found - NOT_FREE == {"items", "indicators", "projects"}, "labels and codes only"


def test_the_real_data_are_translated_and_nothing_is_fuzzy(real_book: Book) -> None:
    assert untranslated(real_book) == ()
    files = sorted((ROOT / "data" / "translations" / "en").glob("*.po"))
    assert files
    seen: dict[tuple[str, str | None], str] = {}
    for path in files:
        for message in read_po(path.open("rb"), abort_invalid=True):
            if not message.id:
                continue
            assert not message.fuzzy, f"{path.name}: {message.id}"
            assert message.string.strip() == message.string != "", f"{path.name}: {message.id}"
            key = (message.id, message.context)
            assert key not in seen, f"{message.id}: {seen[key]} and {path.name}"
            seen[key] = path.name


def test_the_english_is_english(real_book: Book) -> None:
    for (_, zh), en in real_book.catalogue.english.items():
        assert not any("\u4e00" <= c <= "\u9fff" or c in "，。；：、《》（）" for c in en), (zh, en)
