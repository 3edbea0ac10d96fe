"""The two languages: translations, numbers and units, targets, terms in running text."""
