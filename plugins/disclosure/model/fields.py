"""The field types shared by all models: figures, shares, free text, controlled words.

Everything arrives as the text of the YAML scalar (``str``), or ``BLANK`` where the value is
empty. A field type turns that text into meaning and keeps the print beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo
from pydantic_core import PydanticCustomError

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")

NOT_APPLICABLE = "不适用"
TO_FILL = "待填"
"""Written where nobody has filled in yet what the new document says; it cannot be published."""
TO_FILL_EN = "to be filled in"


class Blank:
    """An empty value in the YAML. It is not ``None``, which says that the key is absent."""

    def __repr__(self) -> str:
        return ""


BLANK = Blank()

# Thousands separators must be complete groups: "1,23" is a slip, not a number.
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
# Only what has a full-width form. NFKC would also read 10² as 102 and ① as 1.
_HALF_WIDTH = str.maketrans(
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFE63: 0x2D}
)
LONGEST_NAME = 60
"""Characters of an id or code. Two of them and what is around them make a path below 200."""
# Windows keeps these names for devices, with any ending and in any case. JavaScript has no (?i:…).
DEVICE = "[cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|(?:[cC][oO][mM]|[lL][pP][tT])[0-9]"
# Host, port and the rest as RFC 3986 writes them, in ASCII: nothing in it can end an attribute.
WEB_ADDRESS = (
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?"
    r"(?:[/?#][A-Za-z0-9._~:/?#@!$&()*+,;=%-]*)?"
)
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_COUNT = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
# "index" would take the address of the list of projects.
_CODE = re.compile(r"(?!(?i:index)$)[0-9A-Za-z]+(-[0-9A-Za-z]+)*", re.ASCII)
_DEVICE = re.compile(DEVICE, re.ASCII)
_SHARE = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*%", re.ASCII)


class Model(BaseModel):
    """Base of all models: immutable, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its values. Models go between processes by the hundred thousand, and
        pydantic's own way takes half as long again.
        """
        return _restored, (type(self), self.__dict__, self.__pydantic_fields_set__)


def _restored(model: type[Model], values: dict[str, Any], given: set[str]) -> Model:
    # What pydantic's own way back does, in a third of its steps.
    restored = object.__new__(model)
    set_attribute = object.__setattr__
    set_attribute(restored, "__dict__", values)
    set_attribute(restored, "__pydantic_fields_set__", given)
    set_attribute(restored, "__pydantic_extra__", None)
    set_attribute(restored, "__pydantic_private__", None)
    return restored


class Nothing(StrEnum):
    """The kinds of nothing that a cell with a place in the document can hold."""

    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    TO_FILL = "to_fill"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed, and its value where it has one.

    ``printed`` is the text of the document, ``value`` its exact decimal in the unit of the
    table around it (never a float). Exactly one of ``value`` and ``nothing`` is set.
    """

    printed: str
    value: Decimal | None = None
    nothing: Nothing | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # The way of dataclasses with slots asks for their fields each time.
        return Figure, (self.printed, self.value, self.nothing)

    @property
    def number(self) -> Decimal:
        """The value, with the kinds of nothing counted as zero (for sums only)."""
        return self.value if self.value is not None else Decimal(0)


def half_width(text: str) -> str:
    """``text`` with full-width letters, digits and signs made half-width, and nothing else."""
    return text.translate(_HALF_WIDTH)


def parse_decimal(text: str) -> Decimal | None:
    """The exact decimal that ``text`` prints, or None.

    Full-width digits and complete thousands separators are understood; exponents,
    underscores and anything else that only a programming language knows are not.
    """
    if not _NUMBER.fullmatch(text):
        text = half_width(text).replace("\u2212", "-").strip()
        if not _NUMBER.fullmatch(text):
            return None
    return Decimal(text.replace(",", ""))


def _figure(value: Any) -> Figure:
    if value is BLANK:
        return Figure("", nothing=Nothing.BLANK)
    text = _scalar(value, "S204")
    number = parse_decimal(text)
    if number is not None:
        return Figure(text, number)
    if text.strip() == NOT_APPLICABLE:
        return Figure(text, nothing=Nothing.NOT_APPLICABLE)
    if text == TO_FILL:
        return Figure(text, nothing=Nothing.TO_FILL)
    raise PydanticCustomError("S204", "not a figure", {"found": text})


def _share(value: Any) -> Figure:
    if value is BLANK:
        return Figure("", nothing=Nothing.BLANK)
    text = _scalar(value, "S205")
    if text == TO_FILL:
        return Figure(text, nothing=Nothing.TO_FILL)
    match = _SHARE.fullmatch(text) or _SHARE.fullmatch(half_width(text).strip())
    if not match:
        raise PydanticCustomError("S205", "not a percentage", {"found": text})
    return Figure(text, Decimal(match[1]))


def _scalar(value: Any, code: str) -> str:
    if isinstance(value, str):
        return value
    raise PydanticCustomError(code, "not a scalar", {"found": _shape(value)})


def _shape(value: Any) -> str:
    return "…: …" if isinstance(value, dict) else "- …"


