import { sameJson } from '../document/canonical';
import { isJsonObject } from '../document/json';
import type { BasinDocument, DocumentEdge, DocumentNode } from '../document/schema';
import { parameterMeta } from '../graph/parameterMeta';
import type { Registry } from '../graph/registry';
import type { z } from 'zod';

/** One thing that differs, in words. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `Node “Encoder”`, `Training`. */
  readonly subject: string;
  /** What of it, and from what to what; empty where the subject says it all. */
  readonly detail: string;
}

/**
 * What makes `after` out of `before`, in words: nodes added, removed and renamed, parameters from → to, edges, training settings.
 * Parameters that a document leaves out have their defaults. Places on the canvas do not count. Empty: they mean the same.
 */
export function documentDifference(
  before: BasinDocument,
  after: BasinDocument,
  registry: Registry,
): readonly Difference[] {
  const names = new Names(registry);
  return [
    ...nodeDifferences(before, after, registry, names),
    ...edgeDifferences(before, after, names),
    ...trainingDifferences(before, after),
  ];
}

/** How nodes are called: by their labels, else by the titles of their kinds. */
class Names {
  constructor(private readonly registry: Registry) {}

  of(node: DocumentNode): string {
    const label = node.label.trim();
    return label === '' ? (this.registry.get(node.kind)?.title ?? node.kind) : label;
  }
}

function nodeDifferences(
  before: BasinDocument,
  after: BasinDocument,
  registry: Registry,
  names: Names,
): Difference[] {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const kept = new Map(after.nodes.map((node) => [node.id, node]));
  const isSame = (a: DocumentNode | undefined, b: DocumentNode | undefined): boolean =>
    a !== undefined && b !== undefined && a.kind === b.kind;
  const titled = (node: DocumentNode): string => {
    const title = registry.get(node.kind)?.title ?? node.kind;
    const name = names.of(node);
    return name === title ? `Node “${name}”` : `Node “${name}” (${title})`;
  };
  const removed = before.nodes.filter((node) => !isSame(node, kept.get(node.id)));
  const added = after.nodes.filter((node) => !isSame(old.get(node.id), node));
  return [
    ...removed.map((node): Difference => {
      return { kind: 'removed', subject: titled(node), detail: '' };
    }),
    ...added.map((node): Difference => ({ kind: 'added', subject: titled(node), detail: '' })),
    ...after.nodes.flatMap((node) => {
      const previous = old.get(node.id);
      return previous?.kind === node.kind ? changesOf(previous, node, registry, names) : [];
    }),
  ];
}

function changesOf(
  before: DocumentNode,
  after: DocumentNode,
  registry: Registry,
  names: Names,
): Difference[] {
  const subject = `Node “${names.of(after)}”`;
  const changed = (detail: string): Difference => ({ kind: 'changed', subject, detail });
  const found: Difference[] = [];
  if (names.of(before) !== names.of(after))
    found.push(changed(`renamed, before “${names.of(before)}”`));
  if (before.bypassed !== after.bypassed) {
    found.push(changed(after.bypassed === true ? 'bypassed' : 'not bypassed any more'));
  }
  const definition = registry.get(after.kind);
  const inForce = (node: DocumentNode, name: string): unknown => {
    const value = node.params[name];
    if (value !== undefined) return value;
    const field = definition?.params.shape[name] as z.ZodType | undefined;
    const parsed = field?.safeParse(undefined);
    return parsed?.success === true ? parsed.data : undefined;
  };
  for (const name of new Set([...Object.keys(before.params), ...Object.keys(after.params)])) {
    const [from, to] = [inForce(before, name), inForce(after, name)];
    if (sameJson(from, to)) continue;
    const field = definition?.params.shape[name] as z.ZodType | undefined;
    const label = (field && parameterMeta(field).label) ?? name;
    found.push(changed(`${label} ${printed(from)} → ${printed(to)}`));
  }
  return found;
}

function edgeDifferences(before: BasinDocument, after: BasinDocument, names: Names): Difference[] {
  const described = ({ nodes, edges }: BasinDocument): Map<string, string> => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const end = (id: string, port: string): string => {
      const node = byId.get(id);
      return `${node === undefined ? id : names.of(node)}.${port}`;
    };
    return new Map(
      edges.map((edge) => [
        edgeKey(edge),
        `“${end(edge.source, edge.sourcePort)}” → “${end(edge.target, edge.targetPort)}”`,
      ]),
    );
  };
  const [old, kept] = [described(before), described(after)];
  const only = (
    some: ReadonlyMap<string, string>,
    others: ReadonlyMap<string, string>,
    kind: Difference['kind'],
  ): Difference[] =>
    [...some]
      .filter(([key]) => !others.has(key))
      .map(([, words]) => ({ kind, subject: `Edge ${words}`, detail: '' }));
  return [...only(old, kept, 'removed'), ...only(kept, old, 'added')];
}

function edgeKey({ source, sourcePort, target, targetPort }: DocumentEdge): string {
  return JSON.stringify([source, sourcePort, target, targetPort]);
}

function trainingDifferences(before: BasinDocument, after: BasinDocument): Difference[] {
  const [old, kept] = [flat(before.training), flat(after.training)];
  return [...new Set([...old.keys(), ...kept.keys()])].flatMap((path): Difference[] => {
    const [from, to] = [old.get(path), kept.get(path)];
    if (sameJson(from, to)) return [];
    const detail = `${path} ${printed(from)} → ${printed(to)}`;
    return [{ kind: 'changed', subject: 'Training', detail }];
  });
}

/** Leaves of nested settings by their paths: `optimizer.beta1`. */
function flat(value: unknown, path = ''): Map<string, unknown> {
  if (!isJsonObject(value)) return new Map([[path, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...flat(inner, path === '' ? key : `${path}.${key}`),
    ]),
  );
}

function printed(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string') return `“${value}”`;
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
