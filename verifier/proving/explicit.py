"""Matrices whose sizes are numbers: equations entry by entry, and determinants by their entries.

What a claim says of such a matrix is a statement about numbers, which other engines prove; a certificate goes from the
numbers back to the matrix, or to the determinant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.axioms_scalars_of_matrices import EXPANDED
from verifier.kernel.context import CertificateError, Context
from verifier.kernel.linear import CONSTANT, ONE, Linear, constant, constant_value, variable
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, free_indices, subterms
from verifier.proving.moving import Lemmas, hole, is_of_numbers, moved, use, written
from verifier.proving.relations import BY_PROPERTY

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
Place = tuple[Linear, Linear]
LAW = "determinant_leibniz"
MOST_ENTRIES = 16
MOST_LEMMAS = 32


def is_explicit(sequent: Sequent) -> bool:
    """Whether a claim speaks of a matrix or a vector whose size is a number."""
    statements = (sequent.conclusion, *sequent.hypotheses, *(d.body for d in sequent.definitions))
    terms = (part for statement in statements for part in subterms(statement) if not part.is_proposition)
    return any(_places(shape) for shape in {term.space() for term in terms})


def by_entries(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of an equation between explicit matrices, from one for each entry; None for other goals."""
    if goal.head != "equal" or not _places(goal.args[0].space()):
        return None
    shape, uses, lemmas = goal.args[0].space(), [], Lemmas(context)
    for place in _places(shape):
        lemma = Term("equal", tuple(_entry(side, place) for side in goal.args))
        if not context.scalar(Term("subtract", lemma.args)):
            continue
        proof = prove(lemmas.context, lemma)
        if proof is None:
            return None
        uses.append(use(_at(place, shape), {"fact": lemmas.add(lemma, proof)}))
    return lemmas.then({"rule": "linear", "uses": uses})


