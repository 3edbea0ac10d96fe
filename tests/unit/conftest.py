"""What the unit tests share: the data of this project, and small data folders to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from disclosure.book import Book, Disclosure, load_book, read_book
from disclosure.problems import Problem

ROOT = Path(__file__).resolve().parent.parent.parent
SMALLEST = ROOT / "tests" / "invalid" / "smallest"
YEAR = "departments/example/2024-budget"

WriteData = Callable[..., Path]
SmallBook = Callable[..., Book]
FoundProblems = Callable[..., tuple[Problem, ...]]
Edits = Mapping[str, tuple[str, str]]
NONE: Mapping[str, Any] = MappingProxyType({})


@pytest.fixture(scope="session")
def real_book() -> Book:
    """The book of this project's own data."""
    return load_book(ROOT / "data")


@pytest.fixture(scope="session")
def real_disclosure(real_book: Book) -> Disclosure:
    """The 2024 budget of this project's own data."""
    (disclosure,) = real_book.disclosures
    return disclosure


@pytest.fixture
def write_data(tmp_path: Path) -> WriteData:
    """A function that copies the smallest data folder and changes some of its files.

    ``edits`` maps a file to a text in it and what to put in its place; ``files`` maps a file to
    its whole text. ``{year}`` in a name stands for the folder of the disclosure.
    """

    def write(edits: Edits = NONE, files: Mapping[str, str] = NONE) -> Path:
        folder = tmp_path / "data"
        shutil.copytree(SMALLEST, folder)
        for name, (old, new) in edits.items():
            path = folder / name.format(year=YEAR)
            text = path.read_text("utf-8")
            assert text.count(old) == 1, f"{name}: {old!r} stands {text.count(old)} times"
            path.write_text(text.replace(old, new), "utf-8")
        for name, text in files.items():
            path = folder / name.format(year=YEAR)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return folder

    return write


@pytest.fixture
def small_book(write_data: WriteData) -> SmallBook:
    """A function like ``write_data`` that returns the book of the folder."""

    def book(edits: Edits = NONE, files: Mapping[str, str] = NONE) -> Book:
        return load_book(write_data(edits, files))

    return book


@pytest.fixture
def found_problems(write_data: WriteData) -> FoundProblems:
    """A function like ``write_data`` that returns what is wrong with the folder."""

    def problems(edits: Edits = NONE, files: Mapping[str, str] = NONE) -> tuple[Problem, ...]:
        return read_book(write_data(edits, files))[1]

    return problems
