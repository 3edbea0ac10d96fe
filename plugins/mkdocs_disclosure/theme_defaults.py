"""The settings of MkDocs and Material that this site needs, so that five lines are enough."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

THEME = Path(__file__).parent / "theme"

_PALETTE = [
    {
        "media": "(prefers-color-scheme)",
        "scheme": "default",
        "toggle": {
            "icon": "material/brightness-auto",
            "name": "scheme.auto",
            "next": "scheme.light",
        },
    },
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "toggle": {"icon": "material/weather-sunny", "name": "scheme.light", "next": "scheme.dark"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "toggle": {"icon": "material/weather-night", "name": "scheme.dark", "next": "scheme.auto"},
    },
]


def apply_theme_defaults(config: MkDocsConfig) -> None:
    """Fill in what ``mkdocs.yml`` leaves open.

    Addresses end in ``.html`` (they also work in a plain folder), fonts are the system's, and
    nothing is asked of another host. The theme folder of this package comes after the site's own
    ``custom_dir`` and before the theme itself.
    """
    config.use_directory_urls = False
    theme = config.theme
    custom = [theme.custom_dir] if theme.custom_dir else []
    if str(THEME) not in theme.dirs:
        theme.dirs.insert(len(custom), str(THEME))
    theme["font"] = False
    theme["language"] = "zh"
    theme["palette"] = [{**option, "primary": "custom", "accent": "custom"} for option in _PALETTE]
    theme.static_templates.add("404.html")
    # A hand-written link that leads nowhere is a warning, so that --strict refuses it.
    links = config.validation.links
    links.anchors = links.absolute_links = links.unrecognized_links = logging.WARNING
