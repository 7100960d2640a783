import { defined } from '../../src/core/invariant';
import type { HostArrays } from '../../src/engine/engine';

/** A layer of a multi-layer perceptron: weight `[inputs, outputs]`, row-major, and bias `[outputs]`. */
export interface Layer {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/** F(y): a multi-layer perceptron with SiLU between its layers and one output, in float64, with its gradient by y by hand. */
export class EnergyNetwork {
  constructor(private readonly layers: readonly Layer[]) {}

  /** The trained weights of an energy network that takes y alone. */
  static of(state: HostArrays, nodeId: string): EnergyNetwork {
    const layers: Layer[] = [];
    for (let index = 0; state.has(`${nodeId}.${index}.weight`); index++) {
      const array = (name: string) =>
        Float64Array.from(defined(state.get(`${nodeId}.${index}.${name}`), name));
      layers.push({ weight: array('weight'), bias: array('bias') });
    }
    return new EnergyNetwork(layers);
  }

  energy(y: ArrayLike<number>): number {
    return this.forward(y).at(-1)?.[0] ?? NaN;
  }

  /** ∂F/∂y. */
  slope(y: ArrayLike<number>): Float64Array {
    const sums = this.forward(y);
    let back = Float64Array.of(1);
    for (let index = this.layers.length - 1; index >= 0; index--) {
      const { weight } = defined(this.layers[index], 'layer');
      const below = sums[index - 1];
      const next = new Float64Array(weight.length / back.length);
      for (let input = 0; input < next.length; input++) {
        let sum = 0;
        for (let output = 0; output < back.length; output++) {
          sum += (weight[input * back.length + output] ?? NaN) * (back[output] ?? NaN);
        }
        next[input] = below ? sum * siluSlope(below[input] ?? NaN) : sum;
      }
      back = next;
    }
    return back;
  }

  /** What each layer gives before its activation. */
  private forward(y: ArrayLike<number>): Float64Array[] {
    const sums: Float64Array[] = [];
    let values = y;
    for (const { weight, bias } of this.layers) {
      const sum = Float64Array.from(bias);
      for (let input = 0; input < values.length; input++) {
        const value = values[input] ?? NaN;
        for (let output = 0; output < sum.length; output++) {
          sum[output] = (sum[output] ?? NaN) + value * (weight[input * sum.length + output] ?? NaN);
        }
      }
      sums.push(sum);
      values = sum.map((u) => u * sigmoid(u));
    }
    return sums;
  }
}

function sigmoid(u: number): number {
  return 1 / (1 + Math.exp(-u));
}

function siluSlope(u: number): number {
  const part = sigmoid(u);
  return part * (1 + u * (1 - part));
}
