"""Hints: each rule finds the slip it is for, and leaves alone what only looks like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from tests.unit.conftest import ROOT, SmallBook

from disclosure.book import Book, load_book
from disclosure.problems import CATALOGUE, Severity
from disclosure.rules.finding import Finding
from disclosure.rules.plausibility import implausible, implausible_texts, implausible_writing
from disclosure.rules.translation import texts

Found = list[tuple[str, str]]
# H620 is of the editions, not of what the data say: tests/unit/test_editions.py.
CODES = {code for code in CATALOGUE if code.startswith("H6")} - {"H620"}
INDICATOR = {"name": "配送户数", "target": "3,420 户", "basis": "工作方案"}


def hints(book: Book) -> list[Finding]:
    return [
        *(
            each
            for disclosure in book.disclosures
            for each in (
                *implausible(disclosure, book),
                *implausible_texts(texts(disclosure, book), disclosure, book),
            )
        ),
        *implausible_writing(book),
    ]


def found(book: Book) -> Found:
    return [(each.rule, each.address) for each in hints(book)]


def project(
    kind: str = "数量指标",
    rows: tuple[Mapping[str, str], ...] = (INDICATOR,),
    top: Mapping[str, str] | None = None,
    schedule: Mapping[str, str] | None = None,
    objective: str = "让居民温暖过冬",
    more: str = "",
) -> str:
    head = {"name": "清洁取暖", "budget": "60.00", "use": "取暖补助", **(top or {})}
    lines = ["code: P1", *(f"{key}: {value!r}" for key, value in head.items())]
    if schedule:
        lines += ["schedule:", *(f"  {key}: {value}" for key, value in schedule.items())]
    lines += ["objectives:", f"  - {objective!r}", "indicators:", f"  {kind}:"]
    for row in rows:
        lines += [
            f"    {'-' if index == 0 else ' '} {key}: {value!r}"
            for index, (key, value) in enumerate(row.items())
        ]
    return "\n".join((*lines, more, ""))


@pytest.fixture
def with_project(small_book: SmallBook) -> SmallBook:
    """The codes found in the smallest book with another project file, and their addresses."""

    def book(text: str, files: Mapping[str, str] | None = None) -> Book:
        return small_book(files={"{year}/projects/P1.yml": text, **(files or {})})

    return book


SCHEDULES = [
    ({"3月底": "50%", "6月底": "25%", "12月底": "100%"}, [("H601", "6月底")]),
    (
        {"3月底": "", "6月底": "60%", "9月底": "", "12月底": "40%"},
        [("H601", "12月底"), ("H603", "12月底")],
    ),
    ({"3月底": "25%", "6月底": "120%", "12月底": "100%"}, [("H602", "6月底")]),
    ({"3月底": "-5%", "12月底": "100%"}, [("H602", "3月底")]),
    ({"3月底": "25%", "12月底": "90%"}, [("H603", "12月底")]),
    # As printed in 2024: blanks, and everything spent at once.
    ({"3月底": "", "6月底": "", "12月底": "100%"}, []),
    ({"3月底": "100%", "6月底": "100%", "12月底": "100%"}, []),
    ({"3月底": "0%", "6月底": "20%", "10月底": "90.5%", "12月底": "100.00%"}, []),
    ({"6月底": "50%", "12月底": ""}, []),
]


@pytest.mark.parametrize(("schedule", "expected"), SCHEDULES)
def test_schedules(
    with_project: SmallBook, schedule: Mapping[str, str], expected: list[tuple[str, str]]
) -> None:
    said = found(with_project(project(schedule=schedule)))
    assert sorted(said) == [
        (code, f"projects/P1.yml/schedule/{period}") for code, period in expected
    ]


def row(name: str, target: str, **cells: str) -> dict[str, str]:
    return {"name": name, "target": target, **cells}


ALL = {"description": "社会效益", "basis": "社会效益"}
# kind of indicator, cells, codes expected in any order
ROWS: list[tuple[str, dict[str, str], list[str]]] = [
    # H604 a placeholder, in any cell
    ("数量指标", row("指标1", "3 户"), ["H604"]),
    ("数量指标", row("配送户数", "待定"), ["H604"]),
    ("数量指标", row("配送户数", "完成XX户"), ["H604"]),
    ("数量指标", row("配送户数", "3 户", basis="请填写依据"), ["H604"]),
    ("数量指标", row("配送户数", "3 户", basis="无"), []),
    ("数量指标", row("T型台阶数", "3 个", basis="GB50016"), []),
    ("数量指标", row("目标群体人数", "≥3 人"), []),
    # H605 a question
    ("质量指标", row("验收情况", "是否达到支持条件"), ["H605"]),
    ("质量指标", row("验收情况", "群众满意吗？"), ["H605"]),
    ("质量指标", row("验收情况", "能否按时完成"), ["H605"]),
    ("质量指标", row("验收情况", "逐户核实是否符合条件"), []),
    ("质量指标", row("是否通过验收", "通过验收"), []),
    # H606 the name again, H614 everywhere
    ("社会效益指标", row("提升环境水平", "提升环境水平", description="甲", basis="乙"), ["H606"]),
    ("社会效益指标", row("“民营”经济", "民营 经济"), ["H606"]),
    ("社会效益指标", row("提升环境水平", "环境水平提升到二级"), []),
    ("生态效益指标", row("无", "无", description="无", basis="无"), []),
    ("社会效益指标", row("社会效益", "社会效益", **ALL), ["H614"]),
    ("社会效益指标", row("社会效益", "明显", **ALL), []),
    # H607 a unit without a number
    ("生态效益指标", row("减少污染", "分"), ["H607"]),
    ("生态效益指标", row("减少污染", "≥"), ["H607"]),
    ("生态效益指标", row("减少污染", "≥ %"), ["H607"]),
    ("生态效益指标", row("减少污染", "", unit="%"), ["H607"]),
    ("生态效益指标", row("减少污染", "≥90%", basis="百分比"), ["H607"]),
    ("生态效益指标", row("减少污染", "90", operator="≥", unit="分"), []),
    ("生态效益指标", row("减少污染", "", operator="", unit=""), []),
    ("生态效益指标", row("减少污染", "优", basis="分级标准"), []),
    # H608 百分比 for %
    ("服务对象满意度指标", row("农户满意度", "≥80 百分比"), ["H608"]),
    ("服务对象满意度指标", row("农户满意度", "80", operator="≥", unit="百分比"), []),
    ("服务对象满意度指标", row("农户满意度", "≥80％"), []),
    ("服务对象满意度指标", row("农户满意度", "达到百分之八十"), []),
    # H609 what is measured in the place of its unit
    ("社会效益指标", row("公众认知", "≥10 群众满意度"), ["H609"]),
    ("社会效益指标", row("公众认知", "95覆盖率"), ["H609"]),
    ("社会效益指标", row("公众认知", "≥10%覆盖率"), []),
    ("社会效益指标", row("苗木存活", "3年存活率达标"), []),
    ("社会效益指标", row("苗木存活", "≥3年存活率"), []),
    ("社会效益指标", row("公众认知", "20 所"), []),
    # H610 over 100%
    ("质量指标", row("验收情况", "≥105%"), ["H610"]),
    ("质量指标", row("验收情况", "150", operator="=", unit="%"), ["H610"]),
    ("质量指标", row("验收情况", ">100%"), ["H610"]),
    ("质量指标", row("验收情况", "=100%"), []),
    ("经济效益指标", row("产值增长", "≥120%"), []),
    ("经济效益指标", row("企业投入", "≥200%", description="财政资金带动的倍数"), []),
    ("经济效益指标", row("企业投入", "≥600 万元"), []),
    # H611 an upper bound for what should be much
    ("质量指标", row("资金兑现完成率", "≤100%"), ["H611"]),
    ("服务对象满意度指标", row("农户评价", "<90%"), ["H611"]),
    ("数量指标", row("印刷手册数量", "≤50本"), ["H611"]),
    ("数量指标", row("印刷手册", "50", operator="≤", unit="本", direction="正向指标"), ["H611"]),
    ("数量指标", row("印刷手册数量", "50", operator="≤", unit="本", direction="反向指标"), []),
    ("质量指标", row("不合格率", "≤5%"), []),
    ("数量指标", row("安全事故次数", "≤1 次"), []),
    ("数量指标", row("印刷手册数量", "≥50本"), []),
    ("成本指标", row("项目总成本", "≤50 万元"), []),
    # H612 a goal, a deadline, a dated plan; the disclosure is of 2024
    ("数量指标", row("取暖", "在2022年底前完成改造"), ["H612"]),
    ("数量指标", row("取暖", "编制完成 2022 年的规划文本"), ["H612"]),
    ("数量指标", row("取暖", "3 户", basis="2021年型煤实施方案"), ["H612"]),
    ("数量指标", row("取暖", "3 户", basis="《2021年工作要点》"), ["H612"]),
    ("数量指标", row("取暖", "在 2023 年 10 月底前完成改造"), []),
    ("数量指标", row("取暖", "完成2021年结转工程"), []),
    ("数量指标", row("取暖", "改造2000年以前建成的小区"), []),
    ("数量指标", row("取暖", "2022年完成一半，2024年全部完成"), []),
    ("数量指标", row("取暖", "比2021年提高5个百分点"), []),
    ("数量指标", row("取暖", "3 户", basis="《关于下达2022年取暖资金的通知》"), []),
    ("数量指标", row("取暖", "3 户", basis="关于下达2022年取暖计划的通知"), []),
    ("数量指标", row("取暖", "3 户", basis="2022年试点项目验收材料"), []),
    ("数量指标", row("取暖", "3 户", basis="2021-2025年发展规划"), []),
    # H613 a row of another kind
    ("成本指标", row("质量指标", "申报成功"), ["H613"]),
    ("数量指标", row("确保型煤质量", "配送合格的型煤"), ["H613"]),
    ("时效指标", row("完成调查报告数量", "按时完成"), ["H613"]),
    ("质量指标", row("委托第三方成本", "≤600万元"), ["H613"]),
    ("社会效益指标", row("群众满意度", "≥90%"), ["H613"]),
    ("经济效益指标", row("成本利用率", "≤466.73 万元"), ["H613"]),
    ("经济效益指标", row("成本利用率", "≥80%"), []),
    ("质量指标", row("投诉次数", "≤3 次"), []),
    ("经济成本指标", row("成本指标", "≤60 万元"), []),
    ("满意度指标", row("服务对象满意度", "≥90%"), []),
    ("质量指标", row("服务质量", "优"), []),
    # H615 a stray foreign word
    ("数量指标", row("配送 the 户数", "3 户"), ["H615"]),
    ("数量指标", row("配送の户数カ", "3 户"), ["H615"]),
    ("数量指标", row("联东 u 谷 GDP、WiFi、km", "3 户"), []),
    ("数量指标", row("见 www.example.gov.cn 公示", "3 户"), []),
    ("数量指标", row("配送户数", "3 户", basis="plan"), []),
    # H616 half of a pair
    ("数量指标", row("全区“民营经济", "3 户"), ["H616"]),
    ("数量指标", row("配送）户数", "3 户"), ["H616"]),
    ("数量指标", row("配送(户数】", "3 户"), ["H616"]),
    ("数量指标", row('配送"户数', "3 户"), ["H616"]),
    ("数量指标", row("取暖（2022）、[甲〕、《乙》", "3 户"), []),
    ("数量指标", row("1）配送；2）安装", "3 户"), []),
    ("数量指标", row("改造（含 5)户", "3 户"), []),
    ("数量指标", row("用于取暖（洁净煤)", "3 户"), []),
    ("数量指标", row('24"屏幕', "3 户"), []),
    # H617 a number that is not listed
    ("数量指标", row("取暖", "3 户", basis="承财建[2022]120 号"), ["H617"]),
    ("数量指标", row("取暖", "3 户", basis="承财教〔2022〕119号"), ["H617"]),
    ("数量指标", row("取暖", "3 户", basis="根据承财建〔２０２２〕119号"), []),
    ("数量指标", row("取暖", "3 户", basis="政策文件,[2017]86号等"), []),
    ("数量指标", row("取暖", "3 户", basis="承财建2022年第119号"), []),
]

POLICIES = """\
- id: one
  number:
    zh: 承财建[2022]119 号
    en: Chengcaijian [2022] No. 119
