import type { WeightSpec } from '../../../src/graph/nodeDefinition';
import { linearWeights, type LinearSpec } from '../../shared/linear';

/** One coupling layer: the features of one half are moved by functions of those of the other. */
export interface Coupling {
  /** Which half is moved: 0 has the features of even number, 1 those of odd number. */
  readonly moved: 0 | 1;
  /** From the other half to a log-scale and a shift for each feature of the moved one. */
  readonly network: readonly LinearSpec[];
}

/** Features of even and of odd number among `size`. */
export function halfSizes(size: number): readonly [number, number] {
  return [Math.ceil(size / 2), Math.floor(size / 2)];
}

/** The layers in order; they move the odd half first and then each half in turn. Weight names start `<layer>.<depth>.`. */
export function couplings(
  { layers, widths }: { readonly layers: number; readonly widths: readonly number[] },
  size: number,
): Coupling[] {
  const halves = halfSizes(size);
  return Array.from({ length: layers }, (_, layer) => {
    const moved = layer % 2 === 0 ? 1 : 0;
    const sizes = [halves[1 - moved] ?? 1, ...widths, 2 * (halves[moved] ?? 1)];
    const network = sizes.slice(1).map((outputs, depth) => ({
      prefix: `${layer}.${depth}.`,
      inputs: sizes[depth] ?? 1,
      outputs,
      bias: true,
    }));
    return { moved, network };
  });
}

/** Last layers start at zero, so that the flow starts as the identity (Kingma & Dhariwal 2018, §3.3). */
export function couplingWeights({ network }: Coupling): WeightSpec[] {
  return network.flatMap((layer, depth) =>
    linearWeights(layer).map((spec) =>
      depth === network.length - 1 ? { ...spec, initial: { kind: 'constant', value: 0 } } : spec,
    ),
  );
}
