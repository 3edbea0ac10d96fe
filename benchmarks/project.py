"""One project of the invented city: its file, and the English of its texts.

Everything follows from the seed. Amounts are whole numbers of hundredths of the unit 万元
(ten thousand yuan) until they are printed.
"""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import dataclass, field

from benchmarks.words import BUREAUS, DISTRICTS, Bureau, Said, Work, place

PROJECTS = 240
"""Projects of a disclosure; the last disclosure of a city may have fewer."""
YEARS = (2025, 2024)
"""The years a department discloses, those that it discloses first before the others."""
GOING_ON = 120
"""So many projects of a year are those of the year before, with the same codes."""
SEED = 8
UNTRANSLATED = 61
"""About one text in so many has no English."""
WRONG = 40
"""About one project in so many has a figure that does not add up."""

_CHECK = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Project:
    """One project of one year; ``other`` is the part of its budget that is no fiscal funds."""

    code: str
    order: int
    name: Said
    work: Work
    budget: int
    other: int
    funds: str
    text: str


@dataclass(slots=True)
class Words:
    """The texts of a part of the data with their English, as they come up."""

    english: dict[str, str] = field(default_factory=dict)

    def __call__(self, zh: str, en: str) -> str:
        """The Chinese, to be written into a data file; its English is kept for the PO file."""
        self.english[zh] = en
        return zh

    def po(self, title: str) -> str:
        """The PO file. Some texts are left without English: always the same ones."""
        head = f'# {title}\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
        head += '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        head += '"Content-Transfer-Encoding: 8bit\\n"\n'
        entries = (
            f'\nmsgid "{zh}"\nmsgstr "{en}"\n'
            for zh, en in self.english.items()
            if zlib.crc32(zh.encode()) % UNTRANSLATED
        )
        return head + "".join(entries)


def amount(hundredths: int) -> str:
    """``123456`` → ``1234.56``."""
    sign = "-" if hundredths < 0 else ""
    whole, part = divmod(abs(hundredths), 100)
    return f"{sign}{whole}.{part:02}"


BASES = (
    Said("项目实施方案", "Implementation plan of the project"),
    Said("项目合同和验收材料", "Contract and acceptance documents of the project"),
    Said("近三年同类项目平均水平", "Average of similar projects in the last three years"),
    Said("财政投资评审结论", "Result of the review of fiscal investment"),
    Said("满意度问卷调查", "Questionnaire on satisfaction"),
    Said("行业标准", "Standards of the industry"),
)
LASTING = (
    Said("建立长效管护机制", "Lasting arrangements for upkeep"),
    Said("管理制度健全并得到执行", "Rules for management complete and followed"),
    Said("人员力量持续保障", "Staff secured for the long term"),
)
GREEN = (
    Said("节约能源和水资源", "Energy and water saved"),
    Said("改善人居环境", "A better living environment"),
    Said("减少污染物排放", "Less discharge of pollutants"),
)


def quoted(text: str) -> str:
    """``text`` as a YAML scalar on one line."""
    if re.match(r"[\w≥≤《“（]", text) and ": " not in text and " #" not in text:
        return text
    return "'" + text.replace("'", "''") + "'"


def policy(bureau: Bureau, district: int, year: int, number: int) -> tuple[str, Said, Said]:
    """Identifier, number and title of one of the documents that a bureau's projects rest on."""
    where, work = DISTRICTS[district], bureau.works[number]
    serial = 7 + 11 * number + 3 * district
    return (
        f"{bureau.slug}-{district}-{year}-{number}",
        Said(
            f"{where.zh[:2]}政字〔{year}〕{serial}号",
            f"{where.en.split()[0]}zhengzi [{year}] No. {serial}",
        ),
        Said(
            f"{where.zh}{year}年{work.zh}实施方案",
            f"Plan of {where.en} for {work.en}, {year}",
        ),
    )


