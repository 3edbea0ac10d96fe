"""Five hundred of the made-up documents that ``python -m tests.fuzz`` reads by the thousand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fuzz.documents import Document, document
from tests.fuzz.judge import fault

DOCUMENTS = 500
SEED = 20240101


def test_no_document_crashes_slows_or_fools_the_reader(tmp_path: Path) -> None:
    faults = []
    for number in range(DOCUMENTS):
        made = document(SEED, number)
        folder = tmp_path / ("po" if made.is_po else "yaml")
        folder.mkdir(exist_ok=True)
        if said := fault(made, folder):
            faults.append((number, made.kind, said))
    assert faults == []


def test_the_documents_are_the_same_each_time_and_of_many_kinds() -> None:
    made = [document(SEED, number) for number in range(200)]
    assert made == [document(SEED, number) for number in range(200)]
    assert made != [document(SEED + 1, number) for number in range(200)]
    assert len({each.kind for each in made}) > 10


@pytest.mark.parametrize("text", ["名称: 甲\n", "a: [1, {b: c?d}]\n", "- ''\n- |\n  x\n-\n"])
def test_the_judge_accepts_what_is_right(tmp_path: Path, text: str) -> None:
    assert fault(Document("own", text.encode()), tmp_path) is None


def test_the_judge_notices_a_wrong_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from disclosure import source

    made = Document("own", "a: b\nb: \u202ec\n".encode())
    assert fault(made, tmp_path) is None
    monkeypatch.setattr(source, "_FORBIDDEN", source._TAB)
    assert fault(made, tmp_path) == "accepted: U+202E"
    assert fault(Document("own", b"a: b\n", refused=True), tmp_path) == "accepted: another encoding"
