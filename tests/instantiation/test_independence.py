"""The second channel shares no code with the kernel above the term type."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import verifier.instantiation

ROOM = Path(verifier.instantiation.__file__).parent
ALLOWED = {f"verifier.kernel.{part}" for part in ("terms", "shapes", "linear", "sequents", "heads")} | {
    "verifier.derivation",
    "verifier.kernel",
}
TEXTUAL = {"substitute_indices", "replace", "rename_data"}


@pytest.mark.parametrize("file", sorted(ROOM.glob("*.py")), ids=lambda path: path.stem)
def test_imports(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        for name in names:
            if name.startswith("verifier") and not name.startswith("verifier.instantiation"):
                assert name in ALLOWED, f"{file.name} imports {name}"
        if isinstance(node, ast.ImportFrom) and node.module == "verifier.kernel.terms":
            assert not TEXTUAL & {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module == "verifier.kernel":
            assert {alias.name for alias in node.names} == {"linear"}


def test_numpy_is_loaded_only_for_floats() -> None:
    code = (
        "import sys\n"
        "from verifier.instantiation import instantiate\n"
        "from verifier.kernel.sequents import Sequent\n"
        "from verifier.language import equals, exp, matrix, dim, scalar\n"
        "A, B, a = matrix('A', dim('n'), dim('n')), matrix('B', dim('n'), dim('n')), scalar('a')\n"
        "instantiate(Sequent(equals(A @ B, B @ A).whole.term))\n"
        "instantiate(Sequent(equals(exp(a) * exp(a), exp(2 * a)).whole.term))\n"
        "assert 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=_environment("0"))


def test_the_same_seed_gives_the_same_outcome_whatever_the_hashes() -> None:
    code = (
        "from verifier.instantiation import instantiate\n"
        "from verifier.kernel.sequents import Sequent\n"
        "from verifier.language import *\n"
        "n = dim('n')\n"
        "A, B, x, a, f = matrix('A', n, n), matrix('B', n, n), vector('x', n), scalar('a'), entrywise('f')\n"
        "claims = [equals(A @ B, B @ A), equals(f(a) * tanh(a), f(a)), equals(norm(x), a),\n"
        "          equals(trace(A.inverse), trace(A))]\n"
        "for claim in claims:\n"
        "    for seed in (0, 1):\n"
        "        print(instantiate(Sequent(claim.whole.term), seed=seed))\n"
        "print(instantiate(Sequent((a**2 >= a).term)))\n"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=_environment(seed)
        ).stdout
        for seed in ("0", "1", "12345")
    }
    assert len(texts) == 1


def _environment(seed: str) -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOM.parents[1])}
