"""A page written by hand takes the place of the built-in page at its address."""

from __future__ import annotations

from pathlib import Path

from tests.site.projects import copy_project, mkdocs_build
from tests.site.reading import read_page

WORDS = "我局自己写的说明"


def test_a_guide_and_a_statement_of_ones_own(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    for name in ("guide", "accessibility"):
        text = f"---\ndescription: {WORDS}\n---\n# {WORDS}{name} {{ #own }}\n\n一段文字。\n"
        (project / "content" / f"{name}.md").write_text(text, "utf-8")
    site = project / "site"
    done = mkdocs_build(project, site)
    assert done.returncode == 0, done.stdout

    for name in ("guide", "accessibility"):
        own, other = (read_page(site, site / f"{lang}{name}.html") for lang in ("", "en/"))
        assert own.article.one("h1").text() == f"{WORDS}{name}"
        assert WORDS not in other.article.text() and len(other.article.all("h2")) >= 7
        (nav,) = own.root.all("nav", cls="md-nav--primary")
        targets = [own.resolve(link["href"])[0] for link in nav.all("a")]
        assert len(targets) == len(set(targets)), "named once in the navigation"
    guide = read_page(site, site / "guide.html")
    (nav,) = guide.root.all("nav", cls="md-nav--primary")
    current = [link for link in nav.all("a") if link["aria-current"] == "page"]
    assert [guide.resolve(link["href"])[0] for link in current] == ["guide.html"]

    texts = "".join(
        path.read_text("utf-8") for path in sorted((site / "search" / "zh").rglob("*.js"))
    )
    assert texts.count('"guide.html"') == 1, "found once by the search"
    assert f"{WORDS}guide" in texts and "先看这几个数" not in texts
