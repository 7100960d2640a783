import { describe, expect, it } from 'vitest';
import { defined } from '../../core/invariant';
import { newGroup } from '../../document/commands/groupCommands';
import type { BasinDocument } from '../../document/schema';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import { soundDocument, testStore } from '../testSupport';
import { openGroups } from './collapse';
import { drawnBoxes } from './membership';

/** x and the encoder in a collapsed group that is 700 by 300 when it is open; the distance beside its box, a note below. */
function collapsed(distanceX: number): BasinDocument {
  const document = soundDocument();
  const group = {
    ...newGroup(document, 'Inner', { x: 0, y: 0 }, { width: 700, height: 300 }),
    collapsed: true as const,
  };
  const at = { x: [40, 60], encoder: [300, 60], distance: [distanceX, 20], remark: [0, 260] };
  const places = new Map(Object.entries(at));
  const nodes = document.nodes.map((node) => {
    const [x = 0, y = 0] = places.get(node.id) ?? [];
    const inside = node.id === 'x' || node.id === 'encoder';
    return { ...node, position: { x, y }, ...(inside ? { group: group.id } : {}) };
  });
  return { ...document, nodes, groups: [group] };
}

function opened(document: BasinDocument) {
  const store = testStore(document);
  openGroups(
    store,
    document.groups.map(({ id }) => id),
  );
  const boxes = () => {
    const state = store.getState().document;
    return drawnBoxes(state, buildViews(state, store.registry, store.settle(), NO_VIEWS));
  };
  const box = (id: string) =>
    defined(
      boxes().find((one) => one.id === id),
      id,
    );
  return { store, box };
}

describe('opening a group', () => {
  it('moves what its frame would lie on out of the way', () => {
    const { box } = opened(collapsed(280));
    const frame = box('group');
    expect(frame).toMatchObject({ x: 0, y: 0, width: 700, height: 300 });
    expect(box('distance').x).toBeGreaterThanOrEqual(700);
    expect(box('distance').y).toBe(20);
    expect(box('remark').y).toBeGreaterThanOrEqual(300);
    expect(box('remark').x).toBe(0);
    // What is in it stays.
    expect(box('x')).toMatchObject({ x: 40, y: 60 });
  });

  it('moves nothing where there is room', () => {
    expect(opened(collapsed(900)).box('distance').x).toBe(900);
  });

  it('is one step with it', () => {
    const document = collapsed(280);
    const { store } = opened(document);
    expect(store.getState().document.groups[0]?.collapsed).not.toBe(true);
    store.undo();
    expect(store.getState().document).toEqual(document);
  });

  it('lets the group around grow', () => {
    const document = collapsed(280);
    const outer = newGroup(document, 'Outer', { x: -40, y: -60 }, { width: 500, height: 480 });
    const nodes = document.nodes.map((node) => ({ group: outer.id, ...node }));
    const groups = [outer, ...document.groups.map((group) => ({ ...group, group: outer.id }))];
    const { box } = opened({ ...document, nodes, groups });
    const frame = box(outer.id);
    const distance = box('distance');
    expect(frame.x + frame.width).toBeGreaterThan(distance.x + distance.width);
    expect(frame.y + frame.height).toBeGreaterThan(box('remark').y + box('remark').height);
  });
});
