"""Reads a data folder into one immutable ``Book``, or says everything that is wrong with it.

The folder is laid out as ``docs`` describes it: ``site.yml``, ``glossary.yml`` and the like at
the top, ``departments/<slug>/<year>-<kind>/`` below. All effects of reading are in this module
and in ``source``.
"""

from __future__ import annotations

import difflib
import fnmatch
import gc
import operator
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path as FilePath
from typing import Any, TypeVar

from disclosure.decode import decode, decode_list
from disclosure.language.catalogue import Catalogue, read_catalogue
from disclosure.model.acknowledgement import Acknowledgement
from disclosure.model.assets import AssetsFile
from disclosure.model.budget import BudgetFile
from disclosure.model.classification import Classification, ClassificationFile, list_problems
from disclosure.model.department import DepartmentFile
from disclosure.model.disclosure import DisclosureFile, DisclosureKind
from disclosure.model.editions import (
    MAXIMUM_BYTES,
    NotAnEdition,
    PublishedEdition,
    edition_document,
)
from disclosure.model.fields import Model
from disclosure.model.glossary import Term
from disclosure.model.narrative import NarrativeFile, TextBlock
from disclosure.model.policy import Policy
from disclosure.model.procurement import ProcurementFile
from disclosure.model.project import ProjectFile
from disclosure.model.site import SiteFile
from disclosure.model.table_forms import (
    Table,
    TableForms,
    TableFormsFile,
    code_problems,
    table_model,
)
from disclosure.model.unit import UnitFile
from disclosure.model.vocabulary import Vocabulary, VocabularyFile
from disclosure.problems import Problem, Severity, Span, problem, sort_problems
from disclosure.source import Path, Source, read_yaml

M = TypeVar("M", bound=Model)
T = TypeVar("T")

