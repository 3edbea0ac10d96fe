"""One disclosure of a department of the invented city: every file of its folder.

The statutory tables are sums of one ledger, so they agree with each other and with the projects.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.project import (
    GOING_ON,
    PROJECTS,
    SEED,
    YEARS,
    Project,
    Words,
    amount,
    both,
    project_of,
)
from benchmarks.words import BUREAUS, DISTRICTS, Bureau, Said

_LISTS = Path(__file__).resolve().parent.parent / "plugins" / "disclosure" / "defaults"


@dataclass(frozen=True, slots=True)
class Running:
    """The basic expenditure of a department: hundredths of 万元 by economic code."""

    items: Mapping[str, tuple[str, int]]

    def sum(self, start: str) -> int:
        return sum(amount for code, (_, amount) in self.items.items() if code.startswith(start))

    @property
    def personnel(self) -> int:
        return self.sum("301") + self.sum("303")

    @property
    def non_personnel(self) -> int:
        return self.sum("302")


_PERSONNEL = (
    ("30101", "基本工资", 30),
    ("30102", "津贴补贴", 24),
    ("30103", "奖金", 15),
    ("30108", "机关事业单位基本养老保险缴费", 10),
    ("30109", "职业年金缴费", 5),
    ("30110", "职工基本医疗保险缴费", 4),
    ("30111", "公务员医疗补助缴费", 2),
    ("30113", "住房公积金", 7),
    ("30302", "退休费", 3),
)
_NON_PERSONNEL = (
    ("30201", "办公费", 20),
    ("30207", "邮电费", 5),
    ("30211", "差旅费", 12),
    ("30215", "会议费", 4),
    ("30216", "培训费", 4),
    ("30217", "公务接待费", 3),
    ("30228", "工会经费", 10),
    ("30229", "福利费", 8),
    ("30231", "公务用车运行维护费", 9),
    ("30239", "其他交通费用", 25),
)
_ELSEWHERE = {
    "30108": "2080505",
    "30109": "2080506",
    "30110": "2101101",
    "30111": "2101103",
    "30113": "2210201",
    "30302": "2080501",
}
"""Basic expenditure that is charged to an item of its own, by economic code."""


def _running(bureau: Bureau, district: int, year: int) -> Running:
    source = random.Random(f"{SEED}/{bureau.slug}/{district}/{year}")
    scale, office = source.randrange(400, 1600), source.randrange(30, 120)
    items = {
        code: (name, part * size + source.randrange(100))
        for rows, size in ((_PERSONNEL, scale), (_NON_PERSONNEL, office))
        for code, name, part in rows
    }
    return Running(dict(sorted(items.items())))


def _classification() -> Mapping[str, Said]:
    """Chinese names of the budget headings by code, from the software's own lists."""
    names: dict[str, Said] = {}
    for kind in ("functional", "economic"):
        text = (_LISTS / "classification" / f"{kind}-2024.yml").read_text("utf-8")
        found = re.findall(r"code: (\d+), zh: ([^,}]+), en: ([^}]+)", text)
        names |= {code: Said(zh, en.strip("'\"")) for code, zh, en in found}
    return names


