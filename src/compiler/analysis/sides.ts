import type { GraphNode, PortReference } from '../graph/graph';

/** One of the two values that an energy compares. */
export interface Side {
  readonly port: string;
  readonly source: PortReference;
}

/** The two values that an energy compares, in the order of its ports, or null where it does not compare two. */
export function comparedSides(energy: GraphNode): readonly [Side, Side] | null {
  const [a, b, ...more] = energy.ports.inputs
    .filter(({ type, optional }) => type === 'tensor' && !optional)
    .flatMap(({ name }) =>
      (energy.inputs.get(name) ?? []).map((source): Side => ({ port: name, source })),
    );
  return a && b && more.length === 0 ? [a, b] : null;
}
