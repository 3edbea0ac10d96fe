"""The site of a running server: the pages of an edit are put in place first, all others follow."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from disclosure.model.fields import Lang
from disclosure.publish.folder import Output, listed, move, outputs_of, remove
from disclosure.publish.kept import Built
from disclosure.publish.site import Publishing
from disclosure.search import SearchPage

# So many edited files have their pages made before all others.
_FEW = 5


@dataclass
class Served:
    """A folder that a server shows, and the build that it holds.

    ``built`` is true at every step, so that the work can be stopped at any: while a file is
    changed, it is not among those that are known.
    """

    folder: Path
    built: Built

    def first(self, publishing: Publishing, edited: Collection[str]) -> bool:
        """Put the pages in place that show ``edited`` files, named below the data folder.

        Returns whether there are any: what stands elsewhere changes all pages alike.
        """
        digests = publishing.first(edited) if len(edited) <= _FEW else {}
        if digests:
            self.take(publishing.folder, digests)
        return bool(digests)

    def take(self, staged: Path, digests: Mapping[str, str]) -> None:
        """Move what was made in ``staged``. ``digests``: SHA-256 by address."""
        before = self.built.outputs
        coming = listed(staged).keys()
        self._know({address: each for address, each in before.items() if address not in coming})
        self._know({**before, **move(staged, self.folder, digests, before)})

    def follow(
        self,
        publishing: Publishing,
        written: Mapping[Lang, tuple[SearchPage, ...]],
        own: Mapping[str, str],
    ) -> None:
        """Make and put in place what an edit changes beside its own pages.

        ``written``: the search pages of hand-written pages. ``own``: SHA-256 of files that the
        generator itself has put there.
        """
        where = f".{self.folder.name}."
        with tempfile.TemporaryDirectory(prefix=where, dir=self.folder.parent) as name:
            staged = Path(name)
            publishing = replace(publishing, folder=staged, last=self.built)
            left = publishing.departments()
            made = {address: sha for each in left.values() for address, sha in each.outputs.items()}
            self.take(staged, made)
            self.built = replace(self.built, keys=publishing.keys, left=left)
            published = publishing.rest(left, written)
            digests = {**own, **published.outputs}
            self.take(staged, digests)
            self._drop(self.built.outputs.keys() - digests.keys())
        outputs = outputs_of(self.folder, digests)
        self.built = replace(self.built, index=published.index, outputs=outputs)

    def _drop(self, addresses: Iterable[str]) -> None:
        gone = frozenset(addresses)
        self._know({a: each for a, each in self.built.outputs.items() if a not in gone})
        remove(self.folder, gone)

    def _know(self, outputs: Mapping[str, Output]) -> None:
        self.built = replace(self.built, outputs=outputs)
