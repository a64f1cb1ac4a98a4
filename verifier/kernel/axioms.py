"""The table of axiom schemas. Each row: arguments, premises, statement, source.

A row is used by naming it with terms for its arguments; the kernel then asks for a proof of each premise. Every row
has a test on independent models, and a test that each premise is needed. The rows stand by subject in the files
joined here.
"""

from __future__ import annotations

from verifier.kernel.axioms_building import Axiom
from verifier.kernel.axioms_functions import FUNCTIONS
from verifier.kernel.axioms_matrices import MATRICES
from verifier.kernel.axioms_order import INEQUALITIES
from verifier.kernel.axioms_scalars_of_matrices import SCALARS_OF_MATRICES
from verifier.kernel.axioms_special import SPECIAL
from verifier.kernel.axioms_structure import STRUCTURE

AXIOMS: dict[str, Axiom] = {**FUNCTIONS, **STRUCTURE, **MATRICES, **SCALARS_OF_MATRICES, **SPECIAL, **INEQUALITIES}

__all__ = ["AXIOMS", "Axiom"]
