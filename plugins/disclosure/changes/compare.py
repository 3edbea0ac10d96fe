"""What changed in meaning between two documents of a disclosure.

A document is a tree for JSON as :func:`disclosure.export.canonical.disclosure_document` makes it,
of any version of the format: keys as in the YAML, figures as printed, a printed blank None. Equal
values in another notation are no change (``466.73`` and ``466.730``, ``1,234.50`` and ``1234.50``,
4.5 万元 and 45,000 元, ``221 02 01`` and ``2210201``), nor is another order of keys.

    >>> changes({"assets": {"unit": "元", "fixed_assets": "466.73"}},
    ...         {"assets": {"unit": "元", "fixed_assets": "470.00"}})[0].difference
    Decimal('3.27')
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from disclosure.book import Book
from disclosure.changes.align import align
from disclosure.changes.labels import label
from disclosure.changes.names import Document, Names, Terms, name_of
from disclosure.changes.shape import (
    UNKNOWN,
    Fields,
    Items,
    Labelled,
    Leaf,
    Shape,
    Unknown,
    identity,
    part,
    table_shape,
)
from disclosure.changes.values import (
    AMOUNTS,
    LEAST_ITEM,
    LEAST_TEXT,
    MISSING,
    Value,
    alike_items,
    alike_texts,
    decimal_of,
    guessed,
    is_bilingual,
    is_looks,
    print_of,
    said_leaf,
    shape_below,
)
from disclosure.language.numbers import YUAN_PER
from disclosure.language.targets import target_in
from disclosure.model.classification import joined
from disclosure.model.fields import AmountUnit
from disclosure.model.table_forms import TableForm, plain_label
from disclosure.model.vocabulary import fold
from disclosure.problems import Bilingual

Kind = Literal["figure", "text", "added", "removed", "renamed", "order"]
"""``renamed``: the same thing under another code, id or printed label; ``order``: items of a list
stand in another order."""
Unit = Literal["万元", "元", "%"]
Address = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    ``address`` leads to the value in the document: keys; the code of a project and the slug of a
    unit; the position, from 0, in any other list, of the later document where the value is in it.
    ``where`` is the way there in words. ``before`` and ``after`` are the two values, None where
    there is none; their English is the Chinese where it has not been translated.

    ``difference`` is that of two figures, in ``unit``; ``ratio`` is that difference divided by the
    amount of the earlier figure (0.007 is 0.7 %), None where that is zero or a percentage.
    """

    kind: Kind
    address: Address
    where: Bilingual
    before: Bilingual | None = None
    after: Bilingual | None = None
    difference: Decimal | None = None
    ratio: Decimal | None = None
    unit: Unit | None = None


def changes(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    words: Terms | Book | None = None,
    *,
    with_english: bool = True,
) -> tuple[Change, ...]:
    """What changed from one document to the other, in the order of the document.

    ``words``: a book, or what labels are made of. The English of unchanged texts comes last, its
    address beginning with ``english`` or ``english_of_project``; English that went with its Chinese
    is no change of its own. Without ``with_english`` it is not looked at. Takes time linear in the
    size of the documents.
    """
    terms = Terms.of(words) if isinstance(words, Book) else words or Terms()
    comparison = _Comparison(Document(before), Document(after), terms)
    english = comparison.translations() if with_english else ()
    return (*comparison.all(), *english)


