"""Documents about expectations that were proved or refuted once, or made the checker fail, and should not be."""

from __future__ import annotations

import pytest

from verifier import Verdict, check

LINE = r"""
X \in \mathbb{R}^{n \times d}
y, \epsilon \in \mathbb{R}^n
\beta \in \mathbb{R}^d
\sigma \in \mathbb{R}
\mathbb{E}[\epsilon] = 0
\operatorname{Cov}[\epsilon] = \sigma^2 I
"""
ROOT = r"""
w, \epsilon \in \mathbb{R}
w^2 = \epsilon
\mathbb{E}[\epsilon] = 1
"""


def verdict(given: str, claim: str) -> Verdict:
    report = check(f"```given{given}```\n\n$$ {claim} $$\n", syntax="markdown")
    return report.judgements[-1].verdict


@pytest.mark.parametrize("claim", [r"\mathbb{E}[y] = y", r"\mathbb{E}[y^T y] = y^T y", r"y = X \beta"])
def test_what_an_equation_makes_random_is_not_taken_for_a_constant(claim: str) -> None:
    """y - X β = ε says that y is random, or X, or β: as constants they would make ε = 0."""
    assert verdict(LINE + "y - X\\beta = \\epsilon\n", claim) is not Verdict.PROVED


@pytest.mark.parametrize("claim", [r"\mathbb{E}[w^2] = w^2", r"\operatorname{Var}[\epsilon] = 0"])
def test_nor_where_it_makes_a_random_symbol_constant(claim: str) -> None:
    assert verdict(ROOT, claim) is not Verdict.PROVED


def test_of_what_is_said_to_be_made_of_noise_the_mean_is_no_value() -> None:
    """The counterexample gives the law of ε, and no value of y, which depends on the outcome."""
    assert verdict(LINE + "y = X\\beta + \\epsilon\n", r"\mathbb{E}[y] = y") is Verdict.REFUTED


def test_other_symbols_of_such_an_equation_are_constants() -> None:
    assert verdict(LINE + "y = X\\beta + \\epsilon\n", r"\mathbb{E}[X^T \epsilon] = 0") is Verdict.PROVED


def test_what_is_gaussian_each_is_not_jointly_so() -> None:
    given = "\nx, y \\in \\mathbb{R}\nx \\sim \\mathcal{N}(0, 1)\ny \\sim \\mathcal{N}(0, 1)\n"
    right = verdict(given, r"\mathbb{E}[x^2 y^2] = 1 + 2 \mathbb{E}[x y]^2")
    assert right in (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.UNREFUTED)


INTRODUCED = r"Let $\sigma \in \mathbb{R}$ and $\epsilon_t \in \mathbb{R}$ for $t = 1, \dots, 5$. "
NOISE = r"$\epsilon_t \sim \mathcal{N}(0, \sigma^2)$"
UNCORRELATED = "\n\n$$ \\mathbb{E}[\\epsilon_1 \\epsilon_2] = 0 $$\n"


@pytest.mark.parametrize(
    "words",
    [
        f"Let {NOISE} i.i.d. Then",
        f"Let {NOISE} be independent. Then",
        f"Let {NOISE}. The $\\epsilon_t$ are independent. Then",
        f"Let {NOISE}. Suppose that the $\\epsilon_t$ are i.i.d. Then",
        f"Let {NOISE}. All of the noise is independent. Then",
        f"Let {NOISE}. By independence,",
        f"Let {NOISE}. The covariance of different $\\epsilon_t$ is zero. Then",
        f"Let {NOISE}. Suppose that $\\epsilon_1$ is orthogonal to $\\epsilon_2$. Then",
    ],
)
def test_what_follows_from_independence_in_words_is_not_refuted(words: str) -> None:
    report = check(INTRODUCED + words + UNCORRELATED, syntax="markdown")
    assert report.judgements[-1].verdict is not Verdict.REFUTED


def test_without_such_words_it_is_refuted() -> None:
    report = check(f"{INTRODUCED}Let {NOISE}. Then{UNCORRELATED}", syntax="markdown")
    assert report.judgements[-1].verdict is Verdict.REFUTED


MATRIX = "\nN \\in \\mathbb{R}^{2 \\times 2}\n\\sigma, x \\in \\mathbb{R}\nN_{ij} \\sim \\mathcal{N}(0, \\sigma^2) "
OF_TWO = r"\mathbb{E}[N_{12} N_{21}] = 0"


@pytest.mark.parametrize(
    "words",
    [
        r"\text{ not independent}",
        r"\text{ not i.i.d.}",
        r"\text{, not necessarily i.i.d.}",
        r"\text{ pairwise independent}",
        r"\text{, each independent of the past}",
        "not independent",
        "independent of x",
        "",
    ],
)
def test_other_words_than_iid_do_not_say_that_entries_are_independent(words: str) -> None:
    assert verdict(f"{MATRIX}{words}\n", OF_TWO) is not Verdict.PROVED


