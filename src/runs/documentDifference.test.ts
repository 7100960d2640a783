import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { sketchDocument } from '../compiler/testing/testGraphs';
import type { BasinDocument } from '../document/schema';
import { documentDifference } from './documentDifference';

const SKETCH = sketchDocument({
  nodes: {
    digits: 'data.digits',
    encoder: ['module.mlp', { width: 8 }],
    target: 'module.mlp',
    distance: 'energy.squared',
  },
  edges: [
    'digits.x -> encoder.in',
    'digits.x -> target.in',
    'encoder.out -> distance.a',
    'target.out -> distance.b',
  ],
});

function words(change: (draft: BasinDocument) => void): string[] {
  return documentDifference(SKETCH, produce(SKETCH, change), registry).map(
    ({ kind, subject, detail }) => [kind, subject, detail].filter(Boolean).join(' | '),
  );
}

function node(draft: BasinDocument, id: string) {
  const found = draft.nodes.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

describe('documentDifference', () => {
  it('says nothing of what does not count', () => {
    expect(words((draft) => void (node(draft, 'encoder').position = { x: 7, y: 7 }))).toEqual([]);
    expect(words((draft) => void (draft.title = 'Another'))).toEqual([]);
  });

  it('says from what to what a parameter went, defaults included', () => {
    expect(words((draft) => void (node(draft, 'encoder').params['width'] = 16))).toEqual([
      'changed | Node “encoder” | Output width 8 → 16',
    ]);
    const [line] = words((draft) => void (node(draft, 'distance').params['weight'] = 3));
    expect(line).toMatch(/^changed \| Node “distance” \| .+ 1 → 3$/);
    // Written out or left out, a default is the same.
    expect(words((draft) => void (node(draft, 'distance').params['weight'] = 1))).toEqual([]);
  });

  it('tells of nodes that came, went, were renamed and bypassed', () => {
    expect(
      words((draft) => {
        draft.nodes = draft.nodes.filter(({ id }) => id !== 'target');
        draft.edges = draft.edges.filter(({ source, target }) =>
          [source, target].every((end) => end !== 'target'),
        );
        draft.nodes.push({ ...node(draft, 'encoder'), id: 'other', label: 'Other' });
        node(draft, 'encoder').label = 'f';
        node(draft, 'distance').bypassed = true;
      }),
    ).toEqual([
      'removed | Node “target” (MLP)',
      'added | Node “Other” (MLP)',
      'changed | Node “f” | renamed, before “encoder”',
      'changed | Node “distance” | bypassed',
      'removed | Edge “digits.x” → “target.in”',
      'removed | Edge “target.out” → “distance.b”',
    ]);
  });

  it('tells of training settings, also of inner ones', () => {
    expect(
      words((draft) => {
        draft.training.seed = 9;
        draft.training.optimizer = { kind: 'sgd', momentum: 0.5 };
      }),
    ).toEqual([
      'changed | Training | seed 1 → 9',
      'changed | Training | optimizer.kind “adam” → “sgd”',
      'changed | Training | optimizer.beta1 0.9 → none',
      'changed | Training | optimizer.beta2 0.999 → none',
      'changed | Training | optimizer.epsilon 1e-8 → none',
      'changed | Training | optimizer.momentum none → 0.5',
    ]);
  });
});
