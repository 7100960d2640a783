/** Couplings W `[n][n]` of n units that are −1 or 1. */
export type Couplings = readonly (readonly number[])[];

/** Hebb's rule: W = Σ y yᵀ/n over the patterns, zero on the diagonal (Hopfield 1982). */
export function hebbianCouplings(patterns: readonly (readonly number[])[]): number[][] {
  const units = patterns[0]?.length ?? 0;
  return Array.from({ length: units }, (_, i) =>
    Array.from({ length: units }, (__, j) =>
      i === j ? 0 : patterns.reduce((sum, y) => sum + at(y, i) * at(y, j), 0) / units,
    ),
  );
}

/** E(y) = −½ yᵀWy. */
export function hopfieldEnergy(couplings: Couplings, y: readonly number[]): number {
  return y.reduce((sum, unit, i) => sum - 0.5 * unit * field(couplings, y, i), 0);
}

/**
 * The states that a network passes through from `start`, that one first: unit after unit takes the sign of its field, round after
 * round, until a round changes none. A unit without a field stays as it is.
 */
export function recall(couplings: Couplings, start: readonly number[]): number[][] {
  const states = [[...start]];
  let y = [...start];
  for (let before = -1; before !== states.length;) {
    before = states.length;
    y.forEach((_, i) => {
      const sign = Math.sign(field(couplings, y, i));
      if (sign === 0 || sign === y[i]) return;
      y = y.with(i, sign);
      states.push(y);
    });
  }
  return states;
}

/** Σ_j W_ij y_j. */
function field(couplings: Couplings, y: readonly number[], i: number): number {
  return (couplings[i] ?? []).reduce((sum, coupling, j) => sum + coupling * at(y, j), 0);
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? NaN;
}
