"""Pictures from the command line: files, folders, exit statuses, and what is said where there is none."""

import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from verifier.reporting import plots

STEPS = r"""```given
a, b \in \mathbb{R}
A \in \mathbb{R}^{2 \times 2}
```

$$A = A^T$$

$$|1 - a| < 1 \iff 0 < a < 1$$

$$a^2 \geq 0$$ and $$a < b$$
"""
PROVED = "```given\na \\in \\mathbb{R}\n```\n\n$$a^2 \\geq 0$$\n"


@pytest.fixture
def steps(folder: Path) -> str:
    (folder / "steps.md").write_text(STEPS)
    return "steps.md"


@pytest.mark.parametrize("name", ["a.svg", "a.png", "A.SVG"])
def test_a_file_has_the_first_claim_that_can_be_drawn(verifier: Command, folder: Path, steps: str, name: str) -> None:
    found = verifier("check", steps, "--plot", name)
    assert found.status == 1
    assert found.errors == f"steps.md:8: drawn in {name}\n"
    assert sorted(os.listdir(folder)) == sorted([name, "steps.md"])
    assert (folder / name).read_bytes()[:5] in (b"<?xml", b"\x89PNG\r")


def test_a_folder_has_a_picture_of_each(verifier: Command, folder: Path, steps: str) -> None:
    (folder / "out").mkdir()
    found = verifier("check", steps, "--plot", "out")
    assert found.status == 1
    assert sorted(os.listdir(folder / "out")) == ["steps-10.svg", "steps-8.svg"]
    assert found.errors.endswith("2 pictures, 1 claim without\n")


def test_claims_of_one_line_and_documents_of_one_name_have_files_of_their_own(verifier: Command, folder: Path) -> None:
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    (folder / "out").mkdir()
    for name in ("one", "two"):
        (folder / name / "a.md").write_text(PROVED.replace("$$a^2 \\geq 0$$", "$a^2 \\geq 0$ and $a^2 \\leq 0$"))
    assert verifier("check", "one", "two", "--plot", "out").status == 1
    assert sorted(os.listdir(folder / "out")) == ["a-5-2.svg", "a-5-3.svg", "a-5-4.svg", "a-5.svg"]


def test_pictures_change_no_report(verifier: Command, folder: Path, steps: str) -> None:
    (folder / "out").mkdir()
    plain = verifier("check", steps, "--format", "json")
    drawn = verifier("check", steps, "--format", "json", "--plot", "out")
    assert (plain.status, plain.output) == (drawn.status, drawn.output)


def test_a_line_is_drawn_whatever_is_said_of_it(verifier: Command, folder: Path, steps: str) -> None:
    (folder / "free.md").write_text("$$q < r$$\n")
    assert verifier("check", "free.md", "--plot", "a.svg").status == 2
    found = verifier("check", "free.md", "--plot", "a.svg", "--line", "1")
    assert (found.status, found.errors) == (3, "free.md:1: drawn in a.svg\n")
    found = verifier("check", steps, "--plot", "a.svg", "--line", "6")
    assert found.status == 2
    assert "line 6: a picture shows comparisons" in found.errors
    found = verifier("check", steps, "--plot", "a.svg", "--line", "5")
    assert found.status == 2
    assert "found no claim in line 5 [not-drawn]" in found.errors


def test_explain_draws_too(verifier: Command, folder: Path, steps: str) -> None:
    found = verifier("explain", "steps.md:8", "--plot", "a.svg")
    assert found.status == 0
    assert "counterexample" in found.output
    assert (folder / "a.svg").exists()
    assert verifier("explain", "steps.md:6", "--plot", "b.svg").status == 2
    found = verifier("explain", "unread", "--plot", "b.svg")
    assert found.status == 2
    assert "expected FILE:LINE [not-drawn]" in found.errors


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("a.pdf", "found the suffix '.pdf', expected .svg or .png, or a folder that exists [unwritable-output]"),
        ("a", "found the suffix ''"),
        ("nowhere/a.svg", "there is no folder nowhere [unwritable-output]"),
        ("nowhere/", "found the suffix ''"),
    ],
)
def test_targets_that_cannot_be_are_refused_before_anything_is_checked(
    verifier: Command, folder: Path, steps: str, out: str, said: str
) -> None:
    found = verifier("check", steps, "--plot", out)
    assert (found.status, found.output) == (2, "")
    assert said in found.errors
    assert os.listdir(folder) == ["steps.md"]


def test_without_matplotlib(verifier: Command, steps: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for command in (("check", steps), ("explain", "steps.md:8")):
        found = verifier(*command, "--plot", "a.svg")
        assert (found.status, found.output) == (2, "")
        assert (
            "matplotlib, which is not installed [no-matplotlib]\n  help: pip install 'verifier[plot]'" in found.errors
        )
    assert verifier("check", steps).status == 1


def test_a_file_that_cannot_be_written_stays(
    verifier: Command, folder: Path, steps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.svg").write_text("before")

    def fails(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", fails)
    found = verifier("check", steps, "--plot", "a.svg")
    assert found.status == 2
    assert "1 refuted, 1 conditional" in found.output
    assert "the picture cannot be written: permission denied [unwritable-output]" in found.errors
    assert (folder / "a.svg").read_text() == "before"
    assert sorted(os.listdir(folder)) == ["a.svg", "steps.md"]


def test_a_fault_of_a_picture_is_none_of_the_verdict(
    verifier: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object) -> object:
        raise RuntimeError("a fault")

    monkeypatch.setattr(plots, "scene_of", fails)
    (folder / "a.md").write_text(PROVED)
    found = verifier("check", "a.md", "--plot", "a.svg")
    assert found.status == 4
    assert "1 proved" in found.output
    assert "the picture failed: RuntimeError: a fault [internal-error]" in found.errors


@pytest.mark.parametrize("options", [["--line", "3"], ["--library", "--plot", "a.svg"]])
def test_options_that_do_not_go_together(verifier: Command, steps: str, options: list[str]) -> None:
    assert verifier("check", *options).status == 2
