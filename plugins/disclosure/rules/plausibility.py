"""Hints (H6xx): what was probably not meant, though it can be published as it stands.

A hint never claims more than the text shows. Each rule would rather miss a slip than raise an alarm
where a careful clerk would see none; what is decided is said beside each list of words. No rule
reads today's date: the year to compare with is that of the disclosure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, partial

from disclosure.book import Book, Disclosure, Place, Project
from disclosure.language.catalogue import has_chinese
from disclosure.language.targets import Target, parse_target
from disclosure.model.fields import TO_FILL, FreeText, half_width
from disclosure.model.project import Indicator
from disclosure.model.vocabulary import Vocabulary, Word, fold
from disclosure.rules.finding import Finding, finding
from disclosure.rules.translation import PlacedText
from disclosure.source import Path, Value

NOTHING = frozenset(("", "无", "暂无", "没有", "不涉及", "不适用", "/", "-", "—", "——"))
"""Ways to say in print that there is nothing; a cell that says so is no slip."""


def implausible(disclosure: Disclosure, book: Book) -> Iterator[Finding]:
    """The hints about the projects of one disclosure (H601-H619, but not those about texts)."""
    cells = _Cells(book.vocabulary)
    for project in disclosure.projects:
        yield from _schedule(disclosure, project)
        rows = tuple(_rows(disclosure, project, cells))
        for row in rows:
            yield from _row(row)
        yield from _other_kinds(rows)
    yield from _project_codes(disclosure)
    yield from _carry_over(disclosure, book.vocabulary)


def implausible_texts(
    found: Iterable[PlacedText], disclosure: Disclosure, book: Book
) -> Iterator[Finding]:
    """The hints about the texts of one disclosure (H604, H612, H615-H617)."""
    numbers = _DocumentNumbers.of(book)
    year = disclosure.header.year
    plausible: set[str] = set()  # wherever it stands; three of four texts are there before
    for each in found:
        text = each.found.text
        if text in plausible or each.found.kind is FreeText.PERIOD:
            continue
        plain, place = half_width(text), each.place
        # What a rule cannot do without is looked for first: most texts are neither dated nor odd.
        dated = _CENTURY.search(plain) is not None
        hints = [
            *_placeholder(text, plain, place),
            *(_old(text, plain, place, year) if dated else ()),
            *(_unfamiliar_number(plain, place, numbers) if "号" in plain else ()),
            *_writing(text, plain, place),
        ]
        if not hints and not dated:
            plausible.add(text)
        yield from hints


def implausible_writing(book: Book) -> Iterator[Finding]:
    """H615, H616 in the Chinese of the files that belong to no disclosure."""
    for file in ("site.yml", "glossary.yml", "policies.yml", "vocabulary.yml"):
        if file in book.sources:
            for path, text in _strings(book.sources[file].value, ()):
                if has_chinese(text) and "en" not in path:
                    yield from _writing(text, half_width(text), book.place(file, path))


# --- the schedule ---------------------------------------------------------------------------------


def _schedule(disclosure: Disclosure, project: Project) -> Iterator[Finding]:
    """H601-H603: cumulative shares do not fall, stay within 0-100%, and end at 100%.

    A blank is not a share. A last period that is printed blank says nothing about the end.
    """
    file = f"projects/{project.code}.yml"
    highest: tuple[Decimal, str, str] | None = None
    periods = list(project.file.schedule.items())
    for index, (period, share) in enumerate(periods):
        if share.value is None:
            continue
        place = disclosure.place(file, ("schedule", period))
        possible = 0 <= share.value <= 100
        if not possible:
            yield finding("H602", place, period=period, found=share.printed)
        elif index == len(periods) - 1 and share.value != 100:
            yield finding("H603", place, period=period, found=share.printed)
        if highest and share.value < highest[0]:
            before = {"before": highest[1], "earlier": highest[2]}
            yield finding("H601", place, period=period, found=share.printed, **before)
        if possible and (highest is None or share.value > highest[0]):
            highest = (share.value, share.printed, period)


# --- rows of indicators ---------------------------------------------------------------------------


class _Cells:
    """What cells say by themselves. Most stand in many rows, and each is looked at once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.written = cache(partial(_Written, vocabulary))
        self.named = cache(partial(_Named.of, vocabulary))
        self.is_unit = cache(partial(_is_unit, vocabulary=vocabulary))
        self.folded = cache(fold)


