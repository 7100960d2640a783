import { describe, expect, it } from 'vitest';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import type { BasinDocument } from '../../document/schema';
import { registry } from '../../../nodes/index';
import { createEditorStore } from '../store/createEditorStore';
import type { EditorStore } from '../store/editorState';
import { levels, moduleRows, setModuleTraining, trainByLevels, trainTogether } from './moduleRows';

/** Two levels as groups, the second of which comes first in the document, and a module beside them. */
function twoLevels(): BasinDocument {
  const sketch = sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      encoder2: ['module.linear', { width: 2 }],
      encoder1: ['module.linear', { width: 3 }],
      tied: ['module.linear', { width: 3 }],
      predictor1: ['module.linear', { width: 3, rate: 2 }],
      reader: ['module.linear', { width: 2 }],
      low: 'energy.squared',
      high: 'energy.squared',
      tie: 'weights.tie',
    },
    edges: [
      ...['points.x -> encoder1.in', 'points.x -> tied.in', 'encoder1.weights -> tie.weights'],
      ...['tie.weights -> tied.weights', 'encoder1.out -> predictor1.in', 'tied.out -> low.b'],
      ...['predictor1.out -> low.a', 'encoder1.out -> encoder2.in', 'encoder2.out -> high.a'],
      ...['points.y -> reader.in', 'reader.out -> high.b'],
    ],
  });
  const groupOf = (id: string): string | undefined =>
    /^(encoder1|predictor1|tied)$/.test(id) ? 'g1' : id === 'encoder2' ? 'g2' : undefined;
  const at = { position: { x: 0, y: 0 }, size: { width: 10, height: 10 } };
  return {
    ...sketch,
    groups: [
      { id: 'g2', label: 'Level 2', ...at },
      { id: 'g1', label: 'Level 1', ...at },
    ],
    nodes: sketch.nodes.map((node) => {
      const group = groupOf(node.id);
      return group === undefined ? node : { ...node, group };
    }),
  };
}

const storeOf = (): EditorStore => createEditorStore({ registry, analyse, document: twoLevels() });
const rowsOf = (store: EditorStore) =>
  moduleRows(store.getState().document, store.settle(), registry);
const paramsOf = (store: EditorStore, id: string) =>
  store.getState().document.nodes.find((node) => node.id === id)?.params;

describe('rows', () => {
  it('are groups with their modules, then the others; what uses another’s weights has none', () => {
    const rows = rowsOf(storeOf());
    expect(rows.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'group Level 2',
      'module encoder2',
      'group Level 1',
      'module encoder1',
      'module predictor1',
      'module reader',
    ]);
    expect(rows[2]?.training).toEqual({ rate: undefined, trainFrom: 0, trainUntil: null });
  });

  it('of a group are those of the groups within', () => {
    const flat = twoLevels();
    const at = { position: { x: 0, y: 0 }, size: { width: 10, height: 10 } };
    const inner = { id: 'g3', label: 'Inner', group: 'g1', ...at };
    const nested = {
      ...flat,
      groups: [...flat.groups, inner],
      nodes: flat.nodes.map((node) => (node.id === 'predictor1' ? { ...node, group: 'g3' } : node)),
    };
    const rows = moduleRows(nested, analyse(nested, registry), registry);
    expect(rows.map(({ label }) => label)).toEqual(rowsOf(storeOf()).map(({ label }) => label));
    expect(rows[2]?.modules.map(({ id }) => id)).toEqual(['encoder1', 'predictor1']);
  });

  it('set a parameter of all modules inside in one step, and leave out what is as by default', () => {
    const store = storeOf();
    const row = () => rowsOf(store).find(({ label }) => label === 'Level 1');
    const set = (name: 'rate' | 'trainUntil', value: number): void => {
      const group = row();
      if (group) store.edit(setModuleTraining(registry, group, name, value));
      store.endGesture();
    };
    set('trainUntil', 50);
    expect(paramsOf(store, 'encoder1')).toEqual({ width: 3, trainUntil: 50 });
    expect(paramsOf(store, 'predictor1')).toEqual({ width: 3, rate: 2, trainUntil: 50 });
    set('rate', 1);
    expect(paramsOf(store, 'predictor1')).toEqual({ width: 3, trainUntil: 50 });
    store.undo();
    store.undo();
    expect(store.getState().document).toEqual(twoLevels());
  });
});

describe('levels', () => {
  it('go from what is computed first, each for so many steps, the last to the end', () => {
    const store = storeOf();
    const ordered = levels(rowsOf(store), store.settle());
    expect(ordered.map(({ label }) => label)).toEqual(['Level 1', 'Level 2']);
    store.edit(trainByLevels(registry, ordered, 300));
    expect(paramsOf(store, 'encoder1')).toEqual({ width: 3, trainUntil: 300 });
    expect(paramsOf(store, 'encoder2')).toEqual({ width: 2, trainFrom: 300 });
    expect(paramsOf(store, 'reader')).toEqual({ width: 2 });
    store.edit(trainTogether(rowsOf(store)));
    expect(paramsOf(store, 'encoder2')).toEqual({ width: 2 });
    expect(paramsOf(store, 'predictor1')).toEqual({ width: 3 });
  });
});
