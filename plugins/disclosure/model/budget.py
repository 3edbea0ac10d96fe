"""``budget.yml``: the figures of parts two, three and four.

All amounts are in ``unit`` (万元 or 元) and kept as printed.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from disclosure.model.fields import (
    AmountUnit,
    Code,
    FigureField,
    Identifier,
    Model,
    Text,
    Year,
    word,
)

RevenueLabel = Annotated[str, word("revenue_source")]
OperatingLabel = Annotated[str, word("operating_item")]
ThreePublicLabel = Annotated[str, word("three_public_item")]


class Revenue(Model):
    """Revenue (预算收入) and its sources by printed label."""

    total: FigureField | None = None
    sources: dict[RevenueLabel, FigureField] = Field(default_factory=dict)


class Expenditure(Model):
    """Expenditure (支出): basic (personnel, non-personnel) and projects.

    ``carried_forward`` is what the total includes for the year to come (年终结转结余).
    """

    total: FigureField | None = None
    basic: FigureField | None = None
    personnel: FigureField | None = None
    non_personnel: FigureField | None = None
    projects: FigureField | None = None
    carried_forward: FigureField | None = None


class Highlight(Model):
    """An item of project expenditure that the text names, and the projects it stands for.

    A link that the document does not state carries ``because``.
    """

    id: Identifier
    name: Text
    amount: FigureField
    note: Text | None = None
    projects: tuple[Code, ...] = ()
    because: Text | None = None


class ChangeReasons(Model):
    """Printed reasons for the changes, in plain words."""

    total: Text | None = None
    basic: Text | None = None
    projects: Text | None = None


class Change(Model):
    """Change from another year as printed: increases positive, decreases negative."""

    since: Year = Field(alias="from")
    total: FigureField | None = None
    basic: FigureField | None = None
    projects: FigureField | None = None
    reasons: ChangeReasons = ChangeReasons()


class AgencyOperating(Model):
    """Agency operating expenses (机关运行经费; Budget Law art. 14) and their items."""

    total: FigureField | None = None
    items: dict[OperatingLabel, FigureField] = Field(default_factory=dict)


class ThreePublicChange(Model):
    """Change of the “three public” expenses as printed, and its reason."""

    since: Year = Field(alias="from")
    total: FigureField
    reason: Text | None = None


class ThreePublic(Model):
    """“Three public” expenses (“三公”经费) and their items."""

    total: FigureField | None = None
    items: dict[ThreePublicLabel, FigureField] = Field(default_factory=dict)
    change: ThreePublicChange | None = None


class BudgetFile(Model):
    """The whole file."""

    unit: AmountUnit
    revenue: Revenue = Revenue()
    expenditure: Expenditure = Expenditure()
    highlights: tuple[Highlight, ...] = ()
    change: Change | None = None
    agency_operating: AgencyOperating | None = None
    three_public: ThreePublic | None = None
