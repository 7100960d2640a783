import type { Analysis } from '../../compiler/analysis/analysis';
import type { Diagnostic } from '../../core/diagnostic';
import type { PortReference } from '../../compiler/graph/graph';
import type { Edit } from '../../document/commands/edit';
import { connect, newEdge } from '../../document/commands/edgeCommands';
import type { BasinDocument, DocumentNode } from '../../document/schema';
import type { InputPort, OutputPort, PortType } from '../../graph/ports';
import type { Registry } from '../../graph/registry';
import { documentPorts, nodeLabel } from '../model/documentNode';

/** A link from an output to an input. */
export interface Link {
  readonly from: PortReference;
  readonly to: PortReference;
}

export interface ConnectionContext {
  readonly document: BasinDocument;
  readonly registry: Registry;
  /** Of `document`. */
  readonly analysis: Analysis;
  /** The analysis after an edit. Without it shapes are not checked: enough for lighting up ports. */
  readonly preview?: (edit: Edit) => Analysis;
}

export type RefusalReason =
  /** A port or node that does not exist. */
  | 'unknown'
  | 'self'
  | 'type'
  /** The same two ports are connected already. */
  | 'duplicate'
  | 'cycle'
  /** Another edge enters an input that takes one: it can be replaced. */
  | 'taken'
  /** The node cannot work with this shape. */
  | 'shape';

export type ConnectionVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: RefusalReason; readonly message: string };

const ALLOWED: ConnectionVerdict = { ok: true };

/** Whether the link may be made (docs/semantics.md §1), and if not, why, in the user's words. Pure. */
export function canConnect(
  context: ConnectionContext,
  { from, to }: Link,
  { replace = false }: { replace?: boolean } = {},
): ConnectionVerdict {
  const { document, registry } = context;
  const source = document.nodes.find(({ id }) => id === from.nodeId);
  const target = document.nodes.find(({ id }) => id === to.nodeId);
  const output = source && findPort(documentPorts(registry, source).outputs, from.port);
  const input = target && findPort(documentPorts(registry, target).inputs, to.port);
  if (!source || !target || !output || !input)
    return refuse('unknown', 'That port does not exist.');

  const name = (node: DocumentNode): string => `“${nodeLabel(registry, node)}”`;
  if (source === target) return refuse('self', `${name(source)} cannot be connected to itself.`);
  if (output.type !== input.type) {
    return refuse(
      'type',
      `“${input.name}” of ${name(target)} takes ${describeType(input.type)}; “${output.name}” of ${name(source)} gives ${describeType(output.type)}.`,
    );
  }
  const entering = document.edges.filter(
    (edge) => edge.target === to.nodeId && edge.targetPort === to.port,
  );
  if (entering.some((edge) => edge.source === from.nodeId && edge.sourcePort === from.port)) {
    return refuse('duplicate', 'These two ports are connected already.');
  }
  if (closesCycle(context, from.nodeId, to, input.type, replace)) {
    return refuse(
      'cycle',
      `${name(target)} already leads to ${name(source)}: the connection would close a cycle.`,
    );
  }
  if (entering.length > 0 && input.variadic !== true && !replace) {
    return refuse(
      'taken',
      `“${input.name}” of ${name(target)} is connected already and takes one edge.`,
    );
  }
  return checkShapes(context, { from, to }, replace);
}

function refuse(reason: RefusalReason, message: string): ConnectionVerdict {
  return { ok: false, reason, message };
}

function findPort<P extends InputPort | OutputPort>(ports: readonly P[], name: string) {
  return ports.find((port) => port.name === name);
}

/** With its article: `an energy`. */
export function describeType(type: PortType): string {
  switch (type) {
    case 'energy':
      return 'an energy';
    case 'weights':
      return 'weights';
    case 'negative':
      return 'negatives';
    case 'tensor':
    case 'loss':
      return `a ${type}`;
  }
}

/** Value edges must have no cycle among themselves, and neither must weight links. */
function closesCycle(
  { document, registry }: ConnectionContext,
  source: string,
  to: PortReference,
  type: PortType,
  replace: boolean,
): boolean {
  const byId = new Map(document.nodes.map((node) => [node.id, node]));
  const edges = document.edges.filter((edge) => {
    if (replace && edge.target === to.nodeId && edge.targetPort === to.port) return false;
    const node = byId.get(edge.target);
    const input = node && findPort(documentPorts(registry, node).inputs, edge.targetPort);
    return (input?.type === 'weights') === (type === 'weights');
  });
  return isReachable(edges, to.nodeId, source);
}

type Arrow = { readonly source: string; readonly target: string };

function isReachable(edges: readonly Arrow[], start: string, goal: string): boolean {
  const targets = new Map<string, string[]>();
  for (const { source, target } of edges) {
    const list = targets.get(source);
    if (list) list.push(target);
    else targets.set(source, [target]);
  }
  const seen = new Set([start]);
  // A set hands out what is added while it is walked.
  for (const id of seen) for (const target of targets.get(id) ?? []) seen.add(target);
  return seen.has(goal);
}

/** Faults that the link would bring to its target, and that were not there before. */
function checkShapes(context: ConnectionContext, link: Link, replace: boolean): ConnectionVerdict {
  const { analysis, preview } = context;
  if (preview === undefined) return ALLOWED;
  const fault = preview(linkEdit(context.document, link, replace)).diagnostics.find(
    isNewPortFault(analysis, link.to.nodeId),
  );
  return fault === undefined ? ALLOWED : refuse('shape', fault.message);
}

/** Tells faults of what comes into a node from others, and from those that were there before. */
export function isNewPortFault(
  before: Analysis,
  node: string,
): (diagnostic: Diagnostic) => boolean {
  const known = new Set(before.diagnostics.map(({ message }) => message));
  return ({ code, severity, nodeId, message }) =>
    severity === 'error' &&
    nodeId === node &&
    (code.startsWith('shape.') || code === 'weights.mismatch' || code === 'data.mismatch') &&
    !known.has(message);
}

/** The edit that makes a link. */
export function linkEdit(document: BasinDocument, { from, to }: Link, replace = false): Edit {
  const edge = newEdge(document, {
    source: from.nodeId,
    sourcePort: from.port,
    target: to.nodeId,
    targetPort: to.port,
  });
  return connect(edge, { replace });
}