- id: two
  number:
    zh: '[2017]86号'
    en: '[2017] No. 86'
- id: budget-law
  title:
    zh: 预算法
    en: Budget Law
"""


@pytest.mark.parametrize(("kind", "cells", "expected"), ROWS)
def test_rows(
    with_project: SmallBook, kind: str, cells: dict[str, str], expected: list[str]
) -> None:
    book = with_project(project(kind, (cells,)), {"policies.yml": POLICIES})
    said = found(book)
    assert [code for code, _ in said] == expected
    assert all(address.startswith(f"projects/P1.yml/indicators/{kind}/1") for _, address in said)


def test_rows_copied_from_another_kind(with_project: SmallBook) -> None:
    same = row("补短板", "≥20个", description="加快落地")
    text = project("经济效益指标", (same, same), more="  可持续影响指标:\n").rstrip() + (
        "\n    - {name: 补短板, target: ≥20个, description: 加快落地}\n"
        "    - {name: 加快, target: 快, description: 补短板}\n"
        "    - {name: 补短板, target: ≥30个, description: 加快落地}\n"
    )
    kind = "projects/P1.yml/indicators/可持续影响指标"
    assert found(with_project(text)) == [("H613", f"{kind}/1"), ("H613", f"{kind}/2/description")]


TEXTS: list[tuple[dict[str, str], str, list[tuple[str, str]]]] = [
    ({}, "1.目标内容 1", [("H604", "objectives/1")]),
    ({}, "（一）绩效目标2。", []),
    ({}, "2、绩效目标2。", [("H604", "objectives/1")]),
    ({}, "1.完成配送任务", []),
    ({"end": "2021年12月"}, "甲", [("H612", "end")]),
    ({"start": "2021年1月", "end": "2023年12月"}, "甲", []),
    ({"plan": "2021年启动建设"}, "甲", [("H612", "plan")]),
    ({"plan": "2021年启动，2025年完工"}, "甲", []),
    ({"reason": "2021年启动建设"}, "甲", []),
    ({"use": "2022年省级资金"}, "甲", []),
]


@pytest.mark.parametrize(("top", "objective", "expected"), TEXTS)
def test_texts(
    with_project: SmallBook, top: dict[str, str], objective: str, expected: list[tuple[str, str]]
) -> None:
    said = found(with_project(project(top=top, objective=objective)))
    assert said == [(code, f"projects/P1.yml/{path}") for code, path in expected]


def test_goals_of_the_department_are_looked_at(small_book: SmallBook) -> None:
    book = small_book({"{year}/narrative.yml": ("管好公文。", "编制完成 2022 年的规划。")})
    assert found(book) == [("H612", "narrative.yml/performance/divisions/1/items/1")]


def test_the_year_is_that_of_the_disclosure(small_book: SmallBook) -> None:
    text = project(rows=(row("取暖", "在2023年底前完成改造"),))
    book = small_book(files={"{year}/projects/P1.yml": text})
    assert found(book) == []
    (newer,) = [
        each.model_copy(update={"year": 2025})
        for each in (disclosure.header for disclosure in book.disclosures)
    ]
    for disclosure in book.disclosures:
        object.__setattr__(disclosure, "header", newer)
    assert [code for code, _ in found(book)] == ["H612"]


def test_without_a_list_of_policies_no_number_is_missing(with_project: SmallBook) -> None:
    text = project(rows=(row("取暖", "3 户", basis="承财建[2022]120 号"),))
    book = with_project(text)
    assert found(book) == [("H617", "projects/P1.yml/indicators/数量指标/1/basis")]
    sources = {name: source for name, source in book.sources.items() if name != "policies.yml"}
    object.__setattr__(book, "sources", sources)
    assert found(book) == []


CARRY = "    单位资金收入: 0.00"
CARRIED = [
    ("0.00", {"use": "2022年省级资金"}, True),
    ("0", {"name": "关于提前下达 2023 年取暖等项目资金预算的通知"}, True),
    ("0.00", {"use": "2024年省级资金"}, False),
    ("0.00", {"use": "根据2023年考核结果兑现资金"}, False),
    ("0.00", {"use": "2022年省级资金", "budget": "0.00"}, False),
    ("", {"use": "2022年省级资金"}, False),
    ("10.00", {"use": "2022年省级资金"}, False),
]


@pytest.mark.parametrize(("carried", "top", "expected"), CARRIED)
def test_carry_over(
    small_book: SmallBook, carried: str, top: dict[str, str], expected: bool
) -> None:
    book = small_book(
        {"{year}/budget.yml": (CARRY, f"{CARRY}\n    上年结转结余: {carried}")},
        {"{year}/projects/P1.yml": project(top=top)},
    )
    said = [each for each in found(book) if each[0] == "H619"]
    assert said == ([("H619", "budget.yml/revenue/sources/上年结转结余")] if expected else [])


REGULAR = ("13081124P00005210003G", "13081124P00001710001Q")
PROJECT_CODES = [
    ((*REGULAR, "130811240000521003G"), ["130811240000521003G"]),
    (("13081124P0000521O003G",), ["13081124P0000521O003G"]),
    (("13081124P0000521003G",), ["13081124P0000521003G"]),
    ((*REGULAR, "QN-17"), ["QN-17"]),
    (REGULAR, []),
    (("FIC23-EDU-001", "QN-17"), []),
    ((REGULAR[0], "QN-17"), []),
]


@pytest.mark.parametrize(("codes", "expected"), PROJECT_CODES)
def test_project_codes(small_book: SmallBook, codes: tuple[str, ...], expected: list[str]) -> None:
    # The project of the smallest data would be in the way.
    book = small_book(
        {"{year}/budget.yml": ("    projects:\n      - P1\n", "")},
        {
            f"{{year}}/projects/{code}.yml": f"code: {code}\nname: 取暖\nbudget: 1\n"
            for code in codes
        },
    )
    (disclosure,) = book.disclosures
    kept = tuple(each for each in disclosure.projects if each.code != "P1")
    object.__setattr__(disclosure, "projects", kept)
    said = [each for each in found(book) if each[0] == "H618"]
    assert said == [("H618", f"projects/{code}.yml/code") for code in expected]


def test_files_of_no_disclosure(small_book: SmallBook) -> None:
    book = small_book({"glossary.yml": ("不烧散煤的取暖。", "不烧 loose 散煤（的取暖。")})
    place = "glossary.yml/1/definition/zh"
    assert found(book) == [("H615", place), ("H616", place)]


def test_every_hint_has_a_case() -> None:
    """Found and not found; the cases of the schedule, the codes and the carry-over are above."""
    tested = {code for _, _, codes in ROWS for code in codes}
    others = {"H601", "H602", "H603", "H618", "H619"}
    assert tested | others == CODES
    assert not tested & others
    assert all(CATALOGUE[code].severity is Severity.HINT for code in CODES)


def test_the_smallest_data_have_no_hint(small_book: SmallBook) -> None:
    assert found(small_book()) == []


def test_the_2024_document(real_book: Book) -> None:
    """What was read in the printed tables, slip by slip."""
    said = hints(real_book)
    assert Counter(each.rule for each in said) == {
        "H604": 4,
        "H605": 11,
        "H606": 17,
        "H607": 2,
        "H608": 5,
        "H609": 1,
        "H611": 4,
        "H612": 5,
        "H613": 8,
        "H614": 3,
        "H616": 5,
        "H619": 1,
    }
    assert len({(each.rule, each.address) for each in said}) == len(said)
    carry_over = next(each for each in said if each.rule == "H619")
    assert "13081124P00005510003H (2022)" in carry_over.problem.message("en")


def test_the_fictitious_district() -> None:
    book = load_book(ROOT / "examples" / "district" / "data")
    assert hints(book) == []
