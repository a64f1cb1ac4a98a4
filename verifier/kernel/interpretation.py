"""From terms to normal forms: the table of heads, one small rule for each, and the interpreter that uses it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from verifier.kernel import applications, arithmetic, binders, conditions, moments, structure
from verifier.kernel.reader import Condition, Reader, Rule, Scope

RULES: Mapping[str, Rule] = MappingProxyType(
    {**arithmetic.RULES, **structure.RULES, **binders.RULES, **applications.RULES, **moments.RULES}
)


class Interpreter(Reader):
    """The reader of terms by the rules of the table. A head without a row is not decided by normal forms."""

    rules: ClassVar[Mapping[str, Rule]] = RULES
    conditions: ClassVar[Mapping[str, Condition]] = MappingProxyType(conditions.CONDITIONS)


__all__ = ["RULES", "Interpreter", "Scope"]
