"""What a build depends on beside the data: settings, versions, templates, hand-written pages."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

_PACKAGES = ("mkdocs", "properdocs", "mkdocs-material", "jinja2", "markdown", "pyyaml", "pydantic",
             "babel", "xlsxwriter", "markupsafe")  # fmt: skip

# Where the site is put and how much is said of it change nothing in it.
_OF_THE_CALL = ("site_dir", "config_file", "config_file_path", "strict", "dev_addr", "watch")


def root_of(config: MkDocsConfig) -> Path:
    """The folder of ``mkdocs.yml``, from which paths in it are counted."""
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def settings(config: MkDocsConfig) -> Iterator[str]:
    """Everything that was set, by file, command line or environment, and the versions of programs.

    A setting that is an object of Python has another text each time: then nothing is kept.
    """
    # MkDocs puts the folder of the project before that of a theme; a site is the same anywhere.
    root = json.dumps(f"{root_of(config)}{os.sep}")[1:-1]
    for each in config.user_configs:
        said = {key: value for key, value in each.items() if key not in _OF_THE_CALL}
        yield json.dumps(said, default=str, sort_keys=True).replace(root, "")
    yield config.site_url or ""
    yield platform.python_version()
    for name in _PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield name


def programs(config: MkDocsConfig) -> Iterator[Path]:
    """Folders of code, templates and hand-written pages."""
    yield Path(__file__).parent
    yield Path(config.docs_dir)
    if config.theme.custom_dir:
        yield Path(config.theme.custom_dir)


def build_moment() -> str:
    """The time that the build goes by (reproducible-builds.org); empty for the clock's."""
    return os.environ.get("SOURCE_DATE_EPOCH", "")
