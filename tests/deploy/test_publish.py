"""deploy/publish.sh: what it does, what it refuses, and that a refusal changes nothing."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import shutil
import stat
import subprocess
import tarfile
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.deploy.bundles import (
    EPOCH,
    PUBLISH,
    entries,
    pack,
    publish,
    published,
    served,
    small_bundle,
    small_site,
)
from tests.deploy.crashes import Crashing, commands_of, kill_at
from tools.bundle import archive

# It runs on the server, which is Linux: `mv -T` and /proc are its own.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/self/stat").exists(), reason="the publish script is for Linux servers"
    ),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "srv"


def versions(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "versions").iterdir())


def test_publish_serves_the_site_and_nothing_of_the_rest(root: Path, tmp_path: Path) -> None:
    bundle = small_bundle(tmp_path, "first")
    said = published(root, "publish", bundle.path)
    assert served(root) == bundle.files
    assert f"sha256:{bundle.digest}" in said
    assert "网站已换成" in said and "the site is now" in said
    (version,) = versions(root)
    assert version == f"000001-2026-11-23-{bundle.digest[:12]}"
    assert os.readlink(root / "current") == f"versions/{version}"
    assert {path.name for path in (root / "versions" / version).iterdir()} == {
        *("site", "SHA256SUMS", "before")
    }
    assert {path.name for path in root.iterdir()} == {"current", "versions"}


def test_the_web_server_may_read_all_and_others_write_nothing(root: Path, tmp_path: Path) -> None:
    bundle = small_bundle(tmp_path, "first")
    done = subprocess.run(
        ["sh", "-c", f'umask 077 && exec sh {PUBLISH} --root "$0" publish "$1"', root, bundle.path],
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    for path in (root / "current").resolve().rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o755 if path.is_dir() else 0o644), path


def test_list_rollback_and_back_again(root: Path, tmp_path: Path) -> None:
    assert "no site has been published yet" in published(root, "list")
    bundles = [small_bundle(tmp_path, name) for name in ("one", "two", "three")]
    for bundle in bundles:
        published(root, "publish", bundle.path)
    listed = published(root, "list").splitlines()
    assert [line.split()[0] for line in listed] == versions(root)
    assert "being served" in listed[2] and "the one before" in listed[1]
    assert "/" not in listed[0]

    published(root, "rollback")
    assert served(root) == bundles[1].files
    published(root, "rollback")
    assert served(root) == bundles[0].files
    done = publish(root, "rollback")
    assert done.returncode == 1
    assert "没有留着更早的版本" in done.stderr and "no earlier version" in done.stderr
    assert served(root) == bundles[0].files
    # By number, by digest and by the whole name; then back to what was served before.
    published(root, "rollback", "3")
    assert served(root) == bundles[2].files
    published(root, "rollback", bundles[0].digest[:12])
    assert served(root) == bundles[0].files
    published(root, "rollback", versions(root)[1])
    assert served(root) == bundles[1].files


def test_a_publication_after_a_rollback_goes_back_to_what_was_served(
    root: Path, tmp_path: Path
) -> None:
    good, bad, next_ = (small_bundle(tmp_path, name) for name in ("good", "bad", "next"))
    for bundle in (good, bad):
        published(root, "publish", bundle.path)
    published(root, "rollback")
    published(root, "publish", next_.path)
    published(root, "rollback")
    assert served(root) == good.files


@pytest.mark.parametrize("version", ["9", "0000", "../..", "000001-2026", "*"])
def test_rollback_to_what_is_not_there_is_refused(root: Path, tmp_path: Path, version: str) -> None:
    first, second = small_bundle(tmp_path, "first"), small_bundle(tmp_path, "other")
    published(root, "publish", first.path)
    published(root, "publish", second.path)
    if version == "000001-2026":
        published(root, "rollback", version)
        assert served(root) == first.files
        return
    done = publish(root, "rollback", version)
    assert done.returncode == 1 and "错误：" in done.stderr and "Error: " in done.stderr
    assert served(root) == second.files


def test_keeps_the_last_versions_and_whatever_is_served(root: Path, tmp_path: Path) -> None:
    bundles = [small_bundle(tmp_path, f"site-{number}") for number in range(4)]
    for bundle in bundles:
        published(root, "--keep", "3", "publish", bundle.path)
    assert [name[:6] for name in versions(root)] == ["000002", "000003", "000004"]
    published(root, "rollback", "2")
    published(root, "--keep", "1", "prune")
    # 4 is the newest, 2 is served.
    assert [name[:6] for name in versions(root)] == ["000002", "000004"]
    assert served(root) == bundles[1].files
    published(root, "verify")


def test_styles_stay_for_pages_that_are_open_as_long_as_their_version_is_kept(
    root: Path, tmp_path: Path
) -> None:
    def styles() -> dict[str, bytes]:
        folder = root / "styles/assets/stylesheets"
        return (
            {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
        )

    def of(version: str) -> dict[str, bytes]:
        return {f"main.{version[-1] * 8}.min.css": f"/* {version} */".encode()}

    published(root, "publish", small_bundle(tmp_path, "site-a").path)
    assert styles() == {}
    published(root, "publish", small_bundle(tmp_path, "site-b").path)
    assert styles() == of("site-a")
    published(root, "rollback")
    assert styles() == of("site-a") | of("site-b")
    for version in ("site-c", "site-d"):
        published(root, "--keep", "1", "publish", small_bundle(tmp_path, version).path)
    # Of the version before the one served, which is kept; that of site-b is gone.
    assert styles() == of("site-c")
    assert {path.name for path in root.iterdir()} == {"current", "styles", "versions"}


def test_the_same_site_again_changes_nothing(root: Path, tmp_path: Path) -> None:
    bundle = small_bundle(tmp_path, "first")
    published(root, "publish", bundle.path)
    before = os.lstat(root / "current").st_ino
    assert "nothing changed" in published(root, "publish", bundle.path)
    assert os.lstat(root / "current").st_ino == before
    assert len(versions(root)) == 1


def test_numbers_go_on_after_the_ninth(root: Path, tmp_path: Path) -> None:
    published(root, "publish", small_bundle(tmp_path, "first").path)
    (version,) = versions(root)
    ninth = version.replace("000001-", "000009-")
    (root / "versions" / version).rename(root / "versions" / ninth)
    (root / "current").unlink()
    (root / "current").symlink_to(f"versions/{ninth}")
    published(root, "publish", small_bundle(tmp_path, "other").path)
    assert [name[:6] for name in versions(root)] == ["000009", "000010"]
    published(root, "rollback", "9")
    assert os.readlink(root / "current") == f"versions/{ninth}"


def test_each_version_has_a_time_of_its_own(root: Path, tmp_path: Path) -> None:
    """nginx tells versions of one size apart by the time of the file, in whole seconds."""
    times = []
    for name in ("aaaa", "bbbb", "cccc"):
        published(root, "publish", small_bundle(tmp_path, name).path)
        found = {int(path.stat().st_mtime) for path in (root / "current/site").rglob("*.html")}
        assert len(found) == 1
        times += found
    assert times == sorted(set(times))


def test_verify_notices_a_change(root: Path, tmp_path: Path) -> None:
    published(root, "publish", small_bundle(tmp_path, "first").path)
    assert "as it was published" in published(root, "verify")
    page = root / "current/site/index.html"
    for change in (
        lambda: page.write_bytes(b"<p>FIRST</p>\n"),
        lambda: page.unlink(),
        lambda: (page.parent / "extra.html").write_bytes(b""),
        lambda: (page.parent / "link.html").symlink_to("index.html"),
        lambda: (root / "current/SHA256SUMS").write_bytes(b""),
    ):
        kept = shutil.copytree(root, tmp_path / "kept", symlinks=True)
        change()
        done = publish(root, "verify")
        assert done.returncode == 1 and "错误：" in done.stderr, done.stdout
        shutil.rmtree(root)
        kept.rename(root)
    # A publication of the same site puts a damaged one right.
    page.write_bytes(b"<p>FIRST</p>\n")
    published(root, "publish", tmp_path / "first.tar.gz")
    published(root, "verify")
    done = publish(root, "rollback")
    assert done.returncode == 1, "a damaged version is not served again"


def test_the_digest_of_the_bundle_may_be_given(root: Path, tmp_path: Path) -> None:
    bundle = small_bundle(tmp_path, "first")
    found = hashlib.sha256(bundle.path.read_bytes()).hexdigest()
    done = publish(root, "publish", bundle.path, found[:-1] + ("0" if found[-1] != "0" else "1"))
    assert done.returncode == 1 and "SHA-256" in done.stderr
    assert not (root / "current").exists()
    published(root, "publish", bundle.path, found.upper())


# --- bundles that are refused -------------------------------------------------------------------


def tar_of(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for member, data in members:
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return gzip.compress(packed.getvalue())


def with_member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    """A good bundle with one more entry at its end."""
    more = tarfile.TarInfo(name)
    more.type, more.linkname = kind, link
    good = [
        (tarfile.TarInfo(f"disclosure-x/{path}"), data)
        for path, data in entries(small_site("evil")).items()
        if isinstance(data, bytes)
    ]
    return tar_of(*good, (more, b""))


def with_files(**changes: bytes | None) -> bytes:
    """A good bundle in which files are other than the manifest says, more or fewer."""
    files = entries(small_site("evil"))
    for name, data in changes.items():
        path = name.replace("__", "/").replace("_", ".")
        if data is None:
            del files[path]
        else:
            files[path] = data
    return archive(files, "disclosure-x", EPOCH)


def manifest_with(line: str) -> bytes:
    files = entries(small_site("evil"))
    sums = files["SHA256SUMS"]
    assert isinstance(sums, bytes)
    return archive({**files, "SHA256SUMS": sums + line.encode()}, "disclosure-x", EPOCH)


GOOD = archive(entries(small_site("evil")), "disclosure-x", EPOCH)
ZEROS = "0" * 64
REFUSED = {
    "empty": b"",
    "no archive": "<p>登录 / log in</p>".encode(),
    "cut short": GOOD[: len(GOOD) // 2],
    "cut by one byte": GOOD[:-1],
    "one bit": GOOD[:200] + bytes([GOOD[200] ^ 1]) + GOOD[201:],
    "an absolute name": with_member("/etc/cron.d/evil"),
    "a name above": with_member("../evil"),
    "a name above, inside": with_member("disclosure-x/site/../../../evil"),
    "a second folder": with_member("other/file"),
    "a link": with_member("disclosure-x/site/link", tarfile.SYMTYPE, "/etc"),
    "a hard link": with_member("disclosure-x/site/link", tarfile.LNKTYPE, "/etc/passwd"),
    "a pipe": with_member("disclosure-x/site/pipe", tarfile.FIFOTYPE),
    "a device": with_member("disclosure-x/site/device", tarfile.CHRTYPE),
    "a file beyond the manifest": with_files(site__extra_html=b""),
    "a file missing": with_files(site__404_html=None),
    "a file altered": with_files(site__index_html=b"<p>EVIL</p>\n"),
    "a file beside the site altered": with_files(deploy__publish_sh=b"#!/bin/sh\nrm -rf /\n"),
    "no manifest": with_files(SHA256SUMS=None),
    "an empty manifest": with_files(SHA256SUMS=b""),
    "a manifest of nonsense": with_files(SHA256SUMS=b"no line\n"),
    "a manifest that leaves the folder": manifest_with(f"{ZEROS}  ../../../etc/passwd\n"),
    "a manifest of absolute names": manifest_with(f"{ZEROS}  /etc/passwd\n"),
    "a manifest with a name twice": manifest_with(f"{ZEROS}  BUNDLE\n"),
    "another archive": tar_of((tarfile.TarInfo("notes/letter.txt"), b"x")),
}


@pytest.fixture(scope="module")
def occupied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root where a site is published; nothing may change in it."""
    folder = tmp_path_factory.mktemp("occupied")
    published(folder / "srv", "publish", pack(folder / "old.tar.gz", OLD).path)
    return folder / "srv"


