"""The proofs hold for the shipped code, and refuse every error that is planted in it."""

import numpy as np
import pytest
import sympy

from lib import proofs
from lib.activations import Identity, ReLU, Sigmoid, Tanh
from lib.costs import BCE, MAE, MSE, RMSE, BCEWithLogits, entries
from lib.network import Dense, Network
from lib.proofs import is_zero, prove_activation, prove_cost, prove_network, sigma, softplus, symbols
from tests.helpers import ACTIVATIONS, every_cost, name_of, refuses

x, y, z = sympy.symbols("x y z", real=True)
positive = sympy.Symbol("p", positive=True)

# What holds


# The networks 2-2-1, 3-2-1 and 2-3-2-1 with MSE, BCE and BCEWithLogits are proven in test_roads.py.
@pytest.mark.parametrize(
    ("sizes", "cost"),
    [((1, 2, 2), MSE()), ((1, 2, 2), RMSE()), ((1, 2, 2), BCE()), ((2, 2, 1), MAE())],
)
def test_other_networks_are_proven_too(sizes, cost):
    assert all(proof.holds for proof in prove_network(sizes, cost, samples=2))


@every_cost
@pytest.mark.parametrize(("samples", "outputs"), [(1, 2), (2, 3)])  # (4, 1): test_roads.py
def test_every_cost_is_proven(cost, samples, outputs):
    try:
        found = prove_cost(cost, samples, outputs)
    except ValueError:  # its lines choose: the entries in tests/derivatives.py prove piece by piece
        assert not cost.smooth, f"{name_of(cost)}: expected lines that run on symbols, or smooth = False"
        return
    assert len(found) == samples * outputs
    assert all(proof.holds and proof.derived != 0 for proof in found)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=name_of)
def test_every_activation_is_proven(activation):
    """One with a kink on both sides of it."""
    if activation.smooth:
        proof = prove_activation(activation)
        assert proof.holds
        assert proof.name == f"d {name_of(activation)} / dz"
    else:
        with refuses(f"{name_of(activation)}: expected lines that run on symbols ... positive or negative"):
            prove_activation(activation)
        for side in ({"positive": True}, {"negative": True}):
            assert prove_activation(activation, sympy.Symbol("z", **side)).holds


class OutOfNumPy(MSE):
    def slope(self, y_hat, y):
        return np.exp(y_hat)


@pytest.mark.parametrize(
    ("prove", "arguments"),
    [
        (prove_cost, (OutOfNumPy(),)),
        (prove_network, ((1, 1), OutOfNumPy())),
        (prove_network, ((1, 1), MSE(), 4, ReLU())),
    ],
)
def test_what_does_not_run_on_symbols_is_refused_by_name(prove, arguments):
    with refuses(": expected lines that run on symbols, got: ... an attribute named exp, log,"):
        prove(*arguments)


def test_the_derivatives_are_those_of_the_numbers():
    """The symbols, with numbers put in their place, give what the float network gives."""
    rng = np.random.default_rng(0)
    network = Network.random((2, 2, 1), Sigmoid(), rng)
    X, target = rng.normal(size=(2, 2)), rng.random((2, 1))
    floats = [network.backward(MSE().gradient(network.forward(X), target))]
    tables = [("x", X), ("y", target)]
    for k, layer in enumerate(network.layers, start=1):
        tables += [(f"W{k}", layer.W), (f"b{k}", layer.b)]
        floats += [layer.dW, layer.db]
    letters = [letter for name, values in tables for letter in symbols(name, *values.shape).flat]
    numbers = np.concatenate([values.ravel() for _, values in tables])
    found = prove_network((2, 2, 1), MSE(), samples=2)
    sides = [[proof.derived for proof in found], [proof.shipped for proof in found]]
    flat = np.concatenate([array.ravel() for array in floats])
    for values in sympy.lambdify(letters, sides, modules=[{"sigma": Sigmoid().value}])(*numbers):
        assert values == pytest.approx(flat, rel=1e-12)


