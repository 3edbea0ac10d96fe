"""The core stands alone: no MkDocs, no Jinja, one module for YAML, imports one way."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from pathlib import Path

import pytest

CORE = Path(__file__).resolve().parent.parent.parent / "plugins" / "disclosure"
MODULES = sorted(
    "disclosure." + path.relative_to(CORE).with_suffix("").as_posix().replace("/", ".")
    for path in CORE.rglob("*.py")
)

# A module imports from its own line and the lines above it. The search knows no other part.
LAYERS = (
    ("problems", "yaml_lines", "yaml_slips", "manifest", "revision"),
    ("reports",),
    ("source", "yaml_edits"),
    ("model",),
    ("decode",),
    ("language",),
    ("book",),
    ("export",),
    ("changes",),
    ("rules",),
    ("search",),
    ("site",),
    ("publish",),
    ("command",),
    ("diff", "editions", "migrate", "new_department", "new_year", "schema", "translate"),
    ("cli",),
)


def path_of(module: str) -> Path:
    path = CORE.parent / module.replace(".", "/")
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"


@functools.cache
def imports(module: str) -> set[str]:
    """The modules that a module imports anywhere in it, also for type checking only."""
    tree = ast.parse(path_of(module).read_text("utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by a relative name"
            assert node.module is not None
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def order(module: str) -> int:
    (place,) = (number for number, names in enumerate(LAYERS) if layer(module) in names)
    return place


def core_modules() -> list[str]:
    return [module for module in MODULES if module != "disclosure.__init__"]


def test_all_of_the_core_is_looked_at() -> None:
    assert len(MODULES) > 50
    assert all(path_of(module).is_file() for module in MODULES)


def test_every_module_is_importable_without_mkdocs() -> None:
    script = f"""
import importlib, sys
for name in ("mkdocs", "material", "mkdocs_disclosure", "markdown"):
    sys.modules[name] = None
for name in {core_modules()!r}:
    importlib.import_module(name.removesuffix(".__init__"))
loaded = sorted(name for name in sys.modules if name.split(".")[0] in ("mkdocs", "material")
                and sys.modules[name] is not None)
assert not loaded, loaded
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_the_block_above_blocks() -> None:
    """MkDocs is installed here, so the test above means something."""
    script = "import sys; import mkdocs; sys.modules['mkdocs'] = None; import mkdocs"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert "ModuleNotFoundError" in done.stderr and "line 1" in done.stderr


@pytest.mark.parametrize(
    ("package", "only"),
    [
        ("yaml", {"disclosure.source"}),
        ("jinja2", set()),
        ("xlsxwriter", {"disclosure.export.workbook"}),
        ("mkdocs", set()),
        ("material", set()),
        ("markdown", set()),
        ("mkdocs_disclosure", set()),
    ],
)
def test_one_module_knows_a_library(package: str, only: set[str]) -> None:
    knowing = {
        module
        for module in MODULES
        if any(name.split(".")[0] == package for name in imports(module))
    }
    assert knowing == only


@pytest.mark.parametrize("module", core_modules())
def test_imports_run_one_way(module: str) -> None:
    upwards = {
        name
        for name in imports(module)
        if name.startswith("disclosure.") and layer(name).isidentifier() and is_module(name)
        if order(name) > order(module)
    }
    assert upwards == set()


def is_module(name: str) -> bool:
    return path_of(name).is_file()


def test_the_search_knows_no_other_part() -> None:
    for module in MODULES:
        if layer(module) == "search":
            parts = {layer(name) for name in imports(module) if name.startswith("disclosure.")}
            assert parts <= {"search"}, module


def test_nothing_imports_the_command_or_the_adapter() -> None:
    for module in MODULES:
        assert not any(name.startswith("disclosure.cli") for name in imports(module)), module
