"""The letter under which a name is listed: of its pinyin in Chinese, its own first one else.

GB/T 2312—1980 sets its 3,755 characters of the first level (rows 16 to 55) in the order of their
pinyin, so that the first character of each letter tells the letter of all others. A character with
two readings stands at one of them; who is listed under the wrong letter says the right one
(``initial`` in ``department.yml``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from disclosure.model.fields import Lang

NONE = "#"
"""Where a name has no letter: rare characters, digits."""

_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"  # no pinyin begins with I, U or V
_FIRST = tuple(each.encode("gb2312") for each in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝")
_LAST = "座".encode("gb2312")
# The name of a place has two characters at least; nobody's beginning is longer than this.
_SHORTEST = 2
_LONGEST = 60


def initial(name: str) -> str:
    """The letter of a name, ``A`` to ``Z``, or ``NONE``."""
    first = next((each for each in name if each.isalnum()), "")
    if first.isascii():
        return first.upper() if first.isalpha() else NONE
    code = first.encode("gb2312", "ignore")
    if not _FIRST[0] <= code <= _LAST:
        return NONE
    return _LETTERS[bisect_right(_FIRST, code) - 1]


def order(name: str) -> tuple[bytes, str]:
    """What names of one letter are sorted by: pinyin, as far as the standard tells it."""
    return name.casefold().encode("gb18030", "replace"), name


def shared_beginning(names: Iterable[str], lang: Lang) -> str:
    """The longest beginning that most of ``names`` have: the place that a site is about.

    Whole words in English. No name is nothing but the beginning.
    """
    every = tuple(names)
    counts: Counter[str] = Counter()
    for name in every:
        for end in range(_SHORTEST, min(len(name), _LONGEST)):
            if lang == "zh" or name[end - 1] == " ":
                counts[name[:end]] += 1
    most = [each for each, count in counts.items() if 2 * count > len(every)]
    return max(most, key=len, default="")