@pytest.mark.parametrize("words", ["i.i.d.", r"\text{ i.i.d.}", r"\text{ independent and identically distributed}"])
def test_iid_says_that_entries_are_independent(words: str) -> None:
    assert verdict(f"{MATRIX}{words}\n", OF_TWO) is Verdict.PROVED


@pytest.mark.parametrize("said", ["x and x are independent", "x is independent of x"])
def test_nothing_is_read_as_independent_of_itself(said: str) -> None:
    assert verdict(f"\nx \\in \\mathbb{{R}}\nx is random\n{said}\n", r"\operatorname{Var}[x] = 0") is Verdict.UNREAD


# independence of several


SEVERAL = "\nx, y, z \\in \\mathbb{R}\n"
SPLIT, OF_THREE = (
    r"\mathbb{E}[x^2 y^2] = \mathbb{E}[x^2] \mathbb{E}[y^2]",
    r"\mathbb{E}[x y z] = \mathbb{E}[x] \mathbb{E}[y z]",
)


@pytest.mark.parametrize(
    "said",
    [
        "x, y \\sim \\mathcal{N}(0, 1) i.i.d.",
        "x, y \\sim \\mathcal{N}(0, 1) independent",
        "x \\sim \\mathcal{N}(0, 1), y \\sim \\mathcal{N}(0, 2), independent",
        "x and y are independent",
        "x, y and z are independent",
        "x is independent of y and z",
    ],
)
def test_what_is_said_to_be_independent_is(said: str) -> None:
    assert verdict(f"{SEVERAL}{said}\n", SPLIT) is Verdict.PROVED


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("x and y are independent\ny and z are independent\nx and z are independent", OF_THREE),
        ("z is random\nx and y are independent", OF_THREE),
        ("x and y are independent of z", SPLIT),
        ("x, y \\sim \\mathcal{N}(0, 1)", SPLIT),
        ("x, y and z are pairwise independent", OF_THREE),
        ("x and y are conditionally independent given z", SPLIT),
        ("x and y are uncorrelated", SPLIT),
    ],
)
def test_what_is_not_is_not(said: str, claim: str) -> None:
    assert verdict(f"{SEVERAL}{said}\n", claim) is not Verdict.PROVED


@pytest.mark.parametrize("said", ["x \\sim \\mathcal{N}(0, 1) i.i.d.", "u_t, v_t \\sim \\mathcal{N}(0, 1) i.i.d."])
def test_independence_of_nothing_or_of_too_much_is_not_understood(said: str) -> None:
    claim = r"\mathbb{E}[x^2] = 1" if "x" in said else r"\mathbb{E}[u_1 v_1] = 0"
    assert verdict(f"{SEVERAL}u_t, v_t \\in \\mathbb{{R}}\n{said}\n", claim) is Verdict.UNREAD


# identically distributed

MEMBERS = r"""
n dimension
i \in \{1, \dots, n\}
x_i, \mu, \sigma \in \mathbb{R}
\mathbb{E}[x_i] = \mu, \operatorname{Var}(x_i) = \sigma^2
"""
ENTRIES = "\nM \\in \\mathbb{R}^{m \\times n}\n"
THIRD = r"\mathbb{E}[x_1^3] = \mathbb{E}[x_2^3]"
OF_ENTRIES = r"\mathbb{E}[M_{11}^3] = \mathbb{E}[M_{12}^3]"


@pytest.mark.parametrize("said", ["x_i are i.i.d.", "x_i are independent and identically distributed"])
def test_what_is_identically_distributed_has_the_same_moments(said: str) -> None:
    assert verdict(f"{MEMBERS}{said}\n", THIRD) is not Verdict.REFUTED
    assert verdict(f"{MEMBERS}{said}\n", r"\mathbb{E}[x_1 x_2] = \mu^2") is Verdict.PROVED
    assert verdict(f"{MEMBERS}{said}\n", r"\mathbb{E}[x_1^3] = \mu^3") is Verdict.REFUTED
    assert verdict(f"{MEMBERS}{said}\n", r"x_1 = x_2") is Verdict.REFUTED


def test_without_it_they_may_differ() -> None:
    assert verdict(f"{MEMBERS}x_1 and x_2 are independent\n", THIRD) is Verdict.REFUTED


def test_of_entries_that_are_identically_distributed_too() -> None:
    found = verdict(f"{ENTRIES}the entries of M are i.i.d.\n", OF_ENTRIES)
    assert found not in (Verdict.REFUTED, Verdict.UNREAD)
    assert verdict(f"{ENTRIES}the entries of M are independent\n", OF_ENTRIES) is Verdict.REFUTED


@pytest.mark.parametrize("said", ["x and y are i.i.d.", "x is i.i.d.", "u_t and v_t are i.i.d."])
def test_iid_of_what_is_no_family_is_not_understood(said: str) -> None:
    claim = r"\mathbb{E}[u_1 v_1] = 0" if "u" in said else r"\mathbb{E}[x y] = \mathbb{E}[x] \mathbb{E}[y]"
    assert verdict(f"{SEVERAL}u_t, v_t \\in \\mathbb{{R}}\n{said}\n", claim) is Verdict.UNREAD