HEADINGS = _classification()


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a department spends in a year, item by item; hundredths of 万元."""

    running: Running
    projects: tuple[Project, ...]
    charged: Mapping[str, Mapping[str, int]]
    """Item of the functional classification → column → amount."""

    def sum(self, column: str, code: str = "") -> int:
        return sum(
            row.get(column, 0) for item, row in self.charged.items() if item.startswith(code)
        )

    def codes(self, *columns: str) -> Iterator[str]:
        """The codes with expenditure in ``columns``, classes and sections before their items."""
        found: dict[str, None] = {}
        for item in sorted(self.charged):
            if any(self.charged[item].get(column) for column in columns):
                found |= {item[:size]: None for size in (3, 5, 7)}
        yield from found


def _ledger(bureau: Bureau, running: Running, projects: tuple[Project, ...]) -> Ledger:
    charged: dict[str, dict[str, int]] = {}

    def charge(item: str, amount: int, *columns: str) -> None:
        row = charged.setdefault(item, {})
        for column in columns:
            row[column] = row.get(column, 0) + amount

    for code, (_, spent) in running.items.items():
        kind = "non_personnel" if code.startswith("302") else "personnel"
        item = _ELSEWHERE.get(code, bureau.running)
        charge(item, spent, "total", "basic", kind, "general_public_budget")
    for project in projects:
        fiscal = project.budget - project.other
        charge(project.work.code, project.budget, "total", "projects")
        charge(project.work.code, fiscal, project.funds, f"{project.funds}/projects")
        charge(project.work.code, project.other, "unit_funds")
    return Ledger(running, projects, charged)


def _row(**cells: int | str) -> str:
    """A row of a table: texts as they are, whole numbers as amounts."""
    shown = (
        f"{name}: {amount(cell) if isinstance(cell, int) else cell}" for name, cell in cells.items()
    )
    return "  - {" + ", ".join(shown) + "}\n"


def _by_item(ledger: Ledger, columns: Mapping[str, str], only: str) -> str:
    """A table by functional code: printed column → column of the ledger; codes with ``only``."""
    total = {name: ledger.sum(column) for name, column in columns.items()}
    text = "rows:\n" + _row(item="合计", **total)
    for code in ledger.codes(only):
        cells = {name: ledger.sum(column, code) for name, column in columns.items()}
        text += _row(code=code, item=HEADINGS[code].zh, **cells)
    return text


_NUMERALS = "一二三四五六七八九十"


def _tables(ledger: Ledger, words: Words) -> Iterator[tuple[str, str]]:
    """The statutory tables of a budget: name and text of each file."""
    total, basic = ledger.sum("total"), ledger.sum("basic")
    general, funds = ledger.sum("general_public_budget"), ledger.sum("government_funds")
    own = ledger.sum("unit_funds")
    classes = [code for code in ledger.codes("total") if len(code) == 3]
    text = "revenue:\n"
    for number, (label, value) in enumerate(
        (
            ("一般公共预算拨款收入", general),
            ("政府性基金预算拨款收入", funds),
            ("国有资本经营预算拨款收入", 0),
            ("财政专户管理资金收入", 0),
            ("单位资金收入", own),
        )
    ):
        text += _row(item=f"{_NUMERALS[number]}、{label}", budget=value)
    text += _row(item="本年收入合计", budget=total) + _row(item="上年结转结余", budget=0)
    text += _row(item="收入总计", budget=total) + "expenditure:\n"
    for number, code in enumerate(classes):
        value = ledger.sum("total", code)
        text += _row(item=f"{_NUMERALS[number]}、{HEADINGS[code].zh}", budget=value)
    text += _row(item="本年支出合计", budget=total) + _row(item="年终结转结余", budget=0)
    yield "revenue-expenditure", text + _row(item="支出总计", budget=total)

    columns = {
        "total": "total",
        "carry_over": "none",
        "current_year": "total",
        "general_public_budget": "general_public_budget",
        "government_funds": "government_funds",
        "state_capital": "none",
        "special_account": "none",
        "unit_funds": "unit_funds",
    }
    yield "revenue", _by_item(ledger, columns, "total")
    columns = {"total": "total", "basic": "basic", "projects": "projects"}
    yield "expenditure", _by_item(ledger, columns, "total")

    fiscal = general + funds
    text = "revenue:\n" + _row(item="一、本年收入", budget=fiscal)
    text += _row(item="（一）一般公共预算拨款", budget=general)
    text += _row(item="（二）政府性基金预算拨款", budget=funds)
    text += _row(item="（三）国有资本经营预算拨款", budget=0)
    text += _row(item="二、上年结转", budget=0) + _row(item="收入总计", budget=fiscal)
    both = {"general_public_budget": general, "government_funds": funds, "state_capital": 0}
    text += "expenditure:\n" + _row(item="一、本年支出", total=fiscal, **both)
    for number, code in enumerate(classes):
        part = {name: ledger.sum(name, code) for name in both}
        label = f"（{_NUMERALS[number]}）{HEADINGS[code].zh}"
        text += _row(item=label, total=sum(part.values()), **part)
    nothing = {name: 0 for name in both}
    text += _row(item="二、结转下年", total=0, **nothing)
    yield "fiscal-appropriation", text + _row(item="支出总计", total=fiscal, **both)

    columns = {
        "total": "general_public_budget",
        "basic": "basic",
        "personnel": "personnel",
        "non_personnel": "non_personnel",
        "projects": "general_public_budget/projects",
    }
    yield "general-public-budget", _by_item(ledger, columns, "general_public_budget")

    running = ledger.running
    text = "rows:\n" + _row(
        item="合计",
        total=basic,
        personnel=running.personnel,
        non_personnel=running.non_personnel,
    )
    for chapter in ("301", "302", "303"):
        own_rows = {code: row for code, row in running.items.items() if code.startswith(chapter)}
        rows = {chapter: (HEADINGS[chapter].zh, running.sum(chapter)), **own_rows}
        for code, (name, value) in rows.items():
            people, office = (0, value) if chapter == "302" else (value, 0)
            text += _row(code=code, item=name, total=value, personnel=people, non_personnel=office)
    yield "basic-expenditure", text

    car, guests = running.items["30231"][1], running.items["30217"][1]
    text = "rows:\n" + _row(item="合计", budget=car + guests, reason="")
    text += _row(item="1.因公出国（境）费", budget=0, reason="")
    text += _row(item="2.公务用车购置及运行维护费", budget=car, reason="")
    text += _row(item="其中：公务用车购置费", budget=0, reason="")
    why = words("车辆老化以后维修费用增加。", "Vehicles are old and need more repairs.")
    text += _row(item="公务用车运行维护费", budget=car, reason=why)
    yield "three-public", text + _row(item="3.公务接待费", budget=guests, reason="")

    if funds:
        columns = {"total": "government_funds", "basic": "none", "projects": "government_funds"}
        yield "government-funds", _by_item(ledger, columns, "government_funds")
    else:
        note = words(
            "本部门没有政府性基金预算安排的支出。",
            "The department has no expenditure from the government-managed funds budget.",
        )
        yield "government-funds", f"state: absent\nnote: {note}\n"
    note = words(
        "本部门没有国有资本经营预算安排的支出。",
        "The department has no expenditure from the state capital operations budget.",
    )
    yield "state-capital", f"state: absent\nnote: {note}\n"

    names = ("general_public_budget", "government_funds", "unit_funds")
    text = "rows:\n" + _row(
        item="合计",
        total=ledger.sum("projects"),
        **{name: ledger.sum(f"{name}/projects") for name in names[:2]},
        unit_funds=own,
    )
    for project in ledger.projects:
        paid = {name: 0 for name in names}
        paid[project.funds] += project.budget - project.other
        paid["unit_funds"] += project.other
        kind = (
            words("特定目标类", "Specific-purpose projects")
            if project.order % 4
            else words("运转类", "Operating projects")
        )
        text += _row(
            code=project.code, item=project.name.zh, category=kind, total=project.budget, **paid
        )
    yield "projects", text


_DIVISIONS = (
    ("general-affairs", Said("综合科", "General Affairs Division")),
    ("finance", Said("财务和绩效管理科", "Finance and Performance Division")),
    ("planning", Said("规划建设科", "Planning and Construction Division")),
    ("services", Said("公共服务科", "Public Services Division")),
    ("supervision", Said("监督检查科", "Supervision Division")),
)


def _header(bureau: Bureau, district: int, year: int, words: Words) -> str:
    """``disclosure.yml``."""
    where, number = DISTRICTS[district], 101 + BUREAUS.index(bureau)
    name = words(f"{where.zh}{bureau.zh}", f"{bureau.en} of {where.en}")
    title = words(
        f"{name}{year}年部门预算信息公开情况说明",
        f"Explanatory statement on the disclosure of the {year} departmental budget of the"
        f" {bureau.en} of {where.en}",
    )
    serial = 3 + BUREAUS.index(bureau) * 4
    text = f"""title: {title}
