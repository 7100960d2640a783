/** All 2ⁿ states of n bits, in the order of the binary numbers: the first bit counts most. */
export function binaryStates(units: number): number[][] {
  return Array.from({ length: 2 ** units }, (_, state) =>
    Array.from({ length: units }, (_, unit) => (state >> (units - 1 - unit)) & 1),
  );
}

/** P(s) = e^(−βE(s)) / Σ e^(−βE), over all states in the order of `binaryStates`. */
export function gibbsDistribution(
  energy: (state: readonly number[]) => number,
  units: number,
  beta = 1,
): number[] {
  const exponents = binaryStates(units).map((state) => -beta * energy(state));
  const largest = Math.max(...exponents);
  const weights = exponents.map((exponent) => Math.exp(exponent - largest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** Of the first `kept` units: a distribution over 2^kept states. */
export function marginalOfFirst(distribution: readonly number[], kept: number): number[] {
  const each = distribution.length / 2 ** kept;
  return Array.from({ length: 2 ** kept }, (_, state) =>
    distribution.slice(state * each, (state + 1) * each).reduce((a, b) => a + b, 0),
  );
}

/** Σ p log(p/q) in nats; infinite where q has no room for p. */
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  return p.reduce(
    (sum, probability, i) =>
      probability === 0 ? sum : sum + probability * Math.log(probability / (q[i] ?? 0)),
    0,
  );
}

/**
 * The energy of a Boltzmann machine over all its units, visible ones first, without a ½ (Dawid & LeCun 2023, Eq. 8):
 * E(s) = −Σ_i Σ_j W_ij s_i s_j − Σ_i b_i s_i, W `[n][n]`.
 */
export function boltzmannEnergy(
  weights: readonly (readonly number[])[],
  biases: readonly number[],
): (state: readonly number[]) => number {
  return (state) => {
    let energy = 0;
    state.forEach((unit, i) => {
      energy -= unit * (biases[i] ?? 0);
      state.forEach((other, j) => (energy -= unit * other * (weights[i]?.[j] ?? 0)));
    });
    return energy;
  };
}
