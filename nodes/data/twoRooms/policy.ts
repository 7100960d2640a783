import type { RandomStream } from '../../../src/core/random';

/**
 * A draw from the von Mises distribution around 0, the normal distribution of angles: density ∝ e^{κ cos θ}, in (−π, π]. By
 * rejection from a wrapped Cauchy distribution.
 * Source: Best and Fisher 1979, Efficient simulation of the von Mises distribution.
 */
export function drawVonMises(random: RandomStream, concentration: number): number {
  if (concentration < 1e-6) return Math.PI * (2 * random.uniform() - 1);
  const tau = 1 + Math.sqrt(1 + 4 * concentration ** 2);
  const rho = (tau - Math.sqrt(2 * tau)) / (2 * concentration);
  const r = (1 + rho ** 2) / (2 * rho);
  for (;;) {
    const z = Math.cos(Math.PI * random.uniform());
    const f = (1 + r * z) / (r + z);
    const c = concentration * (r - f);
    const u = 1 - random.uniform();
    const isTaken = c * (2 - c) > u || Math.log(c / u) + 1 >= c;
    const side = random.uniform() < 0.5 ? -1 : 1;
    if (isTaken) return side * Math.acos(Math.min(1, Math.max(-1, f)));
  }
}

/** Deviations to either side at which lengths are cut. */
const CUT = 2;

/** A normal draw, again until it is within two deviations of the mean. */
export function drawLength(random: RandomStream, mean: number, deviation: number): number {
  for (;;) {
    const normal = random.normal();
    if (Math.abs(normal) <= CUT) return mean + deviation * normal;
  }
}