year: {year}
kind: budget
department:
  code: {number}
  name: {name}
record:
  index_number: 虚构{number}/{year}-{serial:05}
  issuer: {name}
  issued: {year}-02-20
  approved: {year}-02-10
  published: {year}-02-{21 + BUREAUS.index(bureau)}
  document_number: 虚构{where.zh[:2]}{number}〔{year}〕{serial}号
  validity: 有效
legal_basis:
  - budget-law
  - local-disclosure-procedures
divisions:
"""
    words("有效", "In force")
    for place_of, (slug, division) in enumerate(_DIVISIONS):
        text += f"  - id: {slug}\n    name: {words(*both(division))}\n    duties:\n"
        for work in bureau.works[2 * place_of : 2 * place_of + 2]:
            plan = words(
                f"拟订全{where.zh[-1]}{work.zh}的计划并组织实施。",
                f"Draw up plans for {work.en} in the {where.en.split()[-1].lower()} and carry them"
                " out.",
            )
            watch = words(
                f"指导和监督{work.zh}，按季度汇总绩效指标的完成情况。",
                f"Guide and supervise {work.en}; report the performance indicators each quarter.",
            )
            text += f"      - {plan}\n      - {watch}\n"
    own = words(f"{name}本级", f"{bureau.en} of {where.en} itself")
    text += f"institutions:\n  - name: {own}\n    nature: 行政\n    rank: 正科级\n"
    words("行政", "Administrative")
    words("正科级", "Section level")
    words("财政拨款", "Fiscal appropriation")
    return text + "    funding: 财政拨款\n"


def _budget(ledger: Ledger, before: Ledger | None, year: int, off: int, words: Words) -> str:
    """``budget.yml``; ``off``: by how much the printed project expenditure is wrong."""
    running = ledger.running
    total, basic, projects = (ledger.sum(each) for each in ("total", "basic", "projects"))
    car, guests = running.items["30231"][1], running.items["30217"][1]
    text = f"""unit: 万元
