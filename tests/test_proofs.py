"""The proofs hold for the shipped code, and refuse every error that is planted in it."""

import numpy as np
import pytest
import sympy

from lib import (
    BCE,
    MAE,
    MSE,
    RMSE,
    BCEWithLogits,
    Dense,
    Identity,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    proofs,
)
from lib.costs import entries
from lib.proofs import (
    OpaqueSigmoid,
    Proof,
    compare,
    derivatives,
    is_zero,
    on_symbols,
    prove_activation,
    prove_cost,
    prove_network,
    sigma,
    softplus,
    symbolic_network,
    symbols,
)
from tests.helpers import ACTIVATIONS, every_cost, name_of, refuses

x, y, z = sympy.symbols("x y z", real=True)
positive = sympy.Symbol("p", positive=True)

# What holds

COSTS = [(MSE(), None), (BCE(), None), (BCEWithLogits(), Identity())]


# The networks 2-2-1, 3-2-1 and 2-3-2-1 with each of these costs are proven in test_roads.py.


@pytest.mark.parametrize("cost", [MSE(), RMSE(), BCE()], ids=lambda c: type(c).__name__)
def test_two_outputs_are_proven_too(cost):
    assert all(proof.holds for proof in prove_network((1, 2, 2), cost, samples=2))


@every_cost
@pytest.mark.parametrize(("samples", "outputs"), [(1, 2), (2, 3)])  # (4, 1): test_roads.py
def test_every_cost_is_proven(cost, samples, outputs):
    try:
        found = prove_cost(cost, samples, outputs)
    except ValueError:  # its lines choose: the entries in tests/derivatives.py prove piece by piece
        assert not cost.smooth, f"{name_of(cost)}: expected lines that run on symbols, or smooth = False"
        return
    assert len(found) == samples * outputs
    assert all(proof.holds for proof in found)
    assert all(proof.derived != 0 for proof in found)


@pytest.mark.parametrize("activation", [a for a in ACTIVATIONS if a.smooth], ids=name_of)
def test_every_smooth_activation_is_proven(activation):
    proof = prove_activation(activation)
    assert proof.holds
    assert proof.name == f"d {name_of(activation)} / dz"


@pytest.mark.parametrize("activation", [a for a in ACTIVATIONS if not a.smooth], ids=name_of)
def test_an_activation_with_a_kink_is_proven_on_both_sides_of_it(activation):
    with refuses(f"{name_of(activation)}: expected lines that run on symbols ... positive or negative"):
        prove_activation(activation)
    for side in ({"positive": True}, {"negative": True}):
        assert prove_activation(activation, sympy.Symbol("z", **side)).holds


class OutOfNumPy(MSE):
    def slope(self, y_hat, y):
        return np.exp(y_hat)


def test_what_does_not_run_on_symbols_is_refused_by_name():
    for call in (
        lambda: prove_cost(OutOfNumPy()),
        lambda: prove_network((1, 1), OutOfNumPy()),
        lambda: prove_network((1, 1), MSE(), output=ReLU()),
    ):
        with refuses(": expected lines that run on symbols, got: ... an attribute named exp, log,"):
            call()


def test_the_derivatives_are_those_of_the_numbers():
    """The symbols, with numbers put in their place, give what the float network gives."""
    rng = np.random.default_rng(0)
    network, X, target = (
        Network.random((2, 2, 1), Sigmoid(), rng),
        rng.normal(size=(2, 2)),
        rng.random((2, 1)),
    )
    dC_dX = network.backward(MSE().gradient(network.forward(X), target))
    numbers, floats = {}, [dC_dX]
    for name, values in [("x", X), ("y", target)]:
        numbers |= dict(zip(symbols(name, *values.shape).flat, values.flat, strict=True))
    for k, layer in enumerate(network.layers, start=1):
        for name, values in [(f"W{k}", layer.W), (f"b{k}", layer.b)]:
            numbers |= dict(zip(symbols(name, *values.shape).flat, values.flat, strict=True))
        floats += [layer.dW, layer.db]
    found = prove_network((2, 2, 1), MSE(), samples=2)

    def value(expression):
        lines = sympy.lambdify(list(numbers), expression, modules=[{"sigma": Sigmoid().value}])
        return lines(*numbers.values())

    flat = np.concatenate([array.ravel() for array in floats])
    assert [value(proof.derived) for proof in found] == pytest.approx(flat, rel=1e-12)
    assert [value(proof.shipped) for proof in found] == pytest.approx(flat, rel=1e-12)


