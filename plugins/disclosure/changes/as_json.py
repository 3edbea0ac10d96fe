"""The report for programs. Nothing is left out or shortened; the documentation names every key."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from disclosure.changes.compare import Change
from disclosure.changes.difference import Difference, OneDisclosure, PagesDifference, Translated
from disclosure.changes.state import Found, PageSeen, State
from disclosure.problems import Bilingual

FORMAT = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def as_json(found: Difference) -> str:
    """The difference as a JSON object, in both languages, in ASCII.

    Amounts, differences and ratios are texts, exact decimals without an exponent.
    """
    whole = {
        "format": FORMAT,
        "changed": not found.is_empty,
        "before": _state(found.before),
        "after": _state(found.after),
        "disclosures": [_disclosure(each) for each in found.disclosures],
        "files": [
            {
                "file": each.file,
                "title": _both(each.title),
                "changes": [_change(change) for change in each.changes],
            }
            for each in found.files
        ],
        "english": {
            "stale": [{"before": old, "after": new} for new, old in found.english.stale],
            "missing": list(found.english.missing),
            "added": [_translated(each) for each in found.english.added],
            "changed": [_translated(each) for each in found.english.changed],
            "removed": [_translated(each) for each in found.english.removed],
        },
        "findings": {
            "appeared": [_found(each) for each in found.findings.appeared],
            "changed": [
                {"before": _found(old), "after": _found(new)} for old, new in found.findings.changed
            ],
            "vanished": [_found(each) for each in found.findings.vanished],
            "left_behind": [_found(each) for each in found.findings.left_behind],
        },
        "pages": _pages(found.pages),
    }
    # ASCII: a console or a redirection of any encoding leaves it as it is.
    return f"{json.dumps(whole, indent=1)}\n"


def _state(state: State) -> dict[str, Any]:
    return {
        "name": state.name,
        "errors": [_found(each) for each in state.errors],
        "unread": sorted(state.unread),
    }


def _disclosure(one: OneDisclosure) -> dict[str, Any]:
    return {
        "department": one.key[0],
        "disclosure": one.key[1],
        "title": _both(one.title),
        "fate": one.fate,
        "was": {"department": one.was[0], "disclosure": one.was[1]} if one.was else None,
        "changes": [
            *(_change(each.change, each.follows) for each in one.amounts),
            *(_change(each) for each in one.others),
        ],
    }


def _change(change: Change, follows: bool = False) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "address": list(change.address),
        "where": _both(change.where),
        "before": _both(change.before),
        "after": _both(change.after),
        "difference": _number(change.difference),
        "ratio": _number(change.ratio),
        "unit": change.unit,
        "follows": follows,
    }


def _found(found: Found) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": found.place[0],
        "line": found.line,
        "path": list(found.place[1]),
        "message": _both(found.message),
        "acknowledged": found.acknowledged,
        "difference": _number(found.difference),
    }


def _translated(entry: Translated) -> dict[str, Any]:
    return {
        "context": entry.key[0],
        "zh": entry.key[1],
        "before": entry.before,
        "after": entry.after,
    }


def _pages(pages: PagesDifference | None) -> dict[str, Any] | None:
    if pages is None:
        return None
    return {
        "changed": [_page(each) for each in pages.changed],
        "added": [_page(each) for each in pages.added],
        "removed": [_page(each) for each in pages.removed],
        "moved": [_page(each) for each in pages.moved],
    }


def _page(page: PageSeen) -> dict[str, Any]:
    return {"address": _both(page.address), "title": _both(page.title)}


def _both(words: Bilingual | None) -> dict[str, str] | None:
    return None if words is None else {"zh": words.zh, "en": words.en}


def _number(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
