"""``procurement.yml``: part eight, the government procurement table (部门政府采购预算)."""

from __future__ import annotations

from disclosure.model.fields import AmountUnit, CellText, FigureField, Model, Text


class ProcurementRow(Model):
    """A row of the table: fourteen columns, cell by cell as printed."""

    project: CellText
    project_funds: FigureField | None = None
    item: CellText
    catalogue_number: CellText = ""
    unit_of_measure: CellText = ""
    quantity: FigureField | None = None
    unit_price: FigureField | None = None
    total: FigureField
    general_public_budget: FigureField | None = None
    government_funds: FigureField | None = None
    state_capital: FigureField | None = None
    special_fiscal_account: FigureField | None = None
    unit_funds: FigureField | None = None
    reserved_for_smes: FigureField | None = None


class ProcurementFile(Model):
    """The whole file. An empty table carries the note that says why (``empty_note``).

    ``total`` and its parts are those printed in the text or below the table: goods (货物), works
    (工程) and services (服务), the three kinds of the Government Procurement Law (art. 2).
    """

    name: Text
    unit: AmountUnit
    total: FigureField | None = None
    goods: FigureField | None = None
    works: FigureField | None = None
    services: FigureField | None = None
    rows: tuple[ProcurementRow, ...] = ()
    notes: tuple[Text, ...] = ()
    empty_note: Text | None = None
