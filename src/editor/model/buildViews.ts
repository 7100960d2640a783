import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey } from '../../compiler/graph/graph';
import type { PortKey } from '../../compiler/graph/graph';
import { nodePictures, type NodePicture } from '../../compiler/programs/nodePictures';
import { gravestFirst } from '../../core/diagnostic';
import type { Diagnostic } from '../../core/diagnostic';
import type { BasinDocument, DocumentEdge, DocumentNode } from '../../document/schema';
import { hiddenBy } from '../../document/groupTree';
import type { InputPort, OutputPort, PortType } from '../../graph/ports';
import { formatTensorType } from '../../graph/ports';
import type { Registry } from '../../graph/registry';
import { resolveParameters } from '../parameters/resolveParameters';
import { documentPorts, kindTitle, nodeLabel } from './documentNode';
import { formatNumber } from '../../core/formatNumber';
import { boxViews } from './boxView';
import type { BoxView } from './boxView';
import { nodeGeometry } from './nodeGeometry';
import { isCircle, nodeOutline } from './nodeOutline';
import type { EdgeView, NodeView, PortView, Remark } from './nodeView';
import { relationsOf, stateLine, type Relations } from './stateLine';

export interface Views {
  /** All of them, those inside of collapsed groups too. */
  readonly nodes: ReadonlyMap<string, NodeView>;
  readonly edges: ReadonlyMap<string, EdgeView>;
  /** Of the collapsed groups that are drawn. */
  readonly boxes: ReadonlyMap<string, BoxView>;
  /** What is not drawn → the group whose box stands for it. */
  readonly hidden: ReadonlyMap<string, string>;
}

export const NO_VIEWS: Views = {
  nodes: new Map(),
  edges: new Map(),
  boxes: new Map(),
  hidden: new Map(),
};

/** What stands on the canvas for a node or group: itself, or the box that it is in. */
export function drawnAs({ hidden }: Views, id: string): string {
  return hidden.get(id) ?? id;
}

interface Context {
  readonly document: BasinDocument;
  readonly registry: Registry;
  readonly analysis: Analysis;
  /** `nodeId.port` of every connected port, inputs marked by a leading `>`. */
  readonly connected: ReadonlySet<string>;
  /** Input `nodeId.port` → the output that leads to it; the first, where several do. */
  readonly sources: ReadonlyMap<string, PortKey>;
  readonly remarks: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly relations: Relations;
  readonly pictures: ReadonlyMap<string, NodePicture>;
}

const NO_PICTURES: ReadonlyMap<string, NodePicture> = new Map();

interface Origin {
  readonly document: BasinDocument;
  readonly analysis: Analysis;
  readonly withPictures: boolean;
}

const origins = new WeakMap<Views, Origin>();

/**
 * What the canvas draws, with or without pictures on the nodes. A view that came out as before is the same object as before,
 * so that only what changed is drawn again.
 */
export function buildViews(
  document: BasinDocument,
  registry: Registry,
  analysis: Analysis,
  previous: Views,
  withPictures = true,
): Views {
  const origin = { document, analysis, withPictures };
  const before = origins.get(previous);
  if (before && sameFields(before, origin)) return previous;
  const context: Context = {
    document,
    registry,
    analysis,
    connected: new Set(
      document.edges.flatMap((edge) => [
        portKey(edge.source, edge.sourcePort),
        `>${portKey(edge.target, edge.targetPort)}`,
      ]),
    ),
    sources: new Map(
      document.edges
        .map(
          (edge) =>
            [portKey(edge.target, edge.targetPort), portKey(edge.source, edge.sourcePort)] as const,
        )
        .reverse(),
    ),
    remarks: groupByNode(analysis.diagnostics),
    relations: relationsOf(analysis),
    pictures: withPictures ? nodePictures(analysis) : NO_PICTURES,
  };
  const kept = unchanged(before, origin);
  const nodes = new Map(
    document.nodes.map((node) => {
      const old = previous.nodes.get(node.id);
      return [node.id, old && kept.has(node.id) ? old : reuse(old, nodeView(node, context))];
    }),
  );
  const documentNodes = new Map(document.nodes.map((node) => [node.id, node]));
  const edges =
    kept.size > 0 && kept.size === document.nodes.length
      ? previous.edges
      : new Map(
          document.edges.map((edge) => [
            edge.id,
            reuse(previous.edges.get(edge.id), edgeView(edge, documentNodes, context)),
          ]),
        );
  const boxes = new Map(
    [...boxViews(document, nodes, analysis)].map(([id, box]) => [
      id,
      reuse(previous.boxes.get(id), box),
    ]),
  );
  const views = { nodes, edges, boxes, hidden: hiddenBy(document) };
  origins.set(views, origin);
  return views;
}

/**
 * Which nodes have a view that is certain to be as before: with the same analysis and edges, all that matters is in the node
 * itself, and where it is does not.
 */
function unchanged(
  before: Origin | undefined,
  { document, analysis, withPictures }: Origin,
): ReadonlySet<string> {
  if (
    before?.analysis !== analysis ||
    before.withPictures !== withPictures ||
    before.document.edges !== document.edges
  ) {
    return new Set();
  }
  const old = before.document.nodes;
  return new Set(
    document.nodes
      .filter((node, index) => {
        const was = old[index];
        return was === node || (was !== undefined && sameFields(aside(was), aside(node)));
      })
      .map(({ id }) => id),
  );
}

function aside({ position: _, group: __, ...rest }: DocumentNode): object {
  return rest;
}

