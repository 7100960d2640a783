import type { z } from 'zod';
import type { Edit } from '../../document/commands/edit';
import type { BasinDocument, DocumentEdge, DocumentNode } from '../../document/schema';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import type { InputPort, OutputPort } from '../../graph/ports';
import type { Registry } from '../../graph/registry';
import { documentPorts, kindTitle } from '../model/documentNode';
import { nodeGeometry } from '../model/nodeGeometry';
import { nodeOutline } from '../model/nodeOutline';
import { parameterFields } from '../parameters/parameterFields';
import { defaultParameter, resolveParameters } from '../parameters/resolveParameters';
import type { EditorStore } from '../store/editorState';
import { snap } from './addNode';
import { freshLabel, isKindTitle } from './nodeNames';

/** What becomes of a node as one of another kind. */
export interface KindChange {
  readonly definition: NodeDefinition;
  readonly params: DocumentNode['params'];
  /** Edges at the node as they then are. */
  readonly kept: readonly DocumentEdge[];
  readonly lostEdges: readonly DocumentEdge[];
  /** Labels of parameters that are not what they are by default, and that the kind does not have. */
  readonly lostParameters: readonly string[];
}

type Context = { readonly document: BasinDocument; readonly registry: Registry };

/**
 * The kinds that a node could be instead: of its category, with a port for at least one of its links where it has any.
 * First those that keep all of it.
 */
export function kindChanges(context: Context, node: DocumentNode): KindChange[] {
  const own = context.registry.get(node.kind);
  if (!own) return [];
  return context.registry.definitions
    .filter(({ kind, category }) => kind !== node.kind && category === own.category)
    .map((definition) => kindChange(context, node, own, definition))
    .filter(({ kept, lostEdges }) => kept.length > 0 || lostEdges.length === 0)
    .sort((a, b) => losses(a) - losses(b));
}

function losses({ lostEdges, lostParameters }: KindChange): number {
  return 100 * lostEdges.length + lostParameters.length;
}

function kindChange(
  context: Context,
  node: DocumentNode,
  own: NodeDefinition,
  definition: NodeDefinition,
): KindChange {
  return changeTo(context, node, definition, fittingParameters(definition, node.params), own);
}

/** What becomes of a node as one of another kind with these parameters. */
export function changeTo(
  { document, registry }: Context,
  node: DocumentNode,
  definition: NodeDefinition,
  params: DocumentNode['params'],
  own: NodeDefinition | undefined = registry.get(node.kind),
): KindChange {
  const before = documentPorts(registry, node);
  const after = definition.ports(resolveParameters(definition, params));
  const entering = document.edges.filter(({ target }) => target === node.id);
  const leaving = document.edges.filter(({ source }) => source === node.id);
  const inputs = portsInstead(
    before.inputs,
    after.inputs,
    entering.map(({ targetPort }) => targetPort),
  );
  const outputs = portsInstead(
    before.outputs,
    after.outputs,
    leaving.map(({ sourcePort }) => sourcePort),
  );
  const taken = new Set<string>();
  const kept = document.edges.flatMap((edge): DocumentEdge[] => {
    if (edge.source === node.id) {
      const port = outputs.get(edge.sourcePort);
      return port ? [{ ...edge, sourcePort: port.name }] : [];
    }
    const port = edge.target === node.id ? inputs.get(edge.targetPort) : undefined;
    if (!port || (!isVariadic(port) && taken.has(port.name))) return [];
    taken.add(port.name);
    return [{ ...edge, targetPort: port.name }];
  });
  const keptIds = new Set(kept.map(({ id }) => id));
  const fields = new Map((own ? parameterFields(own) : []).map(({ name, label }) => [name, label]));
  return {
    definition,
    params,
    kept,
    lostEdges: [...entering, ...leaving].filter(({ id }) => !keptIds.has(id)),
    lostParameters: Object.entries(node.params)
      .filter(
        ([name, value]) =>
          own && !Object.hasOwn(params, name) && value !== defaultParameter(own, name),
      )
      .map(([name]) => fields.get(name) ?? name),
  };
}

