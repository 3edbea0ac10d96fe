"""Read the text of an official disclosure document into plain tables.

The text comes off a paginated document: tables are lines with tab characters, and a page
break repeats the header row in the middle of a table. This module undoes the page breaks; it
interprets nothing. It is a tool for maintainers who compare data with the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

INDICATOR_HEADER = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")


@dataclass(frozen=True)
class PrintedProject:
    """One project table (绩效目标表) with its page breaks undone."""

    order: int
    title: str
    code: str
    name: str
    budget: str
    fiscal: str
    other: str
    use: str
    schedule: dict[str, str]
    objectives: str
    indicators: list[tuple[str, ...]]


@dataclass(frozen=True)
class PrintedDocument:
    """The document: its paragraphs, its tables outside part seven, its projects, its terms."""

    paragraphs: list[str]
    tables: list[list[list[str]]]
    projects: list[PrintedProject]
    terms: list[str] = field(default_factory=list)


def read_document(path: Path) -> PrintedDocument:
    """Read the document at ``path`` (UTF-8 text)."""
    lines = [line.rstrip("\n") for line in path.read_text(encoding="utf-8").splitlines()]
    paragraphs = [line.strip() for line in lines if line.strip() and "\t" not in line]
    projects: list[PrintedProject] = []
    tables: list[list[list[str]]] = []
    title = ""
    rows: list[list[str]] = []

    def close() -> None:
        nonlocal rows
        if not rows:
            return
        if rows[0][0] == "项目编码":
            projects.append(_project(title, rows))
        else:
            tables.append(rows)
        rows = []

    for line in lines:
        if "\t" in line:
            rows.append([cell.strip() for cell in line.split("\t")])
        elif line.strip():
            close()
            if line.strip().endswith("绩效目标表"):
                title = line.strip()
    close()
    terms = re.findall(r"^(?:- )?\d+、\*\*(.+?)\*\*：", "\n".join(lines), re.MULTILINE)
    return PrintedDocument(paragraphs, tables, projects, terms)


def _project(title: str, rows: list[list[str]]) -> PrintedProject:
    code, budget, use, periods, shares, objectives = rows[:6]
    schedule = {
        period: share for period, share in zip(periods[1:], shares[1:], strict=False) if period
    }
    order, _, name = title.partition("、")
    return PrintedProject(
        order=int(order),
        title=name,
        code=code[1],
        name=code[4],
        budget=budget[2],
        fiscal=budget[4],
        other=budget[6] if len(budget) > 6 else "",
        use=use[1],
        schedule=schedule,
        objectives=objectives[1],
        indicators=_indicators(rows[6:]),
    )


def _indicators(rows: list[list[str]]) -> list[tuple[str, ...]]:
    joined: list[list[str]] = []
    level_1 = ""
    for row in rows:
        cells = (row + [""] * 6)[:6]
        if tuple(cells) == INDICATOR_HEADER:
            continue
        if not any(cells[:2]):  # a row that goes on after a page break
            for column, tail in enumerate(cells):
                # In one table the whole cell stands before the break and its tail again after it.
                if tail and not joined[-1][column].endswith(tail):
                    joined[-1][column] += tail
            continue
        level_1 = cells[0] or level_1
        joined.append([level_1, *cells[1:]])
    return [tuple(row) for row in joined]
