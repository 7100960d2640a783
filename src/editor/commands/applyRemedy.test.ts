import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import type { Remedy } from '../../core/remedy';
import { setParameter } from '../../document/commands/nodeCommands';
import { removeSelection } from '../../document/commands/selectionCommands';
import type { BasinDocument } from '../../document/schema';
import { createEditorStore } from '../store/createEditorStore';
import { applyRemedy } from './applyRemedy';
import { combineEdits } from './combineEdits';

const SKETCH = sketchDocument({
  nodes: {
    digits: 'data.digits',
    shift: 'view.shift',
    join: 'op.concat',
    f: ['module.mlp', { widths: [], width: 8 }],
  },
  edges: ['digits.x -> shift.in', 'shift.out -> join.in', 'digits.x -> join.in', 'join.out -> f.in'],
}); // prettier-ignore

/** Nodes beside each other, the view bypassed, in a frame around the last two. */
const DOCUMENT: BasinDocument = {
  ...SKETCH,
  nodes: SKETCH.nodes.map((node, index) => ({
    ...node,
    position: { x: 220 * index, y: 0 },
    ...(node.id === 'shift' ? { bypassed: true as const } : {}),
  })),
  groups: [
    {
      id: 'frame',
      label: 'Frame',
      position: { x: 400, y: -100 },
      size: { width: 600, height: 400 },
    },
  ],
};

const insert = (after: string): Remedy => ({
  label: 'Add noise',
  steps: [
    {
      kind: 'insert',
      nodeKind: 'view.noise',
      input: 'in',
      output: 'out',
      after: { nodeId: after, port: after === 'digits' ? 'x' : 'out' },
      before: [{ nodeId: 'join', port: 'in' }],
    },
  ],
});

const open = (document = DOCUMENT) => createEditorStore({ registry, analyse, document });

const edgesOf = ({ edges }: BasinDocument): string[] =>
  edges.map(({ source, target }) => `${source} -> ${target}`);

describe('applyRemedy', () => {
  it('inserts behind what is bypassed, keeps the order of edges, and selects the node', () => {
    const store = open();
    expect(applyRemedy(store, insert('digits'))).toEqual(['noise']);
    const { document, selection } = store.getState();
    expect(edgesOf(document)).toEqual([
      'digits -> shift',
      'noise -> join',
      'digits -> join',
      'join -> f',
      'shift -> noise',
    ]);
    expect([...selection.nodes]).toEqual(['noise']);
  });

  it('puts a node that lands in a frame into its group', () => {
    const store = open();
    applyRemedy(store, {
      label: 'Add VICReg',
      steps: [
        {
          kind: 'addReader',
          nodeKind: 'reg.vicreg',
          input: 'z',
          reads: [{ nodeId: 'join', port: 'out' }],
        },
      ],
    });
    expect(store.getState().document.nodes.at(-1)).toMatchObject({
      id: 'vicreg',
      label: 'VICReg',
      group: 'frame',
    });
  });

  it('gives several new nodes ids and places of their own', () => {
    const store = open();
    const [step] = insert('digits').steps;
    if (step?.kind !== 'insert') throw new Error('an insertion');
    const last = { ...step, after: { nodeId: 'join', port: 'out' }, before: [{ nodeId: 'f', port: 'in' }] }; // prettier-ignore
    expect(applyRemedy(store, { label: 'Add noise', steps: [step, last] })).toEqual([
      'noise',
      'noise2',
    ]);
    const { document } = store.getState();
    expect(new Set(document.edges.map(({ id }) => id)).size).toBe(document.edges.length);
    const places = document.nodes.map(({ position }) => `${position.x} ${position.y}`);
    expect(new Set(places).size).toBe(document.nodes.length);
    store.undo();
    expect(store.getState().document).toEqual(DOCUMENT);
  });

  it('does nothing where the graph is not any longer what the remedy was for', () => {
    const store = open();
    store.edit(removeSelection({ nodes: ['join'] }));
    const before = store.getState().document;
    expect(applyRemedy(store, insert('digits'))).toBeNull();
    expect(applyRemedy(store, insert('f'))).toBeNull();
    expect(applyRemedy(store, { label: 'Delete', steps: [{ kind: 'delete', nodeIds: ['f', 'join'] }] })).toBeNull(); // prettier-ignore
    expect(applyRemedy(store, { label: 'Set', steps: [{ kind: 'setParameter', nodeId: 'join', parameter: 'axis', value: 1 }] })).toBeNull(); // prettier-ignore
    expect(store.getState().document).toBe(before);
  });

  it('calls a parameter as it was meant, or takes it out', () => {
    const store = open();
    const rename = (parameter: string, to: string | null) =>
      applyRemedy(store, {
        label: 'Call',
        steps: [{ kind: 'renameParameter', nodeId: 'f', parameter, to }],
      });
    const params = () => store.getState().document.nodes.find(({ id }) => id === 'f')?.params;
    const before = params();
    store.edit(combineEdits('Set', setParameter('f', 'wdith', 9), setParameter('f', 'wings', 2)));
    expect(rename('wdith', 'width')).toEqual(['f']);
    expect(rename('wings', null)).toEqual(['f']);
    expect(params()).toEqual({ ...before, width: 9 });
    expect(rename('wings', null)).toBeNull();
    store.undo();
    expect(params()).toEqual({ ...before, width: 9, wings: 2 });
  });

  it('adds no kind that the registry lacks', () => {
    const store = open();
    const [step] = insert('digits').steps;
    if (step?.kind !== 'insert') throw new Error('an insertion');
    expect(
      applyRemedy(store, { label: 'Add', steps: [{ ...step, nodeKind: 'view.other' }] }),
    ).toBeNull();
    expect(store.getState().document).toBe(DOCUMENT);
  });
});