# What is refused: errors planted in the shipped layers


def wrong_layer(name, error):
    """A layer in which dW, db or dA_in (what goes back) is `error(layer, dC/dZ)`."""

    class Wrong(Dense):
        def backward(self, dC_dA, inputs=True):
            self.dA_in = super().backward(dC_dA, inputs)
            setattr(self, name, error(self, dC_dA * self.activation.derivative(self.A)))
            return self.dA_in

    return Wrong


class ForwardWithoutBias(Dense):
    def forward(self, A_in):
        self.A_in, self.A = A_in, self.activation.formula(A_in @ self.W)
        return self.A


# both fit where a table is square
no_transpose_of_the_input = wrong_layer("dW", lambda layer, D: layer.A_in @ D)  # S109, S111, S121
no_transpose_of_the_weights = wrong_layer("dA_in", lambda layer, D: D @ layer.W)  # S102
wrong_sign = wrong_layer("dW", lambda layer, D: -layer.dW)
mean_for_sum = wrong_layer("db", lambda layer, D: layer.db / len(D))
first_row = wrong_layer("db", lambda layer, D: D[:1])


def suits(cost):
    return Identity() if isinstance(cost, BCEWithLogits) else None


def names_refused(found):
    return {proof.name.split(" / d ")[1].split("[")[0] for proof in found if not proof.holds}


@pytest.mark.parametrize(
    ("layer", "sizes", "cost", "refused"),
    [
        (no_transpose_of_the_input, (2, 2, 1), MSE(), {"W1", "W2"}),
        (no_transpose_of_the_weights, (2, 2, 2), MSE(), {"X", "W1", "b1"}),
        (mean_for_sum, (2, 2, 1), BCE(), {"b1", "b2"}),
        (first_row, (2, 2, 1), BCEWithLogits(), {"b1", "b2"}),
        (wrong_sign, (2, 2, 1), MSE(), {"W1", "W2"}),
        (ForwardWithoutBias, (2, 2, 1), BCE(), {"b1", "b2"}),
    ],
)
def test_an_error_in_a_layer_is_refused(monkeypatch, layer, sizes, cost, refused):
    monkeypatch.setattr(proofs, "Dense", layer)
    assert names_refused(prove_network(sizes, cost, 2, suits(cost))) == refused


@pytest.mark.parametrize(
    ("sizes", "layer"), [((3, 2, 1), no_transpose_of_the_input), ((2, 3, 2), no_transpose_of_the_weights)]
)
def test_where_shapes_do_not_fit_a_dropped_transpose_cannot_even_run(monkeypatch, sizes, layer):
    monkeypatch.setattr(proofs, "Dense", layer)
    with refuses("matmul"):
        prove_network(sizes, MSE(), 4)


@pytest.mark.parametrize(
    ("sizes", "samples", "cost"), [((2, 2, 1), 4, MSE()), ((2, 2, 1), 2, BCE()), ((2, 2, 2, 1), 1, BCE())]
)
def test_the_slope_of_the_wrong_layer_is_refused(monkeypatch, sizes, samples, cost):
    """sigma'(Z2) for sigma'(Z1) (S101): (N, 1) broadcasts over (N, 2), no error is raised."""
    honest = Network.back_propagate

    def with_the_last_activation(self, dC_dA, inputs=True):
        for layer in self.layers:
            layer.A = self.layers[-1].A
        return honest(self, dC_dA, inputs)

    monkeypatch.setattr(Network, "back_propagate", with_the_last_activation)
    hidden = {"X"} | {f"{name}{k}" for name in "Wb" for k in range(1, len(sizes) - 1)}
    assert names_refused(prove_network(sizes, cost, samples)) == hidden


