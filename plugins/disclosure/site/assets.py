"""The files beside the pages: one style, one script, the search, the icon.

Style and script are written in small files, one a concern, and go out as one each, stripped of
comments and of space that means nothing; nothing else is changed, so what runs can be read.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path

from disclosure.language.interface import text as say
from disclosure.model.fields import LANGS

ASSETS = Path(__file__).parent / "assets"

STYLES = (
    *("colours", "frame", "navigation", "blocks", "tables", "terms", "sharing", "comfort"),
    "print",
)
SCRIPTS = ("on_demand", "language", "menu", "navigation", "print")
# Fetched when they are asked for; ``whole.css`` by the page of a whole disclosure, ``server.css``
# by pages that a server shows with errors.
_ALONE = (
    *("search.css", "search.js", "reading.css", "reading.js", "icon.svg", "whole.css"),
    *("server.css", "choices.js", "tables.css", "tables.js", "units.js"),
)
# What these scripts say, in both languages: each is one file for all pages.
_WORDS = {
    "tables.js": (
        *("tools.copied", "tools.selected", "tools.order", "tools.printed", "tools.sorted"),
        *("tools.unsorted", "tools.largest", "tools.smallest", "tools.first", "tools.final"),
        *("filter.found", "filter.none", "filter.wrong", "units.yuan.unit", "units.million.unit"),
    ),
    "units.js": (
        *("units.yuan.amount", "units.yuan.unit", "units.million.amount", "units.million.unit"),
        *("units.now.printed", "units.now.yuan", "units.now.million"),
        *("units.original", "units.original.bare"),
    ),
}
_NO_WORDS = '"words of the interface"'

_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCRIPT_COMMENT = re.compile(
    r"^[ ]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ ]*)$", re.DOTALL | re.MULTILINE
)


def assets() -> dict[str, bytes]:
    """Each file of ours by its name below ``assets/disclosure``."""
    style = "".join(tight_style(_read(f"styles/{name}.css")) for name in STYLES)
    script = "\n".join(tighter_script(_read(f"scripts/{name}.js")) for name in SCRIPTS)
    files = {"site.css": style, "site.js": script}
    for name in _ALONE:
        text = _read(name)
        if keys := _WORDS.get(name):
            text = text.replace(_NO_WORDS, _words(keys))
        files[name] = {".css": tight_style, ".js": tight_script}.get(Path(name).suffix, str)(text)
    return {name: text.encode() for name, text in files.items()}


@cache
def first_script() -> str:
    """The script in the head of every page, which runs before anything is drawn."""
    return tight_script(_read("scripts/first.js"))


@cache
def content_policy() -> str:
    """The Content-Security-Policy of a page (W3C CSP Level 3), for its ``meta`` element.

    Everything comes from the site's own host; of inline scripts only ``first_script`` runs, named
    by its SHA-256. ``frame-ancestors`` and reports cannot stand in a ``meta`` and are the
    server's.
    """
    digest = base64.b64encode(hashlib.sha256(first_script().encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def tight_style(text: str) -> str:
    """A style without comments, and without space that has no meaning. Quoted text stays."""
    parts = _QUOTED.split(_STYLE_COMMENT.sub("", text))
    for index in range(0, len(parts), 2):  # what is quoted stands at the odd places
        part = re.sub(r"\s+", " ", parts[index])
        part = re.sub(r" ?([{};,>~]|!important) ?", r"\1", part)
        parts[index] = re.sub(r"([\w-]): ", r"\1:", part).replace(";}", "}")
    return "".join(parts).strip()


def tight_script(text: str) -> str:
    """A script without comments that have lines of their own, and without indentation."""
    return _tight(_SCRIPT_COMMENT.sub("", text))


def tighter_script(text: str) -> str:
    """The same, without the space around signs that stand by themselves.

    For scripts without regular expressions, in which a quotation mark would not quote.
    """
    parts = _QUOTED.split(tight_script(text))
    for index in range(0, len(parts), 2):
        part = re.sub(r" ?([=(){},;:?!<>&|]+) ?", r"\1", parts[index])
        parts[index] = re.sub(r"([;{,(]|=>)\n", r"\1", part)
    return "".join(parts)


def _words(keys: tuple[str, ...]) -> str:
    """The words of a script as JSON: by language, then by key of the interface."""
    said = {lang: {key: say(key, lang) for key in keys} for lang in LANGS}
    return json.dumps(said, ensure_ascii=False)


def _tight(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _read(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
