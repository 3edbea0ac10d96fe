"""``disclosure.yml``: who discloses, for which year, and how the department is organised."""

from __future__ import annotations

from typing import Literal

from disclosure.model.fields import (
    CellText,
    Code,
    Date,
    Identifier,
    Model,
    PlainText,
    Text,
    Time,
    Year,
)

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
    """A row of the institution table (部门机构设置情况), cell by cell as printed.

    ``unit`` links the row to the folder of the subordinate unit (二级单位) that it names.
    """

    name: Text
    nature: CellText
    rank: CellText
    funding: CellText
    remark: CellText | None = None
    unit: Identifier | None = None


class InformationRecord(Model):
    """The record of a government information item (信息公开目录), what the publisher has of it.

    Dates: ``issued`` 成文日期, ``approved`` 批复日期, ``published`` 公开日期 (Budget Law art. 14:
    within twenty days of the approval) at ``published_time``, in the time of Beijing.
    """

    index_number: PlainText | None = None
    issuer: Text | None = None
    issued: Date | None = None
    approved: Date | None = None
    published: Date | None = None
    published_time: Time | None = None
    document_number: PlainText | None = None
    validity: Text | None = None


NotGivenState = Literal["absent", "withheld", "not_provided"]
"""Why something is not given: the document says that there is none, it is a state secret, or the
document does not contain it."""


class NotGiven(Model):
    """Tables and narrative parts that are not given for one reason, by the ends of their addresses.

    ``note`` says more about the reason, in the words of the document or of the editors.
    """

    state: NotGivenState
    tables: tuple[Identifier, ...] = ()
    parts: tuple[Identifier, ...] = ()
    note: Text | None = None


class DisclosureFile(Model):
    """The whole file. ``kind`` is ``budget`` (预算) or ``final`` (决算)."""

    year: Year
    kind: DisclosureKind
    department: DepartmentName
    title: Text | None = None
    record: InformationRecord | None = None
    legal_basis: tuple[Identifier, ...] = ()
    divisions: tuple[Division, ...] = ()
    institutions: tuple[Institution, ...] = ()
    not_given: tuple[NotGiven, ...] = ()
