"""Find, or install, the Firefox and the WebKit that the audit lets readers' journeys run in.

`python -m tools.other_browsers` prints what it found; the audit calls `provide`. Looked for are

* Firefox: `$FIREFOX`, else `firefox-esr` or `firefox`; it is driven over WebDriver BiDi, which it
  speaks itself;
* WebKit: the program WebKitWebDriver and the MiniBrowser beside the WebKitGTK library, and Xvfb to
  give it a screen that nobody sees.

As root on Debian what is missing is installed with apt. What is missing after that is an error,
never a reason to skip a journey.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.browser import apt_install, can_apt, distribution

# Where distributions put the MiniBrowser of WebKitGTK: Debian, then Fedora and Arch.
MINI_BROWSERS = (
    "lib/*/webkit2gtk-4.1/MiniBrowser",
    "lib/*/webkitgtk-6.0/MiniBrowser",
    "lib/*/webkit2gtk-4.0/MiniBrowser",
    "libexec/webkit2gtk-4.1/MiniBrowser",
    "libexec/webkitgtk-6.0/MiniBrowser",
    "lib/webkit2gtk-4.1/MiniBrowser",
    "lib/webkitgtk-6.0/MiniBrowser",
)


class OtherBrowserMissing(Exception):
    """A browser or a part of it is missing; the message says in both languages what to do."""


@dataclass(frozen=True, slots=True)
class Firefox:
    """Firefox's program."""

    program: str


@dataclass(frozen=True, slots=True)
class WebKit:
    """The driver, the browser that it starts, and the screen that the browser draws on."""

    driver: str
    browser: str
    screen: str


def find_firefox() -> Firefox:
    """Raises OtherBrowserMissing."""
    named = os.environ.get("FIREFOX")
    program = shutil.which(named) if named else shutil.which("firefox-esr") or which_firefox()
    if program is None:
        raise OtherBrowserMissing(
            f"没有找到 Firefox / Firefox is missing: {named or 'firefox-esr, firefox'}\n"
            "  Debian: sudo apt install firefox-esr\n"
            "  装在别处的用环境变量 FIREFOX 指明 / "
            "name one kept elsewhere with the variable FIREFOX"
        )
    return Firefox(program)


def which_firefox() -> str | None:
    """A `firefox` on the path; Ubuntu's is a snap, which cannot use a profile of ours."""
    return None if distribution() == "ubuntu" else shutil.which("firefox")


def find_webkit() -> WebKit:
    """Raises OtherBrowserMissing."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    places = (place for pattern in MINI_BROWSERS for place in sorted(Path("/usr").glob(pattern)))
    browser = next(places, None)
    missing = [
        name
        for name, found in (
            ("WebKitWebDriver", driver),
            ("MiniBrowser (WebKitGTK)", browser),
            ("Xvfb", screen),
        )
        if found is None
    ]
    if driver is None or browser is None or screen is None:
        raise OtherBrowserMissing(
            f"没有找到 WebKit / WebKit is missing: {', '.join(missing)}\n"
            "  Debian, Ubuntu: sudo apt install webkit2gtk-driver xvfb\n"
            "  Windows 和 macOS 上没有 WebKitGTK，请在 Debian 上运行 / "
            "there is no WebKitGTK for Windows and macOS; run this on Debian"
        )
    return WebKit(driver, str(browser), screen)


def provide_firefox() -> Firefox:
    """Firefox, installed if it has to be; raises OtherBrowserMissing."""
    try:
        return find_firefox()
    except OtherBrowserMissing:
        if os.environ.get("FIREFOX") or not can_install():
            raise
    apt_install("firefox-esr", "fonts-noto-cjk")
    return find_firefox()


def provide_webkit() -> WebKit:
    """WebKit, installed if it has to be; raises OtherBrowserMissing."""
    try:
        return find_webkit()
    except OtherBrowserMissing:
        if not can_install():
            raise
    apt_install("webkit2gtk-driver", "xvfb", "fonts-noto-cjk")
    return find_webkit()


def can_install() -> bool:
    """Packages of these names are known to be right in Debian only."""
    return can_apt() and distribution() == "debian"


def report(lines: Iterable[str]) -> None:
    for line in lines:
        print(f"==> {line}")


def main() -> int:
    try:
        firefox, webkit = provide_firefox(), provide_webkit()
    except OtherBrowserMissing as problem:
        print(problem, file=sys.stderr)
        return 1
    report((f"Firefox: {firefox.program}", f"WebKit: {webkit.driver}, {webkit.browser}"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
