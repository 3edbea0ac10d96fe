"""English for free text: gettext PO files keyed by the exact Chinese.

Chinese is the authority. A text whose Chinese changes loses its English by itself, so a stale
translation cannot be published; what is missing or fuzzy is shown in Chinese and marked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from disclosure.problems import Problem, Span, problem


@dataclass(frozen=True, slots=True)
class Catalogue:
    """English by context (``msgctxt``, most often empty) and exact Chinese text."""

    english: Mapping[tuple[str, str], str]

    def find(self, zh: str, context: str = "") -> str | None:
        """The English of ``zh``, or None where it is not translated.

        ``context`` is the code of the project around the text: one Chinese text can have an
        English of its own in one project.
        """
        return self.english.get((context, zh)) or self.english.get(("", zh))


def read_catalogue(
    folder: Path, name: Callable[[Path], str]
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Read every ``*.po`` in ``folder`` (none is fine). ``name`` gives a file's shown name."""
    english: dict[tuple[str, str], str] = {}
    first: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.po")):
        catalog, found = _read(path, name(path))
        problems += found
        for message in catalog or ():
            zh, en = message.id, message.string
            if not isinstance(zh, str) or not zh or not isinstance(en, str):
                continue
            if not en.strip() or message.fuzzy:
                continue
            place = Span(name(path), message.lineno or 1, 1)
            key = (message.context or "", zh)
            if english.setdefault(key, en) != en:
                problems.append(problem("T501", place, found=zh, first=first[key]))
            first.setdefault(key, f"{place.file}:{place.line}")
    return Catalogue(english), tuple(problems)


def _read(path: Path, name: str) -> tuple[Catalog | None, tuple[Problem, ...]]:
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, (problem("T502", Span(name, line, 1)),)
    try:
        return read_po(BytesIO(data), charset="utf-8", abort_invalid=True), ()
    except PoFileError as error:
        line = (error.lineno or 0) + 1
        return None, (problem("T503", Span(name, line, 1), found=str(error)),)
