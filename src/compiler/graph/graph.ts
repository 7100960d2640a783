import type { DocumentEdge } from '../../document/schema';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import type { Ports, TensorType } from '../../graph/ports';

/** One end of an edge: an output or input port of a node. */
export interface PortReference {
  readonly nodeId: string;
  readonly port: string;
}

/** `nodeId.port`: how ports are named in maps, metrics and on the command line. */
export type PortKey = `${string}.${string}`;

export function portKey(nodeId: string, port: string): PortKey {
  return `${nodeId}.${port}`;
}

/** A document node joined with its definition: parameters parsed, edges resolved. */
export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly definition: NodeDefinition;
  /** Complete: defaults filled in. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly ports: Ports;
  /** Input port → the outputs that feed it, in order. */
  readonly inputs: ReadonlyMap<string, readonly PortReference[]>;
}

/**
 * The elaborated graph: only nodes and edges without structural errors, in topological order.
 * Bypassed nodes are gone: their consumers read what they were fed with.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly byId: ReadonlyMap<string, GraphNode>;
  readonly edges: readonly DocumentEdge[];
  /** Outputs → who reads them. */
  readonly consumers: ReadonlyMap<PortKey, readonly PortReference[]>;
}

/** Types of all tensor outputs that could be inferred. */
export type PortTypes = ReadonlyMap<PortKey, TensorType>;