_DEFAULTS = FilePath(__file__).parent / "defaults"
# By their exact names: Windows compares paths without regard to case, and the site would differ.
_NAME = operator.attrgetter("name")
_ACKNOWLEDGED = "acknowledged.yml"
_EDITIONS = "editions.yml"
_STORED_EDITION = re.compile(r"[1-9][0-9]{0,5}\.json", re.ASCII)
_TOP = ("site.yml", "glossary.yml", "vocabulary.yml", "policies.yml", _ACKNOWLEDGED)
_PARTS = ("disclosure.yml", "budget.yml", "narrative.yml", "procurement.yml", "assets.yml")
_LEFT_BY_WINDOWS = ("Thumbs.db", "desktop.ini")
_DISCLOSURE_FOLDER = re.compile(r"(\d{4})-(budget|final)")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where something stands: a file, the path of keys and indexes in it, and the line.

    ``file`` is its name below the folder of the disclosure (``projects/P1.yml``), or below the data
    folder where it belongs to none.
    """

    file: str
    path: Path
    _where: Span | Source

    @property
    def span(self) -> Span:
        """The place in the text: that of the path, or of what is nearest to it in the source."""
        # Rules name a place for every figure, and few of them are ever shown.
        where = self._where
        return where if isinstance(where, Span) else where.positions.nearest(self.path)

    @property
    def source(self) -> Source | None:
        """The file that its line is looked for in; None where the line is known."""
        return None if isinstance(self._where, Span) else self._where

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Place):
            return NotImplemented
        same = self.file == other.file and self.path == other.path
        return same and (self._where is other._where or self.span == other.span)

    def __hash__(self) -> int:
        return hash((self.file, self.path, self._where.file))

    def __reduce__(self) -> tuple[Any, ...]:
        return Place, (self.file, self.path, self.span)

    @property
    def project(self) -> str:
        """The code of the project whose file it is, or empty."""
        return self._named("projects")

    @property
    def unit(self) -> str:
        """The slug of the subordinate unit whose file it is, or empty."""
        folder, _, below = self.file.partition("/")
        return below.partition("/")[0] if folder == "units" else ""

    @property
    def table(self) -> str:
        """The id of the statutory table that it stands in, or empty."""
        return self._named("tables")

    def _named(self, folder: str) -> str:
        *folders, name = self.file.split("/")
        return name.removesuffix(".yml") if folders[-1:] == [folder] else ""


@dataclass(frozen=True, slots=True)
class Acknowledgements:
    """The list of one folder (``acknowledged.yml``), and the file it stands in."""

    entries: tuple[Acknowledgement, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """The data of an edition as they lie in its file: the bytes, and the document in them.

    ``span`` is the file in messages.
    """

    span: Span
    data: bytes = field(repr=False)
    document: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Editions:
    """What was published of a disclosure: the list (``editions.yml``) and the data by number.

    The rules tell whether the two belong together. ``source`` is None where there is no list.
    """

    entries: tuple[PublishedEdition, ...]
    stored: Mapping[int, StoredEdition]
    source: Source | None


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
class Unit:
    """A subordinate unit of a disclosure, with its own figures where the document has them."""

    file: UnitFile
    budget: BudgetFile | None
    tables: Mapping[str, Table]
    sources: Mapping[str, Source] = field(repr=False)

    @property
    def slug(self) -> str:
        """Its address within the disclosure."""
        return self.file.slug


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
    tables: Mapping[str, Table]
    units: tuple[Unit, ...]
    sources: Mapping[str, Source] = field(repr=False)
    """Its files but those of projects and units, by their names below its folder."""
    acknowledged: Acknowledgements | None = None
    editions: Editions | None = None

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

    @cached_property
    def files(self) -> Mapping[str, Source]:
        """All its files by their names below its folder: ``projects/P1.yml``."""
        projects = {f"projects/{each.code}.yml": each.source for each in self.projects}
        units = {
            f"units/{unit.slug}/{name}": source
            for unit in self.units
            for name, source in unit.sources.items()
        }
        return {**self.sources, **projects, **units}

    def place(self, file: str, path: Path) -> Place:
        """Where ``path`` stands in a file of :attr:`files`; it need not exist."""
        return Place(file, path, self.files[file])


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
    forms: TableForms
    classification: Classification
    sources: Mapping[str, Source] = field(repr=False)
    """Every YAML file of the data folder, by its name below it: ``glossary.yml``."""
    acknowledged: Acknowledgements | None = None

    def place(self, file: str, path: Path) -> Place:
        """Where ``path`` stands in a file of :attr:`sources`; it need not exist."""
        return Place(file, path, self.sources[file])

    @property
    def disclosures(self) -> Iterator[Disclosure]:
        """All disclosures of all departments."""
        return (d for department in self.departments for d in department.disclosures)

    @cached_property
    def _by_address(self) -> Mapping[tuple[str, str], Disclosure]:
        return {(each.department, each.slug): each for each in self.disclosures}

    def disclosure(self, department: str, slug: str) -> Disclosure | None:
        """The disclosure of a department with this slug (``2024-budget``), where there is one."""
        return self._by_address.get((department, slug))


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
    sources: dict[str, Source] = field(default_factory=dict)
    projects: dict[str, ProjectFile] = field(default_factory=dict)
    known: Known | None = None

    def name(self, path: FilePath) -> str:
        """The name of a file in messages: relative, with forward slashes."""
        return f"{self.shown}/{path.relative_to(self.folder).as_posix()}"

    def span(self, path: FilePath) -> Span:
        return Span(self.name(path), 1, 1)

    def source(self, path: FilePath) -> Source | None:
        below = path.relative_to(self.folder).as_posix()
        source, problems = read_yaml(path, f"{self.shown}/{below}")
        self.problems += problems
        if source:
            self.sources[below] = source
        return source

    def take(self, result: tuple[T, tuple[Problem, ...]]) -> T:
        """Collect the problems of a result; a line that could not be read is not judged again."""
        taken, problems = result
        if problems:
            unread = {(found.span.file, found.span.line) for found in self.problems}
            self.problems += (
                found for found in problems if (found.span.file, found.span.line) not in unread
            )
        return taken

    def file(
        self, path: FilePath, model: type[M], context: Mapping[str, Any] | None = None
    ) -> tuple[M | None, Source | None]:
        """Read and decode an optional file: (None, None) where it does not exist."""
        return self.present(path, model, context) if path.is_file() else (None, None)

    def present(
        self, path: FilePath, model: type[M], context: Mapping[str, Any] | None = None
    ) -> tuple[M | None, Source | None]:
        """Read and decode a file that is known to exist."""
        source = self.source(path)
        return (self.take(decode(source, model, context)) if source else None), source

    def project(
        self, path: FilePath, context: Mapping[str, Any]
    ) -> tuple[ProjectFile | None, Source | None]:
        """Read the file of a project, of which there are hundreds, unless it is known."""
        below = path.relative_to(self.folder).as_posix()
        if self.known and str(path) not in self.known.changed:
            last = self.known.last
            if below in last.projects:
                self.projects[below], self.sources[below] = (
                    last.projects[below],
                    last.sources[below],
                )
                return self.projects[below], self.sources[below]
        before = len(self.problems)
        found, at = self.present(path, ProjectFile, context)
        if found and len(self.problems) == before:
            self.projects[below] = found
        return found, at

    def list(self, path: FilePath, model: type[M]) -> tuple[tuple[M, ...], Source | None]:
        if not path.is_file():
            return (), None
        source = self.source(path)
        return (self.take(decode_list(source, model)) if source else ()), source

    def acknowledged(self, folder: FilePath) -> Acknowledgements | None:
        entries, source = self.list(folder / _ACKNOWLEDGED, Acknowledgement)
        return Acknowledgements(entries, source) if source else None

    def editions(self, folder: FilePath) -> Editions | None:
        """The editions of a disclosure; None where it has none."""
        entries, source = self.list(folder / _EDITIONS, PublishedEdition)
        below = folder / "editions"
        stored: dict[int, StoredEdition] = {}
        for entry in _entries(below):
            path = below / entry.name
            if not _STORED_EDITION.fullmatch(path.name) or not _is_file(entry):
                self.problems.append(_unknown_name(self.span(path), path.name, ()))
            elif edition := self._stored_edition(path):
                stored[int(path.stem)] = edition
        return Editions(entries, stored, source) if source or stored else None

    def _stored_edition(self, path: FilePath) -> StoredEdition | None:
        try:
            with path.open("rb") as stream:
                data = stream.read(MAXIMUM_BYTES + 1)
            return StoredEdition(self.span(path), data, edition_document(data))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.problems.append(problem("Y100", self.span(path), reason=reason))
        except NotAnEdition as error:
            found = problem("R345", self.span(path), reason_zh=error.zh, reason_en=error.en)
            self.problems.append(found)
        return None


@dataclass(frozen=True, slots=True)
class Shared:
    """What the folder of a department is read with; small, and can be sent to another process.

    ``folder`` is the data folder and ``shown`` its name in messages. ``departments`` are the names
    of all folders of departments. What could not be read is None, and references to it are not
    looked at: ``vocabulary``, ``classification``, and ``policies``, the ids in policies.yml.
    """

    folder: FilePath
    shown: str
    departments: frozenset[str]
    vocabulary: Vocabulary | None
    classification: Classification | None
    policies: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class ReadDepartment:
    """A folder of a department as read: None where its own file could not be.

    ``sources`` are its YAML files by their names below the data folder, and ``projects`` those
    of projects that are right; ``problems`` come as they were found.
    """

    department: Department | None
    sources: Mapping[str, Source]
    problems: tuple[Problem, ...]
    projects: Mapping[str, ProjectFile] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Known:
    """A folder of a department as it was read ``last``, with the same :class:`Shared`.

    ``changed`` holds the paths of all files that were changed since.
    """

    last: ReadDepartment
    changed: Container[str]


Mapper = Callable[[Callable[..., ReadDepartment], Iterable[FilePath]], Iterable[ReadDepartment]]
"""``map``, or the like of several processes; the results come in the order of the folders.

