"""Recurrences, w_{t+1} = f(w_t), which hold for every t, and the members, w_0, at which they start."""

from __future__ import annotations

from collections.abc import Container

from verifier.kernel.linear import Atom, Linear, constant, constant_value, minus, variable
from verifier.kernel.terms import Term, free_indices, subterms
from verifier.reading.environment import FLEXIBLE, Environment
from verifier.reading.marks import base_and_marks, plain_name, rendered
from verifier.reading.syntax import EMPTY, Node


def is_shifted_member(node: Node) -> bool:
    """w_{t+1}, θ^{(k+1)}: a member of a family at a letter and a shift."""
    return _argument(node) == "sum"


def is_member(node: Node) -> bool:
    """w_t, θ^{(k)}: what may be a member of a family at a letter."""
    return _argument(node) == "name"


def _argument(node: Node) -> str:
    """The kind of node that is the one index of a name."""
    base, marks = base_and_marks(node)
    script = marks.iteration if marks.iteration is not EMPTY else marks.subscript
    parts = [p for p in script.parts if p.kind != "separator"]
    while len(parts) == 1 and parts[0].kind == "group":
        parts = [p for p in parts[0].parts if p.kind != "separator"]
    single = plain_name(base) is not None and not marks.actions and len(parts) == 1
    return parts[0].kind if single else ""


def recurrence(step: Term, environment: Environment, said: Container[str] = ()) -> Term | None:
    """The equation for every value of its index, if its left side is a member of a family that is not in ``said``.

    The index runs over its range, as far as there are members with a number that is not negative.
    """
    if step.head != "equal" or step.args[0].head != "symbol" or len(step.args[0].data[2]) != 1:
        return None
    (form,) = step.args[0].data[2]
    name = step.args[0].data[0]
    letters = [atom for atom in free_indices(step) if str(atom) in dict(form)]
    others = [atom for atom in free_indices(step) - set(letters) if not _is_size(atom, environment)]
    if len(letters) != 1 or name in said or dict(form)[letters[0]] != 1 or others:
        return None
    shifts = [dict(f).get("", 0) for p in subterms(step) if p.head == "symbol" and p.data[0] == name for f in p.data[2]]
    letter = environment.find(str(letters[0]))
    low, high = (letter.range if letter is not None else None) or ((), None)
    first = constant_value(low)
    low = low if first is None else constant(max(0, int(first), -min(shifts)))
    return Term("for_all", (step,), (str(letters[0]), low, high))


def _is_size(atom: Atom, environment: Environment) -> bool:
    """Whether an atom of an index form is a dimension, as that of I and of 0 is."""
    return str(atom).startswith(FLEXIBLE) or str(atom) in environment.dimension_names


def is_recursive(step: Term) -> bool:
    """w_t = f(w_{t-1}): a member of a family at a letter, by earlier ones."""
    if step.head != "equal" or step.args[0].head != "symbol" or len(step.args[0].data[2]) != 1:
        return False
    name, _, (form,) = step.args[0].data
    others = {f for p in subterms(step.args[1]) if p.head == "symbol" and p.data[0] == name for f in p.data[2]}
    shifts = [constant_value(minus(form, other)) for other in others]
    return len(form) == 1 and bool(shifts) and all(shift is not None and shift > 0 for shift in shifts)


def only_uses(statement: Term, family: str, step: Term) -> bool:
    """Whether a statement is a recurrence of another family by members of this one, beside which ``step``, a recurrence
    of this one, can hold too: one of the two is by earlier members alone.
    """
    said = statement.args[0] if statement.head == "for_all" else statement
    if said.head != "equal" or said.args[0].head != "symbol" or len(said.args[0].data[2]) != 1:
        return False
    return said.args[0].data[0] != family and (_is_by_earlier(said) or _is_by_earlier(step))


def _is_by_earlier(step: Term) -> bool:
    """Whether every member of a family on the right has an index less than that of the left side."""
    (form,) = step.args[0].data[2]
    others = [f for p in subterms(step.args[1]) if p.head == "symbol" for f in p.data[2]]
    shifts = [constant_value(minus(form, other)) for other in others]
    return all(shift is not None and shift > 0 for shift in shifts)


def first_member(step: Term, letter: str, environment: Environment, low: Linear) -> Linear:
    """The least value of a letter at which all members of families in a statement exist; if there are none, ``low``."""
    firsts: list[int] = []
    for part in subterms(step):
        family = environment.find(part.data[0]) if part.head == "symbol" and part.data[2] else None
        for form, within in zip(part.data[2], family.indices, strict=False) if family is not None else ():
            least, shift = constant_value(within[0]), constant_value(minus(form, variable(letter)))
            if shift is not None and least is not None:
                firsts.append(int(least - shift))
    return constant(max(0, *firsts)) if firsts else low


def is_single_member(term: Term) -> bool:
    """Whether a symbol is a member of a family at a number."""
    forms = term.data[2] if term.head == "symbol" else ()
    return bool(forms) and all(constant_value(form) is not None for form in forms)


def numbered_member(environment: Environment, node: Node) -> tuple[str, str] | None:
    """w_0, θ^{(0)} of a declared family, no symbol of its own: the name of the family, and the number."""
    base, marks = base_and_marks(node)
    stem = plain_name(base)
    if stem is None or marks.actions or marks.primes:
        return None
    iterated = marks.iteration is not EMPTY
    script = marks.iteration if iterated else marks.subscript
    number = rendered(script) if script is not EMPTY else None
    if number is None or not number.isdigit() or (iterated and marks.subscript is not EMPTY):
        return None
    stem += marks.star
    family = environment.find(f"{stem}^()" if iterated else f"{stem}_")
    own = environment.find(f"{stem}^({number})" if iterated else f"{stem}_{number}")
    plain = family is not None and family.kind == "symbol" and family.is_family and family.definition is None
    return (family.name, number) if plain and family is not None and own is None else None
