/**
 * Exponential moving average with the bias of its start removed, as TensorBoard smooths:
 *   mₜ = w·mₜ₋₁ + (1 − w)·xₜ,  ŷₜ = mₜ / (1 − wᵗ)
 *
 * @param values one value for each bucket of `stride` steps; values that are not finite pass through and are left out of the mean
 * @param weight w for one step, 0 ≤ w < 1; a bucket of several steps takes w^stride, so that the curve does not change
 *   when a long run is kept more coarsely
 */
export function smooth(values: Float64Array, weight: number, stride = 1): Float64Array {
  const keep = weight ** stride;
  const smoothed = new Float64Array(values.length);
  let mean = 0;
  let bias = 1;
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      smoothed[index] = value;
      return;
    }
    mean = keep * mean + (1 - keep) * value;
    bias *= keep;
    smoothed[index] = mean / (1 - bias);
  });
  return smoothed;
}
