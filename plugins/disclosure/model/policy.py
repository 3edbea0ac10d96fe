"""``policies.yml``: the laws and documents that the disclosures cite."""

from __future__ import annotations

from typing import Literal

from disclosure.model.fields import Bilingual, Date, Identifier, Lang, Model, PlainText


class Policy(Model):
    """A cited document. What the print does not give is absent."""

    id: Identifier
    number: Bilingual | None = None
    title: Bilingual | None = None
    issuer: Bilingual | None = None
    date: Date | None = None
    kind: Literal["law", "regulation", "notice", "plan", "policy", "meeting"] = "notice"
    cited_as: tuple[PlainText, ...] = ()

    def name(self, lang: Lang) -> str:
        """Its title, or its number where the print gives no title."""
        shown = self.title or self.number
        return shown[lang] if shown else self.id
