import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical';
import { readDocument } from '../read';
import { emptyDocument, type BasinDocument, type DocumentEdge, type DocumentNode } from '../schema';
import { decodeShareLink, encodeShareLink } from '../shareLink';
import { setBends } from './bends';
import { duplicate } from './clipboardCommands';
import { reconnect, splitEdge } from './edgeCommands';
import type { Edit } from './edit';
import { applyEdit, createHistory, undo } from './history';
import { applyLayout, moveNodes } from './layoutCommands';
import { removeSelection } from './selectionCommands';

const at = (x: number, y: number) => ({ x, y });

const node = (id: string, x: number): DocumentNode => ({
  id,
  kind: 'module.mlp',
  label: id,
  position: at(x, 0),
  params: {},
});

const edge = (id: string, source: string, target: string): DocumentEdge => ({
  id,
  source,
  sourcePort: 'out',
  target,
  targetPort: 'in',
});

/** a → c with two bends, b → c, and d alone. */
const graph: BasinDocument = {
  ...emptyDocument(),
  nodes: [node('a', 0), node('b', 100), node('c', 200), node('d', 300)],
  edges: [{ ...edge('ac', 'a', 'c'), bends: [at(50, 40), at(150, 60)] }, edge('bc', 'b', 'c')],
};

function after(edit: Edit, document = graph): BasinDocument {
  const history = createHistory(document);
  const result = applyEdit(history, edit);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  expect(undo(result.value).present).toEqual(document);
  return result.value.present;
}

const bendsOf = (document: BasinDocument, id: string) =>
  document.edges.find((one) => one.id === id)?.bends;

describe('bends', () => {
  it('are set, taken away, and stay on the canvas', () => {
    expect(bendsOf(after(setBends('bc', [at(1, 2), at(1e9, 0)], 'Bend')), 'bc')).toEqual([
      at(1, 2),
      at(1e6, 0),
    ]);
    expect(after(setBends('ac', [], 'Straighten')).edges[0]).toEqual(edge('ac', 'a', 'c'));
    expect(after(setBends('gone', [at(1, 2)], 'Bend'))).toBe(graph);
    expect(after(setBends('bc', [], 'Straighten'))).toBe(graph);
  });

  it('go along where both ends go, and stay where one does', () => {
    const both = after(moveNodes({ a: at(7, 8), c: at(207, 8) }));
    expect(bendsOf(both, 'ac')).toEqual([at(57, 48), at(157, 68)]);
    expect(bendsOf(after(moveNodes({ a: at(7, 8) })), 'ac')).toEqual(bendsOf(graph, 'ac'));
    const apart = after(moveNodes({ a: at(7, 8), c: at(0, 0) }));
    expect(bendsOf(apart, 'ac')).toEqual(bendsOf(graph, 'ac'));
  });

  it('give way to a layout, unless it moves both ends alike', () => {
    expect(bendsOf(after(applyLayout({ c: at(500, 9) })), 'ac')).toBeUndefined();
    expect(bendsOf(after(applyLayout({ a: at(0, 9), c: at(200, 9) })), 'ac')).toHaveLength(2);
    expect(bendsOf(after(applyLayout({ d: at(500, 9) })), 'ac')).toHaveLength(2);
  });

  it('are in copies, moved with them, and go with their edge', () => {
    const copied = after(duplicate(graph, ['a', 'c'], at(1000, 0)));
    expect(copied.edges.at(-1)?.bends).toEqual([at(1050, 40), at(1150, 60)]);
    expect(after(removeSelection({ nodes: ['a'] })).edges).toEqual([edge('bc', 'b', 'c')]);
  });

  it('are in files and links, and what is no place is left out', () => {
    const read = readDocument(JSON.parse(canonicalJson(graph)));
    expect(read).toMatchObject({ ok: true, value: graph, diagnostics: [] });
    const link = encodeShareLink(graph);
    const opened = link.ok ? decodeShareLink(link.value) : link;
    expect(opened).toMatchObject({ ok: true, value: graph });

    const damaged = structuredClone(graph) as unknown as { edges: { bends?: unknown }[] };
    for (const [index, bends] of [['here', { x: 'left' }, at(3, 4)], { length: 2 }].entries()) {
      const broken = damaged.edges[index];
      if (broken) broken.bends = bends;
    }
    const repaired = readDocument(damaged);
    expect(repaired.ok && repaired.value.edges.map(({ bends }) => bends)).toEqual([
      [at(3, 4)],
      undefined,
    ]);
    expect(repaired.diagnostics).toHaveLength(2);
  });
});

describe('links', () => {
  it('are led elsewhere in their place, or take the place of another', () => {
    const ends = { source: 'b', sourcePort: 'out', target: 'd', targetPort: 'in' };
    expect(after(reconnect('ac', ends)).edges).toEqual([
      { ...graph.edges[0], ...ends },
      graph.edges[1],
    ]);
    const twin = { source: 'b', sourcePort: 'out', target: 'c', targetPort: 'in' };
    expect(after(reconnect('ac', twin))).toBe(graph);
    const taken = { source: 'd', sourcePort: 'out', target: 'c', targetPort: 'in' };
    expect(after(reconnect('bc', taken, { replace: true })).edges).toEqual([
      { ...graph.edges[1], ...taken },
    ]);
    expect(after(reconnect('ac', { ...ends, target: 'gone' }))).toBe(graph);
  });

  it('are cut for a node, which gets both halves and their bends', () => {
    const cut = { nodeId: 'd', input: 'in', output: 'out', edgeId: 'new', bendsBefore: 1 };
    expect(after(splitEdge('ac', cut)).edges).toEqual([
      { ...edge('ac', 'd', 'c'), bends: [at(150, 60)] },
      graph.edges[1],
      { ...edge('new', 'a', 'd'), bends: [at(50, 40)] },
    ]);
    expect(after(splitEdge('ac', { ...cut, nodeId: 'gone' }))).toBe(graph);
  });
});
