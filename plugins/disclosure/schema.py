"""JSON Schemas of the data files, for editors: ``disclosure schema``.

An editor with a YAML language server (VS Code with its YAML extension) reads them, flags unknown
keys, wrong words and amounts while one types, completes keys and shows help in Chinese and English.

The schemas follow from the models, the forms of the tables and the controlled words, those of the
site among them; their help is that of ``defaults/fields.toml``. They are JSON Schema draft 7, which
the language server reads. What it sees are values as YAML 1.2 types them, while the reader sees the
text as written (``source``); where the two can differ, a schema allows what the reader may allow.
``tests/unit/test_schema.py`` lists the differences and keeps everything else alike.
"""

from __future__ import annotations

import argparse
import inspect
import json
import re
import sys
import types
import typing
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from disclosure.book import read_words
from disclosure.command import check_option, data_option, sub_command
from disclosure.language.field_words import field_words
from disclosure.model.acknowledgement import Acknowledgement, RuleCode
from disclosure.model.assets import AssetsFile
from disclosure.model.budget import BudgetFile
from disclosure.model.classification import (
    LENGTHS,
    ClassificationFile,
    ClassificationKind,
    EconomicCode,
    FunctionalCode,
    ListedCode,
)
from disclosure.model.department import DepartmentFile
from disclosure.model.disclosure import DisclosureFile, DisclosureKind
from disclosure.model.editions import PublishedEdition, Sha256
from disclosure.model.fields import (
    DEVICE,
    LANGS,
    LONGEST_NAME,
    NOT_APPLICABLE,
    TO_FILL,
    WEB_ADDRESS,
    CellText,
    Code,
    Count,
    Date,
    FigureField,
    Identifier,
    PlainText,
    ShareField,
    TargetText,
    Text,
    Time,
    WebAddress,
    Year,
)
from disclosure.model.glossary import Term
from disclosure.model.narrative import NarrativeFile, PartText
from disclosure.model.policy import Policy
from disclosure.model.procurement import ProcurementFile
from disclosure.model.project import ProjectFile
from disclosure.model.site import SiteFile
from disclosure.model.table_forms import (
    Column,
    TableFile,
    TableForm,
    TableForms,
    TableRow,
    TableShareField,
    ValueKind,
    table_model,
)
from disclosure.model.unit import UnitFile
from disclosure.model.vocabulary import Vocabulary, VocabularyFile, Word, fold
from disclosure.problems import CATALOGUE, report

Schema = Mapping[str, Any]
"""A JSON Schema, as it goes into the file."""

_DIALECT = "http://json-schema.org/draft-07/schema#"

# Python's $ also stands before a last line end, JavaScript's does not.
_END = r"(?!\n)$"
_FILE_NAME = rf"(?!(?:{DEVICE}){_END})(?!.{{{LONGEST_NAME + 1}}})"
_DIGIT = "[0-9０-９]"
_SIGN = "[-+＋－﹣]?"
_DECIMAL = rf"(?:[.．]{_DIGIT}+)?"
# As fields.parse_decimal reads: the minus sign U+2212 there, but not in a share.
_NUMBER = rf"(?:[-+−＋－﹣])?(?:{_DIGIT}{{1,3}}(?:[,，]{_DIGIT}{{3}})+|{_DIGIT}+){_DECIMAL}"
_NO_NUMBER = f"{NOT_APPLICABLE}|{TO_FILL}"
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_DATE = (
    "^(?:(?!0000)[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP_YEAR}-02-29){_END}"
)
_FIRST_DIGITS: Mapping[ClassificationKind, str] = {"functional": "2２", "economic": "3３"}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A kind of data file that has a schema.

    ``files`` are the patterns of its files in the repository; those with ``words`` hold controlled
    words, so their schemas are right only for the data folder whose words they know.
    """

    schema: str
    """The name of the schema's file."""
    files: tuple[str, ...]
    zh: str
    en: str
    model: type[BaseModel]
    is_list: bool = False
    words: bool = False


