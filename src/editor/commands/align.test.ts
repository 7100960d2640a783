import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../document/schema';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import type { EditorStore } from '../store/editorState';
import { selectionOf } from '../store/selection';
import { testNode, testStore } from '../testSupport';
import { alignable, alignSelection, distributeSelection } from './align';

/** Three nodes of two sizes, and a group with one in it. */
function placed(): EditorStore {
  const at = (id: string, kind: string, x: number, y: number, group?: string) => ({
    ...testNode(id, kind),
    position: { x, y },
    ...(group !== undefined && { group }),
  });
  return testStore({
    ...emptyDocument('Places'),
    nodes: [
      at('a', 'module.dense', 0, 0),
      at('b', 'energy.distance', 300, 90),
      at('c', 'module.dense', 1000, 300),
      at('inner', 'module.dense', 620, 540, 'group'),
    ],
    groups: [
      { id: 'group', label: 'G', position: { x: 600, y: 500 }, size: { width: 240, height: 160 } },
    ],
  });
}

const views = (store: EditorStore) =>
  buildViews(store.getState().document, store.registry, store.settle(), NO_VIEWS);

/** The drawn shapes and the frame, by id. */
function boxes(store: EditorStore) {
  const { document } = store.getState();
  const { nodes } = views(store);
  const shapes = document.nodes.map(({ id, position: { x, y } }) => {
    const shape = nodes.get(id)?.geometry.shape ?? { x: NaN, y: NaN, width: NaN, height: NaN };
    return [id, { left: x + shape.x, top: y + shape.y, ...shape }] as const;
  });
  const frames = document.groups.map(
    ({ id, position, size }) => [id, { left: position.x, top: position.y, ...size }] as const,
  );
  return Object.fromEntries([...shapes, ...frames]);
}

function selecting(nodes: string[], groups: string[] = []): EditorStore {
  const store = placed();
  store.select(selectionOf({ nodes, groups }));
  return store;
}

describe('align', () => {
  it.each(['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const)(
    '%s: one line for all of it, in one step',
    (alignment) => {
      const store = selecting(['a', 'b', 'c']);
      const before = boxes(store);
      alignSelection(store, views(store), alignment);
      const lines = ['a', 'b', 'c'].map((id) => {
        const { left = NaN, top = NaN, width = NaN, height = NaN } = boxes(store)[id] ?? {};
        return {
          left,
          centre: left + width / 2,
          right: left + width,
          top,
          middle: top + height / 2,
          bottom: top + height,
        }[alignment];
      });
      // Whole pixels: an odd height is half a pixel off.
      expect(Math.max(...lines) - Math.min(...lines)).toBeLessThanOrEqual(0.5);
      expect(store.getState().undoLabel).toBe('Align');
      store.undo();
      expect(boxes(store)).toEqual(before);
    },
  );

  it('takes along what is in a group, and counts it once', () => {
    const store = selecting(['a', 'inner'], ['group']);
    expect(alignable(store, views(store))).toBe(2);
    alignSelection(store, views(store), 'left');
    expect(boxes(store)).toMatchObject({
      a: { left: 0 },
      group: { left: 0, top: 500 },
      inner: { left: 20, top: 540 },
    });
  });
});

describe('distribute', () => {
  it('makes gaps equal between the outermost, which stay', () => {
    const store = selecting(['c', 'a', 'b']);
    const before = boxes(store);
    distributeSelection(store, views(store), 'across');
    const { a, b, c } = boxes(store);
    expect([a, c]).toEqual([before['a'], before['c']]);
    const gap = (one = a, next = b) =>
      (next?.left ?? NaN) - (one?.left ?? NaN) - (one?.width ?? NaN);
    expect(Math.abs(gap(a, b) - gap(b, c))).toBeLessThanOrEqual(1);
    expect(b?.top).toBe(before['b']?.top);
    store.undo();
    expect(boxes(store)).toEqual(before);
  });

  it('leaves two alone', () => {
    const store = selecting(['a', 'b']);
    distributeSelection(store, views(store), 'down');
    expect(store.getState().undoLabel).toBeNull();
  });
});
