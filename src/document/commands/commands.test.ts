import { describe, expect, it } from 'vitest';
import { copyFragment } from '../fragment';
import { readFragment } from '../readPasted';
import { emptyDocument, type BasinDocument, type DocumentNode } from '../schema';
import { duplicate, paste } from './clipboardCommands';
import { connect, newEdge } from './edgeCommands';
import type { Edit } from './edit';
import { canonicalJson } from '../canonical';
import { hiddenBy, nodesWithin } from '../groupTree';
import { group, newGroup, setCollapsed, setGroup, setGroupColor, ungroup } from './groupCommands';
import { applyEdit, createHistory } from './history';
import { addNode, newNode, setLabel, toggleBypass } from './nodeCommands';
import { removeSelection } from './selectionCommands';
import { setDescription, setTitle } from './settingsCommands';

function node(id: string, x: number, more: Partial<DocumentNode> = {}): DocumentNode {
  return { id, kind: 'module.mlp', label: id, position: { x, y: 10 * x }, params: {}, ...more };
}

function edge(id: string, source: string, target: string) {
  return { id, source, sourcePort: 'out', target, targetPort: 'x' };
}

const chain: BasinDocument = {
  ...emptyDocument(),
  nodes: [node('a', 10), node('b', 20, { group: 'g' }), node('c', 30, { group: 'g' })],
  edges: [edge('ab', 'a', 'b'), edge('bc', 'b', 'c')],
  groups: [{ id: 'g', label: 'G', position: { x: 15, y: 0 }, size: { width: 20, height: 20 } }],
};

function after(document: BasinDocument, edit: Edit): BasinDocument {
  const result = applyEdit(createHistory(document), edit);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value.present;
}

const at = (x: number, y: number) => ({ x, y });

const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe('nodes and edges', () => {
  it('adds nodes with ids of their kind', () => {
    const first = newNode(emptyDocument(), 'module.mlp', 'Encoder', { x: 1, y: 2 });
    const document = after(emptyDocument(), addNode(first));
    expect(newNode(document, 'module.mlp', 'B', { x: 0, y: 0 }).id).toBe('mlp2');
    expect(() => after(document, addNode(first))).toThrow('a second node mlp');
  });

  it('removes nodes with the edges at them', () => {
    const document = after(chain, removeSelection({ nodes: ['a'] }));
    expect(idsOf(document.nodes)).toEqual(['b', 'c']);
    expect(idsOf(document.edges)).toEqual(['bc']);
  });

  it('removes edges alone, and frames without their nodes', () => {
    const document = after(chain, removeSelection({ edges: ['ab'], groups: ['g'] }));
    expect(idsOf(document.edges)).toEqual(['bc']);
    expect(document.groups).toEqual([]);
    expect(document.nodes.map(({ group: of }) => of)).toEqual([undefined, undefined, undefined]);
  });

  it('connects, replacing what enters the input only when told', () => {
    const ends = { source: 'a', sourcePort: 'out', target: 'c', targetPort: 'x' };
    const fresh = newEdge(chain, ends);
    expect(idsOf(after(chain, connect(fresh)).edges)).toEqual(['ab', 'bc', 'edge']);
    expect(idsOf(after(chain, connect(fresh, { replace: true })).edges)).toEqual(['ab', 'edge']);
    expect(after(chain, connect({ ...fresh, source: 'b' }))).toBe(chain);
    expect(after(chain, connect({ ...fresh, source: 'gone' }))).toBe(chain);
  });

  it('bypasses all or none', () => {
    const one = after(chain, toggleBypass(['a']));
    const both = after(one, toggleBypass(['a', 'b']));
    expect(both.nodes.map(({ bypassed }) => bypassed)).toEqual([true, true, undefined]);
    expect(after(both, toggleBypass(['a', 'b']))).toEqual(chain);
  });

  it('cuts texts to what the schema allows', () => {
    expect(after(chain, setLabel('a', 'x'.repeat(999))).nodes[0]?.label).toHaveLength(200);
    expect(after(chain, setTitle('x'.repeat(999))).title).toHaveLength(200);
    expect(after(chain, setDescription('x'.repeat(30_000))).description).toHaveLength(20_000);
  });
});

