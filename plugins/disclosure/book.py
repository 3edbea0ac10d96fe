"""Reads a data folder into one immutable ``Book``, or says everything that is wrong with it.

The folder is laid out as ``docs`` describes it: ``site.yml``, ``glossary.yml`` and the like at
the top, ``departments/<slug>/<year>-<kind>/`` below. All effects of reading are in this module
and in ``source``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, TypeVar

from disclosure.decode import decode, decode_list
from disclosure.language.catalogue import Catalogue, read_catalogue
from disclosure.model.assets import AssetsFile
from disclosure.model.budget import BudgetFile
from disclosure.model.department import DepartmentFile
from disclosure.model.disclosure import DisclosureFile, DisclosureKind
from disclosure.model.fields import Model
from disclosure.model.glossary import Term
from disclosure.model.narrative import NarrativeFile, TextBlock
from disclosure.model.policy import Policy
from disclosure.model.procurement import ProcurementFile
from disclosure.model.project import ProjectFile
from disclosure.model.site import SiteFile
from disclosure.model.vocabulary import Vocabulary, VocabularyFile
from disclosure.problems import Problem, Severity, Span, problem, sort_problems
from disclosure.source import Path, Source, read_yaml

M = TypeVar("M", bound=Model)
T = TypeVar("T")

_DEFAULT_VOCABULARY = FilePath(__file__).parent / "defaults" / "vocabulary.yml"
_TOP = ("site.yml", "glossary.yml", "vocabulary.yml", "policies.yml")
_PARTS = ("disclosure.yml", "budget.yml", "narrative.yml", "procurement.yml", "assets.yml")
_DISCLOSURE_FOLDER = re.compile(r"(\d{4})-(budget|final)")


@dataclass(frozen=True)
class Project:
    """A project and the file it stands in."""

    file: ProjectFile
    source: Source

    @property
    def code(self) -> str:
        """The project code as printed."""
        return self.file.code


@dataclass(frozen=True)
class Disclosure:
    """One disclosure: a department's budget or final accounts for a year."""

    department: str
    header: DisclosureFile
    budget: BudgetFile | None
    narrative: NarrativeFile
    procurement: ProcurementFile | None
    assets: AssetsFile | None
    projects: tuple[Project, ...]
    sources: Mapping[str, Source] = field(repr=False)

    @property
    def slug(self) -> str:
        """``2024-budget``."""
        return f"{self.header.year}-{self.header.kind}"

    @property
    def kind(self) -> DisclosureKind:
        """``budget`` or ``final``."""
        return self.header.kind

    @cached_property
    def _by_code(self) -> Mapping[str, Project]:
        return {project.code: project for project in self.projects}

    def project(self, code: str) -> Project:
        """The project with this code; references were checked when the book was read."""
        return self._by_code[code]

    def place(self, file: str, path: Path) -> Span:
        """Where ``path`` stands in one of this disclosure's files (``budget.yml``)."""
        return self.sources[file].positions.nearest(path)


@dataclass(frozen=True)
class Department:
    """A department and its disclosures, newest first."""

    file: DepartmentFile
    disclosures: tuple[Disclosure, ...]

    @property
    def slug(self) -> str:
        """Its permanent address."""
        return self.file.slug


@dataclass(frozen=True)
class Book:
    """Everything the data folder says."""

    site: SiteFile
    vocabulary: Vocabulary
    glossary: tuple[Term, ...]
    policies: tuple[Policy, ...]
    departments: tuple[Department, ...]
    catalogue: Catalogue

    @property
    def disclosures(self) -> Iterator[Disclosure]:
        """All disclosures of all departments."""
        return (d for department in self.departments for d in department.disclosures)


