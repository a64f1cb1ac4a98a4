"""Theorems are made by ``prove`` alone, and terms by their constructor: by no copy, pickle, subclass or replacement."""

from __future__ import annotations

import copy
import copyreg
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernel.building import NORMAL_FORM, A, N, a, b, claim, eq, mul, num, proves, tr, x, y
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE
from verifier.kernel.sequents import ClaimError, Definition, Sequent
from verifier.kernel.serialization import sequent_to_data
from verifier.kernel.shapes import SCALAR, Shape, ShapeError
from verifier.kernel.terms import MOST_KEPT, Term, _made
from verifier.kernel.theorems import Theorem, prove

FALSE = claim(eq(a, b))
TRUE = claim(eq(mul(a, b), mul(b, a)))
VALUES = (mul(tr(x), A, y), A.space(), TRUE, Definition("q", mul(a, b), (a,), (("i", (ONE, N)),)))


class Forged:
    """Pickles as a call of a maker, with a state for what it makes."""

    def __init__(self, make: Callable[..., Any], arguments: tuple[Any, ...], state: Any = None) -> None:
        self.reduced = (make, arguments) if state is None else (make, arguments, state)

    def __reduce__(self) -> tuple[Any, ...]:
        return self.reduced


def loaded(make: Callable[..., Any], arguments: tuple[Any, ...], state: Any = None) -> Any:
    return pickle.loads(pickle.dumps(Forged(make, arguments, state)))  # noqa: S301


THEOREM_STATE = {"sequent": FALSE, "_certificate": NORMAL_FORM, "hypotheses": (), "side_conditions": (), "axioms": ()}
FORGERIES: dict[str, Callable[[], Any]] = {
    "the constructor": lambda: Theorem(object(), FALSE, NORMAL_FORM, None, ()),  # type: ignore[arg-type]
    "the constructor without arguments": lambda: Theorem(),  # type: ignore[call-arg]
    "__new__": lambda: Theorem.__new__(Theorem),
    "a second __init__": lambda: proves(eq(a, a)).__init__(None, FALSE, NORMAL_FORM, None, ()),  # type: ignore[misc,arg-type]
    "a change": lambda: setattr(proves(eq(a, a)), "sequent", FALSE),
    "a deletion": lambda: delattr(proves(eq(a, a)), "sequent"),
    "a new attribute": lambda: setattr(proves(eq(a, a)), "oracle", "z3"),
    "a subclass": lambda: type("Mine", (Theorem,), {}),
    "a replacement": lambda: dataclasses.replace(proves(eq(a, a)), sequent=FALSE),  # type: ignore[type-var]
    "a pickled __new__": lambda: loaded(Theorem.__new__, (Theorem,), THEOREM_STATE),
    "a pickled __new__ with slots": lambda: loaded(object.__new__, (Theorem,), (None, THEOREM_STATE)),
    "a pickled object": lambda: loaded(copyreg._reconstructor, (Theorem, object, None), THEOREM_STATE),  # type: ignore[attr-defined]
    "a pickled object with slots": lambda: loaded(
        copyreg._reconstructor,  # type: ignore[attr-defined]
        (Theorem, object, None),
        (None, THEOREM_STATE),
    ),
    "a pickled call": lambda: loaded(Theorem, (object(), FALSE, NORMAL_FORM, None, ())),
    "a pickled proof of something else": lambda: loaded(
        proves(eq(a, a)).__reduce__()[0], (sequent_to_data(FALSE), NORMAL_FORM)
    ),
    "an object filled in": lambda: setattr(object.__new__(Theorem), "sequent", FALSE),
    "an object that is empty": lambda: object.__new__(Theorem).conclusion,
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_theorem_is_made_by_prove_alone(name: str) -> None:
    with pytest.raises((CertificateError, AttributeError, TypeError)):
        FORGERIES[name]()


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))])  # noqa: S301
def test_copies_of_theorems_are_proved_again(again: Callable[[Theorem], Theorem]) -> None:
    theorem = proves(TRUE.conclusion)
    other = again(theorem)
    assert other is not theorem
    assert (other.sequent, other.certificate) == (theorem.sequent, theorem.certificate)


