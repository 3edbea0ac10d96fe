"""``projects/<code>.yml``: one project with its performance objectives table (绩效目标表)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from disclosure.model.fields import (
    CellText,
    Code,
    Count,
    FigureField,
    Model,
    PeriodLabel,
    ShareField,
    TargetText,
    Text,
    word,
)

FundLabel = Annotated[str, word("fund_source")]
IndicatorLabel = Annotated[str, word("indicator_kind")]


class Indicator(Model):
    """A performance indicator: level-3 name, description, target value and its basis."""

    name: CellText
    target: TargetText
    description: CellText | None = None
    basis: CellText | None = None


class ProjectFile(Model):
    """The whole file. Amounts are in the unit of the disclosure's ``budget.yml``.

    ``schedule`` is the cumulative share of the funds spent by the end of each period.
    ``indicators`` are keyed by the printed level-2 name; level 1 follows from it.
    """

    code: Code
    name: Text
    budget: FigureField
    order: Count | None = None
    sources: dict[FundLabel, FigureField] = Field(default_factory=dict)
    use: CellText | None = None
    schedule: dict[PeriodLabel, ShareField] = Field(default_factory=dict)
    objectives: tuple[Text, ...] = ()
    indicators: dict[IndicatorLabel, tuple[Indicator, ...]] = Field(default_factory=dict)
