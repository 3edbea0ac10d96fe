"""The settings of MkDocs and Material that this site needs, so that five lines are enough."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

THEME = Path(__file__).parent / "theme"


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
    theme["palette"] = None  # both schemes are in our own style
    # A column is aligned by an attribute: the policy of the site refuses styles inside a page.
    config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
    theme.static_templates.add("404.html")
    # A hand-written link that leads nowhere is a warning, so that --strict refuses it.
    links = config.validation.links
    links.anchors = links.absolute_links = links.unrecognized_links = logging.WARNING


def theme_style(config: MkDocsConfig) -> str:
    """The theme's main style below the site's root; its name changes with the theme's version.

    Raises StopIteration where the theme has none.
    """
    pattern = "assets/stylesheets/main.*.min.css"
    folders = (Path(folder) for folder in config.theme.dirs)
    return next(
        found.relative_to(folder).as_posix() for folder in folders for found in folder.glob(pattern)
    )
