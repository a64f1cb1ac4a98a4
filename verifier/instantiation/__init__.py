"""The second channel: random exact instantiation, which shares no code with the kernel above the term type."""

from verifier.instantiation.confirming import confirm
from verifier.instantiation.searching import Outcome, instantiate
from verifier.instantiation.tails import failing_tails

__all__ = ["Outcome", "confirm", "failing_tails", "instantiate"]
