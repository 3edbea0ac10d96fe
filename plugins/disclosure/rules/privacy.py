"""What must not be published (P8xx): numbers of persons, and marks of classification.

Every text and key of every YAML file is looked at, and the English of the PO files. The
telephone and e-mail under ``publisher`` in ``site.yml`` are accepted everywhere, and so are the
project codes and the figures of the tables. Only the ends of a number are ever shown.

Law: 个人信息保护法 (Personal Information Protection Law) arts. 28 and 34, 政府信息公开条例
(Regulations on Open Government Information, 2019) arts. 14 and 15.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from disclosure.book import Book, Disclosure, Place
from disclosure.model.fields import Figure, half_width
from disclosure.model.table_forms import Table
from disclosure.problems import Span
from disclosure.rules.finding import Finding, finding
from disclosure.source import Path, Positions, Value


@dataclass(frozen=True, slots=True)
class _Private:
    """What was found in a text: the code of the rule, the whole of it, and what may be shown."""

    code: str
    whole: str
    shown: str


def private_matters(book: Book) -> Iterator[Finding]:
    """P801-P805: one finding for each kind and place; places are below the data folder."""
    by_file = private_in_files(book, book.sources)
    yield from (found for file in book.sources for found in by_file.get(file, ()))
    yield from private_in_entries(book, range(len(book.catalogue.entries)))


def private_in_files(book: Book, files: Iterable[str]) -> dict[str, list[Finding]]:
    """P801-P805 in some of the YAML files, by their names below the data folder."""
    suspect = {
        file: source
        for file, source in ((file, book.sources[file]) for file in files)
        if _SUSPECT.search("\0".join(_words(source.value)))
    }
    if not suspect:
        return {}
    accepted = _accepted(book)
    figures = {
        (name, path)
        for each in book.disclosures
        for name, path in _figure_places(each, suspect.keys())
    }
    by_file: dict[str, list[Finding]] = {}
    for file, source in suspect.items():
        for path, text, is_key in _strings(source.value, ()):
            if not _SUSPECT.search(text) or ((file, path) in figures and not is_key):
                continue
            place = Place(file, path, _span(source.positions, path, is_key))
            by_file.setdefault(file, []).extend(_findings(text, place, accepted))
    return by_file


def private_in_entries(book: Book, numbers: Iterable[int]) -> list[Finding]:
    """P801-P805 in some of the entries of the PO files, by their numbers in the catalogue."""
    entries = (book.catalogue.entries[number] for number in numbers)
    said = ((each, f"{each.zh}\n{each.en}") for each in entries)
    suspect = [(each, text) for each, text in said if _SUSPECT.search(text)]
    accepted = _accepted(book) if suspect else frozenset()
    return [
        found
        for each, text in suspect
        # No path: the address of a finding would show the whole text.
        for found in _findings(text, Place(f"translations/en/{each.file}", (), each.span), accepted)
    ]


def _findings(text: str, place: Place, accepted: frozenset[str]) -> Iterator[Finding]:
    said: set[str] = set()
    for each in _private(text):
        if each.code not in said and each.whole not in accepted:
            said.add(each.code)
            yield finding(each.code, place, found=each.shown)


def _private(text: str) -> Iterator[_Private]:
    # The full-width comma stands between sentences, the other one also within an amount.
    plain = half_width(text.replace("，", "、"))
    for match in _LONG_NUMBER.finditer(plain):
        yield from _number(match[0])
    for match in _MAIL.finditer(plain):
        if _PUBLIC_MAIL.fullmatch(match[2]):
            shown = f"{match[1][:1]}***@{match[2]}"
            yield _Private("P804", match[0].lower(), shown)
    if mark := _CLASSIFIED.search(plain):
        yield _Private("P805", mark[0], mark[0].strip())


# What all of these have: ten digits, an at sign, a star or 密. Nearly no file has any of it, and
# nothing in the others need be placed. Full-width forms count, as they do below.
_SUSPECT = re.compile(
    r"(?<![0-9A-Za-z_])\d(?:[ \-\u2013\u3000\ufe63\uff0d]?\d){9}|[@＠密★☆⭐✩✭*＊]"
)

# Groups of digits as people write them: 138 1234 5678, 6222-0212-3456. A number in a longer code, a
# decimal, or an amount with separators is none.
_LONG_NUMBER = re.compile(
    r"(?<![0-9A-Za-z_])(?<![0-9][.,])"
    r"(?:\+?86[ -]?)?\d(?:[ \-\u2013]?\d){9,18}[Xx]?(?![0-9A-Za-z_]|[.,]\d)"
)


def _number(found: str) -> Iterator[_Private]:
    digits = re.sub(r"[^0-9Xx]", "", found).upper()
    if is_identity_number(digits):
        yield _Private("P801", digits, _masked(digits, 4, 2))
    elif is_bank_card(digits):
        yield _Private("P803", digits, _masked(digits, 4, 4))
    else:
        mobile = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
        if _MOBILE.fullmatch(mobile):
            yield _Private("P802", mobile, _masked(mobile, 3, 2))


def _masked(digits: str, first: int, last: int) -> str:
    return f"{digits[:first]}{'*' * (len(digits) - first - last)}{digits[-last:]}"


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# The provinces of GB/T 2260, and 81-83 of the residence permits.
_REGIONS = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")


def is_identity_number(digits: str) -> bool:
    """Whether this is a citizen identity number (GB 11643-1999): region, birth date, check digit.

    The check digit is that of ISO 7064 MOD 11-2.
    """
    if not re.fullmatch(r"[1-8]\d{16}[\dX]", digits, re.ASCII):
        return False
    if not _REGIONS.match(digits) or not _is_birth_date(digits[6:14]):
        return False
    remainder = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True)) % 11
    return "10X98765432"[remainder] == digits[17]


def _is_birth_date(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1880 <= year <= 2100


_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)

# Scheme prefixes and lengths: UnionPay 62 (and the older 9558 of one bank), Visa 4, Mastercard
# 51-55 and 2221-2720, JCB 3528-3589, American Express 34 and 37.
_CARD = re.compile(
    r"62\d{14,17}|9558\d{15}|4\d{15}|5[1-5]\d{14}|35(?:2[89]|[3-8]\d)\d{12}|3[47]\d{13}"
    r"|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}",
    re.ASCII,
)


def is_bank_card(digits: str) -> bool:
    """Whether this is a card number: the prefix of a scheme and the check digit of Luhn."""
    if not _CARD.fullmatch(digits):
        return False
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


_MAIL = re.compile(
    r"(?<![A-Za-z0-9_.+-])([A-Za-z0-9_.+-]{1,64})@((?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10})"
)
# Public mail services, where anyone has an address; an office has a domain of its own.
_PUBLIC_MAIL = re.compile(
    r"(?:vip\.)?(?:qq|163|sina)\.com|(?:foxmail|126|188|sohu|tom|21cn|139|aliyun|263|gmail|outlook)\.com"
    r"|(?:hotmail|live|msn|yahoo|icloud|me|protonmail)\.com|(?:sina|189|wo|live|yahoo|yahoo\.com)\.cn"
    r"|yeah\.net|263\.net|proton\.me",
    re.IGNORECASE,
)

# A mark has a star before its period (机密★10年), stands alone, or follows 密级. The words 保密 and
# 涉密, and 秘密 in a sentence, are ordinary.
_CLASSIFIED = re.compile(
    r"(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆⭐✩✭*]\s*(?:\d{1,2}\s*(?:年|个?月|天|日)|长期|特定)?"
    r"|密\s*级\s*[:：]\s*(?:绝\s*密|机\s*密|秘\s*密)"
    r"|^ {0,3}[\[【(]?(?:绝 {0,3}密|机 {0,3}密|秘 {0,3}密)[\])】]? {0,3}$"
    r"|\b(?:TOP SECRET|SECRET|CONFIDENTIAL)\s*[★☆⭐✩✭]",
    re.IGNORECASE | re.MULTILINE,
)


def _accepted(book: Book) -> frozenset[str]:
    """The publisher's own numbers and addresses, and the codes of projects."""
    source = book.sources["site.yml"].value
    publisher = source.get("publisher") if isinstance(source, dict) else None
    own = {
        each.whole
        for _, text, _ in _strings(publisher, ())
        for each in _private(text)
        if each.code in ("P802", "P804")
    }
    codes = {project.code for each in book.disclosures for project in each.projects}
    return frozenset(own | codes)


