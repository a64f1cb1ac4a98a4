"""A mutation test of the identities about numbers: what instantiation refutes, no engine proves.

Mutants are those of ``mutating``, and claims with another relation, connective or extremum in one place. With
VERIFIER_ALL_MUTANTS=1 all of them are tried, else about ``EACH`` of each kind for each identity.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from derivations import gradient_descent, huber, momentum, relu
from verifier.identity import identities
from verifier.instantiation import confirm, instantiate
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term
from verifier.notation import latex
from verifier.proving import NotProved, find_proof

from .mutating import mutants

MODULES = (gradient_descent, momentum, relu, huber)
LIBRARY = {name: made for module in MODULES for name, made in identities(module).items()}
EACH = 3
OTHERS = {
    "less": ("less_equal", "greater"),
    "less_equal": ("less", "greater_equal"),
    "greater": ("greater_equal", "less"),
    "greater_equal": ("greater", "less_equal"),
    "and": ("or",),
    "iff": ("and",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
}


def turned(term: Term) -> Iterator[Term]:
    """The term with another relation, connective or extremum in one place."""
    for head in OTHERS.get(term.head, ()):
        yield Term(head, term.args)
    for k, arg in enumerate(term.args):
        for changed in turned(arg):
            yield Term(term.head, (*term.args[:k], changed, *term.args[k + 1 :]), term.data)


def tried(name: str) -> list[Sequent]:
    """Mutants of the steps of an identity."""
    steps = LIBRARY[name].steps()
    changed = [mutant for claim in steps for _, mutant in mutants(claim)]
    others = [replace(claim, conclusion=c) for claim in steps for c in turned(claim.conclusion)]
    return [*spread(changed, name), *spread(others, name)]


def spread(everything: list[Sequent], name: str) -> list[Sequent]:
    """About ``EACH`` of the mutants, from all places."""
    stride = 1 if os.environ.get("VERIFIER_ALL_MUTANTS") else max(1, len(everything) // EACH)
    return everything[sum(map(ord, name)) % stride :: stride]


def is_proved(claim: Sequent) -> bool:
    """Whether an engine proves it."""
    try:
        find_proof(claim)
    except NotProved:
        return False
    return True


@pytest.mark.parametrize("name", LIBRARY)
def test_what_is_refuted_is_not_proved(name: str) -> None:
    for mutant in tried(name):
        found = instantiate(mutant).counterexample
        if found is not None:
            assert confirm(mutant, found)
            assert not is_proved(mutant), f"proved and refuted: {latex(mutant.conclusion)}"


def test_most_mutants_are_refuted() -> None:
    sample = [mutant for name in LIBRARY for mutant in tried(name)][::4]
    assert len(sample) >= 100
    assert sum(instantiate(mutant).counterexample is not None for mutant in sample) > len(sample) // 2
