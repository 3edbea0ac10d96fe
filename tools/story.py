"""Play the whole story of a figure, from a clone to a published page and back: `make rehearsal`.

    python -m tools.story                 in a temporary clone of the committed state
    python -m tools.story --worktree      of the files as they lie in the folder, committed or not

With real git, the project's own commands and a real nginx: the site is bundled and published; a
clerk changes a figure; the change is checked, told, built, recorded as a new edition and
published; every kind of mistake is made and refused, and the site stays as it was; the last
publication is taken back. Exits 1 at the first step that does otherwise than the story says.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.server import serving
from tools.rehearsal import StepFailed, copy_project, say

DISCLOSURE = "departments/economy-technology/2024-budget"
PROJECTS = f"{DISCLOSURE}/projects"
HEATING = f"{PROJECTS}/13081124P00000310002E"
AIR = f"{PROJECTS}/13081124P00005510003H"

# What moves 3.27 from one project to another, so that every total stays as it is printed.
EDIT = (
    (HEATING, "budget: 466.73", "budget: 470.00"),
    (HEATING, "财政资金: 466.73", "财政资金: 470.00"),
    (AIR, "budget: 33.27", "budget: 30.00"),
    (AIR, "财政资金: 33.27", "财政资金: 30.00"),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A slip in a file of the data, and the code of the message that has to refuse it."""

    name: str
    file: str
    old: str
    new: str
    code: str
    encoding: str = "utf-8"
    told_at: str = ""
    """The file that the message names, where it is another."""


MISTAKES = (
    Mistake("全角冒号 / full-width colon", f"{HEATING}.yml", "budget: ", "budget：", "Y120"),
    Mistake("制表符 / a tab", f"{HEATING}.yml", "  财政资金", "\t财政资金", "Y122"),
    Mistake("重复的键 / a key twice", f"{HEATING}.yml", "order: 8", "order: 8\norder: 9", "Y117"),
    Mistake("单位写进数字 / a unit", f"{HEATING}.yml", "470.00", "470.00 万元", "S204"),
    Mistake("字母 O / the letter O", f"{DISCLOSURE}/budget.yml", "3420", "342O", "S204"),
    Mistake("键名写错 / a misspelt key", f"{HEATING}.yml", "budget:", "bugdet:", "S202"),
    Mistake("漏了名称 / no name", f"{HEATING}.yml", "name: ", "# ", "S201"),
    Mistake("年度不符 / another year", f"{DISCLOSURE}/disclosure.yml", "year: 2024", "year: 2042",
            "R303"),
    Mistake("没有的项目 / no such project", f"{DISCLOSURE}/budget.yml", "0002E", "0002F", "R306"),
    Mistake("合计对不上 / a sum", f"{HEATING}.yml", "budget: 470.00", "budget: 480.00", "A410"),
    Mistake("身份证号 / an identity number", f"{HEATING}.yml", "use: ",
            "use: 联系人 130803199003070016，", "P801"),
    Mistake("翻译文件写坏 / a broken catalogue", "translations/en/projects.po", 'msgid "', "msgid ",
            "T503"),
    Mistake("存成 GBK / saved as GBK", f"{HEATING}.yml", "name: ", "name: ", "Y101", "gb18030"),
    Mistake("改了存档 / an archived edition altered", f"{DISCLOSURE}/editions/1.json", "466.73",
            "470.00", "R341", told_at=f"{DISCLOSURE}/editions.yml"),
)  # fmt: skip


def run(
    command: Sequence[str | Path], cwd: Path, *, fails: bool = False, **environment: str
) -> str:
    """What a command printed; raises StepFailed when it fails, or with ``fails`` when not."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if (done.returncode != 0) is not fails:
        shown = " ".join(str(part) for part in command)
        raise StepFailed(f"{shown}: exit {done.returncode}\n{done.stdout[-4000:]}")
    return done.stdout


class Story:
    """A clone, a server, and what has happened so far."""

    def __init__(self, folder: Path, worktree: bool) -> None:
        self.clone = folder / "clone"
        self.server = folder / "server"
        self.folder = folder
        copy_project(self.clone, worktree)
        if worktree:
            self.git("init", "--quiet", "--initial-branch=main")
            self.git("add", "--all")
        for name, value in (("user.name", "编者"), ("user.email", "editor@example.invalid")):
            self.git("config", name, value)
        if worktree:
            self.commit("这个文件夹现在的样子 / the folder as it is")

    def git(self, *arguments: str) -> str:
        """Real git in the clone."""
        return run(("git", *arguments), self.clone)

    def commit(self, message: str) -> None:
        """Commit everything; every commit a minute later, so that builds differ as in life."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def python(self, *arguments: str | Path, fails: bool = False) -> str:
        """The code of the clone, with the packages of this Python."""
        return run(
            (sys.executable, *arguments),
            self.clone,
            fails=fails,
            PYTHONPATH=f"{self.clone / 'plugins'}{os.pathsep}{self.clone}",
            PYTHONUTF8="1",
            NO_MKDOCS_2_WARNING="1",
            SOURCE_DATE_EPOCH=self.git("log", "-1", "--format=%ct").strip(),
        )

    def disclosure(self, *arguments: str, fails: bool = False) -> str:
        """The command ``disclosure``."""
        return self.python("-m", "disclosure.cli", *arguments, fails=fails)

    def edit(self, file: str, old: str, new: str, encoding: str = "utf-8") -> None:
        """Replace the first ``old`` in a file of the data, as an editor would."""
        path = self.clone / "data" / file
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise StepFailed(f"{file}: {old!r} is not there to be edited")
        path.write_text(text.replace(old, new, 1), encoding=encoding, newline="\n")

    def site(self) -> str:
        """The digest of the built site."""
        done = self.python("-m", "disclosure.manifest", "--digest", "site")
        return done.strip()

    def build(self, *, fails: bool = False) -> str:
        """Build the site as `make site` does."""
        return self.python("-m", "mkdocs", "build", "--strict", fails=fails)

    def publish(self) -> None:
        """Bundle what is committed and publish it on the server."""
        bundles = self.folder / "bundles"
        shutil.rmtree(bundles, ignore_errors=True)
        self.python("-m", "tools.bundle", "--without-wheels", "--output", bundles)
        (bundle,) = bundles.glob("*.tar.gz")
        self.script("publish", str(bundle))

    def script(self, *arguments: str) -> str:
        """The script of the server, which has no Python."""
        script = self.clone / "deploy/publish.sh"
        return run(("sh", script, "--root", self.server, *arguments), self.folder)


