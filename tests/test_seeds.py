"""The five homework documents as they are: read, judged and reported, without a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.shared import CONTEXTS, SEEDS, needs_seeds
from verifier.derivation import Role
from verifier.reading import context_of, load, read
from verifier.reading.blocks import Formula

STATUSES = (0, 1, 3)


def formulas_not_read(seed: Path, context: Path) -> tuple[int, int]:
    """How many formulas a document has, and in how many something is not understood."""
    document = load(str(seed))
    derivation = read(document, [context_of(load(str(context)))])
    formulas = [block for block in document.blocks if isinstance(block, Formula)]
    lost = set()
    for claim in derivation.claims:
        if claim.problem is not None and claim.role is not Role.DEFINITION:
            place = claim.place
            lost |= {
                k
                for k, formula in enumerate(formulas)
                if document.place(formula.outer_start, formula.outer_end).line <= place.line
                and place.end_line <= document.place(formula.outer_start, formula.outer_end).end_line
                and (formula.display or document.place(formula.start, formula.end).column <= place.column)
                and (formula.display or place.end_column <= document.place(formula.start, formula.end).end_column)
            }
    return len(formulas), len(lost)


@needs_seeds
def test_four_fifths_of_the_formulas_are_read() -> None:
    counts = [formulas_not_read(seed, context) for seed, context in zip(SEEDS, CONTEXTS, strict=True)]
    formulas, lost = sum(n for n, _ in counts), sum(n for _, n in counts)
    assert formulas >= 400
    assert lost <= 0.2 * formulas, f"{lost} of {formulas} formulas are not understood: {counts}"


@needs_seeds
def test_the_command_reports_on_all_of_them() -> None:
    command = [sys.executable, "-m", "verifier", "check", *map(str, SEEDS), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in STATUSES, done.stderr
    assert "Traceback" not in done.stderr
    report = json.loads(done.stdout)
    assert len(report["files"]) == len(SEEDS)
    assert all(file["claims"] for file in report["files"])
    assert "conflict" not in {claim["verdict"] for file in report["files"] for claim in file["claims"]}