def test_the_output_is_for_the_last_layer_only():
    network = proofs.symbolic_network((2, 3, 2, 1), Identity())
    assert [type(layer.activation) for layer in network.layers] == [
        proofs.OpaqueSigmoid,
        proofs.OpaqueSigmoid,
        Identity,
    ]
    assert [layer.W.shape for layer in network.layers] == [(2, 3), (3, 2), (2, 1)]
    assert len({s for layer in network.layers for s in [*layer.W.flat, *layer.b.flat]}) == 20


# Errors planted in the costs


def wrong_cost(cost, error):
    """A cost with `error(right slope, y_hat, y)` for its slope."""

    class Wrong(cost):
        def slope(self, y_hat, y):
            return error(super().slope(y_hat, y), y_hat, y)

    return Wrong()


def sum_inside(right, y_hat, y):
    """2/N times the sum of all errors (S97, S105, S118), one number for every row."""
    return right.sum(axis=-2, keepdims=True)


def lost_brackets(right, y_hat, y):
    """S70 without its brackets: the minus in front of the first term only."""
    return -(y / y_hat + (1 - y) / (1 - y_hat)) / entries(y_hat)


WRONG_COSTS = {
    "MSE, sum inside": wrong_cost(MSE, lambda right, p, y: sum_inside(right, p, y) + 0 * p),
    "MSE, no 2": wrong_cost(MSE, lambda right, p, y: right / 2),
    "MSE, no 2/N": wrong_cost(MSE, lambda right, p, y: p - y),
    "BCE, lost brackets": wrong_cost(BCE, lost_brackets),
    "BCEWithLogits, targets swapped": wrong_cost(
        BCEWithLogits, lambda right, z, y: right + (2 * y - 1) / entries(z)
    ),
    "RMSE, no root": wrong_cost(RMSE, lambda right, p, y: (p - y) / entries(p)),
    "RMSE, squared root": wrong_cost(RMSE, lambda right, p, y: (p - y) / ((p - y) ** 2).sum()),
    "MAE, no sign": wrong_cost(MAE, lambda right, p, y: abs(right)),
}
for cost in (MSE, BCE, BCEWithLogits, RMSE, MAE):
    WRONG_COSTS |= {
        f"{cost.__name__}, wrong sign": wrong_cost(cost, lambda right, p, y: -right),
        f"{cost.__name__}, no N": wrong_cost(cost, lambda right, p, y: right * entries(p)),
    }


@pytest.mark.parametrize("wrong", WRONG_COSTS.values(), ids=WRONG_COSTS)
def test_an_error_in_a_cost_is_refused(wrong):
    assert [proof.holds for proof in prove_cost(wrong)] == [False] * 4


def test_an_error_that_needs_two_outputs():
    """N for N K: right for one output only."""
    rows_only = wrong_cost(MSE, lambda right, y_hat, y: right * y_hat.shape[-1])
    assert all(proof.holds for proof in prove_cost(rows_only, 4, 1))
    assert not any(proof.holds for proof in prove_cost(rows_only, 4, 2))


def test_the_sum_inside_has_the_wrong_shape_too():
    with refuses("y_hat: expected shape (4, 1), got (1, 1)"):
        prove_cost(wrong_cost(MSE, sum_inside))


@pytest.mark.parametrize("sizes", [(1, 1, 1), pytest.param((2, 2, 1), marks=pytest.mark.thorough)], ids=str)
@pytest.mark.parametrize("name", [name for name in WRONG_COSTS if name.startswith(("MSE", "BCE"))])
def test_an_error_in_a_cost_spoils_every_derivative_of_the_network(name, sizes):
    """Not with 2 samples and 1 output: there 2/N is 1, and nobody misses it."""
    wrong = WRONG_COSTS[name]
    assert not any(proof.holds for proof in prove_network(sizes, wrong, 3, suits(wrong)))


# Errors planted in the activations, and in place: it is the shipped code that is proven


