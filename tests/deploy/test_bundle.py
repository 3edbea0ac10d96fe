"""tools/bundle.py: the same input makes the same bytes, and everything that has to be is inside."""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.deploy.bundles import unpack
from tools.bundle import (
    LOCK,
    MACHINES,
    PYTHONS,
    BundleFailed,
    Source,
    archive,
    contents,
    fetch_wheels,
    main,
    provides,
    read_lock,
    read_source,
)

from disclosure.manifest import differences, digest, lines, manifest

EPOCH = 1_700_000_000
FILES: dict[str, Path | bytes] = {
    "b.txt": b"b",
    "a/script.sh": b"#!/bin/sh\n",
    "a/预算.csv": b"1",
    f"long/{'名' * 80}/{'n' * 90}.html": b"2",
}


def members(packed: bytes) -> list[tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        return tar.getmembers()


def test_the_archive_does_not_tell_who_made_it_when_or_where() -> None:
    packed = archive(FILES, "top", EPOCH)
    assert packed == archive(dict(reversed(FILES.items())), "top", EPOCH)
    assert packed[:10] == bytes.fromhex("1f8b0800 00000000 02ff")
    assert gzip.decompress(packed)
    found = members(packed)
    assert [each.name for each in found] == sorted(f"top/{name}" for name in FILES)
    assert {(each.mtime, each.uid, each.gid, each.uname, each.gname) for each in found} == {
        (EPOCH, 0, 0, "", "")
    }
    assert {each.name: each.mode for each in found if each.mode != 0o644} == {
        "top/a/script.sh": 0o755
    }
    assert packed != archive(FILES | {"b.txt": b"c"}, "top", EPOCH)


def test_a_file_is_packed_as_it_is_whatever_its_mode_and_time(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"x")
    first = archive({"page.html": page}, "top", EPOCH)
    page.chmod(0o600)
    os.utime(page, (1, 1))
    assert archive({"page.html": page}, "top", EPOCH) == first
    assert archive({"page.html": b"x"}, "top", EPOCH) == first


@pytest.mark.skipif(shutil.which("tar") is None, reason="this system has no tar")
def test_tar_of_the_system_reads_it(tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").write_bytes(archive(FILES, "top", EPOCH))
    subprocess.run(["tar", "-xzf", "b.tar.gz"], cwd=tmp_path, check=True)
    for name, data in FILES.items():
        assert (tmp_path / "top" / name).read_bytes() == data


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "en").mkdir(parents=True)
    (folder / "index.html").write_text("<p>1</p>", encoding="utf-8")
    (folder / "en" / "index.html").write_text("<p>1</p>", encoding="utf-8")
    return folder


def test_everything_is_inside_and_in_the_manifest(site: Path, tmp_path: Path) -> None:
    source = Source(("LICENSE", "plugins/disclosure/manifest.py"), "0123456789abcdef+", EPOCH)
    files = contents(ROOT, source, site, (), "https://x.gov.cn/b/", "x.tar.gz")
    assert {
        *("README.zh.md", "README.md", "BUNDLE", "SHA256SUMS", "rebuild.sh", "site/index.html"),
        *("site/en/index.html", "source/LICENSE", "source/plugins/disclosure/manifest.py"),
        *("deploy/publish.sh", "deploy/README.md", "deploy/README.zh.md"),
        *("deploy/nginx/disclosure.conf", "deploy/nginx/disclosure.inc"),
        *("licences/LICENSE", "licences/NOTICE", "licences/mkdocs/LICENSE"),
        *("licences/mkdocs-material/LICENSE",),
        "licences/mkdocs-material/material-design-icons/LICENSE",
    } <= set(files)
    assert not [name for name in files if name.startswith("wheels/")]
    sums = files["SHA256SUMS"]
    assert isinstance(sums, bytes)
    with tarfile.open(fileobj=io.BytesIO(archive(files, "top", EPOCH))) as tar:
        unpack(tar, tmp_path / "out")
    top = tmp_path / "out" / "top"
    assert differences(sums, top, but=top / "SHA256SUMS") == ()
    # The lines of the site alone are the site's manifest, in its order: publish.sh counts on it.
    of_site = [line.replace(b"  site/", b"  ") for line in sums.splitlines(keepends=True)
               if b"  site/" in line]  # fmt: skip
    assert b"".join(of_site) == manifest(site)
    told = digest(manifest(site))
    bundle = (top / "BUNDLE").read_text(encoding="utf-8")
    assert f"digest: {told}\n" in bundle and "date: 2023-11-14\n" in bundle
    for name in ("README.md", "README.zh.md"):
        text = (top / name).read_text(encoding="utf-8")
        assert told in text and "0123456789abcdef+" in text and "{" not in text
    script = (top / "rebuild.sh").read_text(encoding="utf-8")
    assert told in script and f"SOURCE_DATE_EPOCH={EPOCH}\n" in script
    assert "SITE_URL='https://x.gov.cn/b/'\n" in script


def test_an_address_cannot_become_a_command(site: Path) -> None:
    evil = "https://x/'; touch evil; '"
    files = contents(ROOT, Source((), "", EPOCH), site, (), evil, "x.tar.gz")
    script = files["rebuild.sh"]
    assert isinstance(script, bytes)
    (line,) = [each for each in script.decode().splitlines() if each.startswith("SITE_URL=")]
    done = subprocess.run(["sh", "-c", f'{line}\nprintf %s "$SITE_URL"'], capture_output=True)
    assert done.stdout.decode() == evil and not done.stderr


# --- the source ---------------------------------------------------------------------------------


def in_git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
        os.utime(folder / name, (EPOCH, EPOCH))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    put(
        folder,
        "Makefile",
        "data/site.yml",
        "data/预算.yml",
        "tests/site/test_x.py",
        ".github/a.yml",
    )
    put(folder, "site/index.html", "dist/x.tar.gz", ".venv/x", ".cache/wheels/x.whl")
    put(folder, "plugins/__pycache__/x.pyc", "examples/district/site/x", "examples/district/a.yml")
    shutil.copy(ROOT / ".gitignore", folder / ".gitignore")
    os.utime(folder / ".gitignore", (EPOCH, EPOCH))
    return folder


KEPT = (
    *(".github/a.yml", ".gitignore", "Makefile", "data/site.yml", "data/预算.yml"),
    *("examples/district/a.yml", "tests/site/test_x.py"),
)


def test_the_source_is_the_same_with_git_and_without(project: Path) -> None:
    without = read_source(project, {})
    assert without == Source(KEPT, "", EPOCH)
    in_git(project, "init", "--quiet")
    in_git(project, "add", "--all")
    in_git(project, "commit", "--quiet", "-m", "x")
    with_git = read_source(project, {})
    assert with_git.files == KEPT and re.fullmatch("[0-9a-f]{40}", with_git.commit)
    assert with_git.epoch > EPOCH and not with_git.added
    assert read_source(project, {"SOURCE_DATE_EPOCH": "5"}).epoch == 5


def test_what_is_not_committed_is_told(project: Path) -> None:
    in_git(project, "init", "--quiet")
    in_git(project, "add", "--all")
    in_git(project, "commit", "--quiet", "-m", "x")
    put(project, "data/工资.xlsx")
    (project / "Makefile").unlink()
    found = read_source(project, {})
    assert found.commit.endswith("+")
    assert found.added == ("data/工资.xlsx",)
    assert "data/工资.xlsx" in found.files and "Makefile" not in found.files


def test_a_time_that_is_no_number_is_told(project: Path) -> None:
    with pytest.raises(BundleFailed, match=r"整数.* / SOURCE_DATE_EPOCH has to be"):
        read_source(project, {"SOURCE_DATE_EPOCH": "yesterday"})


# --- the wheels ---------------------------------------------------------------------------------

WHEEL = b"the bytes of a wheel"


def lock_of(*names: str, data: bytes = WHEEL) -> str:
    hashes = "".join(f" \\\n    --hash=sha256:{each}" for each in ("1" * 64, digest(data)))
    return "# made by hand\n" + "".join(f"{name}{hashes}\n    # via x\n" for name in names)


def test_the_lock_is_read_whole() -> None:
    text = (ROOT / LOCK).read_text(encoding="utf-8")
    pins = read_lock(text)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.M)) > 30
    assert sum(len(pin.hashes) for pin in pins) == text.count("--hash=")
    for python in PYTHONS:
        for machine in MACHINES:
            names = [pin.name for pin in pins if pin.needed(python, machine)]
            assert len(names) == len(set(names)), "a package in two versions for one Python"
            assert {"mkdocs", "mkdocs-material", "pydantic-core", "hatchling"} <= set(names)


