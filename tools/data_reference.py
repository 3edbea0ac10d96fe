"""Write the pages docs/zh/data-reference.md and docs/en/data-reference.md.

    python -m tools.data_reference

Fields, types and allowed words come from the models, meanings and examples from
``defaults/fields.toml``, tables and controlled words from the other files in ``defaults``. A test
compares the pages with what this would write, so they cannot go stale.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import AfterValidator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins"))

from disclosure.decode import decode  # noqa: E402
from disclosure.language.field_words import FieldWords, field_words  # noqa: E402
from disclosure.model.acknowledgement import Acknowledgement, RuleCode  # noqa: E402
from disclosure.model.assets import AssetsFile  # noqa: E402
from disclosure.model.budget import BudgetFile  # noqa: E402
from disclosure.model.classification import (  # noqa: E402
    ClassificationFile,
    EconomicCode,
    FunctionalCode,
    ListedCode,
)
from disclosure.model.department import DepartmentFile  # noqa: E402
from disclosure.model.disclosure import DisclosureFile, DisclosureKind  # noqa: E402
from disclosure.model.editions import PublishedEdition, Sha256  # noqa: E402
from disclosure.model.fields import (  # noqa: E402
    LANGS,
    Bilingual,
    CellText,
    Code,
    Count,
    Date,
    FigureField,
    Identifier,
    Lang,
    Model,
    PlainText,
    ShareField,
    TargetText,
    Text,
    Time,
    WebAddress,
    Year,
)
from disclosure.model.glossary import Term  # noqa: E402
from disclosure.model.narrative import NarrativeFile, TextBlock  # noqa: E402
from disclosure.model.policy import Policy  # noqa: E402
from disclosure.model.procurement import ProcurementFile  # noqa: E402
from disclosure.model.project import ProjectFile  # noqa: E402
from disclosure.model.site import SiteFile  # noqa: E402
from disclosure.model.table_forms import (  # noqa: E402
    Column,
    Item,
    Key,
    Side,
    TableFile,
    TableForm,
    TableForms,
    TableFormsFile,
    TableRow,
    TableShareField,
    ValueKind,
    table_model,
)
from disclosure.model.unit import UnitFile  # noqa: E402
from disclosure.model.vocabulary import VocabularyFile, Word  # noqa: E402
from disclosure.problems import report  # noqa: E402
from disclosure.source import read_yaml  # noqa: E402

DEFAULTS: Final = ROOT / "plugins" / "disclosure" / "defaults"
M = TypeVar("M", bound=Model)


def _read(name: str, model: type[M]) -> M:
    """A file of ``defaults``; raises ValueError where it has errors."""
    source, problems = read_yaml(DEFAULTS / name, name)
    if source is not None:
        file, found = decode(source, model)
        problems += found
        if file is not None:
            return file
    raise ValueError(report(problems))


FORMS: Final = TableForms.of(_read("table_forms.yml", TableFormsFile))
VOCABULARY: Final = _read("vocabulary.yml", VocabularyFile)
KINDS: Final[Mapping[DisclosureKind, tuple[str, str]]] = {
    "budget": ("预算", "budget"),
    "final": ("决算", "final accounts"),
}


def _sample_form() -> TableForm:
    form = FORMS.form("budget", "expenditure")
    if form is None:
        raise LookupError("budget/expenditure")
    return form


SAMPLE: Final = _sample_form()
"""The table whose file stands for those of all tables."""

# Fields of table models are made from the forms; these two hold what the tables have in common.
_BASES: Final[tuple[type[Model], ...]] = (TableFile, TableRow)

VALUES: Final[Mapping[ValueKind, tuple[str, str, str]]] = {
    "amount": ("金额", "amount", "812.40"),
    "count": ("数量", "count", "3"),
    "share": ("百分比", "percentage", "98.5%"),
    "text": ("文字", "text", "含上年结转"),
}
"""Kind of value in a column → its names and an example."""

ROWS: Final[Mapping[str, tuple[str, str]]] = {
    "functional": ("功能分类科目", "functional classification"),
    "economic": ("部门预算经济分类科目", "economic classification of departmental expenditure"),
    "label": ("固定的项目，没有编码", "fixed items without codes"),
    "project": ("项目", "projects"),
    "free": ("文件所列的内容", "whatever the document lists"),
}
"""What a row of a table stands for."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: a file, or a group of fields used in several files."""

    anchor: str
    """The same as that of the section on the page on the data format, where ``explained``."""
    title: tuple[str, str]
    model: type[Model]
    level: int = 2
    explained: bool = True