def _text(value: Any) -> str:
    if value is BLANK or (isinstance(value, str) and (not value or value.isspace())):
        raise PydanticCustomError("S206", "empty text", {})
    return _scalar(value, "S203")


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is BLANK else _scalar(value, "S203")


def _year(value: Any) -> int:
    text = "" if value is BLANK else _scalar(value, "S207")
    if not _YEAR.fullmatch(text):
        raise PydanticCustomError("S207", "not a year", {"found": text})
    return int(text)


def _count(value: Any) -> int:
    text = "" if value is BLANK else _scalar(value, "S208")
    if not _COUNT.fullmatch(text):
        raise PydanticCustomError("S208", "not a whole number", {"found": text})
    return int(text)


def _identifier(value: Any) -> str:
    text = "" if value is BLANK else _scalar(value, "S209")
    if not _IDENTIFIER.fullmatch(text):
        raise PydanticCustomError("S209", "not an id", {"found": text})
    return _file_name(text)


def _code(value: Any) -> str:
    text = "" if value is BLANK else _scalar(value, "S210")
    if not _CODE.fullmatch(text):
        raise PydanticCustomError("S210", "not a code", {"found": text})
    return _file_name(text)


def _file_name(text: str) -> str:
    """An id or code, which names files: not a device of Windows, and not too long for a path."""
    if len(text) > LONGEST_NAME or _DEVICE.fullmatch(text):
        raise PydanticCustomError("S233", "not a file name", {"found": text})
    return text


def _date(value: Any) -> str:
    text = "" if value is BLANK else _scalar(value, "S211")
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text, re.ASCII)
    if not match or not _is_date(*map(int, match.groups())):
        raise PydanticCustomError("S211", "not a date", {"found": text})
    return text


def _time(value: Any) -> str:
    text = "" if value is BLANK else _scalar(value, "S232")
    if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise PydanticCustomError("S232", "not a time", {"found": text})
    return text


def _web_address(value: Any) -> str:
    text = "" if value is BLANK else _scalar(value, "S231")
    if not re.fullmatch(WEB_ADDRESS, text, re.ASCII):
        raise PydanticCustomError("S231", "not a web address", {"found": text})
    return text


def _is_date(year: int, month: int, day: int) -> bool:
    from datetime import date

    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


class FreeText(StrEnum):
    """Marks a field whose Chinese is translated through the PO files.

    The English of a target value or a period that can be parsed is made from its parts.
    """

    WORDS = "words"
    TARGET = "target"
    PERIOD = "period"


FREE_TEXT = FreeText.WORDS

FigureField = Annotated[Figure, BeforeValidator(_figure)]
"""An amount or a count as printed; empty = printed blank; 不适用 = not applicable."""
ShareField = Annotated[Figure, BeforeValidator(_share)]
"""A percentage as printed, such as ``25%``; empty = printed blank."""
Text = Annotated[str, BeforeValidator(_text), FREE_TEXT]
"""Free Chinese text; its English stands in the PO files."""
CellText = Annotated[str, BeforeValidator(_cell), FREE_TEXT]
"""The text of a table cell; empty = printed blank."""
TargetText = Annotated[str, BeforeValidator(_cell), FreeText.TARGET]
"""A target value as printed, such as ``≥80 百分比``; empty = printed blank."""
PeriodLabel = Annotated[str, FreeText.PERIOD]
"""A printed period, such as ``3 月底``."""
PlainText = Annotated[str, BeforeValidator(_text)]
"""Text that is not translated through the PO files."""
Year = Annotated[int, BeforeValidator(_year)]
Count = Annotated[int, BeforeValidator(_count)]
Identifier = Annotated[str, BeforeValidator(_identifier)]
"""A lower-case ASCII id, used in addresses: ``clean-heating``."""
Code = Annotated[str, BeforeValidator(_code)]
"""A code as printed: letters and digits."""
Date = Annotated[str, BeforeValidator(_date)]
"""A calendar date as ``2023-12-31``."""
Time = Annotated[str, BeforeValidator(_time)]
"""A time of the day as ``09:30``."""
WebAddress = Annotated[str, BeforeValidator(_web_address)]
"""A whole web address: ``https://www.example.gov.cn/``. No other scheme leads anywhere."""
AmountUnit = Literal["万元", "元"]


def word(kind: str) -> Any:
    """A printed label that must be a controlled word of ``kind`` (needs the vocabulary).

    The field keeps the label as printed; ``Vocabulary.word`` finds what it means.
    """

    def known(label: str, info: ValidationInfo) -> str:
        vocabulary = (info.context or {}).get("vocabulary")
        if vocabulary is not None and vocabulary.find(kind, label) is None:
            nearest = vocabulary.nearest(kind, label)
            raise PydanticCustomError(
                "S212",
                "unknown label",
                {"found": label, "suggestion": nearest},
            )
        return label

    return AfterValidator(known)


class Bilingual(Model):
    """A text that defines its own English."""

    zh: PlainText
    en: PlainText

    def __getitem__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en
