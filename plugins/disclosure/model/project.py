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
    """A performance indicator: level-3 name, description, target value and its basis.

    Where the print has columns of their own for the operator (指标性质), the unit of measure
    (度量单位), the weight (权重), the direction (指标方向性) or the actual value of the year
    before (上年完成值), they are given as printed.
    """

    name: CellText
    target: TargetText
    operator: CellText | None = None
    unit: CellText | None = None
    weight: FigureField | None = None
    direction: CellText | None = None
    prior_actual: TargetText | None = None
    description: CellText | None = None
    basis: CellText | None = None


class OutsideTotal(Model):
    """Why a project is no part of the total project expenditure (项目支出) of its year."""

    because: Text


class ProjectFile(Model):
    """The whole file. Amounts are in the unit of the disclosure's ``budget.yml``.

    ``schedule`` is the cumulative share of the funds spent by the end of each period.
    ``indicators`` are keyed by the printed level-2 name; level 1 follows from it.
    ``continues`` names the project of an earlier year that goes on under this code.
    ``outside_total`` says that the total project expenditure does not cover it, and why.
    """

    code: Code
    name: Text
    budget: FigureField
    order: Count | None = None
    sources: dict[FundLabel, FigureField] = Field(default_factory=dict)
    supervising: CellText | None = None
    implementing: CellText | None = None
    start: CellText | None = None
    end: CellText | None = None
    total_funds: FigureField | None = None
    annual_funds: FigureField | None = None
    outside_total: OutsideTotal | None = None
    reason: CellText | None = None
    plan: CellText | None = None
    continues: Code | None = None
    use: CellText | None = None
    schedule: dict[PeriodLabel, ShareField] = Field(default_factory=dict)
    objectives: tuple[Text, ...] = ()
    indicators: dict[IndicatorLabel, tuple[Indicator, ...]] = Field(default_factory=dict)