function sameFields(a: object, b: object): boolean {
  const fields = new Map<string, unknown>(Object.entries(b));
  const own: [string, unknown][] = Object.entries(a);
  return own.length === fields.size && own.every(([name, value]) => fields.get(name) === value);
}

const printed = new WeakMap<object, string>();

function reuse<T extends object>(old: T | undefined, fresh: T): T {
  const text = JSON.stringify(fresh);
  if (old !== undefined && printed.get(old) === text) return old;
  printed.set(fresh, text);
  return fresh;
}

function groupByNode(diagnostics: readonly Diagnostic[]): Map<string, Diagnostic[]> {
  const byNode = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.nodeId === undefined) continue;
    const list = byNode.get(diagnostic.nodeId);
    if (list) list.push(diagnostic);
    else byNode.set(diagnostic.nodeId, [diagnostic]);
  }
  return byNode;
}

function toRemark({ severity, message, hint, remedy }: Diagnostic): Remark {
  return {
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

function nodeView(node: DocumentNode, context: Context): NodeView {
  const { registry, analysis } = context;
  const definition = registry.get(node.kind);
  const params = definition ? resolveParameters(definition, node.params) : {};
  const ports = documentPorts(registry, node);
  const outline = nodeOutline(definition, params);
  // A bypassed node is not in the graph, and shows nothing.
  const picture = context.pictures.get(node.id) ?? null;
  const geometry = nodeGeometry(outline, ports, node.size, picture);
  const diagnostics = context.remarks.get(node.id) ?? [];
  const port = (direction: PortView['direction']) => (spec: InputPort | OutputPort) =>
    portView(node, spec, direction, geometry, diagnostics, context);
  const term = analysis.objective.find(({ nodeId }) => nodeId === node.id);
  const weight = params['weight'];
  return {
    id: node.id,
    category: definition?.category ?? 'op',
    icon: definition?.icon,
    outline,
    geometry,
    label: nodeLabel(registry, node),
    title: definition ? kindTitle(definition, node.params) : 'Unknown kind',
    symbol: isCircle(outline) ? variableSymbol(ports.outputs) : null,
    state: stateLine(node.id, ports.outputs, analysis, context.relations),
    weight: typeof weight === 'number' && term !== undefined ? formatNumber(weight) : null,
    ports: [...ports.inputs.map(port('input')), ...ports.outputs.map(port('output'))],
    remarks: gravestFirst(diagnostics).map(toRemark),
    bypassed: node.bypassed === true,
    picture,
    text: outline === 'paper' ? noteText(params) : null,
  };
}

function noteText(params: Readonly<Record<string, unknown>>): string {
  const text = Object.values(params).find((value) => typeof value === 'string');
  return typeof text === 'string' ? text : '';
}

function portView(
  node: DocumentNode,
  spec: InputPort | OutputPort,
  direction: PortView['direction'],
  geometry: NodeView['geometry'],
  diagnostics: readonly Diagnostic[],
  { analysis, connected, sources }: Context,
): PortView {
  const key = portKey(node.id, spec.name);
  const place = direction === 'input' ? geometry.inputs[spec.name] : geometry.outputs[spec.name];
  const fault = diagnostics.find(({ portId }) => portId === spec.name);
  const input = direction === 'input' ? (spec as InputPort) : null;
  const source = direction === 'output' ? key : sources.get(key);
  const type = source === undefined ? undefined : analysis.types.get(source);
  return {
    ...(place ?? { side: 'left', x: 0, y: 0 }),
    name: spec.name,
    type: spec.type,
    direction,
    ...(spec.help === undefined ? {} : { help: spec.help }),
    optional: input?.optional === true,
    variadic: input?.variadic === true,
    connected: connected.has(direction === 'input' ? `>${key}` : key),
    shape: type === undefined ? null : formatTensorType(type),
    remark: fault === undefined ? null : toRemark(fault),
  };
}

function variableSymbol(outputs: readonly OutputPort[]): string | null {
  const tensors = outputs.filter(({ type }) => type === 'tensor' || type === 'negative');
  const [only] = tensors;
  if (only === undefined || tensors.length > 1) return null;
  if (only.type === 'negative') return 'ŷ';
  return only.name.length <= 2 ? only.name : null;
}

function edgeView(
  edge: DocumentEdge,
  nodes: ReadonlyMap<string, DocumentNode>,
  { registry, analysis, remarks }: Context,
): EdgeView {
  const source = nodes.get(edge.source);
  const target = nodes.get(edge.target);
  const outputs = source ? documentPorts(registry, source).outputs : [];
  const inputs = target ? documentPorts(registry, target).inputs : [];
  const type: PortType =
    outputs.find(({ name }) => name === edge.sourcePort)?.type ??
    inputs.find(({ name }) => name === edge.targetPort)?.type ??
    'tensor';
  const shape = analysis.types.get(portKey(edge.source, edge.sourcePort));
  const fault = remarks
    .get(edge.target)
    ?.find(
      ({ edgeId, portId, severity }) =>
        edgeId === edge.id ||
        (edgeId === undefined && portId === edge.targetPort && severity === 'error'),
    );
  return {
    id: edge.id,
    source: edge.source,
    sourcePort: edge.sourcePort,
    target: edge.target,
    targetPort: edge.targetPort,
    type,
    shape: type === 'tensor' && shape ? formatTensorType(shape) : null,
    remark: fault ? toRemark(fault) : null,
    dimmed: source?.bypassed === true || target?.bypassed === true,
    bends: edge.bends ?? [],
  };
}
