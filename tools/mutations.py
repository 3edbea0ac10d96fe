"""Change every digit of every printed figure, one at a time: do the rules notice?

``python -m tools.mutations [DATA] [--minimum 90]``: a digit becomes the next one (9 becomes 0), all
rules run again, and the change counts as noticed where what they report is no longer the same. The
share is that among the figures that take part in a comparison; the others are listed. Exit code 1
below the minimum. The figures are changed in the book that was read, since a file with another
digit is read the same way.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from disclosure.book import Book, Department, Disclosure, load_book
from disclosure.model.fields import Figure, parse_decimal
from disclosure.model.table_forms import Table
from disclosure.problems import Problem
from disclosure.rules.examine import Examination, examine

Keys = tuple[str | int, ...]
NOT_AMOUNTS = ("schedule", "weight", "quantity")
"""Keys of figures that are no amounts of money."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure of a disclosure: the file below its folder, the path in it, and where it is kept."""

    file: str
    path: Keys
    owner: Keys
    figure: Figure

    @property
    def address(self) -> str:
        """``budget.yml/revenue/total``; items of lists are counted from 1."""
        keys = (str(key + 1) if isinstance(key, int) else key for key in self.path)
        return "/".join((self.file, *keys))


@dataclass
class Result:
    """How many changed digits were noticed, by rule, and the figures that nothing compares."""

    digits: int = 0
    noticed: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Noticed digits in per cent; 100 where there are none."""
        return 100 * self.noticed / self.digits if self.digits else 100.0


def figures(disclosure: Disclosure) -> Iterator[Printed]:
    """All amounts of a disclosure that have a value."""
    for name in ("budget", "procurement", "assets"):
        yield from _below(getattr(disclosure, name), f"{name}.yml", (name,))
    for index, project in enumerate(disclosure.projects):
        file = f"projects/{project.code}.yml"
        yield from _below(project.file, file, ("projects", index, "file"))
    yield from _tables(disclosure.tables, "", ())
    for index, unit in enumerate(disclosure.units):
        folder, owner = f"units/{unit.slug}/", ("units", index)
        yield from _below(unit.budget, f"{folder}budget.yml", (*owner, "budget"))
        yield from _tables(unit.tables, folder, owner)


def _tables(tables: Mapping[str, Table], folder: str, owner: Keys) -> Iterator[Printed]:
    for id, table in tables.items():
        for side, given in enumerate(table.sides):
            for index, row in enumerate(given.rows):
                at = (*owner, "tables", id, "sides", side, "rows", index, "cells")
                for column, cell in row.cells.items():
                    if isinstance(cell, Figure) and cell.value is not None:
                        path = (*row.path, column)
                        yield Printed(f"{folder}tables/{id}.yml", path, (*at, column), cell)


def _below(value: object, file: str, owner: Keys, path: Keys = ()) -> Iterator[Printed]:
    if isinstance(value, Figure):
        if value.value is not None and not set(NOT_AMOUNTS) & set(path):
            yield Printed(file, path, owner, value)
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            child = getattr(value, name)
            yield from _below(child, file, (*owner, name), (*path, info.alias or name))
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield from _below(child, file, (*owner, key), (*path, key))
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from _below(child, file, (*owner, index), (*path, index))


def changed(figure: Figure) -> Iterator[Figure]:
    """The figure with each of its digits replaced by the next one."""
    for index, letter in enumerate(figure.printed):
        if letter.isdecimal():
            digit = unicodedata.digit(letter)
            other = chr(ord(letter) - digit + (digit + 1) % 10)
            text = figure.printed[:index] + other + figure.printed[index + 1 :]
            yield Figure(text, parse_decimal(text.rstrip("%％")))


def put(value: Any, owner: Keys, figure: Figure) -> Any:
    """A copy of a part of the book with one figure replaced."""
    if not owner:
        return figure
    key, *rest = owner
    below = tuple(rest)
    if isinstance(value, tuple):
        assert isinstance(key, int)
        return (*value[:key], put(value[key], below, figure), *value[key + 1 :])
    if isinstance(value, Mapping):
        return {**value, key: put(value[key], below, figure)}
    child = {str(key): put(getattr(value, str(key)), below, figure)}
    return (
        value.model_copy(update=child) if isinstance(value, BaseModel) else replace(value, **child)
    )


def run(book: Book) -> Result:
    """Change all figures of all disclosures, and rerun the rules of their department."""
    result = Result()
    for department in book.departments:
        alone = replace(book, departments=(department,))
        before = examine(alone)
        said = _said(before)
        for index, disclosure in enumerate(department.disclosures):
            compared = _compared(before, disclosure)
            for printed in figures(disclosure):
                folder = f"departments/{department.slug}/{disclosure.slug}"
                if (disclosure.slug, printed.file, printed.path) not in compared:
                    result.unchecked.append(f"{folder}/{printed.address}")
                    continue
                for figure in changed(printed.figure):
                    other = put(disclosure, printed.owner, figure)
                    found = _said(examine(_with(alone, department, index, other)))
                    result.digits += 1
                    if found == said:
                        place = f"{folder}/{printed.address}"
                        result.missed.append(
                            f"{place}: {printed.figure.printed} → {figure.printed}"
                        )
                    else:
                        result.noticed += 1
                        result.by_rule.update({problem[0] for problem in found ^ said})
                sys.stderr.write(f"\r{result.digits} ")
    sys.stderr.write("\n")
    return result


def _with(book: Book, department: Department, index: int, disclosure: Disclosure) -> Book:
    all = department.disclosures
    disclosures = (*all[:index], disclosure, *all[index + 1 :])
    return replace(book, departments=(replace(department, disclosures=disclosures),))


def _compared(before: Examination, disclosure: Disclosure) -> set[tuple[str, str, Keys]]:
    """The disclosure, file and path of all figures in comparisons of the department."""
    found: set[tuple[str, str, Keys]] = set()
    for (_, slug), examined in before.disclosures.items():
        for check in examined.checks:
            for term in (check.printed, *check.summands):
                if term.place is None:
                    continue
                # A figure of the base year has its place below the data folder.
                folder = f"departments/{disclosure.department}/{disclosure.slug}/"
                if term.place.file.startswith(folder):
                    name = term.place.file.removeprefix(folder)
                    found.add((disclosure.slug, name, term.place.path))
                else:
                    found.add((slug, term.place.file, term.place.path))
    return found


def _said(examination: Examination) -> frozenset[tuple[str, str]]:
    return frozenset((each.code, _words(each)) for each in examination.problems)


def _words(problem: Problem) -> str:
    return repr((problem.span, problem.values))


def report(result: Result) -> Iterator[str]:
    """The result in both languages, line by line."""
    yield f"改了 {result.digits} 个数字，发现 {result.noticed} 个（{result.share:.1f}%）"
    yield f"{result.digits} digits changed, {result.noticed} noticed ({result.share:.1f}%)"
    for rule, count in sorted(result.by_rule.items()):
        yield f"  {rule}: {count}"
    for title, lines in (
        ("改了没有发现 / changed and not noticed", result.missed),
        ("没有规则核对 / compared by no rule", result.unchecked),
    ):
        if lines:
            yield f"{title}: {len(lines)}"
            yield from (f"  {line}" for line in lines)


def main(arguments: list[str] | None = None) -> int:
    """Print the report; 1 where less than the minimum is noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", nargs="?", type=Path, default=Path("data"))
    parser.add_argument("--minimum", type=float, default=90, help="per cent")
    options = parser.parse_args(arguments)
    result = run(load_book(options.data, options.data.name))
    for line in report(result):
        sys.stdout.write(line + "\n")
    return 0 if result.share >= options.minimum else 1


if __name__ == "__main__":
    sys.exit(main())
