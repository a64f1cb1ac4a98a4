"""Certificates made by hand: short names for their parts, and the ways in which the kernel refuses them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import num, proves, rel
from verifier.kernel.context import CertificateError
from verifier.kernel.linear import Linear
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError

REFUSED = (CertificateError, ClaimError, TermError, ShapeError, Unsupported)
SIGN = {"rule": "sign"}
ZERO = num(0)
TRUE = rel("greater", num(1), ZERO)


def fact(k: int, *at: Linear) -> dict[str, Any]:
    """The known proposition number k, at these indices."""
    return {"rule": "fact", "fact": k, "at": [linear_to_data(form) for form in at]}


def lemma(proposition: Term, proof: Any) -> dict[str, Any]:
    """A proposition with its own proof."""
    return {"lemma": term_to_data(proposition), "proof": proof}


def gaps(*relations: Any) -> dict[str, Any]:
    """The product of these comparisons."""
    return {"rule": "nonnegative", "summands": [{"coefficient": "1", "gaps": list(relations)}]}


def both(*proofs: Any) -> dict[str, Any]:
    """The parts of a conjunction."""
    return {"rule": "and", "proofs": list(proofs)}


def positive(term: Term) -> Term:
    return rel("greater", term, ZERO)


def refused(goal: Term, certificate: Any, *hypotheses: Term, **rest: Any) -> None:
    """The kernel refuses, in one of the ways in which it says so."""
    with pytest.raises(REFUSED):
        proves(goal, certificate, *hypotheses, **rest)
