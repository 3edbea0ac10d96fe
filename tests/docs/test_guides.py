"""The guides: both languages alike, pictures up to date, and every example carried out."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import get_args

import pytest
from PIL import Image
from tests.docs.pages import DOCS, ROOT, Code, Document
from tools.guide_pictures import (
    ASSETS,
    BRANCH,
    DRAWINGS,
    LANGS,
    MARK,
    MAXIMUM_BYTES,
    PAGES,
    PICTURES,
    PROJECT,
    RIGHT,
    UNTRANSLATED,
    WRONG,
    Drawing,
    Lang,
    copy_example,
    digest,
    file_of,
)

from disclosure import cli
from disclosure.problems import CATALOGUE
from tools import guide_pictures

GUIDES = (
    *("change-a-figure", "add-a-project", "translate", "errors"),
    *("new-year", "github-pages", "internal-server"),
)
ALL_BYTES = 1_500_000
HAN = re.compile("[一-鿿]")
_PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")


def guide(name: str, lang: str) -> Document:
    return Document(DOCS / lang / "guides" / f"{name}.md")


BOTH = [(name, lang) for name in GUIDES for lang in get_args(Lang)]


def codes(name: str, lang: str, note: str) -> list[Code]:
    """The blocks of a guide with this note above them."""
    found = [code for code in guide(name, lang).codes if code.note == note]
    assert found, f"{name} ({lang}) has no block with the note {note}"
    return found


def shown(code: Code) -> str:
    """What stands in a block, which may be inside a list."""
    return dedent(code.text)


# --- both languages -------------------------------------------------------------------------------


def test_every_guide_is_there_in_both_languages_and_in_the_index() -> None:
    links = set(Document(DOCS / "README.md").links)
    for lang in LANGS:
        assert {path.stem for path in (DOCS / lang / "guides").iterdir()} == set(GUIDES)
        assert {f"{lang}/guides/{name}.md" for name in GUIDES} <= links


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_have_the_same_parts(name: str) -> None:
    outlines = [[(h.level, h.id) for h in guide(name, lang).headings] for lang in LANGS]
    assert outlines[0] == outlines[1]
    ids = [id for level, id in outlines[0] if level > 1]
    assert all(ids) and len(ids) == len(set(ids))
    assert len(set(steps(guide(name, lang)) for lang in LANGS)) == 1


def steps(document: Document) -> tuple[int, ...]:
    """How many numbered steps, list items and rows of tables each section has."""
    sections = re.split(r'<a id="', document.prose)
    return tuple(
        len(re.findall(pattern, section, re.M))
        for section in sections
        for pattern in (r"^\d+\. ", r"^- ", r"^ *\|")
    )


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_steps_are_numbered_and_each_is_short(name: str, lang: str) -> None:
    number = 0
    for line in guide(name, lang).prose.splitlines():
        if line.startswith(("#", "**", "<a ")):
            number = 0
        if found := re.match(r"(\d+)\. (.*)", line):
            assert int(found[1]) in (1, number + 1), line
            number = int(found[1])
            assert width(found[2]) <= 120, line


def width(text: str) -> int:
    """Columns of a text as it is read: without links and marks, a Chinese character as two."""
    read = re.sub(r"\]\([^)]*\)|[\[`*]", "", text)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in read)


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_the_other_language_is_one_click_away(name: str, lang: str) -> None:
    other = {"zh": "en", "en": "zh"}[lang]
    assert (
        guide(name, lang)
        .text.splitlines()[2]
        .startswith(
            f"[{'English' if lang == 'zh' else '中文'}](../../{other}/guides/{name}.md) · ["
        )
    )


@pytest.mark.parametrize("name", GUIDES)
def test_data_shown_are_the_same_in_both_languages(name: str) -> None:
    of_lang = [
        [
            (c.language, c.note, c.value, shown(c).replace(f"--lang {lang}", "--lang"))
            for c in guide(name, lang).codes
        ]
        for lang in LANGS
    ]
    data = [[each for each in found if each[0] in ("yaml", "po", "sh")] for found in of_lang]
    assert data[0] == data[1]
    notes = [[each[1:3] for each in found] for found in of_lang]
    assert notes[0] == notes[1]


def test_the_words_of_the_first_guide_are_explained_in_a_line_each() -> None:
    for lang, words in (
        ("zh", ("仓库", "分支", "合并请求")),
        ("en", ("repository", "branch", "pull request")),
    ):
        rows = guide("change-a-figure", lang).rows("words")
        assert set(words) <= {row[0] for row in rows}
        assert all(0 < len(row[2]) <= 110 for row in rows)


# --- pictures -------------------------------------------------------------------------------------


def pictures(document: Document) -> Iterator[tuple[str, Path]]:
    """Alternative text and file of each picture."""
    for alt, link in _PICTURE.findall(document.prose):
        yield alt, (document.path.parent / link).resolve()


def test_every_picture_is_shown_and_every_one_shown_exists() -> None:
    used = {file for name, lang in BOTH for _, file in pictures(guide(name, lang))}
    made = {file_of(each.name, lang) for each in DRAWINGS for lang in LANGS}
    made |= {file_of(each.name, lang) for each in PAGES for lang in each.langs}
    assert used == made == set(PICTURES.iterdir())


@pytest.mark.parametrize("name", GUIDES)
def test_pictures_stand_at_the_same_places_in_the_language_of_the_page(name: str) -> None:
    places = []
    for lang in LANGS:
        found = list(pictures(guide(name, lang)))
        places.append([file.name.rpartition("-")[0] for _, file in found])
        for alt, file in found:
            assert bool(HAN.search(alt)) == (lang == "zh"), alt
            both = file_of(file.stem.rpartition("-")[0], lang).exists()
            assert file.stem.endswith(f"-{lang}") or not both
            drawn = next((d for d in DRAWINGS if file.name.startswith(f"{d.name}-")), None)
            if drawn and 'class="tag"' in template(drawn):
                assert alt.startswith("示意图" if lang == "zh" else "Schematic"), alt
    assert places[0] == places[1]


def template(drawing: Drawing) -> str:
    return (ROOT / "tools/guide_pictures" / f"{drawing.template}.html").read_text("utf-8")


def test_pictures_are_light() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert {name: size for name, size in sizes.items() if size > MAXIMUM_BYTES} == {}
    assert sum(sizes.values()) <= ALL_BYTES


@pytest.fixture(scope="module")
def printed_here() -> Iterator[None]:
    """The commands behind the pictures run in this process: the same words, much sooner."""

    def printed(folder: Path, *arguments: str) -> str:
        out = io.StringIO()
        cli._lines.cache_clear()  # another folder, the same names
        with contextlib.chdir(folder), contextlib.redirect_stdout(out):
            cli.main(arguments)
        return out.getvalue().rstrip("\n")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guide_pictures, "printed", printed)
        yield
    for words in (guide_pictures.report, guide_pictures.difference, guide_pictures.new_year):
        words.cache_clear()


@pytest.mark.usefixtures("printed_here")
@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.name)
def test_pictures_show_what_the_commands_print_today(drawing: Drawing) -> None:
    for lang in LANGS:
        with Image.open(file_of(drawing.name, lang)) as picture:
            assert picture.mode == "P"
            assert picture.info.get(MARK) == digest(drawing.html(lang)), (
                f"run: .venv/bin/python -m tools.guide_pictures {drawing.name}"
            )


# --- commands and words of other files ------------------------------------------------------------


def command_lines() -> Iterator[tuple[str, str]]:
    for name, lang in BOTH:
        document = guide(name, lang)
        for code in document.codes:
            if code.language in ("sh", "bat"):
                yield from ((document.name, line.strip()) for line in code.text.splitlines())
        yield from ((document.name, code) for code in document.inline_code)


def test_every_disclosure_command_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    parser, runs = cli._parser()
    used = set()
    for name, line in command_lines():
        found = re.match(r"(?:\.venv\\Scripts\\)?disclosure ([a-z-]+ .*|[a-z-]+)$", line)
        if found:
            words = shlex.split(found[1], comments=True)
            if len(words) == 1 and words[0] in runs:  # its name only
                continue
            try:
                parser.parse_args(words)
            except SystemExit:
                pytest.fail(f"{name}: {line}\n{capsys.readouterr().err}", pytrace=False)
            used.add(words[0])
    assert used >= {"check", "translate", "edition", "new-year", "new-department"}


def test_every_command_of_the_publish_script_is_one() -> None:
    usage = (ROOT / "deploy/publish.sh").read_text(encoding="utf-8")
    known = set(
        re.findall(r"^  ([a-z]+) ", usage.partition("<<END")[2].partition("\nEND")[0], re.M)
    )
    used = {
        found[1]
        for _, line in command_lines()
        if (found := re.search(r"publish\.sh ([a-z]+)", line))
    }
    assert {"publish", "rollback", "list", "verify"} <= used <= known


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_names_of_jobs_and_files_are_real(name: str, lang: str) -> None:
    workflows = "".join(
        path.read_text(encoding="utf-8")
        for path in (*(ROOT / ".github").rglob("*.y*ml"), ROOT / ".gitlab-ci.yml")
    )
    prose = guide(name, lang).prose
    for job in re.findall(r"“([^”/]+ / [^”/]+)”", prose):
        assert re.search(rf"^ *(?:- )?name: {re.escape(job)}$", workflows, re.M), job
    for job in ("改了什么", "检查数据"):
        if f"“{job}”" in prose:
            assert f"\n{job}:\n" in workflows
    for file in re.findall(
        r"`((?:deploy|\.github|docs)/[\w./-]+|\.gitlab-ci\.yml|disclosure[\w-]*\.(?:conf|inc))`",
        prose,
    ):
        found = ROOT / file if "/" in file or file.startswith(".") else ROOT / "deploy/nginx" / file
        assert found.exists(), file
    for code in re.findall(r"\b[YSRACPTHK]\d{3}\b", prose):
        assert code in CATALOGUE, code


@pytest.mark.parametrize(
    ("name", "lang", "said", "file"),
    [
        ("internal-server", "zh", "网站已换成 ", "deploy/publish.sh"),
        ("internal-server", "zh", "网站已退回 ", "deploy/publish.sh"),
        ("internal-server", "zh", "不完整，或者不是打包文件", "deploy/publish.sh"),
        ("internal-server", "zh", "另一个命令正在进行", "deploy/publish.sh"),
        ("internal-server", "zh", "SHA-256 与给出的不同", "deploy/publish.sh"),
        ("internal-server", "zh", "没有权限写", "deploy/publish.sh"),
        ("internal-server", "en", "the site is now ", "deploy/publish.sh"),
        ("internal-server", "en", "is incomplete or no bundle", "deploy/publish.sh"),
        ("internal-server", "en", "another command is running", "deploy/publish.sh"),
        ("internal-server", "en", "is not the one given", "deploy/publish.sh"),
        ("internal-server", "en", "no permission to write", "deploy/publish.sh"),
        ("internal-server", "zh", "不同", "tools/bundle.py"),
        ("internal-server", "en", "identical", "tools/bundle.py"),
        ("change-a-figure", "zh", "preview.zip", ".github/summary/pages.md"),
        ("change-a-figure", "en", "preview.zip", ".github/summary/pages.md"),
        ("change-a-figure", "zh", "本页数据文件", "plugins/disclosure/language/interface.py"),
        (
            *("change-a-figure", "en", "Data file of this page"),
            "plugins/disclosure/language/interface.py",
        ),
        (*("translate", "en", "not yet translated", "plugins/disclosure/language/interface.py"),),
    ],
)
def test_words_that_a_reader_should_see_are_those_of_the_program(
    name: str, lang: str, said: str, file: str
) -> None:
    assert said.strip() in guide(name, lang).text.replace("\n", " ")
    assert said in (ROOT / file).read_text(encoding="utf-8")


# --- the examples, carried out --------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of the guides: the example district with the disclosure that they are about."""
    folder = copy_example(tmp_path, slip=False, whole=False)
    monkeypatch.chdir(tmp_path)
    return folder


