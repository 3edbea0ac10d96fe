"""Data checks on the pages of the figures: a mark beside each, a notice below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from disclosure.book import Disclosure
from disclosure.language.interface import INTERFACE
from disclosure.language.numbers import plain
from disclosure.model.fields import Bilingual, parse_decimal
from disclosure.model.vocabulary import WordKind
from disclosure.problems import CATALOGUE, Severity
from disclosure.rules.check import Check, Label
from disclosure.rules.finding import Finding
from disclosure.site.blocks import Cell, FindingMark, Line, Notice, Phrase, line_text
from disclosure.site.edition import Edition, disclosure_page
from disclosure.site.places import Listed
from disclosure.site.routes import Kind, PageId, Target
from disclosure.source import Path

_NONE: Mapping[Path, tuple[Listed, ...]] = {}


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks for a file of the data, at the path that a view shows.

    ``again``: the page shows these figures a second time, so that the marks have no anchors.
    """

    edition: Edition
    disclosure: Disclosure
    file: str
    path: Path = ()
    again: bool = False
    _found: Mapping[Path, tuple[Listed, ...]] = field(init=False, repr=False, compare=False)
    """The findings of the file: looked up once, since most files have none."""

    def __post_init__(self) -> None:
        unit = self.edition.unit_shown
        file = f"units/{unit}/{self.file}" if unit else self.file
        found = self.edition.listed(self.disclosure).at.get(file, _NONE)
        object.__setattr__(self, "_found", found)

    def __bool__(self) -> bool:
        """Whether the file has findings."""
        return bool(self._found)

    def below(self, *keys: str | int) -> Marks:
        """The marks below a path."""
        return replace(self, path=(*self.path, *keys)) if self._found else self

    def at(self, *keys: str | int) -> Line:
        """The marks of the findings at exactly this path."""
        if not self._found:
            return ()
        found = self._found.get((*self.path, *keys), ())
        return tuple(mark(self.edition, self.disclosure, each, self.again) for each in found)

    def on(self, cell: Cell, *keys: str | int) -> Cell:
        """The cell with its marks."""
        marks = self.at(*keys) if self._found else ()
        return replace(cell, line=(*cell.line, *marks)) if marks else cell


def mark(
    edition: Edition, disclosure: Disclosure, listed: Listed, again: bool = False
) -> FindingMark:
    """The mark that leads to a finding on the page of the data checks."""
    text = number(listed)
    hint = listed.finding.problem.severity is Severity.HINT
    key = "checks.mark.hint" if hint else "checks.mark"
    return FindingMark(
        text,
        edition.say(key, number=text, what=what(edition, listed)),
        Target(disclosure_page(disclosure, Kind.CHECKS), listed.anchor),
        "" if again else listed.back,
    )


def number(listed: Listed) -> str:
    """The number of a finding, the same beside the figure, on the checks page and on paper."""
    return f"※{listed.number}"


def notices(edition: Edition, disclosure: Disclosure, page: PageId) -> tuple[Notice, ...]:
    """What the data checks found on a page, in words, each with a link to the checks."""
    return tuple(
        _notice(edition, disclosure, each) for each in edition.listed(disclosure).on.get(page, ())
    )


def _notice(edition: Edition, disclosure: Disclosure, listed: Listed) -> Notice:
    finding = listed.finding
    check = finding.check
    hint = finding.problem.severity is Severity.HINT
    if check is None:
        said = edition.say("checks.notice", what=words(edition, finding))
    else:
        said = edition.say(
            "checks.finding",
            what=statement(edition, check).text,
            printed=figure(edition, check).text,
            computed=plain(check.computed),
            difference=plain(check.difference),
        )
    space = "" if edition.lang == "zh" else " "
    line = (
        Phrase(f"{said}{space}", edition.lang, literal=True),
        *explanation(edition, listed, labelled=True),
        Phrase(" ", edition.lang),
        edition.link(
            edition.say("checks"), disclosure_page(disclosure, Kind.CHECKS), listed.anchor
        ),
    )
    return Notice(line, "info" if hint else "warning", listed.notice, number(listed))


def explanation(edition: Edition, listed: Listed, labelled: bool = False) -> Line:
    """What the editors say about a finding, or that they have said nothing yet."""
    said = listed.finding.problem.explanation
    if said is None:
        return edition.line("checks.unexplained" if not labelled else "checks.unexplained.sentence")
    text = said.in_language(edition.lang)
    shown = edition.say("checks.explained", text=text) if labelled else text
    return (Phrase(shown, edition.lang, literal=True),)


def what(edition: Edition, listed: Listed) -> str:
    """What a finding is about, in a few words."""
    if listed.finding.check is not None:
        return statement(edition, listed.finding.check).text
    return CATALOGUE[listed.finding.rule].title.in_language(edition.lang)


def words(edition: Edition, finding: Finding) -> str:
    """A finding that compares no figures, for a reader: without the advice to the editors."""
    key = f"found.{finding.rule}"
    if key not in INTERFACE:
        return finding.problem.message(edition.lang)
    ending = f"_{edition.lang}"
    values = {name.removesuffix(ending): value for name, value in finding.problem.values}
    return edition.say(key, **values)


def statement(edition: Edition, check: Check) -> Phrase:
    """The equation that a check looks at, or the title of its rule where it is not one."""
    item = label(edition, check.item, check.place.project).text if check.item else ""
    key = f"check.{check.rule}"
    if key in INTERFACE:
        return edition.said(key, item=item)
    title = CATALOGUE[check.rule].title.in_language(edition.lang)
    colon = edition.say("label.colon") if item else ""
    return Phrase(f"{title}{colon}{item}", edition.lang)


def figure(edition: Edition, check: Check) -> Phrase:
    """The printed figure; one printed with words (``≤20 万元``) is its value in English."""
    figure = check.printed.figure
    as_printed = edition.lang == "zh" or parse_decimal(figure.printed) is not None
    text = figure.printed if as_printed else plain(figure.number)
    return Phrase(text, edition.lang, style="number", literal=True)


def label(edition: Edition, what: Label | Bilingual, project: str = "") -> Phrase:
    """What a check is about, in the edition's language; ``project``: the code around it."""
    if isinstance(what, Bilingual):
        return Phrase(what[edition.lang], edition.lang, literal=True)
    kind, text = what
    if kind == "interface":
        return edition.said(text)
    if kind in ("project", "text"):
        return edition.phrase(text, project)
    word_kind: WordKind = kind  # type: ignore[assignment]
    return edition.word(word_kind, text)


def summands(edition: Edition, check: Check, named: bool) -> Iterator[Phrase]:
    """The figures that a check adds up, and their sum; ``named``: each with its label.

    A single figure is its own sum: it is shown in the unit of the check.
    """
    single = len(check.summands) == 1
    for position, term in enumerate(check.summands):
        if position:
            yield edition.literal(" + ")
        if named:
            name = label(edition, term.label, check.place.project)
            yield Phrase(name.text, name.lang, name.untranslated, name.style, literal=True)
            yield edition.literal(" ")
        printed = line_text(edition.figure(term.figure).line) or "—"
        shown = plain(check.computed) if single else printed
        yield Phrase(shown, edition.lang, style="" if named else "number", literal=True)
    if not single:
        yield edition.literal(" = ")
        yield Phrase(plain(check.computed), edition.lang, style="strong", literal=True)