OLD = {"index.html": b"old"}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_bundle_is_refused_and_the_site_stays(
    occupied: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "bad.tar.gz").write_bytes(REFUSED[name])
    done = publish(occupied, "publish", tmp_path / "bad.tar.gz")
    assert done.returncode == 1, done.stdout
    assert "错误：" in done.stderr and "Error: " in done.stderr
    assert served(occupied) == OLD and len(versions(occupied)) == 1
    assert {path.name for path in occupied.iterdir()} == {"current", "versions"}
    assert not (occupied.parent / "evil").exists() and not (tmp_path / "evil").exists()


def test_the_good_one_beside_them_is_taken(root: Path, tmp_path: Path) -> None:
    (tmp_path / "good.tar.gz").write_bytes(GOOD)
    published(root, "publish", tmp_path / "good.tar.gz")
    assert served(root) == small_site("evil")


def test_odd_names_are_published(root: Path, tmp_path: Path) -> None:
    site = small_site("first") | {
        "content/new\nline": b"1",
        "content/back\\slash": b"2",
        "content/ space ": b"3",
        "content/-dash": b"4",
        "content/'quote'\"$(id)`": b"5",
        f"content/{'长' * 70}.html": b"6",
    }
    bundle = pack(tmp_path / "odd.tar.gz", site)
    published(root, "publish", bundle.path)
    assert served(root) == site
    published(root, "verify")


