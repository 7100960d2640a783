/**
 * Gibbs–Boltzmann probabilities of the cells of a grid: e^(−βF)/Σ e^(−βF), the sum over all cells, or for a surface F(x, y)
 * over those of the same column, which gives p(y|x). `rows × columns`; cells where F is not finite have none.
 */
export function gibbsDensity(
  values: Float32Array,
  columns: number,
  beta: number,
  isConditional: boolean,
): Float32Array {
  const density = new Float32Array(values.length);
  const stride = isConditional ? columns : 1;
  for (let start = 0; start < stride; start++) {
    let least = Infinity;
    for (let at = start; at < values.length; at += stride) {
      const value = values[at] ?? NaN;
      if (value < least) least = value;
    }
    let sum = 0;
    for (let at = start; at < values.length; at += stride) {
      // The least energy is taken off first: e^(−βF) alone may be 0 or infinite.
      const factor = Math.exp(-beta * ((values[at] ?? NaN) - least));
      density[at] = Number.isFinite(factor) ? factor : 0;
      sum += density[at] ?? 0;
    }
    for (let at = start; at < values.length; at += stride) {
      density[at] = sum > 0 ? (density[at] ?? 0) / sum : 0;
    }
  }
  return density;
}
