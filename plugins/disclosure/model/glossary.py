"""``glossary.yml``: the terms (名词解释) in both languages."""

from __future__ import annotations

from disclosure.model.fields import Bilingual, Count, Identifier, Lang, Model, PlainText


class Aliases(Model):
    """Other written forms to recognise in running text."""

    zh: tuple[PlainText, ...] = ()
    en: tuple[PlainText, ...] = ()


class Term(Model):
    """A term. ``number`` is its number in part ten; without one the editors added it."""

    id: Identifier
    zh: PlainText
    en: PlainText
    definition: Bilingual
    number: Count | None = None
    aliases: Aliases = Aliases()
    basis: Bilingual | None = None

    def name(self, lang: Lang) -> str:
        """The term in ``lang``."""
        return self.zh if lang == "zh" else self.en

    def forms(self, lang: Lang) -> tuple[str, ...]:
        """All written forms of the term in ``lang``."""
        return (self.name(lang), *(self.aliases.zh if lang == "zh" else self.aliases.en))