# --- the state it is run in ---------------------------------------------------------------------


def test_a_running_command_locks_and_a_dead_one_does_not(root: Path, tmp_path: Path) -> None:
    bundle = small_bundle(tmp_path, "first")
    root.mkdir()
    host = os.uname().nodename
    start = Path("/proc/self/stat").read_text().rsplit(") ", 1)[1].split()[19]
    lock = root / ".lock"
    for alive in (f"{host}:{os.getpid()}:{start}", "another-host:1:1"):
        lock.symlink_to(alive)
        done = publish(root, "publish", bundle.path)
        assert done.returncode == 1
        assert "另一个命令正在进行" in done.stderr and "another command is running" in done.stderr
        assert os.readlink(lock) == alive, "the lock of another is left alone"
        lock.unlink()
    # Gone; gone, with its number given to another process; never whole.
    for number, dead in enumerate((f"{host}:999999999:1", f"{host}:{os.getpid()}:1", host)):
        lock.symlink_to(dead)
        published(root, "publish", small_bundle(tmp_path, f"after-{number}").path)
        assert not lock.is_symlink()


def test_a_full_disk_is_refused_before_anything_is_written(root: Path, tmp_path: Path) -> None:
    bundle = small_bundle(tmp_path, "first")
    published(root, "publish", bundle.path)
    shim = tmp_path / "bin" / "df"
    shim.parent.mkdir()
    shim.write_text(
        "#!/bin/sh\necho 'Filesystem 1024-blocks Used Available Capacity Mounted on'\n"
        "echo '/dev/x 100 90 10 90% /srv'\n"
    )
    shim.chmod(0o755)
    other = small_bundle(tmp_path, "other")
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    done = publish(root, "publish", other.path, PATH=path)
    assert done.returncode == 1
    assert "磁盘不够" in done.stderr and "not enough disk" in done.stderr
    assert served(root) == bundle.files


