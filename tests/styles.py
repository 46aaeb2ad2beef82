"""Right answers of the workshop in other styles, three or more for each step: each `def` is one."""

STYLES = {
    "neuron": """
def neuron(x, w, b):
    z = b
    for i in range(len(x)):
        z += x[i] * w[i]
    return z
def neuron(x, w, b):
    return np.dot(w, x) + b
def neuron(inputs, weights, bias):
    return sum(p * q for p, q in zip(inputs, weights)) + bias
def neuron(x, w, b):
    return np.einsum("i,i", x, w) + b
""",
    "layer_forward": """
def layer_forward(A, W, b):
    Z = np.zeros((A.shape[0], W.shape[1]))
    for i in range(A.shape[0]):
        for k in range(W.shape[1]):
            Z[i, k] = b[0, k]
            for j in range(A.shape[1]):
                Z[i, k] += A[i, j] * W[j, k]
    return Z
def layer_forward(A, W, b):
    return np.einsum("ij,jk->ik", A, W) + b
def layer_forward(A, W, b):
    return [[sum(p * q for p, q in zip(row, column)) + c for column, c in zip(W.T, b[0])] for row in A]
def layer_forward(A, W, b):
    Z = np.dot(A, W)
    Z += b
    return Z
def layer_forward(A, W, b):
    return (W.T @ A.T).T + b
def layer_forward(A, W, b):
    return np.hstack([A, np.ones((len(A), 1))]) @ np.vstack([W, b])
""",
    "sigmoid": """
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))
def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))
def sigmoid(z):
    import math
    return np.vectorize(lambda t: 1 / (1 + math.exp(-t)))(z)
def sigmoid(z):
    return np.where(z > 0, 1 / (1 + np.exp(-abs(z))), np.exp(-abs(z)) / (1 + np.exp(-abs(z))))
""",
    "two_layers": """
def two_layers(X, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    return A1, 1 / (1 + np.exp(-(A1 @ W2 + b2)))
def two_layers(X, W1, b1, W2, b2):
    found, A = [], X
    for W, b in ((W1, b1), (W2, b2)):
        A = sigmoid(layer_forward(A, W, b))
        found.append(A)
    return found
def two_layers(X, W1, b1, W2, b2):
    A1 = sigmoid(X.dot(W1) + b1)
    return {"A1": A1, "A2": sigmoid(A1.dot(W2) + b2)}
""",
    "sigmoid_slope": """
def sigmoid_slope(A):
    return A - A**2
def sigmoid_slope(A):
    slope = np.empty_like(A)
    for place in np.ndindex(A.shape):
        slope[place] = A[place] * (1 - A[place])
    return slope
def sigmoid_slope(A):
    Z = np.log(A / (1 - A))
    return np.exp(-Z) / (1 + np.exp(-Z)) ** 2
""",
    "mse": """
def mse(y_hat, y):
    return np.mean(np.square(y - y_hat))
def mse(y_hat, y):
    total = 0
    for p, t in zip(y_hat.ravel(), y.ravel()):
        total += (p - t) ** 2
    return total / y.size
def mse(y_hat, y):
    return np.linalg.norm(y_hat - y) ** 2 / y_hat.size
""",
    "mse_slope": """
def mse_slope(y_hat, y):
    return -2 / len(y) * (y - y_hat)
def mse_slope(y_hat, y):
    N = y.shape[0]
    slopes = np.zeros((N, 1))
    for i in range(N):
        slopes[i, 0] = 2 * (y_hat[i, 0] - y[i, 0]) / N
    return slopes
def mse_slope(y_hat, y):
    E = y_hat.copy()
    E -= y
    E *= 2 / E.size
    return E
""",
    "through_activation": """
def through_activation(dC_dA, A):
    return dC_dA * A * (1 - A)
def through_activation(d, a):
    return np.multiply(d, a - a * a)
def through_activation(dC_dA, A):
    return np.einsum("ij,ij,ij->ij", dC_dA, A, 1 - A)
def through_activation(dC_dA, A):
    return np.array([[d * a * (1 - a) for d, a in zip(*rows)] for rows in zip(dC_dA, A)])
""",
    "layer_backward": """
def layer_backward(A, W, D):
    return A.T @ D, D.sum(axis=0), D @ W.T
def layer_backward(A, W, dC_dZ):
    dW, db, dA = np.zeros_like(W), np.zeros((1, W.shape[1])), np.zeros_like(A)
    for i in range(len(A)):
        for k in range(W.shape[1]):
            db[0, k] += dC_dZ[i, k]
            for j in range(A.shape[1]):
                dW[j, k] += A[i, j] * dC_dZ[i, k]
                dA[i, j] += W[j, k] * dC_dZ[i, k]
    return dW, db, dA
def layer_backward(A, W, D):
    return [np.einsum("ij,ik->jk", A, D), np.ones((1, len(D))) @ D, np.einsum("ik,jk->ij", D, W)]
def layer_backward(A, W, D):
    return {"dC_dA": (W @ D.T).T, "dC_dW": (D.T @ A).T, "dC_db": D.sum(0)[None]}
""",
    "backward": """
def backward(X, y, W1, b1, W2, b2):
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    D2 = 2 / y.size * (A2 - y) * A2 * (1 - A2)
    D1 = (D2 @ W2.T) * A1 * (1 - A1)
    return X.T @ D1, D1.sum(0, keepdims=True), A1.T @ D2, D2.sum(0, keepdims=True)
def backward(X, y, W1, b1, W2, b2):
    dWs, dbs = deep_backward(X, y, [W1, W2], [b1, b2])
    return dWs[0], dbs[0], dWs[1], dbs[1]
def backward(X, y, W1, b1, W2, b2):
    total = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
    for x, t in zip(X, y):
        a1 = sigmoid(x @ W1 + b1[0])
        a2 = sigmoid(a1 @ W2 + b2[0])
        d2 = 2 * (a2 - t) * a2 * (1 - a2) / len(X)
        d1 = W2 @ d2 * a1 * (1 - a1)
        for sum_, share in zip(total, (np.outer(x, d1), d1, np.outer(a1, d2), d2)):
            sum_ += share
    return tuple(total)
def backward(X, y, *parameters):
    found = []
    for which, p in enumerate(parameters):
        slopes = np.zeros(p.shape)
        for place in np.ndindex(p.shape):
            costs = []
            for nudge in (1e-5, -1e-5):
                moved = [q.copy() for q in parameters]
                moved[which][place] += nudge
                costs.append(mse(two_layers(X, *moved)[1], y))
            slopes[place] = (costs[0] - costs[1]) / 2e-5
        found.append(slopes)
    return found
""",
    "update": """
def update(W, dW, learning_rate):
    return W + -learning_rate * dW
def update(W, dW, learning_rate):
    new = W.copy()
    new -= learning_rate * dW
    return new
def update(old, slope, rate):
    return np.subtract(old, np.multiply(rate, slope))
def update(W, dW, learning_rate):
    return [[w - learning_rate * d for w, d in zip(*rows)] for rows in zip(W, dW)]
""",
    "train": """
def train(X, y, W1, b1, W2, b2, learning_rate, epochs):
    p = [W1, b1, W2, b2]
    for _ in range(epochs):
        p = [update(q, dq, learning_rate) for q, dq in zip(p, backward(X, y, *p))]
    return p
def train(X, y, W1, b1, W2, b2, learning_rate, epochs):
    W1, b1, W2, b2 = W1.copy(), b1.copy(), W2.copy(), b2.copy()
    epoch = 0
    while epoch < epochs:
        dW1, db1, dW2, db2 = backward(X, y, W1, b1, W2, b2)
        W1 -= learning_rate * dW1
        b1 -= learning_rate * db1
        W2 -= learning_rate * dW2
        b2 -= learning_rate * db2
        epoch += 1
    return W1, b1, W2, b2
def train(X, y, W1, b1, W2, b2, learning_rate, epochs):
    if epochs == 0:
        return W1, b1, W2, b2
    for _ in range(epochs):
        A1 = sigmoid(X @ W1 + b1)
        A2 = sigmoid(A1 @ W2 + b2)
        D2 = 2 * (A2 - y) / len(y) * A2 * (1 - A2)
        D1 = D2 @ W2.T * A1 * (1 - A1)
        W2, b2 = W2 - learning_rate * A1.T @ D2, b2 - learning_rate * D2.sum(0)
        W1, b1 = W1 - learning_rate * X.T @ D1, b1 - learning_rate * D1.sum(0)
    return {"new_W1": W1, "new_b1": b1, "new_W2": W2, "new_b2": b2}
""",
    "bce": """
def bce(z, y):
    C = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-abs(z))))
    return C, (1 / (1 + np.exp(-z)) - y) / y.size
def bce(z, y):
    C = (y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)).mean()
    return C, np.where(y == 1, sigmoid(z) - 1, sigmoid(z)) / len(z)
def bce(z, y):
    total = 0
    for logit, target in zip(z[:, 0], y[:, 0]):
        total += np.logaddexp(0, -logit if target else logit)
    return [total / len(z), ((sigmoid(z) - y) / len(z)).tolist()]
""",
    "deep_backward": """
def deep_backward(X, y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(sigmoid(A[-1] @ W + b))
    dWs, dbs = [], []
    D = mse_slope(A[-1], y) * A[-1] * (1 - A[-1])
    for l in range(len(Ws) - 1, -1, -1):
        dWs.insert(0, A[l].T @ D)
        dbs.insert(0, D.sum(axis=0))
        D = D @ Ws[l].T * A[l] * (1 - A[l])
    return dWs, dbs
def deep_backward(X, y, Ws, bs):
    def below(A, number):
        if number == len(Ws):
            return mse_slope(A, y), [], []
        out = sigmoid(layer_forward(A, Ws[number], bs[number]))
        dC_dA, dWs, dbs = below(out, number + 1)
        dW, db, dC_dA = layer_backward(A, Ws[number], through_activation(dC_dA, out))
        return dC_dA, [dW, *dWs], [db, *dbs]
    return below(X, 0)[1:]
def deep_backward(X, y, Ws, bs):
    L, A = len(Ws), {0: X}
    for l in range(1, L + 1):
        A[l] = sigmoid(layer_forward(A[l - 1], Ws[l - 1], bs[l - 1]))
    slopes = {}
    dC_dA = mse_slope(A[L], y)
    while L:
        *slopes[L], dC_dA = layer_backward(A[L - 1], Ws[L - 1], through_activation(dC_dA, A[L]))
        L -= 1
    dWs, dbs = zip(*(slopes[l] for l in sorted(slopes)))
    return {"dWs": dWs, "dbs": dbs}
""",
    "gradient_check": """
def gradient_check(cost, W, dW):
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            up, down = W.copy(), W.copy()
            up[i, j] += 1e-6
            down[i, j] -= 1e-6
            slope = (cost(up) - cost(down)) / 2e-6
            if abs(slope - dW[i, j]) > 1e-3 * abs(dW).max():
                return False
    return True
def gradient_check(f, x, claimed):
    units = [unit.reshape(x.shape) for unit in np.eye(x.size)]
    numeric = np.reshape([(f(x + 1e-5 * u) - f(x - 1e-5 * u)) / 2e-5 for u in units], x.shape)
    return np.linalg.norm(numeric - claimed) < 1e-4 * np.linalg.norm(numeric)
def gradient_check(cost, W, dW):
    W = W.copy()
    slopes = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        old = W[place]
        W[place] = old + 1e-5
        up = cost(W)
        W[place] = old - 1e-5
        down = cost(W)
        W[place] = old
        slopes[place] = (up - down) / 2e-5
    return np.allclose(slopes, dW, rtol=1e-4, atol=1e-6 * abs(dW).max())
def gradient_check(cost, W, dW):
    slopes = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        moved = W.copy()
        moved[place] += 1e-7
        slopes[place] = (cost(moved) - cost(W)) / 1e-7
    return np.all(abs(slopes - dW) < 1e-4 * abs(slopes).max())
""",
    "softmax": """
def softmax(Z, Y):
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -(Y * log_P).sum() / len(Y), (np.exp(log_P) - Y) / len(Y)
def softmax(Z, Y):
    N, slopes, total = len(Z), np.zeros(Z.shape), 0
    for i in range(N):
        e = np.exp(Z[i] - max(Z[i]))
        p = e / sum(e)
        total -= np.log(p[Y[i].argmax()])
        slopes[i] = (p - Y[i]) / N
    return total / N, slopes
def softmax(Z, Y):
    E = np.exp(Z.T - Z.max(axis=1))
    P = (E / E.sum(axis=0)).T
    return np.mean(-np.log(P[np.arange(len(Z)), Y.argmax(axis=1)])), P / len(Z) - Y / len(Z)
""",
}