_FILES = (
    DataFile("site.json", ("data/site.yml",), "网站", "Website", SiteFile),
    DataFile("glossary.json", ("data/glossary.yml",), "名词解释", "Glossary", Term, True),
    DataFile(
        "policies.json",
        ("data/policies.yml",),
        "引用的法规文件",
        "Laws and documents",
        Policy,
        True,
    ),
    DataFile("vocabulary.json", ("data/vocabulary.yml",), "名目", "Labels", VocabularyFile),
    DataFile(
        "classification.json",
        ("data/classification/*.yml",),
        "支出分类科目",
        "Classification of expenditure",
        ClassificationFile,
    ),
    DataFile(
        "acknowledged.json",
        ("data/acknowledged.yml", "data/departments/*/*/acknowledged.yml"),
        "已知并已说明的问题",
        "Findings that are known and explained",
        Acknowledgement,
        True,
    ),
    DataFile(
        "editions.json",
        ("data/departments/*/*/editions.yml",),
        "已经发布的版本",
        "Published editions",
        PublishedEdition,
        True,
    ),
    DataFile(
        "department.json",
        ("data/departments/*/department.yml",),
        "部门",
        "Department",
        DepartmentFile,
    ),
    DataFile(
        "disclosure.json",
        ("data/departments/*/*/disclosure.yml",),
        "公开的封面信息",
        "Who discloses, for which year",
        DisclosureFile,
    ),
    DataFile(
        "budget.json",
        ("data/departments/*/*/budget.yml", "data/departments/*/*/units/*/budget.yml"),
        "收支数字",
        "Revenue and expenditure",
        BudgetFile,
        words=True,
    ),
    DataFile(
        "narrative.json",
        ("data/departments/*/*/narrative.yml",),
        "文字说明",
        "Running text",
        NarrativeFile,
    ),
    DataFile(
        "procurement.json",
        ("data/departments/*/*/procurement.yml",),
        "政府采购预算表",
        "Government procurement table",
        ProcurementFile,
    ),
    DataFile(
        "assets.json",
        ("data/departments/*/*/assets.yml",),
        "国有资产",
        "State-owned assets",
        AssetsFile,
        words=True,
    ),
    DataFile(
        "project.json",
        ("data/departments/*/*/projects/*.yml",),
        "项目及绩效目标表",
        "Project with its performance objectives",
        ProjectFile,
        words=True,
    ),
    DataFile(
        "unit.json",
        ("data/departments/*/*/units/*/unit.yml",),
        "二级单位",
        "Subordinate unit",
        UnitFile,
    ),
)
_KINDS: Mapping[DisclosureKind, tuple[str, str]] = {
    "budget": ("预算", "budget"),
    "final": ("决算", "final accounts"),
}
_CELLS: Mapping[ValueKind, tuple[str, str]] = {
    "amount": ("金额，照印；留空是印出来的空白", "amount as printed; empty is a printed blank"),
    "count": ("数量，照印", "count as printed"),
    "share": ("百分比，照印", "percentage as printed"),
    "text": ("文字，照印", "text as printed"),
}


def data_files(forms: TableForms) -> tuple[DataFile, ...]:
    """Every kind of file that has a schema; the tables are those of ``forms``."""
    tables = (
        DataFile(
            f"{kind}-{form.id}.json",
            (
                f"data/departments/*/*-{kind}/tables/{form.id}.yml",
                f"data/departments/*/*-{kind}/units/*/tables/{form.id}.yml",
            ),
            f"{form.title.zh}（{zh}）",
            f"{form.title.en} ({en})",
            table_model(form),
        )
        for kind, (zh, en) in _KINDS.items()
        for form in forms.forms(kind)
    )
    return (*_FILES, *tables)


def schemas(vocabulary: Vocabulary, forms: TableForms) -> Mapping[str, Schema]:
    """All schemas by the names of their files."""
    columns: dict[type[BaseModel], Mapping[str, Column]] = {
        _row_model(form, side.id): {column.id: column for column in side.columns}
        for kind in _KINDS
        for form in forms.forms(kind)
        for side in form.sides
    }
    return {each.schema: _Writer(vocabulary, columns).file(each) for each in data_files(forms)}


