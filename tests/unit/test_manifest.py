"""The manifest of a folder, against ``sha256sum`` where the system has it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure.manifest import (
    Difference,
    Fault,
    NotPlain,
    differences,
    digest,
    main,
    manifest,
)

FILES = {
    "index.html": b"<p>1</p>\n",
    "en/index.html": b"",
    "en-x": b"between en and en/ for those who sort paths and not names",
    "data/预算 2024.csv": "项目\r\n".encode(),
    "Z": b"capital",
    "a": b"small",
}
ODD = {"back\\slash": b"1", "line\nfeed": b"2", " space ": b"3", "*star": b"4", "-dash": b"5"}
needs_odd_names = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def line(name: str, content: bytes) -> bytes:
    return f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode()


def test_lines_are_those_of_sha256sum_in_the_order_of_the_bytes(tmp_path: Path) -> None:
    put(tmp_path, FILES)
    (tmp_path / "empty" / "folder").mkdir(parents=True)
    order = ["Z", "a", "data/预算 2024.csv", "en-x", "en/index.html", "index.html"]
    assert manifest(tmp_path) == b"".join(line(name, FILES[name]) for name in order)


@needs_odd_names
def test_sha256sum_agrees_on_every_name(tmp_path: Path) -> None:
    command = shutil.which("sha256sum")
    folder = put(tmp_path / "site", FILES | ODD)
    if command is None:  # macOS: what GNU coreutils 9.1 prints for these two
        lines = manifest(folder).splitlines()
        assert b"\\" + hashlib.sha256(b"1").hexdigest().encode() + b"  back\\\\slash" in lines
        assert b"\\" + hashlib.sha256(b"2").hexdigest().encode() + b"  line\\nfeed" in lines
        return
    listed = tmp_path / "SHA256SUMS"
    listed.write_bytes(manifest(folder))
    check = [command, "--check", "--strict", "--quiet", str(listed)]
    done = subprocess.run(check, cwd=folder, capture_output=True)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    # A dash in front is an option to the command, not part of a name: hence `./`.
    names = [name if name[0] != "-" else f"./{name}" for name in ODD]
    printed = subprocess.run([command, *names], cwd=folder, capture_output=True, check=True)
    theirs = sorted(printed.stdout.replace(b"  ./", b"  ").splitlines())
    assert sorted(manifest(put(tmp_path / "odd", ODD)).splitlines()) == theirs


def test_the_digest_changes_with_every_byte_and_name(tmp_path: Path) -> None:
    folder = put(tmp_path, FILES)
    first = digest(manifest(folder))
    assert first == hashlib.sha256(manifest(folder)).hexdigest()
    (folder / "a").write_bytes(b"Small")
    second = digest(manifest(folder))
    (folder / "a").write_bytes(b"small")
    assert digest(manifest(folder)) == first
    (folder / "a").rename(folder / "b")
    assert len({first, second, digest(manifest(folder))}) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make links")
def test_a_link_is_no_file(tmp_path: Path) -> None:
    folder = put(tmp_path / "site", FILES)
    whole = manifest(folder)
    (folder / "link").symlink_to(folder / "a")
    with pytest.raises(NotPlain, match=r"link: 不是普通文件.* / no plain file"):
        manifest(folder)
    assert differences(whole, folder) == (Difference(Fault.NOT_PLAIN, "link"),)
    # In the place of a file it has the right content and is no file all the same.
    (folder / "link").unlink()
    (folder / "a").rename(tmp_path / "a")
    (folder / "a").symlink_to(tmp_path / "a")
    assert differences(whole, folder) == (Difference(Fault.NOT_PLAIN, "a"),)


def test_every_difference_is_told_at_once(tmp_path: Path) -> None:
    folder = put(tmp_path, FILES)
    whole = manifest(folder)
    assert differences(whole, folder) == ()
    (folder / "Z").unlink()
    (folder / "en/index.html").write_bytes(b" ")
    (folder / "en/extra.html").write_bytes(b"")
    assert differences(whole, folder) == (
        Difference(Fault.MISSING, "Z"),
        Difference(Fault.EXTRA, "en/extra.html"),
        Difference(Fault.ALTERED, "en/index.html"),
    )


@pytest.mark.parametrize("name", FILES)
def test_any_altered_missing_or_extra_file_is_noticed(tmp_path: Path, name: str) -> None:
    folder = put(tmp_path, FILES)
    whole = manifest(folder)
    lines = whole.splitlines(keepends=True)
    for number in range(len(lines)):
        assert differences(b"".join(lines[:number] + lines[number + 1 :]), folder)
    (folder / name).write_bytes(FILES[name] + b"\0")
    assert differences(whole, folder) == (Difference(Fault.ALTERED, name),)
    (folder / name).unlink()
    assert differences(whole, folder) == (Difference(Fault.MISSING, name),)


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("/etc/passwd", Fault.OUTSIDE),
        ("../a", Fault.OUTSIDE),
        ("en/../a", Fault.OUTSIDE),
        ("./a", Fault.OUTSIDE),
        ("en//a", Fault.OUTSIDE),
        ("a", Fault.TWICE),
    ],
)
def test_a_manifest_that_leaves_the_folder_is_refused(
    tmp_path: Path, bad: str, fault: Fault
) -> None:
    folder = put(tmp_path, FILES)
    listed = manifest(folder) + line(bad, FILES["a"])
    assert differences(listed, folder) == (Difference(fault, bad),)


@pytest.mark.parametrize("bad", ["", "abc  a", f"{'0' * 64} a", f"{'G' * 64}  a", f"{'0' * 64}  "])
def test_a_line_that_means_nothing_is_told(tmp_path: Path, bad: str) -> None:
    folder = put(tmp_path, FILES)
    listed = manifest(folder) + f"{bad}\n".encode()
    assert differences(listed, folder) == (Difference(Fault.UNREADABLE, bad),)


def test_a_backslash_that_escapes_nothing_is_told(tmp_path: Path) -> None:
    bad = f"\\{'0' * 64}  a\\x"
    assert differences(f"{bad}\n".encode(), tmp_path) == (Difference(Fault.UNREADABLE, bad),)


def test_line_ends_of_windows_mean_the_same(tmp_path: Path) -> None:
    folder = put(tmp_path, FILES)
    assert differences(manifest(folder).replace(b"\n", b"\r\n"), folder) == ()


def test_control_characters_never_reach_the_terminal() -> None:
    told = Difference(Fault.EXTRA, "\x1b[2Jnothing wrong\n").line()
    assert told == "'\\x1b[2Jnothing wrong\\n': 多出文件 / not in the manifest"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "disclosure.manifest", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"})


def test_the_command_prints_and_compares(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = put(tmp_path / "site", FILES)
    assert main([str(folder)]) == 0
    sys.stdout.flush()
    listed = folder / "SHA256SUMS"  # in the folder itself, where it does not list itself
    listed.write_bytes(capfdbinary.readouterr().out)
    done = run("--check", listed, folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().strip() == "全部相符 / Everything agrees"
    listed.rename(tmp_path / "SHA256SUMS")

    assert main(["--digest", str(folder)]) == 0
    sys.stdout.flush()
    told = capfdbinary.readouterr().out.decode().strip()
    assert told == digest((tmp_path / "SHA256SUMS").read_bytes())

    (folder / "a").unlink()
    (folder / "new").write_bytes(b"")
    done = run("--check", tmp_path / "SHA256SUMS", folder)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "a: 缺少文件 / missing",
        "new: 多出文件 / not in the manifest",
        "有 2 处不相符 / 2 difference(s)",
    ]


def test_a_folder_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main([str(tmp_path / "nowhere")])
    assert left.value.code == 2
    assert "不是文件夹 / is not a folder" in capsys.readouterr().err
