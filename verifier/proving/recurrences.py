"""Closed forms: what follows xₜ₊₁ = a xₜ + … is c aᵗ away from where it stays, if it stays anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.kernel.context import CertificateError, Context
from verifier.kernel.linear import CONSTANT, ZERO, plus, variable
from verifier.kernel.polynomials import NormalForm
from verifier.kernel.terms import Term, substitute_indices
from verifier.proving.moving import opened
from verifier.proving.readback import NotWritten, Writer


def closed_forms(context: Context, body: Term, index: str) -> Iterator[tuple[Term, Term, Term]]:
    """a, c = body(0) and the lemma ∀t body(t) = c aᵗ, for each recurrence xₜ₊₁ = a xₜ + … that is known."""
    start = substitute_indices(body, {index: ZERO})
    for known in context.known:
        said = known.proposition
        if said.head != "for_all" or said.args[0].head != "equal" or said.data[1:] != (ZERO, None):
            continue
        ratio = _ratio(context, said)
        if ratio is None:
            continue
        exponent = Term("index", (), (variable(index),))
        member = Term("multiply", (start, Term("power", (ratio, exponent))))
        yield ratio, start, Term("for_all", (Term("equal", (body, member)),), (index, ZERO, None))


def writer_of(context: Context) -> Writer:
    """A writer that knows the symbols of the claim and the indices of the context."""
    writer = Writer.of(context.sequent)
    for name, _ in context.indices:
        writer.names[context.scope().indices[name][0][0]] = name
    return writer


def _ratio(context: Context, recurrence: Term) -> Term | None:
    """a of ∀t xₜ₊₁ = a xₜ + …, where neither a nor what is added depends on t."""
    outside = context
    try:
        context, body, name = opened(context, recurrence)
    except CertificateError:
        return None
    next_member, value = body.args
    if next_member.head != "symbol" or not next_member.data[2] or not next_member.space().is_scalar:
        return None
    form = context.scalar(value)
    atom = context.scope().indices[name][0][0]
    places = next_member.data[2]
    if [dict(place).get(name) for place in places].count(1) != 1:
        return None
    algebra = context.algebra
    before = tuple(
        plus(context.reader().form(p, context.scope()), ((CONSTANT, -1),)) if dict(p).get(name) == 1 else p
        for p in places
    )
    ratio: NormalForm = {}
    for monomial, coefficient in form.items():
        same = [f for f in monomial.factors if f.base.kind == "symbol" and f.base.name == next_member.data[0]]
        others = [f for f in monomial.factors if f not in same]
        spoken = {a for f in others for slot in f.slots for a, _ in slot}
        spoken |= {a for f in others if isinstance(f.exponent, tuple) for a, _ in f.exponent}
        if atom in spoken or len(same) > 1 or monomial.bound:
            return None
        if same:
            if same[0].slots != before or same[0].exponent != 1:
                return None
            algebra.add_to(ratio, algebra.monomial(coefficient, others, {}))
    try:
        return writer_of(outside).scalar(ratio) if ratio else None
    except NotWritten:
        return None


__all__ = ["closed_forms", "writer_of"]
