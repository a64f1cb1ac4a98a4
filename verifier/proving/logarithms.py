"""Logarithms of powers: t log u = log v from uᵗ = v, and uᵗ ≤ v from t ≥ log v / log u."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any

from verifier.kernel.context import COMPARISONS, Context
from verifier.kernel.linear import variable
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term, free_indices, subterms
from verifier.proving.gaps import SIGN
from verifier.proving.gaps import ZERO as NOTHING
from verifier.proving.moving import Lemmas, hole, use

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
MOST = 2


def by_logarithms(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of an equation with t, log u and log v in it, from uᵗ = v; None if that is not shown.

    Example: from |wₜ| = ε |w₀| and wₜ = aᵗ w₀, where 0 < a, t = log ε / log a.
    """
    for t, u, v in _powers(context, goal):
        lemmas = Lemmas(context)
        base, value = _without_bars(context, u), _without_bars(context, v)
        power = Term("power", (base, t))
        equal = Term("equal", (power, value))
        positive = _known(lemmas, Term("greater", (base, NOTHING)), prove)
        known = None if positive is None else _known(lemmas, equal, prove)
        if positive is None or known is None or _known(lemmas, Term("greater", (power, NOTHING)), prove) is None:
            continue
        of_power = _axiom("log_pow", [base, t], [{"rule": "fact", "fact": positive}])
        uses = [
            use(hole(), {"congruence": {"fact": known}, "context": term_to_data(_log(hole()))}),
            use(Term("negate", (hole(),)), of_power),
        ]
        if base != u:
            uses.append(use(Term("multiply", (t, hole())), _log_of_size(base)))
        if value != v:
            uses.append(use(Term("negate", (hole(),)), _log_of_size(value)))
        lemmas.add(Term("equal", (Term("multiply", (t, _log(u))), _log(v))), {"rule": "linear", "uses": uses})
        found = prove(lemmas.context, goal)
        if found is not None:
            return lemmas.then(found)
    return None


def by_comparing_logarithms(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of a comparison with uᵗ and log u in it and in what is known, by log uᵗ = t log u.

    Example: from t ≥ log ε / log a and 0 < a < 1 follows aᵗ ≤ ε, as log a < 0.
    """
    lemmas = Lemmas(context)
    parts = _parts_of_comparisons(context, goal)
    for power in [part for part in parts if _is_power(context, part) and _log(part.args[0]) in parts]:
        base, exponent = power.args
        positive = _known(lemmas, Term("greater", (base, NOTHING)), prove)
        if positive is not None and _known(lemmas, Term("greater", (power, NOTHING)), prove) is not None:
            of_power = _axiom("log_pow", [base, exponent], [{"rule": "fact", "fact": positive}])
            equal = Term("equal", (_log(power), Term("multiply", (exponent, _log(base)))))
            lemmas.add(equal, {"rule": "linear", "uses": [use(hole(), of_power)]})
    if not lemmas.found:
        return None
    for bottom in dict.fromkeys(part.args[1] for part in parts if part.head == "divide" and _is_log(part.args[1])):
        for sign in ("less", "greater"):
            if _known(lemmas, Term(sign, (bottom, NOTHING)), prove) is not None:
                break
    found = prove(lemmas.context, goal)
    return None if found is None else lemmas.then(found)


def compares_powers(context: Context, goal: Term) -> bool:
    """Whether a power to an index of the claim and the logarithm of its base stand in comparisons."""
    parts = _parts_of_comparisons(context, goal)
    return any(_is_power(context, part) and _log(part.args[0]) in parts for part in parts)


def _parts_of_comparisons(context: Context, goal: Term) -> dict[Term, None]:
    statements = [goal, *(known.proposition for known in context.known)]
    return dict.fromkeys(part for one in statements if one.head in COMPARISONS for part in subterms(one))


def _is_power(context: Context, part: Term) -> bool:
    return part.head == "power" and any(part.args[1] == Term("index", (), (variable(t),)) for t, _ in context.indices)


def _known(lemmas: Lemmas, lemma: Term, prove: Prove) -> int | None:
    """The number of a lemma as a fact, once it is proved; None if it is not."""
    proof = prove(lemmas.context, lemma)
    return None if proof is None else lemmas.add(lemma, proof)


def speaks_of_powers(context: Context, goal: Term) -> bool:
    """Whether a goal has an index in it, and two logarithms."""
    return next(_powers(context, goal), None) is not None


def _powers(context: Context, goal: Term) -> Iterator[tuple[Term, Term, Term]]:
    """An index t of the claim and the arguments u, v of two logarithms in the goal: t log u, or a division by log u."""
    parts = dict.fromkeys(subterms(goal))
    arguments = [part.args[0] for part in parts if _is_log(part)]
    for name, _ in context.indices:
        t = Term("index", (), (variable(name),))
        if t in parts and 2 <= len(arguments) <= MOST:
            for u, v in permutations(arguments, 2):
                constant = name not in free_indices(u) | free_indices(v)
                if constant and any(_is_multiplied(part, t, _log(u)) for part in parts):
                    yield t, u, v


def _is_multiplied(part: Term, t: Term, logarithm: Term) -> bool:
    """Whether a term is a product of t and the logarithm, or a quotient by it."""
    if part.head == "divide":
        return logarithm in subterms(part.args[1])
    return part.head == "multiply" and {t, logarithm} <= set(subterms(part))


def _is_log(part: Term) -> bool:
    return part.head == "elementwise" and part.data == ("log", 0, ()) and part.space().is_scalar


def _without_bars(context: Context, term: Term) -> Term:
    """u for |u|, where the signs of its factors show u ≥ 0."""
    if term.head == "elementwise" and term.data == ("abs", 0, ()):
        (inner,) = term.args
        if context.sign_holds(Term("greater_equal", (inner, NOTHING))):
            return inner
    return term


def _log(term: Term) -> Term:
    return Term("elementwise", (term,), ("log", 0, ()))


def _log_of_size(inner: Term) -> dict[str, Any]:
    """log |u| = log u, by congruence from |u| = u, as u ≥ 0 by the signs of its factors"""
    return {"congruence": _axiom("abs_of_nonneg", [inner], [SIGN]), "context": term_to_data(_log(hole()))}


def _axiom(name: str, arguments: list[Term], premises: list[Certificate]) -> dict[str, Any]:
    data = [term_to_data(argument) for argument in arguments]
    return {"axiom": name, "arguments": data, "premises": premises, "indices": []}


__all__ = ["by_comparing_logarithms", "by_logarithms", "compares_powers", "speaks_of_powers"]
