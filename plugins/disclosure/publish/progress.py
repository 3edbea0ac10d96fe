"""How far a long build is: one line on a terminal, nothing in logs; and what each stage took."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

_STAGES = {
    "read": ("读取数据", "reading the data"),
    "check": ("检查数据", "checking the data"),
    "plan": ("安排页面", "planning the pages"),
    "departments": ("生成页面", "making pages"),
    "site": ("生成首页、术语和政策文件", "making home, terms and policies"),
    "search": ("生成搜索索引", "making the search index"),
    "put": ("放到网站的文件夹", "putting the site in place"),
}
# Nobody needs to be told of what is over sooner, nor more often than this. In seconds.
_PATIENCE = 1.0
_INTERVAL = 0.2


class Told:
    """Is told how far a build is. This one says nothing: for logs, tests and servers."""

    def __call__(self, stage: str, done: int = 0, every: int = 0) -> None:
        """``stage`` is one of those above; ``done`` of ``every``, 0 of 0 where nobody can count."""

    def over(self) -> None:
        """The build has ended, well or not."""


@dataclass
class Progress(Told):
    """One line on a terminal that is written over and over, and wiped at the end."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], float] = time.monotonic
    _started: float = 0.0
    _stage: str = ""
    _stage_started: float = 0.0
    _said: float = 0.0

    def __post_init__(self) -> None:
        self._started = self.clock()

    def __call__(self, stage: str, done: int = 0, every: int = 0) -> None:
        """Say it, unless something was said a moment ago."""
        now = self.clock()
        if stage != self._stage:
            self._stage, self._stage_started = stage, now
        elif now - self._said < _INTERVAL and done < every:
            return
        if now - self._started >= _PATIENCE:
            self._said = now
            self.stream.write(f"\r\x1b[K{self._line(now, done, every)}")
            self.stream.flush()

    def over(self) -> None:
        """Wipe the line."""
        if self._said:
            self.stream.write("\r\x1b[K")
            self.stream.flush()

    def _line(self, now: float, done: int, every: int) -> str:
        zh, en = _STAGES[self._stage]
        said = f"==> {zh} / {en}"
        if every:
            said += f"  {done}/{every}"
        if 0 < done < every:
            left = round((now - self._stage_started) / done * (every - done))
            said += f"  还需约 {left} 秒 / about {left} s left"
        return said


@dataclass
class Times(Told):
    """Seconds of CPU by stage, of this process and of those that it waited for, for measuring.

    Written to ``file`` as JSON; ``then`` is told too.
    """

    file: Path
    then: Told
    _spent: dict[str, float] = field(default_factory=dict)
    _stage: str = "start"
    _since: float = 0.0

    def __call__(self, stage: str, done: int = 0, every: int = 0) -> None:
        """Count what was spent since the last time to the stage before."""
        self._count(stage)
        self.then(stage, done, every)

    def over(self) -> None:
        """Write them down."""
        self._count("")
        stages = {stage: round(spent, 3) for stage, spent in self._spent.items()}
        self.file.write_text(json.dumps({"stages": stages}), "utf-8", newline="\n")
        self.then.over()

    def _count(self, stage: str) -> None:
        times = os.times()
        now = times.user + times.system + times.children_user + times.children_system
        self._spent[self._stage] = self._spent.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now


def listener(watched: bool, times: str = "") -> Told:
    """Who is told: a terminal where ``watched``, and the file ``times`` where one is named."""
    line = Progress() if watched and sys.stderr.isatty() else Told()
    return Times(Path(times), line) if times else line
