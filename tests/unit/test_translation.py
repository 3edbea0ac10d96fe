"""Which texts need English, and which of them have none."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from pydantic import BaseModel
from tests.unit.conftest import ROOT, SMALLEST, YEAR, SmallBook

from disclosure.book import Book, load_book
from disclosure.language.coverage import free_texts, needs_english
from disclosure.language.quantities import not_in_english, quantities
from disclosure.language.terms import reads_as
from disclosure.model.fields import BLANK, FreeText
from disclosure.model.project import ProjectFile
from disclosure.rules.finding import Finding
from disclosure.rules.translation import (
    both_languages,
    entry_faults,
    missing_english,
    texts,
    used,
)
from disclosure.rules.translation import translations as translations_of

PO = "translations/en/all.po"
PROJECT = f"{YEAR}/projects/P1.yml"


def project(**fields: object) -> ProjectFile:
    return ProjectFile.model_validate({"code": "P1", "name": "甲", "budget": "1", **fields})


def untranslated(book: Book) -> list[Finding]:
    return [each for d in book.disclosures for each in missing_english(texts(d, book), book)]


def translations(book: Book) -> Iterator[Finding]:
    looked_up = {n for d in book.disclosures for n in used(tuple(texts(d, book)), book.catalogue)}
    faults = entry_faults(book, range(len(book.catalogue.entries)))
    return translations_of(book, looked_up, faults)


def position(text: str, path: Path) -> tuple[int, int]:
    """Line and column of a text in a file."""
    before, found, _ = path.read_text("utf-8").partition(text)
    assert found
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def found_text(each: Finding) -> str:
    return dict(each.problem.values)["found"]


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
    assert untranslated(small_book()) == []


def test_a_missing_english_is_found_wherever_the_text_stands(small_book: SmallBook) -> None:
    text = (SMALLEST / PO).read_text("utf-8").replace('msgid "综合科"', '#, fuzzy\nmsgid "综合科"')
    problems = [each.problem for each in untranslated(small_book(files={PO: text}))]
    assert [(p.code, p.span.file, p.span.line, p.span.column) for p in problems] == [
        ("T505", f"data/{YEAR}/{name}", *position("综合科", SMALLEST / YEAR / name))
        for name in ("disclosure.yml", "narrative.yml")
    ]
    assert problems[0].message("zh") == "这段中文还没有英文：综合科"


def test_every_free_text_of_a_book_is_looked_at(small_book: SmallBook) -> None:
    """Without any translation, each Chinese text of the smallest data is missing."""
    files = {PO: 'msgid ""\nmsgstr ""\n'}
    missing = {found_text(each) for each in untranslated(small_book(files=files))}
    translated = {m.id for m in read_po((SMALLEST / PO).open("rb")) if m.id}
    assert missing == translated


def test_a_changed_text_loses_its_english(small_book: SmallBook) -> None:
    (missing,) = untranslated(small_book({PROJECT: ("use: 取暖补助", "use: 取暖补贴")}))
    assert (found_text(missing), missing.place.span.line) == ("取暖补贴", 8)
    assert missing.address == "projects/P1.yml/use"


def test_english_for_one_project_only(small_book: SmallBook) -> None:
    own = (SMALLEST / PO).read_text("utf-8").replace('msgid "取暖', 'msgctxt "P1"\nmsgid "取暖')
    assert untranslated(small_book(files={PO: own})) == []


# Texts by design: ids, codes and controlled words are not free text.
NOT_FREE = {"code", "id", "division", "legal_basis", "as_of", "unit", "kind", "item", "sources"}
NOT_FREE |= {"parts", "tables"}  # of not_given: ends of addresses
# Of the information record: numbers and dates. And the code of an earlier project.
NOT_FREE |= {"index_number", "document_number", "issued", "approved", "published", "continues"}
NOT_FREE |= {"published_time"}


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
    assert untranslated(real_book) == []
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


# --- what the English says ---------------------------------------------------------------------

SMALL = (SMALLEST / PO).read_text("utf-8")


def said(small_book: SmallBook, zh: str, en: str, flags: str = "") -> list[Finding]:
    """What the rules say about one translation, put in place of that of 取暖补助."""
    text = SMALL.replace(
        'msgid "取暖补助"\nmsgstr "Heating subsidy"', f'{flags}msgid "{zh}"\nmsgstr "{en}"'
    )
    book = small_book({PROJECT: ("use: 取暖补助", f"use: {zh}")}, {PO: text})
    return list(translations(book))


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("T508", "补助 1.1 万户", "Subsidies for 1.1 households"),
        ("T508", "补助 18 万元", "Subsidies of CNY 18"),
        ("T508", "2024 年补助", "Subsidies of 2023"),
        ("T508", "三月补助", "Subsidies in May"),
        ("T509", "清洁取暖的补助", "Subsidies for warm homes"),
        ("T509", "预算内补助", "Subsidies"),
        ("T510", "补助", "Subsidies 补助"),
        ("T510", "补助、贴息", "Subsidies、interest"),
    ],
)
def test_a_translation_that_does_not_say_the_same(
    small_book: SmallBook, code: str, zh: str, en: str
) -> None:
    (found,) = said(small_book, zh, en)
    assert found.rule == code
    assert found.place.file == "translations/en/all.po"
    assert found.address == f"translations/en/all.po/{zh}"
    line = found.place.span.line
    assert found.place.span.file == f"data/{PO}"
    assert SMALL.splitlines()[line - 1] == 'msgid "取暖补助"'


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("补助 1.1 万户", "Subsidies for 11,000 households"),
        ("补助 18 万元", "Subsidies of CNY 180,000"),
        ("补助 3.5 亿元", "Subsidies of CNY 350 million"),
        ("三月底前补助", "Subsidies by the end of March"),
        ("清洁取暖的补助", "Clean-heating subsidies"),
        ("预算的编制", "How Budgets are drawn up"),
        ("补助", "Subsidies (补助)"),
    ],
)
def test_a_translation_that_says_the_same(small_book: SmallBook, zh: str, en: str) -> None:
    assert said(small_book, zh, en) == []


def test_a_fuzzy_entry_is_told_at_its_line(small_book: SmallBook) -> None:
    (found,) = said(small_book, "取暖补助", "Heating 补助 1", "#, fuzzy\n")
    line = SMALL.splitlines().index('msgid "取暖补助"') + 2
    assert (found.rule, found.place.span.line) == ("T506", line), "not published: nothing else"


def test_an_entry_that_nothing_uses(small_book: SmallBook) -> None:
    more = '\nmsgid "没有了"\nmsgstr "Gone"\n\nmsgctxt "P1"\nmsgid "行政"\nmsgstr "Office"\n'
    own = '\nmsgctxt "P1"\nmsgid "取暖补助"\nmsgstr "Subsidy"\n\n#~ msgid "旧"\n#~ msgstr "Old"\n'
    found = list(translations(small_book(files={PO: SMALL + more + own})))
    assert [(each.rule, each.address) for each in found] == [
        ("T507", "translations/en/all.po/没有了"),
        ("T507", "translations/en/all.po/P1/行政"),
    ]


def test_an_entry_without_english_is_told_where_the_text_stands(small_book: SmallBook) -> None:
    text = SMALL.replace('msgstr "Heating subsidy"', 'msgstr ""')
    book = small_book(files={PO: text})
    assert list(translations(book)) == []
    assert [each.rule for each in untranslated(book)] == ["T505"]


GLOSSARY = """- id: budget
  zh: 预算
  en: {name}
  definition:
    zh: {zh}
    en: {en}
