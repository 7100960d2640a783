import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { changeParameters } from '../commands/nodeNames';
import type { EditorStore } from '../store/editorState';
import { testDocument, testNode, testRegistry, testStore } from '../testSupport';
import { sharedParameters } from './sharedParameters';

/** Those of the kinds' own; how weights are trained is asked for by name below. */
const summary = (nodes: ReturnType<typeof testNode>[]) =>
  sharedParameters(testRegistry, nodes)
    .filter(({ field }) => field.heading === null)
    .map(({ field, value, mixed, differs }) => [field.name, mixed ? 'mixed' : value, differs]);

describe('shared parameters', () => {
  it('are those of all, with the value where it is one', () => {
    const nodes = [
      testNode('a', 'module.dense', { width: 5 }),
      testNode('b', 'module.dense', { width: 5, role: 'decoder' }),
    ];
    expect(summary(nodes)).toEqual([
      ['width', 5, true],
      ['role', 'mixed', true],
    ]);
    // The default, said or not, is one value.
    expect(
      summary([testNode('a', 'module.dense'), testNode('b', 'module.dense', { width: 3 })]),
    ).toEqual([
      ['width', 3, false],
      ['role', 'encoder', false],
    ]);
  });

  it('are none of a name that means something else, or that one has not', () => {
    // `width` of a source has no title and other bounds.
    expect(summary([testNode('a', 'module.dense'), testNode('b', 'data.source')])).toEqual([]);
    expect(summary([testNode('a', 'module.dense'), testNode('b', 'no.such')])).toEqual([]);
    expect(summary([])).toEqual([]);
  });

  it('go across kinds of the catalogue', () => {
    const names = (...kinds: string[]) =>
      sharedParameters(
        registry,
        kinds.map((kind) => testNode(kind, kind)),
      ).map(({ field }) => field.name);
    expect(names('module.mlp', 'module.linear')).toEqual(
      expect.arrayContaining(['width', 'rate', 'trainUntil']),
    );
    expect(names('energy.squared', 'energy.cosine')).toContain('weight');
    expect(names('data.digits', 'note')).toEqual([]);
  });
});

describe('changing them', () => {
  const labels = ({ getState }: EditorStore) => getState().document.nodes.map(({ label }) => label);

  it('is one step for all, and labels that are titles go along, apart from each other', () => {
    const document = testDocument();
    document.nodes.push(
      { ...testNode('p', 'module.dense'), label: 'Encoder' },
      { ...testNode('q', 'module.dense'), label: 'Encoder 2' },
      { ...testNode('r', 'module.dense'), label: 'My own' },
    );
    const store = testStore(document);
    const chosen = store.getState().document.nodes.slice(-3);
    const before = labels(store);
    store.edit(changeParameters(store, chosen, 'role', 'decoder'));
    expect(labels(store).slice(-3)).toEqual(['Decoder', 'Decoder 2', 'My own']);
    expect(store.getState().document.nodes.slice(-3)).toMatchObject(
      chosen.map(() => ({ params: { role: 'decoder' } })),
    );
    store.undo();
    expect(labels(store)).toEqual(before);
    expect(store.getState().undoLabel).toBeNull();
  });

  it('merges what a slider does until it is let go', () => {
    const store = testStore();
    const nodes = ['x', 'encoder'].map((id) => testNode(id, 'module.dense'));
    for (const width of [4, 5, 6]) store.edit(changeParameters(store, nodes, 'width', width));
    store.endGesture();
    store.edit(changeParameters(store, nodes, 'width', 7));
    store.undo();
    expect(store.getState().document.nodes.slice(0, 2)).toMatchObject([
      { params: { width: 6 } },
      { params: { width: 6 } },
    ]);
    store.undo();
    expect(store.getState().undoLabel).toBeNull();
  });
});