def project_of(
    words: Words, bureau: Bureau, district: int, year: int, index: int, order: int
) -> Project:
    """Project ``index`` of a department in ``year``; ``order`` is its place in the list."""
    source = random.Random(f"{SEED}/{bureau.slug}/{district}/{year}/{index}")
    draw = source.randrange
    work, where = bureau.works[index % len(bureau.works)], place(district, index)
    since = min(YEARS) + max(0, index - GOING_ON) // (PROJECTS - GOING_ON)
    serial = f"{BUREAUS.index(bureau):02}{index:05}1{index % 1000:03}"
    digits = f"9901{district:02}{since % 100}P{serial}"
    code = digits + _CHECK[zlib.crc32(digits.encode()) % len(_CHECK)]
    name = Said(f"{where.zh}{work.zh}", f"{where.en}: {work.en}")
    budget = 100 * draw(8, 40) if draw(3) else draw(900, 250_000)
    other = budget * draw(5, 20) // 100 if index % 9 == 0 else 0
    count, people, share = draw(3, 900), draw(60, 9000), draw(85, 100)
    month, percent = draw(6, 13), draw(90, 100)
    wrong = source.random() < 1 / WRONG
    _, _, title = policy(bureau, district, year, index % len(bureau.works))
    basis = words(f"《{title.zh}》", f"“{title.en}”")
    pick = [words(*both(each)) for each in source.sample(BASES, 3)]
    lasting, green = source.choice(LASTING), source.choice(GREEN)
    unit = f" {work.unit_en}" if work.unit_en else ""
    of, capital = where.en, work.en[0].upper() + work.en[1:]
    use = words(
        f"用于{where.zh}{work.zh}，{year}年计划完成{count}{work.unit}，惠及群众{people}人。",
        f"For {work.en} in {of}: {count}{unit} planned for {year}, which {people} people benefit"
        " from.",
    )
    objectives = [
        words(
            f"完成{where.zh}{work.zh}{count}{work.unit}，绩效目标全部实现。",
            f"Complete {count}{unit} of {work.en} in {of} and reach all performance objectives.",
        ),
        words(
            f"资金按{where.zh}{work.zh}的进度拨付，{year}年支付率达到{percent}%。",
            f"Pay the funds as {work.en} in {of} proceeds; {percent}% are paid in {year}.",
        ),
    ]
    done = words(f"{work.zh}完成数量", f"Completed: {work.en}")
    lines = [
        f"code: {code}",
        f"order: {order}",
        f"name: {words(name.zh, name.en)}",
        f"budget: {amount(budget)}",
        "sources:",
        f"  财政资金: {amount(budget - other - (150 if wrong and index % 2 else 0))}",
        f"  其他资金: {amount(other) if other else ''}".rstrip(),
    ]
    if index % 3 == 0:
        reason = words(
            f"{where.zh}有{people}名群众需要{work.zh}，现有条件不能满足。",
            f"{people} people in {of} need {work.en}; what there is does not suffice.",
        )
        plan = words(
            f"{year}年3月完成政府采购，{month}月底前完成{where.zh}{work.zh}并验收。",
            f"Government procurement is complete by month 3 of {year}; {work.en} in {of} is done"
            f" and accepted by the end of month {month}.",
        )
        lines += [
            f"supervising: {DISTRICTS[district].zh}{bureau.zh}",
            f"start: {year}年1月",
            f"end: {year}年12月",
            f"total_funds: {amount(budget)}",
            f"annual_funds: {amount(budget)}",
            f"reason: {reason}",
            f"plan: {plan}",
        ]
        words(f"{year}年1月", f"January {year}")
        words(f"{year}年12月", f"December {year}")
    lines += [
        f"use: {use}",
        "schedule:",
        "  3月底: 25%",
        "  6月底: 50%",
        "  10月底: 75%",
        "  12月底: 100%",
        "objectives:",
        *(f"  - {each}" for each in objectives),
        "indicators:",
    ]
    cost = budget + (5_000 if wrong and not index % 2 else 0)
    satisfied = words(f"{where.zh}群众满意度", f"Satisfaction of the people of {of}")
    rows: tuple[tuple[str, str, str, str, str], ...] = (
        (
            "数量指标",
            done,
            words(
                f"{where.zh}实际完成的{work.zh}数量",
                f"How much of {work.en} is completed in {of}",
            ),
            f"≥{count}{work.unit}",
            basis,
        ),
        (
            "质量指标",
            words("一次验收合格率", "Share accepted at first inspection"),
            words(f"{work.zh}按标准验收合格的比例", f"Share of {work.en} accepted by the standard"),
            f"≥{share}%",
            pick[0],
        ),
        (
            "时效指标",
            words("按期完成", "Completion in time"),
            words(
                f"{where.zh}{work.zh}按计划时间完成",
                f"{capital} in {of} completed as planned",
            ),
            words(f"{year}年{month}月底前完成", f"Complete by the end of month {month} of {year}"),
            basis,
        ),
        (
            "成本指标",
            words("项目总成本", "Total cost of the project"),
            words(f"{work.zh}的成本控制在预算以内", f"The cost of {work.en} is within the budget"),
            f"≤{amount(cost)}万元",
            pick[1],
        ),
        (
            "经济效益指标",
            words("财政资金支付率", "Share of fiscal funds paid"),
            words("财政拨款按进度支付", "Fiscal appropriation is paid as the work proceeds"),
            f"≥{percent}%",
            pick[1],
        ),
        (
            "社会效益指标",
            words("受益群众", "People who benefit"),
            words(f"{where.zh}从{work.zh}受益的群众", f"People of {of} who benefit from {work.en}"),
            f"≥{people}人",
            pick[2],
        ),
        (
            "生态效益指标",
            words(*both(green)),
            words(f"{work.zh}：{green.zh}", f"{capital}: {green.en.lower()}"),
            words("持续改善", "Continuous improvement"),
            pick[0],
        ),
        (
            "可持续影响指标",
            words(*both(lasting)),
            words(f"{work.zh}完成以后{lasting.zh}", f"{lasting.en} after {work.en}"),
            words("长期", "Long-term"),
            pick[2],
        ),
        (
            "服务对象满意度指标",
            satisfied,
            words(
                f"{where.zh}群众对{work.zh}满意的比例",
                f"Share of the people of {of} who are satisfied with {work.en}",
            ),
            f"≥{min(share, 95)}%",
            words("满意度问卷调查", "Questionnaire on satisfaction"),
        ),
    )
    for kind, title_of, description, target, why in rows:
        lines += [
            f"  {kind}:",
            f"    - name: {title_of}",
            f"      description: {description}",
            f"      target: {quoted(target)}",
            f"      basis: {why}",
        ]
    funds = "government_funds" if work.code.startswith("21208") else "general_public_budget"
    return Project(code, order, name, work, budget, other, funds, "\n".join(lines) + "\n")


def both(said: Said) -> tuple[str, str]:
    return said.zh, said.en
