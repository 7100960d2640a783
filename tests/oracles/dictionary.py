"""What scikit-learn finds where tests/oracles has sparse coding of its own, for sparseCoding.test.ts.

    python3 tests/oracles/dictionary.py

The rows are the first 500 digits of public/data/digits.bin, pixels divided by 16, less the mean image.
scikit-learn minimises |y - zW|^2 / 2 + alpha |z|_1 with atoms no longer than 1, which is half of the objective here when
alpha is half of lambda.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.decomposition import DictionaryLearning

ROWS, PIXELS, USED = 1797, 64, 500
ATOMS, LAMBDA = 32, 0.5


def main() -> None:
    path = pathlib.Path(__file__).parents[2] / "public" / "data" / "digits.bin"
    data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    x = data[: ROWS * PIXELS].reshape(ROWS, PIXELS)[:USED] / 16.0
    x = x - x.mean(0)
    model = DictionaryLearning(
        ATOMS,
        alpha=LAMBDA / 2,
        fit_algorithm="cd",
        transform_algorithm="lasso_cd",
        transform_alpha=LAMBDA / 2,
        transform_max_iter=5000,
        max_iter=200,
        tol=1e-6,
        random_state=0,
    ).fit(x)
    codes = model.transform(x)
    objective = ((x - codes @ model.components_) ** 2).sum() + LAMBDA * np.abs(codes).sum()
    print(
        json.dumps(
            {
                "scikit-learn": sklearn.__version__,
                "objective": objective / USED,
                "zeros": float((codes == 0).mean()),
                "longest atom": float(np.linalg.norm(model.components_, axis=1).max()),
            },
            indent=2,
        )
    )


main()
