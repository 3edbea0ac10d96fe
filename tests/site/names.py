"""What a file of a site may be called, so that every system and every portal takes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST = 199
"""Characters of a path below the site: Windows counts 260 with the folder around it."""

# Letters, digits, dash, underscore and dots between them; portals drop names that begin otherwise,
# servers hide them, and Windows takes no dot at the end.
_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?", re.ASCII)
# Names of devices, with any ending (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)


def unsuited(paths: Iterable[str]) -> Iterator[str]:
    """The paths (relative, with slashes) that some system refuses, each with the reason."""
    first: dict[str, str] = {}
    for path in paths:
        for part in path.split("/"):
            if not _PART.fullmatch(part):
                yield f"{path}: {part!r}"
            if _DEVICE.match(part):
                yield f"{path}: {part!r} is a device of Windows"
        if len(path) > LONGEST:
            yield f"{path}: {len(path)} characters"
        if (other := first.setdefault(path.lower(), path)) != path:
            yield f"{path}: differs from {other} in case alone"
