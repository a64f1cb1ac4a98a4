"""Where the material stands that is shared with us and is not part of the project; None where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SHARED = TESTS.parents[1] / "shared"
CASES = SHARED / "cases" / "derivation_chains.json"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
CONTEXTS = sorted((TESTS / "homework").glob("*.md"))

needs_cases = pytest.mark.skipif(not CASES.is_file(), reason=f"the cases are not at {CASES}")
needs_seeds = pytest.mark.skipif(not SEEDS, reason=f"the seed documents are not at {SHARED / 'seeds'}")
