"""What scikit-learn makes of the linear probe's problem, for src/probing/linearProbe.test.ts.

    python3 tests/oracles/logisticRegression.py

Rows 0-1436 of public/data/digits.bin are for training, rows 1437-1796 are held out, pixels are divided by 16 and
standardised (deviations with ddof 1). C = 1: scikit-learn minimises C * sum(cross entropy) + |W|^2 / 2, which is the
number of rows times the probe's objective; the intercept is not penalised.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

ROWS, PIXELS, TRAIN = 1797, 64, 1437


def main() -> None:
    path = pathlib.Path(__file__).parents[2] / "public" / "data" / "digits.bin"
    data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    x = data[: ROWS * PIXELS].reshape(ROWS, PIXELS) / 16.0
    y = data[ROWS * PIXELS : ROWS * PIXELS + ROWS].astype(int)
    mean, deviation = x[:TRAIN].mean(0), x[:TRAIN].std(0, ddof=1)
    x = np.divide(x - mean, deviation, out=np.zeros_like(x), where=deviation > 0)
    model = LogisticRegression(C=1.0, solver="lbfgs", tol=1e-10, max_iter=100_000)
    model.fit(x[:TRAIN], y[:TRAIN])
    logits = x[:TRAIN] @ model.coef_.T + model.intercept_
    largest = logits.max(1, keepdims=True)
    normalisers = largest[:, 0] + np.log(np.exp(logits - largest).sum(1))
    cross_entropy = (normalisers - logits[np.arange(TRAIN), y[:TRAIN]]).sum()
    print(
        json.dumps(
            {
                "scikit-learn": sklearn.__version__,
                "objective": (cross_entropy + (model.coef_**2).sum() / 2) / TRAIN,
                "trainAccuracy": model.score(x[:TRAIN], y[:TRAIN]),
                "heldOutAccuracy": model.score(x[TRAIN:], y[TRAIN:]),
            },
            indent=2,
        )
    )


main()
