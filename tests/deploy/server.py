"""nginx with the configuration of deploy/nginx/, on a port of its own, serving one folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT
from tools.browser import apt_install, can_apt

CONFIGURATION = ROOT / "deploy" / "nginx"
# Debian keeps it where only root's search path leads.
PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/local/nginx/sbin/nginx")


class ServerMissing(Exception):
    """There is no nginx; the message says in Chinese and English what to do."""


def found() -> str | None:
    """The nginx that is installed."""
    return shutil.which("nginx") or next((each for each in PLACES if Path(each).exists()), None)


def provide() -> str:
    """The nginx of this machine, installed if that can be done from here; raises ServerMissing."""
    if found() is None and can_apt():
        # It is wanted here and not as a service of this machine.
        os.environ["RUNLEVEL"] = "1"
        apt_install("nginx-light")
    nginx = found()
    if nginx is None:
        raise ServerMissing(
            "没有 nginx / no nginx:\n"
            "  Debian, Ubuntu: sudo apt install nginx-light\n"
            "  Fedora, openEuler: sudo dnf install nginx"
        )
    return nginx


def _http(folder: Path, servers: str) -> str:
    """A whole configuration around ``servers``; everything it writes goes below ``folder``."""
    temporary = "\n".join(
        f"    {kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""\
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
{temporary}
    access_log off;
    include {CONFIGURATION}/disclosure-maps.conf;
{servers}
}}
"""


def configured(name: str, root: Path, port: int) -> str:
    """A file of deploy/nginx/ with this machine's places in it; everything else as it is."""
    text = (CONFIGURATION / name).read_text(encoding="utf-8")
    for old, new in (
        ("/srv/disclosure", str(root)),
        ("include disclosure.inc;", f"include {CONFIGURATION}/disclosure.inc;"),
    ):
        assert old in text, f"{name}: {old}"
        text = text.replace(old, new)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    return text.replace("    listen [::]:80;\n", "")


@dataclass(frozen=True, slots=True)
class Server:
    """A running nginx."""

    port: int
    log: Path
    """What it complains of."""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(root: Path, folder: Path, kind: str = "disclosure.conf") -> Iterator[Server]:
    """Serve what publish.sh keeps in ``root``; ``kind`` is the file of deploy/nginx/ to use."""
    nginx, port = provide(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    # The workers of a server that root starts are nobody, who has to be let in, as on a server.
    for place in (folder, *folder.parents):
        if str(place).startswith("/tmp/") and place.owner() == root.parent.owner():
            place.chmod(0o755)
    text = configured(kind, root, port)
    if kind != "disclosure.conf":
        text = f"server {{ listen 127.0.0.1:{port}; root {folder}/empty;\n{text}\n}}"
    configuration = folder / "nginx.conf"
    configuration.write_text(_http(folder, text), encoding="utf-8")
    command = [nginx, "-p", str(folder), "-c", str(configuration), "-e", str(folder / "error.log")]
    tested = subprocess.run([*command, "-t"], capture_output=True, encoding="utf-8")
    if tested.returncode or "warn" in tested.stderr:
        raise AssertionError(f"nginx -t {kind}:\n{tested.stderr}")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise AssertionError((folder / "error.log").read_text(encoding="utf-8"))
            time.sleep(0.02)
        yield Server(port, folder / "error.log")
    finally:
        process.terminate()
        process.wait(timeout=20)
