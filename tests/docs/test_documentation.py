"""The documentation as a whole: both languages alike, links that lead somewhere, true commands."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.docs.pages import DOCS, LANGS, ROOT, TOPICS, Code, Document, documents, page

from disclosure import cli

ALL = documents()
NAMED = ("diff", "edition", "new-year", "new-department")
"""Commands that the pages speak of by their names; without arguments they do nothing."""


def test_every_page_is_there_in_both_languages_and_in_the_index() -> None:
    index = Document(DOCS / "README.md")
    for lang in LANGS:
        assert {path.stem for path in (DOCS / lang).glob("*.md")} == set(TOPICS)
        assert {f"{lang}/{topic}.md" for topic in TOPICS} <= set(index.links)


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_have_the_same_headings_and_ids(topic: str) -> None:
    outlines = [[(h.level, h.id) for h in page(topic, lang).headings] for lang in LANGS]
    assert outlines[0] == outlines[1]
    ids = [id for level, id in outlines[0] if level > 1]
    assert all(ids) and len(ids) == len(set(ids))


@pytest.mark.parametrize("topic", TOPICS)
def test_code_is_the_same_in_both_languages(topic: str) -> None:
    """What is only drawn or typed with words of a language (trees, names of a fork) differs."""

    def shared(code: Code) -> bool:
        return code.language in ("yaml", "python", "diff", "toml", "po") or bool(code.note)

    of_lang = [[c for c in page(topic, lang).codes if shared(c)] for lang in LANGS]
    assert of_lang[0] == of_lang[1]


@pytest.mark.parametrize("document", ALL, ids=lambda document: document.name)
def test_every_link_leads_to_a_file_and_an_id(document: Document) -> None:
    for link in document.links:
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme == "https" or link.startswith("http://127.0.0.1"), link
            continue
        target = (document.path.parent / parts.path).resolve() if parts.path else document.path
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if parts.fragment:
            assert parts.fragment in Document(target).ids, link


def commands() -> list[tuple[str, str]]:
    """Every command line in a block and every command in backticks, with where it stands."""
    lines = [
        (document.name, line.strip())
        for document in ALL
        for code in document.codes
        if code.language in ("sh", "bat")
        for line in code.text.splitlines()
    ]
    lines += [
        (document.name, code)
        for document in ALL
        for code in document.inline_code
        if re.match(r"(make|disclosure|\S*python3?|\S*disclosure) [a-z\-]", code)
    ]
    return [(name, line.split("  #")[0]) for name, line in lines if line]


def test_every_make_command_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.M))
    used = {
        (name, found[1]) for name, line in commands() if (found := re.search(r"\bmake (\S+)", line))
    }
    assert used, "no command found"
    assert [(name, target) for name, target in sorted(used) if target not in targets] == []


def test_every_file_and_module_in_a_command_exists() -> None:
    missing = []
    for name, line in commands():
        words = shlex.split(line.replace("\\", "/"), comments=True)
        for before, word in zip(["", *words], words, strict=False):
            own = re.fullmatch(r"(?:tools|tests|requirements|\.github)/[\w./-]+", word)
            module = before == "-m" and word.startswith("tools.")
            path = word.replace(".", "/") + ".py" if module else word
            planned = page("extending", "zh").text.count(f"new: {path} -->")
            if (own or module) and not (ROOT / path).exists() and not planned:
                missing.append((name, line))
    assert missing == []


@pytest.mark.slow
def test_every_disclosure_command_is_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    used = {
        found[1]: name
        for name, line in commands()
        if "/guides/" not in name  # about another department: test_guides.py
        if (found := re.match(r"(?:\S*[/\\])?disclosure ((?:[a-z-]+ ?)+)$", line))
        if found[1] not in NAMED
    }
    assert used
    for number, (arguments, name) in enumerate(used.items()):
        # Each in a copy of its own: some of them write.
        copy = tmp_path / str(number)
        shutil.copytree(ROOT / "data", copy / "data")
        monkeypatch.chdir(copy)
        code = cli.main(arguments.split())
        # Our site is no government's: there is something to list, and the exit code says so.
        expected = 1 if "--government" in arguments else 0
        assert code == expected, f"{name}: {arguments}\n{capsys.readouterr().out}"


@pytest.mark.parametrize("lang", LANGS)
def test_windows_commands_are_those_of_the_readme(lang: str) -> None:
    readme = (ROOT / ("README.zh.md" if lang == "zh" else "README.md")).read_text(encoding="utf-8")
    for topic in ("editors", "publishing"):
        for code in page(topic, lang).codes:
            for line in code.text.splitlines() if code.language == "bat" else ():
                if "-m pip" in line or "-m mkdocs" in line or "-m venv" in line:
                    assert line.strip() in readme, line


@pytest.mark.parametrize("document", ALL, ids=lambda document: document.name)
def test_nothing_names_a_machine(document: Document) -> None:
    assert not re.search(r"/(?:work|tmp|root|home)/|\.\./shared|C:\\Users", document.text)
    # No emoji; the star stands in the mark of a secret document (机密★10年).
    pictures = r"[\U0001F300-\U0001FAFF\u2600-\u2604\u2606-\u26FF\u2705\u274C]"
    assert not re.search(pictures, document.text)


def test_pictures_are_shown_and_shown_pictures_exist() -> None:
    images = {path.name for path in (DOCS / "images").glob("*.png")}
    shown = {
        Path(link).name
        for document in ALL
        for link in document.links
        if link.endswith(".png") and "/guides/" not in link  # those: test_guides.py
    }
    assert images == shown
