import { describe, expect, it, vi } from 'vitest';
import { analyse } from '../../compiler/analysis/analyse';
import type { LiveChange } from '../../compiler/programs/documentChange';
import { setBends } from '../../document/commands/bends';
import { disconnect } from '../../document/commands/edgeCommands';
import { group, newGroup } from '../../document/commands/groupCommands';
import { moveNodes } from '../../document/commands/layoutCommands';
import {
  addNode,
  setLabel,
  setParameter,
  toggleBypass,
} from '../../document/commands/nodeCommands';
import { removeSelection } from '../../document/commands/selectionCommands';
import { setTitle, setTraining } from '../../document/commands/settingsCommands';
import { DOCUMENT_LIMITS, emptyDocument } from '../../document/schema';
import { soundDocument, testDocument, testNode, testRegistry, testStore } from '../testSupport';
import { createEditorStore } from './createEditorStore';
import { selectionOf } from './selection';

const revisionOf = (store: ReturnType<typeof testStore>): number => {
  store.settle();
  return store.getState().revision;
};

describe('undo and redo', () => {
  it('take an edit back and make it again', () => {
    const store = testStore();
    const before = store.getState().document;
    store.edit(setLabel('x', 'Digits'));
    expect(store.getState()).toMatchObject({ undoLabel: 'Rename', redoLabel: null });
    store.undo();
    expect(store.getState().document).toEqual(before);
    expect(store.getState()).toMatchObject({ undoLabel: null, redoLabel: 'Rename' });
    store.redo();
    expect(store.getState().document.nodes[0]?.label).toBe('Digits');
  });

  it('treat one gesture as one step', () => {
    const store = testStore();
    for (const weight of [2, 3, 4]) store.edit(setParameter('distance', 'weight', weight));
    store.endGesture();
    store.edit(setParameter('distance', 'weight', 9));
    store.undo();
    expect(store.getState().document.nodes[2]?.params).toEqual({ weight: 4 });
    store.undo();
    expect(store.getState().document.nodes[2]?.params).toEqual({});
    expect(store.getState().undoLabel).toBeNull();
  });

  it('leave no step for an edit that changes nothing', () => {
    const store = testStore();
    store.edit(setTitle('Test'));
    expect(store.getState()).toMatchObject({ undoLabel: null, documentRevision: 0 });
  });

  it('do nothing in a document that is only to be read', () => {
    const store = testStore();
    store.setReadOnly(true);
    expect(store.edit(setTitle('Other'))).toBe(false);
    expect(store.getState().document.title).toBe('Test');
  });
});

describe('revision', () => {
  const still = {
    'a move': moveNodes({ x: { x: 50, y: 50 } }),
    'a label': setLabel('x', 'Digits'),
    'a title': setTitle('Other'),
    'a group': group(newGroup(testDocument(), 'Left', { x: 0, y: 0 }, { width: 9, height: 9 }), [
      'x',
    ]),
    'a bend of an edge': setBends('e1', [{ x: 5, y: 5 }], 'Bend edge'),
    'a live parameter': setParameter('distance', 'weight', 3),
    'the learning rate': setTraining({ learningRate: 0.5 }),
    'how often to evaluate': setTraining({ evaluateEvery: 7 }),
    'the steps of a constant rate': setTraining({ steps: 7 }),
    'the text of a note': setParameter('remark', 'text', 'Other'),
    'a new note': addNode(testNode('second', 'note')),
    'a note that is deleted': removeSelection({ nodes: ['remark'] }),
    'a default written out': setParameter('distance', 'weight', 1),
    'a default that is not live': setParameter('distance', 'mean', true),
    'a node that nothing reads': addNode(testNode('second', 'data.source')),
  };
  for (const [what, edit] of Object.entries(still)) {
    it(`does not count ${what}`, () => {
      const store = testStore(soundDocument());
      expect(store.edit(edit)).toBe(true);
      store.settle();
      expect(store.getState()).toMatchObject({ revision: 0, documentRevision: 1 });
    });
  }

  const counted = {
    'a parameter': setParameter('encoder', 'width', 8),
    'a seed': setTraining({ seed: 2 }),
    'a deleted edge': disconnect(['e1']),
    'a bypass': toggleBypass(['encoder']),
    'a new node that lacks an input': addNode(testNode('second', 'energy.distance')),
    'a deleted node': removeSelection({ nodes: ['x'] }),
  };
  for (const [what, edit] of Object.entries(counted)) {
    it(`counts ${what}, and counts its undo`, () => {
      const store = testStore(soundDocument());
      store.edit(edit);
      expect(revisionOf(store)).toBe(1);
      store.undo();
      expect(revisionOf(store)).toBe(2);
    });
  }
});

