"""Find, or install, the browser and the Chinese font that the browser tests need.

`python tools/browser.py` prints the browser it found; the tests use `launch`. In this order:

1. `$CHROME`, the path of a Chromium or Chrome (nothing else is tried when it is set);
2. an installed Chromium, Chrome or Edge; of Debian's Chromium first the shell without windows,
   the same engine at a third of the cost of a page;
3. as root on Debian, the packages `chromium-headless-shell` (where there is none, `chromium`) and
   `fonts-noto-cjk`;
4. Playwright's own download.

A missing browser or a missing Chinese font is an error, never a reason to skip a test: without
the font every Chinese character is the same little box and no measured width means anything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

COMMANDS = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome"),
)
MAC_APPLICATIONS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PROGRAMS = (
    r"Chromium\Application\chrome.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
# The tests look at one server on this machine. Whatever a browser asks of its maker at every
# start only costs time, and fails in closed networks.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Characters that no font draws alike, and one that Unicode has not assigned: a font without
# Chinese draws the same box for all of them.
HAN = "政府预算公开"
UNASSIGNED = "\u0378"
DRAW = """
([characters, size]) => characters.map(character => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * size;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.font = `${size}px sans-serif`;
  context.fillText(character, size / 4, 1.5 * size);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.some(value => value) ? pixels.join() : "";
})
"""


class BrowserMissing(Exception):
    """No usable browser; the message says in Chinese and English what to do."""


class DriverUnusable(Exception):
    """Playwright's own program does not start; the message says what to do."""


class FontMissing(Exception):
    """The browser has no Chinese font; the message says in Chinese and English what to do."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A browser that may be there; `path` None stands for Playwright's own."""

    path: str | None

    @property
    def name(self) -> str:
        return self.path or "Playwright Chromium"


def candidates() -> Iterator[Candidate]:
    named = os.environ.get("CHROME")
    if named:
        yield Candidate(shutil.which(named) or named)
        return
    for command in COMMANDS:
        found = shutil.which(command)
        if found:
            yield Candidate(found)
    if sys.platform == "darwin":
        places = [
            folder / application
            for application in MAC_APPLICATIONS
            for folder in (Path("/Applications"), Path.home() / "Applications")
        ]
    elif os.name == "nt":
        folders = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
        places = [
            Path(os.environ[folder]) / program
            for program in WINDOWS_PROGRAMS
            for folder in folders
            if folder in os.environ
        ]
    else:
        places = []
    for place in places:
        if place.is_file():
            yield Candidate(str(place))
    yield Candidate(None)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def require_driver() -> None:
    """Raise DriverUnusable unless the program that Playwright drives browsers with starts.

    It comes with the package, but counts on a library that a bare Debian does not have.
    """
    done = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise DriverUnusable(
            "Playwright 无法启动 / Playwright does not start:\n"
            f"  {done.stdout.strip()}\n"
            "  Debian, Ubuntu: sudo apt install libatomic1\n"
            "  Fedora: sudo dnf install libatomic"
        )


def launch(playwright: Playwright) -> tuple[Candidate, Browser]:
    """Start the first browser that starts.

    Raises BrowserMissing with what each one said.
    """
    # Chromium refuses its sandbox to root, and some systems forbid it to everybody.
    sandboxes = (False,) if is_root() else (True, False)
    said = []
    for candidate in candidates():
        for sandbox in sandboxes:
            try:
                browser = playwright.chromium.launch(
                    executable_path=candidate.path,
                    args=list(ARGUMENTS),
                    chromium_sandbox=sandbox,
                )
            except Error as error:
                said.append(f"  {candidate.name}: {error.message.strip().splitlines()[0]}")
            else:
                return candidate, browser
    raise BrowserMissing(
        "没有可用的浏览器 / No usable browser:\n" + "\n".join(dict.fromkeys(said)) + "\n"
        "  Debian: sudo apt install chromium-headless-shell fonts-noto-cjk\n"
        "  其他系统：安装 Chrome，或运行 / elsewhere: install Chrome, or run\n"
        f"    {sys.executable} -m playwright install chromium\n"
        "  装在别处的浏览器用环境变量 CHROME 指明 / "
        "name a browser kept elsewhere with the variable CHROME"
    )


def require_chinese_font(browser: Browser) -> None:
    """Raise FontMissing unless several Chinese characters are drawn each in its own shape."""
    page = browser.new_page()
    try:
        *han, box = page.evaluate(DRAW, [[*HAN, UNASSIGNED], 32])
    finally:
        page.close()
    if "" in han or len({*han, box}) != len(HAN) + 1:
        raise FontMissing(
            "浏览器没有中文字体，汉字都显示成方框 / "
            "The browser has no Chinese font, every character is a box:\n"
            "  Debian, Ubuntu: sudo apt install fonts-noto-cjk\n"
            "  Fedora: sudo dnf install google-noto-sans-cjk-fonts\n"
            "  然后重新运行 / then run the command again"
        )


def distribution() -> str:
    """The system's own id: debian, ubuntu, …; empty when it is no Linux or says nothing."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return values.get("ID", "").strip('"')


def can_apt() -> bool:
    return is_root() and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> None:
    names = " ".join(packages)
    print(f"==> 用 apt 安装 {names} / Installing {names} with apt", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ("-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0")
    for command in (
        ("apt-get", "update", *options),
        ("apt-get", "install", "-y", "--no-install-recommends", *options, *packages),
    ):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode:
            # Not the end: the check that follows says what is still missing.
            print("\n".join(done.stdout.splitlines()[-10:]), file=sys.stderr)
            return


def install_browser() -> None:
    # Ubuntu's package of that name is a snap, which does not run in containers.
    if can_apt() and distribution() == "debian":
        apt_install("chromium-headless-shell", "fonts-noto-cjk")
        if shutil.which("chromium-headless-shell") is None:  # a mirror of earlier days
            apt_install("chromium", "fonts-noto-cjk")
        return
    print(
        "==> 下载 Playwright 的 Chromium / Downloading Playwright's Chromium",
        file=sys.stderr,
        flush=True,
    )
    with_system_packages = ("--with-deps",) if can_apt() else ()
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", *with_system_packages, "chromium"],
        stdout=sys.stderr,
    )


def check() -> Candidate:
    """Start the browser and look at its Chinese; raises BrowserMissing or FontMissing."""
    with sync_playwright() as playwright:
        candidate, browser = launch(playwright)
        try:
            require_chinese_font(browser)
        finally:
            browser.close()
        return candidate


def provide() -> Candidate:
    """The browser the tests will use, installed if it has to be.

    Raises DriverUnusable, BrowserMissing or FontMissing when that cannot be done from here.
    """
    try:
        require_driver()
    except DriverUnusable:
        if not can_apt():
            raise
        apt_install("libatomic1")
        require_driver()
    try:
        return check()
    except BrowserMissing:
        if os.environ.get("CHROME"):
            raise
        install_browser()
    except FontMissing:
        if not can_apt():
            raise
        apt_install("fonts-noto-cjk")
    try:
        return check()
    except FontMissing:  # a browser just downloaded brings no font
        if not can_apt():
            raise
        apt_install("fonts-noto-cjk")
    return check()


def main() -> int:
    try:
        candidate = provide()
    except (DriverUnusable, BrowserMissing, FontMissing) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"==> 浏览器 / Browser: {candidate.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
