"""The real data with many more projects, to see what grows with them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.audit.sites import ROOT, build

_PROJECTS = Path("data/departments/economy-technology/2024-budget/projects")
_WORDS = Path("data/translations/en/projects.po")
_ENTRY = re.compile(r'^msgid "(.*)"\nmsgstr "(.*)"$', re.MULTILINE)
_SOURCES = re.compile(r"^sources:\n(?:  .*\n)+", re.MULTILINE)
_BUDGET = "1.00"
_REASON = "为测量而复制的项目", "a project copied for a measurement"


def site_with(projects: int, folder: Path) -> Path:
    """Build the real site with ``projects`` projects, copies beside the twelve, and return it.

    All are copied in turn, with all their texts. A copy has its own code and number, and a small
    budget, so that what is shown of the largest projects stays as it is; it is declared outside
    the total project expenditure, so that the printed sums still hold. Raises CalledProcessError
    when the data are refused.
    """
    project = folder / "project"
    for name in ("content", "data", "overrides"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "mkdocs.yml", project)
    originals = sorted((project / _PROJECTS).glob("*.yml"))
    english = dict(_ENTRY.findall((project / _WORDS).read_text(encoding="utf-8")))
    words = [_REASON]
    for number in range(len(originals) + 1, projects + 1):
        original = originals[number % len(originals)]
        text = original.read_text(encoding="utf-8")
        code = f"{original.stem[:8]}G{number:09d}X0"
        name = _value(text, "name")
        words.append((f"{name}（{number}）", f"{english[name]} ({number})"))
        own = {"code": code, "name": words[-1][0], "order": str(number), "budget": _BUDGET}
        for key, value in own.items():
            text = text.replace(f"{key}: {_value(text, key)}\n", f"{key}: {value}\n", 1)
        text = _SOURCES.sub(f"sources:\n  财政资金: {_BUDGET}\n", text)
        text += f"outside_total:\n  because: {_REASON[0]}\n"
        original.with_name(f"{code}.yml").write_text(text, encoding="utf-8")
    with (project / _WORDS).open("a", encoding="utf-8") as file:
        file.writelines(f'\nmsgid "{chinese}"\nmsgstr "{text}"\n' for chinese, text in words)
    return build(project / "mkdocs.yml", folder / "site")


def _value(text: str, key: str) -> str:
    found = re.search(rf"^{key}: (.*)$", text, re.MULTILINE)
    assert found, f"no {key} in the copied project"
    return found[1]
