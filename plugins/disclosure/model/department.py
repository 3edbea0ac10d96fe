"""``department.yml``: the permanent address of a department."""

from __future__ import annotations

from disclosure.model.fields import Identifier, Model


class DepartmentFile(Model):
    """A department's slug. Name and code belong to the disclosure of a year."""

    slug: Identifier
    predecessors: tuple[Identifier, ...] = ()
    successors: tuple[Identifier, ...] = ()
