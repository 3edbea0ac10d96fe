"""Reads one document and says what is wrong with the reading, by means of its own.

What is accepted must be what PyYAML's parser in Python (the project reads with libyaml) composes,
and nothing that the project refuses by its own rules may be in it.
"""

from __future__ import annotations

import re
import time
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.fuzz.documents import ROOT, Document

from disclosure.book import load_book
from disclosure.decode import decode, decode_list
from disclosure.language.catalogue import read_catalogue
from disclosure.model.budget import BudgetFile
from disclosure.model.disclosure import DisclosureFile
from disclosure.model.glossary import Term
from disclosure.model.narrative import NarrativeFile
from disclosure.model.project import ProjectFile
from disclosure.model.vocabulary import Vocabulary
from disclosure.problems import Severity, report
from disclosure.source import MAXIMUM_DEPTH, Source, read_yaml

MAXIMUM_SECONDS = 1.0
_MODELS = (BudgetFile, DisclosureFile, NarrativeFile, ProjectFile)
# In brackets PyYAML's own scanner stops at a question mark inside a text ("a?b"), which YAML 1.2
# and libyaml allow; a sign that means nothing takes its place.
_QUESTION = re.compile(r"(?<=[^\s\[\]{},?])\?")
_PRIVATE = "\ue000"
_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}


def fault(made: Document, folder: Path) -> str | None:
    """What is wrong with reading this document; None where nothing is. ``folder``: to write in."""
    begun = time.process_time()
    try:
        said = _po(made, folder) if made.is_po else _yaml(made, folder, begun)
    except Exception as error:  # whatever it is, reading must not raise it
        return f"crash: {type(error).__name__}: {error}"
    return said


def _slow(begun: float) -> str | None:
    """Time of this process, so that a busy machine does not count."""
    taken = time.process_time() - begun
    return f"slow: {taken:.2f} s" if taken > MAXIMUM_SECONDS else None


def _yaml(made: Document, folder: Path, begun: float) -> str | None:
    path = folder / "document.yml"
    path.write_bytes(made.data)
    source, problems = read_yaml(path, "document.yml")
    decoded: list[Any] = []
    if source is not None:
        context = {"vocabulary": _vocabulary()}
        decoded = [decode(source, model, context) for model in _MODELS]
        decoded.append(decode_list(source, Term))
    said = report(problems)
    for _, found in decoded:
        said += report(found)
    if slow := _slow(begun):
        return slow
    if len(said.splitlines()) != len(problems) + sum(len(found) for _, found in decoded):
        return "a problem is not one line"
    if any(found.severity is Severity.ERROR for found in problems):
        return None
    if source is None:
        return "refused without a word"
    return _wrongly_accepted(made, source)


@cache
def _vocabulary() -> Vocabulary:
    return load_book(ROOT / "tests" / "invalid" / "smallest").vocabulary


def _wrongly_accepted(made: Document, source: Source) -> str | None:
    if made.refused:
        return "accepted: another encoding"
    try:
        text = made.data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return "accepted: not UTF-8"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if sign := next((sign for sign in text if _is_invisible(sign)), None):
        return f"accepted: U+{ord(sign):04X}"
    text = _QUESTION.sub(_PRIVATE, text)
    try:
        events = list(yaml.parse(text, Loader=yaml.BaseLoader))
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        return f"accepted: PyYAML does not: {' '.join(str(error).split())}"
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            return "accepted: alias"
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            return "accepted: anchor or tag"
    try:
        value = _value(node, 0)
    except ValueError as error:
        return f"accepted: {error}"
    return None if value == source.value else f"another value: {value!r} / {source.value!r}"[:2000]


def _is_invisible(sign: str) -> bool:
    if sign == "\n":
        return False
    category = unicodedata.category(sign)
    return category in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(sign) in _BIDI


def _value(node: Any, depth: int) -> Any:
    if depth > MAXIMUM_DEPTH:
        raise ValueError("too deep")
    if isinstance(node, yaml.ScalarNode):
        if not node.value and node.style is None:
            return None
        return node.value.replace(_PRIVATE, "?")
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, depth + 1) for item in node.value]
    found: dict[str, Any] = {}
    keys: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in keys:
            raise ValueError("key that is no text or comes twice")
        keys.add(key.value)
        found[key.value.replace(_PRIVATE, "?")] = _value(value, depth + 1)
    return found


# --- translations ---------------------------------------------------------------------------------

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def _po(made: Document, folder: Path) -> str | None:
    (folder / "document.po").write_bytes(made.data)
    begun = time.process_time()
    catalogue, problems = read_catalogue(folder, lambda path: path.name)
    if slow := _slow(begun):
        return slow
    if len(report(problems).splitlines()) != len(problems):
        return "a problem is not one line"
    if problems:
        return None
    if made.refused:
        return "accepted: another encoding"
    text = made.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if sign := next((sign for sign in text if sign != "\t" and _is_invisible(sign)), None):
        return f"accepted: U+{ord(sign):04X}"
    expected = _translations(text)
    if expected == catalogue.english:
        return None
    return f"another value: {expected!r} / {dict(catalogue.english)!r}"[:2000]


def _translations(text: str) -> dict[tuple[str, str], str]:
    """A reader of the small part of PO that a correct file has."""
    found: dict[tuple[str, str], str] = {}
    parts: dict[str, str] = {}
    word, fuzzy, next_fuzzy = "", False, False

    def close() -> None:
        zh, en = parts.get("msgid", ""), parts.get("msgstr", "")
        if zh and en.strip() and not fuzzy:
            found.setdefault((parts.get("msgctxt", ""), zh), en)

    for line in [*text.split("\n"), 'msgid ""']:
        line = line.strip()
        if line.startswith("#"):
            next_fuzzy |= line.startswith("#,") and "fuzzy" in re.split(r"[,\s]+", line[2:])
            continue
        named = re.match(r"(msgctxt|msgid|msgstr)\s+", line)
        if named:
            begins = named[1] == "msgctxt" or (named[1] == "msgid" and word != "msgctxt")
            if begins:
                close()
                parts, fuzzy, next_fuzzy = {}, next_fuzzy, False
            word = named[1]
            line = line[named.end() :]
        if line:
            text_of = re.sub(
                r"\\(.)", lambda sign: _ESCAPES.get(sign[1], sign[1]), line[1:-1], flags=re.DOTALL
            )
            parts[word] = parts.get(word, "") + text_of
    return found
