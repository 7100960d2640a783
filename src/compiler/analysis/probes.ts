import type { Diagnostic } from '../../core/diagnostic';
import type { DatasetSpec } from '../../graph/nodeDefinition';
import { sampleSize, type TensorType } from '../../graph/ports';
import type { ProbeContract } from '../../graph/probe';
import { nodeName } from '../graph/elaborate';
import { inferContext } from '../graph/inferTypes';
import {
  portKey,
  type Graph,
  type GraphNode,
  type PortReference,
  type PortTypes,
} from '../graph/graph';
import { freePort, freeVariables } from '../graph/freeVariables';
import { downstream, upstream } from '../graph/topology';

/** What a probe predicts. */
export type ProbeTarget =
  | { readonly kind: 'classes'; readonly dataset: DatasetSpec; readonly count: number }
  | { readonly kind: 'numbers'; readonly source: PortReference; readonly count: number };

/** An observed column that a probe's input is computed from. */
export interface RawColumn {
  readonly source: PortReference;
  readonly type: TensorType;
}

/** A probe that can be asked: connected, and with something to predict if it predicts. */
export interface Probe {
  readonly node: GraphNode;
  readonly contract: ProbeContract<Record<string, unknown>>;
  readonly source: PortReference;
  /** Of one sample of what it reads. */
  readonly type: TensorType;
  /** Time steps of a sample, each of which is a row; null where a sample is one row. */
  readonly time: number | null;
  /** Numbers of a row. */
  readonly width: number;
  /** Null for one that does not predict. */
  readonly target: ProbeTarget | null;
  /** What its input was before anything was made of it; empty where that has no rows like those of the input. */
  readonly raw: readonly RawColumn[];
}

export interface ResolvedProbes {
  readonly probes: readonly Probe[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `model`: the graph without them. Probes that are not connected, or whose input has no type, are left out. */
export function resolveProbes(
  model: Graph,
  nodes: readonly GraphNode[],
  types: PortTypes,
): ResolvedProbes {
  const probes: Probe[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const node of nodes) {
    const { probe: contract } = node.definition;
    const [source] = node.inputs.get('in') ?? [];
    const type = source && types.get(portKey(source.nodeId, source.port));
    const context = inferContext(node, types);
    if (!contract || !source || !type || context === 'incomplete' || 'code' in context) continue;
    const { time } = context;
    const target = contract.predicts ? targetOf(model, node, source, types, time) : null;
    if (contract.predicts && target === null) {
      diagnostics.push(withoutTarget(node));
      continue;
    }
    const width = sampleSize({ ...type, time: null });
    const raw = contract.predicts ? rawColumns(model, source, types, time) : [];
    probes.push({ node, contract, source, type, time, width, target, raw });
  }
  return { probes, diagnostics };
}

/** What is connected, or the labels of the one labelled data set that the input is computed from. */
function targetOf(
  model: Graph,
  node: GraphNode,
  source: PortReference,
  types: PortTypes,
  time: number | null,
): ProbeTarget | null {
  const [given] = node.inputs.get('target') ?? [];
  if (given) {
    const type = types.get(portKey(given.nodeId, given.port));
    if (!type) return null;
    // A target with time gives a row a step; without one it is the same at every step.
    const count = sampleSize(time === null ? type : { ...type, time: null });
    return { kind: 'numbers', source: given, count };
  }
  const sets = new Map<string, DatasetSpec>();
  for (const { dataset } of dataAbove(model, source)) {
    if (dataset.classes !== undefined) sets.set(dataset.id, dataset);
  }
  const [dataset, ...more] = sets.values();
  if (dataset?.classes === undefined || more.length > 0) return null;
  return { kind: 'classes', dataset, count: dataset.classes };
}

/**
 * The observed columns above a port. Over time, those of as many steps are compared step by step, and those without time at
 * every step; columns of another length have no rows like the input's.
 */
function rawColumns(
  model: Graph,
  source: PortReference,
  types: PortTypes,
  time: number | null,
): RawColumn[] {
  const columns = dataAbove(model, source).flatMap(({ node, ports }) =>
    ports.flatMap((port): RawColumn[] => {
      const type = types.get(portKey(node.id, port));
      return type ? [{ source: { nodeId: node.id, port }, type }] : [];
    }),
  );
  const fit = columns.every(
    ({ type }) => time === null || type.time === null || type.time === time,
  );
  return fit ? columns : [];
}

/**
 * Data nodes above a port, with those of their ports that something on the way reads. A free variable comes from what its
 * energies read.
 */
function dataAbove(model: Graph, source: PortReference) {
  const direct = upstream(model, [source.nodeId]);
  const reading = freeVariables(model)
    .filter(({ id }) => direct.has(id))
    .flatMap((node) => [...downstream(model, { nodeId: node.id, port: freePort(node) })]);
  const above = upstream(model, [source.nodeId, ...reading]);
  return [...above].flatMap((id) => {
    const node = model.byId.get(id);
    const dataset = node?.definition.dataset?.(node.params);
    if (!node || !dataset) return [];
    const ports = node.ports.outputs
      .map(({ name }) => name)
      .filter(
        (name) =>
          (source.nodeId === id && source.port === name) ||
          (model.consumers.get(portKey(id, name)) ?? []).some(({ nodeId }) => above.has(nodeId)),
      );
    return [{ node, dataset, ports }];
  });
}

function withoutTarget(node: GraphNode): Diagnostic {
  return {
    code: 'probe.no-target',
    severity: 'warning',
    nodeId: node.id,
    portId: 'target',
    message: `${nodeName(node)} has nothing to predict: what it reads is not computed from one data set with labels.`,
    hint: 'Connect a target, such as a position, or read what is computed from labelled data.',
  };
}