revenue:
  total: {amount(total)}
  sources:
    一般公共预算拨款收入: {amount(ledger.sum("general_public_budget"))}
    政府性基金预算拨款收入: {amount(ledger.sum("government_funds"))}
    国有资本经营预算拨款收入: 0.00
    财政专户管理资金收入: 0.00
    单位资金收入: {amount(ledger.sum("unit_funds"))}
    上年结转结余: 0.00
expenditure:
  total: {amount(total)}
  basic: {amount(basic)}
  personnel: {amount(running.personnel)}
  non_personnel: {amount(running.non_personnel)}
  projects: {amount(projects + off)}
highlights:
"""
    first: dict[str, list[Project]] = {}
    for project in ledger.projects:
        first.setdefault(project.work.zh, []).append(project)
    for number, (name, group) in enumerate(list(first.items())[:3]):
        work = group[0].work
        together = amount(sum(each.budget for each in group))
        text += f"  - id: work-{number}\n    name: {words(name, work.en)}\n"
        text += f"    amount: {together}\n    projects:\n"
        text += "".join(f"      - {each.code}\n" for each in group)
    past = {each: before.sum(each) if before else 0 for each in ("total", "basic", "projects")}
    if before is None:
        past = {"total": total - 7_000, "basic": basic - 2_000, "projects": projects - 5_000}
    up = words(
        "人员调入，社会保险缴费基数上调。",
        "Staff were transferred in and the bases of social insurance contributions were raised.",
    )
    change = words(
        f"{year}年新增项目和到期项目相抵以后，项目支出有增减。",
        f"New projects of {year}, less those that have ended, change project expenditure.",
    )
    text += f"""change:
  from: {year - 1}
  total: {amount(total - past["total"])}
  basic: {amount(basic - past["basic"])}
  projects: {amount(projects - past["projects"])}
  reasons:
    basic: {up}
    projects: {change}
agency_operating:
  total: {amount(running.non_personnel)}
  items:
"""
    for code, (name, value) in running.items.items():
        if code.startswith("302"):
            text += f"    {name}: {amount(value)}\n"
    spent = car + guests
    was = spent
    if before:
        was = before.running.items["30231"][1] + before.running.items["30217"][1]
    why = words(
        "公务用车运行和接待来访有变化。", "Vehicles were used and visitors received otherwise."
    )
    return f"""{text}three_public:
  total: {amount(spent)}
  items:
    因公出国（境）费: 0.00
    公务用车购置及运行维护费: {amount(car)}
    公务用车购置费: 0.00
    公务用车运行维护费: {amount(car)}
    公务接待费: {amount(guests)}
  change:
    from: {year - 1}
    total: {amount(spent - was)}
    reason: {why}