@dataclass(frozen=True)
class _Written:
    """A target with its operator and its unit, as the columns have them."""

    vocabulary: Vocabulary
    operator: str | None
    target: str
    unit: str | None

    @cached_property
    def parsed(self) -> Target | None:
        """The target as a number, put together where its parts have columns of their own."""
        return parse_target(f"{self.operator or ''}{self.target}{self.unit or ''}", self.vocabulary)

    @cached_property
    def shown(self) -> str:
        parts = (self.operator or "", self.target, self.unit or "")
        return " ".join(part for part in parts if part)

    @cached_property
    def states_nothing(self) -> bool:
        return fold(self.target) in NOTHING

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question (H605)."""
        asks = _QUESTION.search(self.target.strip()) is not None
        return asks and not _NO_QUESTION.search(self.target)

    @cached_property
    def is_unit_alone(self) -> bool:
        """Whether it is a unit, or an operator, and no number (H607)."""
        target = half_width(self.target).strip()
        bare = target.strip(_OPERATORS + " ")
        beside = self.operator or self.unit
        return _is_unit(bare, self.vocabulary) if bare else bool(target or beside)

    @cached_property
    def measured(self) -> str:
        """What is measured, where its name stands in place of the unit (H609)."""
        match = _NUMBER_AND_WORDS.fullmatch(half_width(self.shown).strip())
        words = match[1].strip() if match else ""
        if not _MEASURED.fullmatch(words):
            return ""
        # "3年存活率" has its unit before the noun.
        with_unit = any(_is_unit(words[:length], self.vocabulary) for length in range(1, 5))
        return "" if with_unit else words


@dataclass(frozen=True)
class _Row:
    """A row of the indicator table: its cells, its kind, and where it stands."""

    disclosure: Disclosure
    project: Project
    path: Path
    indicator: Indicator
    kind: Word
    cells: _Cells

    def place(self, *cell: str) -> Place:
        return self.disclosure.place(f"projects/{self.project.code}.yml", (*self.path, *cell))

    @cached_property
    def written(self) -> _Written:
        cells = self.indicator
        return self.cells.written(cells.operator, cells.target, cells.unit)


def _rows(disclosure: Disclosure, project: Project, cells: _Cells) -> Iterator[_Row]:
    for label, indicators in project.file.indicators.items():
        kind = cells.vocabulary.word("indicator_kind", label)
        for index, indicator in enumerate(indicators):
            path: Path = ("indicators", label, index)
            yield _Row(disclosure, project, path, indicator, kind, cells)


def _row(row: _Row) -> Iterator[Finding]:
    yield from _unit_alone(row)
    yield from _percent_in_words(row)
    if row.written.states_nothing:
        return
    yield from _question(row)
    yield from _repetition(row)
    yield from _no_unit(row)
    yield from _bounds(row)


_QUESTION = re.compile(r"是否|能否|可否|是不是|有没有|吗[？?。]?$|[？?]$")
# "核实…是否…" tells what is done; "无论是否…" asks nothing.
_NO_QUESTION = re.compile(
    r"(?:核查|核对|核实|核验|检查|抽查|检验|确认|判断|判定|审查|审核|查明|评估|监测|监督|调查|了解|跟踪"
    r"|根据|依据|按照?|无论|不论|不管)[^，。；]{0,40}(?:是否|能否|可否|是不是|有没有)"
)


def _question(row: _Row) -> Iterator[Finding]:
    """H605: a target states what will be reached; a question states nothing."""
    if row.written.asks:
        yield finding("H605", row.place("target"), found=row.indicator.target)


def _repetition(row: _Row) -> Iterator[Finding]:
    """H606, H614: the target repeats the name, or every cell of the row repeats it."""
    cells = row.indicator
    folded = row.cells.folded
    name = folded(cells.name)
    if name in NOTHING or folded(cells.target) != name or row.written.parsed is not None:
        return
    others = [fold(cell) for cell in (cells.description, cells.basis) if cell is not None]
    if len(others) == 2 and all(cell == name for cell in others):
        yield finding("H614", row.place(), found=cells.name)
    else:
        yield finding("H606", row.place("target"), found=cells.target)


_OPERATORS = "≥≤><=≧≦"
# Units of measure that print has beside those of the vocabulary; used to see that one stands alone.
_MORE_UNITS = re.compile(
    "[分年月周日吨亩米秒份件套册张座处所栋间条场期批名位只头株棵村倍度级]|季度|公斤|千克|公顷|公里|平方米"
    "|平方公里|立方米|千瓦|千瓦时|小时|分钟|批次|场次|车次|人天|亿元|个?百分点|百分数|分值"
)


def _is_unit(text: str, vocabulary: Vocabulary) -> bool:
    word = text.strip()
    return vocabulary.find("unit_of_measure", word) is not None or (
        _MORE_UNITS.fullmatch(word) is not None
    )


def _unit_alone(row: _Row) -> Iterator[Finding]:
    """H607: a cell that holds a unit, or an operator, and no number."""
    cells = row.indicator
    if row.written.is_unit_alone:
        yield finding("H607", row.place("target"), found=row.written.shown)
    for cell, text in (("description", cells.description), ("basis", cells.basis)):
        if text and row.cells.is_unit(text):
            yield finding("H607", row.place(cell), found=text)


_PERCENT_IN_WORDS = re.compile(r"\d\s*(?:百分比|百分数)")


def _percent_in_words(row: _Row) -> Iterator[Finding]:
    """H608: 百分比 after a number. In a column of units the word stands alone and reads well."""
    cells = (("target", row.indicator.target), ("prior_actual", row.indicator.prior_actual))
    for cell, text in cells:
        if text and "百分" in text and _PERCENT_IN_WORDS.search(half_width(text)):
            meant = re.sub(r"\s*(?:百分比|百分数)", "%", half_width(text))
            yield finding("H608", row.place(cell), found=text, meant=meant)


_NUMBER_AND_WORDS = re.compile(rf"[{_OPERATORS}]?\s*[\d,]*\d(?:\.\d+)?\s*([^\d\s].*)")
_MEASURED = re.compile(r"[\u4e00-\u9fff]{2,}[度率]")


def _no_unit(row: _Row) -> Iterator[Finding]:
    """H609: after the number stands what is measured (满意度, 覆盖率), where the unit should be."""
    if words := row.written.measured:
        yield finding("H609", row.place("target"), found=row.written.shown, words=words)


# What can be more than the whole: growth, multiples, ratios of two amounts, over-fulfilment.
_MAY_EXCEED = re.compile(
    r"增|提高|提升|上升|同比|环比|上年|倍|带动|放大|杠杆|撬动|产出|回报|收益|利润|负债|资产|资本|拨备"
    r"|周转|超额|超过|比例|占比|指数|产能|入住|客座|上座"
)
# A share of which more is better ...
_MORE_IS_BETTER = re.compile(
    r"满意|合格|完成率|覆盖|及时|达标|到位|兑现|参与|知晓|普及|准确|优良|优秀|通过率|使用率|利用率|保障率"
    r"|回收率|入学|成功率|在线率|可用率|就业率|开放率|完工率|验收|办结率|执行率"
)
# ... and words that turn it round: fewer complaints, a limit, a reduction.
_LESS_IS_BETTER = re.compile(
    r"不|未|无|非|超|事故|投诉|差错|误差|失误|损|亡|故障|违|逾期|降|减|缩|空置|闲置|失业|发病|感染|污染"
    r"|排放|能耗|费|成本|负债|漏|控|限|编制|占用|精简|退|案|隐患|时间|天数|时长"
)
_COUNT_OF_THINGS = re.compile(
    r".*(?:数量|个数|次数|户数|份数|人数|件数|篇数|册数|本数|台数|场次|人次|家数)"
)


def _bounds(row: _Row) -> Iterator[Finding]:
    """H610: more than the whole; H611: an upper bound that zero would meet as well."""
    target, name = row.written.parsed, row.indicator.name
    if target is None:
        return
    percent = target.unit is not None and target.unit.id == "percent"
    over = target.number > 100 or (target.operator == ">" and target.number == 100)
    said = f"{name} {row.indicator.description or ''}"
    if percent and over and not _MAY_EXCEED.search(said):
        yield finding("H610", row.place("target"), found=row.written.shown, name=name)
    if target.operator in ("≤", "<") and _wants_more(row, percent):
        yield finding("H611", row.place("target"), found=row.written.shown, name=name)


def _wants_more(row: _Row, percent: bool) -> bool:
    direction = row.indicator.direction or ""
    name = row.indicator.name
    if "反向" in direction or _LESS_IS_BETTER.search(name):
        return False
    if "正向" in direction:
        return True
    if percent:
        return bool(_MORE_IS_BETTER.search(name)) or row.kind.parent == "satisfaction"
    counted = row.kind.id in ("quantity", "quality") and _COUNT_OF_THINGS.fullmatch(name)
    return bool(counted) and not _is_amount(row.written.parsed)


_OUTPUTS = ("quantity", "quality", "timeliness", "cost")
# The end of a name says what is measured: 完成调查报告数量 is a quantity, whatever stands before.
_NAMED_LIKE: Mapping[str, re.Pattern[str]] = {
    "quantity": re.compile(r".*(?:数量|个数|次数|户数|份数|件数|篇数|册数|台数|场次)"),
    "quality": re.compile(r".*(?:质量|合格率|达标率|优良率|验收通过率)"),
    "timeliness": re.compile(r".*(?:及时率|及时性|完成时间|完成时限|按时完成率)"),
    "cost": re.compile(r".*(?:成本|费用|成本控制数|预算控制数)"),
}
_MISHAP = re.compile(r"事故|投诉|差错|违规|违法|故障|中断|缺陷|返工|不合格")


def _other_kinds(rows: Sequence[_Row]) -> Iterator[Finding]:
    """H613: a row that belongs under another kind: by its name, or because it was copied.

    Copied is a row that says the same as one of another kind, and a description that is the name of
    one of another kind.
    """
    named: dict[str, Word] = {}
    whole: dict[tuple[str, str, str], Word] = {}
    for row in rows:
        named.setdefault(row.cells.folded(row.indicator.name), row.kind)
    for row in rows:
        cells, folded = row.indicator, row.cells.folded
        name, description = folded(cells.name), folded(cells.description or "")
        if row.written.states_nothing or name in NOTHING:
            continue
        first = whole.setdefault((name, description, folded(row.written.shown)), row.kind)
        copied = first if first.id != row.kind.id and description else None
        described = named.get(description) if description != name else None
        if other := _looks_like(row) or copied:
            yield _misplaced(row.place(), cells.name, row.kind, other)
        elif described and described.id != row.kind.id:
            place = row.place("description")
            yield _misplaced(place, cells.description or "", row.kind, described)


def _misplaced(place: Place, found: str, kind: Word, other: Word) -> Finding:
    words = {"kind_zh": kind.zh, "kind_en": kind.en, "other_zh": other.zh, "other_en": other.en}
    return finding("H613", place, found=found, **words)


@dataclass(frozen=True, slots=True)
class _Named:
    """What the name of an indicator says about its kind."""

    kind: Word | None
    """The kind whose name it is."""
    satisfaction: bool
    like: tuple[str, ...]
    """The outputs that are named like it."""

    @classmethod
    def of(cls, vocabulary: Vocabulary, name: str) -> _Named:
        return cls(
            vocabulary.find("indicator_kind", name),
            re.fullmatch(r".*满意[度率]", name) is not None,
            tuple(id for id, pattern in _NAMED_LIKE.items() if pattern.fullmatch(name)),
        )


def _looks_like(row: _Row) -> Word | None:
    name, kind, vocabulary = row.indicator.name.strip(), row.kind, row.cells.vocabulary
    named = row.cells.named(name)
    if named.kind is not None and named.kind.id != kind.id:
        # "成本指标" as a name under 经济成本指标 is at home there.
        return named.kind if (named.kind.id, kind.parent) != ("cost", "cost") else None
    if named.satisfaction and kind.parent != "satisfaction":
        return vocabulary.by_id("indicator_kind", "service-recipients")
    if kind.id in _OUTPUTS:
        for id in named.like:
            if id != kind.id and _confirmed(row, id):
                return vocabulary.by_id("indicator_kind", id)
    target = row.written.parsed
    if kind.parent == "benefit" and "成本" in name and target and _is_amount(target):
        return vocabulary.by_id("indicator_kind", "cost") if target.operator == "≤" else None
    return None


def _confirmed(row: _Row, id: str) -> bool:
    """A count of mishaps measures quality; a name about cost counts with an amount of money."""
    if id == "quantity":
        return not _MISHAP.search(row.indicator.name)
    return id != "cost" or _is_amount(row.written.parsed)


def _is_amount(target: Target | None) -> bool:
    return bool(target and target.unit and target.unit.id in ("yuan", "ten-thousand-yuan"))


# --- texts ----------------------------------------------------------------------------------------

_NUMBERING = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、．:：]\s*|[(（]\d{1,2}[)）]\s*"
)
# What a form has in its empty fields, and what is typed to be filled in later.
_PLACEHOLDER = re.compile(
    r"(?:(?:绩效)?目标(?:内容)?|(?:绩效)?指标(?:名称|内容|描述|值)?|项目(?:名称|内容)|内容|名称|描述|说明)"
    r"\s*(?:\d{1,2}|[一二三四五六七八九十]|[A-Za-z])"
    r"|(?:绩效)?目标内容|指标(?:名称|内容|值)|绩效指标描述|指标值确定依据|三级指标(?:名称)?"
    r"|(?:此处|请)(?:填写|输入|补充|录入|填报).*"
    r"|待(?:定|填|填写|填报|补|补充|完善|确定)|TBD|TODO|[xX×]{2,}|[?？]+|…{1,2}|\.{3,}",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(r"(?<![A-Za-z0-9])(?:X{2,}|x{2,}|×{2,})(?![A-Za-z0-9])")


def _placeholder(text: str, plain: str, place: Place) -> Iterator[Finding]:
    """H604: the field of a form that was never filled in."""
    if text == TO_FILL:
        return  # C720 says so
    bare = plain.strip()
    numbering = _NUMBERING.match(bare)
    bare = bare[numbering.end() :] if numbering else bare
    bare = bare.rstrip("。;；. ") or bare
    if _PLACEHOLDER.fullmatch(bare) or _LEFT_OPEN.search(bare):
        yield finding("H604", place, found=text)


_CENTURY = re.compile(r"(?:19|20)\d\d")
_YEAR = r"(?<!\d)((?:19|20)\d\d)\s*年度?"
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*年|\s*[-—–~～至到./])")
_SENTENCE = re.compile(r"[^。；;\n]+")
# Titles and numbers of documents keep their year for ever: they are no goals.
_CITATION = re.compile(
    r"关于[^，。；]{0,120}?的?(?:通知|意见|办法|决定|批复|函|公告|规定|通报|纪要)(?:精神|要求)?"
    r"|[\[〔(【（]\s*(?:19|20)\d\d\s*[\]〕)】）]\s*第?\d+\s*号"
)
_QUOTED_TITLE = re.compile(r"《[^《》]*》")
_PLAN = re.compile(
    _YEAR + r"[^，。；《》]{0,30}?(?:方案|计划|规划|要点)"
    r"(?=$|[，,。；;、》)和及]|的(?!通知|意见|批复|函|公告))"
)
_ABOUT_THE_PAST = (
    r"(?!\s*(?:以来|以后|之后|后|起|至今|为基|结转|结余|未完|遗留|欠|尾款|清算|决算|已|建成的|成立"
    r"|考核结果|审计|基数|基础|基准|水平|同期|的基础|实际))"
)
_DOING = (
    r"(?:编制完成|编制|完成|实现|达到|制定|拟订|推进"
    r"|开展|启动|组织|落实|做好|确保|力争|建成|新增|争取)"
)
_GOAL = re.compile(
    rf"{_DOING}(?:全区|全县|全市|全省|本区|我区|好|全部)?\s*{_YEAR}{_ABOUT_THE_PAST}"
    rf"|{_YEAR}(?:底|末)?[，,]?\s*(?:要|将|计划|力争|确保|全面|基本|预计)*{_DOING}"
    r"(?![^，。；]{0,20}的基础)"
)
_DEADLINE = re.compile(
    _YEAR + r"\s*(?:\d{1,2}\s*月)?\s*(?:\d{1,2}\s*日|底|末|初|上半年|下半年)?\s*(?:之前|以前|前)"
    # "2000年前建成的小区" is a property of what is repaired, not a deadline.
    r"(?![^，。；]{0,20}(?:建成|竣工|交付|投用|投入使用|成立|登记|注册|出生|参加|退休|建设|修建)[^，。；]{0,20}的)"
)


def _old(text: str, plain: str, place: Place, year: int) -> Iterator[Finding]:
    """H612: a goal, a deadline or a dated plan from before the year before.

    A sentence that also names a later year tells of a span of years and is left alone.
    """
    path, file = place.path, place.file
    field = path[-1] if path else ""
    in_project = bool(place.project)
    if in_project and field == "end":
        years = [int(found) for found in _CENTURY.findall(text)]
        if years and max(years) < year - 1:
            yield finding("H612", place, found=text, year=max(years), since=year)
        return
    is_goal = _states_goals(file, path)
    if not is_goal and not (in_project and field == "basis"):
        return
    for stretch in _SENTENCE.finditer(_CITATION.sub(_blotted, plain)):
        sentence = stretch[0]
        years = [int(found) for found in _ANY_YEAR.findall(sentence)]
        if not years or max(years) >= year - 1:
            continue
        patterns = (_PLAN, _DEADLINE, _GOAL) if is_goal else (_PLAN,)
        goals = _QUOTED_TITLE.sub(_blotted, sentence)
        match = next(
            (m for p in patterns if (m := p.search(sentence if p is _PLAN else goals))), None
        )
        if match:
            old = next(group for group in match.groups() if group)
            found = text[stretch.start() : stretch.end()].strip()
            yield finding("H612", place, found=found, year=old, since=year)
            return


def _blotted(match: re.Match[str]) -> str:
    """As many characters that no pattern knows, so that places stay."""
    return "|" * len(match[0])


def _states_goals(file: str, path: Path) -> bool:
    name = file.rpartition("/")[2]
    if "projects/" in file:
        return path[:1] == ("objectives",) or path[-1] in ("plan", "name", "description", "target")
    return (name == "narrative.yml" and path[:1] == ("performance",)) or (
        name == "disclosure.yml" and "duties" in path
    )


# --- document numbers and codes -------------------------------------------------------------------

_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{0,20})\s{0,3}[\[〔(【]\s*((?:19|20)\d\d)\s*[\]〕)】]\s*第?\s*(\d{1,5})\s*号"
)


@dataclass(frozen=True)
class _DocumentNumbers:
    """The numbers in policies.yml: issuing marks (承财建) by year and number.

    ``listed`` is False where there is no list, so that nothing can be missing from it.
    """

    listed: bool
    marks: Mapping[tuple[str, str], frozenset[str]]

    @classmethod
    def of(cls, book: Book) -> _DocumentNumbers:
        marks: dict[tuple[str, str], frozenset[str]] = {}
        for policy in book.policies:
            forms = (policy.number.zh if policy.number else "", *policy.cited_as)
            for mark, year, number in (m.groups() for form in forms for m in _numbers_in(form)):
                key = (year, number.lstrip("0"))
                marks[key] = marks.get(key, frozenset()) | {mark}
        return cls("policies.yml" in book.sources, marks)

    def knows(self, mark: str, year: str, number: str) -> bool:
        """Words may run on before the mark: 根据承财建[2022]119号."""
        known = self.marks.get((year, number.lstrip("0")), frozenset())
        return any(mark.endswith(each) if each else not mark for each in known)


def _numbers_in(text: str) -> Iterator[re.Match[str]]:
    return _NUMBER.finditer(half_width(text))


def _unfamiliar_number(plain: str, place: Place, numbers: _DocumentNumbers) -> Iterator[Finding]:
    """H617: a document number that policies.yml does not have; the first of a text."""
    if not numbers.listed:
        return
    for match in _NUMBER.finditer(plain):
        if not numbers.knows(*match.groups()):
            mark, year, number = match.groups()
            yield finding("H617", place, found=f"{mark[-12:]}[{year}]{number}号")
            return


# The code of the integrated budget system: six digits of the region, two of the year, P, eleven
# digits, a check character. Seen in 2024 documents; codes of another build are left alone.
_SYSTEM_CODE = re.compile(r"\d{8}P\d{11}[0-9A-Z]")
_LIKE_A_SYSTEM_CODE = re.compile(r"[0-9OIl]{6}[0-9A-Za-z-]{9,}")


def _project_codes(disclosure: Disclosure) -> Iterator[Finding]:
    """H618: a code that is almost one of the budget system, or stands alone among such codes."""
    codes = [project.code for project in disclosure.projects]
    regular = sum(1 for code in codes if _SYSTEM_CODE.fullmatch(code))
    for code in codes:
        if _SYSTEM_CODE.fullmatch(code):
            continue
        if _LIKE_A_SYSTEM_CODE.fullmatch(code) or (regular >= 2 and 2 * regular > len(codes)):
            place = disclosure.place(f"projects/{code}.yml", ("code",))
            yield finding("H618", place, found=code, length=len(code))


_MONEY_OF_A_YEAR = re.compile(
    _YEAR + r"(?:(?!\d{4}|考核|结果|完成|兑现|评|认定|签|以来|底|末|度?奖)[^，。；、\d]){0,40}?资金"
)


def _carry_over(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Finding]:
    """H619: the carry-over is printed 0, yet projects spend what they call money of earlier years.

    What counts is the name or the use of a project: 2022年省级大气污染防治资金.
    """
    sources = disclosure.budget.revenue.sources if disclosure.budget else {}
    label = next(
        (k for k in sources if vocabulary.word("revenue_source", k).id == "carry-over"), ""
    )
    if not label or sources[label].value != 0:
        return
    earlier = [
        (project.code, year)
        for project in disclosure.projects
        if (project.file.budget.value or 0) > 0
        and (year := _money_of(project)) is not None
        and year < disclosure.header.year
    ]
    if earlier:
        yield finding(
            "H619",
            disclosure.place("budget.yml", ("revenue", "sources", label)),
            label=label,
            found=sources[label].printed,
            projects_zh="、".join(f"{code}（{year}年）" for code, year in earlier),
            projects_en=", ".join(f"{code} ({year})" for code, year in earlier),
        )


def _money_of(project: Project) -> int | None:
    for text in (project.file.use or "", project.file.name):
        years = [int(match[1]) for match in _MONEY_OF_A_YEAR.finditer(half_width(text))]
        if years:
            return max(years)
    return None


# --- writing --------------------------------------------------------------------------------------


def _writing(text: str, plain: str, place: Place) -> Iterator[Finding]:
    if _FOREIGN.search(plain):
        yield from _foreign_word(text, plain, place)
    if _MARK.search(plain):
        yield from _unbalanced(text, plain, place)


# Addresses are not words: www.example.cn, a@b.cn, photo.jpg.
_RUN = re.compile(r"[A-Za-z0-9._%+/:@~?=&#-]+")
# Small Latin words are stray; capitals (GDP, PPP), names (Huawei), mixed case (WiFi) and single
# letters (联东 u 谷) are abbreviations and names.
_SMALL_WORD = re.compile(r"(?<![A-Za-z0-9-])[a-z]{2,}(?![A-Za-z0-9-])")
_OTHER_SCRIPT = re.compile("[\u0400-\u04ff\u3040-\u30ff\u0e00-\u0eff\u0600-\u06ff\uac00-\ud7af]+")
_FOREIGN = re.compile(f"[a-z][a-z]|{_OTHER_SCRIPT.pattern}")
_IN_USE = re.compile(
    "[kcmnμu]?m|[mk]?g|ml|mw|kwh?|kv|[mgk]?hz|[kmgt]b|dpi|ppm|db|mu|hm|ha|[ap]m|vs|app|wifi|logo|pc"
    "|ok|no|id|ip|et|al|pdf|word|excel|vip|ai"
)


def _foreign_word(text: str, plain: str, place: Place) -> Iterator[Finding]:
    """H615: a small Latin word, or letters of another script, in a Chinese text."""
    if not has_chinese(text):
        return
    plain = _RUN.sub(lambda run: " " if re.search(r"[.@/_]", run[0]) else run[0], plain)
    words = (found[0] for found in _SMALL_WORD.finditer(plain) if not _IN_USE.fullmatch(found[0]))
    other = _OTHER_SCRIPT.search(plain.replace("・", "").replace("の", ""))
    word = next(words, "") or (other[0] if other else "")
    if word:
        yield finding("H615", place, found=word)


_PAIRS = {")": "(", "]": "[", "》": "《", "〉": "〈", "”": "“", "」": "「", "』": "『", "}": "{"}
_OPENING = frozenset(_PAIRS.values())
_MARK = re.compile("""[][(){}《》〈〉“”「」『』〔〕【】"]""")
_SAME = str.maketrans("〔〕【】", "[][]")
_LIST_MARK = re.compile(
    r"(^|[\s,，。；;、：:])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])\)", re.MULTILINE
)


def _unbalanced(text: str, plain: str, place: Place) -> Iterator[Finding]:
    """H616: a bracket or quotation mark without its partner. Width does not count, nor ``1）``."""
    plain = plain.translate(_SAME)
    if _alone(plain):
        mark = _alone(_LIST_MARK.sub(r"\1", plain))
        if mark:
            yield finding("H616", place, found=mark, text=text)


def _alone(text: str) -> str:
    """The first mark that has no partner, or an empty string."""
    waiting: list[str] = []
    straight = 0
    for found in _MARK.finditer(text):
        mark = found[0]
        if mark in _OPENING:
            waiting.append(mark)
        elif mark in _PAIRS:
            if not waiting or waiting.pop() != _PAIRS[mark]:
                return mark
        elif mark == '"' and not text[: found.start()][-1:].isdigit():  # 24" is a length
            straight += 1
    return waiting[-1] if waiting else '"' if straight % 2 else ""


def _strings(value: Value, path: Path) -> Iterator[tuple[Path, str]]:
    items: Iterable[tuple[str | int, Value]] = ()
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        yield from _strings(item, (*path, key))
