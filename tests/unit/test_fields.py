"""What a person may write as a figure, a share, a code or a date, and what it means."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from disclosure.model import fields
from disclosure.model.fields import BLANK, Figure, Nothing, parse_decimal
from disclosure.model.project import ProjectFile
from disclosure.model.vocabulary import Vocabulary, VocabularyFile


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def code_of(kind: Any, value: object) -> str:
    """The code of the only error."""
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    (error,) = caught.value.errors()
    return error["type"]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("466.73", "466.73"),
        ("0", "0"),
        ("0.00", "0.00"),
        ("3,420", "3420"),
        ("1,234,567.80", "1234567.80"),
        ("-46.29", "-46.29"),
        ("\u2212 5".replace(" ", ""), "-5"),
        ("－5", "-5"),
        ("﹣5", "-5"),
        ("+5", "5"),
        ("１２，３４５．６０", "12345.60"),
        (" 5 ", "5"),
        ("\u30005", "5"),
        ("007", "7"),
    ],
)
def test_a_figure_is_the_exact_decimal_and_keeps_its_print(printed: str, value: str) -> None:
    figure = read(fields.FigureField, printed)
    assert figure == Figure(printed, Decimal(value))
    assert str(figure.value) == str(Decimal(value))  # 0.00 is not 0
    assert type(figure.value) is Decimal


@pytest.mark.parametrize(
    "text",
    [
        *("1e3", "1E3", "1_000", "12:30", "0x1F", "0o17", "NaN", "nan", "inf", "-Infinity"),
        *("1,23", "1,2345", ",123", "1,234,56", "1.2.3", ".5", "5.", "1.234,5"),
        *("５ 万元", "5万元", "¥5", "5%", "--5", "- 5", "–5", "—5", "5-", "(5)", "一百", "5 5"),
        *("10²", "①", "½", "Ⅳ", "٣٥", "५", "5\u200b", "", " ", "-", "true", "null", "不适 用"),
    ],
)
def test_what_only_looks_like_a_figure_is_refused(text: str) -> None:
    assert code_of(fields.FigureField, text) == "S204"
    assert parse_decimal(text) is None


@pytest.mark.parametrize("value", [["1"], {"a": "1"}])
def test_a_list_or_mapping_is_no_figure(value: object) -> None:
    assert code_of(fields.FigureField, value) == "S204"
    assert code_of(fields.ShareField, value) == "S205"
    assert code_of(fields.Text, value) == "S203"
    assert code_of(fields.CellText, value) == "S203"


def test_the_kinds_of_nothing_stay_apart() -> None:
    """Absent, printed blank, zero and not applicable are four things."""

    class Row(fields.Model):
        amount: fields.FigureField | None = None

    absent = Row.model_validate({}).amount
    blank = Row.model_validate({"amount": BLANK}).amount
    zero = Row.model_validate({"amount": "0.00"}).amount
    not_applicable = Row.model_validate({"amount": "不适用"}).amount
    assert absent is None
    assert blank == Figure("", nothing=Nothing.BLANK)
    assert zero == Figure("0.00", Decimal("0.00"))
    assert not_applicable == Figure("不适用", nothing=Nothing.NOT_APPLICABLE)
    assert len({absent, blank, zero, not_applicable}) == 4
    assert [each.number for each in (blank, zero, not_applicable) if each] == [0, 0, 0]


@pytest.mark.parametrize(
    ("printed", "value"), [("25%", "25"), ("100 %", "100"), ("33.3％", "33.3"), ("０%", "0")]
)
def test_a_share_keeps_its_print(printed: str, value: str) -> None:
    assert read(fields.ShareField, printed) == Figure(printed, Decimal(value))


def test_a_blank_share_is_blank() -> None:
    assert read(fields.ShareField, BLANK) == Figure("", nothing=Nothing.BLANK)


@pytest.mark.parametrize("text", ["25", "0.25", "1e2%", "%", "25%%", "二成", "1,000%", "²%", ""])
def test_what_is_no_share(text: str) -> None:
    assert code_of(fields.ShareField, text) == "S205"


@pytest.mark.parametrize("text", ["a", "clean-heating", "2024-budget", "x1-2-y"])
def test_ids(text: str) -> None:
    assert read(fields.Identifier, text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "A", "a_b", "-a", "a-", "a--b", "a b", "取暖", "a.b", "a/b", "../a", "..", "a\n"),
        *("a\x00", "javascript:alert(1)", '"><script>', "%2e%2e", "a#b", "a?b", "é", "ａ"),
    ],
)
def test_no_id_can_leave_its_address(text: str) -> None:
    assert code_of(fields.Identifier, text) == "S209"


@pytest.mark.parametrize("text", ["105", "13081124P00005210003G", "A-1"])
def test_codes(text: str) -> None:
    assert read(fields.Code, text) == text


@pytest.mark.parametrize("text", ["", "../1", "a/b", "1 2", "1_2", "-1", "1-", "１", "码", "index"])
def test_what_is_no_code(text: str) -> None:
    """ "index" would be the address of the list of projects."""
    assert code_of(fields.Code, text) == "S210"


def test_years_and_counts() -> None:
    assert read(fields.Year, "2024") == 2024
    assert read(fields.Count, "12") == 12
    for text in ("", "24", "1899", "2100", "２０２４", "2024.0", "02024", "2024年"):
        assert code_of(fields.Year, text) == "S207"
    for text in ("", "0", "-1", "01", "1.0", "１", "一", "1234567"):
        assert code_of(fields.Count, text) == "S208"


def test_dates() -> None:
    assert read(fields.Date, "2024-02-29") == "2024-02-29"
    for text in (
        "",
        "2023-02-29",
        "2024-13-01",
        "2024-1-1",
        "2024/01/01",
        "2024年1月1日",
        "0000-01-01",
    ):
        assert code_of(fields.Date, text) == "S211"


@pytest.mark.parametrize("text", ["con", "nul", "com1", "lpt9", "a" * 61])
def test_names_that_no_file_may_have(text: str) -> None:
    """Ids and codes name files, also on Windows."""
    assert code_of(fields.Identifier, text) == "S233"
    for code in (text, text.upper(), text.title()):
        assert code_of(fields.Code, code) == "S233"
    for good in (f"{text[:50]}-1", f"x{text[:50]}", "a" * 60):
        assert read(fields.Identifier, good) == good


@pytest.mark.parametrize("text", ["00:00", "09:30", "23:59"])
def test_times(text: str) -> None:
    assert read(fields.Time, text) == text


@pytest.mark.parametrize(
    "text", ["9:30", "24:00", "09:60", "09:30:00", "09：30", "09:30\n", "上午"]
)
def test_not_times(text: str) -> None:
    assert code_of(fields.Time, text) == "S232"


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.gov.cn",
        "http://example.gov.cn/",
        "https://127.0.0.1:8080/a/b.html?c=d&e=%E5#f",
    ],
)
def test_web_addresses(text: str) -> None:
    assert read(fields.WebAddress, text) == text


@pytest.mark.parametrize(
    "text",
    [
        "www.example.gov.cn",
        "HTTPS://example.gov.cn/",
        "https://示例.cn/",
        "https://a.cn/预算",
        "https://a.cn/ b",
        'https://a.cn/"onclick=x',
        "https://a.cn/<b>",
        "https://-a.cn/",
        "https://a@b.cn/",
        "https://a.cn/\n",
        "javascript:alert(1)",
        "//a.cn/",
        "data:text/html,x",
    ],
)
def test_not_web_addresses(text: str) -> None:
    assert code_of(fields.WebAddress, text) == "S231"


def test_a_blank_is_never_a_year_an_id_a_code_or_a_text() -> None:
    kinds = {
        "S206": fields.Text,
        "S207": fields.Year,
        "S208": fields.Count,
        "S209": fields.Identifier,
        "S210": fields.Code,
        "S211": fields.Date,
        "S231": fields.WebAddress,
        "S232": fields.Time,
    }
    assert {code: code_of(kind, BLANK) for code, kind in kinds.items()} == {
        code: code for code in kinds
    }


def test_text_may_not_be_empty_but_a_cell_may() -> None:
    for text in ("", " ", "\u3000"):
        assert code_of(fields.Text, text) == "S206"
    assert read(fields.CellText, BLANK) == ""
    assert read(fields.TargetText, BLANK) == ""


def test_text_is_kept_to_the_last_space() -> None:
    text = " 2023 年 {{ x }} <b>*y*</b>{: onclick=z}\n"
    assert read(fields.Text, text) == text


@pytest.mark.parametrize("text", ["no", "yes", "null", "~", "0123", "1e3", "12:30", "2024-01-01"])
def test_words_that_yaml_would_turn_into_something_else_stay_text(text: str) -> None:
    assert read(fields.Text, text) == text


def test_a_printed_label_must_be_a_known_word() -> None:
    words = VocabularyFile.model_validate(
        {"fund_source": [{"id": "fiscal", "zh": "财政资金", "en": "Fiscal funds"}]}
    )
    project = {"code": "P1", "name": "甲", "budget": "1", "sources": {"财政 资金": "1"}}
    context = {"vocabulary": Vocabulary.of([words])}
    found = ProjectFile.model_validate(project, context=context)
    assert list(found.sources) == ["财政 资金"], "the label stays as printed"
    with pytest.raises(ValidationError) as caught:
        ProjectFile.model_validate({**project, "sources": {"财政资今": "1"}}, context=context)
    (error,) = caught.value.errors()
    assert (error["type"], error["loc"]) == ("S212", ("sources", "财政资今", "[key]"))
    assert error["ctx"] == {"found": "财政资今", "suggestion": "财政资金"}


def test_models_cannot_be_changed() -> None:
    project = ProjectFile.model_validate({"code": "P1", "name": "甲", "budget": "1"})
    with pytest.raises(ValidationError):
        project.code = "P2"


def test_models_and_figures_come_back_as_they_were_sent() -> None:
    sent = ProjectFile.model_validate(
        {"code": "P1", "name": "甲", "budget": "1,000.50", "schedule": {"3 月底": "25%"}}
    )
    again = pickle.loads(pickle.dumps(sent))
    assert again == sent
    assert again.model_fields_set == {"code", "name", "budget", "schedule"}
    assert again.budget == Figure("1,000.50", Decimal("1000.50"))
    assert repr(again) == repr(sent)
    assert copy.deepcopy(again).model_copy(update={"order": 3}).order == 3
    with pytest.raises(ValidationError):
        again.order = 3
    for nothing in Nothing:
        assert pickle.loads(pickle.dumps(Figure("", nothing=nothing))).nothing is nothing
