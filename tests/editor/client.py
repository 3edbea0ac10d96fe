"""A client of the language server protocol, just large enough to open a file and ask for help.

The server is the one that VS Code's YAML extension runs, with the settings in ``.vscode``.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# A file is checked in well under a second; a server that is silent for so long is broken.
PATIENCE = 60.0

Message = Mapping[str, Any]


class ServerFailed(Exception):
    """The server ended, was silent, or answered with an error."""


class Client:
    """One running server. Every wait ends with an answer or ServerFailed."""

    def __init__(self, command: Sequence[str], root: Path, settings: Mapping[str, Any]) -> None:
        self._root = root
        self._sections = _sections(settings)
        self._answers: queue.Queue[Message | None] = queue.Queue()
        self._diagnostics: dict[str, Sequence[Message]] = {}
        self._last = 0
        self._opened = 0
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        threading.Thread(target=self._read, daemon=True).start()

    def start(self) -> None:
        folder = {"uri": self._root.as_uri(), "name": self._root.name}
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": self._root.as_uri(),
                "workspaceFolders": [folder],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "hover": {"contentFormat": ["markdown"]},
                        "completion": {"completionItem": {"snippetSupport": True}},
                    },
                },
            },
        )
        self._tell("initialized", {})
        # The server asks for its settings now; the next thing it says comes after that.
        self._tell("workspace/didChangeConfiguration", {"settings": self._sections})

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def diagnostics(self, file: str, text: str) -> Sequence[Message]:
        """What the server finds in ``text`` when it is opened as ``file``."""
        uri = self._open(file, text)
        try:
            while uri not in self._diagnostics:
                self._handle(self._next())
            return self._diagnostics.pop(uri)
        finally:
            self._tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def hover(self, file: str, text: str, line: int, column: int) -> str:
        """The help shown over a place; line and column from 1."""
        return str(
            (self._at("hover", file, text, line, column) or {"contents": {"value": ""}})[
                "contents"
            ]["value"]
        )

    def completions(self, file: str, text: str, line: int, column: int) -> Sequence[str]:
        """The labels offered at a place; line and column from 1."""
        answer = self._at("completion", file, text, line, column)
        return [item["label"] for item in answer["items"]]

    def _at(self, what: str, file: str, text: str, line: int, column: int) -> Any:
        uri = self._open(file, text)
        try:
            return self._ask(
                f"textDocument/{what}",
                {
                    "textDocument": {"uri": uri},
                    "position": {"line": line - 1, "character": column - 1},
                },
            )
        finally:
            self._tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def _open(self, file: str, text: str) -> str:
        # A message about a file does not say which opening of it is meant, and one about the last
        # may be under way. The patterns of the settings look at the end of the name only.
        self._opened += 1
        uri = (self._root / f"opened-{self._opened}" / file).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _ask(self, method: str, parameters: Mapping[str, Any]) -> Any:
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise ServerFailed(f"{method}: {message['error']}")
                return message.get("result")
            self._handle(message)

    def _handle(self, message: Message) -> None:
        method, parameters = message.get("method"), message.get("params")
        if method == "textDocument/publishDiagnostics" and parameters:
            self._diagnostics[parameters["uri"]] = parameters["diagnostics"]
        elif method == "workspace/configuration" and parameters:
            asked = [self._sections.get(item.get("section")) for item in parameters["items"]]
            self._send({"id": message["id"], "result": asked})
        elif method is not None and "id" in message:
            self._send({"id": message["id"], "result": None})

    def _next(self) -> Message:
        try:
            message = self._answers.get(timeout=PATIENCE)
        except queue.Empty:
            raise ServerFailed(f"no answer within {PATIENCE} s") from None
        if message is None:
            raise ServerFailed(f"the server ended with {self._process.wait()}")
        return message

    def _tell(self, method: str, parameters: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            length = 0
            while line.strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                line = stream.readline()
            if not (body := stream.read(length)):  # the server has ended
                break
            self._answers.put(json.loads(body))
        self._answers.put(None)


def _sections(settings: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """``yaml.schemas`` and its like as the server asks for them: ``{"yaml": {"schemas": …}}``."""
    sections: dict[str, dict[str, Any]] = {}
    for name, value in settings.items():
        *above, last = name.split(".")
        if not above:
            continue
        place: dict[str, Any] = sections.setdefault(above[0], {})
        for part in above[1:]:
            place = place.setdefault(part, {})
        place[last] = value
    return sections


@contextmanager
def client(command: Sequence[str], root: Path, settings: Mapping[str, Any]) -> Iterator[Client]:
    """A server that is ready, and ended afterwards."""
    running = Client(command, root, settings)
    try:
        running.start()
        yield running
    finally:
        running.close()
