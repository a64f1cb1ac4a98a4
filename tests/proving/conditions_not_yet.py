"""The true conditions that no engine proves yet, by name: take a name out when its condition is proved."""

from __future__ import annotations

NOT_YET: frozenset[str] = frozenset(
    (
        # rates
        "the ends of the spectrum decide",
        # curvature
        "a gradient step in two scalars decreases",
        "a gradient step in two scalars contracts",
        # momentum
        "heavy balls oscillate iff |1 - √β| ≤ √ηλ ≤ 1 + √β",
        # means
        "AM–GM with weights",
        "Popoviciu",
        # absolute values, maxima and clipping
        "clipping is 1-Lipschitz",
        # ReLU and Huber
        "Huber's loss is 1-Lipschitz",
        # exponential functions
        "log-sum-exp is 1-Lipschitz in each",
        "softplus is above ReLU",
        "Gibbs, of two",
        # vectors
        "a vector is zero iff its norm is",
        "the norms 1, 2 and ∞",
    )
)
