import { describe, expect, it } from 'vitest';
import { connect, newEdge } from '../../document/commands/edgeCommands';
import { moveNodes, resizeItem } from '../../document/commands/layoutCommands';
import { setLabel, setParameter, toggleBypass } from '../../document/commands/nodeCommands';
import { defined } from '../../core/invariant';
import type { EditorStore } from '../store/editorState';
import { testStore } from '../testSupport';
import { buildViews, NO_VIEWS } from './buildViews';
import type { Views } from './buildViews';

const views = (store: EditorStore, previous: Views = NO_VIEWS): Views =>
  buildViews(store.getState().document, store.registry, store.settle(), previous);

describe('buildViews', () => {
  it('says what a node is, in shape and words', () => {
    const { nodes } = views(testStore());
    expect(nodes.get('x')).toMatchObject({ outline: 'filledCircle', symbol: 'x', state: '4' });
    expect(nodes.get('encoder')).toMatchObject({
      outline: 'narrowing',
      label: 'Encoder',
      title: 'Encoder',
      state: '4 · 8 weights',
    });
    expect(nodes.get('distance')).toMatchObject({ outline: 'square', weight: '1' });
    expect(nodes.get('remark')).toMatchObject({ outline: 'paper', text: 'Hello', ports: [] });
  });

  it('prints shapes on edges and marks what is connected', () => {
    const { nodes, edges } = views(testStore());
    expect(edges.get('e1')).toMatchObject({ type: 'tensor', shape: '4', remark: null });
    const port = (name: string) => nodes.get('distance')?.ports.find((one) => one.name === name);
    expect(port('a')).toMatchObject({ connected: true, shape: '4', remark: null });
    expect(port('b')).toMatchObject({ connected: false, remark: { severity: 'error' } });
  });

  it('keeps the views of what did not change', () => {
    const store = testStore();
    const first = views(store);
    store.edit(moveNodes({ encoder: { x: 9, y: 9 } }));
    const moved = views(store, first);
    for (const [id, view] of first.nodes) expect(moved.nodes.get(id)).toBe(view);
    store.edit(setLabel('x', 'Digits'));
    const renamed = views(store, moved);
    expect(renamed.nodes.get('x')).toMatchObject({ label: 'Digits' });
    expect(renamed.nodes.get('encoder')).toBe(first.nodes.get('encoder'));
    expect(renamed.edges.get('e1')).toBe(first.edges.get('e1'));
  });

  it('sees what nothing else depends on: the text of a note, and its size', () => {
    const store = testStore();
    let drawn = views(store);
    const { analysis } = store.getState();
    store.edit(setParameter('remark', 'text', 'Other'));
    drawn = views(store, drawn);
    expect(drawn.nodes.get('remark')?.text).toBe('Other');
    store.edit(resizeItem('remark', { width: 333, height: 222 }));
    drawn = views(store, drawn);
    expect(drawn.nodes.get('remark')?.geometry).toMatchObject({ width: 333, height: 222 });
    expect(store.getState().analysis).toBe(analysis);
  });

  it('follows roles, bypass and faults', () => {
    const store = testStore();
    store.edit(setParameter('encoder', 'role', 'decoder'));
    store.edit(toggleBypass(['encoder']));
    store.edit(setParameter('distance', 'weight', -1));
    const { nodes, edges } = views(store);
    expect(nodes.get('encoder')).toMatchObject({ outline: 'widening', bypassed: true });
    expect(edges.get('e1')?.dimmed).toBe(true);
    expect(nodes.get('distance')?.remarks[0]).toMatchObject({ severity: 'error' });
  });

  it('shows a shape that does not fit at the node and on the edge of its port', () => {
    const store = testStore();
    store.edit(setParameter('x', 'width', 5));
    const ends = { source: 'x', sourcePort: 'x', target: 'distance', targetPort: 'b' };
    const edge = newEdge(store.getState().document, ends);
    store.edit(connect(edge));
    const { nodes } = views(store);
    expect(nodes.get('distance')?.remarks[0]?.message).toContain('4 against 5');
  });

  it('places ports within the node, apart from each other', () => {
    for (const view of views(testStore()).nodes.values()) {
      const places = view.ports.map(({ x, y }) => `${x},${y}`);
      expect(new Set(places).size).toBe(places.length);
      for (const { x, y } of view.ports) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(view.geometry.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(view.geometry.height);
      }
    }
    const energy = defined(views(testStore()).nodes.get('distance'), 'distance').geometry;
    expect(energy.width).toBe(energy.height);
  });
});
