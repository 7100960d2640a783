import type { Diagnostic } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import type { InferContext, Inputs } from '../../graph/nodeDefinition';
import { formatTensorType, sampleSize, type TensorType } from '../../graph/ports';
import { nodeName } from './elaborate';
import { portKey, type Graph, type GraphNode, type PortKey, type PortTypes } from './graph';

/** Largest tensor of one step, in numbers: 2²⁶ floats are 256 MiB. */
export const MAX_TENSOR_SIZE = 2 ** 26;

export interface InferredTypes {
  readonly types: PortTypes;
  readonly diagnostics: readonly Diagnostic[];
}

/** Infers the type of every tensor output, in topological order. What cannot be known stays out, silently. */
export function inferTypes(graph: Graph, batchSize: number): InferredTypes {
  const types = new Map<PortKey, TensorType>();
  const diagnostics: Diagnostic[] = [];
  for (const node of graph.nodes) {
    const context = inferContext(node, types);
    if (context === 'incomplete') continue;
    if ('code' in context) {
      diagnostics.push(context);
      continue;
    }
    const result = node.definition.infer(context.inner);
    if (!result.ok) {
      const { code, message, portId, hint } = result.problem;
      diagnostics.push({
        code,
        severity: 'error',
        nodeId: node.id,
        message: `${nodeName(node)}: ${message}`,
        ...(portId ? { portId } : {}),
        ...(hint ? { hint } : {}),
      });
      continue;
    }
    for (const port of node.ports.outputs) {
      if (port.type !== 'tensor') continue;
      const inner = defined(
        result.outputs[port.name],
        `type of ${node.definition.kind}.${port.name}`,
      );
      const type = context.time === null ? inner : { ...inner, time: context.time };
      if (sampleSize(type) * batchSize > MAX_TENSOR_SIZE) {
        diagnostics.push({
          code: 'shape.too-large',
          severity: 'error',
          nodeId: node.id,
          portId: port.name,
          message: `${nodeName(node)}: “${port.name}” would be a batch of ${batchSize} × ${formatTensorType(type)}, more than ${MAX_TENSOR_SIZE} numbers.`,
          hint: 'Take a smaller batch or shape.',
        });
        continue;
      }
      types.set(portKey(node.id, port.name), type);
    }
  }
  return { types, diagnostics };
}

export interface NodeInference {
  /** What the definition sees; without time for `fold` nodes. */
  readonly inner: InferContext<Record<string, unknown>>;
  /** The time axis that was folded away, to be put back on the outputs. */
  readonly time: number | null;
}

/** The inference context of a node, `incomplete` while an input is missing or unknown, or a clash of time axes. */
export function inferContext(
  node: GraphNode,
  types: PortTypes,
): NodeInference | Diagnostic | 'incomplete' {
  const known = new Map<string, TensorType[]>();
  for (const port of node.ports.inputs) {
    if (port.type === 'weights') continue;
    const sources = node.inputs.get(port.name) ?? [];
    if (sources.length === 0 && !port.optional) return 'incomplete';
    if (port.type !== 'tensor') continue;
    const list: TensorType[] = [];
    for (const source of sources) {
      const type = types.get(portKey(source.nodeId, source.port));
      if (!type) return 'incomplete';
      list.push(type);
    }
    known.set(port.name, list);
  }
  const params = node.params;
  if (node.definition.time === 'aware') {
    return { inner: { params, inputs: makeInputs(known) }, time: null };
  }
  const times = new Set(
    [...known.values()].flat().flatMap(({ time }) => (time === null ? [] : [time])),
  );
  const [time = null] = times;
  if (times.size > 1) {
    return {
      code: 'shape.mismatch',
      severity: 'error',
      nodeId: node.id,
      message: `${nodeName(node)}: its inputs have different numbers of time steps (${[...times].join(' and ')}).`,
      hint: 'Cut them to one length with a slice over time.',
    };
  }
  const folded = new Map(
    [...known].map(([name, list]) => [name, list.map(({ shape }) => ({ time: null, shape }))]),
  );
  return { inner: { params, inputs: makeInputs(folded) }, time };
}

/** Access to a map of lists as the node contract has it. */
export function makeInputs<T>(lists: ReadonlyMap<string, readonly T[]>): Inputs<T> {
  return {
    one: (port) => defined(lists.get(port)?.[0], `input ${port}`),
    maybe: (port) => lists.get(port)?.[0] ?? null,
    all: (port) => lists.get(port) ?? [],
  };
}