- id: heating
  zh: 清洁取暖
  en: clean heating
  definition: {{zh: 甲, en: A}}
"""


@pytest.mark.parametrize(
    ("name", "zh", "en", "codes"),
    [
        ("budget", "一年的收支。预算是计划。", "Money of a year.", []),
        ("budget", "3 年的收支。", "Money of four years.", ["T508"]),
        ("budget", "清洁取暖的收支。", "Money for warm homes.", ["T509"]),
        ("budget", "收支。", "Money of 收支.", ["T510"]),
        ("budget", "收支。", "Money (收支).", []),
        ("预 budget", "收支。", "Money.", ["T510"]),
    ],
)
def test_definitions_hold_both_languages(
    small_book: SmallBook, name: str, zh: str, en: str, codes: list[str]
) -> None:
    text = GLOSSARY.format(name=name, zh=zh, en=en)
    found = list(both_languages(small_book(files={"glossary.yml": text})))
    assert [each.rule for each in found] == codes
    expected = "glossary.yml/1/en" if name != "budget" else "glossary.yml/1/definition/en"
    assert all(each.address == expected for each in found)


def test_policies_and_the_site_hold_both_languages(small_book: SmallBook) -> None:
    policies = "- id: budget-law\n  title: {zh: 清洁取暖 2024 年规划, en: Warm homes of 2025}\n"
    site = (
        "format: 1\nname: {zh: 预算, en: Money}\n"
        "description: {zh: 预算, en: Money}\neditor_note: {zh: 甲, en: 'A，b'}\n"
    )
    book = small_book(files={"policies.yml": policies, "site.yml": site})
    assert [(each.rule, each.address) for each in both_languages(book)] == [
        ("T508", "policies.yml/1/title/en"),
        ("T509", "site.yml/description/en"),
        ("T510", "site.yml/editor_note/en"),
    ], "names are quoted as they are: their terms are not compared"


@pytest.mark.parametrize("data", ["data", "examples/district/data"])
def test_the_rules_raise_no_false_alarm(data: str) -> None:
    book = load_book(ROOT / data)
    assert [each.problem.line("en") for each in translations(book)] == []
    assert [each.problem.line("en") for each in both_languages(book)] == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("10,000 人，１２ 个", "12 for 10000 people"),
        ("3亿5000万元", "CNY 350,000,000"),
        ("0.5 万亿元", "CNY 500 billion"),
        ("3-5 万元", "CNY 30,000 to 50,000"),
        ("20 千瓦", "20 kW"),
        ("5 千人，2 百人", "5,000 and 200 people"),
        ("80 百分点", "80 percentage points"),
        ("1-6 月", "January to June"),
        ("12 月底", "by year-end"),
        ("6 月 30 日", "the end of June"),
        ("14:30", "2:30 p.m."),
        ("1 次", "once"),
        ("2 项", "both items"),
        ("0 起", "no accidents"),
        ("第 3 期", "phase III"),
        ("第 21 条", "the twenty-first article"),
        ("[2022]119 号", "[2022] No. 119"),
        ("二〇二四年", "2024"),
        ("第十四条", "article 14"),
        ("二十一人", "twenty-one people"),
        ("一百二十人", "one hundred and twenty people"),
        ("一百零五家", "105 firms"),
        ("一万二千人", "12,000 people"),
        ("百分之九十九点五", "99.5%"),
        ("百分之百", "100%"),
        ("十九大，十九届", "the 19th congress"),
        ("四季度", "Q4"),
        ("七月、十一月、十二月", "July, Nov. and December"),
        ("三十余家", "over thirty firms"),
    ],
)
def test_numbers_that_both_languages_show(zh: str, en: str) -> None:
    assert not_in_english(zh, en) == ()
    assert list(quantities(zh)), "it does hold a number"
    assert not_in_english(zh, "…") == tuple(dict.fromkeys(quantities(zh)))


@pytest.mark.parametrize(
    "zh",
    [
        "十四五规划",
        "千家万户",
        "七八年",
        "这两项活动",
        "这两所学校",
        "第三方",
        "十分重要",
        "一次",
        "统一安排",
        "初三年级",
        "两化融合",
        "三公经费",
        "万一",
        "一百二人",
        "星期三",
        "三四十人",
    ],
)
def test_words_that_are_no_numbers(zh: str) -> None:
    assert list(quantities(zh)) == []


@pytest.mark.parametrize(
    ("zh", "shown"),
    [
        ("1.1 万户", "1.1 万 = 11,000"),
        ("2024 年", "2024"),
        ("1,234.50 元", "1,234.50 = 1234.5"),
        ("二〇二四年", "二〇二四 = 2024"),
        ("3-5 万元", "3"),
    ],
)
def test_a_number_is_shown_as_written_and_converted(zh: str, shown: str) -> None:
    assert next(iter(quantities(zh))).shown == shown


def test_a_very_long_text_takes_little_time() -> None:
    for piece in ("1,", "一", "9", "第一", "1-", "十万"):
        assert isinstance(not_in_english(piece * 50_000, piece * 50_000), tuple)


@pytest.mark.parametrize(
    ("form", "text", "holds"),
    [
        ("basic expenditure", "Basic expenditures", True),
        ("public institution", "of Public Institutions’ revenue", True),
        ("the unit's own funds", "from the units’ own funds", True),
        ("“three public” expenses", "three public expense", True),
        ("clean heating", "Clean-heating plan", True),
        ("subsidy", "Subsidies", True),
        ("output indicators", "output, benefit and satisfaction indicators", True),
        ("output indicators", "output and other indicators", True),
        ("output indicators", "output of many indicators", False),
        ("fixed assets", "fixed-asset investment", True),
        ("heat", "heating", False),
        ("budget", "budgetary", False),
        ("basic expenditure", "expenditure, basic", False),
        ("basic expenditure", "", False),
        ("中文", "anything", False),
    ],
)
def test_a_term_in_an_english_text(form: str, text: str, holds: bool) -> None:
    assert reads_as(form, text) is holds
