"""Take the pictures of the guides: docs/pictures/guides/NAME-LANG.png, in Chinese and English.

    python -m tools.guide_pictures [NAME…]

Without a name all of them are taken. There are three kinds:

- drawings of a screen of GitHub, GitLab, Poedit or Weblate, marked as schematic: our own plain
  drawing (``tools/guide_pictures/*.html``), with the words of the buttons that a reader looks for;
- what our own commands print, run on a copy of the example district with the mistake put in;
- pages of our own site, built from such a copy.

The same browser and fonts give the same pictures. Each picture made from HTML keeps the SHA-256 of
that HTML, so that a test without a browser finds those that are out of date.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal

import markdown  # it has no types of its own
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from PIL import Image, PngImagePlugin
from playwright.sync_api import Browser, sync_playwright
from tools.browser import BrowserMissing, FontMissing, launch, require_chinese_font

Lang = Literal["zh", "en"]

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures" / "guides"
EXAMPLE = ROOT / "examples" / "district"
LANGS: tuple[Lang, ...] = ("zh", "en")
WIDTH = 760
"""CSS pixels of a picture made from HTML."""
SCALE = 1.5
COLOURS = 48
MAXIMUM_BYTES = 60_000
"""What one picture may weigh; all together 1.5 MB (tests/docs/test_guides.py)."""
MARK = "source-sha256"
"""The key in the PNG under which the digest of its HTML stands."""

DISCLOSURE = "departments/education/2024-budget"
ASSETS = f"data/{DISCLOSURE}/assets.yml"
PROJECT = f"data/{DISCLOSURE}/projects/FIC24-EDU-005.yml"
RIGHT = "planned_purchases: 72.80"
WRONG = "planned_purchases: 78.20"
"""The slip of the first guide: two digits in the wrong order, which no sum can notice."""
MISTAKES = {
    "check-colon": "planned_purchases：72.80",
    "check-unit": "planned_purchases: 72.80万元",
}
BRANCH = "fix-assets-2024"
UNTRANSLATED = "公务用车运行和接待来访增加。"
"""A text of the example whose English is taken away for the pictures on translation."""

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).with_suffix("")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)


# --- copies of the example ------------------------------------------------------------------------


def copy_example(folder: Path, *, slip: bool, whole: bool = True) -> Path:
    """The example district in ``folder``; its data folder.

    With ``slip`` the figure is the wrong one. Not ``whole``: only the disclosure of the guides and
    what belongs to every site, which is enough to tell about its own files, and much faster.
    """
    departments = EXAMPLE / "data" / "departments"

    def others(parent: str, names: list[str]) -> set[str]:
        below = Path(parent)
        # The story begins before the first edition.
        unwanted = {name for name in names if name.partition(".")[0] == "editions"}
        if whole:
            return unwanted
        if below == departments:
            return {name for name in names if name != "education"}
        if below.parent == departments:
            return {name for name in names if name not in ("2024-budget", "department.yml")}
        return unwanted

    shutil.copytree(EXAMPLE / "data", folder / "data", ignore=others)
    if slip:
        replace(folder / ASSETS, RIGHT, WRONG)
    return folder / "data"


def replace(file: Path, old: str, new: str) -> None:
    """Replace the only place of ``old``; raises ValueError where there is none, or several."""
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{file}: {old!r} stands there {text.count(old)} times")
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def printed(folder: Path, *arguments: str) -> str:
    """What ``disclosure ARGUMENTS`` prints when it runs in ``folder``; it may fail."""
    done = subprocess.run(
        [sys.executable, "-m", "disclosure.cli", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    if not done.stdout:
        raise RuntimeError(f"disclosure {' '.join(arguments)}: {done.stderr}")
    return done.stdout.rstrip("\n")


@cache
def report(mistake: str, lang: Lang) -> str:
    """What the check says about the file of assets when its figure is written as ``mistake``."""
    with tempfile.TemporaryDirectory() as name:
        copy_example(Path(name), slip=False, whole=False)
        replace(Path(name) / ASSETS, RIGHT, mistake)
        return printed(Path(name), "check", ASSETS, "--lang", lang)


@cache
def difference(lang: Lang) -> str:
    """The Markdown that ``disclosure diff`` writes about the change of the first guide."""
    with tempfile.TemporaryDirectory() as name:
        before, after = Path(name) / "main", Path(name) / BRANCH
        copy_example(before, slip=True, whole=False)
        copy_example(after, slip=False, whole=False)
        return printed(
            Path(name),
            *("diff", "main/data", f"{BRANCH}/data"),
            *("--lang", lang, "--format", "markdown"),
        )


@cache
def new_year(lang: Lang) -> str:
    """What ``disclosure new-year`` prints about the example, its longest part left out."""
    with tempfile.TemporaryDirectory() as name:
        copy_example(Path(name), slip=False, whole=False)
        lines = printed(Path(name), "new-year", "education", "--lang", lang).splitlines()
    files = [line for line in lines if line.startswith("  data/")]
    notes = [line for line in lines if line.startswith("  - ")]
    shown = (line for line in lines if line not in (*files[4:], *notes))
    return "\n".join(f"{line}\n  …" if line == files[3] else line for line in shown)


# --- what the pictures show -----------------------------------------------------------------------


def _said(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def _head(text: str, lines: int) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")][:lines]


def _editor(lang: Lang) -> Mapping[str, object]:
    """The file of the first guide before and after, and the words about the change."""
    text = (EXAMPLE / ASSETS).read_text(encoding="utf-8")
    after = text.splitlines()[:8]
    return {
        "after": after,
        "before": [line.replace(RIGHT, WRONG) for line in after],
        "line_number": after.index(RIGHT) + 1,
        "message": _said(lang, "改正拟购置固定资产总额", "Correct the planned purchases of assets"),
        "reason": _said(
            lang,
            "2024 年预算公开文件第 9 页印的是 72.80，录入时写成了 78.20。",
            "Page 9 of the 2024 budget prints 72.80; 78.20 was typed.",
        ),
        "branch": BRANCH,
        "jobs": _jobs(),
    }


def _jobs() -> tuple[str, ...]:
    """The first two checks of a pull request, as GitHub lists them."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"))
    jobs = tuple(workflow["jobs"].values())
    return tuple(f"{workflow['name']} / {job['name']}" for job in jobs[:2])


