"""How a disclosure is cited: GB/T 7714—2025, APA (7th edition) and BibTeX.

Who is who, as a library would have it: the department answers for the figures and is the author,
under the name that it had in that year; the site is the place of publication. Where the site is not
the government's own, the title is followed by what the site is, an edited rendering, so that nobody
takes it for the official document.

Nothing here is dated today. The day on which a reader saw the page is the reader's to write: where
a style asks for it, its place is held by words in square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from disclosure.model.fields import Lang


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of the thing that is cited, in one language.

    ``title`` is that of the Chinese document, ``title_en`` its English. ``rendering`` says that the
    site is not the government's own; empty where it is. ``edition`` is None where the disclosure
    has no published edition: what is cited can still change. ``date`` is the day of publication
    (``2024-03-15``), empty where it is not known. ``address`` is absolute, or the way below the
    root of a site that knows no address of its own. ``key`` names the entry in BibTeX.
    """

    lang: Lang
    author: str
    title: str
    title_en: str
    platform: str
    address: str
    key: str
    rendering: str = ""
    edition: int | None = None
    date: str = ""
    sha256: str = ""

    @property
    def is_absolute(self) -> bool:
        """Whether the address leads there from anywhere."""
        return self.address.startswith(("https://", "http://"))


def accessed(lang: Lang) -> str:
    """What stands in the place of the day on which the reader saw the page."""
    return "[引用日期]" if lang == "zh" else "[date of access]"


# ---- GB/T 7714—2025 ----------------------------------------------------------------------


def gbt7714(reference: Reference) -> str:
    """The reference of a data set: GB/T 7714—2025, in force since 1 July 2026.

    Author. Title: other title information[DS/OL]. Version. Platform(date)[date of access]. Address.
    The version stands as ``V2``, like that of the data set among the examples of the standard; the
    date of access is required and the reader's.
    """
    title = reference.title if reference.lang == "zh" else reference.title_en or reference.title
    parts = [
        _ended(reference.author),
        " ",
        ": ".join(filter(None, (_open(title), _open(reference.rendering)))),
        "[DS/OL]. ",
        f"V{reference.edition}. " if reference.edition else "",
        _line(reference.platform),
        f"({reference.date})" if reference.date else "",
        accessed(reference.lang),
        ". ",
        _ended(reference.address),
    ]
    return "".join(parts).lstrip()


# ---- APA ---------------------------------------------------------------------------------


def apa(reference: Reference) -> str:
    """The reference of a data set: Publication Manual of the APA, 7th edition, section 10.9.

    Author. (Year). Title [its English] (Version 2) [Data set]. Publisher. Address. The Chinese
    title stands before its English, in Chinese characters, so that the document can be found by it.
    The day of access is asked for only where what is cited can change.
    """
    title = _line(reference.title)
    if reference.title_en and reference.title_en != reference.title:
        title = f"{title} [{_line(reference.title_en)}]"
    if reference.edition:
        title = f"{title} (Version {reference.edition})"
    kind = "Data set; unofficial edited rendering" if reference.rendering else "Data set"
    publisher = "" if reference.platform == reference.author else _ended(reference.platform)
    where = _line(reference.address)
    if reference.edition is None:
        where = f"Retrieved {accessed('en')}, from {where}"
    parts = (
        _ended(reference.author),
        f"({reference.date[:4] or 'n.d.'}).",
        f"{title} [{kind}].",
        publisher,
        where,
    )
    return " ".join(filter(None, parts))


# ---- BibTeX ------------------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)


def bibtex_text(text: str) -> str:
    """Text in a field of BibTeX: one line, every sign that TeX would act upon escaped.

    BibTeX counts braces even where a backslash stands before them, so that a brace in the text is
    written by its name.
    """
    return _line(text).translate(_ESCAPED)


def bibtex(reference: Reference) -> Iterator[str]:
    """The lines of an entry ``@dataset`` (biblatex; to BibTeX itself it is a ``@misc``).

    Name and title stand in two pairs of braces: a body is no person with a first name, and a title
    keeps its capitals. The address is given as it is where it is a whole one, which biblatex and
    ``\\url`` want (its braces and backslashes are percent-encoded), and else in the note.
    """
    fields = {
        "author": f"{{{bibtex_text(reference.author)}}}",
        "title": f"{{{bibtex_text(_titled(reference))}}}",
        "year": reference.date[:4],
        "month": _MONTHS[int(reference.date[5:7]) - 1] if reference.date else "",
        "day": reference.date[8:].lstrip("0"),
        "version": f"{reference.edition}" if reference.edition else "",
        "publisher": f"{{{bibtex_text(reference.platform)}}}",
        "url": _verbatim(reference.address) if reference.is_absolute else "",
        "note": bibtex_text(_note(reference)),
        "langid": "chinese" if reference.lang == "zh" else "english",
    }
    yield f"@dataset{{{_key(reference.key)},"
    for name, value in fields.items():
        if value:  # the name of a month is a macro of every style and stands bare
            yield f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
    yield "}"


def bibliography(references: Iterable[Reference]) -> bytes:
    """A file of BibTeX entries, UTF-8 without a byte order mark."""
    entries = ("\n".join(bibtex(reference)) for reference in references)
    return ("\n\n".join(entries) + "\n").encode()


def _titled(reference: Reference) -> str:
    title = reference.title if reference.lang == "zh" else reference.title_en or reference.title
    if not reference.rendering:
        return title
    colon = "：" if reference.lang == "zh" else ": "
    return f"{title}{colon}{reference.rendering}"


def _note(reference: Reference) -> str:
    """What no field of every style holds: where it stands on the site, and the digest."""
    address = "" if reference.is_absolute else reference.address
    digest = f"SHA-256 {reference.sha256}" if reference.sha256 else ""
    return ("；" if reference.lang == "zh" else "; ").join(filter(None, (address, digest)))


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", text)


def _verbatim(address: str) -> str:
    return quote(address, safe=":/?#[]@!$&'()*+,;=%~")


# ---- text --------------------------------------------------------------------------------


def _line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def _open(text: str) -> str:
    """The text without the full stop that the style sets itself."""
    return _line(text).rstrip(".。 ")


def _ended(text: str) -> str:
    """The text with one full stop after it; nothing where there is no text."""
    text = _open(text)
    return f"{text}." if text else ""
