"""Style and script go out as one file each, without comments, and the policy names the hash."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from disclosure.site.assets import (
    ASSETS,
    SCRIPTS,
    STYLES,
    assets,
    content_policy,
    first_script,
    tight_script,
    tight_style,
    tighter_script,
)


def test_every_file_is_used_and_every_name_is_a_file() -> None:
    styles = {path.stem for path in (ASSETS / "styles").iterdir()}
    scripts = {path.stem for path in (ASSETS / "scripts").iterdir()}
    assert styles == set(STYLES)
    assert scripts == {*SCRIPTS, "first"}


@pytest.mark.parametrize("name", STYLES)
def test_a_style_keeps_its_rules(name: str) -> None:
    """Comments and space go; all else stays, in its order, once."""
    written = (ASSETS / "styles" / f"{name}.css").read_text("utf-8")
    sent = assets()["site.css"].decode()
    bare = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
    assert "/*" not in sent
    letters = re.sub(r"\s+|;(?=\s*\})", "", bare)
    assert letters and re.sub(r"\s+", "", sent).count(letters) == 1


def test_space_stays_in_a_style_where_it_means_something() -> None:
    written = """
@media (min-width: 1em) and (max-width: 9em) {
  /* { a: b } */
  .a .b > .c:not(.d, .e) :is(f, g)::after { margin: 0 -1px calc(1rem + 2 * var(--x)) !important; }
  .a + .b ~ .c { content: " ; }  /* > "; font: 1em "A B", serif; }
}
"""
    assert tight_style(written) == (
        "@media (min-width:1em) and (max-width:9em){"
        ".a .b>.c:not(.d,.e) :is(f,g)::after{margin:0 -1px calc(1rem + 2 * var(--x))!important}"
        '.a + .b~.c{content:" ; }  /* > ";font:1em "A B",serif}}'
    )


def test_comments_leave_a_script_and_nothing_else_does() -> None:
    written = """/* What it does,
   in two lines. */
(function () {
  // a line of its own
  var address = "https://example.org/*"; // beside code
  /* one line */
  /* before */ run(); /* behind */
  var other = "*/";
})();
"""
    assert tight_script(written) == (
        '(function () {\nvar address = "https://example.org/*"; // beside code\n'
        '/* before */ run(); /* behind */\nvar other = "*/";\n})();'
    )


def test_space_around_signs_leaves_the_script_of_the_pages() -> None:
    written = """(() => {
  const found = a ? b && c : "x = ; y";
  if (found !== 1 + +d) run(() => e - -1, 'a , b');
  return void found;
})();
"""
    assert tighter_script(written) == (
        '(()=>{const found=a?b&&c:"x = ; y";'
        "if(found!==1 + +d)run(()=>e - -1,'a , b');return void found;})();"
    )


def test_scripts_are_written_so_that_stripping_is_safe() -> None:
    """A literal over several lines would lose its indentation; none is used.

    In those that lose the space around signs, no regular expression either, and each statement
    ends with its semicolon.
    """
    for name in SCRIPTS:
        sent = tight_script((ASSETS / "scripts" / f"{name}.js").read_text("utf-8"))
        assert not re.search(r"[=(,:!&|?]\s*/|`|\\", sent), name
    for path in [*(ASSETS / "scripts").glob("*.js"), ASSETS / "search.js"]:
        for line in path.read_text("utf-8").splitlines():
            assert line.count("`") % 2 == 0, f"{path.name}: {line}"


def test_the_policy_names_the_inline_script_and_allows_no_other() -> None:
    digest = base64.b64encode(hashlib.sha256(first_script().encode()).digest()).decode()
    rules = dict(rule.split(" ", 1) for rule in content_policy().split("; "))
    assert rules["script-src"] == f"'self' 'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    for name, sources in rules.items():
        assert "unsafe" not in sources and "*" not in sources and "http" not in sources, name


def test_no_script_needs_what_the_policy_refuses() -> None:
    for name, content in assets().items():
        assert not re.search(rb"\beval\(|new Function|WebAssembly|setAttribute\(.style", content), (
            name
        )
