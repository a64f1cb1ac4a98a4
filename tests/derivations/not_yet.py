"""The identities of the library that no engine proves yet, by module: take a name out when it is proved."""

from __future__ import annotations

NOT_YET: frozenset[str] = frozenset(
    (
        # gradient_descent
        "no_step_beats_the_optimal_rate",
        "optimal_step_attains_the_rate",
        "middle_singular_values_do_not_decide",
        # momentum
        "momentum_oscillates_between_two_values",
        "momentum_best_rate_of_a_range",
        # huber
        "huber_gradient_is_one_lipschitz",
        "huber_is_one_lipschitz",
    )
)