def text_of(schema: Schema) -> str:
    """The text of a schema's file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _row_model(form: TableForm, side: str) -> type[BaseModel]:
    rows = table_model(form).model_fields[side].annotation
    model: type[BaseModel] = typing.get_args(rows)[0]
    return model


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes the schema of a file."""

    vocabulary: Vocabulary
    columns: Mapping[type[BaseModel], Mapping[str, Column]]
    """The columns of the tables by the model of their rows."""
    definitions: dict[str, Schema] = field(default_factory=dict)
    """What the file uses more than once, by name."""

    def file(self, file: DataFile) -> Schema:
        body = self._object(file.model)
        if file.is_list:
            body = _list(body)
        title = f"{file.zh} / {file.en}"
        return {"$schema": _DIALECT, "title": title, **body, "definitions": self.definitions}

    def _object(self, model: type[BaseModel]) -> Schema:
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        properties = {key: self._field(model, key, info) for key, info in fields.items()}
        required = [key for key, info in fields.items() if info.is_required()]
        return {
            "type": "object",
            "properties": properties,
            **({"required": required} if required else {}),
            "additionalProperties": False,
            "errorMessage": _only_keys(properties),
            **self._rules_between_fields(model),
        }

    def _field(self, model: type[BaseModel], key: str, info: FieldInfo) -> Schema:
        schema = self._value(_without_none(info.annotation), tuple(info.metadata))
        column = self.columns.get(model, {}).get(key)
        return {**schema, **(_column_help(column) if column else _help(model, key))}

    def _value(self, annotation: Any, metadata: tuple[Any, ...]) -> Schema:
        """The schema of a value; raises TypeError for a type that it does not know."""
        if typing.get_origin(annotation) is typing.Annotated:
            annotation, *more = typing.get_args(annotation)
            metadata = (*metadata, *more)
        name = _SCALARS.get(metadata)
        if name is not None:
            return self._defined(name)
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is typing.Literal:
            return _one_of(arguments)
        if origin is tuple:
            schema = _list(self._value(_without_none(arguments[0]), ()))
            return {**schema, "type": ["array", "null"]} if metadata == _PART_TEXT else schema
        if origin is dict:
            return self._labels(arguments[0], self._value(arguments[1], ()))
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            name = annotation.__name__
            if name not in self.definitions:
                self.definitions[name] = self._object(annotation)
            return _reference(name)
        kind = _word_kind(metadata)
        if annotation is str and kind is not None:
            return self._label(kind)
        raise TypeError(f"{annotation} {metadata}")

    def _rules_between_fields(self, model: type[BaseModel]) -> Schema:
        """The rules of ``TableRow`` and ``TableFile`` about several keys (S222, S223, S224)."""
        if issubclass(model, TableRow):
            names = [name for name in ("item", "code") if name in model.model_fields]
            return {"anyOf": [{"required": [name]} for name in names]}
        if issubclass(model, TableFile):
            sides = [name for name in model.model_fields if name not in TableFile.model_fields]
            rows = [{"required": [side], "properties": {side: {"minItems": 1}}} for side in sides]
            empty = {side: {"maxItems": 0} for side in sides}
            return {
                "anyOf": [{"required": ["state"]}, {"required": ["empty_note"]}, *rows],
                "if": {"required": ["state"]},
                "then": {"properties": empty},
            }
        if model is ClassificationFile:
            return {
                "if": {"properties": {"kind": {"const": "economic"}}},
                "then": {"properties": self._codes_of("economic")},
                "else": {"properties": self._codes_of("functional")},
            }
        return {}

    def _codes_of(self, kind: ClassificationKind) -> Schema:
        code = self._defined(f"{kind}-code")
        entries = {"items": {"properties": {"code": code}}}
        return {"entries": entries, "changed": entries, "removed": {"items": code}}

    def _defined(self, name: str) -> Schema:
        """A reference to the schema of a scalar type."""
        self.definitions[name] = _TYPES[name]
        return _reference(name)

    def _label(self, kind: str) -> Schema:
        """A value that is a controlled word."""
        words = self.vocabulary.words[kind]
        return {
            "anyOf": [
                {"enum": list(_labels(words)), "errorMessage": _wording("S212")},
                {"type": "string", "pattern": _any_of(words), "errorMessage": _wording("S212")},
            ],
            "errorMessage": _wording("S212"),
        }

    def _labels(self, key: Any, value: Schema) -> Schema:
        """Values by printed labels: controlled words, or any text such as a period."""
        kind = _word_kind(typing.get_args(key)[1:])
        if kind is None:
            return {"type": "object", "additionalProperties": value}
        words = self.vocabulary.words[kind]
        return {
            "type": "object",
            "properties": {
                label: {**value, "title": f"{label} / {word.en}", **_word_help(word, label)}
                for label, word in _labels(words).items()
            },
            # Labels in other widths, with other quotation marks or spaces, as ``fold`` reads them.
            "patternProperties": {_any_of(words): value} if words else {},
            "additionalProperties": False,
            "errorMessage": _wording("S212"),
        }