def _request(lang: Lang) -> Mapping[str, object]:
    pipeline = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    made = {
        name: job["artifacts"]
        for name, job in pipeline.items()
        if isinstance(job, dict) and "artifacts" in job
    }
    (job,) = (name for name, artifacts in made.items() if "codequality" in str(artifacts))
    links = [(a["expose_as"], name) for name, a in made.items() if "expose_as" in a]
    problem = report(MISTAKES["check-unit"], lang).splitlines()[0]
    return {**_editor(lang), "problem": problem, "job": job, "links": links}


def _project(lang: Lang) -> Mapping[str, object]:
    return {
        "file_name": Path(PROJECT).name,
        "project": _head((EXAMPLE / PROJECT).read_text(encoding="utf-8"), 8),
    }


def _entries(lang: Lang) -> Mapping[str, object]:
    """Texts of the example with their English, one of them still without."""
    text = (EXAMPLE / "data/translations/en/budget.po").read_text(encoding="utf-8")
    found = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.M)[:4]
    (chosen,) = [(zh, en) for zh, en in found if zh == UNTRANSLATED]
    shown = [(zh, "" if zh == UNTRANSLATED else en) for zh, en in found]
    return {"entries": shown, "chosen": chosen}


def _check(lang: Lang) -> Mapping[str, object]:
    return {
        "command": f"disclosure check {ASSETS} --lang {lang}",
        "output": report(MISTAKES["check-colon"], lang),
    }


