"""Bad YAML: each small file in ``tests/invalid/yaml`` beside the exact lines that it gets.

After a wanted change of wording, ``UPDATE_EXPECTED=1`` writes the expected lines anew: read them.
"""

from __future__ import annotations

import os
import pathlib
import re

import pytest
import yaml

from disclosure import source
from disclosure.problems import CATALOGUE, report
from disclosure.source import parse_yaml, read_yaml

FOLDER = pathlib.Path(__file__).parent.parent / "invalid" / "yaml"
FILES = sorted(FOLDER.glob("*.yml"), key=lambda path: path.name)

# Problems of files that are too large to keep, or that cannot be kept.
TOO_LARGE = {
    "Y105": "#" * (source.MAXIMUM_BYTES + 1),
    "Y107": "- a\n" * (source.MAXIMUM_VALUES + 1),
    "Y136": "code: A1\n" * (source.MAXIMUM_PROBLEMS + 2),
}
NOT_A_FILE = "Y100"


@pytest.fixture(params=["libyaml", "pure Python"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    loader = yaml.CBaseLoader if request.param == "libyaml" else yaml.BaseLoader
    monkeypatch.setattr(source, "_LOADER", loader)
    return str(request.param)


def expected_of(path: pathlib.Path) -> str:
    return path.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_bad_file_gets_exactly_these_lines(path: pathlib.Path) -> None:
    found = report(read_yaml(path, path.name)[1])
    if os.environ.get("UPDATE_EXPECTED"):
        path.with_suffix(".expected").write_text(found, encoding="utf-8", newline="\n")
    assert found == expected_of(path)
    assert found


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_places_lie_inside_the_file(path: pathlib.Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    lines = re.split("\r\n|\r|\n", text)
    for found in read_yaml(path, path.name)[1]:
        if found.code in ("Y101", "Y102", "Y103"):
            continue  # the characters of such a file are anyone's guess
        assert 1 <= found.span.line <= len(lines)
        assert 1 <= found.span.column <= len(lines[found.span.line - 1]) + 1
        if found.span.end_line:
            assert (found.span.end_line, found.span.end_column) > (
                found.span.line,
                found.span.column,
            )


def test_every_bad_file_stands_beside_its_lines() -> None:
    assert {path.stem for path in FILES} == {path.stem for path in FOLDER.glob("*.expected")}
    assert len(FILES) >= 35


def test_every_code_for_reading_has_a_case() -> None:
    shown = set(re.findall(r" (Y\d{3}) ", "".join(expected_of(path) for path in FILES)))
    reading = {code for code in CATALOGUE if code.startswith("Y")}
    assert reading - shown == {*TOO_LARGE, NOT_A_FILE}


@pytest.mark.parametrize("code", TOO_LARGE)
def test_a_file_beyond_a_limit_is_refused(code: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "large.yml"
    path.write_text(TOO_LARGE[code], encoding="utf-8", newline="\n")
    problems = read_yaml(path, "large.yml")[1]
    assert problems[-1].code == code
    assert parse_yaml(TOO_LARGE[code], "large.yml")[1] == problems
    assert len(problems) == (source.MAXIMUM_PROBLEMS + 1 if code == "Y136" else 1)


def test_lines_are_limited_as_values_are() -> None:
    most = "a: b\n" + "#\n" * (source.MAXIMUM_VALUES - 1)
    assert parse_yaml(most, "large.yml")[1] == ()
    assert [found.code for found in parse_yaml(f"{most}#\n", "large.yml")[1]] == ["Y107"]


def test_what_is_not_a_file_is_a_problem(tmp_path: pathlib.Path) -> None:
    for path in (tmp_path, tmp_path / "missing.yml"):
        got, problems = read_yaml(path, "missing.yml")
        assert got is None
        assert [found.code for found in problems] == [NOT_A_FILE]


QUOTE_IT = [
    dict(found.values)["write"]
    for path in FILES
    for found in read_yaml(path, path.name)[1]
    if found.code in ("Y111", "Y112", "Y113", "Y118", "Y124", "Y126", "Y129", "Y133")
]


@pytest.mark.parametrize("write", QUOTE_IT)
def test_what_a_message_says_to_quote_is_then_read_as_text(write: str) -> None:
    got, problems = parse_yaml(f"key: {write}\n", "quoted.yml")
    assert problems == ()
    assert got is not None
    assert got.value == {"key": write[1:-1].replace("''", "'")}
