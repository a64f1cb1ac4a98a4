"""The rules of inference, together: those about equations and comparisons, of logic, and about optima.

The kernel searches for nothing: it computes normal forms and compares.
"""

from __future__ import annotations

from verifier.kernel import rules_logic, rules_optima, rules_order
from verifier.kernel.checking import RULES, check

PARTS = (rules_order, rules_logic, rules_optima)

__all__ = ["PARTS", "RULES", "check"]
