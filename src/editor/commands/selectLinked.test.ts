import { expect, it } from 'vitest';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import { selectionOf, type Selection } from '../store/selection';
import { soundDocument, testNode, testStore } from '../testSupport';
import { selectLinked, type Reach } from './selectLinked';

/** x → encoder → distance ← x, and next → last apart from it. */
function linked(reach: Reach, start: Selection, collapsed = false): Selection {
  const document = soundDocument();
  document.nodes.push(testNode('next', 'module.dense'), testNode('last', 'module.dense'));
  document.edges.push({
    id: 'e4',
    source: 'next',
    sourcePort: 'out',
    target: 'last',
    targetPort: 'in',
  });
  if (collapsed) {
    const position = { x: 0, y: 0 };
    document.groups.push({
      id: 'box',
      label: 'Box',
      position,
      size: { width: 9, height: 9 },
      collapsed,
    });
    for (const node of document.nodes) if (node.id === 'encoder') node.group = 'box';
  }
  const store = testStore(document);
  store.select(start);
  selectLinked(store, buildViews(document, store.registry, store.settle(), NO_VIEWS), reach);
  expect(store.getState().undoLabel).toBeNull();
  return store.getState().selection;
}

it.each<[Reach, string[], string[]]>([
  ['connected', ['encoder'], ['encoder', 'x', 'distance']],
  ['upstream', ['encoder'], ['encoder', 'x']],
  ['downstream', ['encoder'], ['encoder', 'distance']],
  ['downstream', ['x'], ['x', 'encoder', 'distance']],
  ['upstream', ['x', 'last'], ['x', 'last', 'next']],
  ['connected', ['remark'], ['remark']],
])('%s of %j', (reach, nodes, expected) => {
  const { nodes: found, edges } = linked(reach, selectionOf({ nodes }));
  expect([...found].sort()).toEqual(expected.sort());
  expect(edges.size).toBe(0);
});

it('begins at the end of an edge that lies that way', () => {
  const of = (reach: Reach) => [...linked(reach, selectionOf({ edges: ['e2'] })).nodes].sort();
  expect(of('upstream')).toEqual(['encoder', 'x']);
  expect(of('downstream')).toEqual(['distance']);
});

it('selects the box of what is not drawn, and starts from all that is in one', () => {
  const { nodes, groups } = linked('upstream', selectionOf({ nodes: ['distance'] }), true);
  expect([...nodes].sort()).toEqual(['distance', 'x']);
  expect([...groups]).toEqual(['box']);
  expect([...linked('downstream', selectionOf({ groups: ['box'] }), true).nodes]).toEqual([
    'distance',
  ]);
});
