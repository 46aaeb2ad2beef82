/* XOR 2-2-1 in C: the same formulas, in the same order, compiled. What is left is arithmetic. */
#include <math.h>

enum { N = 4 };

static double sigmoid(double z) { return 1 / (1 + exp(-z)); }

static double forward(const double *W1, const double *b1, const double *W2, const double *b2,
                      const double *X, const double *y, double A1[N][2], double A2[N]) {
  double cost = 0;
  for (int i = 0; i < N; i++) {
    for (int k = 0; k < 2; k++)
      A1[i][k] = sigmoid(X[2 * i] * W1[k] + X[2 * i + 1] * W1[2 + k] + b1[k]);
    A2[i] = sigmoid(A1[i][0] * W2[0] + A1[i][1] * W2[1] + b2[0]);
    cost += (A2[i] - y[i]) * (A2[i] - y[i]);
  }
  return cost / N;
}

/* W1: 2 x 2, b1: 2, W2: 2, b2: 1, changed in place; costs: what is recorded, in order. */
void train(double *W1, double *b1, double *W2, double *b2, const double *X, const double *y,
           double rate, int epochs, int record_every, double *costs) {
  double A1[N][2], A2[N];
  for (int epoch = 0; epoch <= epochs; epoch++) {
    double cost = forward(W1, b1, W2, b2, X, y, A1, A2);
    if (epoch % record_every == 0 || epoch == epochs) *costs++ = cost;
    if (epoch == epochs) break;
    double dW1[4] = {0}, db1[2] = {0}, dW2[2] = {0}, db2 = 0;
    for (int i = 0; i < N; i++) {
      double dZ2 = 2 * (A2[i] - y[i]) / N * (1 - A2[i]) * A2[i];
      db2 += dZ2;
      for (int k = 0; k < 2; k++) {
        double dZ1 = dZ2 * W2[k] * (1 - A1[i][k]) * A1[i][k];
        dW2[k] += A1[i][k] * dZ2;
        dW1[k] += X[2 * i] * dZ1;
        dW1[2 + k] += X[2 * i + 1] * dZ1;
        db1[k] += dZ1;
      }
    }
    for (int k = 0; k < 4; k++) W1[k] -= rate * dW1[k];
    for (int k = 0; k < 2; k++) b1[k] -= rate * db1[k], W2[k] -= rate * dW2[k];
    b2[0] -= rate * db2;
  }
}
