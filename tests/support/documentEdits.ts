import { invariant } from '../../src/core/invariant';
import type { BasinDocument } from '../../src/document/schema';

/** An edit of a document: `node.parameter=value`, `bypass node`, `delete node`, `- edge` or `+ edge`, with edges as `a.port -> b.port`. */
export type Edit = string;

export function edited(document: BasinDocument, edits: readonly Edit[]): BasinDocument {
  return edits.reduce(apply, document);
}

function apply(document: BasinDocument, change: Edit): BasinDocument {
  const deleted = /^delete (\w+)$/.exec(change)?.[1];
  if (deleted !== undefined) return without(document, deleted);
  const bypassed = /^bypass (\w+)$/.exec(change)?.[1];
  if (bypassed !== undefined) {
    return withNode(document, bypassed, (node) => ({ ...node, bypassed: true }));
  }
  const setting = /^(\w+)\.(\w+)=(.+)$/.exec(change);
  if (setting) {
    const [, id = '', name = '', value = ''] = setting;
    if (id === 'training') {
      return { ...document, training: { ...document.training, [name]: Number(value) } };
    }
    return withNode(document, id, (node) => ({
      ...node,
      params: { ...node.params, [name]: JSON.parse(value) as number },
    }));
  }
  const [, sign, source = '', sourcePort = '', target = '', targetPort = ''] =
    /^([-+]) (\w+)\.(\w+) -> (\w+)\.(\w+)$/.exec(change) ?? [];
  const ends = { source, sourcePort, target, targetPort };
  const others = document.edges.filter(
    (edge) => JSON.stringify({ ...edge, id: '' }) !== JSON.stringify({ id: '', ...ends }),
  );
  if (sign === '+')
    return { ...document, edges: [...others, { id: `added${document.edges.length}`, ...ends }] };
  invariant(others.length === document.edges.length - 1, change);
  return { ...document, edges: others };
}

function withNode(
  document: BasinDocument,
  id: string,
  change: (node: BasinDocument['nodes'][number]) => BasinDocument['nodes'][number],
): BasinDocument {
  invariant(
    document.nodes.some((node) => node.id === id),
    id,
  );
  return {
    ...document,
    nodes: document.nodes.map((node) => (node.id === id ? change(node) : node)),
  };
}

function without(document: BasinDocument, id: string): BasinDocument {
  return {
    ...withNode(document, id, (node) => node),
    nodes: document.nodes.filter((node) => node.id !== id),
    edges: document.edges.filter(({ source, target }) => source !== id && target !== id),
  };
}
