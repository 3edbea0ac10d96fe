"""The built files keep the weights and the policy that `make audit` measures in a browser."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.audit.policy import policy_faults
from tests.audit.weight import HTML, OWN, VIEW
from tests.site.reading import Document

Pages = dict[str, Document]

_OWN = ("assets/disclosure/site.css", "assets/disclosure/site.js")


def sent(path: Path) -> int:
    """The bytes of a file as a server sends it, compressed."""
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


@pytest.fixture(scope="module")
def files(built_site: Path) -> dict[str, int]:
    """The compressed bytes of what pages load, by address."""
    kinds = ("*.html", "assets/**/*.css", "assets/**/*.js", "assets/**/*.svg")
    found = (path for kind in kinds for path in built_site.rglob(kind))
    return {path.relative_to(built_site).as_posix(): sent(path) for path in found}


def test_our_style_and_script_are_small(files: dict[str, int]) -> None:
    sizes = {name: files[name] for name in _OWN}
    assert sum(sizes.values()) <= OWN, sizes


def test_pages_are_small_and_so_is_a_first_view(everything: Pages, files: dict[str, int]) -> None:
    for url, page in everything.items():
        if url.endswith("print.html"):
            continue
        assert files[url] <= HTML, url
        asked = {
            page.resolve(link)[0].lstrip("/")  # the 404 page is shown at any address
            for element, link in page.links()
            if element.tag in ("script", "img") or element["rel"] in ("stylesheet", "icon")
        }
        assert asked >= set(_OWN), url
        assert files[url] + sum(files[name] for name in asked) <= VIEW, url


def test_the_policy_of_every_page_is_strict(everything: Pages, built_site: Path) -> None:
    for url in everything:
        faults = policy_faults((built_site / url).read_text(encoding="utf-8"))
        assert not faults, f"{url}: {faults}"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "allows 'unsafe-inline'"),
        ("style-src 'self'", "style-src *", "style-src allows *"),
        ("default-src 'none'", "default-src 'self'", "default-src allows 'self'"),
        ("; base-uri 'none'", "", "base-uri is missing"),
        ("sha256-", "sha256-A", "an inline script that the policy does not name"),
        ("</body>", "<script>1</script></body>", "an inline script that the policy does not name"),
        (
            "</body>",
            '<script type="text/plain">1</script></body>',
            "an inline script that the policy does not name",
        ),
        (
            "</body>",
            '<script type="application/ld+json">alert(1)</script></body>',
            "a data block that is no JSON",
        ),
        (
            "</body>",
            '<script type="application/ld+json">"<!--"</script></body>',
            "a data block with < > or & in it",
        ),
        ("<h1", '<h1 onclick="1"', "<h1 onclick>"),
        ("<h1", '<h1 style="color:red"', "<h1> with a style of its own"),
        ('http-equiv="Content-Security-Policy"', "", "0 policies"),
        ("<head>", '<head><script src="early.js"></script>', "<script> before the policy"),
    ],
)
def test_a_weaker_policy_is_found(built_site: Path, old: str, new: str, fault: str) -> None:
    html = (built_site / "index.html").read_text(encoding="utf-8")
    assert old in html
    assert any(fault in each for each in policy_faults(html.replace(old, new, 1)))