# What is refused: errors planted in the shipped layers


class DroppedTransposeOfTheInput(Dense):
    """dW = A_in D instead of A_in^T D (S109, S111, S121): fits where samples = n_in."""

    def backward(self, dC_dA, inputs=True):
        result = super().backward(dC_dA, inputs)
        self.dW = self.A_in @ (dC_dA * self.activation.derivative(self.A))
        return result


class DroppedTransposeOfTheWeights(Dense):
    """dC/dA_in = D W instead of D W^T (S102): fits where W is square."""

    def backward(self, dC_dA, inputs=True):
        super().backward(dC_dA)
        return (dC_dA * self.activation.derivative(self.A)) @ self.W


class NoActivationSlope(Dense):
    """dC/dZ = dC/dA."""

    def backward(self, dC_dA, inputs=True):
        self.dW, self.db = self.A_in.mT @ dC_dA, dC_dA.sum(axis=-2, keepdims=True)
        return dC_dA @ self.W.mT


class BiasOfTheMean(Dense):
    """db as a mean over the rows, not their sum."""

    def backward(self, dC_dA, inputs=True):
        result = super().backward(dC_dA, inputs)
        self.db = self.db / self.A_in.shape[-2]
        return result


class BiasOfTheFirstRow(Dense):
    def backward(self, dC_dA, inputs=True):
        result = super().backward(dC_dA, inputs)
        self.db = (dC_dA * self.activation.derivative(self.A))[:1]
        return result


class WrongSignOfTheWeights(Dense):
    def backward(self, dC_dA, inputs=True):
        result = super().backward(dC_dA, inputs)
        self.dW = -self.dW
        return result


class ForwardWithoutBias(Dense):
    def forward(self, A_in):
        self.A_in, self.A = A_in, self.activation.formula(A_in @ self.W)
        return self.A


def names_refused(found):
    return {proof.name.split(" / d ")[1].split("[")[0] for proof in found if not proof.holds}


@pytest.mark.parametrize(("cost", "output"), COSTS, ids=lambda v: type(v).__name__)
@pytest.mark.parametrize(
    ("layer", "sizes", "refused"),
    [
        (DroppedTransposeOfTheInput, (2, 2, 1), {"W1", "W2"}),
        (DroppedTransposeOfTheWeights, (2, 2, 2), {"X", "W1", "b1"}),
        (BiasOfTheMean, (2, 2, 1), {"b1", "b2"}),
        (BiasOfTheFirstRow, (2, 2, 1), {"b1", "b2"}),
        (WrongSignOfTheWeights, (2, 2, 1), {"W1", "W2"}),
        (ForwardWithoutBias, (2, 2, 1), {"b1", "b2"}),
    ],
)
def test_an_error_in_a_layer_is_refused(monkeypatch, layer, sizes, refused, cost, output):
    monkeypatch.setattr(proofs, "Dense", layer)
    assert names_refused(prove_network(sizes, cost, 2, output)) == refused


@pytest.mark.parametrize("cost", [MSE(), BCE()], ids=lambda c: type(c).__name__)
def test_a_missing_slope_of_the_activation_is_refused(monkeypatch, cost):
    monkeypatch.setattr(proofs, "Dense", NoActivationSlope)
    assert names_refused(prove_network((2, 2, 1), cost, 2)) == {"X", "W1", "b1", "W2", "b2"}


@pytest.mark.parametrize(
    ("sizes", "layer"), [((3, 2, 1), DroppedTransposeOfTheInput), ((2, 3, 2), DroppedTransposeOfTheWeights)]
)
def test_where_shapes_do_not_fit_a_dropped_transpose_cannot_even_run(monkeypatch, sizes, layer):
    monkeypatch.setattr(proofs, "Dense", layer)
    with pytest.raises(ValueError, match="matmul"):
        prove_network(sizes, MSE(), 4)


@pytest.mark.parametrize(("sizes", "samples"), [((2, 2, 1), 4), ((2, 2, 2, 1), 1)], ids=str)
@pytest.mark.parametrize("cost", [MSE(), BCE()], ids=lambda v: type(v).__name__)
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
    network = symbolic_network((2, 3, 2, 1), Identity())
    assert [type(layer.activation) for layer in network.layers] == [OpaqueSigmoid, OpaqueSigmoid, Identity]
    assert [layer.W.shape for layer in network.layers] == [(2, 3), (3, 2), (2, 1)]
    assert len({s for layer in network.layers for s in [*layer.W.flat, *layer.b.flat]}) == 20


