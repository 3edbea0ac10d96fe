"""What is kept from one build to the next, so that only what changed is made again.

It lies in a folder outside the site and can be deleted at any time. Whoever could write it could
decide what is published: therefore it is signed with a secret of this user, and what was damaged,
made by another version or carried here from elsewhere is not read.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from disclosure.publish.folder import Output
from disclosure.publish.keys import Inputs
from disclosure.publish.left import Left
from disclosure.publish.packed import NotPacked, pack, unpack

NAME, DEPARTMENTS = "build", "departments"
_MAC = 32
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build.

    ``keys`` and ``left``: by department. ``index``: a digest of what the search index was made of,
    and SHA-256 of its files. ``report``: what was said of the data; ``warned``: whether MkDocs
    warned of anything.
    """

    site: str
    inputs: Inputs
    keys: Mapping[str, str]
    left: Mapping[str, Left]
    index: tuple[str, Mapping[str, str]]
    outputs: Mapping[str, Output]
    report: str
    warned: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # equal to what it holds, as mappings are
class _Departments(Mapping[str, Left]):
    """Departments that are read when somebody asks for them: where nothing changed nobody does.

    They are nearly all that is kept. ``digests`` name their files in ``folder``, which are trusted
    as far as they have them; one that has not, or is gone, is a department that was not kept.
    """

    folder: Path
    digests: Mapping[str, str]

    def __getitem__(self, slug: str) -> Left:
        sha256 = self.digests[slug]
        try:
            content = (self.folder / sha256).read_bytes()
            if hashlib.sha256(content).hexdigest() != sha256:
                raise NotPacked(slug)
            found: Left = unpack(content)
        except (OSError, NotPacked) as error:
            raise KeyError(slug) from error
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)


def load(folder: Path, version: str) -> Built | None:
    """The build kept in ``folder``; None where there is none that can be trusted.

    ``version``: a digest of the program, which says how to read it.
    """
    try:
        content = (folder / NAME).read_bytes()
    except OSError:
        return None
    key = _secret(create=False)
    if key is None or not hmac.compare_digest(content[:_MAC], _sign(key, version, content[_MAC:])):
        log.debug("kept build: not of this user and version, or damaged")
        return None
    try:
        built = Built(*unpack(content[_MAC:]))
        digests: Any = built.left
        return replace(built, left=_Departments(folder / DEPARTMENTS, digests))
    except (NotPacked, TypeError):
        return None


def save(folder: Path, version: str, built: Built) -> None:
    """Keep a build; without a place for it, or for the secret, the next one starts anew."""
    key = _secret(create=True)
    if key is None:
        return
    try:
        below = folder / DEPARTMENTS
        below.mkdir(parents=True, exist_ok=True)
        digests: Any = {slug: _keep(below, pack(each)) for slug, each in built.left.items()}
        for path in below.iterdir():
            if path.name not in digests.values():
                path.unlink()
        signed = replace(built, left=digests)
        payload = pack(tuple(getattr(signed, each.name) for each in fields(Built)))
        _write(folder / NAME, _sign(key, version, payload) + payload)
    except OSError as error:
        log.debug("kept build: %s", error)


def _keep(folder: Path, content: bytes) -> str:
    """Keep a department unless it is kept already; returns the name of its file."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not (folder / sha256).exists():
        _write(folder / sha256, content)
    return sha256


def _write(path: Path, content: bytes) -> None:
    """All of a file or nothing."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    os.replace(aside, path)


def forget(folder: Path) -> None:
    """Remove what is kept: from now on the site is not what it says."""
    (folder / NAME).unlink(missing_ok=True)


def _sign(key: bytes, version: str, payload: bytes) -> bytes:
    signed = hashlib.blake2b(key=key, digest_size=_MAC)
    signed.update(version.encode().ljust(64, b"\0"))
    signed.update(payload)
    return signed.digest()


def _secret(create: bool) -> bytes | None:
    """32 random bytes that only this user can read; None where they cannot be kept."""
    path = _user_folder() / "secret"
    try:
        if not path.exists() and create:
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
                new.write(secrets.token_bytes(32))
        found = path.read_bytes()
    except (OSError, RuntimeError):
        return None
    return found if len(found) == 32 else None


def _user_folder() -> Path:
    """Where this system keeps what programs remember for a user."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mkdocs-disclosure"
