"""``data/site.yml``: what the site is and who speaks on it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from disclosure.model.fields import Bilingual, Date, Model, PlainText, WebAddress

FORMAT = "1"
"""The version of the data format that this software reads. ``disclosure migrate`` leads to it."""


def _known_format(value: Any) -> Any:
    if isinstance(value, str) and value != FORMAT:
        raise PydanticCustomError("S250", "unknown format", {"found": value, "newest": FORMAT})
    return value


class SourceDocument(Model):
    """The official document that the site renders. It prevails over the site."""

    title: PlainText
    date: Date | None = None


class Publisher(Model):
    """Who publishes, and the identifiers of a government site (only those it has).

    ``website`` and ``website_name`` are those of the government site that these pages belong to:
    the site to which ``site_code`` was given.
    """

    website: WebAddress | None = None
    website_name: Bilingual | None = None
    column_type: Bilingual | None = None
    organiser: Bilingual | None = None
    operator: Bilingual | None = None
    contact: Bilingual | None = None
    phone: PlainText | None = None
    icp_number: PlainText | None = None
    police_number: PlainText | None = None
    site_code: PlainText | None = None
    institution_mark: WebAddress | None = None
    error_report: WebAddress | None = None
    site_map: WebAddress | None = None


class SiteFile(Model):
    """The whole file. ``format`` is the version of the data format."""

    format: Annotated[Literal["1"], BeforeValidator(_known_format)]
    name: Bilingual | None = None
    description: Bilingual | None = None
    edition: Literal["unofficial", "official"] = "unofficial"
    source: SourceDocument | None = None
    editor_note: Bilingual | None = None
    licence: Bilingual | None = None
    publisher: Publisher | None = None
