import { describe, expect, it, vi } from 'vitest';
import { defined } from '../../core/invariant';
import { setGroup } from '../../document/commands/groupCommands';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import type { EditorStore } from '../store/editorState';
import { selectionOf } from '../store/selection';
import { soundDocument, testStore } from '../testSupport';
import { autoLayout, bypassSelection, groupSelection, nudgeSelection } from './arrange';
import { insertBlock, selectedBlock } from './blocks';
import { cutSelection, deleteSelection, duplicateSelection } from './clipboard';
import { pasteText } from './pasteText';
import { collapseAll, groupsAtHand, openAll, toggleCollapsed } from './collapse';
import { carriedBy, regroupMoved } from './membership';

const documentOf = (store: EditorStore) => store.getState().document;
const views = (store: EditorStore) =>
  buildViews(documentOf(store), store.registry, store.settle(), NO_VIEWS);
const groupOf = (store: EditorStore, id: string) =>
  defined(
    documentOf(store).groups.find((one) => one.id === id),
    id,
  );
const placeOf = (store: EditorStore, id: string) =>
  documentOf(store).nodes.find((one) => one.id === id)?.position;
const selected = ({ getState }: EditorStore) => {
  const { nodes, groups } = getState().selection;
  return { nodes: [...nodes], groups: [...groups] };
};

/** x and the encoder in a group, which is selected. */
function groupedStore(): EditorStore {
  const store = testStore(soundDocument());
  store.select(selectionOf({ nodes: ['x', 'encoder'] }));
  groupSelection(store, views(store));
  return store;
}

describe('collapsing', () => {
  it('is one step of undo, there and back', () => {
    const store = groupedStore();
    toggleCollapsed(store);
    expect(groupOf(store, 'group').collapsed).toBe(true);
    expect(store.getState().undoLabel).toBe('Collapse group');
    toggleCollapsed(store);
    expect(groupOf(store, 'group').collapsed).toBeUndefined();
    store.undo();
    store.undo();
    expect(groupOf(store, 'group').collapsed).toBeUndefined();
    expect(store.getState().redoLabel).toBe('Collapse group');
  });

  it('takes the group of a selected node, and as it is drawn of one inside a box', () => {
    const store = groupedStore();
    store.select(selectionOf({ nodes: ['x'] }));
    expect(groupsAtHand(store)).toEqual(['group']);
    toggleCollapsed(store);
    expect(selected(store)).toEqual({ nodes: [], groups: ['group'] });
    store.select(selectionOf({ nodes: ['distance'] }));
    groupSelection(store, views(store));
    collapseAll(store);
    expect(documentOf(store).groups.map(({ collapsed }) => collapsed)).toEqual([true, true]);
    openAll(store);
    expect(views(store).boxes.size).toBe(0);
  });

  it('moves all that is in the box, by keys and by drag', () => {
    const store = groupedStore();
    toggleCollapsed(store);
    const before = groupOf(store, 'group').position;
    nudgeSelection(store, 8, 16);
    expect(placeOf(store, 'x')).toEqual({ x: 8, y: 16 });
    expect(groupOf(store, 'group').position).toEqual({ x: before.x + 8, y: before.y + 16 });
    const carried = carriedBy(
      'group',
      documentOf(store),
      // Selected, but not drawn: nothing else moves it.
      selectionOf({ nodes: ['x'] }),
      views(store),
    );
    expect(carried.map(({ id }) => id)).toEqual(['x', 'encoder']);
  });

  it('lets nothing in where it is dropped on a box, and nests a box that is dropped into a frame', () => {
    const store = groupedStore();
    toggleCollapsed(store);
    const onto = groupOf(store, 'group').position;
    const at = { x: onto.x + 100, y: onto.y + 60 };
    expect(regroupMoved(documentOf(store), { distance: at }, views(store))).toEqual([]);

    store.select(selectionOf({ nodes: ['distance', 'remark'] }));
    groupSelection(store, views(store));
    const frame = groupOf(store, 'group2');
    const size = { width: 2000, height: 2000 };
    store.edit({
      label: 'Widen',
      recipe: (draft) => {
        const found = draft.groups.find(({ id }) => id === 'group2');
        if (found) found.size = size;
      },
    });
    const places = { group: { x: frame.position.x + 800, y: frame.position.y + 800 } };
    const [edit, ...more] = regroupMoved(documentOf(store), places, views(store));
    expect(more).toEqual([]);
    store.edit(defined(edit, 'edit'));
    expect(groupOf(store, 'group').group).toBe('group2');
  });

  it('is a unit for copies, removal and bypass', () => {
    const store = groupedStore();
    toggleCollapsed(store);
    duplicateSelection(store, views(store));
    expect(selected(store)).toEqual({ nodes: [], groups: ['group2'] });
    expect(groupOf(store, 'group2').collapsed).toBe(true);
    expect(documentOf(store).nodes).toHaveLength(6);
    // Beside the original, which it does not cover.
    const [one, two] = [groupOf(store, 'group').position, groupOf(store, 'group2').position];
    expect(Math.hypot(one.x - two.x, one.y - two.y)).toBeGreaterThan(100);
    // Edges within are made anew, those from outside are not.
    expect(documentOf(store).edges.slice(3)).toMatchObject([{ source: 'x2', target: 'encoder2' }]);

    bypassSelection(store);
    expect(
      documentOf(store)
        .nodes.filter(({ bypassed }) => bypassed)
        .map(({ id }) => id),
    ).toEqual(['x2', 'encoder2']);
    const text = defined(cutSelection(store), 'text');
    expect(documentOf(store).nodes).toHaveLength(4);
    pasteText(store, text, { x: 500, y: 500 });
    expect(groupOf(store, 'group2')).toMatchObject({ collapsed: true, position: { x: 500 } });
    deleteSelection(store);
    expect(documentOf(store).nodes.map(({ id }) => id)).toEqual([
      'x',
      'encoder',
      'distance',
      'remark',
    ]);
    expect(documentOf(store).groups.map(({ id }) => id)).toEqual(['group']);
  });

  it('is one box to the layout, and what is in it keeps its place in it', async () => {
    const store = groupedStore();
    toggleCollapsed(store);
    const corner = groupOf(store, 'group').position;
    const layout = vi.fn(async () => ({
      positions: { group: { x: corner.x + 500, y: corner.y }, distance: { x: 900, y: 0 } },
    }));
    await autoLayout(store, views(store), layout);
    expect(layout.mock.calls[0]).toMatchObject([
      [
        { id: 'distance' },
        { id: 'remark' },
        { id: 'group', outputs: [{ name: 'x.x' }, { name: 'encoder.out' }] },
      ],
      [
        { source: 'group', sourcePort: 'encoder.out', target: 'distance', targetPort: 'a' },
        { source: 'group', sourcePort: 'x.x', target: 'distance', targetPort: 'b' },
      ],
      {},
    ]);
    expect(placeOf(store, 'encoder')).toEqual({ x: 500, y: 0 });
    store.undo();
    expect(placeOf(store, 'encoder')).toEqual({ x: 0, y: 0 });
  });

  it('draws the frames of groups in groups from the inside out', async () => {
    const store = groupedStore();
    store.select(selectionOf({ groups: ['group'], nodes: ['distance'] }));
    groupSelection(store, views(store));
    expect(groupOf(store, 'group').group).toBe('group2');
    const layout = vi.fn(async () => ({
      positions: { x: { x: 0, y: 0 }, encoder: { x: 300, y: 0 }, distance: { x: 700, y: 0 } },
    }));
    await autoLayout(store, views(store), layout);
    expect(layout.mock.calls[0]).toMatchObject([{}, {}, { group: 'group2' }]);
    const [inner, outer] = [groupOf(store, 'group'), groupOf(store, 'group2')];
    expect(outer.position.x).toBeLessThan(inner.position.x);
    expect(outer.position.x + outer.size.width).toBeGreaterThan(700);
    store.edit(setGroup(['group'], null));
    expect(groupOf(store, 'group').group).toBeUndefined();
  });
});