# Errors planted in the costs


class SumInside(MSE):
    """2/N times the sum of all errors (S97, S105, S118), one number for every row."""

    def slope(self, y_hat, y):
        E = y_hat - y
        return 2 * E.sum(axis=-2, keepdims=True) / entries(E)


class SumInsideForEveryRow(SumInside):
    def slope(self, y_hat, y):
        return super().slope(y_hat, y) + 0 * y_hat


class NoTwo(MSE):
    def slope(self, y_hat, y):
        return (y_hat - y) / entries(y_hat)


class NoN(MSE):
    def slope(self, y_hat, y):
        return 2 * (y_hat - y)


class NoTwoOverN(MSE):
    def slope(self, y_hat, y):
        return y_hat - y


class RowsOnly(MSE):
    """N for N K: right for one output only."""

    def slope(self, y_hat, y):
        return 2 * (y_hat - y) / y_hat.shape[-2]


class WrongSign(MSE):
    def slope(self, y_hat, y):
        return super().slope(y, y_hat)


class LostBrackets(BCE):
    """S70 without its brackets: the minus in front of the first term only."""

    def slope(self, y_hat, y):
        return -(self.over(y, y_hat) + self.over(1 - y, 1 - y_hat)) / entries(y_hat)


class WrongSignOfBCE(BCE):
    def slope(self, y_hat, y):
        return -super().slope(y_hat, y)


class NoNOfBCE(BCE):
    def slope(self, y_hat, y):
        return super().slope(y_hat, y) * entries(y_hat)


class WrongSignOfLogits(BCEWithLogits):
    def slope(self, z, y):
        return -super().slope(z, y)


class NoNOfLogits(BCEWithLogits):
    def slope(self, z, y):
        return self.sigmoid(z) - y


class SwappedTargets(BCEWithLogits):
    def slope(self, z, y):
        return super().slope(z, 1 - y)


class NoRoot(RMSE):
    def slope(self, y_hat, y):
        return (y_hat - y) / entries(y_hat)


class SquaredRoot(RMSE):
    def slope(self, y_hat, y):
        return super().slope(y_hat, y) / self.formula(y_hat, y)


class NoSign(MAE):
    def slope(self, y_hat, y):
        return abs(self.sign(y_hat - y)) / entries(y_hat)


class NoNOfMAE(MAE):
    def slope(self, y_hat, y):
        return self.sign(y_hat - y)


WRONG_COSTS = [
    SumInsideForEveryRow, NoTwo, NoN, NoTwoOverN, WrongSign, LostBrackets, WrongSignOfBCE, NoNOfBCE,
    WrongSignOfLogits, NoNOfLogits, SwappedTargets, NoRoot, SquaredRoot, NoSign, NoNOfMAE,
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG_COSTS)
def test_an_error_in_a_cost_is_refused(wrong):
    assert [proof.holds for proof in prove_cost(wrong())] == [False] * 4


def test_an_error_that_needs_two_outputs():
    assert all(proof.holds for proof in prove_cost(RowsOnly(), 4, 1))
    assert not any(proof.holds for proof in prove_cost(RowsOnly(), 4, 2))


def test_the_sum_inside_has_the_wrong_shape_too():
    with pytest.raises(ValueError, match=r"y_hat: expected shape \(4, 1\), got \(1, 1\)"):
        prove_cost(SumInside())


@pytest.mark.parametrize(
    "sizes", [(2, 2, 1), pytest.param((1, 2, 2, 1), marks=pytest.mark.thorough)], ids=str
)
@pytest.mark.parametrize("wrong", [SumInside, NoTwo, NoN, NoTwoOverN, WrongSign])
def test_an_error_in_mse_spoils_every_derivative_of_the_network(wrong, sizes):
    """Not with 2 samples and 1 output: there 2/N is 1, and nobody misses it."""
    found = prove_network(sizes, wrong(), samples=3)
    assert not any(proof.holds for proof in found)


@pytest.mark.parametrize(
    ("wrong", "output"),
    [
        (LostBrackets, None),
        (WrongSignOfBCE, None),
        (NoNOfBCE, None),
        (WrongSignOfLogits, Identity()),
        (NoNOfLogits, Identity()),
        (SwappedTargets, Identity()),
    ],
)
def test_an_error_in_bce_spoils_every_derivative_of_the_network(wrong, output):
    assert not any(proof.holds for proof in prove_network((2, 2, 1), wrong(), 2, output))