def _reference(name: str) -> Schema:
    # Beside a reference only title and help may stand: draft 7 ignores everything else there.
    return {"$ref": f"#/definitions/{name}"}


def _labels(words: Iterable[Word]) -> Mapping[str, Word]:
    """Every printed label, as the vocabulary has it, with its word."""
    return {label: word for word in words for label in (word.zh, *word.labels)}


def _word_help(word: Word, label: str) -> Schema:
    if label == word.zh:
        return {}
    return {"description": f"即“{word.zh}” / the same as {word.zh}"}


def _word_kind(metadata: tuple[Any, ...]) -> str | None:
    """The kind of controlled words that a field type made by ``fields.word`` asks for."""
    for each in metadata:
        if isinstance(each, AfterValidator):
            kind = inspect.getclosurevars(each.func).nonlocals.get("kind")
            if isinstance(kind, str):
                return kind
    return None


# What ``fold`` takes away, anywhere in a label.
_IGNORED = '[\\s"“”「」]*'


def _any_of(words: Iterable[Word]) -> str:
    """A pattern of all texts that fold to one of the labels."""
    folded = dict.fromkeys(fold(label) for label in _labels(words))
    labels = "|".join(_IGNORED.join(_same(character) for character in label) for label in folded)
    return f"^{_IGNORED}(?:{labels}){_IGNORED}{_END}"


def _same(folded: str) -> str:
    """A pattern of the characters that fold to this one."""
    characters = sorted({folded, *_unfolded().get(folded, ())})
    if len(characters) == 1:
        return re.sub(r"([\\^$.*+?()\[\]{}|/])", r"\\\1", folded)
    return "[" + "".join(re.sub(r"([\\\]\[^-])", r"\\\1", each) for each in characters) + "]"


@cache
def _unfolded() -> Mapping[str, tuple[str, ...]]:
    """For a character, the others of the basic plane that ``fold`` makes it.

    Signs that fold to several characters (``㈠``) are not in it.
    """
    found: dict[str, list[str]] = {}
    for number in range(0x21, 0xFFFE):
        character = chr(number)
        if unicodedata.category(character) in ("Cs", "Cn", "Co"):
            continue
        folded = fold(character)
        if len(folded) == 1 and folded != character:
            found.setdefault(folded, []).append(character)
    return {folded: tuple(characters) for folded, characters in found.items()}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items, "errorMessage": _wording("S214")}


def _one_of(words: tuple[str, ...]) -> Schema:
    """One of the words; a word of digits is a number to YAML."""
    numbers = [int(word) for word in words if word.isdecimal()]
    return {"enum": [*words, *numbers], "errorMessage": f"{_wording('S215')} {', '.join(words)}"}


def _wording(*codes: str) -> str:
    """What the reader would say, and how to mend it, in both languages."""
    parts = {
        lang: " ".join(
            f"{CATALOGUE[code].title.in_language(lang)}{': ' if lang == 'en' else '：'}"
            f"{CATALOGUE[code].mend.in_language(lang)}"
            for code in codes
        )
        for lang in LANGS
    }
    return f"{' '.join(codes)} {parts['zh']} / {parts['en']}"


def _only_keys(properties: Iterable[str]) -> str:
    keys = ", ".join(properties)
    return f"S202 这里只能写这些键：{keys} / only these keys are allowed here: {keys}"


def _scalar(types: Iterable[str], pattern: str, *codes: str, **more: Any) -> Schema:
    """A scalar: ``pattern`` is that of texts, ``more`` holds the bounds of numbers."""
    return {"type": [*types], "pattern": pattern, **more, "errorMessage": _wording(*codes)}