What it calls takes a folder, and may be given what is :class:`Known` of it.
"""


@dataclass(frozen=True, slots=True)
class ReadOutside:
    """What stands outside the folders of departments as read; None for what could not be.

    ``policy_ids`` are None where not all policies could be read. ``sources`` and ``problems`` are
    as in :class:`ReadDepartment`.
    """

    site: SiteFile | None
    vocabulary: Vocabulary | None
    glossary: tuple[Term, ...]
    policies: tuple[Policy, ...]
    policy_ids: frozenset[str] | None
    acknowledged: Acknowledgements | None
    catalogue: Catalogue
    classification: Classification | None
    sources: Mapping[str, Source]
    problems: tuple[Problem, ...]


Once = Callable[[Callable[[], ReadOutside]], ReadOutside]
"""Calls its argument, or remembers what it gave the last time."""


def _now(read: Callable[[], ReadOutside]) -> ReadOutside:
    return read()


def read_book(
    folder: FilePath, shown: str = "data", mapper: Mapper = map, once: Once = _now
) -> tuple[Book | None, tuple[Problem, ...]]:
    """Read the data folder.

    ``shown`` is the folder's name in messages; ``mapper`` reads the departments and ``once`` what
    is outside them. Returns the book (None where an error stands in the way) and all problems,
    sorted by place; untranslated texts are not problems here.
    """
    with _without_collecting():
        return _read_book(folder, shown, mapper, once)


def read_department(shared: Shared, folder: FilePath, known: Known | None = None) -> ReadDepartment:
    """Read the folder of one department; nothing but its own files and ``shared`` counts.

    ``known``: what is the same is not read again.
    """
    with _without_collecting():
        reader = _Reader(shared.folder, shared.shown, known=known)
        department = _department(reader, folder, shared)
        problems = tuple(reader.problems)
        return ReadDepartment(department, reader.sources, problems, reader.projects)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Reading makes millions of objects that all stay; to look for rubbish takes a third of it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _read_book(
    folder: FilePath, shown: str, mapper: Mapper, once: Once
) -> tuple[Book | None, tuple[Problem, ...]]:
    reader = _Reader(folder, shown)
    if not folder.is_dir():
        return None, (problem("R301", Span(shown, 1, 1)),)
    _unknown_names(
        reader, folder, files=_TOP, folders=("departments", "translations", "classification")
    )
    _unknown_names(reader, folder / "departments", files=())
    _unknown_names(reader, folder / "translations", files=(), folders=("en",))
    _unknown_names(reader, folder / "translations" / "en", files=("*.po", "*.mo"), folders=())
    _unknown_names(reader, folder / "classification", files=("*.yml",), folders=())
    if not (folder / "site.yml").is_file():
        reader.problems.append(problem("R302", reader.span(folder / "site.yml")))
    outside = once(partial(_read_outside, folder, shown))
    folders = _folders(folder / "departments")
    shared = Shared(
        folder=folder,
        shown=shown,
        departments=frozenset(path.name for path in folders),
        vocabulary=outside.vocabulary,
        classification=outside.classification,
        policies=outside.policy_ids,
    )
    if len(folders) > 1:
        # Each process would make them again.
        for form in (*_forms().forms("budget"), *_forms().forms("final")):
            table_model(form)
    reader.sources.update(outside.sources)
    reader.problems += outside.problems
    departments: list[Department] = []
    for read in mapper(partial(read_department, shared), folders):
        departments += [read.department] if read.department else []
        reader.sources.update(read.sources)
        reader.problems += read.problems
    problems = sort_problems(reader.problems)
    errors = any(found.severity is Severity.ERROR for found in problems)
    site, vocabulary, classification = outside.site, outside.vocabulary, outside.classification
    if errors or site is None or vocabulary is None or classification is None:
        return None, problems
    book = Book(
        site=site,
        vocabulary=vocabulary,
        glossary=outside.glossary,
        policies=outside.policies,
        departments=tuple(departments),
        catalogue=outside.catalogue,
        forms=_forms(),
        classification=classification,
        sources=reader.sources,
        acknowledged=outside.acknowledged,
    )
    return book, problems


def _read_outside(folder: FilePath, shown: str) -> ReadOutside:
    reader = _Reader(folder, shown)
    site, _ = reader.file(folder / "site.yml", SiteFile)
    vocabulary = _vocabulary(reader)
    glossary, glossary_source = reader.list(folder / "glossary.yml", Term)
    policies, policies_source = reader.list(folder / "policies.yml", Policy)
    _unique(reader, glossary, glossary_source, lambda term: term.id)
    _unique(reader, policies, policies_source, lambda policy: policy.id)
    numbers = [((i, "number"), str(each.number)) for i, each in enumerate(glossary) if each.number]
    if glossary_source and len(glossary) == len(glossary_source.value or ()):
        _unique_keys(reader, glossary_source, numbers)
    acknowledged = reader.acknowledged(folder)
    catalogue = reader.take(read_catalogue(folder / "translations" / "en", reader.name))
    known_policies = not (folder / "policies.yml").is_file() or (
        policies_source and len(policies) == len(policies_source.value or ())
    )
    return ReadOutside(
        site=site,
        vocabulary=vocabulary,
        glossary=glossary,
        policies=policies,
        policy_ids=frozenset(policy.id for policy in policies) if known_policies else None,
        acknowledged=acknowledged,
        catalogue=catalogue,
        classification=_classification(reader),
        sources=reader.sources,
        problems=tuple(reader.problems),
    )


def load_book(folder: FilePath, shown: str = "data") -> Book:
    """Like ``read_book``; raises ``BadData`` where the book cannot be read."""
    book, problems = read_book(folder, shown)
    if book is None:
        raise BadData(problems)
    return book


def read_words(
    folder: FilePath, shown: str = "data"
) -> tuple[Vocabulary | None, TableForms, tuple[Problem, ...]]:
    """The controlled words of a data folder and the forms of the tables, and what is wrong there.

    The words are None where the folder or its own words cannot be read.
    """
    reader = _Reader(folder, shown)
    if not folder.is_dir():
        reader.problems.append(problem("R301", Span(shown, 1, 1)))
        return None, _forms(), tuple(reader.problems)
    vocabulary, forms = _vocabulary(reader), _forms()
    problems = sort_problems(reader.problems)
    errors = any(found.severity is Severity.ERROR for found in problems)
    return None if errors else vocabulary, forms, problems


def _vocabulary(reader: _Reader) -> Vocabulary | None:
    """The default words and the site's own; None where these cannot be read.

    Labels are not checked then: a word that was not read would make each of its uses an error.
    """
    default = _shipped("vocabulary.yml", VocabularyFile)
    path = reader.folder / "vocabulary.yml"
    own, source = reader.file(path, VocabularyFile)
    if path.is_file() and own is None:
        return None
    vocabulary = Vocabulary.of([default, own] if own else [default])
    if own and source:
        reader.problems += _parents(own, source, vocabulary)
    return vocabulary


def _parents(own: VocabularyFile, source: Source, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The word above a word exists: a kind of indicator is below a level, others in their list."""
    for kind in VocabularyFile.model_fields:
        above = "indicator_level" if kind == "indicator_kind" else kind
        known = {word.id for word in vocabulary.words[above]}
        for index, word in enumerate(getattr(own, kind)):
            if word.parent is not None and word.parent not in known:
                place = source.positions.value((kind, index, "parent"))
                yield _nowhere(place, word.parent, known)


