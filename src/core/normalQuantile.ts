/**
 * Quantile of the standard normal distribution, for drawing normals from uniforms.
 * Source: Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37
 * (1988), routine PPND7: relative error about 1e-7. Its far-tail branch (p < 1.4e-11) is left out, because
 * our uniforms have 24 bits.
 */
export const NORMAL_QUANTILE = {
  /** |p − ½| up to which the central rational function is used. */
  split: 0.425,
  /** q · A(r)/B(r) with r = centre − q², q = p − ½; coefficients from the constant term on. */
  centre: 0.180625,
  centralNumerator: [3.3871327179, 50.434271938, 159.29113202, 59.10937472],
  centralDenominator: [1, 17.895169469, 78.757757664, 67.1875636],
  /** ± C(r)/D(r) with r = √(−ln min(p, 1−p)) − tail. */
  tail: 1.6,
  tailNumerator: [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103],
  tailDenominator: [1, 0.7370016425, 0.12021132975],
} as const;

/** Half a step of the 24-bit grid of uniforms. */
const HALF_STEP = 2 ** -25;

/**
 * What takes a uniform u on the 24-bit grid of [0, 1) to q = p − ½, where p is the middle of u's grid cell:
 * q = u − UNIFORM_CENTRE. Exact in float32, symmetric about 0, and never ±½, where the quantile is infinite.
 */
export const UNIFORM_CENTRE = 0.5 - HALF_STEP;

/** Standard normal from a uniform u on the 24-bit grid of [0, 1). */
export function normalFromUniform(u: number): number {
  const q = u - UNIFORM_CENTRE;
  const { split, centre, tail } = NORMAL_QUANTILE;
  if (Math.abs(q) <= split) {
    const r = centre - q * q;
    return (
      (q * polynomial(NORMAL_QUANTILE.centralNumerator, r)) /
      polynomial(NORMAL_QUANTILE.centralDenominator, r)
    );
  }
  const r = Math.sqrt(-Math.log(0.5 - Math.abs(q))) - tail;
  return (
    (Math.sign(q) * polynomial(NORMAL_QUANTILE.tailNumerator, r)) /
    polynomial(NORMAL_QUANTILE.tailDenominator, r)
  );
}

/** Horner's rule; coefficients from the constant term on. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
