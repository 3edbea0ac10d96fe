"""``department.yml``: the permanent address of a department."""

from __future__ import annotations

from typing import Literal

from disclosure.model.fields import Identifier, Model

DepartmentKind = Literal[
    "party", "congress", "government", "judiciary", "mass", "local", "institution", "other"
]
"""What a department is, in the order in which Chinese governments list them: 党委、人大政协、
政府部门、法院检察院、群团、乡镇街道、事业单位、其他。"""

# fmt: off
Letter = Literal[
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
    "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
]
# fmt: on


class DepartmentFile(Model):
    """A department's slug. Name and code belong to the disclosure of a year.

    ``initial``: the letter of its Chinese name in lists, where the name does not tell it.
    """

    slug: Identifier
    predecessors: tuple[Identifier, ...] = ()
    successors: tuple[Identifier, ...] = ()
    kind: DepartmentKind | None = None
    initial: Letter | None = None