@cache
def _shipped(name: str, model: type[M]) -> M:
    """A file that ships with the software: read once, since it is always right and stays."""
    source, problems = read_yaml(_DEFAULTS / name, name)
    assert source is not None and not problems, problems
    file, problems = decode(source, model)
    assert file is not None and not problems, problems
    return file


@cache
def _forms() -> TableForms:
    """The forms of the statutory tables."""
    return TableForms.of(_shipped("table_forms.yml", TableFormsFile))


@cache
def _shipped_lists() -> tuple[ClassificationFile, ...]:
    """The budget headings that ship with the software, a file a list."""
    names = sorted(path.name for path in (_DEFAULTS / "classification").glob("*.yml"))
    return tuple(_shipped(f"classification/{name}", ClassificationFile) for name in names)


@cache
def _shipped_classification() -> Classification:
    return Classification.of(_shipped_lists())


def _classification(reader: _Reader) -> Classification | None:
    """The budget headings by year, of the software and of the site; None where these are unread.

    Codes are not checked then: a code that was not read would make each of its uses an error.
    """
    files: list[tuple[ClassificationFile, Source]] = []
    complete = True
    own = reader.folder / "classification"
    for path in sorted(own.glob("*.yml")):
        if _is_hidden(path.name):
            continue
        source = reader.source(path)
        file = reader.take(decode(source, ClassificationFile)) if source else None
        if file and source:
            files.append((file, source))
        complete = complete and file is not None
    if not complete:
        return None
    if not files:
        return _shipped_classification()
    classification = Classification.of((*_shipped_lists(), *(file for file, _ in files)))
    for file, source in files:
        reader.problems += list_problems(file, source, classification)
    return classification


