"""The classification lists that ship with the software, and how codes are found in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from disclosure.decode import decode
from disclosure.model import classification as model
from disclosure.model.classification import (
    LENGTHS,
    Classification,
    ClassificationFile,
    ClassificationKind,
    list_problems,
)
from disclosure.problems import sort_problems
from disclosure.source import Source, parse_yaml, read_yaml

DEFAULTS = Path(model.__file__).parents[1] / "defaults" / "classification"

FIRST = """\
kind: functional
year: 2023
source: {zh: 甲, en: A}
entries:
  - {code: 208, zh: 社会保障和就业支出, en: Social security and employment}
  - {code: 208 05, zh: 旧名, en: Old name}
  - {code: ２０８0５01, zh: 行政单位离退休, en: Retirees of administrative bodies}
  - {code: 2080505, zh: 基本养老, en: Basic pension, source: {zh: 乙, en: B}}
  - {code: 221, zh: 住房保障支出, en: Housing security}
"""
SECOND = """\
kind: functional
year: 2025
based_on: 2023
source: {zh: 丙, en: C}
entries:
  - {code: 20899, zh: 其他, en: Other}
changed:
  - {code: 20805, zh: 新名, en: New name}
removed: [2080501]
"""
OWN = """\
kind: functional
year: 2023
source: {zh: 本地, en: Local}
entries:
  - {code: 2080506, zh: 职业年金, en: Occupational annuity}
