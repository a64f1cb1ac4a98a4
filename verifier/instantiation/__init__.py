"""The second channel: random exact instantiation, which shares no code with the kernel above the term type."""

from verifier.instantiation.confirming import confirm
from verifier.instantiation.searching import Outcome, instantiate

__all__ = ["Outcome", "confirm", "instantiate"]