def _tables(
    reader: _Reader, folder: FilePath, header: DisclosureFile, shared: Shared
) -> tuple[Mapping[str, Table], Mapping[str, Source]]:
    """The statutory tables of a disclosure or unit, one file each, named like its form.

    Also their sources, by file below the folder of the tables.
    """
    tables: dict[str, Table] = {}
    sources: dict[str, Source] = {}
    forms = {f"{form.id}.yml": form for form in _forms().forms(header.kind)}
    _unknown_names(reader, folder, files=tuple(forms), folders=())
    for name, form in forms.items():
        file, source = reader.file(folder / name, table_model(form), _context(shared))
        if file and source:
            tables[form.id] = table = Table.of(form, file)
            sources[name] = source
            if shared.classification is not None:
                reader.problems += code_problems(table, source, shared.classification, header.year)
    return tables, sources


def _units(
    reader: _Reader, folder: FilePath, header: DisclosureFile, shared: Shared
) -> tuple[Unit, ...]:
    _unknown_names(reader, folder, files=())
    units: list[Unit] = []
    for child in _folders(folder):
        _unknown_names(reader, child, files=("unit.yml", "budget.yml"), folders=("tables",))
        path = child / "unit.yml"
        file, source = reader.file(path, UnitFile)
        if not path.is_file():
            reader.problems.append(problem("R302", reader.span(path)))
        if file and source and file.slug != child.name:
            place = source.positions.value(("slug",))
            reader.problems.append(problem("R303", place, found=file.slug, folder=child.name))
        budget, budget_source = reader.file(child / "budget.yml", BudgetFile, _context(shared))
        tables, sources = _tables(reader, child / "tables", header, shared)
        found = {"unit.yml": source, "budget.yml": budget_source}
        found |= {f"tables/{name}": each for name, each in sources.items()}
        if file:
            known = {name: each for name, each in found.items() if each}
            units.append(Unit(file, budget, tables, known))
    return tuple(units)


