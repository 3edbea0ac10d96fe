"""``acknowledged.yml``: findings that the editors have looked into, each with an explanation."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from disclosure.model.fields import BLANK, Bilingual, FigureField, Model, PlainText


def _rule(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    if not re.fullmatch(r"[A-Z][0-9]{3}", text, re.ASCII):
        found = "" if value is BLANK else text or "…"
        raise PydanticCustomError("S217", "not the code of a rule", {"found": found})
    return text


RuleCode = Annotated[str, BeforeValidator(_rule)]
"""The code that a report shows: ``A405``."""


class Acknowledgement(Model):
    """A finding that is known and explained; it stays in every report and on the site.

    ``place`` is the name of the file below the folder of ``acknowledged.yml`` and the keys that
    lead to the value, joined by slashes, the items of a list counted from 1:
    ``budget.yml/agency_operating/total``. A hint may be acknowledged for a whole file or folder
    (``projects``), or without a place for everything beside ``acknowledged.yml``.

    ``difference`` is the one explained, as the report prints it: an explanation of 0.42 does not
    explain 5.42.
    """

    rule: RuleCode
    place: PlainText | None = None
    difference: FigureField | None = None
    explanation: Bilingual
