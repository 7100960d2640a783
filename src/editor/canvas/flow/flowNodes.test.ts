import { describe, expect, it } from 'vitest';
import { defined } from '../../../core/invariant';
import { group, newGroup, setCollapsed } from '../../../document/commands/groupCommands';
import { moveNodes } from '../../../document/commands/layoutCommands';
import { groupSelection } from '../../commands/arrange';
import { portOfHandle } from '../../model/boxHandle';
import { buildViews, NO_VIEWS, type Views } from '../../model/buildViews';
import type { EditorStore } from '../../store/editorState';
import { EMPTY_SELECTION, selectionOf } from '../../store/selection';
import { soundDocument, testStore } from '../../testSupport';
import { FlowBuilder } from './flowNodes';

const AT_REST = new Map();

const views = (store: EditorStore, previous: Views = NO_VIEWS): Views =>
  buildViews(store.getState().document, store.registry, store.settle(), previous);

/** x and the encoder of the test graph in a collapsed group. */
function collapsedStore(document = soundDocument()): EditorStore {
  const store = testStore(document);
  store.select(selectionOf({ nodes: ['x', 'encoder'] }));
  groupSelection(store, views(store));
  store.edit(setCollapsed(['group'], true));
  return store;
}

function flow(store: EditorStore, drawn = views(store), builder = new FlowBuilder()) {
  const { document } = store.getState();
  return {
    nodes: builder.nodes(document, drawn, EMPTY_SELECTION, AT_REST),
    edges: builder.flowEdges(document, drawn, EMPTY_SELECTION),
  };
}

describe('a collapsed group on the canvas', () => {
  it('is one box in place of its frame and its nodes, with the ports that cross its border', () => {
    const { nodes, edges } = flow(collapsedStore());
    expect(nodes.map(({ id, type }) => `${type} ${id}`)).toEqual([
      'box group',
      'graph distance',
      'graph remark',
    ]);
    expect(nodes[0]?.handles?.map(({ id, type }) => `${type} ${id}`)).toEqual([
      'source x.x',
      'source encoder.out',
    ]);
    expect(nodes[0]?.ariaLabel).toMatch(/^Collapsed group Group 1\. 2 nodes/);
    // The edge within is not drawn; the others start at the box.
    expect(
      edges.map(({ id, source, sourceHandle, target, targetHandle }) => [
        id,
        `${source}:${sourceHandle} → ${target}:${targetHandle}`,
      ]),
    ).toEqual([
      ['e2', 'group:encoder.out → distance:a'],
      ['e3', 'group:x.x → distance:b'],
    ]);
    expect(edges[0]?.ariaLabel).toBe('out of Encoder to a of Distance, 4');
  });

  it('names the ports inside by their handles', () => {
    const { boxes } = views(collapsedStore());
    expect(portOfHandle(boxes, 'group', 'encoder.out')).toEqual({ nodeId: 'encoder', port: 'out' });
    expect(portOfHandle(boxes, 'distance', 'a')).toEqual({ nodeId: 'distance', port: 'a' });
  });

  it('offers inputs that the graph needs, and the end of a chain', () => {
    const document = { ...soundDocument(), edges: [] };
    const [box] = flow(collapsedStore(document)).nodes;
    // The encoder's input is open, and nobody reads its output; x is no chain.
    expect(box?.handles?.map(({ id, type }) => `${type} ${id}`)).toEqual([
      'target encoder.in',
      'source encoder.out',
    ]);
  });

  it('shows the ports that a link fits while it is drawn, below the others', () => {
    const store = collapsedStore();
    const drawn = views(store);
    const { document } = store.getState();
    const end = { nodeId: 'distance', port: 'b', direction: 'input' } as const;
    const fits = new Set(['output:encoder.weights', 'input:encoder.in']);
    const linked = (nodeId: string) =>
      new FlowBuilder().nodes(document, drawn, EMPTY_SELECTION, AT_REST, {
        end: { ...end, nodeId },
        fits,
        moving: null,
      })[0];
    const [resting] = flow(store).nodes;
    expect(linked('distance')?.handles?.map(({ id }) => id)).toEqual([
      'encoder.in',
      'x.x',
      'encoder.out',
      'encoder.weights',
    ]);
    const place = (id: string, node = resting) => node?.handles?.find((one) => one.id === id)?.y;
    expect(place('encoder.out', linked('distance'))).toBe(place('encoder.out'));
    // A link that starts in the box leaves it as it is.
    expect(linked('encoder')?.handles).toHaveLength(2);
  });

  it('is the same object while nothing of it changes, and moves with what is in it', () => {
    const store = collapsedStore();
    const builder = new FlowBuilder();
    const drawn = views(store);
    const before = flow(store, drawn, builder).nodes[0];
    store.edit(moveNodes({ distance: { x: 900, y: 0 } }));
    const after = flow(store, views(store, drawn), builder);
    expect(after.nodes[0]).toBe(before);

    const moved = new Map([['group', { x: 100, y: 50 }]]);
    const { document } = store.getState();
    const [box] = builder.nodes(document, drawn, EMPTY_SELECTION, moved);
    expect(box?.position).toEqual({ x: 100, y: 50 });
  });

  it('is marked where a node inside is selected', () => {
    const store = collapsedStore();
    const { document } = store.getState();
    const selection = selectionOf({ nodes: ['encoder'] });
    const [box] = new FlowBuilder().nodes(document, views(store), selection, AT_REST);
    expect(box).toMatchObject({ selected: false, data: { marked: true } });
  });

  it('within a group is a box in its frame, and hidden where that one is collapsed', () => {
    const store = collapsedStore();
    const { document } = store.getState();
    const outer = newGroup(document, 'Outer', { x: -50, y: -50 }, { width: 900, height: 600 });
    store.edit(group(outer, ['distance'], ['group']));
    const open = flow(store).nodes.map(({ id, type }) => `${type} ${id}`);
    expect(open).toEqual(['frame group2', 'box group', 'graph distance', 'graph remark']);
    store.edit(setCollapsed(['group2'], true));
    const { nodes, edges } = flow(store);
    expect(nodes.map(({ id, type }) => `${type} ${id}`)).toEqual(['box group2', 'graph remark']);
    expect(edges).toEqual([]);
    expect(defined(nodes[0], 'box').handles).toEqual([]);
  });

  it('changes nothing that lowers, and keeps its numbers', () => {
    const store = testStore(soundDocument());
    const { revision } = store.getState();
    const { analysis } = store.getState();
    store.select(selectionOf({ nodes: ['x', 'encoder'] }));
    groupSelection(store, views(store));
    store.edit(setCollapsed(['group'], true));
    store.settle();
    expect(store.getState().revision).toBe(revision);
    expect(store.getState().analysis).toBe(analysis);
  });
});
