"""``units/<slug>/unit.yml``: a subordinate unit (二级单位) with figures of its own."""

from __future__ import annotations

from disclosure.model.fields import CellText, Identifier, Model, Text


class UnitFile(Model):
    """The unit's name and what the institution table says of it, as printed."""

    slug: Identifier
    name: Text
    nature: CellText | None = None
    rank: CellText | None = None
    funding: CellText | None = None
    remark: CellText | None = None
