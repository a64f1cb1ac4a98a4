"""How general a document means an index: ℕ from 0 or from 1, what is said of one k for every k.

A claim that is refuted by one meaning and not by the other is not refuted. ``Separates`` finds whether a model
separates the sides of a claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from verifier.kernel.closure import ClaimError, Range
from verifier.kernel.linear import ONE, atoms
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, TermError, free_indices, index_forms, subterms

Separates = Callable[[Sequent], bool]


def only_at_zero(sequent: Sequent, separates: Separates) -> bool:
    """Whether a claim about natural numbers fails at 0 alone, where half of mathematics does not have it."""
    natural = {name for name, (low, high) in sequent.indices if low == () and high is None}
    if not natural & set(map(str, free_indices(sequent.conclusion))):
        return False
    indices = tuple((name, (ONE, high) if name in natural else (low, high)) for name, (low, high) in sequent.indices)
    return not separates(replace(sequent, indices=indices))


def index_that_may_be_any(sequent: Sequent, separates: Separates) -> str | None:
    """An index of a hypothesis, not of the conclusion, that may be any; None if the claim is refuted then too.

    Beside Σ_k x_k > 0, what is said of x_k may be said of every k, and what is said of x_i x_j of all i and j; a proof
    from one k holds either way.
    """
    indices = dict(_of_hypotheses(sequent))
    for names in (*((name,) for name in indices), *([tuple(indices)] if len(indices) > 1 else [])):
        try:
            general = _generalised(sequent, {name: indices[name] for name in names})
        except (ClaimError, TermError):
            continue
        if not separates(general):
            return names[0]
    return None


def _of_hypotheses(sequent: Sequent) -> Iterator[tuple[str, Range]]:
    """The indices of hypotheses that the conclusion does not have; those that nobody declared are like dimensions."""
    spoken = free_indices(sequent.conclusion)
    statements = (sequent.conclusion, *sequent.hypotheses, *(d.body for d in sequent.definitions))
    parts = [part for statement in statements for part in subterms(statement)]
    sizes = {atom for part in parts for size in _axes(part) for atom in atoms(size)}
    for name, within in sequent.indices:
        if name not in spoken and any(name in free_indices(h) for h in sequent.hypotheses):
            yield name, within
    used = {
        atom for part in parts if part.head in ("symbol", "entry") for form in index_forms(part) for atom in atoms(form)
    }
    for name in sorted(map(str, sequent.dimension_names)):
        if name in used and name not in spoken | sizes:
            yield name, (ONE, None)


def _axes(part: Term) -> tuple[tuple[tuple[str | int, int], ...], ...]:
    shapes = (part.shape, *(held for held in part.data if isinstance(held, Shape)))
    return tuple(axis for shape in shapes if shape is not None for axis in shape.axes)


def _for_all(hypothesis: Term, indices: dict[str, Range]) -> Term:
    for name, within in indices.items():
        hypothesis = Term("for_all", (hypothesis,), (name, *within)) if name in free_indices(hypothesis) else hypothesis
    return hypothesis


def _generalised(sequent: Sequent, indices: dict[str, Range]) -> Sequent:
    """The claim, what is said of these indices in a hypothesis said of all their values."""
    hypotheses = tuple(_for_all(hypothesis, indices) for hypothesis in sequent.hypotheses)
    dimensions = tuple(form for form in sequent.dimensions if not {str(atom) for atom in atoms(form)} & indices.keys())
    return replace(sequent, hypotheses=hypotheses, dimensions=dimensions)


__all__ = ["index_that_may_be_any", "only_at_zero"]
