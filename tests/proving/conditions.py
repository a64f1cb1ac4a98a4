"""Conditions from texts on optimisation: true inequalities by topic, each with near misses that are false somewhere.

The claims themselves are in ``conditions_of_steps``, ``…_of_numbers``, ``…_of_kinks`` and ``…_of_functions``.
"""

from __future__ import annotations

from tests.proving.conditions_of_functions import EXPONENTIALS, MATRICES, VECTORS
from tests.proving.conditions_of_kinks import RELU
from tests.proving.conditions_of_numbers import ABSOLUTE, MEANS, POWERS
from tests.proving.conditions_of_steps import CURVATURE, MOMENTUM, RATES, STEP_SIZES
from tests.proving.conditions_writing import Condition
from verifier.kernel.sequents import Sequent

TOPICS: dict[str, dict[str, Condition]] = {
    "step sizes": STEP_SIZES,
    "rates": RATES,
    "curvature": CURVATURE,
    "momentum": MOMENTUM,
    "means": MEANS,
    "powers": POWERS,
    "absolute values, maxima and clipping": ABSOLUTE,
    "ReLU and Huber": RELU,
    "exponential functions": EXPONENTIALS,
    "vectors": VECTORS,
    "matrices": MATRICES,
}

CONDITIONS: dict[str, Condition] = {name: one for topic in TOPICS.values() for name, one in topic.items()}
TRUE: dict[str, Sequent] = {name: one.claim for name, one in CONDITIONS.items()}
FALSE: dict[str, Sequent] = {
    f"{name}, near miss {number}": miss
    for name, one in CONDITIONS.items()
    for number, miss in enumerate(one.near_misses, 1)
}
