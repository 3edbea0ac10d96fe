"""A site: from the plan to its files, by departments and only what changed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from disclosure.book import Book, Department
from disclosure.model.fields import LANGS, Lang
from disclosure.publish.folder import Staged
from disclosure.publish.kept import Built
from disclosure.publish.keys import digest
from disclosure.publish.left import Left
from disclosure.publish.packed import unpack_small
from disclosure.publish.processes import side_by_side
from disclosure.publish.progress import Told
from disclosure.publish.shards import Ready, copy
from disclosure.publish.work import Draw, publish
from disclosure.search import SearchPage, assemble, index_pages
from disclosure.site.plan import Made, Plan
from disclosure.site.uses import merged

# Below this many pages it takes longer to start processes than they save.
_FEW = 200
_PARTS = 30
NONE_READY: Mapping[str, Ready] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Published:
    """What was made or kept: by department, the rest of the site, and the files of the search.

    ``index``: a digest of what was indexed, and SHA-256 by address.
    """

    departments: Mapping[str, Left]
    rest: Left
    index: tuple[str, Mapping[str, str]]

    @property
    def outputs(self) -> dict[str, str]:
        """SHA-256 of every file, by address."""
        groups = (*(left.outputs for left in self.departments.values()), self.rest.outputs)
        return {
            address: sha256
            for group in (*groups, self.index[1])
            for address, sha256 in group.items()
        }

    @property
    def pages(self) -> frozenset[str]:
        """The addresses of all pages."""
        groups = (*self.departments.values(), self.rest)
        return frozenset(page for left in groups for page in left.pages)


@dataclass(frozen=True)
class Publishing:
    """A build under way, from ``plan`` into ``folder``.

    ``keys``: by department; what has the key that it had in ``last``, the build that the site's
    folder holds, is not made again. ``reserved``: addresses of hand-written pages and files.
    ``processes``: how many may work side by side. Files that the site has already are not written.
    """

    plan: Plan
    keys: Mapping[str, str]
    draw: Draw | None
    folder: Path
    last: Built | None = None
    reserved: frozenset[str] = frozenset()
    processes: int = 1
    search: bool = True
    told: Told = field(default_factory=Told)

    def first(self, files: Iterable[str]) -> Mapping[str, str]:
        """Make the pages that show these files of data before all others; SHA-256 by address.

        ``files``: names below the data folder. The pages are made again with their departments.
        """
        made = (page for file in files for page in self.plan.showing(file))
        return self._publish(made).outputs

    def departments(
        self, only: Container[str] | None = None, ready: Mapping[str, Ready] = NONE_READY
    ) -> dict[str, Left]:
        """Make every department whose key has changed; in the order of the book.

        ``only``: the departments of a shard, None for all. ``ready``: those that other machines
        have made; raises NoShard where they are not what they should be.
        """
        left = dict(self._kept)
        for slug, each in ready.items():
            if slug in self.keys and slug not in left:
                copy(each, self.folder, self._known)
                left[slug] = each.left
        changed = [
            department
            for department in self.plan.book.departments
            if (slug := department.slug) in self.keys
            and slug not in left
            and (only is None or slug in only)
        ]
        # The longest first, so that no core waits at the end.
        changed.sort(key=_pages, reverse=True)
        few = sum(map(_pages, changed)) < _FEW
        done, every = 0, sum(map(_pages, changed))
        self.told("departments", done, every)
        for place, made in side_by_side(self._department, changed, 1 if few else self.processes):
            left[changed[place].slug] = made
            done += _pages(changed[place])
            self.told("departments", done, every)
        return {slug: left[slug] for slug in self.keys if slug in left}

    def rest(
        self, departments: Mapping[str, Left], written: Mapping[Lang, tuple[SearchPage, ...]]
    ) -> Published:
        """Make what belongs to the whole site.

        ``written``: the search pages of hand-written pages.
        """
        self.told("site")
        made = self.plan.shared(
            {lang: merged(each.uses[lang] for each in departments.values()) for lang in LANGS},
            tuple(file for each in departments.values() for file in each.files),
        )
        rest = self._publish(made)
        if not self.search:
            return Published(departments, rest, ("", {}))
        self.told("search")
        index = self._index(departments, rest, written)
        return Published(departments, rest, index)

    @cached_property
    def _known(self) -> Mapping[str, str]:
        outputs = self.last.outputs if self.last else {}
        return {address: each.sha256 for address, each in outputs.items()}

    @cached_property
    def _kept(self) -> Mapping[str, Left]:
        last = self.last
        return {
            slug: left
            for slug, key in self.keys.items()
            if last and last.keys.get(slug) == key and (left := last.left.get(slug))
        }

    @cached_property
    def _staged(self) -> Staged:
        return Staged(self.folder, self._known)

    def _department(self, department: Department) -> Left:
        return self._publish(self.plan.department(department))

    def _publish(self, made: Iterable[Made]) -> Left:
        editions, staged = self.plan.editions, self._staged
        return publish(made, editions, self.draw, staged, self.reserved, search=self.search)

    def _index(
        self,
        departments: Mapping[str, Left],
        rest: Left,
        written: Mapping[Lang, tuple[SearchPage, ...]],
    ) -> tuple[str, Mapping[str, str]]:
        """The search index in both languages; the last one where nothing it says has changed."""
        groups = (*departments.values(), rest)
        own = {lang: index_pages(pages) for lang, pages in written.items()}
        texts = (text for lang in LANGS for text in own[lang].records)
        key = digest(*(each.said for each in groups), *texts)
        if self.last and self.last.index[0] == key:
            return self.last.index

        files: dict[str, str] = {}
        for lang in LANGS:
            # One language at a time: at this place a city needs the most memory.
            parts = (*(unpack_small(each.indexed[lang]) for each in groups), own[lang])
            for name, text in assemble(parts, lang):
                address = f"search/{lang}/{name}"
                files[address] = self._staged.write(address, text.encode())
            del parts
        return key, files


def sizes(book: Book) -> dict[str, int]:
    """About how many pages each department with disclosures has, by its slug."""
    return {each.slug: _pages(each) for each in book.departments if each.disclosures}


def _pages(department: Department) -> int:
    """About how many pages of each language a department has."""
    return sum(len(each.projects) + _PARTS for each in department.disclosures)
