"""Theorems. ``prove`` alone makes one: from a closed claim, and a certificate, which is plain data."""

from __future__ import annotations

from typing import Any, NoReturn

from verifier.kernel.bases import BUDGET
from verifier.kernel.context import CertificateError, Context, Log, initial_context
from verifier.kernel.optima import check_places
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.rules import check
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import plain, sequent_from_data, sequent_to_data, term_from_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError, free_names, name_of, subterms
from verifier.kernel.unfolding import unfold, unfold_except

_SEAL = object()


class Theorem:
    """A claim with a certificate that was checked. Immutable; pickling one checks it again.

    ``hypotheses`` are those of the claim's that the proof uses, ``side_conditions`` the domains of the claim and of
    those hypotheses that do not follow from the hypotheses, ``axioms`` the rows of the table used, ``oracles`` what was
    trusted beside the kernel (nothing, here).
    """

    __slots__ = ("_certificate", "axioms", "hypotheses", "oracles", "sequent", "side_conditions")

    sequent: Sequent
    _certificate: Any
    hypotheses: tuple[Term, ...]
    side_conditions: tuple[Term, ...]
    axioms: tuple[str, ...]
    oracles: tuple[str, ...]

    def __new__(cls, seal: object = None, *_: object) -> Theorem:
        """Refuses to be called by anything but ``prove``, which holds the seal."""
        if seal is not _SEAL or cls is not Theorem:
            raise CertificateError("a theorem is made by prove() alone")
        return super().__new__(cls)

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("there is no other kind of theorem")

    def __init__(self, seal: object, sequent: Sequent, certificate: Any, log: Log, side: tuple[Term, ...]) -> None:
        if seal is not _SEAL or hasattr(self, "sequent"):
            raise CertificateError("a theorem is made by prove() alone")
        for name, value in (
            ("sequent", sequent),
            ("_certificate", certificate),
            ("hypotheses", tuple(sequent.hypotheses[k] for k in sorted(log.hypotheses))),
            ("side_conditions", side),
            ("axioms", tuple(sorted(log.axioms))),
            ("oracles", ()),
        ):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a theorem cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a theorem cannot be changed")

    def __setstate__(self, state: object) -> NoReturn:
        raise TypeError("a theorem is made by prove() alone")

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (sequent_to_data(self.sequent), self.certificate)

    @property
    def certificate(self) -> Any:
        """The certificate, as plain data; a copy, so that nothing changes it afterwards."""
        return plain(self._certificate)

    @property
    def conclusion(self) -> Term:
        """What is proved."""
        return self.sequent.conclusion


def _again(data: Any, certificate: Any) -> Theorem:
    return prove(sequent_from_data(data), certificate)


def prove(sequent: Sequent, certificate: Any, budget: int = BUDGET) -> Theorem:
    """The theorem that the certificate shows.

    Besides its rule, a certificate may hold proofs of side conditions from the hypotheses alone: ``"conditions"`` is a
    list of ``{"condition": proposition, "proof": certificate}``. What they show is no side condition of the theorem.

    Raises CertificateError if it does not show it, Unsupported (BudgetExceeded) if the claim is outside of what normal
    forms express, or too large.
    """
    if type(sequent) is not Sequent:
        raise CertificateError("what is proved is a sequent")
    try:
        check_differentiation(sequent)
        for statement in (sequent.conclusion, *sequent.hypotheses):
            check_places(statement, sequent.definitions)
        context = initial_context(sequent, budget)
        certificate = plain(certificate)
        check(context, sequent.conclusion, certificate)
        shown = _shown(context.only_hypotheses(), certificate)
        side = _side_conditions(context, shown)
    except (TermError, ShapeError, RecursionError) as error:
        raise CertificateError(f"not well formed: {error}") from error
    return Theorem(_SEAL, sequent, certificate, context.log, side)


def _shown(bare: Context, certificate: Any) -> frozenset[Term]:
    """The side conditions that the certificate proves from the hypotheses, for what they state where it is defined."""
    given = certificate.get("conditions", [])
    if not isinstance(given, list) or len(given) > 200:
        raise CertificateError("conditions are a list of at most 200")
    shown: set[Term] = set()
    for item in given:
        if not isinstance(item, dict) or not item.keys() == {"condition", "proof"}:
            raise CertificateError("a condition is a dictionary with condition and proof")
        proposition = term_from_data(item["condition"])
        if not proposition.is_proposition:
            raise CertificateError("a condition is a proposition")
        bare.closed(proposition)
        check(bare, proposition, item["proof"])
        shown.add(proposition)
    return frozenset(shown)


def _side_conditions(context: Context, shown: frozenset[Term]) -> tuple[Term, ...]:
    """Domains of the conclusion and of the used hypotheses that the hypotheses alone do not imply."""
    bare = context.only_hypotheses()
    done: set[int] = set()
    conditions = {p: p in shown or bare.covers(p) for p in context.domains[0]}
    while context.log.hypotheses - done:
        for k in sorted(context.log.hypotheses - done):
            done.add(k)
            for proposition in context.domains[k + 1]:
                if proposition not in conditions:
                    conditions[proposition] = proposition in shown or bare.covers(proposition)
    return tuple(p for p, covered in conditions.items() if not covered)


def check_differentiation(sequent: Sequent) -> None:
    """Raises Unsupported where a term is differentiated by a symbol that a hypothesis ties to another in the term.

    The premise of an implication is a hypothesis of what it implies.
    """
    ties = tuple(tie for hypothesis in sequent.hypotheses for tie in _ties(hypothesis, sequent))
    for definition in sequent.definitions:
        _check_untied(definition.body, ties, sequent)
    _check_untied(sequent.conclusion, ties, sequent)


def _ties(hypothesis: Term, sequent: Sequent) -> tuple[frozenset[str], ...]:
    """The names that an equation among the hypothesis ties together."""
    if not any(part.head == "equal" for part in subterms(hypothesis)):
        return ()
    return (free_names(unfold(hypothesis, sequent.definitions)) | free_names(hypothesis),)


def _other_parts(body: Term, by: Term) -> bool:
    """Whether a term mentions other members or entries of what it is differentiated by a member or entry of."""
    if by.head == "symbol" and not by.data[2]:
        return False
    name = name_of(by)
    if body.head == by.head and body == by:
        return False
    if body.head == "symbol":
        return bool(body.data[0] == name)
    return any(_other_parts(arg, by) for arg in body.args)


def _check_untied(statement: Term, ties: tuple[frozenset[str], ...], sequent: Sequent) -> None:
    if statement.head == "implies":
        premise, conclusion = statement.args
        _check_untied(premise, ties, sequent)
        _check_untied(conclusion, (*ties, *_ties(premise, sequent)), sequent)
        return
    if statement.head in ("derivative", "gradient", "hessian") and ties:
        body, by = statement.args
        name = name_of(by)
        others = free_names(unfold_except(body, sequent.definitions, frozenset({name}))) - {name}
        if any(name in tie for tie in ties) and _other_parts(unfold(body, sequent.definitions), by):
            raise Unsupported(f"a condition ties parts of {name} to one another, by which it is not differentiated")
        for tie in ties:
            if name in tie and tie & others:
                raise Unsupported(f"a condition ties {name} to {min(tie & others)}, by which it is not differentiated")
    for arg in statement.args:
        _check_untied(arg, ties, sequent)
