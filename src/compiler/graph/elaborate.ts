import type { Diagnostic } from '../../core/diagnostic';
import type { BasinDocument, DocumentEdge, DocumentNode } from '../../document/schema';
import type { InputPort, OutputPort } from '../../graph/ports';
import type { Registry } from '../../graph/registry';
import { portKey, type Graph, type GraphNode, type PortKey, type PortReference } from './graph';
import { findCycle, topologicalOrder } from './topology';
import { unknownParameters } from './unknownParameters';

export interface Elaborated {
  readonly graph: Graph;
  readonly diagnostics: readonly Diagnostic[];
  /** Nodes that the document has and the graph lacks because they are at fault. */
  readonly broken: ReadonlySet<string>;
}

interface Candidate {
  readonly node: DocumentNode;
  readonly definition: GraphNode['definition'];
  readonly params: GraphNode['params'];
  readonly ports: GraphNode['ports'];
}

/** How messages call a node. */
export function nodeName(node: { readonly label: string; readonly id: string }): string {
  return `“${node.label.trim() || node.id}”`;
}

/** Joins a document with the node definitions. Faults are collected; what is sound goes on. */
export function elaborate(document: BasinDocument, registry: Registry): Elaborated {
  const diagnostics: Diagnostic[] = [];
  const candidates = new Map<string, Candidate>();
  const broken = new Set<string>();
  for (const node of document.nodes) {
    const candidate = resolveNode(node, registry, diagnostics);
    if (candidate) candidates.set(node.id, candidate);
    else broken.add(node.id);
  }

  const sound = document.edges.filter((edge) => checkEdge(edge, candidates, broken, diagnostics));
  const single = rejectCrowdedInputs(sound, candidates, diagnostics);
  const edges = reportCycles(single, candidates, diagnostics);
  const graph = buildGraph(candidates, edges);
  reportMissingInputs(document, graph, broken, diagnostics);
  if (graph.nodes.every(({ definition }) => definition.category === 'note') && broken.size === 0) {
    diagnostics.push({
      code: 'graph.empty',
      severity: 'error',
      message: 'The graph is empty.',
      hint: 'Drag a node from the palette, or load a template.',
    });
  }
  return { graph, diagnostics, broken };
}

function resolveNode(
  node: DocumentNode,
  registry: Registry,
  diagnostics: Diagnostic[],
): Candidate | null {
  const definition = registry.get(node.kind);
  if (!definition) {
    diagnostics.push({
      code: 'node.unknown-kind',
      severity: 'error',
      nodeId: node.id,
      message: `${nodeName(node)} is of the kind “${node.kind}”, which this version of Basin does not have.`,
      hint: 'Delete the node, or open the document in a version that has it.',
    });
    return null;
  }
  diagnostics.push(...unknownParameters(node, definition, nodeName(node)));
  const parsed = definition.params.safeParse(node.params);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const path = issue.path.map(String).join('.');
      diagnostics.push({
        code: 'node.bad-parameter',
        severity: 'error',
        nodeId: node.id,
        path: path ? `params.${path}` : 'params',
        message: `${nodeName(node)}: parameter “${path}” is not usable. ${issue.message.replace('received undefined', 'and it is missing')}.`,
      });
    }
    return null;
  }
  return { node, definition, params: parsed.data, ports: definition.ports(parsed.data) };
}

function inputPort(candidate: Candidate, name: string): InputPort | undefined {
  return candidate.ports.inputs.find((port) => port.name === name);
}

function outputPort(candidate: Candidate, name: string): OutputPort | undefined {
  return candidate.ports.outputs.find((port) => port.name === name);
}

function checkEdge(
  edge: DocumentEdge,
  candidates: ReadonlyMap<string, Candidate>,
  broken: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): boolean {
  // A broken end has its own message already.
  if (broken.has(edge.source) || broken.has(edge.target)) return false;
  const source = candidates.get(edge.source);
  const target = candidates.get(edge.target);
  const from = source && outputPort(source, edge.sourcePort);
  const to = target && inputPort(target, edge.targetPort);
  if (!source || !target || !from || !to) {
    const end =
      source && from
        ? `input “${edge.targetPort}” of ${target ? nodeName(target.node) : edge.target}`
        : `output “${edge.sourcePort}” of ${source ? nodeName(source.node) : edge.source}`;
    diagnostics.push({
      code: 'edge.unknown-port',
      severity: 'error',
      edgeId: edge.id,
      ...(target ? { nodeId: edge.target, portId: edge.targetPort } : {}),
      message: `An edge leads to the ${end}, which does not exist.`,
      hint: 'Delete the edge and connect another port.',
    });
    return false;
  }
  if (from.type !== to.type) {
    diagnostics.push({
      code: 'edge.type-mismatch',
      severity: 'error',
      edgeId: edge.id,
      nodeId: edge.target,
      portId: edge.targetPort,
      message: `${nodeName(target.node)} takes ${article(to.type)} at “${to.name}”; ${nodeName(source.node)} gives ${article(from.type)} at “${from.name}”.`,
    });
    return false;
  }
  return true;
}

function article(type: string): string {
  return type === 'energy' ? 'an energy' : type === 'weights' ? 'weights' : `a ${type}`;
}

