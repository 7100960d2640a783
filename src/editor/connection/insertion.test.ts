import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { newNode } from '../../document/commands/nodeCommands';
import { addNodeAt } from '../commands/addNode';
import { kindEntry } from '../search/kindEntries';
import { createEditorStore } from '../store/createEditorStore';
import { testDocument, testNode, testRegistry, testStore } from '../testSupport';
import { fitsOnEdge, insertionEdit, isLoose, passage } from './insertion';

const ends = (edges: readonly { source: string; target: string }[]) =>
  edges.map(({ source, target }) => `${source} → ${target}`);

describe('a node on an edge', () => {
  it('needs an input and an output of what the edge carries', () => {
    const [source, dense, distance] = testRegistry.definitions;
    const ports = (definition: typeof dense) =>
      definition?.ports({}) ?? { inputs: [], outputs: [] };
    expect(passage(ports(dense), 'tensor')).toEqual({ input: 'in', output: 'out' });
    expect(passage(ports(dense), 'weights')).toEqual({ input: 'weights', output: 'weights' });
    expect(passage(ports(source), 'tensor')).toBeNull();
    expect(passage(ports(distance), 'tensor')).toBeNull();
    expect(passage(ports(distance), 'energy')).toBeNull();
  });

  it('comes with its kind, as one undo step', () => {
    const store = testStore();
    const entry = kindEntry(testRegistry, 'module.dense');
    if (!entry) throw new Error('no such kind');
    const id = addNodeAt(store, entry, { x: 0, y: 0 }, null, { edgeId: 'e2', bendsBefore: 0 });
    expect(ends(store.getState().document.edges)).toEqual([
      'x → encoder',
      `${id} → distance`,
      `encoder → ${id}`,
    ]);
    expect(store.getState().undoLabel).toBe('Insert on edge');
    store.undo();
    expect(store.getState().document).toEqual(testDocument());
  });

  it('may have no links yet, which it would lose', () => {
    const document = testDocument();
    expect(isLoose(document, 'remark')).toBe(true);
    expect(isLoose(document, 'encoder')).toBe(false);
    const context = { document, registry: testRegistry };
    expect(insertionEdit(context, 'e1', testNode('encoder', 'module.dense'))).toBeNull();
    expect(insertionEdit(context, 'gone', testNode('new', 'module.dense'))).toBeNull();
    expect(insertionEdit(context, 'e1', testNode('new', 'module.dense'))).not.toBeNull();
  });

  it('must work with the shape that it gets', () => {
    const document = sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'parabola' }],
        f: ['module.mlp', { width: 1 }],
        energy: 'energy.squared',
      },
      edges: ['points.x -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
    });
    const store = createEditorStore({ registry, analyse, document });
    const into = document.edges[0]?.id ?? '';
    const node = (kind: string) => newNode(document, kind, '', { x: 0, y: 0 });
    expect(fitsOnEdge(store, into, node('module.linear'))).toBe(true);
    // Points are no pictures.
    expect(fitsOnEdge(store, into, node('module.conv'))).toBe(false);
    expect(fitsOnEdge(store, into, node('energy.squared'))).toBe(false);
    expect(store.getState().document).toEqual(document);
  });
});
