"""What a build depends on beside the data: settings, versions, templates, hand-written pages."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

_PACKAGES = ("mkdocs", "properdocs", "mkdocs-material", "jinja2", "markdown", "pyyaml", "pydantic",
             "babel", "xlsxwriter", "markupsafe")  # fmt: skip

# Where the project lies, where the site is put and how much is said of it change nothing in it:
# what is in these folders counts (``programs``). Theme and plugins are said by their own settings.
_OF_THE_CALL = frozenset(
    {
        *("config_file_path", "docs_dir", "site_dir", "strict", "dev_addr", "watch"),
        *("theme", "plugins", "hooks"),
    }
)


def root_of(config: MkDocsConfig) -> Path:
    """The folder of ``mkdocs.yml``, from which paths in it are counted."""
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def settings(config: MkDocsConfig) -> Iterator[str]:
    """Everything that was set, by file, command line or environment, and the versions of programs.

    A setting that is an object of Python has another text each time: then nothing is kept.
    """
    for key, value in config.items():
        if key not in _OF_THE_CALL:
            yield f"{key} {_said(value)}"
    yield f"theme {config.theme.name} {_said(dict(config.theme))}"
    for name, plugin in config.plugins.items():
        # A hook of the site stands among the plugins; what it says is not known, nor kept.
        yield f"plugin {name} {_said(dict(getattr(plugin, 'config', {})))}"
    yield platform.python_version()
    for name in _PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield name


def _said(value: object) -> str:
    """A setting as text, the same for the same setting."""
    if isinstance(value, Mapping):
        return json.dumps({str(key): _said(each) for key, each in value.items()}, sort_keys=True)
    if isinstance(value, list | tuple):
        return json.dumps([_said(each) for each in value])
    return repr(value)


def programs(config: MkDocsConfig) -> Iterator[Path]:
    """Folders of code, templates and hand-written pages."""
    yield Path(__file__).parent
    yield Path(config.docs_dir)
    if config.theme.custom_dir:
        yield Path(config.theme.custom_dir)


def build_moment() -> str:
    """The time that the build goes by (reproducible-builds.org); empty for the clock's."""
    return os.environ.get("SOURCE_DATE_EPOCH", "")
