import type { GraphNode, PortReference } from '../graph/graph';

/** One of the two values that an energy takes. */
export interface Side {
  readonly port: string;
  /** Which of the values of its port, for ports that take several. */
  readonly index: number;
  readonly source: PortReference;
}

/** The two values that an energy takes, in the order of its ports, or null where it does not take two. */
export function pairedSides(energy: GraphNode): readonly [Side, Side] | null {
  const [a, b, ...more] = energy.ports.inputs
    .filter(({ type, optional }) => type === 'tensor' && !optional)
    .flatMap(({ name }) =>
      (energy.inputs.get(name) ?? []).map((source, index): Side => ({ port: name, index, source })),
    );
  return a && b && more.length === 0 ? [a, b] : null;
}

/** Whether an energy judges its values by weights of its own: it is low where these say, and not where two are equal. */
export function isLearnedEnergy({ definition }: GraphNode): boolean {
  return definition.weights !== undefined;
}

/** The two values that an energy compares, which is low where they are equal, or null where it compares none. */
export function comparedSides(energy: GraphNode): readonly [Side, Side] | null {
  return isLearnedEnergy(energy) ? null : pairedSides(energy);
}
