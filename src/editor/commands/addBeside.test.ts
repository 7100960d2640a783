import { describe, expect, it } from 'vitest';
import { defined } from '../../core/invariant';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import { kindEntry } from '../search/kindEntries';
import type { EditorStore } from '../store/editorState';
import type { LooseEnd } from '../store/uiStore';
import { testRegistry, testStore } from '../testSupport';
import { addBeside } from './addBeside';
import { drawnBoxes } from './membership';

const views = (store: EditorStore) =>
  buildViews(store.getState().document, store.registry, store.settle(), NO_VIEWS);

/** Adds it and says what it was connected to. */
function added(kind: string, nodeId: string, port: LooseEnd | null = null) {
  const store = testStore();
  const before = store.getState().document;
  const entry = defined(kindEntry(testRegistry, kind), kind);
  const id = addBeside(store, views(store), entry, nodeId, port);
  const { document } = store.getState();
  const links = document.edges
    .filter(({ source, target }) => source === id || target === id)
    .map(({ source, sourcePort, target, targetPort }) =>
      [`${source}.${sourcePort}`, `${target}.${targetPort}`]
        .join(' → ')
        .replaceAll(id ?? '?', 'new'),
    );
  const at = (one: string | null) => document.nodes.find((node) => node.id === one)?.position.x;
  return { store, before, id, links, side: Math.sign((at(id) ?? NaN) - (at(nodeId) ?? NaN)) };
}

describe('adding beside a node', () => {
  it('connects to an output, to the right of it, in one step', () => {
    const { store, before, links, side, id } = added('module.dense', 'x');
    expect(links).toEqual(['x.x → new.in']);
    expect(side).toBe(1);
    expect([...store.getState().selection.nodes]).toEqual([id]);
    const boxes = drawnBoxes(store.getState().document, views(store));
    const box = defined(
      boxes.find((one) => one.id === id),
      'box',
    );
    const overlaps = boxes.filter(
      (other) =>
        other.id !== id &&
        other.x < box.x + box.width &&
        box.x < other.x + other.width &&
        other.y < box.y + box.height &&
        box.y < other.y + other.height,
    );
    expect(overlaps).toEqual([]);
    store.undo();
    expect(store.getState().document).toEqual(before);
  });

  it('connects to an input that is free where no output fits, to the left of it', () => {
    const { links, side } = added('data.source', 'distance');
    expect(links).toEqual(['new.x → distance.b']);
    expect(side).toBe(-1);
  });

  it('takes the port that it is told', () => {
    const port = { nodeId: 'encoder', port: 'weights', direction: 'output' } as const;
    expect(added('module.dense', 'encoder', port).links).toEqual(['encoder.weights → new.weights']);
  });

  it('adds nothing where nothing fits', () => {
    const { store, before, id } = added('data.source', 'x');
    expect(id).toBeNull();
    expect(store.getState().document).toBe(before);
  });
});
