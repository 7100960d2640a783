"""The pseudo-likelihood that scikit-learn's restricted Boltzmann machine reaches on digits, for restrictedBoltzmannMachine.ts.

    python3 tests/oracles/bernoulliRbm.py

A pixel of public/data/digits.bin is on where it has at least half of its range, as in data.patterns. Rows 0-1436 are for training, rows 1437-1796 are held out.
The score is the mean over rows of the sum over pixels of log P(pixel | all others); scikit-learn's own score_samples takes
one pixel at random and multiplies by their number.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.neural_network import BernoulliRBM

ROWS, PIXELS, TRAIN = 1797, 64, 1437
HIDDEN = 64


def pseudo_log_likelihood(model: BernoulliRBM, v: np.ndarray) -> float:
    energy = model._free_energy(v)
    total = np.zeros(len(v))
    for i in range(PIXELS):
        flipped = v.copy()
        flipped[:, i] = 1 - flipped[:, i]
        total -= np.logaddexp(0, energy - model._free_energy(flipped))
    return float(total.mean())


def main() -> None:
    path = pathlib.Path(__file__).parents[2] / "public" / "data" / "digits.bin"
    data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    v = (data[: ROWS * PIXELS].reshape(ROWS, PIXELS) >= 8).astype(float)
    runs = []
    for learning_rate in (0.01, 0.05, 0.1):
        for iterations in (10, 50, 200):
            scores = [
                pseudo_log_likelihood(
                    BernoulliRBM(
                        HIDDEN,
                        learning_rate=learning_rate,
                        batch_size=10,
                        n_iter=iterations,
                        random_state=seed,
                    ).fit(v[:TRAIN]),
                    v[TRAIN:],
                )
                for seed in range(3)
            ]
            runs.append(
                {
                    "learning rate": learning_rate,
                    "iterations": iterations,
                    "held-out": [round(score, 3) for score in scores],
                }
            )
    print(json.dumps({"scikit-learn": sklearn.__version__, "runs": runs}, indent=2))


main()
