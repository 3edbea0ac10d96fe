"""The site as a folder: names that every system takes, and a build as on a Chinese Windows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.site.names import LONGEST, unsuited
from tests.site.projects import copy_project, fingerprint, mkdocs_build
from tests.site.reading import read_site


@pytest.mark.parametrize(
    "path",
    [
        *("预算.html", "a/con.html", "AUX", "lpt1.csv", "a/.htaccess", "_a/b.html", "a b.html"),
        *("a./b", "a:b", "a?b", 'a"b', "a*b", "a\\b", "-a", "a/" * 100 + "b"),
    ],
)
def test_a_bad_name_is_noticed(path: str) -> None:
    assert list(unsuited([path]))


def test_names_that_differ_in_case_alone_are_noticed() -> None:
    assert list(unsuited(["a/B.html", "a/b.html"]))
    assert not list(unsuited(["a/b.html", "a/b.csv", "console.html", "a_b-c.min.css"]))


def test_every_system_takes_the_names_of_the_site(built_site: Path) -> None:
    paths = [path.relative_to(built_site).as_posix() for path in built_site.rglob("*")]
    assert len(paths) > 200 and not list(unsuited(paths))
    assert max(map(len, paths)) < LONGEST


def test_no_page_counts_on_where_the_site_lies(built_site: Path) -> None:
    """No address from the root of a host, no other host, no base: but for the page of lost links,
    which is shown at any address."""
    for url, page in read_site(built_site).items():
        assert not page.root.all("base"), url
        refresh = [m for m in page.head.all("meta") if m["http-equiv"].lower() == "refresh"]
        assert not refresh, url
        if url == "404.html":
            continue
        for element, link in page.links():
            assert not link.startswith(("/", "\\")), f"{url}: <{element.tag}> {link}"
            assert ":" not in link.split("#")[0].split("?")[0], f"{url}: <{element.tag}> {link}"


def test_the_same_site_from_files_saved_by_notepad_on_a_chinese_console(
    built_site: Path, tmp_path: Path
) -> None:
    """Marks and Windows line ends in every text, and a system that does not think in UTF-8.

    Python then takes ASCII for files that nobody gave an encoding, which is less than code page
    936: whatever reads or writes Chinese without saying how, fails.
    """
    project = copy_project(tmp_path / "我的 项目")
    changed = 0
    for pattern in ("data/**/*.yml", "data/**/*.po", "content/**/*.md", "mkdocs.yml"):
        for path in project.glob(pattern):
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
            changed += 1
    assert changed > 20
    console = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk", "PYTHONCOERCECLOCALE": "0"}
    done = mkdocs_build(project, tmp_path / "site", LC_ALL="C", **console)
    assert done.returncode == 0, done.stdout
    assert fingerprint(tmp_path / "site") == fingerprint(built_site)


def test_a_hand_written_page_in_gbk_is_refused_in_plain_words(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    about = project / "content" / "about.md"
    site = tmp_path / "site"
    site.mkdir()
    (site / "kept.txt").write_text("the last site", "utf-8", newline="\n")
    about.write_bytes(about.read_text("utf-8").encode("gb18030"))
    done = mkdocs_build(project, site)
    assert done.returncode == 1
    assert re.search(r"^content/about\.md:\d+:\d+ Y101 文件是 GBK 编码", done.stdout, re.M)
    assert "Notepad: Save as, encoding UTF-8" in done.stdout and "Traceback" not in done.stdout
    assert [path.name for path in site.iterdir()] == ["kept.txt"]
