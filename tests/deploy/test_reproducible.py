"""Two builds are byte-identical, wherever, whenever and by whomever; the digest is printed."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

from tests.conftest import ROOT
from tests.deploy.reproducible import (
    EPOCH,
    Surroundings,
    build,
    different,
    other_surroundings,
    words_of_build,
)

from disclosure.manifest import digest, manifest

SMALLEST = ROOT / "tests" / "packaging" / "smallest"


def test_the_site_is_the_same_in_other_surroundings(built_site: Path, tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed, umask, order of entries; without git.

    `python -m tests.deploy reproducible` does it with the example and with SITE_URL as well.
    """
    other = other_surroundings(tmp_path / "copy")
    assert different(built_site, build(other, tmp_path / "build" / "another name")) == []


def test_the_site_map_tells_no_time_of_its_own_and_the_digest_is_printed(tmp_path: Path) -> None:
    """The smallest site, with an address: its site map is compressed and tells times."""
    project = tmp_path / "project"
    shutil.copytree(SMALLEST, project)
    (project / "content").mkdir()
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nsite_url: https://www.example.gov.cn/budget/\n")
    site = tmp_path / "one" / "site"
    said = words_of_build(Surroundings(ROOT, "Asia/Shanghai", site=str(project)), site)
    packed = (site / "sitemap.xml.gz").read_bytes()
    assert int.from_bytes(packed[4:8], "little") == int(EPOCH)  # RFC 1952, MTIME
    days = set(re.findall(rb"<lastmod>(.*?)</lastmod>", gzip.decompress(packed)))
    assert days <= {b"2025-01-01"}
    told = "网站的摘要 / Digest of the site: sha256:"
    assert said.count(f"{told}{digest(manifest(site))}\n") == said.count(told) == 1, said