@pytest.mark.parametrize(
    ("activation", "wrong"),
    [
        (Sigmoid, lambda self, a: (1 + a) * a),
        (Tanh, lambda self, a: 1 - a),
        (Identity, lambda self, a: a),
        (Sigmoid, lambda self, a: 1 + 0 * a),
    ],
)
def test_an_error_in_the_slope_of_an_activation_is_refused(monkeypatch, activation, wrong):
    monkeypatch.setattr(activation, "derivative", wrong)
    assert not prove_activation(activation()).holds
    if activation is Sigmoid:
        for cost in (MSE(), BCE()):
            assert not any(proof.holds for proof in prove_network((2, 2, 1), cost, 2))


def test_the_proof_of_the_network_runs_the_shipped_lines(monkeypatch):
    honest = Dense.backward

    def backward(self, dC_dA, inputs=True):
        dC_dA_in, self.db = honest(self, dC_dA, inputs), self.db / 2
        return dC_dA_in

    monkeypatch.setattr(Dense, "backward", backward)
    assert names_refused(prove_network((2, 2, 1), MSE(), 2)) == {"b1", "b2"}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("slope", lambda self, y_hat, y: (y_hat - y) / 3),
        ("formula", lambda self, y_hat, y: ((y_hat - y) ** 2).sum()),
    ],
)
def test_the_proof_runs_the_shipped_cost(monkeypatch, name, wrong):
    monkeypatch.setattr(MSE, name, wrong)
    assert not any(proof.holds for proof in prove_cost(MSE(), 2))
    assert not any(proof.holds for proof in prove_network((2, 2, 1), MSE(), 2))


# is_zero: never says yes without reason

ZERO = [
    0,
    x - x,
    (x + y) ** 2 - x**2 - 2 * x * y - y**2,
    1 / (x - y) + 1 / (y - x),
    x / (x * y) - 1 / y,
    sigma(x) ** 2 - sigma(x) * (sigma(x) - 1) - sigma(x),
    sigma(x) + sigma(-x) - 1,
    sigma(x - y) + sigma(y - x) - 1,
    sigma(sigma(x) + y) * (1 - x) + x * sigma(y + sigma(x)) - sigma(sigma(x) + y),
    sympy.exp(x) * sympy.exp(-x) - 1,
    1 / (1 + sympy.exp(-x)) - sympy.exp(x) / (1 + sympy.exp(x)),
    (sympy.exp(x - 2 * y) + 1) * sympy.exp(2 * y) - sympy.exp(x) - sympy.exp(2 * y),
    sympy.log(x) / y - sympy.log(x) * y / y**2,
    sympy.sqrt(x**2 + y) ** 2 - x**2 - y,
    sympy.sqrt(x + 1) / (x + 1) - 1 / sympy.sqrt(x + 1),
    sympy.Rational(1, 3) * x - x / 3,
    sympy.sin(x) ** 2 + sympy.cos(x) ** 2 - 1,
    sympy.log(2 * positive) - sympy.log(2) - sympy.log(positive),
    (sympy.exp(x / 2) + 1) ** 2 - sympy.exp(x) - 2 * sympy.exp(x / 2) - 1,
    sympy.exp(x / 3) ** 2 * sympy.exp(-x / 6) - sympy.sqrt(sympy.exp(x)),
]
NOT_ZERO = [
    1,
    sympy.Rational(1, 10**30),
    1e-300,
    x,
    x - y,
    (x + y) ** 2 - x**2 - y**2,
    1 / x - 1 / y,
    sigma(x) - sigma(y),
    sigma(x) - sigma(x) ** 2,
    sigma(x) + sigma(-x),
    sigma(sigma(x)) - sigma(x),
    sigma(x) * (1 - sigma(y)) - sigma(y) * (1 - sigma(x)),
    softplus(x) - x,
    sympy.log(x) - sympy.log(2 * x),
    sympy.log(x) - sympy.log(y),
    sympy.exp(x) - 1,
    sympy.exp(x) - sympy.exp(-x),
    sympy.exp(2 * x) - 2 * sympy.exp(x),
    sympy.exp(x + y) - sympy.exp(x) - sympy.exp(y),
    sympy.sign(x - y) - sympy.sign(y - x),
    abs(x) - x,
    sympy.nan,
    sympy.zoo,
    sympy.oo,
]


