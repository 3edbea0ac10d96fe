"""Privacy and secrecy: what must never be published, and the numbers that only look like it.

No number is a person's: no county has the region 139999, the mobile numbers are those of
advertisements, and the cards are counted up or the published test numbers of the schemes.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.conftest import ROOT, YEAR, SmallBook

from disclosure.book import Book, load_book
from disclosure.problems import CATALOGUE, Severity
from disclosure.rules.privacy import is_bank_card, is_identity_number, private_matters

CODES = {code for code in CATALOGUE if code.startswith("P8")}
USE = f"{YEAR}/projects/P1.yml/use"


def identity(digits: str) -> str:
    """The seventeen digits with their check digit, by the definition: the sum is 1 modulo 11."""
    for check in "0123456789X":
        value = 10 if check == "X" else int(check)
        total = value + sum(int(d) * 2 ** (17 - at) for at, d in enumerate(digits))
        if total % 11 == 1:
            return digits + check
    raise AssertionError


def card(digits: str) -> str:
    """The digits with the Luhn check digit, found by trying the ten."""
    for check in "0123456789":
        number = [int(d) for d in digits + check]
        doubled = [d * 2 for d in number[-2::-2]]
        if (sum(number[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0:
            return digits + check
    raise AssertionError


def found(book: Book) -> list[tuple[str, str]]:
    return [(each.rule, each.address) for each in private_matters(book)]


ID = identity("13999919900101003")
ID_X = next(
    number for n in range(100) if (number := identity(f"139999199001010{n:02}")).endswith("X")
)
UNION_PAY = card("622202123456789012")
WRONG_ID = ID[:-1] + str((int(ID[-1]) + 1) % 10)

TEXTS: list[tuple[str, list[str]]] = [
    (f"张三，{ID}", ["P801"]),
    (f"证号{ID_X.lower()}。", ["P801"]),
    (f"{ID[:6]} {ID[6:14]} {ID[14:]}", ["P801"]),
    ("".join(chr(ord(d) + 0xFEE0) for d in ID), ["P801"]),
    (WRONG_ID, []),
    (identity("13999919901301001"), []),  # the thirteenth month
    (identity("99999919900101001"), []),  # no such region
    (f"A{ID}", []),
    (f"{ID}7", []),
    ("电话13800138000", ["P802"]),
    ("138 0013 8000", ["P802"]),
    ("+86-138-0013-8000", ["P802"]),
    ("８６１３８００１３８０００", ["P802"]),
    ("电话 0314-2051234", []),
    ("12912345678", []),
    ("编号 1391234567", []),
    ("金额 13800138000.00 元", []),
    ("金额 12,13800138000", []),
    ("拨打13800138000，2人值守", ["P802"]),
    ("13081124P00005210003G", []),
    ("D13800138000", []),
    (f"卡号{UNION_PAY}", ["P803"]),
    ("4111 1111 1111 1111", ["P803"]),
    ("5555555555554444", ["P803"]),
    ("378282246310005", ["P803"]),
    ("3530111333300000", ["P803"]),
    ("4111 1111 1111 1112", []),
    (card("711111111111111"), []),  # no scheme has this prefix
    (card("62220212345678"), []),  # too short for UnionPay
    ("联系 no.such.clerk@163.com", ["P804"]),
    ("NO.SUCH.CLERK@VIP.QQ.COM", ["P804"]),
    ("写到no.such.clerk@qq.com。", ["P804"]),
    ("联系 jfj@chengde.gov.cn", []),
    ("网址 www.163.com", []),
    ("no.such.clerk@my163.com", []),
    ("机密★10年", ["P805"]),
    ("绝密☆长期", ["P805"]),
    ("本件秘 密★ 5年，附后", ["P805"]),
    ("密级：秘密", ["P805"]),
    ("机密", ["P805"]),
    ("做好保密。", []),
    ("涉密采购事项按照相关规定执行。", []),
    ("保守国家秘密，机密文件专人管理", []),
    ("商业秘密", []),
    (f"{ID}，13800138000，{UNION_PAY}", ["P801", "P802", "P803"]),
    ("13800138000和13900139000", ["P802"]),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_texts(small_book: SmallBook, text: str, expected: list[str]) -> None:
    book = small_book({"{year}/projects/P1.yml": ("use: 取暖补助", f"use: {text!r}")})
    assert found(book) == [(code, USE) for code in expected]


def test_every_code_has_a_case() -> None:
    assert {code for _, codes in TEXTS for code in codes} == CODES
    assert all(CATALOGUE[code].severity is Severity.ERROR for code in CODES)


def test_the_place_is_the_value(small_book: SmallBook) -> None:
    book = small_book({"{year}/projects/P1.yml": ("use: 取暖补助", f"use: 甲{ID}")})
    (each,) = private_matters(book)
    assert (each.place.span.line, each.place.span.column, each.place.span.end_column) == (8, 6, 25)


@pytest.mark.parametrize("text", [text for text, codes in TEXTS if codes and "密" not in text])
def test_the_report_does_not_repeat_what_it_found(small_book: SmallBook, text: str) -> None:
    book = small_book({"{year}/projects/P1.yml": ("use: 取暖补助", f"use: {text!r}")})
    for each in private_matters(book):
        said = each.problem.line() + each.address
        assert "*" in said
        assert text not in said and ID not in said and "138001380" not in said
        assert "no.such.clerk" not in said.lower()


PUBLISHER = "format: 1\npublisher:\n  contact:\n    zh: {0}\n    en: {0}\n"


@pytest.mark.parametrize(
    ("contact", "text", "expected"),
    [
        ("电话 138-0013-8000", "请拨13800138000", []),
        ("电话 138-0013-8000", "请拨13900139000", ["P802"]),
        ("no.such.office@163.com", "请写信到NO.SUCH.OFFICE@163.com", []),
        ("no.such.office@163.com", "请写信到no.such.clerk@163.com", ["P804"]),
    ],
)
def test_the_contact_of_the_publisher_is_accepted(
    small_book: SmallBook, contact: str, text: str, expected: list[str]
) -> None:
    book = small_book(
        {"{year}/projects/P1.yml": ("use: 取暖补助", f"use: {text}")},
        {"site.yml": PUBLISHER.format(contact)},
    )
    assert [code for code, _ in found(book)] == expected


def test_an_identity_number_is_accepted_nowhere(small_book: SmallBook) -> None:
    book = small_book(files={"site.yml": PUBLISHER.format(f"张三 {ID}")})
    place = "site.yml/publisher/contact"
    assert found(book) == [("P801", f"{place}/zh"), ("P801", f"{place}/en")]


def test_other_texts_of_the_site_are_looked_at(small_book: SmallBook) -> None:
    note = "format: 1\neditor_note:\n  zh: 拨打13800138000\n  en: Call us\n"
    assert found(small_book(files={"site.yml": note})) == [("P802", "site.yml/editor_note/zh")]


@pytest.mark.parametrize(("named", "expected"), [("13800138000", []), ("13900139000", ["P802"])])
def test_a_project_code_is_accepted(small_book: SmallBook, named: str, expected: list[str]) -> None:
    text = f"code: 13800138000\nname: 取暖\nbudget: 1.00\nuse: 见{named}\n"
    book = small_book(files={"{year}/projects/13800138000.yml": text})
    assert [code for code, _ in found(book)] == expected


def test_a_figure_is_no_telephone_number(small_book: SmallBook) -> None:
    """In yuan a large total can have eleven digits and begin with 13."""
    figures = {
        "{year}/budget.yml": ("    一般公共预算收入: 100.00", "    一般公共预算收入: 13800138000"),
        "{year}/assets.yml": ("fixed_assets: 10.00", "fixed_assets: 13800138000"),
        "{year}/projects/P1.yml": ("budget: 60.00", "budget: 13800138000"),
    }
    table = "rows:\n  - code: '201'\n    item: 一般公共服务支出\n    total: 13800138000\n"
    assert found(small_book(figures, {"{year}/tables/government-funds.yml": table})) == []


def test_a_key_is_looked_at(small_book: SmallBook) -> None:
    book = small_book({"{year}/projects/P1.yml": ("  6 月底: 50%", "  13800138000: 50%")})
    assert found(book) == [("P802", f"{YEAR}/projects/P1.yml/schedule/13800138000")]


@pytest.mark.parametrize(
    "entry", [("取暖补助二", "Call 13800138000"), ("打13800138000", "Call us")]
)
def test_the_translations_are_looked_at(small_book: SmallBook, entry: tuple[str, str]) -> None:
    po = 'msgid "甲"\nmsgstr "A"\n\nmsgid "{}"\nmsgstr "{}"\n'.format(*entry)
    book = small_book(files={"translations/en/more.po": po})
    (each,) = private_matters(book)
    assert (each.rule, each.address) == ("P802", "translations/en/more.po")
    assert each.problem.span.file.endswith("translations/en/more.po")
    assert each.problem.span.line == 4


@given(st.integers(0, 10**7 - 1))
def test_one_check_character_in_eleven_is_right(serial: int) -> None:
    digits = f"13999919{90 + serial % 10}0101{serial % 1000:03}"
    right = [check for check in "0123456789X" if is_identity_number(digits + check)]
    assert right == [identity(digits)[-1]]


@given(st.integers(0, 10**12 - 1))
def test_one_check_digit_in_ten_is_right(serial: int) -> None:
    digits = f"622{serial:012}"
    right = [check for check in "0123456789" if is_bank_card(digits + check)]
    assert right == [card(digits)[-1]]


def test_this_project_and_the_example_have_nothing_private(real_book: Book) -> None:
    assert found(real_book) == []
    assert found(load_book(ROOT / "examples" / "district" / "data")) == []