def _figure_places(disclosure: Disclosure, files: Collection[str]) -> Iterator[tuple[str, Path]]:
    """Where figures stand in ``files``: an amount of eleven digits is no telephone number."""
    folder = f"departments/{disclosure.department}/{disclosure.slug}/"
    if not any(file.startswith(folder) for file in files):
        return
    models: dict[str, BaseModel | None] = {
        "budget.yml": disclosure.budget,
        "procurement.yml": disclosure.procurement,
        "assets.yml": disclosure.assets,
        **{f"projects/{each.code}.yml": each.file for each in disclosure.projects},
        **{f"units/{each.slug}/budget.yml": each.budget for each in disclosure.units},
    }
    tables: dict[str, Table] = {
        **{f"tables/{id}.yml": table for id, table in disclosure.tables.items()},
        **{
            f"units/{unit.slug}/tables/{id}.yml": table
            for unit in disclosure.units
            for id, table in unit.tables.items()
        },
    }
    for file, model in models.items():
        if model is not None and folder + file in files:
            yield from ((folder + file, path) for path in _figures(model, ()))
    for file, table in tables.items():
        if folder + file not in files:
            continue
        for _, row in table.rows():
            for column, cell in row.cells.items():
                if isinstance(cell, Figure):
                    yield folder + file, (*row.path, column)


def _figures(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, Figure):
        yield path
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _figures(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _figures(item, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _figures(item, (*path, index))


def _strings(value: Value, path: Path) -> Iterator[tuple[Path, str, bool]]:
    """Every text and every key below a value, with its path; True for a key."""
    if isinstance(value, str):
        yield path, value, False
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key), key, True
            yield from _strings(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, (*path, index))


def _words(value: Value) -> list[str]:
    """Every text and every key below a value, in no order."""
    words: list[str] = []
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            words.append(each)
        elif isinstance(each, dict):
            words.extend(each)
            left.extend(each.values())
        elif each:
            left.extend(each)
    return words


def _span(positions: Positions, path: Path, is_key: bool) -> Span:
    return positions.key(path) if is_key else positions.value(path)