# what words say of a law

OF_A_LAW = (
    r"Let $x \in \mathbb{R}$ and $\sigma \in \mathbb{R}$. "
    r"Assume $\mathbb{E}[x] = 0$ and $\operatorname{Var}(x) = \sigma^2$. "
)
THIRD_IS_ZERO, FOURTH_IS_GAUSSIAN = r"\mathbb{E}[x^3] = 0", r"\mathbb{E}[x^4] = 3 \sigma^4"


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("Let $x$ be Gaussian.", FOURTH_IS_GAUSSIAN),
        ("The variable $x$ is normally distributed.", FOURTH_IS_GAUSSIAN),
        ("All noise is Gaussian.", FOURTH_IS_GAUSSIAN),
        ("Suppose $x$ is symmetric about 0.", THIRD_IS_ZERO),
        ("Suppose the law of $x$ is symmetric.", THIRD_IS_ZERO),
        ("Suppose that the distribution of $x$ is symmetric.", THIRD_IS_ZERO),
        ("We take $x$ from a Laplace distribution.", THIRD_IS_ZERO),
        ("Here $x$ takes the values $1$ and $-1$.", "x^2 = 1"),
        ("Assume that all odd moments vanish.", THIRD_IS_ZERO),
        ("Its third moment is zero.", THIRD_IS_ZERO),
    ],
)
def test_what_follows_from_a_law_in_words_is_not_refuted(words: str, claim: str) -> None:
    report = check(f"{OF_A_LAW}{words} Then\n\n$$ {claim} $$\n", syntax="markdown")
    assert report.judgements[-1].verdict in (Verdict.UNDECIDED, Verdict.UNREAD)


@pytest.mark.parametrize("claim", [THIRD_IS_ZERO, FOURTH_IS_GAUSSIAN, "x^2 = 1"])
def test_without_a_law_it_is_refuted(claim: str) -> None:
    report = check(f"{OF_A_LAW}Then\n\n$$ {claim} $$\n", syntax="markdown")
    assert report.judgements[-1].verdict is Verdict.REFUTED


# round brackets

PAIR = "\nx, y, m \\in \\mathbb{R}\nx and y are random\n\\mathbb{E}[x] = m\n"


@pytest.mark.parametrize(
    "claim",
    [
        r"\mathbb{E}(x - m)^2 = \operatorname{Var}(x)",
        r"\mathbb{E}(x - m)^2 = 0",
        r"\mathbb{E}(x)^2 = m^2",
        r"\mathbb{E}(x + 1)(x - 1) = \mathbb{E}[x^2] - 1",
        r"\mathbb{E}(x - m) y = \operatorname{Cov}(x, y)",
        r"E(x - m)^2 = \operatorname{Var}(x)",
    ],
)
def test_what_round_brackets_may_take_in_is_not_guessed(claim: str) -> None:
    assert verdict(PAIR, claim) is Verdict.UNREAD


@pytest.mark.parametrize(
    "claim",
    [
        r"\mathbb{E}(x) = m",
        r"\mathbb{E}(x + y) = m + \mathbb{E}(y)",
        r"\mathbb{E}(x) \mathbb{E}(y) = m \mathbb{E}(y)",
        r"\mathbb{E}[x]^2 = m^2",
        r"\mathbb{E}[(x - m)^2] = \operatorname{Var}(x)",
        r"\operatorname{Var}(x)^2 = \operatorname{Var}(x) \operatorname{Var}(x)",
        r"\mathbb{E}(x) m = m^2",
        r"\mathbb{E}(x + y) \cdot m = m^2 + m \mathbb{E}[y]",
    ],
)
def test_what_has_one_reading_is_proved(claim: str) -> None:
    assert verdict(PAIR, claim) is Verdict.PROVED


def test_of_vectors_the_transpose_is_of_the_mean() -> None:
    given = "\nv, u \\in \\mathbb{R}^n\n\\mathbb{E}[v] = u\n"
    assert verdict(given, r"\mathbb{E}(v)^T = u^T") is Verdict.PROVED


def test_over_all_random_symbols_by_name_is_over_all() -> None:
    assert verdict(PAIR, r"\mathbb{E}_{x, y}[x y] = \mathbb{E}[x y]") is Verdict.PROVED
    assert verdict(PAIR, r"\mathbb{E}_{x, y}[x y] = m y") is Verdict.REFUTED


@pytest.mark.parametrize("claim", [r"\mathbb{E}_{x}[x y] = m y", r"\mathbb{E}_{x}[x y] = \mathbb{E}[x y]"])
def test_over_some_of_them_is_not_decided(claim: str) -> None:
    assert verdict(PAIR, claim) is Verdict.UNDECIDED
