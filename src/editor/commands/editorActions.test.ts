import { describe, expect, it, vi } from 'vitest';
import { defined } from '../../core/invariant';
import { setCollapsed } from '../../document/commands/groupCommands';
import { setLabel } from '../../document/commands/nodeCommands';
import { canonicalJson } from '../../document/canonical';
import { emptyDocument, type BasinDocument } from '../../document/schema';
import { encodeShareLink } from '../../document/shareLink';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import type { EditorStore } from '../store/editorState';
import { selectionOf } from '../store/selection';
import { testRegistry, testStore } from '../testSupport';
import { kindEntry } from '../search/kindEntries';
import { addNodeAt, GRID } from './addNode';
import {
  autoLayout,
  bypassSelection,
  groupSelection,
  nudgeSelection,
  selectAll,
  ungroupSelection,
} from './arrange';
import { copySelection, cutSelection, duplicateSelection } from './clipboard';
import { pasteText } from './pasteText';
import { regroupMoved } from './membership';
import { changeParameter } from './nodeNames';

const documentOf = (store: EditorStore) => store.getState().document;
const views = (store: EditorStore) =>
  buildViews(documentOf(store), store.registry, store.settle(), NO_VIEWS);
const node = (store: EditorStore, id: string) =>
  defined(
    documentOf(store).nodes.find((one) => one.id === id),
    id,
  );
const selected = (store: EditorStore) => [...store.getState().selection.nodes];

describe('clipboard', () => {
  it('copies as text and pastes with fresh ids and the edges between', () => {
    const store = testStore();
    store.select(selectionOf({ nodes: ['x', 'encoder'] }));
    const text = defined(copySelection(store), 'text');
    expect(JSON.parse(text)).toMatchObject({ nodes: [{ id: 'x' }, { id: 'encoder' }] });
    pasteText(store, text, { x: 100.4, y: 50 });
    expect(selected(store)).toEqual(['x2', 'encoder2']);
    expect(node(store, 'x2').position).toEqual({ x: 100, y: 50 });
    expect(documentOf(store).edges.at(-1)).toMatchObject({ source: 'x2', target: 'encoder2' });
  });

  const shared = (): BasinDocument => ({
    ...documentOf(testStore()),
    title: 'Theirs',
    training: { ...documentOf(testStore()).training, batchSize: 7 },
  });

  it.each([
    ['as JSON', canonicalJson],
    [
      'as a link',
      (document: BasinDocument) => {
        const link = encodeShareLink(document);
        return `https://example.org/#${link.ok ? link.value : ''}`;
      },
    ],
  ])(
    'pastes a whole document %s: into a graph its nodes, onto an empty canvas all of it',
    (_, textOf) => {
      const store = testStore();
      const before = documentOf(store);
      pasteText(store, textOf(shared()), { x: 0, y: 0 });
      expect(documentOf(store).nodes).toHaveLength(2 * before.nodes.length);
      expect(documentOf(store)).toMatchObject({ title: before.title, training: before.training });
      expect(selected(store)).toHaveLength(before.nodes.length);

      const empty = testStore(emptyDocument());
      pasteText(empty, textOf(shared()), { x: 0, y: 0 });
      expect(documentOf(empty)).toMatchObject({ title: 'Theirs', training: { batchSize: 7 } });
      expect(documentOf(empty).nodes.map(({ id }) => id)).toEqual(before.nodes.map(({ id }) => id));
      empty.undo();
      expect(documentOf(empty)).toEqual(emptyDocument());
    },
  );

  it('cuts as one undo step and copies nothing when nothing is selected', () => {
    const store = testStore();
    expect(copySelection(store)).toBeNull();
    store.select(selectionOf({ nodes: ['encoder'] }));
    expect(cutSelection(store)).not.toBeNull();
    expect(documentOf(store).edges).toEqual([]);
    expect(store.getState().undoLabel).toBe('Cut');
    store.undo();
    expect(documentOf(store).edges).toHaveLength(2);
  });

  it('pastes into the group whose frame is there, and not onto what was pasted before', () => {
    const store = testStore();
    store.select(selectionOf({ nodes: ['x', 'encoder'] }));
    groupSelection(store, views(store));
    const [outer] = documentOf(store).groups;
    const corner = defined(outer, 'group').position;
    store.select(selectionOf({ groups: ['group'] }));
    const frame = defined(copySelection(store), 'text');
    store.select(selectionOf({ nodes: ['distance'] }));
    const single = defined(copySelection(store), 'text');

    const inside = { x: corner.x + 30, y: corner.y + 30 };
    pasteText(store, single, inside);
    pasteText(store, single, inside);
    expect(node(store, 'distance2')).toMatchObject({ group: 'group', position: inside });
    expect(node(store, 'distance3').position).toEqual({ x: inside.x + 40, y: inside.y + 40 });
    pasteText(store, frame, { x: corner.x + 50, y: corner.y + 50 });
    expect(documentOf(store).groups[1]).toMatchObject({ id: 'group2', group: 'group' });
    expect(node(store, 'encoder2').group).toBe('group2');
    store.undo();
    store.undo();
    expect(documentOf(store).nodes.map(({ id }) => id)).not.toContain('distance3');

    pasteText(store, single, { x: corner.x - 50, y: corner.y });
    expect(node(store, selected(store)[0] ?? '').group).toBeUndefined();
    store.edit(setCollapsed(['group'], true));
    pasteText(store, single, inside);
    expect(node(store, selected(store)[0] ?? '').group).toBeUndefined();
  });

  it('duplicates, copies and cuts a group with all that is in it, one step each', () => {
    const store = testStore();
    store.select(selectionOf({ nodes: ['x', 'encoder'] }));
    groupSelection(store, views(store));
    const [frame] = documentOf(store).groups;
    store.select(selectionOf({ groups: ['group'] }));
    duplicateSelection(store, views(store));
    expect(selected(store)).toEqual(['x2', 'encoder2']);
    expect([...store.getState().selection.groups]).toEqual(['group2']);
    expect(node(store, 'encoder2').group).toBe('group2');
    expect(documentOf(store).edges.at(-1)).toMatchObject({ source: 'x2', target: 'encoder2' });
    expect(documentOf(store).groups[1]?.size).toEqual(frame?.size);
    store.undo();
    expect(documentOf(store).nodes).toHaveLength(4);
    expect(documentOf(store).groups).toHaveLength(1);

    store.select(selectionOf({ groups: ['group'] }));
    const text = defined(cutSelection(store), 'text');
    expect(documentOf(store).nodes.map(({ id }) => id)).toEqual(['distance', 'remark']);
    expect(documentOf(store).groups).toEqual([]);
    pasteText(store, text, { x: 7, y: 9 });
    expect(documentOf(store).groups[0]?.position).toEqual({ x: 7, y: 9 });
    expect(selected(store)).toEqual(['x', 'encoder']);
    store.undo();
    store.undo();
    expect(documentOf(store).nodes).toHaveLength(4);
  });

  it('tells of text that is no part of a graph', () => {
    const store = testStore();
    const heard = vi.fn();
    store.onFault(heard);
    pasteText(store, 'Dear all,', { x: 0, y: 0 });
    expect(heard).toHaveBeenCalledOnce();
    expect(documentOf(store).nodes).toHaveLength(4);
  });

  it('duplicates what is selected and selects the copy', () => {
    const store = testStore();
    store.select(selectionOf({ nodes: ['distance'] }));
    duplicateSelection(store, views(store));
    expect(selected(store)).toEqual(['distance2']);
  });
});

