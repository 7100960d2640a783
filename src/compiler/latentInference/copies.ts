import { defined } from '../../core/invariant';
import type { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import { portKey, type Graph, type PortKey } from '../graph/graph';
import { valueInputs } from '../graph/topology';
import type { Evaluation } from '../lowering/lower';

/** `[B, …]` to `[B·copies, …]`: each row `copies` times in a row. */
export function repeatRows(builder: Builder, value: Value, copies: number): Value {
  if (copies === 1) return value;
  const [rows = 1, ...rest] = value.shape;
  const spread = builder.broadcast(
    value,
    [rows, copies, ...rest],
    [0, ...rest.map((_, axis) => axis + 2)],
  );
  return builder.reshape(spread, [rows * copies, ...rest]);
}

/**
 * What the nodes of a cone read from outside of it, each row `copies` times, so that the cone can be evaluated on that many
 * points a sample without its nodes knowing.
 */
export function repeatBoundary(
  builder: Builder,
  graph: Graph,
  cone: ReadonlySet<string>,
  outside: Evaluation,
  copies: number,
): Map<PortKey, Value> {
  const repeated = new Map<PortKey, Value>();
  for (const id of cone) {
    const node = defined(graph.byId.get(id), 'node of a cone');
    for (const source of valueInputs(node)) {
      const key = portKey(source.nodeId, source.port);
      if (cone.has(source.nodeId) || repeated.has(key)) continue;
      const { ports } = defined(graph.byId.get(source.nodeId), 'source of a node');
      const type = ports.outputs.find(({ name }) => name === source.port)?.type;
      if (type !== 'tensor' && type !== 'energy') continue;
      repeated.set(key, repeatRows(builder, outside.output(source), copies));
    }
  }
  return repeated;
}
