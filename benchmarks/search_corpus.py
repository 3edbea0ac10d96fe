"""Made-up disclosures for measuring search: words and shapes of the real ones, any number.

Everything follows from the seed, so that two runs measure the same pages.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from disclosure.search import SearchPage, SearchSection

ZH_WORDS = (
    "清洁能源 取暖 工作 经费 项目 服务 专项 重点 产业 扶持 资金 企业 高新区 财政 预算 决算 拨款 "
    "三公 机关 运行 会议 培训 差旅 公务 接待 用车 购置 维护 绩效 目标 指标 数量 质量 时效 成本 "
    "效益 社会 经济 生态 可持续 影响 满意度 群众 农户 型煤 配送 质量 检验 报告 大气 污染 防治 "
    "减少 提升 水平 环境 治理 招标 价格 合同 验收 标准 按照 批次 抽检 及时 拨付 完成 任务 保障 "
    "供应 民生 教育 学校 校舍 改造 公租房 道路 养护 绿化 环卫 垃圾 清运 污水 处理 管网 防汛 应急 "
    "救灾 物资 储备 社区 养老 残疾人 补贴 医疗 卫生 疫苗 疾控 统计 调查 普查 信息化 系统 平台 "
    "数据 安全 网络 设备 采购 政府 债券 转移 支付 上级 提前 下达 通知 办法 规定 实施 方案 规划 "
    "编制 评审 审计 监督 公开 法治 宣传 党建 人才 引进 科技 创新 研发 孵化 园区 招商 引资 开工 "
    "观摩 领跑者 特色 产业群 工业 互联网 军民 融合 国防 动员 援疆 乡村 振兴 农业 水利 林业 森林 "
    "防火 旅游 文化 体育 场馆 图书馆 博物馆 文物 保护 消防 公安 交通 信号灯 监控 应当 以上 以下 "
    "万元 年度 季度 月底 全区 全县 本级 下属 事业 单位 人员 工资 津贴 社保 公积金 离退休 抚恤"
)
ZH_LINKS = (
    "的",
    "和",
    "及",
    "与",
    "等",
    "、",
    "，",
    "；",
    "（",
    "）",
    "“",
    "”",
    " ",
    "：",
    "。",
    "",
)
PLACES = ("承", "冀", "京", "津", "晋", "辽")
BUREAUS = ("财建", "财教", "财农", "发改", "财社", "财资")
ZH_DEPARTMENTS = ("经济与科技发展局", "财政局", "社会事务局", "城乡建设局", "应急管理局")

EN_WORDS = (
    "clean energy heating work funds project service special key industry support fund enterprise "
    "high-tech zone fiscal budget final account appropriation public agency operating meeting "
    "training travel official reception vehicle purchase maintenance performance objective "
    "indicator quantity quality timeliness cost benefit society economy ecology sustainable impact "
    "satisfaction resident household briquette delivery inspection report air pollution control "
    "reduce improve level environment tender price contract acceptance standard batch sampling "
    "payment complete task guarantee supply livelihood education school renovation housing road "
    "greening sanitation waste sewage treatment network flood emergency relief material reserve "
    "community elderly disability subsidy medical health vaccine survey census information system "
    "platform data security equipment procurement government bond transfer superior advance notice "
    "measure regulation implementation plan planning review audit supervision disclosure talent "
    "science innovation incubation park investment construction industrial internet defence "
    "agriculture water forestry tourism culture sport library museum protection policy category "
    "city library authority company study activity address business process class analysis"
)
EN_LINKS = ("the", "of", "and", "for", "in", "to", ",", ";", "(", ")", "“", "”", "-", ".", "")
EN_DEPARTMENTS = (
    "Economy and Technology Bureau",
    "Finance Bureau",
    "Social Affairs Bureau",
    "Construction Bureau",
    "Emergency Bureau",
)
SECTIONS = 6


class Corpus:
    """Pages of one language, and pieces of their text to search for."""

    def __init__(self, lang: str, pages: int, seed: int = 1) -> None:
        self.lang = lang
        self.total = pages
        self.random = random.Random(f"{lang}{seed}")
        words = (ZH_WORDS if lang == "zh" else EN_WORDS).split()
        self.words = [*words, *(self._new_word() for _ in range(60 + pages // 2))]
        # Common words are common: the n-th is drawn about 1/n as often as the first.
        self.weights = list(itertools.accumulate(1 / (n + 8) for n in range(len(self.words))))
        # Disclosures repeat themselves: of 1,008 cells of a real one only 391 differ.
        self.stock = [self._sentence(self._length()) for _ in range(200 + pages // 2)]
        self.pages = tuple(self._page(number) for number in range(pages))

    def _new_word(self) -> str:
        if self.lang == "zh":
            size = self.random.choice((2, 2, 2, 3, 3, 4))
            # The common half of the main block of Chinese characters.
            return "".join(chr(self.random.randrange(0x4E00, 0x7E00)) for _ in range(size))
        letters = tuple("bcdfghklmnprstvw")
        return "".join(
            self.random.choice(letters) + self.random.choice("aeiou")
            for _ in range(self.random.choice((2, 3, 3, 4)))
        )

    def _draw(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def _amount(self) -> str:
        amount = f"{self.random.randrange(1, 500_000) / 100:,.2f}"
        if self.lang == "zh":
            return f"{amount.replace(',', '')}{self.random.choice(('', ' '))}万元"
        return f"CNY {amount} ten thousand"

    def _policy(self) -> str:
        place, bureau = self.random.choice(PLACES), self.random.choice(BUREAUS)
        year, number = self.random.randrange(2017, 2026), self.random.randrange(1, 200)
        if self.lang == "zh":
            left, right = self.random.choice(("[]", "〔〕", "【】"))
            return f"{place}{bureau}{left}{year}{right}{number}{self.random.choice(('', ' '))}号"
        return f"Jicai{'abcdef'[BUREAUS.index(bureau)]} [{year}] No. {number}"

    def _sentence(self, length: int) -> str:
        links = ZH_LINKS if self.lang == "zh" else EN_LINKS
        gap = "" if self.lang == "zh" else " "
        text = ""
        for word in self._draw(length):
            text += word + gap
            if self.random.random() < 0.35:
                text += self.random.choice(links) + gap
        if self.random.random() < 0.25:
            text += self.random.choice((self._amount, self._policy))()
        if self.random.random() < 0.2:
            text += f"{gap}≥{self.random.randrange(60, 100)}%"
        return text

    def _length(self) -> int:
        return self.random.choice((1, 2, 3, 5, 8, 20))

    def _code(self, number: int) -> str:
        tail = "".join(self.random.choice("0123456789ABCDEFGHJKLM") for _ in range(5))
        return f"13081124P{number:06d}{tail[0]}0000{tail[1]}"

    def _page(self, number: int) -> SearchPage:
        code = self._code(number)
        gap = "" if self.lang == "zh" else " "
        title = gap.join(self._draw(self.random.randrange(2, 6)))
        departments = ZH_DEPARTMENTS if self.lang == "zh" else EN_DEPARTMENTS
        sections = tuple(
            SearchSection(
                anchor=f"part-{place}",
                heading=gap.join(self._draw(2)),
                cells=tuple(
                    self.random.choice(self.stock)
                    if self.random.random() < 0.6
                    else self._sentence(self._length())
                    for _ in range(self.random.randrange(4, 20))
                ),
            )
            for place in range(SECTIONS)
        )
        return SearchPage(
            url=f"{'' if self.lang == 'zh' else 'en/'}projects/{code}.html",
            title=title,
            kind="项目" if self.lang == "zh" else "Project",
            weight=10 - number % 3 * 4,
            codes=(code,),
            facets=(
                ("department", departments[number * len(departments) // self.total]),
                ("year", str(2023 + number % 3)),
            ),
            sections=sections,
        )

    def cells(self, page: SearchPage) -> Iterator[str]:
        """Everything on a page that can be found, cell by cell."""
        yield page.title
        yield from page.codes
        for section in page.sections:
            yield section.heading
            yield from section.cells
