"""The pages of error codes are those that the catalogue writes."""

from __future__ import annotations

import pytest
from tests.docs.pages import DOCS, Document
from tools.error_codes import LANGUAGES, page

from disclosure.problems import CATALOGUE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_up_to_date(lang: str) -> None:
    written = (DOCS / lang / "error-codes.md").read_text(encoding="utf-8")
    expected = page("zh" if lang == "zh" else "en")
    assert written == expected, "run: .venv/bin/python -m tools.error_codes"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_its_place(lang: str) -> None:
    ids = {each.id for each in Document(DOCS / lang / "error-codes.md").headings}
    assert {code.lower() for code in CATALOGUE} <= ids