class Check:
    """Runs ``disclosure check`` on the data: its exit code, and the lines it prints."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, lang: str, path: str = "data", *options: str) -> tuple[int, list[str]]:
        self.capsys.readouterr()
        code = cli.main(["check", path, "--lang", lang, "--format", "plain", *options])
        return code, self.capsys.readouterr().out.splitlines()


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    return Check(capsys)


def put(file: Path, line: str) -> None:
    """Write ``line`` in the place of the line with the same key."""
    key = re.split("[:：]", line)[0]
    lines = file.read_text(encoding="utf-8").splitlines()
    (place,) = [at for at, each in enumerate(lines) if each.startswith(f"{key}:")]
    lines[place] = line
    file.write_text("".join(f"{each}\n" for each in lines), encoding="utf-8", newline="\n")


def test_the_figure_is_changed_as_the_guide_says(data: Path, check: Check) -> None:
    (before,) = codes("change-a-figure", "zh", "before")
    (after,) = codes("change-a-figure", "zh", "after")
    assert (shown(before).strip(), shown(after).strip()) == (WRONG, RIGHT)
    for code in (before, after):
        assert f"data/{code.value}" == ASSETS
        put(data / code.value, shown(code).strip())
        assert check("zh", "data", "--strict")[0] == 0
    assert f"`{BRANCH}`" in guide("change-a-figure", "zh").text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["change-a-figure", "add-a-project"])
def test_each_mistake_is_refused_with_the_words_shown(
    name: str, lang: str, data: Path, check: Check
) -> None:
    mistakes, said = codes(name, lang, "wrong"), codes(name, lang, "says")
    assert len(mistakes) == len(said)
    if name == "add-a-project":
        (new,) = codes(name, lang, "new")
        (data / new.value).write_text(shown(new), encoding="utf-8")
    for mistake, words in zip(mistakes, said, strict=True):
        file = data / mistake.value
        right = file.read_text(encoding="utf-8")
        put(file, shown(mistake).strip())
        code, lines = check(lang, f"data/{mistake.value}", "--strict")
        assert (code, lines[:-1]) == (1, shown(words).splitlines())
        file.write_text(right, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("lang", LANGS)
def test_the_project_is_added_as_the_guide_says(lang: str, data: Path, check: Check) -> None:
    (new,) = codes("add-a-project", lang, "new")
    (without,) = codes("add-a-project", lang, "without")
    assert f"data/{new.value}" == PROJECT
    (data / new.value).unlink()
    code, lines = check(lang, "data/departments", "--strict")
    assert (code, lines[:-1]) == (1, [shown(without).strip()])
    (data / new.value).write_text(shown(new), encoding="utf-8")
    code, lines = check(lang, "data/departments", "--strict", "--strict-translation")
    assert (code, lines[:-1]) == (0, [])


@pytest.mark.parametrize("lang", LANGS)
def test_the_new_year_is_begun_as_the_guide_says(
    lang: str, data: Path, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = [
        (code, line.strip())
        for code in guide("new-year", lang).codes
        if code.language == "sh"
        for line in code.text.splitlines()
    ]
    commands = [shlex.split(line)[1:] for _, line in blocks if "new-year education" in line]
    dry, real, with_projects = commands
    made = data / "departments/education/2025-budget"
    if lang == "zh":  # the same commands in both languages, see above
        assert cli.main(dry) == 0
        assert not made.exists()
        assert cli.main(with_projects) == 0
        projects = {path.stem for path in (made / "projects").iterdir()}
        assert projects == {"FIC25-EDU-001", "FIC24-EDU-003"}
        continued = (made / "projects/FIC25-EDU-001.yml").read_text(encoding="utf-8")
        assert "continues: FIC23-EDU-001\n" in continued
        shutil.rmtree(made)
    assert cli.main(real) == 0
    assert (made / "_checklist.md").is_file()
    for code in codes("new-year", lang, "made"):
        lines = (data / code.value).read_text(encoding="utf-8").splitlines()
        assert shown(code).strip() in {line.strip() for line in lines}
    (left,) = codes("new-year", lang, "left")
    file = shown(left).partition(":")[0]
    assert shown(left).strip() in check(lang, file)[1]


@pytest.mark.parametrize("lang", LANGS)
def test_english_is_added_by_hand_as_the_guide_says(
    lang: str, data: Path, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    (entry,) = codes("translate", lang, "entry")
    file = data / "translations/en/budget.po"
    text = file.read_text(encoding="utf-8")
    (old,) = [each for each in text.split("\n\n") if f'msgid "{UNTRANSLATED}"' in each]
    file.write_text(text.replace(f"{old}\n\n", ""), encoding="utf-8", newline="\n")
    missing = ("data/departments", "--strict-translation")
    assert check(lang, *missing)[0] == 1
    assert cli.main(["translate", "--check", "--lang", lang]) == 1
    (quoted,) = re.findall("“([^”]*1 (?:条|added)[^”]*)”", guide("translate", lang).text)
    added = capsys.readouterr()
    said = " ".join(quoted.split())
    assert said in (added.out + added.err).replace("262", "0"), added
    file.write_text(f"{text.replace(old, shown(entry).strip())}", encoding="utf-8", newline="\n")
    assert check(lang, *missing)[0] == 0


def test_the_mask_of_weblate_finds_every_translation() -> None:
    (mask,) = codes("translate", "zh", "mask")
    names = {
        path.relative_to(ROOT / "examples/district").as_posix()
        for path in (ROOT / "examples/district/data/translations").rglob("*.po")
    }
    found = [re.fullmatch(shown(mask).strip(), name) for name in sorted(names)]
    assert {each["language"] for each in found if each} == {"en"}
    components = {f"{each['component']}.po" for each in found if each}
    for lang in LANGS:
        rows = guide("translate", lang).rows("files")
        assert {row[0].strip("`") for row in rows} == components


@pytest.mark.parametrize("lang", LANGS)
def test_the_count_shown_is_that_of_the_check(lang: str, data: Path, check: Check) -> None:
    (count,) = codes("errors", lang, "count")
    put(data.parent / ASSETS, "planned_purchases: 72.80万元")
    assert check(lang)[1][-1] == shown(count).strip()
