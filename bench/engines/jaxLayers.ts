import { nn, numpy as np } from '@jax-js/jax';
import { VICREG } from '../workloads/workload';

/** A data array or a weight by its name: a reference of its own each time, as jax-js counts them. */
export type Lookup = (name: string) => np.Array;

export type Named = { [name: string]: np.Array };

export function linear(x: np.Array, name: string, get: Lookup): np.Array {
  return np.dot(x, get(`${name}/w`)).add(get(`${name}/b`));
}

export function varianceHinge(z: np.Array): np.Array {
  const deviation = np.sqrt(np.var_(z, 0, { correction: 1 }).add(VICREG.epsilon));
  return nn.relu(np.subtract(1, deviation)).mean();
}

export function covariance(z: np.Array): np.Array {
  const [rows = 1, width = 1] = z.shape;
  const centred = z.ref.sub(z.mean(0, { keepdims: true }));
  const c = np.matmul(np.matrixTranspose(centred.ref), centred).mul(1 / (rows - 1));
  const offDiagonal = c.mul(np.subtract(1, np.eye(width)));
  return np
    .square(offDiagonal)
    .sum()
    .mul(1 / width);
}
