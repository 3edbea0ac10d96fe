"""``data/site.yml``: what the site is and who speaks on it."""

from __future__ import annotations

from typing import Literal

from disclosure.model.fields import Bilingual, Date, Model, PlainText


class SourceDocument(Model):
    """The official document that the site renders. It prevails over the site."""

    title: PlainText
    date: Date | None = None


class Publisher(Model):
    """The identifiers an official publisher shows in the footer (only those it has)."""

    organiser: Bilingual | None = None
    operator: Bilingual | None = None
    contact: Bilingual | None = None
    icp_number: PlainText | None = None
    police_number: PlainText | None = None
    site_code: PlainText | None = None


class SiteFile(Model):
    """The whole file. ``format`` is the version of the data format."""

    format: Literal["1"]
    name: Bilingual | None = None
    description: Bilingual | None = None
    edition: Literal["unofficial", "official"] = "unofficial"
    source: SourceDocument | None = None
    editor_note: Bilingual | None = None
    licence: Bilingual | None = None
    publisher: Publisher | None = None
