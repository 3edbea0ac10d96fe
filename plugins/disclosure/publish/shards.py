"""A city shared between machines: each makes some departments, one puts them together.

A shard is a folder with the pages and files of its departments at the addresses of the site, and
one file that says what they leave for the rest of the site. Merging copies them; the pages of the
whole site, the search and the sitemap are made then, and nothing of a department again.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from disclosure.publish.folder import sha256_of
from disclosure.publish.left import Left
from disclosure.publish.packed import NotPacked, pack, unpack, unpack_small

_NAME = "shard-{number}-of-{of}.bin"
_FORM = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", re.ASCII)
_VERSION = 2


class NoShard(Exception):
    """A shard that cannot be made or used; the message is in both languages."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Number ``number`` of ``of`` machines, the first is 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """``2/5``. Raises NoShard for anything else."""
        match = _FORM.fullmatch(text.strip())
        if not match or int(match[1]) > int(match[2]):
            raise NoShard(
                f"“{text}”不是一份：应写成 2/5，即五份中的第二份 / "
                f'"{text}" is no shard: write 2/5 for the second of five'
            )
        return cls(int(match[1]), int(match[2]))

    @property
    def name(self) -> str:
        """The name of the file that says what the departments leave."""
        return _NAME.format(number=self.number, of=self.of)

    def departments(self, sizes: Mapping[str, int]) -> frozenset[str]:
        """Its departments: all machines get about the same number of pages.

        ``sizes``: pages by department. The largest go first, each to whom has least so far.
        """
        given = [0] * self.of
        own: set[str] = set()
        for slug, size in sorted(sizes.items(), key=lambda each: (-each[1], each[0])):
            least = given.index(min(given))
            given[least] += size
            if least == self.number - 1:
                own.add(slug)
        return frozenset(own)


@dataclass(frozen=True, slots=True)
class Ready:
    """A department that another machine made, from the data that ``key`` stands for."""

    folder: Path
    key: str
    left: Left


def write(folder: Path, shard: Shard, keys: Mapping[str, str], left: Mapping[str, Left]) -> None:
    """Say in ``folder`` what the departments of a shard leave, and from which data."""
    (folder / shard.name).write_bytes(pack((_VERSION, dict(keys), dict(left))))


def read(folder: Path) -> dict[str, Ready]:
    """The departments of every shard in the folders below ``folder``. Raises NoShard."""
    found = sorted(folder.glob("*/shard-*-of-*.bin"))
    if not found:
        raise NoShard(f"{folder}: 里面没有分开生成的部分 / there are no shards in it")
    ready: dict[str, Ready] = {}
    for path in found:
        try:
            version, keys, left = unpack(path.read_bytes())
            for data in (data for each in left.values() for data in each.indexed.values()):
                unpack_small(data)
        except (NotPacked, ValueError, TypeError, AttributeError) as error:
            raise NoShard(
                f"{path}: 读不懂，可能已经损坏，或由别的版本生成 / "
                "cannot be read: damaged, or made by another version"
            ) from error
        if version == _VERSION:
            ready |= {slug: Ready(path.parent, keys[slug], left[slug]) for slug in left}
    return ready


def complete(ready: Mapping[str, Ready], keys: Mapping[str, str]) -> Iterator[str]:
    """What keeps shards from being the site whose departments have ``keys``, in both languages."""
    for slug, key in keys.items():
        if slug not in ready:
            yield f"{slug}: 没有哪一份生成了这个部门 / no shard made this department"
        elif ready[slug].key != key:
            yield (
                f"{slug}: 这个部门是用另外的数据或设置生成的，请重新生成各份 / "
                "made from other data or settings; build the shards again"
            )


def copy(each: Ready, staged: Path, known: Mapping[str, str]) -> None:
    """Copy what a department made into ``staged``, but what is ``known`` there already.

    Raises NoShard for a file that is not what the shard says.
    """
    for address, sha256 in each.left.outputs.items():
        if known.get(address) == sha256:
            continue
        source, target = each.folder / address, staged / address
        if not _inside(address) or not source.is_file() or sha256_of(source) != sha256:
            raise NoShard(f"{source}: 缺少或已经改动 / missing or altered")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _inside(address: str) -> bool:
    return not address.startswith("/") and ".." not in address.split("/")


def keep_only(folder: Path, addresses: Iterable[str]) -> None:
    """Remove from a shard what belongs to the whole site."""
    own = set(addresses)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in own:
            path.unlink()