class BadData(Exception):
    """The data cannot be published; ``problems`` says everything that is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = problems


@dataclass
class _Reader:
    """Collects the problems while the files of one folder are read."""

    folder: FilePath
    shown: str
    problems: list[Problem] = field(default_factory=list)

    def name(self, path: FilePath) -> str:
        """The name of a file in messages: relative, with forward slashes."""
        return f"{self.shown}/{path.relative_to(self.folder).as_posix()}"

    def span(self, path: FilePath) -> Span:
        return Span(self.name(path), 1, 1)

    def source(self, path: FilePath, name: str | None = None) -> Source | None:
        source, problems = read_yaml(path, name or self.name(path))
        self.problems += problems
        return source

    def take(self, result: tuple[T, tuple[Problem, ...]]) -> T:
        self.problems += result[1]
        return result[0]

    def file(
        self, path: FilePath, model: type[M], context: Mapping[str, Any] | None = None
    ) -> tuple[M | None, Source | None]:
        """Read and decode an optional file: (None, None) where it does not exist."""
        if not path.is_file():
            return None, None
        source = self.source(path)
        return (self.take(decode(source, model, context)) if source else None), source

    def list(self, path: FilePath, model: type[M]) -> tuple[tuple[M, ...], Source | None]:
        if not path.is_file():
            return (), None
        source = self.source(path)
        return (self.take(decode_list(source, model)) if source else ()), source


def read_book(folder: FilePath, shown: str = "data") -> tuple[Book | None, tuple[Problem, ...]]:
    """Read the data folder.

    ``shown`` is the folder's name in messages. Returns the book (None where an error stands in
    the way) and all problems, sorted by place; untranslated texts are not problems here.
    """
    reader = _Reader(folder, shown)
    if not folder.is_dir():
        return None, (problem("R301", Span(shown, 1, 1)),)
    _unknown_names(reader, folder, files=_TOP, folders=("departments", "translations"))
    site, _ = reader.file(folder / "site.yml", SiteFile)
    if not (folder / "site.yml").is_file():
        reader.problems.append(problem("R302", reader.span(folder / "site.yml")))
    vocabulary = _vocabulary(reader)
    glossary, glossary_source = reader.list(folder / "glossary.yml", Term)
    policies, policies_source = reader.list(folder / "policies.yml", Policy)
    _unique(reader, glossary, glossary_source, lambda term: term.id)
    _unique(reader, policies, policies_source, lambda policy: policy.id)
    catalogue = reader.take(read_catalogue(folder / "translations" / "en", reader.name))
    context = {"vocabulary": vocabulary}
    departments = tuple(
        department
        for path in _folders(folder / "departments")
        if (department := _department(reader, path, context)) is not None
    )
    known_policies = {policy.id for policy in policies}
    if policies_source is None or len(policies) == len(policies_source.value or ()):
        for department in departments:
            for disclosure in department.disclosures:
                reader.problems += _references(disclosure, known_policies)
    problems = sort_problems(reader.problems)
    if any(found.severity is Severity.ERROR for found in problems) or site is None:
        return None, problems
    return Book(site, vocabulary, glossary, policies, departments, catalogue), problems


def load_book(folder: FilePath, shown: str = "data") -> Book:
    """Like ``read_book``; raises ``BadData`` where the book cannot be read."""
    book, problems = read_book(folder, shown)
    if book is None:
        raise BadData(problems)
    return book


def _vocabulary(reader: _Reader) -> Vocabulary:
    default = reader.source(_DEFAULT_VOCABULARY, "vocabulary.yml")
    files = [reader.take(decode(default, VocabularyFile))] if default else []
    own, _ = reader.file(reader.folder / "vocabulary.yml", VocabularyFile)
    return Vocabulary.of(file for file in (*files, own) if file is not None)


def _department(reader: _Reader, folder: FilePath, context: Mapping[str, Any]) -> Department | None:
    path = folder / "department.yml"
    file, source = reader.file(path, DepartmentFile)
    if not path.is_file():
        reader.problems.append(problem("R302", reader.span(path)))
    if file and source and file.slug != folder.name:
        reader.problems.append(
            problem("R303", source.positions.value(("slug",)), found=file.slug, folder=folder.name)
        )
    disclosures: list[Disclosure] = []
    for child in _folders(folder):
        if _DISCLOSURE_FOLDER.fullmatch(child.name):
            disclosure = _disclosure(reader, folder.name, child, context)
            disclosures += [disclosure] if disclosure else []
        else:
            reader.problems.append(problem("R304", reader.span(child), found=child.name))
    _unknown_names(reader, folder, files=("department.yml",))
    newest_first = sorted(disclosures, key=lambda d: (-d.header.year, d.kind))
    return Department(file, tuple(newest_first)) if file else None


def _disclosure(
    reader: _Reader, department: str, folder: FilePath, context: Mapping[str, Any]
) -> Disclosure | None:
    _unknown_names(reader, folder, files=_PARTS, folders=("projects",))
    header, header_source = reader.file(folder / "disclosure.yml", DisclosureFile)
    if not (folder / "disclosure.yml").is_file():
        reader.problems.append(problem("R302", reader.span(folder / "disclosure.yml")))
    if header and header_source:
        year, kind = folder.name.split("-")
        for key, found, expected in (
            ("year", str(header.year), year),
            ("kind", header.kind, kind),
        ):
            if found != expected:
                place = header_source.positions.value((key,))
                reader.problems.append(problem("R303", place, found=found, folder=folder.name))
    budget, budget_source = reader.file(folder / "budget.yml", BudgetFile, context)
    narrative, narrative_source = reader.file(folder / "narrative.yml", NarrativeFile)
    procurement, procurement_source = reader.file(folder / "procurement.yml", ProcurementFile)
    assets, assets_source = reader.file(folder / "assets.yml", AssetsFile, context)
    projects = _projects(reader, folder / "projects", context)
    if header is None:
        return None
    sources = zip(
        _PARTS,
        (header_source, budget_source, narrative_source, procurement_source, assets_source),
        strict=True,
    )
    return Disclosure(
        department=department,
        header=header,
        budget=budget,
        narrative=narrative or NarrativeFile(),
        procurement=procurement,
        assets=assets,
        projects=projects,
        sources={name: source for name, source in sources if source},
    )


def _projects(reader: _Reader, folder: FilePath, context: Mapping[str, Any]) -> tuple[Project, ...]:
    if not folder.is_dir():
        return ()
    projects: list[Project] = []
    orders: dict[int, str] = {}
    for path in sorted(folder.iterdir()):
        if _is_hidden(path):
            continue
        if path.suffix != ".yml" or not path.is_file():
            reader.problems.append(
                problem("R304", reader.span(path), found=path.name, suggestion="")
            )
            continue
        file, source = reader.file(path, ProjectFile, context)
        if file is None or source is None:
            continue
        if file.code != path.stem:
            place = source.positions.value(("code",))
            reader.problems.append(problem("R303", place, found=file.code, folder=path.name))
        if file.order is not None and file.order in orders:
            place = source.positions.value(("order",))
            first = orders[file.order]
            reader.problems.append(problem("R305", place, found=str(file.order), first=first))
        elif file.order is not None:
            orders[file.order] = source.file
        projects.append(Project(file, source))
    last = len(projects) + 1_000_000
    return tuple(sorted(projects, key=lambda p: (p.file.order or last, p.code)))


def _references(disclosure: Disclosure, policies: set[str]) -> Iterator[Problem]:
    """Every reference between files leads somewhere."""
    codes = {project.code for project in disclosure.projects}
    divisions = {division.id for division in disclosure.header.divisions}

    def check(file: str, path: Path, found: str, known: Iterable[str]) -> Iterator[Problem]:
        known = set(known)
        if found not in known:
            nearest = next(iter(difflib.get_close_matches(found, sorted(known), 1, 0.5)), "")
            place = disclosure.place(file, path)
            yield problem("R306", place, found=found, suggestion=nearest)

    for index, policy in enumerate(disclosure.header.legal_basis):
        yield from check("disclosure.yml", ("legal_basis", index), policy, policies)
    if disclosure.budget:
        for row, highlight in enumerate(disclosure.budget.highlights):
            for column, code in enumerate(highlight.projects):
                path: Path = ("highlights", row, "projects", column)
                yield from check("budget.yml", path, code, codes)
    if "narrative.yml" in disclosure.sources:
        for path, block in _text_blocks(disclosure.narrative):
            if block.division:
                yield from check("narrative.yml", (*path, "division"), block.division, divisions)


def _text_blocks(narrative: NarrativeFile) -> Iterator[tuple[Path, TextBlock]]:
    performance = narrative.performance
    for key in ("overall", "divisions", "safeguards"):
        for index, block in enumerate(getattr(performance, key) if performance else ()):
            yield ("performance", key, index), block


def _unique(
    reader: _Reader,
    items: tuple[M, ...],
    source: Source | None,
    key: Callable[[M], str],
) -> None:
    """Ids in a list file are unique (only checked when every item could be read)."""
    if source is None or not isinstance(source.value, list) or len(items) != len(source.value):
        return
    seen: dict[str, int] = {}
    for index, item in enumerate(items):
        first = seen.setdefault(key(item), index)
        if first != index:
            line = source.positions.value((first, "id")).line
            place = source.positions.value((index, "id"))
            reader.problems.append(problem("R305", place, found=key(item), first=str(line)))


def _folders(folder: FilePath) -> list[FilePath]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not _is_hidden(path))


def _is_hidden(path: FilePath) -> bool:
    return path.name.startswith((".", "~", "_"))


def _unknown_names(
    reader: _Reader,
    folder: FilePath,
    files: tuple[str, ...],
    folders: tuple[str, ...] | None = None,
) -> None:
    """A file that nothing reads is a mistake, most often a misspelt name."""
    for path in sorted(folder.iterdir()):
        known = (folders if path.is_dir() else files) if folders is not None else files
        if _is_hidden(path) or path.name in known or (folders is None and path.is_dir()):
            continue
        nearest = next(iter(difflib.get_close_matches(path.name, known, 1, 0.5)), "")
        reader.problems.append(
            problem("R304", reader.span(path), found=path.name, suggestion=nearest)
        )
