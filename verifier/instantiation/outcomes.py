"""What evaluation in a model can end with besides a value: one exception for each reason."""

from __future__ import annotations

from dataclasses import dataclass


class InstantiationError(Exception):
    """The base of all that follows."""


class Unsupported(InstantiationError):
    """The term has no numeric meaning here, in any ring: the claim is undecided by this channel."""


class Undefined(InstantiationError):
    """A subterm is undefined at this point: the model is outside of the domain of the claim and says nothing."""


class AnotherRing(InstantiationError):
    """The value exists, but not in this ring."""


class NeedsBalls(AnotherRing):
    """An irrational value, asked for in the rationals."""


class NeedsOrder(AnotherRing):
    """An order, a root or a law of the real numbers, asked for in a prime field."""


class Inconclusive(InstantiationError):
    """Balls that overlap where a decision is needed: the model is discarded."""


class NoModel(InstantiationError):
    """Values that satisfy a hypothesis were not found at this attempt."""


class BudgetExceeded(InstantiationError):
    """The work allowed is done."""


@dataclass(slots=True)
class Work:
    """Work that may still be done, counted in visits of terms and operations on entries."""

    left: int

    def spend(self, amount: int) -> None:
        """Raises BudgetExceeded when there is none left."""
        self.left -= amount
        if self.left < 0:
            raise BudgetExceeded("the budget of work is spent")
