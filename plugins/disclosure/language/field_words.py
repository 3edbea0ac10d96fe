"""What the fields of the data files mean, in both languages: ``defaults/fields.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from disclosure.model.fields import LANGS, Lang

Words = Mapping[Lang, str]


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What is said of a field; ``unit`` is that of a figure. ``example`` is written as in YAML."""

    meaning: Words
    unit: Words | None
    example: str


@cache
def field_words() -> Mapping[tuple[str, str], FieldWords]:
    """All fields by the names of model and key; raises KeyError where one lacks a part."""
    file = resources.files("disclosure").joinpath("defaults/fields.toml")
    return {
        (model, key): FieldWords(
            {lang: words["meaning"][lang] for lang in LANGS},
            {lang: words["unit"][lang] for lang in LANGS} if "unit" in words else None,
            words["example"],
        )
        for model, keys in tomllib.loads(file.read_text("utf-8")).items()
        for key, words in keys.items()
    }
