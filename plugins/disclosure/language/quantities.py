"""Numbers in running text of both languages, to compare a translation with its original.

Only what can be read in one way is read: an idiom such as 千家万户 holds no number. What a number
in the Chinese may become in English is a set, wherever translators have a choice: ``3 月`` is March
or month 3, ``1 次`` is once, ``18 万元`` is 180,000 and never 18.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model.fields import half_width

_DIGITS = "零一二三四五六七八九"
_ONES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_NUMERAL = "〇零一二三四五六七八九两十百千万亿"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the Chinese writes it, and the values that the English may show for it."""

    written: str
    values: frozenset[Decimal]
    month: int | None = None
    """The month (1–12) that it may be; its name in English will do."""

    @property
    def shown(self) -> str:
        """As written, and converted where that differs: ``1.1 万 = 11,000``."""
        if len(self.values) != 1:
            return self.written
        (value,) = self.values
        grouped = value >= 10_000  # not a year
        plain = f"{value.normalize():{',' if grouped else ''}f}"
        same = self.written.replace(",", "") == plain.replace(",", "")
        return self.written if same else f"{self.written} = {plain}"


# --- Chinese ----------------------------------------------------------------------------------

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?"
# 千 before a unit of measure belongs to the unit: 20 千瓦 is 20 kilowatts.
_ARABIC = re.compile(
    rf"(?P<number>{_NUMBER})"
    r"(?:\s*(?P<scale>万亿|亿|万|千(?![瓦米克伏字赫帕卡焦安])|百(?!分))"
    rf"(?:(?P<more>{_NUMBER})(?P<below>万|千(?![瓦米克伏字赫帕卡焦安])))?)?"
    r"(?P<month>\s*月(?!度))?"
    rf"(?=(?P<range>\s*(?:[-—–~～至到]|——)\s*(?:{_NUMBER})\s*(?P<last>万亿|亿|万|月)))?"
    r"(?=(?P<hour>\s*[:：时点]))?"
)
_ANY_DIGIT = re.compile(f"[0-9{_NUMERAL}]")
_SCALES = {
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
    "万亿": Decimal(1_000_000_000_000),
}

_COUNTED = (
    "(?:年(?![级代轻初末底])|个月|天|日|周岁|小时|人|名|户|家(?!庭)|所|场|次|台|辆|套|栋|篇|批|期"
    "|届|倍|岁|个学期|公里|米|吨|亩|平方米|万?元|美元|%|个百分点)"
)
_ORDINAL = "(?:条|款|章|节|次|届|批|期|季度|部分|号|轮|阶段|位|名|学期)"
# Chinese numerals where they can be nothing but numbers. A run of numerals is taken whole, so
# 十四五 or 七八 is no number; 这两所 refers back and may become “they”.
_HAN = re.compile(
    rf"(?P<year>[〇零一二三四五六七八九]{{4}})(?=年)"
    rf"|百分之(?P<percent>[{_NUMERAL}]+(?:点[〇零一二三四五六七八九]+)?)"
    rf"|第(?P<ordinal>[{_NUMERAL}]+)(?={_ORDINAL})"
    rf"|(?<![{_NUMERAL}第])(?P<month>[一二三四五六七八九]|十[一二]?)(?=月)"
    rf"|(?<![{_NUMERAL}])(?P<quarter>[一二三四])(?=季度)"
    rf"|(?<![{_NUMERAL}])(?P<congress>[一二三四五六七八九]?十[一二三四五六七八九])(?=[大届])"
    rf"|(?<![{_NUMERAL}第0-9这那此上下前后以其本该初高])(?P<count>[{_NUMERAL}]+)"
    rf"(?=[余多来]?{_COUNTED})"
)


def quantities(zh: str) -> Iterator[Quantity]:
    """The numbers in a Chinese text that its English has to show, from left to right."""
    text = half_width(zh)
    if not _ANY_DIGIT.search(text):
        return iter(())
    found = [*_arabic(text), *_han(text)]
    return (quantity for _, quantity in sorted(found, key=lambda each: each[0]))


def _arabic(text: str) -> Iterator[tuple[int, Quantity]]:
    for match in _ARABIC.finditer(text):
        number, scale = _decimal(match["number"]), match["scale"]
        month = int(number) if match["month"] and number in _MONTH_NUMBERS else None
        if scale is None:
            values = {number}
            if match["last"] == "月" and number in _MONTH_NUMBERS:
                month = int(number)
            elif match["last"] in _SCALES:  # 3–5 万元: both ends
                values.add(number * _SCALES[match["last"]])
            if match["hour"] and 12 < number < 24:
                values.add(number - 12)
        else:
            more = _decimal(match["more"]) * _SCALES[match["below"]] if match["more"] else 0
            values = {number * _SCALES[scale] + more}
            if match["last"] in _SCALES:
                values.add(number)
        written = match[0].removesuffix(match["month"] or "").strip()
        yield match.start(), Quantity(written, frozenset(values), month)