describe('moving', () => {
  it('moves by arrow keys as one step while a key is held', () => {
    const store = testStore();
    store.select(selectionOf({ nodes: ['x'] }));
    for (let press = 0; press < 3; press++) nudgeSelection(store, GRID, 0);
    store.endGesture();
    nudgeSelection(store, 0, GRID);
    expect(node(store, 'x').position).toEqual({ x: 3 * GRID, y: GRID });
    store.undo();
    store.undo();
    expect(node(store, 'x').position).toEqual({ x: 0, y: 0 });
  });

  it('takes the nodes of a group along', () => {
    const store = testStore();
    store.select(selectionOf({ nodes: ['x', 'encoder'] }));
    groupSelection(store, views(store));
    expect([...store.getState().selection.groups]).toEqual(['group']);
    const before = defined(documentOf(store).groups[0], 'group').position;
    nudgeSelection(store, GRID, 0);
    expect(node(store, 'x').position.x).toBe(GRID);
    expect(node(store, 'distance').position.x).toBe(0);
    expect(documentOf(store).groups[0]?.position.x).toBe(before.x + GRID);
    store.select(selectionOf({ nodes: ['x'] }));
    ungroupSelection(store);
    expect(documentOf(store).groups).toEqual([]);
    expect(node(store, 'x').group).toBeUndefined();
  });

  it('joins the group that a node is dropped into, and leaves the one it is dragged out of', () => {
    const store = testStore();
    store.select(selectionOf({ nodes: ['x'] }));
    groupSelection(store, views(store));
    const drop = (id: string, x: number) => {
      for (const edit of regroupMoved(documentOf(store), { [id]: { x, y: 0 } }, views(store))) {
        store.edit(edit);
      }
    };
    drop('encoder', 0);
    expect(node(store, 'encoder').group).toBe('group');
    drop('x', 5000);
    expect(node(store, 'x').group).toBeUndefined();
  });
});

