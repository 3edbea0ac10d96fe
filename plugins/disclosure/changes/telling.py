"""A difference in words, in one language: sections of points and figures without markup.

``markdown`` and ``plain_text`` write them out. What weighs most comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from disclosure.changes.compare import Change
from disclosure.changes.difference import (
    Amount,
    Difference,
    OneDisclosure,
    Translated,
    total_of_projects,
)
from disclosure.changes.state import Found, PageSeen, State
from disclosure.changes.wording import pieces
from disclosure.language.catalogue import has_chinese
from disclosure.language.numbers import plain
from disclosure.problems import Bilingual, Language, Severity

_UNITS_EN = {"万元": "CNY 10,000", "元": "CNY", "%": "%"}
_KEPT_AROUND = 24
"""Characters of what stayed that are shown on both sides of a change."""
_OPEN_DISCLOSURES = 10
"""Disclosures whose changes are not folded away."""
_NAMES = 10
"""Disclosures that are named in the summary."""
_LONGEST = 400
"""Characters of a piece that came or went."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. ``removed`` and ``added`` are the parts of a text that changed."""

    text: str
    style: Literal["", "strong", "removed", "added", "code"] = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list, one line a point."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure that changed: where, as printed before and after, the difference in two ways."""

    where: str
    before: str
    after: str
    difference: str
    ratio: str
    follows: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of figures that changed. ``heads`` name its five columns."""

    heads: tuple[str, str, str, str, str]
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what belongs to it. ``folded``: of little weight, opened on demand."""

    title: str
    blocks: tuple[Points | Figures, ...]
    note: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The whole report in one language. ``summary`` is what everybody reads."""

    title: str
    states: str
    summary: tuple[Line, ...]
    sections: tuple[Section, ...]


def tell(found: Difference, lang: Language) -> Told:
    """Say a difference in ``lang``."""
    return _Teller(lang).told(found)


class _Teller:
    """Speaks one language."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang

    def _(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en

    def _in(self, words: Bilingual) -> str:
        return words.in_language(self._lang)

    def _count(self, number: int, zh: str, one: str, many: str = "") -> str:
        """A number of things: ``3 处金额``, ``1 figure``, ``3 figures``."""
        if self._lang == "zh":
            return f"{number} {zh}"
        return f"{number} {one if number == 1 else many or one + 's'}"

    # --- the whole ----------------------------------------------------------------------------

    def told(self, found: Difference) -> Told:
        before, after = found.before.name, found.after.name
        return Told(
            self._("数据改动", "Changes to the data"),
            self._(f"从 {before} 到 {after}", f"from {before} to {after}"),
            tuple(self._summary(found)),
            tuple(self._sections(found)),
        )

    def _sections(self, found: Difference) -> Iterator[Section]:
        yield from self._errors(found)
        yield from self._new_findings(found)
        for number, one in enumerate(found.disclosures):
            for section in self._disclosure(one):
                yield replace(section, folded=number >= _OPEN_DISCLOSURES)
        for file in found.files:
            lines = tuple(self._change(each) for each in file.changes)
            yield Section(self._in(file.title), (Points(lines),))
        yield from self._english(found)
        yield from self._old_findings(found)
        yield from self._pages(found)

    # --- summary --------------------------------------------------------------------------------

    def _summary(self, found: Difference) -> Iterator[Line]:
        for state in (found.after, found.before):
            if state.errors:
                yield (Run(self._unreadable(state, state is found.after), "strong"),)
        if found.is_empty:
            nothing = self._(
                "没有改动：数字、文字和英文都与原来相同（写法、注释、键的次序不算）。",
                "Nothing changed: figures, texts and English are the same (notation, comments and "
                "the order of keys do not count).",
            )
            if found.before.errors or found.after.errors:
                nothing = self._(
                    "读得出的文件没有改动。", "Nothing changed in the files that can be read."
                )
            yield (Run(nothing, "strong"),)
            return
        unread = found.before.errors or found.after.errors
        if not (unread or found.disclosures or found.files or found.english.touched):
            same = self._(
                "金额、文字和英文都没有改动，只是写法不同，或者规则变了",
                "No figure, text or English changed, only the notation or the rules",
            )
            yield (Run(same, "strong"),)
        yield from self._fates(found)
        yield from self._amounts_summary(found)
        yield from self._findings_summary(found)
        yield from self._others_summary(found)

    def _unreadable(self, state: State, is_after: bool) -> str:
        files = self._count(len({each.place[0] for each in state.errors}), "个文件", "file")
        count = self._count(len(state.errors), "处错误", "error")
        if is_after:
            return self._(
                f"改后的数据有 {count}（{files}），不能发布；下面只比较读得出的文件。",
                f"The data after the change have {count} in {files} and cannot be published; only "
                "the files that can be read are compared.",
            )
        return self._(
            f"改前的数据有 {count}（{files}）；下面只比较读得出的文件。",
            f"The data before the change have {count} in {files}; only the files that can be read "
            "are compared.",
        )

    def _fates(self, found: Difference) -> Iterator[Line]:
        for fate, zh, en in (
            ("added", "新增公开", "New disclosures"),
            ("removed", "删去公开", "Disclosures removed"),
            ("renamed", "换了地址的公开", "Disclosures at a new address"),
        ):
            names = [self._in(one.title) for one in found.disclosures if one.fate == fate]
            if names:
                shown = self._list(names[:_NAMES])
                if len(names) > _NAMES:
                    shown += self._(f"等 {len(names)} 份", f" and {len(names) - _NAMES} more")
                yield (Run(self._(f"{zh}：", f"{en}: ")), Run(shown, "strong"))

    def _amounts_summary(self, found: Difference) -> Iterator[Line]:
        every = [(one, each) for one in found.disclosures for each in one.amounts]
        own = [(one, each) for one, each in every if not each.follows]
        if not every:
            return
        followers = len(every) - len(own)
        follow = (
            self._(
                f"；合计随之变动 {followers} 处",
                f"; {self._count(followers, '', 'total')} moved with "
                f"{'it' if len(own) == 1 else 'them'}",
            )
            if followers and own
            else ""
        )
        shown = own or every
        if len(shown) == 1:
            ((_, amount),) = shown
            row = self._row(amount)
            yield (
                Run(self._("1 处金额变化：", "1 figure changed: "), "strong"),
                Run(f"{row.where} "),
                Run(self._figure(row, amount.change.unit), "strong"),
                Run(follow),
            )
        else:
            together = self._together(one for one, _ in own)
            yield (
                Run(
                    self._(f"{len(shown)} 处金额变化", f"{len(shown)} figures changed"),
                    "strong",
                ),
                Run(together + follow),
            )
        yield from self._totals(found)

    def _together(self, disclosures: Iterable[OneDisclosure]) -> str:
        """What the budgets of the projects changed by together, where they are in one unit."""
        sums: list[tuple[Decimal, str]] = []
        for one in {id(one): one for one in disclosures}.values():
            total = total_of_projects(one)
            units = {each.change.unit for each in one.amounts if each.change.unit in ("万元", "元")}
            if total is not None and len(units) == 1:
                sums.append((total, str(next(iter(units)))))
        if not sums or len({unit for _, unit in sums}) != 1:
            return ""
        total = sum((each for each, _ in sums), Decimal(0))
        unit = self._unit_after(sums[0][1])
        return self._(
            f"，其中项目预算合计 {_signed(total)}{unit}",
            f", of which the project budgets together {_signed(total)}{unit}",
        )

    def _totals(self, found: Difference) -> Iterator[Line]:
        """The totals of the budget, which everybody asks for first."""
        wanted = (("budget", "expenditure", "total"), ("budget", "revenue", "total"))
        many = sum(1 for one in found.disclosures if one.amounts) > 1
        for one in found.disclosures:
            for amount in one.amounts:
                if amount.change.address in wanted and amount.follows:
                    row = self._row(amount)
                    title = f"{self._in(one.title)} › " if many else ""
                    figure = Run(self._figure(row, amount.change.unit), "strong")
                    yield (Run(f"{title}{row.where} "), figure)

    def _findings_summary(self, found: Difference) -> Iterator[Line]:
        findings = found.findings
        if behind := len(findings.left_behind):
            yield (
                Run(
                    self._(
                        f"{behind} 处合计没有跟着变，与各项之和不符",
                        f"{self._count(behind, '', 'total')} did not move with the parts and no "
                        f"longer {'equals' if behind == 1 else 'equal'} their sum",
                    ),
                    "strong",
                ),
            )
        other = [each for each in findings.appeared if each not in findings.left_behind]
        explained = sum(each.acknowledged for each in other)
        parts: list[str] = []
        if other:
            known = ""
            if explained:
                known = self._(f"（已说明 {explained} 处）", f" ({explained} explained)")
            parts.append(self._(f"新出现 {len(other)} 处{known}", f"{len(other)} appeared{known}"))
        if changed := [p for p in findings.changed if p[1] not in findings.left_behind]:
            parts.append(self._(f"变了 {len(changed)} 处", f"{len(changed)} changed"))
        if gone := len(findings.vanished):
            parts.append(self._(f"消失 {gone} 处", f"{gone} vanished"))
        if parts:
            yield (Run(self._("检查发现的问题：", "Findings of the check: ") + self._list(parts)),)

    def _others_summary(self, found: Difference) -> Iterator[Line]:
        every = [each for one in found.disclosures for each in one.others]
        every += [each for file in found.files for each in file.changes]
        kinds: Counter[str] = Counter(each.kind for each in every)
        parts: list[str] = []
        for kind, zh, one, many in (
            ("text", "处文字改动", "text changed", "texts changed"),
            ("added", "处新增", "addition", "additions"),
            ("removed", "处删去", "removal", "removals"),
            ("renamed", "处改称", "renaming", "renamings"),
            ("order", "处次序改变", "list in another order", "lists in another order"),
        ):
            if kinds[kind]:
                parts.append(self._count(kinds[kind], zh, one, many))
        if parts:
            yield (Run(self._list(parts)),)
        english = found.english
        parts = []
        if english.stale:
            parts.append(
                self._(
                    f"{len(english.stale)} 处中文改了，原来的英文已失效",
                    f"{self._count(len(english.stale), '', 'text')} lost "
                    f"{'its' if len(english.stale) == 1 else 'their'} English because the Chinese "
                    "changed",
                )
            )
        for entries, zh, en in (
            (english.missing, "处没有英文", "without English"),
            (english.added, "条新译", "translated"),
            (english.changed, "条译文改动", "translations changed"),
            (english.removed, "条译文删去", "translations removed"),
        ):
            if entries:
                parts.append(f"{len(entries)} {self._(zh, en)}")
        if parts:
            yield (Run(self._("英文：", "English: ") + self._list(parts)),)
        if found.pages is not None:
            count = sum(len(each) for each in found.pages.all)
            if count:
                yield (
                    Run(
                        self._(
                            f"涉及网页 {count} 页（中英文各一份）",
                            f"{self._count(count, '', 'page')} of the site, each in both languages",
                        )
                    ),
                )

    # --- sections -------------------------------------------------------------------------------

    def _errors(self, found: Difference) -> Iterator[Section]:
        for state, zh, en in (
            (found.after, "改后数据的错误", "Errors in the data after the change"),
            (found.before, "改前数据的错误", "Errors in the data before the change"),
        ):
            if state.errors:
                lines = tuple(self._found(each) for each in state.errors)
                yield Section(self._(zh, en), (Points(lines),), folded=state is found.before)

    def _new_findings(self, found: Difference) -> Iterator[Section]:
        findings = found.findings
        behind = findings.left_behind
        if behind:
            yield Section(
                self._("没有跟着变的合计", "Totals that did not move"),
                (Points(tuple(self._found(each) for each in behind)),),
                self._(
                    "各项改了，合计还是原来的数。合计也该改的，请改；文件确实这样印，就在 "
                    "acknowledged.yml 里说明。",
                    "The parts changed and the total is the old one. Change it if it is wrong; if "
                    "the document prints it so, explain it in acknowledged.yml.",
                ),
            )
        explained = [each for each in findings.appeared if each.acknowledged]
        other = [each for each in findings.appeared if each not in (*behind, *explained)]
        hints = [each for each in other if each.severity is not Severity.FIGURE]
        figures = [each for each in other if each.severity is Severity.FIGURE]
        changed = [pair for pair in findings.changed if pair[1] not in behind]
        lines = [self._found(each) for each in figures]
        lines += [self._found(now) for _, now in changed]
        lines += [self._found(each) for each in hints]
        if lines:
            yield Section(
                self._("新出现和变了的问题", "Findings that appeared or changed"),
                (Points(tuple(lines)),),
            )
        if explained:
            yield Section(
                self._("新出现、编者已说明的问题", "Findings that appeared and are explained"),
                (Points(tuple(self._found(each) for each in explained)),),
                folded=True,
            )

    def _old_findings(self, found: Difference) -> Iterator[Section]:
        if gone := found.findings.vanished:
            yield Section(
                self._("消失的问题", "Findings that vanished"),
                (Points(tuple(self._found(each) for each in gone)),),
                folded=True,
            )
        if found.mended_errors and not found.after.errors:
            return
        if found.mended_errors:
            yield Section(
                self._("已改正的错误", "Errors that were mended"),
                (Points(tuple(self._found(each) for each in found.mended_errors)),),
                folded=True,
            )

    def _found(self, found: Found) -> Line:
        explained = self._("（编者已说明）", " (explained by the editors)")
        return (
            Run(found.code, "code"),
            Run(f" {self._in(found.message)}"),
            Run(explained if found.acknowledged else ""),
            Run(self._("，", ", ")),
            Run(f"{found.place[0]}:{found.line}", "code"),
        )

    def _disclosure(self, one: OneDisclosure) -> Iterator[Section]:
        title = self._in(one.title)
        if one.fate in ("added", "removed"):
            fate = self._("（新增）", " (new)")
            if one.fate == "removed":
                fate = self._("（删去）", " (removed)")
            address = Run(f"departments/{one.key[0]}/{one.key[1]}", "code")
            yield Section(f"{title}{fate}", (Points(((address,),)),))
            return
        blocks: list[Points | Figures] = []
        if one.was:
            was, now = (f"departments/{a}/{b}" for a, b in (one.was, one.key))
            moved = (
                Run(self._("地址 ", "address ")),
                Run(was, "code"),
                Run(" → "),
                Run(now, "code"),
            )
            blocks.append(Points((moved,)))
        amounts = sorted(one.amounts, key=lambda each: each.follows)
        if amounts:
            rows = tuple(self._row(each) for each in amounts)
            blocks.append(Figures(self._heads(amounts), rows))
        rank = ("added", "removed", "renamed", "order", "text")
        others = sorted(one.others, key=lambda each: rank.index(each.kind))
        if others:
            blocks.append(Points(tuple(self._change(each) for each in others)))
        if blocks:
            yield Section(title, tuple(blocks))

    def _heads(self, amounts: Sequence[Amount]) -> tuple[str, str, str, str, str]:
        units = {each.change.unit for each in amounts}
        only = units.pop() if len(units) == 1 else None
        unit = ""
        if only in ("万元", "元"):
            unit = self._(f"（{only}）", f" ({_UNITS_EN[only]})")
        return (
            self._(f"金额{unit}", f"Figure{unit}"),
            self._("原", "Before"),
            self._("现", "After"),
            self._("增减", "Difference"),
            "%",
        )

    def _row(self, amount: Amount) -> FigureRow:
        change = amount.change
        before, after = (self._in(each) if each else "" for each in (change.before, change.after))
        difference = ratio = ""
        if change.difference is not None:
            grouped = "," in before + after
            difference = _signed(change.difference, grouped)
            if change.unit == "%":
                difference += self._(" 个百分点", " percentage points")
        if change.ratio is not None:
            ratio = _percent(change.ratio)
        return FigureRow(self._in(change.where), before, after, difference, ratio, amount.follows)

    def _figure(self, row: FigureRow, unit: str | None) -> str:
        """Before and after with unit and difference: ``466.73 → 470.00 万元（+3.27，+0.7%）``."""
        parts = [each for each in (row.difference, row.ratio) if each]
        if self._lang == "en" and unit in ("万元", "元"):
            parts.append(f"unit: {_UNITS_EN[unit]}")
        inside = self._("，", ", ").join(parts)
        after = (
            f"{row.after} {unit}" if self._lang == "zh" and unit in ("万元", "元") else row.after
        )
        return f"{row.before} → {after}" + (
            self._(f"（{inside}）", f" ({inside})") if inside else ""
        )

    def _unit_after(self, unit: str | None) -> str:
        if not unit or unit == "%":
            return ""
        return self._(f" {unit}", f" (unit: {_UNITS_EN[unit]})")

    def _change(self, change: Change) -> Line:
        where = Run(self._in(change.where))
        colon = Run(self._("：", ": ") if where.text else "")
        before, after = change.before, change.after
        if change.kind == "order":
            return (where, colon, Run(self._("次序改变", "in another order")))
        if change.kind == "renamed":
            names = [self._in(each) if each else "" for each in (before, after)]
            known = Run(self._("改称 ", "now called "))
            return (
                where,
                colon,
                known,
                Run(names[1], "added"),
                Run(" ← "),
                Run(names[0], "removed"),
            )
        if change.kind in ("added", "removed"):
            added = change.kind == "added"
            said = self._("新增", "added") if added else self._("删去", "removed")
            value = after if added else before
            shown = Run(_shortened(self._in(value)), change.kind) if value else Run("")
            return (where, colon, Run(f"{said} " if value else said), shown)
        if before is None or after is None:
            return (where, colon, *self._pieces("", self._in(after or before or Bilingual("", ""))))
        return (where, colon, *self._pieces(*self._pair(before, after)))

    def _pair(self, before: Bilingual, after: Bilingual) -> tuple[str, str]:
        """Both texts in one language: in Chinese where the English of one is missing."""
        untranslated = any(each.en == each.zh and has_chinese(each.zh) for each in (before, after))
        if self._lang == "zh" or untranslated or before.en == after.en:
            if before.zh == after.zh:
                return before.en, after.en
            return before.zh, after.zh
        return before.en, after.en

    def _pieces(self, before: str, after: str) -> Iterator[Run]:
        found = pieces(before, after)
        for at, piece in enumerate(found):
            if piece.kind == "kept":
                yield Run(_kept(piece.text, at == 0, at == len(found) - 1))
            else:
                yield Run(_shortened(piece.text), piece.kind)

    def _english(self, found: Difference) -> Iterator[Section]:
        english = found.english
        translate = self._(
            "运行 disclosure translate 得到待译的条目，译好填进 msgstr。",
            "Run disclosure translate for the entries to be filled in.",
        )
        if english.stale:
            lines = tuple(tuple(self._pieces(old, new)) for new, old in english.stale)
            title = self._("英文已失效（中文改了）", "English gone stale (the Chinese changed)")
            yield Section(title, (Points(lines),), translate)
        if english.missing:
            lines = tuple((Run(_shortened(zh)),) for zh in english.missing)
            yield Section(self._("还没有英文", "Not yet in English"), (Points(lines),), translate)
        for entries, zh, en in (
            (english.changed, "译文改动", "Translations changed"),
            (english.added, "新译", "New translations"),
            (english.removed, "译文删去", "Translations removed"),
        ):
            if entries:
                lines = tuple(self._translated(each) for each in entries)
                yield Section(
                    self._(zh, en), (Points(lines),), folded=entries is not english.changed
                )

    def _translated(self, entry: Translated) -> Line:
        context = f" [{entry.key[0]}]" if entry.key[0] else ""
        zh = Run(f"{_shortened(entry.key[1], 60)}{context}")
        return (zh, Run(self._("：", ": ")), *self._pieces(entry.before or "", entry.after or ""))

    def _pages(self, found: Difference) -> Iterator[Section]:
        if found.pages is None:
            return
        note = self._(
            "英文页的地址在前面加 en/。", "The Chinese page has the same address without en/."
        )
        for pages, zh, en in (
            (found.pages.added, "新增的网页", "Pages added"),
            (found.pages.removed, "消失的网页", "Pages removed"),
            (found.pages.moved, "换了地址的网页", "Pages at a new address"),
            (found.pages.changed, "内容有变的网页", "Pages changed"),
        ):
            if pages:
                lines = tuple(self._page(each) for each in pages)
                title = self._(f"{zh}（{len(pages)}）", f"{en} ({len(pages)})")
                yield Section(title, (Points(lines),), note, folded=True)

    def _page(self, page: PageSeen) -> Line:
        return (Run(f"{self._in(page.title)} "), Run(self._in(page.address), "code"))

    def _list(self, parts: Iterable[str]) -> str:
        return self._("，", ", ").join(parts)


def _signed(number: Decimal, grouped: bool = False) -> str:
    """A difference with its sign: ``+3.27``, ``−1,200``."""
    digits = f"{abs(number):,f}" if grouped else plain(abs(number))
    return f"{'−' if number < 0 else '+'}{digits}"


def _percent(ratio: Decimal) -> str:
    """A ratio with one decimal: ``+0.7%``; what is less says so."""
    per_cent = ratio * 100
    shown = f"{abs(per_cent):,.1f}"
    sign = "−" if ratio < 0 else "+"
    return f"{sign}{shown}%" if shown != "0.0" else "<0.1%"


def _kept(text: str, first: bool, last: bool) -> str:
    """What stayed of a text, its middle left out where it is long."""
    start = "" if first else text[:_KEPT_AROUND]
    end = "" if last else text[-_KEPT_AROUND:]
    if len(text) <= len(start) + len(end) + 1:
        return text
    return f"{start}…{end}"


def _shortened(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