function rejectCrowdedInputs(
  edges: readonly DocumentEdge[],
  candidates: ReadonlyMap<string, Candidate>,
  diagnostics: Diagnostic[],
): DocumentEdge[] {
  const taken = new Set<PortKey>();
  return edges.filter((edge) => {
    const target = candidates.get(edge.target);
    if (!target || inputPort(target, edge.targetPort)?.variadic) return true;
    const key = portKey(edge.target, edge.targetPort);
    if (!taken.has(key)) {
      taken.add(key);
      return true;
    }
    diagnostics.push({
      code: 'edge.too-many',
      severity: 'error',
      edgeId: edge.id,
      nodeId: edge.target,
      portId: edge.targetPort,
      message: `Input “${edge.targetPort}” of ${nodeName(target.node)} takes one edge and has several.`,
    });
    return false;
  });
}

/** Reports a cycle among value edges, or among weight links, and leaves its edges out. */
function reportCycles(
  edges: readonly DocumentEdge[],
  candidates: ReadonlyMap<string, Candidate>,
  diagnostics: Diagnostic[],
): DocumentEdge[] {
  const isWeights = (edge: DocumentEdge): boolean => {
    const target = candidates.get(edge.target);
    return target !== undefined && inputPort(target, edge.targetPort)?.type === 'weights';
  };
  const withoutCycles = (all: readonly DocumentEdge[], weights: boolean): DocumentEdge[] => {
    let rest = [...all];
    for (let cycle = findCycle(rest); cycle; cycle = findCycle(rest)) {
      const members = new Set(cycle);
      const names = cycle.flatMap((id) => {
        const candidate = candidates.get(id);
        return candidate ? [nodeName(candidate.node)] : [];
      });
      for (const nodeId of cycle) {
        diagnostics.push({
          code: weights ? 'weights.cycle' : 'graph.cycle',
          severity: 'error',
          nodeId,
          message: `${weights ? 'Weight links' : 'Edges'} form a cycle: ${names.join(' → ')}.`,
          hint: 'Delete one of its edges.',
        });
      }
      rest = rest.filter((edge) => !(members.has(edge.source) && members.has(edge.target)));
    }
    return rest;
  };
  return [
    ...withoutCycles(
      edges.filter((edge) => !isWeights(edge)),
      false,
    ),
    ...withoutCycles(edges.filter(isWeights), true),
  ];
}

function buildGraph(
  candidates: ReadonlyMap<string, Candidate>,
  edges: readonly DocumentEdge[],
): Graph {
  const incoming = new Map<PortKey, PortReference[]>();
  for (const edge of edges) {
    const key = portKey(edge.target, edge.targetPort);
    const list = incoming.get(key) ?? [];
    list.push({ nodeId: edge.source, port: edge.sourcePort });
    incoming.set(key, list);
  }

  /** Where a reference really reads from once bypassed nodes are taken out; null when nothing is left. */
  const throughBypass = (reference: PortReference): PortReference | null => {
    let current = reference;
    for (;;) {
      const candidate = candidates.get(current.nodeId);
      if (!candidate?.node.bypassed) return current;
      const output = outputPort(candidate, current.port);
      if (output?.type !== 'tensor' || output.lostInBypass) return null;
      const first = candidate.ports.inputs.find((port) => port.type === 'tensor');
      const [next] = first ? (incoming.get(portKey(current.nodeId, first.name)) ?? []) : [];
      if (!next) return null;
      current = next;
    }
  };

  const active = [...candidates.values()].filter(({ node }) => !node.bypassed);
  const consumers = new Map<PortKey, PortReference[]>();
  const nodes = active.map(({ node, definition, params, ports }): GraphNode => {
    const inputs = new Map<string, PortReference[]>();
    for (const port of ports.inputs) {
      const sources = (incoming.get(portKey(node.id, port.name)) ?? []).flatMap((reference) => {
        const source = throughBypass(reference);
        return source ? [source] : [];
      });
      if (sources.length === 0) continue;
      inputs.set(port.name, sources);
      for (const source of sources) {
        const key = portKey(source.nodeId, source.port);
        const list = consumers.get(key) ?? [];
        list.push({ nodeId: node.id, port: port.name });
        consumers.set(key, list);
      }
    }
    return { id: node.id, label: node.label.trim() || node.id, definition, params, ports, inputs };
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return { nodes: topologicalOrder(nodes), byId, edges, consumers };
}

function reportMissingInputs(
  document: BasinDocument,
  graph: Graph,
  broken: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): void {
  const fedByBroken = new Set(
    document.edges
      .filter((edge) => broken.has(edge.source))
      .map((edge) => portKey(edge.target, edge.targetPort)),
  );
  for (const node of graph.nodes) {
    for (const port of node.ports.inputs) {
      if (port.optional || node.inputs.has(port.name)) continue;
      if (fedByBroken.has(portKey(node.id, port.name))) continue;
      diagnostics.push({
        code: 'node.missing-input',
        severity: 'error',
        nodeId: node.id,
        portId: port.name,
        message: `Input “${port.name}” of ${nodeName(node)} is not connected.`,
        hint: `Connect ${article(port.type)} to it.`,
      });
    }
  }
}
