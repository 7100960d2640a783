import { Matrix, SVD } from 'ml-matrix';

/** A cloud of points: `points.length / dimensions` of them. */
export interface Cloud {
  readonly points: Float32Array;
  readonly dimensions: number;
  /** What each point is of, ascending: clouds are compared where they have the same. */
  readonly ids: Int32Array;
}

/**
 * The cloud turned, mirrored and moved, but not scaled, so that it lies as near as can be to another one: orthogonal Procrustes
 * (Schönemann 1966). With both clouds centred on the points that they share, A and B, and AᵀB = USVᵀ, R = UVᵀ has the least ‖AR − B‖.
 * As it is where they share nothing.
 */
export function aligned(cloud: Cloud, target: Cloud): Float32Array {
  const { dimensions, points } = cloud;
  if (target.dimensions !== dimensions) return points;
  const pairs = sharedPlaces(cloud.ids, target.ids);
  if (pairs.length === 0) return points;
  const from = meanOf(points, dimensions, pairs.map(([a]) => a)); // prettier-ignore
  const to = meanOf(target.points, dimensions, pairs.map(([, b]) => b)); // prettier-ignore
  const product = Matrix.zeros(dimensions, dimensions);
  for (const [a, b] of pairs) {
    for (let i = 0; i < dimensions; i++) {
      const left = (points[a * dimensions + i] ?? 0) - (from[i] ?? 0);
      for (let j = 0; j < dimensions; j++) {
        const right = (target.points[b * dimensions + j] ?? 0) - (to[j] ?? 0);
        product.set(i, j, product.get(i, j) + left * right);
      }
    }
  }
  const turn = nearestRotation(product);
  return points.map((_, at) => {
    const start = at - (at % dimensions);
    let place = to[at % dimensions] ?? 0;
    for (let i = 0; i < dimensions; i++) {
      place += ((points[start + i] ?? 0) - (from[i] ?? 0)) * turn.get(i, at % dimensions);
    }
    return place;
  });
}

/** UVᵀ of USVᵀ: where S has zeros, one of several; of nothing, the identity. */
function nearestRotation(product: Matrix): Matrix {
  if (product.norm() === 0) return Matrix.eye(product.rows);
  const { leftSingularVectors, rightSingularVectors } = new SVD(product);
  return leftSingularVectors.mmul(rightSingularVectors.transpose());
}

/** Places in both of what both have. */
function sharedPlaces(a: Int32Array, b: Int32Array): [number, number][] {
  const placeInB = new Map([...b].map((id, place) => [id, place]));
  return [...a].flatMap((id, place): [number, number][] => {
    const other = placeInB.get(id);
    return other === undefined ? [] : [[place, other]];
  });
}

function meanOf(points: Float32Array, dimensions: number, places: readonly number[]): number[] {
  return Array.from({ length: dimensions }, (_, i) => {
    const sum = places.reduce((all, place) => all + (points[place * dimensions + i] ?? 0), 0);
    return sum / places.length;
  });
}
