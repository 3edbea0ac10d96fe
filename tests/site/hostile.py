"""A copy of the data in which every text that a person writes ends in an attack.

Numbers, dates, ids, codes and addresses are not text: the reader of the data refuses anything
else there, which tests/invalid proves.
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import read_po, write_po
from tests.site.projects import ROOT, copy_project, mkdocs_build

ATTACK = "<script>alert(1)</script>\"'&{{7*7}}</title>"

# Keys whose value is text for readers, wherever they stand; the rest is left as it is.
_TEXTS = """
    name title note because heading paragraphs duties nature rank funding use objectives
    description target basis reasons reason empty_note notes cited_as zh en
    project item catalogue_number unit_of_measure
"""
TEXTS = frozenset(_TEXTS.split())
# A target that is read as a number, with the sign and unit it may have.
NUMBER = re.compile(r"[≥≤><]?\s*[\d.,]+\s*\S{0,4}")
# Keys whose own keys are printed labels.
LABELLED = frozenset({"sources", "items", "indicators", "schedule"})
# What the real data have no use for.
MORE: dict[str, dict[str, Any]] = {
    "procurement.yml": {
        "rows": [
            {
                **dict.fromkeys(("project", "item", "catalogue_number", "unit_of_measure"), "办公"),
                **dict.fromkeys(("quantity", "unit_price", "total"), "1"),
            }
        ]
    },
    "site.yml": {
        "licence": {"zh": "许可", "en": "licence"},
        "publisher": {
            **{key: {"zh": "单位", "en": "body"} for key in ("organiser", "operator", "contact")},
            **{key: ATTACK for key in ("icp_number", "police_number", "site_code")},
        },
    },
}
# What the rules still find when every text ends in an attack, so that it is still explained.
STILL_FOUND = frozenset({"A405", "A408", "A411", "C704"})
VOCABULARY = ROOT / "plugins" / "disclosure" / "defaults" / "vocabulary.yml"


def attacked(text: str) -> str:
    return text + ATTACK


def hostile_project(folder: Path) -> Path:
    """Write the project into ``folder`` with the attack in every text, and return it."""
    project = copy_project(folder)
    data = project / "data"
    for path in data.rglob("*.yml"):
        value = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        if path.name == "acknowledged.yml":
            value = [each for each in value if each["rule"] in STILL_FOUND]
        if path.name in MORE:
            value.update(MORE[path.name])
        changed = every(value, path)
        if path.name == "policies.yml":  # still found where only the print cites them
            for policy, clean in zip(changed, value, strict=True):
                forms = [clean[key]["zh"] for key in ("number", "title") if key in clean]
                policy["cited_as"] = [
                    *policy.get("cited_as", []),
                    *forms,
                    *clean.get("cited_as", []),
                ]
        write(path, changed)
    write(data / "vocabulary.yml", vocabulary())
    for path in data.rglob("*.po"):
        catalog = read_po(path.open("rb"))
        entries = [(m.id, m.string, m.context, m.auto_comments) for m in catalog if m.id]
        fresh = type(catalog)(locale="en", charset="utf-8")
        for zh, en, context, comments in entries:
            fresh.add(attacked(zh), attacked(en), context=context, auto_comments=comments)
        with path.open("wb") as file:
            write_po(file, fresh, width=0, omit_header=False)
    for path in (project / "content").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        name = text.split("title:", 1)[1].split("\n", 1)[0].strip()
        path.write_text(text.replace(f"title: {name}", f"title: {quoted(name)}"), encoding="utf-8")
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    name = text.split("site_name:", 1)[1].split("\n", 1)[0].strip()
    settings.write_text(text.replace(f"site_name: {name}", f"site_name: {quoted(name)}"), "utf-8")
    return project


def quoted(text: str) -> str:
    """The attacked text as a YAML scalar: JSON is one."""
    return json.dumps(attacked(text), ensure_ascii=False)


@functools.cache
def hostile_site(folder: Path) -> Path:
    """The site built from hostile data below ``folder``, once a run."""
    project = hostile_project(folder / "hostile")
    done = mkdocs_build(project, project / "site")
    assert done.returncode == 0, done.stdout
    return project / "site"


def write(path: Path, value: Any) -> None:
    text = yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, width=100_000, default_style='"'
    )
    # A printed blank is nothing at all; "" would be a text.
    path.write_text(re.sub(r': ""$', ":", text, flags=re.MULTILINE), encoding="utf-8")


def every(value: Any, path: Path, key: str = "", text: bool = False) -> Any:
    """``value`` with the attack after each text below a key of TEXTS, and in printed labels."""
    if isinstance(value, dict):
        labels = key in LABELLED
        return {
            (attacked(name) if labels else name): every(
                item, path, name, text if name not in TEXTS else True
            )
            for name, item in value.items()
        }
    if isinstance(value, list):
        # A list of words under "items" is running text; under a table it has rows.
        words = text or key in ("items", *TEXTS)
        return [every(item, path, key, words and isinstance(item, str)) for item in value]
    if key == "item" and path.name == "assets.yml":
        return attacked(value)
    if not text or not value or (key == "target" and NUMBER.fullmatch(value)):
        return value
    return attacked(value)


def vocabulary() -> Any:
    """Every controlled word with the attack in both languages, known by its printed label too."""
    kinds = yaml.load(VOCABULARY.read_text(encoding="utf-8"), yaml.BaseLoader)
    for words in kinds.values():
        for word in words:
            labels = [word["zh"], *word.get("labels", [])]
            word["labels"] = [*labels, *map(attacked, labels)]
            word["zh"], word["en"] = attacked(word["zh"]), attacked(word["en"])
    return kinds
