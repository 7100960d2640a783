"""What scikit-learn makes of the problems of probes, for src/probing/probeScores.test.ts.

    python3 tests/oracles/probes.py

Rows 0-1436 of public/data/digits.bin are for training, rows 1437-1796 are held out, pixels are divided by 16.

kNN: the 20 training rows of largest cosine, weights exp(cos / 0.07); of classes, the label, and of numbers, the centre of
mass of the ink (row, column). Ridge: alpha = 1 on features standardised by the training rows (deviations with ddof 1), of
the same target.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

ROWS, PIXELS, TRAIN = 1797, 64, 1437


def weights(distances: np.ndarray) -> np.ndarray:
    return np.exp((1 - distances - 1) / 0.07)


def main() -> None:
    path = pathlib.Path(__file__).parents[2] / "public" / "data" / "digits.bin"
    data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    x = data[: ROWS * PIXELS].reshape(ROWS, PIXELS) / 16.0
    y = data[ROWS * PIXELS : ROWS * PIXELS + ROWS].astype(int)
    grid = np.stack(np.divmod(np.arange(PIXELS), 8), 1)
    centres = x @ grid / x.sum(1, keepdims=True)
    nearest = {"n_neighbors": 20, "metric": "cosine", "algorithm": "brute", "weights": weights}
    classes = KNeighborsClassifier(**nearest).fit(x[:TRAIN], y[:TRAIN])
    numbers = KNeighborsRegressor(**nearest).fit(x[:TRAIN], centres[:TRAIN])
    mean, deviation = x[:TRAIN].mean(0), x[:TRAIN].std(0, ddof=1)
    z = np.divide(x - mean, deviation, out=np.zeros_like(x), where=deviation > 0)
    # The same from the first sixteen pixels, which do not determine it.
    ridge = Ridge(alpha=1.0).fit(z[:TRAIN, :16], centres[:TRAIN])
    predicted = classes.predict(x[TRAIN:])
    print(
        json.dumps(
            {
                "scikit-learn": sklearn.__version__,
                "knnAccuracy": (predicted == y[TRAIN:]).mean(),
                "knnR2": r2_score(centres[TRAIN:], numbers.predict(x[TRAIN:])),
                "ridgeR2": r2_score(centres[TRAIN:], ridge.predict(z[TRAIN:, :16])),
                "eightsTakenForOnes": int(((predicted == 1) & (y[TRAIN:] == 8)).sum()),
            },
            indent=2,
        )
    )


main()
