import { describe, expect, it } from 'vitest';
import { testDocument, testNode, testStore } from '../testSupport';
import { createUiStore } from '../store/uiStore';
import { createConnector } from './useConnect';

const AT = { x: 0, y: 0 };
const end = (nodeId: string, port: string) => ({ nodeId, port, direction: 'output' }) as const;
const link = (from: readonly [string, string], to: readonly [string, string]) => ({
  from: { nodeId: from[0], port: from[1] },
  to: { nodeId: to[0], port: to[1] },
});

function connector() {
  const document = testDocument();
  document.nodes.push(testNode('other', 'energy.distance'));
  const store = testStore(document);
  const ui = createUiStore();
  const ends = () =>
    store
      .getState()
      .document.edges.map(
        ({ id, source, target, targetPort }) => `${id}: ${source} → ${target}.${targetPort}`,
      );
  return { store, ui, ends, ...createConnector(store, ui) };
}

describe('a link', () => {
  it('takes the place of another at an input that takes one, and says so', () => {
    const { store, ui, ends, attempt } = connector();
    expect(attempt(end('x', 'x'), link(['x', 'x'], ['distance', 'a']), AT)).toBe(true);
    expect(ends()).toEqual(['e1: x → encoder.in', 'edge: x → distance.a']);
    expect(ui.getState()).toMatchObject({
      notice: 'The link from “Encoder · out” was replaced.',
      refusal: null,
    });
    expect(store.getState().undoLabel).toBe('Replace link');
    store.undo();
    expect(ends()).toEqual(['e1: x → encoder.in', 'e2: encoder → distance.a']);
  });

  it('is led elsewhere under its own id, to where it could not go beside itself', () => {
    const { store, ui, ends, attempt } = connector();
    const free = link(['encoder', 'out'], ['other', 'b']);
    expect(attempt(end('encoder', 'out'), free, AT, 'e2')).toBe(true);
    expect(ends()).toEqual(['e1: x → encoder.in', 'e2: encoder → other.b']);
    expect(store.getState().undoLabel).toBe('Move link');
    // From another output into the same input: its own edge is not in its way.
    const same = link(['x', 'x'], ['other', 'b']);
    expect(attempt({ nodeId: 'other', port: 'b', direction: 'input' }, same, AT, 'e2')).toBe(true);
    expect(ends()).toEqual(['e1: x → encoder.in', 'e2: x → other.b']);
    expect(ui.getState().notice).toBeNull();
  });

  it('stays where it is when it does not fit there', () => {
    const { ui, ends, attempt } = connector();
    const before = ends();
    const wrong = link(['encoder', 'out'], ['encoder', 'weights']);
    expect(attempt(end('encoder', 'out'), wrong, AT, 'e2')).toBe(false);
    expect(ends()).toEqual(before);
    expect(ui.getState().refusal?.message).toMatch(/cannot be connected to itself/);
  });

  it('is taken away by letting it go over nothing', () => {
    const { store, ui, ends, letGo } = connector();
    letGo('e2');
    expect(ends()).toEqual(['e1: x → encoder.in']);
    expect(ui.getState().notice).toBe('The link from “Encoder · out” was removed.');
    store.undo();
    expect(ends()).toHaveLength(2);
  });
});