def _heading_code(*kinds: ClassificationKind) -> Schema:
    """Digits joined or split by spaces, so many as the classification has."""
    pair = rf"(?:\s*{_DIGIT}){{2}}"
    texts = "|".join(
        rf"[{_FIRST_DIGITS[kind]}]{pair}(?:{pair}){{0,{len(LENGTHS[kind]) - 1}}}" for kind in kinds
    )
    numbers = [
        {"minimum": first * 10 ** (length - 1), "maximum": (first + 1) * 10 ** (length - 1) - 1}
        for kind in kinds
        for first in [int(_FIRST_DIGITS[kind][0])]
        for length in LENGTHS[kind]
    ]
    message = _wording("S221")
    return {
        **_scalar(["integer", "string"], rf"^\s*(?:{texts})\s*{_END}", "S221"),
        # Bounds do not touch texts, so they pass where the first alternative does.
        "anyOf": [
            {"type": "string", "errorMessage": message},
            *({**each, "type": "integer", "errorMessage": message} for each in numbers),
        ],
    }


_TEXT_TYPES = ("string", "number", "boolean")
_TYPES: Mapping[str, Schema] = {
    "text": _scalar(_TEXT_TYPES, r"\S", "S203", "S206"),
    "cell": {"type": [*_TEXT_TYPES, "null"], "errorMessage": _wording("S203")},
    "figure": _scalar(
        ("number", "string", "null"), rf"^\s*(?:{_NUMBER}|{_NO_NUMBER})\s*{_END}", "S204"
    ),
    "share": _scalar(
        ("string", "null"),
        rf"^\s*(?:{_SIGN}{_DIGIT}+{_DECIMAL}\s*[%％]|{TO_FILL})\s*{_END}",
        "S205",
    ),
    "table-share": _scalar(
        ("number", "string", "null"),
        rf"^\s*(?:{_NUMBER}\s*[%％]?|{_NO_NUMBER})\s*{_END}",
        "S205",
    ),
    "year": _scalar(
        ("integer", "string"), f"^(?:19|20)[0-9]{{2}}{_END}", "S207", minimum=1900, maximum=2099
    ),
    "count": _scalar(
        ("integer", "string"), f"^[1-9][0-9]{{0,5}}{_END}", "S208", minimum=1, maximum=999_999
    ),
    # 1e3 is an id and a code, and a number to YAML, which need not be whole.
    "id": _scalar(
        _TEXT_TYPES, f"^{_FILE_NAME}[a-z0-9]+(?:-[a-z0-9]+)*{_END}", "S209", "S233", minimum=0
    ),
    "code": _scalar(
        _TEXT_TYPES,
        rf"^(?![iI][nN][dD][eE][xX]{_END}){_FILE_NAME}[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*{_END}",
        "S210",
        "S233",
        minimum=0,
    ),
    "date": _scalar(("string",), _DATE, "S211"),
    "time": _scalar(("string",), f"^(?:[01][0-9]|2[0-3]):[0-5][0-9]{_END}", "S232"),
    "web-address": _scalar(("string",), f"^{WEB_ADDRESS}{_END}", "S231"),
    "rule-code": _scalar(("string",), f"^[A-Z][0-9]{{3}}{_END}", "S217"),
    # Quoted by the command; unquoted it is a number to YAML about once in 10¹² times.
    "sha256": _scalar(("string",), f"^[0-9a-f]{{64}}{_END}", "S240"),
    "functional-code": _heading_code("functional"),
    "economic-code": _heading_code("economic"),
    "heading-code": _heading_code("functional", "economic"),
}
_SCALARS: Mapping[tuple[Any, ...], str] = {
    typing.get_args(alias)[1:]: name
    for alias, name in (
        (Text, "text"),
        (PlainText, "text"),
        (CellText, "cell"),
        (TargetText, "cell"),
        (typing.get_type_hints(Word, include_extras=True)["en"], "cell"),
        (FigureField, "figure"),
        (ShareField, "share"),
        (TableShareField, "table-share"),
        (Year, "year"),
        (Count, "count"),
        (Identifier, "id"),
        (Code, "code"),
        (Date, "date"),
        (Time, "time"),
        (WebAddress, "web-address"),
        (RuleCode, "rule-code"),
        (Sha256, "sha256"),
        (FunctionalCode, "functional-code"),
        (EconomicCode, "economic-code"),
        (ListedCode, "heading-code"),
    )
}
_PART_TEXT = typing.get_args(PartText)[1:]


