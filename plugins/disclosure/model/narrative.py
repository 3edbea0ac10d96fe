"""``narrative.yml``: the running text of the parts, as blocks without markup."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from disclosure.model.fields import BLANK, Identifier, Model, Text


class TextBlock(Model):
    """A heading with paragraphs and items below it; each is optional.

    ``division`` links the block to a division of the department; where the document does not
    say so in the same words, ``because`` says why.
    """

    heading: Text | None = None
    division: Identifier | None = None
    because: Text | None = None
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()


def _printed_heading_only(value: Any) -> Any:
    return () if value is BLANK else value


Blocks = tuple[TextBlock, ...]
PartText = Annotated[Blocks, BeforeValidator(_printed_heading_only)]
"""The text of a part. Key absent = not in the document; empty = only the heading is printed."""


class Overview(Model):
    """Part two, beside its figures."""

    principle: Blocks = ()
    revenue: Blocks = ()
    expenditure: Blocks = ()


class Performance(Model):
    """Part five: department-wide performance objectives (部门整体绩效目标)."""

    overall: Blocks = ()
    divisions: Blocks = ()
    safeguards: Blocks = ()


class NarrativeFile(Model):
    """The whole file."""

    introduction: Blocks = ()
    overview: Overview = Overview()
    performance: Performance | None = None
    special_funds: PartText | None = None
    assets: Blocks = ()
    other_matters: PartText | None = None