describe('groups', () => {
  it('takes nodes into a frame and lets them go', () => {
    const frame = newGroup(chain, 'New', { x: 0, y: 0 }, { width: 9, height: 9 });
    const grouped = after(chain, group(frame, ['a', 'b']));
    expect(grouped.nodes.map(({ group: of }) => of)).toEqual(['group', 'group', 'g']);
    const freed = after(grouped, ungroup(['group']));
    expect(freed.nodes.map(({ group: of }) => of)).toEqual([undefined, undefined, 'g']);
  });

  it('are in groups, which are removed from around them and copied with them', () => {
    const outer = newGroup(chain, 'Outer', at(0, 0), { width: 99, height: 99 });
    const nested = after(chain, group(outer, ['a'], ['g']));
    expect(nested.groups.map(({ id, group: of }) => [id, of])).toEqual([
      ['g', 'group'],
      ['group', undefined],
    ]);
    expect(nodesWithin(nested, ['group'])).toEqual(['a', 'b', 'c']);

    const copied = after(nested, duplicate(nested, ['group']));
    expect(copied.groups.slice(2).map(({ id, group: of }) => [id, of])).toEqual([
      ['g2', 'group2'],
      ['group2', undefined],
    ]);
    expect(copied.nodes.slice(3).map(({ group: of }) => of)).toEqual(['group2', 'g2', 'g2']);
    // Of an inner group alone the copy is in none.
    const inner = after(nested, duplicate(nested, ['g']));
    expect(inner.groups[2]).toMatchObject({ id: 'g2' });
    expect(inner.groups[2]?.group).toBeUndefined();

    for (const edit of [ungroup(['g']), removeSelection({ groups: ['g'] })]) {
      const lifted = after(nested, edit);
      expect(lifted.nodes.map(({ group: of }) => of)).toEqual(['group', 'group', 'group']);
    }
    const bare = after(nested, ungroup(['group', 'g']));
    expect(bare.nodes.map(({ group: of }) => of)).toEqual([undefined, undefined, undefined]);
    // No group comes into itself.
    expect(after(nested, setGroup(['group'], 'g'))).toBe(nested);
  });

  it('collapse, open and take colours, and stay the same documents where nothing changes', () => {
    const collapsed = after(chain, setCollapsed(['g'], true));
    expect(collapsed.groups[0]?.collapsed).toBe(true);
    expect([...hiddenBy(collapsed)]).toEqual([
      ['b', 'g'],
      ['c', 'g'],
    ]);
    expect(hiddenBy(chain).size).toBe(0);
    expect(after(collapsed, setCollapsed(['g'], false))).toEqual(chain);
    const tinted = after(chain, setGroupColor('g', 'teal'));
    expect(tinted.groups[0]?.color).toBe('teal');
    expect(after(tinted, setGroupColor('g', null))).toEqual(chain);
    expect(canonicalJson(after(chain, setCollapsed(['g'], false)))).toBe(canonicalJson(chain));
  });

  it('within a collapsed group are hidden by the outermost one that is collapsed', () => {
    const outer = newGroup(chain, 'Outer', at(0, 0), { width: 99, height: 99 });
    const nested = after(chain, group(outer, ['a'], ['g']));
    const both = after(nested, setCollapsed(['g', 'group'], true));
    expect(Object.fromEntries(hiddenBy(both))).toEqual({
      a: 'group',
      b: 'group',
      c: 'group',
      g: 'group',
    });
  });
});

