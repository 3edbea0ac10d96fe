"""What the site says itself: complete in both languages, and every word of it in use."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from disclosure.language.interface import INTERFACE, part_number, say
from disclosure.problems import CATALOGUE
from disclosure.site.routes import Kind, Part

PLUGINS = Path(__file__).resolve().parent.parent.parent / "plugins"
HAN = re.compile("[\u4e00-\u9fff]")


def code() -> str:
    """All code and templates that can say something, without the texts themselves."""
    files = [
        path
        for pattern in ("*.py", "*.html")
        for path in sorted(PLUGINS.rglob(pattern))
        if path.name != "interface.py"
    ]
    return "\n".join(path.read_text("utf-8") for path in files)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", INTERFACE)
def test_both_languages_say_the_same_with_the_same_values(key: str) -> None:
    zh, en = INTERFACE[key]
    assert zh.strip() and en.strip()
    assert fields(zh) == fields(en)
    assert HAN.search(zh) or key in ("label.colon", "parenthesis", "list.separator")
    assert not HAN.search(en)
    assert not re.search(r"[，。；：？！（）、]", en)
    assert not re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]", zh)
    assert "  " not in zh + en and "\n" not in zh + en


def used_keys() -> set[str]:
    """Keys written out in the code, and those of the patterns that a view fills in."""
    text = code()
    written = set(re.findall(r"""["']([a-z_]+(?:\.[A-Za-z0-9_-]+)*)["']""", text))
    filled = {
        re.compile(re.sub(r"\\\{[^{}]*\\\}", "[A-Za-z0-9_-]+", re.escape(pattern)))
        for pattern in re.findall(r'f"([a-z_]+\.[^"\s]*\{[^"\s]*\}[^"\s]*)"', text)
    }
    joined = {
        re.compile(re.escape(start) + r"[A-Za-z0-9_-]+")
        for start in re.findall(r"say\('([a-z_]+\.)' ~ ", text)
    }
    return {
        key
        for key in INTERFACE
        for said in (key, key.removesuffix(".final"))  # of_kind() chooses between the two
        if said in written or any(pattern.fullmatch(said) for pattern in filled | joined)
    }


def test_every_text_is_used() -> None:
    assert sorted(set(INTERFACE) - used_keys()) == []


def test_every_key_that_is_said_exists() -> None:
    """Keys that stand as they are where something is said; a view fills in the others."""
    said = r"""(?:\bsay|said|\bline|head|fact|_said)\(\s*["']([a-z_]+(?:\.[A-Za-z0-9_-]+)*)["']"""
    keys = set(re.findall(said, code()))
    assert len(keys) > 80
    assert sorted(keys - set(INTERFACE)) == []


def test_keys_that_are_filled_in_exist() -> None:
    for part in Part:
        assert f"part.{part}" in INTERFACE and f"part.{part}.short" in INTERFACE
    for kind in ("budget", "final"):
        assert f"kind.{kind}" in INTERFACE and f"facet.kind.{kind}" in INTERFACE
    for kind in (Kind.CHECKS, Kind.DOWNLOADS, Kind.PRINT, Kind.GLOSSARY, Kind.POLICIES):
        assert str(kind) in INTERFACE
    for rule in CATALOGUE:
        assert (f"check.{rule}" in INTERFACE) == rule.startswith("A")


def test_a_check_is_said_in_the_same_words_on_the_page_and_in_the_report() -> None:
    for rule in (code for code in CATALOGUE if code.startswith("A")):
        zh, en = INTERFACE[f"check.{rule}"]
        message = CATALOGUE[rule].message
        if "{item}" not in zh:
            assert message.zh.startswith(f"{zh}："), rule
        assert "{printed_zh}" in message.zh and "{printed_en}" in message.en
        assert ("{item}" in en) == ("{item_en}" in message.en), rule


def test_say() -> None:
    assert say("disclosure.title", "zh", year=2024, kind="部门预算") == "2024年部门预算"
    assert say("home", "en") == "Home"
    with pytest.raises(KeyError):
        say("no.such.key", "zh")
    with pytest.raises(KeyError):
        say("disclosure.title", "zh", year=2024)


def test_numbers_of_the_parts() -> None:
    assert [part_number(n, "zh") for n in (1, 7, 10, 11)] == ["一", "七", "十", "十一"]
    assert [part_number(n, "en") for n in (1, 11)] == ["1", "11"]