def _han(text: str) -> Iterator[tuple[int, Quantity]]:
    for match in _HAN.finditer(text):
        kind = match.lastgroup
        written = match[kind or 0]
        value: Decimal | None
        if kind == "year":
            value = Decimal("".join(str(_ONES[digit]) for digit in written))
        elif kind == "percent":
            whole, _, part = written.partition("点")
            value = _han_value(whole) if whole != "百" else Decimal(100)
            if value is not None and part:
                value += Decimal("0." + "".join(str(_ONES[digit]) for digit in part))
        else:
            value = _han_value(written)
        if value is None or (kind == "count" and value <= 1):
            continue  # 一 is an article as often as a number
        month = int(value) if kind == "month" else None
        yield match.start(kind or 0), Quantity(written, frozenset({value}), month)


def _han_value(numeral: str) -> Decimal | None:
    """The value of a numeral written in full (一百二十, 十九, 三万), or None for anything else."""
    total = section = Decimal(0)
    digit: int | None = None
    unit = last_unit = 10_000
    for place, character in enumerate(numeral):
        if character in "零〇":
            digit, last_unit = None, 10_000
        elif character in _ONES:
            if digit is not None:
                return None
            digit = _ONES[character]
        elif character in _TENS:
            unit = _TENS[character]
            if (digit is None and (unit != 10 or place != 0)) or unit >= last_unit:
                return None
            section += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        else:
            if section == 0 and digit is None:
                return None
            total += (section + (digit or 0)) * _MYRIADS[character]
            section, digit, last_unit = Decimal(0), None, 10_000
    if digit is not None and last_unit not in (10, 10_000):
        return None  # 一百二 is 120 or 102
    return total + section + (digit or 0)


# --- English ----------------------------------------------------------------------------------

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_NUMBERS = tuple(range(1, 13))
_SMALL = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_SMALL_ORDINALS = (
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
)
_TEN_NAMES = (
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)
_OTHER_WORDS = {
    word: value
    for value, words in enumerate(
        (
            "no none nil never without nothing",
            "a an once single each every per sole only initial primary",
            "twice both double pair dual secondary",
            "thrice triple tertiary",
            "quadruple",
        )
    )
    for word in words.split()
}
_ROMAN = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
    "XIX",
    "XX",
)
_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{word: value for value, word in enumerate(_SMALL_ORDINALS)},
    **{word: 10 * value for value, word in enumerate(_TEN_NAMES, 2)},
    **{word[:-1] + "ieth": 10 * value for value, word in enumerate(_TEN_NAMES, 2)},
}
_SCALE_WORDS = {
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_SCALES_SAID = {
    word + ending: value
    for word, value in _SCALE_WORDS.items()
    for ending in ("", "s", "th", "ths")
}
_MONTHS_SAID = {
    "sept": 9,
    **{word: number for number, name in enumerate(_MONTHS, 1) for word in (name, name[:3])},
}
_ROMAN_VALUES = {numeral: value for value, numeral in enumerate(_ROMAN, 1)}
_FIGURE = re.compile(_NUMBER)
_ENGLISH = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>[A-Za-z]+)")


def shown_in_english(en: str) -> tuple[frozenset[Decimal], frozenset[int]]:
    """The numbers and the months that an English text shows, in figures or in words."""
    numbers: set[Decimal] = set()
    months: set[int] = set()
    group: Decimal | None = None
    """What was counted up to here: “one hundred and twenty”, “1.5 million”."""
    last: Decimal | None = None
    for match in _ENGLISH.finditer(half_width(en)):
        word = (match["word"] or "").lower()
        value: Decimal | None = None
        if match["number"]:
            value = _decimal(match["number"])
            group = last = value
        elif word in _SCALES_SAID:
            value = group = (group if group is not None else Decimal(1)) * _SCALES_SAID[word]
            last = None
        elif word in _WORDS:
            value = Decimal(_WORDS[word])
            joins = group is not None and (last is None or (last >= 20 and last % 10 == 0))
            if joins and group is not None and value < 100:
                numbers.add(value)
                group = last = group + value
            else:
                group = last = value
            value = group
        elif word != "and":
            group = last = None
            if word in _MONTHS_SAID:
                months.add(_MONTHS_SAID[word])
            elif word in _OTHER_WORDS:
                numbers.add(Decimal(_OTHER_WORDS[word]))
            if match[0] in _ROMAN_VALUES:
                value = Decimal(_ROMAN_VALUES[match[0]])
        if value is not None:
            numbers.add(value)
    lower = en.lower()
    if re.search(r"end of (?:the )?(?:year|[0-9]{4})|year[- ]end", lower):
        months.add(12)
    if re.search(r"\bend of\b|month[- ]end", lower):
        numbers |= {Decimal(28), Decimal(29), Decimal(30), Decimal(31)}
    return frozenset(numbers), frozenset(months)


def not_in_english(zh: str, en: str) -> tuple[Quantity, ...]:
    """The numbers of ``zh`` that ``en`` does not show, each once."""
    wanted = tuple(quantities(zh))
    figures = {_decimal(found) for found in _FIGURE.findall(half_width(en))} if wanted else set()
    if all(each.values & figures for each in wanted):
        return ()  # most numbers are figures in both
    numbers, months = shown_in_english(en)
    missing = (
        each
        for each in wanted
        if not (each.values & numbers or (each.month is not None and each.month in months))
    )
    return tuple(dict.fromkeys(missing))


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