describe('layout', () => {
  it('places nodes and frames in one step', async () => {
    const store = testStore();
    store.select(selectionOf({ nodes: ['x', 'encoder'] }));
    groupSelection(store, views(store));
    const layout = vi.fn(async () => ({
      positions: { x: { x: 1000, y: 0 }, encoder: { x: 1300, y: 0 } },
    }));
    await autoLayout(store, views(store), layout);
    expect(layout.mock.calls[0]).toMatchObject([
      [
        { id: 'x', group: 'group', inputs: [], outputs: [{ name: 'x', side: 'right' }] },
        { inputs: [{ name: 'in' }, { name: 'weights', side: 'top' }] },
        {},
        {},
      ],
      [{ source: 'x', targetPort: 'in' }, {}],
      {},
    ]);
    expect(node(store, 'encoder').position.x).toBe(1300);
    expect(documentOf(store).groups[0]?.position.x).toBeLessThan(1000);
    expect(documentOf(store).groups[0]?.size.width).toBeGreaterThan(300);
    store.undo();
    expect(node(store, 'encoder').position.x).toBe(0);
  });

  it('is dropped when the graph changed meanwhile', async () => {
    const store = testStore();
    await autoLayout(store, views(store), async () => {
      store.select(selectionOf({ nodes: ['x'] }));
      bypassSelection(store);
      return { positions: { x: { x: 1000, y: 0 } } };
    });
    expect(node(store, 'x')).toMatchObject({ bypassed: true, position: { x: 0 } });
  });
});

describe('adding', () => {
  it('centres the node on the grid, names it apart and connects the loose link', () => {
    const store = testStore();
    const entry = defined(kindEntry(testRegistry, 'module.dense'), 'dense');
    const from = { nodeId: 'x', port: 'x', direction: 'output' } as const;
    const first = addNodeAt(store, entry, { x: 401, y: 203 }, from);
    const second = addNodeAt(store, entry, { x: 0, y: 0 });
    expect(node(store, first).label).toBe('Encoder');
    expect(node(store, second).label).toBe('Encoder 2');
    expect(node(store, first).position.x % GRID).toBe(0);
    expect(documentOf(store).edges.at(-1)).toMatchObject({
      source: 'x',
      target: first,
      targetPort: 'in',
    });
    store.undo();
    store.undo();
    expect(documentOf(store).edges).toHaveLength(2);
    selectAll(store);
    expect(selected(store)).toHaveLength(4);
  });
});

it('adds into the group whose frame is there', () => {
  const store = testStore();
  store.select(selectionOf({ nodes: ['encoder'] }));
  groupSelection(store, views(store));
  const { position, size } = defined(documentOf(store).groups[0], 'group');
  const entry = defined(kindEntry(testRegistry, 'module.dense'), 'dense');
  const centre = { x: position.x + size.width / 2, y: position.y + size.height - 8 };
  const id = addNodeAt(store, entry, centre);
  expect(node(store, id).group).toBe('group');
  store.undo();
  expect(documentOf(store).nodes).toHaveLength(4);
  expect(node(store, addNodeAt(store, entry, { x: 9000, y: 0 })).group).toBeUndefined();
});

describe('adding by role', () => {
  it('adds the kind with the parameters of the role, under its name', () => {
    const store = testStore();
    const definition = defined(testRegistry.get('module.dense'), 'kind');
    const role = { id: 'head', title: 'Head', definition, params: { role: 'decoder' } };
    const ids = [0, 1].map(() => addNodeAt(store, role, { x: 0, y: 0 }));
    expect(ids.map((id) => node(store, id))).toMatchObject([
      { kind: 'module.dense', label: 'Head', params: { role: 'decoder' } },
      { kind: 'module.dense', label: 'Head 2', params: { role: 'decoder' } },
    ]);
  });
});

describe('labels of added nodes', () => {
  const added = (store: EditorStore) =>
    node(
      store,
      addNodeAt(store, defined(kindEntry(testRegistry, 'module.dense'), 'kind'), { x: 0, y: 0 }),
    );

  it('follow the title of the kind until somebody gives a name', () => {
    const store = testStore();
    const [first, second] = [added(store), added(store)];
    expect([first.label, second.label]).toEqual(['Encoder', 'Encoder 2']);
    store.edit(changeParameter(store, second, 'role', 'decoder'));
    expect(node(store, second.id)).toMatchObject({ label: 'Decoder', params: { role: 'decoder' } });
    store.undo();
    expect(node(store, second.id)).toEqual(second);

    store.edit(setLabel(first.id, 'f'));
    store.edit(changeParameter(store, node(store, first.id), 'role', 'decoder'));
    expect(node(store, first.id).label).toBe('f');
  });

  it('stay, and one gesture stays one step, for parameters that have no part in the title', () => {
    const store = testStore();
    const { id } = added(store);
    for (const width of [5, 6, 7])
      store.edit(changeParameter(store, node(store, id), 'width', width));
    expect(node(store, id)).toMatchObject({ label: 'Encoder', params: { width: 7 } });
    store.undo();
    expect(node(store, id).params).toEqual({});
  });

  it('do not hide what is there', () => {
    const store = testStore();
    const [first, second] = [added(store), added(store)];
    expect(second.position).toEqual({ x: first.position.x + 32, y: first.position.y + 32 });
  });
});