SECTIONS: Final = (
    Section("file-site", ("site.yml", "site.yml"), SiteFile),
    Section("file-department", ("department.yml", "department.yml"), DepartmentFile),
    Section("file-disclosure", ("disclosure.yml", "disclosure.yml"), DisclosureFile),
    Section("file-budget", ("budget.yml", "budget.yml"), BudgetFile),
    Section(
        "file-project", ("projects/<项目编码>.yml", "projects/<project code>.yml"), ProjectFile
    ),
    Section("file-unit", ("units/<单位标识>/unit.yml", "units/<unit id>/unit.yml"), UnitFile),
    Section("file-table", ("tables/<表>.yml", "tables/<table>.yml"), table_model(SAMPLE)),
    Section("file-narrative", ("narrative.yml", "narrative.yml"), NarrativeFile),
    Section("blocks", ("段落块", "Blocks"), TextBlock, 3),
    Section("file-procurement", ("procurement.yml", "procurement.yml"), ProcurementFile),
    Section("file-assets", ("assets.yml", "assets.yml"), AssetsFile),
    Section("file-glossary", ("glossary.yml", "glossary.yml"), Term),
    Section("file-policies", ("policies.yml", "policies.yml"), Policy),
    Section("file-vocabulary", ("vocabulary.yml", "vocabulary.yml"), VocabularyFile),
    Section("words", ("词条", "Words"), Word, 3),
    Section(
        "file-classification",
        ("classification/<任意名称>.yml", "classification/<any name>.yml"),
        ClassificationFile,
    ),
    Section("file-acknowledged", ("acknowledged.yml", "acknowledged.yml"), Acknowledgement),
    Section("file-editions", ("editions.yml", "editions.yml"), PublishedEdition),
    Section("zh-en", ("中英文", "Chinese and English"), Bilingual, explained=False),
    Section(
        "table-forms",
        ("表式：table_forms.yml", "Forms: table_forms.yml"),
        TableFormsFile,
        explained=False,
    ),
    Section("table-form", ("一张表的表式", "The form of a table"), TableForm, 3, False),
    Section("table-item", ("常见行", "Customary rows"), Item, 3, False),
)

# A model with a section of its own; its fields are not repeated elsewhere.
_LEAVES: Final[Mapping[type[Model], str]] = {
    Bilingual: "zh-en",
    TextBlock: "block",
    Word: "word",
    TableForm: "form",
    Item: "customary row",
}
_SCALARS: Final[Mapping[tuple[Any, ...], str]] = {
    typing.get_args(alias)[1:]: name
    for alias, name in (
        (Text, "text"),
        (CellText, "cell"),
        (PlainText, "plain"),
        (TargetText, "plain"),
        (FigureField, "figure"),
        (ShareField, "percentage"),
        (TableShareField, "percentage"),
        (Year, "year"),
        (Count, "number"),
        (Identifier, "id"),
        (Key, "key"),
        (Code, "code"),
        (Date, "date"),
        (Time, "time"),
        (WebAddress, "web address"),
        (FunctionalCode, "heading code"),
        (EconomicCode, "heading code"),
        (ListedCode, "heading code"),
        (RuleCode, "rule code"),
        (Sha256, "sha256"),
    )
}
_CHINESE: Final[Mapping[str, str]] = {
    "text": "文字",
    "cell": "格内文字",
    "plain": "文字（不译）",
    "zh-en": "中英文",
    "figure": "数字",
    "percentage": "百分比",
    "year": "年份",
    "number": "正整数",
    "date": "日期",
    "time": "时间",
    "web address": "网址",
    "id": "标识",
    "key": "键",
    "code": "编码",
    "heading code": "科目编码",
    "rule code": "规则编号",
    "sha256": "校验值",
    "label": "名目",
    "block": "段落块",
    "word": "词条",
    "group": "一组",
    "form": "表式",
    "customary row": "常见行",
}


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a field: a name or the words allowed, and the lists and maps around it."""

    name: str
    words: tuple[str, ...] = ()
    around: tuple[typing.Literal["list", "map"], ...] = ()
    """From the outside to the inside."""

    def in_language(self, lang: Lang) -> str:
        """The type as the pages name it."""
        shown = self.name if lang == "en" else _CHINESE.get(self.name, "")
        if self.words:
            quoted = [f"`{word}`" for word in self.words]
            shown = (
                f"one of {', '.join(quoted)}" if lang == "en" else f"以下之一：{'、'.join(quoted)}"
            )
        for each in reversed(self.around):
            if each == "list":
                shown = f"list of {shown}" if lang == "en" else f"{shown}的列表"
            else:
                shown = f"by label: {shown}" if lang == "en" else f"按名目：{shown}"
        return shown


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a file.

    ``path`` leads to it from the top of the file: ``highlights[].id``, ``sources.<>``. ``model``
    and ``key`` name it in ``fields.toml``.
    """

    path: str
    model: type[Model]
    key: str
    type: Type
    required: bool

    @property
    def owner(self) -> str:
        """The name of the model in ``fields.toml``: tables have those of their common parts."""
        base = next((base for base in _BASES if issubclass(self.model, base)), self.model)
        return base.__name__

    @property
    def column(self) -> Column | None:
        """The column of the sample table that this field is; None for any other field."""
        known = {column.id: column for side in SAMPLE.sides for column in side.columns}
        is_row = issubclass(self.model, TableRow) and self.key not in TableRow.model_fields
        return known.get(self.key) if is_row else None


