import { describe, expect, it } from 'vitest';
import { moduleMlp } from './definition';
import { ACTIVATIONS, type Activation } from '../../shared/activation';
import { runOutput } from '../../shared/testing/runNode';
import { tensor } from '../../shared/testing/tensor';

/** At −2, 0 and 1; GELU by the tabulated Φ(−2) = 0.0227501319 and Φ(1) = 0.8413447461. */
const EXPECTED: Readonly<Record<Activation, readonly [number, number, number]>> = {
  none: [-2, 0, 1],
  relu: [0, 0, 1],
  leakyRelu: [-0.02, 0, 1],
  gelu: [-2 * 0.0227501319, 0, 0.8413447461],
  silu: [-2 / (1 + Math.exp(2)), 0, 1 / (1 + Math.exp(-1))],
  tanh: [Math.tanh(-2), 0, Math.tanh(1)],
  sigmoid: [1 / (1 + Math.exp(2)), 0.5, 1 / (1 + Math.exp(-1))],
  softplus: [Math.log(1 + Math.exp(-2)), Math.log(2), Math.log(1 + Math.E)],
};

describe('activations', () => {
  it.each(ACTIVATIONS)('%s', async (activation) => {
    const out = await runOutput(moduleMlp, 'out', {
      inputs: { in: tensor([[-2], [0], [1]]) },
      params: { widths: [], width: 1, outputActivation: activation },
      weights: { '0.weight': [1], '0.bias': [0] },
    });
    out.forEach((value, index) => expect(value).toBeCloseTo(EXPECTED[activation][index] ?? NaN, 6));
    expect(out).toHaveLength(3);
  });
});
