"""What NumPy computes of a matrix of representations, for src/probing/statistics/statistics.test.ts.

    python3 tests/oracles/representationStatistics.py

Rows are z[n, d] = sin(1.3 n + 0.7 d) + 0.3 cos(0.9 n d) + 0.2 d, and a second view of them z + 0.05 sin(2.1 n − d). Everything
is written from the formulas of the papers, by singular value decompositions of the matrices themselves.
"""

import json

import numpy as np

N, D = 40, 6
n, d = np.arange(N)[:, None], np.arange(D)[None, :]
z = np.sin(1.3 * n + 0.7 * d) + 0.3 * np.cos(0.9 * n * d) + 0.2 * d
view = z + 0.05 * np.sin(2.1 * n - d)


def entropy_rank(x: np.ndarray, epsilon: float) -> float:
    p = x / x.sum() + epsilon
    return float(np.exp(-(p * np.log(p)).sum()))


def lidar(views: np.ndarray) -> float:
    """views: [samples, views, dimensions]."""
    samples, count, dimensions = views.shape
    means = views.mean(1)
    between = np.cov(means.T, ddof=1)
    within = np.zeros((dimensions, dimensions))
    for sample in views:
        within += np.cov(sample.T, ddof=1) / samples
    values, vectors = np.linalg.eigh(within + 1e-4 * np.eye(dimensions))
    root = vectors @ np.diag(values**-0.5) @ vectors.T
    return entropy_rank(np.abs(np.linalg.eigvalsh(root @ between @ root)), 1e-8)


def unit(x: np.ndarray) -> np.ndarray:
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def uniformity(x: np.ndarray) -> float:
    u = unit(x)
    squares = [((u[i] - u[j]) ** 2).sum() for i in range(N) for j in range(i)]
    return float(np.log(np.mean(np.exp(-2 * np.array(squares)))))


centred = z - z.mean(0)
eigenvalues = np.linalg.svd(centred, compute_uv=False) ** 2
u, singular, _ = np.linalg.svd(z, full_matrices=False)
bins, _ = np.histogram(z[:, 2], bins=32, range=(z.min(), z.max()))
print(
    json.dumps(
        {
            "numpy": np.__version__,
            "effectiveRank": entropy_rank(np.sqrt(eigenvalues), 1e-7),
            "effectiveRankUncentred": entropy_rank(singular, 1e-7),
            "participationRatio": float(eigenvalues.sum() ** 2 / (eigenvalues**2).sum()),
            "neSum": float(eigenvalues.sum() / eigenvalues[0]),
            "stableRank": float((z**2).sum() / singular[0] ** 2),
            "alphaReQ": -float(np.polyfit(np.log(np.arange(1, D + 1)), np.log(eigenvalues), 1)[0]),
            "coherence": float((u**2).sum(1).max() * N / D),
            "lidar": lidar(np.stack([z, view], 1)),
            "alignment": float(((unit(z) - unit(view)) ** 2).sum(1).mean()),
            "uniformity": (uniformity(z) + uniformity(view)) / 2,
            "correlation": np.corrcoef(z.T)[1].tolist(),
            "histogram": bins.tolist(),
        },
        indent=1,
    )
)