def test_markers_are_those_of_the_server_and_not_of_this_machine() -> None:
    (old, new, windows, arm) = read_lock(
        lock_of(
            "x==1 ; python_full_version < '3.11.5'",
            "x==2 ; python_full_version >= '3.11.5'",
            "colorama==1 ; sys_platform == 'win32'",
            "arm==1 ; platform_machine == 'aarch64'",
        )
    )
    assert old.needed("3.11.2", "x86_64") and not old.needed("3.11.99", "x86_64")
    assert new.needed("3.12.0", "x86_64") and not new.needed("3.11.0", "x86_64")
    assert not windows.needed("3.12.0", "x86_64")
    assert arm.needed("3.12.0", "aarch64") and not arm.needed("3.12.0", "x86_64")


@pytest.mark.parametrize(
    ("wheel", "fits"),
    [
        ("x_y-1.0-py3-none-any.whl", {"3.11", "3.12"}),
        ("x_y-1.0-py2.py3-none-any.whl", {"3.11", "3.12"}),
        ("x_y-1.0-cp311-cp311-manylinux2014_x86_64.whl", {"3.11"}),
        ("x_y-1.0-cp312-cp312-manylinux_2_28_x86_64.whl", {"3.12"}),
        ("x_y-1.0-py3-none-manylinux2014_x86_64.whl", {"3.11", "3.12"}),
        ("x_y-1.0-cp39-abi3-manylinux2014_x86_64.whl", {"3.11", "3.12"}),
        ("x_y-1.0-py312-none-any.whl", {"3.12"}),
        ("x_y-1.0-cp312-cp312-manylinux2014_aarch64.whl", set()),
        ("x_y-1.0-cp312-cp312-musllinux_1_2_x86_64.whl", set()),
        ("x_y-1.0-cp312-cp312-win_amd64.whl", set()),
        ("x_y-1.1-py3-none-any.whl", set()),
        ("x-1.0-py3-none-any.whl", set()),
    ],
)
def test_which_wheel_runs_where(wheel: str, fits: set[str]) -> None:
    (pin,) = read_lock(lock_of("x-y==1.0"))
    found = {each for each in ("3.11", "3.12") if provides(wheel, pin, f"{each}.9", "x86_64")}
    assert found == fits