describe('copies of single nodes', () => {
  it('belong to the frame that they lie in, and inside a box to its group', () => {
    const store = groupedStore();
    store.select(selectionOf({ nodes: ['x'] }));
    duplicateSelection(store, views(store));
    const home = (id: string) => documentOf(store).nodes.find((one) => one.id === id)?.group;
    expect(home('x2')).toBe('group');
    duplicateSelection(store, views(store), { x: 5000, y: 0 });
    expect(home('x3')).toBeUndefined();
    expect(placeOf(store, 'x3')).toEqual({ x: 5040, y: 40 });
    expect(store.getState().undoLabel).toBe('Duplicate');

    store.select(selectionOf({ groups: ['group'] }));
    toggleCollapsed(store);
    store.select(selectionOf({ nodes: ['encoder'] }));
    duplicateSelection(store, views(store));
    expect(home('encoder2')).toBe('group');
  });
});

describe('blocks', () => {
  it('are called as their group or node, and inserted with their middle at a place', () => {
    const store = groupedStore();
    toggleCollapsed(store);
    const block = defined(selectedBlock(store), 'block');
    expect(block).toMatchObject({ name: 'Group 1', fragment: { groups: [{ collapsed: true }] } });
    insertBlock(store, block, { x: 1000, y: 400 });
    expect(selected(store)).toEqual({ nodes: [], groups: ['group2'] });
    const { x, y } = groupOf(store, 'group2').position;
    const { boxes, nodes } = views(store);
    expect(boxes.size).toBe(2);
    expect(nodes.size).toBe(6);
    expect([x, y].every((value) => value % 8 === 0)).toBe(true);
    expect(x).toBeLessThan(1000);
    expect(x).toBeGreaterThan(700);
    expect(y).toBeLessThan(400);
    expect(store.getState().undoLabel).toBe('Insert Group 1');

    store.select(selectionOf({ nodes: ['distance'] }));
    expect(selectedBlock(store)?.name).toBe('Distance');
    store.select(selectionOf({}));
    expect(selectedBlock(store)).toBeNull();
  });
});
