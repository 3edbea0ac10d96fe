"""What search engines read of a disclosure: a whole Dataset, and no way out of its element."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.conftest import ROOT, SmallBook
from tests.unit.test_editions_page import document_of, published

from disclosure.book import Book, Disclosure, load_book
from disclosure.export.files import ExportFile, edition_address
from disclosure.model.fields import LANGS, Lang
from disclosure.site.dataset import MOST, as_script, dataset
from disclosure.site.edition import Edition

SITE = "https://example.org/sub/"
AT = "departments/example/2024-budget"
HAN = re.compile("[\u4e00-\u9fff]")
FILES = (
    ExportFile(f"{AT}/data/budget.csv", "budget", "zh", b""),
    ExportFile(f"en/{AT}/data/budget.csv", "budget", "en", b""),
    ExportFile(f"{AT}/data/tables/revenue.csv", "table", "zh", b""),
    ExportFile(f"en/{AT}/data/tables/revenue.csv", "table", "en", b""),
    ExportFile(f"{AT}/data/disclosure.json", "json", "", b""),
    ExportFile(f"{AT}/data/disclosure.xlsx", "json", "", b""),
    ExportFile(f"{AT}/data/citation.bib", "citation", "zh", b""),
    ExportFile(f"{AT}/editions/1.json", "edition", "", b""),
    ExportFile(f"{AT}/editions/2.json", "edition", "", b""),
)


@pytest.fixture
def corrected(small_book: SmallBook) -> Book:
    book = small_book()
    now = document_of(book)
    return published(book, now.replace(b'"budget":"60.00"', b'"budget":"59.00"'), now)


def described(
    book: Book, lang: Lang, site_url: str = SITE, *, whole: bool = True
) -> dict[str, Any]:
    (disclosure,) = book.disclosures
    return dataset(Edition(book, lang, site_url=site_url), disclosure, FILES, whole=whole)


def values(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in values(each)]
    if isinstance(value, list):
        return [text for each in value for text in values(each)]
    return [str(value)]


@pytest.mark.parametrize("lang", LANGS)
def test_it_says_who_what_when_and_where(corrected: Book, lang: Lang) -> None:
    found = described(corrected, lang)
    prefix = "en/" if lang == "en" else ""
    (disclosure,) = corrected.disclosures
    assert disclosure.editions is not None
    newest = disclosure.editions.entries[-1]
    assert (found["@context"], found["@type"]) == ("https://schema.org", "Dataset")
    assert found["url"] == f"{SITE}{prefix}{AT}/index.html"
    assert found["@id"] == f"{found['url']}#dataset"
    assert 50 <= len(found["description"]) <= MOST
    assert found["inLanguage"] == {"zh": "zh-CN", "en": "en"}[lang]
    assert found["version"] == "2" and found["dateModified"] == newest.date
    assert found["temporalCoverage"] == "2024-01-01/2024-12-31"
    assert found["isAccessibleForFree"] is True
    assert found["creator"]["@type"] == "GovernmentOrganization"
    assert found["isBasedOn"]["inLanguage"] == "zh-CN"
    digest = {"@type": "PropertyValue", "propertyID": "SHA-256", "value": newest.sha256}
    assert digest in found["identifier"]
    assert found["includedInDataCatalog"]["url"] == f"{SITE}{prefix}index.html"
    # Google: what is empty is better left out.
    assert all(values(found)) and "None" not in values(found)


def test_each_language_knows_the_other(corrected: Book) -> None:
    zh, en = (described(corrected, lang) for lang in LANGS)
    assert zh["workTranslation"] == {"@id": en["@id"]} and "translationOfWork" not in zh
    assert en["translationOfWork"] == {"@id": zh["@id"]} and "workTranslation" not in en
    assert zh["alternateName"] in en["name"] or HAN.search(en["alternateName"])


@pytest.mark.parametrize("lang", LANGS)
def test_the_files_are_those_of_the_language_and_the_newest_edition(
    corrected: Book, lang: Lang
) -> None:
    prefix = "en/" if lang == "en" else ""
    found = {each["contentUrl"]: each for each in described(corrected, lang)["distribution"]}
    assert {url.removeprefix(SITE): each["encodingFormat"] for url, each in found.items()} == {
        f"{prefix}{AT}/data/budget.csv": "text/csv",
        f"{prefix}{AT}/data/tables/revenue.csv": "text/csv",
        f"{AT}/data/disclosure.json": "application/json",
        f"{AT}/data/disclosure.xlsx": (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
        f"{AT}/editions/2.json": "application/json",
    }
    (disclosure,) = corrected.disclosures
    assert disclosure.editions is not None
    digests = {url: each["sha256"] for url, each in found.items() if "sha256" in each}
    assert digests == {f"{SITE}{AT}/editions/2.json": disclosure.editions.entries[-1].sha256}
    # The overview does not grow with the number of tables.
    fewer = described(corrected, lang, whole=False)["distribution"]
    assert len(fewer) == len(found) - 1 and "tables/" not in json.dumps(fewer)


@pytest.mark.parametrize("lang", LANGS)
def test_without_an_address_there_is_none_that_is_wrong(corrected: Book, lang: Lang) -> None:
    found = described(corrected, lang, "")
    left = {"@id", "url", "distribution", "workTranslation", "translationOfWork"}
    assert not left & found.keys()
    assert [text for text in values(found) if "/" in text and not re.match(r"20\d\d-", text)] == [
        "https://schema.org"
    ]


def test_a_disclosure_without_editions_has_no_version(small_book: SmallBook) -> None:
    found = described(small_book(), "zh")
    assert "version" not in found and "dateModified" not in found
    assert not [each for each in found["distribution"] if "/editions/" in each["contentUrl"]]


@pytest.mark.parametrize("lang", LANGS)
def test_a_rendering_says_that_it_is_one(
    real_book: Book, real_disclosure: Disclosure, lang: Lang
) -> None:
    found = dataset(Edition(real_book, lang, site_url=SITE), real_disclosure, FILES, whole=False)
    said = {"zh": "（非官方整理版）", "en": " (unofficial edited rendering)"}[lang]
    assert found["name"].endswith(said)
    assert real_book.site.editor_note
    assert found["description"].endswith(real_book.site.editor_note[lang])
    assert found["isBasedOn"]["name"] == real_disclosure.header.title
    assert "license" not in found  # the site states none, and none is made up


@pytest.fixture(scope="module")
def example_book() -> Book:
    return load_book(ROOT / "examples" / "district" / "data")


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_has_a_register_and_a_licence(example_book: Book, lang: Lang) -> None:
    book, disclosure = example_book, example_book.disclosure("education", "2024-budget")
    assert disclosure is not None and book.site.licence and book.site.publisher
    found = dataset(Edition(book, lang, site_url=SITE), disclosure, (), whole=True)
    identifiers = {each["propertyID"]: each["value"] for each in found["identifier"]}
    assert "虚构YQ201/2024-00011" in identifiers.values() and len(identifiers) == 3
    assert found["license"]["name"] == book.site.licence[lang]
    assert found["license"]["url"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert book.site.publisher.organiser
    assert found["publisher"]["name"] == book.site.publisher.organiser[lang]
    assert found["datePublished"] == "2024-02-25" and found["dateModified"] == "2024-04-16"
    assert found["isBasedOn"]["datePublished"] == "2024-02-25"
    assert edition_address(disclosure, 3) == "departments/education/2024-budget/editions/3.json"


# ---- its element -------------------------------------------------------------------------


class _Reader(HTMLParser):
    """Every element of a page, and the text of the data block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(
    st.text(
        st.one_of(st.sampled_from("</script>!-&\u2028\u2029\"'\\"), st.characters(codec="utf-8"))
    )
)
@example("</script><script>alert(1)</script>")
@example("<!--<script>")
@example("]]> &lt;/script&gt; \u2028\u2029 \\u003c")
def test_no_text_ends_its_element(text: str) -> None:
    script = as_script({"name": text, text: [text]})
    assert not re.search("[<>&\u2028\u2029]", script)
    assert json.loads(script) == {"name": text, text: [text]}
    reader = _Reader()
    reader.feed(f'<script type="application/ld+json">{script}</script>')
    reader.close()
    assert reader.tags == ["script"]
    assert json.loads(reader.text) == {"name": text, text: [text]}