# Errors planted in the activations, and in place: it is the shipped code that is proven


class WrongSigmoid(Sigmoid):
    def derivative(self, a):
        return (1 + a) * a


class WrongTanh(Tanh):
    def derivative(self, a):
        return 1 - a


class WrongIdentity(Identity):
    def derivative(self, a):
        return a


@pytest.mark.parametrize("wrong", [WrongSigmoid, WrongTanh, WrongIdentity])
def test_an_error_in_an_activation_is_refused(wrong):
    assert not prove_activation(wrong()).holds


def test_the_proof_of_the_network_asks_the_shipped_slope(monkeypatch):
    monkeypatch.setattr(Sigmoid, "derivative", lambda self, a: (1 + a) * a)
    assert not prove_activation(Sigmoid()).holds
    assert not any(proof.holds for proof in prove_network((2, 2, 1), MSE(), 2))


def test_the_proof_of_the_network_runs_the_shipped_lines(monkeypatch):
    honest = Dense.backward

    def backward(self, dC_dA, inputs=True):
        result = honest(self, dC_dA, inputs)
        self.db = self.db / 2
        return result

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
        factors = [
            sum(int(c) * a for c, a in zip(rng.integers(-4, 5, 6), letters, strict=True)) + 1
            for _ in range(2)
        ]
        product = sympy.prod(factors)
        assert is_zero(product - sympy.expand(product))
        assert not is_zero(
            product - sympy.expand(product) + letters[rng.integers(6)] * letters[rng.integers(6)]
        )


# The tools


def test_symbols_are_named_from_1():
    W = symbols("w", 2, 1)
    assert W.shape == (2, 1)
    assert [s.name for s in W.flat] == ["w_11", "w_21"]
    assert all(s.is_real for s in W.flat)
    assert len(set(symbols("q", 3, 4).flat)) == 12


def test_derivatives_have_the_shape_of_the_variables():
    W = symbols("w", 2, 3)
    slopes = derivatives((W * W).sum() + 5 * W[0, 0], W)
    assert slopes.shape == (2, 3)
    assert slopes[1, 2] == 2 * W[1, 2]
    assert slopes[0, 0] == 2 * W[0, 0] + 5


def test_the_rules_of_sigma_are_those_of_the_sigmoid():
    assert sympy.diff(sigma(3 * x), x) == 3 * sigma(3 * x) * (1 - sigma(3 * x))
    assert sympy.diff(softplus(x), x) == sigma(x)
    real = 1 / (1 + sympy.exp(-x))
    for point in (-3, 0, 2):
        assert float(sympy.diff(real, x).subs(x, point)) == pytest.approx(
            float((real * (1 - real)).subs(x, point))
        )
        assert float(sympy.diff(sympy.log(1 + sympy.exp(x)), x).subs(x, point)) == pytest.approx(
            float(real.subs(x, point))
        )
        assert float(real.subs(x, -point)) == pytest.approx(1 - float(real.subs(x, point)))


def test_on_symbols_leaves_the_shipped_object_alone():
    cost = BCE()
    assert on_symbols(cost) is not cost
    assert cost.log is np.log
    assert type(on_symbols(cost)) is BCE
    assert BCE().value([[0.5]], [[1]]) == np.log(2)


def test_compare_counts_every_entry():
    table = symbols("w", 2, 2)
    found = compare("W1", table, table.T)
    assert [(proof.name, proof.holds) for proof in found] == [
        ("d cost / d W1[1, 1]", True),
        ("d cost / d W1[1, 2]", False),
        ("d cost / d W1[2, 1]", False),
        ("d cost / d W1[2, 2]", True),
    ]
    with pytest.raises(ValueError, match=r"W1: expected shape \(2, 1\), got \(2, 2\)"):
        compare("W1", table, table[:, :1])


def test_a_proof_is_a_pair_of_sides():
    assert Proof("p", (x + 1) ** 2, x**2 + 2 * x + 1).holds
    assert not Proof("p", (x + 1) ** 2, x**2 + 1).holds


# What careless or unlucky callers bring


def test_a_network_with_mae_is_proven_too():
    assert all(proof.holds for proof in prove_network((2, 2, 1), MAE(), 2))
