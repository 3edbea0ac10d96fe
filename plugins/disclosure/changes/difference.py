"""Everything that changed between two states of the data folder."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from disclosure.changes.compare import Change, changes, compared
from disclosure.changes.labels import label
from disclosure.changes.shape import UNKNOWN, Items, Shape, shape_of
from disclosure.changes.state import (
    DisclosureKey,
    Found,
    PageSeen,
    PlaceKey,
    State,
    TextKey,
)
from disclosure.language.catalogue import has_chinese
from disclosure.model.acknowledgement import Acknowledgement
from disclosure.model.classification import ClassificationFile
from disclosure.model.department import DepartmentFile
from disclosure.model.editions import PublishedEdition
from disclosure.model.glossary import Term
from disclosure.model.policy import Policy
from disclosure.model.site import SiteFile
from disclosure.model.vocabulary import VocabularyFile
from disclosure.problems import Bilingual, Severity

Fate = Literal["changed", "added", "removed", "renamed"]
"""What became of a disclosure; ``renamed``: the same one at another address."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that changed. ``follows``: a sum whose parts changed too."""

    change: Change
    follows: bool


@dataclass(frozen=True, slots=True)
class OneDisclosure:
    """What changed in one disclosure; nothing but the fate where it came or went as a whole."""

    key: DisclosureKey
    title: Bilingual
    fate: Fate
    was: DisclosureKey | None = None
    amounts: tuple[Amount, ...] = ()
    others: tuple[Change, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """All of them, figures first."""
        return (*(amount.change for amount in self.amounts), *self.others)


@dataclass(frozen=True, slots=True)
class OneFile:
    """What changed in a file that belongs to no disclosure."""

    file: str
    title: Bilingual
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """An entry of the PO files that came, went or changed. ``after`` None: it went."""

    key: TextKey
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class EnglishDifference:
    """``stale``: texts that have no English any more because their Chinese changed, with the old
    Chinese; ``missing``: other texts that have none now and had none or were not there before.
    """

    stale: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[Translated, ...] = ()
    changed: tuple[Translated, ...] = ()
    removed: tuple[Translated, ...] = ()

    @property
    def touched(self) -> bool:
        """Whether anything changed."""
        return bool(self.stale or self.missing or self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class FindingsDifference:
    """What the rules find now and did not, no longer find, or find with other figures.

    ``left_behind``: those of ``appeared`` and ``changed`` that are sums whose parts changed while
    they themselves stayed as printed.
    """

    appeared: tuple[Found, ...] = ()
    changed: tuple[tuple[Found, Found], ...] = ()
    vanished: tuple[Found, ...] = ()
    left_behind: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class PagesDifference:
    """Pages of the site by what became of them. ``moved``: with their disclosure."""

    changed: tuple[PageSeen, ...] = ()
    added: tuple[PageSeen, ...] = ()
    removed: tuple[PageSeen, ...] = ()
    moved: tuple[PageSeen, ...] = ()

    @property
    def all(self) -> tuple[tuple[PageSeen, ...], ...]:
        """The groups."""
        return (self.changed, self.added, self.removed, self.moved)


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything."""

    before: State
    after: State
    disclosures: tuple[OneDisclosure, ...] = ()
    files: tuple[OneFile, ...] = ()
    english: EnglishDifference = EnglishDifference()
    findings: FindingsDifference = FindingsDifference()
    new_errors: tuple[Found, ...] = ()
    mended_errors: tuple[Found, ...] = ()
    pages: PagesDifference | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed in meaning."""
        findings = self.findings
        return not (
            self.disclosures
            or self.files
            or self.english.touched
            or findings.appeared
            or findings.changed
            or findings.vanished
            or self.new_errors
            or self.mended_errors
            or (self.pages and any(self.pages.all))
        )


def difference(before: State, after: State) -> Difference:
    """Compare two states. Takes time linear in their size."""
    unread = before.unread | after.unread
    disclosures = tuple(_disclosures(before, after, unread))
    mended, new = _only(before.errors, after.errors)
    return Difference(
        before,
        after,
        disclosures,
        tuple(_files(before, after, unread, disclosures)),
        _english(before, after, disclosures),
        _findings(before, after, disclosures),
        new,
        mended,
        _pages(before, after, _folders_moved(disclosures)),
    )


# --- disclosures ------------------------------------------------------------------------------

_KIND = {"budget": ("部门预算", "departmental budget"), "final": ("部门决算", "final accounts")}


def _title(
    document: Mapping[str, Any], key: DisclosureKey, department_name: bool = True
) -> Bilingual:
    year, _, kind = key[1].partition("-")
    header = document.get("disclosure") or {}
    named = header.get("department") if isinstance(header, Mapping) else None
    zh = str(named.get("name") or key[0]) if isinstance(named, Mapping) else key[0]
    english = document.get("english")
    en = english.get(zh, zh) if isinstance(english, Mapping) else zh
    kind_zh, kind_en = _KIND.get(kind, (kind, kind))
    return Bilingual(f"{zh}{year}年{kind_zh}", f"{en}: {year} {kind_en}")


def _disclosures(before: State, after: State, unread: frozenset[str]) -> Iterator[OneDisclosure]:
    old, new = before.documents, after.documents
    gone = [key for key in old if key not in new]
    came = [key for key in new if key not in old]
    moved = dict(_moved(before, after, gone, came))
    pairs = {key: key if key in old else moved[key] for key in new if key in old or key in moved}
    compared = {
        key: changes(
            _without(old[was], was, unread),
            _without(new[key], key, unread),
            after.terms,
            with_english=False,
        )
        for key, was in pairs.items()
    }
    follows = _followers(before, after, pairs, compared)
    for key in sorted({*old, *new}):
        if key not in new:
            if key not in moved.values():
                yield OneDisclosure(key, _title(old[key], key), "removed")
            continue
        if key not in pairs:
            yield OneDisclosure(key, _title(new[key], key), "added")
            continue
        was, own = pairs[key], compared[key]
        if own or was != key:
            amounts = [each for each in own if each.kind == "figure"]
            yield OneDisclosure(
                key,
                _title(new[key], key),
                "changed" if was == key else "renamed",
                None if was == key else was,
                tuple(Amount(each, place_of(each, key) in follows) for each in amounts),
                tuple(each for each in own if each.kind != "figure"),
            )


def _moved(
    before: State, after: State, gone: Iterable[DisclosureKey], came: Iterable[DisclosureKey]
) -> Iterator[tuple[DisclosureKey, DisclosureKey]]:
    """Disclosures of the same year and kind that stand at another address, with the old one."""
    left: dict[str, dict[DisclosureKey, set[str]]] = defaultdict(dict)
    for was in gone:
        left[was[1]][was] = set(_all_texts(before.documents[was]))
    for key in came:
        texts = set(_all_texts(after.documents[key]))
        for was, others in left[key[1]].items():
            if 2 * len(texts & others) > max(len(texts), len(others)):
                del left[key[1]][was]
                yield key, was
                break


def _folders_moved(disclosures: Iterable[OneDisclosure]) -> Mapping[str, str]:
    """New folder and address of what moved to it, by the old one, ended by a slash."""
    found: dict[str, str] = {}
    for one in disclosures:
        if one.was:
            for depth in (1, 2):
                was, now = ("/".join(each[:depth]) for each in (one.was, one.key))
                if was != now:
                    found[f"departments/{was}/"] = f"departments/{now}/"
    return found


def _whole(disclosures: Iterable[OneDisclosure], fates: tuple[Fate, ...]) -> tuple[str, ...]:
    """The folders of the disclosures that came or went as a whole."""
    return tuple(f"departments/{'/'.join(one.key)}/" for one in disclosures if one.fate in fates)


def _moved_name(name: str, moves: Mapping[str, str]) -> str:
    """The name that a file or page of the earlier state has in the later one."""
    parts = name.split("/")
    for depth in (3, 2):
        folder = "/".join(parts[:depth]) + "/"
        if folder in moves and len(parts) > depth:
            return moves[folder] + name.removeprefix(folder)
    return name


def _all_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key not in ("english", "english_of_project"):  # that of the whole site
                yield from _all_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _all_texts(each)


_FILES = {
    "disclosure": "disclosure.yml",
    "budget": "budget.yml",
    "narrative": "narrative.yml",
    "procurement": "procurement.yml",
    "assets": "assets.yml",
}


def _without(
    document: Mapping[str, Any], key: DisclosureKey, unread: frozenset[str]
) -> Mapping[str, Any]:
    """The document without the files that could not be read in one of the states."""
    folder = f"departments/{key[0]}/{key[1]}/"
    names = {name.removeprefix(folder) for name in unread if name.startswith(folder)}
    if not names:
        return document

    def tables(of: Any, where: str) -> dict[str, Any]:
        kept = of if isinstance(of, Mapping) else {}
        return {id: each for id, each in kept.items() if f"{where}tables/{id}.yml" not in names}

    def unit(of: Any) -> dict[str, Any]:
        where = f"units/{of['unit'].get('slug')}/"
        given = {**of, "tables": tables(of.get("tables"), where)}
        return {key: each for key, each in given.items() if f"{where}{key}.yml" not in names}

    kept = {name: each for name, each in document.items() if _FILES.get(name) not in names}
    slugs = {name.split("/")[1] for name in names if name.startswith("units/") and "/unit." in name}
    return {
        **kept,
        "tables": tables(document.get("tables"), ""),
        "projects": [
            each
            for each in document.get("projects") or ()
            if f"projects/{each.get('code')}.yml" not in names
        ],
        "units": [
            unit(each)
            for each in document.get("units") or ()
            if each["unit"].get("slug") not in slugs
        ],
    }


def place_of(change: Change, key: DisclosureKey) -> PlaceKey:
    """The file below the data folder and the keys in it that the address of a change leads to."""
    folder = f"departments/{key[0]}/{key[1]}"
    head, *rest = change.address
    return _place(folder, str(head), rest)


def _place(folder: str, head: str, rest: list[str | int]) -> PlaceKey:
    if head == "units" and len(rest) > 1:
        return _place(f"{folder}/units/{rest[0]}", str(rest[1]), rest[2:])
    if head in ("tables", "projects", "units") and rest:
        return f"{folder}/{head}/{rest[0]}.yml", tuple(rest[1:])
    return f"{folder}/{head}.yml", tuple(rest)


def _followers(
    before: State,
    after: State,
    pairs: Mapping[DisclosureKey, DisclosureKey],
    found: Mapping[DisclosureKey, Iterable[Change]],
) -> frozenset[PlaceKey]:
    """Where the sums stand of which a part changed, came or went."""
    new: set[PlaceKey] = set()
    old: set[PlaceKey] = set()
    for key, own in found.items():
        for each in own:
            if each.kind == "removed":
                old.add(place_of(each, pairs[key]))
            elif each.kind in ("figure", "added"):
                new.add(place_of(each, key))
    return frozenset(_touched(after, new) | _touched(before, old))


def _touched(state: State, places: set[PlaceKey]) -> set[PlaceKey]:
    if not places:
        return set()
    return {
        each.printed
        for each in state.sums
        if len(each.parts) > 1
        and "/projects/" not in each.printed[0]
        and any(above in places for part in each.parts for above in _levels(part))
    }


def _levels(place: PlaceKey) -> Iterator[PlaceKey]:
    """The place and those above it: a row that came brings its figures."""
    file, path = place
    for at in range(len(path), -1, -1):
        yield file, path[:at]


# --- files that belong to no disclosure --------------------------------------------------------

_SHARED: Mapping[str, tuple[str, Shape]] = {
    "site.yml": ("site", shape_of(SiteFile)),
    "glossary.yml": ("glossary", Items(shape_of(Term))),
    "policies.yml": ("policies", Items(shape_of(Policy))),
    "vocabulary.yml": ("vocabulary", shape_of(VocabularyFile)),
    "acknowledged.yml": ("acknowledged", Items(shape_of(Acknowledgement))),
    "editions.yml": ("editions", Items(shape_of(PublishedEdition))),
    "department.yml": ("department", shape_of(DepartmentFile)),
}


def _files(
    before: State, after: State, unread: frozenset[str], disclosures: Iterable[OneDisclosure]
) -> Iterator[OneFile]:
    moves = _folders_moved(disclosures)
    old = {_moved_name(file, moves): each for file, each in before.shared.items()}
    whole = _whole(disclosures, ("added", "removed"))
    for file in sorted({*old, *after.shared} - unread):
        if file.startswith(whole):
            continue  # told with the disclosure
        name = file.rpartition("/")[2]
        key, shape = _SHARED.get(name, ("", UNKNOWN))
        if file.startswith("classification/"):
            key, shape = "classification", shape_of(ClassificationFile)
        title = label("", key) if key else Bilingual(file, file)
        if "/" in file:
            folder = file.rpartition("/")[0].removeprefix("departments/")
            title = Bilingual(f"{title.zh}（{folder}）", f"{title.en} ({folder})")
        one, other = old.get(file), after.shared.get(file)
        empty: Any = [] if isinstance(shape, Items) else {}
        found = compared(
            empty if one is None else one,
            empty if other is None else other,
            shape,
            Bilingual("", ""),
            after.terms,
        )
        if found:
            yield OneFile(file, title, found)


# --- English ------------------------------------------------------------------------------------


def _english(
    before: State, after: State, disclosures: Iterable[OneDisclosure]
) -> EnglishDifference:
    if any(each.place[0].startswith("translations/") for each in (*before.errors, *after.errors)):
        return EnglishDifference()  # a PO file that cannot be read is not one without English
    added: list[Translated] = []
    changed: list[Translated] = []
    removed: list[Translated] = []
    for key in (*after.english, *(each for each in before.english if each not in after.english)):
        one, other = before.english.get(key), after.english.get(key)
        was, now = (each.published if each else "" for each in (one, other))
        if was == now:
            continue
        entry = Translated(key, was or None, now or None)
        (added if not was else removed if not now else changed).append(entry)
    readable = not before.errors and not after.errors
    need = after.untranslated - before.untranslated if readable else frozenset()
    olds = {
        each.after.zh: each.before.zh
        for disclosure in disclosures
        for each in disclosure.others
        if each.kind == "text" and each.before and each.after
        if each.before.en != each.before.zh or not has_chinese(each.before.zh)
    }
    stale = {zh: olds[zh] for _, zh in sorted(need) if zh in olds and has_chinese(olds[zh])}
    missing = dict.fromkeys(zh for _, zh in sorted(need) if zh not in stale)
    # English that went with its Chinese is stale, not removed.
    gone = {old for old in stale.values()}
    return EnglishDifference(
        tuple(stale.items()),
        tuple(missing),
        tuple(added),
        tuple(changed),
        tuple(each for each in removed if each.key[1] not in gone),
    )


# --- findings -------------------------------------------------------------------------------------

_TOLD_ELSEWHERE = ("T505", "T506", "T507")
"""Texts without English are told with the English."""
_WEIGHT = tuple(Severity)


def _findings(
    before: State, after: State, disclosures: Sequence[OneDisclosure]
) -> FindingsDifference:
    old, new = (
        [each for each in state.findings if each.code not in _TOLD_ELSEWHERE]
        for state in (before, after)
    )
    if before.errors or after.errors:
        # Without a book no rule runs: what one state has found says nothing about the other.
        return FindingsDifference()
    vanished, appeared = _only(old, new)
    at = defaultdict(list)
    for each in vanished:
        if each.place[1]:
            at[each.code, each.place].append(each)
    changed: list[tuple[Found, Found]] = []
    for each in appeared:
        if former := at.get((each.code, each.place)):
            changed.append((former.pop(0), each))
    again = {id(each) for pair in changed for each in pair}
    # The same difference under the same explanation, of other figures.
    changed = [
        (was, now)
        for was, now in changed
        if not (was.acknowledged and now.acknowledged and was.difference == now.difference)
    ]
    gone = _whole(disclosures, ("removed",))
    fresh = tuple(each for each in appeared if id(each) not in again)
    moved = {
        place_of(each, disclosure.key)
        for disclosure in disclosures
        for each in disclosure.changes
        if each.kind in ("figure", "added")
    }
    touched = _followers(
        before,
        after,
        {each.key: each.was or each.key for each in disclosures},
        {each.key: each.changes for each in disclosures},
    )
    behind = [
        each
        for each in (*fresh, *(now for _, now in changed))
        if each.difference is not None and each.place in touched and each.place not in moved
    ]
    return FindingsDifference(
        _heaviest_first(fresh),
        tuple(changed),
        _heaviest_first(
            each
            for each in vanished
            if id(each) not in again and not each.place[0].startswith(gone)
        ),
        tuple(behind),
    )


def _heaviest_first(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda each: (each.acknowledged, _WEIGHT.index(each.severity))))


def _only(
    old: Iterable[Found], new: Iterable[Found]
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Those that only one of the states has: by place and words, by file and words, by words.

    A row more above a finding is no reason to tell it again.
    """
    left, right = list(old), list(new)
    keys: tuple[Callable[[Found], Hashable], ...] = (
        lambda each: (each.code, each.place, each.message, each.acknowledged),
        lambda each: (each.code, each.place[0], each.message, each.acknowledged),
        lambda each: (each.code, each.message, each.acknowledged),
    )
    for key in keys:
        known = Counter(map(key, left)) & Counter(map(key, right))
        left, right = (list(_beyond(each, key, known)) for each in (left, right))
    return tuple(left), tuple(right)


def _beyond(
    found: Iterable[Found], key: Callable[[Found], Hashable], known: Counter[Hashable]
) -> Iterator[Found]:
    left = Counter(known)
    for each in found:
        if left[key(each)] > 0:
            left[key(each)] -= 1
        else:
            yield each


# --- pages ----------------------------------------------------------------------------------------


def _pages(before: State, after: State, moves: Mapping[str, str]) -> PagesDifference | None:
    old, new = before.pages, after.pages
    if old is None or new is None:
        return None
    now = {path: _moved_name(path, moves) for path in old}
    moved = {to for path, to in now.items() if to != path and to in new}
    return PagesDifference(
        tuple(new[path] for path in new if path in old and new[path] != old[path]),
        tuple(new[path] for path in new if path not in old and path not in moved),
        tuple(old[path] for path in old if path not in new and now[path] not in new),
        tuple(new[path] for path in new if path in moved),
    )


# --- sums for the summary -------------------------------------------------------------------------


def total_of_projects(one: OneDisclosure) -> Decimal | None:
    """What the budgets of all projects changed by together; None where none did."""
    budgets = [
        amount.change.difference
        for amount in one.amounts
        if amount.change.address[0] == "projects" and amount.change.address[2:] == ("budget",)
    ]
    found = [each for each in budgets if each is not None]
    return sum(found, Decimal(0)) if found else None
