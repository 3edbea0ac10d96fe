"""What a machine can say about the accessibility of an open page (WCAG 2.2, levels A and AA).

Shared by the sample in `make test` and by `make audit`, which looks at every page.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page
from tools.node_packages import axe_script

TAGS = (
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    "best-practice",
)
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
STOP = Path(__file__).with_name("stop.js").read_text(encoding="utf-8")

# 1.4.12: what a reader may set without losing text. A sheet made by script passes the policy.
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
NO_SPACING = "() => { document.adoptedStyleSheets = []; }"
# Text that its own box, or one around it, cuts off; the box that only listeners hear is none.
CLIPPED = """() => [...document.querySelectorAll("header *, main *, footer *")].filter((e) => {
  const style = getComputedStyle(e);
  return e.checkVisibility({ visibilityProperty: true }) && e.clientWidth > 1
    && !e.closest("svg, .d-hidden") && style.position !== "absolute"
    && ((style.overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1)
      || (style.overflowY === "hidden" && e.scrollHeight > e.clientHeight + 2));
}).map((e) => `${e.cloneNode().outerHTML.slice(0, 60)} ${e.textContent.trim().slice(0, 40)}`)"""
# The bar for the thumb stays where it is while the page moves below it. axe takes what it covers at
# the moment for covered (2.5.8); it is looked at where it stands at the end of the page.
RUN = """(options) => {
  const sheet = new CSSStyleSheet(), before = document.adoptedStyleSheets;
  sheet.replaceSync(".d-thumb { position: static !important }");
  document.adoptedStyleSheets = [...before, sheet];
  return axe.run(document, options).then((found) => found.violations.map((fault) =>
    `${fault.id}: ${fault.nodes.length} × ${fault.nodes[0].target} ` +
    (fault.nodes[0].any.concat(fault.nodes[0].all, fault.nodes[0].none)[0] || {}).message))
    .finally(() => { document.adoptedStyleSheets = before; });
}"""


@cache
def _axe() -> str:
    return axe_script().read_text(encoding="utf-8")


# What colours and sizes can change on a page whose other rules have been looked at.
LARGE = ("color-contrast", "color-contrast-enhanced", "target-size", "scrollable-region-focusable")


def faults(page: Page, *rules: str) -> list[str]:
    """What axe-core has against the page as it stands: the rule, how often, and where first.

    ``rules`` are those to look at, of any level; without them all of levels A and AA and of good
    practice.
    """
    # Put in by the debugger, which the policy of the page does not hold back.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False}
    found: list[str] = page.evaluate(RUN, options)
    return found


def too_wide(page: Page, width: int) -> list[str]:
    """What is wider than the window, or cut off at its own edge."""
    seen = page.evaluate(LOOK)
    wide = [f"wide: {what}" for what in seen["wide"]]
    wide += [f"cut: {what}" for what in seen["cut"]]
    if seen["scrollWidth"] > width:
        wide.append(f"the page is {seen['scrollWidth']} px wide")
    return wide


def lost_by_spacing(page: Page) -> list[str]:
    """What is cut off with the spacing of 1.4.12 and is not without it."""
    before = page.evaluate(CLIPPED)
    page.evaluate(SPACING)
    lost = [what for what in page.evaluate(CLIPPED) if what not in before]
    lost += too_wide(page, page.viewport_size["width"] if page.viewport_size else 0)
    page.evaluate(NO_SPACING)
    return lost


def walk(page: Page, most: int = 400) -> tuple[int, list[str]]:
    """Go through the page by Tab: how many stops there are, and what is wrong with them.

    Each stop has to be in the window (2.4.3), to show that it has the focus (2.4.7) and not to be
    hidden by what stays in its place, as the header does (2.4.11); and every control that can be
    seen has to be a stop (2.1.1).
    """
    wrong: list[str] = []
    page.evaluate("() => { window.stopped = new Set(); document.activeElement.blur(); }")
    stops = 0
    while stops < most:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        wrong += stop
        stops += 1
    else:
        wrong.append(f"no end after {most} stops")
    wrong += page.evaluate("""() => [...document.querySelectorAll(
        "a[href], button, summary, input, select, [tabindex='0']")].filter((e) =>
          e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.disabled
          && !e.closest("[inert]") && e.tabIndex >= 0 && !window.stopped.has(e))
        .map((e) => `never reached: ${e.outerHTML.slice(0, 90)}`)""")
    return stops, wrong