describe('live changes', () => {
  it('are told with their names and values, by edit, undo and reset', () => {
    const store = testStore();
    const heard: (readonly LiveChange[])[] = [];
    const stop = store.onLiveChange((changes) => heard.push(changes));
    store.edit(setParameter('distance', 'weight', 3));
    store.undo();
    store.edit(setTraining({ learningRate: 0.25 }));
    stop();
    store.edit(setParameter('distance', 'weight', 5));
    expect(heard).toEqual([
      [{ name: 'distance.weight', value: 3 }],
      [{ name: 'distance.weight', value: 1 }],
      [{ name: 'training.learningRate', value: 0.25 }],
    ]);
  });
});

describe('analysis', () => {
  it('follows edits at the end of the microtask, once for many edits', async () => {
    const spy = vi.fn(analyse);
    const store = createEditorStore({
      registry: testRegistry,
      analyse: spy,
      document: testDocument(),
    });
    spy.mockClear();
    store.edit(setParameter('encoder', 'width', 7));
    store.edit(setParameter('encoder', 'width', 8));
    expect(spy).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(spy).toHaveBeenCalledTimes(1);
    expect(store.getState().analysis.types.get('encoder.out')?.shape).toEqual([8]);
  });

  it('is not run for moves, groups or titles', async () => {
    const spy = vi.fn(analyse);
    const store = createEditorStore({
      registry: testRegistry,
      analyse: spy,
      document: testDocument(),
    });
    spy.mockClear();
    store.edit(moveNodes({ x: { x: 9, y: 9 } }));
    store.edit(setTitle('Other'));
    await Promise.resolve();
    store.settle();
    expect(spy).not.toHaveBeenCalled();
  });

  it('can be asked for at once, and ahead of an edit', () => {
    const store = testStore();
    const edit = setParameter('encoder', 'width', 6);
    expect(store.preview(edit).types.get('encoder.out')?.shape).toEqual([6]);
    expect(store.getState().document.nodes[1]?.params).toEqual({ width: 4 });
    store.edit(edit);
    expect(store.settle().types.get('encoder.out')?.shape).toEqual([6]);
  });
});

describe('selection', () => {
  it('loses what is deleted and takes what an edit names', () => {
    const store = testStore();
    store.select(selectionOf({ nodes: ['x', 'encoder', 'nobody'], edges: ['e1'] }));
    expect([...store.getState().selection.nodes]).toEqual(['x', 'encoder']);
    store.edit(removeSelection({ nodes: ['x'] }));
    expect([...store.getState().selection.nodes]).toEqual(['encoder']);
    expect(store.getState().selection.edges.size).toBe(0);
    store.edit(addNode(testNode('fresh', 'data.source')), selectionOf({ nodes: ['fresh'] }));
    expect([...store.getState().selection.nodes]).toEqual(['fresh']);
  });
});

describe('faults', () => {
  it('tells of an edit that would break a limit and keeps the document', () => {
    const full = emptyDocument();
    full.nodes = Array.from({ length: DOCUMENT_LIMITS.nodes }, (_, i) => testNode(`n${i}`, 'note'));
    const store = testStore(full);
    const heard = vi.fn();
    store.onFault(heard);
    expect(store.edit(addNode(testNode('more', 'note')))).toBe(false);
    expect(heard.mock.calls[0]?.[0]).toMatchObject([{ code: 'document.too-large' }]);
    expect(store.getState().document.nodes).toHaveLength(DOCUMENT_LIMITS.nodes);
  });
});

describe('opening', () => {
  it('forgets history, selection and what a run has shown', () => {
    const store = testStore();
    store.edit(setTitle('Other'));
    store.select(selectionOf({ nodes: ['x'] }));
    store.overlays.setOverlay('x', { value: 3 });
    store.open(testDocument());
    expect(store.getState()).toMatchObject({ undoLabel: null, openedRevision: 1 });
    expect(store.getState().selection.nodes.size).toBe(0);
    expect(store.overlays.getState().overlays.size).toBe(0);
  });
});

describe('a graph that is only looked at', () => {
  const allowed = {
    'a live parameter': setParameter('distance', 'weight', 3),
    'a live parameter that turns a term off': setParameter('distance', 'weight', 0),
    'the learning rate': setTraining({ learningRate: 0.25 }),
  };
  for (const [what, edit] of Object.entries(allowed)) {
    it(`lets ${what} be changed`, () => {
      const store = testStore(soundDocument());
      store.setReadOnly(true);
      expect(store.edit(edit)).toBe(true);
      expect(store.getState().documentRevision).toBe(1);
    });
  }

  const refused = {
    'a parameter that is compiled in': setParameter('encoder', 'width', 8),
    'a setting': setTraining({ seed: 2 }),
    'a live value and more': setTraining({ learningRate: 0.25, steps: 7 }),
    'a deleted edge': disconnect(['e1']),
    'a deleted node': removeSelection({ nodes: ['x'] }),
    'a label': setLabel('x', 'Data'),
  };
  for (const [what, edit] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      const store = testStore(soundDocument());
      const { document } = store.getState();
      store.setReadOnly(true);
      expect(store.edit(edit)).toBe(false);
      expect(store.getState().document).toBe(document);
    });
  }
});