def fields(model: type[Model], prefix: str = "") -> Iterator[Field]:
    """The fields of ``model`` with the fields below them, in their order."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        path, kind, inner = _kind(f"{prefix}{key}", info.annotation, tuple(info.metadata))
        yield Field(path, model, key, kind, info.is_required())
        if inner is not None:
            yield from fields(inner, f"{path}.")


def _kind(
    path: str, annotation: Any, metadata: tuple[Any, ...]
) -> tuple[str, Type, type[Model] | None]:
    """The path with the lists and maps in it, the type, and the model whose fields are below."""
    annotation, metadata = _without_none(annotation, metadata)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if metadata in _SCALARS:
        return path, Type(_SCALARS[metadata]), None
    if origin is typing.Literal:
        return path, Type("", arguments), None
    if origin is tuple:
        path, kind, inner = _kind(f"{path}[]", arguments[0], ())
        return path, replace(kind, around=("list", *kind.around)), inner
    if origin is dict:
        path, kind, inner = _kind(f"{path}.<>", arguments[1], ())
        return path, replace(kind, around=("map", *kind.around)), inner
    if annotation in _LEAVES:
        return path, Type(_LEAVES[annotation]), None
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return path, Type("group"), annotation
    if annotation is str and metadata:
        controlled = any(isinstance(each, AfterValidator) for each in metadata)
        return path, Type("label" if controlled else "plain"), None
    raise TypeError(f"{path}: {annotation} {metadata}")


def _without_none(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (annotation,) = (a for a in typing.get_args(annotation) if a is not types.NoneType)
    if typing.get_origin(annotation) is typing.Annotated:
        annotation, *more = typing.get_args(annotation)
        metadata = tuple(more)
    return annotation, metadata


def entry(field: Field) -> FieldWords:
    """What the page says of ``field``; raises KeyError where nothing is known."""
    column = field.column
    if column is None:
        return field_words()[field.owner, field.key]
    only = {"zh": "；文件有这一列才写", "en": "; only where the document has the column"}
    texts: dict[Lang, str] = {
        lang: column.name(lang) + (only[lang] if column.optional == "yes" else "") for lang in LANGS
    }
    return FieldWords(texts, _unit(column), VALUES[column.value][2])


def _unit(column: Column) -> Mapping[Lang, str] | None:
    if column.value == "amount":
        return {"zh": "见 `unit`", "en": "see `unit`"}
    return {"zh": "%", "en": "%"} if column.value == "share" else None


WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "zh": {
        "title": "数据参考",
        "other": "[English](../en/data-reference.md) · [文档目录](../README.md)",
        "lead": (
            "数据文件的每个字段、每张法定公开的表和每个受控词。怎样写、完整的例子和常见做法，见"
            "[数据格式](data-format.md)；各种类型怎样写，见[值的类型](data-format.md#types)。\n\n"
            "`a.b` 表示 `b` 写在 `a` 下面一层，`[]` 表示列表，`<名目>` 表示键由文件决定。"
            "“必填”是说：写了上一层，就必须写它。“例”是键后面写的内容；一组、列表写成一行，"
            "用 `{}`、`[]`，也可以照数据格式页的例子分行写。\n\n"
            "本页由 `python -m tools.data_reference` 根据[模型](../../plugins/disclosure/model)和"
            " [defaults/](../../plugins/disclosure/defaults) 写成，不要直接修改；含义和例子改在"
            " [fields.toml](../../plugins/disclosure/defaults/fields.toml)。"
        ),
        "fields": "| 字段 | 类型 | 必填 | 单位 | 含义 | 例 |",
        "label": "<名目>",
        "required": "是",
        "explained": "说明和完整的例子：[数据格式](data-format.md#{anchor})。",
        "sample": (
            "下表以 `expenditure.yml`（部门支出总表）为例。各表的前几项相同，行的键和列见"
            "[法定公开的表](#tables)。"
        ),
        "forms": (
            "软件自带的[各表](#tables)怎样印，写在"
            " [table_forms.yml](../../plugins/disclosure/defaults/table_forms.yml) 里；网站的数据里"
            "没有这个文件。键是小写英文字母、数字和中间的下划线，例如 `prior_budget`。"
        ),
        "tables": "法定公开的表",
        "tables_lead": (
            "一张表一个文件，放在 `tables/` 里。预算和决算的同名文件是互相对应的表。"
            "金额的单位见表的 `unit`。"
        ),
        "index": "| 表 | 文件 | 表名 | 行 |",
        "columns": "| 键 | 值 | 中文表头 | 英文表头 | 何时显示 |",
        "file": "文件：`tables/{id}.yml`。公开的依据：{basis}。",
        "drawn": "没有这个文件时，由各项目文件得出。",
        "side": "`{id}[]`{title}：行是{rows}。",
        "side_title": "（{title}）",
        "optional": "文件有才显示",
        "always": "总是",
        "vocabulary": "受控词",
        "vocabulary_lead": (
            "软件自带的词，共 {count} 个。文件印的名目与中文名称或印法之一相同，就是这个词；"
            "“印法”是中文名称以外的个数，全部见"
            " [defaults/vocabulary.yml](../../plugins/disclosure/defaults/vocabulary.yml)。"
            "要补充，见[文件印了新的名目](data-format.md#add-label)。"
        ),
        "words": "| 标识 | 中文 | 英文 | 印法 | 上一级 |",
    },
    "en": {
        "title": "Data reference",
        "other": "[中文](../zh/data-reference.md) · [Contents](../README.md)",
        "lead": (
            "Every field of the data files, every statutory table and every controlled word. How "
            "to write them, whole examples and common tasks are under [data format]"
            "(data-format.md); how each type is written, under [types of values]"
            "(data-format.md#types).\n\n"
            "`a.b` means `b` one level below `a`, `[]` a list, and `<label>` a key that the "
            "document decides. “Required” means: where the level above is written, this must be "
            "written too. The example is what stands after the key; groups and lists are shown on "
            "one line with `{}` and `[]` and can as well be written over several lines, as under "
            "data format.\n\n"
            "This page is written by `python -m tools.data_reference` from the "
            "[models](../../plugins/disclosure/model) and "
            "[defaults/](../../plugins/disclosure/defaults); do not edit it. Meanings and examples "
            "stand in [fields.toml](../../plugins/disclosure/defaults/fields.toml)."
        ),
        "fields": "| field | type | required | unit | meaning | example |",
        "label": "<label>",
        "required": "yes",
        "explained": "Explanation and a whole example: [data format](data-format.md#{anchor}).",
        "sample": (
            "The table is that of `expenditure.yml` (summary of departmental expenditure). The "
            "first fields are the same in all tables; the keys of rows and the columns of each are "
            "listed under [statutory tables](#tables)."
        ),
        "forms": (
            "How the [tables](#tables) that the software knows are printed, as "
            "[table_forms.yml](../../plugins/disclosure/defaults/table_forms.yml) says; the data "
            "of a site have no such file. A key is lower-case letters, digits and single "
            "underscores between them, such as `prior_budget`."
        ),
        "tables": "Statutory tables",
        "tables_lead": (
            "One file a table, in `tables/`. Files of the same name in a budget and in final "
            "accounts are corresponding tables. Amounts are in the `unit` of the table."
        ),
        "index": "| table | file | title | rows |",
        "columns": "| key | value | Chinese head | English head | shown |",
        "file": "File: `tables/{id}.yml`. Published under: {basis}.",
        "drawn": "Where the file is absent, the table is made from the project files.",
        "side": "`{id}[]`{title}: rows are {rows}.",
        "side_title": " ({title})",
        "optional": "where the document has it",
        "always": "always",
        "vocabulary": "Controlled words",
        "vocabulary_lead": (
            "The {count} words that the software brings. A printed label that is the Chinese name "
            "or one of the other forms means the word; the number of those other forms is given "
            "here, all of them are in "
            "[defaults/vocabulary.yml](../../plugins/disclosure/defaults/vocabulary.yml). To add "
            "one, see [when the document prints a new label](data-format.md#add-label)."
        ),
        "words": "| id | Chinese | English | other forms | word above |",
    },
}


def page(lang: Lang) -> str:
    """The whole page in one language."""
    words = WORDS[lang]
    parts = [f"# {words['title']}", words["other"], words["lead"]]
    for section in SECTIONS:
        parts += _section(section, lang)
    parts += _tables(lang)
    parts += _vocabulary(lang)
    return "\n\n".join(parts) + "\n"


def _pick(pair: tuple[str, str], lang: Lang) -> str:
    return pair[LANGS.index(lang)]


def _heading(level: int, anchor: str, title: str) -> str:
    return f'<a id="{anchor}"></a>\n{"#" * level} {title}'


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    rule = "|" + "---|" * (head.count("|") - 1)
    body = ("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return "\n".join([head, rule, *body])


def _section(section: Section, lang: Lang) -> Iterator[str]:
    words = WORDS[lang]
    yield _heading(section.level, section.anchor, _pick(section.title, lang))
    if section.explained:
        yield words["explained"].format(anchor=section.anchor)
    if issubclass(section.model, TableFile):
        yield words["sample"]
    if section.model is TableFormsFile:
        yield words["forms"]
    yield _table(words["fields"], (_row(field, lang) for field in fields(section.model)))


def _row(field: Field, lang: Lang) -> tuple[str, ...]:
    words, known = WORDS[lang], entry(field)
    return (
        f"`{field.path.replace('<>', words['label'])}`",
        field.type.in_language(lang),
        words["required"] if field.required else "",
        known.unit[lang] if known.unit else "",
        known.meaning[lang],
        f"`{known.example}`",
    )


def _tables(lang: Lang) -> Iterator[str]:
    words = WORDS[lang]
    forms = [(kind, form) for kind in KINDS for form in FORMS.forms(kind)]
    yield _heading(2, "tables", words["tables"])
    yield words["tables_lead"]
    yield _table(
        words["index"],
        (
            (
                f"[{_pick(KINDS[kind], lang)} {form.number}](#{kind}-{form.id})",
                f"`{form.id}.yml`",
                form.title[lang],
                f"`{side.id}[]`",
            )
            for kind, form in forms
            for side in form.sides
        ),
    )
    for kind, form in forms:
        yield _heading(
            3,
            f"{kind}-{form.id}",
            f"{_pick(KINDS[kind], lang)} {form.number} {form.title[lang]}",
        )
        about = words["file"].format(id=form.id, basis=form.basis[lang])
        yield about + (("" if lang == "zh" else " ") + words["drawn"] if form.drawn_from else "")
        for side in form.sides:
            yield _side(side, lang)
            yield _table(words["columns"], (_column(column, lang) for column in side.columns))


def _side(side: Side, lang: Lang) -> str:
    words = WORDS[lang]
    title = words["side_title"].format(title=side.title[lang]) if side.title else ""
    return words["side"].format(id=side.id, title=title, rows=_pick(ROWS[side.rows], lang))


def _column(column: Column, lang: Lang) -> tuple[str, ...]:
    words = WORDS[lang]
    heads = (
        f"{column.group[each]} · {column.name(each)}" if column.group else column.name(each)
        for each in LANGS
    )
    return (
        f"`{column.id}`",
        _pick(VALUES[column.value][:2], lang),
        *heads,
        words["optional" if column.optional == "yes" else "always"],
    )


def _vocabulary(lang: Lang) -> Iterator[str]:
    words = WORDS[lang]
    kinds: dict[str, tuple[Word, ...]] = {
        kind: getattr(VOCABULARY, kind) for kind in VocabularyFile.model_fields
    }
    yield _heading(2, "vocabulary", words["vocabulary"])
    yield words["vocabulary_lead"].format(count=sum(map(len, kinds.values())))
    for kind, known in kinds.items():
        about = field_words()[VocabularyFile.__name__, kind].meaning[lang]
        yield _heading(3, kind.replace("_", "-"), f"`{kind}`")
        yield about[0].upper() + about[1:] + ("。" if lang == "zh" else ".")
        yield _table(
            words["words"],
            (
                (
                    f"`{word.id}`",
                    word.zh,
                    word.en,
                    str(len(word.labels)),
                    f"`{word.parent}`" if word.parent else "",
                )
                for word in known
            ),
        )


def main() -> None:
    for lang in LANGS:
        path = ROOT / "docs" / lang / "data-reference.md"
        path.write_text(page(lang), encoding="utf-8", newline="\n")
        print(f"==> {path.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
