"""The figures of a data folder, read without the project's own code.

The files are read again here, with PyYAML alone, so that a mistake in the software that reads
and adds cannot hide a mistake in the data. All amounts are turned into yuan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

YUAN = {"万元": Decimal(10_000), "元": Decimal(1)}
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@cache
def load(path: Path) -> Any:
    """A YAML file, every scalar as the text that was written."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def number(text: str | None) -> Decimal | None:
    """The value of a printed figure; None for a blank, 不适用 and an absent cell."""
    if text in (None, "", "不适用"):
        return None
    assert text is not None
    return Decimal(text.translate(FULL_WIDTH).replace(",", "").removesuffix("%"))


def percentage(part: Decimal, whole: Decimal, printed: str) -> str:
    """``part`` in ``whole`` with the decimals of ``printed``, rounded half up."""
    if not whole:
        return "不适用"
    decimals = len(printed.removesuffix("%").partition(".")[2])
    share = (part / whole * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{share}%"


@dataclass(frozen=True)
class PrintedTable:
    """A table's file. Cells are in yuan; a cell that prints nothing counts as zero in sums."""

    path: Path
    unit: str

    @property
    def id(self) -> str:
        return self.path.stem

    @property
    def file(self) -> dict[str, Any]:
        found: dict[str, Any] = load(self.path)
        return found

    @property
    def sides(self) -> dict[str, list[dict[str, str]]]:
        return {key: value for key, value in self.file.items() if key in SIDES}

    def amount(self, row: dict[str, str], column: str) -> Decimal:
        return (number(row.get(column)) or Decimal(0)) * YUAN[self.unit]

    def named(self, side: str, *items: str) -> dict[str, str]:
        """The one row of a side whose name, without numbering, is one of ``items``."""
        found = [row for row in self.file[side] if plain(row.get("item", "")) in items]
        assert len(found) == 1, f"{self.path}: {items}: {len(found)} rows"
        row: dict[str, str] = found[0]
        return row


SIDES = ("rows", "revenue", "expenditure", "amounts", "counts")
TEXT_COLUMNS = {"code", "item", "institution", "style", "remark", "reason", "category"}
SHARES = {"completion", "change_share"}


def plain(item: str) -> str:
    """A row's name without its numbering."""
    return re.sub(r"^(其中：|[一二三四五六七八九十]+、|（[一二三四五六七八九十]）|\d+\.)", "", item)


@dataclass(frozen=True)
class PrintedDisclosure:
    """The folder of one disclosure, or of a subordinate unit within one."""

    folder: Path

    @property
    def budget(self) -> dict[str, Any]:
        found: dict[str, Any] = load(self.folder / "budget.yml")
        return found

    @property
    def unit(self) -> str:
        return str(self.budget["unit"])

    @property
    def year(self) -> int:
        return int(self.folder.name.split("-")[0])

    @property
    def kind(self) -> str:
        return self.folder.name.split("-")[1]

    @property
    def department(self) -> str:
        return self.folder.parent.name

    @property
    def tables(self) -> dict[str, PrintedTable]:
        """The tables that have rows."""
        paths = sorted((self.folder / "tables").glob("*.yml"))
        tables = (PrintedTable(path, load(path).get("unit", self.unit)) for path in paths)
        return {table.id: table for table in tables if table.sides}

    @property
    def projects(self) -> list[dict[str, Any]]:
        return [load(path) for path in sorted((self.folder / "projects").glob("*.yml"))]

    @property
    def units(self) -> list[PrintedDisclosure]:
        return [PrintedDisclosure(path) for path in sorted((self.folder / "units").glob("*"))]

    def amount(self, text: str | None) -> Decimal:
        """A figure of budget.yml or of a project, in yuan."""
        return (number(text) or Decimal(0)) * YUAN[self.unit]


def disclosures(data: Path) -> Iterator[PrintedDisclosure]:
    """All disclosures of a data folder."""
    for folder in sorted(data.glob("departments/*/*-*")):
        yield PrintedDisclosure(folder)


@dataclass
class Comparisons:
    """Counts what was compared and keeps what differs."""

    count: int = 0
    wrong: list[str] = field(default_factory=list)

    def equal(self, place: object, printed: object, computed: object) -> None:
        self.count += 1
        if printed != computed:
            self.wrong.append(f"{place}: printed {printed}, computed {computed}")

    def hold(self, at_least: int) -> None:
        """Nothing differs, and enough was compared for that to mean something."""
        assert not self.wrong, "\n".join(self.wrong)
        assert self.count >= at_least
