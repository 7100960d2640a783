/**
 * Exponential moving average with the bias of its start removed, as TensorBoard smooths:
 *   mₜ = w·mₜ₋₁ + (1 − w)·xₜ,  ŷₜ = mₜ / (1 − wᵗ)
 * which is ŷₜ = ŷₜ₋₁ + (1 − w)/(1 − wᵗ)·(xₜ − ŷₜ₋₁): in this form a constant stays exactly what it is.
 *
 * @param values one value for each bucket of `stride` steps; values that are not finite pass through and are left out of the mean
 * @param weight w for one step, 0 ≤ w < 1; a bucket of several steps takes w^stride, so that the curve does not change
 *   when a long run is kept more coarsely
 */
export function smooth(values: Float64Array, weight: number, stride = 1): Float64Array {
  if (weight === 0) return values.slice();
  const keep = weight ** stride;
  const smoothed = new Float64Array(values.length);
  let mean = 0;
  let bias = 1;
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      smoothed[index] = value;
      return;
    }
    bias *= keep;
    mean += ((1 - keep) / (1 - bias)) * (value - mean);
    smoothed[index] = mean;
  });
  return smoothed;
}
