"""A whole invented city: ``python -m benchmarks.city 4800 FOLDER`` writes its MkDocs project.

Departments as they are in reality: 240 projects a disclosure, two years of budgets a department,
half of the projects going on from one year to the next, each with texts of its own in Chinese and
nearly all of them in English, nine kinds of indicators, policy documents they rest on, statutory
tables that add up, and here and there a figure that does not, so that the checks have work to do.

Everything follows from the seed: the same call writes the same bytes. A department's files do not
depend on how many departments there are, so that a page can be compared between sizes. Amounts are
whole numbers of hundredths of the unit 万元 (ten thousand yuan) until they are printed.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.department import Wanted, disclosure_files
from benchmarks.project import PROJECTS, YEARS, Words, amount, policy, quoted
from benchmarks.words import BUREAUS, DISTRICTS

MOST = PROJECTS * len(YEARS) * len(BUREAUS) * len(DISTRICTS)
_ROOT = Path(__file__).resolve().parent.parent
_LINE = re.compile(r"(?m)^budget: ([\d.]+)$")


def disclosures(projects: int) -> Iterator[Wanted]:
    """The disclosures of a city with so many projects. Raises ValueError beyond :data:`MOST`."""
    if not 1 <= projects <= MOST:
        raise ValueError(f"1 … {MOST} projects, not {projects}")
    for number in range(-(-projects // PROJECTS)):
        department, year = divmod(number, len(YEARS))
        district, bureau = divmod(department, len(BUREAUS))
        left = projects - number * PROJECTS
        yield Wanted(BUREAUS[bureau], district, YEARS[year], min(PROJECTS, left))


def _policies(wanted: Iterable[Wanted]) -> str:
    """``policies.yml``: the laws that every disclosure rests on, and each bureau's own plans."""
    text = (_ROOT / "data" / "policies.yml").read_text("utf-8")
    for each in wanted:
        where = DISTRICTS[each.district]
        for index in range(len(each.bureau.works)):
            name, number, title = policy(each.bureau, each.district, each.year, index)
            text += f"""- id: {name}
  number:
    zh: {number.zh}
    en: {number.en}
  title:
    zh: {title.zh}
    en: {quoted(title.en)}
  issuer:
    zh: {where.zh}人民政府
    en: People’s Government of {where.en}
  date: {each.year - 1}-11-{10 + index}
  kind: plan
"""
    return text


SITE = """# 虚构数据。Fictitious data.
format: 1
name:
  zh: 虚构市部门预算公开（性能测试）
  en: Budgets of a fictitious city (benchmark)
description:
  zh: 由程序编造的部门预算，只用来测试速度。
  en: Departmental budgets made up by a program, to measure speed only.
edition: official
editor_note:
  zh: 全部虚构，与任何真实机构无关。
  en: All of it is fictitious and has nothing to do with any real body.
"""
MKDOCS = """# 虚构的城市，只用来测试速度。A fictitious city, to measure speed only.
site_name: 虚构市部门预算公开
site_url: https://city.example/
docs_dir: content
theme:
  name: material
plugins:
  - disclosure{options}
markdown_extensions:
  - attr_list
"""
ABOUT = {
    "about.md": "---\ntitle: 关于本站\n---\n\n# 关于本站\n\n全部虚构，只用来测试速度。\n",
    "en/about.md": "---\ntitle: About\n---\n\n# About\n\nAll of it is fictitious.\n",
}


def mkdocs_yml(options: Mapping[str, str]) -> str:
    """The settings of the site, with options of the plugin as YAML texts."""
    lines = "".join(f"\n      {name}: {value}" for name, value in options.items())
    return MKDOCS.format(options=f":{lines}" if lines else "")


def city(projects: int) -> Iterator[tuple[str, str]]:
    """Every file of the city's MkDocs project: its address in the project, and its text."""
    wanted = tuple(disclosures(projects))
    yield "mkdocs.yml", mkdocs_yml({})
    yield from ((f"content/{name}", text) for name, text in ABOUT.items())
    yield "data/site.yml", SITE
    yield "data/glossary.yml", (_ROOT / "data" / "glossary.yml").read_text("utf-8")
    yield "data/policies.yml", _policies(wanted)
    for number, each in enumerate(wanted):
        if number % len(YEARS) == 0:
            words = Words()
            yield f"data/departments/{each.slug}/department.yml", f"slug: {each.slug}\n"
        for name, text in disclosure_files(each, words):
            yield f"data/departments/{each.slug}/{name}", text
        if number == len(wanted) - 1 or wanted[number + 1].slug != each.slug:
            yield f"data/translations/en/{each.slug}.po", words.po(f"{each.slug}: English")


def write_city(folder: Path, projects: int) -> None:
    """Write the city into ``folder``, which must be empty or absent. Raises FileExistsError."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(folder)
    made: set[Path] = set()
    done, shown = 0, sys.stderr.isatty()
    for name, text in city(projects):
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(text.encode())
        done += "/projects/" in name
        if shown and done % 100 == 0:
            print(f"\r{done:,} / {projects:,} 个项目 / projects", end="", file=sys.stderr)
    if shown:
        print(f"\r{done:,} / {projects:,} 个项目 / projects", file=sys.stderr)


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed figure: the file, the address of the page that shows it, and what it now is."""

    file: Path
    page: str
    before: str
    after: str


def edited_file(folder: Path) -> Path:
    """The file of the project whose figure is changed: the last of the first disclosure."""
    first = next(disclosures(1))
    projects = folder / "data" / "departments" / first.slug / f"{first.year}-budget" / "projects"
    return max(projects.glob("*.yml"))


def edit(folder: Path, number: int = 0) -> Edit:
    """Change the budget of one project, and nothing else. ``number``: another figure each time."""
    file = edited_file(folder)
    text = file.read_bytes().decode()
    found = _LINE.search(text)
    if found is None:
        raise ValueError(f"{file}: no budget")
    after = amount(70_000 + 101 * number)
    file.write_bytes((text[: found.start(1)] + after + text[found.end(1) :]).encode())
    page = file.relative_to(folder / "data").with_suffix(".html").as_posix()
    return Edit(file, page, found[1], after)


def main() -> int:
    """Write a city of so many projects into a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.city", description=__doc__)
    parser.add_argument("projects", type=int, help=f"1 … {MOST}")
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    write_city(chosen.folder, chosen.projects)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