def _without_none(annotation: Any) -> Any:
    """The annotation of an optional key: an empty value is never None, so None says nothing."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (annotation,) = (a for a in typing.get_args(annotation) if a is not types.NoneType)
    return annotation


def _help(model: type[BaseModel], key: str) -> Schema:
    """Title and help of a field; raises KeyError where ``fields.toml`` has none.

    Fields that all tables have are those of their common models; lists of rows are all alike.
    """
    base = next((base for base in (TableFile, TableRow) if issubclass(model, base)), model)
    if base is TableFile and key not in TableFile.model_fields:
        key = "rows"
    words = field_words()[base.__name__, key]
    zh, en, unit = words.meaning["zh"], words.meaning["en"], words.unit
    lines = [
        zh + (f"（单位：{unit['zh']}）" if unit else ""),
        _capital(en) + (f" (unit: {unit['en']})" if unit else ""),
        f"例 / Example: {key}: {words.example}",
    ]
    return _titled(_first_clause(zh, "；"), _first_clause(en, "; "), lines)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _first_clause(text: str, mark: str) -> str:
    return text.split(mark, 1)[0].replace("`", "")


def _column_help(column: Column) -> Schema:
    zh, en = (
        f"{column.group[lang]} · {column.name(lang)}" if column.group else column.name(lang)
        for lang in LANGS
    )
    return _titled(zh, en, _CELLS[column.value])


def _titled(zh: str, en: str, lines: Iterable[str]) -> Schema:
    text = "\n\n".join(lines)
    plain = text.replace("`", "")
    return {
        "title": f"{zh} / {_capital(en)}",
        "description": plain,
        # Only VS Code's kind of editors know it; without it they show the plain text.
        **({"markdownDescription": text} if text != plain else {}),
    }


def add_parser(commands: Any) -> None:
    """Add the command to those of ``disclosure``."""
    description = """\
写出数据文件的 JSON Schema：编辑器据此在输入时标出写错的键、名目和金额，并显示中英文说明。
Writes the JSON Schemas of the data files. With them an editor flags wrong keys, labels and amounts
while one types, and shows help in Chinese and English."""
    epilogue = """\
退出码 / exit code:
  0  没有问题 / fine
  1  数据有错，或现有的已过时 / errors in the data, or stale schemas
  2  用法不对 / wrong usage"""
    said = "写出编辑器用的 JSON Schema / write the JSON Schemas that editors use"
    parser = sub_command(commands, "schema", said, description, epilogue)
    data_option(
        parser,
        "path",
        "数据文件夹，它自己的名目也在内，默认 data / "
        "the data folder, whose own labels are included, ./data by default",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("schemas"),
        metavar="FOLDER",
        help="写到这个文件夹，默认 schemas / the folder to write to, ./schemas by default",
    )
    check_option(
        parser, "什么也不写，只看现有的是否过时 / write nothing, say whether those there are stale"
    )


def run(options: argparse.Namespace) -> int:
    """Write or compare the schemas; the exit code."""
    vocabulary, forms, problems = read_words(options.path, options.path.as_posix())
    if vocabulary is None:
        sys.stdout.write(report(problems))
        return 1
    output: Path = options.output
    texts = {name: text_of(schema) for name, schema in schemas(vocabulary, forms).items()}
    if options.check:
        stale = list(_stale(output, texts))
        for name in stale:
            print(f"{(output / name).as_posix()}: 已过时 / stale")
        if stale:
            print(
                "请运行 disclosure schema 重新生成，不再使用的删去 / "
                "run disclosure schema to write them again, and delete those no longer used"
            )
        return int(bool(stale))
    output.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (output / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"==> {len(texts)} JSON Schema: {output.as_posix()}/")
    return 0


def _stale(folder: Path, texts: Mapping[str, str]) -> Iterator[str]:
    """Names of files that are missing, different or no longer written."""
    there = {path.name for path in folder.glob("*.json")} if folder.is_dir() else set()
    for name, text in texts.items():
        if name not in there or (folder / name).read_text(encoding="utf-8") != text:
            yield name
    yield from sorted(there - texts.keys())