describe('clipboard', () => {
  it('copies nodes with the edges among them and whole groups', () => {
    const read = readFragment(copyFragment(chain, ['b', 'c']));
    expect(read.diagnostics).toEqual([]);
    expect(read.ok && read.value).toEqual({
      nodes: chain.nodes.slice(1),
      edges: [edge('bc', 'b', 'c')],
      groups: chain.groups,
    });
    const part = readFragment(copyFragment(chain, ['a', 'b']));
    expect(part.ok && [part.value.groups, part.value.nodes[1]]).toEqual([[], node('b', 20)]);
  });

  it('pastes with new ids at the given corner, and says the ids', () => {
    const read = readFragment(copyFragment(chain, ['b', 'c']));
    if (!read.ok) throw new Error('refused');
    const edit = paste(chain, read.value, { x: 100, y: 100 });
    const document = after(chain, edit);
    expect(edit.nodeIds).toEqual(['b2', 'c2']);
    expect(document.nodes.slice(0, 3)).toEqual(chain.nodes);
    expect(document.nodes.slice(3)).toEqual([
      { ...node('b', 20, { group: 'g2' }), id: 'b2', label: 'b 2', position: { x: 105, y: 300 } },
      { ...node('c', 30, { group: 'g2' }), id: 'c2', label: 'c 2', position: { x: 115, y: 400 } },
    ]);
    expect(document.groups[1]).toMatchObject({ id: 'g2', position: { x: 100, y: 100 } });
    expect(document.edges[2]).toEqual(edge('edge', 'b2', 'c2'));
  });

  it('takes the nodes of a group along, with their edges, switches and places', () => {
    const nodes = chain.nodes.map((one) =>
      one.id === 'b' ? { ...one, bypassed: true as const } : one,
    );
    const document = { ...chain, nodes };
    const read = readFragment(copyFragment(document, ['g']));
    expect(read.ok && read.value).toEqual({
      nodes: nodes.slice(1),
      edges: [edge('bc', 'b', 'c')],
      groups: chain.groups,
    });
    const edit = duplicate(document, ['g']);
    expect([edit.nodeIds, edit.groupIds]).toEqual([['b2', 'c2'], ['g2']]);
    const copied = after(document, edit);
    expect(copied.nodes.slice(3)).toEqual([
      { ...nodes[1], id: 'b2', label: 'b 2', group: 'g2', position: { x: 60, y: 240 } },
      { ...nodes[2], id: 'c2', label: 'c 2', group: 'g2', position: { x: 70, y: 340 } },
    ]);
    expect(copied.groups[1]).toMatchObject({ id: 'g2', label: 'G', position: { x: 55, y: 40 } });
    expect(copied.edges.slice(2)).toEqual([edge('edge', 'b2', 'c2')]);
  });

  it('numbers the labels of copies on where they are a series, and lets other numbers be', () => {
    const labels = ['Encoder 1', 'Encoder 2', 'Mean of 2', 'Error', ''];
    const nodes = labels.map((label, index) => node(`n${index}`, index, { label }));
    const document = { ...chain, nodes, edges: [], groups: [] };
    const copied = after(document, duplicate(document, ['n1', 'n2', 'n3', 'n4']));
    expect(copied.nodes.slice(5).map(({ label }) => label)).toEqual([
      'Encoder 3',
      'Mean of 2',
      'Error 2',
      '',
    ]);
    const elsewhere = paste({ ...chain, nodes: [] }, { nodes, edges: [], groups: [] }, at(0, 0));
    expect(elsewhere.nodeIds).toHaveLength(5);
    const pasted = after({ ...chain, nodes: [], edges: [], groups: [] }, elsewhere);
    expect(pasted.nodes.map(({ label }) => label)).toEqual(labels);
  });

  it('numbers copies of copies on', () => {
    const twice = after(chain, duplicate(chain, ['a']));
    const edit = duplicate(twice, ['a2']);
    expect(edit.nodeIds).toEqual(['a3']);
    expect(after(twice, edit).nodes.at(-1)?.position).toEqual({ x: 90, y: 180 });
  });

  it('refuses other text, and repairs damage', () => {
    for (const text of ['hello', '{"a":1}', JSON.stringify(chain)]) {
      expect(readFragment(text).ok).toBe(false);
    }
    const newer = copyFragment(chain, ['a']).replace('"version": 1', '"version": 2');
    expect(readFragment(newer).diagnostics[0]?.code).toBe('document.too-new');
    const damaged = copyFragment(chain, ['a']).replace('"label": "a"', '"label": 5');
    expect(readFragment(damaged).diagnostics[0]?.code).toBe('document.repaired');
  });
});