"""


def read(text: str, file: str = "list.yml") -> tuple[ClassificationFile, Source]:
    source, problems = parse_yaml(text, file)
    assert source is not None and not problems
    decoded, problems = decode(source, ClassificationFile)
    assert decoded is not None, [found.line("zh") for found in problems]
    return decoded, source


def lines(*texts: str) -> list[str]:
    """The problems of the last of ``texts``, with the lists of all of them known."""
    files = [read(text) for text in texts]
    classification = Classification.of(file for file, _ in files)
    found = list_problems(*files[-1], classification)
    return [f"{each.span.line}:{each.span.column} {each.code}" for each in found]


@pytest.fixture(scope="module")
def shipped() -> list[tuple[ClassificationFile, Source]]:
    files = []
    for path in sorted(DEFAULTS.glob("*.yml")):
        source, problems = read_yaml(path, path.name)
        assert source is not None and not problems
        decoded, problems = decode(source, ClassificationFile)
        assert decoded is not None, [found.line("zh") for found in problems]
        assert path.name == f"{decoded.kind}-{decoded.year}.yml"
        files.append((decoded, source))
    return files


@pytest.fixture(scope="module")
def lists(shipped: list[tuple[ClassificationFile, Source]]) -> Classification:
    return Classification.of(file for file, _ in shipped)


def test_shipped_lists_have_no_problems(
    shipped: list[tuple[ClassificationFile, Source]], lists: Classification
) -> None:
    assert [
        p.line("zh") for file, source in shipped for p in list_problems(file, source, lists)
    ] == []


def test_every_shipped_heading_is_well_formed(lists: Classification) -> None:
    for kind in LENGTHS:
        for year in lists.years(kind):
            for heading in lists.headings(kind, year):
                assert len(heading.code) in LENGTHS[kind]
                assert heading.source.zh and heading.source.en
                assert re.search(r"[\u4e00-\u9fff]", heading.zh), heading
                assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", heading.en), heading
                assert heading.en[0].isupper() or heading.en[0] == "“", heading
                above = heading.parent_code
                assert above is None or lists.find(kind, above, year), heading


def test_shipped_entries_stand_in_the_order_of_their_codes(
    shipped: list[tuple[ClassificationFile, Source]],
) -> None:
    for file, _ in shipped:
        codes = [entry.code for entry in file.entries]
        assert codes == sorted(set(codes))


@pytest.mark.parametrize(
    ("kind", "classes"),
    [
        (
            "functional",
            "201 202 203 204 205 206 207 208 209 210 211 212 213 214 215 216 217 219 220 221 222 "
            "223 224 227 229 230 231 232 233 234",
        ),
        ("economic", "301 302 303 307 309 310 311 312 313 399"),
    ],
)
def test_all_classes_of_2024(lists: Classification, kind: ClassificationKind, classes: str) -> None:
    found = [each.code for each in lists.headings(kind, 2024) if each.level == "class"]
    assert found == classes.split()


@pytest.mark.parametrize(
    ("kind", "code", "zh", "en"),
    [
        ("functional", "2010401", "行政运行", "Administrative operation"),
        ("functional", "212", "城乡社区支出", "Urban and rural community affairs"),
        ("functional", "2210201", "住房公积金", "Housing provident fund"),
        ("functional", "2130505", "生产发展", "Development of production"),
        ("economic", "302", "商品和服务支出", "Expenditure on goods and services"),
        ("economic", "30207", "邮电费", "Postage and telecommunications"),
        ("economic", "31002", "办公设备购置", "Purchase of office equipment"),
    ],
)
def test_names(
    lists: Classification, kind: ClassificationKind, code: str, zh: str, en: str
) -> None:
    heading = lists.find(kind, code, 2024)
    assert heading is not None
    assert (heading.name("zh"), heading.name("en")) == (zh, en)


def test_the_change_of_2025_is_not_in_2024(lists: Classification) -> None:
    assert lists.find("functional", "2170404", 2024) is None
    added = lists.find("functional", "2170404", 2025)
    assert added is not None and "财预〔2025〕41号" in added.source.zh
    kept = lists.find("functional", "2080505", 2026)
    assert kept is not None and kept.year == 2024


def test_an_entry_names_its_own_source(lists: Classification) -> None:
    heading = lists.find("functional", "22006", 2024)
    assert heading is not None and heading.source.zh == "财预〔2024〕22号"


def test_years_before_the_first_list_use_the_first(lists: Classification) -> None:
    assert lists.list_year("functional", 2019) == 2024
    assert lists.list_year("functional", 2031) == 2025
    assert Classification.of(()).list_year("functional", 2024) is None
    assert Classification.of(()).find("functional", "201", 2024) is None
    assert Classification.of(()).nearest("functional", "201", 2024) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2080505", "2080505"),
        ("208 05 05", "2080505"),
        ("208\u300005\u00a005", "2080505"),
        ("２０８　０５　０５", "2080505"),
        ("208-05-05", None),
        ("208.05", None),
        ("²08", None),
        ("", None),
    ],
)
def test_joined(printed: str, expected: str | None) -> None:
    assert model.joined(printed) == expected


def test_split_is_the_other_way_round() -> None:
    for code in ("208", "20805", "2080505", "30201"):
        assert model.joined(model.split(code)) == code
    assert model.split("2080505") == "208 05 05"
    assert model.split("30201") == "302 01"


def test_levels_and_chain(lists: Classification) -> None:
    chain = lists.chain("functional", "208 05 05", 2024)
    assert [each.code for each in chain] == ["208", "20805", "2080505"]
    assert [each.level for each in chain] == ["class", "section", "item"]
    assert [each.parent_code for each in chain] == [None, "208", "20805"]
    below = lists.children("functional", "221 02", 2024)
    assert [each.label("zh") for each in below] == [
        "2210201 住房公积金",
        "2210202 提租补贴",
        "2210203 购房补贴",
    ]


@pytest.mark.parametrize(
    ("kind", "code", "nearest"),
    [
        ("functional", "2210204", "2210203"),  # one digit off, and the nearest number
        ("functional", "2080595", "2080599"),
        ("functional", "2280505", "2080505"),  # no such section: the whole list counts
        ("functional", "208055", "20805"),  # wrong length
        ("economic", "30219", "30218"),
        ("economic", "3o201", "30201"),  # a letter for a digit
    ],
)
def test_nearest(lists: Classification, kind: ClassificationKind, code: str, nearest: str) -> None:
    assert lists.find(kind, code, 2024) is None
    found = lists.nearest(kind, code, 2024)
    assert found is not None and found.code == nearest


def test_nearest_stays_below_the_parent(lists: Classification) -> None:
    # 2080509 is one digit from 2080809 too, which stands in another section.
    found = lists.nearest("functional", "2080509", 2024)
    assert found is not None and found.parent_code == "20805"


def test_a_year_builds_on_the_one_before() -> None:
    lists = Classification.of(read(text)[0] for text in (FIRST, SECOND, OWN))
    assert lists.years("functional") == (2023, 2025)

    def names(year: int) -> list[str]:
        return [each.label("zh") for each in lists.headings("functional", year)]

    assert names(2024) == [
        "208 社会保障和就业支出",
        "20805 旧名",
        "2080501 行政单位离退休",
        "2080505 基本养老",
        "2080506 职业年金",
        "221 住房保障支出",
    ]
    assert names(2025) == [
        "208 社会保障和就业支出",
        "20805 新名",
        "2080505 基本养老",
        "2080506 职业年金",
        "20899 其他",
        "221 住房保障支出",
    ]
    sources = {each.code: each.source.en for each in lists.headings("functional", 2025)}
    assert sources["2080505"] == "B" and sources["2080506"] == "Local" and sources["20805"] == "C"


def test_a_later_file_replaces_a_code() -> None:
    own = OWN.replace("2080506", "2080505")
    heading = Classification.of((read(FIRST)[0], read(own)[0])).find("functional", "2080505", 2023)
    assert heading is not None and heading.zh == "职业年金"


def test_good_lists_have_no_problems() -> None:
    assert lines(FIRST) == []
    assert lines(FIRST, SECOND) == []
    assert lines(FIRST, OWN) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OWN.replace("2080506", "2100101"), ["5:12 R331"]),
        (OWN + "  - {code: 208 05 06, zh: 又, en: Again}\n", ["6:12 R305"]),
        (OWN.replace("2080506", "30201"), ["5:12 S221"]),
        (SECOND.replace("based_on: 2023", "based_on: 2022"), ["3:11 R306"]),
        (SECOND.replace("code: 20805,", "code: 20806,"), ["8:12 R306"]),
        (SECOND.replace("[2080501]", "[2080502]"), ["9:11 R306"]),
    ],
)
def test_problems_of_lists(text: str, expected: list[str]) -> None:
    assert lines(FIRST, text) == expected


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("20", 12),
        ("2080", 12),
        ("208050501", 12),
        ("408", 12),
        ("208-05", 12),
        ("", 11),  # nothing after the colon
        ("[208]", 6),  # a list has its key's place
    ],
)
def test_a_code_of_the_wrong_shape(code: str, column: int) -> None:
    source, problems = parse_yaml(OWN.replace("2080506", code), "list.yml")
    assert source is not None and not problems
    decoded, problems = decode(source, ClassificationFile)
    assert decoded is None
    assert [(each.code, each.span.line, each.span.column) for each in problems] == [
        ("S221", 5, column)
    ]
    assert "2080501" in problems[0].message("zh") and "2080501" in problems[0].message("en")


def test_a_missing_source_and_a_missing_language() -> None:
    text = OWN.replace("source: {zh: 本地, en: Local}\n", "").replace(", en: Occ", ", eng: Occ")
    source, _ = parse_yaml(text, "list.yml")
    assert source is not None
    _, problems = decode(source, ClassificationFile)
    assert [(each.code, each.span.line) for each in sort_problems(problems)] == [
        ("S201", 1),
        ("S201", 4),
        ("S202", 4),
    ]
