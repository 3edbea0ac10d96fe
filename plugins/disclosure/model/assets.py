"""``assets.yml``: part nine, state-owned assets (国有资产)."""

from __future__ import annotations

from typing import Annotated

from disclosure.model.fields import AmountUnit, Date, FigureField, Model, Text, word


class AssetRow(Model):
    """A row of the table: quantity in the unit the label names, value in the file's unit."""

    item: Annotated[str, word("asset_item")]
    quantity: FigureField | None = None
    value: FigureField | None = None


class AssetTable(Model):
    """The table (部门固定资产占用情况表) at its date."""

    name: Text
    as_of: Date
    rows: tuple[AssetRow, ...]


class AssetsFile(Model):
    """The whole file."""

    unit: AmountUnit
    fixed_assets: FigureField | None = None
    planned_purchases: FigureField | None = None
    table: AssetTable | None = None