def by_numbers(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of a goal about numbers, from what the entries of explicit matrices and determinants are.

    None where that says nothing new.
    """
    lemmas = Lemmas(context)
    for lemma, proof in (*_of_entries(context), *_of_laws(context, goal)):
        lemmas.add(lemma, proof)
    values = _determinants(lemmas, goal)
    for k, known in enumerate(_propositions(context)):
        other = _expanded(known, values)
        if other != known:
            lemmas.add(other, moved(lemmas.context, known, other, k, values))
    wanted = _expanded(goal, values)
    if wanted == goal and not lemmas.found:
        return None
    found = prove(lemmas.context, wanted)
    if found is None or wanted == goal:
        return None if found is None else lemmas.then(found)
    last = lemmas.add(wanted, found)
    return lemmas.then(moved(lemmas.context, wanted, goal, last, values))


# entries


def _places(shape: Shape) -> list[Place]:
    """The places of a shape whose axes are numbers and not all 1; none of others, and of large ones."""
    sizes = [constant_value(axis) for axis in shape.axes]
    if len(sizes) != 2 or sizes[0] is None or sizes[1] is None or not 1 < sizes[0] * sizes[1] <= MOST_ENTRIES:
        return []
    return [(constant(r), constant(c)) for r, c in product(range(1, sizes[0] + 1), range(1, sizes[1] + 1))]


def _entry(term: Term, place: Place) -> Term:
    """The entry at a place; of a column or a row, by one index."""
    only = tuple(form for form, axis in zip(place, term.space().axes, strict=True) if axis != ONE)
    return Term("entry", (term,), (only,))


def _at(place: Place, shape: Shape) -> Term:
    """The matrix with □ at a place, and 0 elsewhere."""
    result = hole()
    if shape.columns != ONE:
        result = Term("multiply", (result, Term("transpose", (Term("unit", (), (shape.columns, place[1])),))))
    if shape.rows != ONE:
        result = Term("multiply", (Term("unit", (), (shape.rows, place[0])), result))
    return result


def _of_entries(context: Context) -> Iterator[tuple[Term, Certificate]]:
    """Entry by entry what is known of explicit matrices to be equal, for all indices that it is known for."""
    left = MOST_LEMMAS
    for k, known in enumerate(context.known):
        quantifiers, body = [], known.proposition
        while body.head == "for_all":
            quantifiers.append(body.data)
            (body,) = body.args
        places = _places(body.args[0].space()) if body.head == "equal" else []
        left -= len(places)
        names = [name for name, _, _ in quantifiers]
        if left < 0 or not places or len(set(names)) < len(names) or not _are_fresh(context, quantifiers):
            continue
        relation = {"fact": k, "at": [linear_to_data(variable(name)) for name in names]}
        for equation, by_use in _each(body, relation):
            lemma, proof = equation, by_use
            for data in reversed(quantifiers):
                lemma, proof = Term("for_all", (lemma,), data), {"rule": "generalise", "proof": proof}
            yield lemma, proof


def _each(equation: Term, relation: dict[str, Any]) -> Iterator[tuple[Term, Certificate]]:
    """An equation between explicit matrices, entry by entry, with a proof of each."""
    for place in _places(equation.args[0].space()):
        lemma = Term("equal", tuple(_entry(side, place) for side in equation.args))
        yield lemma, {"rule": "linear", "uses": [use(_entry(hole(equation.args[0].space()), place), relation)]}


def _of_laws(context: Context, goal: Term) -> Iterator[tuple[Term, Certificate]]:
    """Entry by entry what is known of explicit matrices by their properties, and of those that are inverted."""
    stated: list[tuple[str, Term, int]] = []
    inverted = {p.args[0] for s in (goal, *_propositions(context)) for p in subterms(s) if p.head == "inverse"}
    for k, said in enumerate(_propositions(context)):
        if said.head == "property" and _places(said.args[0].space()):
            axioms = list(BY_PROPERTY.get(said.data[0], ()))
            axioms += ["mul_inverse"] if said.data[0] == "invertible" and said.args[0] in inverted else []
            stated += [(axiom, said.args[0], k) for axiom in axioms]
    for axiom, matrix, k in stated:
        fact = {"rule": "fact", "fact": k}
        relation = {"axiom": axiom, "arguments": [term_to_data(matrix)], "premises": [fact]}
        equation = AXIOMS[axiom].statement(matrix)
        yield from _each(equation, relation) if _places(equation.args[0].space()) else ()


def _propositions(context: Context) -> list[Term]:
    return [known.proposition for known in context.known]


def _are_fresh(context: Context, quantifiers: Iterable[tuple[str, Linear, Linear | None]]) -> bool:
    """Whether the indices that a fact quantifies over are names that a proof may fix."""
    try:
        for name, lower, upper in quantifiers:
            context = context.fix(name, (lower, upper))
    except CertificateError:
        return False
    return True


# determinants


def _determinants(lemmas: Lemmas, goal: Term) -> dict[Term, Term]:
    """The determinants that statements about numbers speak of, each with the sum over its entries; as lemmas too."""
    values: dict[Term, Term] = {}
    named = {name for name, _ in lemmas.context.indices} | lemmas.context.sequent.dimension_names | {CONSTANT}
    statements = [one for one in (goal, *_propositions(lemmas.context)) if is_of_numbers(one)]
    for part in dict.fromkeys(part for statement in statements for part in subterms(statement)):
        explicit = part.head == "determinant" and constant_value(part.args[0].space().rows) in EXPANDED
        if explicit and free_indices(part) <= named:
            equation = AXIOMS[LAW].statement(part.args[0])
            data = [term_to_data(part.args[0])]
            lemmas.add(equation, {"rule": "axiom", "axiom": LAW, "arguments": data, "premises": []})
            values[part] = equation.args[1]
    return values


def _expanded(statement: Term, values: dict[Term, Term]) -> Term:
    """The statement with determinants as sums; as it is, if it says what the sum for a determinant is."""
    if statement.head == "equal" and values.get(statement.args[0]) == statement.args[1]:
        return statement
    return written(statement, values)


__all__ = ["by_entries", "by_numbers", "is_explicit"]