def _context(shared: Shared) -> Mapping[str, Any]:
    """What the models are decoded with; without the words, labels are not checked."""
    return {"vocabulary": shared.vocabulary} if shared.vocabulary else {}


def _department(reader: _Reader, folder: FilePath, shared: Shared) -> Department | None:
    path = folder / "department.yml"
    file, source = reader.file(path, DepartmentFile)
    if not path.is_file():
        reader.problems.append(problem("R302", reader.span(path)))
    if file and source and file.slug != folder.name:
        reader.problems.append(
            problem("R303", source.positions.value(("slug",)), found=file.slug, folder=folder.name)
        )
    if file and source:
        for key in ("predecessors", "successors"):
            for index, slug in enumerate(getattr(file, key)):
                if slug not in shared.departments:
                    place = source.positions.value((key, index))
                    reader.problems.append(_nowhere(place, slug, shared.departments))
    disclosures: list[Disclosure] = []
    for child in _folders(folder):
        if _DISCLOSURE_FOLDER.fullmatch(child.name):
            disclosure = _disclosure(reader, folder.name, child, shared)
            disclosures += [disclosure] if disclosure else []
        else:
            reader.problems.append(_unknown_name(reader.span(child), child.name, ()))
    _unknown_names(reader, folder, files=("department.yml",))
    newest_first = sorted(disclosures, key=lambda d: (-d.header.year, d.kind))
    return Department(file, tuple(newest_first)) if file else None


