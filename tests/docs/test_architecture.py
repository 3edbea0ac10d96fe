"""The page on the architecture against the code."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.plugins import EVENTS
from tests.docs.pages import LANGS, ROOT, page, unquoted

from mkdocs_disclosure.plugin import DisclosurePlugin

PLUGINS = ROOT / "plugins"


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PLUGINS.rglob("*.py")):
        parts = path.relative_to(PLUGINS).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), path


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def documented(lang: str) -> dict[str, tuple[set[str], set[str]]]:
    """Files and imports of each layer, as the table gives them."""
    return {
        unquoted(name): (
            {file.strip() for file in files.split(",")},
            {unquoted(each.strip()) for each in imports.split(",") if each.strip()},
        )
        for name, files, imports, _ in page("architecture", lang).rows("layers")
    }


def layer_of(module: str, layers: dict[str, set[str]]) -> str | None:
    path = module.replace(".", "/").removeprefix("disclosure/")
    for name, files in layers.items():
        for file in files:
            folder = file.endswith("/") and f"{path}/".startswith(file)
            if folder or path == file.removesuffix(".py"):
                return name
    return None


@pytest.mark.parametrize("lang", LANGS)
def test_imports_run_as_the_table_says(lang: str) -> None:
    table = documented(lang)
    files = {name: of for name, (of, _) in table.items()}
    found: dict[str, set[str]] = defaultdict(set)
    for module, path in modules():
        layer = layer_of(module, files)
        assert layer or module == "disclosure", f"{module} is in no layer"
        for name in imported(path):
            target = layer_of(name, files)
            if layer and target and target != layer:
                found[layer].add(target)
    assert {name: found[name] for name in table} == {
        name: imports for name, (_, imports) in table.items()
    }
    order = list(table)
    for name, imports in found.items():
        assert all(order.index(each) < order.index(name) for each in imports), name


def test_yaml_jinja_and_mkdocs_stand_where_the_page_says() -> None:
    users: dict[str, set[str]] = defaultdict(set)
    for module, path in modules():
        for name in imported(path):
            users[name.split(".")[0]].add(module)
    assert users["yaml"] == {"disclosure.source"}
    core = {module for module, _ in modules() if module.split(".")[0] == "disclosure"}
    assert (users["jinja2"] | users["mkdocs"] | users["material"]) & core == set()


@pytest.mark.parametrize("lang", LANGS)
def test_the_hooks_are_those_of_the_plugin(lang: str) -> None:
    listed = [unquoted(row[0]) for row in page("architecture", lang).rows("adapter")]
    own = {f"on_{event}" for event in EVENTS} & set(vars(DisclosurePlugin))
    assert set(listed) <= own
    # These three only prepare or clean up for the others.
    assert own - set(listed) <= {"on_startup", "on_build_error", "on_serve"}


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_behind_a_thing_is_in_the_file_named(lang: str) -> None:
    rows = page("architecture", lang).rows("where")
    assert len(rows) > 20
    for thing, links, names in rows:
        paths = [ROOT / target.removeprefix("../../") for target in re.findall(r"\((.+?)\)", links)]
        text = "".join(path.read_text(encoding="utf-8") for path in paths if path.is_file())
        for name in re.findall(r"`(\w+)`", names):
            defined = rf"(?:def|class|macro|function) {name}\b|^{name}\b.*="
            assert re.search(defined, text, re.M), f"{thing}: {name}"


def test_both_languages_name_the_same_files() -> None:
    files = [
        [(row[1], row[2]) for row in page("architecture", lang).rows("where")] for lang in LANGS
    ]
    assert files[0] == files[1]