def test_what_is_proved_is_a_sequent_itself() -> None:
    class Mine(Sequent):  # noqa: PLW1641
        def __eq__(self, other: object) -> bool:
            return True

    with pytest.raises(CertificateError):
        prove(Mine(TRUE.conclusion), NORMAL_FORM)


# terms, shapes, claims


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_values_go_through_pickle_and_copy(value: Any, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(value, protocol))  # noqa: S301
    assert again == value
    assert hash(again) == hash(value)
    assert repr(again) == repr(value)
    assert copy.copy(value) == copy.deepcopy(value) == value


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: loaded(Term, ("add", (x, A), ())), ShapeError),
        (lambda: loaded(Term, ("symbol", (), ("a", SCALAR))), TermError),
        (lambda: loaded(Shape, (((("n", -1),), ONE),)), ShapeError),
        (lambda: loaded(Sequent, (a,)), ClaimError),
    ],
)
def test_a_pickle_of_something_ill_formed(make: Callable[[], Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        make()


@pytest.mark.parametrize("kind", [Term, Shape, Sequent, Definition])
@pytest.mark.parametrize(
    "state", [["add", (x, A), (), SCALAR, 1, 0], {"head": "add"}, (None, {"head": "add"})], ids=repr
)
def test_nothing_is_filled_in_beside_the_constructor(kind: type, state: Any) -> None:
    for make, arguments in (
        (object.__new__, (kind,)),
        (copyreg._reconstructor, (kind, object, None)),  # type: ignore[attr-defined]
    ):
        with pytest.raises(TypeError, match="constructor"):
            loaded(make, arguments, state)


def test_a_replacement_is_checked() -> None:
    with pytest.raises(ShapeError):
        dataclasses.replace(mul(tr(x), y), args=(x, y))
    for field in ("shape", "depth", "_hash"):
        with pytest.raises((TypeError, ValueError)):
            dataclasses.replace(mul(tr(x), y), **{field: None})
    with pytest.raises(dataclasses.FrozenInstanceError):
        a.head = "number"  # type: ignore[misc]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Term("add", [a, b]),  # type: ignore[arg-type]
        lambda: Term("add", (a, "b")),  # type: ignore[arg-type]
        lambda: Term("number", (), [num(1).data[0]]),  # type: ignore[arg-type]
        lambda: Term("number", (), (1,)),
        lambda: Term(type("Name", (str,), {})("add"), (a, b)),
        lambda: Term(
            "symbol",
            (),
            (type("Name", (str,), {"__eq__": lambda s, o: True, "__hash__": str.__hash__})("a"), SCALAR, ()),
        ),
        lambda: Term("add", (type("Mine", (Term,), {})("symbol", (), ("a", SCALAR, ())), b)),
        lambda: Sequent(type("Mine", (Term,), {})("equal", (a, a))),
    ],
)
def test_what_only_behaves_like_a_value_is_none(make: Callable[[], Any]) -> None:
    with pytest.raises(TermError):
        make()


def test_a_term_that_was_made_before_is_checked_as_the_first_was() -> None:
    """What equals the parts of a term is not taken for them: they may only behave so."""
    whole = Term("add", (a, b))
    assert Term("add", (a, b)) == whole
    mine = type("Mine", (Term,), {})
    sames = type("Same", (), {"__eq__": lambda s, o: True, "__hash__": lambda s: hash(a)})
    for head, args in ((type("Name", (str,), {})("add"), (a, b)), ("add", (sames(), b)), ("add", [a, b])):
        with pytest.raises(TermError):
            Term(head, args)
    assert type(mine("add", (a, b))) is mine
    assert type(Term("add", (a, b))) is Term


def test_terms_that_are_kept_are_few() -> None:
    for k in range(2 * MOST_KEPT):
        Term("symbol", (), (f"a{k}", SCALAR, ()))
    assert len(_made) <= MOST_KEPT
    assert Term("symbol", (), ("a", SCALAR, ())) == a