def _disclosure(
    reader: _Reader, department: str, folder: FilePath, shared: Shared
) -> Disclosure | None:
    context = _context(shared)
    files = (*_PARTS, _ACKNOWLEDGED, _EDITIONS)
    folders = ("projects", "tables", "units", "editions")
    _unknown_names(reader, folder, files=files, folders=folders)
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
    if header and header_source:
        ids = [(("divisions", i, "id"), each.id) for i, each in enumerate(header.divisions)]
        _unique_keys(reader, header_source, ids)
    if budget and budget_source:
        ids = [(("highlights", i, "id"), each.id) for i, each in enumerate(budget.highlights)]
        _unique_keys(reader, budget_source, ids)
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
    tables, table_sources = _tables(reader, folder / "tables", header, shared)
    units = _units(reader, folder / "units", header, shared)
    disclosure = Disclosure(
        department=department,
        header=header,
        budget=budget,
        narrative=narrative or NarrativeFile(),
        procurement=procurement,
        assets=assets,
        projects=projects,
        tables=tables,
        units=units,
        sources={
            **{name: source for name, source in sources if source},
            **{f"tables/{name}": source for name, source in table_sources.items()},
        },
        acknowledged=reader.acknowledged(folder),
        editions=reader.editions(folder),
    )
    # Also those that could not be read: a reference to them is no second mistake.
    codes = {path.stem for path in (folder / "projects").glob("*.yml")}
    slugs = {path.name for path in _folders(folder / "units")}
    reader.problems += _references(disclosure, shared.policies, codes, slugs)
    return disclosure


def _projects(reader: _Reader, folder: FilePath, context: Mapping[str, Any]) -> tuple[Project, ...]:
    projects: list[Project] = []
    orders: dict[int, str] = {}
    codes: dict[str, str] = {}
    for entry in _entries(folder):
        path = folder / entry.name
        if path.suffix != ".yml" or not _is_file(entry):
            reader.problems.append(
                _unknown_name(
                    reader.span(path),
                    path.name,
                    (f"{path.stem}.yml",) if path.suffix.lower() in (".yaml", ".yml") else (),
                )
            )
            continue
        file, source = reader.project(path, context)
        if file is None or source is None:
            continue
        if file.code != path.stem:
            place = source.positions.value(("code",))
            reader.problems.append(problem("R303", place, found=file.code, folder=path.name))
        # A server on Windows has room for one of P1.html and p1.html.
        if (first := codes.setdefault(file.code.lower(), source.file)) != source.file:
            place = source.positions.value(("code",))
            reader.problems.append(problem("R305", place, found=file.code, first=first))
        if file.order is not None and file.order in orders:
            place = source.positions.value(("order",))
            first = orders[file.order]
            reader.problems.append(problem("R305", place, found=str(file.order), first=first))
        elif file.order is not None:
            orders[file.order] = source.file
        projects.append(Project(file, source))
    last = len(projects) + 1_000_000
    return tuple(sorted(projects, key=lambda p: (p.file.order or last, p.code)))


