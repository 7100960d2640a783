import * as tf from '@tensorflow/tfjs-core';
import { VICREG } from '../workloads/workload';

/** A data array or a weight by its name. */
export type Lookup = <T extends tf.Tensor = tf.Tensor2D>(name: string) => T;

export function linear(
  x: tf.Tensor2D,
  name: string,
  get: Lookup,
  activation: 'linear' | 'relu' = 'linear',
): tf.Tensor2D {
  const product = tf.fused.matMul({
    a: x,
    b: get(`${name}/w`),
    bias: get<tf.Tensor1D>(`${name}/b`),
    activation,
  });
  return product as tf.Tensor2D;
}

export function varianceHinge(z: tf.Tensor2D): tf.Tensor {
  const variance = tf.mul(tf.moments(z, 0).variance, z.shape[0] / (z.shape[0] - 1));
  return tf.mean(tf.relu(tf.sub(1, tf.sqrt(tf.add(variance, VICREG.epsilon)))));
}

export function covariance(z: tf.Tensor2D): tf.Tensor {
  const [rows, width] = z.shape;
  const centred = tf.sub(z, tf.mean(z, 0, true));
  const c = tf.div(tf.matMul(centred, centred, true, false), rows - 1);
  const offDiagonal = tf.mul(c, tf.sub(1, tf.eye(width)));
  return tf.div(tf.sum(tf.square(offDiagonal)), width);
}