def compared(
    before: Any, after: Any, shape: Shape, where: Bilingual, words: Terms | None = None
) -> tuple[Change, ...]:
    """What changed in any other tree of a known shape, such as the list of the glossary."""
    comparison = _Comparison(Document({}), Document({}), words or Terms())
    place = _Place((), where)
    return tuple(comparison.values(place, shape, Value(before), Value(after)))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the comparison is: the address, its words, and the project around it."""

    address: Address
    where: Bilingual
    project: str = ""

    def below(self, key: str | int, name: Bilingual) -> _Place:
        return replace(self, address=(*self.address, key), where=_joined(self.where, name))

    def named(self, name: Bilingual) -> _Place:
        return replace(self, where=_joined(self.where, name))


_BLANK = Bilingual("空白", "blank")
_NO_NAME = Bilingual("", "")
_NOT_COMPARED = ("format",)


class _Comparison:
    """Walks through two documents at once."""

    def __init__(self, before: Document, after: Document, terms: Terms) -> None:
        self._before, self._after, self._terms = before, after, terms
        header = after.tree.get("disclosure") or before.tree.get("disclosure") or {}
        self._kind = header.get("kind") if isinstance(header, Mapping) else None
        year = str(header.get("year", "")) if isinstance(header, Mapping) else ""
        is_year = year.isascii() and year.isdigit() and len(year) == 4
        self._names = Names(terms, int(year) if is_year else 0)

    # --- the document -------------------------------------------------------------------------

    def all(self) -> Iterator[Change]:
        old, new = self._before.tree, self._after.tree
        unit_old, unit_new = _unit_of(old), _unit_of(new)
        for key in _keys(old, new):
            if key in (*_NOT_COMPARED, "english", "english_of_project"):
                continue
            place = _Place((key,), part(key).label)
            before = Value(old.get(key, None), unit_old)
            after = Value(new.get(key, None), unit_new)
            yield from self._part(key, place, before, after)

    def _part(self, key: str, place: _Place, before: Value, after: Value) -> Iterator[Change]:
        if key == "tables":
            yield from self._tables(place, before, after)
        elif key == "units":
            yield from self._units(place, before, after)
        else:
            shape = part(key).shape
            # A part that is not there is None in the document, or holds nothing.
            old, new = (
                replace(each, value=MISSING) if each.value in (None, {}, []) else each
                for each in (before, after)
            )
            if not place.where.zh and (old.is_missing or new.is_missing):
                place = place.named(_PART_NAMES.get(key, Bilingual(key, key)))
            yield from self.values(place, shape, old.with_unit(), new.with_unit())

    def _tables(self, place: _Place, before: Value, after: Value) -> Iterator[Change]:
        for id in _keys(before.value, after.value):
            found = self._form(id)
            shape: Shape = table_shape(found) if found else UNKNOWN
            name = Bilingual(id, id)
            if found:
                zh, en = found.title.zh, found.title.en
                name = Bilingual(f"表{found.number}《{zh}》", f"Table {found.number}, {en}")
            old, new = before.get(id).with_unit(), after.get(id).with_unit()
            yield from self.values(place.below(id, name), shape, old, new)

    def _form(self, id: str) -> TableForm | None:
        if self._terms.forms is None:
            return None
        if self._kind == "budget":
            return self._terms.forms.form("budget", id)
        return self._terms.forms.form("final", id) if self._kind == "final" else None

    def _units(self, place: _Place, before: Value, after: Value) -> Iterator[Change]:
        old, new = _by_slug(before.value), _by_slug(after.value)
        for slug in _keys(old, new):
            one, other = old.get(slug), new.get(slug)
            tree = other or one or {}
            header = tree.get("unit")
            zh = str(header.get("name") or slug) if isinstance(header, Mapping) else slug
            name = (self._after if other else self._before).text(zh)
            quoted = Bilingual(f"所属单位“{name.zh}”", f"Unit “{name.en}”")
            here = place.below(slug, quoted)
            if one is None or other is None:
                yield Change("added" if one is None else "removed", here.address, here.where)
                continue
            unit_old = Value(one.get("budget")).with_unit(before.unit).unit
            unit_new = Value(other.get("budget")).with_unit(after.unit).unit
            for key in _keys(one, other):
                below = here.below(key, _NO_NAME)
                yield from self._part(
                    key, below, Value(one.get(key), unit_old), Value(other.get(key), unit_new)
                )
        if align(list(old), list(new), ((), ()), _never, 1).moved:
            yield _order(place.named(Bilingual("所属单位", "Subordinate units")))

    # --- values -------------------------------------------------------------------------------

    def values(self, place: _Place, shape: Shape, before: Value, after: Value) -> Iterator[Change]:
        """The changes of a value at a place."""
        if before.is_missing and after.is_missing:
            return
        if isinstance(shape, Unknown):
            shape = guessed(before.value if after.is_missing else after.value)
        if isinstance(shape, Leaf) or is_bilingual(shape):
            yield from self._leaf(place, shape, before, after)
        elif before.is_missing or after.is_missing:
            yield from self._appeared(place, shape, before, after)
        elif isinstance(shape, Items):
            yield from self._list(place, shape.item, before, after)
        elif isinstance(shape, Labelled):
            yield from self._labelled(place, shape, before, after)
        elif isinstance(shape, Fields):
            yield from self._fields(place, shape, before.with_unit(), after.with_unit())

    def _fields(
        self, place: _Place, shape: Fields, before: Value, after: Value
    ) -> Iterator[Change]:
        if not isinstance(before.value, Mapping) or not isinstance(after.value, Mapping):
            yield from self._leaf(place, Leaf("plain"), before, after)
            return
        for key in _keys(before.value, after.value, tuple(shape.fields)):
            if key == identity(shape) or is_looks(shape, key):
                continue
            field = shape.of(key)
            below = place.below(key, field.label)
            yield from self.values(below, field.shape, before.get(key), after.get(key))

    def _labelled(
        self, place: _Place, shape: Labelled, before: Value, after: Value
    ) -> Iterator[Change]:
        old, new = (
            {self._names.label_key(shape, key): key for key in _keys(each.value, {})}
            for each in (before, after)
        )
        for folded in _keys(old, new):
            one, other = old.get(folded), new.get(folded)
            printed = str(other if other is not None else one)
            below = place.below(printed, self._names.label_name(shape, printed))
            if one is not None and other is not None and fold(one) != fold(other):
                was, now = (self._names.label_name(shape, each) for each in (one, other))
                yield Change("renamed", below.address, below.where, was, now)
            gone, came = (Value(MISSING, each.unit) for each in (before, after))
            yield from self.values(
                below,
                shape.value,
                before.get(one) if one is not None else gone,
                after.get(other) if other is not None else came,
            )

    # --- lists --------------------------------------------------------------------------------

    def _list(self, place: _Place, item: Shape, before: Value, after: Value) -> Iterator[Change]:
        old, new = (each.value if isinstance(each.value, list) else [] for each in (before, after))
        said_old = [self._said(item, Value(each, before.unit)) for each in old]
        said_new = [self._said(item, Value(each, after.unit)) for each in new]
        if said_old == said_new:
            return
        named_old = [self._identities(item, each, before.unit) for each in old]
        named_new = [self._identities(item, each, after.unit) for each in new]
        text = not isinstance(item, Fields) or item.model == "TextBlock"

        def alike(one: int, other: int) -> float:
            if text:
                found = alike_texts(print_of(old[one]), print_of(new[other]))
                return max(found, LEAST_TEXT) if listed else found
            return alike_items(said_old[one], said_new[other])

        # Codes, ids and what no model knows: one in the place of another is the same, changed.
        listed = isinstance(item, Unknown) or (isinstance(item, Leaf) and item.kind == "plain")
        least = LEAST_TEXT if text else LEAST_ITEM
        found = align(said_old, said_new, (named_old, named_new), alike, least)
        pairs = {new_at: old_at for old_at, new_at in found.pairs}
        for at in range(len(new)):
            one = Value(old[pairs[at]], before.unit) if at in pairs else None
            yield from self._item(place, item, one, Value(new[at], after.unit), at)
        for at in found.removed:
            yield from self._item(place, item, Value(old[at], before.unit), None, at)
        if found.moved:
            yield _order(place)

    def _item(
        self, place: _Place, item: Shape, before: Value | None, after: Value | None, at: int
    ) -> Iterator[Change]:
        present, document = (after, self._after) if after else (before, self._before)
        assert present is not None
        field = str(place.address[-1]) if place.address else ""
        name = self._names.item(item, present.value, document, at, field)
        key: str | int = at
        if isinstance(item, Fields) and item.model == "ProjectFile":
            key = str(present.value.get("code")) if isinstance(present.value, Mapping) else at
        below = place.below(key, name)
        if isinstance(item, Fields) and item.model == "ProjectFile":
            below = replace(below, project=str(key))
        missing = Value(MISSING)
        if before and after and (own := identity(item)):
            was, now = (
                str(each.value.get(own)) if isinstance(each.value, Mapping) else ""
                for each in (before, after)
            )
            if was and now and was != now:
                ids = Bilingual(was, was), Bilingual(now, now)
                yield Change("renamed", below.address, below.where, ids[0], ids[1])
        yield from self.values(below, item, before or missing, after or missing)

    def _identities(self, item: Shape, value: Any, unit: AmountUnit | None) -> tuple[Hashable, ...]:
        """What may name an item of a list, the surest first."""
        if not isinstance(item, Fields) or not isinstance(value, Mapping):
            return ()
        own = identity(item)
        if own:
            rest = {key: each for key, each in value.items() if key not in (own, "order")}
            name = value.get("name") or value.get("zh")
            said = self._said(item, Value(rest, unit))
            return (name_of(value.get(own)), said, str(name) if name else None)
        if item.side is not None:
            code, label = str(value.get("code") or ""), plain_label(str(value.get("item") or ""))
            place = joined(code) if item.side.kind and code else code
            institution, level = name_of(value.get("institution")), name_of(value.get("level_3"))
            return (
                (institution, place, label, level),
                (institution, place, level) if place else None,
                (institution, label, level) if label else None,
            )
        keys = [value.get(key) for key in ("name", "heading", "item", "rule", "state")]
        return (tuple(str(key) for key in keys),) if any(keys) else (None,)

    # --- one value ----------------------------------------------------------------------------

    def _leaf(self, place: _Place, shape: Shape, before: Value, after: Value) -> Iterator[Change]:
        if self._said(shape, before) == self._said(shape, after):
            return
        one, other = self._shown(place, shape, before, 0), self._shown(place, shape, after, 1)
        kind: Kind = "text"
        if isinstance(shape, Leaf) and shape.kind in AMOUNTS:
            kind = "figure"
            yield self._figure(place, shape, before, after, one, other)
            return
        if before.is_missing or after.is_missing:
            kind = "added" if before.is_missing else "removed"
        yield Change(kind, place.address, place.where, one, other)

    def _figure(
        self,
        place: _Place,
        shape: Leaf,
        before: Value,
        after: Value,
        one: Bilingual | None,
        other: Bilingual | None,
    ) -> Change:
        unit: Unit | None = None
        if shape.kind == "amount":
            unit = after.unit or before.unit
        elif shape.kind == "share":
            unit = "%"
        old, new = decimal_of(before.value), decimal_of(after.value)
        difference = ratio = None
        if old is not None and new is not None:
            if shape.kind == "amount" and before.unit and after.unit and before.unit != after.unit:
                old = old * YUAN_PER[before.unit] / YUAN_PER[after.unit]
            difference = new - old
            if old and shape.kind != "share":
                ratio = (difference / abs(old)).quantize(Decimal("0.000001"))
        kind: Kind = "figure"
        if before.is_missing or after.is_missing:
            kind = "added" if before.is_missing else "removed"
        return Change(kind, place.address, place.where, one, other, difference, ratio, unit)

    def _appeared(
        self, place: _Place, shape: Shape, before: Value, after: Value
    ) -> Iterator[Change]:
        """A part, list or item that came or went, in one change; a list as its items."""
        value, document = (after, self._after) if before.is_missing else (before, self._before)
        if value.value in (None, [], {}):
            present = _BLANK if value.value is None else None
        elif isinstance(shape, Items | Labelled):
            empty: Any = [] if isinstance(shape, Items) else {}
            old = replace(before, value=empty) if before.is_missing else before
            new = replace(after, value=empty) if after.is_missing else after
            yield from self.values(place, shape, old, new)
            return
        else:
            present = _summary(shape, value, document)
        if before.is_missing:
            yield Change("added", place.address, place.where, None, present)
        else:
            yield Change("removed", place.address, place.where, present, None)

    def _shown(self, place: _Place, shape: Shape, value: Value, side: int) -> Bilingual | None:
        """A value as people read it."""
        if value.is_missing:
            return None
        if value.value is None or value.value == "":
            return _BLANK
        if isinstance(value.value, Mapping) and is_bilingual(shape):
            zh, en = str(value.value.get("zh") or ""), str(value.value.get("en") or "")
            return Bilingual(zh, en or zh)
        text = print_of(value.value)
        if isinstance(shape, Leaf):
            if shape.words and (word := self._names.word(shape.words, text)):
                return word
            vocabulary = self._terms.vocabulary if shape.kind == "target" else None
            if vocabulary and (parsed := target_in(text, "en", vocabulary)) is not None:
                return Bilingual(text, parsed)
            if shape.kind in ("text", "target"):
                document = self._after if side else self._before
                return document.text(text, place.project)
        return Bilingual(text, text)

    def _said(self, shape: Shape, value: Value) -> Hashable:
        """What a value says, equal for two notations of the same."""
        found = value.value
        if found is MISSING or found is None or found == "":
            return None if found is MISSING else ""
        if isinstance(shape, Leaf):
            return said_leaf(shape, found, value.unit)
        if isinstance(found, Mapping):
            value = value.with_unit()
            return frozenset(
                (self._key_said(shape, key), self._said(shape_below(shape, key), value.get(key)))
                for key in found
                if not is_looks(shape, key)
            )
        if isinstance(found, list):
            item = shape.item if isinstance(shape, Items) else UNKNOWN
            return tuple(self._said(item, replace(value, value=each)) for each in found)
        return print_of(found).strip()

    def _key_said(self, shape: Shape, key: str) -> str:
        return self._names.label_key(shape, key) if isinstance(shape, Labelled) else key

    # --- English ------------------------------------------------------------------------------

    def translations(self) -> Iterator[Change]:
        """English that changed, came or went while its Chinese stayed."""
        texts = set(_texts(self._before.tree)) & set(_texts(self._after.tree))
        yield from self._english(("english",), self._before.english, self._after.english, texts)
        old, new = self._before.own, self._after.own
        for code in _keys(old, new):
            one, other = old.get(code, {}), new.get(code, {})
            yield from self._english(("english_of_project", code), one, other, texts)

    def _english(
        self,
        address: Address,
        before: Mapping[str, str],
        after: Mapping[str, str],
        texts: set[str],
    ) -> Iterator[Change]:
        for zh in _keys(before, after):
            one, other = before.get(zh), after.get(zh)
            if zh not in texts or one == other:
                continue
            where = _joined(label("", "english"), Bilingual(f"“{zh}”", f"“{zh}”"))
            yield Change(
                "text" if one and other else "added" if other else "removed",
                (*address, zh),
                where,
                Bilingual(zh, one) if one else None,
                Bilingual(zh, other) if other else None,
            )


_TELLING = ("definition", "zh", "paragraphs", "items", "duties", "explanation", "reason", "target")
"""Keys whose text says what an item without figures is about."""
_PART_NAMES: Mapping[str, Bilingual] = {
    "budget": Bilingual("收支数字", "Figures of revenue and expenditure"),
    "projects": Bilingual("项目", "Projects"),
    "unit": Bilingual("名称等", "Name and the like"),
}
"""Parts that are left out of the way to a value, for when one comes or goes as a whole."""


def _summary(shape: Shape, value: Value, document: Document) -> Bilingual | None:
    """The figures of an item that came or went, by the labels of their columns, or its text."""
    if not isinstance(value.value, Mapping) or not isinstance(shape, Fields):
        return None
    unit = value.with_unit().unit
    zh: list[str] = []
    en: list[str] = []
    for key, each in value.value.items():
        field = shape.of(key)
        if isinstance(field.shape, Leaf) and field.shape.kind in AMOUNTS and each is not None:
            zh.append(f"{field.label.zh} {print_of(each)}")
            en.append(f"{field.label.en} {print_of(each)}")
    if zh:
        amounts = any(
            isinstance(each.shape, Leaf) and each.shape.kind == "amount"
            for each in shape.fields.values()
        )
        units = (unit, "CNY 10,000" if unit == "万元" else "CNY") if unit and amounts else None
        return Bilingual(
            "；".join(zh) + (f"（{units[0]}）" if units else ""),
            "; ".join(en) + (f" ({units[1]})" if units else ""),
        )
    for key in _TELLING:
        each = value.value.get(key)
        if isinstance(each, Mapping):
            return Bilingual(str(each.get("zh") or ""), str(each.get("en") or each.get("zh") or ""))
        if isinstance(each, list) and each:
            return document.text(print_of(each[0]))
        if isinstance(each, str) and each:
            return document.text(each)
    return None


def _order(place: _Place) -> Change:
    known = (
        _PART_NAMES.get(str(place.address[-1])) if place.address and not place.where.zh else None
    )
    return Change("order", place.address, known or place.where)


def _never(one: int, other: int) -> float:
    return 0.0


def _unit_of(tree: Mapping[str, Any]) -> AmountUnit | None:
    """The unit of the amounts of a document, that of its budget."""
    return Value(tree.get("budget")).with_unit().unit


def _by_slug(units: Any) -> Mapping[str, Any]:
    if not isinstance(units, list):
        return {}
    named: dict[str, Any] = {}
    for each in units:
        header = each.get("unit") if isinstance(each, Mapping) else None
        if isinstance(header, Mapping):
            named[str(header.get("slug"))] = each
    return named


def _keys(one: Any, other: Any, order: Sequence[str] = ()) -> Iterator[str]:
    """The keys of both, in ``order`` where given, then as the later document has them."""
    known = dict.fromkeys(
        str(key) for each in (other, one) if isinstance(each, Mapping) for key in each
    )
    first = dict.fromkeys(key for key in order if key in known)
    yield from first
    yield from (key for key in known if key not in first)


def _texts(value: Any) -> Iterator[str]:
    """Every text of a tree, the English apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key not in ("english", "english_of_project"):
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _joined(way: Bilingual, name: Bilingual) -> Bilingual:
    """The way to a value, one step further."""
    zh = " › ".join(each for each in (way.zh, name.zh) if each)
    return Bilingual(zh, " › ".join(each for each in (way.en, name.en) if each))
