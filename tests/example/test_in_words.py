"""What the overviews of the fictitious district say in plain words, on the built pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.site.reading import Document

ReadPages = Callable[[str], tuple[Document, Document]]

SENTENCES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # a budget beside that of the year before
    "economy-data/2025-budget": (
        (
            "2025年预算收入总计和支出总计都是1,541.9700万元，收支平衡。",
            "预算安排基本支出538.3700万元（占支出总计的34.9%）和项目支出1,003.6000万元（占65.1%）。",
            "共有4个项目，金额最大的是产业园道路和管网配套，640.0000万元，占各项目合计的63.8%。",
            "机关运行经费预算56.0200万元；“三公”经费预算5.1000万元，比2024年增加0.1000万元。",
            "与2024年预算相比，支出总计由1,692.1602万元减少到1,541.9700万元，下降8.9%；"
            "基本支出增长2.8%，项目支出下降14.1%。",
            "本站核对了546处数字，全部相符：见数据核对。",
        ),
        (
            "In the 2025 budget, total revenue and total expenditure balance at CNY 15,419,700.",
            "The budget allocates CNY 5,383,700 (34.9% of total expenditure) to basic expenditure "
            "and CNY 10,036,000 (65.1%) to project expenditure.",
            "There are 4 projects; the largest is Roads and pipelines for the industrial park, at "
            "CNY 6,400,000 (63.8% of all projects together).",
            "Agency operating expenses are budgeted at CNY 560,200; “three public” expenses are "
            "budgeted at CNY 51,000, up by CNY 1,000 from 2024.",
            "Compared with the 2024 budget, total expenditure falls from CNY 16,921,602 to "
            "CNY 15,419,700, down 8.9%; basic expenditure is up 2.8% and project expenditure is "
            "down 14.1%.",
            "The site checked 546 figures, and all of them agree: see Data checks.",
        ),
    ),
    # final accounts beside their budget, with a carry-over and without projects
    "economy-data/2024-final": (
        (
            "2024年决算收入总计和支出总计都是1,668.4812万元，收支平衡。",
            "实际用于基本支出524.5212万元（占支出总计的31.4%）和项目支出1,098.4600万元（占65.8%）；"
            "另有年末结转和结余45.5000万元（占2.7%），没有在当年支出。",
            "机关运行经费支出52.2203万元；“三公”经费支出4.9500万元，比2023年增加1.2200万元。",
            "对照2024年预算，基本支出是预算523.7552万元的100.1%，"
            "项目支出是预算1,168.4050万元的94.0%。",
            "本站核对了349处数字，全部相符：见数据核对。",
        ),
        (
            "In the 2024 final accounts, total revenue and total expenditure balance at "
            "CNY 16,684,812.",
            "Actual spending was CNY 5,245,212 (31.4% of total expenditure) on basic expenditure "
            "and CNY 10,984,600 (65.8%) on project expenditure; CNY 455,000 (2.7%) was left at the "
            "year-end as carry-over and surplus.",
            "Agency operating expenses were CNY 522,203; “three public” expenses were CNY 49,500, "
            "up by CNY 12,200 from 2023.",
            "Against the 2024 budget, basic expenditure came to 100.1% of the CNY 5,237,552 "
            "budgeted and project expenditure came to 94.0% of the CNY 11,684,050 budgeted.",
            "The site checked 349 figures, and all of them agree: see Data checks.",
        ),
    ),
    # one project; nothing of the year before
    "data-resources/2023-budget": (
        (
            "2023年预算收入总计和支出总计都是165.40万元，收支平衡。",
            "预算安排基本支出99.40万元（占支出总计的60.1%）和项目支出66.00万元（占39.9%）。",
            "只有1个项目：政务数据共享平台，66.00万元。",
            "机关运行经费预算6.60万元；“三公”经费预算0.20万元。",
            "本站核对了11处数字，全部相符：见数据核对。",
        ),
        (
            "In the 2023 budget, total revenue and total expenditure balance at CNY 1,654,000.",
            "The budget allocates CNY 994,000 (60.1% of total expenditure) to basic expenditure "
            "and CNY 660,000 (39.9%) to project expenditure.",
            "There is 1 project: Government data sharing platform, at CNY 660,000.",
            "Agency operating expenses are budgeted at CNY 66,000; “three public” expenses are "
            "budgeted at CNY 2,000.",
            "The site checked 11 figures, and all of them agree: see Data checks.",
        ),
    ),
}


@pytest.mark.parametrize("address", SENTENCES)
def test_the_overview_in_plain_words(both: ReadPages, address: str) -> None:
    for page, said in zip(both(f"{address}/index.html"), SENTENCES[address], strict=True):
        lines = page.section("in-words").all("li")
        assert tuple(line.text() for line in lines) == said
