"""JSON with its lines indented by a space a level, as ``json.dumps(…, indent=1)`` has it.

The standard library indents in Python, a token at a time; here a level is joined at once.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as _quoted
from typing import Any


def indented(value: Any, level: int = 0) -> str:
    """``value`` with its characters as they are, at ``level`` spaces; the keys are texts.

    The same text as ``json.dumps(value, ensure_ascii=False, indent=1)``. Raises TypeError for what
    is no JSON.

    >>> indented({"a": [1, None], "b": {}})
    '{\\n "a": [\\n  1,\\n  null\\n ],\\n "b": {}\\n}'
    """
    if isinstance(value, str):
        return _quoted(value)
    if not value or not isinstance(value, dict | list | tuple):
        return json.dumps(value)
    start = "\n" + " " * (level + 1)
    end = start[:-1]
    if isinstance(value, dict):
        members = [f"{_quoted(key)}: {indented(each, level + 1)}" for key, each in value.items()]
        return f"{{{start}{f',{start}'.join(members)}{end}}}"
    return f"[{start}{f',{start}'.join([indented(each, level + 1) for each in value])}{end}]"
