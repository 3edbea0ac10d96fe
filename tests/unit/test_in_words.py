"""The overview in plain words: for any data every amount and percentage is that of the data.

The sentences for the data of this project stand here as a reader reads them; those of the
fictitious district in ``tests/example/test_in_words.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.book import Book, Disclosure, Project
from disclosure.model.budget import BudgetFile
from disclosure.model.fields import BLANK, LANGS, Figure, Lang, parse_decimal
from disclosure.model.project import ProjectFile
from disclosure.problems import Severity
from disclosure.rules.check import Check
from disclosure.rules.examine import Examination, Examined, examine
from disclosure.rules.finding import Finding
from disclosure.site.blocks import (
    Amount,
    FindingMark,
    Line,
    Link,
    Paragraph,
    Phrase,
    Section,
    line_text,
)
from disclosure.site.edition import Edition
from disclosure.site.places import ShowFindings
from disclosure.site.views.in_words import abstract, section, sentences
from disclosure.site.views.overview import overview

YEAR = 2024
YUAN = {"万元": 10_000, "元": 1}

# ---- the data of this project ------------------------------------------------------------

REAL: dict[Lang, tuple[str, ...]] = {
    "zh": (
        "2024年预算收入总计和支出总计都是3804.65万元，收支平衡。",
        "预算安排基本支出384.65万元（占支出总计的10.1%）和项目支出3420万元（占89.9%）。",
        "共有12个项目，金额最大的是重点产业扶持资金，2000.00万元，占各项目合计的55.4%；"
        "最大的3个合计占85.0%。",
        "机关运行经费预算30.62万元；“三公”经费预算0.30万元，与2023年持平。",
        "文件写明，与2023年预算相比，收支总额增加119.79万元，基本支出增加46.29万元，"
        "项目支出增加215.53万元。",
        "本站核对，发现4处数字对不上（编者都有说明）和2处内容缺项（编者都有说明）：见数据核对。",
    ),
    "en": (
        "In the 2024 budget, total revenue and total expenditure balance at CNY 38,046,500.",
        "The budget allocates CNY 3,846,500 (10.1% of total expenditure) to basic expenditure and "
        "CNY 34,200,000 (89.9%) to project expenditure.",
        "There are 12 projects; the largest is Key industry support funds, at CNY 20,000,000 "
        "(55.4% of all projects together); the 3 largest make up 85.0%.",
        "Agency operating expenses are budgeted at CNY 306,200; “three public” expenses are "
        "budgeted at CNY 3,000, unchanged from 2023.",
        "The document states these changes from the 2023 budget: total revenue and expenditure up "
        "by CNY 1,197,900, basic expenditure up by CNY 462,900 and project expenditure up by "
        "CNY 2,155,300.",
        "The site’s checks found 4 figures that do not agree (all explained by the editors) and 2 "
        "items missing or incomplete (all explained by the editors): see Data checks.",
    ),
}


@pytest.fixture(scope="module")
def examined(real_book: Book) -> Examination:
    return examine(real_book)


@pytest.mark.parametrize("lang", LANGS)
def test_the_sentences_of_this_project(
    real_book: Book, real_disclosure: Disclosure, examined: Examination, lang: Lang
) -> None:
    edition = Edition(real_book, lang, examination=examined)
    lines = sentences(edition, real_disclosure)
    assert tuple(map(line_text, lines)) == REAL[lang]
    # The figures that do not agree bear their marks here too, without anchors of their own.
    marks = [part for line in lines for part in line if isinstance(part, FindingMark)]
    rules = [mark.target.anchor for mark in marks]
    assert rules == ["a408-1", "a405-1", "a411-1"]
    assert not any(mark.anchor for mark in marks)
    links = [part.target for line in lines for part in line if isinstance(part, Link)]
    assert [str(each.page.kind) for each in links if each.page] == ["part", "project", "checks"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_description_takes_whole_sentences(
    real_book: Book, real_disclosure: Disclosure, examined: Examination, lang: Lang
) -> None:
    edition = Edition(real_book, lang, examination=examined)
    first, second, *_ = REAL[lang]
    both = first + (" " if lang == "en" else "") + second
    lines = sentences(edition, real_disclosure)
    assert abstract(edition, lines, len(both)) == both
    assert abstract(edition, lines, len(both) - 1) == first
    assert abstract(edition, lines, len(first) - 1) == ""


def test_the_overview_begins_with_the_sentences(
    real_book: Book, real_disclosure: Disclosure, examined: Examination
) -> None:
    name, name_en = (
        "承德高新技术产业开发区经济与科技发展局",
        "Economic and Technological Development Bureau, Chengde High-tech Industrial Development "
        "Zone",
    )
    described: dict[Lang, str] = {
        "zh": f"{name}2024年部门预算 · {REAL['zh'][0]}{REAL['zh'][1]}",
        "en": f"{name_en}: {REAL['en'][0]}",  # too long a name for more
    }
    for lang in LANGS:
        page = overview(Edition(real_book, lang, examination=examined), real_disclosure)
        headed = [block for block in page.blocks if isinstance(block, Section)]
        assert [block.anchor for block in headed][:2] == ["in-words", "figures"]
        assert not headed[0].searched
        assert not any(isinstance(each, Paragraph) and each.style == "lead" for each in page.blocks)
        assert page.description == described[lang]


# ---- any data ----------------------------------------------------------------------------

Printed = Any  # the text of a figure, BLANK where its place is empty, None where it has none

AMOUNTS = st.one_of(
    st.sampled_from(["0", "0.00", "1", "100", "100.00", "1,234.56", "3804.65", "-5", "0.0004"]),
    st.decimals("0", "10000000", places=2).map(str),
)
FIGURES = st.one_of(AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from([None, BLANK, "不适用"]))
CHANGES = st.one_of(
    st.sampled_from([None, "0", "0.00", "+12.50", "-12.50", "-1,000", "－3", "7"]), FIGURES
)
CARRIED = st.one_of(st.none(), FIGURES)


def given_only(**figures: Printed) -> dict[str, Printed]:
    return {key: value for key, value in figures.items() if value is not None}


@st.composite
def budgets(draw: st.DrawFn) -> BudgetFile:
    """A file of figures: each of them there or not, the two totals often the same."""
    total: Printed = draw(FIGURES)
    spent = given_only(
        total=draw(st.one_of(st.just(total), FIGURES)),
        basic=draw(FIGURES),
        projects=draw(FIGURES),
        carried_forward=draw(CARRIED),
    )
    data: dict[str, Any] = {
        "unit": draw(st.sampled_from(["万元", "万元", "元"])),
        "revenue": given_only(total=total),
        "expenditure": spent,
    }
    if draw(st.booleans()):
        change = given_only(total=draw(CHANGES), basic=draw(CHANGES), projects=draw(CHANGES))
        data["change"] = {"from": str(YEAR - 1), **change}
    if draw(st.booleans()):
        data["agency_operating"] = given_only(total=draw(FIGURES))
    if draw(st.booleans()):
        data["three_public"] = given_only(total=draw(FIGURES))
        of_them: Printed = draw(CHANGES)
        if of_them is not None:
            data["three_public"]["change"] = {"from": str(YEAR - 1), "total": of_them}
    return BudgetFile.model_validate(data)


NAMES = ["重点产业扶持资金", "民营企业奖补", "没有英文名称的项目"]
"""Names with English and without."""


@dataclass(frozen=True)
class Case:
    """A disclosure to tell of, the others of its department, and how many findings it has."""

    kind: str
    budget: BudgetFile | None
    projects: tuple[ProjectFile, ...]
    before: BudgetFile | None
    planned: BudgetFile | None
    checks: int
    differ: tuple[bool, ...]
    """For each figure that does not agree whether the editors explain it."""
    incomplete: tuple[bool, ...]
    show: ShowFindings


def project_file(number: int, name: str, amount: Printed) -> ProjectFile:
    return ProjectFile.model_validate({"code": f"P{number}", "name": name, "budget": amount})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    few = st.sampled_from(["100", "100.00", "250.5"])  # ties
    amounts = draw(
        st.one_of(
            st.lists(few, max_size=7),
            st.lists(AMOUNTS, max_size=8),
            st.lists(st.one_of(few, st.sampled_from([BLANK, "不适用"])), max_size=5),
        )
    )
    projects = tuple(
        project_file(number, draw(st.sampled_from(NAMES)), amount)
        for number, amount in enumerate(amounts, 1)
    )
    kind = draw(st.sampled_from(["budget", "final"]))
    maybe = st.one_of(st.none(), budgets())
    explained = st.lists(st.booleans(), max_size=3).map(tuple)
    differ = draw(explained)
    return Case(
        kind,
        draw(st.one_of(budgets(), budgets(), budgets(), st.none())),
        projects,
        draw(maybe),
        draw(maybe) if kind == "final" else None,
        draw(st.integers(0, 3)) + len(differ),
        differ,
        draw(explained),
        draw(st.sampled_from(["figures", "figures", "all", "none"])),
    )


MakeBook = Callable[[Case], tuple[Book, Disclosure, Examination]]


@pytest.fixture(scope="module")
def make(real_book: Book, real_disclosure: Disclosure, examined: Examination) -> MakeBook:
    """A function that puts a case in the place of the real disclosure.

    Its findings are real ones, at places that the sentences do not show.
    """
    stock = [
        each
        for each in examined.of(real_disclosure).findings
        if each.problem.severity is Severity.FIGURE
    ]
    some_check = next(iter(examined.of(real_disclosure).checks))
    with_check = next(each for each in stock if each.check and "projects" in each.place.file)
    without = next(each for each in stock if not each.check)
    hint = next(
        each
        for each in examined.of(real_disclosure).findings
        if each.problem.severity is Severity.HINT
    )

    def found(like: Finding, explained: bool) -> Finding:
        return like if explained else replace(like, problem=replace(like.problem, explanation=None))

    def other(kind: str, year: int, budget: BudgetFile | None) -> Disclosure:
        header = real_disclosure.header.model_copy(update={"kind": kind, "year": year})
        return replace(
            real_disclosure, header=header, budget=budget, projects=(), acknowledged=None
        )

    def book_of(case: Case) -> tuple[Book, Disclosure, Examination]:
        source = real_disclosure.projects[0].source
        projects = tuple(Project(each, source) for each in case.projects)
        disclosure = replace(other(case.kind, YEAR, case.budget), projects=projects)
        others = [other(case.kind, YEAR - 1, case.before)] if case.before else []
        others += [other("budget", YEAR, case.planned)] if case.planned else []
        (department,) = real_book.departments
        everything = (disclosure, *others)
        book = replace(real_book, departments=(replace(department, disclosures=everything),))
        checks: tuple[Check, ...] = (some_check,) * case.checks
        findings = (
            *(found(with_check, each) for each in case.differ),
            *(found(without, each) for each in case.incomplete),
            hint,
        )
        examination = Examination(
            {
                (each.department, each.slug): Examined(checks, findings)
                if each is disclosure
                else Examined((), ())
                for each in everything
            },
            (),
        )
        return book, disclosure, examination

    return book_of


Told = dict[Lang, tuple[Line, ...]]


def told(make: MakeBook, case: Case) -> Told:
    book, disclosure, examination = make(case)
    return {
        lang: sentences(Edition(book, lang, examination=examination, show=case.show), disclosure)
        for lang in LANGS
    }


def amounts(line: Line) -> list[Amount]:
    return [part for part in line if isinstance(part, Amount)]


def words_only(line: Line) -> str:
    """The text without amounts and names, whose digits are not ours."""
    return "".join(part.text for part in line if isinstance(part, Phrase))


def number(figure: Figure | None) -> Decimal | None:
    return figure.value if figure is not None else None


def yuan(budget: BudgetFile, figure: Figure | None) -> Fraction | None:
    value = number(figure)
    return None if value is None else Fraction(value) * YUAN[budget.unit]


def figures(budget: BudgetFile | None) -> Iterator[Figure | None]:
    if budget is not None:
        yield budget.revenue.total
        spent = budget.expenditure
        yield from (spent.total, spent.basic, spent.projects, spent.carried_forward)
        yield budget.agency_operating.total if budget.agency_operating else None
        yield budget.three_public.total if budget.three_public else None


def changes(budget: BudgetFile) -> Iterator[Figure | None]:
    if change := budget.change:
        yield from (change.total, change.basic, change.projects)
    if budget.three_public and (public := budget.three_public.change):
        yield public.total


def of_the_data(case: Case) -> set[Fraction]:
    """Every amount that may be said, in yuan: figures, printed changes, what is out of balance."""
    allowed: set[Fraction | None] = set()
    for budget in (case.budget, case.before, case.planned):
        if budget is not None:
            allowed |= {yuan(budget, each) for each in figures(budget)}
    if (budget := case.budget) is not None:
        allowed |= {abs(each) for each in map(lambda f: yuan(budget, f), changes(budget)) if each}
        received, spent = (
            yuan(budget, each.total) for each in (budget.revenue, budget.expenditure)
        )
        if received is not None and spent is not None:
            allowed.add(abs(received - spent))
        allowed |= {yuan(budget, each.budget) for each in case.projects}
    return {each for each in allowed if each is not None}


def percent(ratio: Fraction) -> str:
    """One decimal place, half to even, said in words where it is neither nothing nor all."""
    if ratio in (0, 1):
        return "100%" if ratio else "0%"
    tenths, rest = divmod(abs(ratio) * 1000, 1)
    tenths += rest > Fraction(1, 2) or (rest == Fraction(1, 2) and tenths % 2 == 1)
    if tenths == 0:
        return "0.1%"  # less than
    if tenths == 1000:
        return "100%"  # almost, or just over
    return f"{tenths // 10:,}.{tenths % 10}%"


def of_the_data_in_percent(case: Case) -> set[str]:
    """Every percentage that may be said."""
    ratios: list[tuple[Fraction | None, Fraction | None]] = []
    if (budget := case.budget) is not None:
        spent = budget.expenditure
        total = yuan(budget, spent.total)
        kinds = (spent.basic, spent.projects, spent.carried_forward)
        ratios += [(yuan(budget, each), total) for each in kinds]
        all_of_them = sorted((Fraction(each.budget.number) for each in case.projects), reverse=True)
        if all_of_them:
            ties = all_of_them.count(all_of_them[0])
            whole = sum(all_of_them, Fraction(0))
            ratios += [(sum(all_of_them[:n], Fraction(0)), whole) for n in (1, 3, ties)]
        for other in (case.before, case.planned):
            if other is not None:
                for key in ("total", "basic", "projects"):
                    now = yuan(budget, getattr(spent, key))
                    then = yuan(other, getattr(other.expenditure, key))
                    if now is not None and then is not None:
                        ratios.append((abs(now - then) if other is case.before else now, then))
    return {percent(part / whole) for part, whole in ratios if part is not None and whole}


def every_amount_and_every_percentage_is_that_of_the_data(case: Case, both: Told) -> None:
    allowed, percents = of_the_data(case), of_the_data_in_percent(case)
    for lang, lines in both.items():
        for line in lines:
            for amount in amounts(line):
                assert Fraction(amount.yuan) in allowed, line_text(line)
                assert in_yuan(amount) == amount.yuan, amount
            said = re.findall(r"\d[\d,]*(?:\.\d+)?%", words_only(line))
            assert set(said) <= percents, (lang, line_text(line))


def in_yuan(amount: Amount) -> Decimal:
    """What the shown text says, read again."""
    if amount.lang == "en":
        value = parse_decimal(amount.text.replace("CNY ", ""))
    else:
        value = parse_decimal(re.sub("万?元$", "", amount.text))
    assert value is not None, amount.text
    return value * (YUAN["万元"] if amount.text.endswith("万元") else 1)


def both_languages_say_the_same_in_the_same_order(case: Case, both: Told) -> None:
    zh, en = both.values()
    assert len(zh) == len(en) <= 7
    for one, other in zip(zh, en, strict=True):
        assert [each.yuan for each in amounts(one)] == [each.yuan for each in amounts(other)]
        digits = (re.findall(r"\d[\d,.]*%?", words_only(each)) for each in (one, other))
        assert sorted(map(plain, next(digits))) == sorted(map(plain, next(digits)))
        links = ([p.target for p in line if isinstance(p, Link)] for line in (one, other))
        assert next(links) == next(links)


def plain(digits: str) -> str:
    return digits.rstrip(",.")


def every_sentence_is_well_written(case: Case, both: Told) -> None:
    for lang, lines in both.items():
        for line in lines:
            text = line_text(line)
            assert text.endswith("。" if lang == "zh" else "."), text
            assert not re.search(r"None|[{}]|\(\)|（）|  |\d[eE][+-]?\d", text), text
            assert not re.search(r"[,.;:、，。；：]\s*[,.;:、，。；：]", text), text
            assert not re.search(r"\s[,.;:)、，。；：）]|[(（]\s", text), text
            assert text.count("。" if lang == "zh" else ". ") == (1 if lang == "zh" else 0), text
    for line in both["en"]:
        text = line_text(line)
        assert re.match(r"[A-Z]|“[A-Z]", text), text
        assert not re.search(r"[，。；：（）、]|-\d", text), text
        for count, _, more in re.findall(r"(\d[\d,]*) (project|figure|item)(s?)\b", text):
            assert (count == "1") == (more == ""), text
        for verb, count in re.findall(r"There (is|are) (\d+)", text):
            assert (verb == "is") == (count == "1"), text
        for count, verb in re.findall(r"(\d+) of which (has|have)", text):
            assert (verb == "has") == (count == "1"), text
    for line in both["zh"]:
        assert not re.search(r"\d (?:个|处)|(?<!\d)[,;:()]", words_only(line)), line_text(line)


SAID_OF: Mapping[str, Callable[[BudgetFile], Figure | None]] = {
    "收入总计": lambda budget: budget.revenue.total,
    "机关运行经费": lambda b: b.agency_operating.total if b.agency_operating else None,
    "“三公”经费": lambda b: b.three_public.total if b.three_public else None,
}


def all_that_is_printed_is_said_and_nothing_else(case: Case, both: Told) -> None:
    lines = both["zh"]
    texts = list(map(line_text, lines))
    said = {each.yuan for line in lines for each in amounts(line)}
    missing = "".join(each for each in texts if each.startswith("文件没有印出"))
    others = "".join(each for each in texts if not each.startswith("文件没有印出"))
    budget = case.budget
    if budget is None:
        assert not said and not missing
    else:
        for label, figure_of in SAID_OF.items():
            figure = figure_of(budget)
            assert (label in others) == (number(figure) is not None), (label, texts)
            assert not (label in missing and number(figure) is not None)
        for figure in figures(budget):
            value = yuan(budget, figure)
            if value is not None and (figure is not budget.expenditure.carried_forward):
                assert value in said, (figure, texts)
        wanted = [
            label
            for label, figure in (
                ("收入总计", budget.revenue.total),
                ("支出总计", budget.expenditure.total),
                ("基本支出", budget.expenditure.basic),
                ("项目支出", budget.expenditure.projects),
            )
            if figure is None or figure.nothing == "blank"
        ]
        assert all(label in missing for label in wanted), texts
        spent = budget.expenditure
        left = number(spent.carried_forward) or Decimal(0)
        kinds = any(number(each) is not None for each in (spent.basic, spent.projects))
        assert ("另有年" in others) == (left > 0 and kinds), texts
    assert ("个项目" in others) == bool(case.projects)
    expected = case.show != "none" and bool(case.checks or case.differ or case.incomplete)
    assert ("本站核对" in others) == expected, texts


BY = re.compile(r"(?:增长|下降|增加|减少|up|down)(?: by)? ?(?:CNY )?(\d[\d,]*(?:\.\d+)?)")


def a_change_is_said_as_the_data_have_it(case: Case, both: Told) -> None:
    """Unchanged where equal and nowhere else; never an increase of nothing."""
    for line in (line for lines in both.values() for line in lines):
        for by in BY.findall(line_text(line)):
            assert Decimal(by.replace(",", "")), line_text(line)
    if (budget := case.budget) is None:
        return
    texts = list(map(line_text, both["zh"]))
    public = budget.three_public
    if public and public.total and public.total.value is not None and public.change:
        (text,) = (each for each in texts if "“三公”经费预算" in each or "“三公”经费支出" in each)
        assert said_as(text) == direction(public.change.total.value)
    printed = [each for each in texts if each.startswith("文件写明")]
    if printed:
        assert budget.change is not None
        change = budget.change
        clauses = dict(zip(("收支总额", "基本支出", "项目支出"), changes(budget), strict=False))
        for label, figure in clauses.items():
            if number(figure) is not None:
                assert said_as(printed[0].split(label)[1].split("，")[0]) == direction(
                    number(figure)
                )
        assert f"{change.since}年" in printed[0]
    if case.before is not None:
        against_last_year(budget, case.before, both["zh"])


def direction(value: Decimal | None) -> str:
    return "" if value is None else ("增加" if value > 0 else "减少" if value else "持平")


def said_as(text: str) -> str:
    return next((word for word in ("增加", "减少", "持平") if word in text), "")


def against_last_year(budget: BudgetFile, last: BudgetFile, lines: tuple[Line, ...]) -> None:
    now, then = yuan(budget, budget.expenditure.total), yuan(last, last.expenditure.total)
    since = [line for line in lines if line_text(line).startswith("与2023年")]
    if not since:
        return
    (line,) = since
    assert now is not None and then is not None
    main, _, parts = line_text(line).partition("；")
    assert said_as(main) == direction(
        Decimal(0) if now == then else Decimal(int(now > then) * 2 - 1)
    )
    assert [each.yuan for each in amounts(line)] == ([] if now == then else [then, now])
    assert ("%" in main) == (then > 0 and now >= 0 and now != then), main
    for label, key in (("基本支出", "basic"), ("项目支出", "projects")):
        part, was = (yuan(each, getattr(each.expenditure, key)) for each in (budget, last))
        word = re.search(rf"{label}(持平|增长|下降)", parts)
        if part is None or was is None or (part != was and (part < 0 or was <= 0)):
            assert word is None
        else:
            assert word is not None
            assert word[1] == ("持平" if part == was else "增长" if part > was else "下降")


PROMISES = (
    every_amount_and_every_percentage_is_that_of_the_data,
    both_languages_say_the_same_in_the_same_order,
    every_sentence_is_well_written,
    all_that_is_printed_is_said_and_nothing_else,
    a_change_is_said_as_the_data_have_it,
)


@settings(max_examples=150)
@given(case=cases())
def test_for_any_data(make: MakeBook, case: Case) -> None:
    """One search for all promises: making the cases is what takes time."""
    both = told(make, case)
    for promise in PROMISES:
        promise(case, both)


# ---- cases that a reader can read --------------------------------------------------------

EMPTY = Case("budget", None, (), None, None, 0, (), (), "figures")


def budget(unit: str = "万元", **parts: Mapping[str, Any]) -> BudgetFile:
    return BudgetFile.model_validate({"unit": unit, **parts})


def spending(total: Printed = None, **more: Printed) -> BudgetFile:
    return budget(expenditure=given_only(total=total, **more), revenue=given_only(total=total))


def some_projects(*amounts: Printed) -> tuple[ProjectFile, ...]:
    return tuple(project_file(number, NAMES[0], each) for number, each in enumerate(amounts, 1))


NAME, NAME_EN = NAMES[0], "Key industry support funds"
UNITLESS = budget()
READ: dict[str, tuple[Case, str, str]] = {
    "revenue exceeds expenditure": (
        replace(EMPTY, budget=budget(revenue={"total": "10.5"}, expenditure={"total": "10"})),
        "2024年预算收入总计10.5万元，支出总计10万元，收入比支出多0.5万元。",
        "In the 2024 budget, total revenue is CNY 105,000 and total expenditure CNY 100,000: "
        "revenue exceeds expenditure by CNY 5,000.",
    ),
    "only one total": (
        replace(EMPTY, budget=budget("元", expenditure={"total": "10"})),
        "2024年预算支出总计10元。",
        "In the 2024 budget, total expenditure is CNY 10.",
    ),
    "nothing is printed": (
        replace(EMPTY, budget=UNITLESS),
        "文件没有印出收入总计、支出总计、基本支出和项目支出。",
        "The document prints no figure for total revenue, total expenditure, basic expenditure or "
        "project expenditure.",
    ),
    "only basic expenditure": (
        replace(EMPTY, budget=spending("8", basic="8", projects="0")),
        "预算安排基本支出8万元（占支出总计的100%）和项目支出0万元。",
        "The budget allocates CNY 80,000 (100% of total expenditure) to basic expenditure and "
        "CNY 0 to project expenditure.",
    ),
    "almost all, and almost nothing": (
        replace(EMPTY, budget=spending("10000", basic="9999.99", projects="0.01")),
        "预算安排基本支出9999.99万元（占支出总计的近100%）和项目支出0.01万元（占不到0.1%）。",
        "The budget allocates CNY 99,999,900 (almost 100% of total expenditure) to basic "
        "expenditure and CNY 100 (less than 0.1%) to project expenditure.",
    ),
    "a part larger than the whole": (
        replace(EMPTY, budget=spending("10", basic="20", projects="5")),
        "预算安排基本支出20万元和项目支出5万元（占支出总计的50.0%）。",
        "The budget allocates CNY 200,000 to basic expenditure and CNY 50,000 (50.0% of total "
        "expenditure) to project expenditure.",
    ),
    "a carry-over": (
        replace(
            EMPTY,
            kind="final",
            budget=spending("100", basic="60", projects="30", carried_forward="10"),
        ),
        "实际用于基本支出60万元（占支出总计的60.0%）和项目支出30万元（占30.0%）；另有年末结转和结余"
        "10万元（占10.0%），没有在当年支出。",
        "Actual spending was CNY 600,000 (60.0% of total expenditure) on basic expenditure and CNY "
        "300,000 (30.0%) on project expenditure; CNY 100,000 (10.0%) was left at the year-end as "
        "carry-over and surplus.",
    ),
    "one project": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects("3.50")),
        f"只有1个项目：{NAME}，3.50万元。",
        f"There is 1 project: {NAME_EN}, at CNY 35,000.",
    ),
    "one project without an amount": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects(BLANK)),
        f"只有1个项目：{NAME}，没有金额。",
        f"There is 1 project: {NAME_EN}, with no amount.",
    ),
    "projects without a file of figures": (
        replace(EMPTY, projects=some_projects("1", "2")),
        "共有2个项目。",
        "There are 2 projects.",
    ),
    "five projects": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects("1", "5", "2", "3", "4")),
        f"共有5个项目，金额最大的是{NAME}，5万元，占各项目合计的33.3%。",
        f"There are 5 projects; the largest is {NAME_EN}, at CNY 50,000 (33.3% of all projects "
        "together).",
    ),
    "six projects": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects("1", "5", "2", "3", "4", "5.5")),
        f"共有6个项目，金额最大的是{NAME}，5.5万元，占各项目合计的26.8%；最大的3个合计占70.7%。",
        f"There are 6 projects; the largest is {NAME_EN}, at CNY 55,000 (26.8% of all projects "
        "together); the 3 largest make up 70.7%.",
    ),
    "all projects of the same amount": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects("5", "5.0", "5.00")),
        "共有3个项目，每个都是5万元。",
        "There are 3 projects, at CNY 50,000 each.",
    ),
    "two are the largest": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects("1", "5", "5.0")),
        f"共有3个项目，金额最大的2个是{NAME}和{NAME}，各5万元，合计占各项目合计的90.9%。",
        f"There are 3 projects; the 2 largest are {NAME_EN} and {NAME_EN}, at CNY 50,000 each "
        "(together 90.9% of all projects).",
    ),
    "four are the largest": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects("5", "1", "5", "5", "5")),
        "共有5个项目，金额最大的有4个，各5万元，合计占各项目合计的95.2%。",
        "There are 5 projects; the 4 largest are CNY 50,000 each (together 95.2% of all projects).",
    ),
    "one project of several has no amount": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects("5", BLANK, "1")),
        f"共有3个项目，其中1个没有金额，金额最大的是{NAME}，5万元。",
        f"There are 3 projects, 1 of which has no amount; the largest is {NAME_EN}, at CNY 50,000.",
    ),
    "only one project of several has an amount": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects("5", BLANK, "不适用")),
        f"共有3个项目，其中2个没有金额，有金额的只有{NAME}，5万元。",
        f"There are 3 projects, 2 of which have no amount; the only one with an amount is "
        f"{NAME_EN}, at CNY 50,000.",
    ),
    "no project has an amount": (
        replace(EMPTY, budget=UNITLESS, projects=some_projects(BLANK, BLANK)),
        "共有2个项目，都没有金额。",
        "There are 2 projects, none of which has an amount.",
    ),
    "one percent more than last year, in another unit": (
        replace(
            EMPTY, budget=spending("101"), before=budget("元", expenditure={"total": "1000000"})
        ),
        "与2023年预算相比，支出总计由100万元增加到101万元，增长1.0%。",
        "Compared with the 2023 budget, total expenditure rises from CNY 1,000,000 to "
        "CNY 1,010,000, up 1.0%.",
    ),
    "hardly less than last year": (
        replace(EMPTY, budget=spending("9999.99"), before=spending("10000")),
        "与2023年预算相比，支出总计由10000万元减少到9999.99万元，下降不到0.1%。",
        "Compared with the 2023 budget, total expenditure falls from CNY 100,000,000 to "
        "CNY 99,999,900, down less than 0.1%.",
    ),
    "nothing last year": (
        replace(EMPTY, budget=spending("5", basic="5"), before=spending("0", basic="0")),
        "与2023年预算相比，支出总计由0万元增加到5万元。",
        "Compared with the 2023 budget, total expenditure rises from CNY 0 to CNY 50,000.",
    ),
    "the same as last year": (
        replace(
            EMPTY,
            budget=spending("5", basic="3", projects="2"),
            before=spending("5.0", basic="2", projects="2.00"),
        ),
        "与2023年预算相比，支出总计持平；基本支出增长50.0%，项目支出持平。",
        "Compared with the 2023 budget, total expenditure is unchanged; basic expenditure is up "
        "50.0% and project expenditure is unchanged.",
    ),
    "printed changes": (
        replace(
            EMPTY,
            budget=budget(change={"from": "2022", "total": "-1,000.5", "basic": "0.00"}),
        ),
        "文件写明，与2022年预算相比，收支总额减少1,000.5万元，基本支出持平。",
        "The document states these changes from the 2022 budget: total revenue and expenditure "
        "down by CNY 10,005,000 and basic expenditure unchanged.",
    ),
    "as much as was budgeted": (
        replace(EMPTY, kind="final", budget=spending("80"), planned=spending("80.00")),
        "对照2024年预算，支出总计与预算80.00万元相同。",
        "Against the 2024 budget, total expenditure was exactly the CNY 800,000 budgeted.",
    ),
    "more than was budgeted": (
        replace(EMPTY, kind="final", budget=spending("90"), planned=spending("80")),
        "对照2024年预算，支出总计是预算80万元的112.5%。",
        "Against the 2024 budget, total expenditure came to 112.5% of the CNY 800,000 budgeted.",
    ),
    "hardly more than was budgeted": (
        replace(EMPTY, kind="final", budget=spending("10000.01"), planned=spending("10000")),
        "对照2024年预算，支出总计是预算10000万元的100%多一点。",
        "Against the 2024 budget, total expenditure came to just over 100% of the CNY 100,000,000 "
        "budgeted.",
    ),
    "less than was budgeted": (
        replace(EMPTY, kind="final", budget=spending("60"), planned=spending("80")),
        "对照2024年预算，支出总计是预算80万元的75.0%。",
        "Against the 2024 budget, total expenditure came to 75.0% of the CNY 800,000 budgeted.",
    ),
    "a total with a carry-over is not what was spent": (
        replace(
            EMPTY,
            kind="final",
            budget=spending("80", basic="50", projects="20", carried_forward="10"),
            planned=spending("80", basic="60", projects="20"),
        ),
        "对照2024年预算，基本支出是预算60万元的83.3%，项目支出与预算20万元相同。",
        "Against the 2024 budget, basic expenditure came to 83.3% of the CNY 600,000 budgeted and "
        "project expenditure was exactly the CNY 200,000 budgeted.",
    ),
    "“three public” expenses, less": (
        replace(
            EMPTY,
            kind="final",
            budget=budget(three_public={"total": "2", "change": {"from": "2023", "total": "-0.5"}}),
        ),
        "“三公”经费支出2万元，比2023年减少0.5万元。",
        "“Three public” expenses were CNY 20,000, down by CNY 5,000 from 2023.",
    ),
    "“three public” expenses, no change printed": (
        replace(
            EMPTY,
            budget=budget(three_public={"total": "2"}),
            before=budget(three_public={"total": "3"}),
        ),
        "“三公”经费预算2万元（2023年预算为3万元）。",
        "“Three public” expenses are budgeted at CNY 20,000 (in the 2023 budget: CNY 30,000).",
    ),
    "operating expenses only": (
        replace(EMPTY, budget=budget(agency_operating={"total": "0"})),
        "机关运行经费预算0万元。",
        "Agency operating expenses are budgeted at CNY 0.",
    ),
    "all figures agree": (
        replace(EMPTY, checks=1),
        "本站核对了1处数字，相符：见数据核对。",
        "The site checked 1 figure, and it agrees: see Data checks.",
    ),
    "all figures agree, something is missing": (
        replace(EMPTY, checks=55, incomplete=(False, False)),
        "本站核对了55处数字，全部相符；另发现2处内容缺项（编者尚未说明）：见数据核对。",
        "The site checked 55 figures, and all of them agree; it also found 2 items missing or "
        "incomplete (not yet explained by the editors): see Data checks.",
    ),
    "findings explained in part": (
        replace(EMPTY, checks=9, differ=(True, False, True), incomplete=(True,)),
        "本站核对，发现3处数字对不上（编者说明了其中2处）和1处内容缺项（编者已有说明）：见数据核对。",
        "The site’s checks found 3 figures that do not agree (2 of them explained by the editors) "
        "and 1 item missing or incomplete (explained by the editors): see Data checks.",
    ),
}


@pytest.mark.parametrize("name", READ)
def test_sentences_to_be_read(make: MakeBook, name: str) -> None:
    case, zh, en = READ[name]
    both = told(make, case)
    assert zh in list(map(line_text, both["zh"]))
    assert en in list(map(line_text, both["en"]))


def test_nothing_is_said_where_there_is_nothing(make: MakeBook) -> None:
    book, disclosure, examination = make(EMPTY)
    for lang in LANGS:
        edition = Edition(book, lang, examination=examination)
        assert sentences(edition, disclosure) == ()
        assert section(edition, disclosure) == ()
        page = overview(edition, disclosure)
        general = edition.say("overview.lead")
        assert page.blocks[0] == Paragraph(edition.line("overview.lead"), "lead")
        assert page.description.endswith(f" · {general}")


def test_a_name_without_english_is_marked(make: MakeBook) -> None:
    case = replace(EMPTY, budget=UNITLESS, projects=(project_file(1, NAMES[2], "1"),))
    (link,) = [part for line in told(make, case)["en"] for part in line if isinstance(part, Link)]
    assert link.text == Phrase(NAMES[2], "zh", untranslated=True, literal=True)
