"""Checking a certificate: a tree of dictionaries, each with a "rule", looked up in one table.

The rules are in ``rules_order.py`` and ``rules_logic.py``, which enter them here; ``rules.py`` loads both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verifier.kernel.context import CertificateError, Context
from verifier.kernel.terms import Term

DEEPEST = 40
Certificate = Any
Rule = Callable[[Context, Term, Certificate], None]
RULES: dict[str, Rule] = {}


def check(context: Context, goal: Term, certificate: Certificate, depth: int = 0) -> None:
    """Γ ⊢ goal. Raises CertificateError unless the certificate shows it."""
    if depth > DEEPEST:
        raise CertificateError(f"a certificate is at most {DEEPEST} rules deep")
    if not isinstance(certificate, dict):
        raise CertificateError("a certificate is a dictionary with a rule")
    rule = RULES.get(str(certificate.get("rule")))
    if rule is None:
        raise CertificateError(f"there is no rule {certificate.get('rule')!r}")
    context.algebra.spend()
    rule(context, goal, {**certificate, "depth": depth})


def sub_proof(context: Context, goal: Term, certificate: Certificate, key: str) -> None:
    """Γ ⊢ goal, by the proof under a key of a certificate."""
    if key not in certificate:
        raise CertificateError(f"{certificate['rule']}: no {key}")
    check(context, goal, certificate[key], certificate["depth"] + 1)


def need(condition: bool, message: str) -> None:
    """Raises CertificateError with the message unless the condition holds."""
    if not condition:
        raise CertificateError(message)


def items(certificate: Certificate, key: str) -> list[Any]:
    """The list under a key of a certificate; empty where there is none."""
    held = certificate.get(key, [])
    need(isinstance(held, list) and len(held) <= 2000, f"{key} is a list of at most 2000")
    return list(held)
