"""What scikit-learn finds where tests/oracles has k-means and a Gaussian mixture of its own, for clusters.test.ts.

    python3 tests/oracles/clusters.py

The rows are the 1437 training digits of public/data/digits.bin, pixels divided by 16: as they are for k-means, and as the
mean of each quarter of the image for the mixture.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

ROWS, PIXELS, TRAIN = 1797, 64, 1437


def main() -> None:
    path = pathlib.Path(__file__).parents[2] / "public" / "data" / "digits.bin"
    data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    x = data[: ROWS * PIXELS].reshape(ROWS, PIXELS)[:TRAIN] / 16.0
    quarters = x.reshape(TRAIN, 2, 4, 2, 4).mean((2, 4)).reshape(TRAIN, 4)
    means = KMeans(10, init="random", n_init=10, tol=0, max_iter=1000, random_state=0).fit(x)
    mixture = GaussianMixture(
        3, covariance_type="diag", tol=1e-9, max_iter=5000, n_init=10, random_state=0
    ).fit(quarters)
    print(
        json.dumps(
            {
                "scikit-learn": sklearn.__version__,
                "inertia": means.inertia_,
                "meanLogLikelihood": mixture.score(quarters),
                "weights": sorted(mixture.weights_),
            },
            indent=2,
        )
    )


main()
