import { produce } from 'immer';
import { expect, it } from 'vitest';
import { sketchDocument } from '../compiler/testing/testGraphs';
import type { BasinDocument } from '../document/schema';
import { runGroup } from './runGroup';

const SKETCH = sketchDocument({ nodes: { digits: 'data.digits' }, edges: [] });
const group = (change: (draft: BasinDocument) => void): string =>
  runGroup(produce(SKETCH, change), 'tfjs');

it('groups by everything that computes, but the seed', () => {
  const same = runGroup(SKETCH, 'tfjs');
  expect(group((draft) => void (draft.training.seed = 5))).toBe(same);
  expect(group((draft) => void (draft.title = 'Second try'))).toBe(same);
  expect(group((draft) => void (draft.training.evaluateEvery = 7))).toBe(same);
  expect(group((draft) => void (draft.training.steps = 5))).not.toBe(same);
  expect(
    group((draft) => {
      const [node] = draft.nodes;
      if (node) node.params['noise'] = 0.5;
    }),
  ).not.toBe(same);
  expect(runGroup(SKETCH, 'webgpu')).not.toBe(same);
});
