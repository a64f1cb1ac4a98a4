"""Reports are written whole or not at all."""

import json
import os
import stat
from pathlib import Path

import pytest

from verifier.derivation import Claim, Counterexample, Judgement, Place, Verdict
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import sequent_from_data
from verifier.kernel.theorems import prove
from verifier.language import equals, scalar
from verifier.proving import find_proof
from verifier.reading.documents import DocumentError
from verifier.reporting.writing import write_conflict, write_whole


def test_a_file_is_replaced_at_once(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    write_whole(file, b"one")
    file.chmod(0o640)
    write_whole(file, b"two")
    assert file.read_bytes() == b"two"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_bytes(b"one")
    link.symlink_to(target)
    write_whole(link, b"two")
    assert link.is_symlink()
    assert target.read_bytes() == b"two"


def test_a_device_is_written_to() -> None:
    write_whole(Path(os.devnull), b"nothing")
    assert not Path(os.devnull).is_file()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="there is no folder"):
        write_whole(tmp_path / "missing" / "report.json", b"")
    with pytest.raises(DocumentError, match="it is a folder"):
        write_whole(tmp_path, b"")


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(b"one")

    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DocumentError, match="no space left on device"):
        write_whole(file, b"two")
    assert file.read_bytes() == b"one"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_conflict_can_be_reproduced(tmp_path: Path) -> None:
    a = scalar("a")
    sequent = Sequent(equals(a + a, 2 * a).whole.term)
    claim = Claim("c1", Place(1, 1, 1, 2), sequent=sequent)
    judgement = Judgement(claim, Verdict.CONFLICT, "…", find_proof(sequent), Counterexample({}, {"a": "1"}, "2", "2"))
    path = write_conflict(judgement, tmp_path)
    assert path == write_conflict(judgement, tmp_path)
    assert path.name.startswith("verifier-conflict-")
    data = json.loads(path.read_text("utf-8"))
    assert sequent_from_data(data["claim"]) == sequent
    assert prove(sequent, data["certificate"])
    assert data["counterexample"]["values"] == {"a": "1"}
