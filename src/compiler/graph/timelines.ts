import { defined } from '../../core/invariant';
import { portKey, type Graph, type GraphNode, type PortKey, type PortTypes } from './graph';
import { inferContext } from './inferTypes';

/**
 * Port → the step of the data that each step of its value is about, from 0: the latest of those that it is made of, and of what is
 * predicted the one that it is a prediction of. One entry where the value has no time; ports that no sequence reaches are left out.
 */
export type Timelines = ReadonlyMap<PortKey, readonly number[]>;

/** `graph`: its nodes sources first. */
export function timelines(graph: Graph, types: PortTypes): Timelines {
  const found = new Map<PortKey, readonly number[]>();
  for (const node of graph.nodes) {
    for (const { name, type } of node.ports.outputs) {
      if (type === 'weights') continue;
      const line = timelineOf(node, name, types, found);
      if (line) found.set(portKey(node.id, name), line);
    }
  }
  return found;
}

function timelineOf(
  node: GraphNode,
  port: string,
  types: PortTypes,
  known: Timelines,
): readonly number[] | null {
  const { definition, params } = node;
  const own = types.get(portKey(node.id, port))?.time ?? null;
  if (definition.dataset?.(params)) return own === null ? null : steps(own);
  const context = inferContext(node, types);
  if (context === 'incomplete' || 'code' in context) return null;
  const inputs = node.ports.inputs
    .filter(({ type }) => type !== 'weights')
    .flatMap(({ name }) => node.inputs.get(name) ?? [])
    .flatMap((source) => {
      const line = known.get(portKey(source.nodeId, source.port));
      return line ? [line] : [];
    });
  if (inputs.length === 0) return null;
  if (definition.time === 'fold') return latest(inputs, context.time ?? 1);
  const [first = []] = inputs;
  const about =
    definition.about ??
    ((_: unknown, step: number): number => (own === null ? first.length - 1 : step));
  return steps(own ?? 1).map((step) => stepAt(first, about(context.inner, step)));
}

/** Of each step the latest of all inputs; those without time are the same at all. */
function latest(lines: readonly (readonly number[])[], time: number): number[] {
  const timed = lines.filter(({ length }) => length === time);
  const among = timed.length > 0 ? timed : lines;
  return steps(time).map((step) => Math.max(...among.map((line) => stepAt(line, step))));
}

/** A step beyond the end is as far from the last as that is from the one before. */
function stepAt(line: readonly number[], step: number): number {
  const known = line[step];
  if (known !== undefined) return known;
  const last = defined(line.at(-1), 'step');
  const stride = last - (line.at(-2) ?? last - 1);
  return last + stride * (step - line.length + 1);
}

function steps(count: number): number[] {
  return Array.from({ length: count }, (_, step) => step);
}