@pytest.mark.parametrize(
    "command", ["tar", "mv", "ln", "cp", "mkdir", "touch", "chmod", "sha256sum"]
)
def test_a_command_that_fails_leaves_the_old_site(
    occupied: Path, tmp_path: Path, command: str
) -> None:
    """As on a disk that is full in the end: whatever writes fails, one command at a time."""
    # `cp` keeps the styles of the site that is being replaced: it has to have some.
    root = shutil.copytree(occupied, tmp_path / "srv", symlinks=True)
    style = root / "current/site/assets/stylesheets/main.00000000.min.css"
    style.parent.mkdir(parents=True)
    style.write_bytes(b"")
    before = served(root)
    shim = tmp_path / "bin" / command
    shim.parent.mkdir()
    shim.write_text(
        '#!/bin/sh\ncase "$*" in *.lock*) exec '
        f'{shutil.which(command)} "$@" ;; esac\n'
        f"echo '{command}: No space left on device' >&2\nexit 1\n"
    )
    shim.chmod(0o755)
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    other = small_bundle(tmp_path, "other")
    done = publish(root, "publish", other.path, PATH=path)
    assert done.returncode == 1, done.stdout
    assert "错误：" in done.stderr and "Error: " in done.stderr
    assert served(root) == before
    assert {path.name for path in root.iterdir()} <= {"current", "styles", "versions"}