"""


def _narrative(bureau: Bureau, district: int, year: int, words: Words) -> str:
    """``narrative.yml``."""
    where = DISTRICTS[district]
    name, name_en = f"{where.zh}{bureau.zh}", f"the {bureau.en} of {where.en}"

    def paragraph(zh: str, en: str, indent: int = 4) -> str:
        return f"{' ' * indent}- paragraphs:\n{' ' * indent}    - {words(zh, en)}\n"

    text = "introduction:\n" + paragraph(
        f"根据《中华人民共和国预算法》《地方预决算公开操作规程》的规定，现公开{name}{year}年的部门预算。",
        "In accordance with the Budget Law of the People’s Republic of China and the Operating"
        " Procedures for the Disclosure of Local Budgets and Final Accounts, the departmental"
        f" budget of {name_en} for {year} is disclosed.",
        2,
    )
    text += "overview:\n  principle:\n" + paragraph(
        "部门预算实行综合预算管理，所有收入和支出都列入部门预算，量入为出，收支平衡。",
        "The departmental budget is comprehensive: all revenue and all expenditure are in it, and"
        " they balance.",
    )
    text += "  revenue:\n" + paragraph(
        "预算收入反映本部门当年的全部收入，包括财政拨款收入和单位资金收入。",
        "Revenue is all revenue of the department in the year: fiscal appropriation revenue and"
        " revenue from the unit's own funds.",
    )
    text += "  expenditure:\n" + paragraph(
        "预算支出按支出功能分类编列到项，基本支出按经济分类编列到款，项目支出按项目编列。",
        "Expenditure is listed by item of the functional classification, basic expenditure by"
        " section of the economic classification and project expenditure by project.",
    )
    text += "performance:\n  overall:\n" + paragraph(
        f"{name}紧扣{year}年全{where.zh[-1]}重点工作，加强预算绩效管理，保证绩效目标如期实现。",
        f"In {year} {name_en} follows the priorities of the {where.en.split()[-1].lower()},"
        " manages the budget by performance and reaches its performance objectives in time.",
    )
    text += "  divisions:\n"
    for number, (slug, division) in enumerate(_DIVISIONS):
        text += f"    - heading: {words(*both(division))}\n      division: {slug}\n      items:\n"
        for work in bureau.works[2 * number : 2 * number + 2]:
            item = words(
                f"做好{work.zh}，{year}年的项目支出全部纳入绩效监控。",
                f"Do {work.en} well; all project expenditure of {year} is monitored.",
            )
            text += f"        - {item}\n"
    text += "  safeguards:\n" + paragraph(
        "按月跟踪绩效目标，年底开展绩效自评，结果用于安排下年预算。",
        "Objectives are followed each month and assessed at the end of the year; the result is"
        " used for the next budget.",
    )
    text += "special_funds:\nassets:\n" + paragraph(
        "固定资产在上年末盘点，账实相符。",
        "Fixed assets were counted at the end of the previous year and agree with the books.",
        2,
    )
    return (
        text
        + "other_matters:\n"
        + paragraph(
            "除以上内容外，本部门没有别的事项需要说明。",
            "The department has nothing else to explain.",
            2,
        )
    )


def _procurement(ledger: Ledger, words: Words) -> str:
    """``procurement.yml``: every twentieth project buys something."""
    text = f"name: {words('部门政府采购预算', 'Departmental government procurement budget')}\n"
    text += "unit: 万元\nrows:\n"
    words("项", "item")
    for project in ledger.projects[::20]:
        price = max(1, project.budget // 40)
        value = price * 20
        text += f"""  - project: {project.name.zh}
    project_funds: {amount(project.budget)}
    item: {words("专用设备和服务", "Special equipment and services")}
    catalogue_number: C0{project.order:05}
    unit_of_measure: 项
    quantity: 20
    unit_price: {amount(price)}
    total: {amount(value)}
    general_public_budget: {amount(value) if project.funds == "general_public_budget" else ""}
    government_funds: {amount(value) if project.funds == "government_funds" else ""}
    state_capital:
    special_fiscal_account:
    unit_funds:
    reserved_for_smes: {amount(value * 2 // 5)}
"""
    note = words("注：单价为预计价格。", "Note: unit prices are estimates.")
    # No blank at the end of a line: the files are read by people too.
    return re.sub(r" +$", "", text, flags=re.MULTILINE) + f"notes:\n  - {note}\n"


def _assets(bureau: Bureau, district: int, year: int, words: Words) -> str:
    """``assets.yml``."""
    source = random.Random(f"{SEED}/{bureau.slug}/{district}/{year}/assets")
    cars, equipment, other = (source.randrange(4_000, 90_000) for _ in range(3))
    total = amount(cars + equipment + other)
    return f"""unit: 万元
fixed_assets: {total}
planned_purchases: {amount(source.randrange(500, 9_000))}
table:
  name: {words("部门固定资产占用情况表", "Fixed assets held by the department")}
  as_of: {year - 1}-12-31
  rows:
    - item: 资产总额
      quantity:
      value: {total}
    - item: 1、房屋（平方米）
      quantity: 不适用
      value: 不适用
    - item: 2、车辆（台、辆）
      quantity: {source.randrange(2, 9)}
      value: {amount(cars)}
    - item: 3、单价在20万元以上的设备
      quantity: {source.randrange(1, 30)}
      value: {amount(equipment)}
    - item: 4、其他固定资产
      quantity: {source.randrange(100, 900)}
      value: {amount(other)}
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One disclosure to write: which department, which year, how many projects."""

    bureau: Bureau
    district: int
    year: int
    projects: int

    @property
    def slug(self) -> str:
        """The department's folder."""
        return f"{DISTRICTS[self.district].en.split()[0].lower()}-{self.bureau.slug}"


def _year_of(wanted: Wanted, year: int, projects: int, words: Words) -> Ledger:
    """The projects and the ledger of a department in ``year``."""
    start = (year - min(YEARS)) * (PROJECTS - GOING_ON)
    listed = tuple(
        project_of(words, wanted.bureau, wanted.district, year, start + order, order + 1)
        for order in range(projects)
    )
    running = _running(wanted.bureau, wanted.district, year)
    return _ledger(wanted.bureau, running, listed)


def disclosure_files(wanted: Wanted, words: Words) -> Iterator[tuple[str, str]]:
    """Every file of a disclosure: its address in the folder of the department, and its text."""
    bureau, district, year = wanted.bureau, wanted.district, wanted.year
    folder = f"{year}-budget"
    ledger = _year_of(wanted, year, wanted.projects, words)
    # Its own words are not wanted: the year before has them, if it is published at all.
    before = _year_of(wanted, year - 1, PROJECTS, Words()) if year > min(YEARS) else None
    # In every third department the printed total is off, as it is in real documents.
    off = 1_250 if BUREAUS.index(bureau) % 3 == 1 else 0
    if off and year == min(YEARS):
        yield f"{folder}/acknowledged.yml", ACKNOWLEDGED.format(difference=amount(off))
    yield f"{folder}/disclosure.yml", _header(bureau, district, year, words)
    yield f"{folder}/budget.yml", _budget(ledger, before, year, off, words)
    yield f"{folder}/narrative.yml", _narrative(bureau, district, year, words)
    yield f"{folder}/procurement.yml", _procurement(ledger, words)
    yield f"{folder}/assets.yml", _assets(bureau, district, year, words)
    for name, text in _tables(ledger, words):
        yield f"{folder}/tables/{name}.yml", text
    for project in ledger.projects:
        yield f"{folder}/projects/{project.code}.yml", project.text


ACKNOWLEDGED = """- rule: A408
  place: budget.yml/expenditure/projects
  difference: {difference}
  explanation:
    zh: 文件印的项目支出比各项目的预算数之和多，文件没有解释；编者照印。
    en: It is more than the projects together, which the document does not explain; kept as printed.
"""
