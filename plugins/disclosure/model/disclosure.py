"""``disclosure.yml``: who discloses, for which year, and how the department is organised."""

from __future__ import annotations

from typing import Literal

from disclosure.model.fields import CellText, Code, Identifier, Model, Text, Year

DisclosureKind = Literal["budget", "final"]


class DepartmentName(Model):
    """Name and code of the department in this year, as printed."""

    name: Text
    code: Code | None = None


class Division(Model):
    """A division (科室) and its duties, one an item."""

    id: Identifier
    name: Text
    duties: tuple[Text, ...] = ()


class Institution(Model):
    """A row of the institution table (部门机构设置情况), cell by cell as printed."""

    name: Text
    nature: CellText
    rank: CellText
    funding: CellText


class DisclosureFile(Model):
    """The whole file. ``kind`` is ``budget`` (预算) or ``final`` (决算)."""

    year: Year
    kind: DisclosureKind
    department: DepartmentName
    title: Text | None = None
    legal_basis: tuple[Identifier, ...] = ()
    divisions: tuple[Division, ...] = ()
    institutions: tuple[Institution, ...] = ()