def test_a_folder_in_the_place_of_the_link_is_told(root: Path, tmp_path: Path) -> None:
    (root / "current" / "site").mkdir(parents=True)
    done = publish(root, "publish", small_bundle(tmp_path, "first").path)
    assert done.returncode == 1 and "should be a link" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frobnicate",),
        ("publish",),
        ("publish", "a", "b", "c"),
        ("list", "x"),
        ("--keep", "0", "list"),
        ("--keep", "many", "list"),
        ("--root",),
        ("--frob", "list"),
    ],
)
def test_wrong_usage_is_told_in_both_languages(root: Path, arguments: tuple[str, ...]) -> None:
    done = publish(root, *arguments)
    assert done.returncode == 2
    assert "错误：" in done.stderr and "Error: " in done.stderr and "用法 / usage" in done.stderr
    assert not root.exists()


def test_a_file_that_is_not_there_is_told(root: Path) -> None:
    done = publish(root, "publish", "nowhere.tar.gz")
    assert done.returncode == 1 and "没有文件 nowhere.tar.gz" in done.stderr


def test_help_tells_every_command(root: Path) -> None:
    told = published(root, "--help")
    for command in ("publish", "rollback", "list", "verify", "prune", "--root", "--keep"):
        assert command in told


def test_every_message_has_both_languages() -> None:
    """`say`, `stop` and `wrong_usage` take Chinese and then English."""
    text = PUBLISH.read_text(encoding="utf-8").replace("\\\n", " ")
    called = re.findall(r"\b(?:say|stop|wrong_usage)\s+[\"']", text)
    calls = re.findall(r'\b(?:say|stop|wrong_usage)\s+"([^"]*)"\s+"([^"]*)"', text)
    assert len(calls) == len(called) > 30
    for chinese, english in calls:
        assert any("\u4e00" <= each <= "\u9fff" for each in chinese), chinese
        assert not any("\u4e00" <= each <= "\u9fff" for each in english), english


# --- killed ---------------------------------------------------------------------------------------


def test_killed_at_its_renamings_it_leaves_one_whole_site(tmp_path: Path) -> None:
    """`python -m tests.deploy crashes` goes through all commands, and through a rollback."""
    crashing = Crashing(tmp_path / "crashes")
    commands = commands_of(crashing, "publish")
    renamings = [number for number, name in enumerate(commands, start=1) if name == "mv"]
    # The site into its version; the version; the style of the old one; the link; a deletion.
    assert len(renamings) == 5, commands
    for number, faults in kill_at(crashing, "publish", (renamings[1], renamings[3])):
        assert faults == [], f"killed before command {number}"


def test_the_documentation_is_beside_it() -> None:
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        for command in ("publish", "rollback", "list", "verify", "prune"):
            assert f"publish.sh {command}" in text, f"{name}: {command}"