/** Those of the parameters that another kind has by the same name, with values that it takes. */
function fittingParameters(
  { params: schema }: NodeDefinition,
  params: DocumentNode['params'],
): DocumentNode['params'] {
  const fitting = Object.fromEntries(
    Object.entries(params).filter(([name, value]) => {
      const field = schema.shape[name] as z.ZodType | undefined;
      return field?.safeParse(value).success === true;
    }),
  );
  return schema.safeParse(fitting).success ? fitting : {};
}

/** For each port that is in use the one that takes its place: of the same name and type, else the next of its type. */
function portsInstead<P extends InputPort | OutputPort>(
  before: readonly P[],
  after: readonly P[],
  used: readonly string[],
): ReadonlyMap<string, P> {
  const instead = new Map<string, P>();
  const taken = new Set<P>();
  const inUse = before.filter(({ name }) => used.includes(name));
  const assign = (port: P, found: P | undefined): void => {
    if (!found) return;
    instead.set(port.name, found);
    taken.add(found);
  };
  for (const port of inUse)
    assign(
      port,
      after.find(({ name, type }) => name === port.name && type === port.type),
    );
  for (const port of inUse) {
    if (instead.has(port.name)) continue;
    const free = after.filter(({ type }) => type === port.type);
    assign(port, free.find((one) => !taken.has(one)) ?? free.find(isVariadic));
  }
  return instead;
}

function isVariadic(port: InputPort | OutputPort): boolean {
  return 'variadic' in port && port.variadic === true;
}

/** Makes the node one of the kind: one undo step. It stays where its middle is, under its own name if it has one. */
export function changeKindEdit(store: EditorStore, node: DocumentNode, change: KindChange): Edit {
  const { definition, params, kept, lostEdges } = change;
  const own = store.registry.get(node.kind);
  const before = drawn(own, node.params, node.size);
  const after = drawn(definition, params);
  const position = {
    x: snap(node.position.x + (before.width - after.width) / 2),
    y: snap(node.position.y + (before.height - after.height) / 2),
  };
  const isTitled = own !== undefined && isKindTitle(node.label, kindTitle(own, node.params));
  const label = isTitled ? freshLabel(store, kindTitle(definition, params)) : node.label;
  const lost = new Set(lostEdges.map(({ id }) => id));
  const ends = new Map(kept.map((edge) => [edge.id, edge]));
  return {
    label: 'Change kind',
    recipe: (draft) => {
      const found = draft.nodes.find(({ id }) => id === node.id);
      if (!found) return;
      Object.assign(found, { kind: definition.kind, params, label, position });
      delete found.size;
      if (lost.size > 0) draft.edges = draft.edges.filter(({ id }) => !lost.has(id));
      for (const edge of draft.edges) {
        const now = ends.get(edge.id);
        if (now && now.sourcePort !== edge.sourcePort) edge.sourcePort = now.sourcePort;
        if (now && now.targetPort !== edge.targetPort) edge.targetPort = now.targetPort;
      }
    },
  };
}

function drawn(
  definition: NodeDefinition | undefined,
  params: DocumentNode['params'],
  size?: DocumentNode['size'],
) {
  const resolved = definition ? resolveParameters(definition, params) : {};
  const ports = definition?.ports(resolved) ?? { inputs: [], outputs: [] };
  return nodeGeometry(nodeOutline(definition, resolved), ports, size);
}

/** `2 links and “Width”`; empty where nothing is lost. */
export function lossesInWords({ lostEdges, lostParameters }: KindChange): string {
  const links = lostEdges.length;
  return [
    ...(links > 0 ? [links === 1 ? '1 link' : `${links} links`] : []),
    ...(lostParameters.length > 0 ? [lostParameters.map((name) => `“${name}”`).join(', ')] : []),
  ].join(' and ');
}