def test_wheels_that_are_there_are_not_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://0.0.0.0:9/")
    wheel = tmp_path / "x_y-1.0-py3-none-any.whl"
    wheel.write_bytes(WHEEL)
    (tmp_path / "x_y-0.9-py3-none-any.whl").write_bytes(b"of an older lock")
    assert fetch_wheels(lock_of("x-y==1.0"), tmp_path) == (wheel,)
    wheel.write_bytes(WHEEL + b"!")
    with pytest.raises(BundleFailed, match=r"与锁定的不同.* is not what the lock names"):
        fetch_wheels(lock_of("x-y==1.0"), tmp_path)


def test_a_wheel_that_cannot_be_had_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(BundleFailed, match="没有下载成功") as failed:
        fetch_wheels(lock_of("x-y==1.0"), tmp_path / "wheels")
    assert "could not be fetched" in str(failed.value) and "--without-wheels" in str(failed.value)


def test_help_has_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    told = capsys.readouterr().out
    assert left.value.code == 0
    assert "不带软件包" in told and "leave the packages out" in told


def test_lines_are_in_the_order_of_bytes() -> None:
    digests = {"en/a": "0" * 64, "en-x": "1" * 64, "Z": "2" * 64}
    assert [each.split()[1] for each in lines(digests).splitlines()] == [b"Z", b"en-x", b"en/a"]
