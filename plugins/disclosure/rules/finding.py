"""What a rule reports: the problem, and where in the disclosure it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from disclosure.book import Place
from disclosure.problems import Bilingual, Problem, problem
from disclosure.rules.check import Check


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at a place; ``check`` is the comparison that failed, where there is one."""

    problem: Problem
    place: Place
    check: Check | None = None

    @property
    def rule(self) -> str:
        """The code of the rule."""
        return self.problem.code

    @property
    def difference(self) -> Decimal | None:
        """Printed minus computed; None where nothing was computed."""
        return self.check.difference if self.check else None

    @property
    def address(self) -> str:
        """The place as ``acknowledged.yml`` writes it: ``budget.yml/highlights/1/amount``."""
        keys = (str(key + 1) if isinstance(key, int) else key for key in self.place.path)
        return "/".join((self.place.file, *keys))

    def explained(self, explanation: Bilingual) -> Finding:
        """The same with what the editors say about it."""
        return replace(self, problem=replace(self.problem, explanation=explanation))


def finding(code: str, place: Place, **values: object) -> Finding:
    """A finding of the catalogue; raises like :func:`disclosure.problems.problem`."""
    return Finding(problem(code, place, **values), place)