@pytest.mark.parametrize("expression", ZERO, ids=str)
def test_zero_is_zero(expression):
    assert is_zero(expression) is True


@pytest.mark.parametrize("expression", NOT_ZERO, ids=str)
def test_what_is_not_zero_is_not(expression):
    assert is_zero(expression) is False


@pytest.mark.parametrize(
    "expression",
    [
        sympy.tan(x) * sympy.cos(x) - sympy.sin(x),
        sympy.gamma(positive + 1) - positive * sympy.gamma(positive),
    ],
)
def test_where_the_tool_is_at_its_end_it_says_so(expression):
    with refuses("expression: expected one that the known rules decide, got ... but not proven"):
        is_zero(expression)


def test_random_identities_and_their_neighbours():
    """Multiplied out or not, an expression is itself; one coefficient off and it is not."""
    rng = np.random.default_rng(0)
    letters = [x, y, sigma(x), sigma(x + y), sigma(sigma(x) - y), sympy.log(x)]
    for _ in range(12):
        product = 1
        for coefficients in rng.integers(-4, 5, (2, 6)).tolist():
            product *= 1 + sum(c * letter for c, letter in zip(coefficients, letters, strict=True))
        nothing = product - sympy.expand(product)
        assert is_zero(nothing)
        assert not is_zero(nothing + letters[rng.integers(6)] * letters[rng.integers(6)])


# The tools


def test_symbols_are_named_from_1():
    W = symbols("w", 2, 1)
    assert W.shape == (2, 1)
    assert [s.name for s in W.flat] == ["w_11", "w_21"]
    assert all(s.is_real for s in W.flat)
    assert len(set(symbols("q", 3, 4).flat)) == 12


def test_derivatives_have_the_shape_of_the_variables():
    W = symbols("w", 2, 3)
    slopes = proofs.derivatives((W * W).sum() + 5 * W[0, 0], W)
    assert slopes.shape == (2, 3)
    assert slopes[1, 2] == 2 * W[1, 2]
    assert slopes[0, 0] == 2 * W[0, 0] + 5


def test_the_rules_of_sigma_are_those_of_the_sigmoid():
    assert sympy.diff(sigma(3 * x), x) == 3 * sigma(3 * x) * (1 - sigma(3 * x))
    assert sympy.diff(softplus(x), x) == sigma(x)
    real = 1 / (1 + sympy.exp(-x))
    for left, right in [
        (sympy.diff(real, x), real * (1 - real)),
        (sympy.diff(sympy.log(1 + sympy.exp(x)), x), real),
        (real.subs(x, -x), 1 - real),
    ]:
        for point in (-3, 0, 2):
            assert float(left.subs(x, point)) == pytest.approx(float(right.subs(x, point)))


def test_on_symbols_leaves_the_shipped_object_alone():
    cost = BCE()
    assert proofs.on_symbols(cost) is not cost
    assert cost.log is np.log
    assert type(proofs.on_symbols(cost)) is BCE
    assert BCE().value([[0.5]], [[1]]) == np.log(2)


def test_compare_counts_every_entry():
    table = symbols("w", 2, 2)
    found = proofs.compare("W1", table, table.T)
    assert [(proof.name, proof.holds) for proof in found] == [
        ("d cost / d W1[1, 1]", True),
        ("d cost / d W1[1, 2]", False),
        ("d cost / d W1[2, 1]", False),
        ("d cost / d W1[2, 2]", True),
    ]
    with refuses("W1: expected shape (2, 1), got (2, 2)"):
        proofs.compare("W1", table, table[:, :1])


def test_a_proof_is_a_pair_of_sides():
    assert proofs.Proof("p", (x + 1) ** 2, x**2 + 2 * x + 1).holds
    assert not proofs.Proof("p", (x + 1) ** 2, x**2 + 1).holds