def _new_year(lang: Lang) -> Mapping[str, object]:
    return {
        "command": f"disclosure new-year education --lang {lang}",
        "output": new_year(lang),
    }


def _message(lang: Lang) -> Mapping[str, object]:
    """The parts of one message of the check."""
    first, *rest = report(MISTAKES["check-unit"], lang).splitlines()
    place, code, text = first.split(" ", 2)
    file, line, column = place.rsplit(":", 2)
    return {
        **{"file": file, "line": line, "column": column, "code": code, "text": text},
        "excerpt": "\n".join(rest[:2]),
    }


def _summary(lang: Lang) -> Mapping[str, object]:
    # Any punctuation may stand after a backslash where the summary is shown, but not here.
    text = re.sub(r"\\([!-/:-@\[-`{-~])", lambda found: f"&#{ord(found[1])};", difference(lang))
    html = markdown.markdown(text, extensions=["tables", "sane_lists"])
    return {"markdown": Markup(html)}


def _nothing(lang: Lang) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture made from a template; its name, and what fills the template."""

    name: str
    template: str
    fill: Callable[[Lang], Mapping[str, object]]

    def html(self, lang: Lang) -> str:
        """The page that the browser takes the picture of."""
        return _templates.get_template(f"{self.template}.html").render(
            lang=lang, t=partial(_said, lang), **self.fill(lang)
        )


@dataclass(frozen=True, slots=True)
class SitePage:
    """A picture of our own site: its name, the page, and how many CSS pixels of it are shown.

    ``edited`` is the copy with the slip and without the English of one text. ``centre`` is the
    element in the middle of the picture; without it the top of the page is shown.
    """

    name: str
    address: str
    edited: bool
    height: int
    centre: str = ""
    langs: tuple[Lang, ...] = LANGS


DRAWINGS = (
    *(
        Drawing(name, name, _editor)
        for name in (
            *("github-file", "github-edit", "github-commit", "github-pull", "github-checks"),
            *("gitlab-edit", "gitlab-commit"),
        )
    ),
    Drawing("gitlab-request", "gitlab-request", _request),
    Drawing("github-new", "github-new", _project),
    Drawing("poedit", "poedit", _entries),
    Drawing("weblate", "weblate", _entries),
    Drawing("pages-settings", "pages-settings", _nothing),
    Drawing("message", "message", _message),
    Drawing("check-colon", "terminal", _check),
    Drawing("new-year", "terminal", _new_year),
    Drawing("internal-flow", "internal-flow", _nothing),
    Drawing("diff-summary", "summary", _summary),
)
PAGES = (
    SitePage("page-before", f"{DISCLOSURE}/assets.html", True, 540),
    SitePage("page-after", f"{DISCLOSURE}/assets.html", False, 540),
    SitePage("page-foot", f"{DISCLOSURE}/assets.html", True, 300, "text=/本页数据文件|Data file/"),
    SitePage("page-project", f"{DISCLOSURE}/projects/FIC24-EDU-005.html", False, 560),
    SitePage(
        *("page-untranslated", f"{DISCLOSURE}/three-public.html", True, 360),
        *(f"text={UNTRANSLATED}", ("en",)),
    ),
)
NAMES = (*(each.name for each in DRAWINGS), *(each.name for each in PAGES))


# --- taking them ----------------------------------------------------------------------------------


def file_of(name: str, lang: Lang) -> Path:
    """The file of a picture."""
    return PICTURES / f"{name}-{lang}.png"


def digest(html: str) -> str:
    """What a picture keeps of its HTML."""
    return hashlib.sha256(html.encode("utf-8")).hexdigest()


def save(png: bytes, file: Path, mark: str | None) -> None:
    """Write the picture with few colours; ``mark`` is the digest of its HTML."""
    with Image.open(io.BytesIO(png)) as taken:
        few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    kept = PngImagePlugin.PngInfo()
    if mark:
        kept.add_text(MARK, mark)
    few.save(file, optimize=True, pnginfo=kept)


def take_drawing(browser: Browser, drawing: Drawing, lang: Lang) -> Path:
    """Take a picture made from a template; returns its file."""
    html = drawing.html(lang)
    page = browser.new_page(
        viewport={"width": WIDTH, "height": 600}, device_scale_factor=SCALE, color_scheme="light"
    )
    try:
        page.set_content(html)
        png = page.locator("#picture").screenshot(animations="disabled", caret="hide")
    finally:
        page.close()
    file = file_of(drawing.name, lang)
    save(png, file, digest(html))
    return file


def take_page(browser: Browser, site: Path, picture: SitePage, lang: Lang) -> Path:
    """Take a picture of a page of a built site; returns its file."""
    page = browser.new_page(
        viewport={"width": 960, "height": picture.height},
        device_scale_factor=1,
        reduced_motion="reduce",
        color_scheme="light",
    )
    try:
        address = site / ("en" if lang == "en" else "") / picture.address
        page.goto(address.as_uri(), wait_until="load")
        if picture.centre:
            place = page.locator(picture.centre).first
            place.evaluate("element => element.scrollIntoView({ block: 'center' })")
        png = page.screenshot(animations="disabled", caret="hide")
    finally:
        page.close()
    file = file_of(picture.name, lang)
    save(png, file, None)
    return file


def build(folder: Path, *, edited: bool) -> Path:
    """Build the example in ``folder``; returns the folder of the site."""
    data = copy_example(folder, slip=edited)
    if edited:
        text = (data / "translations/en/budget.po").read_text(encoding="utf-8")
        entry = next(each for each in text.split("\n\n") if f'msgid "{UNTRANSLATED}"' in each)
        replace(data / "translations/en/budget.po", f"{entry}\n\n", "")
    shutil.copytree(EXAMPLE / "content", folder / "content")
    shutil.copy2(EXAMPLE / "mkdocs.yml", folder)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if name != "SITE_URL"},
            **{"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
            "SOURCE_DATE_EPOCH": "1735689600",
        },
        check=True,
    )
    return folder / "site"


def take(browser: Browser, names: frozenset[str]) -> Iterator[Path]:
    """Take the pictures of these names; their files."""
    for drawing in DRAWINGS:
        if drawing.name in names:
            for lang in LANGS:
                yield take_drawing(browser, drawing, lang)
    for edited in (False, True):
        wanted = [each for each in PAGES if each.name in names and each.edited is edited]
        if not wanted:
            continue
        with tempfile.TemporaryDirectory() as name:
            site = build(Path(name), edited=edited)
            for picture in wanted:
                for lang in picture.langs:
                    yield take_page(browser, site, picture, lang)


def main(arguments: list[str]) -> int:
    """Take the pictures; 1 where a browser or a name is missing, or a picture is too heavy."""
    names = frozenset(arguments or NAMES)
    if unknown := names.difference(NAMES):
        print(
            f"没有这样的图 / No such picture: {', '.join(sorted(unknown))}\n"
            f"可以是 / There are: {', '.join(NAMES)}",
            file=sys.stderr,
        )
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    heavy = []
    with sync_playwright() as playwright:
        try:
            _, browser = launch(playwright)
            require_chinese_font(browser)
        except (BrowserMissing, FontMissing) as problem:
            print(problem, file=sys.stderr)
            return 1
        for file in take(browser, names):
            size = file.stat().st_size
            print(f"==> {file.relative_to(ROOT).as_posix()} {size:,}")
            heavy += [file.name] if size > MAXIMUM_BYTES else []
        browser.close()
    if heavy:
        print(f"太大 / Too heavy (> {MAXIMUM_BYTES:,}): {', '.join(heavy)}", file=sys.stderr)
    return int(bool(heavy))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