def expect(what: str, wanted: str, text: str) -> None:
    """Raise StepFailed unless ``wanted`` stands in ``text``."""
    if wanted not in text:
        raise StepFailed(f"{what}: {wanted!r} is not said in\n{text[-3000:]}")


def tell(folder: Path, worktree: bool) -> None:
    """All of the story; raises StepFailed where it goes otherwise."""
    say("克隆", "Clone")
    story = Story(folder, worktree)
    story.disclosure("check", "--strict")
    story.build()
    say("首次发布", "First publication")
    story.publish()
    with serving(story.server, folder / "nginx") as nginx:
        address = f"http://127.0.0.1:{nginx.port}/"
        page = f"{address}{HEATING}.html"
        expect("the page published", "466.73", read(page))
        first = read(page)

        say("改一个数字：检查、对比、生成", "Edit a figure: check, diff, build")
        story.git("switch", "--quiet", "--create", "figure")
        for file, old, new in EDIT:
            story.edit(f"{file}.yml", old, new)
        story.commit("调整清洁能源取暖的预算")
        story.disclosure("check", "--strict")
        summary = story.disclosure("diff", "main...figure", "--format", "text")
        for said in ("466.73", "470.00", "+3.27", "+0.7"):
            expect("the diff", said, summary)
        changes = json.loads(story.disclosure("diff", "main...figure", "--format", "json"))
        if not changes:
            raise StepFailed("the diff as JSON is empty")
        story.build()
        if read(page) != first:
            raise StepFailed("the published page changed before it was published")

        say("批准，记下新的一版，发布", "Approve, record an edition, publish")
        story.git("switch", "--quiet", "main")
        story.git("merge", "--quiet", "--no-ff", "--message", "批准", "figure")
        slug = DISCLOSURE.removeprefix("departments/")
        story.disclosure(
            *("edition", slug, "--reason-zh", "调整两个项目的预算数"),
            *("--reason-en", "Amounts of two projects adjusted", "--date", "2026-12-01"),
        )
        story.commit("第 2 版")
        story.disclosure("check", "--strict")
        story.publish()
        second = read(page)
        expect("the page published again", "470.00", second)
        for lang in ("", "en/"):
            log = read(f"{address}{lang}{DISCLOSURE}/editions.html")
            for said in ("466.73", "470.00"):
                expect("the log of changes", said, log)
        read(f"{address}{DISCLOSURE}/editions/1.json")

        built = story.site()
        for mistake in MISTAKES:
            refused(story, mistake)
            if (story.site(), read(page)) != (built, second):
                raise StepFailed(f"{mistake.name}: the site did not stay as it was")

        say("退回", "Roll back")
        story.script("rollback")
        if read(page) != first:
            raise StepFailed("the page is not the one before the last publication")
        story.script("verify")


def refused(story: Story, mistake: Mistake) -> None:
    """Make a mistake; the check and, for what cannot be read, the build have to refuse it."""
    say(f"写错：{mistake.name}", f"A mistake, {mistake.code}")
    story.edit(mistake.file, mistake.old, mistake.new, mistake.encoding)
    told = story.disclosure("check", "--strict", "--format", "plain", fails=True)
    expect("the check", f" {mistake.code} ", told)
    expect("the check", f"data/{mistake.told_at or mistake.file}:", told)
    if not mistake.code.startswith("A"):  # a sum is published as printed, and said beside it
        expect("the build", mistake.code, story.build(fails=True))
    story.git("restore", "data")


def read(address: str) -> str:
    """A page from the server."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        text: str = answer.read().decode("utf-8")
        return text


def main() -> int:
    """Tell the story in a temporary folder; 0 when it went as told."""
    arguments = sys.argv[1:]
    if arguments not in ([], ["--worktree"]):
        print(__doc__, file=sys.stderr)
        return 2
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="story-") as folder:
        try:
            tell(Path(folder), worktree=bool(arguments))
        except StepFailed as failed:
            print(f"\n故事没有照样发生 / The story went otherwise: {failed}", file=sys.stderr)
            return 1
    seconds = round(time.monotonic() - started)
    print(f"\n全程成功，用时 {seconds} 秒 / The whole story succeeded in {seconds} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