def _references(
    disclosure: Disclosure, policies: AbstractSet[str] | None, codes: set[str], units: set[str]
) -> Iterator[Problem]:
    """Every reference between files leads somewhere; None is not looked at."""
    divisions = {division.id for division in disclosure.header.divisions}

    def check(file: str, path: Path, found: str, known: AbstractSet[str]) -> Iterator[Problem]:
        if found not in known:
            yield _nowhere(disclosure.place(file, path).span, found, known)

    for index, row in enumerate(disclosure.header.institutions):
        if row.unit is not None:
            yield from check("disclosure.yml", ("institutions", index, "unit"), row.unit, units)
    for index, policy in enumerate(disclosure.header.legal_basis if policies is not None else ()):
        yield from check("disclosure.yml", ("legal_basis", index), policy, policies or set())
    if disclosure.budget:
        for number, highlight in enumerate(disclosure.budget.highlights):
            for column, code in enumerate(highlight.projects):
                path: Path = ("highlights", number, "projects", column)
                yield from check("budget.yml", path, code, codes)
    if "narrative.yml" in disclosure.sources:
        for path, block in _text_blocks(disclosure.narrative):
            if block.division:
                yield from check("narrative.yml", (*path, "division"), block.division, divisions)


def _nowhere(place: Span, found: str, known: Iterable[str]) -> Problem:
    nearest = next(iter(difflib.get_close_matches(found, sorted(known), 1, 0.5)), "")
    return problem("R306", place, found=found, suggestion=nearest)


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
    _unique_keys(reader, source, [((index, "id"), key(item)) for index, item in enumerate(items)])


def _unique_keys(reader: _Reader, source: Source, keys: Iterable[tuple[Path, str]]) -> None:
    """The texts at these places of a file are all different."""
    first: dict[str, Path] = {}
    for path, found in keys:
        if first.setdefault(found, path) != path:
            place, before = (source.positions.value(each) for each in (path, first[found]))
            at = f"{before.file}:{before.line}"
            reader.problems.append(problem("R305", place, found=found, first=at))


def _entries(folder: FilePath) -> list[os.DirEntry[str]]:
    """What stands in a folder, by name, but what is hidden; nothing where there is no folder."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if not _is_hidden(entry.name)), key=_NAME)


# What a folder lists tells files from folders without a question for each, links aside.
def _is_file(entry: os.DirEntry[str]) -> bool:
    return FilePath(entry.path).is_file() if entry.is_symlink() else entry.is_file()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return FilePath(entry.path).is_dir() if entry.is_symlink() else entry.is_dir()


def _folders(folder: FilePath) -> list[FilePath]:
    return [folder / entry.name for entry in _entries(folder) if _is_folder(entry)]


def _is_hidden(name: str) -> bool:
    """Put aside by a person (``_``), or left by an editor or by Windows."""
    return name.startswith((".", "~", "_")) or name.endswith("~") or name in _LEFT_BY_WINDOWS


def _unknown_names(
    reader: _Reader,
    folder: FilePath,
    files: tuple[str, ...],
    folders: tuple[str, ...] | None = None,
) -> None:
    """A file that nothing reads is a mistake, most often a misspelt name.

    ``files`` are names or patterns. ``folders`` None: the folders are looked at elsewhere.
    """
    for entry in _entries(folder):
        if folders is None and _is_folder(entry):
            continue
        known = folders if folders is not None and _is_folder(entry) else files
        if any(fnmatch.fnmatchcase(entry.name, each) for each in known):
            continue
        names = tuple(each for each in known if "*" not in each)
        place = reader.span(folder / entry.name)
        reader.problems.append(_unknown_name(place, entry.name, names))


def _unknown_name(place: Span, found: str, known: tuple[str, ...]) -> Problem:
    nearest = next(iter(difflib.get_close_matches(found, known, 1, 0.5)), "")
    return problem("R304", place, found=found, suggestion=nearest)
