"""`mkdocs serve` follows what is changed. How fast is measured by benchmarks/site.py."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from mkdocs.config import load_config
from tests.site.projects import copy_project, environment, fingerprint

import disclosure
import mkdocs_disclosure

FOLDER = "departments/economy-technology/2024-budget"
EXPLAINED = "文件列出的九项相加是"  # acknowledged.yml, of the sum of these figures
BUILDING, FOLLOWED = "Building documentation", "The other pages followed"
SOON = 20.0  # only whether it comes


class Server:
    """`mkdocs serve` in a copy of the project."""

    def __init__(self, project: Path, log: Path, port: int = 0) -> None:
        port = port or _free_port()
        self.project, self.log, self.port = project, log, port
        self.address = f"http://127.0.0.1:{port}/"
        # MkDocs serves from a temporary folder: it is put where it can be looked into.
        temporary = log.with_name("temporary")
        temporary.mkdir(exist_ok=True)
        self.temporary = temporary
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "mkdocs", "serve", "--livereload"),
                    *("--dev-addr", f"127.0.0.1:{port}"),
                ],
                cwd=project,
                env=environment(TMPDIR=str(temporary)),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    @property
    def site(self) -> Path:
        """The folder that is served."""
        (folder,) = self.temporary.glob("mkdocs_*")
        return folder

    def settled(self) -> None:
        """Wait until all that follows the last edit has followed."""
        start = time.perf_counter()
        while (said := self.log.read_text("utf-8")).rfind(FOLLOWED) < said.rfind(BUILDING):
            assert time.perf_counter() - start < SOON, said
            time.sleep(0.05)

    def get(self, url: str) -> str:
        with urllib.request.urlopen(self.address + url, timeout=10) as answer:
            text: str = answer.read().decode("utf-8")
            return text

    def until(self, url: str, shown: Callable[[str], bool], within: float) -> float:
        """Seconds until the page is as wanted; the test fails when it is not in time.

        The server answers no request while it builds: the answer that counts can come late.
        """
        start, seen = time.perf_counter(), False
        while not seen and time.perf_counter() - start < within:
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            try:
                seen = shown(self.get(url))
                if not seen:
                    time.sleep(0.02)
            except (URLError, ConnectionError):
                time.sleep(0.05)
        took = time.perf_counter() - start
        said = self.log.read_text(encoding="utf-8")[-2000:]
        assert seen and took <= within, f"{url}: {seen} after {took:.2f} s\n{said}"
        return took


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    server = Server(copy_project(folder / "project"), folder / "log")
    try:
        server.until("index.html", lambda html: "</html>" in html, 30)
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_changed_figure(server: Server) -> None:
    page = f"{FOLDER}/operating.html"
    before = server.get(page)
    assert "3.00" in before and "7.77" not in before
    replace(server.project / "data" / FOLDER / "budget.yml", "邮电费: 3.00", "邮电费: 7.77")
    server.until(page, lambda html: "7.77" in html, SOON)
    assert "7.77" in server.get(f"en/{page}")
    # The explanation was of another difference: it is gone, and the editor is told.
    assert EXPLAINED in before and EXPLAINED not in server.get(page)
    assert "K904" in server.log.read_text(encoding="utf-8")


def test_what_follows_an_edit_is_what_a_new_server_has(tmp_path: Path) -> None:
    """The page that was edited comes first; in the end no file is another one than it would be.

    The second edit comes while the pages that follow the first are being made.
    """
    (tmp_path / "first").mkdir()
    server = Server(copy_project(tmp_path / "project"), tmp_path / "first" / "log")
    try:
        server.until("index.html", lambda html: "</html>" in html, 30)
        pages = (f"{FOLDER}/operating.html", f"{FOLDER}/summary.html", f"en/{FOLDER}/index.html")
        before = [server.get(page) for page in pages]
        budget = server.project / "data" / FOLDER / "budget.yml"
        replace(budget, "邮电费: 3.00", "邮电费: 7.77")
        server.until(pages[0], lambda html: "7.77" in html, SOON)
        project = f"{FOLDER}/projects/13081124P00000310002E"
        replace(server.project / "data" / f"{project}.yml", "budget: 466.73", "budget: 1234.56")
        server.until(f"{project}.html", lambda html: "1234.56" in html, SOON)
        server.settled()
        assert "1234.56" in server.get(f"{FOLDER}/projects/index.html")
        assert before[1] != server.get(pages[1]) or before[2] != server.get(pages[2])
        after = fingerprint(server.site)
        assert [path.name for path in server.temporary.iterdir()] == [server.site.name]
    finally:
        server.stop()
    (tmp_path / "second").mkdir()
    again = Server(server.project, tmp_path / "second" / "log", server.port)
    try:
        again.until("index.html", lambda html: "</html>" in html, 30)
        assert fingerprint(again.site) == after
    finally:
        again.stop()


@pytest.mark.slow
def test_a_changed_translation(server: Server) -> None:
    page = f"en/{FOLDER}/summary.html"
    file = server.project / "data/translations/en/budget.po"
    found = [line for line in file.read_text("utf-8").splitlines() if line.startswith("msgstr")]
    english = next(line for line in found if len(line) > 40)[8:-1]
    replace(file, f'msgstr "{english}"', f'msgstr "Changed just now: {english}"')
    server.until(page, lambda html: "Changed just now" in html, SOON)


@pytest.mark.slow
def test_a_changed_text(server: Server) -> None:
    with (server.project / "content" / "about.md").open("a", encoding="utf-8") as file:
        file.write("\n刚刚加上的一句话。\n")
    server.until("about.html", lambda html: "刚刚加上的一句话。" in html, SOON)


@pytest.mark.slow
def test_a_touch_on_the_theme(server: Server) -> None:
    partials = server.project / "overrides" / "partials"
    partials.mkdir(parents=True, exist_ok=True)
    partials.joinpath("logo.html").write_text("<b>另一个标志</b>", encoding="utf-8")
    server.until("index.html", lambda html: "另一个标志" in html, SOON)


def test_a_mistake_leaves_the_last_good_pages_and_its_correction_shows(server: Server) -> None:
    page = f"{FOLDER}/operating.html"
    file = server.project / "data" / FOLDER / "budget.yml"
    assert "2.50" in server.get(page)
    replace(file, "差旅费: 2.50", "差旅费: 二点五<b>")
    # On the page itself, as text, where the one who made it looks.
    server.until(page, lambda html: "S204" in html and "budget.yml:" in html, SOON)
    html = server.get(page)
    assert "2.50" in html and "二点五&lt;b&gt;" in html
    assert "S204" in server.log.read_text(encoding="utf-8")
    replace(file, "差旅费: 二点五<b>", "差旅费: 8.88")
    server.until(page, lambda html: "8.88" in html and "S204" not in html, SOON)


def test_everything_a_page_is_made_of_is_watched(tmp_path: Path) -> None:
    """Data, hand-written pages, touches, our templates, scripts, styles and theme."""
    project = copy_project(tmp_path / "project")
    config = load_config(str(project / "mkdocs.yml"), config_file_path=str(project / "mkdocs.yml"))
    watched: list[Path] = []

    class Listener:
        observer = None

        def watch(self, path: str, *_: Any, **__: Any) -> None:
            watched.append(Path(path).resolve())

    config.plugins.on_startup(command="serve", dirty=False)
    config = config.plugins.on_config(config)
    config.plugins.on_serve(Listener(), config=config, builder=None)  # type: ignore[arg-type]
    core = Path(disclosure.__file__).parent
    adapter = Path(mkdocs_disclosure.__file__).parent
    for place in (
        project / "data" / FOLDER / "projects" / "13081124P00000310002E.yml",
        project / "data" / "translations" / "en" / "budget.po",
        project / "overrides" / "partials" / "logo.html",
        core / "site" / "assets" / "styles" / "blocks.css",
        adapter / "theme" / "main.html",
    ):
        assert any(folder in place.resolve().parents for folder in watched), place
